#pragma once
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "reports/render/render.h"

namespace ties::reports {

/// Compares with tests/golden/reports/NAME; with TIES_WRITE_GOLDEN=1 in the environment writes it anew.
inline void check_golden(const std::string& name, const std::string& actual) {
  const auto path = std::filesystem::path(TIES_SOURCE_DIR) / "tests/golden/reports" / name;
  if (const char* write = std::getenv("TIES_WRITE_GOLDEN"); write != nullptr && std::string(write) == "1") {
    std::ofstream(path, std::ios::binary) << actual;
  }
  std::ifstream in(path, std::ios::binary);
  BOOST_REQUIRE_MESSAGE(in, "no golden file " << name << "; TIES_WRITE_GOLDEN=1 writes it");
  const std::string expected{std::istreambuf_iterator<char>(in), {}};
  BOOST_TEST(!expected.empty(), name << " is empty");
  BOOST_TEST(actual == expected, name << " differs; this was written:\n" << actual);
}

/// Compares a document in every format, and as text at the widths of a phone, a terminal and a wide one.
inline void check_every_format(const std::string& name, const Document& document) {
  const std::vector<std::pair<std::string, std::string>> endings{{"text", "txt"},  {"markdown", "md"}, {"html", "html"},
                                                                 {"json", "json"}, {"csv", "csv"},     {"svg", "svg"},
                                                                 {"ics", "ics"}};
  BOOST_TEST(endings.size() == formats().size());
  for (const auto& [format, ending] : endings) {
    const auto written = render(document, format, {}, "20260310T080000Z");
    if (!written.empty()) check_golden(name + "." + ending, written);
  }
  for (const std::size_t width : {40, 80, 120}) {
    check_golden(name + "-" + std::to_string(width) + ".txt", text(document, {width, false, true}));
  }
  check_golden(name + "-80-colour.txt", text(document, {80, true, true}));
}

}  // namespace ties::reports
