#include <fmt/format.h>

#include <cmath>

#include "crm/text/text.h"
#include "reports/render/render.h"
#include "reports/render/tables.h"

namespace ties::reports {
namespace {

constexpr std::size_t cell_bytes_max = 100'000;

/// Semicolons and tabs are quoted as well: a program that splits at them must not find a formula behind one.
std::string quoted(const std::string& text) {
  if (text.find_first_of(",;\t\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string field(std::string_view raw) {
  return quoted(text::defused(text::clean(raw, cell_bytes_max)));
}

std::string field(const Cell& cell) {
  if (!cell.number) return field(cell.text);
  return std::isfinite(*cell.number) ? fmt::format("{}", *cell.number) : std::string();
}

std::string line_of(const std::vector<std::string>& fields) {
  return fmt::format("{}\r\n", fmt::join(fields, ","));
}

}  // namespace

std::string csv_line(const std::vector<std::string>& cells) {
  std::vector<std::string> fields;
  for (const auto& cell : cells) fields.push_back(field(cell));
  return line_of(fields);
}

std::string csv(const Document& document) {
  const auto tables = tables_of(document);
  const bool has_sections = tables.size() > 1;
  std::string out, header_above;
  for (const auto* table : tables) {
    const auto columns = columns_for_programs(*table);
    std::vector<std::string> header;
    if (has_sections) header.emplace_back("section");
    for (const auto i : columns) header.push_back(field(table->columns[i].key));
    if (line_of(header) != header_above) out += line_of(header);
    header_above = line_of(header);
    for (const auto& row : table->rows) {
      std::vector<std::string> line;
      if (has_sections) line.push_back(field(table->title));
      for (const auto i : columns) line.push_back(field(cell_at(row, i)));
      out += line_of(line);
    }
  }
  return out;
}

}  // namespace ties::reports
