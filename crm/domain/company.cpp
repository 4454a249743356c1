#include "crm/domain/company.h"

#include "crm/text/text.h"

#include <algorithm>
#include <set>
#include <vector>

namespace ties {
namespace {

using NameWords = std::vector<std::string>;

/// Legal forms that are written without blanks beside a name, in scripts whose folded form splits into syllables.
/// Longer ones first.
constexpr std::string_view native_forms[]{"股份有限公司", "有限责任公司", "有限責任公司", "有限公司", "株式会社",
                                          "有限会社",     "合同会社",     "주식회사",     "유한회사", "㈜",
                                          "㈱",           "(주)",         "（株）",       "(株)"};

/// Legal forms of several words, as they read when folded; longer ones first. Their words alone may tell companies apart.
const std::vector<NameWords> phrases{{"gesellschaft", "mit", "beschrankter", "haftung"},
                                         {"s", "de", "rl", "de", "cv"},
                                         {"s", "de", "r", "l", "de", "c", "v"},
                                         {"sapi", "de", "cv"},
                                         {"sab", "de", "cv"},
                                         {"sa", "de", "cv"},
                                         {"s", "a", "de", "c", "v"},
                                         {"naamloze", "vennootschap"},
                                         {"besloten", "vennootschap"},
                                         {"kabushiki", "kaisha"},
                                         {"kabushiki", "gaisha"},
                                         {"godo", "kaisha"},
                                         {"youxian", "gongsi"},
                                         {"you", "xian", "gong", "si"},
                                         {"anonim", "sirketi"},
                                         {"limited", "sirketi"},
                                         {"sanayi", "ve", "ticaret"},
                                         {"san", "ve", "tic"},
                                         {"spolka", "z", "oo"},
                                         {"sp", "z", "o", "o"},
                                         {"sp", "z", "oo"},
                                         {"sp", "zoo"},
                                         {"spol", "s", "r", "o"},
                                         {"spol", "s", "ro"},
                                         {"sp", "k"},
                                         {"sp", "j"},
                                         {"s", "a", "r", "l"},
                                         {"sa", "rl"},
                                         {"s", "p", "a"},
                                         {"s", "r", "l"},
                                         {"s", "r", "o"},
                                         {"d", "o", "o"},
                                         {"l", "l", "c"},
                                         {"a", "s"},
                                         {"s", "a"},
                                         {"b", "v"},
                                         {"n", "v"},
                                         {"k", "k"}};

/// Words of a name that tell companies apart no better than "company" does, wherever they stand.
const std::set<std::string, std::less<>> indistinct{
    // English-speaking countries, South and South-East Asia
    "inc", "incorporated", "corp", "corporation", "co", "company", "llc", "llp", "lllp", "pllc", "pbc", "ltd", "limited", "plc", "ulc", "pty", "pvt", "pte", "private", "bhd", "berhad", "sdn", "tbk", "pt", "ltee",
    // German, Dutch, Nordic and Baltic
    "gmbh", "ggmbh", "mbh", "ag", "kg", "kgaa", "ohg", "gbr", "partg", "haftungsbeschrankt", "gesellschaft", "aktiengesellschaft", "bv", "bvba", "nv", "vof", "as", "asa", "aps", "ab", "aktiebolag", "oy", "oyj",
    "ehf", "sia", "uab", "osauhing",
    // Romance
    "sa", "sas", "sasu", "sarl", "sarlu", "eurl", "sprl", "srl", "srls", "spa", "snc", "slu", "sau", "lda", "ltda", "eireli",
    // Central and Eastern Europe, Turkey
    "sro", "spol", "zrt", "kft", "nyrt", "doo", "dooel", "jdoo", "eood", "ood", "ead", "ooo", "oao", "pao", "zao", "ao", "tov", "sti", "sirketi",
    // the Gulf, and shares in general
    "jsc", "pjsc", "ojsc", "wll", "fze", "fzco", "dmcc",
    // generic words
    "the", "and", "und", "et", "of", "group", "groupe", "gruppe", "grupo", "gruppo", "holding", "holdings", "technologies", "technology", "international", "global", "worldwide", "solutions", "services",
    "enterprises"};

/// Legal forms that are as likely the initials or a word of a name elsewhere: "EV Northwind" is not "Northwind e.V.".
const std::set<std::string, std::less<>> indistinct_last{"ev", "ek", "eg", "se", "sl", "lp", "ug", "ou", "kk", "gk", "yk", "dd", "ad", "ky", "bt", "hf", "sca", "psc", "cv", "lc"};

/// Dots gone where they stand after a lone letter, so that "S.A." and "G.m.b.H." are one word each and "Pvt.Ltd." two.
std::string without_initial_dots(std::string_view name) {
  std::string plain;
  int letters = 0;
  for (const char c : name) {
    if (c == '.') {
      if (letters != 1) plain += ' ';
      letters = 0;
    } else {
      plain += c;
      const bool separates = c == ' ' || c == ',' || c == '(' || c == '&' || c == '/' || c == '-';
      const bool continues = (static_cast<unsigned char>(c) & 0xC0) == 0x80;  // a later byte of a character
      letters = separates ? 0 : continues ? letters : letters + 1;
    }
  }
  return plain;
}

std::string without_native_forms(std::string_view name) {
  std::string plain(name);
  for (const auto form : native_forms) {
    for (auto at = plain.find(form); at != std::string::npos; at = plain.find(form, at)) plain.replace(at, form.size(), " ");
  }
  return plain;
}

NameWords words_of(std::string_view name) {
  const auto folded = text::fold(without_initial_dots(name));
  NameWords words;
  for (std::size_t at = 0; at < folded.size();) {
    const auto end = std::min(folded.find(' ', at), folded.size());
    if (end > at) words.push_back(folded.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

NameWords distinctive(const NameWords& words) {
  NameWords kept;
  for (auto at = words.begin(); at != words.end();) {
    const auto phrase = std::find_if(phrases.begin(), phrases.end(), [&](const NameWords& form) {
      return static_cast<std::size_t>(words.end() - at) >= form.size() && std::equal(form.begin(), form.end(), at);
    });
    if (phrase != phrases.end()) {
      at += static_cast<std::ptrdiff_t>(phrase->size());
    } else {
      kept.push_back(*at++);
    }
  }
  while (!kept.empty() && (indistinct.contains(kept.back()) || indistinct_last.contains(kept.back()))) kept.pop_back();
  std::erase_if(kept, [](const std::string& word) { return indistinct.contains(word); });
  return kept;
}

std::string joined(const NameWords& words) {
  std::string key;
  for (const auto& word : std::set<std::string>(words.begin(), words.end())) key += (key.empty() ? "" : " ") + word;
  return key;
}

}  // namespace

std::string company_key(std::string_view name) {
  const auto key = joined(distinctive(words_of(without_native_forms(name))));
  return key.empty() ? joined(words_of(name)) : key;
}

}  // namespace ties
