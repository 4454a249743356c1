#include "crm/domain/event_yield.h"
#include "crm/service/imports.h"
#include "crm/service/naming.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

/// What it led to, counted, and its referrals, applications, interviews and offers one by one.
Json led_to(const EventYield& yield) {
  using enum EventYield::Result::Kind;
  Json json{{"people", yield.people.size()},
            {"within_48_hours", yield.count(FollowedUp::within_48_hours)},
            {"within_7_days", yield.count(FollowedUp::within_7_days)},
            {"later", yield.count(FollowedUp::later)},
            {"never", yield.count(FollowedUp::never)},
            {"promised", yield.promised},
            {"kept", yield.kept},
            {"referrals", yield.count(referral)},
            {"applications", yield.count(application)},
            {"interviews", yield.count(interview)},
            {"offers", yield.count(offer)},
            {"results", Json::array()}};
  for (const auto& result : yield.results) {
    json["results"].push_back({{"kind", word(result.kind)},
                               {"record", result.record},
                               {"title", result.title},
                               {"through", result.through},
                               {"on", wire::value(result.on)}});
  }
  return json;
}

/// An event with who was met there, and what about.
Json whole(Crm& crm, const Event& event) {
  Json json = wire::record(event);
  Json people = Json::array();
  for (const auto& contact : crm.store.people_met_at(event.id)) {
    const auto job = crm.store.current_employment(contact.id);
    std::string talk;
    RowWindow latest;
    latest.limit = 10;
    for (const auto& interaction : crm.store.interactions(contact.id, event.id, latest)) talk += (talk.empty() ? "" : "; ") + interaction.text;
    people.push_back({{"id", contact.id.value}, {"name", contact.display}, {"company", job ? job->company : ""}, {"about", talk}});
  }
  json["people"] = std::move(people);
  const auto yields = crm.store.event_yields(crm.clock.today());
  const auto own = std::find_if(yields.begin(), yields.end(), [&](const auto& yield) { return yield.event.id == event.id; });
  json["led_to"] = led_to(own == yields.end() ? EventYield{} : *own);
  return json;
}

void set_from(Event& event, const Args& args) {
  args.edit("place", event.place);
  args.edit("starts", event.starts_on);
  args.edit("ends", event.ends_on);
  args.edit("link", event.link);
  args.edit("notes", event.notes);
  if (event.starts_on && event.ends_on && *event.ends_on < *event.starts_on) throw Wrong("ends: it ends before it starts", "ends");
}

Answer add(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto name = args.text("name");
  if (const auto same = event_named_if_any(crm, name); same && same->name == name) {
    throw Conflict(fmt::format("event {} is called {} already", same->id.value, same->name));
  }
  Event event;
  event.name = name;
  set_from(event, args);
  event.id = crm.store.add(event);
  return doing.done("added " + event.name, whole(crm, event));
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
  Answer answer;
  answer.data = whole(crm, event_named(crm, args.text("event")));
  return answer;
}

Answer edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto event = event_named(crm, args.text("event"));
  args.edit("name", event.name);
  if (event.name.empty()) throw Wrong("name: an event needs a name", "name");
  set_from(event, args);
  crm.store.update(event);
  return doing.done("edited " + event.name, whole(crm, event));
}

Answer remove(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto event = event_named(crm, args.text("event"));
  auto json = whole(crm, event);
  crm.store.remove(event.id);
  return doing.done(fmt::format("deleted {}; `ties undo` brings it back", event.name), std::move(json));
}

Answer log(Crm& crm, const Args& args) { return log_notes(crm, args.text("event"), args.text("notes"), args.day("on")); }

}  // namespace

std::vector<Verb> event_verbs() {
  constexpr Arg which{"event", Kind::text, "a number, a name, or part of one", Place::first};
  const std::vector<Arg> details{{"place", Kind::text, "where"}, {"starts", Kind::day, "first day"}, {"ends", Kind::day, "last day"}, {"link", Kind::text, "its page"}, {"notes", Kind::text, "notes, in Markdown"}};
  std::vector<Arg> edit_args{which, {"name", Kind::text, "its name"}};
  edit_args.insert(edit_args.end(), details.begin(), details.end());
  return {
      {"event add", "POST /events", "add a conference, meetup or online session", "ties event add 'PyCon 26' --place Oslo --starts 2026-03-05 --ends 2026-03-07",
       {{"name", Kind::text, "its name", Place::first}, {"place", Kind::text, "where"}, {"starts", Kind::day, "first day"}, {"ends", Kind::day, "last day"},
        {"link", Kind::text, "its page"}, {"notes", Kind::text, "notes, in Markdown"}},
       add, true, "", "Event"},
      {"event list", "GET /events", "events, newest first, with how many people were met", "ties event list", {}, list, false, "id:#, name, place, starts_on:starts, ends_on:ends, people, interactions:talks", "[EventLine]"},
      {"event show", "GET /events/{event}", "an event and who was met there", "ties event show pycon", {{"event", Kind::text, "a number, a name, or part of one", Place::first}}, show, false, "", "Event"},
      {"event edit", "PATCH /events/{event}", "change what is known of an event", "ties event edit pycon --place Bergen", edit_args, edit, true, "", "Event"},
      {"event delete", "DELETE /events/{event}", "delete an event; who was met there stays", "ties event delete pycon", {which}, remove, true, "", "Event"},
      {"event log", "POST /events/{event}/notes", "read the notes of an event: a person a line or paragraph", "ties event log pycon notes.txt",
       {{"event", Kind::text, "the event; made when it is new", Place::first}, {"notes", Kind::path, "the file; - or nothing for standard input", Place::optional_first},
        {"on", Kind::day, "the day; the event's first when not said"}, {"preview", Kind::flag, "show what would be kept, and keep nothing"}},
       log, true, "file, recognised:recognised as, rows, created, changed, unchanged, skipped, why", "[ImportedFile]"},
  };
}

}  // namespace ties
