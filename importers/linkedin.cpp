#include "importers/linkedin.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "crm/text/text.h"
#include "importers/linkedin_parts.h"

namespace ties::importers {
namespace {

using namespace linkedin_parts;

/// One kind of file that is read. `names`: base names, in lower case and without blanks, "_", ending and the number of
/// a part ("Job Applications_2.csv" → "jobapplications"). `by_header`: its header alone tells it, whatever its name.
struct FileKind {
  std::string_view title;
  std::vector<std::string_view> names;
  std::vector<std::string> signature;
  void (*read)(Reading&);
  bool by_header;
};

/// In the order in which they are read: who the user is and who is connected is asked by the kinds that follow.
const std::vector<FileKind>& file_kinds() {
  static const std::string first{first_name}, last{last_name}, connected{connected_on};
  static const std::vector<FileKind> kinds{
      {"LinkedIn profile", {"profile"}, {"First Name", "Last Name", "Headline"}, read_profile, false},
      {"LinkedIn own addresses", {"emailaddresses"}, {"Email Address", "Primary"}, read_my_emails, false},
      {"LinkedIn own phone numbers", {"phonenumbers", "whatsappphonenumbers"}, {"Number"}, read_my_phones, false},
      {"LinkedIn own positions", {"positions"}, {"Company Name", "Title", "Started On"}, read_positions, false},
      {"LinkedIn own schools", {"education"}, {"School Name", "Start Date"}, read_education, false},
      {"LinkedIn connections", {"connections"}, {first, last, connected}, read_connections, true},
      {"LinkedIn connections (address book)",
       {"linkedinconnectionsexportmicrosoftoutlook", "linkedinconnections"},
       {"First Name", "Last Name", "E-mail Address", "Company", "Job Title"},
       read_outlook_connections,
       false},
      {"LinkedIn invitations", {"invitations"}, {"From", "To", "Sent At", "Direction"}, read_invitations, true},
      {"LinkedIn messages", {"messages"}, {"Conversation ID", "From", "To", "Date", "Content"}, read_messages, true},
      {"LinkedIn messages", {"messages"}, {"From", "To", "Date", "Content", "Direction"}, read_messages, true},
      {"LinkedIn endorsements received",
       {"endorsementreceivedinfo"},
       {"Skill Name", "Endorser First Name", "Endorser Last Name"},
       read_endorsements,
       true},
      {"LinkedIn endorsements given",
       {"endorsementgiveninfo"},
       {"Skill Name", "Endorsee First Name", "Endorsee Last Name"},
       read_endorsements,
       true},
      {"LinkedIn recommendations received",
       {"recommendationsreceived"},
       {"First Name", "Last Name", "Text", "Creation Date"},
       read_recommendations_received,
       false},
      {"LinkedIn recommendations given",
       {"recommendationsgiven"},
       {"First Name", "Last Name", "Text", "Creation Date"},
       read_recommendations_given,
       false},
      {"LinkedIn notes", {"notes"}, {"Connection Profile URL", "Note"}, read_notes, true},
      {"LinkedIn address book",
       {"contacts", "importedcontacts"},
       {"FirstName|First Name", "LastName|Last Name", "Emails|Email Address", "PhoneNumbers|Phone Numbers"},
       read_address_book,
       false},
      {"LinkedIn job applications",
       {"jobapplications"},
       {"Application Date", "Company Name", "Job Title", "Job Url"},
       read_applications,
       true},
      {"LinkedIn saved jobs", {"savedjobs"}, {"Saved Date", "Job Url", "Job Title"}, read_saved_jobs, true},
      {"LinkedIn job preferences", {"jobseekerpreferences"}, {"Dream Companies"}, read_job_preferences, true},
      {"LinkedIn followed companies", {"companyfollows"}, {"Organization", "Followed On"}, read_company_follows, true},
      {"LinkedIn events", {"events"}, {"Event Name", "Event Time", "Status"}, read_events, true},
  };
  return kinds;
}

/// A known file that is left alone, and why. `closed`: it is not even unpacked.
struct LeftAlone {
  std::string_view name;  ///< as above; one that ends in "/" is a folder
  std::string_view why;
  bool closed;
};

constexpr std::string_view own_activity = "your own activity on LinkedIn, which names no contact";
constexpr std::string_view own_profile = "your own profile beyond jobs and schools";
constexpr std::string_view form_answers = "answers for application forms";
constexpr std::string_view assistant = "talk with LinkedIn's assistants, not with people";

constexpr std::array left_alone{
    LeftAlone{"logins", "never opened: from where and with what you signed in", true},
    LeftAlone{"securitychallenges", "never opened: how LinkedIn checked who you are", true},
    LeftAlone{"privateidentityasset", "never opened: identity papers", true},
    LeftAlone{"verifications", "never opened: identity papers", true},
    LeftAlone{"verifications/", "never opened: identity papers", true},
    LeftAlone{"receipts", "never opened: payments", true},
    LeftAlone{"receiptsv2", "never opened: payments", true},
    LeftAlone{"registration", "never opened: how your account was opened", true},
    LeftAlone{"adtargeting", "never opened: what advertisers are told about you", true},
    LeftAlone{"adsclicked", "never opened: what advertisers are told about you", true},
    LeftAlone{"lanadsengagement", "never opened: what advertisers are told about you", true},
    LeftAlone{"inferencesaboutyou", "never opened: what LinkedIn guesses about you", true},
    LeftAlone{"profilesummary", "never opened: what LinkedIn guesses about you", true},
    LeftAlone{"causesyoucareabout", "never opened: your convictions", true},
    LeftAlone{"searchqueries", "never opened: what you searched for", true},
    LeftAlone{"servicesmarketplace/", "never opened: services that you offer", true},
    LeftAlone{"providers", "never opened: services that you offer", true},
    LeftAlone{"memberfollows", "people you follow, without a profile to know them by", false},
    LeftAlone{"accountstatushistory", "your account's history", false},
    LeftAlone{"shares", own_activity, false},
    LeftAlone{"comments", own_activity, false},
    LeftAlone{"reactions", own_activity, false},
    LeftAlone{"votes", own_activity, false},
    LeftAlone{"saveditems", own_activity, false},
    LeftAlone{"savedarticles", own_activity, false},
    LeftAlone{"instantreposts", own_activity, false},
    LeftAlone{"hashtagfollows", own_activity, false},
    LeftAlone{"richmedia", own_activity, false},
    LeftAlone{"articles/", own_activity, false},
    LeftAlone{"learning", own_activity, false},
    LeftAlone{"groups", own_activity, false},
    LeftAlone{"skills", own_profile, false},
    LeftAlone{"certifications", own_profile, false},
    LeftAlone{"honors", own_profile, false},
    LeftAlone{"projects", own_profile, false},
    LeftAlone{"publications", own_profile, false},
    LeftAlone{"patents", own_profile, false},
    LeftAlone{"languages", own_profile, false},
    LeftAlone{"courses", own_profile, false},
    LeftAlone{"organizations", own_profile, false},
    LeftAlone{"testscores", own_profile, false},
    LeftAlone{"volunteering", own_profile, false},
    LeftAlone{"savedjobalerts", "searches, not jobs", false},
    LeftAlone{"onlinejobpostings", "jobs that you offered to others", false},
    LeftAlone{"jobapplicantsavedanswers", form_answers, false},
    LeftAlone{"jobapplicantsavedscreeningquestionresponses", form_answers, false},
    LeftAlone{"guidemessages", assistant, false},
    LeftAlone{"coachmessages", assistant, false},
    LeftAlone{"learningcoachmessages", assistant, false},
    LeftAlone{"learningroleplaymessages", assistant, false},
};

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Lower case, without blanks, "_" and "-".
std::string squeezed(std::string_view name) {
  std::string result;
  for (const char c : name) {
    if (c != ' ' && c != '_' && c != '-') result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return result;
}

/// "Jobs/Job Applications_2.csv" → "jobapplications", "Connections (1).csv" → "connections".
std::string base_name(std::string_view path) {
  std::string_view name = path.substr(path.find_last_of("/\\") + 1);
  if (name.size() > 4 && squeezed(name.substr(name.size() - 4)) == ".csv") name.remove_suffix(4);
  while (name.ends_with(' ')) name.remove_suffix(1);
  if (name.ends_with(')')) {
    const auto open = name.rfind('(');
    if (open != name.npos && is_digits(name.substr(open + 1, name.size() - open - 2))) name = name.substr(0, open);
  }
  const auto underscore = name.rfind('_');
  if (underscore != name.npos && is_digits(name.substr(underscore + 1))) name = name.substr(0, underscore);
  return squeezed(name);
}

const LeftAlone* left_alone_as(std::string_view path) {
  const auto base = base_name(path);
  const bool is_table = path.size() > 4 && squeezed(path.substr(path.size() - 4)) == ".csv";
  for (const auto& known : left_alone) {
    if (!known.name.ends_with('/')) {
      if (is_table && known.name == base) return &known;
      continue;
    }
    for (std::size_t begin = 0, end = path.find('/'); end != path.npos; begin = end + 1, end = path.find('/', begin)) {
      if (squeezed(path.substr(begin, end - begin + 1)) == known.name) return &known;
    }
  }
  return nullptr;
}

bool has_name(const FileKind& kind, std::string_view base) {
  return std::find(kind.names.begin(), kind.names.end(), base) != kind.names.end();
}

struct Match {
  const FileKind* kind{};  ///< none: the header of no kind was found
  bool by_name{};
  std::optional<Sheet> sheet{};
};

/// The kind of a file: the one of its name when its header is there, else one that a header alone tells.
Match match(std::string_view path, std::string_view text) {
  const auto base = base_name(path);
  for (const bool by_name : {true, false}) {
    for (const auto& kind : file_kinds()) {
      if (by_name ? !has_name(kind, base) : !kind.by_header) continue;
      if (auto sheet = Sheet::find(text, kind.signature)) return {&kind, by_name, std::move(sheet)};
    }
  }
  return {};
}

bool can_be_table(std::string_view bytes) {
  return !bytes.starts_with("PK\x03\x04") && !bytes.starts_with("SQLite format") && !bytes.starts_with("%PDF");
}

int recognises(const SourceFile& file) {
  if (!can_be_table(file.bytes) || left_alone_as(file.name)) return 0;
  const auto found = match(file.name, decode(beginning(file.bytes)).text);
  if (!found.kind) return 0;
  return found.by_name ? 95 : 80;
}

bool never_opened_here(std::string_view name) {
  const auto* known = left_alone_as(name);
  return known && known->closed;
}

/// "…LinkedInDataExport_03-02-2026.zip" → 2 March 2026; also " (1).zip", ".zip.zip", and folders of that name, or with a
/// day of the user's own, "linkedin 2026-03-02".
std::optional<Date> day_in_name(std::string_view name) {
  const auto lowered = text::lower(name);
  constexpr std::string_view mark = "dataexport_";
  for (auto at = lowered.find(mark); at != lowered.npos; at = lowered.find(mark, at + 1)) {
    const auto day = std::string_view{lowered}.substr(at + mark.size()).substr(0, 10);
    constexpr std::array shape{"M-D-Y"sv};
    if (const auto moment = moment_of(day, shape)) return moment->day;
  }
  for (std::size_t at = 0; at + 10 <= name.size(); ++at) {
    const bool begins = at == 0 || name[at - 1] < '0' || name[at - 1] > '9';
    const bool ends = at + 10 == name.size() || name[at + 10] < '0' || name[at + 10] > '9';
    if (const auto day = begins && ends ? date_from_text(name.substr(at, 10)) : std::nullopt) return day;
  }
  return {};
}

std::optional<Date> day_in_names(const std::vector<SourceFile>& files, const Options& options) {
  if (const auto day = day_in_name(options.bundle_name)) return day;
  for (const auto& file : files) {
    if (const auto day = day_in_name(file.name)) return day;
  }
  return {};
}

/// What stands where a header was expected.
std::string first_cells(std::string_view text) {
  CsvReader reader(text.substr(0, 10'000), delimiter_of(text));
  CsvReader::Record record;
  if (!reader.next(record)) return "nothing: the file is empty";
  std::string joined;
  for (const auto& cell : record.cells) joined += (joined.empty() ? "" : ", ") + cell;
  return "\"" + text::fit(text::clean_line(joined, 400), 120) + "\"";
}

std::string expected_columns(const FileKind& kind) {
  std::string joined;
  for (const auto& column : kind.signature) joined += (joined.empty() ? "" : ", ") + column.substr(0, column.find('|'));
  return joined;
}

/// A file whose name is known and whose header is not there, or one that nobody knows.
void report_unread(const SourceFile& file, const std::string& text, FileReport& report, std::vector<Issue>& issues) {
  const auto base = base_name(file.name);
  const auto& kinds = file_kinds();
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const FileKind& k) { return has_name(k, base); });
  if (kind == kinds.end()) {
    report.not_read = "not a file that LinkedIn is known to export";
    return;
  }
  report.not_read = "the header of " + std::string{kind->title} + " was not found";
  issues.push_back(
      {file.name, 1, 0,
       fmt::format("expected the columns {} within the first 20 lines, found {}; give the file as LinkedIn "
                   "sent it, or put that header back",
                   expected_columns(*kind), first_cells(text))});
}

/// Where a person was told of: each point carries the source and its day.
void date_points(Batch& batch) {
  const auto date = [&](Person& person) {
    for (auto& point : person.points) point.source = "linkedin", point.seen_on = batch.snapshot_on;
  };
  std::for_each(batch.people.begin(), batch.people.end(), date);
  if (batch.self.profile) date(*batch.self.profile);
}

Batch read(const std::vector<SourceFile>& files, const Options& options) {
  Batch batch;
  batch.source = "linkedin";
  std::vector<std::string> texts(files.size());
  std::vector<Match> matches(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    auto& report = batch.files.emplace_back();
    report.file = files[i].name;
    if (const auto* known = left_alone_as(files[i].name)) {
      report.not_read = known->why;
    } else if (!can_be_table(files[i].bytes)) {
      report.not_read = "not a table";
    } else {
      texts[i] = decode(files[i].bytes).text;
      matches[i] = match(files[i].name, texts[i]);
      if (!matches[i].kind) report_unread(files[i], texts[i], report, batch.issues);
    }
  }

  Reading reading(batch, options);
  for (const auto& kind : file_kinds()) {
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (matches[i].kind != &kind) continue;
      if (options.progress) {
        options.progress(files[i].name, static_cast<std::int64_t>(i), static_cast<std::int64_t>(files.size()));
      }
      batch.files[i].recognised = kind.title;
      reading.open(static_cast<int>(i), *matches[i].sheet);
      kind.read(reading);
      reading.close();
      for (auto issue : matches[i].sheet->issues()) {
        issue.file = files[i].name;
        batch.issues.push_back(std::move(issue));
      }
      matches[i].sheet.reset();
      texts[i] = {};
    }
  }
  finish_messages(reading);
  batch.snapshot_on = day_in_names(files, options);
  if (!batch.snapshot_on) batch.snapshot_on = reading.latest;
  if (!batch.snapshot_on && options.today.ok()) batch.snapshot_on = options.today;
  finish_jobs(reading);
  date_points(batch);
  return batch;
}

}  // namespace

const Importer linkedin{"linkedin", "LinkedIn data export", recognises, read, never_opened_here};

namespace linkedin_parts {

std::string joined_name(std::string_view given, std::string_view family) {
  return text::clean_line(std::string{given} + " " + std::string{family}, 300);
}

void set_name(Contact& contact, PersonName name) {
  if (name.display.empty()) return;
  contact.display = std::move(name.display);
  contact.given = std::move(name.given);
  contact.family = std::move(name.family);
  contact.nickname = std::move(name.nickname);
  contact.suffix = std::move(name.suffix);
}

bool is_nobody(std::string_view name) {
  constexpr std::array names{"LinkedIn Member"sv,     "LinkedIn-Mitglied"sv,    "LinkedIn Mitglied"sv,
                             "Membre de LinkedIn"sv,  "Utilisateur LinkedIn"sv, "Miembro de LinkedIn"sv,
                             "Usuário do LinkedIn"sv, "Utente LinkedIn"sv,      "Membro di LinkedIn"sv,
                             "LinkedIn-lid"sv};
  return name.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

void Reading::open(int file, Sheet& sheet) {
  file_ = file;
  sheet_ = &sheet;
}

bool Reading::next() {
  if (!sheet_->next()) return false;
  auto& report = batch.files[static_cast<std::size_t>(file_)];
  tell_of_row(options, report.file, ++report.rows);
  return true;
}

std::string Reading::words(std::string_view column) const {
  return text::clean_line(cell(column));
}

std::string Reading::prose(std::string_view column) const {
  const auto written = cell(column);
  return written.find_first_of("<&") == written.npos ? text::clean(written) : text::clean(text::from_html(written));
}

void Reading::skip(int file, const std::string& why) {
  auto& report = batch.files[static_cast<std::size_t>(file)];
  ++report.skipped;
  ++report.skipped_why[why];
}

void Reading::issue(std::string_view column, std::string message) {
  batch.issues.push_back(
      {batch.files[static_cast<std::size_t>(file_)].file, sheet_->line(), sheet_->column(column), std::move(message)});
}

std::optional<Moment> Reading::moment(std::string_view column, Shapes shapes) {
  const auto written = cell(column);
  if (written.empty() || written == "N/A" || written == "NA") return {};
  const auto moment = moment_of(written, shapes);
  if (!moment) {
    issue(column,
          fmt::format("\"{}\" is not a date that LinkedIn writes here", text::fit(text::clean_line(written), 40)));
    return {};
  }
  if (!options.today.ok() || moment->day <= options.today) latest = std::max(latest, std::optional{moment->day});
  return moment;
}

bool Reading::is_too_old(Date day, int file) {
  if (!options.since || day >= *options.since) return false;
  skip(file, "before " + to_text(*options.since));
  return true;
}

const std::string& Reading::slug_of(std::string_view url) {
  const auto [at, is_new] = slugs_.try_emplace(std::string{url});
  if (is_new && url.size() <= 500) at->second = normalised(PointKind::linkedin, url).value_or("");
  return at->second;
}

static std::string_view described(PointKind kind) {
  switch (kind) {
    case PointKind::email:
      return "an email address";
    case PointKind::phone:
      return "a phone number";
    case PointKind::linkedin:
      return "the address of a profile";
    default:
      return "an address";
  }
}

void Reading::add_point(Person& person, PointKind kind, std::string_view written, std::string_view column,
                        std::string label) {
  if (written.empty() || written == "NA" || written == "N/A") return;
  auto value = written.size() > 500 ? std::nullopt : normalised(kind, written, options.region);
  if (!value || value->empty()) {
    issue(column, fmt::format("\"{}\" is not {}, left out", text::fit(text::clean_line(written), 40), described(kind)));
    return;
  }
  const bool known = std::any_of(person.points.begin(), person.points.end(),
                                 [&](const ContactPoint& p) { return p.kind == kind && p.value == *value; });
  if (known || person.points.size() >= 50) return;
  ContactPoint point;
  point.kind = kind;
  point.value = std::move(*value);
  point.label = std::move(label);
  person.points.push_back(std::move(point));
}

Person& Reading::me() {
  if (!batch.self.profile) {
    auto& person = batch.self.profile.emplace();
    person.contact.display = "Me";
    person.contact.me = true;
    person.contact.source = "linkedin";
    person.file = file_;
    person.line = sheet_ ? sheet_->line() : 0;
  }
  return *batch.self.profile;
}

void Reading::add_my_point(PointKind kind, std::string_view written, bool primary) {
  const auto value = written.size() > 500 ? std::nullopt : normalised(kind, written, options.region);
  if (!value || value->empty()) return;
  auto& points = me().points;
  auto at = std::find_if(points.begin(), points.end(),
                         [&](const ContactPoint& p) { return p.kind == kind && p.value == *value; });
  if (at == points.end()) {
    if (points.size() >= 50) return;
    at = points.emplace(points.end());
    at->kind = kind;
    at->value = *value;
  }
  at->primary = at->primary || primary;
}

bool Reading::is_connected(const PersonKey& person) const {
  if (!person.linkedin.empty() && !connected_slugs.empty()) return connected_slugs.contains(person.linkedin);
  return connected_by_name.contains(person.name);
}

PersonKey Reading::key_of(std::string slug, std::string name) const {
  if (slug.empty()) {
    const auto known = connected_by_name.find(name);
    if (known != connected_by_name.end() && known->second.count == 1) slug = known->second.slug;
  }
  if (name.empty() && !slug.empty()) {
    const auto known = name_of_slug.find(slug);
    if (known != name_of_slug.end()) name = known->second;
  }
  return {std::move(slug), "", std::move(name)};
}

}  // namespace linkedin_parts
}  // namespace ties::importers
