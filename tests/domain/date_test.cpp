#include "crm/domain/date.h"

#include <boost/test/unit_test.hpp>

using namespace ties;

namespace {
Date day(const char* text) { return *date_from_text(text); }
}  // namespace

BOOST_AUTO_TEST_SUITE(dates)

BOOST_AUTO_TEST_CASE(a_day_in_words_is_seen_from_today) {
  const auto today = day("2026-03-04");  // a Wednesday
  const std::tuple<const char*, Lean, const char*> rows[] = {
      {"today", Lean::future, "2026-03-04"},        {"tomorrow", Lean::future, "2026-03-05"},    {"Yesterday", Lean::past, "2026-03-03"},     {"friday", Lean::future, "2026-03-06"},
      {"friday", Lean::past, "2026-02-27"},         {"wednesday", Lean::future, "2026-03-11"},   {"next tuesday", Lean::future, "2026-03-10"}, {"last monday", Lean::past, "2026-02-23"},
      {"in 3 days", Lean::future, "2026-03-07"},    {"in 2 weeks", Lean::future, "2026-03-18"},  {"2w", Lean::future, "2026-03-18"},          {"in a month", Lean::future, "2026-04-04"},
      {"2 weeks ago", Lean::past, "2026-02-18"},    {"1 year ago", Lean::past, "2025-03-04"},    {"end of month", Lean::future, "2026-03-31"}, {"2 march", Lean::future, "2027-03-02"},
      {"2 march", Lean::past, "2026-03-02"},        {"March 5th", Lean::future, "2026-03-05"},   {"2 mar 2026", Lean::future, "2026-03-02"},  {"29 feb", Lean::future, "2028-02-29"},
      {"2026-12-24", Lean::future, "2026-12-24"},   {"02.03.2026", Lean::future, "2026-03-02"},  {"on friday", Lean::future, "2026-03-06"},   {"next month", Lean::future, "2026-04-04"},
      {"in 7 days", Lean::future, "2026-03-11"},    {"2w", Lean::past, "2026-02-18"},            {"two weeks ago", Lean::past, "2026-02-18"}, {"in three days", Lean::future, "2026-03-07"},
      {"tues", Lean::future, "2026-03-10"},         {"2 sept", Lean::future, "2026-09-02"},      {"2.3.27", Lean::future, "2027-03-02"},      {"21st march", Lean::future, "2026-03-21"}};
  for (const auto& [words, lean, expected] : rows) {
    BOOST_TEST_CONTEXT(words) {
      const auto found = day_from_words(words, today, lean);
      BOOST_REQUIRE(found.has_value());
      BOOST_TEST(to_text(*found) == expected);
    }
  }
  for (const auto* words : {"", "someday", "2026-02-30", "31 april", "in many days", "friday morning at nine", "12", "next", "2thnd march", "2.3.126", "1.1.1.", "in 99999999999 days", "99999d", "\xff\xfe", " "}) {
    BOOST_TEST_CONTEXT(words) { BOOST_TEST(!day_from_words(words, today).has_value()); }
  }
}

BOOST_AUTO_TEST_CASE(the_end_of_a_long_month_is_the_end_of_a_short_one) {
  BOOST_TEST(to_text(*day_from_words("in 1 month", day("2026-01-31"))) == "2026-02-28");
  BOOST_TEST(to_text(*day_from_words("in 1 year", day("2028-02-29"))) == "2029-02-28");
}

BOOST_AUTO_TEST_CASE(a_moment_is_written_and_read_as_precisely_as_it_is_known) {
  for (const auto* text : {"2026-03-01", "2026-03-01T14:03:22", "2026-03-01T14:03:22Z", "2026-03-01T14:03:22[Europe/Oslo]"}) {
    const auto moment = moment_from_text(text);
    BOOST_REQUIRE(moment.has_value());
    BOOST_TEST(to_text(*moment) == text);
  }
  BOOST_TEST(to_text(*moment_from_text("2026-03-01 14:03")) == "2026-03-01T14:03:00");
  for (const auto* text : {"", "2026-03-01T", "2026-03-01T25:00", "2026-03-01 9:00", "2026-03-01T14:03:22[", "tomorrow"}) BOOST_TEST(!moment_from_text(text).has_value());
}

BOOST_AUTO_TEST_CASE(working_days_pass_over_weekends_and_holidays) {
  WorkingDays calendar;
  BOOST_TEST(to_text(calendar.after(day("2026-03-06"), 1)) == "2026-03-09");
  BOOST_TEST(to_text(calendar.after(day("2026-03-04"), 5)) == "2026-03-11");
  calendar.holidays = {day("2026-03-09")};
  BOOST_TEST(to_text(calendar.after(day("2026-03-06"), 1)) == "2026-03-10");
}

BOOST_AUTO_TEST_CASE(a_partial_date_means_a_first_and_a_last_day) {
  BOOST_TEST(to_text(first_day_of("2024")) == "2024-01-01");
  BOOST_TEST(to_text(last_day_of("2024-02")) == "2024-02-29");
  BOOST_TEST(to_text(last_day_of("2024-02-03")) == "2024-02-03");
  BOOST_TEST(!is_partial_date("24"));
  BOOST_CHECK_THROW(first_day_of("soon"), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(distances_read_as_people_say_them) {
  const auto today = day("2026-03-04");
  const std::pair<const char*, const char*> rows[] = {{"2026-03-04", "today"}, {"2026-03-03", "yesterday"}, {"2026-03-07", "in 3 days"}, {"2026-02-04", "4 weeks ago"}, {"2025-12-04", "3 months ago"}, {"2023-03-04", "3 years ago"}};
  for (const auto& [when, expected] : rows) BOOST_TEST(relative(day(when), today) == expected);
  BOOST_TEST(friendly(today) == "Wed 4 Mar 2026");
}

BOOST_AUTO_TEST_SUITE_END()
