#include <fmt/format.h>

#include <set>

#include "crm/domain/paths.h"
#include "crm/store/store.h"
#include "crm/store/tenures.h"

namespace ties {
namespace {

/// Whoever can open a door is a good tie, and a good tie was in touch of late: more people need not be looked at. Of
/// those at a large company the ones last in touch are.
constexpr int elsewhere_max = 200;
constexpr int met_through_others_max = 200;
/// Of a larger round, or a larger event, not everybody has met everybody.
constexpr int people_of_a_talk_max = 10;
constexpr int people_of_an_event_max = 30;

template <class... Fields>
void read_row(SQLite::Statement& row, Fields&... fields) {
  int at = 0;
  (rows::read(row.getColumn(at++), fields), ...);
}

std::vector<PathFacts::Person> people_there(Database& database, Id<Company> company) {
  auto query = database.query(R"sql(
    SELECT c.id, c.display, e.title, line.company, line.company_id IS ?1 AND e.ended = '', e.started, e.as_of, e.id
    FROM employment e JOIN contact_line line ON line.id = e.contact AND line.listed = 1 JOIN contact c ON c.id = e.contact
    WHERE e.company = ?1 ORDER BY c.id, e.ended = '' DESC, e.as_of DESC NULLS LAST, e.id DESC)sql");
  rows::bind_all(*query, company);
  std::vector<PathFacts::Person> people;
  while (query->executeStep()) {
    PathFacts::Person person;
    std::int64_t employment{};
    read_row(*query, person.contact, person.name, person.title, person.company, person.now, person.since, person.as_of,
             employment);
    if (!people.empty() && people.back().contact == person.contact) continue;
    person.record = fmt::format("employment {}", employment);
    if (person.now) person.company.clear();
    people.push_back(std::move(person));
  }
  return people;
}

/// Contacts, with where they work now, as a query finds them.
std::vector<PathFacts::Person> people_who(Database& database, const std::string& condition, Id<Company> company) {
  auto query = database.query(R"sql(
    SELECT c.id, c.display, line.title, line.company FROM contact_line line CROSS JOIN contact c ON c.id = line.id WHERE line.listed = 1 AND )sql" +
                              condition);
  rows::bind_all(*query, company);
  std::vector<PathFacts::Person> people;
  while (query->executeStep()) {
    PathFacts::Person person;
    read_row(*query, person.contact, person.name, person.title, person.company);
    people.push_back(std::move(person));
  }
  return people;
}

std::vector<Id<Contact>> ids_of(const std::vector<PathFacts::Person>& people) {
  std::vector<Id<Contact>> ids;
  for (const auto& person : people) ids.push_back(person.contact);
  return ids;
}

/// Those of them who were last in touch.
std::vector<Id<Contact>> last_in_touch(Database& database, const std::vector<Id<Contact>>& people,
                                       const std::string& last, int count) {
  auto query = database.query(fmt::format(
      "SELECT id FROM contact_line WHERE id IN (SELECT value FROM json_each(?)) ORDER BY {} DESC, id LIMIT {}", last,
      count));
  rows::bind_all(*query, as_json(people));
  std::vector<Id<Contact>> ids;
  while (query->executeStep()) read_row(*query, ids.emplace_back());
  return ids;
}

/// Reads rows (from, to, number, words) of people elsewhere (?1) who know people there (?2).
template <class Tell>
void read_links(Database& database, const std::string& sql, const std::string& from, const std::string& to,
                LinkKind kind, std::vector<PathFacts::Link>& links, const Tell& tell) {
  auto query = database.query(sql);
  rows::bind_all(*query, from, to);
  while (query->executeStep()) {
    PathFacts::Link link;
    std::int64_t number{};
    std::string words, more;
    read_row(*query, link.from, link.to, number, words, more);
    link.kind = kind;
    tell(link, number, words, more);
    links.push_back(std::move(link));
  }
}

void add_introductions(Database& database, const std::string& from, const std::string& to,
                       std::vector<PathFacts::Link>& links) {
  read_links(database, R"sql(
    SELECT c.met_through, c.id, c.id, c.display, other.display FROM json_each(?2) one CROSS JOIN contact c ON c.id = one.value
    JOIN contact other ON other.id = c.met_through WHERE c.met_through IN (SELECT value FROM json_each(?1))
    UNION ALL
    SELECT c.id, c.met_through, c.id, c.display, other.display FROM json_each(?1) one CROSS JOIN contact c ON c.id = one.value
    JOIN contact other ON other.id = c.met_through WHERE c.met_through IN (SELECT value FROM json_each(?2)))sql",
             from, to, LinkKind::introduced, links,
             [](PathFacts::Link& link, std::int64_t number, const std::string& name, const std::string& through) {
               link.text = fmt::format("you met {} through {}", name, through),
               link.record = fmt::format("contact {}", number);
             });
  read_links(database, R"sql(
    SELECT introducer, referrer, id, role, '' FROM referral WHERE introducer IN (SELECT value FROM json_each(?1))
      AND referrer IN (SELECT value FROM json_each(?2)))sql",
             from, to, LinkKind::introduced, links,
             [](PathFacts::Link& link, std::int64_t number, const std::string&, const std::string&) {
               link.text = "introduced you for a referral", link.record = fmt::format("referral {}", number);
             });
}

void add_talks(Database& database, const std::string& from, const std::string& to,
               std::vector<PathFacts::Link>& links) {
  const auto sql = fmt::format(R"sql(
    SELECT a.contact, b.contact, i.id, i.kind, substr(i.at, 1, 10)
    FROM json_each(?2) one CROSS JOIN interaction_contact b ON b.contact = one.value
    CROSS JOIN interaction_contact a ON a.interaction = b.interaction AND a.contact <> b.contact
    CROSS JOIN interaction i ON i.id = b.interaction
    WHERE +a.contact IN (SELECT value FROM json_each(?1))
      AND (SELECT count(*) FROM interaction_contact every WHERE every.interaction = i.id) <= {} ORDER BY i.at DESC, i.id)sql",
                               people_of_a_talk_max);
  read_links(database, sql, from, to, LinkKind::talked, links,
             [](PathFacts::Link& link, std::int64_t number, const std::string& kind, const std::string& day) {
               const bool is_introduction = kind == word(InteractionKind::introduction);
               if (is_introduction) link.kind = LinkKind::introduced;
               link.text = fmt::format("{} of {}", is_introduction ? "the introduction" : "both in the " + kind,
                                       friendly(date_from_text(day).value_or(Date{})));
               link.record = fmt::format("interaction {}", number);
             });
}

void add_events(Database& database, const std::string& from, const std::string& to,
                std::vector<PathFacts::Link>& links) {
  const auto sql = fmt::format(R"sql(
    WITH visit (contact, event) AS MATERIALIZED (
           SELECT link.contact, i.event FROM (SELECT value FROM json_each(?1) UNION SELECT value FROM json_each(?2)) one
           CROSS JOIN interaction_contact link ON link.contact = one.value
           CROSS JOIN interaction i ON i.id = link.interaction WHERE i.event IS NOT NULL
           UNION
           SELECT c.id, c.met_event FROM (SELECT value FROM json_each(?1) UNION SELECT value FROM json_each(?2)) one
           CROSS JOIN contact c ON c.id = one.value WHERE c.met_event IS NOT NULL),
         small (event) AS MATERIALIZED (
           SELECT event FROM (SELECT DISTINCT event FROM visit) every
           WHERE (SELECT count(*) FROM (
             SELECT link.contact FROM interaction i CROSS JOIN interaction_contact link ON link.interaction = i.id WHERE i.event = every.event
             UNION SELECT id FROM contact WHERE met_event = every.event LIMIT {0} + 1)) <= {0})
    SELECT a.contact, b.contact, event.id, event.name, '' FROM small CROSS JOIN event ON event.id = small.event
    CROSS JOIN visit a ON a.event = small.event CROSS JOIN visit b ON b.event = small.event AND b.contact <> a.contact
    WHERE +a.contact IN (SELECT value FROM json_each(?1)) AND +b.contact IN (SELECT value FROM json_each(?2))
    ORDER BY event.starts_on DESC, event.id)sql",
                               people_of_an_event_max);
  read_links(database, sql, from, to, LinkKind::event, links,
             [](PathFacts::Link& link, std::int64_t number, const std::string& name, const std::string&) {
               link.text = "both at " + name, link.record = fmt::format("event {}", number);
             });
}

std::map<Id<Contact>, PathFacts::Asked> last_asks(Database& database, const std::vector<Id<Contact>>& people) {
  std::map<Id<Contact>, PathFacts::Asked> asked;
  auto query = database.query(R"sql(
    SELECT referral.referrer, step."on", referral.id FROM referral_step step JOIN referral ON referral.id = step.referral
    WHERE step.state = 'asked' AND referral.referrer IN (SELECT value FROM json_each(?)) ORDER BY step."on", step.id)sql");
  rows::bind_all(*query, as_json(people));
  while (query->executeStep()) {
    Id<Contact> contact;
    PathFacts::Asked ask;
    std::int64_t referral{};
    read_row(*query, contact, ask.on, referral);
    ask.record = fmt::format("referral {}", referral);
    asked[contact] = std::move(ask);
  }
  return asked;
}

}  // namespace

Aim Store::aim_at(std::optional<Id<Company>> company) {
  // As an application that is open says, else a referral, else what the user does now.
  Aim aim;
  auto query = database_.query(R"sql(
    SELECT role, record, deadline FROM (
      SELECT a.title AS role, 'application ' || a.id AS record, CASE WHEN stage.kind IN ('lead', 'referral') THEN a.deadline END AS deadline, 0 AS place, a.id AS number
      FROM application a JOIN stage ON stage.id = a.stage WHERE a.company = ?1 AND a.outcome = 'open' AND a.archived = 0
      UNION ALL
      SELECT role, 'referral ' || id, NULL, 1, id FROM referral WHERE company = ?1 AND role <> ''
      UNION ALL
      SELECT job.title, 'employment ' || job.id, NULL, 2, job.id FROM contact me JOIN employment job ON job.contact = me.id
      WHERE me.me = 1 AND job.ended = '' AND job.title <> '')
    ORDER BY place, deadline IS NULL, deadline, number DESC)sql");
  rows::bind_all(*query, company);
  while (query->executeStep()) {
    std::string role, record;
    std::optional<Date> deadline;
    read_row(*query, role, record, deadline);
    if (aim.role.empty()) aim.role = role, aim.role_record = record;
    if (deadline && !aim.apply_by) aim.apply_by = deadline, aim.application = record;
  }
  return aim;
}

PathFacts Store::path_facts(Id<Company> company, bool direct_only) {
  PathFacts facts;
  facts.company = company;
  facts.aim = aim_at(company);
  facts.there = people_there(database_, company);
  if (direct_only) std::erase_if(facts.there, [](const PathFacts::Person& person) { return !person.now; });

  std::vector<Id<Contact>> now;
  std::set<Id<Contact>> everybody;
  for (const auto& person : facts.there) {
    if (person.now) now.push_back(person.contact);
    everybody.insert(person.contact);
  }
  facts.asked = last_asks(database_, now);
  if (!direct_only) {
    const std::string last = tells_private_ ? "last_on" : "last_told_on";
    facts.elsewhere =
        people_who(database_,
                   fmt::format("line.company_id IS NOT ?1 ORDER BY {0} = '', {0} DESC, line.folded LIMIT {1}", last,
                               elsewhere_max),
                   company);
    facts.maintainers = people_who(database_, R"sql(line.id IN (
      SELECT link.contact FROM contribution work JOIN contribution_contact link ON link.contribution = work.id WHERE work.company = ?1)
      AND line.id NOT IN (SELECT contact FROM employment WHERE company = ?1) ORDER BY line.id)sql",
                                   company);
    const auto met = last_in_touch(database_, now, last, met_through_others_max);
    const auto elsewhere = ids_of(facts.elsewhere);
    const auto from = as_json(elsewhere), to = as_json(met);
    add_introductions(database_, from, to, facts.links);
    add_talks(database_, from, to, facts.links);
    add_events(database_, from, to, facts.links);
    for (const auto* side : {&elsewhere, &met}) facts.tenures.merge(tenures_of(database_, *side));
    for (const auto* side : {&facts.elsewhere, &facts.maintainers}) {
      for (const auto& person : *side) everybody.insert(person.contact);
    }
  }
  for (auto& tie : tie_facts(std::vector<Id<Contact>>(everybody.begin(), everybody.end()))) {
    const auto contact = tie.contact;
    facts.ties.emplace(contact, std::move(tie));
  }
  return facts;
}

}  // namespace ties
