#pragma once
#include "crm/domain/application.h"
#include "crm/domain/contribution.h"
#include "crm/domain/credential.h"
#include "crm/domain/duplicates.h"
#include "crm/domain/errors.h"
#include "crm/domain/followups.h"
#include "crm/domain/history.h"
#include "crm/domain/network.h"
#include "crm/domain/view.h"
#include "crm/store/backup.h"
#include "crm/store/journal.h"
#include "crm/store/rows.h"
#include "crm/store/tables.h"

#include <map>
#include <set>

namespace ties {

struct PathFacts;
struct Aim;
struct Overlap;
struct EventYield;

/// The user typed this field of a contact: an import leaves it alone.
struct HandEdit {
  static constexpr std::string_view noun = "hand_edit";

  Id<HandEdit> id{};
  Id<Contact> contact{};
  std::string field{};

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("contact", r.contact), f("field", r.field);
  }
};

/// A contact as lists show it.
struct ContactLine {
  Contact contact{};
  std::string company{};
  std::optional<Id<Company>> company_id{};
  std::string title{};
  std::optional<Date> last{};  ///< latest real interaction
  std::string tags{};          ///< names, joined by ", "
  std::string email{};         ///< the primary one
};

enum class ContactOrder { name, last, added, company };
template <>
struct Words<ContactOrder> {
  static constexpr std::array all{"name"sv, "last"sv, "added"sv, "company"sv};
};

/// Which part of the contacts that a query finds is wanted. `last` and `added` begin with the latest.
struct ContactWindow {
  /// The contact behind which the part begins, as it stood in the order.
  struct After {
    std::string value{};   ///< what it was ordered by
    std::string folded{};
    std::int64_t id{};
  };

  ContactOrder order{};
  bool turned{};  ///< the other way round; those without a value come last all the same
  std::optional<int> limit{};
  std::int64_t offset{};
  std::optional<After> after{};
  bool with_private{true};  ///< private talks count for `last`
};

/// Part of a table's rows: newest first, or by any column, numbers as numbers.
struct RowWindow {
  std::string column{};  ///< empty: newest first, as the table is listed
  bool descending{};
  std::optional<int> limit{};
  std::int64_t offset{};
  std::optional<std::string> after_value{};  ///< of the row behind which it begins, in the column; none: at the beginning
  std::int64_t after{};                      ///< that row's number
};

/// What was answered to a write that carried a key.
struct Answered {
  std::string request{};  ///< a hash of what was asked
  std::string said{};
  std::optional<std::string> answer{};  ///< none: it was done, and then the machine stopped
};

/// A job as it is shown: with the company's name.
struct EmploymentLine {
  Employment employment{};
  std::string company{};
};

/// One run of an importer, as the journal of imports keeps it. `files` and `issues` are JSON, written and read by the
/// service.
struct ImportRun {
  std::int64_t id{};
  std::optional<Id<Change>> change{};  ///< none: it changed nothing
  std::string at{};
  std::string source{};
  std::string name{};
  std::string sha256{};
  std::optional<Date> snapshot_on{};
  std::string files{};
  std::string issues{};
  bool undone{};
};

/// Keeps the records in one SQLite file; it alone changes that file, and only while a Change is open.
class Store {
 public:
  explicit Store(const std::filesystem::path& file, Database::Access access = Database::Access::read_write)
      : database_(file, access), journal_(database_) {}

  Journal& journal() { return journal_; }
  const std::filesystem::path& file() const { return database_.file(); }
  void copy_to(const std::filesystem::path& file) { database_.copy_to(file); }
  std::int64_t version_of_data() { return database_.version_of_data(); }
  std::int64_t version_of_schema();  ///< another number once the whole content was replaced

  // backup.cpp
  FileFacts facts();
  /// Copies the file as it is now into a new one, for its owner alone: under another name until it is whole and checked. Throws
  /// Conflict where there is a file already, StoreError.
  void back_up(const std::filesystem::path& to);
  /// Replaces the content by that of a backup, brought up to date, in one transaction: all who have the file open go on
  /// with it. What lets in (tokens, sessions, the password) stays as it is, and no number is given again. `folder`: where a
  /// copy may stand meanwhile. Throws Conflict for a backup that is not good, StoreError.
  void restore(const std::filesystem::path& backup, const std::filesystem::path& folder);

  // Any record, by its number.
  template <class R>
  std::optional<R> find(Id<R> id);
  /// Throws NotFound: "there is no contact 12".
  template <class R>
  R get(Id<R> id);
  template <class R>
  std::optional<R> find(std::optional<Id<R>> id) {
    return id ? find(*id) : std::nullopt;
  }
  template <class R>
  std::vector<R> all();
  /// The same in the order of their numbers, one at a time: for as many as there may be.
  template <class R, class Visit>
  void each(Visit visit);
  template <class R>
  std::int64_t count();
  /// The highest number that a record has; 0: there is none.
  template <class R>
  Id<R> newest();
  /// Keeps a new record and returns its number; `record.id` is ignored.
  template <class R>
  Id<R> add(R record);
  template <class R>
  void update(R record);
  template <class R>
  void remove(Id<R> id);

  // contacts.cpp
  std::optional<Contact> me();
  Contact me_or_new();  ///< the user's own record, made when there is none
  std::vector<Contact> contacts_called(const std::string& folded);            ///< exactly so
  std::vector<Contact> contacts_like(const std::vector<std::string>& words);  ///< each word within the name
  std::vector<Contact> contacts_at(PointKind kind, const std::string& value);
  std::vector<ContactLine> contacts(const ContactQuery& query, const ContactWindow& window, Date today);
  std::int64_t count_contacts(const ContactQuery& query, bool with_private, Date today);
  std::vector<Id<Contact>> contact_ids(const ContactQuery& query, Date today, bool with_private = true);  ///< in their order
  std::vector<ContactPoint> points(Id<Contact> contact);
  std::vector<ContactExtra> extras(Id<Contact> contact);
  std::vector<EmploymentLine> employments(Id<Contact> contact);  ///< the current one first
  std::optional<EmploymentLine> current_employment(Id<Contact> contact);
  std::vector<Education> educations(Id<Contact> contact);
  std::vector<Tag> tags(Id<Contact> contact);
  std::vector<std::pair<Tag, int>> tags();  ///< by name, with how many people each has
  std::optional<Tag> tag_named(const std::string& name);
  Tag tag_named_or_new(const std::string& name);
  void move_tag(Id<Tag> from, Id<Tag> to);  ///< whoever has the one has the other afterwards, and not that one
  std::optional<ContactTag> contact_tag(Id<Contact> contact, Id<Tag> tag);
  std::vector<std::string> hand_edits(Id<Contact> contact);
  void mark_hand_edit(Id<Contact> contact, const std::string& field);
  std::vector<JobChange> job_changes(Id<Contact> contact);
  std::vector<ContactName> names(Id<Contact> contact);      ///< the other ones
  std::vector<ContactFormer> formers(Id<Contact> contact);  ///< records that were merged into it
  /// The contact into which the record of that number was merged.
  std::optional<Contact> contact_once_numbered(std::int64_t number);

  // merge.cpp
  /// What all contacts have that tells people apart; not of the user's own and those in the trash.
  std::vector<PersonFacts> person_facts();
  std::optional<ContactDistinct> distinct(Id<Contact> a, Id<Contact> b);
  std::optional<Date> last_told_on(Id<Contact> contact);  ///< when a source last spoke of an address or a job
  /// Moves everything that points to `gone` to `kept`, as the schema names it; rows that would then say the same twice are
  /// joined, what one of them leaves empty filled in from the other; keeps `kept` as given, and `gone` as its former record.
  /// Returns how many rows moved, by table.
  std::map<std::string, int> merge(const Contact& kept, const Contact& gone);

  // erase.cpp
  /// Removes every trace of a contact: the record, its parts, talks with nobody else, the journal's rows and words, and
  /// the free pages of the file. Not to be undone. Returns the records whose texts still name the person.
  std::vector<std::string> erase(Id<Contact> id, const std::string& at, const std::string& door);

  // companies.cpp
  std::vector<Company> companies_keyed(const std::string& key);  ///< by name or confirmed alias
  std::vector<Company> companies_like(const std::vector<std::string>& words);
  std::optional<Company> company_owning(const std::string& organisation);  ///< of a repository "organisation/name"
  std::vector<CompanyAlias> aliases(Id<Company> company);
  struct CompanyLine {
    Company company{};
    int people_now{};
    int people_before{};
    int applications_open{};
  };
  /// Those whose name, other names or notes have words that begin so, targets first.
  std::vector<CompanyLine> companies(bool targets_only, const std::string& words);
  /// Who works there now and was last in touch, so many at most.
  std::vector<Contact> closest_at(Id<Company> company, int count);
  struct Colleague {
    Contact contact{};
    Employment employment{};
    bool now{};
  };
  std::vector<Colleague> colleagues(Id<Company> company);  ///< everyone who works or worked there, each once

  // interactions.cpp
  std::vector<Contact> people_of(Id<Interaction> interaction);
  std::vector<Interaction> interactions_with(Id<Contact> contact);  ///< newest first
  std::vector<Interaction> interactions(std::optional<Id<Contact>> contact, std::optional<Id<Event>> event, const RowWindow& window);
  std::int64_t count_interactions(std::optional<Id<Contact>> contact, std::optional<Id<Event>> event);
  std::vector<Favour> favours(std::optional<Id<Contact>> contact);
  void link(Id<Interaction> interaction, Id<Contact> contact);  ///< once, however often it is said
  void unlink_all(Id<Interaction> interaction);

  // events.cpp
  std::vector<Event> events_like(const std::string& folded);
  struct EventLine {
    Event event{};
    int people{};
    int interactions{};
  };
  std::vector<EventLine> events();
  std::vector<Contact> people_met_at(Id<Event> event);

  // contributions.cpp
  std::optional<Contribution> contribution_linked(const std::string& link);
  std::vector<std::pair<Contact, ContributionPart>> people_of(Id<Contribution> contribution);
  std::vector<ContributionContact> links_of(Id<Contribution> contribution);
  std::vector<std::pair<Contribution, ContributionPart>> contributions_met_by(Id<Contact> contact);
  std::vector<Contribution> contributions(std::optional<Id<Company>> company);

  // pipelines.cpp
  std::optional<Pipeline> pipeline_keyed(const std::string& key);
  std::optional<Pipeline> standard_pipeline();
  std::vector<Stage> stages(Id<Pipeline> pipeline);  ///< in their order
  std::vector<Application> applications_in(Id<Stage> stage);

  // applications.cpp
  struct ApplicationLine {
    Application application{};
    std::string company{};
    std::string stage{};
    StageKind stage_kind{};
    Date in_stage_since{};
    std::string referrer{};
    std::optional<Id<Contact>> referrer_id{};
  };
  std::vector<ApplicationLine> application_lines(bool open_only, std::optional<Id<Company>> company);
  std::vector<ApplicationStep> steps(Id<Application> application);  ///< oldest first
  std::vector<std::pair<Contact, ApplicationPart>> people_of(Id<Application> application);
  std::vector<ApplicationContact> links_of(Id<Application> application);
  std::vector<Application> applications_at(Id<Company> company);
  std::vector<Application> applications_with(Id<Contact> contact);
  std::vector<Application> applications_called(const std::string& folded_words);
  std::vector<Interview> interviews(std::optional<Id<Application>> application);
  std::vector<Contact> people_of(Id<Interview> interview);
  std::vector<InterviewContact> links_of(Id<Interview> interview);
  std::vector<Document> documents(std::optional<Id<Application>> application);

  // referrals.cpp
  std::vector<Referral> referrals(std::optional<Id<Contact>> referrer, std::optional<Id<Company>> company,
                                  std::optional<Id<Application>> application);
  std::vector<ReferralStep> steps(Id<Referral> referral);  ///< oldest first

  // suggestions.cpp
  std::vector<Suggestion> suggestions(bool open_only);

  // tasks.cpp
  std::vector<Task> tasks(bool open_only);
  std::vector<Task> tasks_about(Id<Contact> contact);
  std::vector<Task> tasks_about(Id<Application> application);

  // views.cpp
  std::vector<View> views(std::optional<ViewPage> page);  ///< by page, in their order

  // facts.cpp
  FollowUpFacts follow_up_facts(Date today);
  FollowUpLinks links_of(const std::string& subject);  ///< of a follow-up's subject, "referral 3"
  TieFacts tie_facts(Id<Contact> contact);

  /// The same of many, each named once, in their order, in a few queries. Of interactions: what a tie rests on.
  std::vector<TieFacts> tie_facts(const std::vector<Id<Contact>>& contacts);

  // path_facts.cpp
  PathFacts path_facts(Id<Company> company, bool direct_only = false);  ///< direct_only: no more than of those there now
  Aim aim_at(std::optional<Id<Company>> company);  ///< what the user wants there
  std::vector<Overlap> overlaps(Id<Contact> contact);  ///< when the user and the contact were at one company or school

  // event_facts.cpp
  std::vector<EventYield> event_yields(Date today);

  // report_facts.cpp
  SearchHistory search_history();  ///< applications and referrals in the order of their numbers

  // network_facts.cpp: what the reports about the network rest on
  NetworkFacts network_facts();
  std::vector<FollowUpFacts::Moved> moves(std::optional<Date> since);  ///< job changes seen since, the latest first; of listed contacts
  ContributionFacts contribution_facts();
  ActivityFacts activity_facts();
  ProofFacts proof_facts(Date today);

  // search.cpp
  struct Hit {
    std::string what{};  ///< "contact", "company", "interaction"
    std::int64_t id{};
    std::string text{};
  };
  std::vector<Hit> search(const std::string& words, std::optional<int> limit, std::int64_t offset = 0);  ///< the best first
  std::int64_t count_hits(const std::string& words);

  // imports.cpp: what an import compares with, of contacts that are not in the trash
  std::vector<Id<Contact>> known_at(PointKind kind, const std::string& value);
  bool has_point(Id<Contact> contact, PointKind kind, const std::string& value);
  std::vector<Id<Contact>> first_contacts_called(const std::string& folded);  ///< by any name; two at most
  /// Whether a record of this source was merged into the contact: what its rows say of the two differs, and is no news.
  bool is_merged_from(Id<Contact> contact, const std::string& source);
  std::optional<Id<Company>> company_keyed(const std::string& key);  ///< by name or confirmed alias
  std::optional<Id<Company>> company_at_domain(const std::string& domain);  ///< also of a domain above it
  template <class R>
  std::optional<R> from_source(const std::string& source_key) {
    return select_one<R>("WHERE source_key = ?", source_key);
  }
  /// Whether an interaction's source key begins so.
  bool has_interaction_below(const std::string& beginning_of_key);
  std::map<std::string, std::map<std::string, std::string>> column_choices();  ///< header → column → field
  void remember_column(const std::string& header, const std::string& column, const std::string& field);
  std::optional<Id<Stage>> stage_chosen(Id<Pipeline> pipeline, const std::string& said);  ///< `said`: folded
  void remember_stage(Id<Pipeline> pipeline, const std::string& said, Id<Stage> stage);
  void keep(const ImportRun& run);
  std::vector<ImportRun> import_runs();

  // settings.cpp
  std::map<std::string, std::string> settings();
  void set(const std::string& key, const std::optional<std::string>& value);

  // credentials.cpp: who may come in; no part of any change
  std::vector<Credential> credentials(CredentialKind kind);  ///< in the order of their numbers
  void remove_expired_credentials(const std::string& now);   ///< of those that nobody would look up again

  // tables.cpp: what is private
  /// Whether private things are told. While they are not, all that is read is as if they were not there (a private note is
  /// empty), and an update leaves them as they are. Changed by `Sight` alone.
  bool tells_private() const { return tells_private_; }
  /// The texts of tasks that are hidden now, which the journal's words may repeat.
  std::vector<std::string> hidden_task_texts();
  // answered.cpp: answers to writes with a key; no part of any change, export or dump
  std::optional<Answered> answered(const std::string& key);
  void remember_answered(const std::string& key, const std::string& request, const std::string& at, std::string_view said);
  void complete_answered(const std::string& key, const std::string& answer);
  void forget_answered(const std::string& before);  ///< those that were remembered before that instant

  // references.cpp
  /// How many rows of which tables need this row and stand in the way of its deletion.
  std::map<std::string, std::int64_t> held_by(const std::string& table, std::int64_t id);

  // tables.cpp: every table of the user's alike, for exports of everything
  std::vector<TableInfo> tables();  ///< in the order of their names
  /// The rows of a table in the order of its key, values in the order of its columns. Without private things the private
  /// column is empty, and rows that are private, or point to one that is, are left out.
  void each_row(const TableInfo& table, bool with_private, const std::function<void(const std::vector<changeset::Value>&)>& visit);
  std::int64_t private_rows(const TableInfo& table);  ///< how many rows `each_row` leaves out or empties a column of
  bool may_be_private(const std::string& table);      ///< whether rows of the table can be private
  /// Reads of `work` see the file as it stands at its beginning, whatever others write meanwhile.
  void at_one_moment(const std::function<void()>& work);
  /// Adds a row of these columns, a value each, and what is computed of them. Says what is wrong with it, in plain words;
  /// empty when it was added. A reference may point to a row that comes later.
  std::string add_row(const TableInfo& table, const std::vector<std::string>& columns, const std::vector<changeset::Value>& values);
  /// The tables that hold anything but what `ties init` makes and the user says of themselves, with how many rows.
  std::vector<std::pair<std::string, std::int64_t>> held();
  /// Removes what `held` does not count, so that rows of any number can be added.
  void empty_for_rows();
  std::vector<RowFault> row_faults();  ///< references to nowhere, and records that contradict each other

  // check.cpp
  /// What is wrong with the file, a sentence each; empty when all is well: SQLite's integrity, foreign keys, the search
  /// index against the records, and every entry of the journal against its format.
  std::vector<std::string> check();
  void rebuild_search();  ///< and what lists show of contacts
  /// Every row of the user's tables, a line each: equal texts are equal contents.
  std::string dump();

 private:
  friend class Sight;
  void tell_private(bool told);
  static void keep_hidden(auto&) {}
  void keep_hidden(Contact& contact);
  friend class OneMoment;
  std::int64_t faults_of_contact_lines();

  template <class R, class... Values>
  std::vector<R> select(const std::string& tail, const Values&... values);
  template <class R, class... Values>
  std::optional<R> select_one(const std::string& tail, const Values&... values) {
    auto rows = select<R>(tail, values...);
    return rows.empty() ? std::nullopt : std::optional<R>(std::move(rows.front()));
  }

  Database database_;
  Journal journal_;
  bool tells_private_{true};
};

/// What is wrong with a backup, as `Store::check` says it. `folder`: where a copy may stand meanwhile, should it be of an older
/// schema. Throws StoreError where it cannot be opened at all.
std::vector<std::string> faults_of_backup(const std::filesystem::path& backup, const std::filesystem::path& folder);

/// For as long as it lives, the store tells private things, or hides them.
class Sight {
 public:
  Sight(Store& store, bool of_private_things) : store_(store), before_(store.tells_private()) { store_.tell_private(of_private_things); }
  ~Sight() { store_.tell_private(before_); }
  Sight(const Sight&) = delete;
  Sight& operator=(const Sight&) = delete;

 private:
  Store& store_;
  bool before_;
};

/// As long as it lives, reads see the file as it stands at the first of them, whatever others write meanwhile.
class OneMoment {
 public:
  explicit OneMoment(Store& store);

 private:
  std::optional<SQLite::Transaction> transaction_;  ///< none: the reads are within one already
};

/// The kinds that `is_real` names, as an SQL list.
std::string real_kinds();

/// Words as a query of the index: every word, each as a beginning; empty when there is none.
std::string search_expression(const std::string& words);

// What the store fills in by itself before a record is kept.
inline void complete(auto&) {}
void complete(Contact& contact);
void complete(Company& company);
void complete(CompanyAlias& alias);
void complete(ContactName& name);
void complete(ContactFormer& former);

template <class R>
std::vector<R> Store::all() {
  return select<R>("ORDER BY id");
}

template <class R, class Visit>
void Store::each(Visit visit) {
  // Marked, so that it is not the statement of `all`, which the visit may ask for.
  auto query = database_.query("SELECT " + rows::columns<R>() + " FROM " + std::string(R::noun) + " ORDER BY id -- each");
  while (query->executeStep()) visit(rows::record<R>(*query));
}

template <class R, class... Values>
std::vector<R> Store::select(const std::string& tail, const Values&... values) {
  auto query = database_.query("SELECT " + rows::columns<R>(std::string(R::noun) + ".") + " FROM " + std::string(R::noun) + " " + tail);
  rows::bind_all(*query, values...);
  std::vector<R> found;
  while (query->executeStep()) found.push_back(rows::record<R>(*query));
  return found;
}

template <class R>
std::optional<R> Store::find(Id<R> id) {
  return select_one<R>("WHERE id = ?", id);
}

template <class R>
R Store::get(Id<R> id) {
  if (auto found = find(id)) return *std::move(found);
  throw NotFound("there is no " + std::string(R::noun) + " " + std::to_string(id.value));
}

template <class R>
std::int64_t Store::count() {
  auto query = database_.query("SELECT count(*) FROM " + std::string(R::noun));
  query->executeStep();
  return query->getColumn(0).getInt64();
}

template <class R>
Id<R> Store::newest() {
  auto query = database_.query("SELECT coalesce(max(id), 0) FROM " + std::string(R::noun));
  query->executeStep();
  return {query->getColumn(0).getInt64()};
}

template <class R>
Id<R> Store::add(R record) {
  static const std::string sql = [] {
    std::string names, marks;
    R empty{};
    R::fields(empty, [&](std::string_view name, auto&) {
      names += (names.empty() ? "\"" : ",\"") + std::string(name) + '"';
      marks += marks.empty() ? "?" : ",?";
    });
    return "INSERT INTO main." + std::string(R::noun) + " (" + names + ") VALUES (" + marks + ")";
  }();
  complete(record);
  auto query = database_.query(sql);
  int at = 0;
  R::fields(record, [&](std::string_view, auto& field) { rows::bind(*query, ++at, field); });
  query->exec();
  return {database_.connection().getLastInsertRowid()};
}

template <class R>
void Store::update(R record) {
  static const std::string sql = [] {
    std::string sets;
    R empty{};
    R::fields(empty, [&](std::string_view name, auto&) { sets += (sets.empty() ? "\"" : ",\"") + std::string(name) + "\" = ?"; });
    return "UPDATE main." + std::string(R::noun) + " SET " + sets + " WHERE id = ?";
  }();
  complete(record);
  keep_hidden(record);
  auto query = database_.query(sql);
  int at = 0;
  R::fields(record, [&](std::string_view, auto& field) { rows::bind(*query, ++at, field); });
  rows::bind(*query, ++at, record.id);
  query->exec();
}

template <class R>
void Store::remove(Id<R> id) {
  auto query = database_.query("DELETE FROM main." + std::string(R::noun) + " WHERE id = ?");
  rows::bind(*query, 1, id);
  query->exec();
}

}  // namespace ties
