#include "crm/service/naming.h"
#include "crm/service/package.h"
#include "crm/service/steps.h"

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

/// Throws Guarded unless the user goes past the warnings; returns the names of those that were gone past.
std::string past(const std::vector<Warning>& warnings, const Args& args) {
  if (warnings.empty()) return {};
  if (!args.go_on()) throw Guarded(warnings);
  std::string names;
  for (const auto& warning : warnings) names += (names.empty() ? "" : ", ") + warning.guard;
  return names;
}

Json whole(Crm& crm, const Application& application) {
  Json json = wire::record(application);
  json["company"] = company_name(crm, application.company);
  json["pipeline"] = crm.store.get(application.pipeline).name;
  json["stage"] = crm.store.get(application.stage).name;
  Json people = Json::array(), interviews = Json::array(), referrals = Json::array(), documents = Json::array(), tasks = Json::array(), history = Json::array();
  for (const auto& [contact, part] : crm.store.people_of(application.id)) people.push_back({{"id", contact.id.value}, {"name", contact.display}, {"part", word(part)}});
  for (const auto& interview : crm.store.interviews(application.id)) {
    std::vector<std::string> with;
    for (const auto& contact : crm.store.people_of(interview.id)) with.push_back(contact.display);
    interviews.push_back({{"id", interview.id.value}, {"at", to_text(interview.when)}, {"kind", interview.kind}, {"with", with}, {"outcome", word(interview.outcome)}, {"notes", interview.notes}});
  }
  for (const auto& r : crm.store.referrals(std::nullopt, std::nullopt, application.id)) {
    referrals.push_back({{"id", r.id.value}, {"referrer", crm.store.get(r.referrer).display}, {"state", word(r.state)}});
  }
  for (const auto& d : crm.store.documents(application.id)) documents.push_back({{"id", d.id.value}, {"kind", d.kind}, {"title", d.title}, {"location", d.location}});
  for (const auto& t : crm.store.tasks_about(application.id)) tasks.push_back({{"id", t.id.value}, {"due", wire::value(t.due)}, {"text", t.text}, {"state", word(t.state)}});
  for (const auto& s : crm.store.steps(application.id)) {
    history.push_back({{"on", to_text(s.on)}, {"stage", s.stage_name}, {"outcome", word(s.outcome)}, {"note", s.note}, {"overridden", s.overridden}});
  }
  json["people"] = people, json["interviews"] = interviews, json["referrals"] = referrals, json["documents"] = documents, json["tasks"] = tasks, json["history"] = history;
  return json;
}

void set_from(Application& application, const Args& args) {
  const std::pair<const char*, std::string Application::*> fields[] = {
      {"link", &Application::link}, {"team", &Application::team}, {"location", &Application::location}, {"pay-asked", &Application::pay_asked},
      {"pay-advertised", &Application::pay_advertised}, {"pay-offered", &Application::pay_offered}, {"address", &Application::address}, {"notes", &Application::notes}};
  for (const auto& [name, field] : fields) {
    if (args.has(name)) application.*field = args.text(name);
  }
  if (const auto source = args.choice<ApplicationSource>("source")) application.source = *source;
  if (const auto day = args.day("deadline")) application.deadline = day;
  if (args.has("priority")) application.priority = std::min(3, args.number("priority"));
}

void add_people(Crm& crm, const Application& application, const Args& args) {
  constexpr std::pair<const char*, ApplicationPart> parts[] = {{"referrer", ApplicationPart::referrer}, {"recruiter", ApplicationPart::recruiter}, {"agency", ApplicationPart::agency},
                                                               {"hiring-manager", ApplicationPart::hiring_manager}, {"insider", ApplicationPart::insider}};
  for (const auto& [name, part] : parts) {
    for (const auto& person : args.many(name)) {
      const auto contact = contact_named(crm, person);
      const auto known = crm.store.people_of(application.id);
      if (std::any_of(known.begin(), known.end(), [&](const auto& k) { return k.first.id == contact.id && k.second == part; })) continue;
      ApplicationContact link;
      link.application = application.id, link.contact = contact.id, link.part = part;
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
  add_people(crm, application, args);
  const auto facts = facts_of(crm, application);
  std::vector<Warning> warnings;
  if (application.company) {
    std::vector<ApplicationFacts> others;
    for (const auto& other : crm.store.applications_at(*application.company)) {
      if (other.id != application.id) others.push_back(facts_of(crm, other));
    }
    warnings = guards_of_opening(facts, others, referrals_at(crm, application), args.today(), crm.config.guards());
  }
  for (auto& warning : guards_of_move(facts, stage.kind, referrals_at(crm, application))) warnings.push_back(std::move(warning));
  add_step(crm, application, application.opened_on, "", past(warnings, args));
  add_checklist(crm, application, stage, args.today());
  auto answer = doing.done(fmt::format("added application {}: {}, in {}", application.id.value, title_of(crm, application), stage.name), whole(crm, application));
  answer.overridden = warnings;
  return answer;
}

Answer list(Crm& crm, const Args& args) {
  std::optional<Id<Company>> company;
  if (args.has("company")) company = company_named(crm, args.text("company")).id;
  Answer answer;
  answer.data = Json::array();
  for (const auto& line : crm.store.application_lines(!args.flag("all"), company)) {
    auto json = wire::record(line.application);
    json["company"] = line.company, json["stage"] = line.stage, json["since"] = to_text(line.in_stage_since);
    json["days"] = days_between(line.in_stage_since, args.today());
    json["referrer"] = line.referrer;
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
  const auto stages = crm.store.stages(application.pipeline);
  const auto from = crm.store.get(application.stage);
  const auto to = stage_named(stages, args.text("stage"));
  if (from.id == to.id) throw Conflict(fmt::format("{} stands in {} already", title_of(crm, application), to.name));
  auto warnings = guards_of_move(facts_of(crm, application), to.kind, referrals_at(crm, application));
  if (!from.next.empty() && std::find(from.next.begin(), from.next.end(), to.key) == from.next.end()) {
    warnings.push_back({"order of stages", fmt::format("{} is followed by {}", from.name, fmt::join(from.next, ", "))});
  }
  const auto overridden = past(warnings, args);
  application.stage = to.id;
  if (application.outcome != Outcome::open) {
    application.outcome = Outcome::open;
    application.closed_on.reset();
  }
  set_from(application, args);
  crm.store.update(application);
  add_step(crm, application, args.day_or_today("on"), args.text("note"), overridden);
  add_checklist(crm, application, to, args.today());
  auto answer = doing.done(fmt::format("moved {} from {} to {}", title_of(crm, application), from.name, to.name), whole(crm, application));
  answer.overridden = warnings;
  return answer;
}

Answer edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto application = application_named(crm, args.text("application"));
  if (args.has("title")) application.title = args.text("title");
  set_from(application, args);
  crm.store.update(application);
  add_people(crm, application, args);
  return doing.done("edited " + title_of(crm, application), whole(crm, application));
}

Answer close(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto application = application_named(crm, args.text("application"));
  const auto outcome = *args.choice<Outcome>("outcome");
  if (outcome == Outcome::open || outcome == Outcome::rerouted) throw Wrong("outcome: give accepted, declined, rejected, withdrawn, ghosted or expired");
  application.outcome = outcome;
  application.closed_on = args.day_or_today("on");
  crm.store.update(application);
  add_step(crm, application, *application.closed_on, args.text("note"));
  auto answer = doing.done(fmt::format("closed {}: {}", title_of(crm, application), word(outcome)), whole(crm, application));
  for (const auto& referral : crm.store.referrals(std::nullopt, std::nullopt, application.id)) {
    if (!referral.told_on) answer.remarks.push_back(fmt::format("{} would like to hear how it ended: ties referral thank {} --told", crm.store.get(referral.referrer).display, referral.id.value));
  }
  return answer;
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
  std::vector<std::string> with;
  for (const auto& contact : crm.store.people_of(interview.id)) with.push_back(contact.display);
  json["with"] = with;
  return json;
}

Answer interview_add(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto application = application_named(crm, args.text("application"));
  Interview interview;
  interview.application = application.id;
  interview.kind = args.text("kind");
  interview.when = *args.moment("at");
  if (interview.when.time && interview.when.zone.empty()) interview.when.zone = args.has("zone") ? args.text("zone") : crm.clock.zone();
  if (args.has("minutes")) interview.minutes = args.number("minutes");
  interview.place = args.text("place");
  interview.preparation = args.text("prepare");
  interview.id = crm.store.add(interview);
  for (const auto& name : args.many("with")) {
    InterviewContact link;
    link.interview = interview.id, link.contact = contact_named(crm, name).id;
    crm.store.add(link);
  }
  return doing.done(fmt::format("added interview {}: {} on {}", interview.id.value, interview.kind.empty() ? "a round" : interview.kind, friendly(interview.when)), interview_json(crm, interview));
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
  return doing.done("added the document " + document.title, wire::record(document));
}

Answer document_list(Crm& crm, const Args& args) {
  std::optional<Id<Application>> application;
  if (args.has("application")) application = application_named(crm, args.text("application")).id;
  Answer answer;
  answer.data = Json::array();
  for (const auto& document : crm.store.documents(application)) {
    auto json = wire::record(document);
    const auto of = crm.store.find(document.application);
    json["application"] = of ? Json(title_of(crm, *of)) : Json(nullptr);
    answer.data.push_back(std::move(json));
  }
  return answer;
}

}  // namespace

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
  std::vector<Arg> edit_args{which, {"title", Kind::text, "the role"}};
  std::vector<Arg> move_args{which, {"stage", Kind::text, "where to: key, name or its beginning", Place::first}, on, {"note", Kind::text, "what to remember"}};
  for (const auto& arg : details) add_args.push_back(arg), edit_args.push_back(arg), move_args.push_back(arg);
  for (const auto& arg : people) add_args.push_back(arg), edit_args.push_back(arg);
  return {
      {"application add", "POST /applications", "add an application", "ties application add 'Staff Engineer' --company Acme --source referral", add_args, add, true},
      {"application list", "GET /applications", "applications that are open, by stage", "ties application list --all", {{"all", Kind::flag, "ended ones too"}, {"company", Kind::text, "where"}}, list, false,
       "id:#, title, company, stage, days:days there, outcome, referrer, deadline"},
      {"application show", "GET /applications/{application}", "an application with people, interviews, documents and history", "ties application show 1", {which}, show, false},
      {"application edit", "PATCH /applications/{application}", "change what is known", "ties application edit 1 --pay-offered '90k' --recruiter grace", edit_args, edit, true},
      {"application move", "POST /applications/{application}/move", "move it to another stage", "ties application move 1 Applied --on 2026-03-01", move_args, move, true},
      {"application close", "POST /applications/{application}/close", "say how it ended; the stage stays", "ties application close 1 rejected",
       {which, {"outcome", Kind::choice, "accepted, declined, rejected, withdrawn, ghosted, expired", Place::first, true, words<Outcome>()}, on, {"note", Kind::text, "what to remember"}}, close, true},
      {"application reroute", "POST /applications/{application}/reroute", "end it and open the next one that came of it", "ties application reroute 1 'Research Engineer' --team Compilers",
       {which, {"title", Kind::text, "the new role", Place::first}, {"team", Kind::text, "the new team"}, {"stage", Kind::text, "where it starts; the same stage when not said"}, on, {"note", Kind::text, "what to remember"}},
       reroute, true},
      {"application note", "POST /applications/{application}/notes", "add a note to its history", "ties application note 1 'they answer within a week'", {which, {"text", Kind::text, "the note", Place::first}, on}, note, true},
      {"interview add", "POST /interviews", "add a round", "ties interview add 1 --kind coding --at '2026-05-04 14:00' --with grace",
       {which, {"at", Kind::moment, "day and time", Place::option, true}, {"zone", Kind::text, "the time zone; yours when not said"}, {"kind", Kind::text, "recruiter call, coding, …"}, {"minutes", Kind::number, "how long"},
        {"place", Kind::text, "a room or a link"}, {"with", Kind::text, "an interviewer; may be given several times", Place::repeated}, {"prepare", Kind::text, "what to prepare"}},
       interview_add, true},
      {"interview list", "GET /interviews", "rounds, by time", "ties interview list --application 1", {{"application", Kind::text, "of which application"}}, interview_list, false, "id:#, at:when, kind, application, with, outcome, thanked_on:thanked"},
      {"interview done", "POST /interviews/{interview}/done", "say how a round went", "ties interview done 1 --outcome passed --notes 'asked about caches' --thanked",
       {{"interview", Kind::text, "its number", Place::first}, {"outcome", Kind::choice, "done, passed, failed, cancelled", Place::option, false, words<InterviewOutcome>()}, {"notes", Kind::text, "what to remember"},
        {"thanked", Kind::flag, "thanks were sent"}, on},
       interview_done, true},
      {"document add", "POST /documents", "note a file or a link that you send", "ties document add cv.pdf --kind cv --application 1",
       {{"location", Kind::place, "the file or the link", Place::first}, {"kind", Kind::text, "cv, cover letter, offer, …"}, {"title", Kind::text, "its name; the file's when not said"}, {"application", Kind::text, "for which application"}},
       document_add, true},
      {"document list", "GET /documents", "documents, newest first", "ties document list --application 1", {{"application", Kind::text, "for which application"}}, document_list, false,
       "id:#, kind, title, application, bytes, added_on:added, location"},
  };
}

}  // namespace ties
