#include <boost/test/unit_test.hpp>

#include "crm/text/text.h"

using namespace ties;

BOOST_AUTO_TEST_SUITE(time_zones)

BOOST_AUTO_TEST_CASE(are_known_by_every_name_that_calendars_have_for_them) {
  struct Case {
    std::string written, wanted;
  };
  const std::vector<Case> cases{
      {"Europe/Oslo", "Europe/Oslo"},
      {" europe/OSLO ", "Europe/Oslo"},
      {"America/Argentina/Salta", "America/Argentina/Salta"},
      {"/mozilla.example/20050126_1/Europe/Oslo", "Europe/Oslo"},
      {"W. Europe Standard Time", "Europe/Berlin"},
      {"Romance Standard Time", "Europe/Paris"},
      {"Pacific Standard Time", "America/Los_Angeles"},
      {"UTC", "UTC"},
      {"Etc/UTC", "UTC"},
      {"GMT", "UTC"},
      {"CET", "CET"},
      {"(UTC+01:00) Amsterdam, Berlin, Bern, Rome", "Europe/Amsterdam"},
      {"(UTC) Dublin, Edinburgh, Lisbon, London", "Europe/Dublin"},
      {"(GMT+09:00) Osaka, Sapporo, Tokyo", "Asia/Tokyo"},
      {"(UTC+07:00) Amsterdam", ""},
      {"(UTC", ""},
      {"Customized Time Zone", ""},
      {"PST", ""},
      {"/", ""},
      {"", ""},
      {std::string(10'000, '/'), ""},
  };
  for (const auto& [written, wanted] : cases) {
    BOOST_TEST_CONTEXT(written) BOOST_TEST(text::zone_named(written).value_or("") == wanted);
  }
}

BOOST_AUTO_TEST_CASE(tell_the_time_on_the_wall_and_back) {
  constexpr std::int64_t winter = 1'767'225'600, summer = 1'782'864'000;  // 1 January and 1 July 2026, in UTC
  BOOST_TEST(text::wall_of_instant("Europe/Oslo", winter) == winter + 3'600);
  BOOST_TEST(text::wall_of_instant("Europe/Oslo", summer) == summer + 7'200);
  BOOST_TEST(text::instant_of_wall("Europe/Oslo", summer + 7'200) == summer);
  BOOST_TEST(text::instant_of_wall("UTC", summer) == summer);
  BOOST_TEST(text::instant_of_wall("No/Where", summer) == summer);
  // 29 March 2026, 2:30, is on no clock; 25 October, 2:30, is on each twice.
  BOOST_TEST(text::instant_of_wall("Europe/Oslo", 1'774'751'400) == 1'774'747'800);
  BOOST_TEST(text::instant_of_wall("Europe/Oslo", 1'792'895'400) == 1'792'888'200);
}

BOOST_AUTO_TEST_SUITE_END()
