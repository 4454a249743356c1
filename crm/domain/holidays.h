#pragma once
#include "crm/domain/date.h"

/// The public holidays of countries and their states, 2015 to 2045, as the library date-holidays has them
/// (crm/holidays). The table is made when the program is built; a program that was built without it knows no region.
namespace ties {

struct HolidayRegion {
  std::string_view code{};  ///< "NO", "DE-BY": ISO 3166 codes, for most
  std::string_view name{};  ///< "Norway", "Bayern"
};

/// All regions, by code.
std::vector<HolidayRegion> holiday_regions();

/// Its days, in order, each once; half a day off is none. Nothing when there is no such region.
std::optional<std::vector<Date>> holidays_of(std::string_view region);

/// Why a text is no region, and which ones are meant perhaps: "there is no region 'DE-BX'; did you mean 'DE-BY'?"; a
/// name is answered with its code. Empty when it is a region.
std::string not_a_region(std::string_view text);

}  // namespace ties
