#pragma once
#include "crm/domain/date.h"

/// The only place that asks what time it is, and where time zones are known.
namespace ties {

class Clock {
 public:
  /// `today`: the day to pretend, for scripts and tests. `zone`: an IANA name; empty: the system's.
  /// Throws Wrong for a zone that the system does not know.
  explicit Clock(std::optional<Date> today = std::nullopt, std::string zone = "");

  Date today() const;
  /// The instant now in UTC: "2026-03-01T08:00:00Z". On a pretended day, its noon.
  std::string instant() const;
  /// A moment as wall time in the user's zone. One whose zone is unknown, or that has no time, stays as it is.
  Moment local(const Moment& moment) const;
  /// The same as wall time in UTC; one that has no time, or a zone that nobody knows, stays at its wall time without any.
  static Moment utc(const Moment& moment);
  const std::string& zone() const { return zone_; }

 private:
  std::optional<Date> today_;
  std::string zone_;
};

}  // namespace ties
