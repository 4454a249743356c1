#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "crm/text/text.h"
#include "importers/icalendar_parts.h"
#include "importers/vcard_reader.h"

namespace ties::importers::icalendar_parts {
namespace {

constexpr std::size_t guests_max = 100;  // of one event; the rest are counted
constexpr std::size_t dates_max = 5'000;
constexpr std::size_t rules_max = 10;
constexpr std::size_t phases_max = 200;
constexpr std::size_t title_bytes_max = 500;
constexpr std::size_t issues_max = 1'000;

std::string capitals(std::string_view written) {
  std::string result(written);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; });
  return result;
}

/// Parameters are written as on cards. A value with a comma but without quotes comes in pieces.
class Parameters {
 public:
  explicit Parameters(const CalendarLine& line) : head_(card_head(std::string_view(line.text).substr(0, line.colon))) {}
  std::string operator[](std::string_view name) const {
    std::string value;
    if (!head_) return value;
    for (const auto& parameter : head_->parameters) {
      if (parameter.name == name) value += (value.empty() ? "" : ", ") + parameter.value;
    }
    return value;
  }
  std::string word(std::string_view name) const { return capitals(text::clean_line((*this)[name], 100)); }

 private:
  std::optional<CardProperty> head_;
};

std::string words(const CalendarLine& line, std::size_t bytes_max = title_bytes_max) {
  return text::clean_line(unescaped(line.value()), bytes_max);
}

/// The pieces of a list of dates, without blanks around them.
std::vector<std::string> pieces_of(std::string_view value) {
  std::vector<std::string> pieces;
  for (std::size_t begin = 0; begin <= value.size() && pieces.size() < dates_max;) {
    const auto comma = std::min(value.find(',', begin), value.size());
    pieces.push_back(text::clean_line(value.substr(begin, comma - begin), 200));
    begin = comma + 1;
  }
  return pieces;
}

std::optional<std::string> address_in(std::string_view written) {
  const auto mail = text::lower(written).rfind("mailto:");
  if (mail != std::string::npos) written.remove_prefix(mail + 7);
  while (written.starts_with(' ')) written.remove_prefix(1);
  return normalised(PointKind::email, written);
}

/// "Costa, Jorge", "Jorge Costa (jorge@x.example)", "'jorge@x.example'": the name alone, as it is read.
std::string guest_name(std::string written) {
  std::erase(written, '\\');
  auto name = text::clean_line(written, title_bytes_max);
  for (const auto& [open, close] : {std::pair('(', ')'), std::pair('<', '>'), std::pair('[', ']')}) {
    const auto begin = name.find(open), at = name.find('@', begin), end = name.find(close, begin);
    if (begin != std::string::npos && at != std::string::npos && at < end) {
      name.erase(begin, end == std::string::npos ? end : end - begin + 1);
    }
  }
  const auto is_mark = [](char c) { return c == '"' || c == '\'' || c == ' '; };
  while (!name.empty() && is_mark(name.back())) name.pop_back();
  while (!name.empty() && is_mark(name.front())) name.erase(0, 1);
  return name.find('@') != std::string::npos ? std::string() : person_name(name).display;
}

Guest guest_of(const CalendarLine& line) {
  const Parameters parameters(line);
  Guest guest;
  auto email = address_in(line.value());
  for (const auto* name : {"EMAIL", "X-CALENDARSERVER-EMAIL"}) {
    if (!email) email = address_in(parameters[name]);
  }
  guest.email = email.value_or("");
  guest.name = guest_name(parameters["CN"]);
  guest.organises = line.name == "ORGANIZER";
  const auto answer = parameters.word("PARTSTAT");
  guest.declined = answer == "DECLINED";
  guest.accepted = answer == "ACCEPTED";
  const auto type = parameters.word("CUTYPE");
  guest.is_person = type != "ROOM" && type != "RESOURCE" && type != "GROUP" &&
                    parameters.word("ROLE") != "NON-PARTICIPANT" && !is_no_person(guest.email);
  const auto others = parameters["X-NUM-GUESTS"];
  if (!others.empty() && others.size() < 5 &&
      std::all_of(others.begin(), others.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    guest.guests = std::stoi(others);
  }
  return guest;
}

class EventReading {
 public:
  EventReading(CalendarLines& lines, std::vector<Issue>& issues) : lines_(lines), issues_(issues) {}

  CalendarEvent read() {
    CalendarLine line;
    int depth = 0;
    if (lines_.next(line)) event_.line = line.line;
    while (lines_.next(line)) {
      if (is_end(line, "VEVENT")) break;
      if (is_begin(line, "")) {
        ++depth;
      } else if (is_end(line, "")) {
        depth = std::max(0, depth - 1);
      } else if (depth == 0) {
        read(line);
      }
    }
    finish();
    return std::move(event_);
  }

 private:
  using Read = void (EventReading::*)(const CalendarLine&);
  static const std::unordered_map<std::string_view, Read>& readers() {
    static const std::unordered_map<std::string_view, Read> table{
        {"UID", &EventReading::read_uid},
        {"DTSTART", &EventReading::read_start},
        {"DTEND", &EventReading::read_end},
        {"DURATION", &EventReading::read_duration},
        {"RECURRENCE-ID", &EventReading::read_turn},
        {"RRULE", &EventReading::read_rule},
        {"EXRULE", &EventReading::read_rule},
        {"RDATE", &EventReading::read_dates},
        {"EXDATE", &EventReading::read_dates},
        {"SUMMARY", &EventReading::read_title},
        {"DESCRIPTION", &EventReading::read_description},
        {"X-ALT-DESC", &EventReading::read_description},
        {"LOCATION", &EventReading::read_location},
        {"STATUS", &EventReading::read_status},
        {"ATTENDEE", &EventReading::read_guest},
        {"ORGANIZER", &EventReading::read_guest},
        {"CATEGORIES", &EventReading::read_mark},
        {"X-GOOGLE-CONFERENCE", &EventReading::read_conference},
        {"CONFERENCE", &EventReading::read_conference},
        {"X-MICROSOFT-SKYPETEAMSMEETINGURL", &EventReading::read_conference},
        {"X-MICROSOFT-ONLINEMEETINGCONFLINK", &EventReading::read_conference},
        {"X-MICROSOFT-ONLINEMEETINGEXTERNALLINK", &EventReading::read_conference},
        {"URL", &EventReading::read_url},
    };
    return table;
  }

  void read(const CalendarLine& line) {
    if (line.name.empty()) return issue(line.line, 1, "this is no property, left out");
    const auto reader = readers().find(line.name);
    if (reader != readers().end()) (this->*reader->second)(line);
  }

  void issue(int line, int column, std::string message) {
    if (issues_.size() < issues_max) issues_.push_back({"", line, column, std::move(message)});
  }

  void read_uid(const CalendarLine& line) {
    if (event_.uid.empty()) event_.uid = words(line);
    read_mark(line);
  }
  std::optional<WallTime> time_of(const CalendarLine& line, std::string_view what) {
    const Parameters parameters(line);
    const auto written = text::clean_line(line.value(), 100);
    auto time = wall_time_of(written);
    if (!time) {
      issue(line.line, line.column, fmt::format("'{}' is no time; the {} is left out", text::fit(written, 40), what));
      return std::nullopt;
    }
    if (parameters.word("VALUE") == "DATE") time->time.reset();
    if (time->time && !time->utc) time->tzid = text::clean_line(parameters["TZID"], 300);
    if (!time->time) time->utc = false;
    return time;
  }
  void read_start(const CalendarLine& line) {
    if (!event_.start) event_.start = time_of(line, "start");
  }
  void read_end(const CalendarLine& line) {
    if (!event_.end) event_.end = time_of(line, "end");
  }
  void read_duration(const CalendarLine& line) {
    const auto written = text::clean_line(line.value(), 100);
    event_.duration_seconds = duration_of(written);
    if (!event_.duration_seconds) {
      issue(line.line, line.column, fmt::format("'{}' is no duration, left out", text::fit(written, 40)));
    }
  }
  void read_turn(const CalendarLine& line) {
    event_.turn = time_of(line, "turn that it stands for");
    event_.and_future = Parameters(line).word("RANGE") == "THISANDFUTURE";
  }
  void read_rule(const CalendarLine& line) {
    auto& rules = line.name == "RRULE" ? event_.rules : event_.excluded_rules;
    if (rules.size() < rules_max) rules.push_back(text::clean_line(line.value(), 2'000));
    event_.rule_line = line.line;
  }
  void read_dates(const CalendarLine& line) {
    auto& dates = line.name == "RDATE" ? event_.dates : event_.excluded_dates;
    const Parameters parameters(line);
    const bool days = parameters.word("VALUE") == "DATE";
    for (const auto& piece : pieces_of(line.value())) {
      if (piece.empty()) continue;
      auto time = wall_time_of(std::string_view(piece).substr(0, piece.find('/')));  // of a period, its start
      if (!time) {
        issue(line.line, line.column, fmt::format("'{}' is no time, left out", text::fit(piece, 40)));
        continue;
      }
      if (days) time->time.reset(), time->utc = false;
      if (time->time && !time->utc) time->tzid = text::clean_line(parameters["TZID"], 300);
      if (dates.size() < dates_max) dates.push_back(std::move(*time));
    }
  }
  void read_title(const CalendarLine& line) {
    if (event_.title.empty()) event_.title = words(line);
  }
  void read_description(const CalendarLine& line) {
    auto& kept = line.name == "DESCRIPTION" ? description_ : html_;
    if (kept.empty()) kept = unescaped(line.value());
  }
  void read_location(const CalendarLine& line) {
    if (!event_.place.empty()) return;
    std::string place;
    for (const char c : unescaped(line.value())) place += c == '\n' ? std::string(", ") : std::string(1, c);
    event_.place = text::clean_line(place, title_bytes_max);
  }
  void read_status(const CalendarLine& line) { event_.status = capitals(words(line, 100)); }
  void read_guest(const CalendarLine& line) {
    read_mark(line);
    auto guest = guest_of(line);
    if (guest.email.empty() && guest.name.empty()) return;
    const auto same = std::find_if(event_.guests.begin(), event_.guests.end(), [&guest](const Guest& other) {
      return other.email == guest.email && (!guest.email.empty() || other.name == guest.name);
    });
    if (same == event_.guests.end()) {
      if (event_.guests.size() < guests_max) event_.guests.push_back(std::move(guest));
      return;
    }
    if (same->name.empty()) same->name = guest.name;
    same->organises |= guest.organises;
    same->accepted |= guest.accepted;
    same->declined |= guest.declined;
    same->is_person &= guest.is_person;
    same->guests = std::max(same->guests, guest.guests);
  }
  void read_mark(const CalendarLine& line) {
    if (event_.marks.size() < 2'000) event_.marks += text::lower(words(line)) + "\n";
  }
  void read_conference(const CalendarLine& line) {
    if (conference_.empty()) conference_ = words(line, 2'000);
  }
  void read_url(const CalendarLine& line) {
    if (url_.empty()) url_ = conference_link(words(line, 2'000));
  }

  void finish() {
    if (!event_.start) event_.start = event_.turn;
    for (const auto& source : {conference_, url_, conference_link(description_), conference_link(html_)}) {
      if (is_online(event_.place) && !source.empty()) event_.place = source;
    }
    event_.text = plain_description(description_, html_);
  }

  CalendarLines& lines_;
  std::vector<Issue>& issues_;
  CalendarEvent event_{};
  std::string description_{}, html_{}, conference_{}, url_{};
};

/// "+0100", "-053000"
std::optional<int> offset_of(std::string_view written) {
  if ((written.size() != 5 && written.size() != 7) || (written[0] != '+' && written[0] != '-')) return std::nullopt;
  if (!std::all_of(written.begin() + 1, written.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  const auto pair = [&written](std::size_t at) { return (written[at] - '0') * 10 + (written[at + 1] - '0'); };
  const int seconds = pair(1) * 3'600 + pair(3) * 60 + (written.size() == 7 ? pair(5) : 0);
  if (seconds > 18 * 3'600) return std::nullopt;
  return written[0] == '-' ? -seconds : seconds;
}

}  // namespace

std::optional<WallTime> wall_time_of(std::string_view written) {
  const auto number = [&written](std::size_t at, std::size_t length) {
    int value = 0;
    for (; length > 0; --length, ++at) {
      if (at >= written.size() || written[at] < '0' || written[at] > '9') return -1;
      value = value * 10 + (written[at] - '0');
    }
    return value;
  };
  WallTime time;
  const int year = number(0, 4), month = number(4, 2), day = number(6, 2);
  if (year < 1 || month < 1 || day < 1) return std::nullopt;
  time.day = std::chrono::year(year) / month / day;
  if (!time.day.ok()) return std::nullopt;
  if (written.size() == 8) return time;
  if (written.ends_with('Z') || written.ends_with('z')) time.utc = true, written.remove_suffix(1);
  const bool with_seconds = written.size() == 15;
  if ((!with_seconds && written.size() != 13) || (written[8] != 'T' && written[8] != 't')) return std::nullopt;
  const int hour = number(9, 2), minute = number(11, 2), second = with_seconds ? number(13, 2) : 0;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return std::nullopt;
  time.time = std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(std::min(second, 59));
  return time;
}

std::int64_t seconds_of(const WallTime& time) {
  const auto days = std::chrono::sys_days(time.day).time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(days).count() +
         time.time.value_or(std::chrono::seconds(0)).count();
}

WallTime with_seconds(WallTime time, std::int64_t seconds) {
  const auto at = std::chrono::sys_seconds(std::chrono::seconds(seconds));
  const auto day = std::chrono::floor<std::chrono::days>(at);
  time.day = Date(day);
  if (time.time) time.time = at - day;
  return time;
}

CalendarEvent read_event(CalendarLines& lines, std::vector<Issue>& issues) {
  return EventReading(lines, issues).read();
}

void read_zone(CalendarLines& lines, CalendarZones& zones) {
  std::string tzid;
  ZoneRules rules;
  ZoneRules::Phase phase;
  bool has_offset = false, in_phase = false;
  for (CalendarLine line; lines.next(line) && !is_end(line, "VTIMEZONE");) {
    if (is_begin(line, "VEVENT") || is_end(line, "VCALENDAR")) break;
    if (is_begin(line, "")) {
      phase = {};
      has_offset = false;
      in_phase = true;
    } else if (is_end(line, "")) {
      if (in_phase && has_offset && rules.phases.size() < phases_max) rules.phases.push_back(phase);
      in_phase = false;
    } else if (line.name == "TZID") {
      tzid = words(line, 300);
    } else if (line.name == "X-LIC-LOCATION") {
      rules.location = words(line, 300);
    } else if (line.name == "TZOFFSETTO") {
      const auto offset = offset_of(words(line, 20));
      has_offset = offset.has_value();
      phase.offset_seconds = offset.value_or(0);
    } else if (line.name == "DTSTART") {
      phase.since = wall_time_of(words(line, 20)).value_or(WallTime{});
    } else if (line.name == "RRULE") {
      phase.rule = text::clean_line(line.value(), 500);
    }
  }
  std::erase_if(rules.phases, [](const auto& one) { return !one.since.day.ok(); });
  if (!tzid.empty()) zones.add(tzid, std::move(rules));
}

}  // namespace ties::importers::icalendar_parts
