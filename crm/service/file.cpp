#include "crm/service/naming.h"

#include <fmt/format.h>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

/// A setting's value, also held against the zones that this system knows.
std::string checked_setting(const std::string& key, const std::string& value) {
  if (key == "time_zone") Clock(std::nullopt, value);  // throws for a zone that does not exist
  return Config::checked(key, value);
}

Answer init(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto me = crm.store.me_or_new();
  if (args.has("name")) {
    auto contact = me;
    const auto name = person_name(args.text("name"));
    contact.display = name.display, contact.given = name.given, contact.family = name.family;
    crm.store.update(contact);
  }
  standard_pipeline_or_new(crm);
  if (args.has("region")) crm.store.set("region", Config::checked("region", args.text("region")));
  if (args.has("time-zone")) crm.store.set("time_zone", checked_setting("time_zone", args.text("time-zone")));
  auto answer = doing.done("the file is ready");
  if (crm.door == "cli") answer.remarks = {"it is " + crm.store.file().string()};  // nobody else is told where it lies
  for (const auto* remark : {"next: ties import Basic_LinkedInDataExport_….zip", "or:   ties contact add 'Ada Lovelace' --company Acme"}) answer.remarks.emplace_back(remark);
  return answer;
}

Answer check(Crm& crm, const Args& args) {
  Answer answer;
  if (args.flag("repair")) {
    Doing doing(crm);
    crm.store.rebuild_search();
    doing.done("");
    answer.remarks.push_back("the search index was written anew");
  }
  const auto faults = crm.store.check();
  answer.failed = !faults.empty();
  answer.said = faults.empty() ? "all is well: integrity, references, search index, journal" : fmt::format("{} faults", faults.size());
  answer.data = {{"faults", faults}, {"contacts", crm.store.count<Contact>()}, {"companies", crm.store.count<Company>()}, {"interactions", crm.store.count<Interaction>()},
                 {"applications", crm.store.count<Application>()}};
  return answer;
}

Json settings_json(const Config& config, const std::string& only) {
  Json settings = Json::array();
  for (const auto& setting : setting_table()) {
    if (!only.empty() && only != setting.key) continue;
    settings.push_back({{"key", setting.key}, {"value", config.text(setting.key)}, {"from", config.origin(setting.key)}, {"what", setting.help}});
  }
  return settings;
}

Answer config(Crm& crm, const Args& args) {
  const auto key = args.text("key");
  if (args.has("value") || args.flag("unset")) {
    const auto value = args.flag("unset") ? std::nullopt : std::optional<std::string>(checked_setting(key, args.text("value")));
    (void)Config::checked(key, value.value_or(crm.config.text(key)));
    Doing doing(crm);
    crm.store.set(key, value);
    return doing.done(value ? fmt::format("{} is {} now", key, *value) : fmt::format("{} is back to its standard", key), settings_json(Config(crm.store.settings()), key));
  }
  if (!key.empty()) (void)crm.config.text(key);
  Answer answer;
  answer.data = settings_json(crm.config, key);
  return answer;
}

}  // namespace

std::vector<Verb> file_verbs() {
  return {
      {"init", "POST /init", "make the file ready; other commands do it by themselves", "ties init --name 'Ada Lovelace' --region NO --time-zone Europe/Oslo",
       {{"name", Kind::text, "your name"}, {"region", Kind::text, "your country, for phone numbers: NO"}, {"time-zone", Kind::text, "your time zone: Europe/Oslo"}}, init, true, "", "", "admin"},
      {"check", "GET /check", "check the file: integrity, references, search index, journal", "ties check", {{"repair", Kind::flag, "write the search index anew", Place::option, false, {}, true}}, check, false, "", "Checked", "admin", "POST /check"},
      {"config", "GET /settings", "settings: list them, show one, change one", "ties config look_ahead_days 14",
       {{"key", Kind::text, "which", Place::optional_first}, {"value", Kind::text, "the new value", Place::optional_first, false, {}, true}, {"unset", Kind::flag, "back to the standard", Place::option, false, {}, true}}, config, false, "key, value, from, what", "[Setting]", "", "PUT /settings/{key}"},
  };
}

}  // namespace ties
