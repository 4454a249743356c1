#include "crm/domain/company.h"
#include "crm/domain/contact.h"
#include "crm/domain/errors.h"
#include "crm/domain/pipeline.h"

#include <boost/test/unit_test.hpp>

using namespace ties;

BOOST_AUTO_TEST_SUITE(names)

BOOST_AUTO_TEST_CASE(a_name_in_two_parts_gives_up_its_suffix_nickname_and_symbols) {
  const struct {
    const char *given, *family, *display, *nickname, *suffix;
  } rows[] = {{"Ada", "Lovelace", "Ada Lovelace", "", ""},
              {"Zoë", "Brandt, MBA, PMP", "Zoë Brandt", "", "MBA, PMP"},
              {"Oskar", "Lind Jr", "Oskar Lind", "", "Jr"},
              {"Yi", "Ma", "Yi Ma", "", ""},
              {"Linh", "Do", "Linh Do", "", ""},
              {"Robert (Bob)", "Hall", "Robert Hall", "Bob", ""},
              {"Mira 🚀", "Novak Ph.D.", "Mira Novak", "", "Ph.D."},
              {"小明", "王", "王小明", "", ""},
              {" Tove ", " Haug ", "Tove Haug", "", ""}};
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.given << " | " << row.family) {
      const auto name = person_name(row.given, row.family);
      BOOST_TEST(name.display == row.display);
      BOOST_TEST(name.nickname == row.nickname);
      BOOST_TEST(name.suffix == row.suffix);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_name_in_one_piece_is_taken_apart) {
  const struct {
    const char *whole, *given, *family, *suffix;
  } rows[] = {{"Ada Lovelace", "Ada", "Lovelace", ""},
              {"Lovelace, Ada", "Ada", "Lovelace", ""},
              {"Ludwig van Beethoven", "Ludwig", "van Beethoven", ""},
              {"Dr. Ada Lovelace, PhD", "Ada", "Lovelace", "PhD"},
              {"王小明", "王小明", "", ""},
              {"佐久間 陽斗", "陽斗", "佐久間", ""},
              {"小明 王", "小明", "王", ""},
              {"王 小明", "小明", "王", ""},
              {"Madonna", "Madonna", "", ""}};
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.whole) {
      const auto name = person_name(row.whole);
      BOOST_TEST(name.given == row.given);
      BOOST_TEST(name.family == row.family);
      BOOST_TEST(name.suffix == row.suffix);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_name_of_east_asia_is_known_in_either_order) {
  BOOST_TEST(folded_names("若溪 林").back() == folded_names("林若溪").front());
  BOOST_TEST(folded_names("林 若溪").front() == folded_names("林若溪").front());
  BOOST_TEST(folded_names("Lovelace Ada").size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_address_has_one_form_however_it_is_written) {
  const std::tuple<PointKind, const char*, const char*> rows[] = {
      {PointKind::email, "mailto:Ada@Acme.example", "ada@acme.example"},
      {PointKind::email, "Ada <ada@acme.example>", "ada@acme.example"},
      {PointKind::linkedin, "https://www.linkedin.com/in/Zo%C3%AB-Brandt/?x=1", "zoë-brandt"},
      {PointKind::linkedin, "linkedin.com/in/ada/de", "ada"},
      {PointKind::linkedin, "ada-l", "ada-l"},
      {PointKind::github, "https://github.com/Ada/engine", "ada"},
      {PointKind::github, "@Ada", "ada"},
      {PointKind::phone, "+47 22 12 34 56", "+4722123456"},
      {PointKind::website, "https://www.Acme.example/People/", "acme.example/People"},
      {PointKind::website, "https://toots.example/@ada", "toots.example/@ada"}};
  for (const auto& [kind, written, expected] : rows) {
    BOOST_TEST_CONTEXT(written) { BOOST_TEST(normalised(kind, written).value_or("") == expected); }
  }
  const std::pair<PointKind, const char*> none[] = {{PointKind::email, "ada"}, {PointKind::email, "a@b"}, {PointKind::linkedin, "https://www.linkedin.com/company/acme"}, {PointKind::phone, "call me"}, {PointKind::website, "no site"}, {PointKind::website, "ada@acme.example"}};
  for (const auto& [kind, written] : none) BOOST_TEST(!normalised(kind, written).has_value());
}

BOOST_AUTO_TEST_CASE(companies_are_one_when_their_distinctive_words_are) {
  const std::pair<const char*, const char*> same[] = {{"Northwind Labs, Inc.", "northwind labs"}, {"Acme GmbH", "ACME"}, {"The Acme Group", "Acme"}, {"Brill S.A.", "Brill"}, {"Société Ångström AB", "Societe Angstrom"}};
  for (const auto& [a, b] : same) BOOST_TEST(company_key(a) == company_key(b));
  const std::pair<const char*, const char*> different[] = {{"Northwind Labs", "Northwind"}, {"Lanternfield Research", "Lanternfield Foods"}, {"Meta", "Metabase"}};
  for (const auto& [a, b] : different) BOOST_TEST(company_key(a) != company_key(b));
  BOOST_TEST(company_key("The Group") == "group the");  // nothing would be left
}

BOOST_AUTO_TEST_CASE(every_template_is_without_fault_and_one_is_the_standard) {
  int standard = 0;
  for (const auto& plan : pipeline_templates()) {
    BOOST_TEST(faults(plan).empty());
    standard += plan.pipeline.standard ? 1 : 0;
  }
  BOOST_TEST(standard == 1);
  const auto& stages = pipeline_templates().front().stages;
  BOOST_TEST(stage_named(stages, "recr").name == "Recruiter screen");
  BOOST_TEST(stage_named(stages, "Final Round").key == "final-round");
  BOOST_CHECK_EXCEPTION(stage_named(stages, "offr"), NotFound, [](const NotFound& e) { return std::string(e.what()) == "no stage is called 'offr'; did you mean 'offer'?"; });
}

BOOST_AUTO_TEST_SUITE_END()
