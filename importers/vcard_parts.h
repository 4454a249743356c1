#pragma once
#include "importers/vcard_reader.h"

/// What the reader and the writer of persons as cards share; see vcard.h and vcard_writer.h for what others may use.
namespace ties::importers::vcard_parts {

constexpr std::size_t extra_bytes_max = 64'000;

/// Cards with this product are taken at their word: names are not split, categories not sorted out.
inline constexpr std::string_view our_product = "-//Ties//Ties//EN";

// Extras with plain names.
inline constexpr std::string_view birthday_extra = "BDAY";
inline constexpr std::string_view prefix_extra = "Name Prefix";
inline constexpr std::string_view department_extra = "Department";

// Own properties, for what vCard has none.
inline constexpr std::string_view own_headline = "X-TIES-HEADLINE";
inline constexpr std::string_view own_started = "X-TIES-STARTED";  ///< of the job in the same group
inline constexpr std::string_view own_ended = "X-TIES-ENDED";
inline constexpr std::string_view own_extra = "X-TIES-EXTRA";  ///< an extra that is no property, its name in X-NAME
inline constexpr std::string_view own_extra_name = "X-NAME";
inline constexpr std::string_view own_kind = "X-TIES-KIND";  ///< parameter of an address that looks like another kind's

/// "1980-03-22", "1980-03", "1980" or "--03-22" of a date in any of vCard's shapes; nothing for any other text.
/// `omitted`: a year that stands for none.
std::optional<std::string> birthday_of(std::string_view value, std::string_view omitted = "");

/// A picture that is within the card as the extra of one form, that of vCard 3.0: "PHOTO;ENCODING=b;TYPE=JPEG" and its
/// base64. Nothing for a picture that is elsewhere, or of which the card tells more.
std::optional<Person::Extra> picture_of(const CardProperty& property);

/// "data:image/jpeg;base64,…", vCard 4.0's value of such an extra; nothing for any other extra.
std::optional<std::string> picture_address(const Person::Extra& extra);

/// Where an address lies, for people: city, region and country; the whole of it where it has no such parts.
std::string place_of(std::string_view address);

/// What a web address leads to: a profile on LinkedIn, GitHub or GitLab, or a website.
PointKind kind_of_address(std::string_view url);

/// A label that is told by words of TYPE.
struct TypeLabel {
  std::string_view label;
  std::string_view types;  ///< in capitals, between commas
  bool only_phones;
};
std::span<const TypeLabel> type_labels();

/// "work" of "_$!<Work>!$_" and of "Work", words that have a TYPE in small letters; else the label as it is.
std::string label_of_text(std::string_view text);

std::string percent_decoded(std::string_view text);
/// Everything but letters, digits, "-._~@+" and what is beyond ASCII as %XX.
std::string percent_encoded(std::string_view text);

/// The departments of ORG's parts from the second on, as the extra holds them.
std::string departments_of(const std::vector<std::string>& organisation);

}  // namespace ties::importers::vcard_parts
