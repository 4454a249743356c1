#pragma once
#include <array>

#include "importers/importer.h"

/// What the parts of the iCalendar importer say to each other.
namespace ties::importers::icalendar_parts {

/// A property before it is taken apart: "DTSTART;TZID=Europe/Oslo:20260301T100000", unfolded, in UTF-8.
struct CalendarLine {
  std::string text{};              ///< up to 64 KB
  std::string name{};              ///< in capitals
  std::string_view value() const;  ///< behind the first colon outside quotes
  int line{};
  int column{};  ///< where the value begins, in bytes from 1
  std::size_t colon{};
};

/// Reads property by property: folds are undone, also where one cuts a character in two; bytes are UTF-8, or
/// Windows-1252 in lines where they are not. What stands below a DESCRIPTION and is no property belongs to it.
class CalendarLines {
 public:
  explicit CalendarLines(std::string_view text, int first_line = 1) : text_(text), line_(first_line) {}

  /// False at the end. A line that is no property has an empty name.
  bool next(CalendarLine& line);
  std::size_t at() const { return at_; }        ///< where the next one begins
  std::size_t begin() const { return begin_; }  ///< where the last one began
  int line() const { return line_; }

 private:
  std::string_view peek() const;
  std::string_view take();
  void take_stray_lines(CalendarLine& line);

  std::string_view text_;
  std::size_t at_{}, begin_{};
  int line_;
};

/// Whether it is BEGIN or END of that component ("VEVENT"), in any case; an empty one: of any.
bool is_begin(const CalendarLine& line, std::string_view component);
bool is_end(const CalendarLine& line, std::string_view component);

/// A day or a time on a wall, as a calendar writes it.
struct WallTime {
  Date day{};
  std::optional<std::chrono::seconds> time{};
  bool utc{};
  std::string tzid{};  ///< as written; empty: none

  bool operator==(const WallTime&) const = default;
};

/// "20260301", "20260301T100000" or "20260301T100000Z", also without the seconds; nothing for any other text.
std::optional<WallTime> wall_time_of(std::string_view written);

std::int64_t seconds_of(const WallTime& time);  ///< since 1970 began on that wall
WallTime with_seconds(WallTime time, std::int64_t seconds);

/// The rules of a zone that a file brings along: when each offset begins.
struct ZoneRules {
  struct Phase {
    int offset_seconds{};
    WallTime since{};
    std::string rule{};  ///< RRULE; empty: it began once
  };
  std::string location{};  ///< X-LIC-LOCATION
  std::vector<Phase> phases{};
};

/// The zones of one file.
class CalendarZones {
 public:
  explicit CalendarZones(int year) : year_(year) {}
  void add(const std::string& tzid, ZoneRules rules);

  /// The moment as exactly as the file tells: in UTC, in a zone by its IANA name, or on the wall of an unknown zone. A
  /// zone of the file's own is that of the world with the same offsets all through the year, else turned into UTC.
  Moment moment_of(const WallTime& time) const;
  /// Seconds since 1970 in UTC; nothing for a day, or in an unknown zone.
  std::optional<std::int64_t> instant_of(const WallTime& time) const;
  /// What clocks show at an instant in the zone of `like`; nothing when that zone is unknown.
  std::optional<std::int64_t> wall_at(std::int64_t instant, const WallTime& like) const;

 private:
  struct Zone {
    std::string name{};        ///< IANA; empty: none such
    const ZoneRules* rules{};  ///< when it has no name
  };
  const Zone& zone_of(const std::string& tzid) const;

  int year_;
  std::map<std::string, ZoneRules> rules_{};
  mutable std::map<std::string, Zone> zones_{};
};

/// Somebody in an event, as ATTENDEE or ORGANIZER names them.
struct Guest {
  std::string email{};  ///< normalised; empty: none
  std::string name{};
  bool organises{};
  bool declined{}, accepted{};
  bool is_person{true};  ///< no room, list or robot
  int guests{};          ///< whom they bring along
};

/// One VEVENT: an event, or of a series all of it, one turn, or what changes from a turn on.
struct CalendarEvent {
  std::string uid{};
  std::optional<WallTime> turn{};  ///< RECURRENCE-ID
  bool and_future{};               ///< RANGE=THISANDFUTURE
  std::optional<WallTime> start{};
  std::optional<WallTime> end{};
  std::optional<std::int64_t> duration_seconds{};
  std::string title{};
  std::string text{};
  std::string place{};
  std::string status{};  ///< in capitals
  std::string
      marks{};  ///< what tells calendars of birthdays and holidays: categories and odd addresses, in small letters
  std::vector<Guest> guests{};
  std::vector<std::string> rules{}, excluded_rules{};  ///< RRULE, EXRULE
  std::vector<WallTime> dates{}, excluded_dates{};     ///< RDATE, EXDATE
  int line{};
  int rule_line{};
};

/// Reads the properties of one VEVENT, whatever is wrong with some of them.
CalendarEvent read_event(CalendarLines& lines, std::vector<Issue>& issues);

/// Adds the zone of a VTIMEZONE whose BEGIN was read.
void read_zone(CalendarLines& lines, CalendarZones& zones);

/// Seconds of a DURATION, "PT1H30M"; nothing for any other text.
std::optional<std::int64_t> duration_of(const std::string& written);

/// Month (1–12), which weekday of it (1 the first, -1 the last) and which weekday (0 Sunday): "every last Sunday of
/// March".
struct YearlyDay {
  unsigned month{};
  int nth{};
  unsigned weekday{};
};
std::optional<YearlyDay> yearly_day(const std::string& rule);

/// How much expanding of rules a source may cost, so that no rule takes long: about a step a day that is looked at.
struct ExpansionBudget {
  std::int64_t steps{2'000'000};
  std::int64_t turns{100'000};
};

/// When a rule comes round from `start` on, on the wall of `start`, within the window: the latest `turns_max` of them.
struct Turns {
  std::vector<std::int64_t> at{};  ///< seconds as of `seconds_of`, ascending
  std::string problem{};           ///< why it is not all that the rule says; empty: it is
};
constexpr std::size_t turns_max = 2'000;
Turns turns_of(const std::string& rule, const WallTime& start, const CalendarZones& zones, Date first, Date last,
               ExpansionBudget& budget);

/// A description as plain text without what conference services add to it.
std::string plain_description(std::string_view description, std::string_view html);

/// The first link to a call in a text; empty when there is none.
std::string conference_link(std::string_view text);

/// Whether a place says no more than that one meets online.
bool is_online(std::string_view place);

/// Whom a title names: "Coffee with Ada Lovelace", "1:1 Ada / me", "Ada Lovelace <> me".
std::vector<std::string> names_in_title(std::string_view title);

/// Whether an address is that of a room, a calendar or a robot.
bool is_no_person(std::string_view email);

}  // namespace ties::importers::icalendar_parts
