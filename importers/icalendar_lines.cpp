#include <algorithm>

#include "crm/text/text.h"
#include "importers/icalendar_parts.h"

namespace ties::importers::icalendar_parts {
namespace {

constexpr std::size_t line_bytes_max = 64'000;
constexpr std::size_t name_bytes_max = 100;

char capital(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}

bool is_name_sign(char c) {
  const char up = capital(c);
  return (up >= 'A' && up <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

/// Where the name of a property ends; 0 when the line is none.
std::size_t name_end(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && at < name_bytes_max && is_name_sign(line[at])) ++at;
  const bool ends = at > 0 && at < line.size() && (line[at] == ':' || line[at] == ';');
  return ends && line.find(':', at) != std::string_view::npos ? at : 0;
}

/// The first colon outside quotes; of a quote that is never closed, the first colon at all.
std::size_t colon_of(std::string_view line, std::size_t at) {
  bool quoted = false;
  for (auto end = at; end < line.size(); ++end) {
    if (line[end] == '"') quoted = !quoted;
    if (!quoted && line[end] == ':') return end;
  }
  return line.find(':', at);
}

bool is_mark(const CalendarLine& line, std::string_view word, std::string_view component) {
  if (line.name != word) return false;
  auto value = line.value();
  while (value.ends_with(' ') || value.ends_with('\t')) value.remove_suffix(1);
  while (value.starts_with(' ')) value.remove_prefix(1);
  return component.empty() || std::equal(value.begin(), value.end(), component.begin(), component.end(),
                                         [](char a, char b) { return capital(a) == b; });
}

}  // namespace

std::string_view CalendarLine::value() const {
  return name.empty() ? std::string_view() : std::string_view(text).substr(colon + 1);
}

std::string_view CalendarLines::peek() const {
  const auto end = std::min(text_.find_first_of("\r\n", at_), text_.size());
  return text_.substr(at_, end - at_);
}

std::string_view CalendarLines::take() {
  const auto line = peek();
  at_ += line.size();
  if (text_.substr(at_, 3) == "\r\r\n") {
    at_ += 3;
  } else if (text_.substr(at_, 2) == "\r\n") {
    at_ += 2;
  } else if (at_ < text_.size()) {
    ++at_;
  }
  ++line_;
  return line;
}

/// A DESCRIPTION whose line ends were not escaped goes on until something that looks like a property.
void CalendarLines::take_stray_lines(CalendarLine& line) {
  while (at_ < text_.size() && name_end(peek().substr(0, line_bytes_max)) == 0) {
    auto more = take();
    if (more.starts_with(' ') || more.starts_with('\t')) more.remove_prefix(1);
    if (line.text.size() < line_bytes_max) line.text.append("\\n").append(more.substr(0, line_bytes_max));
  }
}

bool CalendarLines::next(CalendarLine& line) {
  while (at_ < text_.size() && peek().find_first_not_of(" \t") == std::string_view::npos) take();
  if (at_ >= text_.size()) return false;
  begin_ = at_;
  line.line = line_;
  const auto first = take();
  line.text = first.substr(0, line_bytes_max);
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) {
    const auto more = take().substr(1);
    if (line.text.size() < line_bytes_max) line.text += more.substr(0, line_bytes_max);
  }
  line.name.clear();
  line.colon = 0;
  line.column = 1;
  const auto end = name_end(line.text);
  if (end == 0) return true;
  line.name = line.text.substr(0, end);
  std::transform(line.name.begin(), line.name.end(), line.name.begin(), capital);
  line.colon = colon_of(line.text, end);
  if (line.colon + 1 < first.size()) line.column = static_cast<int>(line.colon) + 2;
  if (line.name == "DESCRIPTION" || line.name == "X-ALT-DESC") take_stray_lines(line);
  if (!text::is_utf8(line.text)) line.text = text::to_utf8(line.text, "");
  std::erase_if(line.text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; });
  line.colon = colon_of(line.text, end);
  return true;
}

bool is_begin(const CalendarLine& line, std::string_view component) {
  return is_mark(line, "BEGIN", component);
}
bool is_end(const CalendarLine& line, std::string_view component) {
  return is_mark(line, "END", component);
}

}  // namespace ties::importers::icalendar_parts
