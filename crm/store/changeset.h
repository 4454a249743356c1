#pragma once
#include "crm/store/database.h"

#include <cstdint>
#include <optional>
#include <set>
#include <variant>

/// What a change did to the rows of the file, read out of the changeset that SQLite's session extension recorded.
namespace ties::changeset {

using Blob = std::string;
struct Null {
  auto operator<=>(const Null&) const = default;
};
using Value = std::variant<Null, std::int64_t, double, std::string>;
void bind(SQLite::Statement& statement, int at, const Value& value);

/// A row by its table and primary key.
struct Row {
  std::string table{};
  Value key{};

  auto operator<=>(const Row&) const = default;
};

/// One row inserted, updated or deleted. `before` and `after` go by the table's columns; a column that an update left
/// alone has no value in either. What is inserted has no `before`, what is deleted no `after`.
struct Operation {
  enum class Kind { insert, update, erase } kind{};
  Row row{};
  std::vector<std::optional<Value>> before{};
  std::vector<std::optional<Value>> after{};
};

/// Throws an exception of SQLite's or the standard library's where the blob is damaged.
std::vector<Operation> decode(const Blob& blob);

/// The same operations as a changeset of SQLite's, by replaying them in a scratch copy of the schema.
Blob encode(const std::vector<Operation>& operations, Database& schema);

/// Operations that take back what these did.
std::vector<Operation> inverse(std::vector<Operation> operations);

/// The user's tables: all but the journal, the search index and SQLite's own.
std::vector<std::string> user_tables(Database& database);

/// What the schema says about a table's columns and about who is part of whom.
struct Shape {
  struct Key {
    int column{};
    std::string parent{};
    bool owns{};  ///< ON DELETE CASCADE: the row is part of its parent
  };
  std::vector<std::string> columns{};
  int primary_key{};
  std::vector<Key> keys{};  ///< in the order of the columns
};
class Shapes {
 public:
  explicit Shapes(Database& database) : database_(database) {}
  const Shape& of(const std::string& table);
  /// The row that this one is part of, and so on up to a row that is part of none.
  Row root(const Operation& operation);
  Row root(Row row);
  /// The rows that an operation's new values point to.
  std::vector<Row> references(const Operation& operation);
  bool exists(const Row& row);

 private:
  Row owner_of(const std::string& table, const std::vector<std::optional<Value>>& values, const Row& row);

  Database& database_;
  std::unordered_map<std::string, Shape> shapes_;
};

/// Carries operations out, deletions first, but for what rows of the same operations move away from. A row that is not as an operation expects is left alone and returned.
std::vector<Row> apply(const std::vector<Operation>& operations, Database& database, Shapes& shapes);

/// Records what is done to the user's tables for as long as it lives.
class Recorder {
 public:
  explicit Recorder(Database& database);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;
  Blob changeset();
  std::int64_t memory_bytes() const;

 private:
  void* session_{};  ///< sqlite3_session*
};

}  // namespace ties::changeset
