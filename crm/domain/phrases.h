#pragma once
#include "crm/domain/task.h"

/// What quick capture and the reading of promises both know of English: words, days within a text, and promises.
namespace ties::phrases {

/// A part of a text, in bytes; `end` is one past the last.
struct Span {
  std::size_t begin{};
  std::size_t end{};
};

bool is_blank(char c);

/// Whether the byte can be part of a word: a letter, a digit, or any byte of a character beyond ASCII.
bool is_word_byte(char c);

std::size_t skip_blanks(std::string_view text, std::size_t at);

/// The words from `at` on: runs of anything but blanks.
Span next_word(std::string_view text, std::size_t at);

/// Where the phrase ends when it stands at `at` as whole words, blind to ASCII case, to the number of blanks and to the
/// shape of the apostrophe; nothing when it does not. Phrases are written in lower case.
std::optional<std::size_t> phrase_end(std::string_view text, std::size_t at, std::string_view phrase);

/// A day named within a text.
struct DayWords {
  Span span{};
  Date day{};
};

/// The longest run of words at `at` that names a day: all that `day_from_words` knows, and "next week", "tonight",
/// "a week ago" and the like. A mark of punctuation behind it is not part of it.
std::optional<DayWords> day_words(std::string_view text, std::size_t at, Date today, Lean lean);

/// The same behind any of "on", "by", "until", "before", "in"; the span then begins with that word.
std::optional<DayWords> due_words(std::string_view text, std::size_t at, Date today);

/// A clause that promises: who owes it, and where the promised thing begins.
struct PromiseStart {
  OwedBy owed_by{};
  std::size_t marker{};  ///< "I'll", "promised": begins here
  std::size_t thing{};
};
std::optional<PromiseStart> promise_start(std::string_view clause);

/// The text without blanks and separators at its ends, and with one blank for a run of them.
std::string tidied(std::string_view text);

}  // namespace ties::phrases
