#include "crm/store/store.h"
#include "crm/text/text.h"

namespace ties {

std::vector<Event> Store::events_like(const std::string& folded) {
  std::vector<Event> found;
  for (auto& event : all<Event>()) {
    const auto name = text::fold(event.name);
    if (name == folded) return {std::move(event)};
    std::string joined = name, wanted = folded;  // "#PyCon26" means "PyCon 26"
    std::erase(joined, ' ');
    std::erase(wanted, ' ');
    if (joined == wanted) return {std::move(event)};
    if (name.find(folded) != std::string::npos || joined.find(wanted) != std::string::npos) found.push_back(std::move(event));
  }
  return found;
}

std::vector<Store::EventLine> Store::events() {
  auto query = database_.query("SELECT " + rows::columns<Event>("event.") + R"sql(,
      (SELECT count(*) FROM (SELECT id FROM contact WHERE met_event = event.id AND deleted_on IS NULL
                             UNION SELECT contact FROM interaction_contact JOIN interaction i ON i.id = interaction WHERE i.event = event.id)),
      (SELECT count(*) FROM interaction WHERE interaction.event = event.id)
    FROM event ORDER BY starts_on DESC NULLS LAST, id DESC)sql");
  std::vector<EventLine> lines;
  while (query->executeStep()) {
    int at = 0;
    EventLine line;
    line.event = rows::record<Event>(*query, at);
    line.people = query->getColumn(at++).getInt();
    line.interactions = query->getColumn(at++).getInt();
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<Contact> Store::people_met_at(Id<Event> event) {
  return select<Contact>(R"sql(
    WHERE deleted_on IS NULL AND (met_event = ?1 OR id IN (
      SELECT contact FROM interaction_contact JOIN interaction i ON i.id = interaction WHERE i.event = ?1))
    ORDER BY folded, id
  )sql", event);
}

}  // namespace ties
