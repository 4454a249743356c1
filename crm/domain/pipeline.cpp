#include "crm/domain/pipeline.h"

#include "crm/domain/errors.h"
#include "crm/text/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace ties {
namespace {

struct StagePlan {
  const char* name;
  StageKind kind;
  int patience_days;  ///< 0: never stale
  std::vector<std::string> checklist;
};

PipelinePlan plan_of(std::string key, std::string name, bool standard, const std::vector<StagePlan>& stages) {
  PipelinePlan plan;
  plan.pipeline.key = std::move(key), plan.pipeline.name = std::move(name), plan.pipeline.standard = standard;
  for (const auto& [stage_name, kind, patience_days, checklist] : stages) {
    Stage stage;
    stage.name = stage_name;
    stage.key = key_from_name(stage_name);
    stage.kind = kind;
    stage.position = static_cast<int>(plan.stages.size());
    if (patience_days > 0) stage.patience_days = patience_days;
    stage.checklist = checklist;
    plan.stages.push_back(std::move(stage));
  }
  return plan;
}

bool well_formed(std::string_view key) {
  return !key.empty() && key.front() != '-' && key.back() != '-' &&
         std::all_of(key.begin(), key.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

}  // namespace

const std::vector<PipelinePlan>& pipeline_templates() {
  using enum StageKind;
  static const std::vector<PipelinePlan> templates{
      plan_of("referral", "Referral", true,
              {{"Wishlist", lead, 30, {}},
               {"Referral", referral, 14, {"find who knows your work there", "have a CV ready that fits the role"}},
               {"Applied", applied, 14, {}},
               {"Recruiter screen", screen, 7, {"know your range and your dates", "three questions to ask"}},
               {"Assessment", assessment, 7, {"practise under the same rules"}},
               {"Interviews", interview, 10, {"look up each interviewer", "a story for each requirement"}},
               {"Final round", interview, 10, {"read the notes of the earlier rounds", "look up each interviewer"}},
               {"Offer", offer, 5, {"ask for it in writing", "compare with your range"}},
               {"Closed", closed, 0, {}}}),
      plan_of("simple", "Simple", false, {{"Wishlist", lead, 30, {}}, {"Applied", applied, 14, {}}, {"Interviewing", interview, 10, {"look up each interviewer"}}, {"Offer", offer, 5, {}}, {"Closed", closed, 0, {}}}),
      plan_of("research-engineer", "Research engineer", false,
              {{"Wishlist", lead, 30, {}},
               {"Referral", referral, 14, {"find who knows your work there"}},
               {"Applied", applied, 14, {}},
               {"Recruiter chat", screen, 7, {"know your range and your dates", "three questions to ask"}},
               {"Quiz 1", assessment, 7, {"revise mathematics and statistics"}},
               {"Quiz 2", assessment, 7, {"revise computer science"}},
               {"Coding", interview, 7, {"practise aloud under time"}},
               {"Team lead", interview, 10, {"read what the team published", "look up the team lead"}},
               {"Senior team lead", interview, 10, {"look up the senior team lead"}},
               {"People and culture", interview, 10, {"stories of work with others"}},
               {"Offer", offer, 5, {"ask for it in writing"}},
               {"Closed", closed, 0, {}}})};
  return templates;
}

std::vector<std::string> faults(const PipelinePlan& plan) {
  std::vector<std::string> found;
  if (!well_formed(plan.pipeline.key)) found.push_back(fmt::format("the pipeline's key '{}' is not made of a-z, 0-9 and hyphens", plan.pipeline.key));
  if (plan.pipeline.name.empty()) found.emplace_back("the pipeline has no name");
  if (plan.stages.empty()) found.emplace_back("a pipeline needs one stage at least");
  std::set<std::string> keys;
  for (const auto& stage : plan.stages) {
    if (!well_formed(stage.key)) found.push_back(fmt::format("the stage key '{}' is not made of a-z, 0-9 and hyphens", stage.key));
    if (!keys.insert(stage.key).second) found.push_back(fmt::format("two stages have the key '{}'", stage.key));
    if (stage.name.empty()) found.push_back(fmt::format("the stage '{}' has no name", stage.key));
    if (stage.patience_days && *stage.patience_days <= 0) found.push_back(fmt::format("the patience of '{}' is not above zero", stage.name));
  }
  for (const auto& stage : plan.stages) {
    for (const auto& next : stage.next) {
      if (!keys.contains(next)) found.push_back(fmt::format("'{}' is followed by '{}', which is no stage of it", stage.name, next));
    }
  }
  return found;
}

std::string key_from_name(std::string_view name) {
  auto key = text::fold(name);
  std::replace(key.begin(), key.end(), ' ', '-');
  return key;
}

const Stage& stage_named(const std::vector<Stage>& stages, std::string_view text) {
  const auto wanted = key_from_name(text);
  std::vector<const Stage*> begins;
  std::vector<std::string> names;
  for (const auto& stage : stages) {
    const auto from_name = key_from_name(stage.name);
    if (!wanted.empty()) {  // signs alone fold to nothing, in a name as well
      if (stage.key == wanted || from_name == wanted) return stage;
      if (stage.key.starts_with(wanted) || from_name.starts_with(wanted)) begins.push_back(&stage);
    }
    names.push_back(stage.key);
  }
  if (begins.size() == 1) return *begins.front();
  if (begins.empty()) throw NotFound(fmt::format("no stage is called '{}'{}", text, did_you_mean(wanted, names)));
  std::vector<std::string> meant;
  for (const auto* stage : begins) meant.push_back(stage->name);
  throw Conflict(fmt::format("'{}' may be {}", text, fmt::join(meant, " or ")));
}

}  // namespace ties
