#include "crm/http/verb_requests.h"

#include "reports/render/render.h"

#include <Poco/DigestEngine.h>
#include <Poco/SHA1Engine.h>
#include <fmt/format.h>

#include <algorithm>

namespace ties::http {
namespace {

using wire::Json;
using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr int json_depth_max = 32;

[[noreturn]] void refuse(const std::string& detail, const std::string& field) { throw Refused(problem("wrong-value", detail, field)); }

Json parsed(const std::string& body) {
  if (body.empty()) return Json::object();
  Json json;
  try {
    json = Json::parse(body, [](int depth, Json::parse_event_t, Json&) {
      if (depth > json_depth_max) throw Refused(problem("malformed", fmt::format("the JSON is nested deeper than {} levels", json_depth_max)));
      return true;
    });
  } catch (const Json::parse_error& error) {
    throw Refused(problem("malformed", fmt::format("the body is no JSON: byte {}", error.byte)));
  } catch (const Json::out_of_range&) {
    throw Refused(problem("malformed", "the JSON holds a number that is too large"));
  }
  if (!json.is_object()) throw Refused(problem("malformed", "the body is no JSON object"));
  return json;
}

const Arg* arg_called(const Route& route, const std::string& name) {
  const auto found = std::find_if(route.verb->args.begin(), route.verb->args.end(), [&](const Arg& arg) { return arg.name == name; });
  if (found == route.verb->args.end() || found->local || (found->writes && !route.writes)) return nullptr;
  return &*found;
}

const Arg& known_arg(const Route& route, const std::string& field) {
  if (const auto* arg = arg_called(route, table_name(field))) return *arg;
  std::vector<std::string> names;
  for (const auto& arg : route.verb->args) {
    if (!arg.local && (!arg.writes || route.writes)) names.push_back(api_name(arg.name));
  }
  refuse(fmt::format("there is no '{}'{}", field.substr(0, 60), did_you_mean(field.substr(0, 60), names)), "");
}

bool takes_many(const Arg& arg) { return arg.place == Place::repeated || arg.place == Place::rest; }

std::string one_value(const Arg& arg, const Json& value, const std::string& field) {
  switch (arg.kind) {
    case Kind::number:
      if (value.is_number_unsigned()) return std::to_string(value.get<std::uint64_t>());
      refuse(fmt::format("{}: give a whole number from 0", field), field);
    case Kind::place:
      if (!value.is_string()) refuse(fmt::format("{}: give a text", field), field);
      if (const auto link = value.get<std::string>(); link.starts_with("https://") || link.starts_with("http://")) return link;
      refuse(fmt::format("{}: give a link that begins with https://; files are added on the machine itself", field), field);
    default:
      if (value.is_string()) return value.get<std::string>();
      refuse(fmt::format("{}: give a text", field), field);
  }
}

void take(Asked& asked, const Arg& arg, const std::string& field, const Json& value) {
  const std::string name(arg.name);
  if (value.is_null()) {
    if (asked.is_patch && arg.kind != Kind::flag) asked.raw[name] = {""};
    return;
  }
  if (arg.kind == Kind::flag) {
    if (!value.is_boolean()) refuse(fmt::format("{}: give true or false", field), field);
    if (value.get<bool>()) asked.raw[name] = {"yes"};
    return;
  }
  if (arg.kind == Kind::path) {
    asked.text = value.is_string() ? value.get<std::string>() : value.dump();
    asked.raw[name] = {"-"};
    return;
  }
  if (!takes_many(arg)) {
    asked.raw[name] = {one_value(arg, value, field)};
    return;
  }
  if (!value.is_array() && !value.is_string()) refuse(fmt::format("{}: give a list of texts", field), field);
  auto& values = asked.raw[name];
  values.clear();
  for (const auto& item : value.is_array() ? value : Json::array({value})) values.push_back(one_value(arg, item, field));
  if (values.empty() && asked.is_patch) values.emplace_back();
  if (values.empty()) asked.raw.erase(name);
}

bool yes_or_no(const std::string& value, const std::string& field) {
  if (value == "true" || value.empty()) return true;
  if (value == "false") return false;
  refuse(fmt::format("{}: give true or false", field), field);
}

void take_from_query(Asked& asked, const Arg& arg, const std::string& field, const std::string& value) {
  const std::string name(arg.name);
  if (arg.kind == Kind::flag) {
    if (yes_or_no(value, field)) asked.raw[name] = {"yes"};
    return;
  }
  if (arg.kind == Kind::path || arg.kind == Kind::place) refuse(fmt::format("{}: send it in the body", field), field);
  auto& values = asked.raw[name];
  if (!values.empty() && !takes_many(arg)) refuse(fmt::format("{}: it was given twice", field), field);
  values.push_back(value);
}

}  // namespace

std::string api_name(std::string_view name) {
  std::string out(name);
  std::replace(out.begin(), out.end(), '-', '_');
  return out;
}

std::string table_name(std::string_view name) {
  std::string out(name);
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

Asked asked_of(const Route& route, const Request& request, const Parts& parts) {
  const bool has_body = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
  Asked asked;
  asked.is_patch = request.method == "PATCH";
  for (const auto& [name, value] : request.query) {
    if (route.writes && name == "dry_run") {
      asked.dry_run = yes_or_no(value, name);
    } else if (route.writes && name == "go_on") {
      asked.go_on = yes_or_no(value, name);
    } else if (!route.writes && route.verb->gives == "Document" && name == "format") {
      const auto& formats = reports::formats();
      if (std::find(formats.begin(), formats.end(), value) == formats.end()) refuse(fmt::format("format: give one of {}", fmt::join(formats, ", ")), name);
      asked.format = value;
    } else if (has_body) {
      refuse(fmt::format("'{}' does not belong in the query; send it in the body", name.substr(0, 60)), "");
    } else {
      take_from_query(asked, known_arg(route, name), name, value);
    }
  }
  if (has_body) {
    asked.given = parsed(request.body);
    for (const auto& [field, value] : asked.given.items()) take(asked, known_arg(route, field), field, value);
  } else if (!request.body.empty()) {
    throw Refused(problem("malformed", "a request of this method has no body"));
  }
  for (const auto& [name, value] : parts) {
    const auto field = table_name(name);
    if (asked.raw.contains(field)) refuse(fmt::format("{}: it is in the address already", name), name);
    asked.raw[field] = {value};
  }
  return asked;
}

Json json_of(const Route& route, const Answer& answer) {
  if (!route.writes) {
    if (!route.verb->lists()) return answer.document ? reports::json(*answer.document) : answer.data;
    return {{"items", answer.data}, {"total", answer.total.value_or(static_cast<std::int64_t>(answer.data.size()))}, {"next", answer.next.empty() ? Json(nullptr) : Json(answer.next)}};
  }
  Json overridden = Json::array();
  for (const auto& warning : answer.overridden) overridden.push_back({{"guard", warning.guard}, {"reason", warning.reason}});
  return {{"said", answer.said}, {"change", wire::value(answer.change)}, {"remarks", answer.remarks}, {"overridden", overridden},
          {"data", answer.document && answer.data.is_null() ? reports::json(*answer.document) : answer.data}};
}

std::string tag_of(const std::string& body) {
  Poco::SHA1Engine engine;
  engine.update(body);
  return fmt::format("\"{}\"", Poco::DigestEngine::digestToHex(engine.digest()).substr(0, 20));
}

bool holds_tag(const std::string& list, const std::string& tag, bool weak_ones_count) {
  const auto bare = tag.substr(1, tag.size() - 2);
  for (std::size_t at = 0; at < list.size();) {
    const auto end = std::min(list.find(',', at), list.size());
    auto one = list.substr(at, end - at);
    one.erase(0, one.find_first_not_of(" \t"));
    one.erase(one.find_last_not_of(" \t") + 1);
    if (one == "*") return true;
    if (weak_ones_count && one.starts_with("W/")) one.erase(0, 2);
    const auto inner = one.size() >= 2 && one.front() == '"' && one.back() == '"' ? one.substr(1, one.size() - 2) : one;
    if (inner == bare || inner == bare + "-gz") return true;
    at = end + 1;
  }
  return false;
}

}  // namespace ties::http
