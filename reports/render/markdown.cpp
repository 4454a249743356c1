#include <algorithm>

#include "crm/text/text.h"
#include "reports/render/figures.h"
#include "reports/render/render.h"
#include "reports/render/tables.h"

namespace ties::reports {
namespace {

constexpr std::size_t cell_bytes_max = 20'000;
constexpr std::string_view hard_break = "\\\n";

/// Text that is nothing but text wherever it stands: also at the start of a line, in a table, and for readers that know
/// mathematics, strike-through and bare addresses.
std::string escaped(std::string_view raw) {
  const auto text = text::clean_line(raw, cell_bytes_max);
  std::string out;
  std::size_t digits = 0;  // of a number that begins the text, as a list's mark would
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool is_mark = std::string_view("\\`*_[]<>#|~&!$").find(c) != std::string_view::npos;
    const bool begins_a_block = i == 0 && (c == '-' || c == '+' || c == '=');
    const bool ends_a_list_mark = digits > 0 && digits == i && (c == '.' || c == ')');
    if (is_mark || begins_a_block || ends_a_list_mark) out += '\\';
    if (c >= '0' && c <= '9' && digits == i) ++digits;
    out += c;
  }
  return out;
}

/// A command as code, between more backticks than it holds in a row.
std::string code(std::string_view raw) {
  const auto text = text::clean_line(raw, cell_bytes_max);
  std::size_t longest = 0, row = 0;
  for (const char c : text) longest = std::max(longest, row = c == '`' ? row + 1 : 0);
  const std::string fence(longest + 1, '`');
  const auto* pad = longest == 0 ? "" : " ";
  return fence + pad + text + pad + fence;
}

std::string shown(const Column& column, const Cell& cell) {
  if (cell.text.empty()) return "";
  return is_command(column) ? code(cell.text) : escaped(cell.text);
}

/// In a table a bar ends the cell even within code.
std::string in_table(const Column& column, const Cell& cell) {
  auto text = shown(column, cell);
  if (!is_command(column)) return text;
  for (auto at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.insert(at, "\\");
  return text;
}

void write_heading(const std::string& title, std::string& out) {
  if (!title.empty()) out += "## " + escaped(title) + "\n\n";
}

void write_cards(const Table& table, std::string& out) {
  const auto* mark = has_commands(table) ? "- [ ] " : "- ";  // what can be settled can be ticked
  for (const auto& row : table.rows) {
    bool first = true;
    for (const auto i : columns_for_people(table)) {
      const auto text = shown(table.columns[i], cell_at(row, i));
      if (text.empty()) continue;
      out += first ? mark + ("**" + text) + "**" : std::string(hard_break) + "  " + text;
      first = false;
    }
    if (!first) out += "\n";
  }
  out += "\n";
}

void write_grid(const Table& table, std::string& out) {
  const auto columns = columns_for_people(table);
  if (columns.empty()) return;
  for (const auto i : columns) out += "| " + escaped(table.columns[i].heading) + " ";
  out += "|\n";
  for (const auto i : columns) out += table.columns[i].align == Column::Align::right ? "| ---: " : "| --- ";
  out += "|\n";
  for (const auto& row : table.rows) {
    for (const auto i : columns) out += "| " + in_table(table.columns[i], cell_at(row, i)) + " ";
    out += "|\n";
  }
  out += "\n";
}

void write(const Table& table, std::string& out) {
  if (is_silent(table)) return;
  write_heading(table.title, out);
  if (table.rows.empty()) {
    out += escaped(table.when_empty) + "\n\n";
  } else if (table.layout == Table::Layout::cards) {
    write_cards(table, out);
  } else {
    write_grid(table, out);
  }
}

void write(const Lanes& lanes, std::string& out) {
  for (const auto& lane : lanes.lanes) {
    write_heading(lane.title + " (" + std::to_string(lane.rows.size()) + ")", out);
    if (!lane.rows.empty()) write_grid(lane, out);
  }
}

/// The table alone: it says the same as the picture.
void write(const Chart& chart, const std::string& said, std::string& out) {
  write_heading(chart.title, out);
  const auto finding = escaped(finding_beside(chart, said));
  if (!finding.empty()) out += finding + "\n\n";
  auto table = chart.behind;
  table.title.clear();
  write(table, out);
}

/// Its lines stay lines; an empty one ends a paragraph.
std::string escaped_lines(std::string_view raw) {
  const auto text = text::clean(raw, cell_bytes_max);
  std::string out;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto line = escaped(std::string_view(text).substr(at, end - at));
    const bool in_paragraph = !out.empty() && !out.ends_with('\n');
    if (line.empty()) {
      if (in_paragraph) out += "\n\n";
    } else {
      out += in_paragraph ? std::string(hard_break) + line : line;
    }
    at = end + 1;
  }
  return out;
}

void write(const Text& text, std::string& out) {
  const auto lines = escaped_lines(text.text);
  if (!lines.empty()) out += lines + "\n\n";
}

void write(const Fields& fields, std::string& out) {
  write_heading(fields.title, out);
  for (const auto& [key, cell] : fields.rows) {
    if (!cell.text.empty()) out += "- **" + escaped(with_blanks(key)) + "**: " + escaped(cell.text) + "\n";
  }
  out += "\n";
}

template <class Block>
void write(const Block& block, const std::string&, std::string& out) {
  write(block, out);
}

}  // namespace

std::string markdown(const Document& document) {
  std::string out;
  if (!document.title.empty()) out += "# " + escaped(document.title) + "\n\n";
  if (!document.finding.empty()) out += escaped(document.finding) + "\n\n";
  for (const auto& block : document.blocks) {
    std::visit([&](const auto& b) { write(b, document.finding, out); }, block);
  }
  while (out.ends_with("\n\n")) out.pop_back();
  return out == "\n" ? "" : out;
}

}  // namespace ties::reports
