#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>
#include <regex>

#include "reports/render/render.h"
#include "tests/world.h"

using namespace ties;

namespace {

/// Every verb that gives a document: reports, follow-ups, board, who, duplicates.
std::vector<const Verb*> reports_there_are() {
  std::vector<const Verb*> all;
  for (const auto& verb : verbs()) {
    if (verb.gives == "Document" && !verb.writes) all.push_back(&verb);
  }
  return all;
}

bool needs_more(const Verb& verb) {
  return std::any_of(verb.args.begin(), verb.args.end(), [](const Arg& arg) { return arg.required || arg.place == Arg::Place::first; });
}

struct Reported : World {
  reports::Document report(const std::string& name, Args::Raw raw = {}) { return *run(name, std::move(raw)).document; }
  std::string json(const std::string& name) { return reports::json_text(reports::json(report(name))); }

  /// Every report as programs are told it, by its name.
  std::map<std::string, std::string> numbers() {
    std::map<std::string, std::string> all;
    for (const auto* verb : reports_there_are()) {
      if (!needs_more(*verb)) all[std::string(verb->name)] = json(std::string(verb->name));
    }
    if (!store.companies(false, "").empty()) all["who"] = reports::json_text(reports::json(report("who", {{"company", {"1"}}})));
    return all;
  }
};

/// A file that no careful person would have, and what reports say of it.
struct Case {
  const char* name;
  std::vector<std::pair<std::string, Args::Raw>> done;
  std::vector<std::pair<const char*, const char*>> said;  ///< report, and what stands in it
};

const std::vector<Case>& cases() {
  const auto add = [](const char* title, const char* on, const char* company = "") {
    Args::Raw raw{{"title", {title}}, {"on", {on}}};
    if (*company != '\0') raw["company"] = {company};
    return std::pair<std::string, Args::Raw>("application add", raw);
  };
  const auto move = [](const char* stage, const char* on, const char* application = "1") {
    return std::pair<std::string, Args::Raw>("application move", {{"application", {application}}, {"stage", {stage}}, {"on", {on}}});
  };
  const auto close = [](const char* outcome, const char* on, const char* application = "1") {
    return std::pair<std::string, Args::Raw>("application close", {{"application", {application}}, {"outcome", {outcome}}, {"on", {on}}});
  };
  const auto met = [](const char* on) {
    return std::pair<std::string, Args::Raw>("interaction add", {{"contact", {"Ada"}}, {"kind", {"met"}}, {"on", {on}}});
  };
  const std::pair<std::string, Args::Raw> ada("contact add", {{"name", {"Ada Lovelace"}}, {"company", {"Acme"}}});
  static const std::vector<Case> table{
      {"an empty file",
       {},
       {{"report pipeline", "no application yet"},
        {"report funnel", "no application yet"},
        {"report flow", "no application yet"},
        {"report time-in-stage", "no application yet"},
        {"report referrals", "nobody was asked for a referral yet"},
        {"report lift", "no application yet"},
        {"report network", "nobody is known yet"},
        {"report contributions", "no public work is known yet"},
        {"report proof", "0 applications"}}},
      {"one contact",
       {ada},
       {{"report network", "1 person known"}, {"report network", "1 of no day, in no bar of the growth"}}},
      {"one application, without a company",
       {add("Engineer", "2026-02-02"), move("applied", "2026-02-03")},
       {{"report funnel", "1 application is too few for a picture; it wants 5"},
        {"report flow", "of 1 application 1 is still open"},
        {"report proof", "company not said"},
        {"report proof", "1 without a company, listed so"}}},
      {"an application whose days contradict each other",
       {add("Engineer", "2026-02-10", "Acme"), move("applied", "2026-01-20"), close("rejected", "2025-12-01"),
        {"interview add", {{"application", {"1"}}, {"at", {"2025-11-01 10:00"}}, {"kind", {"coding"}}}}},
       {{"report funnel", "1 application has lines from before the opening: the lines' days count"},
        {"report time-in-stage", "1 stay ended before it began, and counts as 0 days"}}},
      {"days to come",
       {ada, add("Engineer", "2031-01-01", "Acme"), met("2032-01-01"),
        {"contribution add", {{"title", {"Fold"}}, {"on", {"2033-01-01"}}, {"state", {"merged"}}}},
        {"referral add", {{"referrer", {"Ada"}}, {"state", {"asked"}}, {"on", {"2034-01-01"}}}}},
       {{"report funnel", "1 application was opened on a day to come, and counted all the same"},
        {"report referrals", "1 ask was made on a day to come, and counted all the same"},
        {"report contributions", "1 of a day to come"},
        {"report activity", "of days to come"}}},
      {"stages gone through in a circle",
       {add("Engineer", "2026-01-01"), move("applied", "2026-01-02"), move("wishlist", "2026-01-03"), move("applied", "2026-01-04"), move("wishlist", "2026-01-05")},
       {{"report flow", "1 application went back at times; the way forward alone is shown"}, {"report funnel", "of 1 application 1 was sent"}}},
      {"a stage that was removed",
       {add("Engineer", "2026-01-01"), move("assessment", "2026-01-02"), move("interviews", "2026-01-03"), {"stage remove", {{"pipeline", {"1"}}, {"stage", {"assessment"}}}}},
       {{"report funnel", "1 application was in a stage that was removed since: it counts as what it was"}}},
      {"reroutes that end where nothing goes on",
       {add("Engineer", "2026-01-01"), {"application reroute", {{"application", {"1"}}, {"title", {"Other"}}, {"on", {"2026-01-05"}}}}, close("rejected", "2026-01-01", "2")},
       {{"report flow", "of 2 applications 0 are still open and 1 rejected"}}},
      {"everything on one day",
       {ada, add("Engineer", "2026-03-04", "Acme"), move("offer", "2026-03-04"), close("accepted", "2026-03-04"), met("2026-03-04"),
        {"contribution add", {{"title", {"Fold"}}, {"on", {"2026-03-04"}}, {"state", {"merged"}}}}},
       {{"report time-in-stage", "no stage has 5 stays of which half are known to be over"}}},
      {"a century",
       {ada, add("Lamplighter", "1926-02-01", "Acme"), move("applied", "1926-03-01"), add("Engineer", "2026-02-01", "Acme"), met("1926-05-01"), met("2026-02-01"),
        {"contribution add", {{"title", {"Fold"}}, {"on", {"1926-06-01"}}, {"state", {"merged"}}}}},
       {{"report pipeline", "the longest wait is"}, {"report network", "1 person known"}}},
  };
  return table;
}

bool has_no_number(const std::string& text) {
  static const std::regex none(R"((^|[^A-Za-z-])-?(nan|inf|infinity)([^A-Za-z]|$))", std::regex::icase);
  return std::regex_search(text, none);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reports_of_every_kind)

BOOST_AUTO_TEST_CASE(of_bad_files_say_what_they_leave_out_and_never_divide_by_nothing) {
  for (const auto& one : cases()) {
    BOOST_TEST_CONTEXT(one.name) {
      Reported world;
      for (const auto& [verb, raw] : one.done) BOOST_REQUIRE_NO_THROW(world.run(verb, raw, true));
      std::size_t told = 0;
      for (const auto* verb : reports_there_are()) {
        if (needs_more(*verb)) continue;
        const std::string name(verb->name);
        const auto document = world.report(name);
        BOOST_TEST(!document.title.empty(), name);
        BOOST_TEST(!document.finding.empty(), name);
        for (const auto& format : reports::formats()) {
          for (const std::size_t width : {0, 40, 80, 120}) {
            const auto written = reports::render(document, format, {width, false, true}, "20260304T080000Z");
            BOOST_TEST(!has_no_number(written), name << " as " << format << ":\n" << written);
            if (format != "text") break;
          }
        }
        ++told;
      }
      BOOST_TEST(told >= 13u);
      for (const auto& [name, words] : one.said) {
        const auto text = reports::render(world.report(name), "text", {}, "");
        BOOST_TEST(text.find(words) != std::string::npos, "'" << words << "' is not in " << name << ":\n" << text);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(of_a_period_of_which_nothing_is_known_say_so) {
  Reported world;
  world.run("sample load");
  for (const auto* verb : reports_there_are()) {
    const bool has_period = std::any_of(verb->args.begin(), verb->args.end(), [](const Arg& arg) { return arg.name == "until"; });
    if (!has_period) continue;
    const auto document = world.report(std::string(verb->name), {{"since", {"1950-01-01"}}, {"until", {"1950-01-31"}}});
    BOOST_TEST(!document.finding.empty());
    for (const auto& format : reports::formats()) BOOST_TEST(!has_no_number(reports::render(document, format, {}, "20260304T080000Z")), verb->name << " as " << format);
  }
}

BOOST_FIXTURE_TEST_CASE(have_every_number_back_after_an_undo, Reported) {
  run("sample load");
  const auto before_all = numbers();
  const std::vector<std::pair<std::string, Args::Raw>> changes{
      {"contact add", {{"name", {"Nova Quist"}}, {"company", {"Acme"}}, {"tag", {"new"}}, {"met-on", {"2026-02-01"}}, {"location", {"Oslo, Norway"}}}},
      {"contact edit", {{"contact", {"2"}}, {"company", {"Brill"}}, {"location", {"Lisbon, Portugal"}}}},
      {"contact archive", {{"contact", {"3"}}}},
      {"contact delete", {{"contact", {"4"}}}},
      {"contact merge", {{"contact", {"5"}}, {"other", {"6"}}}},
      {"contact tag", {{"contact", {"2"}}, {"tags", {"kept"}}, {"cadence", {"30"}}}},
      {"log", {{"line", {"met @new:\"Ora Lund\" +Acme, follow up in 2 weeks"}}}},
      {"interaction add", {{"contact", {"2"}}, {"kind", {"call"}}, {"on", {"2026-03-01"}}}},
      {"interaction delete", {{"interaction", {"1"}}}},
      {"event add", {{"name", {"Harbour Summit"}}, {"starts", {"2026-02-05"}}}},
      {"contribution add", {{"title", {"Fold"}}, {"company", {"Acme"}}, {"state", {"merged"}}, {"on", {"2026-02-03"}}, {"reviewed-by", {"2"}}}},
      {"contribution delete", {{"contribution", {"1"}}}},
      {"application add", {{"title", {"Engineer"}}, {"company", {"Acme"}}, {"source", {"referral"}}, {"referrer", {"2"}}, {"on", {"2026-02-01"}}}},
      {"application move", {{"application", {"1"}}, {"stage", {"offer"}}}},
      {"application close", {{"application", {"1"}}, {"outcome", {"accepted"}}}},
      {"application delete", {{"application", {"1"}}}},
      {"interview add", {{"application", {"1"}}, {"at", {"2026-03-01 10:00"}}, {"kind", {"coding"}}}},
      {"referral add", {{"referrer", {"2"}}, {"state", {"asked"}}, {"on", {"2026-02-02"}}}},
      {"task add", {{"text", {"write"}}, {"contact", {"2"}}, {"due", {"2026-03-01"}}}},
      {"favour add", {{"contact", {"2"}}, {"direction", {"given"}}, {"text", {"a draft"}}}},
      {"company add", {{"name", {"Vantorre"}}, {"target", {"yes"}}}},
      {"company alias", {{"company", {"1"}}, {"alias", {"Other Name"}}}},
      {"stage edit", {{"pipeline", {"1"}}, {"stage", {"applied"}}, {"patience", {"1"}}}},
      {"pipeline use", {{"template", {"simple"}}}},
  };
  std::size_t seen = 0;
  for (const auto& [verb, raw] : changes) {
    BOOST_TEST_CONTEXT(verb) {
      const auto before = numbers();
      BOOST_REQUIRE(run(verb, raw, true).change.has_value());
      seen += numbers() != before ? 1 : 0;
      BOOST_REQUIRE_NO_THROW(run("undo", {}, true));
      for (const auto& [name, json] : numbers()) BOOST_TEST(json == before.at(name), name << " is not what it was");
    }
  }
  BOOST_TEST(seen >= changes.size() - 6);  // a change that no report tells of proves little
  // All of them after each other, and back from the last to the first.
  std::size_t done = 0;
  for (const auto& [verb, raw] : changes) {
    try {
      done += run(verb, raw, true).change ? 1 : 0;
    } catch (const NotFound&) {  // what an earlier one deleted
    }
  }
  BOOST_TEST((numbers() != before_all));
  for (std::size_t i = 0; i < done; ++i) run("undo", {}, true);
  for (const auto& [name, json] : numbers()) BOOST_TEST(json == before_all.at(name), name << " is not what it was");
}

BOOST_AUTO_TEST_SUITE_END()
