#pragma once
#include <string>
#include <string_view>

/// Secrets, their hashes, and comparisons whose time tells nothing. Its source alone knows libsodium.
namespace ties::secrets {

/// 256 random bits as URL-safe text.
std::string random_secret();

/// BLAKE2b in hex, of a secret that nobody can guess: fast, and as safe as the secret.
std::string hash_of(std::string_view secret);

/// Takes as long wherever the two differ; their lengths are no secret.
bool are_same(std::string_view one, std::string_view other);

/// argon2id with its salt and its limits, as text. Takes about a second and a quarter of a gigabyte.
std::string password_hash(const std::string& password);

/// Whether the hash is of this password. An empty hash is of none, and takes as long to say so.
bool is_password(const std::string& hash, const std::string& password);

}  // namespace ties::secrets
