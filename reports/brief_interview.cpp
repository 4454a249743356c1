#include <fmt/format.h>

#include <algorithm>

#include "reports/brief_parts.h"

namespace ties::reports {
namespace {

constexpr std::size_t works_in_short = 3;

/// "Mon 2 Mar 2026 14:00 (Europe/Oslo), for 60 minutes"
std::string when(const Interview& interview) {
  return friendly(interview.when) + (interview.minutes ? fmt::format(", for {} minutes", *interview.minutes) : "");
}

/// What is told of an interviewer: how programs call it, the words before it for people, and the value.
struct Told {
  std::string key{}, before{}, value{};
};

std::vector<Told> told_of(const PersonBrief& person, Date today) {
  std::vector<std::string> works, open;
  for (const auto& [work, how] : person.works) {
    if (works.size() < works_in_short) works.push_back(fmt::format("{} {}", how, in_short(work.title)));
  }
  for (const auto& [task, with] : person.open) {
    open.push_back(fmt::format("{} owe {}", task.owed_by == OwedBy::me ? "I" : "they", in_short(task.text)));
  }
  std::string talk;
  if (!person.talks.empty()) {
    const auto& last = person.talks.front().interaction;
    talk = fmt::format("{}, {}{}", short_day(last.when.day), word(last.kind),
                       last.text.empty() ? "" : ": " + in_short(last.text));
  }
  const auto& contact = person.contact;
  return {{"job", "", person.job},
          {"before", "before: ", fmt::format("{}", fmt::join(person.before, "; "))},
          {"headline", "", contact.headline},
          {"pronouns", "pronouns: ", contact.pronouns},
          {"lives_in", "lives in ", contact.location},
          {"tie", "", tie_in_words(person.tie, today)},
          {"met", "met ", how_met(person)},
          {"last_talk", "last talk: ", talk},
          {"knows_my_work", "knows my work: ", fmt::format("{}", fmt::join(works, "; "))},
          {"open", "open between us: ", fmt::format("{}", fmt::join(open, "; "))},
          {"favours", "favours: ", balance_in_words(person.favours)},
          {"notes", "notes: ", in_short(contact.notes)},
          {"private_note", "private note: ", in_short(contact.private_note)}};
}

/// A card for each interviewer.
Table interviewers(const std::vector<PersonBrief>& people, Date today) {
  auto table = table_of("Interviewers", {"name", "!contact"}, "nobody is named yet: ask the recruiter who they are");
  table.layout = Table::Layout::cards;
  for (const auto& told : told_of({}, today)) {
    table.columns.push_back(text_column("", told.key, true));
    table.columns.push_back(text_column(told.key, told.key, true));
    table.columns.back().for_programs = true;
  }
  for (const auto& person : people) {
    add_row(table, {person.contact.display, std::to_string(person.contact.id.value)});
    for (auto& told : told_of(person, today)) {
      table.rows.back().push_back(text_cell(told.value.empty() ? "" : told.before + told.value));
      table.rows.back().push_back(text_cell(std::move(told.value)));
    }
  }
  return table;
}

Table thanks(const std::vector<ThanksOwed>& owed) {
  auto table = table_of("To thank", {"name:whom", "what:for"});
  for (const auto& [name, what] : owed) add_row(table, {name, what});
  return table;
}

}  // namespace

Document interview_brief(const InterviewBrief& brief, Date today) {
  const auto& round = brief.interview;
  const bool tells_private =
      std::any_of(brief.interviewers.begin(), brief.interviewers.end(), [](const PersonBrief& person) {
        return !person.contact.private_note.empty() ||
               (!person.talks.empty() && person.talks.front().interaction.confidential);
      });
  std::vector<std::string> names, notes{round.preparation, brief.notes};
  for (const auto& person : brief.interviewers) names.push_back(person.contact.display);
  for (const auto& [earlier, with] : brief.earlier) notes.push_back(earlier.notes);
  Document document;
  document.title = fmt::format("Brief: {}, {}", round.kind.empty() ? "interview" : round.kind, brief.title);
  document.finding =
      fmt::format("{}, {}{}", when(round), relative(round.when.day, today),
                  names.empty() ? "; interviewers not known" : fmt::format("; with {}", fmt::join(names, ", ")));
  document.facts = {{"interview_id", number_cell(static_cast<double>(round.id.value))},
                    {"application_id", number_cell(static_cast<double>(round.application.value))}};
  FieldsOf about("The round");
  about.add("when", when(round), Tone::strong)
      .add("here", brief.here)
      .add("where", round.place)
      .add("kind", round.kind)
      .add("role", brief.title)
      .add("stage", brief.stage)
      .add("outcome", round.outcome == InterviewOutcome::planned ? "" : std::string(word(round.outcome)))
      .add("preparation", round.preparation)
      .add("notes", round.notes);
  document.blocks = {privacy_mark(tells_private), about.done()};
  document.blocks.push_back(interviewers(brief.interviewers, today));
  Cut cut;
  document.blocks.push_back(checks(brief.checklist));
  document.blocks.push_back(
      cut.to(8, open_matters("Promises and tasks", brief.open, today), "thing open", "things open"));
  document.blocks.push_back(questions(notes));
  document.blocks.push_back(cut.to(8, rounds("Earlier rounds", brief.earlier, "this is the first"), "round", "rounds"));
  document.blocks.push_back(
      cut.to(6, participants("Who else has a part in it", brief.people, today), "more person", "more people"));
  document.blocks.push_back(thanks(brief.thanks));
  document.blocks.push_back(cut.said(fmt::format("ties application show {}", round.application.value)));
  return document;
}

}  // namespace ties::reports
