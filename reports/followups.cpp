#include "reports/report.h"

#include <fmt/format.h>

namespace ties::reports {
namespace {

Table section(std::string title) {
  Table table;
  table.title = std::move(title);
  table.layout = Table::Layout::cards;
  for (const auto* key : {"who", "what", "why", "due", "since", "settle", "kind", "subject"}) table.columns.push_back({key, key, Column::Align::left, true});
  return table;
}

/// What is shown of a row below the person: what, why with since when, the command; the rest is for programs.
std::vector<Cell> row_of(const FollowUp& item) {
  const auto cell = [](std::string text, Tone tone = Tone::plain) { return Cell{std::move(text), std::nullopt, tone}; };
  return {cell(item.who.empty() ? "you" : item.who), cell(item.what), cell(item.why), cell(to_text(item.due)), cell(item.since ? to_text(*item.since) : ""), cell(item.settle, Tone::muted),
          cell(std::string(word(item.kind))), cell(item.subject)};
}

}  // namespace

Document followups(const std::vector<FollowUp>& items, Date today, int look_ahead_days) {
  Document document;
  document.title = "Follow-ups on " + friendly(today);
  Table overdue = section("Overdue"), now = section("Today"), ahead = section(fmt::format("Next {} days", look_ahead_days));
  for (const auto& item : items) (item.due < today ? overdue : item.due == today ? now : ahead).rows.push_back(row_of(item));
  const auto total = items.size();
  document.finding = total == 0 ? "nothing to follow up; all is well tended"
                                : fmt::format("{} follow-up{}: {} overdue, {} today, {} in the next {} days", total, total == 1 ? "" : "s", overdue.rows.size(), now.rows.size(), ahead.rows.size(), look_ahead_days);
  for (auto* table : {&overdue, &now, &ahead}) {
    if (!table->rows.empty()) document.blocks.push_back(std::move(*table));
  }
  return document;
}

}  // namespace ties::reports
