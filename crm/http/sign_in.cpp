#include <Poco/Exception.h>
#include <Poco/URI.h>
#include <fmt/format.h>

#include <algorithm>

#include "crm/http/service.h"

namespace ties::http {
namespace {

using wire::Json;

/// Longer than any session: when it ends is for the service to say, since its life begins anew with every use.
constexpr int cookie_seconds = 400 * 24 * 3600;

std::pair<std::string, std::string> cookie_header(const Request& request, const std::string& value, int seconds) {
  return {"Set-Cookie", fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{}", session_cookie, value,
                                    seconds, request.secure ? "; Secure" : "")};
}

/// `said`: a sentence of our own, without markup.
Response page(int status, std::string_view said, bool with_form) {
  constexpr std::string_view form = R"html(<form method="post" action="/sign-in">
<label>Password <input type="password" name="password" autocomplete="current-password" required autofocus></label>
<button>Sign in</button>
</form>
)html";
  Response response;
  response.status = status;
  response.type = "text/html; charset=utf-8";
  response.headers = {{"Cache-Control", "no-store"}};
  response.body = fmt::format(R"html(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in to Ties</title>
<link rel="stylesheet" href="/assets/ties.css">
</head>
<body>
<main class="narrow">
<h1>Ties</h1>
<p{}>{}</p>
{}</main>
</body>
</html>
)html",
                              status == 200 ? "" : " role=\"alert\"", said, with_form ? form : "");
  return response;
}

Response to_start(const Request& request, const std::string& session) {
  Response response;
  response.status = 303;
  response.headers = {{"Location", "/"}, {"Cache-Control", "no-store"}};
  if (!session.empty()) response.headers.push_back(cookie_header(request, session, cookie_seconds));
  return response;
}

/// A refusal as a page, for people.
Response page_of(const Problem& problem, bool with_form) {
  auto sentence = problem.detail;
  if (!sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z')
    sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
  auto response = page(problem.status, sentence + ".", with_form);
  response.headers.insert(response.headers.end(), problem.headers.begin(), problem.headers.end());
  return response;
}

/// Fetched ahead, or by a program that only looks at the headers: nobody has opened the address yet.
bool is_only_a_look(const Request& request) {
  const auto says_prefetch = [&](std::string_view header) {
    const auto value = request.header(header);
    return value.find("prefetch") != std::string::npos || value.find("prerender") != std::string::npos ||
           value.find("preview") != std::string::npos;
  };
  return request.method != "GET" || says_prefetch("sec-purpose") || says_prefetch("purpose") ||
         says_prefetch("x-purpose") || says_prefetch("x-moz");
}

Response open_page(Service& service, const Request& request, const Caller& caller, const Parts&) {
  const auto token = request.parameter("token");
  if (!token) {
    if (service.access.has_password()) return page(200, "Sign in with your password.", true);
    return page(200, "No password is set. Run “ties signin” on this machine and open the address that it prints.",
                false);
  }
  if (is_only_a_look(request)) return page(200, "Open this address in a browser to sign in.", false);
  try {
    return to_start(request, service.access.sign_in_with_link(request, *token));
  } catch (const Refused& refused) {
    if (caller.by_cookie) return to_start(request, "");  // opened again, where it had done its work
    return page_of(refused.problem, service.access.has_password());
  }
}

/// The form's password. Throws Refused where there is none to be read.
std::string password_of_form(const Request& request) {
  if (!request.header("content-type").starts_with("application/x-www-form-urlencoded")) {
    throw Refused(problem("wrong-media-type", "send the form as application/x-www-form-urlencoded"));
  }
  try {
    Poco::URI form;
    form.setRawQuery(request.body);
    for (const auto& [name, value] : form.getQueryParameters()) {
      if (name == "password") return value;
    }
  } catch (const Poco::Exception&) {
  }
  throw Refused(problem("malformed", "the form has no password that can be read", "password"));
}

Response take_form(Service& service, const Request& request, const Caller&, const Parts&) {
  const auto password = password_of_form(request);
  try {
    return to_start(request, service.access.sign_in_with_password(request, password));
  } catch (const Refused& refused) {
    return page_of(refused.problem, true);
  }
}

/// The texts of a JSON object, by these names and no others. Throws Refused.
std::map<std::string, std::string> texts_of(const Request& request, const std::vector<std::string>& names) {
  const auto body = Json::parse(request.body, nullptr, false);
  if (!body.is_object()) throw Refused(problem("malformed", "send a JSON object"));
  std::map<std::string, std::string> texts;
  for (const auto& [name, value] : body.items()) {
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      throw Refused(
          problem("wrong-value", fmt::format("there is no such argument here{}", did_you_mean(name, names)), name));
    }
    if (!value.is_string()) throw Refused(problem("wrong-value", fmt::format("{}: give a text", name), name));
    texts[name] = value.get<std::string>();
  }
  return texts;
}

std::string needed(const std::map<std::string, std::string>& texts, const std::string& name) {
  const auto found = texts.find(name);
  if (found == texts.end()) throw Refused(problem("wrong-value", fmt::format("give the {}", name), name));
  return found->second;
}

std::vector<std::string> scope_words() {
  return {words<Scope>().begin(), words<Scope>().end()};
}

Response json_of(const Caller& caller) {
  Response response;
  response.type = "application/json";
  response.headers = {{"Cache-Control", "no-store"}};
  response.body = Json{{"name", caller.name}, {"scopes", caller.scopes}}.dump();
  return response;
}

Response begin(Service& service, const Request& request, const Caller&, const Parts&) {
  const auto session =
      service.access.sign_in_with_password(request, needed(texts_of(request, {"password"}), "password"));
  Caller caller{"session", {}, true};
  for (auto& scope : scope_words()) caller.scopes.insert(std::move(scope));
  auto response = json_of(caller);
  response.headers.push_back(cookie_header(request, session, cookie_seconds));
  return response;
}

Response who(Service&, const Request&, const Caller& caller, const Parts&) {
  if (caller.name.empty()) {
    auto made = problem("not-signed-in", "nobody is signed in");
    made.headers = {{"WWW-Authenticate", "Bearer"}};
    throw Refused(std::move(made));
  }
  return json_of(caller);
}

Response end(Service& service, const Request& request, const Caller& caller, const Parts&) {
  if (!caller.name.empty() && !caller.by_cookie) {
    throw Refused(problem("conflict", "a token does not sign out; DELETE /api/v1/tokens/{token} revokes it"));
  }
  service.access.sign_out(request);
  Response response;
  response.status = 204;
  response.headers = {cookie_header(request, "", 0)};
  return response;
}

Response change(Service& service, const Request& request, const Caller&, const Parts&) {
  auto texts = texts_of(request, {"current", "password"});
  service.access.change_password(request, texts["current"], needed(texts, "password"));
  Response response;
  response.status = 204;
  return response;
}

// What the OpenAPI document says of them.

Json text_argument(std::string_view what) {
  return {{"type", "string"}, {"format", "password"}, {"description", what}};
}

Json body_of(Json properties, std::vector<std::string> required) {
  return {{"required", true},
          {"content",
           {{"application/json",
             {{"schema",
               {{"type", "object"},
                {"properties", std::move(properties)},
                {"required", std::move(required)},
                {"additionalProperties", false}}}}}}}};
}

Json caller_response(std::string_view what) {
  const Json schema{{"type", "object"},
                    {"properties",
                     {{"name", {{"type", "string"}, {"description", "of the token; \"session\" of a browser"}}},
                      {"scopes", {{"type", "array"}, {"items", {{"type", "string"}, {"enum", scope_words()}}}}}}},
                    {"required", {"name", "scopes"}}};
  return {{"200", {{"description", what}, {"content", {{"application/json", {{"schema", schema}}}}}}}};
}

Json done_response() {
  return {{"204", {{"description", "done"}}}};
}

Json describe_begin() {
  return {{"requestBody", body_of({{"password", text_argument("the password")}}, {"password"})},
          {"responses", caller_response("signed in; the answer sets the session's cookie")}};
}

Json describe_who() {
  return {{"responses", caller_response("who is asking")}};
}

Json describe_end() {
  return {{"responses", done_response()}};
}

Json describe_change() {
  return {{"requestBody", body_of({{"current", text_argument("the password as it is; needed when one is set")},
                                   {"password", text_argument("the new one, of at least 10 characters")}},
                                  {"password"})},
          {"responses", done_response()}};
}

}  // namespace

std::vector<Endpoint> sign_in_endpoints() {
  return {
      {"GET /sign-in", "sign-in page", "signs a browser in by a one-time address, or asks for the password", "",
       open_page},
      {"POST /sign-in", "sign-in form", "signs a browser in by the password of the form", "", take_form},
      {"POST /api/v1/session", "session begin", "sign in with the password", "", begin, describe_begin},
      {"GET /api/v1/session", "session who", "who is asking, and how far they reach", "", who, describe_who},
      {"DELETE /api/v1/session", "session end", "sign out", "", end, describe_end},
      {"PUT /api/v1/password", "password change", "set the password; every other session ends", "admin", change,
       describe_change},
  };
}

}  // namespace ties::http
