#pragma once
#include "crm/domain/date.h"
#include "crm/domain/id.h"

namespace ties {

/// A conference, meetup, hackathon or online session.
struct Event {
  static constexpr std::string_view noun = "event";

  Id<Event> id{};
  std::string name{};
  std::string place{};
  std::optional<Date> starts_on{};
  std::optional<Date> ends_on{};
  std::string link{};
  std::string notes{};
  std::optional<std::string> source_key{};  ///< by which an importer finds it again

  bool operator==(const Event&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("name", r.name), f("place", r.place), f("starts_on", r.starts_on), f("ends_on", r.ends_on), f("link", r.link);
    f("notes", r.notes), f("source_key", r.source_key);
  }
};

}  // namespace ties
