#include "crm/http/backup_keeper.h"

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "tests/http/calls.h"

using namespace ties;
using namespace ties::http;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(the_keeper_of_backups)

BOOST_FIXTURE_TEST_CASE(makes_one_when_it_begins_and_tells_the_log_no_more_than_its_name, OwnTemporaryFolder) {
  std::ostringstream said;
  File user_file(file, date_from_text("2026-03-04"));
  user_file.write([](Crm& crm) { run(crm, "contact add", {{"name", {"Ada Lund"}}}); });
  const auto made = [&] { return user_file.read([](Crm& crm) { return run(crm, "backup list", {}).data.size(); }); };
  {
    const BackupKeeper keeper(user_file, Log(said), 5ms);
    for (int i = 0; i < 1'000 && made() == 0; ++i) std::this_thread::sleep_for(10ms);
    std::this_thread::sleep_for(50ms);  // it goes on looking
  }
  BOOST_TEST(made() == 1u);
  BOOST_TEST(said.str().find("level=info event=backup made=ties-2026-03-04T120000.db\n") != std::string::npos,
             said.str());
  BOOST_TEST(said.str().find("Ada") == std::string::npos);
  BOOST_TEST(said.str().find(folder.string()) == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(says_why_it_cannot_and_goes_on, OwnTemporaryFolder) {
  std::ostringstream said;
  File user_file(file, date_from_text("2026-03-04"));
  std::ofstream(file.string() + ".backups") << "a file in the place of the folder";
  { const BackupKeeper keeper(user_file, Log(said), 1h); }
  BOOST_TEST(said.str().find("level=error event=backup why=") != std::string::npos, said.str());
  BOOST_TEST(said.str().find(folder.string()) == std::string::npos, said.str());
}

BOOST_AUTO_TEST_SUITE_END()
