#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "crm/text/text.h"
#include "reports/figures.h"
#include "reports/network.h"

namespace ties::reports {
namespace {

using Work = ContributionFacts::Work;
using Works = std::vector<const Work*>;

/// What becomes a column of its own; all else is "other".
enum Sort { pull_request, issue, review, other, sorts };
const std::vector<std::string> sort_names{"pull requests", "issues", "reviews", "other"};

Sort sort_of(ContributionKind kind) {
  switch (kind) {
    case ContributionKind::pull_request:
      return pull_request;
    case ContributionKind::issue:
      return issue;
    case ContributionKind::review:
      return review;
    default:
      return other;
  }
}

bool is_shown_to_people(ContributionKind kind) {
  using enum ContributionKind;
  return kind == talk || kind == post || kind == video || kind == paper || kind == release || kind == project;
}

/// The days that a merged pull request took; nothing when a date is missing, or they contradict each other.
std::optional<int> days_to_merge(const Contribution& work) {
  if (!work.opened_on || !work.closed_on || *work.closed_on < *work.opened_on) return std::nullopt;
  return days_between(*work.opened_on, *work.closed_on);
}

double median(std::vector<int> numbers) {
  std::sort(numbers.begin(), numbers.end());
  const auto middle = numbers.size() / 2;
  return numbers.size() % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2.0;
}

/// The works of one company, of one repository, or all.
struct Tally {
  std::string name{}, company{};
  bool at_target{};
  std::set<std::string> repositories{};
  std::array<int, sorts> of{};  ///< by sort
  int merged{}, closed{}, open{};
  std::vector<int> days{};  ///< that merged pull requests took
  int merged_without_days{};

  void add(const Contribution& work) {
    if (!work.repository.empty()) repositories.insert(work.repository);
    ++of.at(sort_of(work.kind));
    if (work.kind != ContributionKind::pull_request) return;
    if (work.state == ContributionState::open) {
      ++open;
    } else if (work.state == ContributionState::closed) {
      ++closed;
    } else {
      ++merged;
      const auto took = days_to_merge(work);
      took ? days.push_back(*took) : static_cast<void>(++merged_without_days);
    }
  }
  int all() const { return std::accumulate(of.begin(), of.end(), 0); }
  int decided() const { return merged + closed; }
  std::string merge_percent() const { return percent_of(merged, decided()); }
  std::string merge_share() const {
    return of[pull_request] == 0 ? "" : decided() == 0 ? "none decided" : share_of(merged, decided());
  }
};

/// Targets first, then the most work, then by name; what has no name last.
bool comes_before(const Tally& a, const Tally& b) {
  if (a.at_target != b.at_target) return a.at_target;
  if (a.name.empty() != b.name.empty()) return b.name.empty();
  if (a.all() != b.all()) return a.all() > b.all();
  return text::compare(a.name, b.name) < 0;
}

std::vector<Tally> tallies(const Works& works, std::string (*name_of)(const Work&)) {
  std::map<std::string, Tally> by_name;
  for (const auto* work : works) {
    auto& tally = by_name[name_of(*work)];
    tally.name = name_of(*work), tally.company = work->company;
    tally.at_target = tally.at_target || work->at_target;
    tally.add(work->contribution);
  }
  std::vector<Tally> all;
  for (auto& [name, tally] : by_name) all.push_back(std::move(tally));
  std::sort(all.begin(), all.end(), comes_before);
  return all;
}

/// The columns behind the first, and a tally under them. Programs are given the parts of what people read as one.
std::vector<Column> tally_columns() {
  auto columns =
      std::vector<Column>{text_column("target", ""), number_column("pull_requests", "PRs"), text_column("", "merged")};
  for (const auto* key : {"merged", "closed", "decided"})
    columns.push_back({key, key, Column::Align::right, false, true, true});
  for (const auto& [key, heading] :
       {std::pair{"open", "open"}, std::pair{"median_days", "days"}, std::pair{"reviews", "reviews"},
        std::pair{"issues", "issues"}, std::pair{"other", "more"}}) {
    columns.push_back(number_column(key, heading));
  }
  return columns;
}

std::vector<Cell> tally_cells(const Tally& tally) {
  return {text_cell(tally.at_target ? "target" : "", Tone::good),
          number_cell(tally.of[pull_request]),
          text_cell(tally.merge_percent()),
          number_cell(tally.merged),
          number_cell(tally.closed),
          number_cell(tally.decided()),
          number_cell(tally.open),
          tally.days.empty() ? Cell{} : number_cell(median(tally.days)),
          number_cell(tally.of[review]),
          number_cell(tally.of[issue]),
          number_cell(tally.of[other])};
}

Chart by_company(const Works& works) {
  Chart chart;
  chart.kind = Chart::Kind::bars, chart.title = "By company", chart.unit = "pull requests";
  chart.series = {"merged", "open", "closed unmerged"};
  chart.behind.title = chart.title;
  chart.behind.columns = tally_columns();
  chart.behind.columns.insert(chart.behind.columns.begin(), text_column("company", "company", true));
  chart.behind.columns.push_back({"repositories", "repositories", Column::Align::right, false, true, true});
  const auto companies = tallies(works, [](const Work& work) { return work.company; });
  const Tally* most = nullptr;
  for (const auto& tally : companies) {
    const auto name = tally.name.empty() ? std::string("no company") : tally.name;
    auto& row = chart.behind.rows.emplace_back(tally_cells(tally));
    row.insert(row.begin(), text_cell(name));
    row.push_back(number_cell(static_cast<double>(tally.repositories.size())));
    if (tally.of[pull_request] == 0) continue;
    const std::vector<int> parts{tally.merged, tally.open, tally.closed};
    auto said = "merged " + tally.merge_share();
    if (tally.open > 0) said += fmt::format("; {} open", tally.open);
    chart.marks.push_back({tally.at_target ? name + " (target)" : name, std::vector<double>(parts.begin(), parts.end()),
                           said, std::nullopt});
    if (most == nullptr || tally.merged > most->merged) most = &tally;
  }
  chart.finding =
      most == nullptr || most->merged == 0
          ? "no pull request was merged"
          : fmt::format("{} took the most pull requests: {}",
                        most->name.empty() ? "what belongs to no company" : most->name, most->merge_share());
  return chart;
}

Table by_repository(const Works& works) {
  Table table;
  table.title = "By repository";
  table.columns = tally_columns();
  table.columns.insert(table.columns.begin(), {text_column("repository", "repository", true),
                                               {"company", "company", Column::Align::left, true, true}});
  for (const auto& tally : tallies(works, [](const Work& work) { return work.contribution.repository; })) {
    if (tally.name.empty()) continue;
    auto& row = table.rows.emplace_back(tally_cells(tally));
    row.insert(row.begin(), {text_cell(tally.name), text_cell(tally.company)});
  }
  return table;
}

Table shown_to_people(const Works& works) {
  Table table;
  table.title = "Talks, posts and papers";
  table.columns = {text_column("on", "on"),
                   text_column("kind", "kind"),
                   text_column("title", "title", true),
                   {"link", "link", Column::Align::left, true, true}};
  for (const auto* work : works) {
    const auto& contribution = work->contribution;
    if (!is_shown_to_people(contribution.kind)) continue;
    table.rows.push_back({day_cell(day_of(contribution)), text_cell(std::string(word(contribution.kind))),
                          text_cell(contribution.title), text_cell(contribution.link)});
  }
  std::sort(table.rows.begin(), table.rows.end(), [](const auto& a, const auto& b) { return a[0].text > b[0].text; });
  return table;
}

/// Somebody who met the works, and in which parts.
struct Reader {
  const ContributionFacts::Reader* who{};
  std::set<std::int64_t> works{};
  std::map<ContributionPart, int> parts{};
};

std::vector<Reader> readers_of(const ContributionFacts& facts, const Works& works) {
  std::set<Id<Contribution>> counted_works;
  for (const auto* work : works) counted_works.insert(work->contribution.id);
  std::map<Id<Contact>, Reader> by_contact;
  for (const auto& met : facts.readers) {
    if (counted_works.count(met.contribution) == 0) continue;
    auto& reader = by_contact[met.contact];
    reader.who = &met;
    reader.works.insert(met.contribution.value);
    ++reader.parts[met.part];
  }
  std::vector<Reader> readers;
  for (auto& [contact, reader] : by_contact) readers.push_back(std::move(reader));
  std::sort(readers.begin(), readers.end(), [](const Reader& a, const Reader& b) {
    if (a.who->at_target != b.who->at_target) return a.who->at_target;
    if (a.works.size() != b.works.size()) return a.works.size() > b.works.size();
    return text::compare(a.who->name, b.who->name) < 0;
  });
  return readers;
}

Table who_knows(const std::vector<Reader>& readers) {
  Table table;
  table.title = "Who knows my work";
  table.when_empty = "nobody that I know; `ties contribution edit NUMBER --reviewed-by NAME` says so";
  table.columns = {{"contact", "#", Column::Align::right, false, true, true},
                   text_column("name", "name", true),
                   text_column("company", "works at", true),
                   text_column("target", ""),
                   number_column("works", "works")};
  table.columns.push_back(text_column("", "how", true));
  for (const auto part : words<ContributionPart>()) {
    table.columns.push_back({std::string(part), std::string(part), Column::Align::right, false, true, true});
  }
  for (const auto& reader : readers) {
    std::vector<std::string> how;
    for (const auto& [part, times] : reader.parts) how.push_back(fmt::format("{} {}", word(part), times));
    auto& row = table.rows.emplace_back();
    row = {number_cell(static_cast<double>(reader.who->contact.value)),
           text_cell(reader.who->name, Tone::strong),
           text_cell(reader.who->company),
           text_cell(reader.who->at_target ? "target" : "", Tone::good),
           number_cell(static_cast<double>(reader.works.size())),
           text_cell(fmt::format("{}", fmt::join(how, ", ")))};
    for (const auto part : words<ContributionPart>()) {
      const auto found = reader.parts.find(*from_word<ContributionPart>(part));
      row.push_back(number_cell(found == reader.parts.end() ? 0 : found->second));
    }
  }
  return table;
}

Table where_known(const std::vector<Reader>& readers) {
  Table table;
  table.title = "Where it is known";
  table.columns = {text_column("company", "company", true), text_column("target", ""),
                   number_column("people", "people"), text_column("names", "who", true)};
  struct Place {
    bool at_target{};
    std::vector<std::string> names{};
  };
  std::map<std::string, Place> by_company;
  for (const auto& reader : readers) {
    if (reader.who->company.empty()) continue;
    auto& place = by_company[reader.who->company];
    place.at_target = reader.who->at_target;
    place.names.push_back(reader.who->name);
  }
  std::vector<std::pair<std::string, Place>> places(by_company.begin(), by_company.end());
  std::stable_sort(places.begin(), places.end(), [](const auto& a, const auto& b) {
    if (a.second.at_target != b.second.at_target) return a.second.at_target;
    return a.second.names.size() > b.second.names.size();
  });
  for (const auto& [company, place] : places) {
    table.rows.push_back({text_cell(company), text_cell(place.at_target ? "target" : "", Tone::good),
                          number_cell(static_cast<double>(place.names.size())),
                          text_cell(fmt::format("{}", fmt::join(place.names, ", ")))});
  }
  return table;
}

std::string finding_of(const Tally& all, const std::vector<Reader>& readers) {
  auto text = counted(all.all(), "contribution");
  if (all.of[pull_request] > 0) {
    text += fmt::format("; of {}, ", counted(all.of[pull_request], "pull request"));
    text += all.decided() == 0 ? "none decided yet"
                               : fmt::format("{} of {} decided ones merged", all.merged, all.decided());
    if (!all.days.empty()) text += fmt::format(", after {} days in the median", median(all.days));
    if (all.open > 0) text += fmt::format(", {} open", all.open);
  }
  std::set<std::string> targets;
  std::int64_t at_targets = 0;
  for (const auto& reader : readers) {
    if (reader.who->at_target) targets.insert(reader.who->company), ++at_targets;
  }
  return text + fmt::format("; {} at {} {} my work", counted(at_targets, "person", "people"),
                            counted(static_cast<std::int64_t>(targets.size()), "target company", "target companies"),
                            at_targets == 1 ? "knows" : "know");
}

}  // namespace

Document contributions(const ContributionFacts& facts, const Period& period, Date today) {
  Works works;
  Tally all;
  std::optional<Date> first;
  int without_day = 0, ahead = 0;
  for (const auto& work : facts.works) {
    const auto on = day_of(work.contribution);
    if (!on) ++without_day;
    if (on && *on > today) ++ahead;
    if ((on && *on > today) || (period.is_given() && !(on && period.holds(*on)))) continue;
    works.push_back(&work);
    all.add(work.contribution);
    if (on && (!first || *on < *first)) first = on;
  }
  const auto to = std::min(period.until.value_or(today), today);
  const auto from = period.since ? period.since : first;
  const bool has_time = from && *from <= to;

  Document document;
  document.title = "Public work";
  document.facts = {{"contributions", number_cell(static_cast<double>(works.size()))},
                    {"since", day_cell(from)},
                    {"until", day_cell(to)}};
  Fields fields;
  fields.rows = {
      {"period",
       text_cell(has_time ? in_words(*from, to) + (period.is_given() ? "" : ": all of it") : "no day is known")},
      {"left_out",
       text_cell(left_out(
           {{without_day, period.is_given() ? "without a day, in no period" : "without a day, in no bar over time"},
            {ahead, "of a day to come"},
            {all.merged_without_days, "merged without both days, or with contradictory ones, in no median"}}))}};
  if (works.empty()) {
    document.finding = facts.works.empty() ? "no public work is known yet; `ties import` reads your pull requests, or "
                                             "`ties contribution add` notes one"
                                           : fmt::format("no public work {}",
                                                         has_time ? "from " + in_words(*from, to) : "in that period");
    document.blocks = {std::move(fields)};
    return document;
  }
  const auto readers = readers_of(facts, works);
  document.finding = finding_of(all, readers);
  document.blocks.emplace_back(std::move(fields));
  if (has_time) {
    const Timeline timeline(*from, to);
    std::vector<std::vector<int>> counts(timeline.buckets().size(), std::vector<int>(sorts));
    std::vector<int> sums(timeline.buckets().size());
    for (const auto* work : works) {
      const auto on = day_of(work->contribution);
      const auto place = on ? timeline.place_of(*on) : std::nullopt;
      if (place) ++counts[*place][sort_of(work->contribution.kind)], ++sums[*place];
    }
    auto chart = over_time("Over time", "contributions", timeline, sort_names, counts);
    const auto most = largest(sums);
    chart.finding =
        most ? fmt::format("most in {}: {}", timeline.name_of(*most), sums[*most]) : "nothing that has a day";
    document.blocks.emplace_back(std::move(chart));
  }
  document.blocks.emplace_back(by_company(works));
  document.blocks.emplace_back(by_repository(works));
  document.blocks.emplace_back(shown_to_people(works));
  document.blocks.emplace_back(who_knows(readers));
  document.blocks.emplace_back(where_known(readers));
  return document;
}

}  // namespace ties::reports
