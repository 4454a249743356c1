#include <fmt/format.h>

#include "crm/store/store.h"

namespace ties {

std::map<std::string, std::int64_t> Store::held_by(const std::string& table, std::int64_t id) {
  std::map<std::string, std::int64_t> holders;
  for (const auto& other : changeset::user_tables(database_)) {
    auto keys = database_.query(
        R"sql(SELECT "from" FROM pragma_foreign_key_list(?, 'main') WHERE "table" = ? AND on_delete = 'NO ACTION')sql");
    rows::bind_all(*keys, other, table);
    while (keys->executeStep()) {
      auto count = database_.query(
          fmt::format("SELECT count(*) FROM main.\"{}\" WHERE \"{}\" = ?", other, keys->getColumn(0).getString()));
      rows::bind_all(*count, id);
      count->executeStep();
      if (const auto rows = count->getColumn(0).getInt64(); rows > 0) holders[other] += rows;
    }
  }
  return holders;
}

}  // namespace ties
