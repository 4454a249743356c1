#include "importers/csv.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <random>

#include "crm/text/text.h"

using namespace ties;
using namespace ties::importers;
using std::string_literals::operator""s;

namespace {

/// Every record as "line: cell@column|cell@column", then every issue as "line:column! message".
std::vector<std::string> told(std::string_view text, char delimiter = ',') {
  std::vector<std::string> lines;
  CsvReader reader(text, delimiter);
  CsvReader::Record record;
  while (reader.next(record)) {
    BOOST_REQUIRE(record.cells.size() == record.columns.size());
    auto line = std::to_string(record.line) + ": ";
    for (std::size_t i = 0; i < record.cells.size(); ++i) {
      line += (i == 0 ? "" : "|") + record.cells[i] + "@" + std::to_string(record.columns[i]);
    }
    lines.push_back(line);
  }
  for (const auto& issue : reader.issues()) {
    lines.push_back(std::to_string(issue.line) + ":" + std::to_string(issue.column) + "! " + issue.message);
  }
  return lines;
}

const std::string never_closed = "a quote is opened here and never closed; the line is read as it stands";

std::string utf16(std::string_view ascii, bool little) {
  std::string bytes;
  for (const char c : ascii) little ? (bytes += c, bytes += '\0') : (bytes += '\0', bytes += c);
  return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(csv)

BOOST_AUTO_TEST_CASE(records_are_read_with_the_line_and_the_column_of_every_cell) {
  struct Case {
    std::string text;
    std::vector<std::string> records;
  };
  const std::vector<Case> cases{
      {"", {}},
      {"\n\r\n\r\n", {}},
      {"a", {"1: a@1"}},
      {"a,b\nc,d\n", {"1: a@1|b@3", "2: c@1|d@3"}},
      {"a,b\r\nc,d", {"1: a@1|b@3", "2: c@1|d@3"}},
      {"a,b\rc,d\r", {"1: a@1|b@3", "2: c@1|d@3"}},
      {"a\n\n\nb\n", {"1: a@1", "4: b@1"}},
      {",\n,,\n", {"1: @1|@2", "2: @1|@2|@3"}},
      {"a,", {"1: a@1|@3"}},
      {"\"a,b\",c\n", {"1: a,b@1|c@7"}},
      {"\"say \"\"hi\"\"\",c\n", {"1: say \"hi\"@1|c@14"}},
      {"\"\",\"\"\"\"\n", {"1: @1|\"@4"}},
      {"\"two\nlines\",c\nd\n", {"1: two\nlines@1|c@8", "3: d@1"}},
      {"\"two\r\nlines\",c\r\nd\r\n", {"1: two\r\nlines@1|c@8", "3: d@1"}},
      {"\"a\rb\rc\",d\re", {"1: a\rb\rc@1|d@4", "4: e@1"}},
      {"\"a\n\"\nb", {"1: a\n@1", "3: b@1"}},
      {"\"a\nb\" ,c\n", {"1: a\nb @1|c@5"}},
      {"5\" disk,b\n", {"1: 5\" disk@1|b@9"}},
      {"\"a\"b,c\n", {"1: ab@1|c@6"}},
      {"Zoë,王小明,x\n", {"1: Zoë@1|王小明@5|x@9"}},
      {"\"Zoë\nñ\",x\n", {"1: Zoë\nñ@1|x@4"}},
  };
  for (const auto& [text, records] : cases) BOOST_TEST(told(text) == records, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(any_delimiter_splits_and_the_others_are_text) {
  BOOST_TEST(told("a;b,c;\"d;e\"\n", ';') == (std::vector<std::string>{"1: a@1|b,c@3|d;e@7"}),
             boost::test_tools::per_element());
  BOOST_TEST(told("a\t\tb\n\"\n\"\tc", '\t') == (std::vector<std::string>{"1: a@1|@3|b@4", "2: \n@1|c@3"s}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_quote_that_is_never_closed_is_an_issue_and_the_records_after_it_are_read) {
  BOOST_TEST(told("a,b\n1,\"x,y\n2,z\n") ==
                 (std::vector<std::string>{"1: a@1|b@3", "2: 1@1|x@3|y@6", "3: 2@1|z@3", "2:3! " + never_closed}),
             boost::test_tools::per_element());
  // A later quote opens another cell; it does not close this one.
  BOOST_TEST(told("1,\"x\n2,\"y\"\n3,z") ==
                 (std::vector<std::string>{"1: 1@1|x@3", "2: 2@1|y@3", "3: 3@1|z@3", "1:3! " + never_closed}),
             boost::test_tools::per_element());
  BOOST_TEST(told("\"") == (std::vector<std::string>{"1: @1", "1:1! " + never_closed}),
             boost::test_tools::per_element());
  BOOST_TEST(told("\"\"\"") == (std::vector<std::string>{"1: \"\"@1", "1:1! " + never_closed}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_blank_behind_a_cell_of_two_lines_may_be_the_delimiter) {
  BOOST_TEST(told("\"a\nb\"\tc\n", '\t') == (std::vector<std::string>{"1: a\nb@1|c@4"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(zero_bytes_and_invalid_bytes_pass_unharmed) {
  BOOST_TEST(told("a\0b,\xFF\xFE\n"s) == (std::vector<std::string>{"1: a\0b@1|\xFF\xFE@5"s}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_record_of_endless_cells_is_cut_and_the_next_one_is_read) {
  const auto lines = told(std::string(2'000'000, ',') + "\nb\n");
  BOOST_REQUIRE(lines.size() == 3u);
  BOOST_TEST(lines[1] == "2: b@1");
  BOOST_TEST(lines[2] == "1:10000! more than 10,000 cells in one record; the rest of its line is left out");
}

BOOST_AUTO_TEST_CASE(issues_without_end_are_not_kept_without_end) {
  std::string text;
  for (int i = 0; i < 5'000; ++i) text += "a,\"b\n";
  CsvReader reader(text, ',');
  CsvReader::Record record;
  int records = 0;
  while (reader.next(record)) ++records;
  BOOST_TEST(records == 5'000);
  BOOST_REQUIRE(reader.issues().size() == 1'001u);
  BOOST_TEST(reader.issues().back().message == "there are more such places, which are not listed");
}

BOOST_AUTO_TEST_CASE(a_field_of_twenty_megabytes_is_read_whole) {
  const std::string large(20'000'000, 'x');
  for (const auto& text : {"a," + large + "\nb", "a,\"" + large + "\"\nb"}) {
    CsvReader reader(text, ',');
    CsvReader::Record record;
    BOOST_REQUIRE(reader.next(record));
    BOOST_REQUIRE(record.cells.size() == 2u);
    BOOST_TEST((record.cells[1] == large));
    BOOST_REQUIRE(reader.next(record));
    BOOST_TEST((record.cells == std::vector<std::string>{"b"}));
    BOOST_TEST(!reader.next(record));
  }
}

BOOST_AUTO_TEST_CASE(hostile_quotes_take_time_in_proportion_to_their_size) {
  std::string quotes, openings, pairs = "\"";
  for (int i = 0; i < 300'000; ++i) quotes += '"', openings += "\"a\n", pairs += "\n,\"\"";
  const auto begin = std::chrono::steady_clock::now();
  for (const auto* text : {&quotes, &openings, &pairs}) BOOST_TEST(told(*text).size() > 0u);
  BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)));
}

BOOST_AUTO_TEST_CASE(the_delimiter_is_the_one_that_splits_the_header_most) {
  const std::vector<std::pair<std::string, char>> cases{
      {"a,b,c\n", ','}, {"a;b;c\n1,2;3;4", ';'},  {"a\tb\tc", '\t'},  {"", ','},
      {"a", ','},       {"\"a;b;c;d\",e\n", ','}, {"\n\na;b\n", ';'},
  };
  for (const auto& [text, delimiter] : cases) BOOST_TEST(delimiter_of(text) == delimiter, text);
}

BOOST_AUTO_TEST_CASE(every_encoding_becomes_utf8) {
  struct Case {
    std::string bytes, text, encoding;
  };
  const std::vector<Case> cases{
      {"", "", "UTF-8"},
      {"Zoë", "Zoë", "UTF-8"},
      {"\xEF\xBB\xBFZoë", "Zoë", "UTF-8"},
      {"\xEF\xBB\xBF"
       "a\xFF"
       "b",
       "a\uFFFDb", "UTF-8"},
      {"Zo\xEB \x80", "Zoë €", "windows-1252"},
      {"\xFF\xFE" + utf16("a,b\n", true), "a,b\n", "UTF-16LE"},
      {"\xFE\xFF" + utf16("a,b\n", false), "a,b\n", "UTF-16BE"},
      {utf16("name,company", true), "name,company", "UTF-16LE"},
      {utf16("name,company", false), "name,company", "UTF-16BE"},
      {"\xFF\xFE\x3D\xD8\x00\xDE"s, "😀", "UTF-16LE"},
      {"\xFF\xFE" + utf16("ab", true) + "c", "ab\uFFFD", "UTF-16LE"},
      {"\xFF\xFE", "", "UTF-16LE"},
      {std::string(8, '\0'), std::string(8, '\0'), "UTF-8"},
      {"a\0b"s, "a\0b"s, "UTF-8"},
  };
  for (const auto& [bytes, text, encoding] : cases) {
    const auto decoded = decode(bytes);
    BOOST_TEST(decoded.text == text);
    BOOST_TEST(decoded.encoding == encoding, text);
  }
}

BOOST_AUTO_TEST_CASE(a_sheet_is_found_by_its_header_wherever_it_stands_within_twenty_records) {
  const std::vector<std::string> signature{"First Name|Vorname", "Connected On|Verbunden am"};
  struct Case {
    std::string text;
    bool found;
  };
  std::string late, too_late;
  for (int i = 0; i < 19; ++i) late += "note\n";
  too_late = late + "note\n";
  const std::string header = "First Name,Last Name,Connected On\n";
  const std::vector<Case> cases{
      {header, true},
      {"Notes:\n\"a long\nnote\"\n\n" + header, true},
      {"Notes:,,\n" + header, true},
      {" first name , CONNECTED ON \n", true},
      {"Vorname;Nachname;Verbunden am\n", true},
      {"First Name\tConnected On\n", true},
      {late + header, true},
      {too_late + header, false},
      {"First Name,Last Name\n", false},
      {"", false},
  };
  for (const auto& [text, found] : cases) BOOST_TEST(Sheet::find(text, signature).has_value() == found, text);
}

BOOST_AUTO_TEST_CASE(a_sheet_reads_by_name_whatever_the_order_and_the_length_of_its_rows) {
  const std::string text =
      "Preamble\nCompany,First Name,,Extra,Extra\n , \nAcme,  Ada ,x,1,2\nShort\n\n\"Long\",Zoë,,,,\"over\"\n";
  auto sheet = Sheet::find(text, {"First Name"});
  BOOST_REQUIRE(sheet.has_value());
  BOOST_TEST(sheet->has("Company"));
  BOOST_TEST(sheet->has("Firma|company"));
  BOOST_TEST(!sheet->has("Title"));
  BOOST_REQUIRE(sheet->next());
  BOOST_TEST(sheet->line() == 4);
  BOOST_TEST((*sheet)["First Name"] == "Ada");
  BOOST_TEST((*sheet)["Vorname|First Name"] == "Ada");
  BOOST_TEST((*sheet)["Extra"] == "1");
  BOOST_TEST((*sheet)["Title"] == "");
  BOOST_TEST(sheet->column("First Name") == 6);
  BOOST_TEST(sheet->column("Title") == 0);
  BOOST_REQUIRE(sheet->next());
  BOOST_TEST((*sheet)["Company"] == "Short");
  BOOST_TEST((*sheet)["First Name"] == "");
  BOOST_TEST(sheet->column("First Name") == 0);
  BOOST_REQUIRE(sheet->next());
  BOOST_TEST((*sheet)["First Name"] == "Zoë");
  BOOST_REQUIRE(sheet->record().cells.size() == 6u);
  BOOST_TEST(sheet->record().cells[5] == "over");
  BOOST_TEST(!sheet->next());
  BOOST_TEST(!sheet->next());
}

BOOST_AUTO_TEST_CASE(no_mutation_of_a_table_breaks_the_reader) {
  std::mt19937 random(20260301);
  const std::string seed = "First Name,Company\r\n\"Ada, \"\"Countess\"\"\",Acme\n\"two\nlines\",王小明\rlast,\n";
  const std::string signs = "\",;\t\r\n\0a\xC3\xFF"s;
  std::size_t records = 0;
  for (int round = 0; round < 20'000; ++round) {
    auto bytes = seed;
    const auto changes = 1 + random() % 8;
    for (unsigned i = 0; i < changes && !bytes.empty(); ++i) {
      const auto at = random() % bytes.size();
      switch (random() % 4) {
        case 0:
          bytes[at] = signs[random() % signs.size()];
          break;
        case 1:
          bytes.insert(at, 1, signs[random() % signs.size()]);
          break;
        case 2:
          bytes.erase(at, 1 + random() % 4);
          break;
        default:
          bytes.resize(at);
      }
    }
    const auto decoded = decode(bytes);
    BOOST_REQUIRE(text::is_utf8(decoded.text));
    CsvReader reader(bytes, delimiter_of(bytes));
    CsvReader::Record record;
    int line = 0;
    std::size_t content = 0;
    while (reader.next(record)) {
      ++records;
      BOOST_REQUIRE(record.line > line);
      BOOST_REQUIRE(record.cells.size() == record.columns.size());
      line = record.line;
      for (const auto& cell : record.cells) content += cell.size();
      for (const int column : record.columns) BOOST_REQUIRE(column >= 1);
    }
    BOOST_REQUIRE(content <= bytes.size());
    if (auto sheet = Sheet::find(decoded.text, {"First Name"})) {
      while (sheet->next()) BOOST_REQUIRE((*sheet)["First Name"].size() <= decoded.text.size());
    }
  }
  BOOST_TEST(records > 20'000u);
}

BOOST_AUTO_TEST_CASE(random_bytes_decode_to_valid_text) {
  std::mt19937 random(7);
  for (int round = 0; round < 3'000; ++round) {
    std::string bytes(random() % 600, ' ');
    for (auto& byte : bytes) byte = static_cast<char>(random());
    BOOST_REQUIRE(text::is_utf8(decode(bytes).text));
  }
}

BOOST_AUTO_TEST_SUITE_END()
