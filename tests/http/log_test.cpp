#include "crm/http/log.h"

#include <boost/test/unit_test.hpp>
#include <sstream>
#include <thread>
#include <vector>

namespace {

using namespace ties;
using http::Log;
using Level = Log::Level;

const Clock noon(date_from_text("2026-03-04"), "Europe/Oslo");

std::string line(std::string_view event, Log::Values values) {
  std::ostringstream out;
  Log(out, Level::info, noon).line(Level::info, event, values);
  return out.str();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_log)

BOOST_AUTO_TEST_CASE(writes_one_line_an_event) {
  BOOST_TEST(
      line("request", {{"method", "GET"}, {"route", "/api/v1/contacts/{contact}"}, {"status", "200"}, {"ms", "1.2"}}) ==
      "time=2026-03-04T12:00:00Z level=info event=request method=GET route=/api/v1/contacts/{contact} status=200 "
      "ms=1.2\n");
  BOOST_TEST(line("stopping", {}) == "time=2026-03-04T12:00:00Z level=info event=stopping\n");
}

BOOST_AUTO_TEST_CASE(lets_no_value_out_of_its_line_or_its_key) {
  struct Case {
    std::string value, written;
  };
  const std::vector<Case> cases{
      {"plain-value_1.2:3/@+{x}", "plain-value_1.2:3/@+{x}"},
      {"two words", R"("two words")"},
      {"a=b", R"("a=b")"},
      {"x\ntime=2026 level=error event=forged", R"("x\ntime=2026 level=error event=forged")"},
      {"x\r\ny", R"("x\x0d\ny")"},
      {R"(say "no")", R"("say \"no\"")"},
      {R"(back\slash)", R"("back\\slash")"},
      {R"(\" level=error)", R"("\\\" level=error")"},
      {"\x1b[31mred", R"("\x1b[31mred")"},
      {std::string("nul\0byte", 8), R"("nul\x00byte")"},
      {"Zoë", R"("Zoë")"},
      {"next\xc2\x85line", R"("next\xc2\x85line")"},
      {"line\xe2\x80\xa8separator", R"("line\xe2\x80\xa8separator")"},
      {"turned\xe2\x80\xaeround", R"("turned\xe2\x80\xaeround")"},
      {"zero\xe2\x80\x8bwidth", R"("zero\xe2\x80\x8bwidth")"},
      {"isolated\xe2\x81\xa6text", R"("isolated\xe2\x81\xa6text")"},
      {"broken\xff\xc3", R"("broken\xff\xc3")"},
      {"“quoted”", R"("“quoted”")"},
  };
  for (const auto& [value, written] : cases) {
    BOOST_TEST_CONTEXT(written)
    BOOST_TEST(line("e", {{"key", value}}) == "time=2026-03-04T12:00:00Z level=info event=e key=" + written + "\n");
  }
  BOOST_TEST(line("e", {{"key", ""}, {"next", "1"}}) == "time=2026-03-04T12:00:00Z level=info event=e next=1\n");
}

BOOST_AUTO_TEST_CASE(cuts_what_is_too_long) {
  const auto text = line("e", {{"key", std::string(100'000, 'x')}});
  BOOST_TEST(text.size() < 1'200);
  BOOST_TEST(text.ends_with("x…\"\n"));
}

BOOST_AUTO_TEST_CASE(says_nothing_below_its_level) {
  std::ostringstream out;
  Log log(out, Level::warning, noon);
  log.line(Level::info, "quiet", {});
  log.line(Level::debug, "quiet", {});
  BOOST_TEST(out.str().empty());
  log.line(Level::error, "loud", {});
  BOOST_TEST(out.str() == "time=2026-03-04T12:00:00Z level=error event=loud\n");
  log.set_least(Level::none);
  log.line(Level::error, "loud", {});
  BOOST_TEST(out.str() == "time=2026-03-04T12:00:00Z level=error event=loud\n");
}

BOOST_AUTO_TEST_CASE(keeps_lines_whole_when_many_threads_write) {
  std::ostringstream out;
  const Log log(out, Level::info, noon);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([copy = log] {
      for (int i = 0; i < 200; ++i) copy.line(Level::info, "tick", {{"number", "7"}});
    });
  }
  for (auto& thread : threads) thread.join();
  std::istringstream lines(out.str());
  int count = 0;
  for (std::string text; std::getline(lines, text); ++count)
    BOOST_TEST(text == "time=2026-03-04T12:00:00Z level=info event=tick number=7");
  BOOST_TEST(count == 800);
}

BOOST_AUTO_TEST_SUITE_END()
