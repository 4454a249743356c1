#include <phonenumbers/phonenumberutil.h>

#include "crm/text/text.h"

namespace ties::text {

std::optional<std::string> phone_e164(std::string_view written, std::string_view region) {
  using i18n::phonenumbers::PhoneNumber;
  using i18n::phonenumbers::PhoneNumberUtil;
  constexpr std::size_t written_bytes_max = 100;

  auto number = clean_line(written, written_bytes_max + 1);
  if (number.empty() || number.size() > written_bytes_max) return std::nullopt;
  // Without a region no prefix for calls abroad is known; nearly everywhere it is 00.
  if (region.empty() && number.starts_with("00")) number.replace(0, 2, "+");

  std::string country(region);
  for (auto& c : country) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
  }
  const auto& phones = *PhoneNumberUtil::GetInstance();
  PhoneNumber parsed;
  if (phones.Parse(number, country.empty() ? "ZZ" : country, &parsed) != PhoneNumberUtil::NO_PARSING_ERROR) {
    return std::nullopt;
  }
  if (phones.IsPossibleNumberWithReason(parsed) != PhoneNumberUtil::IS_POSSIBLE) return std::nullopt;
  std::string e164;
  phones.Format(parsed, PhoneNumberUtil::E164, &e164);
  return e164;
}

std::optional<std::string> country_of_phone(std::string_view e164) {
  using i18n::phonenumbers::PhoneNumber;
  using i18n::phonenumbers::PhoneNumberUtil;
  const auto& phones = *PhoneNumberUtil::GetInstance();
  PhoneNumber parsed;
  if (!e164.starts_with('+') || phones.Parse(std::string(e164), "ZZ", &parsed) != PhoneNumberUtil::NO_PARSING_ERROR) {
    return std::nullopt;
  }
  std::string region;
  phones.GetRegionCodeForNumber(parsed, &region);
  const bool is_country = region.size() == 2 && region != "ZZ";
  return is_country ? std::optional(std::move(region)) : std::nullopt;
}

}  // namespace ties::text
