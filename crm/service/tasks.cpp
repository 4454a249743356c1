#include "crm/service/naming.h"

#include <fmt/format.h>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr Arg which{"task", Kind::text, "its number", Place::first};

Json whole(Crm& crm, const Task& task) {
  Json json = wire::record(task);
  const auto contact = crm.store.find(task.contact);
  const auto application = crm.store.find(task.application);
  json["contact"] = contact ? Json(contact->display) : Json(nullptr);
  json["application"] = application ? Json(title_of(crm, *application)) : Json(nullptr);
  return json;
}

Answer add(Crm& crm, const Args& args) {
  Doing doing(crm);
  Task task;
  task.text = args.text("text");
  task.due = args.day("due");
  task.made_on = args.today();
  if (args.has("repeat")) task.repeat_days = args.number("repeat");
  if (task.repeat_days && *task.repeat_days == 0) throw Wrong("repeat: give at least 1 day");
  if (args.has("contact")) task.contact = contact_named(crm, args.text("contact")).id;
  if (args.has("company")) task.company = company_named(crm, args.text("company")).id;
  if (args.has("event")) task.event = event_named(crm, args.text("event")).id;
  if (args.has("application")) task.application = application_named(crm, args.text("application")).id;
  if (args.has("interview")) task.interview = numbered<Interview>(crm, args.text("interview")).id;
  if (args.has("referral")) task.referral = numbered<Referral>(crm, args.text("referral")).id;
  task.id = crm.store.add(task);
  return doing.done(fmt::format("added task {}: {}{}", task.id.value, task.text, task.due ? ", due " + friendly(*task.due) : ""), whole(crm, task));
}

Answer list(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = Json::array();
  for (const auto& task : crm.store.tasks(!args.flag("all"))) answer.data.push_back(whole(crm, task));
  return answer;
}

Task open_task(Crm& crm, const Args& args) {
  auto task = numbered<Task>(crm, args.text("task"));
  if (task.state != TaskState::open) throw Conflict(fmt::format("task {} is {} already", task.id.value, word(task.state)));
  return task;
}

Answer end(Crm& crm, const Args& args, TaskState state) {
  Doing doing(crm);
  auto task = open_task(crm, args);
  task.state = state;
  task.ended_on = args.today();
  crm.store.update(task);
  std::string next_said;
  if (auto next = next_turn(task, args.today())) {
    next->state = TaskState::open;
    next->ended_on.reset();
    next->id = crm.store.add(*next);
    next_said = fmt::format("; next on {} (task {})", friendly(*next->due), next->id.value);
  }
  return doing.done(fmt::format("{}: {}{}", state == TaskState::done ? "done" : "skipped", task.text, next_said), whole(crm, task));
}

Answer done(Crm& crm, const Args& args) { return end(crm, args, TaskState::done); }

Answer skip(Crm& crm, const Args& args) { return end(crm, args, TaskState::skipped); }

Answer snooze(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto task = open_task(crm, args);
  std::string words;
  for (const auto& word : args.many("until")) words += (words.empty() ? "" : " ") + word;
  task.due = words.empty() ? std::optional<Date>(plus_days(args.today(), 1)) : day_from_words(words, args.today());
  if (!task.due) throw Wrong(fmt::format("until: '{}' is no day; write 2026-03-01, friday, or 'in 2 weeks'", words));
  crm.store.update(task);
  return doing.done(fmt::format("snoozed until {}: {}", friendly(*task.due), task.text), whole(crm, task));
}

}  // namespace

std::vector<Verb> task_verbs() {
  return {
      {"task add", "POST /tasks", "add something to do", "ties task add 'read her paper' --contact ada --due friday",
       {{"text", Kind::text, "what", Place::first}, {"due", Kind::day, "when"}, {"repeat", Kind::number, "again so many days later"}, {"contact", Kind::text, "about whom"}, {"company", Kind::text, "about which company"},
        {"event", Kind::text, "about which event"}, {"application", Kind::text, "for which application"}, {"interview", Kind::text, "for which round"}, {"referral", Kind::text, "for which referral"}},
       add, true},
      {"task list", "GET /tasks", "what is to be done, by date", "ties task list", {{"all", Kind::flag, "done ones too"}}, list, false, "id:#, due, text, contact, application, owed_by:owed by, state"},
      {"task done", "POST /tasks/{task}/done", "it is done", "ties task done 12", {which}, done, true},
      {"task snooze", "POST /tasks/{task}/snooze", "later: tomorrow, or the day that you say", "ties task snooze 12 next monday", {which, {"until", Kind::text, "a day in words", Place::rest}}, snooze, true},
      {"task skip", "POST /tasks/{task}/skip", "pass this turn", "ties task skip 12", {which}, skip, true},
  };
}

}  // namespace ties
