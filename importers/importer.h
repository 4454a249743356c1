#pragma once
#include <cstdint>
#include <functional>
#include <map>

#include "crm/domain/application.h"
#include "crm/domain/capture.h"
#include "crm/domain/contribution.h"
#include "crm/domain/event.h"
#include "crm/domain/suggestion.h"
#include "importers/bytes.h"

namespace ties::importers {

/// A place in a file that could not be read as it stands, or that was left out on purpose.
struct Issue {
  std::string file{};
  int line{};    ///< from 1; 0: the file as a whole
  int column{};  ///< from 1; 0: the line as a whole
  std::string message{};

  bool operator==(const Issue&) const = default;
};

/// How a record names a person: by profile, by address, by login, else by name. Empty strings: not known.
struct PersonKey {
  std::string linkedin{};  ///< slug, normalised
  std::string email{};     ///< normalised
  std::string name{};
  std::string github{};  ///< login, normalised
  std::string gitlab{};

  bool operator==(const PersonKey&) const = default;
};

/// A person as one file tells of them. `points` are normalised.
struct Person {
  Contact contact{};
  std::vector<ContactPoint> points{};
  struct Job {
    std::string company{}, title{}, started{}, ended{};
    bool operator==(const Job&) const = default;
  };
  std::vector<Job> jobs{};
  std::vector<std::string> tags{};
  std::string note{};    ///< to be added to the contact's notes, once
  std::string uid{};     ///< the source's own lasting name of the person: a card's UID, a record's number; may be empty
  std::string introduced_by{};  ///< by name
  /// What Ties has no field for, kept as it was: an unknown column, a property of a card ("RELATED;TYPE=friend").
  struct Extra {
    std::string name{}, value{};
    bool operator==(const Extra&) const = default;
  };
  std::vector<Extra> extras{};
  bool only_suggests{};  ///< an address-book row: fills in a contact that is known by an address, makes none
  int file{};            ///< where it was read: an index into `Batch::files`, and a line
  int line{};
};

struct FoundInteraction {
  /// Its source key may be "whole/part", where an interaction of the key "whole" sums up all such parts: a file never
  /// keeps both.
  Interaction interaction{};
  std::vector<PersonKey> with{};
  std::string event{};  ///< by name
  std::vector<Promise> promises{};
  bool only_with_known{};  ///< kept only where one of them is a contact already, and then of those alone
  int file{};
  int line{};
};

/// A time together, past or to come, as a calendar tells of it. With whom and when decide what becomes of it: an
/// interaction, a round of an application, or a task.
struct FoundMeeting {
  std::string source_key{};  ///< of the event and, of a series, of the one turn
  std::string title{};
  std::string text{};   ///< what its description says, as plain text
  std::string place{};  ///< a room, an address or a link
  Moment when{};        ///< a day alone for what takes all day
  std::optional<int> minutes{};
  std::vector<PersonKey> with{};  ///< the organiser and who was asked, but for the user, rooms, and those who declined
  bool called_off{};              ///< cancelled, or declined by the user: what an earlier import made of it ends
  bool only_with_known{true};     ///< of an interaction: as above
  int file{};
  int line{};
};

/// What a mail of an applicant-tracking system says of an application or a referral: for the user to confirm.
struct FoundNotice {
  using What = SuggestionKind;
  What what{};
  std::string source_key{};
  std::string company{};
  std::string role{};      ///< empty: not said
  std::string referrer{};  ///< by name; of `referred`
  Date on{};
  std::string evidence{};  ///< the subject and the sender, to judge by
  int file{};
  int line{};
};

struct FoundApplication {
  Application application{};  ///< with its outcome
  std::string company{};
  StageKind stage_kind{};    ///< `lead` for a saved job, `applied` for one sent
  std::string stage_name{};  ///< the stage in the source's words, "Phone screen"; empty: it has none
  bool stage_guessed{};      ///< these words are not known: `stage_kind` is only a guess
  std::string document{};    ///< the CV's name, as the source tells
  std::vector<ApplicationStep> history{};  ///< what the source dates of its way, oldest first; ids are empty
  std::vector<Interview> interviews{};     ///< ids are empty
  std::vector<std::pair<PersonKey, ApplicationPart>> people{};
  int file{};
  int line{};
};

struct FoundContribution {
  Contribution contribution{};
  std::string company{};
  std::vector<std::pair<PersonKey, ContributionPart>> people{};
  int file{};
  int line{};
};

struct FoundEvent {
  Event event{};
  int file{};
  int line{};
};

/// A company that the user follows or dreams of: suggested as a target.
struct FoundCompany {
  std::string name{};
  int file{};
  int line{};
};

/// Who the user is, as far as the source tells.
struct Self {
  std::optional<Person> profile{};
  std::vector<Education> schools{};
};

/// What was read of one file.
struct FileReport {
  std::string file{};                        ///< its name within the archive
  std::string recognised{};                  ///< "LinkedIn connections"; empty: not recognised
  std::string not_read{};                    ///< why a recognised or unknown file was left alone; empty: it was read
  int rows{};                                ///< data rows met
  int skipped{};                             ///< of them, left out
  std::map<std::string, int> skipped_why{};  ///< reason → count: "hidden member", "spam", "draft"
  std::string header{};                      ///< of a table: the hash of its column names
  std::map<std::string, std::string> said{};  ///< of a table: the columns that `Options::mapping` gave a field
};

/// Everything that one source holds, as records and issues. Touches nothing.
struct Batch {
  std::string source{};               ///< "linkedin", "notes"
  std::optional<Date> snapshot_on{};  ///< the day that the source describes: an export's date
  Self self{};
  std::vector<Person> people{};
  std::vector<FoundInteraction> interactions{};
  std::vector<FoundMeeting> meetings{};
  std::vector<FoundNotice> notices{};
  std::vector<FoundApplication> applications{};
  std::vector<FoundContribution> contributions{};
  std::vector<FoundEvent> events{};
  std::vector<FoundCompany> companies{};
  std::vector<FileReport> files{};
  std::vector<Issue> issues{};

  /// Records held, of every kind.
  std::size_t records() const;
};

/// One file out of a source, with its bytes.
struct SourceFile {
  std::string name{};  ///< within the archive or folder, "/" between folders; never used as a path
  Bytes bytes{};
};

struct Options {
  Date today{};
  std::optional<Date> since{};           ///< leave out what happened before
  bool summary{};                        ///< messages: dates and counts, no text
  std::string region{};                  ///< ISO 3166, for phone numbers
  std::vector<std::string> my_emails{};  ///< known to be the user's
  std::vector<std::string> my_github{}, my_gitlab{};  ///< the user's logins, normalised
  /// Told of long work every fraction of a second. What it throws ends the reading.
  std::function<void(std::string_view what, std::int64_t done, std::int64_t total)> progress{};
  std::string bundle_name{};  ///< what was given, and the folder in it: an archive's name may tell its day
  /// Of tables: a column as written → the field that it is ("email", "email:work"), "extra" to keep it as it is, or
  /// "ignore" to leave it out.
  std::map<std::string, std::string> mapping{};
  /// What was said before, by the hash of a table's header; `mapping` comes first.
  std::map<std::string, std::map<std::string, std::string>> remembered{};
  bool new_people{};  ///< of mail and calendars: also people who are no contact yet, when the user dealt with them
  bool bodies{};      ///< of mail: what was written, too; else only who, when and about what
  /// Takes over the records that were read so far, and leaves the batch without them; `files` and `issues` stay. Not set:
  /// the batch that is returned holds everything.
  std::function<void(Batch&)> hand_over{};
};

/// For readers of files that may hold more than memory: between two records, once a few thousand are held. Whether it
/// was done.
bool hand_over_if_many(Batch& batch, const Options& options);

/// For readers that go row by row: tells of every thousandth row, which also lets the user end long work.
void tell_of_row(const Options& options, const std::string& file, std::int64_t row);

/// Reads one kind of source.
struct Importer {
  std::string_view name;   ///< for --as: "linkedin"
  std::string_view title;  ///< "LinkedIn data export"
  /// How sure it is that this file is its own, 0–100, judging by the content before the name.
  int (*recognises)(const SourceFile& file);
  Batch (*read)(const std::vector<SourceFile>& files, const Options& options);
  /// Whether a file of this name must stay closed (logins, receipts, identity papers); may be null: none.
  bool (*never_opened)(std::string_view name);
};

/// Every importer, the surest first on equal claims. Adding one is a file and a line here.
const std::vector<Importer>& registry();

/// Whether any importer says that a file of this name stays closed.
bool never_opened(std::string_view name);

/// Finds the importer for a bundle's files, by content, or takes the one called `as`; reads; and reports every file,
/// also those that nobody reads. Throws BundleError when no file is recognised (a header that is not found is an error,
/// never an empty success) and NotFound when `as` names no importer.
struct Bundle;
Batch read_bundle(const Bundle& bundle, std::string_view as, const Options& options);

}  // namespace ties::importers
