#include "importers/dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "crm/domain/words.h"
#include "crm/text/text.h"

namespace ties::importers {
namespace {

// In English, German, French, Spanish, Portuguese, Italian and Dutch, in the form of text::fold.
constexpr std::array<std::string_view, 12> month_words{
    "jan january januar janner janv janvier ene enero janeiro gen gennaio januari",
    "feb february februar fev fevr fevrier febrero fevereiro febbraio februari",
    "mar march marz mrz maerz mars marzo marco maart mrt",
    "apr april avr avril abr abril aprile",
    "may mai mayo maio mag maggio mei",
    "jun june juni juin junio junho giu giugno",
    "jul july juli juil juillet julio julho lug luglio",
    "aug august aout ago agosto augustus",
    "sep sept september septembre septiembre set setembro settembre",
    "oct october okt oktober octobre octubre out outubro ott ottobre",
    "nov november novembre noviembre novembro",
    "dec december dez dezember decembre dic diciembre dezembro dicembre"};

int month_of(std::string_view name) {
  static const auto months = [] {
    std::unordered_map<std::string_view, int> table;
    for (int month = 1; month <= 12; ++month) {
      std::string_view words = month_words[static_cast<std::size_t>(month - 1)];
      while (!words.empty()) {
        const auto end = std::min(words.find(' '), words.size());
        table.emplace(words.substr(0, end), month);
        words.remove_prefix(std::min(end + 1, words.size()));
      }
    }
    return table;
  }();
  if (name.size() > 40) return 0;
  const auto found = months.find(text::fold(name));
  return found == months.end() ? 0 : found->second;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// Takes a text apart along a shape, from left to right.
class Parts {
 public:
  bool match(std::string_view text, std::string_view shape) {
    rest_ = text;
    return std::all_of(shape.begin(), shape.end(), [this](char field) { return take(field); }) && rest_.empty();
  }

  std::optional<Moment> moment() const {
    const Date day{std::chrono::year{year_}, std::chrono::month(static_cast<unsigned>(month_)),
                   std::chrono::day(static_cast<unsigned>(day_))};
    const bool clock_12 = half_ != 0;
    if (!day.ok() || minute_ > 59 || second_ > 59 || hour_ > (clock_12 ? 12 : 23) || (clock_12 && hour_ == 0))
      return {};
    const int hour = clock_12 ? hour_ % 12 + (half_ == 'p' ? 12 : 0) : hour_;
    Moment result{day, {}, has_zone_ ? "UTC" : ""};
    if (has_time_) result.time = std::chrono::seconds{(hour * 60 + minute_) * 60 + second_};
    return result;
  }

  std::string partial() const {
    if (month_ == 0) return fmt::format("{:04}", year_);
    return month_ <= 12 ? fmt::format("{:04}-{:02}", year_, month_) : "";
  }

 private:
  bool take(char field) {
    switch (field) {
      case 'Y':
        return number(year_, 4, 4);
      case 'U':
        return year();
      case 'M':
        return number(month_, 1, 2);
      case 'B':
        return (month_ = month_of(word())) != 0;
      case 'D':
        return number(day_, 1, 2);
      case 'H':
        return has_time_ = number(hour_, 1, 2);
      case 'N':
        return number(minute_, 2, 2);
      case 'S':
        return number(second_, 2, 2);
      case 'P':
        return half_of_day();
      case 'W':
        return !word().empty();
      case 'Z':
        return zone();
      case ' ':
        return blanks();
      default:
        return literal(field);
    }
  }

  bool number(int& value, std::size_t digits_min, std::size_t digits_max) {
    std::size_t digits = 0;
    value = 0;
    for (; digits < rest_.size() && digits < digits_max && is_digit(rest_[digits]); ++digits) {
      value = value * 10 + (rest_[digits] - '0');
    }
    rest_.remove_prefix(digits);
    return digits >= digits_min;
  }

  bool year() {
    const auto before = rest_.size();
    if (!number(year_, 2, 4)) return false;
    const auto digits = before - rest_.size();
    if (digits == 2) year_ += year_ < 70 ? 2000 : 1900;
    return digits == 2 || digits == 4;
  }

  std::string_view word() {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_letter);
    const std::string_view found = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(found.size());
    if (!found.empty() && rest_.starts_with('.')) rest_.remove_prefix(1);
    return found;
  }

  bool half_of_day() {
    const auto found = word();
    if (found.size() != 2 || lower(found[1]) != 'm') return false;
    half_ = lower(found[0]);
    return half_ == 'a' || half_ == 'p';
  }

  bool zone() {
    const auto found = word();
    return has_zone_ = found == "UTC" || found == "GMT" || found == "Z";
  }

  bool blanks() {
    const auto before = rest_.size();
    while (rest_.starts_with(' ') || rest_.starts_with('\t')) rest_.remove_prefix(1);
    return rest_.size() < before;
  }

  bool literal(char c) {
    if (rest_.empty() || lower(rest_.front()) != lower(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string_view rest_{};
  int year_{}, month_{}, day_{}, hour_{}, minute_{}, second_{};
  char half_{};
  bool has_time_{}, has_zone_{};
};

/// The text with odd blanks and marks taken out, copied only where there are any.
std::string_view plain(std::string_view text, std::string& copy) {
  if (std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
    copy = text::clean_line(text, 100);
    text = copy;
  }
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<Moment> moment_of(std::string_view written, Shapes shapes) {
  std::string copy;
  const auto text = plain(written, copy);
  for (const auto shape : shapes) {
    Parts parts;
    if (parts.match(text, shape)) {
      if (const auto moment = parts.moment()) return moment;
    }
  }
  return {};
}

std::string month_or_year_of(std::string_view written) {
  std::string copy;
  const auto text = plain(written, copy);
  for (const auto shape : {"B Y"sv, "Y"sv, "M/Y"sv, "Y-M"sv}) {
    Parts parts;
    if (parts.match(text, shape)) return parts.partial();
  }
  return "";
}

}  // namespace ties::importers
