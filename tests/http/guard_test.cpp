#include "crm/http/guard.h"

#include <boost/test/unit_test.hpp>

using namespace ties::http;

namespace {

template <class Check>
std::string refusal(Check check) {
  try {
    check();
  } catch (const Refused& refused) {
    return std::string(refused.problem.type);
  }
  return "passes";
}

Request with(std::vector<std::pair<std::string, std::string>> headers, std::string method = "POST") {
  Request request;
  request.method = std::move(method);
  request.headers = std::move(headers);
  request.body = "{}";
  return request;
}

}  // namespace

BOOST_AUTO_TEST_CASE(only_names_of_this_service_are_answered) {
  const auto hosts = hosts_of("127.0.0.1", 7420, {"Ties.example"});
  const std::pair<const char*, const char*> cases[] = {
      {"127.0.0.1:7420", "passes"}, {"localhost:7420", "passes"}, {"LOCALHOST:7420", "passes"},      {"[::1]:7420", "passes"},
      {"ties.example", "passes"},   {"127.0.0.1", "wrong-origin"}, {"localhost:80", "wrong-origin"}, {"evil.example:7420", "wrong-origin"},
      {"127.0.0.1.evil.example:7420", "wrong-origin"},             {"", "malformed"},
  };
  for (const auto& [host, expected] : cases) BOOST_TEST(refusal([&] { check_host(with({{"host", host}}), hosts); }) == expected, host);
}

BOOST_AUTO_TEST_CASE(a_write_comes_from_our_own_pages_or_from_no_page) {
  const auto hosts = hosts_of("127.0.0.1", 7420, {});
  struct Case {
    std::vector<std::pair<std::string, std::string>> headers;
    bool by_cookie;
    const char* expected;
  };
  const Case cases[] = {
      {{}, false, "passes"},
      {{}, true, "passes"},
      {{{"origin", "http://127.0.0.1:7420"}}, true, "passes"},
      {{{"origin", "http://localhost:7420"}}, true, "passes"},
      {{{"origin", "https://127.0.0.1:7420"}}, true, "wrong-origin"},
      {{{"origin", "http://127.0.0.1:7421"}}, true, "wrong-origin"},
      {{{"origin", "null"}}, false, "wrong-origin"},
      {{{"origin", "http://evil.example"}}, false, "wrong-origin"},
      {{{"sec-fetch-site", "cross-site"}}, true, "wrong-origin"},
      {{{"sec-fetch-site", "same-site"}}, true, "wrong-origin"},
      {{{"sec-fetch-site", "same-origin"}}, true, "passes"},
  };
  for (const auto& c : cases) BOOST_TEST(refusal([&] { check_origin(with(c.headers), hosts, c.by_cookie); }) == c.expected);
}

BOOST_AUTO_TEST_CASE(bodies_are_json_in_utf8) {
  const std::pair<const char*, const char*> cases[] = {
      {"application/json", "passes"},
      {"Application/JSON; Charset=UTF-8", "passes"},
      {"application/json;charset=\"utf-8\"", "passes"},
      {"application/json; charset=latin1", "wrong-media-type"},
      {"application/merge-patch+json", "wrong-media-type"},
      {"text/plain", "wrong-media-type"},
      {"", "wrong-media-type"},
  };
  for (const auto& [type, expected] : cases) BOOST_TEST(refusal([&] { check_json(with({{"content-type", type}})); }) == expected, type);
  BOOST_TEST(refusal([] { check_json(with({{"content-type", "application/merge-patch+json"}}, "PATCH")); }) == "passes");
}

BOOST_AUTO_TEST_CASE(a_request_without_a_body_needs_no_content_type) {
  auto request = with({});
  request.body.clear();
  BOOST_TEST(refusal([&] { check_json(request); }) == "passes");
}
