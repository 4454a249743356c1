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

std::string replaced(std::string text, const std::string& from, std::string_view to) {
  for (std::size_t at = 0; !from.empty() && (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace

std::vector<Change> Journal::changes(int limit) {
  std::vector<Change> changes;
  auto rows = database_.query("SELECT id, at, said, door, undoes, length(changeset) FROM change ORDER BY id DESC");
  while (rows->executeStep()) {
    Change change;
    change.id = {rows->getColumn(0).getInt64()};
    change.at = rows->getColumn(1).getString();
    change.said = rows->getColumn(2).getString();
    change.door = rows->getColumn(3).getString();
    if (!rows->getColumn(4).isNull()) change.undoes = Id<Change>{rows->getColumn(4).getInt64()};
    change.bytes = rows->getColumn(5).getInt64();
    changes.push_back(std::move(change));
  }
  const auto undone = undone_changes(changes);
  for (auto& change : changes) change.undone = undone.contains(change.id.value);
  if (changes.size() > static_cast<std::size_t>(limit)) changes.resize(static_cast<std::size_t>(limit));
  return changes;
}

std::optional<Change> Journal::find(Id<Change> id) {
  for (auto& change : changes()) {
    if (change.id == id) return change;
  }
  return std::nullopt;
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

std::vector<Change> Journal::changes_of(const Row& record) {
  changeset::Shapes shapes(database_);
  std::vector<Change> found;
  for (auto& change : changes()) {
    const auto operations = changeset::decode(blob(change.id));
    const bool touches = std::any_of(operations.begin(), operations.end(), [&](const Operation& operation) {
      if (operation.row == record || shapes.root(operation) == record) return true;
      const auto references = shapes.references(operation);
      return std::find(references.begin(), references.end(), record) != references.end();
    });
    if (touches) found.push_back(std::move(change));
  }
  return found;
}

changeset::Blob Journal::blob(Id<Change> id) {
  auto row = database_.query("SELECT changeset FROM change WHERE id = ?");
  row->bind(1, id.value);
  if (!row->executeStep()) throw NotFound(fmt::format("there is no change {}; `ties history` lists them", id.value));
  return row->getColumn(0).getString();
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

std::vector<Kept> Journal::take_back(Id<Change> id) {
  const auto operations = changeset::decode(blob(id));
  const auto all = changes();
  const auto undone = undone_changes(all);
  if (undone.contains(id.value)) throw Conflict(fmt::format("change {} is undone already", id.value));

  changeset::Shapes shapes(database_);
  std::map<Row, Row> root_of;  // of every row of this change
  std::set<Row> inserted;
  std::set<Row> erased;
  for (const auto& operation : operations) {
    if (operation.kind == Operation::Kind::erase) erased.insert(operation.row);
  }
  // A row that moved away from a record which was deleted (merged into another) comes back with that record.
  const auto root_before = [&](const Operation& operation) {
    for (const auto& key : shapes.of(operation.row.table).keys) {
      if (!key.owns) continue;
      const auto& before = operation.kind == Operation::Kind::update ? operation.before[static_cast<std::size_t>(key.column)] : std::nullopt;
      if (before && erased.contains({key.parent, *before})) return Row{key.parent, *before};
      break;
    }
    return shapes.root(operation);
  };
  for (const auto& operation : operations) {
    root_of.emplace(operation.row, root_before(operation));
    if (operation.kind == Operation::Kind::insert) inserted.insert(operation.row);
  }

  // What later changes touched, or point to, stays; a later change and the undo of it cancel out.
  std::set<Row> kept;
  const auto keep_if_ours = [&](const Row& row) {
    if (const auto ours = root_of.find(row); ours != root_of.end() && inserted.contains(row)) kept.insert(ours->second);
  };
  std::set<Row> ours;
  for (const auto& [row, root] : root_of) ours.insert(root);
  for (const auto& later : all) {
    if (later.id <= id) break;
    if (undone.contains(later.id.value) || (later.undoes && *later.undoes > id)) continue;
    if (later.undoes && later.undoes->value == id.value) continue;
    for (const auto& operation : changeset::decode(blob(later.id))) {
      if (const auto root = shapes.root(operation); ours.contains(root)) kept.insert(root);
      if (const auto same = root_of.find(operation.row); same != root_of.end()) kept.insert(same->second);
      if (operation.kind == Operation::Kind::erase || !shapes.exists(operation.row)) continue;
      for (const auto& reference : shapes.references(operation)) keep_if_ours(reference);
    }
  }
  for (std::size_t before = kept.size() + 1; before != kept.size();) {  // what is kept keeps what it points to
    before = kept.size();
    for (const auto& operation : operations) {
      if (operation.kind == Operation::Kind::erase || !kept.contains(root_of.at(operation.row))) continue;
      for (const auto& reference : shapes.references(operation)) keep_if_ours(reference);
    }
  }

  std::vector<Operation> back;
  for (const auto& operation : operations) {
    if (!kept.contains(root_of.at(operation.row))) back.push_back(operation);
  }
  database_.execute("PRAGMA defer_foreign_keys = ON");
  for (const auto& row : changeset::apply(changeset::inverse(std::move(back)), database_, shapes)) kept.insert(root_of.at(row));

  std::vector<Kept> list;
  for (const auto& row : kept) {
    list.push_back({row.table, std::holds_alternative<std::int64_t>(row.key) ? std::get<std::int64_t>(row.key) : 0, name_of(row)});
  }
  if (!operations.empty() && kept.size() == ours.size()) {
    throw Conflict(fmt::format("change {} cannot be undone: everything it touched was changed again later ({} {})", id.value,
                               list.front().noun, list.front().name));
  }
  return list;
}

void Journal::forget(const std::set<Row>& rows, const std::string& name) {
  constexpr auto in_place = "(an erased contact)";
  for (const auto& change : changes()) {
    auto operations = changeset::decode(blob(change.id));
    const auto gone = std::remove_if(operations.begin(), operations.end(), [&](const Operation& operation) { return rows.contains(operation.row); });
    const auto said = replaced(change.said, name, in_place);
    if (gone == operations.end() && said == change.said) continue;
    operations.erase(gone, operations.end());
    const auto kept = changeset::encode(operations, database_);
    auto update = database_.query("UPDATE change SET said = ?, changeset = ? WHERE id = ?");
    update->bind(1, said);
    update->bind(2, kept.data(), static_cast<int>(kept.size()));
    update->bind(3, change.id.value);
    update->exec();
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

std::optional<Id<Change>> OpenChange::commit(const std::string& said, std::optional<Id<Change>> undoes) {
  const auto blob = recorder_->changeset();
  recorder_.reset();
  std::optional<Id<Change>> id;
  if (!blob.empty()) {
    index_touched(database_, changeset::decode(blob));
    auto entry = database_.query("INSERT INTO change (at, said, door, undoes, changeset) VALUES (?, ?, ?, ?, ?)");
    entry->bind(1, at_);
    entry->bind(2, said);
    entry->bind(3, door_);
    if (undoes) {
      entry->bind(4, undoes->value);
    } else {
      entry->bind(4);
    }
    entry->bind(5, blob.data(), static_cast<int>(blob.size()));
    entry->exec();
    id = Id<Change>{database_.connection().getLastInsertRowid()};
  }
  transaction_.commit();
  return id;
}

void OpenChange::commit_silently() {
  const auto blob = recorder_->changeset();
  recorder_.reset();
  index_touched(database_, changeset::decode(blob));
  transaction_.commit();
}

}  // namespace ties
