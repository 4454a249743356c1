#include "reports/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ties::reports {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::year;

constexpr int months_days_max = 3 * 366;
constexpr int quarters_days_max = 12 * 366;
constexpr int years_days_max = 120 * 366;

int year_of(Date of) {
  return static_cast<int>(of.year());
}

unsigned month_of(Date of) {
  return static_cast<unsigned>(of.month());
}

std::string month_name(Date of) {
  static constexpr std::array names{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  return names.at(month_of(of) - 1);
}

Date first_of_month(int of_year, unsigned of_month) {
  return Date{year{of_year}, month{of_month}, day{1}};
}

/// A width of buckets: where the bucket of a day begins, where the next begins, and what it is called.
struct Width {
  const char* noun;
  Date (*begin)(Date);
  Date (*next)(Date begin);
  std::string (*label)(Date begin);
};

Date next_after_months(Date begin, unsigned months) {
  const unsigned place = month_of(begin) - 1 + months;
  return first_of_month(year_of(begin) + static_cast<int>(place / 12), place % 12 + 1);
}

int decade_of(Date of) {
  return year_of(of) - (year_of(of) % 10 + 10) % 10;
}

const Width week{"week", monday_of, [](Date begin) { return plus_days(begin, 7); }, short_day};
const Width a_month{"month", [](Date of) { return first_of_month(year_of(of), month_of(of)); },
                    [](Date begin) { return next_after_months(begin, 1); },
                    [](Date begin) { return fmt::format("{} {}", month_name(begin), year_of(begin)); }};
const Width quarter{"quarter", [](Date of) { return first_of_month(year_of(of), (month_of(of) - 1) / 3 * 3 + 1); },
                    [](Date begin) { return next_after_months(begin, 3); },
                    [](Date begin) { return fmt::format("Q{} {}", (month_of(begin) - 1) / 3 + 1, year_of(begin)); }};
const Width a_year{"year", [](Date of) { return first_of_month(year_of(of), 1); },
                   [](Date begin) { return first_of_month(year_of(begin) + 1, 1); },
                   [](Date begin) { return std::to_string(year_of(begin)); }};
const Width decade{"decade", [](Date of) { return first_of_month(decade_of(of), 1); },
                   [](Date begin) { return first_of_month(year_of(begin) + 10, 1); },
                   [](Date begin) { return fmt::format("{}s", year_of(begin)); }};

const Width& width_for(Date from, Date to, int weeks_max) {
  const auto days = days_between(from, to) + 1;
  const auto weeks = days_between(monday_of(from), monday_of(to)) / 7 + 1;
  if (weeks <= weeks_max) return week;
  if (days <= months_days_max) return a_month;
  if (days <= quarters_days_max) return quarter;
  return days <= years_days_max ? a_year : decade;
}

long whole_percent(std::int64_t part, std::int64_t whole) {
  return std::lround(100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string key_of(std::string name) {
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

}  // namespace

Timeline::Timeline(Date from, Date to, int weeks_max) {
  const auto& width = width_for(from, to, weeks_max);
  noun_ = width.noun;
  for (auto begin = width.begin(from); begin <= to; begin = width.next(begin)) {
    buckets_.push_back({std::max(begin, from), std::min(plus_days(width.next(begin), -1), to), width.label(begin)});
  }
}

std::string Timeline::name_of(std::size_t place) const {
  const auto& label = buckets_.at(place).label;
  return noun_ == week.noun ? "the week from " + label : label;
}

std::optional<std::size_t> Timeline::place_of(Date of) const {
  if (buckets_.empty() || of < buckets_.front().from || of > buckets_.back().to) return std::nullopt;
  const auto after = std::upper_bound(buckets_.begin(), buckets_.end(), of,
                                      [](Date sought, const Bucket& bucket) { return sought < bucket.from; });
  return static_cast<std::size_t>(after - buckets_.begin()) - 1;
}

Date monday_of(Date of) {
  return plus_days(of, -static_cast<int>((weekday_of(of) - std::chrono::Monday).count()));
}

std::string iso_week(Date of) {
  const auto thursday = plus_days(monday_of(of), 3);
  return fmt::format("{}-W{:02}", year_of(thursday),
                     days_between(first_of_month(year_of(thursday), 1), thursday) / 7 + 1);
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  if (count == 1) return fmt::format("1 {}", one);
  return many.empty() ? fmt::format("{} {}s", count, one) : fmt::format("{} {}", count, many);
}

std::string share_of(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? "none" : fmt::format("{} of {}, {} %", part, whole, whole_percent(part, whole));
}

std::string percent_of(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? "" : fmt::format("{} % of {}", whole_percent(part, whole), whole);
}

std::string short_day(Date of) {
  return fmt::format("{} {} {}", static_cast<unsigned>(of.day()), month_name(of), year_of(of));
}

std::string in_words(Date from, Date to) {
  return from == to ? short_day(from) : short_day(from) + " to " + short_day(to);
}

Cell text_cell(std::string text, Tone tone) {
  return {std::move(text), std::nullopt, tone};
}

Cell number_cell(double number) {
  return {fmt::format("{}", number), number, Tone::plain};
}

Cell percent_cell(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return {};
  const auto percent = std::round(1000.0 * static_cast<double>(part) / static_cast<double>(whole)) / 10;
  return {fmt::format("{:.1f}", percent), percent, Tone::plain};
}

Cell day_cell(std::optional<Date> of) {
  return text_cell(of ? to_text(*of) : "");
}

Column number_column(std::string key, std::string heading) {
  return {std::move(key), std::move(heading), Column::Align::right, false, false, true};
}

Column text_column(std::string key, std::string heading, bool flexible) {
  return {std::move(key), std::move(heading), Column::Align::left, flexible, false, false};
}

Chart over_time(std::string title, std::string unit, const Timeline& timeline, const std::vector<std::string>& series,
                const std::vector<std::vector<int>>& counts) {
  Chart chart;
  chart.kind = Chart::Kind::columns, chart.title = title, chart.unit = std::move(unit);
  if (series.size() > 1) chart.series = series;
  auto& table = chart.behind;
  table.title = std::move(title);
  table.columns = {text_column("label", timeline.noun() == "week" ? "week from" : timeline.noun()),
                   {"from", "from", Column::Align::left, false, true},
                   {"to", "to", Column::Align::left, false, true}};
  for (const auto& name : series) table.columns.push_back(number_column(key_of(name), name));
  if (series.size() > 1) table.columns.push_back(number_column("all", "all"));
  for (std::size_t i = 0; i < timeline.buckets().size(); ++i) {
    const auto& bucket = timeline.buckets()[i];
    const int all = std::accumulate(counts[i].begin(), counts[i].end(), 0);
    table.rows.push_back({text_cell(bucket.label), day_cell(bucket.from), day_cell(bucket.to)});
    for (const int count : counts[i]) table.rows.back().push_back(number_cell(count));
    if (series.size() > 1) table.rows.back().push_back(number_cell(all));
    chart.marks.push_back(
        {bucket.label, std::vector<double>(counts[i].begin(), counts[i].end()), std::to_string(all), std::nullopt});
  }
  return chart;
}

std::optional<std::size_t> largest(const std::vector<int>& numbers) {
  const auto found = std::max_element(numbers.begin(), numbers.end());
  if (found == numbers.end() || *found <= 0) return std::nullopt;
  return static_cast<std::size_t>(found - numbers.begin());
}

std::vector<int> counts_by(const Timeline& timeline, const std::vector<Date>& days) {
  std::vector<int> counts(timeline.buckets().size());
  for (const auto of : days) {
    if (const auto place = timeline.place_of(of)) ++counts[*place];
  }
  return counts;
}

std::string left_out(const std::vector<std::pair<std::int64_t, std::string>>& counts) {
  std::string text;
  for (const auto& [count, why] : counts) {
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : "; ", count, why);
  }
  return text.empty() ? "nothing" : text;
}

}  // namespace ties::reports
