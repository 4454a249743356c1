#pragma once
#include <initializer_list>
#include <string>
#include <string_view>

namespace ties::importers {

/// 16 hex digits that stay the same for the same fields for ever (FNV-1a): they are kept as part of source keys.
std::string hash_of(std::initializer_list<std::string_view> fields);

}  // namespace ties::importers
