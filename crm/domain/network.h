#pragma once
#include "crm/domain/event.h"
#include "crm/domain/followups.h"

/// What the reports about the network rest on. The store gathers each in a few queries.
namespace ties {

/// Days from the first to the last, both included; open on a side that is not given.
struct Period {
  std::optional<Date> since{}, until{};

  bool is_given() const { return since || until; }
  bool holds(Date day) const { return (!since || *since <= day) && (!until || day <= *until); }
};

struct NetworkFacts {
  /// A contact that is neither archived nor in the trash.
  struct Person {
    std::string name{};
    std::optional<Date> known_since{};  ///< connected, else met, else the first real interaction; none: never
    std::string company{};              ///< where they work now, or empty
    bool at_target{};
    std::string source{};
    std::string location{};
    std::string phone{};  ///< a number in E.164, or empty
    std::vector<std::string> tags{};
    TieFacts tie{};  ///< whose interactions have no text
  };
  std::vector<Person> people{};
  int archived{};
};

/// The ISO code of the country where somebody lives: what the last part of the location names ("Oslo, Norway"), else
/// the country of the phone number; nothing when neither tells.
std::optional<std::string> country_of(const NetworkFacts::Person& person);

/// A tie that has gone quiet.
struct QuietTie {
  TieStrength then{};  ///< as it was on the day of the last real interaction
  Date last{};         ///< that day
  int silent_days{};
  std::optional<int> usual_days{};  ///< the median of the gaps between days in touch; none: fewer than three such days
};

/// Whether a tie that was good or strong when they last talked has since been silent for more than 180 days, or for
/// more than twice its usual gap and a month.
std::optional<QuietTie> quiet_tie(const TieFacts& facts, Date today, const TieWeights& weights = {});

struct ContributionFacts {
  struct Work {
    Contribution contribution{};
    std::string company{};  ///< that owns the repository, or empty
    bool at_target{};
  };
  /// A contact who met a work, and where they are now.
  struct Reader {
    Id<Contact> contact{};
    std::string name{};
    std::string company{};
    bool at_target{};
    Id<Contribution> contribution{};
    ContributionPart part{};
  };
  std::vector<Work> works{};
  std::vector<Reader> readers{};  ///< neither archived nor in the trash
};

/// The day that a work belongs to: when it was opened, else when it was merged, closed or published.
std::optional<Date> day_of(const Contribution& contribution);

/// How many interactions of a kind there were on a day.
struct TalkCount {
  InteractionKind kind{};
  Date day{};
  int count{};
};

/// How close a talk comes: in person (met, coffee, talk), a call or video, or written. Nothing for what is no talk:
/// comments, endorsements, invitations.
enum class TalkDepth { in_person, call, written };
template <>
struct Words<TalkDepth> {
  static constexpr std::array all{"in person"sv, "calls"sv, "messages"sv};
};
std::optional<TalkDepth> depth_of(InteractionKind kind);

/// The days on which things happened, one entry for each thing.
struct ActivityFacts {
  std::vector<TalkCount> talks{};
  std::vector<Date> new_people{};     ///< since when each contact is known
  std::vector<Date> asks{};           ///< a referral was asked for
  std::vector<Date> applications{};   ///< first reached a stage of kind applied or later
  std::vector<Date> interviews{};     ///< not called off
  std::vector<Date> contributions{};  ///< see `day_of`
  int people_without_day{};
  int contributions_without_day{};
};

/// What an employment office asks for. Nothing in it is the words of anybody: no notes, no talks, no tasks.
struct ProofFacts {
  struct Sent {
    Application application{};
    std::string company{};
    std::string stage{};
    std::optional<Date> applied_on{};  ///< first reached a stage of kind applied or later; none: not applied
    std::string person{};              ///< to ask at: the recruiter, else the hiring manager, agency, referrer, …
    std::optional<ApplicationPart> part{};
    std::optional<Moment> next_round{};  ///< the next planned interview after today
  };
  struct Round {
    Moment when{};
    std::string title{}, company{}, kind{};
    InterviewOutcome outcome{};
  };
  struct Visit {  ///< an event at which somebody was met or talked to
    std::string name{}, place{};
    Date from{}, to{};
  };
  std::string name{};   ///< the user's, or empty
  std::string place{};  ///< where the user lives, or empty
  std::vector<Sent> applications{};
  std::vector<Round> rounds{};
  std::vector<Visit> visits{};
  std::vector<TalkCount> talks{};
};

}  // namespace ties
