#include "reports/applications_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace ties::reports {
namespace {

std::string pipeline_name(const SearchHistory& history, Id<Pipeline> id) {
  for (const auto& pipeline : history.pipelines) {
    if (pipeline.id == id) return pipeline.name;
  }
  return "";
}

/// How many applications something holds of.
template <class Holds>
std::size_t count_if(const Choice& choice, Holds holds) {
  return static_cast<std::size_t>(std::count_if(choice.applications.begin(), choice.applications.end(), holds));
}

std::optional<Date> first_line(const ApplicationHistory& history) {
  std::optional<Date> first;
  for (const auto& step : history.steps) first = first ? std::min(*first, step.on) : step.on;
  return first;
}

/// Reroutes along which one comes back to where one began.
bool is_in_circle(const std::map<Id<Application>, Id<Application>>& before, Id<Application> id) {
  auto at = id;
  for (std::size_t steps = 0; steps <= before.size(); ++steps) {
    const auto known = before.find(at);
    if (known == before.end()) return false;
    at = known->second;
    if (at == id) return true;
  }
  return false;
}

std::map<Id<Application>, Id<Application>> reroutes(const Choice& choice) {
  std::set<Id<Application>> known;
  for (const auto& one : choice.applications) known.insert(one.history->application.id);
  std::map<Id<Application>, Id<Application>> before;
  for (const auto& one : choice.applications) {
    const auto& application = one.history->application;
    if (application.rerouted_from && known.count(*application.rerouted_from) > 0) before[application.id] = *application.rerouted_from;
  }
  return before;
}

}  // namespace

std::string counted(std::size_t count, const std::string& noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string days_text(double days) {
  return fmt::format("{:g}", days);
}

std::string percent_text(double share) {
  return fmt::format("{:.0f} %", share * 100);
}

Cell words(std::string text, Tone tone) {
  return {std::move(text), std::nullopt, tone};
}

Cell amount(std::size_t value, Tone tone) {
  return {std::to_string(value), static_cast<double>(value), tone};
}

Cell percent(double share) {
  return {percent_text(share), std::round(share * 1000) / 10, Tone::plain};
}

Cell part_of(std::size_t part, std::size_t of) {
  const auto share = of == 0 ? "" : ", " + percent_text(static_cast<double>(part) / static_cast<double>(of));
  return {fmt::format("{} of {}{}", part, of, share), static_cast<double>(part), Tone::plain};
}

Cell with_share(std::size_t part, std::size_t of) {
  auto cell = amount(part);
  if (of > 0) cell.text += ", " + percent_text(static_cast<double>(part) / static_cast<double>(of));
  return cell;
}

Cell days(std::optional<double> known, const std::string& otherwise) {
  return known ? Cell{days_text(*known), *known, Tone::plain} : Cell{otherwise, std::nan(""), Tone::muted};
}

Cell none() {
  return {"", std::nullopt, Tone::plain};
}

Column words_under(std::string key, std::string heading) {
  return {std::move(key), std::move(heading), Column::Align::left, true, false, false};
}

Column numbers_under(std::string key, std::string heading) {
  return {std::move(key), std::move(heading), Column::Align::right, false, false, true};
}

Column numbers_for_programs(std::string key) {
  return {key, key, Column::Align::right, false, true, true};
}

Column for_people(std::string heading) {
  return {"", std::move(heading), Column::Align::right, false, false, false};
}

Choice chosen(const SearchHistory& history, const Selection& selection) {
  Choice choice;
  for (const auto& one : history.applications) {
    if (!selection.holds(one.application)) {
      ++choice.left_out;
      continue;
    }
    const auto stage = std::find_if(history.stages.begin(), history.stages.end(), [&one](const Stage& known) { return known.id == one.application.stage; });
    choice.applications.push_back({&one, stage == history.stages.end() ? Stage{} : *stage});
  }
  return choice;
}

Places::Places(const SearchHistory& history, const Choice& choice, Are are) {
  std::set<Id<Pipeline>> used;
  for (const auto& one : choice.applications) used.insert(one.history->application.pipeline);
  are_kinds_ = are == Are::kinds || (are == Are::fitting && used.size() != 1);
  std::set<StageKind> kinds;
  double rank = 0;
  for (const auto& stage : history.stages) {
    rank += 1;
    const auto name = used.size() > 1 ? stage.name + " (" + pipeline_name(history, stage.pipeline) + ")" : stage.name;
    stages_[stage.id] = {rank, name, stage.kind};
    if (stage.kind == StageKind::closed) continue;
    of_pipelines_[stage.pipeline].push_back(stages_[stage.id]);
    if (used.count(stage.pipeline) == 0) continue;
    kinds.insert(stage.kind);
    if (!are_kinds_) all_.push_back(stages_[stage.id]);
  }
  if (!are_kinds_) return;
  for (const auto kind : kinds) all_.push_back({static_cast<double>(kind), std::string(word(kind)), kind});
}

Places::Place Places::of(const Visit& visit, Id<Pipeline> pipeline) const {
  if (are_kinds_) return {static_cast<double>(visit.kind), std::string(word(visit.kind)), visit.kind};
  const auto known = visit.stage ? stages_.find(*visit.stage) : stages_.end();
  if (known != stages_.end()) return known->second;
  double rank = -1;
  const auto places = of_pipelines_.find(pipeline);
  if (places != of_pipelines_.end()) {
    for (const auto& place : places->second) {
      if (place.kind <= visit.kind || rank < 0) rank = place.kind <= visit.kind ? place.rank + 0.5 : place.rank - 0.5;
    }
  }
  return {rank, visit.name, visit.kind};
}

std::map<Id<Application>, std::vector<const Chosen*>> lines_of_reroutes(const Choice& choice) {
  const auto before = reroutes(choice);
  std::map<Id<Application>, std::vector<const Chosen*>> lines;
  for (const auto& one : choice.applications) {
    auto first = one.history->application.id;
    for (auto known = before.find(first); known != before.end() && !is_in_circle(before, first); known = before.find(first)) first = known->second;
    lines[first].push_back(&one);
  }
  return lines;
}

std::map<Id<Application>, StageKind> furthest_with_reroutes(const Choice& choice) {
  const auto before = reroutes(choice);
  std::map<Id<Application>, StageKind> came;
  for (const auto& one : choice.applications) {
    const auto kind = furthest(*one.history, one.now);
    auto at = one.history->application.id;
    for (std::size_t steps = 0; steps <= before.size(); ++steps) {  // a circle ends somewhere, too
      const auto known = came.emplace(at, kind).first;
      known->second = std::max(known->second, kind);
      const auto earlier = before.find(at);
      if (earlier == before.end()) break;
      at = earlier->second;
    }
  }
  return came;
}

Document begun(std::string title, std::string noun, std::size_t count, std::size_t left_out, const SearchHistory& history,
               const Selection& selection) {
  Document document;
  document.title = std::move(title);
  document.facts = {{std::move(noun), amount(count)}, {"left_out", amount(left_out)}};
  if (selection.since) document.facts.emplace_back("since", words(to_text(*selection.since)));
  if (selection.until) document.facts.emplace_back("until", words(to_text(*selection.until)));
  if (selection.pipeline) document.facts.emplace_back("pipeline", words(pipeline_name(history, *selection.pipeline)));
  return document;
}

void add_chart(Document& document, Chart chart, std::size_t count, const std::string& noun) {
  chart.behind.title = chart.title;
  const bool too_few = count < picture_least;
  if (too_few) chart.marks.clear(), chart.links.clear();
  document.blocks.push_back(std::move(chart));
  if (too_few && count > 0) add_remark(document, fmt::format("{} {} too few for a picture; it wants {}", counted(count, noun), count == 1 ? "is" : "are", picture_least));
}

void add_remark(Document& document, std::string text) {
  if (!text.empty()) document.blocks.push_back(Text{std::move(text), Tone::muted});
}

std::string left_out_text(std::size_t left_out, std::string_view begun, const SearchHistory& history, const Selection& selection) {
  if (left_out == 0) return "";
  std::string text = "only those ";
  if (selection.since || selection.until) text += begun;
  if (selection.since) text += " since " + friendly(*selection.since);
  if (selection.until) text += fmt::format("{} until {}", selection.since ? " and" : "", friendly(*selection.until));
  if (selection.pipeline) text += fmt::format("{}in the pipeline {}", text.ends_with(' ') ? "" : ", ", pipeline_name(history, *selection.pipeline));
  return fmt::format("{}; {} {} left out", text, counted(left_out, "other"), left_out == 1 ? "is" : "are");
}

void add_remarks(Document& document, const Choice& choice, const SearchHistory& history, const Selection& selection, Date today) {
  add_remark(document, left_out_text(choice.left_out, "opened", history, selection));
  const auto before = reroutes(choice);
  const auto tell = [&](std::size_t count, const char* one, const char* many, const char* what) {
    if (count > 0) add_remark(document, fmt::format("{} {} {}", counted(count, "application"), count == 1 ? one : many, what));
  };
  tell(count_if(choice, [](const Chosen& one) { return one.history->steps.empty(); }), "has", "have", "no history: as if in the stage of today since the opening");
  tell(count_if(choice, [](const Chosen& one) { return first_line(*one.history).value_or(one.history->application.opened_on) < one.history->application.opened_on; }),
       "has", "have", "lines from before the opening: the lines' days count");
  tell(count_if(choice, [today](const Chosen& one) { return today < one.history->application.opened_on; }), "was", "were", "opened on a day to come, and counted all the same");
  tell(count_if(choice, [](const Chosen& one) {
         return std::any_of(one.history->steps.begin(), one.history->steps.end(), [](const ApplicationStep& step) { return !step.stage; });
       }), "was", "were", "in a stage that was removed since: it counts as what it was");
  tell(count_if(choice, [&](const Chosen& one) { return is_in_circle(before, one.history->application.id); }), "came", "came",
       "of itself by reroutes in a circle: each counts by itself");
}

}  // namespace ties::reports
