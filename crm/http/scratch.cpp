#include "crm/http/scratch.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "crm/domain/errors.h"

namespace ties::http {
namespace {

namespace fs = std::filesystem;

constexpr auto beginning = "ties-scratch-";
constexpr auto lock_name = "lock";

[[noreturn]] void not_made() {
  throw Conflict(
      fmt::format("no temporary file can be made ({}); make room for temporary files", std::strerror(errno)));
}

/// A folder of ours, and no link to elsewhere that somebody else put there.
bool is_own_folder(const fs::path& path) {
  struct stat info {};
  return lstat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == geteuid();
}

}  // namespace

Scratch::Scratch() {
  auto name = (fs::temp_directory_path() / (std::string(beginning) + "XXXXXX")).string();
  if (mkdtemp(name.data()) == nullptr) not_made();  // for its owner alone
  folder_ = name;
  // It has its name only once it is locked: whoever tidies up finds it locked, or not at all.
  const auto unnamed = folder_ / "locking";
  lock_ = open(unnamed.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (lock_ < 0 || flock(lock_, LOCK_EX | LOCK_NB) != 0 ||
      rename(unnamed.c_str(), (folder_ / lock_name).c_str()) != 0) {
    const auto error = errno;
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
    if (lock_ >= 0) close(lock_);
    errno = error;
    not_made();
  }
}

Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
  close(lock_);
}

std::int64_t Scratch::room_bytes() const {
  std::error_code error;
  const auto space = fs::space(folder_, error);
  return error ? 0 : static_cast<std::int64_t>(std::min<std::uintmax_t>(space.available, INT64_MAX));
}

fs::path Scratch::new_file(const std::string& name) const {
  auto path = folder_ / name;
  const int file = open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) not_made();
  close(file);
  return path;
}

void Scratch::remove_leftovers() {
  std::error_code error;
  for (auto entry = fs::directory_iterator(fs::temp_directory_path(error), error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const auto& path = entry->path();
    if (!path.filename().string().starts_with(beginning) || !is_own_folder(path)) continue;
    const int lock = open((path / lock_name).c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (lock < 0) continue;  // it is being made just now, or was left without anything in it
    if (flock(lock, LOCK_EX | LOCK_NB) == 0) {
      std::error_code ignored;
      fs::remove_all(path, ignored);
    }
    close(lock);
  }
}

}  // namespace ties::http
