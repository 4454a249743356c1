#include "crm/store/store.h"
#include "crm/text/text.h"

namespace ties {

std::vector<Store::ApplicationLine> Store::application_lines(bool open_only, std::optional<Id<Company>> company) {
  auto query = database_.query("SELECT " + rows::columns<Application>("application.") + R"sql(,
      coalesce(company.name, ''), stage.name, stage.kind,
      coalesce((SELECT max(s."on") FROM application_step s WHERE s.application = application.id AND s.stage = application.stage
                AND s.id > coalesce((SELECT max(o.id) FROM application_step o WHERE o.application = application.id
                                     AND o.stage IS NOT application.stage), 0)
                AND s.id = (SELECT min(f.id) FROM application_step f WHERE f.application = application.id AND f.stage = application.stage
                            AND f.id > coalesce((SELECT max(o.id) FROM application_step o WHERE o.application = application.id
                                                 AND o.stage IS NOT application.stage), 0))), opened_on),
      coalesce(referrer.display, ''), referrer.id
    FROM application
    LEFT JOIN contact referrer ON referrer.id = coalesce(
      (SELECT referral.referrer FROM referral WHERE referral.application = application.id ORDER BY referral.id LIMIT 1),
      (SELECT part.contact FROM application_contact part WHERE part.application = application.id AND part.part = 'referrer' ORDER BY part.id LIMIT 1))
    JOIN stage ON stage.id = application.stage LEFT JOIN company ON company.id = application.company
    WHERE (?1 = 0 OR (outcome = 'open' AND application.archived = 0)) AND (?2 IS NULL OR application.company = ?2)
    ORDER BY outcome <> 'open', stage.position, application.id)sql");
  rows::bind_all(*query, open_only, company);
  std::vector<ApplicationLine> lines;
  while (query->executeStep()) {
    int at = 0;
    ApplicationLine line;
    line.application = rows::record<Application>(*query, at);
    line.company = query->getColumn(at++).getString();
    line.stage = query->getColumn(at++).getString();
    rows::read(query->getColumn(at++), line.stage_kind);
    rows::read(query->getColumn(at++), line.in_stage_since);
    line.referrer = query->getColumn(at++).getString();
    rows::read(query->getColumn(at++), line.referrer_id);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<ApplicationStep> Store::steps(Id<Application> application) {
  return select<ApplicationStep>("WHERE application = ? ORDER BY id", application);
}

std::vector<std::pair<Contact, ApplicationPart>> Store::people_of(Id<Application> application) {
  auto query = database_.query("SELECT " + rows::columns<Contact>("contact.") + R"sql(, link.part
    FROM application_contact link JOIN contact ON contact.id = link.contact WHERE link.application = ? ORDER BY link.id)sql");
  rows::bind_all(*query, application);
  std::vector<std::pair<Contact, ApplicationPart>> people;
  while (query->executeStep()) {
    int at = 0;
    auto contact = rows::record<Contact>(*query, at);
    ApplicationPart part{};
    rows::read(query->getColumn(at), part);
    people.emplace_back(std::move(contact), part);
  }
  return people;
}

std::vector<ApplicationContact> Store::links_of(Id<Application> application) { return select<ApplicationContact>("WHERE application = ? ORDER BY id", application); }

std::vector<InterviewContact> Store::links_of(Id<Interview> interview) { return select<InterviewContact>("WHERE interview = ? ORDER BY id", interview); }

std::vector<Application> Store::applications_at(Id<Company> company) { return select<Application>("WHERE company = ? ORDER BY id", company); }

std::vector<Application> Store::applications_with(Id<Contact> contact) {
  return select<Application>(R"sql(
    WHERE id IN (SELECT application FROM application_contact WHERE contact = ?1
                 UNION SELECT application FROM referral WHERE referrer = ?1
                 UNION SELECT i.application FROM interview_contact c JOIN interview i ON i.id = c.interview WHERE c.contact = ?1)
    ORDER BY id
  )sql", contact);
}

std::vector<Application> Store::applications_called(const std::string& folded_words) {
  std::vector<Application> found;
  for (const auto& line : application_lines(false, std::nullopt)) {
    if (text::fold(line.application.title + " " + line.company).find(folded_words) != std::string::npos) found.push_back(line.application);
  }
  return found;
}

std::vector<Interview> Store::interviews(std::optional<Id<Application>> application) {
  return select<Interview>("WHERE ?1 IS NULL OR application = ?1 ORDER BY at, id", application);
}

std::vector<Contact> Store::people_of(Id<Interview> interview) {
  return select<Contact>("JOIN interview_contact link ON link.contact = contact.id WHERE link.interview = ? ORDER BY link.id", interview);
}

std::vector<Document> Store::documents(std::optional<Id<Application>> application) {
  return select<Document>("WHERE ?1 IS NULL OR application = ?1 ORDER BY added_on DESC, id DESC", application);
}

}  // namespace ties
