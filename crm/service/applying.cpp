#include "crm/service/applying.h"

#include <algorithm>

namespace ties {

using importers::Batch;

void Applying::take(Batch& part) {
  begin(part);
  apply(part);
  part.self = {};
  part.people.clear(), part.interactions.clear(), part.meetings.clear(), part.notices.clear();
  part.applications.clear(), part.contributions.clear(), part.events.clear(), part.companies.clear();
  if (change_ != nullptr) change_->keep_part_if_large();
}

ImportResult Applying::finish(Batch last) {
  begin(last);
  apply(last);
  for (const auto& [contact, introducer] : introduced_) introduce(contact, introducer);
  result_.counts.resize(last.files.size());
  for (std::size_t i = 0; i < last.files.size(); ++i) {
    auto& report = last.files[i];
    for (const auto& [why, times] : result_.counts[i].skipped_why) report.skipped += times, report.skipped_why[why] += times;
  }
  result_.batch = std::move(last);
  return std::move(result_);
}

void Applying::begin(const Batch& first) {
  if (begun_) return;
  begun_ = true;
  source_ = first.source;
  snapshot_on_ = first.snapshot_on;
  for (const auto& run : store_.import_runs()) {
    if (run.source == source_ && !run.undone && run.snapshot_on && *run.snapshot_on > snapshot()) older_than_known_ = true;
  }
}

void Applying::apply(Batch& part) {
  apply_self(part.self);
  for (const auto& company : part.companies) apply_suggestion(company);
  for (const auto& event : part.events) apply_event(event);
  std::size_t done = 0;
  for (const auto& person : part.people) {
    apply_person(person);
    tell("people", ++done, part.people.size());
  }
  done = 0;
  for (const auto& interaction : part.interactions) {
    apply_interaction(interaction);
    tell("conversations", ++done, part.interactions.size());
  }
  for (const auto& meeting : part.meetings) apply_meeting(meeting);
  for (const auto& application : part.applications) apply_application(application);
  for (const auto& contribution : part.contributions) apply_contribution(contribution);
  for (const auto& notice : part.notices) apply_notice(notice);
}

void Applying::tell(std::string_view what, std::size_t done, std::size_t total) const {
  if (crm_.progress && (done % 500 == 0 || done == total)) crm_.progress(what, static_cast<std::int64_t>(done), static_cast<std::int64_t>(total));
}

void Applying::count(int file, Did did) {
  auto& counts = result_.counts_of(file);
  ++(did == Did::created ? counts.created : did == Did::changed ? counts.changed : counts.unchanged);
}

void Applying::skip(int file, const char* why) { ++result_.counts_of(file).skipped_why[why]; }

}  // namespace ties
