#include "tests/world.h"

#include <boost/test/unit_test.hpp>
#include <unistd.h>

using namespace ties;

BOOST_AUTO_TEST_SUITE(undo)

BOOST_FIXTURE_TEST_CASE(every_kind_of_change_is_one_entry_and_one_undo_brings_the_file_back, World) {
  run("contact add", {{"name", {"Ada Lovelace"}}, {"company", {"Acme"}}, {"email", {"ada@acme.example"}}, {"tag", {"compilers"}}});
  run("contact add", {{"name", {"Charles Babbage"}}, {"company", {"Acme"}}, {"email", {"charles@acme.example"}}, {"tag", {"compilers"}}});
  run("event add", {{"name", {"LoopConf"}}});
  run("application add", {{"title", {"Engineer"}}, {"company", {"Acme"}}});
  run("referral add", {{"referrer", {"ada"}}, {"company", {"Acme"}}});
  run("interaction add", {{"contact", {"ada"}}, {"text", {"hello"}}});
  run("task add", {{"text", {"write"}}, {"contact", {"ada"}}});
  run("interview add", {{"application", {"1"}}, {"at", {"2026-03-10 10:00"}}, {"with", {"ada"}}});
  run("company add", {{"name", {"Empty Works"}}});
  run("favour add", {{"contact", {"ada"}}, {"direction", {"given"}}, {"text", {"a draft"}}});
  run("contribution add", {{"title", {"Mend"}}, {"link", {"https://code.example/0"}}, {"reviewed-by", {"ada"}}});
  run("document add", {{"location", {"https://cv.example/0"}}, {"application", {"1"}}});
  run("contact edit", {{"contact", {"ada"}}, {"met-at", {"LoopConf"}}});
  run("pipeline use", {{"template", {"research-engineer"}}});
  run("pipeline use", {{"template", {"referral"}}});
  run("application add", {{"title", {"Writer"}}, {"company", {"Acme"}}}, true);
  run("application close", {{"application", {"2"}}, {"outcome", {"withdrawn"}}});
  run("contact tag", {{"contact", {"Charles Babbage"}}, {"tags", {"old-friends"}}});
  run("template add", {{"name", {"Coffee"}}, {"kind", {"hello"}}, {"text", {"Coffee, {first_name}?"}}});
  run("template edit", {{"template", {"hello"}}, {"subject", {"Hei igjen"}}});
  run("view add", {{"name", {"Friends"}}, {"page", {"contacts"}}, {"standard", {"yes"}}});
  run("view add", {{"name", {"Quiet"}}, {"page", {"contacts"}}, {"query", {"q=last%3A%3E90d"}}});
  const struct {
    const char* verb;
    Args::Raw raw;
  } changes[] = {
      {"contact add", {{"name", {"Grace Hopper"}}}},
      {"contact edit", {{"contact", {"ada"}}, {"headline", {"engines"}}, {"cadence", {"6w"}}, {"company", {"Brill"}}}},
      {"contact tag", {{"contact", {"ada"}}, {"tags", {"friend"}}, {"cadence", {"30"}}}},
      {"contact tag", {{"contact", {"ada"}}, {"remove", {"compilers"}}}},
      {"contact edit", {{"contact", {"ada"}}, {"also", {"Ада"}}}},
      {"contact distinct", {{"contact", {"ada"}}, {"other", {"Charles Babbage"}}}},
      {"contact merge", {{"contact", {"ada"}}, {"other", {"Charles Babbage"}}}},
      {"contact merge", {{"contact", {"Charles Babbage"}}, {"other", {"ada"}}}},
      {"contact archive", {{"contact", {"ada"}}}},
      {"contact delete", {{"contact", {"ada"}}}},
      {"log", {{"line", {"met @Ada at #LoopConf, works on loops, follow up in 2 weeks"}}}},
      {"log", {{"line", {"applied Staff Engineer +Acme >Applied"}}}},
      {"interaction edit", {{"interaction", {"1"}}, {"kind", {"call"}}}},
      {"interaction delete", {{"interaction", {"1"}}}},
      {"favour add", {{"contact", {"ada"}}, {"direction", {"given"}}}},
      {"event add", {{"name", {"OtherConf"}}}},
      {"contribution add", {{"title", {"Fix"}}, {"link", {"https://code.example/1"}}, {"reviewed-by", {"ada"}}}},
      {"company add", {{"name", {"Brill"}}}},
      {"company alias", {{"company", {"acme"}}, {"alias", {"Acme Labs"}}}},
      {"company target", {{"company", {"acme"}}}},
      {"pipeline use", {{"template", {"simple"}}}},
      {"pipeline edit", {{"pipeline", {"research-engineer"}}, {"name", {"Research"}}}},
      {"pipeline delete", {{"pipeline", {"referral"}}, {"to", {"research-engineer"}}}},
      {"pipeline delete", {{"pipeline", {"research-engineer"}}}},
      {"tag add", {{"name", {"mentors"}}, {"cadence", {"6w"}}}},
      {"tag merge", {{"tag", {"compilers"}}, {"other", {"old-friends"}}}},
      {"stage add", {{"name", {"Team lead"}}}},
      {"stage edit", {{"stage", {"applied"}}, {"name", {"Sent"}}}},
      {"stage move", {{"stage", {"assessment"}}, {"after", {"interviews"}}}},
      {"stage remove", {{"stage", {"wishlist"}}, {"to", {"referral"}}}},
      {"application move", {{"application", {"1"}}, {"stage", {"offer"}}}},
      {"application close", {{"application", {"1"}}, {"outcome", {"rejected"}}}},
      {"application reopen", {{"application", {"2"}}}},
      {"application reroute", {{"application", {"1"}}, {"title", {"Other"}}}},
      {"application note", {{"application", {"1"}}, {"text", {"slow"}}}},
      {"interview done", {{"interview", {"1"}}, {"outcome", {"passed"}}}},
      {"document add", {{"location", {"https://cv.example/a"}}}},
      {"referral step", {{"referral", {"1"}}, {"state", {"to_approach"}}}},
      {"referral thank", {{"referral", {"1"}}}},
      {"task done", {{"task", {"1"}}}},
      {"task snooze", {{"task", {"1"}}}},
      {"task skip", {{"task", {"1"}}}},
      {"contact edit", {{"contact", {"ada"}}, {"email", {"", "new@acme.example"}}, {"tag", {""}}, {"company", {""}}}},
      {"contact bulk", {{"where", {"tag:compilers"}}, {"add-tag", {"friends"}}, {"remove-tag", {"compilers"}}, {"cadence", {"6w"}}, {"company", {"Brill"}}, {"star", {"yes"}}, {"archive", {"yes"}}}},
      {"contact bulk", {{"contacts", {"ada", "Charles Babbage"}}, {"delete", {"yes"}}}},
      {"application bulk", {{"applications", {"1"}}, {"stage", {"offer"}}, {"priority", {"3"}}, {"archive", {"yes"}}}},
      {"application bulk", {{"applications", {"1"}}, {"close", {"ghosted"}}}},
      {"application edit", {{"application", {"1"}}, {"company", {"Brill"}}, {"referrer", {"ada"}}}},
      {"application delete", {{"application", {"1"}}}},
      {"tag edit", {{"tag", {"compilers"}}, {"name", {"languages"}}, {"cadence", {"6w"}}}},
      {"tag delete", {{"tag", {"compilers"}}}},
      {"company edit", {{"company", {"acme"}}, {"name", {"Acme Labs"}}, {"domain", {"acme.example"}}, {"target", {"yes"}}}},
      {"company delete", {{"company", {"Empty Works"}}}},
      {"event edit", {{"event", {"LoopConf"}}, {"starts", {"2026-03-01"}}}},
      {"event delete", {{"event", {"LoopConf"}}}},
      {"interview edit", {{"interview", {"1"}}, {"with", {""}}, {"minutes", {"30"}}}},
      {"interview delete", {{"interview", {"1"}}}},
      {"task edit", {{"task", {"1"}}, {"due", {"friday"}}, {"contact", {""}}}},
      {"task delete", {{"task", {"1"}}}},
      {"referral edit", {{"referral", {"1"}}, {"requisition", {"R-1"}}}},
      {"referral delete", {{"referral", {"1"}}}},
      {"favour edit", {{"favour", {"1"}}, {"text", {"two drafts"}}}},
      {"favour delete", {{"favour", {"1"}}}},
      {"contribution edit", {{"contribution", {"1"}}, {"state", {"merged"}}, {"reviewed-by", {""}}}},
      {"contribution delete", {{"contribution", {"1"}}}},
      {"document edit", {{"document", {"1"}}, {"title", {"CV"}}}},
      {"document delete", {{"document", {"1"}}}},
      {"sample load", {}},
      {"view add", {{"name", {"Alumni"}}, {"page", {"contacts"}}, {"position", {"1"}}, {"standard", {"yes"}}}},
      {"view edit", {{"view", {"Quiet"}}, {"position", {"1"}}, {"standard", {"yes"}}}},
      {"view delete", {{"view", {"Friends"}}}},
      {"template add", {{"name", {"Tea"}}, {"kind", {"hello"}}, {"text", {"Tea, {first_name}?"}}}},
      {"template edit", {{"template", {"thanks"}}, {"subject", {"Tusen takk"}}}},
      {"template reset", {{"template", {"hello"}}}},
      {"template delete", {{"template", {"coffee"}}}},
      {"config", {{"key", {"look_ahead_days"}}, {"value", {"14"}}}},
      {"import", {{"paths", {sample("linkedin/2026-03-02")}}}},
  };
  for (const auto& [verb, raw] : changes) {
    BOOST_TEST_CONTEXT(verb) {
      const auto before = dump();
      const auto entries = store.journal().changes().size();
      const auto answer = run(verb, raw, true);
      BOOST_TEST(answer.change.has_value());
      const auto after = dump();
      BOOST_TEST((after != before));
      BOOST_TEST(store.journal().changes().size() == entries + 1);
      run("undo");
      BOOST_TEST((dump() == before));
      run("redo");
      BOOST_TEST((dump() == after));
      run("undo");
      BOOST_TEST((dump() == before));
      BOOST_TEST(store.check().empty());
    }
  }
}

BOOST_FIXTURE_TEST_CASE(taking_the_sample_out_is_one_entry_and_one_undo, World) {
  run("contact add", {{"name", {"Ada Lovelace"}}});
  run("sample load");
  run("log", {{"line", {"met @\"Una Corrigall\" at #LoopConf, works on loops, follow up in 2 weeks"}}});
  const auto before = dump();
  BOOST_TEST(run("sample remove").change.has_value());
  const auto after = dump();
  run("undo");
  BOOST_TEST((dump() == before));
  run("redo");
  BOOST_TEST((dump() == after));
  BOOST_TEST(run("contact list").data.size() == 1u);
  BOOST_TEST(store.check().empty());
}

BOOST_FIXTURE_TEST_CASE(what_a_calendar_a_mailbox_or_a_tracker_brought_in_is_one_undo, World) {
  day("2026-06-20");
  run("init", {{"name", {"Signe Arvelund"}}});
  run("contact edit", {{"contact", {"me"}}, {"email", {"signe@arvelund.example"}}});
  const Args::Raw imports[] = {{{"paths", {sample("calendar")}}, {"new-people", {"yes"}}},
                               {{"paths", {sample("mail")}}, {"new-people", {"yes"}}, {"bodies", {"yes"}}},
                               {{"paths", {sample("tables/huntr")}}, {"stage", {"Someday maybe=wishlist"}}}};
  for (const auto& raw : imports) {
    BOOST_TEST_CONTEXT(raw.at("paths").front()) {
      const auto before = dump();
      BOOST_TEST(run("import", raw).change.has_value());
      const auto after = dump();
      BOOST_TEST((after != before));
      BOOST_TEST(!run("import", raw).change.has_value());
      BOOST_TEST((dump() == after));
      run("undo");
      BOOST_TEST((dump() == before));
      run("redo");
      BOOST_TEST((dump() == after));
      BOOST_TEST(store.check().empty());
    }
  }
}

BOOST_FIXTURE_TEST_CASE(importing_an_export_of_everything_is_one_entry_and_one_undo, World) {
  auto name = (std::filesystem::temp_directory_path() / "ties_undo_XXXXXX").string();
  const std::filesystem::path folder = mkdtemp(name.data());
  World other;
  other.run("contact add", {{"name", {"Ada Lovelace"}}, {"company", {"Acme"}}});
  other.run("export", {{"what", {(folder / "all").string()}}});
  run("init", {{"name", {"Grace Hopper"}}});
  const auto before = dump();
  run("import", {{"paths", {(folder / "all").string()}}});
  const auto after = dump();
  BOOST_TEST((after == other.dump()));
  BOOST_TEST(store.journal().changes().size() == 2u);
  run("undo");
  BOOST_TEST((dump() == before));
  run("redo");
  BOOST_TEST((dump() == after));
  BOOST_TEST(store.check().empty());
  std::filesystem::remove_all(folder);
}

BOOST_FIXTURE_TEST_CASE(an_old_change_can_be_undone_when_nothing_stands_on_it, World) {
  run("contact add", {{"name", {"Ada Lovelace"}}});
  run("contact add", {{"name", {"Grace Hopper"}}});
  run("undo", {{"change", {"1"}}});
  const auto people = run("contact list").data;
  BOOST_TEST(people.size() == 1u);
  BOOST_TEST(people[0]["name"].get<std::string>() == "Grace Hopper");
}

BOOST_FIXTURE_TEST_CASE(undoing_an_old_import_keeps_whole_every_contact_that_was_touched_since_and_lists_them, World) {
  run("import", {{"paths", {sample("linkedin/2026-03-02")}}});
  const auto touched = run("contact show", {{"contact", {"Ishaan Devrukhkar"}}}).data;
  run("log", {{"line", {"called @\"Ishaan Devrukhkar\", about tiles"}}});
  const auto with_call = run("contact show", {{"contact", {"Ishaan Devrukhkar"}}}).data;
  const auto undone = run("undo", {{"change", {"1"}}});
  const auto people = run("contact list").data;
  BOOST_TEST(people.size() == 1u);
  BOOST_TEST((run("contact show", {{"contact", {"Ishaan Devrukhkar"}}}).data == with_call));
  BOOST_TEST(!touched["jobs"].empty());
  bool listed = false;
  for (const auto& record : undone.data["kept"]) listed |= record["name"] == "Ishaan Devrukhkar";
  BOOST_TEST(listed);
  BOOST_TEST(store.check().empty());
}

BOOST_FIXTURE_TEST_CASE(a_change_that_was_wholly_changed_again_cannot_be_undone_and_says_why, World) {
  run("contact add", {{"name", {"Ada Lovelace"}}});
  run("contact edit", {{"contact", {"ada"}}, {"headline", {"engines"}}});
  BOOST_CHECK_EXCEPTION(run("undo", {{"change", {"1"}}}), Conflict,
                        [](const Conflict& c) { return std::string(c.what()) == "change 1 cannot be undone: everything it touched was changed again later (contact Ada Lovelace)"; });
}

BOOST_FIXTURE_TEST_CASE(a_deletion_can_be_undone_after_later_additions, World) {
  run("contact add", {{"name", {"Ada Lovelace"}}});
  run("interaction add", {{"contact", {"ada"}}, {"text", {"first"}}});
  run("interaction delete", {{"interaction", {"1"}}});
  run("interaction add", {{"contact", {"ada"}}, {"text", {"second"}}});
  run("undo", {{"change", {"3"}}});
  BOOST_TEST(run("interaction list").data.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(what_fails_leaves_the_file_as_it_was, World) {
  run("contact add", {{"name", {"Ada Lovelace"}}});
  const auto before = dump();
  BOOST_CHECK_THROW(run("interaction add", {{"contact", {"ada", "nobody"}}}), NotFound);
  BOOST_CHECK_THROW(run("contribution add", {{"title", {"Fix"}}, {"company", {"New Co"}}, {"reviewed-by", {"nobody"}}}), NotFound);
  BOOST_TEST((dump() == before));
}

BOOST_AUTO_TEST_CASE(an_erased_contact_leaves_no_trace_in_the_file) {
  const auto path = std::filesystem::temp_directory_path() / ("ties_erase_" + std::to_string(getpid()) + ".db");
  {
    Store store(path);
    Crm crm{store, Clock(date_from_text("2026-03-04"), "Europe/Oslo"), Config{}, "test"};
    run(crm, "contact add", {{"name", {"Ada Lovelace"}}, {"email", {"ada@acme.example"}}, {"notes", {"likes engines"}}});
    run(crm, "contact add", {{"name", {"Grace Hopper"}}});
    run(crm, "log", {{"line", {"called @\"Ada Lovelace\", secret matter"}}});
    run(crm, "contact edit", {{"contact", {"ada"}}, {"headline", {"countess of engines"}}});
    BOOST_CHECK_THROW(run(crm, "contact erase", {{"contact", {"ada"}}}), Guarded);
    run(crm, "contact erase", {{"contact", {"ada"}}}, true);
    BOOST_TEST(run(crm, "contact list", {}).data.size() == 1u);
    BOOST_TEST(store.check().empty());
  }
  std::ifstream file(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  BOOST_TEST((bytes.find("Grace Hopper") != std::string::npos));
  for (const auto* trace : {"Lovelace", "lovelace", "ada@acme.example", "engines", "secret matter"}) {
    BOOST_TEST_CONTEXT(trace) { BOOST_TEST((bytes.find(trace) == std::string::npos)); }
  }
  for (const auto* ending : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + ending);
}

BOOST_AUTO_TEST_SUITE_END()
