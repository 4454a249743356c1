#include "reports/applications.h"

#include <nlohmann/json.hpp>
#include <random>

#include "reports/render/render.h"
#include "tests/reports/golden.h"
#include "tests/reports/search_sample.h"

namespace ties::reports {
namespace {

using Texts = std::vector<std::string>;
using Rows = std::vector<Texts>;

/// What people read of a table, a row a line.
Rows rows_of(const Table& table) {
  Rows rows;
  for (const auto& row : table.rows) {
    auto& texts = rows.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (!table.columns.at(i).for_programs) texts.push_back(row[i].text);
    }
  }
  return rows;
}

const Chart& chart_at(const Document& document, std::size_t place) { return std::get<Chart>(document.blocks.at(place)); }
const Table& table_at(const Document& document, std::size_t place) { return std::get<Table>(document.blocks.at(place)); }

Texts texts_of(const Document& document) {
  Texts texts;
  for (const auto& block : document.blocks) {
    if (const auto* text = std::get_if<Text>(&block)) texts.push_back(text->text);
  }
  return texts;
}

void check_rows(const Table& table, const Rows& expected) {
  const auto rows = rows_of(table);
  BOOST_TEST_REQUIRE(rows.size() == expected.size());
  for (std::size_t i = 0; i < rows.size(); ++i) BOOST_TEST(rows[i] == expected[i], boost::test_tools::per_element());
}

double number_at(const Table& table, std::size_t row, const std::string& key) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].key == key) return table.rows.at(row).at(i).number.value();
  }
  BOOST_FAIL("no column " << key);
  return 0;
}

/// Whether something was divided by nothing on the way to the text.
bool holds_no_number(std::string text) {
  for (auto at = text.find("unanswered"); at != std::string::npos; at = text.find("unanswered")) text.erase(at, 10);
  return text.find("nan") != std::string::npos || text.find("inf") != std::string::npos;
}

std::vector<std::pair<std::string, Document>> all_reports(const SearchHistory& history, const Selection& selection, Date when) {
  return {{"pipeline", pipeline(history, selection, when)},
          {"funnel", funnel(history, selection, when)},
          {"flow", flow(history, selection, when)},
          {"time-in-stage", time_in_stage(history, selection, when, StageBy::kind)},
          {"time-in-stage-by-stage", time_in_stage(history, selection, when, StageBy::stage)},
          {"referrals", referrals(history, selection, when)},
          {"lift", lift(history, selection, when)}};
}

SearchHistory with(std::vector<ApplicationHistory> applications) {
  auto history = some_search();
  history.applications = std::move(applications), history.referrals.clear();
  return history;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reports_about_applications)

BOOST_AUTO_TEST_CASE(read_in_every_format_as_their_golden_files) {
  const std::vector<std::pair<std::string, std::string>> endings{{"text", "txt"}, {"markdown", "md"}, {"html", "html"}, {"json", "json"}, {"csv", "csv"}, {"svg", "svg"}};
  for (const auto& [name, document] : all_reports(some_search(), {}, today())) {
    for (const auto& [format, ending] : endings) check_golden(name + "." + ending, render(document, format, {}, "20260310T080000Z"));
    for (const std::size_t width : {40, 80}) check_golden(name + "-" + std::to_string(width) + ".txt", text(document, {width, false, true}));
  }
}

BOOST_AUTO_TEST_CASE(the_pipeline_counts_open_ones_by_stage_and_ended_ones_by_outcome) {
  const auto document = pipeline(some_search(), {}, today());
  BOOST_TEST(document.finding == "5 open, 3 of them over the patience of their stage; 7 ended");
  // Lead: #12 for 5 days. Applied: #9 for 37, #11 for 9. Screen: #3 for 35. Coding: #5 for 14.
  check_rows(chart_at(document, 0).behind, {{"Lead", "lead", "1", "0", "5", "5"},
                                            {"Referral", "referral", "0", "0", "–", "–"},
                                            {"Applied", "applied", "2", "1", "23", "37"},
                                            {"Screen", "screen", "1", "1", "35", "35"},
                                            {"Coding", "interview", "1", "1", "14", "14"},
                                            {"Team lead", "interview", "0", "0", "–", "–"},
                                            {"Offer", "offer", "0", "0", "–", "–"}});
  check_rows(chart_at(document, 1).behind, {{"accepted", "1", "14 %"}, {"rejected", "4", "57 %"}, {"withdrawn", "1", "14 %"}, {"ghosted", "1", "14 %"}});
  BOOST_TEST(chart_at(document, 0).finding == "the longest wait is 37 days, in Applied");
  BOOST_TEST(chart_at(document, 1).finding == "of 7 that ended 4 were rejected");
}

BOOST_AUTO_TEST_CASE(the_funnel_counts_what_was_skipped_as_passed) {
  const auto document = funnel(some_search(), {}, today());
  BOOST_TEST(document.finding == "of 12 applications 11 were sent, 3 led to an interview, 1 to an offer");
  check_rows(chart_at(document, 0).behind, {{"lead", "12", "12", "100 %", "76–100 %", ""},
                                            {"referral", "11", "12", "92 %", "65–99 %", "92 %"},
                                            {"applied", "11", "12", "92 %", "65–99 %", "100 %"},
                                            {"screen", "5", "12", "42 %", "19–68 %", "45 %"},
                                            {"interview", "3", "12", "25 %", "9–53 %", "60 %"},
                                            {"offer", "1", "12", "8 %", "1–35 %", "33 %"}});
  BOOST_TEST(number_at(chart_at(document, 0).behind, 3, "share") == 41.7);
  BOOST_TEST(number_at(chart_at(document, 0).behind, 3, "share_from") == 19.3);
  BOOST_TEST(number_at(chart_at(document, 0).behind, 3, "share_to") == 68.0);
}

BOOST_AUTO_TEST_CASE(the_flow_goes_forward_and_to_the_end) {
  const auto document = flow(some_search(), {}, today());
  BOOST_TEST(document.finding == "of 12 applications 5 are still open and 4 rejected, most often after Applied (3)");
  check_rows(chart_at(document, 0).behind,
             {{"Lead", "Referral", "5"},      {"Lead", "still open", "1"},   {"Referral", "Applied", "5"}, {"Applied", "Screen", "5"},
              {"Applied", "still open", "2"}, {"Applied", "rejected", "3"},  {"Applied", "ghosted", "1"},  {"Screen", "Coding", "3"},
              {"Screen", "still open", "1"},  {"Screen", "withdrawn", "1"},  {"Coding", "Team lead", "1"}, {"Coding", "still open", "1"},
              {"Coding", "rejected", "1"},    {"Team lead", "Offer", "1"},   {"Offer", "accepted", "1"}});
  double ends = 0;
  for (const auto& link : chart_at(document, 0).links) {
    if (link.to.starts_with("still") || link.to == "rejected" || link.to == "ghosted" || link.to == "withdrawn" || link.to == "accepted") ends += link.value;
  }
  BOOST_TEST(ends == 12);
}

BOOST_AUTO_TEST_CASE(times_in_stages_count_those_that_go_on_for_as_long_as_they_were_watched) {
  const auto by_kind = time_in_stage(some_search(), {}, today(), StageBy::kind);
  BOOST_TEST(by_kind.finding == "longest in applied: half of 11 stays are over by day 14; 2 go on");
  // applied: 4 5 7 9+ 10 12 14 14 14 37+ 48+; after 14 days 10/11 · 9/10 · 8/9 · 6/7 · 5/6 · 2/5 = 0.21 go on
  check_rows(chart_at(by_kind, 0).behind, {{"lead", "6", "1", "0", "3.5", "not reached", "5"},
                                           {"referral", "5", "0", "0", "10", "10", "10"},
                                           {"applied", "11", "2", "1", "14", "not reached", "48"},
                                           {"screen", "5", "1", "1", "10", "not reached", "35"},
                                           {"interview", "3", "1", "0", "21", "21", "21"},
                                           {"offer", "1", "0", "0", "5", "5", "5"}});
  const auto by_stage = time_in_stage(some_search(), {}, today(), StageBy::stage);
  const auto rows = rows_of(chart_at(by_stage, 0).behind);
  BOOST_TEST_REQUIRE(rows.size() == 7u);
  BOOST_TEST(rows[4] == (Texts{"Coding", "3", "1", "0", "11", "not reached", "14"}), boost::test_tools::per_element());
  BOOST_TEST(rows[5] == (Texts{"Team lead", "1", "0", "0", "10", "10", "10"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(referrals_are_followed_from_the_ask_to_the_offer_and_told_apart) {
  const auto document = referrals(some_search(), {}, today());
  BOOST_TEST(document.finding == "of 7 asks 5 were agreed to, 5 handed in, 3 led to an interview, 1 to an offer");
  check_rows(chart_at(document, 0).behind, {{"asked", "7", "7", "100 %", "65–100 %"},
                                            {"agreed", "5", "7", "71 %", "36–92 %"},
                                            {"handed in", "5", "7", "71 %", "36–92 %"},
                                            {"interview", "3", "7", "43 %", "16–75 %"},
                                            {"offer", "1", "7", "14 %", "3–51 %"}});
  check_rows(table_at(document, 1), {{"colleague", "2", "2, 100 %", "2, 100 %", "1, 50 %", "1, 50 %"},
                                     {"introduced", "1", "1, 100 %", "1, 100 %", "1, 100 %", "0, 0 %"},
                                     {"maintainer", "1", "1, 100 %", "1, 100 %", "1, 100 %", "0, 0 %"},
                                     {"met at an event", "1", "1, 100 %", "1, 100 %", "0, 0 %", "0, 0 %"},
                                     {"others", "2", "0, 0 %", "0, 0 %", "0, 0 %", "0, 0 %"}});
  check_rows(table_at(document, 2), {{"not said", "1", "0, 0 %", "0, 0 %", "0, 0 %", "0, 0 %"},
                                     {"in person", "2", "2, 100 %", "2, 100 %", "1, 50 %", "0, 0 %"},
                                     {"LinkedIn", "1", "0, 0 %", "0, 0 %", "0, 0 %", "0, 0 %"},
                                     {"Signal", "3", "3, 100 %", "3, 100 %", "2, 67 %", "1, 33 %"}});
  check_rows(table_at(document, 3), {{"none", "4", "4, 100 %", "4, 100 %", "2, 50 %", "1, 25 %"},
                                     {"1", "2", "1, 50 %", "1, 50 %", "1, 50 %", "0, 0 %"},
                                     {"2 or more", "1", "0, 0 %", "0, 0 %", "0, 0 %", "0, 0 %"}});
  BOOST_TEST(texts_of(document) == Texts{"1 referral is not asked for yet, and left out"});
}

BOOST_AUTO_TEST_CASE(the_lift_compares_referred_with_cold_ones) {
  const auto document = lift(some_search(), {}, today());
  BOOST_TEST(document.finding == "an interview came of 3 of 5 referred and 0 of 6 cold applications: +60 points, +6 to +88");
  check_rows(chart_at(document, 0).behind, {{"reply", "4 of 5, 80 %", "38–96 %", "1 of 6, 17 %", "3–56 %", "+63", "+5 to +85"},
                                            {"interview", "3 of 5, 60 %", "23–88 %", "0 of 6, 0 %", "0–39 %", "+60", "+6 to +88"},
                                            {"offer", "1 of 5, 20 %", "4–62 %", "0 of 6, 0 %", "0–39 %", "+20", "−22 to +62"}});
  BOOST_TEST(texts_of(document) == Texts{"1 application is not sent yet, and left out"});
}

BOOST_AUTO_TEST_CASE(the_lift_is_silent_with_fewer_than_five_on_a_side_and_gives_counts) {
  auto history = some_search();
  history.applications.erase(history.applications.begin());
  const auto document = lift(history, {}, today());
  BOOST_TEST(document.finding == "too few to compare: 4 referred and 6 cold, and each side wants 5");
  BOOST_TEST(chart_at(document, 0).marks.empty());
  check_rows(chart_at(document, 0).behind, {{"sent", "4", "6"}, {"reply", "3", "1"}, {"interview", "2", "0"}, {"offer", "0", "0"}});
  const auto shown = text(document);
  BOOST_TEST(shown.find('%') == std::string::npos, shown);
}

BOOST_AUTO_TEST_CASE(a_difference_that_may_be_chance_is_called_so) {
  std::vector<ApplicationHistory> all;
  for (std::int64_t i = 1; i <= 12; ++i) {
    const auto source = i <= 6 ? ApplicationSource::referral : ApplicationSource::cold;
    all.push_back(i % 3 == 0 ? application(i, source, {{"applied", 1, 5}, {"coding", 1, 9}}) : application(i, source, {{"applied", 1, 5}}));
  }
  BOOST_TEST(lift(with(all), {}, today()).finding ==
             "an interview came of 2 of 6 referred and 2 of 6 cold applications: +0 points, −44 to +44, which may be chance");
}

BOOST_AUTO_TEST_CASE(a_referral_handed_in_before_applying_makes_a_cold_application_referred_and_a_later_one_does_not) {
  for (const unsigned handed_in_on : {4u, 5u, 6u}) {
    std::vector<ApplicationHistory> all;
    for (std::int64_t i = 1; i <= 10; ++i) all.push_back(application(i, i <= 4 ? ApplicationSource::referral : ApplicationSource::cold, {{"applied", 1, 5}}));
    auto history = with(all);
    history.referrals = {ties::reports::referral(1, 5, ReferrerKind::other, "", {{ReferralState::asked, 1, 2}, {ReferralState::submitted, 1, handed_in_on}})};
    const auto arms = rows_of(chart_at(lift(history, {}, today()), 0).behind)[0];
    BOOST_TEST((arms[1] == "0 of 5, 0 %") == (handed_in_on <= 5), handed_in_on << ": " << arms[1]);
  }
}

BOOST_AUTO_TEST_CASE(what_came_of_a_reroute_counts_with_the_one_before_it_in_the_lift_and_links_both_in_the_flow) {
  auto history = some_search();
  auto& ended = history.applications[3];
  ended = application(4, ApplicationSource::referral, {{"lead", 1, 20}, {"applied", 2, 1}}, Outcome::rerouted, day(2026, 2, 15));
  auto next = application(13, ApplicationSource::referral, {{"screen", 2, 15}, {"offer", 2, 20}});
  next.application.rerouted_from = Id<Application>{4};
  history.applications.push_back(next);
  const auto compared = lift(history, {}, today());
  BOOST_TEST(rows_of(chart_at(compared, 0).behind)[2][1] == "2 of 5, 40 %");
  BOOST_TEST(texts_of(compared).back() == "1 application came of a reroute, and counts with the one before");
  Rows reroutes;
  for (const auto& row : rows_of(chart_at(flow(history, {}, today()), 0).behind)) {
    if (row[0].find("reroute") != std::string::npos || row[1].find("reroute") != std::string::npos) reroutes.push_back(row);
  }
  BOOST_TEST((reroutes == Rows{{"came by reroute", "Screen", "1"}, {"Applied", "rerouted", "1"}}));
  // The referral for the first is credited with what came of the second.
  BOOST_TEST(referrals(history, {}, today()).finding == "of 7 asks 5 were agreed to, 5 handed in, 4 led to an interview, 2 to an offer");
}

BOOST_AUTO_TEST_CASE(reroutes_in_a_circle_end_somewhere) {
  auto history = some_search();
  history.applications[0].application.rerouted_from = Id<Application>{2};
  history.applications[1].application.rerouted_from = Id<Application>{1};
  history.applications[2].application.rerouted_from = Id<Application>{3};
  for (const auto& [name, document] : all_reports(history, {}, today())) {
    BOOST_TEST(!document.finding.empty(), name);
    if (name == "funnel") BOOST_TEST(texts_of(document) == Texts{"3 applications came of itself by reroutes in a circle: each counts by itself"});
  }
}

BOOST_AUTO_TEST_CASE(going_back_does_not_take_back_how_far_one_came) {
  std::vector<ApplicationHistory> all;
  for (std::int64_t i = 1; i <= 5; ++i) all.push_back(application(i, ApplicationSource::cold, {{"applied", 1, 5}, {"coding", 1, 9}, {"screen", 1, 12}, {"coding", 1, 20}}));
  BOOST_TEST(funnel(with(all), {}, today()).finding == "of 5 applications 5 were sent, 5 led to an interview, 0 to an offer");
  const auto ways = flow(with(all), {}, today());
  check_rows(chart_at(ways, 0).behind, {{"Applied", "Coding", "5"}, {"Coding", "still open", "5"}});
  BOOST_TEST(texts_of(ways) == Texts{"5 applications went back at times; the way forward alone is shown"});
  // 4 days applied; 3 days and then 49 going on in interviews; 8 in the screen between
  check_rows(chart_at(time_in_stage(with(all), {}, today(), StageBy::kind), 0).behind,
             {{"applied", "5", "0", "0", "4", "4", "4"}, {"screen", "5", "0", "0", "8", "8", "8"}, {"interview", "10", "5", "0", "3", "not reached", "49"}});
}

BOOST_AUTO_TEST_CASE(fewer_than_five_are_a_table_and_the_report_says_why) {
  const auto history = with({application(1, ApplicationSource::cold, {{"applied", 1, 5}})});
  for (const auto& [name, document] : all_reports(history, {}, today())) {
    for (const auto& block : document.blocks) {
      const auto* chart = std::get_if<Chart>(&block);
      if (chart != nullptr) BOOST_TEST((chart->marks.empty() && chart->links.empty()), name);
    }
    if (name == "funnel") BOOST_TEST(texts_of(document) == Texts{"1 application is too few for a picture; it wants 5"});
  }
  check_rows(chart_at(funnel(history, {}, today()), 0).behind,
             {{"lead", "1", "1", "100 %", "21–100 %", ""},
              {"referral", "1", "1", "100 %", "21–100 %", "100 %"},
              {"applied", "1", "1", "100 %", "21–100 %", "100 %"},
              {"screen", "0", "1", "0 %", "0–79 %", "0 %"},
              {"interview", "0", "1", "0 %", "0–79 %", ""},
              {"offer", "0", "1", "0 %", "0–79 %", ""}});
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_said_to_be_one_in_every_format) {
  for (const auto& [name, document] : all_reports({}, {}, today())) {
    BOOST_TEST((document.finding == "no application yet" || document.finding == "nobody was asked for a referral yet"), name << ": " << document.finding);
    for (const auto& format : formats()) BOOST_TEST(!holds_no_number(render(document, format, {80, false, true}, "20260310T080000Z")), name);
    BOOST_TEST(json(document).is_object(), name);
  }
}

BOOST_AUTO_TEST_CASE(a_selection_is_by_the_day_of_opening_and_says_what_it_leaves_out) {
  Selection selection;
  selection.since = day(2026, 1, 12), selection.until = day(2026, 2, 1);
  const auto document = funnel(some_search(), selection, today());  // #3, #4, #5, #9
  BOOST_TEST(document.finding == "of 4 applications 4 were sent, 1 led to an interview, 0 to an offer");
  BOOST_TEST(texts_of(document).back() == "only those opened since Mon 12 Jan 2026 and until Sun 1 Feb 2026; 8 others are left out");
  BOOST_TEST(json(document)["fields"].dump() == R"({"applications":4,"left_out":8,"since":"2026-01-12","until":"2026-02-01"})");
  selection = {std::nullopt, std::nullopt, Id<Pipeline>{1}};
  BOOST_TEST(texts_of(funnel(some_search(), selection, today())).empty());
  auto history = some_search();
  history.applications[0].application.pipeline = {2};
  BOOST_TEST(texts_of(funnel(history, selection, today())) == Texts{"only those in the pipeline Referral; 1 other is left out"});
  selection.since = day(2026, 2, 1), selection.pipeline.reset();
  BOOST_TEST(referrals(some_search(), selection, today()).finding == "of 3 asks 1 was agreed to, 1 handed in, 1 led to an interview, 0 to an offer");
}

BOOST_AUTO_TEST_CASE(what_contradicts_itself_is_counted_and_said) {
  auto before_opening = application(1, ApplicationSource::cold, {{"applied", 1, 5}, {"screen", 1, 9}});
  before_opening.application.opened_on = day(2026, 1, 7);
  const auto ends_early = application(2, ApplicationSource::cold, {{"applied", 1, 5}, {"screen", 1, 9}}, Outcome::rejected, std::nullopt);
  auto closed_early = ends_early;
  closed_early.application.id = {2}, closed_early.application.closed_on = day(2026, 1, 2);
  auto without_lines = application(3, ApplicationSource::cold, {});
  without_lines.application.opened_on = day(2026, 1, 5), without_lines.application.stage = {3};
  auto removed = application(4, ApplicationSource::cold, {{"applied", 1, 5}, {"screen", 1, 9}});
  removed.steps[1].stage.reset(), removed.steps[1].stage_name = "Phone";
  auto out_of_order = application(5, ApplicationSource::cold, {{"screen", 1, 9}, {"applied", 1, 5}});
  const auto history = with({before_opening, closed_early, without_lines, removed, out_of_order});
  const Texts contradictions{"1 application has no history: as if in the stage of today since the opening",
                             "2 applications have lines from before the opening: the lines' days count",
                             "1 application was in a stage that was removed since: it counts as what it was"};
  BOOST_TEST(texts_of(funnel(history, {}, today())) == contradictions, boost::test_tools::per_element());
  const auto times = time_in_stage(history, {}, today(), StageBy::kind);
  BOOST_TEST(texts_of(times).front() == "1 stay ended before it began, and counts as 0 days");
  // applied: 4 4 4 4 and 64 going on; screen: 0, and 60 60 60 going on
  check_rows(chart_at(times, 0).behind, {{"applied", "5", "1", "0", "4", "not reached", "64"}, {"screen", "4", "3", "0", "not reached", "not reached", "60"}});
  check_rows(chart_at(flow(history, {}, today()), 0).behind,
             {{"Applied", "Screen", "3"}, {"Applied", "Phone", "1"}, {"Applied", "still open", "1"}, {"Screen", "still open", "2"}, {"Screen", "rejected", "1"}, {"Phone", "still open", "1"}});
}

BOOST_AUTO_TEST_CASE(several_pipelines_are_told_by_kinds_of_stages) {
  auto history = some_search();
  Pipeline other;
  other.id = {2}, other.name = "Research";
  history.pipelines.push_back(other);
  auto talk = stage("talk", "Research talk", StageKind::interview, std::nullopt);
  talk.id = {20}, talk.pipeline = {2};
  history.stages.push_back(talk);
  auto& moved = history.applications[11];
  moved.application.pipeline = {2}, moved.application.stage = {20};
  moved.steps[0].stage = Id<Stage>{20}, moved.steps[0].stage_name = "Research talk", moved.steps[0].stage_kind = StageKind::interview;
  const auto ways = flow(history, {}, today());
  BOOST_TEST(rows_of(chart_at(ways, 0).behind)[0] == (Texts{"lead", "referral", "5"}), boost::test_tools::per_element());
  BOOST_TEST(texts_of(ways) == Texts{"by kinds of stages, since they are in several pipelines"});
  const auto stages = rows_of(chart_at(time_in_stage(history, {}, today(), StageBy::stage), 0).behind);
  BOOST_TEST(stages.back()[0] == "Research talk (Research)");
  BOOST_TEST(stages.front()[0] == "Lead (Referral)");
}

BOOST_AUTO_TEST_CASE(an_interview_that_was_held_or_an_offer_that_was_answered_counts_whatever_the_stages_say) {
  auto held = application(1, ApplicationSource::cold, {{"applied", 1, 5}});
  Interview round;
  round.outcome = InterviewOutcome::done;
  held.interviews = {round};
  auto planned = application(2, ApplicationSource::cold, {{"applied", 1, 5}});
  round.outcome = InterviewOutcome::planned;
  planned.interviews = {round};
  const auto declined = application(3, ApplicationSource::cold, {{"applied", 1, 5}}, Outcome::declined, day(2026, 1, 9));
  const auto rows = rows_of(chart_at(funnel(with({held, planned, declined}), {}, today()), 0).behind);
  BOOST_TEST(rows[3][1] == "2");  // screen
  BOOST_TEST(rows[5][1] == "1");  // offer
}

BOOST_AUTO_TEST_CASE(numbers_that_belong_together_agree_over_searches_of_every_kind) {
  std::mt19937 random(41);
  const auto between = [&random](int from, int to) { return from + static_cast<int>(random() % static_cast<unsigned>(to - from + 1)); };
  for (int tried = 0; tried < 300; ++tried) {
    std::vector<ApplicationHistory> all;
    const int count = between(0, 25);
    for (int i = 1; i <= count; ++i) {
      std::vector<Move> moves;
      for (int m = between(0, 6); m > 0; --m) moves.push_back({search_stages()[static_cast<std::size_t>(between(0, 6))].key, static_cast<unsigned>(between(1, 3)), static_cast<unsigned>(between(1, 28))});
      auto one = application(i, static_cast<ApplicationSource>(between(0, 5)), moves, static_cast<Outcome>(between(0, 7)), between(0, 1) == 0 ? std::nullopt : std::optional(day(2026, 2, static_cast<unsigned>(between(1, 28)))));
      if (moves.empty()) one.application.opened_on = day(1926 + between(0, 120), 5, 5), one.application.stage = {between(1, 9)};
      if (between(0, 4) == 0) one.application.rerouted_from = Id<Application>{between(1, 25)};
      all.push_back(std::move(one));
    }
    const auto history = with(all);
    const auto reached = chart_at(funnel(history, {}, today()), 0).behind;
    for (std::size_t i = 0; i < reached.rows.size(); ++i) {
      BOOST_TEST(number_at(reached, i, "reached") <= count);
      if (i > 0) BOOST_TEST(number_at(reached, i, "reached") <= number_at(reached, i - 1, "reached"));
    }
    double ends = 0;
    const auto ways = flow(history, {}, today());
    for (const auto& row : chart_at(ways, 0).behind.rows) {
      const bool is_end = row[1].text == "still open" || from_word<Outcome>(row[1].text).has_value();
      ends += is_end ? row[2].number.value() : 0;
    }
    BOOST_TEST(ends == count);
    for (const auto& [name, document] : all_reports(history, {}, today())) {
      for (const auto& format : formats()) {
        const auto out = render(document, format, {80, false, true}, "20260310T080000Z");
        BOOST_TEST(!holds_no_number(out), name << ": " << out);
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ties::reports
