#pragma once
#include "crm/http/endpoint.h"

namespace ties::http {

/// A page or a part of one, as it stands in the program or in the folder of `--web-dir`.
struct Asset {
  std::string type{};
  std::string body{};
  bool is_gzip{};  ///< the body is gzipped, as the pages are built
};

/// The asset at a path such as "/assets/ties.css", gzipped (with ".gz" behind its name) or plain; none when there is no such
/// file. Paths never lead out of the folder.
std::optional<Asset> asset_at(const std::string& path, const std::string& web_folder);

/// Whether a browser asks for a page: at any address that is nothing else's, the pages' program is given and looks further.
bool is_page(const Request& request);

}  // namespace ties::http
