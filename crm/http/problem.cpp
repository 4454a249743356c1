#include "crm/http/problem.h"

#include <algorithm>

namespace ties::http {

const std::vector<ProblemType>& problem_types() {
  static const std::vector<ProblemType> table{
      {"malformed", 400, "The request is malformed", "The body is no JSON, too deep, or the query cannot be read. Mend the request."},
      {"wrong-value", 400, "A value is wrong", "An argument is unknown, missing, or not of its kind; `field` names it, `detail` says what it should be."},
      {"not-signed-in", 401, "Sign in first", "There is no credential, or it has expired or was revoked. Open a new address (`ties signin`), or send a token."},
      {"sign-in-failed", 401, "The sign-in failed", "The password, the token or the address is wrong, or was used before."},
      {"forbidden", 403, "The credential does not reach so far", "The token lacks the scope that `scope` names. Make one that has it."},
      {"wrong-origin", 403, "The request comes from elsewhere", "A page of another site, or a host name that the service was not told of, asks. Nothing was done."},
      {"not-found", 404, "There is no such thing", "The path, or the record that it names, is not there."},
      {"wrong-method", 405, "The method is not for this path", "`Allow` lists the methods that are."},
      {"timed-out", 408, "The request came too slowly", "Send headers and body without long pauses."},
      {"conflict", 409, "It does not go with what is there", "`detail` says with what; the file is as it was."},
      {"guarded", 409, "Something speaks against it", "`warnings` says what. Ask again with `?go_on=true` to go on all the same."},
      {"length-required", 411, "The length is missing", "Send a Content-Length."},
      {"changed-meanwhile", 412, "It was changed meanwhile", "`current` is the record as it is now and `given` what was sent. Choose, and send again with the new ETag."},
      {"too-large", 413, "The body is too large", "`limit_bytes` is the most that is taken."},
      {"uri-too-long", 414, "The address is too long", "Send long arguments in the body."},
      {"wrong-media-type", 415, "The content type is not taken", "Send application/json; of a PATCH application/merge-patch+json."},
      {"key-reused", 422, "The key was used for another request", "Take a new Idempotency-Key for every write."},
      {"too-many", 429, "Too many requests", "Wait as long as `Retry-After` says."},
      {"headers-too-large", 431, "The headers are too large", "Send fewer or shorter headers."},
      {"internal", 500, "Something went wrong inside", "Nothing was changed. The log has more under the request's id."},
      {"not-implemented", 501, "The method is not known", "Send GET, HEAD, OPTIONS, POST, PUT, PATCH or DELETE."},
      {"busy", 503, "Busy", "Something else is being written, or too many clients are connected. Try again after `Retry-After`."},
      {"file-trouble", 503, "The file cannot be used", "The disk is full or read-only, or the file is damaged. `ties check` on the machine tells more."},
      {"no-room", 507, "There is no room for it", "The disk of the service is too full. Make room, or remove imports that wait, and try again."},
  };
  return table;
}

Problem problem(std::string_view type, std::string detail, std::string field) {
  const auto row = std::find_if(problem_types().begin(), problem_types().end(), [&](const ProblemType& known) { return known.type == type; });
  Problem made;
  made.type = row->type, made.status = row->status;
  made.detail = std::move(detail), made.field = std::move(field);
  return made;
}

std::string type_uri(std::string_view type) { return "urn:ties:problem:" + std::string(type); }

Response response_of(const Problem& problem, const std::string& request_id) {
  const auto row = std::find_if(problem_types().begin(), problem_types().end(), [&](const ProblemType& known) { return known.type == problem.type; });
  wire::Json json{{"type", type_uri(problem.type)}, {"title", row->title}, {"status", problem.status}, {"detail", problem.detail}};
  if (!problem.field.empty()) json["field"] = problem.field;
  for (const auto& [key, value] : problem.more.items()) json[key] = value;
  json["request_id"] = request_id;
  Response response;
  response.status = problem.status;
  response.type = "application/problem+json";
  response.headers = problem.headers;
  response.body = json.dump(-1, ' ', false, wire::Json::error_handler_t::replace);
  return response;
}

}  // namespace ties::http
