#include "importers/icalendar.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <unordered_map>

#include "crm/text/text.h"
#include "importers/csv.h"
#include "importers/icalendar_parts.h"
#include "importers/vcard_reader.h"

namespace ties::importers {
namespace {

using namespace icalendar_parts;

constexpr std::size_t components_max = 2'000'000;
constexpr std::size_t versions_max = 5'000;  // of one event, its changed turns included
constexpr std::size_t issues_max = 1'000;
constexpr int people_max = 25;         // more is a webinar
constexpr std::size_t few_people = 8;  // among whom one may come to know each other
constexpr int years_back = 10;
constexpr std::int64_t minutes_max = 31 * 24 * 60;
constexpr std::size_t series_text_bytes_max = 500;  // of each turn; the whole stands with an event that comes once
constexpr std::size_t names_max = 3;                // of calendars, to show
constexpr std::size_t let_go_bytes = 32'000'000;

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string small(std::string_view text) {
  return text::lower(text::clean_line(text, 200));
}

/// The bytes as they stand, but for files of two bytes a letter: folds may cut characters, which makes whole files look
/// as if they were no UTF-8.
Bytes readable(const Bytes& bytes) {
  const auto text = bytes.view().substr(0, 4'000);
  const bool wide =
      text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") || text.find('\0') != std::string_view::npos;
  if (wide) return as_utf8(bytes);
  return text.starts_with("\xEF\xBB\xBF") ? bytes.from(3) : bytes;
}

/// Where one VEVENT stands, and what tells it from others.
struct Place {
  std::uint32_t file{};
  std::uint32_t calendar{};
  std::uint64_t begin{}, end{};
  std::uint64_t uid{};  ///< a hash
  int line{};
};

struct Calendar {
  std::string method{};  ///< in small letters
};

struct CalendarFile {
  Bytes bytes{};
  CalendarZones zones;
  std::vector<Issue> issues{};
  std::size_t read_since_let_go{};
};

/// One version of an event, or of one of its turns.
struct Version {
  CalendarEvent event{};
  std::string stamp{};  ///< greater is newer: SEQUENCE, then LAST-MODIFIED or DTSTAMP
  std::uint32_t file{};
  bool called_off{};
};

/// What becomes of an event, whenever its turns are.
struct Content {
  FoundMeeting meeting{};
  std::string why_skipped{};
};

std::string name_of(const CalendarLine& line) {
  return text::clean_line(unescaped(line.value()), 200);
}

/// SEQUENCE and the time of the last change, as a text that sorts.
std::string stamp_of(CalendarLines lines) {
  std::string modified, stamped;
  long sequence = 0;
  int depth = -1;
  for (CalendarLine line; lines.next(line);) {
    if (is_begin(line, "")) ++depth;
    if (is_end(line, "")) --depth;
    if (depth != 0) continue;
    if (line.name == "SEQUENCE")
      sequence = std::clamp(std::strtol(std::string(line.value()).c_str(), nullptr, 10), 0L, 999'999'999L);
    if (line.name == "LAST-MODIFIED") modified = text::clean_line(line.value(), 20);
    if (line.name == "DTSTAMP") stamped = text::clean_line(line.value(), 20);
  }
  return fmt::format("{:09} {}", sequence, modified.empty() ? stamped : modified);
}

class Reading {
 public:
  explicit Reading(const Options& options)
      : options_(options),
        first_(options.since.value_or(options.today - std::chrono::years(years_back))),
        last_(options.today + std::chrono::years(1)) {
    // The 29th of February has no like in other years.
    if (!first_.ok()) first_ = first_.year() / first_.month() / std::chrono::last;
    if (!last_.ok()) last_ = last_.year() / last_.month() / std::chrono::last;
    batch_.source = "icalendar";
    for (const auto& email : options.my_emails) {
      if (const auto mine = normalised(PointKind::email, email)) my_emails_.push_back(*mine);
    }
  }

  /// Notes where each event of the file stands.
  void note(const SourceFile& file) {
    const auto number = static_cast<std::uint32_t>(files_.size());
    files_.push_back({readable(file.bytes), CalendarZones(static_cast<int>(options_.today.year())), {}, 0});
    auto& report = batch_.files.emplace_back();
    report.file = file.name;
    std::vector<std::string> names;
    const auto& bytes = files_.back().bytes;
    CalendarLines lines(bytes);
    bool any = false;
    calendars_.emplace_back();
    std::size_t next_let_go = let_go_bytes;
    for (CalendarLine line; lines.next(line);) {
      if (is_begin(line, "VCALENDAR") && calendars_.size() < components_max) calendars_.emplace_back();
      any |= is_begin(line, "VCALENDAR") || is_begin(line, "VEVENT");
      if (line.name == "METHOD") calendars_.back().method = small(line.value());
      if (line.name == "X-WR-CALNAME" && names.size() < names_max) names.push_back(name_of(line));
      if (is_begin(line, "VTIMEZONE")) read_zone(lines, files_.back().zones);
      if (is_begin(line, "VEVENT")) {
        note_event(lines, line, number);
      } else {
        note_other(line, report);
      }
      if (lines.at() > next_let_go) {
        bytes.let_go(lines.at());
        next_let_go = lines.at() + let_go_bytes;
        tell_progress(file.name, lines.at(), bytes.size());
      }
    }
    bytes.let_go(bytes.size());
    if (!any) {
      report.not_read = "no calendar in it: a calendar begins with a line BEGIN:VCALENDAR";
      return;
    }
    if (my_emails_.empty() && names.size() == 1) calendar_owner_ = normalised(PointKind::email, names.front());
    report.recognised = names.empty() ? "calendar" : fmt::format("calendar \"{}\"", fmt::join(names, "\", \""));
  }

  Batch finish() {
    if (my_emails_.empty() && calendar_owner_) my_emails_.push_back(*calendar_owner_);
    // The versions of one event come one after the other, in the order in which its first one stands.
    std::unordered_map<std::uint64_t, std::size_t> first_places;
    for (std::size_t i = 0; i < places_.size(); ++i) first_places.try_emplace(places_[i].uid, i);
    std::stable_sort(places_.begin(), places_.end(), [&first_places](const Place& a, const Place& b) {
      return a.uid != b.uid && first_places.at(a.uid) < first_places.at(b.uid);
    });
    for (std::size_t begin = 0; begin < places_.size();) {
      auto end = begin + 1;
      while (end < places_.size() && places_[end].uid == places_[begin].uid) ++end;
      read_event_at(begin, end);
      hand_over_if_many(batch_, options_);
      begin = end;
    }
    for (auto& file : files_) {
      std::stable_sort(file.issues.begin(), file.issues.end(), [](const Issue& a, const Issue& b) {
        return std::tie(a.line, a.column) < std::tie(b.line, b.column);
      });
      std::move(file.issues.begin(), file.issues.end(), std::back_inserter(batch_.issues));
    }
    return std::move(batch_);
  }

 private:
  void tell_progress(const std::string& what, std::size_t done, std::size_t total) const {
    if (options_.progress) options_.progress(what, static_cast<std::int64_t>(done), static_cast<std::int64_t>(total));
  }

  void issue(std::uint32_t file, int line, int column, std::string message) {
    auto& issues = files_[file].issues;
    if (issues.size() > issues_max) return;
    if (issues.size() == issues_max) message = "there are more such places, which are not listed";
    issues.push_back({batch_.files[file].file, line, column, std::move(message)});
  }

  void skip(std::uint32_t file, const std::string& why) {
    auto& report = batch_.files[file];
    ++report.rows;
    ++report.skipped;
    ++report.skipped_why[why];
  }

  void note_other(const CalendarLine& line, FileReport& report) {
    constexpr std::array<std::pair<const char*, const char*>, 4> others{
        {{"VTODO", "a to-do, no event"},
         {"VJOURNAL", "a journal entry, no event"},
         {"VFREEBUSY", "free and busy times, no event"},
         {"VAVAILABILITY", "free and busy times, no event"}}};
    for (const auto& [name, why] : others) {
      if (!is_begin(line, name)) continue;
      ++report.rows;
      ++report.skipped;
      ++report.skipped_why[why];
    }
  }

  /// From its BEGIN, which was read, to its END, or to what shows that this is missing.
  void note_event(CalendarLines& lines, const CalendarLine& begin, std::uint32_t file) {
    Place place{file, static_cast<std::uint32_t>(calendars_.size() - 1), lines.begin(), 0, 0, begin.line};
    std::string uid, start, title;
    int depth = 0;
    bool ended = false;
    CalendarLines ahead = lines;
    for (CalendarLine line; !ended && ahead.next(line);) {
      const bool other_begins = is_begin(line, "VEVENT") || is_begin(line, "VCALENDAR") || is_begin(line, "VTODO") ||
                                is_begin(line, "VJOURNAL") || is_begin(line, "VFREEBUSY") ||
                                is_begin(line, "VTIMEZONE");
      if (other_begins || is_end(line, "VCALENDAR")) break;
      lines = ahead;
      ended = is_end(line, "VEVENT");
      if (is_begin(line, "")) ++depth;
      if (is_end(line, "")) depth = std::max(0, depth - 1);
      if (depth > 0) continue;
      if (line.name == "UID" && uid.empty()) uid = text::clean_line(line.value(), 500);
      if (line.name == "DTSTART") start = line.value();
      if (line.name == "SUMMARY") title = line.value().substr(0, 500);
    }
    if (!ended) issue(file, begin.line, 1, "the event has no END:VEVENT; what was read of it is kept");
    place.end = lines.at();
    place.uid = std::hash<std::string>{}(uid.empty() ? "\n" + start + "\n" + title : uid);
    if (places_.size() == components_max) return skip(file, "more than 2,000,000 events");
    places_.push_back(place);
  }

  Version version_at(const Place& place) {
    auto& file = files_[place.file];
    const auto bytes = file.bytes.view().substr(place.begin, place.end - place.begin);
    std::vector<Issue> issues;
    Version version;
    CalendarLines lines(bytes, place.line);
    version.stamp = stamp_of(lines);
    version.event = read_event(lines, issues);
    version.file = place.file;
    const auto& method = calendars_[place.calendar].method;
    version.called_off =
        version.event.status == "CANCELLED" || version.event.status == "CANCELED" || method == "cancel";
    for (auto& one : issues) issue(place.file, one.line, one.column, std::move(one.message));
    if ((file.read_since_let_go += bytes.size()) > let_go_bytes) {
      file.bytes.let_go(file.bytes.size());
      file.read_since_let_go = 0;
      tell_progress(batch_.files[place.file].file, place.end, file.bytes.size());
    }
    return version;
  }

  const CalendarZones& zones_of(const Version& version) const { return files_[version.file].zones; }

  /// The same for one time, however it is written.
  static std::string key_of(const WallTime& time, const CalendarZones& zones) {
    const auto instant = zones.instant_of(time);
    if (!instant) return to_text(Moment{time.day, time.time, ""});
    const auto utc = with_seconds(time, *instant);
    return to_text(Moment{utc.day, utc.time, "UTC"});
  }

  static std::string source_key(const CalendarEvent& event, const std::string& turn) {
    const auto uid =
        event.uid.empty() ? to_text(Moment{event.start->day, event.start->time, ""}) + "\n" + event.title : event.uid;
    return "ical:" + text::hash_of({uid, turn});
  }

  /// Every version of one event: the newest of the whole and of each turn that was changed.
  void read_event_at(std::size_t begin, std::size_t end) {
    std::optional<Version> whole;
    std::vector<Version> changed;
    const auto keep_newer = [this](Version& kept, Version version) {
      if (version.stamp > kept.stamp || (version.stamp == kept.stamp && version.called_off && !kept.called_off)) {
        std::swap(kept, version);
      }
      // A series is often called off by its first turn alone.
      if (kept.called_off && !kept.event.turn && kept.event.rules.empty() && kept.event.dates.empty()) {
        kept.event.start = version.event.start;
        kept.event.rules = version.event.rules;
        kept.event.dates = version.event.dates;
      }
      skip(version.file, "told twice");
    };
    for (auto at = begin; at < end; ++at) {
      const auto& place = places_[at];
      if (at - begin >= versions_max) {
        skip(place.file, "more than 5,000 versions of one event");
        continue;
      }
      const auto& method = calendars_[place.calendar].method;
      if (method == "reply" || method == "counter" || method == "refresh" || method == "declinecounter") {
        skip(place.file, "an answer to an invitation");
        continue;
      }
      auto version = version_at(place);
      if (!version.event.start) {
        skip(place.file, "no start");
        issue(place.file, place.line, 1, "the event has no start, skipped");
      } else if (version.event.turn) {
        changed.push_back(std::move(version));
      } else if (whole) {
        keep_newer(*whole, std::move(version));
      } else {
        whole = std::move(version);
      }
    }

    std::map<std::string, Version> by_turn;
    for (auto& version : changed) {
      auto key = turn_key(version, whole);
      const auto [at, is_new] = by_turn.try_emplace(std::move(key));
      if (is_new) {
        at->second = std::move(version);
      } else {
        keep_newer(at->second, std::move(version));
      }
    }
    if (whole) add_whole(*whole, by_turn);
    for (const auto& [key, version] : by_turn) {
      const bool ends = version.called_off || (whole && whole->called_off);
      add_single(version, key, ends);
    }
  }

  /// Which turn of the series a version stands for. Some programs write the day alone, or leave out the zone.
  std::string turn_key(Version& version, const std::optional<Version>& whole) const {
    auto& turn = *version.event.turn;
    if (!whole) return key_of(turn, zones_of(version));
    const auto& start = *whole->event.start;
    if (!turn.time && start.time) turn = with_seconds(start, seconds_of(turn) + start.time->count());
    if (turn.time && !turn.utc && turn.tzid.empty()) turn.tzid = start.tzid, turn.utc = start.utc;
    return key_of(turn, zones_of(turn.tzid == start.tzid ? *whole : version));
  }

  /// A time on the wall of another, in seconds.
  static std::int64_t seconds_on_wall(const WallTime& time, const WallTime& like, const CalendarZones& zones) {
    if (time.utc == like.utc && time.tzid == like.tzid) return seconds_of(time);
    const auto instant = zones.instant_of(time);
    const auto wall = instant ? zones.wall_at(*instant, like) : std::nullopt;
    return wall.value_or(seconds_of(time));
  }

  bool is_in_window(Date day) const { return day >= first_ && day <= last_; }

  /// An event that comes once, or one turn that was changed.
  void add_single(const Version& version, const std::string& turn, bool called_off) {
    const auto day = version.event.start->day;
    if (options_.since && day < *options_.since) return skip(version.file, "before " + to_text(*options_.since));
    if (day > last_) return skip(version.file, "more than a year ahead");
    auto content = content_of(version);
    content.meeting.called_off |= called_off;
    if (!is_of_use(content)) return skip(version.file, content.why_skipped);
    add(std::move(content.meeting), version, *version.event.start, turn);
  }

  void add_whole(const Version& whole, const std::map<std::string, Version>& by_turn) {
    const auto& event = whole.event;
    if (event.rules.empty() && event.dates.empty()) return add_single(whole, "", whole.called_off);
    auto content = content_of(whole);
    content.meeting.called_off |= whole.called_off;
    if (!is_of_use(content)) return skip(whole.file, content.why_skipped);
    content.meeting.text = text::clean(content.meeting.text, series_text_bytes_max);

    const auto& zones = zones_of(whole);
    const auto turns = turns_with_those_left_out(whole);
    const auto ranges = changes_from_then_on(by_turn, *event.start, zones);
    bool any = false;
    for (const auto& [at, left_out] : turns) {
      const auto start = with_seconds(*event.start, at);
      const auto key = key_of(start, zones);
      any = true;
      if (by_turn.contains(key)) continue;
      const auto after = std::upper_bound(ranges.begin(), ranges.end(), at,
                                          [](std::int64_t time, const Range& range) { return time < range.from; });
      if (after == ranges.begin()) {
        auto meeting = content.meeting;
        meeting.called_off |= left_out;
        add(std::move(meeting), whole, start, key);
        continue;
      }
      const auto& range = *std::prev(after);
      if (!is_of_use(range.content)) continue;
      auto meeting = range.content.meeting;
      meeting.called_off |= left_out || whole.called_off;
      const auto& moved = *range.version->event.start;
      add(std::move(meeting), *range.version, with_seconds(moved, seconds_of(moved) + at - range.from), key);
    }
    if (!any) skip(whole.file, fmt::format("no turn between {} and {}", to_text(first_), to_text(last_)));
  }

  /// The turns within the window, in seconds on the wall of the first one; true: it was taken out of the series.
  std::map<std::int64_t, bool> turns_with_those_left_out(const Version& whole) {
    const auto& event = whole.event;
    const auto& start = *event.start;
    const auto& zones = zones_of(whole);
    std::map<std::int64_t, bool> turns;
    const auto add_turn = [&](std::int64_t at) {
      if (is_in_window(with_seconds(start, at).day)) turns.emplace(at, false);
    };
    add_turn(seconds_of(start));
    for (const auto& rule : event.rules) {
      const auto found = turns_of(rule, start, zones, first_, last_, budget_);
      if (!found.problem.empty()) issue(whole.file, event.rule_line, 1, "of a series: " + found.problem);
      for (const auto at : found.at) turns.emplace(at, false);
    }
    for (const auto& date : event.dates) {
      const auto of_day = !date.time && start.time ? start.time->count() : 0;
      add_turn(seconds_on_wall(date, start, zones) + of_day);
    }
    for (const auto& rule : event.excluded_rules) {
      for (const auto at : turns_of(rule, start, zones, first_, last_, budget_).at) {
        if (const auto turn = turns.find(at); turn != turns.end()) turn->second = true;
      }
    }
    for (const auto& date : event.excluded_dates) {
      const bool whole_day = !date.time && start.time;
      const auto at = seconds_on_wall(date, start, zones);
      const auto end = turns.lower_bound(whole_day ? at + 86'400 : at + 1);
      for (auto turn = turns.lower_bound(at); turn != end; ++turn) turn->second = true;
    }
    while (turns.size() > turns_max) turns.erase(turns.begin());
    return turns;
  }

  /// What changes in a series from a turn on.
  struct Range {
    std::int64_t from{};
    const Version* version{};
    Content content{};
  };
  std::vector<Range> changes_from_then_on(const std::map<std::string, Version>& by_turn, const WallTime& start,
                                          const CalendarZones& zones) const {
    std::vector<Range> ranges;
    for (const auto& [key, version] : by_turn) {
      if (!version.event.and_future) continue;
      ranges.push_back({seconds_on_wall(*version.event.turn, start, zones), &version, content_of(version)});
      auto& meeting = ranges.back().content.meeting;
      meeting.called_off |= version.called_off;
      meeting.text = text::clean(meeting.text, series_text_bytes_max);
    }
    std::sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) { return a.from < b.from; });
    return ranges;
  }

  /// What is called off may end what an earlier import made, whoever is named now.
  static bool is_of_use(const Content& content) {
    return content.why_skipped.empty() || (content.meeting.called_off && content.why_skipped == nobody);
  }

  void add(FoundMeeting meeting, const Version& version, const WallTime& start, const std::string& turn) {
    meeting.source_key = source_key(version.event, turn);
    meeting.when = zones_of(version).moment_of(start);
    ++batch_.files[version.file].rows;  // a row for each turn, or each event that is left out
    batch_.meetings.push_back(std::move(meeting));
  }

  bool is_me(const Guest& guest) const {
    return !guest.email.empty() && std::find(my_emails_.begin(), my_emails_.end(), guest.email) != my_emails_.end();
  }

  Content content_of(const Version& version) const {
    const auto& event = version.event;
    Content content;
    auto& meeting = content.meeting;
    meeting.title = event.title;
    meeting.text = event.text;
    meeting.place = event.place;
    meeting.minutes = minutes_of(version);
    meeting.file = static_cast<int>(version.file);
    meeting.line = event.line;

    int people = 0;
    bool agreed = false, others = false;
    for (const auto& guest : event.guests) {
      if (!guest.is_person) continue;
      if (is_me(guest)) {
        agreed |= guest.organises || guest.accepted;
        meeting.called_off |= guest.declined && !guest.organises;
      } else {
        others = true;
      }
      if (guest.declined) continue;
      people += 1 + guest.guests;
      if (!is_me(guest)) meeting.with.push_back(key_of_person(guest));
    }
    const bool asked = !meeting.with.empty();
    if (!others) {
      for (auto& name : names_in_title(event.title)) meeting.with.push_back({"", "", std::move(name), "", ""});
    }
    meeting.only_with_known = !(options_.new_people && asked && agreed && meeting.with.size() <= few_people);
    content.why_skipped = why_skipped(event, people, meeting.with.empty());
    return content;
  }

  static PersonKey key_of_person(const Guest& guest) { return {"", guest.email, guest.name, "", ""}; }

  static std::string why_skipped(const CalendarEvent& event, int people, bool alone) {
    const auto has_category = [&event](std::string_view word) {
      return contains("\n" + event.marks, fmt::format("\n{}\n", word));
    };
    const auto title = text::lower(event.title);
    if (contains(event.marks, "#holiday@group.v.calendar.google.com") || has_category("holiday") ||
        has_category("holidays")) {
      return "holiday";
    }
    if (contains(event.marks, "#contacts@group.v.calendar.google.com") || has_category("birthday") ||
        (event.guests.empty() && (title.ends_with("birthday") || title.ends_with("geburtstag")))) {
      return "birthday";
    }
    if (people > people_max) return "more than 25 people";
    return alone ? std::string(nobody) : std::string();
  }

  std::optional<int> minutes_of(const Version& version) const {
    const auto& event = version.event;
    if (!event.start->time) return std::nullopt;
    auto seconds = event.duration_seconds;
    if (event.end && event.end->time) {
      const auto& zones = zones_of(version);
      const auto from = zones.instant_of(*event.start), to = zones.instant_of(*event.end);
      const bool one_wall = event.start->utc == event.end->utc && event.start->tzid == event.end->tzid;
      if (from && to)
        seconds = *to - *from;
      else if (one_wall)
        seconds = seconds_of(*event.end) - seconds_of(*event.start);
    }
    if (!seconds || *seconds < 60 || *seconds > minutes_max * 60) return std::nullopt;
    return static_cast<int>(*seconds / 60);
  }

  static constexpr std::string_view nobody = "nobody else in it";

  const Options& options_;
  Date first_, last_;
  Batch batch_{};
  std::vector<std::string> my_emails_{};
  std::optional<std::string> calendar_owner_{};
  std::vector<CalendarFile> files_{};
  std::vector<Calendar> calendars_{};
  std::vector<Place> places_{};
  ExpansionBudget budget_{};
};

int recognises(const SourceFile& file) {
  constexpr int sure = 95, perhaps = 30;  // a mail may carry a calendar
  const auto bytes = readable(Bytes(std::string(beginning(file.bytes))));
  CalendarLines lines(bytes);
  bool first = true;
  for (CalendarLine line; lines.next(line); first = false) {
    if (is_begin(line, "VCALENDAR")) return first ? sure : perhaps;
  }
  return 0;
}

Batch read(const std::vector<SourceFile>& files, const Options& options) {
  Reading reading(options);
  for (const auto& file : files) {
    if (files.size() == 1 || recognises(file) > 0) reading.note(file);
  }
  return reading.finish();
}

}  // namespace

const Importer icalendar{"icalendar", "calendar", recognises, read, nullptr};

}  // namespace ties::importers
