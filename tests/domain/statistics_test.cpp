#include "crm/domain/statistics.h"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>

using namespace ties;

namespace {

/// To as many places as the source prints.
void check_near(double actual, double expected, double places = 4) {
  BOOST_TEST(std::abs(actual - expected) <= 0.5000001 * std::pow(10, -places), actual << " is not " << expected);
}

std::vector<Spell> spells(const std::vector<int>& ended, const std::vector<int>& watched) {
  std::vector<Spell> all;
  for (const int days : ended) all.push_back({days, true});
  for (const int days : watched) all.push_back({days, false});
  return all;
}

struct Share {
  int hits, of;
  double from, to;
};

struct Compared {
  int hits, of, other_hits, other_of;
  double value, from, to;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(statistics)

BOOST_AUTO_TEST_CASE(a_quantile_lies_between_its_neighbours_as_r_has_it_by_itself) {
  // R: quantile(c(1, 2, 3, 4, 10), c(0, .25, .5, .9, 1)) gives 1 2 3 7.6 10
  const std::vector<std::pair<double, double>> cases{{0, 1}, {0.25, 2}, {0.5, 3}, {0.9, 7.6}, {1, 10}, {-1, 1}, {2, 10}};
  for (const auto& [p, expected] : cases) check_near(quantile({10, 1, 4, 2, 3}, p).value(), expected, 9);
  BOOST_TEST(quantile({1, 2, 3, 4}, 0.5).value() == 2.5);
  BOOST_TEST(quantile({7}, 0.9).value() == 7);
}

BOOST_AUTO_TEST_CASE(there_is_no_quantile_of_nothing) {
  BOOST_TEST(!quantile({}, 0.5).has_value());
  BOOST_TEST(!quantile({std::nan("")}, 0.5).has_value());
  BOOST_TEST(quantile({std::nan(""), 3}, 0.5).value() == 3);
  BOOST_TEST(quantile({1, std::numeric_limits<double>::infinity()}, 0).value() == 1);
}

BOOST_AUTO_TEST_CASE(the_interval_of_a_share_is_that_of_newcombe_1998_table_1_method_3) {
  const std::vector<Share> cases{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}};
  for (const auto& [hits, of, from, to] : cases) {
    check_near(wilson(hits, of).from, from);
    check_near(wilson(hits, of).to, to);
  }
}

BOOST_AUTO_TEST_CASE(the_interval_of_a_share_of_none_is_all_there_can_be) {
  BOOST_TEST((wilson(0, 0) == Interval{0, 1}));
  BOOST_TEST(wilson(5, 5).to == 1);
  BOOST_TEST(wilson(0, 5).from == 0);
  BOOST_CHECK_THROW(wilson(3, 2), std::invalid_argument);
  BOOST_CHECK_THROW(wilson(-1, 2), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(the_interval_of_a_difference_is_that_of_newcombe_1998_table_2_method_10) {
  const std::vector<Compared> cases{{56, 70, 48, 80, 0.2, 0.0524, 0.3339},   {9, 10, 3, 10, 0.6, 0.1705, 0.8090},
                                    {6, 7, 2, 7, 0.5714, 0.0582, 0.8062},    {5, 56, 0, 29, 0.0893, -0.0381, 0.1926},
                                    {0, 10, 0, 20, 0, -0.1611, 0.2775},      {0, 10, 0, 10, 0, -0.2775, 0.2775},
                                    {10, 10, 0, 20, 1, 0.6791, 1}};
  for (const auto& [hits, of, other_hits, other_of, value, from, to] : cases) {
    const auto found = difference(hits, of, other_hits, other_of);
    check_near(found.value, value);
    check_near(found.interval.from, from);
    check_near(found.interval.to, to);
  }
}

BOOST_AUTO_TEST_CASE(a_difference_to_nothing_says_nothing) {
  for (const auto& found : {difference(0, 0, 3, 4), difference(3, 4, 0, 0), difference(0, 0, 0, 0)}) {
    BOOST_TEST(found.value == 0);
    BOOST_TEST((found.interval == Interval{-1, 1}));
  }
}

// Freireich and others 1963, in Gehan 1965: weeks of remission of leukaemia, under 6-mercaptopurine and under placebo.
BOOST_AUTO_TEST_CASE(half_of_the_remissions_of_freireich_end_by_week_23_and_under_placebo_by_week_8) {
  const auto drug = survival(spells({6, 6, 6, 7, 10, 13, 16, 22, 23}, {6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35}));
  const auto placebo = survival(spells({1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23}, {}));
  BOOST_TEST(ended_by(drug, 0.5).value() == 23);
  BOOST_TEST(ended_by(placebo, 0.5).value() == 8);
  BOOST_TEST(!ended_by(drug, 0.9).has_value());
  // As textbooks print the curve of the drug: 0.857 0.807 0.753 0.690 0.627 0.538 0.448
  const std::vector<double> printed{0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448};
  BOOST_TEST_REQUIRE(drug.size() == printed.size());
  for (std::size_t i = 0; i < printed.size(); ++i) check_near(drug[i].going_on, printed[i], 3);
  // Under placebo nobody was lost sight of: 19 of 21, 17, 16, 14, 12, 8, 6, 4, 3, 2, 1, none
  const std::vector<double> printed_of_placebo{0.9048, 0.8095, 0.7619, 0.6667, 0.5714, 0.3810, 0.2857, 0.1905, 0.1429, 0.0952, 0.0476, 0};
  BOOST_TEST_REQUIRE(placebo.size() == printed_of_placebo.size());
  for (std::size_t i = 0; i < printed_of_placebo.size(); ++i) check_near(placebo[i].going_on, printed_of_placebo[i]);
  BOOST_TEST(drug[0].at_risk == 21);  // the one who was watched until week 6 is among them
  BOOST_TEST(drug[0].ended == 3);
  BOOST_TEST(drug[1].at_risk == 17);
}

// R: survfit(Surv(time, status) ~ x, data = aml), of the package survival.
BOOST_AUTO_TEST_CASE(the_survivals_of_aml_are_those_that_r_prints) {
  const auto maintained = survival(spells({9, 13, 18, 23, 31, 34, 48}, {13, 28, 45, 161}));
  const auto without = survival(spells({5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45}, {16}));
  BOOST_TEST(ended_by(maintained, 0.5).value() == 31);
  BOOST_TEST(ended_by(without, 0.5).value() == 23);
  BOOST_TEST(!ended_by(maintained, 0.9).has_value());
  BOOST_TEST(ended_by(without, 0.9).value() == 43);
  const std::vector<double> printed{0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184};
  BOOST_TEST_REQUIRE(maintained.size() == printed.size());
  for (std::size_t i = 0; i < printed.size(); ++i) check_near(maintained[i].going_on, printed[i], 3);
  const std::vector<double> printed_without{0.8333, 0.6667, 0.5833, 0.4861, 0.3889, 0.2917, 0.1944, 0.0972, 0};
  BOOST_TEST_REQUIRE(without.size() == printed_without.size());
  for (std::size_t i = 0; i < printed_without.size(); ++i) check_near(without[i].going_on, printed_without[i]);
}

BOOST_AUTO_TEST_CASE(a_curve_that_lies_level_at_a_half_is_halved_in_the_middle_of_the_level) {
  // R: survfit(Surv(c(1, 2, 4, 9)) ~ 1) prints a median of 3.
  BOOST_TEST(ended_by(survival(spells({1, 2, 4, 9}, {})), 0.5).value() == 3);
  BOOST_TEST(ended_by(survival(spells({1, 2}, {9, 9})), 0.5).value() == 2);  // it never falls further
}

BOOST_AUTO_TEST_CASE(nothing_ends_where_nothing_ended) {
  BOOST_TEST(survival({}).empty());
  BOOST_TEST(survival(spells({}, {3, 4})).empty());
  BOOST_TEST(!ended_by({}, 0.5).has_value());
  BOOST_TEST(ended_by(survival(spells({0, 0}, {})), 0.5).value() == 0);
}

BOOST_AUTO_TEST_CASE(without_watched_ones_half_have_ended_where_the_middle_value_lies) {
  std::mt19937 random(20260304);
  for (int tried = 0; tried < 300; ++tried) {
    std::vector<Spell> all;
    std::vector<double> days;
    const int count = 1 + static_cast<int>(random() % 30);
    for (int i = 0; i < count; ++i) {
      all.push_back({static_cast<int>(random() % 40), true});
      days.push_back(all.back().days);
    }
    const auto curve = survival(all);
    BOOST_TEST(curve.back().going_on < 1e-9);
    BOOST_TEST(ended_by(curve, 0.5).value() == quantile(days, 0.5).value());
  }
}

BOOST_AUTO_TEST_CASE(watching_a_spell_for_longer_never_lets_half_of_them_end_sooner) {
  std::mt19937 random(7);
  int compared = 0;
  for (int tried = 0; tried < 400; ++tried) {
    std::vector<Spell> all;
    for (int i = 0; i < 12; ++i) all.push_back({static_cast<int>(random() % 30), random() % 3 != 0});
    all.push_back({static_cast<int>(random() % 30), false});
    const auto before = ended_by(survival(all), 0.5);
    all.back().days += 10;
    const auto after = ended_by(survival(all), 0.5);
    if (!before) BOOST_TEST(!after.has_value());
    if (!before || !after) continue;
    BOOST_TEST(*after >= *before);
    ++compared;
  }
  BOOST_TEST(compared > 100);
}

BOOST_AUTO_TEST_CASE(every_interval_holds_its_share_and_lies_within_what_can_be) {
  for (int of = 1; of <= 40; ++of) {
    for (int hits = 0; hits <= of; ++hits) {
      const auto [from, to] = wilson(hits, of);
      const double share = static_cast<double>(hits) / of;
      BOOST_TEST((0 <= from && from <= share && share <= to && to <= 1));
      const auto found = difference(hits, of, of - hits, of);
      BOOST_TEST((-1 <= found.interval.from + 1e-12 && found.interval.from <= found.value && found.value <= found.interval.to && found.interval.to <= 1 + 1e-12));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
