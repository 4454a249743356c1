#include <boost/test/unit_test.hpp>

#include "reports/render/render.h"
#include "tests/world.h"

using namespace ties;

namespace {

Json planned(World& world, Args::Raw raw = {}) {
  return Json::parse(reports::json(*world.run("plan", std::move(raw)).document).dump());
}

std::vector<std::string> things(const Json& plan, bool left_out = false) {
  std::vector<std::string> found;
  for (const auto& [title, rows] : plan["tables"].items()) {
    if (title == "Where the time goes" || (title == "Left out") != left_out) continue;
    for (const auto& row : rows) {
      found.push_back(left_out ? row["what"].get<std::string>() + ": " + row["left_out"].get<std::string>()
                               : row["due"].get<std::string>() + " " + row["what"].get<std::string>());
    }
  }
  return found;
}

using Lines = std::vector<std::string>;

/// A target company where Ada, who reviewed the user's work and writes often, works; on Wednesday 4 March 2026.
struct Searching : World {
  Searching() {
    run("company add", {{"name", {"Brightloom"}}, {"target", {"yes"}}});
    run("contact add", {{"name", {"Ada Quillmark"}}, {"company", {"Brightloom"}}});
    for (const auto* on :
         {"2025-09-05", "2025-10-05", "2025-11-05", "2025-12-05", "2026-01-05", "2026-02-05", "2026-03-02"}) {
      for (const auto* direction : {"out", "in"}) {
        run("interaction add", {{"contact", {"ada"}}, {"kind", {"message"}}, {"direction", {direction}}, {"on", {on}}});
      }
    }
    run("interaction add", {{"contact", {"ada"}}, {"kind", {"coffee"}}, {"on", {"2026-03-02"}}});
    run("contribution add", {{"title", {"Fix"}}, {"link", {"https://code.example/1"}}, {"reviewed-by", {"ada"}}});
  }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(the_plan_of_an_empty_file_is_empty, World) {
  BOOST_TEST(run("plan").document->finding ==
             "nothing to plan: nothing is due in these seven days, and nobody is to be asked");
}

BOOST_FIXTURE_TEST_CASE(who_is_ready_at_a_target_is_asked_and_only_once, Searching) {
  BOOST_TEST(things(planned(*this)) == Lines{"2026-03-04 ask Ada Quillmark for a referral to Brightloom"});
  run("referral add", {{"referrer", {"ada"}}, {"company", {"Brightloom"}}, {"state", {"asked"}}}, true);
  BOOST_TEST(things(planned(*this)) == Lines{});
  BOOST_TEST(
      things(planned(*this), true) ==
      Lines{"ask Ada Quillmark for a referral to Brightloom: rests until Wed 3 Jun 2026: asked on Wed 4 Mar 2026"});
}

BOOST_FIXTURE_TEST_CASE(a_lead_waits_for_the_referral_that_comes_first, Searching) {
  run("application add", {{"title", {"Engineer"}}, {"company", {"Brightloom"}}});
  BOOST_TEST(things(planned(*this)) ==
             (Lines{"2026-03-04 ask Ada Quillmark for a referral to Brightloom", "2026-03-05 apply"}));
  run("referral add",
      {{"referrer", {"ada"}}, {"company", {"Brightloom"}}, {"application", {"1"}}, {"state", {"asked"}}}, true);
  const auto left_out = things(planned(*this), true);
  BOOST_TEST(left_out.back() ==
             "apply: the referral of Ada Quillmark comes first: most employers credit only what came before");
}

BOOST_FIXTURE_TEST_CASE(the_time_is_a_setting_and_an_argument, Searching) {
  BOOST_TEST(planned(*this)["fields"]["minutes"].get<int>() == 300);
  run("config", {{"key", {"plan.minutes_a_week"}}, {"value", {"20"}}});
  crm.config = Config(store.settings());
  BOOST_TEST(
      things(planned(*this), true) ==
      Lines{"ask Ada Quillmark for a referral to Brightloom: no time left: it takes 30 minutes, and 20 are left"});
  BOOST_TEST(things(planned(*this, {{"minutes", {"30"}}})).size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(the_plan_skips_the_holidays_of_the_region, Searching) {
  day("2026-05-14");  // Ascension Day, a Thursday
  run("contact add", {{"name", {"Jon Haug"}}, {"cadence", {"30"}}, {"met-on", {"2026-01-01"}}});
  BOOST_TEST(things(planned(*this)).front().starts_with("2026-05-14"));
  run("config", {{"key", {"holidays.region"}}, {"value", {"NO"}}});
  crm.config = Config(store.settings());
  BOOST_TEST(things(planned(*this)).front().starts_with("2026-05-15"));
}

BOOST_FIXTURE_TEST_CASE(a_region_that_is_none_is_refused_with_what_is_meant, World) {
  BOOST_CHECK_EXCEPTION(
      run("config", {{"key", {"holidays.region"}}, {"value", {"norway"}}}), Wrong, [](const Wrong& error) {
        return error.what() == std::string("holidays.region: a region is given by its code; Norway is 'NO'");
      });
  run("config", {{"key", {"holidays.region"}}, {"value", {"DE-BY"}}});
}

BOOST_FIXTURE_TEST_CASE(an_event_tells_what_it_led_to, Searching) {
  run("event add", {{"name", {"LoopConf"}}, {"starts", {"2025-09-04"}}, {"ends", {"2025-09-05"}}});
  run("contact edit", {{"contact", {"ada"}}, {"met-at", {"LoopConf"}}, {"met-on", {"2025-09-04"}}});
  run("referral add", {{"referrer", {"ada"}}, {"company", {"Brightloom"}}, {"state", {"asked"}}}, true);
  const auto led_to = run("event show", {{"event", {"LoopConf"}}}).data["led_to"];
  BOOST_TEST(led_to["people"].get<int>() == 1);
  BOOST_TEST(led_to["within_48_hours"].get<int>() == 1);
  BOOST_TEST(led_to["referrals"].get<int>() == 1);
  BOOST_TEST(led_to["results"][0]["through"].get<std::string>() == "Ada Quillmark");
  BOOST_TEST(run("report events").document->finding ==
             "1 event brought 1 person and 1 referral; 1 of 1 were written to within a week");
}
