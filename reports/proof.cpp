#include <fmt/format.h>

#include <algorithm>

#include "reports/figures.h"
#include "reports/network.h"

namespace ties::reports {
namespace {

using Sent = ProofFacts::Sent;

Period last_calendar_month(Date today) {
  const auto first = Date{today.year(), today.month(), std::chrono::day{1}};
  const auto last = plus_days(first, -1);
  return {Date{last.year(), last.month(), std::chrono::day{1}}, last};
}

/// "hiring manager"
std::string in_words(ApplicationPart part) {
  std::string text(word(part));
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

/// "referral, https://…"
std::string how(const Application& application) {
  const auto source =
      application.source == ApplicationSource::unknown ? std::string() : std::string(word(application.source));
  return source + (source.empty() || application.link.empty() ? "" : ", ") + application.link;
}

/// "open, in Interviews", "rejected on 12 Jun 2026, in Applied"
std::string state(const Sent& sent) {
  auto text = std::string(word(sent.application.outcome));
  if (sent.application.outcome != Outcome::open && sent.application.closed_on)
    text += " on " + short_day(*sent.application.closed_on);
  return text + ", in " + sent.stage;
}

std::string next_step(const Sent& sent) {
  if (sent.application.outcome != Outcome::open) return "";
  if (sent.next_round) return "interview on " + friendly(sent.next_round->day);
  if (sent.application.deadline) return "answer by " + short_day(*sent.application.deadline);
  return "waiting for an answer";
}

/// By calendar week, or by something longer where the period is longer than a year.
Table by_week(const std::vector<const Sent*>& sent, Date from, Date to) {
  constexpr int weeks_max = 54;
  const Timeline timeline(from, to, weeks_max);
  const bool has_weeks = timeline.noun() == "week";
  Table table;
  table.title = has_weeks ? "By calendar week" : "By " + timeline.noun();
  table.columns = {text_column("label", timeline.noun()),
                   text_column("", "days"),
                   {"from", "from", Column::Align::left, false, true},
                   {"to", "to", Column::Align::left, false, true},
                   number_column("applications", "applications")};
  std::vector<Date> days;
  for (const auto* one : sent) days.push_back(*one->applied_on);
  const auto counts = counts_by(timeline, days);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto& bucket = timeline.buckets()[i];
    table.rows.push_back({text_cell(has_weeks ? iso_week(bucket.from) : bucket.label),
                          text_cell(ties::reports::in_words(bucket.from, bucket.to)), day_cell(bucket.from),
                          day_cell(bucket.to), number_cell(counts[i])});
  }
  return table;
}

Table applications(const std::vector<const Sent*>& sent) {
  Table table;
  table.title = "Applications";
  table.layout = Table::Layout::wide;
  table.when_empty = "none in this period";
  const auto for_programs = [](const char* key) { return Column{key, key, Column::Align::left, false, true}; };
  table.columns = {text_column("", "applied"),
                   for_programs("applied_on"),
                   text_column("company", "company", true),
                   text_column("role", "role", true),
                   text_column("", "how", true),
                   for_programs("source"),
                   for_programs("link"),
                   text_column("", "contact", true),
                   for_programs("contact"),
                   for_programs("part"),
                   text_column("", "state", true),
                   for_programs("stage"),
                   for_programs("outcome"),
                   for_programs("ended_on"),
                   text_column("next_step", "next", true)};
  for (const auto* one : sent) {
    const auto& application = one->application;
    const auto part = one->part ? in_words(*one->part) : "";
    table.rows.push_back({text_cell(short_day(*one->applied_on)), day_cell(one->applied_on),
                          text_cell(one->company.empty() ? "company not said" : one->company, Tone::strong),
                          text_cell(application.title), text_cell(how(application)),
                          text_cell(std::string(word(application.source))), text_cell(application.link),
                          text_cell(one->person.empty() ? "" : fmt::format("{} ({})", one->person, part)),
                          text_cell(one->person), text_cell(part), text_cell(state(*one)), text_cell(one->stage),
                          text_cell(std::string(word(application.outcome))), day_cell(application.closed_on),
                          text_cell(next_step(*one))});
  }
  return table;
}

}  // namespace

Document proof(const ProofFacts& facts, const Period& asked, Date today) {
  auto period = asked;
  if (!period.is_given()) period = last_calendar_month(today);
  const auto to = std::min(period.until.value_or(today), today);
  const auto from = period.since.value_or(Date{to.year(), to.month(), std::chrono::day{1}});
  const Period span{from, to};

  std::vector<const Sent*> sent;
  int never_sent = 0, ended_before = 0, without_company = 0;
  for (const auto& one : facts.applications) {
    if (!one.applied_on) {
      if (span.holds(one.application.opened_on)) ++never_sent;
    } else if (span.holds(*one.applied_on)) {
      sent.push_back(&one);
      const auto& closed = one.application.closed_on;
      if (closed && *closed < *one.applied_on) ++ended_before;
      if (one.company.empty()) ++without_company;
    }
  }
  Table rounds;
  rounds.title = "Interviews held";
  rounds.columns = {text_column("", "on"),
                    {"on", "on", Column::Align::left, false, true},
                    text_column("company", "company", true),
                    text_column("role", "role", true),
                    text_column("kind", "kind", true)};
  for (const auto& round : facts.rounds) {
    if (!span.holds(round.when.day)) continue;
    rounds.rows.push_back({text_cell(short_day(round.when.day)), day_cell(round.when.day), text_cell(round.company),
                           text_cell(round.title), text_cell(round.kind)});
  }
  Table visits;
  visits.title = "Events visited";
  visits.columns = {text_column("", "when"),
                    {"from", "from", Column::Align::left, false, true},
                    {"to", "to", Column::Align::left, false, true},
                    text_column("event", "event", true),
                    text_column("place", "place", true)};
  for (const auto& visit : facts.visits) {
    if (visit.to < from || visit.from > to) continue;
    visits.rows.push_back({text_cell(ties::reports::in_words(visit.from, std::max(visit.from, visit.to))),
                           day_cell(visit.from), day_cell(visit.to), text_cell(visit.name), text_cell(visit.place)});
  }
  std::array<int, words<TalkDepth>().size()> talks{};
  for (const auto& talk : facts.talks) {
    const auto depth = depth_of(talk.kind);
    if (depth && span.holds(talk.day)) talks.at(static_cast<std::size_t>(*depth)) += talk.count;
  }
  const int all_talks = std::accumulate(talks.begin(), talks.end(), 0);

  Document document;
  document.title = "Proof of job search";
  const auto when = ties::reports::in_words(from, to);
  document.finding = fmt::format(
      "{} from {}; {} held, {} visited, {}", counted(static_cast<std::int64_t>(sent.size()), "application"), when,
      counted(static_cast<std::int64_t>(rounds.rows.size()), "interview"),
      counted(static_cast<std::int64_t>(visits.rows.size()), "event"), counted(all_talks, "networking talk"));
  document.facts = {{"since", day_cell(from)}, {"until", day_cell(to)}};
  Fields head;
  head.rows = {
      {"name", text_cell(facts.name)},
      {"period", text_cell(when + (asked.is_given() ? "" : ", the last calendar month"))},
      {"state_as_of", text_cell(short_day(today))},
      {"left_out", text_cell(left_out({{never_sent, "opened in this period and not sent"},
                                       {ended_before, "whose end is dated before its sending, listed as they stand"},
                                       {without_company, "without a company, listed so"}}))}};
  Fields efforts;
  efforts.title = "Other efforts";
  efforts.rows = {{"interviews_held", number_cell(static_cast<double>(rounds.rows.size()))},
                  {"events_visited", number_cell(static_cast<double>(visits.rows.size()))},
                  {"networking_talks", number_cell(all_talks)}};
  for (const auto depth : words<TalkDepth>()) {
    std::string key(depth);
    std::replace(key.begin(), key.end(), ' ', '_');
    efforts.rows.emplace_back(key, number_cell(talks.at(static_cast<std::size_t>(*from_word<TalkDepth>(depth)))));
  }
  document.blocks = {std::move(head),    applications(sent), by_week(sent, from, to),
                     std::move(efforts), std::move(rounds),  std::move(visits)};
  document.blocks.emplace_back(
      Text{"\nPlace and date: ______________________________\n\n\nSignature: ______________________________" +
               (facts.name.empty() ? "" : "\n" + facts.name),
           Tone::plain});
  return document;
}

}  // namespace ties::reports
