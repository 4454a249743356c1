#include "crm/http/intake.h"

#include <algorithm>

#include "crm/text/text.h"

namespace ties::http {
namespace {

constexpr std::size_t framing_bytes_max = 8'192;
constexpr int chunk_digits_max = 7;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_visible(char c) {
  return c > ' ' && c < '\x7f';
}

bool is_of_token(char c) {
  return is_visible(c) && std::string_view("\"(),/:;<=>?@[\\]{}").find(c) == std::string_view::npos;
}

bool is_of_value(char c) {
  return c == '\t' || c == ' ' || is_visible(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool is_same(std::string_view text, std::string_view lower_case) {
  return std::equal(text.begin(), text.end(), lower_case.begin(), lower_case.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::optional<std::size_t> BodyScan::feed(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size() && !is_whole()) {
    if (!is_chunked_ || (at_ == At::data && left_ > 0)) {
      const auto part =
          static_cast<std::size_t>(std::min<std::int64_t>(left_, static_cast<std::int64_t>(bytes.size() - at)));
      left_ -= static_cast<std::int64_t>(part);
      at += part;
      if (is_chunked_ && left_ == 0) at_ = At::data_cr;
    } else if (!step(bytes[at++])) {
      return std::nullopt;
    }
  }
  return at;
}

/// One byte of what lies around the chunks; false when it may not stand there.
bool BodyScan::step(char c) {
  switch (at_) {
    case At::size:
      left_ = hex_value(c), digits_ = 1, framing_bytes_ = 0;
      at_ = At::size_more;
      return left_ >= 0;
    case At::size_more:
      if (const int digit = hex_value(c); digit >= 0) {
        left_ = left_ * 16 + digit;
        return ++digits_ <= chunk_digits_max;
      }
      at_ = c == '\r' ? At::size_end : At::extension;
      return c == '\r' || c == ';';
    case At::extension:
      if (c == '\r') at_ = At::size_end;
      return c == '\r' || (is_of_value(c) && ++framing_bytes_ <= 256);
    case At::size_end:
      at_ = left_ > 0 ? At::data : At::trailer, framing_bytes_ = 0;
      return c == '\n';
    case At::data:
    case At::data_cr:
      at_ = At::data_lf;
      return c == '\r';
    case At::data_lf:
      at_ = At::size;
      return c == '\n';
    case At::trailer:
      at_ = c == '\r' ? At::end_lf : At::trailer_more;
      return c == '\r' || is_of_token(c);
    case At::trailer_more:
      if (c == '\r') at_ = At::trailer_lf;
      return c == '\r' || (is_of_value(c) && ++framing_bytes_ <= framing_bytes_max);
    case At::trailer_lf:
      at_ = At::trailer;
      return c == '\n';
    case At::end_lf:
      at_ = At::end;
      return c == '\n';
    case At::end:
      return false;
  }
  return false;
}

Intake::Verdict Intake::refused(std::string_view problem) {
  problem_ = problem;
  return Verdict::refused;
}

Intake::Verdict Intake::look(std::string_view bytes) {
  if (!problem_.empty()) return Verdict::refused;
  while (part_ != Part::body) {
    const auto end = bytes.find('\n', scanned_);
    if (end == std::string_view::npos) {
      const auto fresh = bytes.substr(scanned_);
      scanned_ = bytes.size();
      const auto is_of_line = [](char c) { return is_visible(c) || c == ' ' || c == '\r'; };
      if (part_ == Part::line && !std::all_of(fresh.begin(), fresh.end(), is_of_line)) return refused("malformed");
      if (part_ == Part::line && bytes.size() - line_ > limits_->target_bytes_max + 64) return refused("uri-too-long");
      return bytes.size() > limits_->head_bytes_max ? refused("headers-too-large") : Verdict::more;
    }
    scanned_ = end + 1;
    auto line = bytes.substr(line_, end - line_);
    if (!line.ends_with('\r')) return refused("malformed");
    line.remove_suffix(1);
    const bool is_leading_blank = part_ == Part::line && line.empty() && line_ == 0;
    line_ = end + 1;
    if (is_leading_blank) {
      begin_ = line_;
      continue;
    }
    if (part_ == Part::headers && line.empty()) {
      if (const auto fault = fault_of_head(); !fault.empty()) return refused(fault);
      part_ = Part::body;
      body_ = body();
    } else {
      const auto fault = part_ == Part::line ? fault_of_line(line) : fault_of_header(line);
      if (!fault.empty()) return refused(fault);
      if (line_ > limits_->head_bytes_max) return refused("headers-too-large");
      part_ = Part::headers;
    }
  }
  return look_at_body(bytes);
}

Intake::Verdict Intake::look_at_body(std::string_view bytes) {
  size_ = line_;
  if (length_.value_or(0) > static_cast<std::int64_t>(limits_->body_bytes_max)) return Verdict::stream;
  const auto part = body_.feed(bytes.substr(scanned_));
  if (!part) return refused("malformed");
  scanned_ += *part;
  if (body_.is_whole()) {
    size_ = scanned_;
    return Verdict::whole;
  }
  return is_chunked_ && scanned_ - line_ > limits_->body_bytes_max ? Verdict::stream : Verdict::more;
}

std::string_view Intake::fault_of_line(std::string_view line) {
  const auto first = line.find(' '), last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return "malformed";
  const auto method = line.substr(0, first), target = line.substr(first + 1, last - first - 1),
             version = line.substr(last + 1);
  if (method.empty() || method.size() > 32 || !std::all_of(method.begin(), method.end(), is_of_token))
    return "malformed";
  if (target.size() > limits_->target_bytes_max) return "uri-too-long";
  if (target.empty() || !std::all_of(target.begin(), target.end(), is_visible)) return "malformed";
  is_old_ = version == "HTTP/1.0";
  return is_old_ || version == "HTTP/1.1" ? "" : "malformed";
}

std::string_view Intake::fault_of_header(std::string_view line) {
  if (++headers_ > limits_->headers_max || line.size() > limits_->header_bytes_max) return "headers-too-large";
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return "malformed";
  const auto name = line.substr(0, colon), value = trimmed(line.substr(colon + 1));
  if (name.empty() || name.size() > 250 || !std::all_of(name.begin(), name.end(), is_of_token)) return "malformed";
  if (!std::all_of(value.begin(), value.end(), is_of_value) || !text::is_utf8(value)) return "malformed";
  if (is_same(name, "host")) {
    ++hosts_;
  } else if (is_same(name, "content-length")) {
    const bool is_number = !value.empty() && value.size() <= 18 && std::all_of(value.begin(), value.end(), is_digit);
    if (length_ || !is_number) return "malformed";
    std::int64_t length = 0;
    for (const char c : value) length = length * 10 + (c - '0');
    length_ = length;
  } else if (is_same(name, "transfer-encoding")) {
    if (is_chunked_ || !is_same(value, "chunked")) return "malformed";
    is_chunked_ = true;
  } else if (is_same(name, "expect")) {
    expects_continue_ = is_same(value, "100-continue");
  }
  return "";
}

std::string_view Intake::fault_of_head() const {
  if (hosts_ > 1 || (hosts_ == 0 && !is_old_)) return "malformed";
  if (is_chunked_ && (length_ || is_old_)) return "malformed";
  return length_.value_or(0) > limits_->upload_bytes_max ? "too-large" : "";
}

}  // namespace ties::http
