#include <boost/test/unit_test.hpp>

#include "tests/world.h"

using namespace ties;

namespace {

struct Crowd : World {
  Crowd() {
    for (const auto* name : {"Ada Lund", "Bo Wren", "Cy Haug"})
      run("contact add", {{"name", {name}}, {"tag", {"alumni"}}});
    run("contact add", {{"name", {"Di Kim"}}});
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(bulk)

BOOST_FIXTURE_TEST_CASE(many_people_are_changed_as_one_change_and_one_undo_brings_them_all_back, Crowd) {
  const auto before = dump();
  const auto changes = store.journal().count();
  const auto answer = run("contact bulk", {{"where", {"tag:alumni"}},
                                           {"contacts", {"4", "ada"}},
                                           {"add-tag", {"friends"}},
                                           {"remove-tag", {"alumni"}},
                                           {"cadence", {"6w"}},
                                           {"company", {"Acme"}},
                                           {"star", {"yes"}}});
  BOOST_TEST(answer.said == "edited 4 contacts: Ada Lund, Bo Wren, Cy Haug, Di Kim");
  BOOST_TEST(answer.data.dump() == R"({"chosen":4,"changed":4,"names":["Ada Lund","Bo Wren","Cy Haug","Di Kim"]})");
  BOOST_TEST(store.journal().count() == changes + 1);
  const auto list = run("contact list", {{"query", {"company:Acme tag:friends is:starred has:cadence -tag:alumni"}}});
  BOOST_TEST((list.total == 4));
  const auto again = run("contact bulk", {{"where", {"tag:friends"}}, {"add-tag", {"friends"}}, {"star", {"yes"}}});
  BOOST_TEST(again.said == "nothing to change in 4 contacts");
  BOOST_TEST(!again.change.has_value());
  run("undo");
  BOOST_TEST((dump() == before));
  run("contact bulk", {{"where", {"tag:alumni"}}, {"archive", {"yes"}}});
  BOOST_TEST((run("contact list").total == 1));
  run("contact bulk", {{"where", {"is:archived"}}, {"restore", {"yes"}}, {"delete", {"yes"}}});
  BOOST_TEST((run("contact list", {{"query", {"is:deleted"}}}).total == 0));
  run("contact bulk", {{"contacts", {"1", "2"}}, {"delete", {"yes"}}});
  BOOST_TEST((run("contact list", {{"query", {"is:deleted"}}}).total == 2));
  BOOST_TEST(store.check().empty());
}

BOOST_FIXTURE_TEST_CASE(nobody_chosen_and_nothing_to_do_are_said, Crowd) {
  BOOST_CHECK_EXCEPTION(run("contact bulk", {{"star", {"yes"}}}), Wrong, [](const Wrong& w) {
    return std::string(w.what()) == "contact bulk: say whom: numbers, or --where with a query";
  });
  BOOST_CHECK_EXCEPTION(run("contact bulk", {{"where", {"tag:none"}}, {"star", {"yes"}}}), NotFound,
                        [](const NotFound& n) { return std::string(n.what()) == "nobody fits 'tag:none'"; });
  BOOST_CHECK_EXCEPTION(run("contact bulk", {{"contacts", {"1"}}}), Wrong, [](const Wrong& w) {
    return std::string(w.what()).starts_with("contact bulk: say what is to change: --add-tag, --remove-tag");
  });
  BOOST_CHECK_THROW(run("contact bulk", {{"contacts", {"1"}}, {"remove-tag", {"unknown"}}}), NotFound);
}

BOOST_FIXTURE_TEST_CASE(applications_are_moved_closed_and_put_aside_together_past_guards_that_are_listed_once, Crowd) {
  for (const auto* title : {"Engineer", "Researcher"})
    run("application add", {{"title", {title}}, {"company", {"Acme"}}}, true);
  run("referral add", {{"referrer", {"ada"}}, {"company", {"Acme"}}}, true);
  const Args::Raw move{{"applications", {"1", "2", "1"}}, {"stage", {"applied"}}, {"priority", {"3"}}};
  const auto before = dump();
  std::vector<Warning> warnings;
  try {
    run("application bulk", move);
  } catch (const Guarded& guarded) {
    warnings = guarded.warnings;
  }
  BOOST_TEST(warnings.size() == 1u);
  BOOST_TEST(warnings.at(0).guard == "refer before applying");
  BOOST_TEST((dump() == before));
  const auto answer = run("application bulk", move, true);
  BOOST_TEST(answer.said == "edited 2 applications: Engineer at Acme, Researcher at Acme");
  BOOST_TEST(answer.overridden.size() == 1u);
  const auto shown = run("application show", {{"application", {"2"}}}).data;
  BOOST_TEST(shown["stage_key"] == "applied");
  BOOST_TEST(shown["priority"] == 3);
  BOOST_TEST(shown["history"].back()["overridden"] == "refer before applying");
  run("undo");
  BOOST_TEST((dump() == before));
  run("application bulk", {{"applications", {"1", "2"}}, {"close", {"ghosted"}}, {"archive", {"yes"}}});
  BOOST_TEST((run("application list").total == 0));
  BOOST_CHECK_EXCEPTION(run("application bulk", {{"applications", {"1"}}, {"close", {"rerouted"}}}), Wrong,
                        [](const Wrong& w) { return w.field == "close"; });
}

BOOST_AUTO_TEST_SUITE_END()
