#include "importers/table_dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "crm/domain/words.h"
#include "crm/text/text.h"
#include "importers/dates.h"

namespace ties::importers {
namespace {

constexpr std::array worded_shapes{
    "D B U"sv,         "D-B-U"sv,           "D. B Y"sv,         "D. B. Y"sv,         "D de B de Y"sv, "D de B Y"sv,
    "B D, Y"sv,        "B D Y"sv,           "W, B D, Y"sv,      "W, D B Y"sv,        "W B D, Y"sv,    "B D, Y H:N P"sv,
    "B D, Y, H:N P"sv, "B D, Y at H:N P"sv, "B D, Y H:N"sv,     "D B Y H:N"sv,       "D B Y, H:N"sv,  "D B Y H:N:S"sv,
    "D. B Y H:N"sv,    "W B D H:N:S Z Y"sv, "W, D B Y H:N:S"sv, "W, D B Y H:N:S Z"sv};

/// Three numbers with one mark between them, whatever follows behind a blank, a comma or a "T".
struct Numbers {
  std::array<int, 3> value{};
  std::array<int, 3> digits{};
  char mark{};
};

std::optional<Numbers> numbers_of(std::string_view text) {
  Numbers numbers;
  std::size_t at = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && numbers.digits[i] < 4; ++at) {
      numbers.value[i] = numbers.value[i] * 10 + (text[at] - '0');
      ++numbers.digits[i];
    }
    if (numbers.digits[i] == 0) return std::nullopt;
    if (i == 2) break;
    if (at >= text.size() || (text[at] != '/' && text[at] != '-' && text[at] != '.')) return std::nullopt;
    if (i == 0) numbers.mark = text[at];
    if (text[at] != numbers.mark) return std::nullopt;
    ++at;
    while (numbers.mark == '.' && at < text.size() && text[at] == ' ') ++at;  // "2. 3. 2026"
  }
  const bool ends = at == text.size() || text[at] == ' ' || text[at] == ',' || text[at] == 'T' || text[at] == '.';
  return ends ? std::optional(numbers) : std::nullopt;
}

bool year_stands_first(const Numbers& numbers) {
  return numbers.digits[0] == 4;
}

/// Whether they are two numbers of at most two digits and a year behind them.
bool year_stands_last(const Numbers& numbers) {
  return numbers.digits[0] <= 2 && numbers.digits[1] <= 2 && (numbers.digits[2] == 2 || numbers.digits[2] == 4);
}

std::optional<Date> date_of(int year, int month, int day) {
  if (month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const Date date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                  std::chrono::day(static_cast<unsigned>(day))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::string plain(std::string_view written) {
  auto text = text::clean_line(written, 100);
  text.resize(std::min(text.find(" → "), text.size()));
  return text;
}

}  // namespace

void DayOrder::count(std::string_view written) {
  const auto numbers = numbers_of(plain(written));
  if (!numbers || !year_stands_last(*numbers) || numbers->mark == '.') return;
  const auto [first, second, year] = numbers->value;
  if (first > 31 || second > 31 || first == 0 || second == 0 || (first > 12 && second > 12)) return;
  if (first > 12) {
    ++day_first;
  } else if (second > 12) {
    ++month_first;
  } else if (first != second) {
    ++open;
  }
}

void DayOrder::add(const DayOrder& other) {
  day_first += other.day_first, month_first += other.month_first, open += other.open;
}

std::optional<Date> day_of(std::string_view written, bool day_first) {
  const auto text = plain(written);
  const auto numbers = numbers_of(text);
  if (!numbers) {
    const auto moment = moment_of(text, worded_shapes);
    return moment ? std::optional(moment->day) : std::nullopt;
  }
  const auto [first, second, third] = numbers->value;
  if (year_stands_first(*numbers)) return date_of(first, second, third);
  if (!year_stands_last(*numbers)) return std::nullopt;
  const int year = numbers->digits[2] == 4 ? third : third < 70 ? 2000 + third : 1900 + third;
  const bool day_stands_first = numbers->mark == '.' || first > 12 || (day_first && second <= 12);
  return day_stands_first ? date_of(year, second, first) : date_of(year, first, second);
}

bool is_no_day(std::string_view written) {
  const auto numbers = numbers_of(plain(written));
  return numbers && numbers->value == std::array{0, 0, 0};
}

std::string yearless_day_of(std::string_view written) {
  const auto text = plain(written);
  if (!text.starts_with("--")) return "";
  std::string digits;
  for (const char c : text.substr(2)) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c != '-') {
      return "";
    }
  }
  if (digits.size() != 4) return "";
  const int month = (digits[0] - '0') * 10 + (digits[1] - '0'), day = (digits[2] - '0') * 10 + (digits[3] - '0');
  return date_of(2000, month, day) ? fmt::format("--{:02}-{:02}", month, day) : "";
}

}  // namespace ties::importers
