#pragma once
#include "importers/vcard_writer.h"

namespace ties::importers {

/// Contacts as a table of Ties's own, for spreadsheets: a row each, under these headings. Where a person has several
/// things of a kind (addresses, tags, jobs, extras), each is a line of the cell. The importer `tables` reads the same
/// people out of it. Cells are not yet made safe for spreadsheets.
std::vector<std::string> own_header();
std::vector<std::string> own_row(const CardContent& content, const std::string& met_event,
                                 const std::string& met_through);

/// Contacts as Google's import takes them since 2024. How many columns there are of a kind depends on whoever has the
/// most.
class GoogleColumns {
 public:
  void make_room_for(const CardContent& content);
  std::vector<std::string> header() const;
  std::vector<std::string> row(const CardContent& content) const;

 private:
  std::size_t emails_{}, phones_{}, websites_{}, customs_{};
};

/// How the lines of own cells are made, for their reader. An address with its label: "ada@acme.example (work)".
std::string address_line(const std::string& value, const std::string& label);
std::pair<std::string, std::string> address_of_line(std::string_view line);
/// Parts, parted by a sign and a blank; what a part holds of signs, backslashes and line ends stands behind a
/// backslash. `most`: behind so many parts, less one, a sign is text.
std::string line_of_parts(const std::vector<std::string>& parts, char sign);
std::vector<std::string> parts_of_line(std::string_view line, char sign, std::size_t most);
std::vector<std::string> lines_of_cell(std::string_view cell);

}  // namespace ties::importers
