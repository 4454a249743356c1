#include "crm/http/router.h"

#include <boost/test/unit_test.hpp>

using namespace ties;
using namespace ties::http;

namespace {

Response nothing(Service&, const Request&, const Caller&, const Parts&) { return {}; }

Router router() {
  return Router({{"GET /healthz", "health", "is it well", "", nothing}, {"POST /api/v1/import-jobs/{job}/apply", "import apply", "apply", "import", nothing}});
}

std::string type_of_refusal(const std::string& method, const std::string& path) {
  try {
    router().match(method, path);
  } catch (const Refused& refused) {
    return std::string(refused.problem.type);
  }
  return "found";
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_path_leads_to_its_verb_and_names_its_parts) {
  const auto all = router();
  const auto match = all.match("POST", "/api/v1/applications/12/move");
  BOOST_REQUIRE(match.route->verb != nullptr);
  BOOST_TEST(match.route->verb->name == "application move");
  BOOST_TEST(match.parts.at("application") == "12");
  BOOST_TEST(match.route->writes);
}

BOOST_AUTO_TEST_CASE(an_endpoint_is_found_like_a_verb) {
  const auto all = router();
  const auto match = all.match("POST", "/api/v1/import-jobs/7/apply");
  BOOST_REQUIRE(match.route->endpoint != nullptr);
  BOOST_TEST(match.route->scope() == "import");
  BOOST_TEST(match.parts.at("job") == "7");
}

BOOST_AUTO_TEST_CASE(head_is_found_as_get) { BOOST_TEST(router().match("HEAD", "/api/v1/contacts").route->verb->name == "contact list"); }

BOOST_AUTO_TEST_CASE(what_cannot_be_found_is_refused_by_its_kind) {
  BOOST_TEST(type_of_refusal("GET", "/api/v1/nothing") == "not-found");
  BOOST_TEST(type_of_refusal("GET", "/api/v1/contacts/") == "not-found");
  BOOST_TEST(type_of_refusal("GET", "/api/v1/contacts/1/2/3/4") == "not-found");
  BOOST_TEST(type_of_refusal("PUT", "/api/v1/contacts") == "wrong-method");
  BOOST_TEST(type_of_refusal("BREW", "/api/v1/contacts") == "not-implemented");
}

BOOST_AUTO_TEST_CASE(the_methods_of_a_path_are_listed) {
  BOOST_TEST(router().allowed("/api/v1/contacts/1") == "GET, HEAD, OPTIONS, PATCH, DELETE");
  BOOST_TEST(router().allowed("/healthz") == "GET, HEAD, OPTIONS");
  BOOST_TEST(router().allowed("/nothing") == "");
}

BOOST_AUTO_TEST_CASE(a_change_of_a_record_knows_the_route_that_shows_it) {
  const auto all = router();
  const auto match = all.match("POST", "/api/v1/contacts/ada/tags");
  const auto* shown = all.shown_by(*match.route);
  BOOST_REQUIRE(shown != nullptr);
  BOOST_TEST(shown->verb->name == "contact show");
  BOOST_TEST((all.shown_by(*all.match("POST", "/api/v1/contacts").route) == nullptr));
}

BOOST_AUTO_TEST_CASE(no_two_verbs_share_a_method_and_a_path) {
  std::set<std::string> seen;
  for (const auto& verb : verbs()) {
    for (const auto route : {verb.route, verb.writing_route}) {
      if (!route.empty()) BOOST_TEST(seen.insert(std::string(route)).second, route);
    }
  }
}
