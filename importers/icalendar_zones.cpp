#include <fmt/format.h>

#include <algorithm>

#include "crm/text/text.h"
#include "importers/icalendar_parts.h"

namespace ties::importers::icalendar_parts {
namespace {

constexpr std::size_t zones_max = 500;  // that a file brings along

/// One zone for each set of rules that many people live by.
constexpr std::array<const char*, 45> well_known{
    "Europe/Berlin",       "Europe/London",       "Europe/Helsinki",    "Europe/Moscow",      "Europe/Istanbul",
    "America/New_York",    "America/Chicago",     "America/Denver",     "America/Phoenix",    "America/Los_Angeles",
    "America/Anchorage",   "America/Halifax",     "America/St_Johns",   "America/Sao_Paulo",  "America/Santiago",
    "America/Bogota",      "America/Caracas",     "America/Havana",     "Pacific/Honolulu",   "Asia/Kolkata",
    "Asia/Shanghai",       "Asia/Tokyo",          "Asia/Bangkok",       "Asia/Dubai",         "Asia/Karachi",
    "Asia/Dhaka",          "Asia/Jerusalem",      "Asia/Beirut",        "Asia/Tehran",        "Asia/Kabul",
    "Asia/Kathmandu",      "Asia/Yangon",         "Asia/Tashkent",      "Africa/Cairo",       "Africa/Lagos",
    "Africa/Johannesburg", "Australia/Sydney",    "Australia/Brisbane", "Australia/Adelaide", "Australia/Darwin",
    "Australia/Perth",     "Australia/Lord_Howe", "Pacific/Auckland",   "Pacific/Chatham",    "Atlantic/Azores"};

std::int64_t yearly_at(const YearlyDay& day, int year, std::chrono::seconds time) {
  using namespace std::chrono;
  const auto in_month = std::chrono::year(year) / static_cast<int>(day.month);
  const auto weekday = std::chrono::weekday(day.weekday);
  sys_days at;
  if (day.nth > 0) {
    at = sys_days(in_month / weekday[static_cast<unsigned>(day.nth)]);
  } else {
    at = sys_days(in_month / weekday[last]) - days((-day.nth - 1) * 7);
  }
  return duration_cast<seconds>(at.time_since_epoch()).count() + time.count();
}

/// The offset that the rules have at a time on their own wall.
int offset_on_wall(const ZoneRules& rules, std::int64_t wall) {
  const auto year = static_cast<int>(with_seconds({}, wall).day.year());
  int offset = rules.phases.front().offset_seconds;
  std::optional<std::int64_t> latest;
  const auto consider = [&](std::int64_t begins, const ZoneRules::Phase& phase) {
    if (begins > wall || (latest && begins < *latest)) return;
    latest = begins;
    offset = phase.offset_seconds;
  };
  for (const auto& phase : rules.phases) {
    const auto since = seconds_of(phase.since);
    consider(since, phase);
    if (phase.rule.empty()) continue;
    const auto day = yearly_day(phase.rule);
    for (int of = year - 1; day && of <= year; ++of) {
      const auto begins = yearly_at(*day, of, phase.since.time.value_or(std::chrono::seconds(0)));
      if (begins >= since) consider(begins, phase);
    }
  }
  return offset;
}

std::int64_t wall_at_instant(const ZoneRules& rules, std::int64_t instant) {
  const int guess = offset_on_wall(rules, instant);
  return instant + offset_on_wall(rules, instant + guess);
}

/// Whether clocks of the rules show the same as those of a zone, all through the year.
bool is_same(const ZoneRules& rules, const std::string& zone, int year) {
  const auto begin = seconds_of({std::chrono::year(year) / 1 / 1, {}, {}, {}}) + 43'200;
  for (std::int64_t week = 0; week < 52; ++week) {
    const auto wall = begin + week * 7 * 86'400;
    const auto instant = wall - offset_on_wall(rules, wall);
    if (text::wall_of_instant(zone, instant) != wall) return false;
  }
  return true;
}

std::string zone_like(const ZoneRules& rules, int year) {
  std::vector<std::string> candidates(well_known.begin(), well_known.end());
  for (int hours = -14; hours <= 12; ++hours) candidates.push_back(fmt::format("Etc/GMT{:+}", hours));
  const auto same = std::find_if(candidates.begin(), candidates.end(),
                                 [&](const std::string& zone) { return is_same(rules, zone, year); });
  return same == candidates.end() ? "" : text::zone_named(*same).value_or("");
}

}  // namespace

void CalendarZones::add(const std::string& tzid, ZoneRules rules) {
  if (rules_.size() < zones_max) rules_.emplace(tzid, std::move(rules));
}

const CalendarZones::Zone& CalendarZones::zone_of(const std::string& tzid) const {
  const auto [at, is_new] = zones_.try_emplace(tzid);
  auto& zone = at->second;
  if (!is_new || tzid.empty()) return zone;
  const auto own = rules_.find(tzid);
  if (const auto name = text::zone_named(tzid)) {
    zone.name = *name;
  } else if (own != rules_.end()) {
    zone.name = text::zone_named(own->second.location).value_or("");
    if (zone.name.empty() && !own->second.phases.empty()) {
      zone.name = zone_like(own->second, year_);
      if (zone.name.empty()) zone.rules = &own->second;
    }
  }
  return zone;
}

Moment CalendarZones::moment_of(const WallTime& time) const {
  if (!time.time) return {time.day, {}, ""};
  if (time.utc) return {time.day, time.time, "UTC"};
  const auto& zone = zone_of(time.tzid);
  if (zone.rules != nullptr) {
    const auto utc = with_seconds(time, *instant_of(time));
    return {utc.day, utc.time, "UTC"};
  }
  return {time.day, time.time, zone.name};
}

std::optional<std::int64_t> CalendarZones::instant_of(const WallTime& time) const {
  if (!time.time) return std::nullopt;
  const auto wall = seconds_of(time);
  if (time.utc) return wall;
  const auto& zone = zone_of(time.tzid);
  if (zone.rules != nullptr) return wall - offset_on_wall(*zone.rules, wall);
  if (zone.name.empty()) return std::nullopt;
  return zone.name == "UTC" ? wall : text::instant_of_wall(zone.name, wall);
}

std::optional<std::int64_t> CalendarZones::wall_at(std::int64_t instant, const WallTime& like) const {
  if (like.utc) return instant;
  const auto& zone = zone_of(like.tzid);
  if (zone.rules != nullptr) return wall_at_instant(*zone.rules, instant);
  if (zone.name.empty()) return std::nullopt;
  return zone.name == "UTC" ? instant : text::wall_of_instant(zone.name, instant);
}

}  // namespace ties::importers::icalendar_parts
