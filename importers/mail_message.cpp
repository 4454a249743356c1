#include "importers/mail_message.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <memory>

#include "crm/domain/contact.h"
#include "crm/text/text.h"
#include "importers/mail_box.h"

namespace ties::importers::mail_parts {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t header_count_max = 2'000;
constexpr std::size_t value_bytes_max = 64'000;
constexpr std::size_t addresses_max = 1'000;
constexpr std::size_t ids_max = 200;
constexpr std::size_t name_bytes_max = 200;
constexpr std::size_t whole_bytes_max = 4'000'000;
constexpr std::size_t text_bytes_max = 10'000;
constexpr int depth_max = 20;  // of parts within parts

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class Object>
using Held = std::unique_ptr<Object, Unref>;

struct Free {
  void operator()(char* text) const { g_free(text); }
};
using HeldText = std::unique_ptr<char, Free>;

/// How GMime reads: leniently, and bytes of no stated charset as UTF-8 where that is valid, else as Windows writes.
GMimeParserOptions* lenient() {
  static GMimeParserOptions* const options = [] {
    g_mime_init();
    auto* made = g_mime_parser_options_new();
    static const char* charsets[] = {"utf-8", "windows-1252", nullptr};
    g_mime_parser_options_set_fallback_charsets(made, charsets);
    return made;
  }();
  return options;
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

/// For GMime, which wants its texts ended by a zero: unfolded, without any other.
std::string unfolded(std::string_view value) {
  std::string text(value);
  for (char& c : text) {
    if (c == '\r' || c == '\n' || c == '\0') c = ' ';
  }
  return text;
}

std::string decoded(std::string_view value) {
  const HeldText text(g_mime_utils_header_decode_text(lenient(), unfolded(value).c_str()));
  return text ? text.get() : std::string();
}

/// Outlook's people part addresses by semicolons, which elsewhere end a group ("Team: ada@…, zoe@…;"). GMime reads
/// groups within groups without end, so that of more than a few none is left.
std::string with_commas(std::string list) {
  constexpr std::ptrdiff_t groups_max = 50;
  if (std::count(list.begin(), list.end(), ':') > groups_max) std::replace(list.begin(), list.end(), ':', ',');
  bool quoted = false;
  std::vector<std::size_t> semicolons;
  for (std::size_t at = 0; at < list.size(); ++at) {
    if (list[at] == '\\') {
      ++at;
    } else if (list[at] == '"') {
      quoted = !quoted;
    } else if (!quoted && list[at] == ':') {
      return list;
    } else if (!quoted && list[at] == ';') {
      semicolons.push_back(at);
    }
  }
  for (const auto at : semicolons) list[at] = ',';
  return list;
}

/// Of a text that is no list of addresses: "Ada [mailto:ada@acme.example]", "Acme @ Skerry <ada@acme.example>".
struct Within {
  std::string_view name{}, email{};
};
Within address_within(std::string_view text) {
  constexpr auto signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+-/=?^_`{|}~"sv;
  const auto bracket = text.rfind('<');
  const auto name = text.substr(0, bracket == text.npos ? 0 : bracket);
  const auto at = text.find('@', name.size());
  if (at == text.npos) return {};
  const auto before = text.substr(0, at).find_last_not_of(signs);
  const auto begin = before == text.npos ? 0 : before + 1;
  const auto end = std::min(text.find_first_not_of(signs, at + 1), text.size());
  return {name, text.substr(begin, end - begin)};
}

/// A display name as a person is called: no quotes around it, not the address again, "Lovelace, Ada" turned around.
std::string called(std::string_view written, const std::string& email) {
  constexpr std::array quotes{"'"sv, "\""sv, "`"sv, "‘"sv, "’"sv, "“"sv, "”"sv};
  std::string_view name = written;
  for (bool more = true; more;) {
    more = false;
    for (const auto quote : quotes) {
      if (name.starts_with(quote)) name.remove_prefix(quote.size()), more = true;
      if (name.ends_with(quote)) name.remove_suffix(quote.size()), more = true;
    }
    name = trimmed(name);
  }
  if (name.find('@') != name.npos || same_word(name, email) || name.empty()) return {};
  return person_name(name).display;
}

/// "'Ada Lovelace' via Reading group": the name before; nothing for any other.
std::string_view before_via(std::string_view name) {
  const auto via = name.rfind(" via ");
  return via == name.npos || via == 0 ? std::string_view{} : name.substr(0, via);
}

Address address_of(std::string_view name, std::string_view email) {
  Address address;
  address.email = normalised(PointKind::email, text::clean_line(email, name_bytes_max)).value_or("");
  address.shown = text::clean_line(name, name_bytes_max);
  const auto before = before_via(address.shown);
  address.name = called(before.empty() ? address.shown : before, address.email);
  address.through_group = !before.empty();
  return address;
}

void add_addresses(InternetAddressList* list, std::vector<Address>& to, int depth = 0) {
  const int count = internet_address_list_length(list);
  for (int i = 0; i < count && to.size() < addresses_max; ++i) {
    auto* entry = internet_address_list_get_address(list, i);
    if (INTERNET_ADDRESS_IS_MAILBOX(entry)) {
      const auto* email = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(entry));
      const auto* name = internet_address_get_name(entry);
      if (email == nullptr || std::string_view(email).find('@') == std::string_view::npos) continue;
      to.push_back(address_of(name == nullptr ? "" : name, email));
    } else if (INTERNET_ADDRESS_IS_GROUP(entry) && depth < 2) {
      auto* members = internet_address_group_get_members(INTERNET_ADDRESS_GROUP(entry));
      if (members != nullptr) add_addresses(members, to, depth + 1);
    }
  }
}

void break_words(std::string& text, std::size_t from, std::string_view word) {
  for (auto at = from; at + word.size() <= text.size(); ++at) {
    if (same_word({text.data() + at, word.size()}, word)) text[at] = '_';
  }
}

/// A mail as GMime may see it: of its own headers those of its content, and no other mail within, since it would read
/// all people in their headers too, groups within groups without end. Parts within parts end where the stack might.
std::string content_of(std::string_view whole) {
  constexpr int parts_max = 500;
  std::string content;
  bool in_headers = true, kept = false, is_type = false;
  for (int parts = 0; !whole.empty() && parts <= parts_max;) {
    const auto line = whole.substr(0, std::min(whole.find('\n'), whole.size() - 1) + 1);
    whole.remove_prefix(line.size());
    const bool goes_on = line.starts_with(' ') || line.starts_with('\t');
    if (line == "\n" || line == "\r\n") in_headers = false;
    if (in_headers && !goes_on) kept = same_word(line.substr(0, 8), "content-");
    if (in_headers && !kept) continue;
    if (!goes_on) is_type = same_word(line.substr(0, 12), "content-type");
    const auto begin = content.size();
    content += line;
    if (!is_type) continue;
    if (!goes_on) ++parts;
    break_words(content, begin, "message");
    break_words(content, begin, "digest");  // its parts are mails unless they say otherwise
  }
  return content;
}

/// The first parts of text that are no attachments.
struct TextParts {
  GMimePart* plain{};
  GMimePart* html{};
};

void find_text(GMimeObject* object, TextParts& found, int depth) {
  if (object == nullptr || depth > depth_max || found.plain != nullptr) return;
  if (GMIME_IS_MULTIPART(object)) {
    auto* many = GMIME_MULTIPART(object);
    const int count = g_mime_multipart_get_count(many);
    for (int i = 0; i < count; ++i) find_text(g_mime_multipart_get_part(many, i), found, depth + 1);
    return;
  }
  if (!GMIME_IS_PART(object) || g_mime_part_is_attachment(GMIME_PART(object))) return;
  auto* type = g_mime_object_get_content_type(object);
  if (type == nullptr || g_mime_content_type_is_type(type, "text", "plain")) {
    found.plain = GMIME_PART(object);
  } else if (found.html == nullptr && g_mime_content_type_is_type(type, "text", "html")) {
    found.html = GMIME_PART(object);
  }
}

/// The part's text in UTF-8; what says that it is ASCII or UTF-8 is looked at, since it often is not.
std::string text_of(GMimePart* part) {
  auto* content = g_mime_part_get_content(part);
  if (content == nullptr) return {};
  const Held<GMimeStream> bytes(g_mime_stream_mem_new());
  g_mime_data_wrapper_write_to_stream(content, bytes.get());
  const auto* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(bytes.get()));
  if (array == nullptr || array->len == 0) return {};
  const auto* charset = g_mime_object_get_content_type_parameter(GMIME_OBJECT(part), "charset");
  const bool stated = charset != nullptr && !same_word(charset, "us-ascii") && !same_word(charset, "utf-8");
  return text::to_utf8({reinterpret_cast<const char*>(array->data), array->len}, stated ? charset : "");
}

// What of a text is not its writer's own.

template <std::size_t Size>
bool starts_with_any(std::string_view line, const std::array<std::string_view, Size>& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [line](auto beginning) { return same_word(line.substr(0, beginning.size()), beginning); });
}

bool is_signature_sign(std::string_view line) {
  return trimmed(line) == "--" || line == "— ";
}

/// Programs' own lines above a mail that is quoted or forwarded.
bool begins_other_mail(std::string_view line, std::string_view next) {
  constexpr std::array signs{"-----Original"sv,     "----- Original"sv,
                             "-----Urspr"sv,        "-----Message d'origine"sv,
                             "-----Mensaje"sv,      "-----Mensagem"sv,
                             "-----Messaggio"sv,    "-----Oorspronkelijk"sv,
                             "---------- Forw"sv,   "Begin forwarded message:"sv,
                             "---------- Weiter"sv, "Anfang der weitergeleiteten"sv,
                             "-------- Forw"sv,     "-------- Original"sv,
                             "-------- Weiter"sv,   "________________________________"sv};
  constexpr std::array from{"From:"sv, "*From:*"sv, "Von:"sv,  "De :"sv, "De:"sv,
                            "Da:"sv,   "Van:"sv,    "Från:"sv, "Fra:"sv};
  constexpr std::array sent{"Sent:"sv,   "*Sent:*"sv,  "Gesendet:"sv,  "Envoyé"sv,   "Enviado"sv,
                            "Enviada"sv, "Inviato:"sv, "Verzonden:"sv, "Skickat:"sv, "Sendt:"sv,
                            "Date:"sv,   "Datum:"sv,   "To:"sv,        "An:"sv};
  return starts_with_any(line, signs) || (starts_with_any(line, from) && starts_with_any(next, sent));
}

/// "On Mon, 3 Mar 2025 at 10:11, Ada Lovelace <ada@…> wrote:", also over two lines.
bool introduces_quote(std::string_view line) {
  constexpr std::array begins{"On "sv, "Am "sv, "Le "sv, "El "sv, "Em "sv, "Il "sv, "Op "sv, "Den "sv, "W dniu "sv};
  constexpr std::array ends{"wrote:"sv,      "schrieb:"sv, "a écrit :"sv, "a écrit :"sv, "escribió:"sv,  "escreveu:"sv,
                            "ha scritto:"sv, "schreef:"sv, "skrev:"sv,    "napisał:"sv,  "napisał(a):"sv};
  constexpr std::size_t bytes_max = 400;
  const bool ended = std::any_of(ends.begin(), ends.end(), [line](auto end) { return line.ends_with(end); });
  return ended && line.size() <= bytes_max && (starts_with_any(line, begins) || line.find('@') != line.npos);
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// Quotes among the answers are left out; below a quote that is not marked as one, nothing is the writer's own.
std::string without_quotes(std::string_view text) {
  const auto lines = lines_of(text);
  const auto line = [&lines](std::size_t i) { return i < lines.size() ? lines[i] : std::string_view{}; };
  std::string own;
  for (std::size_t i = 0; i < lines.size() && own.size() <= 2 * text_bytes_max; ++i) {
    const auto next = trimmed(line(i + 1));
    if (is_signature_sign(lines[i]) || begins_other_mail(trimmed(lines[i]), next)) break;
    if (lines[i].starts_with('>') && !lines[i].starts_with(">From ")) continue;
    const bool over_two = !next.empty() && !next.starts_with('>') &&
                          introduces_quote(std::string(trimmed(lines[i])) + ' ' + std::string(next));
    if (introduces_quote(trimmed(lines[i])) || over_two) {
      auto below = i + (over_two ? 2 : 1);
      while (below < lines.size() && trimmed(lines[below]).empty()) ++below;
      if (!line(below).starts_with('>')) break;
      i = below - 1;
      continue;
    }
    own += lines[i].starts_with(">From ") ? lines[i].substr(1) : lines[i];
    own += '\n';
  }
  return own;
}

}  // namespace

Headers::Headers(std::string_view block) {
  for (std::size_t at = 0; at < block.size() && headers_.size() < header_count_max;) {
    const auto end = std::min(block.find('\n', at), block.size());
    const auto line = block.substr(at, end - at);
    const bool goes_on = line.starts_with(' ') || line.starts_with('\t');
    if (goes_on && !headers_.empty()) {
      auto& value = headers_.back().value;
      const auto size = static_cast<std::size_t>(line.data() + line.size() - value.data());
      value = {value.data(), std::min(size, value_bytes_max)};
    } else if (const auto name = header_name(line); !name.empty()) {
      headers_.push_back({name, line.substr(line.find(':') + 1).substr(0, value_bytes_max)});
    }
    at = end + 1;
  }
}

bool Headers::has(std::string_view name) const {
  return std::any_of(headers_.begin(), headers_.end(),
                     [name](const auto& header) { return same_word(header.name, name); });
}

std::string_view Headers::raw(std::string_view name) const {
  const auto header =
      std::find_if(headers_.begin(), headers_.end(), [name](const auto& h) { return same_word(h.name, name); });
  return header == headers_.end() ? std::string_view{} : trimmed(header->value);
}

std::string Headers::text(std::string_view name, std::size_t bytes_max) const {
  return text::clean_line(decoded(raw(name)), bytes_max);
}

std::vector<Address> Headers::addresses(std::string_view name) const {
  std::vector<Address> found;
  for (const auto& header : headers_) {
    if (!same_word(header.name, name) || trimmed(header.value).empty()) continue;
    const auto list = with_commas(unfolded(header.value));
    const auto before = found.size();
    if (const Held<InternetAddressList> parsed(internet_address_list_parse(lenient(), list.c_str())); parsed) {
      add_addresses(parsed.get(), found);
    }
    if (found.size() > before) continue;
    const auto within = address_within(list);
    if (auto one = address_of(decoded(within.name), within.email); !one.email.empty()) found.push_back(std::move(one));
  }
  return found;
}

std::vector<std::string> Headers::ids(std::string_view name) const {
  std::vector<std::string> ids;
  auto rest = raw(name);
  while (ids.size() < ids_max) {
    const auto begin = rest.find('<');
    const auto end = rest.find('>', begin);
    if (begin == rest.npos || end == rest.npos) break;
    std::string id;
    for (const char c : rest.substr(begin + 1, end - begin - 1)) {
      if (static_cast<unsigned char>(c) > ' ') id += c;
    }
    if (!id.empty()) ids.push_back(std::move(id));
    rest.remove_prefix(end + 1);
  }
  if (ids.empty() && !rest.empty() && rest.find_first_of(" \t\r\n<>") == rest.npos) ids.emplace_back(rest);
  return ids;
}

std::optional<Moment> Headers::moment(Date today) const {
  const auto sane = [today](std::optional<Moment> moment) {
    constexpr std::chrono::year earliest{1980};
    if (!moment || moment->day.year() < earliest || (today.ok() && moment->day > plus_days(today, 2))) moment.reset();
    return moment;
  };
  if (auto sent = sane(mail_moment(decoded(raw("Date"))))) return sent;
  const auto received = raw("Received");
  const auto day = received.rfind(';');
  return day == received.npos ? std::nullopt : sane(mail_moment(received.substr(day + 1)));
}

std::string own_words(std::string_view whole) {
  auto* const options = lenient();
  const auto content = content_of(whole.substr(0, whole_bytes_max));
  const Held<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(content.data(), content.size()));
  const Held<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  g_mime_parser_set_format(parser.get(), GMIME_FORMAT_MESSAGE);
  const Held<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), options));
  if (!message) return {};
  TextParts parts;
  find_text(g_mime_message_get_mime_part(message.get()), parts, 0);
  auto plain = parts.plain == nullptr ? std::string() : text_of(parts.plain);
  if (trimmed(plain).empty() && parts.html != nullptr) plain = text::from_html(text_of(parts.html));
  return text::clean(without_quotes(plain), text_bytes_max);
}

}  // namespace ties::importers::mail_parts
