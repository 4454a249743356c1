#pragma once
#include <algorithm>

#include "importers/csv.h"

namespace ties::importers {

/// Reads the rows of a table, record by record: of a text with delimiters (cells that were defused for spreadsheets as
/// they were), or with '|' the tables of a Markdown text, whose other lines and dashed lines are passed over. Copied,
/// it goes on from the same place.
class TableRows {
 public:
  TableRows(std::string_view text, char delimiter) : reader_(text, delimiter), text_(text), delimiter_(delimiter) {}

  bool next(CsvReader::Record& record);
  /// Whether the last record is the first of its table; always false where a text is one table.
  bool begins_table() const { return begins_table_; }
  char delimiter() const { return delimiter_; }
  std::size_t position() const { return delimiter_ == '|' ? std::min(at_, text_.size()) : reader_.position(); }
  const std::vector<Issue>& issues() const { return reader_.issues(); }

 private:
  bool next_markdown(CsvReader::Record& record);

  CsvReader reader_;
  std::string_view text_;
  char delimiter_;
  std::size_t at_{};
  int line_{};
  bool within_{}, begins_table_{};
};

}  // namespace ties::importers
