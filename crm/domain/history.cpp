#include "crm/domain/history.h"

#include <algorithm>
#include <tuple>

namespace ties {
namespace {

template <class Step>
std::vector<Step> in_order(std::vector<Step> steps) {
  std::sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return std::tuple(a.on, a.id) < std::tuple(b.on, b.id); });
  return steps;
}

bool is_same(const Visit& visit, const ApplicationStep& step) {
  return visit.stage && step.stage ? visit.stage == step.stage : visit.kind == step.stage_kind && visit.name == step.stage_name;
}

/// Whether an application that ended so had an answer.
bool is_answer(Outcome outcome) {
  switch (outcome) {
    case Outcome::accepted:
    case Outcome::declined:
    case Outcome::rejected:
    case Outcome::rerouted:
      return true;
    case Outcome::open:
    case Outcome::withdrawn:
    case Outcome::ghosted:
    case Outcome::expired:
      return false;
  }
  return false;
}

bool was_held(const Interview& interview) {
  return interview.outcome == InterviewOutcome::done || interview.outcome == InterviewOutcome::passed ||
         interview.outcome == InterviewOutcome::failed;
}

/// Whether a line says that the ask was made.
bool is_asked(ReferralState state) {
  using enum ReferralState;
  return is_open_ask(state) || is_handed_in(state) || state == introduced || state == declined || state == no_answer;
}

bool is_agreed(ReferralState state) {
  return state == ReferralState::agreed || state == ReferralState::sent_materials || is_handed_in(state);
}

}  // namespace

std::vector<Visit> visits(const ApplicationHistory& history, const Stage& now) {
  std::vector<Visit> found;
  for (const auto& step : in_order(history.steps)) {
    if (found.empty() || !is_same(found.back(), step)) found.push_back({step.stage, step.stage_name, step.stage_kind, step.on});
  }
  if (found.empty()) found.push_back({now.id, now.name, now.kind, history.application.opened_on});
  return found;
}

StageKind furthest(const ApplicationHistory& history, const Stage& now) {
  auto kind = StageKind::lead;
  for (const auto& visit : visits(history, now)) {
    if (visit.kind != StageKind::closed) kind = std::max(kind, visit.kind);
  }
  if (std::any_of(history.interviews.begin(), history.interviews.end(), was_held)) kind = std::max(kind, StageKind::screen);
  const auto outcome = history.application.outcome;
  return outcome == Outcome::accepted || outcome == Outcome::declined ? StageKind::offer : kind;
}

std::vector<Stay> stays(const ApplicationHistory& history, const Stage& now, Date today, bool by_kind) {
  auto all = visits(history, now);
  if (by_kind) {
    const auto same = [](const Visit& a, const Visit& b) { return a.kind == b.kind; };
    all.erase(std::unique(all.begin(), all.end(), same), all.end());
  }
  const auto& application = history.application;
  const auto last_line = history.steps.empty() ? application.opened_on : in_order(history.steps).back().on;
  std::vector<Stay> found;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].kind == StageKind::closed) continue;
    Stay stay;
    stay.visit = all[i];
    const bool moved = i + 1 < all.size();
    const bool moved_on = moved && all[i + 1].kind != StageKind::closed;
    stay.goes_on = !moved && application.outcome == Outcome::open;
    stay.spell.ended = moved_on || is_answer(application.outcome);
    const auto to = moved ? all[i + 1].from : stay.goes_on ? today : application.closed_on.value_or(last_line);
    stay.is_turned = to < stay.visit.from;
    stay.spell.days = stay.is_turned ? 0 : days_between(stay.visit.from, to);
    found.push_back(std::move(stay));
  }
  return found;
}

std::optional<AskCourse> course_of(const ReferralHistory& history, Date today) {
  const auto steps = in_order(history.steps);
  const auto asked = std::find_if(steps.begin(), steps.end(), [](const ReferralStep& step) { return is_asked(step.state); });
  if (asked == steps.end()) return std::nullopt;
  AskCourse course;
  course.asked_on = asked->on;
  for (auto step = asked; step != steps.end(); ++step) {
    if (is_agreed(step->state)) course.agreed = true;
    if (is_handed_in(step->state) && !course.handed_in) course.handed_in = true, course.handed_in_on = step->on;
  }
  const auto answer = std::find_if(asked, steps.end(), [](const ReferralStep& step) { return step.state != ReferralState::asked; });
  const auto until = answer == steps.end() ? plus_days(today, 1) : answer->on;
  std::optional<Date> last;
  for (const auto day : history.written_on) {
    if (day > course.asked_on && day < until && day != last) ++course.nudges, last = day;
  }
  return course;
}

}  // namespace ties
