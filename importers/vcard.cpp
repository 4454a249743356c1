#include "importers/vcard.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "crm/text/text.h"
#include "importers/vcard_parts.h"

namespace ties::importers {
namespace {

using namespace vcard_parts;

constexpr std::size_t people_max = 1'000'000;
constexpr std::size_t points_max = 50;   // of one person
constexpr std::size_t jobs_max = 50;     // of one person
constexpr std::size_t tags_max = 100;    // of one person
constexpr std::size_t extras_max = 500;  // of one person
constexpr std::size_t members_max = 100'000;
constexpr std::size_t issues_max = 1'000;  // of one file
constexpr std::size_t name_bytes_max = 500;
constexpr std::size_t note_bytes_max = 100'000;

std::string line_of(std::string_view text, std::size_t bytes_max = name_bytes_max) {
  return text::clean_line(text, bytes_max);
}

std::string joined(const std::string& a, const std::string& b, std::string_view between) {
  return a.empty() ? b : b.empty() ? a : fmt::format("{}{}{}", a, between, b);
}

/// "Philip,Paul" as "Philip Paul".
std::string with_blanks(std::string text) {
  std::replace(text.begin(), text.end(), ',', ' ');
  return line_of(text);
}

bool is_email(const std::string& text) {
  return normalised(PointKind::email, text).has_value();
}

/// "urn:uuid:1F…" and "1f…" are one and the same.
std::string uid_key(std::string_view uid) {
  auto key = text::lower(line_of(uid));
  if (key.starts_with("urn:uuid:")) key.erase(0, 9);
  return key;
}

/// Networks by the words that address books have for them.
struct Network {
  std::string_view word;
  PointKind kind;
};
constexpr std::array networks{Network{"linkedin", PointKind::linkedin}, Network{"github", PointKind::github},
                              Network{"gitlab", PointKind::gitlab}};

/// Properties of older address books whose name tells the network.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> handle_properties{{
    {"X-AIM", "aim"},
    {"X-GADUGADU", "gadugadu"},
    {"X-GADU-GADU", "gadugadu"},
    {"X-GOOGLE-TALK", "google talk"},
    {"X-GTALK", "google talk"},
    {"X-GROUPWISE", "groupwise"},
    {"X-ICQ", "icq"},
    {"X-JABBER", "xmpp"},
    {"X-MATRIX", "matrix"},
    {"X-MSN", "msn"},
    {"X-MS-IMADDRESS", ""},
    {"X-QQ", "qq"},
    {"X-SKYPE", "skype"},
    {"X-SKYPE-USERNAME", "skype"},
    {"X-SIP", "sip"},
    {"X-TWITTER", "twitter"},
    {"X-YAHOO", "yahoo"},
}};

/// Social networks whose profile is the handle behind their host, so that either tells the other.
constexpr std::array<std::string_view, 6> handle_hosts{"twitter.com",   "x.com",      "facebook.com",
                                                       "instagram.com", "flickr.com", "myspace.com"};

/// One card on its way to a person.
class PersonReading {
 public:
  PersonReading(const CardReader::Card& card, const Options& options, std::vector<Issue>& issues)
      : card_(card), options_(options), issues_(issues) {}

  Person read() {
    for (const auto& property : card_.properties) {
      if (property.name == "PRODID" && unescaped(property.value) == our_product) ours_ = true;
      if (property.name == "X-ABLABEL" && !property.group.empty()) {
        labels_.try_emplace(property.group, unescaped(property.value));
      }
    }
    for (const auto& property : card_.properties) read(property);
    drop_used_labels();
    join_halves_of_a_job();
    set_name();
    person_.contact.source = "vcard";
    person_.line = card_.line;
    return std::move(person_);
  }

  /// How many values were too big to keep, and the first of them.
  int left_out() const { return left_out_; }
  const CardProperty* first_left_out() const { return first_left_out_; }

 private:
  using Read = void (PersonReading::*)(const CardProperty&);

  /// What is read into fields; anything else is kept as it is.
  static const std::unordered_map<std::string_view, Read>& readers() {
    static const auto table = [] {
      std::unordered_map<std::string_view, Read> all{
          {"BEGIN", &PersonReading::pass},
          {"END", &PersonReading::pass},
          {"VERSION", &PersonReading::pass},
          {"PRODID", &PersonReading::pass},
          {"X-ABLABEL", &PersonReading::read_label},
          {"FN", &PersonReading::read_shown_name},
          {"N", &PersonReading::read_name},
          {"NICKNAME", &PersonReading::read_nickname},
          {"X-ANDROID-CUSTOM", &PersonReading::read_android},
          {"X-PRONOUNS", &PersonReading::read_pronouns},
          {"PRONOUNS", &PersonReading::read_pronouns},
          {"ORG", &PersonReading::read_organisation},
          {"TITLE", &PersonReading::read_title},
          {"ROLE", &PersonReading::read_role},
          {"EMAIL", &PersonReading::read_email},
          {"TEL", &PersonReading::read_phone},
          {"URL", &PersonReading::read_url},
          {"X-SOCIALPROFILE", &PersonReading::read_social_profile},
          {"SOCIALPROFILE", &PersonReading::read_social_profile},
          {"IMPP", &PersonReading::read_impp},
          {"ADR", &PersonReading::read_address},
          {"LABEL", &PersonReading::read_address_label},
          {"BDAY", &PersonReading::read_birthday},
          {"PHOTO", &PersonReading::read_picture},
          {"LOGO", &PersonReading::read_picture},
          {"CATEGORIES", &PersonReading::read_categories},
          {"NOTE", &PersonReading::read_note},
          {"UID", &PersonReading::read_uid},
          {"X-ABUID", &PersonReading::read_apple_uid},
          {"X-ABSHOWAS", &PersonReading::read_shown_as},
          {"KIND", &PersonReading::read_shown_as},
          {own_headline, &PersonReading::read_headline},
          {own_started, &PersonReading::read_started},
          {own_ended, &PersonReading::read_ended},
          {own_extra, &PersonReading::read_own_extra},
      };
      for (const auto& [name, network] : handle_properties) all.emplace(name, &PersonReading::read_handle);
      return all;
    }();
    return table;
  }

  void read(const CardProperty& property) {
    const bool of_parts = property.name == "N" || property.name == "ORG" || property.name == "ADR";
    if (property.value.find_first_not_of(of_parts ? " \t;" : " \t") == std::string::npos) return;
    const auto reader = readers().find(property.name);
    if (reader == readers().end()) return keep(property);
    (this->*reader->second)(property);
  }

  void pass(const CardProperty&) {}

  void keep(const CardProperty& property) {
    if (property.bytes > extra_bytes_max) {
      if (left_out_++ == 0) first_left_out_ = &property;
      return;
    }
    add_extra(property.head, property.value, property);
  }

  void add_extra(std::string name, std::string value, const CardProperty& property) {
    if (person_.extras.size() >= extras_max) {
      if (!full_) issue(property, "more than 500 properties without a field in one card; the rest of them is left out");
      full_ = true;
      return;
    }
    person_.extras.push_back({std::move(name), std::move(value)});
  }

  void issue(const CardProperty& property, std::string message) {
    if (issues_.size() <= issues_max) issues_.push_back({"", property.line, property.column, std::move(message)});
  }

  static std::string words(const CardProperty& property, std::size_t bytes_max = name_bytes_max) {
    return line_of(unescaped(property.value), bytes_max);
  }

  /// A field that holds one value: what comes after the first, in another language mostly, is kept as it is.
  bool first_of_its_kind(const CardProperty& property, std::string& field) {
    if (field.empty()) {
      field = property.value;
      return true;
    }
    if (field != property.value) keep(property);
    return false;
  }

  void read_shown_name(const CardProperty& property) { first_of_its_kind(property, shown_); }
  void read_name(const CardProperty& property) { first_of_its_kind(property, name_); }
  void read_uid(const CardProperty& property) {
    if (first_of_its_kind(property, uid_)) person_.uid = words(property);
  }
  void read_apple_uid(const CardProperty& property) {
    if (person_.uid.empty()) person_.uid = words(property);
    keep(property);
  }
  void read_nickname(const CardProperty& property) {
    if (!first_of_its_kind(property, nickname_)) return;
    for (const auto& name : parts_of(property.value, ',')) {
      person_.contact.nickname = joined(person_.contact.nickname, line_of(name), ", ");
    }
    person_.contact.nickname = line_of(person_.contact.nickname);
  }
  void read_pronouns(const CardProperty& property) {
    if (first_of_its_kind(property, pronouns_)) person_.contact.pronouns = words(property);
  }
  void read_headline(const CardProperty& property) { person_.contact.headline = words(property, 2'000); }
  /// "vnd.android.cursor.item/nickname;Bob;1;;;": a row of Android's own table.
  void read_android(const CardProperty& property) {
    const auto cells = parts_of(property.value, ';');
    if (cells.size() > 1 && cells[0].ends_with("/nickname") && person_.contact.nickname.empty()) {
      person_.contact.nickname = line_of(cells[1]);
      return;
    }
    keep(property);
  }
  void read_shown_as(const CardProperty& property) {
    const auto kind = text::lower(words(property));
    if (kind == "company" || kind == "org" || kind == "organization") is_organisation_ = true;
    keep(property);
  }

  // Jobs. ORG and TITLE belong together by their group, else by their order.

  struct JobPlace {
    std::string group{};
    bool has_company{}, has_title{};
  };

  /// The first job of that group that lacks this half; else a new one. Nothing when there are too many.
  Person::Job* job_without(bool JobPlace::*half, const CardProperty& property) {
    std::size_t at = 0;
    while (at < job_places_.size() && (job_places_[at].group != property.group || job_places_[at].*half)) ++at;
    if (at == job_places_.size()) {
      if (at >= jobs_max) return nullptr;
      job_places_.push_back({property.group, false, false});
      person_.jobs.emplace_back();
    }
    job_places_[at].*half = true;
    return &person_.jobs[at];
  }

  void read_organisation(const CardProperty& property) {
    const auto parts = parts_of(property.value, ';');
    const bool first =
        std::none_of(job_places_.begin(), job_places_.end(), [](const auto& at) { return at.has_company; });
    auto* job = job_without(&JobPlace::has_company, property);
    if (job == nullptr) return keep(property);
    job->company = line_of(parts[0], 2'000);
    const auto departments = departments_of(parts);
    if (job->company.empty()) {
      job->company = departments;
    } else if (!departments.empty() && first) {
      departments_ = departments;
    } else if (!departments.empty()) {
      keep(property);
    }
  }
  void read_title(const CardProperty& property) {
    auto* job = job_without(&JobPlace::has_title, property);
    if (job == nullptr) return keep(property);
    job->title = words(property, 2'000);
  }
  void read_role(const CardProperty& property) {
    const bool has_title = std::any_of(card_.properties.begin(), card_.properties.end(), [](const auto& other) {
      return other.name == "TITLE" && !unescaped(other.value).empty();
    });
    has_title || ours_ ? keep(property) : read_title(property);
  }
  void read_started(const CardProperty& property) { read_day_of_job(property, &Person::Job::started); }
  void read_ended(const CardProperty& property) { read_day_of_job(property, &Person::Job::ended); }
  void read_day_of_job(const CardProperty& property, std::string Person::Job::*day) {
    const auto value = words(property);
    for (std::size_t at = job_places_.size(); at-- > 0;) {
      if (job_places_[at].group != property.group || !is_partial_date(value)) continue;
      person_.jobs[at].*day = value;
      return;
    }
    keep(property);
  }

  /// Apple puts ORG into a group and TITLE beside it.
  void join_halves_of_a_job() {
    if (ours_ || person_.jobs.size() != 2) return;
    auto& first = person_.jobs[0];
    const auto& second = person_.jobs[1];
    if (first.company.empty() == second.company.empty() || first.title.empty() == second.title.empty()) return;
    if (first.company.empty() == first.title.empty()) return;
    first.company += second.company;
    first.title += second.title;
    person_.jobs.pop_back();
  }

  // Contact points.

  /// Kept, until it is known whether what it labels became a point with that label.
  void read_label(const CardProperty& property) {
    const auto before = person_.extras.size();
    keep(property);
    if (person_.extras.size() > before) label_places_.emplace_back(before, property.group);
  }
  void drop_used_labels() {
    for (auto at = label_places_.size(); at-- > 0;) {
      const auto& [place, group] = label_places_[at];
      if (used_labels_.contains(group))
        person_.extras.erase(person_.extras.begin() + static_cast<std::ptrdiff_t>(place));
    }
  }

  /// What the property's types and its X-ABLabel call it: "work", "home fax", "Oslo office".
  std::string label_of(const CardProperty& property) {
    const auto label = property.group.empty() ? labels_.end() : labels_.find(property.group);
    if (label != labels_.end()) {
      used_labels_.insert(property.group);
      return label_of_text(label->second);
    }
    return label_of_types(property);
  }

  static std::string label_of_types(const CardProperty& property) {
    constexpr std::array silent{"internet"sv, "pref"sv,   "voice"sv,  "x400"sv, "msg"sv,    "text"sv,
                                "intl"sv,     "postal"sv, "parcel"sv, "dom"sv,  "iphone"sv, "other"sv};
    std::string place, rest;
    for (const auto& [name, value] : property.parameters) {
      if (name != "TYPE") continue;
      auto type = text::lower(line_of(value, 100));
      if (std::find(silent.begin(), silent.end(), type) != silent.end()) continue;
      if (type == "cell") type = "mobile";
      if (type.starts_with("x-custom(")) {
        type = android_label(value);
      } else if (type.starts_with("x-")) {
        type = line_of(value, 100).substr(2);
      }
      auto& part = type == "work" || type == "home" ? place : rest;
      if ((" " + part + " ").find(" " + type + " ") == std::string::npos) part = joined(part, type, " ");
    }
    return line_of(joined(place, rest, " "), 100);
  }

  /// "Büro" of "X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,B=C3=BCro)".
  static std::string android_label(std::string_view type) {
    const auto comma = type.rfind(',');
    const auto begin = comma == std::string_view::npos ? type.find('(') : comma;
    auto label = std::string(type.substr(begin + 1));
    if (label.ends_with(')')) label.pop_back();
    std::replace(label.begin(), label.end(), '=', '%');
    return line_of(percent_decoded(label), 100);
  }

  bool add_point(const CardProperty& property, PointKind kind, std::string_view written, std::string label) {
    auto value = written.size() > 2'000 ? std::nullopt : normalised(kind, written, options_.region);
    if (!value || value->empty() || person_.points.size() >= points_max) return false;
    const bool primary = property.has("TYPE", "pref") || property.parameter("PREF") == "1";
    const auto known = std::find_if(person_.points.begin(), person_.points.end(),
                                    [&](const auto& point) { return point.kind == kind && point.value == *value; });
    if (known != person_.points.end()) {
      if (known->label.empty()) known->label = std::move(label);
      known->primary = known->primary || primary;
      return true;
    }
    ContactPoint point;
    point.kind = kind;
    point.value = std::move(*value);
    point.label = std::move(label);
    point.primary = primary;
    person_.points.push_back(std::move(point));
    return true;
  }

  /// As above; an address that is none is told of and kept as it stands, with its label.
  void add_or_keep(const CardProperty& property, PointKind kind, std::string_view written, std::string_view what,
                   std::string label) {
    if (add_point(property, kind, written, std::move(label))) return;
    used_labels_.erase(property.group);
    issue(property,
          person_.points.size() >= points_max
              ? std::string("more than 50 addresses in one card; this one is kept as it is written")
              : fmt::format("\"{}\" is not {}; it is kept as it is written", text::fit(line_of(written), 40), what));
    keep(property);
  }

  void read_email(const CardProperty& property) {
    add_or_keep(property, PointKind::email, unescaped(property.value), "an email address", label_of(property));
  }

  void read_phone(const CardProperty& property) {
    auto number = line_of(unescaped(property.value));
    if (text::lower(number.substr(0, 4)) == "tel:") number.erase(0, 4);
    std::string extension;
    const auto lower = text::lower(number);
    for (const auto mark : {";ext="sv, " ext. "sv, " ext "sv, " x"sv}) {
      const auto at = lower.find(mark);
      if (at == std::string::npos) continue;
      const auto end = std::min(lower.find(';', at + 1), lower.size());
      extension = line_of(lower.substr(at + mark.size(), end - at - mark.size()), 40);
      number.resize(at);
      break;
    }
    number.resize(std::min(number.find(';'), number.size()));
    auto label = label_of(property);
    if (!extension.empty())
      label = joined(line_of(label, 50), "ext. " + extension, ", ");  // within a label's 100 bytes
    const bool lacks_country = options_.region.empty() && !number.starts_with('+');
    add_or_keep(property, PointKind::phone, number,
                lacks_country ? "a phone number with its country's code, and no region is set" : "a phone number",
                label);
  }

  void read_url(const CardProperty& property) {
    const auto url = line_of(unescaped(property.value), 2'000);
    if (text::lower(url.substr(0, 7)) == "mailto:" && is_email(url)) return read_email(property);
    const bool is_website = property.parameter(own_kind) == word(PointKind::website);
    const auto kind = is_website ? PointKind::website : kind_of_address(url);
    auto label = label_of(property);
    const auto small = text::lower(label);
    if (kind != PointKind::website && (small == word(kind) || small == "profile")) label.clear();
    add_or_keep(property, kind, url, "a web address", label);
  }

  /// "X-SOCIALPROFILE;type=linkedin;x-user=ada:https://www.linkedin.com/in/ada"
  void read_social_profile(const CardProperty& property) {
    const auto url = line_of(unescaped(property.value), 2'000);
    auto network = network_of(property);
    if (network.empty() && property.group.size() > 0) network = text::lower(label_of(property));
    auto user = line_of(property.parameter("X-USER"));
    if (user.empty()) user = line_of(property.parameter("USERNAME"));
    const bool is_link = url.find("://") != std::string::npos;
    if (user.empty() && !is_link) user = line_of(percent_decoded(url.substr(url.starts_with("x-apple:") ? 8 : 0)));

    auto kind = kind_of_address(url);
    for (const auto& known : networks) {
      if (network == known.word) kind = known.kind;
    }
    if (kind != PointKind::website) {
      if (is_link && add_point(property, kind, url, "")) return;
      return add_or_keep(property, kind, user.empty() ? url : user, "the address of a profile", "");
    }
    if (is_link) {
      const auto address = normalised(PointKind::website, url).value_or("");
      const auto host = address.substr(0, address.find('/'));
      const bool tells_itself = std::find(handle_hosts.begin(), handle_hosts.end(), host) != handle_hosts.end();
      if (!tells_itself) return add_or_keep(property, kind, url, "a web address", network);
      if (user.empty()) user = address.substr(std::min(host.size() + 1, address.size()));
    }
    add_or_keep(property, PointKind::handle, user, "a name on a network", network);
  }

  /// The network that parameters name, in small letters.
  static std::string network_of(const CardProperty& property) {
    for (const auto name : {"SERVICE-TYPE"sv, "X-SERVICE-TYPE"sv}) {
      if (const auto service = property.parameter(name); !service.empty()) return text::lower(line_of(service, 100));
    }
    if (property.name == "IMPP") return {};
    for (const auto& [name, value] : property.parameters) {
      const auto type = text::lower(line_of(value, 100));
      if (name == "TYPE" && type != "pref" && type != "work" && type != "home" && type != "other") return type;
    }
    return {};
  }

  /// "IMPP;X-SERVICE-TYPE=Skype:skype:ada", "IMPP:xmpp:ada@chat.example"
  void read_impp(const CardProperty& property) {
    const auto written = line_of(unescaped(property.value), 2'000);
    const auto colon = written.find(':');
    const auto scheme = colon == std::string::npos ? "" : text::lower(written.substr(0, colon));
    auto user = written.substr(colon == std::string::npos ? 0 : colon + 1);
    while (user.starts_with('/')) user.erase(0, 1);
    // Old clients have an order where the name should be: "aim:goim?screenname=ada".
    if (const auto query = user.find('?'); query != std::string::npos) {
      const auto equals = user.find('=', query);
      const bool order = equals != std::string::npos && query < 6;
      user = order ? user.substr(equals + 1) : user.substr(0, query);
      user.resize(std::min(user.find('&'), user.size()));
    }
    auto network = network_of(property);
    if (network.empty() && scheme != "x-apple" && scheme != "im") network = scheme;
    for (const auto& known : networks) {
      if (network == known.word && add_point(property, known.kind, percent_decoded(user), "")) return;
    }
    add_or_keep(property, PointKind::handle, percent_decoded(user), "a name on a network", network);
  }

  void read_handle(const CardProperty& property) {
    const auto known = std::find_if(handle_properties.begin(), handle_properties.end(),
                                    [&](const auto& each) { return each.first == property.name; });
    add_or_keep(property, PointKind::handle, unescaped(property.value), "a name on a network",
                std::string(known->second));
  }

  // The rest.

  void read_address(const CardProperty& property) {
    const auto place = place_of(property.value);
    const bool first = !has_address_;
    has_address_ = true;
    if (first) person_.contact.location = place;
    if (!(first && is_location_alone(property))) keep(property);
  }
  /// What Ties writes for a location is no more than that.
  bool is_location_alone(const CardProperty& property) const {
    const auto parts = parts_of(property.value, ';');
    const auto filled = std::count_if(parts.begin(), parts.end(), [](const auto& part) { return !part.empty(); });
    return ours_ && property.head == "ADR" && property.value.starts_with(";;;") && filled == 1;
  }

  void read_address_label(const CardProperty& property) {
    if (person_.contact.location.empty() && !has_address_) person_.contact.location = place_of(property.value);
    keep(property);
  }

  void read_birthday(const CardProperty& property) {
    const auto day = property.has("VALUE", "text")
                         ? std::nullopt
                         : birthday_of(unescaped(property.value), property.parameter("X-APPLE-OMIT-YEAR"));
    if (!day) return keep(property);
    add_extra(std::string(birthday_extra), *day, property);
  }

  void read_picture(const CardProperty& property) {
    const auto picture = property.bytes > extra_bytes_max ? std::nullopt : picture_of(property);
    if (!picture) return keep(property);
    add_extra(picture->name, picture->value, property);
  }

  void read_categories(const CardProperty& property) {
    constexpr std::array system_groups{"mycontacts"sv, "my contacts"sv, "* mycontacts"sv};
    for (const auto& part : parts_of(property.value, ',')) {
      const auto tag = line_of(part, 200);
      const auto small = text::lower(tag);
      if (small == "starred") {
        person_.contact.starred = true;
        continue;
      }
      const bool system = std::find(system_groups.begin(), system_groups.end(), small) != system_groups.end();
      if (tag.empty() || (system && !ours_) || person_.tags.size() >= tags_max) continue;
      if (std::find(person_.tags.begin(), person_.tags.end(), tag) == person_.tags.end()) person_.tags.push_back(tag);
    }
  }

  void read_note(const CardProperty& property) {
    const auto note = text::clean(unescaped(property.value), note_bytes_max);
    if (person_.note == note || note.empty()) return;
    auto all = joined(person_.note, note, "\n\n");
    if (all.size() > note_bytes_max || property.bytes > CardReader::value_bytes_max) {
      issue(property, "the note is longer than 100,000 bytes; the rest of it is left out");
    }
    person_.note = text::clean(all, note_bytes_max);
  }

  void read_own_extra(const CardProperty& property) {
    const std::string name(property.parameter(own_extra_name));
    if (name.empty()) return keep(property);
    if (property.bytes > extra_bytes_max) return keep(property);
    add_extra(name, unescaped(property.value), property);
  }

  void set_name() {
    auto& contact = person_.contact;
    auto parts = parts_of(name_, ';');
    parts.resize(5);
    const auto prefix = ours_ ? line_of(parts[3]) : with_blanks(parts[3]);
    std::vector<Person::Extra> of_fields;
    if (!prefix.empty()) of_fields.push_back({std::string(prefix_extra), prefix});
    if (!departments_.empty()) of_fields.push_back({std::string(department_extra), departments_});
    person_.extras.insert(person_.extras.begin(), of_fields.begin(), of_fields.end());
    const auto shown = line_of(unescaped(shown_));
    if (ours_) {
      contact.display = shown;
      contact.given = line_of(joined(parts[1], parts[2], " "));
      contact.family = line_of(parts[0]);
      contact.suffix = line_of(parts[4]);
    } else {
      set_foreign_name(parts, shown);
    }
    if (contact.display.empty()) contact.display = contact.nickname;
    if (contact.display.empty() && !person_.jobs.empty()) contact.display = line_of(person_.jobs[0].company);
    for (const auto& point : person_.points) {
      if (contact.display.empty()) contact.display = line_of(point.value);
    }
    // Put together of parts, each may be longer than what is written and read back.
    for (auto* name : {&contact.display, &contact.given, &contact.family, &contact.nickname, &contact.suffix}) {
      *name = line_of(*name);
    }
  }

  /// `parts` of N: family, given, further names, prefixes, suffixes. `shown`: FN.
  void set_foreign_name(const std::vector<std::string>& parts, const std::string& shown) {
    auto& contact = person_.contact;
    auto given = joined(with_blanks(parts[1]), with_blanks(parts[2]), " ");
    auto family = line_of(parts[0]);
    if (is_email(given)) given.clear();
    if (is_email(family)) family.clear();
    const bool same_as_organisation =
        !person_.jobs.empty() && text::fold(shown) == text::fold(line_of(person_.jobs[0].company));
    if (given.empty() && family.empty() && (is_organisation_ || same_as_organisation || is_email(shown))) {
      contact.display = shown;
      return;
    }
    // Some address books have "Lovelace,Ada" for the family name.
    const bool whole_in_family = given.empty() && family.find(',') != std::string::npos;
    auto name = whole_in_family ? person_name(family) : person_name(given, family);
    auto whole = is_email(shown) ? PersonName{} : person_name(shown);
    if (name.display.empty()) name = whole;
    contact.display = whole.display.empty() ? name.display : whole.display;
    contact.given = name.given;
    contact.family = name.family;
    if (contact.nickname.empty()) contact.nickname = name.nickname.empty() ? whole.nickname : name.nickname;
    contact.suffix = line_of(joined_list(parts[4]));
    if (contact.suffix.empty()) contact.suffix = name.suffix.empty() ? whole.suffix : name.suffix;
  }
  /// "Jr.,M.D." as "Jr., M.D."
  static std::string joined_list(const std::string& text) {
    std::string result;
    for (const char c : text) result += c == ',' ? ", " : std::string(1, c);
    return result;
  }

  const CardReader::Card& card_;
  const Options& options_;
  std::vector<Issue>& issues_;
  Person person_{};
  std::string name_{}, shown_{}, nickname_{}, pronouns_{}, uid_{};  ///< as written
  std::string departments_{};
  std::vector<JobPlace> job_places_{};
  std::map<std::string, std::string> labels_{};  ///< X-ABLabel by group
  std::set<std::string> used_labels_{};
  std::vector<std::pair<std::size_t, std::string>> label_places_{};  ///< among the extras, with their groups
  bool ours_{}, is_organisation_{}, has_address_{}, full_{};
  int left_out_{};
  const CardProperty* first_left_out_{};
};

/// A card that names a group and its members instead of a person.
struct Group {
  std::string name{};
  std::vector<std::string> members{};  ///< keys of UIDs
};

std::optional<Group> group_of(const CardReader::Card& card) {
  Group group;
  bool is_group = false;
  for (const auto& property : card.properties) {
    const auto value = [&property] { return line_of(unescaped(property.value)); };
    if (property.name == "KIND" || property.name == "X-ADDRESSBOOKSERVER-KIND")
      is_group |= text::lower(value()) == "group";
    if (property.name == "FN") group.name = text::clean_line(value(), 200);
    if (property.name == "MEMBER" || property.name == "X-ADDRESSBOOKSERVER-MEMBER")
      group.members.push_back(uid_key(value()));
  }
  return is_group ? std::optional(group) : std::nullopt;
}

class Reading {
 public:
  explicit Reading(const Options& options) : options_(options) { batch_.source = "vcard"; }

  void read(const SourceFile& file) {
    file_ = static_cast<int>(batch_.files.size());
    auto& report = batch_.files.emplace_back();
    report.file = file.name;
    CardReader reader(file.bytes);
    std::vector<Issue> issues;
    CardReader::Card card;
    Issue left_out;
    int left_out_count = 0;
    while (reader.next(card)) {
      tell_of_row(options_, file.name, ++report.rows);
      if (auto group = group_of(card)) {
        skip(report, "group");
        add_group(std::move(*group));
        continue;
      }
      if (batch_.people.size() >= people_max) {
        skip(report, "more than 1,000,000 cards");
        continue;
      }
      PersonReading one(card, options_, issues);
      auto person = one.read();
      if (const auto* first = one.first_left_out(); first != nullptr && left_out_count == 0) {
        left_out = {"", first->line, first->column,
                    fmt::format("{} of {} KB is left out: no more than 64 KB are kept of a picture and the like",
                                first->name, first->bytes / 1'000)};
      }
      left_out_count += one.left_out();
      if (person.contact.display.empty()) {
        if (issues.size() <= issues_max) issues.push_back({"", card.line, 1, "a card names nobody, skipped"});
        skip(report, "names nobody");
        continue;
      }
      person.file = file_;
      batch_.people.push_back(std::move(person));
    }
    if (report.rows == 0) {
      report.not_read = "no card in it: a card begins with a line BEGIN:VCARD";
      return;
    }
    report.recognised = "contact cards";
    if (left_out_count > 1) left_out.message += fmt::format("; so are {} more further down", left_out_count - 1);
    if (left_out_count > 0) issues.insert(issues.begin(), left_out);
    issues.insert(issues.end(), reader.issues().begin(), reader.issues().end());
    add_issues(std::move(issues), file.name);
  }

  Batch finish() {
    std::unordered_map<std::string, std::size_t> places;
    if (!groups_.empty()) {
      for (std::size_t i = 0; i < batch_.people.size(); ++i) {
        if (!batch_.people[i].uid.empty()) places.emplace(uid_key(batch_.people[i].uid), i);
      }
    }
    for (const auto& group : groups_) {
      if (group.name.empty()) continue;
      for (const auto& member : group.members) {
        const auto place = places.find(member);
        if (place == places.end()) continue;
        auto& tags = batch_.people[place->second].tags;
        const bool known = std::find(tags.begin(), tags.end(), group.name) != tags.end();
        if (!known && tags.size() < tags_max) tags.push_back(group.name);
      }
    }
    return std::move(batch_);
  }

 private:
  static void skip(FileReport& report, const std::string& why) {
    ++report.skipped;
    ++report.skipped_why[why];
  }

  void add_group(Group group) {
    if (members_ >= members_max) return;
    members_ += group.members.size() + 1;
    groups_.push_back(std::move(group));
  }

  void add_issues(std::vector<Issue> issues, const std::string& file) {
    std::stable_sort(issues.begin(), issues.end(), [](const Issue& a, const Issue& b) {
      return std::tie(a.line, a.column) < std::tie(b.line, b.column);
    });
    if (issues.size() > issues_max) {
      issues.resize(issues_max);
      issues.push_back({"", issues.back().line, 1, "there are more such places, which are not listed"});
    }
    for (auto& issue : issues) {
      issue.file = file;
      batch_.issues.push_back(std::move(issue));
    }
  }

  const Options& options_;
  Batch batch_{};
  int file_{};
  std::vector<Group> groups_{};
  std::size_t members_{};
};

int recognises(const SourceFile& file) {
  constexpr std::size_t bytes_looked_at = 64'000;
  constexpr int sure = 95, perhaps = 40;  // a letter may carry a card
  CardReader reader(std::string_view(file.bytes).substr(0, bytes_looked_at));
  CardReader::Card card;
  if (!reader.next(card)) return 0;
  const bool first = std::none_of(reader.issues().begin(), reader.issues().end(),
                                  [&card](const Issue& issue) { return issue.line < card.line; });
  return first ? sure : perhaps;
}

Batch read(const std::vector<SourceFile>& files, const Options& options) {
  Reading reading(options);
  for (const auto& file : files) {
    if (files.size() == 1 || recognises(file) > 0) reading.read(file);
  }
  return reading.finish();
}

}  // namespace

const Importer vcard{"vcard", "contact cards", recognises, read, nullptr};

}  // namespace ties::importers
