#include <boost/test/unit_test.hpp>

#include "crm/text/text.h"

using namespace ties;

BOOST_AUTO_TEST_SUITE(countries)

BOOST_AUTO_TEST_CASE(are_known_by_their_names_in_several_languages) {
  const std::pair<const char*, const char*> cases[] = {
      {"Norway", "NO"},  {"norge", "NO"},   {"Norwegen", "NO"},  {"Norvège", "NO"},    {"España", "ES"},
      {"Germany", "DE"}, {"USA", "US"},     {"U.S.A.", "US"},    {"United States", "US"}, {"UK", "GB"},
      {"England", "GB"}, {"Czechia", "CZ"}, {"The Netherlands", "NL"}, {"Polska", "PL"}, {"Brasil", "BR"},
      {"Georgia", ""},   {"CA", ""},        {"DE", ""},          {"", ""},             {"Oslo", ""},
      {"Atlantis", ""}};
  for (const auto& [name, code] : cases) BOOST_TEST(text::country_named(name).value_or("") == code, name);
}

BOOST_AUTO_TEST_CASE(have_an_english_name_and_a_code_that_nobody_has_stays_a_code) {
  BOOST_TEST(text::country_name("NO") == "Norway");
  BOOST_TEST(text::country_name("BR") == "Brazil");
  BOOST_TEST(text::country_name("QQ") == "QQ");
}

BOOST_AUTO_TEST_CASE(are_told_by_phone_numbers_that_have_one) {
  const std::pair<const char*, const char*> cases[] = {{"+4722334455", "NO"}, {"+493012345678", "DE"}, {"+12125550123", "US"},
                                                       {"22334455", ""},      {"", ""},                {"+80012345678", ""}};
  for (const auto& [number, code] : cases) BOOST_TEST(text::country_of_phone(number).value_or("") == code, number);
}

BOOST_AUTO_TEST_SUITE_END()
