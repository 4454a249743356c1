#include "crm/http/pages.h"

#include "crm/http/service.h"
#include "crm/http/verb_requests.h"
#include "reports/render/render.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace ties {

/// Written by the build from crm/web.
const std::vector<EmbeddedFile>& web_files();

}  // namespace ties

namespace ties::http {
namespace {

constexpr std::pair<std::string_view, std::string_view> types[] = {
    {".html", "text/html; charset=utf-8"},       {".css", "text/css; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"},
    {".svg", "image/svg+xml"},                   {".png", "image/png"},               {".json", "application/json"},
    {".webmanifest", "application/manifest+json"}, {".ico", "image/x-icon"},            {".txt", "text/plain; charset=utf-8"},
};

std::string type_of(const std::string& path) {
  const auto type = std::find_if(std::begin(types), std::end(types), [&](const auto& known) { return path.ends_with(known.first); });
  return type == std::end(types) ? "application/octet-stream" : std::string(type->second);
}

std::optional<std::string> text_of(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Response as_response(const Asset& asset, const Request& request) {
  const auto tag = tag_of(asset.body);
  Response response;
  response.headers.emplace_back("ETag", tag);
  response.headers.emplace_back("Cache-Control", "no-cache");
  if (holds_tag(request.header("if-none-match"), tag, true)) {
    response.status = 304;
    return response;
  }
  response.type = asset.type, response.body = asset.body;
  return response;
}

Response home(Service& service, const Request& request, const Caller& caller, const Parts&) {
  if (!caller.may("read")) {
    Response response;
    response.status = 303;
    response.headers.emplace_back("Location", "/sign-in");
    return response;
  }
  const auto page = asset_at("/index.html", service.options.web_folder.string());
  if (!page) throw Refused(problem("not-found", "the folder of --web-dir holds no index.html"));
  return as_response(*page, request);
}

Response asset(Service& service, const Request& request, const Caller&, const Parts&) {
  const auto found = asset_at(request.path, service.options.web_folder.string());
  if (!found) throw Refused(problem("not-found", "there is no such file"));
  return as_response(*found, request);
}

}  // namespace

std::optional<Asset> asset_at(const std::string& path, const std::string& web_folder) {
  const auto name = path.substr(path.find_first_not_of('/'));
  if (name.find("..") != std::string::npos || name.find('\\') != std::string::npos || name.find('\0') != std::string::npos) return std::nullopt;
  if (name == "assets/report.css") return Asset{type_of(name), std::string(reports::html_style())};
  if (!web_folder.empty()) {
    if (auto text = text_of(std::filesystem::path(web_folder) / name)) return Asset{type_of(name), *std::move(text)};
  }
  for (const auto& file : web_files()) {
    if (file.name == name) return Asset{type_of(name), std::string(file.text)};
  }
  return std::nullopt;
}

std::vector<Endpoint> page_endpoints() {
  return {
      {"GET /", "page home", "the first page", "", home},
      {"GET /assets/{name}", "page asset", "what pages are made of", "", asset},
  };
}

}  // namespace ties::http
