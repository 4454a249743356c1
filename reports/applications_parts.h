#pragma once
#include <map>

#include "reports/applications.h"

/// What the reports about applications are put together from.
namespace ties::reports {

constexpr std::size_t picture_least = 5;  ///< a picture of fewer would say more than they can

std::string counted(std::size_t count, const std::string& noun);  ///< "1 application", "7 applications"
std::string days_text(double days);                               ///< "12", "12.5"
std::string percent_text(double share);                           ///< of 0.625: "63 %", or "62 %": halves go to the even number

Cell words(std::string text, Tone tone = Tone::plain);
Cell amount(std::size_t value, Tone tone = Tone::plain);
Cell percent(double share);                                              ///< to a tenth for programs
Cell part_of(std::size_t part, std::size_t of);                          ///< "4 of 7, 57 %"; the part for programs
Cell with_share(std::size_t part, std::size_t of);                       ///< "4, 57 %"; the part for programs
Cell days(std::optional<double> known, const std::string& otherwise = "not reached");  ///< null for programs where not known
Cell none();                                                             ///< null for programs

Column words_under(std::string key, std::string heading);
Column numbers_under(std::string key, std::string heading);
Column numbers_for_programs(std::string key);
Column for_people(std::string heading);

/// The applications that a report is asked for, in the order of their numbers, each with its stage.
struct Chosen {
  const ApplicationHistory* history{};
  Stage now{};
};
struct Choice {
  std::vector<Chosen> applications{};
  std::size_t left_out{};
};
Choice chosen(const SearchHistory& history, const Selection& selection);

/// Where applications can stand, in order: stages, or kinds of stages. `closed` is no place.
class Places {
 public:
  struct Place {
    double rank{};
    std::string name{};
    StageKind kind{};

    bool operator<(const Place& other) const { return rank < other.rank; }
  };
  /// fitting: the stages of the one pipeline that all are in, else kinds.
  enum class Are { fitting, kinds, stages };

  Places(const SearchHistory& history, const Choice& choice, Are are);
  Place of(const Visit& visit, Id<Pipeline> pipeline) const;  ///< a stage that is gone stands behind those of its kind
  const std::vector<Place>& all() const { return all_; }      ///< of the pipelines that are in use
  bool are_kinds() const { return are_kinds_; }

 private:
  std::map<Id<Stage>, Place> stages_{};
  std::map<Id<Pipeline>, std::vector<Place>> of_pipelines_{};
  std::vector<Place> all_{};
  bool are_kinds_{};
};

/// Those of an application that came of it by reroute, and itself; each application stands under the first of its line.
/// One whose first is not among them, or in a circle, is a first itself.
std::map<Id<Application>, std::vector<const Chosen*>> lines_of_reroutes(const Choice& choice);

/// How far each came, or what came of it by reroutes.
std::map<Id<Application>, StageKind> furthest_with_reroutes(const Choice& choice);

/// With the facts that all have.
Document begun(std::string title, std::string noun, std::size_t count, std::size_t left_out, const SearchHistory& history,
               const Selection& selection);
/// The chart; without its marks, and why, where it tells of too few.
void add_chart(Document& document, Chart chart, std::size_t count, const std::string& noun);
void add_remark(Document& document, std::string text);
/// What was left out, and what contradicts itself among those that were counted.
void add_remarks(Document& document, const Choice& choice, const SearchHistory& history, const Selection& selection, Date today);
/// "only those opened since Thu 1 Jan 2026, in the pipeline Referral; 8 others are left out"; empty where none is.
std::string left_out_text(std::size_t left_out, std::string_view begun, const SearchHistory& history, const Selection& selection);

}  // namespace ties::reports
