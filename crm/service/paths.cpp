#include "crm/service/verb.h"

namespace ties {

std::vector<Verb> path_verbs() {
  return {};
}

}  // namespace ties
