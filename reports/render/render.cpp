#include "reports/render/render.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "crm/domain/errors.h"
#include "reports/render/svg.h"
#include "reports/render/tables.h"

namespace ties::reports {
namespace {

std::vector<std::size_t> columns_where(const Table& table, bool (*is_wanted)(const Column&)) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (is_wanted(table.columns[i])) places.push_back(i);
  }
  return places;
}

/// JSON escapes the control characters below the blank; a terminal also acts on those of U+007F to U+009F.
std::string without_bare_controls(const std::string& json) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out;
  out.reserve(json.size());
  const auto byte = [&json](std::size_t i) { return i < json.size() ? static_cast<unsigned char>(json[i]) : 0u; };
  for (std::size_t i = 0; i < json.size(); ++i) {
    const bool is_high = byte(i) == 0xC2 && byte(i + 1) >= 0x80 && byte(i + 1) <= 0x9F;
    if (!is_high && byte(i) != 0x7F) {
      out += json[i];
      continue;
    }
    if (is_high) ++i;
    out += "\\u00";
    out += hex[byte(i) >> 4];
    out += hex[byte(i) & 15];
  }
  return out;
}

struct Format {
  std::string name;
  std::string (*write)(const Document&, const TextStyle&, const std::string& stamp);
};

const std::vector<Format>& table_of_formats() {
  static const std::vector<Format> table{
      {"text", [](const Document& d, const TextStyle& style, const std::string&) { return text(d, style); }},
      {"markdown", [](const Document& d, const TextStyle&, const std::string&) { return markdown(d); }},
      {"html", [](const Document& d, const TextStyle&, const std::string&) { return html(d); }},
      {"json", [](const Document& d, const TextStyle&, const std::string&) { return json_text(json(d)); }},
      {"csv", [](const Document& d, const TextStyle&, const std::string&) { return csv(d); }},
      {"svg", [](const Document& d, const TextStyle&, const std::string&) { return svg(d); }},
      {"ics", [](const Document& d, const TextStyle&, const std::string& stamp) { return ics(d, stamp); }},
  };
  return table;
}

}  // namespace

std::vector<const Table*> tables_of(const Document& document) {
  std::vector<const Table*> tables;
  for (const auto& block : document.blocks) {
    if (const auto* table = std::get_if<Table>(&block)) tables.push_back(table);
    if (const auto* chart = std::get_if<Chart>(&block)) tables.push_back(&chart->behind);
    if (const auto* lanes = std::get_if<Lanes>(&block)) {
      for (const auto& lane : lanes->lanes) tables.push_back(&lane);
    }
  }
  return tables;
}

std::vector<std::size_t> columns_for_people(const Table& table) {
  return columns_where(table, [](const Column& column) { return !column.for_programs; });
}

std::vector<std::size_t> columns_for_programs(const Table& table) {
  return columns_where(table, [](const Column& column) { return !column.key.empty(); });
}

const Cell& cell_at(const std::vector<Cell>& row, std::size_t column) {
  static const Cell none{};
  return column < row.size() ? row[column] : none;
}

bool is_command(const Column& column) {
  return column.key == "settle";
}

bool has_commands(const Table& table) {
  return std::any_of(table.columns.begin(), table.columns.end(), is_command);
}

bool is_silent(const Table& table) {
  return table.rows.empty() && table.when_empty.empty();
}

std::string with_blanks(std::string key) {
  std::replace(key.begin(), key.end(), '_', ' ');
  return key;
}

const std::vector<std::string>& formats() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const auto& format : table_of_formats()) all.push_back(format.name);
    return all;
  }();
  return names;
}

std::string json_text(const nlohmann::ordered_json& json) {
  constexpr auto replace = nlohmann::ordered_json::error_handler_t::replace;
  return without_bare_controls(json.dump(2, ' ', false, replace)) + "\n";
}

std::string render(const Document& document, const std::string& format, const TextStyle& style,
                   const std::string& stamp) {
  for (const auto& known : table_of_formats()) {
    if (known.name == format) return known.write(document, style, stamp);
  }
  std::string names;
  for (const auto& name : formats()) names += (names.empty() ? "" : ", ") + name;
  throw Wrong("format: '" + format + "' is none of " + names + did_you_mean(format, formats()));
}

}  // namespace ties::reports
