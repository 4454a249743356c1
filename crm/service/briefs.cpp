#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "crm/service/moves.h"
#include "crm/service/naming.h"
#include "crm/service/whole.h"
#include "crm/text/text.h"
#include "reports/brief.h"

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr Arg which_contact{"contact", Kind::text, "a number, a name, or an unambiguous part of one", Place::first};
constexpr Arg which_company{"company", Kind::text, "a number, a name, or part of one", Place::first};
constexpr Arg which_application{"application", Kind::text, "a number, or part of its title and company", Place::first};
constexpr Arg which_interview{"interview", Kind::text, "its number", Place::first};

std::string title_at(const std::string& title, const std::string& company) {
  return title + (title.empty() || company.empty() ? "" : " at ") + company;
}

std::string job_of(const EmploymentLine& line) {
  const auto& [job, company] = line;
  auto text = title_at(job.title, company);
  if (!job.started.empty() || !job.ended.empty()) {
    text += job.ended.empty() ? ", since " + job.started : fmt::format(", {} to {}", job.started, job.ended);
  }
  return text;
}

TieStrength tie_with(Crm& crm, Id<Contact> contact) {
  return tie_strength(crm.store.tie_facts(contact), crm.clock.today(), crm.config.tie_weights());
}

bool is_listed(const Contact& contact) {
  return !contact.me && !contact.archived && !contact.deleted_on;
}

std::string referral_in_words(Crm& crm, const Referral& referral) {
  const auto title = title_at(referral.role, company_name(crm, referral.company));
  return title.empty() ? "a word for me" : title;
}

std::string with_blanks(std::string_view word) {
  std::string text(word);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::optional<Date> last_step(Crm& crm, const Referral& referral) {
  const auto steps = crm.store.steps(referral.id);
  return steps.empty() ? std::nullopt : std::optional(steps.back().on);
}

reports::Matter matter_of(Crm& crm, const Referral& referral, std::string part) {
  return {fmt::format("referral {}", referral.id.value), referral_in_words(crm, referral),
          with_blanks(word(referral.state)), std::move(part), last_step(crm, referral)};
}

reports::Matter matter_of(Crm& crm, const Application& application, std::string part) {
  const auto state = application.outcome == Outcome::open ? "in " + crm.store.get(application.stage).name
                                                          : std::string(word(application.outcome));
  return {fmt::format("application {}", application.id.value), title_of(crm, application), state, std::move(part),
          application.closed_on ? application.closed_on : std::optional(application.opened_on)};
}

/// Whom both know: who introduced them, who took part in their talks, who was at the same events.
std::vector<reports::PersonBrief::Shared> shared_with(Crm& crm, const Contact& contact,
                                                      const std::vector<Interaction>& talks) {
  std::vector<reports::PersonBrief::Shared> shared;
  std::set<Id<Contact>> told{contact.id};
  const auto add = [&](const Contact& other, const std::string& how) {
    if (is_listed(other) && told.insert(other.id).second) shared.push_back({other.id, other.display, how});
  };
  if (const auto through = crm.store.find(contact.met_through)) add(*through, "introduced us");
  for (const auto& referral : crm.store.referrals(contact.id, std::nullopt, std::nullopt)) {
    if (const auto introducer = crm.store.find(referral.introducer)) add(*introducer, "introduced us");
  }
  std::set<Id<Event>> events;
  if (contact.met_event) events.insert(*contact.met_event);
  for (const auto& talk : talks) {
    if (talk.event) events.insert(*talk.event);
    for (const auto& other : crm.store.people_of(talk.id)) {
      add(other, talk.kind == InteractionKind::introduction
                     ? "introduced on " + friendly(talk.when.day)
                     : fmt::format("{} together on {}", word(talk.kind), friendly(talk.when.day)));
    }
  }
  for (const auto event : events) {
    const auto name = crm.store.get(event).name;
    for (const auto& other : crm.store.people_met_at(event)) add(other, "met at " + name + " too");
  }
  return shared;
}

/// Where somebody works now, and what they did before.
void tell_jobs(Crm& crm, reports::PersonBrief& person) {
  const auto current = crm.store.current_employment(person.contact.id);
  if (current) person.job = job_of(*current);
  for (const auto& line : crm.store.employments(person.contact.id)) {
    if (!current || line.employment.id != current->employment.id) person.before.push_back(job_of(line));
  }
  for (const auto& school : crm.store.educations(person.contact.id)) {
    person.before.push_back(school.school + (school.degree.empty() ? "" : ", " + school.degree));
  }
  for (const auto& change : crm.store.job_changes(person.contact.id)) {
    const auto after = crm.store.get(change.after);
    const auto before = crm.store.find(change.before);
    person.moves.push_back({change.seen_on, before ? title_at(before->title, company_name(crm, before->company)) : "",
                            title_at(after.title, company_name(crm, after.company))});
  }
  std::stable_sort(person.moves.begin(), person.moves.end(), [](const auto& a, const auto& b) { return a.on > b.on; });
}

std::string part_in(Crm& crm, const Application& application, Id<Contact> contact) {
  for (const auto& [person, part] : crm.store.people_of(application.id)) {
    if (person.id == contact) return with_blanks(word(part));
  }
  for (const auto& interview : crm.store.interviews(application.id)) {
    for (const auto& person : crm.store.people_of(interview.id)) {
      if (person.id == contact) return "interviewer";
    }
  }
  return "referrer";
}

reports::PersonBrief person_brief(Crm& crm, const Contact& contact) {
  reports::PersonBrief person;
  person.contact = contact;
  for (const auto& name : crm.store.names(contact.id)) person.also.push_back(name.name);
  for (const auto& tag : crm.store.tags(contact.id)) {
    person.circles.push_back(tag.cadence_days ? fmt::format("{} (every {} days)", tag.name, *tag.cadence_days)
                                              : tag.name);
  }
  for (const auto& point : crm.store.points(contact.id)) {
    if (point.kind == PointKind::email && (person.email.empty() || point.primary)) person.email = point.value;
  }
  if (const auto event = crm.store.find(contact.met_event)) person.met_event = event->name;
  if (const auto through = crm.store.find(contact.met_through)) person.met_through = through->display;
  tell_jobs(crm, person);
  person.tie = tie_with(crm, contact.id);
  person.ready = readiness_of(crm, contact.id, std::nullopt, std::nullopt);
  auto talks = crm.store.interactions_with(contact.id);
  std::erase_if(talks, [&](const Interaction& talk) { return talk.when.day > crm.clock.today(); });
  person.shared = shared_with(crm, contact, talks);
  for (auto& talk : talks) {
    const auto event = crm.store.find(talk.event);
    person.talks.push_back({std::move(talk), event ? event->name : ""});
  }
  for (auto& task : crm.store.tasks_about(contact.id)) {
    if (task.state == TaskState::open) person.open.push_back({std::move(task), ""});
  }
  for (auto& [contribution, part] : crm.store.contributions_met_by(contact.id)) {
    const auto known = std::find_if(person.works.begin(), person.works.end(),
                                    [id = contribution.id](const auto& one) { return one.contribution.id == id; });
    if (known == person.works.end()) {
      person.works.push_back({std::move(contribution), std::string(word(part))});
    } else {
      known->how += fmt::format(", {}", word(part));
    }
  }
  person.favours = crm.store.favours(contact.id);
  for (const auto& referral : crm.store.referrals(contact.id, std::nullopt, std::nullopt)) {
    person.matters.push_back(matter_of(crm, referral, "refers me"));
  }
  for (const auto& application : crm.store.applications_with(contact.id)) {
    person.matters.push_back(matter_of(crm, application, part_in(crm, application, contact.id)));
  }
  return person;
}

/// What is open about a company: said of it, of its people, and of what is under way there.
std::vector<reports::OpenMatter> open_at(Crm& crm, const Company& company, const reports::CompanyBrief& brief) {
  std::vector<reports::OpenMatter> open;
  for (auto& task : crm.store.tasks(true)) {
    const auto contact = crm.store.find(task.contact);
    const auto application = crm.store.find(task.application);
    const auto referral = crm.store.find(task.referral);
    const auto& there = brief.ways.now;
    const bool of_people = contact && std::any_of(there.begin(), there.end(), [&](const WarmPath& path) {
                             return path.person.contact == contact->id;
                           });
    const bool under_way =
        (application && application->company == company.id && application->outcome == Outcome::open) ||
        (referral && referral->company == company.id);
    const bool related = under_way || (!application && (task.company == company.id || of_people));
    if (related)
      open.push_back({std::move(task), contact ? contact->display : application ? application->title : company.name});
  }
  return open;
}

std::vector<reports::KnownWork> works_at(Crm& crm, const Company& company) {
  std::vector<reports::KnownWork> works;
  for (auto& contribution : crm.store.contributions(company.id)) {
    std::vector<std::string> people;
    for (const auto& [contact, part] : crm.store.people_of(contribution.id)) {
      people.push_back(fmt::format("{} by {}", word(part), contact.display));
    }
    works.push_back({std::move(contribution), fmt::format("{}", fmt::join(people, ", "))});
  }
  return works;
}

reports::CompanyBrief company_brief(Crm& crm, const Company& company) {
  reports::CompanyBrief brief;
  brief.company = company;
  for (const auto& alias : crm.store.aliases(company.id)) brief.also.push_back(alias.value);
  brief.ways = warm_paths(crm.store.path_facts(company.id), crm.clock.today(), crm.config.tie_weights());
  for (const auto& line : crm.store.application_lines(false, company.id)) {
    brief.applications.push_back(matter_of(crm, line.application, line.referrer));
    brief.applications.back().what = line.application.title;
  }
  for (const auto& referral : crm.store.referrals(std::nullopt, company.id, std::nullopt)) {
    brief.referrals.push_back(matter_of(crm, referral, crm.store.get(referral.referrer).display));
    brief.referrals.back().what = referral.role.empty() ? "any role" : referral.role;
  }
  brief.works = works_at(crm, company);
  brief.open = open_at(crm, company, brief);
  return brief;
}

std::vector<std::string> names_of(const std::vector<Contact>& people) {
  std::vector<std::string> names;
  for (const auto& person : people) names.push_back(person.display);
  return names;
}

/// The rounds of an application by their days.
std::vector<reports::RoundLine> rounds_of(Crm& crm, Id<Application> application) {
  std::vector<reports::RoundLine> rounds;
  for (auto& interview : crm.store.interviews(application)) {
    const auto with = names_of(crm.store.people_of(interview.id));
    rounds.push_back({std::move(interview), with});
  }
  std::stable_sort(rounds.begin(), rounds.end(),
                   [](const auto& a, const auto& b) { return to_text(a.interview.when) < to_text(b.interview.when); });
  return rounds;
}

/// What a stage asks to prepare, ticked by the tasks that came of it.
std::vector<reports::CheckLine> checklist_of(Crm& crm, const Application& application) {
  std::vector<reports::CheckLine> lines;
  const auto tasks = crm.store.tasks_about(application.id);
  for (const auto& text : crm.store.get(application.stage).checklist) {
    const bool done = std::any_of(tasks.begin(), tasks.end(),
                                  [&](const Task& task) { return task.text == text && task.state != TaskState::open; });
    lines.push_back({text, done});
  }
  return lines;
}

/// What is open about an application, but what stands in its checklist.
std::vector<reports::OpenMatter> open_about(Crm& crm, const Application& application,
                                            const std::vector<reports::CheckLine>& checklist) {
  std::vector<reports::OpenMatter> open;
  for (auto& task : crm.store.tasks_about(application.id)) {
    const bool listed =
        std::any_of(checklist.begin(), checklist.end(), [&](const auto& line) { return line.text == task.text; });
    const auto contact = crm.store.find(task.contact);
    if (task.state == TaskState::open && !listed) open.push_back({std::move(task), contact ? contact->display : ""});
  }
  return open;
}

std::vector<reports::Participant> participants_of(Crm& crm, const Application& application,
                                                  const std::set<Id<Contact>>& besides = {}) {
  std::vector<reports::Participant> people;
  for (const auto& [contact, part] : crm.store.people_of(application.id)) {
    if (besides.count(contact.id) > 0) continue;
    const auto job = crm.store.current_employment(contact.id);
    people.push_back(
        {contact.id, contact.display, with_blanks(word(part)), job ? job_of(*job) : "", tie_with(crm, contact.id)});
  }
  return people;
}

/// The stage that usually comes next; none where it is the last, or the application has ended.
std::optional<Stage> next_stage(Crm& crm, const Application& application) {
  if (application.outcome != Outcome::open) return std::nullopt;
  const auto now = crm.store.get(application.stage);
  for (auto& stage : crm.store.stages(application.pipeline)) {
    if (now.next.empty() ? stage.position > now.position : stage.key == now.next.front()) return stage;
  }
  return std::nullopt;
}

reports::ApplicationBrief application_brief(Crm& crm, const Application& application) {
  reports::ApplicationBrief brief;
  brief.application = application;
  brief.company = company_name(crm, application.company);
  const auto stage = crm.store.get(application.stage);
  brief.stage = stage.name, brief.pipeline = crm.store.get(application.pipeline).name;
  brief.steps = crm.store.steps(application.id);
  brief.in_stage_since = application.opened_on;
  for (std::size_t i = 0; i < brief.steps.size(); ++i) {
    if (i == 0 || brief.steps[i].stage != brief.steps[i - 1].stage) brief.in_stage_since = brief.steps[i].on;
  }
  brief.people = participants_of(crm, application);
  for (const auto& referral : crm.store.referrals(std::nullopt, std::nullopt, application.id)) {
    brief.referrals.push_back(matter_of(crm, referral, crm.store.get(referral.referrer).display));
  }
  if (const auto next = next_stage(crm, application)) {
    brief.next_stage = next->name;
    brief.warnings = warnings_of_move(crm, application, *next);
  }
  brief.rounds = rounds_of(crm, application.id);
  brief.checklist = checklist_of(crm, application);
  brief.open = open_about(crm, application, brief.checklist);
  brief.documents = crm.store.documents(application.id);
  return brief;
}

/// Who is to be thanked, and for what: this round's interviewers, those of earlier ones, and who handed in a referral.
std::vector<reports::ThanksOwed> thanks_owed(Crm& crm, const reports::InterviewBrief& brief) {
  std::vector<reports::ThanksOwed> owed;
  for (const auto& person : brief.interviewers) {
    if (!brief.interview.thanked_on) owed.push_back({person.contact.display, "this round, within a day of it"});
  }
  for (const auto& [round, with] : brief.earlier) {
    if (round.thanked_on || round.outcome == InterviewOutcome::cancelled) continue;
    for (const auto& name : with) {
      owed.push_back(
          {name, fmt::format("{} on {}", round.kind.empty() ? "the round" : round.kind, friendly(round.when.day))});
    }
  }
  for (const auto& referral : crm.store.referrals(std::nullopt, std::nullopt, brief.interview.application)) {
    if (is_handed_in(referral.state) && !referral.thanked_on)
      owed.push_back({crm.store.get(referral.referrer).display, "the referral"});
  }
  return owed;
}

reports::InterviewBrief interview_brief(Crm& crm, const Interview& interview) {
  const auto application = crm.store.get(interview.application);
  reports::InterviewBrief brief;
  brief.interview = interview;
  if (text::zone_named(interview.when.zone)) {
    const auto here = crm.clock.local(interview.when);
    if (here.zone != interview.when.zone) brief.here = friendly(here);
  }
  brief.title = title_of(crm, application);
  brief.stage = crm.store.get(application.stage).name;
  brief.notes = application.notes;
  std::set<Id<Contact>> interviewers;
  for (const auto& contact : crm.store.people_of(interview.id)) {
    brief.interviewers.push_back(person_brief(crm, contact));
    interviewers.insert(contact.id);
  }
  brief.checklist = checklist_of(crm, application);
  brief.open = open_about(crm, application, brief.checklist);
  for (auto& task : crm.store.tasks(true)) {
    if (task.interview == interview.id && task.application != application.id)
      brief.open.push_back({std::move(task), ""});
  }
  brief.people = participants_of(crm, application, interviewers);
  for (auto& round : rounds_of(crm, application.id)) {
    if (round.interview.id == interview.id) break;
    brief.earlier.push_back(std::move(round));
  }
  brief.thanks = thanks_owed(crm, brief);
  return brief;
}

Answer answer_of(reports::Document document) {
  Answer answer;
  answer.document = std::move(document);
  return answer;
}

Answer of_contact(Crm& crm, const Args& args) {
  const auto contact = contact_named(crm, args.text("contact"));
  return answer_of(reports::contact_brief(person_brief(crm, contact), args.today()));
}

Answer of_company(Crm& crm, const Args& args) {
  return answer_of(reports::company_brief(company_brief(crm, company_named(crm, args.text("company"))), args.today()));
}

Answer of_application(Crm& crm, const Args& args) {
  const auto application = application_named(crm, args.text("application"));
  return answer_of(reports::application_brief(application_brief(crm, application), args.today()));
}

Answer of_interview(Crm& crm, const Args& args) {
  const auto interview = numbered<Interview>(crm, args.text("interview"));
  return answer_of(reports::interview_brief(interview_brief(crm, interview), args.today()));
}

/// A record that a word may mean.
struct Meant {
  std::string_view noun{};
  std::int64_t id{};
  std::string name{};
  bool exactly{};  ///< it is called just so
};

std::vector<Meant> meant_by_number(Crm& crm, std::int64_t number) {
  std::vector<Meant> meant;
  if (const auto one = crm.store.find(Id<Contact>{number}))
    meant.push_back({Contact::noun, number, one->display, true});
  if (const auto one = crm.store.find(Id<Company>{number})) meant.push_back({Company::noun, number, one->name, true});
  if (const auto one = crm.store.find(Id<Application>{number}))
    meant.push_back({Application::noun, number, title_of(crm, *one), true});
  if (const auto one = crm.store.find(Id<Interview>{number})) {
    meant.push_back({Interview::noun, number,
                     fmt::format("{} on {}, {}", one->kind.empty() ? "a round" : one->kind, friendly(one->when.day),
                                 title_of(crm, crm.store.get(one->application))),
                     true});
  }
  return meant;
}

std::vector<Meant> meant_by_words(Crm& crm, const std::string& text) {
  std::vector<Meant> meant;
  const auto folded = text::fold(text);
  if (folded.empty()) return meant;
  for (const auto& one : contacts_meant(crm, text)) {
    meant.push_back({Contact::noun, one.id.value, one.display, text::fold(one.display) == folded || folded == "me"});
  }
  auto companies = crm.store.companies_keyed(company_key(text));
  const bool exactly = !companies.empty();
  if (!exactly) {
    std::vector<std::string> words;
    for (std::size_t at = 0; at < folded.size();) {
      const auto end = std::min(folded.find(' ', at), folded.size());
      if (end > at) words.push_back(folded.substr(at, end - at));
      at = end + 1;
    }
    companies = crm.store.companies_like(words);
  }
  for (const auto& one : companies) meant.push_back({Company::noun, one.id.value, one.name, exactly});
  for (const auto& one : crm.store.applications_called(folded)) {
    meant.push_back({Application::noun, one.id.value, title_of(crm, one),
                     text::fold(one.title) == folded || text::fold(title_of(crm, one)) == folded});
  }
  return meant;
}

Answer brief(Crm& crm, const Args& args) {
  constexpr std::size_t candidates_shown = 12;
  const auto text = args.text("what");
  const auto digits = text.starts_with('#') ? text.substr(1) : text;
  const bool is_number =
      !digits.empty() && digits.size() < 16 && digits.find_first_not_of("0123456789") == std::string::npos;
  auto meant = is_number ? meant_by_number(crm, std::stoll(digits)) : meant_by_words(crm, text);
  if (const auto exact = std::count_if(meant.begin(), meant.end(), [](const Meant& one) { return one.exactly; });
      exact == 1) {
    std::erase_if(meant, [](const Meant& one) { return !one.exactly; });
  }
  if (meant.empty()) {
    throw NotFound(fmt::format(
        "no contact, company, application or interview is called '{}'; `ties search {}` looks everywhere", text, text));
  }
  if (meant.size() > 1) {
    std::string list;
    for (std::size_t i = 0; i < std::min(meant.size(), candidates_shown); ++i) {
      list += fmt::format("\n  ties brief {} {}  {}", meant[i].noun, meant[i].id, meant[i].name);
    }
    if (meant.size() > candidates_shown) list += fmt::format("\n  and {} more", meant.size() - candidates_shown);
    throw Conflict(fmt::format("'{}' may be any of {}; say which{}", text, meant.size(), list));
  }
  const auto& one = meant.front();
  if (one.noun == Contact::noun)
    return answer_of(reports::contact_brief(person_brief(crm, crm.store.get(Id<Contact>{one.id})), args.today()));
  if (one.noun == Company::noun)
    return answer_of(reports::company_brief(company_brief(crm, crm.store.get(Id<Company>{one.id})), args.today()));
  if (one.noun == Application::noun) {
    return answer_of(
        reports::application_brief(application_brief(crm, crm.store.get(Id<Application>{one.id})), args.today()));
  }
  return answer_of(reports::interview_brief(interview_brief(crm, crm.store.get(Id<Interview>{one.id})), args.today()));
}

}  // namespace

std::vector<Verb> brief_verbs() {
  return {
      {"brief",
       "GET /brief/{what}",
       "one page before a talk: with a contact, a company, about an application, or a round of interviews",
       "ties brief ada --format html > ada.html",
       {{"what", Kind::text, "a name or a number; where several are called so, it lists them", Place::first}},
       brief,
       false,
       "",
       "Document"},
      {"brief contact",
       "GET /contacts/{contact}/brief",
       "who they are to me, what is open, latest talks, what we share, what I can do for them",
       "ties brief contact ada",
       {which_contact},
       of_contact,
       false,
       "",
       "Document"},
      {"brief company",
       "GET /companies/{company}/brief",
       "whom I know there and the first step, applications, referrals, my work that they know",
       "ties brief company acme",
       {which_company},
       of_company,
       false,
       "",
       "Document"},
      {"brief application",
       "GET /applications/{application}/brief",
       "where it stands, who has a part in it, what speaks against the next step, what to prepare",
       "ties brief application 3",
       {which_application},
       of_application,
       false,
       "",
       "Document"},
      {"brief interview",
       "GET /interviews/{interview}/brief",
       "the round, each interviewer, preparation, questions, earlier rounds, whom to thank",
       "ties brief interview 4",
       {which_interview},
       of_interview,
       false,
       "",
       "Document"},
  };
}

}  // namespace ties
