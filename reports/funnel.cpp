#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "reports/applications_parts.h"

namespace ties::reports {
namespace {

std::string finding_of(const std::map<StageKind, std::size_t>& reached, std::size_t all) {
  if (all == 0) return "no application yet";
  const auto count = [&reached](StageKind kind) {
    const auto known = reached.lower_bound(kind);
    return known == reached.end() ? 0 : known->second;
  };
  return fmt::format("of {} {} {} sent, {} led to an interview, {} to an offer", counted(all, "application"), count(StageKind::applied),
                     count(StageKind::applied) == 1 ? "was" : "were", count(StageKind::interview), count(StageKind::offer));
}

}  // namespace

Document funnel(const SearchHistory& history, const Selection& selection, Date today) {
  const auto choice = chosen(history, selection);
  const auto all = choice.applications.size();
  std::vector<StageKind> came_to;
  std::set<StageKind> kinds;
  for (const auto& place : Places(history, choice, Places::Are::kinds).all()) kinds.insert(place.kind);
  for (const auto& one : choice.applications) came_to.push_back(furthest(*one.history, one.now)), kinds.insert(came_to.back());

  Chart chart;
  chart.title = "How far they came";
  chart.unit = "%";
  chart.behind.columns = {words_under("stage", "stage"),       numbers_under("reached", "reached"), numbers_under("of", "of"),
                          numbers_under("share", "share"),     for_people("95 % interval"),         numbers_for_programs("share_from"),
                          numbers_for_programs("share_to"),    numbers_under("conversion", "of those before")};
  chart.behind.when_empty = "none yet";
  std::map<StageKind, std::size_t> reached;
  std::optional<std::size_t> before;
  for (const auto kind : kinds) {
    if (all == 0) break;
    const auto count = static_cast<std::size_t>(std::count_if(came_to.begin(), came_to.end(), [kind](StageKind furthest) { return furthest >= kind; }));
    const auto share = static_cast<double>(count) / static_cast<double>(all);
    const auto sure = wilson(static_cast<int>(count), static_cast<int>(all));
    const auto conversion = before && *before > 0 ? std::optional(static_cast<double>(count) / static_cast<double>(*before)) : std::nullopt;
    const std::string name(word(kind));
    auto said = fmt::format("{} of {}, {}", count, all, percent_text(share));
    if (conversion) said += fmt::format("; {} of those before", percent_text(*conversion));
    chart.marks.push_back({name, {share * 100}, said, std::pair(sure.from * 100, sure.to * 100)});
    chart.behind.rows.push_back({words(name), amount(count), amount(all), percent(share),
                                 words(fmt::format("{:.0f}–{:.0f} %", sure.from * 100, sure.to * 100), Tone::muted), percent(sure.from), percent(sure.to),
                                 conversion ? percent(*conversion) : none()});
    reached[kind] = count, before = count;
  }
  auto document = begun("How far applications come", "applications", all, choice.left_out, history, selection);
  document.finding = chart.finding = finding_of(reached, all);
  add_chart(document, std::move(chart), all, "application");
  add_remarks(document, choice, history, selection, today);
  return document;
}

}  // namespace ties::reports
