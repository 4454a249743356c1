#include "importers/icalendar.h"

#include <boost/test/unit_test.hpp>
#include <chrono>

#include "crm/text/text.h"
#include "importers/bundle.h"
#include "importers/icalendar_parts.h"
#include "tests/importers/batch_text.h"
#include "tests/importers/damage.h"

namespace fs = std::filesystem;
using namespace ties;
using namespace ties::importers;
using namespace ties::importers::batch_text;
using namespace std::chrono_literals;
using icalendar_parts::names_in_title;
using icalendar_parts::plain_description;

namespace {

const fs::path calendars = fs::path{TIES_SOURCE_DIR} / "samples" / "calendar";

Options of_signe() {
  Options options;
  options.today = 2026y / 3 / 16;
  options.my_emails = {"signe@arvelund.example"};
  options.new_people = true;
  return options;
}

std::vector<SourceFile> samples() {
  auto files = files_below(calendars);
  std::erase_if(files, [](const SourceFile& file) { return !file.name.ends_with(".ics"); });
  return files;
}

Batch read(std::string bytes, const Options& options = of_signe()) {
  return icalendar.read({{"calendar.ics", std::move(bytes)}}, options);
}

std::string calendar_of(std::string_view events, std::string_view head = "") {
  return fmt::format("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}{}END:VCALENDAR\r\n", head, events);
}

/// An event with Ada on 2 March at 9 in UTC, unless the lines say otherwise.
std::string event_of(std::string_view lines, std::string_view when = "DTSTART:20260302T090000Z") {
  return fmt::format(
      "BEGIN:VEVENT\r\nUID:one\r\n{}\r\nSUMMARY:Compilers\r\nATTENDEE;CN=Ada Brandtner:mailto:ada@acme.example"
      "\r\n{}{}END:VEVENT\r\n",
      when, lines, lines.empty() ? "" : "\r\n");
}

FoundMeeting meeting_of(std::string_view lines, std::string_view when = "DTSTART:20260302T090000Z") {
  const auto batch = read(calendar_of(event_of(lines, when)));
  BOOST_TEST_REQUIRE(batch.meetings.size() == 1U, lines << " " << when);
  return batch.meetings[0];
}

std::vector<std::string> whens(const Batch& batch) {
  std::vector<std::string> all;
  for (const auto& meeting : batch.meetings) {
    all.push_back(to_text(meeting.when) + (meeting.called_off ? " off" : ""));
  }
  return all;
}

std::vector<std::string> keys(const Batch& batch) {
  std::vector<std::string> all;
  for (const auto& meeting : batch.meetings) all.push_back(meeting.source_key);
  std::sort(all.begin(), all.end());
  return all;
}

/// "3 told twice" of the first file.
std::vector<std::string> skips(const Batch& batch) {
  std::vector<std::string> all;
  for (const auto& [why, count] : batch.files.at(0).skipped_why) all.push_back(fmt::format("{} {}", count, why));
  return all;
}

std::vector<std::string> people(const FoundMeeting& meeting) {
  std::vector<std::string> all;
  for (const auto& key : meeting.with) all.push_back(text_of(key));
  return all;
}

using Texts = std::vector<std::string>;
const auto each = boost::test_tools::per_element();

}  // namespace

BOOST_AUTO_TEST_SUITE(icalendar_importer)

BOOST_AUTO_TEST_CASE(every_sample_is_recognised_and_read_as_its_golden_file_says) {
  const auto files = samples();
  BOOST_TEST(files.size() >= 14U);
  for (const auto& file : files) {
    BOOST_TEST_CONTEXT(file.name) {
      BOOST_TEST(icalendar.recognises(file) >= (file.name == "broken.ics" ? 30 : 95));
      check_golden("calendar/" + file.name, text_of(icalendar.read({file}, of_signe())));
    }
  }
}

BOOST_AUTO_TEST_CASE(only_calendars_are_recognised) {
  const auto claim = [](std::string bytes) { return icalendar.recognises({"x.ics", std::move(bytes)}); };
  BOOST_TEST(claim("\xEF\xBB\xBF\r\n \r\nbegin:vcalendar\r\n") == 95);
  BOOST_TEST(claim("Subject: x\n\nBEGIN:VCALENDAR\n") == 30);
  BOOST_TEST(claim("BEGIN:VCARD\nEND:VCARD\n") == 0);
  BOOST_TEST(claim("") == 0);
  const auto bundle = importers::bundle_of("x.txt", Bytes(calendar_of(event_of(""))));
  BOOST_TEST(read_bundle(bundle, "", of_signe()).source == "icalendar");
}

BOOST_AUTO_TEST_CASE(a_time_is_in_the_zone_that_its_file_means) {
  const std::string oslo_rules =
      "BEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n"
      "END:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETTO:+0200\r\n"
      "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\n";
  const auto zone = [](std::string_view tzid, std::string_view rules) {
    return fmt::format("BEGIN:VTIMEZONE\r\nTZID:{}\r\n{}END:VTIMEZONE\r\n", tzid, rules);
  };
  const auto fixed = [](std::string_view offset) {
    return fmt::format("BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETTO:{}\r\nEND:STANDARD\r\n", offset);
  };
  struct Case {
    std::string start, zones, wanted;
  };
  const std::vector<Case> cases{
      {"DTSTART:20260302T090000Z", "", "2026-03-02T09:00:00Z"},
      {"DTSTART:20260302T090000", "", "2026-03-02T09:00:00"},
      {"DTSTART:20260302T0900", "", "2026-03-02T09:00:00"},
      {"DTSTART;VALUE=DATE:20260302", "", "2026-03-02"},
      {"DTSTART:20260302", "", "2026-03-02"},
      {"DTSTART;VALUE=DATE:20260302T000000", "", "2026-03-02"},
      {"DTSTART;TZID=Europe/Oslo:20260302T090000", "", "2026-03-02T09:00:00[Europe/Oslo]"},
      {"DTSTART;TZID=europe/oslo:20260302T090000", "", "2026-03-02T09:00:00[Europe/Oslo]"},
      {"DTSTART;TZID=UTC:20260302T090000", "", "2026-03-02T09:00:00Z"},
      {"DTSTART;TZID=Romance Standard Time:20260302T090000", "", "2026-03-02T09:00:00[Europe/Paris]"},
      {"DTSTART;TZID=\"W. Europe Standard Time\":20260302T090000", "", "2026-03-02T09:00:00[Europe/Berlin]"},
      {"DTSTART;TZID=Tokyo Standard Time:20260302T090000", "", "2026-03-02T09:00:00[Asia/Tokyo]"},
      {"DTSTART;TZID=/freeassociation.sourceforge.net/America/Argentina/Salta:20260302T090000", "",
       "2026-03-02T09:00:00[America/Argentina/Salta]"},
      {"DTSTART;TZID=\"(UTC+01:00) Amsterdam, Berlin, Bern\":20260302T090000", "",
       "2026-03-02T09:00:00[Europe/Amsterdam]"},
      {"DTSTART;TZID=\"(UTC-06:00) Mexico City\":20260302T090000", "", "2026-03-02T09:00:00[America/Mexico_City]"},
      {"DTSTART;TZID=\"(UTC+05:00) Amsterdam\":20260302T090000", "", "2026-03-02T09:00:00"},
      {"DTSTART;TZID=Home:20260302T090000", "", "2026-03-02T09:00:00"},
      {"DTSTART;TZID=Home:20260302T090000", zone("Home", oslo_rules), "2026-03-02T09:00:00[Europe/Berlin]"},
      {"DTSTART;TZID=Home:20260302T090000", zone("Home", "X-LIC-LOCATION:Europe/Rome\r\n" + oslo_rules),
       "2026-03-02T09:00:00[Europe/Rome]"},
      {"DTSTART;TZID=Home:20260302T090000", zone("Home", fixed("+0530")), "2026-03-02T09:00:00[Asia/Kolkata]"},
      {"DTSTART;TZID=Home:20260302T090000", zone("Home", fixed("-1100")), "2026-03-02T09:00:00[Etc/GMT+11]"},
      {"DTSTART;TZID=Home:20260302T090000", zone("Home", fixed("+0120")), "2026-03-02T07:40:00Z"},
      {"DTSTART;TZID=Home:20260302T003000", zone("Home", fixed("+0120")), "2026-03-01T23:10:00Z"},
      {"DTSTART;TZID=Home:20260302T090000", zone("Home", ""), "2026-03-02T09:00:00"},
      {"DTSTART;TZID=Home:20260302T090000", zone("Other", oslo_rules), "2026-03-02T09:00:00"},
  };
  for (const auto& [start, zones, wanted] : cases) {
    const auto batch = read(calendar_of(zones + event_of("", start)));
    BOOST_TEST_CONTEXT(start << " " << zones) BOOST_TEST(whens(batch) == Texts{wanted}, each);
  }
}

BOOST_AUTO_TEST_CASE(how_long_it_takes_is_told_by_the_end_or_the_duration) {
  const auto minutes = [](std::string_view lines, std::string_view when = "DTSTART:20260302T090000Z") {
    return meeting_of(lines, when).minutes.value_or(-1);
  };
  BOOST_TEST(minutes("DTEND:20260302T094500Z") == 45);
  BOOST_TEST(minutes("DTEND;TZID=Europe/Oslo:20260302T110000") == 60);
  BOOST_TEST(minutes("DURATION:PT1H30M") == 90);
  BOOST_TEST(minutes("DURATION:P1D") == 1'440);
  BOOST_TEST(minutes("DURATION:P999999999D") == -1);
  BOOST_TEST(minutes("DURATION:-PT1H") == -1);
  BOOST_TEST(minutes("") == -1);
  BOOST_TEST(minutes("DTEND:20260302T080000Z") == -1);
  BOOST_TEST(minutes("DTEND:20260302T090000Z") == -1);
  BOOST_TEST(minutes("DTEND:20260302T10300Z") == -1);
  BOOST_TEST(minutes("DTEND;VALUE=DATE:20260303", "DTSTART;VALUE=DATE:20260302") == -1);
  // The night in which clocks go forward.
  BOOST_TEST(minutes("DTEND;TZID=Europe/Oslo:20260329T040000", "DTSTART;TZID=Europe/Oslo:20260329T010000") == 120);
}

BOOST_AUTO_TEST_CASE(guests_are_known_by_address_and_name_however_they_are_written) {
  struct Case {
    std::string line, wanted;
  };
  const std::vector<Case> cases{
      {"ATTENDEE;CN=Jo Costa:mailto:jo@x.example", "Jo Costa/jo@x.example"},
      {"ATTENDEE;CN=\"Costa, Jo\":MAILTO:Jo@X.example", "Jo Costa/jo@x.example"},
      {"ATTENDEE;CN=Costa, Jo;PARTSTAT=ACCEPTED:Mailto:jo@x.example", "Jo Costa/jo@x.example"},
      {"ATTENDEE;CN=Costa\\, Jo:mailto: jo@x.example", "Jo Costa/jo@x.example"},
      {"ATTENDEE;CN=Jo Costa (jo@x.example):jo@x.example", "Jo Costa/jo@x.example"},
      {"ATTENDEE;CN=\"Jo Costa <jo@x.example>\":mailto:jo@x.example", "Jo Costa/jo@x.example"},
      {"ATTENDEE;CN=\"'Jo Costa'\":mailto:jo@x.example", "Jo Costa/jo@x.example"},
      {"ATTENDEE;CN=jo@x.example:mailto:jo@x.example", "/jo@x.example"},
      {"ATTENDEE:jo@x.example", "/jo@x.example"},
      {"attendee;cn=Jo Co\r\n sta:mail\r\n\tto:jo@x.example", "Jo Costa/jo@x.example"},
      {"ATTENDEE;CN=Zo\xC3\r\n \xAB Costa:mailto:jo@x.example", "Zoë Costa/jo@x.example"},
      {"ATTENDEE;CN=Zo\xEB Costa:mailto:jo@x.example", "Zoë Costa/jo@x.example"},
      {"ATTENDEE;CN=Jo: Costa;PARTSTAT=ACCEPTED:mailto:jo@x.example", "Jo/jo@x.example"},
      {"ATTENDEE;CN=Jo Costa;EMAIL=jo@x.example:urn:uuid:1", "Jo Costa/jo@x.example"},
      {"ATTENDEE;CN=Jo Costa:invalid:nomail", "Jo Costa"},
      {"ORGANIZER;CN=Jo Costa:mailto:jo@x.example", "Jo Costa/jo@x.example"},
      {"ATTENDEE;CN=Jo Costa;PARTSTAT=DECLINED:mailto:jo@x.example", ""},
      {"ATTENDEE;CN=Fjord;CUTYPE=ROOM:mailto:fjord@x.example", ""},
      {"ATTENDEE;CN=Beamer;CUTYPE=resource:mailto:beamer@x.example", ""},
      {"ATTENDEE;CN=All;CUTYPE=GROUP:mailto:all@x.example", ""},
      {"ATTENDEE;CN=Fjord:mailto:c_1@resource.calendar.google.com", ""},
      {"ATTENDEE;CN=Fjord:mailto:oslo-room-4@x.example", ""},
      {"ATTENDEE;CN=Robot:mailto:no-reply@x.example", ""},
      {"ATTENDEE;CN=Me:mailto:Signe@Arvelund.example", ""},
      {"ATTENDEE;CN=Ada again:mailto:ada@acme.example", ""},
      {"ATTENDEE:mailto:", ""},
      {"ATTENDEE;CN=;:", ""},
  };
  for (const auto& [line, wanted] : cases) {
    Texts all{"Ada Brandtner/ada@acme.example"};
    if (!wanted.empty()) all.push_back(wanted);
    BOOST_TEST_CONTEXT(line) BOOST_TEST(people(meeting_of(line)) == all, each);
  }
}

BOOST_AUTO_TEST_CASE(who_is_named_by_the_title_alone_counts_where_nobody_was_asked) {
  struct Case {
    std::string title;
    Texts wanted;
  };
  const std::vector<Case> cases{
      {"Coffee with Ada Lovelace", {"Ada Lovelace"}},
      {"☕ Coffee with Ada", {"Ada"}},
      {"Catch-up w/ Ada Lovelace & Bob Stone", {"Ada Lovelace", "Bob Stone"}},
      {"1:1 Ada / me", {"Ada"}},
      {"Ada / me: 1:1", {"Ada"}},
      {"1:1 Ada Lovelace", {"Ada Lovelace"}},
      {"Ada Lovelace <> me", {"Ada Lovelace"}},
      {"Ada Lovelace / Bob Stone", {"Ada Lovelace", "Bob Stone"}},
      {"Kaffee mit Jürgen Ruhland", {"Jürgen Ruhland"}},
      {"Call: Ada Lovelace (compilers)", {"Ada Lovelace"}},
      {"Lunch with Ada at Kvarteret", {"Ada"}},
      {"Meeting with Θεοδώρα Καλλιμάρη about linkers", {"Θεοδώρα Καλλιμάρη"}},
      {"Interview Odile Marchetaux - team lead", {"Odile Marchetaux"}},
      {"Focus time", {}},
      {"Lunch", {}},
      {"Meeting about the budget", {}},
      {"Callisto review", {}},
      {"Flight SK 4035 / OSL", {}},
      {"", {}},
      {"with", {}},
  };
  for (const auto& [title, wanted] : cases) {
    BOOST_TEST_CONTEXT(title) BOOST_TEST(names_in_title(title) == wanted, each);
  }
}

BOOST_AUTO_TEST_CASE(people_who_are_no_contacts_come_in_where_the_user_took_part_in_a_small_round) {
  const auto anybody = [](const std::string& lines, bool new_people = true) {
    auto options = of_signe();
    options.new_people = new_people;
    const auto batch = read(calendar_of(event_of(lines)), options);
    BOOST_TEST_REQUIRE(batch.meetings.size() == 1U);
    return !batch.meetings[0].only_with_known;
  };
  std::string many;
  for (int i = 0; i < 7; ++i) many += fmt::format("\r\nATTENDEE:mailto:p{}@acme.example", i);
  const std::string accepted = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:signe@arvelund.example";
  BOOST_TEST(anybody(accepted));
  BOOST_TEST(anybody("ORGANIZER:mailto:signe@arvelund.example"));
  BOOST_TEST(anybody(accepted + many));
  BOOST_TEST(!anybody(accepted + many + "\r\nATTENDEE:mailto:eighth@acme.example"));
  BOOST_TEST(!anybody(accepted, false));
  BOOST_TEST(!anybody("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:signe@arvelund.example"));
  BOOST_TEST(!anybody(""));
}

BOOST_AUTO_TEST_CASE(what_is_of_no_use_is_counted_with_its_reason) {
  std::string many;
  for (int i = 0; i < 25; ++i) many += fmt::format("ATTENDEE:mailto:p{}@acme.example\r\n", i);
  many.resize(many.size() - 2);
  const auto reasons = [](const std::string& event) { return skips(read(calendar_of(event))); };
  BOOST_TEST(reasons(event_of(many)) == Texts{"1 more than 25 people"}, each);
  BOOST_TEST(reasons(event_of("ATTENDEE;X-NUM-GUESTS=25:mailto:bob@acme.example")) == Texts{"1 more than 25 people"},
             each);
  BOOST_TEST(reasons(event_of("CATEGORIES:Birthday")) == Texts{"1 birthday"}, each);
  BOOST_TEST(reasons(event_of("CATEGORIES:Holiday")) == Texts{"1 holiday"}, each);
  BOOST_TEST(reasons(event_of("", "DTSTART:20270317T090000Z")) == Texts{"1 more than a year ahead"}, each);
  BOOST_TEST(reasons(event_of("", "X-A:b")) == Texts{"1 no start"}, each);
  BOOST_TEST(
      reasons("BEGIN:VEVENT\nUID:x\nDTSTART;VALUE=DATE:20260302\nSUMMARY:Easter\nTRANSP:TRANSPARENT\nEND:VEVENT\n") ==
          Texts{"1 nobody else in it"},
      each);
  auto options = of_signe();
  options.since = 2026y / 3 / 3;
  BOOST_TEST(skips(read(calendar_of(event_of("")), options)) == Texts{"1 before 2026-03-03"}, each);
  BOOST_TEST(reasons("BEGIN:VTODO\nEND:VTODO\nBEGIN:VFREEBUSY\nEND:VFREEBUSY\n") ==
                 (Texts{"1 a to-do, no event", "1 free and busy times, no event"}),
             each);
}

BOOST_AUTO_TEST_CASE(a_series_comes_round_on_the_wall_as_its_rule_says) {
  struct Case {
    std::string start, lines;
    Texts wanted;
  };
  const std::vector<Case> cases{
      // Across the change to summer time; UNTIL in UTC is the last turn itself.
      {"DTSTART;TZID=Europe/Oslo:20260322T003000",
       "RRULE:FREQ=WEEKLY;UNTIL=20260404T223000Z",
       {"2026-03-22T00:30:00[Europe/Oslo]", "2026-03-29T00:30:00[Europe/Oslo]", "2026-04-05T00:30:00[Europe/Oslo]"}},
      {"DTSTART:20260302T090000Z", "RRULE:FREQ=DAILY;COUNT=2", {"2026-03-02T09:00:00Z", "2026-03-03T09:00:00Z"}},
      {"DTSTART;VALUE=DATE:20260302", "RRULE:FREQ=DAILY;UNTIL=20260303T120000Z", {"2026-03-02", "2026-03-03"}},
      {"DTSTART;TZID=Nowhere:20260302T230000",
       "RRULE:FREQ=DAILY;UNTIL=20260303T220000Z",
       {"2026-03-02T23:00:00", "2026-03-03T23:00:00"}},
      {"DTSTART:20260302T090000Z",
       "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;WKST=SU;COUNT=4",
       {"2026-03-02T09:00:00Z", "2026-03-04T09:00:00Z", "2026-03-16T09:00:00Z", "2026-03-18T09:00:00Z"}},
      {"DTSTART:20260331T090000Z",
       "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2",
       {"2026-03-31T09:00:00Z", "2026-04-30T09:00:00Z"}},
      {"DTSTART:20240229T090000Z", "RRULE:FREQ=YEARLY;COUNT=2", {"2024-02-29T09:00:00Z"}},
      // A first turn that is none of the rule's counts nevertheless.
      {"DTSTART:20260303T090000Z",
       "RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=1",
       {"2026-03-03T09:00:00Z", "2026-03-09T09:00:00Z"}},
      {"DTSTART:20260302T090000Z",
       "RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE:20260303T090000Z",
       {"2026-03-02T09:00:00Z", "2026-03-03T09:00:00Z off", "2026-03-04T09:00:00Z"}},
      {"DTSTART;TZID=Europe/Oslo:20260302T100000",
       "RRULE:FREQ=DAILY;COUNT=3\r\nEXDATE;VALUE=DATE:20260303\r\nEXDATE:20260304T090000Z,foo",
       {"2026-03-02T10:00:00[Europe/Oslo]", "2026-03-03T10:00:00[Europe/Oslo] off",
        "2026-03-04T10:00:00[Europe/Oslo] off"}},
      {"DTSTART:20260302T090000Z",
       "RRULE:FREQ=DAILY;COUNT=3\r\nEXRULE:FREQ=DAILY;INTERVAL=2;COUNT=9",
       {"2026-03-02T09:00:00Z off", "2026-03-03T09:00:00Z", "2026-03-04T09:00:00Z off"}},
      {"DTSTART:20260302T090000Z",
       "RDATE;VALUE=PERIOD:20260305T100000Z/PT1H,20260306T100000Z/PT1H",
       {"2026-03-02T09:00:00Z", "2026-03-05T10:00:00Z", "2026-03-06T10:00:00Z"}},
      {"DTSTART:20260302T090000Z", "RRULE:FREQ=DAILY;UNTIL=19700101T000000Z", {"2026-03-02T09:00:00Z"}},
  };
  for (const auto& [start, lines, wanted] : cases) {
    BOOST_TEST_CONTEXT(start << " " << lines) {
      const auto found = whens(read(calendar_of(event_of(lines, start))));
      if (wanted.size() == 1 && lines.find("YEARLY") != std::string::npos) {
        BOOST_TEST_REQUIRE(!found.empty());
        BOOST_TEST(found.front() == wanted.front());
      } else {
        BOOST_TEST(found == wanted, each);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_turn_keeps_its_key_however_it_is_written_and_wherever_it_stands) {
  const auto series = event_of("RRULE:FREQ=DAILY;COUNT=3", "DTSTART;TZID=Europe/Oslo:20260302T100000");
  const auto turn = [](std::string_view id) {
    return event_of(fmt::format("{}\r\nDESCRIPTION:moved", id), "DTSTART:20260303T150000Z");
  };
  const auto whole = keys(read(calendar_of(series)));
  BOOST_TEST_REQUIRE(whole.size() == 3U);
  for (const auto* id : {"RECURRENCE-ID;TZID=Europe/Oslo:20260303T100000", "RECURRENCE-ID:20260303T090000Z",
                         "RECURRENCE-ID;TZID=W. Europe Standard Time:20260303T100000", "RECURRENCE-ID:20260303T100000",
                         "RECURRENCE-ID;VALUE=DATE:20260303"}) {
    BOOST_TEST_CONTEXT(id) {
      const auto after = read(calendar_of(series + turn(id)));
      const auto before = read(calendar_of(turn(id) + series));
      const Texts wanted{"2026-03-02T10:00:00[Europe/Oslo]", "2026-03-04T10:00:00[Europe/Oslo]",
                         "2026-03-03T15:00:00Z"};
      BOOST_TEST(whens(after) == wanted, each);
      BOOST_TEST(keys(after) == whole, each);
      BOOST_TEST(keys(before) == whole, each);
    }
  }
  // A turn whose series is not there.
  const auto alone = keys(read(calendar_of(turn("RECURRENCE-ID:20260303T090000Z"))));
  BOOST_TEST_REQUIRE(alone.size() == 1U);
  BOOST_TEST(std::count(whole.begin(), whole.end(), alone[0]) == 1);
}

BOOST_AUTO_TEST_CASE(of_an_event_told_twice_the_newest_version_counts) {
  const auto version = [](std::string_view title, std::string_view lines) {
    return fmt::format(
        "BEGIN:VEVENT\nUID:one\nDTSTART:20260302T090000Z\nSUMMARY:{}\nATTENDEE:mailto:ada@acme.example\n{}\n"
        "END:VEVENT\n",
        title, lines);
  };
  const auto old = version("old", "SEQUENCE:1\nLAST-MODIFIED:20260301T000000Z");
  const auto newer = version("new", "SEQUENCE:2\nLAST-MODIFIED:20260201T000000Z");
  const auto newest = version("newest", "SEQUENCE:2\nDTSTAMP:20260301T000000Z");
  for (const auto& events : {old + newer + newest, newest + newer + old, newer + newest + old}) {
    const auto batch = read(calendar_of(events));
    BOOST_TEST_REQUIRE(batch.meetings.size() == 1U);
    BOOST_TEST(batch.meetings[0].title == "newest");
    BOOST_TEST(skips(batch) == Texts{"2 told twice"}, each);
  }
  const auto two = icalendar.read({{"a.ics", calendar_of(newest)}, {"b.ics", calendar_of(old)}}, of_signe());
  BOOST_TEST(two.meetings.size() == 1U);
  BOOST_TEST(two.files.at(0).skipped == 0);
  BOOST_TEST(two.files.at(1).skipped == 1);

  const auto off =
      icalendar.read({{"a.ics", calendar_of(newest)}, {"b.ics", calendar_of(newest, "METHOD:CANCEL\n")}}, of_signe());
  BOOST_TEST(whens(off) == Texts{"2026-03-02T09:00:00Z off"}, each);
  BOOST_TEST(keys(off) == keys(two), each);

  const auto series = version("series", "SEQUENCE:1\nRRULE:FREQ=DAILY;COUNT=2");
  const auto all_off = version("series", "SEQUENCE:2\nSTATUS:CANCELLED");
  BOOST_TEST(
      whens(read(calendar_of(all_off + series))) == (Texts{"2026-03-02T09:00:00Z off", "2026-03-03T09:00:00Z off"}),
      each);
}

BOOST_AUTO_TEST_CASE(an_event_without_a_uid_is_known_by_its_start_and_title) {
  const auto bare = [](std::string_view title) {
    return fmt::format("BEGIN:VEVENT\nDTSTART:20260302T090000Z\nSUMMARY:{}\nATTENDEE:ada@acme.example\nEND:VEVENT\n",
                       title);
  };
  const auto batch = read(calendar_of(bare("a") + bare("b") + bare("a")));
  BOOST_TEST(batch.meetings.size() == 2U);
  BOOST_TEST(keys(batch) == keys(read(calendar_of(bare("b") + bare("a")))), each);
}

BOOST_AUTO_TEST_CASE(descriptions_lose_what_services_add_and_what_is_no_text) {
  struct Case {
    std::string description, wanted;
  };
  const std::vector<Case> cases{
      {"Agenda", "Agenda"},
      {"<p>One</p><p>Two &amp; three</p>", "One\nTwo & three"},
      {"Before\n-::~:~::~:~:~:~:~:~:~:~::-\nJoin with Google Meet\n-::~:~::~:~:~:~:~:~:~:~::-\nAfter", "Before\nAfter"},
      {"Before\n________________________________\nMicrosoft Teams Need help?\nPasscode: "
       "x\n________________________________\n",
       "Before"},
      {"Ada is inviting you to a scheduled Zoom meeting.\nMeeting ID: 1", ""},
      {"Please join. Meeting notes are here", "Please join. Meeting notes are here"},
  };
  for (const auto& [description, wanted] : cases) {
    BOOST_TEST_CONTEXT(description) BOOST_TEST(plain_description(description, "") == wanted);
  }
  BOOST_TEST(plain_description("", "<b>Only HTML</b>") == "Only HTML");
}

BOOST_AUTO_TEST_CASE(the_place_is_the_room_or_else_the_link) {
  const std::string link = "https://meet.google.com/abc";
  BOOST_TEST(meeting_of("LOCATION:Room 1\r\nX-GOOGLE-CONFERENCE:" + link).place == "Room 1");
  BOOST_TEST(meeting_of("X-GOOGLE-CONFERENCE:" + link).place == link);
  BOOST_TEST(meeting_of("CONFERENCE;VALUE=URI:" + link).place == link);
  BOOST_TEST(meeting_of("LOCATION:Microsoft Teams Meeting\r\nX-MICROSOFT-SKYPETEAMSMEETINGURL:" + link).place == link);
  BOOST_TEST(meeting_of("LOCATION:Microsoft Teams Meeting").place == "Microsoft Teams Meeting");
  BOOST_TEST(meeting_of("DESCRIPTION:See <" + link + ">.").place == link);
  BOOST_TEST(meeting_of("DESCRIPTION:See https://evil.example/meet.google.com/abc").place.empty());
  BOOST_TEST(meeting_of("DESCRIPTION:See https://notzoom.us/j/1").place.empty());
}

BOOST_AUTO_TEST_CASE(rules_that_would_take_long_are_bounded_and_told) {
  const auto from = "DTSTART:20160401T090000Z";
  const auto told = [&](const std::string& rule, std::size_t meetings, const std::string& message) {
    const auto begin = std::chrono::steady_clock::now();
    const auto batch = read(calendar_of(event_of("RRULE:" + rule, from)));
    BOOST_TEST_CONTEXT(rule) {
      BOOST_TEST(batch.meetings.size() == meetings);
      BOOST_TEST_REQUIRE(batch.issues.size() == (message.empty() ? 0U : 1U));
      if (!message.empty()) {
        BOOST_TEST(batch.issues[0].message == "of a series: " + message);
        BOOST_TEST(batch.issues[0].line == 8);
      }
      BOOST_TEST((std::chrono::steady_clock::now() - begin < 10s));
    }
  };
  told("FREQ=SECONDLY;UNTIL=20990101T000000Z", 1, "it comes round more than once a day; only its first turn is read");
  told("FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", 1, "it comes round more than once a day; only its first turn is read");
  told("FREQ=DAILY;COUNT=999999999", 2'000,
       "it has more than 2000 turns between 2016-03-16 and 2027-03-16; the latest 2000 are read");
  told("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300", 1,
       "its rule asks for a day that no month or year has; only its first turn is read");
  told("FREQ=WEEKLY;BYDAY=1MO", 1, "its rule asks for a day that no month or year has; only its first turn is read");
  told("FREQ=SOMETIMES", 1, "its rule is not understood; only its first turn is read");
  told("RSCALE=CHINESE;FREQ=YEARLY", 1, "its rule counts in another calendar; only its first turn is read");
  told("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", 1, "");
  told("FREQ=WEEKLY", 572, "");
  std::string minutes = "0";
  for (int minute = 1; minute < 60; ++minute) minutes += fmt::format(",{}", minute);
  told("FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8;BYMINUTE=" + minutes + ";BYSECOND=" + minutes, 2'000,
       "of its turns no more than 50000 are looked at; the rest is left out");
}

BOOST_AUTO_TEST_CASE(a_file_full_of_rules_that_never_come_round_is_read_in_bounded_time) {
  std::string events;
  for (int i = 0; i < 2'000; ++i) {
    events += fmt::format(
        "BEGIN:VEVENT\nUID:{}\nDTSTART:20160401T090000Z\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\n"
        "ATTENDEE:ada@acme.example\nEND:VEVENT\n",
        i);
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto batch = read(calendar_of(events));
  BOOST_TEST(batch.meetings.size() == 2'000U);
  BOOST_TEST(batch.issues.size() == 1'001U);
  BOOST_TEST((std::chrono::steady_clock::now() - begin < 90s));
}

BOOST_AUTO_TEST_CASE(records_are_handed_over_in_parts) {
  std::string events;
  for (int i = 0; i < 12'000; ++i) {
    events += fmt::format("BEGIN:VEVENT\nUID:{}\nDTSTART:20260302T090000Z\nATTENDEE:ada@acme.example\nEND:VEVENT\n", i);
  }
  std::size_t taken = 0, times = 0;
  auto options = of_signe();
  options.hand_over = [&](Batch& batch) {
    taken += batch.meetings.size();
    ++times;
    batch.meetings.clear();
  };
  const auto batch = read(calendar_of(events), options);
  BOOST_TEST(times == 2U);
  BOOST_TEST(taken + batch.meetings.size() == 12'000U);
  BOOST_TEST(batch.files.at(0).rows == 12'000);
}

BOOST_AUTO_TEST_CASE(hostile_files_are_read_in_linear_time) {
  const auto repeated = [](std::string_view text, std::size_t bytes) {
    std::string all;
    while (all.size() < bytes) all += text;
    return all;
  };
  constexpr std::size_t bytes = 1'000'000;
  const std::vector<std::string> files{
      repeated("BEGIN:VCALENDAR\n", bytes),
      repeated("BEGIN:VEVENT\n", bytes),
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + repeated("BEGIN:VALARM\n", bytes),
      "BEGIN:VCALENDAR\n" + repeated("BEGIN:VTIMEZONE\nTZID:a\n", bytes),
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260302\n" + repeated("ATTENDEE:a\n", bytes),
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260302\nSUMMARY:x" + repeated("\n y", bytes),
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260302\nDESCRIPTION:x" + repeated("\nstray", bytes),
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260302\nEXDATE:" + repeated("20260302,", bytes),
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260302\n" + repeated("RRULE:FREQ=DAILY\n", bytes),
      "BEGIN:VCALENDAR\n" + repeated("BEGIN:VEVENT\nUID:a\nDTSTART:20260302\nEND:VEVENT\n", bytes),
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nX" + repeated(";A=\"", bytes),
      std::string(bytes, '\0'),
      std::string(bytes, '\n'),
      "BEGIN:VCALENDAR\n" + std::string(bytes, 'x'),
  };
  for (const auto& file : files) {
    const auto begin = std::chrono::steady_clock::now();
    BOOST_TEST(read(file).files.size() == 1U);
    BOOST_TEST((std::chrono::steady_clock::now() - begin < 30s), file.substr(0, 60));
  }
}

BOOST_AUTO_TEST_CASE(damaged_files_never_crash_and_always_give_a_whole_report) {
  Damage damage(20260316);
  constexpr std::string_view odd("\";:,=\t\n\r\0\xFF\xFE\xC3\xE2^%. \\-+Z0", 23);
  int rounds = 0;
  std::size_t meetings = 0;
  for (const auto& file : samples()) {
    for (int round = 0; round < 150; ++round, ++rounds) {
      const SourceFile damaged{file.name, Bytes(damage.of(std::string(file.bytes.view()), odd))};
      const int claim = icalendar.recognises(damaged);
      BOOST_TEST_REQUIRE((claim >= 0 && claim <= 100));
      const auto batch = icalendar.read({damaged}, of_signe());
      BOOST_TEST_REQUIRE(batch.files.size() == 1U);
      const auto& report = batch.files[0];
      BOOST_TEST_REQUIRE(report.recognised.empty() == !report.not_read.empty());
      BOOST_TEST_REQUIRE((report.skipped >= 0 && report.skipped <= report.rows));
      BOOST_TEST_REQUIRE((batch.meetings.empty() || report.skipped < report.rows));
      BOOST_TEST_REQUIRE(text::is_utf8(text_of(batch)));
      for (const auto& meeting : batch.meetings) {
        BOOST_TEST_REQUIRE(meeting.when.day.ok());
        BOOST_TEST_REQUIRE((!meeting.with.empty() || meeting.called_off));
        BOOST_TEST_REQUIRE(meeting.source_key.starts_with("ical:"));
      }
      meetings += batch.meetings.size();
    }
  }
  BOOST_TEST(rounds >= 2'000);
  BOOST_TEST(meetings >= 2'000U);
}

BOOST_AUTO_TEST_SUITE_END()
