#include "importers/bundle.h"

#include <Poco/DigestEngine.h>
#include <Poco/Exception.h>
#include <Poco/MemoryStream.h>
#include <Poco/SHA2Engine.h>
#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>
#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "crm/text/text.h"
#include "importers/repository_log.h"

namespace ties::importers {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t ratio_watched_from_bytes = 1'000'000;
constexpr std::size_t name_bytes_max = 1'000;
constexpr std::int64_t bytes_between_words = 1 << 24;  ///< on how far the opening is

void tell(const BundleLimits& limits, std::string_view what, std::int64_t done, std::int64_t total) {
  if (limits.progress) limits.progress(what, done, total);
}

std::string sha256_of(const Bytes& bytes, const BundleLimits& limits) {
  Poco::SHA2Engine engine(Poco::SHA2Engine::SHA_256);
  for (std::size_t at = 0; at < bytes.size(); at += bytes_between_words) {
    if (at > 0)
      tell(limits, "bytes looked through", static_cast<std::int64_t>(at), static_cast<std::int64_t>(bytes.size()));
    const auto part = bytes.view().substr(at, bytes_between_words);
    engine.update(part.data(), part.size());
    bytes.let_go(at);
  }
  return Poco::DigestEngine::digestToHex(engine.digest());
}

std::string size_in_words(std::int64_t bytes) {
  if (bytes >= 10'000'000'000) return fmt::format("{} GB", bytes / 1'000'000'000);
  return bytes >= 1'000'000 ? fmt::format("{} MB", bytes / 1'000'000) : fmt::format("{} bytes", bytes);
}

/// A name as it may be shown: valid, on one line, and not endless.
std::string shown(std::string_view name) {
  return text::clean_line(name.substr(0, 200), 120);
}

/// As UTF-8: old zips hold names in the code page of their maker.
std::string readable(const std::string& name) {
  return text::is_utf8(name) ? name : text::to_utf8(name, "windows-1252");
}

std::vector<std::string_view> parts_of(std::string_view name) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= name.size();) {
    const auto end = std::min(name.find('/', at), name.size());
    parts.push_back(name.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

/// Why a name may not be used; empty when it may.
std::string fault_of_name(std::string_view name) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (name.empty()) return "it has no name";
  if (name.size() > name_bytes_max) return fmt::format("its name is longer than {} bytes", name_bytes_max);
  if (std::any_of(name.begin(), name.end(), is_control)) return "its name holds control characters";
  if (name.find('\\') != std::string_view::npos) return "its name holds a backslash";
  if (name.starts_with('/') || (name.size() > 1 && is_letter(name[0]) && name[1] == ':'))
    return "its name is a place on a disk";
  const auto parts = parts_of(name);
  if (std::find(parts.begin(), parts.end(), "..") != parts.end()) return "its name climbs out of the archive";
  return {};
}

/// The part of a name, from its beginning, that marks all below it as nothing to read, and why; else empty.
struct Litter {
  std::string_view name{};
  std::string_view why{};
};

Litter litter_in(std::string_view name) {
  for (const auto part : parts_of(name)) {
    const auto end = static_cast<std::size_t>(part.data() - name.data()) + part.size();
    const bool is_folder = end < name.size();
    const bool hidden = part.size() > 1 && part.starts_with('.') && part != ".mailmap";
    if (is_folder && part.size() > 4 && part.ends_with(".git"))
      return {name.substr(0, end), "a git repository, which is read when it is given by itself"};
    if (hidden || part == "__MACOSX" || part == "Thumbs.db" || part == "desktop.ini")
      return {name.substr(0, end), "hidden, or left behind by the operating system"};
  }
  return {};
}

constexpr std::string_view local_header("PK\x03\x04", 4);
constexpr std::string_view end_record("PK\x05\x06", 4);

bool is_zip(std::string_view bytes) {
  return bytes.starts_with(local_header) || bytes.starts_with(end_record);
}

/// A tar, or anything packed by gzip: whether a tar is in it is seen when it is opened.
bool is_tar(std::string_view bytes) {
  constexpr std::size_t mark_at = 257;
  return bytes.starts_with("\x1F\x8B") || (bytes.size() > mark_at && bytes.substr(mark_at).starts_with("ustar"));
}

/// What stands before the files of a zip, before any of it is believed.
struct Headers {
  std::int64_t count{};
  bool foreign_method{};  ///< packed in a way that Poco does not know
  bool encrypted{};       ///< packed as encrypted zips are that other programs make
};

Headers headers_of(std::string_view zip) {
  constexpr std::size_t method_at = 8, stored = 0, deflated = 8, encrypted = 99;
  Headers headers;
  for (auto at = zip.find(local_header); at != std::string_view::npos;
       at = zip.find(local_header, at + local_header.size())) {
    ++headers.count;
    if (at + method_at + 1 >= zip.size()) continue;
    const auto byte = [&](std::size_t offset) {
      return static_cast<std::size_t>(static_cast<unsigned char>(zip[at + offset]));
    };
    const auto method = byte(method_at) | byte(method_at + 1) << 8;
    headers.foreign_method = headers.foreign_method || (method != stored && method != deflated);
    headers.encrypted = headers.encrypted || method == encrypted;
  }
  return headers;
}

std::string without_ending(const std::string& name) {
  const auto dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 || name.find('/', dot) != std::string::npos ? name : name.substr(0, dot);
}

/// Collects files under the limits.
class Collecting {
 public:
  Collecting(Bundle& bundle, bool (*never_open)(std::string_view), const BundleLimits& limits)
      : bundle_(bundle), never_open_(never_open), limits_(limits) {}

  /// Whether a file of this name is to be read at all; notes why not.
  bool wanted(const std::string& name) {
    if (const auto fault = fault_of_name(name); !fault.empty()) {
      leave_out(name, fault);
      return false;
    }
    if (const auto litter = litter_in(name); !litter.name.empty()) {
      if (litter_.emplace(litter.name).second) leave_out(litter.name, litter.why);
      return false;
    }
    if (++files_ > limits_.files_max) throw too_many_files();
    if (never_open_ != nullptr && never_open_(name)) {
      bundle_.closed.push_back(name);
      return false;
    }
    return true;
  }

  void leave_out(std::string_view name, std::string_view why) {
    bundle_.issues.push_back({shown(name), 0, 0, fmt::format("left out: {}", why)});
  }

  /// `depth`: how many zips it was taken out of.
  void add(std::string name, Bytes bytes, int depth) {
    if (!limits_.opens_nested || (!is_zip(bytes) && !is_tar(bytes))) {
      bundle_.files.push_back({std::move(name), std::move(bytes)});
    } else if (depth >= limits_.nesting_max) {
      leave_out(name, fmt::format("{} within {} others", is_zip(bytes) ? "a zip" : "an archive", depth));
    } else if (const auto fault = unpack(bytes, without_ending(name) + "/", depth + 1); !fault.empty()) {
      leave_out(name, fault);
    }
  }

  std::string unpack(const Bytes& bytes, const std::string& folder, int depth) {
    return is_zip(bytes) ? unzip(bytes, folder, depth) : untar(bytes, folder, depth);
  }

  /// Adds what a tar holds, packed or not. Also what is left out has to be unpacked to get past it, and is watched for
  /// its ratio.
  std::string untar(const Bytes& bytes, const std::string& folder, int depth) {
    constexpr auto no_tar = "no whole tar archive is in it; get it again, or unpack it and give what was in it";
    constexpr auto cut_short = "the archive is damaged or cut short; get it again";
    const std::unique_ptr<archive, int (*)(archive*)> tar(archive_read_new(), archive_read_free);
    archive_read_support_filter_gzip(tar.get());
    archive_read_support_format_tar(tar.get());
    if (archive_read_open_memory(tar.get(), bytes.view().data(), bytes.size()) != ARCHIVE_OK) return no_tar;
    const auto entries_max = 50 * static_cast<std::int64_t>(limits_.files_max);  // objects of repositories are many
    archive_entry* entry = nullptr;
    for (std::int64_t entries = 0;; ++entries) {
      const int status = archive_read_next_header(tar.get(), &entry);
      if (status == ARCHIVE_EOF) return {};
      if (status < ARCHIVE_WARN) return entries == 0 ? no_tar : cut_short;
      if (entries >= entries_max) throw too_many_files();
      auto name = name_of(entry);
      while (name.starts_with("./")) name.erase(0, 2);
      const bool is_file = archive_entry_filetype(entry) == AE_IFREG && archive_entry_hardlink(entry) == nullptr;
      if (archive_entry_filetype(entry) == AE_IFDIR || !wanted_within(folder, name)) {
        if (!pass(*tar, bytes, name)) return cut_short;
      } else if (!is_file) {
        leave_out(folder + name, "a link, a pipe or a device, which may lead out of the archive");
        if (!pass(*tar, bytes, name)) return cut_short;
      } else {
        name.insert(0, folder);
        auto content = content_of(*tar, bytes, name);
        if (!content) return cut_short;
        add(std::move(name), *std::move(content), depth);
      }
    }
  }

  /// Adds what a zip holds, under `folder`. Says why it could not be opened; empty when it could.
  std::string unzip(const Bytes& bytes, const std::string& folder, int depth) {
    constexpr auto cut_short = "the zip is damaged or cut short; get it again";
    const auto headers = headers_of(bytes);
    if (headers.count > 4 * static_cast<std::int64_t>(limits_.files_max)) throw too_many_files();  // folders count too
    Poco::MemoryInputStream in(bytes.view().data(), static_cast<std::streamsize>(bytes.size()));
    try {
      const Poco::Zip::ZipArchive archive(in);
      const auto listed = std::distance(archive.fileInfoBegin(), archive.fileInfoEnd());
      const auto held = std::distance(archive.headerBegin(), archive.headerEnd());
      if (listed != held || bytes.view().rfind(end_record) == std::string_view::npos) return cut_short;
      const auto bytes_before = bytes_;
      for (auto header = archive.headerBegin(); header != archive.headerEnd(); ++header) {
        const auto& entry = header->second;
        auto name = readable(entry.getFileName());
        while (name.starts_with("./")) name.erase(0, 2);
        // A folder that climbs out holds nothing itself, and its files are refused by their own names.
        if (entry.isDirectory() || !wanted_within(folder, name)) continue;
        name.insert(0, folder);
        if (entry.isEncrypted()) {
          leave_out(name, "it is encrypted; unpack it with its password and give the folder");
          continue;
        }
        in.clear();
        const Source source{name, static_cast<std::int64_t>(entry.getCompressedSize()),
                            static_cast<std::int64_t>(bytes.size()), bytes_before};
        if (auto content = inflated(in, entry, source)) {
          add(std::move(name), *std::move(content), depth);
        } else {
          leave_out(name, "it is damaged within the zip; get it again");
        }
      }
    } catch (const Poco::Exception&) {
      if (bytes.view().rfind(end_record) == std::string_view::npos) return cut_short;
      if (headers.encrypted) return "it is encrypted; unpack it with its password and give the folder";
      if (headers.foreign_method) return "it is packed in a way that Ties does not read; unpack it and give the folder";
      return cut_short;
    }
    return {};
  }

  /// Counts bytes that are here already.
  void take(const Bytes& bytes, const std::string& name) {
    const auto size = static_cast<std::int64_t>(bytes.size());
    count_bytes(size, size, name);
  }

  Bytes read_file(const fs::path& path, const std::string& name) {
    try {
      const auto size = static_cast<std::int64_t>(fs::file_size(path));
      count_bytes(size, size, name);
      return Bytes::of_file(path);
    } catch (const std::system_error& error) {
      throw BundleError(
          fmt::format("{}: it cannot be read ({}); check its permissions", path.string(), error.code().message()));
    }
  }

 private:
  struct Source {
    const std::string& name;
    std::int64_t packed_bytes;  ///< as the zip says
    std::int64_t zip_bytes;
    std::int64_t bytes_before;  ///< counted before this zip
  };

  BundleError too_many_files() const {
    return BundleError(fmt::format("{}: it holds more than {} files; give the folder or the file that you mean",
                                   shown(bundle_.name), limits_.files_max));
  }

  bool wanted_within(const std::string& folder, const std::string& name) {
    if (const auto fault = fault_of_name(name); !fault.empty()) {
      leave_out(name, fault);
      return false;
    }
    if (name.ends_with('/')) {
      leave_out(name, "its name is that of a folder");
      return false;
    }
    return wanted(folder + name);
  }

  /// As UTF-8, whatever the language of the system.
  static std::string name_of(archive_entry* entry) {
    const char* name = archive_entry_pathname_utf8(entry);
    if (name == nullptr) name = archive_entry_pathname(entry);
    return name == nullptr ? std::string() : readable(name);
  }

  void refuse_beyond(std::int64_t unpacked, std::int64_t packed, std::string_view name) const {
    if (unpacked <= ratio_watched_from_bytes || unpacked / limits_.ratio_max < packed) return;
    throw BundleError(fmt::format("{}: it unpacks to more than {} times its size, as no export does; nothing was read",
                                  shown(name), limits_.ratio_max));
  }

  /// Goes past an entry of a tar; false when it is damaged.
  bool pass(archive& tar, const Bytes& packed, const std::string& name) const {
    const void* block = nullptr;
    std::size_t size = 0;
    std::int64_t at = 0, told = archive_filter_bytes(&tar, 0);
    for (int status = ARCHIVE_OK; status != ARCHIVE_EOF;) {
      status = archive_read_data_block(&tar, &block, &size, &at);
      if (status < ARCHIVE_WARN) return false;
      refuse_beyond(archive_filter_bytes(&tar, 0), static_cast<std::int64_t>(packed.size()), name);
      if (archive_filter_bytes(&tar, 0) - told < bytes_between_words) continue;
      told = archive_filter_bytes(&tar, 0);
      tell(limits_, "bytes unpacked", told, 0);
    }
    return true;
  }

  /// What an entry of a tar holds; nothing when it is damaged. A file with holes is counted with them.
  std::optional<Bytes> content_of(archive& tar, const Bytes& packed, const std::string& name) {
    BytesWriter content;
    char buffer[1 << 16];
    while (true) {
      const auto count = archive_read_data(&tar, buffer, sizeof buffer);
      if (count < 0) return std::nullopt;
      if (count == 0) return content.finish();
      content.write({buffer, static_cast<std::size_t>(count)});
      count_bytes(count, content.size(), name);
      refuse_beyond(content.size(), static_cast<std::int64_t>(packed.size()), name);
      refuse_beyond(archive_filter_bytes(&tar, 0), static_cast<std::int64_t>(packed.size()), name);
    }
  }

  void count_bytes(std::int64_t more, std::int64_t of_file, const std::string& name) {
    if (bytes_ / bytes_between_words != (bytes_ + more) / bytes_between_words)
      tell(limits_, "bytes unpacked", bytes_, 0);
    bytes_ += more;
    if (bytes_ > limits_.bytes_total_max) {
      throw BundleError(fmt::format("{}: it holds more than {}, reached at {}; give the files that you mean",
                                    shown(bundle_.name), size_in_words(limits_.bytes_total_max), shown(name)));
    }
    if (of_file > limits_.file_bytes_max)
      throw BundleError(fmt::format("{}: it is larger than {}", shown(name), size_in_words(limits_.file_bytes_max)));
  }

  /// What the zip says of sizes is not believed: the bytes are counted as they come. Nothing when the entry is damaged.
  std::optional<Bytes> inflated(std::istream& zip, const Poco::Zip::ZipLocalFileHeader& entry, const Source& source) {
    BytesWriter bytes;
    try {
      Poco::Zip::ZipInputStream stream(zip, entry);
      char buffer[1 << 16];
      while (stream.read(buffer, sizeof buffer), stream.gcount() > 0) {
        bytes.write({buffer, static_cast<std::size_t>(stream.gcount())});
        const auto size = bytes.size();
        count_bytes(stream.gcount(), size, source.name);
        refuse_beyond(size, std::clamp<std::int64_t>(source.packed_bytes, 0, source.zip_bytes), source.name);
        refuse_beyond(bytes_ - source.bytes_before, source.zip_bytes, source.name);
      }
      if (stream.bad() || !stream.crcValid()) return std::nullopt;
    } catch (const Poco::Exception&) {
      return std::nullopt;
    }
    return bytes.finish();
  }

  Bundle& bundle_;
  bool (*never_open_)(std::string_view);
  const BundleLimits& limits_;
  std::set<std::string, std::less<>> litter_{};
  int files_{};
  std::int64_t bytes_{};
};

/// An archive often holds one folder with everything in it, and a zip of a zip does so twice.
void strip_top_folders(Bundle& bundle) {
  std::vector<std::string*> names;
  for (auto& file : bundle.files) names.push_back(&file.name);
  for (auto& name : bundle.closed) names.push_back(&name);
  while (!names.empty()) {
    const auto top = names.front()->substr(0, names.front()->find('/') + 1);
    if (top.empty() ||
        !std::all_of(names.begin(), names.end(), [&](const auto* name) { return name->starts_with(top); }))
      return;
    for (auto* name : names) name->erase(0, top.size());
    bundle.top += top;
  }
}

void finish(Bundle& bundle) {
  if (bundle.files.empty() && bundle.closed.empty()) {
    const auto reason = bundle.issues.empty()
                            ? std::string()
                            : fmt::format(" ({}: {})", bundle.issues[0].file, bundle.issues[0].message);
    throw BundleError(fmt::format("{}: there is no file in it that can be read{}", shown(bundle.name), reason));
  }
  strip_top_folders(bundle);
  std::stable_sort(bundle.files.begin(), bundle.files.end(),
                   [](const auto& a, const auto& b) { return a.name < b.name; });
  std::sort(bundle.closed.begin(), bundle.closed.end());
}

/// The files of a folder, in order; links are not followed.
std::vector<std::pair<fs::path, std::string>> files_under(const fs::path& folder, Collecting& collecting) {
  std::vector<std::pair<fs::path, std::string>> files;
  std::error_code error;
  auto entry = fs::recursive_directory_iterator(folder, error);
  while (!error && entry != fs::recursive_directory_iterator()) {
    const auto name = readable(entry->path().lexically_relative(folder).generic_string());
    const auto status = entry->symlink_status(error);
    if (error) break;
    if (fs::is_directory(status)) {
      // Nothing below it is wanted either; asked as of a file, it is listed once.
      if (!fault_of_name(name).empty() || !litter_in(name + "/").name.empty()) {
        collecting.wanted(name + "/");
        entry.disable_recursion_pending();
      }
    } else if (fs::is_symlink(status)) {
      collecting.leave_out(name, "a link, which may lead out of the folder");
    } else if (!fs::is_regular_file(status)) {
      collecting.leave_out(name, "no file but a pipe, a socket or a device");
    } else if (collecting.wanted(name)) {
      files.emplace_back(entry->path(), name);
    }
    entry.increment(error);
  }
  if (error)
    throw BundleError(fmt::format("{}: the folder cannot be read ({}); check the permissions of all within it",
                                  folder.string(), error.message()));
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return files;
}

Bundle bundle_of_folder(const fs::path& folder, std::string name, bool (*never_open)(std::string_view),
                        const BundleLimits& limits) {
  Bundle bundle;
  bundle.name = std::move(name);
  Collecting collecting(bundle, never_open, limits);
  std::string hashes;
  for (auto& [path, inner] : files_under(folder, collecting)) {
    auto bytes = collecting.read_file(path, inner);
    hashes += inner + '\0' + sha256_of(bytes, limits);
    collecting.add(std::move(inner), std::move(bytes), 0);
  }
  bundle.sha256 = sha256_of(hashes, limits);
  finish(bundle);
  return bundle;
}

/// A repository is its log: the files in it are its work, not a source of contacts.
Bundle bundle_of_repository(const fs::path& folder, std::string name, const BundleLimits& limits) {
  Bundle bundle;
  bundle.name = std::move(name);
  auto repository = log_of_repository(folder, limits.file_bytes_max);
  bundle.sha256 = sha256_of(repository.log + '\0' + repository.mailmap, limits);
  bundle.files.push_back({"git log", std::move(repository.log)});
  if (!repository.mailmap.empty()) bundle.files.push_back({".mailmap", std::move(repository.mailmap)});
  bundle.issues.push_back(
      {bundle.name, 0, 0, "a git repository: its log was read, not the files in it; give one of them to read it"});
  for (const auto& left_out : repository.left_out)
    bundle.issues.push_back({bundle.name, 0, 0, "left out: " + left_out});
  return bundle;
}

}  // namespace

Bundle bundle_of(std::string name, Bytes bytes, bool (*never_open)(std::string_view), const BundleLimits& limits) {
  Bundle bundle;
  bundle.name = shown(readable(name));
  bundle.sha256 = sha256_of(bytes, limits);
  Collecting collecting(bundle, never_open, limits);
  if (bytes.empty()) throw BundleError(fmt::format("{}: it is empty", bundle.name));
  if (static_cast<std::int64_t>(bytes.size()) > limits.file_bytes_max) {
    throw BundleError(fmt::format("{}: it is larger than {}", bundle.name, size_in_words(limits.file_bytes_max)));
  }
  if (!is_zip(bytes) && !is_tar(bytes)) {
    if (never_open != nullptr && never_open(bundle.name)) {
      bundle.closed.push_back(bundle.name);
    } else {
      bundle.files.push_back({bundle.name, std::move(bytes)});
    }
    return bundle;
  }
  if (const auto fault = collecting.unpack(bytes, "", 1); !fault.empty())
    throw BundleError(fmt::format("{}: {}", bundle.name, fault));
  finish(bundle);
  return bundle;
}

Bundle bundle_of(std::string name, std::vector<SourceFile> files, bool (*never_open)(std::string_view),
                 const BundleLimits& limits) {
  Bundle bundle;
  bundle.name = shown(readable(name));
  Collecting collecting(bundle, never_open, limits);
  std::string hashes;
  for (auto& file : files) {
    auto inner = readable(file.name);
    hashes += inner + '\0' + sha256_of(file.bytes, limits);
    if (!collecting.wanted(inner)) continue;
    collecting.take(file.bytes, inner);
    collecting.add(std::move(inner), std::move(file.bytes), 0);
  }
  bundle.sha256 = sha256_of(hashes, limits);
  finish(bundle);
  return bundle;
}

Bundle open_bundle(const fs::path& path, bool (*never_open)(std::string_view), const BundleLimits& limits) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (error && status.type() != fs::file_type::not_found) {
    throw BundleError(fmt::format("{}: it cannot be reached ({}); check its name and the permissions on the way to it",
                                  path.string(), error.message()));
  }
  if (!fs::exists(status)) throw BundleError(fmt::format("{}: there is no such file or folder", path.string()));
  const auto full = fs::absolute(path, error).lexically_normal();
  auto name = shown(readable((full.has_filename() ? full : full.parent_path()).filename().string()));
  if (fs::is_directory(status) && is_repository(path)) return bundle_of_repository(path, std::move(name), limits);
  if (fs::is_directory(status)) return bundle_of_folder(path, std::move(name), never_open, limits);
  if (!fs::is_regular_file(status)) {
    throw BundleError(fmt::format(
        "{}: it is no file and no folder but a pipe, a socket or a device; give '-' to read what is piped in",
        path.string()));
  }
  Bundle only_named;
  only_named.name = name;
  auto bytes = Collecting(only_named, never_open, limits).read_file(path, name);
  return bundle_of(std::move(name), std::move(bytes), never_open, limits);
}

}  // namespace ties::importers
