#pragma once
#include "crm/domain/referral.h"

namespace ties {

enum class SuggestionKind { referred, received, interview, rejected, offer };
template <>
struct Words<SuggestionKind> {
  static constexpr std::array all{"referred"sv, "received"sv, "interview"sv, "rejected"sv, "offer"sv};
};

enum class SuggestionState { open, accepted, dismissed };
template <>
struct Words<SuggestionState> {
  static constexpr std::array all{"open"sv, "accepted"sv, "dismissed"sv};
};

/// What a mail seems to say of an application or a referral. Nothing comes of it until the user accepts it.
struct Suggestion {
  static constexpr std::string_view noun = "suggestion";

  Id<Suggestion> id{};
  SuggestionKind kind{};
  std::optional<Id<Company>> company{};
  std::string role{};      ///< empty: not said
  std::string referrer{};  ///< by name; of `referred`, empty: not said
  std::optional<Id<Application>> application{};  ///< that it is about, once that is known
  std::optional<Id<Referral>> referral{};
  Date on{};
  std::string evidence{};  ///< the mail's subject and sender
  SuggestionState state{};
  std::string source_key{};

  bool operator==(const Suggestion&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("kind", r.kind), f("company", r.company), f("role", r.role), f("referrer", r.referrer);
    f("application", r.application), f("referral", r.referral), f("on", r.on), f("evidence", r.evidence);
    f("state", r.state), f("source_key", r.source_key);
  }
};

/// The application at the company that a suggestion is about: the open one of that role, else the only open one.
/// `open`: the open applications at its company, of any order.
std::optional<Application> application_meant(const Suggestion& suggestion, const std::vector<Application>& open);

/// Whether it would still change something: false once the application or referral stands there, or further.
/// `stage`: of the application that is meant, if any; `referral`: likewise.
bool is_news(const Suggestion& suggestion, std::optional<StageKind> stage, std::optional<ReferralState> referral);

/// "Jorge Costa referred you to Staff Engineer at Northwind"
std::string in_words(const Suggestion& suggestion, const std::string& company);

}  // namespace ties
