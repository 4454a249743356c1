#include "crm/domain/followups.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

using namespace ties;

namespace {

Date day(const char* text) {
  return date_from_text(text).value();
}

const Date today = day("2026-03-02");  // a Monday

FollowUpSettings no_look_ahead() {
  FollowUpSettings settings;
  settings.look_ahead_days = 0;
  return settings;
}

/// "2026-03-02 nudge Ada Lovelace: what; why; since 2026-03-02; settle; subject"
std::string in_words(const FollowUp& item) {
  return to_text(item.due) + " " + std::string(word(item.kind)) + " | " + item.who + " | " + item.what + " | " +
         item.why + " | " + (item.since ? to_text(*item.since) : "-") + " | " + item.settle + " | " + item.subject;
}

void expect(const std::vector<FollowUp>& found, const std::vector<std::string>& wanted) {
  std::vector<std::string> lines;
  std::transform(found.begin(), found.end(), std::back_inserter(lines), in_words);
  BOOST_TEST(lines == wanted, boost::test_tools::per_element());
}

/// The one item, on the day it fires and in these words; the day before there is none.
void fires(const FollowUpFacts& facts, const char* on, const std::string& wanted) {
  BOOST_TEST_CONTEXT(wanted) {
    expect(followups(facts, day(on), no_look_ahead()), {wanted});
    expect(followups(facts, plus_days(day(on), -1), no_look_ahead()), {});
  }
}

void never_fires(const FollowUpFacts& facts, const char* on) {
  expect(followups(facts, day(on), no_look_ahead()), {});
}

FollowUpFacts of_task(std::optional<Date> due, OwedBy owed_by = OwedBy::me, bool promised = false,
                      const char* contact = "", const char* about = "") {
  FollowUpFacts::OpenTask open;
  open.task.id = {12};
  open.task.text = "send the slides";
  open.task.due = due;
  open.task.owed_by = owed_by;
  open.task.made_on = day("2026-02-20");
  if (promised) open.task.interaction = Id<Interaction>{4};
  open.contact_name = contact;
  open.about = about;
  FollowUpFacts facts;
  facts.tasks = {open};
  return facts;
}

FollowUpFacts::Tie cadence(std::int64_t id, const char* name, int days, std::optional<Date> last_real,
                           const char* circle = "") {
  FollowUpFacts::Tie tie;
  tie.contact = {id};
  tie.name = name;
  tie.cadence_days = days;
  tie.circle = circle;
  tie.last_real = last_real;
  tie.known_since = day("2026-01-05");
  return tie;
}

FollowUpFacts of_tie(const FollowUpFacts::Tie& tie) {
  FollowUpFacts facts;
  facts.ties = {tie};
  return facts;
}

FollowUpFacts::MetAtEvent met(std::int64_t id, const char* name, Date on) {
  FollowUpFacts::MetAtEvent met;
  met.contact = {id};
  met.name = name;
  met.event_name = "Northwind Days";
  met.met_on = on;
  return met;
}

ReferralStep step(ReferralState state, const char* on) {
  ReferralStep step;
  step.state = state;
  step.on = day(on);
  return step;
}

/// Referral 3 with Grace Hopper for Staff Engineer at Northwind, with these steps behind it.
FollowUpFacts::LiveReferral referral(const std::vector<ReferralStep>& steps) {
  FollowUpFacts::LiveReferral live;
  auto& facts = live.facts;
  facts.referral.id = {3};
  facts.referral.role = "Staff Engineer";
  facts.referral.state = steps.back().state;
  facts.referrer_name = "Grace Hopper";
  facts.company_name = "Northwind";
  live.steps = steps;
  for (const auto& taken : steps) {
    if (taken.state == ReferralState::asked) facts.asked_on = taken.on;
  }
  return live;
}

FollowUpFacts of_referral(const FollowUpFacts::LiveReferral& live) {
  FollowUpFacts facts;
  facts.referrals = {live};
  return facts;
}

FollowUpFacts::RunningApplication application(StageKind kind, std::optional<int> patience_days,
                                              const char* in_stage_since, const char* last_activity) {
  FollowUpFacts::RunningApplication running;
  running.application.id = {7};
  running.application.title = "Staff Engineer";
  running.company_name = "Northwind";
  running.stage.name = "Onsite";
  running.stage.kind = kind;
  running.stage.patience_days = patience_days;
  running.in_stage_since = day(in_stage_since);
  running.last_activity = day(last_activity);
  return running;
}

FollowUpFacts of_application(const FollowUpFacts::RunningApplication& running) {
  FollowUpFacts facts;
  facts.applications = {running};
  return facts;
}

FollowUpFacts::Round round_on(const char* on, InterviewOutcome outcome, const char* kind = "coding") {
  FollowUpFacts::Round round;
  round.interview.id = {4};
  round.interview.kind = kind;
  round.interview.when.day = day(on);
  round.interview.outcome = outcome;
  round.title = "Staff Engineer at Northwind";
  round.interviewers = {"Ada Lovelace", "Grace Hopper"};
  return round;
}

FollowUpFacts of_round(const FollowUpFacts::Round& round) {
  FollowUpFacts facts;
  facts.rounds = {round};
  return facts;
}

FollowUpFacts::Moved moved(bool to_target = false, bool same_company = false) {
  FollowUpFacts::Moved moved;
  moved.change.contact = {7};
  moved.change.seen_on = day("2026-03-02");
  moved.change.same_company = same_company;
  moved.name = "Ada Lovelace";
  moved.from_company = "Fjordbank";
  moved.to_company = "Northwind";
  moved.title = "Compiler Engineer";
  moved.to_target = to_target;
  return moved;
}

FollowUpFacts of_move(const FollowUpFacts::Moved& move) {
  FollowUpFacts facts;
  facts.moves = {move};
  return facts;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(follow_ups)

BOOST_AUTO_TEST_CASE(nothing_known_deserves_no_attention) {
  expect(followups({}, today, {}), {});
}

BOOST_AUTO_TEST_CASE(a_task_fires_on_the_day_it_is_due) {
  fires(of_task(day("2026-03-02")), "2026-03-02",
        "2026-03-02 task |  | send the slides | due on Mon 2 Mar 2026 | 2026-02-20 | ties task done 12 | task 12");
  fires(of_task(day("2026-03-02"), OwedBy::me, false, "", "Staff Engineer at Northwind"), "2026-03-02",
        "2026-03-02 task | Staff Engineer at Northwind | send the slides | due on Mon 2 Mar 2026 for Staff Engineer at "
        "Northwind | 2026-02-20 | ties task done 12 | task 12");
  never_fires(of_task(std::nullopt), "2030-01-01");
  auto done = of_task(day("2026-03-02"));
  done.tasks.front().task.state = TaskState::done;
  never_fires(done, "2026-03-02");
}

BOOST_AUTO_TEST_CASE(a_promise_is_kept_or_asked_after) {
  fires(of_task(day("2026-03-02"), OwedBy::me, true, "Ada Lovelace"), "2026-03-02",
        "2026-03-02 promise | Ada Lovelace | keep your promise: send the slides | promised on Fri 20 Feb 2026, due on "
        "Mon 2 Mar 2026 | 2026-02-20 | ties task done 12 | task 12");
  fires(
      of_task(day("2026-03-02"), OwedBy::them, true, "Ada Lovelace"), "2026-03-02",
      "2026-03-02 promise | Ada Lovelace | ask Ada Lovelace after their promise: send the slides | promised to you on "
      "Fri 20 Feb 2026, due on Mon 2 Mar 2026 | 2026-02-20 | ties task done 12 | task 12");
}

BOOST_AUTO_TEST_CASE(a_promise_without_a_day_fires_after_a_week) {
  fires(
      of_task(std::nullopt, OwedBy::me, true, "Ada Lovelace"), "2026-02-27",
      "2026-02-27 promise | Ada Lovelace | keep your promise: send the slides | promised on Fri 20 Feb 2026, without a "
      "day | 2026-02-20 | ties task done 12 | task 12");
}

BOOST_AUTO_TEST_CASE(a_cadence_counts_from_the_last_real_interaction) {
  fires(of_tie(cadence(7, "Ada Lovelace", 30, day("2026-01-31"))), "2026-03-02",
        "2026-03-02 cadence | Ada Lovelace | write to Ada Lovelace | every 30 days; last in touch on Sat 31 Jan 2026 | "
        "2026-01-31 | ties log 'messaged @\"Ada Lovelace\"' | contact 7");
  fires(of_tie(cadence(7, "Ada", 30, day("2026-01-31"), "mentors")), "2026-03-02",
        "2026-03-02 cadence | Ada | write to Ada | every 30 days (mentors); last in touch on Sat 31 Jan 2026 | "
        "2026-01-31 | ties log 'messaged @Ada' | contact 7");
}

BOOST_AUTO_TEST_CASE(a_cadence_without_an_interaction_counts_from_the_first_day) {
  fires(of_tie(cadence(7, "Ada Lovelace", 14, std::nullopt)), "2026-01-19",
        "2026-01-19 cadence | Ada Lovelace | write to Ada Lovelace | every 14 days; known since Mon 5 Jan 2026, and "
        "never in touch | 2026-01-05 | ties log 'messaged @\"Ada Lovelace\"' | contact 7");
}

BOOST_AUTO_TEST_CASE(a_cadence_pauses_while_the_company_interviews_if_the_user_says_so) {
  auto facts = of_tie(cadence(7, "Ada Lovelace", 30, day("2026-01-31")));
  facts.ties.front().company_interviewing = true;
  auto settings = no_look_ahead();
  BOOST_TEST(followups(facts, today, settings).empty());
  settings.pause_cadence_in_interviews = false;
  BOOST_TEST(followups(facts, today, settings).size() == 1u);
}

BOOST_AUTO_TEST_CASE(names_are_quoted_for_the_shell_and_for_capture) {
  const auto settle = [](const char* name) {
    return followups(of_tie(cadence(7, name, 30, day("2026-01-01"))), today, {}).at(0).settle;
  };
  BOOST_TEST(settle("Zoë") == "ties log 'messaged @Zoë'");
  BOOST_TEST(settle("Mary-Ann") == "ties log 'messaged @Mary-Ann'");
  BOOST_TEST(settle("Sean O'Hara") == "ties log 'messaged @\"Sean O'\\''Hara\"'");
  BOOST_TEST(settle("Bo \"Bee\" Lind") == "ties log 'messaged @\"Bo Bee Lind\"'");
  BOOST_TEST(settle("$(reboot)") == "ties log 'messaged @\"$(reboot)\"'");
}

BOOST_AUTO_TEST_CASE(people_met_at_an_event_hear_from_you_after_two_days) {
  FollowUpFacts facts;
  facts.met = {met(7, "Ada Lovelace", day("2026-02-28"))};
  fires(facts, "2026-03-02",
        "2026-03-02 after_event | Ada Lovelace | write to Ada Lovelace about Northwind Days | met at Northwind Days on "
        "Sat "
        "28 Feb 2026, and no word since | 2026-02-28 | ties log 'messaged @\"Ada Lovelace\"' | contact 7");
}

BOOST_AUTO_TEST_CASE(an_event_is_no_reason_to_write_after_a_month_and_the_cadence_takes_over) {
  FollowUpFacts facts;
  facts.met = {met(7, "Ada Lovelace", day("2026-02-02"))};
  facts.ties = {cadence(7, "Ada Lovelace", 14, std::nullopt)};
  const auto kinds = [&](const char* on) {
    std::string result;
    for (const auto& item : followups(facts, day(on), {})) result += std::string(word(item.kind)) + " ";
    return result;
  };
  BOOST_TEST(kinds("2026-03-04") == "after_event ");
  BOOST_TEST(kinds("2026-03-05") == "cadence ");
}

BOOST_AUTO_TEST_CASE(a_nudge_is_due_five_working_days_after_the_ask) {
  // Asked on a Monday: the fifth working day is the Monday after.
  fires(of_referral(referral({step(ReferralState::asked, "2026-03-02")})), "2026-03-09",
        "2026-03-09 nudge | Grace Hopper | nudge Grace Hopper about Staff Engineer at Northwind | asked on Mon 2 Mar "
        "2026, "
        "5 working days without an answer | 2026-03-02 | ties log 'messaged @\"Grace Hopper\"' | referral 3");
}

BOOST_AUTO_TEST_CASE(the_second_nudge_is_due_seven_working_days_after_the_first) {
  auto live = referral({step(ReferralState::asked, "2026-03-02")});
  live.nudges = 1;
  live.last_nudge = day("2026-03-10");
  fires(
      of_referral(live), "2026-03-19",
      "2026-03-19 nudge | Grace Hopper | nudge Grace Hopper a second time about Staff Engineer at Northwind | asked on "
      "Mon 2 Mar 2026, nudged on Tue 10 Mar 2026, 7 working days without an answer | 2026-03-02 | "
      "ties log 'messaged @\"Grace Hopper\"' | referral 3");
}

BOOST_AUTO_TEST_CASE(after_two_nudges_no_answer_is_suggested) {
  auto live = referral({step(ReferralState::asked, "2026-03-02")});
  live.nudges = 2;
  live.last_nudge = day("2026-03-19");
  fires(of_referral(live), "2026-03-30",
        "2026-03-30 referral | Grace Hopper | let the ask to Grace Hopper rest: no answer came | asked on Mon 2 Mar "
        "2026, "
        "nudged 2 times, the last on Thu 19 Mar 2026, 7 working days without an answer | 2026-03-02 | "
        "ties referral step 3 no_answer | referral 3");
}

BOOST_AUTO_TEST_CASE(holidays_are_not_read_as_silence) {
  const auto facts = of_referral(referral({step(ReferralState::asked, "2026-03-02")}));
  auto settings = no_look_ahead();
  settings.working_days.holidays = {day("2026-03-04"), day("2026-03-07")};  // a Wednesday and a Saturday
  BOOST_TEST(followups(facts, day("2026-03-09"), settings).empty());
  const auto found = followups(facts, day("2026-03-10"), settings);
  BOOST_TEST(found.size() == 1u);
  BOOST_TEST(found.at(0).why == "asked on Mon 2 Mar 2026, 5 working days without an answer");
  BOOST_TEST(followups(facts, day("2026-03-30"), settings).at(0).why ==
             "asked on Mon 2 Mar 2026, 19 working days without an answer");
}

BOOST_AUTO_TEST_CASE(what_they_still_need_is_sent_at_once) {
  fires(
      of_referral(referral({step(ReferralState::asked, "2026-02-23"), step(ReferralState::needs_more, "2026-03-02")})),
      "2026-03-02",
      "2026-03-02 referral | Grace Hopper | send Grace Hopper what they asked for | they need more for Staff Engineer "
      "at "
      "Northwind since Mon 2 Mar 2026 | 2026-03-02 | ties referral step 3 sent_materials | referral 3");
}

BOOST_AUTO_TEST_CASE(a_referral_that_was_agreed_is_asked_after_in_a_week) {
  fires(of_referral(referral({step(ReferralState::asked, "2026-02-16"), step(ReferralState::agreed, "2026-02-23")})),
        "2026-03-02",
        "2026-03-02 referral | Grace Hopper | ask Grace Hopper whether the referral for Staff Engineer at Northwind is "
        "handed in | agreed on Mon 23 Feb 2026, 7 days without its being handed in | 2026-02-23 | "
        "ties referral step 3 submitted | referral 3");
  fires(of_referral(
            referral({step(ReferralState::agreed, "2026-02-16"), step(ReferralState::sent_materials, "2026-02-23")})),
        "2026-03-02",
        "2026-03-02 referral | Grace Hopper | ask Grace Hopper whether the referral for Staff Engineer at Northwind is "
        "handed in | has your papers since Mon 23 Feb 2026, 7 days without its being handed in | 2026-02-23 | "
        "ties referral step 3 submitted | referral 3");
}

BOOST_AUTO_TEST_CASE(a_referral_that_was_handed_in_is_confirmed_within_a_week) {
  auto live = referral({step(ReferralState::submitted, "2026-02-23")});
  live.facts.referral.thanked_on = day("2026-02-23");
  fires(
      of_referral(live), "2026-03-02",
      "2026-03-02 referral | Grace Hopper | ask Grace Hopper whether the referral for Staff Engineer at Northwind was "
      "confirmed | handed in on Mon 23 Feb 2026, 7 days without a confirmation | 2026-02-23 | "
      "ties referral step 3 confirmed | referral 3");
}

BOOST_AUTO_TEST_CASE(an_expiry_is_announced_two_weeks_ahead) {
  auto live = referral({step(ReferralState::confirmed, "2026-01-05")});
  live.facts.referral.thanked_on = day("2026-01-05");
  live.facts.referral.expires_on = day("2026-03-16");
  fires(of_referral(live), "2026-03-02",
        "2026-03-02 referral | Grace Hopper | ask Grace Hopper to renew the referral for Staff Engineer at Northwind | "
        "it "
        "expires on Mon 16 Mar 2026 | - | ties referral step 3 expired | referral 3");
  expect(followups(of_referral(live), day("2026-03-17"), {}),
         {"2026-03-02 referral | Grace Hopper | ask Grace Hopper to renew the referral for Staff Engineer at "
          "Northwind, or "
          "end it | it expired on Mon 16 Mar 2026 | - | ties referral step 3 expired | referral 3"});
}

BOOST_AUTO_TEST_CASE(thanks_are_due_at_once_and_also_after_the_end) {
  const std::string wanted =
      "2026-03-02 thanks | Grace Hopper | thank Grace Hopper for the referral to Northwind | handed in on Mon 2 Mar "
      "2026, "
      "and not thanked yet | 2026-03-02 | ties referral thank 3 | referral 3";
  fires(of_referral(referral({step(ReferralState::submitted, "2026-03-02")})), "2026-03-02", wanted);
  fires(
      of_referral(referral({step(ReferralState::submitted, "2026-03-02"), step(ReferralState::confirmed, "2026-03-04"),
                            step(ReferralState::credited, "2026-03-20")})),
      "2026-03-02", wanted);

  auto ended = referral({step(ReferralState::submitted, "2026-03-02"), step(ReferralState::role_closed, "2026-03-20")});
  ended.application_outcome = Outcome::rejected;
  ended.facts.referral.told_on = day("2026-03-20");
  fires(of_referral(ended), "2026-03-02", wanted);

  auto thanked = ended;
  thanked.facts.referral.thanked_on = day("2026-03-02");
  never_fires(of_referral(thanked), "2026-06-01");
}

BOOST_AUTO_TEST_CASE(who_helped_is_told_how_it_ended) {
  auto live = referral({step(ReferralState::agreed, "2026-01-05"), step(ReferralState::credited, "2026-01-12")});
  live.facts.referral.thanked_on = day("2026-01-12");
  live.application_outcome = Outcome::open;
  never_fires(of_referral(live), "2026-03-02");
  live.application_outcome = Outcome::rejected;
  expect(followups(of_referral(live), today, no_look_ahead()),
         {"2026-03-02 outcome | Grace Hopper | tell Grace Hopper how the application for Staff Engineer at Northwind "
          "ended | "
          "its outcome is 'rejected', and they have not heard | - | ties referral thank 3 --told | referral 3"});
  live.facts.referral.told_on = day("2026-03-02");
  never_fires(of_referral(live), "2026-03-02");
}

BOOST_AUTO_TEST_CASE(nobody_is_nudged_for_an_application_that_ended_and_who_declined_is_left_alone) {
  auto waiting = referral({step(ReferralState::asked, "2026-01-05")});
  waiting.application_outcome = Outcome::withdrawn;
  never_fires(of_referral(waiting), "2026-03-02");
  auto declined = referral({step(ReferralState::asked, "2026-01-05"), step(ReferralState::declined, "2026-01-12")});
  declined.application_outcome = Outcome::accepted;
  never_fires(of_referral(declined), "2026-03-02");
}

BOOST_AUTO_TEST_CASE(an_idea_waits_for_nothing) {
  never_fires(of_referral(referral({step(ReferralState::idea, "2025-01-06")})), "2026-03-02");
  never_fires(of_referral(referral({step(ReferralState::to_approach, "2025-01-06")})), "2026-03-02");
}

BOOST_AUTO_TEST_CASE(an_application_is_stale_when_it_stays_longer_than_its_stage_allows) {
  fires(of_application(application(StageKind::interview, 10, "2026-02-19", "2026-02-26")), "2026-03-02",
        "2026-03-02 stale | Staff Engineer at Northwind | ask the recruiter for the next step | in Onsite since Thu 19 "
        "Feb "
        "2026, 11 days; the limit is 10 days | 2026-02-19 | ties application move 7 STAGE | application 7");
  never_fires(of_application(application(StageKind::interview, std::nullopt, "2026-01-05", "2026-02-26")),
              "2026-03-02");
}

BOOST_AUTO_TEST_CASE(each_kind_of_stage_has_its_advice) {
  const std::vector<std::pair<StageKind, std::string>> rows{
      {StageKind::lead, "apply, ask for a referral, or let it go"},
      {StageKind::referral, "ask where the referral stands"},
      {StageKind::applied, "ask for news, or find somebody inside"},
      {StageKind::screen, "ask the recruiter for the next step"},
      {StageKind::assessment, "hand the assessment in, or ask for news"},
      {StageKind::interview, "ask the recruiter for the next step"},
      {StageKind::offer, "answer the offer, or ask for time"}};
  BOOST_TEST(rows.size() == words<StageKind>().size() - 1);
  for (const auto& [kind, advice] : rows) {
    BOOST_TEST(followups(of_application(application(kind, 1, "2026-02-19", "2026-02-26")), today, {}).at(0).what ==
               advice);
  }
  never_fires(of_application(application(StageKind::closed, 1, "2025-01-06", "2025-01-06")), "2026-03-02");
}

BOOST_AUTO_TEST_CASE(the_move_that_settles_names_the_next_stage) {
  auto running = application(StageKind::interview, 1, "2026-02-19", "2026-02-26");
  running.next_stage = "team-match";
  BOOST_TEST(followups(of_application(running), today, {}).at(0).settle == "ties application move 7 team-match");
  BOOST_TEST(followups(of_application(running), today, {}).at(0).step == "move team-match");
}

BOOST_AUTO_TEST_CASE(after_three_quiet_weeks_ghosted_is_suggested_and_replaces_stale) {
  fires(of_application(application(StageKind::applied, std::nullopt, "2026-02-09", "2026-02-09")), "2026-03-02",
        "2026-03-02 stale | Staff Engineer at Northwind | ask once more, or close it as ghosted | no sign since Mon 9 "
        "Feb "
        "2026, 21 days ago | 2026-02-09 | ties application close 7 ghosted | application 7");
  const auto both = of_application(application(StageKind::applied, 14, "2026-02-09", "2026-02-09"));
  BOOST_TEST(followups(both, day("2026-03-01"), {}).at(0).settle == "ties application move 7 STAGE");
  BOOST_TEST(followups(both, day("2026-03-02"), {}).size() == 1u);
  BOOST_TEST(followups(both, day("2026-03-02"), {}).at(0).settle == "ties application close 7 ghosted");
  BOOST_TEST(followups(both, day("2026-03-02"), {}).at(0).step == "close ghosted");
}

BOOST_AUTO_TEST_CASE(nobody_ghosts_an_application_that_was_not_sent_or_has_ended) {
  never_fires(of_application(application(StageKind::lead, std::nullopt, "2025-01-06", "2025-01-06")), "2026-03-02");
  never_fires(of_application(application(StageKind::referral, std::nullopt, "2025-01-06", "2025-01-06")), "2026-03-02");
  auto ended = application(StageKind::applied, 1, "2025-01-06", "2025-01-06");
  ended.application.outcome = Outcome::rejected;
  never_fires(of_application(ended), "2026-03-02");
  ended.application.outcome = Outcome::open;
  ended.application.archived = true;
  never_fires(of_application(ended), "2026-03-02");
}

BOOST_AUTO_TEST_CASE(the_deadline_of_an_offer_replaces_stale) {
  auto offer = application(StageKind::offer, 5, "2026-02-02", "2026-02-27");
  offer.application.deadline = day("2026-03-09");
  const std::string wanted =
      "2026-03-09 deadline | Staff Engineer at Northwind | answer the offer | the deadline is Mon 9 Mar 2026 | - | "
      "ties application close 7 accepted | application 7";
  expect(followups(of_application(offer), day("2026-03-02"), {}), {wanted});
  BOOST_TEST(word(followups(of_application(offer), day("2026-03-01"), {}).at(0).kind) == "stale");

  auto lead = application(StageKind::lead, std::nullopt, "2026-02-02", "2026-02-02");
  lead.application.deadline = day("2026-03-09");
  BOOST_TEST(followups(of_application(lead), day("2026-03-02"), {}).at(0).what == "apply before the deadline");
  auto applied = application(StageKind::applied, std::nullopt, "2026-02-20", "2026-02-20");
  applied.application.deadline = day("2026-03-02");
  never_fires(of_application(applied), "2026-03-02");
}

BOOST_AUTO_TEST_CASE(an_interview_is_prepared_the_day_before) {
  auto round = round_on("2026-03-03", InterviewOutcome::planned);
  round.interview.when.time = std::chrono::hours{14};
  fires(of_round(round), "2026-03-02",
        "2026-03-02 interview | Ada Lovelace, Grace Hopper | prepare the coding interview for Staff Engineer at "
        "Northwind | "
        "it is on Tue 3 Mar 2026 14:00 with Ada Lovelace, Grace Hopper | 2026-03-03 | ties interview done 4 | "
        "interview 4");
  const auto same_day = followups(of_round(round), day("2026-03-03"), {});
  BOOST_TEST(same_day.size() == 1u);
  BOOST_TEST(to_text(same_day.at(0).due) == "2026-03-03");
}

BOOST_AUTO_TEST_CASE(an_interview_is_written_down_the_day_after) {
  const auto facts = of_round(round_on("2026-03-02", InterviewOutcome::planned, "recruiter call"));
  BOOST_TEST(followups(facts, day("2026-03-02"), {}).at(0).what ==
             "prepare the recruiter call for Staff Engineer at Northwind");
  expect(
      followups(facts, day("2026-03-03"), no_look_ahead()),
      {"2026-03-03 interview | Ada Lovelace, Grace Hopper | write down how the recruiter call went | held on Mon 2 Mar "
       "2026 with Ada Lovelace, Grace Hopper, and no notes yet | 2026-03-02 | ties interview done 4 | interview 4"});
  auto failed = round_on("2026-03-02", InterviewOutcome::failed);
  BOOST_TEST(followups(of_round(failed), day("2026-03-02"), no_look_ahead()).at(0).what ==
             "write down how the coding interview went");
}

BOOST_AUTO_TEST_CASE(interviewers_are_thanked_within_a_day) {
  auto round = round_on("2026-03-01", InterviewOutcome::passed);
  round.debriefed = true;
  fires(
      of_round(round), "2026-03-02",
      "2026-03-02 interview | Ada Lovelace, Grace Hopper | thank Ada Lovelace, Grace Hopper for the coding interview | "
      "held on Sun 1 Mar 2026, and not thanked yet | 2026-03-01 | ties interview done 4 --thanked | interview 4");
  round.interview.thanked_on = day("2026-03-02");
  never_fires(of_round(round), "2026-03-02");
  auto failed = round_on("2026-03-01", InterviewOutcome::failed);
  failed.debriefed = true;
  never_fires(of_round(failed), "2026-03-02");
  never_fires(of_round(round_on("2026-03-01", InterviewOutcome::cancelled)), "2026-03-02");
}

BOOST_AUTO_TEST_CASE(an_interview_without_names_is_about_its_application) {
  auto round = round_on("2026-03-01", InterviewOutcome::done, "");
  round.interviewers.clear();
  round.debriefed = true;
  BOOST_TEST(
      in_words(followups(of_round(round), today, {}).at(0)) ==
      "2026-03-02 interview | Staff Engineer at Northwind | thank the interviewers for the interview | held on Sun 1 "
      "Mar 2026, and not thanked yet | 2026-03-01 | ties interview done 4 --thanked | interview 4");
}

BOOST_AUTO_TEST_CASE(a_new_job_is_congratulated) {
  fires(of_move(moved()), "2026-03-02",
        "2026-03-02 moved | Ada Lovelace | congratulate Ada Lovelace on the new role | moved from Fjordbank to "
        "Northwind as "
        "Compiler Engineer, seen on Mon 2 Mar 2026 | 2026-03-02 | ties log 'messaged @\"Ada Lovelace\"' | contact 7");
  BOOST_TEST(followups(of_move(moved(true)), today, {}).at(0).why ==
             "moved from Fjordbank to Northwind as Compiler Engineer, seen on Mon 2 Mar 2026; now at a target company");
  BOOST_TEST(followups(of_move(moved(false, true)), today, {}).at(0).why ==
             "a new title at Northwind as Compiler Engineer, seen on Mon 2 Mar 2026");
  auto settled = moved();
  settled.congratulated = true;
  never_fires(of_move(settled), "2026-03-02");
}

BOOST_AUTO_TEST_CASE(one_reason_to_write_to_somebody_is_enough) {
  FollowUpFacts facts;
  facts.ties = {cadence(7, "Ada Lovelace", 14, day("2026-01-05")), cadence(8, "Bo Lind", 14, day("2026-01-05")),
                cadence(9, "Cy Holm", 14, day("2026-01-05"))};
  facts.met = {met(8, "Bo Lind", day("2026-02-27"))};
  facts.moves = {moved()};
  std::vector<std::string> lines;
  for (const auto& item : followups(facts, today, {})) lines.push_back(std::string(word(item.kind)) + " " + item.who);
  BOOST_TEST(lines == (std::vector<std::string>{"cadence Cy Holm", "after_event Bo Lind", "moved Ada Lovelace"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_invitation_without_an_answer_is_withdrawn_after_a_month) {
  FollowUpFacts facts;
  facts.invitations = {{{9}, "Ada Lovelace", day("2026-01-31")}};
  fires(facts, "2026-03-02",
        "2026-03-02 invitation | Ada Lovelace | withdraw the invitation to Ada Lovelace, or reach them another way | "
        "sent on "
        "Sat 31 Jan 2026, 30 days without an answer | 2026-01-31 | ties interaction edit 9 --answered | interaction 9");
}

BOOST_AUTO_TEST_CASE(the_look_ahead_ends_to_the_day) {
  BOOST_TEST(followups(of_task(day("2026-03-09")), today, {}).size() == 1u);
  BOOST_TEST(followups(of_task(day("2026-03-10")), today, {}).empty());
  FollowUpSettings settings;
  settings.look_ahead_days = 8;
  BOOST_TEST(followups(of_task(day("2026-03-10")), today, settings).size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_most_urgent_comes_first_then_by_kind_then_by_name) {
  FollowUpFacts facts;
  facts.invitations = {{{9}, "Ada Lovelace", day("2026-01-31")}};
  facts.ties = {cadence(7, "Cy Holm", 30, day("2026-01-31")), cadence(8, "Bo Lind", 30, day("2026-01-31")),
                cadence(6, "Dag Moe", 30, day("2026-01-30"))};
  facts.tasks = of_task(day("2026-03-02")).tasks;
  std::vector<std::string> lines;
  for (const auto& item : followups(facts, today, {})) {
    lines.push_back(to_text(item.due) + " " + std::string(word(item.kind)) + " " + item.who);
  }
  BOOST_TEST(
      lines == (std::vector<std::string>{"2026-03-01 cadence Dag Moe", "2026-03-02 task ", "2026-03-02 cadence Bo Lind",
                                         "2026-03-02 cadence Cy Holm", "2026-03-02 invitation Ada Lovelace"}),
      boost::test_tools::per_element());
  std::reverse(facts.ties.begin(), facts.ties.end());
  BOOST_TEST((followups(facts, today, {}).size() == 5u));
  BOOST_TEST(followups(facts, today, {}).at(2).who == "Bo Lind");
}

BOOST_AUTO_TEST_SUITE_END()
