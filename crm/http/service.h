#pragma once
#include "crm/http/access.h"
#include "crm/http/events.h"
#include "crm/http/file.h"
#include "crm/http/guard.h"
#include "crm/http/import_jobs.h"
#include "crm/http/log.h"
#include "crm/http/metrics.h"
#include "crm/http/router.h"

/// The service behind its sockets: from a request to a response.
namespace ties::http {

struct ServiceOptions {
  std::string address{"127.0.0.1"};
  int port{7420};
  std::vector<std::string> hosts{};       ///< other names that it goes by, behind a proxy
  std::filesystem::path web_folder{};     ///< pages from here in place of those within the program
  std::optional<Date> today{};            ///< the day to pretend
  Log log{};
  Access::Now now{std::chrono::steady_clock::now};  ///< by which failed tries are locked out
};

/// The Idempotency-Keys of requests that endpoints are answering now.
class KeysAtWork {
 public:
  /// Holds a key. Throws Refused (conflict) while somebody else holds it.
  class Claim {
   public:
    Claim(KeysAtWork& keys, std::string key) : keys_(keys), key_(std::move(key)) {
      const std::lock_guard lock(keys_.mutex_);
      if (!keys_.held_.insert(key_).second)
        throw Refused(problem("conflict", "a request with this Idempotency-Key is being answered; ask again later"));
    }
    ~Claim() {
      const std::lock_guard lock(keys_.mutex_);
      keys_.held_.erase(key_);
    }
    Claim(const Claim&) = delete;
    Claim& operator=(const Claim&) = delete;

   private:
    KeysAtWork& keys_;
    std::string key_;
  };

 private:
  std::mutex mutex_;
  std::set<std::string> held_;
};

struct Service {
  /// Throws StoreError when the file cannot be used.
  explicit Service(std::filesystem::path file_path, ServiceOptions options = {});

  /// Answers every request, and logs and counts it. Throws nothing.
  Response answer(const Request& request);
  /// Whether the body of such a request is streamed.
  bool takes_files(const std::string& method, const std::string& path) const;

  ServiceOptions options;
  Hosts hosts;
  Log log;
  File file;
  Access access;
  Events events;
  ImportJobs jobs;
  KeysAtWork keys_at_work;
  Metrics metrics;
  Router router;

 private:
  Response routed(const Request& request, std::string& pattern);
  std::string place_of(const Route& made_by, const wire::Json& data) const;
  Response endpoint_once(const Match& match, const Request& request, const Caller& caller);
  Response of_verb(const Match& match, const Request& request, const Caller& caller);
  Response read(const Match& match, const Request& request, const Caller& caller, struct Asked asked);
  Response write(const Match& match, const Request& request, const Caller& caller, struct Asked asked);
};

}  // namespace ties::http
