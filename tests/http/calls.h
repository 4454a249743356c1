#pragma once
#include <algorithm>
#include <sstream>

#include "crm/http/service.h"
#include "tests/store/temporary.h"

/// Endpoints called as plain functions, on a file and among temporary files of one test.
namespace ties::http {

/// Temporary files of everything that is made while it lives go into a folder of the test's own.
struct OwnTemporaryFolder : Temporary {
  OwnTemporaryFolder() {
    std::filesystem::create_directory(folder / "tmp");
    setenv("TMPDIR", (folder / "tmp").c_str(), 1);
  }
  ~OwnTemporaryFolder() { unsetenv("TMPDIR"); }

  /// Everything that lies in it now, by its path within.
  std::vector<std::string> left() const {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "tmp")) {
      paths.push_back(entry.path().lexically_relative(folder / "tmp").generic_string());
    }
    return paths;
  }
};

/// A service whose day stands still.
inline ServiceOptions on_a_day(const char* today = "2026-03-04") {
  ServiceOptions options;
  options.today = date_from_text(today);
  return options;
}

inline Caller caller(std::set<std::string, std::less<>> scopes) {
  return {"test", std::move(scopes), false};
}

inline std::string sample(const std::string& name) {
  std::ifstream in(std::string(TIES_SOURCE_DIR) + "/samples/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// An endpoint of the table, by its route.
inline Response call(const std::vector<Endpoint>& endpoints, Service& service, std::string_view route,
                     Request request = {}, const Caller& who = caller({"read", "write", "import", "private"}),
                     Parts parts = {}) {
  const auto endpoint =
      std::find_if(endpoints.begin(), endpoints.end(), [&](const Endpoint& known) { return known.route == route; });
  if (endpoint == endpoints.end()) throw std::logic_error("no such route: " + std::string(route));
  return endpoint->run(service, request, who, parts);
}

/// The kind of problem that work is refused with; empty when it is not.
template <class Work>
std::string refused_as(Work work) {
  try {
    work();
  } catch (const Refused& refused) {
    return std::string(refused.problem.type);
  } catch (const Wrong&) {
    return "Wrong";
  } catch (const Conflict&) {
    return "Conflict";
  }
  return "";
}

inline std::string streamed(const Response& response) {
  std::ostringstream out;
  response.stream(out);
  return out.str();
}

}  // namespace ties::http
