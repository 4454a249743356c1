#pragma once
#include <string>

#include "crm/domain/id.h"
#include "crm/domain/words.h"

namespace ties {

/// The pages whose lists can be kept as the user wants to see them again.
enum class ViewPage { contacts, companies, applications, contributions };
template <>
struct Words<ViewPage> {
  static constexpr std::array all{"contacts"sv, "companies"sv, "applications"sv, "contributions"sv};
};

/// A list as the user wants to see it again.
struct View {
  static constexpr std::string_view noun = "view";

  Id<View> id{};
  ViewPage page{};
  std::string name{};
  std::string query{};  ///< what stands behind the "?" of the page's address
  int position{};       ///< among the views of its page, from 1 on
  bool standard{};      ///< what the page opens with; of each page at most one is

  bool operator==(const View&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("page", r.page), f("name", r.name), f("query", r.query), f("position", r.position), f("standard", r.standard);
  }
};

}  // namespace ties
