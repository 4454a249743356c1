#include "reports/brief_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "crm/text/text.h"

namespace ties::reports {
namespace {

constexpr std::size_t columns_in_short = 220;
constexpr int fresh_move_days = 60;

std::string due_in_words(std::optional<Date> due, Date today) {
  if (!due) return "no day said";
  return (*due < today ? "overdue, " : "") + friendly(*due);
}

/// The message that came last, if it waits for an answer.
const Interaction* waiting(const PersonBrief& person) {
  const auto last = std::find_if(person.talks.begin(), person.talks.end(),
                                 [](const auto& talk) { return is_real(talk.interaction.kind); });
  if (last == person.talks.end() || last->interaction.direction != Direction::in) return nullptr;
  return &last->interaction;
}

}  // namespace

FieldsOf& FieldsOf::add(std::string key, std::string value, Tone tone) {
  if (!value.empty()) fields_.rows.emplace_back(std::move(key), text_cell(std::move(value), tone));
  return *this;
}

Table Cut::to(std::size_t rows_max, Table table, std::string_view one, std::string_view many) {
  if (table.rows.size() <= rows_max) return table;
  left_out_.push_back(counted(static_cast<std::int64_t>(table.rows.size() - rows_max), one, many));
  table.rows.resize(rows_max);
  return table;
}

Text Cut::said(const std::string& command) const {
  if (left_out_.empty()) return {};
  return {fmt::format("not on this page: {}; `{}` has them", fmt::join(left_out_, ", "), command), Tone::muted};
}

Text privacy_mark(bool with_private_notes) {
  return {fmt::format("Personal data of others{}: for your eyes; do not leave it lying about.",
                      with_private_notes ? ", private notes among it" : ""),
          Tone::muted};
}

Table table_of(std::string title, const std::vector<std::string>& columns, std::string when_empty) {
  Table table;
  table.title = std::move(title), table.when_empty = std::move(when_empty), table.layout = Table::Layout::wide;
  for (const auto& written : columns) {
    const bool for_programs = written.starts_with('!');
    const auto key = written.substr(for_programs ? 1 : 0, written.find(':') - (for_programs ? 1 : 0));
    const auto colon = written.find(':');
    auto column = text_column(key, colon == std::string::npos ? key : written.substr(colon + 1), true);
    column.for_programs = for_programs;
    table.columns.push_back(std::move(column));
  }
  return table;
}

void add_row(Table& table, std::vector<std::string> cells) {
  auto& row = table.rows.emplace_back();
  for (auto& text : cells) {
    auto cell = text_cell(std::move(text));
    if (table.columns[row.size()].key == "contact") cell.number = std::stod(cell.text);
    row.push_back(std::move(cell));
  }
}

std::string in_short(std::string_view text) {
  return text::fit(text::clean_line(text, 100'000), columns_in_short);
}

std::string tie_in_words(const TieStrength& tie, Date today) {
  const auto strength =
      tie.score > 0 ? fmt::format("{} tie, {} of 100", tie.word, tie.score) : std::string("no tie yet");
  return strength + (tie.last_in_touch ? "; in touch " + relative(*tie.last_in_touch, today) : "; never in touch");
}

std::string with_distance(Date day, Date today) {
  return fmt::format("{}, {}", friendly(day), relative(day, today));
}

Table open_matters(std::string title, const std::vector<OpenMatter>& open, Date today, std::string when_empty) {
  auto table = table_of(std::move(title), {"owed_by:who owes it", "with", "text:what", "due", "!due_on", "!record"},
                        std::move(when_empty));
  for (const auto& [task, with] : open) {
    add_row(table, {task.owed_by == OwedBy::me ? "I"
                    : with.empty()             ? "they"
                                               : with,
                    task.owed_by == OwedBy::me ? with : "", in_short(task.text), due_in_words(task.due, today),
                    task.due ? to_text(*task.due) : "", fmt::format("task {}", task.id.value)});
    if (task.due && *task.due < today) table.rows.back()[3].tone = Tone::warn;
  }
  const bool all_of_one = std::all_of(open.begin(), open.end(), [](const auto& one) { return one.with.empty(); });
  if (all_of_one) table.columns[1].for_programs = true;
  return table;
}

Table matters(std::string title, std::string part, const std::vector<Matter>& matters, std::string when_empty) {
  auto table = table_of(std::move(title), {"what", "part:" + part, "state", "since", "!record"}, std::move(when_empty));
  for (const auto& one : matters) {
    add_row(table, {one.what, one.part, one.state, one.since ? short_day(*one.since) : "", one.record});
  }
  return table;
}

Table works(std::string title, const std::vector<KnownWork>& works, std::string when_empty) {
  auto table = table_of(std::move(title), {"title:what", "how", "when", "link", "!record"}, std::move(when_empty));
  for (const auto& [work, how] : works) {
    const auto day = work.closed_on ? work.closed_on : work.opened_on;
    add_row(table, {in_short(work.title), how, day ? short_day(*day) : "", work.link,
                    fmt::format("contribution {}", work.id.value)});
  }
  return table;
}

Table checks(const std::vector<CheckLine>& lines) {
  auto table = table_of("To prepare", {"done", "text:what"});
  for (const auto& [text, done] : lines) add_row(table, {done ? "done" : "to do", text});
  return table;
}

Table participants(std::string title, const std::vector<Participant>& people, Date today) {
  auto table = table_of(std::move(title), {"name", "part:as", "job", "tie", "!contact"});
  for (const auto& one : people) {
    add_row(table, {one.name, one.part, one.job, tie_in_words(one.tie, today), std::to_string(one.contact.value)});
  }
  return table;
}

Table rounds(std::string title, const std::vector<RoundLine>& rounds, std::string when_empty) {
  auto table =
      table_of(std::move(title), {"at:when", "kind", "with", "outcome", "notes", "!record"}, std::move(when_empty));
  for (const auto& [interview, with] : rounds) {
    add_row(table, {friendly(interview.when), interview.kind, fmt::format("{}", fmt::join(with, ", ")),
                    std::string(word(interview.outcome)), in_short(interview.notes),
                    fmt::format("interview {}", interview.id.value)});
  }
  return table;
}

Table questions(const std::vector<std::string>& texts) {
  auto table = table_of("Questions", {"question"});
  table.layout = Table::Layout::cards;
  for (auto& question : questions_in(texts)) add_row(table, {std::move(question)});
  return table;
}

std::vector<std::string> favours_to_offer(const PersonBrief& person, Date today) {
  std::vector<std::string> offers;
  for (const auto& [task, with] : person.open) {
    if (task.owed_by == OwedBy::me)
      offers.push_back(fmt::format("keep my word: {} ({})", in_short(task.text), due_in_words(task.due, today)));
  }
  if (const auto* message = waiting(person)) {
    const bool asks = message->text.find('?') != std::string::npos;
    offers.push_back(fmt::format("answer their {} of {}", asks ? "question" : "message", friendly(message->when.day)));
  }
  const auto received = std::count_if(person.favours.begin(), person.favours.end(), [](const Favour& favour) {
    return favour.direction == FavourDirection::received;
  });
  const auto given = static_cast<std::ptrdiff_t>(person.favours.size()) - received;
  if (received > given) {
    const auto last = std::find_if(person.favours.begin(), person.favours.end(),
                                   [](const Favour& favour) { return favour.direction == FavourDirection::received; });
    offers.push_back(fmt::format("return their help: {}, on {}", in_short(last->text), friendly(last->on)));
  }
  if (!person.moves.empty() && days_between(person.moves.front().on, today) <= fresh_move_days) {
    offers.push_back(fmt::format("congratulate on the new job: {}", person.moves.front().to));
  }
  return offers;
}

std::string balance_in_words(const std::vector<Favour>& favours) {
  const auto received = std::count_if(favours.begin(), favours.end(), [](const Favour& favour) {
    return favour.direction == FavourDirection::received;
  });
  if (favours.empty()) return {};
  return fmt::format("{} given, {} received", static_cast<std::ptrdiff_t>(favours.size()) - received, received);
}

std::string how_met(const PersonBrief& person) {
  std::string met = person.contact.met_on ? "on " + friendly(*person.contact.met_on) : "";
  const auto add = [&](std::string_view before, const std::string& what) {
    if (!what.empty()) met += fmt::format("{}{} {}", met.empty() ? "" : ", ", before, what);
  };
  add("at", person.met_event);
  add("in", person.contact.met_place);
  add("through", person.met_through);
  return met;
}

std::vector<std::string> questions_in(const std::vector<std::string>& texts) {
  std::vector<std::string> found;
  for (const auto& text : texts) {
    const auto clean = text::clean(text);
    for (std::size_t at = 0; at <= clean.size();) {
      const auto end = std::min(clean.find('\n', at), clean.size());
      auto line = text::clean_line(std::string_view(clean).substr(at, end - at));
      at = end + 1;
      if (!line.ends_with('?') && !line.ends_with("？")) continue;
      line.erase(0, line.find_first_not_of("-*+•> "));
      if (std::find(found.begin(), found.end(), line) == found.end()) found.push_back(in_short(line));
    }
  }
  return found;
}

}  // namespace ties::reports
