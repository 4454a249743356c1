#include "importers/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "importers/csv.h"

namespace ties::importers {
namespace {

constexpr std::size_t entry_bytes_max = 8'000'000;
constexpr std::size_t entries_max = 2'000'000;
constexpr std::size_t issues_max = 1'000;
constexpr int depth_max = 100;
constexpr int array_levels_max = 3;  ///< an array of pages of entries, and one more
constexpr auto nowhere = std::string_view::npos;

constexpr auto cut_short = "the file ends within this entry; what came before it was read; get the file again";
constexpr auto too_deep = "nested more than 100 deep, as nothing known is; skipped";
constexpr auto too_large = "larger than 8 MB, as nothing known is; skipped";
constexpr auto no_separator = "a ',' or the end of the list is missing here; what follows was not read";
constexpr auto no_value = "a value is missing here; what follows was not read";
constexpr auto too_many = "more than 2,000,000 entries; what follows was not read";

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\x1e';  // the last begins a record of JSON sequences
}

}  // namespace

JsonValue JsonValue::operator[](std::string_view key) const {
  if (value_ == nullptr || !value_->is_object()) return {};
  const auto found = value_->find(key);
  return found == value_->end() ? JsonValue() : JsonValue(*found);
}

std::vector<JsonValue> JsonValue::items() const {
  std::vector<JsonValue> items;
  if (value_ != nullptr && value_->is_array()) {
    for (const auto& item : *value_) items.emplace_back(item);
  }
  return items;
}

std::string JsonValue::text() const {
  return value_ != nullptr && value_->is_string() ? value_->get<std::string>() : std::string();
}

std::optional<std::int64_t> JsonValue::number() const {
  if (value_ == nullptr || !value_->is_number_integer()) return std::nullopt;
  if (value_->is_number_unsigned() && value_->get<std::uint64_t>() > INT64_MAX) return std::nullopt;
  return value_->get<std::int64_t>();
}

bool JsonValue::is_true() const {
  return value_ != nullptr && value_->is_boolean() && value_->get<bool>();
}

bool JsonValue::has(std::string_view key) const {
  return value_ != nullptr && value_->is_object() && value_->contains(key);
}

bool JsonValue::is_object() const {
  return value_ != nullptr && value_->is_object();
}

JsonValue::operator bool() const {
  return value_ != nullptr && !value_->is_null();
}

JsonReader::JsonReader(std::string_view text, std::string_view list)
    : text_(text), list_(list), value_(std::make_unique<nlohmann::json>()) {
  split();
}

JsonReader::~JsonReader() = default;

JsonValue JsonReader::value() const {
  return JsonValue(*value_);
}

bool JsonReader::next() {
  while (next_ < spans_.size()) {
    const auto span = spans_[next_++];
    go_to(span.begin);
    if (span.fault != nullptr) {
      issue(span.fault);
      continue;
    }
    const auto body = text_.substr(span.begin, span.end - span.begin);
    try {
      if (span.cut_begin == 0) {
        *value_ = nlohmann::json::parse(body);
      } else {
        const auto before = text_.substr(span.begin, span.cut_begin - span.begin);
        *value_ =
            nlohmann::json::parse(fmt::format("{}[]{}", before, text_.substr(span.cut_end, span.end - span.cut_end)));
      }
      return true;
    } catch (const nlohmann::json::parse_error& error) {
      const auto line = line_, column = column_;
      const auto at = at_;
      if (span.cut_begin == 0) go_to(span.begin + std::min(error.byte == 0 ? 0 : error.byte - 1, body.size()));
      issue("this is not valid JSON; the entry was skipped");
      line_ = line, column_ = column, at_ = at;
    } catch (const nlohmann::json::exception&) {  // a number that no type holds
      issue("this is not valid JSON; the entry was skipped");
    }
  }
  return false;
}

void JsonReader::issue(std::string message) {
  if (issues_.size() < issues_max) issues_.push_back({"", line_, column_, std::move(message)});
}

void JsonReader::go_to(std::size_t at) {
  for (; at_ < at && at_ < text_.size(); ++at_) {
    if (text_[at_] == '\n') {
      ++line_;
      column_ = 1;
    } else if ((static_cast<unsigned char>(text_[at_]) & 0xC0) != 0x80) {
      ++column_;
    }
  }
}

void JsonReader::split() {
  for (auto at = past_blanks(0); at < text_.size(); at = past_blanks(at)) {
    at = split_value(at, 0);
    if (at == nowhere) return;
  }
}

bool JsonReader::add(Span span) {
  if (spans_.size() == entries_max) span.fault = too_many, span.cut_begin = 0;
  if (spans_.size() <= entries_max) spans_.push_back(span);
  return spans_.size() <= entries_max;
}

/// Notes the entries of the value that begins here. Where it ends; nowhere when nothing can be read behind it.
std::size_t JsonReader::split_value(std::size_t at, int level) {
  if (text_[at] == '[' && level < array_levels_max) return split_array(at, level);
  if (text_[at] == '{' && !list_.empty() && level < array_levels_max) return split_envelope(at, level);
  const char* fault = nullptr;
  const auto end = end_of_value(at, fault);
  if (end == at) fault = no_value;
  if (end != nowhere && end - at > entry_bytes_max) fault = too_large;
  if (!add({at, end == nowhere ? text_.size() : end, fault}) || end == at) return nowhere;
  return end;
}

std::size_t JsonReader::split_array(std::size_t at, int level) {
  const auto begin = at;
  at = past_blanks(at + 1);
  if (at < text_.size() && text_[at] == ']') return at + 1;
  while (at < text_.size()) {
    at = split_value(at, level + 1);
    if (at == nowhere) return nowhere;
    at = past_blanks(at);
    if (at >= text_.size()) break;
    if (text_[at] == ']') return at + 1;
    if (text_[at] != ',') {
      add({at, at, no_separator});
      return nowhere;
    }
    at = past_blanks(at + 1);
  }
  add({spans_.empty() ? begin : text_.size(), text_.size(), cut_short});
  return nowhere;
}

/// An object, which may be the envelope of a list: noted before the list's elements.
std::size_t JsonReader::split_envelope(std::size_t at, int level) {
  const auto begin = at;
  const char* fault = nullptr;
  Span envelope{begin, begin, nullptr};
  bool is_whole = false;
  at = past_blanks(at + 1);
  while (at < text_.size() && text_[at] == '"') {
    const auto key_begin = at;
    at = end_of_string(at);
    if (at == nowhere) break;
    const auto key = text_.substr(key_begin + 1, at - key_begin - 2);
    at = past_blanks(at);
    if (at >= text_.size() || text_[at] != ':') break;
    at = past_blanks(at + 1);
    if (at >= text_.size()) break;
    const auto value_begin = at;
    at = end_of_value(at, fault);
    if (key == list_ && text_[value_begin] == '[') envelope.cut_begin = value_begin, envelope.cut_end = at;
    if (at == nowhere) break;
    at = past_blanks(at);
    if (at < text_.size() && text_[at] == ',') {
      at = past_blanks(at + 1);
    } else {
      is_whole = at < text_.size() && text_[at] == '}';
      break;
    }
  }
  if (envelope.cut_begin == 0) {  // no envelope but an entry
    fault = nullptr;
    const auto end = end_of_value(begin, fault);
    if (end != nowhere && end - begin > entry_bytes_max) fault = too_large;
    return add({begin, end == nowhere ? text_.size() : end, fault}) ? end : nowhere;
  }
  const auto elements_end = envelope.cut_end;
  envelope.end = is_whole ? at + 1 : begin;
  const auto around = envelope.end - begin - (is_whole ? elements_end - envelope.cut_begin : 0);
  if (is_whole && around <= entry_bytes_max) add(envelope);
  const auto after_elements = split_array(envelope.cut_begin, level);
  if (after_elements == nowhere) return nowhere;
  if (is_whole) return envelope.end;
  add({after_elements, text_.size(), cut_short});
  return nowhere;
}

std::size_t JsonReader::end_of_string(std::size_t at) const {
  for (++at; at < text_.size(); ++at) {
    if (text_[at] == '\\') {
      ++at;
    } else if (text_[at] == '"') {
      return at + 1;
    }
  }
  return nowhere;
}

/// Where a value ends by its brackets and quotes; whether it is valid is for the parser to say.
std::size_t JsonReader::end_of_value(std::size_t at, const char*& fault) const {
  int depth = 0;
  while (at < text_.size()) {
    const char c = text_[at];
    if (c == '"') {
      at = end_of_string(at);
      if (at == nowhere) break;
      if (depth == 0) return at;
    } else if (c == '{' || c == '[') {
      if (++depth > depth_max) fault = too_deep;
      ++at;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return at;
      ++at;
      if (--depth == 0) return at;
    } else if (depth == 0 && (c == ',' || c == ':' || is_blank(c))) {
      return at;
    } else {
      ++at;
    }
  }
  if (depth == 0 && at != nowhere) return text_.size();  // a bare word at the end
  fault = cut_short;
  return nowhere;
}

std::size_t JsonReader::past_blanks(std::size_t at) const {
  while (at < text_.size() && is_blank(text_[at])) ++at;
  return at;
}

bool begins_as_json(const SourceFile& file) {
  const auto text = decode(std::string_view(file.bytes).substr(0, 1'000)).text;
  const auto begin = text.find_first_not_of(" \t\r\n\x1e");
  return begin != std::string::npos && (text[begin] == '[' || text[begin] == '{');
}

bool look_at_first_entry(const SourceFile& file, std::string_view list, const std::function<void(JsonValue)>& look) {
  constexpr std::size_t bytes_looked_at = 1'000'000;
  if (!begins_as_json(file)) return false;
  const auto text = decode(std::string_view(file.bytes).substr(0, bytes_looked_at)).text;
  JsonReader reader(text, list);
  if (!reader.next()) return false;
  look(reader.value());
  return reader.value().is_object();
}

}  // namespace ties::importers
