#include "importers/csv.h"

#include <algorithm>

#include "crm/domain/errors.h"
#include "crm/text/text.h"

namespace ties::importers {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t cells_max = 10'000;  // of one record
constexpr std::size_t issues_max = 1'000;  // of one text

int characters(std::string_view bytes) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return static_cast<int>(std::count_if(bytes.begin(), bytes.end(), begins));
}

bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}

std::size_t line_end_from(std::string_view text, std::size_t at) {
  while (at < text.size() && !is_line_end(text[at])) ++at;
  return at;
}

/// How many lines end within the text, and where the last of them begins.
struct Lines {
  int ended{};
  std::size_t last_begin{};
};

Lines lines_in(std::string_view text) {
  Lines lines;
  for (auto at = line_end_from(text, 0); at < text.size(); at = line_end_from(text, at)) {
    at += text.substr(at, 2) == "\r\n" ? 2 : 1;
    ++lines.ended;
    lines.last_begin = at;
  }
  return lines;
}

/// Whether the bytes at even (0) or odd (1) places are zero, as in the UTF-16 of a text in Latin letters.
bool zero_at_every_other(std::string_view bytes, std::size_t first) {
  const auto seen = std::min<std::size_t>(bytes.size(), 512) & ~std::size_t{1};
  const auto pairs = seen / 2;
  std::size_t zeros = 0, others = 0;
  for (std::size_t i = 0; i < seen; i += 2) {
    if (bytes[i + first] == '\0') ++zeros;
    if (bytes[i + 1 - first] == '\0') ++others;
  }
  return pairs >= 2 && zeros * 10 >= pairs * 7 && others * 10 <= pairs;
}

std::string trimmed_lower(std::string_view text) {
  return text::lower(text::clean_line(text));
}

std::vector<std::string> alternatives(std::string_view names) {
  std::vector<std::string> list;
  for (std::size_t at = 0; at <= names.size();) {
    const auto end = std::min(names.find('|', at), names.size());
    list.push_back(trimmed_lower(names.substr(at, end - at)));
    at = end + 1;
  }
  return list;
}

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

struct Encoding {
  const char* name{};
  std::size_t mark_bytes{};
};

Encoding encoding_of(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return {"UTF-8", 3};
  if (bytes.starts_with("\xFF\xFE")) return {"UTF-16LE", 2};
  if (bytes.starts_with("\xFE\xFF")) return {"UTF-16BE", 2};
  // Such bytes are valid UTF-8 too, as letters with zeros between them, which nobody means.
  if (zero_at_every_other(bytes, 1)) return {"UTF-16LE", 0};
  if (zero_at_every_other(bytes, 0)) return {"UTF-16BE", 0};
  return {text::is_utf8(bytes) ? "UTF-8" : "windows-1252", 0};
}

/// Some megabytes further, between two characters.
std::size_t end_of_part(std::string_view text, std::size_t begin, std::string_view encoding) {
  constexpr std::size_t part_bytes = 4 << 20;
  if (text.size() - begin <= part_bytes) return text.size();
  auto end = begin + part_bytes;
  if (encoding == "UTF-8") {
    for (int back = 0; back < 3 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80; ++back) --end;
  } else if (encoding != "windows-1252") {
    const auto high_byte = static_cast<unsigned char>(text[end - (encoding == "UTF-16LE" ? 1 : 2)]);
    if (high_byte >= 0xD8 && high_byte <= 0xDB) end -= 2;  // the second half of a pair follows
  }
  return end;
}

}  // namespace

Decoded decode(std::string_view bytes) {
  constexpr std::size_t bytes_max = 1'000'000'000;
  if (bytes.size() > bytes_max) throw Conflict("a file of more than 1 GB is no such export; give a part of it");
  const auto [encoding, mark] = encoding_of(bytes);
  bytes.remove_prefix(mark);
  const bool is_utf8 = encoding == "UTF-8"sv && text::is_utf8(bytes);
  return {is_utf8 ? std::string(bytes) : text::to_utf8(bytes, encoding), encoding};
}

Bytes as_utf8(const Bytes& bytes) {
  const auto [encoding, mark] = encoding_of(bytes);
  const auto text = bytes.view().substr(mark);
  if (encoding == "UTF-8"sv && text::is_utf8(text)) {
    bytes.let_go(bytes.size());
    return bytes.from(mark);
  }
  BytesWriter written;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = end_of_part(text, at, encoding);
    written.write(text::to_utf8(text.substr(at, end - at), encoding));
    bytes.let_go(mark + end);
    at = end;
  }
  return written.finish();
}

std::string_view beginning(std::string_view bytes) {
  constexpr std::size_t bytes_max = 64'000;
  if (bytes.size() <= bytes_max) return bytes;
  const auto end = bytes.substr(0, bytes_max).rfind('\n');
  const bool wide = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  return bytes.substr(0, wide || end == bytes.npos ? bytes_max : end + 1);
}

bool CsvReader::next(Record& record) {
  while (at_ < text_.size() && is_line_end(text_[at_])) pass_line_end();
  record.columns.clear();
  if (at_ >= text_.size()) {
    record.cells.clear();
    return false;
  }

  record.line = line_;
  int column = 1;
  for (std::size_t count = 1;; ++count) {
    if (record.cells.size() < count) record.cells.emplace_back();  // the strings of the last record serve again
    record.columns.push_back(column);
    column = text_.substr(at_, 1) == "\"" ? read_quoted(record.cells[count - 1], column)
                                          : read_plain(record.cells[count - 1], column);
    const bool more = at_ < text_.size() && text_[at_] == delimiter_;
    if (more && count < cells_max) {
      ++at_;
      ++column;
      continue;
    }
    if (more) {
      issue(column, "more than 10,000 cells in one record; the rest of its line is left out");
      at_ = line_end_from(text_, at_);
    }
    if (at_ < text_.size()) pass_line_end();
    record.cells.resize(count);
    return true;
  }
}

void CsvReader::pass_line_end() {
  at_ += text_.substr(at_, 2) == "\r\n" ? 2 : 1;
  ++line_;
}

std::size_t CsvReader::cell_end_from(std::size_t at) const {
  while (at < text_.size() && text_[at] != delimiter_ && !is_line_end(text_[at])) ++at;
  return at;
}

int CsvReader::read_plain(std::string& cell, int column) {
  const auto written = text_.substr(at_, cell_end_from(at_) - at_);
  cell.assign(written);
  at_ += written.size();
  return column + characters(written);
}

int CsvReader::read_quoted(std::string& cell, int column) {
  cell.clear();
  auto at = at_ + 1;
  bool closed = false;
  while (!closed) {
    const auto quote = text_.find('"', at);
    if (quote == std::string_view::npos) break;
    closed = text_.substr(quote + 1, 1) != "\"";
    cell.append(text_.substr(at, quote - at + (closed ? 0 : 1)));
    at = quote + (closed ? 1 : 2);
  }
  const auto lines = closed ? lines_in(text_.substr(at_, at - at_)) : Lines{};
  // What closes a cell lines further down and is followed by more text is another cell's opening quote.
  if (lines.ended > 0) {
    const auto behind = text_.find_first_not_of(" \t", at);
    closed = behind == std::string_view::npos || text_[behind] == delimiter_ || is_line_end(text_[behind]) ||
             text_.substr(at, 1) == std::string_view(&delimiter_, 1);
  }
  if (!closed) {
    issue(column, "a quote is opened here and never closed; the line is read as it stands");
    ++at_;
    return read_plain(cell, column + 1);
  }
  const auto end = cell_end_from(at);
  cell.append(text_.substr(at, end - at));  // a stray text behind the quotes is kept
  const auto begin = lines.ended > 0 ? at_ + lines.last_begin : at_;
  at_ = end;
  line_ += lines.ended;
  return (lines.ended > 0 ? 1 : column) + characters(text_.substr(begin, end - begin));
}

void CsvReader::issue(int column, std::string message) {
  if (issues_.size() > issues_max) return;
  if (issues_.size() == issues_max) message = "there are more such places, which are not listed";
  issues_.push_back({"", line_, column, std::move(message)});
}

char delimiter_of(std::string_view text) {
  char best = ',';
  std::size_t most = 0;
  for (const char candidate : {',', ';', '\t'}) {
    CsvReader reader(text.substr(0, 100'000), candidate);
    CsvReader::Record record;
    if (reader.next(record) && record.cells.size() > most) best = candidate, most = record.cells.size();
  }
  return best;
}

std::optional<Sheet> Sheet::find(std::string_view text, const std::vector<std::string>& signature) {
  constexpr int records_searched = 20;
  std::vector<std::vector<std::string>> wanted;
  for (const auto& names : signature) wanted.push_back(alternatives(names));
  for (const char delimiter : {',', ';', '\t'}) {
    CsvReader reader(text, delimiter);
    CsvReader::Record record;
    for (int i = 0; i < records_searched && reader.next(record); ++i) {
      if (record.cells.size() < wanted.size()) continue;
      std::vector<std::string> header;
      for (const auto& cell : record.cells) header.push_back(trimmed_lower(cell));
      const auto in_header = [&](const std::string& name) {
        return std::find(header.begin(), header.end(), name) != header.end();
      };
      const auto any_in_header = [&](const auto& names) { return std::any_of(names.begin(), names.end(), in_header); };
      if (std::all_of(wanted.begin(), wanted.end(), any_in_header)) return Sheet(reader, std::move(header));
    }
  }
  return std::nullopt;
}

bool Sheet::next() {
  while (reader_.next(record_)) {
    if (std::any_of(record_.cells.begin(), record_.cells.end(),
                    [](const auto& cell) { return !trimmed(cell).empty(); }))
      return true;
  }
  return false;
}

int Sheet::line() const {
  return record_.line;
}

int Sheet::index_of(std::string_view column) const {
  if (const auto known = places_.find(column); known != places_.end()) return known->second;
  int place = -1;
  for (const auto& name : alternatives(column)) {
    const auto found = std::find(header_.begin(), header_.end(), name);
    if (found == header_.end()) continue;
    place = static_cast<int>(found - header_.begin());
    break;
  }
  places_.emplace(column, place);
  return place;
}

std::string_view Sheet::operator[](std::string_view column) const {
  const int place = index_of(column);
  if (place < 0 || static_cast<std::size_t>(place) >= record_.cells.size()) return {};
  return trimmed(record_.cells[static_cast<std::size_t>(place)]);
}

int Sheet::column(std::string_view name) const {
  const int place = index_of(name);
  return place < 0 || static_cast<std::size_t>(place) >= record_.columns.size()
             ? 0
             : record_.columns[static_cast<std::size_t>(place)];
}

bool Sheet::has(std::string_view column) const {
  return index_of(column) >= 0;
}
const std::vector<std::string>& Sheet::header() const {
  return header_;
}
const CsvReader::Record& Sheet::record() const {
  return record_;
}
const std::vector<Issue>& Sheet::issues() const {
  return reader_.issues();
}

}  // namespace ties::importers
