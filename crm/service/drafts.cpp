#include "crm/service/verb.h"

namespace ties {

std::vector<Verb> draft_verbs() {
  return {};
}

}  // namespace ties
