#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "importers/csv.h"

// Reads a table from standard input and prints its records as JSON, for csv_cases.js: cells are split by the sign that
// is named, else by the one that the table itself tells.
int main(int argc, char** argv) {
  using namespace ties::importers;
  const std::string bytes(std::istreambuf_iterator<char>(std::cin), {});
  const auto text = decode(bytes).text;
  CsvReader reader(text, argc == 2 ? *argv[1] : delimiter_of(text));
  auto records = nlohmann::json::array();
  for (CsvReader::Record record; reader.next(record);) records.push_back(record.cells);
  std::cout << records.dump() << '\n';
}
