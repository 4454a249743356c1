#include "importers/table_mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "crm/domain/errors.h"
#include "crm/text/text.h"

namespace ties::importers {
namespace {

constexpr int records_searched = 20;
constexpr std::size_t columns_max = 1'000;
constexpr std::size_t columns_compared_max = 200;
constexpr std::size_t name_bytes_max = 200;

using How = TableColumn::How;
using Mapping = std::map<std::string, std::string>;

/// What the user said of columns: with this file, and with an earlier one of the same header.
struct Said {
  Mapping now{};
  Mapping before{};
};

std::vector<std::string_view> parts_of(std::string_view list) {
  std::vector<std::string_view> parts;
  while (!list.empty()) {
    const auto end = std::min(list.find('|'), list.size());
    parts.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return parts;
}

/// As columns are compared when somebody names one: whole, with its numbers.
std::string whole_key(std::string_view header) {
  auto key = text::fold(text::clean_line(header, name_bytes_max));
  return key.empty() ? text::clean_line(header, name_bytes_max) : key;
}

struct Meaning {
  TableField field{};
  std::string label{};
};

/// "email:work"
Meaning meaning_of(std::string_view written) {
  const auto colon = std::min(written.find(':'), written.size());
  const auto name = text::lower(text::clean_line(written.substr(0, colon), name_bytes_max));
  const auto field = from_word<TableField>(name);
  if (!field || *field == TableField::none) {
    std::vector<std::string> names;
    for (const auto word : words<TableField>()) names.emplace_back(word);
    throw Wrong(fmt::format("no field of a table is called '{}'{}", name, did_you_mean(name, names)));
  }
  return {*field, colon < written.size() ? text::clean_line(written.substr(colon + 1), 40) : ""};
}

bool has_field(TableOf of, TableField field) {
  using enum TableField;
  if (field == ignore || field == extra) return true;
  if (of == TableOf::contacts && (field == part || field == contact || field == birth_day || field == started ||
                                  field == other_jobs || field == more))
    return true;
  const auto& table = field_words();
  return std::any_of(table.begin(), table.end(),
                     [&](const FieldWords& entry) { return entry.of == of && entry.field == field; });
}

int tells_of(TableOf of, TableField field) {
  int most = 0;
  for (const auto& entry : field_words()) {
    if (entry.of == of && entry.field == field) most = std::max(most, entry.tells);
  }
  return most;
}

const TableFormat* format_of(const std::vector<TableColumn>& columns) {
  std::set<std::string, std::less<>> keys;
  for (const auto& column : columns) keys.insert(column.whole);
  const auto is_there = [&keys](std::string_view names) {
    const auto parts = parts_of(names);
    return std::any_of(parts.begin(), parts.end(), [&](auto name) { return keys.contains(whole_key(name)); });
  };
  for (const auto& format : table_formats()) {
    if (std::all_of(format.signature.begin(), format.signature.end(), is_there)) return &format;
  }
  return nullptr;
}

bool is_had(const std::vector<TableColumn>& columns, TableField field) {
  return std::any_of(columns.begin(), columns.end(), [&](const TableColumn& column) { return column.field == field; });
}

/// Words that mean one thing alone and another beside their like: "Nom" without "Prénom" is a whole name, and "Title"
/// beside "Job title" is "Dr".
void settle_by_neighbours(std::vector<TableColumn>& columns) {
  using enum TableField;
  const bool whole = is_had(columns, display);
  const bool has_given = is_had(columns, given), has_family = is_had(columns, family);
  constexpr std::array titles{"title"sv, "titre"sv, "titel"sv, "titolo"sv, "titulo"sv};
  const auto is_plain = [&](const TableColumn& column) {
    return std::find(titles.begin(), titles.end(), std::string_view(column.key.letters)) != titles.end();
  };
  const bool has_position = std::any_of(columns.begin(), columns.end(), [&](const TableColumn& column) {
    return column.field == title && !is_plain(column);
  });
  for (auto& column : columns) {
    if (column.how != How::same) continue;
    if (!whole && has_given != has_family && (column.field == given || column.field == family)) column.field = display;
    if (has_position && column.field == title && is_plain(column)) column.field = prefix;
  }
}

struct Header {
  const TableFormat* format{};
  TableOf of{};
  std::vector<TableColumn> columns{};
  int tells{};
  int fields{};
};

/// What the columns are in one kind of table: by the user's word, by the format, by the same word.
Header header_read_as(TableOf of, const std::vector<TableColumn>& plain, const TableFormat* format,
                      const Said& said) {
  Header header{format, of, plain, 0, 0};
  std::map<std::string, std::string, std::less<>> wanted, before, known;
  for (const auto& [column, field] : said.now) wanted[whole_key(column)] = field;
  for (const auto& [column, field] : said.before) before[whole_key(column)] = field;
  if (format != nullptr) {
    for (const auto& [column, field] : format->columns) known[whole_key(column)] = field;
  }
  const auto take = [](TableColumn& column, const std::string& written, How how) {
    auto [field, label] = meaning_of(written);
    column.field = field, column.label = std::move(label), column.how = how;
  };
  std::set<TableField> fields;
  for (auto& column : header.columns) {
    if (const auto user = wanted.find(column.whole); user != wanted.end()) {
      take(column, user->second, How::said);
      if (!has_field(of, column.field)) continue;
      header.tells += 100;
    } else if (const auto earlier = before.find(column.whole); earlier != before.end()) {
      take(column, earlier->second, How::remembered);
      if (!has_field(of, column.field)) continue;
      header.tells += 100;
    } else if (const auto own = known.find(column.whole); own != known.end()) {
      take(column, own->second, How::format);
    } else if (const auto* entry = field_called(of, column.key.letters)) {
      column.field = entry->field, column.label = entry->label, column.how = How::same;
    }
    if (column.field == TableField::none || column.field == TableField::ignore || column.field == TableField::extra)
      continue;
    if (fields.insert(column.field).second) header.tells += tells_of(of, column.field);
  }
  if (of == TableOf::contacts) settle_by_neighbours(header.columns);
  header.fields = static_cast<int>(fields.size());
  return header;
}

/// Whether a row of it could become a record at all.
bool can_be_read(const Header& header) {
  using enum TableField;
  const auto any = [&](std::initializer_list<TableField> fields) {
    return std::any_of(fields.begin(), fields.end(), [&](TableField field) { return is_had(header.columns, field); });
  };
  switch (header.of) {
    case TableOf::contacts:
      return any({display, given, family, nickname, email, phone, linkedin_profile, github, gitlab});
    case TableOf::applications:
      return any({title, company, display}) && any({stage, outcome, applied, applied_on, deadline, document, link,
                                                    opened_on, pay_advertised, recruiter, referrer, interview_on});
    case TableOf::contributions:
      return any({title, link}) && any({repository, reviewer, merged_by});
  }
  return false;
}

/// The columns that are no field yet, by words that are alike. A field that a column has already is not given away,
/// unless a person can have several of it.
void match_alike(Header& header) {
  using enum TableField;
  if (header.columns.size() > columns_compared_max) return;
  const std::set<TableField> many{email, phone, website, handle, tags, notes, contact, interview_on};
  std::map<TableField, int> wanted;
  std::vector<const FieldWords*> alike(header.columns.size());
  for (std::size_t i = 0; i < header.columns.size(); ++i) {
    const auto& column = header.columns[i];
    if (column.how != How::unknown || column.name.empty()) continue;
    const auto* entry = field_alike(header.of, column.name);
    if (entry == nullptr || entry->field == label ||
        (is_had(header.columns, entry->field) && !many.contains(entry->field)))
      continue;
    alike[i] = entry;
    ++wanted[entry->field];
  }
  for (std::size_t i = 0; i < header.columns.size(); ++i) {
    if (alike[i] == nullptr || (wanted[alike[i]->field] > 1 && !many.contains(alike[i]->field))) continue;
    auto& column = header.columns[i];
    column.field = alike[i]->field, column.label = alike[i]->label, column.how = How::alike;
    ++header.fields;
    header.tells += alike[i]->tells;
  }
}

std::vector<TableColumn> columns_of(const std::vector<std::string>& cells) {
  std::vector<TableColumn> columns;
  for (const auto& cell : cells) {
    TableColumn column;
    column.name = text::clean_line(cell, name_bytes_max);
    column.whole = whole_key(column.name);
    column.key = header_key(column.name);
    columns.push_back(std::move(column));
  }
  return columns;
}

/// Of the columns' names as written, whatever the rows below.
std::string hash_of(const std::vector<TableColumn>& columns) {
  std::string names;
  for (const auto& column : columns) names += column.name + '\n';
  return text::hash_of({names});
}

/// The best reading of a record as a header; nothing when it is none.
std::optional<Header> header_in(const std::vector<std::string>& cells, const Options& options) {
  constexpr int tells_enough = 4;
  if (cells.size() > columns_max) return std::nullopt;
  const auto plain = columns_of(cells);
  const auto* format = format_of(plain);
  const auto before = options.remembered.find(hash_of(plain));
  const Said said{options.mapping, before == options.remembered.end() ? Mapping{} : before->second};
  std::optional<Header> best;
  for (const auto of : {TableOf::contacts, TableOf::applications, TableOf::contributions}) {
    if (format != nullptr && format->of != of) continue;
    auto header = header_read_as(of, plain, format, said);
    if (header.fields >= 1 && (!best || header.tells > best->tells)) best = std::move(header);
  }
  if (!best) return std::nullopt;
  const bool enough = best->fields >= 2 && best->tells >= tells_enough;
  if (format == nullptr && !(enough && can_be_read(*best))) {
    match_alike(*best);
    if (best->fields < 2 || best->tells < tells_enough || !can_be_read(*best)) return std::nullopt;
  } else {
    match_alike(*best);
  }
  return best;
}

/// A table that is known without a header, by what its rows look like.
std::optional<Table> headerless_table(std::string_view text) {
  for (const auto& format : table_formats()) {
    if (format.is_row == nullptr) continue;
    TableRows rows(text, '\t');
    CsvReader::Record record;
    int met = 0, fitting = 0;
    for (int i = 0; i < records_searched && rows.next(record); ++i) {
      if (record.cells.front().starts_with('#')) continue;
      ++met;
      if (format.is_row(record.cells)) ++fitting;
    }
    if (met == 0 || fitting * 2 < met) continue;
    std::vector<std::string> names;
    for (const auto name : parts_of(format.header)) names.emplace_back(name);
    auto header = header_read_as(format.of, columns_of(names), &format, Said{{}, {}});
    return Table{TableRows(text, '\t'), 0, format.of, &format, std::move(header.columns), header.tells, ""};
  }
  return std::nullopt;
}

std::string shown(const TableColumn& column) {
  if (column.field == TableField::none || column.field == TableField::extra) return "kept as extra";
  if (column.field == TableField::ignore) return "left out";
  return std::string(word(column.field)) + (column.label.empty() ? "" : ":" + column.label);
}

std::string_view shown(How how, const Table& table, std::string& buffer) {
  switch (how) {
    case How::unknown:
      return "";
    case How::said:
      return "as you said";
    case How::remembered:
      return "as you said before";
    case How::format:
      buffer = "known of " + table.title();
      return buffer;
    case How::same:
      return "same word";
    case How::alike:
      return "similar word";
  }
  return "";
}

}  // namespace

std::string Table::title() const {
  return format != nullptr ? std::string(format->title) : fmt::format("a table of {}", word(of));
}

std::string Table::source() const {
  return format != nullptr ? std::string(format->source) : "table";
}

bool Table::is_sure() const {
  constexpr int tells_surely = 8;
  return format != nullptr || tells >= tells_surely;
}

std::optional<Table> find_table(std::string_view text, const Options& options) {
  for (const auto& [column, field] : options.mapping) meaning_of(field);  // a word that is none is told before any reading
  std::optional<Table> best;
  for (const char delimiter : {',', ';', '\t', '|'}) {
    TableRows rows(text, delimiter);
    CsvReader::Record record;
    for (int i = 0; i < records_searched && rows.next(record); ++i) {
      if (record.cells.size() < 2 && options.mapping.empty()) continue;
      auto header = header_in(record.cells, options);
      if (!header) continue;
      const int known = header->tells + (header->format != nullptr ? 1'000 : 0);
      const int best_known = !best ? -1 : best->tells + (best->format != nullptr ? 1'000 : 0);
      if (known <= best_known) continue;
      best.emplace(Table{rows, record.line, header->of, header->format, std::move(header->columns), header->tells, ""});
    }
  }
  if (!best) best = headerless_table(text);
  if (!best) return std::nullopt;
  best->header = hash_of(best->columns);
  for (const auto& column : best->columns) {
    if (column.how == How::said && !has_field(best->of, column.field)) {
      throw Wrong(fmt::format("the column '{}' cannot be '{}': these are {}; give one of {}", column.name,
                              word(column.field), word(best->of), fmt::join(fields_of(best->of), ", ")));
    }
  }
  return best;
}

TableExplanation explain(const SourceFile& file, const Options& options) {
  constexpr std::size_t values_shown = 3;
  constexpr int rows_searched = 1'000;
  TableExplanation explanation;
  explanation.file = file.name;
  const auto text = decode(file.bytes).text;
  auto table = find_table(text, options);
  if (!table) return explanation;
  explanation.recognised = table->title();
  explanation.of = word(table->of);
  explanation.header_line = table->header_line;
  for (const auto& column : table->columns) {
    std::string buffer;
    explanation.columns.push_back({column.name, shown(column), std::string(shown(column.how, *table, buffer)), {}});
  }
  CsvReader::Record record;
  for (int i = 0; i < rows_searched && table->rows.next(record); ++i) {
    for (std::size_t place = 0; place < std::min(record.cells.size(), explanation.columns.size()); ++place) {
      auto& values = explanation.columns[place].values;
      if (values.size() >= values_shown) continue;
      if (auto value = text::clean_line(record.cells[place], 200); !value.empty()) values.push_back(std::move(value));
    }
  }
  return explanation;
}

std::vector<std::string> fields_of(TableOf of) {
  std::vector<std::string> names;
  for (const auto name : words<TableField>()) {
    const auto field = *from_word<TableField>(name);
    if (field != TableField::none && has_field(of, field)) names.emplace_back(name);
  }
  return names;
}

}  // namespace ties::importers
