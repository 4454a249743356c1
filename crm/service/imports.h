#pragma once
#include "crm/service/verb.h"
#include "importers/bundle.h"

namespace ties {

struct FileCounts {
  int created{}, changed{}, unchanged{};
  std::map<std::string, int> skipped_why{};  ///< left out only when it was brought in: reason → count
};

struct ImportResult {
  importers::Batch batch{};  ///< without its records
  std::vector<FileCounts> counts{};  ///< parallel to batch.files
  std::vector<std::string> job_changes{};  ///< "Ines moved from Northwind to Fabrikam (a target)"
  std::vector<std::string> differences{};  ///< what the user typed and the source says otherwise
  struct Stranger {
    int times{};
    std::string name{};
  };
  static constexpr std::size_t strangers_max = 10'000;
  std::map<std::string, Stranger> strangers{};  ///< who is no contact, by address else name; so many at most
  struct GuessedStage {
    std::string stage{};  ///< where the applications stand
    int applications{};
  };
  std::map<std::string, GuessedStage> guessed_stages{};  ///< by the source's word, which nothing is like

  /// A record that is new, was changed, or was left out, as a preview shows it.
  struct Row {
    std::string noun{};
    std::int64_t id{};
    std::string name{};  ///< what people call it
    std::string what{};  ///< what was changed of it, or why it was left out
    int file{};          ///< an index into `batch.files`, and a line; of what was left out
    int line{};
  };
  static constexpr std::size_t rows_max = 50;
  std::vector<Row> created{}, changed{}, skipped{};  ///< the first of each
  Id<Contact> newest_before{};                       ///< contacts of a higher number are new

  FileCounts& counts_of(int file) {
    const auto place = static_cast<std::size_t>(file < 0 ? 0 : file);
    if (counts.size() <= place) counts.resize(place + 1);
    return counts[place];
  }
};

/// Brings a batch into the file, within an open change: finds each person by identity (profile, address; a name only for
/// sources without any), adds, updates what the user has not typed, and keeps a job change as history.
ImportResult apply(Crm& crm, importers::Batch batch);

/// A file to be imported, and what its owner calls it: never a place on this machine.
struct NamedFile {
  std::filesystem::path path{};
  std::string name{};
};

/// Asked for once, when it is time to write: the file that is written to, for as long as the import goes on.
using Writer = std::function<Crm&()>;

/// Brings files in as one source and one change, with the arguments of the verb `import` (but its paths, preview and
/// explain). What `crm` is of need only be read: `writer` is asked when everything was read, or, of a source that is
/// handed over in parts, at the first of them. The progress of both is told, and ends the work when it throws; then, and
/// when `writer` gives a dry run, nothing is kept.
///
/// The answer's data: files (as of the verb), rows (the first new, changed and skipped: kind, noun, id, name, what, file,
/// line), job_changes, differences, stages (words that nothing is like), strangers, issues, each with its total; and of a
/// dry run possible_duplicates of those who are new.
Answer import_files(Crm& crm, const Writer& writer, const std::vector<NamedFile>& files, const Args& args,
                    const importers::BundleLimits& limits = {});
/// What the columns of tables among them are read as: a document.
Answer explain_files(Crm& crm, const std::vector<NamedFile>& files, const Args& args, const importers::BundleLimits& limits = {});
/// The arguments of the verb `import` besides its paths, checked. Throws Wrong.
Args import_options(Args::Raw raw, Date today);

/// Reads a notes file (or standard input) of an event and applies it.
Answer log_notes(Crm& crm, const std::string& event, const std::string& path, std::optional<Date> day);

}  // namespace ties
