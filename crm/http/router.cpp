#include "crm/http/router.h"

#include "crm/http/openapi.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties::http {
namespace {

std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> segments;
  for (std::size_t at = 1; at <= path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    segments.emplace_back(path.substr(at, end - at));
    at = end + 1;
  }
  return segments;
}

bool is_named(const std::string& segment) { return segment.starts_with('{'); }

/// The parts, when the path goes along the route.
std::optional<Parts> parts_along(const Route& route, const std::vector<std::string>& path) {
  if (route.segments.size() != path.size()) return std::nullopt;
  Parts parts;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto& segment = route.segments[i];
    if (!is_named(segment)) {
      if (segment != path[i]) return std::nullopt;
      continue;
    }
    if (path[i].empty()) return std::nullopt;
    parts.emplace(segment.substr(1, segment.size() - 2), path[i]);
  }
  return parts;
}

constexpr std::string_view methods[] = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"};

}  // namespace

std::string_view Route::scope() const {
  if (endpoint != nullptr) return endpoint->scope;
  return scope_needed(*verb, writes && !verb->writes);
}

Router::Router(std::vector<Endpoint> endpoints) : endpoints_(std::move(endpoints)) {
  for (const auto& verb : verbs()) {
    if (!verb.route.empty()) add(verb.route, &verb, verb.writes, nullptr);
    if (!verb.writing_route.empty()) add(verb.writing_route, &verb, true, nullptr);
  }
  for (const auto& endpoint : endpoints_) add(endpoint.route, nullptr, false, &endpoint);
  // Literal parts first: "/contacts/bulk" before "/contacts/{contact}".
  std::stable_sort(routes_.begin(), routes_.end(), [](const Route& a, const Route& b) {
    return std::lexicographical_compare(a.segments.begin(), a.segments.end(), b.segments.begin(), b.segments.end(),
                                        [](const auto& x, const auto& y) { return !is_named(x) && is_named(y); });
  });
}

void Router::add(std::string_view written, const Verb* verb, bool writes, const Endpoint* endpoint) {
  const auto blank = written.find(' ');
  Route route;
  route.method = written.substr(0, blank);
  route.pattern = fmt::format("{}{}", verb != nullptr ? api_root : "", written.substr(blank + 1));
  route.segments = segments_of(route.pattern);
  route.verb = verb, route.writes = writes, route.endpoint = endpoint;
  routes_.push_back(std::move(route));
}

std::vector<Match> Router::at(const std::string& path) const {
  const auto segments = segments_of(path);
  std::vector<Match> found;
  for (const auto& route : routes_) {
    if (auto parts = parts_along(route, segments)) found.push_back({&route, *std::move(parts)});
  }
  // What is written out hides what is merely named, for every method: /contacts/bulk is no contact.
  const auto is_literal = [](const Match& match) { return match.parts.empty(); };
  if (std::any_of(found.begin(), found.end(), is_literal)) std::erase_if(found, [&](const Match& match) { return !is_literal(match); });
  return found;
}

std::string Router::allowed(const std::string& path) const {
  const auto found = at(path);
  if (found.empty()) return {};
  const auto takes = [&](std::string_view method) {
    return std::any_of(found.begin(), found.end(), [&](const Match& match) { return match.route->method == method; });
  };
  std::string list;
  for (const auto method : methods) {
    if (method == "OPTIONS" || takes(method) || (method == "HEAD" && takes("GET"))) list += fmt::format("{}{}", list.empty() ? "" : ", ", method);
  }
  return list;
}

Match Router::match(const std::string& method, const std::string& path, const std::string& accept) const {
  if (std::find(std::begin(methods), std::end(methods), method) == std::end(methods)) throw Refused(problem("not-implemented", "this method is not known here"));
  auto found = at(path);
  if (found.empty()) throw Refused(problem("not-found", "there is nothing at this address; /api/v1/openapi.json lists what there is"));
  const auto is_for_others = [&](const Match& match) {
    const auto type = match.route->endpoint == nullptr ? std::string_view() : match.route->endpoint->given_as;
    return !type.empty() && accept.find(type) == std::string::npos;
  };
  std::stable_sort(found.begin(), found.end(), [](const Match& a, const Match& b) { return a.route->endpoint != nullptr && b.route->endpoint == nullptr; });
  for (auto& match : found) {
    if (match.route->method == (method == "HEAD" ? "GET" : method) && !is_for_others(match)) return std::move(match);
  }
  const auto list = allowed(path);
  auto refusal = problem("wrong-method", "this address takes " + list);
  refusal.headers.emplace_back("Allow", list);
  throw Refused(std::move(refusal));
}

const Route* Router::shown_by(const Route& route) const {
  const auto named = route.pattern.find('}');
  if (named == std::string::npos) return nullptr;
  const auto record = route.pattern.substr(0, named + 1);
  const auto found = std::find_if(routes_.begin(), routes_.end(), [&](const Route& other) { return other.method == "GET" && other.pattern == record && other.verb != nullptr; });
  return found == routes_.end() ? nullptr : &*found;
}

}  // namespace ties::http
