#include <fmt/format.h>

#include <algorithm>

#include "crm/text/text.h"
#include "importers/linkedin_parts.h"

namespace ties::importers::linkedin_parts {
namespace {

constexpr std::string_view profile_url =
    "URL|Profile URL|LinkedIn URL|Profil-URL|URL du profil|URL del perfil|URL do perfil";
constexpr std::string_view email =
    "Email Address|Email|E-Mail-Adresse|Adresse e-mail|Dirección de correo electrónico|"
    "Endereço de e-mail|Indirizzo e-mail|E-mailadres";
constexpr std::string_view company = "Company|Firma|Unternehmen|Entreprise|Empresa|Azienda|Bedrijf";
constexpr std::string_view position = "Position|Poste|Cargo|Puesto|Posizione|Functie";

/// A cell, where a statistics program's or a spreadsheet's word for "nothing" is nothing.
std::string words_or_nothing(const Reading& reading, std::string_view column) {
  auto words = reading.words(column);
  return words == "NA" || words == "N/A" || words == "#N/A" ? "" : words;
}

/// A new person with the name of these two cells; nobody when both are empty.
std::optional<Person> person_named(Reading& reading, std::string_view given, std::string_view family) {
  if (given.empty() && family.empty()) return {};
  Person person;
  set_name(person.contact, person_name(given, family));
  if (person.contact.display.empty()) return {};
  person.contact.source = "linkedin";
  person.file = reading.file();
  person.line = reading.line();
  return person;
}

/// Cells of many addresses are joined by commas, semicolons or line ends.
template <class Visit>
void each_part(std::string_view cell, Visit visit) {
  while (!cell.empty()) {
    const auto end = std::min(cell.find_first_of(",;\n|"), cell.size());
    auto part = cell.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) visit(part);
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
}

const std::string& slug_of(const Person& person) {
  static const std::string none;
  const auto at = std::find_if(person.points.begin(), person.points.end(),
                               [](const ContactPoint& point) { return point.kind == PointKind::linkedin; });
  return at == person.points.end() ? none : at->value;
}

void add_connection(Reading& reading, Person person, const std::string& name) {
  const auto& slug = slug_of(person);
  if (!slug.empty()) {
    if (!reading.connected_slugs.insert(slug).second) return reading.skip("listed twice");
    reading.name_of_slug.emplace(slug, person.contact.display);
  }
  auto& known = reading.connected_by_name[name];
  known.slug = slug;
  ++known.count;
  person.tags = {"linkedin"};
  reading.batch.people.push_back(std::move(person));
}

void read_recommendations(Reading& reading, Direction direction) {
  while (reading.next()) {
    const auto name = joined_name(reading.cell("First Name"), reading.cell("Last Name"));
    if (name.empty()) {
      reading.skip("no name");
      continue;
    }
    const auto when = reading.moment("Creation Date", wall_shapes);
    if (!when) {
      reading.skip("no date");
      continue;
    }
    if (reading.is_too_old(when->day, reading.file())) continue;
    FoundInteraction found;
    found.interaction.kind = InteractionKind::recommendation;
    found.interaction.direction = direction;
    found.interaction.channel = "linkedin";
    found.interaction.when = *when;
    found.interaction.text = reading.prose("Text");
    found.interaction.source_key =
        "linkedin:recommendation:" + text::hash_of({word(direction), name, to_text(*when), found.interaction.text});
    found.with = {reading.key_of("", name)};
    found.file = reading.file();
    found.line = reading.line();
    if (!reading.seen_keys.insert(*found.interaction.source_key).second) {
      reading.skip("repeated");
      continue;
    }
    reading.batch.interactions.push_back(std::move(found));
  }
}

}  // namespace

void read_connections(Reading& reading) {
  reading.connections_were_read = true;
  while (reading.next()) {
    auto given = reading.words(first_name);
    auto family = reading.words(last_name);
    if (given == "NA" && family == "NA") given.clear(), family.clear();
    const auto url = words_or_nothing(reading, profile_url);
    const auto mail = words_or_nothing(reading, email);
    const auto employer = words_or_nothing(reading, company);
    const auto title = words_or_nothing(reading, position);
    const auto when = reading.moment(connected_on, connection_shapes);
    auto person = person_named(reading, given, family);
    if (!person) {
      if (url.empty() && mail.empty() && employer.empty() && title.empty()) {
        reading.skip("hidden member");
      } else {
        reading.issue(first_name, "a connection has no name, skipped");
        reading.skip("no name");
      }
      continue;
    }
    if (when) person->contact.connected_on = when->day;
    reading.add_point(*person, PointKind::linkedin, url, profile_url);
    reading.add_point(*person, PointKind::email, mail, email);
    if (!employer.empty() || !title.empty()) person->jobs.push_back({employer, title, "", ""});
    add_connection(reading, std::move(*person), joined_name(given, family));
  }
}

void read_outlook_connections(Reading& reading) {
  reading.connections_were_read = true;
  constexpr Date last_day_of_this_shape{std::chrono::year{2016}, std::chrono::December, std::chrono::day{31}};
  if (!reading.latest) reading.latest = last_day_of_this_shape;  // the rows have no dates
  while (reading.next()) {
    const auto given = joined_name(reading.cell("First Name"), reading.cell("Middle Name"));
    const auto family = reading.words("Last Name");
    auto person = person_named(reading, given, family);
    if (!person) {
      reading.issue("First Name", "a connection has no name, skipped");
      reading.skip("no name");
      continue;
    }
    if (person->contact.suffix.empty()) person->contact.suffix = reading.words("Suffix");
    for (const auto column : {"E-mail Address"sv, "E-mail 2 Address"sv, "E-mail 3 Address"sv}) {
      reading.add_point(*person, PointKind::email, reading.cell(column), column);
    }
    reading.add_point(*person, PointKind::phone, reading.cell("Business Phone"), "Business Phone", "work");
    reading.add_point(*person, PointKind::phone, reading.cell("Home Phone"), "Home Phone", "home");
    reading.add_point(*person, PointKind::phone, reading.cell("Mobile Phone"), "Mobile Phone", "mobile");
    for (const auto column : {"Web Page"sv, "Personal Web Page"sv}) {
      const auto page = reading.cell(column);
      const bool is_profile = page.find("linkedin.com/in/") != page.npos;
      reading.add_point(*person, is_profile ? PointKind::linkedin : PointKind::website, page, column);
    }
    const auto employer = reading.words("Company");
    const auto title = reading.words("Job Title");
    if (!employer.empty() || !title.empty()) person->jobs.push_back({employer, title, "", ""});
    person->note = reading.prose("Notes");
    add_connection(reading, std::move(*person), joined_name(given, family));
  }
}

void read_address_book(Reading& reading) {
  constexpr std::string_view emails = "Emails|Email Address";
  constexpr std::string_view phones = "PhoneNumbers|Phone Numbers";
  while (reading.next()) {
    const auto given = joined_name(reading.cell("FirstName|First Name"), reading.cell("MiddleName"));
    auto person = person_named(reading, given, reading.words("LastName|Last Name"));
    if (!person) {
      const auto whole = reading.words("FullName|Full Name");
      person.emplace();
      set_name(person->contact, person_name(whole));
      person->contact.source = "linkedin";
      person->file = reading.file();
      person->line = reading.line();
    }
    each_part(reading.cell(emails), [&](auto part) { reading.add_point(*person, PointKind::email, part, emails); });
    each_part(reading.cell(phones), [&](auto part) { reading.add_point(*person, PointKind::phone, part, phones); });
    each_part(reading.cell("Profiles"), [&](auto part) {
      if (part.find("linkedin.com/in/") != part.npos) {
        reading.add_point(*person, PointKind::linkedin, part, "Profiles");
      }
    });
    if (person->points.empty()) {
      reading.skip("no address");
      continue;
    }
    auto& contact = person->contact;
    if (contact.display.empty()) contact.display = person->points.front().value;
    if (contact.nickname.empty()) contact.nickname = reading.words("NickName");
    contact.location = reading.words("Location");
    const auto employer = reading.words("Companies");
    const auto title = reading.words("Title");
    if (!employer.empty() || !title.empty()) person->jobs.push_back({employer, title, "", ""});
    person->only_suggests = true;
    reading.batch.people.push_back(std::move(*person));
  }
}

void read_notes(Reading& reading) {
  constexpr std::string_view url = "Connection Profile URL";
  while (reading.next()) {
    reading.moment("Created On", stamp_shapes);
    reading.moment("Edited On", stamp_shapes);
    auto note = reading.prose("Note");
    if (note.empty()) {
      reading.skip("empty note");
      continue;
    }
    auto person = person_named(reading, reading.words("Connection First Name"), reading.words("Connection Last Name"));
    if (!person) {
      reading.issue("Connection First Name", "a note is on nobody, skipped");
      reading.skip("no name");
      continue;
    }
    reading.add_point(*person, PointKind::linkedin, reading.cell(url), url);
    person->note = std::move(note);
    reading.batch.people.push_back(std::move(*person));
  }
}

void read_invitations(Reading& reading) {
  while (reading.next()) {
    const auto direction_word = reading.words("Direction");
    const bool out = direction_word == "OUTGOING";
    if (!out && direction_word != "INCOMING") {
      reading.issue("Direction",
                    fmt::format("\"{}\" is neither INCOMING nor OUTGOING, skipped", text::fit(direction_word, 40)));
      reading.skip("no direction");
      continue;
    }
    const auto& inviter = reading.slug_of(reading.cell("inviterProfileUrl"));
    const auto& invitee = reading.slug_of(reading.cell("inviteeProfileUrl"));
    if (const auto& mine = out ? inviter : invitee; !mine.empty()) ++reading.my_slug_votes[mine];
    const auto& slug = out ? invitee : inviter;
    const auto name = text::clean_line(reading.cell(out ? "To" : "From"), 300);
    if (slug.empty() && is_nobody(name)) {
      reading.skip("deleted member");
      continue;
    }
    const auto when = reading.moment("Sent At", wall_shapes);
    if (!when) {
      reading.skip("no date");
      continue;
    }
    if (reading.is_too_old(when->day, reading.file())) continue;
    FoundInteraction found;
    found.interaction.kind = InteractionKind::invitation;
    found.interaction.direction = out ? Direction::out : Direction::in;
    found.interaction.channel = "linkedin";
    found.interaction.when = *when;
    found.interaction.text = reading.prose("Message");
    found.interaction.source_key =
        "linkedin:invitation:" + text::hash_of({direction_word, slug.empty() ? name : slug, to_text(*when)});
    found.with = {reading.key_of(slug, is_nobody(name) ? "" : name)};
    found.interaction.awaits = out && reading.connections_were_read && !reading.is_connected(found.with.front());
    found.file = reading.file();
    found.line = reading.line();
    if (!reading.seen_keys.insert(*found.interaction.source_key).second) {
      reading.skip("repeated");
      continue;
    }
    reading.batch.interactions.push_back(std::move(found));
  }
}

void read_endorsements(Reading& reading) {
  const bool received = reading.has("Endorser First Name");
  const std::string other = received ? "Endorser" : "Endorsee";
  const auto direction = received ? Direction::in : Direction::out;
  while (reading.next()) {
    const auto name = joined_name(reading.cell(other + " First Name"), reading.cell(other + " Last Name"));
    const auto& slug = reading.slug_of(reading.cell(other + " Public Url"));
    if (slug.empty() && is_nobody(name)) {
      reading.skip("deleted member");
      continue;
    }
    const auto when = reading.moment("Endorsement Date", stamp_shapes);
    if (!when) {
      reading.skip("no date");
      continue;
    }
    if (reading.is_too_old(when->day, reading.file())) continue;
    FoundInteraction found;
    found.interaction.kind = InteractionKind::endorsement;
    found.interaction.direction = direction;
    found.interaction.channel = "linkedin";
    found.interaction.when = *when;
    found.interaction.text = reading.words("Skill Name");
    found.interaction.source_key =
        "linkedin:endorsement:" + text::hash_of({word(direction), name, found.interaction.text, to_text(*when)});
    found.with = {reading.key_of(slug, name)};
    found.file = reading.file();
    found.line = reading.line();
    if (!reading.seen_keys.insert(*found.interaction.source_key).second) {
      reading.skip("repeated");
      continue;
    }
    reading.batch.interactions.push_back(std::move(found));
  }
}

void read_recommendations_received(Reading& reading) {
  read_recommendations(reading, Direction::in);
}
void read_recommendations_given(Reading& reading) {
  read_recommendations(reading, Direction::out);
}

void read_profile(Reading& reading) {
  while (reading.next()) {
    const auto given = reading.words("First Name");
    const auto family = reading.words("Last Name");
    if (!reading.my_name.empty() || (given.empty() && family.empty())) {
      reading.skip("no name");
      continue;
    }
    reading.my_name = joined_name(given, family);
    auto& me = reading.me();
    set_name(me.contact, person_name(given, family));
    me.contact.headline = reading.words("Headline");
    me.contact.location = reading.words("Geo Location");
    // "PERSONAL:https://example.org,COMPANY:https://example.com", in brackets in some years
    auto sites = reading.cell("Websites");
    if (sites.starts_with('[')) sites.remove_prefix(1);
    if (sites.ends_with(']')) sites.remove_suffix(1);
    each_part(sites, [&](std::string_view site) {
      const auto colon = site.find(':');
      const bool labelled = colon != site.npos && !site.substr(colon + 1).starts_with("//");
      const auto label = labelled ? text::lower(text::clean_line(site.substr(0, colon), 40)) : "";
      reading.add_point(me, PointKind::website, labelled ? site.substr(colon + 1) : site, "Websites", label);
    });
    auto handles = reading.cell("Twitter Handles");
    if (handles.starts_with('[')) handles.remove_prefix(1);
    if (handles.ends_with(']')) handles.remove_suffix(1);
    each_part(handles, [&](std::string_view handle) {
      reading.add_point(me, PointKind::handle, handle, "Twitter Handles", "twitter");
    });
  }
}

void read_positions(Reading& reading) {
  while (reading.next()) {
    const auto employer = reading.words("Company Name");
    const auto title = reading.words("Title");
    if (employer.empty() && title.empty()) {
      reading.skip("no company");
      continue;
    }
    reading.me().jobs.push_back(
        {employer, title, partial_date_of(reading.cell("Started On")), partial_date_of(reading.cell("Finished On"))});
  }
}

void read_education(Reading& reading) {
  while (reading.next()) {
    Education education;
    education.school = reading.words("School Name");
    if (education.school.empty()) {
      reading.skip("no school");
      continue;
    }
    education.degree = reading.words("Degree Name");
    education.started = partial_date_of(reading.cell("Start Date"));
    education.ended = partial_date_of(reading.cell("End Date"));
    education.source = "linkedin";
    reading.batch.self.schools.push_back(std::move(education));
  }
}

void read_my_emails(Reading& reading) {
  while (reading.next()) {
    if (reading.cell("Confirmed") == "No") {
      reading.skip("not confirmed");
      continue;
    }
    reading.add_my_point(PointKind::email, reading.cell("Email Address"), reading.cell("Primary") == "Yes");
  }
}

void read_my_phones(Reading& reading) {
  while (reading.next()) {
    const auto number = reading.words("Number");
    const auto extension = reading.words("Extension");
    if (number.empty()) {
      reading.skip("no number");
      continue;
    }
    reading.add_my_point(PointKind::phone, number);
  }
}

}  // namespace ties::importers::linkedin_parts
