#include "crm/store/store.h"

#include "crm/text/text.h"

#include <fmt/format.h>

#include <algorithm>

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

std::vector<Store::CompanyLine> Store::companies(bool targets_only, const std::string& words) {
  // Who works where now is read of the lines that lists show, once for all companies.
  auto query = database_.query(R"sql(
    WITH now (company, people) AS MATERIALIZED (SELECT company_id, count(*) FROM contact_line WHERE listed = 1 GROUP BY company_id),
         ever (company, people) AS MATERIALIZED (
           SELECT e.company, count(DISTINCT e.contact) FROM employment e JOIN contact_line line ON line.id = e.contact
           WHERE listed = 1 AND line.company_id IS NOT e.company GROUP BY e.company),
         open (company, applications) AS MATERIALIZED (
           SELECT company, count(*) FROM application WHERE outcome = 'open' AND archived = 0 GROUP BY company)
    SELECT )sql" + rows::columns<Company>("company.") + R"sql(, coalesce(now.people, 0), coalesce(ever.people, 0), coalesce(open.applications, 0)
    FROM company LEFT JOIN now ON now.company = company.id LEFT JOIN ever ON ever.company = company.id LEFT JOIN open ON open.company = company.id
    WHERE (target = 1 OR ?1 = 0) AND (?2 = '' OR company.id IN (SELECT rowid / 4 FROM search WHERE search MATCH nullif(?2, '') AND rowid % 4 = 1))
    ORDER BY target DESC, suggested DESC, name COLLATE NOCASE)sql");
  rows::bind_all(*query, targets_only, search_expression(words));
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

std::vector<Contact> Store::closest_at(Id<Company> company, int count) {
  return select<Contact>(fmt::format("JOIN contact_line line ON line.id = contact.id WHERE company_id = ?1 AND listed = 1 ORDER BY {} DESC, contact.id LIMIT ?2",
                                     tells_private_ ? "last_on" : "last_told_on"), company, count);
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
