#include "importers/notes.h"

#include "crm/text/text.h"
#include "importers/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

namespace ties::importers {
namespace {

struct Line {
  int number{};
  int indent{};      ///< blanks before the text
  std::string text{};
};

/// A person as a line names them, and what the line says of them.
struct Named {
  std::string name{}, title{}, company{}, about{};
};

constexpr std::size_t name_bytes_max = 120;
constexpr std::size_t name_words_max = 6;

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  int number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find_first_of("\r\n", at), text.size());
    const auto raw = text.substr(at, end - at);
    const auto indent = raw.find_first_not_of(" \t");
    lines.push_back({++number, indent == std::string_view::npos ? 0 : static_cast<int>(indent), text::clean_line(raw, 10'000)});
    at = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
  }
  return lines;
}

std::string trimmed(std::string_view text) { return text::clean_line(text, 10'000); }

/// Without "- ", "* ", "1. ", "@".
std::string without_bullet(const std::string& text, bool* bullet = nullptr) {
  std::size_t at = 0;
  if (text.starts_with("- ") || text.starts_with("* ") || text.starts_with("• ")) {
    at = text.find(' ') + 1;
  } else if (const auto dot = text.find_first_not_of("0123456789"); dot != std::string::npos && dot > 0 && dot < 4 && text.compare(dot, 2, ". ") == 0) {
    at = dot + 2;
  }
  if (bullet != nullptr) *bullet = at > 0;
  auto rest = text.substr(at);
  if (rest.starts_with('@')) rest.erase(0, 1);
  return rest;
}

/// Whether words could be a person's name: few, none of them a number, and each begun by a capital, by a small particle,
/// or in a script without capitals.
bool could_be_name(const std::string& text) {
  if (text.empty() || text.size() > name_bytes_max || text.find_first_of("0123456789;:!?#<>/=") != std::string::npos) return false;
  std::size_t words = 0, capitals = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    const auto word = text.substr(at, end - at);
    at = end + 1;
    ++words;
    const bool small = text::lower(word) == word && static_cast<unsigned char>(word[0]) < 0x80;
    const bool particle = small && word.size() <= 4;
    if (!small) ++capitals;
    if (small && !particle) return false;
  }
  return words <= name_words_max && capitals > 0 && capitals * 2 >= words;
}

/// "Acme", "Engineer, Acme", "Engineer @ Acme"
void take_job(const std::string& text, Named& named) {
  for (const auto* mark : {" @ ", " at ", ", "}) {
    const auto at = text.find(mark);
    if (at == std::string::npos) continue;
    // "Halcyon & Pike, LLC": behind the comma stands nothing that tells companies apart
    if (std::string_view(mark) == ", " && company_key(text) == company_key(text.substr(0, at))) continue;
    named.title = trimmed(text.substr(0, at));
    named.company = trimmed(text.substr(at + std::string_view(mark).size()));
    return;
  }
  named.company = trimmed(text);
}

std::optional<Named> named_by(const std::string& line) {
  Named named;
  std::string head = line;
  for (const auto* mark : {": ", " — ", " – ", " - "}) {
    const auto at = line.find(mark);
    if (at == std::string::npos || at >= head.size()) continue;
    head = line.substr(0, at);
    named.about = trimmed(line.substr(at + std::string_view(mark).size()));
  }
  if (head == line && head.ends_with(':')) head.pop_back();
  const bool marked = head.size() < line.size();
  if (const auto open = head.find('<'); open != std::string::npos && head.find('@', open) != std::string::npos) {
    named.about += " " + head.substr(open);  // the address is found there
    head.resize(open);
  }
  head = trimmed(head);
  bool job = false;
  if (const auto open = head.find(" ("); open != std::string::npos && head.ends_with(')')) {
    take_job(head.substr(open + 2, head.size() - open - 3), named);
    head.resize(open);
    job = true;
  } else if (const auto comma = head.find(", "); comma != std::string::npos) {
    take_job(head.substr(comma + 2), named);
    head.resize(comma);
    job = true;
  }
  named.name = trimmed(head);
  if (!could_be_name(named.name)) return std::nullopt;
  if (!marked && !job) return std::nullopt;  // words alone may be anything
  return named;
}

/// "(Oslo, 3-5 March 2026)" behind an event's name: the place is what stands before the first digit.
Event event_of(const std::string& heading, Date today) {
  Event event;
  const auto open = heading.find(" (");
  event.name = trimmed(heading.substr(0, open));
  if (open == std::string::npos || !heading.ends_with(')')) return event;
  const auto inside = heading.substr(open + 2, heading.size() - open - 3);
  static const std::regex days(R"((\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?\s+([A-Za-z]+)\s+(\d{4}))");
  std::smatch found;
  if (std::regex_search(inside, found, days)) {
    event.starts_on = day_from_words(fmt::format("{} {} {}", found[1].str(), found[3].str(), found[4].str()), today);
    event.ends_on = found[2].matched ? day_from_words(fmt::format("{} {} {}", found[2].str(), found[3].str(), found[4].str()), today) : event.starts_on;
    event.place = trimmed(found.prefix().str());
  } else {
    event.place = trimmed(inside);
  }
  while (event.place.ends_with(',')) event.place.pop_back();
  return event;
}

std::string hash_of(std::string_view text) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return fmt::format("{:016x}", hash);
}

/// Addresses, profile links and #tags that stand anywhere in the text.
void take_points(const std::string& text, Person& person, const Options& options) {
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find_first_of(" ,;()<>", at), text.size());
    auto word = text.substr(at, end - at);
    at = end + 1;
    while (!word.empty() && (word.back() == '.' || word.back() == ':')) word.pop_back();
    if (word.size() > 2 && word[0] == '#' && word.find_first_of("0123456789") != 1) {
      person.tags.push_back(word.substr(1));
      continue;
    }
    const auto kind = word.find("linkedin.com/in/") != std::string::npos ? PointKind::linkedin : word.find("github.com/") != std::string::npos ? PointKind::github : PointKind::email;
    if (kind == PointKind::email && word.find('@', 1) == std::string::npos) continue;
    const auto value = normalised(kind, word, options.region);
    if (!value) continue;
    ContactPoint point;
    point.kind = kind, point.value = *value;
    person.points.push_back(std::move(point));
  }
}

class Reading {
 public:
  Reading(const std::string& file, const std::string& event, const Options& options) : file_(file), event_(event), day_(options.today), options_(options) {
    batch_.source = "notes";
    batch_.files.push_back({file, "notes, a person a line", "", 0, 0, {}});
  }

  Batch read(std::string_view text) {
    bool blank_before = true;
    for (const auto& line : lines_of(text)) {
      if (line.text.empty()) {
        blank_before = true;
        continue;
      }
      take(line, blank_before);
      blank_before = false;
    }
    finish_person();
    return std::move(batch_);
  }

 private:
  void take(const Line& line, bool blank_before) {
    const auto level = line.text.find_first_not_of('#');
    if (level != std::string::npos && level > 0 && line.text[level] == ' ') return take_heading(line, level);
    bool bullet = false;
    const auto text = without_bullet(line.text, &bullet);
    if (under_heading_) return add_about(text);
    // Within a paragraph a line that is indented, or that names nobody, goes on about the last person.
    if (!current_.name.empty() && line.indent > 0 && !bullet) return add_about(text);
    if (auto named = named_by(text)) {
      finish_person();
      current_ = *std::move(named);
      line_ = line.number;
    } else if (!current_.name.empty() && !blank_before && paragraph_) {
      return add_about(text);
    } else {
      finish_person();
      issue(line, "no person is named here, skipped; write 'Ada Lovelace (Acme): what you talked about'");
    }
    paragraph_ = blank_before;
  }

  void take_heading(const Line& line, std::size_t level) {
    finish_person();
    const auto text = trimmed(line.text.substr(level));
    if (level == 1) {
      under_heading_ = false;
      auto event = event_of(text, options_.today);
      event_ = event.name;
      if (event.starts_on) day_ = *event.starts_on;
      batch_.events.push_back({std::move(event), 0, line.number});
      return;
    }
    const auto named = named_by(text + ": ");
    if (!named && !could_be_name(text)) {
      under_heading_ = false;
      return issue(line, "this heading names no person, skipped; write '## Ada Lovelace (Acme)'");
    }
    current_ = named.value_or(Named{text, "", "", ""});
    line_ = line.number;
    under_heading_ = true;
  }

  void add_about(const std::string& text) { current_.about += (current_.about.empty() ? "" : "\n") + text; }

  void issue(const Line& line, std::string message) {
    batch_.issues.push_back({file_, line.number, line.indent + 1, std::move(message)});
    ++batch_.files[0].rows;
    ++batch_.files[0].skipped;
    ++batch_.files[0].skipped_why["without a person"];
  }

  void finish_person() {
    if (current_.name.empty()) return;
    const auto name = person_name(current_.name);
    Person person;
    person.contact.display = name.display, person.contact.given = name.given, person.contact.family = name.family;
    person.contact.nickname = name.nickname, person.contact.suffix = name.suffix;
    person.line = line_;
    if (!current_.company.empty() || !current_.title.empty()) person.jobs.push_back({current_.company, current_.title, "", ""});
    take_points(current_.about, person, options_);

    FoundInteraction found;
    found.interaction.kind = InteractionKind::met;
    found.interaction.when.day = day_;
    found.interaction.text = text::clean(current_.about);
    found.interaction.channel = "in person";
    found.interaction.source_key = "notes:" + hash_of(text::fold(event_) + "\n" + text::fold(name.display) + "\n" + found.interaction.text);
    PersonKey key;
    key.name = name.display;
    for (const auto& point : person.points) {
      if (point.kind == PointKind::linkedin) key.linkedin = point.value;
      if (point.kind == PointKind::email) key.email = point.value;
    }
    found.with.push_back(std::move(key));
    found.event = event_;
    found.promises = promises_in(current_.about, day_);
    if (const auto captured = capture(current_.about, day_); captured.follow_up) found.promises.push_back({"follow up", OwedBy::me, captured.follow_up});
    found.line = line_;
    batch_.people.push_back(std::move(person));
    batch_.interactions.push_back(std::move(found));
    ++batch_.files[0].rows;
    current_ = {};
    under_heading_ = false;
  }

  std::string file_, event_;
  Date day_;
  const Options& options_;
  Batch batch_{};
  Named current_{};
  int line_{};
  bool under_heading_{};
  bool paragraph_{};
};

int recognises(const SourceFile& file) {
  const auto beginning = std::string_view(file.bytes).substr(0, 20'000);
  if (beginning.find('\0') != std::string_view::npos || beginning.starts_with('{') || beginning.starts_with('[') || beginning.starts_with("BEGIN:")) return 0;
  int named = 0, lines = 0;
  for (const auto& line : lines_of(decode(beginning).text)) {
    if (line.text.empty()) continue;
    ++lines;
    if (line.text.starts_with("## ") || (line.indent == 0 && named_by(without_bullet(line.text)))) ++named;
  }
  const bool markdown = file.name.ends_with(".md");
  return named > 0 && (named * 2 >= lines || (markdown && named * 5 >= lines)) ? 40 : 0;
}

Batch read(const std::vector<SourceFile>& files, const Options& options) {
  Batch all;
  all.source = "notes";
  for (const auto& file : files) {
    if (recognises(file) == 0) continue;
    auto name = file.name.substr(0, file.name.rfind('.'));
    auto batch = read_notes(decode(file.bytes).text, file.name, name, options);
    const int at = static_cast<int>(all.files.size());
    for (auto& person : batch.people) person.file = at, all.people.push_back(std::move(person));
    for (auto& found : batch.interactions) found.file = at, all.interactions.push_back(std::move(found));
    for (auto& found : batch.events) found.file = at, all.events.push_back(std::move(found));
    for (auto& issue : batch.issues) all.issues.push_back(std::move(issue));
    all.files.push_back(std::move(batch.files[0]));
  }
  return all;
}

}  // namespace

Batch read_notes(std::string_view text, const std::string& file, const std::string& event, const Options& options) { return Reading(file, event, options).read(text); }

const Importer notes{"notes", "conference notes", recognises, read, nullptr};

}  // namespace ties::importers
