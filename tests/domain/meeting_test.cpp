#include <boost/test/unit_test.hpp>

#include "crm/domain/meeting.h"

using namespace ties;

BOOST_AUTO_TEST_SUITE(meetings)

BOOST_AUTO_TEST_CASE(the_kind_of_a_meeting_is_told_by_its_words_and_place) {
  struct Case {
    const char *title, *place, *kind;
  };
  for (const auto& [title, place, kind] : {Case{"Coffee with Ada", "", "coffee"}, Case{"Kaffee mit Ada", "https://meet.example", "coffee"},
                                           Case{"Catch-up", "https://meet.example/abc", "video"}, Case{"Intro call", "https://meet.example", "video"},
                                           Case{"Intro call", "+47 22 00 00 00", "call"}, Case{"Lunch", "Harbour", "met"}, Case{"", "", "met"},
                                           Case{"Recall planning", "", "met"}}) {
    BOOST_TEST(word(kind_of_meeting(title, place)) == kind, "of " << title);
  }
}

BOOST_AUTO_TEST_CASE(a_round_is_told_by_its_words_in_several_languages_and_never_by_parts_of_words) {
  struct Case {
    const char *title, *round;
  };
  for (const auto& [title, round] : {Case{"Recruiter call: Northwind", "recruiter call"}, Case{"Phone Screen - Staff Engineer", "phone screen"},
                                     Case{"Northwind / Nils: System Design", "system design interview"}, Case{"Vorstellungsgespräch bei Fabrikam", "interview"},
                                     Case{"Entretien d'embauche", "interview"}, Case{"On-site interview", "onsite"}, Case{"Team lunch", ""},
                                     Case{"Interviewing skills course", ""}, Case{"", ""}}) {
    BOOST_TEST(round_in(title) == round, "of " << title);
  }
}

BOOST_AUTO_TEST_CASE(a_meeting_belongs_to_the_application_that_it_names_or_whose_people_are_in_it) {
  const Date march = *date_from_text("2026-03-01"), april = *date_from_text("2026-04-01");
  const auto candidate = [](std::int64_t id, const char* title, const char* company, Date opened, bool interviewer, bool colleague) {
    return RoundCandidate{Id<Application>{id}, title, company, opened, interviewer, colleague};
  };
  const auto meant = [](std::string_view title, const std::vector<RoundCandidate>& candidates) {
    const auto application = application_of_round(title, candidates);
    return application ? application->value : 0;
  };
  BOOST_TEST(meant("Interview with Northwind", {candidate(1, "Engineer", "Fabrikam", march, false, false), candidate(2, "Engineer", "Northwind GmbH", march, false, false)}) == 2);
  BOOST_TEST(meant("Interview", {candidate(1, "Engineer", "Northwind", march, false, false)}) == 0);
  BOOST_TEST(meant("Interview", {candidate(1, "Engineer", "Northwind", march, false, true)}) == 1);
  BOOST_TEST(meant("Lunch with the Northwind team", {candidate(1, "Engineer", "Northwind", march, false, true)}) == 0);
  BOOST_TEST(meant("Catch-up", {candidate(1, "Engineer", "Northwind", march, true, false)}) == 1);
  BOOST_TEST(meant("Northwind interview", {candidate(1, "Engineer", "Northwind", march, false, false), candidate(2, "Engineer", "Northwind", april, false, false)}) == 2);
  BOOST_TEST(meant("Northwind interview, Poet", {candidate(1, "Poet", "Northwind", march, false, false), candidate(2, "Engineer", "Northwind", april, false, false)}) == 1);
  BOOST_TEST(meant("Northwind interview", {}) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
