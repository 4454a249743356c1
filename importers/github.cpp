#include "importers/github.h"

#include <fmt/format.h>

#include <algorithm>

#include "importers/contributions.h"
#include "importers/csv.h"
#include "importers/json.h"

namespace ties::importers {
namespace {

using Work = ContributionRows::Work;

/// The fields of one meaning: `gh` writes "createdAt", the API "created_at".
JsonValue either(JsonValue value, std::string_view one, std::string_view other) {
  return value.has(one) ? value[one] : value[other];
}

/// "https://github.com/ada" → "ada"; "https://github.com/apps/dependabot" → "dependabot[bot]".
std::string login_at(const std::string& address) {
  const auto last = address.rfind('/');
  if (last == std::string::npos) return address;
  const bool is_app = address.find("/apps/") != std::string::npos;
  return address.substr(last + 1) + (is_app ? "[bot]" : "");
}

/// A person as an object with a login, or as an address.
std::string login_of(JsonValue person) {
  const auto login = person["login"].text();
  return login.empty() ? login_at(person.text()) : login;
}

bool is_marked_as_bot(JsonValue person) {
  return person["is_bot"].is_true() || person["type"].text() == "Bot";
}

bool is_pull_request(const std::string& link) {
  return link.find("/pull/") != std::string::npos;
}

bool is_issue(const std::string& link) {
  return link.find("/issues/") != std::string::npos;
}

/// What all forms of a pull request or an issue have in common: its fields in either spelling.
Work work_of(JsonValue value, const std::string& link) {
  Work work;
  work.link = link;
  work.kind = is_pull_request(link) || value["isPullRequest"].is_true() ? ContributionKind::pull_request
                                                                        : ContributionKind::issue;
  work.title = value["title"].text();
  work.author = login_of(value.has("author") ? value["author"] : value["user"]);
  work.opened_on = day_of(either(value, "createdAt", "created_at").text());
  work.told_at = either(value, "updatedAt", "updated_at").text();
  auto state = value["state"].text();
  std::transform(state.begin(), state.end(), state.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  auto merged_at = day_of(either(value, "mergedAt", "merged_at").text());
  if (!merged_at) merged_at = day_of(value["pull_request"]["merged_at"].text());
  const auto closed_at = day_of(either(value, "closedAt", "closed_at").text());
  if (merged_at || state == "merged" || value["merged"].is_true()) {
    work.state = ContributionState::merged;
    work.closed_on = merged_at ? merged_at : closed_at;
  } else if (closed_at || state == "closed") {
    work.state = ContributionState::closed;
    work.closed_on = closed_at;
  }
  return work;
}

/// The web address of a repository that is given by that of the API: "https://api.github.com/repos/o/r".
std::string page_of(const std::string& api_address) {
  return repository_at(api_address).address;
}

/// A list, from `gh` or the API. Without authors it was asked for with --author @me.
void read_listed(JsonValue value, const std::string& link, ContributionRows& rows) {
  auto work = work_of(value, link);
  const auto author = value.has("author") ? value["author"] : value["user"];
  const auto login = work.author;
  work.by_user = !author;
  if (is_marked_as_bot(author)) rows.known_as_bot(login);
  rows.known_as(login, author["name"].text());
  rows.may_be_user(login);
  if (either(value["repository"], "isPrivate", "private").is_true()) rows.is_private(repository_at(link));
  rows.work(std::move(work));
  for (const auto& review : value["reviews"].items()) {
    rows.met(link, login_of(review["author"]), ContributionPart::reviewed, day_of(review["submittedAt"].text()));
  }
  for (const auto& comment : value["comments"].items()) {
    rows.met(link, login_of(comment["author"]), ContributionPart::answered, day_of(comment["createdAt"].text()));
  }
  for (const auto merger : {value["mergedBy"], value["merged_by"]}) {
    if (!merger) continue;
    if (is_marked_as_bot(merger)) rows.known_as_bot(login_of(merger));
    rows.known_as(login_of(merger), merger["name"].text());
    rows.met(link, login_of(merger), ContributionPart::merged);
  }
}

// Events.

struct Event {
  JsonValue payload{};
  std::string actor{};
  std::string page{};  ///< the repository's web address
  std::string repository{};
  std::string at{};
};

/// The pull request that an event carries; newer events hold little more than its number.
Work pull_request_of(const Event& event) {
  const auto pull = event.payload["pull_request"];
  auto link = pull["html_url"].text();
  const auto number = pull["number"].number() ? pull["number"].number() : event.payload["number"].number();
  if (link.empty() && number) link = fmt::format("{}/pull/{}", event.page, *number);
  auto work = work_of(pull, link);
  work.told_at = event.at;
  return work;
}

Work issue_of(const Event& event) {
  const auto issue = event.payload["issue"];
  auto link = issue["html_url"].text();
  if (link.empty() && issue["number"].number())
    link = fmt::format("{}/issues/{}", event.page, *issue["number"].number());
  auto work = work_of(issue, link);
  work.told_at = event.at;
  return work;
}

void read_pull_request_event(const Event& event, ContributionRows& rows) {
  auto work = pull_request_of(event);
  const auto action = event.payload["action"].text();
  if (action == "opened") {
    if (work.author.empty()) work.author = event.actor;
    if (!work.opened_on) work.opened_on = day_of(event.at);
  }
  if (action == "merged") work.state = ContributionState::merged;
  if (action == "closed" && work.state == ContributionState::open) work.state = ContributionState::closed;
  if (work.state != ContributionState::open && !work.closed_on) work.closed_on = day_of(event.at);
  auto merger = login_of(event.payload["pull_request"]["merged_by"]);
  if (merger.empty() && (action == "closed" || action == "merged")) merger = event.actor;
  const auto link = work.link;
  const bool is_merged = work.state == ContributionState::merged;
  rows.work(std::move(work));
  if (is_merged) rows.met(link, merger, ContributionPart::merged, day_of(event.at));
}

void read_review_event(const Event& event, ContributionRows& rows) {
  auto work = pull_request_of(event);
  const auto link = work.link;
  rows.work(std::move(work));
  rows.met(link, event.actor, ContributionPart::reviewed, day_of(event.at));
}

void read_issue_event(const Event& event, ContributionRows& rows) {
  auto work = issue_of(event);
  if (work.author.empty() && event.payload["action"].text() == "opened") work.author = event.actor;
  if (event.payload["action"].text() == "closed" && work.state == ContributionState::open) {
    work.state = ContributionState::closed, work.closed_on = day_of(event.at);
  }
  rows.work(std::move(work));
}

void read_comment_event(const Event& event, ContributionRows& rows) {
  auto work = issue_of(event);
  const auto link = work.link;
  rows.work(std::move(work));
  rows.met(link, event.actor, ContributionPart::answered, day_of(event.at));
}

void read_release_event(const Event& event, ContributionRows& rows) {
  const auto release = event.payload["release"];
  if (release["draft"].is_true()) return rows.skip("a draft");
  Work work;
  work.kind = ContributionKind::release, work.state = ContributionState::published;
  work.link = release["html_url"].text();
  work.title = release["name"].text().empty() ? release["tag_name"].text() : release["name"].text();
  work.author = release["author"] ? login_of(release["author"]) : event.actor;
  work.opened_on = day_of(release["published_at"].text());
  if (!work.opened_on) work.opened_on = day_of(event.at);
  work.closed_on = work.opened_on;
  work.told_at = event.at;
  rows.work(std::move(work));
}

void read_push_event(const Event& event, ContributionRows& rows) {
  const auto day = day_of(event.at);
  if (!day) return rows.skip("no date");
  CommitMonths::Told told;
  told.repository = repository_at(event.page);
  told.day = *day;
  const auto commits = event.payload["commits"].items();
  for (const auto& commit : commits) {
    told.hash = commit["sha"].text();
    told.subject = commit["message"].text();
    told.subject.resize(std::min(told.subject.find('\n'), told.subject.size()));
    rows.pushed(event.actor, told);
  }
  if (!commits.empty()) return;
  const auto size =
      event.payload.has("distinct_size") ? event.payload["distinct_size"].number() : event.payload["size"].number();
  if (size && *size <= 0) return rows.skip("a push without commits");
  told.count = size ? std::optional<int>(static_cast<int>(std::min<std::int64_t>(*size, 100'000))) : std::nullopt;
  rows.pushed(event.actor, std::move(told));
}

void read_create_event(const Event& event, ContributionRows& rows) {
  if (event.payload["ref_type"].text() != "repository") return rows.skip("no contribution");
  Work work;
  work.kind = ContributionKind::project, work.state = ContributionState::published;
  work.link = event.page, work.title = event.repository, work.author = event.actor;
  work.opened_on = day_of(event.at), work.closed_on = work.opened_on;
  work.told_at = event.at;
  rows.work(std::move(work));
}

struct EventKind {
  std::string_view type;
  void (*read)(const Event&, ContributionRows&);
};
constexpr EventKind event_kinds[] = {
    {"PullRequestEvent", read_pull_request_event},
    {"PullRequestReviewEvent", read_review_event},
    {"PullRequestReviewCommentEvent", read_review_event},
    {"IssuesEvent", read_issue_event},
    {"IssueCommentEvent", read_comment_event},
    {"ReleaseEvent", read_release_event},
    {"PushEvent", read_push_event},
    {"CreateEvent", read_create_event},
};

void read_event(JsonValue value, ContributionRows& rows) {
  const auto kind = std::find_if(std::begin(event_kinds), std::end(event_kinds),
                                 [type = value["type"].text()](const EventKind& known) { return known.type == type; });
  Event event;
  event.payload = value["payload"], event.actor = login_of(value["actor"]), event.at = value["created_at"].text();
  event.repository = value["repo"]["name"].text();
  event.page = page_of(value["repo"]["url"].text());
  if (event.page.empty()) event.page = page_of("https://github.com/" + event.repository);
  rows.may_be_user(event.actor);
  rows.by(event.actor);
  if (value.has("public") && !value["public"].is_true()) return rows.skip("private");
  if (kind == std::end(event_kinds)) return rows.skip("no contribution");
  kind->read(event, rows);
}

// The archive.

/// The address of the pull request or issue that an entry of the archive belongs to.
std::string parent_of(JsonValue value) {
  const auto pull = value["pull_request"].text();
  return pull.empty() ? value["issue"].text() : pull;
}

std::string archive_user(JsonValue value) {
  return login_of(value["user"]);
}

void read_archived_work(JsonValue value, ContributionRows& rows) {
  rows.work(work_of(value, value["url"].text()));
}

void read_archived_release(JsonValue value, ContributionRows& rows) {
  if (value["state"].text() == "draft" || value["draft"].is_true()) return rows.skip("a draft");
  Work work;
  work.kind = ContributionKind::release, work.state = ContributionState::published;
  work.link = value["url"].text(), work.author = archive_user(value);
  work.title = value["name"].text().empty() ? value["tag_name"].text() : value["name"].text();
  work.opened_on = day_of(either(value, "published_at", "created_at").text());
  work.closed_on = work.opened_on;
  rows.work(std::move(work));
}

void read_archived_review(JsonValue value, ContributionRows& rows) {
  constexpr int pending = 0;
  if (value["type"].text() == "pull_request_review" && value["state"].number() == pending) return rows.skip("a draft");
  rows.by(archive_user(value));
  rows.met(parent_of(value), archive_user(value), ContributionPart::reviewed,
           day_of(either(value, "submitted_at", "created_at").text()));
}

void read_archived_comment(JsonValue value, ContributionRows& rows) {
  rows.by(archive_user(value));
  rows.met(parent_of(value), archive_user(value), ContributionPart::answered, day_of(value["created_at"].text()));
}

void read_archived_issue_event(JsonValue value, ContributionRows& rows) {
  if (value["event"].text() != "merged") return rows.skip("no contribution");
  const auto actor = login_of(value["actor"]);
  rows.by(actor);
  rows.met(parent_of(value), actor, ContributionPart::merged, day_of(value["created_at"].text()));
}

struct ArchiveKind {
  std::string_view type, title;
  void (*read)(JsonValue, ContributionRows&);  ///< null: it tells of no contribution
};
constexpr ArchiveKind archive_kinds[] = {
    {"user", "GitHub archive: users", nullptr},
    {"repository", "GitHub archive: repositories", nullptr},
    {"pull_request", "GitHub archive: pull requests", read_archived_work},
    {"issue", "GitHub archive: issues", read_archived_work},
    {"release", "GitHub archive: releases", read_archived_release},
    {"pull_request_review", "GitHub archive: reviews", read_archived_review},
    {"pull_request_review_comment", "GitHub archive: comments of reviews", read_archived_review},
    {"issue_comment", "GitHub archive: comments", read_archived_comment},
    {"issue_event", "GitHub archive: what happened to issues", read_archived_issue_event},
};

/// Who the user of an archive is: of all its users, the one with an address that is the user's, or with any at all.
void read_archived_user(JsonValue value, ContributionRows& rows, const Options& options) {
  const auto login = value["login"].text().empty() ? login_at(value["url"].text()) : value["login"].text();
  rows.known_as(login, value["name"].text());
  for (const auto& email : value["emails"].items()) {
    PersonKey person;
    person.email = normalised(PointKind::email, email["address"].text().substr(0, 1'000)).value_or("");
    if (is_me(person, options)) rows.is_user(login);
    rows.may_be_user(login);
  }
}

// What an entry is, by its fields.

enum class Form { unknown, envelope, listed, event, archived, archive_note };

struct Entry {
  Form form{};
  std::string_view title{};
  std::string link{};  ///< of what is listed
  const ArchiveKind* archived{};
};

Entry entry_of(JsonValue value) {
  if (value.has("total_count") && (value.has("incomplete_results") || value.has("items")))
    return {Form::envelope, "GitHub search"};
  const auto type = value["type"].text();
  if (value.has("actor") && value.has("repo") && value.has("payload")) return {Form::event, "GitHub events"};
  const auto url = value["url"].text();
  if (!type.empty() && value.has("url") && !value.has("html_url")) {
    const auto kind = std::find_if(std::begin(archive_kinds), std::end(archive_kinds),
                                   [&](const auto& known) { return known.type == type; });
    if (kind != std::end(archive_kinds)) return {Form::archived, kind->title, "", kind};
  }
  for (const auto& link : {value["html_url"].text(), url}) {
    const bool fits = (is_pull_request(link) || is_issue(link)) && !web_address(link).empty() &&
                      link.find("/-/") == std::string::npos;
    const bool is_work = value.has("title") && !value.has("iid") && (link.find("#") == std::string::npos);
    if (fits && is_work) return {Form::listed, "GitHub search", link};
  }
  if (value.has("version") && value.has("github_sha")) return {Form::archive_note, "GitHub archive"};
  return {};
}

int recognises(const SourceFile& file) {
  Entry entry;
  look_at_first_entry(file, "items", [&](JsonValue value) { entry = entry_of(value); });
  return entry.form == Form::unknown ? 0 : entry.form == Form::archive_note ? 60 : 90;
}

/// One file's entries.
class Reading {
 public:
  Reading(ContributionRows& rows, Batch& batch, const Options& options)
      : rows_(rows), batch_(batch), options_(options) {}

  void read(const SourceFile& file) {
    const auto text = decode(file.bytes).text;
    JsonReader reader(text, "items");
    auto& report = batch_.files.emplace_back();
    report.file = file.name;
    at_ = static_cast<int>(batch_.files.size()) - 1;
    while (reader.next()) {
      const auto entry = entry_of(reader.value());
      if (report.recognised.empty() && entry.form != Form::unknown) report.recognised = entry.title;
      read(entry, reader.value(), reader.line());
    }
    for (auto issue : reader.issues()) {
      issue.file = file.name;
      batch_.issues.push_back(std::move(issue));
    }
    if (report.recognised.empty()) {
      report = {};
      report.file = file.name, report.not_read = "it tells of no contributions";
    }
  }

  /// Whether the search told of more than the files hold.
  void warn_of_what_is_missing() {
    if (total_ > listed_) {
      batch_.issues.push_back(
          {first_search_, 0, 0,
           fmt::format("the search found {} and lists {}; GitHub gives 1000 at most: add --paginate, or ask by year "
                       "(created:2025-01-01..2025-12-31)",
                       total_, listed_)});
    }
    if (is_incomplete_)
      batch_.issues.push_back(
          {first_search_, 0, 0, "GitHub says that it did not look everywhere (incomplete_results); ask again"});
  }

 private:
  void read(const Entry& entry, JsonValue value, int line) {
    switch (entry.form) {
      case Form::envelope:
        if (first_search_.empty()) first_search_ = batch_.files[static_cast<std::size_t>(at_)].file;
        total_ = std::max(total_, value["total_count"].number().value_or(0));
        is_incomplete_ = is_incomplete_ || value["incomplete_results"].is_true();
        return;
      case Form::listed:
        rows_.row(at_, line);
        ++listed_;
        return read_listed(value, entry.link, rows_);
      case Form::event:
        rows_.row(at_, line);
        return read_event(value, rows_);
      case Form::archived:
        rows_.row(at_, line);
        if (entry.archived->type == "user") {
          read_archived_user(value, rows_, options_);
        } else if (entry.archived->type == "repository") {
          if (value["private"].is_true()) rows_.is_private(repository_at(value["url"].text()));
        } else {
          if (value.has("user")) rows_.by(archive_user(value));
          entry.archived->read(value, rows_);
        }
        return;
      case Form::archive_note:
        return;
      case Form::unknown:
        rows_.row(at_, line);
        return rows_.skip("not known");
    }
  }

  ContributionRows& rows_;
  Batch& batch_;
  const Options& options_;
  int at_{};
  std::int64_t total_{}, listed_{};
  bool is_incomplete_{};
  std::string first_search_{};
};

Batch read(const std::vector<SourceFile>& files, const Options& options) {
  Batch batch;
  batch.source = "github";
  ContributionRows rows(batch, options, PointKind::github);
  Reading reading(rows, batch, options);
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (options.progress)
      options.progress(files[i].name, static_cast<std::int64_t>(i), static_cast<std::int64_t>(files.size()));
    if (files.size() == 1 || begins_as_json(files[i])) reading.read(files[i]);
  }
  rows.finish();
  reading.warn_of_what_is_missing();
  return batch;
}

}  // namespace

const Importer github{"github", "contributions on GitHub", recognises, read, nullptr};

}  // namespace ties::importers
