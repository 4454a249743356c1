#pragma once
#include "crm/http/endpoint.h"
#include "crm/service/verb.h"

/// Which verb or endpoint a method and path mean.
namespace ties::http {

constexpr std::string_view api_root = "/api/v1";

struct Route {
  std::string method{};
  std::string pattern{};  ///< "/api/v1/contacts/{contact}/tags"
  std::vector<std::string> segments{};
  const Verb* verb{};
  bool writes{};                ///< of a verb: reached by the route through which it writes
  const Endpoint* endpoint{};   ///< in place of a verb

  std::string_view scope() const;  ///< what a caller needs; empty: open to everybody
};

struct Match {
  const Route* route{};
  Parts parts{};
};

class Router {
 public:
  /// Of all verbs that have a route, and these endpoints.
  explicit Router(std::vector<Endpoint> endpoints);

  /// HEAD is what GET is. A literal part of a path goes before a named one. Throws Refused: not-found, or wrong-method with
  /// Allow, or not-implemented. `accept`: of the request, for what is given in more than one form.
  Match match(const std::string& method, const std::string& path, const std::string& accept = "") const;
  /// "GET, HEAD, OPTIONS, POST"; empty when there is no such path.
  std::string allowed(const std::string& path) const;
  /// The route that shows the record which this one changes: "GET /contacts/{contact}" of "POST /contacts/{contact}/tags".
  const Route* shown_by(const Route& route) const;

  const std::vector<Endpoint>& endpoints() const { return endpoints_; }

 private:
  void add(std::string_view written, const Verb* verb, bool writes, const Endpoint* endpoint);
  std::vector<Match> at(const std::string& path) const;

  std::vector<Endpoint> endpoints_;
  std::vector<Route> routes_;
};

}  // namespace ties::http
