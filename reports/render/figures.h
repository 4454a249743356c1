#pragma once
#include "reports/document.h"

/// What those who draw charts agree on.
namespace ties::reports {

/// The value as it is drawn: nothing where it is no number or below zero, and no more than can be added up.
double drawn(double value);
double drawn(const Chart::Mark& mark);  ///< all its values on each other

/// The value at the far end of the scale, above zero: 100 of "%", else the largest that is drawn, intervals included.
double end_of_scale(const Chart& chart);

/// What stands beside a mark: its own words, else its values. And its interval: "26–37 %", or empty.
std::string said_of(const Chart::Mark& mark);
std::string interval_of(const Chart::Mark& mark, const std::string& unit);
std::string number_text(double value);  ///< short: "12", "3.25", "1e+300"; "–" for what is no number

/// The links of a flow that can be drawn, each pair once: above zero, and none that closes a circle with those before it.
std::vector<Chart::Link> forward_links(const std::vector<Chart::Link>& links);

/// Whether nothing of it can be seen: no mark above zero, or with an interval; no link. A row of nothings is no picture.
bool is_blank(const Chart& chart);
/// Whether a mark has something of the series: a key names those alone.
bool is_seen(const Chart& chart, std::size_t series);

/// The finding, unless the document has said it.
std::string finding_beside(const Chart& chart, const std::string& said);

}  // namespace ties::reports
