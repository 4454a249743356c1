#include <fmt/format.h>

#include <algorithm>

#include "crm/store/store.h"
#include "crm/text/text.h"

namespace ties {
namespace {

/// A column that points to a table's rows.
struct Reference {
  std::string table, column;
};

std::vector<Reference> references_to(Database& database, const std::string& table) {
  std::vector<Reference> references;
  for (const auto& user_table : changeset::user_tables(database)) {
    auto keys = database.query(R"sql(SELECT "from" FROM pragma_foreign_key_list(?, 'main') WHERE "table" = ? ORDER BY 1)sql");
    rows::bind_all(*keys, user_table, table);
    while (keys->executeStep()) references.push_back({user_table, keys->getColumn(0).getString()});
  }
  return references;
}

using Columns = std::vector<std::string>;

/// The columns whose equal values make two rows of one contact say the same: what the schema holds unique, and what
/// tells one job or school from another.
std::vector<Columns> identities(Database& database, const Reference& reference) {
  std::vector<Columns> found;
  auto indexes = database.query(R"sql(SELECT name FROM pragma_index_list(?, 'main') WHERE "unique" = 1 AND partial = 0)sql");
  rows::bind_all(*indexes, reference.table);
  while (indexes->executeStep()) {
    Columns columns;
    auto parts = database.query("SELECT name FROM pragma_index_info(?, 'main') ORDER BY seqno");
    rows::bind_all(*parts, indexes->getColumn(0).getString());
    while (parts->executeStep()) columns.push_back(parts->getColumn(0).getString());
    if (std::find(columns.begin(), columns.end(), reference.column) != columns.end())
      found.push_back(std::move(columns));
  }
  if (reference.table == "employment") found.push_back({"contact", "company", "title", "started", "ended"});
  if (reference.table == "education") found.push_back({"contact", "school", "degree", "started"});
  return found;
}

/// Of two rows that say the same the second goes: what the first leaves empty is filled in, the later date of a source
/// stands, and whatever points to the second points to the first.
void join_rows(Database& database, const std::string& table, std::int64_t first, std::int64_t second) {
  changeset::Shapes shapes(database);
  std::string sets;
  for (const auto& column : shapes.of(table).columns) {
    if (column == "id") continue;
    const auto other = fmt::format(R"sql((SELECT "{}" FROM "{}" WHERE id = ?2))sql", column, table);
    const bool greater = column == "as_of" || column == "seen_on" || column == "primary";
    const auto own = fmt::format(R"sql("{}")sql", column);
    const auto value = greater ? fmt::format("nullif(max(coalesce({0}, ''), coalesce({1}, '')), '')", own, other)
                               : fmt::format("CASE WHEN {0} IS NULL OR {0} = '' THEN {1} ELSE {0} END", own, other);
    sets += fmt::format("{}{} = {}", sets.empty() ? "" : ", ", own, value);
  }
  auto fill = database.query(fmt::format(R"sql(UPDATE "{}" SET {} WHERE id = ?1)sql", table, sets));
  rows::bind_all(*fill, first, second);
  fill->exec();
  for (const auto& reference : references_to(database, table)) {
    auto turn = database.query(
        fmt::format(R"sql(UPDATE "{0}" SET "{1}" = ? WHERE "{1}" = ?)sql", reference.table, reference.column));
    rows::bind_all(*turn, first, second);
    turn->exec();
  }
  auto gone = database.query(fmt::format(R"sql(DELETE FROM "{}" WHERE id = ?)sql", table));
  rows::bind_all(*gone, second);
  gone->exec();
}

int move_rows(Database& database, const Reference& reference, Id<Contact> from, Id<Contact> to) {
  int joined = 0;
  for (const auto& identity : identities(database, reference)) {
    std::string same;
    for (const auto& column : identity) {
      if (column != reference.column) same += fmt::format(R"sql( AND theirs."{0}" IS mine."{0}")sql", column);
    }
    std::vector<std::pair<std::int64_t, std::int64_t>> pairs;
    {
      auto found = database.query(fmt::format(R"sql(
        SELECT min(mine.id), theirs.id FROM "{0}" theirs JOIN "{0}" mine ON mine."{1}" = ?1 {2} WHERE theirs."{1}" = ?2 GROUP BY theirs.id
      )sql",
                                              reference.table, reference.column, same));
      rows::bind_all(*found, to, from);
      while (found->executeStep()) pairs.emplace_back(found->getColumn(0).getInt64(), found->getColumn(1).getInt64());
    }
    for (const auto& [mine, theirs] : pairs) join_rows(database, reference.table, mine, theirs);
    joined += static_cast<int>(pairs.size());
  }
  auto move = database.query(
      fmt::format(R"sql(UPDATE "{0}" SET "{1}" = ? WHERE "{1}" = ?)sql", reference.table, reference.column));
  rows::bind_all(*move, to, from);
  return joined + move->exec();
}

bool is_birthday(const std::string& name) {
  const auto folded = text::fold(name);
  return folded.starts_with("bday") || folded.starts_with("birthday") || folded.starts_with("date of birth") ||
         folded.starts_with("born") || folded.starts_with("geburtstag") || folded.starts_with("geburtsdatum") ||
         folded.starts_with("birth date") || folded.starts_with("birthdate");
}

}  // namespace

std::vector<PersonFacts> Store::person_facts() {
  std::vector<PersonFacts> people;
  std::unordered_map<std::int64_t, std::size_t> place;
  auto contacts = database_.query(
      "SELECT id, display, given, family, nickname, suffix, location FROM contact WHERE me = 0 AND deleted_on IS NULL "
      "ORDER BY id");
  while (contacts->executeStep()) {
    PersonFacts person;
    int at = 0;
    rows::read(contacts->getColumn(at++), person.contact);
    for (auto* text :
         {&person.display, &person.given, &person.family, &person.nickname, &person.suffix, &person.location})
      rows::read(contacts->getColumn(at++), *text);
    place.emplace(person.contact.value, people.size());
    people.push_back(std::move(person));
  }
  const auto person_at = [&](const SQLite::Column& column) -> PersonFacts* {
    const auto found = place.find(column.getInt64());
    return found == place.end() ? nullptr : &people[found->second];
  };
  auto points = database_.query("SELECT contact, kind, value, label FROM contact_point ORDER BY id");
  while (points->executeStep()) {
    auto* person = person_at(points->getColumn(0));
    if (person == nullptr) continue;
    PersonFacts::Point point;
    rows::read(points->getColumn(1), point.kind), rows::read(points->getColumn(2), point.value),
        rows::read(points->getColumn(3), point.label);
    person->points.push_back(std::move(point));
  }
  auto jobs = database_.query(
      "SELECT contact, coalesce(company.name, ''), title, ended = '' FROM employment LEFT JOIN company ON company.id = "
      "company ORDER BY employment.id");
  while (jobs->executeStep()) {
    if (auto* person = person_at(jobs->getColumn(0)))
      person->jobs.push_back(
          {jobs->getColumn(1).getString(), jobs->getColumn(2).getString(), jobs->getColumn(3).getInt() != 0});
  }
  auto other = database_.query("SELECT contact, name FROM contact_name ORDER BY id");
  while (other->executeStep()) {
    if (auto* person = person_at(other->getColumn(0))) person->other_names.push_back(other->getColumn(1).getString());
  }
  std::set<std::string> birthdays;
  auto extra_names = database_.query("SELECT DISTINCT name FROM contact_extra");
  while (extra_names->executeStep()) {
    if (auto name = extra_names->getColumn(0).getString(); is_birthday(name)) birthdays.insert(std::move(name));
  }
  for (const auto& name : birthdays) {
    auto days = database_.query("SELECT contact, value FROM contact_extra WHERE name = ? ORDER BY id");
    rows::bind_all(*days, name);
    while (days->executeStep()) {
      if (auto* person = person_at(days->getColumn(0)); person != nullptr && person->birthday.empty())
        person->birthday = days->getColumn(1).getString();
    }
  }
  return people;
}

std::optional<ContactDistinct> Store::distinct(Id<Contact> a, Id<Contact> b) {
  return select_one<ContactDistinct>("WHERE contact = ? AND other = ?", std::min(a, b), std::max(a, b));
}

std::optional<Date> Store::last_told_on(Id<Contact> contact) {
  auto row = database_.query(R"sql(
    SELECT max(day) FROM (SELECT max(seen_on) AS day FROM contact_point WHERE contact = ?1 UNION ALL
                          SELECT max(as_of) FROM employment WHERE contact = ?1 UNION ALL SELECT connected_on FROM contact WHERE id = ?1)
  )sql");
  rows::bind_all(*row, contact);
  std::optional<Date> day;
  if (row->executeStep()) rows::read(row->getColumn(0), day);
  return day;
}

std::map<std::string, int> Store::merge(const Contact& kept, const Contact& gone) {
  // The lower number stands first in a pair of two who are not the same; it may not stay so.
  std::map<std::string, int> moved;
  for (const auto& pair : select<ContactDistinct>("WHERE contact = ?1 OR other = ?1", gone.id)) {
    const auto third = pair.contact == gone.id ? pair.other : pair.contact;
    remove(pair.id);
    if (third == kept.id || distinct(kept.id, third)) continue;
    ContactDistinct again;
    again.contact = std::min(kept.id, third), again.other = std::max(kept.id, third);
    add(again);
    ++moved["contact_distinct"];
  }
  auto one_primary = database_.query(R"sql(
    UPDATE contact_point SET "primary" = 0 WHERE contact = ? AND "primary" = 1
      AND kind IN (SELECT kind FROM contact_point WHERE contact = ? AND "primary" = 1)
  )sql");
  rows::bind_all(*one_primary, gone.id, kept.id);
  one_primary->exec();

  update(kept);
  for (const auto& reference : references_to(database_, "contact")) {
    if (const int count = move_rows(database_, reference, gone.id, kept.id); count > 0) moved[reference.table] += count;
  }
  ContactFormer former;
  former.contact = kept.id, former.number = gone.id.value, former.name = gone.display, former.source = gone.source;
  add(former);
  remove(gone.id);
  return moved;
}

}  // namespace ties
