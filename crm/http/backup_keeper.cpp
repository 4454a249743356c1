#include "crm/http/backup_keeper.h"

#include "crm/service/backups.h"

namespace ties::http {

BackupKeeper::BackupKeeper(File& file, Log log, std::chrono::milliseconds look_every)
    : file_(file), log_(std::move(log)), look_every_(look_every), thread_([this] {
        look();
        std::unique_lock lock(mutex_);
        while (!stopped_.wait_for(lock, look_every_, [this] { return stopping_; })) {
          lock.unlock();
          look();
          lock.lock();
        }
      }) {}

BackupKeeper::~BackupKeeper() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  thread_.join();
}

void BackupKeeper::look() {
  try {
    const auto made = file_.write([](Crm& crm) { return back_up_if_due(crm); });
    if (made) log_.line(Log::Level::info, "backup", {{"made", *made}});
  } catch (const StoreError& trouble) {
    log_.line(Log::Level::error, "backup", {{"why", trouble.reason}});
  } catch (const std::exception& trouble) {
    log_.line(Log::Level::error, "backup", {{"why", trouble.what()}});
  }
}

}  // namespace ties::http
