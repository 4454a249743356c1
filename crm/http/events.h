#pragma once
#include <atomic>
#include <deque>
#include <thread>

#include "crm/http/file.h"
#include "crm/http/problem.h"

/// What happens to the file and to the jobs, told as it happens: server-sent events.
namespace ties::http {

struct EventLimits {
  int listeners_max{32};
  std::size_t told_max{1'000};  ///< messages kept for listeners that are slow
  int replayed_max{100};        ///< changes told to somebody who comes back
  std::size_t records_max{50};  ///< named as touched by one change
  std::chrono::milliseconds look_every{250};
  std::chrono::milliseconds job_every{250};
  std::chrono::milliseconds comment_every{15'000};
};

/// Tells everybody who listens
///   hello   at first, {change}: the number of the newest change;
///   change  of every change that any program commits, {id, said, door, at, undoes, touched: {noun: [ids]}, more}; its
///           number is the event's id. `more`: other records were touched too. `said` is null for those who may not see
///           what is private, where it may be of such;
///   job     of every step of an import, to those who may import;
///   reset   {change}: there was more than is told again, or a backup was put in place of the whole; what is shown
///           should be read anew.
/// Looks at the file only while somebody listens.
class Events {
 public:
  explicit Events(File& file, EventLimits limits = {});
  ~Events();
  Events(const Events&) = delete;
  Events& operator=(const Events&) = delete;

  /// Whoever listens, and what they may hear.
  struct Audience {
    bool sees_private{};
    bool sees_jobs{};
    std::optional<std::string> last_heard{};  ///< the id of the last event before they went
  };
  /// A place among the listeners, for as long as it is held. Throws Refused (busy) when there is none.
  class Listener;
  std::shared_ptr<Listener> join(Audience audience);
  /// Writes until the stream fails, or `stop`.
  void listen(Listener& listener, std::ostream& out);

  /// At most four times a second of one job; always of what is the last for now.
  void tell_job(const std::string& job, const wire::Json& data, bool is_last);
  /// Ends all listening at once, and for good.
  void stop();

 private:
  struct Message {
    std::int64_t change{};  ///< its number; 0: of a job
    bool resets{};          ///< the whole was replaced, and this is its newest change
    std::string text{};
    std::string text_for_all{};  ///< without what may be private
  };

  void watch();
  void look(Store& store);
  void tell_reset(Store& store);
  Message message_of(Store& store, const Change& change) const;
  void tell(Message message);
  void replay(Listener& listener, std::ostream& out);

  File& file_;
  EventLimits limits_;
  std::mutex mutex_;
  std::condition_variable heard_;   ///< by those who listen
  std::condition_variable wanted_;  ///< by the one who looks at the file
  bool stopping_{};
  int listeners_{};
  Id<Change> last_{};                                  ///< told of
  std::deque<std::shared_ptr<const Message>> told_{};  ///< the newest at the end
  std::uint64_t first_{};                              ///< the place of the first of them among all that were ever told
  std::map<std::string, std::chrono::steady_clock::time_point> job_told_{};
  std::thread watcher_;
};

}  // namespace ties::http
