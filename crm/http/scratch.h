#pragma once
#include <filesystem>

namespace ties::http {

/// A private folder among the system's temporary files, for what waits on the disk: nobody else may look into it, and
/// it goes, with all that is in it, when this does.
class Scratch {
 public:
  /// Throws Conflict when none can be made.
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  const std::filesystem::path& folder() const { return folder_; }
  /// How many bytes of files it still takes; none, when that is not known.
  std::int64_t room_bytes() const;
  /// Makes an empty file in it that only its owner may read. Throws Conflict.
  std::filesystem::path new_file(const std::string& name) const;

  /// Removes the folders of programs that were killed. One that lives holds a lock on its folder, which ends with it.
  static void remove_leftovers();

 private:
  std::filesystem::path folder_;
  int lock_{-1};
};

}  // namespace ties::http
