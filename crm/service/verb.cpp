#include "crm/service/verb.h"

#include "crm/service/listing.h"
#include "crm/text/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties {
namespace {

std::string joined(std::span<const std::string_view> choices) { return fmt::format("{}", fmt::join(choices, ", ")); }

void check_value(const Arg& arg, std::string& value, Date today, bool may_empty) {
  const auto wrong = [&](const std::string& what) { return Wrong(fmt::format("{}: '{}' {}", arg.name, value, what), std::string(arg.name)); };
  if (arg.kind != Arg::Kind::path && arg.kind != Arg::Kind::place) value = text::clean(value);
  if (value.empty() && may_empty && !arg.required && arg.kind != Arg::Kind::choice) return;
  switch (arg.kind) {
    case Arg::Kind::number:
      if (value.empty() || value.size() > 9 || !std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; })) throw wrong("is no whole number");
      break;
    case Arg::Kind::day:
      if (!day_from_words(value, today)) throw wrong("is no day; write 2026-03-01, friday, or 'in 2 weeks'");
      break;
    case Arg::Kind::moment:
      if (!moment_from_text(value)) throw wrong("is no time; write '2026-03-01 14:00'");
      break;
    case Arg::Kind::choice: {
      std::replace(value.begin(), value.end(), '-', '_');
      if (std::find(arg.choices.begin(), arg.choices.end(), value) == arg.choices.end()) {
        const std::vector<std::string> candidates(arg.choices.begin(), arg.choices.end());
        throw wrong(fmt::format("is none of {}{}", joined(arg.choices), did_you_mean(value, candidates)));
      }
      break;
    }
    case Arg::Kind::text:
    case Arg::Kind::flag:
    case Arg::Kind::path:
    case Arg::Kind::place: break;
  }
}

/// What every list can be asked for besides its own arguments.
const std::vector<Arg>& list_args() {
  static const std::vector<Arg> args{
      {"limit", Arg::Kind::number, "at most so many"},
      {"offset", Arg::Kind::number, "pass over so many"},
      {"after", Arg::Kind::text, "go on behind the cursor that came with the page before"},
      {"sort", Arg::Kind::text, "a field to sort by, '-' before it for the other way round"},
      {"fields", Arg::Kind::text, "only these fields, commas between them"},
  };
  return args;
}

void add_list_args(Verb& verb) {
  for (const auto& arg : list_args()) {
    const bool is_own = std::any_of(verb.args.begin(), verb.args.end(), [&](const Arg& own) { return own.name == arg.name; });
    if (!is_own) verb.args.push_back(arg);
  }
}

}  // namespace

std::string Args::text(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() || found->second.empty() ? "" : found->second.front();
}

std::vector<std::string> Args::many(std::string_view name) const {
  const auto found = values_.find(name);
  auto values = found == values_.end() ? std::vector<std::string>{} : found->second;
  std::erase(values, "");
  return values;
}

bool Args::replaces(std::string_view name) const {
  const auto found = values_.find(name);
  return found != values_.end() && (sets_whole_ || std::find(found->second.begin(), found->second.end(), "") != found->second.end());
}

int Args::number(std::string_view name) const { return number_if_any(name).value_or(0); }

std::optional<int> Args::number_if_any(std::string_view name) const {
  const auto written = text(name);
  return written.empty() ? std::nullopt : std::optional<int>(std::stoi(written));
}

void Args::edit(std::string_view name, std::string& field) const {
  if (has(name)) field = text(name);
}

void Args::edit(std::string_view name, std::optional<Date>& field) const {
  if (has(name)) field = day(name);
}

void Args::edit(std::string_view name, std::optional<int>& field) const {
  if (has(name)) field = number_if_any(name);
}

std::optional<Date> Args::day(std::string_view name) const {
  const bool is_past = name == "on" || name == "since" || name == "until";
  return has(name) ? day_from_words(text(name), today_, is_past ? Lean::past : Lean::future) : std::nullopt;
}

Page Args::page() const {
  Page page;
  page.limit = number_if_any("limit");
  page.offset = number("offset");
  page.after = text("after");
  page.sort = text("sort");
  const auto fields = text("fields");
  for (std::size_t at = 0; at < fields.size();) {
    const auto end = std::min(fields.find(',', at), fields.size());
    page.fields.push_back(text::clean_line(fields.substr(at, end - at)));
    at = end + 1;
  }
  return page;
}

std::optional<Moment> Args::moment(std::string_view name) const { return has(name) ? moment_from_text(text(name)) : std::nullopt; }

Guarded::Guarded(std::vector<Warning> found)
    : Conflict([&] {
        std::string said;
        for (const auto& warning : found) said += fmt::format("{}{}: {}", said.empty() ? "" : "\n", warning.guard, warning.reason);
        return said;
      }()),
      warnings(std::move(found)) {}

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> table = [] {
    std::vector<Verb> all;
    for (const auto topic : {report_verbs, path_verbs, plan_verbs, brief_verbs, draft_verbs, application_report_verbs, network_report_verbs, import_verbs, export_verbs, journal_verbs, contact_verbs, duplicate_verbs, interaction_verbs, event_verbs,
                             contribution_verbs, company_verbs, tag_verbs, pipeline_verbs, application_verbs, referral_verbs, suggestion_verbs, task_verbs, bulk_verbs, view_verbs, credential_verbs, file_verbs, backup_verbs, sample_verbs}) {
      for (auto& verb : topic()) all.push_back(std::move(verb));
    }
    for (auto& verb : all) {
      if (verb.lists()) add_list_args(verb);
    }
    return all;
  }();
  return table;
}

const Verb& verb_called(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& verb : verbs()) {
    if (verb.name == name) return verb;
    names.emplace_back(verb.name);
  }
  throw Wrong(fmt::format("there is no command '{}'{}", name, did_you_mean(name, names)));
}

Args checked(std::string_view command, const std::vector<Arg>& args, Args::Raw raw, Date today, bool go_on, bool may_empty) {
  for (auto& [name, values] : raw) {
    const auto arg = std::find_if(args.begin(), args.end(), [&](const Arg& a) { return a.name == name; });
    if (arg == args.end()) {
      std::vector<std::string> names;
      for (const auto& known : args) names.emplace_back(known.name);
      throw Wrong(fmt::format("{}: there is no '{}'{}", command, name, did_you_mean(name, names)), name);
    }
    for (auto& value : values) check_value(*arg, value, today, may_empty);
  }
  for (const auto& arg : args) {
    const bool needed = arg.required || arg.place == Arg::Place::first;
    const auto given = raw.find(arg.name);
    if (needed && (given == raw.end() || given->second.empty() || given->second.front().empty())) {
      throw Wrong(fmt::format("{}: give the {}: {}", command, arg.name, arg.help), std::string(arg.name));
    }
  }
  return {std::move(raw), today, go_on};
}

namespace {

/// As long as it lives, what the verb changes is tried and not kept, if it is asked for.
class Trying {
 public:
  Trying(Crm& crm, bool asked) : crm_(crm), before_(crm.dry_run) { crm.dry_run = crm.dry_run || asked; }
  ~Trying() { crm_.dry_run = before_; }
  Trying(const Trying&) = delete;
  Trying& operator=(const Trying&) = delete;

 private:
  Crm& crm_;
  bool before_;
};

/// The argument that a message begins with: "cadence: 'x' is none; …".
std::string field_of(const Verb& verb, std::string_view message) {
  const auto name = message.substr(0, message.find(": "));
  const bool is_argument = std::any_of(verb.args.begin(), verb.args.end(), [&](const Arg& arg) { return arg.name == name; });
  return is_argument ? std::string(name) : "";
}

}  // namespace

Answer run(Crm& crm, std::string_view name, Args::Raw raw, bool go_on) {
  const auto& verb = verb_called(name);
  auto args = checked(verb.name, verb.args, std::move(raw), crm.clock.today(), go_on, verb.edits());
  args.take_whole_sets(crm.sets_whole && verb.edits());
  const Trying trying(crm, args.flag("preview"));
  try {
    const Sight sight(crm.store, crm.sees_private);
    auto answer = in_plain_words(crm.store.file(), [&] { return verb.run(crm, args); });
    if (verb.lists()) turn_to_page(answer, args.page());
    return answer;
  } catch (Wrong& wrong) {
    if (wrong.field.empty()) wrong.field = field_of(verb, wrong.what());
    throw;
  }
}

Answer Doing::done(std::string said, Json data, std::optional<Id<Change>> undoes) {
  Answer answer;
  if (!crm_.dry_run) {
    if (crm_.before_commit) crm_.before_commit(said);
    answer.change = change_.commit(said, undoes);
  }
  answer.said = std::move(said);
  answer.data = std::move(data);
  return answer;
}

}  // namespace ties
