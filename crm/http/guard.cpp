#include "crm/http/guard.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties::http {
namespace {

std::string lower(std::string text) {
  for (auto& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

std::string trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
}

}  // namespace

Hosts hosts_of(const std::string& address, int port, const std::vector<std::string>& named) {
  const auto with_port = [&](const std::string& host) { return fmt::format("{}:{}", host, port); };
  Hosts hosts;
  const bool is_six = address.find(':') != std::string::npos;
  hosts.insert(with_port(is_six ? "[" + address + "]" : address));
  if (address == "127.0.0.1" || address == "::1" || address == "0.0.0.0" || address == "::") {
    for (const auto* host : {"127.0.0.1", "[::1]", "localhost"}) hosts.insert(with_port(host));
  }
  for (const auto& name : named) {
    hosts.insert(lower(name));
    if (name.rfind(':') == std::string::npos) hosts.insert(with_port(lower(name)));
  }
  return hosts;
}

void check_host(const Request& request, const Hosts& hosts) {
  const auto host = lower(request.header("host"));
  if (host.empty()) throw Refused(problem("malformed", "the Host header is missing"));
  if (hosts.contains(host)) return;
  throw Refused(problem("wrong-origin", "the service does not go by this host name; start it with --host NAME to allow one"));
}

void check_origin(const Request& request, const Hosts& hosts, bool by_cookie) {
  const auto refuse = [] { throw Refused(problem("wrong-origin", "this was sent by a page of another site; nothing was done")); };
  const auto origin = lower(request.header("origin"));
  if (!origin.empty()) {
    const auto scheme = request.secure ? std::string_view("https://") : std::string_view("http://");
    const bool is_ours = origin.starts_with(scheme) && hosts.contains(origin.substr(scheme.size()));
    if (!is_ours) refuse();
    return;
  }
  const auto site = request.header("sec-fetch-site");
  if (by_cookie && !site.empty() && site != "same-origin" && site != "none") refuse();
}

void check_json(const Request& request) {
  if (request.body.empty()) return;
  const auto written = lower(request.header("content-type"));
  const auto semicolon = written.find(';');
  const auto type = trimmed(std::string_view(written).substr(0, semicolon));
  const bool is_taken = type == "application/json" || (request.method == "PATCH" && type == "application/merge-patch+json");
  const auto charset = written.find("charset=");
  const bool is_utf8 = charset == std::string::npos || trimmed(std::string_view(written).substr(charset + 8)).starts_with("utf-8") ||
                       trimmed(std::string_view(written).substr(charset + 8)).starts_with("\"utf-8\"");
  if (!is_taken || !is_utf8) {
    throw Refused(problem("wrong-media-type", request.method == "PATCH" ? "send application/merge-patch+json or application/json, in UTF-8" : "send application/json, in UTF-8"));
  }
}

}  // namespace ties::http
