#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "crm/domain/date.h"
#include "crm/text/text.h"
#include "reports/render/render.h"
#include "reports/render/tables.h"

namespace ties::reports {
namespace {

constexpr std::size_t line_octets_max = 75;  // RFC 5545, 3.1
constexpr std::size_t value_bytes_max = 10'000;

std::string escaped(std::string_view raw) {
  std::string out;
  for (const char c : text::clean(raw, value_bytes_max)) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

/// Folded; a line never ends within a character.
void put(std::string& out, std::string_view line) {
  const auto is_inside = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  std::size_t room = line_octets_max;
  while (line.size() > room) {
    auto end = room;
    while (is_inside(line[end])) --end;  // every text here is clean, so a character begins within four octets
    out.append(line.substr(0, end)).append("\r\n ");
    line.remove_prefix(end);
    room = line_octets_max - 1;  // the blank of a folded line counts
  }
  out.append(line).append("\r\n");
}

std::string compact(Date day) {
  auto text = to_text(day);
  std::erase(text, '-');
  return text;
}

/// "20260504T120000Z"; without a zone it is the hour wherever one is.
std::string compact(const Moment& moment) {
  const std::chrono::hh_mm_ss time(*moment.time);
  return fmt::format("{}T{:02}{:02}{:02}{}", compact(moment.day), time.hours().count(), time.minutes().count(),
                     time.seconds().count(), moment.zone == "UTC" ? "Z" : "");
}

/// How long an appointment takes; an hour when nothing is said.
int minutes_of(const std::string& text) {
  const bool is_number = !text.empty() && text.size() < 6 && text.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? std::stoi(text) : 60;
}

std::string under(const Table& table, const std::vector<Cell>& row, std::string_view key) {
  const auto column = std::find_if(table.columns.begin(), table.columns.end(),
                                   [key](const Column& candidate) { return candidate.key == key; });
  if (column == table.columns.end()) return {};
  return cell_at(row, static_cast<std::size_t>(column - table.columns.begin())).text;
}

}  // namespace

std::string calendar_stamp(std::string instant) {
  std::erase_if(instant, [](char c) { return c == '-' || c == ':'; });
  return instant;
}

std::string ics(const Document& document, const std::string& stamp) {
  std::string out;
  std::map<std::string, int> seen;  // an identity occurs once in a calendar
  for (const auto* line : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ties//Ties//EN", "CALSCALE:GREGORIAN"}) {
    put(out, line);
  }
  put(out, "X-WR-CALNAME:" + escaped(document.title));
  for (const auto* table : tables_of(document)) {
    for (const auto& row : table->rows) {
      const auto due = date_from_text(under(*table, row, "due"));
      if (!due) continue;
      const auto who = under(*table, row, "who"), what = under(*table, row, "what");
      const auto at = moment_from_text(under(*table, row, "at"));
      const bool has_hour = at && at->time;
      // An appointment keeps its identity when it is called otherwise.
      auto identity = under(*table, row, "subject") + (has_hour ? "" : "\n" + what);
      if (const int times = seen[identity]++; times > 0) identity += fmt::format("\n{}", times);
      put(out, "BEGIN:VEVENT");
      put(out, "UID:" + text::hash_of({identity}) + "@ties");
      put(out, "DTSTAMP:" + stamp);
      if (has_hour) {
        put(out, "DTSTART:" + compact(*at));
        put(out, fmt::format("DURATION:PT{}M", minutes_of(under(*table, row, "minutes"))));
      } else {
        put(out, "DTSTART;VALUE=DATE:" + compact(*due));
        put(out, "DTEND;VALUE=DATE:" + compact(plus_days(*due, 1)));
      }
      put(out, "SUMMARY:" + escaped(who.empty() || what.empty() ? who + what : who + ": " + what));
      const auto description = escaped(under(*table, row, "why") + "\n" + under(*table, row, "settle"));
      if (!description.empty()) put(out, "DESCRIPTION:" + description);
      if (const auto place = escaped(under(*table, row, "place")); !place.empty()) put(out, "LOCATION:" + place);
      put(out, has_hour ? "TRANSP:OPAQUE" : "TRANSP:TRANSPARENT");
      put(out, "END:VEVENT");
    }
  }
  put(out, "END:VCALENDAR");
  return out;
}

}  // namespace ties::reports
