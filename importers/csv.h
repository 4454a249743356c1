#pragma once
#include "importers/importer.h"

namespace ties::importers {

/// Bytes of unknown encoding as UTF-8: a byte-order mark decides, else UTF-8 where it is valid, else UTF-16 where every
/// other byte is zero, else Windows-1252.
struct Decoded {
  std::string text{};
  std::string encoding{};  ///< "UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252"
};
Decoded decode(std::string_view bytes);  ///< throws Conflict beyond 1 GB, which readers of a whole text do not take

/// The same for a file that may be more than memory holds: shares bytes that are UTF-8 already.
Bytes as_utf8(const Bytes& bytes);

/// As much of a file, not yet decoded, as can hold its header, cut at a line's end.
std::string_view beginning(std::string_view bytes);

/// RFC 4180 read leniently: "" escapes, line ends of every kind, line ends within quotes, a stray quote in an unquoted
/// field kept as written, a last record without line end. A quote that is never closed, or closed lines further down
/// only by what opens another cell, is an issue at its line, and the records after that line are still read. Reads
/// record by record and copies nothing but the current record's cells, of which there are 10,000 at most; of the issues
/// the first 1,000 are kept.
class CsvReader {
 public:
  CsvReader(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  struct Record {
    int line{};  ///< on which it begins, from 1
    std::vector<std::string> cells{};
    std::vector<int> columns{};  ///< where each cell begins in its line, in characters from 1
  };
  /// The next record that is not blank; false at the end.
  bool next(Record& record);
  const std::vector<Issue>& issues() const { return issues_; }
  /// Where the next record begins, in bytes.
  std::size_t position() const { return at_; }

 private:
  void pass_line_end();
  std::size_t cell_end_from(std::size_t at) const;
  /// Both read one cell from `at_` on and return the column behind it.
  int read_plain(std::string& cell, int column);
  int read_quoted(std::string& cell, int column);
  void issue(int column, std::string message);

  std::string_view text_;
  char delimiter_;
  std::size_t at_{};
  int line_{1};
  std::vector<Issue> issues_{};
};

/// "," ";" or tab: whichever splits this header line into the most cells, outside quotes.
char delimiter_of(std::string_view text);

/// A table found in a text by its header: rows by column name, whatever their order, with unknown, missing, repeated
/// and empty-named columns allowed.
class Sheet {
 public:
  /// Looks through the first 20 records for one that holds every name of `signature`, trimmed and blind to case.
  /// A name may list alternatives: "Connected On|Verbunden am|Date de connexion".
  static std::optional<Sheet> find(std::string_view text, const std::vector<std::string>& signature);

  /// The next row; false at the end. Rows that are short read as empty; cells beyond the header are kept in `record`.
  bool next();
  int line() const;
  /// The cell under a column (alternatives as above), trimmed; empty when there is none.
  std::string_view operator[](std::string_view column) const;
  /// Where that cell begins in its line; 0 when there is none.
  int column(std::string_view name) const;
  bool has(std::string_view column) const;
  const std::vector<std::string>& header() const;
  const CsvReader::Record& record() const;
  const std::vector<Issue>& issues() const;

 private:
  Sheet(CsvReader reader, std::vector<std::string> header) : reader_(std::move(reader)), header_(std::move(header)) {}
  int index_of(std::string_view column) const;

  CsvReader reader_;
  std::vector<std::string> header_;
  CsvReader::Record record_{};
  mutable std::map<std::string, int, std::less<>> places_{};  ///< columns that were asked for
};

}  // namespace ties::importers
