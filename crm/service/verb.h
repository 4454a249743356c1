#pragma once
#include "crm/clock.h"
#include "crm/config.h"
#include "crm/store/store.h"
#include "crm/wire/json.h"
#include "reports/document.h"

#include <functional>
#include <iosfwd>

/// The one table of what the program can do. Every door (command line, HTTP, …) is made from it.
namespace ties {

using wire::Json;

/// What a verb works with: the user's file, the time, the settings, and through which door it was called.
struct Crm {
  Store& store;
  Clock clock;
  Config config;
  std::string door;
  /// Told how long work goes on: what, how much is done, out of how much (0: not known). It may throw: the work ends there,
  /// and nothing of it is kept.
  std::function<void(std::string_view, std::int64_t, std::int64_t)> progress{};
  std::ostream* output{};  ///< where a verb writes what may be too long for an answer; null: nowhere
  std::istream* input{};   ///< what "-" stands for where a path is asked for; null: nothing
  bool dry_run{};          ///< a change is made, answered and rolled back: nothing is kept
  bool sees_private{true}; ///< private notes and confidential talks may be told
  /// Called within the transaction of a change, before anything is done; what it throws ends the change.
  std::function<void()> at_begin{};
  /// Called within the transaction of a change, with what was said, before it is committed; what it throws rolls back.
  std::function<void(std::string_view)> before_commit{};
  bool sets_whole{};  ///< arguments that may be repeated are all there is to be (a merge patch), and not what is added
};

struct Arg {
  /// path: a file or folder, "-" for `Crm::input`; doors that may not open files take the text itself.
  /// place: a file, or a link; such doors take links only.
  enum class Kind { text, number, day, moment, flag, choice, path, place };
  enum class Place { option, repeated, first, optional_first, rest };  ///< `--name value`, or by position

  std::string_view name;
  Kind kind;
  std::string_view help;
  Place place{Place::option};
  bool required{};
  std::span<const std::string_view> choices{};
  bool writes{};  ///< given, it makes a verb write that else only reads
  bool local{};   ///< of this machine's files: doors to the outside do not have it
};

/// Which part of a list is asked for, and how.
struct Page {
  std::optional<int> limit{};  ///< rows at most; none: all
  std::int64_t offset{};       ///< rows to pass over
  std::string after{};         ///< the cursor that came with the part before (`Answer::next`)
  std::string sort{};          ///< a field of the rows, "-" before it for the other way round; empty: as the verb lists them
  std::vector<std::string> fields{};  ///< of each row, only these; empty: all
};

/// A verb's arguments, checked against its table: every name is known, every value of its kind.
class Args {
 public:
  using Raw = std::map<std::string, std::vector<std::string>, std::less<>>;

  Args(Raw values, Date today, bool go_on) : values_(std::move(values)), today_(today), go_on_(go_on) {}
  void take_whole_sets(bool whole) { sets_whole_ = whole; }  ///< as `Crm::sets_whole` says

  bool has(std::string_view name) const { return values_.find(name) != values_.end(); }
  std::string text(std::string_view name) const;                   ///< cleaned, one line or more; empty when not given
  std::vector<std::string> many(std::string_view name) const;      ///< without empty ones
  /// Of an edit: what is given takes the place of all there were, since it is a whole set, or since an empty one is among it.
  bool replaces(std::string_view name) const;
  bool flag(std::string_view name) const { return has(name); }
  int number(std::string_view name) const;                         ///< 0 when it is not given, or empty
  std::optional<int> number_if_any(std::string_view name) const;
  std::optional<Date> day(std::string_view name) const;            ///< in words or ISO
  Date day_or_today(std::string_view name) const { return day(name).value_or(today_); }
  std::optional<Moment> moment(std::string_view name) const;
  template <Worded E>
  std::optional<E> choice(std::string_view name) const {
    return has(name) ? from_word<E>(text(name)) : std::nullopt;
  }
  /// Of an edit: a field that is not named stays as it is, one that is named with nothing is emptied.
  void edit(std::string_view name, std::string& field) const;
  void edit(std::string_view name, std::optional<Date>& field) const;
  void edit(std::string_view name, std::optional<int>& field) const;
  Page page() const;  ///< of a verb that lists
  bool go_on() const { return go_on_; }  ///< the user has seen the warnings (--yes)
  Date today() const { return today_; }

 private:
  Raw values_;
  Date today_;
  bool go_on_;
  bool sets_whole_{};
};

struct Answer {
  std::string said{};  ///< what was done, in one line
  Json data{};         ///< the record or the list of records
  std::optional<std::int64_t> total{};  ///< of a list: how many rows there are on all pages
  std::string next{};                   ///< the cursor of the next page; empty: there is none
  std::vector<std::string> remarks{};  ///< worth knowing, a line each
  std::vector<Warning> overridden{};   ///< the guards that the user went past
  std::optional<reports::Document> document{};  ///< of reports
  std::optional<Id<Change>> change{};
  bool aside{};   ///< what was asked for went to `Crm::output`: nothing else may be printed there
  bool failed{};  ///< the answer is there, and it is not good: faults were found
};

/// Guards speak against it. Asked again with `go_on`, the verb goes past them and records that.
struct Guarded : Conflict {
  explicit Guarded(std::vector<Warning> found);
  std::vector<Warning> warnings;
};

struct Verb {
  std::string_view name;     ///< "application move"
  std::string_view route;    ///< "POST /applications/{application}/move"; empty: not made from this table
  std::string_view summary;  ///< for people, lower case, no full stop
  std::string_view example;  ///< a whole command
  std::vector<Arg> args;
  Answer (*run)(Crm&, const Args&);
  bool writes;
  std::string_view shows{};  ///< columns of the table for people, "id:#, name, last:last contact"; empty: as the record is
  std::string_view gives{};  ///< the shape of the data (service/shapes.h): "Contact", "[ContactLine]", "Document"
  std::string_view scope{};  ///< what a caller from outside needs: read, write, import, admin, …; empty: read or write
  /// Of a verb that reads, and writes when an argument says so: the route that takes such arguments.
  std::string_view writing_route{};

  bool edits() const { return route.starts_with("PATCH "); }
  /// Lists get the arguments limit, offset, after, sort and fields besides their own.
  bool lists() const { return !writes && !shows.empty() && shows != "json"; }
};

/// Every verb, by topic, in the order that help lists them.
const std::vector<Verb>& verbs();

/// Throws Wrong that names the nearest.
const Verb& verb_called(std::string_view name);

/// Checks raw arguments against the table of a command. Throws Wrong, with the argument's name: "stage: 'offr' is none of …".
/// `may_empty`: a day, a moment or a number that is not required may be given as nothing.
Args checked(std::string_view command, const std::vector<Arg>& args, Args::Raw raw, Date today, bool go_on, bool may_empty = false);

/// Checks, runs, and turns trouble with the file into plain words (StoreError). The argument `preview` is the same as
/// `Crm::dry_run`, which is what verbs look at. A list is turned to the page that is asked for (service/listing.h), an edit
/// (PATCH) may empty fields by giving nothing.
Answer run(Crm& crm, std::string_view verb, Args::Raw raw, bool go_on = false);

/// A change that is being made: nothing is kept unless `done` is reached.
class Doing {
 public:
  explicit Doing(Crm& crm) : crm_(crm), change_(crm.store.journal(), crm.clock.instant(), crm.door) {
    if (crm.at_begin) crm.at_begin();
  }
  /// Commits, unless it is a dry run; the answer carries what was said and the change's number.
  Answer done(std::string said, Json data = {}, std::optional<Id<Change>> undoes = std::nullopt);
  void done_silently() { change_.commit_silently(); }
  OpenChange& change() { return change_; }

 private:
  Crm& crm_;
  OpenChange change_;
};

// The topics' parts of the table.
std::vector<Verb> contact_verbs();
std::vector<Verb> tag_verbs();
std::vector<Verb> bulk_verbs();
std::vector<Verb> duplicate_verbs();
std::vector<Verb> company_verbs();
std::vector<Verb> interaction_verbs();
std::vector<Verb> event_verbs();
std::vector<Verb> contribution_verbs();
std::vector<Verb> pipeline_verbs();
std::vector<Verb> application_verbs();
std::vector<Verb> referral_verbs();
std::vector<Verb> suggestion_verbs();
std::vector<Verb> task_verbs();
std::vector<Verb> view_verbs();
std::vector<Verb> report_verbs();
std::vector<Verb> application_report_verbs();
std::vector<Verb> network_report_verbs();
std::vector<Verb> path_verbs();
std::vector<Verb> plan_verbs();
std::vector<Verb> brief_verbs();
std::vector<Verb> draft_verbs();
std::vector<Verb> import_verbs();
std::vector<Verb> export_verbs();
std::vector<Verb> journal_verbs();
std::vector<Verb> credential_verbs();
std::vector<Verb> file_verbs();
std::vector<Verb> backup_verbs();
std::vector<Verb> sample_verbs();

}  // namespace ties
