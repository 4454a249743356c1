#include "crm/http/access.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties::http {
namespace {

constexpr std::chrono::seconds trusted_for = std::chrono::seconds(1);
constexpr std::chrono::seconds use_written_every = std::chrono::hours(1);
constexpr std::chrono::seconds use_tried_every = std::chrono::minutes(1);
constexpr std::size_t known_max = 1000;

/// "Bearer …", in whatever case; none for other schemes, which are a proxy's business.
std::optional<std::string> bearer_of(const std::string& authorization) {
  constexpr std::string_view scheme = "bearer ";
  if (authorization.size() < scheme.size()) return std::nullopt;
  for (std::size_t i = 0; i < scheme.size(); ++i) {
    const char c = authorization[i];
    if ((c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c) != scheme[i]) return std::nullopt;
  }
  const auto begin = authorization.find_first_not_of(' ', scheme.size());
  return begin == std::string::npos ? "" : authorization.substr(begin);
}

Caller caller_with(const Credential& credential) {
  Caller caller;
  caller.name = credential.name;
  caller.by_cookie = credential.kind == CredentialKind::session;
  for (std::size_t at = 0; at < credential.scopes.size();) {
    const auto end = std::min(credential.scopes.find(' ', at), credential.scopes.size());
    caller.scopes.insert(credential.scopes.substr(at, end - at));
    at = end + 1;
  }
  return caller;
}

Problem not_signed_in(std::string detail) {
  auto made = problem("not-signed-in", std::move(detail));
  made.headers = {{"WWW-Authenticate", "Bearer"}};
  return made;
}

}  // namespace

std::optional<Access::Known> Access::known(std::string_view shown) {
  const auto number = credential_number(shown);
  if (!number) return std::nullopt;
  const auto now = now_();
  LockOut::Time noted_at{};
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = known_.find(number->value); found != known_.end()) {
      if (now - found->second.read_at < trusted_for) return found->second;
      noted_at = found->second.noted_at;
    }
  }
  Known read;
  read.read_at = now, read.noted_at = noted_at;
  const bool is_there = file_.read([&](Crm& crm) {
    const auto credential = crm.store.find(*number);
    if (credential) read.credential = *credential;
    read.now = crm.clock.instant();
    return credential.has_value();
  });
  const std::lock_guard lock(mutex_);
  if (!is_there) {
    known_.erase(number->value);
    return std::nullopt;
  }
  if (known_.size() >= known_max) known_.clear();
  known_[number->value] = read;
  return read;
}

std::optional<Credential> Access::opened(CredentialKind kind, const std::string& shown) {
  const auto found = known(shown);
  if (!found || !opens(found->credential, kind, shown, found->now)) return std::nullopt;
  note_use(*found);
  return found->credential;
}

/// Late rather than never, and not at all rather than making a reader wait.
void Access::note_use(const Known& known) {
  const auto& used_at = known.credential.used_at;
  if (used_at && *used_at > instant_after(known.now, -use_written_every)) return;
  const auto now = now_();
  if (known.noted_at != LockOut::Time{} && now - known.noted_at < use_tried_every) return;
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = known_.find(known.credential.id.value); found != known_.end()) {
      if (found->second.noted_at != known.noted_at) return;  // another request is about it
      found->second.noted_at = now;
    }
  }
  if (file_.writers_waiting() > 0) return;
  try {
    file_.write([&](Crm& crm) {
      write_aside(crm, [&] {
        auto credential = crm.store.find(known.credential.id);
        if (!credential) return;
        credential->used_at = crm.clock.instant();
        if (credential->kind == CredentialKind::session) {
          credential->expires_at = instant_after(*credential->used_at, session_life);
        }
        crm.store.update(*credential);
      });
    });
  } catch (const Busy&) {
  } catch (const StoreError&) {
  }
}

void Access::forget(Id<Credential> id) {
  const std::lock_guard lock(mutex_);
  known_.erase(id.value);
}

void Access::refuse_if_locked(const Request& request) {
  const auto wait = [&] {
    const std::lock_guard lock(mutex_);
    return lock_out_.wait(request.peer, now_());
  }();
  if (!wait) return;
  auto made =
      problem("too-many", fmt::format("too many failed tries from your address; wait {} seconds", wait->count()));
  made.headers = {{"Retry-After", std::to_string(wait->count())}};
  throw Refused(std::move(made));
}

void Access::refuse(const Request& request, std::string_view type, std::string detail) {
  refuse_if_locked(request);
  {
    const std::lock_guard lock(mutex_);
    lock_out_.failed(request.peer, now_());
  }
  throw Refused(type == "not-signed-in" ? not_signed_in(std::move(detail)) : problem(type, std::move(detail)));
}

Caller Access::caller_of(const Request& request) {
  if (const auto token = bearer_of(request.header("authorization"))) {
    const auto credential = opened(CredentialKind::token, *token);
    if (!credential) refuse(request, "not-signed-in", "the token is wrong, has expired or was revoked");
    return caller_with(*credential);
  }
  const auto cookie = request.cookie(session_cookie);
  if (cookie.empty()) return {};
  const auto credential = opened(CredentialKind::session, cookie);
  // No try: a browser goes on showing the cookie of a session that has ended.
  if (!credential) throw Refused(not_signed_in("the session has ended; sign in again"));
  return caller_with(*credential);
}

Caller Access::caller_of_feed(const Request& request, const std::string& token, std::string_view type) {
  if (const auto credential = opened(CredentialKind::token, token)) {
    auto caller = caller_with(*credential);
    if (caller.may("feeds")) return caller;
  }
  refuse(request, type,
         type == "not-found" ? "there is nothing at this address"
                             : "the token is wrong, has expired, was revoked, or has not the scope feeds");
}

Caller Access::caller_if_any(const Request& request) {
  try {
    return caller_of(request);
  } catch (const Refused&) {
    return {};
  }
}

std::string Access::begin_session(Crm& crm) {
  crm.store.remove_expired_credentials(crm.clock.instant());
  Credential session;
  session.kind = CredentialKind::session, session.name = "session", session.scopes = all_scopes();
  session.used_at = crm.clock.instant();
  return add_credential(crm, session, session_life);
}

std::string Access::sign_in_with_link(const Request& request, const std::string& token) {
  std::string session;
  const auto found = known(token);  // a wrong one takes no writer's turn
  if (found && opens(found->credential, CredentialKind::sign_in, token, found->now)) {
    file_.write([&](Crm& crm) {
      write_aside(crm, [&] {
        const auto once = crm.store.find(found->credential.id);
        if (!once || !opens(*once, CredentialKind::sign_in, token, crm.clock.instant())) return;
        crm.store.remove(once->id);
        session = begin_session(crm);
      });
    });
  }
  if (session.empty()) {
    refuse(request, "sign-in-failed",
           "the address is wrong, too old, or was opened before; ties signin makes a new one");
  }
  return session;
}

void Access::check_password(const Request& request, const std::string& password) {
  const std::lock_guard one_at_a_time(password_mutex_);
  refuse_if_locked(request);
  const bool is_right =
      password.size() <= password_bytes_max && file_.read([&](Crm& crm) { return is_password(crm.store, password); });
  if (!is_right) refuse(request, "sign-in-failed", "the password is wrong");
  const std::lock_guard lock(mutex_);
  lock_out_.succeeded(request.peer);
}

std::string Access::sign_in_with_password(const Request& request, const std::string& password) {
  check_password(request, password);
  std::string session;
  file_.write([&](Crm& crm) { write_aside(crm, [&] { session = begin_session(crm); }); });
  return session;
}

void Access::sign_out(const Request& request) {
  const auto cookie = request.cookie(session_cookie);
  const auto credential = cookie.empty() ? std::nullopt : opened(CredentialKind::session, cookie);
  if (!credential) return;
  file_.write([&](Crm& crm) { write_aside(crm, [&] { crm.store.remove(credential->id); }); });
  forget(credential->id);
}

void Access::look_again() {
  const std::lock_guard lock(mutex_);
  known_.clear();
}

bool Access::has_password() {
  return file_.read([](Crm& crm) { return ties::has_password(crm.store); });
}

void Access::change_password(const Request& request, const std::string& current, const std::string& wanted) {
  if (has_password()) check_password(request, current);
  const auto cookie = request.cookie(session_cookie);
  const auto own = cookie.empty() ? std::nullopt : opened(CredentialKind::session, cookie);
  file_.write([&](Crm& crm) { set_password(crm, wanted, own ? std::optional(own->id) : std::nullopt); });
  const std::lock_guard lock(mutex_);
  known_.clear();
}

}  // namespace ties::http
