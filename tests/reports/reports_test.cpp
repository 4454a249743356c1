#include "reports/render/render.h"
#include "reports/report.h"
#include "tests/reports/golden.h"
#include "tests/reports/samples.h"

namespace ties::reports {
namespace {

const Table& table_at(const Document& document, std::size_t place) {
  return std::get<Table>(document.blocks.at(place));
}

std::vector<std::string> texts_of(const Table& table, const std::string& key) {
  std::vector<std::string> texts;
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (table.columns[i].key == key) texts.push_back(row.at(i).text);
    }
  }
  return texts;
}

using Texts = std::vector<std::string>;

std::vector<ToAsk> some_to_ask() {
  std::vector<ToAsk> people;
  for (const auto& path : some_paths().now) people.push_back({quillmark(), path});
  return people;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_reports)

BOOST_AUTO_TEST_CASE(every_report_reads_in_every_format_as_its_golden_file) {
  const std::vector<std::pair<std::string, Document>> documents{
      {"followups", followups(some_follow_ups(), today(), 7)},
      {"board", board(pipeline(), some_stages(), some_cards(), 2)},
      {"who", who(quillmark(), some_paths(), today())},
      {"ready", ready(some_to_ask(), "at Quillmark", today())}};
  for (const auto& [name, document] : documents) check_every_format(name, document);
}

BOOST_AUTO_TEST_CASE(follow_ups_stand_in_the_section_of_their_day) {
  const auto document = followups(some_follow_ups(), today(), 7);
  BOOST_REQUIRE(document.blocks.size() == 3);
  BOOST_TEST(table_at(document, 0).title == "Overdue");
  BOOST_TEST(table_at(document, 1).title == "Today");
  BOOST_TEST(table_at(document, 2).title == "Next 7 days");
  BOOST_TEST(texts_of(table_at(document, 0), "subject") == Texts{"referral 3"});
  BOOST_TEST(texts_of(table_at(document, 1), "subject") == Texts{"task 12"});
  BOOST_TEST(texts_of(table_at(document, 2), "subject") == (Texts{"contact 41", "task 15"}));
}

BOOST_AUTO_TEST_CASE(the_finding_of_follow_ups_counts_what_presses) {
  const auto all = some_follow_ups();
  const std::vector<std::pair<std::vector<FollowUp>, std::string>> cases{
      {all, "4 follow-ups, 1 overdue, 1 today"},
      {{all[0]}, "1 follow-up, 1 overdue"},
      {{all[1]}, "1 follow-up, 1 today"},
      {{all[2], all[3]}, "2 follow-ups"},
      {{}, "nothing to follow up today or in the next 7 days"}};
  for (const auto& [items, finding] : cases) BOOST_TEST(followups(items, today(), 7).finding == finding);
  BOOST_TEST(followups({}, today(), 1).finding == "nothing to follow up today or in the next 1 day");
  BOOST_TEST(followups({}, today(), 0).finding == "nothing to follow up today");
}

BOOST_AUTO_TEST_CASE(every_follow_up_says_who_what_why_since_when_and_the_command) {
  const auto shown = text(followups(some_follow_ups(), today(), 7));
  for (const auto& item : some_follow_ups()) {
    for (const auto& part : {item.who, item.what, item.why, item.settle, item.since ? friendly(*item.since) : ""}) {
      BOOST_TEST(shown.find(part) != std::string::npos, part << " is not shown");
    }
  }
}

BOOST_AUTO_TEST_CASE(no_width_cuts_a_command) {
  auto items = some_follow_ups();
  items[0].settle = "ties log 'messaged @\"" + std::string(300, 'a') + "\"'";
  for (std::size_t width = 0; width <= 160; ++width) {
    const auto shown = text(followups(items, today(), 7), {width, false, true});
    for (const auto& item : items) {
      BOOST_TEST(shown.find(item.settle + "\n") != std::string::npos, item.settle << " is cut at " << width);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_stale_card_says_so_in_words) {
  const auto document = board(pipeline(), some_stages(), some_cards(), 2);
  BOOST_TEST(document.finding == "Referral: 3 open, 1 stale, 2 ended");
  const auto& lanes = std::get<Lanes>(document.blocks.at(0)).lanes;
  BOOST_REQUIRE(lanes.size() == 4);
  BOOST_TEST(texts_of(lanes[1], "days") == (Texts{"! stale: 20 days", "1 day"}));
  BOOST_TEST(texts_of(lanes[1], "stale") == (Texts{"yes", "no"}));
  BOOST_TEST(lanes[0].rows.empty());
  BOOST_TEST(lanes[3].rows.empty());
}

BOOST_AUTO_TEST_CASE(a_card_as_old_as_the_patience_is_not_stale_yet) {
  auto cards = some_cards();
  cards[0].days_in_stage = 14;
  BOOST_TEST(board(pipeline(), some_stages(), cards, 0).finding == "Referral: 3 open");
  cards[0].days_in_stage = 900, cards[0].patience_days.reset();
  BOOST_TEST(board(pipeline(), some_stages(), cards, 0).finding == "Referral: 3 open");
}

BOOST_AUTO_TEST_CASE(a_card_of_an_unknown_stage_is_not_lost) {
  auto cards = some_cards();
  cards[1].stage_key = "gone", cards[2].stage_key = "gone";
  const auto document = board(pipeline(), some_stages(), cards, 0);
  const auto& lanes = std::get<Lanes>(document.blocks.at(0)).lanes;
  BOOST_REQUIRE(lanes.size() == 5);
  BOOST_TEST(lanes[4].title == "No stage");
  BOOST_TEST(texts_of(lanes[4], "id") == (Texts{"8", "9"}));
}

BOOST_AUTO_TEST_CASE(a_board_without_stages_or_cards_is_a_board) {
  BOOST_TEST(text(board(pipeline(), {}, {}, 0)) == "Referral: 0 open\n");
  BOOST_TEST(text(board(pipeline(), some_stages(), {}, 0)) ==
             "Referral: 0 open\n\nLead 0\nApplied 0\nRecruiter screen 0\nOffer 0\n");
}

BOOST_AUTO_TEST_CASE(the_ways_to_a_company_stand_by_their_kind_each_with_its_first_step) {
  const auto document = who(quillmark(), some_paths(), today());
  BOOST_TEST(document.finding ==
             "2 known at Quillmark now, 1 formerly; 1 way over somebody else; 1 maintainer met your work");
  const std::vector<std::string> titles{"Now", "Second hop", "Formerly", "Maintainers"};
  BOOST_REQUIRE(document.blocks.size() == titles.size());
  for (std::size_t i = 0; i < titles.size(); ++i) BOOST_TEST(table_at(document, i).title == titles[i]);
  BOOST_TEST(texts_of(table_at(document, 0), "name") == (Texts{"Ada Winterbourne", "Cleo Marchetti"}));
  BOOST_TEST(texts_of(table_at(document, 0), "ready") == (Texts{"ready", "not yet"}));
  BOOST_TEST(texts_of(table_at(document, 0), "settle") ==
             (Texts{"ties referral add 3 --company 2 --state to_approach", "ties log 'messaged @\"Cleo Marchetti\"'"}));
  BOOST_TEST(texts_of(table_at(document, 1), "through") == Texts{"Priya Ramaswamy-Nair"});
  BOOST_TEST(texts_of(table_at(document, 1), "settle") ==
             Texts{"ties referral add 5 --company 2 --introducer 8 --state to_approach"});
  BOOST_TEST(texts_of(table_at(document, 2), "name") == Texts{"Bo Halvorsen"});
  BOOST_TEST(texts_of(table_at(document, 3), "why") == Texts{"merged 'Fold constant loops'"});
}

BOOST_AUTO_TEST_CASE(a_company_where_nobody_is_known_says_so) {
  BOOST_TEST(text(who(quillmark(), {}, today())) == "nobody known at Quillmark yet\n");
  BOOST_TEST(text(ready({}, "at Quillmark", today())) == "nobody known at Quillmark yet\n");
}

BOOST_AUTO_TEST_CASE(whom_to_ask_stands_under_the_verdict_with_every_reason_and_its_record_on_a_line) {
  const auto document = ready(some_to_ask(), "at Quillmark", today());
  BOOST_TEST(document.finding == "1 ready to be asked at Quillmark, 0 to warm up first, 1 not yet");
  BOOST_TEST(texts_of(table_at(document, 0), "records") == Texts{"employment 7, contribution 3"});
  BOOST_TEST(text(document).find("\n                    a strong tie: 78 of 100;\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(of_many_to_ask_the_readiest_of_each_verdict_are_listed_and_the_others_counted) {
  std::vector<ToAsk> people;
  for (int i = 0; i < 60; ++i) {
    people.push_back({quillmark(), path_to(i + 1, "P", "", true, "", std::nullopt, {}, "")});
    people.back().path.ready.score = i;
  }
  const auto document = ready(people, "at Quillmark", today());
  const auto& fields = std::get<Fields>(document.blocks.at(0));
  BOOST_TEST(fields.rows.at(0).second.text == "Not yet: the 50 readiest of 60 are listed");
  BOOST_TEST(table_at(document, 3).rows.size() == 50);
  BOOST_TEST(texts_of(table_at(document, 3), "score").front() == "59");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ties::reports
