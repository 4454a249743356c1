#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "crm/service/exports.h"
#include "crm/service/package.h"
#include "crm/text/text.h"
#include "importers/bundle.h"

namespace ties {
namespace {

namespace fs = std::filesystem;

using changeset::Value;
using Column = ColumnInfo::Kind;

constexpr std::string_view format_name = "ties-export";
constexpr int format_version = 1;
constexpr std::string_view manifest_name = "manifest.json";
constexpr std::string_view readme_name = "README.txt";
constexpr std::string_view attachments_folder = "attachments";

std::string file_of(const TableInfo& table) {
  return table.name + ".jsonl";
}

// Writing

Json json_of(const Value& value, const ColumnInfo& column) {
  if (const auto* number = std::get_if<std::int64_t>(&value))
    return column.kind == Column::yes_no ? Json(*number != 0) : Json(*number);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return nullptr;
}

std::string line_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string described(const ColumnInfo& column) {
  const auto kind = [&]() -> std::string {
    switch (column.kind) {
      case Column::text:
        return "text";
      case Column::lines:
        return "text, a line each";
      case Column::number:
      case Column::large_number:
        return "whole number";
      case Column::yes_no:
        return "true or false";
      case Column::day:
        return "day, 2026-03-01";
      case Column::moment:
        return "day, or day and time: 2026-03-01, 2026-03-01T14:03:22 (zone unknown), …Z (UTC), …[Europe/Oslo]";
      case Column::word:
        return fmt::format("one of {}", fmt::join(column.words, ", "));
      case Column::reference:
        return fmt::format("id in {}.jsonl", column.to);
    }
    return "";
  }();
  return kind + (column.required ? "" : "; null: not known, or none");
}

std::string readme(const std::vector<TableInfo>& tables) {
  std::string text =
      "An export of everything that a Ties file holds\n"
      "\n"
      "Ties is a networking CRM; its file holds people, what happened with them, and applications for work. Every "
      "file\n"
      "NAME.jsonl is one table: a JSON object a line (a record), in UTF-8, ended by a line feed, in the order of its "
      "first\n"
      "field. Texts are as they were typed, many in Markdown. `id` is the number of a record; other records point to "
      "it.\n"
      "\n"
      "manifest.json   format and version of this export, the version of the schema, whether private things are in it, "
      "and\n"
      "                the size and SHA-256 of every other file; `missing_attachments` lists the documents whose file "
      "was\n"
      "                not there\n"
      "attachments/    the documents that are files, named by their SHA-256; `location` of a document names one of "
      "them\n"
      "README.txt      this text\n"
      "\n"
      "Private things are the private notes of contacts, interactions that are marked confidential, and what points "
      "to\n"
      "these. They are in it only when manifest.json says \"private\": true.\n"
      "\n"
      "The journal of changes, by which Ties undoes, is not part of an export, nor is the list of imports. Settings "
      "are.\n"
      "\n"
      "`ties import` reads the folder, or a zip of it, into a file that holds nothing yet. The same contents always "
      "give\n"
      "the same bytes.\n";
  for (const auto& table : tables) {
    text += fmt::format("\n\n{}\n", file_of(table));
    if (!table.about.empty()) text += fmt::format("{}\n", table.about);
    text += "\n";
    std::size_t width = 0;
    for (const auto& column : table.columns) width = std::max(width, column.name.size());
    for (const auto& column : table.columns) {
      const bool is_number = &column == &table.columns[table.key] && column.kind != Column::text;
      text +=
          fmt::format("  {:<{}}  {}{}\n", column.name, width, is_number ? "number of the record" : described(column),
                      column.name == table.private_column ? "; private" : "");
    }
  }
  return text;
}

/// Writes the tables and remembers what goes into the manifest.
class Exporting {
 public:
  Exporting(Crm& crm, Package& package, bool with_private)
      : crm_(crm), package_(package), with_private_(with_private) {}

  void write() {
    const auto tables = crm_.store.tables();
    remember(package_.add(std::string(readme_name), [&](const Put& put) { put(readme(tables)); }));
    crm_.store.at_one_moment([&] {
      for (const auto& table : tables) write_table(table);
    });
    std::sort(files_.begin(), files_.end(), [](const Json& a, const Json& b) { return a["name"] < b["name"]; });
    Json manifest{{"format", format_name},    {"version", format_version}, {"schema", Database::newest_schema()},
                  {"private", with_private_}, {"files", files_},           {"missing_attachments", missing_ids_}};
    package_.add(std::string(manifest_name), [&](const Put& put) { put(manifest.dump(2) + "\n"); });
  }

  Json rows() const { return rows_; }
  const std::vector<std::string>& missing() const { return missing_; }
  std::int64_t left_out() const { return left_out_; }

 private:
  Json& remember(const Package::File& file) {
    files_.push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
    return files_.back();
  }

  void write_table(const TableInfo& table) {
    std::int64_t rows = 0;
    const auto written = package_.add(file_of(table), [&](const Put& put) {
      crm_.store.each_row(table, with_private_, [&](const std::vector<Value>& values) {
        Json record = Json::object();
        for (std::size_t i = 0; i < values.size(); ++i)
          record[table.columns[i].name] = json_of(values[i], table.columns[i]);
        if (table.name == Document::noun) attach(record);
        put(line_of(record));
        if (++rows % 1'000 == 0 && crm_.progress) crm_.progress(table.name, rows, 0);
      });
    });
    auto& file = remember(written);
    file["table"] = table.name, file["rows"] = rows;
    rows_[table.name] = rows;
    if (!with_private_) left_out_ += crm_.store.private_rows(table);
  }

  /// A document that is a file comes along, and is found in the export from then on.
  void attach(Json& document) {
    const auto location = document["location"].get<std::string>();
    if (!fs::path(location).is_absolute()) return;
    if (const auto copied = package_.add_copy(location, std::string(attachments_folder))) {
      document["location"] = copied->name;
      if (attached_.insert(copied->name).second) remember(*copied);
    } else {
      missing_ids_.push_back(document["id"]);
      missing_.push_back(location);
    }
  }

  Crm& crm_;
  Package& package_;
  bool with_private_;
  Json files_ = Json::array(), rows_ = Json::object(), missing_ids_ = Json::array();
  std::set<std::string> attached_{};
  std::vector<std::string> missing_{};
  std::int64_t left_out_{};
};

// Reading

/// Whether a control character stands in a text, as Ties keeps none: it could act on a terminal.
bool has_controls(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F) return true;
    if (byte == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
  }
  return false;
}

/// What is wrong with a record, without its place.
struct Fault {
  std::string what;
};

Value text_value(const std::string& text, const ColumnInfo& column) {
  const auto is_moment = [&] {
    const auto moment = moment_from_text(text);
    return moment && to_text(*moment) == text;
  };
  if (column.kind == Column::day && !date_from_text(text))
    throw Fault{fmt::format("{}: '{}' is no day", column.name, text::fit(text, 40))};
  if (column.kind == Column::moment && !is_moment())
    throw Fault{fmt::format("{}: '{}' is no day or time", column.name, text::fit(text, 40))};
  if (column.kind == Column::word && std::find(column.words.begin(), column.words.end(), text) == column.words.end()) {
    throw Fault{fmt::format("{}: '{}' is none of {}", column.name, text::fit(text, 40), fmt::join(column.words, ", "))};
  }
  return has_controls(text) ? text::clean(text, text.size()) : text;
}

Value value_of(const Json& json, const ColumnInfo& column) {
  constexpr std::int64_t number_max = 999'999'999;
  const auto expected = [&](std::string_view what) {
    return Fault{fmt::format("{}: {} was expected", column.name, what)};
  };
  if (json.is_null()) {
    if (column.required) throw Fault{fmt::format("{} is missing", column.name)};
    return changeset::Null{};
  }
  switch (column.kind) {
    case Column::yes_no:
      if (!json.is_boolean()) throw expected("true or false");
      return static_cast<std::int64_t>(json.get<bool>() ? 1 : 0);
    case Column::number:
    case Column::large_number:
    case Column::reference: {
      const bool fits =
          json.is_number_integer() &&
          (!json.is_number_unsigned() || json.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX));
      const auto number = fits ? json.get<std::int64_t>() : -1;
      if (number < (column.kind == Column::reference ? 1 : 0)) throw expected("a whole number");
      if (column.kind == Column::number && number > number_max) throw expected("a smaller number");
      return number;
    }
    default:
      if (!json.is_string()) throw expected("a text");
      return text_value(json.get<std::string>(), column);
  }
}

/// An export, opened: its manifest, and its files by name.
class Importing {
 public:
  Importing(Crm& crm, importers::Bundle bundle, Json manifest)
      : crm_(&crm), bundle_(std::move(bundle)), manifest_(std::move(manifest)) {
    for (const auto& file : bundle_.files) files_.emplace(file.name, file.bytes);
  }

  Answer run(const Writer& writer) {
    check_versions();
    tables_ = crm_->store.tables();
    check_files();
    crm_ = &writer();
    Doing doing(*crm_);
    refuse_unless_empty();
    crm_->store.empty_for_rows();
    Json report = Json::array();
    std::int64_t rows = 0;
    for (const auto& table : tables_) {
      const auto found = files_.find(file_of(table));
      if (found == files_.end()) continue;  // an older schema had no such table
      const auto added = add_rows(table, found->second);
      rows += added;
      if (added > 0)
        report.push_back({{"file", file_of(table)},
                          {"recognised", "Ties export"},
                          {"rows", added},
                          {"created", added},
                          {"changed", 0},
                          {"unchanged", 0},
                          {"skipped", 0},
                          {"why", ""}});
    }
    if (const auto faults = crm_->store.row_faults(); !faults.empty()) refuse(faults.front());
    Answer answer;
    if (crm_->dry_run) {
      answer.said = fmt::format("would import {}: {} new; nothing was kept", bundle_.name, rows);
    } else {
      const auto folder = keep_attachments();
      crm_->store.keep({0, doing.change().number(), crm_->clock.instant(), "ties", bundle_.name, bundle_.sha256,
                        std::nullopt, report.dump(), "[]", false});
      answer = doing.done(fmt::format("imported {}: {} new", bundle_.name, rows));
      if (!attachments_.empty())
        answer.remarks.push_back(
            fmt::format("{} attachments are in {}", attachments_.size(),
                        crm_->door == "http" ? "the folder attachments beside the file" : folder.string()));
    }
    if (!manifest_.value("private", true))
      answer.remarks.emplace_back("private notes and confidential interactions are not part of this export");
    answer.data = std::move(report);
    return answer;
  }

 private:
  [[noreturn]] void refuse(const std::string& file, std::size_t line, const std::string& what) const {
    const auto place = line > 0 ? fmt::format("{}:{}", file, line) : file;
    throw Conflict(fmt::format("{}: {}: {}; nothing was changed", bundle_.name, text::clean_line(place, 200),
                               text::clean_line(what, 500)));
  }

  void refuse(const RowFault& fault) const {
    const auto file = fault.table + ".jsonl";
    std::size_t line = 0, number = 0;
    each_line(files_.at(file), [&](std::string_view text) {
      ++number;
      const auto json = Json::parse(text, nullptr, false);
      if (json.is_object() && json.contains("id") && json["id"] == fault.id) line = number;
    });
    refuse(file, line, fmt::format("{} {} {}", fault.table, fault.id, fault.what));
  }

  void refuse_unless_empty() const {
    if (const auto held = crm_->store.held(); !held.empty()) {
      const auto contacts =
          std::find_if(held.begin(), held.end(), [](const auto& table) { return table.first == Contact::noun; });
      const auto& [table, rows] = contacts != held.end() ? *contacts : held.front();
      throw Conflict(
          fmt::format("{}: an export of everything goes into a file that holds nothing yet; this one holds {} records "
                      "in {}; name a new one: ties import {} --file new.db",
                      bundle_.name, rows, table, bundle_.name));
    }
  }

  void check_versions() const {
    const auto number = [&](const char* name) {
      const auto found = manifest_.find(name);
      const bool is_number =
          found != manifest_.end() && found->is_number_unsigned() && found->get<std::uint64_t>() < 1'000'000;
      if (!is_number) refuse(std::string(manifest_name), 0, fmt::format("it names no {}", name));
      return found->get<int>();
    };
    const int version = number("version"), schema = number("schema");
    if (version > format_version || schema > Database::newest_schema()) {
      refuse(
          std::string(manifest_name), 0,
          fmt::format(
              "it was written by a newer Ties (format {}, schema {}; this one knows {} and {}); update Ties to read it",
              version, schema, format_version, Database::newest_schema()));
    }
  }

  /// Everything that the manifest names is there, and as it says.
  void check_files() {
    const auto listed = manifest_.find("files");
    if (listed == manifest_.end() || !listed->is_array()) refuse(std::string(manifest_name), 0, "it names no files");
    std::set<std::string> tables;
    std::int64_t looked_through = 0;
    for (const auto& file : *listed) {
      if (crm_->progress)
        crm_->progress("files looked through", ++looked_through, static_cast<std::int64_t>(listed->size()));
      const auto text = [&](const char* key) {
        return file.is_object() && file.contains(key) && file[key].is_string() ? file[key].get<std::string>()
                                                                               : std::string();
      };
      const auto name = text("name"), sha256 = text("sha256");
      const auto found = files_.find(name);
      if (found == files_.end()) refuse(name, 0, "the manifest names it, and it is not there; get the export again");
      if (sha256_of(found->second) != sha256)
        refuse(name, 0, "it is not as the manifest says: it was changed or damaged; get the export again");
      if (name == readme_name) continue;
      const auto table =
          std::find_if(tables_.begin(), tables_.end(), [&](const TableInfo& known) { return file_of(known) == name; });
      if (table != tables_.end()) {
        tables.insert(table->name);
      } else if (name == fmt::format("{}/{}{}", attachments_folder, sha256, plain_ending(name))) {
        attachments_.emplace(name, found->second);
      } else {
        refuse(name, 0, "there is no such table or attachment in an export of Ties");
      }
    }
    if (manifest_["schema"] != Database::newest_schema()) return;
    for (const auto& table : tables_) {
      if (!tables.contains(table.name))
        refuse(std::string(manifest_name), 0, fmt::format("it names no {}; get the export again", file_of(table)));
    }
  }

  template <class Visit>
  static void each_line(std::string_view text, Visit visit) {
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      visit(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  std::int64_t add_rows(const TableInfo& table, std::string_view text) {
    std::int64_t line = 0;
    each_line(text, [&](std::string_view record) {
      ++line;
      try {
        add_row(table, record);
      } catch (const Fault& fault) {
        refuse(file_of(table), static_cast<std::size_t>(line), fault.what);
      }
      if (line % 1'000 == 0 && crm_->progress) crm_->progress(table.name, line, 0);
    });
    return line;
  }

  void add_row(const TableInfo& table, std::string_view text) {
    constexpr int depth_max = 2;  // a record is flat
    const auto shallow = [](int depth, Json::parse_event_t, Json&) { return depth <= depth_max; };
    const auto json = Json::parse(text, shallow, false);
    if (!json.is_object()) throw Fault{"no record is on this line: a JSON object was expected"};
    std::vector<std::string> columns;
    std::vector<Value> values;
    for (const auto& [name, value] : json.items()) {
      const auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                       [&](const ColumnInfo& known) { return known.name == name; });
      if (column == table.columns.end())
        throw Fault{fmt::format("a {} has no field '{}'", table.name, text::fit(name, 40))};
      columns.push_back(name);
      values.push_back(value_of(value, *column));
    }
    for (const auto& column : table.columns) {
      const bool given = std::find(columns.begin(), columns.end(), column.name) != columns.end();
      if (!given && column.required && !column.has_default) throw Fault{fmt::format("{} is missing", column.name)};
    }
    if (table.name == "setting") check_setting(json["key"].get<std::string>(), json["value"].get<std::string>());
    if (table.name == Document::noun) locate(columns, values);
    if (const auto fault = crm_->store.add_row(table, columns, values); !fault.empty()) throw Fault{fault};
  }

  static void check_setting(const std::string& key, const std::string& value) {
    try {
      if (key == "time_zone") Clock(std::nullopt, value);  // throws for a zone that does not exist
      (void)Config::checked(key, value);
    } catch (const Wrong& error) {
      throw Fault{error.what()};
    }
  }

  fs::path folder_of_attachments() const { return fs::absolute(crm_->store.file()).parent_path() / attachments_folder; }

  void locate(const std::vector<std::string>& columns, std::vector<Value>& values) const {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      auto* location = std::get_if<std::string>(&values[i]);
      if (columns[i] != "location" || location == nullptr || !attachments_.contains(*location)) continue;
      *location = (folder_of_attachments() / fs::path(*location).filename()).string();
    }
  }

  /// Their names are made of their hashes, so that none leads anywhere.
  fs::path keep_attachments() const {
    const auto folder = folder_of_attachments();
    for (const auto& [name, bytes] : attachments_) {
      std::error_code error;
      fs::create_directories(folder, error);
      const auto file = folder / (sha256_of(bytes) + plain_ending(name));
      if (fs::exists(file, error) && fs::file_size(file, error) == bytes.size()) continue;
      write_file(file, [&, &content = bytes](const Put& put) { put(content); });
    }
    return folder;
  }

  Crm* crm_;  ///< to read, and then the one that is written to
  importers::Bundle bundle_;
  Json manifest_;
  std::map<std::string, std::string_view, std::less<>> files_{};
  std::map<std::string, std::string_view, std::less<>> attachments_{};
  std::vector<TableInfo> tables_{};
};

/// Whether a manifest is among the files, seen without unpacking anything: the list of a zip's files is at its end.
bool may_be_export(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return fs::is_regular_file(path / manifest_name, error);
  std::ifstream file(path, std::ios::binary);
  std::string start(2, '\0');
  if (!fs::is_regular_file(path, error) || !file.read(start.data(), 2) || start != "PK") return false;
  constexpr std::int64_t list_bytes_max = 4'000'000;
  const auto size = static_cast<std::int64_t>(fs::file_size(path, error));
  std::string end(static_cast<std::size_t>(std::clamp<std::int64_t>(size, 0, list_bytes_max)), '\0');
  file.seekg(size - static_cast<std::int64_t>(end.size()));
  file.read(end.data(), static_cast<std::streamsize>(end.size()));
  return end.find(manifest_name) != std::string::npos;
}

}  // namespace

Answer export_everything(Crm& crm, const std::string& path, bool with_private) {
  Package package(path);
  Exporting exporting(crm, package, with_private);
  exporting.write();
  package.done();
  const auto rows = exporting.rows();
  std::int64_t all = 0;
  for (const auto& [table, count] : rows.items()) all += count.get<std::int64_t>();
  Answer answer;
  answer.said =
      fmt::format("exported everything to {}: {} records, {} of them contacts", path, all, rows.value("contact", 0));
  answer.data = {{"what", "everything"}, {"format", "jsonl"}, {"private", with_private}, {"records", all}, {"tables", rows}};
  for (const auto& missing : exporting.missing())
    answer.remarks.push_back(fmt::format("a document is not there, and does not come along: {}", missing));
  if (exporting.left_out() > 0) {
    answer.remarks.push_back(
        fmt::format("{} private notes and confidential records stay here; --include-private takes them along",
                    exporting.left_out()));
  }
  answer.remarks.emplace_back("README.txt in it tells what everything means; `ties import` reads it into a new file");
  return answer;
}

std::optional<Answer> import_everything(Crm& crm, const Writer& writer, const NamedFile& source,
                                        importers::BundleLimits limits) {
  if (!may_be_export(source.path)) return std::nullopt;
  limits.opens_nested = false;  // a document may be a zip itself
  limits.progress = crm.progress;
  auto bundle = importers::open_bundle(source.path, nullptr, limits);
  bundle.name = text::clean_line(source.name.empty() ? bundle.name : source.name, 120);
  const auto found = std::find_if(bundle.files.begin(), bundle.files.end(),
                                  [](const auto& file) { return file.name == manifest_name; });
  if (found == bundle.files.end()) return std::nullopt;
  constexpr int depth_max = 8;
  const auto shallow = [](int depth, Json::parse_event_t, Json&) { return depth <= depth_max; };
  const std::string_view text = found->bytes;
  auto manifest = Json::parse(text, shallow, false);
  const bool ours = manifest.is_object() && manifest.contains("format") && manifest["format"] == format_name;
  if (!ours) return std::nullopt;
  return Importing(crm, std::move(bundle), std::move(manifest)).run(writer);
}

}  // namespace ties
