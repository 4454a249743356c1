#include <boost/test/unit_test.hpp>

#include "tests/world.h"

using namespace ties;

namespace {

/// Somebody who was written to on these days.
void in_touch(World& world, const std::string& name, const std::vector<std::string>& days) {
  world.run("contact add", {{"name", {name}}}, true);
  for (const auto& day : days)
    world.run("interaction add", {{"contact", {name}}, {"kind", {"message"}}, {"on", {day}}});
}

std::vector<std::string> kinds_and_names(World& world) {
  std::vector<std::string> found;
  const auto today = world.crm.clock.today();
  for (const auto& item : followups(world.store.follow_up_facts(today), today, world.crm.config.follow_ups())) {
    found.push_back(std::string(word(item.kind)) + " " + item.who);
  }
  return found;
}

using Lines = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_CASE(silence_for_more_than_twice_the_usual_gap_is_seen, World) {
  // On 4 March 2026: gaps of 10 days, and silent for 53.
  in_touch(*this, "Ada Lovelace", {"2025-12-21", "2025-12-31", "2026-01-10"});
  in_touch(*this, "Jon Haug", {"2025-12-31", "2026-01-10"});                               // two days are no habit
  in_touch(*this, "Mira Lund", {"2025-12-21", "2025-12-31", "2026-01-10", "2026-02-20"});  // in touch since
  in_touch(*this, "Zoë Brandt", {"2024-01-01", "2024-01-10", "2024-01-20"});               // long ago
  BOOST_TEST(kinds_and_names(*this) == Lines{"quiet Ada Lovelace"});
}

BOOST_FIXTURE_TEST_CASE(a_cadence_takes_the_place_of_what_is_usual, World) {
  in_touch(*this, "Ada Lovelace", {"2025-12-21", "2025-12-31", "2026-01-10"});
  run("contact edit", {{"contact", {"ada"}}, {"cadence", {"400"}}});
  in_touch(*this, "Jon Haug", {"2025-12-21", "2025-12-31", "2026-01-10"});
  run("tag add", {{"name", {"mentors"}}, {"cadence", {"400"}}});
  run("contact tag", {{"contact", {"jon"}}, {"tags", {"mentors"}}});
  BOOST_TEST(kinds_and_names(*this) == Lines{});
}

BOOST_FIXTURE_TEST_CASE(a_word_since_ends_the_silence_and_undo_brings_it_back, World) {
  in_touch(*this, "Ada Lovelace", {"2025-12-21", "2025-12-31", "2026-01-10"});
  run("interaction add", {{"contact", {"ada"}}, {"kind", {"message"}}, {"on", {"2026-03-03"}}});
  BOOST_TEST(kinds_and_names(*this) == Lines{});
  run("undo");
  BOOST_TEST(kinds_and_names(*this) == Lines{"quiet Ada Lovelace"});
}

BOOST_FIXTURE_TEST_CASE(who_was_only_said_to_be_met_at_an_event_hears_from_you_as_well, World) {
  run("event add", {{"name", {"PyCon 26"}}, {"starts", {"2026-02-26"}}, {"ends", {"2026-02-28"}}});
  run("contact add", {{"name", {"Ada Lovelace"}}, {"met-at", {"PyCon 26"}}});
  BOOST_TEST(kinds_and_names(*this) == Lines{"after_event Ada Lovelace"});
  run("interaction add", {{"contact", {"ada"}}, {"kind", {"message"}}, {"on", {"2026-03-02"}}});
  BOOST_TEST(kinds_and_names(*this) == Lines{});
}
