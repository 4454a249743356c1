#include "crm/service/listing.h"
#include "crm/service/naming.h"
#include "crm/service/whole.h"
#include "crm/text/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

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

/// Adds addresses; the first of a whole set is the primary one.
void set_points(Crm& crm, const Contact& contact, const Args& args) {
  for (const auto& field : point_fields) {
    std::vector<std::string> wanted;
    for (const auto& written : args.many(field.name)) {
      const auto value = normalised(field.kind, written, crm.config.text("region"));
      if (!value) throw Wrong(fmt::format("{}: '{}' is no such address{}", field.name, written,
                                          field.kind == PointKind::phone ? "; give the country code, or set `ties config region`" : ""));
      if (std::find(wanted.begin(), wanted.end(), *value) == wanted.end()) wanted.push_back(*value);
    }
    const bool replaces = args.replaces(field.name);
    bool has_primary = false;
    for (auto point : crm.store.points(contact.id)) {
      if (point.kind != field.kind) continue;
      const auto kept = std::find(wanted.begin(), wanted.end(), point.value);
      if (replaces && kept == wanted.end()) {
        crm.store.remove(point.id);
        continue;
      }
      const bool primary = replaces ? kept == wanted.begin() : point.primary;
      has_primary = has_primary || primary;
      if (primary != point.primary) {
        point.primary = primary;
        crm.store.update(point);
      }
    }
    const auto known = crm.store.points(contact.id);
    for (const auto& value : wanted) {
      if (std::any_of(known.begin(), known.end(), [&](const auto& p) { return p.kind == field.kind && p.value == value; })) continue;
      ContactPoint point;
      point.contact = contact.id, point.kind = field.kind, point.value = value;
      point.primary = replaces ? value == wanted.front() : !std::exchange(has_primary, true);
      point.source = "hand", point.seen_on = args.today();
      crm.store.add(point);
    }
  }
}

void set_names(Crm& crm, const Contact& contact, const Args& args) {
  std::vector<std::string> wanted;
  for (const auto& text : args.many("also")) wanted.push_back(text::clean_line(text));
  const auto is_wanted = [&](const std::string& name) { return std::find(wanted.begin(), wanted.end(), name) != wanted.end(); };
  for (const auto& name : crm.store.names(contact.id)) {
    if (args.replaces("also") && !is_wanted(name.name)) crm.store.remove(name.id);
  }
  for (const auto& text : wanted) {
    ContactName name;
    name.contact = contact.id, name.name = text, name.source = "hand";
    const auto known = crm.store.names(contact.id);
    const bool is_known = name.name == contact.display || std::any_of(known.begin(), known.end(), [&](const auto& other) { return other.name == name.name; });
    if (!is_known) crm.store.add(name);
  }
}

void set_tags(Crm& crm, Id<Contact> contact, const Args& args) {
  std::vector<Id<Tag>> wanted;
  for (const auto& name : args.many("tag")) wanted.push_back(put_tag(crm, contact, name).id);
  for (const auto& tag : crm.store.tags(contact)) {
    if (args.replaces("tag") && std::find(wanted.begin(), wanted.end(), tag.id) == wanted.end()) crm.store.remove(crm.store.contact_tag(contact, tag.id)->id);
  }
}

/// The job that they hold now: a new row where it is another one; what is emptied ends today.
void set_job(Crm& crm, Id<Contact> contact, const Args& args) {
  if (!args.has("company") && !args.has("title")) return;
  const auto job = crm.store.current_employment(contact);
  if (args.has("company") && args.text("company").empty()) {
    for (auto& line : crm.store.employments(contact)) {
      if (!line.employment.ended.empty()) continue;
      line.employment.ended = to_text(args.today());
      crm.store.update(line.employment);
    }
  }
  Employment employment;
  employment.contact = contact;
  if (job) employment.company = job->employment.company;
  edit_reference(args, "company", employment.company, [&](const std::string& name) { return company_named_or_new(crm, name); });
  employment.title = args.has("title") ? args.text("title") : (job && !args.has("company") ? job->employment.title : "");
  employment.as_of = args.today();
  employment.source = "hand";
  if (!employment.company && employment.title.empty()) return;
  if (!job || job->employment.company != employment.company || job->employment.title != employment.title) crm.store.add(employment);
}

/// What both `add` and `edit` take: fields, addresses, job, tags, how we met. Marks what was typed.
void set_from(Crm& crm, Contact& contact, const Args& args) {
  std::vector<std::string> typed;
  for (const auto& field : plain_fields) {
    if (!args.has(field.name)) continue;
    if (field.field == &Contact::private_note) must_see_private(crm, field.name);
    contact.*field.field = args.text(field.name);
    std::string name(field.name);
    std::replace(name.begin(), name.end(), '-', '_');
    typed.push_back(name);
  }
  if (args.has("cadence")) contact.cadence_days = cadence_of(args.text("cadence"));
  edit_reference(args, "met-at", contact.met_event, [&](const std::string& name) { return event_named_or_new(crm, name); });
  edit_reference(args, "met-through", contact.met_through, [&](const std::string& name) { return contact_named(crm, name); });
  args.edit("met-on", contact.met_on);
  crm.store.update(contact);
  for (const auto& field : typed) crm.store.mark_hand_edit(contact.id, field);
  set_points(crm, contact, args);
  set_names(crm, contact, args);
  set_tags(crm, contact.id, args);
  set_job(crm, contact.id, args);
}

Json line_json(const ContactLine& line) {
  return {{"id", line.contact.id.value}, {"name", line.contact.display}, {"company", line.company}, {"company_id", wire::value(line.company_id)}, {"title", line.title},
          {"last", wire::value(line.last)}, {"tags", line.tags}, {"email", line.email}, {"location", line.contact.location}, {"cadence_days", wire::value(line.contact.cadence_days)},
          {"starred", line.contact.starred}, {"archived", line.contact.archived}};
}

}  // namespace

static Json reasons_json(const std::vector<Reason>& reasons) {
  Json json = Json::array();
  for (const auto& reason : reasons) json.push_back({{"text", reason.text}, {"record", reason.record}});
  return json;
}

Json whole(Crm& crm, const Contact& contact) {
  Json json = wire::record(contact);
  json["met_event_id"] = wire::value(contact.met_event), json["met_through_id"] = wire::value(contact.met_through);
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
    points.push_back({{"kind", word(p.kind)}, {"value", p.value}, {"label", p.label}, {"primary", p.primary}, {"link", link_to(p.kind, p.value)}, {"source", p.source}, {"seen_on", wire::value(p.seen_on)}});
  }
  for (const auto& [job, company] : crm.store.employments(contact.id)) {
    jobs.push_back({{"title", job.title}, {"company", company}, {"company_id", wire::value(job.company)}, {"started", job.started}, {"ended", job.ended}, {"as_of", wire::value(job.as_of)}, {"source", job.source}});
  }
  Json extras = Json::array();
  for (const auto& extra : crm.store.extras(contact.id)) extras.push_back({{"name", extra.name}, {"value", extra.value}, {"source", extra.source}});
  for (const auto& s : crm.store.educations(contact.id)) schools.push_back({{"school", s.school}, {"degree", s.degree}, {"started", s.started}, {"ended", s.ended}});
  for (const auto& f : crm.store.favours(contact.id)) favours.push_back({{"id", f.id.value}, {"on", to_text(f.on)}, {"direction", word(f.direction)}, {"text", f.text}});
  for (const auto& t : crm.store.tasks_about(contact.id)) {
    if (t.state == TaskState::open) open.push_back({{"id", t.id.value}, {"due", wire::value(t.due)}, {"text", t.text}, {"owed_by", word(t.owed_by)}});
  }
  struct Entry {
    std::string when, what, text;
    std::string_view noun;  ///< what it comes of: the record's kind and number
    std::int64_t id;
  };
  std::vector<Entry> entries;
  for (const auto& i : crm.store.interactions_with(contact.id)) {
    std::string what(word(i.kind));
    if (i.direction != Direction::none) what += i.direction == Direction::in ? " in" : " out";
    if (i.count > 1) what += fmt::format(" ×{}", i.count);
    if (const auto event = crm.store.find(i.event)) what += " at " + event->name;
    entries.push_back({to_text(i.when), what, i.text, Interaction::noun, i.id.value});
  }
  for (const auto& [c, part] : crm.store.contributions_met_by(contact.id)) {
    const auto day = c.closed_on ? c.closed_on : c.opened_on;
    entries.push_back({day ? to_text(*day) : "", fmt::format("{} your {}", word(part), word(c.kind)), c.title, Contribution::noun, c.id.value});
  }
  for (const auto& change : crm.store.job_changes(contact.id)) {
    const auto after = crm.store.get(change.after);
    entries.push_back({to_text(change.seen_on), change.same_company ? "new title" : "new job", fmt::format("{} at {}", after.title, company_name(crm, after.company)), JobChange::noun, change.id.value});
  }
  for (const auto& r : crm.store.referrals(contact.id, std::nullopt, std::nullopt)) {
    for (const auto& step : crm.store.steps(r.id)) {
      entries.push_back({to_text(step.on), fmt::format("referral {} {}", r.id.value, word(step.state)), r.role + (r.company ? " at " + company_name(crm, r.company) : ""), Referral::noun, r.id.value});
    }
  }
  for (const auto& a : crm.store.applications_with(contact.id)) entries.push_back({to_text(a.opened_on), fmt::format("application {}", a.id.value), title_of(crm, a), Application::noun, a.id.value});
  std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.when > b.when; });
  Json timeline = Json::array();
  for (auto& entry : entries) timeline.push_back({{"when", entry.when}, {"what", entry.what}, {"text", entry.text}, {"noun", entry.noun}, {"id", entry.id}});
  const auto tie = tie_strength(crm.store.tie_facts(contact.id), crm.clock.today(), crm.config.tie_weights());
  json["tie"] = fmt::format("{} ({} of 100)", tie.word, tie.score);
  const auto ready = readiness_of(crm, contact.id, std::nullopt, std::nullopt);
  json["tie_because"] = reasons_json(tie.reasons);
  json["ready"] = word(ready.verdict), json["ready_score"] = ready.score;
  Json overlaps = Json::array();
  for (const auto& both : crm.store.overlaps(contact.id)) {
    overlaps.push_back({{"text", in_words(both)}, {"name", both.name}, {"school", both.at_school}, {"certainty", word(both.certainty)},
                        {"from", both.from}, {"until", both.until}, {"record", both.record}});
  }
  json["overlaps"] = overlaps;
  json["ready_because"] = reasons_json(ready.reasons), json["ready_after"] = ready.missing;
  json["points"] = points, json["jobs"] = jobs, json["schools"] = schools, json["more"] = extras, json["open"] = open, json["favours"] = favours, json["timeline"] = timeline;
  return json;
}

namespace {

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

/// The fields by which people are sorted in the file; any other sorts all that are found.
constexpr std::string_view fields_sorted_later[] = {"id", "title", "tags", "starred"};

/// What the list is asked to be sorted by, when the file can do it.
std::optional<ContactOrder> order_in_file(const std::string& sort) {
  const auto name = sort.substr(sort.starts_with('-') ? 1 : 0);
  if (sort.empty()) return ContactOrder::name;
  if (const auto order = from_word<ContactOrder>(name)) return order;
  if (std::find(std::begin(fields_sorted_later), std::end(fields_sorted_later), name) != std::end(fields_sorted_later)) return std::nullopt;
  const std::vector<std::string> names{words<ContactOrder>().begin(), words<ContactOrder>().end()};
  throw Wrong(fmt::format("sort: '{}' is none of {}{}", name, fmt::join(names, ", "), did_you_mean(name, names)), "sort");
}

Json value_of(const ContactLine& line, ContactOrder order) {
  switch (order) {
    case ContactOrder::name: break;
    case ContactOrder::last: return line.last ? to_text(*line.last) : "";
    case ContactOrder::added: return std::to_string(line.contact.id.value);
    case ContactOrder::company: return line.company;
  }
  return line.contact.folded;
}

Answer list(Crm& crm, const Args& args) {
  std::string words;
  for (const auto& word : args.many("query")) words += (words.empty() ? "" : " ") + word;
  const auto query = contact_query(words);
  const auto page = args.page();
  const auto cursor = cursor_of(page);
  const auto sort = cursor ? cursor->sort : page.sort;
  const auto order = order_in_file(sort);
  ContactWindow window;
  window.with_private = crm.sees_private;
  Answer answer;
  answer.data = Json::array();
  if (!order) {
    for (const auto& line : crm.store.contacts(query, window, args.today())) answer.data.push_back(line_json(line));
    return answer;
  }
  window.order = *order, window.turned = sort.starts_with('-'), window.offset = page.offset;
  if (page.limit) window.limit = *page.limit + 1;  // to see whether there are more
  if (cursor) {
    const auto& value = cursor->value;
    if (!value.is_array() || value.size() != 2 || !value[0].is_string() || !value[1].is_string()) throw no_cursor();
    window.after = {value[0].get<std::string>(), value[1].get<std::string>(), number_of_row(*cursor)};
  }
  auto lines = crm.store.contacts(query, window, args.today());
  answer.total = crm.store.count_contacts(query, crm.sees_private, args.today());
  if (page.limit && lines.size() > static_cast<std::size_t>(*page.limit)) {
    lines.pop_back();
    if (!lines.empty()) answer.next = to_text({sort, {value_of(lines.back(), *order), lines.back().contact.folded}, lines.back().contact.id.value, 0});
  }
  for (const auto& line : lines) answer.data.push_back(line_json(line));
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
  for (const auto& name : args.many("tags")) put_tag(crm, contact.id, name);
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
  return doing.done(fmt::format("archived {}; `ties contact restore {}` brings them back", contact.display, contact.id.value), whole(crm, contact));
}

Answer remove(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto contact = contact_named(crm, args.text("contact"));
  contact.deleted_on = args.today();
  crm.store.update(contact);
  return doing.done(fmt::format("moved {} to the trash; `ties contact restore {}` brings them back", contact.display, contact.id.value), whole(crm, contact));
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
  return doing.done("restored " + contact.display, whole(crm, contact));
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
  Answer answer;
  if (crm.dry_run) {
    answer.said = fmt::format("would erase contact {}; nothing was changed", found->id.value);
    answer.data = {{"erased", found->id.value}, {"mentions", Json::array()}};
    return answer;
  }
  const auto mentions = crm.store.erase(found->id, crm.clock.instant(), crm.door);
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
      {"contact add", "POST /contacts", "add a person", "ties contact add 'Ada Lovelace' --company Acme --email ada@acme.example --tag compilers", add_args, add, true, "", "Contact"},
      {"contact list", "GET /contacts", "list people, all or those that a query finds", "ties contact list compilers tag:alumni 'last:>90d' has:email -tag:recruiter --sort last",
       {{"query", Kind::text, "words, tag:, company:, event:, source:, last:>90d, has:email, is:starred, id:3,7; -before any of them", Place::rest},
        {"sort", Kind::text, "name, last (newest talk first), added (newest first), company; '-' before it turns it round"}},
       list, false, "id:#, name, title, company, last:last contact, tags", "[ContactLine]"},
      {"contact show", "GET /contacts/{contact}", "all about a person, with the timeline", "ties contact show ada", {who}, show, false, "", "Contact"},
      {"contact edit", "PATCH /contacts/{contact}", "change what is known; what you type wins over imports", "ties contact edit ada --cadence 6w --headline 'compilers'", edit_args, edit, true, "", "Contact"},
      {"contact tag", "POST /contacts/{contact}/tags", "add or remove tags; one with a cadence is a circle", "ties contact tag ada compilers inner-circle --cadence 6w",
       {who, {"tags", Kind::text, "tags to add", Place::rest}, {"remove", Kind::text, "a tag to take off", Place::repeated},
        {"cadence", Kind::text, "make the tags a circle with this cadence: 2w, 3m"}},
       tag, true, "", "Contact"},
      {"contact archive", "POST /contacts/{contact}/archive", "put a person aside: no lists, no follow-ups", "ties contact archive ada", {who}, archive, true, "", "Contact"},
      {"contact delete", "DELETE /contacts/{contact}", "move a person to the trash", "ties contact delete ada", {who}, remove, true, "", "Contact"},
      {"contact restore", "POST /contacts/{contact}/restore", "bring a person back from archive or trash", "ties contact restore ada", {who}, restore, true, "", "Contact"},
      {"contact erase", "POST /contacts/{contact}/erase", "remove every trace of a person, from the journal too", "ties contact erase ada --yes", {who}, erase, true, "", "Erased", "admin"},
  };
}

}  // namespace ties
