#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace ties {

/// The number by which a record is named in its file. Typed, so that a contact's number is never taken for a company's.
/// Zero means "not kept yet".
template <class Record>
struct Id {
  std::int64_t value{};

  explicit operator bool() const { return value != 0; }
  auto operator<=>(const Id&) const = default;
};

}  // namespace ties

template <class Record>
struct std::hash<ties::Id<Record>> {
  std::size_t operator()(ties::Id<Record> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
