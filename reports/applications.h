#pragma once
#include "crm/domain/history.h"
#include "reports/document.h"

/// What became of applications, in numbers. Each opens with the sentence that it shows, tells of how many, draws no picture
/// of fewer than five, and ends with what was left out and what contradicts itself. Shares are in percent; intervals are the
/// 95 % ones of domain/statistics.h. All tell programs `applications` (of how many; of `referrals` `asks`), `left_out` (by
/// the selection), and since, until, pipeline where they were asked for.
namespace ties {

enum class StageBy { kind, stage };
template <>
struct Words<StageBy> {
  static constexpr std::array all{"kind"sv, "stage"sv};
};

}  // namespace ties

namespace ties::reports {

/// As it stands: the open ones by stage, how long they have been there, how many beyond the stage's patience; the ended ones
/// by outcome. By stages of the one pipeline that they are in; by kinds of stages where there are several.
/// Tables "Open" (stage kind open over_patience median_days longest_days) and "Ended" (outcome applications share).
Document pipeline(const SearchHistory& history, const Selection& selection, Date today);

/// How far they came, by kind of stage: never back, and what was skipped counts as passed.
/// Table "How far they came" (stage reached of share share_from share_to conversion).
Document funnel(const SearchHistory& history, const Selection& selection, Date today);

/// The way of each, forward alone, from stage to stage and to how it ended; a reroute ends one, and "came by reroute" begins
/// the next. Table "The ways" (from to applications).
Document flow(const SearchHistory& history, const Selection& selection, Date today);

/// How long stays in a stage take, by kind or by stage. Those that go on, or ended without an answer, are watched until then
/// and no longer (Kaplan and Meier). Several visits of one stage are several stays.
/// Table "Stays" (stage stays going_on unanswered median_days p90_days longest_days); null: not reached.
Document time_in_stage(const SearchHistory& history, const Selection& selection, Date today, StageBy by);

/// What asks for a referral led to: agreed, handed in, an interview, an offer; an application's reroutes count for it. By who
/// was asked, by what way, by how often the user wrote again before the answer. `since` and `until` are of the ask.
/// Tables "What asks led to" (step referrals of share share_from share_to), and "By who was asked", "By way of asking", "By
/// reminders" (group asked agreed handed_in interview offer).
Document referrals(const SearchHistory& history, const Selection& selection, Date today);

/// Applications that were sent: those with a referral (as their source, or handed in by then) against cold ones: how many got
/// a reply (a screen or more; a rejection alone is none), an interview, an offer. One that came of a reroute counts with the
/// one that it came of. With fewer than five on either side it gives counts and compares nothing.
/// Table "Referred against cold" (rate referred referred_of referred_share referred_from referred_to, the same of cold,
/// difference difference_from difference_to); without comparison only the counts.
Document lift(const SearchHistory& history, const Selection& selection, Date today);

}  // namespace ties::reports
