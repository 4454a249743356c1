#include "crm/service/naming.h"

#include <fmt/format.h>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

Json whole(Crm& crm, const Contribution& contribution) {
  Json json = wire::record(contribution);
  json["company"] = company_name(crm, contribution.company);
  std::vector<std::string> people;
  for (const auto& [contact, part] : crm.store.people_of(contribution.id)) people.push_back(fmt::format("{} ({})", contact.display, word(part)));
  json["people"] = people;
  return json;
}

Answer add(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto link = args.text("link");
  if (const auto same = crm.store.contribution_linked(link)) {
    throw Conflict(fmt::format("contribution {} has this link already: {}", same->id.value, same->title));
  }
  Contribution contribution;
  contribution.kind = args.choice<ContributionKind>("kind").value_or(ContributionKind::pull_request);
  contribution.title = args.text("title");
  contribution.link = link;
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
  const std::pair<const char*, ContributionPart> parts[] = {{"reviewed-by", ContributionPart::reviewed}, {"merged-by", ContributionPart::merged},
                                                            {"answered-by", ContributionPart::answered}, {"with", ContributionPart::coauthor}};
  for (const auto& [name, part] : parts) {
    for (const auto& person : args.many(name)) {
      ContributionContact met;
      met.contribution = contribution.id, met.contact = contact_named(crm, person).id, met.part = part;
      crm.store.add(met);
    }
  }
  return doing.done(fmt::format("added {} '{}'", word(contribution.kind), contribution.title), whole(crm, contribution));
}

Answer list(Crm& crm, const Args& args) {
  std::optional<Id<Company>> company;
  if (args.has("company")) company = company_named(crm, args.text("company")).id;
  Answer answer;
  answer.data = Json::array();
  for (const auto& contribution : crm.store.contributions(company)) answer.data.push_back(whole(crm, contribution));
  return answer;
}

}  // namespace

std::vector<Verb> contribution_verbs() {
  return {
      {"contribution add", "POST /contributions", "note public work of yours, and who met it", "ties contribution add 'Fix the lexer' --link https://code.example/acme/lexer/pull/7 --repository acme/lexer --state merged --reviewed-by ada",
       {{"title", Kind::text, "its title", Place::first}, {"kind", Kind::choice, "pull_request when not said; issue, review, talk, post, …", Place::option, false, words<ContributionKind>()},
        {"link", Kind::text, "its page: by this it is known"}, {"repository", Kind::text, "owner/name"}, {"company", Kind::text, "whose project it is"},
        {"state", Kind::choice, "open, merged, closed, published", Place::option, false, words<ContributionState>()}, {"on", Kind::day, "when it was opened, merged or published"},
        {"reviewed-by", Kind::text, "a contact; may be given several times", Place::repeated}, {"merged-by", Kind::text, "a contact", Place::repeated},
        {"answered-by", Kind::text, "a contact", Place::repeated}, {"with", Kind::text, "a co-author", Place::repeated}},
       add, true},
      {"contribution list", "GET /contributions", "public work, newest first", "ties contribution list --company acme", {{"company", Kind::text, "of whose projects"}}, list, false,
       "id:#, kind, title, company, repository, state, closed_on:done, people"},
  };
}

}  // namespace ties
