#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "crm/domain/referral.h"
#include "crm/text/text.h"

namespace ties {

namespace {

std::string role_at(std::string_view role, std::string_view company) {
  if (role.empty()) return std::string(company);
  return company.empty() ? std::string(role) : fmt::format("{} at {}", role, company);
}

/// "referral 3 with Grace Hopper"
std::string name_of(const ReferralFacts& facts) {
  const auto with = facts.referrer_name.empty() ? std::string() : " with " + facts.referrer_name;
  return fmt::format("referral {}{}", facts.referral.id.value, with);
}

/// "referral 3 with Grace Hopper for Staff Engineer at Northwind"
std::string title_of(const ReferralFacts& facts) {
  const auto about = role_at(facts.referral.role, facts.company_name);
  return name_of(facts) + (about.empty() ? "" : " for " + about);
}

/// "application 7 (Staff Engineer at Northwind)"
std::string title_of(const ApplicationFacts& facts) {
  const auto about = role_at(facts.application.title, facts.company_name);
  return fmt::format("application {}{}", facts.application.id.value, about.empty() ? "" : " (" + about + ")");
}

std::string asked_or_state(const ReferralFacts& facts) {
  if (facts.asked_on) return "was asked on " + friendly(*facts.asked_on);
  return fmt::format("stands at '{}'", word(facts.referral.state));
}

/// Whether it was brought up with the referrer and can still count.
bool is_live(ReferralState state) {
  return is_open_ask(state) || (is_open(state) && is_handed_in(state));
}

bool is_sent(StageKind kind) {
  return kind >= StageKind::applied && kind != StageKind::closed;
}

template <class Record>
bool same(const std::optional<Id<Record>>& a, const std::optional<Id<Record>>& b) {
  return a && b && *a == *b;
}

bool same_address(std::string_view a, std::string_view b) {
  return text::lower(text::clean_line(a)) == text::lower(text::clean_line(b));
}

bool same_opening(const Referral& a, const Referral& b) {
  if (!same(a.company, b.company)) return false;
  if (!a.requisition.empty() && !b.requisition.empty()) return same_address(a.requisition, b.requisition);
  return text::fold(a.role) == text::fold(b.role);
}

std::optional<Warning> address_warning(const ReferralFacts& facts, const Application& application) {
  const auto& used = facts.referral.address;
  if (used.empty() || application.address.empty() || same_address(used, application.address)) return std::nullopt;
  return Warning{"same address", fmt::format("{} uses {}, and application {} uses {}", name_of(facts), used,
                                             application.id.value, application.address)};
}

/// One warning of a guard out of what every record says; nothing when none says anything.
void warn(std::vector<Warning>& warnings, const char* guard, const std::vector<std::string>& says,
          std::string_view therefore = "") {
  if (says.empty()) return;
  warnings.push_back({guard, fmt::format("{}{}", fmt::join(says, "; "), therefore)});
}

std::vector<Id<Contact>> agencies_of(const ApplicationFacts& facts) {
  std::vector<Id<Contact>> agencies;
  for (const auto& contact : facts.contacts) {
    if (contact.part == ApplicationPart::agency) agencies.push_back(contact.contact);
  }
  return agencies;
}

}  // namespace

std::vector<Warning> guards_of_ask(const ReferralFacts& ask, const std::vector<ReferralFacts>& others,
                                   const Readiness& readiness, Date today, const GuardSettings& settings) {
  std::vector<std::string> load, owners;
  for (const auto& other : others) {
    const bool same_referrer = other.referral.referrer == ask.referral.referrer;
    const bool lately = other.asked_on && days_between(*other.asked_on, today) <= settings.ask_load_days;
    if (same_referrer && is_open_ask(other.referral.state)) {
      load.push_back(fmt::format("{} {} and is still open", title_of(other), asked_or_state(other)));
    } else if (same_referrer && lately) {
      load.push_back(fmt::format("{} was asked on {}, within the past {} days", title_of(other),
                                 friendly(*other.asked_on), settings.ask_load_days));
    }
    if (is_live(other.referral.state) && same_opening(ask.referral, other.referral)) {
      owners.push_back(fmt::format("{} for the same role {}", name_of(other), asked_or_state(other)));
    }
  }

  std::vector<Warning> warnings;
  warn(warnings, "ask load", load);
  warn(warnings, "one referrer", owners, ", and the first one usually owns it");
  if (readiness.verdict == Readiness::Verdict::not_yet) {
    const auto who =
        ask.referrer_name.empty() ? fmt::format("contact {}", ask.referral.referrer.value) : ask.referrer_name;
    warn(warnings, "cold ask", {fmt::format("{} is not ready to be asked", who)},
         readiness.missing.empty() ? "" : fmt::format(": {}", fmt::join(readiness.missing, "; ")));
  }
  return warnings;
}

std::vector<Warning> guards_of_hand_in(const ReferralFacts& referral, const std::optional<Application>& application) {
  if (!application) return {};
  const auto warning = address_warning(referral, *application);
  return warning ? std::vector{*warning} : std::vector<Warning>{};
}

std::vector<Warning> guards_of_move(const ApplicationFacts& moving, StageKind to,
                                    const std::vector<ReferralFacts>& referrals_at_company) {
  if (!is_sent(to)) return {};
  const auto& application = moving.application;
  std::vector<std::string> waiting;
  std::vector<Warning> addresses;
  for (const auto& facts : referrals_at_company) {
    const auto& referral = facts.referral;
    const bool its_own = referral.application == std::optional{application.id};
    if (!its_own && (referral.application || !same(referral.company, application.company))) continue;
    if (is_open(referral.state) && !is_handed_in(referral.state)) {
      waiting.push_back(fmt::format("{} {} and is not handed in", title_of(facts), asked_or_state(facts)));
    }
    if (auto warning = address_warning(facts, application)) addresses.push_back(std::move(*warning));
  }

  std::vector<Warning> warnings;
  if (!is_sent(moving.stage_kind)) {
    warn(warnings, "refer before applying", waiting, ", and most employers credit only a referral that came first");
  }
  std::vector<std::string> differing;
  for (const auto& warning : addresses) differing.push_back(warning.reason);
  warn(warnings, "same address", differing);
  return warnings;
}

std::vector<Warning> guards_of_opening(const ApplicationFacts& opening, const std::vector<ApplicationFacts>& others,
                                       const std::vector<ReferralFacts>& referrals_at_company, Date today,
                                       const GuardSettings& settings) {
  const auto& application = opening.application;
  const auto title = text::fold(application.title);
  auto agencies = agencies_of(opening);
  std::vector<std::string> before;
  std::set<Id<Application>> same_role{application.id};
  for (const auto& other : others) {
    if (other.application.outcome == Outcome::open) {
      before.push_back(title_of(other) + " is open");
      if (text::fold(other.application.title) == title) {
        same_role.insert(other.application.id);
        const auto more = agencies_of(other);
        agencies.insert(agencies.end(), more.begin(), more.end());
      }
    } else if (other.rejected_on && days_between(*other.rejected_on, today) < settings.reapply_wait_days) {
      before.push_back(fmt::format("{} was rejected on {}, and the waiting time of {} days ends on {}", title_of(other),
                                   friendly(*other.rejected_on), settings.reapply_wait_days,
                                   friendly(plus_days(*other.rejected_on, settings.reapply_wait_days))));
    }
  }

  std::vector<std::string> claims;
  std::sort(agencies.begin(), agencies.end());
  agencies.erase(std::unique(agencies.begin(), agencies.end()), agencies.end());
  for (const auto& agency : agencies) claims.push_back(fmt::format("contact {} as an agency", agency.value));
  for (const auto& facts : referrals_at_company) {
    const auto& referral = facts.referral;
    const bool for_it = referral.application ? same_role.count(*referral.application) > 0
                                             : same(referral.company, application.company) &&
                                                   (referral.role.empty() || text::fold(referral.role) == title);
    if (for_it && (is_live(referral.state) || is_handed_in(referral.state))) claims.push_back(title_of(facts));
  }

  std::vector<Warning> warnings;
  warn(warnings, "been here before", before);
  if (!agencies.empty() && claims.size() > 1) {
    warnings.push_back(
        {"recruiter collision", fmt::format("{} stand for the same opening", fmt::join(claims, " and "))});
  }
  return warnings;
}

}  // namespace ties
