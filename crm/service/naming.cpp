#include "crm/service/naming.h"

#include "crm/domain/commands.h"

#include "crm/text/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties {
namespace {

bool is_number(const std::string& text) {
  const auto digits = text.starts_with('#') ? text.substr(1) : text;
  return !digits.empty() && digits.size() < 16 && digits.find_first_not_of("0123456789") == std::string::npos;
}

std::vector<std::string> words_of(const std::string& folded) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < folded.size();) {
    const auto end = std::min(folded.find(' ', at), folded.size());
    if (end > at) words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

constexpr std::size_t candidates_shown = 8;

/// The one record that is meant, out of those that fit.
template <class R, class Describe>
R only_one(std::vector<R> found, const std::string& text, std::string_view missing, Describe&& describe) {
  if (found.size() == 1) return std::move(found.front());
  if (found.empty()) throw NotFound(fmt::format("there is no {} '{}'; {}", R::noun, text, missing));
  std::string list;
  for (std::size_t i = 0; i < std::min(found.size(), candidates_shown); ++i) list += fmt::format("\n  {}  {}", found[i].id.value, describe(found[i]));
  if (found.size() > candidates_shown) list += fmt::format("\n  and {} more", found.size() - candidates_shown);
  throw Conflict(fmt::format("'{}' may be any of {}; give more of the name, or the number{}", text,
                             found.size() < 50 ? std::to_string(found.size()) : "50 and more", list));
}

std::string describe(Crm& crm, const Contact& contact) {
  const auto job = crm.store.current_employment(contact.id);
  if (!job || job->company.empty()) return contact.display;
  return fmt::format("{} ({}{})", contact.display, job->employment.title.empty() ? "" : job->employment.title + ", ", job->company);
}

}  // namespace

std::vector<Contact> contacts_meant(Crm& crm, const std::string& text) {
  if (is_number(text)) {
    const auto number = std::stoll(text.starts_with('#') ? text.substr(1) : text);
    const auto merged = crm.store.find(Id<Contact>{number}) ? std::nullopt : crm.store.contact_once_numbered(number);
    return {merged ? *merged : numbered<Contact>(crm, text)};
  }
  for (const auto kind : {PointKind::email, PointKind::linkedin}) {
    if (kind == PointKind::linkedin && text.find("linkedin.com") == std::string::npos) continue;
    if (kind == PointKind::email && text.find('@', 1) == std::string::npos) continue;
    if (const auto point = normalised(kind, text)) {
      if (auto found = crm.store.contacts_at(kind, *point); !found.empty()) return found;
    }
  }
  const auto folded = text::fold(text);
  if (folded.empty()) return {};
  if (folded == "me") {
    if (auto me = crm.store.me()) return {*me};
    throw NotFound("who you are is not known yet; `ties init --name 'Ada Lovelace'` says it");
  }
  std::vector<Contact> exact;
  for (auto& contact : crm.store.contacts_like(words_of(folded))) {
    const auto names = crm.store.names(contact.id);
    const bool called = text::fold(contact.display) == folded || std::any_of(names.begin(), names.end(), [&](const auto& name) { return name.folded == folded; });
    if (called) exact.push_back(std::move(contact));
  }
  return exact.empty() ? crm.store.contacts_like(words_of(folded)) : exact;
}

Contact contact_named(Crm& crm, const std::string& text) {
  return only_one(contacts_meant(crm, text), text, fmt::format("`ties contact add {}` makes one", shell_quoted(text)), [&](const Contact& c) { return describe(crm, c); });
}

Contact contact_named_or_new(Crm& crm, const std::string& text, const std::string& source, bool* made) {
  if (made != nullptr) *made = false;
  auto found = contacts_meant(crm, text);
  if (!found.empty()) return only_one(std::move(found), text, "", [&](const Contact& c) { return describe(crm, c); });
  const auto name = person_name(text);
  Contact contact;
  contact.display = name.display.empty() ? text : name.display;
  contact.given = name.given, contact.family = name.family, contact.nickname = name.nickname, contact.suffix = name.suffix;
  contact.source = source;
  contact.id = crm.store.add(contact);
  if (made != nullptr) *made = true;
  return contact;
}

Company company_named(Crm& crm, const std::string& text) {
  if (is_number(text)) return numbered<Company>(crm, text);
  auto found = crm.store.companies_keyed(company_key(text));
  if (found.empty()) found = crm.store.companies_like(words_of(text::fold(text)));
  return only_one(std::move(found), text, fmt::format("`ties company add {}` makes one", shell_quoted(text)), [](const Company& c) { return c.name; });
}

Company company_named_or_new(Crm& crm, const std::string& text) {
  if (is_number(text)) return numbered<Company>(crm, text);
  auto found = crm.store.companies_keyed(company_key(text));
  if (!found.empty()) return only_one(std::move(found), text, "", [](const Company& c) { return c.name; });
  Company company;
  company.name = text::clean_line(text);
  company.id = crm.store.add(company);
  return crm.store.get(company.id);
}

std::optional<Event> event_named_if_any(Crm& crm, const std::string& text) {
  if (is_number(text)) return crm.store.find(Id<Event>{std::stoll(text.starts_with('#') ? text.substr(1) : text)});
  auto found = crm.store.events_like(text::fold(text));
  if (found.empty()) return std::nullopt;
  return only_one(std::move(found), text, "", [](const Event& e) { return e.name; });
}

Event event_named(Crm& crm, const std::string& text) {
  if (auto found = event_named_if_any(crm, text)) return *std::move(found);
  throw NotFound(fmt::format("there is no event '{0}'; `ties event add '{0}'` makes one", text));
}

Event event_named_or_new(Crm& crm, const std::string& text) {
  if (auto found = event_named_if_any(crm, text)) return *std::move(found);
  Event event;
  event.name = text::clean_line(text);
  event.id = crm.store.add(event);
  return event;
}

Application application_named(Crm& crm, const std::string& text) {
  if (is_number(text)) return numbered<Application>(crm, text);
  return only_one(crm.store.applications_called(text::fold(text)), text, "`ties application list` shows them",
                  [&](const Application& a) { return title_of(crm, a); });
}

Tag tag_called(Crm& crm, const std::string& text) {
  const auto name = text.starts_with('#') ? text.substr(1) : text;
  if (auto found = crm.store.tag_named(name)) return *std::move(found);
  if (is_number(text)) return numbered<Tag>(crm, text);
  std::vector<std::string> names;
  for (const auto& [tag, people] : crm.store.tags()) names.push_back(tag.name);
  throw NotFound(fmt::format("there is no tag '{}'{}; `ties tag list` shows them", name, did_you_mean(name, names)));
}

Tag put_tag(Crm& crm, Id<Contact> contact, const std::string& text) {
  const auto name = text::clean_line(text.starts_with('#') ? text.substr(1) : text);
  if (name.empty()) throw Wrong("tag: give a name", "tag");
  const auto tag = crm.store.tag_named_or_new(name);
  if (!crm.store.contact_tag(contact, tag.id)) {
    ContactTag link;
    link.contact = contact, link.tag = tag.id;
    crm.store.add(link);
  }
  return tag;
}

std::optional<int> cadence_of(const std::string& text) {
  if (text.empty() || text == "none" || text == "never") return std::nullopt;
  const auto digits = text.find_first_not_of("0123456789");
  const int count = digits == 0 || text.size() > 6 ? 0 : std::stoi(text.substr(0, digits));
  const std::string unit = digits == std::string::npos ? "d" : text.substr(digits);
  const int days = unit == "d" ? 1 : unit == "w" ? 7 : unit == "m" ? 30 : unit == "y" ? 365 : 0;
  if (count * days <= 0) throw Wrong(fmt::format("cadence: '{}' is none; write 30, 2w, 3m, 1y or none", text), "cadence");
  return count * days;
}

Pipeline pipeline_named(Crm& crm, const std::string& text) {
  if (text.empty()) return standard_pipeline_or_new(crm);
  std::vector<std::string> keys;
  for (auto& pipeline : crm.store.all<Pipeline>()) {
    if (pipeline.key == text || text::fold(pipeline.name) == text::fold(text) || std::to_string(pipeline.id.value) == text) return pipeline;
    keys.push_back(pipeline.key);
  }
  throw NotFound(fmt::format("there is no pipeline '{}'{}; `ties pipeline list` shows them", text, did_you_mean(text, keys)));
}

Pipeline keep_plan(Crm& crm, PipelinePlan plan) {
  plan.pipeline.standard = plan.pipeline.standard || !crm.store.standard_pipeline();
  if (plan.pipeline.standard) {
    for (auto other : crm.store.all<Pipeline>()) {
      if (!other.standard) continue;
      other.standard = false;
      crm.store.update(other);
    }
  }
  plan.pipeline.id = crm.store.add(plan.pipeline);
  for (auto& stage : plan.stages) {
    stage.pipeline = plan.pipeline.id;
    crm.store.add(stage);
  }
  return plan.pipeline;
}

Pipeline standard_pipeline_or_new(Crm& crm) {
  if (auto found = crm.store.standard_pipeline()) return *found;
  return keep_plan(crm, pipeline_templates().front());
}

void must_see_private(const Crm& crm, std::string_view argument) {
  if (!crm.sees_private) throw Wrong(fmt::format("{}: private things are not open to you; that takes the scope private", argument));
}

std::string company_name(Crm& crm, std::optional<Id<Company>> id) {
  const auto company = crm.store.find(id);
  return company ? company->name : "";
}

Json ids_and_names(const std::vector<Contact>& people) {
  Json list = Json::array();
  for (const auto& person : people) list.push_back({{"id", person.id.value}, {"name", person.display}});
  return list;
}

std::string title_of(Crm& crm, const Application& application) {
  const auto company = company_name(crm, application.company);
  return company.empty() ? application.title : application.title + " at " + company;
}

ReferralFacts referral_facts(Crm& crm, const Referral& referral) {
  ReferralFacts facts;
  facts.referral = referral;
  facts.referrer_name = crm.store.get(referral.referrer).display;
  facts.company_name = company_name(crm, referral.company);
  for (const auto& step : crm.store.steps(referral.id)) {
    if (step.state == ReferralState::asked) facts.asked_on = step.on;
  }
  return facts;
}

}  // namespace ties
