#include "crm/http/import_jobs.h"

#include <Poco/UUIDGenerator.h>
#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "crm/text/text.h"
#include "reports/render/render.h"

namespace ties::http {
namespace {

using std::chrono::steady_clock;
using wire::Json;

constexpr std::int64_t check_room_every_bytes = 16'000'000;
constexpr std::size_t issues_shown = 50;
constexpr std::chrono::minutes tidy_every{10};

Refused busy(std::string detail) {
  auto made = problem("busy", std::move(detail));
  made.headers.emplace_back("Retry-After", "5");
  return Refused(std::move(made));
}

Refused conflict(std::string detail) {
  return Refused(problem("conflict", std::move(detail)));
}

Refused no_room() {
  return Refused(problem("no-room", "the disk has no room for it; make room, or remove imports that wait"));
}

/// How far each kind of work is, as a page shows it. Kinds alternate when a source is brought in while it is read.
class Meter {
 public:
  Json take(std::string_view what, std::int64_t done, std::int64_t total) {
    auto& at = kinds_[std::string(what)];
    const auto now = steady_clock::now();
    if (at.began == steady_clock::time_point{} || done < at.done) at.began = now, at.done_at_first = done;
    at.done = done, at.total = total;
    at.per_second = rate(at, now);
    Json left;
    for (const auto& [name, kind] : kinds_) {
      const bool tells = kind.total > kind.done && kind.per_second > 0 && (&kind == &at || at.total == 0);
      if (tells) left = static_cast<std::int64_t>(static_cast<double>(kind.total - kind.done) / kind.per_second) + 1;
    }
    return {{"phase", what},
            {"done", done},
            {"total", total > 0 ? Json(total) : Json(nullptr)},
            {"per_second", static_cast<std::int64_t>(at.per_second)},
            {"seconds_left", left}};
  }

 private:
  struct Kind {
    steady_clock::time_point began{};
    std::int64_t done_at_first{}, done{}, total{};
    double per_second{};
  };
  static double rate(const Kind& kind, steady_clock::time_point now) {
    const auto seconds = std::chrono::duration<double>(now - kind.began).count();
    return seconds < 0.1 ? 0 : static_cast<double>(kind.done - kind.done_at_first) / seconds;
  }
  std::map<std::string, Kind, std::less<>> kinds_{};
};

/// What a file is called: never a place on its owner's disk or on ours.
std::string name_of_file(std::string_view given) {
  std::string name = text::is_utf8(given) ? std::string(given) : text::to_utf8(given, "windows-1252");
  std::replace(name.begin(), name.end(), '\\', '/');
  name = text::clean_line(name, 500);
  if (name.size() > 1 && name[1] == ':') name.erase(0, 2);
  while (name.starts_with('/')) name.erase(0, 1);
  return name.empty() || name.ends_with('/') ? name + "upload" : name;
}

Json json_of_options(const Args::Raw& options) {
  auto json = Json::object();
  for (const auto& [name, values] : options) {
    auto key = name;
    std::replace(key.begin(), key.end(), '-', '_');
    json[key] = values.size() == 1 && name != "map" && name != "stage"
                    ? Json(values.front() == "yes" ? Json(true) : Json(values.front()))
                    : Json(values);
  }
  return json;
}

std::string word_of(auto state) {
  constexpr std::array words{"uploaded", "previewing", "previewed", "applying", "done", "failed", "cancelled"};
  return words[static_cast<std::size_t>(state)];
}

}  // namespace

struct ImportJobs::Job {
  std::string id{};
  std::string name{};
  std::string uploaded_at{};
  steady_clock::time_point arrived{};
  std::shared_ptr<Scratch> scratch{};  ///< none once it has ended
  std::vector<NamedFile> files{};
  std::vector<std::int64_t> sizes{};
  State state{State::uploaded};
  Args::Raw options{};
  std::atomic<bool> cancelled{};
  Meter meter{};
  steady_clock::time_point progress_told{};
  Json progress{};
  Json preview{}, result{};  ///< the data of `import_files`
  Json issues = Json::array();
  std::string said{};
  std::vector<std::string> remarks{};
  std::optional<Id<Change>> change{};
  bool undone{};
  std::string error{};

  bool is_at_work() const { return state == State::previewing || state == State::applying; }
};

// Uploads

ImportJobs::Upload::Upload(ImportJobs& jobs, std::optional<std::int64_t> bytes_expected)
    : jobs_(jobs), scratch_(std::make_shared<Scratch>()) {
  check_room(bytes_expected.value_or(0));
}

ImportJobs::Upload::~Upload() {
  const std::lock_guard lock(jobs_.mutex_);
  --jobs_.uploads_;
}

void ImportJobs::Upload::check_room(std::int64_t bytes) const {
  if (scratch_->room_bytes() - bytes < jobs_.limits_.room_bytes_left) throw no_room();
}

void ImportJobs::Upload::begin_file(std::string_view name) {
  end_file();
  if (files_.size() == jobs_.limits_.files_max) {
    throw Refused(problem("wrong-value",
                          fmt::format("more than {} files at once; send them as one zip", jobs_.limits_.files_max)));
  }
  files_.push_back({scratch_->new_file(fmt::format("{}", files_.size())), name_of_file(name)});
  sizes_.push_back(0);
  out_.open(files_.back().path, std::ios::binary | std::ios::trunc);
  if (!out_) throw no_room();
}

void ImportJobs::Upload::write(std::string_view bytes) {
  const auto size = static_cast<std::int64_t>(bytes.size());
  if (bytes_ + size > jobs_.limits_.bytes_max) {
    auto too_large =
        problem("too-large", fmt::format("an upload may have {} bytes; send a part of it", jobs_.limits_.bytes_max));
    too_large.more = {{"limit_bytes", jobs_.limits_.bytes_max}};
    throw Refused(std::move(too_large));
  }
  if (bytes_ / check_room_every_bytes != (bytes_ + size) / check_room_every_bytes) check_room(0);
  bytes_ += size, sizes_.back() += size;
  if (!out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()))) throw no_room();
}

void ImportJobs::Upload::end_file() {
  if (!out_.is_open()) return;
  out_.close();
  if (!out_) throw no_room();
}

Json ImportJobs::Upload::done(Args::Raw options) {
  end_file();
  if (bytes_ == 0) throw Refused(problem("wrong-value", "nothing was sent: the body holds no file, or an empty one"));
  (void)jobs_.checked_options(options);
  auto job = std::make_shared<Job>();
  job->id = Poco::UUIDGenerator::defaultGenerator().createRandom().toString();
  if (files_.size() == 1)
    files_.front().name.erase(0, files_.front().name.rfind('/') + 1);  // a file alone lies in no folder
  job->name =
      files_.size() == 1 ? files_.front().name : fmt::format("{} and {} more", files_.front().name, files_.size() - 1);
  job->uploaded_at = jobs_.file_.read([](Crm& crm) { return crm.clock.instant(); });
  job->arrived = steady_clock::now();
  job->scratch = std::move(scratch_);
  job->files = std::move(files_), job->sizes = std::move(sizes_);
  job->options = std::move(options);
  const std::lock_guard lock(jobs_.mutex_);
  jobs_.jobs_.push_back(job);
  jobs_.forget_old();
  jobs_.tell(*job, true);
  return jobs_.json_of(*job, true);
}

std::unique_ptr<ImportJobs::Upload> ImportJobs::upload(std::optional<std::int64_t> bytes_expected) {
  if (bytes_expected && *bytes_expected > limits_.bytes_max) {
    auto too_large =
        problem("too-large", fmt::format("an upload may have {} bytes, and this one has {}; send a part of it",
                                         limits_.bytes_max, *bytes_expected));
    too_large.more = {{"limit_bytes", limits_.bytes_max}};
    throw Refused(std::move(too_large));
  }
  {
    const std::lock_guard lock(mutex_);
    if (uploads_ >= limits_.uploads_max) throw busy("other files are on their way; try again when they are here");
    ++uploads_;
  }
  try {
    return std::unique_ptr<Upload>(new Upload(*this, bytes_expected));
  } catch (...) {
    const std::lock_guard lock(mutex_);
    --uploads_;
    throw;
  }
}

// Jobs

ImportJobs::ImportJobs(File& file, Events& events, ImportLimits limits, std::function<void(const std::string&)> log)
    : file_(file), events_(events), limits_(limits), log_(std::move(log)), worker_([this] { work(); }) {
  Scratch::remove_leftovers();
}

ImportJobs::~ImportJobs() {
  stop();
  worker_.join();
}

void ImportJobs::stop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  ready_.notify_all();
}

ImportJobs::Found ImportJobs::find(const std::string& job) {
  const auto found = std::find_if(jobs_.begin(), jobs_.end(), [&](const Found& known) { return known->id == job; });
  if (found == jobs_.end())
    throw Refused(
        problem("not-found", "there is no such import job; it ended long ago, or the service was started anew"));
  return *found;
}

/// One that can be asked for more: its files are here, and nothing is done with it.
ImportJobs::Found ImportJobs::job_at_rest(const std::string& id) {
  auto job = find(id);
  if (job->is_at_work())
    throw conflict(fmt::format("it is {} just now; wait for it, or cancel it", word_of(job->state)));
  if (!job->scratch) throw conflict(fmt::format("it is {} already; send the file again", word_of(job->state)));
  return job;
}

Args ImportJobs::checked_options(const Args::Raw& options) {
  return file_.read([&](Crm& crm) { return import_options(options, crm.clock.today()); });
}

Json ImportJobs::list() {
  const std::lock_guard lock(mutex_);
  forget_old();
  auto items = Json::array();
  for (auto job = jobs_.rbegin(); job != jobs_.rend(); ++job) items.push_back(json_of(**job, false));
  const auto total = items.size();
  return {{"items", std::move(items)}, {"total", total}, {"next", nullptr}};
}

Json ImportJobs::show(const std::string& id) {
  std::optional<Id<Change>> change;
  {
    const std::lock_guard lock(mutex_);
    change = find(id)->change;
  }
  // Whoever took it back, from wherever.
  const bool undone = change && file_.read([&](Crm& crm) {
    const auto kept = crm.store.journal().find(*change);
    return kept && kept->undone;
  });
  const std::lock_guard lock(mutex_);
  const auto job = find(id);
  job->undone = undone;
  return json_of(*job, true);
}

Json ImportJobs::preview(const std::string& job, std::optional<Args::Raw> options) {
  return start(job, State::previewing, std::move(options));
}

Json ImportJobs::apply(const std::string& job, std::optional<Args::Raw> options) {
  return start(job, State::applying, std::move(options));
}

Json ImportJobs::start(const std::string& id, State state, std::optional<Args::Raw> options) {
  if (options) (void)checked_options(*options);
  const std::lock_guard lock(mutex_);
  const auto job = job_at_rest(id);
  if (options) job->options = *std::move(options);
  job->state = state;
  job->error.clear();
  job->cancelled = false;
  job->meter = {};
  job->progress = {{"phase", "waiting"}, {"done", 0}, {"total", nullptr}, {"per_second", 0}, {"seconds_left", nullptr}};
  queue_.push_back(job);
  ready_.notify_all();
  tell(*job, true);
  return json_of(*job, true);
}

Json ImportJobs::cancel(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto job = find(id);
  if (job->state == State::done) throw conflict("it is done; undo takes it back");
  job->cancelled = true;
  const auto waiting = std::find(queue_.begin(), queue_.end(), job);
  const bool at_work = job->is_at_work() && waiting == queue_.end();
  if (waiting != queue_.end()) queue_.erase(waiting);
  if (!at_work && job->state != State::cancelled) ended(*job, State::cancelled);
  return json_of(*job, true);
}

Answer ImportJobs::undo(const std::string& id) {
  std::optional<Id<Change>> change;
  {
    const std::lock_guard lock(mutex_);
    const auto job = find(id);
    if (job->state != State::done)
      throw conflict(fmt::format("it is {}: there is nothing to undo", word_of(job->state)));
    if (!job->change) throw conflict("it changed nothing: there is nothing to undo");
    change = job->change;
  }
  auto answer = file_.write([&](Crm& crm) {
    return ties::run(crm, "undo", {{"change", {std::to_string(change->value)}}});
  });
  const std::lock_guard lock(mutex_);
  const auto job = find(id);
  job->undone = true;
  tell(*job, true);
  return answer;
}

Answer ImportJobs::explain(const std::string& id, std::optional<Args::Raw> options) {
  std::vector<NamedFile> files;
  std::shared_ptr<Scratch> held;
  Args::Raw raw;
  {
    const std::lock_guard lock(mutex_);
    const auto job = find(id);
    if (!job->scratch) throw conflict(fmt::format("it is {} already; send the file again", word_of(job->state)));
    files = job->files, held = job->scratch;
    raw = options ? *std::move(options) : job->options;
  }
  const std::unique_lock one_at_a_time(explaining_, std::try_to_lock);
  if (!one_at_a_time) throw busy("another file is looked at; try again");
  const auto args = checked_options(raw);
  importers::BundleLimits limits;
  limits.bytes_total_max = limits_.unpacked_bytes_max;
  return file_.read([&](Crm& crm) {
    crm.progress = [this](auto&&...) {
      if (stopping_) throw busy("the service stops");
    };
    return explain_files(crm, files, args, limits);
  });
}

std::string ImportJobs::issues_csv(const std::string& id) {
  const std::lock_guard lock(mutex_);
  std::string csv = reports::csv_line({"file", "line", "column", "message"});
  for (const auto& issue : find(id)->issues) {
    csv += reports::csv_line({issue["file"].get<std::string>(), issue["line"].dump(), issue["column"].dump(),
                              issue["message"].get<std::string>()});
  }
  return csv;
}

void ImportJobs::remove(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const auto job = find(id);
  if (job->is_at_work()) throw conflict(fmt::format("it is {} just now; cancel it first", word_of(job->state)));
  jobs_.erase(std::find(jobs_.begin(), jobs_.end(), job));
}

void ImportJobs::forget_old() {
  const auto now = steady_clock::now();
  for (auto job = jobs_.begin(); job != jobs_.end();) {
    const bool too_many = static_cast<std::size_t>(jobs_.end() - job) > limits_.jobs_max;
    const bool old = now - (*job)->arrived > limits_.kept_for;
    job = (too_many || old) && !(*job)->is_at_work() ? jobs_.erase(job) : job + 1;
  }
}

// Work

void ImportJobs::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    ready_.wait_for(lock, tidy_every, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    forget_old();
    if (queue_.empty()) continue;
    const auto job = queue_.front();
    queue_.pop_front();
    lock.unlock();
    run(*job);
    lock.lock();
  }
}

void ImportJobs::run(Job& job) {
  std::vector<NamedFile> files;
  Args::Raw options;
  bool keep = false;
  {
    const std::lock_guard lock(mutex_);
    files = job.files, options = job.options;
    keep = job.state == State::applying;
  }
  auto state = State::failed;
  std::string detail;
  try {
    auto answer = bring_in(job, files, checked_options(options), keep);
    return took(job, std::move(answer), keep);
  } catch (const Cancelled&) {
    state = State::cancelled;
  } catch (const StoreError& error) {
    detail = error.what();
  } catch (const Conflict& error) {
    detail = error.what();
  } catch (const NotFound& error) {
    detail = error.what();
  } catch (const Wrong& error) {
    detail = error.what();
  } catch (const Busy& error) {
    detail = error.what();
  } catch (const std::system_error&) {
    detail = "the disk has no room for what is unpacked, or cannot be read; make room and try again";
  } catch (const std::exception& error) {
    detail = "something went wrong inside; nothing was changed";
    if (log_) log_(fmt::format("import job {}: {}", job.id, error.what()));
  }
  // Where things lie on this machine is nobody's business.
  if (const auto colon = detail.find(": "); detail.starts_with('/') && colon != std::string::npos)
    detail.erase(0, colon + 2);
  const std::lock_guard lock(mutex_);
  ended(job, state, std::move(detail));
}

Answer ImportJobs::bring_in(Job& job, const std::vector<NamedFile>& files, const Args& args, bool keep) {
  importers::BundleLimits limits;
  limits.bytes_total_max = limits_.unpacked_bytes_max;
  const auto progress = [&](std::string_view what, std::int64_t done, std::int64_t total) {
    if (job.cancelled || stopping_) throw Cancelled{};
    const std::lock_guard lock(mutex_);
    job.progress = job.meter.take(what, done, total);
    tell(job, false);
  };
  progress(keep ? "reading" : "copying the file to try it on", 0, 0);
  if (!keep) {
    const auto copy = file_.copy();
    return file_.try_on(*copy, [&](Crm& crm) {
      crm.dry_run = true;
      crm.progress = progress;
      return import_files(
          crm, [&crm]() -> Crm& { return crm; }, files, args, limits);
    });
  }
  return file_.read([&](Crm& reader) {
    reader.progress = progress;
    std::optional<Writing> writing;
    const auto writer = [&]() -> Crm& {
      writing.emplace(file_);
      writing->crm().progress = progress;
      return writing->crm();
    };
    return import_files(reader, writer, files, args, limits);
  });
}

void ImportJobs::took(Job& job, Answer answer, bool kept) {
  const std::lock_guard lock(mutex_);
  if (auto issues = answer.data.find("issues"); issues != answer.data.end()) {
    job.issues = (*issues)["items"];
    auto& shown = (*issues)["items"];
    if (shown.size() > issues_shown) shown.erase(shown.begin() + issues_shown, shown.end());
  }
  job.said = std::move(answer.said), job.remarks = std::move(answer.remarks), job.change = answer.change;
  (kept ? job.result : job.preview) = std::move(answer.data);
  if (kept) return ended(job, State::done);
  job.state = State::previewed;
  job.progress = nullptr;
  if (job.cancelled) return ended(job, State::cancelled);
  tell(job, true);
}

void ImportJobs::ended(Job& job, State state, std::string detail) {
  job.state = state;
  job.error = std::move(detail);
  job.progress = nullptr;
  if (state != State::failed) job.scratch.reset();
  tell(job, true);
}

void ImportJobs::tell(Job& job, bool is_last) {
  const auto brief = [&] {
    return Json{{"job", job.id},
                {"name", job.name},
                {"state", word_of(job.state)},
                {"progress", job.progress},
                {"said", job.said},
                {"change", wire::value(job.change)}};
  };
  const auto now = steady_clock::now();
  constexpr std::chrono::milliseconds at_least{100};
  if (!is_last && now - job.progress_told < at_least) return;  // spares the making of the text
  job.progress_told = now;
  events_.tell_job(job.id, brief(), is_last);
}

Json ImportJobs::json_of(const Job& job, bool whole) const {
  auto files = Json::array();
  std::int64_t bytes = 0;
  for (std::size_t i = 0; i < job.files.size(); ++i) {
    bytes += job.sizes[i];
    files.push_back({{"name", job.files[i].name}, {"bytes", job.sizes[i]}});
  }
  Json json{{"id", job.id},
            {"name", job.name},
            {"bytes", bytes},
            {"uploaded_at", job.uploaded_at},
            {"state", word_of(job.state)},
            {"options", json_of_options(job.options)},
            {"progress", job.progress},
            {"said", job.said},
            {"change", wire::value(job.change)},
            {"undone", job.undone},
            {"error", job.error.empty() ? Json(nullptr) : Json(job.error)}};
  if (!whole) return json;
  json["files"] = std::move(files);
  json["remarks"] = job.remarks;
  json["preview"] = job.preview;
  json["result"] = job.result;
  return json;
}

}  // namespace ties::http
