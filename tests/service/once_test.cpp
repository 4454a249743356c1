#include "crm/service/once.h"

#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "tests/world.h"

using namespace ties;

namespace {

/// As a door answers a write.
Json answer_json(const Answer& answer) {
  return {{"said", answer.said}, {"change", wire::value(answer.change)}, {"data", answer.data}};
}

struct Door : World {
  OnceAnswer add(const std::string& key, const std::string& name) {
    return once(crm, key, "contact add " + name, [&](Crm& c) {
      return answer_json(ties::run(c, "contact add", {{"name", {name}}}));
    });
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(writes_with_a_key)

BOOST_FIXTURE_TEST_CASE(are_done_once_and_answered_the_same_again, Door) {
  const auto first = add("k1", "Ada Lund");
  const auto again = add("k1", "Ada Lund");
  BOOST_TEST(!first.repeated);
  BOOST_TEST(again.repeated);
  BOOST_TEST(first.answer["said"] == "added Ada Lund");
  BOOST_TEST((again.answer == first.answer));
  BOOST_TEST(store.count<Contact>() == 1);
  BOOST_TEST(add("k2", "Bo Wren").repeated == false);
  BOOST_CHECK_THROW(add("k1", "Cy Haug"), KeyReused);
  BOOST_TEST(store.count<Contact>() == 2);
  BOOST_TEST(!crm.before_commit);
}

BOOST_FIXTURE_TEST_CASE(that_fail_or_are_tried_only_leave_no_key_behind, Door) {
  BOOST_CHECK_THROW(once(crm, "k", "r",
                         [&](Crm& c) {
                           return answer_json(ties::run(c, "contact edit", {{"contact", {"nobody"}}}));
                         }),
                    NotFound);
  crm.before_commit = [](std::string_view) { throw Conflict("not now"); };
  BOOST_CHECK_THROW(add("k", "Ada Lund"), Conflict);
  crm.before_commit = nullptr;
  crm.dry_run = true;
  BOOST_TEST(!add("k", "Ada Lund").repeated);
  crm.dry_run = false;
  BOOST_TEST(!store.answered("k"));
  BOOST_TEST(!add("k", "Ada Lund").repeated);
  BOOST_CHECK_THROW(add("", "Bo"), Wrong);
  BOOST_CHECK_THROW(add(std::string(201, 'k'), "Bo"), Wrong);
}

BOOST_FIXTURE_TEST_CASE(that_were_committed_before_the_machine_stopped_are_told_as_done, Door) {
  BOOST_CHECK_THROW(once(crm, "k", "r",
                         [&](Crm& c) -> Json {
                           ties::run(c, "contact add", {{"name", {"Ada Lund"}}});
                           throw std::runtime_error("the power went");
                         }),
                    std::runtime_error);
  const auto again = once(crm, "k", "r", [](Crm&) -> Json { throw std::logic_error("never called"); });
  BOOST_TEST(again.repeated);
  BOOST_TEST(again.answer.dump() ==
             R"({"said":"added Ada Lund","change":null,"remarks":[],"overridden":[],"data":null})");
}

BOOST_FIXTURE_TEST_CASE(that_make_no_change_or_show_a_secret_are_remembered_without_it, Door) {
  const auto secret = [&] {
    return once(
        crm, "k", "r",
        [](Crm&) {
          return Json{{"said", "made a token"}, {"data", "secret"}};
        },
        false);
  };
  BOOST_TEST(secret().answer["data"] == "secret");
  const auto again = secret();
  BOOST_TEST(again.repeated);
  BOOST_TEST(again.answer["said"] == "made a token");
  BOOST_TEST(again.answer["data"].is_null());
}

BOOST_FIXTURE_TEST_CASE(are_forgotten_after_thirty_days, Door) {
  add("k", "Ada Lund");
  day("2026-04-02");
  add("k2", "Bo Wren");
  BOOST_TEST(store.answered("k").has_value());
  day("2026-04-05");
  add("k3", "Cy Haug");
  BOOST_TEST(!store.answered("k").has_value());
  BOOST_TEST(store.answered("k2").has_value());
}

BOOST_AUTO_TEST_CASE(leave_no_trace_of_an_erased_person_and_stand_in_no_journal_and_no_dump) {
  const auto path = std::filesystem::temp_directory_path() / ("ties_once_" + std::to_string(getpid()) + ".db");
  {
    Store store(path);
    Crm crm{store, Clock(date_from_text("2026-03-04"), "Europe/Oslo"), Config{}, "test"};
    const auto before = store.dump();
    once(crm, "key-of-ada", "r", [](Crm& c) {
      return answer_json(run(c, "contact add", {{"name", {"Ada Lovelace"}}}));
    });
    BOOST_TEST((store.dump().find("key-of-ada") == std::string::npos));
    for (const auto& operation : store.journal().operations({1})) BOOST_TEST(operation.row.table != "answered");
    run(crm, "undo", {});
    BOOST_TEST((store.dump() == before));
    run(crm, "redo", {});
    const auto erased = once(crm, "erasing", "e", [](Crm& c) {
      return answer_json(run(c, "contact erase", {{"contact", {"ada"}}}, true));
    });
    BOOST_TEST(!store.answered("key-of-ada").has_value());
    BOOST_TEST(once(crm, "erasing", "e", [](Crm&) { return Json(); }).answer["said"] == erased.answer["said"]);
  }
  std::ifstream file(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  BOOST_TEST((bytes.find("erased contact 1") != std::string::npos));
  BOOST_TEST((bytes.find("Lovelace") == std::string::npos));
  for (const auto* ending : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + ending);
}

BOOST_AUTO_TEST_SUITE_END()
