#pragma once
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "importers/bundle.h"
#include "tests/importers/damage.h"

/// What the tests of contribution logs share.
namespace ties::importers {

inline std::filesystem::path contribution_sample(const std::string& name) {
  return std::filesystem::path{TIES_SOURCE_DIR} / "samples" / "contributions" / name;
}

inline std::string content_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline Options signes_options() {
  using namespace std::chrono_literals;
  Options options;
  options.today = 2026y / 3 / 1;
  options.my_emails = {"signe@arvelund.example"};
  options.my_github = {"signe-arvelund"};
  options.my_gitlab = {"signe.arvelund"};
  return options;
}

inline std::string in_words(const PersonKey& person) {
  std::vector<std::string> parts;
  for (const auto& [label, value] : {std::pair("name", person.name), std::pair("email", person.email),
                                     std::pair("github", person.github), std::pair("gitlab", person.gitlab)}) {
    if (!value.empty()) parts.push_back(fmt::format("{}={}", label, value));
  }
  return fmt::format("{}", fmt::join(parts, " "));
}

/// One contribution a line, its people indented below it.
inline std::string in_words(const FoundContribution& found, const Batch& batch) {
  const auto& each = found.contribution;
  const auto day = [](const std::optional<Date>& date) { return date ? to_text(*date) : std::string("-"); };
  auto text = fmt::format("{} {} {}..{} \"{}\"\n  at {}\n  in {} of {} ({}:{})\n", word(each.kind), word(each.state),
                          day(each.opened_on), day(each.closed_on), each.title, each.link,
                          each.repository.empty() ? "-" : each.repository, found.company.empty() ? "-" : found.company,
                          batch.files[static_cast<std::size_t>(found.file)].file, found.line);
  for (const auto& [person, part] : found.people) text += fmt::format("  {} {}\n", word(part), in_words(person));
  return text;
}

inline std::string contributions_in_words(const Batch& batch) {
  std::string text;
  for (const auto& found : batch.contributions) text += in_words(found, batch);
  return text;
}

inline std::string in_words(const Batch& batch) {
  auto text = "source " + batch.source + "\n\n" + contributions_in_words(batch) + "\nfiles\n";
  for (const auto& file : batch.files) {
    text += fmt::format("{}: {}", file.file, file.not_read.empty() ? file.recognised : "! " + file.not_read);
    if (file.rows > 0) text += fmt::format(", {} rows", file.rows);
    for (const auto& [why, count] : file.skipped_why) text += fmt::format(", {} {}", count, why);
    text += "\n";
  }
  text += "\nissues\n";
  for (const auto& issue : batch.issues) {
    text += fmt::format("{}:{}:{}: {}\n", issue.file, issue.line, issue.column, issue.message);
  }
  return text;
}

/// The issues alone, each as "file:line:column: message".
inline std::vector<std::string> issues_in_words(const Batch& batch) {
  std::vector<std::string> lines;
  for (const auto& issue : batch.issues) {
    lines.push_back(fmt::format("{}:{}:{}: {}", issue.file, issue.line, issue.column, issue.message));
  }
  return lines;
}

/// Compares with tests/golden/contributions/NAME.txt, line by line; with TIES_WRITE_GOLDEN=1 writes it anew.
inline void check_contributions(const std::string& name, const std::string& actual) {
  const auto path = std::filesystem::path{TIES_SOURCE_DIR} / "tests" / "golden" / "contributions" / (name + ".txt");
  if (std::getenv("TIES_WRITE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  BOOST_TEST_REQUIRE(std::filesystem::exists(path), path.filename().string() << " is missing");
  std::istringstream expected_lines(content_of_file(path)), found_lines(actual);
  std::string expected, found;
  for (int number = 1;; ++number) {
    const bool more_expected = static_cast<bool>(std::getline(expected_lines, expected));
    const bool more_found = static_cast<bool>(std::getline(found_lines, found));
    BOOST_TEST(more_expected == more_found, name << ".txt has another number of lines, from line " << number);
    if (!more_expected || !more_found) break;
    BOOST_TEST(found == expected, name << ".txt:" << number << "\n found    " << found << "\n expected " << expected);
  }
}

/// Reads a sample as the program does, by its content.
inline Batch read_sample(const std::string& name, const Options& options = signes_options()) {
  return read_bundle(open_bundle(contribution_sample(name)), "", options);
}

/// What holds of every batch, however damaged its files were.
inline void check_sound(const Batch& batch) {
  for (const auto& report : batch.files) {
    BOOST_TEST_REQUIRE(report.skipped <= report.rows, report.file << ": " << report.skipped << " of " << report.rows);
    BOOST_TEST_REQUIRE(report.recognised.empty() == !report.not_read.empty());
    int skipped = 0;
    for (const auto& [why, count] : report.skipped_why) skipped += count;
    BOOST_TEST_REQUIRE(skipped == report.skipped);
  }
  std::map<std::string, int> links;
  for (const auto& found : batch.contributions) {
    BOOST_TEST_REQUIRE(!found.contribution.link.empty());
    BOOST_TEST_REQUIRE(!found.contribution.title.empty());
    BOOST_TEST_REQUIRE(++links[found.contribution.link] == 1);
    for (const auto& person : found.people) BOOST_TEST_REQUIRE(!(person.first == PersonKey{}));
    for (const auto& day : {found.contribution.opened_on, found.contribution.closed_on}) {
      BOOST_TEST_REQUIRE((!day || day->ok()));
    }
  }
}

}  // namespace ties::importers
