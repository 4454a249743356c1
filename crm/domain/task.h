#pragma once
#include "crm/domain/application.h"
#include "crm/domain/event.h"
#include "crm/domain/interaction.h"

namespace ties {

struct Referral;

enum class TaskState { open, done, skipped };
template <>
struct Words<TaskState> {
  static constexpr std::array all{"open"sv, "done"sv, "skipped"sv};
};

/// Who owes it. What a contact promised is a task too: something to ask after.
enum class OwedBy { me, them };
template <>
struct Words<OwedBy> {
  static constexpr std::array all{"me"sv, "them"sv};
};

/// Something to do, tied to any of the others or to none. A promise is the task that its interaction made.
struct Task {
  static constexpr std::string_view noun = "task";

  Id<Task> id{};
  std::string text{};
  std::optional<Date> due{};
  std::optional<int> repeat_days{};  ///< done or skipped, the next turn is due so many days later
  OwedBy owed_by{};
  TaskState state{};
  std::optional<Date> ended_on{};
  Date made_on{};
  std::optional<Id<Contact>> contact{};
  std::optional<Id<Company>> company{};
  std::optional<Id<Event>> event{};
  std::optional<Id<Interaction>> interaction{};  ///< in which it was promised
  std::optional<Id<Application>> application{};
  std::optional<Id<Interview>> interview{};
  std::optional<Id<Referral>> referral{};
  std::optional<std::string> source_key{};  ///< by which a calendar finds it again

  bool operator==(const Task&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("text", r.text), f("due", r.due), f("repeat_days", r.repeat_days), f("owed_by", r.owed_by), f("state", r.state);
    f("ended_on", r.ended_on), f("made_on", r.made_on), f("contact", r.contact), f("company", r.company);
    f("event", r.event), f("interaction", r.interaction), f("application", r.application);
    f("interview", r.interview), f("referral", r.referral), f("source_key", r.source_key);
  }
};

/// The task that takes over when a repeating one is done or skipped: due its repeat after the old due date, but never in
/// the past. Nothing for a task that does not repeat.
std::optional<Task> next_turn(const Task& ended, Date today);

}  // namespace ties
