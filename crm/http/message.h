#pragma once
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Requests and responses as plain values: handlers are functions over them, and only the server knows sockets.
namespace ties::http {

struct Request {
  std::string method{};
  std::string path{};  ///< decoded, checked: valid UTF-8, no "..", no control characters
  std::vector<std::pair<std::string, std::string>> query{};    ///< decoded, in their order
  std::vector<std::pair<std::string, std::string>> headers{};  ///< names in lower case
  std::string body{};                                          ///< whole, up to the limit; empty when it is streamed
  std::istream* stream{};                ///< the body of an endpoint that `takes_files`, as it arrives; else null
  std::optional<std::int64_t> length{};  ///< of the body, when the client says so
  std::string peer{};                    ///< the client's address, without its port
  bool secure{};                         ///< over TLS, by us or by the proxy before us
  std::string id{};                      ///< names the request in answers and in the log

  std::string header(std::string_view name) const;                    ///< its first value; empty when there is none
  std::optional<std::string> parameter(std::string_view name) const;  ///< of the query
  std::string cookie(std::string_view name) const;                    ///< empty when there is none
};

struct Response {
  int status{200};
  std::string type{};  ///< the content type; empty: there is no body
  std::string body{};
  std::vector<std::pair<std::string, std::string>> headers{};
  /// In place of a body: writes as long as it likes, to a stream that fails when the client goes or the service stops.
  std::function<void(std::ostream&)> stream{};
  bool is_gzip{};  ///< the body is gzipped already; sent plain to a client that takes no gzip
};

/// The parts of a path that a route names: "{job}" → "12".
using Parts = std::map<std::string, std::string, std::less<>>;

}  // namespace ties::http
