#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace ties {

/// The file cannot be used as it is: locked, read-only, full, damaged, from a newer version, not a Ties file. The message
/// says what, where and what to do; `reason` is the same without where, for those who may not know the machine's paths.
struct StoreError : std::runtime_error {
  enum class Kind { busy, read_only, full, io, damaged, newer, other };

  StoreError(Kind kind_of_trouble, const std::string& what_and_what_to_do, const std::filesystem::path& file = {})
      : std::runtime_error(file.empty() ? what_and_what_to_do : file.string() + ": " + what_and_what_to_do),
        kind(kind_of_trouble),
        reason(what_and_what_to_do) {}

  Kind kind;
  std::string reason;
};

struct EmbeddedFile {
  std::string_view name;
  std::string_view text;
};

/// One connection to a Ties file, its schema brought up to date, its statements kept prepared.
class Database {
 public:
  enum class Access { read_write, read_only };
  static constexpr int application_id = 0x54494553;  ///< "TIES": tells our files from other SQLite files

  /// Opens the file, or makes it and its folder when `Access::read_write` and it is missing. ":memory:" lives as long as
  /// this. A file with an older schema is copied to "<file>.before-schema-<n>" and then migrated, a step a transaction.
  /// Throws StoreError.
  explicit Database(const std::filesystem::path& file, Access access = Access::read_write);

  /// A prepared statement, reset and ready to bind; it resets itself when it leaves scope. Not to be used twice at once
  /// for one text.
  class Query {
   public:
    explicit Query(SQLite::Statement& statement) : statement_(&statement) {}
    Query(Query&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
    Query& operator=(Query&&) = delete;
    ~Query();
    SQLite::Statement* operator->() const { return statement_; }
    SQLite::Statement& operator*() const { return *statement_; }

   private:
    SQLite::Statement* statement_;
  };
  Query query(const std::string& sql);
  void execute(const std::string& sql) { connection_.exec(sql); }
  SQLite::Database& connection() { return connection_; }
  sqlite3* handle() { return connection_.getHandle(); }
  const std::filesystem::path& file() const { return file_; }

  /// Writes all that is committed, as it is at one moment, into a new file. Others may write meanwhile.
  void copy_to(const std::filesystem::path& file);
  /// A number that is another one as soon as anybody else has committed anything.
  std::int64_t version_of_data();

  /// The schema that this program writes.
  static int newest_schema();

 private:
  void migrate();

  std::filesystem::path file_;
  SQLite::Database connection_;
  std::unordered_map<std::string, std::unique_ptr<SQLite::Statement>> statements_;
};

/// Runs a piece of work and turns SQLite's exceptions into StoreError's plain words.
template <class Work>
auto in_plain_words(const std::filesystem::path& file, Work&& work) -> decltype(work());

[[noreturn]] void throw_store_error(const SQLite::Exception& error, const std::filesystem::path& file);

template <class Work>
auto in_plain_words(const std::filesystem::path& file, Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    throw_store_error(error, file);
  }
}

}  // namespace ties
