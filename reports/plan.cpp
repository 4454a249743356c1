#include "reports/plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/figures.h"

namespace ties::reports {
namespace {

constexpr std::size_t left_out_max = 30;

/// "2 preparations", "1 person to write to"
std::string in_words(PlanKind kind, int count) {
  switch (kind) {
    case PlanKind::preparation:
      return counted(count, "preparation");
    case PlanKind::thanks:
      return counted(count, "thank-you");
    case PlanKind::promise:
      return counted(count, "promise");
    case PlanKind::ask:
      return counted(count, "ask");
    case PlanKind::person:
      return counted(count, "person to write to", "people to write to");
    case PlanKind::application:
      return counted(count, "application");
    case PlanKind::task:
      return counted(count, "task");
  }
  return "";
}

std::vector<Column> columns_of(bool planned) {
  using Align = Column::Align;
  std::vector<Column> columns;
  if (planned) columns.push_back({"due", "day", Align::left, false, true});
  columns.insert(columns.end(), {{"who", "who", Align::left, true, false},
                                 {"what", "what", Align::left, true, false},
                                 {"why", "why", Align::left, true, false}});
  if (!planned) columns.push_back({"left_out", "left out", Align::left, true, false});
  columns.insert(columns.end(), {{"", "how long", Align::left, true, false},
                                 {"minutes", "minutes", Align::right, false, true, true},
                                 {"kind", "kind", Align::left, false, true},
                                 {"settle", "settle", Align::left, false, !planned},
                                 {"subject", "subject", Align::left, false, true},
                                 {"needed_by", "needed by", Align::left, false, true},
                                 {"contact", "contact", Align::left, true, true},
                                 {"company", "company", Align::left, true, true}});
  for (const auto* key : {"contact_id", "company_id", "task_id", "application_id", "interview_id", "referral_id"}) {
    columns.push_back({key, key, Align::right, false, true, true});
  }
  return columns;
}

template <class Record>
Cell number_of(std::optional<Id<Record>> id) {
  return id ? number_cell(static_cast<double>(id->value)) : Cell{};
}

std::vector<Cell> row_of(const PlanItem& item, bool planned) {
  std::vector<Cell> row;
  if (planned) row.push_back(day_cell(item.day));
  row.insert(row.end(), {text_cell(item.who, Tone::strong), text_cell(item.what), text_cell(item.why, Tone::muted)});
  if (!planned) row.push_back(text_cell(item.left_out, Tone::warn));
  const auto by = item.due && planned ? fmt::format(", due on {}", friendly(*item.due)) : std::string();
  row.insert(row.end(),
             {text_cell(counted(item.minutes, "minute") + by, Tone::muted), number_cell(item.minutes),
              text_cell(std::string(word(item.kind))), text_cell(item.settle, Tone::good), text_cell(item.subject),
              day_cell(item.due), text_cell(item.links.contact_name), text_cell(item.links.company_name),
              number_of(item.links.contact), number_of(item.links.company), number_of(item.links.task),
              number_of(item.links.application), number_of(item.links.interview), number_of(item.links.referral)});
  return row;
}

Table day_of(const Plan& plan, Date day) {
  Table table;
  table.columns = columns_of(true);
  table.layout = Table::Layout::cards;
  table.when_empty = "nothing";
  for (const auto& item : plan.items) {
    if (item.day == day) table.rows.push_back(row_of(item, true));
  }
  table.title = friendly(day);
  return table;
}

Chart where_time_goes(const Plan& plan) {
  Chart chart;
  chart.kind = Chart::Kind::bars, chart.title = "Where the time goes", chart.unit = "minutes";
  auto& table = chart.behind;
  table.title = chart.title;
  table.columns = {text_column("kind", "kind"), number_column("things", "things"), number_column("minutes", "minutes")};
  const Chart::Mark* most = nullptr;
  for (std::size_t i = 0; i < Words<PlanKind>::all.size(); ++i) {
    const auto kind = static_cast<PlanKind>(i);
    int minutes = 0;
    for (const auto& item : plan.items) minutes += item.kind == kind ? item.minutes : 0;
    if (minutes == 0) continue;
    chart.marks.push_back({in_words(kind, plan.count(kind)),
                           {static_cast<double>(minutes)},
                           share_of(minutes, plan.minutes_planned()),
                           std::nullopt});
    table.rows.push_back({text_cell(std::string(word(kind))), number_cell(plan.count(kind)), number_cell(minutes)});
  }
  for (const auto& mark : chart.marks) {
    if (most == nullptr || mark.values[0] > most->values[0]) most = &mark;
  }
  if (most != nullptr)
    chart.finding =
        fmt::format("most goes to {}: {} of {} minutes", most->label, most->values[0], plan.minutes_planned());
  return chart;
}

Table left_out_of(const Plan& plan) {
  Table table;
  table.title = "Left out";
  table.columns = columns_of(false);
  table.layout = Table::Layout::cards;
  for (const auto& item : plan.left_out) {
    if (table.rows.size() == left_out_max) break;
    table.rows.push_back(row_of(item, false));
  }
  return table;
}

std::string finding_of(const Plan& plan) {
  const auto rest = plan.left_out.empty() ? std::string() : fmt::format("; {} left out", plan.left_out.size());
  if (plan.items.empty()) {
    if (plan.left_out.empty()) return "nothing to plan: nothing is due in these seven days, and nobody is to be asked";
    return "nothing in the plan" + rest;
  }
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < Words<PlanKind>::all.size(); ++i) {
    const auto kind = static_cast<PlanKind>(i);
    if (plan.count(kind) > 0) parts.push_back(in_words(kind, plan.count(kind)));
  }
  return fmt::format("{} of {} minutes: {}{}", plan.minutes_planned(), plan.minutes, fmt::join(parts, ", "), rest);
}

}  // namespace

Document plan(const Plan& plan) {
  Document document;
  document.title = "Plan from " + friendly(plan.from) + " to " + friendly(plan.to);
  document.finding = finding_of(plan);
  document.facts = {{"from", day_cell(plan.from)},
                    {"to", day_cell(plan.to)},
                    {"minutes", number_cell(plan.minutes)},
                    {"minutes_planned", number_cell(plan.minutes_planned())}};
  Fields fields;
  fields.rows = {
      {"chosen", text_cell("what has its day, what is owed, asks that run, one new ask at a company, people, "
                           "applications, tasks; one word a week to each person")}};
  document.blocks.emplace_back(std::move(fields));
  if (!plan.items.empty()) {
    for (const auto day : plan.days) document.blocks.emplace_back(day_of(plan, day));
    document.blocks.emplace_back(where_time_goes(plan));
  }
  if (!plan.left_out.empty()) document.blocks.emplace_back(left_out_of(plan));
  if (plan.left_out.size() > left_out_max) {
    document.blocks.emplace_back(Text{fmt::format("… and {} more", plan.left_out.size() - left_out_max), Tone::muted});
  }
  return document;
}

}  // namespace ties::reports
