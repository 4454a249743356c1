#include "crm/text/text.h"

#include <unicode/casemap.h>
#include <unicode/coll.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <vector>

namespace ties::text {
namespace {

constexpr UChar32 replacement = 0xFFFD;
constexpr UChar32 zero_width_non_joiner = 0x200C;
constexpr UChar32 zero_width_joiner = 0x200D;
constexpr UChar32 emoji_style = 0xFE0F;

/// The character at `at`, which moves behind it; negative for invalid bytes.
UChar32 next_character(std::string_view text, std::size_t& at) {
  UChar32 character = 0;
  U8_NEXT(text.data(), at, text.size(), character);
  return character;
}

void append(std::string& out, UChar32 character) {
  std::array<char, U8_MAX_LENGTH> bytes{};
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes.data(), length, character);
  out.append(bytes.data(), static_cast<std::size_t>(length));
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_ascii_alnum(UChar32 c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

icu::StringPiece piece(std::string_view text) {
  return {text.data(), static_cast<std::int32_t>(text.size())};
}

void check(UErrorCode status) {
  if (U_FAILURE(status)) throw std::runtime_error(std::string("the text library ICU says ") + u_errorName(status));
}

bool is_white(UChar32 c) {
  return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : u_isUWhiteSpace(c) != 0;
}

bool is_mark(UChar32 c) {
  return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

/// A mark that terminals give a column of its own, such as most vowels of Devanagari.
bool takes_room(UChar32 c) {
  return u_charType(c) == U_COMBINING_SPACING_MARK;
}

bool is_variation_selector(UChar32 c) {
  return u_hasBinaryProperty(c, UCHAR_VARIATION_SELECTOR);
}

bool is_invisible(UChar32 c) {
  return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) && !is_variation_selector(c);
}

bool is_picture(UChar32 c) {
  if (c < 0x80) return false;
  return (U_GET_GC_MASK(c) & (U_GC_SO_MASK | U_GC_CO_MASK)) != 0 ||
         u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) || u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER);
}

/// Whether a joiner after this character changes how it is read (RFC 5892, appendix A, and emoji sequences).
bool takes_joiner(UChar32 before) {
  if (before < 0x80) return false;
  if (u_getCombiningClass(before) == 9) return true;  // a virama
  const auto joining = u_getIntPropertyValue(before, UCHAR_JOINING_TYPE);
  if (joining == U_JT_DUAL_JOINING || joining == U_JT_LEFT_JOINING) return true;
  return before == emoji_style || is_picture(before);
}

/// What a character of foreign text stands for in ours: itself, a blank, a line end, or nothing (0).
UChar32 plain(UChar32 c) {
  switch (c) {
    case '\t':
    case '\n':
      return c;
    case '\r':
    case 0x0B:
    case 0x0C:
    case 0x85:
    case 0x2028:
    case 0x2029:
      return '\n';
    case 0xA0:
    case 0x2007:
    case 0x202F:
      return ' ';
    default:
      break;
  }
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return 0;
  if (c < 0x80) return c;
  if (U_IS_UNICODE_NONCHAR(c) || is_invisible(c)) return 0;
  return c;
}

std::string_view cut(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  auto end = bytes_max;
  while (end > 0 && U8_IS_TRAIL(text[end])) --end;
  return text.substr(0, end);
}

void trim_end(std::string& text) {
  auto end = static_cast<std::int32_t>(text.size());
  while (end > 0) {
    auto before = end;
    UChar32 c = 0;
    U8_PREV(text.data(), 0, before, c);
    if (c < 0 || !is_white(c)) break;
    end = before;
  }
  text.resize(static_cast<std::size_t>(end));
}

std::string composed(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* nfc = icu::Normalizer2::getNFCInstance(status);
  check(status);
  if (nfc->isNormalizedUTF8(piece(text), status) && U_SUCCESS(status)) return text;
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  nfc->normalizeUTF8(0, piece(text), sink, nullptr, status);
  check(status);
  return out;
}

std::string cleaned(std::string_view text, bool one_line, std::size_t bytes_max, std::size_t* replaced) {
  // Composing shortens a text to a third at most; so much of it decides the result.
  constexpr std::size_t most = 256'000'000;
  const auto enough = 4 * std::min(bytes_max, most) + 16;
  std::string out;
  out.reserve(std::min(text.size(), enough));
  UChar32 before = 0;
  UChar32 joiner = 0;  // waits for what comes after it
  bool gap = false;    // in one line: white space waits likewise
  bool ascii = true;
  for (std::size_t at = 0; at < text.size() && out.size() < enough;) {
    const auto begin = at;
    auto c = next_character(text, at);
    if (c < 0) {
      if (replaced != nullptr) *replaced += at - begin;
      c = replacement;
    }
    if (c == '\r' && at < text.size() && text[at] == '\n') continue;
    if (c == zero_width_joiner || c == zero_width_non_joiner) {
      if (takes_joiner(before)) joiner = c;
      continue;
    }
    c = plain(c);
    if (c == 0) continue;
    if (is_white(c)) {
      joiner = 0;
      before = 0;
      if (out.empty()) continue;
      if (one_line) {
        gap = true;
        continue;
      }
    }
    if (gap) out += ' ';
    if (joiner != 0) append(out, joiner);
    gap = false;
    joiner = 0;
    before = c;
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else {
      ascii = false;
      append(out, c);
    }
  }
  if (!ascii) out = composed(out);
  out.resize(cut(out, bytes_max).size());
  trim_end(out);
  return out;
}

/// Collects letters and digits, with one blank for whatever lies between.
class Folding {
 public:
  void add(char letter) {
    if (gap_ && !text_.empty()) text_ += ' ';
    gap_ = false;
    text_ += letter;
  }
  void add(std::string_view folded) {
    for (std::size_t at = 0; at < folded.size();) {
      const auto begin = at;
      const auto c = next_character(folded, at);
      if (c < 0 || !(u_isalnum(c) || is_mark(c))) {
        gap_ = true;
        continue;
      }
      add(folded[begin]);
      text_.append(folded.substr(begin + 1, at - begin - 1));
    }
  }
  void gap() { gap_ = true; }
  std::string take() && { return std::move(text_); }

 private:
  std::string text_{};
  bool gap_{};
};

/// Any script's letters in plain Latin ones. Modifier letters go, since they stand for signs that nobody types ("ь").
std::string transliterated(const icu::UnicodeString& word) {
  thread_local const std::unique_ptr<icu::Transliterator> to_latin = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(
        "Greek-Latin/UNGEGN; Any-Latin; [:Lm:] Remove; NFKD; [:Mn:] Remove; Latin-ASCII; Lower", UTRANS_FORWARD, status));
    check(status);
    return made;
  }();
  auto latin = word;
  to_latin->transliterate(latin);
  std::string out;
  return latin.toUTF8String(out);
}

/// The Latin letters beyond ASCII, each folded once: most names that are not ASCII need no more than these.
struct LatinLetters {
  static constexpr UChar32 supplement_begin = 0x80, supplement_end = 0x250;
  static constexpr UChar32 additional_begin = 0x1E00, additional_end = 0x1F00;

  LatinLetters() {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::Transliterator> to_ascii(
        icu::Transliterator::createInstance("NFD; [:Mn:] Remove; Latin-ASCII; Lower", UTRANS_FORWARD, status));
    check(status);
    const auto add = [&](UChar32 begin, UChar32 end) {
      for (auto c = begin; c < end; ++c) {
        icu::UnicodeString letter(c);
        if (u_isalpha(c)) to_ascii->transliterate(letter);
        folded.emplace_back();
        if (u_isalpha(c)) letter.toUTF8String(folded.back());
      }
    };
    add(supplement_begin, supplement_end);
    add(additional_begin, additional_end);
  }

  /// Nothing for a character that is not in the table; an empty text for one that is no letter.
  const std::string* of(UChar32 c) const {
    if (c >= supplement_begin && c < supplement_end) return &folded[static_cast<std::size_t>(c - supplement_begin)];
    if (c >= additional_begin && c < additional_end) {
      return &folded[static_cast<std::size_t>(supplement_end - supplement_begin + c - additional_begin)];
    }
    return nullptr;
  }

  std::vector<std::string> folded{};
};

std::string folded_once(std::string_view text) {
  // Long words are transliterated in pieces: the transliterator's time grows with the square of the length.
  constexpr std::int32_t piece_max = 64;
  Folding folding;
  icu::UnicodeString word;
  const auto finish_word = [&] {
    if (word.isEmpty()) return;
    folding.add(transliterated(word));
    word.remove();
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto c = next_character(text, at);
    if (c >= 0 && c < 0x80) {
      finish_word();
      if (is_ascii_alnum(c)) {
        folding.add(ascii_lower(static_cast<char>(c)));
      } else {
        folding.gap();
      }
      continue;
    }
    static const LatinLetters latin;
    if (const auto* letter = latin.of(c); letter != nullptr && !letter->empty()) {
      finish_word();
      folding.add(*letter);
    } else if (c >= 0 && u_charType(c) == U_DECIMAL_DIGIT_NUMBER) {
      finish_word();
      folding.add(static_cast<char>('0' + u_charDigitValue(c)));
    } else if (c >= 0 && (u_isalpha(c) || is_mark(c))) {
      if (word.length() >= piece_max) finish_word();
      word.append(c);
    } else if (c < 0 || !is_invisible(c)) {
      finish_word();
      folding.gap();
    }
  }
  finish_word();
  return std::move(folding).take();
}

}  // namespace

std::string fold(std::string_view text) {
  // Rare letters become Latin in more than one turn; a fold of a fold must be the fold.
  constexpr int turns_max = 4;
  auto folded = folded_once(text);
  for (int turn = 1; turn < turns_max && !is_ascii(folded); ++turn) {
    auto again = folded_once(folded);
    if (again == folded) break;
    folded = std::move(again);
  }
  return folded;
}

std::string lower(std::string_view text) {
  std::string out;
  if (is_ascii(text)) {
    out.resize(text.size());
    std::transform(text.begin(), text.end(), out.begin(), ascii_lower);
    return out;
  }
  UErrorCode status = U_ZERO_ERROR;
  icu::StringByteSink<std::string> sink(&out);
  icu::CaseMap::utf8ToLower("", 0, piece(text), sink, nullptr, status);
  check(status);
  return out;
}

std::string clean(std::string_view text, std::size_t bytes_max, std::size_t* replaced) {
  return cleaned(text, false, bytes_max, replaced);
}

std::string clean_line(std::string_view text, std::size_t bytes_max, std::size_t* replaced) {
  return cleaned(text, true, bytes_max, replaced);
}

std::string without_pictures(std::string_view text) {
  constexpr UChar32 keycap = 0x20E3;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = at;
    const auto c = next_character(text, at);
    if (c >= 0 && (is_picture(c) || c == keycap || c == emoji_style)) continue;
    out.append(text.substr(begin, at - begin));
  }
  return out;
}

bool is_east_asian(std::string_view text) {
  bool found = false;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = next_character(text, at);
    if (c < 0 || !u_isalpha(c)) continue;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(c, &status)) {
      case USCRIPT_HAN:
      case USCRIPT_HANGUL:
      case USCRIPT_HIRAGANA:
      case USCRIPT_KATAKANA:
      case USCRIPT_BOPOMOFO:
      case USCRIPT_COMMON:  // the mark that lengthens a vowel, shared by both kanas
        found = true;
        break;
      default:
        return false;
    }
  }
  return found;
}

Script script_of(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto c = next_character(text, at);
    if (c < 0 || !u_isalpha(c)) continue;
    if (c < 0x250) return Script::latin;
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(c, &status)) {
      case USCRIPT_LATIN:
        return Script::latin;
      case USCRIPT_CYRILLIC:
        return Script::cyrillic;
      case USCRIPT_GREEK:
        return Script::greek;
      case USCRIPT_ARABIC:
      case USCRIPT_HEBREW:
        return Script::abjad;
      case USCRIPT_DEVANAGARI:
      case USCRIPT_BENGALI:
      case USCRIPT_GUJARATI:
      case USCRIPT_GURMUKHI:
      case USCRIPT_TAMIL:
      case USCRIPT_TELUGU:
      case USCRIPT_KANNADA:
      case USCRIPT_MALAYALAM:
        return Script::indic;
      case USCRIPT_HIRAGANA:
      case USCRIPT_KATAKANA:
        return Script::kana;
      case USCRIPT_HANGUL:
        return Script::hangul;
      case USCRIPT_HAN:
        return Script::han;
      default:
        return Script::other;
    }
  }
  return Script::latin;
}

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    if (next_character(bytes, at) < 0) return false;
  }
  return true;
}

std::string to_utf8(std::string_view bytes, const char* encoding) {
  UErrorCode status = U_ZERO_ERROR;
  icu::LocalUConverterPointer from(ucnv_open(encoding, &status));
  if (U_FAILURE(status)) {
    if (is_utf8(bytes)) return std::string(bytes);
    status = U_ZERO_ERROR;
    from.adoptInstead(ucnv_open("windows-1252", &status));
  }
  const icu::LocalUConverterPointer to(ucnv_open("UTF-8", &status));
  check(status);

  std::string out;
  std::array<UChar, 4096> pivot{};
  auto* pivot_begin = pivot.data();
  auto* pivot_end = pivot.data();
  std::array<char, 16384> chunk{};
  const auto* source = bytes.data();
  for (bool first = true;; first = false) {
    auto* target = chunk.data();
    status = U_ZERO_ERROR;
    ucnv_convertEx(to.getAlias(), from.getAlias(), &target, chunk.data() + chunk.size(), &source,
                   bytes.data() + bytes.size(), pivot.data(), &pivot_begin, &pivot_end, pivot.data() + pivot.size(),
                   first, true, &status);
    out.append(chunk.data(), target);
    if (status == U_BUFFER_OVERFLOW_ERROR) continue;
    check(status);
    break;
  }
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (out.starts_with(byte_order_mark)) out.erase(0, byte_order_mark.size());
  return out;
}

namespace {

/// The columns of what is drawn as one sign from `at` on, which moves behind it: a letter with its marks, an emoji with
/// all that is joined to it.
std::size_t next_sign(std::string_view text, std::size_t& at) {
  const auto c = next_character(text, at);
  if (c < 0) return 1;
  const auto is_flag_half = [](UChar32 half) { return half >= 0x1F1E6 && half <= 0x1F1FF; };
  const auto width = [&]() -> std::size_t {
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return 0;
    if (c < 0x300) return c == 0xAD ? 0 : 1;
    if (takes_room(c)) return 1;
    if (is_mark(c) || is_invisible(c) || is_variation_selector(c)) return 0;
    if (c >= 0x1160 && c <= 0x11FF) return 0;  // vowels and finals that join the syllable before them
    if (u_hasBinaryProperty(c, UCHAR_EMOJI_PRESENTATION)) return is_flag_half(c) ? 1 : 2;
    const auto east_asian = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
  };
  auto columns = width();
  auto picture = is_picture(c);
  bool half_flag = is_flag_half(c);
  while (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) {
    auto behind = at;
    const auto next = next_character(text, behind);
    if (next < 0) break;
    if (half_flag && is_flag_half(next)) {
      columns = 2;
      half_flag = false;
    } else if (next == zero_width_joiner && picture) {
      auto behind_joined = behind;
      const auto joined = behind < text.size() ? next_character(text, behind_joined) : 0;
      if (joined > 0 && is_picture(joined)) behind = behind_joined;
    } else if (next == emoji_style) {
      if (u_hasBinaryProperty(c, UCHAR_EMOJI)) columns = 2;
    } else if (!(is_mark(next) || is_invisible(next) || is_variation_selector(next) ||
                 (next >= 0x1160 && next <= 0x11FF) || (picture && u_hasBinaryProperty(next, UCHAR_EMOJI_MODIFIER)))) {
      break;
    } else if (takes_room(next)) {
      ++columns;
    }
    at = behind;
  }
  return columns;
}

}  // namespace

std::size_t columns(std::string_view text) {
  std::size_t sum = 0;
  for (std::size_t at = 0; at < text.size();) sum += next_sign(text, at);
  return sum;
}

std::string fit(std::string_view text, std::size_t width) {
  std::size_t taken = 0;
  std::size_t kept = 0;  // bytes that leave a column for the mark of the cut
  for (std::size_t at = 0; at < text.size();) {
    taken += next_sign(text, at);
    if (taken > width) return width == 0 ? std::string() : std::string(text.substr(0, kept)) + "…";
    if (taken < width) kept = at;
  }
  return std::string(text);
}

std::string hash_of(std::initializer_list<std::string_view> fields) {
  std::uint64_t hash = 14695981039346656037ULL;
  const auto add = [&hash](unsigned char byte) { hash = (hash ^ byte) * 1099511628211ULL; };
  for (const auto field : fields) {
    for (const char c : field) add(static_cast<unsigned char>(c));
    add(0x1F);
  }
  return fmt::format("{:016x}", hash);
}

int compare(std::string_view a, std::string_view b) {
  static const std::unique_ptr<const icu::Collator> root = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<const icu::Collator> made(icu::Collator::createInstance(icu::Locale::getRoot(), status));
    check(status);
    return made;
  }();
  UErrorCode status = U_ZERO_ERROR;
  const auto order = root->compareUTF8(piece(a), piece(b), status);
  check(status);
  return static_cast<int>(order);
}

namespace {

/// Whether a spreadsheet may run it. An apostrophe in front decides nothing, so that one can be put there and taken off.
bool is_formula(std::string_view cell) {
  constexpr std::array<std::string_view, 5> passed{" ", "\"", "'", "\u00A0", "\uFEFF"};
  constexpr std::array<std::string_view, 11> begins{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
  const auto begins_cell = [&cell](std::string_view sign) { return cell.starts_with(sign); };
  for (auto sign = passed.begin(); (sign = std::find_if(passed.begin(), passed.end(), begins_cell)) != passed.end();) {
    cell.remove_prefix(sign->size());
  }
  return std::any_of(begins.begin(), begins.end(), begins_cell);
}

}  // namespace

std::string defused(std::string_view cell) { return (is_formula(cell) ? "'" : "") + std::string(cell); }

std::string undefused(std::string_view cell) {
  const bool is_defused = cell.starts_with('\'') && is_formula(cell.substr(1));
  return std::string(is_defused ? cell.substr(1) : cell);
}

}  // namespace ties::text
