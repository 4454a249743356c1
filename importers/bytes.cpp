#include "importers/bytes.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace ties::importers {
namespace {

constexpr std::size_t held_bytes_max = 32'000'000;

[[noreturn]] void throw_error(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

struct OpenFile {
  explicit OpenFile(const std::filesystem::path& path) : number(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (number < 0) throw_error("the file cannot be opened");
  }
  ~OpenFile() { close(number); }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  int number;
};

/// A file without a name, so that nothing is left behind however the program ends.
int temporary_file() {
  auto path = (std::filesystem::temp_directory_path() / "ties-XXXXXX").string();
  const int file = mkostemp(path.data(), O_CLOEXEC);
  if (file < 0) throw_error("no temporary file can be made");
  unlink(path.c_str());
  return file;
}

void write_whole(int file, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_error("the temporary file cannot be written");
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

Bytes::Bytes(std::string text) {
  const auto kept = std::make_shared<const std::string>(std::move(text));
  view_ = *kept;
  owner_ = kept;
}

Bytes Bytes::of_file(const std::filesystem::path& path) {
  const OpenFile file(path);
  const auto size = static_cast<std::size_t>(std::filesystem::file_size(path));
  if (size > held_bytes_max) return mapped(file.number, size);
  std::string text(size, '\0');
  std::size_t held = 0;
  while (held < size) {
    const auto count = ::read(file.number, text.data() + held, size - held);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw_error("the file cannot be read");
    if (count == 0) break;  // it was cut short meanwhile
    held += static_cast<std::size_t>(count);
  }
  text.resize(held);
  return text;
}

Bytes Bytes::mapped(int file, std::size_t size) {
  Bytes bytes;
  if (size == 0) return bytes;
  void* begin = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  if (begin == MAP_FAILED) throw_error("the file cannot be mapped");
  bytes.owner_ = std::shared_ptr<const void>(begin, [size](const void* at) { munmap(const_cast<void*>(at), size); });
  bytes.view_ = {static_cast<const char*>(begin), size};
  bytes.mapped_ = true;
  return bytes;
}

Bytes Bytes::from(std::size_t begin) const {
  auto part = *this;
  part.view_.remove_prefix(begin);
  return part;
}

void Bytes::let_go(std::size_t end) const {
  if (!mapped_) return;
  auto* const mapping = static_cast<char*>(const_cast<void*>(owner_.get()));
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  const auto behind = static_cast<std::size_t>(view_.data() - mapping) + end;
  madvise(mapping, behind / page * page, MADV_DONTNEED);
}

BytesWriter::~BytesWriter() {
  if (file_ >= 0) close(file_);
}

void BytesWriter::write(std::string_view piece) {
  size_ += static_cast<std::int64_t>(piece.size());
  if (file_ < 0 && held_.size() + piece.size() <= held_bytes_max) {
    held_ += piece;
    return;
  }
  if (file_ < 0) {
    file_ = temporary_file();
    write_whole(file_, held_);
    held_ = {};
  }
  write_whole(file_, piece);
}

Bytes BytesWriter::finish() {
  return file_ < 0 ? Bytes(std::move(held_)) : Bytes::mapped(file_, static_cast<std::size_t>(size_));
}

}  // namespace ties::importers
