#include "crm/domain/contact.h"
#include "crm/text/text.h"

#include <algorithm>
#include <set>

namespace ties {
namespace {

/// Credentials and generations as they read without dots, in lower case.
const std::set<std::string, std::less<>> credentials{
    "phd", "md", "mba", "msc", "bsc", "ma", "ba", "ms", "bs", "mphil", "meng", "beng", "llm", "llb", "jd", "edd", "dphil", "pmp", "cpa", "cfa", "pe", "peng", "ceng", "cissp", "csm", "pmiacp", "itil", "shrmcp",
    "phr", "sphr", "rn", "dds", "dvm", "mph", "mpa", "mfa", "esq", "jr", "sr", "ii", "iii", "iv", "drrernat", "habil", "frsa", "fcca", "acca", "gphr", "he", "him", "she", "her", "they", "them"};
/// Those that are nobody's family name, so that they tell themselves without a comma.
const std::set<std::string, std::less<>> unmistakable{"phd", "mba", "msc", "bsc", "pmp", "cfa", "cissp", "mphil", "dphil", "jr", "iii", "meng", "csm"};
const std::set<std::string, std::less<>> titles{"dr", "prof", "mr", "mrs", "ms", "sir", "dame"};

std::string bare(std::string_view word) {
  std::string plain;
  for (const char c : text::lower(word)) {
    if (c != '.' && c != ',' && c != '-' && c != '(' && c != ')' && c != '/') plain += c;
  }
  return plain;
}

/// Without symbols that are no part of a name: emoji and other pictographs, arrows, and the joiners between them.
std::string without_symbols(std::string_view text) {
  std::string kept;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (i + length > text.size()) break;
    char32_t c = length == 1 ? lead : lead & (0x7Fu >> length);
    for (std::size_t k = 1; k < length; ++k) c = c << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
    const bool symbol = (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2190 && c <= 0x21FF) || (c >= 0x2300 && c <= 0x27BF) || (c >= 0x2B00 && c <= 0x2BFF) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFFFD;
    if (symbol) {
      kept += ' ';
    } else {
      kept.append(text.substr(i, length));
    }
    i += length;
  }
  return text::clean_line(kept);
}

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == at) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  std::vector<std::string> kept;
  for (const auto& part : parts) {
    if (auto clean = text::clean_line(part); !clean.empty()) kept.push_back(std::move(clean));
  }
  return kept;
}

std::string joined(const std::vector<std::string>& words, const char* separator) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : separator) + word;
  return text;
}

bool all_credentials(std::string_view text) {
  const auto words = split(text, ' ');
  return !words.empty() && std::all_of(words.begin(), words.end(), [](const auto& word) { return credentials.contains(bare(word)); });
}

/// Takes "(Bob)", "“Bob”" or "\"Bob\"" out of the text; brackets that hold a credential are a suffix.
void take_nickname(std::string& text, PersonName& name, std::vector<std::string>& suffixes) {
  constexpr std::pair<std::string_view, std::string_view> marks[] = {{"(", ")"}, {"\"", "\""}, {"“", "”"}, {"„", "“"}, {"«", "»"}};
  for (const auto& [open, close] : marks) {
    const auto begin = text.find(open);
    if (begin == std::string::npos) continue;
    const auto end = text.find(close, begin + open.size());
    if (end == std::string::npos) continue;
    const auto inside = text::clean_line(text.substr(begin + open.size(), end - begin - open.size()));
    auto rest = text::clean_line(text.substr(0, begin) + " " + text.substr(end + close.size()));
    if (inside.empty() || rest.empty()) continue;
    if (all_credentials(split(inside, '/').empty() ? inside : joined(split(inside, '/'), " "))) {
      suffixes.push_back(inside);
    } else if (name.nickname.empty()) {
      name.nickname = inside;
    }
    text = std::move(rest);
  }
}

/// Takes what follows a comma, and unmistakable credentials at the end, off a family name.
void take_suffix(std::string& family, bool something_else_left, std::vector<std::string>& suffixes) {
  if (const auto comma = family.find(','); comma != std::string::npos && comma > 0) {
    const auto rest = split(family.substr(comma + 1), ',');
    suffixes.insert(suffixes.begin(), rest.begin(), rest.end());
    family = text::clean_line(family.substr(0, comma));
  }
  auto words = split(family, ' ');
  while (!words.empty() && (words.size() > 1 || something_else_left) && unmistakable.contains(bare(words.back()))) {
    suffixes.insert(suffixes.begin(), words.back());
    words.pop_back();
  }
  family = joined(words, " ");
}

}  // namespace

PersonName person_name(std::string_view given_text, std::string_view family_text) {
  PersonName name;
  std::vector<std::string> suffixes;
  name.given = without_symbols(given_text);
  name.family = without_symbols(family_text);
  take_nickname(name.given, name, suffixes);
  take_nickname(name.family, name, suffixes);
  take_suffix(name.family, !name.given.empty(), suffixes);
  if (name.given.find(',') != std::string::npos) take_suffix(name.given, !name.family.empty(), suffixes);
  name.suffix = joined(suffixes, ", ");
  const bool family_first = text::is_east_asian(name.given) && text::is_east_asian(name.family);
  name.display = family_first ? name.family + name.given : text::clean_line(name.given + " " + name.family);
  return name;
}

PersonName person_name(std::string_view whole) {
  auto text = without_symbols(whole);
  PersonName name;
  std::vector<std::string> suffixes;
  take_nickname(text, name, suffixes);
  const auto parts = split(text, ',');
  if (parts.empty()) return name;
  std::string given, family;
  std::size_t rest = 1;
  if (parts.size() > 1 && !all_credentials(parts[1])) {  // "Lovelace, Ada"
    family = parts[0];
    given = parts[1];
    rest = 2;
  } else {
    auto words = split(parts[0], ' ');
    while (words.size() > 1 && titles.contains(bare(words.front()))) words.erase(words.begin());
    while (words.size() > 2 && unmistakable.contains(bare(words.back()))) {
      suffixes.insert(suffixes.begin(), words.back());
      words.pop_back();
    }
    // The commonest family names of Chinese and Korean are of one sign, so "小明 王" tells where they stand.
    constexpr std::string_view common_families =
        "王李张張刘劉陈陳杨楊黄黃赵趙周吴吳徐孙孫朱马馬胡郭林何高梁郑鄭罗羅宋谢謝唐韩韓曹许許邓鄧冯馮曾程蔡彭潘袁董余苏蘇叶葉吕呂魏蒋蔣田杜丁沈姜范江"
        "김이박최정강조윤장임한오서신권황안송류전홍";
    const bool family_last = words.size() == 2 && text::columns(words[1]) == 2 && text::columns(words[0]) > 2 &&
                             common_families.find(words[1]) != std::string_view::npos;
    const bool family_first = words.size() == 2 && text::is_east_asian(parts[0]) && !family_last;
    if (family_first) std::swap(words[0], words[1]);
    // The family name begins at the first particle, else it is the last word.
    static const std::set<std::string, std::less<>> particles{"van", "von", "de", "der", "den", "da", "di", "del", "della", "la", "le", "bin", "ibn", "al", "el", "af", "av", "zu", "ter", "ten", "dos", "das", "du"};
    std::size_t begin = words.size() > 1 ? words.size() - 1 : 1;
    for (std::size_t i = words.size() - 1; i > 1; --i) {
      if (particles.contains(text::lower(words[i - 1])) && words[i - 1] == text::lower(words[i - 1])) begin = i - 1;
    }
    given = joined({words.begin(), words.begin() + static_cast<std::ptrdiff_t>(std::min(begin, words.size()))}, " ");
    family = begin < words.size() ? joined({words.begin() + static_cast<std::ptrdiff_t>(begin), words.end()}, " ") : "";
  }
  suffixes.insert(suffixes.end(), parts.begin() + static_cast<std::ptrdiff_t>(std::min(rest, parts.size())), parts.end());
  auto found = person_name(given, family);
  const bool as_written = text::is_east_asian(parts[0]) && parts.size() == 1 && parts[0].starts_with(found.family);
  if (as_written) found.display = parts[0];  // with a blank where one was written
  if (found.nickname.empty()) found.nickname = name.nickname;
  if (!found.suffix.empty()) suffixes.insert(suffixes.begin(), found.suffix);
  found.suffix = joined(suffixes, ", ");
  return found;
}

std::vector<std::string> folded_names(std::string_view name) {
  std::vector<std::string> forms{text::fold(name)};
  const auto words = split(text::clean_line(name), ' ');
  if (words.size() == 2 && text::is_east_asian(name)) forms.push_back(text::fold(words[1] + words[0]));
  return forms;
}

}  // namespace ties
