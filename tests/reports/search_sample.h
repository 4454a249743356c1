#pragma once
#include "crm/domain/history.h"
#include "tests/reports/samples.h"

/// An invented search, small enough to be counted by hand; seen from `today()`, 10 March 2026.
namespace ties::reports {

inline const std::vector<Stage>& search_stages() {
  static const std::vector<Stage> all = [] {
    std::vector<Stage> made{stage("lead", "Lead", StageKind::lead, std::nullopt), stage("referral", "Referral", StageKind::referral, 10),
                            stage("applied", "Applied", StageKind::applied, 14),  stage("screen", "Screen", StageKind::screen, 7),
                            stage("coding", "Coding", StageKind::interview, 10),  stage("team", "Team lead", StageKind::interview, 10),
                            stage("offer", "Offer", StageKind::offer, 5)};
    for (std::size_t i = 0; i < made.size(); ++i) made[i].id = {static_cast<std::int64_t>(i) + 1}, made[i].pipeline = {1}, made[i].position = static_cast<int>(i);
    return made;
  }();
  return all;
}

struct Move {
  std::string stage;
  unsigned month, day;
};

/// Opened on the day of the first move; numbers of lines grow with each move.
inline ApplicationHistory application(std::int64_t id, ApplicationSource source, const std::vector<Move>& moves, Outcome outcome = Outcome::open,
                                      std::optional<Date> closed_on = std::nullopt) {
  ApplicationHistory made;
  made.application.id = {id}, made.application.title = "Engineer", made.application.pipeline = {1}, made.application.source = source;
  std::int64_t line = id * 100;
  for (const auto& [key, month, of_month] : moves) {
    const auto& stage = stage_named(search_stages(), key);
    ApplicationStep step;
    step.id = {++line}, step.application = {id}, step.stage = stage.id, step.stage_name = stage.name, step.stage_kind = stage.kind;
    step.on = day(2026, month, of_month);
    made.steps.push_back(step);
    made.application.stage = stage.id;
  }
  if (!made.steps.empty()) made.application.opened_on = made.steps.front().on;
  made.application.outcome = outcome, made.application.closed_on = closed_on;
  if (outcome != Outcome::open && !made.steps.empty()) {
    auto last = made.steps.back();
    last.id = {++line}, last.outcome = outcome, last.on = closed_on.value_or(last.on);
    made.steps.push_back(last);
  }
  return made;
}

struct Line {
  ReferralState state;
  unsigned month, day;
};

inline ReferralHistory referral(std::int64_t id, std::int64_t of_application, ReferrerKind who, std::string via, const std::vector<Line>& lines,
                                std::vector<Date> written_on = {}) {
  ReferralHistory made;
  made.referral.id = {id}, made.referral.asked_via = std::move(via), made.referrer = who, made.written_on = std::move(written_on);
  if (of_application > 0) made.referral.application = Id<Application>{of_application};
  std::int64_t line = id * 100;
  for (const auto& [state, month, of_month] : lines) {
    ReferralStep step;
    step.id = {++line}, step.referral = {id}, step.state = state, step.on = day(2026, month, of_month);
    made.steps.push_back(step);
    made.referral.state = state;
  }
  return made;
}

/// Five referred applications, six cold ones, and one that was never sent.
inline SearchHistory some_search() {
  using enum ApplicationSource;
  using enum ReferralState;
  using Who = ReferrerKind;
  SearchHistory made;
  Pipeline standard;
  standard.id = {1}, standard.key = "referral", standard.name = "Referral";
  made.pipelines = {standard};
  made.stages = search_stages();
  made.applications = {
      application(1, ApplicationSource::referral,
                  {{"lead", 1, 5}, {"referral", 1, 8}, {"applied", 1, 15}, {"screen", 1, 20}, {"coding", 1, 30}, {"team", 2, 10}, {"offer", 2, 20}},
                  Outcome::accepted, day(2026, 2, 25)),
      application(2, ApplicationSource::referral, {{"lead", 1, 5}, {"referral", 1, 10}, {"applied", 1, 20}, {"screen", 1, 27}, {"coding", 2, 5}},
                  Outcome::rejected, day(2026, 2, 12)),
      application(3, ApplicationSource::referral, {{"lead", 1, 12}, {"referral", 1, 14}, {"applied", 1, 24}, {"screen", 2, 3}}),
      application(4, ApplicationSource::referral, {{"lead", 1, 20}, {"referral", 1, 22}, {"applied", 2, 1}}, Outcome::rejected, day(2026, 2, 15)),
      application(5, ApplicationSource::referral, {{"lead", 2, 1}, {"referral", 2, 5}, {"applied", 2, 10}, {"screen", 2, 14}, {"coding", 2, 24}}),
      application(6, cold, {{"applied", 1, 3}}, Outcome::rejected, day(2026, 1, 17)),
      application(7, cold, {{"applied", 1, 3}}, Outcome::ghosted, day(2026, 2, 20)),
      application(8, cold, {{"applied", 1, 10}, {"screen", 1, 22}}, Outcome::withdrawn, day(2026, 1, 30)),
      application(9, cold, {{"applied", 2, 1}}),
      application(10, cold, {{"applied", 2, 15}}, Outcome::rejected, day(2026, 3, 1)),
      application(11, cold, {{"applied", 3, 1}}),
      application(12, event, {{"lead", 3, 5}})};
  made.referrals = {
      ties::reports::referral(1, 1, Who::colleague, "Signal", {{asked, 1, 6}, {agreed, 1, 8}, {submitted, 1, 14}}),
      ties::reports::referral(2, 2, Who::maintainer, "signal", {{asked, 1, 7}, {agreed, 1, 10}, {submitted, 1, 19}}, {day(2026, 1, 9), day(2026, 1, 12)}),
      ties::reports::referral(3, 3, Who::met_at_event, "in person", {{asked, 1, 13}, {agreed, 1, 14}, {submitted, 1, 23}}),
      ties::reports::referral(4, 4, Who::colleague, "signal", {{asked, 1, 21}, {agreed, 1, 22}, {submitted, 1, 31}}),
      ties::reports::referral(5, 5, Who::introduced, "in person", {{idea, 1, 30}, {asked, 2, 2}, {submitted, 2, 9}}),
      ties::reports::referral(6, 0, Who::other, "LinkedIn", {{asked, 2, 10}, {declined, 2, 20}}, {day(2026, 2, 13), day(2026, 2, 17)}),
      ties::reports::referral(7, 0, Who::other, "", {{asked, 3, 1}}, {day(2026, 2, 27), day(2026, 3, 5)}),
      ties::reports::referral(8, 0, Who::other, "", {{idea, 3, 1}})};
  return made;
}

}  // namespace ties::reports
