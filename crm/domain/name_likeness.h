#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crm/text/text.h"

/// How far two written names can be one person's: across spellings, scripts, nicknames, initials, orders and slips.
namespace ties {

/// A name taken apart and folded for comparing. Names of East Asia are split without a blank (林若溪 → Lin, Ruoxi).
struct NameForm {
  std::vector<std::string> given{}, family{};  ///< folded words, without particles ("van", "al")
  text::Script script{};
};

/// Of a name in its parts; where only one part is filled, that one is read as a whole name.
NameForm name_form(std::string_view given, std::string_view family);

struct NameLikeness {
  enum class Kind {
    unknown,   ///< one of them is no whole name: nothing is said
    conflict,  ///< both are whole names, and not one person's
    given,     ///< the given names agree, the families do not: a marriage, or two people
    part,      ///< one is a given name alone, which the other has too
    initial,   ///< an initial stands for a given name
    alike,     ///< nicknames, spellings, slips, another script
    same       ///< letter by letter after folding
  };
  Kind kind{};
  int penalty{};         ///< 0–20: how much there is between the two writings
  std::string reason{};  ///< in plain words: "Bob is short for Robert"
  bool operator==(const NameLikeness&) const = default;
};

NameLikeness likeness(const NameForm& a, const NameForm& b);

/// How a folded word sounds, whatever the spelling: "sergey", "sergei" and "sergej" are one. `cyrillic`: the word was
/// transliterated from there, so that "c" is never "k".
std::string sound(std::string_view folded, bool cyrillic = false);

/// The groups of given names that are short or other forms of each other; a word may be in several, or in none.
std::span<const std::uint16_t> nickname_groups(std::string_view folded);

/// Slips of the pen between two words: letters left out, put in, mistaken or swapped with their neighbour; at most
/// `most` + 1 is returned.
int slips(std::string_view a, std::string_view b, int most);

}  // namespace ties
