#include "reports/report.h"

#include <fmt/format.h>

namespace ties::reports {

Document board(const Pipeline& pipeline, const std::vector<Stage>& stages, const std::vector<Card>& cards, int ended) {
  Document document;
  document.title = pipeline.name;
  Lanes lanes;
  int stale = 0;
  for (const auto& stage : stages) {
    Table lane;
    for (const auto* key : {"application", "company", "days", "referrer", "next"}) lane.columns.push_back({key, key, Column::Align::left, true, false});
    for (const auto& card : cards) {
      if (card.stage_key != stage.key) continue;
      const bool is_stale = card.patience_days && card.days_in_stage > *card.patience_days;
      stale += is_stale ? 1 : 0;
      const auto days = fmt::format("{} day{}{}", card.days_in_stage, card.days_in_stage == 1 ? "" : "s", is_stale ? ", ! stale" : "");
      lane.rows.push_back({Cell{fmt::format("#{} {}", card.id, card.title), std::nullopt, Tone::plain}, Cell{card.company, std::nullopt, Tone::plain}, Cell{days, std::nullopt, is_stale ? Tone::warn : Tone::muted},
                           Cell{card.referrer.empty() ? "" : "via " + card.referrer, std::nullopt, Tone::muted}, Cell{card.next, std::nullopt, Tone::good}});
    }
    lane.title = fmt::format("{} ({})", stage.name, lane.rows.size());
    if (stage.kind != StageKind::closed || !lane.rows.empty()) lanes.lanes.push_back(std::move(lane));
  }
  document.finding = fmt::format("{}: {} open, {} stale, {} ended", pipeline.name, cards.size(), stale, ended);
  document.blocks.push_back(std::move(lanes));
  return document;
}

}  // namespace ties::reports
