#pragma once
#include "importers/importer.h"

namespace ties::importers {

/// One property of a card: "item1.TEL;TYPE=work,voice:+49 30 123456".
struct CardProperty {
  struct Parameter {
    std::string name{};   ///< in capitals
    std::string value{};  ///< without quotes
    bool operator==(const Parameter&) const = default;
  };

  std::string group{};  ///< "item1", as written; empty: none
  std::string name{};   ///< in capitals: "TEL"
  /// One for each value: TYPE=work,voice are two. A bare word of vCard 2.1 is a TYPE, or the ENCODING that it names.
  std::vector<Parameter> parameters{};
  /// Group, name and parameters as written, so that `head + ":" + value` is the property in vCard 3.0: CHARSET and
  /// quoted-printable are gone, since the value is decoded; bare words are TYPE=; base64 is ENCODING=b.
  std::string head{};
  std::string value{};  ///< UTF-8 on one line, its escapes as written; base64 without blanks
  std::size_t bytes{};  ///< how long the value was; more than `value.size()` where it was cut
  int line{};           ///< where the property begins, from 1
  int column{};         ///< where its value begins in that line, in characters from 1

  /// The first value of a parameter; empty when there is none. Names in capitals.
  std::string_view parameter(std::string_view wanted) const;
  /// Whether a parameter has that value, blind to case.
  bool has(std::string_view wanted, std::string_view word) const;
};

/// Reads vCard 2.1, 3.0 and 4.0 card by card, leniently: line ends of every kind; folded lines, also where a fold cuts
/// a character in two; quoted-printable with its soft line breaks; base64 with or without indents; bytes in UTF-8, in
/// UTF-16 with or without a mark, in the CHARSET that a property names, else in Windows-1252, or in ISO 8859-2 where
/// the words of a card are no words otherwise. A card within a card is the value of the AGENT above it; elsewhere a new
/// BEGIN ends the card before it. What is no property is an issue, and the next line of NOTE if it stands below one.
/// Takes time linear in the bytes. A value is kept up to `value_bytes_max`; of the issues the first 1,000 are kept.
class CardReader {
 public:
  static constexpr std::size_t value_bytes_max = 256 * 1024;

  explicit CardReader(std::string_view bytes);
  CardReader(const CardReader&) = delete;
  CardReader& operator=(const CardReader&) = delete;

  struct Card {
    int line{};             ///< of its BEGIN
    std::string version{};  ///< "2.1", "3.0", "4.0", or what it says; empty when it says none
    std::vector<CardProperty> properties{};
  };
  /// The next card, also one without properties; false at the end.
  bool next(Card& card);
  const std::vector<Issue>& issues() const { return issues_; }

 private:
  /// A property's text before it is taken apart, in the bytes of the file.
  struct Content {
    std::string text{};
    std::size_t bytes{};  ///< more than the text has where that was cut
    int line{};
    std::size_t first_line_bytes{};
  };

  bool line_begins_with_blank() const;
  std::string_view peek_line() const;
  std::string_view take_line();
  bool take_content(Content& content);
  bool begin_card(Card& card);
  /// False: what it began has no end, and the card ends with it.
  bool take_property(Card& card, const Content& content);
  void take_stray(Card& card, const Content& content);
  /// The lines of a card within a card, whose BEGIN was read, as the value of `agent`. False: its END is missing.
  bool take_nested(CardProperty& agent);
  void decode_values(Card& card);
  void issue(int line, int column, std::string message);

  std::string decoded_{};  ///< the text, if the file is not in the bytes of its letters
  std::string_view text_;
  bool is_utf8_{};
  std::size_t at_{};
  int line_{1};
  bool keeps_fold_blanks_{};            ///< the current card is in vCard 2.1
  bool is_full_{};                      ///< of the current card, the rest is left out
  std::vector<std::size_t> guessed_{};  ///< properties of the current card in bytes of an unknown encoding
  std::vector<Issue> issues_{};
};

/// A property's group, name and parameters read from their text, which must be nothing else; nothing when they are no
/// such.
std::optional<CardProperty> card_head(std::string_view text);

/// A value without its escapes: \n \N \, \; \: \\. A backslash before anything else stands for itself.
std::string unescaped(std::string_view value);

/// The parts of a value between separators (";" or ","), each without its escapes; 1,000 at most.
std::vector<std::string> parts_of(std::string_view value, char separator);

/// A parameter's value as it is written: in quotes where it needs them, with RFC 6868's signs for what quotes cannot
/// hold.
std::string parameter_text(std::string_view value);

}  // namespace ties::importers
