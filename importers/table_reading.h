#pragma once
#include <unordered_map>
#include <unordered_set>

#include "importers/table_dates.h"
#include "importers/table_mapping.h"

/// What the readers of the three kinds of table share; see tables.h for what others may use.
namespace ties::importers::table_parts {

/// Some files of a source while they are read: the batch that grows, and the row at hand.
class Reading {
 public:
  Reading(Batch& to, const Options& how) : batch(to), options(how) {}

  Batch& batch;
  const Options& options;

  /// Takes the table of a file; looks through its columns of dates first, to tell the order of their days.
  void open(int file, Table table, Bytes text);
  const Table& table() const { return *table_; }
  int file() const { return file_; }

  /// The next row that holds anything, counted; false at the end. The closing lines of a report are passed over.
  bool next();
  int line() const { return record_.line; }

  /// Every cell of the row that says something, in the order of the columns: visit(column, text).
  /// A cell's text is on one line, but for notes.
  template <class Visit>
  void each_cell(Visit visit) const {
    for (std::size_t i = 0; i < std::min(record_.cells.size(), table_->columns.size()); ++i) {
      const auto& column = table_->columns[i];
      if (column.field == TableField::ignore || column.field == TableField::label) continue;
      if (auto text = text_at(i); !text.empty()) visit(static_cast<int>(i), column, std::move(text));
    }
  }
  /// What another column tells of one: "* Work" of "E-mail 1 - Value"; empty when there is none.
  std::string label_of(const TableColumn& column) const;

  /// The row's cell under a column, as `header_key` writes its letters; empty when there is none.
  std::string cell_under(std::string_view letters) const;

  /// The day in a cell; an issue when it is none.
  std::optional<Date> day(int column, const std::string& text);
  bool is_too_old(std::optional<Date> day);

  /// To be called between two rows that nothing points to: a long table is handed over in parts, where nothing else of
  /// the source can tell more of its rows.
  void hand_over();

  void skip(const std::string& why);
  void issue(int column, std::string message);

  /// A normalised address, or nothing. An address without a region for its phone numbers is tried as it stands.
  std::optional<ContactPoint> point(PointKind kind, std::string_view written, std::string label) const;

  // Across files.
  std::unordered_map<std::string, int> source_keys{};        ///< of applications: how often each was met
  std::unordered_map<std::string, std::size_t> people{};     ///< of rows' contact persons, by name and address
  std::unordered_map<std::string, std::size_t> by_record{};  ///< a record's own number → application
  struct PersonOfRecord {
    std::size_t person{};
    std::string record{}, part{};
    int line{}, file{};
  };
  std::vector<PersonOfRecord> people_of_records{};  ///< who belongs to an application that another file tells of

 private:
  std::string text_at(std::size_t column) const;
  void count_days();
  void tell(std::size_t position) const;

  int file_{};
  Bytes text_{};
  std::optional<Table> table_{};
  CsvReader::Record record_{};
  std::vector<DayOrder> orders_{};
  DayOrder whole_order_{};
  std::unordered_set<int> told_{};  ///< columns whose order stayed open, of which was told
};

bool add_point(Person& person, ContactPoint point);
/// The kind of a web address: a profile, a login, a website.
PointKind kind_of_address(std::string_view address);
/// How the person is named by other records.
PersonKey key_of(const Person& person);

void read_contacts(Reading& reading);
void read_applications(Reading& reading);
void read_contributions(Reading& reading);
/// career-ops' status-log.tsv: number, date, from, to, source, note; no header.
bool is_status_log(std::string_view text);
void read_status_log(Reading& reading, int file, std::string_view text);
void finish_people_of_records(Reading& reading);

}  // namespace ties::importers::table_parts
