#include "crm/domain/commands.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties {

std::string shell_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'')
      quoted += "'\\''";
    else
      quoted += c;
  }
  return quoted + "'";
}

std::string log_message(std::string_view name) {
  const bool one_word = std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
  });
  if (one_word) return fmt::format("ties log {}", shell_quoted(fmt::format("messaged @{}", name)));
  std::string plain(name);
  plain.erase(std::remove(plain.begin(), plain.end(), '"'), plain.end());
  return fmt::format("ties log {}", shell_quoted(fmt::format("messaged @\"{}\"", plain)));
}

}  // namespace ties
