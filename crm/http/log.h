#pragma once
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "crm/clock.h"

namespace ties::http {

/// What happens, a line an event, as `time=… level=… event=… key=value …` (logfmt), from any thread. Whatever a value
/// holds, it stays within its line and its key. Callers give routes, never paths; numbers, never names: no line tells
/// of a contact.
class Log {
 public:
  enum class Level { debug, info, warning, error, none };
  using Values = std::initializer_list<std::pair<std::string_view, std::string>>;

  Log();  ///< to stderr, from `info` on
  explicit Log(std::ostream& out, Level least = Level::info, Clock clock = Clock());

  /// Values that are empty are left out.
  void line(Level level, std::string_view event, Values values) const;
  bool says(Level level) const { return level >= least_; }
  void set_least(Level least) { least_ = least; }

 private:
  std::ostream* out_;
  Level least_;
  Clock clock_;
  std::shared_ptr<std::mutex> mutex_;  ///< one for all copies
};

}  // namespace ties::http
