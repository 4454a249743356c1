#include <unicode/basictz.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <stdexcept>

#include "crm/text/text.h"

namespace ties::text {
namespace {

constexpr std::size_t name_bytes_max = 300;

std::string utf8(const icu::UnicodeString& text) {
  std::string bytes;
  text.toUTF8String(bytes);
  return bytes;
}

/// The names of the IANA database without a place, as far as they mean one thing.
constexpr std::array<std::string_view, 15> plain_names{"CET", "CST6CDT", "EET", "EST", "EST5EDT",
                                                       "GMT", "HST",     "MET", "MST", "MST7MDT",
                                                       "PRC", "PST8PDT", "ROK", "UTC", "WET"};

struct ZoneNames {
  std::map<std::string, std::string, std::less<>> by_name{};       ///< in small letters
  std::multimap<std::string, std::string, std::less<>> by_city{};  ///< folded: "new york"
};

const ZoneNames& zone_names() {
  static const auto names = [] {
    ZoneNames all;
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::StringEnumeration> zones(
        icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_ANY, nullptr, nullptr, status));
    if (U_FAILURE(status)) throw std::runtime_error("the text library ICU has no time zones");
    while (const auto* zone = zones->snext(status)) {
      const auto name = utf8(*zone);
      const auto slash = name.rfind('/');
      const bool plain = std::find(plain_names.begin(), plain_names.end(), name) != plain_names.end();
      if ((slash == std::string::npos && !plain) || name.starts_with("SystemV/")) continue;
      all.by_name.emplace(lower(name), name);
      constexpr std::array continents{"Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Pacific/"};
      const auto begins = [&name](const char* continent) { return name.starts_with(continent); };
      if (std::any_of(continents.begin(), continents.end(), begins)) {
        all.by_city.emplace(fold(name.substr(slash + 1)), name);
      }
    }
    return all;
  }();
  return names;
}

bool is_utc(std::string_view lowered) {
  constexpr std::array<std::string_view, 11> names{"utc",           "z",         "gmt",      "etc/utc",
                                                   "etc/gmt",       "etc/uct",   "etc/zulu", "etc/universal",
                                                   "etc/greenwich", "etc/gmt+0", "etc/gmt-0"};
  return std::find(names.begin(), names.end(), lowered) != names.end();
}

std::optional<std::string> zone_of_windows(std::string_view name) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString zone;
  icu::TimeZone::getIDForWindowsID(icu::UnicodeString::fromUTF8({name.data(), static_cast<std::int32_t>(name.size())}),
                                   nullptr, zone, status);
  if (U_FAILURE(status) || zone.isEmpty()) return std::nullopt;
  return utf8(zone);
}

const icu::TimeZone* zone_rules(const std::string& name) {
  thread_local std::map<std::string, std::unique_ptr<icu::TimeZone>> known;
  if (const auto at = known.find(name); at != known.end()) return at->second.get();
  if (name != "UTC" && !zone_names().by_name.contains(lower(name))) return nullptr;
  auto& zone = known[name];
  zone.reset(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name)));
  return zone.get();
}

/// "(UTC+01:00) Amsterdam, Berlin" and "(GMT-05:00) Eastern Time (US & Canada)": only cities are known.
std::optional<std::string> zone_of_cities(std::string_view name) {
  if (!name.starts_with("(UTC") && !name.starts_with("(GMT")) return std::nullopt;
  const auto end = name.find(')');
  if (end == std::string_view::npos) return std::nullopt;
  const auto written = name.substr(4, end - 4);
  int minutes = 0;
  if (!written.empty()) {
    const auto digit = [&written](std::size_t at) { return written[at] >= '0' && written[at] <= '9'; };
    if (written.size() != 6 || written[3] != ':' || !digit(1) || !digit(2) || !digit(4) || !digit(5))
      return std::nullopt;
    minutes = ((written[1] - '0') * 10 + (written[2] - '0')) * 60 + (written[4] - '0') * 10 + (written[5] - '0');
    if (written[0] == '-') minutes = -minutes;
  }
  auto cities = name.substr(end + 1);
  while (!cities.empty()) {
    const auto comma = std::min(cities.find(','), cities.size());
    const auto [first, last] = zone_names().by_city.equal_range(fold(cities.substr(0, comma)));
    for (auto at = first; at != last; ++at) {
      const auto* zone = zone_rules(at->second);
      if (zone != nullptr && zone->getRawOffset() == minutes * 60'000) return at->second;
    }
    cities.remove_prefix(std::min(comma + 1, cities.size()));
  }
  return std::nullopt;
}

std::int64_t offset_of(const std::string& zone, std::int64_t seconds, bool is_wall) {
  const auto* rules = zone_rules(zone);
  if (rules == nullptr) return 0;
  std::int32_t raw = 0, summer = 0;
  UErrorCode status = U_ZERO_ERROR;
  const auto date = static_cast<UDate>(seconds) * 1'000;
  if (const auto* basic = dynamic_cast<const icu::BasicTimeZone*>(rules); is_wall && basic != nullptr) {
    basic->getOffsetFromLocal(date, UCAL_TZ_LOCAL_FORMER, UCAL_TZ_LOCAL_FORMER, raw, summer, status);
  } else {
    rules->getOffset(date, static_cast<UBool>(is_wall), raw, summer, status);
  }
  return U_FAILURE(status) ? 0 : (raw + summer) / 1'000;
}

}  // namespace

std::optional<std::string> zone_named(std::string_view name) {
  if (name.size() > name_bytes_max) return std::nullopt;
  const auto cleaned = clean_line(name);
  const auto lowered = lower(cleaned);
  if (is_utc(lowered)) return "UTC";
  const auto& names = zone_names().by_name;
  // Behind each slash, so that "America/Argentina/Salta" is found before "Argentina/Salta" is looked for.
  for (std::size_t at = 0; at != std::string::npos;) {
    if (const auto known = names.find(std::string_view(lowered).substr(at)); known != names.end()) return known->second;
    const auto slash = lowered.find('/', at);
    at = slash == std::string::npos ? slash : slash + 1;
  }
  if (auto zone = zone_of_windows(cleaned)) return is_utc(lower(*zone)) ? "UTC" : zone;
  return zone_of_cities(cleaned);
}

std::int64_t wall_of_instant(const std::string& zone, std::int64_t instant) {
  return instant + offset_of(zone, instant, false);
}

std::int64_t instant_of_wall(const std::string& zone, std::int64_t wall) {
  return wall - offset_of(zone, wall, true);
}

}  // namespace ties::text
