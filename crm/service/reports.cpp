#include "crm/service/listing.h"
#include "crm/service/naming.h"
#include "reports/report.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

template <class R>
std::optional<std::int64_t> number_of(std::optional<Id<R>> id) {
  return id ? std::optional(id->value) : std::nullopt;
}

Answer follow_ups(Crm& crm, const Args& args) {
  auto settings = crm.config.follow_ups();
  if (args.has("days")) settings.look_ahead_days = args.number("days");
  auto items = followups(crm.store.follow_up_facts(args.today()), args.today(), settings);
  for (auto& item : items) item.links = crm.store.links_of(item.subject);
  Answer answer;
  answer.document = reports::followups(items, args.today(), settings.look_ahead_days);
  const bool nobody_known = crm.store.count<Contact>() <= (crm.store.me() ? 1 : 0);
  if (items.empty() && nobody_known) {
    answer.remarks = {"nobody is known yet; start with your LinkedIn export:", "ties import Basic_LinkedInDataExport_MM-DD-YYYY.zip",
                      "or with one person: ties contact add 'Ada Lovelace' --company Acme"};
  }
  return answer;
}

Answer follow_up_count(Crm& crm, const Args& args) {
  int overdue = 0, today = 0, ahead = 0;
  for (const auto& item : followups(crm.store.follow_up_facts(args.today()), args.today(), crm.config.follow_ups())) {
    ++(item.due < args.today() ? overdue : item.due == args.today() ? today : ahead);
  }
  Answer answer;
  answer.said = fmt::format("{} overdue, {} today, {} ahead", overdue, today, ahead);
  answer.data = {{"overdue", overdue}, {"today", today}, {"ahead", ahead}};
  return answer;
}

Answer board(Crm& crm, const Args& args) {
  const auto name = args.text("pipeline");
  Answer answer;
  if (name.empty() && !crm.store.standard_pipeline()) {
    answer.document = reports::board(pipeline_templates().front().pipeline, pipeline_templates().front().stages, {}, 0);
    return answer;
  }
  const auto pipeline = pipeline_named(crm, name);
  const auto stages = crm.store.stages(pipeline.id);
  std::vector<reports::Card> cards;
  int ended = 0;
  for (const auto& line : crm.store.application_lines(false, std::nullopt)) {
    if (line.application.pipeline != pipeline.id) continue;
    if (line.application.outcome != Outcome::open || line.application.archived) {
      ++ended;
      continue;
    }
    const auto stage = std::find_if(stages.begin(), stages.end(), [&](const Stage& s) { return s.id == line.application.stage; });
    reports::Card card;
    card.id = line.application.id.value, card.title = line.application.title, card.company = line.company, card.referrer = line.referrer;
    card.company_id = number_of(line.application.company), card.referrer_id = number_of(line.referrer_id);
    card.since = line.in_stage_since, card.deadline = line.application.deadline, card.priority = line.application.priority;
    card.source = word(line.application.source), card.location = line.application.location, card.team = line.application.team, card.link = line.application.link;
    const auto referrals = crm.store.referrals(std::nullopt, std::nullopt, line.application.id);
    if (!referrals.empty()) card.referral = word(referrals.front().state);
    card.stage_key = stage->key, card.days_in_stage = days_between(line.in_stage_since, args.today()), card.patience_days = stage->patience_days;
    for (const auto& interview : crm.store.interviews(line.application.id)) {
      if (card.next_on || interview.outcome != InterviewOutcome::planned || interview.when.day < args.today()) continue;
      card.next = "interview on " + friendly(interview.when.day), card.next_on = interview.when.day;
    }
    cards.push_back(std::move(card));
  }
  answer.document = reports::board(pipeline, stages, cards, ended);
  return answer;
}

Answer search(Crm& crm, const Args& args) {
  constexpr int listed_when_not_said = 50;
  std::string words;
  for (const auto& word : args.many("words")) words += (words.empty() ? "" : " ") + word;
  auto page = args.page();
  page.limit = page.limit.value_or(listed_when_not_said);
  const auto cursor = cursor_of(page);
  const bool by_rank = page.sort.empty() && !(cursor && !cursor->sort.empty());
  const auto begin = (cursor ? std::max<std::int64_t>(0, cursor->place) : 0) + page.offset;
  Answer answer;
  answer.data = Json::array();
  for (const auto& hit : by_rank ? crm.store.search(words, *page.limit, begin) : crm.store.search(words, std::nullopt)) {
    answer.data.push_back({{"what", hit.what}, {"id", hit.id}, {"text", hit.text}});
  }
  if (!by_rank) {
    turn_to_page(answer, page);
    return answer;
  }
  answer.total = crm.store.count_hits(words);
  const auto end = begin + static_cast<std::int64_t>(answer.data.size());
  if (!answer.data.empty() && end < *answer.total) answer.next = to_text({"", nullptr, nullptr, end});
  return answer;
}

}  // namespace

std::vector<Verb> report_verbs() {
  return {
      {"followups", "GET /followups", "what deserves attention today; `ties` alone says the same", "ties followups --days 14 --format markdown", {{"days", Kind::number, "how far ahead"}}, follow_ups, false, "", "Document"},
      {"followups count", "GET /followups/count", "how many things deserve attention", "ties followups count", {}, follow_up_count, false, "", "FollowUpCount"},
      {"board", "GET /board", "the pipeline as columns, days in stage, stale ones marked", "ties board", {{"pipeline", Kind::text, "the standard one when not said", Place::optional_first}}, board, false, "", "Document"},
      {"search", "GET /search", "find words in people, companies and talks", "ties search compilers", {{"words", Kind::text, "words, each as a beginning", Place::rest, true}}, search, false, "what, id:#, text", "[Hit]"},
  };
}

}  // namespace ties
