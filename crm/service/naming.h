#pragma once
#include "crm/service/verb.h"

/// What the user means by the name of a thing: its number, its exact name, or any unambiguous part of it, blind to case and
/// accents. Each throws NotFound with what to do, or Conflict that lists the candidates with their numbers.
namespace ties {

Contact contact_named(Crm& crm, const std::string& text);  ///< "me": the user
/// The contact, or a new one of that name when nobody is called so. Still throws Conflict when several are.
Contact contact_named_or_new(Crm& crm, const std::string& text, const std::string& source, bool* made = nullptr);
Company company_named(Crm& crm, const std::string& text);
Company company_named_or_new(Crm& crm, const std::string& text);
Event event_named(Crm& crm, const std::string& text);
std::optional<Event> event_named_if_any(Crm& crm, const std::string& text);
Event event_named_or_new(Crm& crm, const std::string& text);
Application application_named(Crm& crm, const std::string& text);
Pipeline pipeline_named(Crm& crm, const std::string& text);
/// The standard pipeline; the template `referral` is kept first when the file has none yet.
Pipeline standard_pipeline_or_new(Crm& crm);
Pipeline keep_plan(Crm& crm, PipelinePlan plan);

/// A record by its number: "12" or "#12".
template <class R>
R numbered(Crm& crm, const std::string& text) {
  const auto digits = text.starts_with('#') ? text.substr(1) : text;
  if (digits.empty() || digits.size() > 15 || digits.find_first_not_of("0123456789") != std::string::npos) {
    throw Wrong(std::string(R::noun) + ": '" + text + "' is no number; the lists show the numbers");
  }
  return crm.store.get(Id<R>{std::stoll(digits)});
}

/// "Staff Engineer at Acme"
std::string title_of(Crm& crm, const Application& application);
/// What the guards must know of a referral.
ReferralFacts referral_facts(Crm& crm, const Referral& referral);
std::string company_name(Crm& crm, std::optional<Id<Company>> id);

}  // namespace ties
