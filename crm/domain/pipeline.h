#pragma once
#include "crm/domain/id.h"
#include "crm/domain/words.h"

#include <optional>
#include <string>
#include <vector>

namespace ties {

/// What a stage means, so that numbers survive its renaming.
enum class StageKind { lead, referral, applied, screen, assessment, interview, offer, closed };
template <>
struct Words<StageKind> {
  static constexpr std::array all{"lead"sv, "referral"sv, "applied"sv, "screen"sv,
                                  "assessment"sv, "interview"sv, "offer"sv, "closed"sv};
};

/// A named, ordered list of stages: the user's own data.
struct Pipeline {
  static constexpr std::string_view noun = "pipeline";

  Id<Pipeline> id{};
  std::string key{};  ///< lower case, digits and hyphens
  std::string name{};
  bool standard{};  ///< where a new application goes when none is named; one at most

  bool operator==(const Pipeline&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("key", r.key), f("name", r.name), f("standard", r.standard);
  }
};

struct Stage {
  static constexpr std::string_view noun = "stage";

  Id<Stage> id{};
  Id<Pipeline> pipeline{};
  std::string key{};
  std::string name{};
  StageKind kind{};
  int position{};  ///< from 0, no gaps
  std::optional<int> patience_days{};  ///< longer than this in the stage is stale; none: never
  std::vector<std::string> checklist{};     ///< preparation, made into tasks when an application enters
  std::vector<std::string> next{};          ///< keys of the stages that may follow; empty: any

  bool operator==(const Stage&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("pipeline", r.pipeline), f("key", r.key), f("name", r.name), f("kind", r.kind), f("position", r.position);
    f("patience_days", r.patience_days), f("checklist", r.checklist), f("next", r.next);
  }
};

/// A pipeline whole, as it is exported, imported and made from a template.
struct PipelinePlan {
  Pipeline pipeline{};
  std::vector<Stage> stages{};

  bool operator==(const PipelinePlan&) const = default;
};

/// The templates, the default first: "referral", "simple", "research-engineer".
const std::vector<PipelinePlan>& pipeline_templates();

/// What is wrong with a plan, a sentence each; empty when it can be used: keys unique, well-formed and present, at least
/// one stage, names not empty, patience above zero, every `next` a key of the plan.
std::vector<std::string> faults(const PipelinePlan& plan);

/// A key made of a name: "Recruiter screen" → "recruiter-screen".
std::string key_from_name(std::string_view name);

/// The stage that is meant by a key or a name, blind to case, or by an unambiguous beginning of either.
/// Throws NotFound that names the nearest, or Conflict that lists the candidates.
const Stage& stage_named(const std::vector<Stage>& stages, std::string_view text);

}  // namespace ties
