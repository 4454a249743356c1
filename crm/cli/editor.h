#pragma once
#include <string>

namespace ties::cli {

/// A message as it is shown and edited: the subject, if there is one, on a line of its own before the text.
struct Letter {
  std::string subject{};
  std::string text{};
};

std::string to_text(const Letter& letter);
/// Reads what `to_text` writes; a text without a line "Subject: …" before it has none.
Letter letter_from(const std::string& written);

/// What the user leaves of the letter in their editor: $VISUAL, else $EDITOR, else vi, with words of its own if it has
/// any. The file that it is given lies in a folder that nobody else may look into, and is gone afterwards. Throws
/// Conflict when the editor cannot be run, does not end well, or leaves nothing.
Letter edited(const Letter& letter);

}  // namespace ties::cli
