#include "crm/domain/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "crm/domain/commands.h"

namespace ties {
namespace {

constexpr int week_days = 7;

/// Where a thing of the plan comes from: a follow-up of a kind, or what the rest of the facts tells.
enum class Source { followup, ready, warm_up, lead };

/// How long a thing takes, and how much of it is enough for a week.
struct Cost {
  PlanKind kind{};
  int minutes{};
  int a_week_max{};  ///< of the kind; 0: as many as there are
};

struct Row {
  Source source{};
  FollowUpKind of{};
  std::string_view step{};  ///< "": any
  Cost cost{};
  bool has_day{};  ///< to be done on the due day at the latest; else not before it
};

/// In the order of choosing.
constexpr std::array table{
    Row{Source::followup, FollowUpKind::interview, "prepare", {PlanKind::preparation, 60, 0}, true},
    Row{Source::followup, FollowUpKind::interview, "debrief", {PlanKind::preparation, 15, 0}, true},
    Row{Source::followup, FollowUpKind::deadline, "", {PlanKind::application, 60, 0}, true},
    Row{Source::followup, FollowUpKind::interview, "thank", {PlanKind::thanks, 10, 0}, true},
    Row{Source::followup, FollowUpKind::thanks, "", {PlanKind::thanks, 10, 0}, true},
    Row{Source::followup, FollowUpKind::outcome, "", {PlanKind::thanks, 10, 0}, true},
    Row{Source::followup, FollowUpKind::promise, "", {PlanKind::promise, 20, 0}, true},
    Row{Source::followup, FollowUpKind::nudge, "", {PlanKind::ask, 5, 0}, false},
    Row{Source::followup, FollowUpKind::referral, "", {PlanKind::ask, 5, 0}, false},
    Row{Source::ready, {}, "", {PlanKind::ask, 30, 2}, false},
    Row{Source::followup, FollowUpKind::after_event, "", {PlanKind::person, 10, 8}, false},
    Row{Source::followup, FollowUpKind::moved, "", {PlanKind::person, 10, 8}, false},
    Row{Source::followup, FollowUpKind::cadence, "", {PlanKind::person, 10, 8}, false},
    Row{Source::warm_up, {}, "", {PlanKind::person, 10, 8}, false},
    Row{Source::followup, FollowUpKind::quiet, "", {PlanKind::person, 10, 8}, false},
    Row{Source::lead, {}, "", {PlanKind::application, 60, 3}, false},
    Row{Source::followup, FollowUpKind::stale, "", {PlanKind::application, 15, 5}, false},
    Row{Source::followup, FollowUpKind::task, "", {PlanKind::task, 20, 0}, true},
    Row{Source::followup, FollowUpKind::suggestion, "", {PlanKind::task, 5, 5}, false},
    Row{Source::followup, FollowUpKind::invitation, "", {PlanKind::task, 5, 5}, false},
};

bool is_of(const Row& row, const FollowUp& item) {
  return row.of == item.kind && (row.step.empty() || row.step == item.step);
}

std::string counted(int count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

/// What enough of a kind is called: "8 people to write to are enough for a week".
std::string_view called(PlanKind kind) {
  switch (kind) {
    case PlanKind::ask:
      return "new asks";
    case PlanKind::person:
      return "people to write to";
    case PlanKind::application:
      return "applications";
    default:
      return "such tasks";
  }
}

/// A thing that may be chosen, and how it can be placed.
struct Option {
  PlanItem item{};
  Cost cost{};
  bool has_day{};
  bool is_written{};  ///< it is a message that its person reads: one a week is enough
};

class Week {
 public:
  Week(Date today, const PlanSettings& settings) : settings_(settings) {
    plan_.from = today, plan_.to = plus_days(today, week_days - 1), plan_.minutes = std::max(settings.minutes, 0);
    for (auto day = plan_.from; day <= plan_.to; day = plus_days(day, 1)) {
      if (settings.working_days.is_working(day)) plan_.days.push_back(day);
    }
    left_ = plan_.minutes;
  }

  /// Says whether it was chosen.
  bool take(Option option) {
    option.item.kind = option.cost.kind, option.item.minutes = option.cost.minutes;
    option.item.left_out = reason_against(option);
    if (!option.item.left_out.empty()) {
      plan_.left_out.push_back(std::move(option.item));
      return false;
    }
    left_ -= option.cost.minutes;
    if (option.cost.a_week_max > 0) ++limited_[option.cost.kind];
    if (option.is_written && option.item.links.contact) written_to_[*option.item.links.contact] = option.item.what;
    option.item.day = day_for(option);
    load_[option.item.day] += option.cost.minutes;
    plan_.items.push_back(std::move(option.item));
    return true;
  }
  void leave(PlanItem item, Cost cost, std::string reason) {
    item.kind = cost.kind, item.minutes = cost.minutes, item.left_out = std::move(reason);
    plan_.left_out.push_back(std::move(item));
  }
  Plan done() {
    std::stable_sort(plan_.items.begin(), plan_.items.end(),
                     [](const PlanItem& a, const PlanItem& b) { return a.day < b.day; });
    return std::move(plan_);
  }

 private:
  std::string reason_against(const Option& option) const {
    if (plan_.days.empty()) return "no working day in these seven days";
    if (option.is_written && option.item.links.contact) {
      const auto other = written_to_.find(*option.item.links.contact);
      if (other != written_to_.end()) return "one word a week is enough: " + other->second;
    }
    const auto limited = limited_.find(option.cost.kind);
    if (option.cost.a_week_max > 0 && limited != limited_.end() && limited->second >= option.cost.a_week_max) {
      return fmt::format("{} {} are enough for a week", option.cost.a_week_max, called(option.cost.kind));
    }
    if (option.cost.minutes > left_) {
      return fmt::format("no time left: it takes {}, and {} left", counted(option.cost.minutes, "minute", "minutes"),
                         left_ == 0   ? "none is"
                         : left_ == 1 ? "1 is"
                                      : fmt::format("{} are", left_));
    }
    return "";
  }
  /// Of the days that it can have, the first with room for it, else the one with the least to do.
  Date day_for(const Option& option) const {
    const auto& days = plan_.days;
    auto first = days.begin(), last = days.end();
    if (const auto due = option.item.due) {
      if (option.has_day) {
        last = std::upper_bound(days.begin(), days.end(), *due);
        if (last == days.begin()) ++last;  // late already, or due before the first working day
      } else {
        first = std::min(std::lower_bound(days.begin(), days.end(), *due), days.end() - 1);
      }
    }
    const int a_day = (plan_.minutes + static_cast<int>(days.size()) - 1) / static_cast<int>(days.size());
    const auto load = [this](Date day) {
      const auto found = load_.find(day);
      return found == load_.end() ? 0 : found->second;
    };
    const auto room = std::find_if(first, last, [&](Date day) { return load(day) + option.cost.minutes <= a_day; });
    if (room != last) return *room;
    return *std::min_element(first, last, [&](Date a, Date b) { return load(a) < load(b); });
  }

  const PlanSettings& settings_;
  Plan plan_{};
  int left_{};
  std::map<Date, int> load_{};
  std::map<PlanKind, int> limited_{};
  std::map<Id<Contact>, std::string> written_to_{};
};

bool is_message(FollowUpKind kind) {
  using enum FollowUpKind;
  return kind != task && kind != deadline && kind != stale && kind != suggestion && kind != invitation;
}

Option option_of(const FollowUp& item, const Row& row) {
  Option option;
  option.cost = row.cost, option.has_day = row.has_day;
  option.is_written = is_message(item.kind) && row.cost.kind != PlanKind::preparation;
  option.item.who = item.who, option.item.what = item.what, option.item.why = item.why, option.item.due = item.due;
  option.item.settle = item.settle, option.item.subject = item.subject, option.item.links = item.links;
  return option;
}

void take_followups(Week& week, const std::vector<FollowUp>& items, const Row& row) {
  for (const auto& item : items) {
    if (is_of(row, item)) week.take(option_of(item, row));
  }
}

std::string reasons_of(const Readiness& readiness) {
  std::vector<std::string> texts;
  for (const auto& reason : readiness.reasons) texts.push_back(reason.text);
  return fmt::format("{}", fmt::join(texts, "; "));
}

PlanItem item_of(const PlanFacts::Candidate& candidate) {
  PlanItem item;
  item.who = candidate.name, item.subject = fmt::format("{} {}", Contact::noun, candidate.contact.value);
  item.links.contact = candidate.contact, item.links.contact_name = candidate.name;
  item.links.company_name = candidate.company;
  return item;
}

/// Until which day an ask to them rests; nothing: it does not.
std::optional<Date> rests_until(const PlanFacts::Candidate& candidate, Date today, const PlanSettings& settings) {
  const bool rests = candidate.last_ask && days_between(*candidate.last_ask, today) <= settings.ask_load_days;
  return rests ? std::optional(plus_days(*candidate.last_ask, settings.ask_load_days + 1)) : std::nullopt;
}

/// One new ask at a company: a second referral for one opening seldom counts.
void take_asks(Week& week, const PlanFacts& facts, const Cost& cost, Date today, const PlanSettings& settings) {
  std::map<std::string, std::string> asked_at;
  for (const auto& candidate : facts.candidates) {
    const auto until = rests_until(candidate, today, settings);
    const auto verdict = candidate.readiness.verdict;
    if (verdict == Readiness::Verdict::not_yet || (verdict != Readiness::Verdict::ready && !until)) continue;
    Option option;
    option.item = item_of(candidate), option.cost = cost, option.is_written = true;
    option.item.what = fmt::format("ask {} for a referral to {}", candidate.name, candidate.company);
    option.item.why = reasons_of(candidate.readiness);
    option.item.settle = fmt::format("ties referral add {} --company {} --state asked", candidate.contact.value,
                                     shell_quoted(candidate.company));
    if (until) {
      week.leave(option.item, option.cost,
                 fmt::format("rests until {}: asked on {}", friendly(*until), friendly(*candidate.last_ask)));
    } else if (!facts.search_ended.empty()) {
      week.leave(option.item, option.cost, facts.search_ended);
    } else if (!candidate.under_way.empty()) {
      week.leave(option.item, option.cost, candidate.under_way + " is under way");
    } else if (const auto other = asked_at.find(candidate.company); other != asked_at.end()) {
      week.leave(option.item, option.cost,
                 fmt::format("one ask at {} is enough: {}", candidate.company, other->second));
    } else if (week.take(std::move(option))) {
      asked_at[candidate.company] = candidate.name;
    }
  }
}

/// Of those who are on the list of follow-ups there is a word already.
void take_warm_ups(Week& week, const PlanFacts& facts, const Cost& cost, Date today, const PlanSettings& settings) {
  std::set<Id<Contact>> known;
  for (const auto& item : facts.followups) {
    if (is_message(item.kind) && item.links.contact) known.insert(*item.links.contact);
  }
  for (const auto& candidate : facts.candidates) {
    const auto& readiness = candidate.readiness;
    if (readiness.verdict != Readiness::Verdict::warm_up_first || readiness.missing.empty()) continue;
    if (!facts.search_ended.empty() || known.count(candidate.contact) > 0 || rests_until(candidate, today, settings))
      continue;
    Option option;
    option.item = item_of(candidate), option.cost = cost, option.is_written = true;
    option.item.what = fmt::format("write to {}", candidate.name);
    option.item.settle = log_message(candidate.name);
    option.item.why = fmt::format("before an ask at {}: {}", candidate.company, readiness.missing.front());
    week.take(std::move(option));
  }
}

/// Those of target companies first, then by priority, then the oldest.
void take_leads(Week& week, const PlanFacts& facts, const Cost& cost) {
  std::set<std::string> known;
  for (const auto& item : facts.followups) known.insert(item.subject);
  auto leads = facts.leads;
  std::stable_sort(leads.begin(), leads.end(), [](const auto& a, const auto& b) {
    return std::tuple(!a.at_target, -a.priority, a.opened_on, a.application) <
           std::tuple(!b.at_target, -b.priority, b.opened_on, b.application);
  });
  for (const auto& lead : leads) {
    Option option;
    option.cost = cost;
    option.item.who = lead.title, option.item.what = "apply";
    option.item.subject = fmt::format("{} {}", Application::noun, lead.application.value);
    option.item.links.application = lead.application;
    option.item.why =
        fmt::format("noted on {}{}", friendly(lead.opened_on), lead.at_target ? "; a target of yours" : "");
    option.item.settle = fmt::format("ties application move {} applied", lead.application.value);
    if (known.count(option.item.subject) > 0) continue;  // it is on the list for its deadline or its age
    if (!facts.search_ended.empty()) {
      week.leave(option.item, option.cost, facts.search_ended);
    } else if (!lead.waits_for.empty()) {
      week.leave(option.item, option.cost,
                 lead.waits_for + " comes first: most employers credit only what came before");
    } else {
      week.take(std::move(option));
    }
  }
}

}  // namespace

int Plan::minutes_planned() const {
  return std::accumulate(items.begin(), items.end(), 0,
                         [](int sum, const PlanItem& item) { return sum + item.minutes; });
}

int Plan::count(PlanKind kind) const {
  return static_cast<int>(
      std::count_if(items.begin(), items.end(), [kind](const PlanItem& item) { return item.kind == kind; }));
}

Plan plan_of(const PlanFacts& facts, Date today, const PlanSettings& settings) {
  Week week(today, settings);
  for (const auto& row : table) {
    switch (row.source) {
      case Source::followup:
        take_followups(week, facts.followups, row);
        break;
      case Source::ready:
        take_asks(week, facts, row.cost, today, settings);
        break;
      case Source::warm_up:
        take_warm_ups(week, facts, row.cost, today, settings);
        break;
      case Source::lead:
        take_leads(week, facts, row.cost);
        break;
    }
  }
  return week.done();
}

}  // namespace ties
