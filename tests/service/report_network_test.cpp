#include <boost/test/unit_test.hpp>

#include "reports/render/render.h"
#include "tests/world.h"

using namespace ties;

namespace {

struct Network : World {
  Network() {
    run("init", {{"name", {"Signe Arvelund"}}});
    run("company add", {{"name", {"Quillmark"}}, {"target", {"yes"}}});
    run("contact add", {{"name", {"Ada Lovelace"}}, {"company", {"Quillmark"}}, {"met-on", {"2026-01-05"}}, {"location", {"Oslo, Norway"}}, {"tag", {"compilers"}}});
    run("contact add", {{"name", {"Bo Halvorsen"}}, {"phone", {"+47 22 33 44 55"}}});
    run("contact add", {{"name", {"Cleo Marchetti"}}});
    run("contact archive", {{"contact", {"cleo"}}});
    run("event add", {{"name", {"LoopConf"}}, {"starts", {"2026-02-05"}}, {"ends", {"2026-02-06"}}});
    run("interaction add", {{"contact", {"bo"}}, {"kind", {"met"}}, {"on", {"2026-02-05"}}, {"event", {"LoopConf"}}});
    run("interaction add", {{"contact", {"ada"}}, {"kind", {"comment"}}, {"on", {"2026-02-07"}}});
    run("interaction add", {{"contact", {"ada"}}, {"kind", {"call"}}, {"on", {"2026-02-08"}}, {"private", {"yes"}}});
    run("application add", {{"title", {"Engineer"}}, {"company", {"Quillmark"}}, {"on", {"2026-02-01"}}, {"source", {"referral"}}, {"referrer", {"ada"}}});
    run("application move", {{"application", {"1"}}, {"stage", {"recruiter-screen"}}, {"on", {"2026-02-10"}}});
    run("application add", {{"title", {"Poet"}}, {"on", {"2026-02-11"}}});
    run("interview add", {{"application", {"1"}}, {"at", {"2026-02-20 10:00"}}, {"kind", {"coding"}}});
    run("interview add", {{"application", {"1"}}, {"at", {"2026-03-10 10:00"}}, {"kind", {"team lead"}}});
    run("referral add", {{"referrer", {"ada"}}, {"state", {"asked"}}, {"on", {"2026-02-02"}}}, true);
    run("contribution add", {{"title", {"Fold"}}, {"company", {"Quillmark"}}, {"state", {"merged"}}, {"on", {"2026-02-03"}}, {"reviewed-by", {"ada"}}});
  }

  Json report(const std::string& name, Args::Raw raw = {}) { return Json::parse(reports::json_text(reports::json(*run("report " + name, std::move(raw)).document))); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(reports_about_the_network)

BOOST_FIXTURE_TEST_CASE(know_people_by_their_first_talk_when_nothing_else_is_said, Network) {
  const auto report = this->report("network");
  BOOST_TEST(report["finding"] == "2 people known, 1 at target companies; ties: 0 strong, 0 good, 0 gone quiet");
  BOOST_TEST(report["fields"]["since"] == "2026-01-05");
  BOOST_TEST(report["fields"]["left_out"] == "1 archived");
  BOOST_TEST(report["tables"]["By country"][0]["country"] == "Norway");
  BOOST_TEST(report["tables"]["By country"][0]["people"] == 2);
  BOOST_TEST(report["tables"]["By circle and tag"][0]["tag"] == "compilers");
}

BOOST_FIXTURE_TEST_CASE(count_what_was_done, Network) {
  BOOST_TEST(report("activity")["finding"] ==
             "2 talks from 5 Jan 2026 to 4 Mar 2026: 1 in person, 1 call, 0 messages; 2 new people, 1 ask, 1 application, 1 interview, "
             "1 piece of public work; 4 weeks without anything");
}

BOOST_FIXTURE_TEST_CASE(know_nothing_of_private_talks_where_those_may_not_be_seen, Network) {
  crm.sees_private = false;
  BOOST_TEST(report("activity")["finding"] ==
             "1 talk from 5 Jan 2026 to 4 Mar 2026: 1 in person, 0 calls, 0 messages; 2 new people, 1 ask, 1 application, 1 interview, "
             "1 piece of public work; 4 weeks without anything");
  BOOST_TEST(report("proof")["fields"]["networking_talks"] == 1);
  BOOST_TEST(report("network")["tables"]["Strength of ties"][4]["people"] == 1);  // with Ada there was but the private one
}

BOOST_FIXTURE_TEST_CASE(prove_what_was_sent_on_the_day_that_it_was_sent, Network) {
  const auto report = this->report("proof");
  BOOST_TEST(report["finding"] == "1 application from 1 Feb 2026 to 28 Feb 2026; 1 interview held, 1 event visited, 2 networking talks");
  const auto& row = report["tables"]["Applications"][0];
  BOOST_TEST(row["applied_on"] == "2026-02-10");
  BOOST_TEST(row["contact"] == "Ada Lovelace");
  BOOST_TEST(row["next_step"] == "interview on Tue 10 Mar 2026");
  BOOST_TEST(report["fields"]["left_out"] == "1 opened in this period and not sent");
  BOOST_TEST(report["fields"]["name"] == "Signe Arvelund");
}

BOOST_FIXTURE_TEST_CASE(tell_who_knows_my_work, Network) {
  const auto report = this->report("contributions");
  BOOST_TEST(report["tables"]["Who knows my work"][0]["name"] == "Ada Lovelace");
  BOOST_TEST(report["tables"]["Where it is known"][0]["company"] == "Quillmark");
}

BOOST_FIXTURE_TEST_CASE(tell_moves_of_a_period_and_none_of_archived_people, World) {
  run("company add", {{"name", {"Lanternfield Research"}}, {"target", {"yes"}}});
  run("import", {{"paths", {sample("linkedin/2026-03-02")}}});
  run("import", {{"paths", {sample("linkedin/2026-06-15")}}});
  day("2026-06-16");
  BOOST_TEST(run("report moves").document->finding == "7 job changes since Mon 16 Jun 2025, 1 to a target of yours");
  BOOST_TEST(run("report moves", {{"since", {"2026-06-16"}}}).document->finding.starts_with("no job change was seen since"));
  run("contact archive", {{"contact", {"Bence"}}});
  BOOST_TEST(run("report moves").document->finding == "6 job changes since Mon 16 Jun 2025, 0 to a target of yours");
}

BOOST_FIXTURE_TEST_CASE(refuse_a_period_that_is_none, World) {
  for (const auto* name : {"report network", "report moves", "report contributions", "report events", "report activity", "report proof"}) {
    BOOST_CHECK_EXCEPTION(run(name, {{"since", {"2026-02-02"}}, {"until", {"2026-02-01"}}}), Wrong,
                          [](const Wrong& error) { return error.what() == std::string("until: it lies before since") && error.field == "until"; });
    BOOST_CHECK_EXCEPTION(run(name, {{"since", {"2027-01-01"}}}), Wrong,
                          [](const Wrong& error) { return error.what() == std::string("since: that day is still to come"); });
  }
}

BOOST_AUTO_TEST_SUITE_END()
