#pragma once
#include <nlohmann/json_fwd.hpp>

#include "reports/document.h"

namespace ties::reports {

struct TextStyle {
  std::size_t width{0};  ///< columns of the line; 0: as wide as it takes (a pipe)
  bool colour{};
  bool titles{true};  ///< print the document's finding, or its title when it has none
};

/// For a terminal or a pipe. Blocks are separated by one blank line; no trailing blanks; ends with a newline, or is
/// empty when there is nothing to say. Nothing in a cell reaches the terminal as a control character. Where a grid is
/// wider than the line, its flexible columns give way first, then the others, never numbers and commands. Charts are bars of
/// block characters, a line a mark; their tables are left out unless they say more.
std::string text(const Document& document, const TextStyle& style = {});

/// CommonMark with pipe tables; contents are escaped so that none of it is markup. Of charts the tables.
std::string markdown(const Document& document);

/// One self-contained page, printable, light and dark, no script, no address; contents escaped. Charts are drawn (svg.h),
/// with their tables on demand, and on paper; twice, of which a phone shows the narrow one. With the address of a stylesheet that
/// holds `html_style` it is a page of the service: it carries no style of its own, and rows link to the pages of their records.
std::string html(const Document& document, std::string_view stylesheet = "");
std::string_view html_style();

/// {"title", "finding", "fields": {…}, "tables": {"<title or 'rows'>": [{key: value}]}, "lanes": [{"title", "rows": […]}],
/// "charts": [{"kind", "title", "finding", "unit", "series", "marks", "links", "table"}], "texts": ["…"]};
/// a document with one table alone gives the array of its rows. Numbers stay numbers. Tables of one title share an array;
/// lanes stand in their order, with what programs are told of each. A chart names the table behind it. Lanes, charts and texts
/// are there where the document has any.
nlohmann::ordered_json json(const Document& document);

/// JSON as printed: indented, valid UTF-8, without a control character that a terminal would act on, ended by a
/// newline.
std::string json_text(const nlohmann::ordered_json& json);

/// Every table of the document as RFC 4180 with CRLF; several tables get a first column "section". A header line stands
/// before the first, and before each whose columns are not those of the one above it.
/// Cells that a spreadsheet would take for a formula are defused: see `text::defused`.
std::string csv(const Document& document);

/// One line of it, for tables too long for a document.
std::string csv_line(const std::vector<std::string>& cells);

/// RFC 5545: one all-day event for each row of the tables that have a column `due` (ISO date), with `who`, `what`,
/// `why`, `place`, a stable UID of `subject` and `what`, folded at 75 octets. A row with an hour in `at` (a moment in
/// UTC, or without a zone) is an appointment of `minutes`, an hour when nothing is said, and its UID is of `subject`
/// alone. `stamp`: "20260301T080000Z".
std::string ics(const Document& document, const std::string& stamp);
/// An instant, "2026-03-01T08:00:00Z", as such a stamp.
std::string calendar_stamp(std::string instant);

/// Renders under one of the names that `formats` lists. Throws Wrong for another.
std::string render(const Document& document, const std::string& format, const TextStyle& style,
                   const std::string& stamp);
const std::vector<std::string>& formats();  ///< text markdown html json csv svg ics

}  // namespace ties::reports
