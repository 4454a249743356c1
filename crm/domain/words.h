#pragma once
#include <array>
#include <optional>
#include <span>
#include <string_view>

namespace ties {

using std::string_view_literals::operator""sv;

/// The words of an enumeration, in the order of its values: how a value is stored, shown and typed.
/// Specialised beside each enumeration with one member, `static constexpr std::array all{…}`.
template <class Enum>
struct Words;

template <class T>
concept Worded = requires { Words<T>::all; };

/// Every word that can be typed for the enumeration, in its order.
template <Worded Enum>
constexpr std::span<const std::string_view> words() {
  return Words<Enum>::all;
}

template <Worded Enum>
constexpr std::string_view word(Enum value) {
  return Words<Enum>::all[static_cast<std::size_t>(value)];
}

/// The value of a word written exactly so; nothing for any other word.
template <Worded Enum>
constexpr std::optional<Enum> from_word(std::string_view text) {
  for (std::size_t i = 0; i < Words<Enum>::all.size(); ++i) {
    if (Words<Enum>::all[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace ties
