#include <fmt/format.h>

#include "crm/domain/commands.h"
#include "reports/figures.h"
#include "reports/network.h"

namespace ties::reports {
namespace {

using Moved = FollowUpFacts::Moved;

constexpr int year_days = 365;

Table section(std::string title) {
  using Align = Column::Align;
  Table table;
  table.title = std::move(title);
  table.layout = Table::Layout::cards;
  table.when_empty = "nobody";
  table.columns = {
      {"contact", "#", Align::right, false, true},   {"name", "name", Align::left, true, false},
      {"", "move", Align::left, true, false},        {"from", "from", Align::left, true, true},
      {"to", "to", Align::left, true, true},         {"title", "title", Align::left, true, true},
      {"seen_on", "seen", Align::left, false, true}, {"congratulated", "congratulated", Align::left, false, true},
      {"", "seen", Align::left, true, false},        {"settle", "settle", Align::left, false, false}};
  return table;
}

/// "Research Engineer at Lanternfield, before: Engineer at Cobaltwren"
std::string what_changed(const Moved& moved) {
  const auto job = [](const std::string& title, const std::string& company) {
    return title.empty() || company.empty() ? title + company : title + " at " + company;
  };
  const auto before = job(moved.from_title, moved.change.same_company ? "" : moved.from_company);
  return job(moved.title, moved.to_company) + (before.empty() ? "" : ", before: " + before);
}

std::vector<Cell> row_of(const Moved& moved) {
  return {number_cell(static_cast<double>(moved.change.contact.value)),
          text_cell(moved.name, Tone::strong),
          text_cell(what_changed(moved)),
          text_cell(moved.from_company),
          text_cell(moved.to_company),
          text_cell(moved.title),
          day_cell(moved.change.seen_on),
          text_cell(moved.congratulated ? "yes" : "no"),
          text_cell("seen on " + friendly(moved.change.seen_on) + (moved.congratulated ? ", congratulated" : ""),
                    Tone::muted),
          text_cell(moved.congratulated ? "" : log_message(moved.name), Tone::good)};
}

enum Kind { to_target, elsewhere, new_title };

Kind kind_of(const Moved& moved) {
  if (moved.change.same_company) return new_title;
  return moved.to_target ? to_target : elsewhere;
}

}  // namespace

Document moves(const std::vector<Moved>& moves, const Period& period, Date today) {
  const auto to = std::min(period.until.value_or(today), today);
  const auto from = period.since.value_or(plus_days(to, -year_days));
  std::vector<Table> sections{section("To a target of yours"), section("Elsewhere"), section("New titles")};
  const auto timeline = from <= to ? std::optional(Timeline(from, to)) : std::nullopt;
  std::vector<std::vector<int>> counts(timeline ? timeline->buckets().size() : 0, std::vector<int>(sections.size()));
  std::size_t all = 0;
  int ahead = 0;
  for (const auto& moved : moves) {
    if (moved.change.seen_on > today) ++ahead;
    const auto place = timeline ? timeline->place_of(moved.change.seen_on) : std::nullopt;
    if (!place) continue;
    ++all;
    sections[kind_of(moved)].rows.push_back(row_of(moved));
    ++counts[*place][kind_of(moved)];
  }
  Document document;
  document.title = "Who changed jobs";
  document.facts = {{"since", day_cell(from)}, {"until", day_cell(to)}};
  const auto when = period.until ? "from " + in_words(from, to) : "since " + friendly(from);
  const auto count = static_cast<std::int64_t>(all);
  document.finding = all == 0
                         ? fmt::format("no job change was seen {}; a newer export of your network shows them", when)
                         : fmt::format("{} {}, {} to a target of yours", counted(count, "job change"), when,
                                       sections[to_target].rows.size());
  Fields fields;
  fields.rows = {{"period", text_cell(in_words(from, to) + (period.since ? "" : ", a year") +
                                      ", by the day on which an export showed it")},
                 {"left_out", text_cell(left_out({{ahead, "seen on a day to come"}}))}};
  document.blocks = {std::move(fields)};
  if (all == 0) return document;
  auto chart = over_time("Job changes", "job changes", *timeline, {"to a target", "elsewhere", "new title"}, counts);
  chart.finding = fmt::format("{} to a target, {} elsewhere, {} within a company", sections[to_target].rows.size(),
                              sections[elsewhere].rows.size(),
                              counted(static_cast<std::int64_t>(sections[new_title].rows.size()), "new title"));
  document.blocks.emplace_back(std::move(chart));
  for (auto& table : sections) document.blocks.emplace_back(std::move(table));
  return document;
}

}  // namespace ties::reports
