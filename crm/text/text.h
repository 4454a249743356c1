#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

/// Text in every script, over ICU and libphonenumber; this folder alone knows them.
namespace ties::text {

/// The form in which names are compared and searched: transliterated to Latin, without diacritics, lower case, runs of
/// anything but letters and digits as one blank, trimmed. "Zoë  Brandt" → "zoe brandt", "Иван" → "ivan", "Łukasz" →
/// "lukasz", "Straße" → "strasse".
std::string fold(std::string_view text);

/// Lower case in every script, nothing else changed.
std::string lower(std::string_view text);

/// Valid UTF-8 in NFC, without control characters (but newline and tab), zero-width and direction marks, no-break
/// blanks as blanks, lines ended by \n, trimmed, at most `bytes_max` long (cut between characters). Joiners stay where
/// they shape what is read: within emoji, Arabic and Indic words. `replaced`, when given, is raised by the number of
/// invalid bytes that became U+FFFD.
std::string clean(std::string_view text, std::size_t bytes_max = 100'000, std::size_t* replaced = nullptr);

/// The same on one line: runs of white space as one blank.
std::string clean_line(std::string_view text, std::size_t bytes_max = 2'000, std::size_t* replaced = nullptr);

/// Without emoji and other pictures ("★", "✔", "™"). What they leave behind is for `clean_line` to trim.
std::string without_pictures(std::string_view text);

/// Whether every letter is Chinese, Japanese or Korean, and there is one: names are then written without blanks, the
/// family's first.
bool is_east_asian(std::string_view text);

/// The script of the first letter. What a name sounds like in Latin letters depends on it: Arabic and Hebrew leave vowels
/// out, Indic scripts imply them, Chinese and Korean write a syllable a sign.
enum class Script { latin, cyrillic, greek, abjad, indic, kana, hangul, han, other };
Script script_of(std::string_view text);

bool is_utf8(std::string_view bytes);

/// Bytes in an encoding that ICU knows by name ("UTF-16LE", "windows-1252") as UTF-8, without a byte-order mark. With
/// any other name they are UTF-8 where that is valid, else windows-1252.
std::string to_utf8(std::string_view bytes, const char* encoding);

/// A cell of a CSV as a spreadsheet may be given it: what would run as a formula ("=", "+", "-" or "@", also in their wide
/// forms, a tab or a line end, in front or behind blanks and quotes) gets an apostrophe before it. Any other text, and one
/// that begins with an apostrophe of its own, can be told from it: `undefused` gives back what there was.
std::string defused(std::string_view cell);
std::string undefused(std::string_view cell);

/// Text out of an HTML fragment: tags dropped, block ends and <br> as newlines, list items as "- ", entities resolved,
/// script and style left out whole. Plain text passes, with its entities resolved; what only looks like a tag
/// ("vector<int>", "<ada@acme.example>") is text, and line ends count as long as there is no block.
std::string from_html(std::string_view html);

/// Sixteen hexadecimal digits, the same for the same fields on every machine and in every version (FNV-1a, 64 bits, a
/// unit separator behind each field): an identity for what has none of its own, no protection against anybody.
std::string hash_of(std::initializer_list<std::string_view> fields);

/// How many columns the text takes in a terminal: wide East Asian characters and emoji 2, combining marks 0,
/// spacing ones 1.
std::size_t columns(std::string_view text);

/// The longest beginning that fits into `width` columns, ending in "…" when anything was cut.
std::string fit(std::string_view text, std::size_t width);

/// "+4930123456" of a phone number as people write it; nothing when it cannot be one. `region`: ISO 3166, for numbers
/// without a country code.
std::optional<std::string> phone_e164(std::string_view written, std::string_view region);

/// The ISO 3166 code of the country that numbers like this one belong to, of a number in E.164: "+4722334455" → "NO".
/// Nothing for any other text, and for numbers of no country ("+800…").
std::optional<std::string> country_of_phone(std::string_view e164);

/// The ISO 3166 code of a country by its name, blind to case and accents, in the major languages of Europe and in a few
/// usual short forms: "Norway", "Norge", "Norwegen" → "NO", "UK", "England" → "GB". Nothing for any other text, codes among
/// them ("CA" is California as well), nor for a name that a state within another country has too ("Georgia").
std::optional<std::string> country_named(std::string_view name);

/// The English name of a country by its ISO 3166 code: "NO" → "Norway"; the code itself when nobody is called so.
std::string country_name(const std::string& code);

/// The IANA time zone that a calendar's name stands for: itself in any case ("europe/oslo"), a Windows name ("W. Europe
/// Standard Time"), an IANA name behind a path ("/mozilla.example/2005/Europe/Oslo"), or the first known city behind an
/// offset that it has ("(UTC+01:00) Amsterdam, Berlin" → "Europe/Amsterdam"). "UTC" for that and its like. Nothing for any
/// other name.
std::optional<std::string> zone_named(std::string_view name);

/// What clocks on the wall show in an IANA zone at an instant, and the instant at which they show it; both in seconds
/// since 1970 began on that clock. In the hour that a change skips or repeats, its former offset holds. The same number
/// for a zone that is none.
std::int64_t wall_of_instant(const std::string& zone, std::int64_t instant);
std::int64_t instant_of_wall(const std::string& zone, std::int64_t wall);

/// Order of names as a reader of any language expects it (ICU root collation).
int compare(std::string_view a, std::string_view b);

}  // namespace ties::text
