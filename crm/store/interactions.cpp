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

namespace {

constexpr auto of_contact_and_event = "(?1 IS NULL OR id IN (SELECT interaction FROM interaction_contact WHERE contact = ?1)) AND (?2 IS NULL OR event = ?2)";

}  // namespace

std::vector<Interaction> Store::interactions(std::optional<Id<Contact>> contact, std::optional<Id<Event>> event, const RowWindow& window) {
  const auto by = window.column.empty() ? "at" : window.column;
  const bool descending = window.column.empty() || window.descending;
  return select<Interaction>(fmt::format(R"sql(
    WHERE {0} AND (?5 IS NULL OR ("{1}", id) {2} (?5, ?6)) ORDER BY "{1}" {3}, id {3} LIMIT ?3 OFFSET ?4
  )sql", of_contact_and_event, by, descending ? "<" : ">", descending ? "DESC" : "ASC"), contact, event, window.limit.value_or(-1), window.offset, window.after_value, window.after);
}

std::int64_t Store::count_interactions(std::optional<Id<Contact>> contact, std::optional<Id<Event>> event) {
  auto query = database_.query(fmt::format("SELECT count(*) FROM interaction WHERE {}", of_contact_and_event));
  rows::bind_all(*query, contact, event);
  query->executeStep();
  return query->getColumn(0).getInt64();
}

std::vector<Favour> Store::favours(std::optional<Id<Contact>> contact) {
  return select<Favour>(R"sql(WHERE ?1 IS NULL OR contact = ?1 ORDER BY "on" DESC, id DESC)sql", contact);
}

void Store::link(Id<Interaction> interaction, Id<Contact> contact) {
  auto query = database_.query("INSERT OR IGNORE INTO main.interaction_contact (contact, interaction) VALUES (?, ?)");
  rows::bind_all(*query, contact, interaction);
  query->exec();
}

void Store::unlink_all(Id<Interaction> interaction) {
  auto query = database_.query("DELETE FROM main.interaction_contact WHERE interaction = ?");
  rows::bind_all(*query, interaction);
  query->exec();
}

}  // namespace ties
