#include <boost/test/unit_test.hpp>

#include "reports/render/render.h"
#include "tests/world.h"

using namespace ties;

namespace {

/// Two who met at an event, one of whom works where the user applied.
struct Known : World {
  Known() {
    run("init", {{"name", {"Signe Arvelund"}}});
    run("contact add", {{"name", {"Ada Winterbourne"}},
                        {"company", {"Quillmark"}},
                        {"title", {"Staff Engineer"}},
                        {"tag", {"compilers"}},
                        {"notes", {"spilling"}}});
    run("contact add", {{"name", {"Bo Halvorsen"}}, {"company", {"Quillmark"}}});
    run("event add", {{"name", {"LoopConf"}}});
    for (const auto* name : {"ada", "halvorsen"})
      run("interaction add", {{"contact", {name}}, {"kind", {"met"}}, {"on", {"2026-02-01"}}, {"event", {"LoopConf"}}});
    run("contact edit", {{"contact", {"ada"}}, {"met-through", {"halvorsen"}}, {"met-at", {"LoopConf"}}});
    run("interaction add", {{"contact", {"ada"}},
                            {"kind", {"call"}},
                            {"on", {"2026-03-01"}},
                            {"text", {"the \x1b[31mnew team"}},
                            {"promise", {"send the slides"}},
                            {"by", {"2026-03-06"}}});
    run("application add",
        {{"title", {"Compiler Engineer"}},
         {"company", {"Quillmark"}},
         {"stage", {"applied"}},
         {"notes", {"Who reviews?"}}},
        true);
    run("referral add", {{"referrer", {"ada"}}, {"application", {"1"}}, {"state", {"asked"}}}, true);
    run("interview add",
        {{"application", {"1"}}, {"kind", {"recruiter call"}}, {"at", {"2026-03-02 10:00"}}, {"with", {"halvorsen"}}});
    run("interview done", {{"interview", {"1"}}, {"outcome", {"passed"}}, {"notes", {"How large is the team?"}}});
    run("interview add", {{"application", {"1"}},
                          {"kind", {"coding"}},
                          {"at", {"2026-03-10 10:00"}},
                          {"zone", {"America/New_York"}},
                          {"with", {"ada"}},
                          {"prepare", {"graphs"}}});
    run("contribution add", {{"title", {"Fix the allocator"}},
                             {"link", {"https://code.example/17"}},
                             {"company", {"Quillmark"}},
                             {"reviewed-by", {"ada"}}});
    run("favour add", {{"contact", {"ada"}}, {"direction", {"received"}}, {"text", {"read my CV"}}});
  }

  Json brief(const std::string& kind, const std::string& which) {
    return reports::json(*run("brief " + kind, {{kind, {which}}}).document);
  }
};

/// The texts of a column, in their order.
std::vector<std::string> column(const Json& brief, const std::string& table, const std::string& key) {
  std::vector<std::string> texts;
  for (const auto& row : brief["tables"][table]) texts.push_back(row[key]);
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(briefs, Known)

BOOST_AUTO_TEST_CASE(of_a_contact_tell_what_is_open_what_was_said_and_whom_both_know) {
  const auto brief = this->brief("contact", "ada");
  BOOST_TEST(brief["title"] == "Brief: Ada Winterbourne");
  BOOST_TEST(brief["fields"]["job"] == "Staff Engineer at Quillmark");
  BOOST_TEST(brief["fields"]["met"] == "at LoopConf, through Bo Halvorsen");
  BOOST_TEST(brief["fields"]["circles"] == "compilers");
  BOOST_TEST(brief["fields"]["notes"] == "spilling");
  BOOST_TEST(column(brief, "Open between us", "text") == Texts{"send the slides"});
  BOOST_TEST(column(brief, "Latest talks", "what") == (Texts{"call", "met at LoopConf"}));
  BOOST_TEST(column(brief, "People we both know", "how") == Texts{"introduced us"});
  BOOST_TEST(column(brief, "My work that they know", "link") == Texts{"https://code.example/17"});
  BOOST_TEST(column(brief, "Referrals and applications", "part") == (Texts{"refers me", "interviewer"}));
  BOOST_TEST(column(brief, "What I can do for them", "what").front() ==
             "keep my word: send the slides (Fri 6 Mar 2026)");
  BOOST_TEST(column(brief, "Favours", "direction") == Texts{"they helped"});
}

BOOST_AUTO_TEST_CASE(of_a_company_name_the_strongest_first_with_the_first_step) {
  const auto brief = this->brief("company", "quillmark");
  BOOST_TEST(column(brief, "Whom I know", "name") == (Texts{"Ada Winterbourne", "Bo Halvorsen"}));
  BOOST_TEST(!column(brief, "Whom I know", "first_step").back().empty());
  BOOST_TEST(column(brief, "Applications", "what") == Texts{"Compiler Engineer"});
  BOOST_TEST(column(brief, "Referrals", "state") == Texts{"asked"});
  BOOST_TEST(column(brief, "My work that they know", "how") == Texts{"reviewed by Ada Winterbourne"});
  BOOST_TEST(column(brief, "Promises and tasks", "with").front() == "Ada Winterbourne");
}

BOOST_AUTO_TEST_CASE(of_an_application_tell_where_it_stands_and_what_comes_next) {
  const auto brief = this->brief("application", "compiler");
  BOOST_TEST(
      brief["finding"].get<std::string>().starts_with("in Applied for 0 days; next: coding on Tue 10 Mar 2026 10:00"));
  BOOST_TEST(column(brief, "Interviews", "kind") == (Texts{"recruiter call", "coding"}));
  BOOST_TEST(column(brief, "Questions", "question") == Texts{"Who reviews?"});
  BOOST_TEST(column(brief, "Referrals", "part") == Texts{"Ada Winterbourne"});
  run("application close", {{"application", {"1"}}, {"outcome", {"rejected"}}}, true);
  BOOST_TEST(this->brief("application", "1")["finding"] == "ended: rejected");
}

BOOST_AUTO_TEST_CASE(of_a_round_tell_its_hour_here_too_who_asks_what_came_before_and_whom_to_thank) {
  const auto brief = this->brief("interview", "2");
  BOOST_TEST(brief["fields"]["here"].get<std::string>().starts_with("Tue 10 Mar 2026 15:00"), brief["fields"].dump());
  BOOST_TEST(brief["fields"]["preparation"] == "graphs");
  BOOST_TEST(column(brief, "Interviewers", "name") == Texts{"Ada Winterbourne"});
  BOOST_TEST(column(brief, "Interviewers", "last_talk") == Texts{"1 Mar 2026, call: the [31mnew team"});
  BOOST_TEST(column(brief, "Earlier rounds", "with") == Texts{"Bo Halvorsen"});
  BOOST_TEST(column(brief, "Questions", "question") == (Texts{"Who reviews?", "How large is the team?"}));
  BOOST_TEST(column(brief, "To thank", "what") ==
             (Texts{"this round, within a day of it", "recruiter call on Mon 2 Mar 2026"}));
  BOOST_CHECK_THROW(this->brief("interview", "9"), NotFound);
}

BOOST_AUTO_TEST_CASE(by_a_name_alone_are_of_what_is_called_just_so_or_of_the_only_one_that_fits) {
  const auto title = [&](const std::string& text) { return run("brief", {{"what", {text}}}).document->title; };
  BOOST_TEST(title("winterbourne") == "Brief: Ada Winterbourne");
  BOOST_TEST(title("Quillmark") == "Brief: Quillmark");
  BOOST_TEST(title("compiler engineer") == "Brief: Compiler Engineer at Quillmark");
  BOOST_CHECK_EXCEPTION(title("1"), Conflict, [](const Conflict& error) {
    return std::string(error.what())
        .starts_with(
            "'1' may be any of 4; say which\n  ties brief contact 1  Signe Arvelund\n  ties brief company 1  "
            "Quillmark\n");
  });
  BOOST_CHECK_THROW(title("9999"), NotFound);
  BOOST_CHECK_THROW(title("nobody at all"), NotFound);
}

BOOST_AUTO_TEST_CASE(hold_what_is_private_only_for_who_may_see_it) {
  run("contact edit", {{"contact", {"ada"}}, {"private-note", {"shy"}}});
  run("interaction add", {{"contact", {"ada"}},
                          {"kind", {"coffee"}},
                          {"text", {"leaving soon"}},
                          {"on", {"2026-03-03"}},
                          {"private", {"yes"}}});
  const auto whole = brief("contact", "ada");
  BOOST_TEST(whole["fields"]["private_note"] == "shy");
  BOOST_TEST(whole["texts"][0].get<std::string>().find("private notes among it") != std::string::npos);
  crm.sees_private = false;
  const auto seen = brief("contact", "ada");
  BOOST_TEST(!seen["fields"].contains("private_note"));
  BOOST_TEST(seen["tables"]["Latest talks"].size() == 2u);
  BOOST_TEST(seen.dump().find("leaving soon") == std::string::npos);
  BOOST_TEST(brief("interview", "2").dump().find("shy") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
