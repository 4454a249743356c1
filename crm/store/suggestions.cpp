#include "crm/store/store.h"

namespace ties {

std::vector<Suggestion> Store::suggestions(bool open_only) {
  return select<Suggestion>(R"sql(WHERE ?1 = 0 OR state = 'open' ORDER BY state <> 'open', "on" DESC, id DESC)sql", open_only);
}

}  // namespace ties
