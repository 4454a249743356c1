#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <vector>

// The house, as tables: who may know whom, where each library lives, and what no file may say. A path that ends in "/"
// stands for all below it, one that ends in "." for a header and its source.
namespace {

using Places = std::vector<std::string>;

struct Part {
  std::string path;
  Places knows;  ///< besides itself
};
const std::vector<Part>& parts() {
  static const std::vector<Part> table{
      {"crm/text/", {}},
      {"crm/domain/", {"crm/text/text.h"}},
      {"importers/", {"crm/domain/", "crm/text/text.h"}},
      {"reports/", {"crm/domain/", "crm/text/text.h", "crm/store/"}},
      {"crm/wire/", {"crm/domain/"}},
      {"crm/store/", {"crm/domain/", "crm/text/text.h"}},
      {"crm/clock.", {"crm/domain/"}},
      {"crm/config.", {"crm/domain/"}},
      {"crm/service/",
       {"crm/domain/", "crm/text/text.h", "crm/store/", "crm/wire/", "importers/", "reports/", "crm/clock.h",
        "crm/config.h"}},
      {"crm/cli/", {"crm/service/", "crm/wire/", "reports/"}},
      {"crm/http/",
       {"crm/service/", "crm/wire/", "crm/domain/", "crm/store/", "crm/text/text.h", "crm/clock.h", "crm/config.h",
        "reports/"}},
      {"crm/mcp/", {"crm/service/", "crm/wire/", "reports/"}},
      {"crm/main.cpp", {"crm/cli/", "crm/http/", "crm/mcp/", "crm/service/"}},
  };
  return table;
}

struct Library {
  std::string include;  ///< how its headers begin
  Places places;
};
const std::vector<Library>& libraries() {
  static const std::vector<Library> table{
      {"fmt/", {"crm/", "importers/", "reports/"}},
      {"nlohmann/",
       {"crm/wire/", "crm/service/", "crm/cli/", "crm/http/", "crm/mcp/", "reports/render/", "importers/json.",
        "importers/monica.cpp", "importers/table_cells.cpp"}},
      {"sqlite3.h", {"crm/store/"}},
      {"SQLiteCpp/", {"crm/store/"}},
      {"unicode/", {"crm/text/"}},
      {"phonenumbers/", {"crm/text/"}},
      {"Poco/Zip/", {"importers/bundle.cpp", "crm/service/package.cpp"}},  // the one reads zips, the other writes them
      {"archive", {"importers/bundle.cpp"}},
      {"libical/", {"importers/icalendar_turns.cpp"}},
      {"git2.h", {"importers/repository_log.cpp"}},
      {"gmime/", {"importers/mail_message.cpp"}},
      {"Poco/Net/", {"crm/http/"}},
      {"Poco/", {"importers/bundle.cpp", "crm/service/package.cpp", "crm/http/"}},
      {"sodium.h", {"crm/service/secrets.cpp"}},
      {"CLI/", {"crm/cli/"}},
      {"date/", {"crm/clock.cpp"}},
      {"sys/ioctl.h", {"crm/cli/"}},
      {"unistd.h", {"crm/cli/", "importers/bytes.cpp", "crm/http/gate.cpp", "crm/http/serve.cpp", "crm/http/scratch.cpp"}},
      {"poll.h", {"crm/http/gate.cpp"}},
      {"netinet/tcp.h", {"crm/http/gate.cpp"}},
      {"sys/epoll.h", {"crm/http/gate.cpp"}},
      {"sys/eventfd.h", {"crm/http/gate.cpp"}},
      {"sys/resource.h", {"crm/http/gate.cpp"}},
      {"sys/socket.h", {"crm/http/gate.cpp"}},
      {"termios.h", {"crm/cli/passwd.cpp"}},
      {"sys/wait.h", {"crm/cli/editor.cpp"}},
      {"sys/file.h", {"crm/http/serve.cpp", "crm/http/scratch.cpp"}},
      {"sys/stat.h", {"crm/http/serve.cpp", "crm/http/scratch.cpp"}},
      {"fcntl.h", {"importers/bytes.cpp", "crm/http/serve.cpp", "crm/http/scratch.cpp"}},
      {"sys/mman.h", {"importers/bytes.cpp"}},
  };
  return table;
}

struct Word {
  std::regex pattern;
  std::string what;
  Places places;  ///< the only ones that may say it; none: nowhere
};

/// In the sources of the program.
const std::vector<Word>& words_of_code() {
  static const std::vector<Word> table{
      {std::regex(R"(system_clock::now|\b(localtime|gmtime|mktime)(_r)?\b)"),
       "asks the time",
       {"crm/clock.cpp", "crm/config.cpp"}},
      {std::regex(R"(\b(secure_)?getenv\b)"), "reads the environment", {"crm/clock.cpp", "crm/config.cpp"}},
      {std::regex(R"(\bsqlite3_|\bSQLite::)"), "speaks to SQLite", {"crm/store/"}},
      {std::regex(R"(\b(SELECT|INSERT INTO|DELETE FROM)\b)"), "holds SQL", {"crm/store/"}},
      {std::regex(R"(\bPoco::)"), "speaks to Poco", {"importers/bundle.cpp", "crm/service/package.cpp", "crm/http/"}},
      {std::regex(R"(\bPoco::Net\b)"), "speaks to Poco's sockets", {"crm/http/"}},
      {std::regex(R"(\bCLI::)"), "speaks to CLI11", {"crm/cli/"}},
      {std::regex(R"(\bnlohmann::)"),
       "speaks to nlohmann",
       {"crm/wire/", "crm/service/", "crm/cli/", "crm/http/", "crm/mcp/", "reports/render/", "importers/json.",
        "importers/monica.cpp", "importers/table_cells.cpp"}},
      {std::regex(R"(\bicu::|\bUErrorCode\b|\bi18n::phonenumbers\b)"),
       "speaks to ICU or libphonenumber",
       {"crm/text/"}},
  };
  return table;
}

/// In the sources of the pages.
const std::vector<Word>& words_of_pages() {
  static const std::vector<Word> table{
      {std::regex(R"(\{@html|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\()"), "makes markup of text", {}},
      {std::regex(R"(<style|\bstyle="|\bon\w+=")"), "stands in the way of the strict content policy", {}},
      {std::regex(R"(https?://[a-z0-9])"), "names another host", {}},
      {std::regex(R"(\bfetch\(|XMLHttpRequest|EventSource\()"),
       "speaks to the service by itself",
       {"crm/web/src/api/client.ts", "crm/web/src/app/connection.svelte.ts", "crm/web/src/app/live.svelte.ts",
        "crm/web/src/app/SignIn.svelte", "crm/web/src/sw.ts"}},
      {std::regex(R"(\blocalStorage\b)"), "keeps things by itself", {"crm/web/src/app/appearance.svelte.ts"}},
  };
  return table;
}

/// In every file. The words are put together here from parts, so that this one holds none of them.
const std::vector<Word>& words_of_every_file() {
  static const std::vector<Word> table{
      {std::regex("(^|[^A-Za-z0-9_.:/-])/(home|root|work|Users|tmp/wt)/[A-Za-z0-9_.]"),
       "names a path of one machine",
       {}},
      {std::regex("(deb|security|snapshot|archive|ftp)\\."
                  "debian\\.org|(archive|ports)\\."
                  "ubuntu\\.com|"
                  "py"
                  "pi\\.org|python"
                  "hosted\\.org|registry\\."
                  "npmjs|crates"
                  "\\.io|proxy\\."
                  "golang|"
                  "center2?\\."
                  "conan|repo1?\\."
                  "maven|api\\."
                  "nuget|ruby"
                  "gems\\.org"),
       "names a package host",
       {}},
  };
  return table;
}

const std::set<std::string>& top_level() {
  static const std::set<std::string> names{"CMakeLists.txt", "LICENSE", "README.md", "build", "crm",
                                           "importers",      "reports", "samples",   "tests"};
  return names;
}

bool covers(const std::string& place, const std::string& path) {
  const bool is_beginning = place.ends_with('/') || place.ends_with('.');
  return is_beginning ? path.starts_with(place) : path == place;
}

bool is_in(const Places& places, const std::string& path) {
  return std::any_of(places.begin(), places.end(), [&path](const std::string& place) { return covers(place, path); });
}

bool is_code(const std::string& path) {
  return (path.starts_with("crm/") || path.starts_with("importers/") || path.starts_with("reports/")) &&
         (path.ends_with(".h") || path.ends_with(".cpp"));
}

bool is_page(const std::string& path) {
  return path.starts_with("crm/web/src/") && (path.ends_with(".svelte") || path.ends_with(".ts"));
}

/// What is wrong with a file's including another; nothing when it may.
std::optional<std::string> fault_of_include(const std::string& path, const std::string& included) {
  const auto part = std::find_if(parts().begin(), parts().end(),
                                 [&path](const Part& candidate) { return covers(candidate.path, path); });
  if (part == parts().end()) return "no rule says what this file may know; add it to tests/house_test.cpp";

  if (is_in({"crm/", "importers/", "reports/", "tests/"}, included)) {
    if (covers(part->path, included) || is_in(part->knows, included)) return std::nullopt;
    return part->path + " may not know " + included;
  }
  for (const auto& library : libraries()) {
    if (!included.starts_with(library.include)) continue;
    if (!is_in(library.places, path)) return library.include + " has no place here";
    const bool may_show_it = library.include != "fmt/" || part->path != "crm/domain/" || path.ends_with(".cpp");
    return may_show_it ? std::nullopt : std::optional<std::string>("fmt/ has no place in a header of the domain");
  }
  const bool is_standard = included.find_first_of("/.") == std::string::npos;
  return is_standard ? std::nullopt : std::optional<std::string>(included + " belongs to no library of the house");
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

/// Every breach of one file, as "file:line: what".
std::vector<std::string> breaches_of(const std::string& path, const std::string& text) {
  static const std::regex include_line(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])");
  std::vector<std::string> breaches;
  const auto lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& line = lines[i];
    const auto add = [&](const std::string& what) {
      breaches.push_back(path + ":" + std::to_string(i + 1) + ": " + what);
    };
    if (is_code(path)) {
      std::smatch found;
      if (std::regex_search(line, found, include_line)) {
        if (const auto fault = fault_of_include(path, found[1])) add(*fault);
      }
      for (const auto& word : words_of_code()) {
        if (!is_in(word.places, path) && std::regex_search(line, word.pattern)) add(word.what);
      }
    }
    if (is_page(path)) {
      for (const auto& word : words_of_pages()) {
        if (!is_in(word.places, path) && std::regex_search(line, word.pattern)) add(word.what);
      }
    }
    for (const auto& word : words_of_every_file()) {
      if (std::regex_search(line, word.pattern)) add(word.what);
    }
  }
  return breaches;
}

struct File {
  std::string path;  ///< from the root
  std::string text;
};

/// Every text of the repository but what is built or kept by git.
std::vector<File> files_of_the_house() {
  namespace fs = std::filesystem;
  const fs::path root = TIES_SOURCE_DIR;
  std::vector<File> files;
  for (auto at = fs::recursive_directory_iterator(root); at != fs::recursive_directory_iterator(); ++at) {
    const auto path = at->path().lexically_relative(root).generic_string();
    if (path == "build" || path == ".git") {
      at.disable_recursion_pending();
      continue;
    }
    if (!at->is_regular_file()) continue;
    std::ifstream in(at->path(), std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(in), {});
    const bool is_picture = text.find('\0') != std::string::npos;
    if (!is_picture) files.push_back({path, std::move(text)});
  }
  return files;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_house)

BOOST_AUTO_TEST_CASE(is_kept_by_every_file) {
  std::size_t code = 0;
  std::string all;
  for (const auto& file : files_of_the_house()) {
    code += is_code(file.path) ? 1 : 0;
    for (const auto& breach : breaches_of(file.path, file.text)) all += "\n" + breach;
  }
  BOOST_TEST(code > 50, "only " << code << " sources were found");
  BOOST_TEST(all.empty(), all);
}

BOOST_AUTO_TEST_CASE(has_only_these_names_at_its_top) {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(TIES_SOURCE_DIR)) {
    names.insert(entry.path().filename().string());
  }
  BOOST_TEST(names.count("CMakeLists.txt") == 1);
  for (const auto& name : names) BOOST_TEST((name.starts_with('.') || top_level().count(name) == 1), name);
}

BOOST_AUTO_TEST_CASE(names_the_file_and_line_of_every_breach) {
  struct Case {
    std::string path, text;
    std::vector<std::string> breaches;
  };
  const std::vector<Case> cases{
      {"crm/domain/x.cpp", "#include <vector>\n#include \"crm/text/text.h\"\n#include <fmt/format.h>\n", {}},
      {"crm/domain/x.h",
       "#include <fmt/format.h>\n",
       {"crm/domain/x.h:1: fmt/ has no place in a header of the domain"}},
      {"crm/domain/x.cpp",
       "\n#include \"crm/store/store.h\"\n",
       {"crm/domain/x.cpp:2: crm/domain/ may not know crm/store/store.h"}},
      {"crm/domain/x.cpp",
       "#  include <nlohmann/json.hpp>\nnlohmann::json j;\n",
       {"crm/domain/x.cpp:1: nlohmann/ has no place here", "crm/domain/x.cpp:2: speaks to nlohmann"}},
      {"importers/x.cpp",
       "#include \"reports/document.h\"",
       {"importers/x.cpp:1: importers/ may not know reports/document.h"}},
      {"importers/x.cpp", "#include <Poco/Zip/ZipStream.h>", {"importers/x.cpp:1: Poco/Zip/ has no place here"}},
      {"importers/bundle.cpp", "#include <Poco/Zip/ZipStream.h>\nPoco::Zip::ZipArchive a;", {}},
      {"importers/bundle.cpp",
       "#include <Poco/Net/HTTPServer.h>\n",
       {"importers/bundle.cpp:1: Poco/Net/ has no place here"}},
      {"reports/x.cpp", "#include <nlohmann/json.hpp>", {"reports/x.cpp:1: nlohmann/ has no place here"}},
      {"reports/render/x.cpp", "#include <nlohmann/json.hpp>", {}},
      {"reports/x.cpp",
       "#include \"crm/service/verb.h\"",
       {"reports/x.cpp:1: reports/ may not know crm/service/verb.h"}},
      {"crm/wire/x.h", "#include \"crm/store/store.h\"", {"crm/wire/x.h:1: crm/wire/ may not know crm/store/store.h"}},
      {"crm/store/x.cpp", "#include <sqlite3.h>\nsqlite3_open(); SQLite::Database d; // SELECT", {}},
      {"crm/store/x.cpp",
       "#include \"crm/wire/json.h\"",
       {"crm/store/x.cpp:1: crm/store/ may not know crm/wire/json.h"}},
      {"crm/service/x.cpp",
       "sqlite3_step(s);\nquery(\"SELECT 1\");",
       {"crm/service/x.cpp:1: speaks to SQLite", "crm/service/x.cpp:2: holds SQL"}},
      {"crm/cli/x.cpp",
       "#include \"crm/store/store.h\"\n#include <CLI/CLI.hpp>\n",
       {"crm/cli/x.cpp:1: crm/cli/ may not know crm/store/store.h"}},
      {"crm/service/x.cpp", "CLI::App app;", {"crm/service/x.cpp:1: speaks to CLI11"}},
      {"crm/service/x.cpp",
       "std::chrono::system_clock::now();\nstd::localtime(&t);\nstd::getenv(\"HOME\");",
       {"crm/service/x.cpp:1: asks the time", "crm/service/x.cpp:2: asks the time",
        "crm/service/x.cpp:3: reads the environment"}},
      {"crm/clock.cpp", "std::chrono::system_clock::now(); std::getenv(\"TZ\");", {}},
      {"tests/x_test.cpp", "std::chrono::system_clock::now(); std::getenv(\"TZ\");\n#include <sqlite3.h>", {}},
      {"crm/domain/x.cpp", "icu::UnicodeString s;", {"crm/domain/x.cpp:1: speaks to ICU or libphonenumber"}},
      {"crm/domain/x.cpp", "#include <unicode/unistr.h>", {"crm/domain/x.cpp:1: unicode/ has no place here"}},
      {"crm/domain/x.cpp",
       "#include <lib/own.h>",
       {"crm/domain/x.cpp:1: lib/own.h belongs to no library of the house"}},
      {"crm/new/x.cpp",
       "#include <vector>",
       {"crm/new/x.cpp:1: no rule says what this file may know; add it to tests/house_test.cpp"}},
      {"crm/web/src/pages/X.svelte",
       "<p>{@html name}</p>\n<p style=\"top: 0\" style:left={x}>\nfetch(\"/x\");\n",
       {"crm/web/src/pages/X.svelte:1: makes markup of text",
        "crm/web/src/pages/X.svelte:2: stands in the way of the strict content policy",
        "crm/web/src/pages/X.svelte:3: speaks to the service by itself"}},
      {"crm/web/src/api/client.ts", "const answer = await fetch(url);", {}},
      {"README.md", std::string("see ") + "/ho" + "me/ada/ties\n", {"README.md:1: names a path of one machine"}},
      {"README.md", "https://quillmark.example/home/ada and <home/work/mobile> and ../root/x\n", {}},
      {"tests/setup.sh", std::string("\n# from deb.") + "debian.org\n", {"tests/setup.sh:2: names a package host"}},
  };
  for (const auto& [path, text, breaches] : cases) {
    BOOST_TEST_CONTEXT(path << ": " << text) {
      BOOST_TEST(breaches_of(path, text) == breaches, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
