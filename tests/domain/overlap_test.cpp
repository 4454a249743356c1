#include "crm/domain/overlap.h"

#include <boost/test/unit_test.hpp>

using namespace ties;

namespace {

Tenure at(const char* started, const char* ended, const char* as_of = "", const char* name = "Greyfjell Systems") {
  Tenure tenure;
  tenure.place = tenure.name = name;
  tenure.started = started, tenure.ended = ended, tenure.as_of = date_from_text(as_of);
  tenure.record = "employment 7";
  return tenure;
}

std::string said(const Tenure& mine, const Tenure& theirs) {
  const auto both = overlap(mine, theirs);
  return both ? in_words(*both) : "no";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(overlaps_by_dates)

BOOST_AUTO_TEST_CASE(are_certain_possible_or_none_by_what_partial_dates_can_mean) {
  struct Row {
    Tenure mine, theirs;
    const char* said;
  };
  const std::string perhaps = "both at Greyfjell Systems, perhaps at the same time";
  const std::vector<Row> rows{
      {at("2018-01", "2021-08"), at("2019-03", "2024-01"), "both at Greyfjell Systems from Mar 2019 to Aug 2021"},
      {at("2018-01-15", "2021-08-01"), at("2019-03-04", ""), "both at Greyfjell Systems from Mar 2019 to Aug 2021"},
      {at("2018", "2020"), at("2019", "2019-06"), "both at Greyfjell Systems from 2019 to Jun 2019"},
      {at("2020", "2022"), at("2021-05", "2021-05"), "both at Greyfjell Systems in May 2021"},
      {at("2021-01", "", "2026-02-01"), at("2022-06", "", "2026-01-01"), "both at Greyfjell Systems since Jun 2022"},
      // The month that one ends with and the other begins with may be shared, or not.
      {at("2018", "2020-03"), at("2020-03", "2022"), perhaps.c_str()},
      {at("2019", "2019"), at("2019", "2019"), perhaps.c_str()},
      {at("2018", "2020-03"), at("2020-04", "2022"), "no"},
      {at("2018", "2020"), at("2021", ""), "no"},
      // Nothing is known of when they were there.
      {at("2018", "2020"), at("", ""), perhaps.c_str()},
      {at("", ""), at("", ""), perhaps.c_str()},
      {at("2018", "2020"), at("", "", "2024-05-01"), perhaps.c_str()},
      {at("2018", "2020"), at("", "2017-12"), "no"},
      {at("2015", "2020"), at("", "2017-12"), "both at Greyfjell Systems until Dec 2017"},
      // A source saw them there while the user was.
      {at("2018", "2020-12"), at("", "", "2019-05-01"), "both at Greyfjell Systems from May 2019 to Dec 2020"},
      {at("", "", "2019-05-01"), at("", "", "2019-05-01"), "both at Greyfjell Systems since May 2019"},
      {at("", "", "2019-05-01"), at("", "", "2020-05-01"), perhaps.c_str()},
      // Whoever goes on as far as is known was last seen before the other came.
      {at("2018", "", "2019-05-01"), at("2021", "", "2026-01-01"), perhaps.c_str()},
      // Dates that contradict each other, or are none, tell nothing.
      {at("2018", "2020"), at("2025", "2019"), perhaps.c_str()},
      {at("2018", "2020"), at("once", "later"), perhaps.c_str()},
  };
  for (const auto& row : rows) {
    BOOST_TEST(said(row.mine, row.theirs) == row.said);
    BOOST_TEST((said(row.theirs, row.mine) == "no") == (std::string(row.said) == "no"));
  }
}

BOOST_AUTO_TEST_CASE(are_of_one_place) {
  BOOST_TEST(said(at("2018", "2020"), at("2018", "2020", "", "Corvane")) == "no");
  auto school = at("2018", "2020");
  school.at_school = true;
  BOOST_TEST(said(at("2018", "2020"), school) == "no");
}

BOOST_AUTO_TEST_CASE(are_told_once_a_place_the_certain_ones_first) {
  const std::vector<Tenure> mine{at("2010", "2012"), at("2018-01", "2021-08"), at("", "", "", "Alder Works")};
  const std::vector<Tenure> theirs{at("", "", "", "Alder Works"), at("2011-06", "2011-09"), at("2019-03", "2020-02"),
                                   at("", "")};
  std::vector<std::string> told;
  for (const auto& both : overlaps(mine, theirs)) told.push_back(in_words(both));
  const std::vector<std::string> wanted{"both at Greyfjell Systems from Mar 2019 to Feb 2020",
                                        "both at Alder Works, perhaps at the same time"};
  BOOST_TEST(told == wanted, boost::test_tools::per_element());
  BOOST_TEST(overlaps({}, theirs).empty());
}

BOOST_AUTO_TEST_SUITE_END()
