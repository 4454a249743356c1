#include <fmt/format.h>

#include "crm/domain/commands.h"
#include "reports/figures.h"
#include "reports/report.h"

namespace ties::reports {
namespace {

using Align = Column::Align;

Column for_programs(std::string key, bool is_number = false) {
  return {key, key, is_number ? Align::right : Align::left, false, true, is_number};
}

/// A column whose cells say a thing a line.
Column lines_column(std::string key, std::string heading) {
  auto column = text_column(std::move(key), std::move(heading), true);
  column.lines = true;
  return column;
}

Cell id_cell(Id<Contact> id) {
  return number_cell(static_cast<double>(id.value));
}

/// The columns that tell of a person on every way, then those of the kind of way.
Table section(std::string title, std::vector<Column> more) {
  Table table;
  table.title = std::move(title);
  table.layout = Table::Layout::cards;
  table.columns = {for_programs("id", true),     text_column("name", "name", true),
                   text_column("", "job", true), for_programs("title"),
                   for_programs("since"),        for_programs("as_of"),
                   text_column("", "tie", true), for_programs("tie"),
                   for_programs("score", true),  for_programs("last_in_touch")};
  for (auto& column : more) table.columns.push_back(std::move(column));
  table.columns.push_back(text_column("step", "first step", true));
  table.columns.push_back(text_column("settle", "settle"));
  return table;
}

/// "Staff Engineer, since 2021-04"
std::string job_of(const PathFacts::Person& person) {
  const auto since = person.since.empty() ? std::string() : (person.now ? "since " : "from ") + person.since;
  const auto job = person.title + (person.title.empty() || since.empty() ? "" : ", ") + since;
  return person.company.empty() ? job : job + (job.empty() ? "now at " : ", now at ") + person.company;
}

/// "strong tie, 78 of 100; in touch 3 weeks ago"
std::string tie_of(const TieStrength& tie, Date today) {
  const auto strength =
      tie.score > 0 ? fmt::format("{} tie, {} of 100", tie.word, tie.score) : std::string("no tie yet");
  const auto last =
      tie.last_in_touch ? "in touch " + relative(*tie.last_in_touch, today) : std::string("never in touch");
  return strength + "; " + last;
}

std::string in_words(const std::vector<Reason>& reasons) {
  std::string text;
  for (const auto& reason : reasons) text += (text.empty() ? "" : "; ") + reason.text;
  return text;
}

std::vector<Cell> row_of(const WarmPath& path, Date today, std::vector<Cell> more, std::string command) {
  const auto& person = path.person;
  std::vector<Cell> row{id_cell(person.contact),
                        text_cell(person.name, Tone::strong),
                        text_cell(job_of(person)),
                        text_cell(person.title),
                        text_cell(person.since),
                        day_cell(person.as_of),
                        text_cell(tie_of(path.tie, today)),
                        text_cell(path.tie.word),
                        number_cell(path.tie.score),
                        day_cell(path.tie.last_in_touch)};
  for (auto& cell : more) row.push_back(std::move(cell));
  row.push_back(text_cell(path.step, Tone::good));
  row.push_back(text_cell(std::move(command), Tone::muted));
  return row;
}

Cell source_of(const PathFacts::Person& person) {
  return text_cell(
      fmt::format("contact {}{}", person.contact.value, person.as_of ? ", as of " + friendly(*person.as_of) : ""),
      Tone::muted);
}

/// Plans to ask: the referral is kept with the text of the ask, and nothing is sent.
std::string plan_to_ask(const WarmPath& path, const Company& company) {
  const auto introducer = path.through ? fmt::format(" --introducer {}", path.through->contact.value) : std::string();
  return fmt::format("ties referral add {} --company {}{} --state to_approach", path.person.contact.value,
                     company.id.value, introducer);
}

Table direct(std::string title, const std::vector<WarmPath>& paths, const Company& company, Date today) {
  auto table = section(std::move(title),
                       {text_column("why", "why", true), for_programs("ready"), text_column("", "source", true)});
  for (const auto& path : paths) {
    const bool is_ready = path.person.now && path.ready.verdict == Readiness::Verdict::ready;
    table.rows.push_back(
        row_of(path, today,
               {text_cell(in_words(path.tie.reasons), Tone::muted),
                text_cell(path.person.now ? std::string(word(path.ready.verdict)) : ""), source_of(path.person)},
               is_ready ? plan_to_ask(path, company) : log_message(path.person.name)));
  }
  return table;
}

Table over_others(const std::vector<WarmPath>& paths, const Company& company, Date today) {
  auto table =
      section("Second hop", {for_programs("through_id", true), for_programs("through"), for_programs("through_title"),
                             for_programs("through_score", true), for_programs("warmth", true),
                             text_column("", "through", true), text_column("why", "why", true)});
  for (const auto& path : paths) {
    const auto job = job_of(*path.through);
    table.rows.push_back(
        row_of(path, today,
               {id_cell(path.through->contact), text_cell(path.through->name), text_cell(job),
                number_cell(path.through_tie.score), number_cell(path.warmth),
                text_cell(fmt::format("through {}{}: {}", path.through->name, job.empty() ? "" : " (" + job + ")",
                                      tie_of(path.through_tie, today))),
                text_cell(in_words(path.hop), Tone::muted)},
               plan_to_ask(path, company)));
  }
  return table;
}

Table over_work(const std::vector<WarmPath>& paths, Date today) {
  auto table = section("Maintainers", {for_programs("company"), text_column("why", "why", true)});
  for (const auto& path : paths) {
    table.rows.push_back(row_of(path, today,
                                {text_cell(path.person.company), text_cell(in_words(path.hop), Tone::muted)},
                                log_message(path.person.name)));
  }
  return table;
}

}  // namespace

Document who(const Company& company, const WarmPaths& paths, Date today) {
  Document document;
  document.title = "Whom I know at " + company.name;
  document.finding =
      fmt::format("{} known at {} now, {} formerly", paths.now.size(), company.name, paths.formerly.size());
  if (paths.now.empty() && paths.formerly.empty())
    document.finding = fmt::format("nobody known at {} yet", company.name);
  if (!paths.second_hop.empty()) {
    document.finding +=
        fmt::format("; {} over somebody else", counted(static_cast<std::int64_t>(paths.second_hop.size()), "way"));
  }
  if (!paths.maintainers.empty()) {
    document.finding +=
        fmt::format("; {} met your work", counted(static_cast<std::int64_t>(paths.maintainers.size()), "maintainer"));
  }
  const auto id = static_cast<double>(company.id.value);
  document.facts = {{"company_id", {std::to_string(company.id.value), id, Tone::plain}},
                    {"company", {company.name, std::nullopt, Tone::plain}}};
  document.blocks = {direct("Now", paths.now, company, today), over_others(paths.second_hop, company, today),
                     direct("Formerly", paths.formerly, company, today), over_work(paths.maintainers, today)};
  return document;
}

Document ready(std::vector<ToAsk> people, const std::string& where, Date today) {
  constexpr std::size_t shown_max = 50;
  const std::pair<Readiness::Verdict, const char*> sections[] = {{Readiness::Verdict::ready, "Ready"},
                                                                 {Readiness::Verdict::warm_up_first, "Warm up first"},
                                                                 {Readiness::Verdict::not_yet, "Not yet"}};
  std::stable_sort(people.begin(), people.end(),
                   [](const ToAsk& a, const ToAsk& b) { return a.path.ready.score > b.path.ready.score; });
  Document document;
  document.title = "Whom to ask for a referral " + where;
  Fields fields;
  std::vector<std::size_t> counts;
  for (const auto& [verdict, title] : sections) {
    Table table;
    table.title = title;
    table.layout = Table::Layout::cards;
    table.columns = {for_programs("id", true),          text_column("name", "name", true),
                     text_column("", "job", true),      for_programs("company_id", true),
                     for_programs("company"),           for_programs("title"),
                     for_programs("verdict"),           text_column("", "readiness", true),
                     for_programs("score", true),       for_programs("tie", true),
                     lines_column("why", "why"),        for_programs("records"),
                     lines_column("step", "next step"), text_column("settle", "settle")};
    std::size_t count = 0;
    for (const auto& [company, path] : people) {
      if (path.ready.verdict != verdict || ++count > shown_max) continue;
      std::string why, records, first;
      for (const auto& reason : path.ready.reasons) {
        why += (why.empty() ? "" : ";\n") + reason.text + (reason.record.empty() ? "" : " [" + reason.record + "]");
        if (!reason.record.empty()) records += (records.empty() ? "" : ", ") + reason.record;
      }
      std::string steps;
      for (const auto& step : path.ready.missing) steps += (steps.empty() ? "" : ";\n") + step;
      const bool is_ready = verdict == Readiness::Verdict::ready;
      const auto job = path.person.title.empty() ? company.name : path.person.title + " at " + company.name;
      table.rows.push_back(
          {id_cell(path.person.contact), text_cell(path.person.name, Tone::strong), text_cell(job),
           number_cell(static_cast<double>(company.id.value)), text_cell(company.name), text_cell(path.person.title),
           text_cell(std::string(word(verdict))),
           text_cell(fmt::format("readiness {} of 100; {}", path.ready.score, tie_of(path.tie, today))),
           number_cell(path.ready.score), number_cell(path.tie.score), text_cell(why, Tone::muted), text_cell(records),
           text_cell(steps.empty() ? path.step : steps, Tone::good),
           text_cell(is_ready ? plan_to_ask(path, company) : log_message(path.person.name), Tone::muted)});
    }
    counts.push_back(count);
    if (count > shown_max) {
      fields.rows.push_back(
          {"left_out", text_cell(fmt::format("{}: the {} readiest of {} are listed", title, shown_max, count))});
    }
    document.blocks.emplace_back(std::move(table));
  }
  document.finding = people.empty() ? "nobody known " + where + " yet"
                                    : fmt::format("{} ready to be asked {}, {} to warm up first, {} not yet", counts[0],
                                                  where, counts[1], counts[2]);
  if (!fields.rows.empty()) document.blocks.insert(document.blocks.begin(), std::move(fields));
  return document;
}

}  // namespace ties::reports
