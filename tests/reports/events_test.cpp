#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "reports/network.h"
#include "tests/reports/golden.h"
#include "tests/reports/samples.h"

namespace ties::reports {
namespace {

using Result = EventYield::Result;

constexpr Period all_time{};

EventYield event(std::int64_t id, std::string name, std::optional<Date> on) {
  EventYield made;
  made.event.id = {id}, made.event.name = std::move(name), made.event.starts_on = on, made.on = on;
  return made;
}

void met(EventYield& yield, std::int64_t id, std::string name, FollowedUp how, bool at_target = false) {
  yield.people.push_back({{id}, std::move(name), "Quillmark", at_target, yield.on, std::nullopt, how});
}

/// A conference that led to an offer, a meetup that led to people alone, one without anybody, one without a day.
std::vector<EventYield> some_events() {
  auto conference = event(1, "LoopConf 25", day(2025, 9, 12));
  conference.event.place = "Bergen, Norway";
  met(conference, 3, "Ada Winterbourne", FollowedUp::within_48_hours, true);
  met(conference, 4, "Bo Halvorsen", FollowedUp::within_7_days, true);
  met(conference, 5, "Cleo Marchetti", FollowedUp::later);
  met(conference, 41, "王小明", FollowedUp::never);
  conference.seen_again = 2, conference.promised = 3, conference.kept = 2;
  conference.promised_to_me = 1, conference.earlier = 1;
  const std::string title = "Staff Engineer at Quillmark";
  conference.results = {{Result::Kind::referral, "referral 3", title, "Ada Winterbourne", day(2025, 10, 1)},
                        {Result::Kind::application, "application 7", title, "Ada Winterbourne", day(2025, 10, 6)},
                        {Result::Kind::interview, "interview 2", title, "Ada Winterbourne", day(2025, 10, 20)},
                        {Result::Kind::interview, "interview 3", title, "Ada Winterbourne", day(2025, 11, 3)},
                        {Result::Kind::offer, "application 7", title, "Ada Winterbourne", day(2025, 11, 20)}};
  auto meetup = event(2, "Compilers & Kaffe", day(2026, 3, 9));
  met(meetup, 6, "Dag Ferrante", FollowedUp::waiting);
  met(meetup, 7, "Eve Nakagawa", FollowedUp::within_48_hours);
  return {conference, meetup, event(3, "Paper night", day(2026, 1, 20)), event(4, "Some session", std::nullopt)};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_report_about_events)

BOOST_AUTO_TEST_CASE(says_the_same_in_every_format) {
  check_every_format("events", events(some_events(), all_time, today()));
}

BOOST_AUTO_TEST_CASE(counts_people_who_can_be_judged_alone) {
  const auto document = events(some_events(), all_time, today());
  BOOST_TEST(
      document.finding ==
      "4 events brought 6 people and 1 referral, 1 application, 2 interviews and 1 offer; 3 of 5 were written to "
      "within a week");
  const auto said = json(document);
  BOOST_TEST(
      said["fields"]["left_out"].get<std::string>() ==
      "2 of the events brought nobody new, and are in no bar; 1 of the people met less than two days ago, in no bar "
      "and no share; 1 of the referrals and applications from before the person was met, traced to no event");
  BOOST_TEST(said["fields"]["known_before"].get<std::string>() == "2 people met again");
}

BOOST_AUTO_TEST_CASE(a_period_takes_events_by_their_first_day) {
  const auto document = events(some_events(), {day(2026, 1, 1), std::nullopt}, today());
  BOOST_TEST(document.finding == "2 events brought 2 people and nothing yet; 1 of 1 were written to within a week");
  const auto said = json(document);
  BOOST_TEST(said["tables"]["What they led to"].size() == 2U);
  BOOST_TEST(
      said["fields"]["left_out"].get<std::string>() ==
      "1 of the events brought nobody new, and are in no bar; 1 of the events without a day, in no period; 1 of the "
      "events of another time; 1 of the people met less than two days ago, in no bar and no share");
}

BOOST_AUTO_TEST_CASE(no_event_and_nobody_met_are_said_and_divide_by_nothing) {
  BOOST_TEST(events({}, all_time, today()).finding ==
             "no event is known yet; `ties event add 'PyCon 26' --starts 2026-03-05` notes one");
  BOOST_TEST(events(some_events(), {day(2026, 2, 1), day(2026, 2, 28)}, today()).finding ==
             "no event from 1 Feb 2026 to 28 Feb 2026");
  const auto alone = events({event(3, "Paper night", std::nullopt)}, all_time, today());
  BOOST_TEST(alone.finding == "1 event, and nobody was first met there");
  for (const auto& format : formats())
    BOOST_TEST(render(alone, format, {}, "20260310T080000Z").find("nan") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_century_of_events_is_told) {
  std::vector<EventYield> century;
  for (int year = 1927; year <= 2026; ++year) {
    century.push_back(event(year, "Conference " + std::to_string(year), day(year, 1, 5)));
    met(century.back(), year, "Person " + std::to_string(year), FollowedUp::never);
  }
  const auto document = events(century, all_time, today());
  BOOST_TEST(document.finding ==
             "100 events brought 100 people and nothing yet; 0 of 100 were written to within a week");
  for (const auto& format : formats()) render(document, format, {}, "20260310T080000Z");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ties::reports
