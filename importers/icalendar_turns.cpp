#include <fmt/format.h>
#include <libical/ical.h>

#include <algorithm>
#include <deque>
#include <memory>

#include "importers/icalendar_parts.h"

namespace ties::importers::icalendar_parts {
namespace {

constexpr std::int64_t steps_of_series_max = 50'000;
constexpr int never_again_year = 2'582;  // where libical gives up looking

/// libical keeps its errors in one place for all, and would rather abort.
struct Errors {
  Errors() {
    icalerror_set_errors_are_fatal(0);
    icalerror_clear_errno();
  }
  ~Errors() { icalerror_clear_errno(); }
  Errors(const Errors&) = delete;
  Errors& operator=(const Errors&) = delete;
};

icaltimetype wall(const WallTime& time) {
  auto result = icaltime_null_time();
  result.year = static_cast<int>(time.day.year());
  result.month = static_cast<int>(static_cast<unsigned>(time.day.month()));
  result.day = static_cast<int>(static_cast<unsigned>(time.day.day()));
  result.is_date = time.time ? 0 : 1;
  if (time.time) {
    const auto seconds = static_cast<int>(time.time->count());
    result.hour = seconds / 3'600;
    result.minute = seconds / 60 % 60;
    result.second = seconds % 60;
  }
  return result;
}

WallTime wall(const icaltimetype& time) {
  WallTime result;
  result.day = std::chrono::year(time.year) / time.month / time.day;
  if (!time.is_date) {
    result.time = std::chrono::hours(time.hour) + std::chrono::minutes(time.minute) + std::chrono::seconds(time.second);
  }
  return result;
}

bool holds(const short* numbers, std::size_t size, int from, int to) {
  for (std::size_t i = 0; i < size && numbers[i] != ICAL_RECURRENCE_ARRAY_MAX; ++i) {
    if (numbers[i] == 0 || numbers[i] < from || numbers[i] > to) return false;
  }
  return true;
}

/// Whether no number lies beyond what a month or a year has: libical would look for it until it gives up.
bool is_possible(const icalrecurrencetype& rule) {
  const bool weekly = rule.freq == ICAL_WEEKLY_RECURRENCE || rule.freq == ICAL_DAILY_RECURRENCE;
  const bool monthly = rule.freq == ICAL_MONTHLY_RECURRENCE;
  const int nth_max = weekly ? 0 : monthly ? 5 : 53;
  std::size_t days = 0;
  for (const auto* day = rule.by_day; days < ICAL_BY_DAY_SIZE && *day != ICAL_RECURRENCE_ARRAY_MAX; ++day, ++days) {
    if (std::abs(icalrecurrencetype_day_position(*day)) > nth_max) return false;
  }
  const int set_max = weekly ? 7 : monthly ? 31 : 366;
  return holds(rule.by_set_pos, ICAL_BY_SETPOS_SIZE, -set_max, set_max) &&
         holds(rule.by_month_day, ICAL_BY_MONTHDAY_SIZE, -31, 31) && holds(rule.by_month, ICAL_BY_MONTH_SIZE, 1, 12) &&
         holds(rule.by_year_day, ICAL_BY_YEARDAY_SIZE, -366, 366) &&
         holds(rule.by_week_no, ICAL_BY_WEEKNO_SIZE, -53, 53);
}

/// The last moment of a rule on the wall of its start, which may have been told in UTC or as a day.
icaltimetype until_on_wall(const icaltimetype& until, const WallTime& start, const CalendarZones& zones) {
  auto end = wall(until);
  if (!end.day.ok()) return icaltime_null_time();
  end.utc = icaltime_is_utc(until) != 0;
  if (!start.time) {
    end.time.reset();
  } else if (!end.time) {
    end.time = std::chrono::hours(24) - std::chrono::seconds(1);
  } else if (end.utc && !start.utc) {
    const auto at = zones.wall_at(seconds_of(end), start);
    // In an unknown zone, to the end of that day.
    end = at ? with_seconds(end, *at) : with_seconds(end, (seconds_of(end) / 86'400 + 1) * 86'400 - 1);
  }
  return wall(end);
}

std::string why_not(const icalrecurrencetype& rule) {
  switch (rule.freq) {
    case ICAL_DAILY_RECURRENCE:
    case ICAL_WEEKLY_RECURRENCE:
    case ICAL_MONTHLY_RECURRENCE:
    case ICAL_YEARLY_RECURRENCE:
      break;
    case ICAL_SECONDLY_RECURRENCE:
    case ICAL_MINUTELY_RECURRENCE:
    case ICAL_HOURLY_RECURRENCE:
      return "it comes round more than once a day; only its first turn is read";
    default:
      return "its rule is not understood; only its first turn is read";
  }
  if (rule.rscale != nullptr) return "its rule counts in another calendar; only its first turn is read";
  return is_possible(rule) ? "" : "its rule asks for a day that no month or year has; only its first turn is read";
}

}  // namespace

std::optional<std::int64_t> duration_of(const std::string& written) {
  const Errors errors;
  if (written.size() > 50) return std::nullopt;
  const auto duration = icaldurationtype_from_string(written.c_str());
  if (icaldurationtype_is_bad_duration(duration)) return std::nullopt;
  const std::int64_t days = static_cast<std::int64_t>(duration.weeks) * 7 + duration.days;
  const std::int64_t seconds = days * 86'400 + static_cast<std::int64_t>(duration.hours) * 3'600 +
                               static_cast<std::int64_t>(duration.minutes) * 60 + duration.seconds;
  return duration.is_neg ? -seconds : seconds;
}

std::optional<YearlyDay> yearly_day(const std::string& written) {
  const Errors errors;
  auto rule = icalrecurrencetype_from_string(written.c_str());
  std::optional<YearlyDay> result;
  if (rule.freq == ICAL_YEARLY_RECURRENCE && rule.by_month[0] >= 1 && rule.by_month[0] <= 12 &&
      rule.by_day[0] != ICAL_RECURRENCE_ARRAY_MAX) {
    const int nth = icalrecurrencetype_day_position(rule.by_day[0]);
    const int weekday = icalrecurrencetype_day_day_of_week(rule.by_day[0]) - ICAL_SUNDAY_WEEKDAY;
    // "the first Sunday from the 8th on" is the second one
    const int from = rule.by_month_day[0] != ICAL_RECURRENCE_ARRAY_MAX ? rule.by_month_day[0] : 0;
    const int found = nth != 0 ? nth : from > 0 ? (from - 1) / 7 + 1 : 0;
    if (found != 0 && found >= -5 && found <= 5 && weekday >= 0 && weekday <= 6) {
      result = YearlyDay{static_cast<unsigned>(rule.by_month[0]), found, static_cast<unsigned>(weekday)};
    }
  }
  icalmemory_free_buffer(rule.rscale);
  return result;
}

Turns turns_of(const std::string& written, const WallTime& start, const CalendarZones& zones, Date first, Date last,
               ExpansionBudget& budget) {
  const Errors errors;
  Turns turns;
  auto rule = icalrecurrencetype_from_string(written.c_str());
  const std::unique_ptr<char, void (*)(void*)> rscale(rule.rscale, icalmemory_free_buffer);
  turns.problem = why_not(rule);
  if (!turns.problem.empty()) return turns;
  if (!icaltime_is_null_time(rule.until)) {
    rule.until = until_on_wall(rule.until, start, zones);
    if (icaltime_is_null_time(rule.until) || icaltime_compare(rule.until, wall(start)) < 0) return turns;
  }
  if (budget.steps <= 0 || budget.turns <= 0) {
    turns.problem = "there is too much that comes round in this source; only its first turn is read";
    return turns;
  }

  const auto from = seconds_of({first, {}, {}, {}}), to = seconds_of({last, {}, {}, {}}) + 86'400;
  std::deque<std::int64_t> kept;
  std::int64_t calls = 0, left_out = 0;
  auto reached = seconds_of(start);
  const std::unique_ptr<icalrecur_iterator, void (*)(icalrecur_iterator*)> iterator(
      icalrecur_iterator_new(rule, wall(start)), icalrecur_iterator_free);
  while (iterator) {
    const auto next = icalrecur_iterator_next(iterator.get());
    const auto turn = wall(next);
    if (icaltime_is_null_time(next) || !turn.day.ok()) break;
    reached = seconds_of(turn);
    if (reached >= to) break;
    if (!icaltime_is_null_time(rule.until) && icaltime_compare(next, rule.until) > 0) break;
    if (reached >= from) {
      if (kept.size() == turns_max) kept.pop_front(), ++left_out;
      kept.push_back(reached);
    }
    if (++calls == steps_of_series_max) {
      turns.problem =
          fmt::format("of its turns no more than {} are looked at; the rest is left out", steps_of_series_max);
      break;
    }
  }
  if (left_out > 0 && turns.problem.empty()) {
    turns.problem = fmt::format("it has more than {} turns between {} and {}; the latest {} are read", turns_max,
                                to_text(first), to_text(last), turns_max);
  }
  if (calls == 0 && reached < to) reached = seconds_of({std::chrono::year(never_again_year) / 1 / 1, {}, {}, {}});
  const auto days = (reached - seconds_of(start)) / 86'400;
  budget.steps -= std::max(calls, rule.freq == ICAL_WEEKLY_RECURRENCE ? days / 7 : days);
  budget.turns -= static_cast<std::int64_t>(kept.size());
  turns.at.assign(kept.begin(), kept.end());
  return turns;
}

}  // namespace ties::importers::icalendar_parts
