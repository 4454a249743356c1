#include "crm/service/imports.h"
#include "tests/world.h"

#include <unistd.h>

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

BOOST_FIXTURE_TEST_CASE(a_dry_run_answers_as_the_import_would_and_keeps_nothing_not_even_its_run, World) {
  const auto before = dump();
  crm.dry_run = true;
  const auto tried = run("import", {{"paths", {sample("linkedin/2026-03-02")}}});
  BOOST_TEST(tried.said.starts_with("would import 2026-03-02: "));
  BOOST_TEST((dump() == before));
  BOOST_TEST(store.import_runs().empty());
  BOOST_TEST(store.journal().changes().empty());
  crm.dry_run = false;
  BOOST_TEST((run("import", {{"paths", {sample("linkedin/2026-03-02")}}}).data == tried.data));
}

BOOST_AUTO_TEST_CASE(a_dry_run_of_an_export_of_everything_keeps_no_attachment) {
  const auto folder = std::filesystem::temp_directory_path() / ("ties_dry_run_" + std::to_string(getpid()));
  std::filesystem::create_directories(folder / "new");
  std::ofstream(folder / "cv.pdf") << "a CV";
  World world;
  world.run("application add", {{"title", {"Engineer"}}});
  world.run("document add", {{"location", {(folder / "cv.pdf").string()}}, {"application", {"1"}}});
  world.run("export", {{"what", {(folder / "all.zip").string()}}});
  Store store(folder / "new" / "ties.db");
  Crm crm{store, Clock(date_from_text("2026-03-04"), "Europe/Oslo"), Config{}, "test"};
  for (const bool dry : {true, false}) {
    crm.dry_run = dry;
    run(crm, "import", {{"paths", {(folder / "all.zip").string()}}});
    BOOST_TEST(std::filesystem::exists(folder / "new" / "attachments") == !dry);
    BOOST_TEST(store.import_runs().size() == (dry ? 0u : 1u));
  }
  BOOST_TEST((store.import_runs().front().change == Id<Change>{1}));
  std::filesystem::remove_all(folder);
}

BOOST_AUTO_TEST_CASE(an_import_whose_progress_throws_ends_there_and_keeps_nothing) {
  struct Enough {};
  for (const auto* path : {"linkedin/2026-03-02", "linkedin/Basic_LinkedInDataExport_03-02-2026.zip", "mail/takeout", "mail/thunderbird", "calendar/google.ics", "cards/apple-2005-3.0.vcf",
                           "tables/huntr", "tables/google-since-2024", "contributions/gh", "contributions/gitlab", "monica/monica.json", "notes/skerryconf26.txt"}) {
    BOOST_TEST_CONTEXT(path) {
      int last = 0;  // at which it is not reached any more
      for (bool reached = true; reached; ++last) {
        World world;
        const auto before = world.dump();
        int told = 0;
        world.crm.progress = [&](auto&&...) {
          if (told++ == last) throw Enough{};
        };
        reached = false;
        try {
          world.run("import", {{"paths", {World::sample(path)}}});
        } catch (const Enough&) {
          reached = true;
          BOOST_TEST((world.dump() == before));
          BOOST_TEST(world.store.import_runs().empty());
          BOOST_TEST(world.store.journal().changes().empty());
        }
      }
      BOOST_TEST(last > 1, "it never told of its progress");
    }
  }
}

BOOST_FIXTURE_TEST_CASE(a_long_table_tells_how_far_its_reading_is_and_how_many_people_came_of_it, World) {
  const auto path = std::filesystem::temp_directory_path() / ("ties_long_" + std::to_string(getpid()) + ".csv");
  {
    std::ofstream table(path);
    table << "Name,Email\n";
    for (int i = 0; i < 12'000; ++i) table << "Person" << i << " Family" << i << ",p" << i << "@quill.example\n";
  }
  const auto size = static_cast<std::int64_t>(std::filesystem::file_size(path));
  std::int64_t bytes = 0, people = 0;
  int words = 0;
  crm.progress = [&](std::string_view what, std::int64_t done, std::int64_t total) {
    if (what == "bytes read") {
      BOOST_TEST(total == size);
      bytes = std::max(bytes, done);
      ++words;
    }
    if (what == "people") {
      BOOST_TEST(done > people);  // counted over all parts
      BOOST_TEST((total == 0 || total == 12'000));
      people = done;
    }
  };
  run("import", {{"paths", {path.string()}}});
  BOOST_TEST(words >= 24);
  BOOST_TEST(bytes <= size);
  BOOST_TEST(bytes > size / 2);
  BOOST_TEST(people == 12'000);
  std::filesystem::remove(path);
}

BOOST_FIXTURE_TEST_CASE(the_first_of_what_is_new_changed_and_skipped_are_named, World) {
  const auto files = [](const char* name) { return std::vector<NamedFile>{{sample(std::string("linkedin/") + name), name}}; };
  const auto writer = [this]() -> Crm& { return crm; };
  const auto options = import_options({}, crm.clock.today());
  const auto first = import_files(crm, writer, files("Basic_LinkedInDataExport_03-02-2026.zip"), options).data;
  int fresh = 0;
  for (const auto& row : first["rows"]) fresh += row["kind"] == "new";
  BOOST_TEST(fresh == 50);
  BOOST_TEST(!first.contains("possible_duplicates"));
  day("2026-06-16");
  const auto newer = import_files(crm, writer, files("Basic_LinkedInDataExport_06-15-2026.zip"), options).data;
  bool found = false;
  for (const auto& row : newer["rows"]) {
    if (row["name"] != "Bence Szarvaskői") continue;
    found = true;
    BOOST_TEST(row["kind"] == "changed");
    BOOST_TEST(row["noun"] == "contact");
    BOOST_TEST(row["what"] == "addresses, jobs or other details");
    BOOST_TEST((store.get(Id<Contact>{row["id"].get<std::int64_t>()}).display == "Bence Szarvaskői"));
  }
  BOOST_TEST(found);
  BOOST_TEST(newer["job_changes"]["total"] == newer["job_changes"]["items"].size());
  BOOST_TEST(newer["job_changes"]["total"].get<int>() >= 7);
}

BOOST_AUTO_TEST_SUITE_END()
