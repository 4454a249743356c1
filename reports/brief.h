#pragma once
#include "crm/domain/paths.h"
#include "crm/domain/referral.h"
#include "crm/domain/task.h"
#include "reports/report.h"

/// Briefs: what to know before a talk, on one page. Each takes facts that were gathered, and gives a document that says
/// of itself that it holds what is others' own.
namespace ties::reports {

/// A promise or a task, and to whom or about what it is.
struct OpenMatter {
  Task task{};
  std::string with{};  ///< a name; empty where the page is about that person
};

/// A referral or an application, told in one line.
struct Matter {
  std::string record{};  ///< "referral 3"
  std::string what{};    ///< "Staff Engineer at Acme"
  std::string state{};   ///< "asked", "in Onsite", "rejected"
  std::string part{};    ///< whose, or as what: "referrer"
  std::optional<Date> since{};
};

/// Public work of the user's, and how somebody met it.
struct KnownWork {
  Contribution contribution{};
  std::string how{};  ///< "reviewed", "merged by Ada Lovelace"
};

/// What is known of one person.
struct PersonBrief {
  struct Talk {
    Interaction interaction{};
    std::string event{};
  };
  struct Shared {  ///< somebody whom both know
    Id<Contact> contact{};
    std::string name{};
    std::string how{};
  };
  struct Move {
    Date on{};
    std::string from{}, to{};
  };

  Contact contact{};
  std::vector<std::string> also{};
  std::vector<std::string> circles{};  ///< and tags
  std::string job{};                   ///< "Staff Engineer at Acme, since 2021-04"
  std::vector<std::string> before{};   ///< former jobs, and schools
  std::string email{};
  std::string met_event{}, met_through{};
  TieStrength tie{};
  Readiness ready{};
  std::vector<Talk> talks{};  ///< newest first
  std::vector<OpenMatter> open{};
  std::vector<KnownWork> works{};
  std::vector<Shared> shared{};
  std::vector<Favour> favours{};  ///< newest first
  std::vector<Move> moves{};      ///< the latest first
  std::vector<Matter> matters{};
};

struct CompanyBrief {
  Company company{};
  std::vector<std::string> also{};
  WarmPaths ways{};
  std::vector<Matter> applications{}, referrals{};
  std::vector<KnownWork> works{};
  std::vector<OpenMatter> open{};
};

/// Somebody who has a part in an application.
struct Participant {
  Id<Contact> contact{};
  std::string name{};
  std::string part{};
  std::string job{};
  TieStrength tie{};
};

/// A round of interviews, told in one line.
struct RoundLine {
  Interview interview{};
  std::vector<std::string> with{};
};

struct CheckLine {
  std::string text{};
  bool done{};
};

struct ApplicationBrief {
  Application application{};
  std::string company{};
  std::string pipeline{}, stage{};
  Date in_stage_since{};
  std::vector<ApplicationStep> steps{};  ///< oldest first
  std::vector<Participant> people{};
  std::vector<Matter> referrals{};
  std::vector<Warning> warnings{};  ///< what speaks against the next stage
  std::string next_stage{};
  std::vector<RoundLine> rounds{};  ///< in the order of their days
  std::vector<CheckLine> checklist{};
  std::vector<OpenMatter> open{};
  std::vector<ties::Document> documents{};
};

/// For what somebody is to be thanked.
struct ThanksOwed {
  std::string name{};
  std::string what{};
};

struct InterviewBrief {
  Interview interview{};
  std::string here{};   ///< the same in the user's zone, where that is another one
  std::string title{};  ///< "Staff Engineer at Acme"
  std::string stage{};
  std::string notes{};  ///< of the application
  std::vector<PersonBrief> interviewers{};
  std::vector<CheckLine> checklist{};
  std::vector<OpenMatter> open{};
  std::vector<Participant> people{};  ///< who else has a part in it
  std::vector<RoundLine> earlier{};   ///< oldest first
  std::vector<ThanksOwed> thanks{};
};

/// Who they are to me, the tie and whether to ask, promises in both directions, latest talks, whom and what we share,
/// favours and what I could do for them. Long histories are cut, and the page says so.
Document contact_brief(const PersonBrief& person, Date today);
/// Whom I know there, the strongest first, with the first step; what I applied for, who refers me, my work they know.
Document company_brief(const CompanyBrief& company, Date today);
/// Where it stands and how it came there, who has a part in it, what speaks against the next step, what to prepare.
Document application_brief(const ApplicationBrief& application, Date today);
/// The round, each interviewer in short, preparation, questions, what earlier rounds brought, whom to thank.
Document interview_brief(const InterviewBrief& interview, Date today);

}  // namespace ties::reports
