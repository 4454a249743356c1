#include "importers/github.h"

#include "crm/text/text.h"
#include "tests/importers/contribution_samples.h"

using namespace ties;
using namespace ties::importers;
using namespace std::chrono_literals;

namespace {

Batch read(const std::string& json, const Options& options = signes_options()) {
  return github.read({{"work.json", json}}, options);
}

/// A row of `gh search prs`.
std::string listed(std::string_view url, std::string_view more) {
  return fmt::format(R"({{"title":"Fold loops","url":"{}","author":{{"login":"signe-arvelund"}}{}}})", url, more);
}
const std::string emberloom = "https://github.com/lanternfield/emberloom";

std::string event(std::string_view type, std::string_view actor, std::string_view payload,
                  std::string_view at = "2026-01-02T10:00:00Z") {
  return fmt::format(
      R"({{"type":"{}","actor":{{"login":"{}"}},"repo":{{"name":"lanternfield/emberloom","url":"https://api.github.com/repos/lanternfield/emberloom"}},"payload":{},"public":true,"created_at":"{}"}})",
      type, actor, payload, at);
}

std::map<std::string, int> skipped(const Batch& batch) {
  BOOST_REQUIRE(batch.files.size() == 1u);
  return batch.files[0].skipped_why;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(github_contributions)

BOOST_AUTO_TEST_CASE(every_sample_is_read_as_its_golden_file_says) {
  for (const std::string name :
       {"gh/search-prs.json", "gh/search-issues.json", "gh/pr-list.json", "gh/events.json", "github-archive"}) {
    BOOST_TEST_CONTEXT(name) {
      auto golden = name.substr(0, name.find('.'));
      std::replace(golden.begin(), golden.end(), '/', '-');
      check_contributions(golden, in_words(read_sample(name)));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_packed_archive_is_read_as_the_folder_is) {
  const auto packed = read_sample("github-archive.tar.gz");
  BOOST_TEST(packed.contributions.size() >= 5u);
  BOOST_TEST(in_words(packed) == in_words(read_sample("github-archive")));
}

BOOST_AUTO_TEST_CASE(states_and_days_are_read_in_every_spelling) {
  struct Case {
    std::string_view fields;
    std::string_view told;
  };
  const std::vector<Case> cases{
      {R"(,"state":"open","createdAt":"2025-11-04T08:12:30Z","closedAt":"0001-01-01T00:00:00Z")", "open 2025-11-04..-"},
      {R"(,"state":"merged","closedAt":"2026-02-11T15:40:02Z")", "merged -..2026-02-11"},
      {R"(,"state":"MERGED","mergedAt":"2026-02-11T15:40:02Z","closedAt":"2026-02-12T15:40:02Z")",
       "merged -..2026-02-11"},
      {R"(,"state":"closed","closedAt":"2026-02-12T15:40:02Z")", "closed -..2026-02-12"},
      {R"(,"state":"closed","closed_at":"2026-02-12T15:40:02Z","pull_request":{"merged_at":"2026-02-11T01:00:00Z"})",
       "merged -..2026-02-11"},
      {R"(,"state":"closed","closed_at":"2026-02-12T15:40:02Z","pull_request":{"merged_at":null})",
       "closed -..2026-02-12"},
      {R"(,"state":"open","created_at":"2025-02-30T08:12:30Z")", "open -..-"},
      {R"(,"state":7,"createdAt":["2025"])", "open -..-"},
      {"", "open -..-"},
  };
  for (const auto& [fields, told] : cases) {
    BOOST_TEST_CONTEXT(fields) {
      const auto batch = read("[" + listed(emberloom + "/pull/1", fields) + "]");
      BOOST_REQUIRE(batch.contributions.size() == 1u);
      const auto& each = batch.contributions[0].contribution;
      const auto day = [](const auto& date) { return date ? to_text(*date) : std::string("-"); };
      BOOST_TEST(fmt::format("{} {}..{}", word(each.state), day(each.opened_on), day(each.closed_on)) == told);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_list_without_authors_is_the_users_own_and_any_choice_of_fields_will_do) {
  const auto batch = read(R"([{"title":"Fold loops","url":"https://github.com/lanternfield/emberloom/pull/1"},
    {"title":"Loops","url":"https://github.com/lanternfield/emberloom/issues/2"}])",
                          Options{});
  BOOST_REQUIRE(batch.contributions.size() == 2u);
  BOOST_TEST((batch.contributions[0].contribution.kind == ContributionKind::pull_request));
  BOOST_TEST((batch.contributions[1].contribution.kind == ContributionKind::issue));
  BOOST_TEST(batch.contributions[1].company == "lanternfield");
  BOOST_TEST(batch.contributions[1].line == 2);
}

BOOST_AUTO_TEST_CASE(the_user_is_known_by_login_or_by_a_list_of_one_author) {
  const std::string
      own = listed(emberloom + "/pull/1", ""),
      other = R"({"title":"X","url":"https://github.com/lanternfield/emberloom/pull/2","author":{"login":"ada-b"}})";
  Options nobody;
  BOOST_TEST(read("[" + own + "]", nobody).contributions.size() == 1u);
  const auto both = read("[" + own + "," + other + "]", nobody);
  BOOST_TEST(both.contributions.empty());
  BOOST_TEST(issues_in_words(both) ==
                 (std::vector<std::string>{
                     "work.json:0:0: nothing in it is known to be by you, it is by ada-b, signe-arvelund; "
                     "say which login is yours: ties contact edit me --github LOGIN"}),
             boost::test_tools::per_element());
  const auto mine = read("[" + own + "," + other + "]");
  BOOST_TEST(mine.contributions.size() == 1u);
  BOOST_TEST((skipped(mine) == std::map<std::string, int>{{"about the work of others", 1}}));
  const auto strangers = read("[" + other + "]");
  BOOST_TEST(strangers.contributions.empty());
  BOOST_TEST(strangers.issues.size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_owner_of_a_repository_is_its_company_unless_it_is_the_user) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {emberloom + "/pull/1", "lanternfield"},
      {"https://github.com/Lanternfield/emberloom/issues/1", "Lanternfield"},
      {"https://github.com/signe-arvelund/knotwork/pull/1", ""},
      {"https://github.com/Signe-Arvelund/knotwork/pull/1", ""},
      {"https://code.lanternfield.example/compilers/emberloom/pull/1", "compilers"},
  };
  for (const auto& [url, company] : cases) {
    const auto batch = read("[" + listed(url, "") + "]");
    BOOST_REQUIRE(batch.contributions.size() == 1u);
    BOOST_TEST(batch.contributions[0].company == company, url);
    BOOST_TEST(batch.contributions[0].contribution.link == url);
  }
}

BOOST_AUTO_TEST_CASE(logins_of_a_companys_own_server_name_and_do_not_identify) {
  const std::string fields = R"(,"mergedBy":{"login":"lin-ruoxi"})";
  const auto open = read("[" + listed(emberloom + "/pull/1", fields) + "]");
  const auto closed = read("[" + listed("https://code.lanternfield.example/c/e/pull/1", fields) + "]");
  BOOST_REQUIRE((open.contributions.size() == 1u && closed.contributions.size() == 1u));
  BOOST_REQUIRE((open.contributions[0].people.size() == 1u && closed.contributions[0].people.size() == 1u));
  BOOST_TEST(in_words(open.contributions[0].people[0].first) == "github=lin-ruoxi");
  BOOST_TEST(in_words(closed.contributions[0].people[0].first) == "name=lin-ruoxi");
}

BOOST_AUTO_TEST_CASE(events_of_one_pull_request_become_one_contribution_in_its_latest_state) {
  const std::string number = R"("number":7,"pull_request":{"number":7})";
  const auto opened =
      event("PullRequestEvent", "signe-arvelund", R"({"action":"opened",)" + number + "}", "2026-01-02T10:00:00Z");
  const auto closed =
      event("PullRequestEvent", "signe-arvelund", R"({"action":"closed",)" + number + "}", "2026-01-03T10:00:00Z");
  const auto reopened =
      event("PullRequestEvent", "signe-arvelund", R"({"action":"reopened",)" + number + "}", "2026-01-04T10:00:00Z");
  const auto merged =
      event("PullRequestEvent", "lin-ruoxi", R"({"action":"merged",)" + number + "}", "2026-01-05T10:00:00Z");
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
      {{opened}, "open 2026-01-02..-"},
      {{closed, opened}, "closed 2026-01-02..2026-01-03"},
      {{reopened, closed, opened}, "open 2026-01-02..-"},
      {{opened, closed, reopened}, "open 2026-01-02..-"},
      {{merged, reopened, closed, opened}, "merged 2026-01-02..2026-01-05"},
  };
  for (const auto& [events, told] : cases) {
    const auto batch = read(fmt::format("[{}]", fmt::join(events, ",")));
    BOOST_REQUIRE(batch.contributions.size() == 1u);
    const auto& each = batch.contributions[0].contribution;
    const auto day = [](const auto& date) { return date ? to_text(*date) : std::string("-"); };
    BOOST_TEST(fmt::format("{} {}..{}", word(each.state), day(each.opened_on), day(each.closed_on)) == told);
    BOOST_TEST(each.link == emberloom + "/pull/7");
    BOOST_TEST(each.title == "lanternfield/emberloom#7");
  }
}

BOOST_AUTO_TEST_CASE(a_push_that_tells_no_commits_is_counted_as_far_as_it_tells) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {R"({"size":5,"distinct_size":3})", "3 commits in January 2026"},
      {R"({"size":1})", "1 commit in January 2026"},
      {R"({"head":"aaaa"})", "commits in January 2026"},
      {R"({"commits":[{"sha":"a","message":"Fold\n\nbody"}]})", "Fold"},
      {R"({"commits":[{"sha":"a","message":"Fold"},{"sha":"a","message":"Fold"},{"sha":"b","message":"Test"}]})",
       "2 commits in January 2026: Fold; Test"},
      {R"({"commits":[{"sha":"a","message":"A"},{"sha":"b","message":"B"},{"sha":"c","message":"C"},{"sha":"d","message":"D"}]})",
       "4 commits in January 2026: A; B; C; …"},
  };
  for (const auto& [payload, title] : cases) {
    const auto batch = read("[" + event("PushEvent", "signe-arvelund", payload) + "]");
    BOOST_REQUIRE_MESSAGE(batch.contributions.size() == 1u, payload);
    BOOST_TEST(batch.contributions[0].contribution.title == title);
    BOOST_TEST(batch.contributions[0].contribution.link == emberloom + "/commits?since=2026-01-01&until=2026-01-31");
  }
  BOOST_TEST((skipped(read("[" + event("PushEvent", "signe-arvelund", R"({"size":0})") + "]")) ==
              std::map<std::string, int>{{"a push without commits", 1}}));
}

BOOST_AUTO_TEST_CASE(what_happened_before_a_day_is_left_out) {
  auto options = signes_options();
  options.since = 2026y / 1 / 1;
  const auto batch =
      read("[" +
               listed(emberloom + "/pull/1",
                      R"(,"createdAt":"2025-11-04T08:12:30Z","closedAt":"2025-12-31T00:00:00Z","state":"closed")") +
               "," +
               listed(emberloom + "/pull/2",
                      R"(,"createdAt":"2025-11-04T08:12:30Z","closedAt":"2026-01-01T00:00:00Z","state":"closed")") +
               "," +
               event("PushEvent", "signe-arvelund",
                     R"({"commits":[{"sha":"a","message":"A"},{"sha":"b","message":"B"}]})", "2025-12-30T10:00:00Z") +
               "]",
           options);
  BOOST_REQUIRE(batch.contributions.size() == 1u);
  BOOST_TEST(batch.contributions[0].contribution.link == emberloom + "/pull/2");
  BOOST_TEST((skipped(batch) == std::map<std::string, int>{{"before 2026-01-01", 2}}));
}

BOOST_AUTO_TEST_CASE(machines_are_no_people) {
  for (const auto bot :
       {"dependabot[bot]", "renovate", "github-actions", "Codecov", "ghost", "web-flow", "anything[bot]"}) {
    const auto batch = read(
        "[" + listed(emberloom + "/pull/1", fmt::format(R"(,"reviews":[{{"author":{{"login":"{}"}}}}])", bot)) + "," +
        event("IssueCommentEvent", bot,
              R"({"issue":{"html_url":"https://github.com/lanternfield/emberloom/pull/1"}})") +
        "]");
    BOOST_REQUIRE(batch.contributions.size() == 1u);
    BOOST_TEST(batch.contributions[0].people.empty(), bot);
    BOOST_TEST((skipped(batch) == std::map<std::string, int>{{"by a bot", 1}}), bot);
  }
}

BOOST_AUTO_TEST_CASE(a_broken_entry_is_one_issue_with_its_place_and_the_others_are_read) {
  const auto whole = listed(emberloom + "/pull/1", "");
  const std::vector<std::pair<std::string, std::vector<std::string>>> cases{
      {"[" + whole + ",\n {\"title\": nonsense}]", {"work.json:2:13: this is not valid JSON; the entry was skipped"}},
      {"[" + whole + ",\n  {\"title\":\"é\", \"url\":",
       {"work.json:2:3: the file ends within this entry; what came before it was read; get the file again"}},
      {"[" + whole + ",\n",
       {"work.json:2:1: the file ends within this entry; what came before it was read; get the file again"}},
      {"[" + whole + "\n" + whole + "]",
       {"work.json:2:1: a ',' or the end of the list is missing here; what follows was not read"}},
      {"[" + whole + ",\n{\"x\":" + std::string(200, '[') + std::string(200, ']') + "}]",
       {"work.json:2:1: nested more than 100 deep, as nothing known is; skipped"}},
      {"[" + whole + ",\n{\"x\":\"" + std::string(9'000'000, 'x') + "\"}]",
       {"work.json:2:1: larger than 8 MB, as nothing known is; skipped"}},
      {"[" + whole + ",\n,{}]", {"work.json:2:1: a value is missing here; what follows was not read"}},
      {whole + "\n" + whole, {}},
      {"\x1e" + whole + "\n\x1e" + whole + "\n", {}},
      {"[[" + whole + "],[" + whole + "]]", {}},
      {R"({"total_count":1,"incomplete_results":false,"items":[)" + whole + "]}", {}},
      {R"([{"total_count":1,"incomplete_results":false,"items":[)" + whole + "]}]", {}},
      {R"({"items":[)" + whole + "],\"total_count\":1,\"incomplete_results\":false}", {}},
      {R"({"total_count":1,"incomplete_results":false,"items":[)" + whole + ",{\"ur",
       {fmt::format("work.json:1:{}: the file ends within this entry; what came before it was read; get the file again",
                    55 + whole.size())}},
  };
  for (const auto& [json, issues] : cases) {
    const auto batch = read(json);
    BOOST_TEST(issues_in_words(batch) == issues, boost::test_tools::per_element());
    BOOST_TEST(batch.contributions.size() == 1u, json.substr(0, 300));
    check_sound(batch);
  }
}

BOOST_AUTO_TEST_CASE(a_search_that_was_cut_off_says_so) {
  const auto batch =
      read(R"({"total_count":1431,"incomplete_results":true,"items":[)" + listed(emberloom + "/pull/1", "") + "]}");
  BOOST_TEST(issues_in_words(batch) ==
                 (std::vector<std::string>{
                     "work.json:0:0: the search found 1431 and lists 1; GitHub gives 1000 at most: add --paginate, or "
                     "ask by year "
                     "(created:2025-01-01..2025-12-31)",
                     "work.json:0:0: GitHub says that it did not look everywhere (incomplete_results); ask again"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_powershell_saved_is_read_as_well) {
  const auto json = "[" + listed(emberloom + "/pull/1", "") + "]";
  std::string wide = "\xFF\xFE";
  for (const char c : json) wide += c, wide += '\0';
  BOOST_TEST(github.recognises({"work.json", wide}) == 90);
  BOOST_TEST(read(wide).contributions.size() == 1u);
  BOOST_TEST(read("\xEF\xBB\xBF" + json).contributions.size() == 1u);
}

BOOST_AUTO_TEST_CASE(links_that_are_none_become_nothing) {
  for (const std::string url :
       {"javascript:alert(1)/pull/1", "https://github.com/a b/c/pull/1", "ftp://github.com/a/c/pull/1", "/pull/1"}) {
    const auto batch = read("[" + listed(emberloom + "/pull/1", "") + "," + listed(url, "") + "]");
    BOOST_TEST(batch.contributions.size() == 1u, url);
    BOOST_TEST((skipped(batch) == std::map<std::string, int>{{"not known", 1}}), url);
  }
}

BOOST_AUTO_TEST_CASE(titles_are_bounded_and_clean) {
  const auto batch = read(R"([{"title":"a\u0000\u202eb\n)" + std::string(5'000, 'x') +
                          R"(","url":"https://github.com/lanternfield/emberloom/pull/1"}])");
  BOOST_REQUIRE(batch.contributions.size() == 1u);
  BOOST_TEST(batch.contributions[0].contribution.title == "ab " + std::string(296, 'x') + "x");
}

BOOST_AUTO_TEST_CASE(a_crowd_of_commenters_costs_no_more_than_it_holds) {
  std::string rows = "[" + listed(emberloom + "/pull/1", "");
  for (int i = 0; i < 20'000; ++i) {
    rows += "," + event("IssueCommentEvent", fmt::format("member-{}", i),
                        R"({"issue":{"html_url":"https://github.com/lanternfield/emberloom/issues/1"}})");
  }
  const auto batch = read(rows + "]");
  BOOST_REQUIRE(batch.contributions.size() == 1u);
  BOOST_TEST(batch.contributions[0].people.size() == 200u);
}

BOOST_AUTO_TEST_CASE(damaged_files_never_crash_and_always_give_a_whole_report) {
  Damage damage(20260301);
  int rounds = 0;
  for (const std::string name :
       {"gh/search-prs.json", "gh/search-issues.json", "gh/pr-list.json", "gh/events.json", "github-archive"}) {
    const auto whole = open_bundle(contribution_sample(name));
    for (int round = 0; round < 250; ++round, ++rounds) {
      auto files = whole.files;
      for (auto& file : files)
        file.bytes = damage.of(std::string(file.bytes.view()), std::string_view("{}[]\",:\\0\n\0\xFF\xFE\xC3\x1e", 15));
      for (const auto& file : files)
        BOOST_TEST_REQUIRE((github.recognises(file) >= 0 && github.recognises(file) <= 100));
      auto options = signes_options();
      if (damage.below(3) == 0) options = Options{};
      if (damage.below(4) == 0) options.since = 2026y / 1 / 1;
      const auto batch = github.read(files, options);
      check_sound(batch);
      BOOST_TEST_REQUIRE(text::is_utf8(in_words(batch)));
    }
  }
  BOOST_TEST(rounds >= 1'000);
}

BOOST_AUTO_TEST_SUITE_END()
