#pragma once
#include "reports/report.h"

/// Invented facts that the tests of reports and of formats show.
namespace ties::reports {

inline Date day(int year, unsigned month, unsigned day_of_month) {
  return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day_of_month}};
}

inline Date today() {
  return day(2026, 3, 10);
}

inline std::vector<FollowUp> some_follow_ups() {
  return {
      {FollowUpKind::nudge, day(2026, 3, 9), "Ada Winterbourne",
       "nudge Ada Winterbourne about Compiler Engineer at Quillmark",
       "asked on Mon 2 Mar 2026, 6 working days without an answer", day(2026, 3, 2),
       "ties log 'messaged @\"Ada Winterbourne\"'", "referral 3"},
      {FollowUpKind::promise, day(2026, 3, 10), "Łucja Żmijewicz",
       "keep your promise: send the slides on register allocation",
       "promised on Sat 7 Mar 2026, due on Tue 10 Mar 2026", day(2026, 3, 7), "ties task done 12", "task 12"},
      {FollowUpKind::cadence, day(2026, 3, 12), "王小明", "write to 王小明",
       "every 30 days (close); last in touch on Tue 10 Feb 2026", day(2026, 2, 10), "ties log 'messaged @王小明'",
       "contact 41"},
      {FollowUpKind::task, day(2026, 3, 14), "", "renew the passport", "due on Sat 14 Mar 2026", std::nullopt,
       "ties task done 15", "task 15"},
  };
}

inline Stage stage(std::string key, std::string name, StageKind kind, std::optional<int> patience_days) {
  Stage made;
  made.key = std::move(key), made.name = std::move(name), made.kind = kind, made.patience_days = patience_days;
  return made;
}

inline Pipeline pipeline() {
  Pipeline made;
  made.key = "referral", made.name = "Referral";
  return made;
}

inline std::vector<Stage> some_stages() {
  return {stage("lead", "Lead", StageKind::lead, std::nullopt), stage("applied", "Applied", StageKind::applied, 14),
          stage("screen", "Recruiter screen", StageKind::screen, 7), stage("offer", "Offer", StageKind::offer, 5)};
}

inline std::vector<Card> some_cards() {
  return {
      {7, "Compiler Engineer", "Quillmark", "Ada Winterbourne", "applied", 20, 14, ""},
      {8, "Research Engineer, Program Analysis and Verification", "Lanternfield Research", "", "applied", 1, 14, ""},
      {9, "Tools Engineer", "北極星電子", "", "screen", 3, 7, "interview on Thu 12 Mar 2026"}};
}

inline TieStrength tie(int score, std::string word, std::optional<Date> last, std::vector<Reason> reasons) {
  return {score, std::move(word), std::move(reasons), last};
}

inline Company quillmark() {
  Company made;
  made.id = {2}, made.name = "Quillmark";
  return made;
}

inline WarmPath path_to(std::int64_t id, std::string name, std::string title, bool now, std::string since,
                        std::optional<Date> as_of, TieStrength strength, std::string step) {
  WarmPath path;
  path.person.contact = {id}, path.person.name = std::move(name), path.person.title = std::move(title);
  path.person.now = now, path.person.since = std::move(since), path.person.as_of = as_of;
  path.warmth = strength.score, path.tie = std::move(strength), path.step = std::move(step);
  return path;
}

inline WarmPaths some_paths() {
  WarmPaths paths;
  auto ada = path_to(
      3, "Ada Winterbourne", "Staff Engineer", true, "2021-04", day(2026, 3, 2),
      tie(78, "strong", day(2026, 2, 17),
          {{"3 calls in the last year", "interaction 12"}, {"reviewed \"Fold constant loops\"", "contribution 3"}}),
      "ask Ada Winterbourne for a referral");
  ada.ready.verdict = Readiness::Verdict::ready, ada.ready.score = 92;
  ada.ready.reasons = {{"works there since Apr 2021", "employment 7"},
                       {"a strong tie: 78 of 100", ""},
                       {"knows your work: reviewed 'Fold constant loops'", "contribution 3"}};
  auto cleo = path_to(5, "Cleo Marchetti", "Recruiter", true, "", day(2026, 3, 2), tie(0, "faint", std::nullopt, {}),
                      "get in touch first: there was no conversation yet");
  cleo.ready.score = 35;
  cleo.ready.reasons = {{"works there, as far as is known", "employment 9"}};
  cleo.ready.missing = {"get in touch first: there was no conversation yet",
                        "warm up the tie: it is faint (0 of 100), and good begins at 45"};
  paths.now = {ada, cleo};

  auto hop = cleo;
  hop.through = path_to(8, "Priya Ramaswamy-Nair", "Compiler Engineer", false, "", std::nullopt, {}, "").person;
  hop.through->company = "Lanternfield Research";
  hop.through_tie = tie(64, "good", day(2026, 3, 1), {});
  hop.hop = {{"both at Greyfjell Systems from Mar 2019 to Aug 2021", "employment 9"},
             {"both at LoopConf 25", "event 2"}};
  hop.warmth = 45, hop.step = "ask Priya Ramaswamy-Nair to introduce you to Cleo Marchetti";
  paths.second_hop = {hop};

  paths.formerly = {path_to(4, "Bo Halvorsen", "Engineer", false, "2018", std::nullopt,
                            tie(80, "strong", day(2026, 3, 1), {{"met at 3 events", ""}}),
                            "ask Bo Halvorsen whom to talk to there")};
  paths.formerly.front().person.company = "Lanternfield Research";

  auto dag = path_to(6, "Dag Ferrante", "", false, "", std::nullopt, tie(8, "faint", std::nullopt, {}),
                     "thank Dag Ferrante for it, and ask about the work there");
  dag.hop = {{"merged 'Fold constant loops'", "contribution 3"}};
  paths.maintainers = {dag};
  return paths;
}

}  // namespace ties::reports
