#include "crm/domain/silence.h"

#include <algorithm>

namespace ties {
namespace {

constexpr std::size_t days_for_a_usual_gap = 3;

}  // namespace

std::optional<int> usual_gap(const std::vector<Date>& days) {
  if (days.size() < days_for_a_usual_gap) return std::nullopt;
  std::vector<int> gaps;
  for (std::size_t i = 1; i < days.size(); ++i) gaps.push_back(days_between(days[i - 1], days[i]));
  std::sort(gaps.begin(), gaps.end());
  const auto middle = gaps.size() / 2;
  return gaps.size() % 2 == 1 ? gaps[middle] : (gaps[middle - 1] + gaps[middle]) / 2;
}

int usual_silence_days(int usual_days, int days_min) {
  return std::max(2 * usual_days, days_min);
}

}  // namespace ties
