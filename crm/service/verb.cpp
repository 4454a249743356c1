#include "crm/service/verb.h"

#include "crm/text/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties {
namespace {

std::string joined(std::span<const std::string_view> choices) { return fmt::format("{}", fmt::join(choices, ", ")); }

void check_value(const Arg& arg, std::string& value, Date today) {
  if (arg.kind != Arg::Kind::path && arg.kind != Arg::Kind::place) value = text::clean(value);
  switch (arg.kind) {
    case Arg::Kind::number:
      if (value.empty() || value.size() > 9 || !std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        throw Wrong(fmt::format("{}: '{}' is no whole number", arg.name, value));
      }
      break;
    case Arg::Kind::day:
      if (!day_from_words(value, today)) throw Wrong(fmt::format("{}: '{}' is no day; write 2026-03-01, friday, or 'in 2 weeks'", arg.name, value));
      break;
    case Arg::Kind::moment:
      if (!moment_from_text(value)) throw Wrong(fmt::format("{}: '{}' is no time; write '2026-03-01 14:00'", arg.name, value));
      break;
    case Arg::Kind::choice: {
      std::replace(value.begin(), value.end(), '-', '_');
      if (std::find(arg.choices.begin(), arg.choices.end(), value) == arg.choices.end()) {
        const std::vector<std::string> candidates(arg.choices.begin(), arg.choices.end());
        throw Wrong(fmt::format("{}: '{}' is none of {}{}", arg.name, value, joined(arg.choices), did_you_mean(value, candidates)));
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
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

int Args::number(std::string_view name) const { return has(name) ? std::stoi(text(name)) : 0; }

std::optional<Date> Args::day(std::string_view name) const {
  const bool is_past = name == "on" || name == "since" || name == "until";
  return has(name) ? day_from_words(text(name), today_, is_past ? Lean::past : Lean::future) : std::nullopt;
}

Page Args::page() const {
  Page page;
  if (has("limit")) page.limit = number("limit");
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
    for (const auto topic : {report_verbs, import_verbs, export_verbs, journal_verbs, contact_verbs, duplicate_verbs, interaction_verbs, event_verbs,
                             contribution_verbs, company_verbs, pipeline_verbs, application_verbs, referral_verbs, suggestion_verbs, task_verbs, file_verbs}) {
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

Args checked(std::string_view command, const std::vector<Arg>& args, Args::Raw raw, Date today, bool go_on) {
  for (auto& [name, values] : raw) {
    const auto arg = std::find_if(args.begin(), args.end(), [&](const Arg& a) { return a.name == name; });
    if (arg == args.end()) {
      std::vector<std::string> names;
      for (const auto& known : args) names.emplace_back(known.name);
      throw Wrong(fmt::format("{}: there is no '{}'{}", command, name, did_you_mean(name, names)));
    }
    for (auto& value : values) check_value(*arg, value, today);
  }
  for (const auto& arg : args) {
    const bool needed = arg.required || arg.place == Arg::Place::first;
    const auto given = raw.find(arg.name);
    if (needed && (given == raw.end() || given->second.empty() || given->second.front().empty())) {
      throw Wrong(fmt::format("{}: give the {}: {}", command, arg.name, arg.help));
    }
  }
  return {std::move(raw), today, go_on};
}

Answer run(Crm& crm, std::string_view name, Args::Raw raw, bool go_on) {
  const auto& verb = verb_called(name);
  const auto args = checked(verb.name, verb.args, std::move(raw), crm.clock.today(), go_on);
  return in_plain_words(crm.store.file(), [&] { return verb.run(crm, args); });
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
