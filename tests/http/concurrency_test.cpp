#include "crm/http/service.h"
#include "crm/http/backup_keeper.h"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <filesystem>
#include <future>
#include <sstream>
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
      return run(crm, "token add", {{"name", {"test"}}, {"scope", {"read", "write", "import", "admin"}}}).data.at("token").get<std::string>();
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

/// A body that arrives when the test says so.
class LateBody : public std::streambuf {
 public:
  explicit LateBody(std::string text) : text_(std::move(text)) {}
  bool is_asked_for() { return asked_.get_future().wait_for(std::chrono::seconds(30)) == std::future_status::ready; }
  void arrive() { arrived_.set_value(); }

 private:
  int_type underflow() override {
    if (eback() != nullptr) return traits_type::eof();
    asked_.set_value();
    arrived_.get_future().wait();
    setg(text_.data(), text_.data(), text_.data() + text_.size());
    return traits_type::to_int_type(*gptr());
  }

  std::string text_;
  std::promise<void> asked_, arrived_;
};

}  // namespace

BOOST_AUTO_TEST_CASE(while_an_endpoint_answers_a_key_a_second_request_with_it_is_told_to_wait_and_a_later_one_gets_the_answer) {
  const Served served;
  const std::string table = "Name,Email\nAda Lund,ada@lund.example\n";
  const auto upload = [&](std::istream& body) {
    Request request;
    request.method = "POST", request.path = "/api/v1/imports", request.query = {{"name", "people.csv"}};
    request.stream = &body, request.length = table.size(), request.id = "test", request.peer = "127.0.0.1";
    request.headers = {{"host", "127.0.0.1:7420"}, {"authorization", "Bearer " + served.token}, {"content-type", "text/csv"}, {"idempotency-key", "k"}};
    return served.service->answer(request);
  };
  LateBody late(table);
  std::istream late_stream(&late);
  auto first = std::async(std::launch::async, [&] { return upload(late_stream); });
  BOOST_REQUIRE(late.is_asked_for());
  std::istringstream again(table);
  const auto second = upload(again);
  late.arrive();
  const auto done = first.get();
  BOOST_TEST(second.status == 409);
  BOOST_TEST(second.body.find("urn:ties:problem:conflict") != std::string::npos);
  BOOST_TEST(done.status == 202);
  std::istringstream later(table);
  const auto third = upload(later);
  BOOST_TEST(third.status == 202);
  BOOST_TEST(third.body == done.body);
  const auto jobs = wire::Json::parse(served.ask("GET", "/api/v1/import-jobs").body);
  BOOST_TEST(jobs.at("items").size() == 1u, jobs.dump());
}

BOOST_AUTO_TEST_CASE(one_key_sent_to_an_endpoint_from_many_threads_makes_one_job) {
  const Served served;
  const std::string table = "Name,Email\nAda Lund,ada@lund.example\n";
  std::atomic<int> accepted{0}, told_to_wait{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      std::istringstream body(table);
      Request request;
      request.method = "POST", request.path = "/api/v1/imports", request.query = {{"name", "people.csv"}};
      request.stream = &body, request.length = table.size(), request.id = "test", request.peer = "127.0.0.1";
      request.headers = {{"host", "127.0.0.1:7420"}, {"authorization", "Bearer " + served.token}, {"content-type", "text/csv"}, {"idempotency-key", "k"}};
      const auto status = served.service->answer(request).status;
      if (status == 202) ++accepted;
      if (status == 409) ++told_to_wait;
    });
  }
  for (auto& thread : threads) thread.join();
  BOOST_TEST(accepted >= 1);
  BOOST_TEST(accepted + told_to_wait == 8);
  BOOST_TEST(wire::Json::parse(served.ask("GET", "/api/v1/import-jobs").body).at("items").size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_backup_is_made_and_restored_while_others_read_and_write_and_each_answer_is_right) {
  const Served served;
  const auto total = [&] { return wire::Json::parse(served.ask("GET", "/api/v1/tasks").body)["total"].get<int>(); };
  BOOST_REQUIRE(served.ask("POST", "/api/v1/tasks", R"({"text": "before"})").status == 201);
  std::ostringstream said;
  const BackupKeeper keeper(served.service->file, Log(said), std::chrono::milliseconds(5));
  const auto backup = wire::Json::parse(served.ask("POST", "/api/v1/backups", "{}").body)["data"]["name"].get<std::string>();
  std::atomic<bool> stop{false};
  std::atomic<int> wrong{0}, written{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 2; ++i) {
    threads.emplace_back([&] {
      while (!stop) {
        const auto status = served.ask("POST", "/api/v1/tasks", R"({"text": "during"})").status;
        if (status == 201) ++written;
        if (status != 201 && status != 503) ++wrong;  // the file may be busy, and nothing else
      }
    });
    threads.emplace_back([&] {
      while (!stop) {
        const auto status = served.ask("GET", "/api/v1/tasks").status;
        if (status != 200 && status != 503) ++wrong;
      }
    });
  }
  int restored = 0;
  for (int i = 0; i < 5; ++i) {
    const auto answer = served.ask("POST", "/api/v1/backups/" + backup + "/restore", "{}");
    if (answer.status == 200) ++restored;
    BOOST_TEST((answer.status == 200 || answer.status == 503), answer.body);
  }
  stop = true;
  for (auto& thread : threads) thread.join();
  BOOST_TEST(wrong == 0);
  BOOST_TEST(restored > 0);
  BOOST_TEST(served.ask("POST", "/api/v1/backups/" + backup + "/restore", "{}").status == 200);
  BOOST_TEST(total() == 1);
}

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
