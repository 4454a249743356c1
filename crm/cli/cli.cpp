#include "crm/cli/cli.h"

#include "crm/cli/editor.h"
#include "crm/cli/print.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <deque>
#include <iostream>

namespace ties::cli {
namespace {

constexpr int done = 0, not_there = 1, wrong_words = 2, our_fault = 70;

struct Globals {
  std::string file, today, format;
  bool json{}, csv{}, yes{}, quiet{};
};

/// A word that begins with one hyphen and is longer than an option's letter is a negated condition of a query
/// ("-tag:recruiter"): hidden from CLI11 behind this mark, and shown again.
constexpr char hidden_hyphen = '\x01';
/// Before an argument that is called like a command ("pipeline use referral"), which CLI11 would take for that command.
constexpr char no_command = '\x02';

std::vector<std::string> words_of(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  for (auto& word : words) {
    if (word.size() > 2 && word[0] == '-' && word[1] != '-') word[0] = hidden_hyphen;
  }
  return words;
}

/// The command that was parsed, with its raw arguments.
struct Parsed {
  const Verb* verb{};
  Args::Raw raw{};
  const Command* command{};  ///< in place of a verb
};

void add_argument(CLI::App& command, const Arg& arg, Args::Raw& raw, std::vector<std::pair<std::string, CLI::Option*>>& flags) {
  const std::string name(arg.name);
  auto help = std::string(arg.help);
  if (arg.kind == Arg::Kind::flag) {
    flags.emplace_back(name, command.add_flag(name == "preview" ? "--preview,--dry-run" : "--" + name)->description(help));
    return;
  }
  const bool positional = arg.place == Arg::Place::first || arg.place == Arg::Place::optional_first || arg.place == Arg::Place::rest;
  const auto shown_again = [](std::string value) {
    if (!value.empty() && value[0] == hidden_hyphen) value[0] = '-';
    if (!value.empty() && value[0] == no_command) value.erase(0, 1);
    return value;
  };
  const auto written = positional ? name : "--" + name;
  CLI::Option* option = nullptr;
  if (arg.place == Arg::Place::rest || arg.place == Arg::Place::repeated) {
    option = command.add_option_function<std::vector<std::string>>(
        written,
        [&raw, name, shown_again](const std::vector<std::string>& values) {
          for (const auto& value : values) raw[name].push_back(shown_again(value));
        },
        help);
    if (arg.place == Arg::Place::repeated) option->expected(1)->take_all();
  } else {
    option = command.add_option_function<std::string>(written, [&raw, name, shown_again](const std::string& value) { raw[name] = {shown_again(value)}; }, help);
    if (!positional) option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  }
  option->type_name(arg.kind == Arg::Kind::day ? "DAY" : arg.kind == Arg::Kind::number ? "NUMBER" : arg.kind == Arg::Kind::moment ? "TIME" : arg.kind == Arg::Kind::path || arg.kind == Arg::Kind::place ? "FILE" : "TEXT");
}

/// One CLI11 command for each verb: "contact add" is the command add within contact.
class Commands {
 public:
  Commands(Globals& globals, const std::vector<Command>& shell_commands) : app_("Ties: people, referrals and applications, in one file of yours", "ties") {
    app_.fallthrough();
    app_.set_version_flag("--version", std::string("ties ") + TIES_VERSION);
    app_.add_option("--file", globals.file, "the file to use; else $TIES_FILE, else ties.db in the data folder");
    app_.add_flag("--json", globals.json, "print JSON");
    app_.add_flag("--csv", globals.csv, "print CSV");
    app_.add_option("--format", globals.format, "text, markdown, html, json, csv, ics; of charts also svg");
    app_.add_option("--today", globals.today, "the day to pretend, 2026-03-01; for scripts");
    app_.add_flag("--yes", globals.yes, "go on past warnings");
    app_.add_flag("--quiet", globals.quiet, "print results only");
    app_.footer("Without a command: what deserves attention today.\nStart with: ties import Basic_LinkedInDataExport_….zip\nEvery command has --help with an example.");
    for (const auto& verb : verbs()) add(verb.name, verb.summary, verb.example, verb.args).verb = &verb;
    for (const auto& command : shell_commands) add(command.name, command.summary, command.example, command.args).shell_command = &command;
  }

  /// Throws CLI's errors.
  Parsed parse(std::vector<std::string> words) {
    check_command(words);
    std::reverse(words.begin(), words.end());
    app_.parse(words);
    for (auto& entry : entries_) {
      if (!entry.command->parsed() || !entry.command->get_subcommands().empty()) continue;
      for (const auto& [name, flag] : entry.flags) {
        if (flag->count() > 0) entry.raw[name] = {"yes"};
      }
      return {entry.verb, std::move(entry.raw), entry.shell_command};
    }
    for (const auto* noun : app_.get_subcommands()) throw Wrong(fmt::format("{}: say what to do: {}", noun->get_name(), words_of_noun(*noun)));
    return {&verb_called("followups"), {}, nullptr};
  }

  int exit(const CLI::Error& error) { return app_.exit(error, std::cout, std::cerr) == 0 ? done : wrong_words; }

 private:
  struct Entry {
    std::string name{};
    const Verb* verb{};
    const Command* shell_command{};
    CLI::App* command{};
    Args::Raw raw{};
    std::vector<std::pair<std::string, CLI::Option*>> flags{};
  };

  Entry& add(std::string_view called, std::string_view summary, std::string_view example, const std::vector<Arg>& args) {
    const std::string name(called);
    const auto blank = name.find(' ');
    CLI::App* parent = &app_;
    if (blank != std::string::npos) {
      // A command may be a noun too: `ties followups`, `ties followups count`.
      auto& noun = nouns_[name.substr(0, blank)];
      for (const auto& entry : entries_) {
        if (entry.name == name.substr(0, blank)) noun = entry.command;
      }
      if (noun == nullptr) noun = app_.add_subcommand(name.substr(0, blank), "");
      noun->fallthrough();
      noun->require_subcommand(0, 1);
      parent = noun;
    }
    const auto word = blank == std::string::npos ? name : name.substr(blank + 1);
    auto& entry = entries_.emplace_back();
    entry.name = name;
    entry.command = parent->add_subcommand(word, std::string(summary));
    entry.command->fallthrough();
    entry.command->footer("Example:\n  " + std::string(example));
    for (const auto& arg : args) add_argument(*entry.command, arg, entry.raw, entry.flags);
    if (parent != &app_ && !is_command(parent)) parent->description(words_of_noun(*parent));
    return entry;
  }

  bool is_command(const CLI::App* app) const {
    return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.command == app; });
  }

  static std::string words_of_noun(const CLI::App& noun) {
    std::string words;
    for (const auto* verb : noun.get_subcommands([](const CLI::App*) { return true; })) words += (words.empty() ? "" : ", ") + verb->get_name();
    return words;
  }

  void hide_commands(std::vector<std::string>& words, std::size_t from) const {
    for (std::size_t i = from; i < words.size(); ++i) {
      const bool named = std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) { return (" " + entry.name + " ").find(" " + words[i] + " ") != std::string::npos; });
      if (named) words[i].insert(words[i].begin(), no_command);
    }
  }

  /// Says which command was meant, which CLI11 does not.
  void check_command(std::vector<std::string>& words) {
    const CLI::App* at = &app_;
    bool value_expected = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto& word = words[i];
      if (word.starts_with("--")) {
        value_expected = word == "--file" || word == "--today" || word == "--format";
        continue;
      }
      if (std::exchange(value_expected, false)) continue;
      std::vector<std::string> names;
      const CLI::App* next = nullptr;
      for (const auto* command : at->get_subcommands([](const CLI::App*) { return true; })) {
        if (command->get_name() == word) next = command;
        names.push_back(command->get_name());
      }
      if (next == nullptr) {
        const auto noun = at == &app_ ? std::string() : at->get_name() + " ";
        if (is_command(at) && did_you_mean(word, names).empty()) return hide_commands(words, i);
        throw Wrong(fmt::format("there is no command '{}{}'{}; `ties {}--help` lists them", noun, word, did_you_mean(word, names), noun));
      }
      if (next->get_subcommands([](const CLI::App*) { return true; }).empty()) return hide_commands(words, i + 1);
      at = next;
    }
  }

  CLI::App app_;
  std::map<std::string, CLI::App*> nouns_;
  std::deque<Entry> entries_;
};

reports::TextStyle style_of_terminal() {
  reports::TextStyle style;
  if (isatty(STDOUT_FILENO) == 0) return style;
  winsize size{};
  style.width = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
  style.colour = !colour_unwanted();
  return style;
}

/// "1,240"
std::string with_commas(std::int64_t number) {
  auto text = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) text.insert(static_cast<std::size_t>(at), ",");
  return text;
}

/// How much of a list is shown, when that is not all: "20 of 1,240; --offset 20 shows the next".
std::optional<std::string> remark_on_part(const Answer& answer, const Args::Raw& raw) {
  if (!answer.total || !answer.data.is_array() || answer.data.empty() || static_cast<std::int64_t>(answer.data.size()) >= *answer.total) return std::nullopt;
  const auto shown = static_cast<std::int64_t>(answer.data.size());
  const auto part = fmt::format("{} of {}", with_commas(shown), with_commas(*answer.total));
  if (answer.next.empty() || raw.contains("after")) return part;
  const auto offset = raw.find("offset");
  return fmt::format("{}; --offset {} shows the next", part, shown + (offset == raw.end() ? 0 : std::stoi(offset->second.front())));
}

bool asked_to_go_on() {
  if (isatty(STDIN_FILENO) == 0 || isatty(STDERR_FILENO) == 0) return false;
  std::cerr << "go on? [y/N] " << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "yes";
}

Answer run_asking(Crm& crm, const Parsed& parsed, bool yes) {
  try {
    return run(crm, parsed.verb->name, parsed.raw, yes);
  } catch (const Guarded& guarded) {
    for (const auto& warning : guarded.warnings) std::cerr << "warning, " << warning.guard << ": " << warning.reason << "\n";
    if (!asked_to_go_on()) throw Conflict("nothing was changed; add --yes to go on all the same");
    return run(crm, parsed.verb->name, parsed.raw, true);
  }
}

/// What the user makes of a template in their editor, as further arguments of the command.
void edit_template(Crm& crm, Parsed& parsed) {
  const auto template_now = run(crm, "template show", {{"template", parsed.raw["template"]}}).data;
  const auto left = edited({template_now["subject"].get<std::string>(), template_now["text"].get<std::string>()});
  parsed.raw["subject"] = {left.subject}, parsed.raw["text"] = {left.text};
}

/// What the user makes of a draft in their editor; gaps that are gone are no longer told.
void edit_draft(Answer& answer) {
  const auto left = edited({answer.data["subject"].get<std::string>(), answer.data["text"].get<std::string>()});
  answer.data["subject"] = left.subject, answer.data["text"] = left.text;
  Json gaps = Json::array();
  for (const auto& gap : answer.data["gaps"]) {
    const auto why = gap["why"].get<std::string>();
    if (to_text(left).find("{" + gap["placeholder"].get<std::string>() + "}") != std::string::npos) {
      gaps.push_back(gap);
    } else {
      std::erase(answer.remarks, why);
    }
  }
  answer.data["gaps"] = gaps;
}

int run_command(const Globals& globals, Parsed parsed) {
  const auto& formats = reports::formats();
  const auto format = globals.json ? "json" : globals.csv ? "csv" : globals.format.empty() ? std::string("text") : globals.format;
  if (std::find(formats.begin(), formats.end(), format) == formats.end()) throw Wrong(fmt::format("format: '{}' is none of {}{}", format, fmt::join(formats, ", "), did_you_mean(format, formats)));

  const auto today = day_to_pretend(globals.today);
  Store store(file_to_use(globals.file));
  const Config config(in_plain_words(store.file(), [&] { return store.settings(); }));
  Crm crm{store, Clock(today, config.text("time_zone")), config, "cli"};
  crm.output = &std::cout;
  crm.input = &std::cin;
  const bool shows_progress = isatty(STDERR_FILENO) != 0 && !globals.quiet;
  if (shows_progress) {
    crm.progress = [](std::string_view what, std::int64_t count, std::int64_t total) { std::cerr << fmt::format("\r\x1b[K{} {}", what, count) << (total > 0 ? fmt::format(" of {}", total) : "") << std::flush; };
  }
  const bool is_edited = parsed.raw.contains("edit");
  if (is_edited && parsed.verb->name == "template edit") edit_template(crm, parsed);
  auto answer = run_asking(crm, parsed, globals.yes);
  if (is_edited && parsed.verb->name == "draft") edit_draft(answer);
  if (const auto remark = remark_on_part(answer, parsed.raw)) answer.remarks.push_back(*remark);
  if (shows_progress) std::cerr << "\r\x1b[K";
  for (const auto& warning : answer.overridden) std::cerr << "went past " << warning.guard << ": " << warning.reason << "\n";
  const bool asked = std::any_of(parsed.raw.begin(), parsed.raw.end(), [](const auto& arg) { return arg.first != "limit" && arg.first != "sort" && arg.first != "fields"; });
  if (answer.aside) {
    if (!globals.quiet) std::cerr << said_and_remarks(answer);
  } else {
    std::cout << printed(*parsed.verb, answer, {format, style_of_terminal(), reports::calendar_stamp(crm.clock.instant()), globals.quiet, asked});
  }
  std::cout << std::flush;
  if (!std::cout && errno != EPIPE) throw Conflict("the output could not be written; is the disk full?");
  return answer.failed ? not_there : done;
}

int told(const std::exception& error, int code) {
  std::cerr << "ties: " << error.what() << "\n";
  return code;
}

}  // namespace

int main(int argc, char** argv, const std::vector<Command>& shell_commands) {
  try {
    Globals globals;
    Commands commands(globals, shell_commands);
    Parsed parsed;
    try {
      parsed = commands.parse(words_of(argc, argv));
    } catch (const CLI::Error& error) {
      return commands.exit(error);
    }
    if (parsed.command == nullptr) return run_command(globals, parsed);
    const auto today = day_to_pretend(globals.today);
    const auto args = checked(parsed.command->name, parsed.command->args, std::move(parsed.raw), Clock(today).today(), globals.yes);
    return parsed.command->run({file_to_use(globals.file), today, globals.quiet}, args);
  } catch (const Wrong& error) {
    return told(error, wrong_words);
  } catch (const NotFound& error) {
    return told(error, not_there);
  } catch (const Conflict& error) {
    return told(error, not_there);
  } catch (const StoreError& error) {
    return told(error, not_there);
  } catch (const std::exception& error) {
    std::cerr << "ties: this should not have happened, and nothing was changed: " << error.what() << "\n";
    return our_fault;
  }
}

}  // namespace ties::cli
