#include "crm/http/service.h"

#include "crm/http/openapi.h"
#include "crm/http/pages.h"
#include "crm/http/verb_requests.h"
#include "crm/service/once.h"
#include "reports/render/render.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace ties::http {
namespace {

using wire::Json;

constexpr int list_limit = 50, list_limit_max = 1'000;

Json warnings_json(const std::vector<Warning>& warnings) {
  Json json = Json::array();
  for (const auto& warning : warnings) json.push_back({{"guard", warning.guard}, {"reason", warning.reason}});
  return json;
}

Problem busy(const std::string& detail) {
  auto made = problem("busy", detail);
  made.headers.emplace_back("Retry-After", "1");
  return made;
}

/// What went wrong, as the client may know it. `told` gets what only the log may.
Problem problem_of(const std::exception_ptr& error, std::string& told) {
  try {
    std::rethrow_exception(error);
  } catch (const Refused& refused) {
    return refused.problem;
  } catch (const Guarded& guarded) {
    auto made = problem("guarded", guarded.what());
    made.more = {{"warnings", warnings_json(guarded.warnings)}};
    return made;
  } catch (const KeyReused& reused) {
    return problem("key-reused", reused.what());
  } catch (const Wrong& wrong) {
    return problem("wrong-value", wrong.what(), api_name(wrong.field));
  } catch (const NotFound& missing) {
    return problem("not-found", missing.what());
  } catch (const Conflict& conflict) {
    return problem("conflict", conflict.what());
  } catch (const Busy& waiting) {
    return busy(waiting.what());
  } catch (const StoreError& trouble) {
    told = trouble.reason;
    return trouble.kind == StoreError::Kind::busy ? busy(trouble.reason) : problem("file-trouble", trouble.reason);
  } catch (const std::exception& other) {
    told = other.what();
  } catch (...) {
    told = "something that is no exception";
  }
  return problem("internal", "something went wrong, and nothing was changed; the log has more under this request's id");
}

void check_scope(const Route& route, const Caller& caller) {
  const auto scope = route.scope();
  if (scope.empty() || caller.may(scope)) return;
  if (caller.name.empty()) {
    auto refusal = problem("not-signed-in", "sign in: open the address that `ties signin` prints, or send a token");
    refusal.headers.emplace_back("WWW-Authenticate", "Bearer");
    throw Refused(std::move(refusal));
  }
  auto refusal = problem("forbidden", fmt::format("this needs the scope '{}', which the credential lacks", scope));
  refusal.more = {{"scope", scope}};
  throw Refused(std::move(refusal));
}

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

constexpr std::pair<std::string_view, std::string_view> types_of_formats[] = {
    {"text", "text/plain; charset=utf-8"}, {"markdown", "text/markdown; charset=utf-8"}, {"html", "text/html; charset=utf-8"},
    {"csv", "text/csv; charset=utf-8"},    {"ics", "text/calendar; charset=utf-8"},
    {"svg", "image/svg+xml"},
};

/// A report in the form that was asked for.
Response rendered(const reports::Document& document, const std::string& format, const Clock& clock) {
  const auto type = std::find_if(std::begin(types_of_formats), std::end(types_of_formats), [&](const auto& known) { return known.first == format; });
  Response response;
  response.type = type->second;
  response.body = format == "html" ? reports::html(document, "/assets/report.css") : reports::render(document, format, {}, reports::calendar_stamp(clock.instant()));
  return response;
}

Response not_modified(const std::string& tag) {
  Response response;
  response.status = 304;
  response.headers.emplace_back("ETag", tag);
  return response;
}

/// Of what is asked, and by whom.
std::string fingerprint(const Request& request, const Caller& caller) {
  auto asked = fmt::format("{}\n{}\n{}\n", caller.name, request.method, request.path);
  for (const auto& [name, value] : request.query) asked += fmt::format("{}={}\n", name, value);
  // What is streamed is read once: files are told apart by their length.
  return tag_of(asked + "\n" + (request.stream != nullptr ? fmt::format("{}", request.length.value_or(-1)) : request.body));
}

std::string location_of(const Response& response) {
  for (const auto& [name, value] : response.headers) {
    if (name == "Location") return value;
  }
  return {};
}

/// Its answer holds what is shown once.
bool shows_a_secret(const Verb& verb) { return verb.name == "token add"; }

/// The record that a request is about, as its GET shows it now.
Json shown(Crm& crm, const Route& show, const Parts& parts) {
  Args::Raw raw;
  for (const auto& arg : show.verb->args) {
    const auto part = parts.find(api_name(arg.name));
    if (part != parts.end()) raw[std::string(arg.name)] = {part->second};
  }
  return json_of(show, run(crm, show.verb->name, std::move(raw)));
}

}  // namespace

Service::Service(std::filesystem::path file_path, ServiceOptions how)
    : options(std::move(how)),
      hosts(hosts_of(options.address, options.port, options.hosts)),
      log(options.log),
      file(std::move(file_path), options.today),
      access(file, options.now),
      events(file),
      jobs(file, events, {}, [this](const std::string& trouble) { log.line(Log::Level::error, "import", {{"why", trouble}}); }),
      router(endpoints()) {
  metrics.watch("ties_jobs", "Imports on their way, and those of the last day.", "state", [this] {
    std::map<std::string, int> jobs_by_state;
    for (const auto& job : jobs.list()["items"]) ++jobs_by_state[job["state"].get<std::string>()];
    return jobs_by_state;
  });
}

bool Service::takes_files(const std::string& method, const std::string& path) const {
  try {
    const auto match = router.match(method, path);
    return match.route->endpoint != nullptr && match.route->endpoint->takes_files;
  } catch (const Refused&) {
    return false;
  }
}

/// Where a record that was made is shown; empty when it is nowhere.
std::string Service::place_of(const Route& made_by, const Json& data) const {
  if (!data.is_object() || !data.contains("id")) return {};
  auto place = fmt::format("{}/{}", made_by.pattern, data["id"].dump());
  try {
    const auto* shown = router.match("GET", place).route->verb;
    return shown != nullptr && shown->gives == made_by.verb->gives ? place : "";
  } catch (const Refused&) {
    return {};
  }
}

Response Service::answer(const Request& request) {
  const Metrics::Timer timer(metrics, request.method);
  std::string pattern = "none", told;
  Response response;
  try {
    response = routed(request, pattern);
  } catch (...) {
    response = response_of(problem_of(std::current_exception(), told), request.id);
  }
  timer.done(pattern, response.status);
  log.line(response.status == 500 ? Log::Level::error : Log::Level::info, "request",
           {{"id", request.id}, {"method", request.method}, {"route", pattern}, {"status", std::to_string(response.status)}, {"ms", timer.milliseconds()}, {"why", told}});
  return response;
}

Response Service::routed(const Request& request, std::string& pattern) {
  check_host(request, hosts);
  if (request.method == "OPTIONS") {
    const auto allowed = router.allowed(request.path);
    if (allowed.empty()) throw Refused(problem("not-found", "there is nothing at this address"));
    Response response;
    response.status = 204;
    response.headers.emplace_back("Allow", allowed);
    return response;
  }
  const bool is_deep_link = is_page(request) && router.allowed(request.path).empty();
  const auto match = router.match(request.method, is_deep_link ? "/" : request.path, request.header("accept"));
  pattern = match.route->pattern;
  const bool is_safe = request.method == "GET" || request.method == "HEAD";
  const auto caller = match.route->scope().empty() && is_safe ? access.caller_if_any(request) : access.caller_of(request);
  if (!is_safe) check_origin(request, hosts, caller.by_cookie);
  check_scope(*match.route, caller);
  if (match.route->verb != nullptr) return of_verb(match, request, caller);
  const bool has_key = takes_key(*match.route->endpoint) && !request.header("idempotency-key").empty();
  return has_key ? endpoint_once(match, request, caller) : match.route->endpoint->run(*this, request, caller, match.parts);
}

/// An endpoint takes the writer's turn by itself, so its key is remembered right after it; until then nobody else has it.
Response Service::endpoint_once(const Match& match, const Request& request, const Caller& caller) {
  const auto key = request.header("idempotency-key");
  const KeysAtWork::Claim claim(keys_at_work, key);
  Response response;
  const bool is_known = file.read([&](Crm& crm) { return crm.store.answered(key).has_value(); });
  if (!is_known) response = match.route->endpoint->run(*this, request, caller, match.parts);
  const auto done = file.write([&](Crm& crm) {
    return once(crm, key, fingerprint(request, caller), [&](Crm&) {
      return Json{{"status", response.status}, {"type", response.type}, {"body", response.body}, {"location", location_of(response)}};
    });
  });
  if (!done.repeated) return response;
  const auto& kept = done.answer;
  response.headers.emplace_back("Idempotency-Replayed", "true");
  if (const auto location = kept.value("location", ""); !location.empty()) response.headers.emplace_back("Location", location);
  response.status = kept.value("status", 200);
  response.type = kept.value("type", "application/json");
  response.body = kept.contains("body") ? kept["body"].get<std::string>() : dumped(kept);
  return response;
}

Response Service::of_verb(const Match& match, const Request& request, const Caller& caller) {
  const auto& route = *match.route;
  check_json(request);
  auto asked = asked_of(route, request, match.parts);
  return route.writes ? write(match, request, caller, std::move(asked)) : read(match, request, caller, std::move(asked));
}

Response Service::read(const Match& match, const Request& request, const Caller& caller, Asked asked) {
  const auto& route = *match.route;
  if (route.verb->lists()) {
    auto& limit = asked.raw["limit"];
    if (limit.empty()) limit = {std::to_string(list_limit)};
    const bool is_small = limit[0].size() <= 4 && limit[0].find_first_not_of("0123456789") == std::string::npos && std::stoi("0" + limit[0]) <= list_limit_max;
    if (!is_small) throw Refused(problem("wrong-value", fmt::format("limit: at most {}", list_limit_max), "limit"));
  }
  return file.read([&](Crm& crm) {
    crm.sees_private = caller.may("private");
    const auto answer = run(crm, route.verb->name, std::move(asked.raw));
    if (answer.document && !asked.format.empty() && asked.format != "json") return rendered(*answer.document, asked.format, crm.clock);
    Response response;
    response.type = "application/json";
    response.body = dumped(json_of(route, answer));
    const auto tag = tag_of(response.body);
    if (holds_tag(request.header("if-none-match"), tag, true)) return not_modified(tag);
    response.headers.emplace_back("ETag", tag);
    response.headers.emplace_back("Cache-Control", "private, no-cache");
    return response;
  });
}

Response Service::write(const Match& match, const Request& request, const Caller& caller, Asked asked) {
  const auto& route = *match.route;
  const auto* show = router.shown_by(route);
  const auto expected = request.header("if-match");
  const auto key = request.header("idempotency-key");
  if (!expected.empty() && show == nullptr) throw Refused(problem("wrong-value", "If-Match is for writes on a record that has a GET"));
  if (key.size() > 200) throw Refused(problem("wrong-value", "Idempotency-Key: at most 200 characters"));
  return file.write([&](Crm& crm) {
    std::istringstream text(asked.text);
    crm.input = &text;
    crm.sees_private = caller.may("private");
    crm.dry_run = asked.dry_run;
    crm.sets_whole = asked.is_patch;
    if (!expected.empty()) {
      crm.at_begin = [&] {
        const auto current = shown(crm, *show, match.parts);
        const auto tag = tag_of(dumped(current));
        if (holds_tag(expected, tag, false)) return;
        auto refusal = problem("changed-meanwhile", "it was changed since you read it; nothing was done");
        refusal.more = {{"current", current}, {"given", asked.given}};
        refusal.headers.emplace_back("ETag", tag);
        throw Refused(std::move(refusal));
      };
    }
    const auto work = [&](Crm&) { return json_of(route, run(crm, route.verb->name, std::move(asked.raw), asked.go_on)); };
    const bool has_key = !key.empty() && !asked.dry_run;
    const auto done = has_key ? once(crm, key, fingerprint(request, caller), work, !shows_a_secret(*route.verb)) : OnceAnswer{work(crm), false};
    Response response;
    response.type = "application/json";
    response.body = dumped(done.answer);
    if (done.repeated) response.headers.emplace_back("Idempotency-Replayed", "true");
    const auto& data = done.answer["data"];
    if (is_made_by(*route.verb) && !asked.dry_run) {
      response.status = 201;
      if (auto place = place_of(route, data); !place.empty()) response.headers.emplace_back("Location", std::move(place));
    }
    if (route.scope() == "admin") access.look_again();
    if (show != nullptr && request.method == "PATCH" && !asked.dry_run) response.headers.emplace_back("ETag", tag_of(dumped(shown(crm, *show, match.parts))));
    return response;
  });
}

}  // namespace ties::http
