#pragma once
#include <string>

#include "reports/document.h"

/// Charts as SVG: bars with intervals, columns over time, flows. Nothing in it is fetched or run, and no label is markup.
/// Told apart without colour: labels at the marks, patterns where series stand on each other. What finds no room is cut with
/// "…"; a picture has an end (100 bars, the latest 400 columns, 60 nodes and 200 links of a flow), and says what it leaves to
/// the table.
namespace ties::reports {

/// For a page that has `html_style`, whose classes and variables it uses: light and dark. Narrow, for a phone: words stand above
/// bars, and the links of a flow are bars.
std::string svg(const Chart& chart, bool is_narrow = false);

/// A file of its own, dark on white: every chart of the document under each other, with its title and finding. A document
/// without any says its title and finding.
std::string svg(const Document& document);

}  // namespace ties::reports
