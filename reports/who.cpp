#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "crm/text/text.h"
#include "reports/report.h"

namespace ties::reports {
namespace {

/// Those who are there now first, then the strongest tie, then by name; of one person's jobs the latest.
bool comes_before(const Known& a, const Known& b) {
  if (a.now != b.now) return a.now;
  if (a.tie.score != b.tie.score) return a.tie.score > b.tie.score;
  if (const int order = text::compare(a.name, b.name); order != 0) return order < 0;
  return std::pair(a.id, b.since) < std::pair(b.id, a.since);
}

Table section(std::string title) {
  using Align = Column::Align;
  Table table;
  table.title = std::move(title);
  table.layout = Table::Layout::cards;
  table.columns = {
      {"id", "#", Align::right, false, true},        {"name", "name", Align::left, true, false},
      {"", "job", Align::left, true, false},         {"title", "title", Align::left, true, true},
      {"since", "since", Align::left, false, true},  {"as_of", "as of", Align::left, false, true},
      {"", "tie", Align::left, true, false},         {"tie", "tie", Align::left, false, true},
      {"score", "score", Align::right, false, true}, {"last_in_touch", "in touch", Align::left, false, true},
      {"why", "why", Align::left, true, false},      {"", "source", Align::left, true, false}};
  return table;
}

/// "Staff Engineer, since 2021-04"
std::string job_of(const Known& person) {
  const auto since = person.since.empty() ? std::string() : (person.now ? "since " : "from ") + person.since;
  return person.title + (person.title.empty() || since.empty() ? "" : ", ") + since;
}

/// "strong tie, 78 of 100; in touch 3 weeks ago"
std::string tie_of(const TieStrength& tie, Date today) {
  const auto strength =
      tie.score > 0 ? fmt::format("{} tie, {} of 100", tie.word, tie.score) : std::string("no tie yet");
  const auto last =
      tie.last_in_touch ? "in touch " + relative(*tie.last_in_touch, today) : std::string("never in touch");
  return strength + "; " + last;
}

std::string why(const TieStrength& tie) {
  std::string text;
  for (const auto& reason : tie.reasons) text += (text.empty() ? "" : "; ") + reason.text;
  return text;
}

std::vector<Cell> row_of(const Known& person, Date today) {
  const auto cell = [](std::string text, Tone tone) { return Cell{std::move(text), std::nullopt, tone}; };
  const auto number = [](double value) { return Cell{fmt::format("{}", value), value, Tone::plain}; };
  const auto day = [](std::optional<Date> known) { return known ? to_text(*known) : std::string(); };
  const auto source = fmt::format("contact {}{}", person.id, person.as_of ? ", as of " + friendly(*person.as_of) : "");
  return {number(static_cast<double>(person.id)),
          cell(person.name, Tone::strong),
          cell(job_of(person), Tone::plain),
          cell(person.title, Tone::plain),
          cell(person.since, Tone::plain),
          cell(day(person.as_of), Tone::plain),
          cell(tie_of(person.tie, today), Tone::plain),
          cell(person.tie.word, Tone::plain),
          number(person.tie.score),
          cell(day(person.tie.last_in_touch), Tone::plain),
          cell(why(person.tie), Tone::muted),
          cell(source, Tone::muted)};
}

}  // namespace

Document who(const Company& company, std::vector<Known> known, Date today) {
  std::sort(known.begin(), known.end(), comes_before);
  auto now = section("Now"), formerly = section("Formerly");
  std::set<std::int64_t> told;  // whoever is there now is not told of as a former colleague as well
  for (const auto& person : known) {
    if (told.insert(person.id).second) (person.now ? now : formerly).rows.push_back(row_of(person, today));
  }
  Document document;
  document.title = "Whom I know at " + company.name;
  document.finding = known.empty() ? fmt::format("nobody known at {} yet", company.name)
                                   : fmt::format("{} known at {} now, {} formerly", now.rows.size(), company.name,
                                                 formerly.rows.size());
  const auto id = static_cast<double>(company.id.value);
  document.facts = {{"company_id", {std::to_string(company.id.value), id, Tone::plain}},
                    {"company", {company.name, std::nullopt, Tone::plain}}};
  document.blocks = {std::move(now), std::move(formerly)};
  return document;
}

}  // namespace ties::reports
