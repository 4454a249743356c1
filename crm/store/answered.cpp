#include "crm/store/store.h"

namespace ties {

std::optional<Answered> Store::answered(const std::string& key) {
  auto query = database_.query("SELECT request, said, answer FROM answered WHERE key = ?");
  rows::bind_all(*query, key);
  if (!query->executeStep()) return std::nullopt;
  Answered found;
  rows::read(query->getColumn(0), found.request);
  rows::read(query->getColumn(1), found.said);
  rows::read(query->getColumn(2), found.answer);
  return found;
}

void Store::remember_answered(const std::string& key, const std::string& request, const std::string& at,
                              std::string_view said) {
  auto query = database_.query("INSERT INTO answered (key, request, at, said) VALUES (?, ?, ?, ?)");
  rows::bind_all(*query, key, request, at, said);
  query->exec();
}

void Store::complete_answered(const std::string& key, const std::string& answer) {
  auto query = database_.query("UPDATE answered SET answer = ? WHERE key = ?");
  rows::bind_all(*query, answer, key);
  query->exec();
}

void Store::forget_answered(const std::string& before) {
  auto query = database_.query("DELETE FROM answered WHERE at < ?");
  rows::bind_all(*query, before);
  query->exec();
}

}  // namespace ties
