#include "reports/network.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "crm/domain/commands.h"
#include "crm/text/text.h"
#include "reports/figures.h"

namespace ties::reports {
namespace {

using Person = NetworkFacts::Person;
using People = std::vector<const Person*>;
using Names = std::vector<std::string>;

constexpr std::size_t bars_max = 15;
constexpr std::size_t quiet_ties_max = 50;

/// A way to divide the people into groups, and how that is told.
struct Division {
  std::string title{};
  std::string key{};   ///< of the column of names: "company"
  std::string rest{};  ///< "other companies"
  std::string none{};  ///< "no company known"
  Names (*groups_of)(const Person&){};
  bool by_target{};
};

const std::vector<Division>& divisions() {
  static const auto only = [](const std::string& name) { return name.empty() ? Names{} : Names{name}; };
  static const std::vector<Division> table{
      {"By company", "company", "other companies", "no company known", [](const Person& p) { return only(p.company); },
       true},
      {"By circle and tag", "tag", "other tags", "no tag", [](const Person& p) { return p.tags; }, false},
      {"By source", "source", "other sources", "no source", [](const Person& p) { return only(p.source); }, false},
      {"By country", "country", "other countries", "country not known",
       [](const Person& p) {
         const auto code = country_of(p);
         return code ? Names{text::country_name(*code)} : Names{};
       },
       false}};
  return table;
}

struct Group {
  std::string name{};
  int people{};
  bool is_target{};
};

/// Targets first, then the largest, then by name.
bool comes_before(const Group& a, const Group& b) {
  if (a.is_target != b.is_target) return a.is_target;
  if (a.people != b.people) return a.people > b.people;
  return text::compare(a.name, b.name) < 0;
}

/// Bars of groups of people, each with its share of all.
class Shares {
 public:
  Shares(const std::string& title, const std::string& key, std::size_t whole, bool by_target)
      : whole_(static_cast<std::int64_t>(whole)), by_target_(by_target) {
    chart_.kind = Chart::Kind::bars, chart_.title = title, chart_.unit = "people";
    chart_.behind.title = title;
    chart_.behind.columns = {text_column(key, key, true), number_column("people", "people"),
                             number_column("share", "%")};
    if (by_target) chart_.behind.columns.push_back(text_column("target", ""));
  }

  void put(const std::string& name, int people, bool is_target = false) {
    auto& row = chart_.behind.rows.emplace_back();
    row = {text_cell(name), number_cell(people), percent_cell(people, whole_)};
    if (by_target_) row.push_back(text_cell(is_target ? "target" : "", Tone::good));
    chart_.marks.push_back(
        {is_target ? name + " (target)" : name, {static_cast<double>(people)}, share_of(people, whole_), std::nullopt});
  }

  Chart done(std::string finding) {
    chart_.finding = std::move(finding);
    return std::move(chart_);
  }

 private:
  Chart chart_{};
  std::int64_t whole_;
  bool by_target_;
};

/// The largest groups, the rest of them as one, and those who are in none.
Chart divided(const Division& division, const People& people) {
  std::map<std::string, Group> by_name;
  int in_none = 0, at_targets = 0;
  for (const auto* person : people) {
    const auto names = division.groups_of(*person);
    if (names.empty()) ++in_none;
    if (division.by_target && person->at_target) ++at_targets;
    for (const auto& name : names) {
      auto& group = by_name[name];
      group.name = name;
      ++group.people;
      group.is_target = group.is_target || (division.by_target && person->at_target);
    }
  }
  std::vector<Group> groups;
  for (const auto& [name, group] : by_name) groups.push_back(group);
  std::sort(groups.begin(), groups.end(), comes_before);

  Shares shares(division.title, division.key, people.size(), division.by_target);
  std::set<std::string> shown;
  for (const auto& group : groups) {
    if (shown.size() == bars_max) break;
    shown.insert(group.name);
    shares.put(group.name, group.people, group.is_target);
  }
  const auto in_rest = std::count_if(people.begin(), people.end(), [&](const Person* person) {
    const auto names = division.groups_of(*person);
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return shown.count(name) == 0; });
  });
  if (in_rest > 0)
    shares.put(fmt::format("{} {}", groups.size() - shown.size(), division.rest), static_cast<int>(in_rest));
  if (in_none > 0) shares.put(division.none, in_none);

  if (groups.empty()) return shares.done(division.none + " of anybody");
  const auto most = std::max_element(groups.begin(), groups.end(),
                                     [](const Group& a, const Group& b) { return a.people < b.people; });
  auto finding = fmt::format("{} has the most: {}", most->name, counted(most->people, "person", "people"));
  if (division.by_target)
    finding += fmt::format("; {} at target companies", share_of(at_targets, static_cast<std::int64_t>(people.size())));
  return shares.done(std::move(finding));
}

Chart growth(const People& people, Date from, Date to) {
  const Timeline timeline(from, to);
  std::vector<Date> days;
  for (const auto* person : people) {
    if (person->known_since) days.push_back(*person->known_since);
  }
  const auto counts = counts_by(timeline, days);
  std::vector<std::vector<int>> rows;
  for (const int count : counts) rows.push_back({count});
  auto chart = over_time("Growth", "new people", timeline, {"new"}, rows);
  chart.behind.columns.push_back(number_column("known", "known by then"));
  int known = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) chart.behind.rows[i].push_back(number_cell(known += counts[i]));
  const auto most = largest(counts);
  chart.finding =
      most ? fmt::format("most came in {}: {}", timeline.name_of(*most), counted(counts[*most], "person", "people"))
           : "nobody new";
  return chart;
}

Chart strengths(const People& people, Date today, const TieWeights& weights) {
  std::map<std::string, int> by_word;
  int never = 0;
  for (const auto* person : people) {
    const auto tie = tie_strength(person->tie, today, weights);
    if (tie.last_in_touch) {
      ++by_word[tie.word];
    } else {
      ++never;
    }
  }
  Shares shares("Strength of ties", "tie", people.size(), false);
  for (const auto* word : {"strong", "good", "weak", "faint"}) shares.put(word, by_word[word]);
  shares.put("never in touch", never);
  return shares.done(fmt::format("{} strong, {} good", by_word["strong"], by_word["good"]));
}

/// "silent for 146 days; before that in touch every 21 days or so"
std::string silence(const QuietTie& quiet) {
  auto text = fmt::format("silent for {}, since {}", counted(quiet.silent_days, "day"), friendly(quiet.last));
  if (quiet.usual_days)
    text += fmt::format("; before that in touch every {} or so",
                        quiet.usual_days == 1 ? "day" : counted(*quiet.usual_days, "day"));
  return text;
}

struct Quiet {
  const Person* person{};
  QuietTie tie{};
};

std::vector<Quiet> quiet_ties(const People& people, Date today, const TieWeights& weights) {
  std::vector<Quiet> all;
  for (const auto* person : people) {
    if (auto tie = quiet_tie(person->tie, today, weights)) all.push_back({person, std::move(*tie)});
  }
  std::sort(all.begin(), all.end(), [](const Quiet& a, const Quiet& b) {
    if (a.tie.then.score != b.tie.then.score) return a.tie.then.score > b.tie.then.score;
    return a.person->tie.contact < b.person->tie.contact;
  });
  return all;
}

Table table_of(const std::vector<Quiet>& quiet) {
  Table table;
  table.title = "Quiet ties";
  table.layout = Table::Layout::cards;
  table.when_empty = "nobody: whoever was near is in touch";
  const auto for_programs = [](const char* key, bool is_number) {
    return Column{key, key, is_number ? Column::Align::right : Column::Align::left, false, true, is_number};
  };
  table.columns = {
      for_programs("contact", true),     text_column("name", "name", true), for_programs("company", false),
      for_programs("tie", false),        for_programs("score", true),       for_programs("last_in_touch", false),
      for_programs("silent_days", true), for_programs("usual_days", true),  text_column("", "tie", true),
      text_column("", "silence", true),  text_column("settle", "settle")};
  for (const auto& [person, tie] : quiet) {
    if (table.rows.size() == quiet_ties_max) break;
    const auto id = person->tie.contact.value;
    table.rows.push_back({number_cell(static_cast<double>(id)), text_cell(person->name, Tone::strong),
                          text_cell(person->company), text_cell(tie.then.word), number_cell(tie.then.score),
                          day_cell(tie.last), number_cell(tie.silent_days),
                          tie.usual_days ? number_cell(*tie.usual_days) : Cell{},
                          text_cell(fmt::format("a {} tie then, {} of 100", tie.then.word, tie.then.score)),
                          text_cell(silence(tie), Tone::muted), text_cell(log_message(person->name), Tone::good)});
  }
  return table;
}

}  // namespace

Document network(const NetworkFacts& facts, const Period& period, Date today, const TieWeights& weights) {
  People people;
  std::optional<Date> first;
  int without_day = 0, ahead = 0;
  for (const auto& person : facts.people) {
    const bool is_chosen = !period.is_given() || (person.known_since && period.holds(*person.known_since));
    if (!person.known_since) ++without_day;
    if (person.known_since && *person.known_since > today) ++ahead;
    if (!is_chosen) continue;
    people.push_back(&person);
    if (person.known_since && (!first || *person.known_since < *first)) first = person.known_since;
  }
  const auto to = std::min(period.until.value_or(today), today);
  const auto from = period.since ? period.since : first;
  const bool has_time = from && *from <= to;

  Document document;
  document.title = "My network";
  document.facts = {
      {"people", number_cell(static_cast<double>(people.size()))}, {"since", day_cell(from)}, {"until", day_cell(to)}};
  Fields fields;
  fields.rows = {
      {"period",
       text_cell(has_time ? in_words(*from, to) + (period.is_given() ? ", by the day since when somebody is known"
                                                                     : ": all, also those of no day")
                          : "no day is known")},
      {"left_out", text_cell(left_out({{without_day, period.is_given() ? "of no day, in no period"
                                                                       : "of no day, in no bar of the growth"},
                                       {ahead, "said to be known from a day to come, in no bar of the growth"},
                                       {facts.archived, "archived"}}))}};
  if (people.empty()) {
    document.finding = facts.people.empty()
                           ? "nobody is known yet; `ties import` reads your LinkedIn export"
                           : fmt::format("nobody new {}", has_time ? "from " + in_words(*from, to) : "in that period");
    document.blocks = {std::move(fields)};
    return document;
  }
  auto ties = strengths(people, today, weights);
  const auto quiet = quiet_ties(people, today, weights);
  const auto at_targets =
      std::count_if(people.begin(), people.end(), [](const Person* person) { return person->at_target; });
  const auto count = static_cast<std::int64_t>(people.size());
  document.finding =
      fmt::format("{} {}, {} at target companies; ties: {}, {} gone quiet", counted(count, "person", "people"),
                  period.is_given() ? "came to be known " + (has_time ? "from " + in_words(*from, to) : "") : "known",
                  at_targets, ties.finding, quiet.size());
  if (quiet.size() > quiet_ties_max) {
    fields.rows.push_back(
        {"quiet_ties", text_cell(fmt::format("the {} strongest of {} are listed", quiet_ties_max, quiet.size()))});
  }
  document.blocks.emplace_back(std::move(fields));
  if (has_time) document.blocks.emplace_back(growth(people, *from, to));
  for (const auto& division : divisions()) document.blocks.emplace_back(divided(division, people));
  document.blocks.emplace_back(std::move(ties));
  document.blocks.emplace_back(table_of(quiet));
  return document;
}

}  // namespace ties::reports
