#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

/// The other side of the service, down to the bytes: what a well-behaved client would never send has to be sent as
/// well.
namespace ties::http {

/// An answer as it came over the wire.
struct Reply {
  int status{};  ///< 0: there was none
  std::string head{};
  std::string body{};

  std::string header(std::string_view name) const {
    for (std::size_t at = head.find("\r\n"); at != std::string::npos && at + 2 < head.size();
         at = head.find("\r\n", at + 2)) {
      const auto line = std::string_view(head).substr(at + 2, head.find("\r\n", at + 2) - at - 2);
      const auto colon = line.find(": ");
      if (colon == name.size() && ::strncasecmp(line.data(), name.data(), colon) == 0)
        return std::string(line.substr(colon + 2));
    }
    return {};
  }
};

class Client {
 public:
  explicit Client(int port, int receive_buffer = 0) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_buffer > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in address{};
    address.sin_family = AF_INET, address.sin_port = htons(static_cast<std::uint16_t>(port)),
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  Client(Client&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)), is_connected_(other.is_connected_), came_(std::move(other.came_)) {}
  Client& operator=(Client&&) = delete;
  ~Client() {
    if (socket_ >= 0) ::close(socket_);
  }

  bool is_connected() const { return is_connected_; }
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  /// Nothing more will be sent; answers may still come.
  void half_close() { ::shutdown(socket_, SHUT_WR); }
  /// Ends the connection as a crash does.
  void reset() {
    const linger at_once{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(std::exchange(socket_, -1));
  }

  /// The next answer, whole: by its length, in chunks, or to the end of the connection. `is_head`: it has no body.
  Reply reply(bool is_head = false, std::chrono::milliseconds patience = std::chrono::seconds(10)) {
    const auto end = std::chrono::steady_clock::now() + patience;
    Reply made;
    std::size_t head_end = 0;
    while ((head_end = came_.find("\r\n\r\n")) == std::string::npos) {
      if (!receive(end)) return made;
    }
    made.head = came_.substr(0, head_end + 2);
    came_.erase(0, head_end + 4);
    made.status = std::atoi(made.head.c_str() + 9);
    if (is_head || made.status < 200 || made.status == 204 || made.status == 304) return made;
    if (const auto length = made.header("Content-Length"); !length.empty()) {
      const auto bytes = static_cast<std::size_t>(std::atoll(length.c_str()));
      while (came_.size() < bytes) {
        if (!receive(end)) break;
      }
      made.body = came_.substr(0, bytes);
      came_.erase(0, made.body.size());
      if (made.body.size() < bytes) made.status = 0;
    } else if (made.header("Transfer-Encoding") == "chunked") {
      while (true) {
        std::size_t line = 0;
        while ((line = came_.find("\r\n")) == std::string::npos) {
          if (!receive(end)) return {0, made.head, made.body};
        }
        const auto bytes = std::stoul(came_, nullptr, 16);
        while (came_.size() < line + 2 + bytes + 2) {
          if (!receive(end)) return {0, made.head, made.body};
        }
        made.body += came_.substr(line + 2, bytes);
        came_.erase(0, line + 2 + bytes + 2);
        if (bytes == 0) return made;
      }
    } else {
      while (receive(end)) {
      }
      made.body = std::exchange(came_, {});
    }
    return made;
  }
  Reply ask(std::string_view request, bool is_head = false) {
    if (!send(request)) return {};
    return reply(is_head);
  }

  /// Waits until the service has closed; false when it has not in time. What comes meanwhile is dropped.
  bool is_closed_within(std::chrono::milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (receive(end)) came_.clear();
    return is_over_;
  }

 private:
  bool receive(std::chrono::steady_clock::time_point end) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    pollfd asked{socket_, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&asked, 1, static_cast<int>(left.count())) <= 0) return false;
    char bytes[65'536];
    const auto count = ::recv(socket_, bytes, sizeof bytes, 0);
    is_over_ = count <= 0;
    if (count > 0) came_.append(bytes, static_cast<std::size_t>(count));
    return count > 0;
  }

  int socket_;
  bool is_connected_{};
  bool is_over_{};
  std::string came_;
};

inline std::string get(std::string_view path, std::string_view more = "") {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + std::string(more) + "\r\n";
}

inline std::string post(std::string_view path, std::string_view body, std::string_view more = "") {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(more) +
         "\r\n" + std::string(body);
}

}  // namespace ties::http
