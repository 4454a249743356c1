#pragma once
#include <map>
#include <string>
#include <vector>

#include "crm/domain/template.h"

namespace ties {

/// A place in a template, written in braces: "{first_name}".
struct Placeholder {
  std::string_view name;
  std::string_view means;
  std::string_view example;
};

/// Every placeholder that there is.
const std::vector<Placeholder>& placeholders();

/// What stands for a placeholder: a text, or why there is none.
struct Filling {
  std::string text{};
  std::string why_not{};  ///< "3 are open"; empty: nothing is known
};
using Fillings = std::map<std::string, Filling, std::less<>>;

/// A placeholder that stays in the text, for the user to write.
struct Gap {
  std::string placeholder{};  ///< "event"
  std::string why{};          ///< "{event}: nothing is known; write it yourself"

  bool operator==(const Gap&) const = default;
};

struct MessageDraft {
  std::string subject{};
  std::string text{};
  std::vector<Gap> gaps{};  ///< each placeholder once, in the order of the text

  bool operator==(const MessageDraft&) const = default;
};

/// The template with its places filled. What is filled in is never looked at again: braces in it are braces. It loses
/// control and zero-width characters, and stands on one line. What nothing is known of stays as it is written, and is
/// told as a gap. Nothing in it is a control character, the template's own text included.
MessageDraft filled(const MessageTemplate& message, const Fillings& fillings);

/// Throws Wrong, naming the field, the unknown placeholder and the nearest known one. Braces around anything but a word
/// of letters and "_" are text.
void check_placeholders(std::string_view field, std::string_view text);

}  // namespace ties
