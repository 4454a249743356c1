#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "tests/http/calls.h"

using namespace ties;
using namespace ties::http;
using wire::Json;

namespace {

/// What a client hears, and when it hangs up.
class Line : public std::streambuf {
 public:
  /// Everything heard once `text` was among it; ten seconds at most.
  std::string heard(const std::string& text) {
    std::unique_lock lock(mutex_);
    came_.wait_for(lock, std::chrono::seconds(10), [&] { return all_.find(text) != std::string::npos; });
    return all_;
  }
  std::string all() {
    const std::lock_guard lock(mutex_);
    return all_;
  }
  void hang_up() { gone_ = true; }

 protected:
  std::streamsize xsputn(const char* text, std::streamsize count) override {
    if (gone_) return 0;
    const std::lock_guard lock(mutex_);
    all_.append(text, static_cast<std::size_t>(count));
    came_.notify_all();
    return count;
  }
  int overflow(int c) override {
    const auto one = static_cast<char>(c);
    return xsputn(&one, 1) == 1 ? c : EOF;
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::string all_;
  std::atomic<bool> gone_{};
};

EventLimits fast() {
  EventLimits limits;
  limits.look_every = std::chrono::milliseconds(10);
  limits.comment_every = std::chrono::milliseconds(50);
  return limits;
}

/// A thread that listens until it is ended.
struct Ear {
  Ear(Events& events, Events::Audience audience)
      : thread([this, &events, listener = events.join(std::move(audience))]() mutable {
          std::ostream out(&line);
          events.listen(*listener, out);
          listener.reset();
          ended = true;
        }) {}
  ~Ear() {
    line.hang_up();
    thread.join();
  }

  Line line;
  std::atomic<bool> ended{};
  std::thread thread;
};

struct Happening : OwnTemporaryFolder {
  File user_file{file, date_from_text("2026-03-04")};
  Store elsewhere{file};  // as another program has it
  Crm other{elsewhere, Clock(date_from_text("2026-03-04"), "Europe/Oslo"), Config{}, "cli"};

  void add(const std::string& name) { run(other, "contact add", {{"name", {name}}}); }
};

const Events::Audience owner{true, true, std::nullopt};

std::size_t times(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(events)

BOOST_FIXTURE_TEST_CASE(a_change_by_any_program_is_told_with_its_number_and_what_it_touched, Happening) {
  add("Ines Vale");
  Events all(user_file, fast());
  Ear ear(all, owner);
  BOOST_TEST(ear.line.heard("hello") == "retry: 2000\n\nid: 1\nevent: hello\ndata: {\"change\":1}\n\n");
  add("Odo Marsh");
  const auto heard = ear.line.heard("Odo Marsh");
  const auto from = heard.find("id: 2\n");
  BOOST_REQUIRE(from != std::string::npos);
  BOOST_TEST(heard.substr(from, heard.find("\n\n", from) + 2 - from) ==
             "id: 2\nevent: change\ndata: {\"id\":2,\"said\":\"added Odo "
             "Marsh\",\"door\":\"cli\",\"at\":\"2026-03-04T12:00:00Z\",\"undoes\":null,"
             "\"touched\":{\"contact\":[2]},\"more\":false}\n\n");
  run(other, "undo", {});
  BOOST_TEST(ear.line.heard("\"undoes\":2").find("\"said\":\"undid 2: added Odo Marsh\"") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(what_may_tell_of_private_things_is_kept_from_those_who_may_not_see_them, Happening) {
  Events all(user_file, fast());
  Ear ear(all, {false, false, std::nullopt});
  ear.line.heard("hello");
  add("Ines Vale");
  BOOST_TEST(ear.line.heard("Ines Vale").find("\"said\":\"added Ines Vale\"") != std::string::npos);
  run(other, "task add", {{"text", {"ask about the secret offer"}}, {"contact", {"ines"}}});
  const auto heard = ear.line.heard("id: 2\n");
  BOOST_TEST(ear.line.heard("\"id\":2").find("\"id\":2,\"said\":null") != std::string::npos);
  BOOST_TEST(heard.find("secret") == std::string::npos);
  all.tell_job("a", {{"job", "a"}}, true);
  add("Odo Marsh");
  BOOST_TEST(ear.line.heard("Odo Marsh").find("event: job") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(whoever_comes_back_is_told_what_was_missed_unless_it_is_too_much_or_unknown) {
  const struct {
    const char* last;
    std::size_t changes, resets;
  } cases[]{{"5", 0, 0}, {"3", 2, 0}, {"2", 3, 0},  {"1", 0, 1},
            {"6", 0, 1}, {"", 0, 1},  {"-1", 0, 1}, {"99999999999999999999999", 0, 1}};
  for (const auto& [last, changes, resets] : cases) {
    BOOST_TEST_CONTEXT(last) {
      Happening here;
      for (int i = 1; i <= 5; ++i) here.add(fmt::format("Person {}", i));
      auto limits = fast();
      limits.replayed_max = 3;
      Events all(here.user_file, limits);
      Ear ear(all, {true, true, last});
      ear.line.heard("still here");
      here.add("Newcomer");
      const auto heard = ear.line.heard("Newcomer");
      BOOST_TEST(times(heard, "event: change") == changes + 1);
      BOOST_TEST(times(heard, "event: reset") == resets);
      BOOST_TEST(times(heard, "event: hello") == 0u);
    }
  }
}

BOOST_FIXTURE_TEST_CASE(steps_of_jobs_are_told_four_times_a_second_and_the_last_one_always, Happening) {
  auto limits = fast();
  limits.job_every = std::chrono::seconds(100);
  Events all(user_file, limits);
  Ear ear(all, owner);
  ear.line.heard("hello");
  for (int i = 0; i < 50; ++i) all.tell_job("a", {{"job", "a"}, {"done", i}}, false);
  all.tell_job("b", {{"job", "b"}, {"done", 0}}, false);
  all.tell_job("a", {{"job", "a"}, {"done", "all"}}, true);
  const auto heard = ear.line.heard("\"done\":\"all\"");
  BOOST_TEST(times(heard, "{\"job\":\"a\"") == 2u);
  BOOST_TEST(times(heard, "{\"job\":\"b\"") == 1u);
  BOOST_TEST(heard.find("event: job\ndata: {\"job\":\"a\",\"done\":0}\n\n") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(silence_is_broken_by_comments_and_ends_with_the_client_or_the_service, Happening) {
  Events all(user_file, fast());
  Ear ear(all, owner);
  ear.line.heard("still here");
  BOOST_TEST(ear.line.all().find(": still here\n\n") != std::string::npos);
  ear.line.hang_up();
  for (int i = 0; i < 1'000 && !ear.ended; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  BOOST_TEST(ear.ended.load());

  auto limits = fast();
  limits.comment_every = std::chrono::hours(1);
  Events quiet(user_file, limits);
  Ear other_ear(quiet, owner);
  other_ear.line.heard("hello");
  const auto began = std::chrono::steady_clock::now();
  quiet.stop();
  for (int i = 0; i < 1'000 && !other_ear.ended; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  BOOST_TEST(other_ear.ended.load());
  BOOST_TEST((std::chrono::steady_clock::now() - began < std::chrono::seconds(5)));
  BOOST_TEST(refused_as([&] { quiet.join(owner); }) == "busy");
}

BOOST_FIXTURE_TEST_CASE(only_so_many_may_listen_and_a_place_is_free_again_when_one_goes, Happening) {
  auto limits = fast();
  limits.listeners_max = 2;
  Events all(user_file, limits);
  auto one = all.join(owner);
  const auto two = all.join(owner);
  BOOST_TEST(refused_as([&] { all.join(owner); }) == "busy");
  one.reset();
  BOOST_TEST(refused_as([&] { all.join(owner); }) == "");
}

BOOST_FIXTURE_TEST_CASE(a_listener_who_is_too_slow_is_told_to_read_anew, Happening) {
  auto limits = fast();
  limits.told_max = 5, limits.job_every = std::chrono::milliseconds(0);
  Events all(user_file, limits);
  const auto listener = all.join(owner);
  for (int i = 0; i < 20; ++i) all.tell_job("a", {{"done", i}}, true);
  Line line;
  std::thread thread([&] {
    std::ostream out(&line);
    all.listen(*listener, out);
  });
  const auto heard = line.heard("reset");
  BOOST_TEST(times(heard, "event: reset") == 1u);
  BOOST_TEST(times(heard, "event: job") == 0u);
  all.tell_job("a", {{"done", 20}}, true);
  BOOST_TEST(line.heard("20}").find("{\"done\":20}") != std::string::npos);
  line.hang_up();
  thread.join();
}

BOOST_FIXTURE_TEST_CASE(an_import_is_one_change_and_its_steps_are_heard, Happening) {
  Service service(file, on_a_day());
  const auto response = call(event_endpoints(), service, "GET /api/v1/events");
  BOOST_TEST(response.type == "text/event-stream");
  Line line;
  std::thread thread([&] {
    std::ostream out(&line);
    response.stream(out);
  });
  line.heard("hello");
  std::string job;
  {
    const auto upload = service.jobs.upload(std::nullopt);
    upload->begin_file("people.csv");
    upload->write("Name,Email\nInes Vale,ines@quill.example\n");
    job = upload->done({})["id"].get<std::string>();
  }
  service.jobs.apply(job, std::nullopt);
  line.heard("\"state\":\"done\"");
  const auto heard = line.heard("event: change");
  BOOST_TEST(heard.find("\"state\":\"uploaded\"") != std::string::npos);
  BOOST_TEST(heard.find("\"state\":\"applying\"") != std::string::npos);
  BOOST_TEST(heard.find("\"said\":\"imported people.csv: 1 new, 0 changed, 0 unchanged\",\"change\":1") !=
             std::string::npos);
  service.events.stop();
  thread.join();
}

BOOST_FIXTURE_TEST_CASE(a_backup_that_is_put_in_place_by_any_program_resets_what_is_shown, Happening) {
  add("Ines Vale");
  const auto backup = (folder / "backup.db").string();
  run(other, "backup", {{"to", {backup}}});
  add("Odo Marsh");
  Events all(user_file, fast());
  Ear ear(all, owner);
  ear.line.heard("hello");
  run(other, "restore", {{"backup", {backup}}});
  const auto heard = ear.line.heard("event: reset");
  BOOST_TEST(heard.find("id: 1\nevent: reset\ndata: {\"change\":1}\n\n") != std::string::npos, heard);
  add("Mira Tidewell");  // as change 3: its number was not given before
  BOOST_TEST(ear.line.heard("added Mira Tidewell").find("id: 3\nevent: change\n") != std::string::npos);
  BOOST_TEST(times(ear.line.all(), "event: reset") == 1u);

  // Whoever heard of a change that is gone reads anew; whoever heard of one that is there hears what came after.
  Ear lost(all, {true, true, "2"}), kept(all, {true, true, "1"});
  BOOST_TEST(lost.line.heard("event: reset").find("id: 3\nevent: reset") != std::string::npos);
  BOOST_TEST(kept.line.heard("Mira").find("event: reset") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
