#include "crm/domain/company.h"

#include <boost/test/unit_test.hpp>

using namespace ties;

BOOST_AUTO_TEST_SUITE(companies)

BOOST_AUTO_TEST_CASE(legal_forms_of_many_countries_are_dropped) {
  for (const auto* name : {"Lanternfield", "LANTERNFIELD, Inc.", "Lanternfield L.L.C.", "Lanternfield (Pty) Ltd", "Lanternfield Pvt.Ltd.", "Lanternfield Pvt. Ltd.", "Lanternfield Co.,Ltd.",
                           "Lanternfield Sdn. Bhd.", "PT Lanternfield Tbk", "Lanternfield GmbH & Co. KG", "Lanternfield G.m.b.H.", "Lanternfield e.V.", "Lanternfield e.K.", "Lanternfield UG (haftungsbeschränkt)",
                           "Lanternfield SE", "Lanternfield B.V.", "Lanternfield A/S", "AB Lanternfield", "Lanternfield OÜ", "Lanternfield S.A.", "Lanternfield S.à r.l.", "Lanternfield S.p.A.",
                           "Lanternfield S.A. de C.V.", "Lanternfield S. de R.L. de C.V.", "Lanternfield Sp. z o.o.", "Lanternfield Sp.z.o.o.", "Lanternfield spol. s r.o.", "Lanternfield d.o.o.",
                           "ООО Lanternfield", "АО Lanternfield", "Lanternfield A.Ş.", "Lanternfield San. ve Tic. Ltd. Şti.", "Lanternfield K.K.", "株式会社Lanternfield", "Lanternfield有限公司",
                           "주식회사 Lanternfield", "The Lanternfield Group"}) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(company_key(name) == "lanternfield"); }
  }
}

BOOST_AUTO_TEST_CASE(a_key_is_the_distinctive_words_folded_and_sorted) {
  const std::pair<const char*, const char*> rows[] = {{"Northwind Labs, Inc.", "labs northwind"}, {"The Northwind Group", "northwind"}, {"Société Ångström AB", "angstrom societe"},
                                                      {"Lanternfield.io", "io lanternfield"},     {"J.P. Haug & Co.", "haug jp"},         {"Haug Haug", "haug"}};
  for (const auto& [name, key] : rows) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(company_key(name) == key); }
  }
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_a_legal_form_tells_companies_apart) {
  const std::pair<const char*, const char*> rows[] = {{"K Labs", "Z Labs"},          {"Studio A", "Studio K"},     {"EV Haug", "Haug"},       {"SE Labs", "Labs"},
                                                      {"Northwind Zoo", "Northwind"}, {"CV Northwind", "Northwind"}, {"Northwind Labs", "Northwind"}};
  for (const auto& [a, b] : rows) {
    BOOST_TEST_CONTEXT(a << " | " << b) { BOOST_TEST(company_key(a) != company_key(b)); }
  }
}

BOOST_AUTO_TEST_CASE(a_name_of_nothing_but_legal_forms_and_generic_words_keeps_them) {
  const std::pair<const char*, const char*> rows[] = {{"The Group", "group the"}, {"S.A.", "sa"}, {"Sp. z o.o.", "oo sp z"}, {"", ""}, {"...", ""}, {"\xff\xfe.", ""}};
  for (const auto& [name, key] : rows) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(company_key(name) == key); }
  }
  BOOST_TEST(company_key("株式会社") != "");
}

BOOST_AUTO_TEST_SUITE_END()
