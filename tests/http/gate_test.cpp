#include "crm/http/gate.h"

#include <sys/resource.h>

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <thread>

#include "client.h"
#include "crm/http/intake.h"
#include "crm/http/server.h"

namespace {

using namespace ties::http;
using namespace std::chrono_literals;
using Verdict = Intake::Verdict;

/// Deadlines that a test can wait for.
Limits quick() {
  Limits limits;
  limits.first_byte = limits.head = limits.body = limits.idle = limits.stall = 400ms;
  limits.closing = 200ms;
  return limits;
}

struct Served {
  explicit Served(Limits limits = {})
      : server(
            options(limits), [this](Request& request) { return answer(request); },
            [](const std::string&, const std::string& path) { return path == "/files"; }) {
    server.start();
  }
  static ServerOptions options(const Limits& limits) {
    ServerOptions made;
    made.port = 0, made.limits = limits;
    made.log.set_least(Log::Level::none);
    return made;
  }
  Response answer(Request& request) {
    Response response;
    response.type = "text/plain";
    if (request.path == "/large") response.body = std::string(8'000'000, 'x');
    if (request.path == "/wait") {
      while (!may_end) std::this_thread::sleep_for(1ms);
    }
    if (request.path == "/files") {
      const std::string body(std::istreambuf_iterator<char>(*request.stream), {});
      response.body = std::to_string(body.size());
    }
    if (response.body.empty()) response.body = "ok" + request.body;
    return response;
  }
  Client client(int receive_buffer = 0) { return Client(server.port(), receive_buffer); }
  int in_state(const char* state) { return server.connections().at(state); }
  int open() {
    int sum = 0;
    for (const auto& [state, count] : server.connections()) sum += count;
    return sum;
  }
  bool soon(const std::function<bool()>& holds) {
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (!holds()) {
      if (std::chrono::steady_clock::now() > end) return false;
      std::this_thread::sleep_for(2ms);
    }
    return true;
  }

  std::atomic<bool> may_end = false;
  Server server;
};

long resident_kibibytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    long count = 0;
    if (word == "VmRSS:" && status >> count) return count;
  }
  return 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_gate)

BOOST_AUTO_TEST_CASE(finds_the_end_of_a_request_however_its_bytes_arrive) {
  const Limits limits;
  struct Case {
    std::string request;
    Verdict verdict;
  };
  const std::vector<Case> cases{
      {get("/x"), Verdict::whole},
      {post("/x", "0123456789"), Verdict::whole},
      {post("/x", ""), Verdict::whole},
      {"\r\n" + get("/x"), Verdict::whole},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
       "Chunked\r\n\r\nA\r\n0123456789\r\n1;a=\"b\"\r\n\r\r\n000\r\nA: b\r\nC: d\r\n\r\n",
       Verdict::whole},
      {"POST / HTTP/1.1\r\nhost: a\r\nCONTENT-LENGTH: 1000001\r\n\r\n", Verdict::stream},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000000\r\n\r\n", Verdict::refused},
  };
  for (const auto& [request, verdict] : cases) {
    BOOST_TEST_CONTEXT(request) {
      Intake at_once(limits), bytewise(limits);
      BOOST_TEST((at_once.look(request + "GET /next") == verdict));
      for (std::size_t i = 1; i < request.size(); ++i)
        BOOST_TEST((bytewise.look(request.substr(0, i)) == Verdict::more));
      BOOST_TEST((bytewise.look(request) == verdict));
      if (verdict == Verdict::refused) continue;
      BOOST_TEST(at_once.size() == request.size());
      BOOST_TEST(bytewise.size() == request.size());
    }
  }
}

BOOST_AUTO_TEST_CASE(follows_a_body_of_many_chunks_to_its_end) {
  std::string chunks;
  for (int i = 1; i < 200; ++i) {
    char size[16];
    std::snprintf(size, sizeof size, "%x\r\n", i);
    chunks += size + std::string(static_cast<std::size_t>(i), '\n') + "\r\n";
  }
  chunks += "0\r\n\r\n";
  for (const std::size_t part : {std::size_t(1), std::size_t(7), std::size_t(1'000), chunks.size() + 5}) {
    BodyScan scan(std::nullopt);
    const auto all = chunks + "GET /";
    std::size_t taken = 0;
    while (!scan.is_whole() && taken < all.size())
      taken += scan.feed(std::string_view(all).substr(taken, part)).value_or(all.size());
    BOOST_TEST(taken == chunks.size());
    BOOST_TEST(scan.is_whole());
  }
}

BOOST_AUTO_TEST_CASE(serves_others_while_thousands_are_idle_or_slow) {
  rlimit allowed{};
  ::getrlimit(RLIMIT_NOFILE, &allowed);
  allowed.rlim_cur = std::min<rlim_t>(allowed.rlim_max, 8'192);
  ::setrlimit(RLIMIT_NOFILE, &allowed);
  BOOST_REQUIRE(allowed.rlim_cur >= 4'500);

  Served served;
  std::vector<Client> idle, slow;
  for (int i = 0; i < 1'500; ++i) {
    idle.push_back(served.client());
    BOOST_REQUIRE(idle.back().is_connected());
    if (i % 3 == 0) BOOST_TEST(idle.back().ask(get("/")).status == 200);
  }
  for (int i = 0; i < 500; ++i) {
    slow.push_back(served.client());
    BOOST_REQUIRE(slow.back().is_connected());
    slow.back().send(i % 2 == 0 ? "GET / HTTP/1.1\r\nHost: a\r\nX: "
                                : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
  }
  BOOST_TEST(served.soon([&] { return served.in_state("reading") == 500; }));
  for (int round = 0; round < 5; ++round) {
    for (auto& client : slow) client.send("x");
    auto other = served.client();
    const auto began = std::chrono::steady_clock::now();
    BOOST_TEST(other.ask(get("/")).body == "ok");
    BOOST_TEST((std::chrono::steady_clock::now() - began < 1s));
  }
  BOOST_TEST(served.open() >= 2'000);
}

BOOST_AUTO_TEST_CASE(keeps_room_for_newcomers_when_every_place_is_taken) {
  Limits limits;
  limits.connections_max = 50;
  Served served(limits);
  std::vector<Client> silent, slow;
  for (int i = 0; i < 50; ++i) silent.push_back(served.client());
  BOOST_TEST(served.soon([&] { return served.open() == 50; }));
  const auto early = served.client().reply();
  BOOST_TEST(early.status == 503);
  BOOST_TEST(early.header("Retry-After") == "2");
  std::this_thread::sleep_for(1'100ms);
  BOOST_TEST(served.client().ask(get("/")).status == 200);  // the longest silent one has gone
  BOOST_TEST(silent.front().is_closed_within(1s));
  for (int i = 0; i < 300; ++i) slow.push_back(served.client());
  std::this_thread::sleep_for(100ms);
  BOOST_TEST(served.open() <= 50 + 64);
}

BOOST_AUTO_TEST_CASE(gives_nobody_more_time_than_the_limits) {
  struct Case {
    std::string sent;
    int status;  ///< 0: closed without a word
  };
  const std::vector<Case> cases{
      {"", 0},
      {"GET / HT", 408},
      {"GET / HTTP/1.1\r\nHost: a\r\n", 408},
      {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345", 408},
      {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n123", 408},
  };
  Served served(quick());
  for (const auto& [sent, status] : cases) {
    BOOST_TEST_CONTEXT(sent) {
      auto client = served.client();
      client.send(sent);
      const auto reply = client.reply();
      BOOST_TEST(reply.status == status);
      if (status != 0) BOOST_TEST(reply.header("Connection") == "close");
      BOOST_TEST(client.is_closed_within(2s));
    }
  }
  auto kept = served.client();
  BOOST_TEST(kept.ask(get("/")).status == 200);
  BOOST_TEST(kept.is_closed_within(2s));

  auto trickling = served.client();  // a byte now and then does not help
  const auto began = std::chrono::steady_clock::now();
  bool is_open = trickling.send("GET / HTTP/1.1\r\nX: ");
  while (is_open && std::chrono::steady_clock::now() - began < 5s) {
    std::this_thread::sleep_for(20ms);
    is_open = trickling.send("x") && !trickling.is_closed_within(1ms);
  }
  BOOST_TEST((std::chrono::steady_clock::now() - began < 3s));
  BOOST_TEST(served.soon([&] { return served.open() == 0; }));
}

BOOST_AUTO_TEST_CASE(cuts_off_uploads_that_come_too_slowly) {
  Served served(quick());
  auto client = served.client();
  client.send("POST /files HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\nbegin");
  const auto began = std::chrono::steady_clock::now();
  BOOST_TEST(client.reply().status == 408);
  BOOST_TEST((std::chrono::steady_clock::now() - began < 3s));
}

BOOST_AUTO_TEST_CASE(takes_a_few_uploads_at_a_time) {
  Served served;
  std::vector<Client> uploading;
  for (int i = 0; i < 4; ++i) {
    uploading.push_back(served.client());
    uploading.back().send("POST /files HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n");
  }
  BOOST_TEST(served.soon([&] { return served.in_state("working") == 4; }));
  const auto reply = served.client().ask("POST /files HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n");
  BOOST_TEST(reply.status == 503);
  BOOST_TEST(!reply.header("Retry-After").empty());
  BOOST_TEST(served.client().ask(post("/", "x")).body == "okx");
  for (auto& client : uploading) client.send(std::string(2'000'000, 'x'));
  for (auto& client : uploading) BOOST_TEST(client.reply().body == "2000000");
  BOOST_TEST(served.client().ask(post("/files", std::string(2'000'000, 'x'))).body == "2000000");
}

BOOST_AUTO_TEST_CASE(gives_no_thread_to_clients_that_do_not_read) {
  auto limits = quick();
  limits.held_bytes_max = 1'000'000'000, limits.stall = 2s, limits.requests_max = 4;
  Served served(limits);
  std::vector<Client> deaf;
  for (int i = 0; i < 12; ++i) {
    deaf.push_back(served.client(4'096));
    deaf.back().send(get("/large"));
  }
  BOOST_TEST(served.soon([&] { return served.in_state("writing") > 4; }));
  BOOST_TEST(served.client().ask(get("/")).status == 200);
  // They are cut off, all of them, although they keep their ends open.
  BOOST_TEST(served.soon([&] { return served.open() == 0; }));
}

BOOST_AUTO_TEST_CASE(holds_no_more_answers_than_the_limit) {
  auto limits = quick();
  limits.held_bytes_max = 20'000'000;
  Served served(limits);
  const auto before = resident_kibibytes();
  std::vector<Client> deaf;
  for (int i = 0; i < 60; ++i) {
    deaf.push_back(served.client(4'096));
    deaf.back().send(get("/large"));
  }
  std::this_thread::sleep_for(300ms);
  // Besides, each thread has the answer that it works on, with what Poco and the system copy of it.
  BOOST_TEST(resident_kibibytes() - before < 20'000 + 16 * 4 * 8'000);
  BOOST_TEST(served.soon([&] { return served.open() == 0; }));
  BOOST_TEST(served.client().ask(get("/")).status == 200);
}

BOOST_AUTO_TEST_CASE(holds_no_more_bodies_than_the_limit) {
  Limits limits;
  limits.held_bytes_max = 4'000'000;
  Served served(limits);
  std::vector<Client> hoarding;
  for (int i = 0; i < 10; ++i) {
    hoarding.push_back(served.client());
    hoarding.back().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n" + std::string(800'000, 'x'));
  }
  const auto are_refused = [&] {
    const auto refusals = served.server.refusals();
    return refusals.contains("busy") && refusals.at("busy") >= 5 && served.in_state("reading") <= 5;
  };
  BOOST_TEST(served.soon(are_refused));
  BOOST_TEST(served.client().ask(post("/", "small")).body == "oksmall");
  hoarding.clear();
  BOOST_TEST(served.soon([&] { return served.open() == 0; }));
  BOOST_TEST(served.client().ask(post("/", std::string(900'000, 'x'))).status == 200);
}

BOOST_AUTO_TEST_CASE(tells_who_waits_too_long_that_it_is_busy) {
  Limits limits;
  limits.requests_max = 2, limits.waiting = 300ms;
  Served served(limits);
  std::vector<Client> clients;
  for (int i = 0; i < 5; ++i) {
    clients.push_back(served.client());
    clients.back().send(get("/wait"));
    if (i < 2) BOOST_TEST(served.soon([&] { return served.in_state("working") == i + 1; }));
  }
  for (int i = 2; i < 5; ++i) BOOST_TEST(clients[static_cast<std::size_t>(i)].reply().status == 503);
  served.may_end = true;
  for (int i = 0; i < 2; ++i) BOOST_TEST(clients[static_cast<std::size_t>(i)].reply().body == "ok");
}

BOOST_AUTO_TEST_CASE(forgets_clients_that_vanish) {
  Served served;
  for (int i = 0; i < 50; ++i) {
    served.client();
    auto reset = served.client();
    reset.send(i % 2 == 0 ? "GET / HT" : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n123");
    reset.reset();
    auto answered = served.client();
    answered.send(get("/large"));
    answered.reset();
    served.client().send("POST /files HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n123");
  }
  BOOST_TEST(served.soon([&] { return served.open() == 0; }));
  BOOST_TEST(served.client().ask(get("/")).status == 200);
}

BOOST_AUTO_TEST_CASE(shares_its_threads_among_many_busy_clients) {
  Served served;
  std::vector<std::thread> threads;
  std::atomic<int> answered = 0;
  for (int t = 0; t < 40; ++t) {
    threads.emplace_back([&, t] {
      auto client = served.client();
      for (int i = 0; i < 50; ++i) {
        const auto body = std::to_string(t) + ":" + std::to_string(i);
        if (i % 10 == 9) {
          answered += served.client().ask(post("/", body, "Connection: close\r\n")).body == "ok" + body;
        } else {
          answered += client.ask(post("/", body)).body == "ok" + body;
        }
      }
    });
  }
  for (auto& thread : threads) thread.join();
  BOOST_TEST(answered == 2'000);
}

BOOST_AUTO_TEST_SUITE_END()
