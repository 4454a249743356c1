#pragma once
#include "crm/domain/duplicates.h"
#include "crm/domain/followups.h"
#include "crm/domain/paths.h"
#include "reports/document.h"

namespace ties::reports {

/// The reports of the spine. Each takes plain facts and gives a document; none touches the store.

/// What deserves attention: sections "Overdue", "Today", "Next N days", all three also when they are empty; every row
/// says due, who, what, why, since, and the command that settles it (columns due who what why since settle kind
/// subject step, and the links: contact contact_id company company_id, task_id and so on).
Document followups(const std::vector<FollowUp>& items, Date today, int look_ahead_days);

/// An application as it stands on the board.
struct Card {
  std::int64_t id{};
  std::string title{}, company{}, referrer{};
  std::string stage_key{};
  int days_in_stage{};
  std::optional<int> patience_days{};
  std::string next{};  ///< "interview on Mon 2 Mar 2026", or empty
  // For programs alone:
  std::optional<std::int64_t> company_id{}, referrer_id{};
  std::string referral{};         ///< the state of its first referral, or empty
  std::optional<Date> since{};    ///< in the stage
  std::optional<Date> next_on{};  ///< of the next interview
  std::optional<Date> deadline{};
  int priority{};  ///< 0 none … 3 high
  std::string source{}, location{}, team{}, link{};
};

/// The pipeline as columns, a lane a stage, days in stage, stale ones marked by a word and a sign, not by colour alone.
/// Ended applications are counted in `ended` and not drawn. A card of no known stage stands in a lane of its own.
/// Columns id title company days patience_days stale referrer next, and what programs are told of each card; of a lane
/// they are told stage_id, key, kind, patience_days.
Document board(const Pipeline& pipeline, const std::vector<Stage>& stages, const std::vector<Card>& cards, int ended);

/// The ways to a company, sections "Now", "Second hop", "Formerly", "Maintainers", the warmest first, each with why and the
/// first step. Columns id name title since as_of tie score last_in_touch why ready step; of the second hop also through_id
/// through through_title through_score warmth, of maintainers company; `why` is then how the one knows the other, or the
/// work.
Document who(const Company& company, const WarmPaths& paths, Date today);

/// Whom to ask for a referral: somebody who works at a company, how ready they are, and why.
struct ToAsk {
  Company company{};
  WarmPath path{};
};

/// Whom to ask, sections "Ready", "Warm up first", "Not yet", the readiest first, 50 at most in each; every row says why,
/// naming the records, and the next step with its command. `where`: "at Acme", "at your targets". Columns id name
/// company_id company title verdict score tie why records step command.
Document ready(std::vector<ToAsk> people, const std::string& where, Date today);

/// Two contacts that may be one person, with their names.
struct PossiblyOne {
  Duplicate pair{};
  std::string a{}, b{};
};

/// Who may be one person, the likeliest first, why, and the commands that settle it. `found`: how many pairs there are,
/// of which these are shown. Columns score a a_name b b_name why merge distinct.
Document duplicates(const std::vector<PossiblyOne>& pairs, std::size_t found);

}  // namespace ties::reports
