#include "importers/gitlab.h"

#include "crm/text/text.h"
#include "tests/importers/contribution_samples.h"

using namespace ties;
using namespace ties::importers;
using namespace std::chrono_literals;

namespace {

Batch read(const std::string& events, const std::string& projects = "", const Options& options = signes_options()) {
  std::vector<SourceFile> files{{"events.json", "[" + events + "]"}};
  if (!projects.empty()) files.push_back({"projects.json", "[" + projects + "]"});
  return gitlab.read(files, options);
}

const std::string spindle =
    R"({"id":42,"path_with_namespace":"cobaltwren/tools/spindle","web_url":"https://gitlab.com/cobaltwren/tools/spindle","visibility":"public"})";

std::string event(std::string_view action, std::string_view who, std::string_view more,
                  std::string_view at = "2025-12-15T09:00:00.000Z") {
  return fmt::format(
      R"({{"action_name":"{}","project_id":42,"created_at":"{}","author_username":"{}","author":{{"username":"{}","web_url":"https://gitlab.com/{}"}},{}}})",
      action, at, who, who, who, more);
}
constexpr std::string_view request = R"("target_type":"MergeRequest","target_iid":7,"target_title":"Wind evenly")";

}  // namespace

BOOST_AUTO_TEST_SUITE(gitlab_contributions)

BOOST_AUTO_TEST_CASE(every_sample_is_read_as_its_golden_file_says) {
  check_contributions("gitlab", in_words(read_sample("gitlab")));
  check_contributions("gitlab-events-alone", in_words(read_sample("gitlab/events.json")));
}

BOOST_AUTO_TEST_CASE(what_was_done_to_a_merge_request_is_told_by_many_words) {
  struct Case {
    std::string action, who, more, told;
  };
  const std::vector<Case> cases{
      {"closed", "bence", std::string(request), "closed"},
      {"accepted", "bence", std::string(request), "merged merged=bence"},
      {"merged", "bence", std::string(request), "merged merged=bence"},
      {"accepted", "signe.arvelund", std::string(request), "merged"},
      {"approved", "bence", std::string(request), "open reviewed=bence"},
      {"commented on", "bence", R"("target_type":"Note","note":{"noteable_type":"MergeRequest","noteable_iid":7})",
       "open answered=bence"},
      {"commented on", "bence", R"("target_type":"DiffNote","note":{"noteable_type":"MergeRequest","noteable_iid":7})",
       "open reviewed=bence"},
      {"commented on", "bence",
       R"("target_type":null,"note":{"type":"DiffNote","noteable_type":"MergeRequest","noteable_iid":7})",
       "open reviewed=bence"},
      {"reopened", "bence", std::string(request), "open"},
      {"destroyed", "bence", std::string(request), "open"},
      {"joined", "bence", R"("target_type":null)", "open"},
  };
  for (const auto& [action, who, more, told] : cases) {
    const auto batch =
        read(event(action, who, more, "2025-12-16T09:00:00.000Z") + "," + event("opened", "signe.arvelund", request),
             spindle);
    BOOST_TEST_CONTEXT(action << " by " << who) {
      BOOST_REQUIRE(batch.contributions.size() == 1u);
      const auto& found = batch.contributions[0];
      std::string text(word(found.contribution.state));
      for (const auto& [person, part] : found.people) text += fmt::format(" {}={}", word(part), person.gitlab);
      BOOST_TEST(text == told);
      BOOST_TEST(found.contribution.link == "https://gitlab.com/cobaltwren/tools/spindle/-/merge_requests/7");
      BOOST_TEST(found.contribution.repository == "cobaltwren/tools/spindle");
      BOOST_TEST(found.company == "cobaltwren");
    }
  }
}

BOOST_AUTO_TEST_CASE(a_project_that_is_known_by_number_alone_has_a_link_and_no_company) {
  const auto batch = read(
      event("opened", "signe.arvelund", request) + "," +
      event(
          "pushed to", "signe.arvelund",
          R"("target_type":null,"push_data":{"commit_count":2,"ref_type":"branch","ref":"main","commit_title":"Wind"})"));
  BOOST_REQUIRE(batch.contributions.size() == 2u);
  BOOST_TEST(batch.contributions[0].contribution.link == "https://gitlab.com/api/v4/projects/42/merge_requests/7");
  BOOST_TEST(batch.contributions[1].contribution.link ==
             "https://gitlab.com/projects/42/commits?since=2025-12-01&until=2025-12-31");
  BOOST_TEST(batch.contributions[1].contribution.title == "2 commits in December 2025: Wind");
  for (const auto& found : batch.contributions) {
    BOOST_TEST(found.company == "");
    BOOST_TEST(found.contribution.repository == "");
  }
}

BOOST_AUTO_TEST_CASE(pushes_are_told_apart_from_what_is_none) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {R"({"commit_count":1,"action":"pushed","ref_type":"branch"})", ""},
      {R"({"commit_count":1})", ""},
      {R"({"commit_count":null,"ref_type":"branch"})", ""},
      {R"({"commit_count":0,"action":"created","ref_type":"branch"})", "a push without commits"},
      {R"({"commit_count":3,"action":"created","ref_type":"tag"})", "no contribution"},
      {R"({"commit_count":3,"action":"removed","ref_type":"branch"})", "no contribution"},
  };
  for (const auto& [push, why] : cases) {
    for (const auto action : {"pushed to", "pushed new", "pushed"}) {
      const auto batch = read(
          event(action, "signe.arvelund", R"("target_type":"Project","target_id":42,"push_data":)" + push), spindle);
      BOOST_TEST(batch.contributions.size() == (why.empty() ? 1u : 0u), push);
      if (!why.empty()) BOOST_TEST((batch.files.back().skipped_why == std::map<std::string, int>{{why, 1}}));
    }
  }
}

BOOST_AUTO_TEST_CASE(private_projects_and_machines_are_left_out) {
  auto hidden = spindle;
  hidden.replace(hidden.find("public"), 6, "private");
  const auto batch = read(event("opened", "signe.arvelund", request), hidden);
  BOOST_TEST(batch.contributions.empty());
  BOOST_TEST((batch.files.back().skipped_why == std::map<std::string, int>{{"private", 1}}));
  const auto machine =
      read(event("opened", "signe.arvelund", request) + "," + event("approved", "project_42_bot_1f", request), spindle);
  BOOST_REQUIRE(machine.contributions.size() == 1u);
  BOOST_TEST(machine.contributions[0].people.empty());
  BOOST_TEST((machine.files.back().skipped_why == std::map<std::string, int>{{"by a bot", 1}}));
}

BOOST_AUTO_TEST_CASE(logins_of_another_server_name_and_do_not_identify) {
  const std::string own =
      R"({"id":1,"iid":7,"project_id":42,"title":"Wind","state":"merged","merged_at":"2025-12-18T12:00:00.000+01:00","web_url":"https://git.cobaltwren.example/tools/spindle/-/merge_requests/7","author":{"username":"signe.arvelund"},"merge_user":{"username":"bence","name":"Bence Szarvaskői"}})";
  const auto batch = gitlab.read({{"merge_requests.json", "[" + own + "]"}}, signes_options());
  BOOST_REQUIRE(batch.contributions.size() == 1u);
  BOOST_REQUIRE(batch.contributions[0].people.size() == 1u);
  BOOST_TEST(in_words(batch.contributions[0].people[0].first) == "name=Bence Szarvaskői");
  BOOST_TEST(batch.contributions[0].company == "tools");
}

BOOST_AUTO_TEST_CASE(damaged_files_never_crash_and_always_give_a_whole_report) {
  Damage damage(20260302);
  const auto whole = open_bundle(contribution_sample("gitlab"));
  for (int round = 0; round < 500; ++round) {
    auto files = whole.files;
    for (auto& file : files)
      file.bytes = damage.of(std::string(file.bytes.view()), std::string_view("{}[]\",:\\0\n\0\xFF\xFE\xC3\x1e", 15));
    for (const auto& file : files) BOOST_TEST_REQUIRE((gitlab.recognises(file) >= 0 && gitlab.recognises(file) <= 100));
    auto options = signes_options();
    if (damage.below(3) == 0) options = Options{};
    if (damage.below(4) == 0) options.since = 2025y / 12 / 1;
    const auto batch = gitlab.read(files, options);
    check_sound(batch);
    BOOST_TEST_REQUIRE(text::is_utf8(in_words(batch)));
  }
}

BOOST_AUTO_TEST_SUITE_END()
