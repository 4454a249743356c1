#pragma once
#include "crm/domain/event_yield.h"
#include "crm/domain/network.h"
#include "reports/document.h"

/// The reports about the network. Each opens with the one sentence that it shows; its fields say the period and what
/// was left out, and why. Days after today are never counted. Facts `since` and `until` are the period for programs.
namespace ties::reports {

/// Who is known: growth over time, and the same people by company (targets first), tag, source and country, the
/// strength of their ties, and those that have gone quiet, the strongest first, 50 at most. The period chooses people
/// by the day since when they are known; without one everybody counts, also those of no day.
Document network(const NetworkFacts& facts, const Period& period, Date today, const TieWeights& weights = {});

/// Who changed jobs: over time, then sections "To a target of yours", "Elsewhere", "New titles", the latest seen first.
/// The period is of the day on which an export showed it; a year back when not said. Sections have the columns contact
/// name from to title seen_on congratulated settle.
Document moves(const std::vector<FollowUpFacts::Moved>& moves, const Period& period, Date today);

/// Public work: over time, by company (targets first) and repository, how much of it was merged and how fast, and who
/// knows it. The period is of `day_of` a work; all of it when not said.
Document contributions(const ContributionFacts& facts, const Period& period, Date today);

/// What was done week by week: talks by depth, new people, asks, applications, interviews, public work; the busiest
/// weeks and those without anything. The last 26 weeks when no period is said; longer than 53 weeks it is counted by
/// month, quarter or year, and the weeks are still looked at one by one.
Document activity(const ActivityFacts& facts, const Period& period, Date today);

/// Applications with dates, as an employment office wants them, with a place to sign; the last calendar month when no
/// period is said. Listed are those that first reached a stage of kind applied or later in the period.
Document proof(const ProofFacts& facts, const Period& period, Date today);

/// What each event led to, that which led furthest first: people first met there, how soon they were written to, promises
/// kept, and the referrals, applications, interviews and offers that trace to them. The period is of an event's first
/// day; all of them when not said.
Document events(const std::vector<EventYield>& yields, const Period& period, Date today);

}  // namespace ties::reports
