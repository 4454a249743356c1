#pragma once
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace ties {

/// What the user asked for is not there, or does not go with what is. Doors answer with 1 or with a 404 or 409.
struct NotFound : std::runtime_error {
  using std::runtime_error::runtime_error;
};
struct Conflict : std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// A write came with a key that another write had used before.
struct KeyReused : Conflict {
  using Conflict::Conflict;
};
/// The words were wrong: an unknown option, a date that is none. Doors answer with 2 or with a 400.
struct Wrong : std::runtime_error {
  explicit Wrong(const std::string& said, std::string argument = {}) : std::runtime_error(said), field(std::move(argument)) {}
  std::string field;  ///< the argument that is wrong, as its table names it; empty: none alone
};

/// The candidate that is nearest to what was typed, when it is near enough to be meant; else empty.
std::string nearest(std::string_view typed, const std::vector<std::string>& candidates);

/// "; did you mean 'offer'?", or nothing when no candidate is near.
std::string did_you_mean(std::string_view typed, const std::vector<std::string>& candidates);

}  // namespace ties
