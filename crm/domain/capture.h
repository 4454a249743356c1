#pragma once
#include "crm/domain/application.h"
#include "crm/domain/task.h"

namespace ties {

/// What a part of a captured line was understood as. Everything not under a chip is the note.
struct Chip {
  enum class What { verb, person, company, tag, event, when, follow_up, stage, role, through, money } what{};
  std::size_t begin{};  ///< bytes into the line; `end` is one past the last
  std::size_t end{};
  std::string value{};  ///< as understood: a name, a word, "2026-03-15"

  bool operator==(const Chip&) const = default;
};
template <>
struct Words<Chip::What> {
  static constexpr std::array all{"verb"sv, "person"sv, "company"sv, "tag"sv,     "event"sv, "when"sv,
                                  "follow_up"sv, "stage"sv, "role"sv, "through"sv, "money"sv};
};

enum class CaptureVerb { note, met, called, emailed, messaged, coffee, interviewed, applied, referred, asked, thanked, helped, intro };
template <>
struct Words<CaptureVerb> {
  static constexpr std::array all{"note"sv,    "met"sv,   "called"sv,   "emailed"sv, "messaged"sv, "coffee"sv, "interviewed"sv,
                                  "applied"sv, "referred"sv, "asked"sv, "thanked"sv, "helped"sv,   "intro"sv};
};

struct Captured {
  struct Person {
    std::string name{};
    bool is_new{};  ///< "@new:"

    bool operator==(const Person&) const = default;
  };

  CaptureVerb verb{};
  std::vector<Person> people{};
  std::optional<Person> through{};  ///< "via @Grace", "referred by @Grace", "intro @Ada via @Grace"
  std::string company{};            ///< "+Acme", "at +Acme"
  std::vector<std::string> words{};  ///< "#word": an event when one is called so, else a tag
  std::string event{};               ///< "at #PyCon26": an event, known or new
  std::optional<Date> when{};        ///< the day that it happened; none: today
  std::optional<Date> follow_up{};
  std::string stage{};               ///< ">Applied"
  std::string role{};                ///< "applied Staff Engineer +Acme": the words between verb and company
  std::string money{};               ///< "€ 90,000", "$120k", as written
  std::string note{};
  std::vector<Chip> chips{};         ///< in the order of the line

  bool operator==(const Captured&) const = default;
};

/// Reads one line of quick capture. Never fails: what is not understood is note. Dates resolve from `today`; a follow-up
/// that falls on a day off moves to the next working day when `calendar` is given.
///
///   line   = verb? (person | company | tag | event | when | follow | stage | money | text)*
///   person = "@" name | "@\"Ada Lovelace\"" | "@new:Ada Lovelace"   company = "at"? ("+" name | "+\"Acme Labs\"")
///   event  = "at #" word                                               tag = "#" word
///   follow = ("follow up" | "ping" | "remind me") day-words            stage = ">" word | ">\"Recruiter screen\""
///   note   = the rest, and all after " -- "
Captured capture(std::string_view line, Date today, const WorkingDays* calendar = nullptr);

/// The kind of interaction that a verb logs; nothing for verbs that log none (applied).
std::optional<InteractionKind> interaction_kind(CaptureVerb verb);

/// Whether the line asks somebody for a referral ("asked @Ada for a referral at +Acme"), and not for anything else.
bool asks_for_referral(const Captured& captured);

/// What a note promises: "promised the slides by Friday", "I'll send the paper next week", "she will introduce me by
/// 3 March". One entry a sentence that promises; `owed_by` is me for "I'll", "I promised", "promised" without a
/// subject; them for "he/she/they …" or a name.
struct Promise {
  std::string text{};  ///< empty: a day to write again, nothing else
  OwedBy owed_by{};
  std::optional<Date> due{};

  bool operator==(const Promise&) const = default;
};
std::vector<Promise> promises_in(std::string_view note, Date today);

/// The task that a promise made in an interaction becomes. A promise of no words is a mere day to write again: a task
/// that says so and is no promise.
Task task_of(const Promise& promise, const Interaction& made_in, std::optional<Id<Contact>> contact, Date made_on);

}  // namespace ties
