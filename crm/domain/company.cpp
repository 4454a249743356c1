#include "crm/domain/company.h"

#include "crm/text/text.h"

#include <algorithm>
#include <set>
#include <vector>

namespace ties {
namespace {

/// Words of a name that tell companies apart no better than "company" does: legal forms of many countries, as they read
/// when folded, and generic words.
const std::set<std::string, std::less<>> indistinct{
    // legal forms
    "inc", "incorporated", "corp", "corporation", "co", "company", "llc", "llp", "lp", "ltd", "limited", "plc", "pty", "pvt", "private", "gmbh", "ag", "kg", "kgaa", "ug", "mbh", "ohg", "ev", "se", "sa",
    "sas", "sasu", "sarl", "eurl", "srl", "spa", "bv", "nv", "as", "asa", "aps", "ab", "oy", "oyj", "sl", "slu", "sau", "lda", "ltda", "eireli", "sro", "spol", "zrt", "kft", "nyrt", "doo", "dd", "ooo",
    "oao", "pao", "zao", "tov", "kk", "gk", "yk", "jsc", "pjsc", "bhd", "sdn", "pte", "cv", "sapi", "eood", "ood", "ead", "sia", "uab", "ou", "sp", "zoo", "z", "o", "s", "a", "k", "tbk", "pt",
    "haftungsbeschrankt", "gesellschaft", "gongsi", "youxian", "kabushiki", "gaisha", "kaisha",
    // generic words
    "the", "and", "of", "group", "groupe", "gruppe", "grupo", "holding", "holdings", "technologies", "technology", "international", "global", "worldwide", "solutions", "services", "enterprises"};

std::string joined(const std::set<std::string>& words) {
  std::string key;
  for (const auto& word : words) key += (key.empty() ? "" : " ") + word;
  return key;
}

}  // namespace

std::string company_key(std::string_view name) {
  std::string plain(name);
  std::erase(plain, '.');  // "S.A." and "G.m.b.H." are one word
  const auto folded = text::fold(plain);
  std::set<std::string> all, distinctive;
  for (std::size_t at = 0; at < folded.size();) {
    const auto end = std::min(folded.find(' ', at), folded.size());
    auto word = folded.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    if (!indistinct.contains(word)) distinctive.insert(word);
    all.insert(std::move(word));
  }
  return joined(distinctive.empty() ? all : distinctive);
}

}  // namespace ties
