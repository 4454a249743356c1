#pragma once
#include <map>

#include "crm/domain/history.h"
#include "crm/domain/task.h"

/// What an event led to. What somebody brought is the event's at which they were first met.
namespace ties {

/// What the rule rests on, gathered by the store.
struct EventYieldFacts {
  struct Talk {  ///< a real interaction
    Date day{};
    std::optional<Id<Event>> event{};
  };
  struct Person {  ///< met or talked to at an event, and not in the trash
    Id<Contact> contact{};
    std::string name{};
    std::string company{};  ///< where they work now, or empty
    bool at_target{};
    std::optional<Id<Event>> met_event{};
    std::optional<Date> met_on{};
    std::vector<Talk> talks{};  ///< oldest first
  };
  struct Promise {  ///< of a talk at the event, or tied to the event itself
    Id<Event> event{};
    OwedBy owed_by{};
    TaskState state{};
  };
  std::vector<Event> events{};
  std::vector<Person> people{};
  std::vector<Promise> promises{};
  SearchHistory search{};
  std::map<Id<Application>, std::vector<ApplicationContact>> parts{};
  std::map<Id<Company>, std::string> companies{};
};

/// When the next real interaction came, from either side and not at the event itself. Days are all that is known, so
/// that 48 hours are two days. waiting: none yet, and less than two days have passed. unknown: nothing says on which
/// day they were met.
enum class FollowedUp { within_48_hours, within_7_days, later, never, waiting, unknown };
template <>
struct Words<FollowedUp> {
  static constexpr std::array all{"within 48 hours"sv, "within 7 days"sv, "later"sv,
                                  "never"sv,           "still time"sv,    "no day"sv};
};

struct EventYield {
  /// Somebody first met there: the contact says so; else the first real interaction with them was at the event.
  struct Person {
    Id<Contact> contact{};
    std::string name{};
    std::string company{};
    bool at_target{};
    std::optional<Date> met_on{};  ///< the last day of talks there, else as the contact says, else the event's last day
    std::optional<Date> followed_up_on{};
    FollowedUp followed_up{};

    bool operator==(const Person&) const = default;
  };
  /// A referral that was asked for, whose referrer (else introducer) was first met there; an application that was sent,
  /// of which such a referral, or somebody first met there who is no mere interviewer, is part, or that another one of
  /// these was rerouted to; the interviews of it that were not called off, up to today; the offer that it came to.
  struct Result {
    enum class Kind { referral, application, interview, offer } kind{};
    std::string record{};   ///< "referral 3"; of an offer, the application's
    std::string title{};    ///< "Staff Engineer at Acme"
    std::string through{};  ///< who was met there
    std::optional<Date> on{};

    bool operator==(const Result&) const = default;
  };
  Event event{};
  std::optional<Date> on{};      ///< the event's first day, else its last, else of the first talk there
  std::vector<Person> people{};  ///< by day, then by number
  int seen_again{};              ///< talked to there, and known before
  int promised{}, kept{};        ///< by the user
  int promised_to_me{}, kept_to_me{};
  std::vector<Result> results{};  ///< by day
  int earlier{};  ///< asked or sent before the day on which the person was met: the event cannot have led to it

  int count(FollowedUp how) const;
  int count(Result::Kind kind) const;

  bool operator==(const EventYield&) const = default;
};
template <>
struct Words<EventYield::Result::Kind> {
  static constexpr std::array all{"referral"sv, "application"sv, "interview"sv, "offer"sv};
};

/// One for each event that has begun or at which somebody was met, that which led furthest first: by offers,
/// interviews, applications, referrals, people, then the latest. Days after today are not counted.
std::vector<EventYield> event_yields(const EventYieldFacts& facts, Date today);

}  // namespace ties
