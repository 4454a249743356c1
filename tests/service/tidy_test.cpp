#include <boost/test/unit_test.hpp>

#include "tests/world.h"

using namespace ties;

/// What keeps a file tidy: tags and pipelines that are made one, tasks by what they are about, ends that were none.
BOOST_AUTO_TEST_SUITE(tidy)

BOOST_FIXTURE_TEST_CASE(two_tags_become_one_and_nobody_has_it_twice, World) {
  run("contact add", {{"name", {"Ada Lund"}}, {"tag", {"compiler", "compilers"}}});
  run("contact add", {{"name", {"Bo Wren"}}, {"tag", {"compiler"}}});
  run("tag edit", {{"tag", {"compiler"}}, {"cadence", {"6w"}}});
  const auto answer = run("tag merge", {{"tag", {"compilers"}}, {"other", {"compiler"}}});
  BOOST_TEST(answer.said == "merged the tag compiler into compilers");
  const auto tags = run("tag list").data;
  BOOST_REQUIRE(tags.size() == 1u);
  BOOST_TEST(tags[0]["name"] == "compilers");
  BOOST_TEST(tags[0]["people"] == 2);
  BOOST_TEST(tags[0]["cadence_days"] == 42);
  BOOST_CHECK_THROW(run("tag merge", {{"tag", {"compilers"}}, {"other", {"compilers"}}}), Conflict);
}

BOOST_FIXTURE_TEST_CASE(a_tag_is_made_before_anybody_has_it_and_its_name_is_taken_once, World) {
  BOOST_TEST(run("tag add", {{"name", {"#mentors"}}, {"cadence", {"30"}}}).data["name"] == "mentors");
  BOOST_CHECK_THROW(run("tag add", {{"name", {"Mentors"}}}), Conflict);
  BOOST_CHECK_THROW(run("tag add", {{"name", {"#"}}}), Wrong);
}

BOOST_FIXTURE_TEST_CASE(a_pipeline_is_deleted_when_it_is_said_where_its_applications_go, World) {
  run("pipeline use", {{"template", {"simple"}}});
  run("application add", {{"title", {"Writer"}}});
  run("application move", {{"application", {"1"}}, {"stage", {"Applied"}}});
  run("pipeline use", {{"template", {"referral"}}});
  BOOST_CHECK_THROW(run("pipeline delete", {{"pipeline", {"simple"}}}), Conflict);
  BOOST_CHECK_THROW(run("pipeline delete", {{"pipeline", {"simple"}}, {"to", {"simple"}}}), Wrong);
  run("pipeline delete", {{"pipeline", {"simple"}}, {"to", {"referral"}}});
  const auto application = run("application show", {{"application", {"1"}}}).data;
  BOOST_TEST(application["pipeline"] == "Referral");
  BOOST_TEST(application["stage"] == "Applied");
  BOOST_TEST(application["history"].back()["note"].get<std::string>().starts_with("the pipeline "));
  BOOST_TEST(run("pipeline list").data.size() == 1u);
  BOOST_TEST(store.check().empty());
}

BOOST_FIXTURE_TEST_CASE(when_the_standard_pipeline_goes_another_one_is_the_standard, World) {
  run("pipeline use", {{"template", {"simple"}}});
  run("pipeline use", {{"template", {"referral"}}});
  run("pipeline delete", {{"pipeline", {"referral"}}});
  BOOST_TEST(run("pipeline list").data[0]["standard"] == true);
  run("pipeline delete", {{"pipeline", {"simple"}}});
  BOOST_TEST(run("pipeline list").data.empty());
  run("application add", {{"title", {"Writer"}}});
  BOOST_TEST(run("pipeline list").data.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(tasks_are_listed_by_what_they_are_about, World) {
  run("contact add", {{"name", {"Ada Lund"}}, {"company", {"Acme"}}});
  run("application add", {{"title", {"Engineer"}}, {"company", {"Acme"}}});
  run("task add", {{"text", {"write"}}, {"contact", {"ada"}}});
  run("task add", {{"text", {"read"}}, {"application", {"1"}}});
  run("task add", {{"text", {"both"}}, {"contact", {"ada"}}, {"application", {"1"}}});
  const auto texts = [&](Args::Raw raw) {
    std::string all;
    for (const auto& task : run("task list", std::move(raw)).data) all += task["text"].get<std::string>() + " ";
    return all;
  };
  BOOST_TEST(texts({{"contact", {"ada"}}}) == "write both ");
  BOOST_TEST(texts({{"application", {"1"}}}) == "read both ");
  BOOST_TEST(texts({{"contact", {"ada"}}, {"application", {"1"}}}) == "both ");
  BOOST_TEST(texts({}) == "write read both ");
  BOOST_CHECK_THROW(run("task list", {{"contact", {"nobody"}}}), NotFound);
}

BOOST_FIXTURE_TEST_CASE(an_application_that_had_ended_is_opened_again_in_its_stage, World) {
  run("application add", {{"title", {"Engineer"}}, {"stage", {"offer"}}});
  BOOST_CHECK_THROW(run("application reopen", {{"application", {"1"}}}), Conflict);
  run("application close", {{"application", {"1"}}, {"outcome", {"rejected"}}});
  const auto answer = run("application reopen", {{"application", {"1"}}, {"note", {"they wrote again"}}});
  BOOST_TEST(answer.said == "reopened Engineer, which was rejected");
  BOOST_TEST(answer.data["outcome"] == "open");
  BOOST_TEST(answer.data["closed_on"].is_null());
  BOOST_TEST(answer.data["stage"] == "Offer");
  BOOST_TEST(answer.data["history"].back()["note"] == "they wrote again");
}

BOOST_FIXTURE_TEST_CASE(a_list_names_the_referrer_of_the_referral_else_the_one_who_is_called_so, World) {
  run("contact add", {{"name", {"Ada Lund"}}});
  run("contact add", {{"name", {"Bo Wren"}}});
  run("application add", {{"title", {"Engineer"}}, {"referrer", {"ada"}}});
  BOOST_TEST(run("application list").data[0]["referrer"] == "Ada Lund");
  run("referral add", {{"referrer", {"bo"}}, {"application", {"1"}}}, true);
  BOOST_TEST(run("application list").data[0]["referrer"] == "Bo Wren");
}

BOOST_FIXTURE_TEST_CASE(people_are_listed_and_exported_by_their_numbers, World) {
  for (const auto* name : {"Ada Lund", "Bo Wren", "Cy Haug"}) run("contact add", {{"name", {name}}});
  const auto list = run("contact list", {{"query", {"id:1,3"}}});
  BOOST_TEST((list.total == 2));
  BOOST_TEST(list.data[0]["name"] == "Ada Lund");
  BOOST_TEST(list.data[1]["name"] == "Cy Haug");
  BOOST_TEST(run("contact list", {{"query", {"-id:2"}}}).data.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(an_undo_that_is_taken_back_is_told_as_what_was_done_at_first, World) {
  run("contact add", {{"name", {"Ada Lund"}}});
  BOOST_TEST(run("undo").said == "undid 1: added Ada Lund");
  BOOST_TEST(run("undo", {{"change", {"2"}}}).said == "redid 1: added Ada Lund");
  BOOST_TEST(run("undo", {{"change", {"3"}}}).said == "undid 1: added Ada Lund");
  BOOST_TEST(run("redo").said == "redid 1: added Ada Lund");
}

BOOST_AUTO_TEST_SUITE_END()
