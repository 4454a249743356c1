#include "crm/store/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

namespace ties {

/// Written by the build from store/schema/*.sql, in the order of their numbers.
const std::vector<EmbeddedFile>& schema_steps();

namespace {

constexpr int application_id = 0x54494553;  // "TIES": tells our files from other SQLite files
constexpr int busy_timeout_ms = 5'000;

int flags_of(Database::Access access) {
  return access == Database::Access::read_only ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
}

SQLite::Database open(const std::filesystem::path& file, Database::Access access) {
  if (access == Database::Access::read_write && file != ":memory:" && file.has_parent_path()) {
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    if (error) {
      throw StoreError(fmt::format("{}: the folder cannot be made ({}); name another file with --file",
                                   file.parent_path().string(), error.message()));
    }
  }
  return in_plain_words(file, [&] { return SQLite::Database(file.string(), flags_of(access), busy_timeout_ms); });
}

}  // namespace

void throw_store_error(const SQLite::Exception& error, const std::filesystem::path& file) {
  const auto name = file.string();
  switch (error.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw StoreError(fmt::format("{}: another program is writing to it; nothing was changed, try again", name));
    case SQLITE_READONLY:
    case SQLITE_PERM:
      throw StoreError(fmt::format("{}: it may not be written to; check its permissions and those of its folder", name));
    case SQLITE_FULL:
      throw StoreError(fmt::format("{}: the disk is full; nothing was changed, make room and try again", name));
    case SQLITE_IOERR:
      throw StoreError(fmt::format("{}: the disk gave an error; nothing was changed, check the disk and its space", name));
    case SQLITE_CORRUPT:
      throw StoreError(fmt::format("{}: the file is damaged; `ties check` tells more, a backup is the way back", name));
    case SQLITE_NOTADB:
      throw StoreError(fmt::format("{}: this is not a Ties file; name another with --file", name));
    case SQLITE_CANTOPEN:
      throw StoreError(fmt::format("{}: it cannot be opened; check that the folder exists and may be read", name));
    default:
      throw error;
  }
}

Database::Query::~Query() {
  if (statement_ != nullptr) {
    statement_->tryReset();
    statement_->clearBindings();
  }
}

Database::Database(const std::filesystem::path& file, Access access) : file_(file), connection_(open(file, access)) {
  in_plain_words(file_, [&] {
    connection_.exec("PRAGMA foreign_keys = ON");
    connection_.exec("PRAGMA recursive_triggers = ON");
    connection_.exec("PRAGMA cache_size = -65536");
    connection_.exec("PRAGMA mmap_size = 1073741824");
    const bool is_new = connection_.execAndGet("SELECT count(*) FROM sqlite_schema").getInt() == 0;
    if (!is_new && connection_.execAndGet("PRAGMA application_id").getInt() != application_id) {
      throw StoreError(fmt::format("{}: this is not a Ties file; name another with --file", file_.string()));
    }
    if (access == Access::read_write) {
      connection_.exec("PRAGMA journal_mode = WAL");
      connection_.exec("PRAGMA synchronous = NORMAL");
      migrate();
    }
  });
}

int Database::newest_schema() { return static_cast<int>(schema_steps().size()); }

void Database::migrate() {
  const auto version = [&] { return connection_.execAndGet("PRAGMA user_version").getInt(); };
  const int found = version();
  const int newest = newest_schema();
  if (found > newest) {
    throw StoreError(fmt::format("{}: it was written by a newer Ties (schema {}, this one knows {}); update Ties to use it",
                                 file_.string(), found, newest));
  }
  if (found == newest) return;
  if (found > 0) connection_.backup((file_.string() + fmt::format(".before-schema-{}", newest)).c_str(), SQLite::Database::Save);
  for (int step = found; step < newest; ++step) {
    SQLite::Transaction transaction(connection_, SQLite::TransactionBehavior::IMMEDIATE);
    if (version() != step) continue;  // another program was faster
    connection_.exec(std::string(schema_steps()[static_cast<std::size_t>(step)].text));
    connection_.exec(fmt::format("PRAGMA application_id = {}", application_id));
    connection_.exec(fmt::format("PRAGMA user_version = {}", step + 1));
    transaction.commit();
  }
}

Database::Query Database::query(const std::string& sql) {
  auto& statement = statements_[sql];
  if (!statement) statement = std::make_unique<SQLite::Statement>(connection_, sql);
  return Query(*statement);
}

}  // namespace ties
