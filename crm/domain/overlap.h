#pragma once
#include "crm/domain/date.h"
#include "crm/domain/words.h"

namespace ties {

/// Somebody's time at one company or school, as far as a source knew it.
struct Tenure {
  bool at_school{};
  std::string place{};          ///< what makes two places one: the company's number, the school's folded name
  std::string name{};           ///< of the place, for people
  std::string started{};        ///< partial date, or empty: unknown
  std::string ended{};          ///< partial date, or empty: goes on, as far as is known
  std::optional<Date> as_of{};  ///< the latest day on which a source said so
  std::string record{};         ///< "employment 7"

  bool operator==(const Tenure&) const = default;
};

enum class Certainty { possible, certain };
template <>
struct Words<Certainty> {
  static constexpr std::array all{"possible"sv, "certain"sv};
};

/// A time that two people spent at one company or school.
struct Overlap {
  bool at_school{};
  std::string name{};     ///< of the company or school
  Certainty certainty{};  ///< possible: the dates that are known neither show nor exclude it
  std::string from{};     ///< partial date: the later of the two beginnings; empty: not known
  std::string until{};    ///< partial date: the earlier of the two ends; empty: goes on, or is not known
  std::string record{};   ///< of the other person's tenure: "employment 7"

  bool operator==(const Overlap&) const = default;
};

/// Whether two tenures at one place were at the same time. Certain when they shared a day whatever their partial dates
/// mean: "2019" and "2019" may have missed each other, "2018"–"2020" and "2019" did not. A tenure without an end is
/// sure until the day on which a source said so. A tenure that ends before it begins tells nothing of when it was.
/// Nothing when they cannot have met, or are of two places.
std::optional<Overlap> overlap(const Tenure& mine, const Tenure& theirs);

/// The best known overlap at each place, the certain ones first, then by name.
std::vector<Overlap> overlaps(const std::vector<Tenure>& mine, const std::vector<Tenure>& theirs);

/// "2019" as it is, "2019-03" and "2019-03-04" as "Mar 2019".
std::string month_in_words(std::string_view partial);

/// "both at Acme from Mar 2019 to Aug 2021", "both at Acme since Mar 2019", "both at Acme, perhaps at the same time".
std::string in_words(const Overlap& overlap);

}  // namespace ties
