#pragma once
#include "crm/domain/company.h"
#include "crm/domain/contact.h"
#include "crm/domain/pipeline.h"

namespace ties {

enum class Outcome { open, accepted, declined, rejected, withdrawn, ghosted, expired, rerouted };
template <>
struct Words<Outcome> {
  static constexpr std::array all{"open"sv, "accepted"sv, "declined"sv, "rejected"sv,
                                  "withdrawn"sv, "ghosted"sv, "expired"sv, "rerouted"sv};
};

enum class ApplicationSource { unknown, referral, cold, recruiter, inbound, event };
template <>
struct Words<ApplicationSource> {
  static constexpr std::array all{"unknown"sv, "referral"sv, "cold"sv, "recruiter"sv, "inbound"sv, "event"sv};
};

/// One role at one company in one pipeline. Stage and outcome are two things: a rejection leaves the stage as it was.
struct Application {
  static constexpr std::string_view noun = "application";

  Id<Application> id{};
  std::string title{};
  std::optional<Id<Company>> company{};
  Id<Pipeline> pipeline{};
  Id<Stage> stage{};
  Outcome outcome{};
  ApplicationSource source{};
  std::string link{};
  std::string team{};
  std::string location{};
  std::string pay_asked{};
  std::string pay_advertised{};
  std::string pay_offered{};
  std::string address{};  ///< the email address that the user applied with
  std::optional<Date> deadline{};
  int priority{};  ///< 0 none, 1 low, 2 middle, 3 high
  std::string notes{};
  Date opened_on{};
  std::optional<Date> closed_on{};
  std::optional<Id<Application>> rerouted_from{};
  bool archived{};
  std::optional<std::string> source_key{};

  bool operator==(const Application&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("title", r.title), f("company", r.company), f("pipeline", r.pipeline), f("stage", r.stage);
    f("outcome", r.outcome), f("source", r.source), f("link", r.link), f("team", r.team), f("location", r.location);
    f("pay_asked", r.pay_asked), f("pay_advertised", r.pay_advertised), f("pay_offered", r.pay_offered);
    f("address", r.address), f("deadline", r.deadline), f("priority", r.priority), f("notes", r.notes);
    f("opened_on", r.opened_on), f("closed_on", r.closed_on), f("rerouted_from", r.rerouted_from);
    f("archived", r.archived), f("source_key", r.source_key);
  }
};

/// One line of an application's history; only ever added. A line that keeps stage and outcome is a note.
struct ApplicationStep {
  static constexpr std::string_view noun = "application_step";

  Id<ApplicationStep> id{};
  Id<Application> application{};
  std::optional<Id<Stage>> stage{};  ///< where it stands after this line; none if that stage was removed since
  std::string stage_name{};          ///< its name then
  StageKind stage_kind{};
  Outcome outcome{};
  Date on{};
  std::string note{};
  std::string overridden{};  ///< the guards that the user went past, by name

  bool operator==(const ApplicationStep&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("application", r.application), f("stage", r.stage), f("stage_name", r.stage_name), f("stage_kind", r.stage_kind);
    f("outcome", r.outcome), f("on", r.on), f("note", r.note), f("overridden", r.overridden);
  }
};

enum class ApplicationPart { insider, referrer, recruiter, agency, hiring_manager, interviewer };
template <>
struct Words<ApplicationPart> {
  static constexpr std::array all{"insider"sv, "referrer"sv, "recruiter"sv,
                                  "agency"sv, "hiring_manager"sv, "interviewer"sv};
};

struct ApplicationContact {
  static constexpr std::string_view noun = "application_contact";

  Id<ApplicationContact> id{};
  Id<Application> application{};
  Id<Contact> contact{};
  ApplicationPart part{};

  bool operator==(const ApplicationContact&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("application", r.application), f("contact", r.contact), f("part", r.part);
  }
};

enum class InterviewOutcome { planned, done, passed, failed, cancelled };
template <>
struct Words<InterviewOutcome> {
  static constexpr std::array all{"planned"sv, "done"sv, "passed"sv, "failed"sv, "cancelled"sv};
};

/// One round of an application.
struct Interview {
  static constexpr std::string_view noun = "interview";

  Id<Interview> id{};
  Id<Application> application{};
  std::string kind{};  ///< "recruiter call", "coding", in the user's words
  Moment when{};
  std::optional<int> minutes{};
  std::string place{};  ///< a room or a link
  std::string preparation{};
  std::string notes{};  ///< written afterwards
  InterviewOutcome outcome{};
  std::optional<Date> thanked_on{};
  std::optional<std::string> source_key{};  ///< by which a calendar finds it again

  bool operator==(const Interview&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("application", r.application), f("kind", r.kind), f("at", r.when), f("minutes", r.minutes), f("place", r.place);
    f("preparation", r.preparation), f("notes", r.notes), f("outcome", r.outcome), f("thanked_on", r.thanked_on), f("source_key", r.source_key);
  }
};

struct InterviewContact {
  static constexpr std::string_view noun = "interview_contact";

  Id<InterviewContact> id{};
  Id<Interview> interview{};
  Id<Contact> contact{};

  bool operator==(const InterviewContact&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("interview", r.interview), f("contact", r.contact);
  }
};

/// A file or a link that was sent: a CV's version, a cover letter, an offer. A file is identified by its hash.
struct Document {
  static constexpr std::string_view noun = "document";

  Id<Document> id{};
  std::optional<Id<Application>> application{};
  std::string kind{};  ///< "cv", "cover letter", "offer", in the user's words
  std::string title{};
  std::string location{};  ///< the file's path or the link, as given
  std::string sha256{};    ///< of a file, in hex; empty for a link
  std::int64_t bytes{};
  Date added_on{};

  bool operator==(const Document&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("application", r.application), f("kind", r.kind), f("title", r.title), f("location", r.location);
    f("sha256", r.sha256), f("bytes", r.bytes), f("added_on", r.added_on);
  }
};

}  // namespace ties
