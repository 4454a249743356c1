#pragma once
#include "crm/domain/application.h"
#include "crm/domain/tie.h"

namespace ties {

enum class ReferralState {
  idea, to_approach, asked, needs_more, introduced, agreed, sent_materials, submitted, confirmed, credited,
  declined, no_answer, withdrawn, role_closed, expired, blocked
};
template <>
struct Words<ReferralState> {
  static constexpr std::array all{"idea"sv,           "to_approach"sv, "asked"sv,     "needs_more"sv,
                                  "introduced"sv,     "agreed"sv,      "sent_materials"sv, "submitted"sv,
                                  "confirmed"sv,      "credited"sv,    "declined"sv,  "no_answer"sv,
                                  "withdrawn"sv,      "role_closed"sv, "expired"sv,   "blocked"sv};
};

/// One person's word for the user at one company: its own object with its own life, with or without an application yet.
struct Referral {
  static constexpr std::string_view noun = "referral";

  Id<Referral> id{};
  std::optional<Id<Company>> company{};
  std::string role{};
  Id<Contact> referrer{};
  std::optional<Id<Contact>> introducer{};
  std::optional<Id<Application>> application{};
  std::optional<Id<Referral>> parent{};  ///< the one whose referrer handed the user on
  ReferralState state{};
  std::string asked_via{};   ///< "in person", "signal", in the user's words
  std::string method{};      ///< how it is handed in: "form", "link", "mail"
  std::string address{};     ///< the email address that it was handed in with
  std::string requisition{};
  std::string evidence{};
  std::optional<Date> expires_on{};
  std::optional<Date> thanked_on{};
  std::optional<Date> told_on{};     ///< the outcome was told
  std::optional<Date> returned_on{};  ///< the favour was returned
  std::string notes{};

  bool operator==(const Referral&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("company", r.company), f("role", r.role), f("referrer", r.referrer), f("introducer", r.introducer);
    f("application", r.application), f("parent", r.parent), f("state", r.state), f("asked_via", r.asked_via);
    f("method", r.method), f("address", r.address), f("requisition", r.requisition), f("evidence", r.evidence);
    f("expires_on", r.expires_on), f("thanked_on", r.thanked_on), f("told_on", r.told_on);
    f("returned_on", r.returned_on), f("notes", r.notes);
  }
};

/// One line of a referral's history; only ever added.
struct ReferralStep {
  static constexpr std::string_view noun = "referral_step";

  Id<ReferralStep> id{};
  Id<Referral> referral{};
  ReferralState state{};
  Date on{};
  std::string note{};
  std::string overridden{};  ///< the guards that the user went past, by name

  bool operator==(const ReferralStep&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("referral", r.referral), f("state", r.state), f("on", r.on), f("note", r.note), f("overridden", r.overridden);
  }
};

/// Whether anything can still come of it. `credited`, `declined`, `no_answer`, `withdrawn`, `role_closed`, `expired`,
/// `blocked` and `introduced` are ends; an expired one may be renewed.
bool is_open(ReferralState state);

/// Whether it is an ask that waits for the other person: asked, needs_more, agreed, sent_materials.
bool is_open_ask(ReferralState state);

/// Whether it was handed in: submitted, confirmed, credited.
bool is_handed_in(ReferralState state);

/// The states that may follow, the usual next one first. Any open state may end as withdrawn, role_closed, expired or
/// blocked. Skipping forward along the main line is allowed (a colleague submits without a word in between). Of the
/// ends, `expired` can be renewed and `no_answer` can still be answered late.
std::vector<ReferralState> next_states(ReferralState from);

/// A reason to think twice before an ask or a move. The user may go past it; then it is recorded by its name.
struct Warning {
  std::string guard{};   ///< "refer before applying", "same address", "one referrer", "ask load", "cold ask", …
  std::string reason{};  ///< one sentence, naming the records that it rests on

  bool operator==(const Warning&) const = default;
};

/// A referral with what the guards must know of it.
struct ReferralFacts {
  Referral referral{};
  std::string referrer_name{};
  std::string company_name{};
  std::optional<Date> asked_on{};  ///< of its last step to `asked`
};

struct GuardSettings {
  int ask_load_days{90};
  int reapply_wait_days{180};  ///< an assumed waiting time of a company after a rejection
};

/// What speaks against asking this referrer now: *ask load* (another open ask to the same contact, or one asked within
/// `ask_load_days`), *one referrer* (another live referral at the company for the same role, asked already), *cold ask*
/// (readiness "not yet", with what is missing). At most one warning a guard, naming every record that it rests on.
/// `others`: every referral but this one, of the same referrer or at the same company.
std::vector<Warning> guards_of_ask(const ReferralFacts& ask, const std::vector<ReferralFacts>& others,
                                   const Readiness& readiness, Date today, const GuardSettings& settings);

/// What speaks against handing it in: *same address* (the referral's address differs from the application's).
std::vector<Warning> guards_of_hand_in(const ReferralFacts& referral, const std::optional<Application>& application);

struct ApplicationFacts {
  Application application{};
  std::string company_name{};
  StageKind stage_kind{};
  std::vector<ApplicationContact> contacts{};
  std::optional<Date> rejected_on{};  ///< for an application that ended so
};

/// What speaks against entering a stage of this kind: for `applied` and later ones but `closed`, *refer before
/// applying* (a live referral for it, or for its company without an application, is not yet handed in; only for an
/// application that has not been sent already) and *same address*.
std::vector<Warning> guards_of_move(const ApplicationFacts& moving, StageKind to,
                                    const std::vector<ReferralFacts>& referrals_at_company);

/// What speaks against opening it: *been here before* (another application at the company was rejected within the
/// waiting time, or is open), *recruiter collision* (two agencies, or an agency and a referral, for one opening).
/// `others`: every other application at the same company.
std::vector<Warning> guards_of_opening(const ApplicationFacts& opening, const std::vector<ApplicationFacts>& others,
                                       const std::vector<ReferralFacts>& referrals_at_company, Date today,
                                       const GuardSettings& settings);

}  // namespace ties
