#include "crm/domain/paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <tuple>

#include "crm/text/text.h"

namespace ties {
namespace {

constexpr std::size_t ways_to_a_person_max = 2;

/// How much of the warmth between the user and a contact passes on to whom that contact knows.
constexpr double perhaps_colleagues_share = 0.3;
double share_of(LinkKind kind) {
  switch (kind) {
    case LinkKind::introduced:
      return 1.0;
    case LinkKind::talked:
      return 0.8;
    case LinkKind::colleagues:
      return 0.7;
    case LinkKind::event:
      return 0.4;
  }
  return 0;
}

/// Why one contact knows another, the best reason first, and how much the best carries.
class Hop {
 public:
  void add(double share, std::string text, std::string record) {
    const auto place = std::find_if(shares_.begin(), shares_.end(), [share](double other) { return other < share; });
    reasons_.insert(reasons_.begin() + (place - shares_.begin()), {std::move(text), std::move(record)});
    shares_.insert(place, share);
  }
  bool is_none() const { return reasons_.empty(); }
  double share() const { return shares_.front(); }
  std::vector<Reason> reasons() && { return std::move(reasons_); }

 private:
  std::vector<double> shares_{};  ///< of the reasons, in their order
  std::vector<Reason> reasons_{};
};

bool is_warmer(const WarmPath& a, const WarmPath& b) {
  if (a.warmth != b.warmth) return a.warmth > b.warmth;
  if (const int order = text::compare(a.person.name, b.person.name); order != 0) return order < 0;
  const auto through = [](const WarmPath& path) { return path.through ? path.through->contact : Id<Contact>{}; };
  return std::tuple(a.person.contact, through(a)) < std::tuple(b.person.contact, through(b));
}

Standing standing_of(const PathFacts& facts, const PathFacts::Person& person) {
  Standing standing;
  standing.works_there = person.now;
  standing.since = person.since, standing.title = person.title, standing.employment = person.record;
  standing.role = facts.aim.role, standing.role_record = facts.aim.role_record;
  standing.apply_by = facts.aim.apply_by, standing.application = facts.aim.application;
  if (const auto asked = facts.asked.find(person.contact); asked != facts.asked.end()) {
    standing.last_ask = asked->second.on, standing.ask_record = asked->second.record;
  }
  return standing;
}

class Finding {
 public:
  Finding(const PathFacts& facts, Date today, const TieWeights& weights)
      : facts_(facts), today_(today), weights_(weights), good_from_(std::min(weights.good_from, weights.strong_from)) {
    for (const auto& link : facts.links) links_[{link.from, link.to}].push_back(&link);
    for (const auto& person : facts.elsewhere) {
      auto tie = tie_to(person);
      if (tie.score >= good_from_) good_.emplace_back(&person, std::move(tie));
    }
  }

  WarmPath direct(const PathFacts::Person& person) const {
    auto path = to(person);
    if (person.now) {
      path.ready = readiness(facts_tied(person), standing_of(facts_, person), today_, weights_);
      path.step =
          path.ready.missing.empty() ? fmt::format("ask {} for a referral", person.name) : path.ready.missing.front();
    } else {
      path.step = path.tie.score >= good_from_
                      ? fmt::format("ask {} whom to talk to there", person.name)
                      : fmt::format("get in touch with {} again: they know the place", person.name);
    }
    return path;
  }

  /// Over contacts elsewhere; none when the user needs no one to get to the person.
  std::vector<WarmPath> over_others(const WarmPath& direct) const {
    std::vector<WarmPath> ways;
    if (direct.tie.score >= good_from_) return ways;
    for (const auto& [through, tie] : good_) {
      auto hop = hop_between(*through, direct.person);
      if (hop.is_none()) continue;
      WarmPath way;
      way.person = direct.person, way.tie = direct.tie, way.through = *through, way.through_tie = tie;
      way.warmth = static_cast<int>(std::lround(tie.score * hop.share()));
      way.hop = std::move(hop).reasons();
      way.step = fmt::format("ask {} to introduce you to {}", through->name, direct.person.name);
      ways.push_back(std::move(way));
    }
    std::sort(ways.begin(), ways.end(), is_warmer);
    if (ways.size() > ways_to_a_person_max) ways.resize(ways_to_a_person_max);
    return ways;
  }

  WarmPath over_work(const PathFacts::Person& person) const {
    auto path = to(person);
    for (const auto& [work, part] : facts_tied(person).contributions) {
      if (work.company != facts_.company) continue;
      path.hop.push_back({in_words(work, part), fmt::format("contribution {}", work.id.value)});
    }
    path.step = path.tie.last_in_touch ? fmt::format("ask {} whom they know there", person.name)
                                       : fmt::format("thank {} for it, and ask about the work there", person.name);
    return path;
  }

 private:
  const TieFacts& facts_tied(const PathFacts::Person& person) const {
    static const TieFacts none;
    const auto found = facts_.ties.find(person.contact);
    return found == facts_.ties.end() ? none : found->second;
  }

  TieStrength tie_to(const PathFacts::Person& person) const {
    return tie_strength(facts_tied(person), today_, weights_);
  }

  WarmPath to(const PathFacts::Person& person) const {
    WarmPath path;
    path.person = person, path.tie = tie_to(person), path.warmth = path.tie.score;
    return path;
  }

  Hop hop_between(const PathFacts::Person& from, const PathFacts::Person& to) const {
    Hop hop;
    if (const auto known = links_.find({from.contact, to.contact}); known != links_.end()) {
      for (const auto* link : known->second) hop.add(share_of(link->kind), link->text, link->record);
    }
    const auto theirs = facts_.tenures.find(from.contact), others = facts_.tenures.find(to.contact);
    if (theirs == facts_.tenures.end() || others == facts_.tenures.end()) return hop;
    for (const auto& both : overlaps(theirs->second, others->second)) {
      const bool is_certain = both.certainty == Certainty::certain;
      hop.add(is_certain ? share_of(LinkKind::colleagues) : perhaps_colleagues_share, in_words(both), both.record);
    }
    return hop;
  }

  const PathFacts& facts_;
  Date today_;
  const TieWeights& weights_;
  int good_from_;
  std::map<std::pair<Id<Contact>, Id<Contact>>, std::vector<const PathFacts::Link*>> links_;
  std::vector<std::pair<const PathFacts::Person*, TieStrength>> good_;
};

}  // namespace

WarmPaths warm_paths(const PathFacts& facts, Date today, const TieWeights& weights) {
  const Finding finding(facts, today, weights);
  WarmPaths paths;
  for (const auto& person : facts.there) {
    auto direct = finding.direct(person);
    if (person.now) {
      auto ways = finding.over_others(direct);
      std::move(ways.begin(), ways.end(), std::back_inserter(paths.second_hop));
    }
    (person.now ? paths.now : paths.formerly).push_back(std::move(direct));
  }
  for (const auto& person : facts.maintainers) paths.maintainers.push_back(finding.over_work(person));
  for (auto* kind : {&paths.now, &paths.second_hop, &paths.formerly, &paths.maintainers}) {
    std::sort(kind->begin(), kind->end(), is_warmer);
  }
  if (paths.second_hop.size() > second_hops_max) paths.second_hop.resize(second_hops_max);
  return paths;
}

std::vector<WarmPath> by_readiness(std::vector<WarmPath> people) {
  std::stable_sort(people.begin(), people.end(), [](const WarmPath& a, const WarmPath& b) {
    if (a.ready.verdict != b.ready.verdict) return a.ready.verdict > b.ready.verdict;
    return a.ready.score > b.ready.score;
  });
  return people;
}

}  // namespace ties
