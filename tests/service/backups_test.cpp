#include "crm/service/backups.h"

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "tests/store/temporary.h"

using namespace ties;

namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

/// A file on the disk, on a day that moves by hand.
struct Desk : Temporary {
  Store store{file};
  Crm crm{store, Clock(date_from_text("2026-03-04"), "Europe/Oslo"), Config{}, "test"};

  Answer run(std::string_view verb, Args::Raw raw = {}) { return ties::run(crm, verb, std::move(raw)); }
  void day(const char* text) { crm.clock = Clock(date_from_text(text), "Europe/Oslo"); }
  void settings() { crm.config = Config(store.settings()); }
  fs::path place() const { return file.string() + ".backups"; }
  Texts names() {
    Texts found;
    for (const auto& row : run("backup list").data) found.push_back(row["name"].get<std::string>());
    return found;
  }
  bool is_there(const std::string& name) { return !run("contact list", {{"query", {name}}}).data.empty(); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(backups, Desk)

BOOST_AUTO_TEST_CASE(lie_beside_the_file_for_their_owner_alone_named_by_their_time) {
  run("contact add", {{"name", {"Ada Lund"}}});
  BOOST_TEST(names().empty());
  const auto made = run("backup");
  BOOST_TEST(made.data["name"] == "ties-2026-03-04T120000.db");
  BOOST_TEST(made.data["made_at"] == "2026-03-04T12:00:00Z");
  BOOST_TEST(made.data["contacts"] == 1);
  BOOST_TEST(made.data["bytes"].get<int>() > 10'000);
  BOOST_TEST(!made.change.has_value());
  BOOST_TEST((fs::status(place()).permissions() == fs::perms::owner_all));
  BOOST_TEST((fs::status(place() / "ties-2026-03-04T120000.db").permissions() ==
              (fs::perms::owner_read | fs::perms::owner_write)));
  run("backup");
  run("backup");
  day("2026-03-05");
  run("backup");
  std::ofstream(place() / "notes.txt") << "mine";
  std::ofstream(place() / "ties-2026-03-04T120000.db.part") << "half";
  BOOST_TEST(names() == (Texts{"ties-2026-03-05T120000.db", "ties-2026-03-04T120000-3.db",
                               "ties-2026-03-04T120000-2.db", "ties-2026-03-04T120000.db"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(go_to_another_place_when_it_is_named) {
  run("contact add", {{"name", {"Ada Lund"}}});
  fs::create_directory(folder / "disk");
  run("backup", {{"to", {(folder / "disk").string()}}});
  run("backup", {{"to", {(folder / "mine.db").string()}}});
  BOOST_TEST(fs::exists(folder / "disk" / "ties-2026-03-04T120000.db"));
  BOOST_TEST(fs::exists(folder / "mine.db"));
  BOOST_TEST(!fs::exists(place()));
  BOOST_CHECK_THROW(run("backup", {{"to", {(folder / "mine.db").string()}}}), Conflict);
  BOOST_TEST(run("backup verify", {{"backup", {(folder / "mine.db").string()}}}).data["made_at"].is_null());
  crm.dry_run = true;
  BOOST_TEST(run("backup").said == "would make the backup ties-2026-03-04T120000.db");
  BOOST_TEST(!fs::exists(place()));
}

BOOST_AUTO_TEST_CASE(are_checked_and_what_is_wrong_is_said) {
  run("contact add", {{"name", {"Ada Lund"}}});
  run("backup");
  const auto good = run("backup verify", {{"backup", {"ties-2026-03-04T120000.db"}}});
  BOOST_TEST(!good.failed);
  BOOST_TEST(good.data["state"] == "good");
  BOOST_TEST(good.data["faults"].empty());
  std::ofstream(place() / "ties-2026-03-01T080000.db") << "nothing of ours";
  const auto bad = run("backup verify", {{"backup", {"ties-2026-03-01T080000.db"}}});
  BOOST_TEST(bad.failed);
  BOOST_TEST(bad.data["state"] == "damaged");
  BOOST_TEST(bad.data["faults"].size() == 1u);
  BOOST_TEST(bad.data["contacts"].is_null());
  BOOST_TEST(bad.data["faults"].dump().find(folder.string()) == std::string::npos);
  BOOST_TEST(run("backup list").data[1]["state"] == "damaged");
}

BOOST_AUTO_TEST_CASE(come_back_with_a_way_back_and_a_trial_says_what_would_be_gone) {
  run("contact add", {{"name", {"Ada Lund"}}});
  run("backup");
  run("contact add", {{"name", {"Bo Wren"}}});
  run("company add", {{"name", {"Acme"}}});
  const auto before = store.dump();
  const auto trial = run("restore", {{"backup", {"ties-2026-03-04T120000.db"}}, {"preview", {"yes"}}});
  BOOST_TEST((store.dump() == before));
  BOOST_TEST(names().size() == 1u);
  BOOST_TEST(trial.data["lost"] == 2);
  BOOST_TEST(trial.data["before"].is_null());
  BOOST_TEST(trial.data["counts"][0] == (Json{{"what", "contacts"}, {"there", 1}, {"here", 2}}));
  BOOST_TEST(trial.data["changes"][0]["said"] == "added Acme");
  BOOST_TEST(trial.data["changes"][1]["said"] == "added Bo Wren");

  const auto done = run("restore", {{"backup", {"ties-2026-03-04T120000.db"}}});
  BOOST_TEST(is_there("Ada"));
  BOOST_TEST(!is_there("Bo"));
  BOOST_TEST(done.data["before"] == "ties-2026-03-04T120000-2.db");
  BOOST_TEST(
      done.remarks.at(0) ==
      "what was here before is ties-2026-03-04T120000-2.db; the way back: ties restore ties-2026-03-04T120000-2.db");
  BOOST_TEST(store.check().empty());

  crm.sees_private = false;  // then views stand before the tables
  run("restore", {{"backup", {"ties-2026-03-04T120000-2.db"}}});
  crm.sees_private = true;
  BOOST_TEST((store.dump() == before));
  BOOST_TEST(store.check().empty());
  run("undo");  // of adding the company: the journal came along
  BOOST_TEST(run("company list").data.empty());
}

BOOST_AUTO_TEST_CASE(of_another_history_are_told_as_such) {
  run("contact add", {{"name", {"Ada Lund"}}});
  {
    Store other(folder / "other.db");
    Crm its{other, Clock(date_from_text("2026-02-01"), "Europe/Oslo"), Config{}, "test"};
    ties::run(its, "contact add", {{"name", {"Cy Haug"}}});
    ties::run(its, "backup", {{"to", {(folder / "of-other.db").string()}}});
  }
  const auto trial = run("restore", {{"backup", {(folder / "of-other.db").string()}}, {"preview", {"yes"}}});
  BOOST_TEST(trial.data["lost"].is_null());
  BOOST_TEST(trial.data["changes"].empty());
  run("restore", {{"backup", {(folder / "of-other.db").string()}}});
  BOOST_TEST(is_there("Cy"));
}

BOOST_AUTO_TEST_CASE(are_reached_from_outside_by_their_names_alone) {
  run("contact add", {{"name", {"Ada Lund"}}});
  run("backup");
  run("backup", {{"to", {(folder / "mine.db").string()}}});
  fs::create_symlink(folder / "mine.db", place() / "ties-2026-03-03T120000.db");
  crm.door = "http";
  for (const auto& name :
       Texts{(folder / "mine.db").string(), "../mine.db", "mine.db", "ties-2026-03-04T120000.db/../../mine.db",
             "ties-2026-03-03T120000.db", "ties-2026-03-04T120001.db", "ties-2026-03-04T12000x.db",
             "ties-2026-03-04T120000-.db", "", ".", "ties-.db"}) {
    for (const auto* verb : {"backup verify", "restore", "backup delete"}) {
      BOOST_TEST_CONTEXT(verb << " " << name) {
        try {
          run(verb, {{"backup", {name}}});
          BOOST_TEST(false, "it was found");
        } catch (const NotFound&) {
        } catch (const Wrong&) {
          BOOST_TEST(name.empty());
        }
      }
    }
  }
  BOOST_TEST(fs::exists(folder / "mine.db"));
  BOOST_TEST(names() == Texts{"ties-2026-03-04T120000.db"}, boost::test_tools::per_element());
  BOOST_TEST(run("backup delete", {{"backup", {"ties-2026-03-04T120000.db"}}}).data["contacts"] == 1);
  BOOST_TEST(names().empty());
}

BOOST_AUTO_TEST_CASE(are_made_when_it_is_time_and_the_oldest_go) {
  run("contact add", {{"name", {"Ada Lund"}}});
  run("config", {{"key", {"backup.every_days"}}, {"value", {"3"}}});
  run("config", {{"key", {"backup.keep"}}, {"value", {"2"}}});
  settings();
  BOOST_TEST(back_up_if_due(crm).value() == "ties-2026-03-04T120000.db");
  BOOST_TEST(!back_up_if_due(crm));
  day("2026-03-06");
  BOOST_TEST(!back_up_if_due(crm));
  day("2026-03-07");
  BOOST_TEST(back_up_if_due(crm).value() == "ties-2026-03-07T120000.db");
  day("2026-03-10");
  BOOST_TEST(back_up_if_due(crm).value() == "ties-2026-03-10T120000.db");
  BOOST_TEST(names() == (Texts{"ties-2026-03-10T120000.db", "ties-2026-03-07T120000.db"}),
             boost::test_tools::per_element());
  run("config", {{"key", {"backup.every_days"}}, {"value", {"0"}}});
  settings();
  day("2027-03-10");
  BOOST_TEST(!back_up_if_due(crm));
}

BOOST_AUTO_TEST_CASE(of_a_file_in_memory_there_are_none) {
  Store memory(":memory:");
  Crm its{memory, Clock(date_from_text("2026-03-04"), "Europe/Oslo"), Config{}, "test"};
  BOOST_TEST(ties::run(its, "backup list", {}).data.empty());
  BOOST_CHECK_THROW(ties::run(its, "backup", {}), Conflict);
}

BOOST_AUTO_TEST_SUITE_END()
