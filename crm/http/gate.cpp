#include "crm/http/gate.h"

#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/ServerSocketImpl.h>
#include <fmt/format.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <random>

#include "crm/http/intake.h"
#include "crm/http/problem.h"

namespace ties::http {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t listener_id = 0, waker_id = 1;  // connections count from 2
constexpr std::size_t scratch_bytes = 65'536;
constexpr std::size_t kept_capacity = 16'384;  ///< a buffer of an idle connection is no larger
constexpr std::size_t always_held_bytes =
    16'384;                         ///< a small request is taken even when all room for bodies is used up
constexpr auto look_every = 250ms;  ///< at the deadlines
constexpr auto evict_after = 1s;    ///< of silence, when there is no room for others
/// How long a thread waits for the next request of the connection that it has just answered, when nobody else waits.
constexpr int linger_ms = 2;
/// How long a thread waits for any request before it ends.
constexpr auto spare_time = 5s;
constexpr int turned_away_max = 64;       ///< who are told that we are busy; more are cut off without a word
constexpr int descriptors_besides = 200;  ///< those that are turned away, the file, its log, libraries

enum class State { fresh, idle, head, body, waiting, working, returned, writing, closing };

/// The descriptors that this process may have are raised to what it needs, or the connections lowered to what it may
/// have.
int fitted_connections_max(int wanted) {
  rlimit allowed{};
  if (::getrlimit(RLIMIT_NOFILE, &allowed) != 0) return wanted;
  const auto needed = static_cast<rlim_t>(wanted + descriptors_besides);
  if (allowed.rlim_cur < needed) {
    allowed.rlim_cur = std::min(needed, allowed.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &allowed);
    ::getrlimit(RLIMIT_NOFILE, &allowed);
  }
  return allowed.rlim_cur >= needed ? wanted : std::max(16, static_cast<int>(allowed.rlim_cur) - descriptors_besides);
}

bool would_wait() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

/// Whose connections are counted together: an address, or a network of IPv6, which any one machine owns whole; nothing
/// for this machine.
std::string counted_peer(const Poco::Net::IPAddress& host) {
  const auto text = host.toString();
  if (host.isLoopback() || text.starts_with("::ffff:127.")) return {};
  const bool is_network = host.family() == Poco::Net::AddressFamily::IPv6 && !host.isIPv4Mapped();
  return is_network ? (host & Poco::Net::IPAddress(64, Poco::Net::AddressFamily::IPv6)).toString() : text;
}

std::string text_of_refusal(std::string_view type, const Limits& limits) {
  const auto& types = problem_types();
  const auto row =
      std::find_if(types.begin(), types.end(), [&](const ProblemType& known) { return known.type == type; });
  auto refusal = problem(type, std::string(row->about));
  if (type == "too-large") refusal.more = {{"limit_bytes", limits.upload_bytes_max}};
  const auto id = new_request_id();
  const auto body = response_of(refusal, id).body;
  const auto reason =
      Poco::Net::HTTPResponse::getReasonForStatus(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(row->status));
  auto text = fmt::format(
      "HTTP/1.1 {} {}\r\nContent-Type: application/problem+json\r\nContent-Length: {}\r\nX-Request-Id: {}\r\n",
      row->status, reason, body.size(), id);
  for (const auto& [name, value] : security_headers()) text += fmt::format("{}: {}\r\n", name, value);
  if (row->status == 503) text += "Retry-After: 2\r\n";
  return text + "Cache-Control: no-store\r\nConnection: close\r\n\r\n" + body;
}

}  // namespace

const std::vector<std::pair<std::string, std::string>>& security_headers() {
  static const std::vector<std::pair<std::string, std::string>> table{
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src "
       "'self'; "
       "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
  };
  return table;
}

std::string new_request_id() {
  thread_local std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

namespace {

/// Whether bytes go as fast as they must: so much time, and more for every byte that went.
struct Pace {
  Clock::time_point began{};
  std::int64_t bytes{};

  void restart() { began = Clock::now(), bytes = 0; }
  milliseconds left(const Limits& limits) const {
    const auto end = began + limits.stall + milliseconds(bytes * 1'000 / limits.bytes_per_second_min);
    return std::chrono::duration_cast<milliseconds>(end - Clock::now());
  }
};

/// False when the time is over first.
bool wait_for(int descriptor, short event, milliseconds time) {
  pollfd asked{descriptor, event, 0};
  return time > 0ms && ::poll(&asked, 1, static_cast<int>(time.count())) > 0;
}

}  // namespace

/// Whoever owns a connection alone touches it: the gate's thread, or the thread of the server that has it in work. It
/// goes from one to the other through the mutex, or by `state` and the poller, in this order, as the last things that
/// are done to it.
struct Connection {
  Connection(std::uint64_t number, int socket, const Limits& limits) : id(number), descriptor(socket), intake(limits) {}
  ~Connection() { ::close(descriptor); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void become(State next) {
    if (state != next) since = Clock::now().time_since_epoch().count();
    state = next;
  }
  Clock::duration age() const { return Clock::now().time_since_epoch() - Clock::duration(since.load()); }
  bool has_answer() const { return written < out.size(); }
  /// Sends what it can of the answer that waits. False when the client has gone.
  bool send_waiting();
  /// Reads what there is. False when the client has gone.
  bool receive();

  const std::uint64_t id;
  const int descriptor;
  Poco::Net::SocketAddress address{};
  std::string peer{}, counted_as{};
  std::atomic<State> state{State::fresh};
  std::atomic<std::int64_t> since{Clock::now().time_since_epoch().count()};

  std::string in{};   ///< the request, and what came behind it
  std::string out{};  ///< what the client was too slow to take
  std::size_t written{};
  std::int64_t held{};  ///< bytes of both as the gate counts them
  Intake intake;
  Pace pace{};
  bool is_continued{};  ///< it was told to go on with the body
  bool ends{};          ///< nothing is read from it any more
  bool is_broken{};

  // While it is in work.
  enum class Place { request, stream, upload };
  std::atomic<Place> place{Place::request};
  std::size_t served{};  ///< bytes of `in` that were handed out
  bool is_streamed{};
  BodyScan body{};  ///< of what is streamed

  void take_up(bool streamed) {
    served = intake.begin(), is_streamed = streamed, body = intake.body();
    place = streamed ? Place::upload : Place::request;
  }
};

bool Connection::send_waiting() {
  while (has_answer()) {
    const auto sent = ::send(descriptor, out.data() + written, out.size() - written, MSG_NOSIGNAL);
    if (sent < 0) return would_wait();
    written += static_cast<std::size_t>(sent);
    pace.bytes += sent;
  }
  out.clear(), written = 0;
  if (out.capacity() > kept_capacity) out = {};
  return true;
}

bool Connection::receive() {
  thread_local std::array<char, scratch_bytes> scratch;
  const auto count = ::recv(descriptor, scratch.data(), scratch.size(), 0);
  if (count > 0) in.append(scratch.data(), static_cast<std::size_t>(count));
  return count > 0 || (count < 0 && would_wait());
}

/// What HTTPServer listens at.
class GateSocket : public Poco::Net::ServerSocketImpl {
 public:
  explicit GateSocket(Gate& gate) : gate_(gate) {}

  bool poll(const Poco::Timespan& timeout, int) override {
    std::unique_lock lock(gate_.mutex_);
    const auto is_wanted = [this] {
      return !gate_.stopping_ && gate_.spare_ == 0 && gate_.has_work() && gate_.workers_ < gate_.threads_max();
    };
    return gate_.wanted_.wait_for(lock, std::chrono::microseconds(timeout.totalMicroseconds()), is_wanted);
  }
  Poco::Net::SocketImpl* acceptConnection(Poco::Net::SocketAddress&) override {
    const std::lock_guard lock(gate_.mutex_);
    ++gate_.workers_, ++gate_.spare_;
    return new Passage(gate_);
  }
  int listener() const { return sockfd(); }

 private:
  Gate& gate_;
};

namespace {

struct GateServerSocket : Poco::Net::ServerSocket {
  explicit GateServerSocket(GateSocket* socket) : ServerSocket(socket, true) {}
};

}  // namespace

// The gate's thread

Gate::Gate(const Poco::Net::SocketAddress& address, const Limits& limits)
    : limits_(limits),
      connections_max_(fitted_connections_max(limits.connections_max)),
      socket_(new GateSocket(*this)) {
  try {
    socket_->bind(address, true, false);  // one server an address
    socket_->listen(1'024);
    socket_->setBlocking(false);
    address_ = socket_->address();
  } catch (...) {
    socket_->release();
    throw;
  }
  poller_ = ::epoll_create1(EPOLL_CLOEXEC);
  waker_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  for (const auto& [id, descriptor] : {std::pair(listener_id, socket_->listener()), std::pair(waker_id, waker_)}) {
    epoll_event event{};
    event.events = EPOLLIN, event.data.u64 = id;
    ::epoll_ctl(poller_, EPOLL_CTL_ADD, descriptor, &event);
  }
}

Gate::~Gate() {
  begin_stop();
  end_stop();
  connections_.clear();
  ::close(poller_);
  ::close(waker_);
  socket_->release();
}

Poco::Net::ServerSocket Gate::socket() const {
  socket_->duplicate();
  return GateServerSocket(socket_);
}

int Gate::port() const {
  return address_.port();
}

void Gate::start() {
  thread_ = std::thread([this] { run(); });
}

void Gate::run() {
  std::array<epoll_event, 256> events{};
  auto next_look = Clock::now() + look_every;
  bool is_listening = true;
  while (!ended_) {
    const auto count = ::epoll_wait(poller_, events.data(), events.size(), static_cast<int>(look_every.count()));
    for (int i = 0; i < count; ++i) {
      const auto id = events[static_cast<std::size_t>(i)].data.u64;
      if (id == listener_id) {
        accept_all();
      } else if (id == waker_id) {
        std::uint64_t calls = 0;
        (void)!::read(waker_, &calls, sizeof calls);
      } else if (const auto connection = find(id)) {
        attend(connection);
      }
    }
    take_back();
    if (stopping_ && is_listening) {
      is_listening = false;
      ::epoll_ctl(poller_, EPOLL_CTL_DEL, socket_->listener(), nullptr);
      ::shutdown(socket_->listener(), SHUT_RDWR);
      drop_all_idle();
    }
    if (Clock::now() < next_look) continue;
    next_look = Clock::now() + look_every;
    if (paused_.exchange(false) && !stopping_) {
      epoll_event event{};
      event.events = EPOLLIN, event.data.u64 = listener_id;
      ::epoll_ctl(poller_, EPOLL_CTL_MOD, socket_->listener(), &event);
    }
    expire();
  }
}

void Gate::accept_all() {
  for (int i = 0; i < 256 && !stopping_; ++i) {
    sockaddr_storage from{};
    socklen_t length = sizeof from;
    const int descriptor =
        ::accept4(socket_->listener(), reinterpret_cast<sockaddr*>(&from), &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (descriptor >= 0) {
      let_in(descriptor, Poco::Net::SocketAddress(reinterpret_cast<const sockaddr*>(&from), length));
      continue;
    }
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      // Nothing can be accepted until something is closed; asked again at the next look at the deadlines.
      epoll_event none{};
      none.data.u64 = listener_id;
      ::epoll_ctl(poller_, EPOLL_CTL_MOD, socket_->listener(), &none);
      paused_ = true;
    }
    if (errno != ECONNABORTED && errno != EINTR) return;
  }
}

void Gate::let_in(int descriptor, const Poco::Net::SocketAddress& address) {
  {
    const std::lock_guard lock(mutex_);
    if (static_cast<int>(connections_.size()) >= connections_max_ + turned_away_max) {
      ::close(descriptor);
      ++refusals_["busy"];
      return;
    }
  }
  const int yes = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  const bool has_room = make_room();
  bool is_one_too_many = false;
  Held connection;
  {
    const std::lock_guard lock(mutex_);
    connection = std::make_shared<Connection>(++last_id_, descriptor, limits_);
    connection->address = address;
    connection->peer = address.host().toString();
    connection->counted_as = counted_peer(address.host());
    connections_.emplace(connection->id, connection);
    if (!connection->counted_as.empty())
      is_one_too_many = ++peers_[connection->counted_as] > limits_.connections_per_peer_max;
  }
  epoll_event event{};
  event.events = EPOLLONESHOT, event.data.u64 = connection->id;
  ::epoll_ctl(poller_, EPOLL_CTL_ADD, descriptor, &event);
  if (!has_room || is_one_too_many) return refuse(connection, "busy");
  arm(*connection, false);
}

/// Before one more is let in: drops whoever has said nothing for the longest time, when all places are taken.
bool Gate::make_room() {
  Held silent;
  {
    const std::lock_guard lock(mutex_);
    if (static_cast<int>(connections_.size()) < connections_max_) return true;
    // Those that we have answered or turned away count too, so that turning away has an end as well.
    for (const auto& [id, connection] : connections_) {
      const auto state = connection->state.load();
      const bool is_silent = state == State::fresh || state == State::idle || state == State::closing;
      if (is_silent && connection->age() > evict_after && (!silent || connection->since < silent->since))
        silent = connection;
    }
  }
  if (silent) drop(silent);
  return silent != nullptr;
}

Gate::Held Gate::find(std::uint64_t id) const {
  const std::lock_guard lock(mutex_);
  const auto found = connections_.find(id);
  return found == connections_.end() ? nullptr : found->second;
}

void Gate::attend(const Held& connection) {
  switch (connection->state) {
    case State::fresh:
    case State::idle:
    case State::head:
    case State::body:
      return read(connection);
    case State::writing:
      return write(connection);
    case State::closing:
      return discard(connection);
    case State::waiting:
    case State::working:
    case State::returned:
      return;
  }
}

void Gate::read(const Held& connection) {
  if (!connection->receive() || stopping_) return drop(connection);
  if (!grew(*connection)) return refuse(connection, "busy");
  judge(connection);
}

/// What has come is a whole request, or the beginning of one, or nothing good.
void Gate::judge(const Held& connection) {
  if (stopping_) return drop(connection);
  if (connection->in.empty()) {
    if (connection->state != State::fresh) connection->become(State::idle);
    return arm(*connection, false);
  }
  switch (connection->intake.look(connection->in)) {
    case Intake::Verdict::more:
      connection->become(connection->intake.is_in_body() ? State::body : State::head);
      if (connection->intake.is_in_body() && connection->intake.expects_continue() && !connection->is_continued) {
        connection->is_continued = true;
        constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        if (::send(connection->descriptor, go_on.data(), go_on.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(go_on.size()))
          return drop(connection);
      }
      return arm(*connection, false);
    case Intake::Verdict::whole:
      connection->take_up(false);
      return queue(connection);
    case Intake::Verdict::stream: {
      std::unique_lock lock(mutex_);
      if (uploads_ >= limits_.uploads_max) {
        lock.unlock();
        return refuse(connection, "busy");
      }
      ++uploads_;
      lock.unlock();
      connection->take_up(true);
      return queue(connection);
    }
    case Intake::Verdict::refused:
      return refuse(connection, connection->intake.problem());
  }
}

void Gate::write(const Held& connection) {
  if (!connection->send_waiting()) return drop(connection);
  grew(*connection);
  if (connection->has_answer()) return arm(*connection, true);
  connection->ends ? linger(connection) : judge(connection);
}

/// Our side is closed, and the client's may still send for a while: closing at once would take the answer from it.
void Gate::linger(const Held& connection) {
  if (stopping_ || ::shutdown(connection->descriptor, SHUT_WR) != 0) return drop(connection);
  connection->in = {};
  grew(*connection);
  connection->become(State::closing);
  arm(*connection, false);
}

void Gate::discard(const Held& connection) {
  std::array<char, 16'384> nothing;
  const auto count = ::recv(connection->descriptor, nothing.data(), nothing.size(), 0);
  if (count == 0 || (count < 0 && !would_wait())) return drop(connection);
  arm(*connection, false);
}

void Gate::refuse(const Held& connection, std::string_view problem) {
  {
    const std::lock_guard lock(mutex_);
    ++refusals_[std::string(problem)];
  }
  connection->in = {};
  connection->out = text_of_refusal(problem, limits_), connection->written = 0;
  connection->ends = true;
  connection->pace.restart();
  connection->become(State::writing);
  write(connection);
}

void Gate::drop(const Held& connection) {
  const std::lock_guard lock(mutex_);
  if (connections_.erase(connection->id) == 0) return;
  held_bytes_ -= connection->held;
  if (!connection->counted_as.empty()) {
    const auto peer = peers_.find(connection->counted_as);
    if (--peer->second == 0) peers_.erase(peer);
  }
  // Whoever still holds it must not find it open.
  ::shutdown(connection->descriptor, SHUT_RDWR);
  ended_work_.notify_all();
}

void Gate::drop_all_idle() {
  std::vector<Held> idle;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, connection] : connections_) {
      const auto state = connection->state.load();
      if (state != State::working && state != State::writing && state != State::returned) idle.push_back(connection);
    }
    uploads_ -= static_cast<int>(waiting_uploads_.size());
    waiting_.clear(), waiting_uploads_.clear();
  }
  for (const auto& connection : idle) drop(connection);
}

void Gate::expire() {
  const std::vector<std::pair<State, milliseconds>> deadlines{
      {State::fresh, limits_.first_byte}, {State::idle, limits_.idle},       {State::head, limits_.head},
      {State::body, limits_.body},        {State::waiting, limits_.waiting}, {State::closing, limits_.closing},
  };
  std::vector<std::pair<State, Held>> late;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, connection] : connections_) {
      const auto state = connection->state.load();
      const auto row = std::find_if(deadlines.begin(), deadlines.end(),
                                    [&](const auto& deadline) { return deadline.first == state; });
      const bool is_late = state == State::writing ? connection->pace.left(limits_) <= 0ms
                                                   : row != deadlines.end() && connection->age() > row->second;
      if (!is_late) continue;
      if (state == State::waiting) {
        const bool is_upload = std::erase(waiting_uploads_, connection) > 0;
        if (is_upload) --uploads_;
        if (!is_upload && std::erase(waiting_, connection) == 0) continue;
      }
      late.emplace_back(state, connection);
    }
  }
  for (const auto& [state, connection] : late) {
    if (state == State::head || state == State::body) {
      refuse(connection, "timed-out");
    } else if (state == State::waiting) {
      refuse(connection, "busy");
    } else {
      drop(connection);
    }
  }
}

// All threads

void Gate::arm(const Connection& connection, bool to_write) {
  epoll_event event{};
  event.events = EPOLLONESHOT | (to_write ? EPOLLOUT : EPOLLIN | EPOLLRDHUP), event.data.u64 = connection.id;
  ::epoll_ctl(poller_, EPOLL_CTL_MOD, connection.descriptor, &event);
}

/// Counts the bytes that a connection holds now; false when it is more than there is room for.
bool Gate::grew(Connection& connection) {
  const auto now = static_cast<std::int64_t>(connection.in.size() + connection.out.size());
  const auto more = now - std::exchange(connection.held, now);
  const auto all = held_bytes_ += more;
  return more <= 0 || now <= static_cast<std::int64_t>(always_held_bytes) || all <= limits_.held_bytes_max;
}

void Gate::queue(const Held& connection) {
  const std::lock_guard lock(mutex_);
  connection->become(State::waiting);
  (connection->is_streamed ? waiting_uploads_ : waiting_).push_back(connection);
  call_worker();
}

bool Gate::has_work() const {
  return !waiting_uploads_.empty() || (!waiting_.empty() && requests_ < limits_.requests_max);
}

void Gate::call_worker() {
  if (!has_work()) return;
  if (spare_ > 0) {
    work_.notify_one();
  } else {
    wanted_.notify_one();
  }
}

void Gate::wake() const {
  const std::uint64_t one = 1;
  (void)!::write(waker_, &one, sizeof one);
}

// The server's threads

Gate::Held Gate::take() {
  if (stopping_ || !has_work()) return nullptr;
  auto& line = waiting_uploads_.empty() ? waiting_ : waiting_uploads_;
  auto connection = std::move(line.front());
  line.pop_front();
  if (!connection->is_streamed) ++requests_;
  connection->become(State::working);
  connection->pace.restart();
  return connection;
}

Gate::Held Gate::next_work(Passage& passage) {
  std::unique_lock lock(mutex_);
  if (!std::exchange(passage.is_spare_, true)) ++spare_;
  Held connection;
  work_.wait_for(lock, spare_time, [&] { return (connection = take()) != nullptr || stopping_; });
  passage.is_spare_ = false;
  --spare_;
  call_worker();  // when more came than this one could take
  return connection;
}

/// Whether the connection that was just answered has its next request here already, and it is its turn.
bool Gate::goes_on(const Held& connection) {
  auto& c = *connection;
  if (c.ends || c.is_broken || c.is_streamed || c.place != Connection::Place::request) {
    c.ends = true;
    return false;
  }
  c.in.erase(0, c.intake.size());
  if (c.in.empty() && c.in.capacity() > kept_capacity) c.in = {};
  c.intake.restart();
  c.is_continued = false;
  grew(c);
  if (c.has_answer()) return false;
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || !waiting_.empty()) return false;
  }
  const auto until = Clock::now() + milliseconds(linger_ms);
  while (true) {
    if (!c.in.empty()) {
      const auto verdict = c.intake.look(c.in);
      if (verdict == Intake::Verdict::whole) {
        c.take_up(false);
        c.pace.restart();
        return true;
      }
      if (verdict != Intake::Verdict::more) return false;
    }
    const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
    if (left <= 0ms || !wait_for(c.descriptor, POLLIN, left)) return false;
    if (!c.receive()) {
      c.is_broken = true;
      return false;
    }
    if (!grew(c)) return false;
  }
}

/// The last that the thread does to it.
void Gate::give_back(const Held& connection) {
  auto& c = *connection;
  auto next = State::returned;
  if (!c.is_broken && c.has_answer()) {
    next = State::writing;
  } else if (!c.is_broken && !c.ends && !stopping_) {
    const auto verdict = c.in.empty() ? Intake::Verdict::more : c.intake.look(c.in);
    if (verdict == Intake::Verdict::whole) next = State::waiting;
    if (verdict == Intake::Verdict::more && !c.intake.expects_continue()) {
      next = c.in.empty() ? State::idle : c.intake.is_in_body() ? State::body : State::head;
    }
  }
  {
    const std::lock_guard lock(mutex_);
    const auto place = c.place.exchange(Connection::Place::request);
    --(place == Connection::Place::request ? requests_ : place == Connection::Place::stream ? streams_ : uploads_);
    if (next == State::waiting) {
      c.take_up(false);
      waiting_.push_back(connection);
    }
    // What else it may be is for the gate's thread.
    if (next == State::returned) returned_.push_back(connection);
    c.become(next);
    call_worker();
    ended_work_.notify_all();
  }
  if (next == State::returned) {
    wake();
  } else if (next != State::waiting) {
    arm(c, next == State::writing);
  }
}

/// What threads have given back and the gate's thread has to go on with.
void Gate::take_back() {
  std::vector<Held> returned;
  {
    const std::lock_guard lock(mutex_);
    returned.swap(returned_);
  }
  for (const auto& connection : returned) {
    if (connection->is_broken) {
      drop(connection);
    } else {
      connection->ends ? linger(connection) : judge(connection);
    }
  }
}

bool Gate::becomes_stream(const Held& connection) {
  const std::lock_guard lock(mutex_);
  if (streams_ >= limits_.streams_max || stopping_) return false;
  --(connection->place == Connection::Place::upload ? uploads_ : requests_);
  ++streams_;
  connection->place = Connection::Place::stream;
  call_worker();
  return true;
}

// From outside

void Gate::begin_stop() {
  const std::lock_guard lock(mutex_);
  if (stopping_.exchange(true)) return;
  for (const auto& [id, connection] : connections_) {
    if (connection->state == State::working && connection->place == Connection::Place::stream)
      ::shutdown(connection->descriptor, SHUT_RDWR);
  }
  work_.notify_all();
  wake();
}

bool Gate::end_stop() {
  const auto is_quiet = [this] {
    const bool is_writing = std::any_of(connections_.begin(), connections_.end(), [](const auto& entry) {
      return entry.second->state == State::writing || entry.second->state == State::returned;
    });
    return requests_ + streams_ + uploads_ == 0 && !is_writing;
  };
  bool has_ended = true;
  {
    std::unique_lock lock(mutex_);
    if (!ended_work_.wait_for(lock, thread_.joinable() ? limits_.stop : 0ms, is_quiet)) {
      for (const auto& [id, connection] : connections_) ::shutdown(connection->descriptor, SHUT_RDWR);
      has_ended = ended_work_.wait_for(lock, thread_.joinable() ? 500ms : 0ms,
                                       [this] { return requests_ + streams_ + uploads_ == 0; });
    }
  }
  ended_ = true;
  wake();
  if (thread_.joinable()) thread_.join();
  return has_ended;
}

std::map<std::string, int> Gate::connections() const {
  std::map<std::string, int> counts{{"fresh", 0},   {"idle", 0},    {"reading", 0}, {"waiting", 0},
                                    {"working", 0}, {"writing", 0}, {"closing", 0}};
  const std::lock_guard lock(mutex_);
  for (const auto& [id, connection] : connections_) {
    switch (connection->state) {
      case State::fresh:
        ++counts["fresh"];
        break;
      case State::idle:
        ++counts["idle"];
        break;
      case State::head:
      case State::body:
        ++counts["reading"];
        break;
      case State::waiting:
        ++counts["waiting"];
        break;
      case State::working:
        ++counts["working"];
        break;
      case State::returned:
      case State::writing:
        ++counts["writing"];
        break;
      case State::closing:
        ++counts["closing"];
        break;
    }
  }
  return counts;
}

std::map<std::string, int> Gate::refusals() const {
  const std::lock_guard lock(mutex_);
  return refusals_;
}

// A thread's end

Passage::Passage(Gate& gate) : gate_(gate) {
  reset(::eventfd(0, EFD_CLOEXEC));  // Poco ends sessions whose socket has no descriptor; it is never read or written
}

Passage::~Passage() {
  const std::lock_guard lock(gate_.mutex_);
  --gate_.workers_;
  if (is_spare_) --gate_.spare_;
  gate_.call_worker();
}

const std::string& Passage::peer() const {
  return current_->peer;
}

bool Passage::is_streamed() const {
  return current_->is_streamed;
}

bool Passage::becomes_stream() {
  return gate_.becomes_stream(current_);
}

bool Passage::is_gone() const {
  if (!current_ || current_->is_broken || gate_.stopping_) return true;
  char byte = 0;
  const auto count = ::recv(current_->descriptor, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return count == 0 || (count < 0 && !would_wait());
}

void Passage::break_off() {
  if (!current_) return;
  current_->is_broken = true;
  ::shutdown(current_->descriptor, SHUT_RDWR);
}

/// Asked before each request: whether there is one.
bool Passage::poll(const Poco::Timespan&, int mode) {
  if ((mode & SELECT_READ) == 0) return true;
  if (current_) {
    if (gate_.goes_on(current_)) return true;
    gate_.give_back(std::exchange(current_, nullptr));
  }
  current_ = gate_.next_work(*this);
  return current_ != nullptr;
}

int Passage::receiveBytes(void* buffer, int length, int) {
  if (!current_) return 0;
  auto& c = *current_;
  const auto left = std::min(c.intake.size() - std::min(c.served, c.intake.size()), static_cast<std::size_t>(length));
  if (left == 0) return c.is_streamed ? receive_streamed(static_cast<char*>(buffer), length) : 0;
  std::copy_n(c.in.data() + c.served, left, static_cast<char*>(buffer));
  c.served += left;
  return static_cast<int>(left);
}

/// Of a body that arrives while it is read. Throws when it ends before its end, comes too slowly, or is malformed, so
/// that nobody takes a part for the whole.
int Passage::receive_streamed(char* buffer, int length) {
  auto& c = *current_;
  if (c.body.is_whole()) return 0;
  std::size_t count = std::min(c.in.size() - c.served, static_cast<std::size_t>(length));
  if (count > 0) {
    std::copy_n(c.in.data() + c.served, count, buffer);
    c.served += count;
  } else {
    if (c.intake.expects_continue() && !std::exchange(c.is_continued, true)) {
      constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
      sendBytes(go_on.data(), static_cast<int>(go_on.size()));
      c.pace.restart();
    }
    if (!wait_for(c.descriptor, POLLIN, c.pace.left(gate_.limits_))) throw Poco::TimeoutException();
    const auto received = ::recv(c.descriptor, buffer, static_cast<std::size_t>(length), 0);
    if (received <= 0) throw Poco::Net::ConnectionResetException();
    count = static_cast<std::size_t>(received);
    c.pace.bytes += received;
  }
  const auto of_body = c.body.feed({buffer, count});
  if (!of_body) throw Poco::Net::MessageException();
  return static_cast<int>(*of_body);
}

int Passage::sendBytes(const void* buffer, int length, int) {
  if (!current_ || current_->is_broken) throw Poco::Net::ConnectionResetException();
  auto& c = *current_;
  const auto* bytes = static_cast<const char*>(buffer);
  auto left = static_cast<std::size_t>(length);
  const bool is_stream = c.place == Connection::Place::stream;
  if (is_stream) c.pace.restart();
  while (left > 0) {
    const auto sent = c.has_answer() ? -1 : ::send(c.descriptor, bytes, left, MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes += sent, left -= static_cast<std::size_t>(sent);
      c.pace.bytes += sent;
      continue;
    }
    if (!c.has_answer() && !would_wait()) {
      c.is_broken = true;
      throw Poco::Net::ConnectionResetException();
    }
    if (!is_stream) {
      // The gate sends the rest, while this thread does other work.
      if (!c.has_answer()) c.pace.restart();
      c.out.append(bytes, left);
      if (gate_.grew(c)) return length;
      c.out.resize(c.out.size() - left);
      gate_.grew(c);
    }
    if (!wait_for(c.descriptor, POLLOUT, c.pace.left(gate_.limits_)) || (c.has_answer() && !c.send_waiting())) {
      c.is_broken = true;
      throw Poco::TimeoutException();
    }
  }
  return length;
}

void Passage::close() {
  if (!current_) return;
  current_->ends = true;
  gate_.give_back(std::exchange(current_, nullptr));
}

void Passage::shutdown() {
  break_off();
}

Poco::Net::SocketAddress Passage::peerAddress() {
  return current_ ? current_->address : Poco::Net::SocketAddress();
}

}  // namespace ties::http
