#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "crm/domain/template.h"
#include "tests/world.h"

using namespace ties;

namespace {

/// A search with one of everything that a message can speak of.
struct Search : World {
  Search() {
    run("init", {{"name", {"Signe Arvelund"}}});
    run("contact add", {{"name", {"Ada Winterbourne"}}, {"company", {"Quillmark"}}, {"title", {"Staff Engineer"}}});
    run("contact add", {{"name", {"Bo Halvorsen"}}});
    run("event add", {{"name", {"LoopConf"}}});
    run("contribution add", {{"title", {"Fix the allocator"}},
                             {"link", {"https://code.example/17"}},
                             {"company", {"Quillmark"}},
                             {"reviewed-by", {"ada"}}});
  }

  Json draft(const std::string& kind, const std::string& contact, Args::Raw more = {}) {
    more["kind"] = {kind}, more["contact"] = {contact};
    return run("draft", std::move(more)).data;
  }
  void met() {
    run("interaction add", {{"contact", {"ada"}},
                            {"kind", {"met"}},
                            {"on", {"2026-02-01"}},
                            {"event", {"LoopConf"}},
                            {"text", {"compilers"}}});
  }
  void asked() {
    run("referral add",
        {{"referrer", {"ada"}},
         {"company", {"Quillmark"}},
         {"role", {"Compiler Engineer"}},
         {"state", {"asked"}},
         {"on", {"2026-02-20"}}},
        true);
  }
};

std::vector<std::string> gaps_of(const Json& draft) {
  std::vector<std::string> names;
  for (const auto& gap : draft["gaps"]) names.push_back(gap["placeholder"]);
  return names;
}

using Texts = std::vector<std::string>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(messages, Search)

BOOST_AUTO_TEST_CASE(are_filled_from_the_records_and_say_how_to_note_that_they_were_sent) {
  met();
  const auto draft = this->draft("after_event", "ada");
  BOOST_TEST(draft["subject"] == "Good to meet you at LoopConf");
  BOOST_TEST(draft["text"].get<std::string>().starts_with("Hi Ada,\n\nit was good to meet you at LoopConf."));
  BOOST_TEST(draft["text"].get<std::string>().find("https://code.example/17") != std::string::npos);
  BOOST_TEST(draft["text"].get<std::string>().ends_with("\n\nSigne"));
  BOOST_TEST(draft["gaps"].empty(), draft["gaps"].dump());
  BOOST_TEST(draft["after"][0] == "ties log 'messaged @\"Ada Winterbourne\"'");
}

BOOST_AUTO_TEST_CASE(leave_a_gap_in_words_where_nothing_is_known_and_never_guess) {
  const auto draft = this->draft("after_event", "halvorsen");
  BOOST_TEST(draft["subject"] == "Good to meet you at {event}");
  BOOST_TEST(gaps_of(draft) == Texts{"event"});
  BOOST_TEST(draft["gaps"][0]["why"] == "{event}: nothing is known; write it yourself");
  BOOST_TEST(this->draft("after_event", "halvorsen", {{"event", {"LoopConf"}}})["subject"] ==
             "Good to meet you at LoopConf");
  run("task add", {{"text", {"send the slides"}}, {"contact", {"ada"}}});
  run("task add", {{"text", {"read the draft"}}, {"contact", {"ada"}}});
  const auto promise = this->draft("promise", "ada");
  BOOST_TEST(promise["gaps"][0]["why"] == "{promise}: 2 are open, say which with --task; write it yourself");
  const auto one = this->draft("promise", "ada", {{"task", {"2"}}});
  BOOST_TEST(one["text"].get<std::string>().find("as promised: read the draft") != std::string::npos);
  BOOST_TEST((one["after"] == Json::array({"ties log 'messaged @\"Ada Winterbourne\"'", "ties task done 2"})));
}

BOOST_AUTO_TEST_CASE(about_a_referral_know_its_role_its_company_and_how_it_ended) {
  met();
  run("application add", {{"title", {"Compiler Engineer"}}, {"company", {"Quillmark"}}}, true);
  asked();
  run("referral edit", {{"referral", {"1"}}, {"application", {"1"}}});
  const auto nudge = draft("nudge", "ada");
  BOOST_TEST(nudge["subject"] == "Compiler Engineer at Quillmark");
  BOOST_TEST(nudge["text"].get<std::string>().find("I asked you on 20 Feb 2026") != std::string::npos);
  BOOST_TEST(nudge["referral_id"] == 1);
  BOOST_TEST(draft("outcome", "ada")["gaps"][0]["why"] ==
             "{outcome}: the application is still open; write it yourself");
  run("application close", {{"application", {"1"}}, {"outcome", {"accepted"}}}, true);
  const auto outcome = draft("outcome", "ada");
  BOOST_TEST(outcome["text"].get<std::string>().find("they made an offer, and I accepted it.") != std::string::npos);
  BOOST_TEST(outcome["after"][1] == "ties referral thank 1 --told");
  run("referral add", {{"referrer", {"ada"}}, {"company", {"Quillmark"}}}, true);
  BOOST_TEST(gaps_of(draft("thanks", "ada")) == (Texts{"role", "company"}));
  BOOST_TEST(draft("thanks", "ada", {{"referral", {"1"}}})["gaps"].empty());
  BOOST_CHECK_EXCEPTION(draft("thanks", "halvorsen", {{"referral", {"1"}}}), Conflict, [](const Conflict& error) {
    return error.what() == std::string("referral 1 is by Ada Winterbourne, and not by Bo Halvorsen");
  });
}

BOOST_AUTO_TEST_CASE(that_ask_out_of_the_blue_warn_and_are_drafted_all_the_same) {
  const auto answer = run("draft", {{"kind", {"referral"}}, {"contact", {"halvorsen"}}, {"company", {"Quillmark"}}});
  BOOST_TEST(answer.data["warnings"][0]["guard"] == "cold ask");
  BOOST_TEST(answer.remarks.front().starts_with("warning, cold ask: Bo Halvorsen is not ready to be asked"));
  BOOST_TEST(!answer.data["text"].get<std::string>().empty());
  BOOST_TEST(draft("advice", "halvorsen")["warnings"][0]["guard"] == "cold ask");
  BOOST_TEST(draft("hello", "halvorsen")["warnings"].empty());
  met();
  asked();
  run("referral add", {{"referrer", {"ada"}}, {"role", {"Poet"}}, {"company", {"Quillmark"}}}, true);
  const auto second = draft("referral", "ada", {{"referral", {"2"}}});
  BOOST_TEST(second["warnings"][0]["guard"] == "ask load");
  BOOST_TEST(second["after"][1] == "ties referral step 2 asked");
}

BOOST_AUTO_TEST_CASE(change_nothing_in_the_file) {
  const auto before = dump();
  for (const auto kind : words<DraftKind>()) draft(std::string(kind), "ada");
  BOOST_TEST((dump() == before));
}

BOOST_AUTO_TEST_CASE(hold_nothing_private_whoever_drafts_them) {
  run("interaction add", {{"contact", {"ada"}},
                          {"kind", {"met"}},
                          {"on", {"2026-02-01"}},
                          {"event", {"LoopConf"}},
                          {"private", {"yes"}},
                          {"promise", {"the quokka paper"}}});
  BOOST_TEST(crm.sees_private);
  const auto promise = draft("promise", "ada");
  BOOST_TEST(gaps_of(promise) == Texts{"promise"});
  BOOST_TEST(gaps_of(draft("after_event", "ada")) == Texts{"event"});
  BOOST_TEST(store.tells_private());
}

BOOST_AUTO_TEST_CASE(take_another_template_of_their_kind_or_in_another_language_when_it_is_named) {
  run("template add",
      {{"name", {"Takk"}}, {"kind", {"thanks"}}, {"text", {"Hei {first_name}, takk!"}}, {"language", {"nb"}}});
  BOOST_TEST(draft("thanks", "ada")["template"] == "thanks");
  BOOST_TEST(draft("thanks", "ada", {{"language", {"nb"}}})["text"] == "Hei Ada, takk!");
  BOOST_TEST(draft("thanks", "ada", {{"template", {"takk"}}})["name"] == "Takk");
  BOOST_CHECK_THROW(draft("thanks", "ada", {{"language", {"de"}}}), NotFound);
  BOOST_CHECK_EXCEPTION(draft("thanks", "ada", {{"template", {"thank"}}}), NotFound, [](const NotFound& error) {
    return error.what() ==
           std::string("there is no template 'thank'; did you mean 'thanks'?; `ties template list` shows them");
  });
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(message_templates, World)

BOOST_AUTO_TEST_CASE(are_there_in_every_file_without_a_row_and_are_kept_once_they_are_changed) {
  BOOST_TEST(run("template list").data.size() == 10u);
  BOOST_TEST(store.count<MessageTemplate>() == 0);
  const auto before = dump();
  const auto edited = run("template edit", {{"template", {"thanks"}}, {"subject", {"Tusen takk"}}}).data;
  BOOST_TEST(edited["subject"] == "Tusen takk");
  BOOST_TEST(edited["changed"] == true);
  BOOST_TEST(run("template show", {{"template", {"thanks"}}}).data == edited);
  BOOST_TEST(run("template list").data.size() == 10u);
  run("undo");
  BOOST_TEST(run("template show", {{"template", {"thanks"}}}).data["subject"] == "Thank you");
  BOOST_TEST((dump() == before));
}

BOOST_AUTO_TEST_CASE(of_ones_own_are_deleted_and_built_in_ones_are_reset) {
  run("template add", {{"name", {"Coffee?"}}, {"kind", {"hello"}}, {"text", {"Coffee, {first_name}?"}}});
  BOOST_TEST(run("template show", {{"template", {"coffee"}}}).data["built_in"] == false);
  BOOST_CHECK_THROW(run("template add", {{"name", {"Coffee"}}, {"kind", {"hello"}}, {"text", {"x"}}}), Conflict);
  BOOST_CHECK_THROW(run("template reset", {{"template", {"coffee"}}}), Conflict);
  run("template delete", {{"template", {"coffee"}}});
  BOOST_CHECK_THROW(run("template show", {{"template", {"coffee"}}}), NotFound);
  run("undo");
  BOOST_TEST(run("template show", {{"template", {"coffee"}}}).data["text"] == "Coffee, {first_name}?");
  BOOST_CHECK_EXCEPTION(run("template delete", {{"template", {"thanks"}}}), Conflict, [](const Conflict& error) {
    return error.what() ==
           std::string("'thanks' is built in and stays; `ties template reset thanks` takes back what you changed");
  });
  BOOST_CHECK_THROW(run("template reset", {{"template", {"thanks"}}}), Conflict);
  run("template edit", {{"template", {"thanks"}}, {"text", {"Takk, {first_name}"}}});
  run("template reset", {{"template", {"thanks"}}});
  BOOST_TEST(run("template show", {{"template", {"thanks"}}}).data["changed"] == false);
  BOOST_TEST(store.count<MessageTemplate>() == 1);
}

BOOST_AUTO_TEST_CASE(are_refused_with_a_placeholder_that_there_is_not_and_without_a_text) {
  const auto before = dump();
  BOOST_CHECK_EXCEPTION(run("template edit", {{"template", {"thanks"}}, {"text", {"Hi {frist_name}"}}}), Wrong,
                        [](const Wrong& error) {
                          return error.field == "text" &&
                                 std::string(error.what()).find("did you mean 'first_name'?") != std::string::npos;
                        });
  BOOST_CHECK_THROW(run("template add", {{"name", {"Empty"}}, {"kind", {"hello"}}, {"text", {""}}}), Wrong);
  BOOST_TEST((dump() == before));
  BOOST_TEST(run("template placeholders").data[0]["placeholder"] == "{first_name}");
}

BOOST_AUTO_TEST_SUITE_END()
