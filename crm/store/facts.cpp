#include "crm/store/tenures.h"
#include "crm/store/store.h"

#include <fmt/format.h>

#include <algorithm>

#include "crm/domain/silence.h"

namespace ties {
namespace {

constexpr int quiet_candidates_max = 100;  // of each: at targets, and of all; those whose silence is youngest
constexpr int quiet_for_a_year = 365;
constexpr int event_days = 60;  // an event of longer ago is no reason to write any more

std::string title_at(const std::string& title, const std::string& company) { return company.empty() ? title : title + " at " + company; }

/// Who has a usual gap and was last in touch within a year, but not of late.
std::vector<FollowUpFacts::Quiet> quiet_people(Database& database, bool with_private, Date today) {
  const auto* last = with_private ? "last_on" : "last_told_on";
  auto query = database.query(fmt::format(R"sql(
    WITH silent (id) AS MATERIALIZED (
      SELECT * FROM (SELECT line.id FROM company CROSS JOIN contact_line line ON (line.company = '') = 0 AND line.company = company.name COLLATE NOCASE
                     WHERE target = 1 AND listed = 1 AND line.{0} BETWEEN ?1 AND ?2 ORDER BY line.{0} DESC LIMIT ?3)
      UNION
      SELECT * FROM (SELECT id FROM contact_line WHERE listed = 1 AND ({0} = '') = 0 AND {0} BETWEEN ?1 AND ?2 ORDER BY {0} DESC LIMIT ?3))
    SELECT contact.id, display, line.company, coalesce(company.target, 0), substr(i.at, 1, 10) AS day
    FROM silent JOIN contact ON contact.id = silent.id JOIN contact_line line ON line.id = silent.id
    LEFT JOIN company ON company.id = line.company_id
    JOIN interaction_contact link ON link.contact = silent.id JOIN interaction i ON i.id = link.interaction
    WHERE contact.cadence_days IS NULL AND i.kind IN ({1})
      AND NOT EXISTS (SELECT 1 FROM contact_tag JOIN tag ON tag.id = contact_tag.tag WHERE contact_tag.contact = contact.id AND tag.cadence_days IS NOT NULL)
    GROUP BY contact.id, day ORDER BY contact.id, day
  )sql", last, real_kinds()));
  rows::bind_all(*query, plus_days(today, -quiet_for_a_year), plus_days(today, -FollowUpSettings{}.quiet_days_min), quiet_candidates_max);
  std::vector<FollowUpFacts::Quiet> found;
  std::vector<Date> days;
  const auto keep = [&] {
    if (const auto usual = usual_gap(days)) {
      found.back().last = days.back(), found.back().usual_days = *usual;
    } else if (!found.empty()) {
      found.pop_back();
    }
    days.clear();
  };
  while (query->executeStep()) {
    FollowUpFacts::Quiet person;
    Date day{};
    int at = 0;
    rows::read(query->getColumn(at++), person.contact);
    rows::read(query->getColumn(at++), person.name);
    rows::read(query->getColumn(at++), person.company);
    rows::read(query->getColumn(at++), person.at_target);
    rows::read(query->getColumn(at++), day);
    if (days.empty() || found.back().contact != person.contact) {
      keep();
      found.push_back(std::move(person));
    }
    days.push_back(day);
  }
  keep();
  return found;
}

}  // namespace

FollowUpFacts Store::follow_up_facts(Date today) {
  FollowUpFacts facts;
  const auto company_name = [&](std::optional<Id<Company>> id) {
    const auto company = find(id);
    return company ? company->name : std::string();
  };
  const auto contact_name = [&](std::optional<Id<Contact>> id) {
    const auto contact = find(id);
    return contact ? contact->display : std::string();
  };

  for (auto& task : tasks(true)) {
    FollowUpFacts::OpenTask open;
    open.contact_name = contact_name(task.contact);
    if (const auto application = find(task.application)) {
      open.about = title_at(application->title, company_name(application->company));
    } else if (const auto event = find(task.event)) {
      open.about = event->name;
    } else {
      open.about = company_name(task.company);
    }
    open.task = std::move(task);
    facts.tasks.push_back(std::move(open));
  }

  auto ties = database_.query(fmt::format(R"sql(
    WITH due (contact, days, circle) AS (
      SELECT id, cadence_days, '' FROM contact WHERE cadence_days IS NOT NULL
      UNION ALL
      SELECT link.contact, min(tag.cadence_days), tag.name FROM contact_tag link JOIN tag ON tag.id = link.tag
      JOIN contact ON contact.id = link.contact
      WHERE tag.cadence_days IS NOT NULL AND contact.cadence_days IS NULL GROUP BY link.contact)
    SELECT contact.id, display, due.days, due.circle,
           (SELECT max(substr(i.at, 1, 10)) FROM interaction_contact ic JOIN interaction i ON i.id = ic.interaction
            WHERE ic.contact = contact.id AND i.kind IN ({})),
           coalesce(connected_on, met_on, ?1),
           EXISTS (SELECT 1 FROM current_employment job JOIN application a ON a.company = job.company JOIN stage ON stage.id = a.stage
                   WHERE job.contact = contact.id AND a.outcome = 'open' AND stage.kind IN ('assessment', 'interview'))
    FROM due JOIN contact ON contact.id = due.contact
    WHERE archived = 0 AND deleted_on IS NULL AND me = 0 ORDER BY contact.id
  )sql", real_kinds()));
  rows::bind_all(*ties, today);
  while (ties->executeStep()) {
    FollowUpFacts::Tie tie;
    int at = 0;
    rows::read(ties->getColumn(at++), tie.contact);
    rows::read(ties->getColumn(at++), tie.name);
    rows::read(ties->getColumn(at++), tie.cadence_days);
    rows::read(ties->getColumn(at++), tie.circle);
    rows::read(ties->getColumn(at++), tie.last_real);
    rows::read(ties->getColumn(at++), tie.known_since);
    rows::read(ties->getColumn(at++), tie.company_interviewing);
    facts.ties.push_back(std::move(tie));
  }

  auto met = database_.query(fmt::format(R"sql(
    SELECT contact.id, display, event.id, event.name, max(substr(i.at, 1, 10)) AS met_on
    FROM event CROSS JOIN interaction i ON i.event = event.id JOIN interaction_contact ic ON ic.interaction = i.id
    JOIN contact ON contact.id = ic.contact
    WHERE archived = 0 AND deleted_on IS NULL AND me = 0 AND i.kind IN ({0}) AND i.at >= ?1
      AND NOT EXISTS (
        SELECT 1 FROM interaction_contact later JOIN interaction l ON l.id = later.interaction
        WHERE later.contact = contact.id AND l.kind IN ({0}) AND l.id <> i.id AND l.event IS NOT event.id
          AND substr(l.at, 1, 10) >= substr(i.at, 1, 10))
    GROUP BY contact.id, event.id ORDER BY contact.id
  )sql", real_kinds()));
  rows::bind_all(*met, plus_days(today, -event_days));
  while (met->executeStep()) {
    FollowUpFacts::MetAtEvent person;
    int at = 0;
    rows::read(met->getColumn(at++), person.contact);
    rows::read(met->getColumn(at++), person.name);
    rows::read(met->getColumn(at++), person.event);
    rows::read(met->getColumn(at++), person.event_name);
    rows::read(met->getColumn(at++), person.met_on);
    facts.met.push_back(std::move(person));
  }

  // Of those about whom only that is known: no talk at the event was written down.
  auto said_to_be_met = database_.query(fmt::format(R"sql(
    SELECT contact.id, display, event.id, event.name, coalesce(met_on, ends_on, starts_on) AS day
    FROM event CROSS JOIN contact ON contact.met_event = event.id
    WHERE archived = 0 AND deleted_on IS NULL AND me = 0 AND day IS NOT NULL
      AND NOT EXISTS (
        SELECT 1 FROM interaction_contact link JOIN interaction i ON i.id = link.interaction
        WHERE link.contact = contact.id AND i.kind IN ({}) AND (i.event = event.id OR substr(i.at, 1, 10) >= coalesce(met_on, ends_on, starts_on)))
    ORDER BY contact.id
  )sql", real_kinds()));
  while (said_to_be_met->executeStep()) {
    FollowUpFacts::MetAtEvent person;
    int at = 0;
    rows::read(said_to_be_met->getColumn(at++), person.contact);
    rows::read(said_to_be_met->getColumn(at++), person.name);
    rows::read(said_to_be_met->getColumn(at++), person.event);
    rows::read(said_to_be_met->getColumn(at++), person.event_name);
    rows::read(said_to_be_met->getColumn(at++), person.met_on);
    facts.met.push_back(std::move(person));
  }

  for (auto& referral : referrals(std::nullopt, std::nullopt, std::nullopt)) {
    FollowUpFacts::LiveReferral live;
    live.steps = steps(referral.id);
    for (const auto& step : live.steps) {
      if (step.state == ReferralState::asked) live.facts.asked_on = step.on;
    }
    live.facts.referrer_name = contact_name(referral.referrer);
    live.facts.company_name = company_name(referral.company);
    if (const auto application = find(referral.application)) live.application_outcome = application->outcome;
    if (live.facts.asked_on) {
      for (const auto& interaction : interactions_with(referral.referrer)) {
        const bool nudge = interaction.direction == Direction::out && is_real(interaction.kind) && interaction.when.day > *live.facts.asked_on;
        if (!nudge) continue;
        ++live.nudges;
        if (!live.last_nudge) live.last_nudge = interaction.when.day;  // newest first
      }
    }
    live.facts.referral = std::move(referral);
    facts.referrals.push_back(std::move(live));
  }

  for (auto& line : application_lines(true, std::nullopt)) {
    FollowUpFacts::RunningApplication running;
    running.company_name = line.company;
    running.stage = get(line.application.stage);
    const auto stages_of_it = stages(running.stage.pipeline);
    const auto later = std::find_if(stages_of_it.begin(), stages_of_it.end(), [&](const Stage& stage) { return stage.position > running.stage.position; });
    running.next_stage = !running.stage.next.empty() ? running.stage.next.front() : later == stages_of_it.end() ? "" : later->key;
    running.in_stage_since = line.in_stage_since;
    running.last_activity = line.in_stage_since;
    for (const auto& step : steps(line.application.id)) running.last_activity = std::max(running.last_activity, step.on);
    for (const auto& interview : interviews(line.application.id)) {
      if (interview.when.day <= today) running.last_activity = std::max(running.last_activity, interview.when.day);
    }
    for (const auto& [contact, part] : people_of(line.application.id)) {
      RowWindow one;
      one.limit = 1;
      const auto newest = interactions(contact.id, std::nullopt, one);
      if (!newest.empty()) running.last_activity = std::max(running.last_activity, newest.front().when.day);
    }
    running.application = std::move(line.application);
    facts.applications.push_back(std::move(running));
  }

  for (auto& interview : interviews(std::nullopt)) {
    FollowUpFacts::Round round;
    const auto application = get(interview.application);
    round.title = title_at(application.title, company_name(application.company));
    for (const auto& contact : people_of(interview.id)) round.interviewers.push_back(contact.display);
    round.debriefed = !interview.notes.empty() || interview.outcome != InterviewOutcome::planned;
    round.interview = std::move(interview);
    facts.rounds.push_back(std::move(round));
  }

  facts.moves = moves(plus_days(today, -60));

  for (auto& suggestion : suggestions(true)) {
    const auto application = find(suggestion.application);
    const auto referral = find(suggestion.referral);
    const bool ended = application && application->outcome != Outcome::open;
    if (ended || !is_news(suggestion, application ? std::optional(get(application->stage).kind) : std::nullopt,
                          referral ? std::optional(referral->state) : std::nullopt)) continue;
    const auto company = company_name(suggestion.company);
    facts.suggestions.push_back({std::move(suggestion), company});
  }

  for (const auto& interaction : select<Interaction>("WHERE awaits = 1 ORDER BY at")) {
    FollowUpFacts::Pending pending;
    pending.interaction = interaction.id;
    for (const auto& contact : people_of(interaction.id)) pending.name = contact.display;
    pending.sent_on = interaction.when.day;
    facts.invitations.push_back(std::move(pending));
  }
  facts.quiet = quiet_people(database_, tells_private_, today);
  return facts;
}

FollowUpLinks Store::links_of(const std::string& subject) {
  FollowUpLinks links;
  const auto blank = subject.find(' ');
  const auto noun = subject.substr(0, blank);
  const std::int64_t number = std::stoll(subject.substr(blank + 1));
  const auto of_application = [&](std::optional<Id<Application>> id) {
    links.application = id;
    if (const auto application = find(id)) links.company = application->company;
  };
  const auto of_interview = [&](std::optional<Id<Interview>> id) {
    links.interview = id;
    if (const auto interview = find(id)) of_application(interview->application);
  };
  const auto of_referral = [&](std::optional<Id<Referral>> id) {
    links.referral = id;
    const auto referral = find(id);
    if (!referral) return;
    if (referral->application) of_application(referral->application);
    links.contact = referral->referrer, links.company = referral->company;
  };
  const auto first_of = [](const std::vector<Contact>& people) {
    return people.empty() ? std::nullopt : std::optional(people.front().id);
  };

  if (noun == Contact::noun) links.contact = Id<Contact>{number};
  if (noun == Application::noun) of_application(Id<Application>{number});
  if (noun == Referral::noun) of_referral(Id<Referral>{number});
  if (noun == Interview::noun) of_interview(Id<Interview>{number}), links.contact = first_of(people_of(Id<Interview>{number}));
  if (noun == Interaction::noun) links.interaction = Id<Interaction>{number}, links.contact = first_of(people_of(Id<Interaction>{number}));
  if (noun == Suggestion::noun) {
    links.suggestion = Id<Suggestion>{number};
    if (const auto suggestion = find(links.suggestion)) {
      if (suggestion->application) of_application(suggestion->application);
      if (suggestion->referral) of_referral(suggestion->referral);
      links.company = suggestion->company;
    }
  }
  if (noun == Task::noun) {
    links.task = Id<Task>{number};
    if (const auto task = find(links.task)) {
      if (task->application) of_application(task->application);
      if (task->interview) of_interview(task->interview);
      if (task->referral) of_referral(task->referral);
      if (task->contact) links.contact = task->contact;
      if (task->company) links.company = task->company;
      links.interaction = task->interaction, links.event = task->event;
    }
  }

  if (links.contact) {
    auto person = database_.query("SELECT display, company_id FROM contact JOIN contact_line line ON line.id = contact.id WHERE contact.id = ?");
    rows::bind_all(*person, *links.contact);
    if (person->executeStep()) {
      links.contact_name = person->getColumn(0).getString();
      if (!links.company) rows::read(person->getColumn(1), links.company);
    }
  }
  if (const auto company = find(links.company)) links.company_name = company->name;
  return links;
}

TieFacts Store::tie_facts(Id<Contact> contact) {
  get(contact);  // throws when there is none
  return std::move(tie_facts(std::vector{contact}).front());
}

std::vector<TieFacts> Store::tie_facts(const std::vector<Id<Contact>>& contacts) {
  std::vector<TieFacts> facts(contacts.size());
  std::map<Id<Contact>, TieFacts*> by_contact;
  for (std::size_t i = 0; i < contacts.size(); ++i) facts[i].contact = contacts[i], by_contact[contacts[i]] = &facts[i];
  const auto among = as_json(contacts);
  /// The rows of a query whose first column is a contact.
  const auto each = [&](const std::string& sql, const auto& visit) {
    auto query = database_.query(sql);
    rows::bind_all(*query, among);
    while (query->executeStep()) {
      int at = 0;
      Id<Contact> contact;
      rows::read(query->getColumn(at++), contact);
      visit(*by_contact.at(contact), *query, at);
    }
  };
  each("SELECT id, connected_on, met_on FROM contact WHERE id IN (SELECT value FROM json_each(?))",
       [](TieFacts& tie, SQLite::Statement& row, int at) {
         rows::read(row.getColumn(at++), tie.connected_on);
         rows::read(row.getColumn(at), tie.met_on);
       });
  each(R"sql(
    SELECT link.contact, i.id, i.kind, i.at, i.direction, i.text
    FROM json_each(?) one CROSS JOIN interaction_contact link ON link.contact = one.value CROSS JOIN interaction i ON i.id = link.interaction
    ORDER BY i.at DESC, i.id DESC)sql",
       [](TieFacts& tie, SQLite::Statement& row, int at) {
         Interaction interaction;
         rows::read(row.getColumn(at++), interaction.id);
         rows::read(row.getColumn(at++), interaction.kind);
         rows::read(row.getColumn(at++), interaction.when);
         rows::read(row.getColumn(at++), interaction.direction);
         rows::read(row.getColumn(at), interaction.text);
         tie.interactions.push_back(std::move(interaction));
       });
  each("SELECT favour.contact, " + rows::columns<Favour>("favour.") +
           R"sql( FROM favour WHERE contact IN (SELECT value FROM json_each(?)) ORDER BY "on" DESC, id DESC)sql",
       [](TieFacts& tie, SQLite::Statement& row, int at) { tie.favours.push_back(rows::record<Favour>(row, at)); });
  each("SELECT link.contact, link.part, " + rows::columns<Contribution>("work.") + R"sql(
    FROM contribution_contact link JOIN contribution work ON work.id = link.contribution
    WHERE link.contact IN (SELECT value FROM json_each(?)) ORDER BY coalesce(work.closed_on, work.opened_on) DESC, link.id)sql",
       [](TieFacts& tie, SQLite::Statement& row, int at) {
         ContributionPart part{};
         rows::read(row.getColumn(at++), part);
         tie.contributions.emplace_back(rows::record<Contribution>(row, at), part);
       });
  if (const auto mine = tenures_of_user(database_); !mine.empty()) {
    for (const auto& [contact, theirs] : tenures_of(database_, contacts)) {
      by_contact.at(contact)->overlaps = ties::overlaps(mine, theirs);
    }
  }
  return facts;
}

std::vector<Overlap> Store::overlaps(Id<Contact> contact) {
  const auto theirs = tenures_of(database_, {contact});
  return theirs.empty() ? std::vector<Overlap>{} : ties::overlaps(tenures_of_user(database_), theirs.begin()->second);
}

}  // namespace ties
