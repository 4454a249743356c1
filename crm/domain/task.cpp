#include "crm/domain/task.h"

namespace ties {

std::optional<Task> next_turn(const Task& ended, Date today) {
  if (!ended.repeat_days || *ended.repeat_days <= 0) return std::nullopt;
  auto next = ended;
  next.id = {};
  next.state = TaskState::open;
  next.ended_on.reset();
  next.source_key.reset();
  next.made_on = today;
  const auto due = plus_days(ended.due.value_or(today), *ended.repeat_days);
  next.due = due < today ? today : due;
  return next;
}

}  // namespace ties
