#include "importers/notes.h"

#include <fmt/format.h>

#include <algorithm>

#include "crm/domain/company.h"
#include "crm/text/text.h"
#include "importers/csv.h"

namespace ties::importers {
namespace {

constexpr std::size_t line_bytes_max = 10'000;
constexpr std::size_t about_bytes_max = 100'000;
constexpr std::size_t issues_max = 1'000;
constexpr std::size_t name_bytes_max = 120;
constexpr std::size_t name_words_max = 6;

/// What may stand uncapitalised in a name.
constexpr std::array particles{"af"sv,  "al"sv,  "av"sv,  "bin"sv, "bint"sv, "d"sv,   "da"sv, "das"sv, "de"sv,
                               "del"sv, "den"sv, "der"sv, "di"sv,  "do"sv,   "dos"sv, "du"sv, "e"sv,   "el"sv,
                               "ibn"sv, "la"sv,  "le"sv,  "os"sv,  "st"sv,   "t"sv,   "te"sv, "ten"sv, "ter"sv,
                               "van"sv, "von"sv, "y"sv,   "zu"sv,  "zum"sv,  "zur"sv};

/// Words that are nobody's name, though they begin a line with a capital: labels, days, and what conferences are made
/// of.
constexpr std::array no_names{
    "about"sv,       "abstract"sv,   "action"sv,    "actions"sv,     "address"sv,      "after"sv,      "agenda"sv,
    "all"sv,         "also"sv,       "and"sv,       "answer"sv,      "article"sv,      "ask"sv,        "author"sv,
    "bcc"sv,         "best"sv,       "big"sv,       "book"sv,        "booth"sv,        "breakfast"sv,  "cc"sv,
    "closing"sv,     "coffee"sv,     "company"sv,   "conclusion"sv,  "conference"sv,   "contact"sv,    "contacts"sv,
    "copyright"sv,   "corp"sv,       "date"sv,      "day"sv,         "dear"sv,         "debug"sv,      "demo"sv,
    "description"sv, "dinner"sv,     "done"sv,      "email"sv,       "error"sv,        "event"sv,      "evening"sv,
    "everybody"sv,   "everyone"sv,   "example"sv,   "exciting"sv,    "follow"sv,       "followup"sv,   "friday"sv,
    "from"sv,        "fun"sv,        "fyi"sv,       "general"sv,     "gmbh"sv,         "goal"sv,       "goals"sv,
    "good"sv,        "great"sv,      "group"sv,     "hall"sv,        "hello"sv,        "here"sv,       "hi"sv,
    "highlight"sv,   "highlights"sv, "hotel"sv,     "how"sv,         "idea"sv,         "ideas"sv,      "important"sv,
    "inc"sv,         "info"sv,       "institute"sv, "interesting"sv, "introduction"sv, "it"sv,         "january"sv,
    "july"sv,        "key"sv,        "keynote"sv,   "labs"sv,        "learned"sv,      "lesson"sv,     "lessons"sv,
    "license"sv,     "link"sv,       "links"sv,     "list"sv,        "llc"sv,          "location"sv,   "ltd"sv,
    "lunch"sv,       "main"sv,       "march"sv,     "meet"sv,        "meeting"sv,      "meetings"sv,   "meetup"sv,
    "memo"sv,        "misc"sv,       "monday"sv,    "more"sv,        "morning"sv,      "my"sv,         "name"sv,
    "names"sv,       "nb"sv,         "new"sv,       "news"sv,        "next"sv,         "nice"sv,       "no"sv,
    "nobody"sv,      "note"sv,       "notes"sv,     "november"sv,    "october"sv,      "ok"sv,         "okay"sv,
    "opening"sv,     "other"sv,      "our"sv,       "overview"sv,    "panel"sv,        "paper"sv,      "papers"sv,
    "party"sv,       "people"sv,     "phone"sv,     "place"sv,       "plan"sv,         "poster"sv,     "posters"sv,
    "ps"sv,          "qa"sv,         "question"sv,  "questions"sv,   "quote"sv,        "recap"sv,      "re"sv,
    "remember"sv,    "reminder"sv,   "result"sv,    "results"sv,     "room"sv,         "saturday"sv,   "schedule"sv,
    "section"sv,     "see"sv,        "september"sv, "session"sv,     "sessions"sv,     "slides"sv,     "some"sv,
    "somebody"sv,    "someone"sv,    "source"sv,    "speaker"sv,     "speakers"sv,     "sponsor"sv,    "stage"sv,
    "status"sv,      "subject"sv,    "summary"sv,   "sunday"sv,      "takeaway"sv,     "takeaways"sv,  "talk"sv,
    "talks"sv,       "task"sv,       "tasks"sv,     "team"sv,        "thanks"sv,       "that"sv,       "the"sv,
    "there"sv,       "these"sv,      "things"sv,    "this"sv,        "thursday"sv,     "time"sv,       "tip"sv,
    "tips"sv,        "title"sv,      "to"sv,        "today"sv,       "todo"sv,         "tomorrow"sv,   "topic"sv,
    "topics"sv,      "track"sv,      "travel"sv,    "tuesday"sv,     "tutorial"sv,     "university"sv, "update"sv,
    "url"sv,         "venue"sv,      "very"sv,      "video"sv,       "warning"sv,      "we"sv,         "wednesday"sv,
    "welcome"sv,     "well"sv,       "what"sv,      "when"sv,        "where"sv,        "who"sv,        "why"sv,
    "wifi"sv,        "workshop"sv,   "workshops"sv, "yes"sv,         "yesterday"sv,    "you"sv};

template <std::size_t Count>
bool is_one_of(std::string_view word, const std::array<std::string_view, Count>& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string trimmed(std::string_view text) {
  return text::clean_line(text, line_bytes_max);
}

struct Line {
  int number{};
  int indent{};        ///< blanks before it
  int column{};        ///< of the text, in characters from 1
  bool bullet{};       ///< "- ", "* ", "1. " stood before the text
  bool cut{};          ///< longer than is read
  std::string text{};  ///< without bullet; empty for a blank line or a rule ("---")
};

/// How many bytes "- ", "* ", "• ", "1. ", "2) " and a box to tick behind it, "- [x] ", take at the beginning.
std::size_t bullet_bytes(std::string_view text) {
  for (const auto mark : {"- "sv, "* "sv, "+ "sv, "• "sv, "– "sv}) {
    if (!text.starts_with(mark)) continue;
    const auto behind = text.substr(mark.size(), 4);
    const bool box = behind == "[ ] " || behind == "[x] " || behind == "[X] ";
    return mark.size() + (box ? behind.size() : 0);
  }
  const auto digits = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto behind = text.substr(digits, 2);
  return digits > 0 && digits < 4 && (behind == ". " || behind == ") ") ? digits + 2 : 0;
}

Line line_of(std::string_view raw, int number) {
  Line line;
  line.number = number;
  line.cut = raw.size() > line_bytes_max;
  raw = raw.substr(0, line_bytes_max);
  const auto begin = std::min(raw.find_first_not_of(" \t"), raw.size());
  const auto bullet = bullet_bytes(raw.substr(begin));
  line.indent = static_cast<int>(begin);
  line.column = static_cast<int>(begin) + 1;
  line.bullet = bullet > 0;
  line.text = trimmed(raw.substr(begin + bullet));
  if (line.text.find_first_not_of("-*_= ") == std::string::npos) line.text.clear();
  return line;
}

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at < text.size();) {
    auto end = at;
    while (end < text.size() && text[end] != '\n' && text[end] != '\r') ++end;
    lines.push_back(line_of(text.substr(at, end - at), static_cast<int>(lines.size()) + 1));
    at = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
  }
  return lines;
}

/// How many # begin a Markdown heading; 0 when it is none.
std::size_t heading_level(const std::string& text) {
  const auto level = text.find_first_not_of('#');
  return level != std::string::npos && level <= 6 && text[level] == ' ' ? level : 0;
}

/// A person as a line names them, and what the line says of them.
struct Named {
  std::string name{}, title{}, company{}, about{};
};

/// "Ada", "O'Hara", "d'Angelo", "al-Khwarizmi", "van", "若溪"
bool could_be_part_of_name(const std::string& word, bool& capital) {
  const auto folded = text::fold(word);
  const bool small = word[0] >= 'a' && word[0] <= 'z';
  if (folded.empty() || is_one_of(folded, no_names)) return false;
  capital = !small;
  if (!small) return true;
  const auto joint = word.find_first_of("'-");
  return is_one_of(std::string_view(word).substr(0, std::min(joint, word.find("’"))), particles);
}

/// Whether words could be a person's name: few, no sign but those of names, each begun by a capital, by a particle, or
/// in a script without capitals, and none of them a word that is nobody's name.
bool could_be_name(const std::string& text) {
  if (text.empty() || text.size() > name_bytes_max) return false;
  if (text.find_first_of("0123456789;:!?#<>/=&@*_|{}[]+~^$%\\`") != std::string::npos) return false;
  std::size_t words = 0, capitals = 0;
  for (std::size_t at = 0; at < text.size(); ++words) {
    const auto end = std::min(text.find(' ', at), text.size());
    bool capital = false;
    if (!could_be_part_of_name(text.substr(at, end - at), capital)) return false;
    if (capital) ++capitals;
    at = end + 1;
  }
  return words <= name_words_max && capitals > 0 && capitals * 2 >= words && (text::fold(text).size() > 1);
}

/// A name of more than one part: one word alone may be anything.
bool is_whole_name(const std::string& name) {
  return name.find(' ') != std::string::npos || text::is_east_asian(name);
}

/// "Acme", "Engineer, Acme", "Engineer @ Acme"
void take_job(const std::string& text, Named& named) {
  for (const auto mark : {" @ "sv, " at "sv, ", "sv}) {
    const auto at = text.find(mark);
    if (at == std::string::npos) continue;
    // "Halcyon & Pike, LLC": behind the comma stands nothing that tells companies apart
    if (mark == ", " && company_key(text) == company_key(text.substr(0, at))) continue;
    named.title = trimmed(text.substr(0, at));
    named.company = trimmed(text.substr(at + mark.size()));
    return;
  }
  named.company = trimmed(text.starts_with("@ ") ? text.substr(2) : text);
}

/// Where a line turns from naming a person to telling of them.
struct Mark {
  std::size_t begin{std::string::npos};
  std::size_t end{};
  bool colon{};
};

Mark mark_in(const std::string& line) {
  int open = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '(' || line[at] == '<') ++open;
    if (line[at] == ')' || line[at] == '>') open = std::max(open - 1, 0);
    if (open > 0) continue;
    if (line[at] == ':' && (at + 1 == line.size() || line[at + 1] == ' ')) return {at, at + 1, true};
    for (const auto dash : {" — "sv, " – "sv, " - "sv}) {
      if (line.compare(at, dash.size(), dash) == 0) return {at, at + dash.size(), false};
    }
  }
  return {};
}

/// Takes "<ada@acme.example>" or a bare address out of what names the person.
bool take_address(std::string& head) {
  const auto at = head.find('@', 1);
  if (at == std::string::npos || head[at - 1] == ' ' || at + 1 >= head.size() || head[at + 1] == ' ') return false;
  const auto begin = head.find_last_of(" <(", at) + 1;
  const auto end = std::min(head.find_first_of(" >),", at), head.size());
  const bool bracketed =
      begin > 0 && end < head.size() && head[begin - 1] != ' ' && (head[end] == '>' || head[end] == ')');
  head.erase(begin - (bracketed ? 1 : 0), end - begin + (bracketed ? 2 : 0));
  head = trimmed(head);
  return true;
}

/// "@Ada Lovelace likes caches": the capitalised words behind the sign.
std::optional<Named> named_by_sign(const std::string& text) {
  Named named;
  std::size_t end = 0;
  for (std::size_t at = 0, words = 0; at < text.size() && words < name_words_max; ++words) {
    auto next = std::min(text.find(' ', at), text.size());
    auto word = text.substr(at, next - at);
    bool last = false;
    while (!word.empty() && std::string_view(",;.:").find(word.back()) != std::string_view::npos)
      word.pop_back(), last = true;
    bool capital = false;
    if (word.empty() || !could_be_part_of_name(word, capital) || !capital) break;
    end = at + word.size();
    if (last) break;
    at = next + 1;
  }
  named.name = trimmed(text.substr(0, end));
  if (!could_be_name(named.name)) return std::nullopt;
  const auto about = std::min(text.find_first_not_of(" ,;:.", end), text.size());
  named.about = trimmed(text.substr(about));
  return named;
}

/// "**Ada Lovelace** (Acme): caches" without the stars; stars further on are the note's.
std::string without_emphasis(const std::string& line) {
  for (const auto mark : {"**"sv, "__"sv, "*"sv, "_"sv}) {
    if (!line.starts_with(mark)) continue;
    const auto end = line.find(mark, mark.size());
    if (end == std::string::npos) continue;
    return line.substr(mark.size(), end - mark.size()) + line.substr(end + mark.size());
  }
  return line;
}

std::optional<Named> named_by(const std::string& written) {
  const auto line = without_emphasis(written);
  const bool sign = line.starts_with('@');
  const auto text = sign ? line.substr(1) : line;
  const auto mark = mark_in(text);
  auto head = trimmed(text::without_pictures(text.substr(0, mark.begin)));
  Named named;
  if (mark.begin != std::string::npos) named.about = trimmed(text.substr(mark.end));

  const bool address = take_address(head);
  bool job = false;
  bool listed = false;  // "Ada Lovelace, Acme": a comma may list anything
  const auto cut = [&](std::size_t at, const std::string& rest) {
    take_job(rest, named);
    head.resize(at);
    job = true;
  };
  if (const auto open = head.rfind(" ("); open != std::string::npos && head.ends_with(')')) {
    cut(open, head.substr(open + 2, head.size() - open - 3));
  } else if (const auto comma = head.find(", "); comma != std::string::npos) {
    cut(comma, head.substr(comma + 2));
    listed = named.title.empty();
  } else if (const auto at = head.find(" @ "); at != std::string::npos) {
    cut(at, head.substr(at + 3));
  }
  named.name = trimmed(head);
  const bool marked = mark.begin != std::string::npos;
  const bool told = address || sign || (job && !listed);
  const bool labelled =
      mark.colon && !listed;  // "Ada: caches", while "Caches - a good talk" and "Ada, Bob: hi" may be anything
  const bool enough = told || (marked && (labelled || is_whole_name(named.name)));
  if (enough && could_be_name(named.name)) return named;
  return sign ? named_by_sign(text) : std::nullopt;
}

/// "3-5 March 2026", "March 3-5, 2026", "28 Feb - 2 March 2026", "2026-03-03 to 2026-03-05", or one day.
std::optional<std::pair<Date, Date>> days_of(std::string_view written, Date today) {
  constexpr std::size_t bytes_max = 60;
  constexpr int days_max = 60;
  const auto text = trimmed(written.substr(0, bytes_max));
  std::string plain;  // "March 3-5, 2026" → "March 3-5 2026"
  for (const char c : text) {
    if (c != ',') plain += c;
  }
  if (const auto day = day_from_words(plain, today, Lean::past)) return std::pair(*day, *day);
  for (const auto joint : {" to "sv, " - "sv, " – "sv, " — "sv, "–"sv, "-"sv}) {
    const auto at = plain.find(joint);
    if (at == std::string::npos) continue;
    const auto left = trimmed(plain.substr(0, at)), right = trimmed(plain.substr(at + joint.size()));
    const auto behind_first = right.substr(std::min(right.find(' '), right.size()));  // " March 2026", " 2026"
    const auto behind_last = right.substr(std::min(right.rfind(' '), right.size()));  // " 2026"
    const auto before_last =
        left.substr(0, left.rfind(' ') == std::string::npos ? 0 : left.rfind(' ') + 1);  // "March "
    const std::array readings{std::pair(left, right), std::pair(left + behind_first, right),
                              std::pair(left + behind_last, right),
                              std::pair(left + behind_first, before_last + right)};
    for (const auto& [from, to] : readings) {
      const auto first = day_from_words(from, today, Lean::past), last = day_from_words(to, today, Lean::past);
      if (first && last && *first <= *last && days_between(*first, *last) <= days_max) return std::pair(*first, *last);
    }
  }
  return std::nullopt;
}

/// "SkerryConf (Oslo, 3-5 March 2026)": name, place, days; each part but the name may be missing.
Event event_of(const std::string& heading, Date today) {
  Event event;
  const auto open = heading.rfind(" (");
  if (open == std::string::npos || !heading.ends_with(')')) {
    event.name = heading;
    return event;
  }
  event.name = trimmed(heading.substr(0, open));
  event.place = trimmed(heading.substr(open + 2, heading.size() - open - 3));
  for (std::size_t at = 0; at < event.place.size();) {
    if (const auto days = days_of(std::string_view(event.place).substr(at), today)) {
      event.starts_on = days->first, event.ends_on = days->second;
      event.place = trimmed(event.place.substr(0, at));
      if (event.place.ends_with(',')) event.place.pop_back();
      break;
    }
    const auto comma = event.place.find(", ", at);
    at = comma == std::string::npos ? event.place.size() : comma + 2;
  }
  return event;
}

/// Whether an address on a code host is a person's page and not that of one of their repositories.
bool is_login_page(std::string_view word) {
  const auto path = word.substr(word.find("github.com/") + std::string_view("github.com/").size());
  return path.find('/') == std::string_view::npos || path.find('/') + 1 == path.size();
}

std::optional<PointKind> kind_of(std::string_view word) {
  if (word.find("linkedin.com/in/") != std::string_view::npos) return PointKind::linkedin;
  if (word.find("github.com/") != std::string_view::npos)
    return is_login_page(word) ? std::optional(PointKind::github) : std::nullopt;
  const auto at = word.find('@');
  if (at != std::string_view::npos && at > 0 && word.find('/') == std::string_view::npos) return PointKind::email;
  return std::nullopt;
}

/// Addresses, profile links and #tags that stand anywhere in the text.
void take_points(const std::string& text, Person& person, const Options& options) {
  constexpr std::size_t points_max = 100;
  constexpr std::string_view between = " \t\n,;()<>[]\"'“”";
  for (std::size_t at = 0; at < text.size() && person.points.size() + person.tags.size() < points_max;) {
    const auto end = std::min(text.find_first_of(between, at), text.size());
    auto word = std::string_view(text).substr(at, end - at);
    at = end + 1;
    while (!word.empty() && std::string_view(".:!?*").find(word.back()) != std::string_view::npos)
      word.remove_suffix(1);
    if (word.size() > 2 && word[0] == '#' && word[1] != '#' && (word[1] < '0' || word[1] > '9')) {
      const std::string tag(word.substr(1));
      if (std::find(person.tags.begin(), person.tags.end(), tag) == person.tags.end()) person.tags.push_back(tag);
      continue;
    }
    const auto kind = kind_of(word);
    const auto value = kind ? normalised(*kind, word, options.region) : std::nullopt;
    if (!value) continue;
    ContactPoint point;
    point.kind = *kind, point.value = *value;
    if (std::find(person.points.begin(), person.points.end(), point) == person.points.end())
      person.points.push_back(std::move(point));
  }
}

class Reading {
 public:
  Reading(const std::string& file, const std::string& event, const Options& options)
      : file_(file), event_(event), day_(options.today), options_(options) {
    batch_.source = "notes";
    report().file = file;
    report().recognised = "notes, a person a line";
  }

  Batch read(std::string_view text) {
    const auto lines = lines_of(text);
    for (auto begin = lines.begin(); begin != lines.end();) {
      const auto ends_paragraph = [](const Line& line) { return line.text.empty() || heading_level(line.text) > 0; };
      const auto end = std::find_if(begin, lines.end(), ends_paragraph);
      take_paragraph(begin, end);
      if (end != lines.end() && !end->text.empty()) take_heading(*end);
      begin = end == lines.end() ? end : end + 1;
    }
    finish_person();
    if (batch_.people.empty()) report().not_read = "nobody is named in it";
    return std::move(batch_);
  }

 private:
  using At = std::vector<Line>::const_iterator;

  FileReport& report() { return batch_.files.empty() ? batch_.files.emplace_back() : batch_.files[0]; }

  /// A paragraph that begins with the only person whom it names is all about them; one that names several is a list.
  void take_paragraph(At begin, At end) {
    const auto names = [&](const Line& line) {
      return line.indent <= begin->indent && named_by(line.text).has_value();
    };
    const bool list = !under_heading_ && std::count_if(begin, end, names) > 1;
    for (auto line = begin; line != end; ++line) take(*line, line == begin, list);
  }

  void take(const Line& line, bool begins, bool list) {
    if (line.cut) issue(line, fmt::format("only the first {} bytes of this line are read", line_bytes_max));
    if (under_heading_) return add_about(line);
    const bool known = !current_.name.empty();
    if (known && line.indent > indent_) return add_about(line);
    if (auto named = named_by(line.text)) {
      finish_person();
      current_ = *std::move(named);
      written_ = line.text;
      line_ = line.number, indent_ = line.indent, bullet_ = line.bullet;
      return;
    }
    const bool quote = line.text.starts_with("> ");
    const bool goes_on = !list || quote || (line.text[0] >= 'a' && line.text[0] <= 'z');
    if (known && !begins && goes_on && !(line.bullet && bullet_)) return add_about(line);
    finish_person();
    skip(line, "no person is named here, skipped; write 'Ada Lovelace (Acme): what you talked about'");
  }

  void take_heading(const Line& line) {
    finish_person();
    const auto level = heading_level(line.text);
    const auto text = trimmed(line.text.substr(level));
    if (level == 1) return take_event(event_of(text, options_.today), line);
    auto named = named_by(text);
    if (!named && could_be_name(text)) named = Named{text, "", "", ""};
    if (!named) return skip(line, "this heading names no person, skipped; write '## Ada Lovelace (Acme)'");
    current_ = *std::move(named);
    written_ = text;
    line_ = line.number;
    under_heading_ = true;
  }

  void take_event(Event event, const Line& line) {
    if (event.name.empty())
      return skip(line, "this heading names no event, skipped; write '# SkerryConf (Oslo, 3-5 March 2026)'");
    event_ = event.name;
    day_ = event.starts_on.value_or(options_.today);
    batch_.events.push_back({std::move(event), 0, line.number});
  }

  void add_about(const Line& line) {
    if (current_.about.size() + line.text.size() > about_bytes_max) {
      if (!full_) issue(line, fmt::format("only the first {} bytes about one person are read", about_bytes_max));
      full_ = true;
      return;
    }
    if (!current_.about.empty()) current_.about += '\n';
    if (line.bullet) current_.about += "- ";
    current_.about += line.text;
    written_ += '\n' + line.text;
  }

  void issue(const Line& line, std::string message) {
    if (batch_.issues.size() > issues_max) return;
    if (batch_.issues.size() == issues_max) message = "there are more such places, which are counted and not listed";
    batch_.issues.push_back({file_, line.number, line.column, std::move(message)});
  }

  void skip(const Line& line, std::string message) {
    issue(line, std::move(message));
    ++report().rows;
    ++report().skipped;
    ++report().skipped_why["without a person"];
  }

  void finish_person() {
    if (!current_.name.empty()) keep_person();
    current_ = {};
    written_.clear();
    under_heading_ = bullet_ = full_ = false;
    indent_ = 0;
  }

  void keep_person() {
    const auto name = person_name(current_.name);
    Person person;
    person.contact.display = name.display, person.contact.given = name.given, person.contact.family = name.family;
    person.contact.nickname = name.nickname, person.contact.suffix = name.suffix;
    person.line = line_;
    if (!current_.company.empty() || !current_.title.empty()) {
      person.jobs.push_back({current_.company, current_.title, "", ""});
    }
    take_points(written_, person, options_);
    batch_.interactions.push_back(met(person));
    batch_.people.push_back(std::move(person));
    ++report().rows;
  }

  FoundInteraction met(const Person& person) const {
    const auto& name = person.contact.display;
    FoundInteraction found;
    found.interaction.kind = InteractionKind::met;
    found.interaction.when.day = day_;
    found.interaction.text = text::clean(current_.about);
    found.interaction.channel = "in person";
    found.interaction.source_key =
        "notes:" + text::hash_of({text::fold(event_), text::fold(name), found.interaction.text});
    PersonKey key;
    key.name = name;
    for (const auto& point : person.points) {
      if (point.kind == PointKind::linkedin && key.linkedin.empty()) key.linkedin = point.value;
      if (point.kind == PointKind::email && key.email.empty()) key.email = point.value;
    }
    found.with.push_back(std::move(key));
    found.event = event_;
    found.promises = promises();
    found.line = line_;
    return found;
  }

  /// What was promised, and every "follow up in 2 weeks".
  std::vector<Promise> promises() const {
    auto promises = promises_in(current_.about, day_);
    for (const auto& line : lines_of(current_.about)) {
      const auto follow_up = capture(line.text, day_).follow_up;
      if (follow_up) promises.push_back({"", OwedBy::me, follow_up});
    }
    return promises;
  }

  std::string file_, event_;
  Date day_;
  const Options& options_;
  Batch batch_{};
  Named current_{};
  std::string written_{};  ///< of the current person's lines: addresses stand anywhere in them
  int line_{};
  int indent_{};
  bool bullet_{};
  bool full_{};
  bool under_heading_{};
};

bool may_be_notes(const SourceFile& file) {
  const auto dot = file.name.rfind('.');
  const auto ending = dot == std::string::npos ? "" : text::lower(file.name.substr(dot));
  constexpr std::array endings{""sv, ".txt"sv, ".md"sv, ".markdown"sv, ".text"sv};
  return is_one_of(ending, endings);
}

/// Up to `bytes_max`, cut where a line ends.
std::string_view beginning(std::string_view bytes, std::size_t bytes_max) {
  if (bytes.size() <= bytes_max) return bytes;
  const auto end = bytes.substr(0, bytes_max).rfind('\n');
  return bytes.substr(0, end == std::string_view::npos ? bytes_max : end);
}

/// Text, and not that of a table, a program or a letter, which may hold names too.
bool is_prose(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return false;
  const auto first = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  for (const auto start : {"{"sv, "["sv, "<"sv, "BEGIN:"sv, "From "sv, "#!"sv}) {
    if (text.substr(first).starts_with(start)) return false;
  }
  return true;
}

int recognises(const SourceFile& file) {
  constexpr std::size_t bytes_looked_at = 64'000;
  constexpr int sure = 40;
  if (!may_be_notes(file)) return 0;
  const auto text = decode(beginning(file.bytes, bytes_looked_at)).text;
  if (!is_prose(text)) return 0;
  Options options;
  options.today = Date(std::chrono::year(2000), std::chrono::January, std::chrono::day(1));  // any: no day is asked for
  const auto batch = read_notes(text, file.name, "", options);
  const auto people = static_cast<int>(batch.people.size());
  return people > 0 && people * 2 >= batch.files[0].rows ? sure : 0;
}

std::string event_named_by(const std::string& file) {
  const auto base = file.substr(file.rfind('/') + 1);
  return trimmed(base.substr(0, base.rfind('.')));
}

Batch read(const std::vector<SourceFile>& files, const Options& options) {
  Batch all;
  all.source = "notes";
  for (const auto& file : files) {
    // A file alone was named by the user, who knows.
    if (files.size() > 1 && recognises(file) == 0) continue;
    const auto text = decode(file.bytes).text;
    if (!is_prose(text)) continue;
    auto batch = read_notes(text, file.name, event_named_by(file.name), options);
    const int at = static_cast<int>(all.files.size());
    for (auto& person : batch.people) person.file = at, all.people.push_back(std::move(person));
    for (auto& found : batch.interactions) found.file = at, all.interactions.push_back(std::move(found));
    for (auto& found : batch.events) found.file = at, all.events.push_back(std::move(found));
    std::move(batch.issues.begin(), batch.issues.end(), std::back_inserter(all.issues));
    all.files.push_back(std::move(batch.files[0]));
  }
  return all;
}

}  // namespace

Batch read_notes(std::string_view text, const std::string& file, const std::string& event, const Options& options) {
  return Reading(file, event, options).read(text);
}

const Importer conference_notes{"notes", "conference notes", recognises, read, nullptr};

}  // namespace ties::importers
