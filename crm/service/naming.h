#pragma once
#include "crm/service/verb.h"

/// What the user means by the name of a thing: its number, its exact name, or any unambiguous part of it, blind to case and
/// accents. Each throws NotFound with what to do, or Conflict that lists the candidates with their numbers.
namespace ties {

Contact contact_named(Crm& crm, const std::string& text);  ///< "me": the user
/// All whom the text may mean, the best known first; 50 at most. Throws NotFound for a number that nobody has.
std::vector<Contact> contacts_meant(Crm& crm, const std::string& text);
/// The contact, or a new one of that name when nobody is called so. Still throws Conflict when several are.
Contact contact_named_or_new(Crm& crm, const std::string& text, const std::string& source, bool* made = nullptr);
Company company_named(Crm& crm, const std::string& text);
Company company_named_or_new(Crm& crm, const std::string& text);
Event event_named(Crm& crm, const std::string& text);
std::optional<Event> event_named_if_any(Crm& crm, const std::string& text);
Event event_named_or_new(Crm& crm, const std::string& text);
Application application_named(Crm& crm, const std::string& text);
Tag tag_called(Crm& crm, const std::string& text);  ///< by its number or its whole name, with or without "#"
Tag put_tag(Crm& crm, Id<Contact> contact, const std::string& text);  ///< on the contact; made when it is new
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

/// Throws Wrong, naming the argument, unless private things may be told: who does not see them may not change them either.
void must_see_private(const Crm& crm, std::string_view argument);
/// "30", "30d", "2w", "3m", "1y" as days; none for "none" and for nothing.
std::optional<int> cadence_of(const std::string& text);

/// Of an edit: what a field points to, found by what is given; nothing when that is empty.
template <class R, class Find>
void edit_reference(const Args& args, std::string_view name, std::optional<Id<R>>& field, Find find) {
  if (!args.has(name)) return;
  const auto text = args.text(name);
  field = text.empty() ? std::nullopt : std::optional<Id<R>>(find(text).id);
}

/// [{"id", "name"}, …]
Json ids_and_names(const std::vector<Contact>& people);

/// "Staff Engineer at Acme"
std::string title_of(Crm& crm, const Application& application);
/// What the guards must know of a referral.
ReferralFacts referral_facts(Crm& crm, const Referral& referral);
std::string company_name(Crm& crm, std::optional<Id<Company>> id);

}  // namespace ties
