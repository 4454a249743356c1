#pragma once
#include <array>
#include <numeric>

#include "crm/domain/network.h"
#include "reports/document.h"

/// What reports of figures share: stretches of time, counts in words, charts with their tables.
namespace ties::reports {

/// A stretch of time that things are counted by. One that the period cuts begins or ends with the period.
struct Bucket {
  Date from{}, to{};
  std::string label{};  ///< "2 Mar 2026" of a week (its Monday), "Mar 2026", "Q1 2026", "2026", "1990s"
};

/// Buckets without gaps from the first day to the last, in order. So that they stay readable they are weeks (from
/// Monday) up to `weeks_max` of them, months up to three years, quarters up to twelve, then years, and decades beyond
/// 120 years.
class Timeline {
 public:
  Timeline(Date from, Date to, int weeks_max = 14);

  const std::vector<Bucket>& buckets() const { return buckets_; }
  const std::string& noun() const { return noun_; }     ///< "week", "month", "quarter", "year", "decade"
  std::string name_of(std::size_t place) const;         ///< "the week from 2 Mar 2026", "Mar 2026"
  std::optional<std::size_t> place_of(Date day) const;  ///< nothing for a day before or after

 private:
  std::string noun_{};
  std::vector<Bucket> buckets_{};
};

Date monday_of(Date day);

/// The ISO week of a day: "2026-W23".
std::string iso_week(Date day);

/// "1 person", "12 people"; "1 month", "3 months" where no plural is given.
std::string counted(std::int64_t count, std::string_view one, std::string_view many = "");

/// "12 of 40, 30 %"; "none" of nothing.
std::string share_of(std::int64_t part, std::int64_t whole);
/// The same, shorter: "30 % of 40"; empty of nothing.
std::string percent_of(std::int64_t part, std::int64_t whole);

/// "1 Jun 2026 to 30 Jun 2026"
std::string in_words(Date from, Date to);
/// "12 Mar 2026"
std::string short_day(Date day);

Cell text_cell(std::string text, Tone tone = Tone::plain);
Cell number_cell(double number);
Cell percent_cell(std::int64_t part, std::int64_t whole);  ///< "33.3"; an empty one of nothing
Cell day_cell(std::optional<Date> day);                    ///< as programs read it

/// A column of numbers, to the right.
Column number_column(std::string key, std::string heading);
Column text_column(std::string key, std::string heading, bool flexible = false);

/// Columns over time: how much of each series fell into each bucket. Behind it a row a bucket: label, from, to, a
/// column a series (keyed as they are named, "_" for blanks), and `all` where there are several. `counts`: a row a
/// bucket, a number a series.
Chart over_time(std::string title, std::string unit, const Timeline& timeline, const std::vector<std::string>& series,
                const std::vector<std::vector<int>>& counts);

/// The place of the largest number, the first of equals; nothing when there is none above 0.
std::optional<std::size_t> largest(const std::vector<int>& numbers);

/// How many of the days fall into each bucket.
std::vector<int> counts_by(const Timeline& timeline, const std::vector<Date>& days);

/// A sentence about what was left out for each count that is not 0; "nothing" when all are.
std::string left_out(const std::vector<std::pair<std::int64_t, std::string>>& counts);

}  // namespace ties::reports
