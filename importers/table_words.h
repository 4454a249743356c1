#pragma once
#include "crm/domain/application.h"
#include "crm/domain/contribution.h"

/// What the words in a table's cells mean, in several languages. Each answers nothing for a word that it does not know.
namespace ties::importers {

/// A stage in anyone's words: "Phone screen", "Entrevista", "Rejected after onsite", "closedlost".
struct StageMeaning {
  std::optional<StageKind> kind{};  ///< none: an end that may come at any stage
  Outcome outcome{};
  bool operator==(const StageMeaning&) const = default;
};
std::optional<StageMeaning> stage_meant(std::string_view words);

std::optional<ApplicationSource> source_meant(std::string_view words);
std::optional<ApplicationPart> part_meant(std::string_view words);
std::optional<ContributionKind> contribution_kind_meant(std::string_view words);
std::optional<ContributionState> contribution_state_meant(std::string_view words);
std::optional<bool> yes_or_no_meant(std::string_view words);

/// Days between talks: "30", "every 2 weeks", "monthly".
std::optional<int> cadence_days_meant(std::string_view words);

/// 1 low to 3 high, of "High", "P1", "3/5", "★★★★".
std::optional<int> priority_meant(std::string_view words);

/// Whether the cell says that there is nothing: "N/A", "-", "—", "null".
bool is_nothing(std::string_view cell);

}  // namespace ties::importers
