#include <boost/test/unit_test.hpp>

#include "tests/world.h"

using namespace ties;

namespace {

/// "person known Ada Lund 1", a line for each chip.
std::string chips(const Json& data) {
  std::string text;
  for (const auto& chip : data["chips"]) {
    text += chip["what"].get<std::string>() + " " + chip["state"].get<std::string>() + " " +
            chip["label"].get<std::string>() + (chip["id"].is_null() ? "" : " " + chip["id"].dump()) + "\n";
  }
  return text;
}

struct Preview : World {
  Preview() {
    run("contact add", {{"name", {"Ada Lund"}}, {"company", {"Acme"}}});
    run("contact add", {{"name", {"Bo Wren"}}, {"company", {"Acme"}}});
    run("contact add", {{"name", {"Bo Haug"}}});
    run("event add", {{"name", {"LoopConf 26"}}});
  }
  Json preview(const char* line) { return run("log", {{"line", {line}}, {"preview", {"yes"}}}).data; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(capture_preview)

BOOST_FIXTURE_TEST_CASE(tells_what_each_part_of_the_line_stands_for_and_what_would_be_kept, Preview) {
  const auto before = dump();
  const auto data = preview("met @Ada and @new:\"Di Kim\" at #LoopConf26 #loops, works on tiles, follow up in 2 weeks");
  BOOST_TEST(chips(data) ==
             "verb known met\nperson known Ada Lund 1\nperson new Di Kim\nevent known LoopConf 26 1\ntag new "
             "loops\nfollow_up known Wed 18 Mar 2026\n");
  BOOST_TEST(
      data["would"].dump() ==
      R"(["logged: met Ada Lund, Di Kim at LoopConf 26 on Wed 4 Mar 2026","new person: Di Kim","new tag: loops","follow up on Wed 18 Mar 2026"])");
  BOOST_TEST(data["problem"].is_null());
  BOOST_TEST(data["interaction"].is_null());
  BOOST_TEST((dump() == before));
}

BOOST_FIXTURE_TEST_CASE(says_who_may_be_meant_and_who_is_unknown_in_place_of_failing, Preview) {
  const auto ambiguous = preview("called @Bo");
  BOOST_TEST(chips(ambiguous) == "verb known called\nperson ambiguous Bo\n");
  BOOST_TEST(ambiguous["chips"][1]["candidates"].dump() ==
             R"([{"id":3,"name":"Bo Haug","company":""},{"id":2,"name":"Bo Wren","company":"Acme"}])");
  BOOST_TEST(ambiguous["would"].empty());
  BOOST_TEST(ambiguous["problem"].get<std::string>().starts_with("'Bo' may be any of 2"));
  const auto missing = preview("called @Nobody");
  BOOST_TEST(chips(missing) == "verb known called\nperson missing Nobody\n");
  BOOST_TEST(!missing["problem"].is_null());
  BOOST_TEST(preview("slept well")["problem"].get<std::string>().starts_with("log: name a person"));
}

BOOST_FIXTURE_TEST_CASE(gives_places_in_bytes_and_in_units_of_pages, Preview) {
  const auto data = preview("met \U0001F980 Zoë @Ada");
  const auto& chip = data["chips"][1];
  BOOST_TEST(chip["text"] == "@Ada");
  BOOST_TEST(chip["begin"] == 14);
  BOOST_TEST(chip["end"] == 18);
  BOOST_TEST(chip["begin_utf16"] == 11);
  BOOST_TEST(chip["end_utf16"] == 15);
}

BOOST_FIXTURE_TEST_CASE(looks_the_same_as_the_answer_when_the_line_is_kept, Preview) {
  const auto tried = preview("applied Staff Engineer +Brill via @Ada >Applied");
  BOOST_TEST(chips(tried) ==
             "verb known applied\nrole known Staff Engineer\ncompany new Brill\nthrough known Ada Lund 1\nstage known "
             "Applied\n");
  const auto kept = run("log", {{"line", {"applied Staff Engineer +Brill via @Ada >Applied"}}}).data;
  BOOST_TEST((kept["chips"] == tried["chips"]));
  BOOST_TEST(kept["application"]["title"] == "Staff Engineer");
  std::string keys;
  for (const auto& [key, value] : kept.items()) keys += key + " ";
  BOOST_TEST(keys == "line verb note chips would problem interaction application referral ");
  BOOST_TEST(tried.size() == kept.size());
}

BOOST_FIXTURE_TEST_CASE(a_line_that_says_that_one_applied_is_guarded_and_prepared_as_the_command_is, Preview) {
  run("referral add", {{"referrer", {"Ada Lund"}}, {"company", {"Acme"}}, {"role", {"Engineer"}}, {"state", {"agreed"}}});
  const auto line = "applied Engineer +Acme";
  BOOST_TEST(preview(line)["would"].dump().find("warning, refer before applying: ") != std::string::npos);
  const auto before = dump();
  BOOST_CHECK_THROW(run("log", {{"line", {line}}}), Guarded);
  BOOST_TEST((dump() == before));
  const auto kept = run("log", {{"line", {line}}}, true);
  BOOST_TEST(kept.overridden.size() == 1u);
  BOOST_TEST(kept.data["application"]["history"][0]["overridden"] == "refer before applying");
}

BOOST_FIXTURE_TEST_CASE(whoever_referred_one_hands_the_open_referral_in_or_a_new_one, Preview) {
  run("referral add", {{"referrer", {"Ada Lund"}}, {"company", {"Acme"}}, {"role", {"Engineer"}}, {"state", {"agreed"}}});
  const auto known = run("log", {{"line", {"referred by @Ada to +Acme -- through the form"}}});
  BOOST_TEST(known.said == "referral 1 with Ada Lund at Acme is submitted");
  BOOST_TEST(known.data["referral"]["role"] == "Engineer");
  BOOST_TEST(known.data["referral"]["history"][1]["note"] == "through the form");
  BOOST_TEST(known.data["interaction"].is_null());
  const auto fresh = run("log", {{"line", {"referred by @\"Bo Wren\" to +Brill"}}});
  BOOST_TEST(fresh.said == "referral 2 with Bo Wren at Brill is submitted");
  run("undo");
  BOOST_TEST(run("referral list").data.size() == 1u);
  BOOST_TEST(preview("referred by @Ada")["problem"] == "log: say where: 'referred by @Grace to +Acme', 'asked @Grace for a referral at +Acme'");
}

BOOST_FIXTURE_TEST_CASE(an_ask_for_a_referral_is_warned_of_as_the_command_warns_and_another_question_is_a_message, Preview) {
  const auto line = "asked @Ada for a referral at +Acme";
  BOOST_TEST(preview(line)["would"].dump().find("warning, cold ask: ") != std::string::npos);
  BOOST_CHECK_THROW(run("log", {{"line", {line}}}), Guarded);
  const auto asked = run("log", {{"line", {line}}}, true).data;
  BOOST_TEST(asked["referral"]["state"] == "asked");
  BOOST_TEST(asked["referral"]["history"][0]["overridden"] == "cold ask");
  BOOST_TEST(run("log", {{"line", {"asked @Ada about her referee at +Acme"}}}).data["interaction"]["kind"] == "message");
}

BOOST_AUTO_TEST_SUITE_END()
