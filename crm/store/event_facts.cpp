#include <fmt/format.h>

#include "crm/domain/event_yield.h"
#include "crm/store/store.h"

namespace ties {
namespace {

/// Everybody who was met or talked to at an event: `there (contact)`.
constexpr const char* there_sql = R"sql(
    there (contact) AS MATERIALIZED (
      SELECT id FROM contact WHERE met_event IS NOT NULL
      UNION
      SELECT link.contact FROM interaction i CROSS JOIN interaction_contact link ON link.interaction = i.id WHERE i.event IS NOT NULL)
  )sql";

template <class... Fields>
void read_row(SQLite::Statement& row, Fields&... fields) {
  int at = 0;
  (rows::read(row.getColumn(at++), fields), ...);
}

std::vector<EventYieldFacts::Person> people_there(Database& database) {
  std::vector<EventYieldFacts::Person> people;
  std::map<Id<Contact>, std::size_t> places;
  auto query = database.query(std::string("WITH ") + there_sql + R"sql(
    SELECT contact.id, display, line.company, coalesce(company.target, 0), met_event, met_on
    FROM there CROSS JOIN contact ON contact.id = there.contact JOIN contact_line line ON line.id = contact.id
    LEFT JOIN company ON company.id = line.company_id WHERE deleted_on IS NULL AND me = 0 ORDER BY contact.id)sql");
  while (query->executeStep()) {
    EventYieldFacts::Person person;
    read_row(*query, person.contact, person.name, person.company, person.at_target, person.met_event, person.met_on);
    places[person.contact] = people.size();
    people.push_back(std::move(person));
  }
  auto talks = database.query(std::string("WITH ") + there_sql +
                              fmt::format(R"sql(
    SELECT there.contact, substr(i.at, 1, 10), i.event
    FROM there CROSS JOIN interaction_contact link ON link.contact = there.contact JOIN interaction i ON i.id = link.interaction
    WHERE i.kind IN ({}) ORDER BY there.contact, i.at, i.id)sql",
                                          real_kinds()));
  while (talks->executeStep()) {
    Id<Contact> contact{};
    EventYieldFacts::Talk talk;
    read_row(*talks, contact, talk.day, talk.event);
    const auto place = places.find(contact);
    if (place != places.end()) people[place->second].talks.push_back(talk);
  }
  return people;
}

}  // namespace

std::vector<EventYield> Store::event_yields(Date today) {
  EventYieldFacts facts;
  facts.events = all<Event>();
  facts.people = people_there(database_);
  auto promises = database_.query(R"sql(
    SELECT coalesce(i.event, task.event) AS made_at, owed_by, state FROM task LEFT JOIN interaction i ON i.id = task.interaction
    WHERE made_at IS NOT NULL AND (task.interaction IS NOT NULL OR owed_by = 'them') ORDER BY task.id)sql");
  while (promises->executeStep()) {
    EventYieldFacts::Promise promise;
    read_row(*promises, promise.event, promise.owed_by, promise.state);
    facts.promises.push_back(promise);
  }
  facts.search = search_history();
  for (auto& link : all<ApplicationContact>()) facts.parts[link.application].push_back(link);
  for (auto& company :
       select<Company>("WHERE id IN (SELECT company FROM application UNION SELECT company FROM referral)")) {
    facts.companies[company.id] = std::move(company.name);
  }
  return ties::event_yields(facts, today);
}

}  // namespace ties
