#include <unicode/locid.h>

#include <array>
#include <map>

#include "crm/text/text.h"

namespace ties::text {
namespace {

/// The languages in which people write where they live.
constexpr std::array languages{"en", "de", "fr", "es", "it", "pt", "nl", "nb",
                               "sv", "da", "fi", "is", "pl", "cs", "hu", "tr"};

/// Usual names that are no language's own, and those that mean a state as well as a country: they are none.
struct Name {
  const char* name;
  const char* code;
};
constexpr std::array other_names{Name{"usa", "US"},
                                 Name{"u s a", "US"},
                                 Name{"u s", "US"},
                                 Name{"uk", "GB"},
                                 Name{"u k", "GB"},
                                 Name{"great britain", "GB"},
                                 Name{"england", "GB"},
                                 Name{"scotland", "GB"},
                                 Name{"wales", "GB"},
                                 Name{"northern ireland", "GB"},
                                 Name{"holland", "NL"},
                                 Name{"the netherlands", "NL"},
                                 Name{"czech republic", "CZ"},
                                 Name{"korea", "KR"},
                                 Name{"uae", "AE"},
                                 Name{"brasil", "BR"},
                                 Name{"georgia", ""}};

std::string name_in(const char* language, const char* code) {
  icu::UnicodeString shown;
  icu::Locale("", code).getDisplayCountry(icu::Locale(language), shown);
  std::string name;
  shown.toUTF8String(name);
  return name;
}

std::map<std::string, std::string> names_of_countries() {
  std::map<std::string, std::string> codes;
  for (const auto* language : languages) {
    for (const auto* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) {
      codes.try_emplace(fold(name_in(language, *code)), *code);
    }
  }
  for (const auto* const* code = icu::Locale::getISOCountries(); *code != nullptr; ++code) codes.erase(fold(*code));
  for (const auto& [name, code] : other_names) codes[name] = code;
  return codes;
}

}  // namespace

std::optional<std::string> country_named(std::string_view name) {
  static const auto codes = names_of_countries();
  const auto found = codes.find(fold(name));
  return found == codes.end() || found->second.empty() ? std::nullopt : std::optional(found->second);
}

std::string country_name(const std::string& code) {
  const auto name = name_in("en", code.c_str());
  return name.empty() ? code : name;
}

}  // namespace ties::text
