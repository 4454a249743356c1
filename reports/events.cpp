#include <fmt/format.h>

#include "reports/figures.h"
#include "reports/network.h"

namespace ties::reports {
namespace {

using Yields = std::vector<const EventYield*>;
using Kind = EventYield::Result::Kind;

constexpr std::size_t judged_kinds = 4;  // of FollowedUp, the first: the others can not be judged
constexpr std::array results{Kind::referral, Kind::application, Kind::interview, Kind::offer};

/// Of one event, or of all.
struct Tally {
  int people{}, at_target{}, seen_again{};
  int promised{}, kept{}, promised_to_me{}, kept_to_me{};
  std::array<int, Words<FollowedUp>::all.size()> followed_up{};
  std::array<int, results.size()> of{};

  void add(const EventYield& yield) {
    people += static_cast<int>(yield.people.size()), seen_again += yield.seen_again;
    promised += yield.promised, kept += yield.kept;
    promised_to_me += yield.promised_to_me, kept_to_me += yield.kept_to_me;
    for (const auto& person : yield.people) {
      at_target += person.at_target;
      ++followed_up.at(static_cast<std::size_t>(person.followed_up));
    }
    for (const auto& result : yield.results) ++of.at(static_cast<std::size_t>(result.kind));
  }
  int how_many(FollowedUp how) const { return followed_up.at(static_cast<std::size_t>(how)); }
  int how_many(Kind kind) const { return of.at(static_cast<std::size_t>(kind)); }
  /// Of whom it can be said: those whose two days are over, and whose day is known.
  int judged() const { return people - how_many(FollowedUp::waiting) - how_many(FollowedUp::unknown); }
  int within_a_week() const { return how_many(FollowedUp::within_48_hours) + how_many(FollowedUp::within_7_days); }
  bool has_results() const {
    return std::any_of(of.begin(), of.end(), [](int count) { return count > 0; });
  }
};

Tally tally_of(const EventYield& yield) {
  Tally tally;
  tally.add(yield);
  return tally;
}

/// "5 referrals, 3 applications, 9 interviews and 1 offer"; those that are none left out. Of more than `most` kinds the
/// last are told, which came furthest.
std::string results_in_words(const Tally& tally, std::size_t most = results.size()) {
  std::vector<std::string> parts;
  for (const auto kind : results) {
    if (tally.how_many(kind) > 0) parts.push_back(counted(tally.how_many(kind), word(kind)));
  }
  if (parts.empty()) return "nothing yet";
  if (parts.size() > most) parts.erase(parts.begin(), parts.end() - static_cast<std::ptrdiff_t>(most));
  const auto last = parts.back();
  parts.pop_back();
  return parts.empty() ? last : fmt::format("{} and {}", fmt::join(parts, ", "), last);
}

std::vector<Column> event_columns() {
  return {text_column("event", "event", true),
          {"event_id", "#", Column::Align::right, false, true, true},
          text_column("on", "on"),
          {"place", "place", Column::Align::left, true, true}};
}

std::vector<Cell> event_cells(const EventYield& yield) {
  return {text_cell(yield.event.name), number_cell(static_cast<double>(yield.event.id.value)), day_cell(yield.on),
          text_cell(yield.event.place)};
}

Chart what_came(const Yields& yields) {
  Chart chart;
  chart.kind = Chart::Kind::bars, chart.title = "What they led to",
  chart.unit = "referrals, applications, interviews, offers";
  chart.table_says_more = true;
  auto& table = chart.behind;
  table.title = chart.title, table.columns = event_columns();
  for (const auto* heading : {"people", "at_targets", "seen_again"}) {
    table.columns.push_back(number_column(heading, heading == std::string("people") ? "met" : "at targets"));
    table.columns.back().for_programs = heading != std::string("people");
  }
  for (const auto kind : results) {
    chart.series.push_back(std::string(word(kind)) + "s");
    table.columns.push_back(number_column(chart.series.back(), chart.series.back()));
  }
  for (const auto* yield : yields) {
    const auto tally = tally_of(*yield);
    auto& row = table.rows.emplace_back(event_cells(*yield));
    for (const int count : {tally.people, tally.at_target, tally.seen_again}) row.push_back(number_cell(count));
    std::vector<double> values;
    for (const auto kind : results) {
      row.push_back(number_cell(tally.how_many(kind)));
      values.push_back(tally.how_many(kind));
    }
    if (tally.has_results()) chart.marks.push_back({yield->event.name, values, results_in_words(tally, 2), std::nullopt});
  }
  const auto* furthest = yields.front();
  chart.finding = tally_of(*furthest).has_results()
                      ? fmt::format("{} led furthest: {}", furthest->event.name, results_in_words(tally_of(*furthest)))
                      : "no referral, application or interview traces to anybody met there yet";
  return chart;
}

Chart followed_up(const Yields& yields, const Tally& all) {
  Chart chart;
  chart.kind = Chart::Kind::bars, chart.title = "Written to afterwards", chart.unit = "people";
  auto& table = chart.behind;
  table.title = chart.title, table.columns = event_columns();
  table.columns.push_back(number_column("people", "met"));
  constexpr std::array keys{"within_48_hours", "within_7_days", "later", "never", "waiting", "day_unknown"};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string name(words<FollowedUp>()[i]);
    if (i < judged_kinds) chart.series.push_back(name);
    table.columns.push_back(number_column(keys[i], name));
  }
  for (const auto* yield : yields) {
    const auto tally = tally_of(*yield);
    auto& row = table.rows.emplace_back(event_cells(*yield));
    row.push_back(number_cell(tally.people));
    for (const int count : tally.followed_up) row.push_back(number_cell(count));
    if (tally.judged() == 0) continue;
    chart.marks.push_back({yield->event.name,
                           std::vector<double>(tally.followed_up.begin(), tally.followed_up.begin() + judged_kinds),
                           share_of(tally.within_a_week(), tally.judged()) + " within a week", std::nullopt});
  }
  chart.finding = all.judged() == 0
                      ? "of nobody can it be said yet"
                      : fmt::format("{} within 48 hours, {} within a week; {} never",
                                    share_of(all.how_many(FollowedUp::within_48_hours), all.judged()),
                                    share_of(all.within_a_week(), all.judged()), all.how_many(FollowedUp::never));
  return chart;
}

Table promises(const Yields& yields) {
  Table table;
  table.title = "Promises";
  table.columns = event_columns();
  for (const auto& [key, heading] : {std::pair{"promised", "mine"}, std::pair{"kept", "kept"}}) {
    table.columns.push_back(number_column(key, heading));
  }
  table.columns.push_back(text_column("", "share"));
  for (const auto& [key, heading] : {std::pair{"promised_to_me", "to me"}, std::pair{"kept_to_me", "kept by them"}}) {
    table.columns.push_back(number_column(key, heading));
  }
  for (const auto* yield : yields) {
    if (yield->promised + yield->promised_to_me == 0) continue;
    auto& row = table.rows.emplace_back(event_cells(*yield));
    row.insert(row.end(), {number_cell(yield->promised), number_cell(yield->kept),
                           text_cell(percent_of(yield->kept, yield->promised)), number_cell(yield->promised_to_me),
                           number_cell(yield->kept_to_me)});
  }
  return table;
}

Table one_by_one(const Yields& yields) {
  Table table;
  table.title = "One by one";
  table.columns = event_columns();
  table.columns.insert(table.columns.end(), {text_column("what", "what"), text_column("title", "of what", true),
                                             text_column("through", "through", true), text_column("when", "when"),
                                             Column{"record", "record", Column::Align::left, false, true, false}});
  table.columns[2].for_programs = true;
  for (const auto* yield : yields) {
    for (const auto& result : yield->results) {
      auto& row = table.rows.emplace_back(event_cells(*yield));
      row.insert(row.end(), {text_cell(std::string(word(result.kind)), Tone::strong), text_cell(result.title),
                             text_cell(result.through), day_cell(result.on), text_cell(result.record)});
    }
  }
  return table;
}

std::string finding_of(const Yields& yields, const Tally& all) {
  const auto events = counted(static_cast<std::int64_t>(yields.size()), "event");
  if (all.people == 0) return events + ", and nobody was first met there";
  return fmt::format("{} brought {} and {}; {} of {} were written to within a week", events,
                     counted(all.people, "person", "people"), results_in_words(all), all.within_a_week(), all.judged());
}

}  // namespace

Document events(const std::vector<EventYield>& yields, const Period& period, Date today) {
  Yields shown;
  Tally all;
  int without_day = 0, outside = 0, earlier = 0, nobody = 0;
  std::optional<Date> first;
  for (const auto& yield : yields) {
    if (period.is_given() && !yield.on) ++without_day;
    if (period.is_given() && yield.on && !period.holds(*yield.on)) ++outside;
    if (period.is_given() && !(yield.on && period.holds(*yield.on))) continue;
    shown.push_back(&yield);
    all.add(yield);
    earlier += yield.earlier, nobody += yield.people.empty();
    if (yield.on && (!first || *yield.on < *first)) first = yield.on;
  }
  const auto from = period.since ? period.since : first;
  const auto to = std::min(period.until.value_or(today), today);

  Document document;
  document.title = "Events";
  document.facts = {{"events", number_cell(static_cast<double>(shown.size()))},
                    {"people", number_cell(all.people)},
                    {"since", day_cell(from)},
                    {"until", day_cell(to)}};
  if (shown.empty()) {
    document.finding = yields.empty()
                           ? "no event is known yet; `ties event add 'PyCon 26' --starts 2026-03-05` notes one"
                       : from && *from <= to ? "no event from " + in_words(*from, to)
                                             : "no event in that period";
  } else {
    document.finding = finding_of(shown, all);
  }
  Fields fields;
  fields.rows = {
      {"period", text_cell(from && *from <= to ? in_words(*from, to) + (period.is_given() ? "" : ": all of it")
                                               : "no day is known")},
      {"counted",
       text_cell("a person at the one event where you first met: as the contact says, else where the first talk "
                 "was; a referral by its referrer, else its introducer; an application by such a referral, else "
                 "by its people, interviewers aside, and on through a reroute")},
      {"known_before",
       text_cell(all.seen_again == 0 ? "nobody" : counted(all.seen_again, "person", "people") + " met again")},
      {"left_out",
       text_cell(left_out(
           {{nobody, "of the events brought nobody new, and are in no bar"},
            {without_day, "of the events without a day, in no period"},
            {outside, "of the events of another time"},
            {all.how_many(FollowedUp::waiting), "of the people met less than two days ago, in no bar and no share"},
            {all.how_many(FollowedUp::unknown),
             "of the people met on a day that nothing tells, in no bar and no share"},
            {earlier, "of the referrals and applications from before the person was met, traced to no event"}}))}};
  document.blocks.emplace_back(std::move(fields));
  if (shown.empty()) return document;
  document.blocks.emplace_back(what_came(shown));
  if (all.people > 0) document.blocks.emplace_back(followed_up(shown, all));
  document.blocks.emplace_back(promises(shown));
  document.blocks.emplace_back(one_by_one(shown));
  return document;
}

}  // namespace ties::reports
