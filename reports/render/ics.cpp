#include "crm/domain/date.h"
#include "crm/text/text.h"
#include "reports/render/render.h"
#include "reports/render/tables.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties::reports {
namespace {

std::string escaped(std::string_view raw) {
  std::string out;
  for (const char c : text::clean(raw, 10'000)) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c;
  }
  return out;
}

/// Lines of 75 octets at the most, never cut within a character.
void line(std::string& out, const std::string& text) {
  constexpr std::size_t octets_max = 75;
  std::size_t at = 0;
  while (text.size() - at > octets_max - (at == 0 ? 0 : 1)) {
    auto end = at + octets_max - (at == 0 ? 0 : 1);
    while (end > at && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    out += (at == 0 ? "" : " ") + text.substr(at, end - at) + "\r\n";
    at = end;
  }
  out += (at == 0 ? "" : " ") + text.substr(at) + "\r\n";
}

std::string compact(Date day) {
  auto text = to_text(day);
  std::erase(text, '-');
  return text;
}

std::string hash_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return fmt::format("{:016x}", hash);
}

std::string under(const Table& table, const std::vector<Cell>& row, std::string_view key) {
  for (std::size_t i = 0; i < table.columns.size() && i < row.size(); ++i) {
    if (table.columns[i].key == key) return row[i].text;
  }
  return {};
}

}  // namespace

std::string ics(const Document& document, const std::string& stamp) {
  std::string out;
  for (const auto* text : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ties//Follow-ups//EN", "CALSCALE:GREGORIAN"}) line(out, text);
  line(out, "X-WR-CALNAME:" + escaped(document.title));
  for (const auto* table : tables_of(document)) {
    for (const auto& row : table->rows) {
      const auto due = date_from_text(under(*table, row, "due"));
      if (!due) continue;
      const auto who = under(*table, row, "who"), what = under(*table, row, "what");
      line(out, "BEGIN:VEVENT");
      line(out, "UID:" + hash_of(under(*table, row, "subject") + "\n" + under(*table, row, "kind") + "\n" + what) + "@ties");
      line(out, "DTSTAMP:" + stamp);
      line(out, "DTSTART;VALUE=DATE:" + compact(*due));
      line(out, "DTEND;VALUE=DATE:" + compact(plus_days(*due, 1)));
      line(out, "SUMMARY:" + escaped(who.empty() ? what : who + ": " + what));
      line(out, "DESCRIPTION:" + escaped(under(*table, row, "why") + "\n" + under(*table, row, "settle")));
      line(out, "TRANSP:TRANSPARENT");
      line(out, "END:VEVENT");
    }
  }
  line(out, "END:VCALENDAR");
  return out;
}

}  // namespace ties::reports
