#pragma once
#include "crm/http/message.h"
#include "crm/wire/json.h"

#include <stdexcept>

/// Errors as RFC 9457 has them: application/problem+json.
namespace ties::http {

struct Problem {
  int status{};
  std::string_view type{};  ///< "not-found": the last part of the URI that names the kind, a row of `problem_types`
  std::string detail{};     ///< what, where, what to do; never an internal text, a path or SQL
  std::string field{};      ///< the argument that is wrong
  wire::Json more{};        ///< further members: warnings, current, …
  std::vector<std::pair<std::string, std::string>> headers{};  ///< Allow, Retry-After, WWW-Authenticate
};

/// Thrown by handlers; the server answers with it.
struct Refused : std::runtime_error {
  explicit Refused(Problem made) : std::runtime_error(made.detail), problem(std::move(made)) {}
  Problem problem;
};

struct ProblemType {
  std::string_view type;
  int status;
  std::string_view title;  ///< the same for every problem of the kind
  std::string_view about;  ///< when it happens and what to do, for the reference
};
/// Every kind of problem that the service answers with.
const std::vector<ProblemType>& problem_types();

/// A problem of that kind, with its status.
Problem problem(std::string_view type, std::string detail, std::string field = "");

/// "urn:ties:problem:not-found"
std::string type_uri(std::string_view type);

/// The response to a request of that id.
Response response_of(const Problem& problem, const std::string& request_id);

}  // namespace ties::http
