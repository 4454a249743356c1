#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace ties::importers {

/// Bytes that never change and may be more than memory holds: a text, or a file mapped in place. A copy shares them.
class Bytes {
 public:
  Bytes() = default;
  Bytes(std::string text);  // NOLINT(google-explicit-constructor): a text is bytes
  Bytes(const char* text) : Bytes(std::string(text)) {}

  /// Of a file: a large one is mapped, and must not be cut short as long as the bytes are used. Throws
  /// std::system_error.
  static Bytes of_file(const std::filesystem::path& path);
  /// A part of these, of which it keeps hold.
  Bytes from(std::size_t begin) const;

  std::string_view view() const { return view_; }
  operator std::string_view() const { return view_; }  // NOLINT(google-explicit-constructor)
  std::size_t size() const { return view_.size(); }
  bool empty() const { return view_.empty(); }

  /// What lies before `end` is not needed soon: the pages of a mapped file leave memory, to be read again when they are.
  void let_go(std::size_t end) const;

 private:
  friend class BytesWriter;
  static Bytes mapped(int file, std::size_t size);

  std::shared_ptr<const void> owner_{};
  std::string_view view_{};
  bool mapped_{};
};

/// Gathers bytes piece by piece: in memory, and past 32 MB in a temporary file without a name, which is gone with the
/// last copy of what it gave.
class BytesWriter {
 public:
  BytesWriter() = default;
  ~BytesWriter();
  BytesWriter(const BytesWriter&) = delete;
  BytesWriter& operator=(const BytesWriter&) = delete;

  /// Throws std::system_error when the disk for temporary files is full.
  void write(std::string_view piece);
  std::int64_t size() const { return size_; }
  Bytes finish();

 private:
  std::string held_{};
  int file_{-1};
  std::int64_t size_{};
};

}  // namespace ties::importers
