#include "crm/http/file.h"

#include "crm/http/scratch.h"

#include <algorithm>

namespace ties::http {

File::File(std::filesystem::path file, std::optional<Date> today, int writer_patience_ms)
    : path_(std::move(file)), today_(today), writer_patience_ms_(writer_patience_ms), writer_(path_) {}

Crm File::crm_of(Store& store) const {
  const Config config(store.settings());
  return {store, Clock(today_, config.text("time_zone")), config, "http"};
}

std::unique_ptr<Store, std::function<void(Store*)>> File::reader() {
  const auto give_back = [this](Store* store) {
    const std::lock_guard lock(mutex_);
    idle_.emplace_back(store);
  };
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      auto store = std::move(idle_.back());
      idle_.pop_back();
      return {store.release(), give_back};
    }
  }
  return {new Store(path_, Database::Access::read_only), give_back};
}

int File::writers_waiting() const {
  const std::lock_guard lock(mutex_);
  const auto in_line = static_cast<int>(next_ticket_ - serving_ - gone_.size());
  return std::max(in_line - 1, 0);
}

std::shared_ptr<Store> File::copy() {
  struct Copy {
    Scratch scratch{};  // goes last
    std::optional<Store> store{};
  };
  auto copy = std::make_shared<Copy>();
  const auto file = copy->scratch.new_file("copy.db");
  reader()->copy_to(file);
  copy->store.emplace(file);
  return {copy, &*copy->store};
}

File::Turn::Turn(File& f) : file(f) {
  std::unique_lock lock(file.mutex_);
  const auto ticket = file.next_ticket_++;
  const auto is_mine = [&] { return file.serving_ == ticket; };
  if (file.changed_.wait_for(lock, std::chrono::milliseconds(file.writer_patience_ms_), is_mine)) return;
  file.gone_.insert(ticket);
  throw Busy("something else is being written and takes long; nothing was changed, try again");
}

File::Turn::~Turn() {
  const std::lock_guard lock(file.mutex_);
  ++file.serving_;
  while (file.gone_.erase(file.serving_) > 0) ++file.serving_;
  file.changed_.notify_all();
}

}  // namespace ties::http
