#include "reports/render/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace ties::reports {
namespace {

constexpr double drawn_max = 1e300;

/// Whether one comes from a node to another along the links.
bool leads(const std::map<std::string, std::vector<std::string>>& next, const std::string& from, const std::string& to) {
  std::set<std::string> seen{from};
  for (std::vector<std::string> open{from}; !open.empty();) {
    const auto node = open.back();
    open.pop_back();
    if (node == to) return true;
    const auto after = next.find(node);
    if (after == next.end()) continue;
    for (const auto& name : after->second) {
      if (seen.insert(name).second) open.push_back(name);
    }
  }
  return false;
}

}  // namespace

double drawn(double value) {
  return std::isnan(value) ? 0 : std::clamp(value, 0.0, drawn_max);
}

double drawn(const Chart::Mark& mark) {
  double sum = 0;
  for (const double value : mark.values) sum = drawn(sum + drawn(value));
  return sum;
}

double end_of_scale(const Chart& chart) {
  if (chart.unit == "%") return 100;
  double end = 0;
  for (const auto& mark : chart.marks) {
    end = std::max(end, drawn(mark));
    if (mark.interval) end = std::max(end, drawn(mark.interval->second));
  }
  for (const auto& link : chart.links) end = std::max(end, drawn(link.value));
  return end > 0 ? end : 1;
}

std::string number_text(double value) {
  if (!std::isfinite(value)) return "–";
  return std::abs(value) < 1e15 && std::abs(value) >= 100 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
}

std::string said_of(const Chart::Mark& mark) {
  if (!mark.said.empty()) return mark.said;
  std::string text;
  for (const double value : mark.values) text += (text.empty() ? "" : " + ") + number_text(value);
  return text;
}

std::string interval_of(const Chart::Mark& mark, const std::string& unit) {
  if (!mark.interval) return "";
  const auto [from, to] = *mark.interval;
  const auto numbers = unit == "%" && std::isfinite(from) && std::isfinite(to)
                           ? fmt::format("{:.0f}–{:.0f}", drawn(from), std::min(drawn(to), 100.0))
                           : number_text(from) + "–" + number_text(to);
  return unit.empty() ? numbers : numbers + " " + unit;
}

std::vector<Chart::Link> forward_links(const std::vector<Chart::Link>& links) {
  std::vector<Chart::Link> kept;
  std::map<std::pair<std::string, std::string>, std::size_t> place;
  std::map<std::string, std::vector<std::string>> next;
  for (const auto& link : links) {
    if (drawn(link.value) == 0) continue;
    if (const auto known = place.find({link.from, link.to}); known != place.end()) {
      kept[known->second].value = drawn(kept[known->second].value + drawn(link.value));
    } else if (!leads(next, link.to, link.from)) {
      place[{link.from, link.to}] = kept.size();
      next[link.from].push_back(link.to);
      kept.push_back({link.from, link.to, drawn(link.value)});
    }
  }
  return kept;
}

bool is_blank(const Chart& chart) {
  if (chart.kind == Chart::Kind::flow) return forward_links(chart.links).empty();
  return std::all_of(chart.marks.begin(), chart.marks.end(), [](const Chart::Mark& mark) { return drawn(mark) <= 0 && !mark.interval; });
}

bool is_seen(const Chart& chart, std::size_t series) {
  return std::any_of(chart.marks.begin(), chart.marks.end(), [series](const Chart::Mark& mark) {
    return series < mark.values.size() && drawn(mark.values[series]) > 0;
  });
}

std::string finding_beside(const Chart& chart, const std::string& said) {
  return chart.finding == said ? "" : chart.finding;
}

}  // namespace ties::reports
