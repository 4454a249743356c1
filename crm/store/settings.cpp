#include "crm/store/store.h"

namespace ties {

std::map<std::string, std::string> Store::settings() {
  std::map<std::string, std::string> settings;
  auto rows = database_.query("SELECT key, value FROM setting");
  while (rows->executeStep()) settings.emplace(rows->getColumn(0).getString(), rows->getColumn(1).getString());
  return settings;
}

void Store::set(const std::string& key, const std::optional<std::string>& value) {
  auto query = database_.query(value ? "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
                                     : "DELETE FROM setting WHERE key = ?1");
  rows::bind(*query, 1, key);
  if (value) rows::bind(*query, 2, *value);
  query->exec();
}

}  // namespace ties
