#include "crm/domain/meeting.h"
#include "crm/service/applying.h"
#include "crm/service/naming.h"
#include "crm/text/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties {
namespace {

/// Of a key "whole/part"; empty for any other.
std::string whole_of(const std::string& key) {
  const auto slash = key.rfind('/');
  return slash == std::string::npos ? "" : key.substr(0, slash);
}

std::string task_text(const importers::FoundMeeting& meeting, const Moment& when) {
  std::string text = meeting.title;
  if (when.time) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(*when.time).count();
    text += fmt::format(", {:02}:{:02}", minutes / 60, minutes % 60);
  }
  return meeting.place.empty() ? text : text + ", " + meeting.place;
}

std::string names_of(const std::vector<importers::PersonKey>& people) {
  std::string names;
  for (const auto& person : people) names += (names.empty() ? "" : ", ") + (person.name.empty() ? person.email : person.name);
  return names;
}

}  // namespace

void Applying::apply_event(const importers::FoundEvent& found) {
  for (auto event : store_.all<Event>()) {
    if (event.source_key && event.source_key == found.event.source_key) return count(found.file, Did::unchanged);
    if (text::fold(event.name) != text::fold(found.event.name)) continue;
    auto after = event;
    if (!after.source_key) after.source_key = found.event.source_key;
    if (!after.starts_on) after.starts_on = found.event.starts_on;
    if (!after.ends_on) after.ends_on = found.event.ends_on;
    if (after.place.empty()) after.place = found.event.place;
    if (after.link.empty()) after.link = found.event.link;
    if (after == event) return count(found.file, Did::unchanged);
    store_.update(after);
    return count(found.file, Did::changed, after);
  }
  auto event = found.event;
  event.id = store_.add(event);
  count(found.file, Did::created, event);
}

void Applying::apply_interaction(const importers::FoundInteraction& found) {
  const auto& key = found.interaction.source_key;
  if (const auto kept = key ? store_.from_source<Interaction>(*key) : std::nullopt) return count(found.file, grow(*kept, found.interaction), *kept);
  const auto whole = key ? whole_of(*key) : "";
  if (whole.empty() && key && store_.has_interaction_below(*key + "/")) return count(found.file, Did::unchanged);
  const auto contacts = contacts_among(found.with, !found.only_with_known);
  if (contacts.empty() && found.only_with_known) return skip(found.file, found.line, names_of(found.with), "with nobody you know");
  auto did = Did::created;
  if (const auto summary = whole.empty() ? std::nullopt : store_.from_source<Interaction>(whole)) {
    store_.remove(summary->id);
    did = Did::changed;
  }
  auto interaction = found.interaction;
  interaction.when = crm_.clock.local(interaction.when);
  if (!found.event.empty()) interaction.event = event(found.event);
  interaction.id = store_.add(interaction);
  for (const auto contact : contacts) {
    store_.link(interaction.id, contact);
    if (interaction.event && interaction.kind == InteractionKind::met) meet(contact, interaction);
  }
  for (const auto& promise : found.promises) {
    store_.add(task_of(promise, interaction, contacts.empty() ? std::nullopt : std::optional(contacts.front()), interaction.when.day));
  }
  count(found.file, did, interaction);
}

Applying::Did Applying::grow(Interaction kept, const Interaction& found) {
  const bool settled = snapshot_on_ && kept.awaits && !found.awaits;
  const bool grew = found.count > kept.count;
  if (!settled && !grew) return Did::unchanged;
  if (settled) kept.awaits = false;
  if (grew) kept.count = found.count;
  store_.update(kept);
  return Did::changed;
}

/// What is past was an interaction; what is to come is a round of an application, or something to do.
void Applying::apply_meeting(const importers::FoundMeeting& found) {
  const auto when = crm_.clock.local(found.when);
  const bool past = when.day < crm_.clock.today();
  if (const auto interview = store_.from_source<Interview>(found.source_key)) return count(found.file, settle(*interview, found, past), *interview);
  const auto task = store_.from_source<Task>(found.source_key);
  const auto of_task = task ? settle(*task, found, past) : Did::unchanged;
  if (task && (!past || found.called_off)) return count(found.file, of_task, *task);
  if (store_.from_source<Interaction>(found.source_key)) return task ? count(found.file, of_task, *task) : count(found.file, of_task);
  if (found.called_off) return skip(found.file, found.line, found.title, "called off");

  const auto contacts = contacts_among(found.with, !found.only_with_known);
  const auto application = past ? std::nullopt : application_of(found, contacts);
  if (contacts.empty() && !application) return skip(found.file, found.line, found.title, "with nobody you know");
  const auto did = task ? Did::changed : Did::created;
  if (past) {
    Interaction interaction;
    interaction.kind = kind_of_meeting(found.title, found.place);
    interaction.when = when;
    interaction.text = found.title + (found.text.empty() ? "" : "\n\n" + found.text);
    interaction.source_key = found.source_key;
    interaction.id = store_.add(interaction);
    for (const auto contact : contacts) store_.link(interaction.id, contact);
    count(found.file, did, interaction);
  } else if (application) {
    Interview interview;
    interview.application = *application;
    interview.kind = round_in(found.title).empty() ? found.title : round_in(found.title);
    interview.when = when, interview.minutes = found.minutes, interview.place = found.place;
    interview.preparation = found.text;
    interview.source_key = found.source_key;
    interview.id = store_.add(interview);
    for (const auto contact : contacts) {
      InterviewContact link;
      link.interview = interview.id, link.contact = contact;
      store_.add(link);
    }
    count(found.file, did, interview);
  } else {
    Task meeting;
    meeting.text = task_text(found, when);
    meeting.due = when.day, meeting.contact = contacts.front(), meeting.made_on = crm_.clock.today();
    meeting.source_key = found.source_key;
    meeting.id = store_.add(meeting);
    count(found.file, did, meeting);
  }
}

/// A round moves, ends, or is called off as the calendar says, as long as the user said nothing of how it went.
Applying::Did Applying::settle(Interview interview, const importers::FoundMeeting& found, bool past) {
  const auto before = interview;
  if (interview.outcome != InterviewOutcome::planned) return Did::unchanged;
  interview.when = crm_.clock.local(found.when), interview.minutes = found.minutes;
  if (!found.place.empty()) interview.place = found.place;
  if (found.called_off) {
    interview.outcome = InterviewOutcome::cancelled;
  } else if (past) {
    interview.outcome = InterviewOutcome::done;
  }
  if (interview == before) return Did::unchanged;
  store_.update(interview);
  return Did::changed;
}

Applying::Did Applying::settle(Task task, const importers::FoundMeeting& found, bool past) {
  const auto before = task;
  if (task.state != TaskState::open) return Did::unchanged;
  const auto when = crm_.clock.local(found.when);
  if (task.due != when.day) task.due = when.day, task.text = task_text(found, when);
  if (found.called_off || past) {
    task.state = found.called_off ? TaskState::skipped : TaskState::done;
    task.ended_on = found.called_off ? crm_.clock.today() : when.day;
  }
  if (task == before) return Did::unchanged;
  store_.update(task);
  return Did::changed;
}

std::optional<Id<Application>> Applying::application_of(const importers::FoundMeeting& found, const std::vector<Id<Contact>>& contacts) {
  std::vector<std::optional<Id<Company>>> companies;  // of those in it
  for (const auto contact : contacts) {
    if (const auto job = store_.current_employment(contact)) companies.push_back(job->employment.company);
  }
  for (const auto& person : found.with) {
    const auto at = person.email.find('@');
    if (at != std::string::npos) companies.push_back(store_.company_at_domain(person.email.substr(at + 1)));
  }
  std::vector<RoundCandidate> candidates;
  for (const auto& line : store_.application_lines(true, std::nullopt)) {
    RoundCandidate candidate{line.application.id, line.application.title, line.company, line.application.opened_on, false, false};
    candidate.has_colleague = line.application.company && std::find(companies.begin(), companies.end(), line.application.company) != companies.end();
    for (const auto& [contact, part] : store_.people_of(line.application.id)) {
      const bool interviews = part == ApplicationPart::recruiter || part == ApplicationPart::hiring_manager || part == ApplicationPart::interviewer;
      candidate.has_interviewer |= interviews && std::find(contacts.begin(), contacts.end(), contact.id) != contacts.end();
    }
    candidates.push_back(std::move(candidate));
  }
  return application_of_round(found.title, candidates);
}

void Applying::meet(Id<Contact> id, const Interaction& interaction) {
  auto contact = store_.get(id);
  if (contact.met_event || contact.met_on) return;
  contact.met_event = interaction.event;
  contact.met_on = interaction.when.day;
  store_.update(contact);
}

Id<Event> Applying::event(const std::string& name) {
  const auto key = text::fold(name);
  if (const auto known_event = events_.find(key); known_event != events_.end()) return known_event->second;
  return events_[key] = event_named_or_new(crm_, name).id;
}

}  // namespace ties
