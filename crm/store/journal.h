#pragma once
#include "crm/domain/contact.h"
#include "crm/store/changeset.h"

#include <map>

namespace ties {

/// One thing that the user did, from any surface: one transaction, one entry in the journal, one undo.
struct Change {
  Id<Change> id{};
  std::string at{};    ///< an instant, "2026-03-01T08:00:00Z"
  std::string said{};  ///< "moved Staff Engineer at Acme to Offer"
  std::string door{};  ///< "cli", "http"
  std::optional<Id<Change>> undoes{};
  bool undone{};
  std::int64_t bytes{};  ///< of its changesets
};

/// A record that an undo left as it is, since it was changed again later.
struct Kept {
  std::string noun{};
  std::int64_t id{};
  std::string name{};

  bool operator==(const Kept&) const = default;
};

class OpenChange;

/// The journal of changes. Undo applies what a change did in reverse, except to records that a later change touched:
/// these are kept whole, with their parts and with whatever they point to, and are listed. An undo is a change too, so
/// redo is the undo of an undo.
class Journal {
 public:
  explicit Journal(Database& database) : database_(database) {}

  /// Newest first.
  std::vector<Change> changes(int limit = 1'000'000);
  /// Those that came after, oldest first: as cheap as they are few.
  std::vector<Change> changes_after(Id<Change> id, int limit);
  Id<Change> newest();  ///< 0: there is none
  /// So many of them, after passing over some, or of those that came before a change.
  std::vector<Change> page(std::optional<int> limit, std::int64_t offset, std::optional<Id<Change>> before);
  std::int64_t count();
  std::optional<Change> find(Id<Change> id);
  /// The newest change that `ties undo` would take back: no undo itself, and not undone.
  std::optional<Change> newest_to_undo();
  /// The newest undo, when no other change came after it.
  std::optional<Change> newest_to_redo();
  /// The changes that touched a record or a part of it, newest first.
  std::vector<Change> changes_of(const changeset::Row& record);

  /// What a change touched: the records by their wholes, so many at most, and the tables of all its rows.
  struct Touched {
    std::vector<changeset::Row> records{};
    std::set<std::string> tables{};
    bool more{};  ///< these are not all; of a change of more than a megabyte nothing is listed
  };
  Touched touched(const Change& change, std::size_t records_max);

  /// In the order in which they were done. Of a large change: all of it, in memory.
  std::vector<changeset::Operation> operations(Id<Change> id);

  /// Takes a change back, within the open one. Throws Conflict when nothing of it could be taken back.
  std::vector<Kept> take_back(Id<Change> id, OpenChange& open);
  /// Removes every trace of these rows, and of this person's name, from the journal and the imports' reports.
  void forget(const std::set<changeset::Row>& rows, const std::string& name);

 private:
  friend class OpenChange;
  /// The numbers of its parts, in their order. Throws NotFound when there is no such change.
  std::vector<std::int64_t> parts(Id<Change> id);
  std::vector<changeset::Operation> operations_of_part(std::int64_t part);
  bool is_undone(Id<Change> id);
  std::set<changeset::Row> kept_by_later(Id<Change> id);
  std::string name_of(const changeset::Row& row);

  Database& database_;
};

/// The transaction of one change. Nothing is written unless `commit` is reached.
class OpenChange {
 public:
  /// Begins at once as the only writer, waiting for another for a few seconds. `at`: an instant.
  OpenChange(Journal& journal, std::string at, std::string door);
  ~OpenChange();
  OpenChange(const OpenChange&) = delete;
  OpenChange& operator=(const OpenChange&) = delete;

  /// For long work, between two records: once what was done has grown to many megabytes, keeps it as a part of the change,
  /// so that memory stays bounded.
  void keep_part_if_large();
  /// Its number, by which a report in the same transaction may point to it; none as long as no row changed.
  std::optional<Id<Change>> number();

  /// Brings the search index in step, writes the journal's entry and commits. Returns nothing when no row changed: then
  /// the journal has no entry.
  std::optional<Id<Change>> commit(const std::string& said, std::optional<Id<Change>> undoes = std::nullopt);
  /// Commits without an entry: what was erased must leave no trace.
  void commit_silently();

 private:
  void keep_part();

  Database& database_;
  std::optional<Id<Change>> id_{};  ///< once a part is kept
  std::string at_;
  std::string door_;
  SQLite::Transaction transaction_;
  std::optional<changeset::Recorder> recorder_;
};

/// Writes the search index anew for the records that these operations touched.
void index_touched(Database& database, const std::vector<changeset::Operation>& operations);

}  // namespace ties
