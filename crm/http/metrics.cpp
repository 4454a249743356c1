#include "crm/http/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "crm/clock.h"

namespace ties::http {
namespace {

constexpr std::size_t routes_max = 500;
constexpr std::array methods{"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"};

std::string escaped(std::string_view text, bool is_label) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '"' && is_label) {
      out += "\\\"";
    } else {
      out += c;
    }
  }
  return out;
}

/// Whole numbers as such: 67000000, not 6.7e+07.
std::string number(double value) {
  return value == std::floor(value) && std::abs(value) < 1e15 ? fmt::format("{:.0f}", value) : fmt::format("{}", value);
}

std::string head_of(std::string_view name, std::string_view help, std::string_view type) {
  return fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", name, escaped(help, false), type);
}

std::string text_of(const Metrics::Family& family) {
  auto text = head_of(family.name, family.help, family.type);
  for (const auto& [value_of_label, value] : family.values) {
    text += family.label.empty() ? fmt::format("{} {}\n", family.name, number(value))
                                 : fmt::format("{}{{{}=\"{}\"}} {}\n", family.name, family.label,
                                               escaped(value_of_label, true), number(value));
  }
  return text;
}

double resident_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    double kibibytes = 0;
    if (word == "VmRSS:" && status >> kibibytes) return kibibytes * 1'024;
  }
  return 0;
}

double seconds_since_1970(const std::string& instant) {
  const auto moment = moment_from_text(instant);
  const auto day = std::chrono::sys_days(moment->day).time_since_epoch();
  return static_cast<double>(
      std::chrono::duration_cast<std::chrono::seconds>(day + moment->time.value_or(std::chrono::seconds(0))).count());
}

}  // namespace

Metrics::Timer::Timer(Metrics& metrics, std::string method)
    : metrics_(metrics), method_(std::move(method)), began_(std::chrono::steady_clock::now()) {}

double Metrics::Timer::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
}

void Metrics::Timer::done(std::string_view route, int status) const {
  metrics_.count(method_, route, status, seconds());
}

std::string Metrics::Timer::milliseconds() const {
  return fmt::format("{:.1f}", seconds() * 1'000);
}

Metrics::Metrics() : Metrics(seconds_since_1970(Clock().instant())) {}

Metrics::Metrics(double started) : started_(started) {}

void Metrics::count(std::string_view method, std::string_view route, int status, double seconds) {
  const std::string known_method =
      std::find(methods.begin(), methods.end(), method) != methods.end() ? std::string(method) : "other";
  const int known_status = status >= 100 && status <= 599 ? status : 0;
  const std::lock_guard lock(mutex_);
  auto times = times_.find(route);
  if (times == times_.end())
    times = times_.try_emplace(times_.size() < routes_max ? std::string(route) : "other").first;
  ++requests_[{times->first, {known_method, known_status}}];
  const auto bound = std::lower_bound(bounds.begin(), bounds.end(), seconds);
  ++times->second.counts[static_cast<std::size_t>(bound - bounds.begin())];
  times->second.sum += seconds;
}

void Metrics::watch(std::string name, std::string help, std::string label,
                    std::function<std::map<std::string, int>()> read, std::string type) {
  const std::lock_guard lock(mutex_);
  watched_.push_back({{std::move(name), std::move(help), std::move(type), std::move(label), {}}, std::move(read)});
}

std::string Metrics::text(const std::vector<Family>& more) const {
  std::vector<Watched> watched;
  std::string text;
  {
    const std::lock_guard lock(mutex_);
    watched = watched_;
    text = head_of("ties_requests_total", "Requests that were answered.", "counter");
    for (const auto& [key, count] : requests_) {
      text += fmt::format("ties_requests_total{{method=\"{}\",route=\"{}\",status=\"{}\"}} {}\n", key.second.first,
                          escaped(key.first, true), key.second.second, count);
    }
    text += head_of("ties_request_seconds", "How long answers took to be made.", "histogram");
    for (const auto& [route, times] : times_) {
      const auto label = escaped(route, true);
      std::uint64_t count = 0;
      for (std::size_t i = 0; i < times.counts.size(); ++i) {
        count += times.counts[i];
        text += fmt::format("ties_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", label,
                            i < bounds.size() ? fmt::format("{}", bounds[i]) : "+Inf", count);
      }
      text += fmt::format("ties_request_seconds_sum{{route=\"{}\"}} {}\n", label, number(times.sum));
      text += fmt::format("ties_request_seconds_count{{route=\"{}\"}} {}\n", label, count);
    }
  }
  text += text_of(
      {"process_resident_memory_bytes", "Memory that is not swapped out.", "gauge", "", {{"", resident_bytes()}}});
  text += text_of(
      {"process_start_time_seconds", "When the service began, in seconds since 1970.", "gauge", "", {{"", started_}}});
  for (auto& [family, read] : watched) {
    for (const auto& [value_of_label, value] : read()) family.values[value_of_label] = value;
    text += text_of(family);
  }
  for (const auto& family : more) text += text_of(family);
  return text;
}

}  // namespace ties::http
