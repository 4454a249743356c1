#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>

#include "tests/store/temporary.h"

using namespace ties;

namespace {

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(database)

BOOST_FIXTURE_TEST_CASE(a_missing_file_is_made_with_its_folder, Temporary) {
  const auto deep = folder / "a" / "b" / "ties.db";
  add_contact(*std::make_unique<Store>(deep), "Ada Lovelace");
  BOOST_TEST(Store(deep).count<Contact>() == 1);
}

BOOST_FIXTURE_TEST_CASE(a_file_of_a_newer_ties_is_refused_and_left_as_it_was, Temporary) {
  add_contact(*std::make_unique<Store>(file), "Ada Lovelace");
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
  const auto before = bytes_of(file);
  BOOST_TEST(refusal(file, [&] { Store store(file); }) ==
             file.string() + ": it was written by a newer Ties (schema 99, this one knows " +
                 std::to_string(Database::newest_schema()) + "); update Ties to use it");
  BOOST_TEST((bytes_of(file) == before));
}

BOOST_FIXTURE_TEST_CASE(what_is_no_ties_file_is_refused_and_left_as_it_was, Temporary) {
  const auto not_ours = file.string() + ": this is not a Ties file; name another with --file";
  std::ofstream(file) << std::string(2'000, 'x');
  BOOST_TEST(refusal(file, [&] { Store store(file); }) == not_ours);
  BOOST_TEST((bytes_of(file) == std::string(2'000, 'x')));

  std::filesystem::remove(file);
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE other (a); PRAGMA journal_mode = DELETE");
  const auto before = bytes_of(file);
  BOOST_TEST(refusal(file, [&] { Store store(file); }) == not_ours);
  BOOST_TEST((bytes_of(file) == before));
}

BOOST_FIXTURE_TEST_CASE(a_folder_in_the_place_of_the_file_is_said_to_be_none, Temporary) {
  BOOST_TEST(refusal(folder, [&] { Store store(folder); }) ==
             folder.string() + ": it cannot be opened; check that the folder exists and may be read");
}

BOOST_FIXTURE_TEST_CASE(trouble_with_the_file_has_a_kind_and_a_reason_without_its_path, Temporary) {
  using Kind = StoreError::Kind;
  const struct {
    int code;
    Kind kind;
  } rows[] = {{5, Kind::busy}, {6, Kind::busy}, {8, Kind::read_only}, {3, Kind::read_only}, {13, Kind::full}, {10, Kind::io}, {11, Kind::damaged}, {26, Kind::other}, {14, Kind::other}};
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.code) {
      bool told = false;
      try {
        in_plain_words(file, [&] { throw SQLite::Exception("x", row.code); });
      } catch (const StoreError& error) {
        told = true;
        BOOST_TEST((error.kind == row.kind));
        BOOST_TEST(error.what() == file.string() + ": " + error.reason);
        BOOST_TEST((error.reason.find('/') == std::string::npos));
      }
      BOOST_TEST(told);
    }
  }
}

BOOST_FIXTURE_TEST_CASE(a_locked_file_is_waited_for_and_then_left_as_it_was, Temporary) {
  add_contact(*std::make_unique<Store>(file), "Ada Lovelace");
  Database reader(file), writer(file);
  Journal journal(reader);
  reader.execute("PRAGMA busy_timeout = 20");
  writer.execute("BEGIN IMMEDIATE");
  BOOST_TEST(refusal(file, [&] { OpenChange change(journal, "2026-03-04T12:00:00Z", "test"); }) ==
             file.string() + ": another program is writing to it; nothing was changed, try again");
  writer.execute("COMMIT");
  BOOST_TEST(refusal(file, [&] { OpenChange change(journal, "2026-03-04T12:00:00Z", "test"); }).empty());
}

BOOST_FIXTURE_TEST_CASE(a_file_may_be_read_while_another_program_writes, Temporary) {
  add_contact(*std::make_unique<Store>(file), "Ada Lovelace");
  Database writer(file);
  writer.execute("BEGIN IMMEDIATE");
  Store reader(file, Database::Access::read_only);
  BOOST_TEST(reader.count<Contact>() == 1);
}

BOOST_FIXTURE_TEST_CASE(a_read_only_connection_changes_nothing, Temporary) {
  add_contact(*std::make_unique<Store>(file), "Ada Lovelace");
  Store reader(file, Database::Access::read_only);
  BOOST_TEST(refusal(file, [&] { add_contact(reader, "Grace Hopper"); }) ==
             file.string() + ": it may not be written to; check its permissions and those of its folder");
  BOOST_TEST(reader.count<Contact>() == 1);
}

BOOST_FIXTURE_TEST_CASE(a_full_disk_loses_the_change_and_nothing_else, Temporary) {
  add_contact(*std::make_unique<Store>(file), "Ada Lovelace");
  Database database(file);
  Journal journal(database);
  const auto pages = database.connection().execAndGet("PRAGMA page_count").getInt();
  database.execute("PRAGMA max_page_count = " + std::to_string(pages + 4));
  BOOST_TEST(refusal(file, [&] {
               OpenChange change(journal, "2026-03-04T12:00:00Z", "test");
               for (int i = 0; i < 1'000; ++i) {
                 database.execute("INSERT INTO event (name, place, link, notes) VALUES ('a conference', 'a place', 'a link', 'notes')");
               }
               change.commit("added events");
             }) == file.string() + ": the disk is full; nothing was changed, make room and try again");
  BOOST_TEST(database.connection().execAndGet("SELECT count(*) FROM event").getInt() == 0);
  BOOST_TEST(database.connection().execAndGet("SELECT count(*) FROM contact").getInt() == 1);
  BOOST_TEST(journal.changes().size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_damaged_file_is_said_to_be_so, Temporary) {
  {
    Store store(file);
    for (int i = 0; i < 200; ++i) add_contact(store, "Somebody " + std::to_string(i));
  }
  std::fstream damage(file, std::ios::in | std::ios::out | std::ios::binary);
  for (std::uintmax_t at = 4096; at < std::filesystem::file_size(file); at += 4096) {
    damage.seekp(static_cast<std::streamoff>(at));
    damage.write("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 8);
  }
  damage.close();
  BOOST_TEST(refusal(file, [&] { Store(file).all<Contact>(); }) ==
             file.string() + ": the file is damaged; `ties check` tells more, a backup is the way back");
}

BOOST_FIXTURE_TEST_CASE(a_value_that_ties_never_writes_is_damage_too, Temporary) {
  Store store(file);
  const auto id = add_contact(store, "Ada Lovelace");
  SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec("UPDATE contact SET met_on = 'some day'");
  BOOST_TEST(refusal(file, [&] { store.get(id); }) == "the file holds a met_on that Ties never writes; `ties check` tells more");
}

BOOST_AUTO_TEST_SUITE_END()
