#pragma once
#include "crm/http/endpoint.h"
#include "crm/http/file.h"
#include "crm/http/lock_out.h"
#include "crm/service/credentials.h"

/// Who may come in: tokens of programs, sessions of browsers, links that sign in once, and a password. All are kept in
/// the file by their hash, so that sessions outlive the service, and what is revoked there opens nothing a second
/// later.
///
/// What can be guessed, a password, is refused while its peer is locked out, right or wrong; what cannot be guessed
/// goes on working, since whoever shares the address (everybody, on one machine) would be shut out with the one who
/// fails.
namespace ties::http {

constexpr std::string_view session_cookie = "ties_session";

class Access {
 public:
  using Now = std::function<LockOut::Time()>;

  explicit Access(File& file, Now now = std::chrono::steady_clock::now) : file_(file), now_(std::move(now)) {}

  /// By the bearer token, else the session cookie; nobody, with no scopes, when there is neither. Throws Refused
  /// ("not-signed-in", "too-many") for one that is wrong, has expired or was revoked. Seldom writes, and never waits
  /// to.
  Caller caller_of(const Request& request);
  /// By a token with the scope feeds that stands in an address, or was sent as a password: programs for calendars send no
  /// other. Throws Refused of the type for whatever is wrong with it, and as `caller_of` does.
  Caller caller_of_feed(const Request& request, const std::string& token, std::string_view type);
  /// The same as `caller_of`, and nobody in place of a refusal: for what is open to everybody.
  Caller caller_if_any(const Request& request);

  // Each returns the value of the session's cookie, and throws Refused ("sign-in-failed", "too-many").
  /// A link works once.
  std::string sign_in_with_link(const Request& request, const std::string& token);
  std::string sign_in_with_password(const Request& request, const std::string& password);
  /// Ends the session of the request's cookie, if it has one.
  void sign_out(const Request& request);

  /// Credentials were changed: what is known of them holds no longer, not even for a moment.
  void look_again();

  bool has_password();
  /// `current` is asked for when a password is set. Throws Refused ("sign-in-failed", "too-many"), and Wrong for a
  /// password that is too short. Every other session ends.
  void change_password(const Request& request, const std::string& current, const std::string& wanted);

 private:
  /// A credential as the file had it a moment ago.
  struct Known {
    Credential credential{};
    std::string now{};  ///< the instant at which it was read
    LockOut::Time read_at{};
    LockOut::Time noted_at{};  ///< when its use was last written, or tried to be
  };

  std::optional<Known> known(std::string_view shown);
  std::optional<Credential> opened(CredentialKind kind, const std::string& shown);
  void note_use(const Known& known);
  void forget(Id<Credential> id);
  [[noreturn]] void refuse(const Request& request, std::string_view type, std::string detail);
  void refuse_if_locked(const Request& request);
  void check_password(const Request& request, const std::string& password);
  std::string begin_session(Crm& crm);

  File& file_;
  Now now_;
  std::mutex mutex_;           ///< of the members below
  std::mutex password_mutex_;  ///< one password is checked at a time: each takes much memory
  std::map<std::int64_t, Known> known_;
  LockOut lock_out_;
};

}  // namespace ties::http
