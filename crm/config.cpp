#include "crm/config.h"

#include "crm/domain/errors.h"
#include "crm/domain/holidays.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace ties {
namespace {

using Kind = Setting::Kind;
constexpr std::array weekday_names{"sun"sv, "mon"sv, "tue"sv, "wed"sv, "thu"sv, "fri"sv, "sat"sv};

constexpr std::string_view holidays_region = "holidays.region";

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr || *value == '\0' ? std::nullopt : std::optional<std::string>(value);
}

std::vector<std::string> parts_of(std::string_view list) {
  std::vector<std::string> parts(1);
  for (const char c : list) {
    if (c == ',' || c == ' ') {
      if (!parts.back().empty()) parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  if (parts.back().empty()) parts.pop_back();
  return parts;
}

const Setting& setting_called(std::string_view key) {
  std::vector<std::string> keys;
  for (const auto& setting : setting_table()) {
    if (setting.key == key) return setting;
    keys.emplace_back(setting.key);
  }
  throw Wrong(fmt::format("there is no setting '{}'{}; `ties config` lists them", key, did_you_mean(key, keys)));
}

bool fits(const Setting& setting, const std::string& value) {
  switch (setting.kind) {
    case Kind::number: return !value.empty() && value.size() <= 6 && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    case Kind::yes_no: return value == "yes" || value == "no";
    case Kind::weekdays: {
      const auto days = parts_of(value);
      return !days.empty() && std::all_of(days.begin(), days.end(), [](const auto& day) {
        return std::find(weekday_names.begin(), weekday_names.end(), day) != weekday_names.end();
      });
    }
    case Kind::dates: {
      const auto days = parts_of(value);
      return std::all_of(days.begin(), days.end(), [](const auto& day) { return date_from_text(day).has_value(); });
    }
    case Kind::region: return value.empty() || (value.size() == 2 && std::all_of(value.begin(), value.end(), [](char c) { return c >= 'A' && c <= 'Z'; }));
    case Kind::text: return setting.key != holidays_region || value.empty() || not_a_region(value).empty();
    case Kind::zone: return true;
  }
  return true;
}

std::string wanted(const Setting& setting, const std::string& value) {
  if (setting.key == holidays_region) return not_a_region(value);
  switch (setting.kind) {
    case Kind::number: return "give a whole number";
    case Kind::yes_no: return "give yes or no";
    case Kind::weekdays: return "give days such as 'mon tue wed thu fri'";
    case Kind::dates: return "give days such as '2026-12-25 2026-12-26'";
    case Kind::region: return "give two capital letters, such as NO";
    case Kind::text:
    case Kind::zone: return "";
  }
  return "";
}

}  // namespace

const std::vector<Setting>& setting_table() {
  static const std::vector<Setting> table{
      {"time_zone", "", Kind::zone, "the zone that days are counted in, such as Europe/Oslo; empty: the system's"},
      {"region", "", Kind::region, "the country of phone numbers without a country code, such as NO"},
      {"working_days", "mon tue wed thu fri", Kind::weekdays, "the days on which people answer mail"},
      {"holidays", "", Kind::dates, "days off besides"},
      {holidays_region, "", Kind::text, "whose public holidays are days off: a country such as NO, or a state such as DE-BY (by date-holidays, CC BY-SA 3.0)"},
      {"look_ahead_days", "7", Kind::number, "how far ahead follow-ups are listed"},
      {"weekend_moves", "no", Kind::yes_no, "a captured follow-up on a day off moves to the next working day"},
      {"pause_cadence_in_interviews", "yes", Kind::yes_no, "no cadence while an application at their company is in interviews"},
      {"nudge_after_working_days", "5", Kind::number, "the first nudge after an ask"},
      {"second_nudge_after_working_days", "7", Kind::number, "the next one after that"},
      {"agreed_patience_days", "7", Kind::number, "agreed, but not handed in"},
      {"submitted_patience_days", "7", Kind::number, "handed in, but not confirmed"},
      {"expiry_notice_days", "14", Kind::number, "notice before a referral expires"},
      {"ghosted_after_days", "21", Kind::number, "quiet days after which an application may be called ghosted"},
      {"invitation_patience_days", "30", Kind::number, "an invitation without an answer"},
      {"ask_load_days", "90", Kind::number, "two asks to one person within so many days are too many"},
      {"reapply_wait_days", "180", Kind::number, "a company's waiting time after a rejection"},
      {"tie.recency", "25", Kind::number, "points of a tie for being in touch today; they halve with time"},
      {"tie.recency_half_life_days", "90", Kind::number, "after so many days without a talk these points have halved"},
      {"tie.frequency", "25", Kind::number, "points of a tie for a day in touch each month of the past year"},
      {"tie.two_way", "15", Kind::number, "points of a tie for five exchanges in the past two years"},
      {"tie.depth", "10", Kind::number, "points of a tie for having met in person in the past two years; less for calls and messages"},
      {"tie.vouching", "10", Kind::number, "points of a tie for a recommendation; less for a review of your work or an endorsement"},
      {"tie.shared", "10", Kind::number, "points of a tie for an employer and a school at the same time"},
      {"tie.years_known", "5", Kind::number, "points of a tie for the years known, one a year, so many at most"},
      {"tie.good_from", "45", Kind::number, "the score from which a tie is good; not above tie.strong_from, which counts else"},
      {"tie.strong_from", "70", Kind::number, "the score from which a tie is strong"},
      {"ready.works_there", "25", Kind::number, "points of readiness to be asked for working there now"},
      {"ready.tie", "35", Kind::number, "points of readiness for a tie of 100"},
      {"ready.knows_work", "15", Kind::number, "points of readiness for knowing your work"},
      {"ready.role", "10", Kind::number, "points of readiness for a role near yours"},
      {"ready.favours", "5", Kind::number, "points of readiness for favours in balance"},
      {"ready.rested", "5", Kind::number, "points of readiness for no ask within ask_load_days"},
      {"ready.timing", "5", Kind::number, "points of readiness for a deadline by which you apply"},
      {"plan.minutes_a_week", "300", Kind::number, "how much time `ties plan` fills in the seven days from today"},
      {"backup.every_days", "7", Kind::number, "a running service makes a backup when the last one is so old; 0 for never"},
      {"backup.keep", "10", Kind::number, "how many backups are kept when the service makes one; the oldest go"},
  };
  return table;
}

std::string environment_name(std::string_view key) {
  std::string name = "TIES_";
  for (const char c : key) name += static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c == '.' ? '_' : c);
  return name;
}

Config::Config(std::map<std::string, std::string> kept) : kept_(std::move(kept)) {
  for (const auto& setting : setting_table()) {
    const auto name = environment_name(setting.key);
    const auto value = environment(name);
    if (value && !fits(setting, *value)) throw Wrong(fmt::format("${}: {}", name, wanted(setting, *value)));
  }
}

std::string Config::checked(std::string_view key, const std::string& value) {
  const auto& setting = setting_called(key);
  if (!fits(setting, value)) throw Wrong(fmt::format("{}: {}", key, wanted(setting, value)));
  return value;
}

std::string Config::text(std::string_view key) const {
  const auto& setting = setting_called(key);
  if (auto value = environment(environment_name(key))) return *value;
  const auto kept = kept_.find(std::string(key));
  return kept == kept_.end() ? std::string(setting.standard) : kept->second;
}

int Config::number(std::string_view key) const { return std::stoi(text(key)); }
bool Config::yes(std::string_view key) const { return text(key) == "yes"; }

std::string Config::origin(std::string_view key) const {
  if (environment(environment_name(key))) return "environment";
  return kept_.contains(std::string(key)) ? "file" : "standard";
}

WorkingDays Config::working_days() const {
  WorkingDays days;
  const auto working = parts_of(text("working_days"));
  for (std::size_t i = 0; i < weekday_names.size(); ++i) {
    days.works[i] = std::find(working.begin(), working.end(), weekday_names[i]) != working.end();
  }
  // A region that was kept by a program that knew it is no reason to fail.
  days.holidays = holidays_of(text(holidays_region)).value_or(std::vector<Date>{});
  for (const auto& day : parts_of(text("holidays"))) days.holidays.push_back(*date_from_text(day));
  std::sort(days.holidays.begin(), days.holidays.end());
  days.holidays.erase(std::unique(days.holidays.begin(), days.holidays.end()), days.holidays.end());
  return days;
}

FollowUpSettings Config::follow_ups() const {
  FollowUpSettings settings;
  settings.working_days = working_days();
  settings.look_ahead_days = number("look_ahead_days");
  settings.pause_cadence_in_interviews = yes("pause_cadence_in_interviews");
  settings.nudge_after_working_days = number("nudge_after_working_days");
  settings.second_nudge_after_working_days = number("second_nudge_after_working_days");
  settings.agreed_patience_days = number("agreed_patience_days");
  settings.submitted_patience_days = number("submitted_patience_days");
  settings.expiry_notice_days = number("expiry_notice_days");
  settings.ghosted_after_days = number("ghosted_after_days");
  settings.invitation_patience_days = number("invitation_patience_days");
  return settings;
}

GuardSettings Config::guards() const { return {number("ask_load_days"), number("reapply_wait_days")}; }

TieWeights Config::tie_weights() const {
  static constexpr int most = 100;
  const auto points = [this](std::string_view key) { return std::clamp(number(key), 0, most); };
  TieWeights weights;
  weights.recency = points("tie.recency"), weights.frequency = points("tie.frequency");
  weights.two_way = points("tie.two_way"), weights.depth = points("tie.depth");
  weights.vouching = points("tie.vouching"), weights.shared = points("tie.shared");
  weights.years_known = points("tie.years_known");
  weights.recency_half_life_days = std::max(1, number("tie.recency_half_life_days"));
  weights.strong_from = points("tie.strong_from");
  weights.good_from = std::min(points("tie.good_from"), weights.strong_from);
  weights.rest_after_ask_days = number("ask_load_days");
  weights.ask_works_there = points("ready.works_there"), weights.ask_tie = points("ready.tie");
  weights.ask_knows_work = points("ready.knows_work"), weights.ask_role = points("ready.role");
  weights.ask_favours = points("ready.favours"), weights.ask_rested = points("ready.rested");
  weights.ask_timing = points("ready.timing");
  return weights;
}

std::filesystem::path file_to_use(const std::string& named) {
  if (!named.empty()) return named;
  if (const auto file = environment("TIES_FILE")) return *file;
  if (const auto data = environment("XDG_DATA_HOME")) return std::filesystem::path(*data) / "ties" / "ties.db";
  const auto home = environment("HOME");
  if (!home) throw Wrong("there is no home folder; name a file with --file or TIES_FILE");
  return std::filesystem::path(*home) / ".local" / "share" / "ties" / "ties.db";
}

std::filesystem::path user_config_folder() {
  if (const auto folder = environment("XDG_CONFIG_HOME")) return *folder;
  const auto home = environment("HOME");
  if (!home) throw Wrong("there is no home folder; set HOME or XDG_CONFIG_HOME");
  return std::filesystem::path(*home) / ".config";
}

std::optional<Date> day_to_pretend(const std::string& named) {
  const auto text = named.empty() ? environment("TIES_TODAY") : std::optional<std::string>(named);
  if (!text) return std::nullopt;
  const auto day = date_from_text(*text);
  if (!day) throw Wrong(fmt::format("{}: '{}' is no day; write it as 2026-03-01", named.empty() ? "$TIES_TODAY" : "--today", *text));
  return day;
}

bool colour_unwanted() { return environment("NO_COLOR").has_value() || environment("TERM").value_or("dumb") == "dumb"; }

}  // namespace ties
