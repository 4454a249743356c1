#include "tests/world.h"

#include <boost/test/unit_test.hpp>
#include <set>

using namespace ties;

namespace {

int total(const Answer& answer, const char* key) {
  int sum = 0;
  for (const auto& file : answer.data) sum += file[key].get<int>();
  return sum;
}

bool remarked(const Answer& answer, const std::string& text) {
  return std::any_of(answer.remarks.begin(), answer.remarks.end(), [&](const auto& remark) { return remark.find(text) != std::string::npos; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(imports)

BOOST_FIXTURE_TEST_CASE(the_first_archive_becomes_its_47_people_and_what_was_skipped_is_counted, World) {
  const auto first = run("import", {{"paths", {sample("linkedin/Basic_LinkedInDataExport_03-02-2026.zip")}}});
  BOOST_TEST(first.data[1]["file"].get<std::string>() == "Connections.csv");
  BOOST_TEST(first.data[1]["created"].get<int>() == 47);
  BOOST_TEST(first.data[1]["why"].get<std::string>() == "1 hidden member");
  BOOST_TEST(store.check().empty());
}

BOOST_FIXTURE_TEST_CASE(importing_the_same_archive_twice_changes_nothing_the_second_time, World) {
  const auto path = sample("linkedin/Basic_LinkedInDataExport_03-02-2026.zip");
  run("import", {{"paths", {path}}});
  const auto before = dump();
  const auto again = run("import", {{"paths", {path}}});
  BOOST_TEST(total(again, "created") == 0);
  BOOST_TEST(total(again, "changed") == 0);
  BOOST_TEST((dump() == before));
  BOOST_TEST(!again.change.has_value());
}

BOOST_FIXTURE_TEST_CASE(zip_and_folder_of_one_archive_read_the_same, World) {
  run("import", {{"paths", {sample("linkedin/Basic_LinkedInDataExport_03-02-2026.zip")}}});
  const auto from_zip = run("contact list").data;
  World other;
  other.run("import", {{"paths", {sample("linkedin/2026-03-02")}}});
  BOOST_TEST(other.run("contact list").data.size() == from_zip.size());
}

BOOST_FIXTURE_TEST_CASE(a_newer_archive_shows_who_changed_jobs_and_an_older_one_changes_nothing_current, World) {
  run("import", {{"paths", {sample("linkedin/Basic_LinkedInDataExport_03-02-2026.zip")}}});
  day("2026-06-16");
  run("company target", {{"company", {"Lanternfield Research"}}});
  const auto newer = run("import", {{"paths", {sample("linkedin/Basic_LinkedInDataExport_06-15-2026.zip")}}});
  BOOST_TEST(remarked(newer, "Bence Szarvaskői moved from Cobaltwren to Lanternfield Research"));
  BOOST_TEST(remarked(newer, "(a target of yours)"));
  BOOST_TEST(store.count<JobChange>() == 7);  // five companies, two titles
  const auto before = run("contact list").data;
  const auto older = run("import", {{"paths", {sample("linkedin/Basic_LinkedInDataExport_03-02-2026.zip")}}});
  BOOST_TEST(store.count<JobChange>() == 7);
  BOOST_TEST((run("contact list").data == before));
}

BOOST_FIXTURE_TEST_CASE(a_field_typed_by_hand_wins_over_a_file, World) {
  const auto path = sample("linkedin/Basic_LinkedInDataExport_03-02-2026.zip");
  run("import", {{"paths", {path}}});
  run("contact edit", {{"contact", {"Bence Szarvaskői"}}, {"name", {"Bence the Linker"}}});
  run("import", {{"paths", {sample("linkedin/Basic_LinkedInDataExport_06-15-2026.zip")}}});
  BOOST_TEST(run("contact show", {{"contact", {"Bence the Linker"}}}).data["display"].get<std::string>() == "Bence the Linker");
}

BOOST_FIXTURE_TEST_CASE(a_preview_says_what_would_be_kept_and_keeps_nothing, World) {
  const auto before = dump();
  const auto preview = run("import", {{"paths", {sample("linkedin/2026-03-02")}}, {"preview", {"yes"}}});
  BOOST_TEST(total(preview, "created") > 47);
  BOOST_TEST((dump() == before));
  BOOST_TEST(run("imports").data.empty());
}

BOOST_FIXTURE_TEST_CASE(a_summary_keeps_dates_and_counts_of_messages_and_no_text, World) {
  run("import", {{"paths", {sample("linkedin/2026-03-02")}}, {"summary", {"yes"}}});
  for (const auto& interaction : run("interaction list", {{"limit", {"1000"}}}).data) {
    if (interaction["kind"] == "message") BOOST_TEST(interaction["text"].get<std::string>() == "");
  }
}

BOOST_FIXTURE_TEST_CASE(a_conversation_is_kept_once_whether_summed_up_or_in_full, World) {
  const auto archive = sample("linkedin/2026-03-02");
  run("import", {{"paths", {archive}}});
  const auto in_full = dump();
  run("import", {{"paths", {archive}}, {"summary", {"yes"}}});
  BOOST_TEST((dump() == in_full));

  World other;
  other.run("import", {{"paths", {archive}}, {"summary", {"yes"}}});
  const auto again = other.run("import", {{"paths", {archive}}});
  BOOST_TEST(total(again, "changed") > 0);
  const auto texts = [](World& world) {
    std::multiset<std::string> all;
    for (const auto& interaction : world.run("interaction list", {{"limit", {"1000"}}}).data) all.insert(interaction["at"].get<std::string>() + interaction["text"].get<std::string>());
    return all;
  };
  BOOST_TEST((texts(other) == texts(*this)));
}

BOOST_FIXTURE_TEST_CASE(an_export_of_the_outlook_years_is_history_also_when_its_name_has_no_day, World) {
  run("import", {{"paths", {sample("linkedin-eras/2012-outlook")}}});
  BOOST_TEST(run("imports").data.at(0)["snapshot_on"] == "2016-12-31");
}

BOOST_FIXTURE_TEST_CASE(notes_of_a_conference_become_people_talks_and_promises_once, World) {
  run("event add", {{"name", {"SkerryConf26"}}, {"starts", {"2026-03-02"}}});
  const auto notes = sample("notes/skerryconf26.txt");
  const auto first = run("event log", {{"event", {"skerryconf"}}, {"notes", {notes}}});
  BOOST_TEST(run("event show", {{"event", {"skerryconf"}}}).data["people"].size() == 9u);
  BOOST_TEST(first.remarks.size() == 1u);
  BOOST_TEST(first.remarks[0].find(":8:1: no person is named here") != std::string::npos);
  BOOST_TEST(run("task list").data.size() >= 4u);
  const auto before = dump();
  const auto again = run("event log", {{"event", {"skerryconf"}}, {"notes", {notes}}});
  BOOST_TEST((dump() == before));
  BOOST_TEST(total(again, "created") == 0);
}

BOOST_FIXTURE_TEST_CASE(a_file_without_a_known_header_is_an_error_and_not_an_empty_success, World) {
  const auto path = std::filesystem::temp_directory_path() / "ties_unknown.csv";
  std::ofstream(path) << "a;b;c\n1;2;3\n";
  BOOST_CHECK_THROW(run("import", {{"paths", {path.string()}}}), std::runtime_error);
  BOOST_TEST(dump().empty());
  std::filesystem::remove(path);
}

BOOST_AUTO_TEST_SUITE_END()
