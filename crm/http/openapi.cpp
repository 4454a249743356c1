#include "crm/http/openapi.h"

#include <fmt/format.h>

#include <algorithm>
#include <iostream>
#include <set>

#include "crm/http/examples.h"
#include "crm/http/router.h"
#include "crm/service/shapes.h"
#include "crm/wire/schema.h"
#include "reports/render/render.h"

namespace ties::http {
namespace {

using wire::exactly;
using Kind = Arg::Kind;
using Place = Arg::Place;

/// The chapters of the reference, and the first parts of the paths that belong to each.
struct Chapter {
  std::string_view tag, about;
  std::vector<std::string_view> parts;
};
const std::vector<Chapter>& chapters() {
  static const std::vector<Chapter> table{
      {"reports",
       "What deserves attention, where applications stand, whom one knows.",
       {"followups", "board", "reports", "search"}},
      {"contacts", "People, their addresses, jobs, tags and timelines.", {"contacts", "duplicates", "tags"}},
      {"interactions", "What happened with whom, and help given or received.", {"capture", "interactions", "favours"}},
      {"events", "Conferences, meetups and sessions, and who was met there.", {"events"}},
      {"contributions", "Public work, and who met it.", {"contributions"}},
      {"companies", "Companies, their other names, and who is known there.", {"companies"}},
      {"pipelines", "Pipelines and their stages.", {"pipelines", "stages"}},
      {"applications", "Applications, their interviews and documents.", {"applications", "interviews", "documents"}},
      {"referrals", "Referrals, and what mails suggest of them.", {"referrals", "suggestions"}},
      {"tasks", "What is to be done.", {"tasks"}},
      {"imports", "What comes in, as files.", {"imports", "import-jobs"}},
      {"exports", "What goes out, as files and as calendars to subscribe to.", {"exports", "feeds"}},
      {"history", "What was done; undo and redo.", {"history", "undo", "redo"}},
      {"views", "Lists as the user wants to see them again.", {"views"}},
      {"file", "The file itself, its settings and its backups.", {"init", "check", "settings", "backups", "sample"}},
      {"service", "Signing in, health, and this document.", {}},
  };
  return table;
}

std::string_view tag_of(std::string_view path) {
  auto part = path.starts_with(api_root) ? path.substr(api_root.size()) : path;
  part.remove_prefix(1);
  part = part.substr(0, part.find('/'));
  for (const auto& chapter : chapters()) {
    if (std::find(chapter.parts.begin(), chapter.parts.end(), part) != chapter.parts.end()) return chapter.tag;
  }
  return chapters().back().tag;
}

struct Route {
  std::string method, path;  ///< "get", "/api/v1/contacts/{contact}"
};

Route route_of(std::string_view route, std::string_view under) {
  const auto blank = route.find(' ');
  Route made{std::string(route.substr(0, blank)), std::string(under) + std::string(route.substr(blank + 1))};
  std::transform(made.method.begin(), made.method.end(), made.method.begin(),
                 [](char c) { return static_cast<char>(c + ('a' - 'A')); });
  return made;
}

/// "contact add" → "contactAdd"
std::string operation_id(std::string_view name) {
  std::string id;
  bool up = false;
  for (const char c : name) {
    if (c == ' ' || c == '-') {
      up = true;
    } else {
      id += up && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      up = false;
    }
  }
  return id;
}

std::string sentence(std::string_view text) {
  std::string made(text);
  if (!made.empty() && made[0] >= 'a' && made[0] <= 'z') made[0] = static_cast<char>(made[0] - 'a' + 'A');
  return made;
}

/// Only callers with the scope; everybody, where it is empty.
Json security_of(std::string_view scope) {
  if (scope.empty()) return Json::array();
  return Json::array({Json{{"token", Json::array({scope})}}, Json{{"session", Json::array({scope})}}});
}

Json ref(std::string_view kind, std::string_view name) {
  return {{"$ref", fmt::format("#/components/{}/{}", kind, name)}};
}

bool is_many(const Arg& arg) {
  return arg.place == Place::repeated || arg.place == Place::rest;
}

bool is_needed(const Arg& arg) {
  return arg.required || arg.place == Place::first;
}

/// What an argument may be, without its help.
Json schema_of(const Arg& arg) {
  Json one;
  switch (arg.kind) {
    case Kind::number:
      one = {{"type", "integer"}, {"minimum", 0}, {"maximum", 999'999'999}};
      break;
    case Kind::flag:
      one = {{"type", "boolean"}};
      break;
    case Kind::choice:
      one = {{"type", "string"}, {"enum", Json::array()}};
      for (const auto choice : arg.choices) one["enum"].push_back(choice);
      break;
    case Kind::place:
      one = {{"type", "string"}, {"format", "uri"}};
      break;
    case Kind::text:
    case Kind::day:
    case Kind::moment:
    case Kind::path:
      one = {{"type", "string"}};
      break;
  }
  if (!is_many(arg)) {
    if (is_needed(arg) && one["type"] == "string" && !one.contains("enum")) one["minLength"] = 1;
    return one;
  }
  Json many{{"type", "array"}, {"items", std::move(one)}};
  if (is_needed(arg)) many["minItems"] = 1;
  return many;
}

std::string help_of(const Arg& arg) {
  const auto help = sentence(arg.help);
  switch (arg.kind) {
    case Kind::day:
      return help + " (2026-03-01, or in words: friday, in 2 weeks)";
    case Kind::moment:
      return help + " (2026-03-01T14:00, with the zone in brackets where it is another: [Europe/Oslo])";
    case Kind::path:
      return help + ": here the text itself";
    case Kind::place:
      return help + ": here only a link";
    default:
      return help;
  }
}

/// One operation of a verb: what it reads by, or what it writes by.
struct Operation {
  const Verb& verb;
  Route route;
  bool by_writing_route;

  bool writes() const { return verb.writes || by_writing_route; }
  bool has_body() const { return route.method == "post" || route.method == "put" || route.method == "patch"; }
  bool is_in_path(const Arg& arg) const {
    return route.path.find("{" + std::string(arg.name) + "}") != std::string::npos;
  }
  /// The verb that shows the record which the path names: "contact show"; null where none does.
  const Verb* showing() const {
    const auto begin = route.path.find('{'), end = route.path.find('}');
    if (begin == std::string::npos) return nullptr;
    const auto name = route.path.substr(begin + 1, end - begin - 1) + " show";
    const auto found =
        std::find_if(verbs().begin(), verbs().end(), [&](const Verb& shows) { return shows.name == name; });
    return found == verbs().end() ? nullptr : &*found;
  }
  bool gives_document() const { return verb.gives == "Document"; }
  bool gives_page() const { return !writes() && verb.lists(); }
  bool shows_a_version() const { return showing() == &verb || (route.method == "patch" && showing() != nullptr); }

  /// The arguments that it takes besides those of its path.
  std::vector<const Arg*> others() const {
    std::vector<const Arg*> args;
    for (const auto& arg : verb.args) {
      const bool takes = verb.writing_route.empty() || arg.writes == by_writing_route;
      if (takes && !arg.local && !is_in_path(arg)) args.push_back(&arg);
    }
    return args;
  }
};

std::vector<Operation> operations() {
  std::vector<Operation> all;
  for (const auto& verb : verbs()) {
    if (!verb.route.empty()) all.push_back({verb, route_of(verb.route, api_root), false});
    if (!verb.writing_route.empty()) all.push_back({verb, route_of(verb.writing_route, api_root), true});
  }
  return all;
}

Json parameters_of(const Operation& operation, const Json& example) {
  Json parameters = Json::array();
  const auto add = [&](const Arg& arg, std::string_view in, const Json& schema, bool required) {
    const auto name = json_name(arg.name);
    Json parameter{
        {"name", name}, {"in", in}, {"required", required}, {"description", help_of(arg)}, {"schema", schema}};
    if (example.contains(name))
      parameter["example"] = in == "path" && !example[name].is_string() ? Json(example[name].dump()) : example[name];
    else if (required)
      parameter["example"] = "1";
    parameters.push_back(std::move(parameter));
  };
  for (const auto& arg : operation.verb.args) {
    if (operation.is_in_path(arg)) add(arg, "path", {{"type", "string"}, {"minLength", 1}}, true);
  }
  if (!operation.has_body()) {
    for (const auto* arg : operation.others()) add(*arg, "query", schema_of(*arg), is_needed(*arg));
  }
  if (operation.gives_document()) parameters.push_back(ref("parameters", "Format"));
  if (operation.writes()) {
    parameters.push_back(ref("parameters", "DryRun"));
    parameters.push_back(ref("parameters", "GoOn"));
    parameters.push_back(ref("parameters", "IdempotencyKey"));
    if (operation.showing() != nullptr) parameters.push_back(ref("parameters", "IfMatch"));
  }
  return parameters;
}

Json body_of(const Operation& operation, const Json& example) {
  const bool patches = operation.route.method == "patch";
  Json properties = Json::object(), required = Json::array(), shown = Json::object();
  for (const auto* arg : operation.others()) {
    const auto name = json_name(arg->name);
    auto schema = schema_of(*arg);
    // One text is as good as a list of one.
    if (is_many(*arg) && schema["items"]["type"] == "string") schema["type"] = {"array", "string"};
    if (patches) schema = wire::or_null(std::move(schema));
    schema["description"] = help_of(*arg);
    properties[name] = std::move(schema);
    if (is_needed(*arg) && !patches) required.push_back(name);
    if (example.contains(name)) shown[name] = example[name];
  }
  if (shown.empty() && operation.by_writing_route) {
    for (const auto* arg : operation.others()) {
      if (arg->kind == Kind::flag) shown[json_name(arg->name)] = true;
    }
  }
  Json schema{{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = required;
  const Json content{{"schema", std::move(schema)}, {"example", std::move(shown)}};
  Json body{{"required", !required.empty() || patches}, {"content", Json::object()}};
  if (patches) body["content"]["application/merge-patch+json"] = content;
  body["content"]["application/json"] = content;
  return body;
}

/// Rows whole, or with only the fields that were asked for.
Json page_schema(std::string_view shape) {
  const Json rows{{"type", "array"},
                  {"items", {{"anyOf", {ref_to(shape), ref("schemas", std::string(shape) + "Fields")}}}}};
  return exactly(
      {{"items", rows}, {"total", wire::schema<std::int64_t>()}, {"next", wire::schema<std::optional<std::string>>()}});
}

Json written_schema(std::string_view gives) {
  return exactly({{"said", wire::schema<std::string>()},
                  {"change", wire::schema<std::optional<std::int64_t>>()},
                  {"remarks", wire::schema<std::vector<std::string>>()},
                  {"overridden", {{"type", "array"}, {"items", ref("schemas", "Warning")}}},
                  {"data", schema_of_data(gives)}});
}

/// The content types of reports, by what `format` asks for.
constexpr std::pair<std::string_view, std::string_view> document_types[]{{"text", "text/plain"},
                                                                         {"markdown", "text/markdown"},
                                                                         {"html", "text/html"},
                                                                         {"csv", "text/csv"},
                                                                         {"svg", "image/svg+xml"},
                                                                         {"ics", "text/calendar"}};

Json success_of(const Operation& operation, const Json& schemas) {
  const auto& verb = operation.verb;
  Json schema;
  std::string about;
  if (operation.writes()) {
    schema = written_schema(verb.gives);
    about = "It is done: what was said, the change's number, and the data.";
  } else if (operation.gives_page()) {
    schema = page_schema(shape_named_in(verb.gives));
    about = "A page of the list; `next` goes on as `after`, and is null on the last page.";
  } else {
    schema = schema_of_data(verb.gives);
    about = operation.gives_document() ? "The report." : "As it is now.";
  }
  auto example = example_of(schema, "", schemas);
  if (operation.gives_page()) example["next"] = nullptr;
  Json success{{"description", about}};
  if (operation.shows_a_version()) success["headers"] = {{"ETag", ref("headers", "ETag")}};
  success["content"] = {{"application/json", {{"schema", schema}, {"example", std::move(example)}}}};
  if (operation.gives_document()) {
    for (const auto& [format, type] : document_types)
      success["content"][std::string(type)] = {{"schema", {{"type", "string"}}}};
  }
  return success;
}

std::string problem_name(int status) {
  return fmt::format("Problem{}", status);
}

Json responses_of(const Operation& operation, const Json& schemas) {
  Json responses{{"200", success_of(operation, schemas)}};
  if (is_made_by(operation.verb)) {
    responses["201"] = responses["200"];
    responses["201"]["description"] = "It was added: what was said, the change's number, and the new record.";
    responses["201"]["headers"]["Location"] = {{"description", "Where the new record is."},
                                               {"schema", {{"type", "string"}}}};
    responses["200"]["description"] = "What would be added (`dry_run`).";
  }
  std::set<int> statuses{400, 401, 403, 404, 409, 429, 500, 503};
  if (operation.has_body()) statuses.insert({413, 415});
  if (operation.writes()) statuses.insert(422);
  if (operation.writes() && operation.showing() != nullptr) statuses.insert(412);
  for (const auto status : statuses) responses[std::to_string(status)] = ref("responses", problem_name(status));
  return responses;
}

Json operation_of(const Operation& operation, const Json& schemas) {
  const auto& verb = operation.verb;
  const auto example = arguments_of_example(verb);
  Json made{{"operationId", operation_id(verb.name) + (operation.by_writing_route ? "Write" : "")},
            {"summary", sentence(verb.summary)},
            {"description", fmt::format("On the command line: `{}`", verb.example)},
            {"tags", Json::array({tag_of(operation.route.path)})},
            {"security", security_of(scope_needed(verb, operation.by_writing_route))}};
  auto parameters = parameters_of(operation, example);
  if (!parameters.empty()) made["parameters"] = std::move(parameters);
  if (operation.has_body()) made["requestBody"] = body_of(operation, example);
  made["responses"] = responses_of(operation, schemas);
  return made;
}

/// What may be answered to it besides what it says itself.
std::set<int> refusals_of(const Endpoint& endpoint) {
  std::set<int> statuses{400, 403, 429, 500, 503};
  if (!endpoint.scope.empty()) statuses.insert(401);
  if (endpoint.route.find('{') != std::string_view::npos) statuses.insert(404);
  if (endpoint.route.starts_with("GET ")) return statuses;
  statuses.insert({401, 409, 415});
  statuses.insert(413);
  if (takes_key(endpoint)) statuses.insert(422);
  return statuses;
}

/// Shows what each required parameter, each body and each answer may look like, where nothing is shown yet.
void add_examples(Json& operation, const Json& schemas) {
  for (auto& parameter : operation["parameters"]) {
    if (parameter.contains("$ref")) continue;
    if (parameter.value("required", false) && !parameter.contains("example")) {
      parameter["example"] = example_of(parameter["schema"], parameter["name"].get<std::string>(), schemas);
    }
  }
  const auto show = [&](Json& contents) {
    for (auto& [type, content] : contents.items()) {
      if (content.contains("example")) continue;
      content["example"] = content["schema"].empty() ? Json("…") : example_of(content["schema"], "", schemas);
    }
  };
  if (operation.contains("requestBody")) show(operation["requestBody"]["content"]);
  for (auto& [status, response] : operation["responses"].items()) {
    if (response.contains("content")) show(response["content"]);
  }
  if (operation["parameters"].empty()) operation.erase("parameters");
}

/// Of an endpoint that describes itself: it says its parameters, body and responses.
Json operation_of(const Endpoint& endpoint, const Json& schemas) {
  Json made{{"operationId", operation_id(endpoint.name)},
            {"summary", sentence(endpoint.summary)},
            {"tags", Json::array({tag_of(route_of(endpoint.route, "").path)})},
            {"security", security_of(endpoint.scope)}};
  const auto described = endpoint.describe();
  for (const auto& [key, value] : described.items()) made[key] = value;
  if (takes_key(endpoint)) made["parameters"].push_back(ref("parameters", "IdempotencyKey"));
  for (const auto status : refusals_of(endpoint)) {
    auto& refused = made["responses"][std::to_string(status)];
    if (refused.is_null()) refused = ref("responses", problem_name(status));
  }
  add_examples(made, schemas);
  return made;
}

/// Another form of what a verb gives at the same path: its content type, and its parameters.
void add_form(Json& operation, const Json& other) {
  const auto& success = other["responses"]["200"];
  for (const auto& [type, content] : success["content"].items())
    operation["responses"]["200"]["content"][type] = content;
  for (const auto& parameter : other.value("parameters", Json::array())) operation["parameters"].push_back(parameter);
  operation["description"] = fmt::format("{}\n\nAccepted as `{}`: {}", operation["description"].get<std::string>(),
                                         success["content"].begin().key(), success["description"].get<std::string>());
}

Json parameter(std::string_view name, std::string_view in, std::string_view about, Json schema) {
  return {{"name", name}, {"in", in}, {"required", false}, {"description", about}, {"schema", std::move(schema)}};
}

Json parameters() {
  Json formats = Json::array();
  for (const auto& format : reports::formats()) formats.push_back(format);
  const Json text{{"type", "string"}}, yes_or_no{{"type", "boolean"}};
  return {
      {"DryRun", parameter("dry_run", "query", "Try it: everything is answered, and nothing is kept.", yes_or_no)},
      {"GoOn", parameter("go_on", "query", "Go on past what speaks against it (409 with `warnings`); that is recorded.",
                         yes_or_no)},
      {"IdempotencyKey", parameter("Idempotency-Key", "header",
                                   "A key of your own for this write. Sent again with the same key, it is answered as "
                                   "before and not done again.",
                                   {{"type", "string"}, {"minLength", 1}, {"maxLength", 200}})},
      {"IfMatch", parameter("If-Match", "header",
                            "The ETag of the record as you know it; 412 when it was changed meanwhile.", text)},
      {"Format", parameter("format", "query", "How the report is written; json when not said.",
                           {{"type", "string"}, {"enum", formats}})},
  };
}

/// All that may stand in a problem, and what every problem has.
Json problem_schema() {
  const Json text{{"type", "string"}};
  Json types = Json::array();
  for (const auto& row : problem_types()) types.push_back(type_uri(row.type));
  return {{"description", "What went wrong (RFC 9457)."},
          {"type", "object"},
          {"required", {"type", "title", "status", "detail", "request_id"}},
          {"properties",
           {{"type", {{"type", "string"}, {"enum", types}}},
            {"title", text},
            {"status", {{"type", "integer"}}},
            {"detail", {{"type", "string"}, {"description", "What, where, and what to do."}}},
            {"field", {{"type", "string"}, {"description", "The argument that is wrong."}}},
            {"scope", {{"type", "string"}, {"description", "The scope that the credential lacks."}}},
            {"limit_bytes", {{"type", "integer"}, {"description", "The most that is taken."}}},
            {"warnings",
             {{"type", "array"}, {"items", ref("schemas", "Warning")}, {"description", "What speaks against it."}}},
            {"current", {{"description", "The record as it is now."}}},
            {"given", {{"description", "What was sent."}}},
            {"request_id", {{"type", "string"}, {"description", "Names the request in the log."}}}}},
          {"additionalProperties", true}};
}

Json problem_responses() {
  Json responses = Json::object();
  for (const auto& row : problem_types()) {
    auto& response = responses[problem_name(row.status)];
    if (response.is_null())
      response = {
          {"description", ""},
          {"content",
           {{"application/problem+json", {{"schema", ref("schemas", "Problem")}, {"examples", Json::object()}}}}}};
    const auto before = response["description"].get<std::string>();
    response["description"] = fmt::format("{}{}{}. {}", before, before.empty() ? "" : " ", row.title, row.about);
    if (row.status == 429 || row.status == 503) response["headers"] = {{"Retry-After", ref("headers", "RetryAfter")}};
    response["content"]["application/problem+json"]["examples"][std::string(row.type)] = {
        {"value",
         {{"type", type_uri(row.type)},
          {"title", row.title},
          {"status", row.status},
          {"detail", row.about},
          {"request_id", "3f9c2a71"}}}};
  }
  return responses;
}

Json schemas() {
  Json all = Json::object();
  for (const auto& shape : shapes()) all[std::string(shape.name)] = shape.schema;
  for (const auto& operation : operations()) {
    if (!operation.gives_page()) continue;
    const auto name = std::string(shape_named_in(operation.verb.gives));
    auto some = all[name];
    some["description"] = fmt::format("Some fields of {}, as `fields` asked for.", name);
    some.erase("required");
    all[name + "Fields"] = std::move(some);
  }
  all["Warning"] = exactly({{"guard", wire::schema<std::string>()}, {"reason", wire::schema<std::string>()}});
  all["Warning"]["description"] = "A reason to think twice: the guard's name, and one sentence.";
  all["Problem"] = problem_schema();
  return all;
}

Json components() {
  return {{"schemas", schemas()},
          {"parameters", parameters()},
          {"responses", problem_responses()},
          {"headers",
           {{"ETag",
             {{"description", "Names this version of the record, for If-Match."}, {"schema", {{"type", "string"}}}}},
            {"RetryAfter", {{"description", "Seconds to wait."}, {"schema", {{"type", "integer"}}}}}}},
          {"securitySchemes",
           {{"token",
             {{"type", "http"},
              {"scheme", "bearer"},
              {"description",
               "A token with scopes, shown once when it was made. The scope that an operation needs stands with it."}}},
            {"session",
             {{"type", "apiKey"},
              {"in", "cookie"},
              {"name", "ties_session"},
              {"description", "The session of a signed-in browser, which has every scope."}}}}}};
}

constexpr std::string_view about_the_service =
    "Everything that the command line can do, over HTTP.\n\n"
    "Reads answer with the record, or with a page of rows: `items`, `total` and `next`, which goes on as `after`. "
    "Writes answer with what was "
    "said, the number of the change (`POST /api/v1/undo` takes it back), remarks, the warnings that were gone past, "
    "and the data. PATCH is a JSON merge "
    "patch: null clears, a list replaces all, what is absent stays. `dry_run` tries any write without keeping it.\n\n"
    "A record is named by its number, or by its name or an unambiguous part of one. Days may be given in words. Errors "
    "are "
    "`application/problem+json`, each kind with a type of its own.\n\n"
    "Scopes: `read`, `write`, `private` (private notes and confidential talks are shown), `import`, `feeds`, `admin`.";

Response give_document(Service&, const Request&, const Caller&, const Parts&) {
  static const auto text = openapi(endpoints()).dump();
  Response response;
  response.type = "application/json";
  response.body = text;
  return response;
}

Response give_reference(Service&, const Request&, const Caller&, const Parts&) {
  static const auto page = reference_page(openapi(endpoints()));
  Response response;
  response.type = "text/html; charset=utf-8";
  response.body = page;
  return response;
}

Json describe_document() {
  const Json content{{"application/json",
                      {{"schema",
                        {{"type", "object"},
                         {"required", Json::array({"openapi"})},
                         {"properties", {{"openapi", {{"type", "string"}}}}}}},
                       {"example", {{"openapi", "3.1.0"}}}}}};
  return {{"responses",
           {{"200", {{"description", "The document."}, {"content", content}}},
            {"429", ref("responses", "Problem429")},
            {"503", ref("responses", "Problem503")}}}};
}

Json describe_reference() {
  const Json content{{"text/html", {{"schema", {{"type", "string"}}}, {"example", "<!doctype html>"}}}};
  return {{"responses",
           {{"200", {{"description", "The page."}, {"content", content}}},
            {"429", ref("responses", "Problem429")},
            {"503", ref("responses", "Problem503")}}}};
}

int print_document(const Shell&, const Args&) {
  std::cout << openapi(endpoints()).dump(2) << "\n" << std::flush;
  return 0;
}

/// Components that nothing refers to say nothing.
void leave_out_unused(Json& document) {
  for (bool again = true; again;) {
    again = false;
    const auto text = document.dump();
    for (auto& [kind, parts] : document["components"].items()) {
      if (kind == "securitySchemes") continue;
      std::vector<std::string> unused;
      for (const auto& [name, part] : parts.items()) {
        if (text.find(fmt::format("\"#/components/{}/{}\"", kind, name)) == std::string::npos) unused.push_back(name);
      }
      for (const auto& name : unused) parts.erase(name);
      again = again || !unused.empty();
    }
  }
}

}  // namespace

bool is_made_by(const Verb& verb) {
  return verb.name.ends_with(" add");
}

std::string_view scope_needed(const Verb& verb, bool by_writing_route) {
  if (!verb.scope.empty()) return verb.scope;
  return by_writing_route ? "admin" : verb.writes ? "write" : "read";
}

Json openapi(const std::vector<Endpoint>& endpoints) {
  Json tags = Json::array();
  const auto parts = components();
  Json paths = Json::object();
  for (const auto& operation : operations())
    paths[operation.route.path][operation.route.method] = operation_of(operation, parts["schemas"]);
  for (const auto& endpoint : endpoints) {
    if (endpoint.describe == nullptr) continue;
    const auto route = route_of(endpoint.route, "");
    auto& there = paths[route.path][route.method];
    if (endpoint.given_as.empty()) {
      there = operation_of(endpoint, parts["schemas"]);
    } else {
      add_form(there, operation_of(endpoint, parts["schemas"]));
    }
  }
  for (const auto& chapter : chapters()) {
    const bool is_used = std::any_of(paths.begin(), paths.end(), [&](const Json& path) {
      return std::any_of(path.begin(), path.end(),
                         [&](const Json& operation) { return operation["tags"].front() == chapter.tag; });
    });
    if (is_used) tags.push_back({{"name", chapter.tag}, {"description", chapter.about}});
  }
  Json document{{"openapi", "3.1.0"},
                {"info",
                 {{"title", "Ties"},
                  {"version", TIES_VERSION},
                  {"summary", "People, referrals and applications, in one file of yours"},
                  {"description", about_the_service},
                  {"license", {{"name", "MIT"}, {"identifier", "MIT"}}}}},
                {"servers", Json::array({Json{{"url", "/"}, {"description", "Where this document came from"}}})},
                {"tags", std::move(tags)},
                {"paths", std::move(paths)},
                {"components", parts}};
  leave_out_unused(document);
  return document;
}

std::vector<Endpoint> document_endpoints() {
  return {
      {"GET /api/v1/openapi.json", "openapi", "this document", "", give_document, describe_document},
      {"GET /api/v1/reference", "reference", "this document for people", "", give_reference, describe_reference},
  };
}

Command openapi_command() {
  return {"openapi", "print the OpenAPI document of the service", "ties openapi > openapi.json", {}, print_document};
}

}  // namespace ties::http
