#pragma once
#include <optional>
#include <string_view>

#include "crm/domain/date.h"

namespace ties::importers {

/// What the days of a column, or of a file, tell of their order.
struct DayOrder {
  int day_first{};    ///< values that can only be read so: "28/12/1969"
  int month_first{};  ///< "12/28/1969"
  int open{};         ///< that can be read both ways and would mean two days: "3/4/2026"

  /// Takes one value into account; any other text counts for nothing.
  void count(std::string_view written);
  void add(const DayOrder& other);
  bool is_told() const { return (day_first > 0) != (month_first > 0); }
};

/// The day that a cell tells, in any shape that people and programs write: "2026-03-01", "2026-03-01T10:00:00.000Z",
/// "28.12.1969", "3/4/26" (by the order), "March 2, 2026 9:30 AM", "2 de marzo de 2026", "2026/03/02 → 2026/03/04"
/// (the first of both). Nothing for any other text, or for a day that does not exist.
std::optional<Date> day_of(std::string_view written, bool day_first);

/// Whether a program wrote "no date": "0/0/00", "0000-00-00".
bool is_no_day(std::string_view written);

/// "--03-01" of " --03-01" and "--0301": a birthday without its year; empty for any other text.
std::string yearless_day_of(std::string_view written);

}  // namespace ties::importers
