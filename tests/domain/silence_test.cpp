#include "crm/domain/silence.h"

#include <boost/test/unit_test.hpp>

#include "crm/domain/followups.h"

using namespace ties;

namespace {

Date day(const char* text) {
  return date_from_text(text).value();
}

const Date today = day("2026-06-30");  // a Tuesday

FollowUpFacts::Quiet silent(std::int64_t id, const char* name, const char* last, int usual_days,
                            bool at_target = false) {
  return {{id}, name, at_target ? "Halyard Research" : "", at_target, day(last), usual_days};
}

std::vector<std::string> written_to(const FollowUpFacts& facts) {
  std::vector<std::string> names;
  for (const auto& item : followups(facts, today, {})) {
    if (item.kind == FollowUpKind::quiet) names.push_back(item.who);
  }
  return names;
}

FollowUpFacts of(std::vector<FollowUpFacts::Quiet> people) {
  FollowUpFacts facts;
  facts.quiet = std::move(people);
  return facts;
}

using Names = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_CASE(the_usual_gap_is_the_median_of_the_gaps_between_days_in_touch) {
  // Gaps of 10, 20 and 60 days: the median is 20.
  BOOST_TEST(usual_gap({day("2026-01-01"), day("2026-01-11"), day("2026-01-31"), day("2026-04-01")}).value() == 20);
  // Of an even number, 10 and 21, the middle of the two, rounded down.
  BOOST_TEST(usual_gap({day("2026-01-01"), day("2026-01-11"), day("2026-02-01")}).value() == 15);
}

BOOST_AUTO_TEST_CASE(two_days_in_touch_have_no_usual_gap) {
  BOOST_TEST(!usual_gap({}));
  BOOST_TEST(!usual_gap({day("2026-01-01"), day("2026-01-11")}));
}

BOOST_AUTO_TEST_CASE(silence_is_usual_up_to_twice_the_gap_and_for_a_month_in_any_case) {
  BOOST_TEST(usual_silence_days(20, 30) == 40);
  BOOST_TEST(usual_silence_days(2, 30) == 30);
}

BOOST_AUTO_TEST_CASE(who_is_silent_for_more_than_twice_the_usual_gap_is_written_to) {
  // Usually every 20 days, so that 40 days are still usual: 30 June is the 41st day after 20 May, the 40th after 21
  // May.
  BOOST_TEST(written_to(of({silent(1, "Ada Lovelace", "2026-05-20", 20), silent(2, "Jon Haug", "2026-05-21", 20)})) ==
             Names{"Ada Lovelace"});
}

BOOST_AUTO_TEST_CASE(a_silence_says_since_when_and_what_was_usual) {
  const auto items = followups(of({silent(1, "Ada Lovelace", "2026-05-20", 20, true)}), today, {});
  BOOST_REQUIRE(items.size() == 1);
  BOOST_TEST(items[0].what == "write to Ada Lovelace");
  BOOST_TEST(
      items[0].why ==
      "last in touch on Wed 20 May 2026, 41 days ago; usually every 20 days; at Halyard Research, a target of yours");
  BOOST_TEST(items[0].settle == "ties log 'messaged @\"Ada Lovelace\"'");
  BOOST_TEST(items[0].subject == "contact 1");
  BOOST_TEST((items[0].due == today));
  BOOST_TEST((items[0].since == day("2026-05-20")));
}

BOOST_AUTO_TEST_CASE(who_wrote_daily_has_gone_quiet_after_a_month) {
  BOOST_TEST(written_to(of({silent(1, "Ada Lovelace", "2026-05-31", 1)})) == Names{});
  BOOST_TEST(written_to(of({silent(1, "Ada Lovelace", "2026-05-30", 1)})) == Names{"Ada Lovelace"});
}

BOOST_AUTO_TEST_CASE(after_a_year_silence_is_no_news) {
  BOOST_TEST(written_to(of({silent(1, "Ada Lovelace", "2025-06-30", 20)})) == Names{"Ada Lovelace"});
  BOOST_TEST(written_to(of({silent(1, "Ada Lovelace", "2025-06-29", 20)})) == Names{});
}

BOOST_AUTO_TEST_CASE(five_are_enough_for_a_day_targets_first_then_who_was_in_touch_most_often) {
  BOOST_TEST(written_to(of({silent(1, "A", "2026-03-01", 9), silent(2, "B", "2026-03-01", 3),
                            silent(3, "C", "2026-03-01", 5), silent(4, "D", "2026-03-01", 40, true),
                            silent(5, "E", "2026-03-01", 7), silent(6, "F", "2026-03-01", 8)})) ==
             (Names{"B", "C", "D", "E", "F"}));
}

BOOST_AUTO_TEST_CASE(who_is_on_the_list_for_something_else_is_not_there_for_silence) {
  auto facts = of({silent(1, "Ada Lovelace", "2026-03-01", 9)});
  FollowUpFacts::OpenTask promise;
  promise.task.contact = Id<Contact>{1};
  promise.task.text = "send the slides";
  facts.tasks = {promise};
  BOOST_TEST(written_to(facts) == Names{});

  facts.tasks.clear();
  FollowUpFacts::LiveReferral asked;
  asked.facts.referral.referrer = {1};
  asked.facts.referral.state = ReferralState::asked;
  facts.referrals = {asked};
  BOOST_TEST(written_to(facts) == Names{});
}
