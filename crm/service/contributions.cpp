#include "crm/service/listing.h"
#include "crm/service/naming.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr Arg which{"contribution", Kind::text, "its number", Place::first};

Json whole(Crm& crm, const Contribution& contribution) {
  Json json = wire::record(contribution);
  json["company"] = company_name(crm, contribution.company);
  std::vector<std::string> people;
  Json contacts = Json::array();
  for (const auto& [contact, part] : crm.store.people_of(contribution.id)) {
    people.push_back(fmt::format("{} ({})", contact.display, word(part)));
    contacts.push_back({{"id", contact.id.value}, {"name", contact.display}, {"part", word(part)}});
  }
  json["people"] = people;
  json["company_id"] = wire::value(contribution.company);
  json["contacts"] = contacts;
  return json;
}

void must_be_new(Crm& crm, const Contribution& contribution) {
  const auto same = crm.store.contribution_linked(contribution.link);
  if (same && same->id != contribution.id) throw Conflict(fmt::format("contribution {} has this link already: {}", same->id.value, same->title));
}

void set_people(Crm& crm, const Contribution& contribution, const Args& args) {
  const std::pair<const char*, ContributionPart> parts[] = {{"reviewed-by", ContributionPart::reviewed}, {"merged-by", ContributionPart::merged},
                                                            {"answered-by", ContributionPart::answered}, {"with", ContributionPart::coauthor}};
  for (const auto& [name, part] : parts) {
    std::vector<Id<Contact>> wanted;
    for (const auto& person : args.many(name)) wanted.push_back(contact_named(crm, person).id);
    for (const auto& link : crm.store.links_of(contribution.id)) {
      if (link.part != part) continue;
      const bool is_wanted = std::find(wanted.begin(), wanted.end(), link.contact) != wanted.end();
      if (args.replaces(name) && !is_wanted) crm.store.remove(link.id);
      std::erase(wanted, link.contact);
    }
    for (const auto contact : wanted) {
      ContributionContact met;
      met.contribution = contribution.id, met.contact = contact, met.part = part;
      crm.store.add(met);
    }
  }
}

Answer add(Crm& crm, const Args& args) {
  Doing doing(crm);
  Contribution contribution;
  contribution.kind = args.choice<ContributionKind>("kind").value_or(ContributionKind::pull_request);
  contribution.title = args.text("title");
  contribution.link = args.text("link");
  must_be_new(crm, contribution);
  contribution.repository = args.text("repository");
  contribution.state = args.choice<ContributionState>("state").value_or(ContributionState::open);
  const auto day = args.day_or_today("on");
  (contribution.state == ContributionState::open ? contribution.opened_on : contribution.closed_on) = day;
  if (args.has("company")) {
    contribution.company = company_named_or_new(crm, args.text("company")).id;
  } else if (const auto slash = contribution.repository.find('/'); slash != std::string::npos) {
    if (const auto owner = crm.store.company_owning(contribution.repository.substr(0, slash))) contribution.company = owner->id;
  }
  contribution.id = crm.store.add(contribution);
  set_people(crm, contribution, args);
  return doing.done(fmt::format("added {} '{}'", word(contribution.kind), contribution.title), whole(crm, contribution));
}

Answer show(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = whole(crm, numbered<Contribution>(crm, args.text("contribution")));
  return answer;
}

Answer edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto contribution = numbered<Contribution>(crm, args.text("contribution"));
  if (const auto kind = args.choice<ContributionKind>("kind")) contribution.kind = *kind;
  if (const auto state = args.choice<ContributionState>("state")) contribution.state = *state;
  args.edit("title", contribution.title);
  args.edit("link", contribution.link);
  must_be_new(crm, contribution);
  args.edit("repository", contribution.repository);
  edit_reference(args, "company", contribution.company, [&](const std::string& name) { return company_named_or_new(crm, name); });
  args.edit("opened-on", contribution.opened_on);
  args.edit("closed-on", contribution.closed_on);
  crm.store.update(contribution);
  set_people(crm, contribution, args);
  return doing.done(fmt::format("edited contribution {}", contribution.id.value), whole(crm, contribution));
}

Answer remove(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto contribution = numbered<Contribution>(crm, args.text("contribution"));
  auto json = whole(crm, contribution);
  crm.store.remove(contribution.id);
  return doing.done(fmt::format("deleted contribution {}; `ties undo` brings it back", contribution.id.value), std::move(json));
}

Answer list(Crm& crm, const Args& args) {
  std::optional<Id<Company>> company;
  if (args.has("company")) company = company_named(crm, args.text("company")).id;
  Answer answer;
  answer.data = Json::array();
  for (const auto& contribution : crm.store.contributions(company)) {
    auto json = whole(crm, contribution);
    std::vector<std::string> texts{contribution.title, contribution.repository, contribution.link, json["company"].get<std::string>()};
    for (const auto& person : json["people"]) texts.push_back(person.get<std::string>());
    if (is_found(args.text("query"), texts)) answer.data.push_back(std::move(json));
  }
  return answer;
}

}  // namespace

std::vector<Verb> contribution_verbs() {
  const std::vector<Arg> details{{"kind", Kind::choice, "pull_request when not said; issue, review, talk, post, …", Place::option, false, words<ContributionKind>()},
                                 {"link", Kind::text, "its page: by this it is known"}, {"repository", Kind::text, "owner/name"}, {"company", Kind::text, "whose project it is"},
                                 {"state", Kind::choice, "open, merged, closed, published", Place::option, false, words<ContributionState>()}};
  const std::vector<Arg> people{{"reviewed-by", Kind::text, "a contact; may be given several times", Place::repeated}, {"merged-by", Kind::text, "a contact", Place::repeated},
                                {"answered-by", Kind::text, "a contact", Place::repeated}, {"with", Kind::text, "a co-author", Place::repeated}};
  std::vector<Arg> add_args{{"title", Kind::text, "its title", Place::first}};
  std::vector<Arg> edit_args{which, {"title", Kind::text, "its title"}};
  for (const auto& arg : details) add_args.push_back(arg), edit_args.push_back(arg);
  add_args.push_back({"on", Kind::day, "when it was opened, merged or published"});
  edit_args.push_back({"opened-on", Kind::day, "when it was opened"});
  edit_args.push_back({"closed-on", Kind::day, "when it was merged, closed or published"});
  for (const auto& arg : people) add_args.push_back(arg), edit_args.push_back(arg);
  return {
      {"contribution add", "POST /contributions", "note public work of yours, and who met it", "ties contribution add 'Fix the lexer' --link https://code.example/acme/lexer/pull/7 --repository acme/lexer --state merged --reviewed-by ada",
       add_args, add, true, "", "Contribution"},
      {"contribution list", "GET /contributions", "public work, newest first", "ties contribution list --company acme", {{"company", Kind::text, "of whose projects"}, {"query", Kind::text, "words of the title, repository, company, link, people"}}, list, false,
       "id:#, kind, title, company, repository, state, closed_on:done, people", "[Contribution]"},
      {"contribution show", "GET /contributions/{contribution}", "a piece of public work", "ties contribution show 4", {which}, show, false, "", "Contribution"},
      {"contribution edit", "PATCH /contributions/{contribution}", "change what is known of public work", "ties contribution edit 4 --state merged --merged-by ada", edit_args, edit, true, "", "Contribution"},
      {"contribution delete", "DELETE /contributions/{contribution}", "delete a piece of public work", "ties contribution delete 4", {which}, remove, true, "", "Contribution"},
  };
}

}  // namespace ties
