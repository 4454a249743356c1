#include "crm/service/naming.h"

#include <fmt/format.h>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr Arg which{"company", Kind::text, "a number, a name, or an unambiguous part of one", Place::first};

Json whole(Crm& crm, const Company& company) {
  Json json = wire::record(company);
  std::vector<std::string> aliases;
  for (const auto& alias : crm.store.aliases(company.id)) aliases.push_back(fmt::format("{} ({})", alias.value, word(alias.kind)));
  json["aliases"] = aliases;
  Json people = Json::array(), applications = Json::array(), referrals = Json::array(), work = Json::array();
  for (const auto& c : crm.store.colleagues(company.id)) {
    people.push_back({{"id", c.contact.id.value}, {"name", c.contact.display}, {"title", c.employment.title}, {"now", c.now}, {"as_of", wire::value(c.employment.as_of)}});
  }
  for (const auto& line : crm.store.application_lines(false, company.id)) {
    applications.push_back({{"id", line.application.id.value}, {"title", line.application.title}, {"stage", line.stage}, {"outcome", word(line.application.outcome)}});
  }
  for (const auto& r : crm.store.referrals(std::nullopt, company.id, std::nullopt)) {
    referrals.push_back({{"id", r.id.value}, {"referrer", crm.store.get(r.referrer).display}, {"role", r.role}, {"state", word(r.state)}});
  }
  for (const auto& c : crm.store.contributions(company.id)) work.push_back({{"id", c.id.value}, {"title", c.title}, {"state", word(c.state)}});
  json["people"] = people, json["applications"] = applications, json["referrals"] = referrals, json["contributions"] = work;
  return json;
}

Answer add(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto same = crm.store.companies_keyed(company_key(args.text("name")));
  if (!same.empty()) throw Conflict(fmt::format("company {} is the same one: {}", same.front().id.value, same.front().name));
  auto company = company_named_or_new(crm, args.text("name"));
  company.notes = args.text("notes");
  company.target = args.flag("target");
  crm.store.update(company);
  return doing.done("added " + company.name, whole(crm, company));
}

Answer list(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = Json::array();
  for (const auto& line : crm.store.companies(args.flag("targets"))) {
    auto json = wire::record(line.company);
    json["people"] = line.people_now, json["formerly"] = line.people_before, json["applications"] = line.applications_open;
    json["is"] = line.company.target ? "target" : line.company.suggested ? "suggested" : "";
    answer.data.push_back(std::move(json));
  }
  return answer;
}

Answer show(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = whole(crm, company_named(crm, args.text("company")));
  return answer;
}

Answer alias(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto company = company_named(crm, args.text("company"));
  CompanyAlias alias;
  alias.company = company.id;
  alias.kind = args.choice<AliasKind>("kind").value_or(AliasKind::name);
  alias.value = args.text("alias");
  const auto taken = alias.kind == AliasKind::name ? crm.store.companies_keyed(company_key(alias.value)) : std::vector<Company>{};
  for (const auto& other : taken) {
    throw Conflict(other.id == company.id ? fmt::format("{} is known as {} already", company.name, alias.value)
                                          : fmt::format("company {} is called {}", other.id.value, other.name));
  }
  crm.store.add(alias);
  return doing.done(fmt::format("{} is known as {} too", company.name, alias.value), whole(crm, company));
}

Answer target(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto company = company_named_or_new(crm, args.text("company"));
  company.target = !args.flag("off");
  company.suggested = false;
  crm.store.update(company);
  return doing.done(fmt::format("{} is {} target", company.name, company.target ? "a" : "no"), whole(crm, company));
}

}  // namespace

std::vector<Verb> company_verbs() {
  return {
      {"company add", "POST /companies", "add a company", "ties company add Acme --target",
       {{"name", Kind::text, "its name", Place::first}, {"target", Kind::flag, "where you want to work"}, {"notes", Kind::text, "notes, in Markdown"}}, add, true},
      {"company list", "GET /companies", "companies, targets first, with whom you know there", "ties company list --targets", {{"targets", Kind::flag, "targets only"}}, list, false,
       "id:#, name, is, people:people now, formerly, applications:open applications"},
      {"company show", "GET /companies/{company}", "a company, its people, applications and referrals", "ties company show acme", {which}, show, false},
      {"company alias", "POST /companies/{company}/aliases", "another name, mail domain or organisation of a company", "ties company alias acme 'Acme Research'",
       {which, {"alias", Kind::text, "the other name", Place::first}, {"kind", Kind::choice, "name, domain or organisation", Place::option, false, words<AliasKind>()}}, alias, true},
      {"company target", "POST /companies/{company}/target", "mark where you want to work", "ties company target acme", {which, {"off", Kind::flag, "no target any more"}}, target, true},
  };
}

}  // namespace ties
