#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>

#include "tests/store/temporary.h"

using namespace ties;

BOOST_AUTO_TEST_SUITE(migration)

BOOST_FIXTURE_TEST_CASE(a_file_of_the_first_schema_is_brought_up_to_date_and_a_backup_is_kept, Temporary) {
  std::ifstream step(std::string(TIES_SOURCE_DIR) + "/crm/store/schema/0001_start.sql");
  const std::string first{std::istreambuf_iterator<char>(step), {}};
  {
    SQLite::Database old(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    old.exec(first);
    old.exec("PRAGMA application_id = 1414088019; PRAGMA user_version = 1");  // "TIES"
    old.exec("INSERT INTO event (name, place, link, notes) VALUES ('LoopConf', 'Oslo', '', '')");
  }
  Store store(file);
  BOOST_TEST(store.all<Event>().at(0).name == "LoopConf");
  BOOST_TEST(store.count<ContactExtra>() == 0);
  BOOST_TEST(store.count<ContactName>() + store.count<ContactFormer>() + store.count<ContactDistinct>() == 0);
  BOOST_TEST(store.check().empty());

  const auto backup = file.string() + ".before-schema-" + std::to_string(Database::newest_schema());
  SQLite::Database kept(backup, SQLite::OPEN_READONLY);
  BOOST_TEST(kept.execAndGet("PRAGMA user_version").getInt() == 1);
  BOOST_TEST(kept.execAndGet("SELECT name FROM event").getString() == "LoopConf");
}

BOOST_AUTO_TEST_SUITE_END()
