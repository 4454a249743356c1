#include "reports/network.h"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include "reports/figures.h"
#include "tests/reports/golden.h"
#include "tests/reports/samples.h"

namespace ties::reports {
namespace {

using Json = nlohmann::ordered_json;
using Strings = std::vector<std::string>;
using Numbers = std::vector<int>;

constexpr Period all_time{};

Strings texts_of(const Json& rows, const char* key) {
  Strings texts;
  for (const auto& row : rows) texts.push_back(row[key].get<std::string>());
  return texts;
}

Numbers numbers_of(const Json& rows, const char* key) {
  Numbers numbers;
  for (const auto& row : rows) numbers.push_back(row[key].get<int>());
  return numbers;
}

/// The sums of the marks of a chart, and what is said beside them.
Json chart_of(const Json& document, const std::string& title) {
  for (const auto& chart : document["charts"]) {
    if (chart["title"] == title) return chart;
  }
  throw std::runtime_error("no chart is called " + title);
}

Interaction at(Id<Interaction> id, InteractionKind kind, Date on) {
  Interaction made;
  made.id = id, made.kind = kind, made.when.day = on;
  return made;
}

NetworkFacts some_network() {
  NetworkFacts facts;
  const auto person = [&facts](std::int64_t id, std::string name,
                               std::optional<Date> known_since) -> NetworkFacts::Person& {
    auto& made = facts.people.emplace_back();
    made.tie.contact = {id}, made.name = std::move(name), made.known_since = known_since, made.source = "linkedin";
    return made;
  };
  auto& ada = person(3, "Ada Winterbourne", day(2025, 6, 15));
  ada.company = "Quillmark", ada.at_target = true, ada.location = "Oslo, Norway", ada.tags = {"close", "compilers"};
  ada.tie.interactions = {at({1}, InteractionKind::coffee, day(2026, 3, 1))};
  auto& bo = person(4, "Bo Halvorsen", day(2025, 1, 1));
  bo.company = "Quillmark", bo.at_target = true, bo.location = "Bergen", bo.phone = "+4722334455", bo.source = "hand";
  for (unsigned month = 1; month <= 6; ++month) {
    bo.tie.interactions.push_back(at({10 + month}, InteractionKind::coffee, day(2025, month, 1)));
  }
  auto& ming = person(41, "王小明", day(2026, 2, 20));
  ming.company = "北極星電子", ming.location = "Taipei, Taiwan", ming.tags = {"compilers"};
  auto& cleo = person(5, "Cleo Marchetti", day(2026, 2, 28));
  cleo.location = "Atlanta, Georgia", cleo.source = "notes";
  auto& dag = person(6, "Dag Ferrante", std::nullopt);
  dag.company = "Northfold", dag.source = "hand";
  person(7, "Eve Nakagawa", day(2026, 4, 1));
  facts.archived = 2;
  return facts;
}

FollowUpFacts::Moved moved(std::int64_t contact, std::string name, Date seen_on, std::string to, bool to_target,
                           bool same_company = false) {
  FollowUpFacts::Moved made;
  made.change.contact = {contact}, made.change.seen_on = seen_on, made.change.same_company = same_company;
  made.name = std::move(name), made.from_company = same_company ? to : "Northfold", made.from_title = "Engineer";
  made.to_company = std::move(to), made.title = "Staff Engineer", made.to_target = to_target;
  return made;
}

std::vector<FollowUpFacts::Moved> some_moves() {
  auto congratulated = moved(5, "Cleo Marchetti", day(2026, 1, 5), "Kelpforge", false);
  congratulated.congratulated = true;
  return {moved(6, "Dag Ferrante", day(2026, 3, 20), "Kelpforge", false),
          moved(3, "Ada Winterbourne", day(2026, 3, 2), "Quillmark", true),
          moved(41, "王小明", day(2026, 3, 2), "北極星電子", false, true), congratulated,
          moved(4, "Bo Halvorsen", day(2024, 12, 1), "Quillmark", true)};
}

ContributionFacts some_work() {
  using enum ContributionKind;
  using enum ContributionState;
  ContributionFacts facts;
  const auto work = [&facts](ContributionKind kind, std::string title, std::string company, ContributionState state,
                             std::optional<Date> opened, std::optional<Date> closed) {
    auto& made = facts.works.emplace_back();
    made.contribution.id = {static_cast<std::int64_t>(facts.works.size())}, made.contribution.kind = kind;
    made.contribution.title = std::move(title), made.contribution.state = state;
    made.contribution.opened_on = opened, made.contribution.closed_on = closed;
    if (company == "Quillmark") made.contribution.repository = "quillmark/inkwell";
    if (company == "Northfold") made.contribution.repository = "northfold/deck";
    made.at_target = company == "Quillmark", made.company = std::move(company);
  };
  work(pull_request, "Fold constant loops", "Quillmark", merged, day(2026, 1, 5), day(2026, 1, 15));
  work(pull_request, "Unroll once", "Quillmark", merged, day(2026, 2, 1), day(2026, 2, 5));
  work(pull_request, "Unroll twice", "Quillmark", closed, day(2026, 2, 10), day(2026, 2, 12));
  work(pull_request, "Inline leaves", "Quillmark", open, day(2026, 3, 1), std::nullopt);
  work(pull_request, "Paint the deck", "Northfold", merged, day(2026, 2, 20), day(2026, 2, 18));
  work(issue, "Loops that never end", "Quillmark", closed, std::nullopt, std::nullopt);
  work(talk, "Loops, folded", "", published, std::nullopt, day(2025, 12, 12));
  work(review, "From next month", "Quillmark", closed, day(2026, 4, 1), std::nullopt);
  const auto reader = [&facts](std::int64_t contact, std::string name, std::string company, std::int64_t contribution,
                               ContributionPart part) {
    auto& made = facts.readers.emplace_back();
    made.contact = {contact}, made.name = std::move(name), made.at_target = company == "Quillmark";
    made.company = std::move(company), made.contribution = {contribution}, made.part = part;
  };
  reader(4, "Bo Halvorsen", "Northfold", 5, ContributionPart::answered);
  reader(3, "Ada Winterbourne", "Quillmark", 1, ContributionPart::reviewed);
  reader(3, "Ada Winterbourne", "Quillmark", 2, ContributionPart::reviewed);
  reader(3, "Ada Winterbourne", "Quillmark", 2, ContributionPart::merged);
  reader(5, "Cleo Marchetti", "", 8, ContributionPart::answered);
  return facts;
}

ActivityFacts some_activity() {
  using enum InteractionKind;
  ActivityFacts facts;
  facts.talks = {{message, day(2026, 2, 17), 3},
                 {comment, day(2026, 2, 18), 2},
                 {met, day(2026, 3, 2), 2},
                 {call, day(2026, 3, 4), 1},
                 {message, day(2026, 3, 12), 1}};
  facts.new_people = {day(2026, 2, 16), day(2026, 3, 2)};
  facts.asks = {day(2026, 3, 5)};
  facts.applications = {day(2026, 3, 6)};
  facts.interviews = {day(2026, 2, 17)};
  facts.people_without_day = 1;
  return facts;
}

ProofFacts some_proof() {
  ProofFacts facts;
  facts.name = "Signe Arvelund", facts.place = "Oslo, Norway";
  const auto sent = [&facts](std::string title, std::string company, std::optional<Date> applied) -> ProofFacts::Sent& {
    auto& made = facts.applications.emplace_back();
    made.application.title = std::move(title), made.company = std::move(company), made.applied_on = applied;
    made.application.opened_on = applied.value_or(day(2026, 2, 10)), made.stage = "Applied";
    return made;
  };
  auto& first = sent("Compiler Engineer", "Quillmark", day(2026, 2, 3));
  first.application.source = ApplicationSource::referral, first.application.link = "https://jobs.quillmark.example/7";
  first.stage = "Interviews", first.person = "Rufus Amberley", first.part = ApplicationPart::recruiter;
  first.next_round = Moment{day(2026, 3, 12), std::nullopt, ""};
  auto& second = sent("Tools Engineer", "Northfold", day(2026, 2, 25));
  second.application.source = ApplicationSource::cold, second.application.outcome = Outcome::rejected;
  second.application.closed_on = day(2026, 3, 1);
  sent("Engineer", "", day(2026, 2, 26)).application.deadline = day(2026, 3, 20);
  sent("Poet", "Kelpforge", std::nullopt);
  sent("Runtime Engineer", "Kelpforge", day(2026, 3, 2));
  facts.rounds = {
      {{day(2026, 2, 17), std::nullopt, ""}, "Compiler Engineer", "Quillmark", "coding", InterviewOutcome::passed},
      {{day(2026, 3, 12), std::nullopt, ""}, "Compiler Engineer", "Quillmark", "team lead", InterviewOutcome::planned}};
  facts.visits = {{"SkerryConf26", "Oslo", day(2026, 2, 26), day(2026, 3, 1)},
                  {"LoopConf", "Ghent", day(2025, 10, 1), day(2025, 10, 3)}};
  facts.talks = some_activity().talks;
  return facts;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(network_reports)

BOOST_AUTO_TEST_CASE(read_in_every_format_as_their_golden_files) {
  check_every_format("network", network(some_network(), all_time, today()));
  check_every_format("moves", moves(some_moves(), all_time, today()));
  check_every_format("contributions", contributions(some_work(), all_time, today()));
  check_every_format("activity", activity(some_activity(), all_time, today()));
  check_every_format("proof", proof(some_proof(), all_time, today()));
}

BOOST_AUTO_TEST_CASE(of_an_empty_file_say_so_and_draw_nothing) {
  const std::pair<Document, const char*> cases[] = {
      {network({}, all_time, today()), "nobody is known yet; `ties import` reads your LinkedIn export"},
      {moves({}, all_time, today()),
       "no job change was seen since Mon 10 Mar 2025; a newer export of your network shows them"},
      {contributions({}, all_time, today()),
       "no public work is known yet; `ties import` reads your pull requests, or `ties contribution add` notes one"},
      {activity({}, all_time, today()), "nothing is noted from 15 Sep 2025 to 10 Mar 2026"},
      {proof({}, all_time, today()),
       "0 applications from 1 Feb 2026 to 28 Feb 2026; 0 interviews held, 0 events visited, 0 networking talks"}};
  for (const auto& [document, finding] : cases) {
    BOOST_TEST(document.finding == finding);
    BOOST_TEST(!json(document).contains("charts"), document.title);
  }
}

BOOST_AUTO_TEST_CASE(of_a_century_count_by_years_and_of_more_by_decades) {
  const struct {
    Date from, to;
    const char* noun;
    std::size_t buckets;
    const char* first;
    const char* last;
  } cases[] = {{day(2026, 3, 10), day(2026, 3, 10), "week", 1, "9 Mar 2026", "9 Mar 2026"},
               {day(2025, 12, 9), day(2026, 3, 10), "week", 14, "8 Dec 2025", "9 Mar 2026"},
               {day(2025, 12, 7), day(2026, 3, 10), "month", 4, "Dec 2025", "Mar 2026"},
               {day(2023, 3, 11), day(2026, 3, 10), "month", 37, "Mar 2023", "Mar 2026"},
               {day(2014, 5, 1), day(2026, 3, 10), "quarter", 48, "Q2 2014", "Q1 2026"},
               {day(1926, 3, 10), day(2026, 3, 10), "year", 101, "1926", "2026"},
               {day(1, 1, 1), day(2026, 3, 10), "decade", 203, "0s", "2020s"}};
  for (const auto& [from, to, noun, buckets, first, last] : cases) {
    BOOST_TEST_CONTEXT(to_text(from)) {
      const Timeline timeline(from, to);
      BOOST_TEST(timeline.noun() == noun);
      BOOST_REQUIRE(timeline.buckets().size() == buckets);
      BOOST_TEST(timeline.buckets().front().label == first);
      BOOST_TEST(timeline.buckets().back().label == last);
      BOOST_TEST((timeline.buckets().front().from == from));
      BOOST_TEST((timeline.buckets().back().to == to));
      BOOST_TEST(!timeline.place_of(plus_days(from, -1)).has_value());
      BOOST_TEST(!timeline.place_of(plus_days(to, 1)).has_value());
      for (std::size_t i = 0; i < buckets; ++i) {
        const auto& bucket = timeline.buckets()[i];
        BOOST_TEST((timeline.place_of(bucket.from) == i && timeline.place_of(bucket.to) == i));
        if (i > 0) BOOST_TEST((plus_days(timeline.buckets()[i - 1].to, 1) == bucket.from));
      }
    }
  }
  auto facts = some_network();
  facts.people[0].known_since = day(1926, 5, 1);
  const auto growth = chart_of(json(network(facts, all_time, today())), "Growth");
  BOOST_TEST(growth["marks"].size() == 101u);
  BOOST_TEST(growth["finding"] == "most came in 2026: 2 people");
}

BOOST_AUTO_TEST_CASE(name_weeks_as_calendars_do) {
  const std::pair<Date, const char*> cases[] = {{day(2026, 1, 1), "2026-W01"},   {day(2025, 12, 29), "2026-W01"},
                                                {day(2025, 12, 28), "2025-W52"}, {day(2027, 1, 1), "2026-W53"},
                                                {day(2026, 6, 7), "2026-W23"},   {day(2024, 12, 30), "2025-W01"}};
  for (const auto& [on, week] : cases) BOOST_TEST(iso_week(on) == week);
}

BOOST_AUTO_TEST_CASE(never_divide_by_nothing) {
  BOOST_TEST(share_of(0, 0) == "none");
  BOOST_TEST(share_of(1, 3) == "1 of 3, 33 %");
  BOOST_TEST(share_of(2, 3) == "2 of 3, 67 %");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_network)

BOOST_AUTO_TEST_CASE(grows_by_the_month_in_which_people_came_to_be_known) {
  const auto document = json(network(some_network(), all_time, today()));
  BOOST_TEST(document["finding"] == "6 people known, 2 at target companies; ties: 0 strong, 0 good, 1 gone quiet");
  const auto& rows = document["tables"]["Growth"];
  BOOST_TEST(texts_of(rows, "label").front() == "Jan 2025");
  BOOST_TEST(numbers_of(rows, "new") == (Numbers{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0}));
  BOOST_TEST(numbers_of(rows, "known") == (Numbers{1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 4, 4}));
  BOOST_TEST(chart_of(document, "Growth")["finding"] == "most came in Feb 2026: 2 people");
  BOOST_TEST(document["fields"]["left_out"] ==
             "1 of no day, in no bar of the growth; 1 said to be known from a day to come, in no bar of the growth; 2 "
             "archived");
}

BOOST_AUTO_TEST_CASE(is_divided_by_company_with_targets_first) {
  const auto document = json(network(some_network(), all_time, today()));
  const auto& rows = document["tables"]["By company"];
  BOOST_TEST(texts_of(rows, "company") == (Strings{"Quillmark", "Northfold", "北極星電子", "no company known"}));
  BOOST_TEST(numbers_of(rows, "people") == (Numbers{2, 1, 1, 2}));
  BOOST_TEST(texts_of(rows, "target") == (Strings{"target", "", "", ""}));
  BOOST_TEST(rows[0]["share"] == 33.3);
  const auto chart = chart_of(document, "By company");
  BOOST_TEST(chart["finding"] == "Quillmark has the most: 2 people; 2 of 6, 33 % at target companies");
  BOOST_TEST(chart["marks"][0]["label"] == "Quillmark (target)");
  BOOST_TEST(chart["marks"][0]["said"] == "2 of 6, 33 %");
}

BOOST_AUTO_TEST_CASE(shows_fifteen_companies_and_the_rest_as_one) {
  NetworkFacts facts;
  for (int i = 0; i < 40; ++i) {
    auto& person = facts.people.emplace_back();
    person.name = "N", person.tie.contact = {i + 1}, person.company = "Company " + std::to_string(10 + i % 20);
    person.at_target = i % 20 == 19;
  }
  const auto rows = json(network(facts, all_time, today()))["tables"]["By company"];
  BOOST_REQUIRE(rows.size() == 16u);
  BOOST_TEST(rows[0]["company"] == "Company 29");  // the target
  BOOST_TEST(rows[1]["company"] == "Company 10");
  BOOST_TEST(rows[15]["company"] == "5 other companies");
  BOOST_TEST(rows[15]["people"] == 10);
}

BOOST_AUTO_TEST_CASE(is_divided_by_tag_source_and_country_and_counts_what_is_not_known) {
  const auto tables = json(network(some_network(), all_time, today()))["tables"];
  BOOST_TEST(texts_of(tables["By circle and tag"], "tag") == (Strings{"compilers", "close", "no tag"}));
  BOOST_TEST(numbers_of(tables["By circle and tag"], "people") == (Numbers{2, 1, 4}));
  BOOST_TEST(texts_of(tables["By source"], "source") == (Strings{"linkedin", "hand", "notes"}));
  BOOST_TEST(numbers_of(tables["By source"], "people") == (Numbers{3, 2, 1}));
  BOOST_TEST(texts_of(tables["By country"], "country") == (Strings{"Norway", "Taiwan", "country not known"}));
  BOOST_TEST(numbers_of(tables["By country"], "people") == (Numbers{2, 1, 3}));
  BOOST_TEST(texts_of(tables["Strength of ties"], "tie") ==
             (Strings{"strong", "good", "weak", "faint", "never in touch"}));
  BOOST_TEST(numbers_of(tables["Strength of ties"], "people") == (Numbers{0, 0, 2, 0, 4}));
}

BOOST_AUTO_TEST_CASE(tells_whose_tie_has_gone_quiet_and_how_to_write) {
  const auto rows = json(network(some_network(), all_time, today()))["tables"]["Quiet ties"];
  BOOST_REQUIRE(rows.size() == 1u);
  BOOST_TEST(rows[0]["contact"] == 4);
  BOOST_TEST(rows[0]["score"] ==
             63);  // 25 for the day itself, 12.5 for six days of twelve, 15 for both ways, 10 for coffee
  BOOST_TEST(rows[0]["tie"] == "good");
  BOOST_TEST(rows[0]["last_in_touch"] == "2025-06-01");
  BOOST_TEST(rows[0]["silent_days"] == 282);
  BOOST_TEST(rows[0]["usual_days"] == 31);
  BOOST_TEST(rows[0]["settle"] == "ties log 'messaged @\"Bo Halvorsen\"'");
}

BOOST_AUTO_TEST_CASE(of_a_period_is_who_came_to_be_known_in_it) {
  const auto document = json(network(some_network(), {day(2026, 2, 1), day(2026, 2, 28)}, today()));
  BOOST_TEST(document["finding"] ==
             "2 people came to be known from 1 Feb 2026 to 28 Feb 2026, 0 at target companies; ties: 0 strong, 0 good, "
             "0 gone quiet");
  BOOST_TEST(numbers_of(document["tables"]["Growth"], "new") == (Numbers{0, 0, 0, 1, 1}));  // weeks
  BOOST_TEST(document["fields"]["since"] == "2026-02-01");
  BOOST_TEST(network(some_network(), {day(2025, 8, 1), day(2025, 8, 31)}, today()).finding ==
             "nobody new from 1 Aug 2025 to 31 Aug 2025");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(job_changes)

BOOST_AUTO_TEST_CASE(of_the_last_year_stand_in_three_sections_and_over_time) {
  const auto document = json(moves(some_moves(), all_time, today()));
  BOOST_TEST(document["finding"] == "3 job changes since Mon 10 Mar 2025, 1 to a target of yours");
  BOOST_TEST(texts_of(document["tables"]["To a target of yours"], "name") == Strings{"Ada Winterbourne"});
  BOOST_TEST(texts_of(document["tables"]["Elsewhere"], "name") == Strings{"Cleo Marchetti"});
  BOOST_TEST(texts_of(document["tables"]["New titles"], "name") == Strings{"王小明"});
  const auto& rows = document["tables"]["Job changes"];
  BOOST_REQUIRE(rows.size() == 13u);
  BOOST_TEST(rows[10]["elsewhere"] == 1);
  BOOST_TEST(rows[12]["to_a_target"] == 1);
  BOOST_TEST(rows[12]["new_title"] == 1);
  BOOST_TEST(document["fields"]["left_out"] == "1 seen on a day to come");
}

BOOST_AUTO_TEST_CASE(that_were_congratulated_ask_for_nothing) {
  const auto document = json(moves(some_moves(), all_time, today()));
  BOOST_TEST(document["tables"]["Elsewhere"][0]["settle"] == "");
  BOOST_TEST(document["tables"]["To a target of yours"][0]["settle"] == "ties log 'messaged @\"Ada Winterbourne\"'");
}

BOOST_AUTO_TEST_CASE(of_a_period_are_those_seen_in_it) {
  BOOST_TEST(moves(some_moves(), {day(2024, 1, 1), day(2024, 12, 31)}, today()).finding ==
             "1 job change from 1 Jan 2024 to 31 Dec 2024, 1 to a target of yours");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(public_work)

BOOST_AUTO_TEST_CASE(is_summed_up_in_one_sentence) {
  const auto document = json(contributions(some_work(), all_time, today()));
  BOOST_TEST(document["finding"] ==
             "7 contributions; of 5 pull requests, 3 of 4 decided ones merged, after 7 days in the median, 1 open; "
             "1 person at 1 target company knows my work");
  BOOST_TEST(document["fields"]["left_out"] ==
             "1 without a day, in no bar over time; 1 of a day to come; "
             "1 merged without both days, or with contradictory ones, in no median");
}

BOOST_AUTO_TEST_CASE(is_told_by_company_and_repository) {
  const auto tables = json(contributions(some_work(), all_time, today()))["tables"];
  const auto& companies = tables["By company"];
  BOOST_TEST(texts_of(companies, "company") == (Strings{"Quillmark", "Northfold", "no company"}));
  const auto& quillmark = companies[0];
  BOOST_TEST(quillmark["pull_requests"] == 4);
  BOOST_TEST(quillmark["merged"] == 2);
  BOOST_TEST(quillmark["closed"] == 1);
  BOOST_TEST(quillmark["decided"] == 3);
  BOOST_TEST(quillmark["open"] == 1);
  BOOST_TEST(quillmark["median_days"] == 7);
  BOOST_TEST(quillmark["issues"] == 1);
  BOOST_TEST(quillmark["reviews"] == 0);
  BOOST_TEST(quillmark["repositories"] == 1);
  BOOST_TEST(companies[1]["median_days"].is_null());  // its days contradict each other
  BOOST_TEST(companies[2]["other"] == 1);
  BOOST_TEST(texts_of(tables["By repository"], "repository") == (Strings{"quillmark/inkwell", "northfold/deck"}));
  BOOST_TEST(texts_of(tables["Talks, posts and papers"], "title") == Strings{"Loops, folded"});
}

BOOST_AUTO_TEST_CASE(is_counted_over_time_by_the_day_it_was_opened) {
  const auto rows = json(contributions(some_work(), all_time, today()))["tables"]["Over time"];
  BOOST_REQUIRE(rows.size() == 14u);  // weeks from 8 Dec 2025
  BOOST_TEST(rows[0]["other"] == 1);
  BOOST_TEST(rows[4]["pull_requests"] == 1);
  BOOST_TEST(std::accumulate(rows.begin(), rows.end(), 0,
                             [](int sum, const Json& row) { return sum + row["all"].get<int>(); }) == 6);
}

BOOST_AUTO_TEST_CASE(is_known_by_those_who_met_it_at_targets_first) {
  const auto tables = json(contributions(some_work(), all_time, today()))["tables"];
  const auto& people = tables["Who knows my work"];
  BOOST_TEST(texts_of(people, "name") == (Strings{"Ada Winterbourne", "Bo Halvorsen"}));
  BOOST_TEST(people[0]["works"] == 2);
  BOOST_TEST(people[0]["reviewed"] == 2);
  BOOST_TEST(people[0]["merged"] == 1);
  BOOST_TEST(people[0]["answered"] == 0);
  BOOST_TEST(texts_of(tables["Where it is known"], "company") == (Strings{"Quillmark", "Northfold"}));
  BOOST_TEST(numbers_of(tables["Where it is known"], "people") == (Numbers{1, 1}));
}

BOOST_AUTO_TEST_CASE(of_a_period_leaves_out_what_has_no_day) {
  const auto document = contributions(some_work(), {day(2026, 2, 1), std::nullopt}, today());
  BOOST_TEST(document.finding ==
             "4 contributions; of 4 pull requests, 2 of 3 decided ones merged, after 4 days in the median, 1 open; "
             "1 person at 1 target company knows my work");
}

BOOST_AUTO_TEST_CASE(that_nobody_decided_has_no_share) {
  ContributionFacts facts;
  facts.works = {some_work().works[3]};
  const auto document = json(contributions(facts, all_time, today()));
  BOOST_TEST(
      document["finding"] ==
      "1 contribution; of 1 pull request, none decided yet, 1 open; 0 people at 0 target companies know my work");
  BOOST_TEST(document["tables"]["By company"][0]["median_days"].is_null());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(what_was_done)

BOOST_AUTO_TEST_CASE(is_counted_week_by_week_from_the_first_thing_on) {
  const auto document = json(activity(some_activity(), all_time, today()));
  BOOST_TEST(
      document["finding"] ==
      "6 talks from 16 Feb 2026 to 10 Mar 2026: 2 in person, 1 call, 3 messages; 2 new people, 1 ask, 1 application, "
      "1 interview, 0 pieces of public work; 1 week without anything");
  const auto& talks = document["tables"]["Talks"];
  BOOST_TEST(texts_of(talks, "label") == (Strings{"16 Feb 2026", "23 Feb 2026", "2 Mar 2026", "9 Mar 2026"}));
  BOOST_TEST(numbers_of(talks, "in_person") == (Numbers{0, 0, 2, 0}));
  BOOST_TEST(numbers_of(talks, "calls") == (Numbers{0, 0, 1, 0}));
  BOOST_TEST(numbers_of(talks, "messages") == (Numbers{3, 0, 0, 0}));
  BOOST_TEST(numbers_of(document["tables"]["New people"], "new_people") == (Numbers{1, 0, 1, 0}));
  BOOST_TEST(numbers_of(document["tables"]["The search"], "all") == (Numbers{1, 0, 2, 0}));
  BOOST_TEST(document["fields"]["left_out"] ==
             "2 comments, endorsements and invitations, which are no talks; 1 of days to come; 1 people of no day");
}

BOOST_AUTO_TEST_CASE(names_the_busiest_weeks_and_those_without_anything) {
  const auto tables = json(activity(some_activity(), all_time, today()))["tables"];
  BOOST_TEST(texts_of(tables["Busiest weeks"], "week") == (Strings{"2026-W10", "2026-W08"}));
  BOOST_TEST(numbers_of(tables["Busiest weeks"], "talks") == (Numbers{3, 3}));
  BOOST_REQUIRE(tables["Weeks without anything"].size() == 1u);  // the week that goes on is none
  BOOST_TEST(tables["Weeks without anything"][0]["from"] == "2026-02-23");
  BOOST_TEST(tables["Weeks without anything"][0]["to"] == "2026-03-01");
}

BOOST_AUTO_TEST_CASE(of_a_long_period_is_counted_by_longer_stretches_and_idle_weeks_stand_together) {
  const auto document = json(activity(some_activity(), {day(2024, 3, 10), std::nullopt}, today()));
  BOOST_TEST(document["tables"]["Talks"].size() == 25u);  // months
  const auto& idle = document["tables"]["Weeks without anything"];
  BOOST_REQUIRE(idle.size() == 2u);
  BOOST_TEST(idle[0]["from"] == "2024-03-11");
  BOOST_TEST(idle[0]["to"] == "2026-02-15");
  BOOST_TEST(idle[0]["weeks"] == 101);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_proof_of_the_search)

BOOST_AUTO_TEST_CASE(lists_what_was_sent_in_the_last_calendar_month) {
  const auto document = json(proof(some_proof(), all_time, today()));
  BOOST_TEST(document["finding"] ==
             "3 applications from 1 Feb 2026 to 28 Feb 2026; 1 interview held, 1 event visited, 3 networking talks");
  BOOST_TEST(document["fields"]["name"] == "Signe Arvelund");
  BOOST_TEST(document["fields"]["period"] == "1 Feb 2026 to 28 Feb 2026, the last calendar month");
  const auto& rows = document["tables"]["Applications"];
  BOOST_TEST(texts_of(rows, "applied_on") == (Strings{"2026-02-03", "2026-02-25", "2026-02-26"}));
  BOOST_TEST(texts_of(rows, "company") == (Strings{"Quillmark", "Northfold", "company not said"}));
  BOOST_TEST(texts_of(rows, "source") == (Strings{"referral", "cold", "unknown"}));
  BOOST_TEST(texts_of(rows, "contact") == (Strings{"Rufus Amberley", "", ""}));
  BOOST_TEST(texts_of(rows, "part") == (Strings{"recruiter", "", ""}));
  BOOST_TEST(texts_of(rows, "outcome") == (Strings{"open", "rejected", "open"}));
  BOOST_TEST(texts_of(rows, "ended_on") == (Strings{"", "2026-03-01", ""}));
  BOOST_TEST(texts_of(rows, "next_step") == (Strings{"interview on Thu 12 Mar 2026", "", "answer by 20 Mar 2026"}));
  BOOST_TEST(document["fields"]["left_out"] == "1 opened in this period and not sent; 1 without a company, listed so");
}

BOOST_AUTO_TEST_CASE(counts_by_calendar_week_also_those_without_any) {
  const auto rows = json(proof(some_proof(), all_time, today()))["tables"]["By calendar week"];
  BOOST_TEST(texts_of(rows, "label") == (Strings{"2026-W05", "2026-W06", "2026-W07", "2026-W08", "2026-W09"}));
  BOOST_TEST(numbers_of(rows, "applications") == (Numbers{0, 1, 0, 0, 2}));
  BOOST_TEST(rows[0]["to"] == "2026-02-01");
}

BOOST_AUTO_TEST_CASE(tells_other_efforts_as_counts_and_names_no_talk) {
  const auto document = json(proof(some_proof(), all_time, today()));
  BOOST_TEST(texts_of(document["tables"]["Interviews held"], "kind") == Strings{"coding"});
  BOOST_TEST(texts_of(document["tables"]["Events visited"], "event") == Strings{"SkerryConf26"});
  BOOST_TEST(document["fields"]["networking_talks"] == 3);
  BOOST_TEST(document["fields"]["messages"] == 3);
  BOOST_TEST(document["fields"]["in_person"] == 0);
}

BOOST_AUTO_TEST_CASE(of_a_period_that_begins_with_a_day_goes_up_to_today) {
  const auto document = json(proof(some_proof(), {day(2026, 2, 26), std::nullopt}, today()));
  BOOST_TEST(texts_of(document["tables"]["Applications"], "role") == (Strings{"Engineer", "Runtime Engineer"}));
  BOOST_TEST(document["tables"]["Interviews held"].empty());  // the next one is still to come
}

BOOST_AUTO_TEST_CASE(has_a_place_to_sign_in_print) {
  const auto page = html(proof(some_proof(), all_time, today()));
  BOOST_TEST(page.find("Place and date: ____") != std::string::npos);
  BOOST_TEST(page.find("Signature: ____") != std::string::npos);
  BOOST_TEST(page.find("<table>") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ties::reports
