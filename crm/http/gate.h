#pragma once
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocketImpl.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "crm/http/limits.h"

/// Stands between the network and Poco's HTTP server, which gives a thread to every connection for as long as it is
/// open. The gate accepts and reads all connections by one thread of its own; threads of the server get whole requests,
/// and send answers that the gate takes off their hands when the client is slow to read them. So clients that are idle,
/// slow, or there by the thousand hold memory within the limits, and no thread.
namespace ties::http {

struct Connection;  ///< gate.cpp

/// On every answer, the gate's own as well.
const std::vector<std::pair<std::string, std::string>>& security_headers();
/// Sixteen random hexadecimal digits.
std::string new_request_id();

class Gate {
 public:
  /// Listens at once; nobody is let in before `start`. Throws Poco's exceptions.
  Gate(const Poco::Net::SocketAddress& address, const Limits& limits);
  ~Gate();
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  /// What HTTPServer accepts from: sockets that yield whole requests, of any connection, one after the other.
  Poco::Net::ServerSocket socket() const;
  int port() const;
  /// How many threads the server may come to use.
  int threads_max() const { return limits_.requests_max + limits_.streams_max + limits_.uploads_max; }

  void start();
  /// Lets nobody in any more, drops what is not in work, ends streams.
  void begin_stop();
  /// Waits for what is in work, as long as the limits say, and cuts off what is left. False when work still goes on.
  bool end_stop();

  /// Open connections by state: fresh, idle, reading, waiting, working, writing, closing.
  std::map<std::string, int> connections() const;
  /// How many the gate has turned away, by the kind of problem.
  std::map<std::string, int> refusals() const;

 private:
  friend class Passage;
  friend class GateSocket;
  using Held = std::shared_ptr<Connection>;

  // The gate's thread.
  void run();
  void accept_all();
  void let_in(int descriptor, const Poco::Net::SocketAddress& address);
  bool make_room();
  void attend(const Held& connection);
  void read(const Held& connection);
  void judge(const Held& connection);
  void write(const Held& connection);
  void linger(const Held& connection);
  void discard(const Held& connection);
  void refuse(const Held& connection, std::string_view problem);
  void drop(const Held& connection);
  void drop_all_idle();
  void expire();
  void take_back();
  Held find(std::uint64_t id) const;

  // The threads of the server.
  Held next_work(class Passage& passage);
  bool goes_on(const Held& connection);
  void give_back(const Held& connection);
  bool becomes_stream(const Held& connection);

  // All.
  void arm(const Connection& connection, bool to_write);
  bool grew(Connection& connection);
  void queue(const Held& connection);
  Held take();            ///< under the mutex
  bool has_work() const;  ///< under the mutex
  void wake() const;
  void call_worker();  ///< under the mutex

  const Limits limits_;
  int connections_max_{};
  Poco::Net::SocketAddress address_;
  class GateSocket* socket_;
  int poller_{-1}, waker_{-1};
  std::thread thread_;
  std::atomic<bool> stopping_{}, ended_{}, paused_{};
  std::atomic<std::int64_t> held_bytes_{};

  mutable std::mutex mutex_;
  std::condition_variable work_, wanted_, ended_work_;
  std::unordered_map<std::uint64_t, Held> connections_;
  std::map<std::string, int> peers_;
  std::map<std::string, int> refusals_;
  std::deque<Held> waiting_, waiting_uploads_;
  std::vector<Held> returned_;
  std::uint64_t last_id_{1};
  int requests_{}, streams_{}, uploads_{};  ///< in work; uploads also while they wait
  int workers_{}, spare_{};                 ///< passages, and those of them that wait for work
};

/// A thread's end of the gate: to HTTPServer a connection, in truth whichever connections have requests. Between two of
/// them it may change from one to another.
class Passage : public Poco::Net::StreamSocketImpl {
 public:
  explicit Passage(Gate& gate);

  const std::string& peer() const;  ///< the address, without the port
  bool is_streamed() const;         ///< the body is not whole yet: it arrives while it is read
  /// The answer will go on for long, and takes another place than requests do; false when none is free.
  bool becomes_stream();
  /// The client has gone, or the service stops.
  bool is_gone() const;
  /// The answer cannot be ended as it should: the client shall see that.
  void break_off();

  // Poco's.
  bool poll(const Poco::Timespan& timeout, int mode) override;
  int receiveBytes(void* buffer, int length, int flags = 0) override;
  int sendBytes(const void* buffer, int length, int flags = 0) override;
  void close() override;
  void shutdown() override;
  int available() override { return 0; }
  Poco::Net::SocketAddress address() override { return gate_.address_; }
  Poco::Net::SocketAddress peerAddress() override;
  void setReceiveTimeout(const Poco::Timespan&) override {}
  void setSendTimeout(const Poco::Timespan&) override {}
  void setRawOption(int, int, const void*, poco_socklen_t) override {}

 protected:
  ~Passage() override;

 private:
  friend class Gate;
  int receive_streamed(char* buffer, int length);

  Gate& gate_;
  Gate::Held current_;
  bool is_spare_{true};
};

}  // namespace ties::http
