#include "crm/domain/history.h"

#include <boost/test/unit_test.hpp>

using namespace ties;

namespace {

Date day(unsigned month, unsigned of_month) { return Date{std::chrono::year{2026}, std::chrono::month{month}, std::chrono::day{of_month}}; }

const Date today = day(3, 10);

Stage stage(std::int64_t id, const char* name, StageKind kind) {
  Stage made;
  made.id = {id}, made.name = name, made.kind = kind;
  return made;
}

const Stage applied = stage(1, "Applied", StageKind::applied), coding = stage(2, "Coding", StageKind::interview), team = stage(3, "Team lead", StageKind::interview),
            closed = stage(4, "Closed", StageKind::closed);

struct Line {
  std::int64_t id;
  const Stage& stage;
  Date on;
};

ApplicationHistory history(const std::vector<Line>& lines, Outcome outcome = Outcome::open, std::optional<Date> closed_on = std::nullopt) {
  ApplicationHistory made;
  made.application.outcome = outcome, made.application.closed_on = closed_on, made.application.opened_on = day(1, 1);
  for (const auto& [id, of, on] : lines) {
    ApplicationStep step;
    step.id = {id}, step.stage = of.id, step.stage_name = of.name, step.stage_kind = of.kind, step.on = on;
    made.steps.push_back(step);
  }
  return made;
}

/// "Applied 4, Coding 3+ goes on": days, + for one that was only watched.
std::string told(const std::vector<Stay>& stays) {
  std::string text;
  for (const auto& stay : stays) {
    text += (text.empty() ? "" : ", ") + stay.visit.name + " " + std::to_string(stay.spell.days);
    if (!stay.spell.ended) text += "+";
    if (stay.goes_on) text += " goes on";
    if (stay.is_turned) text += " turned";
  }
  return text;
}

ReferralHistory referral(const std::vector<std::pair<ReferralState, Date>>& lines, std::vector<Date> written_on = {}) {
  ReferralHistory made;
  made.written_on = std::move(written_on);
  std::int64_t id = 0;
  for (const auto& [state, on] : lines) {
    ReferralStep step;
    step.id = {++id}, step.state = state, step.on = on;
    made.steps.push_back(step);
  }
  return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(histories)

BOOST_AUTO_TEST_CASE(lines_that_keep_the_stage_are_one_visit_and_coming_back_is_another) {
  const auto one = history({{1, applied, day(1, 5)}, {2, applied, day(1, 7)}, {3, coding, day(1, 9)}, {4, applied, day(1, 12)}});
  const auto found = visits(one, applied);
  BOOST_TEST_REQUIRE(found.size() == 3u);
  BOOST_TEST((found[0].from == day(1, 5) && found[1].from == day(1, 9) && found[2].from == day(1, 12)));
  BOOST_TEST(told(stays(one, applied, today, false)) == "Applied 4, Coding 3, Applied 57+ goes on");
}

BOOST_AUTO_TEST_CASE(lines_are_read_by_day_and_those_of_one_day_by_number) {
  const auto one = history({{9, applied, day(1, 5)}, {1, coding, day(1, 9)}, {3, team, day(1, 9)}});
  BOOST_TEST(told(stays(one, team, today, false)) == "Applied 4, Coding 0, Team lead 60+ goes on");
}

BOOST_AUTO_TEST_CASE(stages_of_one_kind_after_each_other_are_one_stay_by_kind) {
  const auto one = history({{1, applied, day(1, 5)}, {2, coding, day(1, 9)}, {3, team, day(1, 19)}}, Outcome::rejected, day(1, 29));
  BOOST_TEST(told(stays(one, team, today, true)) == "Applied 4, Coding 20");
  BOOST_TEST(told(stays(one, team, today, false)) == "Applied 4, Coding 10, Team lead 10");
}

BOOST_AUTO_TEST_CASE(only_an_answer_ends_the_last_stay) {
  const std::vector<std::pair<Outcome, std::string>> cases{{Outcome::open, "Applied 64+ goes on"}, {Outcome::accepted, "Applied 10"},   {Outcome::declined, "Applied 10"},
                                                           {Outcome::rejected, "Applied 10"},      {Outcome::rerouted, "Applied 10"},   {Outcome::withdrawn, "Applied 10+"},
                                                           {Outcome::ghosted, "Applied 10+"},      {Outcome::expired, "Applied 10+"}};
  BOOST_TEST(cases.size() == words<Outcome>().size());
  for (const auto& [outcome, expected] : cases) BOOST_TEST(told(stays(history({{1, applied, day(1, 5)}}, outcome, day(1, 15)), applied, today, false)) == expected);
}

BOOST_AUTO_TEST_CASE(a_stage_of_the_kind_closed_is_an_end_and_no_stay) {
  BOOST_TEST(told(stays(history({{1, applied, day(1, 5)}, {2, closed, day(1, 8)}}, Outcome::rejected, day(1, 9)), closed, today, false)) == "Applied 3");
  BOOST_TEST(told(stays(history({{1, applied, day(1, 5)}, {2, closed, day(1, 8)}}, Outcome::withdrawn), closed, today, false)) == "Applied 3+");
  BOOST_TEST((furthest(history({{1, coding, day(1, 5)}, {2, closed, day(1, 8)}}), closed) == StageKind::interview));
}

BOOST_AUTO_TEST_CASE(an_end_before_the_beginning_is_no_time_and_is_said) {
  BOOST_TEST(told(stays(history({{1, applied, day(1, 5)}}, Outcome::rejected, day(1, 2)), applied, today, false)) == "Applied 0 turned");
  BOOST_TEST(told(stays(history({{1, applied, day(5, 5)}}), applied, today, false)) == "Applied 0+ goes on turned");
}

BOOST_AUTO_TEST_CASE(without_lines_it_is_in_its_stage_since_it_was_opened) {
  BOOST_TEST(told(stays(history({}), coding, today, false)) == "Coding 68+ goes on");
  BOOST_TEST((furthest(history({}), coding) == StageKind::interview));
}

BOOST_AUTO_TEST_CASE(rounds_that_were_held_and_offers_that_were_answered_count_for_how_far_it_came) {
  auto one = history({{1, applied, day(1, 5)}});
  one.interviews.resize(1);
  const std::vector<std::pair<InterviewOutcome, StageKind>> cases{{InterviewOutcome::planned, StageKind::applied}, {InterviewOutcome::cancelled, StageKind::applied},
                                                                  {InterviewOutcome::done, StageKind::screen},     {InterviewOutcome::passed, StageKind::screen},
                                                                  {InterviewOutcome::failed, StageKind::screen}};
  for (const auto& [outcome, kind] : cases) {
    one.interviews[0].outcome = outcome;
    BOOST_TEST((furthest(one, applied) == kind), word(outcome));
  }
  for (const auto outcome : {Outcome::accepted, Outcome::declined}) BOOST_TEST((furthest(history({{1, applied, day(1, 5)}}, outcome), applied) == StageKind::offer));
}

BOOST_AUTO_TEST_CASE(an_ask_is_followed_to_where_it_was_handed_in) {
  using enum ReferralState;
  BOOST_TEST(!course_of(referral({}), today).has_value());
  BOOST_TEST(!course_of(referral({{idea, day(1, 5)}, {to_approach, day(1, 6)}, {withdrawn, day(1, 7)}}), today).has_value());
  const auto course = course_of(referral({{idea, day(1, 5)}, {asked, day(1, 7)}, {agreed, day(1, 9)}, {submitted, day(1, 12)}, {confirmed, day(1, 20)}}), today);
  BOOST_TEST_REQUIRE(course.has_value());
  BOOST_TEST((course->asked_on == day(1, 7) && course->agreed && course->handed_in && course->handed_in_on == day(1, 12)));
  const auto silent = course_of(referral({{submitted, day(1, 12)}}), today);
  BOOST_TEST((silent && silent->asked_on == day(1, 12) && silent->agreed && silent->handed_in));
  for (const auto state : {declined, no_answer, introduced, needs_more}) {
    const auto one = course_of(referral({{asked, day(1, 7)}, {state, day(1, 9)}}), today);
    BOOST_TEST((one && !one->agreed && !one->handed_in), word(state));
  }
}

BOOST_AUTO_TEST_CASE(a_nudge_is_a_day_of_writing_between_the_ask_and_its_answer) {
  using enum ReferralState;
  const std::vector<Date> written{day(1, 6), day(1, 7), day(1, 8), day(1, 8), day(1, 11), day(1, 12), day(3, 10), day(3, 11)};
  BOOST_TEST(course_of(referral({{asked, day(1, 7)}, {agreed, day(1, 12)}}, written), today)->nudges == 2);
  BOOST_TEST(course_of(referral({{asked, day(1, 7)}}, written), today)->nudges == 4);
  BOOST_TEST(course_of(referral({{agreed, day(1, 7)}}, written), today)->nudges == 0);
}

BOOST_AUTO_TEST_SUITE_END()
