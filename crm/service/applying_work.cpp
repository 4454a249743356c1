#include "crm/service/applying.h"
#include "crm/service/naming.h"
#include "crm/service/steps.h"
#include "crm/service/suggestions.h"
#include "crm/text/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace ties {
namespace {

/// The note of steps that an import adds; as long as there are no others, a newer import may go on.
const std::string imported = "imported";

}  // namespace

void Applying::apply_application(const importers::FoundApplication& found) {
  const auto& key = found.application.source_key;
  if (const auto kept = key ? store_.from_source<Application>(*key) : std::nullopt) return count(found.file, follow(*kept, found) ? Did::changed : Did::unchanged, *kept);
  auto application = found.application;
  const auto pipeline = standard_pipeline_or_new(crm_);
  application.pipeline = pipeline.id;
  application.stage = stage_of(pipeline.id, found).id;
  if (!found.company.empty()) application.company = company(found.company);
  application.id = store_.add(application);
  std::optional<Id<Stage>> last_stage;
  for (auto line : found.history) {
    importers::FoundApplication then;
    then.stage_kind = line.stage_kind, then.stage_name = line.stage_name;
    const auto stage = stage_of(pipeline.id, then);
    last_stage = stage.id;
    line.application = application.id, line.stage = stage.id, line.stage_kind = stage.kind;
    line.stage_name = stage.name, line.note = line.note.empty() ? imported : line.note;
    store_.add(line);
  }
  const auto ended = application.closed_on.value_or(application.opened_on);
  const bool told = !found.history.empty() && last_stage == application.stage && found.history.back().outcome == application.outcome;
  if (!told) add_step(crm_, application, found.history.empty() ? application.opened_on : std::max(ended, found.history.back().on), imported);
  for (auto interview : found.interviews) {
    interview.application = application.id;
    interview.when = crm_.clock.local(interview.when);
    store_.add(interview);
  }
  for (const auto& [person, part] : found.people) {
    ApplicationContact link;
    link.application = application.id, link.contact = known_or_new(person), link.part = part;
    store_.add(link);
  }
  if (!found.document.empty()) {
    Document document;
    document.application = application.id, document.kind = "cv", document.title = found.document, document.added_on = application.opened_on;
    store_.add(document);
  }
  count(found.file, Did::created, application);
}

/// Takes over how an application went on, as its source says: further, or ended. What the user moved stays.
bool Applying::follow(Application kept, const importers::FoundApplication& found) {
  const auto steps = store_.steps(kept.id);
  const bool by_hand = std::any_of(steps.begin(), steps.end(), [](const auto& line) { return line.note != imported; });
  const auto stage = stage_of(kept.pipeline, found);
  const bool further = stage.position > store_.get(kept.stage).position && kept.outcome == Outcome::open;
  const bool ended = kept.outcome == Outcome::open && found.application.outcome != Outcome::open;
  if (by_hand || older_than_known_ || (!further && !ended)) return false;
  if (further) kept.stage = stage.id;
  kept.outcome = found.application.outcome;
  kept.closed_on = found.application.closed_on;
  if (ended && !kept.closed_on) kept.closed_on = snapshot();
  kept.archived = false;
  store_.update(kept);
  add_step(crm_, kept, std::max(steps.empty() ? kept.opened_on : steps.back().on, kept.closed_on.value_or(found.application.opened_on)), imported);
  return true;
}

/// As the user said of the source's word, else by that word where the pipeline has such a stage, else the first of its
/// kind; a kind that is only guessed is told.
Stage Applying::stage_of(Id<Pipeline> pipeline, const importers::FoundApplication& found) {
  const auto said = text::fold(found.stage_name);
  if (const auto chosen = said.empty() ? std::nullopt : store_.stage_chosen(pipeline, said)) return store_.get(*chosen);
  const auto stages = store_.stages(pipeline);
  const auto called = std::find_if(stages.begin(), stages.end(), [&](const Stage& stage) { return !said.empty() && (text::fold(stage.name) == said || stage.key == said); });
  if (called != stages.end()) return *called;
  const auto alike = std::find_if(stages.begin(), stages.end(), [&](const Stage& stage) { return stage.kind == found.stage_kind; });
  const auto& stage = alike != stages.end() ? *alike : stages.front();
  if (found.stage_guessed) {
    auto& guessed = result_.guessed_stages[found.stage_name];
    guessed.stage = stage.name;
    ++guessed.applications;
  }
  return stage;
}

void Applying::apply_contribution(const importers::FoundContribution& found) {
  const auto known = store_.contribution_linked(found.contribution.link);
  auto contribution = known.value_or(found.contribution);
  const auto before = contribution;
  if (!contribution.company) contribution.company = owner(found);
  if (known && known->state == ContributionState::open && found.contribution.state != ContributionState::open) {
    contribution.state = found.contribution.state;
    contribution.closed_on = found.contribution.closed_on;
  }
  if (!known) {
    contribution.id = store_.add(contribution);
  } else if (contribution != before) {
    store_.update(contribution);
  }
  bool news = contribution != before;
  std::set<std::pair<std::int64_t, ContributionPart>> parts;
  for (const auto& [contact, part] : store_.people_of(contribution.id)) parts.emplace(contact.id.value, part);
  for (const auto& [person, part] : found.people) {
    const auto contact = known_or_new(person);
    if (!parts.emplace(contact.value, part).second) continue;
    ContributionContact link;
    link.contribution = contribution.id, link.contact = contact, link.part = part;
    store_.add(link);
    news = true;
  }
  count(found.file, !known ? Did::created : news ? Did::changed : Did::unchanged, contribution);
}

/// The company that owns the repository: one that the user told so of, or one of the name that the source gives. The user's
/// own repositories belong to none.
std::optional<Id<Company>> Applying::owner(const importers::FoundContribution& found) {
  if (found.company.empty()) {
    const auto owning = store_.company_owning(found.contribution.repository.substr(0, found.contribution.repository.find('/')));
    return owning ? std::optional(owning->id) : std::nullopt;
  }
  if (const auto owning = store_.company_owning(found.company)) return owning->id;
  const auto me = store_.me();
  for (const auto kind : {PointKind::github, PointKind::gitlab}) {
    const auto login = store_.known_at(kind, text::lower(found.company));
    if (me && !login.empty() && login.front() == me->id) return std::nullopt;
  }
  return company(found.company);
}

void Applying::apply_notice(const importers::FoundNotice& found) {
  if (store_.from_source<Suggestion>(found.source_key)) return count(found.file, Did::unchanged);
  Suggestion suggestion;
  suggestion.kind = found.what, suggestion.role = found.role, suggestion.referrer = found.referrer, suggestion.on = found.on;
  suggestion.evidence = found.evidence, suggestion.source_key = found.source_key;
  if (!found.company.empty()) suggestion.company = company(found.company);
  const auto meant = subject_of(crm_, suggestion);
  if (!is_news(suggestion, meant.stage, meant.referral_state)) return count(found.file, Did::unchanged);
  suggestion.application = meant.application, suggestion.referral = meant.referral;
  suggestion.id = store_.add(suggestion);
  count(found.file, Did::created, suggestion);
}

}  // namespace ties
