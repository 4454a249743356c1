#include "crm/domain/overlap.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace ties {
namespace {

constexpr Date long_ago{std::chrono::year{1}, std::chrono::January, std::chrono::day{1}};
constexpr Date far_ahead{std::chrono::year{9999}, std::chrono::December, std::chrono::day{31}};

/// A tenure whose dates contradict each other, or are none, is one without dates.
Tenure with_sound_dates(Tenure tenure) {
  if (!is_partial_date(tenure.started)) tenure.started.clear();
  if (!is_partial_date(tenure.ended)) tenure.ended.clear();
  const bool contradicts =
      !tenure.started.empty() && !tenure.ended.empty() && last_day_of(tenure.ended) < first_day_of(tenure.started);
  if (contradicts) tenure.started.clear(), tenure.ended.clear(), tenure.as_of.reset();
  return tenure;
}

/// When a tenure can have begun and ended, as far as its partial dates and its source tell.
struct Bounds {
  Date start_min{long_ago}, start_max{far_ahead}, end_min{long_ago}, end_max{far_ahead};
};

Bounds bounds_of(const Tenure& tenure) {
  Bounds bounds;
  if (!tenure.started.empty()) {
    bounds.start_min = bounds.end_min = first_day_of(tenure.started);
    bounds.start_max = last_day_of(tenure.started);
  }
  if (!tenure.ended.empty()) {
    bounds.end_min = std::max(bounds.end_min, first_day_of(tenure.ended));
    bounds.end_max = last_day_of(tenure.ended);
    bounds.start_max = std::min(bounds.start_max, bounds.end_max);
  } else if (tenure.as_of) {  // then they were there
    bounds.end_min = std::max(bounds.end_min, *tenure.as_of);
    if (tenure.started.empty()) bounds.start_max = *tenure.as_of;
  }
  return bounds;
}

/// The later beginning, by the last day that it can mean. Of one that is not known: the day on which a source saw them.
std::string later_beginning(const Tenure& a, const Tenure& b) {
  const auto beginning = [](const Tenure& tenure) {
    const bool was_seen = tenure.started.empty() && tenure.ended.empty() && tenure.as_of;
    return was_seen ? to_text(*tenure.as_of) : tenure.started;
  };
  const auto one = beginning(a), other = beginning(b);
  if (one.empty() || other.empty()) return "";
  return last_day_of(one) < last_day_of(other) ? other : one;
}

std::string earlier_end(const Tenure& a, const Tenure& b) {
  if (a.ended.empty() || b.ended.empty()) return a.ended + b.ended;
  return first_day_of(b.ended) < first_day_of(a.ended) ? b.ended : a.ended;
}

}  // namespace

std::optional<Overlap> overlap(const Tenure& mine, const Tenure& theirs) {
  if (mine.at_school != theirs.at_school || mine.place != theirs.place) return std::nullopt;
  const auto a = with_sound_dates(mine), b = with_sound_dates(theirs);
  const auto one = bounds_of(a), other = bounds_of(b);
  if (one.end_max < other.start_min || other.end_max < one.start_min) return std::nullopt;
  Overlap both;
  both.at_school = mine.at_school, both.name = mine.name, both.record = theirs.record;
  if (one.end_min < other.start_max || other.end_min < one.start_max) return both;
  both.certainty = Certainty::certain;
  both.from = later_beginning(a, b), both.until = earlier_end(a, b);
  return both;
}

std::vector<Overlap> overlaps(const std::vector<Tenure>& mine, const std::vector<Tenure>& theirs) {
  std::vector<Overlap> found;
  const auto rank = [](const Overlap& a) {  // of two at one place the certain one, then the latest
    return std::tuple(a.certainty == Certainty::certain, a.until.empty(), a.until, a.from);
  };
  for (const auto& my : mine) {
    for (const auto& their : theirs) {
      auto both = overlap(my, their);
      if (!both) continue;
      const auto known = std::find_if(found.begin(), found.end(), [&](const Overlap& other) {
        return other.at_school == both->at_school && other.name == both->name;
      });
      if (known == found.end()) {
        found.push_back(*std::move(both));
      } else if (rank(*known) < rank(*both)) {
        *known = *std::move(both);
      }
    }
  }
  std::sort(found.begin(), found.end(), [](const Overlap& a, const Overlap& b) {
    if (a.certainty != b.certainty) return a.certainty > b.certainty;
    return std::tie(a.at_school, a.name) < std::tie(b.at_school, b.name);
  });
  return found;
}

std::string month_in_words(std::string_view partial) {
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::size_t year_length = 4;
  if (partial.size() <= year_length) return std::string(partial);
  const auto day = first_day_of(partial);
  return fmt::format("{} {}", months[static_cast<unsigned>(day.month()) - 1], static_cast<int>(day.year()));
}

std::string in_words(const Overlap& overlap) {
  const auto where = "both at " + overlap.name;
  if (overlap.certainty == Certainty::possible) return where + ", perhaps at the same time";
  const auto from = month_in_words(overlap.from), until = month_in_words(overlap.until);
  if (until.empty()) return fmt::format("{} since {}", where, from);
  if (from.empty()) return fmt::format("{} until {}", where, until);
  return from == until ? fmt::format("{} in {}", where, from) : fmt::format("{} from {} to {}", where, from, until);
}

}  // namespace ties
