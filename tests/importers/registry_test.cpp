#include <boost/test/unit_test.hpp>
#include <set>

#include "crm/domain/errors.h"
#include "importers/bundle.h"

using namespace ties;
using namespace ties::importers;
using namespace std::chrono_literals;

namespace {

const std::string connections =
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Ada,Brandtner,https://www.linkedin.com/in/ada-brandtner,,Acme,Engineer,08 Feb 2026\n";
const std::string people = "Ada Lovelace (Acme): compilers\nGrace Hopper (Navy Labs): caches\n";

Options on_the_first_of_march() {
  Options options;
  options.today = 2026y / 3 / 1;
  return options;
}

Bundle bundle_of_files(std::vector<SourceFile> files, std::vector<std::string> closed = {}) {
  Bundle bundle;
  bundle.name = "export.zip";
  bundle.files = std::move(files);
  bundle.closed = std::move(closed);
  return bundle;
}

/// "file: recognised" or "file! why not"
std::vector<std::string> told(const Batch& batch) {
  std::vector<std::string> lines;
  for (const auto& report : batch.files) {
    lines.push_back(report.file + (report.not_read.empty() ? ": " + report.recognised : "! " + report.not_read));
  }
  return lines;
}

std::string refusal(const Bundle& bundle, std::string_view as = "") {
  try {
    read_bundle(bundle, as, on_the_first_of_march());
  } catch (const BundleError& error) {
    return error.what();
  }
  BOOST_ERROR("it was not refused");
  return {};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(importer_registry)

BOOST_AUTO_TEST_CASE(every_importer_has_a_name_of_its_own_and_says_what_it_reads) {
  std::set<std::string_view> names;
  for (const auto& importer : registry()) {
    BOOST_TEST(names.insert(importer.name).second);
    BOOST_TEST(!importer.title.empty());
    BOOST_TEST((importer.recognises != nullptr && importer.read != nullptr));
  }
  BOOST_TEST(names.count("linkedin") == 1u);
  BOOST_TEST(names.count("notes") == 1u);
  BOOST_TEST(names.count("vcard") == 1u);
  for (const auto* name : {"github", "gitlab", "git"}) BOOST_TEST(names.count(name) == 1u);
}

BOOST_AUTO_TEST_CASE(no_two_importers_claim_the_same_file) {
  const std::vector<std::pair<SourceFile, std::string_view>> cases{
      {{"Connections.csv", connections}, "linkedin"},
      {{"renamed.txt", connections}, "linkedin"},
      {{"notes.txt", people}, "notes"},
      {{"standard input", people}, "notes"},
      {{"renamed.txt", "BEGIN:VCARD\nFN:Ada Brandtner\nEND:VCARD\n"}, "vcard"},
      {{"prs.json", R"([{"title":"Fold loops","url":"https://github.com/lanternfield/emberloom/pull/7"}])"}, "github"},
      {{"x.txt", R"({"total_count":0,"incomplete_results":false,"items":[]})"}, "github"},
      {{"events.json", R"([{"action_name":"joined","project_id":4,"target_type":null}])"}, "gitlab"},
      {{"log",
        "\x1e"
        "1a2b3c4d\x1f"
        "Ada Brandtner\x1f"
        "ada@acme.example\x1f"
        "2026-01-02T10:00:00Z\x1f"
        "Fold loops\n"},
       "git"},
      {{"shortlog.txt", "    41\tAda Brandtner <ada@acme.example>\n"}, "git"},
      {{"log.txt", "commit " + std::string(40, 'a') + "\nAuthor: Ada Brandtner <ada@acme.example>\n"}, "git"},
      {{"package.json", R"({"name":"emberloom","version":"1.0.0"})"}, ""},
      {{"photo.png", "\x89PNG\r\n"}, ""},
      {{"table.csv", "a;b\n1;2\n"}, ""},
  };
  for (const auto& [file, owner] : cases) {
    std::string claimed;
    for (const auto& importer : registry()) {
      const int sure = importer.recognises(file);
      BOOST_TEST((sure >= 0 && sure <= 100));
      if (sure > 0) claimed += importer.name;
    }
    BOOST_TEST(claimed == owner, file.name);
  }
}

BOOST_AUTO_TEST_CASE(private_files_stay_closed_and_others_do_not) {
  BOOST_TEST(never_opened("Logins.csv"));
  BOOST_TEST(never_opened("Verifications/Verifications.csv"));
  BOOST_TEST(!never_opened("Connections.csv"));
  BOOST_TEST(!never_opened("notes.txt"));
}

BOOST_AUTO_TEST_CASE(every_file_is_reported_read_or_not) {
  const auto batch =
      read_bundle(bundle_of_files({{"Connections.csv", connections}, {"notes.txt", people}, {"photo.png", "\x89PNG"}},
                                  {"Logins.csv"}),
                  "", on_the_first_of_march());
  BOOST_TEST(batch.source == "linkedin");
  BOOST_TEST(batch.people.size() == 1u);
  BOOST_TEST(told(batch) ==
                 (std::vector<std::string>{"Connections.csv: LinkedIn connections",
                                           "photo.png! not a file that LinkedIn is known to export",
                                           "Logins.csv! never opened: private, and of no use here",
                                           "notes.txt! not read: it looks like conference notes; import it by itself"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_table_that_is_only_guessed_at_is_left_to_the_archive_in_which_it_lies) {
  const auto batch =
      read_bundle(bundle_of_files({{"Connections.csv", connections},
                                   {"Projects.csv", "Name,Url,Title\nRopes,https://x.example,Author\n"},
                                   {"own.csv", "First Name,Last Name,Phone\nZoë,Brandtner,+4722987654\n"}}),
                  "", on_the_first_of_march());
  BOOST_TEST(told(batch) ==
                 (std::vector<std::string>{
                     "Connections.csv: LinkedIn connections", "Projects.csv! your own profile beyond jobs and schools",
                     "own.csv! not read: it looks like a table of people, applications or contributions; import it "
                     "by itself"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(notes_are_read_where_nothing_else_is_known) {
  const auto batch =
      read_bundle(bundle_of_files({{"photo.png", "\x89PNG"}, {"SkerryConf.txt", people}}), "", on_the_first_of_march());
  BOOST_TEST(batch.source == "notes");
  BOOST_REQUIRE(batch.people.size() == 2u);
  BOOST_TEST(batch.interactions[0].event == "SkerryConf");
  BOOST_TEST(told(batch) == (std::vector<std::string>{"SkerryConf.txt: notes, a person a line",
                                                      "photo.png! not read: nothing in it is known"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_folder_that_all_files_stood_in_may_tell_the_day_of_the_export) {
  auto bundle = bundle_of_files({{"Connections.csv", connections}});
  bundle.top = "Complete_LinkedInDataExport_02-09-2026/";
  BOOST_TEST((read_bundle(bundle, "", on_the_first_of_march()).snapshot_on == Date(2026y / 2 / 9)));
}

BOOST_AUTO_TEST_CASE(nothing_known_is_an_error_that_lists_what_was_found_and_what_is_expected) {
  BOOST_TEST(refusal(bundle_of_files({{"a.csv", "a;b\n"}, {"b.png", "\x89"}}, {"Logins.csv"})) ==
             "export.zip: nothing in it is known (found: a.csv, b.png, Logins.csv (stays closed)); give a LinkedIn "
             "export (its zip, its folder, or a file such as Connections.csv with its header), contact cards (.vcf), a "
             "calendar (.ics), a table with a header, a log of contributions, or notes with a person a line: Ada "
             "Lovelace (Acme): compilers");
  std::vector<SourceFile> many;
  for (int i = 0; i < 9; ++i) many.push_back({std::to_string(i) + ".bin", "\x01"});
  BOOST_TEST(refusal(bundle_of_files(many)).find("(found: 0.bin, 1.bin, 2.bin, 3.bin, 4.bin, …)") != std::string::npos);
  BOOST_TEST(refusal(bundle_of_files({}, {"Logins.csv"})).find("(found: Logins.csv (stays closed))") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_named_importer_that_finds_nothing_is_an_error_too) {
  BOOST_TEST(refusal(bundle_of_files({{"notes.txt", people}}), "linkedin")
                 .find("nothing in it could be read as LinkedIn data export") != std::string::npos);
  BOOST_TEST(refusal(bundle_of_files({{"essay.txt", "nobody here\n"}}), "notes") ==
             "export.zip: nothing in it could be read as conference notes (found: essay.txt): no person is named here, "
             "skipped; "
             "write 'Ada Lovelace (Acme): what you talked about'");
}

BOOST_AUTO_TEST_CASE(a_named_importer_reads_what_it_would_not_have_claimed) {
  const auto batch = read_bundle(bundle_of_files({{"people.log", people}}), "notes", on_the_first_of_march());
  BOOST_TEST(batch.people.size() == 2u);
}

BOOST_AUTO_TEST_CASE(an_unknown_importer_is_named_with_the_nearest_one) {
  BOOST_CHECK_EXCEPTION(
      read_bundle(bundle_of_files({{"a", "b"}}), "linkedn", on_the_first_of_march()), NotFound,
      [](const NotFound& error) {
        return std::string(error.what())
            .starts_with("no importer is called 'linkedn'; did you mean 'linkedin'?; there are linkedin, ");
      });
}

BOOST_AUTO_TEST_SUITE_END()
