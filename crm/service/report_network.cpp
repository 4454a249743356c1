#include "crm/service/verb.h"
#include "reports/network.h"

namespace ties {
namespace {

using Kind = Arg::Kind;

constexpr Arg since{"since", Kind::day, "from that day on"};
constexpr Arg until{"until", Kind::day, "up to that day; today when not said"};

/// Throws Wrong when it ends before it begins, or begins only after today.
Period period_of(const Args& args) {
  const Period period{args.day("since"), args.day("until")};
  if (period.since && *period.since > args.today()) throw Wrong("since: that day is still to come", "since");
  if (period.since && period.until && *period.until < *period.since)
    throw Wrong("until: it lies before since", "until");
  return period;
}

Answer answer_of(reports::Document document) {
  Answer answer;
  answer.document = std::move(document);
  return answer;
}

Answer network(Crm& crm, const Args& args) {
  return answer_of(reports::network(crm.store.network_facts(), period_of(args), args.today(), crm.config.tie_weights()));
}

Answer moves(Crm& crm, const Args& args) {
  const auto period = period_of(args);
  return answer_of(reports::moves(crm.store.moves(period.since), period, args.today()));
}

Answer contributions(Crm& crm, const Args& args) {
  return answer_of(reports::contributions(crm.store.contribution_facts(), period_of(args), args.today()));
}

Answer events(Crm& crm, const Args& args) {
  return answer_of(reports::events(crm.store.event_yields(args.today()), period_of(args), args.today()));
}

Answer activity(Crm& crm, const Args& args) {
  return answer_of(reports::activity(crm.store.activity_facts(), period_of(args), args.today()));
}

Answer proof(Crm& crm, const Args& args) {
  return answer_of(reports::proof(crm.store.proof_facts(args.today()), period_of(args), args.today()));
}

}  // namespace

std::vector<Verb> network_report_verbs() {
  return {
      {"report network",
       "GET /reports/network",
       "who is known: growth, companies, circles, countries, strength, quiet ties",
       "ties report network --since 2026-01-01",
       {since, until},
       network,
       false,
       "",
       "Document"},
      {"report moves",
       "GET /reports/moves",
       "who changed company or title, as newer exports showed; in the last year",
       "ties report moves --since 2026-01-01",
       {since, until},
       moves,
       false,
       "",
       "Document"},
      {"report events",
       "GET /reports/events",
       "what each conference led to: people, follow-ups kept, referrals, interviews, offers",
       "ties report events --since 2026-01-01",
       {since, until},
       events,
       false,
       "",
       "Document"},
      {"report contributions",
       "GET /reports/contributions",
       "public work by company and repository, how much was merged, who knows it",
       "ties report contributions",
       {since, until},
       contributions,
       false,
       "",
       "Document"},
      {"report activity",
       "GET /reports/activity",
       "talks, people, asks, applications, interviews week by week; the last 26 weeks",
       "ties report activity --since 2026-01-01",
       {since, until},
       activity,
       false,
       "",
       "Document"},
      {"report proof",
       "GET /reports/proof",
       "applications with dates, to hand in and sign; the last calendar month",
       "ties report proof --since 2026-05-01 --until 2026-05-31 --format html",
       {since, until},
       proof,
       false,
       "",
       "Document"},
  };
}

}  // namespace ties
