#include "crm/http/endpoint.h"

namespace ties::http {

const std::vector<Endpoint>& endpoints() {
  static const std::vector<Endpoint> table = [] {
    std::vector<Endpoint> all;
    for (const auto topic : {sign_in_endpoints, import_endpoints, export_endpoints, event_endpoints, feed_endpoints, document_endpoints, health_endpoints, page_endpoints}) {
      for (auto& endpoint : topic()) all.push_back(endpoint);
    }
    return all;
  }();
  return table;
}

}  // namespace ties::http
