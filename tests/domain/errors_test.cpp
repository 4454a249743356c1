#include "crm/domain/errors.h"

#include <boost/test/unit_test.hpp>

using namespace ties;

BOOST_AUTO_TEST_SUITE(errors)

BOOST_AUTO_TEST_CASE(the_nearest_word_is_named_only_when_it_can_be_meant) {
  const std::vector<std::string> known{"applied", "offer", "interview", "on", "q"};
  const std::pair<const char*, const char*> rows[] = {{"offer", "offer"},     {"ofer", "offer"},    {"offfer", "offer"},     {"offre", "offer"}, {"OFFER", "offer"}, {"inter", "interview"},
                                                      {"interveiw", "interview"}, {"app", "applied"}, {"no", "on"},           {"x", ""},          {"", ""},           {"ap", ""},
                                                      {"closed", ""},         {"of", "on"},         {"referral", ""}};
  for (const auto& [typed, expected] : rows) {
    BOOST_TEST_CONTEXT(typed) { BOOST_TEST(nearest(typed, known) == expected); }
  }
  BOOST_TEST(nearest("offer", {}) == "");
  BOOST_TEST(nearest(std::string(100'000, 'o'), known) == "");
}

BOOST_AUTO_TEST_CASE(an_exact_word_is_nearer_than_a_longer_one_that_begins_so) {
  BOOST_TEST(nearest("offer", {"offers", "offer"}) == "offer");
}

BOOST_AUTO_TEST_CASE(the_question_is_asked_only_when_there_is_something_near) {
  BOOST_TEST(did_you_mean("offr", {"offer"}) == "; did you mean 'offer'?");
  BOOST_TEST(did_you_mean("wishes", {"offer"}) == "");
}

BOOST_AUTO_TEST_SUITE_END()
