#include "crm/store/tenures.h"

#include <fmt/format.h>

#include "crm/store/rows.h"
#include "crm/text/text.h"

namespace ties {
namespace {

void read_jobs(Database& database, const std::string& condition, const std::string& bound, Tenures& tenures) {
  auto query = database.query(R"sql(
    SELECT e.contact, e.id, e.company, company.name, e.started, e.ended, e.as_of
    FROM employment e JOIN company ON company.id = e.company WHERE )sql" +
                              condition + " ORDER BY e.contact, e.id");
  if (!bound.empty()) rows::bind_all(*query, bound);
  while (query->executeStep()) {
    Tenure tenure;
    Id<Contact> contact;
    std::int64_t id{}, company{};
    int at = 0;
    rows::read(query->getColumn(at++), contact);
    rows::read(query->getColumn(at++), id);
    rows::read(query->getColumn(at++), company);
    rows::read(query->getColumn(at++), tenure.name);
    rows::read(query->getColumn(at++), tenure.started);
    rows::read(query->getColumn(at++), tenure.ended);
    rows::read(query->getColumn(at++), tenure.as_of);
    tenure.place = std::to_string(company), tenure.record = fmt::format("employment {}", id);
    tenures[contact].push_back(std::move(tenure));
  }
}

void read_schools(Database& database, const std::string& condition, const std::string& bound, Tenures& tenures) {
  auto query = database.query("SELECT e.contact, e.id, e.school, e.started, e.ended FROM education e WHERE " +
                              condition + " ORDER BY e.contact, e.id");
  if (!bound.empty()) rows::bind_all(*query, bound);
  while (query->executeStep()) {
    Tenure tenure;
    Id<Contact> contact;
    std::int64_t id{};
    int at = 0;
    tenure.at_school = true;
    rows::read(query->getColumn(at++), contact);
    rows::read(query->getColumn(at++), id);
    rows::read(query->getColumn(at++), tenure.name);
    rows::read(query->getColumn(at++), tenure.started);
    rows::read(query->getColumn(at++), tenure.ended);
    tenure.place = text::fold(tenure.name), tenure.record = fmt::format("education {}", id);
    if (!tenure.place.empty()) tenures[contact].push_back(std::move(tenure));
  }
}

Tenures tenures(Database& database, const std::string& jobs, const std::string& schools,
                const std::string& bound = "") {
  Tenures tenures;
  read_jobs(database, jobs, bound, tenures);
  read_schools(database, schools, bound, tenures);
  return tenures;
}

}  // namespace

std::string as_json(const std::vector<Id<Contact>>& contacts) {
  std::string list = "[";
  for (const auto id : contacts) list += (list.size() == 1 ? "" : ",") + std::to_string(id.value);
  return list + "]";
}

std::vector<Tenure> tenures_of_user(Database& database) {
  const std::string of_user = "e.contact IN (SELECT id FROM contact WHERE me = 1)";
  auto found = tenures(database, of_user, of_user);
  return found.empty() ? std::vector<Tenure>{} : std::move(found.begin()->second);
}

Tenures tenures_of(Database& database, const std::vector<Id<Contact>>& contacts) {
  const std::string among = "e.contact IN (SELECT value FROM json_each(?))";
  return tenures(database, among, among, as_json(contacts));
}

Tenures tenures_where_user_was(Database& database) {
  // Schools are compared by their folded names, which the file does not hold: all of them are read.
  return tenures(
      database,
      "e.company IN (SELECT mine.company FROM employment mine JOIN contact me ON me.id = mine.contact WHERE me.me = 1)",
      "EXISTS (SELECT 1 FROM education mine JOIN contact me ON me.id = mine.contact WHERE me.me = 1)");
}

}  // namespace ties
