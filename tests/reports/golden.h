#pragma once
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

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

}  // namespace ties::reports
