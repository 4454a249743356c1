#include "crm/domain/duplicates.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <fstream>
#include <iostream>
#include <set>

#include "crm/domain/name_likeness.h"

using namespace ties;

namespace {

struct Labelled {
  bool same{};
  std::string why{};
  PersonFacts a{}, b{};
};

std::vector<std::string> split(const std::string& text, const std::string& at) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(at, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + at.size();
  }
  return parts;
}

PersonFacts person(const std::string& text, std::int64_t number) {
  PersonFacts facts;
  facts.contact = {number};
  const auto parts = split(text, "; ");
  const auto names = split(parts[0], "|");
  const auto name = names.size() == 2 ? person_name(names[0], names[1]) : person_name(parts[0]);
  facts.display = name.display, facts.given = name.given, facts.family = name.family, facts.nickname = name.nickname,
  facts.suffix = name.suffix;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const auto equals = parts[i].find('=');
    BOOST_REQUIRE(equals != std::string::npos);
    const auto key = split(parts[i].substr(0, equals), ":");
    const auto value = parts[i].substr(equals + 1);
    const auto kind = from_word<PointKind>(key[0] == "web" ? "website" : key[0]);
    if (kind) {
      const auto address = normalised(*kind, value);
      BOOST_REQUIRE_MESSAGE(address.has_value(), value);
      facts.points.push_back({*kind, *address, key.size() > 1 ? key[1] : ""});
    } else if (key[0] == "now" || key[0] == "was") {
      const auto job = split(value, "/");
      facts.jobs.push_back({job[0], job.size() > 1 ? job[1] : "", key[0] == "now"});
    } else if (key[0] == "nick") {
      facts.nickname = value;
    } else if (key[0] == "suffix") {
      facts.suffix = value;
    } else if (key[0] == "also") {
      facts.other_names.push_back(value);
    } else if (key[0] == "in") {
      facts.location = value;
    } else {
      BOOST_REQUIRE_EQUAL(key[0], "born");
      facts.birthday = value;
    }
  }
  return facts;
}

std::vector<Labelled> labelled(const std::string& name) {
  std::ifstream file(std::string(TIES_SOURCE_DIR) + "/tests/domain/" + name);
  std::vector<Labelled> pairs;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    const auto parts = split(line, "\t");
    BOOST_REQUIRE_MESSAGE(parts.size() == 4, line);
    BOOST_REQUIRE(parts[0] == "same" || parts[0] == "different");
    pairs.push_back({parts[0] == "same", parts[1], person(parts[2], 1), person(parts[3], 2)});
  }
  return pairs;
}

/// What an import would do by itself: one address that identifies, and names that do not stand in the way.
bool joined_by_an_import(const PersonFacts& a, const PersonFacts& b) {
  const auto contact = [](const PersonFacts& facts) {
    Contact one;
    one.display = facts.display, one.given = facts.given, one.family = facts.family, one.nickname = facts.nickname;
    return one;
  };
  for (const auto& mine : a.points) {
    for (const auto& theirs : b.points) {
      if (mine.kind != theirs.kind || mine.value != theirs.value || !identifies(mine.kind, mine.value)) continue;
      if (mine.kind != PointKind::email || !names_conflict(contact(a), contact(b))) return true;
    }
  }
  return false;
}

void check_figures(const std::string& name, std::size_t pairs_at_least, double precision_demanded,
                   double recall_demanded) {
  const auto pairs = labelled(name);
  BOOST_TEST(pairs.size() >= pairs_at_least);
  int same = 0, right = 0, wrong = 0, joined = 0;
  for (const auto& pair : pairs) {
    const auto found = duplicates({pair.a, pair.b});
    const bool offered = !found.empty();
    same += pair.same ? 1 : 0;
    right += offered && pair.same ? 1 : 0;
    wrong += offered && !pair.same ? 1 : 0;
    if (offered != pair.same) {
      const auto any = duplicates({pair.a, pair.b}, 0);
      std::string said = std::to_string(any.empty() ? -1 : any.front().score);
      for (const auto& reason : any.empty() ? std::vector<std::string>{} : any.front().reasons) said += "; " + reason;
      BOOST_TEST_MESSAGE((pair.same ? "missed: " : "wrong: ")
                         << pair.why << ": " << pair.a.display << ", " << pair.b.display << ": " << said);
    }
    if (!joined_by_an_import(pair.a, pair.b)) continue;
    ++joined;
    BOOST_TEST(pair.same, "an import would join " << pair.a.display << " and " << pair.b.display << ": " << pair.why);
  }
  const double precision = static_cast<double>(right) / std::max(1, right + wrong),
               recall = static_cast<double>(right) / std::max(1, same);
  std::cout << name << ": " << pairs.size() << " pairs, " << same << " of them the same; precision " << precision
            << ", recall " << recall << "; " << joined << " joined by an import\n";
  BOOST_TEST(precision >= precision_demanded);
  BOOST_TEST(recall >= recall_demanded);
  BOOST_TEST(joined > 5);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(duplicate_contacts)

BOOST_AUTO_TEST_CASE(of_the_labelled_pairs_hardly_any_is_offered_wrongly_and_few_are_missed) {
  check_figures("duplicates.tsv", 400, 0.99, 0.90);
}

BOOST_AUTO_TEST_CASE(the_pairs_that_nothing_was_tuned_on_fare_alike) {
  check_figures("duplicates_held_out.tsv", 100, 0.97, 0.85);
}

BOOST_AUTO_TEST_CASE(every_pair_says_why_in_plain_words) {
  const struct {
    const char *a, *b;
    int score;
    std::vector<std::string> reasons;
  } rows[] = {
      {"Robert|Tidewell; phone=+4915112345678; now=Northfold",
       "Bob|Tidewell; phone:cell=+4915112345678; now=Northfold",
       99,
       {"Bob is short for Robert", "the same phone +4915112345678", "at Northfold both"}},
      {"林若溪; was=Northfold",
       "Ruoxi|Lin; now=Northfold",
       71,
       {"the same name in another script", "worked at Northfold both"}},
      {"Ada|Lovelace; linkedin=ada", "Ada|Lovelace; phone=+4722334455", 55, {"the same name"}},
      {"Ada|Lovelace; now=Northfold; linkedin=ada; email=ada@mail.example",
       "Ada|Lovelace; now=Northfold; linkedin=ada-l; email=ada@mail.example",
       97,
       {"the same email ada@mail.example", "the same name", "at Northfold both", "but two LinkedIn profiles"}},
  };
  for (const auto& row : rows) {
    const auto found = duplicates({person(row.a, 3), person(row.b, 17)});
    BOOST_REQUIRE_MESSAGE(found.size() == 1u, row.a);
    BOOST_TEST(found[0].a.value == 3);
    BOOST_TEST(found[0].b.value == 17);
    BOOST_TEST(found[0].score == row.score);
    BOOST_TEST(found[0].reasons == row.reasons, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_name_at_one_company_is_offered_and_never_certain) {
  const auto found = duplicates({person("Wei|Zhang; now=Northfold/Engineer; in=Oslo", 1),
                                 person("Wei|Zhang; now=Northfold/Engineer; in=Oslo", 2)});
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_TEST(found[0].score == 80);
}

BOOST_AUTO_TEST_CASE(thousands_of_namesakes_are_neither_offered_nor_compared_with_each_other) {
  std::vector<PersonFacts> people;
  for (int i = 1; i <= 5'000; ++i) people.push_back(person("Maria|Silva; now=Northfold", i));
  people.push_back(person("Maria|Silva; phone=+5511987654321", 5'001));
  people.push_back(person("Maria|Silva; phone=+5511987654321", 5'002));
  people.push_back(person("Мария|Сильва; phone=+5511987654321", 5'003));
  const auto begin = std::chrono::steady_clock::now();
  const auto found = duplicates(people);
  BOOST_TEST(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count() < 5.0);
  BOOST_REQUIRE(found.size() == 3u);
  for (const auto& pair : found) BOOST_TEST(pair.a.value > 5'000);
}

BOOST_AUTO_TEST_CASE(an_address_that_many_share_makes_nobody_the_same) {
  std::vector<PersonFacts> people;
  for (const auto* name : {"Ada|Lund", "Bo|Haug", "Cy|Wren", "Di|Novak", "Ed|Rossi", "Flo|Dahl"}) {
    people.push_back(person(std::string(name) + "; phone=+4722000000", static_cast<std::int64_t>(people.size()) + 1));
  }
  BOOST_TEST(duplicates(people).empty());
}

BOOST_AUTO_TEST_CASE(two_names_are_compared_whatever_the_spelling) {
  using Kind = NameLikeness::Kind;
  const struct {
    const char *given, *family, *other_given, *other_family;
    Kind kind;
  } rows[] = {{"Ada", "Lovelace", "Ada", "Lovelace", Kind::same},
              {"Jörg", "Müller", "Joerg", "Mueller", Kind::alike},
              {"Ada", "Lovelace", "Lovelace", "Ada", Kind::alike},
              {"A.", "Lovelace", "Ada", "Lovelace", Kind::initial},
              {"A.", "L.", "Ada", "Lovelace", Kind::conflict},
              {"Anna", "Berg", "Anna", "Berg-Lind", Kind::alike},
              {"Anna", "Berg", "Anna", "Lind", Kind::given},
              {"Anna", "Berg", "Erik", "Berg", Kind::conflict},
              {"Marie", "Berg", "Maria", "Berg", Kind::alike},
              {"Ivan", "Petrov", "Ivana", "Petrova", Kind::conflict},
              {"Сергей", "Петров", "Sergei", "Petrov", Kind::alike},
              {"佐久間", "陽斗", "Haruto", "Sakuma", Kind::unknown},
              {"Ada", "", "Ada", "Lovelace", Kind::part},
              {"lrx42", "", "Ruoxi", "Lin", Kind::unknown}};
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.given << " " << row.family << " / " << row.other_given << " " << row.other_family) {
      const auto one = name_form(row.given, row.family), other = name_form(row.other_given, row.other_family);
      BOOST_TEST((likeness(one, other).kind == row.kind));
      BOOST_TEST((likeness(other, one).kind == row.kind));
    }
  }
}

BOOST_AUTO_TEST_CASE(slips_count_letters_left_out_put_in_mistaken_and_swapped) {
  const std::tuple<const char*, const char*, int> rows[] = {
      {"lund", "lund", 0}, {"lund", "lundh", 1}, {"lund", "lnud", 1},     {"lund", "land", 1},
      {"lund", "haug", 3}, {"", "a", 1},         {"kitten", "sitting", 3}};
  for (const auto& [a, b, expected] : rows) BOOST_TEST(slips(a, b, 2) == expected);
}

BOOST_AUTO_TEST_CASE(names_of_any_bytes_are_compared_without_harm) {
  const std::string odd[] = {"", " ", "\xff\xfe", std::string(5'000, 'a'), "🚀", "a", "א", "王", "-", "Ada\xc3"};
  for (const auto& a : odd) {
    for (const auto& b : odd) {
      PersonFacts one, other;
      one.contact = {1}, other.contact = {2};
      one.display = one.nickname = a, other.display = other.family = other.given = b;
      one.points = {{PointKind::email, b, a}};
      other.points = {{PointKind::email, b, ""}};
      for (const auto& pair : duplicates({one, other}, 0)) BOOST_TEST(pair.score <= 99);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
