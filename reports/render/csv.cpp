#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "crm/text/text.h"
#include "reports/render/render.h"
#include "reports/render/tables.h"

namespace ties::reports {
namespace {

constexpr std::size_t cell_bytes_max = 100'000;

/// Whether a spreadsheet would run it. The wide signs count too: some programs read them as the plain ones.
bool is_formula(std::string_view text) {
  constexpr std::array<std::string_view, 8> begins{"=", "+", "-", "@", "＝", "＋", "－", "＠"};
  return std::any_of(begins.begin(), begins.end(), [text](std::string_view begin) { return text.starts_with(begin); });
}

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
  auto text = text::clean(raw, cell_bytes_max);
  // Cleaning takes a tab or line end from the front; what stood behind it is looked at as well.
  if (is_formula(text)) text.insert(text.begin(), '\'');
  return quoted(text);
}

std::string field(const Cell& cell) {
  if (!cell.number) return field(cell.text);
  return std::isfinite(*cell.number) ? fmt::format("{}", *cell.number) : std::string();
}

class Line {
 public:
  void add(const std::string& field) {
    if (!first_) text_ += ',';
    text_ += field;
    first_ = false;
  }
  std::string ended() const { return text_ + "\r\n"; }

 private:
  std::string text_{};
  bool first_{true};
};

}  // namespace

std::string csv(const Document& document) {
  const auto tables = tables_of(document);
  const bool has_sections = tables.size() > 1;
  std::string out, header_above;
  for (const auto* table : tables) {
    const auto columns = columns_for_programs(*table);
    Line header;
    if (has_sections) header.add("section");
    for (const auto i : columns) header.add(field(table->columns[i].key));
    if (header.ended() != header_above) out += header.ended();
    header_above = header.ended();
    for (const auto& row : table->rows) {
      Line line;
      if (has_sections) line.add(field(table->title));
      for (const auto i : columns) line.add(field(cell_at(row, i)));
      out += line.ended();
    }
  }
  return out;
}

}  // namespace ties::reports
