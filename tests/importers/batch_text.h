#pragma once
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "importers/importer.h"

/// What tests of importers say of a batch, line by line, and how they compare it with a golden file.
namespace ties::importers::batch_text {

namespace fs = std::filesystem;

inline std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

/// Every file below a folder, by name.
inline std::vector<SourceFile> files_below(const fs::path& folder) {
  std::vector<SourceFile> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file())
      files.push_back({fs::relative(entry.path(), folder).generic_string(), content_of(entry.path())});
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return files;
}

inline std::vector<std::string> folders_of(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

inline std::string in_quotes(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) result += c == '\n' ? std::string{"\\n"} : std::string{c};
  return result + "\"";
}

/// One label and value for each that is not empty.
class Line {
 public:
  explicit Line(std::string begin) : text_(std::move(begin)) {}
  Line& add(std::string_view label, std::string_view value) {
    if (!value.empty()) text_ += fmt::format(" {}={}", label, in_quotes(value));
    return *this;
  }
  Line& add(std::string_view label, const std::optional<Date>& day) {
    return add(label, day && day->ok() ? to_text(*day) : "");
  }
  Line& flag(std::string_view label, bool set) {
    if (set) text_ += fmt::format(" {}", label);
    return *this;
  }
  std::string end() const { return text_ + "\n"; }

 private:
  std::string text_;
};

inline std::string text_of(const PersonKey& key) {
  std::string text = key.name;
  for (const auto* part : {&key.linkedin, &key.email, &key.github, &key.gitlab}) {
    if (!part->empty()) text += "/" + *part;
  }
  return text;
}

inline std::string text_of(const Person& person) {
  const auto& contact = person.contact;
  auto result = Line("person " + in_quotes(contact.display))
                    .add("given", contact.given)
                    .add("family", contact.family)
                    .add("nickname", contact.nickname)
                    .add("suffix", contact.suffix)
                    .add("headline", contact.headline)
                    .add("location", contact.location)
                    .add("pronouns", contact.pronouns)
                    .add("met", contact.met_on)
                    .add("met-place", contact.met_place)
                    .add("connected", contact.connected_on)
                    .add("cadence", contact.cadence_days ? std::to_string(*contact.cadence_days) : "")
                    .add("introduced-by", person.introduced_by)
                    .flag("starred", contact.starred)
                    .flag("archived", contact.archived)
                    .add("source", contact.source)
                    .add("uid", person.uid)
                    .add("tags", fmt::format("{}", fmt::join(person.tags, "; ")))
                    .add("note", person.note)
                    .add("at", fmt::format("{}:{}", person.file, person.line))
                    .end();
  for (const auto& point : person.points) {
    result += Line(fmt::format("  {} {}", word(point.kind), point.value))
                  .add("label", point.label)
                  .flag("primary", point.primary)
                  .add("source", point.source)
                  .end();
  }
  for (const auto& job : person.jobs) {
    result += Line("  job " + in_quotes(job.company)).add("title", job.title).end();
  }
  for (const auto& extra : person.extras) result += Line("  extra").add(in_quotes(extra.name), extra.value).end();
  return result;
}

inline std::string text_of(const FoundApplication& found) {
  const auto& application = found.application;
  auto result =
      Line(fmt::format("{} {} {}", word(found.stage_kind), word(application.outcome), in_quotes(application.title)))
          .add("stage", found.stage_name)
          .flag("guessed", found.stage_guessed)
          .add("company", found.company)
          .add("opened", application.opened_on)
          .add("closed", application.closed_on)
          .add("deadline", application.deadline)
          .add("source", application.source == ApplicationSource::unknown ? "" : word(application.source))
          .add("link", application.link)
          .add("team", application.team)
          .add("location", application.location)
          .add("pay-asked", application.pay_asked)
          .add("pay", application.pay_advertised)
          .add("pay-offered", application.pay_offered)
          .add("address", application.address)
          .add("priority", application.priority == 0 ? "" : std::to_string(application.priority))
          .add("document", found.document)
          .add("notes", application.notes)
          .add("key", application.source_key.value_or(""))
          .add("at", fmt::format("{}:{}", found.file, found.line))
          .end();
  for (const auto& [person, part] : found.people) result += fmt::format("  {} {}\n", word(part), text_of(person));
  for (const auto& step : found.history) {
    result += Line(fmt::format("  {} {} {}", to_text(step.on), word(step.stage_kind), word(step.outcome)))
                  .add("stage", step.stage_name)
                  .add("note", step.note)
                  .end();
  }
  for (const auto& interview : found.interviews) {
    result += fmt::format("  {} {} {}\n", to_text(interview.when), in_quotes(interview.kind), word(interview.outcome));
  }
  return result;
}

inline std::string text_of(const FoundContribution& found) {
  const auto& contribution = found.contribution;
  auto result =
      Line(fmt::format("{} {} {}", word(contribution.kind), word(contribution.state), in_quotes(contribution.title)))
          .add("repository", contribution.repository)
          .add("company", found.company)
          .add("link", contribution.link)
          .add("opened", contribution.opened_on)
          .add("closed", contribution.closed_on)
          .add("at", fmt::format("{}:{}", found.file, found.line))
          .end();
  for (const auto& [person, part] : found.people) result += fmt::format("  {} {}\n", word(part), text_of(person));
  return result;
}

inline std::string text_of(const FoundInteraction& found) {
  const auto& interaction = found.interaction;
  auto line =
      Line(fmt::format("{} {} {}", word(interaction.kind), word(interaction.direction), to_text(interaction.when)));
  for (const auto& with : found.with) line.add("with", text_of(with));
  return line.flag("only-with-known", found.only_with_known)
      .flag("confidential", interaction.confidential)
      .add("event", found.event)
      .add("count", interaction.count == 1 ? "" : std::to_string(interaction.count))
      .add("text", interaction.text)
      .add("channel", interaction.channel)
      .add("key", interaction.source_key.value_or(""))
      .add("at", fmt::format("{}:{}", found.file, found.line))
      .end();
}

inline std::string text_of(const FoundMeeting& found) {
  auto line = Line(fmt::format("meeting {} {}", to_text(found.when), in_quotes(found.title)));
  line.add("minutes", found.minutes ? std::to_string(*found.minutes) : "");
  for (const auto& with : found.with) line.add("with", text_of(with));
  return line.flag("called-off", found.called_off)
      .flag("with-anybody", !found.only_with_known)
      .add("place", found.place)
      .add("text", found.text)
      .add("key", found.source_key)
      .add("at", fmt::format("{}:{}", found.file, found.line))
      .end();
}

inline std::string text_of(const FoundNotice& found) {
  constexpr std::array words{"referred", "received", "interview", "rejected", "offer"};
  return Line(fmt::format("notice {}", words.at(static_cast<std::size_t>(found.what))))
      .add("key", found.source_key)
      .add("company", found.company)
      .add("role", found.role)
      .add("referrer", found.referrer)
      .add("on", std::optional(found.on))
      .add("evidence", found.evidence)
      .add("at", fmt::format("{}:{}", found.file, found.line))
      .end();
}

inline std::string text_of(const Batch& batch) {
  std::string result = Line("source " + batch.source).add("snapshot", batch.snapshot_on).end();
  const auto list = [&result](std::string_view title, const auto& records) {
    if (records.empty()) return;
    result += fmt::format("\n{}\n", title);
    for (const auto& record : records) result += text_of(record);
  };
  if (batch.self.profile) result += "\nself\n" + text_of(*batch.self.profile);
  list("people", batch.people);
  list("interactions", batch.interactions);
  list("meetings", batch.meetings);
  list("notices", batch.notices);
  list("applications", batch.applications);
  list("contributions", batch.contributions);
  result += "\nfiles\n";
  for (const auto& file : batch.files) {
    std::vector<std::string> reasons;
    for (const auto& [why, count] : file.skipped_why) reasons.push_back(fmt::format("{} {}", count, why));
    result += Line("file " + file.file)
                  .add("recognised", file.recognised)
                  .add("not-read", file.not_read)
                  .add("rows", std::to_string(file.rows))
                  .add("skipped", fmt::format("{}", fmt::join(reasons, ", ")))
                  .end();
  }
  if (!batch.issues.empty()) result += "\nissues\n";
  for (const auto& issue : batch.issues) {
    result += fmt::format("{}:{}:{}: {}\n", issue.file, issue.line, issue.column, issue.message);
  }
  return result;
}

/// Compares with a golden file ("tables/teal"), line by line; writes it when TIES_WRITE_GOLDEN is set.
inline void check_golden(const std::string& name, const std::string& actual) {
  const auto path = fs::path{TIES_SOURCE_DIR} / "tests" / "golden" / (name + ".txt");
  if (std::getenv("TIES_WRITE_GOLDEN")) {
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  BOOST_TEST_REQUIRE(fs::exists(path), name << ".txt is missing");
  std::istringstream expected_lines(content_of(path)), actual_lines(actual);
  std::string expected, found;
  for (int number = 1;; ++number) {
    const bool more_expected = static_cast<bool>(std::getline(expected_lines, expected));
    const bool more_found = static_cast<bool>(std::getline(actual_lines, found));
    if (!more_expected && !more_found) break;
    BOOST_TEST(more_expected == more_found, name << ".txt has another number of lines, from line " << number);
    BOOST_TEST(found == expected, name << ".txt:" << number << "\n found    " << found << "\n expected " << expected);
    if (more_expected != more_found) break;
  }
}

}  // namespace ties::importers::batch_text
