#pragma once
#include "crm/domain/followups.h"

#include <filesystem>
#include <map>

namespace ties {

/// One setting: kept in the user's file, over which an environment variable goes.
struct Setting {
  std::string_view key;
  std::string_view standard;  ///< its value when nothing is said
  enum class Kind { text, number, yes_no, weekdays, dates, zone, region } kind;
  std::string_view help;
};

/// Every setting.
const std::vector<Setting>& setting_table();

/// "TIES_LOOK_AHEAD_DAYS" for "look_ahead_days".
std::string environment_name(std::string_view key);

/// The settings as they hold: file < environment.
class Config {
 public:
  /// `kept`: as the file has them. Throws Wrong, naming the variable, when the environment holds a bad value.
  explicit Config(std::map<std::string, std::string> kept = {});

  std::string text(std::string_view key) const;
  int number(std::string_view key) const;
  bool yes(std::string_view key) const;
  WorkingDays working_days() const;
  FollowUpSettings follow_ups() const;
  GuardSettings guards() const;
  TieWeights tie_weights() const;  ///< each within 0 and 100, `good_from` never above `strong_from`
  /// "file", "environment" or "standard": where the value comes from.
  std::string origin(std::string_view key) const;

  /// The value as it is kept. Throws Wrong when it does not fit the setting, or when there is no such setting.
  static std::string checked(std::string_view key, const std::string& value);

 private:
  std::map<std::string, std::string> kept_;
};

/// The file to use: `named` (--file), else $TIES_FILE, else $XDG_DATA_HOME/ties/ties.db, else ~/.local/share/ties/ties.db.
std::filesystem::path file_to_use(const std::string& named);
/// $XDG_CONFIG_HOME, else ~/.config.
std::filesystem::path user_config_folder();
/// The day to pretend: `named` (--today), else $TIES_TODAY. Throws Wrong when it is no day.
std::optional<Date> day_to_pretend(const std::string& named);
/// $NO_COLOR is set and not empty, or the terminal is dumb.
bool colour_unwanted();

}  // namespace ties
