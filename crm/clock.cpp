#include "crm/clock.h"

#include "crm/domain/errors.h"

#include <date/tz.h>
#include <fmt/format.h>

namespace ties {
namespace {

std::chrono::year_month_day day_of(date::local_seconds wall) {
  return std::chrono::year_month_day(std::chrono::sys_days(std::chrono::duration_cast<std::chrono::days>(date::floor<date::days>(wall).time_since_epoch())));
}

const date::time_zone* located(const std::string& zone) {
  try {
    return date::locate_zone(zone);
  } catch (const std::runtime_error&) {
    throw Wrong(fmt::format("there is no time zone '{}'; give a name such as Europe/Oslo", zone));
  }
}

std::string system_zone() {
  try {
    return date::current_zone()->name();
  } catch (const std::runtime_error&) {
    return "UTC";  // a bare machine without a zone of its own
  }
}

}  // namespace

Clock::Clock(std::optional<Date> today, std::string zone) : today_(today), zone_(zone.empty() ? system_zone() : std::move(zone)) { located(zone_); }

Date Clock::today() const {
  if (today_) return *today_;
  return day_of(located(zone_)->to_local(date::floor<std::chrono::seconds>(std::chrono::system_clock::now())));
}

std::string Clock::instant() const {
  if (today_) return to_text(*today_) + "T12:00:00Z";
  return date::format("%FT%TZ", date::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
}

Moment Clock::local(const Moment& moment) const {
  if (!moment.time || moment.zone.empty() || moment.zone == zone_) return moment;
  const date::local_seconds wall{std::chrono::sys_days(moment.day).time_since_epoch() + *moment.time};
  const auto instant = located(moment.zone)->to_sys(wall, date::choose::earliest);
  const auto here = located(zone_)->to_local(instant);
  const auto midnight = date::floor<date::days>(here);
  return {day_of(here), std::chrono::seconds(here - midnight), zone_};
}

Moment Clock::utc(const Moment& moment) {
  if (!moment.time || moment.zone.empty() || moment.zone == "UTC") return moment;
  const date::local_seconds wall{std::chrono::sys_days(moment.day).time_since_epoch() + *moment.time};
  try {
    const auto instant = located(moment.zone)->to_sys(wall, date::choose::earliest);
    const auto midnight = date::floor<date::days>(instant);
    return {day_of(date::local_seconds(instant.time_since_epoch())), std::chrono::seconds(instant - midnight), "UTC"};
  } catch (const Wrong&) {
    return {moment.day, moment.time, ""};
  }
}

}  // namespace ties
