#include "crm/service/listing.h"

#include <fmt/format.h>

#include <algorithm>

#include "crm/text/text.h"

namespace ties {
namespace {

std::vector<std::string> names_of_fields(const Json& rows) {
  std::vector<std::string> names;
  if (rows.empty() || !rows.front().is_object()) return names;
  for (const auto& [name, value] : rows.front().items()) names.push_back(name);
  return names;
}

void must_be_field(const Json& rows, const std::string& name, const char* argument) {
  const auto names = names_of_fields(rows);
  if (names.empty() || std::find(names.begin(), names.end(), name) != names.end()) return;
  throw Wrong(fmt::format("{}: there is no field '{}'{}; there are {}", argument, name, did_you_mean(name, names),
                          fmt::join(names, ", ")),
              argument);
}

/// What a field is sorted by: numbers before texts, and nothing at all last.
struct Key {
  enum class Kind { number, text, nothing } kind{Kind::nothing};
  double number{};
  std::string text{};
};

Key key_of(const Json& row, const std::string& field) {
  const auto found = row.find(field);
  if (found == row.end() || found->is_null() || (found->is_array() && found->empty())) return {};
  if (found->is_number()) return {Key::Kind::number, found->get<double>(), ""};
  if (found->is_boolean()) return {Key::Kind::number, found->get<bool>() ? 1.0 : 0.0, ""};
  auto text = found->is_string() ? found->get<std::string>() : found->dump();
  return text.empty() ? Key{} : Key{Key::Kind::text, 0, std::move(text)};
}

bool comes_before(const Key& a, const Key& b, bool descending) {
  if (a.kind != b.kind) return a.kind < b.kind;
  const auto& first = descending ? b : a;
  const auto& second = descending ? a : b;
  switch (a.kind) {
    case Key::Kind::number:
      return first.number < second.number;
    case Key::Kind::text:
      return text::compare(first.text, second.text) < 0;
    case Key::Kind::nothing:
      break;
  }
  return false;
}

void sort_rows(Json& rows, const std::string& sort) {
  const bool descending = sort.starts_with('-');
  const auto field = sort.substr(descending ? 1 : 0);
  must_be_field(rows, field, "sort");
  std::vector<std::pair<Key, Json>> keyed;
  for (auto& row : rows) keyed.emplace_back(key_of(row, field), std::move(row));
  std::stable_sort(keyed.begin(), keyed.end(),
                   [&](const auto& a, const auto& b) { return comes_before(a.first, b.first, descending); });
  rows = Json::array();
  for (auto& [key, row] : keyed) rows.push_back(std::move(row));
}

/// What tells a row from the others: its number, and what it is where a list holds several kinds.
Json name_of_row(const Json& row) {
  if (!row.is_object() || !row.contains("id")) return text::hash_of({row.dump()});
  return row.contains("what") && row.contains("text") ? Json::array({row["what"], row["id"]}) : row["id"];
}

std::size_t begin_of(const Json& rows, const Page& page, const std::optional<Cursor>& cursor) {
  std::size_t begin = 0;
  if (cursor) {
    const auto last =
        std::find_if(rows.begin(), rows.end(), [&](const Json& row) { return name_of_row(row) == cursor->row; });
    // Gone meanwhile: those behind it have moved up by one.
    begin = last != rows.end() ? static_cast<std::size_t>(last - rows.begin()) + 1
                               : static_cast<std::size_t>(std::max<std::int64_t>(1, cursor->place) - 1);
  }
  return std::min(rows.size(), begin + static_cast<std::size_t>(page.offset));
}

}  // namespace

bool is_found(const std::string& query, const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts) all += text::fold(text) + "\n";
  const auto words = text::fold(query);
  for (std::size_t at = 0; at < words.size();) {
    const auto end = std::min(words.find(' ', at), words.size());
    if (all.find(words.substr(at, end - at)) == std::string::npos) return false;
    at = end + 1;
  }
  return true;
}

Wrong no_cursor() {
  return Wrong("after: this is no cursor of this list; take the one that came with the page before", "after");
}

std::string to_text(const Cursor& cursor) {
  std::string text;
  for (const char c : Json::array({cursor.sort, cursor.value, cursor.row, cursor.place})
                          .dump(-1, ' ', true, Json::error_handler_t::replace))
    text += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return text;
}

std::optional<Cursor> cursor_of(const Page& page) {
  constexpr std::size_t text_bytes_max = 20'000;
  const auto& text = page.after;
  if (text.empty()) return std::nullopt;
  if (text.size() % 2 != 0 || text.size() > text_bytes_max ||
      text.find_first_not_of("0123456789abcdef") != std::string::npos)
    throw no_cursor();
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2)
    bytes += static_cast<char>(std::stoi(text.substr(i, 2), nullptr, 16));
  constexpr int depth_max = 3;
  bool is_shallow = true;
  const auto json = Json::parse(
      bytes, [&](int depth, Json::parse_event_t, Json&) { return (is_shallow = is_shallow && depth <= depth_max); },
      false);
  if (!is_shallow || !json.is_array() || json.size() != 4 || !json[0].is_string() || !json[3].is_number_integer())
    throw no_cursor();
  Cursor cursor{json[0].get<std::string>(), json[1], json[2], json[3].get<std::int64_t>()};
  if (!page.sort.empty() && page.sort != cursor.sort)
    throw Wrong("after: the cursor belongs to another order; leave it out to begin anew", "after");
  return cursor;
}

std::int64_t number_of_row(const Cursor& cursor) {
  if (!cursor.row.is_number_integer()) throw no_cursor();
  return cursor.row.get<std::int64_t>();
}

void turn_to_page(Answer& answer, const Page& page) {
  auto& rows = answer.data;
  if (!rows.is_array()) return;
  if (!answer.total) {
    const auto cursor = cursor_of(page);
    const auto sort = cursor ? cursor->sort : page.sort;
    if (!sort.empty()) sort_rows(rows, sort);
    const auto begin = begin_of(rows, page, cursor);
    const auto end = page.limit ? std::min(rows.size(), begin + static_cast<std::size_t>(*page.limit)) : rows.size();
    answer.total = static_cast<std::int64_t>(rows.size());
    if (end < rows.size() && end > begin)
      answer.next = to_text({sort, nullptr, name_of_row(rows[end - 1]), static_cast<std::int64_t>(end)});
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(end), rows.end());
    rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(begin));
  }
  if (page.fields.empty()) return;
  for (const auto& field : page.fields) must_be_field(rows, field, "fields");
  for (auto& row : rows) {
    auto kept = Json::object();
    for (const auto& field : page.fields) kept[field] = row[field];
    row = std::move(kept);
  }
}

}  // namespace ties
