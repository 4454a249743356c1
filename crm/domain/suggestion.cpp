#include "crm/domain/suggestion.h"

#include "crm/text/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties {

std::optional<Application> application_meant(const Suggestion& suggestion, const std::vector<Application>& open) {
  const auto role = text::fold(suggestion.role);
  for (const auto& application : open) {
    if (!role.empty() && text::fold(application.title) == role) return application;
  }
  for (const auto& application : open) {
    const auto title = text::fold(application.title);
    if (!role.empty() && (title.find(role) != std::string::npos || role.find(title) != std::string::npos)) return application;
  }
  return open.size() == 1 ? std::optional(open.front()) : std::nullopt;
}

bool is_news(const Suggestion& suggestion, std::optional<StageKind> stage, std::optional<ReferralState> referral) {
  switch (suggestion.kind) {
    case SuggestionKind::referred: return !referral || (is_open(*referral) && !is_handed_in(*referral));
    case SuggestionKind::received: return !stage || *stage < StageKind::applied;
    case SuggestionKind::interview: return stage && *stage < StageKind::screen;
    case SuggestionKind::rejected: return stage.has_value();
    case SuggestionKind::offer: return stage && *stage < StageKind::offer;
  }
  return false;
}

std::string in_words(const Suggestion& suggestion, const std::string& company) {
  const auto& role = suggestion.role;
  const auto what = role.empty() ? (company.empty() ? "a job" : "a job at " + company) : company.empty() ? role : role + " at " + company;
  switch (suggestion.kind) {
    case SuggestionKind::referred: return fmt::format("{} referred you to {}", suggestion.referrer.empty() ? "somebody" : suggestion.referrer, what);
    case SuggestionKind::received: return fmt::format("your application to {} was received", what);
    case SuggestionKind::interview: return fmt::format("you are asked to an interview for {}", what);
    case SuggestionKind::rejected: return fmt::format("your application to {} was rejected", what);
    case SuggestionKind::offer: return fmt::format("there is an offer for {}", what);
  }
  return {};
}

}  // namespace ties
