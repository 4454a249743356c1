#include "crm/http/serve.h"

#include "crm/http/backup_keeper.h"
#include "crm/http/server.h"
#include "crm/http/service.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iostream>

namespace ties::http {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr std::string_view standard_listen = "127.0.0.1:7420";

/// SIGINT and SIGTERM, kept from every thread that starts after this, and waited for here.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
  }
  void wait() const {
    int signal = 0;
    sigwait(&set_, &signal);
  }

 private:
  sigset_t set_{};
};

void check_safety(Service& service, const Listen& listen, bool has_certificate, bool is_behind_proxy) {
  if (listen.is_loopback()) return;
  if (!service.access.has_password()) throw Conflict("beyond this machine the service wants a password: ties passwd");
  if (!has_certificate && !is_behind_proxy) {
    std::cerr << "ties: passwords and contacts go over the network in plain sight; give --tls-cert and --tls-key, or put a proxy with TLS before it\n";
  }
}

/// A proxy on this machine says for whom it asks.
void believe_proxy(Request& request) {
  if (request.peer != "127.0.0.1" && request.peer != "::1") return;
  const auto forwarded = request.header("x-forwarded-for");
  const auto last = forwarded.substr(forwarded.rfind(',') + 1);  // npos + 1 is 0
  if (const auto begin = last.find_first_not_of(' '); begin != std::string::npos) request.peer = last.substr(begin);
  if (request.header("x-forwarded-proto") == "https") request.secure = true;
}

int serve(const Shell& shell, const Args& args) {
  const StopSignals stop_signals;
  const auto listen = listen_of(args.has("listen") ? args.text("listen") : std::string(standard_listen));
  const auto certificate = args.text("tls-cert"), key = args.text("tls-key");
  if (certificate.empty() != key.empty()) throw Wrong("tls-cert and tls-key: give both or none");
  const auto scheme = certificate.empty() ? "http" : "https";

  OnlyServer only(shell.file, "");
  ServiceOptions options;
  options.address = listen.address, options.port = listen.port;
  options.hosts = args.many("host");
  options.web_folder = args.text("web-dir");
  options.today = shell.today;
  if (!options.web_folder.empty() && !std::filesystem::is_directory(options.web_folder)) throw NotFound(fmt::format("web-dir: {} is no folder", options.web_folder.string()));

  ServerOptions server_options;
  server_options.address = listen.address, server_options.port = listen.port;
  server_options.certificate = certificate, server_options.key = key;
  server_options.log = options.log;
  std::unique_ptr<Service> service;
  const bool is_behind_proxy = args.flag("behind-proxy");
  Server server(
      server_options,
      [&](Request& request) {
        if (is_behind_proxy) believe_proxy(request);
        return service->answer(request);
      },
      [&](const std::string& method, const std::string& path) { return service->takes_files(method, path); });
  options.port = server.port();  // port 0: one that is free
  service = std::make_unique<Service>(shell.file, options);
  service->metrics.watch("ties_connections", "Open connections.", "state", [&] { return server.connections(); });
  service->metrics.watch("ties_refused_total", "Requests that were turned away before anybody looked at them.", "kind", [&] { return server.refusals(); }, "counter");
  check_safety(*service, listen, !certificate.empty(), is_behind_proxy);

  const auto host = listen.address == "0.0.0.0" || listen.address == "::" ? "localhost" : listen.address.find(':') != std::string::npos ? "[" + listen.address + "]" : listen.address;
  const auto address = fmt::format("{}://{}:{}", scheme, host, options.port);
  only.say(address);
  server.start();
  if (shell.quiet) {
    std::cout << address << std::endl;
  } else {
    const auto answer = service->file.write([&](Crm& crm) { return run(crm, "signin", {{"at", {address}}}); });
    std::cout << fmt::format("open {}\n  once, within ten minutes; `ties signin` prints another. Ctrl-C stops the service.\n", answer.data["address"].get<std::string>()) << std::flush;
  }
  service->log.line(Log::Level::info, "serving", {{"address", address}});
  const BackupKeeper keeper(service->file, service->log);
  stop_signals.wait();
  service->log.line(Log::Level::info, "stopping", {});
  service->events.stop();
  service->jobs.stop();
  server.stop();
  return 0;
}

std::filesystem::path unit_path() { return user_config_folder() / "systemd" / "user" / "ties.service"; }

/// A value within double quotes, as systemd reads them: a % begins a specifier, and in a command a $ a variable.
std::string unit_quoted(const std::string& value, bool in_command) {
  std::string out = "\"";
  for (const char c : value) {
    if (c == '\n' || c == '\r') throw Wrong("service install: the path holds a line break");
    if (c == '"' || c == '\\') out += '\\';
    if (c == '%' || (c == '$' && in_command)) out += c;
    out += c;
  }
  return out + "\"";
}

/// Where a unit listens: on this machine alone.
std::string listen_of_unit(const Args& args) {
  const auto listen = args.has("listen") ? args.text("listen") : std::string(standard_listen);
  if (!listen_of(listen).is_loopback()) throw Wrong("listen: a service in the background listens on this machine alone, such as 127.0.0.1:7420; put a proxy before it");
  return listen;
}

std::string own_program() { return std::filesystem::read_symlink("/proc/self/exe").string(); }

int show_unit(const Shell&, const Args& args) {
  std::cout << unit_text(own_program(), "", listen_of_unit(args), true) << std::flush;
  return 0;
}

int install(const Shell& shell, const Args& args) {
  const auto listen = listen_of_unit(args);
  const auto file = std::filesystem::absolute(shell.file);
  const Store store(file);  // so that the folder is there, and is one that can be written to
  const auto unit = unit_path();
  std::filesystem::create_directories(unit.parent_path());
  std::ofstream out(unit, std::ios::binary | std::ios::trunc);
  out << unit_text(own_program(), file.string(), listen, false) << std::flush;
  if (!out) throw Conflict(fmt::format("{}: it cannot be written; check its folder and the disk", unit.string()));
  std::cout << fmt::format("wrote {}\n  start it now, and with every session:  systemctl --user daemon-reload && systemctl --user enable --now ties\n"
                           "  then open it:                          ties signin\n  what it says:                          journalctl --user -u ties\n",
                           unit.string());
  return 0;
}

int remove(const Shell&, const Args&) {
  const auto unit = unit_path();
  std::error_code error;
  if (!std::filesystem::remove(unit, error)) throw NotFound(fmt::format("{}: there is no such unit", unit.string()));
  std::cout << fmt::format("removed {}\n  if it still runs:  systemctl --user disable --now ties; systemctl --user daemon-reload\n", unit.string());
  return 0;
}

}  // namespace

bool Listen::is_loopback() const { return address == "::1" || address == "localhost" || address.starts_with("127."); }

Listen listen_of(const std::string& text) {
  const auto wrong = [&]() -> Wrong { return Wrong(fmt::format("listen: '{}' is no address; write 127.0.0.1:7420, [::1]:7420, or :7420 for every network", text)); };
  const auto colon = text.rfind(':');
  std::string host = colon == std::string::npos ? "127.0.0.1" : text.substr(0, colon);
  const auto port = colon == std::string::npos ? text : text.substr(colon + 1);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty()) host = "0.0.0.0";
  if (host == "localhost") host = "127.0.0.1";
  const bool is_number = !port.empty() && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string::npos;
  const bool is_host = host.find_first_not_of("0123456789abcdefABCDEF.:") == std::string::npos;
  if (!is_number || std::stoi(port) > 65'535 || !is_host) throw wrong();
  return {host, std::stoi(port)};
}

OnlyServer::OnlyServer(const std::filesystem::path& file, const std::string& address) {
  std::error_code error;
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), error);
  const auto real = std::filesystem::weakly_canonical(file, error);
  const auto lock = (error ? file : real).string() + ".serving";
  descriptor_ = ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor_ < 0) throw StoreError(StoreError::Kind::other, "it cannot be made; check the permissions of its folder", lock);
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    char where[200]{};
    const auto bytes = ::read(descriptor_, where, sizeof where - 1);
    ::close(descriptor_);
    throw Conflict(fmt::format("another service has this file open{}{}; `ties signin` prints an address to open", bytes > 0 ? " at " : "", where));
  }
  say(address);
}

OnlyServer::~OnlyServer() {
  say("");
  ::close(descriptor_);
}

void OnlyServer::say(const std::string& address) {
  if (::ftruncate(descriptor_, 0) == 0) (void)!::pwrite(descriptor_, address.data(), address.size(), 0);
}

std::string unit_text(const std::string& program, const std::string& file, const std::string& listen, bool of_the_system) {
  // A service of the user's session has no privileges that could be dropped, and gets its view of the disk by a user
  // namespace; one of the system has a user of its own, and may lose more.
  const auto folder = std::filesystem::path(file).parent_path().string();
  const auto whose = of_the_system ? std::string(R"unit(DynamicUser=yes
StateDirectory=ties
StateDirectoryMode=0700
ProtectHome=yes
PrivateDevices=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
CapabilityBoundingSet=
IPAddressDeny=any
IPAddressAllow=localhost
)unit")
                                   : fmt::format("PrivateUsers=yes\nProtectHome=read-only\nReadWritePaths={}\n", unit_quoted(folder, false));
  return fmt::format(R"unit([Unit]
Description=Ties, a networking CRM

[Service]
Type=exec
ExecStart={} --quiet --file {} serve --listen {}
Restart=on-failure
TimeoutStopSec=30
UMask=0077
{}NoNewPrivileges=yes
ProtectSystem=strict
PrivateTmp=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service

[Install]
WantedBy={}
)unit",
                     unit_quoted(program, true), of_the_system ? "/var/lib/ties/ties.db" : unit_quoted(file, true), listen, whose, of_the_system ? "multi-user.target" : "default.target");
}

std::vector<Command> commands() {
  return {
      {"serve", "serve the file to browsers and scripts on this machine, until Ctrl-C", "ties serve --listen 127.0.0.1:7420",
       {{"listen", Kind::text, "the address; 127.0.0.1:7420 when not said, ':7420' for every network, port 0 for a free one"},
        {"host", Kind::text, "another name that it goes by, as a proxy before it says: ties.example", Place::repeated},
        {"behind-proxy", Kind::flag, "a proxy with TLS stands before it, and its X-Forwarded headers are to be believed"},
        {"web-dir", Kind::path, "pages from this folder, in place of those within the program"},
        {"tls-cert", Kind::path, "a certificate chain in PEM"},
        {"tls-key", Kind::path, "its key in PEM"}},
       serve},
      {"service install", "start the service with your session, by systemd", "ties service install", {{"listen", Kind::text, "the address; 127.0.0.1:7420 when not said"}}, install},
      {"service unit", "print a unit for a machine's own systemd: a user of its own, /var/lib/ties/ties.db", "ties service unit > /etc/systemd/system/ties.service",
       {{"listen", Kind::text, "the address; 127.0.0.1:7420 when not said"}}, show_unit},
      {"service remove", "start it no more", "ties service remove", {}, remove},
  };
}

}  // namespace ties::http
