#pragma once
#include "reports/document.h"

#include <nlohmann/json_fwd.hpp>

namespace ties::reports {

struct TextStyle {
  std::size_t width{0};  ///< columns of the line; 0: as wide as it takes (a pipe)
  bool colour{};
  bool titles{true};  ///< print the document's title and finding
};

/// For a terminal or a pipe. Blocks are separated by one blank line; no trailing blanks; ends with a newline.
std::string text(const Document& document, const TextStyle& style = {});

/// CommonMark with pipe tables; contents are escaped so that none of it is markup.
std::string markdown(const Document& document);

/// One self-contained page, printable, light and dark, no script, no address; contents escaped.
std::string html(const Document& document);

/// {"title", "finding", "tables": {"<title or 'rows'>": [{key: value}]}, "fields": {…}}; a document with one table
/// alone gives the array of its rows. Numbers stay numbers.
nlohmann::ordered_json json(const Document& document);

/// Every table of the document as RFC 4180 with CRLF, a header line each; several tables get a first column "section".
/// Cells that a spreadsheet would take for a formula ("= + - @", tab, carriage return) are preceded by an apostrophe.
std::string csv(const Document& document);

/// RFC 5545: one all-day event for each row of the tables that have a column `due` (ISO date), with `who`, `what`, `why`,
/// a stable UID of `subject` and `what`, folded at 75 octets. `stamp`: "20260301T080000Z".
std::string ics(const Document& document, const std::string& stamp);

/// Renders under one of the names that `formats` lists. Throws Wrong for another.
std::string render(const Document& document, const std::string& format, const TextStyle& style, const std::string& stamp);
const std::vector<std::string>& formats();  ///< text markdown html json csv ics

}  // namespace ties::reports
