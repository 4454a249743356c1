#pragma once
#include "crm/service/verb.h"
#include "importers/bundle.h"

namespace ties {

struct FileCounts {
  int created{}, changed{}, unchanged{};
};

struct ImportResult {
  importers::Batch batch{};
  std::vector<FileCounts> counts{};  ///< parallel to batch.files
  std::vector<std::string> job_changes{};  ///< "Ines moved from Northwind to Fabrikam (a target)"
  std::vector<std::string> differences{};  ///< what the user typed and the source says otherwise
};

/// Brings a batch into the file, within an open change: finds each person by identity (profile, address; a name only for
/// sources without any), adds, updates what the user has not typed, and keeps a job change as history.
ImportResult apply(Crm& crm, importers::Batch batch);

/// Reads a notes file (or standard input) of an event and applies it.
Answer log_notes(Crm& crm, const std::string& event, const std::string& path, bool preview, std::optional<Date> day);

}  // namespace ties
