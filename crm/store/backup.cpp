#include "crm/store/backup.h"

#include <SQLiteCpp/Backup.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <fstream>
#include <thread>

#include "crm/store/store.h"

namespace ties {
namespace {

namespace fs = std::filesystem;

constexpr int patience_ms = 5'000;

/// What is counted, in tables that every schema has.
constexpr std::pair<const char*, const char*> counted[] = {
    {"contacts", "contact WHERE me = 0 AND deleted_on IS NULL"},
    {"companies", "company"},
    {"interactions", "interaction"},
    {"applications", "application"},
    {"referrals", "referral"},
    {"contributions", "contribution"},
    {"events", "event"},
    {"tasks", "task"},
};

FileFacts facts_of(SQLite::Database& file) {
  FileFacts facts;
  facts.schema = file.execAndGet("PRAGMA main.user_version").getInt();
  for (const auto& [what, rows] : counted) {
    facts.counts.emplace_back(what, file.execAndGet(fmt::format("SELECT count(*) FROM main.{}", rows)).getInt64());
  }
  SQLite::Statement newest(file, "SELECT id, at FROM main.change ORDER BY id DESC LIMIT 1");
  if (newest.executeStep())
    facts.change = newest.getColumn(0).getInt64(), facts.changed_at = newest.getColumn(1).getString();
  return facts;
}

SQLite::Database opened(const fs::path& file) {
  SQLite::Database opened(file.string(), SQLite::OPEN_READONLY, patience_ms);
  const auto number = [&](const char* name) { return opened.execAndGet(fmt::format("PRAGMA {}", name)).getInt(); };
  if (number("application_id") != Database::application_id) {
    throw StoreError(StoreError::Kind::other, "this is not a Ties file; name another", file);
  }
  if (number("user_version") > Database::newest_schema()) {
    throw StoreError(StoreError::Kind::newer, "it was written by a newer Ties; update Ties to use it", file);
  }
  return opened;
}

void remove_with_log(const fs::path& file) {
  std::error_code none;
  for (const auto* ending : {"", "-wal", "-shm", "-journal"}) fs::remove(file.string() + ending, none);
}

/// Empty, and for its owner alone before anything is in it.
void make_private(const fs::path& file) {
  remove_with_log(file);
  std::error_code error;
  if (!std::ofstream(file))
    throw StoreError(StoreError::Kind::other,
                     "it cannot be made; check that its folder may be written to, and the disk", file);
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, error);
}

/// A copy of a backup, of today's schema, which goes when this does.
class Prepared {
 public:
  Prepared(const fs::path& backup, const fs::path& folder) : file_(folder / ".preparing.db") {
    make_private(file_);
    try {
      in_plain_words(backup, [&] { opened(backup).backup(file_.c_str(), SQLite::Database::Save); });
      store_.emplace(file_);
    } catch (...) {
      remove();
      throw;
    }
  }
  ~Prepared() {
    store_.reset();
    remove();
  }
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;
  Store& store() { return *store_; }

 private:
  void remove() {
    std::error_code none;
    remove_with_log(file_);
    fs::remove(file_.string() + fmt::format(".before-schema-{}", Database::newest_schema()), none);
  }

  fs::path file_;
  std::optional<Store> store_{};
};

}  // namespace

std::int64_t FileFacts::count(const std::string& what) const {
  const auto found =
      std::find_if(counts.begin(), counts.end(), [&](const auto& counted_here) { return counted_here.first == what; });
  return found == counts.end() ? 0 : found->second;
}

FileFacts facts_of_file(const fs::path& file) {
  return in_plain_words(file, [&] {
    auto read = opened(file);
    return facts_of(read);
  });
}

FileFacts Store::facts() {
  return facts_of(database_.connection());
}

void Store::back_up(const fs::path& to) {
  if (fs::exists(to)) throw Conflict(fmt::format("{} is there already; name another file", to.string()));
  const fs::path part = to.string() + ".part";
  make_private(part);
  try {
    copy_to(part);
    in_plain_words(part, [&] {
      SQLite::Database made(part.string(), SQLite::OPEN_READWRITE, patience_ms);
      made.exec("PRAGMA journal_mode = DELETE");  // one file, without a log beside it
      if (made.execAndGet("PRAGMA quick_check(1)").getString() != "ok") {
        throw StoreError(StoreError::Kind::damaged,
                         "the copy is damaged, and so is the file perhaps; `ties check` tells more", part);
      }
    });
    fs::rename(part, to);
  } catch (const fs::filesystem_error&) {
    remove_with_log(part);
    throw StoreError(StoreError::Kind::other,
                     "it cannot be written; check that its folder may be written to, and the disk", to);
  } catch (...) {
    remove_with_log(part);
    throw;
  }
}

std::vector<std::string> faults_of_backup(const fs::path& backup, const fs::path& folder) {
  if (facts_of_file(backup).schema < Database::newest_schema()) return Prepared(backup, folder).store().check();
  return Store(backup, Database::Access::read_only).check();
}

void Store::restore(const fs::path& backup, const fs::path& folder) {
  Prepared prepared(backup, folder);
  if (const auto faults = prepared.store().check(); !faults.empty()) {
    throw Conflict(fmt::format("the backup is not good, and nothing was changed: {}", faults.front()));
  }
  auto& made = prepared.store().database_;
  in_plain_words(made.file(), [&] {
    auto attach = made.query("ATTACH DATABASE ? AS present");
    attach->bind(1, file().string());
    attach->exec();
  });
  in_plain_words(made.file(), [&] {
    // What was revoked stays revoked, and numbers stay used: also those that pages and other programs remember.
    SQLite::Transaction transaction(made.connection());
    made.execute(R"sql(
      DELETE FROM main.credential;
      INSERT INTO main.credential SELECT * FROM present.credential;
      UPDATE main.sqlite_sequence SET seq = max(seq, coalesce((
        SELECT p.seq FROM present.sqlite_sequence p WHERE p.name = main.sqlite_sequence.name), 0));
      INSERT INTO main.sqlite_sequence (name, seq)
        SELECT name, seq FROM present.sqlite_sequence WHERE name NOT IN (SELECT name FROM main.sqlite_sequence))sql");
    transaction.commit();
    made.execute("DETACH DATABASE present");
  });
  in_plain_words(file(), [&] {
    SQLite::Backup pages(database_.connection(), made.connection());
    constexpr int wait_ms = 20;
    for (int waited_ms = 0;; waited_ms += wait_ms) {
      const auto state = pages.executeStep(-1);
      if (state == SQLITE_DONE) return;
      if (waited_ms > patience_ms) {
        throw StoreError(StoreError::Kind::busy, "another program is writing to it; nothing was changed, try again",
                         file());
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));
    }
  });
}

std::int64_t Store::version_of_schema() {
  return database_.connection().execAndGet("PRAGMA main.schema_version").getInt64();
}

}  // namespace ties
