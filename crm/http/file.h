#pragma once
#include "crm/service/verb.h"

#include <condition_variable>
#include <mutex>

/// The user's file as many threads use it: any number of readers, each with a connection of its own, and one writer.
namespace ties::http {

/// Others are writing, and did not end in time.
struct Busy : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class File {
 public:
  /// Opens for writing first, so that the schema is up to date and the file is there. Throws StoreError.
  File(std::filesystem::path file, std::optional<Date> today, int writer_patience_ms = 20'000);

  /// Work on a connection that can only read. Any number at once, each at one moment of the file.
  template <class Work>
  auto read(Work&& work) {
    auto store = reader();
    return with(*store, std::forward<Work>(work));
  }

  /// Work on the connection that writes: one at a time, first come, first served. Throws Busy when the turn does not come
  /// in time.
  template <class Work>
  auto write(Work&& work) {
    const Turn turn(*this);
    return with(writer_, std::forward<Work>(work));
  }

  const std::filesystem::path& path() const { return path_; }
  int writers_waiting() const;
  /// A private copy of the file as it is now, to be tried things on; removed with the last owner.
  std::shared_ptr<Store> copy();

 private:
  struct Turn {
    explicit Turn(File& file);
    ~Turn();
    File& file;
  };

  std::unique_ptr<Store, std::function<void(Store*)>> reader();
  Crm crm_of(Store& store) const;

  template <class Work>
  auto with(Store& store, Work&& work) {
    return in_plain_words(path_, [&] {
      auto crm = crm_of(store);
      return work(crm);
    });
  }

  std::filesystem::path path_;
  std::optional<Date> today_;
  int writer_patience_ms_;
  Store writer_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t next_ticket_{}, serving_{};
  std::set<std::uint64_t> gone_;  ///< tickets of those who did not wait any longer
  std::vector<std::unique_ptr<Store>> idle_;
};

}  // namespace ties::http
