#include "crm/store/store.h"

#include <algorithm>
#include "crm/text/text.h"

namespace ties {

void complete(Company& company) { company.key = company_key(company.name); }

void complete(CompanyAlias& alias) { alias.key = alias.kind == AliasKind::name ? company_key(alias.value) : text::lower(alias.value); }

std::vector<Company> Store::companies_keyed(const std::string& key) {
  return select<Company>("WHERE key = ?1 OR id IN (SELECT company FROM company_alias WHERE company_alias.key = ?1) ORDER BY id", key);
}

std::vector<Company> Store::companies_like(const std::vector<std::string>& words) {
  std::vector<Company> found;
  for (auto& company : select<Company>("ORDER BY name COLLATE NOCASE")) {
    const auto folded = text::fold(company.name);
    const bool all = std::all_of(words.begin(), words.end(), [&](const auto& word) { return folded.find(word) != std::string::npos; });
    if (all) found.push_back(std::move(company));
  }
  return found;
}

std::optional<Company> Store::company_owning(const std::string& organisation) {
  return select_one<Company>("JOIN company_alias alias ON alias.company = company.id WHERE alias.kind = 'organisation' AND alias.key = ?", text::lower(organisation));
}

std::vector<CompanyAlias> Store::aliases(Id<Company> company) {
  return select<CompanyAlias>("WHERE company = ? ORDER BY kind, value", company);
}

std::vector<Store::CompanyLine> Store::companies(bool targets_only) {
  auto query = database_.query("SELECT " + rows::columns<Company>("company.") + R"sql(,
      (SELECT count(*) FROM current_employment job JOIN contact ON contact.id = job.contact
       WHERE job.company = company.id AND me = 0 AND deleted_on IS NULL),
      (SELECT count(DISTINCT e.contact) FROM employment e JOIN contact ON contact.id = e.contact WHERE e.company = company.id
       AND me = 0 AND deleted_on IS NULL
       AND e.id NOT IN (SELECT id FROM current_employment job WHERE job.company = company.id)),
      (SELECT count(*) FROM application WHERE application.company = company.id AND outcome = 'open' AND archived = 0)
    FROM company WHERE target = 1 OR ?1 = 0 ORDER BY target DESC, suggested DESC, name COLLATE NOCASE)sql");
  rows::bind_all(*query, targets_only);
  std::vector<CompanyLine> lines;
  while (query->executeStep()) {
    int at = 0;
    CompanyLine line;
    line.company = rows::record<Company>(*query, at);
    line.people_now = query->getColumn(at++).getInt();
    line.people_before = query->getColumn(at++).getInt();
    line.applications_open = query->getColumn(at++).getInt();
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<Store::Colleague> Store::colleagues(Id<Company> company) {
  auto query = database_.query("SELECT " + rows::columns<Contact>("contact.") + "," + rows::columns<Employment>("e.") + R"sql(,
      e.ended = '' AND e.id = (SELECT x.id FROM employment x WHERE x.contact = e.contact AND x.ended = ''
                               ORDER BY x.as_of DESC NULLS LAST, x.id DESC LIMIT 1)
    FROM employment e JOIN contact ON contact.id = e.contact
    WHERE e.company = ? AND me = 0 AND deleted_on IS NULL AND archived = 0
    ORDER BY contact.id, 2 DESC, e.as_of DESC NULLS LAST, e.id DESC)sql");
  rows::bind_all(*query, company);
  std::vector<Colleague> colleagues;
  while (query->executeStep()) {
    int at = 0;
    Colleague colleague;
    colleague.contact = rows::record<Contact>(*query, at);
    colleague.employment = rows::record<Employment>(*query, at);
    colleague.now = query->getColumn(at).getInt() != 0;
    if (!colleagues.empty() && colleagues.back().contact.id == colleague.contact.id) {
      if (colleague.now) colleagues.back() = std::move(colleague);
    } else {
      colleagues.push_back(std::move(colleague));
    }
  }
  return colleagues;
}

}  // namespace ties
