#pragma once
#include <map>

#include "crm/domain/tie.h"

namespace ties {

/// Why one contact knows another: one brought the other in; both took part in one talk; both worked or studied at one
/// place at the same time; both were met at one event.
enum class LinkKind { introduced, talked, colleagues, event };
template <>
struct Words<LinkKind> {
  static constexpr std::array all{"introduced"sv, "talked"sv, "colleagues"sv, "event"sv};
};

/// What the user wants at a company, each fact with its record.
struct Aim {
  std::string role{};  ///< of an application or a referral there, else what the user does now
  std::string role_record{};
  std::optional<Date> apply_by{};  ///< the deadline of an application that is not sent yet
  std::string application{};
};

/// What is known of the ways to a company.
struct PathFacts {
  /// Somebody who works or worked there, may know somebody there, or met the user's work for it.
  struct Person {
    Id<Contact> contact{};
    std::string name{};
    std::string title{};    ///< there; of those who never worked there: where they work now
    std::string company{};  ///< where they work now, of those who do not work there
    bool now{};             ///< works there, as far as is known
    std::string since{};    ///< partial date or empty
    std::optional<Date> as_of{};
    std::string record{};  ///< of their job there: "employment 7"

    bool operator==(const Person&) const = default;
  };
  /// From a contact elsewhere to one who works there; its kind is not `colleagues`, which `tenures` tell.
  struct Link {
    Id<Contact> from{}, to{};
    LinkKind kind{};
    std::string text{};  ///< "you met Tomasz Lis through them", "both at Fjord Compilers 24"
    std::string record{};
  };
  struct Asked {
    Date on{};
    std::string record{};
  };

  Id<Company> company{};
  Aim aim{};
  std::vector<Person> there{};      ///< now and formerly, each once
  std::vector<Person> elsewhere{};  ///< who may know somebody there: those last in touch
  std::vector<Person> maintainers{};  ///< who met the user's work for it, and never worked there as far as is known
  std::vector<Link> links{};
  std::map<Id<Contact>, std::vector<Tenure>> tenures{};  ///< of those elsewhere, and of those there now
  std::map<Id<Contact>, TieFacts> ties{};                ///< of everybody above
  std::map<Id<Contact>, Asked> asked{};                  ///< when they were last asked for a referral
};

/// A way from the user to a company, and its first step. At most two hops: to a contact there, or over a contact
/// elsewhere to one there.
struct WarmPath {
  PathFacts::Person person{};
  TieStrength tie{};  ///< of the user to `person`
  Readiness ready{};  ///< of those there now
  std::optional<PathFacts::Person> through{};
  TieStrength through_tie{};  ///< of the user to `through`
  std::vector<Reason> hop{};  ///< why `through` knows `person`, or how `person` met the user's work; the best first
  int warmth{};               ///< 0–100, by which paths are ranked
  std::string step{};         ///< "ask Priya Nair to introduce you to Tomasz Lis"
};

struct WarmPaths {
  std::vector<WarmPath> now{};
  std::vector<WarmPath> second_hop{};
  std::vector<WarmPath> formerly{};
  std::vector<WarmPath> maintainers{};
};

inline constexpr std::size_t second_hops_max = 20;

/// The ways to a company, the warmest of each kind first. Whoever works there is as warm as the tie. A contact
/// elsewhere is asked to introduce the user when the tie to them is good and the one to the person there is not; of
/// each person there the two warmest such ways are told, `second_hops_max` in all.
WarmPaths warm_paths(const PathFacts& facts, Date today, const TieWeights& weights = {});

/// Those who work there now, whom to ask first at the beginning: by verdict, then by score.
std::vector<WarmPath> by_readiness(std::vector<WarmPath> people);

}  // namespace ties
