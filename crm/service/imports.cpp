#include "crm/service/imports.h"

#include "crm/domain/commands.h"
#include "crm/service/applying.h"
#include "crm/service/exports.h"
#include "crm/service/naming.h"
#include "crm/service/pipeline_file.h"
#include "crm/text/text.h"
#include "importers/bundle.h"
#include "importers/notes.h"
#include "importers/table_mapping.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;
using importers::Batch;

std::string why(const importers::FileReport& file) {
  if (!file.not_read.empty()) return file.not_read;
  std::string reasons;
  for (const auto& [reason, count] : file.skipped_why) reasons += fmt::format("{}{} {}", reasons.empty() ? "" : ", ", count, reason);
  return reasons;
}

Json files_json(const ImportResult& result) {
  Json files = Json::array();
  for (std::size_t i = 0; i < result.batch.files.size(); ++i) {
    const auto& file = result.batch.files[i];
    const auto& counts = result.counts[i];
    files.push_back({{"file", file.file}, {"recognised", file.recognised}, {"rows", file.rows}, {"created", counts.created}, {"changed", counts.changed},
                     {"unchanged", counts.unchanged}, {"skipped", file.skipped}, {"why", why(file)}});
  }
  return files;
}

Json issues_json(const ImportResult& result) {
  Json issues = Json::array();
  for (const auto& issue : result.batch.issues) issues.push_back({{"file", issue.file}, {"line", issue.line}, {"column", issue.column}, {"message", issue.message}});
  return issues;
}

std::string at(const importers::Issue& issue) {
  std::string place = issue.file;
  if (issue.line > 0) place += fmt::format(":{}", issue.line);
  if (issue.line > 0 && issue.column > 0) place += fmt::format(":{}", issue.column);
  return place.empty() ? issue.message : fmt::format("{}: {}", place, issue.message);
}

constexpr std::size_t remarks_max = 20;

/// Adds the lines, or the first of them and how many more there are.
void add_remarks(Answer& answer, std::vector<std::string> lines, std::string_view more) {
  const auto total = lines.size();
  if (total > remarks_max) lines.resize(remarks_max);
  for (auto& line : lines) answer.remarks.push_back(std::move(line));
  if (total > remarks_max) answer.remarks.push_back(fmt::format("and {} more {}", total - remarks_max, more));
}

/// The most frequent first.
std::vector<std::pair<std::string, ImportResult::Stranger>> strangers_of(const ImportResult& result) {
  std::vector<std::pair<std::string, ImportResult::Stranger>> strangers(result.strangers.begin(), result.strangers.end());
  std::stable_sort(strangers.begin(), strangers.end(), [](const auto& a, const auto& b) { return a.second.times > b.second.times; });
  return strangers;
}

/// Who is no contact, the most frequent first, and how they become one.
std::vector<std::string> remarks_on_strangers(Crm& crm, const ImportResult& result) {
  constexpr std::size_t named_max = 5;
  const auto strangers = strangers_of(result);
  if (strangers.empty()) return {};
  std::vector<std::string> lines, named;
  for (const auto& [key, stranger] : strangers) {
    if (named.size() == named_max) break;
    const auto name = stranger.name.empty() || stranger.name == key ? key : fmt::format("{} ({})", stranger.name, key);
    named.push_back(stranger.times == 1 ? name : fmt::format("{}, {} times", name, stranger.times));
  }
  const auto total = result.strangers.size();
  lines.push_back(fmt::format("{} no contact{} of yours: {}{}; --new-people brings in those you dealt with", total == 1 ? "1 person is" : fmt::format("{}{} people are", total == ImportResult::strangers_max ? "more than " : "", total),
                              total == 1 ? "" : "s", fmt::join(named, "; "), total > named.size() ? " …" : ""));
  for (const auto& [key, stranger] : strangers) {
    if (stranger.name.empty() || stranger.name == key || lines.size() > named_max) continue;
    const auto called = crm.store.first_contacts_called(text::fold(stranger.name));
    if (called.size() == 1) lines.push_back(fmt::format("is {} your contact? Then say so: ties contact edit {} --email {}", stranger.name, called.front().value, shell_quoted(key)));
  }
  return lines;
}

std::vector<std::string> remarks_on_stages(const ImportResult& result) {
  std::vector<std::string> lines;
  for (const auto& [said, guessed] : result.guessed_stages) {
    lines.push_back(fmt::format("'{}' is no stage that is known: {} application{} stand{} in {}; say where it belongs with --stage {}", said, guessed.applications,
                                guessed.applications == 1 ? "" : "s", guessed.applications == 1 ? "s" : "", guessed.stage, shell_quoted(said + "=STAGE")));
  }
  return lines;
}

/// At most so many of what an answer lists; the whole number stands beside them.
constexpr std::size_t listed_max = 50;
constexpr std::size_t issues_listed_max = 10'000;

Json list_of(std::size_t total, Json items) { return {{"total", total}, {"items", std::move(items)}}; }

Json first_of(const std::vector<std::string>& lines) {
  return list_of(lines.size(), Json(std::vector<std::string>(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(std::min(lines.size(), listed_max)))));
}

Json rows_json(const ImportResult& result, bool kept) {
  Json rows = Json::array();
  for (const auto& [kind, list] : {std::pair("new", &result.created), std::pair("changed", &result.changed), std::pair("skipped", &result.skipped)}) {
    for (const auto& row : *list) {
      // What a dry run made has no number that lasts.
      const bool has_id = row.id != 0 && (kept || list != &result.created);
      rows.push_back({{"kind", kind}, {"noun", row.noun}, {"id", has_id ? Json(row.id) : Json(nullptr)}, {"name", row.name}, {"what", row.what},
                      {"file", result.batch.files[static_cast<std::size_t>(std::max(row.file, 0))].file}, {"line", row.line}});
    }
  }
  return rows;
}

/// Pairs of somebody new and somebody who may be the same person.
Json possible_duplicates(Crm& crm, const ImportResult& result) {
  auto pairs = duplicates(crm.store.person_facts());
  std::erase_if(pairs, [&](const Duplicate& pair) { return pair.b <= result.newest_before; });
  Json items = Json::array();
  const auto person = [&](Id<Contact> id) {
    const bool is_new = id > result.newest_before;
    return Json{{"id", is_new ? Json(nullptr) : Json(id.value)}, {"name", crm.store.get(id).display}};
  };
  for (const auto& pair : pairs) {
    if (items.size() == listed_max) break;
    items.push_back({{"new", person(pair.b)}, {"other", person(pair.a)}, {"score", pair.score}, {"reasons", pair.reasons}});
  }
  return list_of(pairs.size(), std::move(items));
}

/// What a page shows of an import, before or after it.
Json data_of(Crm& crm, const ImportResult& result, bool kept) {
  Json data{{"files", files_json(result)}, {"rows", rows_json(result, kept)}, {"job_changes", first_of(result.job_changes)}, {"differences", first_of(result.differences)}};
  Json stages = Json::array(), strangers = Json::array();
  for (const auto& [said, guessed] : result.guessed_stages) stages.push_back({{"said", said}, {"stage", guessed.stage}, {"applications", guessed.applications}});
  for (const auto& [key, stranger] : strangers_of(result)) {
    if (strangers.size() == listed_max) break;
    strangers.push_back({{"address", key}, {"name", stranger.name}, {"times", stranger.times}});
  }
  auto issues = issues_json(result);
  const auto all_issues = issues.size();
  if (all_issues > issues_listed_max) issues.erase(issues.begin() + issues_listed_max, issues.end());
  const auto all_stages = stages.size();
  data["stages"] = list_of(all_stages, std::move(stages));
  data["strangers"] = list_of(result.strangers.size(), std::move(strangers));
  data["issues"] = list_of(all_issues, std::move(issues));
  if (!kept) data["possible_duplicates"] = possible_duplicates(crm, result);
  return data;
}

/// What is brought in, and how.
struct Source {
  std::string name{};
  std::string sha256{};
  std::function<void(Crm&)> before_first{};  ///< done once the change is open; may be empty
  bool for_pages{};                          ///< the answer's data is that of `import_files`, else the list of files
};

/// Applies as one change, or as none when it is only a preview. `read` returns the last part of a batch, and hands over
/// those before it; the change is opened when there is something to bring in.
template <class Read>
Answer bring_in(const Writer& writer, const Source& from, Read read) {
  struct Open {
    explicit Open(Crm& to) : crm(to), doing(to), applying(to, &doing.change()) {}
    Crm& crm;
    Doing doing;
    Applying applying;
  };
  std::optional<Open> open;
  const auto opened = [&]() -> Open& {
    if (!open) {
      open.emplace(writer());
      if (from.before_first) from.before_first(open->crm);
    }
    return *open;
  };
  auto last = read([&](Batch& part) { opened().applying.take(part); });
  auto& [crm, doing, applying] = opened();
  const auto source = last.source;
  const auto snapshot_on = last.snapshot_on;
  const auto result = applying.finish(std::move(last));
  const bool kept = !crm.dry_run;
  FileCounts total;
  for (std::size_t i = 0; i < result.counts.size(); ++i) {
    const auto& counts = result.counts[i];
    total.created += counts.created, total.changed += counts.changed, total.unchanged += counts.unchanged;
    for (const auto& [column, field] : result.batch.files[i].said) crm.store.remember_column(result.batch.files[i].header, column, field);
  }
  auto data = from.for_pages ? data_of(crm, result, kept) : files_json(result);
  const auto counted = fmt::format("{}: {} new, {} changed, {} unchanged", from.name, total.created, total.changed, total.unchanged);
  Answer answer;
  if (kept) {
    crm.store.keep({0, doing.change().number(), crm.clock.instant(), source, from.name, from.sha256, snapshot_on, files_json(result).dump(), issues_json(result).dump(), false});
    answer = doing.done("imported " + counted);
  } else {
    answer.said = "would import " + counted + "; nothing was kept";
  }
  answer.data = std::move(data);
  add_remarks(answer, result.job_changes, "job changes; `ties report moves` lists them");
  add_remarks(answer, result.differences, "differences");
  add_remarks(answer, remarks_on_stages(result), "such words");
  add_remarks(answer, remarks_on_strangers(crm, result), "strangers");
  std::vector<std::string> lines;
  for (const auto& issue : result.batch.issues) lines.push_back(at(issue));
  add_remarks(answer, std::move(lines), "issues; `ties imports --issues` lists them");
  return answer;
}

/// "Said=value", parted at the last "=": values hold none.
std::pair<std::string, std::string> pair_of(const std::string& argument, const char* name, const char* form) {
  const auto equals = argument.rfind('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == argument.size()) throw Wrong(fmt::format("{}: '{}' is not understood; write '{}'", name, argument, form));
  return {argument.substr(0, equals), argument.substr(equals + 1)};
}

void remember_stages(Crm& crm, const Args& args) {
  if (args.many("stage").empty()) return;
  const auto pipeline = standard_pipeline_or_new(crm);
  const auto stages = crm.store.stages(pipeline.id);
  for (const auto& argument : args.many("stage")) {
    const auto [said, name] = pair_of(argument, "stage", "Their word=your stage");
    crm.store.remember_stage(pipeline.id, text::fold(said), stage_named(stages, name).id);
  }
}

importers::Options options_of(Crm& crm, const Args& args) {
  importers::Options options;
  options.today = args.today();
  options.since = args.day("since");
  options.summary = args.flag("summary");
  options.region = crm.config.text("region");
  if (const auto me = crm.store.me()) {
    for (const auto& point : crm.store.points(me->id)) {
      if (point.kind == PointKind::email) options.my_emails.push_back(point.value);
      if (point.kind == PointKind::github) options.my_github.push_back(point.value);
      if (point.kind == PointKind::gitlab) options.my_gitlab.push_back(point.value);
    }
  }
  for (const auto& said : args.many("map")) {
    options.mapping.insert_or_assign(pair_of(said, "map", "Column=field").first, pair_of(said, "map", "Column=field").second);
  }
  options.remembered = crm.store.column_choices();
  options.new_people = args.flag("new-people");
  options.bodies = args.flag("bodies");
  options.progress = crm.progress;
  return options;
}

importers::Bundle bundle_at(Crm& crm, const std::string& path) {
  importers::BundleLimits limits;
  limits.progress = crm.progress;
  return path == "-" ? importers::bundle_of("standard input", read_text_file("-", 1'000'000'000, crm.input), importers::never_opened, limits)
                     : importers::open_bundle(path, importers::never_opened, limits);
}

importers::Bundle bundle_of(Crm& crm, const std::vector<NamedFile>& files, importers::BundleLimits limits) {
  limits.progress = crm.progress;
  if (files.size() == 1) return importers::bundle_of(files.front().name, importers::Bytes::of_file(files.front().path), importers::never_opened, limits);
  std::vector<importers::SourceFile> sources;
  for (const auto& file : files) sources.push_back({file.name, importers::Bytes::of_file(file.path)});
  return importers::bundle_of(fmt::format("{} files", files.size()), std::move(sources), importers::never_opened, limits);
}

void add_explained(reports::Document& document, const importers::Bundle& bundle, const importers::Options& options) {
  using Column = reports::Column;
  for (const auto& file : bundle.files) {
    const auto explained = importers::explain(file, options);
    reports::Table table;
    table.title = explained.recognised.empty() ? file.name + ": no table was found in it" : fmt::format("{}: {}, header in line {}", file.name, explained.recognised, explained.header_line);
    table.columns = {Column{"column", "column", Column::Align::left, false, false}, Column{"field", "read as", Column::Align::left, false, false},
                     Column{"how", "how", Column::Align::left, true, false}, Column{"values", "first values", Column::Align::left, true, false}};
    for (const auto& column : explained.columns) {
      const auto cell = [](std::string text) { return reports::Cell{std::move(text), std::nullopt, reports::Tone::plain}; };
      table.rows.push_back({cell(column.column), cell(column.field), cell(column.how), cell(fmt::format("{}", fmt::join(column.values, " · ")))});
    }
    table.when_empty = "its columns are not to be mapped";
    document.blocks.push_back(std::move(table));
  }
}

/// What the columns of each table are read as, with the first values of each.
Answer explained(reports::Document document) {
  document.title = "How the columns are read";
  document.finding = "change what a column is read as by --map 'Column=field', 'Column=extra' or 'Column=ignore'";
  Answer answer;
  answer.document = std::move(document);
  return answer;
}

Answer explain(Crm& crm, const Args& args) {
  reports::Document document;
  for (const auto& path : args.many("paths")) add_explained(document, bundle_at(crm, path), options_of(crm, args));
  return explained(std::move(document));
}

Answer import_bundle(Crm& crm, const Writer& writer, const importers::Bundle& bundle, const Args& args, bool for_pages) {
  for (const auto& argument : args.many("stage")) (void)pair_of(argument, "stage", "Their word=your stage");
  const auto as = args.has("map") && !args.has("as") ? "tables" : args.text("as");
  const Source source{bundle.name, bundle.sha256, [&](Crm& to) { remember_stages(to, args); }, for_pages};
  return bring_in(writer, source, [&](auto hand_over) {
    auto options = options_of(crm, args);
    options.hand_over = hand_over;
    auto last = importers::read_bundle(bundle, as, options);
    last.issues.insert(last.issues.end(), bundle.issues.begin(), bundle.issues.end());
    return last;
  });
}

Answer import_one(Crm& crm, const Args& args, const std::string& path) {
  const Sight of_all(crm.store, true);  // what is there already is found, whoever imports
  const auto writer = [&crm]() -> Crm& { return crm; };
  if (auto everything = args.has("as") ? std::nullopt : import_everything(crm, writer, {path, ""})) return *std::move(everything);
  return import_bundle(crm, writer, bundle_at(crm, path), args, false);
}

Answer import(Crm& crm, const Args& args) {
  if (args.flag("explain")) return explain(crm, args);
  Answer all;
  all.data = Json::array();
  for (const auto& path : args.many("paths")) {
    auto one = import_one(crm, args, path);
    all.said += (all.said.empty() ? "" : "\n") + one.said;
    for (auto& file : one.data) all.data.push_back(std::move(file));
    for (auto& remark : one.remarks) all.remarks.push_back(std::move(remark));
    all.change = one.change;
  }
  return all;
}

Answer imports(Crm& crm, const Args& args) {
  Answer answer;
  answer.data = Json::array();
  for (const auto& run : crm.store.import_runs()) {
    const auto issues = Json::parse(run.issues);
    if (args.flag("issues")) {
      for (const auto& issue : issues) {
        answer.remarks.push_back(fmt::format("{}:{}: {}", issue["file"].get<std::string>(), issue["line"].get<int>(), issue["message"].get<std::string>()));
      }
    }
    int created = 0, changed = 0, skipped = 0;
    for (const auto& file : Json::parse(run.files)) {
      created += file["created"].get<int>(), changed += file["changed"].get<int>(), skipped += file["skipped"].get<int>();
    }
    answer.data.push_back({{"id", run.id}, {"at", run.at}, {"source", run.source}, {"name", run.name}, {"snapshot_on", wire::value(run.snapshot_on)}, {"created", created}, {"changed", changed},
                           {"skipped", skipped}, {"issues", issues.size()}, {"change", run.change ? Json(run.change->value) : Json(nullptr)}, {"state", run.undone ? "undone" : ""}});
  }
  return answer;
}

}  // namespace

ImportResult apply(Crm& crm, Batch batch) { return Applying(crm).finish(std::move(batch)); }

Answer log_notes(Crm& crm, const std::string& event_name, const std::string& path, std::optional<Date> day) {
  const Sight of_all(crm.store, true);
  const auto text = read_text_file(path, 10'000'000, crm.input);
  const auto event = event_named_if_any(crm, event_name);
  importers::Options options;
  options.today = day ? *day : event && event->starts_on && *event->starts_on <= crm.clock.today() ? *event->starts_on : crm.clock.today();
  options.region = crm.config.text("region");
  const auto name = path.empty() || path == "-" ? "standard input" : path;
  auto batch = importers::read_notes(text, name, event ? event->name : event_name, options);
  if (batch.people.empty()) {
    throw Wrong(fmt::format("{}: nobody is named in it; write a person a line: Ada Lovelace (Acme): compilers; promised the slides by Friday", name));
  }
  const Source source{name, "", {}, false};
  return bring_in([&crm]() -> Crm& { return crm; }, source, [&](const auto&) { return std::move(batch); });
}

Answer import_files(Crm& crm, const Writer& writer, const std::vector<NamedFile>& files, const Args& args, const importers::BundleLimits& limits) {
  if (auto everything = args.has("as") || files.size() != 1 ? std::nullopt : import_everything(crm, writer, files.front(), limits)) {
    everything->data = {{"files", std::move(everything->data)}};
    return *std::move(everything);
  }
  return import_bundle(crm, writer, bundle_of(crm, files, limits), args, true);
}

Answer explain_files(Crm& crm, const std::vector<NamedFile>& files, const Args& args, const importers::BundleLimits& limits) {
  reports::Document document;
  add_explained(document, bundle_of(crm, files, limits), options_of(crm, args));
  return explained(std::move(document));
}

Args import_options(Args::Raw raw, Date today) {
  auto options = verb_called("import").args;
  std::erase_if(options, [](const Arg& arg) { return arg.name == "paths" || arg.name == "preview" || arg.name == "explain"; });
  return checked("import", options, std::move(raw), today, false);
}

std::vector<Verb> import_verbs() {
  static const std::string importers_there_are = [] {
    std::string names;
    for (const auto& importer : importers::registry()) names += (names.empty() ? "" : ", ") + std::string(importer.name);
    return "what it is, when the content does not tell: " + names;
  }();
  return {
      {"import", "", "read a LinkedIn export, contact cards, tables, calendars, mail, logs of contributions, notes, or an export of Ties", "ties import Basic_LinkedInDataExport_03-02-2026.zip --preview",
       {{"paths", Kind::path, "zips, folders or files; - for standard input", Place::rest, true}, {"as", Kind::text, importers_there_are},
        {"preview", Kind::flag, "show what would be kept, and keep nothing"}, {"since", Kind::day, "leave out messages and applications before that day"},
        {"summary", Kind::flag, "of messages keep dates and counts only"},
        {"new-people", Kind::flag, "of mail and calendars: also people who are no contact yet, when you dealt with them"},
        {"bodies", Kind::flag, "of mail: keep what was written, too; else only who, when and about what"},
        {"stage", Kind::text, "of trackers: where their word for a stage belongs, 'Their word=your stage'; remembered", Place::repeated},
        {"map", Kind::text, "of tables: what a column is, 'Column=field'; as often as needed; remembered for the next table with this header", Place::repeated}, {"explain", Kind::flag, "of tables: show what each column is read as, and read nothing"}},
       import, true, "file, recognised:recognised as, rows, created, changed, unchanged, skipped, why", "[ImportedFile]"},
      {"imports", "GET /imports", "what was imported, when, and from where", "ties imports", {{"issues", Kind::flag, "list every issue too"}}, imports, false,
       "id:#, at:when, source, name, snapshot_on:as of, created, changed, skipped, issues, change, state", "[ImportRun]"},
  };
}

}  // namespace ties
