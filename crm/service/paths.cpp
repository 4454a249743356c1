#include "crm/domain/paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "crm/service/naming.h"
#include "crm/service/whole.h"
#include "reports/report.h"

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

Answer who(Crm& crm, const Args& args) {
  const auto company = company_named(crm, args.text("company"));
  Answer answer;
  answer.document = reports::who(
      company, warm_paths(crm.store.path_facts(company.id), args.today(), crm.config.tie_weights()), args.today());
  return answer;
}

/// The targets, and where an application is open.
std::vector<Company> companies_in_sight(Crm& crm) {
  std::vector<Company> companies;
  for (auto& line : crm.store.companies(false, "")) {
    if (line.company.target || line.applications_open > 0) companies.push_back(std::move(line.company));
  }
  return companies;
}

Answer ready(Crm& crm, const Args& args) {
  const bool is_one = args.has("company") && !args.text("company").empty();
  const auto companies = is_one ? std::vector{company_named(crm, args.text("company"))} : companies_in_sight(crm);
  std::vector<reports::ToAsk> people;
  for (const auto& company : companies) {
    auto paths = warm_paths(crm.store.path_facts(company.id, true), args.today(), crm.config.tie_weights());
    for (auto& path : by_readiness(std::move(paths.now))) people.push_back({company, std::move(path)});
  }
  Answer answer;
  const auto where = is_one ? "at " + companies.front().name : "at your targets and open applications";
  answer.document = reports::ready(std::move(people), where, args.today());
  if (companies.empty()) answer.remarks = {"no company is a target yet; `ties company target acme` makes it one"};
  return answer;
}

}  // namespace

Readiness readiness_of(Crm& crm, Id<Contact> contact, std::optional<Id<Company>> company,
                       std::optional<Id<Referral>> besides) {
  const auto job = crm.store.current_employment(contact);
  const auto where = company ? company : job ? job->employment.company : std::nullopt;
  Standing standing;
  standing.works_there = job && job->employment.company && job->employment.company == where;
  if (standing.works_there) {
    standing.since = job->employment.started, standing.title = job->employment.title;
    standing.employment = fmt::format("employment {}", job->employment.id.value);
  }
  const auto aim = crm.store.aim_at(where);
  standing.role = aim.role, standing.role_record = aim.role_record;
  standing.apply_by = aim.apply_by, standing.application = aim.application;
  for (const auto& other : crm.store.referrals(contact, std::nullopt, std::nullopt)) {
    const auto asked_on = referral_facts(crm, other).asked_on;
    if (other.id == besides || !asked_on || (standing.last_ask && *asked_on < *standing.last_ask)) continue;
    standing.last_ask = asked_on, standing.ask_record = fmt::format("referral {}", other.id.value);
  }
  return readiness(crm.store.tie_facts(contact), standing, crm.clock.today(), crm.config.tie_weights());
}

std::vector<Verb> path_verbs() {
  constexpr Arg company{"company", Kind::text, "a number, a name, or part of one", Place::first};
  Arg perhaps_company = company;
  perhaps_company.place = Place::optional_first;
  perhaps_company.help = "the targets and those with open applications when not said";
  return {
      {"who",
       "GET /companies/{company}/who",
       "the ways to a company: whom I know there, and who may introduce me",
       "ties who acme",
       {company},
       who,
       false,
       "",
       "Document"},
      {"ready",
       "GET /ready",
       "whom to ask for a referral, why, and what to do first",
       "ties ready acme",
       {perhaps_company},
       ready,
       false,
       "",
       "Document"},
  };
}

}  // namespace ties
