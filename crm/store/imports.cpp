#include "crm/store/store.h"

#include <fmt/format.h>

namespace ties {

std::map<std::pair<PointKind, std::string>, std::vector<Id<Contact>>> Store::known_points() {
  std::map<std::pair<PointKind, std::string>, std::vector<Id<Contact>>> known;
  auto rows = database_.query("SELECT kind, value, contact FROM contact_point JOIN contact ON contact.id = contact WHERE deleted_on IS NULL ORDER BY contact");
  while (rows->executeStep()) {
    PointKind kind{};
    rows::read(rows->getColumn(0), kind);
    known[{kind, rows->getColumn(1).getString()}].push_back({rows->getColumn(2).getInt64()});
  }
  return known;
}

std::vector<std::pair<std::string, Id<Contact>>> Store::known_names() {
  std::vector<std::pair<std::string, Id<Contact>>> known;
  auto rows = database_.query(R"sql(
    SELECT folded, id FROM contact WHERE deleted_on IS NULL AND me = 0
    UNION SELECT n.folded, contact.id FROM contact_name n JOIN contact ON contact.id = n.contact WHERE deleted_on IS NULL AND me = 0
    UNION SELECT f.folded, contact.id FROM contact_former f JOIN contact ON contact.id = f.contact WHERE deleted_on IS NULL AND me = 0
    ORDER BY 1, 2
  )sql");
  while (rows->executeStep()) known.emplace_back(rows->getColumn(0).getString(), Id<Contact>{rows->getColumn(1).getInt64()});
  return known;
}

std::unordered_map<std::string, Id<Company>> Store::known_companies() {
  std::unordered_map<std::string, Id<Company>> known;
  auto rows = database_.query("SELECT key, id FROM company UNION ALL SELECT key, company FROM company_alias WHERE kind = 'name'");
  while (rows->executeStep()) known.emplace(rows->getColumn(0).getString(), Id<Company>{rows->getColumn(1).getInt64()});
  return known;
}

std::unordered_map<std::string, std::int64_t> Store::known_source_keys(std::string_view table) {
  std::unordered_map<std::string, std::int64_t> known;
  auto rows = database_.query(fmt::format("SELECT source_key, id FROM {} WHERE source_key IS NOT NULL", table));
  while (rows->executeStep()) known.emplace(rows->getColumn(0).getString(), rows->getColumn(1).getInt64());
  return known;
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
