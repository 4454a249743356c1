#include <filesystem>

#include "crm/http/endpoint.h"
#include "crm/http/service.h"

namespace ties::http {
namespace {

using wire::Json;

Response healthz(Service& service, const Request&, const Caller&, const Parts&) {
  try {
    service.file.read([](Crm&) { return true; });  // it reads the settings
  } catch (const StoreError&) {
    throw Refused(problem("file-trouble", "the file cannot be read"));
  }
  Response response;
  response.type = "application/json";
  response.body = R"({"status":"ok"})";
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

double bytes_of(const std::filesystem::path& path) {
  std::error_code none;
  const auto bytes = std::filesystem::file_size(path, none);
  return none ? 0 : static_cast<double>(bytes);
}

Response metrics(Service& service, const Request&, const Caller&, const Parts&) {
  auto log = service.file.path();
  log += "-wal";
  Response response;
  response.type = Metrics::content_type;
  response.body = service.metrics.text({
      {"ties_database_bytes",
       "Size of the file and of what is not yet written into it.",
       "gauge",
       "part",
       {{"file", bytes_of(service.file.path())}, {"log", bytes_of(log)}}},
      {"ties_writers_waiting",
       "Writes that wait for their turn, and the one whose turn it is.",
       "gauge",
       "",
       {{"", service.file.writers_waiting()}}},
  });
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Json answers(std::string_view description, std::string_view type, Json schema) {
  return {
      {"responses", {{"200", {{"description", description}, {"content", {{type, {{"schema", std::move(schema)}}}}}}}}}};
}

Json describe_healthz() {
  return answers("The file can be read.", "application/json",
                 {{"type", "object"}, {"required", {"status"}}, {"properties", {{"status", {{"const", "ok"}}}}}});
}

Json describe_metrics() {
  return answers("The text format of Prometheus, 0.0.4.", "text/plain", {{"type", "string"}});
}

}  // namespace

std::vector<Endpoint> health_endpoints() {
  return {
      {"GET /healthz", "health", "whether the service can read its file", "", healthz, describe_healthz},
      {"GET /metrics", "metrics", "numbers about the service, for Prometheus", "admin", metrics, describe_metrics},
  };
}

}  // namespace ties::http
