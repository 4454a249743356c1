#include <fmt/format.h>

#include <algorithm>

#include "reports/brief_parts.h"

namespace ties::reports {
namespace {

const RoundLine* next_round(const ApplicationBrief& brief, Date today) {
  const auto found = std::find_if(brief.rounds.begin(), brief.rounds.end(), [&](const RoundLine& round) {
    return round.interview.outcome == InterviewOutcome::planned && round.interview.when.day >= today;
  });
  return found == brief.rounds.end() ? nullptr : &*found;
}

std::string next_step(const ApplicationBrief& brief, Date today) {
  if (brief.application.outcome != Outcome::open) return {};
  if (const auto* round = next_round(brief, today)) {
    return fmt::format("{} on {}", round->interview.kind.empty() ? "interview" : round->interview.kind,
                       friendly(round->interview.when));
  }
  if (!brief.open.empty()) return brief.open.front().task.text;
  return brief.next_stage.empty() ? std::string() : "on to " + brief.next_stage;
}

Fields where_it_stands(const ApplicationBrief& brief, Date today) {
  constexpr std::string_view priorities[] = {"", "low", "middle", "high"};
  const auto& it = brief.application;
  FieldsOf fields("Where it stands");
  fields.add("role", it.title, Tone::strong)
      .add("company", brief.company)
      .add("team", it.team)
      .add("where", it.location)
      .add("stage", fmt::format("{}, since {}", brief.stage, with_distance(brief.in_stage_since, today)))
      .add("outcome", it.outcome == Outcome::open ? "" : std::string(word(it.outcome)))
      .add("next_step", next_step(brief, today), Tone::strong)
      .add("deadline", it.deadline ? with_distance(*it.deadline, today) : "",
           it.deadline && *it.deadline < today ? Tone::warn : Tone::plain)
      .add("priority", std::string(priorities[std::clamp(it.priority, 0, 3)]))
      .add("came_by", it.source == ApplicationSource::unknown ? "" : std::string(word(it.source)))
      .add("pay_advertised", it.pay_advertised)
      .add("pay_asked", it.pay_asked)
      .add("pay_offered", it.pay_offered)
      .add("applied_with", it.address)
      .add("posting", it.link)
      .add("notes", it.notes);
  return fields.done();
}

Table watch_out(const ApplicationBrief& brief) {
  auto table =
      table_of(brief.next_stage.empty() ? "Watch out" : "Before " + brief.next_stage, {"guard:watch out", "reason"});
  for (const auto& warning : brief.warnings) {
    add_row(table, {warning.guard, warning.reason});
    table.rows.back()[0].tone = Tone::warn;
  }
  return table;
}

Table history(const ApplicationBrief& brief) {
  auto table = table_of("History", {"on", "stage", "outcome", "note", "overridden:went past"});
  for (auto i = brief.steps.size(); i-- > 0;) {
    const auto& step = brief.steps[i];
    add_row(table,
            {short_day(step.on), step.stage_name, step.outcome == Outcome::open ? "" : std::string(word(step.outcome)),
             in_short(step.note), step.overridden});
  }
  return table;
}

Table papers(const ApplicationBrief& brief) {
  auto table = table_of("Documents", {"kind", "title", "location:where", "added_on:added"});
  for (const auto& paper : brief.documents) {
    add_row(table, {paper.kind, paper.title, paper.location, short_day(paper.added_on)});
  }
  return table;
}

}  // namespace

Document application_brief(const ApplicationBrief& brief, Date today) {
  const auto& it = brief.application;
  std::vector<std::string> notes{it.notes};
  for (const auto& [round, with] : brief.rounds) notes.push_back(round.preparation);
  Document document;
  document.title = fmt::format("Brief: {}{}", it.title, brief.company.empty() ? "" : " at " + brief.company);
  document.finding =
      it.outcome == Outcome::open
          ? fmt::format("in {} for {}", brief.stage, counted(days_between(brief.in_stage_since, today), "day", "days"))
          : fmt::format("ended: {}", word(it.outcome));
  if (const auto next = next_step(brief, today); !next.empty()) document.finding += "; next: " + next;
  document.facts = {{"application_id", number_cell(static_cast<double>(it.id.value))},
                    {"application", text_cell(it.title)}};
  Cut cut;
  document.blocks = {privacy_mark(false),
                     where_it_stands(brief, today),
                     watch_out(brief),
                     cut.to(8, rounds("Interviews", brief.rounds), "more round", "more rounds"),
                     cut.to(8, participants("People", brief.people, today), "more person", "more people"),
                     cut.to(6, matters("Referrals", "through", brief.referrals, "nobody refers me yet"),
                            "more referral", "more referrals"),
                     checks(brief.checklist),
                     cut.to(8, open_matters("Promises and tasks", brief.open, today), "thing open", "things open"),
                     questions(notes),
                     cut.to(6, papers(brief), "more document", "more documents"),
                     cut.to(8, history(brief), "earlier step", "earlier steps")};
  document.blocks.push_back(cut.said(fmt::format("ties application show {}", it.id.value)));
  return document;
}

}  // namespace ties::reports
