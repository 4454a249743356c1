#pragma once
#include "crm/domain/contribution.h"
#include "crm/domain/interaction.h"
#include "crm/domain/overlap.h"

namespace ties {

/// What is known of one contact that a tie's strength can rest on.
struct TieFacts {
  Id<Contact> contact{};
  std::vector<Interaction> interactions{};  ///< with this contact
  std::vector<Favour> favours{};
  std::vector<std::pair<Contribution, ContributionPart>>
      contributions{};              ///< that the contact reviewed, merged, answered
  std::vector<Overlap> overlaps{};  ///< where both worked or studied at the same time, or perhaps did
  std::optional<Date> connected_on{};
  std::optional<Date> met_on{};
};

/// Why a number is what it is: one sentence and the record that it rests on ("interaction 12"), empty for a sum of
/// many.
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
  int recency{25};     ///< halves every `recency_half_life_days` since the latest real interaction
  int frequency{25};   ///< in full for a day in touch each month of the past year
  int two_way{15};     ///< in full for five exchanges in the past two years; one-sided writing gives nothing
  int depth{10};       ///< the deepest channel of the past two years
  int vouching{10};    ///< the strongest public word for the user or their work
  int shared{10};      ///< an employer, a school in common at the same time; half of it where that is only possible
  int years_known{5};  ///< one a year
  int recency_half_life_days{90};
  int good_from{45};  ///< the score from which a tie is called good; `strong_from`, should that be less
  int strong_from{70};
  int rest_after_ask_days{90};  ///< how long one ask for a referral rests before the next to the same person

  // The same of readiness to be asked for a referral.
  int ask_works_there{25};
  int ask_tie{35};  ///< as much of it as the tie's score is of 100
  int ask_knows_work{15};
  int ask_role{10};    ///< their role is near the user's
  int ask_favours{5};  ///< not more received than given, but for one
  int ask_rested{5};   ///< no ask within `rest_after_ask_days`
  int ask_timing{5};   ///< it is known until when the user applies

  bool operator==(const TieWeights&) const = default;
};

/// Recency with decay, frequency, two-way share, depth of channel, vouching, shared history, years known. Pure; never
/// falls when a real interaction is added.
TieStrength tie_strength(const TieFacts& facts, Date today, const TieWeights& weights = {});

struct Readiness {
  enum class Verdict { not_yet, warm_up_first, ready } verdict{};
  int score{};                         ///< 0–100
  std::vector<Reason> reasons{};       ///< what speaks for asking
  std::vector<std::string> missing{};  ///< what to do first, the next step first
};
template <>
struct Words<Readiness::Verdict> {
  static constexpr std::array all{"not yet"sv, "warm up first"sv, "ready"sv};
};

/// How a contact and the user stand to a company, beside their tie. Each fact with its record ("employment 7").
struct Standing {
  bool works_there{};        ///< as far as is known
  std::string since{};       ///< partial date, or empty
  std::string title{};       ///< what they do there
  std::string employment{};  ///< its record
  std::string role{};        ///< what the user wants to do there, or does now
  std::string role_record{};
  std::optional<Date> last_ask{};  ///< of any referral from this contact
  std::string ask_record{};
  std::optional<Date> apply_by{};  ///< the deadline of an application of the user's that is not sent yet
  std::string application{};       ///< its record
};

/// Whether to ask this contact for a referral at a company: works there now and since when, a role near the user's, the
/// tie's strength, knows the user's work (met it, commented on it), the balance of favours, the last ask, the user's
/// timing. Pure; neither the verdict nor the score falls when a real interaction is added: a question that waits for an
/// answer is the next step, and keeps nobody from being ready.
Readiness readiness(const TieFacts& facts, const Standing& standing, Date today, const TieWeights& weights = {});

/// "reviewed 'Fold constant loops'", "worked with you on contribution 7"
std::string in_words(const Contribution& work, ContributionPart part);

/// The words that two titles have in common and that tell roles apart, as the first of them writes them: "Senior
/// Compiler Engineer" and "Compiler Lead" have "Compiler"; levels and what every role is called do not count.
std::vector<std::string> common_words_of_titles(std::string_view a, std::string_view b);

}  // namespace ties
