#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>

#include "crm/domain/template.h"
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
    old.exec(R"sql(
      INSERT INTO contact (display, given, family, nickname, suffix, headline, location, pronouns, notes, private_note, met_place, starred, archived, me, source, folded)
        VALUES ('Ada Lund', 'Ada', 'Lund', '', '', '', '', '', '', '', '', 0, 0, 0, 'hand', 'ada lund');
      INSERT INTO company (name, target, suggested, notes, key) VALUES ('Acme', 0, 0, '', 'acme');
      INSERT INTO employment (contact, company, title, started, ended, source) VALUES (1, 1, 'Engineer', '', '', 'hand');
      INSERT INTO interaction (kind, at, direction, channel, text, count, awaits, confidential) VALUES ('call', '2026-02-03T10:00:00', 'none', '', '', 1, 0, 0);
      INSERT INTO interaction_contact (contact, interaction) VALUES (1, 1)
    )sql");
  }
  Store store(file);
  BOOST_TEST(store.all<Event>().at(0).name == "LoopConf");
  BOOST_TEST(store.count<ContactExtra>() == 0);
  BOOST_TEST(store.count<ContactName>() + store.count<ContactFormer>() + store.count<ContactDistinct>() == 0);
  BOOST_TEST(store.count<View>() == 0);
  BOOST_TEST(store.count<MessageTemplate>() == 0);
  const auto lines = store.contacts({}, {}, *date_from_text("2026-03-04"));
  BOOST_TEST(lines.size() == 1u);
  BOOST_TEST(lines.at(0).company == "Acme");
  BOOST_TEST(lines.at(0).title == "Engineer");
  BOOST_TEST((lines.at(0).last == date_from_text("2026-02-03")));
  store.rebuild_search();  // what the old file's index held is no part of this test
  BOOST_TEST(store.check().empty());

  const auto backup = file.string() + ".before-schema-" + std::to_string(Database::newest_schema());
  SQLite::Database kept(backup, SQLite::OPEN_READONLY);
  BOOST_TEST(kept.execAndGet("PRAGMA user_version").getInt() == 1);
  BOOST_TEST(kept.execAndGet("SELECT name FROM event").getString() == "LoopConf");
}

BOOST_AUTO_TEST_SUITE_END()
