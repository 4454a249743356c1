#pragma once
#include "crm/http/problem.h"

#include <set>

/// The doors that no verb makes: they let in, stream, or take files.
namespace ties::http {

struct Service;

/// Who asks, and what is open to them.
struct Caller {
  std::string name{};  ///< of the token; "session" of a signed-in browser; empty: nobody
  std::set<std::string, std::less<>> scopes{};
  bool by_cookie{};    ///< then a write must come from our own pages (Origin)

  bool may(std::string_view scope) const { return scopes.find(scope) != scopes.end(); }
};

struct Endpoint {
  std::string_view route;  ///< "POST /api/v1/imports/{job}/apply": the whole path
  std::string_view name;   ///< "import apply"; the OpenAPI operation is called after it
  std::string_view summary;
  std::string_view scope;  ///< what a caller needs; empty: open to everybody
  Response (*run)(Service&, const Request&, const Caller&, const Parts&);
  /// The OpenAPI operation's parameters, requestBody and responses; null: it stands in no document.
  wire::Json (*describe)(){};
  /// For requests alone that accept this content type; others at the path are for the verb whose route it is as well.
  std::string_view given_as{};
  bool takes_files{};  ///< its body is streamed, of any content type, up to the limit for uploads
};

/// All of them, in the order of the reference.
const std::vector<Endpoint>& endpoints();

/// Whether a write of it may carry an Idempotency-Key: all but what lets in, whose answer is a secret that is kept nowhere.
inline bool takes_key(const Endpoint& endpoint) {
  return !endpoint.route.starts_with("GET ") && !endpoint.scope.empty();
}

// Each topic's, in the file of its name.
std::vector<Endpoint> sign_in_endpoints();    ///< sign_in.cpp
std::vector<Endpoint> import_endpoints();     ///< imports.cpp
std::vector<Endpoint> export_endpoints();     ///< exports.cpp
std::vector<Endpoint> event_endpoints();      ///< events.cpp: server-sent
std::vector<Endpoint> feed_endpoints();       ///< feeds.cpp: what calendars subscribe to
std::vector<Endpoint> document_endpoints();   ///< openapi.cpp: the OpenAPI document and the reference page
std::vector<Endpoint> health_endpoints();     ///< health.cpp
std::vector<Endpoint> page_endpoints();       ///< pages.cpp: "/", and what pages are made of

}  // namespace ties::http
