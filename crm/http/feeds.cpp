#include <Poco/Exception.h>
#include <Poco/Net/HTTPBasicCredentials.h>

#include <sstream>

#include "crm/http/service.h"

/// What calendar programs subscribe to. They send no headers of ours: the token stands in the address, or is the
/// password of HTTP Basic. The log has the route alone.
namespace ties::http {
namespace {

using wire::Json;

/// Interviews with their hour, and the day of everything that deserves attention.
Response calendar(Service& service, const Caller& caller) {
  std::ostringstream text;
  service.file.read([&](Crm& crm) {
    crm.sees_private = caller.may("private");
    crm.output = &text;
    run(crm, "export", {{"what", {"calendar"}}});
  });
  Response response;
  response.type = "text/calendar; charset=utf-8";
  response.body = text.str();
  response.headers = {{"Cache-Control", "private, no-cache"}, {"Content-Disposition", "inline; filename=\"ties.ics\""}};
  return response;
}

Response by_address(Service& service, const Request& request, const Caller&, const Parts& parts) {
  return calendar(service, service.access.caller_of_feed(request, parts.find("token")->second, "not-found"));
}

/// The token, when it is sent as a password; the name besides does not matter.
std::optional<std::string> password_of(const std::string& authorization) {
  const auto blank = authorization.find(' ');
  auto scheme = authorization.substr(0, blank);
  for (auto& c : scheme) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (scheme != "basic" || blank == std::string::npos) return std::nullopt;
  try {
    return Poco::Net::HTTPBasicCredentials(authorization.substr(blank + 1)).getPassword();
  } catch (const Poco::Exception&) {
    return "";
  }
}

Response by_password(Service& service, const Request& request, const Caller& caller, const Parts&) {
  if (caller.may("feeds")) return calendar(service, caller);
  const auto token = password_of(request.header("authorization"));
  try {
    if (token) return calendar(service, service.access.caller_of_feed(request, *token, "not-signed-in"));
    throw Refused(problem("not-signed-in", "send a token with the scope feeds as the password"));
  } catch (Refused& refused) {
    if (refused.problem.status == 401)
      refused.problem.headers = {{"WWW-Authenticate", "Basic realm=\"Ties\", charset=\"UTF-8\""}};
    throw;
  }
}

Json describe(bool has_token) {
  Json described{
      {"description",
       "Interviews with their hour, and a day for everything that deserves attention within a year. "
       "To be subscribed to by a calendar program, with a token of the scope `feeds`."},
      {"responses",
       {{"200",
         {{"description", "The calendar."}, {"content", {{"text/calendar", {{"schema", {{"type", "string"}}}}}}}}}}}};
  if (has_token) {
    described["parameters"] = Json::array(
        {{{"name", "token"},
          {"in", "path"},
          {"required", true},
          {"description", "a token with the scope feeds; whatever is wrong with it, there is nothing at this address"},
          {"schema", {{"type", "string"}, {"minLength", 1}}},
          {"example", "ties_1_…"}}});
  } else {
    described["responses"]["401"] = {{"$ref", "#/components/responses/Problem401"}};
  }
  return described;
}

}  // namespace

std::vector<Endpoint> feed_endpoints() {
  return {
      {"GET /feeds/{token}/followups.ics", "feed followups", "a calendar to subscribe to, by its address alone", "",
       by_address, [] { return describe(true); }},
      {"GET /feeds/followups.ics", "feed followups by password",
       "the same calendar, with the token as the password of HTTP Basic", "", by_password,
       [] { return describe(false); }},
  };
}

}  // namespace ties::http
