#include "reports/render/render.h"

#include <boost/test/unit_test.hpp>
#include <limits>
#include <nlohmann/json.hpp>

#include "crm/domain/errors.h"
#include "crm/text/text.h"

namespace ties::reports {
namespace {

using nlohmann::ordered_json;

constexpr auto stamp = "20260310T080000Z";

Cell cell(std::string text, Tone tone = Tone::plain) {
  return {std::move(text), std::nullopt, tone};
}

Cell number(std::string text, double value) {
  return {std::move(text), value, Tone::plain};
}

Column left(std::string key, bool flexible = false) {
  return {key, key, Column::Align::left, flexible, false};
}

Column right(std::string key) {
  return {key, key, Column::Align::right, false, false};
}

Table table(std::vector<Column> columns, std::vector<std::vector<Cell>> rows, std::string title = "") {
  Table made;
  made.title = std::move(title), made.columns = std::move(columns), made.rows = std::move(rows);
  return made;
}

Document document(Block block) {
  Document made;
  made.blocks.push_back(std::move(block));
  return made;
}

/// A document of one cell, in every kind of block, so that a hostile text meets every way of writing.
Document everywhere(const std::string& hostile) {
  auto cards =
      table({left("who"), left("what"), left("why"), left("due"), left("settle"), left("subject")},
            {{cell(hostile), cell(hostile), cell(hostile), cell("2026-03-10"), cell(hostile), cell(hostile)}}, hostile);
  cards.layout = Table::Layout::cards;
  Document made;
  made.title = hostile, made.finding = hostile;
  made.blocks = {Text{hostile, Tone::warn}, Fields{hostile, {{hostile, cell(hostile)}}},
                 table({left("name"), left("settle")}, {{cell(hostile), cell(hostile)}}, hostile), cards,
                 Lanes{{table({left("name")}, {{cell(hostile)}}, hostile)}}};
  return made;
}

const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> texts{"a\nb\r\nc\rd",
                                              "a|b||c",
                                              "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;",
                                              "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1bP1$r\x1b\\",
                                              "\xc2\x9b"
                                              "31m C1 \xc2\x90 \x7f \x08\x08 \x0c \x0b",
                                              "\xe2\x80\xae"
                                              "evil\xe2\x80\xac \xe2\x81\xa6x\xe2\x81\xa9 \xe2\x80\x8f",
                                              "=HYPERLINK(\"https://evil.example\")",
                                              "\t=1+1",
                                              "+49",
                                              "-2+3",
                                              "@SUM(A1)",
                                              std::string(5'000, 'x'),
                                              "👩‍🚀 👨‍👩‍👧‍👦 🇳🇴 ✊🏽",
                                              "\xff\xfe\xc3( \xed\xa0\x80 \xf4\x90\x80\x80",
                                              std::string("nul\0nul", 7),
                                              "# h\n- l\n1. n\n> q\n```\ncode\n```\n---\n===",
                                              "*b* _i_ `c` [l](https://evil.example) ![i](x) ~~s~~ $m$ \\ &lt;",
                                              "BEGIN:VEVENT\r\nSUMMARY:x;y,z\\n",
                                              "\"quoted\", 'single'; done",
                                              "  blanks  within   ",
                                              "\xe2\x80\xa8line\xe2\x80\xa9paragraph\xc2\x85next",
                                              "e\xcc\x81\xcc\x81\xcc\x81\xcc\x81",
                                              "王小明と北極星電子株式会社のみなさんこんにちは",
                                              ""};
  return texts;
}

std::vector<std::string> lines_of(const std::string& text, const std::string& end = "\n") {
  std::vector<std::string> lines;
  std::size_t at = 0;
  for (auto next = text.find(end); next != std::string::npos; next = text.find(end, at)) {
    lines.push_back(text.substr(at, next - at));
    at = next + end.size();
  }
  BOOST_TEST(at == text.size(), "the last line does not end");
  return lines;
}

/// The bytes of control characters that a terminal would act on; line ends are counted by those who allow them.
bool has_control(const std::string& text, const std::string& allowed) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0u;
    if ((byte < 0x20 || byte == 0x7F) && allowed.find(text[i]) == std::string::npos) return true;
    if (byte == 0xC2 && next >= 0x80 && next <= 0x9F) return true;
  }
  return false;
}

/// U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069: what turns the direction of the rest of a line.
bool turns_direction(const std::string& text) {
  const auto is_between = [&text](std::size_t i, const char* first, const char* last) {
    const auto sign = std::string_view(text).substr(i, 3);
    return sign >= first && sign <= last;
  };
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    if (is_between(i, "\xe2\x80\x8e", "\xe2\x80\x8f") || is_between(i, "\xe2\x80\xaa", "\xe2\x80\xae") ||
        is_between(i, "\xe2\x81\xa6", "\xe2\x81\xa9")) {
      return true;
    }
  }
  return false;
}

std::string unfolded(std::string ics) {
  for (auto at = ics.find("\r\n "); at != std::string::npos; at = ics.find("\r\n ")) ics.erase(at, 3);
  return ics;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(every_format)

BOOST_AUTO_TEST_CASE(is_listed_and_known_by_its_name) {
  BOOST_TEST(formats() == (std::vector<std::string>{"text", "markdown", "html", "json", "csv", "svg", "ics"}));
  for (const auto& format : formats()) BOOST_CHECK_NO_THROW(render(everywhere("x"), format, {}, stamp));
  BOOST_CHECK_EXCEPTION(render({}, "jsn", {}, stamp), Wrong, [](const Wrong& error) {
    return std::string(error.what()) ==
           "format: 'jsn' is none of text, markdown, html, json, csv, svg, ics; did you mean 'json'?";
  });
}

BOOST_AUTO_TEST_CASE(survives_every_hostile_text_as_utf8_without_control_characters) {
  for (const auto& hostile : hostile_texts()) {
    for (const auto& format : formats()) {
      for (const std::size_t width : {0, 1, 7, 20, 79, 200}) {
        const auto out = render(everywhere(hostile), format, {width, false, true}, stamp);
        BOOST_TEST(text::is_utf8(out), format << " of " << hostile);
        const auto* allowed = format == "csv"    ? "\r\n\t"
                              : format == "ics"  ? "\r\n\t"
                              : format == "html" || format == "svg" ? "\n\t"
                                                 : "\n";
        BOOST_TEST(!has_control(out, allowed), format << " lets a control character through: " << hostile);
        BOOST_TEST((format == "json" || !turns_direction(out)),
                   format << " lets a direction mark through: " << hostile);
        if (format != "text") break;  // the only one that has a width
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(survives_documents_with_nothing_in_them) {
  BOOST_TEST(text({}).empty());
  BOOST_TEST(markdown({}).empty());
  BOOST_TEST(json({}).dump() == R"({"title":"","finding":"","tables":{}})");
  BOOST_TEST(csv({}).empty());
  BOOST_TEST(ics({}, stamp) ==
             "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Ties//Ties//EN\r\nCALSCALE:GREGORIAN\r\n"
             "X-WR-CALNAME:\r\nEND:VCALENDAR\r\n");
  BOOST_TEST(html({}).ends_with("<body>\n<main>\n</main>\n</body>\n</html>\n"));
  const std::vector<Block> empty_blocks{
      Text{},
      Fields{},
      Table{},
      Lanes{},
      Lanes{{Table{}, Table{}}},
      table({}, {{}, {cell("x")}}),
      table({left("a"), left("b")}, {{}, {cell("x")}, {cell("1"), cell("2"), cell("3")}})};
  for (const auto& block : empty_blocks) {
    for (const auto& format : formats()) {
      for (const std::size_t width : {0, 1, 80}) {
        BOOST_CHECK_NO_THROW(render(document(block), format, {width, true, true}, stamp));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(says_what_a_table_without_rows_means) {
  auto empty = table({left("name")}, {}, "People");
  BOOST_TEST(text(document(empty)).empty());
  BOOST_TEST(markdown(document(empty)).empty());
  BOOST_TEST(csv(document(empty)) == "name\r\n");
  BOOST_TEST(json(document(empty)).dump() == "[]");
  empty.when_empty = "nobody yet";
  BOOST_TEST(text(document(empty)) == "People\n  nobody yet\n");
  BOOST_TEST(markdown(document(empty)) == "## People\n\nnobody yet\n");
  BOOST_TEST(html(document(empty)).find("<p class=\"muted\" dir=\"auto\">nobody yet</p>") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(shows_people_and_programs_their_own_columns) {
  auto both = table({left("name"), Column{"", "for people", Column::Align::left, false, false},
                     Column{"id", "#", Column::Align::left, false, true}},
                    {{cell("Ada"), cell("shown"), cell("kept")}});
  BOOST_TEST(text(document(both)) == "name  for people\nAda   shown\n");
  BOOST_TEST(markdown(document(both)) == "| name | for people |\n| --- | --- |\n| Ada | shown |\n");
  BOOST_TEST(html(document(both)).find("kept") == std::string::npos);
  BOOST_TEST(json(document(both)).dump() == R"([{"name":"Ada","id":"kept"}])");
  BOOST_TEST(csv(document(both)) == "name,id\r\nAda,kept\r\n");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(text_for_a_terminal)

BOOST_AUTO_TEST_CASE(aligns_columns_by_what_they_take_on_the_screen) {
  const auto people = table({left("name"), right("score"), left("at")}, {{cell("王小明"), cell("7"), cell("A")},
                                                                         {cell("Ada 🚀"), cell("100"), cell("B")},
                                                                         {cell("Łucja"), cell(""), cell("C")}});
  BOOST_TEST(text(document(people)) ==
             "name    score  at\n"
             "王小明      7  A\n"
             "Ada 🚀    100  B\n"
             "Łucja          C\n");
}

BOOST_AUTO_TEST_CASE(has_no_trailing_blanks) {
  for (const auto& hostile : hostile_texts()) {
    for (const std::size_t width : {0, 12, 30, 80}) {
      for (const auto& line : lines_of(text(everywhere(hostile), {width, false, true}))) {
        BOOST_TEST(!line.ends_with(' '), "'" << line << "'");
      }
    }
  }
  BOOST_TEST(text(document(table({left("a"), left("b")}, {{cell("x"), cell("")}}))) == "a  b\nx\n");
}

BOOST_AUTO_TEST_CASE(lets_flexible_columns_give_way_first_and_numbers_never) {
  const auto wide = table({left("name"), left("note", true), right("n")},
                          {{cell("Ada Winterbourne"), cell("a note that goes on and on"), cell("12345678")}});
  BOOST_TEST(text(document(wide), {80, false, true}) ==
             "name              note                               n\n"
             "Ada Winterbourne  a note that goes on and on  12345678\n");
  BOOST_TEST(text(document(wide), {40, false, true}) ==
             "name              note                 n\n"
             "Ada Winterbourne  a note that…  12345678\n");
  BOOST_TEST(text(document(wide), {30, false, true}) ==
             "name        note             n\n"
             "Ada Winte…  a note …  12345678\n");
}

BOOST_AUTO_TEST_CASE(puts_the_cells_of_a_row_under_each_other_where_a_grid_has_no_room) {
  const auto wide = table({left("name"), left("note", true), right("n")}, {{cell("Ada Winterbourne"), cell("a note that goes on and on"), cell("12345678")}, {cell("Bo"), cell(""), cell("5")}});
  BOOST_TEST(text(document(wide), {20, false, true}) ==
             "Ada Winterbourne\n"
             "  note  a note that\n"
             "        goes on and\n"
             "        on\n"
             "  n     12345678\n"
             "Bo\n"
             "  n     5\n");
}

BOOST_AUTO_TEST_CASE(keeps_every_line_within_the_width_when_that_is_possible) {
  for (const auto& hostile : hostile_texts()) {
    Document shown;
    shown.title = hostile;
    shown.blocks = {
        Text{hostile, Tone::plain}, Fields{"", {{"key", cell(hostile)}}},
        table({left("a", true), left("b")}, {{cell(hostile), cell(hostile)}}),
        Lanes{{table({left("a")}, {{cell(hostile)}}, hostile), table({left("a")}, {{cell(hostile)}}, hostile)}}};
    for (const std::size_t width : {24, 40, 77}) {
      for (const auto& line : lines_of(text(shown, {width, false, true}))) {
        BOOST_TEST((text::columns(line) <= width || line.find("://") != std::string::npos),
                   width << ": '" << line << "'");
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(loses_nothing_of_long_words_that_it_breaks) {
  std::string word;
  for (int i = 0; i < 300; ++i) word += static_cast<char>('a' + i % 26);
  for (std::size_t width = 9; width < 60; ++width) {
    auto shown = text(document(Text{word, Tone::plain}), {width, false, true});
    std::erase(shown, '\n');
    BOOST_TEST(shown == word);
  }
  const std::string address = "https://quillmark.example/" + std::string(100, 'a');
  BOOST_TEST(text(document(Text{"see " + address, Tone::plain}), {40, false, true}) == "see\n" + address + "\n");
}

BOOST_AUTO_TEST_CASE(colours_only_when_asked_and_only_by_tone) {
  const auto toned = table({left("a"), left("b")}, {{cell("strong", Tone::strong), cell("muted", Tone::muted)},
                                                    {cell("good", Tone::good), cell("warn", Tone::warn)},
                                                    {cell("bad", Tone::bad), cell("plain")}});
  BOOST_TEST(text(document(toned)).find('\x1b') == std::string::npos);
  BOOST_TEST(text(document(toned), {0, true, true}) ==
             "\x1b[2ma\x1b[0m       \x1b[2mb\x1b[0m\n"
             "\x1b[1mstrong\x1b[0m  \x1b[2mmuted\x1b[0m\n"
             "\x1b[32mgood\x1b[0m    \x1b[33mwarn\x1b[0m\n"
             "\x1b[31mbad\x1b[0m     plain\n");
}

BOOST_AUTO_TEST_CASE(says_the_finding_or_else_the_title_or_neither_when_told) {
  Document both;
  both.title = "People", both.finding = "3 people";
  BOOST_TEST(text(both) == "3 people\n");
  both.finding = "";
  BOOST_TEST(text(both) == "People\n");
  BOOST_TEST(text(both, {0, false, false}).empty());
}

BOOST_AUTO_TEST_CASE(puts_fields_under_each_other_and_their_lines_too) {
  const Fields fields{"About",
                      {{"name", cell("Ada")}, {"how_met", cell("at a poster\nand again")}, {"empty", cell("")}}};
  BOOST_TEST(text(document(fields)) == "About\n  name     Ada\n  how met  at a poster\n           and again\n");
  BOOST_TEST(text(document(fields), {20, false, true}) ==
             "About\n  name     Ada\n  how met  at a\n           poster\n           and again\n");
}

BOOST_AUTO_TEST_CASE(puts_lanes_side_by_side_where_each_has_room) {
  const Lanes lanes{{table({left("a"), left("b")},
                           {{cell("Compiler Engineer"), cell("Quillmark")}, {cell("Tools"), cell("")}}, "Applied"),
                     table({left("a")}, {}, "Screen")}};
  BOOST_TEST(text(document(lanes), {38, false, true}) ==
             "Applied 2           Screen 0\n"
             "──────────────────  ──────────────────\n"
             "Compiler Engineer\n"
             "Quillmark\n"
             "\n"
             "Tools\n");
  const auto* stacked =
      "Applied 2\n"
      "  Compiler Engineer  Quillmark\n"
      "  Tools\n"
      "\n"
      "Screen 0\n";
  BOOST_TEST(text(document(lanes), {37, false, true}) == stacked);
  BOOST_TEST(text(document(lanes)) == stacked);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(markdown_of_a_document)

BOOST_AUTO_TEST_CASE(makes_no_markup_of_contents) {
  const std::vector<std::pair<std::string, std::string>> cases{{"a|b", "a\\|b"},
                                                               {"*b* _i_", "\\*b\\* \\_i\\_"},
                                                               {"`c`", "\\`c\\`"},
                                                               {"<b>&amp;", "\\<b\\>\\&amp;"},
                                                               {"[l](x) ![i](y)", "\\[l\\](x) \\!\\[i\\](y)"},
                                                               {"# h", "\\# h"},
                                                               {"- l", "\\- l"},
                                                               {"+ l", "\\+ l"},
                                                               {"a - b + c", "a - b + c"},
                                                               {"===", "\\==="},
                                                               {"--- ", "\\---"},
                                                               {"1. n", "1\\. n"},
                                                               {"12) n", "12\\) n"},
                                                               {"1.5 years", "1\\.5 years"},
                                                               {"v1. x", "v1. x"},
                                                               {"> q", "\\> q"},
                                                               {"~~s~~ $m$", "\\~\\~s\\~\\~ \\$m\\$"},
                                                               {"back\\slash", "back\\\\slash"},
                                                               {"    code", "code"},
                                                               {"a\nb", "a b"}};
  for (const auto& [raw, escaped] : cases) {
    BOOST_TEST(markdown(document(table({left("a")}, {{cell(raw)}}))) == "| a |\n| --- |\n| " + escaped + " |\n");
  }
}

BOOST_AUTO_TEST_CASE(keeps_a_row_on_one_line_of_as_many_cells) {
  for (const auto& hostile : hostile_texts()) {
    const auto lines =
        lines_of(markdown(document(table({left("a"), left("settle")}, {{cell(hostile), cell(hostile)}}))));
    BOOST_REQUIRE(lines.size() == 3);
    int bars = 0;
    for (std::size_t i = 0; i < lines[2].size(); ++i) {
      std::size_t slashes = 0;
      while (slashes < i && lines[2][i - 1 - slashes] == '\\') ++slashes;
      if (lines[2][i] == '|' && slashes % 2 == 0) ++bars;
    }
    BOOST_TEST(bars == 3, lines[2]);
  }
}

BOOST_AUTO_TEST_CASE(writes_commands_as_code_that_can_be_copied) {
  auto cards = table({left("who"), left("settle")},
                     {{cell("Ada"), cell("ties log 'messaged @Ada *'")}, {cell("Bo"), cell("ties log '`x` ``y``'")}});
  cards.layout = Table::Layout::cards;
  BOOST_TEST(markdown(document(cards)) ==
             "- [ ] **Ada**\\\n  `ties log 'messaged @Ada *'`\n"
             "- [ ] **Bo**\\\n  ``` ties log '`x` ``y``' ```\n");
}

BOOST_AUTO_TEST_CASE(keeps_the_lines_of_a_text) {
  BOOST_TEST(markdown(document(Text{"a\n- b\n\n1. c", Tone::plain})) == "a\\\n\\- b\n\n1\\. c\n");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(html_of_a_document)

BOOST_AUTO_TEST_CASE(holds_no_element_that_a_cell_brought) {
  const auto page = html(everywhere("<script>alert(1)</script><a href=\"https://evil.example\" onclick='x'>&"));
  BOOST_TEST(page.find("<script") == std::string::npos);
  BOOST_TEST(page.find("<a ") == std::string::npos);
  BOOST_TEST(page.find("&lt;script&gt;alert(1)&lt;/script&gt;&lt;a href=&quot;https://evil.example&quot; "
                       "onclick=&#39;x&#39;&gt;&amp;") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(links_rows_to_their_records_where_the_service_shows_it_and_nowhere_else) {
  const auto number = [](double value) { return Cell{"", value, Tone::plain}; };
  const Column id{"id", "#", Column::Align::right, false, true}, contact{"contact_id", "", Column::Align::right, false, true, true};
  Document all;
  all.title = "Links";
  all.blocks.push_back(Table{"People", {left("name"), id}, {{Cell{"Ada", std::nullopt, Tone::plain}, number(7)}}, "", {}, {}});
  all.blocks.push_back(Table{"Tasks", {left("what"), contact}, {{Cell{"write", std::nullopt, Tone::plain}, number(3)}, {Cell{"rest", std::nullopt, Tone::plain}, Cell{}}}, "", Table::Layout::cards, {}});
  all.blocks.push_back(Lanes{{Table{"Applied", {left("role"), id}, {{Cell{"Engineer", std::nullopt, Tone::plain}, number(5)}}, "", {}, {}}}});
  const auto page = html(all, "/assets/report.css");
  for (const auto* has : {"<a href=\"/contacts/7\">Ada</a>", "<a href=\"/contacts/3\">write</a>", "dir=\"auto\">rest</p>", "<a href=\"/applications/5\">Engineer</a>"}) BOOST_TEST(page.find(has) != std::string::npos, has);
  BOOST_TEST(html(all).find("<a ") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(is_self_contained_and_fit_for_paper_and_for_the_dark) {
  const auto page = html(everywhere("Ada"));
  for (const auto* has :
       {"<!doctype html>", "light-dark(", "@media print", "default-src 'none'", "<title>Ada</title>"}) {
    BOOST_TEST(page.find(has) != std::string::npos, has);
  }
  for (const auto* lacks : {"://", "<script", "<link", "url(", "@import"}) {
    BOOST_TEST(page.find(lacks) == std::string::npos, lacks);
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(json_of_a_document)

BOOST_AUTO_TEST_CASE(is_the_rows_of_a_document_with_one_table_alone) {
  const auto people = table({left("name"), right("score")},
                            {{cell("Ada"), number("7", 7)}, {cell("Bo"), number("1.5", 1.5)}, {cell("Cleo")}});
  BOOST_TEST(json(document(people)).dump() ==
             R"([{"name":"Ada","score":7},{"name":"Bo","score":1.5},{"name":"Cleo","score":""}])");
}

BOOST_AUTO_TEST_CASE(names_every_table_and_loses_none_of_equal_names) {
  Document all;
  all.title = "t", all.finding = "f";
  all.blocks = {Fields{"", {{"n", number("2", 2)}}}, table({left("a")}, {{cell("1")}}),
                table({left("a")}, {{cell("2")}}, "x"), table({left("a")}, {{cell("3")}}, "x")};
  BOOST_TEST(json(all).dump() == R"({"title":"t","finding":"f","fields":{"n":2},)"
                                 R"("tables":{"rows":[{"a":"1"}],"x":[{"a":"2"},{"a":"3"}]}})");
}

BOOST_AUTO_TEST_CASE(keeps_lanes_in_their_order_also_those_of_one_name_with_what_programs_are_told_of_each) {
  auto first = table({left("a")}, {{cell("3")}}, "x"), second = table({left("a")}, {}, "x");
  first.facts = {{"id", number("7", 7)}, {"key", cell("one")}, {"days", cell("")}};
  Document board;
  board.title = "t", board.blocks = {Lanes{{first, second}}}, board.facts = {{"open", number("1", 1)}};
  BOOST_TEST(json(board).dump() ==
             R"({"title":"t","finding":"","fields":{"open":1},"tables":{},"lanes":[)"
             R"({"title":"x","id":7,"key":"one","days":null,"rows":[{"a":"3"}]},{"title":"x","rows":[]}]})");
}

BOOST_AUTO_TEST_CASE(has_null_where_a_column_of_numbers_is_empty) {
  auto column = right("score");
  column.numbers = true;
  BOOST_TEST(json(document(table({left("name"), column}, {{cell("Ada"), number("7", 7)}, {cell("Bo"), cell("")}, {cell("Cleo")}}))).dump() ==
             R"([{"name":"Ada","score":7},{"name":"Bo","score":null},{"name":"Cleo","score":null}])");
}

BOOST_AUTO_TEST_CASE(survives_every_number) {
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<std::pair<double, std::string>> cases{
      {-5, "-5"},          {0, "0"},
      {1e300, "1e+300"},   {infinity, "null"},
      {-infinity, "null"}, {std::numeric_limits<double>::quiet_NaN(), "null"}};
  for (const auto& [value, expected] : cases) {
    BOOST_TEST(json(document(table({right("n")}, {{number("n", value)}}))).dump() == "[{\"n\":" + expected + "}]");
  }
}

BOOST_AUTO_TEST_CASE(is_read_back_as_it_was) {
  for (const auto& hostile : hostile_texts()) {
    if (!text::is_utf8(hostile)) continue;
    const auto out = render(document(table({left("a")}, {{cell(hostile)}})), "json", {}, stamp);
    BOOST_TEST((ordered_json::parse(out)[0]["a"].get<std::string>() == hostile), hostile);
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(csv_of_a_document)

BOOST_AUTO_TEST_CASE(holds_no_formula_that_a_cell_brought) {
  const std::vector<std::pair<std::string, std::string>> cases{{"=1+1", "'=1+1"}, {"+49 30 1234", "'+49 30 1234"},
                                                               {"-2+3", "'-2+3"}, {"@SUM(A1)", "'@SUM(A1)"},
                                                               {"\t=1", "'=1"},   {"\r=1", "'=1"},
                                                               {"\n =1", "'=1"},  {"\xe2\x80\x8b=1", "'=1"},
                                                               {"＝1", "'＝1"},   {"a;=1", "\"a;=1\""},
                                                               {"a=1", "a=1"},    {"=\"x\",1", "\"'=\"\"x\"\",1\""}};
  for (const auto& [raw, field] : cases) {
    BOOST_TEST(csv(document(table({left("a")}, {{cell(raw)}}))) == "a\r\n" + field + "\r\n");
  }
}

BOOST_AUTO_TEST_CASE(quotes_what_must_be_quoted_and_nothing_else) {
  const auto row =
      table({left("a"), left("b"), left("c"), left("d")}, {{cell("x, y"), cell("\"x\""), cell("x\ny"), cell("x y")}});
  BOOST_TEST(csv(document(row)) == "a,b,c,d\r\n\"x, y\",\"\"\"x\"\"\",\"x\ny\",x y\r\n");
}

BOOST_AUTO_TEST_CASE(keeps_numbers_numbers_even_below_zero) {
  const auto row = table({right("n"), right("m")},
                         {{number("-5 days", -5), number("=1", std::numeric_limits<double>::quiet_NaN())}});
  BOOST_TEST(csv(document(row)) == "n,m\r\n-5,\r\n");
}

BOOST_AUTO_TEST_CASE(names_the_section_where_there_are_several_tables_and_one_header_for_equal_columns) {
  Document all;
  all.blocks = {table({left("a")}, {{cell("1")}}, "x"), table({left("a")}, {{cell("2")}}, "=y"),
                table({left("b")}, {{cell("3")}}, "z")};
  BOOST_TEST(csv(all) == "section,a\r\nx,1\r\n'=y,2\r\nsection,b\r\nz,3\r\n");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_calendar_of_a_document)

BOOST_AUTO_TEST_CASE(has_a_whole_day_event_for_each_row_that_is_due) {
  const auto rows = table({left("due"), left("who"), left("what"), left("why"), left("settle"), left("subject")},
                          {{cell("2026-12-31"), cell("Ada"), cell("write; soon, \\now"), cell("a\nb"),
                            cell("ties task done 1"), cell("task 1")},
                           {cell("someday"), cell("Bo")},
                           {cell("2024-02-29"), cell(""), cell("leap")}});
  const auto lines = lines_of(ics(document(rows), stamp), "\r\n");
  const std::vector<std::string> expected{"BEGIN:VCALENDAR",
                                          "VERSION:2.0",
                                          "PRODID:-//Ties//Ties//EN",
                                          "CALSCALE:GREGORIAN",
                                          "X-WR-CALNAME:",
                                          "BEGIN:VEVENT",
                                          lines.at(6),
                                          "DTSTAMP:20260310T080000Z",
                                          "DTSTART;VALUE=DATE:20261231",
                                          "DTEND;VALUE=DATE:20270101",
                                          "SUMMARY:Ada: write\\; soon\\, \\\\now",
                                          "DESCRIPTION:a\\nb\\nties task done 1",
                                          "TRANSP:TRANSPARENT",
                                          "END:VEVENT",
                                          "BEGIN:VEVENT",
                                          lines.at(15),
                                          "DTSTAMP:20260310T080000Z",
                                          "DTSTART;VALUE=DATE:20240229",
                                          "DTEND;VALUE=DATE:20240301",
                                          "SUMMARY:leap",
                                          "TRANSP:TRANSPARENT",
                                          "END:VEVENT",
                                          "END:VCALENDAR"};
  BOOST_TEST(lines == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(gives_an_hour_to_an_appointment_and_a_place) {
  const auto rows = table({left("due"), left("what"), left("subject"), left("at"), left("minutes"), left("place")},
                          {{cell("2026-05-04"), cell("coding"), cell("interview 1"), cell("2026-05-04T12:00:00Z"),
                            cell("45"), cell("room 4; left")},
                           {cell("2026-05-05"), cell("call"), cell("interview 2"), cell("2026-05-05T09:30:00")},
                           {cell("2026-05-06"), cell("visit"), cell("interview 3"), cell("2026-05-06")}});
  const auto out = ics(document(rows), stamp);
  BOOST_TEST((out.find("DTSTART:20260504T120000Z\r\nDURATION:PT45M\r\nSUMMARY:coding\r\n"
                       "LOCATION:room 4\\; left\r\nTRANSP:OPAQUE\r\n") != std::string::npos));
  BOOST_TEST((out.find("DTSTART:20260505T093000\r\nDURATION:PT60M\r\nSUMMARY:call\r\nTRANSP:OPAQUE\r\n") !=
              std::string::npos));
  BOOST_TEST((out.find("DTSTART;VALUE=DATE:20260506\r\nDTEND;VALUE=DATE:20260507\r\n") != std::string::npos));
}

BOOST_AUTO_TEST_CASE(gives_an_event_the_same_identity_on_every_day_and_no_two_the_same) {
  const auto row = [](const std::string& due, const std::string& subject) {
    return std::vector<Cell>{cell(due), cell("write"), cell(subject), cell("why since " + due)};
  };
  const std::vector<Column> columns{left("due"), left("what"), left("subject"), left("why")};
  const auto identities = [&](std::vector<std::vector<Cell>> rows) {
    std::vector<std::string> found;
    for (const auto& line : lines_of(ics(document(table(columns, std::move(rows))), stamp), "\r\n")) {
      if (line.starts_with("UID:")) found.push_back(line);
    }
    return found;
  };
  const auto first =
      identities({row("2026-03-10", "task 1"), row("2026-03-10", "task 2"), row("2026-03-11", "task 1")});
  BOOST_REQUIRE(first.size() == 3);
  BOOST_TEST((first[0] != first[1] && first[0] != first[2] && first[1] != first[2]));
  BOOST_TEST(identities({row("2026-04-01", "task 1")}).at(0) == first[0]);
  BOOST_TEST(first[0] == "UID:c34c8601ebd2ef67@ties");
}

BOOST_AUTO_TEST_CASE(folds_at_75_octets_and_never_within_a_character) {
  std::string long_text;
  for (int i = 0; i < 60; ++i) long_text += i % 3 == 0 ? "王" : i % 3 == 1 ? "🚀" : "é";
  for (std::size_t shift = 0; shift < 80; ++shift) {
    const auto what = std::string(shift, 'a') + long_text;
    const auto out = ics(document(table({left("due"), left("what")}, {{cell("2026-03-10"), cell(what)}})), stamp);
    for (const auto& line : lines_of(out, "\r\n")) {
      BOOST_TEST(line.size() <= 75);
      BOOST_TEST(text::is_utf8(line));
    }
    BOOST_TEST(unfolded(out).find("\r\nSUMMARY:" + what + "\r\n") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(takes_no_line_that_a_cell_brought) {
  const auto out = ics(everywhere("x\r\nEND:VEVENT\r\nBEGIN:VEVENT\nATTENDEE:mailto:x"), stamp);
  int events = 0;
  for (const auto& line : lines_of(unfolded(out), "\r\n")) {
    events += line == "BEGIN:VEVENT" ? 1 : 0;
    BOOST_TEST(!line.starts_with("ATTENDEE"));
  }
  BOOST_TEST(events == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ties::reports
