#include "crm/service/credentials.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "crm/service/naming.h"
#include "crm/service/secrets.h"
#include "crm/text/text.h"

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr int token_days = 90;
constexpr int token_days_max = 3650;
constexpr std::string_view own_address = "http://127.0.0.1:7420";

std::vector<std::string> words_of(const std::string& scopes) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < scopes.size();) {
    const auto end = std::min(scopes.find(' ', at), scopes.size());
    words.push_back(scopes.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

Json token_json(const Credential& token, const std::string& now) {
  return {{"id", token.id.value},
          {"name", token.name},
          {"scopes", words_of(token.scopes)},
          {"made_at", token.made_at},
          {"used_at", wire::value(token.used_at)},
          {"expires_at", wire::value(token.expires_at)},
          {"state", is_expired(token, now) ? "expired" : "good"}};
}

/// In the order of their table, each once. Nobody hands on a sight that they have not.
std::string scopes_of(Crm& crm, const std::vector<std::string>& asked) {
  std::string scopes;
  for (const auto scope : words<Scope>()) {
    if (std::find(asked.begin(), asked.end(), scope) == asked.end()) continue;
    if (scope == word(Scope::private_)) must_see_private(crm, "scope");
    scopes += (scopes.empty() ? "" : " ") + std::string(scope);
  }
  return scopes;
}

std::size_t characters_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Answer add_token(Crm& crm, const Args& args) {
  Credential token;
  token.kind = CredentialKind::token;
  token.name = text::clean_line(args.text("name"));
  token.scopes = scopes_of(crm, args.many("scope"));
  const int days = args.has("days") ? args.number("days") : token_days;
  if (days < 1 || days > token_days_max) throw Wrong(fmt::format("days: give a number from 1 to {}", token_days_max));
  std::string shown;
  write_aside(crm, [&] {
    for (const auto& other : crm.store.credentials(CredentialKind::token)) {
      if (other.name != token.name) continue;
      throw Conflict(
          fmt::format("token {} is called '{}' already; take another name, or revoke it: ties token revoke {}",
                      other.id.value, other.name, other.id.value));
    }
    shown = std::string(token_prefix) + add_credential(crm, token, std::chrono::days(days));
    token = crm.store.credentials(CredentialKind::token).back();
  });
  Answer answer;
  answer.said = fmt::format("made the token '{}' for {} days; it is shown this once:\n{}", token.name, days, shown);
  answer.data = token_json(token, crm.clock.instant());
  answer.data["token"] = shown;
  return answer;
}

Answer list_tokens(Crm& crm, const Args&) {
  Answer answer;
  answer.data = Json::array();
  for (const auto& token : crm.store.credentials(CredentialKind::token))
    answer.data.push_back(token_json(token, crm.clock.instant()));
  return answer;
}

/// By its number, its name, or as its bearer shows it.
Credential token_named(Crm& crm, const std::string& text) {
  const auto shown = text.starts_with(token_prefix) ? credential_number(text) : std::nullopt;
  std::vector<std::string> names;
  for (auto& token : crm.store.credentials(CredentialKind::token)) {
    if (token.id == shown || token.name == text || std::to_string(token.id.value) == text) return token;
    names.push_back(token.name);
  }
  const auto named = shown ? std::string(token_prefix) + "…" : text;  // a secret is never said again
  throw NotFound(
      fmt::format("there is no token '{}'{}; `ties token list` shows them", named, did_you_mean(text, names)));
}

Answer revoke_token(Crm& crm, const Args& args) {
  Credential token;
  write_aside(crm, [&] {
    token = token_named(crm, args.text("token"));
    crm.store.remove(token.id);
  });
  Answer answer;
  answer.said = fmt::format("revoked the token '{}': it opens nothing any more", token.name);
  answer.data = token_json(token, crm.clock.instant());
  answer.data["state"] = "revoked";
  return answer;
}

/// Where the file is served, as the service says beside it; else where it is when nobody says otherwise.
std::string address_of_service(const std::filesystem::path& file) {
  std::error_code error;
  const auto real = std::filesystem::weakly_canonical(file, error);
  std::ifstream in(real.string() + ".serving");
  std::string address;
  return std::getline(in, address) && !address.empty() ? address : std::string(own_address);
}

Answer sign_in(Crm& crm, const Args& args) {
  auto address = args.has("at") ? args.text("at") : address_of_service(crm.store.file());
  while (address.ends_with('/')) address.pop_back();
  const auto scheme = address.find("://");
  const bool is_address =
      (address.starts_with("http://") || address.starts_with("https://")) && scheme + 3 < address.size();
  if (!is_address)
    throw Wrong(fmt::format("at: '{}' is no address of a service; write {}", args.text("at"), own_address));
  Credential once;
  once.kind = CredentialKind::sign_in, once.name = "sign-in", once.scopes = all_scopes();
  std::string shown;
  write_aside(crm, [&] {
    crm.store.remove_expired_credentials(crm.clock.instant());
    shown = add_credential(crm, once, sign_in_life);
  });
  Answer answer;
  const auto link = fmt::format("{}/sign-in?token={}", address, shown);
  answer.said = fmt::format("open this address within 10 minutes; it signs one browser in, once:\n{}", link);
  answer.data = {{"address", link}, {"expires_at", instant_after(crm.clock.instant(), sign_in_life)}};
  return answer;
}

}  // namespace

void write_aside(Crm& crm, const std::function<void()>& work) {
  OpenChange change(crm.store.journal(), crm.clock.instant(), crm.door);
  work();
  if (!crm.dry_run) change.commit_silently();
}

std::string add_credential(Crm& crm, Credential credential, std::chrono::seconds life) {
  const auto secret = secrets::random_secret();
  credential.hash = secrets::hash_of(secret);
  credential.made_at = crm.clock.instant();
  credential.expires_at = instant_after(credential.made_at, life);
  return fmt::format("{}_{}", crm.store.add(credential).value, secret);
}

std::optional<Id<Credential>> credential_number(std::string_view shown) {
  if (shown.starts_with(token_prefix)) shown.remove_prefix(token_prefix.size());
  const auto digits = shown.substr(0, shown.find('_'));
  if (digits.size() == shown.size() || digits.empty() || digits.size() > 15) return std::nullopt;
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  return Id<Credential>{std::stoll(std::string(digits))};
}

bool opens(const Credential& credential, CredentialKind kind, std::string_view shown, const std::string& now) {
  if (shown.starts_with(token_prefix) != (kind == CredentialKind::token)) return false;
  if (shown.starts_with(token_prefix)) shown.remove_prefix(token_prefix.size());
  const auto mark = shown.find('_');
  if (mark == std::string_view::npos) return false;
  const bool matches = secrets::are_same(secrets::hash_of(shown.substr(mark + 1)), credential.hash);
  return matches && credential.kind == kind && !is_expired(credential, now);
}

std::string all_scopes() {
  return fmt::format("{}", fmt::join(words<Scope>(), " "));
}

bool has_password(Store& store) {
  return !store.credentials(CredentialKind::password).empty();
}

bool is_password(Store& store, const std::string& password) {
  const auto kept = store.credentials(CredentialKind::password);
  return secrets::is_password(kept.empty() ? "" : kept.front().hash, password);
}

void set_password(Crm& crm, const std::string& password, std::optional<Id<Credential>> kept) {
  if (characters_of(password) < password_characters_min) {
    throw Wrong(fmt::format("password: give at least {} characters", password_characters_min), "password");
  }
  if (password.size() > password_bytes_max)
    throw Wrong(fmt::format("password: give at most {} bytes", password_bytes_max));
  Credential credential;
  credential.kind = CredentialKind::password, credential.name = "password";
  credential.hash = secrets::password_hash(password);
  credential.made_at = crm.clock.instant();
  write_aside(crm, [&] {
    for (const auto& old : crm.store.credentials(CredentialKind::password)) crm.store.remove(old.id);
    for (const auto& session : crm.store.credentials(CredentialKind::session)) {
      if (session.id != kept) crm.store.remove(session.id);
    }
    crm.store.add(credential);
  });
}

void remove_password(Crm& crm) {
  write_aside(crm, [&] {
    const auto kept = crm.store.credentials(CredentialKind::password);
    if (kept.empty()) throw NotFound("there is no password");
    for (const auto& old : kept) crm.store.remove(old.id);
  });
}

std::vector<Verb> credential_verbs() {
  return {
      {"token add",
       "POST /tokens",
       "let a program in: a token that reaches as far as its scopes, shown once",
       "ties token add phonebook --scope read --scope feeds --days 365",
       {{"name", Kind::text, "what it is for", Place::first},
        {"scope", Kind::choice, "read, write, private, import, feeds or admin; may be given several times",
         Place::repeated, true, words<Scope>()},
        {"days", Kind::number, "how long it holds; 90 when not said"}},
       add_token,
       true,
       "",
       "NewToken",
       "admin"},
      {"token list",
       "GET /tokens",
       "tokens: what they reach, when they were last used, until when they hold",
       "ties token list",
       {},
       list_tokens,
       false,
       "id:#, name, scopes, used_at:last used, expires_at:expires, state",
       "[Token]",
       "admin"},
      {"token revoke",
       "DELETE /tokens/{token}",
       "a token opens nothing any more, for good",
       "ties token revoke phonebook",
       {{"token", Kind::text, "its name or number", Place::first}},
       revoke_token,
       true,
       "",
       "Token",
       "admin"},
      {"signin",
       "",
       "a fresh address to open, which signs a browser in",
       "ties signin",
       {{"at", Kind::text, "where browsers reach the service; when not said, where it says that it is"}},
       sign_in,
       true,
       "",
       "SignIn",
       "admin"},
  };
}

}  // namespace ties
