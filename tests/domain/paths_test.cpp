#include "crm/domain/paths.h"

#include <boost/test/unit_test.hpp>

using namespace ties;

namespace {

const Date today = *date_from_text("2026-03-02");

/// A tie of so many coffees in the past months: none 0, six 63, twelve 75 of 100.
TieFacts coffees(std::int64_t contact, int count) {
  TieFacts facts;
  facts.contact = {contact};
  for (int i = 0; i < count; ++i) {
    Interaction coffee;
    coffee.id = {100 * contact + i}, coffee.kind = InteractionKind::coffee, coffee.when.day = plus_days(today, -30 * i);
    facts.interactions.push_back(coffee);
  }
  return facts;
}

/// Priya (1) and Jon (2) are known well and work elsewhere; Tomasz (3) and Ada (4) work at the company, Bo (5) did.
struct Ways : PathFacts {
  Ways() {
    company = {7};
    elsewhere = {person(1, "Priya"), person(2, "Jon")};
    there = {person(3, "Tomasz", true), person(4, "Ada", true), person(5, "Bo")};
    for (const auto& [contact, count] : {std::pair{1, 12}, {2, 6}, {3, 0}, {4, 12}, {5, 6}})
      ties[{contact}] = coffees(contact, count);
  }

  static Person person(std::int64_t id, const char* name, bool now = false) {
    Person person;
    person.contact = {id}, person.name = name, person.now = now, person.record = "employment " + std::to_string(id);
    return person;
  }
  static Tenure at(const char* name, const char* started, const char* ended, const char* record) {
    Tenure tenure;
    tenure.place = tenure.name = name, tenure.started = started, tenure.ended = ended, tenure.record = record;
    return tenure;
  }
  WarmPaths found(const TieWeights& weights = {}) const { return warm_paths(*this, today, weights); }
};

std::vector<std::string> steps_of(const std::vector<WarmPath>& paths) {
  std::vector<std::string> steps;
  for (const auto& path : paths) steps.push_back(path.step + ", " + std::to_string(path.warmth));
  return steps;
}

void expect(const std::vector<std::string>& found, const std::vector<std::string>& wanted) {
  BOOST_TEST(found == wanted, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(paths_to_a_company)

BOOST_FIXTURE_TEST_CASE(are_direct_first_with_the_step_that_readiness_names, Ways) {
  const auto paths = found();
  expect(steps_of(paths.now), {"ask Ada for a referral, 75", "get in touch first: there was no conversation yet, 0"});
  expect(steps_of(paths.formerly), {"ask Bo whom to talk to there, 63"});
  BOOST_TEST(paths.second_hop.empty());
}

BOOST_FIXTURE_TEST_CASE(lead_over_whoever_introduced_talked_worked_or_met_with_them, Ways) {
  links = {{{1}, {3}, LinkKind::event, "both at Fjord Compilers 24", "event 2"},
           {{1}, {3}, LinkKind::introduced, "you met Tomasz through Priya", "contact 3"}};
  tenures[{2}] = {at("Greyfjell Systems", "2018-01", "2021-08", "employment 21")};
  tenures[{3}] = {at("Greyfjell Systems", "2019-03", "2022-01", "employment 31")};
  const auto paths = found();
  expect(steps_of(paths.second_hop),
         {"ask Priya to introduce you to Tomasz, 75", "ask Jon to introduce you to Tomasz, 44"});
  BOOST_TEST(paths.second_hop[0].hop[0].text == "you met Tomasz through Priya");
  BOOST_TEST(paths.second_hop[0].hop[1].record == "event 2");
  BOOST_TEST(paths.second_hop[1].hop[0].text == "both at Greyfjell Systems from Mar 2019 to Aug 2021");
  BOOST_TEST(paths.second_hop[1].hop[0].record == "employment 31");
  BOOST_TEST(paths.second_hop[1].through_tie.score == 63);
}

BOOST_FIXTURE_TEST_CASE(do_not_lead_over_others_to_good_ties_nor_over_ties_that_are_not_good, Ways) {
  links = {{{1}, {4}, LinkKind::introduced, "you met Ada through Priya", "contact 4"},  // Ada is a strong tie
           {{1}, {5}, LinkKind::introduced, "you met Bo through Priya", "contact 5"},   // Bo left
           {{2}, {3}, LinkKind::talked, "both in the coffee of Mon 2 Mar 2026", "interaction 9"}};
  expect(steps_of(found().second_hop), {"ask Jon to introduce you to Tomasz, 50"});
  ties[{2}] = coffees(2, 1);
  BOOST_TEST(found().second_hop.empty());
}

BOOST_FIXTURE_TEST_CASE(that_may_be_carry_less_than_those_that_are_sure, Ways) {
  tenures[{2}] = {at("Greyfjell Systems", "", "", "employment 21")};
  tenures[{3}] = {at("Greyfjell Systems", "2019-03", "2022-01", "employment 31")};
  const auto paths = found();
  expect(steps_of(paths.second_hop), {"ask Jon to introduce you to Tomasz, 19"});
  BOOST_TEST(paths.second_hop[0].hop[0].text == "both at Greyfjell Systems, perhaps at the same time");
}

BOOST_FIXTURE_TEST_CASE(are_the_two_warmest_to_each_person_and_twenty_in_all, Ways) {
  for (int i = 10; i < 15; ++i) {
    elsewhere.push_back(person(i, "Friend"));
    ties[{i}] = coffees(i, 12);
    links.push_back({{i}, {3}, LinkKind::talked, "", ""});
  }
  BOOST_TEST(found().second_hop.size() == 2);
  for (int to = 100; to < 130; ++to) {
    there.push_back(person(to, "Colleague", true));
    for (int i = 10; i < 15; ++i) links.push_back({{i}, {to}, LinkKind::talked, "", ""});
  }
  BOOST_TEST(found().second_hop.size() == second_hops_max);
}

BOOST_FIXTURE_TEST_CASE(lead_over_maintainers_who_met_work_for_the_company, Ways) {
  maintainers = {person(6, "Dag")};
  auto& tie = ties[{6}];
  for (const std::int64_t owner : {7, 8}) {
    Contribution work;
    work.id = {owner}, work.title = owner == 7 ? "Fold loops" : "Other", work.company = Id<Company>{owner};
    tie.contributions.emplace_back(work, ContributionPart::merged);
  }
  const auto paths = found();
  expect(steps_of(paths.maintainers), {"thank Dag for it, and ask about the work there, 8"});
  BOOST_TEST(paths.maintainers[0].hop.size() == 1);
  BOOST_TEST(paths.maintainers[0].hop[0].text == "merged 'Fold loops'");
}

BOOST_FIXTURE_TEST_CASE(go_by_the_weights_of_ties, Ways) {
  links = {{{2}, {3}, LinkKind::introduced, "", ""}};
  TieWeights weights;
  weights.good_from = weights.strong_from = 70;
  BOOST_TEST(found(weights).second_hop.empty());
}

BOOST_FIXTURE_TEST_CASE(rank_whom_to_ask_by_verdict_then_by_score, Ways) {
  asked[{4}] = {plus_days(today, -10), "referral 1"};
  auto ranked = by_readiness(found().now);
  BOOST_TEST(ranked[0].person.name == "Ada");
  BOOST_TEST((ranked[0].ready.verdict == Readiness::Verdict::warm_up_first));
  BOOST_TEST(ranked[0].step == "let the ask of Fri 20 Feb 2026 rest until Fri 22 May 2026");
  aim.role = "Compiler Engineer", aim.role_record = "application 1";
  there[0].title = "Compiler Lead";
  ranked = by_readiness(found().now);
  BOOST_TEST(ranked[1].ready.score == 45);  // works there 25, role 10, favours 5, rested 5
}

BOOST_AUTO_TEST_CASE(of_nobody_are_none) {
  const auto paths = warm_paths({}, today);
  BOOST_TEST((paths.now.empty() && paths.second_hop.empty() && paths.formerly.empty() && paths.maintainers.empty()));
}

BOOST_AUTO_TEST_SUITE_END()
