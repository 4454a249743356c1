#include "crm/domain/task.h"

#include <boost/test/unit_test.hpp>

using namespace ties;

namespace {

const Date today = *date_from_text("2026-03-04");

Task repeating(const char* due, int repeat_days) {
  Task task;
  task.id = Id<Task>{7};
  task.text = "ask Tove how the move went";
  if (*due) task.due = date_from_text(due);
  task.repeat_days = repeat_days;
  task.owed_by = OwedBy::them;
  task.state = TaskState::done;
  task.ended_on = today;
  task.made_on = *date_from_text("2026-01-05");
  task.contact = Id<Contact>{3};
  return task;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tasks)

BOOST_AUTO_TEST_CASE(the_next_turn_keeps_its_rhythm_and_never_lies_in_the_past) {
  const std::tuple<const char*, int, const char*> rows[] = {{"2026-03-04", 7, "2026-03-11"}, {"2026-03-02", 7, "2026-03-09"}, {"2026-03-10", 7, "2026-03-17"},
                                                            {"2026-02-25", 7, "2026-03-04"}, {"2025-12-01", 7, "2026-03-04"}, {"", 14, "2026-03-18"}};
  for (const auto& [due, repeat_days, expected] : rows) {
    BOOST_TEST_CONTEXT(due << " every " << repeat_days) {
      const auto next = next_turn(repeating(due, repeat_days), today);
      BOOST_REQUIRE(next.has_value());
      BOOST_TEST(to_text(next->due.value()) == expected);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_next_turn_is_a_new_open_task_about_the_same) {
  const auto ended = repeating("2026-03-04", 7);
  auto expected = ended;
  expected.id = {};
  expected.state = TaskState::open;
  expected.ended_on.reset();
  expected.made_on = today;
  expected.due = date_from_text("2026-03-11");
  BOOST_TEST((next_turn(ended, today) == expected));
}

BOOST_AUTO_TEST_CASE(a_task_that_does_not_repeat_has_no_next_turn) {
  auto once = repeating("2026-03-04", 0);
  BOOST_TEST(!next_turn(once, today).has_value());
  once.repeat_days.reset();
  BOOST_TEST(!next_turn(once, today).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
