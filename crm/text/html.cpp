#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "crm/text/text.h"

namespace ties::text {
namespace {

using std::string_view_literals::operator""sv;

/// What a tag does to the text around it.
enum class Effect { none, line_break, block, item, cell, preformatted, left_out };

constexpr std::array<std::pair<std::string_view, Effect>, 92> tags{{
    {"a", Effect::none},           {"abbr", Effect::none},        {"address", Effect::block},
    {"article", Effect::block},    {"aside", Effect::block},      {"audio", Effect::none},
    {"b", Effect::none},           {"base", Effect::none},        {"big", Effect::none},
    {"blockquote", Effect::block}, {"body", Effect::block},       {"br", Effect::line_break},
    {"button", Effect::none},      {"caption", Effect::block},    {"center", Effect::block},
    {"cite", Effect::none},        {"code", Effect::none},        {"col", Effect::none},
    {"colgroup", Effect::none},    {"dd", Effect::block},         {"del", Effect::none},
    {"details", Effect::block},    {"dfn", Effect::none},         {"div", Effect::block},
    {"dl", Effect::block},         {"dt", Effect::block},         {"em", Effect::none},
    {"figcaption", Effect::block}, {"figure", Effect::block},     {"font", Effect::none},
    {"footer", Effect::block},     {"form", Effect::block},       {"h1", Effect::block},
    {"h2", Effect::block},         {"h3", Effect::block},         {"h4", Effect::block},
    {"h5", Effect::block},         {"h6", Effect::block},         {"head", Effect::block},
    {"header", Effect::block},     {"hr", Effect::block},         {"html", Effect::block},
    {"i", Effect::none},           {"iframe", Effect::left_out},  {"img", Effect::none},
    {"input", Effect::none},       {"ins", Effect::none},         {"kbd", Effect::none},
    {"label", Effect::none},       {"li", Effect::item},          {"link", Effect::none},
    {"main", Effect::block},       {"mark", Effect::none},        {"meta", Effect::none},
    {"nav", Effect::block},        {"noscript", Effect::none},    {"object", Effect::none},
    {"ol", Effect::block},         {"option", Effect::block},     {"p", Effect::block},
    {"picture", Effect::none},     {"pre", Effect::preformatted}, {"q", Effect::none},
    {"s", Effect::none},           {"samp", Effect::none},        {"script", Effect::left_out},
    {"section", Effect::block},    {"select", Effect::none},      {"small", Effect::none},
    {"span", Effect::none},        {"strike", Effect::none},      {"strong", Effect::none},
    {"style", Effect::left_out},   {"sub", Effect::none},         {"summary", Effect::block},
    {"sup", Effect::none},         {"svg", Effect::left_out},     {"table", Effect::block},
    {"tbody", Effect::block},      {"td", Effect::cell},          {"textarea", Effect::none},
    {"tfoot", Effect::block},      {"th", Effect::cell},          {"thead", Effect::block},
    {"time", Effect::none},        {"title", Effect::left_out},   {"tr", Effect::block},
    {"tt", Effect::none},          {"u", Effect::none},           {"ul", Effect::block},
    {"var", Effect::none},         {"video", Effect::none},
}};

/// The named characters from U+00A0 to U+00FF, in their order.
constexpr std::array<std::string_view, 96> latin_1{
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",   "ordf",
    "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",
    "para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave",
    "Aacute", "Acirc",  "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",
    "Igrave", "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",
    "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",  "szlig",  "agrave", "aacute",
    "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave",
    "iacute", "icirc",  "iuml",   "eth",    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide",
    "oslash", "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 48> named{{
    {"amp", "&"},    {"lt", "<"},     {"gt", ">"},    {"quot", "\""},  {"apos", "'"},   {"OElig", "Œ"}, {"oelig", "œ"},
    {"Scaron", "Š"}, {"scaron", "š"}, {"Yuml", "Ÿ"},  {"fnof", "ƒ"},   {"circ", "ˆ"},   {"tilde", "˜"}, {"ensp", " "},
    {"emsp", " "},   {"thinsp", " "}, {"zwnj", ""},   {"zwj", ""},     {"lrm", ""},     {"rlm", ""},    {"ndash", "–"},
    {"mdash", "—"},  {"lsquo", "‘"},  {"rsquo", "’"}, {"sbquo", "‚"},  {"ldquo", "“"},  {"rdquo", "”"}, {"bdquo", "„"},
    {"dagger", "†"}, {"Dagger", "‡"}, {"bull", "•"},  {"hellip", "…"}, {"permil", "‰"}, {"prime", "′"}, {"Prime", "″"},
    {"lsaquo", "‹"}, {"rsaquo", "›"}, {"euro", "€"},  {"trade", "™"},  {"larr", "←"},   {"uarr", "↑"},  {"rarr", "→"},
    {"darr", "↓"},   {"harr", "↔"},   {"minus", "−"}, {"ne", "≠"},     {"le", "≤"},     {"ge", "≥"},
}};

constexpr auto white_space = " \t\r\n\f"sv;

bool is_space(char c) {
  return white_space.find(c) != std::string_view::npos;
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string utf8(std::uint32_t c) {
  const auto trail = [&](int shift) { return static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) return {static_cast<char>(0xC0 | (c >> 6)), trail(0)};
  if (c < 0x10000) return {static_cast<char>(0xE0 | (c >> 12)), trail(6), trail(0)};
  return {static_cast<char>(0xF0 | (c >> 18)), trail(12), trail(6), trail(0)};
}

/// The character of "#38" or "#x26". Numbers from 128 to 159 are meant as windows-1252, as browsers read them.
std::optional<std::string> numbered_character(std::string_view digits) {
  digits.remove_prefix(1);
  const bool hex = digits.starts_with('x') || digits.starts_with('X');
  if (hex) digits.remove_prefix(1);
  if (digits.empty()) return std::nullopt;
  std::uint32_t c = 0;
  for (const auto digit : digits) {
    if (is_digit(digit)) {
      c = c * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit - '0');
    } else if (hex && is_letter(digit) && (digit | 0x20) <= 'f') {
      c = c * 16 + static_cast<std::uint32_t>((digit | 0x20) - 'a' + 10);
    } else {
      return std::nullopt;
    }
    if (c > 0x10FFFF) return std::nullopt;
  }
  if (c == 0 || (c >= 0xD800 && c <= 0xDFFF)) return std::nullopt;
  if (c >= 0x80 && c < 0xA0) return to_utf8(utf8(c).substr(1), "windows-1252");
  return c == 0xA0 ? " " : utf8(c);
}

std::optional<std::string> character_named(std::string_view name) {
  if (name.empty()) return std::nullopt;
  if (name.front() == '#') return numbered_character(name);
  if (name == "nbsp") return " ";
  if (const auto at = std::find(latin_1.begin(), latin_1.end(), name); at != latin_1.end()) {
    return utf8(0xA0 + static_cast<std::uint32_t>(at - latin_1.begin()));
  }
  const auto at = std::find_if(named.begin(), named.end(), [&](const auto& entry) { return entry.first == name; });
  if (at == named.end()) return std::nullopt;
  return std::string(at->second);
}

struct Tag {
  std::string name{};
  Effect effect{};
  bool closing{};
  std::size_t end{};  ///< one past the ">"
};

class HtmlReader {
 public:
  explicit HtmlReader(std::string_view html) : html_(html), blocks_(has_block()) {}

  std::string read() {
    while (at_ < html_.size()) {
      if (skip_comment()) continue;
      if (const auto tag = tag_at(at_)) {
        at_ = tag->end;
        apply(*tag);
      } else if (html_[at_] == '&') {
        entity();
      } else {
        character(html_[at_++]);
      }
    }
    return clean(out_, out_.size());
  }

 private:
  /// Without a block the line ends are the writer's own.
  bool has_block() {
    bool found = false;
    for (std::size_t at = html_.find('<'); at != std::string_view::npos && !found; at = html_.find('<', at + 1)) {
      const auto tag = tag_at(at);
      found = tag && tag->effect != Effect::none;
    }
    return found;
  }

  bool skip_comment() {
    const auto rest = html_.substr(at_);
    if (rest.starts_with("<!--")) {
      const auto end = html_.find("-->", at_ + 4);
      at_ = end == std::string_view::npos ? html_.size() : end + 3;
      return true;
    }
    if (rest.starts_with("<![") || (rest.starts_with("<!") && rest.size() > 2 && is_letter(rest[2]))) {
      const auto end = html_.find('>', at_);
      if (end == std::string_view::npos) return false;
      at_ = end + 1;
      return true;
    }
    return false;
  }

  std::optional<Tag> tag_at(std::size_t at) {
    constexpr std::size_t name_max = 24;
    if (html_[at] != '<') return std::nullopt;
    Tag tag;
    ++at;
    if (at < html_.size() && html_[at] == '/') {
      tag.closing = true;
      ++at;
    }
    const auto begin = at;
    while (at < html_.size() && at - begin < name_max &&
           (is_letter(html_[at]) || is_digit(html_[at]) || html_[at] == ':')) {
      ++at;
    }
    if (at == begin || at == html_.size() || !is_letter(html_[begin])) return std::nullopt;
    if (!is_space(html_[at]) && html_[at] != '/' && html_[at] != '>') return std::nullopt;
    tag.name = lower(html_.substr(begin, at - begin));
    const auto known =
        std::find_if(tags.begin(), tags.end(), [&](const auto& entry) { return entry.first == tag.name; });
    const auto colon = tag.name.find(':');
    const bool of_office = colon != std::string::npos && colon + 1 < tag.name.size();  // "o:p"
    if (known == tags.end() && !of_office) return std::nullopt;
    tag.effect = known == tags.end() ? Effect::none : known->second;
    const auto end = end_of_tag(at);
    if (!end) return std::nullopt;
    tag.end = *end;
    return tag;
  }

  /// One past the ">" that closes a tag; a ">" within quotes counts only when the quotes are never closed. What was
  /// once not found further on is not looked for again.
  std::optional<std::size_t> end_of_tag(std::size_t from) {
    if (from >= no_end_from_) return std::nullopt;
    for (auto at = from; at < html_.size(); ++at) {
      const auto c = html_[at];
      if (c == '>') return at + 1;
      if (c != '"' && c != '\'') continue;
      auto& none_from = c == '"' ? no_double_quote_from_ : no_single_quote_from_;
      if (at + 1 >= none_from) continue;
      const auto close = html_.find(c, at + 1);
      if (close == std::string_view::npos) {
        none_from = at + 1;
      } else {
        at = close;
      }
    }
    if (const auto end = html_.find('>', from); end != std::string_view::npos) return end + 1;
    no_end_from_ = from;
    return std::nullopt;
  }

  void apply(const Tag& tag) {
    switch (tag.effect) {
      case Effect::none:
        break;
      case Effect::line_break:
        new_line();
        break;
      case Effect::block:
        finish_line();
        break;
      case Effect::item:
        finish_line();
        if (!tag.closing) out_ += "- ";
        break;
      case Effect::cell:
        if (!tag.closing && !at_line_start()) gap_ = true;
        break;
      case Effect::preformatted:
        finish_line();
        preformatted_ = !tag.closing;
        break;
      case Effect::left_out:
        if (!tag.closing) leave_out(tag.name);
        break;
    }
  }

  void leave_out(const std::string& name) {
    for (auto at = html_.find("</", at_); at != std::string_view::npos; at = html_.find("</", at + 2)) {
      if (lower(html_.substr(at + 2, name.size())) != name) continue;
      const auto end = html_.find('>', at);
      at_ = end == std::string_view::npos ? html_.size() : end + 1;
      return;
    }
    at_ = html_.size();
  }

  void entity() {
    constexpr std::size_t name_max = 12;
    const auto end = html_.substr(0, std::min(html_.size(), at_ + name_max)).find(';', at_);
    if (end != std::string_view::npos) {
      if (const auto meant = character_named(html_.substr(at_ + 1, end - at_ - 1))) {
        flush_gap();
        out_ += *meant;
        at_ = end + 1;
        return;
      }
    }
    character(html_[at_++]);
  }

  void character(char c) {
    if (blocks_ && !preformatted_ && is_space(c)) {
      gap_ = !at_line_start();
      return;
    }
    flush_gap();
    out_ += c;
  }

  void flush_gap() {
    if (gap_) out_ += ' ';
    gap_ = false;
  }

  bool at_line_start() const { return out_.empty() || out_.back() == '\n' || out_.ends_with("\n- ") || out_ == "- "; }

  void finish_line() {
    gap_ = false;
    if (!out_.empty() && out_.back() != '\n') out_ += '\n';
  }

  /// One empty line at most.
  void new_line() {
    gap_ = false;
    if (!out_.ends_with("\n\n")) out_ += '\n';
  }

  std::string_view html_;
  std::size_t at_{};
  std::string out_{};
  std::size_t no_end_from_{std::string_view::npos};
  std::size_t no_double_quote_from_{std::string_view::npos};
  std::size_t no_single_quote_from_{std::string_view::npos};
  bool gap_{};
  bool preformatted_{};
  bool blocks_;
};

}  // namespace

std::string from_html(std::string_view html) {
  return HtmlReader(html).read();
}

}  // namespace ties::text
