#include "crm/cli/editor.h"

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "crm/service/verb.h"

namespace ties::cli {
namespace {

constexpr std::string_view subject_mark = "Subject:";

/// A folder for its owner alone; it is gone when this is.
class PrivateFolder {
 public:
  PrivateFolder() {
    auto name = (std::filesystem::temp_directory_path() / "ties-draft-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr)
      throw Conflict(
          fmt::format("no private folder can be made in {}", std::filesystem::temp_directory_path().string()));
    path_ = name;
  }
  ~PrivateFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_{};
};

/// For as long as it lives, an interruption is the editor's, and does not end this program before the file is gone.
class Uninterrupted {
 public:
  Uninterrupted() : interrupt_(std::signal(SIGINT, SIG_IGN)), quit_(std::signal(SIGQUIT, SIG_IGN)) {}
  ~Uninterrupted() { restore(); }
  Uninterrupted(const Uninterrupted&) = delete;
  Uninterrupted& operator=(const Uninterrupted&) = delete;
  void restore() { std::signal(SIGINT, interrupt_), std::signal(SIGQUIT, quit_); }

 private:
  void (*interrupt_)(int);
  void (*quit_)(int);
};

/// As its user wrote it, with words behind its name ("code --wait"); the shell knows how to read those.
constexpr auto run_the_editor = R"(eval "${VISUAL:-${EDITOR:-vi}} \"\$1\"")";

void run_editor(const std::filesystem::path& file) {
  Uninterrupted uninterrupted;
  const auto child = fork();
  if (child < 0) throw Conflict("your editor cannot be run: no other program can be started now");
  if (child == 0) {
    uninterrupted.restore();
    execl("/bin/sh", "sh", "-c", run_the_editor, "sh", file.c_str(), static_cast<char*>(nullptr));
    _exit(127);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
    throw Conflict("your editor cannot be run; set $VISUAL or $EDITOR");
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw Conflict("your editor did not end well; nothing was taken of what it left");
  }
}

/// Without white space at its ends.
std::string trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  const auto begin = std::min(text.find_first_not_of(white), text.size());
  const auto end = text.find_last_not_of(white);
  return begin == text.size() ? std::string() : std::string(text.substr(begin, end - begin + 1));
}

}  // namespace

std::string to_text(const Letter& letter) {
  return (letter.subject.empty() ? "" : fmt::format("{} {}\n\n", subject_mark, letter.subject)) + letter.text + "\n";
}

Letter letter_from(const std::string& written) {
  const auto text = trimmed(written);
  if (!text.starts_with(subject_mark)) return {"", text};
  const auto end = std::min(text.find('\n'), text.size());
  return {trimmed(std::string_view(text).substr(subject_mark.size(), end - subject_mark.size())),
          trimmed(std::string_view(text).substr(end))};
}

Letter edited(const Letter& letter) {
  const PrivateFolder folder;
  const auto file = folder.path() / "message.txt";
  std::ofstream out(file, std::ios::binary);
  std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  out << to_text(letter) << std::flush;
  if (!out) throw Conflict(fmt::format("{} could not be written; is the disk full?", file.string()));
  out.close();
  run_editor(file);
  std::ifstream in(file, std::ios::binary);
  auto left = letter_from({std::istreambuf_iterator<char>(in), {}});
  if (left.text.empty()) throw Conflict("nothing was left in the editor: no message");
  return left;
}

}  // namespace ties::cli
