#include <fmt/format.h>

#include "reports/report.h"

namespace ties::reports {

Document duplicates(const std::vector<PossiblyOne>& pairs, std::size_t found) {
  using Align = Column::Align;
  Table table;
  table.layout = Table::Layout::cards;
  table.columns = {{"", "who", Align::left, true, false},
                   {"score", "score", Align::right, false, true},
                   {"a", "#", Align::right, false, true},
                   {"a_name", "name", Align::left, false, true},
                   {"b", "#", Align::right, false, true},
                   {"b_name", "name", Align::left, false, true},
                   {"why", "why", Align::left, true, false},
                   {"", "score", Align::left, true, false},
                   {"merge", "one person", Align::left, true, false},
                   {"distinct", "two people", Align::left, true, false}};
  for (const auto& [pair, a, b] : pairs) {
    const auto cell = [](std::string text, Tone tone) { return Cell{std::move(text), std::nullopt, tone}; };
    const auto number = [](std::int64_t value) {
      return Cell{std::to_string(value), static_cast<double>(value), Tone::plain};
    };
    table.rows.push_back({cell(fmt::format("{} {} = {} {}?", pair.a.value, a, pair.b.value, b), Tone::strong),
                          number(pair.score), number(pair.a.value), cell(a, Tone::plain), number(pair.b.value),
                          cell(b, Tone::plain), cell(fmt::format("{}", fmt::join(pair.reasons, "; ")), Tone::plain),
                          cell(fmt::format("{} of 100", pair.score), Tone::muted),
                          cell(fmt::format("ties contact merge {} {}", pair.a.value, pair.b.value), Tone::muted),
                          cell(fmt::format("ties contact distinct {} {}", pair.a.value, pair.b.value), Tone::muted)});
  }
  Document document;
  document.title = "Who may be one person";
  document.finding = found == 0 ? "nobody seems to be here twice"
                     : found > pairs.size()
                         ? fmt::format("{} pairs may be one person, the likeliest {} of them", found, pairs.size())
                         : fmt::format("{} {} may be one person", found, found == 1 ? "pair" : "pairs");
  document.blocks = {std::move(table)};
  return document;
}

}  // namespace ties::reports
