#include "crm/domain/errors.h"
#include "importers/bundle.h"
#include "importers/linkedin.h"
#include "importers/notes.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties::importers {

const std::vector<Importer>& registry() {
  static const std::vector<Importer> importers{linkedin, notes};
  return importers;
}

bool never_opened(std::string_view name) {
  return std::any_of(registry().begin(), registry().end(), [&](const Importer& importer) { return importer.never_opened != nullptr && importer.never_opened(name); });
}

namespace {

const Importer& importer_called(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& importer : registry()) {
    if (importer.name == name) return importer;
    names.emplace_back(importer.name);
  }
  throw NotFound(fmt::format("no importer is called '{}'{}; there are {}", name, did_you_mean(name, names), fmt::join(names, ", ")));
}

/// The importer that claims the most of the files, by how sure it is.
const Importer* surest(const Bundle& bundle) {
  const Importer* best = nullptr;
  int most = 0;
  for (const auto& importer : registry()) {
    int sure = 0;
    for (const auto& file : bundle.files) sure = std::max(sure, importer.recognises(file));
    if (sure > most) best = &importer, most = sure;
  }
  return best;
}

}  // namespace

Batch read_bundle(const Bundle& bundle, std::string_view as, const Options& options) {
  const auto* importer = as.empty() ? surest(bundle) : &importer_called(as);
  if (importer == nullptr) {
    std::string found;
    for (std::size_t i = 0; i < std::min<std::size_t>(bundle.files.size(), 5); ++i) found += (i == 0 ? "" : ", ") + bundle.files[i].name;
    throw BundleError(fmt::format("{}: nothing in it is known ({}{}); give a LinkedIn export (its zip, its folder, or a file such as Connections.csv with its header), "
                                  "or notes with a person a line",
                                  bundle.name, found.empty() ? "no file that may be read" : found, bundle.files.size() > 5 ? ", …" : ""));
  }
  auto with_name = options;
  with_name.bundle_name = bundle.name;
  auto batch = importer->read(bundle.files, with_name);
  for (const auto& file : bundle.files) {
    if (std::any_of(batch.files.begin(), batch.files.end(), [&](const FileReport& report) { return report.file == file.name; })) continue;
    FileReport report;
    report.file = file.name;
    report.not_read = "not read: nothing in it is known";
    batch.files.push_back(std::move(report));
  }
  for (const auto& name : bundle.closed) {
    if (std::any_of(batch.files.begin(), batch.files.end(), [&](const FileReport& report) { return report.file == name; })) continue;
    FileReport report;
    report.file = name;
    report.not_read = "left closed on purpose: it is nobody's business";
    batch.files.push_back(std::move(report));
  }
  const bool any = std::any_of(batch.files.begin(), batch.files.end(), [](const FileReport& report) { return !report.recognised.empty() && report.not_read.empty(); });
  if (!any) {
    const auto reason = batch.issues.empty() ? std::string("its header was not found") : batch.issues.front().message;
    throw BundleError(fmt::format("{}: nothing in it could be read as {}: {}", bundle.name, importer->title, reason));
  }
  return batch;
}

}  // namespace ties::importers
