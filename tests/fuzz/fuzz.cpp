#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>

#include "crm/text/text.h"
#include "importers/bundle.h"
#include "importers/csv.h"
#include "importers/git_log.h"
#include "importers/github.h"
#include "importers/gitlab.h"
#include "importers/icalendar.h"
#include "importers/json.h"
#include "importers/linkedin.h"
#include "importers/mail.h"
#include "importers/monica.h"
#include "importers/notes.h"
#include "importers/tables.h"
#include "importers/vcard.h"
#include "importers/vcard_writer.h"

// What the readers promise of any bytes at all, for libFuzzer to refute. See tests/fuzz/run.
namespace ties::importers {
namespace {

using namespace std::chrono_literals;

void promise(bool kept, std::string_view what, std::string_view detail = "") {
  if (kept) return;
  fmt::print(stderr, "a promise is broken: {}\n{}\n", what, detail);
  std::abort();
}

/// How many lines a file can have at most, in whatever encoding.
int lines_in(std::string_view bytes) {
  return 1 + static_cast<int>(std::count_if(bytes.begin(), bytes.end(), [](char c) { return c == '\n' || c == '\r'; }));
}

/// Every field of records as one text: equal texts are equal records. Each text and day is held to what all promise.
class Fields {
 public:
  explicit Fields(std::vector<int> lines = {}) : lines_(std::move(lines)) {}
  const std::string& text() const { return text_; }

  void add(const std::string& text) {
    promise(text::is_utf8(text), "a text is UTF-8", text);
    text_ += text + '\x1f';
  }
  void add(Date day) {
    promise(day.ok(), "a day is one of the calendar", text_);
    add(to_text(day));
  }
  void add(const Moment& moment) {
    promise(moment.day.ok(), "a moment has a day", text_);
    add(to_text(moment));
  }
  template <class Value>
  requires std::is_arithmetic_v<Value> || std::is_enum_v<Value>
  void add(Value value) { add(fmt::to_string(static_cast<std::int64_t>(value))); }
  template <class Value>
  void add(const std::optional<Value>& value) {
    add(value.has_value());
    if (value) add(*value);
  }
  template <class Value>
  void add(const std::vector<Value>& values) {
    add(values.size());
    for (const auto& value : values) add(value);
  }
  template <class First, class Second>
  void add(const std::pair<First, Second>& pair) {
    all(pair.first, pair.second);
  }
  template <class Record>
  void add(Id<Record> id) {
    add(id.value);
  }
  template <class Record>
  requires requires { Record::noun; }
  void add(const Record& record) {
    Record::fields(record, [this](const char*, const auto& value) { this->add(value); });
  }

  void add(const PersonKey& key) {
    promise(!(key == PersonKey{}), "a person is named by something", text_);
    all(key.linkedin, key.email, key.name, key.github, key.gitlab);
  }
  void add(const Person::Job& job) { all(job.company, job.title, job.started, job.ended); }
  void add(const Person::Extra& extra) { all(extra.name, extra.value); }
  void add(const Promise& made) { all(made.text, made.owed_by, made.due); }
  void add(const Person& person) {
    promise(!person.contact.display.empty(), "a person has a name to show", text_);
    promise(person.contact.display.find('\n') == std::string::npos, "a name is one line", person.contact.display);
    all(person.contact, person.points, person.jobs, person.tags, person.note, person.uid, person.introduced_by,
        person.extras, person.only_suggests);
  }
  void add(const FoundInteraction& found) {
    promise(!found.with.empty(), "an interaction is with somebody", text_);
    all(found.interaction, found.with, found.event, found.promises, found.only_with_known);
  }
  void add(const FoundMeeting& found) {
    all(found.source_key, found.title, found.text, found.place, found.when, found.minutes, found.with, found.called_off,
        found.only_with_known);
  }
  void add(const FoundNotice& found) {
    all(found.what, found.source_key, found.company, found.role, found.referrer, found.on, found.evidence);
  }
  void add(const FoundApplication& found) {
    all(found.application, found.company, found.stage_kind, found.stage_name, found.stage_guessed, found.document, found.history,
        found.interviews, found.people);
  }
  void add(const FoundContribution& found) {
    promise(!found.contribution.link.empty(), "a contribution has a link", text_);
    promise(!found.contribution.title.empty(), "a contribution has a title", text_);
    all(found.contribution, found.company, found.people);
  }
  void add(const FoundEvent& found) { add(found.event); }
  void add(const FoundCompany& found) { add(found.name); }

  /// Records with the places where they were read.
  template <class Found>
  void placed(const std::vector<Found>& records) {
    add(records.size());
    for (const auto& record : records) {
      add(record);
      promise(record.file >= 0 && static_cast<std::size_t>(record.file) < lines_.size(), "a record has a file", text_);
      const int lines = lines_[static_cast<std::size_t>(record.file)];
      promise(record.line >= 1 && record.line <= lines, "a record has a line within its file",
              fmt::format("{} of {}: {}", record.line, lines, text_));
      all(record.file, record.line);
    }
  }

 private:
  template <class... Values>
  void all(const Values&... values) {
    (add(values), ...);
  }

  std::vector<int> lines_;
  std::string text_;
};

/// What holds of a batch, whatever its files were; all of it as one text.
std::string fields_of(const Batch& batch, const std::vector<SourceFile>& files) {
  std::map<std::string, int, std::less<>> lines_of_name;
  std::size_t bytes = 0;
  for (const auto& file : files) lines_of_name[file.name] = lines_in(file.bytes), bytes += file.bytes.size();

  std::vector<int> lines;
  for (const auto& report : batch.files) lines.push_back(lines_of_name[report.file]);
  Fields fields(std::move(lines));
  fields.add(batch.source);
  fields.add(batch.snapshot_on);
  fields.add(batch.self.profile);
  fields.add(batch.self.schools);
  fields.placed(batch.people);
  fields.placed(batch.interactions);
  fields.placed(batch.meetings);
  fields.placed(batch.notices);
  fields.placed(batch.applications);
  fields.placed(batch.contributions);
  fields.placed(batch.events);
  fields.placed(batch.companies);
  for (const auto& report : batch.files) {
    promise(!report.recognised.empty() || !report.not_read.empty(), "a file was read, or it is told why not");
    int skipped = 0;
    for (const auto& [why, count] : report.skipped_why) fields.add(why), skipped += count;
    promise(skipped == report.skipped, "each row that was skipped has a reason");
    promise(report.skipped <= report.rows, "no more rows are skipped than were met");
    fields.add(report.file);
    fields.add(report.recognised);
    fields.add(report.not_read);
    fields.add(std::pair(report.rows, report.skipped));
  }
  promise(batch.issues.size() <= 3'003 * files.size(), "issues are not kept without end");
  for (const auto& issue : batch.issues) {
    const int line_max = issue.file.empty() ? 0 : lines_of_name[issue.file];
    promise(issue.line >= 0 && issue.line <= line_max && issue.column >= 0, "an issue has a place within its file",
            fmt::format("{}:{}:{}: {}", issue.file, issue.line, issue.column, issue.message));
    fields.add(issue.message);
    fields.add(std::pair(issue.line, issue.column));
  }
  const std::size_t size_max = 20'000 + 200 * bytes;
  promise(fields.text().size() <= size_max, "a batch costs in proportion to its file",
          fmt::format("{} of {} bytes", fields.text().size(), bytes));
  return fields.text();
}

/// As a user has them; what may be chosen is chosen by the size of the file.
Options options_for(std::size_t bytes) {
  Options options;
  options.today = 2026y / 3 / 1;
  options.region = "NO";
  options.my_emails = {"signe@arvelund.example"};
  options.my_github = {"signe-arvelund"};
  options.my_gitlab = {"signe.arvelund"};
  if (bytes % 4 == 1) options.since = 2025y / 6 / 1;
  options.summary = bytes % 4 == 2;
  options.new_people = options.bodies = bytes % 4 == 3;
  return options;
}

Batch read_twice(const Importer& importer, std::vector<SourceFile> files) {
  const int sure = importer.recognises(files.front());
  promise(sure >= 0 && sure <= 100, "a claim is a percentage");
  const auto options = options_for(files.front().bytes.size());
  auto batch = importer.read(files, options);
  promise(fields_of(batch, files) == fields_of(importer.read(files, options), files), "read twice, it is the same");
  return batch;
}

/// Reads bytes as a file of the first name under which the importer is sure of them, else of the last.
template <const Importer& importer>
void read_as(std::string_view bytes, std::initializer_list<const char*> names) {
  SourceFile file{"", std::string(bytes)};
  for (const auto* name : names) {
    file.name = name;
    if (names.size() > 1 && importer.recognises(file) >= 90) break;
  }
  read_twice(importer, {file});
}

void cards(std::string_view bytes) {
  const auto batch = read_twice(vcard, {{"cards.vcf", std::string(bytes)}});
  for (const auto& person : batch.people) {
    CardContent content{person.contact, person.points, person.jobs, person.tags, person.extras, person.uid};
    content.contact.notes = person.note;
    Fields before;
    before.add(person);
    for (const auto version : {CardVersion::v3, CardVersion::v4}) {
      const auto written = card_text(content, version);
      const auto back = vcard.read({{"written.vcf", written}}, options_for(0));
      promise(back.people.size() == 1, "one card is written of one person", written);
      Fields after;
      after.add(back.people.front());
      promise(after.text() == before.text(), "a person who was written reads back as the same",
              fmt::format("{}\n{}\n{}", before.text(), after.text(), written));
    }
  }
}

using Cells = std::vector<std::vector<std::string>>;

Cells cells_of(std::string_view text, char delimiter, std::vector<Issue>* issues = nullptr) {
  CsvReader reader(text, delimiter);
  CsvReader::Record record;
  Cells cells;
  const int lines = lines_in(text);
  for (int line = 0; reader.next(record); line = record.line) {
    promise(record.line > line && record.line <= lines, "every record begins on a later line of the text");
    promise(record.cells.size() == record.columns.size(), "every cell has a column");
    promise(record.columns.front() == 1 && *std::min_element(record.columns.begin(), record.columns.end()) == 1,
            "the first cell of a record begins its line");
    cells.push_back(record.cells);
  }
  if (issues) *issues = reader.issues();
  return cells;
}

/// As a program writes a table, with quotes around every cell or where they are needed.
std::string table_of(const Cells& records, char delimiter, bool sparing) {
  std::string text;
  for (const auto& record : records) {
    for (const auto& cell : record) {
      if (&cell != &record.front()) text += delimiter;
      const bool bare =
          sparing && record.size() > 1 && cell.find_first_of(fmt::format("\r\n\"{}", delimiter)) == cell.npos;
      text += bare ? "" : "\"";
      for (const char c : cell) text += c == '"' ? std::string("\"\"") : std::string(1, c);
      text += bare ? "" : "\"";
    }
    text += "\r\n";
  }
  return text;
}

void csv(std::string_view bytes) {
  const auto text = decode(bytes).text;
  promise(text::is_utf8(text), "what is decoded is UTF-8");
  promise(as_utf8(std::string(bytes)).view() == text, "whole or in parts, it is decoded to the same");
  for (const char delimiter : {',', ';', '\t', '|'}) {
    const auto cells = cells_of(text, delimiter);
    std::size_t size = 0;
    for (const auto& record : cells) {
      for (const auto& cell : record) size += cell.size();
    }
    promise(size <= text.size(), "cells hold no more than the text");
    for (const bool sparing : {false, true}) {
      const auto written = table_of(cells, delimiter, sparing);
      std::vector<Issue> issues;
      promise(cells_of(written, delimiter, &issues) == cells, "cells that were written read back as the same", written);
      promise(issues.empty(), "a well-written table has no issues", written);
    }
  }
}

void json(std::string_view bytes) {
  const int lines = lines_in(bytes);
  for (const auto* list : {"", "items"}) {
    JsonReader reader(bytes, list);
    while (reader.next()) {
      promise(reader.line() >= 1 && reader.line() <= lines && reader.column() >= 1, "an entry has its place");
      for (const auto& item : reader.value().items()) {
        promise(text::is_utf8(item.text()), "a text is UTF-8");
        item.number();
      }
    }
    for (const auto& issue : reader.issues()) {
      promise(issue.line >= 1 && issue.line <= lines && issue.column >= 1, "an issue has its place", issue.message);
    }
  }
}

std::string fields_of(const Bundle& bundle) {
  Fields fields;
  for (const auto& name : bundle.closed) fields.add(name);
  for (const auto& issue : bundle.issues) fields.add(issue.file), fields.add(issue.message);
  std::string all = bundle.sha256 + bundle.top + fields.text();
  for (const auto& file : bundle.files) fields.add(file.name), all.append(file.name).append(file.bytes.view());
  return all;
}

void archive(std::string_view bytes) {
  const BundleLimits limits{1'000'000, 500'000, 50, 200, 3};
  const auto open = [&] { return bundle_of("archive", std::string(bytes), never_opened, limits); };
  try {
    const auto bundle = open();
    std::size_t total = 0;
    for (const auto& file : bundle.files) {
      const bool climbs = ("/" + file.name + "/").find("/../") != std::string::npos;
      promise(!file.name.empty() && !climbs, "a file has a name that stays within", file.name);
      promise(!never_opened(file.name), "what stays closed is not unpacked", file.name);
      promise(file.bytes.size() <= 500'000, "a file is bounded");
      total += file.bytes.size();
    }
    promise(bundle.files.size() <= 50 && total <= std::max<std::size_t>(1'000'000, bytes.size()),
            "a bundle is bounded");
    promise(fields_of(bundle) == fields_of(open()), "opened twice, it is the same");
    fields_of(read_bundle(bundle, "", options_for(bytes.size())), bundle.files);
  } catch (const BundleError& error) {
    promise(text::is_utf8(error.what()), "a refusal is a text");
    promise(std::string_view(error.what()).find(".cpp") == std::string_view::npos, "a refusal speaks to people",
            error.what());
  }
}

/// A reader under test. Adding one is a line here.
struct Target {
  const char* name;
  const char* samples;  ///< files and folders to begin from, in the repository or made by tests/fuzz/run
  void (*run)(std::string_view bytes);
};
constexpr std::array targets{
    Target{"archive", "build/fuzz/archives samples/contributions/github-archive.tar.gz", archive},
    Target{"cards", "samples/cards", cards},
    Target{"csv", "samples/tables samples/linkedin-eras", csv},
    Target{"git_log", "samples/contributions/git",
           [](auto bytes) {
             read_as<git_log>(bytes, {"git log", ".mailmap"});
           }},
    Target{"github", "samples/contributions/gh samples/contributions/github-archive",
           [](auto bytes) { read_as<github>(bytes, {"events.json"}); }},
    Target{"gitlab", "samples/contributions/gitlab", [](auto bytes) { read_as<gitlab>(bytes, {"events.json"}); }},
    Target{"icalendar", "samples/calendar", [](auto bytes) { read_as<icalendar>(bytes, {"calendar.ics"}); }},
    Target{"json", "samples/contributions samples/monica", json},
    Target{"linkedin", "samples/linkedin samples/linkedin-eras",
           [](auto bytes) {
             read_as<linkedin>(bytes, {"Connections.csv", "messages.csv", "Invitations.csv", "Job Applications.csv",
                                       "Recommendations_Received.csv", "Endorsement_Received_Info.csv", "Profile.csv",
                                       "Positions.csv", "Company Follows.csv", "Saved Jobs.csv"});
           }},
    Target{"mail", "samples/mail", [](auto bytes) { read_as<mail>(bytes, {"mailbox.mbox"}); }},
    Target{"monica", "samples/monica", [](auto bytes) { read_as<monica>(bytes, {"monica.json"}); }},
    Target{"notes", "samples/notes", [](auto bytes) { read_as<conference_notes>(bytes, {"notes.md"}); }},
    Target{"tables", "samples/tables", [](auto bytes) { read_as<tables>(bytes, {"table.csv"}); }},
};

const Target* chosen = nullptr;

}  // namespace
}  // namespace ties::importers

/// --targets lists them with their samples; --target=NAME chooses one. All else is for libFuzzer.
extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  using namespace ties::importers;
  for (int i = 1; i < *count; ++i) {
    const std::string_view argument = (*arguments)[i];
    for (const auto& target : targets) {
      if (argument == "--targets") fmt::print("{} {}\n", target.name, target.samples);
      if (argument == fmt::format("--target={}", target.name)) chosen = &target;
    }
  }
  if (chosen == nullptr) std::exit(*count == 2 && (*arguments)[1] == std::string_view("--targets") ? 0 : 2);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  ties::importers::chosen->run({reinterpret_cast<const char*>(data), size});
  return 0;
}
