#include "crm/text/text.h"
#include "reports/render/render.h"

#include <algorithm>
#include <numeric>

namespace ties::reports {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t flexible_columns_min = 8;
constexpr std::size_t lane_columns_min = 18;

/// One line without anything that a terminal would act on: contents are from strangers.
std::string on_one_line(std::string_view text) {
  std::string line = text::clean_line(text, 4'000);
  return line;
}

std::string key_words(std::string key) {
  std::replace(key.begin(), key.end(), '_', ' ');
  return key;
}

class Writing {
 public:
  explicit Writing(const TextStyle& style) : style_(style) {}

  void document(const Document& document) {
    if (style_.titles) {
      if (!document.finding.empty()) {
        line(painted(on_one_line(document.finding), Tone::strong));
      } else if (!document.title.empty()) {
        line(painted(on_one_line(document.title), Tone::strong));
      }
    }
    for (const auto& block : document.blocks) std::visit([&](const auto& b) { write(b); }, block);
  }

  std::string take() {
    while (out_.ends_with("\n\n")) out_.pop_back();
    return std::move(out_);
  }

  std::vector<std::string> lane_lines(const Table& lane, std::size_t width) {
    std::vector<std::string> lines{painted(text::fit(on_one_line(lane.title), width), Tone::strong)};
    for (const auto& row : lane.rows) {
      bool first = true;
      for (const auto& cell : row) {
        if (cell.text.empty()) continue;
        lines.push_back(painted(text::fit(on_one_line(cell.text), width), first && cell.tone == Tone::plain ? Tone::plain : cell.tone));
        first = false;
      }
      lines.emplace_back();
    }
    return lines;
  }

 private:
  std::string painted(const std::string& text, Tone tone) const {
    if (!style_.colour || text.empty()) return text;
    switch (tone) {
      case Tone::plain: return text;
      case Tone::strong: return "\x1b[1m" + text + "\x1b[0m";
      case Tone::muted: return "\x1b[2m" + text + "\x1b[0m";
      case Tone::good: return "\x1b[32m" + text + "\x1b[0m";
      case Tone::warn: return "\x1b[33m" + text + "\x1b[0m";
      case Tone::bad: return "\x1b[31m" + text + "\x1b[0m";
    }
    return text;
  }

  void line(const std::string& text) { out_ += text + "\n"; }
  void blank() {
    if (!out_.empty() && !out_.ends_with("\n\n")) out_ += "\n";
  }
  void title(const std::string& text) {
    blank();
    if (!text.empty()) line(painted(on_one_line(text), Tone::strong));
  }

  void write(const Text& text) {
    blank();
    for (std::size_t at = 0; at <= text.text.size();) {
      const auto end = std::min(text.text.find('\n', at), text.text.size());
      line(painted(on_one_line(std::string_view(text.text).substr(at, end - at)), text.tone));
      at = end + 1;
    }
  }

  void write(const Fields& fields) {
    title(fields.title);
    std::size_t width = 0;
    for (const auto& [key, cell] : fields.rows) {
      if (!cell.text.empty()) width = std::max(width, key.size());
    }
    for (const auto& [key, cell] : fields.rows) {
      if (cell.text.empty()) continue;
      const auto name = key_words(key);
      bool first = true;  // a value of several lines stays under itself
      for (std::size_t at = 0; at < cell.text.size();) {
        const auto end = std::min(cell.text.find('\n', at), cell.text.size());
        const auto part = on_one_line(std::string_view(cell.text).substr(at, end - at));
        line(first ? painted(name, Tone::muted) + std::string(width - name.size() + gap, ' ') + painted(part, cell.tone) : part.empty() ? "" : std::string(width + gap, ' ') + part);
        first = false;
        at = end + 1;
      }
    }
  }

  void write(const Table& table) {
    title(table.title);
    if (table.rows.empty()) {
      if (!table.when_empty.empty()) line(painted(table.when_empty, Tone::muted));
      return;
    }
    if (table.layout == Table::Layout::cards) {
      cards(table);
    } else {
      grid(table);
    }
  }

  void grid(const Table& table) {
    const auto count = table.columns.size();
    std::vector<std::vector<std::string>> cells;
    std::vector<std::size_t> widths(count);
    for (std::size_t i = 0; i < count; ++i) widths[i] = text::columns(table.columns[i].heading);
    for (const auto& row : table.rows) {
      auto& line_cells = cells.emplace_back();
      for (std::size_t i = 0; i < count; ++i) {
        line_cells.push_back(i < row.size() ? on_one_line(row[i].text) : "");
        widths[i] = std::max(widths[i], text::columns(line_cells.back()));
      }
    }
    if (style_.width > 0) shrink(table, widths);
    const auto padded = [&](const std::string& text, std::size_t i) {
      const auto fitted = text::fit(text, widths[i]);
      const std::string fill(widths[i] - std::min(widths[i], text::columns(fitted)), ' ');
      return table.columns[i].align == Column::Align::right ? std::pair(fill + fitted, std::string()) : std::pair(fitted, fill);
    };
    const auto write_line = [&](const std::vector<std::string>& texts, const auto& tone) {
      std::string text, pending;
      for (std::size_t i = 0; i < count; ++i) {
        const auto [shown, fill] = padded(texts[i], i);
        if (shown.find_first_not_of(' ') == std::string::npos) {
          pending += shown + fill + std::string(gap, ' ');
          continue;
        }
        text += pending + painted(shown, tone(i));
        pending = fill + std::string(gap, ' ');
      }
      line(text);
    };
    std::vector<std::string> headings;
    for (const auto& column : table.columns) headings.push_back(column.heading);
    write_line(headings, [](std::size_t) { return Tone::muted; });
    for (std::size_t r = 0; r < cells.size(); ++r) {
      write_line(cells[r], [&](std::size_t i) { return i < table.rows[r].size() ? table.rows[r][i].tone : Tone::plain; });
    }
  }

  /// Takes from the widest flexible column until the line fits.
  void shrink(const Table& table, std::vector<std::size_t>& widths) const {
    const auto total = [&] { return std::accumulate(widths.begin(), widths.end(), gap * (widths.size() - 1)); };
    while (total() > style_.width) {
      std::size_t widest = widths.size();
      for (std::size_t i = 0; i < widths.size(); ++i) {
        if (table.columns[i].flexible && widths[i] > flexible_columns_min && (widest == widths.size() || widths[i] > widths[widest])) widest = i;
      }
      if (widest == widths.size()) return;
      --widths[widest];
    }
  }

  /// The first column strong, the others below it; a command (`settle`) is never cut, so that it can be copied.
  void cards(const Table& table) {
    std::size_t first_width = 0;
    for (const auto& row : table.rows) first_width = std::max(first_width, std::min<std::size_t>(28, text::columns(on_one_line(row.front().text))));
    for (const auto& row : table.rows) {
      const auto head = text::fit(on_one_line(row.front().text), first_width);
      bool first = true;
      for (std::size_t i = 1; i < row.size() && i < table.columns.size(); ++i) {
        if (row[i].text.empty() || table.columns[i].for_programs) continue;
        const auto text = on_one_line(row[i].text);
        const bool cut = style_.width > first_width + 20 && table.columns[i].key != "settle";
        const auto shown = painted(cut ? text::fit(text, style_.width - first_width - gap * 2) : text, row[i].tone);
        line("  " + (first ? painted(head, Tone::strong) + std::string(first_width - text::columns(head) + gap, ' ') : std::string(first_width + gap, ' ')) + shown);
        first = false;
      }
      if (first) line("  " + painted(head, Tone::strong));
    }
  }

  void write(const Lanes& lanes) {
    const auto count = lanes.lanes.size();
    if (count == 0) return;
    const auto width = style_.width == 0 ? 0 : (style_.width + gap) / count - gap;
    if (style_.width == 0 || width > style_.width || width < lane_columns_min) {
      for (const auto& lane : lanes.lanes) {
        blank();
        line(painted(on_one_line(lane.title), Tone::strong));
        for (const auto& row : lane.rows) {
          std::string text;
          for (const auto& cell : row) {
            if (!cell.text.empty()) text += (text.empty() ? "  " : " · ") + painted(on_one_line(cell.text), cell.tone);
          }
          line(text);
        }
      }
      return;
    }
    blank();
    std::vector<std::vector<std::string>> columns;
    std::size_t height = 0;
    for (const auto& lane : lanes.lanes) {
      columns.push_back(lane_lines(lane, width));
      height = std::max(height, columns.back().size());
    }
    for (std::size_t r = 0; r < height; ++r) {
      std::string text;
      std::size_t at = 0;
      for (std::size_t i = 0; i < count; ++i) {
        if (r >= columns[i].size() || columns[i][r].empty()) continue;
        const auto begin = i * (width + gap);
        text += std::string(begin - at, ' ') + columns[i][r];
        at = begin + text::columns(without_colour(columns[i][r]));
      }
      line(text);
    }
  }

  static std::string without_colour(const std::string& text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\x1b') {
        i = text.find('m', i);
        continue;
      }
      plain += text[i];
    }
    return plain;
  }

  const TextStyle& style_;
  std::string out_{};
};

}  // namespace

std::string text(const Document& document, const TextStyle& style) {
  Writing writing(style);
  writing.document(document);
  return writing.take();
}

}  // namespace ties::reports
