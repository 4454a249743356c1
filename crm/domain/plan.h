#pragma once
#include "crm/domain/followups.h"

/// What to do in the seven days from today, within the time that there is.
namespace ties {

enum class PlanKind { preparation, thanks, promise, ask, person, application, task };
template <>
struct Words<PlanKind> {
  static constexpr std::array all{"preparation"sv, "thanks"sv,      "promise"sv, "ask"sv,
                                  "person"sv,      "application"sv, "task"sv};
};

/// What the plan is made of, gathered by the service.
struct PlanFacts {
  /// Somebody at a target company who might be asked for a referral.
  struct Candidate {
    Id<Contact> contact{};
    std::string name{};
    std::string company{};
    Readiness readiness{};
    std::optional<Date> last_ask{};  ///< of any referral from this contact
    std::string under_way{};  ///< a live referral from them or at their company: "the ask to Ada of 3 Mar"; empty: none
  };
  /// An application that has not been sent.
  struct Lead {
    Id<Application> application{};
    std::string title{};  ///< "Staff Engineer at Acme"
    bool at_target{};
    int priority{};
    Date opened_on{};
    std::string waits_for{};  ///< a referral that should be handed in first: "the referral of Ada"; empty: nothing
  };
  std::vector<FollowUp> followups{};    ///< overdue, or due within the seven days, most urgent first
  std::vector<Candidate> candidates{};  ///< those whom one would ask first, first
  std::vector<Lead> leads{};
  std::string search_ended{};  ///< "you accepted Staff Engineer at Acme": no new ask, no application; empty: it goes on
};

struct PlanSettings {
  WorkingDays working_days{};
  int minutes{300};  ///< in the seven days
  int ask_load_days{90};
};

struct PlanItem {
  PlanKind kind{};
  Date day{};  ///< on which to do it
  int minutes{};
  std::string who{}, what{};
  std::string why{};  ///< why it was chosen; of what was left out: why it would have been
  std::optional<Date> due{};
  std::string settle{};
  std::string subject{};  ///< "contact 7", "referral 3"
  FollowUpLinks links{};
  std::string left_out{};  ///< "no time left: it takes 60 minutes, and 20 are left"; empty: it was chosen

  bool operator==(const PlanItem&) const = default;
};

struct Plan {
  Date from{}, to{};
  std::vector<Date> days{};          ///< the working days among them
  int minutes{};                     ///< that there are
  std::vector<PlanItem> items{};     ///< by day, then in the order of choosing
  std::vector<PlanItem> left_out{};  ///< in the order in which they would have been chosen

  int minutes_planned() const;
  int count(PlanKind kind) const;
};

/// Chooses greedily: what has its day (interviews, deadlines), what is owed (thanks, promises), asks that run, a new
/// ask, people, applications, tasks; within a rank in the order of the facts. Nobody gets two things to read in one
/// week, one ask to a person rests before the next, and no new ask where a referral is under way. Chosen things are
/// spread over the working days: what has a day not after it, the rest not before it is due, each day about equally
/// long. Pure: the same facts, day and settings give the same plan.
Plan plan_of(const PlanFacts& facts, Date today, const PlanSettings& settings);

}  // namespace ties
