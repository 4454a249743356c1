#include "crm/http/lock_out.h"

#include <algorithm>

namespace ties::http {

std::optional<std::chrono::seconds> LockOut::wait(const std::string& peer, Time now) const {
  const auto found = peers_.find(peer);
  if (found == peers_.end() || !found->second.locked_until || *found->second.locked_until <= now) return std::nullopt;
  return std::chrono::ceil<std::chrono::seconds>(*found->second.locked_until - now);
}

void LockOut::failed(const std::string& peer, Time now) {
  if (!peers_.contains(peer)) make_room(now);
  auto& tries = peers_[peer];
  if (tries.locked_until && now - *tries.locked_until > window) tries = {};
  if (tries.locked_until && now < *tries.locked_until) return;  // waiting already, and not made to wait longer by that
  std::erase_if(tries.failures, [&](Time at) { return now - at > window; });
  tries.failures.push_back(now);
  if (!tries.locked_until && tries.failures.size() < failures_max) return;
  tries.locked_until = now + tries.next;
  tries.next = std::min(tries.next * 2, longest);
  tries.failures.clear();
}

void LockOut::make_room(Time now) {
  if (peers_.size() < peers_max) return;
  std::erase_if(peers_, [&](const auto& peer) { return now - peer.second.last() > window; });
  if (peers_.size() < peers_max) return;
  peers_.erase(std::min_element(peers_.begin(), peers_.end(),
                                [](const auto& a, const auto& b) { return a.second.last() < b.second.last(); }));
}

}  // namespace ties::http
