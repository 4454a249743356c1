#include "reports/render/render.h"
#include "reports/render/tables.h"

#include <nlohmann/json.hpp>

namespace ties::reports {
namespace {

using Json = nlohmann::ordered_json;

Json value_of(const Cell& cell) {
  if (!cell.number) return cell.text;
  const auto whole = static_cast<std::int64_t>(*cell.number);
  return static_cast<double>(whole) == *cell.number ? Json(whole) : Json(*cell.number);
}

Json rows_of(const Table& table) {
  Json rows = Json::array();
  for (const auto& row : table.rows) {
    Json json = Json::object();
    for (std::size_t i = 0; i < table.columns.size() && i < row.size(); ++i) json[table.columns[i].key] = value_of(row[i]);
    rows.push_back(std::move(json));
  }
  return rows;
}

}  // namespace

Json json(const Document& document) {
  const auto tables = tables_of(document);
  if (document.blocks.size() == 1 && tables.size() == 1) return rows_of(*tables.front());
  Json json{{"title", document.title}, {"finding", document.finding}};
  for (const auto& block : document.blocks) {
    const auto* fields = std::get_if<Fields>(&block);
    if (fields == nullptr) continue;
    for (const auto& [key, cell] : fields->rows) json["fields"][key] = value_of(cell);
  }
  for (const auto* table : tables) json["tables"][table->title.empty() ? "rows" : table->title] = rows_of(*table);
  return json;
}

}  // namespace ties::reports
