#include "crm/http/message.h"

namespace ties::http {

std::string Request::header(std::string_view name) const {
  for (const auto& [known, value] : headers) {
    if (known == name) return value;
  }
  return {};
}

std::optional<std::string> Request::parameter(std::string_view name) const {
  for (const auto& [known, value] : query) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::string Request::cookie(std::string_view name) const {
  for (const auto& [known, value] : headers) {
    if (known != "cookie") continue;
    const std::string_view all = value;
    for (std::size_t at = 0; at < all.size();) {
      const auto end = std::min(all.find(';', at), all.size());
      auto pair = all.substr(at, end - at);
      pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
      const auto equals = pair.find('=');
      if (equals != std::string_view::npos && pair.substr(0, equals) == name)
        return std::string(pair.substr(equals + 1));
      at = end + 1;
    }
  }
  return {};
}

}  // namespace ties::http
