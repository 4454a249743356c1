#include "crm/domain/plan.h"

#include <boost/test/unit_test.hpp>

using namespace ties;

namespace {

Date day(const char* text) {
  return date_from_text(text).value();
}

const Date monday = day("2026-06-29");

using Lines = std::vector<std::string>;

struct Facts : PlanFacts {
  PlanSettings settings{};

  FollowUp& due(FollowUpKind kind, std::int64_t contact, const char* on, const char* step = "") {
    auto& item = followups.emplace_back();
    item.kind = kind, item.due = day(on), item.step = step;
    item.who = "person " + std::to_string(contact), item.what = std::string(word(kind)) + " " + item.who;
    item.subject = "contact " + std::to_string(contact), item.links.contact = Id<Contact>{contact};
    return item;
  }
  Candidate& ready(std::int64_t contact, Readiness::Verdict verdict = Readiness::Verdict::ready) {
    auto& made = candidates.emplace_back();
    made.contact = {contact}, made.name = "Ada", made.company = "Acme Labs";
    made.readiness.verdict = verdict, made.readiness.reasons = {{"a strong tie: 80 of 100", ""}};
    return made;
  }
  Lead& lead(std::int64_t application, bool at_target, int priority, const char* opened_on) {
    auto& made = leads.emplace_back();
    made.application = {application}, made.title = "role " + std::to_string(application);
    made.at_target = at_target, made.priority = priority, made.opened_on = day(opened_on);
    return made;
  }
  Plan plan(Date today = monday) const { return plan_of(*this, today, settings); }
  /// "2026-06-29 60 preparation: what"
  Lines planned(Date today = monday) const {
    Lines lines;
    for (const auto& item : plan(today).items) {
      lines.push_back(to_text(item.day) + " " + std::to_string(item.minutes) + " " + std::string(word(item.kind)) +
                      ": " + item.what);
    }
    return lines;
  }
  Lines left_out() const {
    Lines lines;
    for (const auto& item : plan().left_out) lines.push_back(item.what + ": " + item.left_out);
    return lines;
  }
};

void expect(const Lines& found, const Lines& wanted) {
  BOOST_TEST(found == wanted, boost::test_tools::per_element());
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(nothing_to_do_is_an_empty_plan_of_five_days, Facts) {
  const auto made = plan();
  BOOST_TEST(made.items.empty());
  BOOST_TEST(made.left_out.empty());
  BOOST_TEST(made.days.size() == 5U);
  BOOST_TEST((made.to == day("2026-07-05")));
  BOOST_TEST(made.minutes == 300);
}

BOOST_FIXTURE_TEST_CASE(what_has_its_day_is_done_by_then_and_the_rest_not_before_it_is_due, Facts) {
  due(FollowUpKind::interview, 1, "2026-07-01", "prepare");  // an hour a day fits: 300 minutes over five days
  due(FollowUpKind::cadence, 2, "2026-07-02");
  due(FollowUpKind::cadence, 3, "2026-06-01");
  expect(planned(), {"2026-06-29 60 preparation: interview person 1", "2026-06-30 10 person: cadence person 3",
                     "2026-07-02 10 person: cadence person 2"});
}

BOOST_FIXTURE_TEST_CASE(a_preparation_for_tomorrow_stands_today_however_full_it_is, Facts) {
  due(FollowUpKind::deadline, 1, "2026-06-29");
  due(FollowUpKind::interview, 2, "2026-06-29", "prepare");
  expect(planned(), {"2026-06-29 60 preparation: interview person 2", "2026-06-29 60 application: deadline person 1"});
}

BOOST_FIXTURE_TEST_CASE(holidays_and_weekends_are_skipped, Facts) {
  settings.working_days.holidays = {day("2026-06-29"), day("2026-06-30")};
  due(FollowUpKind::cadence, 1, "2026-06-29");
  due(FollowUpKind::deadline, 2, "2026-06-30");  // the first working day is after it
  due(FollowUpKind::cadence, 3, "2026-07-04");   // a Saturday: the last working day before it
  expect(planned(), {"2026-07-01 60 application: deadline person 2", "2026-07-01 10 person: cadence person 1",
                     "2026-07-03 10 person: cadence person 3"});
}

BOOST_FIXTURE_TEST_CASE(without_a_working_day_all_is_left_out, Facts) {
  settings.working_days.works = {};
  due(FollowUpKind::cadence, 1, "2026-06-29");
  expect(planned(), {});
  expect(left_out(), {"cadence person 1: no working day in these seven days"});
}

BOOST_FIXTURE_TEST_CASE(what_is_owed_comes_before_what_is_wanted_and_the_time_ends_it, Facts) {
  settings.minutes = 25;
  due(FollowUpKind::cadence, 1, "2026-06-01");
  due(FollowUpKind::cadence, 2, "2026-06-02");
  due(FollowUpKind::thanks, 3, "2026-06-28");
  due(FollowUpKind::task, 4, "2026-06-01");
  due(FollowUpKind::nudge, 5, "2026-06-28");
  expect(planned(), {"2026-06-29 10 thanks: thanks person 3", "2026-06-30 5 ask: nudge person 5",
                     "2026-07-01 10 person: cadence person 1"});
  expect(left_out(), {"cadence person 2: no time left: it takes 10 minutes, and none is left",
                      "task person 4: no time left: it takes 20 minutes, and none is left"});
}

BOOST_FIXTURE_TEST_CASE(a_small_thing_fits_where_a_large_one_does_not, Facts) {
  settings.minutes = 20;
  lead(1, true, 0, "2026-06-01");
  due(FollowUpKind::invitation, 2, "2026-06-01");
  expect(planned(), {"2026-06-29 5 task: invitation person 2"});
  expect(left_out(), {"apply: no time left: it takes 60 minutes, and 20 are left"});
}

BOOST_FIXTURE_TEST_CASE(a_ready_person_is_asked_and_named_with_the_reasons, Facts) {
  ready(7);
  const auto made = plan();
  BOOST_REQUIRE(made.items.size() == 1U);
  BOOST_TEST(made.items[0].what == "ask Ada for a referral to Acme Labs");
  BOOST_TEST(made.items[0].why == "a strong tie: 80 of 100");
  BOOST_TEST(made.items[0].settle == "ties referral add 7 --company 'Acme Labs' --state asked");
  BOOST_TEST(made.items[0].subject == "contact 7");
}

BOOST_FIXTURE_TEST_CASE(an_ask_rests_before_the_next_one_to_the_same_person, Facts) {
  auto& ada = ready(7, Readiness::Verdict::warm_up_first);
  ada.last_ask = day("2026-03-31");  // 90 days ago: the load ends tomorrow
  ada.readiness.missing = {"let the ask of Tue 31 Mar 2026 rest until Tue 30 Jun 2026"};
  expect(left_out(), {"ask Ada for a referral to Acme Labs: rests until Tue 30 Jun 2026: asked on Tue 31 Mar 2026"});
  ada.readiness = {Readiness::Verdict::ready, {}, {}}, ada.last_ask = day("2026-03-30");
  expect(left_out(), {});
}

BOOST_FIXTURE_TEST_CASE(nobody_is_asked_where_a_referral_is_under_way, Facts) {
  ready(7).under_way = "the ask to Jon of Mon 1 Jun 2026";
  expect(left_out(), {"ask Ada for a referral to Acme Labs: the ask to Jon of Mon 1 Jun 2026 is under way"});
}

BOOST_FIXTURE_TEST_CASE(two_new_asks_are_enough_for_a_week_whatever_else_is_asked, Facts) {
  due(FollowUpKind::nudge, 9, "2026-06-01");
  for (std::int64_t contact = 1; contact <= 3; ++contact) ready(contact).company += std::to_string(contact);
  BOOST_TEST(plan().count(PlanKind::ask) == 3);
  expect(left_out(), {"ask Ada for a referral to Acme Labs3: 2 new asks are enough for a week"});
}

BOOST_FIXTURE_TEST_CASE(one_new_ask_at_a_company_is_enough, Facts) {
  ready(1), ready(2);
  expect(left_out(), {"ask Ada for a referral to Acme Labs: one ask at Acme Labs is enough: Ada"});
}

BOOST_FIXTURE_TEST_CASE(after_the_offer_nobody_is_asked_and_nothing_applied_for, Facts) {
  search_ended = "you accepted Engineer at Acme Labs on Mon 1 Jun 2026";
  ready(1), ready(2, Readiness::Verdict::warm_up_first).readiness.missing = {"return a favour"};
  lead(1, true, 0, "2026-06-01");
  due(FollowUpKind::outcome, 3, "2026-06-29");
  expect(planned(), {"2026-06-29 10 thanks: outcome person 3"});
  expect(left_out(), {"ask Ada for a referral to Acme Labs: " + search_ended, "apply: " + search_ended});
}

BOOST_FIXTURE_TEST_CASE(nobody_reads_two_words_in_one_week, Facts) {
  due(FollowUpKind::thanks, 7, "2026-06-28");
  due(FollowUpKind::cadence, 7, "2026-06-28");
  ready(7);
  expect(planned(), {"2026-06-29 10 thanks: thanks person 7"});
  expect(left_out(), {"ask Ada for a referral to Acme Labs: one word a week is enough: thanks person 7",
                      "cadence person 7: one word a week is enough: thanks person 7"});
}

BOOST_FIXTURE_TEST_CASE(who_is_not_ready_is_warmed_up_unless_they_are_on_the_list, Facts) {
  ready(7, Readiness::Verdict::warm_up_first).readiness.missing = {"send the link of your talk"};
  ready(8, Readiness::Verdict::not_yet).readiness.missing = {"get in touch first"};
  ready(9, Readiness::Verdict::warm_up_first).readiness.missing = {"return a favour"};
  due(FollowUpKind::quiet, 9, "2026-06-29");
  const auto made = plan();
  BOOST_REQUIRE(made.items.size() == 2U);
  BOOST_TEST(made.items[0].what == "write to Ada");
  BOOST_TEST(made.items[0].why == "before an ask at Acme Labs: send the link of your talk");
  BOOST_TEST(made.items[1].what == "quiet person 9");
}

BOOST_FIXTURE_TEST_CASE(eight_people_are_enough_for_a_week, Facts) {
  for (std::int64_t contact = 1; contact <= 9; ++contact) due(FollowUpKind::cadence, contact, "2026-06-01");
  BOOST_TEST(plan().count(PlanKind::person) == 8);
  expect(left_out(), {"cadence person 9: 8 people to write to are enough for a week"});
}

BOOST_FIXTURE_TEST_CASE(leads_of_targets_come_first_and_wait_for_their_referral, Facts) {
  settings.minutes = 120;
  lead(1, false, 3, "2026-05-01");
  lead(2, true, 0, "2026-06-01");
  lead(3, true, 2, "2026-06-02").waits_for = "the referral of Jon";
  lead(4, false, 3, "2026-04-01");
  auto& stale = due(FollowUpKind::stale, 5, "2026-06-01");
  stale.subject = "application 4";  // said already, with the reason
  Lines subjects;
  for (const auto& item : plan().items) subjects.push_back(item.subject);
  expect(subjects, {"application 2", "application 1"});
  expect(left_out(), {"apply: the referral of Jon comes first: most employers credit only what came before",
                      "stale person 5: no time left: it takes 15 minutes, and none is left"});
}

BOOST_FIXTURE_TEST_CASE(no_time_at_all_leaves_everything_out, Facts) {
  settings.minutes = 0;
  due(FollowUpKind::thanks, 1, "2026-06-01");
  expect(planned(), {});
  expect(left_out(), {"thanks person 1: no time left: it takes 10 minutes, and none is left"});
}

BOOST_FIXTURE_TEST_CASE(the_same_facts_give_the_same_plan, Facts) {
  for (std::int64_t contact = 1; contact <= 30; ++contact) due(FollowUpKind::cadence, contact, "2026-06-01");
  ready(40), lead(1, true, 0, "2026-06-01");
  BOOST_TEST((plan().items == plan().items));
  BOOST_TEST(plan().minutes_planned() <= 300);
}
