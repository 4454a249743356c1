#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "importers/mail_box.h"
#include "importers/mail_message.h"

// GMime takes a zone that it does not know, and one that is missing, for UTC, so the dates are read here.
namespace ties::importers::mail_parts {
namespace {

using namespace std::chrono_literals;

struct Zone {
  std::string_view name;
  std::chrono::minutes ahead;  ///< of UTC
};
constexpr std::array zones{
    Zone{"ut", 0min},     Zone{"utc", 0min},    Zone{"gmt", 0min},    Zone{"z", 0min},      Zone{"wet", 0min},
    Zone{"bst", 60min},   Zone{"west", 60min},  Zone{"cet", 60min},   Zone{"met", 60min},   Zone{"mez", 60min},
    Zone{"cest", 120min}, Zone{"mest", 120min}, Zone{"mesz", 120min}, Zone{"eet", 120min},  Zone{"sast", 120min},
    Zone{"eest", 180min}, Zone{"msk", 180min},  Zone{"jst", 540min},  Zone{"kst", 540min},  Zone{"hkt", 480min},
    Zone{"awst", 480min}, Zone{"aest", 600min}, Zone{"aedt", 660min}, Zone{"nzst", 720min}, Zone{"nzdt", 780min},
    Zone{"edt", -240min}, Zone{"est", -300min}, Zone{"cdt", -300min}, Zone{"cst", -360min}, Zone{"mdt", -360min},
    Zone{"mst", -420min}, Zone{"pdt", -420min}, Zone{"pst", -480min},
};
constexpr std::array months{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_number(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), is_digit);
}

int number(std::string_view digits) {
  int value = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() && end == digits.data() + digits.size() ? value : -1;
}

/// Two digits: 50 to 99 are of the 1900s. Three, as some programs wrote from 2000 on, count from 1900.
int year_of(std::string_view digits) {
  const int year = number(digits);
  if (digits.size() <= 2) return year < 50 ? 2000 + year : 1900 + year;
  return digits.size() == 3 ? 1900 + year : year;
}

/// "10:11:12", "10:11", "10.11.12", and what an ISO date ends in, "10:11:12.345".
std::optional<std::chrono::seconds> time_of(std::string_view word) {
  std::array<int, 3> parts{0, 0, 0};
  std::size_t count = 0;
  for (std::size_t at = 0; at < word.size() && count < parts.size();) {
    const auto end = std::min(word.find_first_of(":.", at), word.size());
    const auto digits = word.substr(at, end - at);
    if (digits.empty() || digits.size() > 2 || !is_number(digits)) return std::nullopt;
    parts[count++] = number(digits);
    at = end + 1;
  }
  if (count < 2 || parts[0] > 23 || parts[1] > 59 || parts[2] > 60) return std::nullopt;
  return std::chrono::hours(parts[0]) + std::chrono::minutes(parts[1]) + std::chrono::seconds(std::min(parts[2], 59));
}

/// "+0100", "-05:30", "+2", and names of zones, also "GMT+2".
std::optional<std::chrono::minutes> zone_of(std::string_view word) {
  const auto sign = word.find_first_of("+-");
  if (const auto name = word.substr(0, sign); !name.empty()) {
    const auto* const zone =
        std::find_if(zones.begin(), zones.end(), [name](const auto& z) { return same_word(z.name, name); });
    if (zone == zones.end()) return std::nullopt;
    if (sign == word.npos) return zone->ahead;
  }
  if (sign == word.npos) return std::nullopt;
  std::string digits;
  for (const char c : word.substr(sign + 1)) {
    if (is_digit(c))
      digits += c;
    else if (c != ':')
      return std::nullopt;
  }
  if (digits.empty() || digits.size() > 4) return std::nullopt;
  const int value = number(digits);
  const auto ahead =
      digits.size() <= 2 ? std::chrono::minutes(value * 60) : std::chrono::minutes(value / 100 * 60 + value % 100);
  constexpr auto ahead_max = 14h;
  if (ahead > ahead_max) return std::nullopt;
  return word[sign] == '-' ? -ahead : ahead;
}

unsigned month_of(std::string_view word) {
  if (word.size() < 3) return 0;
  for (std::size_t i = 0; i < months.size(); ++i) {
    if (same_word(word.substr(0, 3), months[i])) return static_cast<unsigned>(i + 1);
  }
  return 0;
}

/// Words, split at blanks, commas and within ISO dates at the T; comments in brackets are dropped.
std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::size_t words_max = 12;
  std::vector<std::string_view> words;
  int depth = 0;
  std::size_t begin = text.npos;
  const auto end_word = [&](std::size_t at) {
    if (begin != text.npos) words.push_back(text.substr(begin, at - begin));
    begin = text.npos;
  };
  for (std::size_t at = 0; at < text.size() && words.size() < words_max; ++at) {
    const char c = text[at];
    const bool iso_time =
        c == 'T' && at > 0 && is_digit(text[at - 1]) && at + 1 < text.size() && is_digit(text[at + 1]);
    if (c == '(' || c == ')') {
      end_word(at);
      depth = std::max(0, depth + (c == '(' ? 1 : -1));
    } else if (c == ' ' || c == ',' || c == '\t' || c == '\r' || c == '\n' || iso_time) {
      end_word(at);
    } else if (depth == 0 && begin == text.npos) {
      begin = at;
    }
  }
  if (words.size() < words_max) end_word(text.size());
  return words;
}

/// One date while its words are read.
struct Reading {
  unsigned day{}, month{};
  int year{};
  std::optional<std::chrono::seconds> time{};
  std::optional<std::chrono::minutes> ahead{};

  void read(std::string_view word) {
    if (read_joined(word)) return;
    if (is_number(word)) return read_number(word);
    if (month == 0 && (month = month_of(word)) != 0) return;
    if (!time && is_digit(word[0])) return read_time(word);
    if (time && !ahead) ahead = zone_of(word);
    if (time && *time < 12h && same_word(word, "pm")) *time += 12h;
  }

 private:
  /// "03-Mar-25", "2025-03-03"
  bool read_joined(std::string_view word) {
    const auto first = word.find('-'), second = word.find('-', first + 1);
    if (first == word.npos || second == word.npos || first == 0 || !is_digit(word[0])) return false;
    const auto a = word.substr(0, first), b = word.substr(first + 1, second - first - 1), c = word.substr(second + 1);
    if (!is_number(a) || !is_number(c) || a.size() > 4 || c.size() > 4) return false;
    const bool iso = a.size() == 4;
    month = is_number(b) && b.size() <= 2 ? static_cast<unsigned>(number(b)) : month_of(b);
    day = static_cast<unsigned>(number(iso ? c : a));
    year = year_of(iso ? a : c);
    return true;
  }

  void read_number(std::string_view word) {
    if (word.size() > 4) return;
    if (day == 0 && word.size() <= 2) {
      day = static_cast<unsigned>(number(word));
    } else if (year == 0) {
      year = year_of(word);
    }
  }

  /// Also with the zone right behind: "10:11:12Z", "10:11:12+01:00".
  void read_time(std::string_view word) {
    const auto end = std::min(word.find_first_not_of("0123456789:."), word.size());
    time = time_of(word.substr(0, end));
    if (time && end < word.size()) ahead = zone_of(word.substr(end));
  }
};

}  // namespace

std::optional<Moment> mail_moment(std::string_view text) {
  constexpr std::size_t text_bytes_max = 200;
  Reading reading;
  for (const auto word : words_of(text.substr(0, text_bytes_max))) reading.read(word);
  const Date day{std::chrono::year(reading.year), std::chrono::month(reading.month), std::chrono::day(reading.day)};
  if (!day.ok() || reading.year <= 0 || reading.year > 9999) return std::nullopt;
  if (!reading.time) return Moment{day, {}, ""};
  if (!reading.ahead) return Moment{day, reading.time, ""};
  const auto utc = std::chrono::sys_days(day) + *reading.time - *reading.ahead;
  const auto midnight = std::chrono::floor<std::chrono::days>(utc);
  return Moment{Date(midnight), utc - midnight, "UTC"};
}

}  // namespace ties::importers::mail_parts
