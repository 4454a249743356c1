#pragma once
#include "crm/domain/contribution.h"
#include "crm/domain/interaction.h"

namespace ties {

/// What is known of one contact that a tie's strength can rest on.
struct TieFacts {
  Id<Contact> contact{};
  std::vector<Interaction> interactions{};  ///< with this contact
  std::vector<Favour> favours{};
  std::vector<std::pair<Contribution, ContributionPart>> contributions{};  ///< that the contact reviewed, merged, answered
  std::vector<std::string> shared_employers{};  ///< where both worked, by name
  std::vector<std::string> shared_schools{};
  std::optional<Date> connected_on{};
  std::optional<Date> met_on{};
};

/// Why a number is what it is: one sentence and the record that it rests on ("interaction 12"), empty for a sum of many.
struct Reason {
  std::string text{};
  std::string record{};

  bool operator==(const Reason&) const = default;
};

struct TieStrength {
  int score{};         ///< 0–100
  std::string word{};  ///< "faint", "weak", "good", "strong"
  std::vector<Reason> reasons{};
  std::optional<Date> last_in_touch{};  ///< the latest real interaction

  bool operator==(const TieStrength&) const = default;
};

/// What each part of a tie's strength can give, in points; the score is their sum, 100 at most. The settings may say
/// otherwise (`Config::tie_weights`).
struct TieWeights {
  int recency{25};      ///< halves every `recency_half_life_days` since the latest real interaction
  int frequency{25};    ///< in full for a day in touch each month of the past year
  int two_way{15};      ///< in full for five exchanges in the past two years; one-sided writing gives nothing
  int depth{10};        ///< the deepest channel of the past two years
  int vouching{10};     ///< the strongest public word for the user or their work
  int shared{10};       ///< an employer in common, a school in common
  int years_known{5};   ///< one a year
  int recency_half_life_days{90};
  int good_from{45};    ///< the score from which a tie is called good
  int strong_from{70};
  int rest_after_ask_days{90};  ///< how long one ask for a referral rests before the next to the same person

  bool operator==(const TieWeights&) const = default;
};

/// Recency with decay, frequency, two-way share, depth of channel, vouching, shared history, years known. Pure; never
/// falls when a real interaction is added.
TieStrength tie_strength(const TieFacts& facts, Date today, const TieWeights& weights = {});

struct Readiness {
  enum class Verdict { not_yet, warm_up_first, ready } verdict{};
  std::vector<Reason> reasons{};        ///< what speaks for asking
  std::vector<std::string> missing{};   ///< what to do first, the next step first
};
template <>
struct Words<Readiness::Verdict> {
  static constexpr std::array all{"not yet"sv, "warm up first"sv, "ready"sv};
};

/// Whether to ask this contact for a referral at a company: works there now, the tie's strength, knows my work, the
/// balance of favours, the last ask.
/// `works_there`: as far as is known. `last_ask`: of any referral from this contact.
Readiness readiness(const TieFacts& facts, bool works_there, std::optional<Date> last_ask, Date today,
                    const TieWeights& weights = {});

}  // namespace ties
