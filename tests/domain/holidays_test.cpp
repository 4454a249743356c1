#include "crm/domain/holidays.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

using namespace ties;

namespace {

Date day(const char* text) {
  return date_from_text(text).value();
}

bool is_off(const char* region, const char* on) {
  const auto days = holidays_of(region).value();
  return std::binary_search(days.begin(), days.end(), day(on));
}

}  // namespace

BOOST_AUTO_TEST_CASE(norway_celebrates_its_constitution_and_easter_monday) {
  BOOST_TEST(is_off("NO", "2026-05-17"));
  BOOST_TEST(is_off("NO", "2026-04-06"));
  BOOST_TEST(!is_off("NO", "2026-04-07"));
  BOOST_TEST(!is_off("NO", "2026-02-14"));  // Valentine's Day is observed, and worked
  BOOST_TEST(!is_off("NO", "2026-12-31"));  // half a day off
}

BOOST_AUTO_TEST_CASE(germany_is_off_on_the_third_of_october_and_bavaria_on_corpus_christi_too) {
  BOOST_TEST(is_off("DE", "2026-10-03"));
  BOOST_TEST(is_off("DE-BY", "2026-10-03"));
  BOOST_TEST(is_off("DE-BY", "2026-06-04"));
  BOOST_TEST(!is_off("DE", "2026-06-04"));
  BOOST_TEST(!is_off("DE-BE", "2026-06-04"));
  BOOST_TEST(is_off("DE-BE", "2026-03-08"));  // Women's Day, in Berlin
}

BOOST_AUTO_TEST_CASE(the_united_states_are_off_on_the_fourth_thursday_of_november) {
  BOOST_TEST(is_off("US", "2026-11-26"));
  BOOST_TEST(!is_off("US", "2026-11-19"));
}

BOOST_AUTO_TEST_CASE(a_state_can_lack_a_day_of_its_country) {
  const auto regions = holiday_regions();
  const bool one_does = std::any_of(regions.begin(), regions.end(), [](const HolidayRegion& region) {
    const auto dash = region.code.find('-');
    if (dash == std::string_view::npos) return false;
    const auto own = holidays_of(region.code).value(), all = holidays_of(region.code.substr(0, dash)).value();
    return !std::includes(own.begin(), own.end(), all.begin(), all.end());
  });
  BOOST_TEST(one_does);
}

BOOST_AUTO_TEST_CASE(every_region_has_its_days_in_order_from_2015_to_2045) {
  BOOST_TEST(holiday_regions().size() > 500U);
  for (const auto& [code, name] : holiday_regions()) {
    BOOST_TEST_CONTEXT(code) {
      const auto days = holidays_of(code).value();
      BOOST_TEST(!name.empty());
      BOOST_TEST((std::adjacent_find(days.begin(), days.end(), std::greater_equal<>()) == days.end()));
      BOOST_TEST((days.empty() || (days.front() >= day("2015-01-01") && days.back() <= day("2045-12-31"))));
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_no_region_is_answered_with_what_is_meant) {
  BOOST_TEST(!holidays_of("XX"));
  BOOST_TEST(not_a_region("DE-BY").empty());
  BOOST_TEST(not_a_region("no") == "there is no region 'no'; did you mean 'NO'?");
  BOOST_TEST(not_a_region("norway") == "a region is given by its code; Norway is 'NO'");
  BOOST_TEST(not_a_region("bayern") == "a region is given by its code; Bayern is 'DE-BY'");
  BOOST_TEST(not_a_region("nowhere at all") ==
             "there is no region 'nowhere at all'; give a country such as NO, or a state of one such as DE-BY");
}
