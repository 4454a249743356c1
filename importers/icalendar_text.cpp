#include <algorithm>

#include "crm/text/text.h"
#include "importers/icalendar_parts.h"

namespace ties::importers::icalendar_parts {
namespace {

constexpr std::size_t html_bytes_max = 64'000;
constexpr std::size_t text_bytes_max = 4'000;

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// What conference services write, in small letters: how a line begins, or what it holds, from which on all is theirs.
constexpr std::array<std::string_view, 30> service_begins{
    "join zoom meeting",
    "join with google meet",
    "join google meet",
    "join by phone",
    "join the meeting now",
    "join microsoft teams meeting",
    "join webex meeting",
    "join on your computer",
    "join from pc, mac",
    "join meeting",
    "microsoft teams meeting",
    "microsoft teams need help",
    "microsoft teams-besprechung",
    "microsoft teams-møte",
    "réunion microsoft teams",
    "reunión de microsoft teams",
    "riunione di microsoft teams",
    "meeting id:",
    "one tap mobile",
    "dial by your location",
    "dial in by phone",
    "find your local number",
    "more ways to join",
    "more phone numbers",
    "to join the video meeting",
    "need to make changes to this event",
    "you can join this meeting from your computer",
    "powered by calendly",
    "this event has a video call",
    "this event has a google meet",
};
constexpr std::array<std::string_view, 4> service_holds{
    "is inviting you to a scheduled zoom meeting", "has invited you to a zoom meeting",
    "invites you to a scheduled zoom meeting", "please do not edit this section"};

bool is_line_of(std::string_view line, std::string_view signs, std::size_t least) {
  return line.size() >= least && line.find_first_not_of(signs) == std::string_view::npos;
}

/// A line that services draw around what is theirs.
bool is_fence(std::string_view line) {
  return is_line_of(line, "_", 20) || is_line_of(line, "-:~", 20) || is_line_of(line, "─", 20) ||
         is_line_of(line, "*~", 20);
}

bool is_of_service(std::string_view line) {
  const auto begin = line.find_first_not_of(" \t*•-");
  const auto lowered = text::lower(begin == std::string_view::npos ? "" : line.substr(begin, 200));
  return std::any_of(service_begins.begin(), service_begins.end(),
                     [&lowered](std::string_view words) { return lowered.starts_with(words); }) ||
         std::any_of(service_holds.begin(), service_holds.end(),
                     [&lowered](std::string_view words) { return contains(lowered, words); });
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

/// From a fence to the next one or the end, and from any other line of a service to the next fence or the end.
std::string without_services(const std::string& text) {
  std::string kept;
  bool in_service = false;
  for (const auto line : lines_of(text)) {
    if (is_fence(line)) {
      in_service = !in_service;
      continue;
    }
    if (!in_service && is_of_service(line)) in_service = true;
    if (!in_service) kept.append(line).append("\n");
  }
  return kept;
}

/// Words with which a title says what one does together, longest first where one begins another.
constexpr std::array<std::string_view, 31> doings{
    "1:1",     "1-1",    "1on1",  "1-on-1",     "1 on 1",     "one on one", "one-on-one", "coffee chat",
    "coffee",  "kaffee", "kaffe", "café",       "breakfast",  "lunch",      "dinner",     "drinks",
    "beer",    "tea",    "walk",  "phone call", "video call", "call",       "catch-up",   "catch up",
    "catchup", "chat",   "intro", "interview",  "meeting",    "meet",       "zoom"};
/// Words behind which the others' names stand.
constexpr std::array<std::string_view, 7> withs{"with", "w/", "mit", "med", "met", "avec", "con"};
constexpr std::array<std::string_view, 5> myself{"me", "myself", "ich", "moi", "meg"};

bool is_word_sign(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// Where a word stands by itself in a text of small letters; npos when nowhere.
std::size_t find_word(std::string_view text, std::string_view word) {
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !is_word_sign(text[at - 1])) && (end == text.size() || !is_word_sign(text[end]))) return at;
  }
  return std::string_view::npos;
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view around = " \t:;,.!?-/|&+<>()[]\"'";
  const auto begin = text.find_first_not_of(around);
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(around) - begin + 1));
}

/// One to four words, each with a capital or in a script without any.
bool looks_like_name(const std::string& text) {
  if (text.empty() || text.size() > 80 || text.find_first_of("0123456789@#:/") != std::string::npos) return false;
  const auto lowered = text::lower(text);
  if (std::find(myself.begin(), myself.end(), lowered) != myself.end()) return false;
  int words = 0, capitals = 0;
  for (std::size_t at = 0; at < text.size(); ++words) {
    const auto end = std::min(text.find(' ', at), text.size());
    const bool foreign = static_cast<unsigned char>(text[at]) >= 0x80;
    const bool capital = text[at] >= 'A' && text[at] <= 'Z';
    if (foreign || capital) ++capitals;
    at = end + 1;
  }
  return words <= 4 && capitals > 0 && (words == 1 || capitals >= 2);
}

}  // namespace

std::string plain_description(std::string_view description, std::string_view html) {
  // Before and after: some write lines into HTML, where they are none, and some write HTML without lines.
  const auto text_of = [](std::string_view source) {
    const auto cut = without_services(std::string(source.substr(0, html_bytes_max)));
    return text::clean(without_services(text::clean(text::from_html(cut), html_bytes_max)), text_bytes_max);
  };
  auto plain = text_of(description);
  return plain.empty() && description.empty() ? text_of(html) : plain;
}

std::string conference_link(std::string_view text) {
  constexpr std::array<std::string_view, 13> hosts{"meet.google.com/",
                                                   "zoom.us/j/",
                                                   "zoom.us/my/",
                                                   "zoom.us/w/",
                                                   "teams.microsoft.com/l/meetup-join/",
                                                   "teams.microsoft.com/meet/",
                                                   "teams.live.com/",
                                                   "webex.com/",
                                                   "whereby.com/",
                                                   "meet.jit.si/",
                                                   "join.skype.com/",
                                                   "gotomeeting.com/",
                                                   "calendly.com/events/"};
  text = text.substr(0, html_bytes_max);
  for (auto at = text.find("https://"); at != std::string_view::npos; at = text.find("https://", at + 1)) {
    const auto end = std::min({text.find_first_of(" \t\r\n<>\"'", at), text.size(), at + 1'000});
    auto link = text.substr(at, end - at);
    const auto slash = link.find('/', 8);
    const bool known =
        slash != std::string_view::npos && std::any_of(hosts.begin(), hosts.end(), [&](auto host) {
          const auto found = link.find(host);
          return found != std::string_view::npos && found < slash && (link[found - 1] == '/' || link[found - 1] == '.');
        });
    if (!known) continue;
    while (link.ends_with('.') || link.ends_with(',') || link.ends_with(')') || link.ends_with(';'))
      link.remove_suffix(1);
    return std::string(link);
  }
  return {};
}

bool is_online(std::string_view place) {
  constexpr std::array<std::string_view, 12> words{"",
                                                   "microsoft teams meeting",
                                                   "microsoft teams",
                                                   "teams",
                                                   "google meet",
                                                   "zoom",
                                                   "zoom meeting",
                                                   "online",
                                                   "video call",
                                                   "webex",
                                                   "remote",
                                                   "skype meeting"};
  const auto lowered = text::lower(place);
  return std::find(words.begin(), words.end(), lowered) != words.end();
}

std::vector<std::string> names_in_title(std::string_view title) {
  auto rest = text::clean_line(text::without_pictures(title.substr(0, 500)), 200);
  std::string lowered = text::lower(rest);
  if (lowered.size() != rest.size()) return {};
  bool named = false;
  const auto cut_before = [&](std::size_t end) {
    rest = rest.substr(end);
    lowered = lowered.substr(end);
    named = true;
  };
  for (const auto doing : doings) {
    if (lowered.starts_with(doing) && find_word(lowered, doing) == 0) {
      cut_before(doing.size());
      break;
    }
  }
  std::size_t with_at = std::string::npos, with_end = 0;
  for (const auto word : withs) {
    const auto at = find_word(lowered, word);
    if (at < with_at) with_at = at, with_end = at + word.size();
  }
  if (with_at != std::string::npos) cut_before(with_end);
  if (!named && lowered.find(" <> ") == std::string::npos && lowered.find(" / ") == std::string::npos &&
      lowered.find(" ↔ ") == std::string::npos && lowered.find(" x ") == std::string::npos) {
    // "Ada / me: 1:1"
    const auto doing = std::find_if(doings.begin(), doings.begin() + 7,
                                    [&](auto word) { return find_word(lowered, word) != std::string::npos; });
    if (doing == doings.begin() + 7) return {};
    rest.erase(find_word(lowered, *doing), doing->size());
  }
  if (const auto end = std::min({rest.find(" about "), rest.find(" @ "), rest.find(" at "), rest.find(" re "),
                                 rest.find(" ("), rest.find(" – "), rest.find(" - ", 2), rest.find(": ", 2)});
      end != std::string::npos) {
    rest.resize(end);
  }
  constexpr std::array<std::string_view, 11> betweens{" <> ", " ↔ ", " / ",   "/",    " and ", " & ",
                                                      " + ",  ", ",  " und ", " og ", " x "};
  for (const auto between : betweens) {
    for (auto at = rest.find(between); at != std::string::npos; at = rest.find(between, at + 1)) {
      rest.replace(at, between.size(), "\n");
    }
  }
  std::vector<std::string> names;
  for (const auto part : lines_of(rest)) {
    const auto name = trimmed(part);
    const bool known = std::find(names.begin(), names.end(), name) != names.end();
    const bool is_name = looks_like_name(name);
    // Without a word that says so, a title names people only where it names nothing else.
    if (!named && !is_name && std::find(myself.begin(), myself.end(), text::lower(name)) == myself.end()) return {};
    if (is_name && !known && names.size() < 8) names.push_back(name);
  }
  return names;
}

bool is_no_person(std::string_view email) {
  const auto at = email.find('@');
  if (at == std::string_view::npos) return false;
  const auto host = email.substr(at + 1), local = email.substr(0, at);
  if (host == "resource.calendar.google.com" || host == "group.calendar.google.com" ||
      host == "group.v.calendar.google.com" || host == "import.calendar.google.com") {
    return true;
  }
  constexpr std::array<std::string_view, 21> words{
      "room",         "rooms",    "meetingroom", "conferenceroom",   "confroom",    "boardroom",
      "conf",         "resource", "resources",   "equipment",        "noreply",     "donotreply",
      "no",           "calendar", "calendars",   "unknownorganizer", "invitations", "notifications",
      "notification", "mailer",   "daemon"};
  std::size_t begin = 0;
  while (begin <= local.size()) {
    const auto end = std::min(local.find_first_of("-_.+", begin), local.size());
    const auto word = local.substr(begin, end - begin);
    const bool no_reply =
        word == "no" && (local.substr(end).starts_with("-reply") || local.substr(end).starts_with("_reply") ||
                         local.substr(end).starts_with(".reply"));
    if (word == "no" ? no_reply : std::find(words.begin(), words.end(), word) != words.end()) return true;
    begin = end + 1;
  }
  return false;
}

}  // namespace ties::importers::icalendar_parts
