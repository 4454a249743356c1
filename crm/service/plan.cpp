#include "crm/domain/plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "crm/service/naming.h"
#include "crm/service/whole.h"
#include "reports/plan.h"

namespace ties {
namespace {

constexpr int days_ahead = 6;              // the seven days from today
constexpr std::size_t companies_max = 12;  // whose people are looked at for a new ask
constexpr int people_at_each = 3;
constexpr int search_over_days = 180;

/// The live ask that a new one at the company, or to the person, would come on top of; empty: there is none.
std::string under_way(Crm& crm, const std::vector<Referral>& referrals) {
  for (const auto& referral : referrals) {
    const auto facts = referral_facts(crm, referral);
    if (!is_open(referral.state) || !facts.asked_on) continue;
    return fmt::format("the ask to {} of {}", facts.referrer_name, friendly(*facts.asked_on));
  }
  return "";
}

PlanFacts::Candidate candidate_of(Crm& crm, const Contact& contact, const Company& company) {
  PlanFacts::Candidate candidate;
  candidate.contact = contact.id, candidate.name = contact.display, candidate.company = company.name;
  candidate.readiness = readiness_of(crm, contact.id, company.id, std::nullopt);
  const auto from_them = crm.store.referrals(contact.id, std::nullopt, std::nullopt);
  for (const auto& referral : from_them) {
    const auto asked_on = referral_facts(crm, referral).asked_on;
    if (asked_on) candidate.last_ask = std::max(candidate.last_ask.value_or(*asked_on), *asked_on);
  }
  candidate.under_way = under_way(crm, from_them);
  if (candidate.under_way.empty()) {
    candidate.under_way = under_way(crm, crm.store.referrals(std::nullopt, company.id, std::nullopt));
  }
  return candidate;
}

/// The closest few at each of the first target companies; the closest of each company before the second closest.
std::vector<PlanFacts::Candidate> candidates(Crm& crm) {
  std::vector<std::pair<Company, std::vector<Contact>>> targets;
  for (auto& line : crm.store.companies(true, "")) {
    if (targets.size() == companies_max) break;
    auto closest = crm.store.closest_at(line.company.id, people_at_each);
    targets.emplace_back(std::move(line.company), std::move(closest));
  }
  std::vector<PlanFacts::Candidate> found;
  for (std::size_t place = 0; place < people_at_each; ++place) {
    for (const auto& [company, people] : targets) {
      if (place < people.size()) found.push_back(candidate_of(crm, people[place], company));
    }
  }
  return found;
}

/// Applications that were not sent, with the referral that should come first.
std::vector<PlanFacts::Lead> leads(Crm& crm) {
  std::vector<PlanFacts::Lead> found;
  for (const auto& line : crm.store.application_lines(true, std::nullopt)) {
    const auto& application = line.application;
    const bool is_sent = line.stage_kind != StageKind::lead && line.stage_kind != StageKind::referral;
    if (is_sent || application.archived) continue;
    PlanFacts::Lead lead;
    lead.application = application.id, lead.title = title_of(crm, application);
    lead.priority = application.priority, lead.opened_on = application.opened_on;
    const auto company = crm.store.find(application.company);
    lead.at_target = company && company->target;
    for (const auto& referral : crm.store.referrals(std::nullopt, std::nullopt, application.id)) {
      if (!is_open(referral.state) || is_handed_in(referral.state)) continue;
      lead.waits_for = "the referral of " + crm.store.get(referral.referrer).display;
    }
    found.push_back(std::move(lead));
  }
  return found;
}

/// The offer that was accepted of late; after that a new search may have begun.
std::string search_ended(Crm& crm, Date today) {
  std::string ended;
  std::optional<Date> latest;
  for (const auto& line : crm.store.application_lines(false, std::nullopt)) {
    const auto& application = line.application;
    if (application.outcome != Outcome::accepted || !application.closed_on || *application.closed_on > today) continue;
    const bool is_late = days_between(*application.closed_on, today) > search_over_days;
    if (is_late || (latest && *latest >= *application.closed_on)) continue;
    latest = application.closed_on;
    ended = fmt::format("you accepted {} on {}", title_of(crm, application), friendly(*latest));
  }
  return ended;
}

Answer plan(Crm& crm, const Args& args) {
  auto settings = crm.config.follow_ups();
  settings.look_ahead_days = days_ahead;
  PlanFacts facts;
  facts.followups = followups(crm.store.follow_up_facts(args.today()), args.today(), settings);
  for (auto& item : facts.followups) item.links = crm.store.links_of(item.subject);
  facts.candidates = candidates(crm);
  facts.leads = leads(crm);
  facts.search_ended = search_ended(crm, args.today());
  PlanSettings wanted;
  wanted.working_days = settings.working_days;
  wanted.minutes = args.number_if_any("minutes").value_or(crm.config.number("plan.minutes_a_week"));
  wanted.ask_load_days = crm.config.guards().ask_load_days;
  Answer answer;
  answer.document = reports::plan(plan_of(facts, args.today(), wanted));
  return answer;
}

}  // namespace

std::vector<Verb> plan_verbs() {
  return {
      {"plan",
       "GET /plan",
       "what to do in the next seven days, within the time that there is, and why",
       "ties plan --minutes 240 --format html",
       {{"minutes", Arg::Kind::number, "how much time there is; the setting plan.minutes_a_week when not said"}},
       plan,
       false,
       "",
       "Document"},
  };
}

}  // namespace ties
