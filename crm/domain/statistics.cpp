#include "crm/domain/statistics.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace ties {
namespace {

constexpr double z = 1.959963984540054;  // of the normal distribution: 2.5 % lie above it
constexpr double hair = 1e-9;            // shares that differ by less are one: they are products of fractions

double share(int hits, int of) { return of == 0 ? 0 : static_cast<double>(hits) / of; }

}  // namespace

std::optional<double> quantile(std::vector<double> values, double p) {
  values.erase(std::remove_if(values.begin(), values.end(), [](double value) { return std::isnan(value); }), values.end());
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  const double place = std::clamp(p, 0.0, 1.0) * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const auto above = std::min(below + 1, values.size() - 1);
  const double part = place - static_cast<double>(below);
  return part == 0 ? values[below] : values[below] * (1 - part) + values[above] * part;
}

Interval wilson(int hits, int of) {
  if (hits < 0 || of < hits) throw std::invalid_argument("a share is of a whole");
  if (of == 0) return {0, 1};
  const double n = of, p = share(hits, of);
  const double middle = 2 * n * p + z * z;
  const double reach = z * std::sqrt(z * z + 4 * n * p * (1 - p));
  const double whole = 2 * (n + z * z);
  // At the ends the formula gives 0 and 1 but for the last digit.
  return {hits == 0 ? 0 : (middle - reach) / whole, hits == of ? 1 : (middle + reach) / whole};
}

Difference difference(int hits, int of, int other_hits, int other_of) {
  const auto one = wilson(hits, of), other = wilson(other_hits, other_of);
  if (of == 0 || other_of == 0) return {0, {-1, 1}};
  const double p = share(hits, of), q = share(other_hits, other_of);
  return {p - q, {p - q - std::hypot(p - one.from, other.to - q), p - q + std::hypot(one.to - p, q - other.from)}};
}

std::vector<SurvivalStep> survival(std::vector<Spell> spells) {
  std::sort(spells.begin(), spells.end(), [](const Spell& a, const Spell& b) { return a.days < b.days; });
  std::vector<SurvivalStep> curve;
  double going_on = 1;
  for (std::size_t first = 0; first < spells.size();) {
    auto next = first;
    int ended = 0;
    for (; next < spells.size() && spells[next].days == spells[first].days; ++next) ended += spells[next].ended ? 1 : 0;
    const auto at_risk = static_cast<int>(spells.size() - first);
    if (ended > 0) {
      going_on *= 1 - share(ended, at_risk);
      curve.push_back({spells[first].days, at_risk, ended, going_on});
    }
    first = next;
  }
  return curve;
}

std::optional<double> ended_by(const std::vector<SurvivalStep>& curve, double p) {
  const double wanted = 1 - p;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    if (curve[i].going_on > wanted + hair) continue;
    const bool is_level = curve[i].going_on > wanted - hair && i + 1 < curve.size();
    return is_level ? (curve[i].days + curve[i + 1].days) / 2.0 : curve[i].days;
  }
  return std::nullopt;
}

}  // namespace ties
