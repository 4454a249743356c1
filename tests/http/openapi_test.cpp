#include "crm/http/openapi.h"

#include <boost/test/unit_test.hpp>
#include <set>

#include "crm/http/examples.h"

using namespace ties;
using namespace ties::http;

namespace {

const Json& document() {
  static const Json made = openapi(endpoints());
  return made;
}

/// "get /api/v1/contacts" → its operation
std::map<std::string, Json> operations() {
  std::map<std::string, Json> all;
  for (const auto& [path, methods] : document()["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) all[method + " " + path] = operation;
  }
  return all;
}

std::string key_of(std::string_view route, std::string_view under) {
  const auto blank = route.find(' ');
  std::string method(route.substr(0, blank));
  for (auto& c : method) c = static_cast<char>(c + ('a' - 'A'));
  return method + " " + std::string(under) + std::string(route.substr(blank + 1));
}

/// Every route that has to be in the document, as often as it is written.
std::vector<std::string> routes() {
  std::vector<std::string> all;
  for (const auto& verb : verbs()) {
    if (!verb.route.empty()) all.push_back(key_of(verb.route, "/api/v1"));
    if (!verb.writing_route.empty()) all.push_back(key_of(verb.writing_route, "/api/v1"));
  }
  for (const auto& endpoint : endpoints()) {
    // What is given in a second form shares its path with a verb.
    if (endpoint.describe != nullptr && endpoint.given_as.empty()) all.push_back(key_of(endpoint.route, ""));
  }
  return all;
}

template <class Visit>
void each_object(const Json& thing, const Visit& visit) {
  if (thing.is_object()) visit(thing);
  if (thing.is_structured()) {
    for (const auto& part : thing) each_object(part, visit);
  }
}

std::set<std::string> names_of(const Json& parameters) {
  std::set<std::string> names;
  for (const auto& parameter : parameters) {
    names.insert(parameter.contains("$ref") ? parameter["$ref"].get<std::string>()
                                            : parameter["name"].get<std::string>());
  }
  return names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_openapi_document)

BOOST_AUTO_TEST_CASE(has_every_route_once_and_nothing_else) {
  const auto expected = routes();
  const std::set<std::string> once(expected.begin(), expected.end());
  for (const auto& route : once) {
    BOOST_TEST(std::count(expected.begin(), expected.end(), route) == 1, route << " is taken twice");
  }
  std::set<std::string> found;
  for (const auto& [key, operation] : operations()) found.insert(key);
  BOOST_TEST(found == once, boost::test_tools::per_element());
  BOOST_TEST(found.size() > 60u);
}

BOOST_AUTO_TEST_CASE(tells_operations_apart_and_gives_each_a_tag_an_example_and_answers) {
  std::set<std::string> ids, tags;
  for (const auto& tag : document()["tags"]) tags.insert(tag["name"].get<std::string>());
  for (const auto& [key, operation] : operations()) {
    BOOST_TEST_CONTEXT(key) {
      BOOST_TEST(ids.insert(operation["operationId"].get<std::string>()).second);
      BOOST_TEST(tags.count(operation["tags"].front().get<std::string>()) == 1u);
      BOOST_TEST(!operation["summary"].get<std::string>().empty());
      const auto success = std::find_if(operation["responses"].items().begin(), operation["responses"].items().end(),
                                        [](const auto& answer) { return answer.key().starts_with('2') || answer.key().starts_with('3'); });
      BOOST_TEST_REQUIRE((success != operation["responses"].items().end()));
      for (const auto& content : (*success).value().value("content", Json::object())) BOOST_TEST((content.contains("example") || content["schema"] == Json{{"type", "string"}}));
      if (operation.contains("requestBody")) {
        for (const auto& content : operation["requestBody"]["content"]) BOOST_TEST(content.contains("example"));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(refers_only_to_what_is_there) {
  std::size_t references = 0;
  each_object(document(), [&](const Json& object) {
    if (!object.contains("$ref")) return;
    ++references;
    const auto reference = object["$ref"].get<std::string>();
    BOOST_TEST(reference.starts_with("#/"), reference);
    BOOST_TEST(document().contains(Json::json_pointer(reference.substr(1))), reference);
  });
  BOOST_TEST(references > 200u);
}

BOOST_AUTO_TEST_CASE(shows_in_each_example_all_that_its_operation_needs_and_nothing_that_it_does_not_know) {
  for (const auto& [key, operation] : operations()) {
    BOOST_TEST_CONTEXT(key) {
      for (const auto& parameter : operation.value("parameters", Json::array())) {
        if (parameter.value("required", false)) BOOST_TEST(parameter.contains("example"), parameter["name"]);
      }
      if (!operation.contains("requestBody")) continue;
      for (const auto& content : operation["requestBody"]["content"]) {
        for (const auto& name : content["schema"].value("required", Json::array()))
          BOOST_TEST(content["example"].contains(name.get<std::string>()), name);
        if (!content["example"].is_object()) continue;  // a file
        for (const auto& [name, value] : content["example"].items())
          BOOST_TEST(content["schema"]["properties"].contains(name), name);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(takes_no_argument_that_writes_by_a_route_that_reads_and_asks_admin_for_the_other_one) {
  const auto all = operations();
  const auto& reading = all.at("get /api/v1/settings");
  const auto& writing = all.at("put /api/v1/settings/{key}");
  BOOST_TEST(
      (names_of(reading["parameters"]) == std::set<std::string>{"key", "limit", "offset", "after", "sort", "fields"}));
  BOOST_TEST(!reading.contains("requestBody"));
  const auto& body = writing["requestBody"]["content"]["application/json"];
  BOOST_TEST(body["schema"]["properties"].size() == 2u);
  BOOST_TEST(body["example"].dump() == R"({"value":"14"})");
  BOOST_TEST(reading["security"].dump() == R"([{"token":["read"]},{"session":["read"]}])");
  BOOST_TEST(writing["security"].dump() == R"([{"token":["admin"]},{"session":["admin"]}])");
  BOOST_TEST(all.at("post /api/v1/check")["requestBody"]["content"]["application/json"]["example"].dump() ==
             R"({"repair":true})");
  BOOST_TEST(all.at("post /api/v1/contacts/{contact}/erase")["security"][0].dump() == R"({"token":["admin"]})");
}

BOOST_AUTO_TEST_CASE(takes_a_patch_as_a_merge_patch_in_which_everything_may_be_null) {
  const auto patch = operations().at("patch /api/v1/contacts/{contact}");
  const auto& content = patch["requestBody"]["content"];
  BOOST_TEST(content.size() == 2u);
  const auto& schema = content["application/merge-patch+json"]["schema"];
  BOOST_TEST((schema == content["application/json"]["schema"]));
  BOOST_TEST(!schema.contains("required"));
  for (const auto& [name, property] : schema["properties"].items())
    BOOST_TEST(property["type"].back().get<std::string>() == "null", name);
  BOOST_TEST(content["application/json"]["example"].dump() == R"({"headline":"compilers","cadence":"6w"})");
}

BOOST_AUTO_TEST_CASE(names_the_version_of_what_a_verb_shows_and_lets_writes_to_that_insist_on_it) {
  const std::string if_match = "#/components/parameters/IfMatch";
  for (const auto& [key, operation] : operations()) {
    BOOST_TEST_CONTEXT(key) {
      const auto ok = operation["responses"].value("200", Json::object());
      const auto id = operation["operationId"].get<std::string>();
      BOOST_TEST((ok.contains("headers") && ok["headers"].contains("ETag")) == (id.ends_with("Show") || id.ends_with("Edit")));
      const bool may_insist = names_of(operation.value("parameters", Json::array())).count(if_match) == 1;
      BOOST_TEST(may_insist == operation["responses"].contains("412"));
    }
  }
  const auto all = operations();
  BOOST_TEST(all.at("patch /api/v1/contacts/{contact}")["responses"].contains("412"));
  BOOST_TEST(all.at("post /api/v1/applications/{application}/move")["responses"].contains("412"));
  BOOST_TEST(!all.at("post /api/v1/undo")["responses"].contains("412"));
}

BOOST_AUTO_TEST_CASE(reads_the_examples_of_commands_as_a_shell_would) {
  const std::pair<const char*, const char*> rows[] = {
      {"contact add", R"({"name":"Ada Lovelace","company":"Acme","email":["ada@acme.example"],"tag":["compilers"]})"},
      {"contact list",
       R"({"query":["compilers","tag:alumni","last:>90d","has:email","-tag:recruiter"],"sort":"last"})"},
      {"contact erase", R"({"contact":"ada"})"},
      {"contact merge", R"({"contact":"3","other":"17","field":["headline=theirs"],"preview":true})"},
      {"followups", R"({"days":14})"},
      {"pipeline export", "{}"},
      {"pipeline import", R"({"file":"the text of pipeline.json"})"},
      {"document add", R"({"location":"https://files.example/cv.pdf","kind":"cv","application":"1"})"},
      {"task snooze", R"({"task":"12","until":["next","monday"]})"},
  };
  for (const auto& [verb, expected] : rows) BOOST_TEST(arguments_of_example(verb_called(verb)).dump() == expected);
}

BOOST_AUTO_TEST_CASE(makes_a_page_without_style_or_script_in_which_nothing_is_markup) {
  auto tried = document();
  tried["paths"]["/api/v1/contacts"]["post"]["summary"] = "<script>alert('x')</script> & \"more\"";
  const auto page = reference_page(tried);
  BOOST_TEST(page.find("<script") == std::string::npos);
  BOOST_TEST(page.find("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;more&quot;") != std::string::npos);
  BOOST_TEST(page.find("<style") == std::string::npos);
  BOOST_TEST(page.find(" style=") == std::string::npos);
  BOOST_TEST(page.find("<link rel=\"stylesheet\" href=\"/assets/ties.css\">") != std::string::npos);
  for (const auto& [key, operation] : operations()) {
    const auto id = "<section id=\"" + operation["operationId"].get<std::string>() + "\">";
    BOOST_TEST(page.find(id) != std::string::npos, key);
  }
  for (const auto& row : problem_types()) BOOST_TEST(page.find(type_uri(row.type)) != std::string::npos, row.type);
  std::set<std::string> ids;
  for (auto at = page.find(" id=\""); at != std::string::npos; at = page.find(" id=\"", at + 1)) {
    BOOST_TEST(ids.insert(page.substr(at + 5, page.find('"', at + 5) - at - 5)).second);
  }
  for (auto at = page.find("href=\"#"); at != std::string::npos; at = page.find("href=\"#", at + 1)) {
    BOOST_TEST(ids.count(page.substr(at + 7, page.find('"', at + 7) - at - 7)) == 1u);
  }
}

BOOST_AUTO_TEST_SUITE_END()
