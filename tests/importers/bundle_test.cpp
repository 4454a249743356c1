#include "importers/bundle.h"

#include <Poco/Zip/Compress.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <random>
#include <sstream>

#include "crm/text/text.h"

using namespace ties;
using namespace ties::importers;
using std::string_literals::operator""s;
namespace fs = std::filesystem;

namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;

/// A zip as a program writes it.
std::string zip_of(const Entries& entries, bool stored = false) {
  std::ostringstream out(std::ios::binary);
  Poco::Zip::Compress zip(out, true);
  for (const auto& [name, bytes] : entries) {
    std::istringstream in(bytes, std::ios::binary);
    zip.addFile(in, Poco::DateTime(2026, 3, 1), Poco::Path(name, Poco::Path::PATH_UNIX),
                stored ? Poco::Zip::ZipCommon::CM_STORE : Poco::Zip::ZipCommon::CM_DEFLATE);
  }
  zip.close();
  return out.str();
}

std::string little(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i));
  return text;
}

std::uint32_t crc_of(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFFu;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1u) != 0 ? 0xEDB88320u : 0u);
  }
  return ~crc;
}

/// An entry as no honest program writes it: any name, flags, method and sizes.
struct Raw {
  std::string name{};
  std::string bytes{};
  unsigned flags{};
  unsigned method{};
  std::uint32_t claims{};  ///< unpacked bytes, when not 0
};

/// A zip by hand, its bytes stored as they are.
std::string raw_zip(const std::vector<Raw>& entries) {
  std::string files, directory;
  for (const auto& entry : entries) {
    const auto packed = static_cast<std::uint32_t>(entry.bytes.size());
    const auto same = little(20, 2) + little(entry.flags, 2) + little(entry.method, 2) + little(0, 2) +
                      little(0x5A61, 2) + little(crc_of(entry.bytes), 4) + little(packed, 4) +
                      little(entry.claims != 0 ? entry.claims : packed, 4) + little(entry.name.size(), 2) +
                      little(0, 2);
    directory += "PK\x01\x02" + little(20, 2) + same + little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) +
                 little(files.size(), 4) + entry.name;
    files += "PK\x03\x04" + same + entry.name + entry.bytes;
  }
  return files + directory + "PK\x05\x06" + little(0, 4) + little(entries.size(), 2) + little(entries.size(), 2) +
         little(directory.size(), 4) + little(files.size(), 4) + little(0, 2);
}

/// "name=bytes" of each file; then "closed name"; then "!file: message" of each issue.
std::vector<std::string> told(const Bundle& bundle) {
  std::vector<std::string> lines;
  for (const auto& file : bundle.files) lines.push_back(file.name + "=" + std::string(file.bytes.view()));
  for (const auto& name : bundle.closed) lines.push_back("closed " + name);
  for (const auto& issue : bundle.issues) lines.push_back("!" + issue.file + ": " + issue.message);
  return lines;
}

using Told = std::vector<std::string>;

/// What the error says; fails when there is none.
template <class Open>
std::string refusal(Open open) {
  try {
    open();
  } catch (const BundleError& error) {
    return error.what();
  }
  BOOST_ERROR("it was not refused");
  return {};
}

bool logins_stay_closed(std::string_view name) {
  return name.ends_with("Logins.csv");
}

/// A folder that is there for one test.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("ties_bundle_test_" + std::to_string(::getpid()));
  Folder() { fs::remove_all(path), fs::create_directories(path); }
  ~Folder() {
    std::error_code error;
    fs::permissions(path / "locked", fs::perms::owner_all, error);
    fs::remove_all(path, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  fs::path write(const std::string& name, const std::string& bytes) const {
    fs::create_directories((path / name).parent_path());
    std::ofstream(path / name, std::ios::binary) << bytes;
    return path / name;
  }
};

BundleLimits limits_of(std::int64_t total, std::int64_t file, int files, int ratio, int nesting) {
  BundleLimits limits;
  limits.bytes_total_max = total, limits.file_bytes_max = file, limits.files_max = files;
  limits.ratio_max = ratio, limits.nesting_max = nesting;
  return limits;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bundle)

BOOST_AUTO_TEST_CASE(a_file_alone_is_a_bundle_of_one) {
  const auto bundle = bundle_of("notes.txt", "Ada");
  BOOST_TEST(told(bundle) == (Told{"notes.txt=Ada"}), boost::test_tools::per_element());
  BOOST_TEST(bundle.name == "notes.txt");
}

BOOST_AUTO_TEST_CASE(the_hash_is_sha256_of_the_bytes) {
  BOOST_TEST(bundle_of("a", "abc").sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

BOOST_AUTO_TEST_CASE(a_zip_is_known_by_its_content_and_not_by_its_ending) {
  const auto zip = zip_of({{"b.csv", "b"}, {"a.csv", "a"}});
  for (const auto* name : {"export.zip", "export.csv", "export"}) {
    BOOST_TEST(told(bundle_of(name, zip)) == (Told{"a.csv=a", "b.csv=b"}), boost::test_tools::per_element());
  }
  BOOST_TEST(told(bundle_of("table.zip", "a,b")) == (Told{"table.zip=a,b"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(stored_empty_and_large_entries_are_read_whole) {
  std::string large;
  for (int i = 0; i < 200'000; ++i) large += std::to_string(i * 7919 % 10007);
  for (const bool stored : {true, false}) {
    const auto bundle = bundle_of("x.zip", zip_of({{"large.csv", large}, {"none.csv", ""}}, stored));
    BOOST_REQUIRE(bundle.files.size() == 2u);
    BOOST_TEST((bundle.files[0].bytes.view() == large));
    BOOST_TEST(bundle.files[1].bytes.empty());
  }
}

BOOST_AUTO_TEST_CASE(top_folders_are_stripped_when_all_files_share_them_and_remembered) {
  const auto one = bundle_of("x.zip", zip_of({{"Export 2026/a.csv", "a"}, {"Export 2026/Jobs/b.csv", "b"}}));
  BOOST_TEST(told(one) == (Told{"Jobs/b.csv=b", "a.csv=a"}), boost::test_tools::per_element());
  BOOST_TEST(one.top == "Export 2026/");
  const auto alone = bundle_of("x.zip", zip_of({{"top/a.csv", "a"}}));
  BOOST_TEST(told(alone) == (Told{"a.csv=a"}), boost::test_tools::per_element());
  const auto none = bundle_of("x.zip", zip_of({{"top/a.csv", "a"}, {"topmost.csv", "b"}}));
  BOOST_TEST(told(none) == (Told{"top/a.csv=a", "topmost.csv=b"}), boost::test_tools::per_element());
  BOOST_TEST(none.top == "");
}

BOOST_AUTO_TEST_CASE(a_zip_within_a_zip_is_opened_down_to_the_limit) {
  const auto one = zip_of({{"a.csv", "a"}});
  const auto two = zip_of({{"one.zip", one}});
  const auto three = zip_of({{"two.zip", two}, {"c.csv", "c"}});
  BOOST_TEST(told(bundle_of("x.zip.zip", two)) == (Told{"a.csv=a"}), boost::test_tools::per_element());
  BOOST_TEST(told(bundle_of("x.zip", three)) == (Told{"c.csv=c", "two/one/a.csv=a"}), boost::test_tools::per_element());
  BOOST_TEST(told(bundle_of("x.zip", zip_of({{"three.zip", three}, {"d.csv", "d"}}))) ==
                 (Told{"d.csv=d", "three/c.csv=c", "!three/two/one.zip: left out: a zip within 3 others"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(two_archives_in_one_folder_keep_files_of_one_name_apart) {
  const Folder folder;
  folder.write("Basic.zip", zip_of({{"Connections.csv", "basic"}}));
  folder.write("Complete.zip", zip_of({{"Connections.csv", "complete"}}));
  BOOST_TEST(
      told(open_bundle(folder.path)) == (Told{"Basic/Connections.csv=basic", "Complete/Connections.csv=complete"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(names_that_climb_out_are_listed_and_not_read) {
  struct Case {
    std::string name, fault;
  };
  const std::vector<Case> cases{
      {"../evil.csv", "its name climbs out of the archive"},
      {"a/../../evil.csv", "its name climbs out of the archive"},
      {"a/..", "its name climbs out of the archive"},
      {"/etc/evil.csv", "its name is a place on a disk"},
      {"C:/evil.csv", "its name is a place on a disk"},
      {"c:evil.csv", "its name is a place on a disk"},
      {"..\\evil.csv", "its name holds a backslash"},
      {"\\\\host\\evil.csv", "its name holds a backslash"},
      {"evil.csv\0.txt"s, "its name holds control characters"},
      {"evil\n.csv", "its name holds control characters"},
      {"\x1B[31mevil.csv", "its name holds control characters"},
      {std::string(1'001, 'x'), "its name is longer than 1000 bytes"},
      {"evil/", "its name is that of a folder"},
  };
  for (const auto& [name, fault] : cases) {
    const auto bundle = bundle_of("x.zip", raw_zip({{name, "evil", 0, 0, 0}, {"good.csv", "good", 0, 0, 0}}));
    BOOST_REQUIRE(bundle.files.size() == 1u);
    BOOST_TEST(bundle.files[0].name == "good.csv");
    BOOST_REQUIRE(bundle.issues.size() == 1u);
    BOOST_TEST(bundle.issues[0].message == "left out: " + fault);
    BOOST_TEST(bundle.issues[0].file.size() <= 120u);
    BOOST_TEST(bundle.issues[0].file.find('\x1B') == std::string::npos);
    BOOST_TEST(bundle.issues[0].line == 0);
  }
  BOOST_TEST(refusal([] { bundle_of("x.zip", raw_zip({{"", "evil", 0, 0, 0}, {"good.csv", "good", 0, 0, 0}})); }) ==
             "x.zip: the zip is damaged or cut short; get it again");
  BOOST_TEST(told(bundle_of("x.zip", raw_zip({{"a..b/c...csv", "fine", 0, 0, 0}, {"./d.csv", "too", 0, 0, 0}}))) ==
                 (Told{"a..b/c...csv=fine", "d.csv=too"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(names_in_an_old_code_page_become_readable) {
  const auto bundle = bundle_of("x.zip", raw_zip({{"Zo\xEB.csv", "a", 0, 0, 0}}));
  BOOST_TEST(told(bundle) == (Told{"Zoë.csv=a"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(hidden_files_and_litter_are_named_once_and_left_out) {
  const auto bundle = bundle_of("x.zip", zip_of({{"__MACOSX/._a.csv", "x"},
                                                 {"__MACOSX/b/._c.csv", "x"},
                                                 {"a.csv", "a"},
                                                 {"Jobs/.DS_Store", "x"},
                                                 {"Jobs/Thumbs.db", "x"}}));
  BOOST_TEST(
      told(bundle) == (Told{"a.csv=a", "!Jobs/.DS_Store: left out: hidden, or left behind by the operating system",
                            "!Jobs/Thumbs.db: left out: hidden, or left behind by the operating system",
                            "!__MACOSX: left out: hidden, or left behind by the operating system"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(files_that_stay_closed_are_listed_and_not_unpacked) {
  const auto zip = zip_of({{"e/Logins.csv", "secret"}, {"e/a.csv", "a"}});
  BOOST_TEST(told(bundle_of("x.zip", zip, logins_stay_closed)) == (Told{"a.csv=a", "closed Logins.csv"}),
             boost::test_tools::per_element());
  BOOST_TEST(told(bundle_of("Logins.csv", "secret", logins_stay_closed)) == (Told{"closed Logins.csv"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_bomb_is_refused_while_it_unpacks) {
  const auto bomb = zip_of({{"bomb.csv", std::string(20'000'000, '0')}});
  BOOST_REQUIRE(bomb.size() < 100'000u);
  BOOST_TEST(refusal([&] { bundle_of("x.zip", bomb); }) ==
             "bomb.csv: it unpacks to more than 200 times its size, as no export does; nothing was read");
  BOOST_TEST(refusal([&] {
               bundle_of("x.zip", zip_of({{"in.zip", bomb}, {"a.csv", "a"}}));
             }) == "in/bomb.csv: it unpacks to more than 200 times its size, as no export does; nothing was read");
}

BOOST_AUTO_TEST_CASE(sizes_that_lie_are_not_believed) {
  auto bomb = zip_of({{"bomb.csv", std::string(20'000'000, '0')}});
  // The header now says that it unpacks to ten bytes.
  for (std::size_t at = bomb.find("PK\x03\x04"), field = 22; at != std::string::npos;
       at = field == 22 ? bomb.find("PK\x01\x02") : std::string::npos, field = field == 22 ? 24 : 0) {
    if (field != 0) bomb.replace(at + field, 4, little(10, 4));
  }
  BOOST_TEST(refusal([&] { bundle_of("x.zip", bomb); }).find("more than 200 times its size") != std::string::npos);
  // And stored bytes that claim to be many are as many as they are.
  const auto bundle = bundle_of("x.zip", raw_zip({{"a.csv", "abc", 0, 0, 4'000'000'000u}}));
  BOOST_TEST(told(bundle) == (Told{"a.csv=abc"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_limit_has_its_own_words) {
  const auto zip = zip_of({{"a.csv", std::string(600, 'a')}, {"b.csv", std::string(600, 'b')}, {"c.csv", "c"}});
  const auto refused = [&](const BundleLimits& limits) {
    return refusal([&] { bundle_of("x.zip", zip, nullptr, limits); });
  };
  BOOST_TEST(refused(limits_of(1'000, 5'000, 9, 200, 3)) ==
             "x.zip: it holds more than 1000 bytes, reached at b.csv; give the files that you mean");
  BOOST_TEST(refused(limits_of(9'000, 599, 9, 200, 3)) == "a.csv: it is larger than 599 bytes");
  BOOST_TEST(refused(limits_of(9'000, 5'000, 2, 200, 3)) ==
             "x.zip: it holds more than 2 files; give the folder or the file that you mean");
  BOOST_TEST(refusal([&] { bundle_of("a.txt", std::string(11, 'x'), nullptr, limits_of(100, 10, 9, 200, 3)); }) ==
             "a.txt: it is larger than 10 bytes");
  BOOST_TEST(bundle_of("x.zip", zip, nullptr, limits_of(1'201, 5'000, 3, 200, 3)).files.size() == 3u);
}

BOOST_AUTO_TEST_CASE(entries_without_end_are_refused_before_they_are_listed) {
  std::vector<Raw> folders;
  for (int i = 0; i < 50; ++i) folders.push_back({"f" + std::to_string(i) + "/", "", 0, 0, 0});
  BOOST_TEST(refusal([&] { bundle_of("x.zip", raw_zip(folders), nullptr, limits_of(9'000, 9'000, 10, 200, 3)); }) ==
             "x.zip: it holds more than 10 files; give the folder or the file that you mean");
}

BOOST_AUTO_TEST_CASE(an_encrypted_entry_is_an_issue_that_says_what_to_do) {
  const auto bundle =
      bundle_of("x.zip", raw_zip({{"secret.csv", "????????????????", 1, 0, 0}, {"a.csv", "a", 0, 0, 0}}));
  BOOST_TEST(
      told(bundle) ==
          (Told{"a.csv=a", "!secret.csv: left out: it is encrypted; unpack it with its password and give the folder"}),
      boost::test_tools::per_element());
  BOOST_TEST(refusal([] {
               bundle_of("x.zip", raw_zip({{"secret.csv", "?", 1, 99, 0}}));
             }) == "x.zip: it is encrypted; unpack it with its password and give the folder");
}

BOOST_AUTO_TEST_CASE(a_method_that_is_not_read_is_said_to_be_so) {
  const auto words = refusal([] { bundle_of("x.zip", raw_zip({{"a.csv", "?", 0, 14, 0}})); });
  BOOST_TEST(words == "x.zip: it is packed in a way that Ties does not read; unpack it and give the folder");
}

BOOST_AUTO_TEST_CASE(a_damaged_entry_is_an_issue_and_the_others_are_read) {
  auto zip = raw_zip({{"a.csv", "aaaa", 0, 0, 0}, {"b.csv", "bbbb", 0, 0, 0}});
  zip.replace(zip.find("aaaa"), 4, "axaa");
  BOOST_TEST(told(bundle_of("x.zip", zip)) ==
                 (Told{"b.csv=bbbb", "!a.csv: left out: it is damaged within the zip; get it again"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_zip_that_is_cut_short_anywhere_is_refused) {
  for (const auto& whole :
       {zip_of({{"a.csv", "some,text\n1,2\n"}, {"b.csv", "more"}}), raw_zip({{"a.csv", "a", 0, 0, 0}})}) {
    for (std::size_t size = 4; size + 22 <= whole.size(); ++size) {
      BOOST_TEST(refusal([&] { bundle_of("x.zip", whole.substr(0, size)); }) ==
                 "x.zip: the zip is damaged or cut short; get it again");
    }
  }
}

BOOST_AUTO_TEST_CASE(a_damaged_zip_among_others_is_an_issue) {
  const auto bundle = bundle_of("x.zip", zip_of({{"a.csv", "a"}, {"in.zip", "PK\x03\x04 nothing"}}));
  BOOST_TEST(told(bundle) == (Told{"a.csv=a", "!in.zip: left out: the zip is damaged or cut short; get it again"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(nothing_to_read_is_an_error_that_says_why) {
  BOOST_TEST(refusal([] { bundle_of("x.csv", ""); }) == "x.csv: it is empty");
  BOOST_TEST(refusal([] { bundle_of("x.zip", raw_zip({})); }) == "x.zip: there is no file in it that can be read");
  BOOST_TEST(refusal([] {
               bundle_of("x.zip", raw_zip({{"../a", "a", 0, 0, 0}}));
             }) ==
             "x.zip: there is no file in it that can be read (../a: left out: its name climbs out of the archive)");
}

BOOST_AUTO_TEST_CASE(a_folder_reads_as_its_zip_does) {
  const Folder folder;
  folder.write("a.csv", "a");
  folder.write("Jobs/b.csv", "b");
  folder.write(".git/config", "x");
  folder.write("Jobs/Logins.csv", "secret");
  const auto bundle = open_bundle(folder.path, logins_stay_closed);
  BOOST_TEST(told(bundle) == (Told{"Jobs/b.csv=b", "a.csv=a", "closed Jobs/Logins.csv",
                                   "!.git: left out: hidden, or left behind by the operating system"}),
             boost::test_tools::per_element());
  BOOST_TEST(bundle.name == folder.path.filename().string());
  BOOST_TEST(open_bundle(folder.path.string() + "/").name == folder.path.filename().string());
  BOOST_TEST(bundle.sha256 == open_bundle(folder.path, logins_stay_closed).sha256);
  folder.write("a.csv", "changed");
  BOOST_TEST(bundle.sha256 != open_bundle(folder.path, logins_stay_closed).sha256);
}

BOOST_AUTO_TEST_CASE(links_and_pipes_in_a_folder_are_named_and_not_followed) {
  const Folder folder;
  const auto outside = folder.write("outside/secret.csv", "secret");
  folder.write("inside/a.csv", "a");
  fs::create_symlink(outside, folder.path / "inside/link.csv");
  fs::create_directory_symlink(folder.path / "outside", folder.path / "inside/out");
  fs::create_directory_symlink(folder.path / "inside", folder.path / "inside/loop");
  BOOST_REQUIRE(::mkfifo((folder.path / "inside/pipe").c_str(), 0600) == 0);
  auto lines = told(open_bundle(folder.path / "inside"));
  std::sort(lines.begin(), lines.end());
  BOOST_TEST(lines == (Told{"!link.csv: left out: a link, which may lead out of the folder",
                            "!loop: left out: a link, which may lead out of the folder",
                            "!out: left out: a link, which may lead out of the folder",
                            "!pipe: left out: no file but a pipe, a socket or a device", "a.csv=a"}),
             boost::test_tools::per_element());
  // A link that the user names is the user's wish.
  BOOST_TEST(told(open_bundle(folder.path / "inside/link.csv")) == (Told{"link.csv=secret"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_no_file_is_refused_without_being_opened) {
  const Folder folder;
  const auto pipe = folder.path / "pipe";
  BOOST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const auto words =
      ": it is no file and no folder but a pipe, a socket or a device; give '-' to read what is piped in";
  BOOST_TEST(refusal([&] { open_bundle(pipe); }) == pipe.string() + words);
  BOOST_TEST(refusal([] { open_bundle("/dev/zero"); }) == "/dev/zero"s + words);
  BOOST_TEST(refusal([&] { open_bundle(folder.path / "none"); }) ==
             (folder.path / "none").string() + ": there is no such file or folder");
  BOOST_TEST(refusal([&] { open_bundle(folder.path / "x" / "y"); }) ==
             (folder.path / "x" / "y").string() + ": there is no such file or folder");
  fs::create_directories(folder.path / "empty");
  BOOST_TEST(refusal([&] { open_bundle(folder.path / "empty"); }) == "empty: there is no file in it that can be read");
  BOOST_TEST(refusal([&] { open_bundle(folder.path / std::string(300, 'x')); }).find(": it cannot be reached (") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_unreadable_file_or_folder_is_an_error_that_says_what_to_do) {
  if (::geteuid() == 0) {
    BOOST_TEST_MESSAGE("left out: the superuser can read everything");
    BOOST_TEST(true);
    return;
  }
  const Folder folder;
  const auto file = folder.write("locked/a.csv", "a");
  fs::permissions(file, fs::perms::none);
  BOOST_TEST(refusal([&] { open_bundle(file); }) == file.string() + ": it cannot be read; check its permissions");
  fs::permissions(folder.path / "locked", fs::perms::none);
  BOOST_TEST(refusal([&] { open_bundle(folder.path); }).find("the folder cannot be read") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(no_mutation_of_a_zip_does_anything_but_read_or_refuse) {
  std::mt19937 random(20260302);
  const auto inner = zip_of({{"x.csv", "1,2"}});
  const std::vector<std::string> seeds{
      zip_of({{"top/a.csv", std::string(3'000, 'a')}, {"top/in.zip", inner}, {"top/b.csv", "b,c\n"}}),
      raw_zip({{"a.csv", "aaaa", 0, 0, 0}, {"../b.csv", "b", 0, 0, 0}, {"s.csv", "s", 1, 0, 0}})};
  int read = 0, refused = 0;
  for (int round = 0; round < 6'000; ++round) {
    auto bytes = seeds[static_cast<std::size_t>(round) % seeds.size()];
    const auto changes = 1 + random() % 6;
    for (unsigned i = 0; i < changes && bytes.size() > 8; ++i) {
      const auto at = 4 + random() % (bytes.size() - 4);
      switch (random() % 8) {
        case 0:
          bytes.resize(at);
          break;
        case 1:
          bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 40));
          break;
        case 2:
          bytes.erase(at, random() % 8);
          break;
        default:
          bytes[at] = static_cast<char>(random());
      }
    }
    try {
      const auto bundle = bundle_of("x.zip", bytes, logins_stay_closed, limits_of(1'000'000, 500'000, 50, 200, 3));
      ++read;
      for (const auto& file : bundle.files) {
        BOOST_REQUIRE(text::is_utf8(file.name));
        BOOST_REQUIRE(!file.name.empty());
        BOOST_REQUIRE(file.name.find("..") == std::string::npos || file.name.find("/../") == std::string::npos);
        BOOST_REQUIRE(file.bytes.size() <= 500'000u);
      }
    } catch (const BundleError& error) {
      ++refused;
      const std::string words = error.what();
      BOOST_REQUIRE(words.find(".cpp") == std::string::npos);
    }
  }
  BOOST_TEST(read > 100);
  BOOST_TEST(refused > 100);
}

BOOST_AUTO_TEST_CASE(several_files_are_a_bundle_as_if_they_lay_in_one_folder) {
  std::vector<SourceFile> files{{"b.txt", "2"}, {"a.txt", "1"}, {"../c.txt", "3"}};
  const auto bundle = bundle_of("3 files", std::move(files));
  BOOST_TEST(told(bundle) == (Told{"a.txt=1", "b.txt=2", "!../c.txt: left out: its name climbs out of the archive"}),
             boost::test_tools::per_element());
  BOOST_TEST(bundle.name == "3 files");
  BOOST_TEST(bundle.sha256.size() == 64u);
  BOOST_CHECK_THROW(bundle_of("2 files", {{"a", "12345"}, {"b", "12345"}}, nullptr, limits_of(8, 8, 5, 200, 3)), BundleError);
}

BOOST_AUTO_TEST_CASE(opening_much_is_told_and_ends_when_what_is_told_throws) {
  struct Enough {};
  auto limits = limits_of(100'000'000, 100'000'000, 5, 200, 3);
  int words = 0;
  limits.progress = [&](std::string_view, std::int64_t, std::int64_t) { ++words; };
  const std::string much(40'000'000, 'x');
  bundle_of("a.txt", much, nullptr, limits);
  BOOST_TEST(words == 2);
  limits.progress = [&](std::string_view, std::int64_t, std::int64_t) { throw Enough{}; };
  BOOST_CHECK_THROW(bundle_of("a.txt", much, nullptr, limits), Enough);
}

BOOST_AUTO_TEST_SUITE_END()
