#include "crm/domain/followups.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "crm/domain/commands.h"
#include "crm/domain/silence.h"

namespace ties {

namespace {

constexpr int after_event_days = 2;      // 48 hours, as a day
constexpr int event_fresh_days = 30;     // later, a first word about the event would be odd
constexpr int undated_promise_days = 7;  // a promise without a day is asked after, or kept, within a week
constexpr int day_after = 1;             // debrief and thank-you within 24 hours
constexpr int silent_days_max = 365;     // after a year it is no pause but an old acquaintance
constexpr std::size_t quiet_at_once = 5; // a list of everybody who is silent is read by nobody

struct View {
  const FollowUpFacts& facts;
  Date today;
  const FollowUpSettings& settings;

  Date horizon() const { return plus_days(today, settings.look_ahead_days); }
};

using Items = std::vector<FollowUp>;

template <class Record>
std::string subject(Id<Record> id) {
  return fmt::format("{} {}", Record::noun, id.value);
}

std::string counted(int count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string role_at(std::string_view role, std::string_view company) {
  if (role.empty()) return std::string(company);
  return company.empty() ? std::string(role) : fmt::format("{} at {}", role, company);
}

std::string about(std::string_view preposition, std::string_view what) {
  return what.empty() ? std::string() : fmt::format(" {} {}", preposition, what);
}

/// How many working days have passed after `from`, up to and including `today`.
int working_days_since(const WorkingDays& calendar, Date from, Date today) {
  if (today <= from) return 0;
  const int days = days_between(from, today);
  const int works_a_week = static_cast<int>(std::count(calendar.works.begin(), calendar.works.end(), true));
  int working = days / 7 * works_a_week;
  for (int rest = days - days % 7 + 1; rest <= days; ++rest) {
    working += calendar.works[weekday_of(plus_days(from, rest)).c_encoding()];
  }
  const auto& holidays = calendar.holidays;
  const auto first = std::upper_bound(holidays.begin(), holidays.end(), from);
  const auto last = std::upper_bound(holidays.begin(), holidays.end(), today);
  return working - static_cast<int>(std::count_if(first, last, [&](Date holiday) {
           return calendar.works[weekday_of(holiday).c_encoding()];
         }));
}

void add_tasks(const View& view, Items& items) {
  for (const auto& [task, contact_name, subject_of_it] : view.facts.tasks) {
    const bool promise = task.interaction || task.owed_by == OwedBy::them;
    if (task.state != TaskState::open || (!task.due && !promise)) continue;
    const auto due = task.due.value_or(plus_days(task.made_on, undated_promise_days));
    const auto by = task.due ? "due on " + friendly(due) : std::string("without a day");
    std::string what = task.text, why = by + about("for", subject_of_it);
    if (promise && task.owed_by == OwedBy::them) {
      what = fmt::format("ask {} after their promise: {}", contact_name.empty() ? "them" : contact_name, task.text);
      why = fmt::format("promised to you on {}, {}", friendly(task.made_on), why);
    } else if (promise) {
      what = fmt::format("keep your promise: {}", task.text);
      why = fmt::format("promised on {}, {}", friendly(task.made_on), why);
    }
    items.push_back({promise ? FollowUpKind::promise : FollowUpKind::task, due,
                     contact_name.empty() ? subject_of_it : contact_name, what, why, task.made_on,
                     fmt::format("ties task done {}", task.id.value), subject(task.id)});
  }
}

/// Met at an event so lately that a first word about it is still natural.
bool is_fresh(const View& view, const FollowUpFacts::MetAtEvent& met) {
  return days_between(met.met_on, view.today) <= event_fresh_days;
}

void add_met_at_events(const View& view, Items& items) {
  for (const auto& met : view.facts.met) {
    if (!is_fresh(view, met)) continue;
    items.push_back({FollowUpKind::after_event, plus_days(met.met_on, after_event_days), met.name,
                     fmt::format("write to {}{}", met.name, about("about", met.event_name)),
                     fmt::format("met{} on {}, and no word since", about("at", met.event_name), friendly(met.met_on)),
                     met.met_on, log_message(met.name), subject(met.contact)});
  }
}

void add_moves(const View& view, Items& items) {
  for (const auto& move : view.facts.moves) {
    if (move.congratulated) continue;
    const auto& change = move.change;
    const auto as = about("as", move.title);
    auto why = change.same_company
                   ? fmt::format("a new title{}{}", about("at", move.to_company), as)
                   : fmt::format("moved{}{}{}", about("from", move.from_company), about("to", move.to_company), as);
    why += fmt::format(", seen on {}", friendly(change.seen_on));
    if (move.to_target) why += "; now at a target company";
    items.push_back({FollowUpKind::moved, change.seen_on, move.name,
                     fmt::format("congratulate {} on the new role", move.name), why, change.seen_on,
                     log_message(move.name), subject(change.contact)});
  }
}

/// One word is enough: whoever is to be written to after an event or for a new job has no cadence line as well.
void add_cadences(const View& view, Items& items) {
  std::set<Id<Contact>> written_to;
  for (const auto& met : view.facts.met) {
    if (is_fresh(view, met)) written_to.insert(met.contact);
  }
  for (const auto& move : view.facts.moves) {
    if (!move.congratulated && move.change.seen_on <= view.horizon()) written_to.insert(move.change.contact);
  }
  for (const auto& tie : view.facts.ties) {
    const bool paused = tie.company_interviewing && view.settings.pause_cadence_in_interviews;
    if (tie.cadence_days <= 0 || paused || written_to.count(tie.contact) > 0) continue;
    const auto from = tie.last_real.value_or(tie.known_since);
    const auto circle = tie.circle.empty() ? std::string() : fmt::format(" ({})", tie.circle);
    const auto last = tie.last_real ? fmt::format("last in touch on {}", friendly(from))
                                    : fmt::format("known since {}, and never in touch", friendly(from));
    items.push_back({FollowUpKind::cadence, plus_days(from, tie.cadence_days), tie.name,
                     fmt::format("write to {}", tie.name),
                     fmt::format("every {}{}; {}", counted(tie.cadence_days, "day"), circle, last), from,
                     log_message(tie.name), subject(tie.contact)});
  }
}

/// What a referral's follow-ups are made of.
struct ReferralView {
  const View& view;
  const FollowUpFacts::LiveReferral& live;

  const Referral& referral() const { return live.facts.referral; }
  const std::string& name() const { return live.facts.referrer_name; }
  std::string title() const { return role_at(referral().role, live.facts.company_name); }
  FollowUp item(FollowUpKind kind, Date due, std::string what, std::string why, std::optional<Date> since,
                std::string settle) const {
    return {kind, due, name(), std::move(what), std::move(why), since, std::move(settle), subject(referral().id)};
  }
  /// One that a command on the referral settles: "step", "submitted".
  FollowUp item(FollowUpKind kind, Date due, std::string what, std::string why, std::optional<Date> since,
                std::string_view verb, std::string_view rest) const {
    const auto* blank = rest.empty() ? "" : " ";
    auto made = item(kind, due, std::move(what), std::move(why), since,
                     fmt::format("ties referral {} {}{}{}", verb, referral().id.value, blank, rest));
    made.step = fmt::format("{}{}{}", verb, blank, rest);
    return made;
  }
  /// The day of the latest step into one of the states.
  std::optional<Date> last_step(bool (*is_one)(ReferralState)) const {
    const auto last = std::find_if(live.steps.rbegin(), live.steps.rend(),
                                   [is_one](const ReferralStep& step) { return is_one(step.state); });
    return last == live.steps.rend() ? std::nullopt : std::optional{last->on};
  }
  std::optional<Date> first_step(bool (*is_one)(ReferralState)) const {
    const auto first = std::find_if(live.steps.begin(), live.steps.end(),
                                    [is_one](const ReferralStep& step) { return is_one(step.state); });
    return first == live.steps.end() ? std::nullopt : std::optional{first->on};
  }
  bool application_ended() const { return live.application_outcome.value_or(Outcome::open) != Outcome::open; }
};

bool is_asked(ReferralState state) {
  return state == ReferralState::asked;
}

bool is_agreed(ReferralState state) {
  return state == ReferralState::agreed || state == ReferralState::sent_materials;
}

bool is_willing(ReferralState state) {
  return is_agreed(state) || is_handed_in(state);
}

void add_unanswered_ask(const ReferralView& of, Items& items) {
  const auto& settings = of.view.settings;
  const auto asked = of.live.facts.asked_on ? of.live.facts.asked_on : of.last_step(is_asked);
  if (!asked) return;
  const int nudges = std::max(of.live.nudges, 0);
  const auto last = nudges == 0 ? *asked : of.live.last_nudge.value_or(*asked);
  const int patience = nudges == 0 ? settings.nudge_after_working_days : settings.second_nudge_after_working_days;
  const auto due = settings.working_days.after(last, patience);

  const auto waited = counted(working_days_since(settings.working_days, last, of.view.today), "working day");
  const auto times = nudges == 1 ? std::string("nudged") : fmt::format("nudged {} times, the last", nudges);
  const auto why = nudges == 0 ? fmt::format("asked on {}, {} without an answer", friendly(*asked), waited)
                               : fmt::format("asked on {}, {} on {}, {} without an answer", friendly(*asked), times,
                                             friendly(last), waited);
  if (nudges < 2) {
    items.push_back(
        of.item(FollowUpKind::nudge, due,
                fmt::format("nudge {}{}{}", of.name(), nudges == 0 ? "" : " a second time", about("about", of.title())),
                why, asked, log_message(of.name())));
  } else {
    items.push_back(of.item(FollowUpKind::referral, due,
                            fmt::format("let the ask to {} rest: no answer came", of.name()), why, asked, "step",
                            word(ReferralState::no_answer)));
  }
}

void add_waiting_state(const ReferralView& of, Items& items) {
  const auto& settings = of.view.settings;
  const auto state = of.referral().state;
  const auto waited = [&](Date since) { return counted(std::max(0, days_between(since, of.view.today)), "day"); };

  if (is_asked(state)) return add_unanswered_ask(of, items);
  if (state == ReferralState::needs_more) {
    const auto since = of.last_step([](ReferralState step) { return step == ReferralState::needs_more; });
    if (!since) return;
    items.push_back(of.item(FollowUpKind::referral, *since, fmt::format("send {} what they asked for", of.name()),
                            fmt::format("they need more{} since {}", about("for", of.title()), friendly(*since)), since,
                            "step", word(ReferralState::sent_materials)));
  } else if (is_agreed(state)) {
    const auto since = of.last_step(is_agreed);
    if (!since) return;
    const auto* did = state == ReferralState::agreed ? "agreed" : "has your papers since";
    items.push_back(
        of.item(FollowUpKind::referral, plus_days(*since, settings.agreed_patience_days),
                fmt::format("ask {} whether the referral{} is handed in", of.name(), about("for", of.title())),
                fmt::format("{}{} {}, {} without its being handed in", did, state == ReferralState::agreed ? " on" : "",
                            friendly(*since), waited(*since)),
                since, "step", word(ReferralState::submitted)));
  } else if (state == ReferralState::submitted) {
    const auto since = of.last_step([](ReferralState step) { return step == ReferralState::submitted; });
    if (!since) return;
    items.push_back(
        of.item(FollowUpKind::referral, plus_days(*since, settings.submitted_patience_days),
                fmt::format("ask {} whether the referral{} was confirmed", of.name(), about("for", of.title())),
                fmt::format("handed in on {}, {} without a confirmation", friendly(*since), waited(*since)), since,
                "step", word(ReferralState::confirmed)));
  }
}

void add_expiry(const ReferralView& of, Items& items) {
  const auto expires = *of.referral().expires_on;
  const bool over = expires < of.view.today;
  items.push_back(
      of.item(FollowUpKind::referral, plus_days(expires, -of.view.settings.expiry_notice_days),
              over ? fmt::format("ask {} to renew the referral{}, or end it", of.name(), about("for", of.title()))
                   : fmt::format("ask {} to renew the referral{}", of.name(), about("for", of.title())),
              fmt::format("{} on {}", over ? "it expired" : "it expires", friendly(expires)), std::nullopt, "step",
              word(ReferralState::expired)));
}

void add_thanks(const ReferralView& of, Items& items) {
  const auto handed_in = of.first_step(is_handed_in);
  if (of.referral().thanked_on || (!handed_in && !is_handed_in(of.referral().state))) return;
  const auto on = handed_in ? fmt::format(" on {}", friendly(*handed_in)) : std::string();
  items.push_back(
      of.item(FollowUpKind::thanks, handed_in.value_or(of.view.today),
              fmt::format("thank {} for the referral{}", of.name(), about("to", of.live.facts.company_name)),
              fmt::format("handed in{}, and not thanked yet", on), handed_in, "thank", ""));
}

void add_outcome(const ReferralView& of, Items& items) {
  const bool helped = is_willing(of.referral().state) || of.last_step(is_willing);
  if (!of.application_ended() || of.referral().told_on || !helped) return;
  items.push_back(
      of.item(FollowUpKind::outcome, of.view.today,
              fmt::format("tell {} how the application{} ended", of.name(), about("for", of.title())),
              fmt::format("its outcome is '{}', and they have not heard", word(*of.live.application_outcome)),
              std::nullopt, "thank", "--told"));
}

void add_referrals(const View& view, Items& items) {
  for (const auto& live : view.facts.referrals) {
    const ReferralView of{view, live};
    const auto expires = of.referral().expires_on;
    const bool waits = is_open(of.referral().state) && !of.application_ended();
    if (waits && expires) add_expiry(of, items);
    if (waits && !(expires && *expires < view.today)) add_waiting_state(of, items);
    add_thanks(of, items);
    add_outcome(of, items);
  }
}

/// What to do about an application that stays too long in a stage of a kind, and for a deadline in it; empty: nothing.
struct StageAdvice {
  StageKind kind;
  const char* stale;
  const char* deadline;
  bool can_be_ghosted;
};
constexpr std::array stage_advice{
    StageAdvice{StageKind::lead, "apply, ask for a referral, or let it go", "apply before the deadline", false},
    StageAdvice{StageKind::referral, "ask where the referral stands", "apply before the deadline", false},
    StageAdvice{StageKind::applied, "ask for news, or find somebody inside", "", true},
    StageAdvice{StageKind::screen, "ask the recruiter for the next step", "", true},
    StageAdvice{StageKind::assessment, "hand the assessment in, or ask for news", "hand the assessment in", true},
    StageAdvice{StageKind::interview, "ask the recruiter for the next step", "", true},
    StageAdvice{StageKind::offer, "answer the offer, or ask for time", "answer the offer", true},
    StageAdvice{StageKind::closed, "", "", false}};

void add_applications(const View& view, Items& items) {
  for (const auto& running : view.facts.applications) {
    const auto& [application, company_name, stage, since, last_activity, next_stage] = running;
    const auto& advice = stage_advice.at(static_cast<std::size_t>(stage.kind));
    if (application.outcome != Outcome::open || application.archived || stage.kind == StageKind::closed) continue;
    const auto title = role_at(application.title, company_name);
    const auto step = stage.kind == StageKind::offer ? std::string("close accepted")
                      : next_stage.empty()           ? std::string("move")
                                                     : "move " + next_stage;
    const auto add = [&, id = application.id](FollowUpKind kind, Date due, std::string what, std::string why,
                                              std::optional<Date> from, const std::string& by) {
      const auto verb = by.substr(0, by.find(' '));
      const auto rest = verb == by ? "STAGE" : by.substr(verb.size() + 1);
      items.push_back({kind, due, title, std::move(what), std::move(why), from,
                       fmt::format("ties application {} {} {}", verb, id.value, rest), subject(id), by});
    };

    // One line an application: a deadline presses more than silence, and silence more than a slow stage.
    if (application.deadline && *advice.deadline && *application.deadline <= view.horizon()) {
      add(FollowUpKind::deadline, *application.deadline, advice.deadline,
          fmt::format("the deadline is {}", friendly(*application.deadline)), std::nullopt, step);
      continue;
    }
    const auto ghosted_on = plus_days(last_activity, view.settings.ghosted_after_days);
    if (advice.can_be_ghosted && ghosted_on <= view.today) {
      add(FollowUpKind::stale, ghosted_on, "ask once more, or close it as ghosted",
          fmt::format("no sign since {}, {} ago", friendly(last_activity),
                      counted(days_between(last_activity, view.today), "day")),
          last_activity, "close ghosted");
    } else if (stage.patience_days) {
      add(FollowUpKind::stale, plus_days(since, *stage.patience_days + 1), advice.stale,
          fmt::format("in {} since {}, {}; the limit is {}", stage.name, friendly(since),
                      counted(std::max(0, days_between(since, view.today)), "day"),
                      counted(*stage.patience_days, "day")),
          since, step);
    }
  }
}

/// "coding interview", but "recruiter call".
std::string round_name(const std::string& kind) {
  constexpr std::array whole{"interview", "call", "round", "screen", "chat", "talk", "presentation"};
  if (kind.empty()) return "interview";
  const bool is_whole =
      std::any_of(whole.begin(), whole.end(), [&kind](const char* noun) { return kind.ends_with(noun); });
  return is_whole ? kind : kind + " interview";
}

void add_interviews(const View& view, Items& items) {
  for (const auto& one : view.facts.rounds) {
    const auto& [interview, title, interviewers, debriefed] = one;
    const auto day = interview.when.day;
    const auto round = round_name(interview.kind);
    const auto who = interviewers.empty() ? title : fmt::format("{}", fmt::join(interviewers, ", "));
    const auto with = interviewers.empty() ? std::string() : " with " + who;
    const auto done = fmt::format("ties interview done {}", interview.id.value);
    const auto add = [&](const char* step, Date due, std::string what, std::string why, std::string settle) {
      items.push_back({FollowUpKind::interview, due, who, std::move(what), std::move(why), day, std::move(settle),
                       subject(one.interview.id), step});
    };
    const bool planned = interview.outcome == InterviewOutcome::planned;
    const bool was_held = interview.outcome != InterviewOutcome::cancelled && (planned ? day < view.today : true);

    if (planned && day >= view.today) {
      add("prepare", std::min(std::max(plus_days(day, -1), view.today), day),
          fmt::format("prepare the {}{}", round, about("for", title)),
          fmt::format("it is on {}{}", friendly(interview.when), with), done);
    }
    if (was_held && !debriefed && day <= view.today) {
      add("debrief", planned ? plus_days(day, day_after) : day, fmt::format("write down how the {} went", round),
          fmt::format("held on {}{}, and no notes yet", friendly(interview.when), with), done);
    }
    const bool to_thank = interview.outcome == InterviewOutcome::done || interview.outcome == InterviewOutcome::passed;
    if (to_thank && !interview.thanked_on) {
      add("thank", plus_days(day, day_after),
          fmt::format("thank {} for the {}", interviewers.empty() ? "the interviewers" : who, round),
          fmt::format("held on {}, and not thanked yet", friendly(interview.when)), done + " --thanked");
    }
  }
}

void add_invitations(const View& view, Items& items) {
  for (const auto& pending : view.facts.invitations) {
    items.push_back({FollowUpKind::invitation, plus_days(pending.sent_on, view.settings.invitation_patience_days),
                     pending.name,
                     fmt::format("withdraw the invitation to {}, or reach them another way", pending.name),
                     fmt::format("sent on {}, {} without an answer", friendly(pending.sent_on),
                                 counted(std::max(0, days_between(pending.sent_on, view.today)), "day")),
                     pending.sent_on, fmt::format("ties interaction edit {} --answered", pending.interaction.value),
                     subject(pending.interaction)});
  }
}

void add_suggestions(const View& view, Items& items) {
  for (const auto& [suggestion, company] : view.facts.suggestions) {
    if (days_between(suggestion.on, view.today) > view.settings.suggestion_news_days) continue;
    items.push_back(
        {FollowUpKind::suggestion, suggestion.on, suggestion.referrer.empty() ? company : suggestion.referrer,
         "is it so? " + in_words(suggestion, company),
         fmt::format("a mail of {} says so: {}", friendly(suggestion.on), suggestion.evidence), suggestion.on,
         fmt::format("ties suggestion accept {}", suggestion.id.value), subject(suggestion.id)});
  }
}

/// Who is on the list already, or was asked for something that is still open: silence is no second reason.
std::set<Id<Contact>> spoken_for(const FollowUpFacts& facts) {
  std::set<Id<Contact>> people;
  for (const auto& open : facts.tasks) {
    if (open.task.contact) people.insert(*open.task.contact);
  }
  for (const auto& met : facts.met) people.insert(met.contact);
  for (const auto& move : facts.moves) {
    if (!move.congratulated) people.insert(move.change.contact);
  }
  for (const auto& live : facts.referrals) {
    if (is_open(live.facts.referral.state)) people.insert(live.facts.referral.referrer);
  }
  return people;
}

/// The few that matter most: at target companies first, then those who were in touch most often. There is no day on which
/// to end a silence, so that it is never late.
void add_quiet(const View& view, Items& items) {
  const auto others = spoken_for(view.facts);
  std::vector<FollowUpFacts::Quiet> found;
  for (const auto& quiet : view.facts.quiet) {
    const int silent = days_between(quiet.last, view.today);
    const bool is_unusual = silent > usual_silence_days(quiet.usual_days, view.settings.quiet_days_min);
    if (is_unusual && silent <= silent_days_max && others.count(quiet.contact) == 0) found.push_back(quiet);
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::tuple(!a.at_target, a.usual_days, a.last, a.contact) <
           std::tuple(!b.at_target, b.usual_days, b.last, b.contact);
  });
  if (found.size() > quiet_at_once) found.resize(quiet_at_once);
  for (const auto& quiet : found) {
    const auto at = quiet.at_target ? "; at " + quiet.company + ", a target of yours" : std::string();
    items.push_back({FollowUpKind::quiet, view.today, quiet.name, fmt::format("write to {}", quiet.name),
                     fmt::format("last in touch on {}, {} ago; usually every {}{}", friendly(quiet.last),
                                 counted(days_between(quiet.last, view.today), "day"),
                                 quiet.usual_days == 1 ? "day" : fmt::format("{} days", quiet.usual_days), at),
                     quiet.last, log_message(quiet.name), subject(quiet.contact)});
  }
}

constexpr std::array rules{add_tasks,      add_cadences, add_met_at_events, add_referrals,   add_applications,
                           add_interviews, add_moves,    add_invitations,   add_suggestions, add_quiet};

}  // namespace

std::vector<FollowUp> followups(const FollowUpFacts& facts, Date today, const FollowUpSettings& settings) {
  const View view{facts, today, settings};
  Items items;
  for (const auto& rule : rules) rule(view, items);

  const auto horizon = view.horizon();
  items.erase(std::remove_if(items.begin(), items.end(), [&](const FollowUp& item) { return item.due > horizon; }),
              items.end());
  std::stable_sort(items.begin(), items.end(), [](const FollowUp& a, const FollowUp& b) {
    return std::tie(a.due, a.kind, a.who, a.subject) < std::tie(b.due, b.kind, b.who, b.subject);
  });
  return items;
}

}  // namespace ties
