#include "importers/vcard_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "crm/text/text.h"
#include "importers/vcard_parts.h"

namespace ties::importers {
namespace {

using namespace vcard_parts;

constexpr std::size_t line_bytes_max = 75;

/// Properties that are written from fields, so that no extra may say otherwise.
constexpr std::array own_properties{"BEGIN"sv,      "END"sv,      "VERSION"sv, "PRODID"sv,     "FN"sv,    "N"sv,
                                    "NICKNAME"sv,   "ORG"sv,      "TITLE"sv,   "NOTE"sv,       "UID"sv,   "PRONOUNS"sv,
                                    "X-PRONOUNS"sv, own_headline, own_started, "CATEGORIES"sv, own_ended, own_extra};

/// As it is, but for control characters, which could end a line.
std::string harmless(std::string text) {
  std::erase_if(text,
                [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') || c == '\x7F'; });
  return text;
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') {
      result += "\\n";
      continue;
    }
    if (c == '\\' || c == ',' || c == ';') result += '\\';
    result += c;
  }
  return result;
}

/// An address keeps its commas and semicolons, which are signs of its own.
std::string escaped_address(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '\\' ? "\\\\" : std::string(1, c);
  return result;
}

std::string line_of(std::string_view text) {
  return escaped(text::clean_line(text));
}

bool is_inside_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

std::string folded(std::string_view line) {
  std::string result;
  auto room = line_bytes_max;
  while (line.size() > room) {
    auto end = room;
    while (end > 1 && is_inside_character(line[end])) --end;
    result.append(line.substr(0, end)).append("\r\n ");
    line.remove_prefix(end);
    room = line_bytes_max - 1;
  }
  return result.append(line).append("\r\n");
}

std::string lower(std::string_view text) {
  return text::lower(text);
}

class Writing {
 public:
  Writing(const CardContent& content, CardVersion version) : content_(content), version_(version) {
    for (const auto& extra : content.extras) {
      if (const auto head = card_head(extra.name); head && !head->group.empty()) groups_.insert(lower(head->group));
    }
    taken_.resize(content.extras.size());
  }

  std::string write() {
    add("BEGIN", "VCARD");
    add("VERSION", version_ == CardVersion::v3 ? "3.0" : "4.0");
    add("PRODID", std::string(our_product));
    add_unless_empty("UID", content_.uid);
    add_names();
    add_jobs();
    for (const auto& point : content_.points) add_point(point);
    add_location();
    add_tags();
    if (const auto notes = text::clean(content_.contact.notes); !notes.empty()) add("NOTE", escaped(notes));
    add_unless_empty(version_ == CardVersion::v3 ? "X-PRONOUNS" : "PRONOUNS", content_.contact.pronouns);
    add_unless_empty(own_headline, content_.contact.headline);
    for (std::size_t i = 0; i < content_.extras.size(); ++i) {
      if (!taken_[i]) add_extra(content_.extras[i]);
    }
    add("END", "VCARD");
    return std::move(text_);
  }

 private:
  void add(std::string_view head, std::string_view value) { text_ += folded(fmt::format("{}:{}", head, value)); }
  void add_unless_empty(std::string_view head, std::string_view value) {
    if (const auto line = line_of(value); !line.empty()) add(head, line);
  }

  /// The value of an extra with a plain name, which then is written nowhere else; empty when there is none.
  std::string take(std::string_view name, std::string (*as_read)(const std::string&)) {
    for (std::size_t i = 0; i < content_.extras.size(); ++i) {
      const auto& extra = content_.extras[i];
      if (taken_[i] || extra.name != name || as_read(extra.value) != extra.value) continue;
      taken_[i] = true;
      return extra.value;
    }
    return {};
  }

  std::string new_group() {
    std::string group;
    do group = fmt::format("item{}", ++group_count_);
    while (groups_.contains(group));
    return group;
  }

  void add_names() {
    const auto& contact = content_.contact;
    const auto prefix = take(prefix_extra, [](const std::string& value) { return text::clean_line(value, 500); });
    add("FN", line_of(contact.display));
    add("N", fmt::format("{};{};;{};{}", line_of(contact.family), line_of(contact.given), line_of(prefix),
                         line_of(contact.suffix)));
    add_unless_empty("NICKNAME", contact.nickname);
  }

  /// Several jobs, and one with dates, hold together by groups.
  void add_jobs() {
    const auto& jobs = content_.jobs;
    const bool grouped = jobs.size() > 1 || (jobs.size() == 1 && !(jobs[0].started.empty() && jobs[0].ended.empty()));
    std::string departments;
    for (const auto& job : jobs) {
      const auto group = grouped ? new_group() + "." : "";
      if (const auto company = line_of(job.company); !company.empty()) {
        auto organisation = company;
        if (!departments_asked_) {
          for (const auto& part : department_parts()) organisation += ";" + escaped(part);
        }
        departments_asked_ = true;
        add(group + "ORG", organisation);
      }
      add_unless_empty(group + "TITLE", job.title);
      add_unless_empty(group + std::string(own_started), job.started);
      add_unless_empty(group + std::string(own_ended), job.ended);
    }
  }

  static std::vector<std::string> split_departments(const std::string& value) {
    std::vector<std::string> parts(1);
    for (const char c : value) c == ';' ? (void)parts.emplace_back() : parts.back().push_back(c);
    return parts;
  }
  std::vector<std::string> department_parts() {
    const auto value = take(department_extra, [](const std::string& written) {
      auto parts = split_departments(written);
      parts.insert(parts.begin(), "");
      return departments_of(parts);
    });
    return value.empty() ? std::vector<std::string>{} : split_departments(value);
  }

  /// The head of an address with its label: in TYPE where that has a word for it, else in an X-ABLabel of its group.
  std::string labelled(std::string_view name, const ContactPoint& point, std::string_view fallback_label = "") {
    const auto label = text::clean_line(point.label.empty() ? fallback_label : point.label, 100);
    std::string types;
    for (const auto& known : type_labels()) {
      if (known.label == label && (!known.only_phones || point.kind == PointKind::phone)) types = known.types;
    }
    if (version_ == CardVersion::v3 && point.primary) types += types.empty() ? "PREF" : ",PREF";
    std::string head(name);
    if (!types.empty()) head += ";TYPE=" + (version_ == CardVersion::v3 ? types : in_quotes_if_list(lower(types)));
    if (version_ == CardVersion::v4 && point.primary) head += ";PREF=1";
    const bool told = label.empty() || (!types.empty() && types != "PREF");
    if (told) return head;
    const auto group = new_group();
    add(group + ".X-ABLabel", escaped(label));
    return group + "." + head;
  }
  static std::string in_quotes_if_list(std::string types) {
    return types.find(',') == std::string::npos ? types : '"' + types + '"';
  }

  void add_point(const ContactPoint& point) {
    const auto value = text::clean_line(point.value);
    if (value.empty()) return;
    switch (point.kind) {
      case PointKind::email:
        return add(labelled("EMAIL", point), escaped(value));
      case PointKind::phone:
        return add(labelled("TEL", point), escaped(value));
      case PointKind::linkedin:
        return add(labelled("URL", point, "LinkedIn"), link_to(point.kind, percent_encoded(value)));
      case PointKind::github:
        return add(labelled("URL", point, "GitHub"), link_to(point.kind, percent_encoded(value)));
      case PointKind::gitlab:
        return add(labelled("URL", point, "GitLab"), link_to(point.kind, percent_encoded(value)));
      case PointKind::website:
        return add_website(point, value);
      case PointKind::handle:
        return add_handle(point, value);
      case PointKind::uid:
        return;  // a card has one of its own
    }
  }

  void add_website(const ContactPoint& point, const std::string& value) {
    const auto url = link_to(point.kind, value);
    const bool looks_otherwise = kind_of_address(url) != PointKind::website;
    const auto name = looks_otherwise ? fmt::format("URL;{}={}", own_kind, word(point.kind)) : "URL";
    add(labelled(name, point), escaped_address(url));
  }

  /// The network is the scheme where it can be one.
  void add_handle(const ContactPoint& point, const std::string& value) {
    const auto network = text::clean_line(point.label, 100);
    const bool is_scheme = !network.empty() && network != "im" && network != "x-apple" && network[0] >= 'a' &&
                           network[0] <= 'z' && std::all_of(network.begin(), network.end(), [](char c) {
                             return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
                           });
    std::string head = "IMPP";
    if (!network.empty() && !is_scheme) head += ";X-SERVICE-TYPE=" + parameter_text(network);
    if (point.primary) head += version_ == CardVersion::v3 ? ";TYPE=PREF" : ";PREF=1";
    add(head, fmt::format("{}:{}", is_scheme ? network : "x-apple", percent_encoded(value)));
  }

  /// The first address tells the location; one that tells another comes after it.
  void add_location() {
    const auto location = text::clean_line(content_.contact.location, 500);
    if (location.empty()) return;
    for (const auto& extra : content_.extras) {
      const auto head = card_head(extra.name);
      if (!head || head->name != "ADR") continue;
      if (place_of(extra.value) == location) return;
      break;
    }
    add("ADR", fmt::format(";;;{};;;", escaped(location)));
  }

  void add_tags() {
    std::string tags = content_.contact.starred ? "starred" : "";
    for (const auto& tag : content_.tags) {
      if (const auto line = line_of(tag); !line.empty()) tags += (tags.empty() ? "" : ",") + line;
    }
    if (!tags.empty()) add("CATEGORIES", tags);
  }

  void add_extra(const Person::Extra& extra) {
    if (extra.name == birthday_extra) {
      if (const auto day = birthday_of(extra.value); day && *day == extra.value) return add_birthday(*day);
    }
    if (version_ == CardVersion::v4) {
      const auto head = card_head(extra.name);
      const auto address = picture_address(extra);
      if (address) return add(head->group.empty() ? head->name : head->group + "." + head->name, *address);
    }
    if (is_property(extra)) return add(extra.name, extra.value);
    const auto name = harmless(extra.name);
    if (name.empty()) return;
    add(fmt::format("{};{}={}", own_extra, own_extra_name, parameter_text(name)), escaped(harmless(extra.value)));
  }

  /// Whether the extra is a property that would be read back as it stands.
  static bool is_property(const Person::Extra& extra) {
    const auto head = card_head(extra.name);
    if (!head || std::find(own_properties.begin(), own_properties.end(), head->name) != own_properties.end())
      return false;
    if (head->name.ends_with("KIND") && text::lower(extra.value) == "group") return false;  // it would be no person's
    const auto lines = "BEGIN:VCARD\nVERSION:3.0\n" + folded(extra.name + ":" + extra.value) + "END:VCARD\n";
    CardReader reader(lines);
    CardReader::Card card;
    return reader.next(card) && reader.issues().empty() && card.properties.size() == 2 &&
           card.properties[1].head == extra.name && card.properties[1].value == extra.value;
  }

  /// vCard 3.0 has no day without a year, for which Apple's 1604 is widely read; 4.0 has dates without hyphens.
  void add_birthday(const std::string& day) {
    if (version_ == CardVersion::v3) {
      if (day.starts_with("--")) return add("BDAY;X-APPLE-OMIT-YEAR=1604", "1604-" + day.substr(2));
      return add("BDAY", day);
    }
    std::string digits = day;
    const bool has_day = day.size() > 7 || day.starts_with("--");
    if (has_day) digits.erase(std::remove(digits.begin() + 2, digits.end(), '-'), digits.end());
    add("BDAY", digits);
  }

  const CardContent& content_;
  CardVersion version_;
  std::string text_{};
  std::set<std::string> groups_{};  ///< of extras, in small letters
  std::vector<bool> taken_{};
  int group_count_{};
  bool departments_asked_{};
};

}  // namespace

std::string card_text(const CardContent& content, CardVersion version) {
  return Writing(content, version).write();
}

}  // namespace ties::importers
