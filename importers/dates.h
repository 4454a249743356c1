#pragma once
#include <span>
#include <string>

#include "crm/domain/date.h"

namespace ties::importers {

/// The shapes of date that a column may hold. In a shape, Y is a year of four digits, U of four or two (70 to 99:
/// 1900s), M a month's number, B its name in English or in one of six other languages, D a day, H an hour, N minutes, S
/// seconds, P AM or PM, W a weekday's name, Z "UTC", "GMT" or "Z"; a blank is any number of blanks, and all else stands
/// for itself.
using Shapes = std::span<const std::string_view>;

/// The moment that a text of one of the shapes tells; nothing for any other text, or a day that does not exist. The
/// zone is "UTC" where the text says so, else unknown.
std::optional<Moment> moment_of(std::string_view text, Shapes shapes);

/// "2024-01" of "Jan 2024", "01/2024" and "2024-01"; "2014" of "2014"; empty for any other text.
std::string month_or_year_of(std::string_view text);

}  // namespace ties::importers
