#pragma once
#include <algorithm>

#include "crm/service/verb.h"

namespace ties {

/// What was said of changes, to those who may not see private things.
class Told {
 public:
  explicit Told(Crm& crm) : hidden_(crm.store.hidden_task_texts()) {}

  std::string operator()(const std::string& said) const {
    const bool is_hidden = std::any_of(hidden_.begin(), hidden_.end(), [&](const std::string& text) {
      return !text.empty() && said.find(text) != std::string::npos;
    });
    return is_hidden ? "something private" : said;
  }

 private:
  std::vector<std::string> hidden_;
};

}  // namespace ties
