#pragma once
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Files that Ties writes for others. What is being written stands under a name of its own beside the place where it
/// belongs, and takes that place only when it is whole: a full disk leaves nothing half-written.
namespace ties {

using Put = std::function<void(std::string_view)>;

/// In hex.
std::string sha256_of(std::string_view bytes);
/// Throws Conflict when it is no file that can be read.
std::string sha256_of_file(const std::filesystem::path& file);

/// Writes a file whole, in place of what stood there. Throws Conflict, with what to do, when it cannot be written.
void write_file(const std::filesystem::path& path, const std::function<void(const Put&)>& write);

/// A folder, or a zip of the same files. The same files give the same zip, byte for byte, on every machine and day.
class Package {
 public:
  struct File {
    std::string name{};  ///< within the package, "/" between folders
    std::int64_t bytes{};
    std::string sha256{};
  };

  /// A zip where the name ends in ".zip", else a folder, which must be empty or not there. Throws Conflict.
  explicit Package(std::filesystem::path where);
  ~Package();  ///< leaves nothing behind unless it is done
  Package(const Package&) = delete;
  Package& operator=(const Package&) = delete;

  File add(const std::string& name, const std::function<void(const Put&)>& write);
  /// Copies a file under `folder`, named by its hash and its ending, once however often it is added; nothing when it is
  /// no file that can be read.
  std::optional<File> add_copy(const std::filesystem::path& file, const std::string& folder);
  void done();

 private:
  bool is_zip() const;
  void zip(const std::filesystem::path& to) const;

  std::filesystem::path where_;
  std::filesystem::path files_;  ///< the folder in which they are gathered
};

/// ".pdf" of "Ada's CV.PDF": letters and digits alone, or empty.
std::string plain_ending(const std::filesystem::path& file);

}  // namespace ties
