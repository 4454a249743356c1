#pragma once
#include <chrono>

#include "crm/service/verb.h"

/// Who may come in from outside. All of it is written aside from the journal: no entry, no undo.
namespace ties {

constexpr std::string_view token_prefix = "ties_";
constexpr std::chrono::seconds sign_in_life = std::chrono::minutes(10);
constexpr std::chrono::seconds session_life = std::chrono::days(30);
constexpr std::size_t password_characters_min = 10;
constexpr std::size_t password_bytes_max = 1000;

/// Runs the work within one transaction that leaves no entry in the journal; a dry run keeps nothing of it.
void write_aside(Crm& crm, const std::function<void()>& work);

/// Keeps a new credential with a secret of its own. Returns it as its bearer shows it, "12_<secret>"; only now, since
/// the file has but the hash. Within `write_aside`.
std::string add_credential(Crm& crm, Credential credential, std::chrono::seconds life);

/// The number in what a bearer shows; none when it is no such text.
std::optional<Id<Credential>> credential_number(std::string_view shown);

/// Whether the credential is of the kind, holds at that instant, and was made with the secret that is shown.
bool opens(const Credential& credential, CredentialKind kind, std::string_view shown, const std::string& now);

/// The scopes of a signed-in browser: all there are.
std::string all_scopes();

bool has_password(Store& store);
/// Takes as long when there is none.
bool is_password(Store& store, const std::string& password);
/// Throws Wrong when it is too short or too long. Every session but `kept` ends: they may be another's.
void set_password(Crm& crm, const std::string& password, std::optional<Id<Credential>> kept = std::nullopt);
/// Throws NotFound when there is none.
void remove_password(Crm& crm);

}  // namespace ties
