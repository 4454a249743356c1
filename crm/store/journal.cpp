#include "crm/store/journal.h"

#include "crm/domain/errors.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties {
namespace {

using changeset::Operation;
using changeset::Row;

/// Undoes are newer than what they undo, so one walk from the newest settles who stands: an undo that was undone itself
/// counts for nothing.
std::set<std::int64_t> undone_changes(const std::vector<Change>& newest_first) {
  std::set<std::int64_t> undone;
  for (const auto& change : newest_first) {
    if (change.undoes && !undone.contains(change.id.value)) undone.insert(change.undoes->value);
  }
  return undone;
}

/// The whole that each row of a change is part of. A row that moved away from a record which was deleted (merged into
/// another) comes back with that record.
std::map<Row, Row> wholes_of(const std::vector<Operation>& operations, changeset::Shapes& shapes) {
  std::set<Row> erased;
  for (const auto& operation : operations) {
    if (operation.kind == Operation::Kind::erase) erased.insert(operation.row);
  }
  const auto whole_of = [&](const Operation& operation) {
    for (const auto& key : shapes.of(operation.row.table).keys) {
      if (!key.owns) continue;
      const auto& before = operation.kind == Operation::Kind::update ? operation.before[static_cast<std::size_t>(key.column)] : std::nullopt;
      if (before && erased.contains({key.parent, *before})) return Row{key.parent, *before};
      break;
    }
    return shapes.root(operation);
  };
  std::map<Row, Row> wholes;
  for (const auto& operation : operations) wholes.emplace(operation.row, whole_of(operation));
  return wholes;
}

const std::string columns_of_changes =
    "SELECT id, at, said, door, undoes, "
    "(SELECT coalesce(sum(length(changeset)), 0) FROM change_part WHERE change = change.id) FROM change";

/// All but whether they are undone.
std::vector<Change> read_changes(SQLite::Statement& rows) {
  std::vector<Change> changes;
  while (rows.executeStep()) {
    Change change;
    change.id = {rows.getColumn(0).getInt64()};
    change.at = rows.getColumn(1).getString();
    change.said = rows.getColumn(2).getString();
    change.door = rows.getColumn(3).getString();
    if (!rows.getColumn(4).isNull()) change.undoes = Id<Change>{rows.getColumn(4).getInt64()};
    change.bytes = rows.getColumn(5).getInt64();
    changes.push_back(std::move(change));
  }
  return changes;
}

std::string replaced(std::string text, const std::string& from, std::string_view to) {
  for (std::size_t at = 0; !from.empty() && (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace

std::vector<Change> Journal::changes(int limit) {
  auto rows = database_.query(columns_of_changes + " ORDER BY id DESC");
  auto changes = read_changes(*rows);
  const auto undone = undone_changes(changes);
  for (auto& change : changes) change.undone = undone.contains(change.id.value);
  if (changes.size() > static_cast<std::size_t>(limit)) changes.resize(static_cast<std::size_t>(limit));
  return changes;
}

std::vector<Change> Journal::changes_after(Id<Change> id, int limit) {
  auto rows = database_.query(columns_of_changes + " WHERE id > ? ORDER BY id LIMIT ?");
  rows->bind(1, id.value);
  rows->bind(2, limit);
  auto changes = read_changes(*rows);
  for (auto& change : changes) change.undone = is_undone(change.id);
  return changes;
}

Id<Change> Journal::newest() {
  auto row = database_.query("SELECT coalesce(max(id), 0) FROM change");
  row->executeStep();
  return {row->getColumn(0).getInt64()};
}

std::optional<Change> Journal::find(Id<Change> id) {
  auto rows = database_.query(columns_of_changes + " WHERE id = ?");
  rows->bind(1, id.value);
  auto changes = read_changes(*rows);
  if (changes.empty()) return std::nullopt;
  changes.front().undone = is_undone(id);
  return std::move(changes.front());
}

/// By an undo that stands. Of a chain of undoes and redoes the last decides, so they are taken from the end.
bool Journal::is_undone(Id<Change> id) {
  auto rows = database_.query(R"sql(
    WITH RECURSIVE chain (id, undoes) AS (
      SELECT id, undoes FROM change WHERE undoes = ?1
      UNION SELECT change.id, change.undoes FROM change JOIN chain ON change.undoes = chain.id)
    SELECT id, undoes FROM chain ORDER BY id DESC
  )sql");
  rows->bind(1, id.value);
  std::set<std::int64_t> undone;
  while (rows->executeStep()) {
    if (!undone.contains(rows->getColumn(0).getInt64())) undone.insert(rows->getColumn(1).getInt64());
  }
  return undone.contains(id.value);
}

Journal::Touched Journal::touched(const Change& change, std::size_t records_max) {
  constexpr std::int64_t bytes_max = 1'000'000;
  Touched touched;
  if (change.bytes > bytes_max) {
    touched.more = true;
    return touched;
  }
  changeset::Shapes shapes(database_);
  std::set<Row> known;
  for (const auto& operation : operations(change.id)) {
    touched.tables.insert(operation.row.table);
    auto whole = shapes.root(operation);
    if (known.contains(whole)) continue;
    if (known.size() == records_max) {
      touched.more = true;
      continue;
    }
    known.insert(whole);
    touched.records.push_back(std::move(whole));
  }
  return touched;
}

std::optional<Change> Journal::newest_to_undo() {
  for (auto& change : changes()) {
    if (!change.undoes && !change.undone) return change;
  }
  return std::nullopt;
}

std::optional<Change> Journal::newest_to_redo() {
  auto all = changes();
  std::set<std::int64_t> undoes;
  for (const auto& change : all) {
    if (change.undoes) undoes.insert(change.id.value);
  }
  for (auto& change : all) {
    if (!change.undoes) return std::nullopt;
    const bool is_redo = undoes.contains(change.undoes->value);
    if (!is_redo && !change.undone) return change;
  }
  return std::nullopt;
}

std::vector<Change> Journal::page(std::optional<int> limit, std::int64_t offset, std::optional<Id<Change>> before) {
  std::vector<Change> undoes;
  auto links = database_.query("SELECT id, undoes FROM change WHERE undoes IS NOT NULL ORDER BY id DESC");
  while (links->executeStep()) {
    auto& link = undoes.emplace_back();
    link.id = {links->getColumn(0).getInt64()}, link.undoes = Id<Change>{links->getColumn(1).getInt64()};
  }
  const auto undone = undone_changes(undoes);
  auto rows = database_.query(R"sql(
    SELECT id, at, said, door, undoes, (SELECT coalesce(sum(length(changeset)), 0) FROM change_part WHERE change = change.id)
    FROM change WHERE ?1 IS NULL OR id < ?1 ORDER BY id DESC LIMIT ?2 OFFSET ?3
  )sql");
  if (before) rows->bind(1, before->value);
  rows->bind(2, limit.value_or(-1));
  rows->bind(3, offset);
  std::vector<Change> changes;
  while (rows->executeStep()) {
    auto& change = changes.emplace_back();
    change.id = {rows->getColumn(0).getInt64()};
    change.at = rows->getColumn(1).getString();
    change.said = rows->getColumn(2).getString();
    change.door = rows->getColumn(3).getString();
    if (!rows->getColumn(4).isNull()) change.undoes = Id<Change>{rows->getColumn(4).getInt64()};
    change.bytes = rows->getColumn(5).getInt64();
    change.undone = undone.contains(change.id.value);
  }
  return changes;
}

std::int64_t Journal::count() {
  auto row = database_.query("SELECT count(*) FROM change");
  row->executeStep();
  return row->getColumn(0).getInt64();
}

std::vector<Change> Journal::changes_of(const Row& record) {
  changeset::Shapes shapes(database_);
  const auto touches = [&](const Operation& operation) {
    if (operation.row == record || shapes.root(operation) == record) return true;
    const auto references = shapes.references(operation);
    return std::find(references.begin(), references.end(), record) != references.end();
  };
  std::vector<Change> found;
  for (auto& change : changes()) {
    const auto numbers = parts(change.id);
    const bool any = std::any_of(numbers.begin(), numbers.end(), [&](std::int64_t part) {
      const auto operations = operations_of_part(part);
      return std::any_of(operations.begin(), operations.end(), touches);
    });
    if (any) found.push_back(std::move(change));
  }
  return found;
}

std::vector<std::int64_t> Journal::parts(Id<Change> id) {
  std::vector<std::int64_t> numbers;
  auto rows = database_.query("SELECT id FROM change_part WHERE change = ? ORDER BY id");
  rows->bind(1, id.value);
  while (rows->executeStep()) numbers.push_back(rows->getColumn(0).getInt64());
  if (numbers.empty()) throw NotFound(fmt::format("there is no change {}; `ties history` lists them", id.value));
  return numbers;
}

std::vector<Operation> Journal::operations_of_part(std::int64_t part) {
  auto row = database_.query("SELECT changeset FROM change_part WHERE id = ?");
  row->bind(1, part);
  return row->executeStep() ? changeset::decode(row->getColumn(0).getString()) : std::vector<Operation>{};
}

std::vector<Operation> Journal::operations(Id<Change> id) {
  std::vector<Operation> all;
  for (const auto part : parts(id)) {
    auto operations = operations_of_part(part);
    std::move(operations.begin(), operations.end(), std::back_inserter(all));
  }
  return all;
}

std::string Journal::name_of(const Row& row) {
  changeset::Shapes shapes(database_);
  const auto& columns = shapes.of(row.table).columns;
  for (const auto* name : {"display", "name", "title", "text", "role"}) {
    if (std::find(columns.begin(), columns.end(), name) == columns.end()) continue;
    auto statement = database_.query(fmt::format("SELECT {} FROM {} WHERE id = ?", name, row.table));
    changeset::bind(*statement, 1, row.key);
    if (statement->executeStep()) return statement->getColumn(0).getString();
  }
  return {};
}

/// The rows, by their wholes, that stay when a change is taken back: what later changes touched, or point to.
std::set<Row> Journal::kept_by_later(Id<Change> id) {
  const auto all = changes();
  const auto undone = undone_changes(all);
  std::vector<Id<Change>> later;
  for (const auto& change : all) {
    if (change.id <= id) break;
    // A later change and the undo of it cancel out.
    if (undone.contains(change.id.value) || (change.undoes && *change.undoes > id)) continue;
    if (change.undoes != id) later.push_back(change.id);
  }
  if (later.empty()) return {};

  changeset::Shapes shapes(database_);
  const auto operations = this->operations(id);
  const auto root_of = wholes_of(operations, shapes);
  std::set<Row> inserted, ours, kept;
  for (const auto& operation : operations) {
    ours.insert(root_of.at(operation.row));
    if (operation.kind == Operation::Kind::insert) inserted.insert(operation.row);
  }
  const auto keep_if_ours = [&](const Row& row) {
    if (const auto known = root_of.find(row); known != root_of.end() && inserted.contains(row)) kept.insert(known->second);
  };
  for (const auto change : later) {
    for (const auto part : parts(change)) {
      for (const auto& operation : operations_of_part(part)) {
        if (const auto root = shapes.root(operation); ours.contains(root)) kept.insert(root);
        if (const auto same = root_of.find(operation.row); same != root_of.end()) kept.insert(same->second);
        if (operation.kind == Operation::Kind::erase || !shapes.exists(operation.row)) continue;
        for (const auto& reference : shapes.references(operation)) keep_if_ours(reference);
      }
    }
  }
  for (std::size_t before = kept.size() + 1; before != kept.size();) {  // what is kept keeps what it points to
    before = kept.size();
    for (const auto& operation : operations) {
      if (operation.kind == Operation::Kind::erase || !kept.contains(root_of.at(operation.row))) continue;
      for (const auto& reference : shapes.references(operation)) keep_if_ours(reference);
    }
  }
  return kept;
}

std::vector<Kept> Journal::take_back(Id<Change> id, OpenChange& open) {
  if (undone_changes(changes()).contains(id.value)) throw Conflict(fmt::format("change {} is undone already", id.value));
  auto kept = kept_by_later(id);
  changeset::Shapes shapes(database_);
  database_.execute("PRAGMA defer_foreign_keys = ON");
  std::size_t taken = 0;
  auto numbers = parts(id);
  std::reverse(numbers.begin(), numbers.end());
  for (const auto part : numbers) {
    auto back = operations_of_part(part);
    const auto root_of = wholes_of(back, shapes);
    back.erase(std::remove_if(back.begin(), back.end(), [&](const Operation& operation) { return kept.contains(root_of.at(operation.row)); }), back.end());
    taken += back.size();
    for (const auto& row : changeset::apply(changeset::inverse(std::move(back)), database_, shapes)) {
      kept.insert(root_of.at(row));
      --taken;
    }
    open.keep_part_if_large();
  }

  std::vector<Kept> list;
  for (const auto& row : kept) {
    list.push_back({row.table, std::holds_alternative<std::int64_t>(row.key) ? std::get<std::int64_t>(row.key) : 0, name_of(row)});
  }
  if (taken == 0 && !list.empty()) {
    throw Conflict(fmt::format("change {} cannot be undone: everything it touched was changed again later ({} {})", id.value,
                               list.front().noun, list.front().name));
  }
  return list;
}

void Journal::forget(const std::set<Row>& rows, const std::string& name) {
  constexpr auto in_place = "(an erased contact)";
  for (const auto& change : changes()) {
    if (const auto said = replaced(change.said, name, in_place); said != change.said) {
      auto update = database_.query("UPDATE change SET said = ? WHERE id = ?");
      update->bind(1, said);
      update->bind(2, change.id.value);
      update->exec();
    }
    for (const auto part : parts(change.id)) {
      auto operations = operations_of_part(part);
      const auto gone = std::remove_if(operations.begin(), operations.end(), [&](const Operation& operation) { return rows.contains(operation.row); });
      if (gone == operations.end()) continue;
      operations.erase(gone, operations.end());
      const auto kept = changeset::encode(operations, database_);
      auto update = database_.query("UPDATE change_part SET changeset = ? WHERE id = ?");
      update->bind(1, kept.data(), static_cast<int>(kept.size()));
      update->bind(2, part);
      update->exec();
    }
  }
  auto runs = database_.query("UPDATE import_run SET issues = replace(issues, ?, ?) WHERE instr(issues, ?) > 0");
  runs->bind(1, name);
  runs->bind(2, in_place);
  runs->bind(3, name);
  runs->exec();
}

OpenChange::OpenChange(Journal& journal, std::string at, std::string door)
    : database_(journal.database_),
      at_(std::move(at)),
      door_(std::move(door)),
      transaction_(database_.connection(), SQLite::TransactionBehavior::IMMEDIATE) {
  recorder_.emplace(database_);
}

OpenChange::~OpenChange() { recorder_.reset(); }

void OpenChange::keep_part_if_large() {
  constexpr std::int64_t bytes_max = 8'000'000;
  if (recorder_->memory_bytes() < bytes_max) return;
  keep_part();
  recorder_.emplace(database_);
}

std::optional<Id<Change>> OpenChange::number() {
  keep_part();
  recorder_.emplace(database_);
  return id_;
}

void OpenChange::keep_part() {
  const auto blob = recorder_->changeset();
  recorder_.reset();
  if (blob.empty()) return;
  index_touched(database_, changeset::decode(blob));
  if (!id_) {
    auto entry = database_.query("INSERT INTO change (at, said, door) VALUES (?, '', ?)");
    entry->bind(1, at_);
    entry->bind(2, door_);
    entry->exec();
    id_ = Id<Change>{database_.connection().getLastInsertRowid()};
  }
  auto part = database_.query("INSERT INTO change_part (change, changeset) VALUES (?, ?)");
  part->bind(1, id_->value);
  part->bind(2, blob.data(), static_cast<int>(blob.size()));
  part->exec();
}

std::optional<Id<Change>> OpenChange::commit(const std::string& said, std::optional<Id<Change>> undoes) {
  keep_part();
  if (id_) {
    auto entry = database_.query("UPDATE change SET said = ?, undoes = ? WHERE id = ?");
    entry->bind(1, said);
    if (undoes) entry->bind(2, undoes->value);
    entry->bind(3, id_->value);
    entry->exec();
  }
  transaction_.commit();
  return id_;
}

void OpenChange::commit_silently() {
  const auto blob = recorder_->changeset();
  recorder_.reset();
  index_touched(database_, changeset::decode(blob));
  transaction_.commit();
}

}  // namespace ties
