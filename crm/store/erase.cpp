#include "crm/store/store.h"

#include <fmt/format.h>

namespace ties {

std::vector<std::string> Store::erase(Id<Contact> id, const std::string& at, const std::string& door) {
  const auto contact = get(id);
  OpenChange change(journal_, at, door);
  changeset::Shapes shapes(database_);
  const changeset::Row person{"contact", id.value};

  // Talks with nobody else go too; those with others stay, since they are about the others as well.
  for (const auto& interaction : interactions_with(id)) {
    if (people_of(interaction.id).size() == 1) remove(interaction.id);
  }
  remove(id);

  // Whatever the journal ever wrote about the person or a part of them, also about parts that were deleted long ago.
  std::set<changeset::Row> rows{person};
  std::set<changeset::Row> alone;
  for (const auto& entry : journal_.changes()) {
    for (const auto& operation : journal_.operations(entry.id)) {
      const auto& values = operation.kind == changeset::Operation::Kind::erase ? operation.before : operation.after;
      const auto& shape = shapes.of(operation.row.table);
      for (const auto& key : shape.keys) {
        const auto& value = values[static_cast<std::size_t>(key.column)];
        if (!value) continue;
        if (key.owns && key.parent == "contact" && *value == person.key) rows.insert(operation.row);
        if (operation.row.table == "interaction_contact" && key.parent == "interaction" && rows.contains(operation.row)) alone.insert({"interaction", *value});
      }
    }
  }
  for (const auto& row : alone) {
    if (!shapes.exists(row)) rows.insert(row);
  }
  journal_.forget(rows, contact.display);
  change.commit_silently();
  database_.execute("INSERT INTO search (search) VALUES ('optimize')");
  database_.execute("VACUUM");
  auto checkpoint = database_.query("PRAGMA wal_checkpoint(TRUNCATE)");
  while (checkpoint->executeStep()) {
  }

  std::vector<std::string> mentions;
  for (const auto& hit : search(contact.display, 20)) mentions.push_back(fmt::format("{} {}", hit.what, hit.id));
  return mentions;
}

}  // namespace ties
