#pragma once
#include <string>
#include <vector>

#include "crm/domain/contact.h"

/// One person once: which contacts may be the same person, and why.
namespace ties {

/// What is known of a contact that tells people apart.
struct PersonFacts {
  Id<Contact> contact{};
  std::string display{}, given{}, family{}, nickname{}, suffix{};
  std::vector<std::string> other_names{};
  struct Point {
    PointKind kind{};
    std::string value{};  ///< normalised
    std::string label{};
  };
  std::vector<Point> points{};
  struct Job {
    std::string company{};
    std::string title{};
    bool now{};
  };
  std::vector<Job> jobs{};
  std::string location{};
  std::string birthday{};  ///< as its source wrote it
};

/// Two contacts that may be one person.
struct Duplicate {
  Id<Contact> a{}, b{};                ///< a has the lower number
  int score{};                         ///< 0–99; never certain
  std::vector<std::string> reasons{};  ///< in plain words, the weightiest first: "the same phone +49…"

  bool operator==(const Duplicate&) const = default;
};

/// From this score on a pair is worth the user's look: a whole name alone is just enough, unless something speaks
/// against it.
inline constexpr int offered_score = 55;

/// The pairs of at least that score, the highest first. Only those are compared that have something in common which is
/// rare enough: the time grows with the number of people and not with its square, however many namesakes there are.
std::vector<Duplicate> duplicates(const std::vector<PersonFacts>& people, int at_least = offered_score);

/// Whether two names stand in the way of taking their bearers for one person, though they share an address: "Anna Berg"
/// and "Erik Berg" at one mailbox. Names of two scripts, parts of names and logins do not.
bool names_conflict(const Contact& a, const Contact& b);

}  // namespace ties
