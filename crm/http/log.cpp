#include "crm/http/log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iostream>

#include "crm/text/text.h"

namespace ties::http {
namespace {

constexpr std::array level_names{"debug", "info", "warning", "error", "none"};
constexpr std::size_t value_bytes_max = 1'000;

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_.:/+@{}").find(c) != std::string_view::npos;
}

/// Characters beyond ASCII that end lines or turn the text around: C1 controls, line separators, direction marks.
bool is_treacherous(std::string_view character) {
  if (character.size() == 2) return character[0] == '\xc2' && static_cast<unsigned char>(character[1]) < 0xa0;
  const auto last = character.size() == 3 ? static_cast<unsigned char>(character[2]) : 0;
  if (character.starts_with("\xe2\x80")) return last <= 0x8f ? last >= 0x8b : last >= 0xa8 && last <= 0xae;
  return character.starts_with("\xe2\x81") && last >= 0xa6 && last <= 0xaf;
}

std::size_t length_of_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  return length <= text.size() && text::is_utf8(text.substr(0, length)) ? length : 1;
}

std::string written(std::string_view value) {
  if (value.size() <= value_bytes_max && std::all_of(value.begin(), value.end(), is_bare)) return std::string(value);
  std::string out = "\"";
  for (std::size_t at = 0; at < value.size();) {
    if (out.size() > value_bytes_max) {
      out += "…";
      break;
    }
    const auto length = length_of_character(value.substr(at));
    const auto character = value.substr(at, length);
    const auto byte = static_cast<unsigned char>(character.front());
    if (character == "\n") {
      out += "\\n";
    } else if (character == "\"" || character == "\\") {
      out += "\\" + std::string(character);
    } else if ((length == 1 && (byte < 0x20 || byte >= 0x7f)) || is_treacherous(character)) {
      for (const char c : character) out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += character;
    }
    at += length;
  }
  return out + "\"";
}

}  // namespace

Log::Log() : Log(std::cerr) {}

Log::Log(std::ostream& out, Level least, Clock clock)
    : out_(&out), least_(least), clock_(std::move(clock)), mutex_(std::make_shared<std::mutex>()) {}

void Log::line(Level level, std::string_view event, Values values) const {
  if (!says(level)) return;
  auto text = fmt::format("time={} level={} event={}", clock_.instant(), level_names[static_cast<std::size_t>(level)],
                          written(event));
  for (const auto& [key, value] : values) {
    if (!value.empty()) text += fmt::format(" {}={}", key, written(value));
  }
  text += '\n';
  const std::lock_guard lock(*mutex_);
  *out_ << text << std::flush;
}

}  // namespace ties::http
