#include "importers/linkedin.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "crm/text/text.h"
#include "importers/linkedin_parts.h"
#include "tests/importers/damage.h"

namespace fs = std::filesystem;
using namespace ties;
using namespace ties::importers;
using namespace std::chrono_literals;

namespace {

constexpr Date today = 2026y / 3 / 1;
const fs::path eras = fs::path{TIES_SOURCE_DIR} / "samples" / "linkedin-eras";

std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

std::vector<SourceFile> sample(const std::string& era) {
  std::vector<SourceFile> files;
  for (const auto& entry : fs::recursive_directory_iterator(eras / era)) {
    if (entry.is_regular_file()) {
      files.push_back({fs::relative(entry.path(), eras / era).generic_string(), content_of(entry.path())});
    }
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return files;
}

std::vector<std::string> era_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(eras)) {
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Options options_of_today() {
  Options options;
  options.today = today;
  options.region = "NO";
  return options;
}

Batch read(const std::vector<SourceFile>& files, const Options& options = options_of_today()) {
  return linkedin.read(files, options);
}

std::string in_quotes(std::string_view text) {
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

std::string dump(const Person& person, const Batch& batch) {
  const auto& contact = person.contact;
  std::string result =
      Line("person " + in_quotes(contact.display))
          .add("given", contact.given)
          .add("family", contact.family)
          .add("nickname", contact.nickname)
          .add("suffix", contact.suffix)
          .add("headline", contact.headline)
          .add("location", contact.location)
          .add("connected", contact.connected_on)
          .add("source", contact.source)
          .flag("me", contact.me)
          .flag("only-suggests", person.only_suggests)
          .add("tags", fmt::format("{}", fmt::join(person.tags, " ")))
          .add("note", person.note)
          .add("at", fmt::format("{}:{}", batch.files[static_cast<std::size_t>(person.file)].file, person.line))
          .end();
  for (const auto& point : person.points) {
    result += Line(fmt::format("  {} {}", word(point.kind), point.value))
                  .add("label", point.label)
                  .flag("primary", point.primary)
                  .add("source", point.source)
                  .add("seen", point.seen_on)
                  .end();
  }
  for (const auto& job : person.jobs) {
    result += Line("  job " + in_quotes(job.company))
                  .add("title", job.title)
                  .add("started", job.started)
                  .add("ended", job.ended)
                  .end();
  }
  return result;
}

std::string dump(const Batch& batch) {
  const auto place = [&](int file, int line) {
    return fmt::format("{}:{}", batch.files[static_cast<std::size_t>(file)].file, line);
  };
  std::string result = Line("source " + batch.source).add("snapshot", batch.snapshot_on).end();
  if (batch.self.profile) result += "\nself\n" + dump(*batch.self.profile, batch);
  for (const auto& school : batch.self.schools) {
    result += Line("  school " + in_quotes(school.school))
                  .add("degree", school.degree)
                  .add("started", school.started)
                  .add("ended", school.ended)
                  .end();
  }
  result += "\npeople\n";
  for (const auto& person : batch.people) result += dump(person, batch);
  result += "\ninteractions\n";
  for (const auto& found : batch.interactions) {
    const auto& interaction = found.interaction;
    auto line =
        Line(fmt::format("{} {} {}", word(interaction.kind), word(interaction.direction), to_text(interaction.when)));
    for (const auto& with : found.with) line.add("with", fmt::format("{}/{}", with.linkedin, with.name));
    result += line.flag("awaits", interaction.awaits)
                  .add("count", interaction.count == 1 ? "" : std::to_string(interaction.count))
                  .add("text", interaction.text)
                  .add("channel", interaction.channel)
                  .add("key", interaction.source_key.value_or(""))
                  .add("at", place(found.file, found.line))
                  .end();
  }
  result += "\napplications\n";
  for (const auto& found : batch.applications) {
    const auto& application = found.application;
    result += Line(fmt::format("{} {}", word(found.stage_kind), in_quotes(application.title)))
                  .add("company", found.company)
                  .add("opened", application.opened_on)
                  .flag("archived", application.archived)
                  .add("link", application.link)
                  .add("address", application.address)
                  .add("document", found.document)
                  .add("notes", application.notes)
                  .add("key", application.source_key.value_or(""))
                  .add("at", place(found.file, found.line))
                  .end();
  }
  result += "\nevents\n";
  for (const auto& found : batch.events) {
    result += Line("event " + in_quotes(found.event.name))
                  .add("starts", found.event.starts_on)
                  .add("ends", found.event.ends_on)
                  .add("link", found.event.link)
                  .add("key", found.event.source_key.value_or(""))
                  .add("at", place(found.file, found.line))
                  .end();
  }
  result += "\ncompanies\n";
  for (const auto& found : batch.companies) {
    result += Line("company " + in_quotes(found.name)).add("at", place(found.file, found.line)).end();
  }
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
  result += "\nissues\n";
  for (const auto& issue : batch.issues) {
    result += fmt::format("{}:{}:{}: {}\n", issue.file, issue.line, issue.column, issue.message);
  }
  return result;
}

/// Compares with the golden file of that name, line by line; writes it when TIES_WRITE_GOLDEN is set.
void check_golden(const std::string& name, const std::string& actual) {
  const auto path = fs::path{TIES_SOURCE_DIR} / "tests" / "golden" / "linkedin" / (name + ".txt");
  if (std::getenv("TIES_WRITE_GOLDEN")) {
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  BOOST_TEST_REQUIRE(fs::exists(path), path.filename().string() << " is missing");
  std::istringstream expected_lines(content_of(path)), actual_lines(actual);
  std::string expected, found;
  int number = 0;
  while (true) {
    const bool more_expected = static_cast<bool>(std::getline(expected_lines, expected));
    const bool more_found = static_cast<bool>(std::getline(actual_lines, found));
    if (!more_expected && !more_found) break;
    ++number;
    BOOST_TEST(more_expected == more_found, name << ".txt has another number of lines, from line " << number);
    BOOST_TEST(found == expected, name << ".txt:" << number << "\n found    " << found << "\n expected " << expected);
    if (more_expected != more_found) break;
  }
}

int skipped(const Batch& batch, std::string_view file, const std::string& why) {
  for (const auto& report : batch.files) {
    if (report.file == file) {
      const auto at = report.skipped_why.find(why);
      return at == report.skipped_why.end() ? 0 : at->second;
    }
  }
  return -1;
}

const FileReport& report_of(const Batch& batch, std::string_view file) {
  const auto at = std::find_if(batch.files.begin(), batch.files.end(),
                               [&](const FileReport& report) { return report.file == file; });
  BOOST_TEST_REQUIRE((at != batch.files.end()));
  return *at;
}

const std::string connections_header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
const std::string messages_header =
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE "
    "URLS,DATE,SUBJECT,CONTENT,FOLDER\n";
const std::string invitations_header = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n";
const std::string applications_header =
    "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,Resume Name,Question And "
    "Answers\n";
const std::string saved_header = "Saved Date,Job Url,Job Title,Company Name\n";

std::string in(std::string_view slug) {
  return "https://www.linkedin.com/in/" + std::string{slug};
}

std::string message_row(std::string_view conversation, std::string_view from, std::string_view to,
                        std::string_view date, std::string_view content) {
  return fmt::format("{},,{},{},{},{},{},,{},INBOX\n", conversation, from, in(from), to, in(to), date, content);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(linkedin_export)

BOOST_AUTO_TEST_CASE(every_era_reads_as_its_golden_file_says) {
  const auto names = era_names();
  BOOST_TEST_REQUIRE(names.size() >= 18U);
  for (const auto& era : names) check_golden(era, dump(read(sample(era))));
}

BOOST_AUTO_TEST_CASE(a_summary_of_an_archive_reads_as_its_golden_file_says) {
  auto options = options_of_today();
  options.summary = true;
  check_golden("2026-summary", dump(read(sample("2026"), options)));
}

BOOST_AUTO_TEST_CASE(every_shape_of_date_is_read_as_the_moment_that_it_tells) {
  namespace parts = linkedin_parts;
  struct Case {
    parts::Shapes shapes;
    std::string_view written, moment;  // an empty moment: not a date of these shapes
  };
  const std::vector<Case> cases{
      {parts::connection_shapes, "08 Feb 2026", "2026-02-08"},
      {parts::connection_shapes, "8 Feb 2026", "2026-02-08"},
      {parts::connection_shapes, "8-Feb-21", "2021-02-08"},
      {parts::connection_shapes, "08-Feb-21", "2021-02-08"},
      {parts::connection_shapes, "08-Feb-2021", "2021-02-08"},
      {parts::connection_shapes, "9/3/18, 4:05 PM", "2018-09-03T16:05:00"},
      {parts::connection_shapes, "2022-09-12", "2022-09-12"},
      {parts::connection_shapes, "09/12/2022", "2022-09-12"},
      {parts::connection_shapes, "12 mars 2023", "2023-03-12"},
      {parts::connection_shapes, "12. März 2023", "2023-03-12"},
      {parts::connection_shapes, "3 Dez 2022", "2022-12-03"},
      {parts::connection_shapes, "1 févr. 2023", "2023-02-01"},
      {parts::connection_shapes, "15 août 2023", "2023-08-15"},
      {parts::connection_shapes, "8 de enero de 2023", "2023-01-08"},
      {parts::connection_shapes, "12 de março de 2023", "2023-03-12"},
      {parts::connection_shapes, "6 maggio 2023", "2023-05-06"},
      {parts::connection_shapes, "5 mrt 2023", "2023-03-05"},
      {parts::connection_shapes, "Feb 12, 2020", "2020-02-12"},
      {parts::connection_shapes, "30 Feb 2026", ""},
      {parts::connection_shapes, "31/12/2018", ""},
      {parts::connection_shapes, "08 Fob 2026", ""},
      {parts::connection_shapes, "08 Feb 2026 or so", ""},
      {parts::connection_shapes, "08 Feb 202", ""},
      {parts::connection_shapes, "", ""},
      {parts::wall_shapes, "9/3/18, 4:05 PM", "2018-09-03T16:05:00"},
      {parts::wall_shapes, "1/29/26, 2:37 PM", "2026-01-29T14:37:00"},
      {parts::wall_shapes, "1/29/26, 2:37\u202FPM", "2026-01-29T14:37:00"},
      {parts::wall_shapes, "01/19/23, 05:13 AM", "2023-01-19T05:13:00"},
      {parts::wall_shapes, "1/2/16, 12:07 AM", "2016-01-02T00:07:00"},
      {parts::wall_shapes, "1/2/16, 12:07 PM", "2016-01-02T12:07:00"},
      {parts::wall_shapes, "1/2/16, 13:07 PM", ""},
      {parts::wall_shapes, "1/2/16, 0:07 AM", ""},
      {parts::wall_shapes, "13/2/16, 1:07 AM", ""},
      {parts::wall_shapes, "1/2/69, 1:07 AM", "2069-01-02T01:07:00"},
      {parts::wall_shapes, "1/2/70, 1:07 AM", "1970-01-02T01:07:00"},
      {parts::wall_shapes, "2025-06-01 14:03:22 UTC", ""},
      {parts::stamp_shapes, "2025-06-01 14:03:22 UTC", "2025-06-01T14:03:22Z"},
      {parts::stamp_shapes, "2024-06-11 09:51:14", "2024-06-11T09:51:14"},
      {parts::stamp_shapes, "2023-01-02 03:04 UTC", "2023-01-02T03:04:00Z"},
      {parts::stamp_shapes, "2024/02/01 15:02:55 UTC", "2024-02-01T15:02:55Z"},
      {parts::stamp_shapes, "2025-11-01", "2025-11-01"},
      {parts::stamp_shapes, "2025-06-01T14:03:22Z", "2025-06-01T14:03:22Z"},
      {parts::stamp_shapes, "2025-06-01 24:03:22 UTC", ""},
      {parts::stamp_shapes, "2025-06-01 14:60:22 UTC", ""},
      {parts::stamp_shapes, "2025-13-01 14:03:22 UTC", ""},
      {parts::java_shapes, "Fri Jun 05 21:18:03 UTC 2020", "2020-06-05T21:18:03Z"},
      {parts::java_shapes, "Fri Jun 05 21:18:03 2020", ""},
      {parts::birthday_shapes, "Feb 12, 1990", "1990-02-12"},
      {parts::birthday_shapes, "Feb 12", ""},
  };
  for (const auto& [shapes, written, expected] : cases) {
    const auto moment = parts::moment_of(written, shapes);
    BOOST_TEST((moment ? to_text(*moment) : "") == expected, "of " << written);
  }
}

BOOST_AUTO_TEST_CASE(a_date_without_a_day_stays_as_partial_as_it_is) {
  const std::vector<std::pair<std::string_view, std::string_view>> cases{
      {"Jan 2024", "2024-01"}, {"2014", "2014"}, {"mars 2023", "2023-03"}, {"1 Jan 2024", "2024-01-01"}, {"", ""},
      {"13/2024", ""},         {"N/A", ""},      {"Present", ""}};
  for (const auto& [written, expected] : cases) {
    BOOST_TEST(linkedin_parts::partial_date_of(written) == expected, "of " << written);
  }
}

BOOST_AUTO_TEST_CASE(a_file_is_recognised_by_its_header_and_then_by_its_name) {
  struct Case {
    std::string name, bytes;
    bool surely, at_all;
  };
  const std::vector<Case> cases{
      {"Connections.csv", connections_header, true, true},
      {"Basic_LinkedInDataExport_03-02-2026/Connections.csv", connections_header, true, true},
      {"connections (1).csv", connections_header, true, true},
      {"my people.csv", connections_header, false, true},
      {"Connections.csv", "Ines,Okafor,,,,\n", false, false},
      {"Connections.csv", "", false, false},
      {"messages.csv", messages_header, true, true},
      {"messages_34875879.csv", messages_header, true, true},
      {"Jobs/Job Applications_10.csv", applications_header, true, true},
      {"Jobs/JobApplications.csv", applications_header, true, true},
      {"Connections.csv", messages_header, false, true},
      {"people.csv", "First Name,Last Name,E-mail Address,Company,Job Title\n", false, false},
      {"linkedin_connections_export_microsoft_outlook.csv", "First Name,Last Name,E-mail Address,Company,Job Title\n",
       true, true},
      {"Logins.csv", connections_header, false, false},
      {"Shares.csv", "Date,ShareLink\n", false, false},
      {"Connections.csv", "PK\x03\x04" + connections_header, false, false},
  };
  for (const auto& [name, bytes, surely, at_all] : cases) {
    const int claim = linkedin.recognises({name, bytes});
    BOOST_TEST((claim >= 90) == surely, name << " is claimed with " << claim);
    BOOST_TEST((claim > 0) == at_all, name << " is claimed with " << claim);
  }
}

BOOST_AUTO_TEST_CASE(sensitive_files_stay_closed_by_name) {
  for (const auto* name : {"Logins.csv",
                           "Security Challenges.csv",
                           "SecurityChallenges.csv",
                           "Ad_Targeting.csv",
                           "Ad Targeting.csv",
                           "Ads Clicked.csv",
                           "LAN Ads Engagement.csv",
                           "Inferences_about_you.csv",
                           "Receipts.csv",
                           "Receipts_v2.csv",
                           "Registration.csv",
                           "Verifications/Verifications.csv",
                           "Private_identity_asset.csv",
                           "Profile Summary.csv",
                           "Causes You Care About.csv",
                           "Services Marketplace/Providers.csv",
                           "SearchQueries.csv",
                           "Search Queries.csv",
                           "Basic_LinkedInDataExport_03-02-2026/Logins.csv",
                           "Logins_997361.csv",
                           "export/Verifications/passport.pdf"}) {
    BOOST_TEST(linkedin.never_opened(name), name);
  }
  for (const auto* name : {"Connections.csv", "messages.csv", "Profile.csv", "Shares.csv", "logins.txt",
                           "registration.md", "Jobs/Job Applications.csv", "Logins", ""}) {
    BOOST_TEST(!linkedin.never_opened(name), name);
  }
}

BOOST_AUTO_TEST_CASE(the_day_of_an_export_is_read_from_its_name) {
  const std::vector<SourceFile> files{
      {"Connections.csv", connections_header + "Ines,Okafor,,,,,03 Sep 2018\nZoë,Brandt,,,,,01 Jan 2099\n"}};
  const std::vector<std::pair<std::string, std::string>> cases{
      {"Basic_LinkedInDataExport_03-02-2026.zip", "2026-03-02"},
      {"Complete_LinkedInDataExport_03-02-2026.zip", "2026-03-02"},
      {"Basic_LinkedInDataExport_03-02-2026 (1).zip", "2026-03-02"},
      {"Basic_LinkedInDataExport_03-02-2026.zip.zip", "2026-03-02"},
      {"Basic_LinkedInDataExport_03-02-2026", "2026-03-02"},
      {"basic_linkedindataexport_03-02-2026.ZIP", "2026-03-02"},
      {"Basic_LinkedInDataExport_13-42-2026.zip", "2018-09-03"},  // no such day: the latest row that is not to come
      {"export.zip", "2018-09-03"}};
  for (const auto& [name, expected] : cases) {
    auto options = options_of_today();
    options.bundle_name = name;
    const auto batch = read(files, options);
    BOOST_TEST_REQUIRE(batch.snapshot_on.has_value());
    BOOST_TEST(to_text(*batch.snapshot_on) == expected, "of " << name);
  }
  const auto of_folder = read({{"Basic_LinkedInDataExport_03-02-2026/Connections.csv", files[0].bytes}});
  BOOST_TEST(to_text(of_folder.snapshot_on.value()) == "2026-03-02");
  const auto of_nothing = read({{"Connections.csv", connections_header}});
  BOOST_TEST(to_text(of_nothing.snapshot_on.value()) == to_text(today));
}

BOOST_AUTO_TEST_CASE(the_rows_of_a_split_file_count_once_and_an_application_wins_over_a_saved_job) {
  const auto application = [](std::string_view number) {
    return fmt::format("\"1/14/26, 8:15 PM\",,,Kelpforge,Engineer,http://www.linkedin.com/jobs/view/{},,\n", number);
  };
  const auto saved = [](std::string_view number) {
    return fmt::format("\"1/14/26, 8:15 PM\",https://www.linkedin.com/jobs/view/{}/,Engineer,Kelpforge\n", number);
  };
  const auto batch = read({{"Jobs/Saved Jobs_1.csv", saved_header + saved("1") + saved("3")},
                           {"Jobs/Saved Jobs_2.csv", saved_header + saved("3") + saved("4")},
                           {"Jobs/Job Applications_1.csv", applications_header + application("1") + application("2")},
                           {"Jobs/Job Applications_2.csv", applications_header + application("2")}});
  std::vector<std::string> found;
  for (const auto& job : batch.applications) {
    found.push_back(fmt::format("{} {}", word(job.stage_kind), job.application.source_key.value()));
  }
  const std::vector<std::string> expected{"applied linkedin:job:1", "applied linkedin:job:2", "lead linkedin:job:3",
                                          "lead linkedin:job:4"};
  BOOST_TEST(found == expected, boost::test_tools::per_element());
  BOOST_TEST(skipped(batch, "Jobs/Saved Jobs_1.csv", "applied to") == 1);
  BOOST_TEST(skipped(batch, "Jobs/Saved Jobs_2.csv", "repeated") == 1);
  BOOST_TEST(skipped(batch, "Jobs/Job Applications_2.csv", "repeated") == 1);
}

BOOST_AUTO_TEST_CASE(the_owner_is_told_by_invitations_else_by_the_profile_else_by_being_everywhere) {
  const std::string messages = messages_header + message_row("a", "runa", "ines", "2026-01-01 10:00:00 UTC", "one") +
                               message_row("b", "zoe", "runa", "2026-01-02 10:00:00 UTC", "two");
  const std::string single = messages_header + message_row("a", "runa", "ines", "2026-01-01 10:00:00 UTC", "one");
  const std::string reply = messages_header + message_row("a", "ines", "runa", "2026-01-01 10:00:00 UTC", "one");
  const std::string profile = "First Name,Last Name,Headline\nruna,,Engineer\n";
  const std::string invitations =
      invitations_header + "ines,zoe,\"1/29/26, 2:37 PM\",,OUTGOING," + in("ines") + "," + in("zoe") + "\n";
  struct Case {
    std::string_view what;
    std::vector<SourceFile> files;
    std::vector<std::string> found;  // direction and other side of each message
  };
  const std::vector<Case> cases{
      {"everywhere", {{"messages.csv", messages}}, {"out ines", "in zoe"}},
      {"invitations first",
       {{"Invitations.csv", invitations}, {"Profile.csv", profile}, {"messages.csv", single}},
       {"in runa"}},
      {"the profile's name", {{"messages.csv", single}, {"Profile.csv", profile}}, {"out ines"}},
      {"the profile's name on the other side", {{"messages.csv", reply}, {"Profile.csv", profile}}, {"in ines"}},
      {"nobody can tell", {{"messages.csv", single}}, {}},
  };
  for (const auto& [what, files, expected] : cases) {
    const auto batch = read(files);
    std::vector<std::string> found;
    for (const auto& each : batch.interactions) {
      if (each.interaction.kind != InteractionKind::message) continue;
      BOOST_TEST_REQUIRE(each.with.size() == 1U);
      found.push_back(fmt::format("{} {}", word(each.interaction.direction), each.with[0].linkedin));
    }
    BOOST_TEST_CONTEXT(what) {
      BOOST_TEST(found == expected, boost::test_tools::per_element());
    }
  }
  const auto unknown = read({{"messages.csv", single}});
  BOOST_TEST(skipped(unknown, "messages.csv", "writer unknown") == 1);
  BOOST_TEST_REQUIRE(unknown.issues.size() == 1U);
  BOOST_TEST(unknown.issues[0].message ==
             "which of the writers is you cannot be told, messages left out; import the whole archive, or this file "
             "together with Profile.csv or Invitations.csv");
}

BOOST_AUTO_TEST_CASE(a_summary_keeps_one_entry_a_conversation_and_day_without_text) {
  auto options = options_of_today();
  options.summary = true;
  const auto batch =
      read({{"messages.csv", messages_header + message_row("a", "runa", "ines", "2026-01-01 10:00:00 UTC", "secret") +
                                 message_row("a", "ines", "runa", "2026-01-01 11:00:00 UTC", "word") +
                                 message_row("a", "runa", "ines", "2026-01-02 09:00:00 UTC", "later") +
                                 message_row("b", "zoe", "runa", "2026-01-01 10:00:00 UTC", "else")}},
           options);
  std::vector<std::string> found;
  for (const auto& each : batch.interactions) {
    BOOST_TEST(each.interaction.text.empty());
    found.push_back(fmt::format("{} {} {} {}", to_text(each.interaction.when), each.with.at(0).linkedin,
                                word(each.interaction.direction), each.interaction.count));
  }
  const std::vector<std::string> expected{"2026-01-01 ines none 2", "2026-01-02 ines out 1", "2026-01-01 zoe in 1"};
  BOOST_TEST(found == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_lies_before_the_wanted_day_is_counted_and_left_out) {
  auto options = options_of_today();
  options.since = 2026y / 1 / 2;
  const auto batch =
      read({{"messages.csv", messages_header + message_row("a", "runa", "ines", "2026-01-01 23:59:59 UTC", "old") +
                                 message_row("a", "ines", "runa", "2026-01-02 00:00:00 UTC", "new") +
                                 message_row("b", "zoe", "runa", "2026-01-03 00:00:00 UTC", "new")},
            {"Invitations.csv", invitations_header + "runa,zoe,\"1/1/26, 2:37 PM\",,OUTGOING," + in("runa") + "," +
                                    in("zoe") + "\nruna,zoe,\"1/2/26, 2:37 PM\",,OUTGOING," + in("runa") + "," +
                                    in("zoe") + "\n"},
            {"Jobs/Job Applications.csv",
             applications_header + "\"1/1/26, 8:15 PM\",,,Kelpforge,Engineer,http://www.linkedin.com/jobs/view/1,,\n"},
            {"Jobs/Saved Jobs.csv",
             saved_header + "\"1/5/26, 8:15 PM\",http://www.linkedin.com/jobs/view/1,Engineer,Kelpforge\n"
                            "\"1/1/26, 8:15 PM\",http://www.linkedin.com/jobs/view/2,Engineer,Kelpforge\n"}},
           options);
  BOOST_TEST(batch.interactions.size() == 3U);
  BOOST_TEST(batch.applications.empty());  // the saved one is the one that was applied to
  for (const auto* file : {"messages.csv", "Invitations.csv", "Jobs/Job Applications.csv", "Jobs/Saved Jobs.csv"}) {
    BOOST_TEST(skipped(batch, file, "before 2026-01-02") == 1, file);
  }
}

BOOST_AUTO_TEST_CASE(the_same_rows_have_the_same_keys_on_every_day_and_machine) {
  const auto keys = [](const Batch& batch) {
    std::vector<std::string> result;
    for (const auto& each : batch.interactions) result.push_back(each.interaction.source_key.value());
    return result;
  };
  auto later = options_of_today();
  later.today = 2027y / 1 / 1;
  const auto first = keys(read(sample("2026")));
  BOOST_TEST_REQUIRE(first.size() >= 5U);
  BOOST_TEST(first == keys(read(sample("2026"), later)), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_missing_header_is_an_issue_that_says_what_to_do) {
  const auto batch = read({{"Connections.csv", "Ines,Okafor\n"}, {"messages.csv", ""}});
  BOOST_TEST_REQUIRE(batch.issues.size() == 2U);
  BOOST_TEST(batch.issues[0].file == "Connections.csv");
  BOOST_TEST(batch.issues[0].line == 1);
  BOOST_TEST(
      batch.issues[0].message ==
      "expected the columns First Name, Last Name, Connected On within the first 20 lines, found \"Ines, Okafor\"; "
      "give the file as LinkedIn sent it, or put that header back");
  BOOST_TEST(
      batch.issues[1].message ==
      "expected the columns Conversation ID, From, To, Date, Content within the first 20 lines, found nothing: the "
      "file is empty; give the file as LinkedIn sent it, or put that header back");
  BOOST_TEST(report_of(batch, "Connections.csv").recognised == "");
  BOOST_TEST(report_of(batch, "Connections.csv").not_read == "the header of LinkedIn connections was not found");
}

BOOST_AUTO_TEST_CASE(an_invitation_awaits_an_answer_only_when_the_connections_are_known) {
  const std::string invitation = invitations_header + "runa,zoe,\"1/2/26, 2:37 PM\",,OUTGOING," + in("runa") + "," +
                                 in("zoe") + "\nines,runa,\"1/2/26, 2:37 PM\",,INCOMING," + in("ines") + "," +
                                 in("runa") + "\n";
  const auto awaits = [&](std::string_view connections) {
    std::vector<SourceFile> files{{"Invitations.csv", invitation}};
    if (!connections.empty()) files.push_back({"Connections.csv", connections_header + std::string{connections}});
    std::vector<bool> result;
    for (const auto& each : read(files).interactions) result.push_back(each.interaction.awaits);
    return result;
  };
  BOOST_TEST((awaits("") == std::vector{false, false}));
  BOOST_TEST((awaits("Ines,Okafor," + in("ines") + ",,,,01 Jan 2026\n") == std::vector{true, false}));
  BOOST_TEST((awaits("Zoë,Brandt," + in("zoe") + ",,,,01 Jan 2026\n") == std::vector{false, false}));
  BOOST_TEST((awaits("zoe,," + in("zoe-the-other") + ",,,,01 Jan 2026\n") == std::vector{true, false}));
}

BOOST_AUTO_TEST_CASE(a_conversation_of_a_crowd_does_not_multiply) {
  std::string rows = messages_header;
  for (int i = 0; i < 500; ++i) {
    rows += message_row("crowd", fmt::format("member-{}", i), "runa", "2026-01-01 10:00:00 UTC", fmt::format("{}", i));
    rows += message_row(fmt::format("{}", i), "zoe", "runa", "2026-01-01 10:00:00 UTC", "x");
  }
  const auto batch = read({{"messages.csv", rows}, {"Profile.csv", "First Name,Last Name,Headline\nruna,,Engineer\n"}});
  BOOST_TEST(batch.interactions.size() == 1000U);
  for (const auto& each : batch.interactions) BOOST_TEST_REQUIRE(each.with.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_field_of_any_length_is_bounded) {
  const std::string endless(1'000'000, 'x');
  const auto batch =
      read({{"Connections.csv", connections_header + endless + "," + endless + "," + in(endless) + "," + endless +
                                    "@x.example," + endless + "," + endless + ",01 Jan 2026\n"}});
  BOOST_TEST_REQUIRE(batch.people.size() == 1U);
  const auto& person = batch.people[0];
  BOOST_TEST(person.contact.display.size() <= 5'000U);
  BOOST_TEST(person.points.empty());
  BOOST_TEST_REQUIRE(person.jobs.size() == 1U);
  BOOST_TEST(person.jobs[0].company.size() == 2'000U);
  for (const auto& issue : batch.issues) BOOST_TEST(issue.message.size() < 200U);
}

BOOST_AUTO_TEST_CASE(damaged_files_never_crash_and_always_give_a_whole_report) {
  Damage damage(20260301);
  constexpr std::string_view odd("\",;\t\n\r\0\xFF\xFE\xC3\xE2<&%=/\\", 17);
  const auto damaged = [&](std::string bytes) { return damage.of(std::move(bytes), odd); };
  int rounds = 0;
  for (const auto& era : era_names()) {
    const auto whole = sample(era);
    for (int round = 0; round < 60; ++round, ++rounds) {
      auto files = whole;
      for (auto& file : files) file.bytes = damaged(std::string(file.bytes.view()));
      auto options = options_of_today();
      options.summary = damage.below(4) == 0;
      if (damage.below(4) == 0) options.since = 2024y / 6 / 1;
      for (const auto& file : files) {
        const int claim = linkedin.recognises(file);
        BOOST_TEST_REQUIRE((claim >= 0 && claim <= 100));
      }
      const auto batch = read(files, options);
      BOOST_TEST_REQUIRE(batch.files.size() == files.size());
      for (const auto& report : batch.files) {
        BOOST_TEST_REQUIRE(report.skipped <= report.rows);
        BOOST_TEST_REQUIRE(report.recognised.empty() == !report.not_read.empty());
      }
      for (const auto& person : batch.people) BOOST_TEST_REQUIRE(!person.contact.display.empty());
      for (const auto& each : batch.interactions) {
        BOOST_TEST_REQUIRE(!each.with.empty());
        BOOST_TEST_REQUIRE(each.interaction.when.day.ok());
      }
      for (const auto& each : batch.applications) BOOST_TEST_REQUIRE(each.application.opened_on.ok());
      BOOST_TEST_REQUIRE(text::is_utf8(dump(batch)));
    }
  }
  BOOST_TEST(rounds >= 1000);
}

BOOST_AUTO_TEST_SUITE_END()
