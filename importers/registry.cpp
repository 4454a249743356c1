#include <fmt/format.h>

#include <algorithm>

#include "crm/domain/errors.h"
#include "importers/bundle.h"
#include "importers/git_log.h"
#include "importers/github.h"
#include "importers/gitlab.h"
#include "importers/icalendar.h"
#include "importers/linkedin.h"
#include "importers/mail.h"
#include "importers/monica.h"
#include "importers/notes.h"
#include "importers/tables.h"
#include "importers/vcard.h"

namespace ties::importers {

std::size_t Batch::records() const {
  return people.size() + interactions.size() + meetings.size() + notices.size() + applications.size() +
         contributions.size() + events.size() + companies.size();
}

bool hand_over_if_many(Batch& batch, const Options& options) {
  constexpr std::size_t records_max = 5'000;
  if (!options.hand_over || batch.records() < records_max) return false;
  options.hand_over(batch);
  return true;
}

void tell_of_row(const Options& options, const std::string& file, std::int64_t row) {
  constexpr std::int64_t rows_between = 1'000;
  if (options.progress && row % rows_between == 0) options.progress(file, row, 0);
}

const std::vector<Importer>& registry() {
  static const std::vector<Importer> importers{linkedin, vcard, icalendar, mail,   github,
                                               gitlab,   git_log, monica,  tables, conference_notes};
  return importers;
}

bool never_opened(std::string_view name) {
  return std::any_of(registry().begin(), registry().end(), [&](const Importer& importer) {
    return importer.never_opened != nullptr && importer.never_opened(name);
  });
}

namespace {

const Importer& importer_called(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& importer : registry()) {
    if (importer.name == name) return importer;
    names.emplace_back(importer.name);
  }
  throw NotFound(fmt::format("no importer is called '{}'{}; there are {}", name, did_you_mean(name, names),
                             fmt::join(names, ", ")));
}

/// Each file's importer: the one that is surest of it, or none.
struct Claim {
  const Importer* importer{};
  int sure{};
};

Claim claim_on(const SourceFile& file, const Options& options) {
  constexpr int of_a_remembered_table = 60;
  Claim best;
  for (const auto& importer : registry()) {
    if (const int sure = importer.recognises(file); sure > best.sure) best = {&importer, sure};
  }
  if (best.sure < of_a_remembered_table && remembers_table(file, options)) return {&tables, of_a_remembered_table};
  return best;
}

/// "a.csv, b.csv, …"
std::string listed(const Bundle& bundle) {
  constexpr std::size_t shown_max = 5;
  std::vector<std::string> names;
  for (const auto& file : bundle.files) names.push_back(file.name);
  for (const auto& name : bundle.closed) names.push_back(name + " (stays closed)");
  if (names.size() > shown_max) names.resize(shown_max), names.emplace_back("…");
  return fmt::format("{}", fmt::join(names, ", "));
}

FileReport left_alone(const std::string& file, std::string why) {
  FileReport report;
  report.file = file;
  report.not_read = std::move(why);
  return report;
}

}  // namespace

Batch read_bundle(const Bundle& bundle, std::string_view as, const Options& options) {
  // A source is one importer's: that of the surest claim on any of its files. What another one knows better is named.
  std::vector<Claim> claims(bundle.files.size());
  if (as.empty()) {
    std::transform(bundle.files.begin(), bundle.files.end(), claims.begin(),
                   [&](const SourceFile& file) { return claim_on(file, options); });
  }
  const auto surest =
      std::max_element(claims.begin(), claims.end(), [](const auto& a, const auto& b) { return a.sure < b.sure; });
  const auto* importer = !as.empty() ? &importer_called(as) : surest == claims.end() ? nullptr : surest->importer;
  if (importer == nullptr) {
    throw BundleError(fmt::format(
        "{}: nothing in it is known (found: {}); give a LinkedIn export (its zip, its folder, or a file such "
        "as Connections.csv with its header), contact cards (.vcf), a calendar (.ics), a table with a header, a log of "
        "contributions, or notes with a person a line: Ada Lovelace (Acme): compilers",
        bundle.name, listed(bundle)));
  }

  constexpr int sure_enough = 40;
  std::vector<SourceFile> own;
  std::map<std::string, std::string, std::less<>> unread;  // name → why
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const auto& file = bundle.files[i];
    const auto* other = claims[i].importer;
    // What another one only guesses at is left to the source's own importer, which may know the file by its name.
    if (other == nullptr || other == importer || claims[i].sure < sure_enough) {
      own.push_back(file);
      unread.emplace(file.name, "not read: nothing in it is known");
    } else {
      unread.emplace(file.name, fmt::format("not read: it looks like {}; import it by itself", other->title));
    }
  }
  for (const auto& name : bundle.closed) unread.emplace(name, "never opened: private, and of no use here");

  auto with_name = options;
  with_name.bundle_name = bundle.top.empty() ? bundle.name : bundle.name + "/" + bundle.top;
  auto batch = importer->read(own, with_name);
  for (const auto& report : batch.files) unread.erase(report.file);
  const bool any = std::any_of(batch.files.begin(), batch.files.end(), [](const auto& report) {
    return !report.recognised.empty() && report.not_read.empty();
  });
  if (!any) {
    const auto reason = batch.issues.empty() ? std::string("its header was not found") : batch.issues.front().message;
    throw BundleError(fmt::format("{}: nothing in it could be read as {} (found: {}): {}", bundle.name, importer->title,
                                  listed(bundle), reason));
  }
  for (const auto& [name, why] : unread) batch.files.push_back(left_alone(name, why));
  return batch;
}

}  // namespace ties::importers
