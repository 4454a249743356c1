#pragma once
#include "reports/brief.h"
#include "reports/figures.h"

/// What the briefs share.
namespace ties::reports {

/// Names and values, those without a value left out.
class FieldsOf {
 public:
  explicit FieldsOf(std::string title = "") { fields_.title = std::move(title); }
  FieldsOf& add(std::string key, std::string value, Tone tone = Tone::plain);
  Fields done() { return std::move(fields_); }

 private:
  Fields fields_{};
};

/// Keeps long tables to what a page holds, and says in the end what was left out.
class Cut {
 public:
  /// Leaves the first rows, and counts the others as "3 earlier talks".
  Table to(std::size_t rows_max, Table table, std::string_view one, std::string_view many);
  /// "not on this page: …; `COMMAND` has them"; empty when nothing was left out.
  Text said(const std::string& command) const;

 private:
  std::vector<std::string> left_out_{};
};

/// That the page holds what is others' own, and whether private notes are among it.
Text privacy_mark(bool with_private_notes);

/// A table of cells that are texts, `key:heading` each; "!" before the key: for programs alone.
Table table_of(std::string title, const std::vector<std::string>& columns, std::string when_empty = "");
/// In a column `contact` stands a number.
void add_row(Table& table, std::vector<std::string> cells);

/// On one line, cut where it is long; the whole is in the record.
std::string in_short(std::string_view text);

/// "strong tie, 78 of 100; in touch 3 weeks ago"
std::string tie_in_words(const TieStrength& tie, Date today);
/// "Tue 3 Mar 2026, 5 days ago"
std::string with_distance(Date day, Date today);

Table open_matters(std::string title, const std::vector<OpenMatter>& open, Date today, std::string when_empty = "");
Table matters(std::string title, std::string part, const std::vector<Matter>& matters, std::string when_empty = "");
Table works(std::string title, const std::vector<KnownWork>& works, std::string when_empty = "");
Table checks(const std::vector<CheckLine>& lines);
Table participants(std::string title, const std::vector<Participant>& people, Date today);
Table rounds(std::string title, const std::vector<RoundLine>& rounds, std::string when_empty = "");
Table questions(const std::vector<std::string>& texts);

/// What the user could do for the person, the most pressing first: promises, an answer owed, help to return, a word on
/// a new job.
std::vector<std::string> favours_to_offer(const PersonBrief& person, Date today);

/// "2 given, 1 received", or nothing.
std::string balance_in_words(const std::vector<Favour>& favours);

/// "met on Tue 3 Mar 2026, at PyCon 26, through Grace Hopper"
std::string how_met(const PersonBrief& person);

/// The lines of texts that ask something, without their bullets.
std::vector<std::string> questions_in(const std::vector<std::string>& texts);

}  // namespace ties::reports
