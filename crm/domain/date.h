#pragma once
#include <array>
#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ties {

/// A calendar day, without time and zone: due dates, stage moves, "since when".
using Date = std::chrono::year_month_day;

/// "2026-03-01"
std::string to_text(Date day);

/// Reads "2026-03-01" and nothing else; nothing for any other text, or for a day that does not exist.
std::optional<Date> date_from_text(std::string_view text);

Date plus_days(Date day, int days);

/// Whole days from one date to the other; negative when `to` lies before `from`.
int days_between(Date from, Date to);

std::chrono::weekday weekday_of(Date day);

/// "Mon 2 Mar 2026", for people.
std::string friendly(Date day);

/// How long ago or ahead, in the largest unit that fits: "today", "yesterday", "in 3 days", "5 weeks ago", "2 years ago".
std::string relative(Date day, Date today);

/// When something happened, as precisely as its source knew: a day, perhaps a time of day, perhaps a zone.
/// A time without a zone stays wall time in an unknown zone; it is never taken for UTC.
struct Moment {
  Date day{};
  std::optional<std::chrono::seconds> time{};  ///< since local midnight
  std::string zone{};                          ///< "UTC", an IANA name, or empty: unknown

  bool operator==(const Moment&) const = default;
};

/// "2026-03-01", "2026-03-01T14:03:22" (zone unknown), "2026-03-01T14:03:22Z", "2026-03-01T14:03:22[Europe/Oslo]".
/// These texts sort as the moments do, within one zone.
std::string to_text(const Moment& moment);

/// Reads what `to_text` writes, also without the seconds and with a blank in place of the T.
std::optional<Moment> moment_from_text(std::string_view text);

/// "Mon 2 Mar 2026 14:03", for people; the zone is named when it is not empty.
std::string friendly(const Moment& moment);

/// A date known to the year, the month or the day, as texts "2019", "2019-04", "2019-04-30": employments and schools.
/// True for exactly those shapes.
bool is_partial_date(std::string_view text);

/// The first and the last day that a partial date can mean. Throws std::invalid_argument for any other text.
Date first_day_of(std::string_view partial);
Date last_day_of(std::string_view partial);

/// A day as a person types it, in English words, seen from `today`:
/// "today", "tomorrow", "yesterday", "friday" (the next one, never today), "next tuesday" (of next week), "last monday",
/// "in 3 days", "2 weeks ago", "2w", "in 2 months", "1 year ago", "end of month", "2 march", "March 2", "2 mar 2026",
/// "2026-03-02", "02.03.2026". A day and month without a year means the nearest such day to come, unless
/// `past` is wanted: then the latest such day gone by. Nothing when the text is not wholly understood.
enum class Lean { future, past };
std::optional<Date> day_from_words(std::string_view text, Date today, Lean lean = Lean::future);

/// Days on which people answer mail. A holiday is a day off like a Saturday.
struct WorkingDays {
  std::array<bool, 7> works{false, true, true, true, true, true, false};  ///< Sunday first
  std::vector<Date> holidays{};  ///< in order, each once

  bool is_working(Date day) const;
  /// The day that lies `count` working days after `from`: from a Friday, 1 is Monday.
  Date after(Date from, int count) const;
};

}  // namespace ties
