#include "importers/notes.h"

#include <boost/test/unit_test.hpp>
#include <random>

using namespace ties;
using namespace ties::importers;

namespace {

Options on(const char* day) {
  Options options;
  options.today = *date_from_text(day);
  options.region = "NO";
  return options;
}

Batch read(std::string_view text) {
  return read_notes(text, "notes.txt", "SkerryConf26", on("2026-03-05"));
}

/// "Ada Lovelace | Engineer @ Acme | email ada@acme.example | #loops | caches | them: slides by 2026-03-06"
std::string told(const Batch& batch, std::size_t i) {
  const auto& person = batch.people.at(i);
  const auto& found = batch.interactions.at(i);
  std::string line = person.contact.display;
  for (const auto& job : person.jobs) line += " | " + job.title + "@" + job.company;
  for (const auto& point : person.points) line += " | " + std::string(word(point.kind)) + " " + point.value;
  for (const auto& tag : person.tags) line += " | #" + tag;
  line += " | " + found.interaction.text;
  for (const auto& promise : found.promises) {
    line += " | " + std::string(word(promise.owed_by)) + ": " + promise.text + (promise.due ? " by " + to_text(*promise.due) : "");
  }
  return line;
}

std::vector<std::string> told(const Batch& batch) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < batch.people.size(); ++i) lines.push_back(told(batch, i));
  for (const auto& issue : batch.issues) {
    lines.push_back(issue.file + ":" + std::to_string(issue.line) + ":" + std::to_string(issue.column) + ": " + issue.message);
  }
  return lines;
}

using Lines = std::vector<std::string>;
constexpr auto nobody = "no person is named here, skipped; write 'Ada Lovelace (Acme): what you talked about'";

}  // namespace

BOOST_AUTO_TEST_SUITE(conference_notes)

BOOST_AUTO_TEST_CASE(a_person_a_line_however_people_write_it) {
  const struct {
    const char* line;
    const char* told;
  } cases[] = {
      {"Ada Lovelace (Acme): compilers", "Ada Lovelace | @Acme | compilers"},
      {"Ada Lovelace (Engineer, Acme): compilers", "Ada Lovelace | Engineer@Acme | compilers"},
      {"Ada Lovelace (Engineer at Acme) - compilers", "Ada Lovelace | Engineer@Acme | compilers"},
      {"Grace Hopper, Admiral @ Navy Labs: nanoseconds", "Grace Hopper | Admiral@Navy Labs | nanoseconds"},
      {"Ada Lovelace @ Acme: compilers", "Ada Lovelace | @Acme | compilers"},
      {"- Ada Lovelace: compilers", "Ada Lovelace | compilers"},
      {"* Ada Lovelace — compilers", "Ada Lovelace | compilers"},
      {"1. Ada Lovelace: compilers", "Ada Lovelace | compilers"},
      {"- [ ] Ada Lovelace: compilers", "Ada Lovelace | compilers"},
      {"**Ada Lovelace** (Acme): compilers", "Ada Lovelace | @Acme | compilers"},
      {"Ada Lovelace <ada@acme.example> - wants a review", "Ada Lovelace | email ada@acme.example | wants a review"},
      {"Ada Lovelace: compilers #loops, ada@acme.example", "Ada Lovelace | email ada@acme.example | #loops | compilers #loops, ada@acme.example"},
      {"Ada Lovelace: https://www.linkedin.com/in/ada-l", "Ada Lovelace | linkedin ada-l | https://www.linkedin.com/in/ada-l"},
      {"**Ada Lovelace: compilers**", "Ada Lovelace | compilers"},
      {"@Zoë likes caches", "Zoë | likes caches"},
      {"Zoë: caches", "Zoë | caches"},
      {"佐久間 陽斗: コンパイラ", "佐久間 陽斗 | コンパイラ"},
      {"Ludwig van Beethoven (Bonn Labs): fugues", "Ludwig van Beethoven | @Bonn Labs | fugues"},
      {"Dr. Ada Lovelace, PhD (Acme): compilers", "Ada Lovelace | @Acme | compilers"},
      {"Ada Lovelace (Acme): compilers; she promised the slides by Friday", "Ada Lovelace | @Acme | compilers; she promised the slides by Friday | them: the slides by 2026-03-06"},
      {"Ada Lovelace (Acme): I promised her the paper by Monday", "Ada Lovelace | @Acme | I promised her the paper by Monday | me: the paper by 2026-03-09"},
  };
  for (const auto& [line, expected] : cases) {
    BOOST_TEST_CONTEXT(line) {
      const auto lines = told(read(line));
      BOOST_REQUIRE(!lines.empty());
      BOOST_TEST(lines.front() == expected);
      BOOST_TEST(lines.size() == 1u);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_line_in_which_nobody_is_named_is_an_issue_and_never_a_person) {
  for (const auto* line : {"Keynote: caches are hard to get right in practice", "Caches - a good talk", "https://conf.example/talk: slides", "Thursday: lunch with everyone at noon",
                           "(): ", ": ", "12:30 lunch", "the bus leaves at nine: do not miss it"}) {
    BOOST_TEST_CONTEXT(line) {
      const auto batch = read(line);
      BOOST_TEST(batch.people.empty());
      BOOST_REQUIRE(batch.issues.size() == 1u);
      BOOST_TEST(batch.issues[0].message == nobody);
      BOOST_TEST(batch.issues[0].line == 1);
      BOOST_TEST(batch.files.at(0).skipped == 1);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_rule_between_people_is_no_line) {
  BOOST_TEST(told(read("Ada Lovelace: loops\n\n---\n\nGrace Hopper: clocks\n***\n")) == (Lines{"Ada Lovelace | loops", "Grace Hopper | clocks"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_goes_on_about_a_person_stays_with_them) {
  BOOST_TEST(told(read("Ada Lovelace (Acme): compilers\n  and engines\n  - poetry\nGrace Hopper (Navy): clocks\n")) ==
                 (Lines{"Ada Lovelace | @Acme | compilers\nand engines\n- poetry", "Grace Hopper | @Navy | clocks"}),
             boost::test_tools::per_element());
  BOOST_TEST(told(read("Ada Lovelace (Acme)\nWe talked about engines.\nShe wants a review.\n\nGrace Hopper (Navy)\nClocks.\n")) ==
                 (Lines{"Ada Lovelace | @Acme | We talked about engines.\nShe wants a review.", "Grace Hopper | @Navy | Clocks."}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(headings_name_events_and_people) {
  const auto batch = read("# LoopConf (Oslo, 3-5 March 2026)\n\n## Ada Lovelace (Acme)\nCompilers.\n\nAnd engines.\n\n## Grace Hopper\nClocks.\n");
  BOOST_REQUIRE(batch.events.size() == 1u);
  BOOST_TEST(batch.events[0].event.name == "LoopConf");
  BOOST_TEST(batch.events[0].event.place == "Oslo");
  BOOST_TEST(to_text(batch.events[0].event.starts_on.value()) == "2026-03-03");
  BOOST_TEST(to_text(batch.events[0].event.ends_on.value()) == "2026-03-05");
  BOOST_TEST(told(batch) == (Lines{"Ada Lovelace | @Acme | Compilers.\nAnd engines.", "Grace Hopper | Clocks."}), boost::test_tools::per_element());
  for (const auto& found : batch.interactions) {
    BOOST_TEST(found.event == "LoopConf");
    BOOST_TEST(to_text(found.interaction.when.day) == "2026-03-03");
  }
}

BOOST_AUTO_TEST_CASE(the_line_of_every_issue_and_person_is_told) {
  const auto batch = read("\n\nAda Lovelace (Acme): compilers\r\n\r\nwhat a day it was\rGrace Hopper (Navy): clocks");
  BOOST_REQUIRE(batch.people.size() == 2u);
  BOOST_TEST(batch.people[0].line == 3);
  BOOST_TEST(batch.people[1].line == 6);
  BOOST_REQUIRE(batch.issues.size() == 1u);
  BOOST_TEST(batch.issues[0].line == 5);
}

BOOST_AUTO_TEST_CASE(the_same_notes_carry_the_same_keys_and_other_notes_other_ones) {
  const auto key = [](const char* text) { return read(text).interactions.at(0).interaction.source_key.value(); };
  BOOST_TEST(key("Ada Lovelace (Acme): compilers") == key("Ada Lovelace (Acme): compilers"));
  BOOST_TEST(key("Ada Lovelace (Acme): compilers") != key("Ada Lovelace (Acme): engines"));
}

BOOST_AUTO_TEST_CASE(any_bytes_are_read_within_bounds) {
  std::mt19937 random(11);
  const std::string seed = "# LoopConf (Oslo, 3-5 March 2026)\n## Ada Lovelace (Acme)\n- Grace @ Navy: clocks\n> quoted\n\t@Zoë <z@x.example> promised by Friday\n";
  for (int round = 0; round < 3'000; ++round) {
    auto text = seed;
    for (int i = 0; i < 6; ++i) text[random() % text.size()] = static_cast<char>(random());
    const auto batch = read(text);
    BOOST_TEST(batch.people.size() == batch.interactions.size());
    for (const auto& person : batch.people) BOOST_TEST(!person.contact.display.empty());
  }
  const auto long_line = read(std::string(3'000'000, 'x'));
  BOOST_TEST(long_line.people.empty());
  BOOST_TEST(!long_line.issues.empty());
  std::string lines;
  for (int i = 0; i < 5'000; ++i) lines += "nothing to see here today\n\n";
  BOOST_TEST(read(lines).issues.size() == 1'001u);
  BOOST_TEST(read(lines).files.at(0).skipped == 5'000);
}

BOOST_AUTO_TEST_SUITE_END()
