#include <boost/test/unit_test.hpp>

#include "crm/domain/contact.h"
#include "crm/domain/errors.h"

using namespace ties;
using Condition = ContactQuery::Condition;
using What = Condition::What;

namespace {

Condition condition(What what, std::string value, bool negated = false, bool longer = false, int days = 0) {
  return {what, std::move(value), negated, longer, days};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(contact_query_text)

BOOST_AUTO_TEST_CASE(each_part_is_a_condition_in_the_order_written) {
  const struct {
    std::string text;
    std::vector<Condition> conditions;
  } cases[] = {
      {"", {}},
      {"  \t ", {}},
      {"compilers", {condition(What::word, "compilers")}},
      {"-compilers", {condition(What::word, "compilers", true)}},
      {"\"two words\" one", {condition(What::word, "two words"), condition(What::word, "one")}},
      {"tag:alumni -tag:recruiter", {condition(What::tag, "alumni"), condition(What::tag, "recruiter", true)}},
      {"company:\"Acme Labs\"", {condition(What::company, "Acme Labs")}},
      {"event:SkerryConf26 source:linkedin", {condition(What::event, "SkerryConf26"), condition(What::source, "linkedin")}},
      {"last:>90d", {condition(What::last, ">90d", false, true, 90)}},
      {"last:<2w", {condition(What::last, "<2w", false, false, 14)}},
      {"last:>3m", {condition(What::last, ">3m", false, true, 90)}},
      {"last:>1y", {condition(What::last, ">1y", false, true, 365)}},
      {"last:never", {condition(What::last, "never", false, false, -1)}},
      {"has:email -has:phone is:starred", {condition(What::has, "email"), condition(What::has, "phone", true), condition(What::is, "starred")}},
  };
  for (const auto& [text, conditions] : cases) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST((contact_query(text).conditions == conditions)); }
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_understood_is_named_with_the_nearest_right_word) {
  const struct {
    const char* text;
    const char* said;
  } cases[] = {
      {"tagg:alumni", "'tagg:' is no key of a query; did you mean 'tag'?; there are tag, company, event, source, last, has, is, id"},
      {"tag:", "tag: give a value behind the colon"},
      {"has:emial", "has: 'emial' is none of email, phone, linkedin, github, note, cadence, company; did you mean 'email'?"},
      {"is:star", "is: 'star' is none of starred, archived, deleted; did you mean 'starred'?"},
      {"last:90d", "last: '90d' is not understood; write last:>90d, last:<2w or last:never"},
      {"last:>d", "last: '>d' is not understood; write last:>90d, last:<2w or last:never"},
      {"last:>90x", "last: '>90x' is not understood; write last:>90d, last:<2w or last:never"},
  };
  for (const auto& [text, said] : cases) {
    BOOST_TEST_CONTEXT(text) {
      try {
        contact_query(text);
        BOOST_ERROR("it was understood");
      } catch (const Wrong& error) {
        BOOST_TEST(error.what() == std::string(said));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(numbers_are_bounded) {
  BOOST_TEST(contact_query("last:>99999y").conditions.at(0).days == 1'000'000);
  BOOST_CHECK_THROW(contact_query("last:>999999999999d"), Wrong);
}

BOOST_AUTO_TEST_CASE(people_are_named_by_their_numbers_and_what_is_no_number_is_refused) {
  BOOST_TEST((contact_query("id:3,7").conditions.at(0).ids == std::vector<std::int64_t>{3, 7}));
  BOOST_TEST((contact_query("-id:12").conditions.at(0).ids == std::vector<std::int64_t>{12}));
  for (const auto* query : {"id:3,", "id:,3", "id:x", "id:-1", "id:1234567890123456", "id:1;drop"}) {
    BOOST_CHECK_THROW(contact_query(query), Wrong);
  }
}

BOOST_AUTO_TEST_SUITE_END()
