#include "crm/store/store.h"

namespace ties {

std::vector<Task> Store::tasks(bool open_only) {
  return select<Task>("WHERE ?1 = 0 OR state = 'open' ORDER BY state <> 'open', due IS NULL, due, id", open_only);
}

std::vector<Task> Store::tasks_about(Id<Contact> contact) { return select<Task>("WHERE contact = ? ORDER BY due IS NULL, due, id", contact); }

std::vector<Task> Store::tasks_about(Id<Application> application) {
  return select<Task>("WHERE application = ? ORDER BY due IS NULL, due, id", application);
}

}  // namespace ties
