#pragma once
#include <map>
#include <string>
#include <vector>

#include "crm/domain/contact.h"

/// What is kept when two records of one person become one.
namespace ties {

enum class MergeChoice { mine, theirs, newest, both };
template <>
struct Words<MergeChoice> {
  static constexpr std::array all{"mine"sv, "theirs"sv, "newest"sv, "both"sv};
};

/// One of the two records.
struct MergeSide {
  Contact contact{};
  std::vector<std::string>
      typed{};                    ///< fields that the user typed; all that are filled, where the user made the record
  std::optional<Date> told_on{};  ///< when a source last spoke of it
};

struct MergePlan {
  struct Field {
    std::string name{}, mine{}, theirs{}, kept{};
  };
  Contact contact{};                       ///< mine, with the fields that are kept
  std::vector<Field> fields{};             ///< of both, where either says anything
  std::vector<std::string> other_names{};  ///< names that are kept beside the one that is shown
  std::vector<std::string>
      settled{};  ///< fields in which the two differed, or that were typed: imports leave them alone
};

/// The names of the fields that a choice can be made for.
std::vector<std::string> merge_fields();

/// Mine is the record that stays, theirs the one that goes into it. Without a choice: what the user typed, else mine
/// where it is filled, else theirs; of notes both; and the name that is not shown stays as another name. Throws Wrong
/// for a field that does not exist, and for both of what can only be one.
MergePlan merge_plan(const MergeSide& mine, const MergeSide& theirs, const std::map<std::string, MergeChoice>& choices);

}  // namespace ties
