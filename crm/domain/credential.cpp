#include "crm/domain/credential.h"

#include "crm/domain/date.h"

namespace ties {

std::string instant_after(const std::string& instant, std::chrono::seconds later) {
  auto moment = moment_from_text(instant).value();
  const auto all = std::chrono::sys_days(moment.day).time_since_epoch() + moment.time.value() + later;
  const auto day = std::chrono::floor<std::chrono::days>(all);
  moment.day = Date(std::chrono::sys_days(day));
  moment.time = all - day;
  return to_text(moment);
}

}  // namespace ties
