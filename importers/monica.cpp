#include "importers/monica.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "crm/text/text.h"
#include "importers/csv.h"

namespace ties::importers {
namespace {

using Json = nlohmann::json;

constexpr std::size_t bytes_max = 50'000'000;
constexpr int depth_max = 32;
constexpr std::size_t issues_max = 1'000;
constexpr std::size_t parts_max = 500;  // of one contact's notes, extras and addresses

const Json& nothing() {
  static const Json none;
  return none;
}

/// A member of an object; nothing of anything else.
const Json& at(const Json& object, const char* name) {
  if (!object.is_object()) return nothing();
  const auto found = object.find(name);
  return found == object.end() ? nothing() : *found;
}

std::string text_at(const Json& object, const char* name, std::size_t most = 2'000) {
  const auto& value = at(object, name);
  if (value.is_string()) return text::clean_line(value.get_ref<const std::string&>(), most);
  if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
  return value.is_number() ? fmt::format("{}", value.get<double>()) : "";
}

std::string prose_at(const Json& object, const char* name) {
  const auto& value = at(object, name);
  return value.is_string() ? text::clean(value.get_ref<const std::string&>()) : "";
}

bool is_true(const Json& object, const char* name) {
  const auto& value = at(object, name);
  return value.is_boolean() ? value.get<bool>() : value.is_number_integer() && value.get<std::int64_t>() != 0;
}

/// A property, which stands beside the object's own members in some versions.
const Json& of(const Json& object) {
  const auto& properties = at(object, "properties");
  return properties.is_object() ? properties : object;
}

std::optional<Date> day_at(const Json& object, const char* name) {
  return date_from_text(text_at(object, name).substr(0, 10));
}

/// "2026-03-01T10:00:00.000000Z" and "2026-03-01"
std::optional<Moment> moment_at(const Json& object, const char* name) {
  const auto written = text_at(object, name);
  const auto day = date_from_text(written.substr(0, 10));
  if (!day) return std::nullopt;
  auto moment = moment_from_text(written.substr(0, 19) + (written.ends_with('Z') ? "Z" : ""));
  const bool is_midnight = moment && moment->time == std::chrono::seconds(0);
  return moment && !is_midnight ? moment : Moment{*day, {}, ""};
}

/// The values of all collections of a type: {"type": "note", "count": 2, "values": […]}.
template <class Visit>
void each(const Json& collections, std::string_view type, Visit visit) {
  if (!collections.is_array()) return;
  for (const auto& collection : collections) {
    const auto& name = at(collection, "type");
    const auto& values = at(collection, "values");
    if (!name.is_string() || name.get_ref<const std::string&>() != type || !values.is_array()) continue;
    for (const auto& value : values) visit(value);
  }
}

struct FieldType {
  std::string name{}, type{}, protocol{};
};

class Reading {
 public:
  Reading(Batch& to, const Options& how, int file) : batch_(to), options_(how), file_(file) {}

  void read(const Json& account) {
    learn_types(at(account, "instance"));
    const auto& data = at(account, "data");
    each(data, "activity", [this](const Json& value) { activities_.emplace(text_at(value, "uuid"), &value); });
    each(data, "contact", [this](const Json& value) { name_contact(value); });
    each(data, "relationship", [this](const Json& value) { learn_relationship(value); });
    each(data, "contact", [this](const Json& value) { read_contact(value); });
    finish_activities();
  }

 private:
  void learn_types(const Json& instance) {
    const auto& types = at(instance, "contact_field_types");
    if (!types.is_array()) return;
    for (const auto& type : types) {
      field_types_[text_at(type, "uuid")] = {text_at(of(type), "name"), text_at(of(type), "type"),
                                             text_at(of(type), "protocol")};
    }
  }

  static PersonName name_of(const Json& properties) {
    auto given = text_at(properties, "first_name", 300);
    const auto middle = text_at(properties, "middle_name", 300);
    if (!middle.empty()) given += (given.empty() ? "" : " ") + middle;
    auto name = person_name(given, text_at(properties, "last_name", 300));
    const auto nickname = text_at(properties, "nickname", 300);
    if (!nickname.empty()) name.nickname = nickname;
    if (name.display.empty()) name.display = name.nickname;
    return name;
  }

  void name_contact(const Json& value) { names_[text_at(value, "uuid")] = name_of(of(value)).display; }

  std::string name_called(const std::string& uuid) const {
    const auto found = names_.find(uuid);
    return found == names_.end() ? "" : found->second;
  }

  /// "Zoë is the partner of Bence": a note on either.
  void learn_relationship(const Json& value) {
    const auto& properties = of(value);
    const auto is = text_at(properties, "contact_is"), whose = text_at(properties, "of_contact");
    const auto type = text_at(properties, "type", 100);
    const auto name = name_called(is), other = name_called(whose);
    if (type.empty() || name.empty() || other.empty()) return;
    const auto line = fmt::format("{} is {} of {}.", name, type, other);
    relationships_[is].push_back(line);
    relationships_[whose].push_back(line);
  }

  void read_contact(const Json& value) {
    tell_of_row(options_, report().file, ++report().rows);
    const auto& properties = of(value);
    Person person;
    person.file = file_;
    person.uid = text_at(value, "uuid", 100);
    if (!person.uid.empty()) person.uid = "monica:" + person.uid;
    auto& contact = person.contact;
    const auto name = name_of(properties);
    if (name.display.empty()) {
      issue("a contact has no name, skipped");
      return skip("no name");
    }
    if (is_true(properties, "is_partial")) return skip("only somebody's relative");
    contact.display = name.display, contact.given = name.given, contact.family = name.family;
    contact.nickname = name.nickname, contact.suffix = name.suffix;
    contact.source = "monica";
    contact.starred = is_true(properties, "is_starred");
    contact.archived = !at(properties, "is_active").is_null() && !is_true(properties, "is_active");
    contact.met_on = special_day(at(properties, "first_met_date"));
    person.introduced_by = name_called(text_at(properties, "first_met_through"));
    const auto cadence = at(properties, "stay_in_touch_frequency");
    if (cadence.is_number_integer() && cadence.get<std::int64_t>() > 0 && cadence.get<std::int64_t>() <= 3'650) {
      contact.cadence_days = static_cast<int>(cadence.get<std::int64_t>());
    }
    const auto company = text_at(properties, "company"), job = text_at(properties, "job");
    if (!company.empty() || !job.empty()) person.jobs.push_back({company, job, "", ""});
    const auto& tags = at(properties, "tags");
    if (tags.is_array()) {
      for (const auto& tag : tags) {
        if (tag.is_string() && person.tags.size() < parts_max)
          person.tags.push_back(text::clean_line(tag.get_ref<const std::string&>(), 100));
      }
    }
    if (is_true(properties, "is_dead")) keep(person, "died", died_on(properties));
    keep(person, "birthday", special_text(at(properties, "birthdate")));
    keep(person, "gender", text_at(properties, "gender"));
    keep(person, "food preferences", prose_at(properties, "food_preferences"));
    add_note(person, prose_at(properties, "description"));
    read_parts(at(value, "data"), person);
    for (const auto& line : relationships_[text_at(value, "uuid")]) add_note(person, line);
    read_talks(at(value, "data"), person, text_at(value, "uuid"));
    batch_.people.push_back(std::move(person));
  }

  void read_parts(const Json& data, Person& person) {
    each(data, "contact_field", [&](const Json& value) { read_address(of(value), person); });
    each(data, "address", [&](const Json& value) { read_place(of(value), person); });
    each(data, "note", [&](const Json& value) { add_note(person, prose_at(of(value), "body")); });
    each(data, "debt", [&](const Json& value) {
      const auto& debt = of(value);
      const bool mine = is_true(debt, "in_debt");
      add_note(person, fmt::format("{} {}{}{}{}.", mine ? "I owe" : "Owes me", text_at(debt, "amount"),
                                   spaced(text_at(debt, "currency")), spaced(text_at(debt, "reason")),
                                   text_at(debt, "status") == "complete" ? " (settled)" : ""));
    });
    each(data, "gift", [&](const Json& value) {
      const auto& gift = of(value);
      add_note(person, fmt::format("Gift ({}): {}{}", text_at(gift, "status"), text_at(gift, "name"),
                                   spaced(text_at(gift, "comment"))));
    });
    each(data, "task", [&](const Json& value) {
      const auto& task = of(value);
      add_note(person, fmt::format("Task ({}): {}{}", is_true(task, "completed") ? "done" : "open",
                                   text_at(task, "title"), spaced(text_at(task, "description"))));
    });
    each(data, "life_event", [&](const Json& value) {
      const auto& event = of(value);
      const auto day = day_at(event, "happened_at");
      add_note(person, fmt::format("{}{}{}", day ? to_text(*day) + ": " : "", text_at(event, "name"),
                                   spaced(text_at(event, "note"))));
    });
    each(data, "reminder", [&](const Json& value) {
      const auto& reminder = of(value);
      keep(person, "reminder",
           fmt::format("{}{}, {}{}{}", text_at(reminder, "title"), spaced(text_at(reminder, "description")),
                       text_at(reminder, "initial_date").substr(0, 10), spaced(text_at(reminder, "frequency_type")),
                       spaced(text_at(reminder, "frequency_number"))));
    });
    each(data, "pet", [&](const Json& value) { keep(person, "pet", text_at(of(value), "name")); });
  }

  static std::string spaced(std::string text) { return text.empty() ? text : " " + std::move(text); }

  /// An address of a kind that the account names itself: by its protocol or type, else by its name.
  void read_address(const Json& field, Person& person) {
    const auto written = text_at(field, "data");
    const auto known = field_types_.find(text_at(field, "type"));
    const auto type = known == field_types_.end() ? FieldType{} : known->second;
    const auto name = text::lower(type.name);
    const bool is_web = written.find("://") != written.npos;
    auto kind = PointKind::handle;
    if (name.find("linkedin") != name.npos || written.find("linkedin.com/in/") != written.npos) {
      kind = PointKind::linkedin;
    } else if (name.find("github") != name.npos) {
      kind = PointKind::github;
    } else if (type.type == "phone" || type.protocol == "tel:") {
      kind = PointKind::phone;
    } else if (is_web) {
      kind = PointKind::website;
    } else if (normalised(PointKind::email, written.substr(0, 500))) {
      kind = PointKind::email;
    }
    const auto value = written.size() > 500 ? std::nullopt : normalised(kind, written, options_.region);
    if (!value || person.points.size() >= parts_max)
      return keep(person, type.name.empty() ? "contact field" : type.name, written);
    ContactPoint point;
    point.kind = kind, point.value = *value, point.source = "monica";
    if (kind == PointKind::handle) point.label = name;
    if (std::find(person.points.begin(), person.points.end(), point) == person.points.end())
      person.points.push_back(std::move(point));
  }

  void read_place(const Json& address, Person& person) {
    std::string whole, place;
    for (const auto* part : {"street", "postal_code", "city", "province", "country"}) {
      const auto text = text_at(address, part);
      if (text.empty()) continue;
      whole += (whole.empty() ? "" : ", ") + text;
      const std::string_view name = part;
      if (name == "city" || name == "country") place += (place.empty() ? "" : ", ") + text;
    }
    const auto label = text_at(address, "name", 100);
    keep(person, label.empty() ? "address" : "address " + label, whole);
    if (person.contact.location.empty()) person.contact.location = place;
  }

  void read_talks(const Json& data, const Person& person, const std::string& uuid) {
    each(data, "call", [&](const Json& value) {
      const auto& call = of(value);
      auto found = talk(InteractionKind::call, moment_at(call, "called_at"), person);
      if (!found) return;
      found->interaction.direction = is_true(call, "contact_called") ? Direction::in : Direction::out;
      found->interaction.text = prose_at(call, "content");
      found->interaction.source_key = key("call", {uuid, to_text(found->interaction.when), found->interaction.text});
      add(std::move(*found));
    });
    each(data, "conversation", [&](const Json& value) { read_conversation(of(value), person, uuid); });
    each(data, "activity", [&](const Json& value) {
      // Here only named, by uuid, as they are shared by several.
      const auto id =
          value.is_string() ? text::clean_line(value.get_ref<const std::string&>(), 100) : text_at(value, "uuid", 100);
      if (!id.empty()) people_of_[id].push_back(key_of(person));
    });
  }

  void read_conversation(const Json& conversation, const Person& person, const std::string& uuid) {
    const auto type = field_types_.find(text_at(conversation, "contact_field_type"));
    const auto channel = type == field_types_.end() ? "" : text::lower(type->second.name);
    const auto& messages = at(conversation, "messages");
    if (!messages.is_array()) return;
    for (const auto& message : messages) {
      const auto& properties = of(message);
      auto when = moment_at(properties, "written_at");
      if (!when) when = moment_at(conversation, "happened_at");
      auto found = talk(InteractionKind::message, when, person);
      if (!found) continue;
      const bool mine = is_true(properties, "written_by_me");
      found->interaction.direction = mine ? Direction::out : Direction::in;
      found->interaction.channel = channel;
      found->interaction.text = options_.summary ? "" : prose_at(properties, "content");
      found->interaction.source_key = key(
          "message", {uuid, to_text(found->interaction.when), mine ? "out" : "in", prose_at(properties, "content")});
      add(std::move(*found));
    }
  }

  void finish_activities() {
    for (auto& [id, people] : people_of_) {
      const auto known = activities_.find(id);
      if (known == activities_.end()) continue;
      const auto& activity = of(*known->second);
      const auto when = moment_at(activity, "happened_at");
      if (!when) {
        issue(fmt::format("the activity '{}' has no day, skipped", text::fit(text_at(activity, "summary"), 40)));
        continue;
      }
      if (is_too_old(when->day)) continue;
      FoundInteraction found;
      found.interaction.kind = InteractionKind::chat;
      found.interaction.when = *when;
      found.interaction.text = text_at(activity, "summary");
      const auto description = prose_at(activity, "description");
      if (!description.empty()) found.interaction.text += (found.interaction.text.empty() ? "" : "\n\n") + description;
      found.interaction.source_key = "monica:activity:" + id;
      found.with = std::move(people);
      add(std::move(found));
    }
  }

  std::optional<FoundInteraction> talk(InteractionKind kind, std::optional<Moment> when, const Person& person) {
    if (!when) {
      issue(fmt::format("a {} with {} has no day, skipped", word(kind), text::fit(person.contact.display, 40)));
      return std::nullopt;
    }
    if (is_too_old(when->day)) return std::nullopt;
    FoundInteraction found;
    found.interaction.kind = kind;
    found.interaction.when = *when;
    found.with = {key_of(person)};
    return found;
  }

  static PersonKey key_of(const Person& person) {
    PersonKey key;
    key.name = person.contact.display;
    for (const auto& point : person.points) {
      if (point.kind == PointKind::linkedin && key.linkedin.empty()) key.linkedin = point.value;
      if (point.kind == PointKind::email && key.email.empty()) key.email = point.value;
      if (point.kind == PointKind::github && key.github.empty()) key.github = point.value;
    }
    return key;
  }

  /// Rows of one text on one day are told apart by their order.
  std::string key(const char* what, std::initializer_list<std::string_view> fields) {
    const auto plain = fmt::format("monica:{}:{}", what, text::hash_of(fields));
    const int times = ++keys_[plain];
    return times == 1 ? plain : fmt::format("{}:{}", plain, times);
  }

  void add(FoundInteraction found) {
    found.file = file_;
    batch_.interactions.push_back(std::move(found));
  }

  bool is_too_old(Date day) const { return options_.since && day < *options_.since; }

  static std::optional<Date> special_day(const Json& date) {
    return is_true(date, "is_year_unknown") || is_true(date, "is_age_based") ? std::nullopt : day_at(date, "date");
  }

  /// "1985-06-12", "--06-12" without a year, "about 1985" where only an age is known.
  static std::string special_text(const Json& date) {
    const auto day = day_at(date, "date");
    if (!day) return "";
    const auto whole = to_text(*day);
    if (is_true(date, "is_age_based")) return "about " + whole.substr(0, 4);
    return is_true(date, "is_year_unknown") ? "-" + whole.substr(4) : whole;
  }

  static std::string died_on(const Json& properties) {
    const auto day = special_text(at(properties, "deceased_date"));
    return day.empty() ? "yes" : day;
  }

  static void add_note(Person& person, const std::string& text) {
    constexpr std::size_t note_bytes_max = 1'000'000;
    if (text.empty() || person.note.size() > note_bytes_max) return;
    person.note += (person.note.empty() ? "" : "\n\n") + text;
  }

  static void keep(Person& person, std::string name, std::string value) {
    if (!value.empty() && person.extras.size() < parts_max)
      person.extras.push_back({std::move(name), std::move(value)});
  }

  FileReport& report() { return batch_.files[static_cast<std::size_t>(file_)]; }
  void skip(const std::string& why) { ++report().skipped, ++report().skipped_why[why]; }
  void issue(std::string message) {
    if (batch_.issues.size() < issues_max) batch_.issues.push_back({report().file, 0, 0, std::move(message)});
  }

  Batch& batch_;
  const Options& options_;
  int file_;
  std::unordered_map<std::string, FieldType> field_types_{};
  std::unordered_map<std::string, std::string> names_{};  ///< by uuid
  std::unordered_map<std::string, std::vector<std::string>> relationships_{};
  std::unordered_map<std::string, const Json*> activities_{};
  std::map<std::string, std::vector<PersonKey>> people_of_{};  ///< activity → who took part
  std::unordered_map<std::string, int> keys_{};
};

bool looks_like_monica(std::string_view text) {
  const auto head = text.substr(0, 4'000);
  const auto first = head.find_first_not_of(" \t\r\n");
  return first != head.npos && head[first] == '{' && head.find("\"account\"") != head.npos &&
         (head.find("\"app_version\"") != head.npos || head.find("\"export_date\"") != head.npos ||
          head.find("\"exported_by\"") != head.npos);
}

int recognises(const SourceFile& file) {
  return looks_like_monica(decode(std::string_view(file.bytes).substr(0, 4'000)).text) ? 90 : 0;
}

/// An export that holds an account; nothing, with the reason, when it cannot be read.
std::optional<Json> export_of(const std::string& text, std::string& why) {
  if (text.size() > bytes_max) {
    why = fmt::format("it is larger than {} MB", bytes_max / 1'000'000);
    return std::nullopt;
  }
  bool too_deep = false;
  const auto shallow = [&too_deep](int depth, Json::parse_event_t, Json&) {
    too_deep = too_deep || depth > depth_max;
    return depth <= depth_max;
  };
  auto whole = Json::parse(text, shallow, false);
  if (too_deep || whole.is_discarded() || !at(at(whole, "account"), "data").is_array()) {
    why = too_deep               ? "it is nested too deep"
          : whole.is_discarded() ? "it is not whole JSON"
                                 : "it holds no account's data";
    return std::nullopt;
  }
  return whole;
}

Batch read(const std::vector<SourceFile>& files, const Options& options) {
  Batch batch;
  batch.source = "monica";
  for (std::size_t i = 0; i < files.size(); ++i) {
    auto& report = batch.files.emplace_back();
    report.file = files[i].name;
    const auto text = decode(files[i].bytes).text;
    if (!looks_like_monica(text)) {
      report.not_read = "not an export of Monica";
      continue;
    }
    std::string why;
    const auto whole = export_of(text, why);
    if (!whole) {
      report.not_read = why;
      batch.issues.push_back({files[i].name, 0, 0, why + "; export the account again, as JSON"});
      continue;
    }
    report.recognised = "Monica's export";
    const auto head = std::string_view(text).substr(0, 4'000);
    if (const auto date = head.find("\"export_date\""); date != head.npos) {
      const auto begin = head.find_first_of("0123456789", date);
      const auto day = begin == head.npos ? std::nullopt : date_from_text(head.substr(begin, 10));
      if (day && (!batch.snapshot_on || *batch.snapshot_on < *day)) batch.snapshot_on = day;
    }
    Reading(batch, options, static_cast<int>(i)).read(at(*whole, "account"));
  }
  for (auto& person : batch.people) {
    for (auto& point : person.points) point.seen_on = batch.snapshot_on;
  }
  return batch;
}

}  // namespace

const Importer monica{"monica", "Monica's export", recognises, read, nullptr};

}  // namespace ties::importers
