#include <boost/test/unit_test.hpp>

#include "crm/domain/capture.h"

using namespace ties;

namespace {

const Date today = *date_from_text("2026-03-04");  // a Wednesday

/// "me: send the paper (2026-03-06)"
std::vector<std::string> in_words(const std::vector<Promise>& promises) {
  std::vector<std::string> result;
  for (const auto& promise : promises) {
    const auto due = promise.due ? " (" + to_text(*promise.due) + ")" : std::string();
    result.push_back(std::string(word(promise.owed_by)) + ": " + promise.text + due);
  }
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(promises)

BOOST_AUTO_TEST_CASE(a_promise_says_who_owes_what_by_when) {
  struct Row {
    const char* note;
    std::vector<std::string> promises;
  };
  const std::vector<Row> rows{
      {"promised the slides by Friday", {"me: the slides (2026-03-06)"}},
      {"I'll send the paper next week", {"me: send the paper (2026-03-11)"}},
      {"she will introduce me by 3 March", {"them: introduce me (2027-03-03)"}},
      {"she will introduce me by 10 March", {"them: introduce me (2026-03-10)"}},
      {"I’ll send the paper tomorrow.", {"me: send the paper (2026-03-05)"}},
      {"I promised to review her draft", {"me: review her draft"}},
      {"I have promised her the link", {"me: the link"}},
      {"We will meet on Monday", {"me: meet (2026-03-09)"}},
      {"I'm going to write the tests in 2 weeks", {"me: write the tests (2026-03-18)"}},
      {"I owe her a review", {"me: a review"}},
      {"offered to read his CV", {"me: read his CV"}},
      {"He'll send the job description until Friday", {"them: send the job description (2026-03-06)"}},
      {"They promised me an answer by 2026-03-20", {"them: an answer (2026-03-20)"}},
      {"Grace offered to refer me", {"them: refer me"}},
      {"Ada Lovelace promised the benchmark data", {"them: the benchmark data"}},
      {"Grace'll ask her lead", {"them: ask her lead"}},
      {"@Ada will send the slides", {"them: send the slides"}},
      {"Zoë has promised the slides", {"them: the slides"}},
      {"Özlem will share the notes", {"them: share the notes"}},
      {"She owes me a coffee", {"them: a coffee"}},
      {"I was promised the recording", {"them: the recording"}},
      {"she liked it and promised a review", {"me: a review"}},
      {"She is going to ask around", {"them: ask around"}},
      {"By Friday I'll send the slides", {"me: send the slides (2026-03-06)"}},
      {"I'll send the slides, by Friday", {"me: send the slides (2026-03-06)"}},
  };
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.note) {
      BOOST_TEST(in_words(promises_in(row.note, today)) == row.promises, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(each_sentence_and_clause_has_its_own_promise) {
  BOOST_TEST(in_words(promises_in("Met at the poster. I'll send the paper by Friday, and she will introduce me to Bo "
                                  "Lind; promised him a link!\n- Ada promised the data next week.",
                                  today)) ==
                 (std::vector<std::string>{"me: send the paper (2026-03-06)", "them: introduce me to Bo Lind",
                                           "me: a link", "them: the data (2026-03-11)"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_no_promise_gives_none) {
  for (const auto note : {"",
                          "   ",
                          "works on compilers",
                          "Will she introduce me?",
                          "I'll do that, right?",
                          "I will not call again",
                          "she will never answer",
                          "the conference will open on Friday",
                          "she'll be in Bergen next week",
                          "compromised the server",
                          "a promising talk",
                          "I promised",
                          "promised by Friday",
                          "He was promised a raise",
                          "she won't promise",
                          "free will",
                          "the will of Ada",
                          "goodwill",
                          "going to the conference",
                          "where there's a will"}) {
    BOOST_TEST(promises_in(note, today).empty(), note);
  }
}

BOOST_AUTO_TEST_CASE(any_bytes_are_read_without_harm) {
  BOOST_TEST(promises_in(std::string(100'000, ' '), today).empty());
  BOOST_TEST(promises_in(std::string(100'000, '\''), today).empty());
  BOOST_TEST(promises_in(std::string("I'll\0\xff\xfe\xe2\x80", 9), today).size() <= 1u);
  std::string many;
  for (int i = 0; i < 5'000; ++i) many += "I'll on and I'll ";
  BOOST_TEST(promises_in(many, today).size() > 0u);
}

BOOST_AUTO_TEST_SUITE_END()
