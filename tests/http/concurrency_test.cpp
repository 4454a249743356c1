#include "crm/http/service.h"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <filesystem>
#include <thread>

using namespace ties;
using namespace ties::http;

namespace {

/// A service on a file of its own, asked without sockets by somebody who may do everything.
struct Served {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("ties-concurrency-" + std::to_string(::getpid()));
  std::filesystem::path path = folder / "ties.db";
  std::unique_ptr<Service> service;
  std::string token;

  Served() {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    ServiceOptions options;
    options.today = date_from_text("2026-03-04");
    service = std::make_unique<Service>(path, options);
    token = service->file.write([](Crm& crm) {
      return run(crm, "token add", {{"name", {"test"}}, {"scope", {"read", "write", "admin"}}}).data.at("token").get<std::string>();
    });
  }
  ~Served() {
    service.reset();
    std::filesystem::remove_all(folder);
  }

  Response ask(const std::string& method, const std::string& target, const std::string& body = "") const {
    Request request;
    request.method = method;
    request.path = target;
    request.body = body;
    request.peer = "127.0.0.1";
    request.id = "test";
    request.headers = {{"host", "127.0.0.1:7420"}, {"authorization", "Bearer " + token}};
    if (!body.empty()) request.headers.emplace_back("content-type", "application/json");
    return service->answer(request);
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(many_readers_and_writers_and_another_program_get_right_answers_and_lose_nothing) {
  const Served served;
  constexpr int writers = 4, readers = 4, each = 15;
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int w = 0; w < writers; ++w) {
    threads.emplace_back([&, w] {
      for (int i = 0; i < each; ++i) {
        const auto body = R"({"text": "do )" + std::to_string(w * 100 + i) + R"("})";
        if (served.ask("POST", "/api/v1/tasks", body).status != 201) ++wrong;
      }
    });
  }
  for (int r = 0; r < readers; ++r) {
    threads.emplace_back([&] {
      for (int i = 0; i < each; ++i) {
        if (served.ask("GET", "/api/v1/tasks").status != 200) ++wrong;
        if (served.ask("GET", "/api/v1/followups").status != 200) ++wrong;
      }
    });
  }
  threads.emplace_back([&] {  // the command line, on a connection of its own
    Store store(served.path);
    Crm crm{store, Clock(date_from_text("2026-03-04")), Config{}, "cli"};
    for (int i = 0; i < each; ++i) run(crm, "task add", {{"text", {"by hand " + std::to_string(i)}}});
  });
  for (auto& thread : threads) thread.join();
  BOOST_TEST(wrong == 0);
  const auto all = wire::Json::parse(served.ask("GET", "/api/v1/tasks").body);
  BOOST_TEST(all["total"].get<int>() == (writers + 1) * each);
}

BOOST_AUTO_TEST_CASE(of_two_writers_with_one_tag_one_is_told_of_the_other) {
  const Served served;
  BOOST_REQUIRE(served.ask("POST", "/api/v1/contacts", R"({"name": "Ada"})").status == 201);
  const auto shown = served.ask("GET", "/api/v1/contacts/1");
  const auto tag = std::find_if(shown.headers.begin(), shown.headers.end(), [](const auto& h) { return h.first == "ETag"; })->second;
  std::atomic<int> done{0}, refused{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&, i] {
      Request request;
      request.method = "PATCH", request.path = "/api/v1/contacts/1", request.body = R"({"headline": "version )" + std::to_string(i) + R"("})";
      request.id = "test", request.peer = "127.0.0.1";
      request.headers = {{"host", "127.0.0.1:7420"}, {"authorization", "Bearer " + served.token}, {"content-type", "application/json"}, {"if-match", tag}};
      const auto status = served.service->answer(request).status;
      if (status == 200) ++done;
      if (status == 412) ++refused;
    });
  }
  for (auto& thread : threads) thread.join();
  BOOST_TEST(done == 1);
  BOOST_TEST(refused == 7);
}

BOOST_AUTO_TEST_CASE(the_same_request_with_one_key_from_many_threads_is_done_once) {
  const Served served;
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      Request request;
      request.method = "POST", request.path = "/api/v1/tasks", request.body = R"({"text": "once"})";
      request.id = "test", request.peer = "127.0.0.1";
      request.headers = {{"host", "127.0.0.1:7420"}, {"authorization", "Bearer " + served.token}, {"content-type", "application/json"}, {"idempotency-key", "k"}};
      if (served.service->answer(request).status == 201) ++right;
    });
  }
  for (auto& thread : threads) thread.join();
  BOOST_TEST(right == 8);
  BOOST_TEST(wire::Json::parse(served.ask("GET", "/api/v1/tasks").body)["total"].get<int>() == 1);
}

BOOST_AUTO_TEST_CASE(while_another_program_writes_reads_go_on_and_writes_are_told_to_wait) {
  const Served served;
  Store other(served.path);
  OpenChange change(other.journal(), "2026-03-04T12:00:00Z", "cli");  // and does not end
  BOOST_TEST(served.ask("GET", "/api/v1/tasks").status == 200);
  const auto refused = served.ask("POST", "/api/v1/tasks", R"({"text": "now"})");
  BOOST_TEST(refused.status == 503);
  BOOST_TEST(refused.body.find("urn:ties:problem:busy") != std::string::npos);
  BOOST_TEST(refused.body.find(served.folder.string()) == std::string::npos);
}
