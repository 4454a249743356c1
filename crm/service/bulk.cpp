#include <fmt/format.h>

#include <algorithm>

#include "crm/service/moves.h"
#include "crm/service/naming.h"

/// One edit of many records: one change, one undo.
namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr std::size_t names_shown = 10;

/// How many were chosen and changed, and the names of the first.
struct Tally {
  std::size_t chosen{}, changed{};
  std::vector<std::string> names{};

  void add(const std::string& name, bool did) {
    ++chosen;
    if (did && changed++ < names_shown) names.push_back(name);
  }
  Json json() const { return {{"chosen", chosen}, {"changed", changed}, {"names", names}}; }
  std::string said(std::string_view noun) const {
    const auto more = changed > names.size() ? fmt::format(" and {} more", changed - names.size()) : "";
    return fmt::format("edited {} {}{}: {}{}", changed, noun, changed == 1 ? "" : "s", fmt::join(names, ", "), more);
  }
};

/// Those who are named, and those that the query finds, each once.
std::vector<Id<Contact>> chosen_people(Crm& crm, const Args& args) {
  std::vector<Id<Contact>> people;
  const auto numbers = args.many("contacts");
  if (numbers.empty() && args.text("where").empty())
    throw Wrong("contact bulk: say whom: numbers, or --where with a query");
  for (const auto& name : numbers) people.push_back(contact_named(crm, name).id);
  if (!args.text("where").empty()) {
    const auto found = crm.store.contact_ids(contact_query(args.text("where")), args.today(), crm.sees_private);
    people.insert(people.end(), found.begin(), found.end());
  }
  std::sort(people.begin(), people.end());
  people.erase(std::unique(people.begin(), people.end()), people.end());
  if (people.empty()) throw NotFound(fmt::format("nobody fits '{}'", args.text("where")));
  return people;
}

void must_do_something(const Args& args, std::string_view command, std::initializer_list<std::string_view> doings) {
  const bool any = std::any_of(doings.begin(), doings.end(), [&](std::string_view name) { return args.has(name); });
  if (!any) throw Wrong(fmt::format("{}: say what is to change: --{}", command, fmt::join(doings, ", --")));
}

/// Whether anything about the contact changed.
bool edit(Crm& crm, const Contact& before, const Args& args, std::optional<Id<Company>> company) {
  auto contact = before;
  if (args.has("cadence")) contact.cadence_days = cadence_of(args.text("cadence"));
  if (args.flag("star")) contact.starred = true;
  if (args.flag("unstar")) contact.starred = false;
  if (args.flag("archive")) contact.archived = true;
  if (args.flag("delete")) contact.deleted_on = contact.deleted_on ? contact.deleted_on : args.today();
  if (args.flag("restore")) contact.archived = false, contact.deleted_on.reset();
  bool changed = contact != before;
  if (changed) crm.store.update(contact);
  for (const auto& name : args.many("add-tag")) {
    const auto known = crm.store.tag_named(name);
    changed = changed || !known || !crm.store.contact_tag(contact.id, known->id);
    put_tag(crm, contact.id, name);
  }
  for (const auto& name : args.many("remove-tag")) {
    const auto link = crm.store.contact_tag(contact.id, tag_called(crm, name).id);
    if (!link) continue;
    crm.store.remove(link->id);
    changed = true;
  }
  const auto job = company ? crm.store.current_employment(contact.id) : std::nullopt;
  if (company && (!job || job->employment.company != company)) {
    Employment employment;
    employment.contact = contact.id, employment.company = company, employment.as_of = args.today(),
    employment.source = "hand";
    crm.store.add(employment);
    changed = true;
  }
  return changed;
}

Answer contacts(Crm& crm, const Args& args) {
  must_do_something(args, "contact bulk",
                    {"add-tag", "remove-tag", "cadence", "company", "star", "unstar", "archive", "delete", "restore"});
  Doing doing(crm);
  const auto people = chosen_people(crm, args);
  const auto company =
      args.text("company").empty() ? std::nullopt : std::optional(company_named_or_new(crm, args.text("company")).id);
  Tally tally;
  for (const auto id : people) {
    const auto contact = crm.store.get(id);
    tally.add(contact.display, edit(crm, contact, args, company));
    doing.change().keep_part_if_large();
  }
  if (tally.changed == 0)
    return doing.done(fmt::format("nothing to change in {} contact{}", tally.chosen, tally.chosen == 1 ? "" : "s"),
                      tally.json());
  return doing.done(tally.said("contact"), tally.json());
}

Answer applications(Crm& crm, const Args& args) {
  must_do_something(args, "application bulk", {"stage", "close", "priority", "archive", "unarchive"});
  const auto outcome = args.choice<Outcome>("close");
  if (outcome && !is_ending(*outcome))
    throw Wrong("close: give accepted, declined, rejected, withdrawn, ghosted or expired", "close");
  Doing doing(crm);
  std::vector<Warning> warnings;
  std::vector<Application> chosen;
  for (const auto& name : args.many("applications")) {
    auto application = application_named(crm, name);
    const bool is_known =
        std::any_of(chosen.begin(), chosen.end(), [&](const auto& other) { return other.id == application.id; });
    if (!is_known) chosen.push_back(std::move(application));
  }
  std::vector<std::string> overridden;
  for (const auto& application : chosen) {
    std::string names;
    if (args.has("stage")) {
      const auto to = stage_named(crm.store.stages(application.pipeline), args.text("stage"));
      for (const auto& warning :
           to.id == application.stage ? std::vector<Warning>{} : warnings_of_move(crm, application, to)) {
        names += (names.empty() ? "" : ", ") + warning.guard;
        if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end()) warnings.push_back(warning);
      }
    }
    overridden.push_back(names);
  }
  if (!warnings.empty() && !args.go_on()) throw Guarded(warnings);
  Tally tally;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const auto before = chosen[i];
    auto application = before;
    if (args.has("priority")) application.priority = std::min(3, args.number("priority"));
    if (args.flag("archive")) application.archived = true;
    if (args.flag("unarchive")) application.archived = false;
    if (application != before) crm.store.update(application);
    if (args.has("stage")) {
      const auto to = stage_named(crm.store.stages(application.pipeline), args.text("stage"));
      if (to.id != application.stage)
        move_to(crm, application, to, args.day_or_today("on"), args.text("note"), overridden[i]);
    }
    if (outcome && application.outcome != *outcome)
      close_as(crm, application, *outcome, args.day_or_today("on"), args.text("note"));
    tally.add(title_of(crm, application), application != before);
  }
  auto answer = doing.done(tally.changed == 0 ? fmt::format("nothing to change in {} application{}", tally.chosen,
                                                            tally.chosen == 1 ? "" : "s")
                                              : tally.said("application"),
                           tally.json());
  answer.overridden = warnings;
  return answer;
}

}  // namespace

std::vector<Verb> bulk_verbs() {
  return {
      {"contact bulk",
       "POST /contacts/bulk",
       "change many people at once",
       "ties contact bulk --where tag:alumni --add-tag friends --cadence 6w",
       {{"contacts", Kind::text, "whom, by number or name", Place::rest},
        {"where", Kind::text, "whom, by a query as `contact list` takes it"},
        {"add-tag", Kind::text, "a tag; may be given several times", Place::repeated},
        {"remove-tag", Kind::text, "a tag to take off", Place::repeated},
        {"cadence", Kind::text, "how often to be in touch: 30, 2w, 3m; 'none' for never"},
        {"company", Kind::text, "where they work now"},
        {"star", Kind::flag, "mark as favourites"},
        {"unstar", Kind::flag, "no favourites any more"},
        {"archive", Kind::flag, "put them aside"},
        {"delete", Kind::flag, "move them to the trash"},
        {"restore", Kind::flag, "bring them back from archive and trash"}},
       contacts,
       true,
       "",
       "Bulk"},
      {"application bulk",
       "POST /applications/bulk",
       "change several applications at once",
       "ties application bulk 1 2 3 --close ghosted",
       {{"applications", Kind::text, "which, by number or name", Place::rest, true},
        {"stage", Kind::text, "where to: key, name or its beginning"},
        {"close", Kind::choice, "accepted, declined, rejected, withdrawn, ghosted, expired", Place::option, false,
         words<Outcome>()},
        {"priority", Kind::number, "1 low, 2 middle, 3 high"},
        {"archive", Kind::flag, "put them aside"},
        {"unarchive", Kind::flag, "bring them back"},
        {"on", Kind::day, "the day; today when not said"},
        {"note", Kind::text, "what to remember"}},
       applications,
       true,
       "",
       "Bulk"},
  };
}

}  // namespace ties
