#pragma once
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// A report is a document: texts, fields, tables, charts. Every format is rendered from the same one.
namespace ties::reports {

enum class Tone { plain, strong, muted, good, warn, bad };

struct Cell {
  std::string text{};
  std::optional<double> number{};  ///< of numeric cells: what JSON and CSV hold in place of the text
  Tone tone{};

  bool operator==(const Cell&) const = default;
};

struct Column {
  std::string key{};      ///< in JSON, CSV and iCalendar: "last_contact"; empty: the column is for people only
  std::string heading{};  ///< for people: "last contact"
  enum class Align { left, right } align{};
  bool flexible{};      ///< gives way when the line is too narrow
  bool for_programs{};  ///< in JSON, CSV and iCalendar only
  bool numbers{};       ///< of numbers: an empty cell is null in JSON
  bool lines{};         ///< a cell's own lines are kept by text, in cards

  bool operator==(const Column&) const = default;
};

/// Rows under columns.
/// grid: one line a row. cards: a row takes a few lines, the first column of it strong and the rest below: for long
/// texts. wide: a grid where the line has room for all of it, else cards, the headings left out: on paper always a grid.
struct Table {
  enum class Layout { grid, cards, wide };

  std::string title{};  ///< may be empty
  std::vector<Column> columns{};
  std::vector<std::vector<Cell>> rows{};
  std::string when_empty{};  ///< said in place of the rows; empty: people are not shown a table without rows
  Layout layout{};
  std::vector<std::pair<std::string, Cell>> facts{};  ///< of a lane, for programs: in JSON beside its rows

  bool operator==(const Table&) const = default;
};

/// Tables side by side: a board. Under each other where the line is too narrow. A lane is shown with the number of its
/// rows, also when it has none, and without its headings.
struct Lanes {
  std::vector<Table> lanes{};

  bool operator==(const Lanes&) const = default;
};

/// Names and values, one a line.
struct Fields {
  std::string title{};
  std::vector<std::pair<std::string, Cell>> rows{};  ///< key → value; the key is shown with blanks for its underscores

  bool operator==(const Fields&) const = default;
};

struct Text {
  std::string text{};
  Tone tone{};

  bool operator==(const Text&) const = default;
};

/// Figures as a picture. The table behind it says the same in numbers: it is what CSV and Markdown hold, what HTML shows
/// on demand, and what text leaves out, unless it says more than the marks.
/// bars: a mark a line, under each other. columns: marks side by side, over time. flow: from left to right; a link that
/// closes a circle is not drawn. Values are drawn from zero on; what is no number, or below zero, is drawn as nothing.
struct Chart {
  enum class Kind { bars, columns, flow };
  struct Mark {
    std::string label{};           ///< "Applied", "Mar 2026"
    std::vector<double> values{};  ///< one a series, in their order; they stand on each other
    std::string said{};            ///< beside the mark: "12 of 40, 30 %"; empty: the values
    std::optional<std::pair<double, double>> interval{};  ///< how sure the first value is, from and to; said beside it too

    bool operator==(const Mark&) const = default;
  };
  struct Link {
    std::string from{}, to{};
    double value{};

    bool operator==(const Link&) const = default;
  };

  Kind kind{};
  std::string title{};
  std::string finding{};              ///< the one sentence that it shows; not said twice where it is the document's
  std::string unit{};                 ///< of the values: "applications", "days", "%": then the whole line is 100
  std::vector<std::string> series{};  ///< names, where marks have several values; told apart by words and patterns as well
  std::vector<Mark> marks{};          ///< of bars and columns
  std::vector<Link> links{};          ///< of a flow
  Table behind{};                     ///< with the chart's title
  bool table_says_more{};             ///< than the marks: text shows it below them

  bool operator==(const Chart&) const = default;
};

using Block = std::variant<Text, Fields, Table, Lanes, Chart>;

struct Document {
  std::string title{};
  std::string finding{};  ///< the one sentence that it shows: "7 follow-ups, 2 overdue"
  std::vector<Block> blocks{};
  std::vector<std::pair<std::string, Cell>> facts{};  ///< for programs: in JSON among the fields

  bool operator==(const Document&) const = default;
};

}  // namespace ties::reports
