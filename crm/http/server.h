#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "crm/http/limits.h"
#include "crm/http/log.h"
#include "crm/http/message.h"

/// Sockets, HTTP and TLS on one side, `Request` and `Response` on the other.
namespace ties::http {

struct ServerOptions {
  std::string address{"127.0.0.1"};  ///< an IP address
  int port{7420};                    ///< 0: one that is free
  Limits limits{};
  std::filesystem::path certificate{};  ///< a chain in PEM, with `key`: TLS 1.2 or later
  std::filesystem::path key{};
  Log log{};
};

/// Serves one address. Every answer has its length, a request id and the security headers; JSON and texts are
/// compressed where that pays. A strong ETag of a compressed answer ends in -gz; handlers never see that, neither in
/// what they give nor in If-Match and If-None-Match.
///
/// Clients are held to the limits by the gate (gate.h), which cannot read through TLS: with a certificate each open
/// connection holds a thread, there are as many as for requests and streams together, and a silent one is closed after
/// `Limits::stall`. That is safe, but fewer clients can be there at once; a proxy before us does better.
class Server {
 public:
  /// Answers what is whole and well formed; from many threads. What it throws becomes its problem, or "internal". A
  /// streamed body that comes too slowly, is malformed, or ends before its end makes `Request::stream` bad; read past
  /// its `istream`, by iterators, it throws, which is answered with 408 or 400 when the handler lets it through.
  using Handler = std::function<Response(Request&)>;
  /// Whether the bodies of such requests are streamed: `Request::stream` is given in place of the body.
  using TakesFiles = std::function<bool(const std::string& method, const std::string& path)>;

  /// Listens at once, answers from `start` on. Throws Conflict when the address cannot be had, Wrong for a certificate
  /// or key that cannot be used.
  Server(ServerOptions options, Handler handler, TakesFiles takes_files = {});
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int port() const;
  void start();
  /// Lets nobody in any more, ends streams at once, and lets requests that run end within `Limits::stop`; what takes
  /// longer is cut off. False when a handler still runs: then destroying the server waits for it.
  bool stop();

  /// Open connections by state; over TLS only those in work.
  std::map<std::string, int> connections() const;
  /// How many requests were turned away before a handler saw them, by the kind of problem.
  std::map<std::string, int> refusals() const;

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace ties::http
