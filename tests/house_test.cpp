#define BOOST_TEST_MODULE house
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

/// Who may know whom, held against the #include lines and a few words of every source.
namespace {

namespace fs = std::filesystem;
const fs::path root = TIES_SOURCE_DIR;

struct Line {
  std::string file;
  int number{};
  std::string text;
};

std::vector<Line> lines_of(const char* folder) {
  std::vector<Line> lines;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    const auto ending = entry.path().extension();
    if (!entry.is_regular_file() || (ending != ".h" && ending != ".cpp")) continue;
    std::ifstream in(entry.path());
    int number = 0;
    for (std::string text; std::getline(in, text);) lines.push_back({fs::relative(entry.path(), root).generic_string(), ++number, text});
  }
  return lines;
}

bool starts_with_any(const std::string& text, const std::vector<std::string>& beginnings) {
  for (const auto& beginning : beginnings) {
    if (text.starts_with(beginning)) return true;
  }
  return false;
}

/// A folder, and what of ours it may include.
const std::vector<std::pair<std::string, std::vector<std::string>>> may_know{
    {"crm/text/", {"crm/text/"}},
    {"crm/domain/", {"crm/domain/", "crm/text/text.h"}},
    {"crm/store/", {"crm/store/", "crm/domain/", "crm/text/text.h"}},
    {"crm/wire/", {"crm/wire/", "crm/domain/"}},
    {"crm/service/", {"crm/service/", "crm/store/", "crm/wire/", "crm/domain/", "crm/text/text.h", "crm/clock.h", "crm/config.h", "importers/", "reports/"}},
    {"crm/cli/", {"crm/cli/", "crm/service/", "crm/wire/", "crm/domain/", "crm/text/text.h", "reports/", "importers/bundle.h"}},
    {"importers/", {"importers/", "crm/domain/", "crm/text/text.h"}},
    {"reports/", {"reports/", "crm/domain/", "crm/text/text.h"}},
};

/// A word, and the only places that may use it.
const std::vector<std::pair<std::string, std::vector<std::string>>> words{
    {"sqlite3", {"crm/store/"}},        {"SQLite::", {"crm/store/"}},         {"Poco", {"importers/bundle.cpp"}},
    {"CLI/", {"crm/cli/"}},             {"nlohmann", {"crm/wire/", "reports/render/"}},
    {"unicode/", {"crm/text/"}},        {"phonenumbers/", {"crm/text/"}},     {"system_clock::now", {"crm/clock.cpp"}},
    {"localtime", {}},                  {"getenv", {"crm/config.cpp"}},       {"SELECT ", {"crm/store/"}},
};

}  // namespace

BOOST_AUTO_TEST_CASE(nobody_knows_more_of_the_house_than_they_may) {
  int seen = 0;
  for (const auto* folder : {"crm", "importers", "reports"}) {
    for (const auto& line : lines_of(folder)) {
      if (!line.text.starts_with("#include \"")) continue;
      const auto included = line.text.substr(10, line.text.find('"', 10) - 10);
      for (const auto& [who, whom] : may_know) {
        if (!line.file.starts_with(who)) continue;
        ++seen;
        BOOST_TEST(starts_with_any(included, whom), line.file << ":" << line.number << ": " << who << " may not know " << included);
      }
    }
  }
  BOOST_TEST(seen > 100);
}

BOOST_AUTO_TEST_CASE(a_library_and_the_time_are_known_in_few_places) {
  for (const auto* folder : {"crm", "importers", "reports"}) {
    for (const auto& line : lines_of(folder)) {
      for (const auto& [word, places] : words) {
        const bool used = line.text.find(word) != std::string::npos && line.text.find("//") > line.text.find(word);
        BOOST_TEST((!used || starts_with_any(line.file, places)), line.file << ":" << line.number << ": " << word << " has no business here");
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(the_top_level_stays_as_it_is) {
  const std::set<std::string> allowed{"CMakeLists.txt", "crm", "importers", "reports", "tests", "samples", "README.md", "LICENSE", "build"};
  for (const auto& entry : fs::directory_iterator(root)) {
    const auto name = entry.path().filename().string();
    BOOST_TEST((name.starts_with('.') || allowed.contains(name)), name << " is no part of the top level");
  }
}
