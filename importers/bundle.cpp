#include "importers/bundle.h"

#include <Poco/DigestEngine.h>
#include <Poco/Exception.h>
#include <Poco/SHA2Engine.h>
#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace ties::importers {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t ratio_watched_from_bytes = 1'000'000;

std::string sha256_of(std::string_view bytes) {
  Poco::SHA2Engine engine(Poco::SHA2Engine::SHA_256);
  for (std::size_t at = 0; at < bytes.size(); at += 1u << 20) {
    const auto part = bytes.substr(at, 1u << 20);
    engine.update(part.data(), part.size());
  }
  return Poco::DigestEngine::digestToHex(engine.digest());
}

bool is_zip(std::string_view bytes) { return bytes.starts_with("PK\x03\x04") || bytes.starts_with(std::string_view("PK\x05\x06", 4)); }

/// Why a name may not be used; empty when it may.
std::string fault_of_name(std::string_view name) {
  if (name.size() > 1'000) return "its name is too long";
  if (name.find('\0') != std::string_view::npos || name.find('\\') != std::string_view::npos) return "its name is not one of a file";
  if (name.starts_with('/') || (name.size() > 1 && name[1] == ':')) return "its name is that of a place on a disk";
  for (std::size_t at = 0; at <= name.size();) {
    const auto end = std::min(name.find('/', at), name.size());
    if (name.substr(at, end - at) == "..") return "its name climbs out of the archive";
    at = end + 1;
  }
  return {};
}

bool is_litter(std::string_view name) {
  const auto base = name.substr(name.rfind('/') == std::string_view::npos ? 0 : name.rfind('/') + 1);
  return name.starts_with("__MACOSX/") || name.find("/__MACOSX/") != std::string_view::npos || base.starts_with('.') || base == "Thumbs.db" || base == "desktop.ini";
}

std::string printable(std::string_view name) {
  std::string shown(name.substr(0, 120));
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < 0x20) c = '?';
  }
  return shown;
}

/// Collects files under the limits.
class Collecting {
 public:
  Collecting(Bundle& bundle, bool (*never_open)(std::string_view), const BundleLimits& limits) : bundle_(bundle), never_open_(never_open), limits_(limits) {}

  /// Whether a file of this name is to be read at all; notes why not.
  bool wanted(const std::string& name) {
    if (const auto fault = fault_of_name(name); !fault.empty()) {
      bundle_.issues.push_back({printable(name), 0, 0, "left out: " + fault});
      return false;
    }
    if (is_litter(name)) return false;
    if (++files_ > limits_.files_max) throw BundleError(fmt::format("{}: it holds more than {} files; give the folder or the file that you mean", bundle_.name, limits_.files_max));
    if (never_open_ != nullptr && never_open_(name)) {
      bundle_.closed.push_back(name);
      return false;
    }
    return true;
  }

  void add(std::string name, std::string bytes, int depth) {
    if (is_zip(bytes) && depth < limits_.nesting_max) {
      unzip(name, bytes, depth + 1);
    } else if (is_zip(bytes)) {
      bundle_.issues.push_back({name, 0, 0, fmt::format("left out: a zip within {} others", limits_.nesting_max)});
    } else {
      bundle_.files.push_back({std::move(name), std::move(bytes)});
    }
  }

  void unzip(const std::string& zip_name, const std::string& bytes, int depth) {
    try {
      std::istringstream in(bytes, std::ios::binary);
      const Poco::Zip::ZipArchive archive(in);
      for (auto header = archive.headerBegin(); header != archive.headerEnd(); ++header) {
        const auto& entry = header->second;
        const auto name = entry.getFileName();
        if (entry.isDirectory() || !wanted(name)) continue;
        if (entry.isEncrypted()) {
          bundle_.issues.push_back({name, 0, 0, "left out: it is encrypted; unpack it with its password and give the folder"});
          continue;
        }
        in.clear();
        Poco::Zip::ZipInputStream stream(in, entry);
        add(name, inflate(stream, name, static_cast<std::int64_t>(entry.getCompressedSize())), depth);
      }
    } catch (const Poco::Exception& error) {
      throw BundleError(fmt::format("{}: the zip is damaged or cut short ({}); get it again", zip_name, error.message().empty() ? error.name() : error.message()));
    }
  }

  void count_bytes(std::int64_t more, const std::string& name) {
    bytes_ += more;
    if (bytes_ > limits_.bytes_total_max) throw BundleError(fmt::format("{}: more than {} MB unpacked, at {}; give the files that you mean", bundle_.name, limits_.bytes_total_max / 1'000'000, name));
  }

  std::string read_file(const fs::path& path, const std::string& name) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw BundleError(fmt::format("{}: it cannot be read; check its permissions", path.string()));
    std::string bytes;
    char buffer[1 << 16];
    while (file.read(buffer, sizeof buffer), file.gcount() > 0) {
      bytes.append(buffer, static_cast<std::size_t>(file.gcount()));
      count_bytes(file.gcount(), name);
      if (static_cast<std::int64_t>(bytes.size()) > limits_.file_bytes_max) throw BundleError(fmt::format("{}: it is larger than {} MB", name, limits_.file_bytes_max / 1'000'000));
    }
    return bytes;
  }

 private:
  /// What the archive says of sizes is not believed; the bytes are counted as they come.
  std::string inflate(std::istream& stream, const std::string& name, std::int64_t packed) {
    std::string bytes;
    char buffer[1 << 16];
    while (stream.read(buffer, sizeof buffer), stream.gcount() > 0) {
      bytes.append(buffer, static_cast<std::size_t>(stream.gcount()));
      count_bytes(stream.gcount(), name);
      const auto size = static_cast<std::int64_t>(bytes.size());
      if (size > limits_.file_bytes_max) throw BundleError(fmt::format("{}: it unpacks to more than {} MB", name, limits_.file_bytes_max / 1'000'000));
      if (size > ratio_watched_from_bytes && size > packed * limits_.ratio_max) {
        throw BundleError(fmt::format("{}: it unpacks to more than {} times its size, as no export does; nothing was read", name, limits_.ratio_max));
      }
    }
    return bytes;
  }

  Bundle& bundle_;
  bool (*never_open_)(std::string_view);
  const BundleLimits& limits_;
  int files_{};
  std::int64_t bytes_{};
};

/// An archive often holds one folder with everything in it.
void strip_top_folder(Bundle& bundle) {
  std::string top;
  const auto shares_top = [&](const std::string& name) {
    const auto slash = name.find('/');
    if (slash == std::string::npos) return false;
    if (top.empty()) top = name.substr(0, slash + 1);
    return name.starts_with(top);
  };
  const bool all = std::all_of(bundle.files.begin(), bundle.files.end(), [&](const auto& f) { return shares_top(f.name); }) && std::all_of(bundle.closed.begin(), bundle.closed.end(), shares_top);
  if (!all || bundle.files.size() + bundle.closed.size() < 2) return;
  for (auto& file : bundle.files) file.name.erase(0, top.size());
  for (auto& name : bundle.closed) name.erase(0, top.size());
}

void finish(Bundle& bundle) {
  strip_top_folder(bundle);
  std::sort(bundle.files.begin(), bundle.files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  std::sort(bundle.closed.begin(), bundle.closed.end());
}

}  // namespace

Bundle bundle_of(std::string name, std::string bytes, bool (*never_open)(std::string_view), const BundleLimits& limits) {
  Bundle bundle;
  bundle.name = name;
  bundle.sha256 = sha256_of(bytes);
  Collecting collecting(bundle, never_open, limits);
  if (bytes.empty()) throw BundleError(fmt::format("{}: it is empty", name));
  collecting.add(std::move(name), std::move(bytes), 0);
  finish(bundle);
  return bundle;
}

Bundle open_bundle(const fs::path& path, bool (*never_open)(std::string_view), const BundleLimits& limits) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) throw BundleError(fmt::format("{}: there is no such file or folder", path.string()));
  auto name = path.filename().string();
  if (name.empty()) name = path.parent_path().filename().string();
  if (fs::is_regular_file(status)) {
    Bundle scratch;
    scratch.name = name;
    return bundle_of(name, Collecting(scratch, never_open, limits).read_file(path, name), never_open, limits);
  }
  if (!fs::is_directory(status)) throw BundleError(fmt::format("{}: it is no file and no folder", path.string()));

  Bundle bundle;
  bundle.name = name;
  Collecting collecting(bundle, never_open, limits);
  std::vector<fs::path> paths;
  auto entry = fs::recursive_directory_iterator(path, error);
  if (error) throw BundleError(fmt::format("{}: the folder cannot be read; check its permissions", path.string()));
  for (; entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (error) throw BundleError(fmt::format("{}: the folder cannot be read: {}", path.string(), error.message()));
    if (entry->is_symlink() || !entry->is_regular_file()) continue;  // a link may lead out of the folder
    paths.push_back(entry->path());
  }
  std::sort(paths.begin(), paths.end());
  std::string hashes;
  for (const auto& file : paths) {
    auto inner = fs::relative(file, path).generic_string();
    if (!collecting.wanted(inner)) continue;
    auto bytes = collecting.read_file(file, inner);
    hashes += inner + '\0' + sha256_of(bytes);
    collecting.add(std::move(inner), std::move(bytes), 0);
  }
  bundle.sha256 = sha256_of(hashes);
  if (bundle.files.empty() && bundle.closed.empty()) throw BundleError(fmt::format("{}: there is no file in it", path.string()));
  finish(bundle);
  return bundle;
}

}  // namespace ties::importers
