#include "crm/store/store.h"

#include <fmt/format.h>

namespace ties {

std::vector<std::string> Store::erase(Id<Contact> id, const std::string& at, const std::string& door) {
  const Sight all(*this, true);  // what its caller may not see goes as well
  const auto contact = get(id);
  OpenChange change(journal_, at, door);
  changeset::Shapes shapes(database_);
  // The records that were merged into this one are the same person's.
  std::set<changeset::Row> persons{{"contact", id.value}};
  std::set<std::string> called{contact.display};
  for (const auto& former : formers(id)) {
    if (!find(Id<Contact>{former.number})) persons.insert({"contact", former.number});
    called.insert(former.name);
  }
  for (const auto& name : names(id)) called.insert(name.name);

  // Talks with nobody else go too; those with others stay, since they are about the others as well.
  for (const auto& interaction : interactions_with(id)) {
    if (people_of(interaction.id).size() == 1) remove(interaction.id);
  }
  remove(id);

  // Whatever the journal ever wrote about the person or a part of them, also about parts that were deleted long ago.
  std::set<changeset::Row> rows = persons;
  std::set<changeset::Row> alone;
  for (const auto& entry : journal_.changes()) {
    for (const auto& operation : journal_.operations(entry.id)) {
      const auto& values = operation.kind == changeset::Operation::Kind::erase ? operation.before : operation.after;
      const auto& shape = shapes.of(operation.row.table);
      for (const auto& key : shape.keys) {
        const auto& value = values[static_cast<std::size_t>(key.column)];
        if (!value) continue;
        if (key.owns && key.parent == "contact" && persons.contains({"contact", *value})) rows.insert(operation.row);
        if (operation.row.table == "interaction_contact" && key.parent == "interaction" && rows.contains(operation.row)) alone.insert({"interaction", *value});
      }
    }
  }
  for (const auto& row : alone) {
    if (!shapes.exists(row)) rows.insert(row);
  }
  for (const auto& name : called) journal_.forget(rows, name);
  database_.execute("DELETE FROM answered");  // an answer may tell of anybody
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
