#include <fmt/format.h>

#include <algorithm>

#include "crm/text/text.h"
#include "importers/table_cells.h"
#include "importers/table_reading.h"
#include "importers/table_words.h"
#include "importers/table_writer.h"

namespace ties::importers::table_parts {
namespace {

constexpr std::size_t extras_max = 200;
constexpr std::size_t tags_max = 100;

/// Groups that a program keeps for itself.
bool is_system_group(std::string_view folded) {
  constexpr std::array groups{"mycontacts"sv, "my contacts"sv, "contacts"sv, "other contacts"sv, "othercontacts"sv};
  return std::find(groups.begin(), groups.end(), folded) != groups.end();
}

std::string described(PointKind kind) {
  switch (kind) {
    case PointKind::email:
      return "an email address";
    case PointKind::phone:
      return "a phone number";
    case PointKind::linkedin:
      return "the address of a profile";
    case PointKind::github:
    case PointKind::gitlab:
      return "a login";
    default:
      return "an address";
  }
}

/// Fields that are one text of the contact.
std::string Contact::*text_of(TableField field) {
  switch (field) {
    case TableField::nickname:
      return &Contact::nickname;
    case TableField::headline:
      return &Contact::headline;
    case TableField::pronouns:
      return &Contact::pronouns;
    case TableField::location:
      return &Contact::location;
    case TableField::met_place:
      return &Contact::met_place;
    default:
      return nullptr;
  }
}

std::optional<PointKind> point_of(TableField field) {
  switch (field) {
    case TableField::email:
      return PointKind::email;
    case TableField::phone:
      return PointKind::phone;
    case TableField::linkedin_profile:
      return PointKind::linkedin;
    case TableField::github:
      return PointKind::github;
    case TableField::gitlab:
      return PointKind::gitlab;
    case TableField::website:
      return PointKind::website;
    case TableField::handle:
      return PointKind::handle;
    default:
      return std::nullopt;
  }
}

/// One row of a table of people, read cell by cell and then put together.
class PersonRow {
 public:
  explicit PersonRow(Reading& reading) : reading_(reading) {
    person_.file = reading.file();
    person_.line = reading.line();
    person_.contact.source = reading.table().source();
  }

  void read() {
    reading_.each_cell(
        [this](int place, const TableColumn& column, std::string text) { take(place, column, std::move(text)); });
    name_the_person();
    if (person_.contact.display.empty() || is_organisation()) {
      reading_.skip(person_.jobs.empty() ? "no name" : "an organisation, no person");
      return;
    }
    add_birthday();
    if (person_.contact.location.empty()) person_.contact.location = places();
    finish();
  }

 private:
  void take(int place, const TableColumn& column, std::string text) {
    using enum TableField;
    if (own_ && take_own(place, column, text)) return;
    if (const auto field = text_of(column.field)) return set(person_.contact.*field, column, std::move(text));
    if (const auto kind = point_of(column.field)) return add_points(place, column, *kind, text);
    switch (column.field) {
      case given:
        return set(given_, column, std::move(text));
      case middle:
        return set(middle_, column, std::move(text));
      case family:
        return set(family_, column, std::move(text));
      case display:
        return set(display_, column, linked(text).name);
      case suffix:
        return set(suffix_, column, std::move(text));
      case city:
        return set(place_[0], column, std::move(text));
      case region:
        return set(place_[1], column, std::move(text));
      case country:
        return set(place_[2], column, std::move(text));
      case company:
        return set(job(column).company, column, linked(text).name);
      case title:
        return set(job(column).title, column, std::move(text));
      case tags:
        return add_tags(text);
      case notes:
        person_.note += (person_.note.empty() ? "" : "\n\n") + text;
        return;
      case birthday:
        return take_birthday(place, column, text);
      case birth_year:
        return set(birth_[0], column, std::move(text));
      case birth_month:
        return set(birth_[1], column, std::move(text));
      case birth_day:
        return set(birth_[2], column, std::move(text));
      case met_on:
        return set_day(person_.contact.met_on, place, column, text);
      case connected_on:
        return set_day(person_.contact.connected_on, place, column, text);
      case last_contact:
        last_contact_column_ = column.name;
        return set_day(last_contact_, place, column, text);
      case met_event:
        return set(event_, column, linked(text).name);
      case introduced_by:
        return set(person_.introduced_by, column, linked(text).name);
      case starred:
        person_.contact.starred = person_.contact.starred || yes_or_no_meant(text).value_or(false);
        return;
      case cadence:
        person_.contact.cadence_days = cadence_days_meant(text);
        if (!person_.contact.cadence_days) keep(column.name, std::move(text));
        return;
      case record:
        if (person_.uid.empty()) person_.uid = reading_.table().source() + ":" + text;
        return;
      case relation:
        return take_relation(column, text);
      case custom:
        return take_custom(column, text);
      case part:
        part_ = text;
        person_.tags.push_back(text);
        return;
      case contact:
        record_ = text;
        return;
      default:
        return keep(column.name, std::move(text));
    }
  }

  /// What Ties wrote is taken at its word. False where there is nothing special about it.
  bool take_own(int place, const TableColumn& column, const std::string& text) {
    using enum TableField;
    switch (column.field) {
      case display:
        display_ = text;
        return true;
      case company:
        job(column).company = text;
        return true;
      case started:
        job(column).started = text;
        return true;
      case other_jobs:
        for (const auto& line : lines_of_cell(text)) {
          auto parts = parts_of_line(line, ';', 4);
          parts.resize(4);
          other_jobs_.push_back({parts[0], parts[1], parts[2], parts[3]});
        }
        return true;
      case more:
        for (const auto& line : lines_of_cell(text)) {
          auto parts = parts_of_line(line, ':', 2);
          parts.resize(2);
          if (person_.extras.size() < extras_max && !parts[1].empty()) person_.extras.push_back({parts[0], parts[1]});
        }
        return true;
      case tags:
        person_.tags = lines_of_cell(text);
        if (person_.tags.size() > tags_max) person_.tags.resize(tags_max);
        return true;
      case record:
        for (const auto& line : lines_of_cell(text)) {
          if (person_.uid.empty()) person_.uid = address_of_line(line).first;
        }
        return true;
      default:
        break;
    }
    const auto point_kind = point_of(column.field);
    if (!point_kind) return false;
    for (const auto& line : lines_of_cell(text)) {
      auto [value, label] = address_of_line(line);
      auto point = reading_.point(*point_kind, value, "");
      if (point) point->label = text::clean_line(label, 100);
      if (point && add_point(person_, std::move(*point))) continue;
      reading_.issue(place,
                     fmt::format("\"{}\" is not {}, kept as it is", text::fit(value, 40), described(*point_kind)));
      keep(column.name, value);
    }
    return true;
  }

  /// The first column of a field wins; what another one says otherwise is kept beside it.
  void set(std::string& field, const TableColumn& column, std::string text) {
    if (field.empty()) {
      field = std::move(text);
    } else if (text::fold(field) != text::fold(text)) {
      keep(column.name, std::move(text));
    }
  }

  void set_day(std::optional<Date>& field, int place, const TableColumn& column, const std::string& text) {
    const auto day = reading_.day(place, text);
    if (!day && !is_no_day(text)) keep(column.name, text);
    if (!field) field = day;
  }

  void keep(std::string name, std::string value) {
    if (person_.extras.size() >= extras_max || value.empty() || is_no_day(value)) return;
    person_.extras.push_back({name.empty() ? "column without a name" : std::move(name), std::move(value)});
  }

  void add_points(int place, const TableColumn& column, PointKind kind, const std::string& text) {
    const auto marks = kind == PointKind::email    ? ";,"
                       : kind == PointKind::phone  ? ";"
                       : kind == PointKind::handle ? ""
                                                   : "; ";
    const auto label = reading_.label_of(column);
    const auto values = values_of(text, marks);
    for (const auto& value : values) {
      const auto told = kind_of_address(value);
      const bool tells = told != PointKind::website && kind != PointKind::email && kind != PointKind::phone;
      auto point = reading_.point(tells ? told : kind, with_calling_code(column, value), label);
      if (!point && tells) point = reading_.point(kind, value, label);
      if (point) point->primary = point->primary && &value == &values.front();
      if (point && add_point(person_, std::move(*point))) continue;
      reading_.issue(place, fmt::format("\"{}\" is not {}, kept as it is", text::fit(value, 40), described(kind)));
      keep(column.name, value);
    }
  }

  /// Twenty keeps a number's calling code in a column of its own.
  std::string with_calling_code(const TableColumn& column, const std::string& value) const {
    if (column.key.letters != "phonesprimaryphonenumber" || value.starts_with('+')) return value;
    return reading_.cell_under("phonesprimaryphonecallingcode") + value;
  }

  void add_tags(const std::string& text) {
    for (auto value : values_of(text, ";,")) {
      while (value.starts_with('*') || value.starts_with(' ')) value.erase(0, 1);
      value = linked(value).name;
      const auto folded = text::fold(value);
      if (folded == "starred") person_.contact.starred = true;
      if (value.empty() || folded == "starred" || is_system_group(folded)) continue;
      if (person_.tags.size() < tags_max &&
          std::find(person_.tags.begin(), person_.tags.end(), value) == person_.tags.end())
        person_.tags.push_back(std::move(value));
    }
  }

  void take_birthday(int place, const TableColumn& column, const std::string& text) {
    if (is_no_day(text) || !birthday_.empty()) return;
    if (birthday_ = yearless_day_of(text); !birthday_.empty()) return;
    auto day = reading_.day(place, text);
    if (!day) return keep(column.name, text);
    // "12/28/69" is behind us, whatever two digits usually mean.
    if (reading_.options.today.ok() && *day > reading_.options.today)
      *day = {day->year() - std::chrono::years(100), day->month(), day->day()};
    birthday_ = day->ok() ? to_text(*day) : text;
  }

  void add_birthday() {
    if (birthday_.empty() && !birth_[1].empty() && !birth_[2].empty()) {
      const auto month = birth_[1].size() == 1 ? "0" + birth_[1] : birth_[1];
      const auto day = birth_[2].size() == 1 ? "0" + birth_[2] : birth_[2];
      const auto whole = date_from_text(birth_[0] + "-" + month + "-" + day);
      birthday_ = whole ? to_text(*whole) : yearless_day_of("--" + month + "-" + day);
      if (birthday_.empty()) birthday_ = birth_[0] + " " + birth_[1] + " " + birth_[2];
    } else if (birthday_.empty() && !birth_[0].empty()) {
      birthday_ = birth_[0];
    }
    keep("birthday", birthday_);
  }

  void take_relation(const TableColumn& column, const std::string& text) {
    const auto label = text::clean_line(reading_.label_of(column), 100);
    const auto folded = text::fold(label);
    const bool introduces = folded == "referred by" || folded == "introduced by" || folded == "introducer";
    if (introduces) return set(person_.introduced_by, column, text);
    keep(label.empty() ? "relation" : label, text);
  }

  void take_custom(const TableColumn& column, const std::string& text) {
    const auto label = text::clean_line(reading_.label_of(column), 100);
    const auto* entry = field_called(TableOf::contacts, header_key(label).letters);
    if (const auto field = entry != nullptr ? text_of(entry->field) : nullptr)
      return set(person_.contact.*field, column, text);
    const auto kind = kind_of_address(text) != PointKind::website ? std::optional(kind_of_address(text))
                      : entry != nullptr                          ? point_of(entry->field)
                                                                  : std::nullopt;
    if (kind) {
      auto point = reading_.point(*kind, text, entry != nullptr ? std::string(entry->label) : "");
      if (point && add_point(person_, std::move(*point))) return;
    }
    keep(label.empty() ? column.name : label, text);
  }

  Person::Job& job(const TableColumn& column) {
    for (std::size_t i = 0; i < job_groups_.size(); ++i) {
      if (job_groups_[i] == column.key.group) return person_.jobs[i];
    }
    job_groups_.push_back(column.key.group);
    return person_.jobs.emplace_back();
  }

  void name_the_person() {
    auto& contact = person_.contact;
    if (own_) {
      contact.display = display_, contact.given = given_, contact.family = family_, contact.suffix = suffix_;
      return;
    }
    const auto is_address = [](const std::string& name) { return normalised(PointKind::email, name).has_value(); };
    if (!middle_.empty()) given_ += (given_.empty() ? "" : " ") + middle_;
    PersonName name;
    if (given_.empty() && family_.empty()) {
      if (!display_.empty() && !is_address(display_)) name = person_name(display_);
    } else if (family_.empty() && !display_.empty()) {
      // "Vorname, Name" parts a name; "First name, Name" tells it twice.
      const bool whole = (" " + text::fold(display_) + " ").find(" " + text::fold(given_) + " ") != std::string::npos;
      name = whole ? person_name(display_) : person_name(given_, display_);
    } else if (!(family_.empty() && is_address(given_))) {
      name = person_name(given_, family_);
    }
    const auto shown = text::fold(display_);
    const bool told_otherwise = !given_.empty() && !family_.empty() && !shown.empty() && !is_address(display_) &&
                                shown != text::fold(name.display) && shown != text::fold(given_ + " " + family_) &&
                                text::fold(person_name(display_).display) != text::fold(name.display);
    if (told_otherwise) keep("name", display_);
    contact.display = name.display, contact.given = name.given, contact.family = name.family;
    contact.suffix = name.suffix;
    if (contact.nickname.empty()) contact.nickname = name.nickname;
    if (!suffix_.empty() && contact.suffix.find(suffix_) == std::string::npos) {
      contact.suffix = suffix_ + (contact.suffix.empty() ? "" : ", " + contact.suffix);
    }
    if (contact.display.empty()) contact.display = contact.nickname;
    for (const auto* text : {&given_, &display_}) {
      if (!is_address(*text)) continue;
      if (auto point = reading_.point(PointKind::email, *text, "")) add_point(person_, std::move(*point));
    }
    if (contact.display.empty() && !person_.points.empty()) contact.display = person_.points.front().value;
  }

  /// Address books name a company's card after it.
  bool is_organisation() const {
    return !own_ && given_.empty() && family_.empty() && person_.jobs.size() == 1 &&
           person_.jobs.front().title.empty() &&
           text::fold(person_.jobs.front().company) == text::fold(person_.contact.display);
  }

  std::string places() const {
    std::string joined;
    for (const auto& place : place_) {
      if (!place.empty()) joined += (joined.empty() ? "" : ", ") + place;
    }
    return joined;
  }

  FoundInteraction found(InteractionKind kind, Date day) const {
    FoundInteraction result;
    result.interaction.kind = kind;
    result.interaction.when.day = day;
    result.with = {key_of(person_)};
    result.file = person_.file, result.line = person_.line;
    return result;
  }

  void finish() {
    const auto jobless = [](const Person::Job& job) { return job.company.empty() && job.title.empty(); };
    person_.jobs.erase(std::remove_if(person_.jobs.begin(), person_.jobs.end(), jobless), person_.jobs.end());
    const auto key = key_of(person_);
    const auto who = text::hash_of({key.linkedin, key.email, text::fold(key.name)});
    auto& batch = reading_.batch;
    // The job that is held now comes last: of two that have not ended, the later one is taken for it.
    person_.jobs.insert(person_.jobs.begin(), other_jobs_.rbegin(), other_jobs_.rend());
    if (!event_.empty() && person_.contact.met_on && !own_) {
      auto met = found(InteractionKind::met, *person_.contact.met_on);
      met.event = event_;
      met.interaction.channel = "in person";
      met.interaction.source_key = "table:met:" + text::hash_of({who, text::fold(event_)});
      batch.interactions.push_back(std::move(met));
    } else if (!event_.empty()) {
      auto& place = person_.contact.met_place;
      place = place.empty() ? event_ : event_ + ", " + place;
    }
    if (last_contact_ && (!reading_.options.since || *last_contact_ >= *reading_.options.since)) {
      auto talk = found(InteractionKind::chat, *last_contact_);
      talk.interaction.text = last_contact_column_;
      talk.interaction.source_key = "table:last-contact:" + text::hash_of({who, to_text(*last_contact_)});
      batch.interactions.push_back(std::move(talk));
    }
    if (!record_.empty()) {
      reading_.people_of_records.push_back({batch.people.size(), record_, part_, person_.line, person_.file});
    }
    batch.people.push_back(std::move(person_));
  }

  Reading& reading_;
  const bool own_{reading_.table().is_own()};
  Person person_{};
  std::vector<Person::Job> other_jobs_{};
  std::string given_{}, middle_{}, family_{}, display_{}, suffix_{}, event_{}, birthday_{}, last_contact_column_{};
  std::string part_{}, record_{};  ///< career-ops: the part in, and the number of, an application
  std::array<std::string, 3> birth_{};
  std::array<std::string, 3> place_{};  ///< city, region, country
  std::vector<std::string> job_groups_{};
  std::optional<Date> last_contact_{};
};

}  // namespace

void read_contacts(Reading& reading) {
  while (reading.next()) {
    PersonRow(reading).read();
    reading.hand_over();
  }
}

}  // namespace ties::importers::table_parts
