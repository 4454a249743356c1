#include <algorithm>

#include "crm/domain/capture.h"
#include "crm/domain/phrases.h"
#include "crm/text/text.h"

namespace ties {

namespace {

using namespace phrases;

/// Words that begin a new clause behind "and" or "but".
constexpr std::array subjects{"i"sv,     "we"sv,    "he"sv,     "she"sv,     "they"sv,    "i'll"sv,
                              "we'll"sv, "he'll"sv, "she'll"sv, "they'll"sv, "promised"sv};

bool begins_clause(std::string_view text, std::size_t at) {
  return std::any_of(subjects.begin(), subjects.end(),
                     [&](std::string_view subject) { return phrase_end(text, at, subject).has_value(); });
}

/// A part of a note that can hold one promise.
struct Clause {
  std::string_view text{};
  bool asks{};  ///< its sentence ends with a question mark
};

std::vector<Clause> clauses_of(std::string_view note) {
  std::vector<Clause> clauses;
  std::size_t begin = 0, sentence = 0;
  const auto close = [&](std::size_t end, std::size_t next) {
    if (end > begin) clauses.push_back({note.substr(begin, end - begin), false});
    begin = next;
  };
  for (std::size_t i = 0; i < note.size(); ++i) {
    const char c = note[i];
    const bool before_blank = i + 1 >= note.size() || is_blank(note[i + 1]);
    if (c == '\n' || c == ';' || ((c == '.' || c == '!' || c == '?') && before_blank)) {
      close(i, i + 1);
      if (c == '?')
        std::for_each(clauses.begin() + static_cast<std::ptrdiff_t>(sentence), clauses.end(),
                      [](Clause& clause) { clause.asks = true; });
      sentence = clauses.size();
    } else if (c == ',' && before_blank) {
      close(i, i + 1);
    } else if (is_blank(c)) {
      for (const auto joint : {"and", "but"}) {
        const auto end = phrase_end(note, i + 1, joint);
        if (end && begins_clause(note, skip_blanks(note, *end))) close(i, *end);
      }
    }
  }
  close(note.size(), note.size());
  return clauses;
}

/// The first day named from `at` on.
std::optional<DayWords> first_day(std::string_view clause, std::size_t at, Date today) {
  for (auto word = next_word(clause, at); word.begin < word.end; word = next_word(clause, word.end)) {
    if (const auto found = due_words(clause, word.begin, today)) return found;
  }
  return std::nullopt;
}

/// The day of a clause that names nothing else: ", by Friday".
std::optional<Date> only_a_day(std::string_view clause, Date today) {
  const auto found = due_words(clause, skip_blanks(clause, 0), today);
  if (!found || !tidied(clause.substr(found->span.end)).empty()) return std::nullopt;
  return found->day;
}

}  // namespace

std::vector<Promise> promises_in(std::string_view note, Date today) {
  const auto clauses = clauses_of(note);
  std::vector<Promise> promises;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    const auto& [text, asks] = clauses[i];
    if (asks) continue;
    const auto start = promise_start(text);
    if (!start) continue;
    Promise promise{{}, start->owed_by, std::nullopt};
    std::string thing(text.substr(start->thing));
    if (const auto day = first_day(text, start->thing, today)) {
      promise.due = day->day;
      thing = std::string(text.substr(start->thing, day->span.begin - start->thing)) + " " +
              std::string(text.substr(day->span.end));
    } else if (const auto before = due_words(text, skip_blanks(text, 0), today);
               before && before->span.end <= start->marker) {
      promise.due = before->day;
    } else if (i + 1 < clauses.size()) {
      promise.due = only_a_day(clauses[i + 1].text, today);
    }
    promise.text = tidied(thing);
    if (!promise.text.empty()) promises.push_back(std::move(promise));
  }
  return promises;
}

Task task_of(const Promise& promise, const Interaction& made_in, std::optional<Id<Contact>> contact, Date made_on) {
  constexpr std::size_t about_columns = 60;
  Task task;
  task.due = promise.due, task.owed_by = promise.owed_by, task.made_on = made_on, task.contact = contact;
  if (promise.text.empty()) {
    const auto about = text::fit(text::clean_line(made_in.text), about_columns);
    task.text = about.empty() ? "follow up" : "follow up: " + about;
  } else {
    task.text = promise.text;
    task.interaction = made_in.id;
  }
  return task;
}

}  // namespace ties
