#include <boost/test/unit_test.hpp>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>
#include <regex>

#include "crm/text/text.h"
#include "reports/render/figures.h"
#include "reports/render/render.h"
#include "reports/render/svg.h"
#include "tests/reports/golden.h"

namespace ties::reports {
namespace {

constexpr auto stamp = "20260310T080000Z";
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

Chart chart(Chart::Kind kind, std::vector<Chart::Mark> marks, std::string unit = "applications") {
  Chart made;
  made.kind = kind, made.title = "Title", made.finding = "finding", made.unit = std::move(unit), made.marks = std::move(marks);
  made.behind.columns = {{"label", "label", Column::Align::left, true, false, false}};
  for (const auto& mark : made.marks) made.behind.rows.push_back({Cell{mark.label, std::nullopt, Tone::plain}});
  return made;
}

Chart flow_of(std::vector<Chart::Link> links) {
  auto made = chart(Chart::Kind::flow, {});
  made.links = std::move(links);
  for (const auto& link : made.links) made.behind.rows.push_back({Cell{link.from + link.to, std::nullopt, Tone::plain}});
  return made;
}

Document document(Chart chart) {
  Document made;
  made.title = "Report", made.finding = "the whole";
  made.blocks.push_back(std::move(chart));
  return made;
}

Chart bars() {
  return chart(Chart::Kind::bars, {{"Applied", {50}, "6 of 12, 50 %", std::pair(25.4, 74.6)}, {"Screen", {25}, "3 of 12, 25 %", std::pair(8.9, 53.2)}, {"Offer", {0}, "0 of 12, 0 %", std::pair(0.0, 24.2)}}, "%");
}

Chart stacked() {
  auto made = chart(Chart::Kind::columns, {{"Jan", {3, 1}, "", std::nullopt}, {"Feb", {0, 2}, "", std::nullopt}, {"Mar", {0, 0}, "", std::nullopt}}, "talks");
  made.series = {"calls", "mails"};
  return made;
}

Chart some_flow() { return flow_of({{"Lead", "Applied", 4}, {"Lead", "Offer", 1}, {"Applied", "Screen", 3}, {"Applied", "rejected", 1}, {"Screen", "Offer", 2}, {"Screen", "rejected", 1}}); }

/// Every kind of chart with the text wherever a text can stand.
std::vector<Chart> hostile_charts(const std::string& hostile) {
  std::vector<Chart> charts{chart(Chart::Kind::bars, {{hostile, {3, 1}, hostile, std::pair(1.0, 5.0)}, {hostile, {}, "", std::nullopt}}),
                            chart(Chart::Kind::columns, {{hostile, {3, 1}, hostile, std::pair(1.0, 5.0)}, {hostile, {2}, "", std::nullopt}}),
                            flow_of({{hostile, "b", 2}, {"b", hostile + "x", 1}, {hostile, hostile, 1}})};
  for (auto& one : charts) one.title = one.finding = one.unit = hostile, one.series = {hostile, hostile};
  return charts;
}

const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> texts{"<script>alert(1)</script><img src=x onerror=alert(1)>", "</text></svg><a href=\"https://evil.example\">x</a>", "\" onload=\"x\" '",
                                              "]]> &amp; <!-- -- -->", "\x1b[31mred\x1b[0m\x07\x00z", "\xe2\x80\xae"
                                                                                                       "evil\xe2\x80\xac",
                                              "שלום עולם", "北極星電子株式会社", "👩‍🚀🇳🇴", std::string(5000, 'x'), "\xff\xfe\xc3(", "a\nb\r\nc", "| a | b |", "", "   "};
  return texts;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

/// Whether tags close in the order in which they opened, and no attribute is left open.
bool is_well_formed(const std::string& svg) {
  static const std::regex tag(R"re(<(/?)([a-z]+)((?: [a-zA-Z:-]+="[^"<]*")*)(/?)>)re");
  std::vector<std::string> open;
  std::size_t at = 0;
  for (auto begin = svg.find('<'); begin != std::string::npos; begin = svg.find('<', at)) {
    std::smatch match;
    const auto end = svg.find('>', begin);
    if (end == std::string::npos) return false;
    const auto whole = svg.substr(begin, end + 1 - begin);
    if (!std::regex_match(whole, match, tag)) return false;
    if (match[1].length() > 0) {
      if (open.empty() || open.back() != match[2]) return false;
      open.pop_back();
    } else if (match[4].length() == 0) {
      open.push_back(match[2]);
    }
    at = end + 1;
  }
  return open.empty();
}

std::vector<double> numbers_of(const std::string& text, const std::string& attribute) {
  std::vector<double> found;
  const std::regex pattern(" " + attribute + "=\"(-?[0-9.]+)\"");
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) found.push_back(std::stod((*at)[1]));
  return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(charts)

BOOST_AUTO_TEST_CASE(read_in_every_format_as_their_golden_files) {
  Document all;
  all.title = "Charts", all.finding = "one of each kind";
  auto first = bars(), second = stacked(), third = some_flow();
  first.title = "Bars", second.title = "Columns", third.title = "Flow";
  first.behind.title = "Bars", second.behind.title = "Columns", third.behind.title = "Flow";
  all.blocks = {first, second, third};
  for (const auto& [format, ending] : std::vector<std::pair<std::string, std::string>>{{"html", "html"}, {"svg", "svg"}, {"json", "json"}, {"markdown", "md"}, {"csv", "csv"}})
    check_golden("charts." + ending, render(all, format, {}, stamp));
  for (const std::size_t width : {0, 24, 40, 80, 120}) check_golden("charts-" + std::to_string(width) + ".txt", text(all, {width, false, true}));
}

BOOST_AUTO_TEST_CASE(are_bars_in_a_terminal_scaled_to_its_width) {
  BOOST_TEST(text(document(bars()), {60, false, true}) ==
             "the whole\n"
             "\n"
             "Title\n"
             "  finding\n"
             "  Applied  ████████████▌              6 of 12, 50 %  25–75 %\n"
             "  Screen   ██████▎                    3 of 12, 25 %  9–53 %\n"
             "  Offer                               0 of 12, 0 %   0–24 %\n");
  BOOST_TEST(text(document(stacked()), {40, false, true}) ==
             "the whole\n"
             "\n"
             "Title\n"
             "  finding\n"
             "  █ calls  ▒ mails\n"
             "  Jan  ████████████████████▒▒▒▒▒▒  3 + 1\n"
             "  Feb  ▒▒▒▒▒▒▒▒▒▒▒▒▒               0 + 2\n"
             "  Mar                              0 + 0\n");
  BOOST_TEST(text(document(bars()), {24, false, true}) ==  // words are not cut: they stand above the bars
             "the whole\n"
             "\n"
             "Title\n"
             "  finding\n"
             "  Applied\n"
             "    6 of 12, 50 %\n"
             "    ██████████\n"
             "  Screen\n"
             "    3 of 12, 25 %\n"
             "    █████\n"
             "  Offer\n"
             "    0 of 12, 0 %  0–24 %\n");
  BOOST_TEST(text(document(flow_of({{"Lead", "Applied", 2}, {"Applied", "rejected", 1}}))) ==
             "the whole\n"
             "\n"
             "Title\n"
             "  finding\n"
             "  Lead → Applied      ████████████████████████  2\n"
             "  Applied → rejected  ████████████              1\n");
}

BOOST_AUTO_TEST_CASE(show_their_table_in_text_only_where_it_says_more) {
  auto with_table = bars();
  BOOST_TEST(count_of(text(document(with_table)), "label") == 0u);
  with_table.table_says_more = true;
  BOOST_TEST(count_of(text(document(with_table)), "label") == 1u);
  with_table.table_says_more = false, with_table.marks.clear();
  BOOST_TEST(text(document(with_table)) == "the whole\n\nTitle\n  finding\n  label\n  Applied\n  Screen\n  Offer\n");
  with_table.behind.rows.clear(), with_table.behind.when_empty = "none yet";
  BOOST_TEST(text(document(with_table)) == "the whole\n\nTitle\n  finding\n  none yet\n");
  BOOST_TEST(html(document(with_table)).find("<svg") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(do_not_repeat_the_finding_of_the_document) {
  auto one = bars();
  one.finding = "the whole";
  for (const auto* format : {"text", "markdown", "svg"}) BOOST_TEST(count_of(render(document(one), format, {}, stamp), "the whole") <= 4u, format);
  BOOST_TEST(count_of(text(document(one)), "the whole") == 1u);
  BOOST_TEST(count_of(markdown(document(one)), "the whole") == 1u);
  BOOST_TEST(json(document(one))["charts"][0]["finding"] == "the whole");
}

BOOST_AUTO_TEST_CASE(keep_every_line_within_the_width) {
  for (const auto& hostile : hostile_texts()) {
    for (const auto& one : hostile_charts(hostile)) {
      for (const std::size_t width : {24, 40, 80, 120}) {
        const auto shown = text(document(one), {width, false, true});
        for (std::size_t at = 0; at < shown.size();) {
          const auto end = shown.find('\n', at);
          const auto line = shown.substr(at, end - at);
          const bool is_address = line.find("://") != std::string::npos && line.find("…") == std::string::npos;  // of a title or finding
          BOOST_TEST((text::columns(line) <= width || is_address), width << ": '" << line << "'");
          BOOST_TEST(!line.ends_with(' '), "'" << line << "'");
          at = end + 1;
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(make_no_markup_of_labels) {
  for (const auto& hostile : hostile_texts()) {
    for (const auto& one : hostile_charts(hostile)) {
      for (const auto& picture : {svg(one), svg(one, true), svg(document(one))}) {
        BOOST_TEST(is_well_formed(picture), picture);
        BOOST_TEST(text::is_utf8(picture));
        for (const auto* lacks : {"<script", "<img", "<a ", "\x1b", "\x07", "\xe2\x80\xae", "style=", "url(", " href=\"", "<!--"}) BOOST_TEST(count_of(picture, lacks) == 0u, lacks << " in " << picture);
      }
      BOOST_TEST(count_of(html(document(one)), "://") == count_of(html(document(one)), "https://evil"));
      for (const auto& format : formats()) BOOST_CHECK_NO_THROW(render(document(one), format, {40, true, true}, stamp));
    }
  }
}

BOOST_AUTO_TEST_CASE(survive_every_number_and_stay_within_the_picture) {
  const std::vector<std::vector<double>> values{{}, {0}, {-5}, {nan}, {infinity}, {-infinity}, {1e308, 1e308, 1e308}, {1e-320}, {3, nan, -2, 4}, {0.001}, {1e15}};
  for (const auto kind : {Chart::Kind::bars, Chart::Kind::columns}) {
    for (const auto* unit : {"%", "days"}) {
      std::vector<Chart::Mark> marks;
      for (const auto& value : values) marks.push_back({"label", value, "", std::pair(nan, infinity)});
      for (std::size_t count = 0; count <= marks.size(); ++count) {
        const auto one = chart(kind, {marks.begin(), marks.begin() + static_cast<std::ptrdiff_t>(count)}, unit);
        for (const auto& picture : {svg(document(one)), svg(one, true)}) {
          if (picture.empty()) continue;
          BOOST_TEST((picture.find("nan") == std::string::npos && picture.find("inf") == std::string::npos), picture);
          BOOST_TEST(is_well_formed(picture));
          const auto size = numbers_of(picture, "width").front();
          for (const auto* attribute : {"x", "y", "width", "height"}) {
            for (const double at : numbers_of(picture, attribute)) BOOST_TEST((at >= -20.01 && at <= std::max(size, 1000.0)), attribute << " " << at);
          }
        }
        for (const auto& format : formats()) BOOST_CHECK_NO_THROW(render(document(one), format, {60, false, true}, stamp));
      }
    }
  }
  for (const double value : {nan, infinity, -1.0, 1e308}) {
    const auto flow = flow_of({{"a", "b", value}, {"b", "c", 1e308}, {"a", "c", 1e308}, {"c", "d", 1e-300}});
    BOOST_TEST(is_well_formed(svg(flow, true)));
    const auto picture = svg(document(flow));
    BOOST_TEST((picture.find("nan") == std::string::npos && picture.find("inf") == std::string::npos && is_well_formed(picture)), picture);
  }
}

BOOST_AUTO_TEST_CASE(are_bounded_and_say_what_they_leave_to_the_table) {
  std::vector<Chart::Mark> marks;
  for (int i = 0; i < 1000; ++i) marks.push_back({"label " + std::to_string(i), {1.0 * i}, "", std::nullopt});
  const auto many_bars = svg(chart(Chart::Kind::bars, marks));
  BOOST_TEST(count_of(many_bars, "900 more: see the table") == 1u);
  BOOST_TEST(count_of(many_bars, ">label 99<") == 1u);
  BOOST_TEST(count_of(many_bars, ">label 100<") == 0u);
  const auto many_columns = svg(chart(Chart::Kind::columns, marks));
  BOOST_TEST(count_of(many_columns, "600 more: see the table") == 1u);
  BOOST_TEST(count_of(many_columns, ">label 999<") == 1u);  // of time, the latest
  std::vector<Chart::Link> links;
  for (int i = 0; i < 1000; ++i) links.push_back({"from " + std::to_string(i), "to " + std::to_string(i % 30), 1});
  const auto many_links = svg(flow_of(links));
  BOOST_TEST(count_of(many_links, "more: see the table") == 1u);
  BOOST_TEST(many_links.size() < 200'000u);
  BOOST_TEST(count_of(text(document(chart(Chart::Kind::bars, marks))), "label ") == 1000u);
}

BOOST_AUTO_TEST_CASE(of_flows_with_circles_leave_out_what_closes_them) {
  const std::vector<Chart::Link> circle{{"a", "b", 3}, {"b", "c", 2}, {"c", "a", 1}, {"c", "c", 4}, {"a", "b", 2}, {"b", "d", 0}, {"b", "e", -1}};
  BOOST_TEST((forward_links(circle) == std::vector<Chart::Link>{{"a", "b", 5}, {"b", "c", 2}}));
  BOOST_TEST(count_of(svg(flow_of(circle)), "2 more: see the table") == 1u);
  BOOST_TEST(svg(flow_of({{"a", "a", 1}})).empty());
}

BOOST_AUTO_TEST_CASE(of_flows_let_no_two_labels_or_nodes_meet) {
  std::mt19937 random(11);
  for (int tried = 0; tried < 200; ++tried) {
    std::vector<Chart::Link> links;
    const int nodes = 2 + static_cast<int>(random() % 14);
    for (int i = 0; i < 30; ++i) {
      const int from = static_cast<int>(random() % static_cast<unsigned>(nodes)), to = static_cast<int>(random() % static_cast<unsigned>(nodes));
      links.push_back({"node " + std::to_string(from), "node " + std::to_string(to), 1.0 + random() % 20});
    }
    const auto picture = svg(flow_of(links));
    if (picture.empty()) continue;
    struct Box {
      double x, y, width, height;
    };
    std::vector<Box> boxes;
    const std::regex rect(R"re(<rect x="([0-9.-]+)" y="([0-9.-]+)" width="([0-9.-]+)" height="([0-9.-]+)")re");
    for (std::sregex_iterator at(picture.begin(), picture.end(), rect), end; at != end; ++at) boxes.push_back({std::stod((*at)[1]), std::stod((*at)[2]), std::stod((*at)[3]), std::stod((*at)[4])});
    BOOST_TEST_REQUIRE(boxes.size() >= 2u);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      BOOST_TEST(boxes[i].y >= 18.0);  // its label stands above it, within the picture
      for (std::size_t j = 0; j < i; ++j) {
        if (boxes[i].x != boxes[j].x) continue;
        const auto& upper = boxes[i].y < boxes[j].y ? boxes[i] : boxes[j];
        const auto& lower = boxes[i].y < boxes[j].y ? boxes[j] : boxes[i];
        BOOST_TEST(lower.y - (upper.y + upper.height) >= 17.0, "a label of 17 pixels must fit between two nodes");
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(are_told_to_those_who_cannot_see_them_and_apart_without_colour) {
  const auto picture = svg(stacked());
  BOOST_TEST(count_of(picture, "role=\"img\" aria-label=\"Title: finding\"><title>Title</title><desc>finding</desc>") == 1u);
  for (const auto* name : {">calls<", ">mails<"}) BOOST_TEST(count_of(picture, name) == 1u);
  BOOST_TEST(count_of(picture, "class=\"texture\"") == 3u);  // of the second series: in the key, in January, in February
  BOOST_TEST(count_of(svg(bars()), "class=\"whisker\"") == 4u);  // three intervals and the line that bars stand on
  const auto page = html(document(stacked()));
  for (const auto* has : {"<figure class=\"chart\">", "<details>\n<summary>The numbers</summary>\n<div class=\"wide\" role=\"group\" aria-label=\"table\" tabindex=\"0\">\n<table>", "details::details-content { content-visibility: visible; }"}) BOOST_TEST(count_of(page, has) == 1u, has);
}

BOOST_AUTO_TEST_CASE(are_drawn_narrow_as_well_and_a_page_holds_both) {
  const auto narrow = svg(bars(), true);
  BOOST_TEST(narrow.starts_with("<svg class=\"narrow\" width=\"340\" viewBox=\"0 0 340 "));
  for (const auto* words : {">Applied<", ">6 of 12, 50 %<", ">0 of 12, 0 %<", "text-anchor=\"end\" class=\"ink\">6 of 12"}) BOOST_TEST(count_of(narrow, words) == 1u, words);
  BOOST_TEST(count_of(svg(some_flow(), true), ">Applied → Screen<") == 1u);  // a bar a link: layers would have no room
  BOOST_TEST(count_of(svg(stacked(), true), "viewBox=\"0 0 340 ") == 1u);
  const auto page = html(document(stacked()));
  for (const auto* one : {"<svg class=\"broad\"", "<svg class=\"narrow\""}) BOOST_TEST(count_of(page, one) == 1u);
}

BOOST_AUTO_TEST_CASE(name_in_their_key_only_what_is_seen) {
  auto one = stacked();
  for (auto& mark : one.marks) mark.values.at(1) = 0;
  BOOST_TEST(count_of(svg(one), ">calls<") == 1u);
  BOOST_TEST(count_of(svg(one), ">mails<") == 0u);
}

BOOST_AUTO_TEST_CASE(as_a_file_stand_under_each_other_and_need_nothing_else) {
  Document two = document(bars());
  two.blocks.push_back(stacked());
  const auto file = svg(two);
  BOOST_TEST(file.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""));
  BOOST_TEST(count_of(file, "<g transform=") == 2u);
  BOOST_TEST(count_of(file, "class=") == 0u);
  BOOST_TEST(count_of(file, "://") == 1u);
  BOOST_TEST(is_well_formed(file));
  Document none;
  none.title = "Nothing drawn", none.finding = "no chart";
  BOOST_TEST(count_of(svg(none), ">no chart</text>") == 1u);
}

BOOST_AUTO_TEST_CASE(are_told_to_programs_mark_by_mark_with_what_else_is_said) {
  auto one = document(bars());
  std::get<Chart>(one.blocks[0]).marks.resize(1);
  std::get<Chart>(one.blocks[0]).behind.title = "Title";
  std::get<Chart>(one.blocks[0]).behind.rows.resize(1);
  one.blocks.push_back(Text{"8 others are left out", Tone::muted});
  BOOST_TEST(json(one).dump() ==
             R"({"title":"Report","finding":"the whole","tables":{"Title":[{"label":"Applied"}]},"charts":[{"kind":"bars","title":"Title","finding":"finding",)"
             R"("unit":"%","series":[],"marks":[{"label":"Applied","values":[50.0],"said":"6 of 12, 50 %","interval":[25.4,74.6]}],"links":[],"table":"Title"}],)"
             R"("texts":["8 others are left out"]})");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace ties::reports
