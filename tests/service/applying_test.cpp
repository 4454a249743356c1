#include <boost/test/unit_test.hpp>

#include "crm/service/applying.h"
#include "reports/render/render.h"
#include "tests/world.h"

using namespace ties;
using importers::Batch;
using importers::FoundMeeting;
using importers::FoundNotice;
using importers::PersonKey;

namespace {

PersonKey at(const std::string& email, const std::string& name = "") {
  PersonKey key;
  key.email = email, key.name = name;
  return key;
}

/// A user who knows Ada, works towards Northwind, and reads calendars and mail.
struct Reading : World {
  Reading() {
    run("init", {{"name", {"Nils Holm"}}});
    run("contact edit", {{"contact", {"me"}}, {"email", {"nils@holm.example"}}});
    run("contact add", {{"name", {"Ada Lovelace"}}, {"email", {"ada@northwind.example"}}, {"company", {"Northwind"}}});
  }

  ImportResult apply(Batch batch) {
    batch.source = "test";
    batch.files.emplace_back().file = "calendar.ics";
    Doing doing(crm);
    auto result = ties::apply(crm, std::move(batch));
    doing.done("imported");
    return result;
  }

  ImportResult meeting(const std::string& title, const char* when, std::vector<PersonKey> with, bool called_off = false, const char* place = "") {
    Batch batch;
    FoundMeeting meeting;
    meeting.source_key = "ical:" + title;
    meeting.title = title, meeting.when = *moment_from_text(when), meeting.with = std::move(with), meeting.called_off = called_off, meeting.place = place;
    batch.meetings.push_back(meeting);
    return apply(std::move(batch));
  }

  ImportResult notice(SuggestionKind what, const std::string& role, const std::string& referrer = "") {
    Batch batch;
    FoundNotice notice;
    notice.what = what, notice.role = role, notice.referrer = referrer, notice.company = "Northwind";
    notice.source_key = std::string("mail:") + std::string(word(what)), notice.on = *date_from_text("2026-03-02"), notice.evidence = "a subject, from no-reply@jobs.example";
    batch.notices.push_back(notice);
    return apply(std::move(batch));
  }

  std::string skipped(const ImportResult& result) {
    std::string text;
    for (const auto& [why, times] : result.batch.files.at(0).skipped_why) text += std::to_string(times) + " " + why;
    return text;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(bringing_in, Reading)

BOOST_AUTO_TEST_CASE(a_past_meeting_with_a_known_person_is_an_interaction_once) {
  BOOST_TEST(meeting("Coffee with Ada", "2026-03-01T10:00:00Z", {at("ada@northwind.example"), at("grace@fabrikam.example", "Grace Hopper")}).counts.at(0).created == 1);
  const auto again = meeting("Coffee with Ada", "2026-03-01T10:00:00Z", {at("ada@northwind.example")});
  BOOST_TEST(again.counts.at(0).unchanged == 1);
  const auto interactions = store.all<Interaction>();
  BOOST_TEST_REQUIRE(interactions.size() == 1U);
  BOOST_TEST(word(interactions[0].kind) == "coffee");
  BOOST_TEST(to_text(interactions[0].when) == "2026-03-01T11:00:00[Europe/Oslo]");
  BOOST_TEST_REQUIRE(store.people_of(interactions[0].id).size() == 1U);
  BOOST_TEST(store.people_of(interactions[0].id)[0].display == "Ada Lovelace");
}

BOOST_AUTO_TEST_CASE(a_meeting_with_nobody_known_is_left_out_counted_and_its_people_named) {
  const auto result = meeting("Sync", "2026-03-01T10:00:00Z", {at("grace@fabrikam.example", "Grace Hopper"), at("nils@holm.example")});
  BOOST_TEST(store.count<Interaction>() == 0);
  BOOST_TEST(skipped(result) == "1 with nobody you know");
  BOOST_TEST_REQUIRE(result.strangers.size() == 1U);
  BOOST_TEST(result.strangers.begin()->first == "grace@fabrikam.example");
  BOOST_TEST(result.strangers.begin()->second.name == "Grace Hopper");
}

BOOST_AUTO_TEST_CASE(a_name_alone_does_not_make_an_unknown_address_a_known_person) {
  meeting("Sync", "2026-03-01T10:00:00Z", {at("ada@elsewhere.example", "Ada Lovelace")});
  BOOST_TEST(store.count<Interaction>() == 0);
}

BOOST_AUTO_TEST_CASE(a_meeting_to_come_is_a_task_that_moves_ends_and_becomes_an_interaction) {
  meeting("Walk with Ada", "2026-03-10T10:00:00Z", {at("ada@northwind.example")}, false, "the harbour");
  const auto task = [&] { return store.all<Task>().at(0); };
  BOOST_TEST(task().text == "Walk with Ada, 11:00, the harbour");
  BOOST_TEST(to_text(*task().due) == "2026-03-10");
  meeting("Walk with Ada", "2026-03-12T10:00:00Z", {at("ada@northwind.example")}, false, "the harbour");
  BOOST_TEST(to_text(*task().due) == "2026-03-12");
  day("2026-03-13");
  meeting("Walk with Ada", "2026-03-12T10:00:00Z", {at("ada@northwind.example")}, false, "the harbour");
  BOOST_TEST(word(task().state) == "done");
  BOOST_TEST(store.count<Interaction>() == 1);
  BOOST_TEST(store.count<Task>() == 1);
}

BOOST_AUTO_TEST_CASE(a_meeting_that_is_called_off_ends_its_task_and_makes_none) {
  meeting("Walk with Ada", "2026-03-10T10:00:00Z", {at("ada@northwind.example")});
  meeting("Walk with Ada", "2026-03-10T10:00:00Z", {at("ada@northwind.example")}, true);
  BOOST_TEST(word(store.all<Task>().at(0).state) == "skipped");
  BOOST_TEST(skipped(meeting("Lunch", "2026-03-11", {at("ada@northwind.example")}, true)) == "1 called off");
  BOOST_TEST(store.count<Task>() == 1);
}

BOOST_AUTO_TEST_CASE(an_interview_to_come_is_a_round_of_the_application_at_the_company) {
  run("application add", {{"title", {"Staff Engineer"}}, {"company", {"Northwind"}}});
  meeting("Coding interview", "2026-03-10T10:00:00Z", {at("ada@northwind.example")}, false, "https://meet.example/x");
  const auto round = [&] { return store.all<Interview>().at(0); };
  BOOST_TEST(round().kind == "coding interview");
  BOOST_TEST(round().place == "https://meet.example/x");
  BOOST_TEST(store.people_of(round().id).at(0).display == "Ada Lovelace");
  day("2026-03-11");
  meeting("Coding interview", "2026-03-10T10:00:00Z", {at("ada@northwind.example")});
  BOOST_TEST(word(round().outcome) == "done");
  BOOST_TEST(store.count<Interview>() == 1);
  BOOST_TEST(store.count<Interaction>() == 0);
}

BOOST_AUTO_TEST_CASE(what_the_user_said_of_a_round_stays) {
  run("application add", {{"title", {"Staff Engineer"}}, {"company", {"Northwind"}}});
  meeting("Northwind interview", "2026-03-10T10:00:00Z", {});
  run("interview done", {{"interview", {"1"}}, {"outcome", {"passed"}}});
  meeting("Northwind interview", "2026-03-10T10:00:00Z", {}, true);
  BOOST_TEST(word(store.all<Interview>().at(0).outcome) == "passed");
}

BOOST_AUTO_TEST_CASE(a_mail_that_tells_of_a_referral_is_a_suggestion_that_steps_it_on_when_accepted) {
  run("referral add", {{"referrer", {"Ada Lovelace"}}, {"company", {"Northwind"}}, {"role", {"Staff Engineer"}}, {"state", {"agreed"}}}, true);
  notice(SuggestionKind::referred, "Staff Engineer", "Ada Lovelace");
  BOOST_TEST(word(store.all<Referral>().at(0).state) == "agreed");
  BOOST_TEST(run("suggestion list").data.at(0)["says"] == "Ada Lovelace referred you to Staff Engineer at Northwind");
  const auto before = dump();
  const auto answer = run("suggestion accept", {{"suggestion", {"1"}}});
  BOOST_TEST(answer.said == "referral 1 with Ada Lovelace is submitted");
  BOOST_TEST(word(store.all<Referral>().at(0).state) == "submitted");
  BOOST_TEST(to_text(store.steps(Id<Referral>{1}).back().on) == "2026-03-02");
  run("undo");
  BOOST_TEST(dump() == before);
}

BOOST_AUTO_TEST_CASE(a_suggestion_is_made_once_and_only_when_it_would_change_something) {
  run("referral add", {{"referrer", {"Ada Lovelace"}}, {"company", {"Northwind"}}, {"state", {"submitted"}}}, true);
  notice(SuggestionKind::referred, "Staff Engineer", "Ada Lovelace");
  BOOST_TEST(store.count<Suggestion>() == 0);
  notice(SuggestionKind::received, "Staff Engineer");
  notice(SuggestionKind::received, "Staff Engineer");
  BOOST_TEST(store.count<Suggestion>() == 1);
  run("suggestion dismiss", {{"suggestion", {"1"}}});
  BOOST_TEST(run("suggestion list").data.empty());
  notice(SuggestionKind::received, "Staff Engineer");
  BOOST_TEST(run("suggestion list").data.empty());
}

BOOST_AUTO_TEST_CASE(what_was_applied_for_without_ties_knowing_is_added_when_accepted) {
  notice(SuggestionKind::received, "Staff Engineer");
  run("suggestion accept", {{"suggestion", {"1"}}});
  const auto application = store.all<Application>().at(0);
  BOOST_TEST(application.title == "Staff Engineer");
  BOOST_TEST(word(store.get(application.stage).kind) == "applied");
  BOOST_CHECK_THROW(run("suggestion accept", {{"suggestion", {"1"}}}), Conflict);
}

BOOST_AUTO_TEST_CASE(an_open_suggestion_is_a_follow_up) {
  notice(SuggestionKind::received, "Staff Engineer");
  const auto items = followups(store.follow_up_facts(crm.clock.today()), crm.clock.today(), {});
  BOOST_TEST_REQUIRE(items.size() == 1U);
  BOOST_TEST(items[0].what == "is it so? your application to Staff Engineer at Northwind was received");
  BOOST_TEST(items[0].settle == "ties suggestion accept 1");
}

BOOST_AUTO_TEST_CASE(a_suggestion_that_came_true_by_other_ways_is_no_follow_up) {
  run("application add", {{"title", {"Staff Engineer"}}, {"company", {"Northwind"}}});
  notice(SuggestionKind::received, "Staff Engineer");
  run("application move", {{"application", {"1"}}, {"stage", {"applied"}}});
  BOOST_TEST(store.follow_up_facts(crm.clock.today()).suggestions.empty());
}

BOOST_AUTO_TEST_CASE(a_batch_in_parts_gives_the_same_file_as_a_batch_in_one) {
  const auto people = [](int from, int to) {
    Batch batch;
    batch.source = "test";
    batch.files.emplace_back().file = "people.csv";
    for (int i = from; i < to; ++i) {
      importers::Person person;
      person.contact.display = "Person " + std::to_string(i);
      person.uid = std::to_string(i);
      person.jobs.push_back({"Northwind", "Engineer", "", ""});
      if (i == 0) person.introduced_by = "Person 9";
      batch.people.push_back(person);
    }
    return batch;
  };
  const auto before = dump();
  std::string whole;
  {
    Doing doing(crm);
    ties::apply(crm, people(0, 10));
    doing.done("imported");
    whole = dump();
  }
  run("undo");
  BOOST_TEST(dump() == before);
  Reading parted;
  Doing doing(parted.crm);
  Applying applying(parted.crm, &doing.change());
  auto first = people(0, 4), second = people(4, 9);
  applying.take(first);
  BOOST_TEST(first.records() == 0U);
  applying.take(second);
  const auto result = applying.finish(people(9, 10));
  doing.done("imported");
  BOOST_TEST(result.counts.at(0).created == 10);
  BOOST_TEST(parted.dump() == whole);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(what_is_said_of_a_table_once, World)

namespace {

struct Table {
  explicit Table(const std::string& text) : path(std::filesystem::temp_directory_path() / "ties-applying-test.csv") { std::ofstream(path) << text; }
  ~Table() { std::filesystem::remove(path); }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;
  std::vector<std::string> paths() const { return {path.string()}; }

  std::filesystem::path path;
};

}  // namespace

BOOST_AUTO_TEST_CASE(a_mapping_is_remembered_for_the_next_table_with_the_same_header) {
  const Table first("Wer,Wo,Post\nAda Lovelace,Northwind,ada@northwind.example\n");
  run("import", {{"paths", first.paths()}, {"map", {"Wer=display", "Wo=company", "Post=email"}}});
  BOOST_TEST(store.all<Contact>().at(0).display == "Ada Lovelace");
  const Table second("Wer,Wo,Post\nGrace Hopper,Fabrikam,grace@fabrikam.example\n");
  run("import", {{"paths", second.paths()}});
  BOOST_TEST(store.all<Contact>().at(1).display == "Grace Hopper");
  BOOST_TEST(store.current_employment(Id<Contact>{2})->company == "Fabrikam");
  const auto explained = run("import", {{"paths", second.paths()}, {"explain", {""}}});
  BOOST_TEST(reports::text(*explained.document).find("as you said before") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(strangers_in_a_calendar_are_named_with_how_they_become_contacts) {
  run("contact add", {{"name", {"Grace Hopper"}}});
  const Table calendar(
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260301T100000Z\r\nSUMMARY:Sync\r\n"
      "ATTENDEE;CN=Grace Hopper:mailto:grace@fabrikam.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
  const auto answer = run("import", {{"paths", calendar.paths()}});
  const std::vector<std::string> expected{"1 person is no contact of yours: Grace Hopper (grace@fabrikam.example); --new-people brings in those you dealt with",
                                          "is Grace Hopper your contact? Then say so: ties contact edit 1 --email 'grace@fabrikam.example'"};
  BOOST_TEST(answer.remarks == expected, boost::test_tools::per_element());
  run("contact edit", {{"contact", {"1"}}, {"email", {"grace@fabrikam.example"}}});
  run("import", {{"paths", calendar.paths()}});
  BOOST_TEST(store.all<Interaction>().at(0).text == "Sync");
}

BOOST_AUTO_TEST_CASE(what_strangers_wrote_stands_in_quotes_in_the_commands_that_are_shown) {
  const Table tracker("Company,Role,Status,Date Applied\nNorthwind,Poet,it's $(reboot),2026-03-01\n");
  const auto remarks = run("import", {{"paths", tracker.paths()}}).remarks;
  BOOST_TEST_REQUIRE(remarks.size() == 1U);
  BOOST_TEST(remarks[0].ends_with("say where it belongs with --stage 'it'\\''s $(reboot)=STAGE'"));
}

BOOST_AUTO_TEST_CASE(a_word_for_a_stage_that_nothing_is_like_is_listed_and_can_be_said_once_and_for_all) {
  const Table tracker("Company,Role,Status,Date Applied\nNorthwind,Poet,Vibing,2026-03-01\nFabrikam,Poet,Vibing,2026-03-02\n");
  const auto guessed = run("import", {{"paths", tracker.paths()}});
  BOOST_TEST_REQUIRE(guessed.remarks.size() == 1U);
  BOOST_TEST(guessed.remarks[0] == "'Vibing' is no stage that is known: 2 applications stand in Applied; say where it belongs with --stage 'Vibing=STAGE'");
  run("undo");
  const auto said = run("import", {{"paths", tracker.paths()}, {"stage", {"Vibing=recruiter-screen"}}});
  BOOST_TEST(said.remarks.empty());
  BOOST_TEST(word(store.get(store.all<Application>().at(0).stage).kind) == "screen");
  const Table later("Company,Role,Status,Date Applied\nAdatum,Poet,vibing,2026-03-03\n");
  BOOST_TEST(run("import", {{"paths", later.paths()}}).remarks.empty());
  BOOST_TEST(word(store.get(store.all<Application>().back().stage).kind) == "screen");
}

BOOST_AUTO_TEST_SUITE_END()
