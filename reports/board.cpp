#include <fmt/format.h>

#include <algorithm>

#include "reports/report.h"

namespace ties::reports {
namespace {

bool is_stale(const Card& card) {
  return card.patience_days && card.days_in_stage > *card.patience_days;
}

Cell text(std::string text, Tone tone = Tone::plain) {
  return {std::move(text), std::nullopt, tone};
}

Cell number(std::string text, double value, Tone tone = Tone::plain) {
  return {std::move(text), value, tone};
}

std::vector<Cell> row_of(const Card& card) {
  const bool stale = is_stale(card);
  const auto days = fmt::format("{} day{}", card.days_in_stage, card.days_in_stage == 1 ? "" : "s");
  return {number(std::to_string(card.id), static_cast<double>(card.id)),
          text(fmt::format("#{} {}", card.id, card.title), Tone::strong),
          text(card.title),
          text(card.company),
          number(stale ? "! stale: " + days : days, card.days_in_stage, stale ? Tone::warn : Tone::muted),
          card.patience_days ? number(std::to_string(*card.patience_days), *card.patience_days) : text(""),
          text(stale ? "yes" : "no"),
          text(card.referrer.empty() ? "" : "via " + card.referrer, Tone::muted),
          text(card.referrer),
          text(card.next, Tone::good)};
}

Table lane_of(std::string title) {
  using Align = Column::Align;
  Table lane;
  lane.title = std::move(title);
  lane.columns = {{"id", "#", Align::right, false, true},
                  {"", "application", Align::left, true, false},
                  {"title", "title", Align::left, true, true},
                  {"company", "company", Align::left, true, false},
                  {"days", "in stage", Align::left, false, false},
                  {"patience_days", "patience", Align::right, false, true},
                  {"stale", "stale", Align::left, false, true},
                  {"", "referrer", Align::left, true, false},
                  {"referrer", "referrer", Align::left, true, true},
                  {"next", "next", Align::left, true, false}};
  return lane;
}

}  // namespace

Document board(const Pipeline& pipeline, const std::vector<Stage>& stages, const std::vector<Card>& cards, int ended) {
  Lanes lanes;
  for (const auto& stage : stages) lanes.lanes.push_back(lane_of(stage.name));
  for (const auto& card : cards) {
    const auto stage = std::find_if(stages.begin(), stages.end(),
                                    [&card](const Stage& candidate) { return candidate.key == card.stage_key; });
    const auto place = static_cast<std::size_t>(stage - stages.begin());
    if (place == lanes.lanes.size()) lanes.lanes.push_back(lane_of("No stage"));  // shown, so that none is lost
    lanes.lanes[place].rows.push_back(row_of(card));
  }
  Document document;
  document.title = pipeline.name;
  document.finding = fmt::format("{}: {} open", pipeline.name, cards.size());
  if (const auto stale = std::count_if(cards.begin(), cards.end(), is_stale); stale > 0) {
    document.finding += fmt::format(", {} stale", stale);
  }
  if (ended > 0) document.finding += fmt::format(", {} ended", ended);
  document.blocks.push_back(std::move(lanes));
  return document;
}

}  // namespace ties::reports
