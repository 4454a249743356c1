#include "reports/report.h"

#include <fmt/format.h>

namespace ties::reports {
namespace {

Table section(std::string title) {
  Table table;
  table.title = std::move(title);
  table.layout = Table::Layout::cards;
  for (const auto* key : {"who", "what", "why", "when", "settle"}) table.columns.push_back({key, key, Column::Align::left, true, false});
  for (const auto* key : {"due", "since", "kind", "subject"}) table.columns.push_back({key, key, Column::Align::left, true, true});
  return table;
}

std::vector<Cell> row_of(const FollowUp& item, Date today) {
  const auto cell = [](std::string text, Tone tone = Tone::plain) { return Cell{std::move(text), std::nullopt, tone}; };
  const auto when = fmt::format("due {}{}", friendly(item.due), item.due == today ? "" : ", " + relative(item.due, today));
  return {cell(item.who.empty() ? "you" : item.who), cell(item.what), cell(item.why, Tone::muted), cell(when, item.due < today ? Tone::warn : Tone::muted), cell(item.settle, Tone::good),
          cell(to_text(item.due)), cell(item.since ? to_text(*item.since) : ""), cell(std::string(word(item.kind))), cell(item.subject)};
}

}  // namespace

Document followups(const std::vector<FollowUp>& items, Date today, int look_ahead_days) {
  Document document;
  document.title = "Follow-ups on " + friendly(today);
  Table overdue = section("Overdue"), now = section("Today"), ahead = section(fmt::format("Next {} days", look_ahead_days));
  for (const auto& item : items) (item.due < today ? overdue : item.due == today ? now : ahead).rows.push_back(row_of(item, today));
  const auto total = items.size();
  document.finding = total == 0 ? "nothing to follow up; all is well tended"
                                : fmt::format("{} follow-up{}: {} overdue, {} today, {} in the next {} days", total, total == 1 ? "" : "s", overdue.rows.size(), now.rows.size(), ahead.rows.size(), look_ahead_days);
  for (auto* table : {&overdue, &now, &ahead}) {
    if (!table->rows.empty()) document.blocks.push_back(std::move(*table));
  }
  return document;
}

}  // namespace ties::reports
