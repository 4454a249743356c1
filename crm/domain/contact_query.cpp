#include "crm/domain/contact.h"
#include "crm/domain/errors.h"
#include "crm/text/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace ties {
namespace {

using Condition = ContactQuery::Condition;
using What = Condition::What;

struct Key {
  std::string_view name;
  What what;
  std::vector<std::string> values;  ///< the only ones allowed; empty: any
};
const std::vector<Key>& keys() {
  static const std::vector<Key> table{{"tag", What::tag, {}},       {"company", What::company, {}},
                                      {"event", What::event, {}},   {"source", What::source, {}},
                                      {"last", What::last, {}},     {"has", What::has, {"email", "phone", "linkedin", "github", "note", "cadence", "company"}},
                                      {"is", What::is, {"starred", "archived", "deleted"}},
                                      {"id", What::id, {}}};
  return table;
}

/// Parts between blanks; a blank within double quotes belongs to its part, the quotes do not.
std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> parts;
  std::string part;
  bool quoted = false, begun = false;
  for (const char c : text) {
    if (c == '"') {
      quoted = !quoted;
      begun = true;
    } else if ((c == ' ' || c == '\t' || c == '\n') && !quoted) {
      if (begun) parts.push_back(std::exchange(part, {}));
      begun = false;
    } else {
      part += c;
      begun = true;
    }
  }
  if (quoted) throw Wrong("the query has a quote that is never closed");
  if (begun) parts.push_back(part);
  return parts;
}

void read_last(Condition& condition) {
  const auto& value = condition.value;
  const auto wrong = [&] { return Wrong(fmt::format("last: '{}' is not understood; write last:>90d, last:<2w or last:never", value)); };
  if (value == "never") {
    condition.days = -1;
    return;
  }
  if (value.size() < 3 || (value[0] != '>' && value[0] != '<')) throw wrong();
  condition.longer = value[0] == '>';
  const auto unit = value.find_first_not_of("0123456789", 1);
  if (unit == std::string::npos || unit == 1 || unit > 6 || unit + 1 != value.size()) throw wrong();
  const int days = value[unit] == 'd' ? 1 : value[unit] == 'w' ? 7 : value[unit] == 'm' ? 30 : value[unit] == 'y' ? 365 : 0;
  if (days == 0) throw wrong();
  condition.days = std::min(std::stoi(value.substr(1, unit - 1)) * days, 1'000'000);
}

void read_ids(Condition& condition) {
  constexpr std::size_t digits_max = 15;
  const std::string_view value = condition.value;
  for (std::size_t at = 0; at <= value.size();) {
    const auto end = std::min(value.find(',', at), value.size());
    const auto number = value.substr(at, end - at);
    if (number.empty() || number.size() > digits_max || number.find_first_not_of("0123456789") != std::string_view::npos) {
      throw Wrong(fmt::format("id: '{}' is no number; write id:3 or id:3,7", number));
    }
    condition.ids.push_back(std::stoll(std::string(number)));
    at = end + 1;
  }
}

}  // namespace

ContactQuery contact_query(std::string_view text) {
  ContactQuery query;
  for (auto part : parts_of(text)) {
    Condition condition;
    if (part.size() > 1 && part[0] == '-') {
      condition.negated = true;
      part.erase(0, 1);
    }
    const auto colon = part.find(':');
    if (colon == std::string::npos || colon == 0) {
      condition.value = part;
    } else {
      const auto name = part.substr(0, colon);
      const auto key = std::find_if(keys().begin(), keys().end(), [&](const Key& k) { return k.name == name; });
      if (key == keys().end()) {
        std::vector<std::string> names;
        for (const auto& known : keys()) names.emplace_back(known.name);
        throw Wrong(fmt::format("'{}:' is no key of a query{}; there are {}", name, did_you_mean(name, names), fmt::join(names, ", ")));
      }
      condition.what = key->what;
      condition.value = part.substr(colon + 1);
      if (condition.value.empty()) throw Wrong(fmt::format("{}: give a value behind the colon", name));
      if (!key->values.empty() && std::find(key->values.begin(), key->values.end(), condition.value) == key->values.end()) {
        throw Wrong(fmt::format("{}: '{}' is none of {}{}", name, condition.value, fmt::join(key->values, ", "), did_you_mean(condition.value, key->values)));
      }
      if (condition.what == What::last) read_last(condition);
      if (condition.what == What::id) read_ids(condition);
    }
    query.conditions.push_back(std::move(condition));
  }
  return query;
}

}  // namespace ties
