#include "reports/brief.h"

#include "reports/brief_parts.h"
#include "tests/reports/golden.h"
#include "tests/reports/samples.h"

namespace ties::reports {
namespace {

Interaction talk(std::int64_t id, InteractionKind kind, Date on, Direction direction, std::string text) {
  Interaction made;
  made.id = {id}, made.kind = kind, made.when.day = on, made.direction = direction, made.text = std::move(text);
  return made;
}

OpenMatter open(std::int64_t id, std::string text, OwedBy owed_by, std::optional<Date> due, std::string with = "") {
  OpenMatter made;
  made.task.id = {id}, made.task.text = std::move(text), made.task.owed_by = owed_by, made.task.due = due;
  made.with = std::move(with);
  return made;
}

Favour favour(std::int64_t id, FavourDirection direction, std::string text, Date on) {
  Favour made;
  made.id = {id}, made.direction = direction, made.text = std::move(text), made.on = on;
  return made;
}

KnownWork work() {
  KnownWork made;
  made.contribution.id = {17}, made.contribution.title = "Fix the register allocator";
  made.contribution.link = "https://code.example/17", made.contribution.closed_on = day(2026, 1, 20);
  made.how = "reviewed";
  return made;
}

/// With contents that are no friends: markup, a formula, a line end, another script.
PersonBrief ada() {
  PersonBrief person;
  person.contact.id = {7}, person.contact.display = "Ada Winterbourne", person.contact.pronouns = "she/her";
  person.contact.location = "Oslo, Norway", person.contact.met_on = day(2025, 10, 3), person.contact.cadence_days = 30;
  person.contact.notes = "- works on <b>register allocation</b>\n- two cats\n=1+1";
  person.also = {"Ада Винтерборн"}, person.circles = {"close (every 30 days)", "compilers"};
  person.job = "Staff Engineer at Quillmark, since 2021-04", person.before = {"Engineer at Lanternfield, 2017 to 2021"};
  person.email = "ada@quillmark.example", person.met_event = "LoopConf 25", person.met_through = "王小明";
  person.tie = tie(62, "good", day(2026, 3, 2), {{"last in touch on Mon 2 Mar 2026 (message)", "interaction 31"}});
  person.ready.verdict = Readiness::Verdict::warm_up_first;
  person.ready.reasons = {{"works there, as far as is known", ""}};
  person.ready.missing = {"answer their question of Mon 2 Mar 2026"};
  person.talks = {
      {talk(31, InteractionKind::message, day(2026, 3, 2), Direction::in, "Can you\nsend the slides?"), ""},
      {talk(12, InteractionKind::met, day(2025, 10, 3), Direction::none, "her poster on spilling"), "LoopConf 25"}};
  person.open = {open(3, "send the slides", OwedBy::me, day(2026, 3, 9)),
                 open(4, "ask her manager", OwedBy::them, std::nullopt)};
  person.works = {work()};
  person.shared = {{{9}, "王小明", "introduced us"}, {{11}, "Łucja Żmijewicz", "met at LoopConf 25 too"}};
  person.favours = {favour(5, FavourDirection::received, "read my CV", day(2026, 1, 5)),
                    favour(2, FavourDirection::received, "a ticket", day(2025, 9, 1)),
                    favour(1, FavourDirection::given, "reviewed her draft", day(2025, 8, 1))};
  person.moves = {{day(2026, 2, 1), "Engineer at Lanternfield", "Staff Engineer at Quillmark"}};
  person.matters = {{"referral 3", "Compiler Engineer at Quillmark", "asked", "refers me", day(2026, 3, 2)}};
  return person;
}

CompanyBrief at_quillmark() {
  CompanyBrief brief;
  brief.company = quillmark();
  brief.company.target = true, brief.company.notes = "hires in spring";
  brief.also = {"quillmark.example"};
  brief.ways = some_paths();
  brief.applications = {{"application 7", "Compiler Engineer", "in Applied", "Ada Winterbourne", day(2026, 2, 18)}};
  brief.referrals = {{"referral 3", "Compiler Engineer", "asked", "Ada Winterbourne", day(2026, 3, 2)}};
  brief.works = {work()};
  brief.works.front().how = "reviewed by Ada Winterbourne";
  brief.open = {open(3, "send the slides", OwedBy::me, day(2026, 3, 9), "Ada Winterbourne")};
  return brief;
}

Interview round(std::int64_t id, std::string kind, Date on, InterviewOutcome outcome, std::string notes) {
  Interview made;
  made.id = {id}, made.application = {7}, made.kind = std::move(kind), made.when.day = on, made.outcome = outcome;
  made.when.time = std::chrono::hours(10), made.when.zone = "Europe/Oslo", made.notes = std::move(notes);
  return made;
}

ApplicationStep step(Date on, std::string stage, std::string note, std::string overridden = "") {
  ApplicationStep made;
  made.on = on, made.stage_name = std::move(stage), made.note = std::move(note),
  made.overridden = std::move(overridden);
  return made;
}

ApplicationBrief compiler_engineer() {
  ApplicationBrief brief;
  auto& it = brief.application;
  it.id = {7}, it.title = "Compiler Engineer", it.deadline = day(2026, 3, 8), it.priority = 3, it.team = "Back end";
  it.source = ApplicationSource::referral, it.pay_advertised = "900,000 NOK",
  it.notes = "* Who reviews?\nremote is fine";
  brief.company = "Quillmark", brief.pipeline = "Referral", brief.stage = "Applied",
  brief.next_stage = "Recruiter screen";
  brief.in_stage_since = day(2026, 2, 18);
  brief.steps = {step(day(2026, 2, 1), "Lead", ""),
                 step(day(2026, 2, 18), "Applied", "they answer within a week", "refer before applying")};
  brief.people = {{{7}, "Ada Winterbourne", "referrer", "Staff Engineer at Quillmark", ada().tie}};
  brief.referrals = {{"referral 3", "Compiler Engineer at Quillmark", "asked", "Ada Winterbourne", day(2026, 3, 2)}};
  brief.warnings = {{"refer before applying", "referral 3 with Ada Winterbourne is not handed in yet"}};
  brief.rounds = {{round(4, "coding", day(2026, 3, 12), InterviewOutcome::planned, ""), {"Ada Winterbourne"}}};
  brief.checklist = {{"read the posting again", true}, {"choose two projects to tell of", false}};
  brief.open = {open(8, "update the CV", OwedBy::me, day(2026, 3, 11))};
  ties::Document cv;
  cv.id = {1}, cv.kind = "cv", cv.title = "CV, short", cv.location = "https://cv.example/cv.pdf",
  cv.added_on = day(2026, 2, 17);
  brief.documents = {cv};
  return brief;
}

InterviewBrief coding_round() {
  InterviewBrief brief;
  brief.interview = round(4, "coding", day(2026, 3, 12), InterviewOutcome::planned, "");
  brief.interview.minutes = 60, brief.interview.place = "https://call.example/x";
  brief.interview.preparation = "warm up with two graphs\n- Which language may I choose?";
  brief.here = "Thu 12 Mar 2026 09:00 Europe/London";
  brief.title = "Compiler Engineer at Quillmark", brief.stage = "Applied", brief.notes = "Who reviews?";
  brief.interviewers = {ada()};
  brief.checklist = {{"choose two projects to tell of", false}};
  brief.earlier = {{round(2, "recruiter call", day(2026, 3, 3), InterviewOutcome::passed,
                          "they like graphs\nHow large is the team?"),
                    {"Bo Halvorsen"}}};
  brief.people = {{{12}, "Bo Halvorsen", "recruiter", "Recruiter at Quillmark", tie(10, "faint", std::nullopt, {})}};
  brief.thanks = {{"Ada Winterbourne", "this round, within a day of it"},
                  {"Bo Halvorsen", "recruiter call on Tue 3 Mar 2026"}};
  return brief;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_briefs)

BOOST_AUTO_TEST_CASE(every_brief_reads_in_every_format_as_its_golden_file) {
  const std::vector<std::pair<std::string, Document>> documents{
      {"brief-contact", contact_brief(ada(), today())},
      {"brief-company", company_brief(at_quillmark(), today())},
      {"brief-application", application_brief(compiler_engineer(), today())},
      {"brief-interview", interview_brief(coding_round(), today())}};
  for (const auto& [name, document] : documents) check_every_format(name, document);
}

BOOST_AUTO_TEST_CASE(of_nothing_known_say_what_to_do_and_divide_by_nothing) {
  PersonBrief nobody;
  nobody.contact.display = "Bo";
  const auto person = text(contact_brief(nobody, today()));
  BOOST_TEST(person.find("where they work is not known; no tie yet; never in touch") != std::string::npos, person);
  BOOST_TEST(person.find("nothing is known: ask what they work on, and what would help") != std::string::npos);
  CompanyBrief company;
  company.company.name = "Acme";
  BOOST_TEST(
      text(company_brief(company, today())).find("nobody yet; let them see your work, and meet them at events") !=
      std::string::npos);
  ApplicationBrief application;
  application.application.title = "Engineer", application.stage = "Lead", application.in_stage_since = today();
  BOOST_TEST(application_brief(application, today()).finding == "in Lead for 0 days");
  InterviewBrief interview;
  interview.interview.when.day = today();
  BOOST_TEST(interview_brief(interview, today()).finding == "Tue 10 Mar 2026, today; interviewers not known");
}

BOOST_AUTO_TEST_CASE(say_that_they_hold_others_personal_data_and_when_private_notes_are_among_it) {
  auto person = ada();
  const auto mark = [&] { return std::get<Text>(contact_brief(person, today()).blocks.front()).text; };
  BOOST_TEST(mark() == "Personal data of others: for your eyes; do not leave it lying about.");
  person.talks.back().interaction.confidential = true;
  BOOST_TEST(mark() == "Personal data of others, private notes among it: for your eyes; do not leave it lying about.");
  person = ada(), person.contact.private_note = "shy";
  BOOST_TEST(mark().find("private notes among it") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_i_could_do_for_them_begins_with_what_i_owe) {
  const std::vector<std::string> offers{
      "keep my word: send the slides (overdue, Mon 9 Mar 2026)", "answer their question of Mon 2 Mar 2026",
      "return their help: read my CV, on Mon 5 Jan 2026", "congratulate on the new job: Staff Engineer at Quillmark"};
  BOOST_TEST(favours_to_offer(ada(), today()) == offers);
  auto person = ada();
  person.talks.front().interaction.direction = Direction::out, person.open.clear(), person.favours.clear();
  person.moves.front().on = day(2025, 12, 1);
  BOOST_TEST(favours_to_offer(person, today()).empty());
}

BOOST_AUTO_TEST_CASE(a_long_history_is_cut_to_a_page_and_that_is_said) {
  auto person = ada();
  for (int i = 0; i < 40; ++i) {
    person.talks.push_back(person.talks.back());
    person.shared.push_back({{100 + i}, "Somebody", "met at LoopConf 25 too"});
  }
  const auto document = contact_brief(person, today());
  BOOST_TEST(std::get<Text>(document.blocks.back()).text ==
             "not on this page: 36 earlier talks, 36 more people whom both know; `ties contact show 7` has them");
}

BOOST_AUTO_TEST_CASE(questions_are_the_lines_that_ask_each_once_and_without_bullets) {
  const std::vector<std::string> found{"Who reviews?", "How large is the team?", "何人ですか？"};
  BOOST_TEST(questions_in({"* Who reviews?\nremote is fine", "  - How large is the team?\nWho reviews?", "何人ですか？",
                           ""}) == found);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ties::reports
