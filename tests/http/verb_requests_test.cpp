#include "crm/http/verb_requests.h"

#include <boost/test/unit_test.hpp>

using namespace ties;
using namespace ties::http;

namespace {

Asked asked(const std::string& method, const std::string& path, const std::string& body, std::vector<std::pair<std::string, std::string>> query = {}) {
  static const Router router({});
  Request request;
  request.method = method, request.path = path, request.body = body, request.query = std::move(query);
  const auto match = router.match(method, path);
  return asked_of(*match.route, request, match.parts);
}

std::string refusal(const std::string& method, const std::string& path, const std::string& body, std::vector<std::pair<std::string, std::string>> query = {}) {
  try {
    asked(method, path, body, std::move(query));
  } catch (const Refused& refused) {
    return refused.problem.detail;
  }
  return "none";
}

using Raw = Args::Raw;

}  // namespace

BOOST_AUTO_TEST_CASE(a_body_becomes_the_arguments_of_the_table) {
  const auto got = asked("POST", "/api/v1/contacts", R"({"name": "Ada", "met_on": "2026-03-01", "tag": ["a", "b"], "title": null})");
  BOOST_TEST((got.raw == Raw{{"name", {"Ada"}}, {"met-on", {"2026-03-01"}}, {"tag", {"a", "b"}}}));
}

BOOST_AUTO_TEST_CASE(in_a_patch_null_and_an_empty_list_clear) {
  const auto got = asked("PATCH", "/api/v1/contacts/ada", R"({"headline": null, "tag": [], "star": null, "unstar": true})");
  BOOST_TEST((got.raw == Raw{{"contact", {"ada"}}, {"headline", {""}}, {"tag", {""}}, {"unstar", {"yes"}}}));
}

BOOST_AUTO_TEST_CASE(a_query_becomes_the_arguments_of_the_table) {
  const auto got = asked("GET", "/api/v1/contacts", "", {{"query", "tag:a"}, {"query", "-tag:b"}, {"limit", "5"}});
  BOOST_TEST((got.raw == Raw{{"query", {"tag:a", "-tag:b"}}, {"limit", {"5"}}}));
  BOOST_TEST((asked("GET", "/api/v1/applications", "", {{"all", "false"}}).raw == Raw{}));
}

BOOST_AUTO_TEST_CASE(writes_take_their_switches_from_the_query) {
  const auto got = asked("POST", "/api/v1/contacts", R"({"name": "Ada"})", {{"dry_run", "true"}, {"go_on", "true"}});
  BOOST_TEST(got.dry_run);
  BOOST_TEST(got.go_on);
}

BOOST_AUTO_TEST_CASE(a_file_at_the_command_line_is_the_text_itself) {
  const auto text = asked("POST", "/api/v1/events/pycon/notes", R"({"notes": "Ada: compilers"})");
  BOOST_TEST(text.text == "Ada: compilers");
  BOOST_TEST((text.raw == Raw{{"event", {"pycon"}}, {"notes", {"-"}}}));
  BOOST_TEST(asked("POST", "/api/v1/pipelines", R"({"file": {"key": "mine"}})").text == R"({"key":"mine"})");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_told_with_its_name) {
  BOOST_TEST(refusal("POST", "/api/v1/contacts", R"({"nmae": "Ada"})") == "there is no 'nmae'; did you mean 'name'?");
  BOOST_TEST(refusal("POST", "/api/v1/contacts", R"({"name": 7})") == "name: give a text");
  BOOST_TEST(refusal("POST", "/api/v1/contacts", R"({"tag": [7]})") == "tag: give a text");
  BOOST_TEST(refusal("POST", "/api/v1/contacts", R"({"tag": 7})") == "tag: give a list of texts");
  BOOST_TEST(refusal("PATCH", "/api/v1/contacts/1", R"({"star": "yes"})") == "star: give true or false");
  BOOST_TEST(refusal("PATCH", "/api/v1/contacts/1", R"({"contact": "2"})") == "contact: it is in the address already");
  BOOST_TEST(refusal("POST", "/api/v1/undo", R"({"change": -1})") == "change: give a whole number from 0");
  BOOST_TEST(refusal("POST", "/api/v1/undo", R"({"change": 1.5})") == "change: give a whole number from 0");
  BOOST_TEST(refusal("POST", "/api/v1/documents", R"({"location": "/etc/passwd"})") == "location: give a link that begins with https://; files are added on the machine itself");
  BOOST_TEST(refusal("POST", "/api/v1/contacts", R"({"name": "Ada"})", {{"name", "Ada"}}) == "'name' does not belong in the query; send it in the body");
  BOOST_TEST(refusal("GET", "/api/v1/contacts", "", {{"limit", "1"}, {"limit", "2"}}) == "limit: it was given twice");
  BOOST_TEST(refusal("GET", "/api/v1/applications", "", {{"all", "maybe"}}) == "all: give true or false");
}

BOOST_AUTO_TEST_CASE(a_body_that_is_no_object_is_malformed) {
  BOOST_TEST(refusal("POST", "/api/v1/contacts", "[]") == "the body is no JSON object");
  BOOST_TEST(refusal("POST", "/api/v1/contacts", "{") == "the body is no JSON: byte 2");
  BOOST_TEST(refusal("POST", "/api/v1/contacts", "{\"name\": \"\xff\"}") == "the body is no JSON: byte 11");
  BOOST_TEST(refusal("POST", "/api/v1/contacts", std::string(100'000, '[')) == "the JSON is nested deeper than 32 levels");
}

BOOST_AUTO_TEST_CASE(tags_are_compared_as_the_protocol_says) {
  const auto tag = tag_of("body");
  BOOST_TEST(holds_tag(tag, tag, false));
  BOOST_TEST(holds_tag("\"other\" , " + tag, tag, false));
  BOOST_TEST(holds_tag(tag.substr(0, tag.size() - 1) + "-gz\"", tag, false));
  BOOST_TEST(holds_tag("*", tag, false));
  BOOST_TEST(!holds_tag("W/" + tag, tag, false));
  BOOST_TEST(holds_tag("W/" + tag, tag, true));
  BOOST_TEST(!holds_tag("", tag, true));
  BOOST_TEST(!holds_tag("\"other\"", tag, true));
}
