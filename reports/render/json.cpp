#include <array>
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

Json chart_of(const Chart& chart) {
  constexpr std::array kinds{"bars", "columns", "flow"};
  Json object{{"kind", kinds.at(static_cast<std::size_t>(chart.kind))}, {"title", chart.title},
              {"finding", chart.finding},                               {"unit", chart.unit},
              {"series", chart.series},                                 {"marks", Json::array()},
              {"links", Json::array()},                                 {"table", chart.behind.title}};
  for (const auto& mark : chart.marks) {
    Json interval = nullptr;
    if (mark.interval) interval = {mark.interval->first, mark.interval->second};
    object["marks"].push_back(
        {{"label", mark.label}, {"values", mark.values}, {"said", mark.said}, {"interval", std::move(interval)}});
  }
  for (const auto& link : chart.links)
    object["links"].push_back({{"from", link.from}, {"to", link.to}, {"value", link.value}});
  return object;
}

}  // namespace

Json json(const Document& document) {
  const auto tables = tables_of(document);
  if (document.blocks.size() == 1 && std::holds_alternative<Table>(document.blocks.front()))
    return rows_of(*tables.front());

  Json fields = Json::object(), named = Json::object(), lanes = Json::array(), charts = Json::array(), texts = Json::array();
  const auto add = [&named](const Table& table) {
    auto& rows = named[table.title.empty() ? "rows" : table.title];
    if (rows.is_null()) rows = Json::array();
    for (auto& row : rows_of(table)) rows.push_back(std::move(row));
  };
  for (const auto& [key, cell] : document.facts) fields[key] = value_of(cell);
  for (const auto& block : document.blocks) {
    if (const auto* of = std::get_if<Fields>(&block)) {
      for (const auto& [key, cell] : of->rows) fields[key] = value_of(cell);
    } else if (const auto* table = std::get_if<Table>(&block)) {
      add(*table);
    } else if (const auto* chart = std::get_if<Chart>(&block)) {
      charts.push_back(chart_of(*chart));
      add(chart->behind);
    } else if (const auto* text = std::get_if<Text>(&block)) {
      if (!text->text.empty()) texts.push_back(text->text);
    } else if (const auto* board = std::get_if<Lanes>(&block)) {
      for (const auto& lane : board->lanes) lanes.push_back(lane_of(lane));
    }
  }
  Json all{{"title", document.title}, {"finding", document.finding}};
  if (!fields.empty()) all["fields"] = std::move(fields);
  all["tables"] = std::move(named);
  if (!lanes.empty()) all["lanes"] = std::move(lanes);
  if (!charts.empty()) all["charts"] = std::move(charts);
  if (!texts.empty()) all["texts"] = std::move(texts);
  return all;
}

}  // namespace ties::reports
