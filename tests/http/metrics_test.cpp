#include "crm/http/metrics.h"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <thread>

#include "crm/http/endpoint.h"
#include "crm/http/service.h"

namespace {

using namespace ties;
using namespace ties::http;

/// What a strict reader of the text format makes of it: the value of every series, and every breach of the format.
struct Reading {
  std::map<std::string, double> series;
  std::map<std::string, std::string> types;
  std::vector<std::string> faults;
};

bool is_name(std::string_view text) {
  const auto may = [&](char c, bool first) {
    return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || c == ':' ||
           (!first && std::isdigit(static_cast<unsigned char>(c)));
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!may(text[i], i == 0)) return false;
  }
  return !text.empty();
}

/// The end of a series' labels; nothing when they are malformed.
std::optional<std::size_t> end_of_labels(std::string_view line, std::size_t at) {
  while (true) {
    const auto equals = line.find("=\"", at);
    if (equals == std::string_view::npos || !is_name(line.substr(at, equals - at))) return std::nullopt;
    for (at = equals + 2; at < line.size() && line[at] != '"'; ++at) {
      if (line[at] == '\\' &&
          (++at >= line.size() || std::string_view("\\\"n").find(line[at]) == std::string_view::npos))
        return std::nullopt;
    }
    if (++at >= line.size()) return std::nullopt;
    if (line[at] == '}') return at + 1;
    if (line[at++] != ',') return std::nullopt;
  }
}

Reading read(const std::string& text) {
  Reading made;
  if (!text.ends_with('\n')) made.faults.emplace_back("the last line has no end");
  std::istringstream lines(text);
  std::string family, helped;
  std::set<std::string> families;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("# HELP ")) {
      helped = line.substr(7, line.find(' ', 7) - 7);
      if (!families.insert(helped).second) made.faults.push_back("twice: " + line);
    } else if (line.starts_with("# TYPE ")) {
      const auto blank = line.find(' ', 7);
      family = line.substr(7, blank - 7);
      const auto type = line.substr(blank + 1);
      if (family != helped || (type != "counter" && type != "gauge" && type != "histogram"))
        made.faults.push_back("type: " + line);
      if ((type == "counter") != family.ends_with("_total"))
        made.faults.push_back("a counter's name ends in _total: " + line);
      made.types[family] = type;
    } else {
      const auto name_end = line.find_first_of("{ ");
      const auto name = line.substr(0, name_end);
      const auto series_end = name_end != std::string::npos && line[name_end] == '{' ? end_of_labels(line, name_end + 1)
                                                                                     : std::optional(name_end);
      const bool is_of_family =
          name == family || (made.types[family] == "histogram" &&
                             (name == family + "_bucket" || name == family + "_sum" || name == family + "_count"));
      if (!is_name(name) || !series_end || *series_end >= line.size() || line[*series_end] != ' ' || !is_of_family) {
        made.faults.push_back("series: " + line);
        continue;
      }
      char* end = nullptr;
      const auto value = line.substr(*series_end + 1);
      const double number = std::strtod(value.c_str(), &end);
      if (value.empty() || *end != '\0') made.faults.push_back("value: " + line);
      if (!made.series.emplace(line.substr(0, *series_end), number).second) made.faults.push_back("twice: " + line);
    }
  }
  return made;
}

struct Folder {
  Folder() : path(std::filesystem::temp_directory_path() / ("ties-metrics-" + std::to_string(::rand()))) {
    std::filesystem::create_directories(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

Response ask(Service& service, std::string_view route) {
  for (const auto& endpoint : health_endpoints()) {
    if (endpoint.route == route) return endpoint.run(service, {}, {}, {});
  }
  BOOST_FAIL("there is no " << route);
  return {};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(metrics)

BOOST_AUTO_TEST_CASE(are_text_that_a_strict_reader_takes) {
  Metrics metrics(1'772'625'600);
  metrics.count("GET", "/api/v1/contacts/{contact}", 200, 0.0007);
  metrics.count("GET", "/api/v1/contacts/{contact}", 200, 0.03);
  metrics.count("GET", "/api/v1/contacts/{contact}", 404, 60);
  metrics.count("POST",
                R"(/with "quotes" and \)"
                "\nand lines",
                500, 0.25);
  metrics.watch("ties_connections", "Open connections by state.", "state", [] {
    return std::map<std::string, int>{{"idle", 3}, {"working", 1}};
  });
  const auto [series, types, faults] =
      read(metrics.text({{"ties_jobs", "Jobs by\nstate.", "gauge", "state", {{"running", 2}}}}));
  BOOST_TEST(faults.empty(), (faults.empty() ? "" : faults.front()));
  const std::vector<std::pair<std::string, double>> expected{
      {R"(ties_requests_total{method="GET",route="/api/v1/contacts/{contact}",status="200"})", 2},
      {R"(ties_requests_total{method="GET",route="/api/v1/contacts/{contact}",status="404"})", 1},
      {R"(ties_requests_total{method="POST",route="/with \"quotes\" and \\\nand lines",status="500"})", 1},
      {R"(ties_request_seconds_bucket{route="/api/v1/contacts/{contact}",le="0.001"})", 1},
      {R"(ties_request_seconds_bucket{route="/api/v1/contacts/{contact}",le="0.025"})", 1},
      {R"(ties_request_seconds_bucket{route="/api/v1/contacts/{contact}",le="0.05"})", 2},
      {R"(ties_request_seconds_bucket{route="/api/v1/contacts/{contact}",le="10"})", 2},
      {R"(ties_request_seconds_bucket{route="/api/v1/contacts/{contact}",le="+Inf"})", 3},
      {R"(ties_request_seconds_count{route="/api/v1/contacts/{contact}"})", 3},
      {R"(ties_request_seconds_bucket{route="/with \"quotes\" and \\\nand lines",le="0.25"})", 1},
      {R"(ties_connections{state="idle"})", 3},
      {R"(ties_jobs{state="running"})", 2},
      {"process_start_time_seconds", 1'772'625'600},
  };
  for (const auto& [name, value] : expected) {
    BOOST_TEST_CONTEXT(name) {
      const auto found = series.find(name);
      BOOST_REQUIRE(found != series.end());
      BOOST_TEST(found->second == value);
    }
  }
  BOOST_TEST(series.at(R"(ties_request_seconds_sum{route="/api/v1/contacts/{contact}"})") == 60.0307,
             boost::test_tools::tolerance(1e-9));
  BOOST_TEST(series.at("process_resident_memory_bytes") > 1'000'000);
  BOOST_TEST(types.at("ties_request_seconds") == "histogram");
}

BOOST_AUTO_TEST_CASE(have_few_labels_whatever_clients_send) {
  Metrics metrics(0);
  for (int i = 0; i < 2'000; ++i)
    metrics.count("BREW" + std::to_string(i), "/route/" + std::to_string(i), 10'000 + i, 0.1);
  const auto [series, types, faults] = read(metrics.text());
  BOOST_TEST(faults.empty(), (faults.empty() ? "" : faults.front()));
  BOOST_TEST(series.at(R"(ties_requests_total{method="other",route="other",status="0"})") == 1'500);
  BOOST_TEST(series.size() < 501 * 20);
}

BOOST_AUTO_TEST_CASE(count_from_many_threads) {
  Metrics metrics(0);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) Metrics::Timer(metrics, "GET").done("/x", 200);
    });
  }
  for (int i = 0; i < 20; ++i) BOOST_TEST(read(metrics.text()).faults.empty());
  for (auto& thread : threads) thread.join();
  BOOST_TEST(read(metrics.text()).series.at(R"(ties_requests_total{method="GET",route="/x",status="200"})") == 2'000);
}

BOOST_AUTO_TEST_CASE(of_the_service_tell_of_its_file) {
  const Folder folder;
  Service service(folder.path / "ties.db");
  const auto response = ask(service, "GET /metrics");
  BOOST_TEST(response.type == "text/plain; version=0.0.4; charset=utf-8");
  const auto [series, types, faults] = read(response.body);
  BOOST_TEST(faults.empty(), (faults.empty() ? "" : faults.front()));
  BOOST_TEST(series.at(R"(ties_database_bytes{part="file"})") + series.at(R"(ties_database_bytes{part="log"})") >
             1'000);
  BOOST_TEST(series.at("ties_writers_waiting") == 0);
}

BOOST_AUTO_TEST_CASE(and_health_says_ok_while_the_file_can_be_read_and_no_more_when_it_cannot) {
  const Folder folder;
  const auto path = folder.path / "ties.db";
  Service service(path);
  BOOST_TEST(ask(service, "GET /healthz").body == R"({"status":"ok"})");

  const auto broken = folder.path / "broken.db";
  Service other(broken);
  for (const auto* part : {"", "-wal", "-shm"}) std::filesystem::remove(broken.string() + part);
  std::ofstream(broken) << std::string(10'000, 'x');
  const auto is_trouble = [](const Refused& refused) {
    return refused.problem.status == 503 && refused.problem.type == "file-trouble";
  };
  BOOST_CHECK_EXCEPTION(ask(other, "GET /healthz"), Refused, is_trouble);
}

BOOST_AUTO_TEST_SUITE_END()
