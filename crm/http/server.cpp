#include "crm/http/server.h"

#include <Poco/DeflatingStream.h>
#include <Poco/InflatingStream.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/ThreadPool.h>
#include <fmt/format.h>

#include <algorithm>
#include <istream>
#include <ostream>
#include <sstream>
#include <typeinfo>

#include "crm/domain/errors.h"
#include "crm/http/gate.h"
#include "crm/http/problem.h"
#include "crm/text/text.h"

namespace ties::http {
namespace {

using Poco::Net::HTTPResponse;
using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerResponse;
using std::chrono::milliseconds;

constexpr std::size_t gzip_bytes_min = 1'024;
constexpr int gzip_level = 4;

[[noreturn]] void refuse(std::string_view type, std::string detail) {
  throw Refused(problem(type, std::move(detail)));
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

// What was asked

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char small = static_cast<char>(c | 0x20);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

std::string decoded(std::string_view text, bool is_query) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '%') {
      const int high = at + 2 < text.size() ? hex_value(text[at + 1]) : -1,
                low = high < 0 ? -1 : hex_value(text[at + 2]);
      if (low < 0) refuse("malformed", "the address has a % without two hexadecimal digits behind it");
      c = static_cast<char>(high * 16 + low), at += 2;
      if (!is_query && (c == '/' || c == '\\')) refuse("malformed", "the path has a slash within a name");
    } else if (c == '+' && is_query) {
      c = ' ';
    }
    if (c == '\0' || (!is_query && (is_control(c) || c == '\\')))
      refuse("malformed", "the address has a character that cannot be in it");
    out += c;
  }
  if (!text::is_utf8(out)) refuse("malformed", "the address is not in UTF-8");
  return out;
}

std::string path_of(std::string_view written) {
  if (written == "*") return "*";
  if (!written.starts_with('/')) refuse("malformed", "the address has to begin with a slash");
  auto path = decoded(written, false);
  for (std::size_t at = 1; at <= path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    const auto name = std::string_view(path).substr(at, end - at);
    if (name == "." || name == "..") refuse("malformed", "the path has '.' or '..' for a name");
    at = end + 1;
  }
  return path;
}

std::vector<std::pair<std::string, std::string>> query_of(std::string_view written) {
  std::vector<std::pair<std::string, std::string>> query;
  for (std::size_t at = 0; at < written.size();) {
    const auto end = std::min(written.find('&', at), written.size());
    const auto part = written.substr(at, end - at);
    const auto equals = std::min(part.find('='), part.size());
    if (!part.empty())
      query.emplace_back(decoded(part.substr(0, equals), true),
                         equals < part.size() ? decoded(part.substr(equals + 1), true) : "");
    at = end + 1;
  }
  return query;
}

/// The path and query of "http://ties.example/contacts?limit=5", and its host.
std::string_view without_host(std::string_view target, std::string& host) {
  const auto start = lower(target.substr(0, 8));
  const std::size_t scheme = start.starts_with("http://") ? 7 : start == "https://" ? 8 : 0;
  if (scheme == 0) return target;
  const auto end = std::min(target.find_first_of("/?", scheme), target.size());
  host = target.substr(scheme, end - scheme);
  if (host.empty() || host.find('@') != std::string::npos)
    refuse("malformed", "the address has no host, or a user before it");
  return end < target.size() && target[end] == '/' ? target.substr(end) : std::string_view("/");
}

/// "W/"x-gz"", … as the handler knows them: without our -gz.
std::string without_gz(std::string tags) {
  for (std::size_t at = tags.find("-gz\""); at != std::string::npos; at = tags.find("-gz\"", at)) tags.erase(at, 3);
  return tags;
}

void read_headers(const HTTPServerRequest& asked, const std::string& host, Request& request) {
  int hosts = 0, lengths = 0;
  for (const auto& [written, value] : asked) {
    auto name = lower(written);
    if (std::any_of(value.begin(), value.end(), [](char c) { return is_control(c) && c != '\t'; }) ||
        !text::is_utf8(value)) {
      refuse("malformed", "a header has characters that cannot be in it");
    }
    if (name == "host" && ++hosts > 1) refuse("malformed", "there are two Host headers");
    if (name == "content-length" && ++lengths > 1) refuse("malformed", "there are two Content-Length headers");
    const bool is_condition = name == "if-match" || name == "if-none-match";
    request.headers.emplace_back(std::move(name), is_condition ? without_gz(value) : value);
  }
  const auto coding = request.header("transfer-encoding");
  if (!coding.empty() && (lengths > 0 || lower(coding) != "chunked"))
    refuse("malformed", "the Transfer-Encoding is not taken, or there is a Content-Length besides");
  if (host.empty()) return;
  std::erase_if(request.headers, [](const auto& header) { return header.first == "host"; });
  request.headers.emplace_back("host", lower(host));
}

/// The body, of what is no upload.
std::string body_of(std::istream& in, const Limits& limits) {
  std::string body;
  std::array<char, 8'192> part;
  const auto end = std::chrono::steady_clock::now() + limits.body;
  // One read of the socket at a time, so that nobody keeps us longer than the limit by sending a byte now and then.
  while (in.peek() != std::char_traits<char>::eof()) {
    body.append(part.data(), static_cast<std::size_t>(in.readsome(part.data(), part.size())));
    if (body.size() > limits.body_bytes_max) break;
    if (std::chrono::steady_clock::now() > end) refuse("timed-out", "the body came too slowly");
  }
  if (body.size() > limits.body_bytes_max) {
    auto refusal = problem("too-large", fmt::format("the body is larger than {} bytes", limits.body_bytes_max));
    refusal.more = {{"limit_bytes", limits.body_bytes_max}};
    throw Refused(std::move(refusal));
  }
  if (in.bad()) refuse("timed-out", "the body did not arrive whole");
  return body;
}

// What is answered

bool is_worth_gzip(const Response& response) {
  const auto type = lower(response.type);
  const auto has = [&](std::string_view word) { return type.find(word) != std::string::npos; };
  return type.starts_with("text/") || has("json") || has("javascript") || has("xml");
}

struct Codings {
  bool gzip{};
  bool identity{true};
};

/// Of "gzip;q=0.5, *;q=0".
Codings codings_of(std::string_view accepted) {
  double gzip = -1, identity = -1, any = -1;
  for (std::size_t at = 0; at < accepted.size();) {
    const auto end = std::min(accepted.find(',', at), accepted.size());
    auto part = lower(accepted.substr(at, end - at));
    std::erase_if(part, [](char c) { return c == ' ' || c == '\t'; });
    const auto semicolon = std::min(part.find(';'), part.size());
    const auto name = part.substr(0, semicolon);
    double quality = 1;
    // Only 0, 0.5, 0.123, 1, 1.000 are qualities; anything else is taken for no.
    if (const auto q = part.find("q=", semicolon); q != std::string::npos) {
      const auto digits = part.substr(q + 2);
      const bool is_number =
          !digits.empty() && digits.size() <= 5 && digits.find_first_not_of("0123456789.") == std::string::npos;
      quality = is_number && digits.find_first_of("123456789") != std::string::npos ? 1 : 0;
      if (quality > 0 && digits[0] == '0') quality = 0.5;
    }
    if (name == "gzip" || name == "x-gzip") gzip = quality;
    if (name == "identity") identity = quality;
    if (name == "*") any = quality;
    at = end + 1;
  }
  return {gzip >= 0 ? gzip > 0 : any > 0, identity >= 0 ? identity > 0 : any != 0};
}

std::string gzipped(const std::string& body) {
  std::ostringstream out;
  Poco::DeflatingOutputStream gzip(out, Poco::DeflatingStreamBuf::STREAM_GZIP, gzip_level);
  gzip << body;
  gzip.close();
  return std::move(out).str();
}

std::string inflated(const std::string& gzip) {
  std::istringstream in(gzip, std::ios::binary);
  Poco::InflatingInputStream plain(in, Poco::InflatingStreamBuf::STREAM_GZIP);
  return std::string(std::istreambuf_iterator<char>(plain), {});
}

/// A response's body of which nothing is known in advance. It fails once the client has gone or the service stops;
/// `flush` finds out, even when there is nothing to be written.
class Outlet : public std::streambuf {
 public:
  Outlet(std::ostream& to, const Passage* passage, const std::atomic<bool>& stopping)
      : to_(to), passage_(passage), stopping_(stopping) {}

 protected:
  int_type overflow(int_type c) override {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    to_.put(traits_type::to_char_type(c));
    return to_.good() ? c : traits_type::eof();
  }
  std::streamsize xsputn(const char* text, std::streamsize count) override {
    to_.write(text, count);
    return to_.good() ? count : 0;
  }
  int sync() override {
    if (stopping_ || (passage_ != nullptr && passage_->is_gone())) return -1;
    to_.flush();
    return to_.good() ? 0 : -1;
  }

 private:
  std::ostream& to_;
  const Passage* passage_;
  const std::atomic<bool>& stopping_;
};

Poco::Net::StreamSocket& socket_of(HTTPServerRequest& asked) {
  return dynamic_cast<Poco::Net::HTTPServerRequestImpl&>(asked).socket();
}

Passage* passage_of(HTTPServerRequest& asked) {
  return dynamic_cast<Passage*>(socket_of(asked).impl());
}

template <class Action>
struct ActingHandler : Poco::Net::HTTPRequestHandler {
  explicit ActingHandler(const Action& what) : action(what) {}
  void handleRequest(HTTPServerRequest& asked, HTTPServerResponse& answer) override { action(asked, answer); }
  const Action& action;
};

template <class Action>
struct ActingFactory : Poco::Net::HTTPRequestHandlerFactory {
  explicit ActingFactory(Action what) : action(std::move(what)) {}
  Poco::Net::HTTPRequestHandler* createRequestHandler(const HTTPServerRequest& asked) override {
    // Poco tells clients to go on with the body unless a status is set already. Behind the gate, that is the gate's.
    const auto& request = dynamic_cast<const Poco::Net::HTTPServerRequestImpl&>(asked);
    if (!request.secure()) request.response().setStatus(HTTPResponse::HTTP_ACCEPTED);
    return new ActingHandler<Action>(action);
  }
  Action action;
};

/// Reads the rest of a body that the gate holds whole.
bool is_drained(std::istream& body, const Limits& limits) {
  body.ignore(static_cast<std::streamsize>(limits.body_bytes_max) + 1);
  return body.eof();
}

std::string address_text(const ServerOptions& options) {
  return options.address.find(':') == std::string::npos ? fmt::format("{}:{}", options.address, options.port)
                                                        : fmt::format("[{}]:{}", options.address, options.port);
}

}  // namespace

struct Server::Inside {
  Inside(ServerOptions how, Handler what, TakesFiles which);

  void answer(HTTPServerRequest& asked, HTTPServerResponse& answer);
  Request request_of(HTTPServerRequest& asked, const Passage* passage) const;
  void take_body(HTTPServerRequest& asked, Request& request) const;
  Response handled(Request& request) const;
  Response failed(const std::exception_ptr& error, const std::string& id, bool is_early);
  void set_headers(HTTPServerResponse& answer, const Request& request, const Response& response) const;
  void send(HTTPServerResponse& answer, const Request& request, Response& response) const;
  void send_stream(HTTPServerResponse& answer, const Request& request, const Response& response,
                   Passage* passage) const;
  bool is_secure() const { return gate == nullptr; }

  const ServerOptions options;
  const Handler handler;
  const TakesFiles takes_files;
  std::unique_ptr<Gate> gate;  ///< none over TLS
  std::unique_ptr<Poco::ThreadPool> threads;
  std::unique_ptr<Poco::Net::HTTPServer> server;
  std::atomic<int> streams{};  ///< over TLS
  std::atomic<bool> stopping{};
  mutable std::mutex mutex;
  std::map<std::string, int> refusals;
};

Server::Inside::Inside(ServerOptions how, Handler what, TakesFiles which)
    : options(std::move(how)), handler(std::move(what)), takes_files(std::move(which)) {
  const auto& limits = options.limits;
  Poco::Net::ServerSocket socket;
  try {
    const Poco::Net::SocketAddress address(options.address, static_cast<Poco::UInt16>(options.port));
    if (options.certificate.empty()) {
      gate = std::make_unique<Gate>(address, limits);
      socket = gate->socket();
    } else {
      Poco::Net::initializeSSL();
      Poco::Net::Context::Params params;
      params.certificateFile = options.certificate.string(), params.privateKeyFile = options.key.string();
      params.verificationMode = Poco::Net::Context::VERIFY_NONE;  // of clients, which show no certificate
      Poco::Net::Context::Ptr context = new Poco::Net::Context(Poco::Net::Context::TLS_SERVER_USE, params);
      context->requireMinimumProtocol(Poco::Net::Context::PROTO_TLSV1_2);
      Poco::Net::SecureServerSocket secure(context);
      secure.bind(address, true, false);
      secure.listen(256);
      socket = secure;
    }
  } catch (const Poco::Net::SSLException&) {
    throw Wrong(
        "tls-cert, tls-key: they cannot be read, or do not belong together; give a chain and a key without password, "
        "in PEM");
  } catch (const Poco::Exception&) {
    throw Conflict(fmt::format("{} cannot be listened at: another program does, or it is no address of this machine",
                               address_text(options)));
  }

  const int threads_max = limits.requests_max + limits.streams_max + limits.uploads_max;
  // A few more than are used, since a thread that ends is not free at once.
  threads = std::make_unique<Poco::ThreadPool>(2, threads_max + 8);
  Poco::Net::HTTPServerParams::Ptr params = new Poco::Net::HTTPServerParams;
  params->setMaxThreads(threads_max);
  params->setMaxQueued(is_secure() ? 64 : threads_max + 1);
  params->setKeepAlive(true);
  params->setTimeout(Poco::Timespan(std::chrono::microseconds(limits.stall).count()));
  params->setKeepAliveTimeout(
      Poco::Timespan(std::chrono::microseconds(std::min(limits.idle, milliseconds(5'000))).count()));
  const auto action = [this](HTTPServerRequest& asked, HTTPServerResponse& given) { answer(asked, given); };
  server = std::make_unique<Poco::Net::HTTPServer>(new ActingFactory(action), *threads, socket, params);
}

void Server::Inside::answer(HTTPServerRequest& asked, HTTPServerResponse& answer) {
  auto* passage = passage_of(asked);
  if (is_secure())
    socket_of(asked).setSendTimeout(Poco::Timespan(std::chrono::microseconds(options.limits.stall).count()));
  Request request;
  request.id = new_request_id();
  Response response;
  bool is_taken = false;  // by the handler
  try {
    auto read = request_of(asked, passage);
    read.id = request.id;
    request = std::move(read);
    take_body(asked, request);
    is_taken = true;
    response = handled(request);
  } catch (...) {
    response = failed(std::current_exception(), request.id, !is_taken);
  }
  // What is left of a body that was not read to its end would be taken for the next request.
  const auto is_unread = [](std::istream& body) { return body.peek() != std::char_traits<char>::eof() || body.bad(); };
  const bool has_body = asked.hasContentLength() || asked.getChunkedTransferEncoding();
  const auto has_rest = [&] {
    if (passage == nullptr) return has_body && is_unread(asked.stream());
    if (passage->is_streamed()) return true;
    return has_body && !is_drained(asked.stream(), options.limits);
  };
  if (has_rest() || stopping) answer.setKeepAlive(false);

  const bool is_head = request.method == "HEAD";
  if (response.stream && !is_head) {
    const bool has_place =
        passage != nullptr ? passage->becomes_stream() : streams.fetch_add(1) < options.limits.streams_max && !stopping;
    if (has_place) send_stream(answer, request, response, passage);
    if (passage == nullptr) --streams;
    if (has_place) return;
    auto refusal = problem("busy", "too many streams are open");
    refusal.headers.emplace_back("Retry-After", "5");
    response = response_of(refusal, request.id);
  }
  send(answer, request, response);
}

Request Server::Inside::request_of(HTTPServerRequest& asked, const Passage* passage) const {
  Request request;
  request.method = asked.getMethod();
  request.peer = passage != nullptr ? passage->peer() : asked.clientAddress().host().toString();
  request.secure = is_secure();
  std::string host;
  const auto target = without_host(asked.getURI(), host);
  if (target.find('#') != std::string_view::npos) refuse("malformed", "the address has a '#'");
  const auto question = std::min(target.find('?'), target.size());
  request.path = path_of(target.substr(0, question));
  if (question < target.size()) request.query = query_of(target.substr(question + 1));
  read_headers(asked, host, request);
  if (asked.hasContentLength()) request.length = asked.getContentLength64();
  return request;
}

void Server::Inside::take_body(HTTPServerRequest& asked, Request& request) const {
  const bool has_body = request.length.value_or(0) > 0 || asked.getChunkedTransferEncoding();
  if (takes_files && takes_files(request.method, request.path)) {
    request.stream = &asked.stream();
    if (!has_body) request.length = 0;
  } else if (request.length.value_or(0) > static_cast<std::int64_t>(options.limits.body_bytes_max)) {
    auto refusal = problem("too-large", fmt::format("the body is larger than {} bytes", options.limits.body_bytes_max));
    refusal.more = {{"limit_bytes", options.limits.body_bytes_max}};
    throw Refused(std::move(refusal));
  } else if (has_body) {
    request.body = body_of(asked.stream(), options.limits);
  }
}

Response Server::Inside::handled(Request& request) const {
  auto response = handler(request);
  const auto is_bad = [](const auto& header) {
    return std::any_of(header.second.begin(), header.second.end(), is_control);
  };
  if (std::any_of(response.headers.begin(), response.headers.end(), is_bad))
    throw std::logic_error("a header of the answer has control characters");
  return response;
}

/// What an exception is answered with, and counted when no handler has seen the request. The log gets the kind of what
/// is ours; the words may hold personal data, and are told only to those who ask for everything.
Response Server::Inside::failed(const std::exception_ptr& error, const std::string& id, bool is_early) {
  std::string kind = "unknown", words;
  try {
    std::rethrow_exception(error);
  } catch (const Refused& refused) {
    if (is_early) {
      const std::lock_guard lock(mutex);
      ++refusals[std::string(refused.problem.type)];
    }
    return response_of(refused.problem, id);
  } catch (const Poco::TimeoutException&) {
    return response_of(problem("timed-out", "the body came too slowly"), id);
  } catch (const Poco::Net::NetException&) {
    return response_of(problem("malformed", "the body ended before its end, or its chunks are malformed"), id);
  } catch (const std::exception& other) {
    kind = typeid(other).name(), words = other.what();
  } catch (...) {
  }
  options.log.line(Log::Level::error, "failed", {{"id", id}, {"kind", kind}});
  options.log.line(Log::Level::debug, "failed_with", {{"id", id}, {"words", words}});
  return response_of(
      problem("internal", "something went wrong, and nothing was changed; the log has more under this request's id"),
      id);
}

void Server::Inside::set_headers(HTTPServerResponse& answer, const Request& request, const Response& response) const {
  answer.setStatusAndReason(static_cast<HTTPResponse::HTTPStatus>(response.status));
  for (const auto& [name, value] : security_headers()) answer.set(name, value);
  answer.set("X-Request-Id", request.id);
  if (request.path.starts_with("/api")) answer.set("Cache-Control", "no-store");
  if (!response.type.empty()) answer.setContentType(response.type);
  for (const auto& [name, value] : response.headers) {
    if (lower(name) == "set-cookie") {
      answer.add(name, value);
    } else {
      answer.set(name, value);
    }
  }
}

void Server::Inside::send(HTTPServerResponse& answer, const Request& request, Response& response) const {
  set_headers(answer, request, response);
  const bool has_body = response.status != 204 && response.status != 304 && !response.stream;
  const bool may_be_gzip = response.is_gzip || is_worth_gzip(response);
  const auto accepted = codings_of(request.header("accept-encoding"));
  const bool pays = response.is_gzip || response.body.size() > gzip_bytes_min;
  const bool is_gzip = has_body && may_be_gzip && accepted.gzip && (pays || !accepted.identity);
  const bool is_tagged = is_gzip || (response.status == 304 && accepted.gzip);
  if (may_be_gzip)
    answer.set("Vary", answer.has("Vary") ? answer.get("Vary") + ", Accept-Encoding" : "Accept-Encoding");
  if (response.is_gzip && !is_gzip) response.body = inflated(response.body);
  if (is_gzip) {
    if (!response.is_gzip) response.body = gzipped(response.body);
    answer.set("Content-Encoding", "gzip");
  }
  if (is_tagged && answer.has("ETag")) {
    auto tag = answer.get("ETag");
    if (tag.size() > 2 && tag.starts_with('"') && tag.ends_with('"'))
      answer.set("ETag", tag.insert(tag.size() - 1, "-gz"));
  }
  if (has_body) {
    answer.sendBuffer(response.body.data(), response.body.size());
  } else {
    answer.send();
  }
}

void Server::Inside::send_stream(HTTPServerResponse& answer, const Request& request, const Response& response,
                                 Passage* passage) const {
  set_headers(answer, request, response);
  answer.setKeepAlive(false);
  answer.setChunkedTransferEncoding(answer.getVersion() == Poco::Net::HTTPMessage::HTTP_1_1);
  Outlet outlet(answer.send(), passage, stopping);
  std::ostream out(&outlet);
  const auto break_off = [&] {
    if (passage != nullptr) passage->break_off();
  };
  try {
    response.stream(out);
    if (!out.flush()) break_off();
  } catch (const std::exception& error) {
    options.log.line(Log::Level::error, "failed", {{"id", request.id}, {"kind", typeid(error).name()}});
    break_off();
  }
}

Server::Server(ServerOptions options, Handler handler, TakesFiles takes_files)
    : inside_(std::make_unique<Inside>(std::move(options), std::move(handler), std::move(takes_files))) {}

Server::~Server() {
  stop();
  inside_->threads->joinAll();
}

int Server::port() const {
  return inside_->gate ? inside_->gate->port() : inside_->server->port();
}

void Server::start() {
  if (inside_->gate) inside_->gate->start();
  inside_->server->start();
}

bool Server::stop() {
  auto& inside = *inside_;
  inside.stopping = true;
  if (inside.gate) inside.gate->begin_stop();
  if (inside.gate == nullptr) {
    inside.server->stopAll(false);
    return true;
  }
  inside.server->stop();
  return inside.gate->end_stop();
}

std::map<std::string, int> Server::connections() const {
  return inside_->gate ? inside_->gate->connections()
                       : std::map<std::string, int>{{"working", inside_->server->currentConnections()}};
}

std::map<std::string, int> Server::refusals() const {
  auto all = inside_->gate ? inside_->gate->refusals() : std::map<std::string, int>();
  const std::lock_guard lock(inside_->mutex);
  for (const auto& [problem, count] : inside_->refusals) all[problem] += count;
  return all;
}

}  // namespace ties::http
