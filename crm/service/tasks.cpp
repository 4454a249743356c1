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
  const auto company = crm.store.find(task.company);
  const auto event = crm.store.find(task.event);
  const auto application = crm.store.find(task.application);
  json["contact"] = contact ? Json(contact->display) : Json(nullptr);
  json["company"] = company ? Json(company->name) : Json(nullptr);
  json["event"] = event ? Json(event->name) : Json(nullptr);
  json["application"] = application ? Json(title_of(crm, *application)) : Json(nullptr);
  json["contact_id"] = wire::value(task.contact), json["company_id"] = wire::value(task.company);
  json["event_id"] = wire::value(task.event), json["application_id"] = wire::value(task.application);
  return json;
}

/// As the journal may repeat it: what was promised in a private talk stays out of it.
std::string told(Crm& crm, const Task& task) {
  const auto talk = crm.store.find(task.interaction);
  return talk && talk->confidential ? fmt::format("task {}", task.id.value) : task.text;
}

void set_references(Crm& crm, Task& task, const Args& args) {
  edit_reference(args, "contact", task.contact, [&](const std::string& name) { return contact_named(crm, name); });
  edit_reference(args, "company", task.company, [&](const std::string& name) { return company_named(crm, name); });
  edit_reference(args, "event", task.event, [&](const std::string& name) { return event_named(crm, name); });
  edit_reference(args, "application", task.application, [&](const std::string& name) { return application_named(crm, name); });
  edit_reference(args, "interview", task.interview, [&](const std::string& number) { return numbered<Interview>(crm, number); });
  edit_reference(args, "referral", task.referral, [&](const std::string& number) { return numbered<Referral>(crm, number); });
}

void set_from(Crm& crm, Task& task, const Args& args) {
  args.edit("due", task.due);
  args.edit("repeat", task.repeat_days);
  if (task.repeat_days && *task.repeat_days == 0) throw Wrong("repeat: give at least 1 day", "repeat");
  set_references(crm, task, args);
}

Answer add(Crm& crm, const Args& args) {
  Doing doing(crm);
  Task task;
  task.text = args.text("text");
  task.made_on = args.today();
  set_from(crm, task, args);
  task.id = crm.store.add(task);
  return doing.done(fmt::format("added task {}: {}{}", task.id.value, task.text, task.due ? ", due " + friendly(*task.due) : ""), whole(crm, task));
}

Answer show(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = whole(crm, numbered<Task>(crm, args.text("task")));
  return answer;
}

Answer edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto task = numbered<Task>(crm, args.text("task"));
  args.edit("text", task.text);
  if (task.text.empty()) throw Wrong("text: say what is to be done", "text");
  set_from(crm, task, args);
  if (const auto owed_by = args.choice<OwedBy>("owed-by")) task.owed_by = *owed_by;
  if (args.flag("reopen")) task.state = TaskState::open, task.ended_on.reset();
  crm.store.update(task);
  return doing.done(fmt::format("edited task {}", task.id.value), whole(crm, task));
}

Answer remove(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto task = numbered<Task>(crm, args.text("task"));
  auto json = whole(crm, task);
  crm.store.remove(task.id);
  return doing.done(fmt::format("deleted task {}; `ties undo` brings it back", task.id.value), std::move(json));
}

/// Whether a task is about the record that an argument names; an argument that is not given asks for nothing.
template <class R>
bool is_about(const std::optional<Id<R>>& of_task, const std::optional<Id<R>>& wanted) {
  return !wanted || of_task == wanted;
}

Answer list(Crm& crm, const Args& args) {
  Task about;
  set_references(crm, about, args);
  Answer answer;
  answer.data = Json::array();
  for (const auto& task : crm.store.tasks(!args.flag("all"))) {
    const bool is_wanted = is_about(task.contact, about.contact) && is_about(task.company, about.company) && is_about(task.event, about.event) &&
                           is_about(task.application, about.application) && is_about(task.interview, about.interview) && is_about(task.referral, about.referral);
    if (is_wanted) answer.data.push_back(whole(crm, task));
  }
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
  return doing.done(fmt::format("{}: {}{}", state == TaskState::done ? "done" : "skipped", told(crm, task), next_said), whole(crm, task));
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
  return doing.done(fmt::format("snoozed until {}: {}", friendly(*task.due), told(crm, task)), whole(crm, task));
}

}  // namespace

std::vector<Verb> task_verbs() {
  const std::vector<Arg> references{{"contact", Kind::text, "about whom"}, {"company", Kind::text, "about which company"}, {"event", Kind::text, "about which event"},
                                    {"application", Kind::text, "for which application"}, {"interview", Kind::text, "for which round"}, {"referral", Kind::text, "for which referral"}};
  const std::vector<Arg> turns{{"due", Kind::day, "when"}, {"repeat", Kind::number, "again so many days later"}};
  std::vector<Arg> add_args{{"text", Kind::text, "what", Place::first}};
  std::vector<Arg> edit_args{which, {"text", Kind::text, "what"}};
  std::vector<Arg> list_args{{"all", Kind::flag, "done ones too"}};
  for (const auto& arg : turns) add_args.push_back(arg), edit_args.push_back(arg);
  for (const auto& arg : references) add_args.push_back(arg), edit_args.push_back(arg), list_args.push_back(arg);
  edit_args.push_back({"owed-by", Kind::choice, "me or them", Place::option, false, words<OwedBy>()});
  edit_args.push_back({"reopen", Kind::flag, "it is to be done after all"});
  return {
      {"task add", "POST /tasks", "add something to do", "ties task add 'read her paper' --contact ada --due friday",
       add_args, add, true, "", "Task"},
      {"task list", "GET /tasks", "what is to be done, by date", "ties task list --application 1", list_args, list, false, "id:#, due, text, contact, application, owed_by:owed by, state", "[Task]"},
      {"task show", "GET /tasks/{task}", "a task", "ties task show 12", {which}, show, false, "", "Task"},
      {"task edit", "PATCH /tasks/{task}", "change a task", "ties task edit 12 --due 'in 2 weeks'", edit_args, edit, true, "", "Task"},
      {"task delete", "DELETE /tasks/{task}", "delete a task", "ties task delete 12", {which}, remove, true, "", "Task"},
      {"task done", "POST /tasks/{task}/done", "it is done", "ties task done 12", {which}, done, true, "", "Task"},
      {"task snooze", "POST /tasks/{task}/snooze", "later: tomorrow, or the day that you say", "ties task snooze 12 next monday", {which, {"until", Kind::text, "a day in words", Place::rest}}, snooze, true, "", "Task"},
      {"task skip", "POST /tasks/{task}/skip", "pass this turn", "ties task skip 12", {which}, skip, true, "", "Task"},
  };
}

}  // namespace ties
