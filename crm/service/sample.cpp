#include <fmt/format.h>

#include <algorithm>

#include "crm/service/naming.h"
#include "crm/service/sample_story.h"
#include "crm/service/steps.h"

/// The invented search of sample_story, brought into the file and taken out of it again.
///
/// What the load made is known from the journal: the setting `sample` keeps the number and the instant of its change.
/// So it is undone and redone with the load, needs no table of its own, and means nothing in another file, whose change
/// of that number is another one.
namespace ties {
namespace {

namespace story = sample;

constexpr auto mark = "sample";

/// The change that brought the sample in, as long as it is in the file.
std::optional<Change> load_of(Crm& crm) {
  const auto settings = crm.store.settings();
  const auto kept = settings.find(mark);
  if (kept == settings.end()) return std::nullopt;
  const auto blank = kept->second.find(' ');
  const auto number = kept->second.substr(0, blank);
  if (blank == std::string::npos || number.empty() || number.size() > 15 ||
      number.find_first_not_of("0123456789") != std::string::npos)
    return std::nullopt;
  auto change = crm.store.journal().find({std::stoll(number)});
  return change && change->at == kept->second.substr(blank + 1) ? std::move(change) : std::nullopt;
}

Json state(Crm& crm) {
  const auto load = load_of(crm);
  const auto people = crm.store.count<Contact>() - (crm.store.me() ? 1 : 0);
  return {{"loaded", load.has_value()},
          {"can_load", !load},
          {"loaded_at", load ? Json(load->at) : Json(nullptr)},
          {"contacts", people}};
}

// Loading

/// What the story names, by its texts, once it is in the file.
template <class R>
class Named {
 public:
  void add(story::Text name, Id<R> id) { ids_.emplace(name, id); }
  Id<R> at(story::Text name) const { return ids_.at(std::string(name)); }
  std::optional<Id<R>> if_any(story::Text name) const { return name.empty() ? std::nullopt : std::optional(at(name)); }

 private:
  std::map<std::string, Id<R>> ids_;
};

class Loading {
 public:
  explicit Loading(Crm& crm) : crm_(crm), store_(crm.store), today_(crm.clock.today()) {}

  void all() {
    stages_ = store_.stages(standard_pipeline_or_new(crm_).id);
    me_ = store_.me_or_new().id;
    add_companies();
    add_events();
    add_people();
    add_jobs();
    add_talks();
    add_work();
    add_applications();
    add_referrals();
    add_tasks();
    for (const auto& view : story::views()) {
      View made;
      made.page = view.page, made.name = view.name, made.query = view.query;
      const auto others = store_.views(view.page);
      made.position = static_cast<int>(others.size()) + 1;
      made.standard =
          view.standard && std::none_of(others.begin(), others.end(), [](const View& other) { return other.standard; });
      store_.add(made);
    }
  }

 private:
  Date day(int of) const { return plus_days(today_, of); }
  std::optional<Date> day(std::optional<int> of) const { return of ? std::optional(day(*of)) : std::nullopt; }
  /// The month so many months ago, as jobs have it: "2024-05".
  std::string month(int ago) const {
    const auto then = std::chrono::year_month(today_.year(), today_.month()) - std::chrono::months(ago);
    return fmt::format("{:04}-{:02}", static_cast<int>(then.year()), static_cast<unsigned>(then.month()));
  }
  /// Nobody holds interviews on a weekend.
  Date working_day(int of) const {
    auto found = day(of);
    const int step = of < 0 ? -1 : 1;
    while (!crm_.config.working_days().works[weekday_of(found).c_encoding()]) found = plus_days(found, step);
    return found;
  }
  /// The first stage of the kind, else the one before where it would stand: the user's pipeline may be another one.
  const Stage& stage(StageKind kind) const {
    const Stage* found = &stages_.front();
    for (const auto& each : stages_) {
      if (each.kind == kind) return each;
      if (each.kind < kind) found = &each;
    }
    return *found;
  }

  void add_companies() {
    for (const auto& company : story::companies()) {
      Company made;
      made.name = company.name, made.target = company.target, made.notes = company.notes;
      made.id = store_.add(made);
      companies_.add(company.name, made.id);
      for (const auto& [kind, value] :
           {std::pair(AliasKind::domain, company.domain), std::pair(AliasKind::organisation, company.organisation)}) {
        CompanyAlias alias;
        alias.company = made.id, alias.kind = kind, alias.value = value;
        complete(alias);
        const bool is_taken = std::any_of(aliases_.begin(), aliases_.end(), [&](const CompanyAlias& other) {
          return other.kind == kind && other.key == alias.key;
        });
        if (!value.empty() && !is_taken) store_.add(alias);
      }
    }
  }

  void add_events() {
    for (const auto& event : story::events()) {
      Event made;
      made.name = event.name, made.place = event.place, made.notes = event.notes;
      made.starts_on = day(event.begins), made.ends_on = day(event.ends);
      events_.add(event.name, store_.add(made));
    }
  }

  void add_people() {
    for (const auto& circle : story::circles()) {
      auto tag = store_.tag_named(std::string(circle.name));
      if (!tag) {
        tag.emplace();
        tag->name = circle.name, tag->cadence_days = circle.cadence_days;
        tag->id = store_.add(*tag);
      }
      tags_.add(circle.name, tag->id);
    }
    for (const auto& person : story::people()) {
      const auto name = person_name(std::string(person.name));
      Contact made;
      made.display = person.name, made.given = name.given, made.family = name.family;
      made.headline =
          person.company.empty() ? std::string(person.title) : fmt::format("{} at {}", person.title, person.company);
      made.location = person.location, made.notes = person.notes, made.cadence_days = person.cadence_days,
      made.starred = person.starred;
      made.source = "sample";
      made.connected_on = day(-30 * person.months_there / 2 - 20);
      if (!person.event.empty()) {
        const auto event = store_.get(events_.at(person.event));
        made.met_event = event.id, made.met_on = event.starts_on, made.met_place = event.place,
        made.connected_on = event.ends_on;
      }
      made.met_through = people_.if_any(person.through);
      made.id = store_.add(made);
      people_.add(person.name, made.id);
      add_point(made.id, PointKind::email, person.email);
      add_point(made.id, PointKind::github, person.github);
      for (const auto tag : person.tags) {
        ContactTag link;
        link.contact = made.id, link.tag = tags_.at(tag);
        store_.add(link);
      }
    }
  }

  void add_point(Id<Contact> contact, PointKind kind, story::Text value) {
    if (value.empty()) return;
    ContactPoint point;
    point.contact = contact, point.kind = kind, point.value = value, point.primary = true;
    point.source = "sample", point.seen_on = today_;
    store_.add(point);
  }

  Id<Employment> add_job(Id<Contact> contact, story::Text company, story::Text title, const std::string& began,
                         const std::string& ended) {
    Employment job;
    job.contact = contact, job.company = companies_.at(company), job.title = title;
    job.started = began, job.ended = ended, job.as_of = today_, job.source = "sample";
    return store_.add(job);
  }

  void add_jobs() {
    for (const auto& person : story::people()) {
      const auto contact = people_.at(person.name);
      const auto began = month(person.months_there);
      const auto former = std::find_if(story::former_jobs().begin(), story::former_jobs().end(),
                                       [&](const auto& job) { return job.person == person.name; });
      JobChange change;
      if (former != story::former_jobs().end())
        change.before = add_job(contact, former->company, former->title, month(former->began_months_ago), began);
      change.after = add_job(contact, person.company, person.title, began, "");
      if (former == story::former_jobs().end() || !former->change_seen) continue;
      change.contact = contact, change.seen_on = day(*former->change_seen),
      change.same_company = former->company == person.company;
      store_.add(change);
    }
    const auto& own = story::own_jobs();
    for (auto job = own.begin(); job != own.end(); ++job) {
      const auto next = std::next(job);
      add_job(me_, job->company, job->title, month(job->began_months_ago),
              next == own.end() ? "" : month(next->began_months_ago));
    }
  }

  void add_talks() {
    for (const auto& talk : story::talks()) {
      Interaction made;
      made.kind = talk.kind, made.when.day = day(talk.day), made.direction = talk.direction,
      made.channel = talk.channel, made.text = talk.text;
      made.event = events_.if_any(talk.event), made.awaits = talk.awaits, made.confidential = talk.confidential;
      made.id = store_.add(made);
      for (const auto name : talk.with) {
        store_.link(made.id, people_.at(name));
        talks_.emplace(std::pair(std::string(name), talk.day), made.id);
      }
    }
    for (const auto& promise : story::promises()) {
      Task task;
      task.text = promise.text, task.due = day(promise.due), task.made_on = day(promise.made),
      task.owed_by = promise.owed_by;
      task.contact = people_.at(promise.person),
      task.interaction = talks_.at({std::string(promise.person), promise.made});
      store_.add(task);
    }
    for (const auto& favour : story::favours()) {
      Favour made;
      made.contact = people_.at(favour.person), made.direction = favour.direction, made.text = favour.text,
      made.on = day(favour.day);
      store_.add(made);
    }
  }

  void add_work() {
    for (const auto& work : story::contributions()) {
      Contribution made;
      made.kind = work.kind, made.title = work.title, made.repository = work.repository,
      made.company = companies_.if_any(work.company);
      made.link = work.link, made.state = work.state, made.opened_on = day(work.opened),
      made.closed_on = day(work.closed);
      made.id = store_.add(made);
      for (const auto& [name, part] : work.people) {
        ContributionContact link;
        link.contribution = made.id, link.contact = people_.at(name), link.part = part;
        store_.add(link);
      }
    }
  }

  void add_applications() {
    for (const auto& application : story::applications()) {
      Application made;
      made.title = application.title, made.company = companies_.at(application.company),
      made.source = application.source, made.pipeline = stages_.front().pipeline;
      made.priority = application.priority, made.deadline = day(application.deadline), made.team = application.team,
      made.location = application.location;
      made.pay_asked = application.pay_asked, made.pay_advertised = application.pay_advertised,
      made.pay_offered = application.pay_offered, made.notes = application.notes;
      made.opened_on = day(application.way.front().day), made.stage = stage(application.way.front().stage).id;
      made.rerouted_from = applications_.if_any(application.rerouted_from);
      made.id = store_.add(made);
      applications_.add(application.title, made.id);
      for (const auto& stop : application.way) {
        made.stage = stage(stop.stage).id;
        add_step(crm_, made, day(stop.day), std::string(stop.note));
      }
      if (application.ended) {
        made.outcome = application.outcome, made.closed_on = day(application.ended);
        add_step(crm_, made, *made.closed_on, "");
      } else {
        add_checklist(crm_, made, stage(application.way.back().stage), day(application.way.back().day));
      }
      store_.update(made);
      for (const auto& [name, part] : application.people) {
        ApplicationContact link;
        link.application = made.id, link.contact = people_.at(name), link.part = part;
        store_.add(link);
      }
      for (const auto& round : application.rounds) add_round(made.id, round);
    }
    for (const auto& mail : story::suggestions()) {
      Suggestion made;
      made.kind = mail.kind, made.company = companies_.at(mail.company), made.role = mail.application,
      made.application = applications_.at(mail.application);
      made.evidence = mail.evidence, made.on = day(mail.day),
      made.source_key = fmt::format("sample/{}/{}", mail.company, to_text(made.on));
      store_.add(made);
    }
    for (const auto& document : story::documents()) {
      Document made;
      made.application = applications_.at(document.application), made.kind = document.kind, made.title = document.title,
      made.location = document.location, made.added_on = day(document.day);
      store_.add(made);
    }
  }

  void add_round(Id<Application> application, const story::Round& round) {
    Interview made;
    made.application = application, made.kind = round.kind, made.minutes = round.minutes, made.place = round.place;
    made.when = {working_day(round.day), std::chrono::hours(round.hour), crm_.clock.zone()};
    made.preparation = round.preparation, made.notes = round.notes, made.outcome = round.outcome;
    if (round.thanked) made.thanked_on = plus_days(made.when.day, 1);
    made.id = store_.add(made);
    for (const auto name : round.with) {
      InterviewContact link;
      link.interview = made.id, link.contact = people_.at(name);
      store_.add(link);
    }
  }

  void add_referrals() {
    for (const auto& referral : story::referrals()) {
      Referral made;
      made.company = companies_.at(referral.company), made.role = referral.role,
      made.referrer = people_.at(referral.referrer), made.introducer = people_.if_any(referral.introducer);
      made.application = applications_.if_any(referral.application), made.asked_via = referral.asked_via,
      made.method = referral.method;
      made.thanked_on = day(referral.thanked), made.told_on = day(referral.told),
      made.expires_on = day(referral.expires);
      made.state = referral.way.front().state;
      made.id = store_.add(made);
      for (const auto& stop : referral.way) {
        made.state = stop.state;
        add_step(crm_, made, day(stop.day), std::string(stop.note));
      }
      store_.update(made);
    }
  }

  void add_tasks() {
    for (const auto& task : story::tasks()) {
      Task made;
      made.text = task.text, made.due = day(task.due), made.made_on = day(task.made),
      made.repeat_days = task.repeat_days;
      made.contact = people_.if_any(task.person), made.company = companies_.if_any(task.company),
      made.event = events_.if_any(task.event), made.application = applications_.if_any(task.application);
      if (task.ended) made.state = TaskState::done, made.ended_on = day(task.ended);
      store_.add(made);
    }
  }

  Crm& crm_;
  Store& store_;
  Date today_;
  std::vector<Stage> stages_{};
  Id<Contact> me_{};
  std::vector<CompanyAlias> aliases_{store_.all<CompanyAlias>()};
  Named<Company> companies_{};
  Named<Tag> tags_{};
  Named<Event> events_{};
  Named<Contact> people_{};
  Named<Application> applications_{};
  std::map<std::pair<std::string, int>, Id<Interaction>> talks_{};
};

Answer load(Crm& crm, const Args&) {
  Doing doing(crm);
  if (load_of(crm)) throw Conflict("the sample is in the file already; `ties sample remove` takes it out");
  // What the story names may be the user's too. Then the two would become one, and could not be told apart again.
  for (const auto& company : story::companies()) {
    if (!crm.store.companies_keyed(company_key(company.name)).empty())
      throw Conflict(fmt::format("the file has a company {} already, as the sample has; load it into a file of its own",
                                 company.name));
  }
  for (const auto& work : story::contributions()) {
    if (crm.store.contribution_linked(std::string(work.link)))
      throw Conflict(
          fmt::format("the file has {} already, as the sample has; load it into a file of its own", work.link));
  }
  Loading(crm).all();
  const auto change = crm.store.journal().find(doing.change().number().value()).value();
  crm.store.set(mark, fmt::format("{} {}", change.id.value, change.at));
  auto answer =
      doing.done(fmt::format("loaded the sample: {} people, {} companies, {} applications", story::people().size(),
                             story::companies().size(), story::applications().size()));
  answer.data = state(crm);
  answer.remarks = {"all of it is invented; `ties sample remove` takes it out again, whole"};
  return answer;
}

// Removing

/// Takes out what a load made, and what was attached to it since: a talk with sample people alone, an application or a
/// referral at a sample company, what belongs to any of these. What the user made stays, and so does what it needs: a
/// sample company at which somebody of theirs works, an event at which they met, a tag that they have. The user's own
/// record and the pipelines stay as well; every file has them.
class Removing {
 public:
  Removing(Crm& crm, Id<Change> load) : store_(crm.store) {
    for (const auto& operation : store_.journal().operations(load)) {
      if (operation.kind != changeset::Operation::Kind::insert) continue;
      if (const auto* number = std::get_if<std::int64_t>(&operation.row.key))
        made_[operation.row.table].insert(*number);
    }
  }

  void all() {
    keep_merged_people();
    const auto kept_companies = companies_of_others();
    remove_what_was_attached(kept_companies);
    // Parts before wholes, and what is named before what names it no longer.
    remove_rows<Employment>([&](const Employment& job) { return !is_kept(job.contact); });
    remove_rows<Education>([&](const Education& school) { return !is_kept(school.contact); });
    remove_rows<Suggestion>();
    remove_rows<Task>();
    remove_rows<Document>();
    remove_rows<Referral>();
    remove_rows<Application>();
    remove_rows<Contribution>();
    remove_rows<Interaction>();
    remove_rows<View>();
    remove_rows<Contact>([&](const Contact& contact) { return !contact.me && !is_kept(contact.id); });
    std::set<Id<Tag>> tags_in_use;
    store_.each<ContactTag>([&](const ContactTag& link) { tags_in_use.insert(link.tag); });
    remove_rows<Tag>([&](const Tag& tag) { return !tags_in_use.contains(tag.id); });
    remove_rows<Event>([&](const Event& event) { return !is_met_at(event.id); });
    remove_rows<Company>([&](const Company& company) {
      return !kept_companies.contains(company.id) && store_.held_by("company", company.id.value).empty();
    });
  }

  int people() const { return people_; }

 private:
  template <class R>
  bool is_made(Id<R> id) const {
    const auto table = made_.find(std::string(R::noun));
    return table != made_.end() && table->second.contains(id.value);
  }
  bool is_kept(Id<Contact> id) const { return kept_people_.contains(id); }
  bool goes(Id<Contact> id) const { return is_made(id) && !is_kept(id); }

  /// Somebody of the user's own became one with somebody of the sample.
  void keep_merged_people() {
    for (const auto& former : store_.all<ContactFormer>()) {
      if (!is_made(Id<Contact>{former.number})) kept_people_.insert(former.contact);
    }
  }

  std::set<Id<Company>> companies_of_others() {
    std::set<Id<Company>> companies;
    store_.each<Employment>([&](const Employment& job) {
      const bool is_own = is_made(job.id) || goes(job.contact);
      if (!is_own && job.company && is_made(*job.company)) companies.insert(*job.company);
    });
    return companies;
  }

  void remove_what_was_attached(const std::set<Id<Company>>& kept_companies) {
    const auto is_gone = [&](std::optional<Id<Company>> company) {
      return company && is_made(*company) && !kept_companies.contains(*company);
    };
    for (const auto& application : store_.all<Application>()) {
      if (is_gone(application.company)) store_.remove(application.id);
    }
    for (const auto& referral : store_.all<Referral>()) {
      if (is_gone(referral.company)) store_.remove(referral.id);
    }
    for (const auto& contribution : store_.all<Contribution>()) {
      if (is_gone(contribution.company)) store_.remove(contribution.id);
    }
    for (const auto& suggestion : store_.all<Suggestion>()) {
      if (is_gone(suggestion.company)) store_.remove(suggestion.id);
    }
    // A talk about sample people and nobody else.
    std::map<Id<Interaction>, bool> is_about_others;
    store_.each<InteractionContact>([&](const InteractionContact& link) {
      auto& others = is_about_others[link.interaction];
      others = others || !goes(link.contact);
    });
    for (const auto& [interaction, others] : is_about_others) {
      if (!others) store_.remove(interaction);
    }
  }

  template <class R>
  void remove_rows(const std::function<bool(const R&)>& is_to_go = [](const R&) { return true; }) {
    const auto table = made_.find(std::string(R::noun));
    if (table == made_.end()) return;
    for (const auto number : table->second) {
      const auto row = store_.find(Id<R>{number});
      if (!row || !is_to_go(*row)) continue;
      store_.remove(row->id);
      if constexpr (std::is_same_v<R, Contact>) ++people_;
    }
  }

  bool is_met_at(Id<Event> event) {
    RowWindow one;
    one.limit = 1;
    return !store_.interactions(std::nullopt, event, one).empty() || !store_.people_met_at(event).empty();
  }

  Store& store_;
  std::map<std::string, std::set<std::int64_t>> made_{};
  std::set<Id<Contact>> kept_people_{};
  int people_{};
};

Answer remove(Crm& crm, const Args&) {
  const Sight all(crm.store, true);  // what its caller may not see goes as well
  Doing doing(crm);
  const auto change = load_of(crm);
  if (!change) throw Conflict("there is no sample in the file");
  Removing removing(crm, change->id);
  removing.all();
  crm.store.set(mark, std::nullopt);
  auto answer = doing.done(
      fmt::format("took the sample out, {} people and all about them; `ties undo` brings it back", removing.people()));
  answer.data = state(crm);
  return answer;
}

Answer show(Crm& crm, const Args&) {
  Answer answer;
  answer.data = state(crm);
  answer.said = answer.data["loaded"] ? "the sample is in the file; `ties sample remove` takes it out"
                                      : "the sample is not in the file; `ties sample load` brings it in";
  return answer;
}

}  // namespace

std::vector<Verb> sample_verbs() {
  return {
      {"sample",
       "GET /sample",
       "whether the invented search is in the file",
       "ties sample",
       {},
       show,
       false,
       "",
       "Sample"},
      {"sample load",
       "POST /sample",
       "bring an invented search in, to look around",
       "ties sample load",
       {},
       load,
       true,
       "",
       "Sample"},
      {"sample remove",
       "DELETE /sample",
       "take the invented search out again, whole",
       "ties sample remove",
       {},
       remove,
       true,
       "",
       "Sample"},
  };
}

}  // namespace ties
