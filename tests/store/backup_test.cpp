#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>

#include "tests/store/temporary.h"

using namespace ties;

namespace {

namespace fs = std::filesystem;

struct Beside : Temporary {
  fs::path backup = folder / "backup.db";

  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(folder)) found.push_back(entry.path().filename().string());
    std::sort(found.begin(), found.end());
    return found;
  }
  static void write(const fs::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }
  static Credential token(const std::string& name) {
    Credential credential;
    credential.kind = CredentialKind::token, credential.name = name, credential.scopes = "read", credential.hash = "00";
    credential.made_at = "2026-03-04T12:00:00Z";
    return credential;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(a_backup, Beside)

BOOST_AUTO_TEST_CASE(is_one_whole_file_for_its_owner_alone_and_holds_what_the_file_holds) {
  Store store(file);
  add_contact(store, "Ada Lund");
  store.back_up(backup);
  add_contact(store, "Bo Wren");
  BOOST_TEST((fs::status(backup).permissions() == (fs::perms::owner_read | fs::perms::owner_write)));
  const auto facts = facts_of_file(backup);
  BOOST_TEST(facts.count("contacts") == 1);
  BOOST_TEST(facts.schema == Database::newest_schema());
  BOOST_TEST(facts.change == 1);
  BOOST_TEST(facts.changed_at == "2026-03-04T12:00:00Z");
  BOOST_TEST(store.facts().count("contacts") == 2);
  BOOST_TEST(names() == (std::vector<std::string>{"backup.db", "ties.db", "ties.db-shm", "ties.db-wal"}),
             boost::test_tools::per_element());
  BOOST_TEST(faults_of_backup(backup, folder).empty());
  BOOST_CHECK_THROW(store.back_up(backup), Conflict);
  BOOST_CHECK_THROW(store.back_up(folder / "nowhere" / "b.db"), StoreError);
}

BOOST_AUTO_TEST_CASE(comes_back_under_all_who_have_the_file_open) {
  Store store(file);
  add_contact(store, "Ada Lund");
  const auto before = store.dump();
  store.back_up(backup);
  Store reader(file, Database::Access::read_only), other(file);
  BOOST_TEST((reader.dump() == before));
  const auto later = add_contact(other, "Bo Wren");
  BOOST_TEST(reader.count<Contact>() == 2);
  const auto version = reader.version_of_schema();
  std::int64_t in_between = 0;
  reader.at_one_moment([&] {
    in_between = reader.count<Contact>();
    store.restore(backup, folder);
    BOOST_TEST(reader.count<Contact>() == in_between);  // its moment goes on
  });
  BOOST_TEST(in_between == 2);
  for (auto* each : {&store, &reader, &other}) BOOST_TEST((each->dump() == before));
  BOOST_TEST(reader.version_of_schema() != version);
  BOOST_TEST(store.check().empty());
  BOOST_TEST(other.contacts({}, {}, *date_from_text("2026-03-04")).size() == 1u);
  // Numbers are not given again, of records and of changes.
  BOOST_TEST(add_contact(other, "Cy Haug").value > later.value);
  BOOST_TEST(store.journal().newest().value == 3);
  BOOST_TEST(store.check().empty());
  for (const auto& name : names()) BOOST_TEST(!name.starts_with(".preparing"), name);
}

BOOST_AUTO_TEST_CASE(brings_back_no_key_that_was_taken_away_and_takes_none_that_was_given_since) {
  Store store(file);
  add_contact(store, "Ada Lund");
  const auto revoked = store.add(token("old"));
  store.back_up(backup);
  store.remove(revoked);
  const auto kept = store.add(token("new"));
  store.restore(backup, folder);
  const auto tokens = store.credentials(CredentialKind::token);
  BOOST_TEST_REQUIRE(tokens.size() == 1u);
  BOOST_TEST(tokens.front().name == "new");
  BOOST_TEST((tokens.front().id == kept));
}

BOOST_AUTO_TEST_CASE(of_an_older_schema_is_brought_up_to_date_and_left_as_it_was) {
  std::ifstream step(std::string(TIES_SOURCE_DIR) + "/crm/store/schema/0001_start.sql");
  {
    SQLite::Database old(backup.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    old.exec(std::string{std::istreambuf_iterator<char>(step), {}});
    old.exec("PRAGMA application_id = 1414088019; PRAGMA user_version = 1");
    old.exec("INSERT INTO event (name, place, link, notes) VALUES ('LoopConf', 'Oslo', '', '')");
  }
  Store store(file);
  add_contact(store, "Ada Lund");
  BOOST_TEST(facts_of_file(backup).schema == 1);
  BOOST_TEST(faults_of_backup(backup, folder).empty());
  store.restore(backup, folder);
  BOOST_TEST(store.all<Event>().at(0).name == "LoopConf");
  BOOST_TEST(store.count<Contact>() == 0);
  BOOST_TEST(facts_of_file(backup).schema == 1);
  BOOST_TEST(store.check().empty());
  BOOST_TEST(names() == (std::vector<std::string>{"backup.db", "ties.db", "ties.db-shm", "ties.db-wal"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(that_is_none_is_refused_and_nothing_changes) {
  Store store(file);
  for (int i = 0; i < 300; ++i) add_contact(store, "Ada " + std::string(200, static_cast<char>('a' + i % 26)));
  const auto before = store.dump();
  store.back_up(folder / "good.db");
  std::ifstream in(folder / "good.db", std::ios::binary);
  const std::string good{std::istreambuf_iterator<char>(in), {}};
  auto scrambled = good;
  for (std::size_t i = 8'192; i < scrambled.size() - 4'096; i += 512) scrambled.replace(i, 64, std::string(64, '\xAB'));
  { SQLite::Database(backup.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE other (a)"); }
  fs::rename(backup, folder / "other.db");
  write(folder / "newer.db", good);
  SQLite::Database((folder / "newer.db").string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
  write(folder / "scrambled.db", scrambled);
  write(folder / "cut.db", good.substr(0, good.size() / 2));
  write(folder / "words.db", std::string(5'000, 'x'));
  write(folder / "empty.db", "");
  for (const auto* name : {"other.db", "newer.db", "scrambled.db", "cut.db", "words.db", "empty.db", "nowhere.db"}) {
    BOOST_TEST_CONTEXT(name) {
      const auto is_refused = [&] {
        try {
          in_plain_words(folder / name, [&] { store.restore(folder / name, folder); });
        } catch (const StoreError&) {
          return true;
        } catch (const Conflict&) {
          return true;
        }
        return false;
      };
      BOOST_TEST(is_refused());
      BOOST_TEST((store.dump() == before));
    }
  }
  BOOST_TEST(store.check().empty());
  for (const auto& name : names()) BOOST_TEST(!name.starts_with(".preparing"), name);
}

BOOST_AUTO_TEST_SUITE_END()
