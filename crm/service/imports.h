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

  FileCounts& counts_of(int file) {
    const auto place = static_cast<std::size_t>(file < 0 ? 0 : file);
    if (counts.size() <= place) counts.resize(place + 1);
    return counts[place];
  }
};

/// Brings a batch into the file, within an open change: finds each person by identity (profile, address; a name only for
/// sources without any), adds, updates what the user has not typed, and keeps a job change as history.
ImportResult apply(Crm& crm, importers::Batch batch);

/// Reads a notes file (or standard input) of an event and applies it.
Answer log_notes(Crm& crm, const std::string& event, const std::string& path, bool preview, std::optional<Date> day);

}  // namespace ties
