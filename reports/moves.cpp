#include <fmt/format.h>

#include "crm/domain/commands.h"
#include "reports/report.h"

namespace ties::reports {
namespace {

Table section(std::string title, std::string when_empty) {
  using Align = Column::Align;
  Table table;
  table.title = std::move(title);
  table.layout = Table::Layout::cards;
  table.when_empty = std::move(when_empty);
  table.columns = {{"contact", "#", Align::right, false, true},   {"name", "name", Align::left, true, false},
                   {"", "move", Align::left, true, false},        {"from", "from", Align::left, true, true},
                   {"to", "to", Align::left, true, true},         {"title", "title", Align::left, true, true},
                   {"seen_on", "seen", Align::left, false, true}, {"congratulated", "congratulated", Align::left, false, true},
                   {"", "seen", Align::left, true, false},        {"settle", "settle", Align::left, false, false}};
  return table;
}

/// "Research Engineer at Lanternfield, before: Engineer at Cobaltwren"
std::string in_words(const FollowUpFacts::Moved& moved) {
  const auto job = [](const std::string& title, const std::string& company) {
    return title.empty() || company.empty() ? title + company : title + " at " + company;
  };
  const auto before = job(moved.from_title, moved.change.same_company ? "" : moved.from_company);
  return job(moved.title, moved.to_company) + (before.empty() ? "" : ", before: " + before);
}

std::vector<Cell> row_of(const FollowUpFacts::Moved& moved) {
  const auto cell = [](std::string text, Tone tone = Tone::plain) { return Cell{std::move(text), std::nullopt, tone}; };
  const auto id = moved.change.contact.value;
  const auto seen = to_text(moved.change.seen_on);
  return {Cell{std::to_string(id), static_cast<double>(id), Tone::plain},
          cell(moved.name, Tone::strong),
          cell(in_words(moved)),
          cell(moved.from_company),
          cell(moved.to_company),
          cell(moved.title),
          cell(seen),
          cell(moved.congratulated ? "yes" : "no"),
          cell("seen on " + friendly(moved.change.seen_on) + (moved.congratulated ? ", congratulated" : ""), Tone::muted),
          cell(moved.congratulated ? "" : log_message(moved.name), Tone::good)};
}

}  // namespace

Document moves(const std::vector<FollowUpFacts::Moved>& moves, Date since) {
  auto to_targets = section("To a target of yours", "nobody"), elsewhere = section("Elsewhere", "nobody"), titles = section("New titles", "nobody");
  for (const auto& moved : moves) (moved.change.same_company ? titles : moved.to_target ? to_targets : elsewhere).rows.push_back(row_of(moved));
  Document document;
  document.title = "Who changed jobs";
  document.finding = moves.empty() ? fmt::format("no job change was seen since {}; a newer export of your network shows them", friendly(since))
                                   : fmt::format("{} since {}, {} to a target of yours", moves.size() == 1 ? "1 job change" : fmt::format("{} job changes", moves.size()),
                                                 friendly(since), to_targets.rows.size());
  if (!moves.empty()) document.blocks = {std::move(to_targets), std::move(elsewhere), std::move(titles)};
  return document;
}

}  // namespace ties::reports
