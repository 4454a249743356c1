#include "crm/http/access.h"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <thread>

#include "crm/http/service.h"

using namespace ties;
using namespace ties::http;
using namespace std::chrono_literals;

namespace {

/// A service over a file of its own, on a day that stands still, and with a clock that is set by hand.
struct Door {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("ties_access_" + std::to_string(getpid()));
  std::filesystem::path path = folder / "ties.db";
  LockOut::Time now{1h};
  std::unique_ptr<Service> service;

  Door() {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    start("2026-03-04");
  }
  ~Door() {
    service.reset();
    std::filesystem::remove_all(folder);
  }

  /// Begins anew, as after a stop.
  void start(const char* today) {
    service.reset();
    ServiceOptions options;
    options.today = date_from_text(today), options.now = [this] { return now; };
    service = std::make_unique<Service>(path, options);
  }
  Access& access() { return service->access; }
  std::string token(const std::string& name, std::vector<std::string> scopes) {
    return ran("token add", {{"name", {name}}, {"scope", std::move(scopes)}})["token"].get<std::string>();
  }
  std::string link() {
    const auto address = ran("signin", {})["address"].get<std::string>();
    return address.substr(address.find("token=") + 6);
  }
  Json ran(std::string_view verb, Args::Raw raw) {
    return service->file.write([&](Crm& crm) { return run(crm, verb, std::move(raw)).data; });
  }
  std::vector<Credential> kept(CredentialKind kind) {
    return service->file.read([&](Crm& crm) { return crm.store.credentials(kind); });
  }
  void password(const std::string& text) {
    service->file.write([&](Crm& crm) { set_password(crm, text); });
  }

  static Request asking(std::vector<std::pair<std::string, std::string>> headers = {},
                        const std::string& peer = "192.0.2.7") {
    Request request;
    request.method = "GET", request.headers = std::move(headers), request.peer = peer;
    return request;
  }
  static Request with_token(const std::string& token, const std::string& peer = "192.0.2.7") {
    return asking({{"authorization", "Bearer " + token}}, peer);
  }
  static Request with_cookie(const std::string& value, const std::string& peer = "192.0.2.7") {
    return asking({{"cookie", "theme=dark; ties_session=" + value}}, peer);
  }

  /// The problem that it is refused with: its type.
  template <class Work>
  static Problem refusal(Work&& work) {
    try {
      work();
    } catch (const Refused& refused) {
      return refused.problem;
    }
    return {};
  }
  std::string_view refused(const Request& request) {
    return refusal([&] { access().caller_of(request); }).type;
  }

  Response answer(const std::string& route, Request request, const Caller& caller = {}) {
    for (const auto& endpoint : sign_in_endpoints()) {
      if (endpoint.route == route) return endpoint.run(*service, request, caller, {});
    }
    throw std::logic_error("no such route: " + route);
  }
};

std::string header(const Response& response, std::string_view name) {
  for (const auto& [known, value] : response.headers) {
    if (known == name) return value;
  }
  return {};
}

std::string session_in(const Response& response) {
  const auto cookie = header(response, "Set-Cookie");
  const auto begin = cookie.find('=') + 1;
  return cookie.substr(begin, cookie.find(';') - begin);
}

const std::string all = "admin feeds import private read write";

std::string scopes_of(const Caller& caller) {
  std::string text;
  for (const auto& scope : caller.scopes) text += (text.empty() ? "" : " ") + scope;
  return text;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(coming_in, Door)

BOOST_AUTO_TEST_CASE(who_shows_nothing_is_nobody_and_may_nothing) {
  for (const auto& request : {asking(), asking({{"cookie", "theme=dark"}}), asking({{"cookie", ""}}),
                              asking({{"authorization", "Basic YTpi"}})}) {
    const auto caller = access().caller_of(request);
    BOOST_TEST(caller.name == "");
    BOOST_TEST(caller.scopes.empty());
    BOOST_TEST(!caller.by_cookie);
  }
}

BOOST_AUTO_TEST_CASE(a_token_reaches_as_far_as_its_scopes) {
  const auto shown = token("phonebook", {"read", "feeds"});
  for (const auto* scheme : {"Bearer ", "bearer ", "BEARER  "}) {
    const auto caller = access().caller_of(asking({{"authorization", scheme + shown}}));
    BOOST_TEST(caller.name == "phonebook");
    BOOST_TEST(scopes_of(caller) == "feeds read");
    BOOST_TEST(!caller.by_cookie);
    BOOST_TEST(caller.may("read"));
    BOOST_TEST(!caller.may("write"));
  }
}

BOOST_AUTO_TEST_CASE(what_is_wrong_or_of_another_kind_is_refused_and_says_how_to_come_in) {
  const auto shown = token("phonebook", {"read"});
  const auto session = access().sign_in_with_link(asking(), link());
  const auto once = link();
  const Request requests[] = {with_token(shown + "A", "a"),
                              with_token(shown.substr(5), "b"),
                              with_token("", "c"),
                              with_token("ties_", "d"),
                              with_token("ties_99_" + shown, "e"),
                              with_token("ties_" + session, "f"),
                              with_token(session, "g"),
                              with_token("ties_" + once, "h"),
                              with_token(std::string(100'000, 'x'), "i"),
                              with_cookie(session + "A"),
                              with_cookie(shown),
                              with_cookie(shown.substr(5)),
                              with_cookie(once),
                              with_cookie("1_"),
                              with_cookie("\x01\xff_;")};
  for (const auto& request : requests) {
    const auto problem = refusal([&] { access().caller_of(request); });
    BOOST_TEST(problem.type == "not-signed-in");
    BOOST_TEST(problem.status == 401);
    BOOST_REQUIRE(problem.headers.size() == 1);
    BOOST_TEST((problem.headers[0] == std::pair<std::string, std::string>("WWW-Authenticate", "Bearer")));
    BOOST_TEST(access().caller_if_any(request).scopes.empty());
  }
  BOOST_TEST(access().caller_of(with_token(shown)).name == "phonebook");
  BOOST_TEST(access().caller_of(with_cookie(session)).name == "session");
}

BOOST_AUTO_TEST_CASE(a_revoked_token_opens_nothing_a_second_later_and_an_expired_one_nothing_at_all) {
  const auto shown = token("phonebook", {"read"}), other = token("other", {"read"});
  BOOST_TEST(refused(with_token(shown)) == "");
  ran("token revoke", {{"token", {"phonebook"}}});
  now += 1s;
  BOOST_TEST(refused(with_token(shown)) == "not-signed-in");
  start("2026-06-01");
  BOOST_TEST(refused(with_token(other)) == "");
  start("2026-06-02");  // 90 days
  BOOST_TEST(refused(with_token(other)) == "not-signed-in");
}

BOOST_AUTO_TEST_CASE(a_link_signs_in_once_within_its_ten_minutes) {
  const auto first = link(), late = link();
  const auto session = access().sign_in_with_link(asking(), first);
  const auto caller = access().caller_of(with_cookie(session));
  BOOST_TEST(caller.name == "session");
  BOOST_TEST(caller.by_cookie);
  BOOST_TEST(scopes_of(caller) == all);
  BOOST_TEST(refusal([&] { access().sign_in_with_link(asking(), first); }).type == "sign-in-failed");
  BOOST_TEST(refusal([&] { access().sign_in_with_link(asking(), ""); }).type == "sign-in-failed");
  BOOST_TEST(refusal([&] { access().sign_in_with_link(asking(), session); }).type == "sign-in-failed");
  start("2026-03-05");
  BOOST_TEST(refusal([&] { access().sign_in_with_link(asking(), late); }).type == "sign-in-failed");
}

BOOST_AUTO_TEST_CASE(of_two_who_open_one_link_at_once_one_comes_in) {
  const auto once = link();
  std::atomic<int> in{}, out{};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      const auto type = refusal([&] { access().sign_in_with_link(asking(), once); }).type;
      ++(type.empty() ? in : out);
    });
  }
  for (auto& thread : threads) thread.join();
  BOOST_TEST(in == 1);
  BOOST_TEST(out == 3);
}

BOOST_AUTO_TEST_CASE(a_session_outlives_the_service_and_slides_thirty_days_ahead_with_its_use) {
  const auto session = access().sign_in_with_link(asking(), link());
  const auto hash = kept(CredentialKind::session).at(0).hash;
  BOOST_TEST(hash.size() == 64);
  BOOST_TEST(session.find(hash) == std::string::npos);
  start("2026-03-30");
  BOOST_TEST(refused(with_cookie(session)) == "");
  BOOST_TEST(kept(CredentialKind::session).at(0).expires_at.value() == "2026-04-29T12:00:00Z");
  start("2026-04-28");
  BOOST_TEST(refused(with_cookie(session)) == "");
  start("2026-05-28");
  BOOST_TEST(refused(with_cookie(session)) == "not-signed-in");
}

BOOST_AUTO_TEST_CASE(the_use_of_a_token_is_written_at_most_once_an_hour) {
  const auto shown = token("phonebook", {"read"});
  const auto version = [&] {
    return service->file.read([](Crm& crm) { return crm.store.credentials(CredentialKind::token).at(0).used_at; });
  };
  BOOST_TEST(!version().has_value());
  access().caller_of(with_token(shown));
  BOOST_TEST(version().value() == "2026-03-04T12:00:00Z");
  service->file.write([](Crm& crm) {  // as if it were long ago; nothing may write over it within the minute
    write_aside(crm, [&] {
      auto credential = crm.store.credentials(CredentialKind::token).at(0);
      credential.used_at = "2026-03-04T11:30:00Z";
      crm.store.update(credential);
    });
  });
  now += 2h;
  access().caller_of(with_token(shown));
  BOOST_TEST(version().value() == "2026-03-04T11:30:00Z");
  start("2026-03-05");
  access().caller_of(with_token(shown));
  BOOST_TEST(version().value() == "2026-03-05T12:00:00Z");
  BOOST_TEST(!kept(CredentialKind::token).at(0).expires_at.value().starts_with("2026-04"));  // tokens do not slide
}

BOOST_AUTO_TEST_CASE(nobody_waits_for_a_writer_to_be_let_in) {
  const auto shown = token("phonebook", {"read"});
  service->file.write([&](Crm&) {
    std::thread([&] { BOOST_TEST(access().caller_of(with_token(shown)).name == "phonebook"); }).join();
  });
  BOOST_TEST(!kept(CredentialKind::token).at(0).used_at.has_value());
}

BOOST_AUTO_TEST_CASE(five_failures_lock_a_peer_out_and_each_more_doubles_the_wait) {
  const auto wrong = with_token("ties_1_wrong");
  for (int i = 0; i < 5; ++i) BOOST_TEST(refused(wrong) == "not-signed-in");
  for (const auto* wait : {"30", "60", "120", "240", "480", "900", "900"}) {
    const auto problem = refusal([&] { access().caller_of(wrong); });
    BOOST_TEST(problem.type == "too-many");
    BOOST_TEST(problem.status == 429);
    BOOST_REQUIRE(problem.headers.size() == 1);
    BOOST_TEST(problem.headers[0].first == "Retry-After");
    BOOST_TEST(problem.headers[0].second == wait);
    now += std::chrono::seconds(std::stoi(wait)) - 1s;
    BOOST_TEST(refused(wrong) == "too-many");
    now += 1s;
    BOOST_TEST(refused(wrong) == "not-signed-in");
  }
  BOOST_TEST(refused(with_token("ties_1_wrong", "192.0.2.8")) == "not-signed-in");  // others are not locked out
  now += 31min;
  for (int i = 0; i < 4; ++i) BOOST_TEST(refused(wrong) == "not-signed-in");  // forgiven
}

BOOST_AUTO_TEST_CASE(failures_that_lie_far_apart_lock_nobody_out) {
  for (int i = 0; i < 20; ++i) {
    BOOST_TEST(refused(with_token("ties_1_wrong")) == "not-signed-in");
    now += 4min;
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_guessed_works_on_while_a_password_is_locked_out) {
  password("seven blue herons");
  const auto session = access().sign_in_with_link(asking(), link());
  const auto shown = token("phonebook", {"read"});
  for (int i = 0; i < 5; ++i) BOOST_TEST(refused(with_token("ties_1_wrong")) == "not-signed-in");
  BOOST_TEST(refusal([&] { access().sign_in_with_password(asking(), "seven blue herons"); }).type == "too-many");
  BOOST_TEST(refusal([&] { access().sign_in_with_link(asking(), "1_wrong"); }).type == "too-many");
  BOOST_TEST(refused(with_token("ties_1_wrong")) == "too-many");
  BOOST_TEST(refused(with_cookie(session)) == "");
  BOOST_TEST(refused(with_token(shown)) == "");
  BOOST_TEST(refusal([&] { access().sign_in_with_link(asking(), link()); }).type == "");
  now += 30s;
  const auto by_password = access().sign_in_with_password(asking(), "seven blue herons");
  BOOST_TEST(access().caller_of(with_cookie(by_password)).name == "session");
  for (int i = 0; i < 4; ++i) BOOST_TEST(refused(with_token("ties_1_wrong")) == "not-signed-in");  // it began anew
}

BOOST_AUTO_TEST_CASE(an_old_cookie_is_no_try) {
  for (int i = 0; i < 20; ++i) BOOST_TEST(refused(with_cookie("1_old")) == "not-signed-in");
  BOOST_TEST(refused(with_token("ties_1_wrong")) == "not-signed-in");
}

BOOST_AUTO_TEST_CASE(the_table_of_the_locked_out_stays_small_and_keeps_who_failed_last) {
  LockOut table;
  const LockOut::Time at{1h};
  for (int i = 0; i < 10'000; ++i) {
    table.failed("peer " + std::to_string(i), at + std::chrono::milliseconds(i));
    BOOST_REQUIRE(table.peers() <= LockOut::peers_max);
  }
  for (int i = 0; i < 4; ++i) table.failed("peer 9999", at + 11s);
  BOOST_TEST(table.wait("peer 9999", at + 11s).value() == 30s);
  BOOST_TEST(!table.wait("peer 9998", at + 11s).has_value());
  table.failed("another", at + 1h);  // by now all are forgiven
  BOOST_TEST(table.peers() == 1);
}

BOOST_AUTO_TEST_CASE(a_password_that_is_not_set_takes_as_long_to_refuse) {
  const auto taken = [&] {
    const auto begin = std::chrono::steady_clock::now();
    BOOST_TEST(refusal([&] { access().sign_in_with_password(asking(), "seven blue heron"); }).type == "sign-in-failed");
    return std::chrono::steady_clock::now() - begin;
  };
  const auto without = taken();
  password("seven blue herons");
  const auto with = taken();
  BOOST_TEST((without * 3 > with && with * 3 > without));
}

BOOST_AUTO_TEST_CASE(signing_out_ends_the_session_at_once_and_no_other) {
  const auto one = access().sign_in_with_link(asking(), link()), other = access().sign_in_with_link(asking(), link());
  BOOST_TEST(refused(with_cookie(one)) == "");
  access().sign_out(with_cookie(one));
  BOOST_TEST(refused(with_cookie(one)) == "not-signed-in");
  BOOST_TEST(refused(with_cookie(other)) == "");
  access().sign_out(asking());
  access().sign_out(with_cookie("7_wrong"));
  BOOST_TEST(refused(with_cookie(other)) == "");
}

BOOST_AUTO_TEST_CASE(the_page_signs_in_by_a_link_and_leaves_no_secret_in_the_address) {
  auto request = asking();
  request.query = {{"token", link()}};
  const auto response = answer("GET /sign-in", request);
  BOOST_TEST(response.status == 303);
  BOOST_TEST(header(response, "Location") == "/");
  BOOST_TEST(header(response, "Cache-Control") == "no-store");
  const auto session = session_in(response);
  BOOST_TEST(header(response, "Set-Cookie") ==
             "ties_session=" + session + "; Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict");
  BOOST_TEST(access().caller_of(with_cookie(session)).by_cookie);

  const auto again = answer("GET /sign-in", request);
  BOOST_TEST(again.status == 401);
  BOOST_TEST(header(again, "Set-Cookie") == "");
  BOOST_TEST(again.body.find("The address is wrong, too old, or was opened before; ties signin makes a new one.") !=
             std::string::npos);
  const auto by_who_is_in = answer("GET /sign-in", request, {"session", {"read"}, true});
  BOOST_TEST(by_who_is_in.status == 303);
  BOOST_TEST(header(by_who_is_in, "Set-Cookie") == "");

  request.query = {{"token", link()}}, request.secure = true;
  BOOST_TEST(header(answer("GET /sign-in", request), "Set-Cookie").ends_with("; HttpOnly; SameSite=Strict; Secure"));
}

BOOST_AUTO_TEST_CASE(a_link_that_is_fetched_ahead_or_only_looked_at_is_not_used_up) {
  const auto once = link();
  const std::pair<const char*, const char*> looks[] = {{"sec-purpose", "prefetch"},
                                                       {"sec-purpose", "prefetch;prerender"},
                                                       {"purpose", "prefetch"},
                                                       {"x-moz", "prefetch"},
                                                       {"", ""}};
  for (const auto& [name, value] : looks) {
    auto request = asking({{name, value}});
    if (std::string_view(name).empty()) request.method = "HEAD";
    request.query = {{"token", once}};
    const auto response = answer("GET /sign-in", request);
    BOOST_TEST(response.status == 200);
    BOOST_TEST(header(response, "Set-Cookie") == "");
  }
  BOOST_TEST(refusal([&] { access().sign_in_with_link(asking(), once); }).type == "");
}

BOOST_AUTO_TEST_CASE(the_page_asks_for_the_password_when_one_is_set_and_holds_no_code_of_its_own) {
  const auto without = answer("GET /sign-in", asking());
  BOOST_TEST(without.status == 200);
  BOOST_TEST(without.type == "text/html; charset=utf-8");
  BOOST_TEST(without.body.find("<form") == std::string::npos);
  BOOST_TEST(without.body.find("Run “ties signin” on this machine") != std::string::npos);
  password("seven blue herons & more");
  const auto with = answer("GET /sign-in", asking());
  BOOST_TEST(with.body.find("<form method=\"post\" action=\"/sign-in\">") != std::string::npos);
  for (const auto* page : {&without, &with}) {
    BOOST_TEST(page->body.find("<script") == std::string::npos);
    BOOST_TEST(page->body.find("style=") == std::string::npos);
    BOOST_TEST(page->body.find("<style") == std::string::npos);
    BOOST_TEST(page->body.find("href=\"/assets/ties.css\"") != std::string::npos);
  }

  auto form = asking({{"content-type", "application/x-www-form-urlencoded"}});
  form.method = "POST", form.body = "password=seven+blue%20herons+%26+more";
  const auto in = answer("POST /sign-in", form);
  BOOST_TEST(in.status == 303);
  BOOST_TEST(access().caller_of(with_cookie(session_in(in))).name == "session");
  form.body = "password=seven";
  const auto out = answer("POST /sign-in", form);
  BOOST_TEST(out.status == 401);
  BOOST_TEST(out.body.find("The password is wrong.") != std::string::npos);
  BOOST_TEST(out.body.find("<form") != std::string::npos);
  for (const auto* body : {"", "passwort=x", "password", "%zz=%", "&&&==="}) {
    form.body = body;
    const auto type = refusal([&] { BOOST_TEST(answer("POST /sign-in", form).status == 401); }).type;
    BOOST_TEST((type == "malformed" || type.empty()));
  }
  form.headers = {{"content-type", "application/json"}};
  BOOST_TEST(refusal([&] { answer("POST /sign-in", form); }).type == "wrong-media-type");
}

BOOST_AUTO_TEST_CASE(a_script_signs_in_asks_who_it_is_and_signs_out) {
  password("seven blue herons");
  auto request = asking();
  request.method = "POST", request.body = R"({"password": "seven blue herons"})";
  const auto in = answer("POST /api/v1/session", request);
  BOOST_TEST(in.status == 200);
  BOOST_TEST(in.body == R"({"name":"session","scopes":["admin","feeds","import","private","read","write"]})");
  const auto cookie = with_cookie(session_in(in));
  const auto caller = access().caller_of(cookie);
  BOOST_TEST(answer("GET /api/v1/session", cookie, caller).body == in.body);
  BOOST_TEST(refusal([&] { answer("GET /api/v1/session", asking()); }).type == "not-signed-in");
  const auto out = answer("DELETE /api/v1/session", cookie, caller);
  BOOST_TEST(out.status == 204);
  BOOST_TEST(header(out, "Set-Cookie").starts_with("ties_session=; Path=/; Max-Age=0; HttpOnly"));
  BOOST_TEST(refused(cookie) == "not-signed-in");
  BOOST_TEST(refusal([&] {
               answer("DELETE /api/v1/session", asking(), {"phonebook", {"read"}, false});
             }).type == "conflict");
  const std::pair<const char*, const char*> rows[] = {{"", "malformed"},
                                                      {"[]", "malformed"},
                                                      {"{", "malformed"},
                                                      {"{}", "wrong-value"},
                                                      {R"({"password": 7})", "wrong-value"},
                                                      {R"({"passwort": "x"})", "wrong-value"},
                                                      {R"({"password": "x"})", "sign-in-failed"}};
  for (const auto& [body, type] : rows) {
    request.body = body;
    BOOST_TEST(refusal([&] { answer("POST /api/v1/session", request); }).type == type);
  }
}

BOOST_AUTO_TEST_CASE(the_password_is_changed_by_who_knows_it_and_other_sessions_end) {
  const auto mine = access().sign_in_with_link(asking(), link()), other = access().sign_in_with_link(asking(), link());
  const auto change = [&](const char* body) {
    auto request = with_cookie(mine);
    request.method = "PUT", request.body = body;
    return answer("PUT /api/v1/password", request, access().caller_of(request)).status;
  };
  BOOST_CHECK_EXCEPTION(change(R"({"password": "short"})"), Wrong, [](const Wrong& error) {
    return error.what() == std::string("password: give at least 10 characters");
  });
  BOOST_TEST(change(R"({"password": "seven blue herons"})") == 204);
  now += 1s;
  BOOST_TEST(refused(with_cookie(mine)) == "");
  BOOST_TEST(refused(with_cookie(other)) == "not-signed-in");
  BOOST_TEST(refusal([&] { change(R"({"password": "eight blue herons"})"); }).type == "sign-in-failed");
  BOOST_TEST(refusal([&] { change(R"({"current": "x", "password": "eight blue herons"})"); }).type == "sign-in-failed");
  BOOST_TEST(change(R"({"current": "seven blue herons", "password": "eight blue herons"})") == 204);
  BOOST_TEST(refusal([&] { access().sign_in_with_password(asking(), "seven blue herons"); }).type == "sign-in-failed");
  BOOST_TEST(refusal([&] { access().sign_in_with_password(asking(), "eight blue herons"); }).type == "");
}

BOOST_AUTO_TEST_CASE(many_threads_come_in_at_once) {
  const auto shown = token("phonebook", {"read"});
  const auto session = access().sign_in_with_link(asking(), link());
  std::atomic<int> in{}, out{};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int turn = 0; turn < 50; ++turn) {
        in += access().caller_of(with_token(shown)).name == "phonebook" ? 1 : 0;
        in += access().caller_of(with_cookie(session)).by_cookie ? 1 : 0;
        out += access().caller_if_any(with_token("ties_1_wrong", "peer " + std::to_string(i))).name.empty() ? 1 : 0;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  BOOST_TEST(in == 400);
  BOOST_TEST(out == 200);
}

BOOST_AUTO_TEST_SUITE_END()
