#include "crm/service/shapes.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <set>
#include <sstream>

#include "reports/render/render.h"
#include "tests/world.h"

using namespace ties;

namespace {

/// A file in which everything has been done, and every answer that was given on the way. tests/service/shapes_check.py
/// holds them against their schemas.
struct Filled : World {
  std::ostringstream written;  ///< what exports wrote
  std::set<std::string> exercised;
  std::vector<std::string> lines;

  Filled() { crm.output = &written; }

  void record(std::string_view verb, std::string_view gives, const Json& data) {
    lines.push_back(Json{{"verb", verb}, {"gives", schema_of_data(gives)}, {"data", data}}.dump(
        -1, ' ', false, Json::error_handler_t::replace));
  }

  Answer act(std::string_view name, Args::Raw raw = {}) {
    auto answer = run(name, std::move(raw), true);
    const auto& verb = verb_called(name);
    exercised.emplace(name);
    if (answer.document) record(name, "Document", reports::json(*answer.document));
    if (verb.gives != "Document" && (!answer.document || !answer.data.is_null())) record(name, verb.gives, answer.data);
    return answer;
  }

  std::string id_of(const Answer& answer) { return answer.data["id"].dump(); }

  /// Every record of a list, shown whole.
  void show_all(const char* list, const char* show, const char* arg) {
    const auto rows = act(list).data;
    for (const auto& row : rows) act(show, {{arg, {row["id"].dump()}}});
  }

  void list_everything() {
    for (const auto* verb : {"followups", "followups count", "plan", "board", "report moves", "report pipeline", "report funnel", "report flow", "report time-in-stage",
                             "report referrals", "report lift", "report network", "report contributions", "report events", "report activity", "report proof", "view list", "duplicates", "imports", "history",
                             "interaction list", "favour list", "contribution list", "pipeline list", "pipeline show",
                             "pipeline export", "interview list", "document list", "task list", "tag list", "token list", "check",
                             "config"}) {
      act(verb);
    }
    act("pipeline export", {{"schema", {"yes"}}});
    act("suggestion list", {{"all", {"yes"}}});
    act("task list", {{"all", {"yes"}}});
    act("application list", {{"all", {"yes"}}});
    act("referral list", {{"open", {"yes"}}});
    act("search", {{"words", {"a"}}});
    show_all("contact list", "contact show", "contact");
    show_all("company list", "company show", "company");
    show_all("event list", "event show", "event");
    show_all("application list", "application show", "application");
    show_all("referral list", "referral show", "referral");
    show_all("interaction list", "interaction show", "interaction");
    show_all("favour list", "favour show", "favour");
    show_all("contribution list", "contribution show", "contribution");
    show_all("interview list", "interview show", "interview");
    show_all("document list", "document show", "document");
    show_all("task list", "task show", "task");
    for (const auto& tag : act("tag list").data) act("tag show", {{"tag", {tag["name"].get<std::string>()}}});
  }

  void import_all_samples() {
    act("init", {{"name", {"Signe Arvelund"}}, {"region", {"NO"}}, {"time-zone", {"Europe/Oslo"}}});
    act("contact edit", {{"contact", {"me"}}, {"email", {"signe@arvelund.example"}}});
    for (const auto* path :
         {"linkedin/2026-03-02", "linkedin/2026-06-15", "linkedin-eras/2026", "calendar", "monica/monica.json"})
      act("import", {{"paths", {sample(path)}}});
    act("import", {{"paths", {sample("mail")}}, {"new-people", {"yes"}}, {"bodies", {"yes"}}});
    for (const auto* folder : {"cards", "tables", "contributions/gh", "contributions/gitlab"}) {
      for (const auto& entry : std::filesystem::directory_iterator(sample(folder))) {
        if (entry.path().extension() != ".md") act("import", {{"paths", {entry.path().string()}}});
      }
    }
    act("import", {{"paths", {sample("tables/huntr")}}, {"explain", {"yes"}}});
    act("import", {{"paths", {sample("linkedin/2026-06-15")}}, {"preview", {"yes"}}});
    act("event log", {{"event", {"SkerryConf26"}}, {"notes", {sample("notes/skerryconf26.txt")}}});
  }

  void live_through_a_search() {
    const auto ada = id_of(act("contact add", {{"name", {"Ada Lovelace"}},
                                               {"company", {"Quillmark"}},
                                               {"email", {"ada@quillmark.example"}},
                                               {"tag", {"compilers"}},
                                               {"met-at", {"LoopConf"}},
                                               {"met-on", {"2026-03-01"}}}));
    const auto charles =
        id_of(act("contact add", {{"name", {"Charles Babbage"}}, {"company", {"Quillmark"}}, {"met-through", {ada}}}));
    const auto double_of_charles = id_of(
        act("contact add",
            {{"name", {"Charles Babbage Esq"}}, {"email", {"charles@quillmark.example"}}, {"headline", {"engines"}}}));
    act("contact edit", {{"contact", {ada}},
                         {"headline", {"engines"}},
                         {"cadence", {"6w"}},
                         {"also", {"Ада"}},
                         {"phone", {"+47 22 22 22 22"}}});
    act("contact tag", {{"contact", {ada}}, {"tags", {"friend"}}, {"cadence", {"30"}}});
    act("contact distinct", {{"contact", {ada}}, {"other", {charles}}});
    act("contact distinct", {{"contact", {ada}}, {"other", {charles}}, {"off", {"yes"}}});
    act("contact merge", {{"contact", {charles}}, {"other", {double_of_charles}}, {"preview", {"yes"}}});
    act("contact merge", {{"contact", {charles}}, {"other", {double_of_charles}}});
    act("contact archive", {{"contact", {charles}}});
    act("contact restore", {{"contact", {charles}}});
    act("contact delete", {{"contact", {charles}}});
    act("contact restore", {{"contact", {charles}}});

    act("log", {{"line", {"met @\"Ada Lovelace\" at #LoopConf, works on loops, follow up in 2 weeks"}}});
    act("log", {{"line", {"applied Staff Engineer +Quillmark via @\"Ada Lovelace\" >Applied"}}});
    act("log",
        {{"line", {"called @\"Ada Lovelace\" +Quillmark #compilers $120k, follow up friday"}}, {"preview", {"yes"}}});
    act("log", {{"line", {"helped @\"Ada Lovelace\" -- read her paper"}}});
    const auto talk = id_of(act("interaction add", {{"contact", {ada}},
                                                    {"kind", {"call"}},
                                                    {"at", {"2026-03-02 10:00"}},
                                                    {"text", {"their team grows"}},
                                                    {"promise", {"send the slides"}}}));
    act("interaction edit", {{"interaction", {talk}}, {"kind", {"video"}}});
    act("interaction delete", {{"interaction", {talk}}});
    act("favour add", {{"contact", {ada}}, {"direction", {"given"}}, {"text", {"reviewed their talk"}}});
    act("event add", {{"name", {"OtherConf"}}, {"starts", {"2026-05-01"}}, {"ends", {"2026-05-03"}}});
    act("contribution add", {{"title", {"Fix the lexer"}},
                             {"link", {"https://code.example/quillmark/lexer/pull/7"}},
                             {"state", {"merged"}},
                             {"company", {"Quillmark"}},
                             {"reviewed-by", {ada}}});
    act("company add", {{"name", {"Brill"}}, {"target", {"yes"}}});
    act("company alias", {{"company", {"Quillmark"}}, {"alias", {"Quillmark Research"}}});
    act("company target", {{"company", {"Quillmark"}}});
    act("who", {{"company", {"Quillmark"}}});
    act("ready");
    act("ready", {{"company", {"Quillmark"}}});

    const auto role = id_of(
        act("application add",
            {{"title", {"Engineer"}}, {"company", {"Quillmark"}}, {"deadline", {"2026-04-01"}}, {"referrer", {ada}}}));
    act("application edit", {{"application", {role}}, {"pay-offered", {"90k"}}, {"recruiter", {charles}}});
    act("application move", {{"application", {role}}, {"stage", {"offer"}}});
    act("application note", {{"application", {role}}, {"text", {"slow"}}});
    const auto round = id_of(act("interview add", {{"application", {role}},
                                                   {"at", {"2026-03-10 10:00"}},
                                                   {"kind", {"coding"}},
                                                   {"minutes", {"60"}},
                                                   {"with", {ada}}}));
    act("brief interview", {{"interview", {round}}});
    act("interview done", {{"interview", {round}}, {"outcome", {"passed"}}, {"thanked", {"yes"}}});
    act("document add", {{"location", {"https://cv.example/a"}}, {"kind", {"cv"}}, {"application", {role}}});
    act("document add", {{"location", {"https://cv.example/b"}}});
    const auto referral = id_of(
        act("referral add",
            {{"referrer", {ada}}, {"application", {role}}, {"introducer", {charles}}, {"expires", {"2026-06-01"}}}));
    act("referral add", {{"referrer", {charles}}});
    act("referral step", {{"referral", {referral}}, {"state", {"asked"}}, {"via", {"signal"}}});
    act("referral thank", {{"referral", {referral}}});
    act("application reroute", {{"application", {role}}, {"title", {"Other Engineer"}}});
    act("application close", {{"application", {role}}, {"outcome", {"rejected"}}});
    act("application reopen", {{"application", {role}}});
    act("application close", {{"application", {role}}, {"outcome", {"rejected"}}});

    const auto task = id_of(act("task add", {{"text", {"read her paper"}},
                                             {"contact", {ada}},
                                             {"application", {role}},
                                             {"due", {"friday"}},
                                             {"repeat", {"7"}}}));
    act("task add", {{"text", {"rest"}}});
    act("task snooze", {{"task", {task}}});
    act("task skip", {{"task", {task}}});
    act("task done", {{"task", {id_of(act("task add", {{"text", {"write"}}}))}}});
    settle_suggestions();

    correct_and_delete(ada, charles, role);
    act("stage add", {{"name", {"Team lead"}}});
    act("stage show", {{"stage", {"team-lead"}}});
    act("stage edit", {{"stage", {"team-lead"}}, {"name", {"Lead of the team"}}, {"check", {"read their papers"}}});
    act("stage move", {{"stage", {"assessment"}}, {"after", {"interviews"}}});
    act("stage remove", {{"stage", {"team-lead"}}});
    act("pipeline templates");
    act("pipeline use", {{"template", {"simple"}}});
    act("pipeline edit", {{"pipeline", {"simple"}}, {"name", {"Short"}}});
    act("pipeline use", {{"template", {"referral"}}});
    act("pipeline delete", {{"pipeline", {"simple"}}, {"to", {"referral"}}});
    act("pipeline import", {{"file", {sample("pipelines/research-engineer.json")}}});

    act("export", {{"what", {"applications"}}});
    act("config", {{"key", {"look_ahead_days"}}, {"value", {"14"}}});
    act("check", {{"repair", {"yes"}}});
    act("undo");
    act("redo");
  }

  /// What was noted wrongly is corrected, what was noted for nothing goes.
  void correct_and_delete(const std::string& ada, const std::string& charles, const std::string& role) {
    const auto of = [&](std::string_view add, Args::Raw raw) { return id_of(act(add, std::move(raw))); };
    const auto favour = of("favour add", {{"contact", {ada}}, {"direction", {"received"}}});
    act("favour edit", {{"favour", {favour}}, {"text", {"introduced me"}}});
    act("favour delete", {{"favour", {favour}}});
    const auto event = of("event add", {{"name", {"NoConf"}}});
    act("event edit", {{"event", {event}}, {"place", {"Oslo"}}});
    act("event delete", {{"event", {event}}});
    const auto work = of("contribution add", {{"title", {"Fix the parser"}}, {"with", {ada}}});
    act("contribution edit", {{"contribution", {work}}, {"company", {"Quillmark"}}});
    act("contribution delete", {{"contribution", {work}}});
    const auto company = of("company add", {{"name", {"Emptiness"}}});
    act("company edit", {{"company", {company}}, {"notes", {"gone"}}, {"domain", {"empty.example"}}});
    act("company delete", {{"company", {company}}});
    const auto round = of("interview add", {{"application", {role}}, {"at", {"2026-07-01 10:00"}}});
    act("interview edit", {{"interview", {round}}, {"minutes", {"30"}}});
    act("interview delete", {{"interview", {round}}});
    const auto paper = of("document add", {{"location", {"https://cv.example/c"}}});
    act("document edit", {{"document", {paper}}, {"title", {"CV, short"}}});
    act("document delete", {{"document", {paper}}});
    const auto referral = of("referral add", {{"referrer", {ada}}});
    act("referral edit", {{"referral", {referral}}, {"requisition", {"R-1"}}});
    act("referral delete", {{"referral", {referral}}});
    const auto task = of("task add", {{"text", {"nothing"}}});
    act("task edit", {{"task", {task}}, {"due", {"friday"}}, {"event", {"LoopConf"}}, {"company", {"Quillmark"}}});
    act("task delete", {{"task", {task}}});
    const auto other = of("application add", {{"title", {"Nothing"}}});
    act("application bulk", {{"applications", {role, other}}, {"priority", {"3"}}});
    act("application delete", {{"application", {other}}});
    act("contact bulk", {{"contacts", {ada, charles}}, {"add-tag", {"passing"}}, {"star", {"yes"}}});
    act("tag add", {{"name", {"in passing"}}, {"cadence", {"30"}}});
    act("tag merge", {{"tag", {"passing"}}, {"other", {"in passing"}}});
    act("tag edit", {{"tag", {"passing"}}, {"name", {"past"}}, {"cadence", {"6w"}}});
    act("tag delete", {{"tag", {"past"}}});
    act("template list");
    act("template placeholders");
    act("template add", {{"name", {"Coffee"}}, {"kind", {"hello"}}, {"text", {"Coffee, {first_name}?"}}});
    act("template edit", {{"template", {"thanks"}}, {"subject", {"Thanks a lot"}}});
    act("template show", {{"template", {"coffee"}}});
    act("draft", {{"kind", {"thanks"}}, {"contact", {ada}}});
    act("draft", {{"kind", {"advice"}}, {"contact", {charles}}});
    act("template reset", {{"template", {"thanks"}}});
    act("template delete", {{"template", {"coffee"}}});
    act("brief", {{"what", {"Quillmark"}}});
    act("brief contact", {{"contact", {ada}}});
    act("brief company", {{"company", {"Quillmark"}}});
    act("brief application", {{"application", {role}}});
    const auto view = id_of(act("view add", {{"name", {"Quiet alumni"}}, {"page", {"contacts"}}, {"query", {"q=tag%3Aalumni"}}}));
    act("view list");
    act("view show", {{"view", {view}}});
    act("view edit", {{"view", {view}}, {"standard", {"yes"}}});
    act("view delete", {{"view", {view}}});
    act("token add", {{"name", {"script"}}, {"scope", {"read"}}});
    act("token list");
    act("token revoke", {{"token", {"script"}}});
    act("signin");
  }

  /// Whatever mails suggested: one is dismissed, the first that can be is accepted.
  void settle_suggestions() {
    const auto open = act("suggestion list").data;
    BOOST_TEST_REQUIRE(open.size() > 1u, open.dump(1));
    act("suggestion dismiss", {{"suggestion", {open[0]["id"].dump()}}});
    for (std::size_t i = 1; i < open.size() && exercised.count("suggestion accept") == 0; ++i) {
      try {
        act("suggestion accept", {{"suggestion", {open[i]["id"].dump()}}});
      } catch (const std::runtime_error&) {
      }
    }
  }

  /// Backups are of a file on the disk.
  void keep_and_restore() {
    auto name = (std::filesystem::temp_directory_path() / "ties_shapes_XXXXXX").string();
    const std::filesystem::path folder = mkdtemp(name.data());
    {
      Store kept(folder / "ties.db");
      Crm desk{kept, crm.clock, Config{}, "test"};
      const auto tell = [&](std::string_view verb, Args::Raw raw) {
        const auto answer = ties::run(desk, verb, std::move(raw), true);
        exercised.emplace(verb);
        record(verb, verb_called(verb).gives, answer.data);
        return answer;
      };
      tell("sample", {});
      tell("sample load", {});
      const auto backup = tell("backup", {}).data["name"].get<std::string>();
      tell("sample remove", {});
      std::ofstream(folder / "ties.db.backups" / "ties-2026-01-01T000000.db") << "no backup";
      tell("backup list", {});
      tell("backup verify", {{"backup", {backup}}});
      tell("backup verify", {{"backup", {"ties-2026-01-01T000000.db"}}});
      tell("restore", {{"backup", {backup}}, {"preview", {"yes"}}});
      tell("restore", {{"backup", {backup}}});
      tell("backup delete", {{"backup", {backup}}});
    }
    std::filesystem::remove_all(folder);
  }

  void export_everything() {
    auto name = (std::filesystem::temp_directory_path() / "ties_shapes_XXXXXX").string();
    const std::filesystem::path folder = mkdtemp(name.data());
    act("export", {{"what", {(folder / "all").string()}}});
    std::filesystem::remove_all(folder);
  }

  void write_to(const char* path) const {
    Json all = Json::object(), table = Json::object();
    for (const auto& shape : shapes()) all[std::string(shape.name)] = shape.schema;
    for (const auto& verb : verbs()) table[std::string(verb.name)] = verb.gives;
    std::ofstream out(path);
    out << Json{{"schemas", all}, {"verbs", table}}.dump() << "\n";
    for (const auto& line : lines) out << line << "\n";
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(the_shapes)

BOOST_AUTO_TEST_CASE(are_named_by_every_verb_that_answers_with_data_and_each_is_there_once) {
  std::set<std::string_view> names;
  for (const auto& shape : shapes()) BOOST_TEST(names.insert(shape.name).second, shape.name);
  std::set<std::string_view> without;
  for (const auto& verb : verbs()) {
    if (verb.gives.empty()) {
      without.insert(verb.name);
    } else {
      BOOST_TEST(names.count(shape_named_in(verb.gives)) == 1u, verb.name);
      BOOST_TEST(verb.lists() == (!verb.writes && verb.gives.starts_with('[')), verb.name);
    }
  }
  BOOST_TEST((without == std::set<std::string_view>{"init"}));
}

BOOST_FIXTURE_TEST_CASE(are_met_by_every_answer_over_all_samples_and_a_whole_search, Filled) {
  list_everything();
  day("2026-06-20");
  import_all_samples();
  live_through_a_search();
  list_everything();
  export_everything();
  keep_and_restore();
  act("contact erase", {{"contact", {"Charles Babbage"}}});
  for (const auto& verb : verbs())
    BOOST_TEST(exercised.count(std::string(verb.name)) == 1u, verb.name << " was never asked");
  BOOST_TEST(lines.size() > 200u);
  if (const auto* path = std::getenv("TIES_ANSWERS")) write_to(path);
}

BOOST_FIXTURE_TEST_CASE(a_dry_run_of_an_erasure_erases_nobody, World) {
  run("contact add", {{"name", {"Ada Lovelace"}}});
  const auto before = dump();
  crm.dry_run = true;
  BOOST_TEST(run("contact erase", {{"contact", {"ada"}}}, true).said == "would erase contact 1; nothing was changed");
  BOOST_TEST((dump() == before));
}

BOOST_AUTO_TEST_SUITE_END()
