#include "crm/domain/errors.h"

#include "crm/text/text.h"

#include <algorithm>
#include <utility>

namespace ties {
namespace {

/// Insertions, deletions, replacements and swaps of neighbours that turn one text into the other.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last = std::exchange(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string nearest(std::string_view typed, const std::vector<std::string>& candidates) {
  constexpr std::size_t typed_bytes_max = 100;
  if (typed.empty() || typed.size() > typed_bytes_max) return {};
  const auto wanted = text::lower(typed);
  const std::size_t mistakes_max = wanted.size() == 1 ? 0 : std::max<std::size_t>(1, wanted.size() / 3);
  std::string best;
  std::size_t best_distance = mistakes_max + 1;
  for (const auto& candidate : candidates) {
    const auto known = text::lower(candidate);
    const bool beginning = wanted.size() >= 3 && wanted.size() < known.size() && known.starts_with(wanted);
    const auto distance = beginning ? 1 : edit_distance(wanted, known);
    if (distance < best_distance) best = candidate, best_distance = distance;
  }
  return best;
}

std::string did_you_mean(std::string_view typed, const std::vector<std::string>& candidates) {
  const auto near = nearest(typed, candidates);
  return near.empty() ? "" : "; did you mean '" + near + "'?";
}

}  // namespace ties
