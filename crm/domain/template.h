#pragma once
#include <string>
#include <vector>

#include "crm/domain/id.h"
#include "crm/domain/words.h"

namespace ties {

/// What a message is for.
enum class DraftKind {
  after_event,
  hello,
  advice,
  introduction,
  referral,
  nudge,
  promise,
  thanks,
  outcome,
  congratulation
};
template <>
struct Words<DraftKind> {
  static constexpr std::array all{"after_event"sv, "hello"sv,   "advice"sv, "introduction"sv, "referral"sv,
                                  "nudge"sv,       "promise"sv, "thanks"sv, "outcome"sv,      "congratulation"sv};
};

/// A message with places to fill in (crm/domain/draft.h). One that is kept under the key of a built-in one takes its
/// place, until it is taken away again.
struct MessageTemplate {
  static constexpr std::string_view noun = "message_template";

  Id<MessageTemplate> id{};
  std::string key{};   ///< lower case, digits and hyphens
  std::string name{};  ///< for people
  DraftKind kind{};
  std::string subject{};
  std::string text{};
  std::string language{};  ///< "en", "nb"; empty: not said

  bool operator==(const MessageTemplate&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("key", r.key), f("name", r.name), f("kind", r.kind), f("subject", r.subject), f("text", r.text);
    f("language", r.language);
  }
};

/// The built-in ones, one of each kind and in their order; its key is the kind's word with hyphens.
const std::vector<MessageTemplate>& built_in_templates();

/// The built-in ones, or what the user made of them, then the user's own by name.
std::vector<MessageTemplate> templates_of(const std::vector<MessageTemplate>& kept);

}  // namespace ties
