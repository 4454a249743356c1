#include <boost/test/unit_test.hpp>

#include "tests/http/calls.h"

using namespace ties;
using namespace ties::http;
using namespace std::chrono_literals;

namespace {

/// A whole service with its log, and a clock of failures that is set by hand.
struct Feeds : OwnTemporaryFolder {
  std::ostringstream said;
  LockOut::Time now{1h};
  std::unique_ptr<Service> service;
  std::string token;

  Feeds() {
    auto options = on_a_day();
    options.log = Log(said), options.now = [this] { return now; };
    service = std::make_unique<Service>(file, options);
    token = service->file.write([](Crm& crm) {
      run(crm, "task add", {{"text", {"read the paper"}}, {"due", {"2026-03-06"}}});
      return run(crm, "token add", {{"name", {"phone"}}, {"scope", {"feeds"}}}).data["token"].get<std::string>();
    });
  }

  Response get(const std::string& path, std::vector<std::pair<std::string, std::string>> headers = {}) {
    Request request;
    request.method = "GET", request.path = path, request.peer = "192.0.2.7", request.id = "r-1";
    headers.emplace_back("host", "127.0.0.1:7420");
    request.headers = std::move(headers);
    return service->answer(request);
  }
  Response get_with_password(const std::string& text) {
    return get("/feeds/followups.ics", {{"authorization", "Basic " + base64(text)}});
  }

  static std::string base64(const std::string& text) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    unsigned bits = 0;
    int held = 0;
    for (const char c : text) {
      bits = (bits << 8) | static_cast<unsigned char>(c), held += 8;
      for (; held >= 6; held -= 6) out += letters[(bits >> (held - 6)) & 63];
    }
    if (held > 0) out += letters[(bits << (6 - held)) & 63];
    while (out.size() % 4 != 0) out += '=';
    return out;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(feeds, Feeds)

BOOST_AUTO_TEST_CASE(open_by_the_token_in_the_address_and_the_log_never_has_it) {
  const auto calendar = get("/feeds/" + token + "/followups.ics");
  BOOST_TEST(calendar.status == 200);
  BOOST_TEST(calendar.type == "text/calendar; charset=utf-8");
  BOOST_TEST(calendar.body.find("read the paper") != std::string::npos);
  BOOST_TEST(get("/feeds/" + token + "x/followups.ics").status == 404);
  BOOST_TEST(get("/feeds/" + token + "/other.ics").status == 404);
  BOOST_TEST(get("/feeds/" + token).status == 404);
  BOOST_TEST(get_with_password("me:" + token).status == 200);
  BOOST_TEST(said.str().find("route=/feeds/{token}/followups.ics") != std::string::npos, said.str());
  BOOST_TEST(said.str().find(token) == std::string::npos, said.str());
  BOOST_TEST(said.str().find(token.substr(token.size() / 2)) == std::string::npos, said.str());
}

BOOST_AUTO_TEST_CASE(open_by_the_token_as_a_password_whatever_the_name) {
  for (const auto* name : {"", "me", "me@home.example", "Zoë"})
    BOOST_TEST(get_with_password(std::string(name) + ":" + token).status == 200, name);
  for (const auto& wrong : std::vector<std::string>{token, "me:", ":", "", "me:" + token + "x", "me:me:" + token}) {
    const auto refused = get_with_password(wrong);
    BOOST_TEST(refused.status == 401, wrong);
    now += 16min;  // so that none is locked out
    const auto asked = std::find_if(refused.headers.begin(), refused.headers.end(),
                                    [](const auto& header) { return header.first == "WWW-Authenticate"; });
    BOOST_TEST_REQUIRE((asked != refused.headers.end()));
    BOOST_TEST(asked->second.starts_with("Basic "));
  }
}

BOOST_AUTO_TEST_CASE(count_failed_tries_as_everywhere_and_let_the_right_token_in_all_the_same) {
  for (int i = 0; i < 5; ++i) BOOST_TEST(get("/feeds/ties_1_guess/followups.ics").status == 404);
  BOOST_TEST(get("/feeds/ties_1_guess/followups.ics").status == 429);
  BOOST_TEST(get_with_password("me:guess").status == 429);
  BOOST_TEST(get("/api/v1/contacts", {{"authorization", "Bearer guess"}}).status == 429);
  BOOST_TEST(get("/feeds/" + token + "/followups.ics").status == 200);
  now += 31s;
  BOOST_TEST(get("/feeds/ties_1_guess/followups.ics").status == 404);
}

BOOST_AUTO_TEST_CASE(hide_what_is_private_unless_the_token_may_see_it) {
  service->file.write([](Crm& crm) {
    run(crm, "contact add", {{"name", {"Ada Lund"}}});
    run(crm, "interaction add",
        {{"contact", {"ada"}},
         {"kind", {"call"}},
         {"promise", {"the quokka slides"}},
         {"by", {"2026-03-07"}},
         {"private", {"yes"}}});
  });
  BOOST_TEST(get("/feeds/" + token + "/followups.ics").body.find("quokka") == std::string::npos);
  const auto seeing = service->file.write([](Crm& crm) {
    return run(crm, "token add", {{"name", {"mine"}}, {"scope", {"feeds", "private"}}})
        .data["token"]
        .get<std::string>();
  });
  BOOST_TEST(get("/feeds/" + seeing + "/followups.ics").body.find("quokka") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
