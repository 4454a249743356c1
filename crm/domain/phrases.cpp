#include "crm/domain/phrases.h"

#include <algorithm>

namespace ties::phrases {

namespace {

constexpr std::string_view curly_apostrophe = "\u2019";
constexpr std::string_view punctuation = ",.;:!?)]}\"'";
constexpr std::size_t day_words_max = 5;
constexpr std::size_t day_bytes_max = 40;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) { return lower(c); });
  return result;
}

/// Other ways to say what `day_from_words` knows.
struct Synonym {
  std::string_view says;
  std::string_view means;
};
constexpr std::array synonyms{Synonym{"tonight", "today"},
                              Synonym{"this morning", "today"},
                              Synonym{"this afternoon", "today"},
                              Synonym{"this evening", "today"},
                              Synonym{"last night", "yesterday"},
                              Synonym{"next week", "in 7 days"},
                              Synonym{"in a week", "in 7 days"},
                              Synonym{"in one week", "in 7 days"},
                              Synonym{"in two weeks", "in 14 days"},
                              Synonym{"a week ago", "7 days ago"},
                              Synonym{"last week", "7 days ago"},
                              Synonym{"two weeks ago", "14 days ago"},
                              Synonym{"next month", "in 1 month"},
                              Synonym{"in a month", "in 1 month"},
                              Synonym{"a month ago", "1 month ago"},
                              Synonym{"last month", "1 month ago"},
                              Synonym{"next year", "in 1 year"},
                              Synonym{"in a year", "in 1 year"},
                              Synonym{"a year ago", "1 year ago"},
                              Synonym{"last year", "1 year ago"},
                              Synonym{"the end of the month", "end of month"},
                              Synonym{"end of the month", "end of month"}};

std::optional<Date> day_named(std::string_view words, Date today, Lean lean) {
  const auto same = std::find_if(synonyms.begin(), synonyms.end(),
                                 [said = lower(words)](const Synonym& synonym) { return synonym.says == said; });
  return day_from_words(same == synonyms.end() ? words : same->means, today, lean);
}

/// A word as it is compared, and as it stands.
struct Word {
  std::string plain{};  ///< lower case, straight apostrophes, without punctuation around it
  Span span{};          ///< of the letters, without punctuation around them
  bool named{};         ///< begins with a capital letter or "@"
};

/// Lower case, with straight apostrophes.
std::string plain(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool curly = text.substr(i).starts_with(curly_apostrophe);
    result += curly ? '\'' : lower(text[i]);
    if (curly) i += curly_apostrophe.size() - 1;
  }
  return result;
}

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  for (auto span = next_word(text, 0); span.begin < span.end; span = next_word(text, span.end)) {
    while (span.begin < span.end && !is_word_byte(text[span.begin]) && text[span.begin] != '@') ++span.begin;
    auto end = span.end;
    while (end > span.begin && !is_word_byte(text[end - 1])) --end;
    if (end == span.begin) continue;
    Word word{plain(text.substr(span.begin, end - span.begin)), {span.begin, end}, false};
    const char first = text[span.begin];
    word.named = first == '@' || (first >= 'A' && first <= 'Z') || static_cast<unsigned char>(first) >= 0xC0;
    words.push_back(std::move(word));
  }
  return words;
}

template <std::size_t Size>
bool is_one_of(std::string_view word, const std::array<std::string_view, Size>& list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

constexpr std::array own_pronouns{"i"sv, "we"sv};
constexpr std::array their_pronouns{"he"sv, "she"sv, "they"sv};
constexpr std::array between{"is"sv, "am"sv, "are"sv, "has"sv, "have"sv, "had"sv, "also"sv, "then"sv, "just"sv};
constexpr std::array denials{"not"sv, "never"sv, "be"sv, "won't"sv};
constexpr std::array passive{"was"sv, "were"sv, "been"sv, "being"sv};
constexpr std::array receivers{"me"sv, "us"sv, "you"sv, "her"sv, "him"sv, "them"sv};

/// The words that make a promise. Those that report one ("promised") need no subject; the others do.
struct Marker {
  std::string_view first;
  std::string_view second;  ///< must follow; empty: nothing must
  bool needs_subject;
};
constexpr std::array markers{Marker{"promised", "to", false}, Marker{"promised", "", false},
                             Marker{"promises", "to", false}, Marker{"promises", "", true},
                             Marker{"offered", "to", false},  Marker{"agreed", "to", false},
                             Marker{"going", "to", true},     Marker{"will", "", true},
                             Marker{"owe", "", true},         Marker{"owes", "", true}};

std::optional<OwedBy> owner_by_pronoun(const Word& word) {
  const auto stem = std::string_view(word.plain).substr(0, word.plain.find('\''));
  if (is_one_of(stem, own_pronouns)) return OwedBy::me;
  if (is_one_of(stem, their_pronouns)) return OwedBy::them;
  return std::nullopt;
}

/// Who is said to do what the word at `at` says; nothing when the clause does not tell.
std::optional<OwedBy> owner(const std::vector<Word>& words, std::size_t at) {
  while (at > 0 && is_one_of(words[at - 1].plain, between)) --at;
  if (at == 0) return std::nullopt;
  if (const auto by = owner_by_pronoun(words[at - 1])) return by;
  return words[at - 1].named ? std::optional{OwedBy::them} : std::nullopt;
}

}  // namespace

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_word_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

Span next_word(std::string_view text, std::size_t at) {
  const auto begin = skip_blanks(text, at);
  auto end = begin;
  while (end < text.size() && !is_blank(text[end])) ++end;
  return {begin, end};
}

std::optional<std::size_t> phrase_end(std::string_view text, std::size_t at, std::string_view phrase) {
  for (const char wanted : phrase) {
    if (at >= text.size()) return std::nullopt;
    if (wanted == ' ') {
      const auto after = skip_blanks(text, at);
      if (after == at) return std::nullopt;
      at = after;
    } else if (wanted == '\'' && text.substr(at).starts_with(curly_apostrophe)) {
      at += curly_apostrophe.size();
    } else if (lower(text[at]) == wanted) {
      ++at;
    } else {
      return std::nullopt;
    }
  }
  if (at < text.size() && is_word_byte(text[at])) return std::nullopt;
  return at;
}

std::optional<DayWords> day_words(std::string_view text, std::size_t at, Date today, Lean lean) {
  text = text.substr(0, std::min(at, text.size()) + 2 * day_bytes_max);
  std::optional<DayWords> longest;
  std::string run;
  auto word = next_word(text, at);
  const auto begin = word.begin;
  for (std::size_t count = 0; count < day_words_max && word.begin < word.end; ++count) {
    auto bare = word;
    while (bare.end > bare.begin && punctuation.find(text[bare.end - 1]) != std::string_view::npos) --bare.end;
    if (bare.begin == bare.end || run.size() + (bare.end - bare.begin) > day_bytes_max) break;
    run += (run.empty() ? "" : " ") + std::string(text.substr(bare.begin, bare.end - bare.begin));
    if (const auto day = day_named(run, today, lean)) longest = {{begin, bare.end}, *day};
    if (bare.end != word.end) break;
    word = next_word(text, word.end);
  }
  return longest;
}

std::optional<DayWords> due_words(std::string_view text, std::size_t at, Date today) {
  for (const auto preposition : {"on", "by", "until", "till", "before", "in"}) {
    const auto end = phrase_end(text, at, preposition);
    if (!end) continue;
    if (auto found = day_words(text, *end, today, Lean::future);
        found && skip_blanks(text, *end) == found->span.begin) {
      found->span.begin = at;
      return found;
    }
  }
  return day_words(text, at, today, Lean::future);
}

std::optional<PromiseStart> promise_start(std::string_view clause) {
  const auto words = words_of(clause);
  const auto thing_after = [&](std::size_t index) {
    return index < words.size() ? words[index].span.begin : clause.size();
  };
  const auto denied = [&](std::size_t index) { return index < words.size() && is_one_of(words[index].plain, denials); };

  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& [says, span, named] = words[i];
    if (says.ends_with("'ll") && !denied(i + 1)) {
      if (const auto by = owner_by_pronoun(words[i])) return PromiseStart{*by, span.begin, thing_after(i + 1)};
      if (named) return PromiseStart{OwedBy::them, span.begin, thing_after(i + 1)};
    }
    for (const auto& [first, second, needs_subject] : markers) {
      if (says != first) continue;
      if (!second.empty() && (i + 1 >= words.size() || words[i + 1].plain != second)) continue;
      auto next = i + (second.empty() ? 1 : 2);
      if (denied(next) || (i > 0 && is_one_of(words[i - 1].plain, denials))) break;
      auto by = owner(words, i);
      if (i > 0 && is_one_of(words[i - 1].plain, passive)) {
        // "I was promised the slides" is a promise of theirs; of others it tells nothing about the user.
        if (owner(words, i - 1) != OwedBy::me) break;
        by = OwedBy::them;
      }
      if (!by && needs_subject) break;
      if (!by && owner_by_pronoun(words.front()) == OwedBy::them) by = OwedBy::them;
      if (second.empty() && next + 1 < words.size() && first != "will" && is_one_of(words[next].plain, receivers))
        ++next;
      return PromiseStart{by.value_or(OwedBy::me), span.begin, thing_after(next)};
    }
  }
  return std::nullopt;
}

std::string tidied(std::string_view text) {
  constexpr std::string_view separators = ",;:-";
  std::string result;
  for (auto word = next_word(text, 0); word.begin < word.end; word = next_word(text, word.end)) {
    auto part = text.substr(word.begin, word.end - word.begin);
    // A separator that lost what stood before it moves to the word before that, once.
    while (!part.empty() && (part.front() == ',' || part.front() == ';' || part == ".")) {
      if (!result.empty() && punctuation.find(result.back()) == std::string_view::npos) result += part.front();
      part.remove_prefix(1);
    }
    if (part.empty()) continue;
    if (!result.empty()) result += ' ';
    result += part;
  }
  const auto begin = result.find_first_not_of(",;:- ");
  if (begin == std::string::npos) return {};
  auto end = result.size();
  while (end > begin && (separators.find(result[end - 1]) != std::string_view::npos || result[end - 1] == ' ')) --end;
  return result.substr(begin, end - begin);
}

}  // namespace ties::phrases
