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

/// Who is no contact, the most frequent first, and how they become one.
std::vector<std::string> remarks_on_strangers(Crm& crm, const ImportResult& result) {
  constexpr std::size_t named_max = 5;
  std::vector<std::pair<std::string, ImportResult::Stranger>> strangers(result.strangers.begin(), result.strangers.end());
  if (strangers.empty()) return {};
  std::stable_sort(strangers.begin(), strangers.end(), [](const auto& a, const auto& b) { return a.second.times > b.second.times; });
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

struct Source {
  std::string name{};
  std::string sha256{};
};

/// Reads and applies as one change, or as none when it is only a preview. `read` returns the last part of a batch, and
/// hands over those before it.
template <class Read>
Answer bring_in(Crm& crm, const Source& from, bool preview, Read read) {
  Doing doing(crm);
  Applying applying(crm, &doing.change());
  auto last = read([&applying](Batch& part) { applying.take(part); });
  const auto source = last.source;
  const auto snapshot_on = last.snapshot_on;
  const auto result = applying.finish(std::move(last));
  FileCounts total;
  for (std::size_t i = 0; i < result.counts.size(); ++i) {
    const auto& counts = result.counts[i];
    total.created += counts.created, total.changed += counts.changed, total.unchanged += counts.unchanged;
    for (const auto& [column, field] : result.batch.files[i].said) crm.store.remember_column(result.batch.files[i].header, column, field);
  }
  const auto files = files_json(result);
  const auto issues = issues_json(result);
  const auto counted = fmt::format("{}: {} new, {} changed, {} unchanged", from.name, total.created, total.changed, total.unchanged);
  Answer answer;
  if (preview) {
    answer.said = "would import " + counted + "; nothing was kept";
  } else {
    answer = doing.done("imported " + counted);
    crm.store.keep({0, answer.change, crm.clock.instant(), source, from.name, from.sha256, snapshot_on, files.dump(), issues.dump(), false});
  }
  answer.data = files;
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
  return path == "-" ? importers::bundle_of("standard input", read_text_file("-", 1'000'000'000, crm.input), importers::never_opened)
                     : importers::open_bundle(path, importers::never_opened);
}

/// What the columns of each table are read as, with the first values of each.
Answer explain(Crm& crm, const Args& args) {
  using Column = reports::Column;
  reports::Document document;
  document.title = "How the columns are read";
  for (const auto& path : args.many("paths")) {
    for (const auto& file : bundle_at(crm, path).files) {
      const auto explained = importers::explain(file, options_of(crm, args));
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
  document.finding = "change what a column is read as by --map 'Column=field', 'Column=extra' or 'Column=ignore'";
  Answer answer;
  answer.document = std::move(document);
  return answer;
}

Answer import_one(Crm& crm, const Args& args, const std::string& path) {
  if (auto everything = args.has("as") ? std::nullopt : import_everything(crm, path, args.flag("preview"))) return *std::move(everything);
  const auto bundle = bundle_at(crm, path);
  const auto as = args.has("map") && !args.has("as") ? "tables" : args.text("as");
  return bring_in(crm, {bundle.name, bundle.sha256}, args.flag("preview"), [&](auto hand_over) {
    remember_stages(crm, args);
    auto options = options_of(crm, args);
    options.hand_over = hand_over;
    auto last = importers::read_bundle(bundle, as, options);
    last.issues.insert(last.issues.end(), bundle.issues.begin(), bundle.issues.end());
    return last;
  });
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

Answer log_notes(Crm& crm, const std::string& event_name, const std::string& path, bool preview, std::optional<Date> day) {
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
  return bring_in(crm, {name, ""}, preview, [&](const auto&) { return std::move(batch); });
}

std::vector<Verb> import_verbs() {
  static const std::string importers_there_are = [] {
    std::string names;
    for (const auto& importer : importers::registry()) names += (names.empty() ? "" : ", ") + std::string(importer.name);
    return "what it is, when the content does not tell: " + names;
  }();
  return {
      {"import", "POST /imports", "read a LinkedIn export, contact cards, tables, calendars, mail, logs of contributions, notes, or an export of Ties", "ties import Basic_LinkedInDataExport_03-02-2026.zip --preview",
       {{"paths", Kind::path, "zips, folders or files; - for standard input", Place::rest, true}, {"as", Kind::text, importers_there_are},
        {"preview", Kind::flag, "show what would be kept, and keep nothing"}, {"since", Kind::day, "leave out messages and applications before that day"},
        {"summary", Kind::flag, "of messages keep dates and counts only"},
        {"new-people", Kind::flag, "of mail and calendars: also people who are no contact yet, when you dealt with them"},
        {"bodies", Kind::flag, "of mail: keep what was written, too; else only who, when and about what"},
        {"stage", Kind::text, "of trackers: where their word for a stage belongs, 'Their word=your stage'; remembered", Place::repeated},
        {"map", Kind::text, "of tables: what a column is, 'Column=field'; as often as needed; remembered for the next table with this header", Place::repeated}, {"explain", Kind::flag, "of tables: show what each column is read as, and read nothing"}},
       import, true, "file, recognised:recognised as, rows, created, changed, unchanged, skipped, why"},
      {"imports", "GET /imports", "what was imported, when, and from where", "ties imports", {{"issues", Kind::flag, "list every issue too"}}, imports, false,
       "id:#, at:when, source, name, snapshot_on:as of, created, changed, skipped, issues, change, state"},
  };
}

}  // namespace ties
