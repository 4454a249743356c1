#include "crm/domain/event_yield.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace ties {
namespace {

using Result = EventYield::Result;
using Kind = Result::Kind;

constexpr int two_days = 2;
constexpr int week_days = 7;

/// Somebody first met at an event, for what they brought later.
struct Origin {
  Id<Event> event{};
  std::string name{};
  std::optional<Date> met_on{};

  bool is_before(std::optional<Date> day) const { return !met_on || !day || *met_on <= *day; }
};

struct Counted {
  const EventYieldFacts& facts;
  Date today;
  std::map<Id<Event>, EventYield> yields{};
  std::map<Id<Contact>, Origin> origins{};
  std::map<Id<Referral>, Origin> of_referral{};
  std::map<Id<Application>, Origin> of_application{};
};

template <class Record>
std::string record_of(Id<Record> id) {
  return fmt::format("{} {}", Record::noun, id.value);
}

std::optional<Id<Event>> first_met_at(const EventYieldFacts::Person& person, Date today) {
  if (person.met_event) return person.met_event;
  const auto& talks = person.talks;
  if (talks.empty() || talks.front().day > today) return std::nullopt;
  // Of the talks of the first day any may have been the first: most have no time of day.
  const auto there = std::find_if(talks.begin(), talks.end(),
                                  [&](const auto& talk) { return talk.day == talks.front().day && talk.event; });
  return there == talks.end() ? std::nullopt : there->event;
}

std::optional<Date> last_day_at(const EventYieldFacts::Person& person, const Event& event) {
  std::optional<Date> last;
  for (const auto& talk : person.talks) {
    if (talk.event == event.id) last = talk.day;
  }
  if (last) return last;
  return person.met_on ? person.met_on : event.ends_on ? event.ends_on : event.starts_on;
}

void follow_up(EventYield::Person& met, const EventYieldFacts::Person& person, const Event& event, Date today) {
  met.met_on = last_day_at(person, event);
  met.followed_up = FollowedUp::unknown;
  if (!met.met_on) return;
  for (const auto& talk : person.talks) {
    if (talk.event == event.id || talk.day < *met.met_on || talk.day > today) continue;
    met.followed_up_on = talk.day;
    break;
  }
  const int days = days_between(*met.met_on, met.followed_up_on.value_or(today));
  if (met.followed_up_on) {
    met.followed_up = days <= two_days    ? FollowedUp::within_48_hours
                      : days <= week_days ? FollowedUp::within_7_days
                                          : FollowedUp::later;
  } else {
    met.followed_up = days < two_days ? FollowedUp::waiting : FollowedUp::never;
  }
}

void add_people(Counted& counted) {
  for (const auto& person : counted.facts.people) {
    const auto first = first_met_at(person, counted.today);
    std::set<Id<Event>> again;
    for (const auto& talk : person.talks) {
      if (talk.event && talk.event != first && talk.day <= counted.today) again.insert(*talk.event);
    }
    for (const auto event : again) ++counted.yields.at(event).seen_again;
    if (!first) continue;
    auto& yield = counted.yields.at(*first);
    EventYield::Person met;
    met.contact = person.contact, met.name = person.name, met.company = person.company;
    met.at_target = person.at_target;
    follow_up(met, person, yield.event, counted.today);
    if (met.met_on && *met.met_on > counted.today) continue;
    counted.origins[person.contact] = {*first, met.name, met.met_on};
    yield.people.push_back(std::move(met));
  }
}

void add_promises(Counted& counted) {
  for (const auto& promise : counted.facts.promises) {
    auto& yield = counted.yields.at(promise.event);
    const bool is_kept = promise.state == TaskState::done;
    if (promise.owed_by == OwedBy::me) {
      ++yield.promised, yield.kept += is_kept;
    } else {
      ++yield.promised_to_me, yield.kept_to_me += is_kept;
    }
  }
}

const Origin* origin_of(const Counted& counted, std::optional<Id<Contact>> person) {
  const auto found = person ? counted.origins.find(*person) : counted.origins.end();
  return found == counted.origins.end() ? nullptr : &found->second;
}

std::string title_of(const Counted& counted, const std::string& role, std::optional<Id<Company>> company) {
  const auto found = company ? counted.facts.companies.find(*company) : counted.facts.companies.end();
  if (found == counted.facts.companies.end()) return role;
  return role.empty() ? found->second : fmt::format("{} at {}", role, found->second);
}

void add_referrals(Counted& counted) {
  for (const auto& history : counted.facts.search.referrals) {
    const auto& referral = history.referral;
    const auto course = course_of(history, counted.today);
    const auto* origin = origin_of(counted, referral.referrer);
    if (origin == nullptr) origin = origin_of(counted, referral.introducer);
    if (!course || course->asked_on > counted.today || origin == nullptr) continue;
    auto& yield = counted.yields.at(origin->event);
    if (!origin->is_before(course->asked_on)) {
      ++yield.earlier;
      continue;
    }
    counted.of_referral[referral.id] = *origin;
    yield.results.push_back({Kind::referral, record_of(referral.id), title_of(counted, referral.role, referral.company),
                             origin->name, course->asked_on});
  }
}

/// The day on which it was first sent, and that of the offer.
struct Milestones {
  std::optional<Date> sent_on{}, offer_on{};
};

Milestones milestones_of(const ApplicationHistory& history, const Stage& now, Date today) {
  Milestones days;
  for (const auto& visit : visits(history, now)) {
    if (visit.kind < StageKind::applied || visit.kind == StageKind::closed || visit.from > today) continue;
    if (!days.sent_on) days.sent_on = visit.from;
    if (visit.kind == StageKind::offer && !days.offer_on) days.offer_on = visit.from;
  }
  if (!days.offer_on && furthest(history, now) == StageKind::offer) {
    days.offer_on = history.application.closed_on.value_or(history.application.opened_on);
  }
  return days;
}

/// Through whom an application came: its referrals first, then its people in the order of their parts.
const Origin* origin_of(const Counted& counted, Id<Application> application) {
  for (const auto& history : counted.facts.search.referrals) {
    const auto found = counted.of_referral.find(history.referral.id);
    if (history.referral.application == application && found != counted.of_referral.end()) return &found->second;
  }
  const auto people = counted.facts.parts.find(application);
  if (people == counted.facts.parts.end()) return nullptr;
  constexpr std::array parts{ApplicationPart::referrer, ApplicationPart::hiring_manager, ApplicationPart::insider,
                             ApplicationPart::recruiter, ApplicationPart::agency};
  for (const auto part : parts) {
    for (const auto& link : people->second) {
      const auto* origin = link.part == part ? origin_of(counted, link.contact) : nullptr;
      if (origin != nullptr) return origin;
    }
  }
  return nullptr;
}

void add_results(Counted& counted, const ApplicationHistory& history, const Origin& origin, const Milestones& days) {
  const auto& application = history.application;
  auto& results = counted.yields.at(origin.event).results;
  const auto title = title_of(counted, application.title, application.company);
  const auto add = [&](Kind kind, std::string record, std::optional<Date> on) {
    results.push_back({kind, std::move(record), title, origin.name, on});
  };
  add(Kind::application, record_of(application.id), days.sent_on);
  for (const auto& interview : history.interviews) {
    const auto day = interview.when.day;
    if (interview.outcome == InterviewOutcome::cancelled || day > counted.today || !origin.is_before(day)) continue;
    add(Kind::interview, record_of(interview.id), day);
  }
  if (days.offer_on) add(Kind::offer, record_of(application.id), days.offer_on);
}

void add_applications(Counted& counted) {
  std::map<Id<Stage>, const Stage*> stages;
  for (const auto& stage : counted.facts.search.stages) stages[stage.id] = &stage;
  // In the order of their numbers: one that another was rerouted to comes later.
  for (const auto& history : counted.facts.search.applications) {
    const auto& application = history.application;
    const auto* origin = origin_of(counted, application.id);
    if (origin == nullptr && application.rerouted_from) {
      const auto before = counted.of_application.find(*application.rerouted_from);
      if (before != counted.of_application.end()) origin = &before->second;
    }
    const auto stage = stages.find(application.stage);
    if (origin == nullptr || stage == stages.end()) continue;
    const auto days = milestones_of(history, *stage->second, counted.today);
    if (!days.sent_on) continue;
    if (!origin->is_before(days.sent_on)) {
      ++counted.yields.at(origin->event).earlier;
      continue;
    }
    const auto kept = *origin;
    counted.of_application[application.id] = kept;
    add_results(counted, history, kept, days);
  }
}

std::optional<Date> first_day_of(const EventYield& yield, const EventYieldFacts& facts) {
  if (yield.event.starts_on || yield.event.ends_on) {
    return yield.event.starts_on ? yield.event.starts_on : yield.event.ends_on;
  }
  std::optional<Date> first;
  const auto see = [&first](std::optional<Date> day) {
    if (day && (!first || *day < *first)) first = day;
  };
  for (const auto& person : yield.people) see(person.met_on);
  for (const auto& person : facts.people) {
    for (const auto& talk : person.talks) {
      if (talk.event == yield.event.id) see(talk.day);
    }
  }
  return first;
}

/// How far it led, for comparison.
auto rank(const EventYield& yield) {
  return std::tuple(yield.count(Kind::offer), yield.count(Kind::interview), yield.count(Kind::application),
                    yield.count(Kind::referral), yield.people.size(), yield.on.value_or(Date{}), yield.event.id);
}

}  // namespace

int EventYield::count(FollowedUp how) const {
  return static_cast<int>(
      std::count_if(people.begin(), people.end(), [how](const Person& person) { return person.followed_up == how; }));
}

int EventYield::count(Result::Kind kind) const {
  return static_cast<int>(
      std::count_if(results.begin(), results.end(), [kind](const Result& result) { return result.kind == kind; }));
}

std::vector<EventYield> event_yields(const EventYieldFacts& facts, Date today) {
  Counted counted{facts, today};
  for (const auto& event : facts.events) counted.yields[event.id].event = event;
  add_people(counted);
  add_promises(counted);
  add_referrals(counted);
  add_applications(counted);

  std::vector<EventYield> found;
  for (auto& [id, yield] : counted.yields) {
    yield.on = first_day_of(yield, facts);
    const bool is_ahead = yield.on && *yield.on > today;
    if (is_ahead && yield.people.empty()) continue;
    std::sort(yield.people.begin(), yield.people.end(), [](const auto& a, const auto& b) {
      return std::tuple(!a.met_on, a.met_on.value_or(Date{}), a.contact) <
             std::tuple(!b.met_on, b.met_on.value_or(Date{}), b.contact);
    });
    std::stable_sort(yield.results.begin(), yield.results.end(), [](const Result& a, const Result& b) {
      return std::tuple(a.on.value_or(Date{}), a.kind) < std::tuple(b.on.value_or(Date{}), b.kind);
    });
    found.push_back(std::move(yield));
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return rank(a) > rank(b); });
  return found;
}

}  // namespace ties
