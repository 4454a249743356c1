#pragma once
#include "importers/table_fields.h"
#include "importers/table_rows.h"

namespace ties::importers {

/// A program whose tables are known by their headers. A row of a table: adding one needs no code.
struct TableFormat {
  std::string_view title;   ///< "Google contacts, until 2024"
  std::string_view source;  ///< as a contact's source: "google"
  TableOf of;
  std::vector<std::string_view> signature;  ///< headers that must be there; each may list others, parted by "|"
  /// Columns that mean something else here than in other tables: column → field, as the user would map them.
  std::vector<std::pair<std::string_view, std::string_view>> columns;
  std::string_view header{};  ///< of a table that is written without one: its columns in their order, parted by "|"
  bool (*is_row)(const std::vector<std::string>& cells){};  ///< by which such a table is known: what its rows look like
  std::size_t cells_min{};                                  ///< a shorter row of it is damaged
  bool own{};  ///< written by Ties: taken at its word, a line of a cell for each of several things
};
const std::vector<TableFormat>& table_formats();

struct TableColumn {
  /// How it got its field.
  enum class How { unknown, said, remembered, format, same, alike };
  std::string name{};   ///< as written, on one line
  std::string whole{};  ///< as columns are compared when somebody names one
  HeaderKey key{};
  TableField field{};   ///< none: kept as it is
  std::string label{};  ///< of an address
  How how{};
};

/// A table that was found in a text.
struct Table {
  TableRows rows;  ///< behind the header
  int header_line{};
  TableOf of{};
  const TableFormat* format{};  ///< none: any table
  std::vector<TableColumn> columns{};
  int tells{};  ///< how much its columns tell of what it is
  std::string header{};  ///< the hash of its column names

  std::string title() const;
  std::string source() const;  ///< "table" when no program is known by it
  bool is_own() const { return format != nullptr && format->own; }
  /// Whether somebody would take it for such a table without asking.
  bool is_sure() const;
};

/// Looks through the first 20 records, under every delimiter, for the header that tells most. Takes of the options
/// what was said and what is remembered of columns; throws Wrong when a field is named that there is not.
std::optional<Table> find_table(std::string_view text, const Options& options);

/// What a file's columns are read as, to be shown before anything is read.
struct TableExplanation {
  struct Column {
    std::string column{};               ///< as written
    std::string field{};                ///< "email:work"; "kept as extra", "left out"
    std::string how{};                  ///< "as you said", "as you said before", "known of Huntr", "same word", "similar word", or empty
    std::vector<std::string> values{};  ///< the first three that are not empty
  };
  std::string file{};
  std::string recognised{};  ///< "Google contacts, until 2024"; empty: no table was found, and there are no columns
  std::string of{};          ///< "contacts", "applications", "contributions"
  int header_line{};
  std::vector<Column> columns{};
};
/// Throws Wrong as `find_table` does.
TableExplanation explain(const SourceFile& file, const Options& options);

/// The names of all fields that a column can be mapped to in such a table.
std::vector<std::string> fields_of(TableOf of);

}  // namespace ties::importers
