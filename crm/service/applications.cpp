#include "crm/service/listing.h"
#include "crm/service/moves.h"
#include "crm/service/naming.h"
#include "crm/service/package.h"
#include "crm/service/steps.h"
#include "crm/service/whole.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr Arg which{"application", Kind::text, "a number, or part of its title and company", Place::first};

ApplicationFacts facts_of(Crm& crm, const Application& application) {
  ApplicationFacts facts;
  facts.company_name = company_name(crm, application.company);
  facts.stage_kind = crm.store.get(application.stage).kind;
  for (const auto& [contact, part] : crm.store.people_of(application.id)) {
    ApplicationContact link;
    link.application = application.id, link.contact = contact.id, link.part = part;
    facts.contacts.push_back(link);
  }
  if (application.outcome == Outcome::rejected) facts.rejected_on = application.closed_on;
  facts.application = application;
  return facts;
}

std::vector<ReferralFacts> referrals_at(Crm& crm, const Application& application) {
  std::vector<ReferralFacts> all;
  if (!application.company) return all;
  for (const auto& referral : crm.store.referrals(std::nullopt, application.company, std::nullopt)) all.push_back(referral_facts(crm, referral));
  return all;
}

std::vector<std::string> names_of(const std::vector<Contact>& people) {
  std::vector<std::string> names;
  for (const auto& person : people) names.push_back(person.display);
  return names;
}

}  // namespace

Json whole(Crm& crm, const Application& application) {
  Json json = wire::record(application);
  const auto stage = crm.store.get(application.stage);
  json["company"] = company_name(crm, application.company);
  json["pipeline"] = crm.store.get(application.pipeline).name;
  json["stage"] = stage.name;
  json["company_id"] = wire::value(application.company), json["pipeline_id"] = application.pipeline.value;
  json["stage_id"] = stage.id.value, json["stage_key"] = stage.key, json["stage_kind"] = word(stage.kind);
  Json people = Json::array(), interviews = Json::array(), referrals = Json::array(), documents = Json::array(), tasks = Json::array(), history = Json::array();
  for (const auto& [contact, part] : crm.store.people_of(application.id)) people.push_back({{"id", contact.id.value}, {"name", contact.display}, {"part", word(part)}});
  for (const auto& interview : crm.store.interviews(application.id)) {
    const auto interviewers = crm.store.people_of(interview.id);
    interviews.push_back({{"id", interview.id.value}, {"at", to_text(interview.when)}, {"kind", interview.kind}, {"with", names_of(interviewers)}, {"outcome", word(interview.outcome)},
                          {"notes", interview.notes}, {"contacts", ids_and_names(interviewers)}});
  }
  for (const auto& r : crm.store.referrals(std::nullopt, std::nullopt, application.id)) {
    referrals.push_back({{"id", r.id.value}, {"referrer", crm.store.get(r.referrer).display}, {"referrer_id", r.referrer.value}, {"state", word(r.state)}});
  }
  for (const auto& d : crm.store.documents(application.id)) documents.push_back({{"id", d.id.value}, {"kind", d.kind}, {"title", d.title}, {"location", d.location}});
  for (const auto& t : crm.store.tasks_about(application.id)) tasks.push_back({{"id", t.id.value}, {"due", wire::value(t.due)}, {"text", t.text}, {"state", word(t.state)}});
  for (const auto& s : crm.store.steps(application.id)) {
    history.push_back({{"on", to_text(s.on)}, {"stage", s.stage_name}, {"outcome", word(s.outcome)}, {"note", s.note}, {"overridden", s.overridden}});
  }
  json["people"] = people, json["interviews"] = interviews, json["referrals"] = referrals, json["documents"] = documents, json["tasks"] = tasks, json["history"] = history;
  return json;
}

namespace {

void set_from(Application& application, const Args& args) {
  const std::pair<const char*, std::string Application::*> fields[] = {
      {"link", &Application::link}, {"team", &Application::team}, {"location", &Application::location}, {"pay-asked", &Application::pay_asked},
      {"pay-advertised", &Application::pay_advertised}, {"pay-offered", &Application::pay_offered}, {"address", &Application::address}, {"notes", &Application::notes}};
  for (const auto& [name, field] : fields) args.edit(name, application.*field);
  if (const auto source = args.choice<ApplicationSource>("source")) application.source = *source;
  args.edit("deadline", application.deadline);
  if (args.has("priority")) application.priority = std::min(3, args.number("priority"));
}

/// Adds people in their parts, or makes them the only ones in it.
void set_people(Crm& crm, const Application& application, const Args& args) {
  constexpr std::pair<const char*, ApplicationPart> parts[] = {{"referrer", ApplicationPart::referrer}, {"recruiter", ApplicationPart::recruiter}, {"agency", ApplicationPart::agency},
                                                               {"hiring-manager", ApplicationPart::hiring_manager}, {"insider", ApplicationPart::insider}};
  for (const auto& [name, part] : parts) {
    std::vector<Id<Contact>> wanted;
    for (const auto& person : args.many(name)) wanted.push_back(contact_named(crm, person).id);
    const auto is_wanted = [&](Id<Contact> id) { return std::find(wanted.begin(), wanted.end(), id) != wanted.end(); };
    for (const auto& link : crm.store.links_of(application.id)) {
      if (link.part != part) continue;
      if (args.replaces(name) && !is_wanted(link.contact)) crm.store.remove(link.id);
      std::erase(wanted, link.contact);
    }
    for (const auto contact : wanted) {
      ApplicationContact link;
      link.application = application.id, link.contact = contact, link.part = part;
      crm.store.add(link);
    }
  }
}

Answer add(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto pipeline = pipeline_named(crm, args.text("pipeline"));
  const auto stages = crm.store.stages(pipeline.id);
  const auto stage = args.has("stage") ? stage_named(stages, args.text("stage")) : stages.front();
  Application application;
  application.title = args.text("title");
  if (args.has("company")) application.company = company_named_or_new(crm, args.text("company")).id;
  application.pipeline = pipeline.id;
  application.stage = stage.id;
  application.opened_on = args.day_or_today("on");
  set_from(application, args);
  application.id = crm.store.add(application);
  set_people(crm, application, args);
  const auto warnings = begin_application(crm, application, stage, args.go_on());
  auto answer = doing.done(fmt::format("added application {}: {}, in {}", application.id.value, title_of(crm, application), stage.name), whole(crm, application));
  answer.overridden = warnings;
  return answer;
}

Answer list(Crm& crm, const Args& args) {
  std::optional<Id<Company>> company;
  if (args.has("company")) company = company_named(crm, args.text("company")).id;
  std::optional<Id<Pipeline>> only;
  if (args.has("pipeline")) only = pipeline_named(crm, args.text("pipeline")).id;
  std::map<Id<Pipeline>, std::string> pipelines;
  for (const auto& pipeline : crm.store.all<Pipeline>()) pipelines[pipeline.id] = pipeline.name;
  Answer answer;
  answer.data = Json::array();
  for (const auto& line : crm.store.application_lines(!args.flag("all"), company)) {
    const auto& application = line.application;
    if (only && application.pipeline != *only) continue;
    if (!is_found(args.text("query"), {application.title, line.company, application.team, application.location, line.stage, line.referrer, application.notes, application.link})) continue;
    auto json = wire::record(application);
    json["company"] = line.company, json["pipeline"] = pipelines[application.pipeline], json["stage"] = line.stage, json["since"] = to_text(line.in_stage_since);
    json["days"] = days_between(line.in_stage_since, args.today());
    json["referrer"] = line.referrer;
    json["company_id"] = wire::value(application.company), json["pipeline_id"] = application.pipeline.value, json["stage_id"] = application.stage.value;
    json["stage_kind"] = word(line.stage_kind), json["referrer_id"] = wire::value(line.referrer_id);
    answer.data.push_back(std::move(json));
  }
  return answer;
}

Answer show(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = whole(crm, application_named(crm, args.text("application")));
  return answer;
}

Answer move(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto application = application_named(crm, args.text("application"));
  const auto from = crm.store.get(application.stage);
  const auto to = stage_named(crm.store.stages(application.pipeline), args.text("stage"));
  if (from.id == to.id) throw Conflict(fmt::format("{} stands in {} already", title_of(crm, application), to.name));
  const auto warnings = warnings_of_move(crm, application, to);
  const auto overridden = past(warnings, args.go_on());
  set_from(application, args);
  move_to(crm, application, to, args.day_or_today("on"), args.text("note"), overridden);
  auto answer = doing.done(fmt::format("moved {} from {} to {}", title_of(crm, application), from.name, to.name), whole(crm, application));
  answer.overridden = warnings;
  return answer;
}

Answer edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto application = application_named(crm, args.text("application"));
  args.edit("title", application.title);
  if (application.title.empty()) throw Wrong("title: name the role", "title");
  edit_reference(args, "company", application.company, [&](const std::string& name) { return company_named_or_new(crm, name); });
  if (args.flag("archive")) application.archived = true;
  if (args.flag("unarchive")) application.archived = false;
  set_from(application, args);
  crm.store.update(application);
  set_people(crm, application, args);
  return doing.done("edited " + title_of(crm, application), whole(crm, application));
}

Answer remove(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto application = application_named(crm, args.text("application"));
  const auto title = title_of(crm, application);
  auto json = whole(crm, application);
  crm.store.remove(application.id);
  return doing.done(fmt::format("deleted {}, with its rounds, documents and tasks; `ties undo` brings it back", title), std::move(json));
}

Answer close(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto application = application_named(crm, args.text("application"));
  const auto outcome = *args.choice<Outcome>("outcome");
  if (!is_ending(outcome)) throw Wrong("outcome: give accepted, declined, rejected, withdrawn, ghosted or expired");
  close_as(crm, application, outcome, args.day_or_today("on"), args.text("note"));
  auto answer = doing.done(fmt::format("closed {}: {}", title_of(crm, application), word(outcome)), whole(crm, application));
  for (const auto& referral : crm.store.referrals(std::nullopt, std::nullopt, application.id)) {
    if (!referral.told_on) answer.remarks.push_back(fmt::format("{} would like to hear how it ended: ties referral thank {} --told", crm.store.get(referral.referrer).display, referral.id.value));
  }
  return answer;
}

Answer reopen(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto application = application_named(crm, args.text("application"));
  if (application.outcome == Outcome::open) throw Conflict(fmt::format("{} is open", title_of(crm, application)));
  const auto ended = word(application.outcome);
  application.outcome = Outcome::open;
  application.closed_on.reset();
  crm.store.update(application);
  add_step(crm, application, args.day_or_today("on"), args.text("note"));
  return doing.done(fmt::format("reopened {}, which was {}", title_of(crm, application), ended), whole(crm, application));
}

Answer reroute(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto ended = application_named(crm, args.text("application"));
  const auto day = args.day_or_today("on");
  ended.outcome = Outcome::rerouted;
  ended.closed_on = day;
  crm.store.update(ended);
  add_step(crm, ended, day, args.text("note"));
  auto opened = ended;
  const auto stages = crm.store.stages(ended.pipeline);
  opened.id = {};
  opened.title = args.text("title");
  opened.team = args.text("team");
  opened.outcome = Outcome::open;
  opened.closed_on.reset();
  opened.opened_on = day;
  opened.rerouted_from = ended.id;
  opened.source_key.reset();
  opened.stage = args.has("stage") ? stage_named(stages, args.text("stage")).id : ended.stage;
  opened.id = crm.store.add(opened);
  for (const auto& [contact, part] : crm.store.people_of(ended.id)) {
    ApplicationContact link;
    link.application = opened.id, link.contact = contact.id, link.part = part;
    crm.store.add(link);
  }
  add_step(crm, opened, day, fmt::format("rerouted from application {}", ended.id.value));
  return doing.done(fmt::format("rerouted {} to application {}: {}", title_of(crm, ended), opened.id.value, title_of(crm, opened)), whole(crm, opened));
}

Answer note(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto application = application_named(crm, args.text("application"));
  add_step(crm, application, args.day_or_today("on"), args.text("text"));
  return doing.done("noted on " + title_of(crm, application), whole(crm, application));
}

Json interview_json(Crm& crm, const Interview& interview) {
  Json json = wire::record(interview);
  json["application"] = title_of(crm, crm.store.get(interview.application));
  const auto interviewers = crm.store.people_of(interview.id);
  json["with"] = names_of(interviewers);
  json["application_id"] = interview.application.value;
  json["contacts"] = ids_and_names(interviewers);
  return json;
}

void set_moment(Crm& crm, Interview& interview, const Args& args) {
  if (const auto at = args.moment("at")) interview.when = *at;
  if (args.has("zone")) interview.when.zone = args.text("zone");
  if (interview.when.time && interview.when.zone.empty()) interview.when.zone = crm.clock.zone();
}

void set_interviewers(Crm& crm, const Interview& interview, const Args& args) {
  std::vector<Id<Contact>> wanted;
  for (const auto& name : args.many("with")) wanted.push_back(contact_named(crm, name).id);
  for (const auto& link : crm.store.links_of(interview.id)) {
    const bool is_wanted = std::find(wanted.begin(), wanted.end(), link.contact) != wanted.end();
    if (args.replaces("with") && !is_wanted) crm.store.remove(link.id);
    std::erase(wanted, link.contact);
  }
  for (const auto contact : wanted) {
    InterviewContact link;
    link.interview = interview.id, link.contact = contact;
    crm.store.add(link);
  }
}

Answer interview_add(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto application = application_named(crm, args.text("application"));
  Interview interview;
  interview.application = application.id;
  interview.kind = args.text("kind");
  set_moment(crm, interview, args);
  interview.minutes = args.number_if_any("minutes");
  interview.place = args.text("place");
  interview.preparation = args.text("prepare");
  interview.id = crm.store.add(interview);
  set_interviewers(crm, interview, args);
  return doing.done(fmt::format("added interview {}: {} on {}", interview.id.value, interview.kind.empty() ? "a round" : interview.kind, friendly(interview.when)), interview_json(crm, interview));
}

Answer interview_show(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = interview_json(crm, numbered<Interview>(crm, args.text("interview")));
  return answer;
}

Answer interview_edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto interview = numbered<Interview>(crm, args.text("interview"));
  set_moment(crm, interview, args);
  args.edit("kind", interview.kind);
  args.edit("minutes", interview.minutes);
  args.edit("place", interview.place);
  args.edit("prepare", interview.preparation);
  args.edit("notes", interview.notes);
  args.edit("thanked-on", interview.thanked_on);
  if (const auto outcome = args.choice<InterviewOutcome>("outcome")) interview.outcome = *outcome;
  crm.store.update(interview);
  set_interviewers(crm, interview, args);
  return doing.done(fmt::format("edited interview {}", interview.id.value), interview_json(crm, interview));
}

Answer interview_delete(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto interview = numbered<Interview>(crm, args.text("interview"));
  auto json = interview_json(crm, interview);
  crm.store.remove(interview.id);
  return doing.done(fmt::format("deleted interview {}; `ties undo` brings it back", interview.id.value), std::move(json));
}

Answer interview_list(Crm& crm, const Args& args) {
  std::optional<Id<Application>> application;
  if (args.has("application")) application = application_named(crm, args.text("application")).id;
  Answer answer;
  answer.data = Json::array();
  for (const auto& interview : crm.store.interviews(application)) answer.data.push_back(interview_json(crm, interview));
  return answer;
}

Answer interview_done(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto interview = numbered<Interview>(crm, args.text("interview"));
  const auto outcome = args.choice<InterviewOutcome>("outcome");
  if (outcome) interview.outcome = *outcome;
  if (!outcome && interview.outcome == InterviewOutcome::planned) interview.outcome = InterviewOutcome::done;
  if (args.has("notes")) interview.notes = args.text("notes");
  if (args.flag("thanked")) interview.thanked_on = args.day_or_today("on");
  crm.store.update(interview);
  return doing.done(fmt::format("interview {} is {}{}", interview.id.value, word(interview.outcome), interview.thanked_on ? ", thanked" : ""), interview_json(crm, interview));
}

Json document_json(Crm& crm, const Document& document) {
  Json json = wire::record(document);
  const auto of = crm.store.find(document.application);
  json["application"] = of ? Json(title_of(crm, *of)) : Json(nullptr);
  json["application_id"] = wire::value(document.application);
  return json;
}

Answer document_add(Crm& crm, const Args& args) {
  Doing doing(crm);
  Document document;
  document.location = args.text("location");
  document.kind = args.text("kind");
  document.added_on = args.today();
  std::string shown = document.location;
  if (document.location.find("://") == std::string::npos) {
    document.sha256 = sha256_of_file(document.location);
    document.bytes = static_cast<std::int64_t>(std::filesystem::file_size(document.location));
    document.location = std::filesystem::absolute(document.location).string();
    shown = std::filesystem::path(document.location).filename().string();
  }
  document.title = args.has("title") ? args.text("title") : shown;
  if (args.has("application")) document.application = application_named(crm, args.text("application")).id;
  for (const auto& other : crm.store.documents(std::nullopt)) {
    if (!document.sha256.empty() && other.sha256 == document.sha256 && other.application == document.application) {
      throw Conflict(fmt::format("document {} is this very file: {}", other.id.value, other.title));
    }
  }
  document.id = crm.store.add(document);
  return doing.done("added the document " + document.title, document_json(crm, document));
}

Answer document_list(Crm& crm, const Args& args) {
  std::optional<Id<Application>> application;
  if (args.has("application")) application = application_named(crm, args.text("application")).id;
  Answer answer;
  answer.data = Json::array();
  for (const auto& document : crm.store.documents(application)) answer.data.push_back(document_json(crm, document));
  return answer;
}

Answer document_show(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = document_json(crm, numbered<Document>(crm, args.text("document")));
  return answer;
}

Answer document_edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto document = numbered<Document>(crm, args.text("document"));
  args.edit("kind", document.kind);
  args.edit("title", document.title);
  edit_reference(args, "application", document.application, [&](const std::string& name) { return application_named(crm, name); });
  crm.store.update(document);
  return doing.done(fmt::format("edited document {}", document.id.value), document_json(crm, document));
}

Answer document_delete(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto document = numbered<Document>(crm, args.text("document"));
  auto json = document_json(crm, document);
  crm.store.remove(document.id);
  return doing.done(fmt::format("deleted document {}, not the file itself; `ties undo` brings it back", document.id.value), std::move(json));
}

}  // namespace

std::vector<Warning> begin_application(Crm& crm, const Application& application, const Stage& stage, bool go_on) {
  auto facts = facts_of(crm, application);
  const auto referrals = referrals_at(crm, application);
  std::vector<Warning> warnings;
  if (application.company) {
    std::vector<ApplicationFacts> others;
    for (const auto& other : crm.store.applications_at(*application.company)) {
      if (other.id != application.id) others.push_back(facts_of(crm, other));
    }
    warnings = guards_of_opening(facts, others, referrals, crm.clock.today(), crm.config.guards());
  }
  facts.stage_kind = StageKind::lead;  // it stood in no stage before
  for (auto& warning : guards_of_move(facts, stage.kind, referrals)) warnings.push_back(std::move(warning));
  add_step(crm, application, application.opened_on, "", past(warnings, go_on));
  add_checklist(crm, application, stage, crm.clock.today());
  return warnings;
}

std::vector<Warning> warnings_of_move(Crm& crm, const Application& application, const Stage& to) {
  const auto from = crm.store.get(application.stage);
  auto warnings = guards_of_move(facts_of(crm, application), to.kind, referrals_at(crm, application));
  if (!from.next.empty() && std::find(from.next.begin(), from.next.end(), to.key) == from.next.end()) {
    warnings.push_back({"order of stages", fmt::format("{} is followed by {}", from.name, fmt::join(from.next, ", "))});
  }
  return warnings;
}

void move_to(Crm& crm, Application& application, const Stage& to, Date on, const std::string& note, const std::string& overridden) {
  application.stage = to.id;
  if (application.outcome != Outcome::open) {
    application.outcome = Outcome::open;
    application.closed_on.reset();
  }
  crm.store.update(application);
  add_step(crm, application, on, note, overridden);
  add_checklist(crm, application, to, crm.clock.today());
}

bool is_ending(Outcome outcome) { return outcome != Outcome::open && outcome != Outcome::rerouted; }

void close_as(Crm& crm, Application& application, Outcome outcome, Date on, const std::string& note) {
  application.outcome = outcome;
  application.closed_on = on;
  crm.store.update(application);
  add_step(crm, application, on, note);
}

std::vector<Verb> application_verbs() {
  const std::vector<Arg> details{{"source", Kind::choice, "referral, cold, recruiter, inbound, event", Place::option, false, words<ApplicationSource>()},
                                 {"link", Kind::text, "the posting"}, {"team", Kind::text, "the team"}, {"location", Kind::text, "where"},
                                 {"pay-asked", Kind::text, "as you said it"}, {"pay-advertised", Kind::text, "as they wrote it"}, {"pay-offered", Kind::text, "as they offer it"},
                                 {"address", Kind::text, "the email address that you apply with"}, {"deadline", Kind::day, "until when"}, {"priority", Kind::number, "1 low, 2 middle, 3 high"},
                                 {"notes", Kind::text, "notes, in Markdown"}};
  const std::vector<Arg> people{{"referrer", Kind::text, "a contact; may be given several times", Place::repeated}, {"recruiter", Kind::text, "a contact", Place::repeated},
                                {"agency", Kind::text, "a contact at an agency", Place::repeated}, {"hiring-manager", Kind::text, "a contact", Place::repeated},
                                {"insider", Kind::text, "a contact who works there", Place::repeated}};
  const Arg on{"on", Kind::day, "the day; today when not said"};
  std::vector<Arg> add_args{{"title", Kind::text, "the role", Place::first}, {"company", Kind::text, "where"}, {"stage", Kind::text, "the first stage when not said"},
                            {"pipeline", Kind::text, "the standard one when not said"}, on};
  std::vector<Arg> edit_args{which, {"title", Kind::text, "the role"}, {"company", Kind::text, "where"}, {"archive", Kind::flag, "put it aside"}, {"unarchive", Kind::flag, "bring it back"}};
  constexpr Arg round{"interview", Kind::text, "its number", Place::first}, paper{"document", Kind::text, "its number", Place::first};
  std::vector<Arg> move_args{which, {"stage", Kind::text, "where to: key, name or its beginning", Place::first}, on, {"note", Kind::text, "what to remember"}};
  for (const auto& arg : details) add_args.push_back(arg), edit_args.push_back(arg), move_args.push_back(arg);
  for (const auto& arg : people) add_args.push_back(arg), edit_args.push_back(arg);
  return {
      {"application add", "POST /applications", "add an application", "ties application add 'Staff Engineer' --company Acme --source referral", add_args, add, true, "", "Application"},
      {"application list", "GET /applications", "applications that are open, by stage", "ties application list --all", {{"all", Kind::flag, "ended ones too"}, {"company", Kind::text, "where"}, {"pipeline", Kind::text, "of this pipeline alone"}, {"query", Kind::text, "words of the role, company, team, place, stage, referrer, notes"}}, list, false,
       "id:#, title, company, stage, days:days there, outcome, referrer, deadline", "[ApplicationLine]"},
      {"application show", "GET /applications/{application}", "an application with people, interviews, documents and history", "ties application show 1", {which}, show, false, "", "Application"},
      {"application edit", "PATCH /applications/{application}", "change what is known", "ties application edit 1 --pay-offered '90k' --recruiter grace", edit_args, edit, true, "", "Application"},
      {"application delete", "DELETE /applications/{application}", "delete an application with all that belongs to it", "ties application delete 1", {which}, remove, true, "", "Application"},
      {"application move", "POST /applications/{application}/move", "move it to another stage", "ties application move 1 Applied --on 2026-03-01", move_args, move, true, "", "Application"},
      {"application close", "POST /applications/{application}/close", "say how it ended; the stage stays", "ties application close 1 rejected",
       {which, {"outcome", Kind::choice, "accepted, declined, rejected, withdrawn, ghosted, expired", Place::first, true, words<Outcome>()}, on, {"note", Kind::text, "what to remember"}}, close, true, "", "Application"},
      {"application reopen", "POST /applications/{application}/reopen", "open it again, in the stage in which it ended", "ties application reopen 1", {which, on, {"note", Kind::text, "what to remember"}}, reopen, true, "", "Application"},
      {"application reroute", "POST /applications/{application}/reroute", "end it and open the next one that came of it", "ties application reroute 1 'Research Engineer' --team Compilers",
       {which, {"title", Kind::text, "the new role", Place::first}, {"team", Kind::text, "the new team"}, {"stage", Kind::text, "where it starts; the same stage when not said"}, on, {"note", Kind::text, "what to remember"}},
       reroute, true, "", "Application"},
      {"application note", "POST /applications/{application}/notes", "add a note to its history", "ties application note 1 'they answer within a week'", {which, {"text", Kind::text, "the note", Place::first}, on}, note, true, "", "Application"},
      {"interview add", "POST /interviews", "add a round", "ties interview add 1 --kind coding --at '2026-05-04 14:00' --with grace",
       {which, {"at", Kind::moment, "day and time", Place::option, true}, {"zone", Kind::text, "the time zone; yours when not said"}, {"kind", Kind::text, "recruiter call, coding, …"}, {"minutes", Kind::number, "how long"},
        {"place", Kind::text, "a room or a link"}, {"with", Kind::text, "an interviewer; may be given several times", Place::repeated}, {"prepare", Kind::text, "what to prepare"}},
       interview_add, true, "", "Interview"},
      {"interview list", "GET /interviews", "rounds, by time", "ties interview list --application 1", {{"application", Kind::text, "of which application"}}, interview_list, false, "id:#, at:when, kind, application, with, outcome, thanked_on:thanked", "[Interview]"},
      {"interview show", "GET /interviews/{interview}", "a round", "ties interview show 1", {round}, interview_show, false, "", "Interview"},
      {"interview edit", "PATCH /interviews/{interview}", "change what is known of a round", "ties interview edit 1 --at '2026-05-05 10:00' --minutes 45",
       {round, {"at", Kind::moment, "day and time"}, {"zone", Kind::text, "the time zone"}, {"kind", Kind::text, "recruiter call, coding, …"}, {"minutes", Kind::number, "how long"}, {"place", Kind::text, "a room or a link"},
        {"with", Kind::text, "an interviewer; may be given several times", Place::repeated}, {"prepare", Kind::text, "what to prepare"}, {"notes", Kind::text, "what to remember"},
        {"outcome", Kind::choice, "planned, done, passed, failed, cancelled", Place::option, false, words<InterviewOutcome>()}, {"thanked-on", Kind::day, "when thanks were sent"}},
       interview_edit, true, "", "Interview"},
      {"interview delete", "DELETE /interviews/{interview}", "delete a round", "ties interview delete 1", {round}, interview_delete, true, "", "Interview"},
      {"interview done", "POST /interviews/{interview}/done", "say how a round went", "ties interview done 1 --outcome passed --notes 'asked about caches' --thanked",
       {{"interview", Kind::text, "its number", Place::first}, {"outcome", Kind::choice, "done, passed, failed, cancelled", Place::option, false, words<InterviewOutcome>()}, {"notes", Kind::text, "what to remember"},
        {"thanked", Kind::flag, "thanks were sent"}, on},
       interview_done, true, "", "Interview"},
      {"document add", "POST /documents", "note a file or a link that you send", "ties document add cv.pdf --kind cv --application 1",
       {{"location", Kind::place, "the file or the link", Place::first}, {"kind", Kind::text, "cv, cover letter, offer, …"}, {"title", Kind::text, "its name; the file's when not said"}, {"application", Kind::text, "for which application"}},
       document_add, true, "", "SentDocument"},
      {"document list", "GET /documents", "documents, newest first", "ties document list --application 1", {{"application", Kind::text, "for which application"}}, document_list, false,
       "id:#, kind, title, application, bytes, added_on:added, location", "[SentDocument]"},
      {"document show", "GET /documents/{document}", "a document", "ties document show 1", {paper}, document_show, false, "", "SentDocument"},
      {"document edit", "PATCH /documents/{document}", "change what is known of a document", "ties document edit 1 --title 'CV, short'",
       {paper, {"kind", Kind::text, "cv, cover letter, offer, …"}, {"title", Kind::text, "its name"}, {"application", Kind::text, "for which application"}}, document_edit, true, "", "SentDocument"},
      {"document delete", "DELETE /documents/{document}", "forget a document; the file itself stays", "ties document delete 1", {paper}, document_delete, true, "", "SentDocument"},
  };
}

}  // namespace ties
