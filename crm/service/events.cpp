#include "crm/service/imports.h"
#include "crm/service/naming.h"

#include <fmt/format.h>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

Answer add(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto name = args.text("name");
  if (const auto same = event_named_if_any(crm, name); same && same->name == name) {
    throw Conflict(fmt::format("event {} is called {} already", same->id.value, same->name));
  }
  Event event;
  event.name = name;
  event.place = args.text("place");
  event.starts_on = args.day("starts");
  event.ends_on = args.day("ends");
  if (event.starts_on && event.ends_on && *event.ends_on < *event.starts_on) throw Wrong("event add: it ends before it starts");
  event.link = args.text("link");
  event.notes = args.text("notes");
  event.id = crm.store.add(event);
  return doing.done("added " + event.name, wire::record(event));
}

Answer list(Crm& crm, const Args&) {
  Answer answer;
  answer.data = Json::array();
  for (const auto& line : crm.store.events()) {
    auto json = wire::record(line.event);
    json["people"] = line.people;
    json["interactions"] = line.interactions;
    answer.data.push_back(std::move(json));
  }
  return answer;
}

Answer show(Crm& crm, const Args& args) {
  const auto event = event_named(crm, args.text("event"));
  Answer answer;
  answer.data = wire::record(event);
  Json people = Json::array();
  for (const auto& contact : crm.store.people_met_at(event.id)) {
    const auto job = crm.store.current_employment(contact.id);
    std::string talk;
    for (const auto& interaction : crm.store.interactions(contact.id, event.id, 10)) talk += (talk.empty() ? "" : "; ") + interaction.text;
    people.push_back({{"id", contact.id.value}, {"name", contact.display}, {"company", job ? job->company : ""}, {"about", talk}});
  }
  answer.data["people"] = people;
  return answer;
}

Answer log(Crm& crm, const Args& args) { return log_notes(crm, args.text("event"), args.text("notes"), args.flag("preview"), args.day("on")); }

}  // namespace

std::vector<Verb> event_verbs() {
  return {
      {"event add", "POST /events", "add a conference, meetup or online session", "ties event add 'PyCon 26' --place Oslo --starts 2026-03-05 --ends 2026-03-07",
       {{"name", Kind::text, "its name", Place::first}, {"place", Kind::text, "where"}, {"starts", Kind::day, "first day"}, {"ends", Kind::day, "last day"},
        {"link", Kind::text, "its page"}, {"notes", Kind::text, "notes, in Markdown"}},
       add, true},
      {"event list", "GET /events", "events, newest first, with how many people were met", "ties event list", {}, list, false, "id:#, name, place, starts_on:starts, ends_on:ends, people, interactions:talks"},
      {"event show", "GET /events/{event}", "an event and who was met there", "ties event show pycon", {{"event", Kind::text, "a number, a name, or part of one", Place::first}}, show, false},
      {"event log", "POST /events/{event}/notes", "read the notes of an event: a person a line or paragraph", "ties event log pycon notes.txt",
       {{"event", Kind::text, "the event; made when it is new", Place::first}, {"notes", Kind::path, "the file; - or nothing for standard input", Place::optional_first},
        {"on", Kind::day, "the day; the event's first when not said"}, {"preview", Kind::flag, "show what would be kept, and keep nothing"}},
       log, true, "file, recognised:recognised as, rows, created, changed, unchanged, skipped, why"},
  };
}

}  // namespace ties
