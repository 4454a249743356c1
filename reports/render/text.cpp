#include "crm/text/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "reports/render/figures.h"
#include "reports/render/render.h"
#include "reports/render/tables.h"

namespace ties::reports {
namespace {

constexpr std::size_t gap = 2;  // between columns, and before what stands under a title
constexpr std::size_t flexible_columns_min = 8;
constexpr std::size_t other_columns_min = 6;
constexpr std::size_t lane_columns_min = 18;
constexpr std::size_t lane_text_lines_max = 2;
constexpr std::size_t card_head_columns_max = 24;
constexpr std::size_t card_body_columns_min = 36;  // narrower than this, it goes below the head
constexpr std::size_t cell_bytes_max = 20'000;
constexpr std::size_t label_columns_max = 40;  // of charts
constexpr std::size_t said_columns_max = 40;
constexpr std::size_t bar_columns_min = 6;  // less room than that shows nothing
constexpr std::size_t bar_columns_max = 40;
constexpr std::size_t bar_columns_of_pipe = 24;
constexpr auto unlimited = std::numeric_limits<std::size_t>::max();

/// One line without anything that a terminal would act on: contents are from strangers.
std::string on_one_line(std::string_view text) {
  return text::clean_line(text, cell_bytes_max);
}

std::vector<std::string> lines_of(std::string_view text) {
  const auto clean = text::clean(text, cell_bytes_max);
  std::vector<std::string> lines;
  for (std::size_t at = 0; at <= clean.size();) {
    const auto end = std::min(clean.find('\n', at), clean.size());
    lines.push_back(on_one_line(std::string_view(clean).substr(at, end - at)));
    at = end + 1;
  }
  return lines;
}

/// A word that is wider than the line, in pieces that fit. An address stays whole, so that it can be opened.
std::vector<std::string> pieces_of(const std::string& word, std::size_t width) {
  constexpr std::string_view cut_mark = "…";
  if (word.find("://") != std::string::npos) return {word};
  std::vector<std::string> pieces;
  for (std::string_view rest = word;;) {
    auto piece = text::fit(rest, width);
    if (piece != rest) piece.erase(piece.size() - cut_mark.size());
    if (piece.empty() || piece.size() == rest.size()) {
      pieces.emplace_back(rest);
      return pieces;
    }
    rest.remove_prefix(piece.size());
    pieces.push_back(std::move(piece));
  }
}

/// One line broken at its blanks; what is beyond `lines_max` is cut from the last line, with a mark.
std::vector<std::string> wrapped(const std::string& text, std::size_t width, std::size_t lines_max = unlimited) {
  if (text::columns(text) <= width) return {text};
  std::vector<std::string> lines{""};
  std::size_t taken = 0;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    if (lines.size() >= lines_max) {  // the rest as it is: it is cut below
      const auto rest = text.substr(at);
      lines.back() += (lines.back().empty() || rest.empty() ? "" : " ") + rest;
      break;
    }
    for (const auto& piece : pieces_of(text.substr(at, end - at), width)) {
      const auto columns = text::columns(piece);
      if (!lines.back().empty() && taken + 1 + columns > width) lines.emplace_back(), taken = 0;
      if (!lines.back().empty()) lines.back() += ' ', ++taken;
      lines.back() += piece;
      taken += columns;
    }
    at = end + 1;
  }
  if (lines_max == unlimited) return lines;
  lines.resize(std::min(lines.size(), lines_max));
  lines.back() = text::fit(lines.back(), width);
  return lines;
}

/// A line of terminal text: pieces at columns, with no blanks behind the last.
class Line {
 public:
  explicit Line(bool colour) : colour_(colour) {}

  void put(std::size_t column, const std::string& text, Tone tone) {
    if (text.empty()) return;
    if (column > at_) out_.append(column - at_, ' '), at_ = column;
    const auto* code = colour_ ? code_of(tone) : "";
    out_ += *code == '\0' ? text : code + text + "\x1b[0m";
    at_ += text::columns(text);
  }
  std::string ended() const { return out_ + "\n"; }

 private:
  static const char* code_of(Tone tone) {
    switch (tone) {
      case Tone::plain:
        return "";
      case Tone::strong:
        return "\x1b[1m";
      case Tone::muted:
        return "\x1b[2m";
      case Tone::good:
        return "\x1b[32m";
      case Tone::warn:
        return "\x1b[33m";
      case Tone::bad:
        return "\x1b[31m";
    }
    return "";
  }

  bool colour_;
  std::string out_{};
  std::size_t at_{};
};

/// A grid's texts, ready to be laid out: those columns that people see.
struct Grid {
  std::vector<Column> columns{};
  std::vector<std::vector<Cell>> rows{};
  std::vector<std::size_t> widths{};
};

Grid grid_of(const Table& table, bool has_headings) {
  Grid grid;
  const auto shown = columns_for_people(table);
  for (const auto i : shown) {
    grid.columns.push_back(table.columns[i]);
    grid.columns.back().heading = on_one_line(table.columns[i].heading);
    grid.widths.push_back(has_headings ? text::columns(grid.columns.back().heading) : 0);
  }
  for (const auto& row : table.rows) {
    auto& cells = grid.rows.emplace_back();
    for (const auto i : shown) {
      cells.push_back(cell_at(row, i));
      cells.back().text = on_one_line(cells.back().text);
      auto& width = grid.widths[cells.size() - 1];
      width = std::max(width, text::columns(cells.back().text));
    }
  }
  return grid;
}

/// Of the whole line; a column of nothing takes no room.
std::size_t width_of(const Grid& grid) {
  std::size_t total = 0;
  for (const auto columns : grid.widths) total += columns == 0 ? 0 : columns + (total == 0 ? 0 : gap);
  return total;
}

/// Takes from the widest of the columns that may give way until the line fits.
void narrow(Grid& grid, std::size_t width) {
  auto total = width_of(grid);
  const auto give_way = [&](std::size_t columns_min, bool (*may)(const Column&)) {
    while (total > width) {
      std::size_t* widest = nullptr;
      for (std::size_t i = 0; i < grid.widths.size(); ++i) {
        if (!may(grid.columns[i]) || grid.widths[i] <= columns_min) continue;
        if (widest == nullptr || grid.widths[i] > *widest) widest = &grid.widths[i];
      }
      if (widest == nullptr) return;
      --*widest, --total;
    }
  };
  give_way(flexible_columns_min, [](const Column& c) { return c.flexible && !is_command(c); });
  give_way(other_columns_min, [](const Column& c) { return c.align == Column::Align::left && !is_command(c); });
}

class Writing {
 public:
  explicit Writing(const TextStyle& style) : style_(style) {}

  std::string written(const Document& document) {
    const auto& headline = document.finding.empty() ? document.title : document.finding;
    said_ = document.finding;
    if (style_.titles && !headline.empty()) {
      for (const auto& part : broken(on_one_line(headline), 0)) put_line(0, part, Tone::strong);
    }
    for (const auto* table : tables_of(document)) {
      if (as_cards(*table, gap)) card_head_width_ = std::max(card_head_width_, head_width_of(*table));
    }
    for (const auto& block : document.blocks) std::visit([this](const auto& b) { write(b); }, block);
    return std::move(out_);
  }

 private:
  void put_line(std::size_t column, const std::string& text, Tone tone) {
    Line line(style_.colour);
    line.put(column, text, tone);
    out_ += line.ended();
  }

  void blank() {
    if (!out_.empty() && !out_.ends_with("\n\n")) out_ += "\n";
  }

  /// Begins a block; says how far in its contents stand.
  std::size_t begin(const std::string& title) {
    blank();
    if (title.empty()) return 0;
    for (const auto& part : broken(on_one_line(title), 0)) put_line(0, part, Tone::strong);
    return gap;
  }

  /// A text in lines that fit behind a column of the terminal.
  std::vector<std::string> broken(const std::string& text, std::size_t column) const {
    if (style_.width == 0) return {text};
    return wrapped(text, std::max(style_.width, column + flexible_columns_min) - column);
  }

  void write(const Text& text) {
    if (text.text.empty()) return;
    blank();
    for (const auto& line : lines_of(text.text)) {
      for (const auto& part : broken(line, 0)) put_line(0, part, text.tone);
    }
  }

  void write(const Fields& fields) {
    if (std::all_of(fields.rows.begin(), fields.rows.end(), [](const auto& row) { return row.second.text.empty(); })) {
      return;
    }
    const auto indent = begin(fields.title);
    std::size_t width = 0;
    for (const auto& [key, cell] : fields.rows) {
      if (!cell.text.empty()) width = std::max(width, text::columns(on_one_line(key)));
    }
    const auto value_at = indent + width + gap;
    for (const auto& [key, cell] : fields.rows) {
      if (cell.text.empty()) continue;
      auto name = on_one_line(with_blanks(key));
      for (const auto& value : lines_of(cell.text)) {
        for (const auto& part : broken(value, value_at)) {
          Line line(style_.colour);
          line.put(indent, std::exchange(name, ""), Tone::muted);
          line.put(value_at, part, cell.tone);
          out_ += line.ended();
        }
      }
    }
  }

  void write(const Table& table) {
    if (is_silent(table)) return;
    const auto indent = begin(table.title);
    if (!table.rows.empty() && as_cards(table, indent)) {
      write_cards(table, indent);
    } else {
      write_below(table, indent);
    }
  }

  bool as_cards(const Table& table, std::size_t indent) const {
    if (table.layout != Table::Layout::wide) return table.layout == Table::Layout::cards;
    return style_.width > 0 && indent + width_of(grid_of(table, true)) > style_.width;
  }

  void write_grid(const Table& table, std::size_t indent, bool has_headings) {
    auto grid = grid_of(table, has_headings);
    if (grid.columns.empty()) return;
    if (style_.width > 0) {
      const auto width = std::max(style_.width, indent) - indent;
      narrow(grid, width);
      if (has_headings && width_of(grid) > width && !has_commands(table)) return write_records(grid, indent);
    }
    const auto put_row = [&](const auto& text_and_tone_of) {
      Line line(style_.colour);
      std::size_t at = indent;
      for (std::size_t i = 0; i < grid.columns.size(); ++i) {
        const auto& [text, tone] = text_and_tone_of(i);
        const auto fitted = text::fit(text, grid.widths[i]);
        const bool to_the_right = grid.columns[i].align == Column::Align::right;
        line.put(to_the_right ? at + grid.widths[i] - text::columns(fitted) : at, fitted, tone);
        if (grid.widths[i] > 0) at += grid.widths[i] + gap;
      }
      out_ += line.ended();
    };
    if (has_headings) put_row([&](std::size_t i) { return std::pair(grid.columns[i].heading, Tone::muted); });
    for (const auto& row : grid.rows) put_row([&](std::size_t i) { return std::pair(row[i].text, row[i].tone); });
  }

  /// Of a grid that finds no room: the first column of each row, and below it a line for each of the others with its heading.
  void write_records(const Grid& grid, std::size_t indent) {
    std::size_t headings = 0;
    for (std::size_t i = 1; i < grid.columns.size(); ++i) headings = std::max(headings, text::columns(grid.columns[i].heading));
    for (const auto& row : grid.rows) {
      for (const auto& part : broken(row.front().text, indent)) put_line(indent, part, Tone::strong);
      for (std::size_t i = 1; i < row.size(); ++i) {
        if (row[i].text.empty()) continue;
        auto heading = grid.columns[i].heading;
        for (const auto& part : broken(row[i].text, indent + gap + headings + gap)) {
          Line line(style_.colour);
          line.put(indent + gap, std::exchange(heading, ""), Tone::muted);
          line.put(indent + gap + headings + gap, part, row[i].tone);
          out_ += line.ended();
        }
      }
    }
  }

  static std::size_t head_width_of(const Table& cards) {
    const auto shown = columns_for_people(cards);
    std::size_t width = 0;
    for (const auto& row : cards.rows) {
      if (shown.empty()) break;
      const auto columns = text::columns(on_one_line(cell_at(row, shown.front()).text));
      width = std::max(width, std::min(columns, card_head_columns_max));
    }
    return width;
  }

  /// The first column to the left, the others to its right, or below it where the line is narrow.
  void write_cards(const Table& table, std::size_t indent) {
    const auto shown = columns_for_people(table);
    const auto head_width = card_head_width_;  // of all the document's cards, so that its sections stand in line
    const bool is_narrow = style_.width > 0 && style_.width < indent + head_width + gap + card_body_columns_min;
    const auto body_at = indent + gap + (is_narrow ? 0 : head_width);
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      if (r > 0) blank();
      const auto& row = table.rows[r];
      std::string head;  // of the line that is written next
      bool is_first = true;
      for (const auto i : shown) {
        const auto text = on_one_line(cell_at(row, i).text);
        if (text.empty()) continue;
        const auto tone = std::exchange(is_first, false) ? Tone::strong : cell_at(row, i).tone;
        if (i == shown.front() && !is_narrow && text::columns(text) <= head_width) {
          head = text;
          continue;
        }
        const auto at = i == shown.front() ? indent : body_at;  // a head that finds no room stands above, whole
        const bool is_whole = is_command(table.columns[i]);
        for (const auto& line_of_cell : table.columns[i].lines ? lines_of(cell_at(row, i).text) : std::vector{text}) {
          for (const auto& part : is_whole ? std::vector{line_of_cell} : broken(line_of_cell, at)) {
            Line line(style_.colour);
            line.put(indent, std::exchange(head, ""), Tone::strong);
            line.put(at, part, tone);
            out_ += line.ended();
          }
        }
      }
      if (!head.empty()) put_line(indent, head, Tone::strong);
    }
  }

  void write(const Lanes& lanes) {
    const auto count = lanes.lanes.size();
    if (count == 0) return;
    const auto width = (style_.width + gap) / count;  // with the gap behind it
    if (style_.width > 0 && width >= lane_columns_min + gap) return write_side_by_side(lanes.lanes, width - gap);
    bool is_below_rows = true;  // lanes without rows stand close together
    for (const auto& lane : lanes.lanes) {
      if (is_below_rows || !lane.rows.empty()) blank();
      is_below_rows = !lane.rows.empty();
      Line line(style_.colour);
      put_lane_title(line, 0, lane, style_.width == 0 ? unlimited : style_.width);
      out_ += line.ended();
      if (!lane.rows.empty()) write_below_title(lane);
    }
  }

  /// Bars, a line a mark or a link: the label, the bar, what is said, and how sure that is.
  void write(const Chart& chart) {
    const auto indent = begin(chart.title);
    for (const auto& part : broken(on_one_line(finding_beside(chart, said_)), indent)) {
      if (!part.empty()) put_line(indent, part, Tone::muted);
    }
    if (!chart.marks.empty() && is_blank(chart)) return;
    const auto bars = bars_of(chart);
    if (!bars.empty()) write_bars(bars, chart, indent);
    auto table = chart.behind;
    table.title.clear();
    if (!bars.empty() && chart.table_says_more && !table.rows.empty()) out_ += "\n";
    if (bars.empty() || chart.table_says_more) write_below(table, indent);
  }

  struct Bar {
    std::string label{}, said{}, sure{};
    std::vector<double> values{};
  };

  static std::vector<Bar> bars_of(const Chart& chart) {
    std::vector<Bar> bars;
    for (const auto& mark : chart.marks) {
      bars.push_back({on_one_line(mark.label), on_one_line(said_of(mark)), on_one_line(interval_of(mark, chart.unit)), mark.values});
    }
    for (const auto& link : forward_links(chart.links)) {
      bars.push_back({on_one_line(link.from + " → " + link.to), number_text(link.value), "", {link.value}});
    }
    return bars;
  }

  void write_bars(const std::vector<Bar>& bars, const Chart& chart, std::size_t indent) {
    const auto widest = [&bars](std::string Bar::*part, std::size_t columns_max) {
      std::size_t columns = 0;
      for (const auto& bar : bars) columns = std::max(columns, std::min(text::columns(bar.*part), columns_max));
      return columns;
    };
    const auto gap_before = [](std::size_t columns) { return columns == 0 ? 0 : gap + columns; };
    const auto labels = widest(&Bar::label, label_columns_max), said = widest(&Bar::said, said_columns_max), sure = widest(&Bar::sure, said_columns_max);
    auto room = bar_columns_of_pipe;
    if (style_.width > 0) {
      const auto line = std::max(style_.width, indent + 2 * flexible_columns_min + gap) - indent;
      const auto words = labels + gap_before(said) + gap_before(sure);
      if (words > line) return write_bars_below_words(bars, chart, indent, line);
      room = line - words < gap + bar_columns_min ? 0 : std::min(line - words - gap, bar_columns_max);
    }
    if (chart.series.size() > 1 && room > 0) put_key(chart, indent);
    const double end = end_of_scale(chart);
    for (const auto& bar : bars) {
      Line line(style_.colour);
      auto at = indent;
      line.put(at, text::fit(bar.label, labels), Tone::plain);
      at += labels + gap;
      line.put(at, drawn_bar(bar.values, end, room), Tone::plain);
      at += room == 0 ? 0 : room + gap;
      line.put(at, text::fit(bar.said, said), Tone::plain);
      if (sure > 0) line.put(at + gap_before(said), text::fit(bar.sure, sure), Tone::muted);
      out_ += line.ended();
    }
  }

  /// Where label and words would be cut: each has a line, and the bar as well.
  void write_bars_below_words(const std::vector<Bar>& bars, const Chart& chart, std::size_t indent, std::size_t width) {
    const auto below = indent + gap, room = std::min(width - gap, bar_columns_max);
    if (chart.series.size() > 1) put_key(chart, indent);
    for (const auto& bar : bars) {
      put_line(indent, text::fit(bar.label, width), Tone::plain);
      const auto sure_at = text::columns(bar.said) + gap;
      if (sure_at + text::columns(bar.sure) <= width - gap) {
        Line line(style_.colour);
        line.put(below, bar.said, Tone::plain);
        line.put(below + sure_at, bar.sure, Tone::muted);
        out_ += line.ended();
      } else {
        for (const auto& part : broken(bar.said, below)) put_line(below, part, Tone::plain);
      }
      const auto drawn = drawn_bar(bar.values, end_of_scale(chart), room);
      if (!drawn.empty()) put_line(below, drawn, Tone::plain);
    }
  }

  static std::string_view block_of(std::size_t series) {
    constexpr std::array<std::string_view, 4> blocks{"█", "▒", "▓", "░"};
    return blocks[series % blocks.size()];
  }

  void put_key(const Chart& chart, std::size_t indent) {
    const auto width = style_.width == 0 ? unlimited : std::max(style_.width, indent + flexible_columns_min) - indent;
    std::string line;
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
      const auto name = on_one_line(chart.series[i]);
      if (name.empty() || !is_seen(chart, i)) continue;
      const auto entry = text::fit(std::string(block_of(i)) + " " + name, width);
      if (!line.empty() && text::columns(line) + gap + text::columns(entry) > width) put_line(indent, std::exchange(line, ""), Tone::muted);
      line += (line.empty() ? "" : "  ") + entry;
    }
    if (!line.empty()) put_line(indent, line, Tone::muted);
  }

  /// One value to an eighth of a column, several to the column. What is there at all is seen.
  static std::string drawn_bar(const std::vector<double>& values, double end, std::size_t room) {
    constexpr std::array<std::string_view, 8> eighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const auto scaled = [&](double value, double steps) {
      return static_cast<std::size_t>(std::lround(std::min(drawn(value) / end, 1.0) * steps));
    };
    std::string bar;
    if (room == 0) return bar;
    if (values.size() == 1) {
      const auto steps = std::max<std::size_t>(scaled(values[0], static_cast<double>(room) * 8), drawn(values[0]) > 0 ? 1 : 0);
      for (std::size_t i = 0; i < steps / 8; ++i) bar += block_of(0);
      return bar + std::string(eighths[steps % 8]);
    }
    std::size_t taken = 0;
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      sum = drawn(sum + drawn(values[i]));
      const auto to = std::min(room, std::max(scaled(sum, static_cast<double>(room)), taken + (drawn(values[i]) > 0 ? 1 : 0)));
      for (; taken < to; ++taken) bar += block_of(i);
    }
    return bar;
  }

  void write_below(const Table& table, std::size_t indent) {
    if (table.rows.empty()) {
      if (!table.when_empty.empty()) put_line(indent, on_one_line(table.when_empty), Tone::muted);
    } else {
      write_grid(table, indent, true);
    }
  }

  /// A line a row where they fit, else a few lines a row.
  void write_below_title(const Table& lane) {
    const auto grid = grid_of(lane, false);
    if (style_.width == 0 || gap + width_of(grid) <= style_.width) return write_grid(lane, gap, false);
    for (const auto& [text, tone] : lane_lines(lane, std::max(style_.width, gap + lane_columns_min) - gap)) {
      put_line(gap, text, tone);
    }
  }

  static void put_lane_title(Line& line, std::size_t at, const Table& lane, std::size_t width) {
    const auto number = std::to_string(lane.rows.size());
    const auto title = text::fit(on_one_line(lane.title), std::max(width, number.size() + 2) - number.size() - 1);
    line.put(at, title, lane.rows.empty() ? Tone::muted : Tone::strong);
    line.put(title.empty() ? at : at + text::columns(title) + 1, number, Tone::muted);
  }

  struct LaneLine {
    std::string text{};
    Tone tone{};
  };

  std::vector<LaneLine> lane_lines(const Table& lane, std::size_t width) const {
    std::vector<LaneLine> lines;
    const auto shown = columns_for_people(lane);
    for (const auto& row : lane.rows) {
      if (!lines.empty()) lines.emplace_back();
      for (const auto i : shown) {
        const auto& cell = cell_at(row, i);
        if (cell.text.empty()) continue;
        for (auto& part : wrapped(on_one_line(cell.text), width, lane_text_lines_max)) {
          lines.push_back({std::move(part), cell.tone});
        }
      }
    }
    return lines;
  }

  void write_side_by_side(const std::vector<Table>& lanes, std::size_t width) {
    blank();
    Line titles(style_.colour), rules(style_.colour);
    std::vector<std::vector<LaneLine>> columns;
    std::size_t height = 0, at = 0;
    for (const auto& lane : lanes) {
      put_lane_title(titles, at, lane, width);
      std::string rule;
      for (std::size_t i = 0; i < width; ++i) rule += "─";
      rules.put(at, rule, Tone::muted);
      columns.push_back(lane_lines(lane, width));
      height = std::max(height, columns.back().size());
      at += width + gap;
    }
    out_ += titles.ended() + rules.ended();
    for (std::size_t r = 0; r < height; ++r) {
      Line line(style_.colour);
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (r < columns[i].size()) line.put(i * (width + gap), columns[i][r].text, columns[i][r].tone);
      }
      out_ += line.ended();
    }
  }

  const TextStyle& style_;
  std::string out_{};
  std::string said_{};  ///< the document's finding
  std::size_t card_head_width_{};
};

}  // namespace

std::string text(const Document& document, const TextStyle& style) {
  return Writing(style).written(document);
}

}  // namespace ties::reports
