#pragma once
#include <string>
#include <string_view>

namespace ties::reports {

/// Text as it may stand in HTML and SVG, within elements and quoted attributes: clean, and none of it markup.
std::string escaped_markup(std::string_view raw);

}  // namespace ties::reports
