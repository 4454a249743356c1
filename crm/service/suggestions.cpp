#include "crm/service/suggestions.h"

#include "crm/service/naming.h"
#include "crm/service/steps.h"
#include "crm/text/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr Arg which{"suggestion", Kind::text, "its number", Place::first};

Json whole(Crm& crm, const Suggestion& suggestion) {
  auto json = wire::record(suggestion);
  json["company"] = company_name(crm, suggestion.company);
  json["company_id"] = wire::value(suggestion.company);
  json["says"] = in_words(suggestion, company_name(crm, suggestion.company));
  return json;
}

Suggestion open_one(Crm& crm, const Args& args) {
  auto suggestion = numbered<Suggestion>(crm, args.text("suggestion"));
  if (suggestion.state != SuggestionState::open) throw Conflict(fmt::format("suggestion {} is {} already", suggestion.id.value, word(suggestion.state)));
  return suggestion;
}

Answer list(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = Json::array();
  for (const auto& suggestion : crm.store.suggestions(!args.flag("all"))) answer.data.push_back(whole(crm, suggestion));
  return answer;
}

/// The referral stands as handed in; a new one where none was known.
std::string accept_referred(Crm& crm, const Args& args, Suggestion& suggestion, const std::string& note) {
  Referral referral;
  if (const auto known = crm.store.find(suggestion.referral)) {
    referral = *known;
  } else {
    const auto referrer = args.has("referrer") ? args.text("referrer") : suggestion.referrer;
    if (referrer.empty()) throw Wrong("the mail does not say who referred you; add --referrer NAME");
    referral.referrer = contact_named(crm, referrer).id;
    referral.company = suggestion.company, referral.role = suggestion.role, referral.application = suggestion.application;
  }
  referral.evidence = suggestion.evidence;
  bring_to(crm, referral, ReferralState::submitted, suggestion.on, note, true);  // the mail says that it is done
  suggestion.referral = referral.id;
  return fmt::format("referral {} with {} is submitted", referral.id.value, crm.store.get(referral.referrer).display);
}

Application new_application(Crm& crm, const Suggestion& suggestion) {
  Application application;
  application.title = suggestion.role.empty() ? "a role" : suggestion.role;
  application.company = suggestion.company;
  application.pipeline = standard_pipeline_or_new(crm).id;
  application.stage = crm.store.stages(application.pipeline).front().id;
  application.opened_on = suggestion.on;
  application.id = crm.store.add(application);
  return application;
}

/// The first stage of the kind, else the first beyond it.
Stage stage_of_kind(Crm& crm, Id<Pipeline> pipeline, StageKind kind) {
  const auto stages = crm.store.stages(pipeline);
  for (const auto& stage : stages) {
    if (stage.kind >= kind && stage.kind != StageKind::closed) return stage;
  }
  return stages.back();
}

std::string accept_move(Crm& crm, Suggestion& suggestion, StageKind kind, const std::string& note, Date today) {
  const auto known = crm.store.find(suggestion.application);
  if (!known && kind != StageKind::applied) throw Conflict("no open application is meant by it for sure; say which by --application");
  auto application = known ? *known : new_application(crm, suggestion);
  const auto stage = stage_of_kind(crm, application.pipeline, kind);
  application.stage = stage.id;
  crm.store.update(application);
  suggestion.application = application.id;
  add_step(crm, application, suggestion.on, note);
  add_checklist(crm, application, stage, today);
  return fmt::format("{} {} in {}", title_of(crm, application), known ? "stands" : "is added,", stage.name);
}

std::string accept_rejection(Crm& crm, const Suggestion& suggestion, const std::string& note) {
  const auto known = crm.store.find(suggestion.application);
  if (!known) throw Conflict("no open application is meant by it for sure; say which by --application");
  auto application = *known;
  application.outcome = Outcome::rejected;
  application.closed_on = suggestion.on;
  crm.store.update(application);
  add_step(crm, application, suggestion.on, note);
  return fmt::format("closed {}: rejected", title_of(crm, application));
}

Answer accept(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto suggestion = open_one(crm, args);
  const auto meant = subject_of(crm, suggestion);
  suggestion.application = args.has("application") ? application_named(crm, args.text("application")).id : meant.application;
  suggestion.referral = args.has("referral") ? numbered<Referral>(crm, args.text("referral")).id : meant.referral;
  const auto note = "by mail: " + suggestion.evidence;
  std::string did;
  switch (suggestion.kind) {
    case SuggestionKind::referred: did = accept_referred(crm, args, suggestion, note); break;
    case SuggestionKind::received: did = accept_move(crm, suggestion, StageKind::applied, note, args.today()); break;
    case SuggestionKind::interview: did = accept_move(crm, suggestion, StageKind::screen, note, args.today()); break;
    case SuggestionKind::offer: did = accept_move(crm, suggestion, StageKind::offer, note, args.today()); break;
    case SuggestionKind::rejected: did = accept_rejection(crm, suggestion, note); break;
  }
  suggestion.state = SuggestionState::accepted;
  crm.store.update(suggestion);
  return doing.done(did, whole(crm, suggestion));
}

Answer dismiss(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto suggestion = open_one(crm, args);
  suggestion.state = SuggestionState::dismissed;
  crm.store.update(suggestion);
  return doing.done(fmt::format("dismissed: {}", in_words(suggestion, company_name(crm, suggestion.company))), whole(crm, suggestion));
}

}  // namespace

SuggestionSubject subject_of(Crm& crm, const Suggestion& suggestion) {
  SuggestionSubject subject;
  if (!suggestion.company) return subject;
  std::vector<Application> open;
  for (auto& application : crm.store.applications_at(*suggestion.company)) {
    if (application.outcome == Outcome::open) open.push_back(std::move(application));
  }
  if (const auto application = application_meant(suggestion, open)) {
    subject.application = application->id;
    subject.stage = crm.store.get(application->stage).kind;
  }
  std::vector<Referral> referrals;
  const auto referrer = text::fold(suggestion.referrer);
  for (auto& referral : crm.store.referrals(std::nullopt, suggestion.company, std::nullopt)) {
    const bool by_them = referrer.empty() || text::fold(crm.store.get(referral.referrer).display) == referrer;
    if (by_them && (is_open(referral.state) || is_handed_in(referral.state))) referrals.push_back(std::move(referral));
  }
  if (referrals.size() == 1) {
    subject.referral = referrals.front().id;
    subject.referral_state = referrals.front().state;
  }
  return subject;
}

std::vector<Verb> suggestion_verbs() {
  return {
      {"suggestion list", "GET /suggestions", "what mails seem to say of your applications and referrals", "ties suggestion list", {{"all", Kind::flag, "also what was settled"}}, list, false, "id:#, on, says, evidence, state", "[Suggestion]"},
      {"suggestion accept", "POST /suggestions/{suggestion}/accept", "it is so: take the referral or application on", "ties suggestion accept 1",
       {which, {"application", Kind::text, "which application it is about"}, {"referral", Kind::text, "which referral, by its number"}, {"referrer", Kind::text, "who referred you, where the mail does not say"}}, accept, true, "", "Suggestion"},
      {"suggestion dismiss", "POST /suggestions/{suggestion}/dismiss", "it is not so, or of no interest", "ties suggestion dismiss 1", {which}, dismiss, true, "", "Suggestion"},
  };
}

}  // namespace ties
