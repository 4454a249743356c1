#pragma once
#include "crm/domain/date.h"
#include "crm/domain/id.h"
#include "crm/domain/words.h"

namespace ties {

struct Company {
  static constexpr std::string_view noun = "company";

  Id<Company> id{};
  std::string name{};
  bool target{};     ///< where the user wants to work
  bool suggested{};  ///< followed on LinkedIn, or a "dream company": a target that the user has not confirmed
  std::string notes{};
  std::string key{};  ///< company_key(name)

  bool operator==(const Company&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("name", r.name), f("target", r.target), f("suggested", r.suggested), f("notes", r.notes), f("key", r.key);
  }
};

enum class AliasKind { name, domain, organisation };
template <>
struct Words<AliasKind> {
  static constexpr std::array all{"name"sv, "domain"sv, "organisation"sv};
};

/// Another thing by which a company is known: a name that the user confirmed, a mail domain, an organisation on GitHub.
struct CompanyAlias {
  static constexpr std::string_view noun = "company_alias";

  Id<CompanyAlias> id{};
  Id<Company> company{};
  AliasKind kind{};
  std::string value{};
  std::string key{};  ///< company_key of a name; lower case of the others

  bool operator==(const CompanyAlias&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("company", r.company), f("kind", r.kind), f("value", r.value), f("key", r.key);
  }
};

/// The distinctive words of a company's name, folded and sorted, joined by one blank: legal forms ("Inc", "GmbH",
/// "Pvt. Ltd.") and generic words ("The", "Group", "Holding", "Technologies") are dropped unless nothing would be left.
/// Two names are one company's when their keys are equal; never by substring.
/// "Northwind Labs, Inc." = "northwind labs"; "The Northwind Group" = "northwind" ≠ "northwind labs".
std::string company_key(std::string_view name);

}  // namespace ties
