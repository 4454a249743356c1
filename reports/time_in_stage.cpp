#include <fmt/format.h>

#include <algorithm>

#include "reports/applications_parts.h"

namespace ties::reports {
namespace {

struct Group {
  std::vector<Spell> spells{};
  std::size_t going_on{}, unanswered{};
};

}  // namespace

Document time_in_stage(const SearchHistory& history, const Selection& selection, Date today, StageBy by) {
  const auto choice = chosen(history, selection);
  const bool by_kind = by == StageBy::kind;
  const Places places(history, choice, by_kind ? Places::Are::kinds : Places::Are::stages);
  std::map<Places::Place, Group> groups;
  std::size_t all = 0, turned = 0;
  for (const auto& one : choice.applications) {
    for (const auto& stay : stays(*one.history, one.now, today, by_kind)) {
      auto& group = groups[places.of(stay.visit, one.history->application.pipeline)];
      group.spells.push_back(stay.spell);
      group.going_on += stay.goes_on ? 1 : 0;
      group.unanswered += !stay.goes_on && !stay.spell.ended ? 1 : 0;
      turned += stay.is_turned ? 1 : 0;
      ++all;
    }
  }

  Chart chart;
  chart.title = "Stays";
  chart.unit = "days";
  chart.series = {"half are over by then", "nine in ten are over by then"};
  chart.table_says_more = true;
  chart.behind.columns = {words_under("stage", "stage"),           numbers_under("stays", "stays"),
                          numbers_under("going_on", "going on"),   numbers_under("unanswered", "unanswered"),
                          numbers_under("median_days", "median"),  numbers_under("p90_days", "9 in 10"),
                          numbers_under("longest_days", "longest")};
  chart.behind.when_empty = "none yet";
  double slowest = -1;
  auto document = begun(by_kind ? "Time in each kind of stage" : "Time in each stage", "applications", choice.applications.size(), choice.left_out, history, selection);
  document.finding = all == 0 ? "no application yet" : fmt::format("no stage has {} stays of which half are known to be over", picture_least);
  for (const auto& [place, group] : groups) {
    const auto curve = survival(group.spells);
    const auto median = ended_by(curve, 0.5), most = ended_by(curve, 0.9);
    int longest = 0;
    for (const auto& spell : group.spells) longest = std::max(longest, spell.days);
    const auto said = median && most ? fmt::format("{}, 9 in 10 by {} days", days_text(*median), days_text(*most))
                      : median       ? fmt::format("{} days, 9 in 10 not reached", days_text(*median))
                                     : std::string("not reached");
    chart.marks.push_back({place.name, {median.value_or(0), most ? *most - *median : 0}, said, std::nullopt});
    chart.behind.rows.push_back({words(place.name), amount(group.spells.size()), amount(group.going_on), amount(group.unanswered), days(median), days(most),
                                 amount(static_cast<std::size_t>(longest))});
    if (!median || *median <= slowest || group.spells.size() < picture_least) continue;  // of fewer it says little
    slowest = *median;
    document.finding = fmt::format("longest in {}: half of {} stays are over by day {}", place.name, group.spells.size(), days_text(*median));
    if (group.going_on > 0) document.finding += fmt::format("; {} {} on", group.going_on, group.going_on == 1 ? "goes" : "go");
  }
  chart.finding = document.finding;
  add_chart(document, std::move(chart), choice.applications.size(), "application");
  if (turned > 0) add_remark(document, fmt::format("{} ended before {} began, and count{} as 0 days", counted(turned, "stay"), turned == 1 ? "it" : "they", turned == 1 ? "s" : ""));
  add_remarks(document, choice, history, selection, today);
  return document;
}

}  // namespace ties::reports
