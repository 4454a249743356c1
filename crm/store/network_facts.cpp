#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <unordered_map>

#include "crm/store/tenures.h"
#include "crm/store/store.h"

namespace ties {
namespace {

/// Since when each contact is known, as a table `known (contact, day)`: connected, else met, else the first real
/// interaction; null: never.
std::string known_sql() {
  return fmt::format(R"sql(
    first_talk (contact, day) AS (
      SELECT link.contact, min(substr(i.at, 1, 10)) FROM interaction_contact link JOIN interaction i ON i.id = link.interaction
      WHERE i.kind IN ({}) GROUP BY link.contact),
    known (contact, day) AS (
      SELECT c.id, coalesce(c.connected_on, c.met_on, first_talk.day) FROM contact c LEFT JOIN first_talk ON first_talk.contact = c.id)
  )sql",
                     real_kinds());
}

/// The day on which each application first reached a stage of kind applied or later: `applied (application, day)`.
constexpr const char* applied_sql = R"sql(
    applied (application, day) AS (
      SELECT application, min("on") FROM application_step
      WHERE stage_kind IN ('applied', 'screen', 'assessment', 'interview', 'offer') GROUP BY application)
  )sql";

/// Of those who may be asked about an application, the first is the one to ask.
constexpr std::array whom_to_ask{ApplicationPart::recruiter, ApplicationPart::hiring_manager, ApplicationPart::agency,
                                 ApplicationPart::referrer,  ApplicationPart::interviewer,    ApplicationPart::insider};

template <class... Fields>
void read_row(SQLite::Statement& row, Fields&... fields) {
  int at = 0;
  (rows::read(row.getColumn(at++), fields), ...);
}

std::vector<TalkCount> talk_counts(Database& database) {
  std::vector<TalkCount> talks;
  auto query = database.query(
      "SELECT kind, substr(at, 1, 10) AS day, count(*) FROM interaction GROUP BY kind, day ORDER BY day, kind");
  while (query->executeStep()) {
    TalkCount talk;
    read_row(*query, talk.kind, talk.day, talk.count);
    talks.push_back(talk);
  }
  return talks;
}

/// The days of one column; rows without one are counted.
std::vector<Date> days_of(Database& database, const std::string& sql, int* without_day = nullptr) {
  std::vector<Date> days;
  auto query = database.query(sql);
  while (query->executeStep()) {
    std::optional<Date> day;
    read_row(*query, day);
    if (day) {
      days.push_back(*day);
    } else if (without_day != nullptr) {
      ++*without_day;
    }
  }
  return days;
}

}  // namespace

NetworkFacts Store::network_facts() {
  NetworkFacts facts;
  std::unordered_map<std::int64_t, std::size_t> place;
  auto people = database_.query("WITH " + known_sql() + R"sql(
    SELECT c.id, c.display, known.day, line.company, coalesce(company.target, 0), c.source, c.location, c.connected_on, c.met_on
    FROM contact c JOIN contact_line line ON line.id = c.id AND line.listed = 1 JOIN known ON known.contact = c.id
    LEFT JOIN company ON company.id = line.company_id ORDER BY c.id)sql");
  while (people->executeStep()) {
    NetworkFacts::Person person;
    read_row(*people, person.tie.contact, person.name, person.known_since, person.company, person.at_target,
             person.source, person.location, person.tie.connected_on, person.tie.met_on);
    place[person.tie.contact.value] = facts.people.size();
    facts.people.push_back(std::move(person));
  }
  /// The rows of a query whose first column is a contact; those of people who are not listed are passed over.
  const auto each = [&](const char* sql, const auto& visit) {
    auto query = database_.query(sql);
    while (query->executeStep()) {
      const auto found = place.find(query->getColumn(0).getInt64());
      if (found != place.end()) visit(facts.people[found->second], *query);
    }
  };
  each(
      R"sql(SELECT link.contact, i.id, i.kind, i.at, i.direction FROM interaction_contact link JOIN interaction i ON i.id = link.interaction
             ORDER BY i.at, i.id)sql",
      [](NetworkFacts::Person& person, SQLite::Statement& row) {
        Interaction interaction;
        Id<Contact> contact;
        read_row(row, contact, interaction.id, interaction.kind, interaction.when, interaction.direction);
        person.tie.interactions.push_back(std::move(interaction));
      });
  each("SELECT link.contact, tag.name FROM contact_tag link JOIN tag ON tag.id = link.tag ORDER BY tag.name",
       [](NetworkFacts::Person& person, SQLite::Statement& row) {
         person.tags.push_back(row.getColumn(1).getString());
       });
  each(R"sql(SELECT contact, value FROM contact_point WHERE kind = 'phone' ORDER BY "primary", id DESC)sql",
       [](NetworkFacts::Person& person, SQLite::Statement& row) { person.phone = row.getColumn(1).getString(); });
  each(R"sql(SELECT contact, direction, "on", id FROM favour ORDER BY id)sql",
       [](NetworkFacts::Person& person, SQLite::Statement& row) {
         Favour favour;
         read_row(row, favour.contact, favour.direction, favour.on, favour.id);
         person.tie.favours.push_back(std::move(favour));
       });
  each(R"sql(SELECT link.contact, link.part, work.id, work.title FROM contribution_contact link
             JOIN contribution work ON work.id = link.contribution ORDER BY link.id)sql",
       [](NetworkFacts::Person& person, SQLite::Statement& row) {
         Id<Contact> contact;
         std::pair<Contribution, ContributionPart> met;
         read_row(row, contact, met.second, met.first.id, met.first.title);
         person.tie.contributions.push_back(std::move(met));
       });
  if (const auto mine = tenures_of_user(database_); !mine.empty()) {
    for (const auto& [contact, theirs] : tenures_where_user_was(database_)) {
      const auto found = place.find(contact.value);
      if (found != place.end()) facts.people[found->second].tie.overlaps = ties::overlaps(mine, theirs);
    }
  }
  auto archived = database_.query("SELECT count(*) FROM contact WHERE archived = 1 AND deleted_on IS NULL AND me = 0");
  archived->executeStep();
  facts.archived = archived->getColumn(0).getInt();
  return facts;
}

std::vector<FollowUpFacts::Moved> Store::moves(std::optional<Date> since) {
  std::vector<FollowUpFacts::Moved> moves;
  auto query = database_.query(fmt::format(R"sql(
    SELECT {}, contact.display, coalesce(old_company.name, ''), coalesce(old.title, ''), coalesce(company.name, ''), new.title,
           coalesce(company.target, 0),
           EXISTS (SELECT 1 FROM interaction_contact link JOIN interaction i ON i.id = link.interaction
                   WHERE link.contact = contact.id AND i.kind IN ({}) AND i.direction <> 'in' AND substr(i.at, 1, 10) >= change.seen_on)
    FROM job_change change JOIN contact_line line ON line.id = change.contact AND line.listed = 1
    JOIN contact ON contact.id = change.contact JOIN employment new ON new.id = change.after
    LEFT JOIN company ON company.id = new.company LEFT JOIN employment old ON old.id = change.before
    LEFT JOIN company old_company ON old_company.id = old.company
    WHERE change.seen_on >= coalesce(?, '') ORDER BY change.seen_on DESC, change.id
  )sql",
                                           rows::columns<JobChange>("change."), real_kinds()));
  rows::bind_all(*query, since);
  while (query->executeStep()) {
    FollowUpFacts::Moved moved;
    int at = 0;
    moved.change = rows::record<JobChange>(*query, at);
    for (auto* text : {&moved.name, &moved.from_company, &moved.from_title, &moved.to_company, &moved.title}) {
      rows::read(query->getColumn(at++), *text);
    }
    rows::read(query->getColumn(at++), moved.to_target);
    rows::read(query->getColumn(at++), moved.congratulated);
    moves.push_back(std::move(moved));
  }
  return moves;
}

ContributionFacts Store::contribution_facts() {
  ContributionFacts facts;
  auto works = database_.query("SELECT " + rows::columns<Contribution>("work.") +
                               R"sql(, coalesce(company.name, ''), coalesce(company.target, 0)
    FROM contribution work LEFT JOIN company ON company.id = work.company ORDER BY work.id)sql");
  while (works->executeStep()) {
    int at = 0;
    ContributionFacts::Work work;
    work.contribution = rows::record<Contribution>(*works, at);
    rows::read(works->getColumn(at++), work.company);
    rows::read(works->getColumn(at++), work.at_target);
    facts.works.push_back(std::move(work));
  }
  auto readers = database_.query(R"sql(
    SELECT link.contact, contact.display, line.company, coalesce(company.target, 0), link.contribution, link.part
    FROM contribution_contact link JOIN contact_line line ON line.id = link.contact AND line.listed = 1
    JOIN contact ON contact.id = link.contact LEFT JOIN company ON company.id = line.company_id ORDER BY link.id)sql");
  while (readers->executeStep()) {
    ContributionFacts::Reader reader;
    read_row(*readers, reader.contact, reader.name, reader.company, reader.at_target, reader.contribution, reader.part);
    facts.readers.push_back(std::move(reader));
  }
  return facts;
}

ActivityFacts Store::activity_facts() {
  ActivityFacts facts;
  facts.talks = talk_counts(database_);
  facts.new_people = days_of(database_, "WITH " + known_sql() + R"sql(
    SELECT known.day FROM known JOIN contact ON contact.id = known.contact WHERE me = 0 AND deleted_on IS NULL ORDER BY known.contact)sql",
                             &facts.people_without_day);
  facts.asks = days_of(database_, R"sql(SELECT "on" FROM referral_step WHERE state = 'asked' ORDER BY id)sql");
  facts.applications =
      days_of(database_, std::string("WITH ") + applied_sql + "SELECT day FROM applied ORDER BY application");
  facts.interviews =
      days_of(database_, "SELECT substr(at, 1, 10) FROM interview WHERE outcome <> 'cancelled' ORDER BY id");
  facts.contributions = days_of(database_, "SELECT coalesce(opened_on, closed_on) FROM contribution ORDER BY id",
                                &facts.contributions_without_day);
  return facts;
}

ProofFacts Store::proof_facts(Date today) {
  ProofFacts facts;
  if (const auto own = me()) facts.name = own->display == "me" ? "" : own->display, facts.place = own->location;

  std::map<Id<Application>, std::pair<std::string, ApplicationPart>> whom;
  auto people = database_.query(R"sql(
    SELECT link.application, contact.display, link.part FROM application_contact link
    JOIN contact ON contact.id = link.contact WHERE deleted_on IS NULL ORDER BY link.id)sql");
  const auto rank = [](ApplicationPart part) {
    return std::find(whom_to_ask.begin(), whom_to_ask.end(), part) - whom_to_ask.begin();
  };
  while (people->executeStep()) {
    Id<Application> application;
    std::pair<std::string, ApplicationPart> person;
    read_row(*people, application, person.first, person.second);
    const auto [known, is_new] = whom.try_emplace(application, person);
    if (!is_new && rank(person.second) < rank(known->second.second)) known->second = person;
  }

  auto applications =
      database_.query("WITH " + std::string(applied_sql) + "SELECT " + rows::columns<Application>("a.") + R"sql(,
      coalesce(company.name, ''), stage.name, applied.day,
      (SELECT min(i.at) FROM interview i WHERE i.application = a.id AND i.outcome = 'planned' AND substr(i.at, 1, 10) >= ?)
    FROM application a JOIN stage ON stage.id = a.stage LEFT JOIN company ON company.id = a.company
    LEFT JOIN applied ON applied.application = a.id ORDER BY applied.day, a.id)sql");
  rows::bind_all(*applications, today);
  while (applications->executeStep()) {
    int at = 0;
    ProofFacts::Sent sent;
    sent.application = rows::record<Application>(*applications, at);
    rows::read(applications->getColumn(at++), sent.company);
    rows::read(applications->getColumn(at++), sent.stage);
    rows::read(applications->getColumn(at++), sent.applied_on);
    rows::read(applications->getColumn(at++), sent.next_round);
    if (const auto found = whom.find(sent.application.id); found != whom.end())
      std::tie(sent.person, sent.part) = found->second;
    facts.applications.push_back(std::move(sent));
  }

  auto rounds = database_.query(R"sql(
    SELECT i.at, a.title, coalesce(company.name, ''), i.kind, i.outcome FROM interview i JOIN application a ON a.id = i.application
    LEFT JOIN company ON company.id = a.company WHERE i.outcome <> 'cancelled' ORDER BY i.at, i.id)sql");
  while (rounds->executeStep()) {
    ProofFacts::Round round;
    read_row(*rounds, round.when, round.title, round.company, round.kind, round.outcome);
    facts.rounds.push_back(std::move(round));
  }

  auto visits = database_.query(R"sql(
    WITH there (event, day) AS (
      SELECT event, substr(at, 1, 10) FROM interaction WHERE event IS NOT NULL
      UNION SELECT met_event, met_on FROM contact WHERE met_event IS NOT NULL AND deleted_on IS NULL)
    SELECT event.name, event.place, coalesce(starts_on, min(there.day)) AS first, coalesce(ends_on, starts_on, max(there.day))
    FROM event JOIN there ON there.event = event.id GROUP BY event.id HAVING first IS NOT NULL ORDER BY first, event.id)sql");
  while (visits->executeStep()) {
    ProofFacts::Visit visit;
    read_row(*visits, visit.name, visit.place, visit.from, visit.to);
    facts.visits.push_back(std::move(visit));
  }
  facts.talks = talk_counts(database_);
  return facts;
}

}  // namespace ties
