#include "crm/service/listing.h"
#include "crm/service/naming.h"
#include "crm/text/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr Arg which{"company", Kind::text, "a number, a name, or an unambiguous part of one", Place::first};

Json whole(Crm& crm, const Company& company) {
  Json json = wire::record(company);
  std::vector<std::string> aliases;
  Json known_as = Json::array();
  for (const auto& alias : crm.store.aliases(company.id)) {
    aliases.push_back(fmt::format("{} ({})", alias.value, word(alias.kind)));
    known_as.push_back({{"id", alias.id.value}, {"kind", word(alias.kind)}, {"value", alias.value}});
  }
  json["aliases"] = aliases;
  Json people = Json::array(), applications = Json::array(), referrals = Json::array(), work = Json::array();
  for (const auto& c : crm.store.colleagues(company.id)) {
    people.push_back({{"id", c.contact.id.value}, {"name", c.contact.display}, {"title", c.employment.title}, {"now", c.now}, {"as_of", wire::value(c.employment.as_of)}});
  }
  for (const auto& line : crm.store.application_lines(false, company.id)) {
    applications.push_back({{"id", line.application.id.value}, {"title", line.application.title}, {"stage", line.stage}, {"outcome", word(line.application.outcome)}});
  }
  for (const auto& r : crm.store.referrals(std::nullopt, company.id, std::nullopt)) {
    referrals.push_back({{"id", r.id.value}, {"referrer", crm.store.get(r.referrer).display}, {"referrer_id", r.referrer.value}, {"role", r.role}, {"state", word(r.state)}});
  }
  for (const auto& c : crm.store.contributions(company.id)) work.push_back({{"id", c.id.value}, {"title", c.title}, {"state", word(c.state)}});
  json["known_as"] = known_as, json["people"] = people, json["applications"] = applications, json["referrals"] = referrals, json["contributions"] = work;
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

/// Who is known best at a company takes a look at many talks: longer lists go without, and of large companies those
/// who were last in touch are asked.
constexpr std::size_t rows_with_ties_max = 200;
constexpr int asked_for_tie = 10;

void tell_strongest(Crm& crm, Json& row) {
  const auto people = crm.store.closest_at(Id<Company>{row["id"].get<std::int64_t>()}, asked_for_tie);
  std::vector<Id<Contact>> ids;
  for (const auto& contact : people) ids.push_back(contact.id);
  const auto facts = crm.store.tie_facts(ids);
  std::optional<std::pair<Contact, int>> best;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const auto tie = tie_strength(facts[i], crm.clock.today(), crm.config.tie_weights());
    if (!best || tie.score > best->second) best = {people[i], tie.score};
  }
  if (!best) return;
  row["strongest"] = best->first.display, row["strongest_id"] = best->first.id.value, row["tie"] = best->second;
}

Answer list(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = Json::array();
  for (const auto& line : crm.store.companies(args.flag("targets"), args.text("query"))) {
    auto json = wire::record(line.company);
    json["people"] = line.people_now, json["formerly"] = line.people_before, json["applications"] = line.applications_open;
    json["is"] = line.company.target ? "target" : line.company.suggested ? "suggested" : "";
    json["strongest"] = json["strongest_id"] = json["tie"] = nullptr;
    answer.data.push_back(std::move(json));
  }
  auto page = args.page();
  for (const auto* unsorted : {"strongest", "strongest_id", "tie"}) {
    if (page.sort.ends_with(unsorted)) throw Wrong("sort: whom you know best is looked up for one page alone; sort by people, say", "sort");
  }
  page.fields.clear();
  turn_to_page(answer, page);
  if (answer.data.size() <= rows_with_ties_max) {
    for (auto& row : answer.data) tell_strongest(crm, row);
  }
  return answer;
}

Answer show(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = whole(crm, company_named(crm, args.text("company")));
  return answer;
}

void add_alias(Crm& crm, const Company& company, AliasKind kind, const std::string& value) {
  CompanyAlias alias;
  alias.company = company.id, alias.kind = kind, alias.value = value;
  complete(alias);
  for (const auto& other : crm.store.all<CompanyAlias>()) {
    if (other.kind != kind || other.key != alias.key) continue;
    throw Conflict(other.company == company.id ? fmt::format("{} is known as {} already", company.name, value)
                                               : fmt::format("company {} is known as {}", other.company.value, value));
  }
  for (const auto& other : kind == AliasKind::name ? crm.store.companies_keyed(alias.key) : std::vector<Company>{}) {
    throw Conflict(other.id == company.id ? fmt::format("{} is known as {} already", company.name, value) : fmt::format("company {} is called {}", other.id.value, other.name));
  }
  crm.store.add(alias);
}

Answer alias(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto company = company_named(crm, args.text("company"));
  add_alias(crm, company, args.choice<AliasKind>("kind").value_or(AliasKind::name), args.text("alias"));
  return doing.done(fmt::format("{} is known as {} too", company.name, args.text("alias")), whole(crm, company));
}

constexpr std::pair<std::string_view, AliasKind> alias_args[] = {{"also", AliasKind::name}, {"domain", AliasKind::domain}, {"organisation", AliasKind::organisation}};

Answer edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto company = company_named(crm, args.text("company"));
  if (args.has("name")) {
    company.name = text::clean_line(args.text("name"));
    if (company.name.empty()) throw Wrong("name: a company needs a name", "name");
    for (const auto& same : crm.store.companies_keyed(company_key(company.name))) {
      if (same.id != company.id) throw Conflict(fmt::format("company {} is called so: {}", same.id.value, same.name));
    }
  }
  args.edit("notes", company.notes);
  if (args.flag("target")) company.target = true, company.suggested = false;
  if (args.flag("no-target")) company.target = false, company.suggested = false;
  crm.store.update(company);
  for (const auto& [name, kind] : alias_args) {
    const auto wanted = args.many(name);
    std::vector<std::string> known;
    for (const auto& old : crm.store.aliases(company.id)) {
      if (old.kind != kind) continue;
      if (args.replaces(name) && std::find(wanted.begin(), wanted.end(), old.value) == wanted.end()) {
        crm.store.remove(old.id);
      } else {
        known.push_back(old.value);
      }
    }
    for (const auto& value : wanted) {
      if (std::find(known.begin(), known.end(), value) == known.end()) add_alias(crm, company, kind, value);
    }
  }
  return doing.done("edited " + company.name, whole(crm, crm.store.get(company.id)));
}

Answer remove(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto company = company_named(crm, args.text("company"));
  std::string holders;
  for (const auto& [table, count] : crm.store.held_by("company", company.id.value)) holders += fmt::format("{}{} {}{}", holders.empty() ? "" : ", ", count, table, count == 1 ? "" : "s");
  if (!holders.empty()) throw Conflict(fmt::format("{} is still needed by {}; these go first, or point elsewhere", company.name, holders));
  auto json = whole(crm, company);
  crm.store.remove(company.id);
  return doing.done(fmt::format("deleted {}; `ties undo` brings it back", company.name), std::move(json));
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
       {{"name", Kind::text, "its name", Place::first}, {"target", Kind::flag, "where you want to work"}, {"notes", Kind::text, "notes, in Markdown"}}, add, true, "", "Company"},
      {"company list", "GET /companies", "companies, targets first, with whom you know there", "ties company list --targets", {{"targets", Kind::flag, "targets only"}, {"query", Kind::text, "words of the name, other names, notes"}}, list, false,
       "id:#, name, is, people:people now, formerly, applications:open applications, strongest:known best", "[CompanyLine]"},
      {"company show", "GET /companies/{company}", "a company, its people, applications and referrals", "ties company show acme", {which}, show, false, "", "Company"},
      {"company edit", "PATCH /companies/{company}", "change what is known of a company", "ties company edit acme --notes 'builds compilers' --domain acme.example",
       {which, {"name", Kind::text, "its name"}, {"notes", Kind::text, "notes, in Markdown"}, {"target", Kind::flag, "where you want to work"}, {"no-target", Kind::flag, "no target any more"},
        {"also", Kind::text, "another name; may be given several times", Place::repeated}, {"domain", Kind::text, "a domain of its mail", Place::repeated},
        {"organisation", Kind::text, "an organisation on a code host", Place::repeated}},
       edit, true, "", "Company"},
      {"company delete", "DELETE /companies/{company}", "delete a company that nothing needs any more", "ties company delete acme", {which}, remove, true, "", "Company"},
      {"company alias", "POST /companies/{company}/aliases", "another name, mail domain or organisation of a company", "ties company alias acme 'Acme Research'",
       {which, {"alias", Kind::text, "the other name", Place::first}, {"kind", Kind::choice, "name, domain or organisation", Place::option, false, words<AliasKind>()}}, alias, true, "", "Company"},
      {"company target", "POST /companies/{company}/target", "mark where you want to work", "ties company target acme", {which, {"off", Kind::flag, "no target any more"}}, target, true, "", "Company"},
  };
}

}  // namespace ties
