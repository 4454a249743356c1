#include "importers/git_log.h"

#include <fmt/format.h>

#include <algorithm>

#include "crm/text/text.h"
#include "importers/contributions.h"
#include "importers/csv.h"

namespace ties::importers {
namespace {

constexpr std::size_t issues_max = 1'000;
constexpr std::size_t mailmap_lines_max = 100'000;
constexpr char record_sign = '\x1e', field_sign = '\x1f';

constexpr std::string_view of_others = "by others", of_a_bot = "by a bot", a_merge = "a merge", not_whole = "not whole",
                           undated = "no date";

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return result;
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool is_hash(std::string_view text) {
  return text.size() >= 7 && text.size() <= 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

/// The lines of a text, one after the other.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}
  bool next() {
    if (at_ >= text_.size()) return false;
    const auto end = std::min(text_.find('\n', at_), text_.size());
    line = text_.substr(at_, end - at_);
    if (line.ends_with('\r')) line.remove_suffix(1);
    at_ = end + 1;
    ++number;
    return true;
  }
  std::string_view line{};
  int number{};

 private:
  std::string_view text_;
  std::size_t at_{};
};

/// "Ada Brandtner <ada@brandtner.example>"
struct Signature {
  std::string name{}, mail{};
};

std::optional<Signature> signature_of(std::string_view text) {
  const auto open = text.rfind('<');
  const auto close = text.rfind('>');
  if (open == text.npos || close == text.npos || close < open) return std::nullopt;
  return Signature{std::string(trimmed(text.substr(0, open))),
                   std::string(trimmed(text.substr(open + 1, close - open - 1)))};
}

/// Who is meant by a name and an address in a commit, in the four forms of git's mailmap.
class Mailmap {
 public:
  void read(std::string_view text) {
    Lines lines(text);
    while (lines.next() && entries_.size() < mailmap_lines_max) {
      const auto line = lines.line.substr(0, lines.line.find('#'));
      const auto first_close = line.find('>');
      const auto first = signature_of(line.substr(0, first_close == line.npos ? 0 : first_close + 1));
      if (!first) continue;
      const auto second = signature_of(line.substr(first_close + 1));
      if (second) {
        entries_[{lower(second->mail), lower(second->name)}] = *first;
      } else {
        entries_[{lower(first->mail), ""}] = {first->name, ""};
      }
    }
  }

  Signature meant(Signature written) const {
    auto found = entries_.find({lower(written.mail), lower(written.name)});
    if (found == entries_.end()) found = entries_.find({lower(written.mail), ""});
    if (found == entries_.end()) return written;
    if (!found->second.name.empty()) written.name = found->second.name;
    if (!found->second.mail.empty()) written.mail = found->second.mail;
    return written;
  }

 private:
  std::map<std::pair<std::string, std::string>, Signature> entries_{};
};

struct Commit {
  std::string hash{};
  Signature author{}, committer{};
  std::string date{};  ///< as written
  std::string subject{};
  std::string body{};
  bool is_merge{};
  int line{};
};

/// The day of "2025-11-04T10:12:13+01:00", "Tue Nov 4 10:12:13 2025 +0100" or "Tue, 4 Nov 2025 10:12:13 +0100".
std::optional<Date> day_in(std::string_view written) {
  if (const auto day = day_of(written)) return day;
  constexpr std::array months{"Jan"sv, "Feb"sv, "Mar"sv, "Apr"sv, "May"sv, "Jun"sv,
                              "Jul"sv, "Aug"sv, "Sep"sv, "Oct"sv, "Nov"sv, "Dec"sv};
  unsigned month = 0, day = 0;
  int year = 0;
  for (std::size_t at = 0; at < written.size() && at < 100;) {
    const auto end = std::min(written.find_first_of(" ,", at), written.size());
    const auto word = written.substr(at, end - at);
    at = end + 1;
    const auto named = std::find(months.begin(), months.end(), word);
    if (named != months.end()) month = static_cast<unsigned>(named - months.begin()) + 1;
    if (word.empty() || word.size() > 4 || word.find_first_not_of("0123456789") != word.npos) continue;
    int number = 0;
    for (const char c : word) number = number * 10 + (c - '0');
    if (word.size() == 4) {
      year = number;
    } else if (word.size() <= 2 && day == 0) {
      day = static_cast<unsigned>(number);
    }
  }
  const Date date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  return year > 1 && date.ok() ? std::optional(date) : std::nullopt;
}

struct Trailer {
  std::string_view key;
  ContributionPart part;
};
constexpr Trailer trailers[] = {
    {"co-authored-by", ContributionPart::coauthor}, {"co-developed-by", ContributionPart::coauthor},
    {"reviewed-by", ContributionPart::reviewed},    {"acked-by", ContributionPart::reviewed},
    {"approved-by", ContributionPart::reviewed},    {"merged-by", ContributionPart::merged},
    {"tested-by", ContributionPart::answered},
};

// The forms of a log.

enum class Form { unknown, separated, plain, shortlog };

bool begins_commit(std::string_view line) {
  if (!line.starts_with("commit ")) return false;
  const auto hash = line.substr(7, line.find(' ', 7) - 7);
  return hash.size() >= 40 && is_hash(hash);
}

/// "    41\tAda Brandtner <ada@brandtner.example>"
std::optional<std::pair<int, Signature>> summed(std::string_view line) {
  const auto tab = line.find('\t');
  const auto digits = trimmed(line.substr(0, tab == line.npos ? 0 : tab));
  if (digits.empty() || digits.size() > 7 || digits.find_first_not_of("0123456789") != digits.npos) return std::nullopt;
  auto signature = signature_of(line.substr(tab + 1));
  if (!signature || !line.ends_with('>')) return std::nullopt;
  int count = 0;
  for (const char c : digits) count = count * 10 + (c - '0');
  return std::pair(count, *std::move(signature));
}

/// A line of `git config --list` or `--get-regexp` that tells something here.
std::optional<std::pair<std::string_view, std::string_view>> configured(std::string_view line) {
  for (const auto key : {"remote.upstream.url"sv, "remote.origin.url"sv, "user.email"sv}) {
    if (line.size() > key.size() && line.starts_with(key) && (line[key.size()] == '=' || line[key.size()] == ' ')) {
      return std::pair(key, trimmed(line.substr(key.size() + 1)));
    }
  }
  return std::nullopt;
}

Form form_of(std::string_view text) {
  for (auto at = text.find(record_sign); at != text.npos; at = text.find(record_sign, at + 1)) {
    const auto hash =
        text.substr(at + 1, text.find(field_sign, at) == text.npos ? 0 : text.find(field_sign, at) - at - 1);
    if (is_hash(hash)) return Form::separated;
    if (at > 10'000) break;
  }
  Lines lines(text);
  bool in_commit = false, any_summed = false, all_summed = true;
  while (lines.next()) {
    if (in_commit && lines.line.starts_with("Author: ")) return Form::plain;
    if (begins_commit(lines.line)) in_commit = true;
    if (trimmed(lines.line).empty() || configured(lines.line)) continue;
    const bool is_summed = summed(lines.line).has_value();
    any_summed = any_summed || is_summed;
    all_summed = all_summed && is_summed;
  }
  return any_summed && all_summed ? Form::shortlog : Form::unknown;
}

std::string_view beginning(const std::string& bytes) {
  constexpr std::size_t bytes_looked_at = 64'000;
  if (bytes.size() <= bytes_looked_at) return bytes;
  const auto part = std::string_view(bytes).substr(0, bytes_looked_at);
  return part.substr(0, part.rfind('\n') == part.npos ? part.size() : part.rfind('\n'));
}

int recognises(const SourceFile& file) {
  const auto form = form_of(decode(beginning(file.bytes)).text);
  return form == Form::unknown ? 0 : 95;
}

bool is_mailmap(const SourceFile& file) {
  const auto base = std::string_view(file.name).substr(file.name.rfind('/') + 1);
  return base == ".mailmap" || base == "mailmap";
}

class Reading {
 public:
  Reading(Batch& batch, const Options& options, const Mailmap& mailmap)
      : batch_(batch), options_(options), mailmap_(mailmap) {}

  void read(const SourceFile& file) {
    const auto text = decode(file.bytes).text;
    const auto form = form_of(beginning(text));
    at_ = static_cast<int>(batch_.files.size());
    batch_.files.emplace_back();
    report().file = file.name;
    me_ = options_;
    repository_ = {};
    is_upstream_ = false;
    switch (form) {
      case Form::unknown:
        report().not_read = "no log of git";
        return;
      case Form::separated:
        report().recognised = "git log";
        read_separated(text);
        break;
      case Form::plain:
        report().recognised = "git log";
        read_plain(text);
        break;
      case Form::shortlog:
        report().recognised = "git shortlog";
        read_shortlog(text, file.name);
        break;
    }
    const auto& why = report().skipped_why;
    const auto others = why.find(std::string(of_others));
    if (own_ == 0 && others != why.end()) {
      issue(0,
            fmt::format("none of it is by one of your addresses ({}); say which is yours: ties contact "
                        "edit me --email ADDRESS",
                        me_.my_emails.empty() ? "none is known" : fmt::format("{}", fmt::join(me_.my_emails, ", "))));
    }
    own_ = 0;
  }

  void finish() { months_.finish(batch_, options_); }

 private:
  FileReport& report() { return batch_.files[static_cast<std::size_t>(at_)]; }

  void issue(int line, std::string message) {
    if (batch_.issues.size() < issues_max)
      batch_.issues.push_back({report().file, line, line == 0 ? 0 : 1, std::move(message)});
  }

  void skip(std::string_view why) { ++report().skipped, ++report().skipped_why[std::string(why)]; }

  void read_configured(std::string_view line) {
    const auto told = configured(line);
    if (!told) return;
    const auto& [key, value] = *told;
    if (key == "user.email") {
      if (auto mail = value.size() > 500 ? std::nullopt : normalised(PointKind::email, value))
        me_.my_emails.push_back(*std::move(mail));
    } else if (const auto repository = repository_at(value); !repository.host.empty() && !is_upstream_) {
      repository_ = repository;
      is_upstream_ = key == "remote.upstream.url";
    }
  }

  void read_separated(std::string_view text) {
    auto at = std::min(text.find(record_sign), text.size());
    Lines before(text.substr(0, at));
    while (before.next()) read_configured(before.line);
    int line = 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    while (at < text.size()) {
      const auto end = std::min(text.find(record_sign, at + 1), text.size());
      const auto record = text.substr(at + 1, end - at - 1);
      read_record(record, line);
      line += static_cast<int>(std::count(record.begin(), record.end(), '\n'));
      at = end;
    }
  }

  void read_record(std::string_view record, int line) {
    constexpr std::size_t fields_max = 8;
    std::vector<std::string_view> fields;
    while (fields.size() + 1 < fields_max) {
      const auto sign = record.find(field_sign);
      if (sign == record.npos) break;
      fields.push_back(record.substr(0, sign));
      record.remove_prefix(sign + 1);
    }
    fields.push_back(record);
    tell_of_row(options_, report().file, ++report().rows);
    if (fields.size() < 5 || !is_hash(trimmed(fields[0]))) {
      issue(line, "this commit is not whole: a hash, a name, an address, a date and a subject are expected; skipped");
      return skip(not_whole);
    }
    Commit commit;
    commit.line = line;
    commit.hash = trimmed(fields[0]);
    commit.author = {std::string(trimmed(fields[1])), std::string(trimmed(fields[2]))};
    commit.date = trimmed(fields[3]);
    commit.subject = trimmed(fields[4]);
    if (fields.size() >= 7) commit.committer = {std::string(trimmed(fields[5])), std::string(trimmed(fields[6]))};
    if (fields.size() == 6 || fields.size() == 8) commit.body = fields.back();
    commit.is_merge = commit.subject.starts_with("Merge ");
    take(commit);
  }

  void read_plain(std::string_view text) {
    Lines lines(text);
    Commit commit;
    bool in_commit = false, in_message = false;
    const auto end_commit = [&] {
      if (in_commit) tell_of_row(options_, report().file, ++report().rows), take(commit);
    };
    while (lines.next()) {
      const auto line = lines.line;
      if (begins_commit(line)) {
        end_commit();
        commit = {};
        in_commit = true, in_message = false;
        commit.line = lines.number;
        commit.hash = line.substr(7, line.find(' ', 7) - 7);
      } else if (!in_commit) {
        read_configured(line);
      } else if (line.starts_with("    ")) {
        in_message = true;
        const auto words = line.substr(4);
        if (commit.subject.empty()) {
          commit.subject = trimmed(words);
        } else if (commit.body.size() < 100'000) {
          commit.body += std::string(words) + "\n";
        }
      } else if (!in_message) {
        read_header(commit, line);
      }
    }
    end_commit();
  }

  static void read_header(Commit& commit, std::string_view line) {
    const auto colon = line.find(':');
    if (colon == line.npos) return;
    const auto key = line.substr(0, colon);
    const auto value = trimmed(line.substr(colon + 1));
    if (key == "Merge") commit.is_merge = true;
    if (key == "Author") commit.author = signature_of(value).value_or(Signature{std::string(value), ""});
    if (key == "Commit") commit.committer = signature_of(value).value_or(Signature{});
    if (key == "Date" || key == "AuthorDate") commit.date = value;
  }

  void take(const Commit& commit) {
    const auto author = person(commit.author);
    if (is_bot(commit.author.name) || is_bot(author.github)) return skip(of_a_bot);
    if (commit.is_merge || commit.subject.starts_with("Merge ")) return skip(a_merge);
    const auto with = people_of(commit);
    const bool together = std::any_of(with.begin(), with.end(), [&](const auto& one) {
      return one.second == ContributionPart::coauthor && is_me(one.first, me_);
    });
    if (!is_me(author, me_) && !together) return skip(of_others);
    const auto day = day_in(commit.date);
    if (!day) {
      issue(commit.line, fmt::format("\"{}\" is not a date that git writes; the commit was skipped",
                                     text::fit(text::clean_line(commit.date, 200), 40)));
      return skip(undated);
    }
    ++own_;
    CommitMonths::Told told;
    told.repository = repository_, told.hash = commit.hash, told.day = *day, told.subject = commit.subject;
    told.file = at_, told.line = commit.line;
    if (!is_me(author, me_)) add_person(told.people, author, ContributionPart::coauthor);
    for (const auto& [one, part] : with) {
      if (!is_me(one, me_)) add_person(told.people, one, part);
    }
    months_.add(std::move(told));
  }

  PersonKey person(const Signature& written) const {
    const auto meant = mailmap_.meant(written);
    return person_of_commit(meant.name, meant.mail);
  }

  /// Whom the trailers name, and who committed the work of another: for pull requests merged on a page, the page does.
  People people_of(const Commit& commit) const {
    People people;
    Lines lines(commit.body);
    while (lines.next()) {
      const auto colon = lines.line.find(':');
      if (colon == lines.line.npos || colon > 20) continue;
      const auto key = lower(trimmed(lines.line.substr(0, colon)));
      const auto trailer = std::find_if(std::begin(trailers), std::end(trailers),
                                        [&](const Trailer& known) { return known.key == key; });
      if (trailer == std::end(trailers)) continue;
      const auto signature = signature_of(lines.line.substr(colon + 1));
      if (signature && !is_bot(signature->name)) add_person(people, person(*signature), trailer->part);
    }
    const auto committer = person(commit.committer);
    const bool is_page = committer.email == "noreply@github.com" || is_bot(commit.committer.name);
    if (!commit.committer.mail.empty() && !is_page && committer != person(commit.author))
      add_person(people, committer, ContributionPart::merged);
    return people;
  }

  void read_shortlog(std::string_view text, const std::string& file) {
    int commits = 0, first_line = 0;
    Lines lines(text);
    while (lines.next()) {
      read_configured(lines.line);
      const auto counted = summed(lines.line);
      if (!counted) continue;
      ++report().rows;
      const auto who = person(counted->second);
      if (is_bot(counted->second.name) || is_bot(who.github)) {
        skip(of_a_bot);
      } else if (!is_me(who, me_)) {
        skip(of_others);
      } else {
        commits += counted->first;
        if (first_line == 0) first_line = lines.number;
      }
    }
    if (commits == 0) return;
    ++own_;
    FoundContribution found;
    found.file = at_, found.line = first_line;
    found.company = repository_.owner();
    auto& contribution = found.contribution;
    contribution.kind = ContributionKind::commits, contribution.state = ContributionState::published;
    contribution.repository = repository_.path;
    contribution.title = fmt::format("{} commit{}", commits, commits == 1 ? "" : "s");
    contribution.link =
        repository_.host.empty() ? "git:shortlog/" + text::clean_line(file, 200) : repository_.address + "/commits";
    batch_.contributions.push_back(std::move(found));
  }

  Batch& batch_;
  const Options& options_;
  const Mailmap& mailmap_;
  CommitMonths months_{};
  Options me_{};  ///< with what the file itself tells of the user
  Repository repository_{};
  bool is_upstream_{};
  int at_{};
  int own_{};
};

Batch read(const std::vector<SourceFile>& files, const Options& options) {
  Batch batch;
  batch.source = "git";
  Mailmap mailmap;
  for (const auto& file : files) {
    if (is_mailmap(file)) mailmap.read(decode(file.bytes).text);
  }
  Reading reading(batch, options, mailmap);
  for (const auto& file : files) {
    if (is_mailmap(file)) {
      auto& report = batch.files.emplace_back();
      report.file = file.name, report.recognised = "git's mailmap";
    } else if (files.size() == 1 || recognises(file) > 0) {
      if (options.progress)
        options.progress(file.name, static_cast<std::int64_t>(batch.files.size()),
                         static_cast<std::int64_t>(files.size()));
      reading.read(file);
    }
  }
  reading.finish();
  return batch;
}

}  // namespace

const Importer git_log{"git", "a log of git", recognises, read, nullptr};

}  // namespace ties::importers
