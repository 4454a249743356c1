#include "reports/render/svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "crm/text/text.h"
#include "reports/render/figures.h"
#include "reports/render/markup.h"

namespace ties::reports {
namespace {

constexpr double picture_width = 720;
constexpr double narrow_width = 340;
constexpr double font_size = 13;
constexpr double column_width = 8;  // of a text's column in a broad font: there is nobody to measure letters here
constexpr std::size_t label_columns_max = 30;
constexpr std::size_t said_columns_max = 40;
constexpr std::size_t bars_max = 100;
constexpr std::size_t series_max = 400;
constexpr double column_least = 1.8;  // with the gap beside it: 400 on a picture
constexpr std::size_t nodes_max = 60;
constexpr std::size_t links_max = 200;

/// How things look: by a class in a page, by attributes in a file.
struct Look {
  std::string_view name;
  std::string_view attributes;
};
constexpr Look looks[] = {
    {"ink", "fill=\"#1d2129\""},
    {"soft", "fill=\"#5a6270\""},
    {"line", "fill=\"none\" stroke=\"#d9dde3\""},
    {"whisker", "fill=\"none\" stroke=\"#1d2129\" stroke-width=\"1.5\""},
    {"label", "fill=\"#1d2129\" stroke=\"#ffffff\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\""},
    {"halo", "fill=\"none\" stroke=\"#ffffff\" stroke-width=\"4\""},
    {"texture", "fill=\"none\" stroke=\"#ffffff\" stroke-width=\"1.5\""},
    {"ribbon", "fill=\"#0072b2\" fill-opacity=\".3\""},
    {"series-1", "fill=\"#0072b2\""},
    {"series-2", "fill=\"#b35a00\""},
    {"series-3", "fill=\"#00795a\""},
    {"series-4", "fill=\"#a04f7e\""},
    {"series-5", "fill=\"#c04a00\""},
    {"series-6", "fill=\"#2c7fae\""},
};
constexpr std::size_t series_looks = 6;

std::string number(double value) {
  auto text = fmt::format("{:.1f}", value);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text == "-0" ? "0" : text;
}

double width_of(const std::string& text) {
  return static_cast<double>(text::columns(text)) * column_width;
}

/// Cut to so many columns of text, on one line.
std::string fitted(const std::string& text, double columns) {
  return text::fit(text::clean_line(text), static_cast<std::size_t>(std::max(columns, 1.0)));
}

enum class Anchor { start, middle, end };

/// Draws, and grows downwards.
class Drawing {
 public:
  explicit Drawing(bool in_page) : in_page_(in_page) {}

  void text(double x, double y, const std::string& said, std::string_view look, Anchor anchor = Anchor::start,
            bool is_strong = false) {
    if (said.empty()) return;
    out_ += fmt::format("<text x=\"{}\" y=\"{}\"{}{}{}>{}</text>\n", number(x), number(y),
                        anchor_of(anchor), is_strong ? " font-weight=\"600\"" : "", looking(look),
                        escaped_markup(said));
  }
  /// A name with its amount, over whatever is below. The name may be written from the right.
  void named(double x, double y, const std::string& name, const std::string& amount, Anchor anchor) {
    out_ += fmt::format("<text x=\"{}\" y=\"{}\"{}{}><tspan unicode-bidi=\"isolate\">{}</tspan> {}</text>\n", number(x), number(y),
                        anchor_of(anchor), looking("label"), escaped_markup(name), escaped_markup(amount));
  }
  void path(const std::string& path, std::string_view look, const std::string& title = "") {
    if (path.empty()) return;
    out_ += fmt::format("<path d=\"{}\"{}", path, looking(look));
    out_ += title.empty() ? "/>\n" : "><title>" + escaped_markup(title) + "</title></path>\n";
  }
  /// A line that is seen on bars as well.
  void whisker(const std::string& line) {
    path(line, "halo");
    path(line, "whisker");
  }
  void rectangle(double x, double y, double width, double height, std::string_view look) {
    if (width <= 0 || height <= 0) return;
    out_ += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}/>\n", number(x), number(y), number(width),
                        number(height), looking(look));
  }
  /// A piece of a series, with its pattern.
  void piece(double x, double y, double width, double height, std::size_t series) {
    if (width <= 0 || height <= 0) return;
    rectangle(x, y, width, height, "series-" + std::to_string(series % series_looks + 1));
    path(pattern(x, y, width, height, series % series_looks), "texture");
  }

  std::string take() { return std::move(out_); }

 private:
  static std::string_view anchor_of(Anchor anchor) {
    constexpr std::array anchors{"", " text-anchor=\"middle\"", " text-anchor=\"end\""};
    return anchors.at(static_cast<std::size_t>(anchor));
  }

  /// Lines within a rectangle, so that no pattern need be referred to: none, slanting, dotted, upright, crossed, level.
  static std::string pattern(double x, double y, double width, double height, std::size_t series) {
    constexpr double step = 6;
    std::string lines;
    const auto line = [&lines](double x1, double y1, double x2, double y2) {
      lines += fmt::format("M{} {}L{} {}", number(x1), number(y1), number(x2), number(y2));
    };
    if (series == 1 || series == 4) {
      for (double c = step / 2; c < width + height; c += step) {
        line(x + std::max(0.0, c - height), y + std::min(c, height), x + std::min(c, width), y + std::max(0.0, c - width));
      }
    }
    if (series == 4) {
      for (double c = step / 2; c < width + height; c += step) {
        line(x + std::max(0.0, width - c), y + std::max(0.0, c - width), x + std::min(width, width + height - c), y + std::min(c, height));
      }
    }
    if (series == 2) {
      for (double down = step / 2; down < height; down += step) {
        for (double right = step / 2; right + 1.5 < width; right += step) line(x + right, y + down, x + right + 1.5, y + down);
      }
    }
    if (series == 3) {
      for (double right = step / 2; right < width; right += step) line(x + right, y, x + right, y + height);
    }
    if (series == 5) {
      for (double down = step / 2; down < height; down += step) line(x, y + down, x + width, y + down);
    }
    return lines;
  }

  std::string looking(std::string_view name) const {
    if (in_page_) return fmt::format(" class=\"{}\"", name);
    const auto* look = std::find_if(std::begin(looks), std::end(looks), [name](const Look& known) { return known.name == name; });
    return " " + std::string(look->attributes);
  }

  bool in_page_;
  std::string out_{};
};

struct Size {
  double width{picture_width};
  double height{};
};

/// The names of the series that are seen, with their patterns; says where to go on.
double draw_key(Drawing& drawing, const Chart& chart, double width) {
  if (chart.series.size() < 2) return 0;
  double x = 0, y = 2;
  for (std::size_t i = 0; i < std::min(chart.series.size(), series_max); ++i) {
    if (!is_seen(chart, i)) continue;
    const auto name = fitted(chart.series[i], label_columns_max);
    const double wide = 20 + width_of(name) + 16;
    if (x > 0 && x + wide > width) x = 0, y += 22;
    drawing.piece(x, y, 14, 14, i);
    drawing.text(x + 20, y + 12, name, "ink");
    x += wide;
  }
  return y + 28;
}

template <class Text>
double widest(const std::vector<Chart::Mark>& marks, Text text_of) {
  double width = 0;
  for (const auto& mark : marks) width = std::max(width, width_of(text_of(mark)));
  return width;
}

/// Said where a picture cannot hold everything.
double draw_rest(Drawing& drawing, double y, std::size_t rest) {
  if (rest == 0) return y;
  drawing.text(0, y + 14, fmt::format("{} more: see the table", rest), "soft");
  return y + 24;
}

/// Where values lie from left to right.
struct Scale {
  double left{}, width{}, end{};

  double at(double value) const { return left + width * std::min(drawn(value) / end, 1.0); }
};

void draw_bar(Drawing& drawing, const Chart::Mark& mark, const Scale& scale, double y, double height) {
  double value = 0;
  for (std::size_t i = 0; i < std::min(mark.values.size(), series_max); ++i) {
    const double from = scale.at(value);
    value = drawn(value + drawn(mark.values[i]));
    drawing.piece(from, y, scale.at(value) - from, height, i);
  }
  if (!mark.interval) return;
  const double from = scale.at(mark.interval->first), to = scale.at(mark.interval->second), middle = y + height / 2;
  drawing.whisker(fmt::format("M{0} {1}V{2}M{0} {3}H{4}M{4} {1}V{2}", number(from), number(middle - 5), number(middle + 5), number(middle), number(to)));
}

/// Lines at the quarters, to be drawn over; and their names below, which say where to go on.
void draw_quarters(Drawing& drawing, const Scale& scale, double top, double bottom) {
  for (const double share : {25.0, 50.0, 75.0, 100.0}) drawing.path(fmt::format("M{} {}V{}", number(scale.at(share)), number(top), number(bottom)), "line");
}
double name_quarters(Drawing& drawing, const Scale& scale, double y, double picture) {
  for (const double share : {0.0, 50.0, 100.0}) {
    const double x = scale.at(share);
    const auto anchor = x < 16 ? Anchor::start : x > picture - 16 ? Anchor::end : Anchor::middle;
    drawing.text(x, y + 14, fmt::format("{:.0f} %", share), "soft", anchor);
  }
  return y + 24;
}

std::string bar_label(const Chart::Mark& mark) { return fitted(mark.label, label_columns_max); }
std::string bar_words(const Chart::Mark& mark) { return fitted(said_of(mark), said_columns_max); }

std::vector<Chart::Mark> first_marks(const Chart& chart) {
  return {chart.marks.begin(), chart.marks.begin() + static_cast<std::ptrdiff_t>(std::min(chart.marks.size(), bars_max))};
}

Size draw_bars(Drawing& drawing, const Chart& chart) {
  constexpr double row_height = 28, bar_height = 16, gap = 12;
  const auto marks = first_marks(chart);
  const double left = widest(marks, bar_label) + gap;
  const Scale scale{left, picture_width - left - widest(marks, bar_words) - gap, end_of_scale(chart)};
  const double top = draw_key(drawing, chart, picture_width);
  const double bottom = top + row_height * static_cast<double>(marks.size());
  const bool is_share = chart.unit == "%";
  if (is_share) draw_quarters(drawing, scale, top, bottom);
  double y = top;
  for (const auto& mark : marks) {
    const double text_y = y + row_height / 2 + 4.5;
    drawing.text(left - gap, text_y, bar_label(mark), "ink", Anchor::end);
    draw_bar(drawing, mark, scale, y + (row_height - bar_height) / 2, bar_height);
    drawing.text(left + scale.width + gap, text_y, bar_words(mark), "ink");
    y += row_height;
  }
  drawing.path(fmt::format("M{} {}V{}", number(left), number(top), number(bottom)), "whisker");
  if (is_share) y = name_quarters(drawing, scale, y, picture_width);
  return {picture_width, draw_rest(drawing, y, chart.marks.size() - marks.size()) + 4};
}

/// Words above each bar, which has the whole line: label and amount on one, or under each other where one is too short.
Size draw_narrow_bars(Drawing& drawing, const Chart& chart) {
  constexpr double line_height = 18, bar_height = 12, gap = 12, first = 1;
  const auto marks = first_marks(chart);
  const bool on_one_line = std::all_of(marks.begin(), marks.end(), [](const Chart::Mark& mark) {
    return width_of(bar_label(mark)) + gap + width_of(bar_words(mark)) <= narrow_width;
  });
  const double words_height = on_one_line ? line_height : 2 * line_height, row_height = words_height + bar_height + gap;
  const Scale scale{first, narrow_width - 2 * first, end_of_scale(chart)};
  double y = draw_key(drawing, chart, narrow_width);
  const bool is_share = chart.unit == "%";
  for (const auto& mark : marks) {
    const double bar_y = y + words_height;
    drawing.text(0, y + 12, bar_label(mark), "ink");
    drawing.text(on_one_line ? narrow_width : 0, on_one_line ? y + 12 : y + 12 + line_height, bar_words(mark), on_one_line ? "ink" : "soft", on_one_line ? Anchor::end : Anchor::start);
    if (is_share) draw_quarters(drawing, scale, bar_y, bar_y + bar_height);
    draw_bar(drawing, mark, scale, bar_y, bar_height);
    drawing.path(fmt::format("M{} {}V{}", number(first), number(bar_y), number(bar_y + bar_height)), "whisker");
    y += row_height;
  }
  if (is_share) y = name_quarters(drawing, scale, y - gap, narrow_width);
  return {narrow_width, draw_rest(drawing, y, chart.marks.size() - marks.size()) + 4};
}

/// The next round number whose half is round as well: 2, 4, 6 or 8 times a power of ten.
double rounded_up(double value) {
  const double power = std::pow(10, std::floor(std::log10(value)));
  for (const double round : {2.0, 4.0, 6.0, 8.0}) {
    if (value <= round * power * (1 + 1e-12)) return round * power;
  }
  return 10 * power;
}

Size draw_columns(Drawing& drawing, const Chart& chart, double width) {
  constexpr double height = 180;
  const auto count = std::min(chart.marks.size(), static_cast<std::size_t>(width / column_least));
  const std::vector marks(chart.marks.end() - static_cast<std::ptrdiff_t>(count), chart.marks.end());
  const auto label_of = [](const Chart::Mark& mark) { return fitted(mark.label, 16); };
  const double end = chart.unit == "%" ? 100 : rounded_up(end_of_scale(chart));
  const double label_width = widest(marks, label_of);
  const double left = std::max({width_of(number_text(end)) + 10, width_of(number_text(end / 2)) + 10, label_width / 2}), right = width - label_width / 2;
  const double slot = (right - left) / static_cast<double>(std::max<std::size_t>(count, 1));
  const double wide = std::min(36.0, slot * 0.72);
  const double top = draw_key(drawing, chart, width) + 18, bottom = top + height;
  const auto up = [&](double value) { return bottom - height * std::min(drawn(value) / end, 1.0); };
  for (const double value : {0.0, end / 2, end}) {
    drawing.path(fmt::format("M{} {}H{}", number(left), number(up(value)), number(right)), "line");
    drawing.text(left - 8, up(value) + 4.5, number_text(value), "soft", Anchor::end);
  }
  const auto every = static_cast<std::size_t>(std::ceil((label_width + 10) / slot));
  const bool has_room = widest(marks, said_of) + 4 <= slot;
  for (std::size_t m = 0; m < count; ++m) {
    const auto& mark = marks[m];
    const double middle = left + slot * (static_cast<double>(m) + 0.5);
    double value = 0;
    for (std::size_t i = 0; i < std::min(mark.values.size(), series_max); ++i) {
      const double from = up(value);
      value = drawn(value + drawn(mark.values[i]));
      drawing.piece(middle - wide / 2, up(value), wide, from - up(value), i);
    }
    double above = up(value);
    if (mark.interval) {
      const double from = up(mark.interval->first), to = up(mark.interval->second), half = std::min(5.0, wide / 2);
      drawing.whisker(fmt::format("M{0} {1}H{2}M{3} {1}V{4}M{0} {4}H{2}", number(middle - half), number(from), number(middle + half), number(middle), number(to)));
      above = std::min(above, to);
    }
    if (has_room && value > 0) drawing.text(middle, above - 5, fitted(said_of(mark), said_columns_max), "ink", Anchor::middle);
    if ((count - 1 - m) % every == 0) drawing.text(middle, bottom + 18, label_of(mark), "soft", Anchor::middle);
  }
  drawing.path(fmt::format("M{} {}H{}", number(left), number(bottom), number(right)), "whisker");
  return {width, draw_rest(drawing, bottom + 24, chart.marks.size() - count) + 4};
}

/// A flow, laid out in layers: each node stands behind all that lead to it, a link that passes layers has a place in each,
/// and nodes of a layer are ordered by the middle of what they are linked to.
class Flow {
 public:
  explicit Flow(const Chart& chart) {
    std::set<std::pair<std::string, std::string>> wanted;
    for (const auto& link : chart.links) {
      if (drawn(link.value) > 0) wanted.emplace(link.from, link.to);
    }
    take(forward_links(chart.links));
    left_out_ = wanted.size() - links_.size();
    put_into_layers();
    space_layers();
    order_layers();
    place_nodes();
    place_segments();
  }

  Size draw(Drawing& drawing) const {
    for (const auto& link : links_) {
      const auto& from = nodes_[link.way.front()], &to = nodes_[link.way.back()];
      drawing.path(ribbon(link), "ribbon", from.name + " → " + to.name + ": " + number_text(link.value * largest_));
    }
    double bottom = 0;
    for (const auto& node : nodes_) {
      bottom = std::max(bottom, node.top + node.height);
      if (node.is_bend) continue;
      const double x = x_of(node);
      const bool is_last = node.layer > 0 && node.layer + 1 == layers_.size();
      const auto amount = number_text(value_of(node) * largest_);
      const double columns = (step_ - label_gap) / label_column_width - static_cast<double>(amount.size()) - 1;
      drawing.rectangle(x, node.top, node_width, node.height, "ink");
      drawing.named(is_last ? x + node_width : x, node.top - 5, fitted(node.name, columns), amount, is_last ? Anchor::end : Anchor::start);
    }
    return {width(), draw_rest(drawing, bottom + 8, left_out_) + 4};
  }

 private:
  static constexpr double node_width = 10, label_height = 20, node_gap = 12, bend_gap = 8, height_min = 2;
  static constexpr double label_column_width = 7, label_gap = 12, step_max = 170;  // labels may cover a ribbon, not each other

  struct Node {
    std::string name{};
    bool is_bend{};  ///< where a link passes a layer
    std::size_t layer{};
    double in{}, out{};
    double order{}, top{}, height{};
  };
  struct Segment {
    std::size_t from{}, to{};
    double value{};
    double from_top{}, to_top{};
  };
  struct Link {
    std::vector<std::size_t> way{};  ///< nodes, bends between the first and the last
    double value{};
    std::size_t first_segment{};
  };

  static double value_of(const Node& node) { return std::max(node.in, node.out); }
  static double room_above(const Node& node) { return node.is_bend ? 0 : label_height; }
  static double room_below(const Node& node) { return node.is_bend ? bend_gap : node_gap; }

  double width() const { return node_width + step_ * static_cast<double>(layers_.size() - 1); }
  double x_of(const Node& node) const { return step_ * static_cast<double>(node.layer); }

  void take(const std::vector<Chart::Link>& links) {
    for (const auto& link : links) largest_ = std::max(largest_, link.value);
    std::map<std::string, std::size_t> places;
    for (const auto& link : links) {
      const auto grows = (places.count(link.from) == 0 ? 1u : 0u) + (places.count(link.to) == 0 ? 1u : 0u);
      if (links_.size() == links_max || nodes_.size() + grows > nodes_max) continue;
      Link taken;
      for (const auto& name : {link.from, link.to}) {
        const auto [place, is_new] = places.emplace(name, nodes_.size());
        if (is_new) nodes_.emplace_back().name = name;
        taken.way.push_back(place->second);
      }
      taken.value = link.value / largest_;  // so that no sum is too large
      links_.push_back(std::move(taken));
    }
  }

  void put_into_layers() {
    for (bool moved = true; std::exchange(moved, false);) {
      for (const auto& link : links_) {
        const auto behind = nodes_[link.way.front()].layer + 1;
        if (nodes_[link.way.back()].layer < behind) nodes_[link.way.back()].layer = behind, moved = true;
      }
    }
    for (auto& link : links_) {
      const auto from = link.way.front(), to = link.way.back();
      link.way = {from};
      for (auto layer = nodes_[from].layer + 1; layer < nodes_[to].layer; ++layer) {
        link.way.push_back(nodes_.size());
        auto& bend = nodes_.emplace_back();
        bend.is_bend = true, bend.layer = layer;
      }
      link.way.push_back(to);
      link.first_segment = segments_.size();
      for (std::size_t i = 0; i + 1 < link.way.size(); ++i) {
        segments_.push_back({link.way[i], link.way[i + 1], link.value, 0, 0});
        nodes_[link.way[i]].out += link.value, nodes_[link.way[i + 1]].in += link.value;
      }
    }
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (layers_.size() <= nodes_[i].layer) layers_.resize(nodes_[i].layer + 1);
      layers_[nodes_[i].layer].push_back(i);
    }
  }

  /// So far apart that labels have room, and the picture is full.
  void space_layers() {
    step_ = (picture_width - node_width) / static_cast<double>(layers_.size() - 1);
    for (const auto& node : nodes_) {
      if (node.is_bend) continue;
      const auto columns = text::columns(node.name) + 1 + number_text(value_of(node) * largest_).size();
      step_ = std::max(step_, std::min(step_max, static_cast<double>(columns) * label_column_width + label_gap));
    }
  }

  /// The middle of what a node is linked to, on one side; nothing where it is linked to none.
  template <class Where>
  std::optional<double> middle_of_linked(std::size_t node, bool before, Where where) const {
    double sum = 0, weight = 0;
    for (const auto& segment : segments_) {
      if ((before ? segment.to : segment.from) != node) continue;
      sum += segment.value * where(nodes_[before ? segment.from : segment.to]);
      weight += segment.value;
    }
    return weight > 0 ? std::optional(sum / weight) : std::nullopt;
  }

  /// Visits the layers from left to right, or back.
  template <class Visit>
  void sweep(bool forward, Visit visit) {
    for (std::size_t i = 0; i < layers_.size(); ++i) visit(layers_[forward ? i : layers_.size() - 1 - i]);
  }

  void order_layers() {
    const auto number = [this](const std::vector<std::size_t>& layer) {
      for (std::size_t i = 0; i < layer.size(); ++i) nodes_[layer[i]].order = static_cast<double>(i) + 0.5 - static_cast<double>(layer.size()) / 2;
    };
    for (const auto& layer : layers_) number(layer);
    for (int turn = 0; turn < 8; ++turn) {
      const bool forward = turn % 2 == 0;
      sweep(forward, [&](std::vector<std::size_t>& layer) {
        std::map<std::size_t, double> wanted;
        for (const auto node : layer) {
          wanted[node] = middle_of_linked(node, forward, [](const Node& other) { return other.order; }).value_or(nodes_[node].order);
        }
        std::stable_sort(layer.begin(), layer.end(), [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });
        number(layer);
      });
    }
  }

  void place_nodes() {
    constexpr double height_wanted = 260;
    double height = height_wanted;
    unit_ = 0;
    const auto gaps_of = [this](const std::vector<std::size_t>& layer) {
      double gaps = 0;
      for (const auto node : layer) gaps += room_above(nodes_[node]) + room_below(nodes_[node]) + height_min;
      return gaps;
    };
    for (const auto& layer : layers_) height = std::max(height, gaps_of(layer) + 60);
    for (const auto& layer : layers_) {
      double values = 0;
      for (const auto node : layer) values += value_of(nodes_[node]);
      const double fits = (height - gaps_of(layer)) / values;
      unit_ = unit_ == 0 ? fits : std::min(unit_, fits);
    }
    for (auto& node : nodes_) node.height = std::max(height_min, value_of(node) * unit_);
    for (const bool forward : {true, false, true}) {
      sweep(forward, [&](const std::vector<std::size_t>& layer) {
        double below = 0;
        for (const auto i : layer) {
          auto& node = nodes_[i];
          const auto middle = middle_of_linked(i, forward, [](const Node& other) { return other.top + other.height / 2; });
          node.top = std::max(middle.value_or(node.top + node.height / 2) - node.height / 2, below + room_above(node));
          below = node.top + node.height + room_below(node);
        }
        double above = height;
        for (auto i = layer.rbegin(); i != layer.rend(); ++i) {
          auto& node = nodes_[*i];
          node.top = std::min(node.top, above - node.height);
          above = node.top - room_above(node) - (i + 1 == layer.rend() ? 0 : room_below(nodes_[*(i + 1)]));
        }
      });
    }
  }

  /// At each node the ribbons stand in the order of where they come from, and go to.
  void place_segments() {
    std::vector<std::size_t> order(segments_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::vector<double> taken(nodes_.size());
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return nodes_[segments_[a].to].top < nodes_[segments_[b].to].top; });
    for (const auto i : order) {
      auto& segment = segments_[i];
      segment.from_top = nodes_[segment.from].top + std::exchange(taken[segment.from], taken[segment.from] + segment.value * unit_);
    }
    taken.assign(nodes_.size(), 0);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return nodes_[segments_[a].from].top < nodes_[segments_[b].from].top; });
    for (const auto i : order) {
      auto& segment = segments_[i];
      segment.to_top = nodes_[segment.to].top + std::exchange(taken[segment.to], taken[segment.to] + segment.value * unit_);
    }
  }

  std::string ribbon(const Link& link) const {
    const double thick = std::max(0.8, link.value * unit_);
    std::string there, back;
    for (std::size_t i = 0; i + 1 < link.way.size(); ++i) {
      const auto& segment = segments_[link.first_segment + i];
      const double from = x_of(nodes_[segment.from]) + node_width, to = x_of(nodes_[segment.to]), middle = (from + to) / 2;
      const auto curve = [&](double x1, double y1, double x2, double y2) {
        return fmt::format("{} {}C{} {} {} {} {} {}", number(x1), number(y1), number(middle), number(y1), number(middle), number(y2), number(x2), number(y2));
      };
      there += (i == 0 ? "M" : "L") + curve(from, segment.from_top, to, segment.to_top);
      back = "L" + curve(to, segment.to_top + thick, from, segment.from_top + thick) + back;
    }
    return there + back + "Z";
  }

  std::vector<Node> nodes_{};
  std::vector<Link> links_{};
  std::vector<Segment> segments_{};
  std::vector<std::vector<std::size_t>> layers_{};
  std::size_t left_out_{};
  double largest_{};
  double unit_{};  ///< pixels of the largest link
  double step_{};  ///< from layer to layer
};

Size draw(Drawing& drawing, const Chart& chart) {
  switch (chart.kind) {
    case Chart::Kind::bars:
      return draw_bars(drawing, chart);
    case Chart::Kind::columns:
      return draw_columns(drawing, chart, picture_width);
    case Chart::Kind::flow:
      return Flow(chart).draw(drawing);
  }
  return {};
}

/// The links of a flow as bars: on a narrow picture layers would have no room.
Chart as_bars(const Chart& flow) {
  Chart bars;
  for (const auto& link : forward_links(flow.links)) bars.marks.push_back({link.from + " → " + link.to, {link.value}, "", std::nullopt});
  return bars;
}

Size draw_narrow(Drawing& drawing, const Chart& chart) {
  switch (chart.kind) {
    case Chart::Kind::bars:
      return draw_narrow_bars(drawing, chart);
    case Chart::Kind::columns:
      return draw_columns(drawing, chart, narrow_width);
    case Chart::Kind::flow:
      return draw_narrow_bars(drawing, as_bars(chart));
  }
  return {};
}

/// "title: finding", for those who cannot see it.
std::string told(const std::string& title, const std::string& finding) {
  const auto label = escaped_markup(text::clean_line(finding.empty() || title.empty() ? title + finding : title + ": " + finding));
  return fmt::format("role=\"img\" aria-label=\"{}\"><title>{}</title><desc>{}</desc>\n", label,
                     escaped_markup(text::clean_line(title)), escaped_markup(text::clean_line(finding)));
}

/// A text in lines of the picture's width; says where to go on.
double draw_lines(Drawing& drawing, double y, const std::string& text, std::string_view look, bool is_strong) {
  constexpr auto columns = static_cast<std::size_t>(picture_width / column_width);
  std::string line;
  const auto end_line = [&] {
    drawing.text(0, y + 14, text::fit(line, columns), look, Anchor::start, is_strong);
    y += line.empty() ? 0 : 20;
    line.clear();
  };
  const auto whole = text::clean_line(text);
  for (std::size_t at = 0; at < whole.size();) {
    const auto end = std::min(whole.find(' ', at), whole.size());
    const auto word = whole.substr(at, end - at);
    if (!line.empty() && text::columns(line) + 1 + text::columns(word) > columns) end_line();
    line += (line.empty() ? "" : " ") + word;
    at = end + 1;
  }
  end_line();
  return y;
}

}  // namespace

std::string svg(const Chart& chart, bool is_narrow) {
  if (is_blank(chart)) return "";
  Drawing drawing(true);
  const auto size = is_narrow ? draw_narrow(drawing, chart) : draw(drawing, chart);
  return fmt::format("<svg class=\"{0}\" width=\"{1}\" viewBox=\"0 0 {1} {2}\" font-size=\"{3}\" {4}{5}</svg>\n", is_narrow ? "narrow" : "broad", number(size.width), number(size.height), font_size,
                     told(chart.title, chart.finding), drawing.take());
}

std::string svg(const Document& document) {
  constexpr double margin = 20;
  Drawing heading(false);
  double y = draw_lines(heading, 0, document.title, "ink", true);
  y = draw_lines(heading, y, document.finding, "soft", false);
  auto elements = heading.take();
  double width = picture_width;
  for (const auto& block : document.blocks) {
    const auto* chart = std::get_if<Chart>(&block);
    if (chart == nullptr || (is_blank(*chart) && chart->marks.empty())) continue;
    Drawing words(false), picture(false);
    y = draw_lines(words, y + margin, chart->title, "ink", true);
    y = draw_lines(words, y, finding_beside(*chart, document.finding), "soft", false) + 8;
    elements += words.take();
    if (is_blank(*chart)) continue;
    const auto size = draw(picture, *chart);
    elements += fmt::format("<g transform=\"translate(0 {})\">\n{}</g>\n", number(y), picture.take());
    y += size.height;
    width = std::max(width, size.width);
  }
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"-{2} -{2} {0} {1}\" font-family=\"system-ui, sans-serif\" "
      "font-size=\"{3}\" {4}<rect x=\"-{2}\" y=\"-{2}\" width=\"{0}\" height=\"{1}\" fill=\"#ffffff\"/>\n{5}</svg>\n",
      number(width + 2 * margin), number(y + 2 * margin), margin, font_size, told(document.title, document.finding), elements);
}

}  // namespace ties::reports
