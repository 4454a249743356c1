#pragma once
#include <filesystem>

#include "crm/domain/errors.h"
#include "importers/importer.h"

namespace ties::importers {

/// What a source may cost before it is refused. Every refusal names the limit.
struct BundleLimits {
  std::int64_t bytes_total_max{40'000'000'000};  ///< unpacked, all files together; large ones wait on the disk, not in memory
  std::int64_t file_bytes_max{20'000'000'000};
  int files_max{20'000};
  int ratio_max{200};  ///< unpacked to packed, of a file and of a whole zip, above 1 MB: a bomb expands a thousandfold
  int nesting_max{3};  ///< a zip in a zip in a zip
  bool opens_nested{true};  ///< else an archive within is a file like any other
  /// Told of the bytes taken so far, out of how many (0: not known). What it throws ends the opening.
  std::function<void(std::string_view what, std::int64_t done, std::int64_t total)> progress{};
};

/// A file, folder or zip could not be opened or was refused: the message says what, where and what to do.
struct BundleError : Conflict {
  using Conflict::Conflict;
};

struct Bundle {
  std::string name{};  ///< the last part of the path that was given
  std::vector<SourceFile> files{};
  std::vector<std::string> closed{};  ///< names of files that were left closed on purpose
  std::string top{};                  ///< the folders that held all files, "Export 2026/": no name has them any more
  std::vector<Issue> issues{};        ///< what was left out, with the reason: a name that climbs out, "__MACOSX"
  std::string sha256{};               ///< of the given file, or of a folder's names and bytes
};

/// Opens a file, a folder, a zip or a tar, the latter also packed by gzip (all also nested, also with one top folder),
/// by content and not by ending. A large file is mapped, not read, and what is large in an archive goes to a temporary
/// file without a name (see bytes.h). Names are kept as names: no file is ever made by them. A file for which
/// `never_open` is true is listed and not unpacked. What an archive within holds stands in a folder of its name. One
/// damaged entry of a zip is an issue; a damaged archive, a limit that is passed and a file that cannot be read are
/// errors, and so is a source in which nothing is left to read. A folder that is a git repository gives its log (see
/// git_log.h) as "git log" and its ".mailmap"; repositories within folders and archives stay closed.
Bundle open_bundle(const std::filesystem::path& path, bool (*never_open)(std::string_view name) = nullptr,
                   const BundleLimits& limits = {});

/// The same of bytes that are already here (standard input, an upload).
Bundle bundle_of(std::string name, Bytes bytes, bool (*never_open)(std::string_view name) = nullptr,
                 const BundleLimits& limits = {});

/// The same of several, as if they lay in one folder.
Bundle bundle_of(std::string name, std::vector<SourceFile> files, bool (*never_open)(std::string_view name) = nullptr,
                 const BundleLimits& limits = {});

}  // namespace ties::importers
