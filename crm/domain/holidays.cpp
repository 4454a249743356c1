#include "crm/domain/holidays.h"

#include <fmt/format.h>

#include <algorithm>

#include "crm/domain/errors.h"
#include "crm/text/text.h"

namespace ties {

/// What crm/holidays/build.mjs wrote; empty: the program was built without.
std::string_view holiday_table();

namespace {

constexpr Date day_before_all{std::chrono::year(2014), std::chrono::month(12), std::chrono::day(31)};
constexpr char gap_of_none = '!';
constexpr char gap_that_goes_on = '~';

/// A line of the table: code, name, days; of a state the days besides those of its country, and those that it has not.
struct Line {
  std::string_view code{}, name{}, days{}, missing{};
};

std::string_view cut(std::string_view& text, char end) {
  const auto at = std::min(text.find(end), text.size());
  const auto part = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return part;
}

template <class Visit>
void each_line(Visit visit) {
  for (auto rest = holiday_table(); !rest.empty();) {
    auto line = cut(rest, '\n');
    Line read;
    read.code = cut(line, '\t'), read.name = cut(line, '\t'), read.days = cut(line, '\t');
    read.missing = line;
    visit(read);
  }
}

std::optional<Line> line_of(std::string_view code) {
  std::optional<Line> found;
  each_line([&](const Line& line) {
    if (line.code == code) found = line;
  });
  return found;
}

/// Of the gaps from day to day.
std::vector<Date> days_of(std::string_view gaps) {
  std::vector<Date> days;
  int since = 0;
  for (const char gap : gaps) {
    since += gap - gap_of_none;
    if (gap != gap_that_goes_on) days.push_back(plus_days(day_before_all, since));
  }
  return days;
}

}  // namespace

std::vector<HolidayRegion> holiday_regions() {
  std::vector<HolidayRegion> regions;
  each_line([&](const Line& line) { regions.push_back({line.code, line.name}); });
  return regions;
}

std::optional<std::vector<Date>> holidays_of(std::string_view region) {
  const auto line = line_of(region);
  if (!line) return std::nullopt;
  auto own = days_of(line->days);
  const auto dash = region.find('-');
  const auto country = dash == std::string_view::npos ? std::nullopt : line_of(region.substr(0, dash));
  if (!country) return own;
  const auto all = days_of(country->days), missing = days_of(line->missing);
  std::vector<Date> kept, days;
  std::set_difference(all.begin(), all.end(), missing.begin(), missing.end(), std::back_inserter(kept));
  std::set_union(kept.begin(), kept.end(), own.begin(), own.end(), std::back_inserter(days));
  return days;
}

std::string not_a_region(std::string_view text) {
  const auto regions = holiday_regions();
  if (regions.empty()) {
    return "this program was built without the holidays of regions; say the days themselves: `ties config holidays "
           "'2026-12-25 2026-12-26'`";
  }
  std::vector<std::string> codes;
  const auto folded = text::fold(text);
  for (const auto& [code, name] : regions) {
    if (code == text) return "";
    if (text::fold(name) == folded) {
      return fmt::format("a region is given by its code; {} is '{}'", name, code);
    }
    if (text::fold(code) == folded)
      return fmt::format("there is no region '{}'; did you mean '{}'?", text, code);
    codes.emplace_back(code);
  }
  const auto meant = did_you_mean(text, codes);
  return fmt::format("there is no region '{}'{}", text,
                     meant.empty() ? "; give a country such as NO, or a state of one such as DE-BY" : meant);
}

}  // namespace ties
