#include "crm/store/store.h"

namespace ties {

std::vector<View> Store::views(std::optional<ViewPage> page) {
  return select<View>("WHERE ?1 IS NULL OR page = ?1 ORDER BY page, position, id", page);
}

}  // namespace ties
