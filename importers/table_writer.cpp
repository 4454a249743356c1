#include "importers/table_writer.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties::importers {
namespace {

struct PointColumn {
  std::string_view heading;
  PointKind kind;
};
constexpr PointColumn point_columns[] = {{"Email", PointKind::email},       {"Phone", PointKind::phone},
                                         {"LinkedIn", PointKind::linkedin}, {"GitHub", PointKind::github},
                                         {"GitLab", PointKind::gitlab},     {"Website", PointKind::website},
                                         {"Handle", PointKind::handle},     {"UID", PointKind::uid}};

std::string in_lines(const std::vector<std::string>& lines) {
  return fmt::format("{}", fmt::join(lines, "\n"));
}

std::string escaped(std::string_view text, std::string_view signs) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') {
      result += "\\n";
      continue;
    }
    if (c == '\\' || signs.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

std::string day_text(std::optional<Date> day) {
  return day ? to_text(*day) : "";
}

bool is_current(const Person::Job& job) {
  return job.ended.empty();
}

/// What a label of Google's looks like: "* Work" for the one to use first.
std::string google_label(const ContactPoint& point) {
  auto label = point.label;
  if (!label.empty() && label[0] >= 'a' && label[0] <= 'z') label[0] = static_cast<char>(label[0] - 'a' + 'A');
  if (!point.primary) return label;
  return label.empty() ? "*" : "* " + label;
}

struct Labelled {
  std::string label{}, value{};
};

constexpr std::string_view birthday = "birthday";

/// What a contact has for the columns of Google's that may be several.
struct GoogleValues {
  std::vector<Labelled> emails{}, phones{}, websites{}, customs{};
  std::string birthday_text{};

  explicit GoogleValues(const CardContent& content) {
    for (const auto& point : content.points) {
      switch (point.kind) {
        case PointKind::email:
          emails.push_back({google_label(point), point.value});
          break;
        case PointKind::phone:
          phones.push_back({google_label(point), point.value});
          break;
        case PointKind::linkedin:
        case PointKind::github:
        case PointKind::gitlab:
        case PointKind::website:
          websites.push_back({google_label(point), link_to(point.kind, point.value)});
          break;
        case PointKind::handle:
          customs.push_back({point.label.empty() ? "Handle" : point.label, point.value});
          break;
        case PointKind::uid:
          break;
      }
    }
    if (!content.contact.pronouns.empty()) customs.push_back({"Pronouns", content.contact.pronouns});
    if (!content.contact.headline.empty()) customs.push_back({"Headline", content.contact.headline});
    for (const auto& extra : content.extras) {
      if (extra.name == birthday && birthday_text.empty()) {
        birthday_text = extra.value;
      } else {
        customs.push_back({extra.name, extra.value});
      }
    }
  }
};

}  // namespace

std::string address_line(const std::string& value, const std::string& label) {
  if (label.empty() && !value.ends_with(')')) return value;
  return fmt::format("{} ({})", value, escaped(label, "()"));
}

std::pair<std::string, std::string> address_of_line(std::string_view line) {
  const auto open = line.rfind(" (");
  if (open == std::string_view::npos || !line.ends_with(')')) return {std::string(line), ""};
  const auto label = line.substr(open + 2, line.size() - open - 3);
  return {std::string(line.substr(0, open)), parts_of_line(label, '\n', 1).front()};
}

std::string line_of_parts(const std::vector<std::string>& parts, char sign) {
  std::string line;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool is_last = i + 1 == parts.size();
    line += escaped(parts[i], is_last ? "" : std::string_view(&sign, 1));
    if (!is_last) line += sign, line += ' ';
  }
  return line;
}

std::vector<std::string> parts_of_line(std::string_view line, char sign, std::size_t most) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size()) {
      parts.back() += line[++i] == 'n' ? '\n' : line[i];
    } else if (line[i] == sign && parts.size() < most) {
      parts.emplace_back();
      if (i + 1 < line.size() && line[i + 1] == ' ') ++i;
    } else {
      parts.back() += line[i];
    }
  }
  return parts;
}

std::vector<std::string> lines_of_cell(std::string_view cell) {
  std::vector<std::string> lines;
  while (!cell.empty()) {
    const auto end = std::min(cell.find('\n'), cell.size());
    if (end > 0) lines.emplace_back(cell.substr(0, end));
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return lines;
}

std::vector<std::string> own_header() {
  std::vector<std::string> header{"Name",     "Given name", "Family name", "Suffix", "Nickname", "Pronouns",
                                  "Headline", "Location",   "Company",     "Title",  "Since",    "Other jobs"};
  for (const auto& column : point_columns) header.emplace_back(column.heading);
  for (const auto* name : {"Tags", "Starred", "Cadence", "Met on", "Met at", "Met place", "Met through", "Connected on",
                           "Notes", "More"}) {
    header.emplace_back(name);
  }
  return header;
}

std::vector<std::string> own_row(const CardContent& content, const std::string& met_event,
                                 const std::string& met_through) {
  const auto& contact = content.contact;
  Person::Job job;
  std::vector<std::string> others;
  for (const auto& each : content.jobs) {
    if (&each == &content.jobs.front() && is_current(each)) {
      job = each;
    } else {
      others.push_back(line_of_parts({each.company, each.title, each.started, each.ended}, ';'));
    }
  }
  std::vector<std::string> row{contact.display,  contact.given,    contact.family,   contact.suffix,
                               contact.nickname, contact.pronouns, contact.headline, contact.location,
                               job.company,      job.title,        job.started,      in_lines(others)};
  for (const auto& column : point_columns) {
    std::vector<std::string> lines;
    for (const auto& point : content.points) {
      if (point.kind == column.kind) lines.push_back(address_line(point.value, point.label));
    }
    row.push_back(in_lines(lines));
  }
  std::vector<std::string> more;
  for (const auto& extra : content.extras) more.push_back(line_of_parts({extra.name, extra.value}, ':'));
  for (auto cell :
       {in_lines(content.tags), std::string(contact.starred ? "yes" : ""),
        contact.cadence_days ? fmt::format("{}", *contact.cadence_days) : "", day_text(contact.met_on), met_event,
        contact.met_place, met_through, day_text(contact.connected_on), contact.notes, in_lines(more)}) {
    row.push_back(std::move(cell));
  }
  return row;
}

void GoogleColumns::make_room_for(const CardContent& content) {
  const GoogleValues values(content);
  emails_ = std::max(emails_, values.emails.size());
  phones_ = std::max(phones_, values.phones.size());
  websites_ = std::max(websites_, values.websites.size());
  customs_ = std::max(customs_, values.customs.size());
}

std::vector<std::string> GoogleColumns::header() const {
  std::vector<std::string> header{"First Name",
                                  "Middle Name",
                                  "Last Name",
                                  "Phonetic First Name",
                                  "Phonetic Middle Name",
                                  "Phonetic Last Name",
                                  "Name Prefix",
                                  "Name Suffix",
                                  "Nickname",
                                  "File As",
                                  "Organization Name",
                                  "Organization Title",
                                  "Organization Department",
                                  "Birthday",
                                  "Notes",
                                  "Photo",
                                  "Labels"};
  const auto add = [&header](std::string_view name, std::size_t count) {
    for (std::size_t i = 1; i <= count; ++i) {
      header.push_back(fmt::format("{} {} - Label", name, i));
      header.push_back(fmt::format("{} {} - Value", name, i));
    }
  };
  add("E-mail", emails_);
  add("Phone", phones_);
  header.emplace_back("Address 1 - Label");
  header.emplace_back("Address 1 - City");
  add("Website", websites_);
  add("Custom Field", customs_);
  return header;
}

std::vector<std::string> GoogleColumns::row(const CardContent& content) const {
  const auto& contact = content.contact;
  const GoogleValues values(content);
  const auto job = !content.jobs.empty() && is_current(content.jobs.front()) ? content.jobs.front() : Person::Job{};
  const bool only_shown = contact.given.empty() && contact.family.empty();
  std::string labels = "* myContacts";
  for (const auto& tag : content.tags) labels += " ::: " + tag;
  if (contact.starred) labels += " ::: * starred";
  std::vector<std::string> row{only_shown ? contact.display : contact.given,
                               "",
                               contact.family,
                               "",
                               "",
                               "",
                               "",
                               contact.suffix,
                               contact.nickname,
                               "",
                               job.company,
                               job.title,
                               "",
                               values.birthday_text,
                               contact.notes,
                               "",
                               labels};
  const auto add = [&row](const std::vector<Labelled>& some, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      row.push_back(i < some.size() ? some[i].label : "");
      row.push_back(i < some.size() ? some[i].value : "");
    }
  };
  add(values.emails, emails_);
  add(values.phones, phones_);
  row.emplace_back();
  row.push_back(contact.location);
  add(values.websites, websites_);
  add(values.customs, customs_);
  return row;
}

}  // namespace ties::importers
