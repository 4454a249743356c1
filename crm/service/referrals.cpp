#include "crm/service/naming.h"
#include "crm/service/steps.h"
#include "crm/service/whole.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr Arg which{"referral", Kind::text, "its number", Place::first};

/// Every other referral of the same referrer or at the same company.
std::vector<ReferralFacts> others_of(Crm& crm, const Referral& referral) {
  std::vector<ReferralFacts> others;
  for (const auto& other : crm.store.referrals(std::nullopt, std::nullopt, std::nullopt)) {
    const bool related = other.referrer == referral.referrer || (referral.company && other.company == referral.company);
    if (other.id != referral.id && related) others.push_back(referral_facts(crm, other));
  }
  return others;
}

std::vector<Warning> guards_of_step(Crm& crm, const Referral& referral, ReferralState to, Date today) {
  if (to == ReferralState::asked) return warnings_of_ask(crm, referral, today);
  if (is_handed_in(to)) return guards_of_hand_in(referral_facts(crm, referral), crm.store.find(referral.application));
  return {};
}

std::string title_of_referral(Crm& crm, const Referral& referral) {
  const auto company = company_name(crm, referral.company);
  return fmt::format("referral {} with {}{}", referral.id.value, crm.store.get(referral.referrer).display, company.empty() ? "" : " at " + company);
}

void set_from(Referral& referral, const Args& args) {
  const std::pair<const char*, std::string Referral::*> fields[] = {{"role", &Referral::role},       {"via", &Referral::asked_via},          {"method", &Referral::method},
                                                                    {"address", &Referral::address}, {"requisition", &Referral::requisition}, {"evidence", &Referral::evidence}};
  for (const auto& [name, field] : fields) args.edit(name, referral.*field);
  args.edit("expires", referral.expires_on);
}

/// Throws Conflict, naming what can follow.
void must_follow(Crm& crm, const Referral& referral, ReferralState to) {
  const auto next = next_states(referral.state);
  if (std::find(next.begin(), next.end(), to) != next.end()) return;
  std::vector<std::string> names;
  for (const auto state : next) names.emplace_back(word(state));
  const auto stands = fmt::format("{} is {}", title_of_referral(crm, referral), word(referral.state));
  throw Conflict(names.empty() ? stands + ", and that is its end" : fmt::format("{}; it can become {}", stands, fmt::join(names, ", ")));
}

Answer add(Crm& crm, const Args& args) {
  Doing doing(crm);
  Referral referral;
  referral.referrer = contact_named(crm, args.text("referrer")).id;
  if (args.has("application")) {
    const auto application = application_named(crm, args.text("application"));
    referral.application = application.id;
    referral.company = application.company;
    referral.role = application.title;
  }
  if (args.has("company")) referral.company = company_named_or_new(crm, args.text("company")).id;
  if (args.has("introducer")) referral.introducer = contact_named(crm, args.text("introducer")).id;
  if (args.has("parent")) referral.parent = numbered<Referral>(crm, args.text("parent")).id;
  set_from(referral, args);
  referral.notes = args.text("notes");
  const auto state = args.choice<ReferralState>("state").value_or(ReferralState::idea);
  const auto warnings = bring_to(crm, referral, state, args.day_or_today("on"), "", args.go_on());
  auto answer = doing.done(fmt::format("added {}: {}", title_of_referral(crm, referral), word(referral.state)), whole(crm, referral));
  answer.overridden = warnings;
  return answer;
}

Answer list(Crm& crm, const Args& args) {
  std::optional<Id<Contact>> referrer;
  std::optional<Id<Company>> company;
  if (args.has("referrer")) referrer = contact_named(crm, args.text("referrer")).id;
  if (args.has("company")) company = company_named(crm, args.text("company")).id;
  Answer answer;
  answer.data = Json::array();
  for (const auto& referral : crm.store.referrals(referrer, company, std::nullopt)) {
    if (args.flag("open") && !is_open(referral.state)) continue;
    answer.data.push_back(whole(crm, referral));
  }
  return answer;
}

Answer show(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = whole(crm, numbered<Referral>(crm, args.text("referral")));
  return answer;
}

Answer edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto referral = numbered<Referral>(crm, args.text("referral"));
  set_from(referral, args);
  edit_reference(args, "application", referral.application, [&](const std::string& name) { return application_named(crm, name); });
  edit_reference(args, "company", referral.company, [&](const std::string& name) { return company_named_or_new(crm, name); });
  edit_reference(args, "introducer", referral.introducer, [&](const std::string& name) { return contact_named(crm, name); });
  edit_reference(args, "parent", referral.parent, [&](const std::string& number) { return numbered<Referral>(crm, number); });
  if (referral.parent == referral.id) throw Wrong("parent: no referral leads to itself", "parent");
  args.edit("notes", referral.notes);
  args.edit("thanked-on", referral.thanked_on);
  args.edit("told-on", referral.told_on);
  args.edit("returned-on", referral.returned_on);
  crm.store.update(referral);
  return doing.done("edited " + title_of_referral(crm, referral), whole(crm, referral));
}

Answer remove(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto referral = numbered<Referral>(crm, args.text("referral"));
  const auto title = title_of_referral(crm, referral);
  auto json = whole(crm, referral);
  crm.store.remove(referral.id);
  return doing.done(fmt::format("deleted {}; `ties undo` brings it back", title), std::move(json));
}

Answer step(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto referral = numbered<Referral>(crm, args.text("referral"));
  const auto to = *args.choice<ReferralState>("state");
  set_from(referral, args);
  if (args.has("application")) referral.application = application_named(crm, args.text("application")).id;
  const auto day = args.day_or_today("on");
  const auto warnings = bring_to(crm, referral, to, day, args.text("note"), args.go_on());
  std::string handed_on;
  if (to == ReferralState::introduced && args.has("to")) {
    Referral child;
    child.referrer = contact_named(crm, args.text("to")).id;
    child.introducer = referral.referrer;
    child.company = referral.company, child.role = referral.role, child.application = referral.application, child.parent = referral.id;
    bring_to(crm, child, ReferralState::to_approach, day, "", args.go_on());
    handed_on = fmt::format("; next is {}", title_of_referral(crm, child));
  }
  auto answer = doing.done(fmt::format("{} is {}{}", title_of_referral(crm, referral), word(to), handed_on), whole(crm, referral));
  answer.overridden = warnings;
  return answer;
}

Answer thank(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto referral = numbered<Referral>(crm, args.text("referral"));
  const auto day = args.day_or_today("on");
  std::string did = "thanked";
  if (args.flag("told")) {
    referral.told_on = day;
    did = "told the outcome to";
  } else if (args.flag("returned")) {
    referral.returned_on = day;
    did = "returned the favour of";
  } else {
    referral.thanked_on = day;
  }
  crm.store.update(referral);
  return doing.done(fmt::format("{} {}", did, crm.store.get(referral.referrer).display), whole(crm, referral));
}

}  // namespace

std::vector<Warning> warnings_of_ask(Crm& crm, const Referral& referral, Date today) {
  const auto ready = readiness_of(crm, referral.referrer, referral.company, referral.id);
  return guards_of_ask(referral_facts(crm, referral), others_of(crm, referral), ready, today, crm.config.guards());
}

Json whole(Crm& crm, const Referral& referral) {
  Json json = wire::record(referral);
  const auto application = crm.store.find(referral.application);
  json["company"] = company_name(crm, referral.company);
  json["referrer"] = crm.store.get(referral.referrer).display;
  json["introducer"] = referral.introducer ? Json(crm.store.get(*referral.introducer).display) : Json(nullptr);
  json["application"] = application ? Json(title_of(crm, *application)) : Json(nullptr);
  json["company_id"] = wire::value(referral.company), json["referrer_id"] = referral.referrer.value;
  json["introducer_id"] = wire::value(referral.introducer), json["application_id"] = wire::value(referral.application);
  std::vector<std::string> next;
  for (const auto state : next_states(referral.state)) next.emplace_back(word(state));
  json["next"] = next;
  Json history = Json::array();
  json["since"] = nullptr;
  for (const auto& step : crm.store.steps(referral.id)) {
    json["since"] = to_text(step.on);
    history.push_back({{"on", to_text(step.on)}, {"state", word(step.state)}, {"note", step.note}, {"overridden", step.overridden}});
  }
  json["history"] = history;
  return json;
}

std::vector<Warning> bring_to(Crm& crm, Referral& referral, ReferralState to, Date on, const std::string& note, bool go_on) {
  const bool is_known = referral.id != Id<Referral>{};
  if (is_known) must_follow(crm, referral, to);
  auto warnings = guards_of_step(crm, referral, to, crm.clock.today());
  const auto overridden = past(warnings, go_on);
  referral.state = to;
  if (is_known) {
    crm.store.update(referral);
  } else {
    referral.id = crm.store.add(referral);
  }
  add_step(crm, referral, on, note, overridden);
  return warnings;
}

std::vector<Verb> referral_verbs() {
  const std::vector<Arg> details{{"role", Kind::text, "for which role"}, {"via", Kind::text, "how it was asked: in person, signal, …"}, {"method", Kind::text, "how it is handed in: form, link, mail"},
                                 {"address", Kind::text, "the email address that it names"}, {"requisition", Kind::text, "the opening's number"}, {"evidence", Kind::text, "what shows it"},
                                 {"expires", Kind::day, "until when it counts"}, {"application", Kind::text, "for which application"}, {"on", Kind::day, "the day; today when not said"}};
  std::vector<Arg> add_args{{"referrer", Kind::text, "who refers you", Place::first}, {"company", Kind::text, "where"}, {"introducer", Kind::text, "who introduced you"},
                            {"parent", Kind::text, "the referral that led here"}, {"state", Kind::choice, "idea when not said", Place::option, false, words<ReferralState>()}, {"notes", Kind::text, "notes, in Markdown"}};
  std::vector<Arg> step_args{which, {"state", Kind::choice, "asked, agreed, submitted, confirmed, declined, …", Place::first, true, words<ReferralState>()}, {"note", Kind::text, "what to remember"},
                             {"to", Kind::text, "introduced: to whom"}};
  std::vector<Arg> edit_args{which, {"company", Kind::text, "where"}, {"introducer", Kind::text, "who introduced you"}, {"parent", Kind::text, "the referral that led here"}, {"notes", Kind::text, "notes, in Markdown"},
                             {"thanked-on", Kind::day, "when you thanked"}, {"told-on", Kind::day, "when you told the outcome"}, {"returned-on", Kind::day, "when you returned the favour"}};
  for (const auto& arg : details) {
    add_args.push_back(arg), step_args.push_back(arg);
    if (arg.name != "on") edit_args.push_back(arg);
  }
  return {
      {"referral add", "POST /referrals", "plan to ask for a referral", "ties referral add ada --company Acme --role 'Staff Engineer'", add_args, add, true, "", "Referral"},
      {"referral list", "GET /referrals", "referrals and where they stand", "ties referral list --open",
       {{"open", Kind::flag, "only those of which something can come"}, {"referrer", Kind::text, "by whom"}, {"company", Kind::text, "where"}}, list, false, "id:#, referrer, company, role, state, since, expires_on:expires", "[Referral]"},
      {"referral show", "GET /referrals/{referral}", "a referral and its history", "ties referral show 1", {which}, show, false, "", "Referral"},
      {"referral edit", "PATCH /referrals/{referral}", "change what is known of a referral; steps are taken by `referral step`", "ties referral edit 1 --requisition R-117 --expires 2026-09-01", edit_args, edit, true, "", "Referral"},
      {"referral delete", "DELETE /referrals/{referral}", "delete a referral and its history", "ties referral delete 1", {which}, remove, true, "", "Referral"},
      {"referral step", "POST /referrals/{referral}/step", "take a referral one step on", "ties referral step 1 asked --via signal", step_args, step, true, "", "Referral"},
      {"referral thank", "POST /referrals/{referral}/thank", "note the thanks, that the outcome was told, or the favour returned", "ties referral thank 1 --told",
       {which, {"told", Kind::flag, "the outcome was told"}, {"returned", Kind::flag, "the favour was returned"}, {"on", Kind::day, "the day; today when not said"}}, thank, true, "", "Referral"},
  };
}

}  // namespace ties
