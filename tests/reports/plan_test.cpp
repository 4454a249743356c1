#include "reports/plan.h"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "tests/reports/golden.h"
#include "tests/reports/samples.h"

namespace ties::reports {
namespace {

FollowUp due(FollowUpKind kind, std::int64_t contact, std::string who, std::string what, std::string why, Date on,
             std::string step = "") {
  FollowUp item;
  item.kind = kind, item.due = on, item.who = std::move(who), item.what = std::move(what), item.why = std::move(why);
  item.step = std::move(step), item.subject = "contact " + std::to_string(contact),
  item.settle = "ties log 'messaged @Ada'";
  item.links.contact = Id<Contact>{contact}, item.links.contact_name = item.who;
  return item;
}

PlanFacts some_facts() {
  PlanFacts facts;
  facts.followups = {
      due(FollowUpKind::thanks, 3, "Ada Winterbourne", "thank Ada Winterbourne for the referral to Quillmark",
          "handed in on Fri 6 Mar 2026, and not thanked yet", day(2026, 3, 6)),
      due(FollowUpKind::interview, 4, "Bo Halvorsen", "prepare the coding interview for Staff Engineer at Quillmark",
          "it is on Fri 13 Mar 2026 10:00 with Bo Halvorsen", day(2026, 3, 12), "prepare"),
      due(FollowUpKind::cadence, 41, "王小明", "write to 王小明", "every 30 days; last in touch on Wed 4 Feb 2026",
          day(2026, 3, 6)),
      due(FollowUpKind::quiet, 3, "Ada Winterbourne", "write to Ada Winterbourne", "usually every 9 days", today()),
      due(FollowUpKind::task, 5, "", "read the paper | and *more* <of it>", "due on Mon 16 Mar 2026",
          day(2026, 3, 16))};
  PlanFacts::Candidate eve;
  eve.contact = {7}, eve.name = "Eve Nakagawa", eve.company = "Northfold";
  eve.readiness.verdict = Readiness::Verdict::ready, eve.readiness.reasons = {{"a strong tie: 80 of 100", ""}};
  auto dag = eve;
  dag.contact = {6}, dag.name = "Dag Ferrante", dag.last_ask = day(2026, 2, 1);
  facts.candidates = {eve, dag};
  facts.leads = {{{9}, "Compiler Engineer at Northfold", true, 0, day(2026, 3, 1), ""}};
  return facts;
}

PlanSettings settings(int minutes) {
  PlanSettings made;
  made.minutes = minutes;
  return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_plan_of_a_week)

BOOST_AUTO_TEST_CASE(says_the_same_in_every_format) {
  check_every_format("plan", plan(plan_of(some_facts(), today(), settings(150))));
}

BOOST_AUTO_TEST_CASE(counts_what_was_chosen_and_what_was_left_out) {
  const auto document = plan(plan_of(some_facts(), today(), settings(150)));
  BOOST_TEST(document.finding ==
             "130 of 150 minutes: 1 preparation, 1 thank-you, 1 ask, 1 person to write to, 1 task; 3 left out");
  const auto said = json(document);
  BOOST_TEST(said["fields"]["minutes_planned"].get<int>() == 130);
  BOOST_TEST(said["tables"]["Left out"][0]["left_out"].get<std::string>() ==
             "rests until Sun 3 May 2026: asked on Sun 1 Feb 2026");
}

BOOST_AUTO_TEST_CASE(nothing_to_plan_is_said) {
  BOOST_TEST(plan(plan_of({}, today(), settings(150))).finding ==
             "nothing to plan: nothing is due in these seven days, and nobody is to be asked");
  const auto no_time = plan(plan_of(some_facts(), today(), settings(0)));
  BOOST_TEST(no_time.finding == "nothing in the plan; 8 left out");
  for (const auto& format : formats()) BOOST_TEST(!render(no_time, format, {}, "20260310T080000Z").empty());
}

BOOST_AUTO_TEST_CASE(of_very_much_that_is_left_out_the_first_are_named) {
  PlanFacts facts;
  for (std::int64_t id = 1; id <= 100; ++id) {
    facts.followups.push_back(
        due(FollowUpKind::invitation, id, "Person", "withdraw the invitation", "sent long ago", day(2025, 1, 1)));
  }
  const auto document = plan(plan_of(facts, today(), settings(150)));
  const auto said = json(document);
  BOOST_TEST(said["tables"]["Left out"].size() == 30U);
  BOOST_TEST(said["texts"][0].get<std::string>() == "… and 65 more");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ties::reports
