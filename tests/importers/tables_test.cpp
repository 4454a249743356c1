#include "importers/tables.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>
#include <set>

#include "crm/domain/errors.h"
#include "crm/text/text.h"
#include "importers/table_cells.h"
#include "importers/table_dates.h"
#include "importers/table_mapping.h"
#include "importers/table_words.h"
#include "tests/importers/batch_text.h"

using namespace ties;
using namespace ties::importers;
using namespace ties::importers::batch_text;
using namespace std::chrono_literals;

namespace {

const fs::path samples = fs::path{TIES_SOURCE_DIR} / "samples" / "tables";

Options options_of_today() {
  Options options;
  options.today = 2026y / 6 / 16;
  options.region = "NO";
  return options;
}

Batch read(const std::string& table, const Options& options = options_of_today()) {
  return tables.read({{"table.csv", table}}, options);
}

Batch read_mapped(const std::string& table, std::map<std::string, std::string> mapping) {
  auto options = options_of_today();
  options.mapping = std::move(mapping);
  return read(table, options);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(any_table)

BOOST_AUTO_TEST_CASE(every_sample_reads_as_its_golden_file_says) {
  const auto names = folders_of(samples);
  BOOST_TEST_REQUIRE(names.size() >= 27U);
  for (const auto& name : names)
    check_golden("tables/" + name, text_of(tables.read(files_below(samples / name), options_of_today())));
}

BOOST_AUTO_TEST_CASE(a_column_is_what_the_user_says_it_is) {
  const auto batch =
      read_mapped("Who,Reach,Where,Shoe size,Secret\nRunar Veidekke,runar@veidekke.example,Bergen,44,x\n",
                  {{"Who", "display"}, {"reach", "email:work"}, {"Shoe size", "extra"}, {"Secret", "ignore"}});
  BOOST_TEST(text_of(batch) ==
             "source table\n\npeople\n"
             "person \"Runar Veidekke\" given=\"Runar\" family=\"Veidekke\" source=\"table\" at=\"0:2\"\n"
             "  email runar@veidekke.example label=\"work\" source=\"table\"\n"
             "  extra \"Where\"=\"Bergen\"\n"
             "  extra \"Shoe size\"=\"44\"\n"
             "\nfiles\nfile table.csv recognised=\"a table of contacts\" rows=\"1\"\n");
}

BOOST_AUTO_TEST_SUITE_END()
