#pragma once
#include "crm/domain/suggestion.h"
#include "crm/domain/task.h"

namespace ties {

/// Everything that the follow-ups rest on, gathered by the store. Names come along, so that a line can say who.
struct FollowUpFacts {
  struct OpenTask {
    Task task{};
    std::string contact_name{};  ///< empty: tied to nobody
    std::string about{};         ///< "Staff Engineer at Acme", "PyCon 26", or empty
  };
  struct Tie {  ///< a contact that has a cadence, and is neither archived nor in the trash
    Id<Contact> contact{};
    std::string name{};
    int cadence_days{};
    std::string circle{};  ///< the circle that gave the cadence; empty: the contact's own
    std::optional<Date> last_real{};  ///< latest real interaction
    Date known_since{};    ///< connected, met or added: where the cadence starts when there was no interaction
    bool company_interviewing{};  ///< an open application at their company is in interviews
  };
  struct MetAtEvent {  ///< a contact met at an event, with no interaction since it ended
    Id<Contact> contact{};
    std::string name{};
    Id<Event> event{};
    std::string event_name{};
    Date met_on{};
  };
  struct LiveReferral {
    ReferralFacts facts{};
    std::vector<ReferralStep> steps{};  ///< oldest first
    std::optional<Outcome> application_outcome{};
    int nudges{};                       ///< interactions out to the referrer since the last `asked`
    std::optional<Date> last_nudge{};
  };
  struct RunningApplication {
    Application application{};
    std::string company_name{};
    Stage stage{};
    Date in_stage_since{};
    Date last_activity{};      ///< latest step, interview, or interaction with one of its contacts
    std::string next_stage{};  ///< key of the stage that comes next; empty: none
  };
  struct Round {
    Interview interview{};
    std::string title{};  ///< "Staff Engineer at Acme"
    std::vector<std::string> interviewers{};
    bool debriefed{};     ///< notes were written or an outcome set
  };
  struct Moved {
    JobChange change{};
    std::string name{};
    std::string from_company{}, from_title{};
    std::string to_company{};
    std::string title{};
    bool to_target{};
    bool congratulated{};  ///< an interaction since `seen_on`, or the item was settled
  };
  struct Pending {  ///< an invitation that was sent and never answered
    Id<Interaction> interaction{};
    std::string name{};
    Date sent_on{};
  };

  std::vector<OpenTask> tasks{};
  std::vector<Tie> ties{};
  std::vector<MetAtEvent> met{};
  std::vector<LiveReferral> referrals{};
  std::vector<RunningApplication> applications{};
  std::vector<Round> rounds{};
  std::vector<Moved> moves{};
  struct Suggested {  ///< an open suggestion
    Suggestion suggestion{};
    std::string company_name{};
  };
  struct Quiet {  ///< in touch often enough to have a usual gap, and silent for longer; no cadence, neither archived nor in the trash
    Id<Contact> contact{};
    std::string name{};
    std::string company{};  ///< where they work now, or empty
    bool at_target{};
    Date last{};            ///< latest real interaction
    int usual_days{};       ///< the median of the gaps between days in touch
  };
  std::vector<Pending> invitations{};
  std::vector<Suggested> suggestions{};
  std::vector<Quiet> quiet{};
};

struct FollowUpSettings {
  WorkingDays working_days{};
  int look_ahead_days{7};
  bool pause_cadence_in_interviews{true};
  int nudge_after_working_days{5};
  int second_nudge_after_working_days{7};
  int agreed_patience_days{7};
  int submitted_patience_days{7};
  int expiry_notice_days{14};
  int ghosted_after_days{21};
  int invitation_patience_days{30};
  int quiet_days_min{30};        ///< a shorter silence is none, however often they were in touch
  int suggestion_news_days{60};  ///< what an older mail says is no news, and only listed
};

enum class FollowUpKind {
  task, promise, cadence, after_event, nudge, referral, thanks, outcome, stale, deadline, interview, moved, invitation, suggestion, quiet
};
template <>
struct Words<FollowUpKind> {
  static constexpr std::array all{"task"sv,    "promise"sv, "cadence"sv,  "after_event"sv, "nudge"sv,
                                  "referral"sv, "thanks"sv,  "outcome"sv,  "stale"sv,       "deadline"sv,
                                  "interview"sv, "moved"sv,  "invitation"sv, "suggestion"sv, "quiet"sv};
};

/// The records that a follow-up has to do with, for whoever acts on it. `Store::links_of` looks them up; the rules name the
/// subject alone.
struct FollowUpLinks {
  std::optional<Id<Contact>> contact{};
  std::string contact_name{};
  std::optional<Id<Company>> company{};  ///< of the matter, else where the contact works now
  std::string company_name{};
  std::optional<Id<Task>> task{};
  std::optional<Id<Application>> application{};
  std::optional<Id<Interview>> interview{};
  std::optional<Id<Referral>> referral{};
  std::optional<Id<Interaction>> interaction{};
  std::optional<Id<Suggestion>> suggestion{};
  std::optional<Id<Event>> event{};

  bool operator==(const FollowUpLinks&) const = default;
};

/// One thing that deserves attention.
struct FollowUp {
  FollowUpKind kind{};
  Date due{};            ///< the day on which to act; before today: overdue
  std::string who{};     ///< the person, else the application's title; may be empty for a bare task
  std::string what{};    ///< the suggested action: "write to Ada: how did the talk go?"
  std::string why{};     ///< the reason: "every 30 days; last in touch on 2 Mar 2026"
  std::optional<Date> since{};  ///< since when it stands
  std::string settle{};  ///< the command that settles it: "ties task done 12"
  std::string subject{};  ///< "contact 7", "referral 3": the record that it is about
  /// How its kind is settled, where there are several ways, as words of the command: "step submitted", "thank --told" of a
  /// referral, "move screen", "close ghosted" of an application, "prepare", "debrief", "thank" of an interview.
  std::string step{};
  FollowUpLinks links{};

  bool operator==(const FollowUp&) const = default;
};

/// All that deserves attention on `today` or within the look-ahead, most urgent first: by due day, then by kind in the
/// order above, then by name. Pure: the same facts and day give the same list.
std::vector<FollowUp> followups(const FollowUpFacts& facts, Date today, const FollowUpSettings& settings);

}  // namespace ties
