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

/// What an import of public work left behind, as `contribution list` shows it: one line each, oldest number first.
std::vector<std::string> works(World& world) {
  std::vector<std::string> lines;
  for (const auto& work : world.run("contribution list").data) {
    std::string people;
    for (const auto& person : work["people"]) people += (people.empty() ? "" : ", ") + person.get<std::string>();
    const auto company = work["company"].get<std::string>();
    lines.push_back(work["kind"].get<std::string>() + " " + work["state"].get<std::string>() + " of " + (company.empty() ? "nobody" : company) + ": " + people);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
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

BOOST_FIXTURE_TEST_CASE(a_list_that_names_no_company_belongs_to_the_one_whose_organisation_owns_the_repository, World) {
  run("company add", {{"name", {"Acme"}}});
  run("company edit", {{"company", {"Acme"}}, {"organisation", {"acme-code"}}});
  const Written list("work.csv",
                     "Title,Link,Repository,Type,Status,Opened\n"
                     "Fold,https://github.com/acme-code/engine/pull/7,acme-code/engine,Pull request,open,2026-01-05\n"
                     "Bend,https://github.com/nobody/engine/pull/8,nobody/engine,Pull request,open,2026-01-05\n");
  run("import", {{"paths", {list.path.string()}}});
  BOOST_TEST(works(*this) == (std::vector<std::string>{"pull_request open of Acme: ", "pull_request open of nobody: "}),
             boost::test_tools::per_element());
  BOOST_TEST(run("company list").data.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_title_that_is_learnt_is_no_new_one, World) {
  run("contact add", {{"name", {"Ada Lovelace"}}, {"company", {"Acme"}}, {"email", {"ada@acme.example"}}});
  day("2026-04-01");
  const Written list("people.csv", "Name,Email,Company,Title\nAda Lovelace,ada@acme.example,Acme,Engineer\n");
  run("import", {{"paths", {list.path.string()}}});
  BOOST_TEST(run("report moves").document->finding.starts_with("no job change was seen"));
  day("2026-05-01");
  list.write("Name,Email,Company,Title\nAda Lovelace,ada@acme.example,Acme,Staff Engineer\n");
  run("import", {{"paths", {list.path.string()}}});
  BOOST_TEST(run("report moves").document->finding.starts_with("1 job change since"));
}

BOOST_AUTO_TEST_CASE(public_work_comes_in_once_with_its_companies_and_reviewers_and_goes_with_one_undo) {
  struct Case {
    const char* source;
    int rows, created;
    std::vector<std::string> works;
  };
  const std::vector<Case> cases{
      {"gh/search-prs.json", 5, 4,
       {"pull_request closed of lanternfield: ",
        "pull_request merged of lanternfield: ",
        "pull_request merged of nobody: ",
        "pull_request open of lanternfield: "}},
      {"gh/search-issues.json", 4, 4,
       {"issue closed of lanternfield: ",
        "issue open of cobaltwren: ",
        "pull_request merged of lanternfield: ",
        "pull_request open of lanternfield: "}},
      {"gh/pr-list.json", 1, 1,
       {"pull_request merged of lanternfield: ishaan-devrukhkar (reviewed), yusuf-demirtepe (answered), 林若溪 (merged)"}},
      {"gh/events.json", 14, 7,
       {"commits published of lanternfield: ",
        "issue open of cobaltwren: ",
        "project published of nobody: ",
        "pull_request merged of lanternfield: ishaan-devrukhkar (answered), lin-ruoxi (merged), ishaan-devrukhkar (reviewed)",
        "pull_request open of lanternfield: ",
        "release published of nobody: ",
        "review published of lanternfield: bence-szarvaskoi (answered)"}},
      {"github-archive", 22, 5,
       {"issue closed of lanternfield: Yusuf Demirtepe (answered)",
        "pull_request merged of lanternfield: 林若溪 (merged), Ishaan Devrukhkar (reviewed), Yusuf Demirtepe (answered)",
        "pull_request merged of nobody: ",
        "release published of nobody: ",
        "review published of nobody: Yusuf Demirtepe (answered)"}},
      {"github-archive.tar.gz", 22, 5,
       {"issue closed of lanternfield: Yusuf Demirtepe (answered)",
        "pull_request merged of lanternfield: 林若溪 (merged), Ishaan Devrukhkar (reviewed), Yusuf Demirtepe (answered)",
        "pull_request merged of nobody: ",
        "release published of nobody: ",
        "review published of nobody: Yusuf Demirtepe (answered)"}},
      {"gitlab", 15, 5,
       {"commits published of cobaltwren: ",
        "commits published of nobody: ",
        "issue open of cobaltwren: ",
        "pull_request closed of cobaltwren: ",
        "pull_request merged of cobaltwren: Bence Szarvaskői (merged), Bence Szarvaskői (reviewed)"}},
      {"git/log-eight-fields.txt", 4, 2,
       {"commits published of lanternfield: Bence Szarvaskői (coauthor), Zoë Brandtner (answered)",
        "commits published of lanternfield: Ishaan Devrukhkar (reviewed), Yusuf Demirtepe (coauthor), 林若溪 (merged)"}},
      {"git/log-five-fields.txt", 5, 2,
       {"commits published of nobody: ",
        "commits published of nobody: "}},
      {"git/log-plain.txt", 3, 1,
       {"commits published of lanternfield: Ishaan Devrukhkar (reviewed)"}},
      {"git/shortlog.txt", 4, 1,
       {"commits published of nobody: "}},
      {"git", 16, 6,
       {"commits published of lanternfield: Bence Szarvaskői (coauthor), Zoë Brandtner (answered)",
        "commits published of lanternfield: Ishaan Devrukhkar (merged)",
        "commits published of lanternfield: Ishaan Devrukhkar (reviewed), Yusuf Demirtepe (coauthor), 林若溪 (merged)",
        "commits published of nobody: ",
        "commits published of nobody: ",
        "commits published of nobody: "}},
  };
  for (const auto& [source, rows, created, expected] : cases) {
    BOOST_TEST_CONTEXT(source) {
      World world;
      world.run("init", {{"name", {"Signe Arvelund"}}});
      world.run("contact edit", {{"contact", {"me"}}, {"github", {"signe-arvelund"}}, {"gitlab", {"signe.arvelund"}}, {"email", {"signe@arvelund.example"}}});
      const auto before = world.dump();
      const auto first = world.run("import", {{"paths", {World::sample("contributions/") + source}}});
      BOOST_TEST(total(first, "rows") == rows);
      BOOST_TEST(total(first, "created") == created);
      BOOST_TEST(works(world) == expected, boost::test_tools::per_element());
      const auto after = world.dump();
      const auto again = world.run("import", {{"paths", {World::sample("contributions/") + source}}});
      BOOST_TEST(total(again, "created") + total(again, "changed") == 0);
      BOOST_TEST((world.dump() == after));
      BOOST_TEST(world.store.check().empty());
      world.run("undo");
      BOOST_TEST((world.dump() == before));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
