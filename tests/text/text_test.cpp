#include "crm/text/text.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using namespace ties;

namespace {

struct Case {
  std::string written, wanted;
};

std::string repeated(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

/// Bytes that a hostile or broken file may hold.
std::vector<std::string> strange_bytes() {
  std::vector<std::string> strange{
      "",
      std::string(1, '\0'),
      "\xFF",
      "\xE2\x82",
      "\xF0\x9F\x91",
      "\xC0\x80",
      "\xED\xA0\x80",
      "\xF4\x90\x80\x80",
      "\xE2\x80\x8D\xE2\x80\x8D",
      "<",
      "<a",
      "<a \"",
      "<!--",
      "<script",
      "<script>x",
      "&",
      "&#",
      "&#x;",
      "&#99999999999999999999;",
      "&#xD800;",
      "&;",
      "</",
      "</>",
      repeated("\xCC\x81", 3000),
      repeated("<a \"", 2000),
      repeated("<!--", 2000),
      repeated("&#", 2000),
      repeated("\xE2\x80\x8D", 2000),
      repeated("王", 5000),
      repeated("<div><li>", 3000),
  };
  std::uint32_t state = 12345;
  for (int i = 0; i < 300; ++i) {
    std::string random;
    for (int byte = 0; byte < i; ++byte) {
      state = state * 1664525 + 1013904223;
      random += static_cast<char>(state >> 24);
    }
    strange.push_back(std::move(random));
  }
  return strange;
}

}  // namespace

BOOST_AUTO_TEST_CASE(folding_makes_names_of_every_script_comparable) {
  const std::vector<Case> cases{
      {"", ""},
      {"Ada Lovelace", "ada lovelace"},
      {"  Ada   Lovelace  ", "ada lovelace"},
      {"Zoë  Brandt", "zoe brandt"},
      {"Zoe\xCC\x88 Brandt", "zoe brandt"},
      {"Иван", "ivan"},
      {"Łukasz", "lukasz"},
      {"Straße", "strasse"},
      {"STRASSE", "strasse"},
      {"Bjørn Ødegård", "bjorn odegard"},
      {"Þóra Æsirsdóttir", "thora aesirsdottir"},
      {"O'Brien", "o brien"},
      {"O’Brien", "o brien"},
      {"Jean-Luc", "jean luc"},
      {"Игорь Ильич", "igor ilic"},
      {"王小明", "wang xiao ming"},
      {"王 小明", "wang xiao ming"},
      {"ひらがな", "hiragana"},
      {"Γιώργος", "giorgos"},
      {"김민수", "gimminsu"},
      {"Nguyễn Thị Ánh", "nguyen thi anh"},
      {"İbrahim Yıldız", "ibrahim yildiz"},
      {"ＡＢＣ １２", "abc 12"},
      {"𝐀𝐝𝐚", "ada"},
      {"٣٤", "34"},
      {"Ada 🚀 Lovelace", "ada lovelace"},
      {"Jo\xE2\x80\x8Bhn", "john"},
      {"\xE2\x80\x8E"
       "Ada"
       "\xE2\x80\x8F",
       "ada"},
      {"🚀✨", ""},
      {"...", ""},
      {"a.b,c;d", "a b c d"},
      {"C++20", "c 20"},
      {"a\xFF"
       "b",
       "a b"},
  };
  for (const auto& [written, wanted] : cases) {
    BOOST_TEST(text::fold(written) == wanted, written << " → " << text::fold(written) << ", not " << wanted);
  }
}

BOOST_AUTO_TEST_CASE(folding_twice_is_folding_once) {
  for (const auto& strange : strange_bytes()) {
    const auto once = text::fold(strange);
    BOOST_TEST(text::is_utf8(once));
    BOOST_TEST(text::fold(once) == once);
  }
}

BOOST_AUTO_TEST_CASE(lower_case_changes_letters_of_every_script_and_nothing_else) {
  const std::vector<Case> cases{
      {"", ""},           {"Ada-42 LOVELACE!", "ada-42 lovelace!"},
      {"ÄÖÜ ß", "äöü ß"}, {"ИВАН", "иван"},
      {"ΟΔΟΣ", "οδος"},   {"王小明", "王小明"},
  };
  for (const auto& [written, wanted] : cases) BOOST_TEST(text::lower(written) == wanted);
}

BOOST_AUTO_TEST_CASE(clean_text_is_composed_trimmed_and_free_of_what_cannot_be_seen) {
  const std::vector<Case> cases{
      {"", ""},
      {"  \t\n ", ""},
      {"Ada", "Ada"},
      {"one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"},
      {"one\xE2\x80\xA8two", "one\ntwo"},
      {"one\ttwo", "one\ttwo"},
      {"a\x07"
       "b\x1B[31mc\x7F",
       "ab[31mc"},
      {std::string("a\0b", 3), "ab"},
      {"a\xC2\x9B"
       "b",
       "ab"},
      {"Zoe\xCC\x88", "Zoë"},
      {"\xEF\xBB\xBF"
       "Ada",
       "Ada"},
      {"Ada\xC2\xA0Lovelace", "Ada Lovelace"},
      {"\xC2\xA0 Ada \xE3\x80\x80", "Ada"},
      {"\xE2\x80\xAE"
       "adA\xE2\x80\xAC",
       "adA"},
      {"Jo\xE2\x80\x8B\xE2\x81\xA0hn\xC2\xAD", "John"},
      {"Jo\xE2\x80\x8Dhn", "John"},
      {"\xE3\x85\xA4", ""},
      {"👩\xE2\x80\x8D💻", "👩\xE2\x80\x8D💻"},
      {"👩\xE2\x80\x8D", "👩"},
      {"می\xE2\x80\x8Cخواهم", "می\xE2\x80\x8Cخواهم"},
      {"क्\xE2\x80\x8Dष", "क्\xE2\x80\x8Dष"},
      {"x\xF3\xA0\x81\xA1y", "xy"},
      {"keep  two blanks", "keep  two blanks"},
  };
  for (const auto& [written, wanted] : cases) {
    BOOST_TEST(text::clean(written) == wanted, written << " → " << text::clean(written) << ", not " << wanted);
  }
}

BOOST_AUTO_TEST_CASE(a_clean_line_has_single_blanks_and_no_line_ends) {
  const std::vector<Case> cases{
      {"  Ada \t\r\n  Lovelace \n", "Ada Lovelace"},
      {"a\xE2\x80\x83"
       "b\xE3\x80\x80"
       "c",
       "a b c"},
      {"a \xE2\x80\x8B b", "a b"},
      {"王 小明", "王 小明"},
  };
  for (const auto& [written, wanted] : cases) BOOST_TEST(text::clean_line(written) == wanted);
}

BOOST_AUTO_TEST_CASE(invalid_bytes_become_the_replacement_character_and_are_counted) {
  std::size_t replaced = 0;
  BOOST_TEST(text::clean("a\xFF"
                         "b\xE2\x82",
                         100, &replaced) ==
             "a\xEF\xBF\xBD"
             "b\xEF\xBF\xBD");
  BOOST_TEST(replaced == 3);
  BOOST_TEST(text::clean_line("fine", 100, &replaced) == "fine");
  BOOST_TEST(replaced == 3);
}

BOOST_AUTO_TEST_CASE(clean_text_is_cut_between_characters) {
  BOOST_TEST(text::clean("Zoë", 3) == "Zo");
  BOOST_TEST(text::clean("Zoë", 4) == "Zoë");
  BOOST_TEST(text::clean("王小明", 7) == "王小");
  BOOST_TEST(text::clean("ab cd", 3) == "ab");
  BOOST_TEST(text::clean("abc", 0) == "");
  BOOST_TEST(text::clean(repeated("e\xCC\x81", 100), 20) == repeated("é", 10));
  BOOST_TEST(text::clean(repeated("x", 200'000)).size() == 100'000);
  BOOST_TEST(text::clean_line("a" + repeated(" ", 5'000) + "b") == "a b");
  BOOST_TEST(text::clean(repeated("x", 50), static_cast<std::size_t>(-1)).size() == 50);
}

BOOST_AUTO_TEST_CASE(cleaning_withstands_any_bytes_and_needs_no_second_time) {
  for (const auto& strange : strange_bytes()) {
    for (const auto& once : {text::clean(strange), text::clean_line(strange), text::clean(strange, 5)}) {
      BOOST_TEST(text::is_utf8(once));
    }
    BOOST_TEST(text::clean(text::clean(strange)) == text::clean(strange));
    BOOST_TEST(text::clean(strange, 5).size() <= 5);
  }
}

BOOST_AUTO_TEST_CASE(pictures_are_taken_out_of_names) {
  const std::vector<Case> cases{
      {"Ada Lovelace", "Ada Lovelace"},
      {"Ada 🚀", "Ada"},
      {"★ Ada ✔️ Lovelace ™", "Ada Lovelace"},
      {"👩🏽\xE2\x80\x8D💻 Ada", "Ada"},
      {"🇩🇪 Ada", "Ada"},
      {"1️⃣ Ada", "1 Ada"},
      {"王小明🎉", "王小明"},
      {"🎉", ""},
  };
  for (const auto& [written, wanted] : cases) {
    BOOST_TEST(text::clean_line(text::without_pictures(written)) == wanted);
  }
}

BOOST_AUTO_TEST_CASE(names_of_east_asia_are_known_by_their_script) {
  for (const auto* name : {"王小明", "김민수", "山田 太郎", "さくら", "サトー"})
    BOOST_TEST(text::is_east_asian(name), name);
  for (const auto* name : {"", "42", "Ada", "王 Ada", "Иван", "สมชาย"}) BOOST_TEST(!text::is_east_asian(name), name);
}

BOOST_AUTO_TEST_CASE(only_well_formed_bytes_are_utf8) {
  for (const auto* good : {"", "Ada", "Zoë", "王", "👩"}) BOOST_TEST(text::is_utf8(good));
  for (const auto* bad : {"\xFF", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "a\x80"}) {
    BOOST_TEST(!text::is_utf8(bad));
  }
}

BOOST_AUTO_TEST_CASE(other_encodings_are_read_by_name) {
  using namespace std::string_literals;
  BOOST_TEST(text::to_utf8("Zo\xEB \x80", "windows-1252") == "Zoë €");
  BOOST_TEST(text::to_utf8("A\0d\0a\0"s, "UTF-16LE") == "Ada");
  BOOST_TEST(text::to_utf8("\xFF\xFE"
                           "A\0"s,
                           "UTF-16LE") == "A");
  BOOST_TEST(text::to_utf8("\0A\0d"s, "UTF-16BE") == "Ad");
  BOOST_TEST(text::to_utf8("\x3D\xD8\x80\xDE"s, "UTF-16LE") == "🚀");
  BOOST_TEST(text::to_utf8("\xC1\xD7\xC1", "koi8-r") == "ава");
  BOOST_TEST(text::to_utf8("", "UTF-16LE") == "");
  BOOST_TEST(text::to_utf8("Zoë", "no-such-encoding") == "Zoë");
  BOOST_TEST(text::to_utf8("Zo\xEB", "no-such-encoding") == "Zoë");
  const auto long_text = repeated("\x3D\xD8\x80\xDE", 30'001);
  BOOST_TEST(text::to_utf8(std::string("A\0", 2) + long_text, "UTF-16LE") == "A" + repeated("🚀", 30'001));
  for (const auto& strange : strange_bytes()) {
    for (const auto* encoding : {"UTF-16LE", "windows-1252", "Shift_JIS", "UTF-7", "ISO-2022-JP", ""}) {
      BOOST_TEST(text::is_utf8(text::to_utf8(strange, encoding)));
    }
  }
}

BOOST_AUTO_TEST_CASE(html_reads_as_the_text_that_it_shows) {
  const std::vector<Case> cases{
      {"", ""},
      {"plain text", "plain text"},
      {"two\nlines\n\nand a gap", "two\nlines\n\nand a gap"},
      {"a &amp; b &lt;c&gt; &quot;d&quot; &#39;e&#x27;", "a & b <c> \"d\" 'e'"},
      {"&eacute;&Auml;&szlig;&ntilde;&euro;&hellip;&mdash;&rsquo;", "éÄßñ€…—’"},
      {"a&nbsp;b", "a b"},
      {"AT&T, R&D; &unknown; &", "AT&T, R&D; &unknown; &"},
      {"?a=1&copy=2", "?a=1&copy=2"},
      {"&#128640; &#x1F680; &#146;", "🚀 🚀 ’"},
      {"&#0; &#xD800; &#x110000;", "&#0; &#xD800; &#x110000;"},
      {"<p>one</p><p>two</p>", "one\ntwo"},
      {"<p>one</p>\n\n  <p>two\nthree</p>", "one\ntwo three"},
      {"one<br>two<br/>three<BR />four", "one\ntwo\nthree\nfour"},
      {"a<br><br><br><br>b", "a\n\nb"},
      {"<ul><li>tea</li><li>coffee</li></ul>", "- tea\n- coffee"},
      {"<ol>\n <li>tea\n <li>coffee\n</ol>done", "- tea\n- coffee\ndone"},
      {"<b>bold</b> and <a href=\"https://acme.example/?a>b\">link</a>", "bold and link"},
      {"first line\nsecond <b>bold</b> line", "first line\nsecond bold line"},
      {"<style>p { color: red }</style><p>text</p><script>if (a < b) run()</script>", "text"},
      {"<script>never closed", ""},
      {"a<!-- hidden <b> -->b", "ab"},
      {"a<!-- never closed", "a"},
      {"<!DOCTYPE html><html><head><title>Title</title></head><body><h1>Head</h1>text</body></html>", "Head\ntext"},
      {"1 < 2 and 3 > 2", "1 < 2 and 3 > 2"},
      {"i <3 you", "i <3 you"},
      {"vector<int> of <ada@acme.example> at <https://acme.example/>",
       "vector<int> of <ada@acme.example> at <https://acme.example/>"},
      {"<p class=\"spinmail-quill-editor__spin-break\">Hello Ada</p>", "Hello Ada"},
      {"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
      {"<o:p>office</o:p>", "office"},
      {"<a never closed", "<a never closed"},
      {"<pre>kept  as\n  it is</pre>", "kept  as\n  it is"},
      {"&lt;script&gt;", "<script>"},
  };
  for (const auto& [written, wanted] : cases) {
    BOOST_TEST(text::from_html(written) == wanted, written << " → " << text::from_html(written) << ", not " << wanted);
  }
}

BOOST_AUTO_TEST_CASE(html_may_be_as_broken_as_it_likes) {
  for (const auto& strange : strange_bytes()) BOOST_TEST(text::from_html(strange).size() <= 3 * strange.size());
  BOOST_TEST(text::from_html(repeated("<a \"", 200'000)).size() == 800'000);
  BOOST_TEST(text::from_html(repeated("<a \">", 100'000)).empty());
  BOOST_TEST(text::from_html(repeated("<script>", 100'000)).empty());
}

BOOST_AUTO_TEST_CASE(columns_are_counted_as_a_terminal_draws_them) {
  const std::vector<std::pair<std::string, std::size_t>> cases{
      {"", 0},
      {"Ada", 3},
      {"Zoë", 3},
      {"Zoe\xCC\x88", 3},
      {"王小明", 6},
      {"🚀", 2},
      {"👩🏽\xE2\x80\x8D💻", 2},
      {"🇩🇪", 2},
      {"🇩🇪🇫🇷", 4},
      {"❤️", 2},
      {"…", 1},
      {"한글", 4},
      {"क्ष", 2},
      {"a\xE2\x80\x8B"
       "b",
       2},
      {"ＡＢ", 4},
  };
  for (const auto& [written, wanted] : cases) {
    BOOST_TEST(text::columns(written) == wanted, written << " takes " << text::columns(written) << ", not " << wanted);
  }
}

BOOST_AUTO_TEST_CASE(a_text_is_cut_to_fit_its_columns) {
  BOOST_TEST(text::fit("Ada", 3) == "Ada");
  BOOST_TEST(text::fit("Ada Lovelace", 5) == "Ada …");
  BOOST_TEST(text::fit("Ada", 1) == "…");
  BOOST_TEST(text::fit("Ada", 0) == "");
  BOOST_TEST(text::fit("", 0) == "");
  BOOST_TEST(text::fit("王小明", 6) == "王小明");
  BOOST_TEST(text::fit("王小明", 5) == "王小…");
  BOOST_TEST(text::fit("王小明", 4) == "王…");
  BOOST_TEST(text::fit("Zoe\xCC\x88 B", 4) == "Zoe\xCC\x88…");
  BOOST_TEST(text::fit("👩\xE2\x80\x8D💻👩\xE2\x80\x8D💻", 3) == "👩\xE2\x80\x8D💻…");
  for (const auto& strange : strange_bytes()) BOOST_TEST(text::columns(text::fit(strange, 7)) <= 7);
}

BOOST_AUTO_TEST_CASE(names_are_ordered_as_a_reader_expects) {
  BOOST_TEST(text::compare("ada", "Brandt") < 0);
  BOOST_TEST(text::compare("Zoë", "Zoea") < 0);
  BOOST_TEST(text::compare("Ärzte", "Bund") < 0);
  BOOST_TEST(text::compare("Zoë", "Zoë") == 0);
  BOOST_TEST(text::compare("b", "a") > 0);
  BOOST_TEST(text::compare("", "a") < 0);
  BOOST_TEST(text::compare("Zebra", "Иван") < 0);
}

BOOST_AUTO_TEST_CASE(a_hash_is_the_same_for_ever_and_tells_fields_apart) {
  BOOST_TEST(ties::text::hash_of({}) == "cbf29ce484222325");
  BOOST_TEST(ties::text::hash_of({"a", "b"}) != ties::text::hash_of({"ab", ""}));
}

BOOST_AUTO_TEST_CASE(a_cell_that_a_spreadsheet_would_run_is_defused_and_every_cell_comes_back_as_it_was) {
  const struct {
    const char* cell;
    const char* defused;
  } cases[] = {
      {"=1+1", "'=1+1"},
      {"+49 30 1234", "'+49 30 1234"},
      {"-2+3", "'-2+3"},
      {"@SUM(A1)", "'@SUM(A1)"},
      {"\t=1", "'\t=1"},
      {"\r=1", "'\r=1"},
      {"\nx", "'\nx"},
      {"＝1", "'＝1"},
      {"  =1", "'  =1"},
      {"\u00A0=1", "'\u00A0=1"},
      {"\"=1\"", "'\"=1\""},
      {"'=1", "''=1"},
      {"''=1", "'''=1"},
      {"' \"' @x", "'' \"' @x"},
      {"'tis", "'tis"},
      {"'", "'"},
      {"''", "''"},
      {"", ""},
      {"O'Hara", "O'Hara"},
      {"a=1", "a=1"},
      {"1-2", "1-2"},
      {"(+49) 30", "(+49) 30"},
      {"若溪", "若溪"},
  };
  for (const auto& row : cases) {
    BOOST_TEST_CONTEXT(row.cell) {
      BOOST_TEST(ties::text::defused(row.cell) == row.defused);
      BOOST_TEST(ties::text::undefused(row.defused) == row.cell);
    }
  }
  // Every short text of the signs that matter: no two are written alike.
  const std::string signs = "'\" =+x";
  for (std::size_t number = 0; number < 6 * 6 * 6 * 6; ++number) {
    std::string cell;
    for (auto rest = number; rest > 0; rest /= 6) cell += signs[rest % 6];
    BOOST_TEST(ties::text::undefused(ties::text::defused(cell)) == cell);
  }
}
