#include "crm/domain/event_yield.h"

#include <boost/test/unit_test.hpp>

using namespace ties;

namespace {

using Result = EventYield::Result;

Date day(const char* text) {
  return date_from_text(text).value();
}

const Date today = day("2026-06-30");
constexpr Id<Event> conference{1}, meetup{2};

Event event(Id<Event> id, const char* name, const char* from, const char* to) {
  Event made;
  made.id = id, made.name = name;
  if (*from != '\0') made.starts_on = day(from);
  if (*to != '\0') made.ends_on = day(to);
  return made;
}

/// Two events: a conference from 5 to 7 March, a meetup on 1 April.
struct Year {
  EventYieldFacts facts{};

  Year() {
    facts.events = {event(conference, "LoopConf", "2026-03-05", "2026-03-07"),
                    event(meetup, "Meetup", "2026-04-01", "2026-04-01")};
    Stage applied, interviews, offer;
    applied.id = {1}, applied.kind = StageKind::applied;
    interviews.id = {2}, interviews.kind = StageKind::interview;
    offer.id = {3}, offer.kind = StageKind::offer;
    facts.search.stages = {applied, interviews, offer};
    facts.companies = {{{9}, "Halyard"}};
  }

  EventYieldFacts::Person& person(std::int64_t id, const char* name) {
    auto& made = facts.people.emplace_back();
    made.contact = {id}, made.name = name;
    return made;
  }
  /// Met at the conference on its last day, with a word on each of the days after it.
  void met(std::int64_t id, const char* name, const std::vector<const char*>& then = {}) {
    auto& made = person(id, name);
    made.talks = {{day("2026-03-07"), conference}};
    for (const auto* on : then) made.talks.push_back({day(on), std::nullopt});
  }
  void asked(std::int64_t id, std::int64_t referrer, const char* on, std::optional<std::int64_t> application = {}) {
    auto& made = facts.search.referrals.emplace_back();
    made.referral.id = {id}, made.referral.referrer = {referrer}, made.referral.company = Id<Company>{9};
    made.referral.role = "Engineer";
    if (application) made.referral.application = Id<Application>{*application};
    made.steps = {{{id}, {id}, ReferralState::asked, day(on), "", ""}};
  }
  ApplicationHistory& applied(std::int64_t id, const char* on, std::int64_t stage = 1) {
    auto& made = facts.search.applications.emplace_back();
    made.application.id = {id}, made.application.title = "Engineer", made.application.company = Id<Company>{9};
    made.application.opened_on = day(on), made.application.stage = {stage};
    made.steps = {{{id}, {id}, Id<Stage>{1}, "Applied", StageKind::applied, Outcome::open, day(on), "", ""}};
    return made;
  }
  void part(std::int64_t application, std::int64_t contact, ApplicationPart part) {
    facts.parts[{application}].push_back({{}, {application}, {contact}, part});
  }
  EventYield of(Id<Event> id) {
    for (const auto& yield : event_yields(facts, today)) {
      if (yield.event.id == id) return yield;
    }
    throw std::runtime_error("no such event");
  }
};

void add_interview(ApplicationHistory& history, std::int64_t id, const char* on, InterviewOutcome outcome) {
  auto& made = history.interviews.emplace_back();
  made.id = {id}, made.application = history.application.id, made.outcome = outcome, made.when.day = day(on);
}

std::vector<std::string> in_words(const EventYield& yield) {
  std::vector<std::string> lines;
  for (const auto& result : yield.results) {
    lines.push_back(std::string(word(result.kind)) + " " + result.record + " " +
                    (result.on ? to_text(*result.on) : "-") + " through " + result.through);
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_follow_up_is_counted_by_the_days_since_the_last_talk_there, Year) {
  met(1, "Ada", {"2026-03-09"});                // two days
  met(2, "Jon", {"2026-03-10", "2026-03-11"});  // three
  met(3, "Mira", {"2026-03-14"});               // seven
  met(4, "Zoë", {"2026-03-15"});                // eight
  met(5, "Pär");
  const auto yield = of(conference);
  BOOST_TEST(yield.people.size() == 5U);
  BOOST_TEST(yield.count(FollowedUp::within_48_hours) == 1);
  BOOST_TEST(yield.count(FollowedUp::within_7_days) == 2);
  BOOST_TEST(yield.count(FollowedUp::later) == 1);
  BOOST_TEST(yield.count(FollowedUp::never) == 1);
  BOOST_TEST((yield.people[1].followed_up_on == day("2026-03-10")));
}

BOOST_FIXTURE_TEST_CASE(who_was_met_yesterday_still_has_time, Year) {
  facts.events.push_back(event({3}, "Today's", "2026-06-29", "2026-06-30"));
  person(1, "Ada").talks = {{day("2026-06-29"), Id<Event>{3}}};
  BOOST_TEST(of({3}).count(FollowedUp::waiting) == 1);
}

BOOST_FIXTURE_TEST_CASE(a_person_belongs_to_the_event_where_they_were_first_met_and_to_no_other, Year) {
  // The first talk was at the conference; at the meetup they met again.
  met(1, "Ada", {});
  facts.people[0].talks.push_back({day("2026-04-01"), meetup});
  // Known before the conference.
  person(2, "Jon").talks = {{day("2025-12-01"), std::nullopt}, {day("2026-03-05"), conference}};
  // Known before as well, but the contact itself names the meetup.
  auto& mira = person(3, "Mira");
  mira.talks = {{day("2025-12-01"), std::nullopt}, {day("2026-04-01"), meetup}}, mira.met_event = meetup;
  const auto first = of(conference), second = of(meetup);
  BOOST_TEST(first.people.size() == 1U);
  BOOST_TEST(first.people[0].name == "Ada");
  BOOST_TEST(first.seen_again == 1);
  BOOST_TEST(second.people.size() == 1U);
  BOOST_TEST(second.people[0].name == "Mira");
  BOOST_TEST(second.seen_again == 1);
  // The meetup is a word since the conference.
  BOOST_TEST((first.people[0].followed_up == FollowedUp::later));
}

BOOST_FIXTURE_TEST_CASE(who_is_only_said_to_be_met_counts_from_the_day_that_is_known, Year) {
  person(1, "Ada").met_event = conference;  // no day but the event's
  auto& jon = person(2, "Jon");
  jon.met_event = conference, jon.met_on = day("2026-03-05"), jon.talks = {{day("2026-03-07"), std::nullopt}};
  facts.events.push_back(event({3}, "Undated", "", ""));
  person(3, "Mira").met_event = Id<Event>{3};
  const auto yield = of(conference);
  BOOST_TEST((yield.people[0].met_on == day("2026-03-05")));
  BOOST_TEST((yield.people[0].followed_up == FollowedUp::within_48_hours));
  BOOST_TEST((yield.people[1].met_on == day("2026-03-07")));
  BOOST_TEST((yield.people[1].followed_up == FollowedUp::never));
  BOOST_TEST((of({3}).people[0].followed_up == FollowedUp::unknown));
}

BOOST_FIXTURE_TEST_CASE(promises_are_counted_for_both_sides, Year) {
  using enum TaskState;
  facts.promises = {{conference, OwedBy::me, done},
                    {conference, OwedBy::me, open},
                    {conference, OwedBy::me, skipped},
                    {conference, OwedBy::them, done},
                    {meetup, OwedBy::them, open}};
  const auto yield = of(conference);
  BOOST_TEST(yield.promised == 3);
  BOOST_TEST(yield.kept == 1);
  BOOST_TEST(yield.promised_to_me == 1);
  BOOST_TEST(yield.kept_to_me == 1);
  BOOST_TEST(of(meetup).kept_to_me == 0);
}

BOOST_FIXTURE_TEST_CASE(a_referral_leads_on_to_its_application_its_interviews_and_the_offer, Year) {
  met(1, "Ada", {"2026-03-08"});
  asked(1, 1, "2026-03-20", 1);
  auto& history = applied(1, "2026-03-25", 3);
  add_interview(history, 1, "2026-04-02", InterviewOutcome::passed);
  add_interview(history, 2, "2026-04-09", InterviewOutcome::cancelled);
  add_interview(history, 3, "2026-07-09", InterviewOutcome::planned);
  history.steps.push_back(
      {{9}, {1}, Id<Stage>{3}, "Offer", StageKind::offer, Outcome::open, day("2026-05-01"), "", ""});
  BOOST_TEST(
      in_words(of(conference)) ==
          (Lines{"referral referral 1 2026-03-20 through Ada", "application application 1 2026-03-25 through Ada",
                 "interview interview 1 2026-04-02 through Ada", "offer application 1 2026-05-01 through Ada"}),
      boost::test_tools::per_element());
  BOOST_TEST(of(conference).results[0].title == "Engineer at Halyard");
  BOOST_TEST(event_yields(facts, today).front().event.name == "LoopConf");
}

BOOST_FIXTURE_TEST_CASE(an_introducer_counts_where_the_referrer_was_met_elsewhere, Year) {
  met(1, "Ada");
  asked(1, 77, "2026-03-20");
  BOOST_TEST(of(conference).results.empty());
  facts.search.referrals[0].referral.introducer = Id<Contact>{1};
  BOOST_TEST(in_words(of(conference)) == Lines{"referral referral 1 2026-03-20 through Ada"});
}

BOOST_FIXTURE_TEST_CASE(an_idea_is_no_referral_yet, Year) {
  met(1, "Ada");
  asked(1, 1, "2026-03-20");
  facts.search.referrals[0].steps[0].state = ReferralState::idea;
  BOOST_TEST(of(conference).results.empty());
}

BOOST_FIXTURE_TEST_CASE(an_application_traces_to_an_insider_but_not_to_an_interviewer, Year) {
  met(1, "Ada");
  applied(1, "2026-03-25");
  part(1, 1, ApplicationPart::interviewer);
  BOOST_TEST(of(conference).results.empty());
  part(1, 1, ApplicationPart::insider);
  BOOST_TEST(in_words(of(conference)) == Lines{"application application 1 2026-03-25 through Ada"});
}

BOOST_FIXTURE_TEST_CASE(a_reroute_goes_on_with_what_led_to_it, Year) {
  met(1, "Ada");
  applied(1, "2026-03-25").application.outcome = Outcome::rerouted;
  part(1, 1, ApplicationPart::referrer);
  auto& next = applied(2, "2026-05-25");
  next.application.rerouted_from = Id<Application>{1}, next.application.outcome = Outcome::accepted;
  next.application.closed_on = day("2026-06-20");
  BOOST_TEST(in_words(of(conference)) == (Lines{"application application 1 2026-03-25 through Ada",
                                                "application application 2 2026-05-25 through Ada",
                                                "offer application 2 2026-06-20 through Ada"}),
             boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(what_was_before_the_meeting_is_not_what_it_led_to, Year) {
  met(1, "Ada");
  asked(1, 1, "2026-03-01");
  applied(1, "2026-02-25");
  part(1, 1, ApplicationPart::referrer);
  BOOST_TEST(of(conference).results.empty());
  BOOST_TEST(of(conference).earlier == 2);
}

BOOST_FIXTURE_TEST_CASE(events_to_come_are_left_out_and_those_without_people_are_last, Year) {
  met(1, "Ada");
  facts.events.push_back(event({3}, "Next year's", "2027-01-01", ""));
  facts.events.push_back(event({4}, "Undated", "", ""));
  std::vector<std::string> names;
  for (const auto& yield : event_yields(facts, today)) names.push_back(yield.event.name);
  BOOST_TEST(names == (Lines{"LoopConf", "Meetup", "Undated"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(nothing_yields_nothing) {
  BOOST_TEST(event_yields({}, today).empty());
}
