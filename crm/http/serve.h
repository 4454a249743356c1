#pragma once
#include "crm/service/command.h"

namespace ties::http {

/// `ties serve`: the service until SIGINT or SIGTERM; `ties service install | remove`: as a service of the user's session, by
/// systemd; `ties service unit`: as one of the machine.
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

/// A unit file for systemd: of the user's session, or of the system, which then keeps the file in /var/lib/ties. Paths may
/// hold anything but line breaks.
std::string unit_text(const std::string& program, const std::string& file, const std::string& listen, bool of_the_system);

}  // namespace ties::http
