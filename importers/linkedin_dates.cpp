#include "importers/linkedin_parts.h"

namespace ties::importers::linkedin_parts {
namespace {

constexpr std::array connection_list{"D B U"sv,       "D-B-U"sv,  "Y-M-D"sv,    "M/D/Y"sv,       "D. B Y"sv,
                                     "D de B de Y"sv, "B D, Y"sv, "D de B Y"sv, "M/D/U, H:N P"sv};
constexpr std::array wall_list{"M/D/U, H:N P"sv, "M/D/U, H:N"sv, "M/D/U H:N P"sv, "M/D/U H:N"sv, "Y-M-D H:N:S"sv};
constexpr std::array stamp_list{"Y-M-D H:N:S Z"sv, "Y-M-D H:N:S"sv, "Y/M/D H:N:S Z"sv, "Y/M/D H:N:S"sv,
                                "Y-M-D H:N Z"sv,   "Y-M-D H:N"sv,   "Y-M-D"sv,         "Y-M-DTH:N:SZ"sv};
constexpr std::array java_list{"W B D H:N:S Z Y"sv};
constexpr std::array birthday_list{"B D, Y"sv};
constexpr std::array any_list{
    "Y-M-D H:N:S Z"sv, "Y-M-D H:N:S"sv,  "Y/M/D H:N:S Z"sv, "Y-M-D H:N Z"sv,     "Y-M-D H:N"sv,
    "Y-M-D"sv,         "Y-M-DTH:N:SZ"sv, "M/D/U, H:N P"sv,  "W B D H:N:S Z Y"sv, "B D, Y, H:N P"sv,
    "B D, Y H:N P"sv,  "B D, Y"sv,       "D B Y"sv};

}  // namespace

const Shapes connection_shapes{connection_list};
const Shapes wall_shapes{wall_list};
const Shapes stamp_shapes{stamp_list};
const Shapes java_shapes{java_list};
const Shapes birthday_shapes{birthday_list};
const Shapes any_shapes{any_list};

std::string partial_date_of(std::string_view written) {
  if (auto partial = month_or_year_of(written); !partial.empty()) return partial;
  const auto day = moment_of(written, connection_shapes);
  return day ? to_text(day->day) : "";
}

}  // namespace ties::importers::linkedin_parts
