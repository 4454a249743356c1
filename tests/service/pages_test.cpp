#include <boost/test/unit_test.hpp>

#include "reports/render/render.h"
#include "tests/world.h"

using namespace ties;

namespace {

/// What pages are made of: rows of lists and reports with all that is needed to act on them.
struct Pages : World {
  Pages() {
    run("contact add", {{"name", {"Ada Quillmark"}},
                        {"company", {"Brightloom"}},
                        {"title", {"Compiler Engineer"}},
                        {"email", {"ada@brightloom.example"}},
                        {"tag", {"alumni"}},
                        {"notes", {"likes parsers"}}});
    run("contact add", {{"name", {"Bo Solvang"}}, {"company", {"Brightloom"}}, {"cadence", {"30"}}});
    run("contact add", {{"name", {"Cleo Tidewell"}}, {"company", {"Kelpforge"}}});
    run("application add", {{"title", {"Loom Engineer"}},
                            {"company", {"Brightloom"}},
                            {"team", {"Weaving"}},
                            {"on", {"2026-02-01"}},
                            {"priority", {"3"}},
                            {"deadline", {"2026-03-08"}}});
  }

  Json rows(std::string_view verb, Args::Raw raw = {}) { return run(verb, std::move(raw)).data; }
  std::vector<std::string> names(const Json& found, const char* field = "name") {
    std::vector<std::string> texts;
    for (const auto& row : found) texts.push_back(row[field].get<std::string>());
    return texts;
  }
  Json report(std::string_view verb, Args::Raw raw = {}) { return reports::json(*run(verb, std::move(raw)).document); }
  /// The follow-up of a subject, whatever its day.
  Json follow_up(const std::string& subject) {
    const auto document = report("followups", {{"days", {"400"}}});
    for (const auto& table : document["tables"]) {
      for (const auto& row : table) {
        if (row["subject"] == subject) return row;
      }
    }
    return nullptr;
  }
};

using Texts = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(what_pages_are_made_of, Pages)

BOOST_AUTO_TEST_CASE(every_kind_of_follow_up_names_the_records_that_it_is_about) {
  run("task add",
      {{"text", {"read the posting"}}, {"application", {"1"}}, {"contact", {"ada"}}, {"due", {"2026-03-05"}}});
  run("referral add", {{"referrer", {"ada"}}, {"application", {"1"}}, {"company", {"Brightloom"}}}, true);
  run("referral step", {{"referral", {"1"}}, {"state", {"asked"}}, {"on", {"2026-02-20"}}}, true);
  run("interview add", {{"application", {"1"}}, {"at", {"2026-03-10 10:00"}}, {"with", {"bo"}}});

  const auto task = follow_up("task 1");
  BOOST_TEST_REQUIRE(task.is_object());
  BOOST_TEST(task["kind"] == "task");
  BOOST_TEST(task["task_id"] == 1);
  BOOST_TEST(task["contact_id"] == 1);
  BOOST_TEST(task["contact"] == "Ada Quillmark");
  BOOST_TEST(task["application_id"] == 1);
  BOOST_TEST(task["company"] == "Brightloom");
  BOOST_TEST(task["company_id"] == 1);
  BOOST_TEST(task["referral_id"].is_null());

  const auto referral = follow_up("referral 1");
  BOOST_TEST_REQUIRE(referral.is_object());
  BOOST_TEST(referral["kind"] == "nudge");
  BOOST_TEST(referral["referral_id"] == 1);
  BOOST_TEST(referral["application_id"] == 1);
  BOOST_TEST(referral["contact_id"] == 1);
  BOOST_TEST(referral["task_id"].is_null());

  const auto interview = follow_up("interview 1");
  BOOST_TEST_REQUIRE(interview.is_object());
  BOOST_TEST(interview["interview_id"] == 1);
  BOOST_TEST(interview["application_id"] == 1);
  BOOST_TEST(interview["contact_id"] == 2);
  BOOST_TEST(interview["step"] == "prepare");

  const auto application = follow_up("application 1");
  BOOST_TEST_REQUIRE(application.is_object());
  BOOST_TEST(application["kind"] == "deadline");
  BOOST_TEST(application["application_id"] == 1);
  BOOST_TEST(application["contact_id"].is_null());
  BOOST_TEST(application["step"].get<std::string>().starts_with("move "));

  const auto cadence = follow_up("contact 2");
  BOOST_TEST_REQUIRE(cadence.is_object());
  BOOST_TEST(cadence["contact_id"] == 2);
  BOOST_TEST(cadence["company"] == "Brightloom");
  BOOST_TEST(cadence["step"] == "");
}

BOOST_AUTO_TEST_CASE(the_count_of_follow_ups_is_that_of_the_report) {
  run("task add", {{"text", {"late"}}, {"due", {"2026-03-01"}}});
  run("task add", {{"text", {"now"}}, {"due", {"2026-03-04"}}});
  const auto document = report("followups");
  BOOST_TEST(document["fields"]["today"] == "2026-03-04");
  BOOST_TEST(document["fields"]["look_ahead_days"] == 7);
  const auto count = run("followups count").data;
  BOOST_TEST(count["overdue"] == document["tables"]["Overdue"].size());
  BOOST_TEST(count["today"] == document["tables"]["Today"].size());
  BOOST_TEST(count["ahead"] == document["tables"]["Next 7 days"].size());
  BOOST_TEST(count["overdue"] == 1);
  BOOST_TEST(count["today"] == 1);
}

BOOST_AUTO_TEST_CASE(a_board_tells_programs_each_lane_and_each_card_whole) {
  run("referral add", {{"referrer", {"ada"}}, {"application", {"1"}}, {"company", {"Brightloom"}}}, true);
  run("interview add", {{"application", {"1"}}, {"at", {"2026-03-10 10:00"}}});
  const auto board = report("board");
  const auto stages = run("pipeline show").data["stages"];
  BOOST_TEST(board["fields"]["pipeline_id"] == 1);
  BOOST_TEST(board["fields"]["open"] == 1);
  BOOST_TEST(board["tables"].empty());
  BOOST_TEST_REQUIRE(board["lanes"].size() == stages.size());
  std::size_t cards = 0;
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const auto& lane = board["lanes"][i];
    BOOST_TEST(lane["title"] == stages[i]["name"]);
    BOOST_TEST(lane["stage_id"] == stages[i]["id"]);
    BOOST_TEST(lane["key"] == stages[i]["key"]);
    BOOST_TEST(lane["kind"] == stages[i]["kind"]);
    BOOST_TEST(lane["patience_days"] == stages[i]["patience_days"]);
    cards += lane["rows"].size();
  }
  BOOST_TEST(cards == 1u);
  const auto& card = board["lanes"][0]["rows"][0];
  BOOST_TEST(card["id"] == 1);
  BOOST_TEST(card["company_id"] == 1);
  BOOST_TEST(card["priority"] == 3);
  BOOST_TEST(card["deadline"] == "2026-03-08");
  BOOST_TEST(card["next_on"] == "2026-03-10");
  BOOST_TEST(card["since"] == "2026-02-01");
  BOOST_TEST(card["days"] == 31);
  BOOST_TEST(card["referrer"] == "Ada Quillmark");
  BOOST_TEST(card["referrer_id"] == 1);
  BOOST_TEST(card["referral"] == "idea");
}

BOOST_AUTO_TEST_CASE(who_is_known_at_a_company_is_told_with_numbers) {
  const auto who = report("who", {{"company", {"Brightloom"}}});
  BOOST_TEST(who["fields"]["company_id"] == 1);
  BOOST_TEST(who["tables"]["Now"].size() == 2u);
  for (const auto& person : who["tables"]["Now"]) BOOST_TEST(person["id"].is_number());
}

BOOST_AUTO_TEST_CASE(a_contact_says_whether_to_ask_them_and_why_and_what_to_do_before) {
  auto ada = rows("contact show", {{"contact", {"ada"}}});
  BOOST_TEST(ada["ready"] == "not yet");
  BOOST_TEST(ada["tie_because"].empty());
  BOOST_TEST(ada["ready_because"][0]["text"] == "works there, as far as is known");
  BOOST_TEST(ada["ready_after"][0] == "get in touch first: there was no conversation yet");
  run("interaction add", {{"contact", {"ada"}}, {"kind", {"coffee"}}, {"on", {"2026-03-02"}}, {"text", {"looms"}}});
  ada = rows("contact show", {{"contact", {"ada"}}});
  BOOST_TEST(ada["ready"] == "warm up first");
  BOOST_TEST(ada["tie_because"][0]["record"] == "interaction 1");
}

BOOST_AUTO_TEST_CASE(people_are_found_by_name_company_title_address_tag_and_notes_whatever_the_accents) {
  for (const auto* words : {"quillm", "ADA", "brightloom compiler", "ada@brightloom.example", "alumni", "parsers"}) {
    BOOST_TEST_CONTEXT(words) {
      const auto found = names(rows("contact list", {{"query", {words}}}));
      BOOST_TEST((std::find(found.begin(), found.end(), "Ada Quillmark") != found.end()));
      BOOST_TEST((std::find(found.begin(), found.end(), "Cleo Tidewell") == found.end()));
    }
  }
  const auto ada = rows("contact list", {{"query", {"quillmark"}}})[0];
  BOOST_TEST(ada["email"] == "ada@brightloom.example");
  BOOST_TEST(ada["cadence_days"].is_null());
  BOOST_TEST(rows("contact list", {{"query", {"solvang"}}})[0]["cadence_days"] == 30);
}

BOOST_AUTO_TEST_CASE(companies_are_found_by_words_sorted_by_numbers_and_tell_whom_one_knows_best) {
  run("interaction add", {{"contact", {"bo"}}, {"kind", {"coffee"}}, {"on", {"2026-03-01"}}});
  run("company alias", {{"company", {"Kelpforge"}}, {"alias", {"Seaweed Works"}}});
  BOOST_TEST(names(rows("company list", {{"sort", {"-people"}}})) == (Texts{"Brightloom", "Kelpforge"}),
             boost::test_tools::per_element());
  BOOST_TEST(names(rows("company list", {{"sort", {"people"}}})) == (Texts{"Kelpforge", "Brightloom"}),
             boost::test_tools::per_element());
  BOOST_TEST(names(rows("company list", {{"query", {"seaw"}}})) == Texts{"Kelpforge"},
             boost::test_tools::per_element());
  BOOST_TEST(rows("company list", {{"query", {"nothing"}}}).empty());
  const auto first = rows("company list", {{"query", {"bright"}}})[0];
  BOOST_TEST(first["people"] == 2);
  BOOST_TEST(first["applications"] == 1);
  BOOST_TEST(first["strongest"] == "Bo Solvang");
  BOOST_TEST(first["strongest_id"] == 2);
  BOOST_TEST(first["tie"].get<int>() > 0);
  BOOST_TEST(rows("company list", {{"query", {"bright"}}, {"fields", {"name,strongest_id"}}})[0] ==
             (Json{{"name", "Brightloom"}, {"strongest_id", 2}}));
  BOOST_CHECK_THROW(run("company list", {{"sort", {"-tie"}}}), Wrong);
}

BOOST_AUTO_TEST_CASE(a_former_job_counts_once_and_a_current_one_not_as_former) {
  run("contact edit", {{"contact", {"cleo"}}, {"company", {"Brightloom"}}});
  run("contact edit", {{"contact", {"cleo"}}, {"title", {"Weaver"}}});
  const auto all = rows("company list", {{"sort", {"name"}}});
  BOOST_TEST(all[0]["people"] == 3);
  BOOST_TEST(all[0]["formerly"] == 0);
  BOOST_TEST(all[1]["people"] == 0);
  BOOST_TEST(all[1]["formerly"] == 1);
  run("contact archive", {{"contact", {"cleo"}}});
  BOOST_TEST(rows("company list", {{"sort", {"name"}}})[1]["formerly"] == 0);
}

BOOST_AUTO_TEST_CASE(applications_are_found_by_words_and_by_pipeline) {
  run("pipeline use", {{"template", {"simple"}}});
  run("application add", {{"title", {"Diver"}}, {"company", {"Kelpforge"}}, {"pipeline", {"simple"}}});
  BOOST_TEST(names(rows("application list", {{"query", {"weaving loom"}}}), "title") == Texts{"Loom Engineer"},
             boost::test_tools::per_element());
  BOOST_TEST(names(rows("application list", {{"query", {"kelp"}}}), "title") == Texts{"Diver"},
             boost::test_tools::per_element());
  BOOST_TEST(names(rows("application list", {{"pipeline", {"simple"}}}), "title") == Texts{"Diver"},
             boost::test_tools::per_element());
  BOOST_TEST(names(rows("application list", {{"sort", {"-days"}}}), "title") == (Texts{"Loom Engineer", "Diver"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(contributions_are_found_by_words) {
  run("contribution add", {{"title", {"Mend the shuttle"}},
                           {"link", {"https://code.example/1"}},
                           {"repository", {"brightloom/loom"}},
                           {"company", {"Brightloom"}},
                           {"reviewed-by", {"ada"}}});
  run("contribution add", {{"title", {"Faster nets"}}, {"link", {"https://code.example/2"}}});
  for (const auto* words : {"shuttle", "brightloom/loom", "quillmark", "example/1"}) {
    BOOST_TEST(names(rows("contribution list", {{"query", {words}}}), "title") == Texts{"Mend the shuttle"},
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(saved_views, Pages)

BOOST_AUTO_TEST_CASE(stand_in_their_order_and_make_room_for_each_other) {
  for (const auto* name : {"First", "Second", "Third"})
    run("view add", {{"name", {name}}, {"page", {"contacts"}}, {"query", {"?q=tag%3Aalumni"}}});
  run("view add", {{"name", {"Board"}}, {"page", {"applications"}}});
  const auto listed = [&] { return names(rows("view list", {{"page", {"contacts"}}})); };
  BOOST_TEST(listed() == (Texts{"First", "Second", "Third"}), boost::test_tools::per_element());
  BOOST_TEST(rows("view list")[0]["page"] == "applications");
  BOOST_TEST(rows("view show", {{"view", {"first"}}})["query"] == "q=tag%3Aalumni");
  run("view edit", {{"view", {"Third"}}, {"position", {"1"}}});
  BOOST_TEST(listed() == (Texts{"Third", "First", "Second"}), boost::test_tools::per_element());
  run("view edit", {{"view", {"Third"}}, {"position", {"99"}}});
  BOOST_TEST(listed() == (Texts{"First", "Second", "Third"}), boost::test_tools::per_element());
  run("view add", {{"name", {"Between"}}, {"page", {"contacts"}}, {"position", {"2"}}});
  BOOST_TEST(listed() == (Texts{"First", "Between", "Second", "Third"}), boost::test_tools::per_element());
  run("view delete", {{"view", {"First"}}});
  int place = 0;
  for (const auto& row : rows("view list", {{"page", {"contacts"}}})) BOOST_TEST(row["position"] == ++place);
  BOOST_TEST(place == 3);
}

BOOST_AUTO_TEST_CASE(have_one_standard_for_each_page_at_most) {
  run("view add", {{"name", {"All"}}, {"page", {"contacts"}}, {"standard", {"yes"}}});
  run("view add", {{"name", {"Targets"}}, {"page", {"companies"}}, {"standard", {"yes"}}});
  run("view add", {{"name", {"Quiet"}}, {"page", {"contacts"}}, {"standard", {"yes"}}});
  const auto standard = [&] {
    Texts texts;
    for (const auto& row : rows("view list")) {
      if (row["standard"]) texts.push_back(row["name"].get<std::string>());
    }
    return texts;
  };
  BOOST_TEST(standard() == (Texts{"Targets", "Quiet"}), boost::test_tools::per_element());
  run("view edit", {{"view", {"Quiet"}}, {"no-standard", {"yes"}}});
  BOOST_TEST(standard() == Texts{"Targets"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(refuse_a_second_of_the_same_name_an_empty_one_and_a_query_without_end) {
  run("view add", {{"name", {"Quiet"}}, {"page", {"contacts"}}});
  run("view add", {{"name", {"Quiet"}}, {"page", {"companies"}}});
  const auto before = dump();
  BOOST_CHECK_THROW(run("view add", {{"name", {"QUIET"}}, {"page", {"contacts"}}}), Conflict);
  BOOST_CHECK_THROW(run("view show", {{"view", {"quiet"}}}), Conflict);
  BOOST_CHECK_THROW(run("view show", {{"view", {"quite"}}}), NotFound);
  BOOST_CHECK_THROW(run("view edit", {{"view", {"1"}}, {"name", {""}}}), Wrong);
  BOOST_CHECK_THROW(run("view add", {{"name", {"Long"}}, {"page", {"contacts"}}, {"query", {std::string(2'001, 'q')}}}),
                    Wrong);
  BOOST_CHECK_THROW(run("view add", {{"name", {"Nowhere"}}, {"page", {"board"}}}), Wrong);
  BOOST_TEST((dump() == before));
  std::string umlauts;
  for (int i = 0; i < 2'000; ++i) umlauts += "ö";
  BOOST_TEST(run("view add", {{"name", {"Long"}}, {"page", {"contacts"}}, {"query", {umlauts}}}).data["query"] ==
             umlauts);
}

BOOST_AUTO_TEST_SUITE_END()
