#include <fmt/format.h>

#include <algorithm>

#include "crm/text/text.h"
#include "importers/linkedin_parts.h"

namespace ties::importers::linkedin_parts {
namespace {

constexpr int old_save_days = 180;  ///< a job that was saved longer ago comes in archived

/// "4012345678" of "http://www.linkedin.com/jobs/view/4012345678", empty when there is none.
std::string_view job_number(std::string_view url) {
  constexpr std::string_view mark = "/jobs/view/";
  const auto begin = url.find(mark);
  if (begin == url.npos) return {};
  url.remove_prefix(begin + mark.size());
  return url.substr(0, std::min(url.find_first_not_of("0123456789"), url.size()));
}

/// What one row of applications and of saved jobs has in common. Nothing when the row is left out; then it is counted.
std::optional<FoundApplication> job_of_row(Reading& reading, std::string_view date_column, StageKind stage) {
  FoundApplication found;
  auto& application = found.application;
  application.title = reading.words("Job Title");
  found.company = reading.words("Company Name");
  if (application.title.empty() && found.company.empty()) {
    reading.issue("Job Title", "a job has neither title nor company, skipped");
    reading.skip("no title");
    return {};
  }
  const auto url = reading.words("Job Url");
  const auto number = job_number(url);
  application.link = number.empty() ? url : fmt::format("https://www.linkedin.com/jobs/view/{}", number);
  application.source_key =
      "linkedin:job:" + (number.empty() ? text::hash_of({url, found.company, application.title}) : std::string{number});
  const auto when = reading.moment(date_column, wall_shapes);
  const auto [at, is_new] = reading.job_keys.try_emplace(*application.source_key, stage);
  if (!is_new) {
    reading.skip(at->second == stage ? "repeated" : "applied to");
    return {};
  }
  if (when) {
    if (reading.is_too_old(when->day, reading.file())) return {};
    application.opened_on = when->day;
  }
  found.stage_kind = stage;
  found.file = reading.file();
  found.line = reading.line();
  return found;
}

/// "question:answer | question:answer" as lines; a question may hold a colon, so the last one parts them.
std::string answers(std::string_view cell) {
  std::string lines;
  while (!cell.empty()) {
    const auto end = cell.find(" | ");
    const auto pair = text::clean_line(cell.substr(0, end), 4'000);
    cell.remove_prefix(end == cell.npos ? cell.size() : end + 3);
    if (pair.empty()) continue;
    const auto colon = pair.rfind(':');
    if (!lines.empty()) lines += '\n';
    if (colon == pair.npos) {
      lines += pair;
    } else {
      lines += text::clean_line(pair.substr(0, colon)) + ": " + text::clean_line(pair.substr(colon + 1));
    }
  }
  return lines;
}

void add_company(Reading& reading, std::string_view name) {
  auto cleaned = text::clean_line(name, 300);
  if (cleaned.empty()) return;
  reading.batch.companies.push_back({std::move(cleaned), reading.file(), reading.line()});
}

/// "[Polder Systems], [Fjord, Inc.]" until about 2020, "Polder Systems | Fjord, Inc." since.
void add_dream_companies(Reading& reading, std::string_view cell) {
  const bool bracketed = cell.starts_with('[');
  while (!cell.empty()) {
    std::string_view item;
    if (bracketed) {
      const auto open = cell.find('[');
      if (open == cell.npos) return;
      cell.remove_prefix(open + 1);
      const auto close = std::min(cell.find(']'), cell.size());
      item = cell.substr(0, close);
      cell.remove_prefix(std::min(close + 1, cell.size()));
    } else {
      const auto end = std::min(cell.find('|'), cell.size());
      item = cell.substr(0, end);
      cell.remove_prefix(std::min(end + 1, cell.size()));
    }
    add_company(reading, item);
  }
}

}  // namespace

void read_applications(Reading& reading) {
  while (reading.next()) {
    // Address and number are the applicant's own.
    const auto address = normalised(PointKind::email, reading.words("Contact Email")).value_or("");
    reading.add_my_point(PointKind::email, address);
    reading.add_my_point(PointKind::phone, reading.words("Contact Phone Number"));
    auto found = job_of_row(reading, "Application Date", StageKind::applied);
    if (!found) continue;
    found->application.address = address;
    found->application.notes = text::clean(answers(reading.prose("Question And Answers")));
    found->document = reading.words("Resume Name");
    reading.batch.applications.push_back(std::move(*found));
  }
}

void read_saved_jobs(Reading& reading) {
  while (reading.next()) {
    auto found = job_of_row(reading, "Saved Date", StageKind::lead);
    if (found) reading.batch.applications.push_back(std::move(*found));
  }
}

void finish_jobs(Reading& reading) {
  for (auto& found : reading.batch.applications) {
    auto& application = found.application;
    if (!application.opened_on.ok() && reading.batch.snapshot_on) application.opened_on = *reading.batch.snapshot_on;
    if (found.stage_kind != StageKind::lead || !application.opened_on.ok() || !reading.batch.snapshot_on) continue;
    application.archived = days_between(application.opened_on, *reading.batch.snapshot_on) > old_save_days;
  }
}

void read_job_preferences(Reading& reading) {
  while (reading.next()) add_dream_companies(reading, reading.cell("Dream Companies"));
}

void read_company_follows(Reading& reading) {
  while (reading.next()) {
    reading.moment("Followed On", java_shapes);
    if (reading.words("Organization").empty()) {
      reading.skip("no name");
    } else {
      add_company(reading, reading.cell("Organization"));
    }
  }
}

void read_events(Reading& reading) {
  while (reading.next()) {
    FoundEvent found;
    found.event.name = text::clean_line(reading.cell("Event Name"), 300);
    if (found.event.name.empty()) {
      reading.skip("no name");
      continue;
    }
    const auto status = text::lower(reading.words("Status"));
    if (!status.empty() && status != "approved" && status != "attended") {
      reading.skip("not attended (" + text::fit(status, 20) + ")");
      continue;
    }
    const auto times = reading.words("Event Time");
    const auto dash = times.find(" - ");
    const auto begins = moment_of(times.substr(0, dash), any_shapes);
    const auto ends = dash == times.npos ? std::nullopt : moment_of(times.substr(dash + 3), any_shapes);
    if (!begins && !times.empty()) {
      reading.issue("Event Time", fmt::format("\"{}\" is not a date that LinkedIn writes here", text::fit(times, 60)));
    }
    if (begins) found.event.starts_on = begins->day;
    if (ends && (!begins || ends->day > begins->day)) found.event.ends_on = ends->day;
    found.event.link = reading.words("External Url");
    found.event.source_key = "linkedin:event:" + text::hash_of({found.event.name, times, found.event.link});
    found.file = reading.file();
    found.line = reading.line();
    reading.batch.events.push_back(std::move(found));
  }
}

}  // namespace ties::importers::linkedin_parts
