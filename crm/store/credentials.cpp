#include "crm/store/store.h"

namespace ties {

std::vector<Credential> Store::credentials(CredentialKind kind) {
  return select<Credential>("WHERE kind = ? ORDER BY id", kind);
}

void Store::remove_expired_credentials(const std::string& now) {
  auto gone = database_.query(
      "DELETE FROM credential WHERE kind IN ('sign_in', 'session') AND expires_at IS NOT NULL AND expires_at <= ?");
  rows::bind_all(*gone, now);
  gone->exec();
}

}  // namespace ties
