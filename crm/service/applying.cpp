#include "crm/service/applying.h"
#include "crm/service/naming.h"

#include <fmt/format.h>

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
  is_last_ = true;
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
  result_.newest_before = store_.newest<Contact>();
  for (const auto& run : store_.import_runs()) {
    if (run.source == source_ && !run.undone && run.snapshot_on && *run.snapshot_on > snapshot()) older_than_known_ = true;
  }
}

void Applying::apply(Batch& part) {
  apply_self(part.self);
  apply_all("companies", part.companies, &Applying::apply_suggestion);
  apply_all("events", part.events, &Applying::apply_event);
  apply_all("people", part.people, &Applying::apply_person);
  apply_all("conversations", part.interactions, &Applying::apply_interaction);
  apply_all("meetings", part.meetings, &Applying::apply_meeting);
  apply_all("applications", part.applications, &Applying::apply_application);
  apply_all("contributions", part.contributions, &Applying::apply_contribution);
  apply_all("notices", part.notices, &Applying::apply_notice);
}

/// Tells of every few hundred, counted over all parts; how many there are in all is known only with the last.
template <class Found>
void Applying::apply_all(std::string_view what, const std::vector<Found>& all, void (Applying::*apply_one)(const Found&)) {
  constexpr std::size_t between_words = 500;
  auto& before = told_[std::string(what)];
  const auto total = is_last_ ? before + static_cast<std::int64_t>(all.size()) : 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    (this->*apply_one)(all[i]);
    const auto done = i + 1;
    if (crm_.progress && (done % between_words == 0 || done == all.size())) crm_.progress(what, before + static_cast<std::int64_t>(done), total);
  }
  before += static_cast<std::int64_t>(all.size());
}

void Applying::count(int file, Did did) {
  auto& counts = result_.counts_of(file);
  ++(did == Did::created ? counts.created : did == Did::changed ? counts.changed : counts.unchanged);
}

void Applying::skip(int file, int line, std::string name, const char* why) {
  ++result_.counts_of(file).skipped_why[why];
  if (result_.skipped.size() < ImportResult::rows_max) result_.skipped.push_back({"", 0, std::move(name), why, file, line});
}

/// "message with Ada Lovelace, 2026-03-01"
std::string Applying::name_of(const Interaction& interaction) const {
  std::string name(word(interaction.kind));
  const auto people = store_.people_of(interaction.id);
  for (const auto& contact : people) name += (&contact == &people.front() ? " with " : ", ") + contact.display;
  return name + ", " + to_text(interaction.when.day);
}

std::string Applying::name_of(const Interview& interview) const {
  return fmt::format("{}, {}", interview.kind.empty() ? "interview" : interview.kind, to_text(interview.when.day));
}

std::string Applying::name_of(const Application& application) const { return title_of(crm_, application); }

std::string Applying::name_of(const Suggestion& suggestion) const { return in_words(suggestion, company_name(crm_, suggestion.company)); }

}  // namespace ties
