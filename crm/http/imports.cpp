#include <Poco/Exception.h>
#include <Poco/Net/MediaType.h>
#include <Poco/Net/MessageHeader.h>
#include <Poco/Net/MultipartReader.h>
#include <fmt/format.h>

#include <algorithm>
#include <istream>
#include <sstream>

#include "crm/http/service.h"
#include "reports/render/render.h"

/// Imports as jobs: send files, preview, apply, cancel, undo.
namespace ties::http {
namespace {

using wire::Json;

constexpr std::size_t fields_bytes_max = 100'000;  ///< of a form, all that is no file
constexpr int headers_of_part_max = 20;

[[noreturn]] void malformed(const char* what) {
  throw Refused(problem("malformed", what));
}
[[noreturn]] void wrong(const std::string& field, const std::string& what) {
  throw Refused(problem("wrong-value", field + ": " + what, field));
}

/// How an argument of the verb is called in JSON, in a query and in a form.
std::string json_name(std::string_view name) {
  std::string json(name);
  std::replace(json.begin(), json.end(), '-', '_');
  return json;
}

const std::vector<Arg>& options() {
  static const std::vector<Arg> table = [] {
    auto args = verb_called("import").args;
    std::erase_if(args,
                  [](const Arg& arg) { return arg.name == "paths" || arg.name == "preview" || arg.name == "explain"; });
    return args;
  }();
  return table;
}

const Arg& option_called(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& arg : options()) {
    if (json_name(arg.name) == name) return arg;
    names.push_back(json_name(arg.name));
  }
  wrong(name, "there is no such option" + did_you_mean(name, names));
}

/// An option out of a query or a form.
void add_option(Args::Raw& raw, const std::string& name, std::string value) {
  const auto& arg = option_called(name);
  if (arg.kind == Arg::Kind::flag) {
    if (value != "true" && value != "false") wrong(name, "give true or false");
    if (value == "true") raw[std::string(arg.name)] = {"yes"};
    return;
  }
  auto& values = raw[std::string(arg.name)];
  if (arg.place != Arg::Place::repeated) values.clear();
  values.push_back(std::move(value));
}

/// "Column=field" of each, given as a list of such texts or as an object.
std::vector<std::string> pairs_of(const std::string& name, const Json& json) {
  std::vector<std::string> pairs;
  if (!json.is_array() && !json.is_object()) wrong(name, "give a list of texts, or an object");
  for (const auto& [key, value] : json.items()) {
    if (!value.is_string()) wrong(name, "give texts");
    pairs.push_back((json.is_object() ? key + "=" : "") + value.get<std::string>());
  }
  return pairs;
}

/// The options that a request's body gives; none: it has no body.
std::optional<Args::Raw> options_in(const Request& request) {
  constexpr int depth_max = 4;
  if (request.body.find_first_not_of(" \t\r\n") == std::string::npos) return std::nullopt;
  bool too_deep = false;
  const auto json = Json::parse(
      request.body, [&](int depth, Json::parse_event_t, Json&) { return !(too_deep = too_deep || depth > depth_max); },
      false);
  if (too_deep || !json.is_object()) malformed("the body is no JSON object");
  Args::Raw raw;
  for (const auto& [name, value] : json.items()) {
    const auto& arg = option_called(name);
    if (value.is_null()) continue;
    if (arg.kind == Arg::Kind::flag) {
      if (!value.is_boolean()) wrong(name, "give true or false");
      if (value.get<bool>()) raw[std::string(arg.name)] = {"yes"};
    } else if (arg.place == Arg::Place::repeated) {
      raw[std::string(arg.name)] = pairs_of(name, value);
    } else {
      if (!value.is_string()) wrong(name, "give a text");
      raw[std::string(arg.name)] = {value.get<std::string>()};
    }
  }
  return raw;
}

std::optional<Args::Raw> options_in_query(const Request& request) {
  if (request.query.empty()) return std::nullopt;
  Args::Raw raw;
  for (const auto& [name, value] : request.query) add_option(raw, name, value);
  return raw;
}

Response json_response(int status, const Json& json) {
  Response response;
  response.status = status;
  response.type = "application/json";
  response.body = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return response;
}

// Receiving

template <class Take>
void each_piece(std::istream& in, Take take) {
  char buffer[1 << 16];
  while (in.read(buffer, sizeof buffer), in.gcount() > 0)
    take(std::string_view(buffer, static_cast<std::size_t>(in.gcount())));
}

/// The body is the file.
void receive_file(std::istream& in, const Request& request, ImportJobs::Upload& upload) {
  if (!request.length)
    throw Refused(problem("length-required", "send the Content-Length of the file, by which it is known to be whole"));
  upload.begin_file(request.parameter("name").value_or(""));
  std::int64_t bytes = 0;
  each_piece(in, [&](std::string_view piece) {
    bytes += static_cast<std::int64_t>(piece.size());
    upload.write(piece);
  });
  if (in.bad() || bytes != *request.length) malformed("the file did not come whole");
}

/// The body is a form of files and options.
void receive_form(std::istream& in, const std::string& boundary, ImportJobs::Upload& upload, Args::Raw& raw) {
  constexpr std::size_t boundary_max = 70;  // RFC 2046
  if (boundary.empty() || boundary.size() > boundary_max) malformed("the form's boundary is missing or too long");
  Poco::Net::MultipartReader reader(in, boundary);
  std::size_t fields_bytes = 0;
  std::vector<std::pair<std::string, std::string>> fields;  // believed once all is there
  for (bool is_last = false; !is_last;) {
    Poco::Net::MessageHeader header;
    header.setFieldLimit(headers_of_part_max);
    if (!reader.hasNextPart()) malformed("the form did not come whole");
    reader.nextPart(header);
    if (!in) malformed("the form did not come whole");  // a boundary at least stands behind the header of a part
    std::string disposition;
    Poco::Net::NameValueCollection parameters;
    Poco::Net::MessageHeader::splitParameters(header.get("Content-Disposition", ""), disposition, parameters);
    // What was cut off ends in a part without any header.
    if (disposition != "form-data" || !parameters.has("name"))
      malformed("a part of the form has no name, or the form did not come whole");
    if (parameters.has("filename")) {
      upload.begin_file(parameters["filename"]);
      each_piece(reader.stream(), [&](std::string_view piece) { upload.write(piece); });
    } else {
      std::string value;
      each_piece(reader.stream(), [&](std::string_view piece) {
        fields_bytes += piece.size();
        if (fields_bytes > fields_bytes_max) malformed("the form's fields are too long");
        value += piece;
      });
      fields.emplace_back(parameters["name"], std::move(value));
    }
    is_last = dynamic_cast<Poco::Net::MultipartIOS&>(reader.stream()).lastPart();
  }
  for (auto& [name, value] : fields) add_option(raw, name, std::move(value));
}

Response receive(Service& service, const Request& request, const Caller&, const Parts&) {
  const auto upload = service.jobs.upload(request.length);
  std::istringstream held(request.body);
  auto& in = request.stream != nullptr ? *request.stream : held;
  Args::Raw raw;
  for (const auto& [name, value] : request.query) {
    if (name != "name") add_option(raw, name, value);
  }
  try {
    const Poco::Net::MediaType type(request.header("content-type"));
    if (type.matches("multipart", "form-data")) {
      receive_form(in, type.getParameter("boundary"), *upload, raw);
    } else {
      receive_file(in, request, *upload);
    }
  } catch (const Poco::Exception&) {
    malformed("the form cannot be read, or did not come whole");
  }
  const auto job = upload->done(std::move(raw));
  auto response = json_response(202, job);
  response.headers.emplace_back("Location", "/api/v1/import-jobs/" + job["id"].get<std::string>());
  return response;
}

// Jobs

const std::string& job_of(const Parts& parts) {
  return parts.find("job")->second;
}

Response list(Service& service, const Request&, const Caller&, const Parts&) {
  return json_response(200, service.jobs.list());
}
Response show(Service& service, const Request&, const Caller&, const Parts& parts) {
  return json_response(200, service.jobs.show(job_of(parts)));
}
Response preview(Service& service, const Request& request, const Caller&, const Parts& parts) {
  return json_response(202, service.jobs.preview(job_of(parts), options_in(request)));
}
Response apply(Service& service, const Request& request, const Caller&, const Parts& parts) {
  return json_response(202, service.jobs.apply(job_of(parts), options_in(request)));
}
Response cancel(Service& service, const Request&, const Caller&, const Parts& parts) {
  return json_response(202, service.jobs.cancel(job_of(parts)));
}

Response undo(Service& service, const Request&, const Caller&, const Parts& parts) {
  const auto answer = service.jobs.undo(job_of(parts));
  return json_response(200, {{"said", answer.said},
                             {"change", wire::value(answer.change)},
                             {"remarks", answer.remarks},
                             {"overridden", Json::array()},
                             {"data", answer.data}});
}

Response explain(Service& service, const Request& request, const Caller&, const Parts& parts) {
  return json_response(200, reports::json(*service.jobs.explain(job_of(parts), options_in_query(request)).document));
}

Response issues(Service& service, const Request&, const Caller&, const Parts& parts) {
  Response response;
  response.body = service.jobs.issues_csv(job_of(parts));
  response.type = "text/csv; charset=utf-8";
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"issues.csv\"");
  return response;
}

Response remove(Service& service, const Request&, const Caller&, const Parts& parts) {
  service.jobs.remove(job_of(parts));
  Response response;
  response.status = 204;
  return response;
}

// What the OpenAPI document says of them

Json text_schema(std::string_view about) {
  return {{"type", "string"}, {"description", about}};
}
Json nullable(const char* type) {
  return {{"type", {type, "null"}}};
}

Json job_parameter() {
  return {{"name", "job"}, {"in", "path"}, {"required", true}, {"schema", text_schema("the job's id")}};
}

Json option_schema(const Arg& arg) {
  if (arg.kind == Arg::Kind::flag) return {{"type", "boolean"}, {"description", arg.help}};
  if (arg.place != Arg::Place::repeated) return text_schema(arg.help);
  return {{"description", arg.help},
          {"oneOf",
           {{{"type", "array"}, {"items", {{"type", "string"}}}},
            {{"type", "object"}, {"additionalProperties", {{"type", "string"}}}}}}};
}

Json options_schema() {
  auto properties = Json::object();
  for (const auto& arg : options()) properties[json_name(arg.name)] = option_schema(arg);
  return {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
}

Json query_options() {
  auto parameters = Json::array();
  for (const auto& arg : options()) {
    auto schema = option_schema(arg);
    if (arg.place == Arg::Place::repeated)
      schema = {{"type", "array"}, {"items", {{"type", "string"}}}, {"description", arg.help}};
    parameters.push_back({{"name", json_name(arg.name)}, {"in", "query"}, {"required", false}, {"schema", schema}});
  }
  return parameters;
}

Json object_of(Json properties) {
  auto required = Json::array();
  for (const auto& [name, schema] : properties.items()) required.push_back(name);
  return {{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
}

Json array_of(Json items) {
  return {{"type", "array"}, {"items", std::move(items)}};
}

Json job_schema(bool whole) {
  const Json number{{"type", "integer"}}, text{{"type", "string"}};
  const Json file = object_of({{"name", text}, {"bytes", number}});
  auto progress = object_of({{"phase", text},
                             {"done", number},
                             {"total", nullable("integer")},
                             {"per_second", number},
                             {"seconds_left", nullable("integer")}});
  progress["type"] = {"object", "null"};
  Json properties{{"id", text},
                  {"name", text_schema("as its owner calls it")},
                  {"bytes", number},
                  {"uploaded_at", text},
                  {"state",
                   {{"type", "string"},
                    {"enum", {"uploaded", "previewing", "previewed", "applying", "done", "failed", "cancelled"}}}},
                  {"options", {{"type", "object"}}},
                  {"progress", progress},
                  {"said", text},
                  {"change", nullable("integer")},
                  {"undone", {{"type", "boolean"}}},
                  {"error", nullable("string")}};
  if (whole) {
    const Json found{
        {"type", {"object", "null"}},
        {"description",
         "files with their counts; rows: the first that are new, changed and skipped; job_changes, differences, "
         "stages, strangers, issues and (of a preview) possible_duplicates, each {total, items}"}};
    properties["files"] = array_of(file), properties["remarks"] = array_of(text), properties["preview"] = found,
    properties["result"] = found;
  }
  return object_of(std::move(properties));
}

Json answer(const char* status, const char* about, Json schema) {
  return {{status, {{"description", about}, {"content", {{"application/json", {{"schema", std::move(schema)}}}}}}}};
}

Json describe_receive() {
  auto parameters = query_options();
  const Json name{{"name", "name"},
                  {"in", "query"},
                  {"required", false},
                  {"schema", text_schema("what the file is called, when it is the body itself")}};
  parameters.insert(parameters.begin(), name);
  auto form = options_schema();
  form["properties"]["file"] = array_of({{"type", "string"}, {"contentMediaType", "application/octet-stream"}});
  form["required"] = {"file"};
  auto responses = answer("202", "The file is here, and waits: preview it, or apply it.", job_schema(true));
  responses["202"]["headers"] = {{"Location", {{"description", "the job"}, {"schema", {{"type", "string"}}}}}};
  return {
      {"parameters", parameters},
      {"requestBody",
       {{"required", true},
        {"description",
         "one file as it is, or a form of one or several files, which are read as one source, and options"},
        {"content",
         {{"application/octet-stream", {{"schema", Json::object()}}}, {"multipart/form-data", {{"schema", form}}}}}}},
      {"responses", responses}};
}

Json describe_list() {
  return {{"parameters", Json::array()},
          {"responses", answer("200", "The jobs of the last day, the newest first.",
                               object_of({{"items", array_of(job_schema(false))},
                                          {"total", {{"type", "integer"}}},
                                          {"next", nullable("string")}}))}};
}

Json describe_show() {
  return {{"parameters", {job_parameter()}}, {"responses", answer("200", "The job.", job_schema(true))}};
}

Json describe_start() {
  return {{"parameters", {job_parameter()}},
          {"requestBody",
           {{"required", false},
            {"description", "options in place of those given before"},
            {"content", {{"application/json", {{"schema", options_schema()}}}}}}},
          {"responses", answer("202", "It is begun, or waits for another job.", job_schema(true))}};
}

Json describe_cancel() {
  return {{"parameters", {job_parameter()}},
          {"responses", answer("202", "It ends soon, and nothing of it is kept.", job_schema(true))}};
}

Json describe_undo() {
  const Json kept =
      object_of({{"noun", {{"type", "string"}}}, {"id", {{"type", "integer"}}}, {"name", {{"type", "string"}}}});
  const Json data = object_of({{"change", {{"type", "integer"}}}, {"kept", array_of(kept)}});
  return {{"parameters", {job_parameter()}},
          {"responses", answer("200", "What it brought in is taken back, but for what was touched since.",
                               object_of({{"said", {{"type", "string"}}},
                                          {"change", nullable("integer")},
                                          {"remarks", array_of({{"type", "string"}})},
                                          {"overridden", array_of({{"type", "object"}})},
                                          {"data", data}}))}};
}

Json describe_explain() {
  auto parameters = query_options();
  parameters.insert(parameters.begin(), job_parameter());
  return {{"parameters", parameters},
          {"responses", answer("200", "What the columns of each table are read as.", {{"type", {"object", "array"}}})}};
}

Json describe_issues() {
  return {{"parameters", {job_parameter()}},
          {"responses",
           {{"200",
             {{"description", "What could not be read, with file, line and column."},
              {"content", {{"text/csv", {{"schema", {{"type", "string"}}}}}}}}}}}};
}

Json describe_remove() {
  return {{"parameters", {job_parameter()}},
          {"responses", {{"204", {{"description", "It is forgotten, and its files are gone."}}}}}};
}

}  // namespace

std::vector<Endpoint> import_endpoints() {
  return {
      {"POST /api/v1/imports", "import upload", "send a file to be imported: a job that waits for its preview",
       "import", receive, describe_receive, "", true},
      {"GET /api/v1/import-jobs", "import jobs", "imports on their way, and those of the last day", "import", list,
       describe_list},
      {"GET /api/v1/import-jobs/{job}", "import job", "how far an import is, what it would do, and what it did",
       "import", show, describe_show},
      {"POST /api/v1/import-jobs/{job}/preview", "import preview",
       "try it on a copy of the file: what would be new, changed and left out", "import", preview, describe_start},
      {"POST /api/v1/import-jobs/{job}/apply", "import apply", "bring it in, as one change", "import", apply,
       describe_start},
      {"POST /api/v1/import-jobs/{job}/cancel", "import cancel", "end it, and keep nothing of it", "import", cancel,
       describe_cancel},
      {"POST /api/v1/import-jobs/{job}/undo", "import undo", "take back what it brought in", "import", undo,
       describe_undo},
      {"GET /api/v1/import-jobs/{job}/explain", "import explain", "what each column of its tables is read as", "import",
       explain, describe_explain},
      {"GET /api/v1/import-jobs/{job}/issues.csv", "import issues", "what could not be read, as a table", "import",
       issues, describe_issues},
      {"DELETE /api/v1/import-jobs/{job}", "import forget", "forget it, and remove its files", "import", remove,
       describe_remove},
  };
}

}  // namespace ties::http
