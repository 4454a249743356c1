#include <unistd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <sstream>

#include "reports/render/render.h"
#include "tests/world.h"

using namespace ties;

namespace {

constexpr const char* marker = "quokka";  // in everything that is private, and in nothing else

/// A file with private things in every place where they can be.
struct Hidden : World {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("ties_private_" + std::to_string(::getpid()));

  Hidden() {
    std::filesystem::create_directories(folder);
    run("contact add", {{"name", {"Ada Quillmark"}},
                        {"company", {"Brightloom"}},
                        {"email", {"ada@brightloom.example"}},
                        {"tag", {"friend"}},
                        {"private-note", {"quokka note"}},
                        {"notes", {"compilers"}}});
    run("contact add", {{"name", {"Ada Quilmark"}}, {"company", {"Brightloom"}}, {"private-note", {"quokka remark"}}});
    run("init", {{"name", {"Signe Arvelund"}}});
    run("event add", {{"name", {"LoopConf"}}});
    run("application add", {{"title", {"Engineer"}}, {"company", {"Brightloom"}}, {"insider", {"1"}}});
    run("referral add", {{"referrer", {"1"}}, {"company", {"Brightloom"}}}, true);
    run("interview add", {{"application", {"1"}}, {"at", {"2026-03-10 10:00"}}, {"with", {"1"}}});
    run("document add", {{"location", {"https://cv.example/cv.pdf"}}});
    run("favour add", {{"contact", {"1"}}, {"direction", {"given"}}});
    run("contribution add", {{"title", {"Fix"}}, {"link", {"https://code.example/1"}}, {"reviewed-by", {"1"}}});
    run("task add", {{"text", {"read the paper"}}, {"contact", {"1"}}});
    run("interaction add", {{"contact", {"1"}}, {"kind", {"call"}}, {"text", {"open talk"}}, {"on", {"2026-02-01"}}});
    run("interaction add", {{"contact", {"1"}},
                            {"kind", {"met"}},
                            {"text", {"quokka talk"}},
                            {"event", {"LoopConf"}},
                            {"channel", {"quokka channel"}},
                            {"private", {"yes"}},
                            {"promise", {"the quokka paper"}},
                            {"by", {"2026-03-06"}},
                            {"on", {"2026-03-03"}}});
    // Marked private only after the journal had repeated what was promised.
    run("interaction add", {{"contact", {"1"}},
                            {"kind", {"coffee"}},
                            {"text", {"quokka coffee"}},
                            {"promise", {"the quokka slides"}},
                            {"by", {"2026-03-05"}}});
    run("task done", {{"task", {"3"}}});
    run("undo");
    run("interaction edit", {{"interaction", {"3"}}, {"private", {"yes"}}});
    run("view add", {{"name", {"Quiet"}}, {"page", {"contacts"}}});
    run("signin");
  }
  ~Hidden() { std::filesystem::remove_all(folder); }

  /// All that a verb tells, in every form in which it may be printed, and what it writes.
  std::string told(std::string_view verb, const Args::Raw& raw) {
    std::ostringstream output;
    crm.output = &output;
    const auto answer = run(verb, raw, true);
    crm.output = nullptr;
    auto text = answer.said + "\n" + answer.data.dump() + "\n" + answer.next + "\n" + output.str();
    for (const auto& remark : answer.remarks) text += remark + "\n";
    for (const auto& warning : answer.overridden) text += warning.reason + "\n";
    if (answer.document) {
      for (const auto& format : reports::formats())
        text += reports::render(*answer.document, format, {}, "20260304T120000Z");
    }
    return text;
  }

  std::string files_in_folder() const {
    std::string text;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      text.append(std::istreambuf_iterator<char>(in), {});
    }
    return text;
  }
};

struct Asked {
  std::string_view verb;
  Args::Raw raw;
  bool tells_when_seen;  ///< something private, to those who may see it
};

/// Every verb that reads, at least once.
std::vector<Asked> readings() {
  return {
      {"followups", {{"days", {"60"}}}, true},
      {"followups count", {}, false},
      {"plan", {{"minutes", {"600"}}}, true},
      {"board", {}, false},
      {"who", {{"company", {"brightloom"}}}, false},
      {"ready", {{"company", {"brightloom"}}}, false},
      {"ready", {}, false},
      {"brief", {{"what", {"Ada Quillmark"}}}, true},
      {"brief contact", {{"contact", {"1"}}}, true},
      {"brief company", {{"company", {"brightloom"}}}, true},
      {"brief application", {{"application", {"1"}}}, false},
      {"brief interview", {{"interview", {"1"}}}, true},
      {"draft", {{"kind", {"promise"}}, {"contact", {"1"}}}, false},
      {"template list", {}, false},
      {"template show", {{"template", {"thanks"}}}, false},
      {"template placeholders", {}, false},
      {"report network", {}, false},
      {"report moves", {}, false},
      {"report pipeline", {}, false},
      {"report funnel", {}, false},
      {"report flow", {}, false},
      {"report time-in-stage", {{"by", {"stage"}}}, false},
      {"report referrals", {}, false},
      {"report lift", {}, false},
      {"report contributions", {}, false},
      {"report events", {}, false},
      {"report activity", {}, false},
      {"report proof", {{"since", {"2026-01-01"}}}, false},
      {"search", {{"words", {"quokka"}}}, false},
      {"search", {{"words", {"talk"}}}, false},
      {"imports", {{"issues", {"yes"}}}, false},
      {"export", {{"what", {"contacts"}}, {"format", {"jsonl"}}}, false},
      {"export", {{"what", {"contacts"}}, {"format", {"csv"}}}, false},
      {"export", {{"what", {"contacts"}}, {"format", {"vcard"}}}, false},
      {"export", {{"what", {"contacts"}}, {"format", {"google"}}}, false},
      {"export", {{"what", {"interactions"}}}, false},
      {"export", {{"what", {"interactions"}}, {"format", {"jsonl"}}}, false},
      {"export", {{"what", {"applications"}}, {"format", {"jsonl"}}}, false},
      {"export", {{"what", {"contributions"}}, {"format", {"jsonl"}}}, false},
      {"export", {{"what", {"calendar"}}}, true},
      {"history", {{"limit", {"1000"}}}, true},
      {"history", {{"of", {"contact 1"}}}, true},
      {"contact list", {}, false},
      {"contact list", {{"query", {"has:note"}}}, false},
      {"contact show", {{"contact", {"1"}}}, true},
      {"contact show", {{"contact", {"2"}}}, true},
      {"duplicates", {{"at-least", {"1"}}}, false},
      {"interaction list", {}, true},
      {"interaction list", {{"contact", {"1"}}}, true},
      {"interaction list", {{"event", {"LoopConf"}}}, true},
      {"interaction show", {{"interaction", {"1"}}}, false},
      {"favour list", {}, false},
      {"favour show", {{"favour", {"1"}}}, false},
      {"event list", {}, false},
      {"event show", {{"event", {"LoopConf"}}}, true},
      {"contribution list", {}, false},
      {"contribution show", {{"contribution", {"1"}}}, false},
      {"tag list", {}, false},
      {"tag show", {{"tag", {"friend"}}}, false},
      {"company list", {}, false},
      {"company list", {{"query", {"bright"}}}, false},
      {"company show", {{"company", {"brightloom"}}}, false},
      {"pipeline list", {}, false},
      {"pipeline show", {}, false},
      {"pipeline templates", {}, false},
      {"stage show", {{"stage", {"applied"}}}, false},
      {"pipeline export", {}, false},
      {"application list", {}, false},
      {"application show", {{"application", {"1"}}}, false},
      {"interview list", {}, false},
      {"interview show", {{"interview", {"1"}}}, false},
      {"document list", {}, false},
      {"document show", {{"document", {"1"}}}, false},
      {"referral list", {}, false},
      {"referral show", {{"referral", {"1"}}}, false},
      {"suggestion list", {{"all", {"yes"}}}, false},
      {"task list", {{"all", {"yes"}}}, true},
      {"task show", {{"task", {"1"}}}, false},
      {"view list", {}, false},
      {"sample", {}, false},
      {"backup list", {}, false},
      {"view show", {{"view", {"1"}}}, false},
      {"token list", {}, false},
      {"config", {}, false},
      {"check", {}, false},
  };
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(private_things, Hidden)

BOOST_AUTO_TEST_CASE(every_verb_that_reads_is_asked_here) {
  const auto asked = readings();
  for (const auto& verb : verbs()) {
    if (verb.name == "backup verify") continue;  // it wants a file, see below
    const bool is_asked =
        std::any_of(asked.begin(), asked.end(), [&](const Asked& row) { return row.verb == verb.name; });
    if (!verb.writes) BOOST_TEST(is_asked, verb.name << " reads: give it a row of the table above");
  }
}

BOOST_AUTO_TEST_CASE(are_told_by_no_verb_to_who_may_not_see_them) {
  const auto before = dump();
  for (const auto& [verb, raw, tells_when_seen] : readings()) {
    BOOST_TEST_CONTEXT(verb) {
      crm.sees_private = true;
      BOOST_TEST((told(verb, raw).find(marker) != std::string::npos) == tells_when_seen);
      crm.sees_private = false;
      const auto text = told(verb, raw);
      BOOST_TEST(text.find(marker) == std::string::npos, text);
    }
  }
  BOOST_TEST((dump() == before));
}

BOOST_AUTO_TEST_CASE(are_told_by_no_backup_and_by_no_trial_of_one) {
  const auto file = (folder / "backup.db").string();
  run("backup", {{"to", {file}}});
  run("task snooze", {{"task", {"2"}}});
  crm.sees_private = false;
  for (const auto& text : {told("backup verify", {{"backup", {file}}}), told("restore", {{"backup", {file}}, {"preview", {"yes"}}})}) {
    BOOST_TEST(text.size() > 100u);
    BOOST_TEST(text.find(marker) == std::string::npos, text);
  }
}

BOOST_AUTO_TEST_CASE(leave_in_no_export_of_who_may_not_see_them) {
  crm.sees_private = false;
  run("export", {{"what", {(folder / "all").string()}}});
  const auto written = files_in_folder();
  BOOST_TEST(written.find("open talk") != std::string::npos);
  BOOST_TEST(written.find(marker) == std::string::npos);
  for (const auto& raw : {Args::Raw{{"what", {(folder / "more").string()}}}, Args::Raw{{"what", {"interactions"}}}}) {
    auto with_private = raw;
    with_private["include-private"] = {"yes"};
    BOOST_CHECK_EXCEPTION(run("export", with_private), Wrong, [](const Wrong& error) {
      return error.what() ==
             std::string("include-private: private things are not open to you; that takes the scope private");
    });
  }
  crm.sees_private = true;
  run("export", {{"what", {(folder / "seen").string()}}, {"include-private", {"yes"}}});
  BOOST_TEST(files_in_folder().find(marker) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(are_as_if_not_there_to_who_names_them) {
  crm.sees_private = false;
  const std::pair<const char*, Args::Raw> rows[] = {{"interaction edit", {{"interaction", {"2"}}, {"kind", {"call"}}}},
                                                    {"interaction delete", {{"interaction", {"3"}}}},
                                                    {"task done", {{"task", {"2"}}}},
                                                    {"task snooze", {{"task", {"3"}}}},
                                                    {"history", {{"of", {"interaction 2"}}}},
                                                    {"history", {{"of", {"task 2"}}}}};
  const auto before = dump();
  for (const auto& [verb, raw] : rows) {
    BOOST_TEST_CONTEXT(verb) {
      BOOST_CHECK_EXCEPTION(run(verb, raw), NotFound, [](const NotFound& error) {
        return std::string(error.what()).starts_with("there is no ") &&
               std::string(error.what()).find(marker) == std::string::npos;
      });
    }
  }
  BOOST_TEST((dump() == before));
}

BOOST_AUTO_TEST_CASE(are_not_told_in_what_a_change_answers_and_stay_as_they_are) {
  crm.sees_private = false;
  const std::pair<const char*, Args::Raw> rows[] = {
      {"contact edit", {{"contact", {"1"}}, {"headline", {"engines"}}}},
      {"contact tag", {{"contact", {"1"}}, {"tags", {"friend"}}}},
      {"contact archive", {{"contact", {"1"}}}},
      {"contact restore", {{"contact", {"1"}}}},
      {"contact delete", {{"contact", {"2"}}}},
      {"contact restore", {{"contact", {"2"}}}},
      {"log", {{"line", {"called @\"Ada Quillmark\", follow up in 2 weeks"}}}},
      {"interaction edit", {{"interaction", {"1"}}, {"kind", {"video"}}}},
      {"task done", {{"task", {"1"}}}},
      {"application note", {{"application", {"1"}}, {"text", {"slow"}}}},
      {"interview done", {{"interview", {"1"}}}},
      {"contact merge", {{"contact", {"1"}}, {"other", {"2"}}, {"preview", {"yes"}}}},
      {"contact merge", {{"contact", {"1"}}, {"other", {"2"}}}},
  };
  for (const auto& [verb, raw] : rows) {
    BOOST_TEST_CONTEXT(verb) {
      const auto text = told(verb, raw);
      BOOST_TEST(text.find(marker) == std::string::npos, text);
      BOOST_TEST(text.size() > 4);
    }
  }
  BOOST_TEST(told("undo", {}).find(marker) == std::string::npos);  // of the merge
  crm.sees_private = true;
  BOOST_TEST(run("contact show", {{"contact", {"1"}}}).data["private_note"] == "quokka note");
  BOOST_TEST(run("contact show", {{"contact", {"2"}}}).data["private_note"] == "quokka remark");
  BOOST_TEST(run("interaction list", {{"contact", {"1"}}}).data.size() == 4);
  BOOST_TEST(store.check().empty());
}

BOOST_AUTO_TEST_CASE(are_changed_only_by_who_sees_them) {
  crm.sees_private = false;
  const std::pair<const char*, Args::Raw> rows[] = {
      {"private-note", {{"contact", {"1"}}, {"private-note", {"mine"}}}},
      {"private-note", {{"contact", {"1"}}, {"private-note", {""}}}},
  };
  const auto before = dump();
  for (const auto& [name, raw] : rows) {
    BOOST_CHECK_EXCEPTION(run("contact edit", raw), Wrong, [](const Wrong& error) {
      return error.what() ==
             std::string("private-note: private things are not open to you; that takes the scope private");
    });
  }
  BOOST_CHECK_THROW(run("contact merge", {{"contact", {"1"}}, {"other", {"2"}}, {"field", {"private-note=mine"}}}),
                    Wrong);
  BOOST_TEST((dump() == before));
}

BOOST_AUTO_TEST_CASE(of_two_who_are_one_are_kept_whoever_merges_them) {
  crm.sees_private = false;
  run("contact merge", {{"contact", {"1"}}, {"other", {"2"}}}, true);
  crm.sees_private = true;
  const auto one = run("contact show", {{"contact", {"1"}}}).data;
  BOOST_TEST(one["private_note"] == "quokka note\n\nquokka remark");
  run("undo");
  BOOST_TEST(run("contact show", {{"contact", {"2"}}}).data["private_note"] == "quokka remark");
}

BOOST_AUTO_TEST_CASE(go_with_the_person_who_is_erased_whoever_erases_them) {
  crm.sees_private = false;
  run("contact erase", {{"contact", {"1"}}}, true);
  run("contact erase", {{"contact", {"2"}}}, true);
  BOOST_TEST(dump().find("quokka talk") == std::string::npos);
  BOOST_TEST(dump().find("quokka note") == std::string::npos);
  crm.sees_private = true;
  BOOST_TEST(store.check().empty());
}

BOOST_AUTO_TEST_CASE(are_found_again_by_an_import_whoever_imports) {
  run("import", {{"paths", {sample("linkedin/2026-03-02")}}});
  const auto all = run("interaction list", {{"limit", {"1000"}}}).data;
  BOOST_TEST(all.size() > 10);
  for (const auto& row : all) run("interaction edit", {{"interaction", {row["id"].dump()}}, {"private", {"yes"}}});
  const auto before = dump();
  crm.sees_private = false;
  BOOST_TEST(run("interaction list").data.empty());
  BOOST_TEST(!run("import", {{"paths", {sample("linkedin/2026-03-02")}}}).change.has_value());
  BOOST_TEST((dump() == before));
  BOOST_TEST(run("interaction list").data.empty());
}

BOOST_AUTO_TEST_CASE(that_were_promised_are_not_repeated_by_the_journal) {
  BOOST_TEST(run("task done", {{"task", {"2"}}}).said == "done: task 2");
  BOOST_TEST(run("task snooze", {{"task", {"3"}}}).said == "snoozed until Thu 5 Mar 2026: task 3");
  BOOST_TEST(run("task done", {{"task", {"1"}}}).said == "done: read the paper");
}

BOOST_AUTO_TEST_CASE(are_seen_again_after_a_verb_that_hid_them_failed_or_was_only_tried) {
  crm.sees_private = false;
  BOOST_CHECK_THROW(run("contact show", {{"contact", {"nobody"}}}), NotFound);
  crm.dry_run = true;
  run("contact edit", {{"contact", {"1"}}, {"headline", {"engines"}}});
  BOOST_CHECK_THROW(run("contact merge", {{"contact", {"1"}}, {"other", {"1"}}}), Conflict);
  run("contact merge", {{"contact", {"1"}}, {"other", {"2"}}});
  crm.dry_run = false;
  BOOST_TEST(told("interaction list", {}).find(marker) == std::string::npos);
  BOOST_TEST(store.tells_private());
  BOOST_TEST(store.all<Interaction>().size() == 3);
  crm.sees_private = true;
  BOOST_TEST(run("contact show", {{"contact", {"1"}}}).data["private_note"] == "quokka note");
}

BOOST_AUTO_TEST_CASE(are_hidden_on_a_connection_that_only_reads) {
  const auto file = folder / "ties.db";
  {
    Store writing(file);
    Crm with{writing, crm.clock, Config{}, "test"};
    ties::run(with, "contact add", {{"name", {"Ada Quillmark"}}, {"private-note", {"quokka note"}}});
    ties::run(with, "interaction add", {{"contact", {"ada"}}, {"text", {"quokka talk"}}, {"private", {"yes"}}});
  }
  Store reading(file, Database::Access::read_only);
  Crm with{reading, crm.clock, Config{}, "test"};
  with.sees_private = false;
  BOOST_TEST(ties::run(with, "contact show", {{"contact", {"ada"}}}).data.dump().find(marker) == std::string::npos);
  BOOST_TEST(ties::run(with, "interaction list", {}).data.empty());
  with.sees_private = true;
  BOOST_TEST(ties::run(with, "interaction list", {}).data.size() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
