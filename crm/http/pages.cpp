#include "crm/http/pages.h"

#include "crm/http/service.h"
#include "crm/http/verb_requests.h"
#include "reports/render/render.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace ties {

/// Written by the build from crm/web: names that end in ".gz".
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

/// "assets/main-K3UBNN2X.js": its name changes with what it holds.
bool is_named_by_content(std::string_view path) {
  constexpr std::size_t hash = 8;
  const auto end = path.rfind('.');
  if (!path.starts_with("/assets/") || end == std::string_view::npos || end < hash + 1 || path[end - hash - 1] != '-') return false;
  return path.substr(end - hash, hash).find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == std::string_view::npos;
}

Response as_response(Asset asset, const Request& request) {
  const auto tag = tag_of(asset.body);
  Response response;
  response.headers.emplace_back("ETag", tag);
  response.headers.emplace_back("Cache-Control", is_named_by_content(request.path) ? "public, max-age=31536000, immutable" : "no-cache");
  if (holds_tag(request.header("if-none-match"), tag, true)) {
    response.status = 304;
    return response;
  }
  response.type = std::move(asset.type), response.body = std::move(asset.body), response.is_gzip = asset.is_gzip;
  return response;
}

/// The pages are one program in the browser, which looks at the address by itself.
Response home(Service& service, const Request& request, const Caller& caller, const Parts&) {
  if (!caller.may("read")) {
    Response response;
    response.status = 303;
    response.headers.emplace_back("Location", "/sign-in");
    return response;
  }
  auto page = asset_at("/index.html", service.options.web_folder.string());
  if (!page) throw Refused(problem("not-found", "the folder of --web-dir holds no index.html"));
  return as_response(*std::move(page), request);
}

Response asset(Service& service, const Request& request, const Caller&, const Parts&) {
  auto found = asset_at(request.path, service.options.web_folder.string());
  if (!found) throw Refused(problem("not-found", "there is no such file"));
  return as_response(*std::move(found), request);
}

}  // namespace

std::optional<Asset> asset_at(const std::string& path, const std::string& web_folder) {
  const auto name = path.substr(path.find_first_not_of('/'));
  if (name.find("..") != std::string::npos || name.find('\\') != std::string::npos || name.find('\0') != std::string::npos) return std::nullopt;
  if (name == "assets/report.css") return Asset{type_of(name), std::string(reports::html_style()), false};
  if (!web_folder.empty()) {
    const auto file = std::filesystem::path(web_folder) / name;
    if (auto text = text_of(file.string() + ".gz")) return Asset{type_of(name), *std::move(text), true};
    if (auto text = text_of(file)) return Asset{type_of(name), *std::move(text), false};
  }
  for (const auto& file : web_files()) {
    if (file.name == name + ".gz") return Asset{type_of(name), std::string(file.text), true};
  }
  return std::nullopt;
}

bool is_page(const Request& request) {
  constexpr std::string_view others[] = {"/api", "/assets", "/feeds"};
  const bool is_other = std::any_of(std::begin(others), std::end(others), [&](std::string_view other) {
    return request.path.starts_with(other) && (request.path.size() == other.size() || request.path[other.size()] == '/');
  });
  return request.method == "GET" && !is_other && request.header("accept").find("text/html") != std::string::npos;
}

std::vector<Endpoint> page_endpoints() {
  return {
      {"GET /", "page home", "the first page", "", home},
      {"GET /assets/{name}", "page asset", "what pages are made of", "", asset},
      {"GET /index.html", "page shell", "the page as it is kept for when the service is not reached", "", asset},
      {"GET /sw.js", "page worker", "keeps the pages' files in the browser", "", asset},
      {"GET /manifest.webmanifest", "page manifest", "what a phone installs", "", asset},
      {"GET /icon.svg", "page icon", "the icon", "", asset},
      {"GET /icon-192.png", "page icon small", "the icon for phones", "", asset},
      {"GET /icon-512.png", "page icon large", "the icon for phones", "", asset},
  };
}

}  // namespace ties::http
