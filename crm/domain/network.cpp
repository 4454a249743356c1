#include "crm/domain/network.h"

#include <algorithm>

#include "crm/domain/silence.h"
#include "crm/text/text.h"

namespace ties {
namespace {

constexpr int silent_days_max = 180;

}  // namespace

std::optional<std::string> country_of(const NetworkFacts::Person& person) {
  const auto comma = person.location.rfind(',');
  const auto last_part = comma == std::string::npos ? person.location : person.location.substr(comma + 1);
  if (auto named = text::country_named(last_part)) return named;
  return text::country_of_phone(person.phone);
}

std::optional<QuietTie> quiet_tie(const TieFacts& facts, Date today, const TieWeights& weights) {
  std::vector<Date> days;
  for (const auto& interaction : facts.interactions) {
    if (is_real(interaction.kind) && interaction.when.day <= today) days.push_back(interaction.when.day);
  }
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  if (days.empty()) return std::nullopt;
  QuietTie quiet;
  quiet.last = days.back();
  quiet.silent_days = days_between(days.back(), today);
  quiet.usual_days = usual_gap(days);
  const bool is_unusual =
      quiet.usual_days && quiet.silent_days > usual_silence_days(*quiet.usual_days, FollowUpSettings{}.quiet_days_min);
  if (!is_unusual && quiet.silent_days <= silent_days_max) return std::nullopt;
  quiet.then = tie_strength(facts, quiet.last, weights);
  const bool was_near = quiet.then.word == "good" || quiet.then.word == "strong";
  return was_near ? std::optional(std::move(quiet)) : std::nullopt;
}

std::optional<Date> day_of(const Contribution& contribution) {
  return contribution.opened_on ? contribution.opened_on : contribution.closed_on;
}

std::optional<TalkDepth> depth_of(InteractionKind kind) {
  using enum InteractionKind;
  switch (kind) {
    case met:
    case coffee:
    case talk:
      return TalkDepth::in_person;
    case call:
    case video:
      return TalkDepth::call;
    case chat:
    case message:
    case email:
    case introduction:
    case recommendation:
      return TalkDepth::written;
    case comment:
    case endorsement:
    case invitation:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace ties
