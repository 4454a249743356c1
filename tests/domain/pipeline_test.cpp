#include "crm/domain/pipeline.h"

#include "crm/domain/errors.h"

#include <boost/test/unit_test.hpp>

using namespace ties;

namespace {

const PipelinePlan& plan(std::size_t index) { return pipeline_templates().at(index); }

std::string in_words(const PipelinePlan& shown) {
  std::string text;
  for (const auto& stage : shown.stages) text += (text.empty() ? "" : ", ") + stage.name + " (" + std::string(word(stage.kind)) + ")";
  return text;
}

template <class Error>
std::string refusal(const std::vector<Stage>& stages, std::string_view text) {
  try {
    return "found " + stage_named(stages, text).key;
  } catch (const Error& error) {
    return error.what();
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pipelines)

BOOST_AUTO_TEST_CASE(the_templates_are_these_and_the_first_is_the_standard) {
  BOOST_REQUIRE(pipeline_templates().size() == 3U);
  const std::tuple<const char*, bool, const char*> rows[] = {
      {"referral", true,
       "Wishlist (lead), Referral (referral), Applied (applied), Recruiter screen (screen), Assessment (assessment), Interviews (interview), Final round (interview), Offer (offer), Closed (closed)"},
      {"simple", false, "Wishlist (lead), Applied (applied), Interviewing (interview), Offer (offer), Closed (closed)"},
      {"research-engineer", false,
       "Wishlist (lead), Referral (referral), Applied (applied), Recruiter chat (screen), Quiz 1 (assessment), Quiz 2 (assessment), Coding (interview), Team lead (interview), Senior team lead "
       "(interview), People and culture (interview), Offer (offer), Closed (closed)"}};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto& [key, standard, stages] = rows[i];
    BOOST_TEST(plan(i).pipeline.key == key);
    BOOST_TEST(plan(i).pipeline.standard == standard);
    BOOST_TEST(in_words(plan(i)) == stages);
    BOOST_TEST(faults(plan(i)).empty());
    for (std::size_t at = 0; at < plan(i).stages.size(); ++at) BOOST_TEST(plan(i).stages[at].position == static_cast<int>(at));
    BOOST_TEST(!plan(i).stages.back().patience_days.has_value());
  }
}

BOOST_AUTO_TEST_CASE(every_fault_of_a_plan_is_named) {
  const auto only = [](auto&& spoil) {
    auto spoiled = plan(1);
    spoil(spoiled);
    const auto found = faults(spoiled);
    return found.size() == 1 ? found.front() : std::to_string(found.size()) + " faults";
  };
  BOOST_TEST(only([](auto& p) { p.pipeline.key = "My Search"; }) == "the pipeline's key 'My Search' is not made of a-z, 0-9 and hyphens");
  BOOST_TEST(only([](auto& p) { p.pipeline.name = ""; }) == "the pipeline has no name");
  BOOST_TEST(only([](auto& p) { p.stages.clear(); }) == "a pipeline needs one stage at least");
  BOOST_TEST(only([](auto& p) { p.stages[0].key = ""; }) == "the stage key '' is not made of a-z, 0-9 and hyphens");
  BOOST_TEST(only([](auto& p) { p.stages[1].key = "wishlist"; }) == "two stages have the key 'wishlist'");
  BOOST_TEST(only([](auto& p) { p.stages[1].name = ""; }) == "the stage 'applied' has no name");
  BOOST_TEST(only([](auto& p) { p.stages[1].patience_days = 0; }) == "the patience of 'Applied' is not above zero");
  BOOST_TEST(only([](auto& p) { p.stages[1].next = {"offer", "party"}; }) == "'Applied' is followed by 'party', which is no stage of it");
}

BOOST_AUTO_TEST_CASE(a_key_is_made_of_a_name_in_any_script) {
  const std::pair<const char*, const char*> rows[] = {{"Recruiter screen", "recruiter-screen"}, {" Quiz #2 ", "quiz-2"}, {"Ça va?", "ca-va"}, {"Встреча", "vstreca"}, {"面接", "mian-jie"}, {"★", ""}, {"", ""}};
  for (const auto& [name, key] : rows) {
    BOOST_TEST_CONTEXT(name) { BOOST_TEST(key_from_name(name) == key); }
  }
}

BOOST_AUTO_TEST_CASE(a_stage_is_found_by_key_or_name_or_the_beginning_of_one) {
  const auto& stages = plan(2).stages;
  const std::pair<const char*, const char*> rows[] = {{"offer", "offer"}, {"TEAM LEAD", "team-lead"}, {"team-lead", "team-lead"}, {"recr", "recruiter-chat"}, {"Senior t", "senior-team-lead"}, {"team", "team-lead"}};
  for (const auto& [text, key] : rows) {
    BOOST_TEST_CONTEXT(text) { BOOST_TEST(stage_named(stages, text).key == key); }
  }
}

BOOST_AUTO_TEST_CASE(a_stage_that_is_not_there_or_not_one_is_refused_in_words) {
  auto stages = plan(2).stages;
  BOOST_TEST(refusal<NotFound>(stages, "offr") == "no stage is called 'offr'; did you mean 'offer'?");
  BOOST_TEST(refusal<NotFound>(stages, "garden party") == "no stage is called 'garden party'");
  BOOST_TEST(refusal<Conflict>(stages, "quiz") == "'quiz' may be Quiz 1 or Quiz 2");
  stages.front().name = "★";
  for (const auto* nothing : {"", "?!", "★"}) BOOST_TEST(refusal<NotFound>(stages, nothing) == "no stage is called '" + std::string(nothing) + "'");
  BOOST_TEST(refusal<NotFound>({}, "offer") == "no stage is called 'offer'");
}

BOOST_AUTO_TEST_SUITE_END()
