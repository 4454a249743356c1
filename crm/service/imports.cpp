#include "crm/service/imports.h"

#include "crm/service/exports.h"
#include "crm/service/naming.h"
#include "crm/service/pipeline_file.h"
#include "crm/text/text.h"
#include "importers/bundle.h"
#include "importers/notes.h"
#include "importers/table_mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_set>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;
using importers::Batch;
using importers::PersonKey;

/// Brings one batch in. Holds what is known of the file, so that nothing is looked up row by row.
class Applying {
 public:
  Applying(Crm& crm, Batch batch) : crm_(crm), store_(crm.store), points_(store_.known_points()), companies_(store_.known_companies()) {
    result_.counts.resize(batch.files.size());
    result_.batch = std::move(batch);
    for (const auto& [folded, id] : store_.known_names()) names_[folded].push_back(id);
    for (const auto& run : store_.import_runs()) {
      if (run.source == result_.batch.source && !run.undone && run.snapshot_on && *run.snapshot_on > snapshot()) older_than_known_ = true;
    }
  }

  ImportResult run() {
    auto& batch = result_.batch;
    apply_self(batch.self);
    for (const auto& company : batch.companies) apply_suggestion(company);
    for (const auto& event : batch.events) apply_event(event);
    std::int64_t done = 0;
    for (const auto& person : batch.people) {
      apply_person(person);
      tell("people", ++done, batch.people.size());
    }
    for (const auto& person : batch.people) introduce(person);
    interaction_keys_ = store_.known_source_keys("interaction");
    for (const auto& [key, id] : interaction_keys_) told_in_parts_.insert(whole_of(key));
    done = 0;
    for (const auto& found : batch.interactions) {
      apply_interaction(found);
      tell("conversations", ++done, batch.interactions.size());
    }
    application_keys_ = store_.known_source_keys("application");
    for (const auto& found : batch.applications) apply_application(found);
    for (const auto& found : batch.contributions) apply_contribution(found);
    return std::move(result_);
  }

 private:
  enum class Did { created, changed, unchanged };

  void tell(std::string_view what, std::int64_t done, std::size_t total) const {
    if (crm_.progress && (done % 500 == 0 || done == static_cast<std::int64_t>(total))) crm_.progress(what, done, static_cast<std::int64_t>(total));
  }

  void count(int file, Did did) {
    if (file < 0 || static_cast<std::size_t>(file) >= result_.counts.size()) return;
    auto& counts = result_.counts[static_cast<std::size_t>(file)];
    ++(did == Did::created ? counts.created : did == Did::changed ? counts.changed : counts.unchanged);
  }

  Date snapshot() const { return result_.batch.snapshot_on.value_or(crm_.clock.today()); }

  Id<Company> company(const std::string& name) {
    const auto key = company_key(name);
    if (const auto known = companies_.find(key); known != companies_.end()) return known->second;
    Company company;
    company.name = name;
    return companies_[key] = store_.add(company);
  }

  std::optional<Id<Contact>> contact_at(PointKind kind, const std::string& value) const {
    if (value.empty()) return std::nullopt;
    const auto known = points_.find({kind, value});
    return known == points_.end() ? std::nullopt : std::optional<Id<Contact>>(known->second.front());
  }

  /// By identity; a name only suggests.
  std::optional<Id<Contact>> known(const importers::Person& person) const {
    for (const auto& point : person.points) {
      if (!identifies(point.kind)) continue;
      if (const auto found = contact_at(point.kind, point.value)) return found;
    }
    if (const auto found = contact_at(PointKind::uid, person.uid)) return found;
    // Notes mean the one contact of that name, and so does an old export of the network that has no profiles. Any other
    // source may mean a namesake: there a name tells only who came out of it before, without an identity.
    const bool by_name = result_.batch.source == "notes" || result_.batch.source == "linkedin";
    const bool identified = !person.uid.empty() || std::any_of(person.points.begin(), person.points.end(), [&](const auto& point) {
                              return by_name ? point.kind == PointKind::linkedin : identifies(point.kind);
                            });
    const auto found = identified ? std::nullopt : only_one_called(person.contact.display);
    // A table of Ties's own may come back into the file that it was made of.
    if (!found || by_name || result_.batch.source == "ties" || store_.get(*found).source == result_.batch.source) return found;
    return std::nullopt;
  }

  /// A phone is shared too often to tell a person by.
  static bool identifies(PointKind kind) {
    return kind == PointKind::linkedin || kind == PointKind::email || kind == PointKind::github || kind == PointKind::gitlab;
  }

  std::optional<Id<Contact>> only_one_called(const std::string& name) const {
    for (const auto& folded : folded_names(name)) {
      const auto called = names_.find(folded);
      if (called != names_.end()) return called->second.size() == 1 ? std::optional(called->second.front()) : std::nullopt;
    }
    return std::nullopt;
  }

  std::optional<Id<Contact>> known(const PersonKey& key) {
    if (const auto found = contact_at(PointKind::linkedin, key.linkedin)) return found;
    if (const auto found = contact_at(PointKind::email, key.email)) return found;
    if (const auto found = contact_at(PointKind::github, key.github)) return found;
    if (const auto found = contact_at(PointKind::gitlab, key.gitlab)) return found;
    if (!key.linkedin.empty() || key.name.empty()) return std::nullopt;
    return only_one_called(key.name);
  }

  /// A contact for a person whom only a message or an invitation names.
  Id<Contact> known_or_new(const PersonKey& key) {
    if (const auto found = known(key)) return *found;
    const auto* told = &key.name;
    for (const auto* other : {&key.linkedin, &key.github, &key.gitlab, &key.email}) {
      if (told->empty()) told = other;
    }
    const auto name = person_name(*told);
    Contact contact;
    contact.display = name.display.empty() ? "somebody" : name.display;
    contact.given = name.given, contact.family = name.family, contact.nickname = name.nickname, contact.suffix = name.suffix;
    contact.source = result_.batch.source;
    contact.id = store_.add(contact);
    names_[text::fold(contact.display + " " + contact.nickname)].push_back(contact.id);
    if (!key.linkedin.empty()) add_point(contact.id, PointKind::linkedin, key.linkedin, "");
    if (!key.email.empty()) add_point(contact.id, PointKind::email, key.email, "");
    if (!key.github.empty()) add_point(contact.id, PointKind::github, key.github, "");
    if (!key.gitlab.empty()) add_point(contact.id, PointKind::gitlab, key.gitlab, "");
    return contact.id;
  }

  bool add_point(Id<Contact> contact, PointKind kind, const std::string& value, const std::string& label) {
    auto& owners = points_[{kind, value}];
    if (std::find(owners.begin(), owners.end(), contact) != owners.end()) return false;
    ContactPoint point;
    point.contact = contact, point.kind = kind, point.value = value, point.label = label;
    point.source = result_.batch.source, point.seen_on = snapshot();
    store_.add(point);
    owners.push_back(contact);
    return true;
  }

  void apply_self(const importers::Self& self) {
    if (!self.profile && self.schools.empty()) return;
    auto me = store_.me_or_new();
    if (self.profile) {
      const auto& profile = *self.profile;
      auto after = me;
      if (!profile.contact.display.empty()) after.display = profile.contact.display, after.given = profile.contact.given, after.family = profile.contact.family;
      if (!profile.contact.headline.empty()) after.headline = profile.contact.headline;
      if (!profile.contact.location.empty()) after.location = profile.contact.location;
      after.folded = me.folded;
      if (after != me) store_.update(after);
      for (const auto& point : profile.points) add_point(me.id, point.kind, point.value, point.label);
      for (const auto& job : profile.jobs) add_job(me.id, job, false);
    }
    const auto known = store_.educations(me.id);
    for (auto school : self.schools) {
      if (std::any_of(known.begin(), known.end(), [&](const auto& k) { return k.school == school.school && k.degree == school.degree && k.started == school.started; })) continue;
      school.contact = me.id;
      school.source = result_.batch.source;
      store_.add(school);
    }
  }

  void apply_suggestion(const importers::FoundCompany& found) {
    auto kept = store_.get(company(found.name));
    if (kept.target || kept.suggested) return count(found.file, Did::unchanged);
    kept.suggested = true;
    store_.update(kept);
    count(found.file, Did::created);
  }

  void apply_event(const importers::FoundEvent& found) {
    for (auto event : store_.all<Event>()) {
      if (event.source_key && event.source_key == found.event.source_key) return count(found.file, Did::unchanged);
      if (text::fold(event.name) != text::fold(found.event.name)) continue;
      auto after = event;
      if (!after.source_key) after.source_key = found.event.source_key;
      if (!after.starts_on) after.starts_on = found.event.starts_on;
      if (!after.ends_on) after.ends_on = found.event.ends_on;
      if (after.place.empty()) after.place = found.event.place;
      if (after.link.empty()) after.link = found.event.link;
      if (after == event) return count(found.file, Did::unchanged);
      store_.update(after);
      return count(found.file, Did::changed);
    }
    store_.add(found.event);
    count(found.file, Did::created);
  }

  /// Whether the job was news. `snapshot`: it is what a source says of today, so another current job means a change.
  bool add_job(Id<Contact> contact, const importers::Person::Job& job, bool snapshot_of_today) {
    if (job.company.empty() && job.title.empty()) return false;
    const auto company_id = job.company.empty() ? std::nullopt : std::optional<Id<Company>>(company(job.company));
    const auto lines = store_.employments(contact);
    for (const auto& [employment, name] : lines) {
      if (employment.company != company_id || employment.title != job.title || employment.started != job.started) continue;
      if (snapshot_of_today && employment.ended.empty() && (!employment.as_of || *employment.as_of < snapshot())) {
        auto still = employment;
        still.as_of = snapshot();
        store_.update(still);
      }
      if (employment.ended != job.ended && !snapshot_of_today) {
        auto ended = employment;
        ended.ended = job.ended;
        store_.update(ended);
        return true;
      }
      return false;
    }
    Employment employment;
    employment.contact = contact, employment.company = company_id, employment.title = job.title;
    employment.started = job.started, employment.ended = job.ended, employment.source = result_.batch.source;
    if (snapshot_of_today || job.ended.empty()) employment.as_of = snapshot();
    employment.id = store_.add(employment);
    if (snapshot_of_today && !lines.empty() && lines.front().employment.ended.empty()) note_change(contact, lines.front(), employment);
    return true;
  }

  void note_change(Id<Contact> contact, const EmploymentLine& before, const Employment& after) {
    if (before.employment.as_of && *before.employment.as_of >= snapshot()) return;  // an older export: history, no news
    JobChange change;
    change.contact = contact, change.before = before.employment.id, change.after = after.id, change.seen_on = snapshot();
    change.same_company = before.employment.company == after.company;
    store_.add(change);
    const auto name = store_.get(contact).display;
    const auto to = after.company ? store_.get(*after.company) : Company{};
    result_.job_changes.push_back(change.same_company ? fmt::format("{} is {} at {} now (was {})", name, after.title, to.name, before.employment.title)
                                                      : fmt::format("{} moved from {} to {}{}{}", name, before.company.empty() ? "?" : before.company, to.name.empty() ? "?" : to.name,
                                                                    after.title.empty() ? "" : ", " + after.title, to.target ? " (a target of yours)" : ""));
  }

  void apply_person(const importers::Person& person) {
    const auto id = known(person);
    if (!id) {
      if (person.only_suggests) return count(person.file, Did::unchanged);
      auto contact = person.contact;
      contact.source = result_.batch.source;
      if (!person.note.empty()) contact.notes = person.note;
      contact.id = store_.add(contact);
      names_[text::fold(contact.display + " " + contact.nickname)].push_back(contact.id);
      add_parts(contact.id, person);
      return count(person.file, Did::created);
    }
    const auto before = store_.get(*id);
    if (before.me) return count(person.file, Did::unchanged);
    const auto typed = store_.hand_edits(*id);
    const auto is_typed = [&](std::string_view field) { return std::find(typed.begin(), typed.end(), field) != typed.end(); };
    auto after = before;
    const auto take = [&](std::string_view field, std::string Contact::*member) {
      const auto& said = person.contact.*member;
      if (said.empty() || said == after.*member || person.only_suggests || older_than_known_) return;
      if (is_typed(field) || before.source == "hand") {
        if (!(before.*member).empty() && field != "given" && field != "family") {
          result_.differences.push_back(fmt::format("{}: {} stays '{}' as you typed it; the file says '{}'", before.display, field, before.*member, said));
        }
        if (!(before.*member).empty() || is_typed(field)) return;
      }
      after.*member = said;
    };
    // A name out of notes is how the user called them that day; the network's own wins over it.
    if (!result_.batch.source.starts_with("notes")) {
      if (!is_typed("name") && before.source != "hand") {
        take("display", &Contact::display), take("given", &Contact::given), take("family", &Contact::family), take("suffix", &Contact::suffix);
      }
      take("headline", &Contact::headline), take("location", &Contact::location);
    }
    if (!after.connected_on) after.connected_on = person.contact.connected_on;
    if (!after.met_on) after.met_on = person.contact.met_on;
    if (!person.note.empty() && after.notes.find(person.note) == std::string::npos) after.notes += (after.notes.empty() ? "" : "\n\n") + person.note;
    const bool fields = after != before;
    if (fields) store_.update(after);
    const bool parts = add_parts(*id, person);
    count(person.file, fields || parts ? Did::changed : Did::unchanged);
  }

  bool add_parts(Id<Contact> contact, const importers::Person& person) {
    bool news = false;
    for (const auto& point : person.points) news |= add_point(contact, point.kind, point.value, point.label);
    for (const auto& job : person.jobs) {
      const bool vague = job.title.empty() && !store_.employments(contact).empty() && knows_company(contact, job.company);
      if (!vague) news |= add_job(contact, job, job.started.empty() && job.ended.empty());
    }
    for (const auto& name : person.tags) {
      const auto tag = store_.tag_named_or_new(name);
      if (store_.contact_tag(contact, tag.id)) continue;
      ContactTag link;
      link.contact = contact, link.tag = tag.id;
      store_.add(link);
      news = true;
    }
    if (!person.uid.empty()) news |= add_point(contact, PointKind::uid, person.uid, "");
    if (!person.extras.empty()) news |= add_extras(contact, person);
    return news;
  }

  /// Of a name that this source told before, the newest value stands.
  bool add_extras(Id<Contact> contact, const importers::Person& person) {
    bool news = false;
    const auto known_extras = store_.extras(contact);
    const auto says = [&](const ContactExtra& extra) {
      return std::find(person.extras.begin(), person.extras.end(), importers::Person::Extra{extra.name, extra.value}) != person.extras.end();
    };
    for (const auto& known : known_extras) {
      const bool told_again = std::any_of(person.extras.begin(), person.extras.end(), [&](const auto& extra) { return extra.name == known.name; });
      if (known.source != result_.batch.source || !told_again || says(known) || older_than_known_) continue;
      store_.remove(known.id);
      news = true;
    }
    std::set<std::pair<std::string, std::string>> kept;
    for (const auto& known : known_extras) {
      if (known.source == result_.batch.source || result_.batch.source == "ties") kept.emplace(known.name, known.value);
    }
    for (const auto& [name, value] : person.extras) {
      if (!kept.emplace(name, value).second) continue;
      ContactExtra extra;
      extra.contact = contact, extra.source = result_.batch.source, extra.name = name, extra.value = value;
      store_.add(extra);
      news = true;
    }
    return news;
  }

  /// Whoever introduced them, where that is one known person: after all people, since the introducer may stand below.
  void introduce(const importers::Person& person) {
    const auto id = person.introduced_by.empty() ? std::nullopt : known(person);
    const auto through = id ? only_one_called(person.introduced_by) : std::nullopt;
    if (!through || *through == *id) return;
    auto contact = store_.get(*id);
    if (contact.met_through) return;
    contact.met_through = through;
    store_.update(contact);
  }

  bool knows_company(Id<Contact> contact, const std::string& name) {
    const auto id = company(name);
    const auto lines = store_.employments(contact);
    return std::any_of(lines.begin(), lines.end(), [&](const auto& line) { return line.employment.company == id; });
  }

  void apply_interaction(const importers::FoundInteraction& found) {
    const auto& key = found.interaction.source_key;
    if (const auto known_key = key ? interaction_keys_.find(*key) : interaction_keys_.end(); known_key != interaction_keys_.end()) {
      auto kept = store_.get(Id<Interaction>{known_key->second});
      const bool newer = result_.batch.snapshot_on.has_value();
      const bool settled = newer && kept.awaits && !found.interaction.awaits;
      const bool grew = found.interaction.count > kept.count;
      if (!settled && !grew) return count(found.file, Did::unchanged);
      if (settled) kept.awaits = false;
      if (grew) kept.count = found.interaction.count;
      store_.update(kept);
      return count(found.file, Did::changed);
    }
    auto did = Did::created;
    if (key && told_in_parts_.contains(*key)) return count(found.file, Did::unchanged);
    if (const auto whole = key ? whole_of(*key) : ""; !whole.empty()) {
      told_in_parts_.insert(whole);
      if (const auto summary = interaction_keys_.extract(whole)) {
        store_.remove(Id<Interaction>{summary.mapped()});
        did = Did::changed;
      }
    }
    auto interaction = found.interaction;
    interaction.when = crm_.clock.local(interaction.when);
    if (!found.event.empty()) interaction.event = event(found.event);
    interaction.id = store_.add(interaction);
    if (key) interaction_keys_.emplace(*key, interaction.id.value);
    std::optional<Id<Contact>> first;
    for (const auto& person : found.with) {
      const auto contact = known_or_new(person);
      store_.link(interaction.id, contact);
      if (!first) first = contact;
      if (interaction.event && interaction.kind == InteractionKind::met) meet(contact, interaction);
    }
    for (const auto& promise : found.promises) {
      store_.add(task_of(promise, interaction, first, interaction.when.day));
    }
    count(found.file, did);
  }

  /// Of a key "whole/part"; empty for any other.
  static std::string whole_of(const std::string& key) {
    const auto slash = key.rfind('/');
    return slash == std::string::npos ? "" : key.substr(0, slash);
  }

  void meet(Id<Contact> id, const Interaction& interaction) {
    auto contact = store_.get(id);
    if (contact.met_event || contact.met_on) return;
    contact.met_event = interaction.event;
    contact.met_on = interaction.when.day;
    store_.update(contact);
  }

  Id<Event> event(const std::string& name) {
    const auto key = text::fold(name);
    if (const auto known_event = events_.find(key); known_event != events_.end()) return known_event->second;
    return events_[key] = event_named_or_new(crm_, name).id;
  }

  void apply_application(const importers::FoundApplication& found) {
    const auto& key = found.application.source_key;
    if (const auto known_key = key ? application_keys_.find(*key) : application_keys_.end(); known_key != application_keys_.end()) {
      return count(found.file, follow(store_.get(Id<Application>{known_key->second}), found) ? Did::changed : Did::unchanged);
    }
    auto application = found.application;
    const auto pipeline = standard_pipeline_or_new(crm_);
    application.pipeline = pipeline.id;
    application.stage = stage_of(pipeline.id, found).id;
    if (!found.company.empty()) application.company = company(found.company);
    application.id = store_.add(application);
    if (key) application_keys_.emplace(*key, application.id.value);
    std::optional<Id<Stage>> last_stage;
    for (auto line : found.history) {
      importers::FoundApplication then;
      then.stage_kind = line.stage_kind, then.stage_name = line.stage_name;
      const auto stage = stage_of(pipeline.id, then);
      last_stage = stage.id;
      line.application = application.id, line.stage = stage.id, line.stage_kind = stage.kind;
      line.stage_name = stage.name, line.note = line.note.empty() ? "imported" : line.note;
      store_.add(line);
    }
    const auto ended = application.closed_on.value_or(application.opened_on);
    const bool told = !found.history.empty() && last_stage == application.stage && found.history.back().outcome == application.outcome;
    if (!told) step(application, found.history.empty() ? application.opened_on : std::max(ended, found.history.back().on));
    for (auto interview : found.interviews) {
      interview.application = application.id;
      interview.when = crm_.clock.local(interview.when);
      store_.add(interview);
    }
    for (const auto& [person, part] : found.people) {
      ApplicationContact link;
      link.application = application.id, link.contact = known_or_new(person), link.part = part;
      store_.add(link);
    }
    if (!found.document.empty()) {
      Document document;
      document.application = application.id, document.kind = "cv", document.title = found.document, document.added_on = application.opened_on;
      store_.add(document);
    }
    count(found.file, Did::created);
  }

  /// Takes over how an application went on, as its source says: further, or ended. What the user moved stays.
  bool follow(Application kept, const importers::FoundApplication& found) {
    const auto steps = store_.steps(kept.id);
    const bool by_hand = std::any_of(steps.begin(), steps.end(), [](const auto& line) { return line.note != "imported"; });
    const auto stage = stage_of(kept.pipeline, found);
    const bool further = stage.position > store_.get(kept.stage).position && kept.outcome == Outcome::open;
    const bool ended = kept.outcome == Outcome::open && found.application.outcome != Outcome::open;
    if (by_hand || older_than_known_ || (!further && !ended)) return false;
    if (further) kept.stage = stage.id;
    kept.outcome = found.application.outcome;
    kept.closed_on = found.application.closed_on;
    if (ended && !kept.closed_on) kept.closed_on = snapshot();
    kept.archived = false;
    store_.update(kept);
    step(kept, std::max(steps.empty() ? kept.opened_on : steps.back().on, kept.closed_on.value_or(found.application.opened_on)));
    return true;
  }

  /// By the source's own word where the pipeline has such a stage, else the first of its kind.
  Stage stage_of(Id<Pipeline> pipeline, const importers::FoundApplication& found) {
    const auto stages = store_.stages(pipeline);
    const auto called = std::find_if(stages.begin(), stages.end(), [&](const Stage& stage) {
      return !found.stage_name.empty() && text::fold(stage.name) == text::fold(found.stage_name);
    });
    if (called != stages.end()) return *called;
    const auto alike = std::find_if(stages.begin(), stages.end(), [&](const Stage& stage) { return stage.kind == found.stage_kind; });
    return alike != stages.end() ? *alike : stages.front();
  }

  void step(const Application& application, Date on) {
    const auto stage = store_.get(application.stage);
    ApplicationStep step;
    step.application = application.id, step.stage = stage.id, step.stage_name = stage.name, step.stage_kind = stage.kind;
    step.outcome = application.outcome, step.on = on, step.note = "imported";
    store_.add(step);
  }

  void apply_contribution(const importers::FoundContribution& found) {
    const auto known = store_.contribution_linked(found.contribution.link);
    auto contribution = known.value_or(found.contribution);
    const auto before = contribution;
    if (!contribution.company) contribution.company = owner(found);
    if (known && known->state == ContributionState::open && found.contribution.state != ContributionState::open) {
      contribution.state = found.contribution.state;
      contribution.closed_on = found.contribution.closed_on;
    }
    if (!known) {
      contribution.id = store_.add(contribution);
    } else if (contribution != before) {
      store_.update(contribution);
    }
    bool news = contribution != before;
    std::set<std::pair<std::int64_t, ContributionPart>> parts;
    for (const auto& [contact, part] : store_.people_of(contribution.id)) parts.emplace(contact.id.value, part);
    for (const auto& [person, part] : found.people) {
      const auto contact = known_or_new(person);
      if (!parts.emplace(contact.value, part).second) continue;
      ContributionContact link;
      link.contribution = contribution.id, link.contact = contact, link.part = part;
      store_.add(link);
      news = true;
    }
    count(found.file, !known ? Did::created : news ? Did::changed : Did::unchanged);
  }

  /// The company that owns the repository: one that the user told so of, or one of that name. The user's own
  /// repositories belong to none.
  std::optional<Id<Company>> owner(const importers::FoundContribution& found) {
    if (found.company.empty()) return std::nullopt;
    if (const auto owning = store_.company_owning(found.company)) return owning->id;
    const auto me = store_.me();
    for (const auto kind : {PointKind::github, PointKind::gitlab}) {
      if (const auto contact = contact_at(kind, text::lower(found.company)); contact && me && *contact == me->id) return std::nullopt;
    }
    return company(found.company);
  }

  Crm& crm_;
  Store& store_;
  bool older_than_known_{};  ///< a later export was imported before: this one tells history, nothing current
  std::map<std::pair<PointKind, std::string>, std::vector<Id<Contact>>> points_;
  std::unordered_map<std::string, std::vector<Id<Contact>>> names_;
  std::unordered_map<std::string, Id<Company>> companies_;
  std::unordered_map<std::string, Id<Event>> events_;
  std::unordered_map<std::string, std::int64_t> interaction_keys_, application_keys_;
  std::unordered_set<std::string> told_in_parts_;  ///< keys of wholes whose parts are in the file
  ImportResult result_;
};

std::string why(const importers::FileReport& file) {
  if (!file.not_read.empty()) return file.not_read;
  std::string reasons;
  for (const auto& [reason, count] : file.skipped_why) reasons += fmt::format("{}{} {}", reasons.empty() ? "" : ", ", count, reason);
  return reasons;
}

Json files_json(const ImportResult& result) {
  Json files = Json::array();
  for (std::size_t i = 0; i < result.batch.files.size(); ++i) {
    const auto& file = result.batch.files[i];
    const auto& counts = result.counts[i];
    files.push_back({{"file", file.file}, {"recognised", file.recognised}, {"rows", file.rows}, {"created", counts.created}, {"changed", counts.changed},
                     {"unchanged", counts.unchanged}, {"skipped", file.skipped}, {"why", why(file)}});
  }
  return files;
}

Json issues_json(const ImportResult& result) {
  Json issues = Json::array();
  for (const auto& issue : result.batch.issues) issues.push_back({{"file", issue.file}, {"line", issue.line}, {"column", issue.column}, {"message", issue.message}});
  return issues;
}

std::string at(const importers::Issue& issue) {
  std::string place = issue.file;
  if (issue.line > 0) place += fmt::format(":{}", issue.line);
  if (issue.line > 0 && issue.column > 0) place += fmt::format(":{}", issue.column);
  return fmt::format("{}: {}", place, issue.message);
}

constexpr std::size_t remarks_max = 20;

/// Adds the lines, or the first of them and how many more there are.
void add_remarks(Answer& answer, std::vector<std::string> lines, std::string_view more) {
  const auto total = lines.size();
  if (total > remarks_max) lines.resize(remarks_max);
  for (auto& line : lines) answer.remarks.push_back(std::move(line));
  if (total > remarks_max) answer.remarks.push_back(fmt::format("and {} more {}", total - remarks_max, more));
}

/// Applies a batch as one change, or as none when it is only a preview.
Answer bring_in(Crm& crm, Batch batch, const std::string& name, const std::string& sha256, bool preview) {
  const auto source = batch.source;
  const auto snapshot_on = batch.snapshot_on;
  Doing doing(crm);
  const auto result = apply(crm, std::move(batch));
  FileCounts total;
  for (const auto& counts : result.counts) total.created += counts.created, total.changed += counts.changed, total.unchanged += counts.unchanged;
  const auto files = files_json(result);
  const auto issues = issues_json(result);
  auto said = fmt::format("imported {}: {} new, {} changed, {} unchanged", name, total.created, total.changed, total.unchanged);
  Answer answer;
  if (preview) {
    answer.said = fmt::format("would import {}: {} new, {} changed, {} unchanged; nothing was kept", name, total.created, total.changed, total.unchanged);
  } else {
    answer = doing.done(said);
    crm.store.keep({0, answer.change, crm.clock.instant(), source, name, sha256, snapshot_on, files.dump(), issues.dump(), false});
  }
  answer.data = files;
  add_remarks(answer, result.job_changes, "job changes; `ties` lists them");
  add_remarks(answer, result.differences, "differences");
  std::vector<std::string> lines;
  for (const auto& issue : result.batch.issues) lines.push_back(at(issue));
  add_remarks(answer, std::move(lines), "issues; `ties imports --issues` lists them");
  return answer;
}

importers::Options options_of(Crm& crm, const Args& args) {
  importers::Options options;
  options.today = args.today();
  options.since = args.day("since");
  options.summary = args.flag("summary");
  options.region = crm.config.text("region");
  if (const auto me = crm.store.me()) {
    for (const auto& point : crm.store.points(me->id)) {
      if (point.kind == PointKind::email) options.my_emails.push_back(point.value);
      if (point.kind == PointKind::github) options.my_github.push_back(point.value);
      if (point.kind == PointKind::gitlab) options.my_gitlab.push_back(point.value);
    }
  }
  for (const auto& said : args.many("map")) {
    const auto equals = said.rfind('=');
    if (equals == std::string::npos || equals == 0) throw Wrong(fmt::format("map: '{}' is not understood; write 'Column=field'", said));
    options.mapping[said.substr(0, equals)] = said.substr(equals + 1);
  }
  options.progress = crm.progress;
  return options;
}

importers::Bundle bundle_at(const std::string& path) {
  return path == "-" ? importers::bundle_of("standard input", read_text_file("-", 1'000'000'000), importers::never_opened)
                     : importers::open_bundle(path, importers::never_opened);
}

/// What the columns of each table are read as, with the first values of each.
Answer explain(Crm& crm, const Args& args) {
  using Column = reports::Column;
  reports::Document document;
  document.title = "How the columns are read";
  for (const auto& path : args.many("paths")) {
    for (const auto& file : bundle_at(path).files) {
      const auto explained = importers::explain(file, options_of(crm, args));
      reports::Table table;
      table.title = explained.recognised.empty() ? file.name + ": no table was found in it" : fmt::format("{}: {}, header in line {}", file.name, explained.recognised, explained.header_line);
      table.columns = {Column{"column", "column", Column::Align::left, false, false}, Column{"field", "read as", Column::Align::left, false, false},
                       Column{"how", "how", Column::Align::left, true, false}, Column{"values", "first values", Column::Align::left, true, false}};
      for (const auto& column : explained.columns) {
        const auto cell = [](std::string text) { return reports::Cell{std::move(text), std::nullopt, reports::Tone::plain}; };
        table.rows.push_back({cell(column.column), cell(column.field), cell(column.how), cell(fmt::format("{}", fmt::join(column.values, " · ")))});
      }
      table.when_empty = "its columns are not to be mapped";
      document.blocks.push_back(std::move(table));
    }
  }
  document.finding = "change what a column is read as by --map 'Column=field', 'Column=extra' or 'Column=ignore'";
  Answer answer;
  answer.document = std::move(document);
  return answer;
}

Answer import_one(Crm& crm, const Args& args, const std::string& path) {
  if (auto everything = args.has("as") ? std::nullopt : import_everything(crm, path, args.flag("preview"))) return *std::move(everything);
  const auto bundle = bundle_at(path);
  const auto as = args.has("map") && !args.has("as") ? "tables" : args.text("as");
  auto batch = importers::read_bundle(bundle, as, options_of(crm, args));
  for (const auto& issue : bundle.issues) batch.issues.push_back(issue);
  return bring_in(crm, std::move(batch), bundle.name, bundle.sha256, args.flag("preview"));
}

Answer import(Crm& crm, const Args& args) {
  if (args.flag("explain")) return explain(crm, args);
  Answer all;
  all.data = Json::array();
  for (const auto& path : args.many("paths")) {
    auto one = import_one(crm, args, path);
    all.said += (all.said.empty() ? "" : "\n") + one.said;
    for (auto& file : one.data) all.data.push_back(std::move(file));
    for (auto& remark : one.remarks) all.remarks.push_back(std::move(remark));
    all.change = one.change;
  }
  return all;
}

Answer imports(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = Json::array();
  for (const auto& run : crm.store.import_runs()) {
    const auto issues = Json::parse(run.issues);
    if (args.flag("issues")) {
      for (const auto& issue : issues) {
        answer.remarks.push_back(fmt::format("{}:{}: {}", issue["file"].get<std::string>(), issue["line"].get<int>(), issue["message"].get<std::string>()));
      }
    }
    int created = 0, changed = 0, skipped = 0;
    for (const auto& file : Json::parse(run.files)) {
      created += file["created"].get<int>(), changed += file["changed"].get<int>(), skipped += file["skipped"].get<int>();
    }
    answer.data.push_back({{"id", run.id}, {"at", run.at}, {"source", run.source}, {"name", run.name}, {"snapshot_on", wire::value(run.snapshot_on)}, {"created", created}, {"changed", changed},
                           {"skipped", skipped}, {"issues", issues.size()}, {"change", run.change ? Json(run.change->value) : Json(nullptr)}, {"state", run.undone ? "undone" : ""}});
  }
  return answer;
}

}  // namespace

ImportResult apply(Crm& crm, Batch batch) { return Applying(crm, std::move(batch)).run(); }

Answer log_notes(Crm& crm, const std::string& event_name, const std::string& path, bool preview, std::optional<Date> day) {
  const auto text = read_text_file(path, 10'000'000);
  const auto event = event_named_if_any(crm, event_name);
  importers::Options options;
  options.today = day ? *day : event && event->starts_on && *event->starts_on <= crm.clock.today() ? *event->starts_on : crm.clock.today();
  options.region = crm.config.text("region");
  const auto name = path.empty() || path == "-" ? "standard input" : path;
  auto batch = importers::read_notes(text, name, event ? event->name : event_name, options);
  if (batch.people.empty()) {
    throw Wrong(fmt::format("{}: nobody is named in it; write a person a line: Ada Lovelace (Acme): compilers; promised the slides by Friday", name));
  }
  return bring_in(crm, std::move(batch), name, "", preview);
}

std::vector<Verb> import_verbs() {
  static const std::string importers_there_are = [] {
    std::string names;
    for (const auto& importer : importers::registry()) names += (names.empty() ? "" : ", ") + std::string(importer.name);
    return "what it is, when the content does not tell: " + names;
  }();
  return {
      {"import", "POST /imports", "read a LinkedIn export, contact cards, tables, logs of contributions, notes, or an export of Ties", "ties import Basic_LinkedInDataExport_03-02-2026.zip --preview",
       {{"paths", Kind::path, "zips, folders or files; - for standard input", Place::rest, true}, {"as", Kind::text, importers_there_are},
        {"preview", Kind::flag, "show what would be kept, and keep nothing"}, {"since", Kind::day, "leave out messages and applications before that day"},
        {"summary", Kind::flag, "of messages keep dates and counts only"},
        {"map", Kind::text, "of tables: what a column is, 'Column=field'; as often as needed", Place::repeated}, {"explain", Kind::flag, "of tables: show what each column is read as, and read nothing"}},
       import, true, "file, recognised:recognised as, rows, created, changed, unchanged, skipped, why"},
      {"imports", "GET /imports", "what was imported, when, and from where", "ties imports", {{"issues", Kind::flag, "list every issue too"}}, imports, false,
       "id:#, at:when, source, name, snapshot_on:as of, created, changed, skipped, issues, change, state"},
  };
}

}  // namespace ties
