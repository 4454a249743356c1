#pragma once
#include <unordered_map>
#include <unordered_set>

#include "importers/csv.h"
#include "importers/dates.h"

/// What the files of the LinkedIn importer share; see linkedin.h for what others may use.
namespace ties::importers::linkedin_parts {

// Dates. LinkedIn writes a different shape in each file, so each file names the shapes that it may hold.
using importers::moment_of;
using importers::Shapes;

extern const Shapes connection_shapes;  ///< "08 Feb 2026", "9/3/18, 4:05 PM"; "8-Feb-21" after a spreadsheet; …
extern const Shapes wall_shapes;        ///< "1/29/26, 2:37 PM", "01/19/23, 05:13 AM": no zone
extern const Shapes stamp_shapes;       ///< "2025-06-01 14:03:22 UTC", also without zone, and with "/" for "-"
extern const Shapes java_shapes;        ///< "Fri Jun 05 21:18:03 UTC 2020"
extern const Shapes birthday_shapes;    ///< "Feb 12, 1990"
extern const Shapes any_shapes;         ///< all of these, for the one file whose shape was never seen

/// "2024-01" of "Jan 2024", "2014" of "2014"; empty for any other text.
std::string partial_date_of(std::string_view text);

/// A connection's or anyone's name as LinkedIn joins it: "Ines Okafor".
std::string joined_name(std::string_view given, std::string_view family);

/// One message as its row tells, kept until all files are read: who is who is told by other rows and files.
struct Message {
  int file{}, line{};
  std::string conversation{}, from{}, to{}, subject{}, text{};
  std::string sender{};                      ///< slug
  std::vector<std::string> recipients{};     ///< slugs
  std::optional<Direction> direction{};      ///< where the row says so: 2018
  bool tells_senders{}, tells_recipients{};  ///< whether the file has a column of their profiles
  int attachments{};
  Moment when{};
};

/// One export while it is read: the batch that grows, the place in the current file, and what its files tell of each
/// other. The readers below each read the rows of one kind of file.
class Reading {
 public:
  Reading(Batch& to, const Options& how) : batch(to), options(how) {}

  Batch& batch;
  const Options& options;

  // The current file.
  void open(int file, Sheet& sheet);
  void close() { sheet_ = nullptr; }
  bool next();  ///< the next row, counted; false at the end
  int file() const { return file_; }
  int line() const { return sheet_->line(); }
  bool has(std::string_view column) const { return sheet_->has(column); }
  std::string_view cell(std::string_view column) const { return (*sheet_)[column]; }
  std::string words(std::string_view column) const;  ///< a cell on one line, cleaned, bounded
  std::string prose(std::string_view column) const;  ///< a cell of many lines, HTML and entities resolved
  void skip(const std::string& why) { skip(file_, why); }
  void skip(int file, const std::string& why);
  void issue(std::string_view column, std::string message);

  /// A cell's moment; a text that is none is an issue. Every moment counts towards the export's day.
  std::optional<Moment> moment(std::string_view column, Shapes shapes);
  /// Whether it lies before the day that the user set; then the row is skipped and counted.
  bool is_too_old(Date day, int file);

  /// The slug of a profile's address, empty when it is none. Remembers what it was asked.
  const std::string& slug_of(std::string_view url);

  /// A point on a person, normalised; an address that is none is an issue under that column.
  void add_point(Person& person, PointKind kind, std::string_view written, std::string_view column,
                 std::string label = "");

  /// The user, of whom several files tell.
  Person& me();
  void add_my_point(PointKind kind, std::string_view written, bool primary = false);

  // Who is connected, from Connections.csv.
  struct Known {
    std::string slug{};  ///< empty where the file told none
    int count{};
  };
  bool connections_were_read{};
  std::unordered_map<std::string, std::string> name_of_slug{};
  std::unordered_map<std::string, Known> connected_by_name{};
  std::unordered_set<std::string> connected_slugs{};
  bool is_connected(const PersonKey& person) const;
  /// What is known of someone by profile, by name or both; a name leads to a profile when one connection alone has it.
  PersonKey key_of(std::string slug, std::string name) const;

  std::string my_name{};                                 ///< from Profile.csv
  std::unordered_map<std::string, int> my_slug_votes{};  ///< from Invitations.csv
  std::vector<Message> messages{};
  std::unordered_map<std::string, StageKind> job_keys{};
  std::unordered_set<std::string> seen_keys{};  ///< of interactions: rows repeat across the parts of a split file
  std::optional<Date> latest{};                 ///< the latest day of any row, not after today

 private:
  int file_{};
  Sheet* sheet_{};
  std::unordered_map<std::string, std::string> slugs_{};
};

/// Gives a contact a name; one without anything to show leaves it as it was.
void set_name(Contact& contact, PersonName name);

/// "LinkedIn Member" in the languages that it is written in: someone who left.
bool is_nobody(std::string_view name);

void read_connections(Reading& reading);
void read_outlook_connections(Reading& reading);
void read_address_book(Reading& reading);
void read_notes(Reading& reading);
void read_invitations(Reading& reading);
void read_endorsements(Reading& reading);
void read_recommendations_received(Reading& reading);
void read_recommendations_given(Reading& reading);
void read_messages(Reading& reading);
void finish_messages(Reading& reading);  ///< once all files are read
void read_applications(Reading& reading);
void read_saved_jobs(Reading& reading);
void finish_jobs(Reading& reading);  ///< once the export's day is known
void read_job_preferences(Reading& reading);
void read_company_follows(Reading& reading);
void read_events(Reading& reading);
void read_profile(Reading& reading);
void read_positions(Reading& reading);
void read_education(Reading& reading);
void read_my_emails(Reading& reading);
void read_my_phones(Reading& reading);

// Columns that carry another name in some files. Only English was ever seen in a real export; the others are insurance.
inline constexpr std::string_view first_name = "First Name|Vorname|Prénom|Nombre|Nome|Primeiro nome|Voornaam";
inline constexpr std::string_view last_name =
    "Last Name|Nachname|Nom|Nom de famille|Apellidos|Apellido|Sobrenome|Cognome|Achternaam";
inline constexpr std::string_view connected_on =
    "Connected On|Verbunden am|Verknüpft am|Date de connexion|En relation depuis|Fecha de conexión|Conectado el|"
    "Conectado em|Data da conexão|Collegato il|Data di collegamento|Verbonden op|Connectie gemaakt op";

}  // namespace ties::importers::linkedin_parts
