#define SQLITE_ENABLE_SESSION
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include "crm/store/changeset.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>

namespace ties::changeset {
namespace {

void check(int code, const char* what) {
  if (code != SQLITE_OK) throw SQLite::Exception(what, code);
}

Value value_of(sqlite3_value* value) {
  switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER: return static_cast<std::int64_t>(sqlite3_value_int64(value));
    case SQLITE_FLOAT: return sqlite3_value_double(value);
    case SQLITE_NULL: return Null{};
    default: {
      const auto* bytes = static_cast<const char*>(sqlite3_value_blob(value));
      return std::string(bytes == nullptr ? "" : bytes, static_cast<std::size_t>(sqlite3_value_bytes(value)));
    }
  }
}

using ValueOf = int (*)(sqlite3_changeset_iter*, int column, sqlite3_value**);

std::vector<std::optional<Value>> values_of(sqlite3_changeset_iter* iterator, int columns, ValueOf read) {
  std::vector<std::optional<Value>> values(static_cast<std::size_t>(columns));
  for (int i = 0; i < columns; ++i) {
    sqlite3_value* value = nullptr;
    if (read(iterator, i, &value) == SQLITE_OK && value != nullptr) values[static_cast<std::size_t>(i)] = value_of(value);
  }
  return values;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

std::string quoted(const std::string& name) { return '"' + name + '"'; }

/// The table itself, whatever a connection hides of it.
std::string whole_table(const std::string& name) { return "main." + quoted(name); }

/// The statements that carry out an operation on a table with these columns.
void insert(Database& database, const std::string& table, const Shape& shape,
            const std::vector<std::optional<Value>>& values) {
  std::vector<std::string> names, marks;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i]) continue;
    names.push_back(quoted(shape.columns[i]));
    marks.emplace_back("?");
  }
  auto statement = database.query(fmt::format("INSERT INTO {} ({}) VALUES ({})", whole_table(table), joined(names, ","), joined(marks, ",")));
  int at = 0;
  for (const auto& value : values) {
    if (value) bind(*statement, ++at, *value);
  }
  statement->exec();
}

bool erase(Database& database, const Row& row, const Shape& shape) {
  auto statement = database.query(fmt::format("DELETE FROM {} WHERE {} = ?", whole_table(row.table),
                                              quoted(shape.columns[static_cast<std::size_t>(shape.primary_key)])));
  bind(*statement, 1, row.key);
  return statement->exec() == 1;
}

/// Only where the changed columns hold what the operation expects.
bool update(Database& database, const Operation& operation, const Shape& shape) {
  std::vector<std::string> sets, conditions{quoted(shape.columns[static_cast<std::size_t>(shape.primary_key)]) + " = ?"};
  std::vector<const Value*> values, expected{&operation.row.key};
  for (std::size_t i = 0; i < operation.after.size(); ++i) {
    if (!operation.after[i] || static_cast<int>(i) == shape.primary_key) continue;
    sets.push_back(quoted(shape.columns[i]) + " = ?");
    values.push_back(&*operation.after[i]);
    conditions.push_back(quoted(shape.columns[i]) + " IS ?");
    expected.push_back(&*operation.before[i]);
  }
  if (sets.empty()) return true;
  auto statement = database.query(
      fmt::format("UPDATE {} SET {} WHERE {}", whole_table(operation.row.table), joined(sets, ","), joined(conditions, " AND ")));
  int at = 0;
  for (const auto* value : values) bind(*statement, ++at, *value);
  for (const auto* value : expected) bind(*statement, ++at, *value);
  return statement->exec() == 1;
}

Shape shape_of(Database& database, const std::string& table) {
  Shape shape;
  auto columns = database.query("SELECT name, pk FROM pragma_table_info(?, 'main') ORDER BY cid");
  columns->bind(1, table);
  while (columns->executeStep()) {
    if (columns->getColumn(1).getInt() == 1) shape.primary_key = static_cast<int>(shape.columns.size());
    shape.columns.push_back(columns->getColumn(0).getString());
  }
  auto keys = database.query(R"sql(SELECT "from", "table", on_delete FROM pragma_foreign_key_list(?, 'main'))sql");
  keys->bind(1, table);
  while (keys->executeStep()) {
    const auto column = std::find(shape.columns.begin(), shape.columns.end(), keys->getColumn(0).getString());
    shape.keys.push_back({static_cast<int>(column - shape.columns.begin()), keys->getColumn(1).getString(),
                          keys->getColumn(2).getString() == "CASCADE"});
  }
  std::sort(shape.keys.begin(), shape.keys.end(), [](const auto& a, const auto& b) { return a.column < b.column; });
  return shape;
}

}  // namespace

void bind(SQLite::Statement& statement, int at, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    statement.bind(at, *number);
  } else if (const auto* real = std::get_if<double>(&value)) {
    statement.bind(at, *real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    statement.bind(at, *text);
  } else {
    statement.bind(at);
  }
}

std::vector<Operation> decode(const Blob& blob) {
  std::vector<Operation> operations;
  if (blob.empty()) return operations;
  sqlite3_changeset_iter* iterator = nullptr;
  check(sqlite3changeset_start(&iterator, static_cast<int>(blob.size()), const_cast<char*>(blob.data())), "a change cannot be read");
  const std::unique_ptr<sqlite3_changeset_iter, int (*)(sqlite3_changeset_iter*)> ended(iterator, sqlite3changeset_finalize);
  int code = SQLITE_OK;
  while ((code = sqlite3changeset_next(iterator)) == SQLITE_ROW) {
    const char* table = nullptr;
    int columns = 0, kind = 0, indirect = 0;
    sqlite3changeset_op(iterator, &table, &columns, &kind, &indirect);
    unsigned char* primary_key = nullptr;
    sqlite3changeset_pk(iterator, &primary_key, nullptr);
    Operation operation;
    operation.kind = kind == SQLITE_INSERT   ? Operation::Kind::insert
                     : kind == SQLITE_UPDATE ? Operation::Kind::update
                                             : Operation::Kind::erase;
    operation.row.table = table;
    if (kind != SQLITE_INSERT) operation.before = values_of(iterator, columns, sqlite3changeset_old);
    if (kind != SQLITE_DELETE) operation.after = values_of(iterator, columns, sqlite3changeset_new);
    const auto& keyed = kind == SQLITE_INSERT ? operation.after : operation.before;
    const auto key = std::find_if(primary_key, primary_key + columns, [](unsigned char is_key) { return is_key != 0; });
    operation.row.key = keyed.at(static_cast<std::size_t>(key - primary_key)).value();
    operations.push_back(std::move(operation));
  }
  check(code == SQLITE_DONE ? SQLITE_OK : code, "a change cannot be read");
  return operations;
}

Blob encode(const std::vector<Operation>& operations, Database& schema) {
  Database scratch(":memory:");
  scratch.execute("PRAGMA foreign_keys = OFF");
  scratch.execute("PRAGMA ignore_check_constraints = ON");
  Shapes shapes(schema);
  std::set<std::string> tables;
  for (const auto& operation : operations) tables.insert(operation.row.table);
  for (const auto& table : tables) {  // the same columns without constraints: an update knows only the changed ones
    const auto& shape = shapes.of(table);
    std::vector<std::string> columns;
    for (std::size_t i = 0; i < shape.columns.size(); ++i) {
      columns.push_back(quoted(shape.columns[i]) + (static_cast<int>(i) == shape.primary_key ? (table == "setting" ? " TEXT PRIMARY KEY" : " INTEGER PRIMARY KEY") : ""));
    }
    scratch.execute(fmt::format("DROP TABLE {0}; CREATE TABLE {0} ({1})", quoted(table), joined(columns, ",")));
  }
  for (const auto& operation : operations) {
    if (operation.kind == Operation::Kind::insert) continue;
    auto before = operation.before;
    before[static_cast<std::size_t>(shapes.of(operation.row.table).primary_key)] = operation.row.key;
    insert(scratch, operation.row.table, shapes.of(operation.row.table), before);
  }
  Recorder recorder(scratch);
  for (const auto& operation : operations) {
    const auto& shape = shapes.of(operation.row.table);
    if (operation.kind == Operation::Kind::insert) insert(scratch, operation.row.table, shape, operation.after);
    if (operation.kind == Operation::Kind::update) update(scratch, operation, shape);
    if (operation.kind == Operation::Kind::erase) erase(scratch, operation.row, shape);
  }
  return recorder.changeset();
}

std::vector<Operation> inverse(std::vector<Operation> operations) {
  for (auto& operation : operations) {
    std::swap(operation.before, operation.after);
    if (operation.kind == Operation::Kind::insert) {
      operation.kind = Operation::Kind::erase;
    } else if (operation.kind == Operation::Kind::erase) {
      operation.kind = Operation::Kind::insert;
    }
  }
  return operations;
}

std::vector<std::string> user_tables(Database& database) {
  std::vector<std::string> tables;
  auto rows = database.query(R"sql(
    SELECT name FROM sqlite_schema
    WHERE type = 'table' AND name NOT IN ('change', 'change_part', 'import_run', 'credential', 'answered', 'contact_line') AND name NOT GLOB 'search*' AND name NOT GLOB 'sqlite_*'
    ORDER BY name
  )sql");
  while (rows->executeStep()) tables.push_back(rows->getColumn(0).getString());
  return tables;
}

const Shape& Shapes::of(const std::string& table) {
  const auto found = shapes_.find(table);
  return found != shapes_.end() ? found->second : shapes_.emplace(table, shape_of(database_, table)).first->second;
}

Row Shapes::owner_of(const std::string& table, const std::vector<std::optional<Value>>& values, const Row& row) {
  const auto& shape = of(table);
  for (const auto& key : shape.keys) {
    if (!key.owns) continue;
    std::optional<Value> parent = values.empty() ? std::nullopt : values[static_cast<std::size_t>(key.column)];
    if (!parent) {  // an update that left the column alone: the row itself knows
      auto statement = database_.query(fmt::format("SELECT {} FROM {} WHERE {} = ?", quoted(shape.columns[static_cast<std::size_t>(key.column)]),
                                                   whole_table(table), quoted(shape.columns[static_cast<std::size_t>(shape.primary_key)])));
      bind(*statement, 1, row.key);
      if (statement->executeStep() && !statement->getColumn(0).isNull()) parent = Value(statement->getColumn(0).getInt64());
    }
    if (parent && !std::holds_alternative<Null>(*parent)) return root(Row{key.parent, *parent});
  }
  return row;
}

Row Shapes::root(const Operation& operation) {
  return owner_of(operation.row.table, operation.kind == Operation::Kind::erase ? operation.before : operation.after, operation.row);
}

Row Shapes::root(Row row) {
  const bool part = std::any_of(of(row.table).keys.begin(), of(row.table).keys.end(), [](const auto& key) { return key.owns; });
  return part ? owner_of(row.table, {}, row) : row;
}

std::vector<Row> Shapes::references(const Operation& operation) {
  std::vector<Row> rows;
  if (operation.after.empty()) return rows;
  for (const auto& key : of(operation.row.table).keys) {
    const auto& value = operation.after[static_cast<std::size_t>(key.column)];
    if (value && !std::holds_alternative<Null>(*value)) rows.push_back({key.parent, *value});
  }
  return rows;
}

bool Shapes::exists(const Row& row) {
  const auto& shape = of(row.table);
  auto statement = database_.query(fmt::format("SELECT 1 FROM {} WHERE {} = ?", whole_table(row.table),
                                               quoted(shape.columns[static_cast<std::size_t>(shape.primary_key)])));
  bind(*statement, 1, row.key);
  return statement->executeStep();
}

std::vector<Row> apply(const std::vector<Operation>& operations, Database& database, Shapes& shapes) {
  // What rows move away from is deleted after they have moved: they would go with it.
  std::set<Row> moved_from;
  for (const auto& operation : operations) {
    if (operation.kind != Operation::Kind::update) continue;
    for (const auto& key : shapes.of(operation.row.table).keys) {
      const auto& before = operation.before[static_cast<std::size_t>(key.column)];
      if (before && !std::holds_alternative<Null>(*before)) moved_from.insert({key.parent, *before});
    }
  }
  enum class Turn { erase, update, erase_after_moving, insert };
  const auto turn_of = [&](const Operation& operation) {
    if (operation.kind == Operation::Kind::update) return Turn::update;
    if (operation.kind == Operation::Kind::insert) return Turn::insert;
    return moved_from.contains(operation.row) ? Turn::erase_after_moving : Turn::erase;
  };
  std::vector<Row> left;
  for (const auto turn : {Turn::erase, Turn::update, Turn::erase_after_moving, Turn::insert}) {
    for (const auto& operation : operations) {
      if (turn_of(operation) != turn) continue;
      const auto& shape = shapes.of(operation.row.table);
      bool done = true;
      if (operation.kind == Operation::Kind::erase) {
        erase(database, operation.row, shape);  // gone already with its whole: as good
      } else if (operation.kind == Operation::Kind::update) {
        done = update(database, operation, shape);
      } else if (shapes.exists(operation.row)) {
        done = false;
      } else {
        insert(database, operation.row.table, shape, operation.after);
      }
      if (!done) left.push_back(operation.row);
    }
  }
  return left;
}

Recorder::Recorder(Database& database) {
  sqlite3_session* session = nullptr;
  check(sqlite3session_create(database.handle(), "main", &session), "a change cannot be recorded");
  session_ = session;
  for (const auto& table : user_tables(database)) check(sqlite3session_attach(session, table.c_str()), "a change cannot be recorded");
}

Recorder::~Recorder() { sqlite3session_delete(static_cast<sqlite3_session*>(session_)); }

std::int64_t Recorder::memory_bytes() const { return sqlite3session_memory_used(static_cast<sqlite3_session*>(session_)); }

Blob Recorder::changeset() {
  int size = 0;
  void* bytes = nullptr;
  check(sqlite3session_changeset(static_cast<sqlite3_session*>(session_), &size, &bytes), "a change cannot be recorded");
  Blob blob(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
  sqlite3_free(bytes);
  return blob;
}

}  // namespace ties::changeset
