#pragma once
#include "crm/service/imports.h"

/// Everything that the file holds, written for strangers and read back. The form is told in the README.txt that goes
/// with every export; it is made from the schema and the records.
namespace ties {

/// Writes all user's tables into a folder or a zip: a file of JSON lines for each, the documents that are files under
/// attachments/, README.txt, and manifest.json with the hash of every file. Equal contents give equal bytes. Private
/// notes, confidential interactions and what hangs on these leave only when they are asked for.
Answer export_everything(Crm& crm, const std::string& path, bool with_private);

/// Reads such an export into a file that holds nothing yet, as one change; nothing when the source is no export of
/// everything. Attachments go into the folder `attachments` beside the file, named by their hash. Throws Conflict, with
/// file and line, for whatever is not as an export of Ties would be: then nothing is kept. `writer` is asked when everything
/// was looked through. A source without a name is called as its path ends.
std::optional<Answer> import_everything(Crm& crm, const Writer& writer, const NamedFile& source,
                                        importers::BundleLimits limits = {});

}  // namespace ties
