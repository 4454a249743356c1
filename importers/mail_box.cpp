#include "importers/mail_box.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <limits>

namespace ties::importers::mail_parts {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t header_bytes_max = 256'000;
constexpr std::size_t looked_at_bytes_max = 8'000;  // of what may be a header block
constexpr std::size_t separator_bytes_max = 300;

constexpr std::array fields_of_every_mail{"from"sv,     "to"sv,         "date"sv,        "subject"sv,
                                          "received"sv, "message-id"sv, "mime-version"sv};
constexpr std::array fields_of_mailboxes{"return-path"sv,  "delivered-to"sv, "x-gm-thrid"sv, "x-gmail-labels"sv,
                                         "content-type"sv, "cc"sv,           "status"sv,     "x-mozilla-status"sv,
                                         "sender"sv,       "reply-to"sv,     "x-uid"sv,      "envelope-to"sv};

char lowered(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

template <std::size_t Size>
bool is_one_of(std::string_view word, const std::array<std::string_view, Size>& words) {
  return std::any_of(words.begin(), words.end(), [word](auto other) { return same_word(word, other); });
}

/// The line at `at`, without its end.
std::string_view line_at(std::string_view bytes, std::size_t at) {
  auto line = bytes.substr(at, std::min(bytes.find('\n', at), bytes.size()) - at);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::size_t line_after(std::string_view bytes, std::size_t at) {
  const auto end = bytes.find('\n', at);
  return end == bytes.npos ? bytes.size() : end + 1;
}

struct Fields {
  int every{};   ///< different ones that every mail has
  int any{};     ///< lines that are headers
  bool known{};  ///< one of them is of a mail
};

/// What the header block at the beginning of `bytes` holds.
Fields fields_of(std::string_view bytes) {
  bytes = bytes.substr(0, looked_at_bytes_max);
  Fields fields;
  std::array<bool, fields_of_every_mail.size()> met{};
  for (std::size_t at = 0; at < bytes.size(); at = line_after(bytes, at)) {
    const auto line = line_at(bytes, at);
    if (line.empty()) break;
    if (line.front() == ' ' || line.front() == '\t') {
      if (fields.any == 0) break;
      continue;
    }
    if (line.starts_with(">From ") || (at == 0 && line.starts_with("From "))) continue;
    const auto name = header_name(line);
    if (name.empty()) break;
    ++fields.any;
    const auto* const place = std::find_if(fields_of_every_mail.begin(), fields_of_every_mail.end(),
                                           [name](auto other) { return same_word(name, other); });
    if (place != fields_of_every_mail.end()) {
      auto& already = met[static_cast<std::size_t>(place - fields_of_every_mail.begin())];
      if (!already) ++fields.every;
      already = true;
    }
    fields.known = fields.known || place != fields_of_every_mail.end() || is_one_of(name, fields_of_mailboxes);
  }
  return fields;
}

/// A time of day or a month's name: what every separator tells in some way.
bool tells_a_day(std::string_view line) {
  constexpr std::array months{"jan"sv, "feb"sv, "mar"sv, "apr"sv, "may"sv, "jun"sv,
                              "jul"sv, "aug"sv, "sep"sv, "oct"sv, "nov"sv, "dec"sv};
  for (std::size_t at = 0; at + 4 < line.size(); ++at) {
    if (is_digit(line[at]) && is_digit(line[at + 1]) && line[at + 2] == ':' && is_digit(line[at + 3])) return true;
    if (line[at] == ' ' && line[at + 4] == ' ' && is_one_of(line.substr(at + 1, 3), months)) return true;
  }
  return false;
}

/// git format-patch dates every patch so.
bool is_patch(std::string_view line) {
  return line.find("Mon Sep 17 00:00:00 2001") != line.npos && line.substr(5).find(' ') >= 40;
}

/// Whether the line "From …" at `at` begins a mail.
bool is_separator(std::string_view bytes, std::size_t at) {
  const auto line = line_at(bytes.substr(0, std::min(bytes.size(), at + separator_bytes_max)), at);
  auto rest = line.substr(5);
  while (rest.ends_with(' ')) rest.remove_suffix(1);
  const bool says_nothing = rest.empty() || rest == "-";
  const bool behind_blank =
      at == 0 || (at >= 2 && bytes[at - 2] == '\n') || (at >= 3 && bytes.substr(at - 3, 3) == "\n\r\n");
  if (says_nothing ? !behind_blank : !tells_a_day(rest)) return false;
  return fields_of(bytes.substr(line_after(bytes, at))).known;
}

/// The next separator at or after `at`; the end when there is none.
std::size_t separator_from(std::string_view bytes, std::size_t at) {
  constexpr auto sign = "\nFrom "sv;
  if (at > 0) --at;
  while (at < bytes.size()) {
    const auto* const found =
        static_cast<const char*>(memmem(bytes.data() + at, bytes.size() - at, sign.data(), sign.size()));
    if (found == nullptr) break;
    at = static_cast<std::size_t>(found - bytes.data()) + 1;
    if (is_separator(bytes, at)) return at;
  }
  return bytes.size();
}

/// Where the header block that begins at 0 ends, and where the body begins.
std::pair<std::size_t, std::size_t> end_of_headers(std::string_view bytes) {
  const auto window = bytes.substr(0, header_bytes_max);
  for (std::size_t at = 0; at < window.size();) {
    const auto next = line_after(window, at);
    if (line_at(window, at).empty()) return {at, next};
    at = next;
  }
  return {window.size(), window.size()};
}

/// Where Content-Length says that the mail ends, when a separator or nothing is there.
std::size_t told_end(std::string_view bytes, std::string_view headers, std::size_t body) {
  constexpr auto name = "content-length"sv;
  for (std::size_t at = 0; at < headers.size(); at = line_after(headers, at)) {
    auto line = line_at(headers, at);
    if (!same_word(header_name(line), name)) continue;
    line.remove_prefix(std::min(line.size(), line.find_first_of("0123456789")));
    std::size_t length = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), length);
    if (error != std::errc() || length > bytes.size() - body) return bytes.npos;
    auto to = body + length;
    constexpr std::size_t blank_bytes_max = 4;
    const auto latest = std::min(bytes.size(), to + blank_bytes_max);
    while (to < latest && (bytes[to] == '\n' || bytes[to] == '\r')) ++to;
    const bool leads_on = to == bytes.size() || (to > 0 && bytes[to - 1] == '\n' &&
                                                 bytes.substr(to).starts_with("From ") && is_separator(bytes, to));
    return leads_on ? to : bytes.npos;
  }
  return bytes.npos;
}

/// What stands before the first header: a byte-order mark, blank lines.
std::size_t beginning_of(std::string_view bytes) {
  const std::size_t mark = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  constexpr std::size_t blank_bytes_max = 1'000;
  const auto first = bytes.substr(0, blank_bytes_max).find_first_not_of("\r\n", mark);
  return first == bytes.npos ? mark : first;
}

/// How many bytes the mail of an .emlx has, and where it begins; nothing when the first line is no number.
struct Counted {
  std::size_t begin{}, bytes{};
};
Counted counted(std::string_view bytes) {
  const auto line = line_at(bytes.substr(0, 100), 0);
  Counted result;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), result.bytes);
  const std::string_view rest(end, static_cast<std::size_t>(line.data() + line.size() - end));
  if (error != std::errc() || rest.find_first_not_of(' ') != rest.npos) return {};
  result.begin = line_after(bytes, 0);
  return result;
}

}  // namespace

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lowered(x) == lowered(y); });
}

std::string_view header_name(std::string_view line) {
  constexpr std::size_t name_bytes_max = 100;
  auto name = line.substr(0, line.substr(0, name_bytes_max).find(':'));
  if (name.size() >= std::min(line.size(), name_bytes_max)) return {};
  while (name.ends_with(' ') || name.ends_with('\t')) name.remove_suffix(1);
  const bool fits = std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < '\x7F'; });
  return fits ? name : std::string_view{};
}

MailForm form_of(std::string_view bytes) {
  const auto begin = beginning_of(bytes);
  bytes.remove_prefix(std::min(begin, bytes.size()));
  if (bytes.starts_with("From ")) {
    return is_separator(bytes, 0) && !is_patch(line_at(bytes.substr(0, separator_bytes_max), 0)) ? MailForm::mbox
                                                                                                 : MailForm::none;
  }
  constexpr int fields_min = 2;
  if (fields_of(bytes).every >= fields_min) return MailForm::one;
  const auto apple = counted(bytes);
  return apple.begin > 0 && fields_of(bytes.substr(apple.begin)).every >= fields_min ? MailForm::apple : MailForm::none;
}

MailBox::MailBox(std::string_view bytes, MailForm form) : bytes_(bytes), form_(form), at_(beginning_of(bytes)) {
  line_ += static_cast<std::size_t>(std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at_), '\n'));
}

bool MailBox::next(RawMail& mail) {
  mail = {};
  if (at_ >= bytes_.size() || form_ == MailForm::none) return false;
  mail.line = static_cast<int>(std::min(line_, static_cast<std::size_t>(std::numeric_limits<int>::max())));
  return form_ == MailForm::mbox ? next_of_many(mail) : the_only_one(mail);
}

bool MailBox::next_of_many(RawMail& mail) {
  const auto begin = line_after(bytes_, at_);
  auto [headers_end, body] = end_of_headers(bytes_.substr(begin));
  auto end = told_end(bytes_, bytes_.substr(begin, headers_end), begin + body);
  if (end == bytes_.npos) end = separator_from(bytes_, begin);
  headers_end = std::min(begin + headers_end, end), body = std::min(begin + body, end);
  mail.headers = bytes_.substr(begin, headers_end - begin);
  mail.body = bytes_.substr(body, end - body);
  mail.whole = bytes_.substr(begin, end - begin);
  mail.end = end;
  const auto passed = bytes_.substr(at_, end - at_);
  line_ += static_cast<std::size_t>(std::count(passed.begin(), passed.end(), '\n'));
  at_ = end;
  return true;
}

bool MailBox::the_only_one(RawMail& mail) {
  auto whole = bytes_.substr(at_);
  if (form_ == MailForm::apple) {
    const auto [begin, size] = counted(whole);
    mail.trailer = whole.substr(std::min(whole.size(), begin + std::min(size, whole.size() - begin)));
    whole = whole.substr(begin, size);
  }
  const auto [headers_end, body] = end_of_headers(whole);
  mail.headers = whole.substr(0, headers_end);
  mail.body = whole.substr(body);
  mail.whole = whole;
  mail.end = at_ = bytes_.size();
  return true;
}

}  // namespace ties::importers::mail_parts
