#include "crm/domain/network.h"

#include <boost/test/unit_test.hpp>
#include <random>

using namespace ties;

namespace {

Date day(const char* text) {
  return *date_from_text(text);
}

/// A tie of coffees on these days.
TieFacts coffees(const std::vector<const char*>& days) {
  TieFacts facts;
  for (const auto* on : days) {
    Interaction coffee;
    coffee.kind = InteractionKind::coffee, coffee.when.day = day(on);
    facts.interactions.push_back(coffee);
  }
  return facts;
}

NetworkFacts::Person living(std::string location, std::string phone = "") {
  NetworkFacts::Person person;
  person.location = std::move(location), person.phone = std::move(phone);
  return person;
}

const std::vector<const char*> six_months{"2025-01-01", "2025-02-01", "2025-03-01",
                                          "2025-04-01", "2025-05-01", "2025-06-01"};

}  // namespace

BOOST_AUTO_TEST_SUITE(network)

BOOST_AUTO_TEST_CASE(a_country_is_what_the_location_ends_with_else_that_of_the_phone) {
  const std::pair<NetworkFacts::Person, const char*> cases[] = {{living("Oslo, Norway"), "NO"},
                                                                {living("Norge"), "NO"},
                                                                {living("Atlanta, Georgia, United States"), "US"},
                                                                {living("Tbilisi, Georgia"), ""},
                                                                {living("Oslo"), ""},
                                                                {living("San Francisco, CA"), ""},
                                                                {living("Edinburgh, Scotland"), "GB"},
                                                                {living(""), ""},
                                                                {living("Oslo", "+4722334455"), "NO"},
                                                                {living("Berlin, Deutschland", "+4722334455"), "DE"},
                                                                {living("", "no number"), ""}};
  for (const auto& [person, code] : cases) {
    BOOST_TEST(country_of(person).value_or("") == code, person.location << " " << person.phone);
  }
}

BOOST_AUTO_TEST_CASE(a_tie_is_quiet_when_it_is_silent_for_longer_than_twice_its_usual_gap_or_half_a_year) {
  const auto facts = coffees(six_months);  // usually every 31 days, and good: see the report's test
  BOOST_TEST(!quiet_tie(facts, day("2025-06-01")).has_value());
  BOOST_TEST(!quiet_tie(facts, day("2025-08-02")).has_value());  // 62 days
  const auto quiet = quiet_tie(facts, day("2025-08-03"));
  BOOST_REQUIRE(quiet.has_value());
  BOOST_TEST(quiet->silent_days == 63);
  BOOST_TEST(*quiet->usual_days == 31);
  BOOST_TEST(quiet->then.word == "good");
  BOOST_TEST((quiet->last == day("2025-06-01")));
}

BOOST_AUTO_TEST_CASE(who_was_never_near_does_not_go_quiet) {
  BOOST_TEST(!quiet_tie({}, day("2026-01-01")).has_value());
  BOOST_TEST(!quiet_tie(coffees({"2025-01-01"}), day("2026-01-01")).has_value());  // 40 of 100 on that day
}

BOOST_AUTO_TEST_CASE(a_month_is_the_least_silence_however_often_people_talked) {
  const auto facts = coffees({"2025-06-01", "2025-06-02", "2025-06-03", "2025-06-04", "2025-06-05", "2025-06-06"});
  BOOST_TEST(!quiet_tie(facts, day("2025-07-06")).has_value());  // 30 days
  const auto quiet = quiet_tie(facts, day("2025-07-07"));
  BOOST_REQUIRE(quiet.has_value());
  BOOST_TEST(*quiet->usual_days == 1);
}

BOOST_AUTO_TEST_CASE(days_to_come_and_what_is_no_talk_end_no_silence) {
  auto facts = coffees(six_months);
  auto comment = facts.interactions.front();
  comment.kind = InteractionKind::comment, comment.when.day = day("2025-08-01");
  auto ahead = facts.interactions.front();
  ahead.when.day = day("2026-01-01");
  facts.interactions.insert(facts.interactions.end(), {comment, ahead});
  const auto quiet = quiet_tie(facts, day("2025-08-03"));
  BOOST_REQUIRE(quiet.has_value());
  BOOST_TEST((quiet->last == day("2025-06-01")));
}

BOOST_AUTO_TEST_CASE(a_quiet_tie_stays_quiet_until_there_is_a_talk_whatever_the_log) {
  std::mt19937 random(20260310);
  const auto draw = [&random](int from, int to) { return std::uniform_int_distribution<int>(from, to)(random); };
  int met = 0;
  for (int round = 0; round < 300; ++round) {
    TieFacts facts;
    const auto today = day("2026-03-10");
    for (int i = draw(0, 20); i > 0; --i) {
      Interaction talk;
      talk.kind = static_cast<InteractionKind>(draw(0, static_cast<int>(words<InteractionKind>().size()) - 1));
      talk.direction = static_cast<Direction>(draw(0, 2));
      talk.when.day = plus_days(today, -draw(0, 900));
      facts.interactions.push_back(talk);
    }
    const auto quiet = quiet_tie(facts, today);
    if (!quiet) continue;
    ++met;
    for (const int later : {1, 30, 400}) BOOST_TEST(quiet_tie(facts, plus_days(today, later)).has_value());
    auto talked = facts;
    Interaction now;
    now.kind = InteractionKind::call, now.when.day = today;
    talked.interactions.push_back(now);
    BOOST_TEST(!quiet_tie(talked, today).has_value());
  }
  BOOST_TEST(met > 20);
}

BOOST_AUTO_TEST_CASE(every_kind_of_talk_has_a_depth_and_exactly_what_is_no_talk_has_none) {
  for (const auto name : words<InteractionKind>()) {
    const auto kind = *from_word<InteractionKind>(name);
    BOOST_TEST(depth_of(kind).has_value() == is_real(kind), name);
  }
  BOOST_TEST((depth_of(InteractionKind::coffee) == TalkDepth::in_person));
  BOOST_TEST((depth_of(InteractionKind::video) == TalkDepth::call));
  BOOST_TEST((depth_of(InteractionKind::email) == TalkDepth::written));
}

BOOST_AUTO_TEST_CASE(a_period_holds_its_first_and_last_day_and_is_open_where_nothing_is_said) {
  const Period march{day("2026-03-01"), day("2026-03-31")};
  BOOST_TEST((march.holds(day("2026-03-01")) && march.holds(day("2026-03-31"))));
  BOOST_TEST((!march.holds(day("2026-02-28")) && !march.holds(day("2026-04-01"))));
  BOOST_TEST(Period{}.holds(day("0001-01-01")));
  BOOST_TEST(!Period{}.is_given());
}

BOOST_AUTO_TEST_SUITE_END()
