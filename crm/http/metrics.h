#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ties::http {

/// What is counted and measured, in the text format of Prometheus (0.0.4). Labels have few values: routes as they are
/// written in the tables, methods that are known, statuses.
class Metrics {
 public:
  static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";

  /// Values of one kind, by the value of their label; one with the empty value when there is no label.
  struct Family {
    std::string name;
    std::string help;
    std::string type;  ///< gauge, counter
    std::string label;
    std::map<std::string, double> values;
  };

  Metrics();
  explicit Metrics(double started);  ///< seconds since 1970
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// Of one request, from its making on.
  class Timer {
   public:
    Timer(Metrics& metrics, std::string method);
    void done(std::string_view route, int status) const;
    std::string milliseconds() const;  ///< "12.3"

   private:
    double seconds() const;
    Metrics& metrics_;
    std::string method_;
    std::chrono::steady_clock::time_point began_;
  };

  void count(std::string_view method, std::string_view route, int status, double seconds);
  /// Numbers that others keep, asked for at each reading: `metrics.watch("ties_connections", "…", "state", [&] { return
  /// server.connections(); })`.
  void watch(std::string name, std::string help, std::string label, std::function<std::map<std::string, int>()> read,
             std::string type = "gauge");

  /// Everything, and what else is given.
  std::string text(const std::vector<Family>& more = {}) const;

 private:
  static constexpr std::array bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0};
  struct Times {
    std::array<std::uint64_t, bounds.size() + 1> counts{};  ///< by the first bound that holds it; the last: none
    double sum{};
  };
  struct Watched {
    Family family;
    std::function<std::map<std::string, int>()> read;
  };

  const double started_;
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, std::pair<std::string, int>>, std::uint64_t> requests_;  ///< route, method, status
  std::map<std::string, Times, std::less<>> times_;                                        ///< by route
  std::vector<Watched> watched_;
};

}  // namespace ties::http
