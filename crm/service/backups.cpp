#include "crm/service/backups.h"

#include <fmt/format.h>

#include <algorithm>

#include "crm/service/told.h"

namespace ties {
namespace {

namespace fs = std::filesystem;
using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr std::string_view beginning = "ties-", ending = ".db";
constexpr int changes_shown_max = 20;

constexpr Arg which{"backup", Kind::text, "its name, as the list of backups has it; on the command line also a file",
                    Place::first};

/// Where backups lie: beside the file, for its owner alone.
fs::path folder_of(Crm& crm) {
  const auto& file = crm.store.file();
  if (file == ":memory:") throw Conflict("a file in memory has no backups");
  return file.string() + ".backups";
}

fs::path folder_ready(Crm& crm) {
  const auto folder = folder_of(crm);
  std::error_code error;
  fs::create_directories(folder, error);
  if (!error) fs::permissions(folder, fs::perms::owner_all, error);
  if (error)
    throw Conflict(
        "the folder for backups cannot be made beside the file; check the permissions of its folder, and the disk");
  return folder;
}

/// "ties-2026-03-04T120000.db", or with a number before the ending: "ties-2026-03-04T120000-2.db".
bool is_name(std::string_view name) {
  constexpr std::string_view pattern = "0000-00-00T000000";
  if (!name.starts_with(beginning) || !name.ends_with(ending)) return false;
  name.remove_prefix(beginning.size()), name.remove_suffix(ending.size());
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (name.size() < pattern.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '0' ? !is_digit(name[i]) : name[i] != pattern[i]) return false;
  }
  name.remove_prefix(pattern.size());
  if (name.empty()) return true;
  return name.size() >= 2 && name.size() <= 4 && name[0] == '-' && std::all_of(name.begin() + 1, name.end(), is_digit);
}

/// Of a name: the instant in it.
std::string made_at(std::string_view name) {
  const auto at = name.substr(beginning.size());
  return fmt::format("{}T{}:{}:{}Z", at.substr(0, 10), at.substr(11, 2), at.substr(13, 2), at.substr(15, 2));
}

std::string new_name(const fs::path& folder, const std::string& instant) {
  auto stem = std::string(beginning) + instant.substr(0, 19);
  std::erase(stem, ':');
  auto name = stem + std::string(ending);
  for (int number = 2; fs::exists(folder / name); ++number) name = fmt::format("{}-{}{}", stem, number, ending);
  return name;
}

/// The names of all, the newest first. Of one second, the one with the higher number is the newer.
std::vector<std::string> names(const fs::path& folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (auto entry = fs::directory_iterator(folder, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    auto name = entry->path().filename().string();
    if (is_name(name) && fs::is_regular_file(entry->symlink_status(error))) found.push_back(std::move(name));
  }
  const auto key = [](const std::string& name) { return std::tuple(made_at(name), name.size(), name); };
  std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) { return key(a) > key(b); });
  return found;
}

fs::path backup_named(Crm& crm, const std::string& text) {
  if (is_name(text) && crm.store.file() != ":memory:") {
    const auto path = folder_of(crm) / text;
    std::error_code error;
    if (fs::is_regular_file(fs::symlink_status(path, error))) return path;
  }
  // Nobody from outside opens files by their path.
  std::error_code error;
  if (crm.door != "http" && fs::is_regular_file(text, error)) return text;
  const auto known = crm.store.file() == ":memory:" ? std::vector<std::string>{} : names(folder_of(crm));
  throw NotFound(
      fmt::format("there is no backup '{}'{}; `ties backup list` shows them", text, did_you_mean(text, known)));
}

Json facts_json(const fs::path& path) {
  const auto name = path.filename().string();
  std::error_code error;
  const auto bytes = fs::file_size(path, error);
  Json json{{"name", name},
            {"made_at", is_name(name) ? Json(made_at(name)) : Json(nullptr)},
            {"bytes", error ? 0 : static_cast<std::int64_t>(bytes)},
            {"schema", nullptr},
            {"contacts", nullptr},
            {"applications", nullptr},
            {"state", "good"}};
  try {
    const auto facts = facts_of_file(path);
    json["schema"] = facts.schema, json["contacts"] = facts.count("contacts"),
    json["applications"] = facts.count("applications");
  } catch (const StoreError& trouble) {
    json["state"] = trouble.kind == StoreError::Kind::newer ? "newer" : "damaged";
  } catch (const std::exception&) {
    json["state"] = "damaged";
  }
  return json;
}

std::string back_up_into_folder(Crm& crm) {
  const auto folder = folder_ready(crm);
  auto name = new_name(folder, crm.clock.instant());
  crm.store.back_up(folder / name);
  return name;
}

Answer back_up(Crm& crm, const Args& args) {
  fs::path to = args.text("to");
  if (to.empty()) to = folder_of(crm);
  const bool into_folder = !args.has("to") || fs::is_directory(to);
  if (into_folder) to /= new_name(to, crm.clock.instant());
  Answer answer;
  if (crm.dry_run) {
    answer.said = fmt::format("would make the backup {}", to.filename().string());
    answer.data = {{"name", to.filename().string()},
                   {"made_at", crm.clock.instant()},
                   {"bytes", 0},
                   {"schema", nullptr},
                   {"contacts", nullptr},
                   {"applications", nullptr},
                   {"state", "good"}};
    return answer;
  }
  if (!args.has("to")) folder_ready(crm);
  crm.store.back_up(to);
  answer.data = facts_json(to);
  answer.said = fmt::format("made the backup {}: {} contacts, {} applications",
                            crm.door == "cli" ? to.string() : to.filename().string(), answer.data["contacts"].dump(),
                            answer.data["applications"].dump());
  return answer;
}

Answer list(Crm& crm, const Args&) {
  Answer answer;
  answer.data = Json::array();
  if (crm.store.file() == ":memory:") return answer;
  const auto folder = folder_of(crm);
  for (const auto& name : names(folder)) answer.data.push_back(facts_json(folder / name));
  return answer;
}

Answer verify(Crm& crm, const Args& args) {
  const auto backup = backup_named(crm, args.text("backup"));
  Answer answer;
  answer.data = facts_json(backup);
  std::vector<std::string> faults;
  try {
    // One of an older schema is brought up to date in a copy.
    const auto is_old = facts_of_file(backup).schema < Database::newest_schema();
    faults = faults_of_backup(backup, is_old ? folder_ready(crm) : fs::path());
  } catch (const StoreError& trouble) {
    faults = {trouble.reason};
  }
  answer.failed = !faults.empty();
  answer.said = faults.empty() ? fmt::format("{} is good: integrity, references, search index, journal",
                                             backup.filename().string())
                               : fmt::format("{} is not good: {}", backup.filename().string(), faults.front());
  if (!faults.empty() && answer.data["state"] == "good") answer.data["state"] = "damaged";
  answer.data["faults"] = faults;
  return answer;
}

/// What would come back, and what of now would be gone.
Json compared(Crm& crm, const fs::path& backup) {
  const auto there = facts_of_file(backup), here = crm.store.facts();
  Json json{{"name", backup.filename().string()},
            {"before", nullptr},
            {"counts", Json::array()},
            {"lost", nullptr},
            {"changes", Json::array()}};
  for (const auto& [what, count] : there.counts)
    json["counts"].push_back({{"what", what}, {"there", count}, {"here", here.count(what)}});
  auto& journal = crm.store.journal();
  const auto common = journal.find({there.change});
  const bool is_of_this_history = there.change == 0 || (common && common->at == there.changed_at);
  if (!is_of_this_history) return json;
  // Newest first, as the history has them.
  const Told told(crm);
  std::int64_t lost = 0;
  for (const auto& change : journal.page(std::nullopt, 0, std::nullopt)) {
    if (change.id.value <= there.change) break;
    if (++lost <= changes_shown_max)
      json["changes"].push_back(
          {{"id", change.id.value}, {"at", change.at}, {"said", told(change.said)}, {"door", change.door}});
  }
  json["lost"] = lost;
  return json;
}

/// A verb like any other, also while the service runs: the content is replaced through SQLite's own backup, in one
/// transaction of the connection that writes. Whoever reads meanwhile goes on at their moment and sees the whole of it
/// at the next one; no file is swapped under anybody, nor would it matter if another program had the file open.
Answer restore(Crm& crm, const Args& args) {
  const auto backup = backup_named(crm, args.text("backup"));
  Answer answer;
  answer.data = compared(crm, backup);
  const auto lost = answer.data["lost"];
  const auto name = backup.filename().string();
  if (crm.dry_run) {
    answer.said = lost.is_null() ? fmt::format("would put {} in place of another history", name)
                                 : fmt::format("would put {} in place, without {} later changes", name, lost.dump());
    for (const auto& row : answer.data["counts"]) {
      answer.remarks.push_back(fmt::format("{}: {} there, {} here", row["what"].get<std::string>(), row["there"].dump(),
                                           row["here"].dump()));
    }
    for (const auto& change : answer.data["changes"])
      answer.remarks.push_back(fmt::format("would be gone: {}", change["said"].get<std::string>()));
    return answer;
  }
  const auto before = back_up_into_folder(crm);
  crm.store.restore(backup, folder_of(crm));
  answer.data["before"] = before;
  answer.said = fmt::format("put {} in place", name);
  answer.remarks = {fmt::format("what was here before is {}; the way back: ties restore {}", before, before)};
  return answer;
}

Answer remove(Crm& crm, const Args& args) {
  const auto name = args.text("backup");
  if (!is_name(name)) throw NotFound(fmt::format("there is no backup '{}'; `ties backup list` shows them", name));
  const auto backup = backup_named(crm, name);
  Answer answer;
  answer.data = facts_json(backup);
  if (!crm.dry_run && !fs::remove(backup)) throw NotFound(fmt::format("there is no backup '{}'", name));
  answer.said = fmt::format("{} the backup {}, for good", crm.dry_run ? "would delete" : "deleted", name);
  return answer;
}

}  // namespace

std::optional<std::string> back_up_if_due(Crm& crm) {
  const int every_days = crm.config.number("backup.every_days");
  if (every_days == 0) return std::nullopt;
  const auto folder = folder_of(crm);
  const auto known = names(folder);
  if (!known.empty()) {
    const auto last = date_from_text(made_at(known.front()).substr(0, 10));
    if (last && plus_days(*last, every_days) > crm.clock.today()) return std::nullopt;
  }
  auto made = back_up_into_folder(crm);
  const auto all = names(folder);
  const auto kept = static_cast<std::size_t>(std::max(1, crm.config.number("backup.keep")));
  std::error_code none;
  for (auto i = kept; i < all.size(); ++i) fs::remove(folder / all[i], none);
  return made;
}

std::vector<Verb> backup_verbs() {
  return {
      {"backup",
       "POST /backups",
       "copy the whole file to a safe place: checked, and named after the time",
       "ties backup",
       {{"to",
         Kind::path,
         "a new file, or a folder; beside the file when not said",
         Place::optional_first,
         false,
         {},
         false,
         true}},
       back_up,
       true,
       "",
       "Backup",
       "admin"},
      {"backup list",
       "GET /backups",
       "the backups beside the file, newest first",
       "ties backup list",
       {},
       list,
       false,
       "name, made_at:made, bytes, schema, contacts, applications, state",
       "[Backup]",
       "admin"},
      {"backup verify",
       "POST /backups/{backup}/verify",
       "check a backup: integrity, references, and that this Ties can use it",
       "ties backup verify ties-2026-03-04T120000.db",
       {which},
       verify,
       false,
       "",
       "VerifiedBackup",
       "admin"},
      {"backup delete",
       "DELETE /backups/{backup}",
       "delete a backup, for good",
       "ties backup delete ties-2026-03-04T120000.db",
       {which},
       remove,
       true,
       "",
       "Backup",
       "admin"},
      {"restore",
       "POST /backups/{backup}/restore",
       "put a backup in place of what is there, which becomes a backup before",
       "ties restore ties-2026-03-04T120000.db --preview",
       {which, {"preview", Kind::flag, "show what would come and go, and change nothing"}},
       restore,
       true,
       "",
       "Restored",
       "admin"},
  };
}

}  // namespace ties
