#include "crm/store/store.h"

#include <fmt/format.h>

namespace ties {

std::string real_kinds() {
  std::string kinds;
  for (std::size_t i = 0; i < words<InteractionKind>().size(); ++i) {
    if (is_real(static_cast<InteractionKind>(i))) kinds += fmt::format("{}'{}'", kinds.empty() ? "" : ",", words<InteractionKind>()[i]);
  }
  return kinds;
}

std::vector<Contact> Store::people_of(Id<Interaction> interaction) {
  return select<Contact>("JOIN interaction_contact link ON link.contact = contact.id WHERE link.interaction = ? ORDER BY contact.id", interaction);
}

std::vector<Interaction> Store::interactions_with(Id<Contact> contact) {
  return select<Interaction>("JOIN interaction_contact link ON link.interaction = interaction.id WHERE link.contact = ? ORDER BY at DESC, interaction.id DESC", contact);
}

std::vector<Interaction> Store::interactions(std::optional<Id<Contact>> contact, std::optional<Id<Event>> event, int limit) {
  return select<Interaction>(R"sql(
    WHERE (?1 IS NULL OR id IN (SELECT interaction FROM interaction_contact WHERE contact = ?1)) AND (?2 IS NULL OR event = ?2)
    ORDER BY at DESC, id DESC LIMIT ?3
  )sql", contact, event, limit);
}

std::vector<Favour> Store::favours(std::optional<Id<Contact>> contact) {
  return select<Favour>(R"sql(WHERE ?1 IS NULL OR contact = ?1 ORDER BY "on" DESC, id DESC)sql", contact);
}

void Store::link(Id<Interaction> interaction, Id<Contact> contact) {
  auto query = database_.query("INSERT OR IGNORE INTO interaction_contact (contact, interaction) VALUES (?, ?)");
  rows::bind_all(*query, contact, interaction);
  query->exec();
}

void Store::unlink_all(Id<Interaction> interaction) {
  auto query = database_.query("DELETE FROM interaction_contact WHERE interaction = ?");
  rows::bind_all(*query, interaction);
  query->exec();
}

}  // namespace ties
