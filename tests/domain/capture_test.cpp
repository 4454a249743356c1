#include "crm/domain/capture.h"

#include <boost/test/unit_test.hpp>
#include <random>

using namespace ties;

namespace {

const Date today = *date_from_text("2026-03-04");  // a Wednesday

/// "verb<met> person<Ada Lovelace = @\"Ada Lovelace\">": each chip with its value, and the bytes under it when they
/// differ.
std::string in_words(const Captured& captured, std::string_view line) {
  std::string text;
  for (const auto& chip : captured.chips) {
    const auto under = line.substr(chip.begin, chip.end - chip.begin);
    text += (text.empty() ? "" : " ") + std::string(word(chip.what)) + "<" + chip.value;
    if (under != chip.value) text += " = " + std::string(under);
    text += ">";
  }
  return text;
}

struct Row {
  const char* line;
  const char* chips;
  const char* note;
};

void expect(const std::vector<Row>& rows) {
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.line) {
      const auto captured = capture(row.line, today);
      BOOST_TEST(in_words(captured, row.line) == row.chips);
      BOOST_TEST(captured.note == row.note);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(quick_capture)

BOOST_AUTO_TEST_CASE(the_three_lines_of_the_guide) {
  expect({
      {"met @Ada at #PyCon26, works on compilers, follow up in 2 weeks",
       "verb<met> person<Ada = @Ada> event<PyCon26 = at #PyCon26> follow_up<2026-03-18 = follow up in 2 weeks>",
       "works on compilers"},
      {"applied Staff Engineer +Acme via @Grace >Applied -- posting says 2 rounds",
       "verb<applied> role<Staff Engineer> company<Acme = +Acme> through<Grace = via @Grace> stage<Applied = >Applied>",
       "posting says 2 rounds"},
      {"helped @Linus #review -- read his CV", "verb<helped> person<Linus = @Linus> tag<review = #review>",
       "read his CV"},
  });
}

BOOST_AUTO_TEST_CASE(the_fields_hold_what_the_chips_say) {
  const auto met =
      capture("met @Ada and @new:Bo Lind at #PyCon26 yesterday, works on compilers, ping next tuesday", today);
  BOOST_TEST((met.verb == CaptureVerb::met));
  BOOST_TEST((met.people == std::vector<Captured::Person>{{"Ada", false}, {"Bo Lind", true}}));
  BOOST_TEST(met.event == "PyCon26");
  BOOST_TEST(met.words.empty());
  BOOST_TEST(to_text(met.when.value()) == "2026-03-03");
  BOOST_TEST(to_text(met.follow_up.value()) == "2026-03-10");
  BOOST_TEST(met.note == "works on compilers");

  const auto applied =
      capture("applied Staff Engineer +\"Acme Labs\" via @\"Grace Hopper\" >\"Recruiter screen\" $120k", today);
  BOOST_TEST((applied.verb == CaptureVerb::applied));
  BOOST_TEST(applied.people.empty());
  BOOST_TEST((applied.through == Captured::Person{"Grace Hopper", false}));
  BOOST_TEST(applied.company == "Acme Labs");
  BOOST_TEST(applied.stage == "Recruiter screen");
  BOOST_TEST(applied.role == "Staff Engineer");
  BOOST_TEST(applied.money == "$120k");
  BOOST_TEST(applied.note.empty());
  BOOST_TEST(!applied.when);
  BOOST_TEST(!applied.follow_up);
}

BOOST_AUTO_TEST_CASE(every_opening_word_means_one_verb) {
  struct Said {
    const char* words;
    CaptureVerb verb;
  };
  using enum CaptureVerb;
  const std::vector<Said> said{{"met", met},
                               {"Met with", met},
                               {"talked to", met},
                               {"spoke with", met},
                               {"ran into", met},
                               {"called", called},
                               {"call", called},
                               {"phoned", called},
                               {"had a call with", called},
                               {"emailed", emailed},
                               {"wrote to", emailed},
                               {"mailed", emailed},
                               {"messaged", messaged},
                               {"DM'd", messaged},
                               {"dm’d", messaged},
                               {"chatted with", messaged},
                               {"texted", messaged},
                               {"pinged", messaged},
                               {"coffee", coffee},
                               {"coffee with", coffee},
                               {"had coffee with", coffee},
                               {"interviewed", interviewed},
                               {"interviewed with", interviewed},
                               {"applied", applied},
                               {"applied to", applied},
                               {"referred", referred},
                               {"asked", asked},
                               {"thanked", thanked},
                               {"helped", helped},
                               {"intro", intro},
                               {"introduced to", intro},
                               {"note", note}};
  for (const auto& [words, verb] : said) {
    const auto line = "  " + std::string(words) + " @Ada";
    const auto captured = capture(line, today);
    BOOST_TEST_CONTEXT(line) {
      BOOST_TEST((captured.verb == verb));
      BOOST_TEST(in_words(captured, line).starts_with("verb<" + std::string(word(verb))));
      BOOST_TEST(captured.chips.front().begin == 2u);
      BOOST_TEST(captured.chips.front().end == 2u + std::string_view(words).size());
      BOOST_TEST(captured.note.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_verb_is_a_whole_word_at_the_beginning) {
  expect({{"metal band with @Ada", "person<Ada = @Ada>", "metal band with"},
          {"yesterday I called @Ada", "when<2026-03-03 = yesterday> person<Ada = @Ada>", "I called"},
          {"@Ada works on compilers", "person<Ada = @Ada>", "works on compilers"},
          {"callback for @Ada", "person<Ada = @Ada>", "callback for"},
          {"", "", ""},
          {"   ", "", ""}});
}

BOOST_AUTO_TEST_CASE(people_are_marked_by_an_at_sign) {
  expect({
      {"met @Ada, @Bo and @\"Grace Hopper\".",
       "verb<met> person<Ada = @Ada> person<Bo = @Bo> "
       "person<Grace Hopper = @\"Grace Hopper\">",
       ""},
      {"met @Ada Lovelace", "verb<met> person<Ada = @Ada>", "Lovelace"},
      {"met @new:Ada Lovelace, works on compilers", "verb<met> person<Ada Lovelace = @new:Ada Lovelace>",
       "works on compilers"},
      {"met @new:Ada K. Lovelace at the talk", "verb<met> person<Ada K. Lovelace = @new:Ada K. Lovelace>",
       "at the talk"},
      {"met @new:Ada Lovelace. Works on compilers", "verb<met> person<Ada Lovelace = @new:Ada Lovelace>",
       "Works on compilers"},
      {"met @new:\"Ludwig van Berg\"", "verb<met> person<Ludwig van Berg = @new:\"Ludwig van Berg\">", ""},
      {"met @“Ada Lovelace”", "verb<met> person<Ada Lovelace = @“Ada Lovelace”>", ""},
      {"met @Zoë and @王小明 and @new:Łukasz Żak",
       "verb<met> person<Zoë = @Zoë> person<王小明 = @王小明> "
       "person<Łukasz Żak = @new:Łukasz Żak>",
       ""},
      {"saw @Ada's talk", "verb<met = saw> person<Ada = @Ada's>", "talk"},
      {"met @O'Hara.", "verb<met> person<O'Hara = @O'Hara>", ""},
      {"met @Ada (with @Bo)", "verb<met> person<Ada = @Ada> person<Bo = @Bo>", "(with )"},
      {"met @Ada, again @Ada", "verb<met> person<Ada = @Ada> person<Ada = @Ada>", "again"},
  });
  BOOST_TEST(capture("met @Ada, again @Ada", today).people.size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_a_mark_stays_note) {
  expect({
      {"write to ada@acme.example", "", "write to ada@acme.example"},
      {"knows C++ and 1+1 = 2", "", "knows C++ and 1+1 = 2"},
      {"their #1 worry, call +49 30 1234567", "", "their #1 worry, call +49 30 1234567"},
      {"a @ b # c + d > e ! f", "", "a @ b # c + d > e ! f"},
      {"speed >90 %", "", "speed >90 %"},
      {"a -> b", "", "a -> b"},
      {"@\"Ada", "", "@\"Ada"},
      {"@\"\" +\"\" #", "", "@\"\" +\"\" #"},
      {"great talk!", "", "great talk!"},
      {"@new: someone", "", "@new: someone"},
  });
}

BOOST_AUTO_TEST_CASE(companies_events_tags_and_stages_have_their_marks) {
  expect({
      {"met @Ada at +Acme", "verb<met> person<Ada = @Ada> company<Acme = at +Acme>", ""},
      {"met @Ada at +\"Acme Labs\", nice", "verb<met> person<Ada = @Ada> company<Acme Labs = at +\"Acme Labs\">",
       "nice"},
      {"+AT&T is hiring", "company<AT&T = +AT&T>", "is hiring"},
      {"+Überwerk.", "company<Überwerk = +Überwerk>", ""},
      {"met @Ada #alumni #compilers", "verb<met> person<Ada = @Ada> tag<alumni = #alumni> tag<compilers = #compilers>",
       ""},
      {"met @Ada at #\"Northwind Days\"", "verb<met> person<Ada = @Ada> event<Northwind Days = at #\"Northwind Days\">",
       ""},
      {"met @Ada At  #PyCon26", "verb<met> person<Ada = @Ada> event<PyCon26 = At  #PyCon26>", ""},
      {"+Acme >Offer", "company<Acme = +Acme> stage<Offer = >Offer>", ""},
      {"+Acme >\"Team lead\", soon", "company<Acme = +Acme> stage<Team lead = >\"Team lead\">", "soon"},
  });
  BOOST_TEST(
      (capture("met @Ada #alumni #compilers #alumni", today).words == std::vector<std::string>{"alumni", "compilers"}));
  BOOST_TEST(capture("+Acme and +Fjord", today).company == "Acme");
}

BOOST_AUTO_TEST_CASE(who_it_went_through) {
  expect({
      {"intro @Ada via @Grace", "verb<intro> person<Ada = @Ada> through<Grace = via @Grace>", ""},
      {"introduced to @Ada by @Grace", "verb<intro = introduced to> person<Ada = @Ada> through<Grace = by @Grace>", ""},
      {"referred by @Grace to +Acme", "verb<referred> through<Grace = by @Grace> company<Acme = +Acme>", ""},
      {"applied Engineer +Acme, referred by @\"Grace Hopper\"",
       "verb<applied> role<Engineer> company<Acme = +Acme> through<Grace Hopper = referred by @\"Grace Hopper\">", ""},
      {"met @Ada via @new:Grace Hopper", "verb<met> person<Ada = @Ada> through<Grace Hopper = via @new:Grace Hopper>",
       ""},
      {"stand by @Ada", "person<Ada = @Ada>", "stand by"},
  });
  BOOST_TEST((capture("met @Ada via @new:Bo", today).through == Captured::Person{"Bo", true}));
}

BOOST_AUTO_TEST_CASE(a_role_stands_between_applied_and_the_company) {
  expect({
      {"applied Staff Engineer +Acme", "verb<applied> role<Staff Engineer> company<Acme = +Acme>", ""},
      {"applied for Staff Engineer, Compilers at +Acme",
       "verb<applied = applied for> role<Staff Engineer, Compilers> company<Acme = at +Acme>", ""},
      {"applied to +Acme", "verb<applied = applied to> company<Acme = +Acme>", ""},
      {"applied to +Acme as Staff Engineer, two rounds",
       "verb<applied = applied to> company<Acme = +Acme> role<Staff Engineer>", "two rounds"},
      {"applied yesterday for Engineer +Acme",
       "verb<applied> when<2026-03-03 = yesterday> role<Engineer> company<Acme = +Acme>", ""},
      {"applied Engineer via @Grace", "verb<applied> role<Engineer> through<Grace = via @Grace>", ""},
      {"applied Engineer, see the posting", "verb<applied> role<Engineer>", "see the posting"},
      {"applied C++ Engineer +Acme", "verb<applied> role<C++ Engineer> company<Acme = +Acme>", ""},
      {"applied Ingénieur système +Acme", "verb<applied> role<Ingénieur système> company<Acme = +Acme>", ""},
      {"met Staff Engineer +Acme", "verb<met> company<Acme = +Acme>", "Staff Engineer"},
  });
}

BOOST_AUTO_TEST_CASE(the_day_that_it_happened) {
  expect({
      {"met @Ada yesterday", "verb<met> person<Ada = @Ada> when<2026-03-03 = yesterday>", ""},
      {"met @Ada today, nice", "verb<met> person<Ada = @Ada> when<2026-03-04 = today>", "nice"},
      {"met @Ada on friday", "verb<met> person<Ada = @Ada> when<2026-02-27 = on friday>", ""},
      {"met @Ada on 20 February, tall", "verb<met> person<Ada = @Ada> when<2026-02-20 = on 20 February>", "tall"},
      {"met @Ada 3 days ago", "verb<met> person<Ada = @Ada> when<2026-03-01 = 3 days ago>", ""},
      {"met @Ada last night", "verb<met> person<Ada = @Ada> when<2026-03-03 = last night>", ""},
      {"met @Ada last monday.", "verb<met> person<Ada = @Ada> when<2026-02-23 = last monday>", ""},
      {"met @Ada !2026-03-02", "verb<met> person<Ada = @Ada> when<2026-03-02 = !2026-03-02>", ""},
      {"met @Ada !friday, tall", "verb<met> person<Ada = @Ada> when<2026-02-27 = !friday>", "tall"},
      {"met @Ada !soon", "verb<met> person<Ada = @Ada>", "!soon"},
      {"met @Ada, works on friday things", "verb<met> person<Ada = @Ada> when<2026-02-27 = on friday>", "works things"},
      {"met @Ada, she will call on friday", "verb<met> person<Ada = @Ada>", "she will call on friday"},
      {"met @Ada, promised the slides by friday", "verb<met> person<Ada = @Ada>", "promised the slides by friday"},
      {"met @Ada friday", "verb<met> person<Ada = @Ada>", "friday"},
      {"met @Ada tomorrow", "verb<met> person<Ada = @Ada>", "tomorrow"},
      {"on yesterday and on friday", "when<2026-03-03 = on yesterday>", "on friday"},
  });
}

BOOST_AUTO_TEST_CASE(the_day_to_follow_up) {
  expect({
      {"met @Ada, follow up in 2 weeks", "verb<met> person<Ada = @Ada> follow_up<2026-03-18 = follow up in 2 weeks>",
       ""},
      {"ping next tuesday", "follow_up<2026-03-10 = ping next tuesday>", ""},
      {"remind me 10 March", "follow_up<2026-03-10 = remind me 10 March>", ""},
      {"Remind me on friday.", "follow_up<2026-03-06 = Remind me on friday>", ""},
      {"follow-up tomorrow: paper", "follow_up<2026-03-05 = follow-up tomorrow>", "paper"},
      {"ping her in 3 days about the talk", "follow_up<2026-03-07 = ping her in 3 days>", "about the talk"},
      {"follow up next week", "follow_up<2026-03-11 = follow up next week>", ""},
      {"ping 2w", "follow_up<2026-03-18 = ping 2w>", ""},
      {"ping @Ada next tuesday", "follow_up<2026-03-10 = ping> person<Ada = @Ada> follow_up<2026-03-10 = next tuesday>",
       ""},
      {"follow up with @Ada in 2 weeks",
       "follow_up<2026-03-18 = follow up> person<Ada = @Ada> follow_up<2026-03-18 = in 2 weeks>", ""},
      {"remind me to send the paper on friday", "follow_up<2026-03-06 = remind me> follow_up<2026-03-06 = on friday>",
       "to send the paper"},
      {"ping someday", "", "ping someday"},
      {"shipping tomorrow", "", "shipping tomorrow"},
  });
}

BOOST_AUTO_TEST_CASE(a_follow_up_on_a_day_off_moves_when_there_is_a_calendar) {
  const WorkingDays calendar{{false, true, true, true, true, true, false}, {*date_from_text("2026-03-09")}};
  BOOST_TEST(to_text(capture("ping in 3 days", today).follow_up.value()) == "2026-03-07");
  const auto moved = capture("ping in 3 days", today, &calendar);
  BOOST_TEST(to_text(moved.follow_up.value()) == "2026-03-10");
  BOOST_TEST(moved.chips.front().value == "2026-03-10");
  BOOST_TEST(to_text(capture("ping tomorrow", today, &calendar).follow_up.value()) == "2026-03-05");
}

BOOST_AUTO_TEST_CASE(money_is_kept_as_written) {
  expect({
      {"+Acme offers € 90,000 a year", "company<Acme = +Acme> money<€ 90,000>", "offers a year"},
      {"+Acme $120k, remote", "company<Acme = +Acme> money<$120k>", "remote"},
      {"asked for 90k EUR", "verb<asked> money<90k EUR>", ""},
      {"EUR 90.000 base", "money<EUR 90.000>", "base"},
      {"120.000 € base", "money<120.000 €>", "base"},
      {"90 people, $ nothing, 12 euros", "", "90 people, $ nothing, 12 euros"},
  });
}

BOOST_AUTO_TEST_CASE(everything_behind_two_dashes_is_note) {
  expect({
      {"met @Ada -- knows @Grace at +Acme, ping tomorrow", "verb<met> person<Ada = @Ada>",
       "knows @Grace at +Acme, ping tomorrow"},
      {"met @Ada, tall -- really", "verb<met> person<Ada = @Ada>", "tall; really"},
      {"met @Ada --", "verb<met> person<Ada = @Ada>", ""},
      {"met @Ada a--b", "verb<met> person<Ada = @Ada>", "a--b"},
  });
}

BOOST_AUTO_TEST_CASE(the_separators_of_a_note_are_tidied) {
  expect({
      {"met @Ada ,, works on compilers ,  follow up tomorrow , likes tea",
       "verb<met> person<Ada = @Ada> follow_up<2026-03-05 = follow up tomorrow>", "works on compilers, likes tea"},
      {"called @Ada: about the talk -", "verb<called> person<Ada = @Ada>", "about the talk"},
      {"met @Ada and talked about +Acme today",
       "verb<met> person<Ada = @Ada> company<Acme = +Acme> when<2026-03-04 = today>", "talked about"},
      {"asked @Ada about the C++ job", "verb<asked> person<Ada = @Ada>", "about the C++ job"},
  });
}

BOOST_AUTO_TEST_CASE(chips_never_overlap_and_lie_within_the_line_whatever_it_holds) {
  const std::vector<std::string> parts{"met",       "applied", "@Ada", "@new:Bo Li", "@\"Ada L",   "+Acme",
                                       "+\"A",      "at",      "#x1",  ">",          ">Offer",     "!friday",
                                       "on friday", "ping",    "with", "follow up",  "in 2 weeks", "$5",
                                       "€",         "--",      ",",    ".",          "\xff",       "“",
                                       "”",         "’s",      "via",  "by",         "(",          "remind me to",
                                       "she will",  " ",       "as"};
  std::mt19937 random(7);
  std::size_t chips = 0;
  for (int i = 0; i < 4'000; ++i) {
    std::string line;
    for (auto count = random() % 14; count > 0; --count) {
      line += parts[random() % parts.size()];
      if (random() % 4 != 0) line += ' ';
    }
    std::size_t end = 0;
    for (const auto& chip : capture(line, today).chips) {
      BOOST_REQUIRE_GE(chip.begin, end);
      BOOST_REQUIRE_GT(chip.end, chip.begin);
      BOOST_REQUIRE_LE(chip.end, line.size());
      end = chip.end;
      ++chips;
    }
  }
  BOOST_TEST(chips > 4'000u);
}

BOOST_AUTO_TEST_CASE(a_line_of_any_length_is_read_in_no_time) {
  for (const std::string part :
       {"@\"", ",a", "ping with ", "on friday she will ", "@new:A ", "((((", "€ 1", "!", "’", " "}) {
    std::string line;
    while (line.size() < 100'000) line += part;
    BOOST_TEST(capture(line, today).chips.size() < line.size());
  }
}

BOOST_AUTO_TEST_CASE(verbs_log_their_kind_of_interaction) {
  using enum CaptureVerb;
  const std::vector<std::pair<CaptureVerb, std::optional<InteractionKind>>> rows{
      {note, {}},
      {met, InteractionKind::met},
      {called, InteractionKind::call},
      {emailed, InteractionKind::email},
      {messaged, InteractionKind::message},
      {coffee, InteractionKind::coffee},
      {interviewed, InteractionKind::met},
      {applied, {}},
      {referred, {}},
      {asked, InteractionKind::message},
      {thanked, InteractionKind::message},
      {helped, InteractionKind::chat},
      {intro, InteractionKind::introduction}};
  BOOST_TEST(rows.size() == words<CaptureVerb>().size());
  for (const auto& [verb, kind] : rows) BOOST_TEST((interaction_kind(verb) == kind), word(verb));
}

BOOST_AUTO_TEST_SUITE_END()
