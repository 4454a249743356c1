#include "crm/store/store.h"

#include <sqlite3.h>

#include <fmt/format.h>

namespace ties {

std::vector<std::string> Store::check() {
  std::vector<std::string> faults;
  auto integrity = database_.query("PRAGMA integrity_check");
  while (integrity->executeStep()) {
    if (const auto said = integrity->getColumn(0).getString(); said != "ok") faults.push_back("SQLite: " + said);
  }
  for (const auto& [table, id, what] : row_faults()) faults.push_back(fmt::format("{} {} {}", table, id, what));
  try {
    database_.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 0)");
  } catch (const SQLite::Exception& error) {
    if (error.getErrorCode() != SQLITE_READONLY) faults.push_back("the search index is damaged; `ties check --repair` writes it anew");
  }
  const auto indexed = [&](int what) {
    auto rows = database_.query("SELECT count(*) FROM search WHERE rowid % 4 = ?");
    rows::bind_all(*rows, what);
    rows->executeStep();
    return rows->getColumn(0).getInt64();
  };
  auto expected = database_.query(R"sql(
    SELECT (SELECT count(*) FROM contact WHERE me = 0 AND deleted_on IS NULL), (SELECT count(*) FROM company),
           (SELECT count(*) FROM interaction WHERE text <> '' AND confidential = 0)
  )sql");
  expected->executeStep();
  for (int what = 0; what < 3; ++what) {
    if (indexed(what) != expected->getColumn(what).getInt64()) {
      faults.push_back(fmt::format("the search index holds {} of {} {}; `ties check --repair` writes it anew", indexed(what),
                                   expected->getColumn(what).getInt64(), std::array{"contacts", "companies", "interactions"}[static_cast<std::size_t>(what)]));
    }
  }
  if (const auto wrong = faults_of_contact_lines(); wrong > 0) {
    faults.push_back(fmt::format("{} lines of the list of contacts are not as the contacts; `ties check --repair` writes it anew", wrong));
  }
  auto changes = database_.query("SELECT change, changeset FROM change_part ORDER BY id");
  while (changes->executeStep()) {
    try {
      changeset::decode(changes->getColumn(1).getString());
    } catch (const std::exception&) {
      faults.push_back(fmt::format("change {} of the journal is damaged and cannot be undone", changes->getColumn(0).getInt64()));
    }
  }
  return faults;
}

std::string Store::dump() {
  std::string text;
  for (const auto& table : changeset::user_tables(database_)) {
    auto rows = database_.query("SELECT * FROM " + table + " ORDER BY 1");
    while (rows->executeStep()) {
      text += table;
      for (int i = 0; i < rows->getColumnCount(); ++i) text += "|" + rows->getColumn(i).getString();
      text += "\n";
    }
  }
  return text;
}

}  // namespace ties
