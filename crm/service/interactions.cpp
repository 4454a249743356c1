#include "crm/domain/capture.h"
#include "crm/service/naming.h"
#include "crm/text/text.h"

#include <fmt/format.h>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

std::string names_of(const std::vector<Contact>& people) {
  std::vector<std::string> names;
  for (const auto& person : people) names.push_back(person.display);
  return fmt::format("{}", fmt::join(names, ", "));
}

Json interaction_json(Crm& crm, const Interaction& interaction) {
  Json json = wire::record(interaction);
  json["with"] = names_of(crm.store.people_of(interaction.id));
  json["event"] = interaction.event ? Json(crm.store.get(*interaction.event).name) : Json(nullptr);
  return json;
}

/// What a captured line was understood as, for people and programs.
Json understood(const Captured& captured, const std::string& line) {
  Json chips = Json::array();
  for (const auto& chip : captured.chips) {
    chips.push_back({{"what", word(chip.what)}, {"text", line.substr(chip.begin, chip.end - chip.begin)}, {"value", chip.value}, {"begin", chip.begin}, {"end", chip.end}});
  }
  return {{"verb", word(captured.verb)}, {"note", captured.note}, {"chips", chips}};
}

Answer capture_application(Crm& crm, Doing& doing, const Captured& captured, Date day) {
  if (captured.role.empty()) throw Wrong("log: name the role: 'applied Staff Engineer +Acme'");
  const auto pipeline = standard_pipeline_or_new(crm);
  const auto stages = crm.store.stages(pipeline.id);
  Stage stage = stages.front();
  if (!captured.stage.empty()) {
    stage = stage_named(stages, captured.stage);
  } else {
    for (const auto& candidate : stages) {
      if (candidate.kind == StageKind::applied) {
        stage = candidate;
        break;
      }
    }
  }
  Application application;
  application.title = captured.role;
  if (!captured.company.empty()) application.company = company_named_or_new(crm, captured.company).id;
  application.pipeline = pipeline.id;
  application.stage = stage.id;
  application.source = captured.through ? ApplicationSource::referral : ApplicationSource::cold;
  application.pay_advertised = captured.money;
  application.notes = captured.note;
  application.opened_on = day;
  application.id = crm.store.add(application);
  ApplicationStep step;
  step.application = application.id, step.stage = stage.id, step.stage_name = stage.name, step.stage_kind = stage.kind, step.on = day;
  crm.store.add(step);
  if (captured.through) {
    ApplicationContact link;
    link.application = application.id;
    link.contact = contact_named(crm, captured.through->name).id;
    link.part = ApplicationPart::referrer;
    crm.store.add(link);
  }
  if (captured.follow_up) {
    Task task;
    task.text = "follow up", task.due = captured.follow_up, task.application = application.id, task.made_on = crm.clock.today();
    crm.store.add(task);
  }
  return doing.done(fmt::format("applied: {} (application {}), in {}", title_of(crm, application), application.id.value, stage.name), wire::record(application));
}

Answer log(Crm& crm, const Args& args) {
  std::string line;
  for (const auto& word : args.many("line")) line += (line.empty() ? "" : " ") + word;
  const auto today = args.today();
  const auto calendar = crm.config.working_days();
  const auto captured = capture(line, today, crm.config.yes("weekend_moves") ? &calendar : nullptr);
  if (args.flag("preview")) {
    Answer answer;
    answer.data = understood(captured, line);
    return answer;
  }
  const auto day = captured.when.value_or(today);
  Doing doing(crm);
  if (captured.verb == CaptureVerb::applied) return capture_application(crm, doing, captured, day);
  if (captured.people.empty()) throw Wrong("log: name a person: @Ada, @\"Ada Lovelace\", or @new:\"Ada Lovelace\" for somebody new");

  std::optional<Event> event;
  std::vector<std::string> tags;
  if (!captured.event.empty()) event = event_named_or_new(crm, captured.event);
  for (const auto& word : captured.words) {
    auto named = event ? std::nullopt : event_named_if_any(crm, word);
    if (named) {
      event = std::move(named);
    } else {
      tags.push_back(word);
    }
  }
  std::vector<Contact> people;
  for (const auto& person : captured.people) {
    people.push_back(person.is_new ? contact_named_or_new(crm, person.name, "hand") : contact_named(crm, person.name));
  }
  for (auto& person : people) {
    for (const auto& tag : tags) {
      const auto id = crm.store.tag_named_or_new(tag).id;
      if (crm.store.contact_tag(person.id, id)) continue;
      ContactTag link;
      link.contact = person.id, link.tag = id;
      crm.store.add(link);
    }
    if (captured.verb == CaptureVerb::met && !person.met_on) {
      person.met_on = day;
      if (event) person.met_event = event->id;
      if (captured.through) person.met_through = contact_named(crm, captured.through->name).id;
      crm.store.update(person);
    }
    if (!captured.company.empty() && !crm.store.current_employment(person.id)) {
      Employment job;
      job.contact = person.id, job.company = company_named_or_new(crm, captured.company).id, job.as_of = day, job.source = "hand";
      crm.store.add(job);
    }
    if (captured.verb == CaptureVerb::helped) {
      Favour favour;
      favour.contact = person.id, favour.direction = FavourDirection::given, favour.text = captured.note, favour.on = day;
      crm.store.add(favour);
    }
  }
  Interaction interaction;
  interaction.kind = interaction_kind(captured.verb).value_or(InteractionKind::chat);
  interaction.when.day = day;
  interaction.text = captured.note;
  if (interaction.kind == InteractionKind::email || interaction.kind == InteractionKind::message) interaction.direction = Direction::out;
  if (event) interaction.event = event->id;
  interaction.id = crm.store.add(interaction);
  for (const auto& person : people) crm.store.link(interaction.id, person.id);
  Answer remarks;
  if (captured.follow_up) {
    crm.store.add(task_of({"", OwedBy::me, captured.follow_up}, interaction, people.front().id, today));
    remarks.remarks.push_back(fmt::format("follow up on {}", friendly(*captured.follow_up)));
  }
  for (const auto& promise : promises_in(captured.note, today)) {
    crm.store.add(task_of(promise, interaction, people.front().id, today));
    remarks.remarks.push_back(fmt::format("{} promised: {}{}", promise.owed_by == OwedBy::me ? "you" : "they", promise.text,
                                          promise.due ? ", by " + friendly(*promise.due) : ""));
  }
  auto answer = doing.done(fmt::format("logged: {} {}{} on {}", word(interaction.kind), names_of(people), event ? " at " + event->name : "", friendly(day)),
                           interaction_json(crm, interaction));
  answer.remarks = std::move(remarks.remarks);
  return answer;
}

void set_from(Crm& crm, Interaction& interaction, const Args& args) {
  if (const auto kind = args.choice<InteractionKind>("kind")) interaction.kind = *kind;
  if (const auto moment = args.moment("at")) interaction.when = *moment;
  if (const auto day = args.day("on")) interaction.when = {*day, std::nullopt, ""};
  if (const auto direction = args.choice<Direction>("direction")) interaction.direction = *direction;
  if (args.has("channel")) interaction.channel = args.text("channel");
  if (args.has("text")) interaction.text = args.text("text");
  if (args.has("event")) interaction.event = event_named_or_new(crm, args.text("event")).id;
  if (args.flag("private")) interaction.confidential = true;
}

std::vector<Contact> people_named(Crm& crm, const std::vector<std::string>& names) {
  std::vector<Contact> people;
  for (const auto& name : names) people.push_back(contact_named(crm, name));
  return people;
}

Answer add(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto people = people_named(crm, args.many("contact"));
  Interaction interaction;
  interaction.when.day = args.today();
  set_from(crm, interaction, args);
  interaction.id = crm.store.add(interaction);
  for (const auto& person : people) crm.store.link(interaction.id, person.id);
  if (args.has("promise")) {
    Promise promise{args.text("promise"), args.choice<OwedBy>("promised-by").value_or(OwedBy::me), args.day("by")};
    crm.store.add(task_of(promise, interaction, people.front().id, args.today()));
  }
  return doing.done(fmt::format("logged: {} {} on {}", word(interaction.kind), names_of(people), friendly(interaction.when.day)), interaction_json(crm, interaction));
}

Answer list(Crm& crm, const Args& args) {
  std::optional<Id<Contact>> contact;
  std::optional<Id<Event>> event;
  if (args.has("contact")) contact = contact_named(crm, args.text("contact")).id;
  if (args.has("event")) event = event_named(crm, args.text("event")).id;
  Answer answer;
  answer.data = Json::array();
  for (const auto& interaction : crm.store.interactions(contact, event, args.has("limit") ? args.number("limit") : 50)) {
    answer.data.push_back(interaction_json(crm, interaction));
  }
  return answer;
}

Answer edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto interaction = numbered<Interaction>(crm, args.text("interaction"));
  set_from(crm, interaction, args);
  if (args.flag("answered")) interaction.awaits = false;
  crm.store.update(interaction);
  if (args.has("with")) {
    crm.store.unlink_all(interaction.id);
    for (const auto& person : people_named(crm, args.many("with"))) crm.store.link(interaction.id, person.id);
  }
  return doing.done(fmt::format("edited interaction {}", interaction.id.value), interaction_json(crm, interaction));
}

Answer remove(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto interaction = numbered<Interaction>(crm, args.text("interaction"));
  auto json = interaction_json(crm, interaction);
  crm.store.remove(interaction.id);
  return doing.done(fmt::format("deleted interaction {}; `ties undo` brings it back", interaction.id.value), std::move(json));
}

Answer favour_add(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto contact = contact_named(crm, args.text("contact"));
  Favour favour;
  favour.contact = contact.id;
  favour.direction = *args.choice<FavourDirection>("direction");
  favour.text = args.text("text");
  favour.on = args.day_or_today("on");
  favour.id = crm.store.add(favour);
  return doing.done(fmt::format("noted a favour {} {} {}", word(favour.direction), favour.direction == FavourDirection::given ? "to" : "from", contact.display), wire::record(favour));
}

Answer favour_list(Crm& crm, const Args& args) {
  std::optional<Id<Contact>> contact;
  if (args.has("contact")) contact = contact_named(crm, args.text("contact")).id;
  Answer answer;
  answer.data = Json::array();
  for (const auto& favour : crm.store.favours(contact)) {
    auto json = wire::record(favour);
    json["contact"] = crm.store.get(favour.contact).display;
    answer.data.push_back(std::move(json));
  }
  return answer;
}

}  // namespace

std::vector<Verb> interaction_verbs() {
  const std::vector<Arg> details{
      {"kind", Kind::choice, "met, chat, message, email, call, video, coffee, …", Place::option, false, words<InteractionKind>()},
      {"on", Kind::day, "the day; today when not said"},
      {"at", Kind::moment, "day and time: '2026-03-01 14:00'"},
      {"direction", Kind::choice, "who started: in, out, none", Place::option, false, words<Direction>()},
      {"channel", Kind::text, "linkedin, signal, phone, …"},
      {"text", Kind::text, "what it was about, in Markdown"},
      {"event", Kind::text, "the event where it happened"},
      {"private", Kind::flag, "leave it out of exports and of the search"},
  };
  auto add_args = details;
  add_args.insert(add_args.begin(), {"contact", Kind::text, "with whom; may be given several times", Place::rest, true});
  add_args.push_back({"promise", Kind::text, "what was promised"});
  add_args.push_back({"promised-by", Kind::choice, "me or them", Place::option, false, words<OwedBy>()});
  add_args.push_back({"by", Kind::day, "until when"});
  auto edit_args = details;
  edit_args.insert(edit_args.begin(), {"interaction", Kind::text, "its number", Place::first});
  edit_args.push_back({"with", Kind::text, "with whom instead; may be given several times", Place::repeated});
  edit_args.push_back({"answered", Kind::flag, "an invitation no longer waits for an answer"});
  return {
      {"log", "POST /capture", "log what happened, in one sentence", "ties log 'met @Ada at #PyCon26, works on compilers, follow up in 2 weeks'",
       {{"line", Kind::text, "met, called, emailed, coffee, applied, helped …; @person +Company #tag 'at #Event' >Stage", Place::rest, true},
        {"preview", Kind::flag, "show what is understood, and keep nothing"}},
       log, true},
      {"interaction add", "POST /interactions", "log something that happened, in explicit words", "ties interaction add ada --kind call --on yesterday --text 'their team grows'", add_args, add, true},
      {"interaction list", "GET /interactions", "what happened, newest first", "ties interaction list --contact ada",
       {{"contact", Kind::text, "with whom"}, {"event", Kind::text, "at which event"}, {"limit", Kind::number, "at most so many; 50 when not said"}},
       list, false, "id:#, at:when, kind, direction, with, event, text"},
      {"interaction edit", "PATCH /interactions/{interaction}", "correct an entry", "ties interaction edit 12 --kind video", edit_args, edit, true},
      {"interaction delete", "DELETE /interactions/{interaction}", "delete an entry", "ties interaction delete 12", {{"interaction", Kind::text, "its number", Place::first}}, remove, true},
      {"favour add", "POST /favours", "note help given or received", "ties favour add ada given --text 'reviewed their talk'",
       {{"contact", Kind::text, "whom", Place::first}, {"direction", Kind::choice, "given or received", Place::first, true, words<FavourDirection>()},
        {"text", Kind::text, "what"}, {"on", Kind::day, "when; today when not said"}},
       favour_add, true},
      {"favour list", "GET /favours", "the ledger of favours", "ties favour list --contact ada", {{"contact", Kind::text, "whose"}}, favour_list, false, "id:#, on:when, direction, contact, text"},
  };
}

}  // namespace ties
