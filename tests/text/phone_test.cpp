#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "crm/text/text.h"

using namespace ties;

BOOST_AUTO_TEST_CASE(phone_numbers_are_read_as_people_write_them) {
  struct Case {
    std::string written, region, wanted;
  };
  const std::vector<Case> cases{
      {"+49 30 1234567", "", "+49301234567"},
      {" +49 (0)30 / 123 45 67 ", "", "+49301234567"},
      {"030 1234567", "DE", "+49301234567"},
      {"030-1234567", "de", "+49301234567"},
      {"0049 30 1234567", "DE", "+49301234567"},
      {"0049 30 1234567", "", "+49301234567"},
      {"(202) 555-0123", "US", "+12025550123"},
      {"202.555.0123", "US", "+12025550123"},
      {"+1 202-555-0123 ext. 12", "DE", "+12025550123"},
      {"tel:+1-202-555-0123", "", "+12025550123"},
      {"+44 20 7946 0123", "", "+442079460123"},
      {"020 7946 0123", "GB", "+442079460123"},
      {"+39 06 1234 5678", "", "+390612345678"},
      {"＋４９３０１２３４５６７", "", "+49301234567"},
      {"\xE2\x80\xAA+49 30 1234567\xE2\x80\xAC", "", "+49301234567"},
      {"+49\xC2\xA0"
       "30\xC2\xA0"
       "1234567",
       "", "+49301234567"},
  };
  for (const auto& [written, region, wanted] : cases) {
    const auto read = text::phone_e164(written, region);
    BOOST_TEST(read.value_or("nothing") == wanted, written << " → " << read.value_or("nothing"));
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_a_phone_number_is_none) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"", "DE"},
      {"call me", "DE"},
      {"030 1234567", ""},
      {"030 1234567", "nowhere"},
      {"12", "DE"},
      {"+999 123456", ""},
      {"555-0123", "US"},
      {"2026-03-01 14:03:22 UTC x", "DE"},
      {"ada@acme.example", "DE"},
      {std::string(300, '1'), "DE"},
      {"+", ""},
      {"\xFF\xFE", "DE"},
  };
  for (const auto& [written, region] : cases) {
    const auto read = text::phone_e164(written, region);
    BOOST_TEST(!read.has_value(), written << " → " << read.value_or(""));
  }
}
