#pragma once
#include "crm/service/command.h"

namespace ties::http {

/// `ties serve`: the service until SIGINT or SIGTERM; `ties service install`, `ties service remove`: as a service of the user's
/// session, by systemd.
std::vector<Command> commands();

/// An address to listen at: "127.0.0.1:7420", "[::1]:7420", ":7420" (all addresses), "7420" (loopback).
struct Listen {
  std::string address{};
  int port{};

  bool is_loopback() const;
};
/// Throws Wrong: "listen: …".
Listen listen_of(const std::string& text);

/// Held while a file is served. Throws Conflict, with the address of the one that serves it, when another does.
class OnlyServer {
 public:
  OnlyServer(const std::filesystem::path& file, const std::string& address);
  ~OnlyServer();
  OnlyServer(const OnlyServer&) = delete;
  OnlyServer& operator=(const OnlyServer&) = delete;
  void say(const std::string& address);  ///< where it is served, for those who ask

 private:
  int descriptor_;
};

/// The unit file of the user's service. Paths may hold anything but line breaks.
std::string unit_text(const std::string& program, const std::string& file, const std::string& listen);

}  // namespace ties::http
