#include "crm/service/applying.h"
#include "crm/text/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace ties {
namespace {

using importers::PersonKey;

std::array<std::pair<PointKind, const std::string&>, 4> identities(const PersonKey& key) {
  return {{{PointKind::linkedin, key.linkedin}, {PointKind::email, key.email}, {PointKind::github, key.github}, {PointKind::gitlab, key.gitlab}}};
}

/// "headline, notes, addresses, jobs or other details"
std::string what_changed(const Contact& before, const Contact& after, bool parts) {
  const bool name = before.display != after.display || before.given != after.given || before.family != after.family || before.suffix != after.suffix;
  std::string changed;
  for (const auto& [is_changed, what] : {std::pair(name, "name"), std::pair(before.headline != after.headline, "headline"), std::pair(before.location != after.location, "location"),
                                         std::pair(before.connected_on != after.connected_on, "connected on"), std::pair(before.met_on != after.met_on, "met on"),
                                         std::pair(before.notes != after.notes, "notes"), std::pair(parts, "addresses, jobs or other details")}) {
    if (is_changed) changed += (changed.empty() ? "" : ", ") + std::string(what);
  }
  return changed;
}

}  // namespace

Id<Company> Applying::company(const std::string& name) {
  constexpr std::size_t kept_max = 100'000;
  if (companies_.size() >= kept_max) companies_.clear();
  const auto key = company_key(name);
  if (const auto lately = companies_.find(key); lately != companies_.end()) return lately->second;
  if (const auto known = store_.company_keyed(key)) return companies_[key] = *known;
  Company company;
  company.name = name;
  return companies_[key] = store_.add(company);
}

/// By identity; a name only suggests.
std::optional<Id<Contact>> Applying::known(const importers::Person& person) {
  for (const auto& point : person.points) {
    if (!identifies(point.kind, point.value)) continue;
    for (const auto id : store_.known_at(point.kind, point.value)) {
      // A couple may share a mailbox: their names stand in the way.
      if (point.kind != PointKind::email || !names_conflict(person.contact, store_.get(id))) return id;
    }
  }
  if (!person.uid.empty()) {
    if (const auto named = store_.known_at(PointKind::uid, person.uid); !named.empty()) return named.front();
  }
  // Notes mean the one contact of that name, and so does an old export of the network that has no profiles. Any other
  // source may mean a namesake: there a name tells only who came out of it before, without an identity.
  const bool by_name = source_ == "notes" || source_ == "linkedin";
  const bool identified = !person.uid.empty() || std::any_of(person.points.begin(), person.points.end(), [&](const auto& point) {
                            return by_name ? point.kind == PointKind::linkedin : identifies(point.kind, point.value);
                          });
  const auto found = identified ? std::nullopt : only_one_called(person.contact.display);
  // A table of Ties's own may come back into the file that it was made of.
  if (!found || by_name || source_ == "ties" || store_.get(*found).source == source_ || store_.is_merged_from(*found, source_)) return found;
  return std::nullopt;
}

std::optional<Id<Contact>> Applying::only_one_called(const std::string& name) {
  for (const auto& folded : folded_names(name)) {
    const auto called = store_.first_contacts_called(folded);
    if (!called.empty()) return called.size() == 1 ? std::optional(called.front()) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<Id<Contact>> Applying::known(const PersonKey& key) {
  bool identified = false;
  for (const auto& [kind, value] : identities(key)) {
    if (value.empty()) continue;
    identified = true;
    if (const auto found = store_.known_at(kind, value); !found.empty()) return found.front();
  }
  return identified ? std::nullopt : only_one_called(key.name);
}

/// A contact for a person whom only a message or an invitation names.
Id<Contact> Applying::known_or_new(const PersonKey& key) {
  if (const auto found = known(key)) return *found;
  auto told = key.name;
  for (const auto& other : {key.linkedin, key.github, key.gitlab, key.email}) {
    if (told.empty()) told = other;
  }
  const auto name = person_name(told);
  Contact contact;
  contact.display = name.display.empty() ? "somebody" : name.display;
  contact.given = name.given, contact.family = name.family, contact.nickname = name.nickname, contact.suffix = name.suffix;
  contact.source = source_;
  contact.id = store_.add(contact);
  for (const auto& [kind, value] : identities(key)) {
    if (!value.empty()) add_point(contact.id, kind, value, "");
  }
  return contact.id;
}

std::vector<Id<Contact>> Applying::contacts_among(const std::vector<PersonKey>& people, bool also_new) {
  std::vector<Id<Contact>> contacts;
  const auto me = store_.me();
  for (const auto& person : people) {
    const auto contact = also_new ? std::optional(known_or_new(person)) : known(person);
    if (!contact) {
      const auto& key = person.email.empty() ? person.name : person.email;
      if (result_.strangers.size() >= ImportResult::strangers_max && !result_.strangers.contains(key)) continue;
      auto& stranger = result_.strangers[key];
      ++stranger.times;
      if (stranger.name.empty()) stranger.name = person.name;
    } else if (!(me && me->id == *contact) && std::find(contacts.begin(), contacts.end(), *contact) == contacts.end()) {
      contacts.push_back(*contact);
    }
  }
  return contacts;
}

bool Applying::add_point(Id<Contact> contact, PointKind kind, const std::string& value, const std::string& label) {
  if (store_.has_point(contact, kind, value)) return false;
  ContactPoint point;
  point.contact = contact, point.kind = kind, point.value = value, point.label = label;
  point.source = source_, point.seen_on = snapshot();
  store_.add(point);
  return true;
}

void Applying::apply_self(const importers::Self& self) {
  if (!self.profile && self.schools.empty()) return;
  auto me = store_.me_or_new();
  if (self.profile) {
    const auto& profile = *self.profile;
    auto after = me;
    if (!profile.contact.display.empty()) after.display = profile.contact.display, after.given = profile.contact.given, after.family = profile.contact.family;
    if (!profile.contact.headline.empty()) after.headline = profile.contact.headline;
    if (!profile.contact.location.empty()) after.location = profile.contact.location;
    after.folded = me.folded;
    if (after != me) store_.update(after);
    for (const auto& point : profile.points) add_point(me.id, point.kind, point.value, point.label);
    for (const auto& job : profile.jobs) add_job(me.id, job, false);
  }
  const auto known = store_.educations(me.id);
  for (auto school : self.schools) {
    if (std::any_of(known.begin(), known.end(), [&](const auto& k) { return k.school == school.school && k.degree == school.degree && k.started == school.started; })) continue;
    school.contact = me.id;
    school.source = source_;
    store_.add(school);
  }
}

void Applying::apply_suggestion(const importers::FoundCompany& found) {
  auto kept = store_.get(company(found.name));
  if (kept.target || kept.suggested) return count(found.file, Did::unchanged);
  kept.suggested = true;
  store_.update(kept);
  count(found.file, Did::created, kept, "suggested as a target");
}

/// Whether the job was news. `snapshot`: it is what a source says of today, so another current job means a change.
bool Applying::add_job(Id<Contact> contact, const importers::Person::Job& job, bool snapshot_of_today) {
  if (job.company.empty() && job.title.empty()) return false;
  const auto company_id = job.company.empty() ? std::nullopt : std::optional<Id<Company>>(company(job.company));
  const auto lines = store_.employments(contact);
  for (const auto& [employment, name] : lines) {
    if (employment.company != company_id || employment.title != job.title || employment.started != job.started) continue;
    if (snapshot_of_today && employment.ended.empty() && (!employment.as_of || *employment.as_of < snapshot())) {
      auto still = employment;
      still.as_of = snapshot();
      store_.update(still);
    }
    if (employment.ended != job.ended && !snapshot_of_today) {
      auto ended = employment;
      ended.ended = job.ended;
      store_.update(ended);
      return true;
    }
    return false;
  }
  Employment employment;
  employment.contact = contact, employment.company = company_id, employment.title = job.title;
  employment.started = job.started, employment.ended = job.ended, employment.source = source_;
  if (snapshot_of_today || job.ended.empty()) employment.as_of = snapshot();
  employment.id = store_.add(employment);
  if (snapshot_of_today && !lines.empty() && lines.front().employment.ended.empty()) note_change(contact, lines.front(), employment);
  return true;
}

void Applying::note_change(Id<Contact> contact, const EmploymentLine& before, const Employment& after) {
  if (before.employment.as_of && *before.employment.as_of >= snapshot()) return;  // an older export: history, no news
  const bool is_learnt = before.employment.title.empty() || after.title.empty();
  if (is_learnt && before.employment.company == after.company) return;  // one source knows the title and the other does not
  JobChange change;
  change.contact = contact, change.before = before.employment.id, change.after = after.id, change.seen_on = snapshot();
  change.same_company = before.employment.company == after.company;
  store_.add(change);
  const auto name = store_.get(contact).display;
  const auto to = after.company ? store_.get(*after.company) : Company{};
  result_.job_changes.push_back(change.same_company ? fmt::format("{} is {} at {} now (was {})", name, after.title, to.name, before.employment.title)
                                                    : fmt::format("{} moved from {} to {}{}{}", name, before.company.empty() ? "?" : before.company, to.name.empty() ? "?" : to.name,
                                                                  after.title.empty() ? "" : ", " + after.title, to.target ? " (a target of yours)" : ""));
}

void Applying::apply_person(const importers::Person& person) {
  const auto id = known(person);
  if (!id) {
    if (person.only_suggests) return count(person.file, Did::unchanged);
    auto contact = person.contact;
    contact.source = source_;
    if (!person.note.empty()) contact.notes = person.note;
    contact.id = store_.add(contact);
    add_parts(contact.id, person);
    if (!person.introduced_by.empty()) introduced_.emplace_back(contact.id, person.introduced_by);
    return count(person.file, Did::created, contact);
  }
  const auto before = store_.get(*id);
  if (before.me) return count(person.file, Did::unchanged);
  const auto typed = store_.hand_edits(*id);
  const auto is_typed = [&](std::string_view field) { return std::find(typed.begin(), typed.end(), field) != typed.end(); };
  auto after = before;
  const auto take = [&](std::string_view field, std::string Contact::*member) {
    const auto& said = person.contact.*member;
    if (said.empty() || said == after.*member || person.only_suggests || older_than_known_) return;
    if (is_typed(field) || before.source == "hand") {
      if (!(before.*member).empty() && field != "given" && field != "family") {
        result_.differences.push_back(fmt::format("{}: {} stays '{}' as you typed it; the file says '{}'", before.display, field, before.*member, said));
      }
      if (!(before.*member).empty() || is_typed(field)) return;
    }
    after.*member = said;
  };
  // A name out of notes is how the user called them that day; the network's own wins over it.
  if (!source_.starts_with("notes")) {
    if (!is_typed("name") && before.source != "hand") {
      take("display", &Contact::display), take("given", &Contact::given), take("family", &Contact::family), take("suffix", &Contact::suffix);
    }
    take("headline", &Contact::headline), take("location", &Contact::location);
  }
  if (!after.connected_on) after.connected_on = person.contact.connected_on;
  if (!after.met_on) after.met_on = person.contact.met_on;
  if (!person.note.empty() && after.notes.find(person.note) == std::string::npos) after.notes += (after.notes.empty() ? "" : "\n\n") + person.note;
  const bool fields = after != before;
  if (fields) store_.update(after);
  const bool parts = add_parts(*id, person);
  if (!person.introduced_by.empty() && !before.met_through) introduced_.emplace_back(*id, person.introduced_by);
  count(person.file, fields || parts ? Did::changed : Did::unchanged, after, what_changed(before, after, parts));
}

bool Applying::add_parts(Id<Contact> contact, const importers::Person& person) {
  bool news = false;
  for (const auto& point : person.points) news |= add_point(contact, point.kind, point.value, point.label);
  for (const auto& job : person.jobs) {
    const bool vague = job.title.empty() && !store_.employments(contact).empty() && knows_company(contact, job.company);
    if (!vague) news |= add_job(contact, job, job.started.empty() && job.ended.empty());
  }
  for (const auto& name : person.tags) {
    const auto tag = store_.tag_named_or_new(name);
    if (store_.contact_tag(contact, tag.id)) continue;
    ContactTag link;
    link.contact = contact, link.tag = tag.id;
    store_.add(link);
    news = true;
  }
  if (!person.uid.empty()) news |= add_point(contact, PointKind::uid, person.uid, "");
  if (!person.extras.empty()) news |= add_extras(contact, person);
  return news;
}

/// Of a name that this source told before, the newest value stands.
bool Applying::add_extras(Id<Contact> contact, const importers::Person& person) {
  bool news = false;
  const auto known_extras = store_.extras(contact);
  const auto says = [&](const ContactExtra& extra) {
    return std::find(person.extras.begin(), person.extras.end(), importers::Person::Extra{extra.name, extra.value}) != person.extras.end();
  };
  for (const auto& known : known_extras) {
    const bool told_again = std::any_of(person.extras.begin(), person.extras.end(), [&](const auto& extra) { return extra.name == known.name; });
    if (known.source != source_ || !told_again || says(known) || older_than_known_ || store_.is_merged_from(contact, source_)) continue;
    store_.remove(known.id);
    news = true;
  }
  std::set<std::pair<std::string, std::string>> kept;
  for (const auto& known : known_extras) {
    if (known.source == source_ || source_ == "ties") kept.emplace(known.name, known.value);
  }
  for (const auto& [name, value] : person.extras) {
    if (!kept.emplace(name, value).second) continue;
    ContactExtra extra;
    extra.contact = contact, extra.source = source_, extra.name = name, extra.value = value;
    store_.add(extra);
    news = true;
  }
  return news;
}

void Applying::introduce(Id<Contact> id, const std::string& introducer) {
  const auto through = only_one_called(introducer);
  auto contact = store_.get(id);
  if (!through || *through == id || contact.met_through) return;
  contact.met_through = through;
  store_.update(contact);
}

bool Applying::knows_company(Id<Contact> contact, const std::string& name) {
  const auto id = company(name);
  const auto lines = store_.employments(contact);
  return std::any_of(lines.begin(), lines.end(), [&](const auto& line) { return line.employment.company == id; });
}

}  // namespace ties
