#pragma once
#include "crm/service/imports.h"

namespace ties {

/// Brings a batch into the file, within an open change, whole or in parts: finds each person by identity (profile,
/// address, login, the source's own name; a name only for sources without any), adds, updates what the user has not
/// typed, keeps a job change as history, and holds little more in memory than the part at hand.
class Applying {
 public:
  explicit Applying(Crm& crm, OpenChange* change = nullptr) : crm_(crm), store_(crm.store), change_(change) {}

  /// Takes the records out of a batch that is still being read.
  void take(importers::Batch& part);
  /// Takes the last part. The result's batch holds the reports and issues of all.
  ImportResult finish(importers::Batch last);

 private:
  enum class Did { created, changed, unchanged };

  void begin(const importers::Batch& first);
  void apply(importers::Batch& part);
  template <class Found>
  void apply_all(std::string_view what, const std::vector<Found>& all, void (Applying::*apply_one)(const Found&));
  void count(int file, Did did);
  /// The same, and lists the record among the first. `what`: what was changed of it.
  template <class R>
  void count(int file, Did did, const R& record, std::string what = "") {
    count(file, did);
    auto& rows = did == Did::created ? result_.created : result_.changed;
    if (did == Did::unchanged || rows.size() == ImportResult::rows_max) return;
    rows.push_back({std::string(R::noun), record.id.value, name_of(record), std::move(what), file, 0});
  }
  void skip(int file, int line, std::string name, const char* why);
  std::string name_of(const Contact& contact) const { return contact.display; }
  std::string name_of(const Company& company) const { return company.name; }
  std::string name_of(const Event& event) const { return event.name; }
  std::string name_of(const Task& task) const { return task.text; }
  std::string name_of(const Contribution& contribution) const { return contribution.title; }
  std::string name_of(const Interaction& interaction) const;
  std::string name_of(const Interview& interview) const;
  std::string name_of(const Application& application) const;
  std::string name_of(const Suggestion& suggestion) const;
  Date snapshot() const { return snapshot_on_.value_or(crm_.clock.today()); }

  // applying_people.cpp
  Id<Company> company(const std::string& name);
  std::optional<Id<Contact>> known(const importers::Person& person);
  std::optional<Id<Contact>> known(const importers::PersonKey& key);
  std::optional<Id<Contact>> only_one_called(const std::string& name);
  Id<Contact> known_or_new(const importers::PersonKey& key);
  /// Those of them who are a contact, each once; with `also_new` all. Who is not, is counted among the strangers.
  std::vector<Id<Contact>> contacts_among(const std::vector<importers::PersonKey>& people, bool also_new);
  bool add_point(Id<Contact> contact, PointKind kind, const std::string& value, const std::string& label);
  void apply_self(const importers::Self& self);
  void apply_suggestion(const importers::FoundCompany& found);
  void apply_person(const importers::Person& person);
  bool add_parts(Id<Contact> contact, const importers::Person& person);
  bool add_extras(Id<Contact> contact, const importers::Person& person);
  bool add_job(Id<Contact> contact, const importers::Person::Job& job, bool snapshot_of_today);
  void note_change(Id<Contact> contact, const EmploymentLine& before, const Employment& after);
  bool knows_company(Id<Contact> contact, const std::string& name);
  void introduce(Id<Contact> contact, const std::string& introducer);

  // applying_talks.cpp
  void apply_event(const importers::FoundEvent& found);
  void apply_interaction(const importers::FoundInteraction& found);
  Did grow(Interaction kept, const Interaction& found);
  void apply_meeting(const importers::FoundMeeting& found);
  Did settle(Interview interview, const importers::FoundMeeting& found, bool past);
  Did settle(Task task, const importers::FoundMeeting& found, bool past);
  std::optional<Id<Application>> application_of(const importers::FoundMeeting& found, const std::vector<Id<Contact>>& contacts);
  void meet(Id<Contact> id, const Interaction& interaction);
  Id<Event> event(const std::string& name);

  // applying_work.cpp
  void apply_application(const importers::FoundApplication& found);
  bool follow(Application kept, const importers::FoundApplication& found);
  Stage stage_of(Id<Pipeline> pipeline, const importers::FoundApplication& found);
  void apply_contribution(const importers::FoundContribution& found);
  std::optional<Id<Company>> owner(const importers::FoundContribution& found);
  void apply_notice(const importers::FoundNotice& found);

  Crm& crm_;
  Store& store_;
  OpenChange* change_;
  bool begun_{};
  bool is_last_{};                                          ///< nothing comes after the part at hand
  std::map<std::string, std::int64_t, std::less<>> told_{};  ///< how many of a kind the parts before held
  std::string source_{};
  std::optional<Date> snapshot_on_{};
  bool older_than_known_{};  ///< a later export was imported before: this one tells history, nothing current
  std::unordered_map<std::string, Id<Company>> companies_{};  ///< looked up lately, by key
  std::unordered_map<std::string, Id<Event>> events_{};
  std::vector<std::pair<Id<Contact>, std::string>> introduced_{};  ///< by whom: after all people, who may stand below
  ImportResult result_{};
};

}  // namespace ties
