#include "crm/service/package.h"

#include <Poco/DateTime.h>
#include <Poco/DigestEngine.h>
#include <Poco/Exception.h>
#include <Poco/SHA2Engine.h>
#include <Poco/Zip/Compress.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "crm/domain/errors.h"

namespace ties {
namespace {

namespace fs = std::filesystem;

constexpr auto unfinished = ".ties-part";

class Hash {
 public:
  void add(std::string_view bytes) {
    size_ += static_cast<std::int64_t>(bytes.size());
    for (std::size_t at = 0; at < bytes.size(); at += 1u << 20) {
      const auto part = bytes.substr(at, 1u << 20);
      engine_.update(part.data(), part.size());
    }
  }
  std::int64_t size() const { return size_; }
  std::string hex() { return Poco::DigestEngine::digestToHex(engine_.digest()); }

 private:
  Poco::SHA2Engine engine_{Poco::SHA2Engine::SHA_256};
  std::int64_t size_{};
};

[[noreturn]] void not_written(const fs::path& path, std::string_view why) {
  throw Conflict(fmt::format("{}: it could not be written ({}); check the permissions and the space on the disk",
                             path.string(), why));
}

/// Runs work on files, with the place named in what goes wrong.
template <class Work>
void on_disk(const fs::path& path, Work work) {
  try {
    work();
  } catch (const fs::filesystem_error& error) {
    not_written(path, error.code().message());
  } catch (const Poco::Exception& error) {
    not_written(path, error.displayText());
  }
}

/// A new file, which tells of every byte that the disk did not take.
class NewFile {
 public:
  explicit NewFile(const fs::path& path) : path_(path), out_(path, std::ios::binary | std::ios::trunc) {
    if (!out_) not_written(path_, "it cannot be opened");
  }
  void put(std::string_view text) {
    if (!out_.write(text.data(), static_cast<std::streamsize>(text.size())))
      not_written(path_, "the disk takes no more");
  }
  void close() {
    out_.close();
    if (!out_) not_written(path_, "the disk takes no more");
  }
  std::ofstream& stream() { return out_; }

 private:
  fs::path path_;
  std::ofstream out_;
};

fs::path beside(const fs::path& path) {
  auto part = path;
  part += unfinished;
  return part;
}

void remove_quietly(const fs::path& path) {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

bool has_name(const fs::path& path) {
  return path.has_filename() && path.filename() != "." && path.filename() != "..";
}

}  // namespace

std::string sha256_of(std::string_view bytes) {
  Hash hash;
  hash.add(bytes);
  return hash.hex();
}

std::string sha256_of_file(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) throw Conflict(fmt::format("{}: there is no such file or folder", file.string()));
  std::ifstream in(file, std::ios::binary);
  if (!fs::is_regular_file(file, error) || !in)
    throw Conflict(fmt::format("{}: it is no file that can be read", file.string()));
  Hash hash;
  char buffer[1 << 16];
  while (in.read(buffer, sizeof buffer), in.gcount() > 0) hash.add({buffer, static_cast<std::size_t>(in.gcount())});
  return hash.hex();
}

void write_file(const fs::path& path, const std::function<void(const Put&)>& write) {
  const auto part = beside(path);
  try {
    NewFile file(part);
    write([&](std::string_view text) { file.put(text); });
    file.close();
    on_disk(path, [&] { fs::rename(part, path); });
  } catch (...) {
    remove_quietly(part);
    throw;
  }
}

std::string plain_ending(const fs::path& file) {
  auto ending = file.extension().string();
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  for (auto& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const bool plain =
      ending.size() > 1 && ending.size() <= 10 && std::all_of(ending.begin() + 1, ending.end(), is_plain);
  return plain ? ending : "";
}

Package::Package(fs::path where) : where_(std::move(where)) {
  std::error_code error;
  where_ = fs::absolute(where_, error).lexically_normal();
  if (!has_name(where_)) where_ = where_.parent_path();
  if (!is_zip() && fs::exists(where_, error)) {
    if (!fs::is_directory(where_, error))
      throw Conflict(fmt::format("{}: it is a file; name a new folder, or a file that ends in .zip", where_.string()));
    if (!fs::is_empty(where_, error))
      throw Conflict(fmt::format("{}: the folder is not empty; name a new one", where_.string()));
  }
  files_ = beside(where_);
  if (is_zip()) files_ += ".files";
  remove_quietly(files_);
  on_disk(where_, [&] { fs::create_directories(files_); });
}

Package::~Package() {
  remove_quietly(files_);
}

bool Package::is_zip() const {
  return plain_ending(where_) == ".zip";
}

Package::File Package::add(const std::string& name, const std::function<void(const Put&)>& write) {
  NewFile file(files_ / name);
  Hash hash;
  write([&](std::string_view text) {
    hash.add(text);
    file.put(text);
  });
  file.close();
  return {name, hash.size(), hash.hex()};
}

std::optional<Package::File> Package::add_copy(const fs::path& file, const std::string& folder) {
  std::error_code error;
  if (!fs::is_regular_file(file, error) || error) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  on_disk(where_, [&] { fs::create_directories(files_ / folder); });
  const auto arriving = folder + "/" + unfinished;
  auto copied = add(arriving, [&](const Put& put) {
    char buffer[1 << 16];
    while (in.read(buffer, sizeof buffer), in.gcount() > 0) put({buffer, static_cast<std::size_t>(in.gcount())});
  });
  copied.name = folder + "/" + copied.sha256 + plain_ending(file);
  on_disk(where_, [&] { fs::rename(files_ / arriving, files_ / copied.name); });
  return in.bad() ? std::nullopt : std::optional(copied);
}

void Package::zip(const fs::path& to) const {
  // Compress marks each entry with the time that it is given; a zip's times begin in 1980.
  const Poco::DateTime always(1980, 1, 1);
  std::map<std::string, fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(files_)) {
    if (entry.is_regular_file()) files.emplace(entry.path().lexically_relative(files_).generic_string(), entry.path());
  }
  NewFile file(to);
  Poco::Zip::Compress compress(file.stream(), true);
  for (const auto& [name, path] : files) {
    std::ifstream in(path, std::ios::binary);
    compress.addFile(in, always, Poco::Path(name, Poco::Path::PATH_UNIX), Poco::Zip::ZipCommon::CM_DEFLATE);
    if (!file.stream()) not_written(where_, "the disk takes no more");
  }
  compress.close();
  file.close();
}

void Package::done() {
  on_disk(where_, [&] {
    if (!is_zip()) {
      if (fs::exists(where_)) fs::remove(where_);
      fs::rename(files_, where_);
      return;
    }
    const auto part = beside(where_);
    try {
      zip(part);
      fs::rename(part, where_);
    } catch (...) {
      remove_quietly(part);
      throw;
    }
  });
}

}  // namespace ties
