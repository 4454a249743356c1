#include "importers/vcard_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "crm/text/text.h"
#include "importers/csv.h"

namespace ties::importers {
namespace {

constexpr std::size_t head_bytes_max = 8'000;
constexpr std::size_t properties_max = 5'000;  // of one card
constexpr std::size_t parameters_max = 200;    // of one property
constexpr std::size_t parts_max = 1'000;       // of one value
constexpr std::size_t issues_max = 1'000;      // of one text
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

char capital(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}

bool is_letter(char c) {
  return capital(c) >= 'A' && capital(c) <= 'Z';
}

std::string capitals(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), capital);
  return result;
}

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return capital(x) == capital(y); });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

int characters(std::string_view bytes) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return static_cast<int>(std::count_if(bytes.begin(), bytes.end(), begins));
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::size_t line_end_from(std::string_view text, std::size_t at) {
  return std::min(text.find_first_of("\r\n", at), text.size());
}

/// A carriage return more than needed is what some programs make of line ends that they take for plain newlines.
std::size_t line_end_bytes(std::string_view text, std::size_t at) {
  if (text.substr(at, 3) == "\r\r\n") return 3;
  if (text.substr(at, 2) == "\r\n") return 2;
  return at < text.size() ? 1 : 0;
}

int hex(char c) {
  if (is_digit(c)) return c - '0';
  const char up = capital(c);
  return up >= 'A' && up <= 'F' ? up - 'A' + 10 : -1;
}

/// "=C3=A9" as the bytes that it stands for; an "=" that stands for none is kept, as some programs write it plainly.
std::string quoted_printable_decoded(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '=' && at + 2 < text.size() && hex(text[at + 1]) >= 0 && hex(text[at + 2]) >= 0) {
      bytes += static_cast<char>(hex(text[at + 1]) * 16 + hex(text[at + 2]));
      at += 2;
    } else {
      bytes += text[at];
    }
  }
  return bytes;
}

bool is_quoted_printable(std::string_view encoding) {
  return same_word(encoding, "QUOTED-PRINTABLE") || same_word(encoding, "Q");
}

bool is_base64(std::string_view encoding) {
  return same_word(encoding, "BASE64") || same_word(encoding, "B");
}

bool is_base64_text(std::string_view line) {
  return !line.empty() && std::all_of(line.begin(), line.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '+' || c == '/' || c == '=';
  });
}

bool is_name(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; });
}

/// Where a character stands outside quotes, at or behind `at`; npos when nowhere. `quotes`: they are heeded.
std::size_t find_outside(std::string_view text, char wanted, std::size_t at, bool quotes) {
  bool inside = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '"') inside = quotes && !inside;
    if (!inside && text[at] == wanted) return at;
  }
  return std::string_view::npos;
}

/// Without quotes, and without what RFC 6868 writes as ^n, ^^ and ^', and vCard 2.1 as \; outside quotes.
std::string parameter_value(std::string_view text) {
  std::string value;
  bool inside = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (text[at] == '"') {
      inside = !inside;
    } else if (text[at] == '^' && (next == 'n' || next == '^' || next == '\'')) {
      value += next == 'n' ? '\n' : next == '^' ? '^' : '"';
      ++at;
    } else if (!inside && text[at] == '\\' && next == ';') {
      value += ';';
      ++at;
    } else {
      value += text[at];
    }
  }
  return value;
}

/// One parameter as written, without the ";" before it. Says whether it was a bare word.
bool add_parameter(CardProperty& property, std::string_view text, bool quotes) {
  text = trimmed(text);
  if (text.empty()) return false;
  const auto equals = find_outside(text, '=', 0, quotes);
  if (equals == std::string_view::npos || !is_name(trimmed(text.substr(0, equals)))) {
    // Android has "X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=42=75)", which holds signs of its own.
    const bool encoding =
        is_quoted_printable(text) || same_word(text, "BASE64") || same_word(text, "8BIT") || same_word(text, "7BIT");
    property.parameters.push_back({encoding ? "ENCODING" : "TYPE", parameter_value(text)});
    return true;
  }
  const auto name = capitals(trimmed(text.substr(0, equals)));
  text.remove_prefix(equals + 1);
  while (property.parameters.size() < parameters_max) {
    // "voice,cell" within quotes is a list too, by a slip of the standard that became a habit.
    const auto comma = find_outside(text, ',', 0, quotes && name != "TYPE");
    property.parameters.push_back({name, parameter_value(trimmed(text.substr(0, comma)))});
    if (comma == std::string_view::npos) break;
    text.remove_prefix(comma + 1);
  }
  return false;
}

/// Whether a parameter tells how the value was encoded, which is decoded by now.
bool is_decoded(const CardProperty::Parameter& parameter) {
  return parameter.name == "CHARSET" ||
         (parameter.name == "ENCODING" && (is_quoted_printable(parameter.value) || same_word(parameter.value, "8BIT") ||
                                           same_word(parameter.value, "7BIT")));
}

std::string head_text(const CardProperty& property, std::string_view name) {
  auto text = property.group.empty() ? std::string(name) : fmt::format("{}.{}", property.group, name);
  for (const auto& parameter : property.parameters) {
    if (is_decoded(parameter)) continue;
    const bool base64 = parameter.name == "ENCODING" && is_base64(parameter.value);
    text += fmt::format(";{}={}", parameter.name, base64 ? "b" : parameter_text(parameter.value));
  }
  return text;
}

struct Head {
  CardProperty property{};
  std::size_t bytes{};  ///< up to the colon
};

/// What stands before the colon of a property. `quotes`: a colon between quotes is none.
std::optional<Head> head_of(std::string_view text, bool quotes) {
  text = text.substr(0, head_bytes_max);
  const auto colon = find_outside(text, ':', 0, quotes);
  if (colon == std::string_view::npos) return std::nullopt;
  const auto written = text.substr(0, colon);
  auto end = std::min(find_outside(written, ';', 0, quotes), colon);
  auto name = trimmed(written.substr(0, end));

  Head head;
  head.bytes = colon;
  if (const auto dot = name.rfind('.'); dot != std::string_view::npos) {
    head.property.group = std::string(name.substr(0, dot));
    name.remove_prefix(dot + 1);
    const auto is_group = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; };
    if (!std::all_of(head.property.group.begin(), head.property.group.end(), is_group)) return std::nullopt;
  }
  if (!is_name(name)) return std::nullopt;
  head.property.name = capitals(name);
  bool as_written = true;
  while (end < colon) {
    auto next = std::min(find_outside(written, ';', end + 1, quotes), colon);
    while (next < colon && written[next - 1] == '\\') {
      next = std::min(find_outside(written, ';', next + 1, quotes), colon);
    }
    if (add_parameter(head.property, written.substr(end + 1, next - end - 1), quotes)) as_written = false;
    end = next;
  }
  for (const auto& parameter : head.property.parameters) {
    if (is_decoded(parameter) || (parameter.name == "ENCODING" && same_word(parameter.value, "BASE64"))) {
      as_written = false;
    }
  }
  head.property.head = as_written ? std::string(written) : head_text(head.property, name);
  return head;
}

/// Whether a line is "BEGIN:VCARD" or "END:VCARD".
bool is_mark(std::string_view line, std::string_view word) {
  if (line.size() > 100) return false;
  const auto colon = line.find(':');
  return colon != std::string_view::npos && same_word(trimmed(line.substr(0, colon)), word) &&
         same_word(trimmed(line.substr(colon + 1)), "VCARD");
}

/// Whether bytes make words of Central Europe in ISO 8859-2 where Windows-1252 has signs within words: "Ko³odziej".
bool looks_central_european(std::string_view bytes) {
  constexpr std::string_view small = "\xB1\xB3\xB5\xB6\xB9\xBA\xBB\xBC\xBE\xBF";  // ą ł ľ ś š ş ť ź ž ż
  constexpr std::string_view great = "\xA1\xA3\xA5\xA6\xA9\xAA\xAB\xAC\xAE\xAF";  // Ą Ł Ľ Ś Š Ş Ť Ź Ž Ż
  const auto letter = [](char c) { return is_letter(c) || static_cast<unsigned char>(c) >= 0xC0; };
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
    if (!letter(bytes[i + 1])) continue;
    const bool within = i > 0 && letter(bytes[i - 1]);
    if (within && (small.find(bytes[i]) != std::string_view::npos || great.find(bytes[i]) != std::string_view::npos)) {
      return true;
    }
    if (!within && (bytes[i] == '\xA3' || bytes[i] == '\xAF')) return true;
  }
  return false;
}

/// Text of any lines on one line, with \n for their ends and without other control characters.
std::string on_one_line(std::string text) {
  const auto is_odd = [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == '\x7F'; };
  if (std::none_of(text.begin(), text.end(), is_odd)) return text;
  std::string line;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\r' && text.substr(at, 2) == "\r\n") continue;
    if (text[at] == '\n' || text[at] == '\r') {
      line += "\\n";
    } else if (!is_odd(text[at])) {
      line += text[at];
    }
  }
  return line;
}

/// Cut to so many bytes, between characters.
void cut(std::string& text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return;
  auto end = bytes_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  text.resize(end);
}

/// As text::to_utf8 with Windows-1252, but for bytes that may be anything: UTF-8 stays as it is.
std::string guessed_utf8(std::string_view bytes) {
  return text::to_utf8(bytes, "");
}

std::string escaped_for_agent(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\' || c == ',' || c == ';') result += '\\';
    result += c;
  }
  return result;
}

}  // namespace

std::string_view CardProperty::parameter(std::string_view wanted) const {
  for (const auto& parameter : parameters) {
    if (parameter.name == wanted) return parameter.value;
  }
  return {};
}

bool CardProperty::has(std::string_view wanted, std::string_view word) const {
  return std::any_of(parameters.begin(), parameters.end(), [&](const Parameter& parameter) {
    return parameter.name == wanted && same_word(parameter.value, word);
  });
}

CardReader::CardReader(std::string_view bytes) : text_(bytes), is_utf8_(true) {
  // Property names are plain, so the first bytes tell UTF-16 even where the rest is in letters without zeros.
  for (const auto& [begin, encoding] : {std::pair{"B\0E\0G\0"sv, "UTF-16LE"}, {"\0B\0E\0G"sv, "UTF-16BE"}}) {
    if (!bytes.starts_with(begin)) continue;
    decoded_ = text::to_utf8(bytes, encoding);
    text_ = decoded_;
    return;
  }
  auto decoded = decode(bytes);
  is_utf8_ = decoded.encoding != "windows-1252";
  if (!is_utf8_) return;  // each value has its own encoding
  decoded_ = std::move(decoded.text);
  text_ = decoded_;
}

bool CardReader::line_begins_with_blank() const {
  return at_ < text_.size() && is_blank(text_[at_]);
}

std::string_view CardReader::peek_line() const {
  return text_.substr(at_, line_end_from(text_, at_) - at_);
}

std::string_view CardReader::take_line() {
  const auto line = peek_line();
  at_ += line.size();
  at_ += line_end_bytes(text_, at_);
  ++line_;
  return line;
}

bool CardReader::take_content(Content& content) {
  while (at_ < text_.size() && trimmed(peek_line()).empty()) take_line();
  if (at_ >= text_.size()) return false;

  content.text.clear();
  content.bytes = 0;
  content.line = line_;
  const auto append = [&content](std::string_view line) {
    content.bytes += line.size();
    const auto room =
        head_bytes_max + value_bytes_max - std::min(content.text.size(), head_bytes_max + value_bytes_max);
    content.text.append(line.substr(0, room));
  };
  /// The line without the "=" that lets the next one go on; nothing when it has none.
  const auto softly_broken = [](std::string_view line) -> std::optional<std::string_view> {
    line = line.substr(0, line.find_last_not_of(" \t") + 1);
    if (!line.ends_with('=')) return std::nullopt;
    return line.substr(0, line.size() - 1);
  };

  auto line = take_line();
  if (line.starts_with(byte_order_mark)) line.remove_prefix(byte_order_mark.size());  // of a file put behind another
  content.first_line_bytes = line.size();
  auto head = head_of(line, true);
  for (bool last_chance = true;;) {
    const auto soft =
        head && is_quoted_printable(head->property.parameter("ENCODING")) ? softly_broken(line) : std::nullopt;
    append(soft.value_or(line));
    if (at_ >= text_.size()) break;
    if (soft) {
      if (is_mark(peek_line(), "END") || is_mark(peek_line(), "BEGIN")) break;
      line = take_line();
      continue;
    }
    if (line_begins_with_blank()) {
      line = take_line();
      if (!keeps_fold_blanks_) line.remove_prefix(1);
      continue;
    }
    if (!head && last_chance) {
      // A folded head: its end stands on a later line.
      last_chance = false;
      head = head_of(content.text, true);
      if (!head) head = head_of(content.text, false);
      line = {};
      const bool quoted = head && is_quoted_printable(head->property.parameter("ENCODING"));
      const auto whole = quoted ? softly_broken(content.text) : std::nullopt;
      if (whole && !is_mark(peek_line(), "END") && !is_mark(peek_line(), "BEGIN")) {
        content.text.resize(whole->size());
        line = take_line();
      }
      continue;
    }
    // Only the word of vCard 2.1 has lines without indent: in 3.0 such a line begins a property whose name is folded.
    if (head && same_word(head->property.parameter("ENCODING"), "BASE64")) {
      const bool begun = content.bytes > head->bytes + 1;
      if (is_base64_text(peek_line()) || (!begun && trimmed(peek_line()).empty())) {
        line = take_line();
        continue;
      }
    }
    break;
  }
  return true;
}

bool CardReader::begin_card(Card& card) {
  bool told = false;
  Content content;
  while (take_content(content)) {
    if (is_mark(content.text, "BEGIN")) {
      card.line = content.line;
      return true;
    }
    if (!told) issue(content.line, 1, "this stands outside of any card and is left out");
    told = true;
  }
  return false;
}

bool CardReader::next(Card& card) {
  card = {};
  keeps_fold_blanks_ = false;
  is_full_ = false;
  guessed_.clear();
  if (!begin_card(card)) return false;

  Content content;
  bool ended = false;
  while (true) {
    const auto before = at_;
    const auto line_before = line_;
    if (!take_content(content)) break;
    if (is_mark(content.text, "END")) {
      ended = true;
      break;
    }
    if (!is_mark(content.text, "BEGIN")) {
      if (!take_property(card, content)) break;
      continue;
    }
    auto* last = card.properties.empty() ? nullptr : &card.properties.back();
    if (last != nullptr && last->name == "AGENT" && last->value.empty()) {
      if (!take_nested(*last)) break;
      continue;
    }
    at_ = before;
    line_ = line_before;
    break;
  }
  if (!ended) issue(card.line, 1, "this card has no END:VCARD; it is read up to the next card");
  decode_values(card);
  return true;
}

bool CardReader::take_property(Card& card, const Content& content) {
  auto head = head_of(content.text, true);
  if (!head) head = head_of(content.text, false);
  if (!head) {
    take_stray(card, content);
    return true;
  }
  if (card.properties.size() >= properties_max) {
    if (!is_full_) issue(content.line, 1, "more than 5,000 properties in one card; the rest of it is left out");
    is_full_ = true;
    return true;
  }
  auto property = std::move(head->property);
  property.line = content.line;
  property.column = head->bytes < content.first_line_bytes ? characters(content.text.substr(0, head->bytes)) + 2 : 1;
  auto value = content.text.substr(head->bytes + 1);
  property.bytes = content.bytes - head->bytes - 1;

  const auto encoding = property.parameter("ENCODING");
  bool quoted = is_quoted_printable(encoding);
  if (is_base64(encoding)) {
    value.erase(std::remove_if(value.begin(), value.end(), is_blank), value.end());
    property.bytes = std::max(value.size(), property.bytes > value_bytes_max ? property.bytes : 0);
  } else if (quoted) {
    value = quoted_printable_decoded(value);
    property.bytes = std::max(value.size(), property.bytes > value_bytes_max ? property.bytes : 0);
  }
  if (property.name == "VERSION" && card.version.empty()) {
    card.version = std::string(trimmed(value));
    keeps_fold_blanks_ = card.version.starts_with("2");
  }
  if (property.name == "AGENT" && same_word(trimmed(value), "BEGIN:VCARD")) {
    const bool whole = take_nested(property);
    card.properties.push_back(std::move(property));
    return whole;
  }

  const std::string charset(property.parameter("CHARSET"));
  const bool says_utf8 = charset.empty() || same_word(charset, "UTF-8") || same_word(charset, "UTF8") ||
                         same_word(charset, "US-ASCII") || same_word(charset, "ASCII");
  // Letters of a file that is UTF-8 as a whole were recoded with it, whatever a property still says.
  const bool is_recoded = !quoted && is_utf8_ && !is_ascii(value);
  if (!says_utf8 && !is_recoded) {
    value = text::to_utf8(value, charset.c_str());
  } else if (!text::is_utf8(value)) {
    guessed_.push_back(card.properties.size());
  }
  property.value = std::move(value);
  card.properties.push_back(std::move(property));
  return true;
}

void CardReader::take_stray(Card& card, const Content& content) {
  if (!card.properties.empty() && card.properties.back().name == "NOTE") {
    auto& note = card.properties.back();
    issue(content.line, 1, "this is no property; it is read as the next line of the NOTE above");
    note.bytes += content.bytes + 1;
    if (note.value.size() + content.text.size() < value_bytes_max) note.value += "\n" + content.text;
    const auto index = card.properties.size() - 1;
    if (!is_utf8_ && (guessed_.empty() || guessed_.back() != index)) guessed_.push_back(index);
    return;
  }
  issue(content.line, 1, "this is no property, left out");
}

bool CardReader::take_nested(CardProperty& agent) {
  std::string lines = "BEGIN:VCARD\\n";
  std::size_t bytes = 0;
  bool after_agent = false;
  Content content;
  int depth = 1;
  while (depth > 0) {
    const auto before = at_;
    const auto line_before = line_;
    if (!take_content(content)) break;
    if (is_mark(content.text, "BEGIN")) {
      if (!after_agent) {
        at_ = before;
        line_ = line_before;
        break;
      }
      ++depth;
    }
    if (is_mark(content.text, "END")) --depth;
    const auto head = head_of(content.text, true);
    after_agent = head && head->property.name == "AGENT";
    bytes += content.bytes + 2;
    if (lines.size() < value_bytes_max) lines += escaped_for_agent(content.text) + "\\n";
  }
  agent.bytes = std::max(bytes, lines.size());
  agent.value = guessed_utf8(lines);
  return depth == 0;
}

void CardReader::decode_values(Card& card) {
  const bool central = std::any_of(guessed_.begin(), guessed_.end(), [&card](std::size_t index) {
    return looks_central_european(card.properties[index].value);
  });
  for (const auto index : guessed_) {
    auto& value = card.properties[index].value;
    value = central ? text::to_utf8(value, "ISO-8859-2") : guessed_utf8(value);
  }
  for (auto& property : card.properties) {
    property.value = on_one_line(std::move(property.value));
    cut(property.value, value_bytes_max);
    property.bytes = std::max(property.bytes, property.value.size());
    if (!text::is_utf8(property.head)) property.head = guessed_utf8(property.head);
    property.head = on_one_line(std::move(property.head));
    for (auto& parameter : property.parameters) {
      if (!text::is_utf8(parameter.value)) parameter.value = guessed_utf8(parameter.value);
    }
  }
}

void CardReader::issue(int line, int column, std::string message) {
  if (issues_.size() > issues_max) return;
  if (issues_.size() == issues_max) message = "there are more such places, which are not listed";
  issues_.push_back({"", line, column, std::move(message)});
}

std::optional<CardProperty> card_head(std::string_view text) {
  if (text.find_first_of("\r\n") != std::string_view::npos) return std::nullopt;
  auto head = head_of(std::string(text) + ":", true);
  if (!head || head->bytes != text.size()) return std::nullopt;
  return std::move(head->property);
}

std::string unescaped(std::string_view value) {
  std::string text;
  text.reserve(value.size());
  for (std::size_t at = 0; at < value.size(); ++at) {
    const char next = at + 1 < value.size() ? value[at + 1] : '\0';
    if (value[at] != '\\' ||
        (next != 'n' && next != 'N' && next != ',' && next != ';' && next != ':' && next != '\\')) {
      text += value[at];
      continue;
    }
    text += next == 'n' || next == 'N' ? '\n' : next;
    ++at;
  }
  return text;
}

std::vector<std::string> parts_of(std::string_view value, char separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; parts.size() < parts_max; ++at) {
    if (at < value.size() && value[at] == '\\') {
      ++at;
      continue;
    }
    const bool ends = at >= value.size();
    if (!ends && value[at] != separator) continue;
    parts.push_back(unescaped(value.substr(begin, at - begin)));
    begin = at + 1;
    if (ends) break;
  }
  return parts;
}

std::string parameter_text(std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (c == '"') {
      text += "^'";
    } else if (c == '^') {
      text += "^^";
    } else if (c == '\n') {
      text += "^n";
    } else {
      text += c;
    }
  }
  const bool plain = text.find_first_of(",;:= \t\\") == std::string::npos;
  return plain && !text.empty() ? text : '"' + text + '"';
}

}  // namespace ties::importers
