#pragma once
#include <optional>
#include <string_view>

#include "crm/http/limits.h"

/// How much of a request has come, judged while its bytes arrive; without sockets. Stricter than the standard asks for:
/// what two readers may understand in two ways is refused.
namespace ties::http {

/// Finds where a body ends.
class BodyScan {
 public:
  BodyScan() = default;
  /// Of that many bytes; nothing: in chunks.
  explicit BodyScan(std::optional<std::int64_t> length) : is_chunked_(!length), left_(length.value_or(0)) {}

  /// How many of these bytes, which follow what was fed before, are of the body: all, unless it ends within them.
  /// Nothing when the chunks are malformed.
  std::optional<std::size_t> feed(std::string_view bytes);
  bool is_whole() const { return is_chunked_ ? at_ == At::end : left_ == 0; }

 private:
  enum class At {
    size,
    size_more,
    extension,
    size_end,
    data,
    data_cr,
    data_lf,
    trailer,
    trailer_more,
    trailer_lf,
    end_lf,
    end
  };
  bool step(char c);

  bool is_chunked_{};
  std::int64_t left_{};  ///< of the body, or of the chunk
  At at_{At::size};
  int digits_{};
  std::size_t framing_bytes_{};  ///< of one extension, or of all trailers
};

/// One request after the other on a connection.
class Intake {
 public:
  enum class Verdict {
    more,     ///< it is not whole yet
    whole,    ///< `size` bytes of head and body
    stream,   ///< `size` bytes of head; the body is too large to be held
    refused,  ///< `problem` says why
  };

  explicit Intake(const Limits& limits) : limits_(&limits) {}

  /// Judges all bytes of the request so far; what was judged before is not looked at again.
  Verdict look(std::string_view bytes);
  /// The next request.
  void restart() { *this = Intake(*limits_); }

  std::size_t begin() const { return begin_; }  ///< of the request: behind a blank line, when there is one
  std::size_t size() const { return size_; }
  std::string_view problem() const { return problem_; }  ///< a row of `problem_types`
  bool is_in_body() const { return part_ == Part::body; }
  bool expects_continue() const { return expects_continue_; }
  /// Finds the end of the body of what is streamed.
  BodyScan body() const { return BodyScan(is_chunked_ ? std::nullopt : std::optional(length_.value_or(0))); }

 private:
  enum class Part { line, headers, body };
  Verdict refused(std::string_view problem);
  std::string_view fault_of_line(std::string_view line);
  std::string_view fault_of_header(std::string_view line);
  std::string_view fault_of_head() const;
  Verdict look_at_body(std::string_view bytes);

  const Limits* limits_;
  Part part_{Part::line};
  std::size_t line_{};     ///< where the line begins that is not whole yet
  std::size_t scanned_{};  ///< up to where there is no line end behind it, or of the body
  std::size_t begin_{}, size_{};
  std::string_view problem_{};
  int headers_{}, hosts_{};
  bool is_old_{};  ///< HTTP/1.0
  bool is_chunked_{}, expects_continue_{};
  std::optional<std::int64_t> length_{};
  BodyScan body_{};
};

}  // namespace ties::http
