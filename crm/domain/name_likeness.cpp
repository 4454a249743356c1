#include "crm/domain/name_likeness.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "crm/domain/contact.h"

namespace ties {
namespace {

using text::Script;
using Strings = std::vector<std::string>;

struct Rewrite {
  std::string_view from, to;
};

/// Umlauts written out.
constexpr Rewrite umlauts[]{{"ae", "a"}, {"oe", "o"}, {"ue", "u"}};
/// How letters of different spellings come to one; of those that begin alike the longest first.
constexpr Rewrite sounds[]{
    {"shch", "s"}, {"tsch", "c"}, {"sch", "s"}, {"tch", "c"}, {"sh", "s"}, {"sz", "s"}, {"zh", "z"}, {"ch", "c"},
    {"cz", "c"},   {"ck", "k"},   {"kh", "h"},  {"ts", "c"},  {"tz", "c"}, {"ph", "f"}, {"th", "t"}, {"gh", "g"},
    {"dh", "d"},   {"bh", "b"},   {"yu", "u"},  {"iu", "u"},  {"ju", "u"}, {"ya", "a"}, {"ia", "a"}, {"ja", "a"},
    {"ye", "e"},   {"ie", "e"},   {"je", "e"},  {"yo", "o"},  {"jo", "o"}, {"ou", "u"}, {"oo", "u"}, {"ee", "i"},
    {"qu", "kv"},  {"x", "ks"},   {"w", "v"},   {"q", "k"},   {"y", "i"},  {"j", "i"}};
/// Long vowels of Japanese, which Latin letters often leave short.
constexpr Rewrite kana_sounds[]{{"ou", "o"}, {"oo", "o"}, {"oh", "o"}, {"uu", "u"}, {"ii", "i"}};
/// Korean by the state's rules and as people write themselves.
constexpr Rewrite hangul_sounds[]{{"ch", "c"},  {"sh", "s"}, {"yoo", "yu"}, {"you", "yu"}, {"yeo", "yu"}, {"oo", "u"},
                                  {"eo", "u"},  {"eu", "u"}, {"ee", "i"},   {"ui", "i"},   {"woo", "u"},  {"wu", "u"},
                                  {"oe", "oi"}, {"ah", "a"}, {"oh", "o"},   {"uh", "u"},   {"j", "c"},    {"g", "k"},
                                  {"d", "t"},   {"b", "p"},  {"r", "l"}};
/// Inherent vowels of Indic scripts are left out by those who write them in Latin letters, and "m" stands for any
/// nasal.
constexpr Rewrite indic_sounds[]{{"mj", "nj"}, {"mg", "ng"}, {"mk", "nk"},  {"md", "nd"}, {"mt", "nt"}, {"mc", "nc"},
                                 {"ms", "ns"}, {"nh", "ng"}, {"ngh", "ng"}, {"sh", "s"},  {"ch", "c"},  {"th", "t"},
                                 {"dh", "d"},  {"bh", "b"},  {"kh", "k"},   {"gh", "g"},  {"ph", "f"},  {"ee", "i"},
                                 {"oo", "u"},  {"aa", "a"},  {"e", "a"},    {"w", "v"}};
/// What is left of Latin letters where Arabic and Hebrew write consonants and long vowels only.
constexpr Rewrite long_vowels[]{{"ei", "y"}, {"ai", "y"}, {"ee", "y"}, {"ey", "y"}, {"ay", "y"}, {"ou", "w"},
                                {"oo", "w"}, {"au", "w"}, {"aw", "w"}, {"v", "w"},  {"j", "y"},  {"a", ""},
                                {"e", ""},   {"i", ""},   {"o", ""},   {"u", ""}};
constexpr Rewrite abjad_vowels[]{{"j", "y"}, {"a", ""}, {"e", ""}, {"i", ""}, {"o", ""}, {"u", ""}};
constexpr Rewrite consonants[]{{"ch", "h"}, {"kh", "h"}, {"sh", "s"}, {"th", "t"}, {"dh", "d"},
                               {"gh", "g"}, {"ph", "p"}, {"ts", "s"}, {"tz", "s"}, {"ck", "k"},
                               {"c", "k"},  {"q", "k"},  {"f", "p"},  {"z", "s"}};

/// Rewrites a word by a table whose rules are found by their first letter.
class Rewriting {
 public:
  explicit Rewriting(std::span<const Rewrite> table) {
    for (const auto& rule : table) rules_[static_cast<unsigned char>(rule.from[0])].push_back(rule);
  }
  std::string operator()(std::string_view word) const {
    std::string out;
    for (std::size_t at = 0; at < word.size();) {
      const auto& rules = rules_[static_cast<unsigned char>(word[at])];
      const auto rule = std::find_if(rules.begin(), rules.end(),
                                     [&](const Rewrite& r) { return word.substr(at).starts_with(r.from); });
      if (rule == rules.end()) {
        out += word[at++];
      } else {
        out += rule->to;
        at += rule->from.size();
      }
    }
    return out;
  }

 private:
  std::array<std::vector<Rewrite>, 256> rules_{};
};

template <const auto& table>
std::string rewritten(std::string_view word) {
  static const Rewriting rewriting(table);
  return rewriting(word);
}

std::string without_doubles(std::string word) {
  word.erase(std::unique(word.begin(), word.end()), word.end());
  return word;
}

std::string joined(const Strings& words) {
  std::string all;
  for (const auto& word : words) all += word;
  return all;
}

/// The first of them: nobody has more, and a hostile file must not make a block of each.
Strings words_of(const std::string& folded) {
  constexpr std::size_t words_max = 6;
  Strings words;
  for (std::size_t at = 0; at < folded.size() && words.size() < words_max;) {
    const auto end = std::min(folded.find(' ', at), folded.size());
    if (end > at) words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

/// The signs of a text, a UTF-8 sequence each.
Strings signs_of(std::string_view text) {
  Strings signs;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 || signs.empty()) signs.emplace_back();
    signs.back() += c;
  }
  std::erase_if(signs, [](const std::string& sign) { return sign == " " || sign == "·" || sign == "・"; });
  return signs;
}

/// Korean family names as their bearers mostly write them.
const std::map<std::string, std::string, std::less<>>& korean_families() {
  static const std::map<std::string, std::string, std::less<>> table{
      {"김", "kim"}, {"이", "lee"}, {"박", "park"}, {"최", "choi"}, {"임", "lim"},  {"우", "woo"}, {"류", "ryu"},
      {"유", "yoo"}, {"노", "noh"}, {"오", "oh"},   {"강", "kang"}, {"권", "kwon"}, {"구", "koo"}};
  return table;
}

const std::set<std::string, std::less<>> families_of_two_signs{"欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛",
                                                               "司徒", "皇甫", "남궁", "황보", "제갈", "선우", "독고"};

Strings family_in_signs(std::string_view family) {
  if (const auto known = korean_families().find(family); known != korean_families().end()) return {known->second};
  std::string word;
  for (const auto& sign : signs_of(family)) word += joined(words_of(text::fold(sign)));
  return word.empty() ? Strings{} : Strings{word};
}

Strings given_in_signs(std::string_view given) {
  std::string word;
  for (const auto& sign : signs_of(given)) word += joined(words_of(text::fold(sign)));
  return word.empty() ? Strings{} : Strings{word};
}

const std::set<std::string, std::less<>> particles{"van",  "von", "der", "den", "de",  "da",  "di",  "del", "della",
                                                   "la",   "le",  "du",  "dos", "das", "do",  "bin", "ibn", "ben",
                                                   "bint", "al",  "el",  "abu", "af",  "av",  "zu",  "zur", "ter",
                                                   "ten",  "y",   "e",   "und", "vom", "zum", "san", "mac"};

Strings without_particles(Strings words) {
  Strings kept;
  for (const auto& word : words) {
    if (!particles.contains(word)) kept.push_back(word);
  }
  return kept.empty() ? words : kept;
}

/// The article that Arabic writes within the word.
Strings without_article(Strings words) {
  for (auto& word : words) {
    if (word.size() > 3 && word.starts_with("al")) word.erase(0, 2);
  }
  return words;
}

std::string capitalised(std::string_view word) {
  std::string text(word);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

bool share_a_group(std::string_view a, std::string_view b) {
  const auto groups = nickname_groups(a);
  const auto others = nickname_groups(b);
  return std::any_of(groups.begin(), groups.end(),
                     [&](auto group) { return std::find(others.begin(), others.end(), group) != others.end(); });
}

/// One word against another, or one part of a name against the same part of the other.
struct Match {
  bool agrees{};
  int penalty{};
  bool initial{};
  std::string reason{};
};
constexpr int of_spelling = 5, of_script = 3, of_nickname = 7, of_slip = 10, of_part = 9;

/// A slip of the pen, and no other name: not at the end, where it would make Ivanova of Ivanov and Maria of Marie.
bool slipped(std::string_view a, std::string_view b) {
  const auto shorter = std::min(a.size(), b.size());
  const int most = shorter >= 9 ? 2 : shorter >= 5 ? 1 : 0;
  if (most == 0 || a[0] != b[0]) return false;
  const auto alike = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  if (alike + 1 >= std::max(a.size(), b.size())) return false;
  return slips(a, b, most) <= most;
}

/// `spelt`: in Latin letters, where one name has several spellings and nicknames.
Match words_match(const std::string& a, const std::string& b, bool given, bool spelt) {
  if (a == b) return {true, 0, false, ""};
  if (a.size() == 1 || b.size() == 1) {
    if (a[0] != b[0]) return {};
    const auto& longer = a.size() > b.size() ? a : b;
    return {true, 0, true,
            fmt::format("{}. may stand for {}", capitalised(a.size() == 1 ? a : b), capitalised(longer))};
  }
  if (!spelt) return {};
  if (given && share_a_group(a, b)) {
    const auto& [shorter, longer] = a.size() < b.size() ? std::tie(a, b) : std::tie(b, a);
    return {true, of_nickname, false,
            shorter.size() == longer.size()
                ? fmt::format("{} and {} are forms of one name", capitalised(a), capitalised(b))
                : fmt::format("{} is short for {}", capitalised(shorter), capitalised(longer))};
  }
  if (a.size() > 2 && b.size() > 2 && sound(a) == sound(b))
    return {true, of_spelling, false,
            fmt::format("{} and {} are one name in two spellings", capitalised(a), capitalised(b))};
  const bool both_are_names = given && !nickname_groups(a).empty() && !nickname_groups(b).empty();
  if (!both_are_names && slipped(a, b))
    return {true, of_slip, false, fmt::format("{} may be a slip of the pen for {}", capitalised(a), capitalised(b))};
  return {};
}

Match givens_match(const Strings& a, const Strings& b, bool spelt) {
  if (joined(a) == joined(b)) return {true, 0, false, ""};
  auto match = words_match(a[0], b[0], true, spelt);
  if (match.agrees && a.size() > 1 && b.size() > 1) {
    const auto middle = words_match(a[1], b[1], true, spelt);
    if (!middle.agrees) return {};
    if (middle.penalty > match.penalty) match.penalty = middle.penalty, match.reason = middle.reason;
  }
  if (match.agrees && a.size() != b.size()) {
    match.penalty += 1;
    if (match.reason.empty()) match.reason = "the same name, once without a middle name";
  }
  if (match.agrees) return match;
  const auto called = [](const Strings& one, const Strings& many) {
    return one.size() == 1 && one[0].size() > 2 && std::find(many.begin() + 1, many.end(), one[0]) != many.end();
  };
  if (called(a, b) || called(b, a))
    return {true, of_part - 1, false,
            fmt::format("{} is one of the given names", capitalised(a.size() == 1 ? a[0] : b[0]))};
  const auto initials = [](const Strings& one, const Strings& many) {  // "JP" of Jean Pierre
    return one.size() == 1 && many.size() > 1 && one[0].size() == many.size() &&
           std::equal(many.begin(), many.end(), one[0].begin(), [](const auto& word, char c) { return word[0] == c; });
  };
  if (initials(a, b) || initials(b, a)) return {true, 2, true, "the initials of the given names"};
  const auto whole = words_match(joined(a), joined(b), true, spelt);
  return whole.agrees && !whole.initial ? whole : Match{};
}

Match families_match(const Strings& a, const Strings& b, bool spelt) {
  if (joined(a) == joined(b)) return {true, 0, false, ""};
  const auto& fewer = a.size() <= b.size() ? a : b;
  const auto& more = a.size() <= b.size() ? b : a;
  if (fewer.size() < more.size()) {
    const bool all = std::all_of(fewer.begin(), fewer.end(), [&](const auto& word) {
      return word.size() > 1 && std::any_of(more.begin(), more.end(), [&](const auto& other) {
               return word == other || (word.size() > 3 && sound(word) == sound(other));
             });
    });
    if (all)
      return {true, of_part, false, fmt::format("{} is a part of {}", capitalised(fewer[0]), [&] {
                std::string name;
                for (const auto& word : more) name += (name.empty() ? "" : "-") + capitalised(word);
                return name;
              }())};
  }
  return words_match(joined(a), joined(b), false, spelt);
}

/// Whether a word of Arabic or Hebrew, whose short vowels are not written, may be read as the Latin one: vowels that
/// the Latin word does not show as long may be long all the same, and a silent last letter may be left out.
bool reads_as(const std::string& abjad, const std::string& latin) {
  const auto letters = rewritten<consonants>(rewritten<abjad_vowels>(without_doubles(abjad)));
  for (const bool v_is_b : {false, true}) {  // Hebrew has one letter for both
    auto word = latin;
    if (v_is_b) std::replace(word.begin(), word.end(), 'v', 'b');
    const auto wanted = rewritten<consonants>(rewritten<long_vowels>(without_doubles(word)));
    std::size_t at = 0, k = 0;
    for (; k < letters.size(); ++k) {
      if (at < wanted.size() && letters[k] == wanted[at]) {
        ++at;
      } else if (letters[k] != 'y' && letters[k] != 'w') {
        break;
      }
    }
    const bool silent_end = k + 1 == letters.size() && (letters[k] == 't' || letters[k] == 'h');
    if (at == wanted.size() && at > 0 && (k == letters.size() || silent_end)) return true;
  }
  return false;
}

/// How a word of another script, or the Latin word beside it, is read.
std::string read_as(const std::string& word, Script script) {
  switch (script) {
    case Script::kana:
      return sound(rewritten<kana_sounds>(word));
    case Script::hangul:
      return without_doubles(rewritten<hangul_sounds>(word));
    case Script::indic: {
      auto heard = without_doubles(rewritten<indic_sounds>(word));
      while (heard.size() > 2 && heard.ends_with('a')) heard.pop_back();
      return heard.ends_with("nh") ? heard.substr(0, heard.size() - 1) + "g" : heard;
    }
    default:
      return sound(word, script == Script::cyrillic);
  }
}

/// The same part of a name in another script and in Latin letters.
Match scripts_match(const Strings& foreign, const Strings& latin, Script script) {
  const auto one = joined(foreign), other = joined(latin);
  if (one == other) return {true, 0, false, ""};
  if (script == Script::abjad) return reads_as(one, other) ? Match{true, of_script, false, ""} : Match{};
  const auto x = read_as(one, script), y = read_as(other, script);
  if (x == y || (script == Script::cyrillic && x == sound(other))) return {true, of_script, false, ""};
  if (share_a_group(foreign[0], latin[0])) return {true, of_nickname, false, ""};
  return slipped(x, y) ? Match{true, of_slip, false, ""} : Match{};
}

bool is_login(const NameForm& form) {
  const auto has_digit = [](const std::string& word) { return word.find_first_of("0123456789") != std::string::npos; };
  return std::any_of(form.given.begin(), form.given.end(), has_digit) ||
         std::any_of(form.family.begin(), form.family.end(), has_digit);
}

NameLikeness of(const Match& given, const Match& family, std::string_view what, int more) {
  using Kind = NameLikeness::Kind;
  NameLikeness result;
  result.penalty = std::min(given.penalty + family.penalty + more, 20);
  result.kind = given.initial || family.initial ? Kind::initial : result.penalty == 0 ? Kind::same : Kind::alike;
  for (const auto& reason : {given.reason, family.reason}) {
    if (!reason.empty()) result.reason += (result.reason.empty() ? "" : ", ") + reason;
  }
  if (result.reason.empty() || more > 0) result.reason = what;
  return result;
}

NameLikeness across_scripts(const NameForm& a, const NameForm& b) {
  const auto& [latin, foreign] = a.script == Script::latin ? std::tie(a, b) : std::tie(b, a);
  if (latin.family.empty() || foreign.family.empty()) return {};
  for (const bool swapped : {false, true}) {
    const auto g = scripts_match(foreign.given, swapped ? latin.family : latin.given, foreign.script);
    const auto f = scripts_match(foreign.family, swapped ? latin.given : latin.family, foreign.script);
    if (g.agrees && f.agrees) return of(g, f, "the same name in another script", swapped ? 1 : 0);
  }
  return {};  // how a name of one script is read in another is not always known
}

}  // namespace

std::string sound(std::string_view folded, bool cyrillic) {
  std::string word(folded);
  for (std::size_t i = 0; i < word.size() && !cyrillic; ++i) {  // "Carl" is Karl, "Cecil" is not
    const bool hard = word[i] == 'c' && i + 1 < word.size() &&
                      std::string_view("aoulrtk").find(word[i + 1]) != std::string_view::npos;
    if (hard) word[i] = 'k';
  }
  return without_doubles(rewritten<sounds>(rewritten<umlauts>(word)));
}

int slips(std::string_view a, std::string_view b, int most) {
  constexpr std::size_t letters_max = 40;
  if (a.size() > letters_max || b.size() > letters_max) return a == b ? 0 : most + 1;
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > static_cast<std::size_t>(most)) return most + 1;
  std::array<std::array<int, letters_max + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& two_above = rows[(i + 1) % 3];
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], two_above[j - 2] + 1);
    }
  }
  return std::min(rows[a.size() % 3][b.size()], most + 1);
}

NameForm name_form(std::string_view given, std::string_view family) {
  NameForm form;
  form.script = text::script_of(given.empty() ? family : given);
  const bool in_signs = form.script == Script::han || form.script == Script::hangul;
  if (given.empty() || family.empty()) {
    const auto name = person_name(given.empty() ? family : given);
    auto signs = signs_of(name.given);
    if (in_signs && name.family.empty() && signs.size() > 1 && signs.size() < 6) {
      const bool two = signs.size() > 2 && families_of_two_signs.contains(signs[0] + signs[1]);
      const auto split = signs.begin() + (two ? 2 : 1);
      form.family = family_in_signs(joined({signs.begin(), split}));
      form.given = given_in_signs(joined({split, signs.end()}));
      return form;
    }
    if (!name.given.empty() && !name.family.empty()) return name_form(name.given, name.family);
    form.given = words_of(text::fold(name.given.empty() ? name.family : name.given));
    return form;
  }
  if (in_signs) {
    form.given = given_in_signs(given);
    form.family = family_in_signs(family);
  } else {
    form.given = words_of(text::fold(given));
    form.family = without_particles(words_of(text::fold(family)));
    if (form.script == Script::abjad)
      form.given = without_article(form.given), form.family = without_article(form.family);
  }
  return form;
}

NameLikeness likeness(const NameForm& a, const NameForm& b) {
  using Kind = NameLikeness::Kind;
  if (a.given.empty() || b.given.empty() || is_login(a) || is_login(b)) return {};
  const bool one_is_latin = a.script == Script::latin || b.script == Script::latin;
  if (a.script != b.script) return one_is_latin ? across_scripts(a, b) : NameLikeness{};
  const bool spelt = one_is_latin || a.script == Script::cyrillic || a.script == Script::greek;
  if (a.family.empty() || b.family.empty()) {
    const auto& single = a.family.empty() ? a : b;
    const auto& other = a.family.empty() ? b : a;
    if (single.given[0].size() < 3) return {};
    const auto match = givens_match(single.given, other.given, spelt);
    const bool as_family = !other.family.empty() && joined(single.given) == joined(other.family);
    if ((!match.agrees || match.initial) && !as_family) return {};
    return {Kind::part, match.agrees ? match.penalty : 0,
            fmt::format("{} is a part of the name", capitalised(joined(single.given)))};
  }
  const auto given = givens_match(a.given, b.given, spelt);
  const auto family = families_match(a.family, b.family, spelt);
  if (given.agrees && family.agrees && !(given.initial && family.initial)) return of(given, family, "the same name", 0);
  const auto given_swapped = givens_match(a.given, b.family, spelt);
  const auto family_swapped = families_match(a.family, b.given, spelt);
  const bool swapped =
      given_swapped.agrees && family_swapped.agrees && !given_swapped.initial && !family_swapped.initial;
  if (swapped) return of(given_swapped, family_swapped, "the same name in another order", 2);
  if (given.agrees && !given.initial)
    return {Kind::given, given.penalty, fmt::format("the given name {}", capitalised(a.given[0]))};
  return {Kind::conflict, 0, ""};
}

}  // namespace ties
