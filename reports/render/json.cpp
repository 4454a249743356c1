#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/render/render.h"
#include "reports/render/tables.h"

namespace ties::reports {
namespace {

using Json = nlohmann::ordered_json;

Json value_of(const Cell& cell, bool of_numbers = false) {
  if (!cell.number) return of_numbers && cell.text.empty() ? Json(nullptr) : Json(cell.text);
  constexpr double whole_max = 9'007'199'254'740'992.0;  // every whole number up to here is exact
  const double number = *cell.number;
  if (std::abs(number) <= whole_max && std::trunc(number) == number) return static_cast<std::int64_t>(number);
  return number;  // one that is not finite becomes null
}

Json rows_of(const Table& table) {
  const auto columns = columns_for_programs(table);
  Json rows = Json::array();
  for (const auto& row : table.rows) {
    Json object = Json::object();
    for (const auto i : columns) object[table.columns[i].key] = value_of(cell_at(row, i), table.columns[i].numbers);
    rows.push_back(std::move(object));
  }
  return rows;
}

Json lane_of(const Table& lane) {
  Json object{{"title", lane.title}};
  for (const auto& [key, cell] : lane.facts)
    object[key] = cell.number || !cell.text.empty() ? value_of(cell) : Json(nullptr);
  object["rows"] = rows_of(lane);
  return object;
}

}  // namespace

Json json(const Document& document) {
  const auto tables = tables_of(document);
  if (document.blocks.size() == 1 && std::holds_alternative<Table>(document.blocks.front()))
    return rows_of(*tables.front());

  Json fields = Json::object(), named = Json::object(), lanes = Json::array();
  for (const auto& [key, cell] : document.facts) fields[key] = value_of(cell);
  for (const auto& block : document.blocks) {
    if (const auto* of = std::get_if<Fields>(&block)) {
      for (const auto& [key, cell] : of->rows) fields[key] = value_of(cell);
    } else if (const auto* table = std::get_if<Table>(&block)) {
      auto& rows = named[table->title.empty() ? "rows" : table->title];
      if (rows.is_null()) rows = Json::array();
      for (auto& row : rows_of(*table)) rows.push_back(std::move(row));
    } else if (const auto* board = std::get_if<Lanes>(&block)) {
      for (const auto& lane : board->lanes) lanes.push_back(lane_of(lane));
    }
  }
  Json all{{"title", document.title}, {"finding", document.finding}};
  if (!fields.empty()) all["fields"] = std::move(fields);
  all["tables"] = std::move(named);
  if (!lanes.empty()) all["lanes"] = std::move(lanes);
  return all;
}

}  // namespace ties::reports
