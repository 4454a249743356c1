#include <fmt/format.h>

#include <algorithm>

#include "crm/domain/commands.h"
#include "crm/domain/draft.h"
#include "crm/service/naming.h"
#include "crm/service/templates.h"
#include "crm/service/whole.h"
#include "reports/figures.h"

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;
using reports::short_day;

/// What a draft is about, as far as it was said or follows from what was said.
struct Subject {
  DraftKind kind{};
  Contact contact{};
  std::optional<EmploymentLine> job{};
  std::optional<Referral> referral{};
  std::optional<Application> application{};
  std::optional<Company> company{};
  std::optional<Event> event{};
  std::optional<Task> task{};
  std::string which_referral{};  ///< why none is taken, where several may be meant
  std::string which_application{};
};

bool is_about_a_role(DraftKind kind) {
  return kind == DraftKind::referral || kind == DraftKind::nudge || kind == DraftKind::thanks ||
         kind == DraftKind::outcome;
}

/// Whether it is about what is still to come: nothing that has ended can be meant.
bool looks_ahead(DraftKind kind) {
  return kind == DraftKind::referral || kind == DraftKind::nudge;
}

bool is_ask(DraftKind kind) {
  return kind == DraftKind::referral || kind == DraftKind::advice || kind == DraftKind::introduction;
}

/// The one referral by the contact that a message of this kind can be about; several are never guessed among.
void take_referral(Crm& crm, Subject& subject) {
  std::vector<Referral> possible;
  for (auto& referral : crm.store.referrals(subject.contact.id, std::nullopt, std::nullopt)) {
    const bool of_application = !subject.application || referral.application == subject.application->id;
    if (of_application && (!looks_ahead(subject.kind) || is_open(referral.state)))
      possible.push_back(std::move(referral));
  }
  if (possible.size() == 1) subject.referral = std::move(possible.front());
  if (possible.size() > 1)
    subject.which_referral = fmt::format("there are {} referrals by them, say which with --referral", possible.size());
}

void take_application(Crm& crm, Subject& subject) {
  if (subject.referral) subject.application = crm.store.find(subject.referral->application);
  if (subject.application || subject.referral || !subject.which_referral.empty()) return;
  auto possible = crm.store.applications_with(subject.contact.id);
  if (looks_ahead(subject.kind)) {
    std::erase_if(possible, [](const Application& one) { return one.outcome != Outcome::open; });
  }
  if (possible.size() == 1) subject.application = std::move(possible.front());
  if (possible.size() > 1) {
    subject.which_application =
        fmt::format("they have a part in {} applications, say which with --application", possible.size());
  }
}

/// Throws Conflict where a referral, a task or an application is not the contact's, or not one matter.
Subject subject_of(Crm& crm, const Args& args) {
  Subject subject;
  subject.kind = *args.choice<DraftKind>("kind");
  subject.contact = contact_named(crm, args.text("contact"));
  subject.job = crm.store.current_employment(subject.contact.id);
  if (args.has("referral")) {
    subject.referral = numbered<Referral>(crm, args.text("referral"));
    if (subject.referral->referrer != subject.contact.id) {
      throw Conflict(fmt::format("referral {} is by {}, and not by {}", subject.referral->id.value,
                                 crm.store.get(subject.referral->referrer).display, subject.contact.display));
    }
  }
  if (args.has("application")) subject.application = application_named(crm, args.text("application"));
  if (args.has("task")) {
    subject.task = numbered<Task>(crm, args.text("task"));
    if (subject.task->contact != subject.contact.id) {
      throw Conflict(fmt::format("task {} has nothing to do with {}", subject.task->id.value, subject.contact.display));
    }
  }
  if (args.has("event")) subject.event = event_named(crm, args.text("event"));
  if (is_about_a_role(subject.kind)) {
    if (!subject.referral) take_referral(crm, subject);
    if (!subject.application) take_application(crm, subject);
  }
  if (args.has("company")) {
    subject.company = company_named(crm, args.text("company"));
  } else if (subject.application && subject.application->company) {
    subject.company = crm.store.find(subject.application->company);
  } else if (subject.referral && subject.referral->company) {
    subject.company = crm.store.find(subject.referral->company);
  } else if (subject.which_referral.empty() && subject.which_application.empty() && subject.job) {
    subject.company = crm.store.find(subject.job->employment.company);
  }
  return subject;
}

std::string in_words(Outcome outcome) {
  switch (outcome) {
    case Outcome::open:
      return {};
    case Outcome::accepted:
      return "they made an offer, and I accepted it";
    case Outcome::declined:
      return "they made an offer, and I declined it";
    case Outcome::rejected:
      return "they decided against me";
    case Outcome::withdrawn:
      return "I took my application back";
    case Outcome::ghosted:
      return "I never heard from them again";
    case Outcome::expired:
      return "the opening was closed";
    case Outcome::rerouted:
      return "they moved me on to another role";
  }
  return {};
}

/// The one open promise; several are never guessed among.
Filling promise_of(Crm& crm, const Subject& subject, OwedBy owed_by) {
  if (subject.task) return subject.task->owed_by == owed_by ? Filling{subject.task->text, ""} : Filling{};
  std::vector<std::string> texts;
  for (const auto& task : crm.store.tasks_about(subject.contact.id)) {
    if (task.state == TaskState::open && task.owed_by == owed_by) texts.push_back(task.text);
  }
  if (texts.size() == 1) return {texts.front(), ""};
  if (texts.empty()) return {};
  return {"", fmt::format("{} are open, say which with --task", texts.size())};
}

/// What they met last, else the latest at the company, else the latest of all.
std::optional<Contribution> work_of(Crm& crm, const Subject& subject) {
  const auto newest = [](const std::vector<Contribution>& all) {
    const auto day = [](const Contribution& one) { return one.closed_on ? one.closed_on : one.opened_on; };
    const auto found =
        std::max_element(all.begin(), all.end(), [&](const auto& a, const auto& b) { return day(a) < day(b); });
    return found == all.end() ? std::nullopt : std::optional(*found);
  };
  std::vector<Contribution> met;
  for (auto& [contribution, part] : crm.store.contributions_met_by(subject.contact.id))
    met.push_back(std::move(contribution));
  if (auto work = newest(met)) return work;
  if (subject.company) {
    if (auto work = newest(crm.store.contributions(subject.company->id))) return work;
  }
  return newest(crm.store.contributions(std::nullopt));
}

/// Where they met: the event that is named, else that of how they met, else that of the talk in which they did.
Filling event_of(Crm& crm, const Subject& subject, const std::vector<Interaction>& talks) {
  if (subject.event) return {subject.event->name, ""};
  if (const auto event = crm.store.find(subject.contact.met_event)) return {event->name, ""};
  for (const auto& talk : talks) {
    const auto event = crm.store.find(talk.event);
    if (event && talk.kind == InteractionKind::met) return {event->name, ""};
  }
  return {};
}

std::string day_of_interview_with(Crm& crm, Id<Contact> contact, Date today) {
  std::optional<Date> latest;
  for (const auto& application : crm.store.applications_with(contact)) {
    for (const auto& interview : crm.store.interviews(application.id)) {
      const auto people = crm.store.people_of(interview.id);
      const bool took_part =
          std::any_of(people.begin(), people.end(), [&](const Contact& one) { return one.id == contact; });
      if (took_part && interview.when.day <= today && interview.outcome != InterviewOutcome::cancelled) {
        latest = std::max(latest.value_or(interview.when.day), interview.when.day);
      }
    }
  }
  return latest ? short_day(*latest) : "";
}

void fill_matter(Crm& crm, const Subject& subject, Fillings& known) {
  const auto which = subject.which_referral.empty() ? subject.which_application : subject.which_referral;
  known["company"] = {subject.company ? subject.company->name : "", which};
  known["role"] = {subject.application ? subject.application->title
                   : subject.referral  ? subject.referral->role
                                       : "",
                   which};
  if (subject.application) {
    known["stage"] = {crm.store.get(subject.application->stage).name, ""};
    const bool open = subject.application->outcome == Outcome::open;
    known["outcome"] = {in_words(subject.application->outcome), open ? "the application is still open" : ""};
  } else {
    known["stage"] = known["outcome"] = {"", which};
  }
  known["asked_on"] = {"", which};
  if (subject.referral) {
    const auto asked_on = referral_facts(crm, *subject.referral).asked_on;
    known["asked_on"] = {asked_on ? short_day(*asked_on) : "", asked_on ? "" : "the referral was not asked for yet"};
  }
}

void fill_person(Crm& crm, const Subject& subject, Fillings& known, Date today) {
  const auto& contact = subject.contact;
  known["first_name"] = {!contact.nickname.empty() ? contact.nickname
                         : !contact.given.empty()  ? contact.given
                                                   : contact.display,
                         ""};
  known["name"] = {contact.display, ""};
  if (subject.job)
    known["title"] = {subject.job->employment.title, ""}, known["their_company"] = {subject.job->company, ""};
  auto talks = crm.store.interactions_with(contact.id);
  std::erase_if(talks, [&](const Interaction& talk) { return !is_real(talk.kind) || talk.when.day > today; });
  if (!talks.empty()) known["last_talk"] = {short_day(talks.front().when.day), ""};
  known["event"] = event_of(crm, subject, talks);
  if (const auto through = crm.store.find(contact.met_through)) known["through"] = {through->display, ""};
  for (const auto& favour : crm.store.favours(contact.id)) {
    if (favour.direction == FavourDirection::received && known["help"].text.empty()) known["help"] = {favour.text, ""};
  }
  std::optional<JobChange> latest;
  for (const auto& change : crm.store.job_changes(contact.id)) {
    if (!latest || change.seen_on > latest->seen_on) latest = change;
  }
  if (latest) {
    const auto after = crm.store.get(latest->after);
    known["new_title"] = {after.title, ""}, known["new_company"] = {company_name(crm, after.company), ""};
  } else {
    known["new_title"] = known["new_company"] = {"", "no change of job was seen"};
  }
  known["interview_day"] = {day_of_interview_with(crm, contact.id, today), ""};
  known["promise"] = promise_of(crm, subject, OwedBy::me);
  known["their_promise"] = promise_of(crm, subject, OwedBy::them);
}

Fillings fillings_of(Crm& crm, const Subject& subject, Date today) {
  Fillings known;
  fill_matter(crm, subject, known);
  fill_person(crm, subject, known, today);
  if (const auto work = work_of(crm, subject)) {
    known["work"] = {work->title, ""},
    known["work_link"] = {work->link, work->link.empty() ? "the work has no link" : ""};
  } else {
    known["work"] = known["work_link"] = {"", "no public work was noted"};
  }
  if (const auto me = crm.store.me()) {
    known["my_name"] = {me->display, ""}, known["my_first_name"] = {me->given.empty() ? me->display : me->given, ""};
  } else {
    known["my_name"] = known["my_first_name"] = {"", "`ties init --name` says who you are"};
  }
  return known;
}

/// An ask out of the blue gets a warning.
std::vector<Warning> warnings_of(Crm& crm, const Subject& subject, Date today) {
  if (!is_ask(subject.kind)) return {};
  Referral ask = subject.referral.value_or(Referral{});
  ask.referrer = subject.contact.id;
  if (subject.company) ask.company = subject.company->id;
  if (subject.application) ask.role = subject.application->title;
  if (subject.kind == DraftKind::referral) return warnings_of_ask(crm, ask, today);
  return guards_of_ask(referral_facts(crm, ask), {}, readiness_of(crm, ask.referrer, ask.company, std::nullopt), today,
                       crm.config.guards());
}

/// The commands that note what the message did, once it was sent.
std::vector<std::string> commands_after(const Subject& subject) {
  std::vector<std::string> commands{log_message(subject.contact.display)};
  const auto of_referral = [&](std::string_view command, std::string_view end) {
    if (subject.referral)
      commands.push_back(fmt::format("ties referral {} {}{}", command, subject.referral->id.value, end));
  };
  if (subject.kind == DraftKind::referral) of_referral("step", " asked");
  if (subject.kind == DraftKind::thanks) of_referral("thank", "");
  if (subject.kind == DraftKind::outcome) of_referral("thank", " --told");
  if (subject.kind == DraftKind::promise && subject.task)
    commands.push_back(fmt::format("ties task done {}", subject.task->id.value));
  return commands;
}

MessageTemplate template_for(Crm& crm, const Args& args, DraftKind kind) {
  if (args.has("template")) return template_named(crm, args.text("template"));
  std::optional<MessageTemplate> first;
  for (auto& message : templates(crm)) {
    if (message.kind != kind) continue;
    if (args.has("language") && message.language == args.text("language")) return message;
    if (!first) first = std::move(message);
  }
  if (!first) throw NotFound(fmt::format("there is no template for {}; `ties template list` shows them", word(kind)));
  if (args.has("language") && first->language != args.text("language")) {
    throw NotFound(fmt::format("there is no template for {} in '{}'; `ties template add` makes one", word(kind),
                               args.text("language")));
  }
  return *first;
}

Answer draft(Crm& crm, const Args& args) {
  const Sight sight(crm.store, false);  // what is private goes into no message, whoever drafts it
  const auto subject = subject_of(crm, args);
  const auto message = template_for(crm, args, subject.kind);
  const auto made = filled(message, fillings_of(crm, subject, args.today()));
  Answer answer;
  Json gaps = Json::array(), warnings = Json::array();
  for (const auto& warning : warnings_of(crm, subject, args.today())) {
    warnings.push_back({{"guard", warning.guard}, {"reason", warning.reason}});
    answer.remarks.push_back(fmt::format("warning, {}: {}", warning.guard, warning.reason));
  }
  for (const auto& gap : made.gaps) {
    gaps.push_back({{"placeholder", gap.placeholder}, {"why", gap.why}});
    answer.remarks.push_back(gap.why);
  }
  const auto after = commands_after(subject);
  answer.remarks.push_back("nothing was sent; once you did, note it:");
  for (const auto& command : after) answer.remarks.push_back(command);
  const auto id_of = [](const auto& record) { return record ? Json(record->id.value) : Json(nullptr); };
  answer.data = {{"kind", word(subject.kind)},
                 {"template", message.key},
                 {"name", message.name},
                 {"contact", subject.contact.display},
                 {"contact_id", subject.contact.id.value},
                 {"referral_id", id_of(subject.referral)},
                 {"application_id", id_of(subject.application)},
                 {"task_id", id_of(subject.task)},
                 {"subject", made.subject},
                 {"text", made.text},
                 {"gaps", gaps},
                 {"warnings", warnings},
                 {"after", after}};
  return answer;
}

}  // namespace

std::vector<Verb> draft_verbs() {
  std::vector<Verb> all{
      {"draft",
       "GET /contacts/{contact}/draft",
       "a message to a contact, filled from the records, for you to change, copy and send; nothing is ever sent",
       "ties draft thanks ada --edit",
       {{"kind", Kind::choice,
         "after_event, hello, advice, introduction, referral, nudge, promise, thanks, outcome, congratulation",
         Place::first, true, words<DraftKind>()},
        {"contact", Kind::text, "to whom", Place::first},
        {"referral", Kind::text, "about which referral; its number"},
        {"application", Kind::text, "about which application"},
        {"company", Kind::text, "about which company"},
        {"event", Kind::text, "the event where you met"},
        {"task", Kind::text, "the promise that it keeps; its number"},
        {"template", Kind::text, "another template than the first of its kind"},
        {"language", Kind::text, "a template in that language"},
        {"edit",
         Kind::flag,
         "change it in your editor ($VISUAL, $EDITOR), and print what you left",
         Place::option,
         false,
         {},
         false,
         true}},
       draft,
       false,
       "",
       "MessageDraft"},
  };
  for (auto& verb : template_verbs()) all.push_back(std::move(verb));
  return all;
}

}  // namespace ties
