#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "crm/domain/id.h"
#include "crm/domain/words.h"

namespace ties {

enum class CredentialKind { sign_in, session, token, password };
template <>
struct Words<CredentialKind> {
  static constexpr std::array all{"sign_in"sv, "session"sv, "token"sv, "password"sv};
};

/// What a credential opens. `private`: private notes and confidential talks may be told; `admin`: tokens, the password,
/// and what else concerns the service itself.
enum class Scope { read, write, private_, import, feeds, admin };
template <>
struct Words<Scope> {
  static constexpr std::array all{"read"sv, "write"sv, "private"sv, "import"sv, "feeds"sv, "admin"sv};
};

/// By what somebody may come in from outside: a secret, of which only the hash is kept. No part of any change and of no
/// export: what was revoked stays revoked.
struct Credential {
  static constexpr std::string_view noun = "credential";

  Id<Credential> id{};
  CredentialKind kind{};
  std::string name{};    ///< as the user calls it
  std::string scopes{};  ///< words, blanks between them
  std::string hash{};
  std::string made_at{};                    ///< an instant, "2026-03-01T08:00:00Z"
  std::optional<std::string> expires_at{};  ///< an instant
  std::optional<std::string> used_at{};     ///< an instant, at most an hour before the last use

  bool operator==(const Credential&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("kind", r.kind), f("name", r.name), f("scopes", r.scopes), f("hash", r.hash), f("made_at", r.made_at);
    f("expires_at", r.expires_at), f("used_at", r.used_at);
  }
};

/// The instant so much later (or earlier). Instants compare as their texts do.
std::string instant_after(const std::string& instant, std::chrono::seconds later);

inline bool is_expired(const Credential& credential, const std::string& now) {
  return credential.expires_at && *credential.expires_at <= now;
}

}  // namespace ties
