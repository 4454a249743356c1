#include "crm/store/store.h"

#include <fmt/format.h>

namespace ties {

namespace {

template <class R>
std::optional<Id<R>> first_id(SQLite::Statement& rows) {
  return rows.executeStep() ? std::optional(Id<R>{rows.getColumn(0).getInt64()}) : std::nullopt;
}

template <class R>
std::vector<Id<R>> ids(SQLite::Statement& rows) {
  std::vector<Id<R>> found;
  while (rows.executeStep()) found.push_back({rows.getColumn(0).getInt64()});
  return found;
}

}  // namespace

std::vector<Id<Contact>> Store::known_at(PointKind kind, const std::string& value) {
  auto rows = database_.query(R"sql(
    SELECT contact FROM contact_point JOIN contact ON contact.id = contact
    WHERE kind = ? AND value = ? AND deleted_on IS NULL ORDER BY contact
  )sql");
  rows::bind_all(*rows, kind, value);
  return ids<Contact>(*rows);
}

bool Store::has_point(Id<Contact> contact, PointKind kind, const std::string& value) {
  auto rows = database_.query("SELECT 1 FROM contact_point WHERE contact = ? AND kind = ? AND value = ?");
  rows::bind_all(*rows, contact, kind, value);
  return rows->executeStep();
}

std::vector<Id<Contact>> Store::first_contacts_called(const std::string& folded) {
  auto rows = database_.query(R"sql(
    SELECT id FROM contact WHERE id IN (
      SELECT id FROM contact WHERE folded = ?1
      UNION SELECT contact FROM contact_name WHERE folded = ?1
      UNION SELECT contact FROM contact_former WHERE folded = ?1)
    AND deleted_on IS NULL AND me = 0 ORDER BY id LIMIT 2
  )sql");
  rows::bind_all(*rows, folded);
  return ids<Contact>(*rows);
}

bool Store::is_merged_from(Id<Contact> contact, const std::string& source) {
  auto rows = database_.query("SELECT 1 FROM contact_former WHERE contact = ? AND source = ?");
  rows::bind_all(*rows, contact, source);
  return rows->executeStep();
}

std::optional<Id<Company>> Store::company_keyed(const std::string& key) {
  auto rows = database_.query("SELECT id FROM company WHERE key = ?1 UNION ALL SELECT company FROM company_alias WHERE kind = 'name' AND key = ?1 LIMIT 1");
  rows::bind_all(*rows, key);
  return first_id<Company>(*rows);
}

std::optional<Id<Company>> Store::company_at_domain(const std::string& domain) {
  for (std::string_view rest = domain; rest.find('.') != std::string_view::npos; rest.remove_prefix(rest.find('.') + 1)) {
    auto rows = database_.query("SELECT company FROM company_alias WHERE kind = 'domain' AND key = ?");
    rows::bind_all(*rows, rest);
    if (const auto found = first_id<Company>(*rows)) return found;
  }
  return std::nullopt;
}

bool Store::has_interaction_below(const std::string& beginning_of_key) {
  auto end = beginning_of_key;
  ++end.back();
  auto rows = database_.query("SELECT 1 FROM interaction WHERE source_key >= ? AND source_key < ? LIMIT 1");
  rows::bind_all(*rows, beginning_of_key, end);
  return rows->executeStep();
}

std::map<std::string, std::map<std::string, std::string>> Store::column_choices() {
  std::map<std::string, std::map<std::string, std::string>> choices;
  auto rows = database_.query(R"sql(SELECT header, "column", field FROM column_choice)sql");
  while (rows->executeStep()) choices[rows->getColumn(0).getString()][rows->getColumn(1).getString()] = rows->getColumn(2).getString();
  return choices;
}

void Store::remember_column(const std::string& header, const std::string& column, const std::string& field) {
  auto insert = database_.query(R"sql(
    INSERT INTO column_choice (header, "column", field) VALUES (?, ?, ?)
    ON CONFLICT (header, "column") DO UPDATE SET field = excluded.field WHERE field <> excluded.field
  )sql");
  rows::bind_all(*insert, header, column, field);
  insert->exec();
}

std::optional<Id<Stage>> Store::stage_chosen(Id<Pipeline> pipeline, const std::string& said) {
  auto rows = database_.query("SELECT stage FROM stage_choice WHERE pipeline = ? AND said = ?");
  rows::bind_all(*rows, pipeline, said);
  return first_id<Stage>(*rows);
}

void Store::remember_stage(Id<Pipeline> pipeline, const std::string& said, Id<Stage> stage) {
  auto insert = database_.query(R"sql(
    INSERT INTO stage_choice (pipeline, said, stage) VALUES (?, ?, ?)
    ON CONFLICT (pipeline, said) DO UPDATE SET stage = excluded.stage WHERE stage <> excluded.stage
  )sql");
  rows::bind_all(*insert, pipeline, said, stage);
  insert->exec();
}

void Store::keep(const ImportRun& run) {
  auto insert = database_.query("INSERT INTO import_run (change, at, source, name, sha256, snapshot_on, files, issues) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  rows::bind_all(*insert, run.change, run.at, run.source, run.name, run.sha256, run.snapshot_on, run.files, run.issues);
  insert->exec();
}

std::vector<ImportRun> Store::import_runs() {
  std::vector<ImportRun> runs;
  auto rows = database_.query("SELECT id, change, at, source, name, sha256, snapshot_on, files, issues FROM import_run ORDER BY id DESC");
  while (rows->executeStep()) {
    ImportRun run;
    int at = 0;
    rows::read(rows->getColumn(at++), run.id);
    rows::read(rows->getColumn(at++), run.change);
    rows::read(rows->getColumn(at++), run.at);
    rows::read(rows->getColumn(at++), run.source);
    rows::read(rows->getColumn(at++), run.name);
    rows::read(rows->getColumn(at++), run.sha256);
    rows::read(rows->getColumn(at++), run.snapshot_on);
    rows::read(rows->getColumn(at++), run.files);
    rows::read(rows->getColumn(at++), run.issues);
    runs.push_back(std::move(run));
  }
  std::set<std::int64_t> undone;
  for (const auto& change : journal_.changes()) {
    if (change.undone) undone.insert(change.id.value);
  }
  for (auto& run : runs) run.undone = run.change && undone.contains(run.change->value);
  return runs;
}

}  // namespace ties
