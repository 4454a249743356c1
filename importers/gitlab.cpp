#include "importers/gitlab.h"

#include <fmt/format.h>

#include <algorithm>

#include "importers/contributions.h"
#include "importers/csv.h"
#include "importers/json.h"

namespace ties::importers {
namespace {

using Work = ContributionRows::Work;

enum class Form { unknown, project, work, event };

/// What an entry is, by its fields.
Form form_of(JsonValue value) {
  if (value.has("action_name") && value.has("project_id")) return Form::event;
  if (value.has("path_with_namespace") && value.has("web_url")) return Form::project;
  if (value.has("iid") && value.has("project_id") && value.has("web_url")) return Form::work;
  return Form::unknown;
}

constexpr std::string_view titles[] = {"", "GitLab projects", "GitLab merge requests and issues", "GitLab events"};

int recognises(const SourceFile& file) {
  auto form = Form::unknown;
  look_at_first_entry(file, "", [&](JsonValue value) { form = form_of(value); });
  return form == Form::unknown ? 0 : 90;
}

std::string login_of(JsonValue person) {
  return person["username"].text();
}

class Reading {
 public:
  Reading(ContributionRows& rows, Batch& batch) : rows_(rows), batch_(batch) {}

  void read(const SourceFile& file) {
    const auto text = decode(file.bytes).text;
    JsonReader reader(text);
    auto& report = batch_.files.emplace_back();
    report.file = file.name;
    const int at = static_cast<int>(batch_.files.size()) - 1;
    while (reader.next()) {
      const auto form = form_of(reader.value());
      if (report.recognised.empty()) report.recognised = titles[static_cast<std::size_t>(form)];
      rows_.row(at, reader.line());
      read(form, reader.value());
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

 private:
  void read(Form form, JsonValue value) {
    switch (form) {
      case Form::project:
        return read_project(value);
      case Form::work:
        return read_work(value);
      case Form::event:
        return read_event(value);
      case Form::unknown:
        return rows_.skip("not known");
    }
  }

  void read_project(JsonValue value) {
    const auto id = value["id"].number();
    const auto address = web_address(value["web_url"].text());
    if (!id || address.empty()) return rows_.skip("no address");
    projects_[*id] = address;
    const auto visibility = value["visibility"].text();
    if (!visibility.empty() && visibility != "public") rows_.is_private(repository_at(address));
  }

  void read_work(JsonValue value) {
    Work work;
    work.link = value["web_url"].text();
    const bool is_merge_request = work.link.find("/merge_requests/") != std::string::npos;
    work.kind = is_merge_request ? ContributionKind::pull_request : ContributionKind::issue;
    work.title = value["title"].text();
    work.author = login_of(value["author"]);
    work.opened_on = day_of(value["created_at"].text());
    work.told_at = value["updated_at"].text();
    const auto merged_on = day_of(value["merged_at"].text());
    const auto state = value["state"].text();
    if (merged_on || state == "merged") {
      work.state = ContributionState::merged, work.closed_on = merged_on;
    } else if (state == "closed") {
      work.state = ContributionState::closed, work.closed_on = day_of(value["closed_at"].text());
    }
    if (const auto id = value["project_id"].number(); id && !projects_.contains(*id)) {
      const auto project = repository_at(work.link).address;
      if (!project.empty()) projects_[*id] = project;
    }
    know(value["author"]);
    rows_.may_be_user(work.author);
    const auto link = work.link;
    rows_.work(std::move(work));
    const auto merger = value["merge_user"] ? value["merge_user"] : value["merged_by"];
    if (merger) know(merger), rows_.met(link, login_of(merger), ContributionPart::merged, merged_on);
    for (const auto& reviewer : value["reviewers"].items()) {
      know(reviewer), rows_.met(link, login_of(reviewer), ContributionPart::reviewed);
    }
  }

  void know(JsonValue person) { rows_.known_as(login_of(person), person["name"].text()); }

  /// "https://gitlab.com", out of a person's page.
  static std::string server_of(JsonValue event) {
    const auto page = web_address(event["author"]["web_url"].text());
    const auto end = page.find('/', std::string_view("https://").size());
    return end == std::string::npos ? "https://gitlab.com" : page.substr(0, end);
  }

  /// Where the merge request or issue of an event is to be seen: on its project's page, or, while that is not known, in
  /// the answers of the API.
  std::string link_of(JsonValue event, std::int64_t project, bool is_merge_request, std::int64_t iid) const {
    const std::string_view list = is_merge_request ? "merge_requests" : "issues";
    const auto known = projects_.find(project);
    if (known != projects_.end()) return fmt::format("{}/-/{}/{}", known->second, list, iid);
    return fmt::format("{}/api/v4/projects/{}/{}/{}", server_of(event), project, list, iid);
  }

  void read_event(JsonValue event) {
    const auto actor =
        event["author_username"].text().empty() ? login_of(event["author"]) : event["author_username"].text();
    know(event["author"]);
    rows_.may_be_user(actor);
    rows_.by(actor);
    const auto project = event["project_id"].number();
    if (!project) return rows_.skip("no project");
    if (event["push_data"]) return read_push(event, actor, *project);

    const auto note = event["note"];
    const auto target = note ? note["noteable_type"].text() : event["target_type"].text();
    const bool is_merge_request = target == "MergeRequest";
    const bool is_issue = target == "Issue" || target == "WorkItem";
    const auto iid = note ? note["noteable_iid"].number() : event["target_iid"].number();
    if ((!is_merge_request && !is_issue) || !iid) return rows_.skip("no contribution");
    const auto link = link_of(event, *project, is_merge_request, *iid);
    const auto at = event["created_at"].text();
    const auto action = event["action_name"].text();

    if (note || action.starts_with("commented")) {
      const bool on_a_line = note["type"].text() == "DiffNote" || event["target_type"].text() == "DiffNote";
      return rows_.met(link, actor, on_a_line ? ContributionPart::reviewed : ContributionPart::answered, day_of(at));
    }
    if (action == "approved") return rows_.met(link, actor, ContributionPart::reviewed, day_of(at));

    Work work;
    work.kind = is_merge_request ? ContributionKind::pull_request : ContributionKind::issue;
    work.link = link, work.title = event["target_title"].text(), work.told_at = at;
    if (action == "opened" || action == "created") {
      work.author = actor, work.opened_on = day_of(at);
      rows_.work(std::move(work));
    } else if (action == "reopened") {
      rows_.work(std::move(work));
    } else if (action == "closed") {
      work.state = ContributionState::closed, work.closed_on = day_of(at);
      rows_.work(std::move(work));
    } else if (action == "accepted" || action == "merged") {
      work.state = ContributionState::merged, work.closed_on = day_of(at);
      rows_.work(std::move(work));
      rows_.met(link, actor, ContributionPart::merged, day_of(at));
    } else {
      rows_.skip("no contribution");
    }
  }

  void read_push(JsonValue event, const std::string& actor, std::int64_t project) {
    const auto push = event["push_data"];
    const auto day = day_of(event["created_at"].text());
    const auto count = push["commit_count"].number();
    const auto action = push["action"].text().empty() ? event["action_name"].text() : push["action"].text();
    if (push["ref_type"].text() == "tag" || action == "deleted" || action == "removed")
      return rows_.skip("no contribution");
    if (!day) return rows_.skip("no date");
    if (count && *count <= 0) return rows_.skip("a push without commits");
    CommitMonths::Told told;
    const auto known = projects_.find(project);
    told.repository = repository_at(
        known != projects_.end() ? known->second : fmt::format("{}/api/v4/projects/{}/", server_of(event), project));
    told.day = *day;
    told.hash = push["commit_to"].text();
    told.subject = push["commit_title"].text();
    told.count = count ? std::optional<int>(static_cast<int>(std::min<std::int64_t>(*count, 100'000))) : std::nullopt;
    rows_.pushed(actor, std::move(told));
  }

  ContributionRows& rows_;
  Batch& batch_;
  std::map<std::int64_t, std::string> projects_{};  ///< number → web address
};

Batch read(const std::vector<SourceFile>& files, const Options& options) {
  Batch batch;
  batch.source = "gitlab";
  ContributionRows rows(batch, options, PointKind::gitlab);
  Reading reading(rows, batch);
  // What names projects comes before what names them by number.
  for (const auto turn : {Form::project, Form::work, Form::event, Form::unknown}) {
    for (const auto& file : files) {
      auto form = Form::unknown;
      look_at_first_entry(file, "", [&](JsonValue value) { form = form_of(value); });
      if (form != turn || (form == Form::unknown && files.size() > 1 && !begins_as_json(file))) continue;
      if (options.progress)
        options.progress(file.name, static_cast<std::int64_t>(batch.files.size()),
                         static_cast<std::int64_t>(files.size()));
      reading.read(file);
    }
  }
  rows.finish();
  return batch;
}

}  // namespace

const Importer gitlab{"gitlab", "contributions on GitLab", recognises, read, nullptr};

}  // namespace ties::importers
