#pragma once
#include <optional>
#include <vector>

/// Statistics of small numbers: pure, each by the textbook's formula that is named here.
namespace ties {

/// From and to, both included.
struct Interval {
  double from{};
  double to{};

  bool operator==(const Interval&) const = default;
};

/// The value below which a share `p` (0 to 1) of the values lies, between two of them by straight line (Hyndman and Fan's
/// type 7, as R's `quantile` has it by itself). Nothing of no values; values that are no numbers are left out.
std::optional<double> quantile(std::vector<double> values, double p);

/// How sure a share is: the interval in which it lies with 95 % (Wilson's score, without correction for continuity:
/// Newcombe 1998, method 3). Of none it is all there can be, 0 to 1. Throws std::invalid_argument unless 0 ≤ hits ≤ of.
Interval wilson(int hits, int of);

/// How much larger the first share is than the second, and the 95 % interval of that (Newcombe's hybrid score: "Interval
/// estimation for the difference between independent proportions", 1998, method 10).
struct Difference {
  double value{};  ///< 0 where there is no share to compare
  Interval interval{};
};
Difference difference(int hits, int of, int other_hits, int other_of);

/// How long something went on, and whether it came to its end or was only watched so long.
struct Spell {
  int days{};
  bool ended{};

  bool operator==(const Spell&) const = default;
};

/// On which day what share of the spells goes on, as far as is known: the estimate of Kaplan and Meier. A step for each
/// day on which a spell ended. One that is watched until a day counts among those that could have ended on it.
struct SurvivalStep {
  int days{};
  int at_risk{};
  int ended{};
  double going_on{};  ///< share of the spells, after that day
};
std::vector<SurvivalStep> survival(std::vector<Spell> spells);

/// The day by which a share `p` of the spells has ended: the first on which no more than 1 − p go on. Where the curve lies
/// level at just that share and falls later, the middle of the level, as R's `survfit` prints it. Nothing where the curve
/// does not fall so far.
std::optional<double> ended_by(const std::vector<SurvivalStep>& curve, double p);

}  // namespace ties
