#include "importers/keys.h"

#include <fmt/format.h>

#include <cstdint>

namespace ties::importers {

std::string hash_of(std::initializer_list<std::string_view> fields) {
  std::uint64_t hash = 14695981039346656037ULL;
  const auto add = [&hash](unsigned char byte) { hash = (hash ^ byte) * 1099511628211ULL; };
  for (const auto field : fields) {
    for (const char c : field) add(static_cast<unsigned char>(c));
    add(0x1F);
  }
  return fmt::format("{:016x}", hash);
}

}  // namespace ties::importers
