#pragma once
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>

#include "crm/service/verb.h"

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
    return with(*store, [&](Crm& crm) {
      const OneMoment moment(*store);
      return work(crm);
    });
  }

  /// Work on the connection that writes: one at a time, first come, first served. Throws Busy when the turn does not
  /// come in time.
  template <class Work>
  auto write(Work&& work) {
    const Turn turn(*this);
    return with(writer_, std::forward<Work>(work));
  }

  const std::filesystem::path& path() const { return path_; }
  int writers_waiting() const;  ///< behind the one that writes
  /// A private copy of the file as it is now, to be tried things on; removed with the last owner. Holds up nobody.
  std::shared_ptr<Store> copy();
  /// Work on such a copy, as `write` does on the file.
  template <class Work>
  auto try_on(Store& copy, Work&& work) {
    return with(copy, std::forward<Work>(work));
  }

 private:
  struct Turn {
    explicit Turn(File& file);
    ~Turn();
    File& file;
  };

  friend class Writing;

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

/// The turn to write for as long as it lives: for work within `read` that learns in its middle that it is time to
/// write. Throws Busy as `write` does.
class Writing {
 public:
  explicit Writing(File& file) : turn_(file), crm_(file.crm_of(file.writer_)) {}
  Crm& crm() { return crm_; }

 private:
  File::Turn turn_;
  Crm crm_;
};

}  // namespace ties::http
