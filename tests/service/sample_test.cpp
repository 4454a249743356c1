#include <boost/test/unit_test.hpp>

#include "reports/render/render.h"
#include "tests/world.h"

using namespace ties;

namespace {

/// The lists that the pages show, each of which must have something to show.
constexpr const char* lists[] = {
    "contact list",    "company list",  "event list",       "interaction list", "favour list",   "contribution list",
    "tag list",        "pipeline list", "application list", "interview list",   "document list", "referral list",
    "suggestion list", "task list",     "view list",        "duplicates",       "report moves"};

std::size_t rows_of(const Answer& answer) {
  if (!answer.document) return answer.data.size();
  std::size_t rows = 0;
  const auto json = reports::json(*answer.document);
  if (json.is_array()) return json.size();
  for (const auto& table : json["tables"]) rows += table.size();
  return rows;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(the_sample, World)

BOOST_AUTO_TEST_CASE(has_something_to_show_on_every_page_on_whatever_day_it_is_loaded) {
  for (const auto* today : {"2026-03-04", "2026-03-07", "2028-02-29", "2026-12-31"}) {
    BOOST_TEST_CONTEXT(today) {
      World world;
      world.day(today);
      world.run("sample load");
      for (const auto* list : lists) BOOST_TEST(rows_of(world.run(list)) > 0u, list);
      BOOST_TEST(world.run("contact list").data.size() >= 40u);
      BOOST_TEST(world.run("company list").data.size() == 12u);
      BOOST_TEST(world.store.check().empty());
      const auto count = world.run("followups count").data;
      BOOST_TEST(count["overdue"].get<int>() > 3);
      BOOST_TEST(count["today"].get<int>() > 0);
      BOOST_TEST(count["ahead"].get<int>() > 2);
      std::set<std::string> kinds, lanes;
      const auto followups = reports::json(*world.run("followups", {{"days", {"14"}}}).document);
      for (const auto& table : followups["tables"]) {
        for (const auto& row : table) kinds.insert(row["kind"].get<std::string>());
      }
      for (const auto* kind : {"task", "promise", "cadence", "after_event", "nudge", "thanks", "outcome", "stale",
                               "deadline", "interview", "moved", "invitation", "suggestion"})
        BOOST_TEST(kinds.count(kind) == 1u, kind << " has nothing to show");
      const auto board = reports::json(*world.run("board").document);
      for (const auto& lane : board["lanes"]) {
        if (!lane["rows"].empty()) lanes.insert(lane["kind"].get<std::string>());
      }
      BOOST_TEST(lanes.size() >= 6u);
    }
  }
}

BOOST_AUTO_TEST_CASE(is_one_change_that_comes_once_and_goes_by_undo) {
  run("contact add", {{"name", {"Ada Own"}}});
  const auto before = dump();
  BOOST_TEST(run("sample").data["can_load"] == true);
  BOOST_TEST(run("sample").data["contacts"] == 1);
  const auto loaded = run("sample load");
  BOOST_TEST(loaded.change.has_value());
  BOOST_TEST(store.journal().changes().size() == 2u);
  BOOST_TEST(loaded.data["loaded"] == true);
  BOOST_TEST(run("sample").data["can_load"] == false);
  const auto after = dump();
  BOOST_CHECK_THROW(run("sample load"), Conflict);
  BOOST_TEST((dump() == after));
  run("undo");
  BOOST_TEST((dump() == before));
  BOOST_TEST(run("sample").data["loaded"] == false);
  BOOST_CHECK_THROW(run("sample remove"), Conflict);
  run("redo");
  BOOST_TEST((dump() == after));
  BOOST_TEST(run("sample").data["loaded"] == true);
}

BOOST_AUTO_TEST_CASE(goes_whole_with_what_was_attached_to_it_and_leaves_what_is_the_users_own) {
  run("init", {{"name", {"Signe Arvelund"}}});
  const auto own = [&] {
    run("contact add",
        {{"name", {"Ada Own"}}, {"company", {"Ownworks"}}, {"email", {"ada@ownworks.example"}}, {"tag", {"friends"}}});
    run("interaction add", {{"contact", {"Ada Own"}}, {"kind", {"coffee"}}, {"text", {"our own talk"}}});
    run("application add", {{"title", {"Own Engineer"}}, {"company", {"Ownworks"}}});
    run("task add", {{"text", {"an own task"}}, {"contact", {"Ada Own"}}});
    run("view add", {{"name", {"Own"}}, {"page", {"companies"}}});
  };
  // What is left is compared with a file in which the same was done without any sample; numbers differ, so texts
  // without them are.
  World other;
  other.run("init", {{"name", {"Signe Arvelund"}}});
  const auto done_there = [&] {
    other.run(
        "contact add",
        {{"name", {"Ada Own"}}, {"company", {"Ownworks"}}, {"email", {"ada@ownworks.example"}}, {"tag", {"friends"}}});
    other.run("interaction add", {{"contact", {"Ada Own"}}, {"kind", {"coffee"}}, {"text", {"our own talk"}}});
    other.run("application add", {{"title", {"Own Engineer"}}, {"company", {"Ownworks"}}});
    other.run("task add", {{"text", {"an own task"}}, {"contact", {"Ada Own"}}});
    other.run("view add", {{"name", {"Own"}}, {"page", {"companies"}}});
  };
  own();  // before the sample: the numbers are the same in both
  done_there();
  BOOST_TEST_REQUIRE((dump() == other.dump()));
  run("sample load");

  // Later, around the sample.
  run("interaction add", {{"contact", {"Ishaan Devrukhkar"}}, {"kind", {"call"}}, {"text", {"a later talk"}}});
  run("task add", {{"text", {"a later task"}}, {"contact", {"Ottilie"}}});
  run("application add", {{"title", {"Later Engineer"}}, {"company", {"Quillmark Systems"}}}, true);
  run("referral add", {{"referrer", {"Ada Own"}}, {"company", {"Quillmark Systems"}}}, true);
  run("referral add", {{"referrer", {"Per-Olav"}}, {"company", {"Ownworks"}}}, true);
  run("favour add", {{"contact", {"Una"}}, {"direction", {"given"}}});
  run("contact edit", {{"contact", {"Una Corrigall"}}, {"headline", {"changed by hand"}}});
  run("interview add", {{"application", {"Runtime Engineer"}}, {"at", {"2026-03-10 10:00"}}});
  run("contact archive", {{"contact", {"Dov Halpryn"}}});
  run("contact delete", {{"contact", {"Oda Lysgaard"}}});
  run("interaction edit", {{"interaction", {"2"}}, {"private", {"yes"}}});

  const auto with_sample = dump();
  const auto entries = store.journal().changes().size();
  crm.sees_private = false;  // also what its caller may not see
  const auto removed = run("sample remove");
  crm.sees_private = true;
  BOOST_TEST(store.journal().changes().size() == entries + 1);
  BOOST_TEST(dump() == other.dump());
  BOOST_TEST(store.check().empty());
  BOOST_TEST(removed.data["can_load"] == true);
  run("undo");
  BOOST_TEST((dump() == with_sample));
  BOOST_TEST(run("sample").data["loaded"] == true);
  run("redo");
  BOOST_TEST(dump() == other.dump());
  BOOST_TEST(store.check().empty());
  run("sample load");
  BOOST_TEST(run("contact list").data.size() >= 41u);
}

BOOST_AUTO_TEST_CASE(leaves_what_the_users_own_people_need) {
  run("sample load");
  run("contact add", {{"name", {"Ada Own"}},
                      {"company", {"Brightloom Labs"}},
                      {"tag", {"compilers"}},
                      {"met-at", {"SkerryConf"}},
                      {"met-through", {"Una Corrigall"}}});
  run("interaction add",
      {{"contact", {"Ada Own", "Una Corrigall"}}, {"kind", {"met"}}, {"event", {"LoopConf"}}, {"text", {"with both"}}});
  run("interaction add",
      {{"contact", {"Una Corrigall"}}, {"kind", {"met"}}, {"event", {"LoopConf"}}, {"text", {"with her alone"}}});
  run("application add",
      {{"title", {"Own Engineer"}}, {"company", {"Brightloom Labs"}}, {"insider", {"Ines Calderwood", "Ada Own"}}},
      true);
  run("contact add", {{"name", {"Bo Own"}}, {"email", {"bo@own.example"}}});
  run("contact merge", {{"contact", {"Joost Vlietstra"}}, {"other", {"Bo Own"}}});
  run("sample remove");

  std::vector<std::string> people;
  for (const auto& row : run("contact list").data) people.push_back(row["name"].get<std::string>());
  BOOST_TEST(people == (std::vector<std::string>{"Ada Own", "Bo Own"}), boost::test_tools::per_element());
  const auto ada = run("contact show", {{"contact", {"Ada Own"}}}).data;
  BOOST_TEST(ada["jobs"][0]["company"] == "Brightloom Labs");
  BOOST_TEST(ada["tags"][0] == "compilers");
  BOOST_TEST(ada["met_event"] == "SkerryConf");
  BOOST_TEST(ada["met_through"].is_null());
  const auto talks = run("interaction list").data;
  BOOST_TEST_REQUIRE(talks.size() == 1u);
  BOOST_TEST(talks[0]["text"] == "with both");
  BOOST_TEST(talks[0]["event"] == "LoopConf");
  const auto applications = run("application list", {{"all", {"yes"}}}).data;
  BOOST_TEST_REQUIRE(applications.size() == 1u);
  BOOST_TEST(run("application show", {{"application", {applications[0]["id"].dump()}}}).data["people"].size() == 1u);
  BOOST_TEST(run("contact show", {{"contact", {"Bo Own"}}}).data["points"][0]["value"] == "bo@own.example");
  BOOST_TEST(store.check().empty());
}

BOOST_AUTO_TEST_CASE(does_not_mix_with_what_is_called_alike) {
  run("company add", {{"name", {"Kelpforge"}}});
  const auto before = dump();
  BOOST_CHECK_EXCEPTION(run("sample load"), Conflict, [](const Conflict& error) {
    return std::string(error.what()).starts_with("the file has a company Kelpforge already");
  });
  BOOST_TEST((dump() == before));
  run("company delete", {{"company", {"Kelpforge"}}});
  run("pipeline use", {{"template", {"simple"}}});
  run("contact add", {{"name", {"Una Corrigall"}}, {"tag", {"compilers"}}});
  run("sample load");
  run("sample remove");
  BOOST_TEST(run("contact list").data.size() == 1u);
  BOOST_TEST(run("tag list").data.size() == 1u);
  BOOST_TEST(store.check().empty());
}

BOOST_AUTO_TEST_CASE(means_nothing_in_another_file_that_it_was_exported_to) {
  run("sample load");
  World other;
  other.run("contact add", {{"name", {"Ada Own"}}});
  other.store.set("sample", store.settings().at("sample"));
  other.day("2026-03-09");
  other.store.set("sample", "1 2026-03-05T12:00:00Z");
  BOOST_TEST(other.run("sample").data["loaded"] == false);
  other.store.set("sample", "rubbish");
  BOOST_TEST(other.run("sample").data["loaded"] == false);
  BOOST_TEST(other.run("contact list").data.size() == 1u);
}

BOOST_AUTO_TEST_CASE(names_nobody_and_nothing_real) {
  run("sample load");
  for (const auto& point : store.all<ContactPoint>()) {
    if (point.kind == PointKind::email) BOOST_TEST(point.value.ends_with(".example"), point.value);
  }
  for (const auto& work : store.all<Contribution>())
    BOOST_TEST(work.link.find(".example/") != std::string::npos, work.link);
  for (const auto& document : store.all<Document>())
    BOOST_TEST(document.location.find(".example/") != std::string::npos, document.location);
  BOOST_TEST(store.count<ContactPoint>() > 30);
}

BOOST_AUTO_TEST_SUITE_END()
