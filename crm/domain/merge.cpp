#include "crm/domain/merge.h"

#include <fmt/format.h>

#include <algorithm>

#include "crm/domain/errors.h"
#include "crm/domain/event.h"
#include "crm/text/text.h"

namespace ties {
namespace {

constexpr std::string_view name_field = "name";

struct TextField {
  std::string_view name;
  std::string Contact::*text;
  std::string_view joined_by;  ///< between both
  bool both_unasked;
};
constexpr TextField text_fields[]{
    {"nickname", &Contact::nickname, ", ", false},          {"suffix", &Contact::suffix, ", ", false},
    {"headline", &Contact::headline, "; ", false},          {"location", &Contact::location, "; ", false},
    {"pronouns", &Contact::pronouns, ", ", false},          {"notes", &Contact::notes, "\n\n", true},
    {"private_note", &Contact::private_note, "\n\n", true}, {"met_place", &Contact::met_place, "; ", false}};

std::string shown(Date day) {
  return to_text(day);
}
std::string shown(int number) {
  return std::to_string(number);
}
template <class R>
std::string shown(Id<R> id) {
  return fmt::format("{} {}", R::noun, id.value);
}
template <class T>
std::string shown(const std::optional<T>& value) {
  return value ? shown(*value) : "";
}

class Planning {
 public:
  Planning(const MergeSide& mine, const MergeSide& theirs, const std::map<std::string, MergeChoice>& choices)
      : mine_(mine), theirs_(theirs), choices_(choices) {
    plan_.contact = mine.contact;
  }

  MergePlan run() {
    check_choices();
    settle_name();
    for (const auto& field : text_fields) settle_text(field);
    settle_value("met_on", &Contact::met_on);
    settle_value("met_event", &Contact::met_event);
    settle_value("met_through", &Contact::met_through);
    settle_value("connected_on", &Contact::connected_on);
    settle_value("cadence", &Contact::cadence_days);
    auto& kept = plan_.contact;
    if (kept.met_through == mine_.contact.id || kept.met_through == theirs_.contact.id) kept.met_through.reset();
    kept.starred = mine_.contact.starred || theirs_.contact.starred;
    kept.archived = mine_.contact.archived && theirs_.contact.archived;
    return std::move(plan_);
  }

 private:
  void check_choices() const {
    const auto names = merge_fields();
    for (const auto& [name, choice] : choices_) {
      if (std::find(names.begin(), names.end(), name) == names.end())
        throw Wrong(fmt::format("field: there is no '{}'{}; there are {}", name, did_you_mean(name, names),
                                fmt::join(names, ", ")));
    }
  }

  static bool is_typed(const MergeSide& side, std::string_view field, bool filled) {
    return filled && (side.contact.source == "hand" ||
                      std::find(side.typed.begin(), side.typed.end(), field) != side.typed.end());
  }

  /// Which record's value stands: one of the two sides, or both.
  MergeChoice choice_of(std::string_view field, bool mine_filled, bool theirs_filled, bool both_unasked) const {
    const auto asked = choices_.find(std::string(field));
    if (asked != choices_.end() && asked->second == MergeChoice::newest)
      return newer_is_mine() ? MergeChoice::mine : MergeChoice::theirs;
    if (asked != choices_.end()) return asked->second;
    if (!mine_filled || !theirs_filled) return mine_filled ? MergeChoice::mine : MergeChoice::theirs;
    if (both_unasked) return MergeChoice::both;
    return is_typed(theirs_, field, theirs_filled) && !is_typed(mine_, field, mine_filled) ? MergeChoice::theirs
                                                                                           : MergeChoice::mine;
  }
  bool newer_is_mine() const {
    return std::pair(mine_.told_on.value_or(Date{}), mine_.contact.id) >
           std::pair(theirs_.told_on.value_or(Date{}), theirs_.contact.id);
  }

  /// A text in which the two differ is the user's to settle.
  void note(std::string_view field, const std::string& mine, const std::string& theirs, const std::string& kept) {
    const bool differ = !mine.empty() && !theirs.empty() && mine != theirs;
    const bool typed = is_typed(mine_, field, kept == mine && !mine.empty()) ||
                       is_typed(theirs_, field, kept == theirs && !theirs.empty());
    if (differ || (typed && mine_.contact.source != "hand")) plan_.settled.emplace_back(field);
    list(field, mine, theirs, kept);
  }

  void list(std::string_view field, std::string mine, std::string theirs, std::string kept) {
    if (mine.empty() && theirs.empty()) return;
    plan_.fields.push_back({std::string(field), std::move(mine), std::move(theirs), std::move(kept)});
  }

  void settle_name() {
    const auto& mine = mine_.contact;
    const auto& theirs = theirs_.contact;
    const bool asked = choices_.contains(std::string(name_field));
    auto choice = choice_of(name_field, true, true, false);
    const bool theirs_is_fuller = mine.family.empty() && !theirs.family.empty() && !is_typed(mine_, name_field, true);
    if (!asked && theirs_is_fuller) choice = MergeChoice::theirs;
    const auto& shown_one = choice == MergeChoice::theirs ? theirs : mine;
    const auto& other = choice == MergeChoice::theirs ? mine : theirs;
    plan_.contact.display = shown_one.display, plan_.contact.given = shown_one.given,
    plan_.contact.family = shown_one.family;
    const bool keeps_both = !asked || choice == MergeChoice::both;
    auto kept = shown_one.display;
    if (keeps_both && other.display != shown_one.display) {
      plan_.other_names.push_back(other.display);
      kept += ", also " + other.display;
    }
    note(name_field, mine.display, theirs.display, kept);
  }

  void settle_text(const TextField& field) {
    const auto& mine = mine_.contact.*field.text;
    const auto& theirs = theirs_.contact.*field.text;
    auto& kept = plan_.contact.*field.text;
    switch (choice_of(field.name, !mine.empty(), !theirs.empty(), field.both_unasked)) {
      case MergeChoice::mine:
        kept = mine;
        break;
      case MergeChoice::theirs:
        kept = theirs;
        break;
      case MergeChoice::newest:
      case MergeChoice::both:
        kept = mine.empty() || theirs.find(mine) != std::string::npos ? theirs
               : theirs.empty() || mine.find(theirs) != std::string::npos
                   ? mine
                   : mine + std::string(field.joined_by) + theirs;
        break;
    }
    note(field.name, mine, theirs, kept);
  }

  template <class T>
  void settle_value(std::string_view name, std::optional<T> Contact::*member) {
    const auto& mine = mine_.contact.*member;
    const auto& theirs = theirs_.contact.*member;
    const auto choice = choice_of(name, mine.has_value(), theirs.has_value(), false);
    if (choice == MergeChoice::both)
      throw Wrong(fmt::format("field: '{}' can only be one; give mine, theirs or newest", name));
    plan_.contact.*member = choice == MergeChoice::mine ? mine : theirs;
    list(name, shown(mine), shown(theirs), shown(plan_.contact.*member));
  }

  const MergeSide& mine_;
  const MergeSide& theirs_;
  const std::map<std::string, MergeChoice>& choices_;
  MergePlan plan_;
};

}  // namespace

std::vector<std::string> merge_fields() {
  std::vector<std::string> names{std::string(name_field)};
  for (const auto& field : text_fields) names.emplace_back(field.name);
  for (const auto* name : {"met_on", "met_event", "met_through", "connected_on", "cadence"}) names.emplace_back(name);
  return names;
}

MergePlan merge_plan(const MergeSide& mine, const MergeSide& theirs,
                     const std::map<std::string, MergeChoice>& choices) {
  return Planning(mine, theirs, choices).run();
}

}  // namespace ties
