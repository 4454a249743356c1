#include "crm/domain/meeting.h"

#include "crm/domain/company.h"
#include "crm/text/text.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace ties {
namespace {

/// Whole words within a folded text; of a phrase all in a row.
bool has_words(const std::string& folded, std::string_view words) {
  return (" " + folded + " ").find(" " + std::string(words) + " ") != std::string::npos;
}

struct KindWord {
  std::string_view words;
  InteractionKind kind;
};
constexpr std::array kind_words{
    KindWord{"coffee", InteractionKind::coffee},    KindWord{"kaffee", InteractionKind::coffee},
    KindWord{"kaffe", InteractionKind::coffee},     KindWord{"cafe", InteractionKind::coffee},
    KindWord{"caffe", InteractionKind::coffee},     KindWord{"lunch", InteractionKind::met},
    KindWord{"dinner", InteractionKind::met},       KindWord{"phone", InteractionKind::call},
    KindWord{"telefon", InteractionKind::call},     KindWord{"telefonat", InteractionKind::call},
    KindWord{"phone call", InteractionKind::call},  KindWord{"call", InteractionKind::call},
    KindWord{"anruf", InteractionKind::call},       KindWord{"appel", InteractionKind::call},
    KindWord{"llamada", InteractionKind::call},     KindWord{"zoom", InteractionKind::video},
    KindWord{"video call", InteractionKind::video}, KindWord{"google meet", InteractionKind::video},
    KindWord{"teams", InteractionKind::video},      KindWord{"talk by", InteractionKind::talk},
};

/// The words of a title that make it a round → the round's kind. The first that fits wins: the exact before the general.
constexpr std::array<std::pair<std::string_view, std::string_view>, 40> rounds{{
    {"recruiter call", "recruiter call"},
    {"recruiter screen", "recruiter call"},
    {"recruiting call", "recruiter call"},
    {"recruiter chat", "recruiter call"},
    {"intro call with recruiter", "recruiter call"},
    {"hr interview", "recruiter call"},
    {"hr call", "recruiter call"},
    {"phone screen", "phone screen"},
    {"phone interview", "phone screen"},
    {"telefoninterview", "phone screen"},
    {"technical screen", "technical screen"},
    {"tech screen", "technical screen"},
    {"screening call", "phone screen"},
    {"coding interview", "coding interview"},
    {"coding challenge", "coding interview"},
    {"live coding", "coding interview"},
    {"pair programming", "coding interview"},
    {"system design", "system design interview"},
    {"technical interview", "technical interview"},
    {"tech interview", "technical interview"},
    {"behavioral interview", "behavioural interview"},
    {"behavioural interview", "behavioural interview"},
    {"culture interview", "people and culture interview"},
    {"values interview", "people and culture interview"},
    {"hiring manager", "hiring manager call"},
    {"team lead", "team lead interview"},
    {"panel interview", "panel interview"},
    {"onsite", "onsite"},
    {"on site interview", "onsite"},
    {"virtual onsite", "onsite"},
    {"final round", "final round"},
    {"final interview", "final round"},
    {"vorstellungsgesprach", "interview"},
    {"bewerbungsgesprach", "interview"},
    {"entretien d embauche", "interview"},
    {"entretien", "interview"},
    {"entrevista", "interview"},
    {"colloquio", "interview"},
    {"sollicitatiegesprek", "interview"},
    {"interview", "interview"},
}};

bool names(const std::string& title, const std::string& company) {
  const auto key = company_key(company);
  return !key.empty() && has_words(title, text::fold(key));
}

}  // namespace

InteractionKind kind_of_meeting(std::string_view title, std::string_view place) {
  const auto words = text::fold(title);
  for (const auto& [said, kind] : kind_words) {
    if (has_words(words, said) && kind != InteractionKind::call) return kind;
  }
  if (place.starts_with("http://") || place.starts_with("https://")) return InteractionKind::video;
  for (const auto& [said, kind] : kind_words) {
    if (has_words(words, said)) return kind;
  }
  return InteractionKind::met;
}

std::string round_in(std::string_view title) {
  const auto words = text::fold(title);
  for (const auto& [said, kind] : rounds) {
    if (has_words(words, said)) return std::string(kind);
  }
  return {};
}

std::optional<Id<Application>> application_of_round(std::string_view meeting, const std::vector<RoundCandidate>& candidates) {
  const auto title = text::fold(meeting);
  const bool is_round = !round_in(meeting).empty();
  const auto rank = [&](const RoundCandidate& candidate) {
    const bool named = names(title, candidate.company);
    const bool belongs = candidate.has_interviewer || (is_round && (named || candidate.has_colleague));
    const bool of_role = has_words(title, text::fold(candidate.title));
    return belongs ? std::tuple(1 + candidate.has_interviewer + named + candidate.has_colleague + of_role, candidate.opened_on) : std::tuple(0, Date{});
  };
  const auto best = std::max_element(candidates.begin(), candidates.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  if (best == candidates.end() || std::get<0>(rank(*best)) == 0) return std::nullopt;
  return best->application;
}

}  // namespace ties
