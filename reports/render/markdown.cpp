#include "crm/text/text.h"
#include "reports/render/render.h"

namespace ties::reports {
namespace {

std::string escaped(std::string_view raw) {
  std::string out;
  for (const char c : text::clean_line(raw, 10'000)) {
    if (std::string_view("\\`*_{}[]<>()#+!|~&").find(c) != std::string_view::npos) out += '\\';
    if (c == '-' && out.empty()) out += '\\';  // a list's mark
    out += c;
  }
  const auto digits = out.find_first_not_of("0123456789");
  if (digits != std::string::npos && digits > 0 && out[digits] == '.') out.insert(digits, "\\");
  return out;
}

/// A command stands as code; a backtick cannot stand in it.
std::string code(std::string text) {
  for (char& c : text) {
    if (c == '`') c = '\'';
  }
  return "`" + text + "`";
}

void write(const Table& table, std::string& out) {
  if (!table.title.empty()) out += "## " + escaped(table.title) + "\n\n";
  if (table.rows.empty()) {
    if (!table.when_empty.empty()) out += escaped(table.when_empty) + "\n\n";
    return;
  }
  if (table.layout == Table::Layout::cards) {
    for (const auto& row : table.rows) {
      out += "- [ ] **" + escaped(row.front().text) + "**";
      for (std::size_t i = 1; i < row.size() && i < table.columns.size(); ++i) {
        if (row[i].text.empty() || table.columns[i].for_programs) continue;
        out += table.columns[i].key == "settle" ? "  \n  " + code(text::clean_line(row[i].text)) : (i == 1 ? " " : "  \n  ") + escaped(row[i].text);
      }
      out += "\n";
    }
    out += "\n";
    return;
  }
  for (const auto& column : table.columns) out += "| " + escaped(column.heading) + " ";
  out += "|\n";
  for (const auto& column : table.columns) out += column.align == Column::Align::right ? "| ---: " : "| --- ";
  out += "|\n";
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) out += "| " + (i < row.size() ? escaped(row[i].text) : "") + " ";
    out += "|\n";
  }
  out += "\n";
}

}  // namespace

std::string markdown(const Document& document) {
  std::string out;
  if (!document.title.empty()) out += "# " + escaped(document.title) + "\n\n";
  if (!document.finding.empty()) out += escaped(document.finding) + "\n\n";
  for (const auto& block : document.blocks) {
    if (const auto* text = std::get_if<Text>(&block)) out += escaped(text->text) + "\n\n";
    if (const auto* fields = std::get_if<Fields>(&block)) {
      if (!fields->title.empty()) out += "## " + escaped(fields->title) + "\n\n";
      for (const auto& [key, cell] : fields->rows) {
        if (!cell.text.empty()) out += "- **" + escaped(key) + "**: " + escaped(cell.text) + "\n";
      }
      out += "\n";
    }
    if (const auto* table = std::get_if<Table>(&block)) write(*table, out);
    if (const auto* lanes = std::get_if<Lanes>(&block)) {
      for (const auto& lane : lanes->lanes) write(lane, out);
    }
  }
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace ties::reports
