#include "crm/cli/print.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties::cli {
namespace {

using reports::Cell;
using reports::Column;
using reports::Table;

std::string with_blanks(std::string key) {
  std::replace(key.begin(), key.end(), '_', ' ');
  return key;
}

Cell cell_of(const Json& value) {
  Cell cell;
  if (value.is_string()) {
    cell.text = value.get<std::string>();
  } else if (value.is_number()) {
    cell.number = value.get<double>();
    cell.text = value.dump();
  } else if (value.is_boolean()) {
    cell.text = value.get<bool>() ? "yes" : "";
  } else if (value.is_array()) {
    for (const auto& item : value) cell.text += (cell.text.empty() ? "" : ", ") + (item.is_string() ? item.get<std::string>() : item.dump());
  }
  return cell;
}

/// "id:#, name, last:last contact"
std::vector<Column> columns_of(std::string_view shows) {
  std::vector<Column> columns;
  for (std::size_t at = 0; at < shows.size();) {
    const auto end = std::min(shows.find(", ", at), shows.size());
    const auto part = shows.substr(at, end - at);
    const auto colon = part.find(':');
    Column column;
    column.key = part.substr(0, colon);
    column.heading = colon == std::string_view::npos ? with_blanks(column.key) : std::string(part.substr(colon + 1));
    columns.push_back(std::move(column));
    at = end + 2;
  }
  return columns;
}

Table table_of(std::string title, std::vector<Column> columns, const Json& rows) {
  Table table;
  table.title = std::move(title);
  if (columns.empty() && !rows.empty()) {
    for (const auto& [key, value] : rows.front().items()) columns.push_back({key, with_blanks(key), Column::Align::left, false, false});
  }
  for (auto& column : columns) {
    const bool numbers = !rows.empty() && std::all_of(rows.begin(), rows.end(), [&](const Json& row) { return !row.contains(column.key) || row[column.key].is_number() || row[column.key].is_null(); }) &&
                         std::any_of(rows.begin(), rows.end(), [&](const Json& row) { return row.contains(column.key) && row[column.key].is_number(); });
    column.align = numbers ? Column::Align::right : Column::Align::left;
    column.flexible = !numbers && column.key != "id" && column.key != "due" && column.key != "at" && column.key != "file";
  }
  table.columns = std::move(columns);
  for (const auto& row : rows) {
    std::vector<Cell> cells;
    for (const auto& column : table.columns) cells.push_back(row.contains(column.key) ? cell_of(row[column.key]) : Cell{});
    table.rows.push_back(std::move(cells));
  }
  // A column in which nobody has anything only takes room.
  for (std::size_t i = table.columns.size(); i-- > 0;) {
    const bool empty = std::all_of(table.rows.begin(), table.rows.end(), [&](const auto& cells) { return cells[i].text.empty(); });
    if (!empty || table.rows.empty() || table.columns.size() == 1) continue;
    table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(i));
    for (auto& cells : table.rows) cells.erase(cells.begin() + static_cast<std::ptrdiff_t>(i));
  }
  table.when_empty = "nothing yet";
  return table;
}

bool is_list_of_records(const Json& value) { return value.is_array() && !value.empty() && value.front().is_object(); }

std::string said_and_remarks(const Answer& answer) {
  std::string text;
  if (!answer.said.empty()) text += answer.said + "\n";
  for (const auto& remark : answer.remarks) text += "  " + remark + "\n";
  return text;
}

}  // namespace

reports::Document document_of(const Verb& verb, const Json& data) {
  reports::Document document;
  if (data.is_array()) {
    document.blocks.push_back(table_of("", columns_of(verb.shows), data));
    return document;
  }
  reports::Fields fields;
  std::vector<Table> tables;
  for (const auto& [key, value] : data.items()) {
    if (is_list_of_records(value)) {
      tables.push_back(table_of(with_blanks(key), {}, value));
    } else if (!value.is_null() && !(value.is_array() && value.empty())) {
      fields.rows.emplace_back(key, cell_of(value));
    }
  }
  document.blocks.push_back(std::move(fields));
  for (auto& table : tables) document.blocks.push_back(std::move(table));
  return document;
}

std::string printed(const Verb& verb, const Answer& answer, const std::string& format, const reports::TextStyle& style, const std::string& stamp, bool quiet) {
  if (answer.document) return reports::render(*answer.document, format, style, stamp);
  const bool wrote = !answer.said.empty();
  if (verb.shows == "json") return answer.data.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  if (format == "json") {
    if (!wrote) return answer.data.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    Json warnings = Json::array();
    for (const auto& warning : answer.overridden) warnings.push_back({{"guard", warning.guard}, {"reason", warning.reason}});
    const Json all{{"said", answer.said}, {"change", wire::value(answer.change)}, {"remarks", answer.remarks}, {"overridden", warnings}, {"data", answer.data}};
    return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
  }
  if (format != "text") return reports::render(document_of(verb, answer.data), format, style, stamp);
  const bool table = answer.data.is_array() && !verb.shows.empty();
  if (wrote && !table) return quiet ? "" : said_and_remarks(answer);
  auto text = reports::text(document_of(verb, answer.data), style);
  const auto said = quiet ? "" : said_and_remarks(answer);
  return said.empty() ? text : text + "\n" + said;
}

}  // namespace ties::cli
