#include <fmt/format.h>

#include "crm/service/naming.h"
#include "reports/applications.h"

namespace ties {
namespace {

using Kind = Arg::Kind;

Selection selection_of(Crm& crm, const Args& args) {
  Selection selection;
  selection.since = args.day("since"), selection.until = args.day("until");
  if (selection.since && selection.until && *selection.until < *selection.since) {
    throw Wrong(fmt::format("until: {} lies before {}, the day of --since", to_text(*selection.until), to_text(*selection.since)));
  }
  if (args.has("pipeline")) selection.pipeline = pipeline_named(crm, args.text("pipeline")).id;
  return selection;
}

template <reports::Document (*Report)(const SearchHistory&, const Selection&, Date)>
Answer report(Crm& crm, const Args& args) {
  Answer answer;
  answer.document = Report(crm.store.search_history(), selection_of(crm, args), args.today());
  return answer;
}

Answer time_in_stage(Crm& crm, const Args& args) {
  Answer answer;
  answer.document = reports::time_in_stage(crm.store.search_history(), selection_of(crm, args), args.today(), args.choice<StageBy>("by").value_or(StageBy::kind));
  return answer;
}

/// What all of them are asked with, and their own.
std::vector<Arg> asked_with(std::vector<Arg> own = {}, std::string_view of = "opened on that day or later") {
  std::vector<Arg> args{{"since", Kind::day, of}, {"until", Kind::day, "and no later than that"}, {"pipeline", Kind::text, "only those in it; all when not said"}};
  args.insert(args.end(), own.begin(), own.end());
  return args;
}

}  // namespace

std::vector<Verb> application_report_verbs() {
  return {
      {"report pipeline", "GET /reports/pipeline", "open applications by stage, ended ones by outcome", "ties report pipeline", asked_with(), report<reports::pipeline>, false, "", "Document"},
      {"report funnel", "GET /reports/funnel", "how far applications come, with how sure that is", "ties report funnel --since 2026-01-01", asked_with(), report<reports::funnel>, false, "", "Document"},
      {"report flow", "GET /reports/flow", "the ways of applications from stage to stage to their end", "ties report flow --format html", asked_with(), report<reports::flow>, false, "", "Document"},
      {"report time-in-stage", "GET /reports/time-in-stage", "how long applications stay in a stage, those that still do counted rightly", "ties report time-in-stage --by stage",
       asked_with({{"by", Kind::choice, "kinds of stages when not said", Arg::Place::option, false, words<StageBy>()}}), time_in_stage, false, "", "Document"},
      {"report referrals", "GET /reports/referrals", "what asks for a referral led to, by who was asked, how, and how often", "ties report referrals",
       asked_with({}, "asked on that day or later"), report<reports::referrals>, false, "", "Document"},
      {"report lift", "GET /reports/lift", "whether referred applications come further than cold ones", "ties report lift", asked_with(), report<reports::lift>, false, "", "Document"},
  };
}

}  // namespace ties
