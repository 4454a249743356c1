#include "crm/http/events.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "crm/http/service.h"

namespace ties::http {
namespace {

using std::chrono::steady_clock;
using wire::Json;

/// Of one line, as the form asks for: JSON has none.
std::string text_of(std::string_view event, std::int64_t id, const Json& data) {
  std::string text;
  if (id > 0) text += fmt::format("id: {}\n", id);
  return text +
         fmt::format("event: {}\ndata: {}\n\n", event, data.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::optional<std::int64_t> number_of(const std::string& text) {
  const bool is_number =
      !text.empty() && text.size() <= 18 && text.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? std::optional(std::stoll(text)) : std::nullopt;
}

}  // namespace

class Events::Listener {
 public:
  Listener(Events& events, Audience audience) : audience_(std::move(audience)), events_(events) {}
  ~Listener() {
    const std::lock_guard lock(events_.mutex_);
    --events_.listeners_;
  }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

 private:
  friend class Events;
  Audience audience_;
  Events& events_;
  std::uint64_t place_{};  ///< of the next message
  Id<Change> last_{};      ///< told of
};

Events::Events(File& file, EventLimits limits) : file_(file), limits_(limits), watcher_([this] { watch(); }) {}

Events::~Events() {
  stop();
  watcher_.join();
}

void Events::stop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  heard_.notify_all();
  wanted_.notify_all();
}

std::shared_ptr<Events::Listener> Events::join(Audience audience) {
  const auto newest = file_.read([](Crm& crm) { return crm.store.journal().newest(); });
  const std::lock_guard lock(mutex_);
  if (stopping_ || listeners_ >= limits_.listeners_max) {
    auto busy = problem("busy", "too many listen already; close other pages, or ask again later");
    busy.headers.emplace_back("Retry-After", "10");
    throw Refused(std::move(busy));
  }
  if (++listeners_ == 1) last_ = newest;  // nobody looked since
  auto listener = std::make_shared<Listener>(*this, std::move(audience));
  listener->place_ = first_ + told_.size();
  listener->last_ = last_;
  wanted_.notify_all();
  return listener;
}

void Events::listen(Listener& listener, std::ostream& out) {
  const auto& audience = listener.audience_;
  out << "retry: 2000\n\n";
  if (audience.last_heard) {
    replay(listener, out);
  } else {
    out << text_of("hello", listener.last_.value, {{"change", listener.last_.value}});
  }
  out << std::flush;
  auto spoken = steady_clock::now();
  while (out) {
    std::vector<std::shared_ptr<const Message>> due;
    bool missed = false;
    {
      std::unique_lock lock(mutex_);
      heard_.wait_until(lock, spoken + limits_.comment_every,
                        [&] { return stopping_ || first_ + told_.size() > listener.place_; });
      if (stopping_) return;
      missed = listener.place_ < first_;
      if (missed) listener.last_ = last_;
      if (!missed) due.assign(told_.begin() + static_cast<std::ptrdiff_t>(listener.place_ - first_), told_.end());
      listener.place_ = first_ + told_.size();
    }
    bool spoke = missed;
    if (missed) out << text_of("reset", listener.last_.value, {{"change", listener.last_.value}});
    for (const auto& message : due) {
      const bool is_known = !message->resets && message->change <= listener.last_.value;
      if (message->change == 0 && !message->resets ? !audience.sees_jobs : is_known) continue;
      if (message->change > 0 || message->resets) listener.last_ = {message->change};
      out << (audience.sees_private ? message->text : message->text_for_all);
      spoke = true;
    }
    const auto now = steady_clock::now();
    if (!spoke && now < spoken + limits_.comment_every) continue;
    if (!spoke) out << ": still here\n\n";
    out << std::flush;
    spoken = now;
  }
}

/// What was missed, when it is not too much and can be known.
void Events::replay(Listener& listener, std::ostream& out) {
  const auto last = number_of(*listener.audience_.last_heard);
  std::vector<Message> missed;
  bool too_much = !last;
  file_.read([&](Crm& crm) {
    auto& journal = crm.store.journal();
    const auto newest = journal.newest();
    const auto changes = last ? journal.changes_after({*last}, limits_.replayed_max + 1) : std::vector<Change>{};
    // A change that is not there is of another file, or of this one before a backup was put back.
    too_much = too_much || (*last > 0 && !journal.find({*last})) ||
               changes.size() > static_cast<std::size_t>(limits_.replayed_max);
    if (!too_much) {
      for (const auto& change : changes) missed.push_back(message_of(crm.store, change));
    }
    listener.last_ = newest;
  });
  if (too_much) out << text_of("reset", listener.last_.value, {{"change", listener.last_.value}});
  for (const auto& message : missed) out << (listener.audience_.sees_private ? message.text : message.text_for_all);
}

void Events::tell(Message message) {
  if (told_.size() == limits_.told_max) told_.pop_front(), ++first_;
  told_.push_back(std::make_shared<const Message>(std::move(message)));
  heard_.notify_all();
}

void Events::tell_job(const std::string& job, const Json& data, bool is_last) {
  const std::lock_guard lock(mutex_);
  const auto now = steady_clock::now();
  const auto told = job_told_.find(job);
  if (!is_last && told != job_told_.end() && now - told->second < limits_.job_every) return;
  if (is_last) {
    job_told_.erase(job);
  } else {
    job_told_[job] = now;
  }
  const auto text = text_of("job", 0, data);
  tell({0, false, text, text});
}

void Events::watch() {
  std::optional<Store> store;
  std::int64_t version = -1, schema = -1;
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (listeners_ == 0) {
      store.reset();
      wanted_.wait(lock, [this] { return stopping_ || listeners_ > 0; });
      continue;
    }
    lock.unlock();
    try {
      if (!store) store.emplace(file_.path(), Database::Access::read_only), version = -1, schema = -1;
      in_plain_words(file_.path(), [&] {
        const auto now = store->version_of_data();
        if (now == version) return;
        const auto schema_now = store->version_of_schema();
        if (schema >= 0 && schema_now != schema) tell_reset(*store);
        look(*store);
        version = now, schema = schema_now;
      });
    } catch (const std::exception&) {
      store.reset();  // a file in trouble is looked at again; those who read it are told what is wrong
    }
    lock.lock();
    wanted_.wait_for(lock, limits_.look_every, [this] { return stopping_; });
  }
}

void Events::tell_reset(Store& store) {
  const auto newest = store.journal().newest();
  const auto text = text_of("reset", newest.value, {{"change", newest.value}});
  const std::lock_guard lock(mutex_);
  if (stopping_) return;
  last_ = newest;
  tell({newest.value, true, text, text});
}

void Events::look(Store& store) {
  constexpr int at_once = 100;
  for (bool more = true; more;) {
    Id<Change> last;
    {
      const std::lock_guard lock(mutex_);
      last = last_;
    }
    const auto changes = store.journal().changes_after(last, at_once);
    more = changes.size() == at_once;
    for (const auto& change : changes) {
      auto message = message_of(store, change);
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      last_ = change.id;
      tell(std::move(message));
    }
  }
}

Events::Message Events::message_of(Store& store, const Change& change) const {
  const auto touched = store.journal().touched(change, limits_.records_max);
  auto records = Json::object();
  for (const auto& row : touched.records) {
    if (const auto* id = std::get_if<std::int64_t>(&row.key)) records[row.table].push_back(*id);
  }
  Json data{{"id", change.id.value},
            {"said", change.said},
            {"door", change.door},
            {"at", change.at},
            {"undoes", wire::value(change.undoes)},
            {"touched", records},
            {"more", touched.more}};
  Message message{change.id.value, false, text_of("change", change.id.value, data), ""};
  const bool may_be_private =
      touched.more || std::any_of(touched.tables.begin(), touched.tables.end(),
                                  [&](const std::string& table) { return store.may_be_private(table); });
  if (may_be_private) data["said"] = nullptr;
  message.text_for_all = text_of("change", change.id.value, data);
  return message;
}

namespace {

Response events(Service& service, const Request& request, const Caller& caller, const Parts&) {
  Events::Audience audience{caller.may("private"), caller.may("import"), std::nullopt};
  audience.last_heard = request.parameter("last_event_id");
  if (const auto header = request.header("last-event-id"); !header.empty()) audience.last_heard = header;
  Response response;
  response.type = "text/event-stream";
  response.headers = {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
  response.stream = [&all = service.events, listener = service.events.join(std::move(audience))](std::ostream& out) {
    all.listen(*listener, out);
  };
  return response;
}

Json describe_events() {
  const auto text = [](const char* about) { return Json{{"type", "string"}, {"description", about}}; };
  return {
      {"parameters",
       {{{"name", "Last-Event-ID"},
         {"in", "header"},
         {"required", false},
         {"schema", text("the id of the last event that was heard: what was missed is told again, up to 100 changes")}},
        {{"name", "last_event_id"},
         {"in", "query"},
         {"required", false},
         {"schema", text("the same, for clients that can set no header")}}}},
      {"responses",
       {{"200",
         {{"description",
           "Events as they happen, until the client goes: hello {change}; change {id, said, door, at, undoes, touched, "
           "more}, with the change's number as its id; job {job, name, state, progress, said, "
           "change}; reset {change} when more was missed than is told again, or a backup was put in place."},
          {"content",
           {{"text/event-stream",
             {{"schema", {{"type", "string"}}},
              {"example",
               "id: 12\nevent: change\ndata: {\"id\":12,\"said\":\"added Ada "
               "Lovelace\",\"door\":\"cli\",\"at\":\"2026-03-04T12:00:00Z\",\"undoes\":null,\"touched\":{\"contact\":["
               "3]},\"more\":false}\n\n"}}}}}}}}}};
}

}  // namespace

std::vector<Endpoint> event_endpoints() {
  return {{"GET /api/v1/events", "events",
           "what happens, as it happens: changes by whatever program, and the steps of imports", "read", events,
           describe_events, "text/event-stream"}};
}

}  // namespace ties::http
