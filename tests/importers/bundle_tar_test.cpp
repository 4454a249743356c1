#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <clocale>
#include <filesystem>
#include <fstream>
#include <random>

#include "crm/text/text.h"
#include "importers/bundle.h"

using namespace ties;
using namespace ties::importers;
namespace fs = std::filesystem;

namespace {

struct Member {
  std::string name{};
  std::string bytes{};
  unsigned type{AE_IFREG};
  std::string link{};
  std::int64_t claims{-1};  ///< a hole to this size, when not negative
};

/// A tar as a program writes it, packed by gzip or not.
std::string tar_of(const std::vector<Member>& members, bool packed = true) {
  std::setlocale(LC_ALL, "C.UTF-8");  // libarchive's writer needs it for such names; the reader must not
  const std::unique_ptr<archive, int (*)(archive*)> tar(archive_write_new(), archive_write_free);
  archive_write_set_format_pax_restricted(tar.get());
  if (packed) archive_write_add_filter_gzip(tar.get());
  std::vector<char> buffer(40'000'000);
  std::size_t used = 0;
  BOOST_REQUIRE(archive_write_open_memory(tar.get(), buffer.data(), buffer.size(), &used) == ARCHIVE_OK);
  for (const auto& member : members) {
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
    archive_entry_set_pathname_utf8(entry.get(), member.name.c_str());
    archive_entry_set_filetype(entry.get(), member.type);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_size(entry.get(), static_cast<std::int64_t>(member.bytes.size()));
    if (member.type == AE_IFLNK) archive_entry_set_symlink(entry.get(), member.link.c_str());
    if (member.type == AE_IFREG && !member.link.empty()) archive_entry_set_hardlink(entry.get(), member.link.c_str());
    if (member.claims >= 0) {
      archive_entry_set_size(entry.get(), member.claims);
      archive_entry_sparse_add_entry(entry.get(), 0, 0);
    }
    BOOST_REQUIRE(archive_write_header(tar.get(), entry.get()) == ARCHIVE_OK);
    if (!member.bytes.empty()) archive_write_data(tar.get(), member.bytes.data(), member.bytes.size());
  }
  archive_write_close(tar.get());
  std::setlocale(LC_ALL, "C");
  return {buffer.data(), used};
}

/// A file that is packed and in no tar.
std::string packed(const std::string& bytes) {
  const std::unique_ptr<archive, int (*)(archive*)> raw(archive_write_new(), archive_write_free);
  archive_write_set_format_raw(raw.get());
  archive_write_add_filter_gzip(raw.get());
  std::vector<char> buffer(bytes.size() + 10'000);
  std::size_t used = 0;
  archive_write_open_memory(raw.get(), buffer.data(), buffer.size(), &used);
  const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_write_header(raw.get(), entry.get());
  archive_write_data(raw.get(), bytes.data(), bytes.size());
  archive_write_close(raw.get());
  return {buffer.data(), used};
}

std::vector<std::string> names_in(const Bundle& bundle) {
  std::vector<std::string> names;
  for (const auto& file : bundle.files) names.push_back(file.name);
  return names;
}

std::vector<std::string> issues_of(const Bundle& bundle) {
  std::vector<std::string> lines;
  for (const auto& issue : bundle.issues) lines.push_back(issue.file + ": " + issue.message);
  return lines;
}

std::string refusal(const std::string& bytes, const BundleLimits& limits = {}) {
  try {
    bundle_of("work.tar.gz", bytes, nullptr, limits);
  } catch (const BundleError& error) {
    return error.what();
  }
  return "it was not refused";
}

using Strings = std::vector<std::string>;

/// Text that packs badly.
std::string noise(std::size_t size) {
  std::mt19937 random(7);
  std::string bytes(size, ' ');
  for (auto& c : bytes) c = static_cast<char>(random() & 0xFF);
  return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bundle_of_tars)

BOOST_AUTO_TEST_CASE(a_tar_is_opened_packed_or_not_and_by_content) {
  for (const bool packed : {true, false}) {
    const auto bundle = bundle_of(
        "anything.bin", tar_of({{"./users_000001.json", "[1]"}, {"./a/b.json", "[2]"}, {"./a", "", AE_IFDIR}}, packed));
    BOOST_TEST(names_in(bundle) == (Strings{"a/b.json", "users_000001.json"}), boost::test_tools::per_element());
    BOOST_TEST(bundle.files[1].bytes.view() == "[1]");
    BOOST_TEST(bundle.issues.empty());
    BOOST_TEST(bundle.sha256.size() == 64u);
  }
}

BOOST_AUTO_TEST_CASE(names_that_climb_out_links_and_litter_are_left_out) {
  const auto bundle = bundle_of("x", tar_of({{"../out.json", "[]"},
                                             {"/etc/out.json", "[]"},
                                             {"a/../../out.json", "[]"},
                                             {"b\\c.json", "[]"},
                                             {"link.json", "", AE_IFLNK, "/etc/passwd"},
                                             {"hard.json", "", AE_IFREG, "kept.json"},
                                             {"pipe", "", AE_IFIFO},
                                             {".hidden", "x"},
                                             {"repositories/o/r.git/objects/aa/bb", "x"},
                                             {"repositories/o/r.git/HEAD", "x"},
                                             {".mailmap", "Ada <a@x.example>"},
                                             {"kept.json", "[7]"}}));
  BOOST_TEST(names_in(bundle) == (Strings{".mailmap", "kept.json"}), boost::test_tools::per_element());
  BOOST_TEST(
      issues_of(bundle) ==
          (Strings{"../out.json: left out: its name climbs out of the archive",
                   "/etc/out.json: left out: its name is a place on a disk",
                   "a/../../out.json: left out: its name climbs out of the archive",
                   "b\\c.json: left out: its name holds a backslash",
                   "link.json: left out: a link, a pipe or a device, which may lead out of the archive",
                   "hard.json: left out: a link, a pipe or a device, which may lead out of the archive",
                   "pipe: left out: a link, a pipe or a device, which may lead out of the archive",
                   ".hidden: left out: hidden, or left behind by the operating system",
                   "repositories/o/r.git: left out: a git repository, which is read when it is given by itself"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(names_are_utf8_whatever_the_language_of_the_system) {
  const auto archive = tar_of({{"Łucja/注.json", "[]"}, {"x.json", "[]"}});
  BOOST_REQUIRE(std::setlocale(LC_ALL, nullptr) == std::string("C"));
  BOOST_TEST(names_in(bundle_of("x", archive)) == (Strings{"x.json", "Łucja/注.json"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(bombs_are_refused_also_in_what_is_not_kept) {
  const std::string zeros(30'000'000, '\0');
  for (const std::string name : {"bomb.json", "r.git/objects/bomb"}) {
    const auto said = refusal(tar_of({{"first.json", "[]"}, {name, zeros}}));
    BOOST_TEST(said.ends_with("it unpacks to more than 200 times its size, as no export does; nothing was read"), said);
  }
  BOOST_TEST(refusal(tar_of({{"first.json", "[]"}, {"hole.json", "", AE_IFREG, "", 4'000'000'000}})) !=
             "it was not refused");
}

BOOST_AUTO_TEST_CASE(limits_hold_for_tars_as_for_zips) {
  BundleLimits limits;
  limits.file_bytes_max = 200'000;
  limits.bytes_total_max = 250'000;
  limits.files_max = 3;
  const std::string letters(150'000, 'x');
  BOOST_TEST(refusal(tar_of({{"a", letters}, {"b", letters}}), limits) ==
             "work.tar.gz: it holds more than 250000 bytes, reached at b; give the files that you mean");
  BOOST_TEST(refusal(tar_of({{"a", std::string(200'001, 'x')}}), limits) == "a: it is larger than 200000 bytes");
  BOOST_TEST(refusal(tar_of({{"a", ""}, {"b", ""}, {"c", ""}, {"d", ""}}), limits) ==
             "work.tar.gz: it holds more than 3 files; give the folder or the file that you mean");
  std::vector<Member> objects;
  for (int i = 0; i < 200; ++i) objects.push_back({"r.git/objects/" + std::to_string(i), ""});
  BOOST_TEST(refusal(tar_of(objects), limits) ==
             "work.tar.gz: it holds more than 3 files; give the folder or the file that you mean");
}

BOOST_AUTO_TEST_CASE(archives_within_archives_are_opened_to_a_depth) {
  auto bytes = tar_of({{"deep.json", "[]"}});
  for (int i = 0; i < 2; ++i) bytes = tar_of({{"inner.tar", bytes}});
  BOOST_TEST(names_in(bundle_of("x", bytes)) == (Strings{"deep.json"}), boost::test_tools::per_element());
  const auto too_deep = tar_of({{"inner.tar", bytes}, {"kept.json", "[]"}});
  const auto bundle = bundle_of("x", too_deep);
  BOOST_TEST(names_in(bundle) == (Strings{"kept.json"}), boost::test_tools::per_element());
  BOOST_TEST(issues_of(bundle) == (Strings{"inner/inner/inner.tar: left out: an archive within 3 others"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_cut_short_or_no_tar_is_refused_with_the_reason) {
  const auto whole = tar_of({{"a.json", noise(500'000)}, {"b.json", noise(500'000)}});
  const auto no_tar = "work.tar.gz: no whole tar archive is in it; get it again, or unpack it and give what was in it";
  BOOST_TEST(refusal(whole.substr(0, whole.size() / 2)) ==
             "work.tar.gz: the archive is damaged or cut short; get it again");
  BOOST_TEST(refusal("\x1F\x8B\x08 nothing") == no_tar);
  BOOST_TEST(refusal(packed("[1]")) == no_tar);
  BOOST_TEST(refusal(tar_of({})).find("there is no file in it that can be read") != std::string::npos,
             refusal(tar_of({})));
}

BOOST_AUTO_TEST_CASE(damaged_tars_are_read_or_refused_and_never_more) {
  std::mt19937 random(20260304);
  const auto below = [&](std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random);
  };
  int read = 0, refused = 0;
  for (const bool packed : {false, true}) {
    const auto whole = tar_of({{"a.json", "[1,2]"},
                               {"Łucja/" + std::string(150, 'n') + ".json", "[3]"},
                               {"r.git/HEAD", "x"},
                               {"l", "", AE_IFLNK, "a.json"}},
                              packed);
    for (int round = 0; round < 1'500; ++round) {
      auto bytes = whole;
      for (auto times = 1 + below(6); times > 0; --times)
        bytes[below(std::min<std::size_t>(bytes.size(), 6'000))] = static_cast<char>(below(256));
      if (below(5) == 0) bytes.resize(below(bytes.size()) + 1);
      try {
        const auto bundle = bundle_of("x.tar", bytes);
        for (const auto& file : bundle.files) BOOST_TEST_REQUIRE(text::is_utf8(file.name));
        ++read;
      } catch (const BundleError&) {
        ++refused;
      }
    }
  }
  BOOST_TEST(read > 50);
  BOOST_TEST(refused > 50);
}

BOOST_AUTO_TEST_SUITE_END()
