#include "importers/csv.h"

#include "crm/text/text.h"

#include <algorithm>

namespace ties::importers {
namespace {

std::size_t characters(std::string_view bytes) {
  return static_cast<std::size_t>(std::count_if(bytes.begin(), bytes.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool every_other_is_zero(std::string_view bytes, std::size_t from) {
  const auto seen = std::min<std::size_t>(bytes.size(), 512);
  if (seen < 4) return false;
  std::size_t zeros = 0, places = 0;
  for (std::size_t i = from; i < seen; i += 2, ++places) zeros += bytes[i] == '\0' ? 1 : 0;
  return zeros * 10 >= places * 7;
}

std::string trimmed_lower(std::string_view text) { return text::lower(text::clean_line(text)); }

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

}  // namespace

Decoded decode(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (bytes.starts_with("\xFF\xFE")) return {text::to_utf8(bytes.substr(2), "UTF-16LE"), "UTF-16LE"};
  if (bytes.starts_with("\xFE\xFF")) return {text::to_utf8(bytes.substr(2), "UTF-16BE"), "UTF-16BE"};
  if (every_other_is_zero(bytes, 1)) return {text::to_utf8(bytes, "UTF-16LE"), "UTF-16LE"};
  if (every_other_is_zero(bytes, 0)) return {text::to_utf8(bytes, "UTF-16BE"), "UTF-16BE"};
  if (text::is_utf8(bytes)) return {std::string(bytes), "UTF-8"};
  return {text::to_utf8(bytes, "windows-1252"), "windows-1252"};
}

bool CsvReader::next(Record& record) {
  const auto at_line_end = [&] { return at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r'); };
  const auto pass_line_end = [&] {
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    ++at_;
    ++line_;
  };
  while (at_line_end()) pass_line_end();
  record.cells.clear();
  record.columns.clear();
  if (at_ >= text_.size()) return false;

  record.line = line_;
  std::size_t counted_to = at_;  // columns are counted on from cell to cell, as a line may hold millions
  int column = 1;
  const auto cell_end = [&] {
    const auto is_end = [&](char c) { return c == delimiter_ || c == '\n' || c == '\r'; };
    const auto from = text_.begin() + static_cast<std::ptrdiff_t>(at_);
    return static_cast<std::size_t>(std::find_if(from, text_.end(), is_end) - text_.begin());
  };
  while (true) {
    column += static_cast<int>(characters(text_.substr(counted_to, at_ - counted_to)));
    counted_to = at_;
    record.columns.push_back(column);
    std::string cell;
    if (at_ < text_.size() && text_[at_] == '"') {
      const auto opened_at = at_;
      const int opened_line = line_;
      std::size_t from = ++at_;
      bool closed = false;
      while (at_ < text_.size()) {
        const auto quote = text_.find('"', at_);
        if (quote == std::string_view::npos) break;
        if (quote + 1 < text_.size() && text_[quote + 1] == '"') {
          cell.append(text_.substr(from, quote + 1 - from));
          at_ = from = quote + 2;
          continue;
        }
        cell.append(text_.substr(from, quote - from));
        at_ = quote + 1;
        closed = true;
        break;
      }
      if (closed) {
        for (std::size_t i = opened_at; i < at_; ++i) {  // lines within the quotes
          if (text_[i] == '\n' || (text_[i] == '\r' && (i + 1 >= text_.size() || text_[i + 1] != '\n'))) ++line_, counted_to = i + 1, column = 1;
        }
        const auto end = cell_end();
        cell.append(text_.substr(at_, end - at_));  // a stray text behind the quotes is kept
        at_ = end;
      } else {  // never closed: this line as it stands, and on with the next
        at_ = opened_at;
        line_ = opened_line;
        issues_.push_back({"", line_, record.columns.back(), "a quote is opened here and never closed; the line is read as it stands"});
        const auto end = std::min(text_.find_first_of("\r\n", at_), text_.size());
        cell = text_.substr(at_ + 1, end - at_ - 1);
        at_ = end;
      }
    } else {
      const auto end = cell_end();
      cell = text_.substr(at_, end - at_);
      at_ = end;
    }
    record.cells.push_back(std::move(cell));
    if (at_ >= text_.size()) return true;
    if (text_[at_] == delimiter_) {
      ++at_;
      continue;
    }
    pass_line_end();
    return true;
  }
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
  for (const char delimiter : {',', ';', '\t'}) {
    CsvReader reader(text, delimiter);
    CsvReader::Record record;
    for (int i = 0; i < records_searched && reader.next(record); ++i) {
      std::vector<std::string> header;
      for (const auto& cell : record.cells) header.push_back(trimmed_lower(cell));
      const bool all = std::all_of(signature.begin(), signature.end(), [&](const auto& names) {
        const auto wanted = alternatives(names);
        return std::any_of(wanted.begin(), wanted.end(), [&](const auto& name) { return std::find(header.begin(), header.end(), name) != header.end(); });
      });
      if (all) return Sheet(reader, std::move(header));
    }
  }
  return std::nullopt;
}

bool Sheet::next() {
  while (reader_.next(record_)) {
    if (std::any_of(record_.cells.begin(), record_.cells.end(), [](const auto& cell) { return !trimmed(cell).empty(); })) return true;
  }
  return false;
}

int Sheet::line() const { return record_.line; }

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
  return place < 0 || static_cast<std::size_t>(place) >= record_.columns.size() ? 0 : record_.columns[static_cast<std::size_t>(place)];
}

bool Sheet::has(std::string_view column) const { return index_of(column) >= 0; }
const std::vector<std::string>& Sheet::header() const { return header_; }
const CsvReader::Record& Sheet::record() const { return record_; }
const std::vector<Issue>& Sheet::issues() const { return reader_.issues(); }

}  // namespace ties::importers
