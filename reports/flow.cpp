#include <fmt/format.h>

#include <algorithm>

#include "reports/applications_parts.h"

namespace ties::reports {
namespace {

using Place = Places::Place;

constexpr double before_all = -10, behind_all = 1e6;

/// The way without what goes back.
std::vector<Place> forward_way(const std::vector<Visit>& stays, const Places& places, Id<Pipeline> pipeline) {
  std::vector<Place> way;
  for (const auto& visit : stays) {
    if (visit.kind == StageKind::closed) continue;
    const auto place = places.of(visit, pipeline);
    if (way.empty() || way.back() < place) way.push_back(place);
  }
  return way;
}

bool goes_back(const std::vector<Visit>& stays, const Places& places, Id<Pipeline> pipeline) {
  double furthest = before_all;
  for (const auto& visit : stays) {
    if (visit.kind == StageKind::closed) continue;
    const auto rank = places.of(visit, pipeline).rank;
    if (rank < furthest) return true;
    furthest = rank;
  }
  return false;
}

Place end_of(Outcome outcome) {
  return {behind_all + static_cast<double>(outcome), outcome == Outcome::open ? "still open" : std::string(word(outcome)), StageKind::closed};
}

}  // namespace

Document flow(const SearchHistory& history, const Selection& selection, Date today) {
  const auto choice = chosen(history, selection);
  const auto all = choice.applications.size();
  const Places places(history, choice, Places::Are::fitting);
  std::map<std::pair<Place, Place>, std::size_t> ways;
  std::map<std::string, std::size_t> rejected_after;
  std::size_t open = 0, rejected = 0, back = 0;
  for (const auto& one : choice.applications) {
    const auto& application = one.history->application;
    const auto stays = visits(*one.history, one.now);
    auto way = forward_way(stays, places, application.pipeline);
    if (way.empty()) way.push_back({before_all, "no stage", StageKind::lead});
    if (application.outcome == Outcome::rejected) ++rejected, ++rejected_after[way.back().name];
    open += application.outcome == Outcome::open ? 1 : 0;
    back += goes_back(stays, places, application.pipeline) ? 1 : 0;
    if (application.rerouted_from) way.insert(way.begin(), {before_all - 1, "came by reroute", StageKind::lead});
    way.push_back(end_of(application.outcome));
    for (std::size_t i = 0; i + 1 < way.size(); ++i) ++ways[{way[i], way[i + 1]}];
  }

  Chart chart;
  chart.kind = Chart::Kind::flow;
  chart.title = "The ways";
  chart.unit = "applications";
  chart.behind.columns = {words_under("from", "from"), words_under("to", "to"), numbers_under("applications", "applications")};
  chart.behind.when_empty = "none yet";
  for (const auto& [ends, count] : ways) {
    chart.links.push_back({ends.first.name, ends.second.name, static_cast<double>(count)});
    chart.behind.rows.push_back({words(ends.first.name), words(ends.second.name), amount(count)});
  }
  auto document = begun("The ways that applications take", "applications", all, choice.left_out, history, selection);
  if (all == 0) {
    document.finding = "no application yet";
  } else {
    document.finding = fmt::format("of {} {} still open and {} rejected", counted(all, "application"), open == 1 ? "1 is" : fmt::format("{} are", open), rejected);
    const auto most = std::max_element(rejected_after.begin(), rejected_after.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    if (rejected == 1) document.finding += ", after " + most->first;
    if (rejected > 1) document.finding += fmt::format(", most often after {} ({})", most->first, most->second);
  }
  chart.finding = document.finding;
  add_chart(document, std::move(chart), all, "application");
  if (back > 0) add_remark(document, fmt::format("{} went back at times; the way forward alone is shown", counted(back, "application")));
  if (places.are_kinds() && all > 0) add_remark(document, "by kinds of stages, since they are in several pipelines");
  add_remarks(document, choice, history, selection, today);
  return document;
}

}  // namespace ties::reports
