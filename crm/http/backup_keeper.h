#pragma once
#include <condition_variable>
#include <thread>

#include "crm/http/file.h"
#include "crm/http/log.h"

namespace ties::http {

/// Makes a backup whenever it is time for one, as the settings say: it looks when it begins, and then every hour.
class BackupKeeper {
 public:
  BackupKeeper(File& file, Log log, std::chrono::milliseconds look_every = std::chrono::hours(1));
  ~BackupKeeper();  ///< waits for a backup that is being made
  BackupKeeper(const BackupKeeper&) = delete;
  BackupKeeper& operator=(const BackupKeeper&) = delete;

 private:
  void look();

  File& file_;
  Log log_;
  std::chrono::milliseconds look_every_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_{};
  std::thread thread_;
};

}  // namespace ties::http
