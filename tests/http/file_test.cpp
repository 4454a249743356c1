#include <boost/test/unit_test.hpp>

#include "tests/http/calls.h"

using namespace ties;
using namespace ties::http;

BOOST_AUTO_TEST_SUITE(the_file_of_the_service)

BOOST_FIXTURE_TEST_CASE(a_reader_sees_one_moment_and_waits_for_nobody, OwnTemporaryFolder) {
  File user_file(file, date_from_text("2026-03-04"));
  user_file.read([&](Crm& reader) {
    BOOST_TEST(reader.store.count<Contact>() == 0);
    user_file.write([](Crm& crm) { return run(crm, "contact add", {{"name", {"Ines Vale"}}}); });
    BOOST_TEST(reader.store.count<Contact>() == 0);
    return 0;
  });
  BOOST_TEST(user_file.read([](Crm& crm) { return crm.store.count<Contact>(); }) == 1);
}

BOOST_FIXTURE_TEST_CASE(who_does_not_come_to_their_turn_in_time_is_told_and_holds_up_nobody_behind,
                        OwnTemporaryFolder) {
  File user_file(file, date_from_text("2026-03-04"), 50);
  const auto add = [](Crm& crm) { return run(crm, "contact add", {{"name", {"Ines Vale"}}}); };
  {
    Writing writing(user_file);
    BOOST_TEST(user_file.writers_waiting() == 0);
    BOOST_CHECK_EXCEPTION(user_file.write(add), Busy, [](const Busy& busy) {
      return std::string(busy.what()) ==
             "something else is being written and takes long; nothing was changed, try again";
    });
    BOOST_CHECK_THROW(Writing another(user_file), Busy);
    BOOST_TEST(user_file.writers_waiting() == 0);
  }
  BOOST_TEST(user_file.write(add).said == "added Ines Vale");
}

BOOST_FIXTURE_TEST_CASE(many_writers_take_turns_and_none_is_lost, OwnTemporaryFolder) {
  File user_file(file, date_from_text("2026-03-04"));
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&user_file, i] {
      for (int j = 0; j < 5; ++j) {
        user_file.write([&](Crm& crm) {
          return run(crm, "contact add", {{"name", {"Person " + std::to_string(i * 10 + j)}}});
        });
        user_file.read([](Crm& crm) { return crm.store.count<Contact>(); });
      }
    });
  }
  for (auto& thread : threads) thread.join();
  BOOST_TEST(user_file.read([](Crm& crm) { return crm.store.count<Contact>(); }) == 40);
  BOOST_TEST(user_file.read([](Crm& crm) { return crm.store.journal().changes().size(); }) == 40u);
}

BOOST_FIXTURE_TEST_CASE(a_copy_is_private_can_be_tried_things_on_and_goes_with_its_last_owner, OwnTemporaryFolder) {
  File user_file(file, date_from_text("2026-03-04"));
  user_file.write([](Crm& crm) { return run(crm, "contact add", {{"name", {"Ines Vale"}}}); });
  {
    Writing writing(user_file);
    const Doing doing(writing.crm());
    writing.crm().store.add(called("Not Yet"));
    auto copy = user_file.copy();  // while another writes
    const auto also = copy;
    copy.reset();
    user_file.try_on(*also, [](Crm& crm) { return run(crm, "contact add", {{"name", {"Odo Marsh"}}}); });
    BOOST_TEST(also->count<Contact>() == 2);
    for (const auto& path : left()) {
      const auto permissions = std::filesystem::status(folder / "tmp" / path).permissions();
      constexpr auto others = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
      BOOST_TEST(((permissions & others) == std::filesystem::perms::none), path);
    }
  }
  BOOST_TEST(left().empty());
  BOOST_TEST(user_file.read([](Crm& crm) { return crm.store.count<Contact>(); }) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
