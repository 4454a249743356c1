#include "crm/text/text.h"
#include "reports/render/render.h"

namespace ties::reports {
namespace {

std::string escaped(std::string_view raw) {
  std::string out;
  for (const char c : text::clean(raw, 100'000)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

constexpr auto style = R"css(
:root { color-scheme: light dark; --ink: light-dark(#1d2129, #e6e8ec); --soft: light-dark(#5a6270, #a3abb8); --line: light-dark(#d9dde3, #3a404b); --paper: light-dark(#fff, #15181d);
  --good: light-dark(#1a6b3c, #6fd39a); --warn: light-dark(#8a5a00, #e8b64c); --bad: light-dark(#a8281e, #ff8f85); }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.05rem; margin: 1.6rem 0 .4rem; }
.finding, .muted, th { color: var(--soft); } .good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); } .strong { font-weight: 600; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; } th { font-weight: 500; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
ul.cards { list-style: none; padding: 0; } ul.cards li { padding: .5rem 0; border-bottom: 1px solid var(--line); break-inside: avoid; } ul.cards p { margin: 0; overflow-wrap: anywhere; }
code { font: .85em ui-monospace, monospace; } dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { color: var(--soft); } dd { margin: 0; white-space: pre-line; }
.lanes { display: flex; gap: 1rem; flex-wrap: wrap; } .lanes section { flex: 1 1 9rem; }
@media print { body { margin: 0; max-width: none; } ul.cards li::before { content: "☐ "; } code { display: none; } }
)css";

const char* class_of(Tone tone) {
  switch (tone) {
    case Tone::plain: return "";
    case Tone::strong: return "strong";
    case Tone::muted: return "muted";
    case Tone::good: return "good";
    case Tone::warn: return "warn";
    case Tone::bad: return "bad";
  }
  return "";
}

void write_cards(const Table& table, std::string& out) {
  out += "<ul class=\"cards\">\n";
  for (const auto& row : table.rows) {
    out += "<li>";
    for (std::size_t i = 0; i < row.size() && i < table.columns.size(); ++i) {
      if (row[i].text.empty() || table.columns[i].for_programs) continue;
      const bool command = table.columns[i].key == "settle";
      out += std::string("<p class=\"") + (i == 0 ? "strong" : class_of(row[i].tone)) + "\">" + (command ? "<code>" : "") + escaped(row[i].text) + (command ? "</code>" : "") + "</p>";
    }
    out += "</li>\n";
  }
  out += "</ul>\n";
}

void write(const Table& table, std::string& out) {
  if (!table.title.empty()) out += "<h2>" + escaped(table.title) + "</h2>\n";
  if (table.rows.empty()) {
    if (!table.when_empty.empty()) out += "<p class=\"muted\">" + escaped(table.when_empty) + "</p>\n";
    return;
  }
  if (table.layout == Table::Layout::cards) return write_cards(table, out);
  out += "<table><thead><tr>";
  for (const auto& column : table.columns) out += std::string("<th scope=\"col\"") + (column.align == Column::Align::right ? " class=\"right\">" : ">") + escaped(column.heading) + "</th>";
  out += "</tr></thead><tbody>\n";
  for (const auto& row : table.rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const Cell cell = i < row.size() ? row[i] : Cell{};
      out += std::string("<td class=\"") + class_of(cell.tone) + (table.columns[i].align == Column::Align::right ? " right" : "") + "\">" + escaped(cell.text) + "</td>";
    }
    out += "</tr>\n";
  }
  out += "</tbody></table>\n";
}

}  // namespace

std::string html(const Document& document) {
  std::string out = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + escaped(document.title) +
                    "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<h1>" + escaped(document.title) + "</h1>\n";
  if (!document.finding.empty()) out += "<p class=\"finding\">" + escaped(document.finding) + "</p>\n";
  for (const auto& block : document.blocks) {
    if (const auto* text = std::get_if<Text>(&block)) out += std::string("<p class=\"") + class_of(text->tone) + "\">" + escaped(text->text) + "</p>\n";
    if (const auto* fields = std::get_if<Fields>(&block)) {
      if (!fields->title.empty()) out += "<h2>" + escaped(fields->title) + "</h2>\n";
      out += "<dl>\n";
      for (const auto& [key, cell] : fields->rows) {
        if (!cell.text.empty()) out += "<dt>" + escaped(key) + "</dt><dd>" + escaped(cell.text) + "</dd>\n";
      }
      out += "</dl>\n";
    }
    if (const auto* table = std::get_if<Table>(&block)) write(*table, out);
    if (const auto* lanes = std::get_if<Lanes>(&block)) {
      out += "<div class=\"lanes\">\n";
      for (const auto& lane : lanes->lanes) {
        out += "<section>\n";
        write(lane, out);
        out += "</section>\n";
      }
      out += "</div>\n";
    }
  }
  return out + "</body>\n</html>\n";
}

}  // namespace ties::reports
