#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "reports/render/figures.h"
#include "reports/render/markup.h"
#include "reports/render/render.h"
#include "reports/render/svg.h"
#include "reports/render/tables.h"

namespace ties::reports {
namespace {

/// Before the page: nothing is ever fetched or run, whatever a cell holds.
constexpr std::string_view head = R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
)html";
constexpr std::string_view policy =
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n";

constexpr std::string_view style = R"css(:root {
  color-scheme: light dark;
  --ink: light-dark(#1d2129, #e6e8ec);
  --soft: light-dark(#5a6270, #a3abb8);
  --line: light-dark(#d9dde3, #3a404b);
  --paper: light-dark(#ffffff, #15181d);
  --shade: light-dark(#f3f5f7, #1f242b);
  --good: light-dark(#1a6b3c, #6fd39a);
  --warn: light-dark(#8a5a00, #e8b64c);
  --bad: light-dark(#a8281e, #ff8f85);
  --series-1: light-dark(#0072b2, #56a9dd);
  --series-2: light-dark(#b35a00, #e69f00);
  --series-3: light-dark(#00795a, #3cc79c);
  --series-4: light-dark(#a04f7e, #dd93bc);
  --series-5: light-dark(#c04a00, #f0803c);
  --series-6: light-dark(#2c7fae, #7cc4ec);
}
body {
  font: 1rem/1.5 system-ui, sans-serif;
  color: var(--ink);
  background: var(--paper);
  max-width: 60rem;
  margin: 2.5rem auto;
  padding: 0 1.25rem;
}
h1 { font-size: 1.4rem; line-height: 1.25; margin: 0; }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; break-after: avoid; }
p, td, dd, li, h1, h2 { overflow-wrap: anywhere; }
.strong { font-weight: 600; }
.muted, .finding, .count, th, dt { color: var(--soft); }
.good { color: var(--good); }
.warn { color: var(--warn); }
.bad { color: var(--bad); }
.count { font-weight: 400; }
.text { white-space: pre-line; }
.finding { margin: .25rem 0 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .35rem 1rem .35rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 500; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
td.right { white-space: nowrap; }
td:not(.right) { min-width: 5rem; }
.cards { list-style: none; margin: 0; padding: 0; }
.cards li { padding: .75rem 0; border-bottom: 1px solid var(--line); break-inside: avoid; }
.cards p { margin: 0; }
code { font: .85em/1.5 ui-monospace, monospace; background: var(--shade); padding: .1em .4em; border-radius: .3em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; }
dd { margin: 0; white-space: pre-line; }
.lanes { display: flex; flex-wrap: wrap; gap: 1.25rem; }
.lanes section { flex: 1 1 11rem; }
.lanes h2 { border-bottom: 2px solid var(--line); }
.chart { margin: 0; }
.chart h2 { margin-bottom: 0; }
.chart .finding { break-after: avoid; }
.wide { overflow-x: auto; }
.picture { margin: 1rem 0 .5rem; break-inside: avoid; }
.picture svg { width: 100%; height: auto; overflow: visible; }
.picture .broad { display: block; }
.picture .narrow { display: none; }
.picture .ink { fill: var(--ink); }
.picture .soft { fill: var(--soft); }
.picture .line { fill: none; stroke: var(--line); }
.picture .whisker { fill: none; stroke: var(--ink); stroke-width: 1.5; }
.picture .halo { fill: none; stroke: var(--paper); stroke-width: 4; }
.picture .texture { fill: none; stroke: var(--paper); stroke-width: 1.5; }
.picture .label { fill: var(--ink); stroke: var(--paper); stroke-width: 3; stroke-linejoin: round; paint-order: stroke; }
.picture .ribbon { fill: var(--series-1); fill-opacity: .3; }
.picture .series-1 { fill: var(--series-1); }
.picture .series-2 { fill: var(--series-2); }
.picture .series-3 { fill: var(--series-3); }
.picture .series-4 { fill: var(--series-4); }
.picture .series-5 { fill: var(--series-5); }
.picture .series-6 { fill: var(--series-6); }
summary { color: var(--soft); cursor: pointer; }
@media screen and (max-width: 40rem) {
  body { margin: 1.25rem auto; padding: 0 1rem; }
  td:not(.right) { min-width: 6.5rem; }
  .picture .broad { display: none; }
  .picture .narrow { display: block; max-width: 30rem; }
}
@media print {
  :root { color-scheme: light; }
  body { font-size: 10pt; max-width: none; margin: 0; padding: 0; }
  code { background: none; padding: 0; }
  .wide { overflow: visible; }
  th, td { padding: .25rem .6rem .25rem 0; }
  summary { display: none; }
  details::details-content { content-visibility: visible; }
  .to-do li { position: relative; padding-inline-start: 1.6rem; }
  .to-do li::before { content: "☐"; position: absolute; inset-inline-start: 0; }
}
)css";

const char* class_of(Tone tone) {
  switch (tone) {
    case Tone::plain:
      return "";
    case Tone::strong:
      return "strong";
    case Tone::muted:
      return "muted";
    case Tone::good:
      return "good";
    case Tone::warn:
      return "warn";
    case Tone::bad:
      return "bad";
  }
  return "";
}

/// An element with its classes, if there are any. Text of a script that is written from the right stays within it.
std::string element(std::string_view name, std::string classes, const std::string& inner) {
  if (!classes.empty()) classes = " class=\"" + classes + "\"";
  const std::string tag(name);
  return "<" + tag + classes + " dir=\"auto\">" + inner + "</" + tag + ">";
}

std::string shown(const Column& column, const Cell& cell) {
  const auto text = escaped_markup(cell.text);
  return is_command(column) && !text.empty() ? "<code dir=\"ltr\">" + text + "</code>" : text;
}

/// What the blocks of a page need to know of it.
struct Around {
  std::string finding{};
  bool has_records{};  ///< the service shows it: records are a link away
};

/// Where the record of a row is shown: by the first of these columns that has a number in it. Of a column `id` it depends: the
/// cards of a board are applications, other rows are people.
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> places{{
    {"contact_id", "/contacts/"},
    {"contact", "/contacts/"},
    {"application_id", "/applications/"},
    {"application", "/applications/"},
    {"referral_id", "/referrals/"},
    {"event_id", "/events/"},
    {"event", "/events/"},
    {"company_id", "/companies/"},
    {"company", "/companies/"},
}};
std::string place_of(const Table& table, const std::vector<Cell>& row, std::string_view of_id) {
  const auto numbered = [&](std::string_view key, std::string_view path) -> std::string {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const auto& number = cell_at(row, i).number;
      if (table.columns[i].key == key && table.columns[i].for_programs && number && *number >= 1) return fmt::format("{}{:.0f}", path, *number);
    }
    return "";
  };
  if (const auto place = numbered("id", of_id); !place.empty()) return place;
  for (const auto& [key, path] : places) {
    if (const auto place = numbered(key, path); !place.empty()) return place;
  }
  return "";
}

std::string linked(const std::string& text, const std::string& place) {
  return place.empty() || text.empty() ? text : "<a href=\"" + place + "\">" + text + "</a>";
}

void write_heading(const std::string& title, std::string& out) {
  if (!title.empty()) out += element("h2", "", escaped_markup(title)) + "\n";
}

void write_cards(const Table& table, const Around& around, std::string_view of_id, std::string& out) {
  out += has_commands(table) ? "<ul class=\"cards to-do\">\n" : "<ul class=\"cards\">\n";
  for (const auto& row : table.rows) {
    out += "<li>\n";
    const auto place = around.has_records ? place_of(table, row, of_id) : "";
    bool first = true;
    for (const auto i : columns_for_people(table)) {
      const auto& cell = cell_at(row, i);
      if (cell.text.empty()) continue;
      const bool is_plain = is_command(table.columns[i]);
      out += element("p", first ? "strong" : is_plain ? "" : class_of(cell.tone), linked(shown(table.columns[i], cell), first ? place : "")) + "\n";
      first = false;
    }
    out += "</li>\n";
  }
  out += "</ul>\n";
}

/// Where it is too wide for the screen it moves by itself, by keys as well.
void write_grid(const Table& table, const Around& around, std::string& out) {
  const auto columns = columns_for_people(table);
  if (columns.empty()) return;
  const auto is_right = [&](std::size_t i) { return table.columns[i].align == Column::Align::right; };
  out += fmt::format("<div class=\"wide\" role=\"group\" aria-label=\"{}\" tabindex=\"0\">\n<table>\n<thead>\n<tr>", escaped_markup(table.title.empty() ? "table" : table.title));
  for (const auto i : columns) {
    const auto heading = escaped_markup(table.columns[i].heading);
    out += heading.empty() ? "<td></td>" : (is_right(i) ? "<th scope=\"col\" class=\"right\">" : "<th scope=\"col\">") + heading + "</th>";
  }
  out += "</tr>\n</thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    auto place = around.has_records ? place_of(table, row, "/contacts/") : "";
    out += "<tr>";
    for (const auto i : columns) {
      const auto& cell = cell_at(row, i);
      std::string classes = class_of(cell.tone);
      if (is_right(i)) classes += classes.empty() ? "right" : " right";
      const bool is_name = !is_right(i) && !cell.text.empty() && !is_command(table.columns[i]);
      out += element("td", classes, linked(shown(table.columns[i], cell), is_name ? std::exchange(place, "") : ""));
    }
    out += "</tr>\n";
  }
  out += "</tbody>\n</table>\n</div>\n";
}

void write(const Table& table, const Around& around, std::string& out) {
  if (is_silent(table)) return;
  write_heading(table.title, out);
  if (table.rows.empty()) {
    out += element("p", "muted", escaped_markup(table.when_empty)) + "\n";
  } else if (table.layout == Table::Layout::cards) {
    write_cards(table, around, "/contacts/", out);
  } else {
    write_grid(table, around, out);
  }
}

void write(const Lanes& lanes, const Around& around, std::string& out) {
  out += "<div class=\"lanes\">\n";
  for (const auto& lane : lanes.lanes) {
    const auto count = " <span class=\"count\">" + std::to_string(lane.rows.size()) + "</span>";
    out += "<section>\n" + element("h2", "", escaped_markup(lane.title) + count) + "\n";
    if (!lane.rows.empty()) write_cards(lane, around, "/applications/", out);
    out += "</section>\n";
  }
  out += "</div>\n";
}

/// The picture, and the table on demand; the table alone where the chart has no marks.
void write(const Chart& chart, const Around& around, std::string& out) {
  out += "<figure class=\"chart\">\n";
  write_heading(chart.title, out);
  const auto finding = finding_beside(chart, around.finding);
  if (!finding.empty()) out += element("p", "finding", escaped_markup(finding)) + "\n";
  const auto picture = svg(chart);
  if (!picture.empty()) out += "<div class=\"picture\">\n" + picture + svg(chart, true) + "</div>\n";
  if (!chart.behind.rows.empty()) {
    const bool is_alone = picture.empty() && chart.marks.empty();
    out += is_alone ? "" : "<details>\n<summary>The numbers</summary>\n";
    write_grid(chart.behind, around, out);
    out += is_alone ? "" : "</details>\n";
  } else if (!chart.behind.when_empty.empty()) {
    out += element("p", "muted", escaped_markup(chart.behind.when_empty)) + "\n";
  }
  out += "</figure>\n";
}

void write(const Text& text, const Around&, std::string& out) {
  std::string classes = class_of(text.tone);
  if (!text.text.empty())
    out += element("p", classes + (classes.empty() ? "text" : " text"), escaped_markup(text.text)) + "\n";
}

void write(const Fields& fields, const Around&, std::string& out) {
  write_heading(fields.title, out);
  out += "<dl>\n";
  for (const auto& [key, cell] : fields.rows) {
    if (cell.text.empty()) continue;
    out += "<dt>" + escaped_markup(with_blanks(key)) + "</dt>" + element("dd", class_of(cell.tone), escaped_markup(cell.text)) + "\n";
  }
  out += "</dl>\n";
}

}  // namespace

std::string_view html_style() {
  return style;
}

std::string html(const Document& document, std::string_view stylesheet) {
  const auto title = escaped_markup(document.title);
  std::string out(head);
  if (stylesheet.empty()) out += policy;
  out += "<title>" + title + "</title>\n";
  if (stylesheet.empty()) {
    out += "<style>\n" + std::string(style) + "</style>\n";
  } else {
    out += "<link rel=\"stylesheet\" href=\"" + escaped_markup(stylesheet) + "\">\n";
  }
  out += "</head>\n<body>\n<main>\n";
  if (!title.empty()) out += element("h1", "", title) + "\n";
  if (!document.finding.empty()) out += element("p", "finding", escaped_markup(document.finding)) + "\n";
  const Around around{document.finding, !stylesheet.empty()};
  for (const auto& block : document.blocks) {
    std::visit([&](const auto& b) { write(b, around, out); }, block);
  }
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace ties::reports
