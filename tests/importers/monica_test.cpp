#include "importers/monica.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>

#include "crm/text/text.h"
#include "tests/importers/batch_text.h"

using namespace ties;
using namespace ties::importers;
using namespace ties::importers::batch_text;
using namespace std::chrono_literals;

namespace {

const fs::path folder = fs::path{TIES_SOURCE_DIR} / "samples" / "monica";

Options options_of_today() {
  Options options;
  options.today = 2026y / 6 / 16;
  options.region = "NO";
  return options;
}

Batch read(const std::string& bytes) {
  return monica.read({{"monica.json", bytes}}, options_of_today());
}

std::string with_data(const std::string& data) {
  return R"({"version":"1","app_version":"4.0.0","account":{"uuid":"x","data":)" + data + "}}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(monica_export)

BOOST_AUTO_TEST_CASE(an_account_reads_as_its_golden_file_says) {
  const auto files = files_below(folder);
  BOOST_TEST_REQUIRE(files.size() == 1U);
  BOOST_TEST(monica.recognises(files[0]) > 80);
  check_golden("monica/monica", text_of(monica.read(files, options_of_today())));
}

BOOST_AUTO_TEST_CASE(what_lies_before_the_wanted_day_is_left_out) {
  auto options = options_of_today();
  options.since = 2026y / 4 / 1;
  const auto batch = monica.read(files_below(folder), options);
  BOOST_TEST(batch.interactions.size() == 2U);
  for (const auto& found : batch.interactions) BOOST_TEST((found.interaction.when.day >= *options.since));
}

BOOST_AUTO_TEST_CASE(other_json_is_not_claimed) {
  for (const auto* text : {"{}", "[]", R"({"account":1})", R"({"total_count":1,"items":[]})", "account", ""}) {
    BOOST_TEST(monica.recognises({"x.json", text}) == 0, text);
  }
}

BOOST_AUTO_TEST_CASE(an_export_that_cannot_be_read_says_why_and_what_to_do) {
  const std::string whole(files_below(folder)[0].bytes.view());
  const std::vector<std::pair<std::string, std::string>> cases{
      {whole.substr(0, whole.size() / 2), "it is not whole JSON"},
      {R"({"app_version":"4.0.0","account":{"data":{}}})", "it holds no account's data"},
      {with_data(std::string(100'000, '[') + std::string(100'000, ']')), "it is nested too deep"},
      {whole + "}", "it is not whole JSON"},
  };
  for (const auto& [bytes, why] : cases) {
    const auto batch = read(bytes);
    BOOST_TEST(batch.people.empty());
    BOOST_TEST(batch.files[0].not_read == why);
    BOOST_TEST_REQUIRE(batch.issues.size() == 1U);
    BOOST_TEST(batch.issues[0].message == why + "; export the account again, as JSON");
  }
  BOOST_TEST(read("nothing").files[0].not_read == "not an export of Monica");
}

BOOST_AUTO_TEST_CASE(a_value_of_another_type_than_expected_is_nothing) {
  const auto batch = read(with_data(
      R"([7,null,{"type":3,"values":[1]},{"type":"contact","values":7},{"type":"contact","values":[1,"x",null,
      {"uuid":5,"properties":{"first_name":"Dagny","last_name":["x"],"tags":{"a":1},"stay_in_touch_frequency":1e300,
      "birthdate":"soon","first_met_through":{},"is_active":"yes"},"data":{"type":"note"}}]}])"));
  BOOST_TEST_REQUIRE(batch.people.size() == 1U);
  BOOST_TEST(batch.people[0].contact.display == "Dagny");
  BOOST_TEST(batch.files[0].rows == 4);
  BOOST_TEST(batch.files[0].skipped == 3);
}

BOOST_AUTO_TEST_CASE(damaged_exports_never_crash_and_always_give_a_whole_report) {
  std::mt19937 random(20260616);
  const auto below = [&](std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random);
  };
  const std::string whole(files_below(folder)[0].bytes.view());
  const std::vector<std::string> odd{"null",  "[]",   "{}",      "-1",   "\"\"",
                                     "1e999", "\xFF", "\\u0000", "true", "99999999999999999999"};
  int readable = 0;
  for (int round = 0; round < 1'500; ++round) {
    auto bytes = whole;
    // Half of the rounds put another value in a value's place, so that the JSON stays whole.
    for (std::size_t times = 1 + below(4); times > 0; --times) {
      const auto colon = bytes.find(": ", below(bytes.size()));
      const auto end = colon == bytes.npos ? bytes.npos : bytes.find_first_of(",\n", colon);
      if (round % 2 == 0 && end != bytes.npos) {
        if (bytes[colon + 2] != '[' && bytes[colon + 2] != '{')
          bytes.replace(colon + 2, end - colon - 2, odd[below(odd.size())]);
      } else {
        bytes.replace(below(bytes.size()), below(20), odd[below(odd.size())]);
      }
    }
    const auto batch = read(bytes);
    BOOST_TEST_REQUIRE(batch.files.size() == 1U);
    BOOST_TEST_REQUIRE(batch.files[0].skipped <= batch.files[0].rows);
    readable += batch.files[0].recognised.empty() ? 0 : 1;
    for (const auto& person : batch.people) BOOST_TEST_REQUIRE(!person.contact.display.empty());
    for (const auto& found : batch.interactions)
      BOOST_TEST_REQUIRE((found.interaction.when.day.ok() && !found.with.empty()));
    BOOST_TEST_REQUIRE(text::is_utf8(text_of(batch)));
  }
  BOOST_TEST(readable > 200);
}

BOOST_AUTO_TEST_SUITE_END()
