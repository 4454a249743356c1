#include "crm/service/naming.h"
#include "crm/text/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr Arg who{"contact", Kind::text, "a number, a name, or an unambiguous part of one", Place::first};

/// The fields of a contact that are set by plain words, each an option of the same name.
struct PlainField {
  std::string_view name;
  std::string Contact::*field;
  std::string_view help;
};
constexpr PlainField plain_fields[] = {
    {"nickname", &Contact::nickname, "what friends say"},
    {"suffix", &Contact::suffix, "PhD, Jr"},
    {"headline", &Contact::headline, "one line on what they do"},
    {"location", &Contact::location, "where they live"},
    {"pronouns", &Contact::pronouns, "as they say"},
    {"notes", &Contact::notes, "notes, in Markdown"},
    {"private-note", &Contact::private_note, "a note that leaves only with `ties export --include-private`"},
    {"met-place", &Contact::met_place, "where we met"},
};
struct PointField {
  std::string_view name;
  PointKind kind;
};
constexpr PointField point_fields[] = {{"email", PointKind::email},   {"phone", PointKind::phone},     {"linkedin", PointKind::linkedin},
                                       {"github", PointKind::github}, {"gitlab", PointKind::gitlab},   {"website", PointKind::website},
                                       {"handle", PointKind::handle}};

std::vector<Arg> contact_args() {
  std::vector<Arg> args;
  for (const auto& field : plain_fields) args.push_back({field.name, Kind::text, field.help});
  for (const auto& field : point_fields) args.push_back({field.name, Kind::text, "an address; may be given several times", Place::repeated});
  args.push_back({"also", Kind::text, "another name: in another script, before a marriage; may be given several times", Place::repeated});
  args.push_back({"company", Kind::text, "where they work now"});
  args.push_back({"title", Kind::text, "as what"});
  args.push_back({"tag", Kind::text, "a tag; may be given several times", Place::repeated});
  args.push_back({"cadence", Kind::text, "how often to be in touch: 30, 2w, 3m; 'none' for never"});
  args.push_back({"met-at", Kind::text, "the event where we met"});
  args.push_back({"met-through", Kind::text, "who introduced us"});
  args.push_back({"met-on", Kind::day, "the day we met"});
  return args;
}

/// "30", "30d", "2w", "3m", "1y" as days; nothing for "none".
std::optional<int> cadence_of(const std::string& text) {
  if (text == "none" || text == "never") return std::nullopt;
  const auto digits = text.find_first_not_of("0123456789");
  const int count = text.empty() || digits == 0 || text.size() > 6 ? 0 : std::stoi(text.substr(0, digits));
  const std::string unit = digits == std::string::npos ? "d" : text.substr(digits);
  const int days = unit == "d" ? 1 : unit == "w" ? 7 : unit == "m" ? 30 : unit == "y" ? 365 : 0;
  if (count * days <= 0) throw Wrong(fmt::format("cadence: '{}' is none; write 30, 2w, 3m, 1y or none", text));
  return count * days;
}

void add_points(Crm& crm, Contact& contact, const Args& args) {
  for (const auto& field : point_fields) {
    for (const auto& written : args.many(field.name)) {
      const auto value = normalised(field.kind, written, crm.config.text("region"));
      if (!value) throw Wrong(fmt::format("{}: '{}' is no such address{}", field.name, written,
                                          field.kind == PointKind::phone ? "; give the country code, or set `ties config region`" : ""));
      const auto points = crm.store.points(contact.id);
      const bool known = std::any_of(points.begin(), points.end(), [&](const auto& p) { return p.kind == field.kind && p.value == *value; });
      if (known) continue;
      ContactPoint point;
      point.contact = contact.id;
      point.kind = field.kind;
      point.value = *value;
      point.primary = std::none_of(points.begin(), points.end(), [&](const auto& p) { return p.kind == field.kind; });
      point.source = "hand";
      point.seen_on = args.today();
      crm.store.add(point);
    }
  }
}

void add_names(Crm& crm, const Contact& contact, const std::vector<std::string>& written) {
  for (const auto& text : written) {
    ContactName name;
    name.contact = contact.id, name.name = text::clean_line(text), name.source = "hand";
    if (name.name.empty()) throw Wrong("also: give a name");
    const auto known = crm.store.names(contact.id);
    const bool is_known = name.name == contact.display || std::any_of(known.begin(), known.end(), [&](const auto& other) { return other.name == name.name; });
    if (!is_known) crm.store.add(name);
  }
}

void add_tags(Crm& crm, Id<Contact> contact, const std::vector<std::string>& names) {
  for (auto name : names) {
    if (name.starts_with('#')) name.erase(0, 1);
    const auto tag = crm.store.tag_named_or_new(name);
    if (crm.store.contact_tag(contact, tag.id)) continue;
    ContactTag link;
    link.contact = contact;
    link.tag = tag.id;
    crm.store.add(link);
  }
}

/// What both `add` and `edit` take: fields, addresses, job, tags, how we met. Marks what was typed.
void set_from(Crm& crm, Contact& contact, const Args& args) {
  std::vector<std::string> typed;
  for (const auto& field : plain_fields) {
    if (!args.has(field.name)) continue;
    contact.*field.field = args.text(field.name);
    std::string name(field.name);
    std::replace(name.begin(), name.end(), '-', '_');
    typed.push_back(name);
  }
  if (args.has("cadence")) contact.cadence_days = cadence_of(args.text("cadence"));
  if (args.has("met-at")) contact.met_event = event_named_or_new(crm, args.text("met-at")).id;
  if (args.has("met-through")) contact.met_through = contact_named(crm, args.text("met-through")).id;
  if (const auto day = args.day("met-on")) contact.met_on = day;
  crm.store.update(contact);
  for (const auto& field : typed) crm.store.mark_hand_edit(contact.id, field);
  add_points(crm, contact, args);
  add_names(crm, contact, args.many("also"));
  add_tags(crm, contact.id, args.many("tag"));
  if (args.has("company") || args.has("title")) {
    const auto job = crm.store.current_employment(contact.id);
    Employment employment;
    employment.contact = contact.id;
    if (job) employment.company = job->employment.company;
    if (args.has("company")) employment.company = company_named_or_new(crm, args.text("company")).id;
    employment.title = args.has("title") ? args.text("title") : (job && !args.has("company") ? job->employment.title : "");
    employment.as_of = args.today();
    employment.source = "hand";
    if (!job || job->employment.company != employment.company || job->employment.title != employment.title) crm.store.add(employment);
  }
}

Json line_json(const ContactLine& line) {
  return {{"id", line.contact.id.value}, {"name", line.contact.display}, {"company", line.company}, {"title", line.title},
          {"last", wire::value(line.last)}, {"tags", line.tags}, {"starred", line.contact.starred}};
}

/// A contact whole: its fields, addresses, jobs, tags, and everything that happened, newest first.
Json whole(Crm& crm, const Contact& contact) {
  Json json = wire::record(contact);
  json["met_event"] = contact.met_event ? Json(crm.store.get(*contact.met_event).name) : Json(nullptr);
  json["met_through"] = contact.met_through ? Json(crm.store.get(*contact.met_through).display) : Json(nullptr);
  std::vector<std::string> tags, names;
  for (const auto& name : crm.store.names(contact.id)) names.push_back(name.name);
  json["also"] = names;
  for (const auto& tag : crm.store.tags(contact.id)) tags.push_back(tag.name);
  json["tags"] = tags;
  Json points = Json::array(), jobs = Json::array(), schools = Json::array(), favours = Json::array(), open = Json::array();
  for (const auto& p : crm.store.points(contact.id)) {
    if (p.kind == PointKind::uid) continue;  // for programs alone
    points.push_back({{"kind", word(p.kind)}, {"value", p.value}, {"label", p.label}, {"source", p.source}, {"seen_on", wire::value(p.seen_on)}});
  }
  for (const auto& [job, company] : crm.store.employments(contact.id)) {
    jobs.push_back({{"title", job.title}, {"company", company}, {"started", job.started}, {"ended", job.ended}, {"as_of", wire::value(job.as_of)}, {"source", job.source}});
  }
  Json extras = Json::array();
  for (const auto& extra : crm.store.extras(contact.id)) extras.push_back({{"name", extra.name}, {"value", extra.value}, {"source", extra.source}});
  for (const auto& s : crm.store.educations(contact.id)) schools.push_back({{"school", s.school}, {"degree", s.degree}, {"started", s.started}, {"ended", s.ended}});
  for (const auto& f : crm.store.favours(contact.id)) favours.push_back({{"on", to_text(f.on)}, {"direction", word(f.direction)}, {"text", f.text}});
  for (const auto& t : crm.store.tasks_about(contact.id)) {
    if (t.state == TaskState::open) open.push_back({{"id", t.id.value}, {"due", wire::value(t.due)}, {"text", t.text}, {"owed_by", word(t.owed_by)}});
  }
  struct Entry {
    std::string when, what, text;
  };
  std::vector<Entry> entries;
  for (const auto& i : crm.store.interactions_with(contact.id)) {
    std::string what(word(i.kind));
    if (i.direction != Direction::none) what += i.direction == Direction::in ? " in" : " out";
    if (i.count > 1) what += fmt::format(" ×{}", i.count);
    if (const auto event = crm.store.find(i.event)) what += " at " + event->name;
    entries.push_back({to_text(i.when), what, i.text});
  }
  for (const auto& [c, part] : crm.store.contributions_met_by(contact.id)) {
    const auto day = c.closed_on ? c.closed_on : c.opened_on;
    entries.push_back({day ? to_text(*day) : "", fmt::format("{} your {}", word(part), word(c.kind)), c.title});
  }
  for (const auto& change : crm.store.job_changes(contact.id)) {
    const auto after = crm.store.get(change.after);
    entries.push_back({to_text(change.seen_on), change.same_company ? "new title" : "new job", fmt::format("{} at {}", after.title, company_name(crm, after.company))});
  }
  for (const auto& r : crm.store.referrals(contact.id, std::nullopt, std::nullopt)) {
    for (const auto& step : crm.store.steps(r.id)) {
      entries.push_back({to_text(step.on), fmt::format("referral {} {}", r.id.value, word(step.state)), r.role + (r.company ? " at " + company_name(crm, r.company) : "")});
    }
  }
  for (const auto& a : crm.store.applications_with(contact.id)) entries.push_back({to_text(a.opened_on), fmt::format("application {}", a.id.value), title_of(crm, a)});
  std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.when > b.when; });
  Json timeline = Json::array();
  for (auto& entry : entries) timeline.push_back({{"when", entry.when}, {"what", entry.what}, {"text", entry.text}});
  const auto tie = tie_strength(crm.store.tie_facts(contact.id), crm.clock.today());
  json["tie"] = fmt::format("{} ({} of 100)", tie.word, tie.score);
  json["points"] = points, json["jobs"] = jobs, json["schools"] = schools, json["more"] = extras, json["open"] = open, json["favours"] = favours, json["timeline"] = timeline;
  return json;
}

Answer add(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto name = person_name(args.text("name"));
  if (name.display.empty()) throw Wrong("name: give a name");
  const auto same = crm.store.contacts_called(text::fold(name.display + " " + name.nickname));
  if (!same.empty() && !args.go_on()) {
    throw Guarded({{"same name", fmt::format("contact {} is called {} too", same.front().id.value, same.front().display)}});
  }
  Contact contact;
  contact.display = name.display, contact.given = name.given, contact.family = name.family;
  contact.nickname = name.nickname, contact.suffix = name.suffix;
  contact.source = "hand";
  contact.id = crm.store.add(contact);
  set_from(crm, contact, args);
  return doing.done("added " + contact.display, whole(crm, crm.store.get(contact.id)));
}

Answer list(Crm& crm, const Args& args) {
  std::string words;
  for (const auto& word : args.many("query")) words += (words.empty() ? "" : " ") + word;
  const auto order = args.choice<ContactOrder>("sort").value_or(ContactOrder::name);
  Answer answer;
  answer.data = Json::array();
  for (const auto& line : crm.store.contacts(contact_query(words), order, args.has("limit") ? args.number("limit") : 1'000'000, args.today())) {
    answer.data.push_back(line_json(line));
  }
  return answer;
}

Answer show(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = whole(crm, contact_named(crm, args.text("contact")));
  return answer;
}

Answer edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto contact = contact_named(crm, args.text("contact"));
  if (args.has("name")) {
    const auto name = person_name(args.text("name"));
    if (name.display.empty()) throw Wrong("name: give a name");
    contact.display = name.display, contact.given = name.given, contact.family = name.family;
    crm.store.mark_hand_edit(contact.id, "name");
  }
  if (args.flag("star")) contact.starred = true;
  if (args.flag("unstar")) contact.starred = false;
  set_from(crm, contact, args);
  for (const auto& written : args.many("remove-point")) {
    bool removed = false;
    for (const auto& point : crm.store.points(contact.id)) {
      if (point.value != written && normalised(point.kind, written, crm.config.text("region")) != point.value) continue;
      crm.store.remove(point.id);
      removed = true;
    }
    if (!removed) throw NotFound(fmt::format("{} has no address '{}'", contact.display, written));
  }
  for (const auto& written : args.many("remove-name")) {
    bool removed = false;
    for (const auto& name : crm.store.names(contact.id)) {
      if (name.name != written && name.folded != text::fold(written)) continue;
      crm.store.remove(name.id);
      removed = true;
    }
    if (!removed) throw NotFound(fmt::format("{} is not called '{}' too", contact.display, written));
  }
  return doing.done("edited " + contact.display, whole(crm, crm.store.get(contact.id)));
}

Answer tag(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto contact = contact_named(crm, args.text("contact"));
  if (!args.has("tags") && !args.has("remove")) throw Wrong("contact tag: name a tag to add, or one to --remove");
  add_tags(crm, contact.id, args.many("tags"));
  if (args.has("cadence")) {
    for (const auto& name : args.many("tags")) {
      auto circle = crm.store.tag_named_or_new(name);
      circle.cadence_days = cadence_of(args.text("cadence"));
      crm.store.update(circle);
    }
  }
  for (const auto& name : args.many("remove")) {
    const auto found = crm.store.tag_named(name);
    const auto link = found ? crm.store.contact_tag(contact.id, found->id) : std::nullopt;
    if (!link) throw NotFound(fmt::format("{} has no tag '{}'", contact.display, name));
    crm.store.remove(link->id);
  }
  return doing.done("tagged " + contact.display, whole(crm, crm.store.get(contact.id)));
}

Answer archive(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto contact = contact_named(crm, args.text("contact"));
  contact.archived = true;
  crm.store.update(contact);
  return doing.done(fmt::format("archived {}; `ties contact restore {}` brings them back", contact.display, contact.id.value), wire::record(contact));
}

Answer remove(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto contact = contact_named(crm, args.text("contact"));
  contact.deleted_on = args.today();
  crm.store.update(contact);
  return doing.done(fmt::format("moved {} to the trash; `ties contact restore {}` brings them back", contact.display, contact.id.value), wire::record(contact));
}

Answer restore(Crm& crm, const Args& args) {
  Doing doing(crm);
  std::vector<Contact> gone;
  const auto folded = text::fold(args.text("contact"));
  for (auto& contact : crm.store.all<Contact>()) {
    if (!contact.deleted_on && !contact.archived) continue;
    if (std::to_string(contact.id.value) == folded || contact.folded.find(folded) != std::string::npos) gone.push_back(std::move(contact));
  }
  if (gone.empty()) throw NotFound(fmt::format("nobody archived or in the trash is called '{}'; `ties contact list is:deleted` shows them", args.text("contact")));
  if (gone.size() > 1) throw Conflict(fmt::format("{} people in the trash or archive are called so; give the number", gone.size()));
  auto contact = gone.front();
  contact.deleted_on.reset();
  contact.archived = false;
  crm.store.update(contact);
  return doing.done("restored " + contact.display, wire::record(contact));
}

Answer erase(Crm& crm, const Args& args) {
  std::optional<Contact> found;
  const auto text = args.text("contact");
  try {
    found = contact_named(crm, text);
  } catch (const NotFound&) {  // perhaps in the trash
    for (auto& contact : crm.store.all<Contact>()) {
      if (contact.deleted_on && contact.folded.find(text::fold(text)) != std::string::npos) found = std::move(contact);
    }
    if (!found) throw;
  }
  if (!args.go_on()) {
    throw Guarded({{"erase", fmt::format("everything about {} is removed, from the journal too, and no undo brings it back", found->display)}});
  }
  const auto mentions = crm.store.erase(found->id, crm.clock.instant(), crm.door);
  Answer answer;
  answer.said = fmt::format("erased contact {}", found->id.value);
  answer.data = {{"erased", found->id.value}, {"mentions", mentions}};
  for (const auto& mention : mentions) answer.remarks.push_back("a text of yours still names them: " + mention);
  return answer;
}

}  // namespace

std::vector<Verb> contact_verbs() {
  auto add_args = contact_args();
  add_args.insert(add_args.begin(), {"name", Kind::text, "the whole name", Place::first});
  auto edit_args = contact_args();
  edit_args.insert(edit_args.begin(), {who, {"name", Kind::text, "the new name"}});
  edit_args.push_back({"remove-point", Kind::text, "an address that no longer holds", Place::repeated});
  edit_args.push_back({"remove-name", Kind::text, "another name that does not hold", Place::repeated});
  edit_args.push_back({"star", Kind::flag, "mark as a favourite"});
  edit_args.push_back({"unstar", Kind::flag, "no favourite any more"});
  return {
      {"contact add", "POST /contacts", "add a person", "ties contact add 'Ada Lovelace' --company Acme --email ada@acme.example --tag compilers", add_args, add, true},
      {"contact list", "GET /contacts", "list people, all or those that a query finds", "ties contact list compilers tag:alumni 'last:>90d' has:email -tag:recruiter --sort last",
       {{"query", Kind::text, "words, tag:, company:, event:, source:, last:>90d, has:email, is:starred; -before any of them", Place::rest},
        {"sort", Kind::choice, "name, last (newest talk first), added, company", Place::option, false, words<ContactOrder>()},
        {"limit", Kind::number, "at most so many"}},
       list, false, "id:#, name, title, company, last:last contact, tags"},
      {"contact show", "GET /contacts/{contact}", "all about a person, with the timeline", "ties contact show ada", {who}, show, false},
      {"contact edit", "PATCH /contacts/{contact}", "change what is known; what you type wins over imports", "ties contact edit ada --cadence 6w --headline 'compilers'", edit_args, edit, true},
      {"contact tag", "POST /contacts/{contact}/tags", "add or remove tags; one with a cadence is a circle", "ties contact tag ada compilers inner-circle --cadence 6w",
       {who, {"tags", Kind::text, "tags to add", Place::rest}, {"remove", Kind::text, "a tag to take off", Place::repeated},
        {"cadence", Kind::text, "make the tags a circle with this cadence: 2w, 3m"}},
       tag, true},
      {"contact archive", "POST /contacts/{contact}/archive", "put a person aside: no lists, no follow-ups", "ties contact archive ada", {who}, archive, true},
      {"contact delete", "DELETE /contacts/{contact}", "move a person to the trash", "ties contact delete ada", {who}, remove, true},
      {"contact restore", "POST /contacts/{contact}/restore", "bring a person back from archive or trash", "ties contact restore ada", {who}, restore, true},
      {"contact erase", "POST /contacts/{contact}/erase", "remove every trace of a person, from the journal too", "ties contact erase ada --yes", {who}, erase, true},
  };
}

}  // namespace ties
