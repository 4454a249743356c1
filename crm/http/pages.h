#pragma once
#include "crm/http/endpoint.h"

namespace ties::http {

/// A page or a part of one, as it stands in the program or in the folder of `--web-dir`.
struct Asset {
  std::string type{};
  std::string body{};
};

/// The asset at a path such as "/assets/ties.css"; none when there is no such file. Paths never lead out of the folder.
std::optional<Asset> asset_at(const std::string& path, const std::string& web_folder);

}  // namespace ties::http
