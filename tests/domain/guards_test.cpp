#include <boost/test/unit_test.hpp>

#include "crm/domain/referral.h"

using namespace ties;

namespace {

const Date today = *date_from_text("2026-03-02");

Date day(const char* text) {
  return date_from_text(text).value();
}

ReferralFacts referral(std::int64_t id, std::int64_t referrer, const char* name, const char* role, ReferralState state,
                       std::optional<Date> asked_on = std::nullopt) {
  ReferralFacts facts;
  facts.referral.id = {id};
  facts.referral.company = Id<Company>{1};
  facts.referral.referrer = {referrer};
  facts.referral.role = role;
  facts.referral.state = state;
  facts.referrer_name = name;
  facts.company_name = "Northwind";
  facts.asked_on = asked_on;
  return facts;
}

ApplicationFacts application(std::int64_t id, const char* title, StageKind kind = StageKind::lead) {
  ApplicationFacts facts;
  facts.application.id = {id};
  facts.application.title = title;
  facts.application.company = Id<Company>{1};
  facts.company_name = "Northwind";
  facts.stage_kind = kind;
  return facts;
}

ApplicationContact agency(std::int64_t contact) {
  ApplicationContact part;
  part.contact = {contact};
  part.part = ApplicationPart::agency;
  return part;
}

Readiness ready() {
  Readiness readiness;
  readiness.verdict = Readiness::Verdict::ready;
  return readiness;
}

std::vector<std::string> texts(const std::vector<Warning>& warnings) {
  std::vector<std::string> result;
  for (const auto& warning : warnings) result.push_back(warning.guard + ": " + warning.reason);
  return result;
}

void expect(const std::vector<Warning>& found, const std::vector<std::string>& wanted) {
  BOOST_TEST(texts(found) == wanted, boost::test_tools::per_element());
}

const auto ask = referral(9, 20, "Ada Lovelace", "Staff Engineer", ReferralState::to_approach);

std::vector<Warning> guards(const std::vector<ReferralFacts>& others, const Readiness& readiness = ready()) {
  return guards_of_ask(ask, others, readiness, today, {});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(asking)

BOOST_AUTO_TEST_CASE(a_first_ask_of_somebody_who_is_ready_gets_no_warning) {
  expect(guards({}), {});
}

BOOST_AUTO_TEST_CASE(another_open_ask_to_the_same_contact_is_a_load) {
  expect(
      guards({referral(3, 20, "Ada Lovelace", "Compiler Engineer", ReferralState::agreed, day("2025-01-06"))}),
      {"ask load: referral 3 with Ada Lovelace for Compiler Engineer at Northwind was asked on Mon 6 Jan 2025 and is "
       "still open"});
  expect(guards({referral(3, 20, "Ada Lovelace", "Compiler Engineer", ReferralState::needs_more)}),
         {"ask load: referral 3 with Ada Lovelace for Compiler Engineer at Northwind stands at 'needs_more' and is "
          "still open"});
}

BOOST_AUTO_TEST_CASE(an_ask_within_ninety_days_is_a_load_and_one_of_the_day_before_is_not) {
  expect(guards({referral(3, 20, "Ada Lovelace", "Compiler Engineer", ReferralState::declined, day("2025-12-02"))}),
         {"ask load: referral 3 with Ada Lovelace for Compiler Engineer at Northwind was asked on Tue 2 Dec 2025, "
          "within the past 90 days"});
  expect(guards({referral(3, 20, "Ada Lovelace", "Compiler Engineer", ReferralState::declined, day("2025-12-01"))}),
         {});
}

BOOST_AUTO_TEST_CASE(the_days_of_the_ask_load_are_a_setting) {
  const auto earlier = referral(3, 20, "Ada Lovelace", "Compiler Engineer", ReferralState::declined, day("2026-02-02"));
  GuardSettings settings;
  settings.ask_load_days = 27;
  BOOST_TEST(guards_of_ask(ask, {earlier}, ready(), today, settings).empty());
  settings.ask_load_days = 28;
  BOOST_TEST(guards_of_ask(ask, {earlier}, ready(), today, settings).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_second_live_referral_for_the_same_role_names_the_first) {
  expect(guards({referral(3, 21, "Grace Hopper", "staff  engineer", ReferralState::asked, day("2026-03-02"))}),
         {"one referrer: referral 3 with Grace Hopper for the same role was asked on Mon 2 Mar 2026, and the first one "
          "usually owns it"});
}

BOOST_AUTO_TEST_CASE(what_is_only_an_idea_ended_or_for_another_opening_is_no_second_referrer) {
  const auto other = [](ReferralState state, const char* role) {
    return referral(3, 21, "Grace Hopper", role, state, day("2026-02-02"));
  };
  expect(guards({other(ReferralState::idea, "Staff Engineer"), other(ReferralState::to_approach, "Staff Engineer"),
                 other(ReferralState::declined, "Staff Engineer"), other(ReferralState::credited, "Staff Engineer"),
                 other(ReferralState::asked, "Compiler Engineer")}),
         {});
  auto elsewhere = other(ReferralState::asked, "Staff Engineer");
  elsewhere.referral.company = Id<Company>{2};
  expect(guards({elsewhere}), {});
  auto nowhere = other(ReferralState::asked, "Staff Engineer");
  nowhere.referral.company.reset();
  expect(guards({nowhere}), {});
}

BOOST_AUTO_TEST_CASE(requisitions_tell_openings_apart_better_than_names) {
  auto mine = ask;
  mine.referral.requisition = "R-100";
  auto other = referral(3, 21, "Grace Hopper", "Staff Engineer", ReferralState::submitted, day("2026-02-02"));
  other.referral.requisition = "R-200";
  BOOST_TEST(guards_of_ask(mine, {other}, ready(), today, {}).empty());
  other.referral.requisition = "r-100";
  other.referral.role = "Engineer, Staff";
  BOOST_TEST(guards_of_ask(mine, {other}, ready(), today, {}).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_cold_ask_says_what_is_missing) {
  Readiness cold;
  cold.verdict = Readiness::Verdict::not_yet;
  cold.missing = {"get in touch first: there was no conversation yet", "send the link of your talk"};
  expect(guards({}, cold), {"cold ask: Ada Lovelace is not ready to be asked: get in touch first: there was no "
                            "conversation yet; send the link of your talk"});
  cold.verdict = Readiness::Verdict::warm_up_first;
  expect(guards({}, cold), {});
}

BOOST_AUTO_TEST_CASE(one_warning_a_guard_names_every_record) {
  expect(
      guards({referral(3, 20, "Ada Lovelace", "Compiler Engineer", ReferralState::asked, day("2026-02-02")),
              referral(4, 20, "Ada Lovelace", "Staff Engineer", ReferralState::submitted, day("2026-01-05"))}),
      {"ask load: referral 3 with Ada Lovelace for Compiler Engineer at Northwind was asked on Mon 2 Feb 2026 and is "
       "still open; referral 4 with Ada Lovelace for Staff Engineer at Northwind was asked on Mon 5 Jan 2026, "
       "within the past 90 days",
       "one referrer: referral 4 with Ada Lovelace for the same role was asked on Mon 5 Jan 2026, and the first one "
       "usually owns it"});
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(handing_in)

BOOST_AUTO_TEST_CASE(the_addresses_must_be_the_same) {
  struct Row {
    const char* referral;
    const char* application;
    bool warns;
  };
  const std::vector<Row> rows{{"me@post.example", "work@post.example", true},
                              {"Me@Post.example", " me@post.example", false},
                              {"", "work@post.example", false},
                              {"me@post.example", "", false}};
  for (const auto& row : rows) {
    auto facts = referral(3, 21, "Grace Hopper", "Staff Engineer", ReferralState::agreed);
    facts.referral.address = row.referral;
    auto sent = application(7, "Staff Engineer").application;
    sent.address = row.application;
    BOOST_TEST(guards_of_hand_in(facts, sent).size() == (row.warns ? 1u : 0u));
    BOOST_TEST(guards_of_hand_in(facts, std::nullopt).empty());
  }
  auto facts = referral(3, 21, "Grace Hopper", "Staff Engineer", ReferralState::agreed);
  facts.referral.address = "me@post.example";
  auto sent = application(7, "Staff Engineer").application;
  sent.address = "work@post.example";
  expect(guards_of_hand_in(facts, sent),
         {"same address: referral 3 with Grace Hopper uses me@post.example, and application 7 uses work@post.example"});
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(moving)

const std::string waits =
    "refer before applying: referral 3 with Grace Hopper for Staff Engineer at Northwind was asked on Mon 2 Feb 2026 "
    "and "
    "is not handed in, and most employers credit only a referral that came first";

BOOST_AUTO_TEST_CASE(applying_before_the_referral_is_handed_in_gets_a_warning) {
  struct Row {
    ReferralState state;
    bool warns;
  };
  using enum ReferralState;
  const std::vector<Row> rows{{idea, true},         {to_approach, true},    {asked, true},      {needs_more, true},
                              {agreed, true},       {sent_materials, true}, {submitted, false}, {confirmed, false},
                              {credited, false},    {declined, false},      {no_answer, false}, {withdrawn, false},
                              {role_closed, false}, {expired, false},       {blocked, false},   {introduced, false}};
  BOOST_TEST(rows.size() == words<ReferralState>().size());
  for (const auto& row : rows) {
    const auto facts = referral(3, 21, "Grace Hopper", "Staff Engineer", row.state, day("2026-02-02"));
    const auto found = guards_of_move(application(7, "Staff Engineer"), StageKind::applied, {facts});
    BOOST_TEST_CONTEXT(word(row.state)) {
      expect(found, row.warns ? std::vector{waits} : std::vector<std::string>{});
    }
  }
}

BOOST_AUTO_TEST_CASE(it_warns_on_the_way_into_applied_or_later_but_not_into_the_end_and_not_twice) {
  const auto facts = referral(3, 21, "Grace Hopper", "Staff Engineer", ReferralState::asked, day("2026-02-02"));
  for (const auto text : words<StageKind>()) {
    const auto to = *from_word<StageKind>(text);
    const bool warns = text != "lead" && text != "referral" && text != "closed";
    BOOST_TEST(guards_of_move(application(7, "Staff Engineer"), to, {facts}).size() == (warns ? 1u : 0u), text);
    BOOST_TEST(guards_of_move(application(7, "Staff Engineer", StageKind::applied), to, {facts}).empty(), text);
  }
}

BOOST_AUTO_TEST_CASE(a_referral_of_another_application_or_company_does_not_count) {
  auto facts = referral(3, 21, "Grace Hopper", "Staff Engineer", ReferralState::asked, day("2026-02-02"));
  facts.referral.application = Id<Application>{8};
  BOOST_TEST(guards_of_move(application(7, "Staff Engineer"), StageKind::applied, {facts}).empty());
  facts.referral.application = Id<Application>{7};
  expect(guards_of_move(application(7, "Staff Engineer"), StageKind::applied, {facts}), {waits});
  facts.referral.application.reset();
  facts.referral.company = Id<Company>{2};
  BOOST_TEST(guards_of_move(application(7, "Staff Engineer"), StageKind::applied, {facts}).empty());
}

BOOST_AUTO_TEST_CASE(another_address_than_that_of_the_referral_gets_a_warning) {
  auto facts = referral(3, 21, "Grace Hopper", "Staff Engineer", ReferralState::submitted, day("2026-02-02"));
  facts.referral.address = "me@post.example";
  auto moving = application(7, "Staff Engineer");
  moving.application.address = "work@post.example";
  expect(guards_of_move(moving, StageKind::applied, {facts}),
         {"same address: referral 3 with Grace Hopper uses me@post.example, and application 7 uses work@post.example"});
  BOOST_TEST(guards_of_move(moving, StageKind::referral, {facts}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(opening)

BOOST_AUTO_TEST_CASE(a_rejection_counts_for_the_waiting_time) {
  auto other = application(5, "Compiler Engineer");
  other.application.outcome = Outcome::rejected;
  other.rejected_on = day("2025-09-04");  // 179 days before
  expect(guards_of_opening(application(7, "Staff Engineer"), {other}, {}, today, {}),
         {"been here before: application 5 (Compiler Engineer at Northwind) was rejected on Thu 4 Sep 2025, and the "
          "waiting time of 180 days ends on Tue 3 Mar 2026"});
  BOOST_TEST(guards_of_opening(application(7, "Staff Engineer"), {other}, {}, plus_days(today, 1), {}).empty());
}

BOOST_AUTO_TEST_CASE(an_open_application_at_the_company_is_named) {
  expect(guards_of_opening(application(7, "Staff Engineer"), {application(5, "Compiler Engineer")}, {}, today, {}),
         {"been here before: application 5 (Compiler Engineer at Northwind) is open"});
  auto ended = application(5, "Compiler Engineer");
  ended.application.outcome = Outcome::withdrawn;
  BOOST_TEST(guards_of_opening(application(7, "Staff Engineer"), {ended}, {}, today, {}).empty());
}

BOOST_AUTO_TEST_CASE(two_agencies_collide) {
  auto mine = application(7, "Staff Engineer");
  mine.contacts = {agency(12), agency(12)};
  BOOST_TEST(guards_of_opening(mine, {}, {}, today, {}).empty());
  mine.contacts.push_back(agency(15));
  expect(guards_of_opening(mine, {}, {}, today, {}),
         {"recruiter collision: contact 12 as an agency and contact 15 as an agency stand for the same opening"});
}

BOOST_AUTO_TEST_CASE(an_agency_and_a_referral_collide_over_one_opening) {
  auto mine = application(7, "Staff Engineer");
  mine.contacts = {agency(12)};
  const auto live = referral(3, 21, "Grace Hopper", "staff engineer", ReferralState::agreed);
  expect(
      guards_of_opening(mine, {}, {live}, today, {}),
      {"recruiter collision: contact 12 as an agency and referral 3 with Grace Hopper for staff engineer at Northwind "
       "stand for the same opening"});
  BOOST_TEST(guards_of_opening(application(7, "Staff Engineer"), {}, {live}, today, {}).empty());
  const auto other_role = referral(3, 21, "Grace Hopper", "Compiler Engineer", ReferralState::agreed);
  BOOST_TEST(guards_of_opening(mine, {}, {other_role}, today, {}).empty());
  const auto idea = referral(3, 21, "Grace Hopper", "Staff Engineer", ReferralState::idea);
  BOOST_TEST(guards_of_opening(mine, {}, {idea}, today, {}).empty());
}

BOOST_AUTO_TEST_CASE(an_agency_of_the_open_application_for_the_same_role_counts_too) {
  auto mine = application(7, "Staff Engineer");
  mine.contacts = {agency(12)};
  auto other = application(5, "Staff Engineer");
  other.contacts = {agency(15)};
  const auto found = guards_of_opening(mine, {other}, {}, today, {});
  BOOST_TEST(found.size() == 2u);
  BOOST_TEST(found.back().reason == "contact 12 as an agency and contact 15 as an agency stand for the same opening");
}

BOOST_AUTO_TEST_SUITE_END()
