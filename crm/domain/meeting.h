#pragma once
#include "crm/domain/application.h"
#include "crm/domain/interaction.h"

namespace ties {

/// What kind of being together a calendar's words tell: coffee, call, video (the place is a link), talk, else met.
InteractionKind kind_of_meeting(std::string_view title, std::string_view place);

/// The kind of the round that a title speaks of ("recruiter call", "system design interview"); empty: of none. Knows the
/// words of several languages.
std::string round_in(std::string_view title);

/// An open application as a meeting may belong to it.
struct RoundCandidate {
  Id<Application> application{};
  std::string title{};
  std::string company{};
  Date opened_on{};
  bool has_interviewer{};  ///< somebody in the meeting is its recruiter, hiring manager or interviewer
  bool has_colleague{};    ///< somebody in the meeting works at the company, or writes from its domain
};

/// The application that a meeting is a round of: a title that speaks of a round and names the company or has somebody of
/// it with it, or a meeting with one of its interviewers. Of several the surest, then the latest opened; nothing: of none.
std::optional<Id<Application>> application_of_round(std::string_view meeting, const std::vector<RoundCandidate>& candidates);

}  // namespace ties
