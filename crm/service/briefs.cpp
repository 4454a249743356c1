#include "crm/service/verb.h"

namespace ties {

std::vector<Verb> brief_verbs() {
  return {};
}

}  // namespace ties
