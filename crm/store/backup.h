#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace ties {

/// What a Ties file holds, of whatever schema up to ours.
struct FileFacts {
  int schema{};
  std::vector<std::pair<std::string, std::int64_t>>
      counts{};              ///< "contacts" → how many, in the order that people are told
  std::int64_t change{};     ///< the number of the newest change; 0: there is none
  std::string changed_at{};  ///< its instant; empty: there is none

  std::int64_t count(const std::string& what) const;
};

/// Without changing anything. Throws StoreError for what is no Ties file, is damaged, or comes from a newer Ties.
FileFacts facts_of_file(const std::filesystem::path& file);

}  // namespace ties
