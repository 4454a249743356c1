#include <boost/test/unit_test.hpp>

#include "crm/service/pipeline_file.h"
#include "tests/world.h"

using namespace ties;

namespace {

Json read(const std::string& path) {
  return Json::parse(read_text_file(path, 1'000'000, nullptr));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pipeline_files)

BOOST_FIXTURE_TEST_CASE(the_published_files_are_what_the_program_writes, World) {
  BOOST_TEST((read(sample("pipelines/pipeline.schema.json")) == run("pipeline export", {{"schema", {"yes"}}}).data));
  for (const auto* name : {"referral", "simple", "research-engineer"}) {
    run("pipeline use", {{"template", {name}}});
    BOOST_TEST((read(sample("pipelines/" + std::string(name) + ".json")) == run("pipeline export", {{"pipeline", {name}}}).data));
  }
}

BOOST_FIXTURE_TEST_CASE(a_published_file_comes_in_and_goes_out_the_same, World) {
  for (const auto* name : {"referral", "simple", "research-engineer"}) {
    const auto path = sample("pipelines/" + std::string(name) + ".json");
    run("pipeline import", {{"file", {path}}});
    BOOST_TEST((run("pipeline export", {{"pipeline", {name}}}).data == read(path)));
    const auto before = dump();
    BOOST_TEST(!run("pipeline import", {{"file", {path}}}).change.has_value());
    BOOST_TEST((dump() == before));
  }
}

BOOST_FIXTURE_TEST_CASE(every_fault_of_a_file_is_named_and_nothing_of_it_is_kept, World) {
  const auto path = (std::filesystem::temp_directory_path() / "ties_pipeline_test.json").string();
  const struct {
    const char* text;
    const char* said;
  } cases[] = {
      {"", "this is no JSON object"},
      {"[]", "this is no JSON object"},
      {R"({"key": "x", "name": "X"})", "stages"},
      {R"({"key": "x", "name": "X", "stages": []})", "stage"},
      {R"({"key": "x", "name": "X", "stages": [{"key": "a", "name": "A", "kind": "lead"}, {"key": "a", "name": "B", "kind": "closed"}]})", "'a'"},
      {R"({"key": "x", "name": "X", "stages": [{"key": "a", "name": "A", "kind": "leed"}]})", "lead"},
      {R"({"key": "x", "name": "X", "stages": [{"key": "a", "name": "A", "kind": "lead", "colour": "red"}]})", "colour"},
      {R"({"key": "x", "name": "X", "stages": [{"key": "a", "name": "A", "kind": "lead", "next": ["b"]}]})", "'b'"},
      {R"({"key": "x", "name": "X", "stages": [{"key": "a", "name": "A", "kind": "lead", "patience_days": "three"}]})", "patience_days"},
      {R"({"key": "x", "name": "X", "stages": [{"key": "a", "name": "A", "kind": "lead", "checklist": "one"}]})", "'checklist' is no list of texts"},
      {R"({"key": 1, "name": "X", "stages": [{"key": "a", "name": "A", "kind": "lead"}]})", "key"},
  };
  for (const auto& [text, said] : cases) {
    BOOST_TEST_CONTEXT(text) {
      std::ofstream(path) << text;
      try {
        run("pipeline import", {{"file", {path}}});
        BOOST_ERROR("it was taken");
      } catch (const std::runtime_error& error) {
        BOOST_TEST(std::string(error.what()).find(said) != std::string::npos, error.what());
      }
      BOOST_TEST(dump().empty());
    }
  }
  std::filesystem::remove(path);
}

BOOST_AUTO_TEST_SUITE_END()
