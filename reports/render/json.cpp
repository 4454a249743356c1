#include <cmath>
#include <nlohmann/json.hpp>

#include "reports/render/render.h"
#include "reports/render/tables.h"

namespace ties::reports {
namespace {

using Json = nlohmann::ordered_json;

Json value_of(const Cell& cell) {
  if (!cell.number) return cell.text;
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
    for (const auto i : columns) object[table.columns[i].key] = value_of(cell_at(row, i));
    rows.push_back(std::move(object));
  }
  return rows;
}

}  // namespace

Json json(const Document& document) {
  const auto tables = tables_of(document);
  if (document.blocks.size() == 1 && tables.size() == 1) return rows_of(*tables.front());

  Json fields = Json::object(), named = Json::object();
  for (const auto& block : document.blocks) {
    const auto* of = std::get_if<Fields>(&block);
    if (of == nullptr) continue;
    for (const auto& [key, cell] : of->rows) fields[key] = value_of(cell);
  }
  for (const auto* table : tables) {
    auto& rows = named[table->title.empty() ? "rows" : table->title];
    if (rows.is_null()) rows = Json::array();
    for (auto& row : rows_of(*table)) rows.push_back(std::move(row));
  }
  Json all{{"title", document.title}, {"finding", document.finding}};
  if (!fields.empty()) all["fields"] = std::move(fields);
  all["tables"] = std::move(named);
  return all;
}

}  // namespace ties::reports
