#include "reports/render/render.h"
#include "reports/render/tables.h"

namespace ties::reports {
namespace {

/// What a spreadsheet would run as a formula is defused by an apostrophe; a plain number may begin with a sign.
std::string field(const Cell& cell) {
  auto text = cell.text;
  if (!text.empty() && !cell.number && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) text.insert(text.begin(), '\'');
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace

std::string csv(const Document& document) {
  const auto tables = tables_of(document);
  const bool sections = tables.size() > 1;
  std::string out;
  const std::vector<Column>* header = nullptr;
  for (const auto* table : tables) {
    if (header == nullptr || *header != table->columns) {  // tables of the same columns share one header
      std::string line = sections ? "section" : "";
      for (const auto& column : table->columns) line += (line.empty() ? "" : ",") + column.key;
      out += line + "\r\n";
      header = &table->columns;
    }
    for (const auto& row : table->rows) {
      std::string line = sections ? field({table->title, std::nullopt, Tone::plain}) : "";
      bool first = !sections;
      for (std::size_t i = 0; i < table->columns.size(); ++i) {
        line += (first ? "" : ",") + (i < row.size() ? field(row[i]) : "");
        first = false;
      }
      out += line + "\r\n";
    }
  }
  return out;
}

}  // namespace ties::reports
