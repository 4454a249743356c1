#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "crm/http/scratch.h"
#include "crm/http/service.h"

/// Exports as downloads.
namespace ties::http {
namespace {

using wire::Json;

constexpr std::array whats{"contacts", "applications", "interactions", "contributions", "calendar", "everything"};

struct Format {
  std::string_view name, ending, type;
};
/// The first is the standard of lists; the calendar's and that of everything stand last.
constexpr std::array formats{
    Format{"csv", ".csv", "text/csv; charset=utf-8"},
    Format{"vcard", ".vcf", "text/vcard; charset=utf-8"},
    Format{"vcard4", ".vcf", "text/vcard; charset=utf-8"},
    Format{"google", ".csv", "text/csv; charset=utf-8"},
    Format{"jsonl", ".jsonl", "application/x-ndjson"},
    Format{"ics", ".ics", "text/calendar; charset=utf-8"},
    Format{"zip", ".zip", "application/zip"},
};

[[noreturn]] void wrong(const std::string& field, const std::string& what) {
  throw Refused(problem("wrong-value", field + ": " + what, field));
}

const Format& format_of(const std::string& what, const std::optional<std::string>& asked) {
  const auto standard = what == "everything" ? "zip" : what == "calendar" ? "ics" : "csv";
  const auto name = asked.value_or(standard);
  const auto found =
      std::find_if(formats.begin(), formats.end(), [&](const Format& format) { return format.name == name; });
  const bool fits = (name == "zip") == (what == "everything");
  if (found == formats.end() || !fits) wrong("format", fmt::format("{} cannot leave as '{}'", what, name));
  return *found;
}

/// What the verb is asked for. What else may be wrong with it, the verb says.
Args::Raw asked_for(const Request& request, const Caller& caller) {
  Args::Raw raw;
  for (const auto& [name, value] : request.query) {
    if (name == "format") continue;
    if (name == "include_private") {
      if (value != "true" && value != "false") wrong(name, "give true or false");
      if (value == "false") continue;
      if (!caller.may("private")) {
        auto forbidden = problem("forbidden", "what is private needs a token with the scope private");
        forbidden.more = {{"scope", "private"}};
        throw Refused(std::move(forbidden));
      }
      raw["include-private"] = {"yes"};
    } else if (name == "where") {
      raw["where"].push_back(value);
    } else if (name == "since" || name == "until") {
      raw[name] = {value};
    } else {
      wrong(name, "there is no such parameter" +
                      did_you_mean(name, {"format", "where", "since", "until", "include_private"}));
    }
  }
  return raw;
}

/// It is written whole before the first byte leaves: so a fault is an answer and no broken file, and a slow client
/// holds nothing of the user's file.
Response download(Service& service, const Request& request, const Caller& caller, const Parts& parts) {
  const auto& what = parts.find("what")->second;
  if (std::find(whats.begin(), whats.end(), what) == whats.end()) {
    throw Refused(
        problem("not-found", "there is no such export; there are " + fmt::format("{}", fmt::join(whats, ", "))));
  }
  const auto& format = format_of(what, request.parameter("format"));
  auto raw = asked_for(request, caller);
  const auto scratch = std::make_shared<Scratch>();
  const auto path = scratch->folder() / ("export" + std::string(format.ending));
  std::string day;
  service.file.read([&](Crm& crm) {
    crm.sees_private = caller.may("private");
    day = to_text(crm.clock.today());
    if (what == "everything") {
      raw["what"] = {path.string()};
    } else {
      raw["what"] = {what}, raw["to"] = {path.string()}, raw["format"] = {std::string(format.name)};
    }
    try {
      return run(crm, "export", raw);
    } catch (const Conflict& error) {
      // Only of the place that it is written to, which the client knows nothing of.
      throw std::string_view(error.what()).find(scratch->folder().string()) == std::string_view::npos
          ? Refused(problem("conflict", error.what()))
          : Refused(problem("no-room", "the disk has no room for the export; make room and try again"));
    }
  });
  Response response;
  response.type = format.type;
  response.headers = {
      {"Content-Disposition", fmt::format("attachment; filename=\"ties-{}-{}{}\"", what, day, format.ending)},
      {"Cache-Control", "no-store"}};
  response.stream = [scratch, path](std::ostream& out) {
    std::ifstream in(path, std::ios::binary);
    char buffer[1 << 16];
    while (out && (in.read(buffer, sizeof buffer), in.gcount() > 0)) out.write(buffer, in.gcount());
    out.flush();
  };
  return response;
}

Json describe() {
  auto parameters = Json::array();
  const auto add = [&](const char* name, const char* in, Json schema, const char* about) {
    parameters.push_back({{"name", name},
                          {"in", in},
                          {"required", std::string_view(in) == "path"},
                          {"description", about},
                          {"schema", std::move(schema)}});
  };
  auto format_names = Json::array(), what_names = Json::array();
  for (const auto& format : formats) format_names.push_back(format.name);
  for (const auto* what : whats) what_names.push_back(what);
  add("what", "path", {{"type", "string"}, {"enum", what_names}}, "what leaves");
  add("format", "query", {{"type", "string"}, {"enum", format_names}},
      "of contacts csv, vcard, vcard4, google or jsonl; of other lists csv or jsonl; of the calendar ics; of "
      "everything zip; the first when not said");
  add("where", "query", {{"type", "array"}, {"items", {{"type", "string"}}}},
      "of contacts and interactions: only people whom a query finds, 'tag:alumni'");
  add("since", "query", {{"type", "string"}}, "leave out what happened before that day");
  add("until", "query", {{"type", "string"}}, "leave out what happened after that day");
  add("include_private", "query", {{"type", "boolean"}},
      "take private notes and confidential interactions along; needs the scope private");
  auto content = Json::object();
  for (const auto& format : formats)
    content[std::string(format.type.substr(0, format.type.find(';')))] = {
        {"schema", format.name == "zip" ? Json::object() : Json{{"type", "string"}}}};
  return {
      {"parameters", parameters},
      {"responses",
       {{"200",
         {{"description", "The file."},
          {"headers", {{"Content-Disposition", {{"description", "a name for it"}, {"schema", {{"type", "string"}}}}}}},
          {"content", content}}}}}};
}

}  // namespace

std::vector<Endpoint> export_endpoints() {
  return {{"GET /api/v1/exports/{what}", "export download", "a list for other programs, or everything, as a file",
           "read", download, describe}};
}

}  // namespace ties::http
