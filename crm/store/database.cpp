#include "crm/store/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

namespace ties {

/// Written by the build from store/schema/*.sql, in the order of their numbers.
const std::vector<EmbeddedFile>& schema_steps();

namespace {

constexpr int busy_timeout_ms = 5'000;

int flags_of(Database::Access access) {
  return access == Database::Access::read_only ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
}

SQLite::Database open(const std::filesystem::path& file, Database::Access access) {
  if (access == Database::Access::read_write && file != ":memory:" && file.has_parent_path()) {
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    if (error) {
      throw StoreError(StoreError::Kind::other, fmt::format("the folder cannot be made ({}); name another file with --file", error.message()),
                       file.parent_path());
    }
  }
  return in_plain_words(file, [&] { return SQLite::Database(file.string(), flags_of(access), busy_timeout_ms); });
}

}  // namespace

void throw_store_error(const SQLite::Exception& error, const std::filesystem::path& file) {
  using Kind = StoreError::Kind;
  const auto trouble = [&](Kind kind, const char* reason) { return StoreError(kind, reason, file); };
  switch (error.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: throw trouble(Kind::busy, "another program is writing to it; nothing was changed, try again");
    case SQLITE_READONLY:
    case SQLITE_PERM: throw trouble(Kind::read_only, "it may not be written to; check its permissions and those of its folder");
    case SQLITE_FULL: throw trouble(Kind::full, "the disk is full; nothing was changed, make room and try again");
    case SQLITE_IOERR: throw trouble(Kind::io, "the disk gave an error; nothing was changed, check the disk and its space");
    case SQLITE_CORRUPT: throw trouble(Kind::damaged, "the file is damaged; `ties check` tells more, a backup is the way back");
    case SQLITE_NOTADB: throw trouble(Kind::other, "this is not a Ties file; name another with --file");
    case SQLITE_CANTOPEN: throw trouble(Kind::other, "it cannot be opened; check that the folder exists and may be read");
    default: throw error;
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
      throw StoreError(StoreError::Kind::other, "this is not a Ties file; name another with --file", file_);
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
    throw StoreError(StoreError::Kind::newer,
                     fmt::format("it was written by a newer Ties (schema {}, this one knows {}); update Ties to use it", found, newest), file_);
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

void Database::copy_to(const std::filesystem::path& file) {
  in_plain_words(file_, [&] { connection_.backup(file.c_str(), SQLite::Database::Save); });
}

std::int64_t Database::version_of_data() { return connection_.execAndGet("PRAGMA data_version").getInt64(); }

Database::Query Database::query(const std::string& sql) {
  auto& statement = statements_[sql];
  if (!statement) statement = std::make_unique<SQLite::Statement>(connection_, sql);
  return Query(*statement);
}

}  // namespace ties
