#include "importers/contributions.h"

#include <fmt/format.h>

#include <algorithm>

#include "crm/text/text.h"

namespace ties::importers {
namespace {

constexpr std::size_t address_bytes_max = 1'000;
constexpr std::size_t title_bytes_max = 300;
constexpr std::size_t name_bytes_max = 200;
constexpr std::size_t people_max = 200;
constexpr std::size_t subjects_max = 3;

/// Machines that write under a plain name; "[bot]" at the end tells of all others.
constexpr std::array machines{"dependabot"sv,
                              "dependabot-preview"sv,
                              "renovate"sv,
                              "renovate-bot"sv,
                              "github-actions"sv,
                              "github-merge-queue"sv,
                              "web-flow"sv,
                              "codecov"sv,
                              "codecov-io"sv,
                              "codecov-commenter"sv,
                              "greenkeeper"sv,
                              "mergify"sv,
                              "snyk-bot"sv,
                              "pre-commit-ci"sv,
                              "allcontributors"sv,
                              "coveralls"sv,
                              "gitlab-bot"sv,
                              "gitlab-ci-token"sv,
                              "ghost"sv,
                              "ghost1"sv,
                              "bors"sv,
                              "cla-bot"sv,
                              "imgbot"sv,
                              "weblate"sv};

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return result;
}

std::string title_of(std::string_view written) {
  return text::clean_line(written, title_bytes_max);
}

std::string month_in_words(Date day) {
  constexpr std::array months{"January"sv, "February"sv, "March"sv,     "April"sv,   "May"sv,      "June"sv,
                              "July"sv,    "August"sv,   "September"sv, "October"sv, "November"sv, "December"sv};
  return fmt::format("{} {}", months[static_cast<unsigned>(day.month()) - 1], static_cast<int>(day.year()));
}

bool holds(const std::vector<std::string>& list, const std::string& one) {
  return !one.empty() && std::find(list.begin(), list.end(), one) != list.end();
}

/// Takes one of the beginnings away; whether there was one.
bool take(std::string_view& text, std::initializer_list<std::string_view> beginnings) {
  for (const auto beginning : beginnings) {
    if (!text.starts_with(beginning)) continue;
    text.remove_prefix(beginning.size());
    return true;
  }
  return false;
}

}  // namespace

std::string Repository::owner() const {
  return path.substr(0, path.find('/'));
}

std::string web_address(std::string_view written) {
  std::string_view address = written;
  if (address.size() > address_bytes_max || (!address.starts_with("https://") && !address.starts_with("http://")))
    return "";
  address = address.substr(0, address.find_first_of("?#"));
  while (address.ends_with('/')) address.remove_suffix(1);
  const auto is_odd = [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>' || c == '\\' || c == 0x7F;
  };
  if (std::any_of(address.begin(), address.end(), is_odd) || !text::is_utf8(address)) return "";
  return std::string(address);
}

Repository repository_at(std::string_view address) {
  address = address.substr(0, address.find_first_of("?# \t\r\n"));
  if (address.empty() || address.size() > address_bytes_max || !text::is_utf8(address)) return {};
  const bool has_scheme = take(address, {"https://", "http://", "ssh://", "git://", "git+ssh://"});
  const auto slash = std::min(address.find('/'), address.size());
  if (const auto user = address.substr(0, slash).rfind('@'); user != address.npos) address.remove_prefix(user + 1);
  auto host_end = address.find_first_of(has_scheme ? "/" : ":");
  if (host_end == address.npos || host_end == 0) return {};
  auto host = lower(address.substr(0, host_end));
  auto path = address.substr(host_end + 1);
  if (const auto port = host.find(':'); port != host.npos) host.resize(port);
  if (host.starts_with("www.")) host.erase(0, 4);
  if (host.find('.') == host.npos || host.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") != host.npos)
    return {};
  bool two_parts = host == "github.com";  // all hosts like GitHub have an owner and a name, and then what is in it
  if (host.starts_with("api.") && take(path, {"repos/"})) {
    host.erase(0, 4);
    two_parts = true;
  } else if (take(path, {"api/v3/repos/"})) {
    two_parts = true;
  }
  constexpr std::string_view numbered = "api/v4/projects/";  // GitLab's, which leads to the project's page
  if (path.starts_with(numbered)) {
    const auto number = path.substr(numbered.size(), path.find('/', numbered.size()) - numbered.size());
    return {host, "", fmt::format("https://{}/projects/{}", host, number)};
  }
  path = path.substr(0, path.find("/-/"));
  for (const auto within :
       {"/pull/"sv, "/issues/"sv, "/releases/"sv, "/commit/"sv, "/merge_requests/"sv, "/discussions/"sv, "/pulls/"sv}) {
    path = path.substr(0, path.find(within));
  }
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  if (two_parts) {
    if (const auto first = path.find('/'); first != path.npos) path = path.substr(0, path.find('/', first + 1));
  }
  if (path.ends_with(".git")) path.remove_suffix(4);
  const auto first = path.find('/');
  if (first == path.npos || first == 0 || first + 1 >= path.size() || path.find("//") != path.npos ||
      path.find("..") != path.npos)
    return {};
  if (path.find_first_of("\"<>\\:@") != path.npos) return {};
  return {host, std::string(path), fmt::format("https://{}/{}", host, path)};
}

std::optional<Date> day_of(std::string_view instant) {
  if (instant.size() < 10 || (instant.size() > 10 && instant[10] != 'T' && instant[10] != ' ')) return std::nullopt;
  const auto day = date_from_text(instant.substr(0, 10));
  return day && static_cast<int>(day->year()) > 1 ? day : std::nullopt;
}

bool is_bot(std::string_view login) {
  const auto name = lower(login);
  if (name.ends_with("[bot]") || std::find(machines.begin(), machines.end(), name) != machines.end()) return true;
  if (!name.starts_with("project_") && !name.starts_with("group_")) return false;
  const auto id = name.find_first_of("0123456789");
  const auto behind = name.find_first_not_of("0123456789", std::min(id, name.size()));
  return behind != name.npos && name.substr(behind).starts_with("_bot");
}

PersonKey person_of_commit(std::string_view name, std::string_view mail) {
  PersonKey person;
  person.name = text::clean_line(name, name_bytes_max);
  if (mail.size() > address_bytes_max) return person;
  person.email = normalised(PointKind::email, mail).value_or("");
  const std::pair<std::string_view, std::string PersonKey::*> hidden[] = {
      {"@users.noreply.github.com", &PersonKey::github}, {"@users.noreply.gitlab.com", &PersonKey::gitlab}};
  for (const auto& [ending, login] : hidden) {
    if (!person.email.ends_with(ending)) continue;
    auto local = person.email.substr(0, person.email.size() - ending.size());
    const auto digits = local.find_first_not_of("0123456789");
    if (digits != local.npos && digits > 0 && (local[digits] == '+' || local[digits] == '-'))
      local.erase(0, digits + 1);
    person.*login = local;
    person.email.clear();
  }
  return person;
}

bool is_me(const PersonKey& person, const Options& options) {
  return holds(options.my_emails, person.email) || holds(options.my_github, person.github) ||
         holds(options.my_gitlab, person.gitlab);
}

void add_person(People& people, const PersonKey& person, ContributionPart part) {
  const auto same = [&](const auto& known) {
    const auto& [other, others_part] = known;
    if (others_part != part) return false;
    if (!person.github.empty() || !other.github.empty()) return person.github == other.github;
    if (!person.gitlab.empty() || !other.gitlab.empty()) return person.gitlab == other.gitlab;
    if (!person.email.empty() || !other.email.empty()) return person.email == other.email;
    return person.name == other.name;
  };
  if (person == PersonKey{} || people.size() >= people_max || std::any_of(people.begin(), people.end(), same)) return;
  people.emplace_back(person, part);
}

void CommitMonths::add(Told told) {
  auto key = fmt::format("{} {:04}-{:02}", told.repository.address, static_cast<int>(told.day.year()),
                         static_cast<unsigned>(told.day.month()));
  months_[std::move(key)].push_back(std::move(told));
}

void CommitMonths::finish(Batch& batch, const Options& options) {
  for (auto& [key, told] : months_) {
    std::stable_sort(told.begin(), told.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
    const auto& first = told.front();
    const auto last_day = told.back().day;
    if (options.since && last_day < *options.since) {
      for (const auto& one : told) {
        if (!one.is_row) continue;
        auto& report = batch.files[static_cast<std::size_t>(one.file)];
        ++report.skipped, ++report.skipped_why["before " + to_text(*options.since)];
      }
      continue;
    }
    auto& found = batch.contributions.emplace_back();
    found.file = first.file, found.line = first.line;
    std::set<std::string> hashes;  // a commit that is pushed twice, or told by two files, counts once
    std::vector<std::string> subjects;
    int count = 0, uncounted = 0;
    for (const auto& one : told) {
      if (!one.hash.empty() && !hashes.insert(one.hash).second) continue;
      one.count ? count += *one.count : ++uncounted;
      for (const auto& [person, part] : one.people) add_person(found.people, person, part);
      if (subjects.size() > subjects_max) continue;
      const auto subject = title_of(one.subject);
      if (!subject.empty() && std::find(subjects.begin(), subjects.end(), subject) == subjects.end())
        subjects.push_back(subject);
    }
    auto& contribution = found.contribution;
    contribution.kind = ContributionKind::commits;
    contribution.state = ContributionState::published;
    contribution.opened_on = first.day, contribution.closed_on = last_day;
    contribution.repository = first.repository.path;
    const auto owner = lower(first.repository.owner());
    if (!holds(options.my_github, owner) && !holds(options.my_gitlab, owner)) found.company = first.repository.owner();
    const auto month_start = Date(first.day.year(), first.day.month(), std::chrono::day(1));
    contribution.link =
        first.repository.host.empty()
            ? "git:" + first.hash
            : fmt::format("{}/commits?since={}&until={}", first.repository.address, to_text(month_start),
                          to_text(Date(first.day.year() / first.day.month() / std::chrono::last)));
    const bool more = subjects.size() > subjects_max;
    if (more) subjects.resize(subjects_max);
    const auto listed = fmt::format("{}{}", fmt::join(subjects, "; "), more ? "; …" : "");
    if (uncounted == 0 && count == 1 && subjects.size() == 1) {
      contribution.title = subjects[0];
    } else {
      const auto what =
          uncounted == 0 ? fmt::format("{} commit{}", count, count == 1 ? "" : "s") : std::string("commits");
      contribution.title =
          title_of(fmt::format("{} in {}{}{}", what, month_in_words(first.day), listed.empty() ? "" : ": ", listed));
    }
  }
  months_.clear();
}

void ContributionRows::row(int file, int line) {
  rows_.push_back({file});
  auto& report = batch_.files[static_cast<std::size_t>(file)];
  tell_of_row(options_, report.file, ++report.rows);
  line_ = line;
}

void ContributionRows::by(const std::string& login) {
  rows_.back().by_bot = bot(login);
}

void ContributionRows::skip(const std::string& why) {
  if (rows_.back().is_skipped) return;
  rows_.back().is_skipped = true;
  count_skipped(rows_.back().file, why);
}

void ContributionRows::count_skipped(int file, const std::string& why) {
  auto& report = batch_.files[static_cast<std::size_t>(file)];
  ++report.skipped, ++report.skipped_why[why];
}

int ContributionRows::thing_at(const std::string& link) {
  const auto [at, is_new] = thing_of_link_.try_emplace(link, static_cast<int>(things_.size()));
  if (is_new) {
    auto& thing = things_.emplace_back();
    thing.work.link = link;
    thing.file = rows_.back().file, thing.line = line_;
  }
  return at->second;
}

void ContributionRows::work(Work told) {
  told.link = web_address(told.link);
  if (told.link.empty()) return skip("no address");
  told.author = lower(told.author);
  const int at = thing_at(told.link);
  rows_.back().thing = at;
  auto& thing = things_[static_cast<std::size_t>(at)];
  auto& known = thing.work;
  if (!thing.is_told) {
    thing.is_told = true;
    thing.file = rows_.back().file, thing.line = line_;
    known = std::move(told);
    return;
  }
  const bool counts =
      told.told_at > known.told_at || (told.told_at == known.told_at && told.state == ContributionState::merged);
  if (counts) {
    known.told_at = told.told_at, known.state = told.state, known.closed_on = told.closed_on;
    if (!told.title.empty()) known.title = told.title;
  }
  if (known.title.empty()) known.title = told.title;
  if (known.author.empty()) known.author = told.author;
  if (!known.opened_on) known.opened_on = told.opened_on;
  known.by_user = known.by_user || told.by_user;
}

void ContributionRows::met(const std::string& link, const std::string& login, ContributionPart part,
                           std::optional<Date> on) {
  const auto address = web_address(link);
  if (address.empty()) return skip("no address");
  const int at = thing_at(address);
  if (rows_.back().thing < 0) rows_.back().thing = at;
  if (!login.empty()) things_[static_cast<std::size_t>(at)].met.push_back({lower(login), part, on});
}

void ContributionRows::pushed(const std::string& login, CommitMonths::Told told) {
  told.file = rows_.back().file, told.line = line_;
  told.is_row = !rows_.back().has_push;
  rows_.back().has_push = true;
  pushes_.push_back({lower(login), std::move(told)});
}

void ContributionRows::known_as(const std::string& login, const std::string& name) {
  if (!login.empty() && !name.empty()) names_[lower(login)] = text::clean_line(name, name_bytes_max);
}

void ContributionRows::known_as_bot(const std::string& login) {
  bots_.insert(lower(login));
}

void ContributionRows::is_private(const Repository& repository) {
  private_.insert(repository.address);
}

void ContributionRows::is_user(const std::string& login) {
  if (!login.empty()) users_.insert(lower(login));
}

void ContributionRows::may_be_user(const std::string& login) {
  if (!login.empty()) candidates_.insert(lower(login));
}

bool ContributionRows::bot(const std::string& login) const {
  return is_bot(login) || bots_.contains(login);
}

/// Logins are those of the public host alone; elsewhere they only name.
PersonKey ContributionRows::person(const std::string& login, const Repository& repository) const {
  PersonKey person;
  const auto name = names_.find(login);
  if (name != names_.end()) person.name = name->second;
  const auto value = login.size() > name_bytes_max ? std::nullopt : normalised(host_, login);
  if (host_ == PointKind::github && repository.host == "github.com") person.github = value.value_or("");
  if (host_ == PointKind::gitlab && repository.host == "gitlab.com") person.gitlab = value.value_or("");
  if (person == PersonKey{}) person.name = text::clean_line(login, name_bytes_max);
  return person;
}

void ContributionRows::settle_users() {
  const auto& told = host_ == PointKind::github ? options_.my_github : options_.my_gitlab;
  users_.insert(told.begin(), told.end());
  if (users_.empty() && candidates_.size() == 1) users_ = candidates_;
}

/// When all that was read is by others, the user may be one of them.
void ContributionRows::tell_when_nothing_is_own() {
  if (!batch_.contributions.empty()) return;
  const auto of_others = std::find_if(batch_.files.begin(), batch_.files.end(), [](const FileReport& file) {
    return file.skipped_why.contains(std::string(of_others_));
  });
  if (of_others == batch_.files.end()) return;
  constexpr std::size_t shown_max = 5;
  std::vector<std::string> shown;
  for (const auto& login : candidates_) {
    shown.push_back(shown.size() < shown_max ? text::clean_line(login, 60) : "…");
    if (shown.size() > shown_max) break;
  }
  batch_.issues.push_back(
      {of_others->file, 0, 0,
       fmt::format("nothing in it is known to be by you{}{}; say which login is yours: ties contact edit me --{} LOGIN",
                   shown.empty() ? "" : ", it is by ", fmt::join(shown, ", "), word(host_))});
}

/// Why a work becomes no contribution; empty when it becomes one.
std::string ContributionRows::why_not(const Thing& thing, const Repository& repository) const {
  const auto& work = thing.work;
  const bool reviewed = std::any_of(thing.met.begin(), thing.met.end(), [&](const Met& met) {
    return met.part == ContributionPart::reviewed && mine(met.login);
  });
  const bool own = thing.is_told && (work.by_user || mine(work.author));
  if (bot(work.author) && !reviewed) return std::string(by_a_bot_);
  if (!own && !reviewed) return std::string(of_others_);
  if (private_.contains(repository.address)) return "private";
  const auto last = work.closed_on ? work.closed_on : work.opened_on;
  if (own && options_.since && last && *last < *options_.since) return "before " + to_text(*options_.since);
  return {};
}

void ContributionRows::settle(Thing& thing) {
  const auto& work = thing.work;
  const auto repository = repository_at(work.link);
  thing.why_skipped = why_not(thing, repository);
  if (!thing.why_skipped.empty()) return;

  FoundContribution found;
  found.file = thing.file, found.line = thing.line;
  auto& contribution = found.contribution;
  contribution.kind = work.kind, contribution.link = work.link, contribution.state = work.state;
  contribution.opened_on = work.opened_on, contribution.closed_on = work.closed_on;
  contribution.repository = repository.path;
  contribution.title = title_of(work.title);
  if (contribution.title.empty()) {
    contribution.title = title_of(fmt::format("{}#{}", repository.path, work.link.substr(work.link.rfind('/') + 1)));
  }
  if (!mine(lower(repository.owner()))) found.company = repository.owner();

  const bool own = thing.is_told && (work.by_user || mine(work.author));
  if (own) {
    for (const auto& [login, part, on] : thing.met) {
      if (!mine(login) && login != work.author && !bot(login))
        add_person(found.people, person(login, repository), part);
    }
  } else {
    // The user's review of a work of others: its author is whom the review met.
    contribution.kind = ContributionKind::review, contribution.state = ContributionState::published;
    contribution.opened_on.reset(), contribution.closed_on.reset();
    for (const auto& met : thing.met) {
      if (met.part != ContributionPart::reviewed || !mine(met.login) || !met.on) continue;
      contribution.opened_on = std::min(contribution.opened_on.value_or(*met.on), *met.on);
      contribution.closed_on = std::max(contribution.closed_on.value_or(*met.on), *met.on);
    }
    if (options_.since && contribution.closed_on && *contribution.closed_on < *options_.since) {
      thing.why_skipped = "before " + to_text(*options_.since);
      return;
    }
    if (!work.author.empty() && !bot(work.author)) {
      add_person(found.people, person(work.author, repository), ContributionPart::answered);
    }
  }
  batch_.contributions.push_back(std::move(found));
}

/// GitHub tells of one pull request also as the issue of that number.
void ContributionRows::move_from_issues_to_pull_requests() {
  std::vector<int> moved(things_.size());
  for (std::size_t i = 0; i < things_.size(); ++i) {
    moved[i] = static_cast<int>(i);
    auto link = things_[i].work.link;
    const auto issues = link.find("/issues/");
    if (issues == link.npos) continue;
    const auto pull = thing_of_link_.find(link.replace(issues, 8, "/pull/"));
    if (pull == thing_of_link_.end()) continue;
    moved[i] = pull->second;
    auto& to = things_[static_cast<std::size_t>(pull->second)].met;
    std::move(things_[i].met.begin(), things_[i].met.end(), std::back_inserter(to));
    things_[i] = {};
  }
  for (auto& row : rows_) {
    if (row.thing >= 0) row.thing = moved[static_cast<std::size_t>(row.thing)];
  }
}

void ContributionRows::finish() {
  settle_users();
  move_from_issues_to_pull_requests();
  for (auto& thing : things_) {
    if (!thing.work.link.empty()) settle(thing);
  }
  for (const auto& row : rows_) {
    if (row.thing < 0 || row.is_skipped) continue;
    const auto& why = things_[static_cast<std::size_t>(row.thing)].why_skipped;
    if (row.by_bot || !why.empty()) count_skipped(row.file, row.by_bot ? std::string(by_a_bot_) : why);
  }
  CommitMonths months;
  for (auto& push : pushes_) {
    if (mine(push.login)) {
      months.add(std::move(push.told));
    } else if (push.told.is_row) {
      count_skipped(push.told.file, std::string(bot(push.login) ? by_a_bot_ : of_others_));
    }
  }
  const auto first = batch_.contributions.size();
  months.finish(batch_, options_);
  for (auto i = first; i < batch_.contributions.size(); ++i) {
    if (mine(lower(batch_.contributions[i].company))) batch_.contributions[i].company.clear();
  }
  tell_when_nothing_is_own();
}

}  // namespace ties::importers
