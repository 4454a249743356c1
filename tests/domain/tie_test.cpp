#include "crm/domain/tie.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>

using namespace ties;

namespace {

const Date today = *date_from_text("2026-03-02");

Date day(const char* text) {
  return date_from_text(text).value();
}

Interaction at(std::int64_t id, InteractionKind kind, Date on, Direction direction = Direction::none,
               const char* text = "") {
  Interaction interaction;
  interaction.id = {id};
  interaction.kind = kind;
  interaction.when.day = on;
  interaction.direction = direction;
  interaction.text = text;
  return interaction;
}

std::pair<Contribution, ContributionPart> work(std::int64_t id, const char* title, ContributionPart part) {
  Contribution contribution;
  contribution.id = {id};
  contribution.title = title;
  return {contribution, part};
}

Favour favour(FavourDirection direction) {
  Favour favour;
  favour.direction = direction;
  favour.on = day("2026-01-05");
  return favour;
}

Overlap both(bool at_school, const char* name, Certainty certainty = Certainty::certain, const char* from = "2019-03",
             const char* until = "2021-08") {
  const bool is_certain = certainty == Certainty::certain;
  return {at_school, name, certainty, is_certain ? from : "", is_certain ? until : "", "employment 7"};
}

Standing works_there() {
  Standing standing;
  standing.works_there = true;
  return standing;
}
const Standing there = works_there();

Standing asked_on(Date day) {
  auto standing = works_there();
  standing.last_ask = day, standing.ask_record = "referral 3";
  return standing;
}

/// A coffee each month of the past year: a strong tie without any vouching.
TieFacts monthly_coffees() {
  TieFacts facts;
  for (int month = 0; month < 12; ++month) {
    facts.interactions.push_back(at(month + 1, InteractionKind::coffee, plus_days(today, -30 * month)));
  }
  return facts;
}

/// Four talks in the past year: a good tie, but not a strong one.
TieFacts some_talks() {
  TieFacts facts;
  for (int talk = 0; talk < 4; ++talk) {
    facts.interactions.push_back(at(talk + 1, InteractionKind::call, plus_days(today, -7 - 60 * talk)));
  }
  return facts;
}

std::vector<std::string> texts(const std::vector<Reason>& reasons) {
  std::vector<std::string> result;
  for (const auto& reason : reasons) {
    result.push_back(reason.text + (reason.record.empty() ? "" : " [" + reason.record + "]"));
  }
  return result;
}

void expect(const std::vector<std::string>& found, const std::vector<std::string>& wanted) {
  BOOST_TEST(found == wanted, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(interactions)

BOOST_AUTO_TEST_CASE(an_invitation_an_endorsement_and_a_comment_are_not_being_in_touch) {
  int real = 0;
  for (const auto text : words<InteractionKind>()) {
    const bool expected = text != "invitation" && text != "endorsement" && text != "comment";
    BOOST_TEST(is_real(*from_word<InteractionKind>(text)) == expected, text);
    real += expected;
  }
  BOOST_TEST(real == 10);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(strength)

BOOST_AUTO_TEST_CASE(nothing_known_is_no_tie) {
  const auto tie = tie_strength({}, today);
  BOOST_TEST(tie.score == 0);
  BOOST_TEST(tie.word == "faint");
  BOOST_TEST(tie.reasons.empty());
  BOOST_TEST(!tie.last_in_touch);
}

BOOST_AUTO_TEST_CASE(one_meeting_two_weeks_ago_is_weak_and_says_why) {
  TieFacts facts;
  facts.interactions = {at(12, InteractionKind::met, day("2026-02-16"))};
  const auto tie = tie_strength(facts, today);
  BOOST_TEST(tie.score == 38);
  BOOST_TEST(tie.word == "weak");
  BOOST_TEST((tie.last_in_touch == day("2026-02-16")));
  expect(texts(tie.reasons),
         {"last in touch on Mon 16 Feb 2026 (met) [interaction 12]", "in touch on 1 day in the past year",
          "1 exchange both ways in the past two years", "met in person on Mon 16 Feb 2026 [interaction 12]"});
}

BOOST_AUTO_TEST_CASE(a_coffee_each_month_is_strong) {
  const auto tie = tie_strength(monthly_coffees(), today);
  BOOST_TEST(tie.score == 75);
  BOOST_TEST(tie.word == "strong");
}

BOOST_AUTO_TEST_CASE(everything_together_is_a_hundred) {
  auto facts = monthly_coffees();
  facts.met_on = day("2019-05-01");
  facts.overlaps = {both(false, "Northwind Labs"), both(true, "Harbour College", Certainty::certain, "2012", "2014")};
  facts.interactions.push_back(at(40, InteractionKind::recommendation, day("2025-06-01"), Direction::in));
  const auto tie = tie_strength(facts, today);
  BOOST_TEST(tie.score == 100);
  expect(texts(tie.reasons),
         {"last in touch on Mon 2 Mar 2026 (coffee) [interaction 1]", "in touch on 13 days in the past year",
          "12 exchanges both ways in the past two years", "had coffee on Mon 2 Mar 2026 [interaction 1]",
          "recommended you on Sun 1 Jun 2025 [interaction 40]",
          "both at Northwind Labs from Mar 2019 to Aug 2021 [employment 7]",
          "both at Harbour College from 2012 to 2014 [employment 7]", "known for 6 years, since Wed 1 May 2019"});
}

BOOST_AUTO_TEST_CASE(recency_halves_every_ninety_days) {
  const auto score = [](const char* on) {
    TieFacts facts;
    facts.interactions = {at(1, InteractionKind::message, day(on), Direction::out)};
    return tie_strength(facts, today).score;
  };
  BOOST_TEST(score("2026-03-02") == 31);  // 25 of recency, 2.1 of frequency, 4 of depth
  BOOST_TEST(score("2025-12-02") == 19);
  BOOST_TEST(score("2025-09-03") == 12);
}

BOOST_AUTO_TEST_CASE(one_sided_writing_is_no_exchange) {
  TieFacts facts;
  for (int i = 0; i < 5; ++i) {
    facts.interactions.push_back(at(i + 1, InteractionKind::message, plus_days(today, -i), Direction::out));
  }
  const auto alone = tie_strength(facts, today).score;
  facts.interactions.push_back(at(9, InteractionKind::message, plus_days(today, -2), Direction::in));
  const auto answered = tie_strength(facts, today);
  BOOST_TEST(answered.score == alone + 3);
  BOOST_TEST(texts(answered.reasons).at(2) == "1 exchange both ways in the past two years");
}

BOOST_AUTO_TEST_CASE(the_strongest_vouching_counts_once) {
  struct Row {
    std::vector<Interaction> interactions;
    std::vector<std::pair<Contribution, ContributionPart>> contributions;
    int score;
    const char* reason;
  };
  const auto on = day("2020-01-06");
  const std::vector<Row> rows{
      {{at(3, InteractionKind::endorsement, on, Direction::in)},
       {},
       4,
       "endorsed you on Mon 6 Jan 2020 [interaction 3]"},
      {{at(3, InteractionKind::endorsement, on, Direction::in)},
       {work(5, "Faster lexer", ContributionPart::merged)},
       8,
       "merged 'Faster lexer' [contribution 5]"},
      {{}, {work(6, "", ContributionPart::reviewed)}, 8, "reviewed contribution 6 [contribution 6]"},
      {{},
       {work(7, "Notes on parsing", ContributionPart::answered)},
       8,
       "answered 'Notes on parsing' [contribution 7]"},
      {{}, {work(8, "A paper", ContributionPart::coauthor)}, 8, "worked with you on 'A paper' [contribution 8]"},
  };
  for (const auto& row : rows) {
    TieFacts facts;
    facts.interactions = row.interactions;
    facts.contributions = row.contributions;
    const auto tie = tie_strength(facts, today);
    const int years = row.interactions.empty() ? 0 : 5;
    BOOST_TEST(tie.score == row.score + years);
    BOOST_TEST(texts(tie.reasons).front() == row.reason);
  }
}

BOOST_AUTO_TEST_CASE(what_the_user_wrote_about_others_vouches_for_nobody) {
  TieFacts facts;
  facts.interactions = {at(1, InteractionKind::endorsement, today, Direction::out)};
  BOOST_TEST(tie_strength(facts, today).score == 0);
}

BOOST_AUTO_TEST_CASE(what_is_dated_later_than_today_has_not_happened) {
  TieFacts facts;
  facts.interactions = {at(1, InteractionKind::met, day("2026-03-03"))};
  BOOST_TEST(tie_strength(facts, today).score == 0);
  BOOST_TEST(tie_strength(facts, day("2026-03-03")).score == 40);
}

BOOST_AUTO_TEST_CASE(neither_it_nor_readiness_falls_when_a_real_interaction_is_added) {
  std::mt19937 random(20260302);
  const auto below = [&random](int end) { return static_cast<int>(random() % static_cast<unsigned>(end)); };
  const auto some = [&](std::int64_t id, bool real_only) {
    const auto kinds = static_cast<int>(words<InteractionKind>().size());
    auto kind = static_cast<InteractionKind>(below(kinds));
    while (real_only && !is_real(kind)) kind = static_cast<InteractionKind>(below(kinds));
    return at(id, kind, plus_days(today, 30 - below(1500)), static_cast<Direction>(below(3)),
              below(2) ? "And you?" : "");
  };
  int grown = 0, readied = 0;
  for (int log = 0; log < 500; ++log) {
    TieFacts facts;
    for (int i = below(30); i > 0; --i) facts.interactions.push_back(some(i, false));
    if (below(2)) facts.overlaps.push_back(both(false, "Northwind Labs", static_cast<Certainty>(below(2))));
    if (below(3) == 0) facts.overlaps.push_back(both(true, "Harbour College", static_cast<Certainty>(below(2))));
    if (below(2)) facts.connected_on = plus_days(today, -below(4000));
    if (below(3) == 0) facts.contributions = {work(1, "Faster lexer", ContributionPart::reviewed)};
    auto before = tie_strength(facts, today);
    const auto standing = below(3) == 0 ? Standing{} : below(3) == 0 ? asked_on(plus_days(today, -below(200))) : there;
    for (int i = below(4); i > 0; --i) facts.favours.push_back(favour(static_cast<FavourDirection>(below(2))));
    auto ready_before = readiness(facts, standing, today);
    for (int more = 0; more < 10; ++more) {
      facts.interactions.push_back(some(100 + more, true));
      const auto after = tie_strength(facts, today);
      BOOST_REQUIRE_GE(after.score, before.score);
      BOOST_REQUIRE_GE(after.score, 0);
      BOOST_REQUIRE_LE(after.score, 100);
      grown += after.score > before.score;
      before = after;
      const auto ready = readiness(facts, standing, today);
      BOOST_REQUIRE_GE(ready.score, ready_before.score);
      BOOST_REQUIRE(ready.verdict >= ready_before.verdict);
      readied += ready.verdict > ready_before.verdict;
      ready_before = ready;
    }
  }
  BOOST_TEST(grown > 1000);
  BOOST_TEST(readied > 100);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(ready_to_refer)

using Verdict = Readiness::Verdict;

const std::string show_work = "send the link of your pull request, talk or post: nothing says that they know your work";

BOOST_AUTO_TEST_CASE(a_strong_tie_who_works_there_is_ready) {
  const auto ready = readiness(monthly_coffees(), there, today);
  BOOST_TEST((ready.verdict == Verdict::ready));
  BOOST_TEST(ready.missing.empty());
  expect(texts(ready.reasons), {"works there, as far as is known", "a strong tie: 75 of 100",
                                "last in touch on Mon 2 Mar 2026 (coffee) [interaction 1]"});
}

BOOST_AUTO_TEST_CASE(a_good_tie_is_ready_once_they_know_the_work) {
  auto facts = some_talks();
  const auto before = readiness(facts, there, today);
  BOOST_TEST((before.verdict == Verdict::warm_up_first));
  expect(before.missing, {show_work});

  facts.contributions = {work(5, "Faster lexer", ContributionPart::reviewed)};
  const auto after = readiness(facts, there, today);
  BOOST_TEST((after.verdict == Verdict::ready));
  BOOST_TEST(after.missing.empty());
  BOOST_TEST(texts(after.reasons).back() == "knows your work: reviewed 'Faster lexer' [contribution 5]");
}

BOOST_AUTO_TEST_CASE(a_good_tie_who_vouched_is_ready) {
  auto facts = some_talks();
  facts.interactions.push_back(at(9, InteractionKind::endorsement, day("2025-11-03"), Direction::in));
  const auto ready = readiness(facts, there, today);
  BOOST_TEST((ready.verdict == Verdict::ready));
  BOOST_TEST(texts(ready.reasons).back() == "endorsed you on Mon 3 Nov 2025 [interaction 9]");
}

BOOST_AUTO_TEST_CASE(somebody_never_spoken_with_is_not_yet_to_be_asked) {
  TieFacts facts;
  facts.connected_on = day("2024-01-08");
  facts.interactions = {at(1, InteractionKind::invitation, day("2024-01-08"), Direction::out)};
  const auto ready = readiness(facts, there, today);
  BOOST_TEST((ready.verdict == Verdict::not_yet));
  expect(ready.missing, {"get in touch first: there was no conversation yet",
                         "warm up the tie: it is faint (2 of 100), and good begins at 45", show_work});
  expect(texts(ready.reasons), {"works there, as far as is known"});
}

BOOST_AUTO_TEST_CASE(a_talk_counts_for_a_year_to_the_day) {
  TieFacts facts;
  facts.interactions = {at(1, InteractionKind::met, day("2025-03-02"))};
  BOOST_TEST((readiness(facts, there, today).verdict == Verdict::warm_up_first));
  const auto next_day = readiness(facts, there, plus_days(today, 1));
  BOOST_TEST((next_day.verdict == Verdict::not_yet));
  BOOST_TEST(next_day.missing.front() == "talk again first: the last time was on Sun 2 Mar 2025");
}

BOOST_AUTO_TEST_CASE(writing_without_an_answer_is_not_yet) {
  TieFacts facts;
  facts.interactions = {at(1, InteractionKind::message, day("2026-02-16"), Direction::out)};
  const auto ready = readiness(facts, there, today);
  BOOST_TEST((ready.verdict == Verdict::not_yet));
  BOOST_TEST(ready.missing.front() == "hear from them first: you wrote on Mon 16 Feb 2026, and nothing came back");
}

BOOST_AUTO_TEST_CASE(a_question_left_open_comes_first) {
  auto facts = monthly_coffees();
  facts.interactions.erase(facts.interactions.begin());
  facts.interactions.push_back(
      at(30, InteractionKind::message, day("2026-02-24"), Direction::in, "How did the talk go?"));
  const auto ready = readiness(facts, there, today);
  BOOST_TEST((ready.verdict == Verdict::ready));  // that they wrote makes nobody colder
  expect(ready.missing, {"answer their question of Tue 24 Feb 2026"});

  facts.interactions.push_back(at(31, InteractionKind::message, day("2026-02-25"), Direction::out, "Well!"));
  BOOST_TEST(readiness(facts, there, today).missing.empty());
}

BOOST_AUTO_TEST_CASE(a_last_word_without_a_question_keeps_nobody_from_being_ready) {
  auto facts = monthly_coffees();
  facts.interactions.push_back(at(30, InteractionKind::message, today, Direction::in, "Thanks!"));
  BOOST_TEST((readiness(facts, there, today).verdict == Verdict::ready));
  const auto elsewhere = readiness(facts, Standing{}, today);
  expect(elsewhere.missing,
         {"answer their message of Mon 2 Mar 2026", "find out whether they work there: nothing says so"});
}

BOOST_AUTO_TEST_CASE(who_does_not_work_there_is_never_ready) {
  const auto ready = readiness(monthly_coffees(), Standing{}, today);
  BOOST_TEST((ready.verdict == Verdict::warm_up_first));
  expect(ready.missing, {"find out whether they work there: nothing says so"});
}

BOOST_AUTO_TEST_CASE(an_ask_rests_for_ninety_days) {
  const auto asked = day("2025-12-02");
  const auto resting = readiness(monthly_coffees(), asked_on(asked), day("2026-03-02"));
  BOOST_TEST((resting.verdict == Verdict::warm_up_first));
  expect(resting.missing, {"let the ask of Tue 2 Dec 2025 rest until Tue 3 Mar 2026"});
  BOOST_TEST((readiness(monthly_coffees(), asked_on(asked), day("2026-03-03")).verdict == Verdict::ready));
}

BOOST_AUTO_TEST_CASE(two_favours_received_and_none_given_ask_for_one_in_return) {
  auto facts = monthly_coffees();
  facts.favours = {favour(FavourDirection::received)};
  BOOST_TEST((readiness(facts, there, today).verdict == Verdict::ready));
  facts.favours.push_back(favour(FavourDirection::received));
  const auto ready = readiness(facts, there, today);
  BOOST_TEST((ready.verdict == Verdict::warm_up_first));
  expect(ready.missing, {"return a favour: 2 received, 0 given"});
  for (int i = 0; i < 3; ++i) facts.favours.push_back(favour(FavourDirection::given));
  BOOST_TEST(texts(readiness(facts, there, today).reasons).back() == "favours: 3 given, 2 received");
}

BOOST_AUTO_TEST_CASE(everything_in_favour_is_named_with_its_record_and_makes_a_hundred_but_for_the_tie) {
  auto facts = monthly_coffees();
  facts.contributions = {work(5, "Faster lexer", ContributionPart::reviewed)};
  facts.interactions.push_back(at(50, InteractionKind::comment, day("2026-02-01"), Direction::in));
  Standing standing;
  standing.works_there = true, standing.since = "2021-04", standing.employment = "employment 7";
  standing.title = "Staff Compiler Engineer", standing.role = "Compiler Engineer",
  standing.role_record = "application 2";
  standing.last_ask = day("2025-06-02"), standing.ask_record = "referral 3";
  standing.apply_by = day("2026-05-01"), standing.application = "application 2";
  const auto ready = readiness(facts, standing, today);
  BOOST_TEST((ready.verdict == Verdict::ready));
  BOOST_TEST(ready.score == 94);  // the tie is 83 of 100: 29 of 35 points
  expect(texts(ready.reasons),
         {"works there since Apr 2021 [employment 7]",
          "a role near yours: Compiler (Staff Compiler Engineer and Compiler Engineer) [application 2]",
          "a strong tie: 83 of 100", "last in touch on Mon 2 Mar 2026 (coffee) [interaction 1]",
          "knows your work: reviewed 'Faster lexer' [contribution 5]",
          "answered a post of yours on Sun 1 Feb 2026 [interaction 50]",
          "the ask of Mon 2 Jun 2025 has rested [referral 3]", "you apply by Fri 1 May 2026 [application 2]"});
  standing.apply_by = day("2026-03-01");  // a day that is over is no plan
  BOOST_TEST(readiness(facts, standing, today).score == 89);
}

BOOST_AUTO_TEST_CASE(who_answered_a_post_knows_the_work) {
  auto facts = some_talks();
  BOOST_TEST(readiness(facts, there, today).missing.front() == show_work);
  facts.interactions.push_back(at(50, InteractionKind::comment, day("2025-02-01"), Direction::in));
  BOOST_TEST(readiness(facts, there, today).missing.empty());
  facts.interactions.back().direction = Direction::out;  // the user's own comment on theirs
  BOOST_TEST(readiness(facts, there, today).missing.front() == show_work);
}

BOOST_AUTO_TEST_CASE(titles_are_near_by_the_words_that_tell_roles_apart) {
  struct Row {
    const char *a, *b;
    std::vector<std::string> common;
  };
  const std::vector<Row> rows{{"Senior Compiler Engineer", "Compiler Lead", {"Compiler"}},
                              {"Staff Software Engineer", "Senior Software Engineer", {}},
                              {"Engineer, Developer Tools", "Tools Manager (Developer Experience)", {"Tools"}},
                              {"Ingénieure compilateurs", "INGENIEURE Compilateurs", {"compilateurs", "Ingénieure"}},
                              {"", "Compiler Engineer", {}}};
  for (const auto& row : rows) expect(common_words_of_titles(row.a, row.b), row.common);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(weights)

using Verdict = Readiness::Verdict;

BOOST_AUTO_TEST_CASE(are_the_points_that_each_part_can_give) {
  const auto facts = monthly_coffees();
  TieWeights weights;
  weights.depth = 0;
  BOOST_TEST(tie_strength(facts, today, weights).score == 65);
  BOOST_TEST(tie_strength(facts, today, weights).word == "good");
  weights.strong_from = 60;
  BOOST_TEST(tie_strength(facts, today, weights).word == "strong");
  BOOST_TEST(readiness(facts, there, today, weights).reasons.at(1).text == "a strong tie: 65 of 100");
}

BOOST_AUTO_TEST_CASE(of_nothing_make_every_tie_faint_and_nobody_ready) {
  TieWeights weights;
  weights.recency = weights.frequency = weights.two_way = weights.depth = 0;
  weights.vouching = weights.shared = weights.years_known = weights.recency_half_life_days = 0;
  const auto tie = tie_strength(monthly_coffees(), today, weights);
  BOOST_TEST(tie.score == 0);
  BOOST_TEST(tie.word == "faint");
  BOOST_TEST((readiness(monthly_coffees(), there, today, weights).verdict == Verdict::warm_up_first));
}

BOOST_AUTO_TEST_CASE(of_more_than_a_hundred_together_stop_at_a_hundred) {
  TieWeights weights;
  weights.recency = weights.frequency = weights.ask_tie = weights.ask_works_there = 100;
  BOOST_TEST(tie_strength(monthly_coffees(), today, weights).score == 100);
  BOOST_TEST(readiness(monthly_coffees(), there, today, weights).score == 100);
}

BOOST_AUTO_TEST_CASE(that_call_a_tie_strong_before_it_is_good_call_it_strong) {
  TieWeights weights;
  weights.good_from = 90, weights.strong_from = 60;
  BOOST_TEST(tie_strength(monthly_coffees(), today, weights).word == "strong");
  BOOST_TEST((readiness(monthly_coffees(), there, today, weights).verdict == Verdict::ready));
  BOOST_TEST(tie_strength(some_talks(), today, weights).word == "weak");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(shared_history)

BOOST_AUTO_TEST_CASE(counts_in_full_when_it_is_certain_and_by_half_when_it_is_possible) {
  const auto score = [](const Overlap& overlap) {
    TieFacts facts;
    facts.overlaps = {overlap};
    return tie_strength(facts, today).score;
  };
  BOOST_TEST(score(both(false, "Northwind Labs")) == 7);
  BOOST_TEST(score(both(false, "Northwind Labs", Certainty::possible)) == 4);  // 3.5
  BOOST_TEST(score(both(true, "Harbour College")) == 3);
  BOOST_TEST(score(both(true, "Harbour College", Certainty::possible)) == 2);             // 1.5
  BOOST_TEST(score(both(false, "Northwind Labs", Certainty::certain, "2027", "")) == 0);  // it is still to come
}

BOOST_AUTO_TEST_SUITE_END()
