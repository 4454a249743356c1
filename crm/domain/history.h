#pragma once
#include "crm/domain/referral.h"
#include "crm/domain/statistics.h"

/// What became of applications and asks, as far as their lines tell: what reports count.
namespace ties {

/// An application with all its lines and rounds.
struct ApplicationHistory {
  Application application{};
  std::string company{};  ///< empty: none is named
  std::vector<ApplicationStep> steps{};
  std::vector<Interview> interviews{};
};

/// How a referrer had come to know the user when they were asked: the first of these that the records say.
/// colleague: both worked for one employer, at whatever time. introduced: the referral names an
/// introducer, or the contact was met through somebody. maintainer: reviewed, merged or answered the user's work by then.
/// met_at_event: the contact says so, or a talk at an event by then.
enum class ReferrerKind { colleague, introduced, maintainer, met_at_event, other };
template <>
struct Words<ReferrerKind> {
  static constexpr std::array all{"colleague"sv, "introduced"sv, "maintainer"sv, "met_at_event"sv, "other"sv};
};

/// A referral with all its lines.
struct ReferralHistory {
  Referral referral{};
  ReferrerKind referrer{};
  std::vector<ReferralStep> steps{};
  std::vector<Date> written_on{};  ///< when the user wrote to the referrer, or called (real interactions out), oldest first
};

/// All of one file.
struct SearchHistory {
  std::vector<ApplicationHistory> applications{};
  std::vector<ReferralHistory> referrals{};
  std::vector<Pipeline> pipelines{};
  std::vector<Stage> stages{};  ///< of all pipelines, in their order
};

/// Of which applications a report tells: by the day of opening, both days included, and by pipeline.
struct Selection {
  std::optional<Date> since{}, until{};
  std::optional<Id<Pipeline>> pipeline{};

  bool holds(Date day) const { return (!since || *since <= day) && (!until || day <= *until); }
  bool holds(const Application& application) const {
    return holds(application.opened_on) && (!pipeline || *pipeline == application.pipeline);
  }
};

/// A stay in a stage.
struct Visit {
  std::optional<Id<Stage>> stage{};  ///< none: it was removed since
  std::string name{};                ///< as it was called then
  StageKind kind{};
  Date from{};
};

/// The stays of an application, by day and then by number of their lines; lines that keep the stage are notes. Without any
/// line it has been in its stage (whose name and kind are given by `now`) since it was opened.
std::vector<Visit> visits(const ApplicationHistory& history, const Stage& now);

/// How far it came: the furthest kind that it was ever in, `closed` left aside. A round that was held makes it `screen` at
/// least, an offer accepted or declined `offer`.
StageKind furthest(const ApplicationHistory& history, const Stage& now);

/// A stay with its length until `today`. It ended when the next stage or an answer came; one that goes on, or that ended
/// without an answer (withdrawn, ghosted, expired), was only watched. A day of the end that lies before its beginning makes
/// it one of 0 days, and `is_turned`. Of several stays in one kind after each other, `by_kind` makes one.
struct Stay {
  Visit visit{};
  Spell spell{};
  bool goes_on{};
  bool is_turned{};
};
std::vector<Stay> stays(const ApplicationHistory& history, const Stage& now, Date today, bool by_kind);

/// What an ask led to.
struct AskCourse {
  Date asked_on{};  ///< its first line that is an ask or more
  bool agreed{}, handed_in{};
  std::optional<Date> handed_in_on{};
  int nudges{};  ///< days on which the user wrote after the ask, before the answer
};
/// Nothing for a referral that was never asked for.
std::optional<AskCourse> course_of(const ReferralHistory& history, Date today);

}  // namespace ties
