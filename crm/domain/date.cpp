#include "crm/domain/date.h"

#include "crm/text/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <stdexcept>

namespace ties {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::array<std::string_view, 7> weekday_names{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 12> month_names{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"};
constexpr std::array<const char*, 7> weekday_short{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> month_short{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty() || text.front() == '-') return std::nullopt;
  return value;
}

std::optional<Date> day_of(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return std::nullopt;
  const Date date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)), std::chrono::day(static_cast<unsigned>(day))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

/// The index of the name that begins so, of three letters at least; names of months and weekdays differ in these.
template <std::size_t N>
std::optional<int> named(std::string_view text, const std::array<std::string_view, N>& names) {
  if (text.size() < 3) return std::nullopt;
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i].starts_with(text)) return static_cast<int>(i);
  }
  return std::nullopt;
}

Date plus_months(Date day, int count) {
  const auto month = day.year() / day.month() + std::chrono::months(count);
  const auto last = (month / std::chrono::last).day();
  return month / std::min(day.day(), last);
}

std::optional<Date> shifted(Date from, int count, std::string_view unit, int sign) {
  if (count > 36'500) return std::nullopt;
  if (unit.size() > 1 && unit.ends_with('s')) unit.remove_suffix(1);
  if (unit == "d" || unit == "day") return plus_days(from, sign * count);
  if (unit == "w" || unit == "week") return plus_days(from, sign * 7 * count);
  if (unit == "m" || unit == "month") return count > 1'200 ? std::nullopt : std::optional(plus_months(from, sign * count));
  if (unit == "y" || unit == "year") return count > 100 ? std::nullopt : std::optional(plus_months(from, sign * 12 * count));
  return std::nullopt;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (const char c : text::lower(text)) {
    if (c == ' ' || c == ',' || c == '\t' || c == '\n') {
      if (!words.back().empty()) words.emplace_back();
    } else {
      words.back() += c;
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

/// "3", "a", "three"
std::optional<int> count_of(std::string_view text) {
  constexpr std::array<std::string_view, 12> words{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"};
  if (text == "a" || text == "an") return 1;
  const auto found = std::find(words.begin(), words.end(), text);
  return found == words.end() ? number(text) : std::optional(static_cast<int>(found - words.begin()) + 1);
}

/// "2", "2nd", "21st"
std::optional<int> day_number(std::string_view text) {
  for (const auto ending : {"st", "nd", "rd", "th"}) {
    if (text.size() > 2 && text.ends_with(ending)) {
      text.remove_suffix(2);
      break;
    }
  }
  const auto value = text.size() <= 2 ? number(text) : std::nullopt;
  return value && *value >= 1 && *value <= 31 ? value : std::nullopt;
}

std::optional<Date> day_in_month(int day, int month, std::optional<int> year, Date today, Lean lean) {
  if (year) return day_of(*year < 100 ? 2000 + *year : *year, month, day);
  const int this_year = static_cast<int>(today.year());
  for (int i = 0; i <= 8; ++i) {  // 29 February may be eight years off
    const auto found = day_of(this_year + (lean == Lean::future ? i : -i), month, day);
    if (found && (lean == Lean::future ? *found >= today : *found <= today)) return found;
  }
  return std::nullopt;
}

}  // namespace

std::string to_text(Date day) { return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day())); }

std::optional<Date> date_from_text(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number(text.substr(0, 4)), month = number(text.substr(5, 2)), day = number(text.substr(8, 2));
  return year && month && day ? day_of(*year, *month, *day) : std::nullopt;
}

Date plus_days(Date day, int count) { return Date(sys_days(day) + days(count)); }

int days_between(Date from, Date to) { return static_cast<int>((sys_days(to) - sys_days(from)).count()); }

std::chrono::weekday weekday_of(Date day) { return std::chrono::weekday(sys_days(day)); }

std::string friendly(Date day) {
  return fmt::format("{} {} {} {}", weekday_short[weekday_of(day).c_encoding()], static_cast<unsigned>(day.day()), month_short[static_cast<unsigned>(day.month()) - 1], static_cast<int>(day.year()));
}

std::string relative(Date day, Date today) {
  const int distance = days_between(today, day);
  if (distance == 0) return "today";
  if (distance == 1) return "tomorrow";
  if (distance == -1) return "yesterday";
  const int count = std::abs(distance);
  const auto [amount, unit] = count < 14 ? std::pair(count, "day") : count < 60 ? std::pair(count / 7, "week") : count < 730 ? std::pair(count / 30, "month") : std::pair(count / 365, "year");
  const auto words = fmt::format("{} {}{}", amount, unit, amount == 1 ? "" : "s");
  return distance > 0 ? "in " + words : words + " ago";
}

std::string to_text(const Moment& moment) {
  auto text = to_text(moment.day);
  if (!moment.time) return text;
  const auto seconds = moment.time->count();
  text += fmt::format("T{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  if (moment.zone == "UTC") return text + "Z";
  return moment.zone.empty() ? text : text + "[" + moment.zone + "]";
}

std::optional<Moment> moment_from_text(std::string_view text) {
  const auto day = date_from_text(text.substr(0, 10));
  if (!day) return std::nullopt;
  Moment moment{*day, std::nullopt, ""};
  text.remove_prefix(10);
  if (text.empty()) return moment;
  if (text.ends_with('Z')) {
    moment.zone = "UTC";
    text.remove_suffix(1);
  } else if (text.ends_with(']')) {
    const auto open = text.find('[');
    if (open == std::string_view::npos || open + 2 > text.size() - 1) return std::nullopt;
    moment.zone = text.substr(open + 1, text.size() - open - 2);
    text = text.substr(0, open);
  }
  if ((text.size() != 6 && text.size() != 9) || (text[0] != 'T' && text[0] != ' ') || text[3] != ':') return std::nullopt;
  const auto hours = number(text.substr(1, 2)), minutes = number(text.substr(4, 2));
  const auto seconds = text.size() == 9 ? (text[6] == ':' ? number(text.substr(7, 2)) : std::nullopt) : std::optional(0);
  if (!hours || !minutes || !seconds || *hours > 23 || *minutes > 59 || *seconds > 59) return std::nullopt;
  moment.time = std::chrono::seconds(*hours * 3600 + *minutes * 60 + *seconds);
  return moment;
}

std::string friendly(const Moment& moment) {
  auto text = friendly(moment.day);
  if (!moment.time) return text;
  text += fmt::format(" {:02}:{:02}", moment.time->count() / 3600, moment.time->count() / 60 % 60);
  return moment.zone.empty() ? text : text + " " + moment.zone;
}

bool is_partial_date(std::string_view text) {
  if (text.size() == 4) return number(text).value_or(0) > 0;
  if (text.size() == 7) return date_from_text(std::string(text) + "-01").has_value();
  return date_from_text(text).has_value();
}

Date first_day_of(std::string_view partial) {
  if (!is_partial_date(partial)) throw std::invalid_argument("no partial date");
  return *date_from_text(std::string(partial) + std::string("-01-01").substr(partial.size() == 4 ? 0 : partial.size() == 7 ? 3 : 6));
}

Date last_day_of(std::string_view partial) {
  const auto first = first_day_of(partial);
  if (partial.size() == 10) return first;
  const auto month = partial.size() == 4 ? std::chrono::December : first.month();
  return Date(sys_days(first.year() / month / std::chrono::last));
}

std::optional<Date> day_from_words(std::string_view text, Date today, Lean lean) {
  auto words = words_of(text);
  if (!words.empty() && words.front() == "on") words.erase(words.begin());
  if (words.empty() || words.size() > 4) return std::nullopt;
  const auto& first = words.front();
  if (words.size() == 1) {
    if (const auto iso = date_from_text(first)) return iso;
    if (first == "today" || first == "tonight" || first == "now") return today;
    if (first == "tomorrow") return plus_days(today, 1);
    if (first == "yesterday") return plus_days(today, -1);
    if (const auto weekday = named(first, weekday_names)) {
      const int ahead = (*weekday - static_cast<int>(weekday_of(today).c_encoding()) + 7) % 7;
      return lean == Lean::future ? plus_days(today, ahead == 0 ? 7 : ahead) : plus_days(today, ahead == 0 ? -7 : ahead - 7);
    }
    const auto unit = first.find_first_not_of("0123456789");
    if (unit != std::string::npos && unit > 0 && unit <= 5 && first.find('.') == std::string::npos) {
      return shifted(today, *number(std::string_view(first).substr(0, unit)), std::string_view(first).substr(unit), lean == Lean::future ? 1 : -1);
    }
    if (std::count(first.begin(), first.end(), '.') == 2) {
      const auto a = first.find('.'), b = first.rfind('.');
      const auto day = number(first.substr(0, a)), month = number(first.substr(a + 1, b - a - 1)), year = number(first.substr(b + 1));
      const auto year_digits = first.size() - b - 1;
      if (day && month && year && (year_digits == 2 || year_digits == 4)) return day_of(*year < 100 ? 2000 + *year : *year, *month, *day);
    }
    return std::nullopt;
  }
  if (words == std::vector<std::string>{"end", "of", "month"} || words == std::vector<std::string>{"end", "of", "the", "month"}) return Date(sys_days(today.year() / today.month() / std::chrono::last));
  if (first == "in" && words.size() == 3) {
    const auto count = count_of(words[1]);
    return count ? shifted(today, *count, words[2], 1) : std::nullopt;
  }
  if (first == "in" && words.size() == 2) return day_from_words(words[1], today, Lean::future);
  if (words.back() == "ago" && words.size() == 3) {
    const auto count = count_of(first);
    return count ? shifted(today, *count, words[1], -1) : std::nullopt;
  }
  if (words.size() == 2 && (first == "next" || first == "last" || first == "this")) {
    const int monday_offset = (static_cast<int>(weekday_of(today).c_encoding()) + 6) % 7;  // since this week's Monday
    if (const auto weekday = named(words[1], weekday_names)) {
      const int week = first == "next" ? 7 : first == "last" ? -7 : 0;
      return plus_days(today, (*weekday + 6) % 7 - monday_offset + week);
    }
    if (first == "this") return std::nullopt;
    return shifted(today, 1, words[1], first == "next" ? 1 : -1);
  }
  if (words.size() == 2 && number(first) && !named(words[1], month_names)) return shifted(today, *number(first), words[1], lean == Lean::future ? 1 : -1);
  if (words.size() <= 3) {  // "2 march", "march 2", with or without a year
    const auto year = words.size() == 3 ? number(words[2]) : std::nullopt;
    if (words.size() == 3 && (!year || (words[2].size() != 2 && words[2].size() != 4))) return std::nullopt;
    for (const auto& [day_at, month_at] : {std::pair(0, 1), std::pair(1, 0)}) {
      const auto day = day_number(words[static_cast<std::size_t>(day_at)]);
      const auto month = named(words[static_cast<std::size_t>(month_at)], month_names);
      if (day && month) return day_in_month(*day, *month + 1, year, today, lean);
    }
  }
  return std::nullopt;
}

bool WorkingDays::is_working(Date day) const {
  return works[weekday_of(day).c_encoding()] && !std::binary_search(holidays.begin(), holidays.end(), day);
}

Date WorkingDays::after(Date from, int count) const {
  constexpr int days_max = 4'000;  // a calendar without any working day must end too
  for (int tried = 0; count > 0 && tried < days_max; ++tried) {
    from = plus_days(from, 1);
    if (is_working(from)) --count;
  }
  return from;
}

}  // namespace ties
