#include "importers/mail_notices.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "crm/text/text.h"
#include "importers/mail_kinds.h"

namespace ties::importers::mail_parts {
namespace {

using std::string_view_literals::operator""sv;
using What = FoundNotice::What;

// Senders.

/// Which part of an address names the employer.
enum class Tenant { none, host, name };
struct JobSystem {
  std::string_view host;
  Tenant tenant;
};
/// Applicant-tracking systems, by the hosts that their mails come from.
constexpr std::array job_systems{
    JobSystem{"applytojob.com", Tenant::host},
    JobSystem{"ashbyhq.com", Tenant::none},
    JobSystem{"avature.net", Tenant::host},
    JobSystem{"bamboohr.com", Tenant::host},
    JobSystem{"breezy.hr", Tenant::host},
    JobSystem{"breezy-mail.com", Tenant::host},
    JobSystem{"comeet-notifications.com", Tenant::none},
    JobSystem{"d.vinci.de", Tenant::host},
    JobSystem{"eightfold.ai", Tenant::none},
    JobSystem{"gem.com", Tenant::none},
    JobSystem{"greenhouse-mail.io", Tenant::none},
    JobSystem{"greenhouse.io", Tenant::none},
    JobSystem{"hire.lever.co", Tenant::none},
    JobSystem{"icims.com", Tenant::name},
    JobSystem{"jazz.co", Tenant::none},
    JobSystem{"jobvite.com", Tenant::none},
    JobSystem{"join.com", Tenant::none},
    JobSystem{"lever.co", Tenant::none},
    JobSystem{"myworkday.com", Tenant::name},
    JobSystem{"myworkdayjobs.com", Tenant::host},
    JobSystem{"oraclecloud.com", Tenant::none},
    JobSystem{"personio.com", Tenant::host},
    JobSystem{"personio.de", Tenant::host},
    JobSystem{"pinpointhq.com", Tenant::host},
    JobSystem{"recruitee.com", Tenant::host},
    JobSystem{"recruitee-mail.com", Tenant::host},
    JobSystem{"rippling.com", Tenant::none},
    JobSystem{"smartrecruiters.com", Tenant::none},
    JobSystem{"softgarden.io", Tenant::host},
    JobSystem{"successfactors.com", Tenant::none},
    JobSystem{"successfactors.eu", Tenant::none},
    JobSystem{"taleo.net", Tenant::host},
    JobSystem{"teamtailor-mail.com", Tenant::host},
    JobSystem{"teamtailor.com", Tenant::host},
    JobSystem{"welcomekit.co", Tenant::none},
    JobSystem{"workable.com", Tenant::none},
    JobSystem{"workablemail.com", Tenant::none},
    JobSystem{"zohorecruitmail.com", Tenant::none},
};

/// Boards, which write of applications that went through them, and far more of other things.
constexpr std::array job_boards{"dice.com"sv,
                                "glassdoor.com"sv,
                                "hired.com"sv,
                                "indeed.com"sv,
                                "indeedemail.com"sv,
                                "infojobs.net"sv,
                                "linkedin.com"sv,
                                "monster.com"sv,
                                "monster.de"sv,
                                "otta.com"sv,
                                "stepstone.de"sv,
                                "wellfound.com"sv,
                                "welcometothejungle.com"sv,
                                "xing.com"sv,
                                "ziprecruiter.com"sv};

/// What employers call the address that writes to candidates.
constexpr std::array job_names{
    "application"sv, "applications"sv, "bewerbung"sv, "candidate"sv, "candidates"sv, "candidature"sv, "candidatures"sv,
    "career"sv,      "careers"sv,      "empleo"sv,    "hiring"sv,    "hr"sv,         "job"sv,         "jobs"sv,
    "jobb"sv,        "karriere"sv,     "people"sv,    "recruit"sv,   "recruiting"sv, "recruitment"sv, "recrutement"sv,
    "rekrutacja"sv,  "talent"sv,       "talents"sv,   "vacatures"sv, "werkenbij"sv};

bool is_of_host(std::string_view host, std::string_view known) {
  return host == known || (host.ends_with(known) && host[host.size() - known.size() - 1] == '.');
}

enum class Sender { person, automatic, board, jobs };

struct SenderParts {
  std::string_view name{}, host{};
  Sender sender{};
  const JobSystem* system{};
};

SenderParts parts_of(std::string_view email) {
  SenderParts parts;
  const auto at = email.rfind('@');
  if (at == email.npos) return parts;
  parts.name = email.substr(0, at), parts.host = email.substr(at + 1);
  const auto* const system = std::find_if(job_systems.begin(), job_systems.end(),
                                          [&](const auto& s) { return is_of_host(parts.host, s.host); });
  if (system != job_systems.end()) parts.system = system;
  const auto first = parts.name.substr(0, parts.name.find_first_of("+.-_"));
  if (parts.system != nullptr) {
    parts.sender = Sender::jobs;
  } else if (std::any_of(job_boards.begin(), job_boards.end(), [&](auto b) { return is_of_host(parts.host, b); })) {
    parts.sender = Sender::board;
  } else if (std::find(job_names.begin(), job_names.end(), first) != job_names.end()) {
    parts.sender = Sender::jobs;
  } else if (is_robot(email)) {
    parts.sender = Sender::automatic;
  }
  return parts;
}

// Subjects.

/// Whose mails a pattern is believed in: those of systems and of employers' addresses for candidates; of any robot too,
/// since nothing else speaks so; or of boards too.
enum class From { jobs, robots, boards };

/// `{company}`, `{role}` and `{referrer}` stand for these, `{}` for anything or nothing; what is between them is
/// compared blind to ASCII case. The first pattern that fits tells, so the longer ones stand first. "Thanks" is read as
/// "thank you".
struct Pattern {
  What what;
  From from;
  std::string_view text;
};
constexpr std::array patterns{
    Pattern{What::referred, From::robots, "{referrer} referred you to a job at {company}"},
    Pattern{What::referred, From::robots, "{referrer} referred you to the {role} position at {company}"},
    Pattern{What::referred, From::robots, "{referrer} referred you for the {role} position at {company}"},
    Pattern{What::referred, From::robots, "{referrer} referred you for the {role} role at {company}"},
    Pattern{What::referred, From::robots, "{referrer} referred you for a job at {company}"},
    Pattern{What::referred, From::robots, "{referrer} has referred you for {role} at {company}"},
    Pattern{What::referred, From::robots, "{referrer} has referred you to {company}"},
    Pattern{What::referred, From::robots, "{referrer} referred you for {role} at {company}"},
    Pattern{What::referred, From::robots, "{referrer} referred you to {company}"},
    Pattern{What::referred, From::robots, "you have been referred to {company} by {referrer}"},
    Pattern{What::referred, From::robots, "you were referred to {company} by {referrer}"},
    Pattern{What::referred, From::robots, "you have been referred for {role} at {company}"},
    Pattern{What::referred, From::robots, "you've been referred for {role} at {company}"},
    Pattern{What::referred, From::robots, "you have been referred to a job at {company}"},
    Pattern{What::referred, From::robots, "you've been referred to a job at {company}"},
    Pattern{What::referred, From::jobs, "you have been referred to {company}"},
    Pattern{What::referred, From::jobs, "you've been referred to {company}"},
    Pattern{What::referred, From::jobs, "{referrer} hat dich für eine stelle bei {company} empfohlen"},
    Pattern{What::referred, From::jobs, "{referrer} hat sie für eine stelle bei {company} empfohlen"},
    Pattern{What::referred, From::jobs, "{referrer} vous a recommandé pour un poste chez {company}"},

    Pattern{What::rejected, From::jobs, "{}application was not successful{}"},
    Pattern{What::rejected, From::jobs, "{}application has been rejected{}"},
    Pattern{What::rejected, From::jobs, "{}application unsuccessful{}"},
    Pattern{What::rejected, From::jobs, "unsuccessful application{}"},
    Pattern{What::rejected, From::jobs, "absage ihrer bewerbung{}"},
    Pattern{What::rejected, From::jobs, "absage zu ihrer bewerbung{}"},
    Pattern{What::rejected, From::jobs, "absage{}bewerbung{}"},
    Pattern{What::rejected, From::jobs, "{}bewerbung{} absage"},

    Pattern{What::offer, From::jobs, "your offer from {company}"},
    Pattern{What::offer, From::jobs, "your offer letter from {company}"},
    Pattern{What::offer, From::jobs, "offer letter from {company}"},
    Pattern{What::offer, From::jobs, "job offer from {company}"},
    Pattern{What::offer, From::jobs, "offer of employment from {company}"},
    Pattern{What::offer, From::jobs, "offer of employment at {company}"},
    Pattern{What::offer, From::robots, "offer of employment with {company}"},
    Pattern{What::offer, From::jobs, "offer of employment{}"},
    Pattern{What::offer, From::jobs, "your offer of employment{}"},
    Pattern{What::offer, From::jobs, "{company} offer letter"},
    Pattern{What::offer, From::jobs, "your offer letter{}"},
    Pattern{What::offer, From::jobs, "ihr vertragsangebot{}"},
    Pattern{What::offer, From::jobs, "votre proposition d'embauche{}"},

    Pattern{What::interview, From::robots, "interview invitation from {company}"},
    Pattern{What::interview, From::robots, "invitation to interview with {company}"},
    Pattern{What::interview, From::robots, "invitation to interview at {company}"},
    Pattern{What::interview, From::jobs, "invitation to interview for {role} at {company}"},
    Pattern{What::interview, From::jobs, "schedule your interview with {company}"},
    Pattern{What::interview, From::jobs, "schedule your interview for {role} at {company}"},
    Pattern{What::interview, From::jobs, "your interview for {role} at {company}"},
    Pattern{What::interview, From::jobs, "your upcoming interview with {company}"},
    Pattern{What::interview, From::jobs, "your interview with {company}"},
    Pattern{What::interview, From::jobs, "your interview at {company}"},
    Pattern{What::interview, From::jobs, "interview confirmation with {company}"},
    Pattern{What::interview, From::jobs, "interview with {company}"},
    Pattern{What::interview, From::jobs, "{company} interview invitation"},
    Pattern{What::interview, From::jobs, "{company} interview confirmation"},
    Pattern{What::interview, From::jobs, "interview invitation{}"},
    Pattern{What::interview, From::jobs, "interview confirmation{}"},
    Pattern{What::interview, From::jobs, "interview scheduled{}"},
    Pattern{What::interview, From::jobs, "interview request{}"},
    Pattern{What::interview, From::jobs, "invitation to interview{}"},
    Pattern{What::interview, From::jobs, "schedule your interview{}"},
    Pattern{What::interview, From::jobs, "schedule an interview{}"},
    Pattern{What::interview, From::jobs, "your interview is {}"},
    Pattern{What::interview, From::jobs, "einladung zum vorstellungsgespräch bei {company}"},
    Pattern{What::interview, From::jobs, "einladung zum vorstellungsgespräch{}"},
    Pattern{What::interview, From::jobs, "einladung zum bewerbungsgespräch{}"},
    Pattern{What::interview, From::jobs, "invitation à un entretien chez {company}"},
    Pattern{What::interview, From::jobs, "invitation à un entretien{}"},
    Pattern{What::interview, From::jobs, "invitación a una entrevista{}"},
    Pattern{What::interview, From::jobs, "invito a un colloquio{}"},
    Pattern{What::interview, From::jobs, "convite para entrevista{}"},
    Pattern{What::interview, From::jobs, "uitnodiging voor een sollicitatiegesprek{}"},
    Pattern{What::interview, From::jobs, "invitation till intervju{}"},
    Pattern{What::interview, From::jobs, "invitasjon til intervju{}"},
    Pattern{What::interview, From::jobs, "zaproszenie na rozmowę{}"},

    Pattern{What::received, From::boards, "{}your application was sent to {company}"},
    Pattern{What::received, From::boards, "{}ihre bewerbung wurde an {company} gesendet"},
    Pattern{What::received, From::boards, "{}deine bewerbung wurde an {company} gesendet"},
    Pattern{What::received, From::boards, "{}votre candidature a été envoyée à {company}"},
    Pattern{What::received, From::robots, "thank you for applying to the {role} position at {company}"},
    Pattern{What::received, From::robots, "thank you for applying for the {role} position at {company}"},
    Pattern{What::received, From::robots, "thank you for applying to the {role} role at {company}"},
    Pattern{What::received, From::robots, "thank you for applying for the {role} role at {company}"},
    Pattern{What::received, From::robots, "thank you for applying to be a {role} at {company}"},
    Pattern{What::received, From::robots, "thank you for applying for {role} at {company}"},
    Pattern{What::received, From::jobs, "thank you for applying for {role} with {company}"},
    Pattern{What::received, From::robots, "thank you for applying to {role} at {company}"},
    Pattern{What::received, From::robots, "thank you for applying to {company}"},
    Pattern{What::received, From::robots, "thank you for applying at {company}"},
    Pattern{What::received, From::jobs, "thank you for applying with {company}"},
    Pattern{What::received, From::jobs, "thank you for applying for the {role} position"},
    Pattern{What::received, From::jobs, "thank you for applying for {role}"},
    Pattern{What::received, From::jobs, "thank you for applying{}"},
    Pattern{What::received, From::robots, "thank you for your application for {role} at {company}"},
    Pattern{What::received, From::robots, "thank you for your application to {role} at {company}"},
    Pattern{What::received, From::jobs, "thank you for your application to {company}"},
    Pattern{What::received, From::jobs, "thank you for your application at {company}"},
    Pattern{What::received, From::jobs, "thank you for your application with {company}"},
    Pattern{What::received, From::jobs, "thank you for your application for {role}"},
    Pattern{What::received, From::jobs, "thank you for your application{}"},
    Pattern{What::received, From::jobs, "thank you for submitting your application to {company}"},
    Pattern{What::received, From::robots, "we received your application for {role} at {company}"},
    Pattern{What::received, From::robots, "we have received your application for {role} at {company}"},
    Pattern{What::received, From::robots, "we've received your application for {role} at {company}"},
    Pattern{What::received, From::jobs, "we received your application to {company}"},
    Pattern{What::received, From::jobs, "we've received your application to {company}"},
    Pattern{What::received, From::jobs, "we've received your application{}"},
    Pattern{What::received, From::jobs, "we have received your application{}"},
    Pattern{What::received, From::jobs, "we received your application{}"},
    Pattern{What::received, From::jobs, "{company} has received your application"},
    Pattern{What::received, From::jobs, "{company} received your application"},
    Pattern{What::received, From::robots, "your application for the {role} position at {company}"},
    Pattern{What::received, From::robots, "your application for the {role} role at {company}"},
    Pattern{What::received, From::robots, "your application for {role} at {company}"},
    Pattern{What::received, From::robots, "your application to {role} at {company}"},
    Pattern{What::received, From::jobs, "your application to {company} has been received"},
    Pattern{What::received, From::jobs, "your application to {company}"},
    Pattern{What::received, From::jobs, "your application at {company}"},
    Pattern{What::received, From::jobs, "your application with {company}"},
    Pattern{What::received, From::jobs, "your application for {role} has been received"},
    Pattern{What::received, From::jobs, "your application for {role}"},
    Pattern{What::received, From::jobs, "your application has been received{}"},
    Pattern{What::received, From::jobs, "your application has been submitted{}"},
    Pattern{What::received, From::jobs, "{company} application confirmation"},
    Pattern{What::received, From::jobs, "{company} application received"},
    Pattern{What::received, From::jobs, "application confirmation{}"},
    Pattern{What::received, From::jobs, "application received{}"},
    Pattern{What::received, From::jobs, "application submitted{}"},
    Pattern{What::received, From::jobs, "confirmation of your application{}"},
    Pattern{What::received, From::jobs, "vielen dank für ihre bewerbung als {role} bei {company}"},
    Pattern{What::received, From::jobs, "vielen dank für ihre bewerbung bei {company}"},
    Pattern{What::received, From::jobs, "vielen dank für deine bewerbung bei {company}"},
    Pattern{What::received, From::jobs, "vielen dank für ihre bewerbung{}"},
    Pattern{What::received, From::jobs, "vielen dank für deine bewerbung{}"},
    Pattern{What::received, From::jobs, "danke für deine bewerbung bei {company}"},
    Pattern{What::received, From::jobs, "ihre bewerbung als {role} bei {company}"},
    Pattern{What::received, From::jobs, "deine bewerbung als {role} bei {company}"},
    Pattern{What::received, From::jobs, "ihre bewerbung bei {company}"},
    Pattern{What::received, From::jobs, "deine bewerbung bei {company}"},
    Pattern{What::received, From::jobs, "eingangsbestätigung{}bewerbung{}"},
    Pattern{What::received, From::jobs, "merci pour votre candidature chez {company}"},
    Pattern{What::received, From::jobs, "merci pour votre candidature{}"},
    Pattern{What::received, From::jobs, "votre candidature chez {company}"},
    Pattern{What::received, From::jobs, "confirmation de votre candidature{}"},
    Pattern{What::received, From::jobs, "nous avons bien reçu votre candidature{}"},
    Pattern{What::received, From::jobs, "gracias por postularte a {company}"},
    Pattern{What::received, From::jobs, "gracias por tu candidatura{}"},
    Pattern{What::received, From::jobs, "hemos recibido tu candidatura{}"},
    Pattern{What::received, From::jobs, "tu candidatura en {company}"},
    Pattern{What::received, From::jobs, "recebemos sua candidatura{}"},
    Pattern{What::received, From::jobs, "recebemos a sua candidatura{}"},
    Pattern{What::received, From::jobs, "grazie per la tua candidatura{}"},
    Pattern{What::received, From::jobs, "abbiamo ricevuto la tua candidatura{}"},
    Pattern{What::received, From::jobs, "bedankt voor je sollicitatie bij {company}"},
    Pattern{What::received, From::jobs, "bedankt voor je sollicitatie{}"},
    Pattern{What::received, From::jobs, "tack för din ansökan till {company}"},
    Pattern{What::received, From::jobs, "tack för din ansökan{}"},
    Pattern{What::received, From::jobs, "takk for din søknad{}"},
    Pattern{What::received, From::jobs, "tak for din ansøgning{}"},
    Pattern{What::received, From::jobs, "dziękujemy za aplikację{}"},
};

/// Display names of senders, in the same way.
constexpr std::array sender_names{
    "careers at {company}"sv,
    "the {company} hiring team"sv,
    "{company} hiring team"sv,
    "the {company} recruiting team"sv,
    "{company} recruiting team"sv,
    "{company} recruitment team"sv,
    "{company} talent acquisition{}"sv,
    "{company} talent team"sv,
    "{company} people team"sv,
    "the {company} team"sv,
    "{company} recruiting"sv,
    "{company} recruitment"sv,
    "{company} careers"sv,
    "{company} karriere"sv,
    "{company} recrutement"sv,
    "{company} jobs"sv,
    "{company} hr"sv,
    "{company} hr team"sv,
    "{company} team"sv,
    "{company} via greenhouse"sv,
    "{company} via lever"sv,
    "{company} via {}"sv,
    "{company} @ icims"sv,
    "{company} workday"sv,
    "{} at {company}"sv,
    "{} from {company}"sv,
    "{} @ {company}"sv,
};

constexpr std::array title_words{"engineer"sv,  "developer"sv,  "scientist"sv,  "manager"sv,    "designer"sv,
                                 "analyst"sv,   "researcher"sv, "intern"sv,     "architect"sv,  "consultant"sv,
                                 "director"sv,  "specialist"sv, "programmer"sv, "entwickler"sv, "ingenieur"sv,
                                 "ingénieur"sv, "ingeniero"sv,  "lead"sv};

struct Found {
  std::string company{}, role{}, referrer{};
};

std::string ascii_lowered(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lowered;
}

/// Without blanks, quotes and the like around it.
std::string bare(std::string_view text) {
  constexpr auto signs = " \t!.,:;\"'()[]|-"sv;
  const auto begin = text.find_first_not_of(signs);
  if (begin == text.npos) return {};
  auto end = text.find_last_not_of(signs) + 1;
  if (end < text.size() && text[end] == ')' && text.substr(begin, end - begin).find('(') != text.npos) ++end;
  return std::string(text.substr(begin, end - begin));
}

/// "Acme - Software Engineer" is the company before, and a role behind if it sounds like one.
std::string company_in(std::string_view text, std::string& role) {
  for (const auto sign : {" - "sv, " – "sv, " — "sv, " | "sv, " · "sv, ": "sv, "! "sv, ", "sv, " ("sv}) {
    const auto end = text.find(sign);
    if (end == text.npos || end == 0) continue;
    const auto rest = bare(text.substr(end + sign.size()));
    const auto lowered = ascii_lowered(rest);
    const bool is_role = std::any_of(title_words.begin(), title_words.end(),
                                     [&](auto word) { return lowered.find(word) != lowered.npos; });
    if (sign == ", " && !is_role) continue;  // "Halcyon & Pike, LLC"
    if (role.empty() && is_role) role = rest;
    text = text.substr(0, end);
  }
  auto name = bare(text);
  for (const auto ending : {" hiring team"sv, " careers"sv, " team"sv}) {
    if (ascii_lowered(name).ends_with(ending)) name.resize(name.size() - ending.size());
  }
  return name;
}

/// No words for any company, nor what only stands where one would.
bool is_company(std::string_view name) {
  constexpr std::size_t bytes_max = 80;
  constexpr std::array others{"us"sv,
                              "our team"sv,
                              "our company"sv,
                              "the team"sv,
                              "this role"sv,
                              "the role"sv,
                              "this position"sv,
                              "a job"sv,
                              "jobs"sv,
                              "careers"sv,
                              "recruiting"sv,
                              "hiring"sv,
                              "talent"sv,
                              "no-reply"sv,
                              "noreply"sv,
                              "notification"sv,
                              "notifications"sv,
                              "workday"sv,
                              "greenhouse"sv,
                              "lever"sv,
                              "ashby"sv,
                              "icims"sv,
                              "smartrecruiters"sv,
                              "workable"sv,
                              "teamtailor"sv,
                              "personio"sv,
                              "recruitee"sv,
                              "the"sv,
                              "your"sv,
                              "our"sv,
                              "new"sv,
                              "update"sv,
                              "reminder"sv,
                              "application"sv,
                              "interview"sv,
                              "human resources"sv,
                              "hr"sv,
                              "the position"sv,
                              "we"sv,
                              "you"sv};
  constexpr std::array parts{"position"sv, " role"sv,     "vacancy"sv,    "application"sv,
                             "your "sv,    "bewerbung"sv, "candidature"sv};
  const auto lowered = ascii_lowered(name);
  return lowered.size() > 1 && lowered.size() <= bytes_max &&
         std::find(others.begin(), others.end(), lowered) == others.end() &&
         std::none_of(parts.begin(), parts.end(), [&](auto part) { return lowered.find(part) != lowered.npos; });
}

/// Fits the pattern onto the whole text. `lowered` is `text` in lower case.
bool fits(std::string_view pattern, std::string_view text, std::string_view lowered, Found& found) {
  std::size_t at = 0;
  while (!pattern.empty()) {
    if (!pattern.starts_with('{')) {
      const auto literal = pattern.substr(0, pattern.find('{'));
      if (!lowered.substr(at).starts_with(literal)) return false;
      at += literal.size();
      pattern.remove_prefix(literal.size());
      continue;
    }
    const auto slot = pattern.substr(1, pattern.find('}') - 1);
    pattern.remove_prefix(slot.size() + 2);
    const auto literal = pattern.substr(0, pattern.find('{'));
    const auto end = literal.empty() ? text.size() : lowered.find(literal, at);
    if (end == text.npos) return false;
    const auto value = text.substr(at, end - at);
    if (!slot.empty() && bare(value).empty()) return false;
    if (slot == "company") found.company = company_in(value, found.role);
    if (slot == "role") found.role = bare(value);
    if (slot == "referrer") found.referrer = bare(value);
    at = end;
  }
  return bare(text.substr(at)).empty() && (found.company.empty() || is_company(found.company));
}

bool believes(Sender sender, From from) {
  switch (from) {
    case From::jobs:
      return sender == Sender::jobs;
    case From::robots:
      return sender == Sender::jobs || sender == Sender::automatic;
    case From::boards:
      return sender != Sender::person;
  }
  return false;
}

const Pattern* pattern_of(std::string_view subject, Sender sender, Found& found) {
  const auto lowered = ascii_lowered(subject);
  for (const auto& pattern : patterns) {
    Found tried;
    if (!believes(sender, pattern.from) || !fits(pattern.text, subject, lowered, tried)) continue;
    found = std::move(tried);
    return &pattern;
  }
  return nullptr;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// "acme-labs" as "Acme Labs".
std::string as_name(std::string_view label) {
  std::string name;
  bool begins = true;
  for (const char c : label) {
    if (c == '-' || c == '_' || c == '.') {
      if (!name.empty()) name += ' ';
      begins = true;
      continue;
    }
    name += begins && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins = false;
  }
  return name;
}

/// Of the sender's display name, or of the part of the address that is the employer's.
std::string company_of(const Address& from, const SenderParts& parts) {
  const auto lowered = ascii_lowered(from.shown);
  for (const auto name : sender_names) {
    Found found;
    if (fits(name, from.shown, lowered, found) && !found.company.empty()) return found.company;
  }
  constexpr std::array generic{"mail"sv,       "email"sv, "us"sv,  "eu"sv,    "m"sv,       "jobs"sv,
                               "candidates"sv, "hire"sv,  "app"sv, "reply"sv, "careers"sv, "talent"sv};
  const auto is_tenant = [&](std::string_view label) {
    return label.size() > 1 && std::find(generic.begin(), generic.end(), label) == generic.end() &&
           !is_robot(std::string(label) + "@" + std::string(parts.host)) && is_company(as_name(label));
  };
  if (parts.system == nullptr) {  // an address of the employer's own
    const auto top = parts.host.rfind('.');
    auto host = parts.host.substr(0, top == parts.host.npos ? 0 : top);
    for (const auto second : {".co"sv, ".com"sv}) {
      if (host.ends_with(second)) host.remove_suffix(second.size());
    }
    const auto label = host.substr(host.rfind('.') + 1);
    if (is_tenant(label)) return as_name(label);
    return {};
  }
  if (parts.system->tenant == Tenant::host && parts.host.size() > parts.system->host.size()) {
    const auto labels = parts.host.substr(0, parts.host.size() - parts.system->host.size() - 1);
    const auto label = labels.substr(0, labels.find('.'));
    if (is_tenant(label)) return as_name(label);
  }
  if (parts.system->tenant == Tenant::name) {
    const auto label = parts.name.substr(0, parts.name.find('+'));
    if (is_tenant(label)) return as_name(label);
  }
  const bool one_word = !from.shown.empty() && from.shown.find(' ') == std::string::npos;
  return one_word && from.shown.find('@') == std::string::npos && is_company(from.shown) ? from.shown : std::string();
}

}  // namespace

std::optional<FoundNotice> notice_of(const Address& from, std::string_view subject) {
  constexpr std::size_t subject_bytes_max = 300;
  const auto parts = parts_of(from.email);
  if (parts.sender == Sender::person || subject.empty() || subject.size() > subject_bytes_max) return std::nullopt;
  auto text = replaced(std::string(subject), "’", "'");
  text = replaced(replaced(std::move(text), "Thanks for ", "Thank you for "), "thanks for ", "thank you for ");
  text = text::clean_line(text::without_pictures(text), subject_bytes_max + 100);

  for (const auto sign : {"re:"sv, "aw:"sv, "sv:"sv, "fw:"sv, "fwd:"sv, "wg:"sv, "tr:"sv}) {
    if (same_word(text.substr(0, sign.size()), sign)) return std::nullopt;
  }

  Found found;
  const auto* pattern = pattern_of(text, parts.sender, found);
  // "Acme | Thank you for applying", "[Acme] Application received", "Signe, thank you for applying to Acme"
  for (const auto sign : {" | "sv, " - "sv, " – "sv, ": "sv, "] "sv, ", "sv}) {
    if (pattern != nullptr) break;
    const auto end = text.find(sign);
    if (end == text.npos) continue;
    const auto before = bare(std::string_view(text).substr(0, end));
    if (ascii_lowered(before).find("update") != std::string::npos ||
        ascii_lowered(before).find("status") != std::string::npos)
      break;
    pattern = pattern_of(std::string_view(text).substr(end + sign.size()), parts.sender, found);
    if (pattern != nullptr && found.company.empty() && sign != ", " && is_company(before)) found.company = before;
  }
  if (pattern == nullptr) return std::nullopt;
  if (found.company.empty()) found.company = company_of(from, parts);
  if (found.company.empty()) return std::nullopt;

  FoundNotice notice;
  notice.what = pattern->what;
  notice.company = found.company;
  notice.role = found.role;
  notice.referrer = found.referrer;
  notice.evidence =
      fmt::format("{} — {}", subject, from.shown.empty() ? from.email : from.shown + " <" + from.email + ">");
  return notice;
}

}  // namespace ties::importers::mail_parts
