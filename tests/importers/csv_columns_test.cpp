#include "importers/csv.h"

#include <boost/test/unit_test.hpp>

using namespace ties::importers;

BOOST_AUTO_TEST_SUITE(csv_columns)

BOOST_AUTO_TEST_CASE(a_column_is_counted_in_characters_of_its_own_line) {
  CsvReader reader("Zoë,\"two\nlines\",after,\"quoted\"\nnext,line\n", ',');
  CsvReader::Record record;
  BOOST_TEST_REQUIRE(reader.next(record));
  BOOST_TEST(record.columns == (std::vector{1, 5, 8, 14}), boost::test_tools::per_element());
  BOOST_TEST_REQUIRE(reader.next(record));
  BOOST_TEST(record.line == 3);
  BOOST_TEST(record.columns == (std::vector{1, 6}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_line_of_a_million_cells_is_read_in_one_pass) {
  const std::string commas(1'000'000, ',');
  CsvReader reader(commas, ',');
  CsvReader::Record record;
  BOOST_TEST_REQUIRE(reader.next(record));
  BOOST_TEST(record.cells.size() == 1'000'001U);
  BOOST_TEST(record.columns.back() == 1'000'001);
}

BOOST_AUTO_TEST_SUITE_END()
