#pragma once
#include <atomic>
#include <deque>
#include <fstream>
#include <thread>

#include "crm/http/events.h"
#include "crm/http/scratch.h"
#include "crm/service/imports.h"

/// Imports over HTTP: what was uploaded waits on the disk, is tried on a copy of the file, and is brought in when asked
/// for.
namespace ties::http {

struct ImportLimits {
  std::int64_t bytes_max{2'000'000'000};  ///< of one upload
  std::int64_t unpacked_bytes_max{20'000'000'000};
  std::int64_t room_bytes_left{200'000'000};  ///< stay free on the disk
  int uploads_max{4};                         ///< at once
  std::size_t files_max{200};                 ///< of one upload
  std::size_t jobs_max{20};
  std::chrono::seconds kept_for{24 * 60 * 60};
};

/// The states: uploaded → previewing → previewed → applying → done, failed or cancelled. One thread does the work, one
/// job after the other. A job that failed can be asked again, with other options. Files go with the end of their job.
/// Whatever is not possible in a job's state is Refused as a conflict.
class ImportJobs {
 public:
  /// `log`: takes what nobody foresaw, for the log.
  ImportJobs(File& file, Events& events, ImportLimits limits = {}, std::function<void(const std::string&)> log = {});
  ~ImportJobs();  ///< what is at work ends, and nothing of it is kept
  ImportJobs(const ImportJobs&) = delete;
  ImportJobs& operator=(const ImportJobs&) = delete;

  /// Bytes on their way. Nothing is left of them unless `done` is reached.
  class Upload {
   public:
    ~Upload();
    Upload(const Upload&) = delete;
    Upload& operator=(const Upload&) = delete;

    /// Whatever comes then is of a further file. `name`: what its owner calls it, which is never used as a path.
    void begin_file(std::string_view name);
    /// Throws Refused: too-large, no-room.
    void write(std::string_view bytes);
    /// A job, as JSON. Throws Refused when nothing came, and Wrong for options that are none.
    wire::Json done(Args::Raw options);

   private:
    friend class ImportJobs;
    Upload(ImportJobs& jobs, std::optional<std::int64_t> bytes_expected);
    void check_room(std::int64_t bytes) const;
    void end_file();

    ImportJobs& jobs_;
    std::shared_ptr<Scratch> scratch_;
    std::vector<NamedFile> files_{};
    std::vector<std::int64_t> sizes_{};
    std::ofstream out_{};
    std::int64_t bytes_{};
  };
  /// Throws Refused: busy, too-large, no-room.
  std::unique_ptr<Upload> upload(std::optional<std::int64_t> bytes_expected);

  wire::Json list();  ///< the newest first, without what their previews and reports list
  wire::Json show(const std::string& job);
  /// `options`: in place of those that were given before.
  wire::Json preview(const std::string& job, std::optional<Args::Raw> options);
  wire::Json apply(const std::string& job, std::optional<Args::Raw> options);
  wire::Json cancel(const std::string& job);
  Answer undo(const std::string& job);
  Answer explain(const std::string& job, std::optional<Args::Raw> options);
  std::string issues_csv(const std::string& job);  ///< of its preview, or once it is done of that
  void remove(const std::string& job);
  void stop();

 private:
  enum class State { uploaded, previewing, previewed, applying, done, failed, cancelled };
  struct Job;
  struct Cancelled {};  ///< no exception of the standard, so that nobody takes it for a fault
  using Found = std::shared_ptr<Job>;

  Found find(const std::string& job);
  Found job_at_rest(const std::string& job);
  wire::Json start(const std::string& job, State state, std::optional<Args::Raw> options);
  Args checked_options(const Args::Raw& options);
  void work();
  void run(Job& job);
  Answer bring_in(Job& job, const std::vector<NamedFile>& files, const Args& args, bool keep);
  void took(Job& job, Answer answer, bool kept);
  void ended(Job& job, State state, std::string detail = "");
  void tell(Job& job, bool is_last);
  void forget_old();
  wire::Json json_of(const Job& job, bool whole) const;

  File& file_;
  Events& events_;
  ImportLimits limits_;
  std::function<void(const std::string&)> log_;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::atomic<bool> stopping_{};
  int uploads_{};
  std::deque<Found> jobs_{};   ///< the newest at the end
  std::deque<Found> queue_{};  ///< for the worker
  std::mutex explaining_;      ///< unpacks: one at a time
  std::thread worker_;
};

}  // namespace ties::http
