#include "importers/table_rows.h"

#include <algorithm>

#include "crm/text/text.h"

namespace ties::importers {
namespace {

constexpr std::size_t cells_max = 1'000;

/// "|---|:--:|"
bool is_dashed(std::string_view line) {
  return line.find('-') != std::string_view::npos && line.find_first_not_of("|-: \t") == std::string_view::npos;
}

int characters(std::string_view bytes) {
  return static_cast<int>(
      std::count_if(bytes.begin(), bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

/// The cells between the bars; a bar behind a backslash is text.
void split(std::string_view line, std::size_t begin, CsvReader::Record& record) {
  record.cells.clear();
  record.columns.clear();
  std::string cell;
  std::size_t start = begin + 1;
  for (auto i = begin + 1; i <= line.size() && record.cells.size() < cells_max; ++i) {
    const bool ends = i == line.size() || line[i] == '|';
    if (!ends && line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
      cell += '|';
      ++i;
    } else if (!ends) {
      cell += line[i];
    } else {
      const bool is_behind_last_bar = i == line.size() && text::clean_line(cell).empty();
      if (is_behind_last_bar) break;
      record.cells.push_back(std::move(cell));
      record.columns.push_back(characters(line.substr(0, start)) + 1);
      cell.clear();
      start = i + 1;
    }
  }
}

}  // namespace

bool TableRows::next(CsvReader::Record& record) {
  if (delimiter_ == '|') return next_markdown(record);
  if (!reader_.next(record)) return false;
  for (auto& cell : record.cells) {
    if (cell.starts_with('\'')) cell = text::undefused(cell);
  }
  return true;
}

bool TableRows::next_markdown(CsvReader::Record& record) {
  while (at_ < text_.size()) {
    const auto end = std::min(text_.find('\n', at_), text_.size());
    auto line = text_.substr(at_, end - at_);
    at_ = end + 1;
    ++line_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    const auto begin = line.find_first_not_of(" \t");
    if (begin == std::string_view::npos || line[begin] != '|') {
      within_ = false;
      continue;
    }
    if (is_dashed(line)) continue;
    begins_table_ = !within_;
    within_ = true;
    record.line = line_;
    split(line, begin, record);
    if (!record.cells.empty()) return true;
  }
  return false;
}

}  // namespace ties::importers
