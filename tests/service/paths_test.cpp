#include "crm/domain/paths.h"

#include <boost/test/unit_test.hpp>

#include "reports/render/render.h"
#include "tests/world.h"

using namespace ties;

namespace {

/// A company, whom the user knows there, and who knows somebody there.
struct Ways : World {
  Ways() {
    run("init", {{"name", {"Signe Arvelund"}}});
    run("company add", {{"name", {"Brightloom"}}, {"target", {"yes"}}});
    run("contact add", {{"name", {"Ada Quillmark"}}, {"company", {"Brightloom"}}, {"title", {"Compiler Engineer"}}});
    run("contact add", {{"name", {"Priya Nair"}}, {"company", {"Kelpforge"}}});
    run("contact add", {{"name", {"Tomasz Lis"}}, {"company", {"Brightloom"}}, {"met-through", {"priya"}}});
    run("contact add", {{"name", {"Jon Wren"}}, {"company", {"Kelpforge"}}});
    run("contact add", {{"name", {"Dag Ferrante"}}});
    for (const auto* person : {"ada", "priya", "jon"}) {
      for (const auto* day : {"2025-10-01", "2025-11-03", "2025-12-01", "2026-01-05", "2026-02-02", "2026-03-02"}) {
        run("interaction add", {{"contact", {person}}, {"kind", {"coffee"}}, {"on", {day}}});
      }
    }
    run("contribution add",
        {{"title", {"Fold loops"}}, {"company", {"Brightloom"}}, {"state", {"merged"}}, {"merged-by", {"dag"}}});
    run("application add",
        {{"title", {"Compiler Engineer"}}, {"company", {"Brightloom"}}, {"deadline", {"2026-05-01"}}});
  }

  void worked(const char* person, const char* company, const char* started, const char* ended) {
    const auto contact = std::string(person) == "me"
                             ? store.me()->id
                             : Id<Contact>{run("contact show", {{"contact", {person}}}).data["id"]};
    if (!store.company_keyed(company_key(company))) run("company add", {{"name", {company}}});
    OpenChange change(store.journal(), crm.clock.instant(), "test");
    Employment job;
    job.contact = contact, job.company = store.company_keyed(company_key(company));
    job.title = "Engineer", job.started = started, job.ended = ended, job.source = "test";
    store.add(job);
    change.commit("worked");
  }

  Json told(std::string_view verb, Args::Raw raw = {{"company", {"brightloom"}}}) {
    return Json::parse(reports::json_text(reports::json(*run(verb, std::move(raw)).document)));
  }
  Json way(const char* section, std::size_t place = 0) { return told("who")["tables"][section].at(place); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(ways_to_a_company)

BOOST_FIXTURE_TEST_CASE(are_told_by_kind_with_why_and_the_first_step, Ways) {
  const auto who = told("who");
  BOOST_TEST(who["finding"] ==
             "2 known at Brightloom now, 0 formerly; 1 way over somebody else; 1 maintainer met your work");
  BOOST_TEST(way("Now")["name"] == "Ada Quillmark");
  BOOST_TEST(way("Now")["ready"] == "warm up first");
  BOOST_TEST(way("Now")["step"] ==
             "send the link of your pull request, talk or post: nothing says that they know your work");
  BOOST_TEST(way("Now", 1)["step"] == "get in touch first: there was no conversation yet");
  BOOST_TEST(way("Second hop")["name"] == "Tomasz Lis");
  BOOST_TEST(way("Second hop")["through"] == "Priya Nair");
  BOOST_TEST(way("Second hop")["why"] == "you met Tomasz Lis through Priya Nair");
  BOOST_TEST(way("Second hop")["step"] == "ask Priya Nair to introduce you to Tomasz Lis");
  BOOST_TEST(way("Second hop")["settle"] == "ties referral add 4 --company 1 --introducer 3 --state to_approach");
  BOOST_TEST(way("Maintainers")["name"] == "Dag Ferrante");
  BOOST_TEST(way("Maintainers")["why"] == "merged 'Fold loops'");
}

BOOST_FIXTURE_TEST_CASE(lead_over_jobs_at_the_same_time_common_talks_and_small_events, Ways) {
  worked("jon", "Greyfjell Systems", "2018-01", "2021-08");
  worked("tomasz", "Greyfjell Systems", "2019-03", "2022-01");
  BOOST_TEST(way("Second hop", 1)["through"] == "Jon Wren");
  BOOST_TEST(way("Second hop", 1)["why"] == "both at Greyfjell Systems from Mar 2019 to Aug 2021");

  run("event add", {{"name", {"LoopConf"}}});
  for (const auto* person : {"jon", "tomasz"}) {
    run("interaction add", {{"contact", {person}}, {"kind", {"met"}}, {"event", {"LoopConf"}}, {"on", {"2026-02-20"}}});
  }
  BOOST_TEST(way("Second hop", 1)["why"] == "both at Greyfjell Systems from Mar 2019 to Aug 2021; both at LoopConf");
  run("interaction add", {{"contact", {"jon", "tomasz"}}, {"kind", {"coffee"}}, {"on", {"2026-02-21"}}});
  BOOST_TEST(
      way("Second hop", 1)["why"] ==
      "both in the coffee of Sat 21 Feb 2026; both at Greyfjell Systems from Mar 2019 to Aug 2021; both at LoopConf");
}

BOOST_FIXTURE_TEST_CASE(do_not_lead_over_events_where_many_were_met, Ways) {
  run("event add", {{"name", {"LoopConf"}}});
  const auto meet = [&](const std::string& person) {
    run("interaction add", {{"contact", {person}}, {"kind", {"met"}}, {"event", {"LoopConf"}}, {"on", {"2026-02-20"}}});
  };
  meet("jon"), meet("tomasz");
  BOOST_TEST(told("who")["tables"]["Second hop"].size() == 2u);
  for (int i = 0; i < 29; ++i) {
    const auto guest = "Guest Number" + std::to_string(i);
    run("contact add", {{"name", {guest}}, {"met-at", {"LoopConf"}}});
    if (i == 27) BOOST_TEST(told("who")["tables"]["Second hop"].size() == 2u);
  }
  BOOST_TEST(told("who")["tables"]["Second hop"].size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(say_nothing_of_private_talks_to_who_may_not_see_them, Ways) {
  run("interaction add",
      {{"contact", {"jon", "tomasz"}}, {"kind", {"coffee"}}, {"on", {"2026-02-21"}}, {"private", {"yes"}}});
  BOOST_TEST(told("who")["tables"]["Second hop"].size() == 2u);
  crm.sees_private = false;
  BOOST_TEST(told("who")["tables"]["Second hop"].size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(are_as_before_when_what_was_done_is_undone, Ways) {
  const auto all = [&] {
    return told("who").dump() + told("ready").dump() + run("contact show", {{"contact", {"ada"}}}).data.dump();
  };
  const auto before = all();
  run("interaction add", {{"contact", {"ada"}}, {"kind", {"call"}}, {"on", {"2026-03-03"}}});
  run("contact edit", {{"contact", {"jon"}}, {"met-through", {"tomasz"}}});
  run("referral add", {{"referrer", {"ada"}}, {"company", {"Brightloom"}}, {"state", {"asked"}}}, true);
  run("config", {{"key", {"tie.recency"}}, {"value", {"0"}}});
  crm.config = Config(store.settings());
  BOOST_TEST(all() != before);
  for (int i = 0; i < 4; ++i) run("undo");
  crm.config = Config(store.settings());
  BOOST_TEST(all() == before);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(whom_to_ask)

BOOST_FIXTURE_TEST_CASE(is_ranked_with_reasons_that_name_their_records, Ways) {
  run("contribution add",
      {{"title", {"Spill less"}}, {"company", {"Brightloom"}}, {"state", {"merged"}}, {"reviewed-by", {"ada"}}});
  const auto ready = told("ready");
  BOOST_TEST(ready["finding"] == "1 ready to be asked at Brightloom, 0 to warm up first, 1 not yet");
  const auto ada = ready["tables"]["Ready"][0];
  BOOST_TEST(ada["name"] == "Ada Quillmark");
  BOOST_TEST(ada["company_id"] == 1);
  BOOST_TEST(ada["verdict"] == "ready");
  BOOST_TEST(ada["why"] ==
             "works there, as far as is known [employment 1];\na role near yours: Compiler (Compiler Engineer and "
             "Compiler Engineer) [application 1];\n"
             "a strong tie: 70 of 100;\nlast in touch on Mon 2 Mar 2026 (coffee) [interaction 6];\n"
             "knows your work: reviewed 'Spill less' [contribution 2];\nyou apply by Fri 1 May 2026 [application 1]");
  BOOST_TEST(ada["step"] == "ask Ada Quillmark for a referral");
  BOOST_TEST(ada["settle"] == "ties referral add 2 --company 1 --state to_approach");
  BOOST_TEST(ready["tables"]["Not yet"][0]["name"] == "Tomasz Lis");
}

BOOST_FIXTURE_TEST_CASE(is_asked_of_all_targets_and_open_applications_when_no_company_is_said, Ways) {
  run("company target", {{"company", {"brightloom"}}, {"off", {"yes"}}});
  BOOST_TEST(told("ready", {})["finding"] ==
             "0 ready to be asked at your targets and open applications, 1 to warm up first, 1 not yet");
  run("application close", {{"application", {"1"}}, {"outcome", {"withdrawn"}}});
  const auto nowhere = run("ready");
  BOOST_TEST(nowhere.document->finding == "nobody known at your targets and open applications yet");
  BOOST_TEST(nowhere.remarks.at(0) == "no company is a target yet; `ties company target acme` makes it one");
  run("company target", {{"company", {"kelpforge"}}});
  BOOST_TEST(told("ready", {})["finding"] ==
             "0 ready to be asked at your targets and open applications, 2 to warm up first, 0 not yet");
}

BOOST_FIXTURE_TEST_CASE(goes_by_the_weights_in_the_settings_which_bad_ones_do_not_break, Ways) {
  const auto set = [&](const char* key, const char* value) {
    run("config", {{"key", {key}}, {"value", {value}}});
    crm.config = Config(store.settings());
  };
  set("tie.good_from", "80");
  BOOST_TEST(crm.config.tie_weights().good_from == 70);  // never above strong
  BOOST_TEST(run("contact show", {{"contact", {"ada"}}}).data["tie"] == "weak (62 of 100)");
  set("tie.strong_from", "999999");
  BOOST_TEST(crm.config.tie_weights().strong_from == 100);
  set("tie.recency", "999999"), set("tie.recency_half_life_days", "0");
  BOOST_TEST(crm.config.tie_weights().recency == 100);
  BOOST_TEST(crm.config.tie_weights().recency_half_life_days == 1);
  set("ask_load_days", "10");
  BOOST_TEST(crm.config.tie_weights().rest_after_ask_days == 10);
  set("tie.recency", "0");
  for (const auto* key : {"tie.frequency", "tie.two_way", "tie.depth", "tie.vouching", "tie.shared", "tie.years_known"})
    set(key, "0");
  BOOST_TEST(run("contact show", {{"contact", {"ada"}}}).data["tie"] == "faint (0 of 100)");
  BOOST_TEST(told("who")["tables"]["Second hop"].empty());
}

BOOST_FIXTURE_TEST_CASE(weights_that_nobody_changed_are_those_of_the_rule, World) {
  BOOST_TEST((Config{}.tie_weights() == TieWeights{}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(times_at_one_place)

BOOST_FIXTURE_TEST_CASE(are_told_of_a_contact_and_count_for_the_tie_alone_and_in_bulk, Ways) {
  worked("me", "Greyfjell Systems", "2018-01", "2021-08");
  worked("dag", "Greyfjell Systems", "2019-03", "2022-01");
  worked("priya", "Greyfjell Systems", "2022-01", "2024-01");
  const auto dag = run("contact show", {{"contact", {"dag"}}}).data;
  BOOST_TEST(dag["overlaps"].size() == 1u);
  BOOST_TEST(dag["overlaps"][0]["text"] == "both at Greyfjell Systems from Mar 2019 to Aug 2021");
  BOOST_TEST(dag["overlaps"][0]["certainty"] == "certain");
  BOOST_TEST(dag["tie"] == "weak (15 of 100)");  // 8 of vouching, 7 of the job
  BOOST_TEST(run("contact show", {{"contact", {"priya"}}}).data["overlaps"].empty());

  const std::vector<Id<Contact>> people{{6}, {3}, {2}};
  const auto bulk = store.tie_facts(people);
  BOOST_REQUIRE(bulk.size() == 3);
  for (std::size_t i = 0; i < people.size(); ++i) {
    BOOST_TEST((bulk[i].contact == people[i]));
    BOOST_TEST(
        (tie_strength(bulk[i], crm.clock.today()) == tie_strength(store.tie_facts(people[i]), crm.clock.today())));
  }
  for (const auto& person : store.network_facts().people) {
    const auto alone = tie_strength(store.tie_facts(person.tie.contact), crm.clock.today());
    BOOST_TEST(tie_strength(person.tie, crm.clock.today()).score == alone.score);
  }
}

BOOST_AUTO_TEST_SUITE_END()
