#include <algorithm>

#include "crm/text/text.h"
#include "importers/table_dates.h"
#include "importers/table_mapping.h"

namespace ties::importers {
namespace {

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// career-ops' contacts.tsv: name, company, type, title, phone, email, linkedin, number in the tracker or "-", notes;
/// cells at the end may be missing.
bool is_career_ops_contact(const std::vector<std::string>& cells) {
  constexpr std::array types{"recruiter"sv, "hiring-manager"sv, "peer"sv, "interviewer"sv, "other"sv};
  if (cells.size() < 4 || cells[0].empty() || cells[1].empty()) return false;
  const bool has_number = cells.size() >= 8 && (cells[7] == "-" || is_number(cells[7]));
  return std::find(types.begin(), types.end(), cells[2]) != types.end() || (cells[2].empty() && has_number);
}

}  // namespace

const std::vector<TableFormat>& table_formats() {
  constexpr auto people = TableOf::contacts;
  constexpr auto jobs = TableOf::applications;
  // Settings of a program that tell nothing of the person.
  static const std::vector<std::pair<std::string_view, std::string_view>> outlook{{"E-mail Type", "ignore"},
                                                                                  {"E-mail 2 Type", "ignore"},
                                                                                  {"E-mail 3 Type", "ignore"},
                                                                                  {"Priority", "ignore"},
                                                                                  {"Sensitivity", "ignore"},
                                                                                  {"Private", "ignore"},
                                                                                  {"Language", "ignore"},
                                                                                  {"Initials", "ignore"},
                                                                                  {"E-mail Display Name", "ignore"},
                                                                                  {"E-mail 2 Display Name", "ignore"},
                                                                                  {"E-mail 3 Display Name", "ignore"}};
  static const std::vector<TableFormat> formats{
      {"Ties contacts",
       "ties",
       people,
       {"Name", "Given name", "Family name", "Other jobs", "More", "UID"},
       {{"Since", "started"}, {"Other jobs", "other_jobs"}, {"More", "more"}, {"UID", "record"}, {"Handle", "handle"}},
       {},
       nullptr,
       0,
       true},
      {"Google contacts, until 2024",
       "google",
       people,
       {"Given Name", "Family Name", "Group Membership|Yomi Name"},
       {{"Photo", "ignore"}, {"Short Name", "extra"}}},
      {"Google contacts, since 2024",
       "google",
       people,
       {"First Name", "Last Name", "Phonetic First Name", "Organization Name|E-mail 1 - Value|Labels"},
       {{"Photo", "ignore"}, {"File As", "extra"}}},
      {"Outlook contacts",
       "outlook",
       people,
       {"First Name", "E-mail Address", "E-mail Type|E-mail Display Name"},
       outlook},
      {"Outlook.com contacts", "outlook", people, {"Given Yomi", "Surname Yomi", "E-mail Address"}, outlook},
      {"Google contacts for Outlook",
       "google",
       people,
       {"First Name", "E-mail Address", "Internet Free Busy", "Categories"},
       outlook},
      {"Outlook contacts",
       "outlook",
       people,
       {"Vorname|Prénom|Nome|Primeiro nome|Nombre|Voornaam|First Name",
        "Nachname|Nom|Cognome|Último nome|Sobrenome|Apellidos|Achternaam|Last Name",
        "E-Mail-Adresse|Adresse de messagerie|Indirizzo e-mail|Indirizzo posta elettronica|Endereço de e-mail|"
        "Dirección de correo electrónico|E-mailadres|E-mail Address",
        "Firma|Société|Società|Empresa|Organización|Compañía|Bedrijf|Company"},
       {{"Priorität", "ignore"}, {"Vertraulichkeit", "ignore"}, {"Priorité", "ignore"}, {"Priorità", "ignore"}}},
      {"Thunderbird contacts",
       "thunderbird",
       people,
       {"Display Name", "Primary Email", "Screen Name|Birth Year"},
       {{"Birth Day", "birth_day"}}},
      {"HubSpot contacts",
       "hubspot",
       people,
       {"Record ID", "First Name|Last Name|Email", "Contact owner|Lead Status|Lifecycle Stage|Create Date"},
       {}},
      {"HubSpot deals", "hubspot", jobs, {"Deal Name", "Deal Stage"}, {{"Record ID", "record"}}},
      {"Twenty people",
       "twenty",
       people,
       {"Name / First Name", "Name / Last Name", "Emails / Primary Email"},
       {{"Phones / Primary Phone Calling Code", "ignore"}}},
      {"Salesforce contacts",
       "salesforce",
       people,
       {"Last Name|Full Name|Name", "Account Name",
        "Contact Owner|Account Owner|Mailing City|Lead Source|Contact ID|Phone"},
       {{"Contact Owner", "extra"}}},
      {"JobSync jobs", "jobsync", jobs, {"createdAt", "appliedDate", "JobTitle"}, {{"index", "ignore"}}},
      {"Huntr jobs", "huntr", jobs, {"Title", "Company", "List", "Job Post Url"}, {}},
      {"Teal jobs", "teal", jobs, {"Company", "Job Position", "Status", "Date Applied|Date Saved"}, {}},
      {"Reactive Resume applications",
       "reactive-resume",
       jobs,
       {"company", "jobTitle", "jobUrl|resumeId", "appliedAt|applicationMethod"},
       {{"jobDescription", "extra"}, {"resumeId", "document"}}},
      {"career-ops tracker", "career-ops", jobs, {"#", "Company", "Role", "Score", "Status"}, {{"PDF", "extra"}}},
      {"career-ops contacts",
       "career-ops",
       people,
       {"name", "company", "type", "tracker|tracker#"},
       {{"type", "part"}, {"tracker", "contact"}, {"tracker#", "contact"}},
       "name|company|type|title|phone|email|linkedin|tracker|notes",
       is_career_ops_contact,
       4},
  };
  return formats;
}

}  // namespace ties::importers
