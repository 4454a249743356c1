#include <fmt/format.h>

#include <algorithm>

#include "reports/applications_parts.h"

namespace ties::reports {
namespace {

struct Standing {
  StageKind kind{};
  std::vector<double> days{};
  std::size_t over_patience{};
};

Chart open_chart(const std::map<Places::Place, Standing>& standings, bool are_kinds) {
  Chart chart;
  chart.title = are_kinds ? "Open, by kind of stage" : "Open, by stage";
  chart.unit = "applications";
  chart.series = {"within the stage's patience", "over it"};
  chart.table_says_more = true;
  chart.behind.columns = {words_under("stage", "stage"),          {"kind", "kind", Column::Align::left, false, are_kinds},
                          numbers_under("open", "open"),          numbers_under("over_patience", "over patience"),
                          numbers_under("median_days", "median days"), numbers_under("longest_days", "longest")};
  chart.behind.when_empty = "none is open";
  double longest = -1;
  for (const auto& [place, standing] : standings) {
    const auto open = standing.days.size();
    const auto days_max = quantile(standing.days, 1), days_half = quantile(standing.days, 0.5);
    chart.marks.push_back({place.name, {static_cast<double>(open - standing.over_patience), static_cast<double>(standing.over_patience)},
                           standing.over_patience == 0 ? std::to_string(open) : fmt::format("{}, {} over patience", open, standing.over_patience), std::nullopt});
    chart.behind.rows.push_back({words(place.name), words(std::string(word(standing.kind))), amount(open),
                                 amount(standing.over_patience, standing.over_patience > 0 ? Tone::warn : Tone::plain), days(days_half, "–"), days(days_max, "–")});
    if (!days_max || *days_max <= longest) continue;
    longest = *days_max;
    chart.finding = fmt::format("the longest wait is {} days, in {}", days_text(longest), place.name);
  }
  return chart;
}

Chart ended_chart(const std::map<Outcome, std::size_t>& outcomes, std::size_t ended) {
  Chart chart;
  chart.title = "Ended, by outcome";
  chart.unit = "applications";
  chart.behind.columns = {words_under("outcome", "outcome"), numbers_under("applications", "applications"), numbers_under("share", "share")};
  chart.behind.when_empty = "none has ended";
  std::size_t most = 0;
  for (const auto& [outcome, count] : outcomes) {
    const std::string name(word(outcome));
    chart.marks.push_back({name, {static_cast<double>(count)}, part_of(count, ended).text, std::nullopt});
    chart.behind.rows.push_back({words(name), amount(count), percent(static_cast<double>(count) / static_cast<double>(ended))});
    if (count > most) most = count, chart.finding = fmt::format("of {} that ended {} {} {}", ended, count, count == 1 ? "was" : "were", name);
  }
  return chart;
}

}  // namespace

Document pipeline(const SearchHistory& history, const Selection& selection, Date today) {
  const auto choice = chosen(history, selection);
  const Places places(history, choice, Places::Are::fitting);
  std::map<Places::Place, Standing> standings;
  for (const auto& place : places.all()) standings[place].kind = place.kind;
  std::map<Outcome, std::size_t> outcomes;
  std::size_t open = 0, over = 0, ended = 0, archived = 0;
  for (const auto& one : choice.applications) {
    const auto& application = one.history->application;
    if (application.outcome != Outcome::open) {
      ++outcomes[application.outcome], ++ended;
    } else if (application.archived) {
      ++archived;
    } else {
      const auto last = visits(*one.history, one.now).back();
      const auto place = places.of(last, application.pipeline);
      auto& standing = standings[place];
      const int in_stage = std::max(0, days_between(last.from, today));
      const bool is_over = one.now.patience_days && in_stage > *one.now.patience_days;
      standing.kind = place.kind;
      standing.days.push_back(in_stage);
      standing.over_patience += is_over ? 1 : 0, over += is_over ? 1 : 0, ++open;
    }
  }
  auto document = begun("The pipeline as it stands", "applications", choice.applications.size(), choice.left_out, history, selection);
  document.finding = choice.applications.empty() ? "no application yet"
                                                 : fmt::format("{} open, {} of them over the patience of their stage; {} ended", open, over, ended);
  add_chart(document, open_chart(standings, places.are_kinds()), open, "open application");
  add_chart(document, ended_chart(outcomes, ended), ended, "ended application");
  if (archived > 0) add_remark(document, fmt::format("{} {} archived, and left out", counted(archived, "open application"), archived == 1 ? "is" : "are"));
  add_remarks(document, choice, history, selection, today);
  return document;
}

}  // namespace ties::reports
