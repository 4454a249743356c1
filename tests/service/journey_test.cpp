#include "tests/world.h"

#include <boost/test/unit_test.hpp>

using namespace ties;

namespace {

std::vector<std::string> kinds(const Answer& answer) {
  std::vector<std::string> found;
  for (const auto& block : answer.document->blocks) {
    const auto& table = std::get<reports::Table>(block);
    for (const auto& row : table.rows) {
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].key == "kind") found.push_back(row[i].text);
      }
    }
  }
  return found;
}

bool has(const std::vector<std::string>& list, const std::string& word) { return std::find(list.begin(), list.end(), word) != list.end(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(journey)

BOOST_FIXTURE_TEST_CASE(a_referral_is_asked_for_with_a_warning_handed_in_thanked_and_told, World) {
  run("contact add", {{"name", {"Ada Lovelace"}}, {"company", {"Acme"}}});
  run("application add", {{"title", {"Engineer"}}, {"company", {"Acme"}}});
  run("referral add", {{"referrer", {"ada"}}, {"application", {"1"}}});
  BOOST_CHECK_THROW(run("referral step", {{"referral", {"1"}}, {"state", {"asked"}}}), Guarded);
  BOOST_TEST(run("referral show", {{"referral", {"1"}}}).data["state"].get<std::string>() == "idea");
  const auto asked = run("referral step", {{"referral", {"1"}}, {"state", {"asked"}}}, true);
  BOOST_TEST(asked.overridden.size() == 1u);
  BOOST_TEST(asked.overridden[0].guard == "cold ask");
  BOOST_TEST(asked.data["history"].back()["overridden"].get<std::string>() == "cold ask");
  day("2026-03-12");
  BOOST_TEST(has(kinds(run("followups")), "nudge"));
  BOOST_CHECK_EXCEPTION(run("application move", {{"application", {"1"}}, {"stage", {"applied"}}}), Guarded, [](const Guarded& g) { return g.warnings[0].guard == "refer before applying"; });
  run("referral step", {{"referral", {"1"}}, {"state", {"submitted"}}, {"address", {"me@home.example"}}});
  run("application move", {{"application", {"1"}}, {"stage", {"applied"}}});
  BOOST_TEST(has(kinds(run("followups")), "thanks"));
  run("referral thank", {{"referral", {"1"}}});
  BOOST_TEST(!has(kinds(run("followups")), "thanks"));
  run("application close", {{"application", {"1"}}, {"outcome", {"accepted"}}});
  BOOST_TEST(has(kinds(run("followups")), "outcome"));
  run("referral thank", {{"referral", {"1"}}, {"told", {"yes"}}});
  BOOST_TEST(!has(kinds(run("followups")), "outcome"));
}

BOOST_FIXTURE_TEST_CASE(a_step_that_does_not_follow_is_refused_with_those_that_do, World) {
  run("contact add", {{"name", {"Ada Lovelace"}}});
  run("referral add", {{"referrer", {"ada"}}});
  run("referral step", {{"referral", {"1"}}, {"state", {"asked"}}}, true);
  run("referral step", {{"referral", {"1"}}, {"state", {"declined"}}});
  BOOST_CHECK_EXCEPTION(run("referral step", {{"referral", {"1"}}, {"state", {"agreed"}}}), Conflict,
                        [](const Conflict& c) { return std::string(c.what()) == "referral 1 with Ada Lovelace is declined, and that is its end"; });
  run("referral add", {{"referrer", {"ada"}}});
  BOOST_CHECK_EXCEPTION(run("referral step", {{"referral", {"2"}}, {"state", {"no_answer"}}}), Conflict,
                        [](const Conflict& c) { return std::string(c.what()).starts_with("referral 2 with Ada Lovelace is idea; it can become to_approach, asked, "); });
}

BOOST_FIXTURE_TEST_CASE(a_captured_line_becomes_a_talk_at_its_event_and_a_task, World) {
  run("event add", {{"name", {"PyCon 26"}}});
  run("contact add", {{"name", {"Ada Lovelace"}}});
  const auto logged = run("log", {{"line", {"met @Ada at #PyCon26, works on compilers, follow up in 2 weeks"}}});
  BOOST_TEST(logged.said == "logged: met Ada Lovelace at PyCon 26 on Wed 4 Mar 2026");
  BOOST_TEST(logged.data["interaction"]["text"].get<std::string>() == "works on compilers");
  const auto tasks = run("task list").data;
  BOOST_TEST(tasks.size() == 1u);
  BOOST_TEST(tasks[0]["due"].get<std::string>() == "2026-03-18");
  BOOST_TEST(store.count<Event>() == 1);
}

BOOST_FIXTURE_TEST_CASE(an_ambiguous_person_is_asked_for_and_never_guessed, World) {
  run("contact add", {{"name", {"Ada Lovelace"}}});
  run("contact add", {{"name", {"Ada Byron"}}});
  BOOST_CHECK_EXCEPTION(run("log", {{"line", {"called @Ada"}}}), Conflict,
                        [](const Conflict& c) { return std::string(c.what()) == "'Ada' may be any of 2; give more of the name, or the number\n  2  Ada Byron\n  1  Ada Lovelace"; });
  BOOST_TEST(store.count<Interaction>() == 0);
}

BOOST_FIXTURE_TEST_CASE(a_person_is_named_by_number_name_part_address_and_blind_to_case_and_accents, World) {
  run("contact add", {{"name", {"Łucja Żmijewicz"}}, {"email", {"lucja@x.example"}}});
  for (const auto* name : {"1", "#1", "Łucja Żmijewicz", "lucja", "ZMIJEWICZ", "żmije", "lucja@x.example"}) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(run("contact show", {{"contact", {name}}}).data["id"].get<int>() == 1); }
  }
}

BOOST_FIXTURE_TEST_CASE(a_query_finds_by_words_tags_companies_and_silence, World) {
  run("contact add", {{"name", {"Ada Lovelace"}}, {"company", {"Acme Inc"}}, {"tag", {"alumni"}}, {"email", {"ada@acme.example"}}, {"headline", {"compilers"}}});
  run("contact add", {{"name", {"Grace Hopper"}}, {"company", {"Brill"}}, {"tag", {"recruiter"}}});
  run("interaction add", {{"contact", {"grace"}}, {"on", {"2026-03-01"}}});
  const std::pair<const char*, std::size_t> rows[] = {{"compil", 1}, {"tag:alumni", 1}, {"-tag:recruiter", 1}, {"company:acme", 1}, {"has:email", 1}, {"-has:email", 1}, {"last:<10d", 1}, {"last:>10d", 1}, {"last:never", 1}, {"", 2}, {"lovelace grace", 0}};
  for (const auto& [query, expected] : rows) {
    BOOST_TEST_CONTEXT(query) { BOOST_TEST(run("contact list", {{"query", {query}}}).data.size() == expected); }
  }
}

BOOST_FIXTURE_TEST_CASE(removing_a_stage_asks_where_its_applications_go, World) {
  run("application add", {{"title", {"Engineer"}}});
  BOOST_CHECK_EXCEPTION(run("stage remove", {{"stage", {"wishlist"}}}), Conflict, [](const Conflict& c) { return std::string(c.what()) == "1 applications stand in Wishlist; say where they go: --to STAGE"; });
  run("stage remove", {{"stage", {"wishlist"}}, {"to", {"referral"}}});
  BOOST_TEST(run("application show", {{"application", {"1"}}}).data["stage"].get<std::string>() == "Referral");
}

BOOST_FIXTURE_TEST_CASE(a_wrong_word_is_answered_with_the_nearest_right_one, World) {
  const std::tuple<const char*, Args::Raw, const char*> rows[] = {
      {"contact ad", {}, "there is no command 'contact ad'; did you mean 'contact add'?"},
      {"contact add", {{"nam", {"x"}}}, "contact add: there is no 'nam'; did you mean 'name'?"},
      {"application close", {{"application", {"1"}}, {"outcome", {"rejectd"}}}, "outcome: 'rejectd' is none of open, accepted, declined, rejected, withdrawn, ghosted, expired, rerouted; did you mean 'rejected'?"},
      {"task add", {{"text", {"x"}}, {"due", {"someday"}}}, "due: 'someday' is no day; write 2026-03-01, friday, or 'in 2 weeks'"},
      {"config", {{"key", {"look_ahead"}}, {"value", {"3"}}}, "there is no setting 'look_ahead'; did you mean 'look_ahead_days'?; `ties config` lists them"}};
  for (const auto& [verb, raw, expected] : rows) {
    BOOST_TEST_CONTEXT(verb) {
      BOOST_CHECK_EXCEPTION(run(verb, raw), Wrong, [&](const Wrong& w) {
        BOOST_TEST_MESSAGE(w.what());
        return std::string(w.what()) == expected;
      });
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
