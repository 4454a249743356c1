#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace ties::importers {

/// The bundle's way into a local git repository, which alone knows libgit2.
struct RepositoryLog {
  std::string log{};      ///< as git_log.h says: what the configuration tells, then every commit that leads to HEAD
  std::string mailmap{};  ///< of the last commit; empty when it has none
  std::vector<std::string> left_out{};
};

/// Whether the folder itself is a repository, bare or with files.
bool is_repository(const std::filesystem::path& folder);

/// Reads a repository and runs nothing of it: no hooks, no filters, no configured programs. Throws BundleError when it
/// cannot be read, belongs to another account of this computer (git refuses such too), or has a log of more than
/// `bytes_max`.
RepositoryLog log_of_repository(const std::filesystem::path& folder, std::int64_t bytes_max);

}  // namespace ties::importers
