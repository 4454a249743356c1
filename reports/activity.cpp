#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "reports/figures.h"
#include "reports/network.h"

namespace ties::reports {
namespace {

constexpr int weeks_by_default = 26;
constexpr int weeks_by_week_max = 54;
constexpr std::size_t busiest_shown = 3;

/// All that is counted, in the order in which it is told.
enum What { in_person, calls, messages, new_people, asks, applications, interviews, public_work, whats };
const std::vector<std::string> names{"in person", "calls",        "messages",   "new people",
                                     "asks",      "applications", "interviews", "public work"};

using Counts = std::array<int, whats>;

/// Visits every thing that is counted: visit(what, day, how many).
template <class Visit>
void each(const ActivityFacts& facts, Visit visit) {
  for (const auto& talk : facts.talks) {
    if (const auto depth = depth_of(talk.kind)) visit(static_cast<What>(*depth), talk.day, talk.count);
  }
  const std::pair<What, const std::vector<Date>*> others[] = {{new_people, &facts.new_people},
                                                              {asks, &facts.asks},
                                                              {applications, &facts.applications},
                                                              {interviews, &facts.interviews},
                                                              {public_work, &facts.contributions}};
  for (const auto& [what, days] : others) {
    for (const auto on : *days) visit(what, on, 1);
  }
}

int sum_of(const Counts& counts) {
  return std::accumulate(counts.begin(), counts.end(), 0);
}

int talks_of(const Counts& counts) {
  return counts[in_person] + counts[calls] + counts[messages];
}

/// What happened in each week, by its Monday; weeks in which nothing did are not in it.
using Weeks = std::map<Date, Counts>;

Table busiest(const Weeks& weeks) {
  std::vector<std::pair<Date, Counts>> all(weeks.begin(), weeks.end());
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return sum_of(a.second) > sum_of(b.second); });
  all.resize(std::min(all.size(), busiest_shown));
  Table table;
  table.title = "Busiest weeks";
  table.columns = {text_column("", "week from"),
                   {"week", "week", Column::Align::left, false, true},
                   {"from", "from", Column::Align::left, false, true},
                   number_column("talks", "talks")};
  for (const auto what : {new_people, asks, applications, interviews, public_work}) {
    auto key = names[what];
    std::replace(key.begin(), key.end(), ' ', '_');
    table.columns.push_back(number_column(key, names[what]));
  }
  for (const auto& [monday, counts] : all) {
    auto& row = table.rows.emplace_back();
    row = {text_cell(short_day(monday)), text_cell(iso_week(monday)), day_cell(monday), number_cell(talks_of(counts))};
    for (const auto what : {new_people, asks, applications, interviews, public_work})
      row.push_back(number_cell(counts[what]));
  }
  return table;
}

/// Stretches of whole weeks, from Monday to Sunday, in which nothing happened.
struct Idle {
  Date from{}, to{};
  int weeks{};
};
std::vector<Idle> idle_stretches(const Weeks& weeks, Date from, Date to) {
  std::vector<Idle> stretches;
  const auto first = monday_of(plus_days(from, 6));
  for (auto monday = first; plus_days(monday, 6) <= to; monday = plus_days(monday, 7)) {
    if (weeks.count(monday) > 0) continue;
    const bool goes_on = !stretches.empty() && plus_days(stretches.back().to, 1) == monday;
    if (!goes_on) stretches.push_back({monday, monday, 0});
    stretches.back().to = plus_days(monday, 6);
    ++stretches.back().weeks;
  }
  return stretches;
}

Table table_of(const std::vector<Idle>& stretches) {
  Table table;
  table.title = "Weeks without anything";
  table.when_empty = "none";
  table.columns = {text_column("", "when", true),
                   {"from", "from", Column::Align::left, false, true},
                   {"to", "to", Column::Align::left, false, true},
                   number_column("weeks", "weeks")};
  for (const auto& idle : stretches) {
    table.rows.push_back(
        {text_cell(in_words(idle.from, idle.to)), day_cell(idle.from), day_cell(idle.to), number_cell(idle.weeks)});
  }
  return table;
}

/// A chart of some of what is counted.
Chart chart_of(const std::string& title, const std::string& unit, const std::vector<What>& series,
               const Timeline& timeline, const std::vector<Counts>& counts, const Counts& sums) {
  std::vector<std::string> series_names, parts;
  for (const auto what : series) {
    series_names.push_back(names[what]);
    parts.push_back(fmt::format("{} {}", sums[what], names[what]));
  }
  std::vector<std::vector<int>> rows;
  std::vector<int> totals;
  for (const auto& bucket : counts) {
    auto& row = rows.emplace_back();
    for (const auto what : series) row.push_back(bucket[what]);
    totals.push_back(std::accumulate(row.begin(), row.end(), 0));
  }
  auto chart = over_time(title, unit, timeline, series_names, rows);
  const auto most = largest(totals);
  chart.finding = fmt::format("{}", fmt::join(parts, ", ")) +
                  (most ? fmt::format("; most in {}: {}", timeline.name_of(*most), totals[*most]) : "");
  return chart;
}

}  // namespace

Document activity(const ActivityFacts& facts, const Period& period, Date today) {
  const auto to = std::min(period.until.value_or(today), today);
  auto from = period.since.value_or(plus_days(monday_of(to), -7 * (weeks_by_default - 1)));
  if (!period.since) {  // weeks before anything was noted are no idle ones
    std::optional<Date> first;
    each(facts, [&](What, Date on, int) {
      if (on <= to && (!first || on < *first)) first = on;
    });
    if (first) from = std::max(from, monday_of(*first));
  }
  const auto timeline = from <= to ? std::optional(Timeline(from, to, weeks_by_week_max)) : std::nullopt;
  std::vector<Counts> counts(timeline ? timeline->buckets().size() : 0, Counts{});
  Counts sums{};
  Weeks weeks;
  int ahead = 0, no_talks = 0;
  each(facts, [&](What what, Date on, int count) {
    if (on > today) ahead += count;
    const auto place = timeline ? timeline->place_of(on) : std::nullopt;
    if (!place) return;
    counts[*place][what] += count, sums[what] += count;
    weeks[monday_of(on)][what] += count;
  });
  for (const auto& talk : facts.talks) {
    if (timeline && timeline->place_of(talk.day) && !depth_of(talk.kind)) no_talks += talk.count;
  }

  Document document;
  document.title = "Activity";
  document.facts = {{"since", day_cell(from)}, {"until", day_cell(to)}};
  Fields fields;
  fields.rows = {
      {"period", text_cell(in_words(from, to) +
                           (period.since ? "" : fmt::format(", the last {} weeks at most", weeks_by_default)))},
      {"left_out", text_cell(left_out({{no_talks, "comments, endorsements and invitations, which are no talks"},
                                       {ahead, "of days to come"},
                                       {facts.people_without_day, "people of no day"},
                                       {facts.contributions_without_day, "contributions without a day"}}))}};
  document.blocks = {std::move(fields)};
  if (sum_of(sums) == 0) {
    document.finding = fmt::format("nothing is noted from {}", in_words(from, to));
    return document;
  }
  const auto idle = idle_stretches(weeks, from, to);
  int idle_weeks = 0;
  for (const auto& stretch : idle) idle_weeks += stretch.weeks;
  document.finding = fmt::format(
      "{} from {}: {} in person, {}, {}; {}, {}, {}, {}, {}; {} without anything", counted(talks_of(sums), "talk"),
      in_words(from, to), sums[in_person], counted(sums[calls], "call"), counted(sums[messages], "message"),
      counted(sums[new_people], "new person", "new people"), counted(sums[asks], "ask"),
      counted(sums[applications], "application"), counted(sums[interviews], "interview"),
      counted(sums[public_work], "piece of public work", "pieces of public work"), counted(idle_weeks, "week"));
  document.blocks.emplace_back(chart_of("Talks", "talks", {in_person, calls, messages}, *timeline, counts, sums));
  document.blocks.emplace_back(chart_of("New people", "people", {new_people}, *timeline, counts, sums));
  document.blocks.emplace_back(
      chart_of("The search", "steps", {asks, applications, interviews, public_work}, *timeline, counts, sums));
  document.blocks.emplace_back(busiest(weeks));
  document.blocks.emplace_back(table_of(idle));
  return document;
}

}  // namespace ties::reports
