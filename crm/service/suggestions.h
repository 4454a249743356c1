#pragma once
#include "crm/service/verb.h"

namespace ties {

/// The application and the referral that a suggestion is about, and where they stand.
struct SuggestionSubject {
  std::optional<Id<Application>> application{};
  std::optional<StageKind> stage{};
  std::optional<Id<Referral>> referral{};
  std::optional<ReferralState> referral_state{};
};
SuggestionSubject subject_of(Crm& crm, const Suggestion& suggestion);

}  // namespace ties
