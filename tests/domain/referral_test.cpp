#include "crm/domain/referral.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>

using namespace ties;
using enum ReferralState;

namespace {

std::string in_words(const std::vector<ReferralState>& states) {
  std::string text;
  for (const auto state : states) text += (text.empty() ? "" : " ") + std::string(word(state));
  return text;
}

struct Row {
  ReferralState state;
  bool open;
  bool open_ask;
  bool handed_in;
  const char* next;
};

const std::vector<Row> table{
    {idea, true, false, false,
     "to_approach asked agreed sent_materials submitted confirmed credited withdrawn role_closed expired blocked"},
    {to_approach, true, false, false,
     "asked agreed sent_materials submitted confirmed credited withdrawn role_closed expired blocked"},
    {asked, true, true, false,
     "agreed sent_materials submitted confirmed credited needs_more introduced declined no_answer withdrawn "
     "role_closed "
     "expired blocked"},
    {needs_more, true, true, false,
     "sent_materials agreed submitted confirmed credited introduced declined no_answer withdrawn role_closed expired "
     "blocked"},
    {introduced, false, false, false, ""},
    {agreed, true, true, false,
     "sent_materials submitted confirmed credited needs_more introduced declined no_answer withdrawn role_closed "
     "expired "
     "blocked"},
    {sent_materials, true, true, false,
     "submitted confirmed credited needs_more introduced declined no_answer withdrawn role_closed expired blocked"},
    {submitted, true, false, true, "confirmed credited withdrawn role_closed expired blocked"},
    {confirmed, true, false, true, "credited withdrawn role_closed expired blocked"},
    {credited, false, false, true, ""},
    {declined, false, false, false, ""},
    {no_answer, false, false, false, "agreed needs_more introduced declined submitted"},
    {withdrawn, false, false, false, ""},
    {role_closed, false, false, false, ""},
    {expired, false, false, false, "asked agreed sent_materials submitted"},
    {blocked, false, false, false, ""},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(referral_states)

BOOST_AUTO_TEST_CASE(every_state_says_whether_it_is_open_and_what_may_follow) {
  BOOST_TEST(table.size() == words<ReferralState>().size());
  for (const auto& row : table) {
    BOOST_TEST_CONTEXT(word(row.state)) {
      BOOST_TEST(is_open(row.state) == row.open);
      BOOST_TEST(is_open_ask(row.state) == row.open_ask);
      BOOST_TEST(is_handed_in(row.state) == row.handed_in);
      BOOST_TEST(in_words(next_states(row.state)) == row.next);
    }
  }
}

BOOST_AUTO_TEST_CASE(no_state_follows_itself_or_another_one_twice) {
  for (const auto& row : table) {
    const auto next = next_states(row.state);
    BOOST_TEST(std::set(next.begin(), next.end()).size() == next.size());
    BOOST_TEST((std::find(next.begin(), next.end(), row.state) == next.end()));
  }
}

BOOST_AUTO_TEST_CASE(any_open_state_may_end_early) {
  for (const auto& row : table) {
    if (!is_open(row.state)) continue;
    const auto next = next_states(row.state);
    for (const auto end : {withdrawn, role_closed, expired, blocked}) {
      BOOST_TEST((std::find(next.begin(), next.end(), end) != next.end()), word(row.state) << " → " << word(end));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
