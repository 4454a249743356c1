#include "crm/domain/draft.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>

#include "crm/domain/errors.h"

using namespace ties;

namespace {

MessageTemplate message(std::string subject, std::string text) {
  MessageTemplate made;
  made.subject = std::move(subject), made.text = std::move(text);
  return made;
}

std::string filled_with(std::string_view text, const Fillings& fillings) {
  return filled(message("", std::string(text)), fillings).text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(drafts)

BOOST_AUTO_TEST_CASE(every_placeholder_is_filled_by_what_stands_for_it_and_has_a_meaning_and_an_example) {
  std::set<std::string_view> names;
  for (const auto& one : placeholders()) {
    BOOST_TEST_CONTEXT(one.name) {
      BOOST_TEST(names.insert(one.name).second);
      BOOST_TEST(!one.means.empty());
      const Fillings fillings{{std::string(one.name), {std::string(one.example), ""}}};
      const auto place = "{" + std::string(one.name) + "}";
      const auto draft = filled(message(place, "<" + place + ">"), fillings);
      BOOST_TEST(draft.subject == one.example);
      BOOST_TEST(draft.text == "<" + std::string(one.example) + ">");
      BOOST_TEST(draft.gaps.empty());
      BOOST_CHECK_NO_THROW(check_placeholders("text", place));
    }
  }
}

BOOST_AUTO_TEST_CASE(what_nothing_is_known_of_stays_visible_and_is_told_once) {
  const auto draft =
      filled(message("At {event}", "Hi {first_name}, at {event} you said: {their_promise}."),
             {{"first_name", {"Ada", ""}}, {"their_promise", {"", "2 are open, say which with --task"}}});
  BOOST_TEST(draft.subject == "At {event}");
  BOOST_TEST(draft.text == "Hi Ada, at {event} you said: {their_promise}.");
  const std::vector<Gap> gaps{
      {"event", "{event}: nothing is known; write it yourself"},
      {"their_promise", "{their_promise}: 2 are open, say which with --task; write it yourself"}};
  BOOST_TEST((draft.gaps == gaps));
}

BOOST_AUTO_TEST_CASE(what_strangers_wrote_is_never_filled_again_and_loses_what_cannot_be_seen) {
  const Fillings fillings{{"first_name", {"{my_name} {work_link}", ""}},
                          {"my_name", {"Signe", ""}},
                          {"work_link", {"https://me.example", ""}}};
  BOOST_TEST(filled_with("Hi {first_name}", fillings) == "Hi {my_name} {work_link}");
  const std::pair<const char*, const char*> cases[] = {
      {"A\xE2\x80\x8B"
       "da",
       "Ada"},  // a zero-width space
      {"\xE2\x80\xAE"
       "Ada",
       "Ada"},                                                // written from the right from here on
      {"Ada\x1b[2J\x07", "Ada[2J"},                           // what a terminal acts on
      {"Ada\nBcc: all@x.example", "Ada Bcc: all@x.example"},  // a second line
      {"A{first_name}a", "A{first_name}a"},                   // itself
      {"<b>Ada</b>", "<b>Ada</b>"},                           // no markup here: it is text
      {"   ", "{first_name}"}};                               // nothing at all
  for (const auto& [written, becomes] : cases) {
    BOOST_TEST(filled_with("{first_name}", {{"first_name", {written, ""}}}) == becomes);
  }
}

BOOST_AUTO_TEST_CASE(braces_around_anything_but_a_word_are_text) {
  for (const auto* text : {"{", "}", "{}", "{ event }", "{event", "{{", "a { b } c", "{1}", "{first name}"}) {
    BOOST_TEST(filled_with(text, {}) == text);
    BOOST_CHECK_NO_THROW(check_placeholders("text", text));
  }
  BOOST_TEST(filled_with("{{event}}", {{"event", {"LoopConf", ""}}}) == "{LoopConf}");
}

BOOST_AUTO_TEST_CASE(an_unknown_placeholder_is_refused_with_the_nearest) {
  BOOST_CHECK_EXCEPTION(check_placeholders("subject", "At {evnt}"), Wrong, [](const Wrong& error) {
    return error.field == "subject" && error.what() == std::string(
                                                           "subject: there is no placeholder '{evnt}'; did you mean "
                                                           "'event'?; `ties template placeholders` lists them");
  });
  BOOST_CHECK_EXCEPTION(check_placeholders("text", "{First_Name}"), Wrong, [](const Wrong& error) {
    return std::string(error.what()).find("'first_name'") != std::string::npos;
  });
}

BOOST_AUTO_TEST_CASE(a_template_is_built_in_for_every_kind_and_names_only_what_there_is) {
  const auto& all = built_in_templates();
  BOOST_TEST(all.size() == words<DraftKind>().size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    BOOST_TEST((all[i].kind == static_cast<DraftKind>(i)));
    BOOST_TEST(!all[i].name.empty());
    BOOST_TEST(all[i].language == "en");
    BOOST_CHECK_NO_THROW(check_placeholders("subject", all[i].subject));
    BOOST_CHECK_NO_THROW(check_placeholders("text", all[i].text));
  }
}

BOOST_AUTO_TEST_CASE(one_that_the_user_changed_takes_the_place_of_the_built_in_and_own_ones_follow_by_name) {
  auto thanks = message("Tusen takk", "Hei {first_name}");
  thanks.id = {7}, thanks.key = "thanks", thanks.name = "Takk", thanks.kind = DraftKind::thanks;
  auto zebra = message("", "z"), own = message("", "a");
  zebra.id = {8}, zebra.key = "zebra", zebra.name = "Zebra";
  own.id = {9}, own.key = "own", own.name = "Åpent";
  const auto all = templates_of({zebra, thanks, own});
  BOOST_TEST(all.size() == built_in_templates().size() + 2);
  const auto place = static_cast<std::size_t>(DraftKind::thanks);
  BOOST_TEST((all[place] == thanks));
  BOOST_TEST(all[place + 1].key == "outcome");
  BOOST_TEST(all[all.size() - 2].key == "own");
  BOOST_TEST(all.back().key == "zebra");
}

BOOST_AUTO_TEST_SUITE_END()
