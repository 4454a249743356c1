#include "crm/service/steps.h"

#include <algorithm>

namespace ties {

void add_step(Crm& crm, const Application& application, Date on, const std::string& note, const std::string& overridden) {
  const auto stage = crm.store.get(application.stage);
  ApplicationStep step;
  step.application = application.id, step.stage = stage.id, step.stage_name = stage.name, step.stage_kind = stage.kind;
  step.outcome = application.outcome, step.on = on, step.note = note, step.overridden = overridden;
  crm.store.add(step);
}

void add_step(Crm& crm, const Referral& referral, Date on, const std::string& note, const std::string& overridden) {
  ReferralStep step;
  step.referral = referral.id, step.state = referral.state, step.on = on, step.note = note, step.overridden = overridden;
  crm.store.add(step);
}

std::string past(const std::vector<Warning>& warnings, bool go_on) {
  if (!warnings.empty() && !go_on) throw Guarded(warnings);
  std::string names;
  for (const auto& warning : warnings) names += (names.empty() ? "" : ", ") + warning.guard;
  return names;
}

void add_checklist(Crm& crm, const Application& application, const Stage& stage, Date today) {
  const auto known = crm.store.tasks_about(application.id);
  for (const auto& text : stage.checklist) {
    if (std::any_of(known.begin(), known.end(), [&](const Task& task) { return task.text == text; })) continue;
    Task task;
    task.text = text, task.application = application.id, task.made_on = today;
    crm.store.add(task);
  }
}

}  // namespace ties
