#pragma once
#include "crm/http/endpoint.h"

/// What is turned away before anything is looked up.
namespace ties::http {

/// The names under which the service may be spoken to, as the Host header has them: "127.0.0.1:7420", "localhost:7420",
/// "ties.example". Any other is a page of somewhere else that made its own name point here.
using Hosts = std::set<std::string, std::less<>>;

/// The hosts of a listening address, and those that were named besides.
Hosts hosts_of(const std::string& address, int port, const std::vector<std::string>& named);

/// Throws Refused: malformed without a Host, wrong-origin for one that is not ours.
void check_host(const Request& request, const Hosts& hosts);

/// Of a request that changes something: throws Refused wrong-origin when a browser says that another site's page sends
/// it, or does not say where it comes from although it is signed in by its cookie.
void check_origin(const Request& request, const Hosts& hosts, bool by_cookie);

/// Throws Refused wrong-media-type unless the body is JSON in UTF-8, or there is none; of a PATCH also a merge patch.
void check_json(const Request& request);

}  // namespace ties::http
