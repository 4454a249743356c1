#include "crm/service/exports.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <set>

#include "crm/service/naming.h"
#include "crm/service/package.h"
#include "importers/table_writer.h"
#include "importers/vcard_writer.h"
#include "reports/render/render.h"
#include "reports/report.h"

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

/// What was asked for.
struct Asked {
  std::string format{};
  std::optional<std::vector<Id<Contact>>> contacts{};  ///< in their order; none: whoever
  std::optional<Date> since{}, until{};
  bool with_private{};

  bool is_within(std::optional<Date> day) const {
    return (!since || (day && *day >= *since)) && (!until || (day && *day <= *until));
  }
  bool has(Id<Contact> contact) const {
    return !contacts || std::binary_search(contacts->begin(), contacts->end(), contact);
  }
};

/// How many records were written, and what stayed here.
struct Written {
  std::int64_t records{};
  std::int64_t held_back{};
};

std::string json_line(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string day_text(std::optional<Date> day) {
  return day ? to_text(*day) : "";
}

std::string joined(const std::vector<std::string>& parts, std::string_view mark) {
  return fmt::format("{}", fmt::join(parts, mark));
}

// Contacts

/// A contact with all that other programs can take of it.
importers::CardContent card_of(Crm& crm, Id<Contact> id) {
  importers::CardContent card;
  card.contact = crm.store.get(id);
  card.points = crm.store.points(id);
  const auto uid = std::find_if(card.points.begin(), card.points.end(),
                                [](const ContactPoint& point) { return point.kind == PointKind::uid; });
  if (uid != card.points.end()) card.uid = uid->value;
  // A job without any date was current once; only one is now.
  bool first = true;
  for (const auto& [job, company] : crm.store.employments(id)) {
    const bool current = std::exchange(first, false) && job.ended.empty();
    if (current || !job.started.empty() || !job.ended.empty())
      card.jobs.push_back({company, job.title, job.started, job.ended});
  }
  for (const auto& tag : crm.store.tags(id)) card.tags.push_back(tag.name);
  std::set<std::pair<std::string, std::string>> told;
  for (const auto& extra : crm.store.extras(id)) {
    if (told.emplace(extra.name, extra.value).second) card.extras.push_back({extra.name, extra.value});
  }
  return card;
}

std::vector<Id<Contact>> contacts_of(Crm& crm, const Asked& asked) {
  return asked.contacts ? *asked.contacts : crm.store.contact_ids({}, crm.clock.today());
}

Written contacts_as_cards(Crm& crm, const Asked& asked, const Put& put) {
  const auto version = asked.format == "vcard4" ? importers::CardVersion::v4 : importers::CardVersion::v3;
  const auto ids = contacts_of(crm, asked);
  for (const auto id : ids) put(importers::card_text(card_of(crm, id), version));
  return {static_cast<std::int64_t>(ids.size()), 0};
}

Written contacts_as_table(Crm& crm, const Asked& asked, const Put& put) {
  put(reports::csv_line(importers::own_header()));
  const auto ids = contacts_of(crm, asked);
  for (const auto id : ids) {
    const auto card = card_of(crm, id);
    const auto event = crm.store.find(card.contact.met_event);
    const auto through = crm.store.find(card.contact.met_through);
    put(reports::csv_line(importers::own_row(card, event ? event->name : "", through ? through->display : "")));
  }
  return {static_cast<std::int64_t>(ids.size()), 0};
}

Written contacts_for_google(Crm& crm, const Asked& asked, const Put& put) {
  const auto ids = contacts_of(crm, asked);
  importers::GoogleColumns columns;
  for (const auto id : ids) columns.make_room_for(card_of(crm, id));
  put(reports::csv_line(columns.header()));
  for (const auto id : ids) put(reports::csv_line(columns.row(card_of(crm, id))));
  return {static_cast<std::int64_t>(ids.size()), 0};
}

Written contacts_as_json(Crm& crm, const Asked& asked, const Put& put) {
  Written written;
  for (const auto id : contacts_of(crm, asked)) {
    auto contact = crm.store.get(id);
    if (!asked.with_private && !contact.private_note.empty()) contact.private_note.clear(), ++written.held_back;
    auto json = wire::record(contact);
    Json points = Json::array(), jobs = Json::array(), schools = Json::array(), tags = Json::array(),
         more = Json::array();
    for (const auto& point : crm.store.points(id)) points.push_back(wire::record(point));
    for (const auto& [job, company] : crm.store.employments(id)) {
      auto line = wire::record(job);
      line["company_name"] = company;
      jobs.push_back(std::move(line));
    }
    for (const auto& school : crm.store.educations(id)) schools.push_back(wire::record(school));
    for (const auto& tag : crm.store.tags(id)) tags.push_back(tag.name);
    for (const auto& extra : crm.store.extras(id))
      more.push_back({{"name", extra.name}, {"value", extra.value}, {"source", extra.source}});
    json["points"] = points, json["jobs"] = jobs, json["schools"] = schools, json["tags"] = tags, json["more"] = more;
    put(json_line(json));
    ++written.records;
  }
  return written;
}

// Applications

std::string how(ApplicationSource source) {
  switch (source) {
    case ApplicationSource::unknown:
      return "";
    case ApplicationSource::referral:
      return "referral";
    case ApplicationSource::cold:
      return "own application";
    case ApplicationSource::recruiter:
      return "recruiter";
    case ApplicationSource::inbound:
      return "asked by the employer";
    case ApplicationSource::event:
      return "event";
  }
  return "";
}

/// An application with its way, oldest step first.
struct Told {
  Store::ApplicationLine line{};
  std::vector<ApplicationStep> steps{};
  std::optional<Date> applied_on{};  ///< when it was first in a stage at or behind `applied`
};

std::vector<Told> applications_told(Crm& crm, const Asked& asked) {
  std::vector<Told> all;
  for (auto& line : crm.store.application_lines(false, std::nullopt)) {
    Told told{std::move(line), crm.store.steps(line.application.id), std::nullopt};
    for (const auto& step : told.steps) {
      const bool sent = step.stage_kind >= StageKind::applied && step.stage_kind != StageKind::closed;
      if (sent && !told.applied_on) told.applied_on = step.on;
    }
    if (asked.is_within(told.applied_on.value_or(told.line.application.opened_on))) all.push_back(std::move(told));
  }
  std::stable_sort(all.begin(), all.end(), [](const Told& a, const Told& b) {
    const auto day = [](const Told& told) { return told.applied_on.value_or(told.line.application.opened_on); };
    return day(a) != day(b) ? day(a) < day(b) : a.line.application.id < b.line.application.id;
  });
  return all;
}

/// "2026-03-25 Applied; 2026-04-20 rejected": each step where it led somewhere, dated.
std::string way_of(const Told& told) {
  std::string way, stage;
  auto outcome = Outcome::open;
  for (const auto& step : told.steps) {
    std::string what;
    if (step.stage_name != stage) what = step.stage_name;
    if (step.outcome != outcome) what += (what.empty() ? "" : ", ") + std::string(word(step.outcome));
    stage = step.stage_name, outcome = step.outcome;
    if (!what.empty()) way += fmt::format("{}{} {}", way.empty() ? "" : "; ", to_text(step.on), what);
  }
  return way;
}

std::vector<std::string> people_with_parts(const auto& people) {
  std::vector<std::string> names;
  for (const auto& [contact, part] : people) {
    auto name = std::string(word(part));
    std::replace(name.begin(), name.end(), '_', ' ');
    names.push_back(fmt::format("{} ({})", contact.display, name));
  }
  return names;
}

Written applications_as_table(Crm& crm, const Asked& asked, const Put& put) {
  put(reports::csv_line({"Number", "Opened on", "Applied on", "Employer", "Role", "Team", "Location", "Applied through",
                         "Referred by", "Stage", "Outcome", "Closed on", "Steps", "Interviews", "Contacts", "Documents",
                         "Link", "Deadline", "Notes"}));
  Written written;
  for (const auto& told : applications_told(crm, asked)) {
    const auto& application = told.line.application;
    std::vector<std::string> interviews, documents;
    for (const auto& interview : crm.store.interviews(application.id)) {
      interviews.push_back(fmt::format("{}{}{} ({})", to_text(interview.when.day), interview.kind.empty() ? "" : " ",
                                       interview.kind, word(interview.outcome)));
    }
    for (const auto& document : crm.store.documents(application.id)) documents.push_back(document.title);
    put(reports::csv_line(
        {fmt::format("{}", application.id.value), to_text(application.opened_on), day_text(told.applied_on),
         told.line.company, application.title, application.team, application.location, how(application.source),
         told.line.referrer, told.line.stage, std::string(word(application.outcome)), day_text(application.closed_on),
         way_of(told), joined(interviews, "; "), joined(people_with_parts(crm.store.people_of(application.id)), "; "),
         joined(documents, "; "), application.link, day_text(application.deadline), application.notes}));
    ++written.records;
  }
  return written;
}

Written applications_as_json(Crm& crm, const Asked& asked, const Put& put) {
  Written written;
  for (const auto& told : applications_told(crm, asked)) {
    const auto& application = told.line.application;
    auto json = wire::record(application);
    json["company_name"] = told.line.company, json["stage_name"] = told.line.stage,
    json["applied_on"] = wire::value(told.applied_on);
    Json steps = Json::array(), interviews = Json::array(), people = Json::array(), documents = Json::array();
    for (const auto& step : told.steps) steps.push_back(wire::record(step));
    for (const auto& interview : crm.store.interviews(application.id)) interviews.push_back(wire::record(interview));
    for (const auto& [contact, part] : crm.store.people_of(application.id))
      people.push_back({{"id", contact.id.value}, {"name", contact.display}, {"part", word(part)}});
    for (const auto& document : crm.store.documents(application.id)) documents.push_back(wire::record(document));
    json["steps"] = steps, json["interviews"] = interviews, json["people"] = people, json["documents"] = documents;
    put(json_line(json));
    ++written.records;
  }
  return written;
}

// Interactions and contributions

/// Those that are asked for, with the people: visit(interaction, people).
Written each_interaction(Crm& crm, const Asked& asked,
                         const std::function<void(const Interaction&, const std::vector<Contact>&)>& visit) {
  Written written;
  crm.store.each<Interaction>([&](const Interaction& interaction) {
    if (!asked.is_within(interaction.when.day)) return;
    const auto people = crm.store.people_of(interaction.id);
    if (asked.contacts &&
        std::none_of(people.begin(), people.end(), [&](const Contact& contact) { return asked.has(contact.id); }))
      return;
    if (interaction.confidential && !asked.with_private) {
      ++written.held_back;
      return;
    }
    visit(interaction, people);
    ++written.records;
  });
  return written;
}

Written interactions_as_table(Crm& crm, const Asked& asked, const Put& put) {
  put(reports::csv_line({"Number", "When", "Kind", "Direction", "With", "Event", "Channel", "Messages", "Text"}));
  return each_interaction(crm, asked, [&](const Interaction& interaction, const std::vector<Contact>& people) {
    std::vector<std::string> names;
    for (const auto& contact : people) names.push_back(contact.display);
    const auto event = crm.store.find(interaction.event);
    put(reports::csv_line(
        {fmt::format("{}", interaction.id.value), to_text(interaction.when), std::string(word(interaction.kind)),
         interaction.direction == Direction::none ? "" : std::string(word(interaction.direction)), joined(names, "; "),
         event ? event->name : "", interaction.channel, fmt::format("{}", interaction.count), interaction.text}));
  });
}

Written interactions_as_json(Crm& crm, const Asked& asked, const Put& put) {
  return each_interaction(crm, asked, [&](const Interaction& interaction, const std::vector<Contact>& people) {
    auto json = wire::record(interaction);
    Json with = Json::array();
    for (const auto& contact : people) with.push_back({{"id", contact.id.value}, {"name", contact.display}});
    const auto event = crm.store.find(interaction.event);
    json["event_name"] = event ? Json(event->name) : Json(nullptr);
    json["with"] = with;
    put(json_line(json));
  });
}

Written contributions_as_table(Crm& crm, const Asked& asked, const Put& put) {
  put(reports::csv_line(
      {"Number", "Opened on", "Closed on", "Kind", "Title", "Repository", "Company", "State", "People", "Link"}));
  Written written;
  crm.store.each<Contribution>([&](const Contribution& contribution) {
    if (!asked.is_within(contribution.closed_on ? contribution.closed_on : contribution.opened_on)) return;
    auto kind = std::string(word(contribution.kind));
    std::replace(kind.begin(), kind.end(), '_', ' ');
    put(reports::csv_line({fmt::format("{}", contribution.id.value), day_text(contribution.opened_on),
                           day_text(contribution.closed_on), kind, contribution.title, contribution.repository,
                           company_name(crm, contribution.company), std::string(word(contribution.state)),
                           joined(people_with_parts(crm.store.people_of(contribution.id)), "; "), contribution.link}));
    ++written.records;
  });
  return written;
}

Written contributions_as_json(Crm& crm, const Asked& asked, const Put& put) {
  Written written;
  crm.store.each<Contribution>([&](const Contribution& contribution) {
    if (!asked.is_within(contribution.closed_on ? contribution.closed_on : contribution.opened_on)) return;
    auto json = wire::record(contribution);
    json["company_name"] = company_name(crm, contribution.company);
    Json people = Json::array();
    for (const auto& [contact, part] : crm.store.people_of(contribution.id))
      people.push_back({{"id", contact.id.value}, {"name", contact.display}, {"part", word(part)}});
    json["people"] = people;
    put(json_line(json));
    ++written.records;
  });
  return written;
}

// The calendar

/// Interviews with their hour, and the day of everything that deserves attention within a year.
Written calendar(Crm& crm, const Asked& asked, const Put& put) {
  constexpr int look_ahead_days = 366;
  const auto today = crm.clock.today();
  reports::Table rounds;
  for (const auto* key : {"due", "at", "minutes", "place", "what", "who", "why", "subject"})
    rounds.columns.push_back({key, key, reports::Column::Align::left, false, false});
  for (const auto& interview : crm.store.interviews(std::nullopt)) {
    if (interview.outcome == InterviewOutcome::cancelled || !asked.is_within(interview.when.day)) continue;
    std::vector<std::string> with;
    for (const auto& contact : crm.store.people_of(interview.id)) with.push_back(contact.display);
    const auto cell = [](std::string text) {
      return reports::Cell{std::move(text), std::nullopt, reports::Tone::plain};
    };
    const auto kind = interview.kind.empty() ? "interview" : interview.kind;
    rounds.rows.push_back({cell(to_text(interview.when.day)), cell(to_text(crm.clock.utc(interview.when))),
                           cell(interview.minutes ? fmt::format("{}", *interview.minutes) : ""), cell(interview.place),
                           cell(kind), cell(title_of(crm, crm.store.get(interview.application))),
                           cell(with.empty() ? "" : "with " + joined(with, ", ")),
                           cell(fmt::format("interview {}", interview.id.value))});
  }
  auto settings = crm.config.follow_ups();
  settings.look_ahead_days = look_ahead_days;
  auto items = followups(crm.store.follow_up_facts(today), today, settings);
  std::erase_if(items, [&](const FollowUp& item) { return !asked.is_within(item.due); });
  const auto records = static_cast<std::int64_t>(rounds.rows.size() + items.size());
  auto document = reports::followups(items, today, look_ahead_days);
  document.title = "Ties";
  document.blocks.insert(document.blocks.begin(), std::move(rounds));
  put(reports::ics(document, reports::calendar_stamp(crm.clock.instant())));
  return {records, 0};
}

/// What can leave in which form; the first of a kind is its standard.
struct Form {
  std::string_view what, format, ending;
  Written (*write)(Crm&, const Asked&, const Put&);
};
constexpr Form forms[] = {
    {"contacts", "csv", ".csv", contacts_as_table},
    {"contacts", "vcard", ".vcf", contacts_as_cards},
    {"contacts", "vcard4", "", contacts_as_cards},
    {"contacts", "google", "", contacts_for_google},
    {"contacts", "jsonl", ".jsonl", contacts_as_json},
    {"applications", "csv", ".csv", applications_as_table},
    {"applications", "jsonl", ".jsonl", applications_as_json},
    {"interactions", "csv", ".csv", interactions_as_table},
    {"interactions", "jsonl", ".jsonl", interactions_as_json},
    {"contributions", "csv", ".csv", contributions_as_table},
    {"contributions", "jsonl", ".jsonl", contributions_as_json},
    {"calendar", "ics", ".ics", calendar},
};
constexpr std::array format_words{"csv"sv, "vcard"sv, "vcard4"sv, "google"sv, "jsonl"sv, "ics"sv};

bool is_list(std::string_view word) {
  return std::any_of(std::begin(forms), std::end(forms), [&](const Form& form) { return form.what == word; });
}

/// By what was said; else by the file's ending, else the standard.
const Form& form_of(std::string_view what, const std::string& format, const std::string& file) {
  const auto ending = std::filesystem::path(file).extension().string();
  const Form *standard = nullptr, *by_ending = nullptr;
  std::vector<std::string_view> known;
  for (const auto& form : forms) {
    if (form.what != what) continue;
    known.push_back(form.format);
    if (form.format == format) return form;
    if (standard == nullptr) standard = &form;
    if (!ending.empty() && form.ending == ending) by_ending = &form;
  }
  if (!format.empty())
    throw Wrong(fmt::format("format: {} can leave as {}, not as {}", what, fmt::join(known, ", "), format));
  return by_ending != nullptr ? *by_ending : *standard;
}

/// Throws Wrong where an option says nothing of what is asked for.
void check_options(const Args& args, std::string_view what, std::string_view format) {
  const bool of_people = what == "contacts" || what == "interactions";
  if (args.has("where") && !of_people)
    throw Wrong(fmt::format("where: it chooses people, and so contacts and interactions, not {}", what));
  if (what == "contacts" && (args.has("since") || args.has("until")))
    throw Wrong("since: contacts have no date; choose them by --where 'last:<90d'");
  const bool may_be_private = what == "interactions" || (what == "contacts" && format == "jsonl");
  if (args.flag("include-private") && !may_be_private) {
    throw Wrong(
        fmt::format("include-private: nothing private goes into {} as {}; it can into an export of everything, into "
                    "interactions, and into contacts as jsonl",
                    what, format));
  }
}

/// Past a file that is there already only when the user says so.
void check_place(const std::string& file, const Args& args) {
  std::error_code error;
  if (!std::filesystem::exists(file, error) || args.go_on()) return;
  if (std::filesystem::is_directory(file, error)) throw Conflict(fmt::format("{}: it is a folder; name a file", file));
  throw Guarded({{"file there", fmt::format("{} is there already and would be written anew", file)}});
}

Answer export_list(Crm& crm, const Args& args, const std::string& what, const std::string& file) {
  const auto& form = form_of(what, args.text("format"), file);
  check_options(args, what, form.format);
  Asked asked;
  asked.format = form.format;
  asked.since = args.day("since"), asked.until = args.day("until");
  asked.with_private = args.flag("include-private");
  if (args.has("where"))
    asked.contacts = crm.store.contact_ids(contact_query(joined(args.many("where"), " ")), args.today(), crm.sees_private);

  Answer answer;
  Written written;
  const bool to_output = file.empty() || file == "-";
  if (to_output) {
    if (crm.output == nullptr) throw Wrong("export: name a file to write to");
    written = form.write(crm, asked, [&](std::string_view text) {
      crm.output->write(text.data(), static_cast<std::streamsize>(text.size()));
    });
    answer.aside = true;
  } else {
    check_place(file, args);
    write_file(file, [&](const Put& put) { written = form.write(crm, asked, put); });
    answer.said = fmt::format("exported {} {} to {}", written.records, what == "calendar" ? "days" : what, file);
  }
  if (written.held_back > 0) {
    answer.remarks.push_back(fmt::format("{} {} stay here, being private; --include-private takes them along",
                                         written.held_back, what == "contacts" ? "private notes" : what));
  }
  answer.data = {{"what", what}, {"format", form.format}, {"private", asked.with_private}, {"records", written.records}, {"tables", nullptr}};
  return answer;
}

Answer export_any(Crm& crm, const Args& args) {
  if (args.flag("include-private")) must_see_private(crm, "include-private");
  auto what = args.text("what"), file = args.text("to");
  const auto format = args.text("format");
  if (is_list(what)) return export_list(crm, args, what, file);
  // Of people as cards and of the calendar, the format says it all.
  if (!format.empty() && file.empty()) return export_list(crm, args, format == "ics" ? "calendar" : "contacts", what);
  if (what.empty())
    throw Wrong(
        "export: say where to, a new folder or a file that ends in .zip, for everything; or what: contacts, "
        "applications, interactions, contributions, calendar");
  for (const auto* option : {"to", "format", "where", "since", "until"}) {
    if (args.has(option))
      throw Wrong(fmt::format(
          "export: '{}' is none of contacts, applications, interactions, contributions, calendar; {} goes with these",
          what, option));
  }
  if (plain_ending(what) == ".zip") check_place(what, args);
  return export_everything(crm, what, args.flag("include-private"));
}

}  // namespace

std::vector<Verb> export_verbs() {
  return {
      {"export",
       "",
       "write everything as documented JSON lines, or people, applications, … for other programs",
       "ties export applications --format csv --since 2026-01-01",
       {{"what", Kind::path,
         "a new folder or FILE.zip, for everything; or contacts, applications, interactions, contributions, calendar",
         Place::optional_first},
        {"to", Kind::path, "the file to write; standard output when not said", Place::optional_first},
        {"format", Kind::choice, "csv, vcard (3.0), vcard4 (4.0), google, jsonl, ics; else by the file's ending",
         Place::option, false, format_words},
        {"where", Kind::text, "only people whom a query finds, as in `contact list`: 'tag:alumni'", Place::repeated},
        {"since", Kind::day, "leave out what happened before that day"},
        {"until", Kind::day, "leave out what happened after that day"},
        {"include-private", Kind::flag, "take private notes and confidential interactions along"}},
       export_any,
       false, "", "Exported"},
  };
}

}  // namespace ties
