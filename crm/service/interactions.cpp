#include "crm/domain/capture.h"
#include "crm/service/capture.h"
#include "crm/service/listing.h"
#include "crm/service/moves.h"
#include "crm/service/naming.h"
#include "crm/service/steps.h"
#include "crm/service/whole.h"
#include "crm/text/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr Arg which_favour{"favour", Kind::text, "its number", Place::first};

std::string names_of(const std::vector<Contact>& people) {
  std::vector<std::string> names;
  for (const auto& person : people) names.push_back(person.display);
  return fmt::format("{}", fmt::join(names, ", "));
}

Json interaction_json(Crm& crm, const Interaction& interaction) {
  Json json = wire::record(interaction);
  const auto people = crm.store.people_of(interaction.id);
  json["with"] = names_of(people);
  json["event"] = interaction.event ? Json(crm.store.get(*interaction.event).name) : Json(nullptr);
  json["event_id"] = wire::value(interaction.event);
  json["contacts"] = ids_and_names(people);
  return json;
}

/// Keeps an application; the answer's data is the application.
Answer keep_application(Crm& crm, Doing& doing, const Captured& captured, Date day, bool go_on) {
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
  auto warnings = begin_application(crm, application, stage, go_on);
  auto answer = doing.done(fmt::format("applied: {} (application {}), in {}", title_of(crm, application), application.id.value, stage.name), whole(crm, application));
  answer.overridden = std::move(warnings);
  return answer;
}

/// Takes the open referral of that person at that company on, the latest, or keeps a new one; the answer's data is the
/// referral.
Answer keep_referral(Crm& crm, Doing& doing, const Captured& captured, ReferralState to, Date day, bool go_on) {
  if (captured.company.empty()) throw Wrong("log: say where: 'referred by @Grace to +Acme', 'asked @Grace for a referral at +Acme'");
  if (captured.people.empty() && !captured.through) throw Wrong("log: name who refers you: 'referred by @Grace to +Acme'");
  const auto& person = captured.people.empty() ? *captured.through : captured.people.front();
  const auto referrer = person.is_new ? contact_named_or_new(crm, person.name, "hand") : contact_named(crm, person.name);
  Referral referral;
  referral.referrer = referrer.id, referral.company = company_named_or_new(crm, captured.company).id;
  for (const auto& known : crm.store.referrals(referral.referrer, referral.company, std::nullopt)) {
    if (is_open(known.state) && known.id > referral.id) referral = known;
  }
  auto warnings = bring_to(crm, referral, to, day, captured.note, go_on);
  auto answer = doing.done(fmt::format("referral {} with {} at {} is {}", referral.id.value, referrer.display, company_name(crm, referral.company), word(to)), whole(crm, referral));
  answer.overridden = std::move(warnings);
  return answer;
}

/// Keeps an interaction and all that came along with it; the answer's data is the interaction.
Answer keep_interaction(Crm& crm, Doing& doing, const Captured& captured, Date day, Date today) {
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

/// What a line becomes.
enum class Kept { interaction, application, referral };
constexpr std::array kept_names{"interaction", "application", "referral"};

Kept kept_as(const Captured& captured) {
  if (captured.verb == CaptureVerb::applied) return Kept::application;
  return captured.verb == CaptureVerb::referred || asks_for_referral(captured) ? Kept::referral : Kept::interaction;
}

Answer keep(Crm& crm, const Captured& captured, Date today, bool go_on) {
  Doing doing(crm);
  const auto day = captured.when.value_or(today);
  switch (kept_as(captured)) {
    case Kept::application: return keep_application(crm, doing, captured, day, go_on);
    case Kept::referral: return keep_referral(crm, doing, captured, captured.verb == CaptureVerb::asked ? ReferralState::asked : ReferralState::submitted, day, go_on);
    case Kept::interaction: return keep_interaction(crm, doing, captured, day, today);
  }
  throw std::logic_error("a line is kept as one of these");
}

/// What would be kept, a sentence each; what stands in its way goes into `problem`.
std::vector<std::string> tried(Crm& crm, const Captured& captured, const Json& chips, Date today, std::string& problem) {
  std::vector<std::string> would;
  try {
    auto answer = keep(crm, captured, today, true);
    would.push_back(std::move(answer.said));
    for (const auto& chip : chips) {
      if (chip["state"] == "new") would.push_back(fmt::format("new {}: {}", chip["what"].get<std::string>(), chip["label"].get<std::string>()));
    }
    would.insert(would.end(), answer.remarks.begin(), answer.remarks.end());
    for (const auto& warning : answer.overridden) would.push_back(fmt::format("warning, {}: {}", warning.guard, warning.reason));
  } catch (const Wrong& error) {
    problem = error.what();
  } catch (const NotFound& error) {
    problem = error.what();
  } catch (const Conflict& error) {
    problem = error.what();
  }
  return would;
}

Answer log(Crm& crm, const Args& args) {
  std::string line;
  for (const auto& word : args.many("line")) line += (line.empty() ? "" : " ") + word;
  const auto today = args.today();
  const auto calendar = crm.config.working_days();
  const auto captured = capture(line, today, crm.config.yes("weekend_moves") ? &calendar : nullptr);
  auto data = understood(crm, captured, line);
  Answer answer;
  std::vector<std::string> would;
  std::string problem;
  if (crm.dry_run) {
    would = tried(crm, captured, data["chips"], today, problem);
  } else {
    answer = keep(crm, captured, today, args.go_on());
  }
  data["would"] = would;
  data["problem"] = problem.empty() ? Json(nullptr) : Json(problem);
  for (const auto* name : kept_names) data[name] = nullptr;
  data[kept_names.at(static_cast<std::size_t>(kept_as(captured)))] = answer.data;
  answer.data = std::move(data);
  return answer;
}

void set_from(Crm& crm, Interaction& interaction, const Args& args) {
  if (const auto kind = args.choice<InteractionKind>("kind")) interaction.kind = *kind;
  if (const auto moment = args.moment("at")) interaction.when = *moment;
  if (const auto day = args.day("on")) interaction.when = {*day, std::nullopt, ""};
  if (const auto direction = args.choice<Direction>("direction")) interaction.direction = *direction;
  args.edit("channel", interaction.channel);
  args.edit("text", interaction.text);
  edit_reference(args, "event", interaction.event, [&](const std::string& name) { return event_named_or_new(crm, name); });
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

/// The column by which the file sorts them; any other field sorts all that there are.
constexpr std::string_view columns_sorted_in_file[] = {"at", "kind", "direction"};
constexpr int listed_when_not_said = 50;

Answer list(Crm& crm, const Args& args) {
  std::optional<Id<Contact>> contact;
  std::optional<Id<Event>> event;
  if (args.has("contact")) contact = contact_named(crm, args.text("contact")).id;
  if (args.has("event")) event = event_named(crm, args.text("event")).id;
  auto page = args.page();
  page.limit = page.limit.value_or(listed_when_not_said);
  const auto cursor = cursor_of(page);
  const auto sort = cursor ? cursor->sort : page.sort;
  RowWindow window;
  window.descending = sort.starts_with('-');
  window.column = sort.substr(window.descending ? 1 : 0);
  Answer answer;
  answer.data = Json::array();
  if (!sort.empty() && std::find(std::begin(columns_sorted_in_file), std::end(columns_sorted_in_file), window.column) == std::end(columns_sorted_in_file)) {
    for (const auto& interaction : crm.store.interactions(contact, event, {})) answer.data.push_back(interaction_json(crm, interaction));
    turn_to_page(answer, page);
    return answer;
  }
  window.limit = *page.limit + 1, window.offset = page.offset;  // one more, to see whether there are more
  if (cursor) {
    if (!cursor->value.is_string()) throw no_cursor();
    window.after_value = cursor->value.get<std::string>(), window.after = number_of_row(*cursor);
  }
  auto found = crm.store.interactions(contact, event, window);
  answer.total = crm.store.count_interactions(contact, event);
  if (found.size() > static_cast<std::size_t>(*page.limit)) {
    found.pop_back();
    if (!found.empty()) {
      const auto& last = found.back();
      const auto value = window.column == "kind" ? std::string(word(last.kind)) : window.column == "direction" ? std::string(word(last.direction)) : to_text(last.when);
      answer.next = to_text({sort, value, last.id.value, 0});
    }
  }
  for (const auto& interaction : found) answer.data.push_back(interaction_json(crm, interaction));
  return answer;
}

Answer edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto interaction = numbered<Interaction>(crm, args.text("interaction"));
  set_from(crm, interaction, args);
  if (args.flag("no-private")) interaction.confidential = false;
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

Answer show(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = interaction_json(crm, numbered<Interaction>(crm, args.text("interaction")));
  return answer;
}

Json favour_json(Crm& crm, const Favour& favour) {
  Json json = wire::record(favour);
  json["contact"] = crm.store.get(favour.contact).display;
  json["contact_id"] = favour.contact.value;
  return json;
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
  return doing.done(fmt::format("noted a favour {} {} {}", word(favour.direction), favour.direction == FavourDirection::given ? "to" : "from", contact.display), favour_json(crm, favour));
}

Answer favour_list(Crm& crm, const Args& args) {
  std::optional<Id<Contact>> contact;
  if (args.has("contact")) contact = contact_named(crm, args.text("contact")).id;
  Answer answer;
  answer.data = Json::array();
  for (const auto& favour : crm.store.favours(contact)) answer.data.push_back(favour_json(crm, favour));
  return answer;
}

Answer favour_show(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = favour_json(crm, numbered<Favour>(crm, args.text("favour")));
  return answer;
}

Answer favour_edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto favour = numbered<Favour>(crm, args.text("favour"));
  if (const auto direction = args.choice<FavourDirection>("direction")) favour.direction = *direction;
  args.edit("text", favour.text);
  if (const auto day = args.day("on")) favour.on = *day;
  crm.store.update(favour);
  return doing.done(fmt::format("edited favour {}", favour.id.value), favour_json(crm, favour));
}

Answer favour_delete(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto favour = numbered<Favour>(crm, args.text("favour"));
  auto json = favour_json(crm, favour);
  crm.store.remove(favour.id);
  return doing.done(fmt::format("deleted favour {}; `ties undo` brings it back", favour.id.value), std::move(json));
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
  edit_args.push_back({"no-private", Kind::flag, "it may be told after all"});
  edit_args.push_back({"answered", Kind::flag, "an invitation no longer waits for an answer"});
  return {
      {"log", "POST /capture", "log what happened, in one sentence", "ties log 'met @Ada at #PyCon26, works on compilers, follow up in 2 weeks'",
       {{"line", Kind::text, "met, called, emailed, coffee, applied, referred by, helped …; @person +Company #tag 'at #Event' >Stage", Place::rest, true},
        {"preview", Kind::flag, "show what is understood, and keep nothing"}},
       log, true, "", "Captured"},
      {"interaction add", "POST /interactions", "log something that happened, in explicit words", "ties interaction add ada --kind call --on yesterday --text 'their team grows'", add_args, add, true, "", "Interaction"},
      {"interaction list", "GET /interactions", "what happened, newest first", "ties interaction list --contact ada",
       {{"contact", Kind::text, "with whom"}, {"event", Kind::text, "at which event"}, {"limit", Kind::number, "at most so many; 50 when not said"}},
       list, false, "id:#, at:when, kind, direction, with, event, text", "[Interaction]"},
      {"interaction show", "GET /interactions/{interaction}", "something that happened, whole", "ties interaction show 12", {{"interaction", Kind::text, "its number", Place::first}}, show, false, "", "Interaction"},
      {"interaction edit", "PATCH /interactions/{interaction}", "correct an entry", "ties interaction edit 12 --kind video", edit_args, edit, true, "", "Interaction"},
      {"interaction delete", "DELETE /interactions/{interaction}", "delete an entry", "ties interaction delete 12", {{"interaction", Kind::text, "its number", Place::first}}, remove, true, "", "Interaction"},
      {"favour add", "POST /favours", "note help given or received", "ties favour add ada given --text 'reviewed their talk'",
       {{"contact", Kind::text, "whom", Place::first}, {"direction", Kind::choice, "given or received", Place::first, true, words<FavourDirection>()},
        {"text", Kind::text, "what"}, {"on", Kind::day, "when; today when not said"}},
       favour_add, true, "", "Favour"},
      {"favour list", "GET /favours", "the ledger of favours", "ties favour list --contact ada", {{"contact", Kind::text, "whose"}}, favour_list, false, "id:#, on:when, direction, contact, text", "[Favour]"},
      {"favour show", "GET /favours/{favour}", "a favour", "ties favour show 3", {which_favour}, favour_show, false, "", "Favour"},
      {"favour edit", "PATCH /favours/{favour}", "correct a favour", "ties favour edit 3 --text 'read two drafts'",
       {which_favour, {"direction", Kind::choice, "given or received", Place::option, false, words<FavourDirection>()}, {"text", Kind::text, "what"}, {"on", Kind::day, "when"}}, favour_edit, true, "", "Favour"},
      {"favour delete", "DELETE /favours/{favour}", "delete a favour", "ties favour delete 3", {which_favour}, favour_delete, true, "", "Favour"},
  };
}

}  // namespace ties
