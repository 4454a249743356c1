#include "crm/cli/print.h"

#include "crm/cli/editor.h"

#include "reports/render/tables.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties::cli {
namespace {

using reports::Cell;
using reports::Column;
using reports::Table;
using reports::with_blanks;

/// A moment as people read it in a list: "2026-03-01 14:03".
std::string shortened(const std::string& text) {
  const auto moment = text.size() > 10 && text.size() < 60 ? moment_from_text(text) : std::nullopt;
  return moment && moment->time ? text.substr(0, 10) + " " + text.substr(11, 5) : text;
}

/// What programs go by, and people need not see: numbers beside names, places in a text.
bool is_for_programs(const std::string& key, const Json& of) {
  constexpr std::string_view keys[] = {"noun", "contacts", "known_as", "stage_key", "stage_kind", "begin", "end", "begin_utf16", "end_utf16"};
  return key.ends_with("_id") || (key == "id" && of.contains("noun")) || std::find(std::begin(keys), std::end(keys), key) != std::end(keys);
}

Cell cell_of(const Json& value, bool for_people) {
  Cell cell;
  if (value.is_string()) {
    cell.text = for_people ? shortened(value.get<std::string>()) : value.get<std::string>();
  } else if (value.is_number()) {
    cell.number = value.get<double>();
    cell.text = value.dump();
  } else if (value.is_boolean()) {
    cell.text = value.get<bool>() ? "yes" : "";
  } else if (value.is_array()) {
    for (const auto& item : value) {
      const bool is_named = for_people && item.is_object() && item.contains("id") && item.contains("name");
      const auto text = is_named ? fmt::format("{} {}", item["id"].dump(), item["name"].get<std::string>()) : item.is_string() ? item.get<std::string>() : item.dump();
      cell.text += (cell.text.empty() ? "" : ", ") + text;
    }
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

Table table_of(std::string title, std::vector<Column> columns, const Json& rows, bool for_people) {
  Table table;
  table.title = std::move(title);
  if (columns.empty() && !rows.empty()) {
    for (const auto& [key, value] : rows.front().items()) {
      if (!for_people || !is_for_programs(key, rows.front())) columns.push_back({key, with_blanks(key), Column::Align::left, false, false});
    }
  }
  for (auto& column : columns) {
    const bool numbers = !rows.empty() && std::all_of(rows.begin(), rows.end(), [&](const Json& row) { return !row.contains(column.key) || row[column.key].is_number() || row[column.key].is_null(); }) &&
                         std::any_of(rows.begin(), rows.end(), [&](const Json& row) { return row.contains(column.key) && row[column.key].is_number(); });
    column.align = numbers ? Column::Align::right : Column::Align::left;
    column.flexible = !numbers && column.key != "id" && column.key != "name" && column.key != "due" && column.key != "at" && column.key != "file";
  }
  table.columns = std::move(columns);
  for (const auto& row : rows) {
    std::vector<Cell> cells;
    for (const auto& column : table.columns) cells.push_back(row.contains(column.key) ? cell_of(row[column.key], for_people) : Cell{});
    table.rows.push_back(std::move(cells));
  }
  // A column in which nobody has anything only takes room.
  for (std::size_t i = for_people ? table.columns.size() : 0; i-- > 0;) {
    const bool empty = std::all_of(table.rows.begin(), table.rows.end(), [&](const auto& cells) { return cells[i].text.empty(); });
    if (!empty || table.rows.empty() || table.columns.size() == 1) continue;
    table.columns.erase(table.columns.begin() + static_cast<std::ptrdiff_t>(i));
    for (auto& cells : table.rows) cells.erase(cells.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return table;
}

bool is_list_of_records(const Json& value) { return value.is_array() && !value.empty() && value.front().is_object(); }

/// What a list without rows says: that nothing matches, or how the first one comes in.
std::string when_empty(const Verb& verb, bool asked) {
  if (asked) return "nothing found";
  const auto first_one = std::string(verb.name.substr(0, verb.name.find(' '))) + " add";
  for (const auto& other : verbs()) {
    if (other.name == first_one) return fmt::format("nothing yet; the first one: {}", other.example);
  }
  return "nothing yet";
}

}  // namespace

std::string said_and_remarks(const Answer& answer) {
  std::string text;
  if (!answer.said.empty()) text += answer.said + "\n";
  for (const auto& remark : answer.remarks) text += "  " + remark + "\n";
  return text;
}

reports::Document document_of(const Verb& verb, const Json& data, bool for_people) {
  reports::Document document;
  if (data.is_array()) {
    document.blocks.push_back(table_of("", columns_of(verb.shows), data, for_people));
    return document;
  }
  reports::Fields fields;
  std::vector<Table> tables;
  for (const auto& [key, value] : data.items()) {
    if (for_people && is_for_programs(key, data)) continue;
    if (is_list_of_records(value)) {
      tables.push_back(table_of(with_blanks(key), {}, value, for_people));
    } else if (!value.is_null() && !(value.is_array() && value.empty())) {
      fields.rows.emplace_back(key, cell_of(value, for_people));
    }
  }
  document.blocks.push_back(std::move(fields));
  for (auto& table : tables) document.blocks.push_back(std::move(table));
  return document;
}

std::string printed(const Verb& verb, const Answer& answer, const Printing& printing) {
  const auto& format = printing.format;
  const auto said = printing.quiet ? "" : said_and_remarks(answer);
  if (answer.document) {
    const auto text = reports::render(*answer.document, format, printing.style, printing.stamp);
    return format == "text" && !said.empty() ? text + "\n" + said : text;
  }
  const bool wrote = !answer.said.empty();
  if (verb.gives == "MessageDraft" && format == "text") {
    const auto letter = to_text({answer.data["subject"].get<std::string>(), answer.data["text"].get<std::string>()});
    return said.empty() ? letter : letter + "\n" + said;
  }
  if (verb.shows == "json") return reports::json_text(answer.data);
  if (format == "json") {
    if (!wrote) return reports::json_text(answer.data);
    Json warnings = Json::array();
    for (const auto& warning : answer.overridden) warnings.push_back({{"guard", warning.guard}, {"reason", warning.reason}});
    return reports::json_text({{"said", answer.said}, {"change", wire::value(answer.change)}, {"remarks", answer.remarks}, {"overridden", warnings}, {"data", answer.data}});
  }
  if (format != "text") return reports::render(document_of(verb, answer.data, format != "csv"), format, printing.style, printing.stamp);
  const bool table = answer.data.is_array() && !verb.shows.empty();
  if (wrote && !table) return said;
  if (table && answer.data.empty()) return said.empty() ? when_empty(verb, printing.asked) + "\n" : said;
  const auto text = reports::text(document_of(verb, answer.data, true), printing.style);
  return text.empty() || said.empty() ? text + said : text + "\n" + said;
}

}  // namespace ties::cli
