#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ties::http {

/// Who failed to come in too often, by their address, and how long they wait: after five failures within a quarter of
/// an hour half a minute, and twice as long with each one more, up to a quarter of an hour. Who stays away as long is
/// forgotten.
class LockOut {
 public:
  using Time = std::chrono::steady_clock::time_point;
  static constexpr std::size_t failures_max = 5;
  static constexpr std::chrono::seconds window = std::chrono::minutes(15);
  static constexpr std::chrono::seconds shortest = std::chrono::seconds(30), longest = std::chrono::minutes(15);
  static constexpr std::size_t peers_max = 4096;

  /// How long the peer still waits; none: not at all.
  std::optional<std::chrono::seconds> wait(const std::string& peer, Time now) const;
  void failed(const std::string& peer, Time now);
  void succeeded(const std::string& peer) { peers_.erase(peer); }
  std::size_t peers() const { return peers_.size(); }

 private:
  struct Tries {
    std::vector<Time> failures{};  ///< within the window, the latest five
    std::chrono::seconds next{shortest};
    std::optional<Time> locked_until{};

    Time last() const { return locked_until ? *locked_until : failures.back(); }
  };
  void make_room(Time now);

  std::map<std::string, Tries> peers_;
};

}  // namespace ties::http
