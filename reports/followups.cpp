#include <fmt/format.h>

#include "reports/report.h"

namespace ties::reports {
namespace {

Table section(std::string title) {
  using Align = Column::Align;
  Table table;
  table.title = std::move(title);
  table.layout = Table::Layout::cards;
  table.columns = {{"due", "due", Align::left, false, true},         {"who", "who", Align::left, true, false},
                   {"what", "what", Align::left, true, false},       {"why", "why", Align::left, true, false},
                   {"since", "since", Align::left, false, true},     {"", "when", Align::left, true, false},
                   {"settle", "settle", Align::left, false, false},  {"kind", "kind", Align::left, false, true},
                   {"subject", "subject", Align::left, false, true}, {"step", "step", Align::left, false, true},
                   {"contact", "contact", Align::left, true, true},  {"company", "company", Align::left, true, true}};
  for (const auto* key : {"contact_id", "company_id", "task_id", "application_id", "interview_id", "referral_id",
                          "interaction_id", "suggestion_id", "event_id"})
    table.columns.push_back({key, key, Align::right, false, true, true});
  return table;
}

template <class Record>
Cell number_of(std::optional<Id<Record>> id) {
  return id ? Cell{std::to_string(id->value), static_cast<double>(id->value), Tone::plain} : Cell{};
}

/// "due 3 days ago, on Mon 2 Mar 2026; since Mon 23 Feb 2026"
std::string when(const FollowUp& item, Date today) {
  auto text = item.due == today ? std::string("due today")
                                : fmt::format("due {}, on {}", relative(item.due, today), friendly(item.due));
  if (item.since) text += "; since " + friendly(*item.since);
  return text;
}

std::vector<Cell> row_of(const FollowUp& item, Date today) {
  const auto cell = [](std::string text, Tone tone) { return Cell{std::move(text), std::nullopt, tone}; };
  return {cell(to_text(item.due), Tone::plain),
          cell(item.who, Tone::strong),
          cell(item.what, Tone::plain),
          cell(item.why, Tone::muted),
          cell(item.since ? to_text(*item.since) : "", Tone::plain),
          cell(when(item, today), item.due < today ? Tone::warn : Tone::muted),
          cell(item.settle, Tone::good),
          cell(std::string(word(item.kind)), Tone::plain),
          cell(item.subject, Tone::plain),
          cell(item.step, Tone::plain),
          cell(item.links.contact_name, Tone::plain),
          cell(item.links.company_name, Tone::plain),
          number_of(item.links.contact),
          number_of(item.links.company),
          number_of(item.links.task),
          number_of(item.links.application),
          number_of(item.links.interview),
          number_of(item.links.referral),
          number_of(item.links.interaction),
          number_of(item.links.suggestion),
          number_of(item.links.event)};
}

/// "7 follow-ups, 2 overdue, 1 today"
std::string finding_of(std::size_t all, std::size_t overdue, std::size_t today, int look_ahead_days) {
  if (all == 0) {
    return look_ahead_days > 0 ? fmt::format("nothing to follow up today or in the next {} day{}", look_ahead_days,
                                             look_ahead_days == 1 ? "" : "s")
                               : "nothing to follow up today";
  }
  auto text = fmt::format("{} follow-up{}", all, all == 1 ? "" : "s");
  if (overdue > 0) text += fmt::format(", {} overdue", overdue);
  if (today > 0) text += fmt::format(", {} today", today);
  return text;
}

}  // namespace

Document followups(const std::vector<FollowUp>& items, Date today, int look_ahead_days) {
  auto overdue = section("Overdue"), now = section("Today");
  auto ahead = section(look_ahead_days == 1 ? "Next day" : fmt::format("Next {} days", look_ahead_days));
  for (const auto& item : items) {
    auto& of_its_day = item.due < today ? overdue : item.due == today ? now : ahead;
    of_its_day.rows.push_back(row_of(item, today));
  }
  Document document;
  document.title = "Follow-ups on " + friendly(today);
  document.finding = finding_of(items.size(), overdue.rows.size(), now.rows.size(), look_ahead_days);
  document.facts = {{"today", {to_text(today), std::nullopt, Tone::plain}},
                    {"look_ahead_days", {std::to_string(look_ahead_days), look_ahead_days, Tone::plain}}};
  document.blocks = {std::move(overdue), std::move(now), std::move(ahead)};
  return document;
}

}  // namespace ties::reports
