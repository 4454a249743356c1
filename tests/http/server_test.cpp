#include "crm/http/server.h"

#include <Poco/InflatingStream.h>
#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <thread>

#include "client.h"
#include "crm/domain/errors.h"
#include "crm/http/problem.h"

namespace {

using namespace ties::http;
using namespace std::chrono_literals;

std::string unzipped(const std::string& bytes) {
  std::istringstream in(bytes);
  Poco::InflatingInputStream gzip(in, Poco::InflatingStreamBuf::STREAM_GZIP);
  return {std::istreambuf_iterator<char>(gzip), {}};
}

ServerOptions options() {
  ServerOptions made;
  made.port = 0;
  made.log.set_least(Log::Level::none);
  return made;
}

/// Says what it was asked, and does what its path says.
Response echo(Request& request) {
  Response response;
  response.type = "application/json";
  if (request.path == "/throws") throw std::runtime_error("a secret from the inside");
  if (request.path == "/refuses") {
    auto refusal = problem("wrong-method", "this address takes GET");
    refusal.headers.emplace_back("Allow", "GET");
    throw Refused(std::move(refusal));
  }
  if (request.path == "/nothing") return {204, "", "", {}, {}};
  if (request.path == "/same") return {304, "", "", {{"ETag", "\"abc\""}}, {}};
  if (request.path == "/split") response.headers.emplace_back("Location", "/x\r\nSet-Cookie: a=b");
  if (request.path == "/cookies")
    response.headers = {{"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}, {"Cache-Control", "max-age=60"}};
  if (request.path == "/large" || request.path == "/api/large") {
    response.body = "{\"text\":\"" + std::string(5'000, 'x') + "\"}";
    response.headers.emplace_back("ETag", "\"abc\"");
    return response;
  }
  if (request.path == "/picture") return {200, "image/png", std::string(5'000, 'x'), {}, {}};
  if (request.path == "/stream") {
    response.type = "text/event-stream";
    response.stream = [](std::ostream& out) {
      for (int i = 0; i < 3; ++i) out << "data: " << i << "\n\n" << std::flush;
    };
    return response;
  }
  if (request.path == "/endless") {
    response.type = "text/event-stream";
    response.stream = [](std::ostream& out) {
      out << "data: begin\n\n" << std::flush;
      while (out.flush()) std::this_thread::sleep_for(5ms);
    };
    return response;
  }
  if (request.path == "/slow") {
    std::this_thread::sleep_for(300ms);
    response.body = "\"slow\"";
    return response;
  }
  if (request.path == "/files") {
    std::ostringstream body;
    if (request.parameter("raw")) {
      body << std::string(std::istreambuf_iterator<char>(*request.stream), {});
    } else {
      std::string part(10'000, ' ');
      while (request.stream->read(part.data(), 10'000) || request.stream->gcount() > 0)
        body.write(part.data(), request.stream->gcount());
    }
    response.body = request.stream->bad() ? "\"broken\"" : std::to_string(body.str().size());
    return response;
  }
  response.body = request.method + " " + request.path;
  for (const auto& [name, value] : request.query) response.body += " " + name + "=" + value;
  for (const auto* name : {"host", "x-test", "if-match", "if-none-match"}) {
    if (!request.header(name).empty()) response.body += " [" + std::string(name) + ": " + request.header(name) + "]";
  }
  if (!request.body.empty()) response.body += " body=" + request.body;
  return response;
}

struct Served {
  explicit Served(ServerOptions how = options())
      : server(how, echo, [](const std::string&, const std::string& path) { return path == "/files"; }) {
    server.start();
  }
  Client client() { return Client(server.port()); }
  Reply ask(const std::string& request) { return client().ask(request); }

  Server server;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(the_server)

BOOST_FIXTURE_TEST_CASE(hands_on_what_was_asked, Served) {
  struct Case {
    std::string request, body;
  };
  const std::vector<Case> cases{
      {get("/"), "GET / [host: 127.0.0.1]"},
      {get("/api/v1/contacts/7?limit=5&sort=-last"), "GET /api/v1/contacts/7 limit=5 sort=-last [host: 127.0.0.1]"},
      {get("/a%20b/Zo%C3%AB?q=a+b%26c&&empty&e="), "GET /a b/Zoë q=a b&c empty= e= [host: 127.0.0.1]"},
      {get("/a+b"), "GET /a+b [host: 127.0.0.1]"},
      {get("/..hidden/a..b"), "GET /..hidden/a..b [host: 127.0.0.1]"},
      {get("http://ties.example:7420/x?y=1"), "GET /x y=1 [host: ties.example:7420]"},
      {get("HTTP://Ties.Example"), "GET / [host: ties.example]"},
      {"OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "OPTIONS * [host: 127.0.0.1]"},
      {get("/", "X-Test:  spaces and\ttabs \r\n"), "GET / [host: 127.0.0.1] [x-test: spaces and\ttabs]"},
      {get("/", "If-Match: \"abc-gz\", W/\"def\", \"ghi-gz\"\r\n"),
       "GET / [host: 127.0.0.1] [if-match: \"abc\", W/\"def\", \"ghi\"]"},
      {post("/x", "{}"), "POST /x [host: 127.0.0.1] body={}"},
      {"POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
       "chunked\r\n\r\n3;x=y\r\nabc\r\n0A\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n",
       "POST /x [host: a] body=abc0123456789"},
      {"POST /x HTTP/1.1\r\nHost: a\r\n\r\n", "POST /x [host: a]"},
      {"\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / [host: a]"},
      {"GET / HTTP/1.0\r\n\r\n", "GET /"},
  };
  for (const auto& [request, body] : cases) {
    BOOST_TEST_CONTEXT(request) {
      const auto reply = ask(request);
      BOOST_TEST(reply.status == 200);
      BOOST_TEST(reply.body == body);
    }
  }
}

BOOST_FIXTURE_TEST_CASE(refuses_what_is_malformed, Served) {
  struct Case {
    std::string request;
    int status;
  };
  const std::string host = "Host: a\r\n";
  std::string many;
  for (int i = 0; i < 101; ++i) many += "X-" + std::to_string(i) + ": y\r\n";
  const std::vector<Case> cases{
      {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 TLS hello", 400},
      {"HELP\r\n", 400},
      {"GET /\r\n" + host + "\r\n", 400},
      {"GET / HTTP/1.1\n" + host + "\n", 400},
      {"GET  / HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET / a HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET / HTTP/2.0\r\n" + host + "\r\n", 400},
      {"GET / HTTP/1.1 \r\n" + host + "\r\n", 400},
      {"GET / http/1.1\r\n" + host + "\r\n", 400},
      {"G@T / HTTP/1.1\r\n" + host + "\r\n", 400},
      {std::string(33, 'G') + " / HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n" + host + host + "\r\n", 400},
      {"GET / HTTP/1.1\r\n" + host + "no colon\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n" + host + "Blank : x\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n" + host + ": x\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n" + host + "X: a\r\n folded\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n" + host +
           "X: a\x01"
           "b\r\n\r\n",
       400},
      {"GET / HTTP/1.1\r\n" + host + "X: a\rb\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n" + host + "X: a\xff\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n" + host + "X: =?utf-8?Q?a=0D=0AY:b?=\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx", 400},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: 1, 1\r\n\r\nx", 400},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: 0x1\r\n\r\nx", 400},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: +1\r\n\r\nx", 400},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: 999999999999999\r\n\r\n", 413},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: 2000000\r\n\r\n", 413},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400},
      {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n-1\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n100000000\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1\r\nxx\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1\nx\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(300, 'x') + "\r\n", 400},
      {get("/" + std::string(8'200, 'x')), 414},
      {"GET /" + std::string(20'000, 'x'), 414},
      {"GET / HTTP/1.1\r\n" + host + many + "\r\n", 431},
      {"GET / HTTP/1.1\r\n" + host + "X: " + std::string(8'100, 'x') + "\r\n\r\n", 431},
      {"GET / HTTP/1.1\r\n" + host + "X: " + std::string(33'000, 'x'), 431},
      {get("/a/../b"), 400},
      {get("/a/./b"), 400},
      {get("/.."), 400},
      {get("/%2e%2e/b"), 400},
      {get("/a/.%2E"), 400},
      {get("/a%2fb"), 400},
      {get("/a%5Cb"), 400},
      {get("/a\\b"), 400},
      {get("/a%00b"), 400},
      {get("/a%0ab"), 400},
      {get("/a%7Fb"), 400},
      {get("/a%"), 400},
      {get("/a%2"), 400},
      {get("/a%zz"), 400},
      {get("/a%ff"), 400},
      {get("/a%c0%af"), 400},
      {get("/a\xc3\xab"), 400},
      {get("/?q=%00"), 400},
      {get("/?q=%ff"), 400},
      {get("/?q=%"), 400},
      {get("/#part"), 400},
      {get("a"), 400},
      {get("http://"), 400},
      {get("http://ada@ties.example/"), 400},
      {get("ties.example:443"), 400},
  };
  for (const auto& [request, status] : cases) {
    BOOST_TEST_CONTEXT(request.substr(0, 100)) {
      const auto reply = ask(request);
      BOOST_TEST(reply.status == status);
      BOOST_TEST(reply.header("Content-Type") == "application/problem+json");
      BOOST_TEST(reply.header("X-Content-Type-Options") == "nosniff");
      BOOST_TEST(reply.header("X-Request-Id").size() == 16);
      BOOST_TEST(reply.body.find("\"status\":" + std::to_string(status)) != std::string::npos);
    }
  }
  BOOST_TEST(ask(get("/")).status == 200);
  BOOST_TEST(server.refusals().at("uri-too-long") == 2);
}

BOOST_FIXTURE_TEST_CASE(keeps_secrets_when_a_handler_throws, Served) {
  auto one = client();
  const auto failed = one.ask(get("/throws"));
  BOOST_TEST(failed.status == 500);
  BOOST_TEST(failed.body.find("secret") == std::string::npos);
  BOOST_TEST(failed.body.find("urn:ties:problem:internal") != std::string::npos);
  BOOST_TEST(failed.body.find(failed.header("X-Request-Id")) != std::string::npos);
  BOOST_TEST(one.ask(get("/")).status == 200);
  const auto refused = one.ask(get("/refuses"));
  BOOST_TEST(refused.status == 405);
  BOOST_TEST(refused.header("Allow") == "GET");
  BOOST_TEST(one.ask(get("/split")).status == 500);
}

BOOST_FIXTURE_TEST_CASE(puts_the_same_headers_on_every_answer, Served) {
  for (const auto* path : {"/", "/throws", "/refuses", "/nothing", "/same", "/stream", "/a%00"}) {
    BOOST_TEST_CONTEXT(path) {
      const auto reply = ask(get(path));
      BOOST_TEST(reply.header("Content-Security-Policy").starts_with("default-src 'none'; script-src 'self'"));
      BOOST_TEST(reply.header("X-Content-Type-Options") == "nosniff");
      BOOST_TEST(reply.header("Referrer-Policy") == "no-referrer");
      BOOST_TEST(reply.header("Cross-Origin-Opener-Policy") == "same-origin");
      BOOST_TEST(reply.header("Cross-Origin-Resource-Policy") == "same-origin");
      BOOST_TEST(reply.header("X-Request-Id").find_first_not_of("0123456789abcdef") == std::string::npos);
      BOOST_TEST(reply.header("X-Request-Id").size() == 16);
      BOOST_TEST(reply.header("Server").empty());
    }
  }
  BOOST_TEST(ask(get("/api/v1/x")).header("Cache-Control") == "no-store");
  BOOST_TEST(ask(get("/x")).header("Cache-Control").empty());
  const auto cookies = ask(get("/cookies"));
  BOOST_TEST(cookies.header("Cache-Control") == "max-age=60");
  BOOST_TEST(cookies.head.find("Set-Cookie: a=1\r\n") != std::string::npos);
  BOOST_TEST(cookies.head.find("Set-Cookie: b=2\r\n") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(answers_head_without_a_body_and_goes_on, Served) {
  auto one = client();
  const auto head = one.ask("HEAD /large HTTP/1.1\r\nHost: a\r\n\r\n", true);
  BOOST_TEST(head.status == 200);
  BOOST_TEST(head.header("Content-Length") == "5011");
  BOOST_TEST(one.ask("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n", true).status == 200);
  BOOST_TEST(client().ask(get("/nothing")).status == 204);
  auto other = client();
  const auto nothing = other.ask(get("/nothing"));
  BOOST_TEST(nothing.header("Content-Length").empty());
  BOOST_TEST(other.ask(get("/same")).status == 304);
  BOOST_TEST(other.ask(get("/x")).body == "GET /x [host: 127.0.0.1]");
}

BOOST_FIXTURE_TEST_CASE(compresses_where_it_pays_and_the_client_wants_it, Served) {
  struct Case {
    std::string path, accepted;
    bool is_gzip;
  };
  const std::vector<Case> cases{
      {"/large", "", false},
      {"/large", "gzip", true},
      {"/large", "br, GZIP;q=0.5", true},
      {"/large", "gzip;q=0", false},
      {"/large", "gzip;q=0.000, *", false},
      {"/large", "*", true},
      {"/large", "*;q=0", false},
      {"/large", "deflate, br", false},
      {"/large", "gzip;q=x", false},
      {"/x", "gzip", false},
      {"/x", "gzip, identity;q=0", true},
      {"/picture", "gzip", false},
  };
  for (const auto& [path, accepted, is_gzip] : cases) {
    BOOST_TEST_CONTEXT(path << " " << accepted) {
      const auto reply = ask(get(path, accepted.empty() ? "" : "Accept-Encoding: " + accepted + "\r\n"));
      BOOST_TEST(reply.status == 200);
      BOOST_TEST((reply.header("Content-Encoding") == "gzip") == is_gzip);
      BOOST_TEST((reply.header("Vary") == "Accept-Encoding") == (path != "/picture"));
      if (path == "/large") BOOST_TEST(reply.header("ETag") == (is_gzip ? "\"abc-gz\"" : "\"abc\""));
      const auto body = is_gzip ? unzipped(reply.body) : reply.body;
      BOOST_TEST(body == ask(get(path)).body);
      if (path == "/large" && is_gzip) BOOST_TEST(reply.body.size() < 200);
    }
  }
  BOOST_TEST(ask(get("/same", "Accept-Encoding: gzip\r\n")).header("ETag") == "\"abc-gz\"");
}

BOOST_FIXTURE_TEST_CASE(keeps_connections_that_want_to_be_kept, Served) {
  auto kept = client();
  for (int i = 0; i < 50; ++i)
    BOOST_TEST(kept.ask(get("/" + std::to_string(i))).body == "GET /" + std::to_string(i) + " [host: 127.0.0.1]");
  const auto last = kept.ask(get("/", "Connection: close\r\n"));
  BOOST_TEST(last.status == 200);
  BOOST_TEST(last.header("Connection") == "Close");
  BOOST_TEST(kept.is_closed_within(2s));
  auto old = client();
  BOOST_TEST(old.ask("GET / HTTP/1.0\r\n\r\n").status == 200);
  BOOST_TEST(old.is_closed_within(2s));
}

BOOST_FIXTURE_TEST_CASE(answers_pipelined_requests_in_their_order, Served) {
  std::string all;
  for (int i = 0; i < 100; ++i)
    all += i % 3 == 0 ? post("/" + std::to_string(i), "body") : get("/" + std::to_string(i));
  auto one = client();
  BOOST_TEST(one.send(all));
  for (int i = 0; i < 100; ++i) {
    const auto method = i % 3 == 0 ? "POST /" : "GET /", body = i % 3 == 0 ? " body=body" : "";
    BOOST_TEST(one.reply().body == method + std::to_string(i) + " [host: 127.0.0.1]" + body);
  }
}

BOOST_FIXTURE_TEST_CASE(takes_no_body_of_a_refused_request_for_the_next_one, Served) {
  auto kept = client();
  BOOST_TEST(kept.ask(post("/%00", "{}")).status == 400);
  BOOST_TEST(kept.ask(get("/next")).body == "GET /next [host: 127.0.0.1]");
}

BOOST_FIXTURE_TEST_CASE(answers_who_has_closed_the_sending_side, Served) {
  auto one = client();
  one.send(get("/x") + get("/y"));
  one.half_close();
  BOOST_TEST(one.reply().body == "GET /x [host: 127.0.0.1]");
  BOOST_TEST(one.reply().body == "GET /y [host: 127.0.0.1]");
  BOOST_TEST(one.is_closed_within(2s));
}

BOOST_FIXTURE_TEST_CASE(streams_bodies_to_those_who_take_files, Served) {
  const std::string large(3'000'000, 'x');
  BOOST_TEST(ask(post("/files", "small")).body == "5");
  const auto reply = ask(post("/files", large));
  BOOST_TEST(reply.body == "3000000");
  BOOST_TEST(reply.header("Connection") == "Close");
  std::string chunks;
  for (int i = 0; i < 300; ++i) chunks += "2710\r\n" + std::string(10'000, 'y') + "\r\n";
  const std::string head = "POST /files HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  BOOST_TEST(ask(head + chunks + "0\r\n\r\n").body == "3000000");
  BOOST_TEST(ask(head + chunks + "broken\r\n").body == "\"broken\"");
  BOOST_TEST(
      ask("POST /files?raw HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "broken\r\n").status ==
      400);
  BOOST_TEST(
      client().ask("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n").status ==
      413);

  auto cut = client();
  cut.send("POST /files HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" + large.substr(0, 2'000'000));
  cut.half_close();
  BOOST_TEST(cut.reply().body == "\"broken\"");
}

BOOST_FIXTURE_TEST_CASE(tells_clients_to_go_on_with_a_body_that_it_wants, Served) {
  for (const auto& [path, bytes, answer] :
       {std::tuple("/x", 3, "POST /x [host: a] body=xxx"), std::tuple("/files", 2'000'000, "2000000")}) {
    BOOST_TEST_CONTEXT(path) {
      auto one = client();
      one.send("POST " + std::string(path) +
               " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n");
      BOOST_TEST(one.reply().status == 100);
      one.send(std::string(static_cast<std::size_t>(bytes), 'x'));
      const auto reply = one.reply();
      BOOST_TEST(reply.status == 200);
      BOOST_TEST(reply.body == answer);
    }
  }
  auto unwanted = client();
  BOOST_TEST(
      unwanted.ask("POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2000000\r\n\r\n").status ==
      413);
}

BOOST_FIXTURE_TEST_CASE(streams_answers_without_taking_the_threads_of_others, Served) {
  const auto stream = ask(get("/stream"));
  BOOST_TEST(stream.status == 200);
  BOOST_TEST(stream.body == "data: 0\n\ndata: 1\n\ndata: 2\n\n");
  BOOST_TEST(stream.header("Transfer-Encoding") == "chunked");
  BOOST_TEST(ask("GET /stream HTTP/1.0\r\n\r\n").body == "data: 0\n\ndata: 1\n\ndata: 2\n\n");

  std::vector<Client> open;
  for (int i = 0; i < 32; ++i) {
    open.push_back(client());
    open.back().send(get("/endless"));
  }
  while (server.connections().at("working") < 32) std::this_thread::sleep_for(5ms);
  const auto one_too_many = ask(get("/endless"));
  BOOST_TEST(one_too_many.status == 503);
  BOOST_TEST(one_too_many.header("Retry-After") == "5");
  std::vector<std::thread> threads;
  std::atomic<int> answered = 0;
  for (int i = 0; i < 16; ++i) threads.emplace_back([&] { answered += ask(get("/slow")).status == 200; });
  for (auto& thread : threads) thread.join();
  BOOST_TEST(answered == 16);
  open.clear();
  const auto end = std::chrono::steady_clock::now() + 5s;
  while (server.connections().at("working") > 0 && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(5ms);
  BOOST_TEST(server.connections().at("working") == 0);
}

BOOST_AUTO_TEST_CASE(stops_streams_at_once_and_lets_requests_end) {
  Served served;
  auto slow = served.client(), stream = served.client(), idle = served.client();
  BOOST_TEST(idle.ask(get("/")).status == 200);
  while (served.server.connections().at("working") > 0) std::this_thread::sleep_for(1ms);
  stream.send(get("/endless"));
  slow.send(get("/slow"));
  while (served.server.connections().at("working") < 2) std::this_thread::sleep_for(1ms);
  const auto began = std::chrono::steady_clock::now();
  BOOST_TEST(served.server.stop());
  BOOST_TEST((std::chrono::steady_clock::now() - began < 3s));
  const auto reply = slow.reply();
  BOOST_TEST(reply.body == "\"slow\"");
  BOOST_TEST(stream.is_closed_within(1s));
  BOOST_TEST(idle.is_closed_within(1s));
  BOOST_TEST(!Client(served.server.port()).is_connected());
}

BOOST_AUTO_TEST_CASE(stops_in_time_when_a_handler_does_not_end) {
  auto how = options();
  how.limits.stop = 100ms;
  std::atomic<bool> may_end = false;
  Server server(how, [&](Request&) {
    while (!may_end) std::this_thread::sleep_for(1ms);
    return Response{};
  });
  server.start();
  Client client(server.port());
  client.send(get("/"));
  while (server.connections().at("working") < 1) std::this_thread::sleep_for(1ms);
  BOOST_TEST(!server.stop());
  may_end = true;
}

BOOST_AUTO_TEST_CASE(speaks_tls_when_it_has_a_certificate) {
  const auto folder = std::filesystem::temp_directory_path() / ("ties-tls-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const auto key = folder / "key.pem", certificate = folder / "certificate.pem";
  const auto command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ties.example -keyout " +
                       key.string() + " -out " + certificate.string() + " 2>/dev/null";
  BOOST_REQUIRE(std::system(command.c_str()) == 0);
  auto how = options();
  how.certificate = certificate, how.key = key;
  how.limits.stall = 500ms;
  {
    Served served(how);
    BOOST_CHECK_THROW(([&] {
                        auto same = how;
                        same.port = served.server.port();
                        const Server second(same, echo);
                      })(),
                      ties::Conflict);
    Client silent = served.client(), plain = served.client();
    plain.send(get("/"));
    const Poco::Net::Context::Ptr trusting =
        new Poco::Net::Context(Poco::Net::Context::TLS_CLIENT_USE, "", Poco::Net::Context::VERIFY_NONE);
    Poco::Net::HTTPSClientSession session("127.0.0.1", static_cast<Poco::UInt16>(served.server.port()), trusting);
    session.setKeepAlive(true);
    const auto asked = [&](const std::string& method, const std::string& path, const std::string& body) {
      Poco::Net::HTTPRequest request(method, path, Poco::Net::HTTPMessage::HTTP_1_1);
      if (!body.empty()) request.setContentLength(static_cast<std::streamsize>(body.size()));
      session.sendRequest(request) << body;
      Poco::Net::HTTPResponse response;
      auto& stream = session.receiveResponse(response);
      const std::string text(std::istreambuf_iterator<char>(stream), {});
      return std::to_string(response.getStatus()) + " " + text.substr(0, text.find(" [host"));
    };
    BOOST_TEST(asked("GET", "/x", "") == "200 GET /x");
    BOOST_TEST(asked("POST", "/files", std::string(2'000'000, 'x')) == "200 2000000");
    BOOST_TEST(asked("GET", "/a%00", "").substr(0, 4) == "400 ");
    BOOST_TEST(asked("GET", "/stream", "") == "200 data: 0\n\ndata: 1\n\ndata: 2\n\n");
    BOOST_TEST(silent.is_closed_within(3s));
    BOOST_TEST(plain.is_closed_within(3s));
    session.reset();
    BOOST_TEST(served.server.stop());
  }
  std::filesystem::remove_all(folder);
}

BOOST_AUTO_TEST_CASE(says_why_it_cannot_listen) {
  Served served;
  auto how = options();
  how.port = served.server.port();
  BOOST_CHECK_THROW(Server(how, echo), ties::Conflict);
  how.port = 0, how.certificate = "missing.pem", how.key = "missing.pem";
  BOOST_CHECK_THROW(Server(how, echo), ties::Wrong);
}

BOOST_AUTO_TEST_SUITE_END()
