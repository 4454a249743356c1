#include <boost/test/unit_test.hpp>
#include <set>

#include "tests/world.h"

using namespace ties;

namespace {

/// A file that is there for one test.
struct Written {
  std::filesystem::path path;
  Written(const std::string& name, const std::string& text) : path(std::filesystem::temp_directory_path() / ("ties_source_" + name)) { write(text); }
  ~Written() { std::filesystem::remove(path); }
  Written(const Written&) = delete;
  Written& operator=(const Written&) = delete;
  void write(const std::string& text) const { std::ofstream(path, std::ios::binary) << text; }
};

int total(const Answer& answer, const char* what) {
  int sum = 0;
  for (const auto& file : answer.data) sum += file[what].get<int>();
  return sum;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(other_sources)

BOOST_FIXTURE_TEST_CASE(every_sample_comes_in_twice_without_a_change_the_second_time_and_goes_with_one_undo, World) {
  std::vector<std::filesystem::path> sources{sample("monica/monica.json")};
  for (const auto* folder : {"cards", "tables"}) {
    for (const auto& entry : std::filesystem::directory_iterator(sample(folder))) {
      if (entry.path().extension() != ".md") sources.push_back(entry.path());
    }
  }
  BOOST_TEST(sources.size() > 30u);
  for (const auto& source : sources) {
    BOOST_TEST_CONTEXT(source.string()) {
      World world;
      const auto before = world.dump();
      const auto first = world.run("import", {{"paths", {source.string()}}});
      BOOST_TEST(total(first, "created") > 0);
      const auto after = world.dump();
      const auto again = world.run("import", {{"paths", {source.string()}}});
      BOOST_TEST(total(again, "created") + total(again, "changed") == 0);
      BOOST_TEST((world.dump() == after));
      BOOST_TEST(world.store.check().empty());
      world.run("undo");
      BOOST_TEST((world.dump() == before));
    }
  }
}

BOOST_FIXTURE_TEST_CASE(what_has_no_field_is_kept_once_and_its_newest_value_stands, World) {
  const Written file("extras.csv", "First Name,Last Name,E-mail Address,Shoe size\nAda,Lovelace,ada@acme.example,38\n");
  run("import", {{"paths", {file.path.string()}}});
  const auto more = [&] { return run("contact show", {{"contact", {"ada"}}}).data["more"]; };
  BOOST_REQUIRE(more().size() == 1u);
  BOOST_TEST(more()[0]["name"] == "Shoe size");
  BOOST_TEST(more()[0]["value"] == "38");
  file.write("First Name,Last Name,E-mail Address,Shoe size\nAda,Lovelace,ada@acme.example,39\n");
  run("import", {{"paths", {file.path.string()}}});
  BOOST_REQUIRE(more().size() == 1u);
  BOOST_TEST(more()[0]["value"] == "39");
}

BOOST_FIXTURE_TEST_CASE(a_name_alone_is_no_identity_in_an_address_book, World) {
  run("contact add", {{"name", {"Ada Lovelace"}}, {"email", {"ada@acme.example"}}});
  const Written namesake("namesake.csv", "First Name,Last Name,E-mail Address\nAda,Lovelace,other@brill.example\n");
  run("import", {{"paths", {namesake.path.string()}}});
  BOOST_TEST(run("contact list").data.size() == 2u);
  const Written same("same.csv", "First Name,Last Name,E-mail Address,Mobile Phone\nAda,Lovelace,ada@acme.example,+47 22 22 55 55\n");
  run("import", {{"paths", {same.path.string()}}});
  BOOST_TEST(run("contact list").data.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(a_person_is_found_again_by_the_uid_of_a_card, World) {
  const Written card("card.vcf", "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-77\r\nFN:Ada Lovelace\r\nN:Lovelace;Ada;;;\r\nEND:VCARD\r\n");
  run("import", {{"paths", {card.path.string()}}});
  card.write("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-77\r\nFN:Ada King\r\nN:King;Ada;;;\r\nEND:VCARD\r\n");
  run("import", {{"paths", {card.path.string()}}});
  const auto people = run("contact list").data;
  BOOST_REQUIRE(people.size() == 1u);
  BOOST_TEST(people[0]["name"] == "Ada King");
}

BOOST_FIXTURE_TEST_CASE(a_trackers_application_goes_on_as_the_tracker_says_until_the_user_moves_it, World) {
  const Written table("tracker.csv", "Company,Job Title,Status,Date Applied,Job URL\nAcme,Engineer,Applied,2026-02-01,https://acme.example/jobs/1\n");
  run("import", {{"paths", {table.path.string()}}});
  const auto application = [&] { return run("application show", {{"application", {"1"}}}).data; };
  BOOST_TEST(application()["stage"] == "Applied");
  table.write("Company,Job Title,Status,Date Applied,Job URL\nAcme,Engineer,Offer,2026-02-01,https://acme.example/jobs/1\n");
  run("import", {{"paths", {table.path.string()}}});
  BOOST_TEST(application()["stage"] == "Offer");
  run("application move", {{"application", {"1"}}, {"stage", {"closed"}}}, true);
  const auto moved = dump();
  run("import", {{"paths", {table.path.string()}}});
  BOOST_TEST((dump() == moved));
}

BOOST_FIXTURE_TEST_CASE(a_column_is_what_the_user_says_it_is, World) {
  const Written table("odd.csv", "Who,Where,Reach\nAda Lovelace,Acme,ada@acme.example\n");
  const Args::Raw said{{"paths", {table.path.string()}}, {"map", {"Who=display", "Where=company", "Reach=email"}}};
  run("import", said);
  const auto ada = run("contact show", {{"contact", {"ada"}}}).data;
  BOOST_TEST(ada["points"][0]["value"] == "ada@acme.example");
  BOOST_TEST(ada["jobs"][0]["company"] == "Acme");
  BOOST_CHECK_THROW(run("import", {{"paths", {table.path.string()}}, {"map", {"Who=nobody"}}}), Wrong);
  BOOST_CHECK_THROW(run("import", {{"paths", {table.path.string()}}, {"map", {"Who"}}}), Wrong);

  auto explained = said;
  explained["explain"] = {"yes"};
  const auto before = dump();
  const auto document = run("import", explained).document.value();
  BOOST_TEST((dump() == before));
  const auto& rows = std::get<reports::Table>(document.blocks.at(0)).rows;
  BOOST_REQUIRE(rows.size() == 3u);
  BOOST_TEST(rows[2][0].text == "Reach");
  BOOST_TEST(rows[2][1].text == "email");
  BOOST_TEST(rows[2][2].text == "as you said");
  BOOST_TEST(rows[2][3].text == "ada@acme.example");
}

BOOST_FIXTURE_TEST_CASE(a_contribution_is_merged_when_a_later_list_says_so_and_reviewers_are_known_by_login, World) {
  run("contact add", {{"name", {"Grace Hopper"}}, {"github", {"gracehopper"}}});
  run("init", {{"name", {"Ada Lovelace"}}});
  const std::string open = R"([{"title":"Fold loops","url":"https://github.com/acme/engine/pull/7","state":"OPEN","createdAt":"2026-01-05T10:00:00Z","closedAt":null,"mergedAt":null,"author":{"login":"ada"},"reviews":[{"author":{"login":"gracehopper"},"state":"APPROVED"}]}])";
  const Written list("prs.json", open);
  run("import", {{"paths", {list.path.string()}}});
  auto work = run("contribution list").data;
  BOOST_REQUIRE(work.size() == 1u);
  BOOST_TEST(work[0]["state"] == "open");
  BOOST_TEST(work[0]["people"].dump().find("Grace Hopper") != std::string::npos);
  auto merged = open;
  merged.replace(merged.find("OPEN"), 4, "MERGED").replace(merged.find("\"mergedAt\":null"), 15, "\"mergedAt\":\"2026-01-09T10:00:00Z\"");
  list.write(merged);
  run("import", {{"paths", {list.path.string()}}});
  work = run("contribution list").data;
  BOOST_REQUIRE(work.size() == 1u);
  BOOST_TEST(work[0]["state"] == "merged");
}

BOOST_AUTO_TEST_SUITE_END()
