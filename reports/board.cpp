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

template <class Number>
Cell maybe_number(std::optional<Number> value) {
  return value ? number(std::to_string(*value), static_cast<double>(*value)) : text("");
}

std::string day(std::optional<Date> known) {
  return known ? to_text(*known) : "";
}

std::vector<Cell> row_of(const Card& card) {
  const bool stale = is_stale(card);
  const auto days = fmt::format("{} day{}", card.days_in_stage, card.days_in_stage == 1 ? "" : "s");
  return {number(std::to_string(card.id), static_cast<double>(card.id)),
          text(fmt::format("#{} {}", card.id, card.title), Tone::strong),
          text(card.title),
          text(card.company),
          number(stale ? "! stale: " + days : days, card.days_in_stage, stale ? Tone::warn : Tone::muted),
          maybe_number(card.patience_days),
          text(stale ? "yes" : "no"),
          text(card.referrer.empty() ? "" : "via " + card.referrer, Tone::muted),
          text(card.referrer),
          text(card.next, Tone::good),
          text(day(card.next_on)),
          text(day(card.since)),
          text(day(card.deadline)),
          number(std::to_string(card.priority), card.priority),
          text(card.referral),
          text(card.source),
          text(card.team),
          text(card.location),
          text(card.link),
          maybe_number(card.company_id),
          maybe_number(card.referrer_id)};
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
                  {"patience_days", "patience", Align::right, false, true, true},
                  {"stale", "stale", Align::left, false, true},
                  {"", "referrer", Align::left, true, false},
                  {"referrer", "referrer", Align::left, true, true},
                  {"next", "next", Align::left, true, false},
                  {"next_on", "next on", Align::left, false, true},
                  {"since", "since", Align::left, false, true},
                  {"deadline", "deadline", Align::left, false, true},
                  {"priority", "priority", Align::right, false, true, true},
                  {"referral", "referral", Align::left, false, true},
                  {"source", "source", Align::left, false, true},
                  {"team", "team", Align::left, true, true},
                  {"location", "location", Align::left, true, true},
                  {"link", "link", Align::left, true, true},
                  {"company_id", "company #", Align::right, false, true, true},
                  {"referrer_id", "referrer #", Align::right, false, true, true}};
  return lane;
}

Table lane_of(const Stage& stage) {
  auto lane = lane_of(stage.name);
  lane.facts = {{"stage_id", number(std::to_string(stage.id.value), static_cast<double>(stage.id.value))},
                {"key", text(stage.key)},
                {"kind", text(std::string(word(stage.kind)))},
                {"patience_days", maybe_number(stage.patience_days)}};
  return lane;
}

}  // namespace

Document board(const Pipeline& pipeline, const std::vector<Stage>& stages, const std::vector<Card>& cards, int ended) {
  Lanes lanes;
  for (const auto& stage : stages) lanes.lanes.push_back(lane_of(stage));
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
  document.facts = {{"pipeline_id", number(std::to_string(pipeline.id.value), static_cast<double>(pipeline.id.value))},
                    {"pipeline", text(pipeline.key)},
                    {"open", number(std::to_string(cards.size()), static_cast<double>(cards.size()))},
                    {"ended", number(std::to_string(ended), ended)}};
  document.blocks.push_back(std::move(lanes));
  return document;
}

}  // namespace ties::reports
