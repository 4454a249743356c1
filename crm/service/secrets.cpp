#include "crm/service/secrets.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <new>
#include <stdexcept>

namespace ties::secrets {
namespace {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t hash_bytes = 32;
// What a guess costs: libsodium's moderate limits.
constexpr unsigned long long password_passes = crypto_pwhash_OPSLIMIT_MODERATE;
constexpr std::size_t password_memory_bytes = crypto_pwhash_MEMLIMIT_MODERATE;

void begin() {
  static const int begun = sodium_init();
  if (begun < 0) throw std::runtime_error("the system gives no randomness");
}

}  // namespace

std::string random_secret() {
  begin();
  std::array<unsigned char, secret_bytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string text(sodium_base64_ENCODED_LEN(secret_bytes, variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
  text.pop_back();  // its terminating zero
  sodium_memzero(bytes.data(), bytes.size());
  return text;
}

std::string hash_of(std::string_view secret) {
  begin();
  std::array<unsigned char, hash_bytes> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(secret.data()), secret.size(),
                     nullptr, 0);
  std::string hex(hash_bytes * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  hex.pop_back();
  return hex;
}

bool are_same(std::string_view one, std::string_view other) {
  begin();
  return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string password_hash(const std::string& password) {
  begin();
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  const int code =
      crypto_pwhash_str(hash.data(), password.data(), password.size(), password_passes, password_memory_bytes);
  if (code != 0) throw std::bad_alloc();
  return hash.data();
}

bool is_password(const std::string& hash, const std::string& password) {
  begin();
  // Of no password that can be found, with the limits of the others.
  static const auto nobodys = fmt::format("$argon2id$v=19$m={},t={},p=1${}${}", password_memory_bytes / 1024,
                                          password_passes, std::string(22, 'A'), std::string(43, 'A'));
  const auto& compared = hash.empty() ? nobodys : hash;
  const bool matches = crypto_pwhash_str_verify(compared.c_str(), password.data(), password.size()) == 0;
  return matches && !hash.empty();
}

}  // namespace ties::secrets
