#pragma once
#include <memory>
#include <nlohmann/json_fwd.hpp>

#include "importers/importer.h"

namespace ties::importers {

/// A value out of a stranger's JSON. What is not there, or of another kind than was asked for, answers as empty; a view
/// is good until the reader's next entry.
class JsonValue {
 public:
  JsonValue() = default;
  explicit JsonValue(const nlohmann::json& value) : value_(&value) {}

  JsonValue operator[](std::string_view key) const;  ///< a member of an object
  std::vector<JsonValue> items() const;              ///< the elements of an array
  std::string text() const;                          ///< a string's, as written
  std::optional<std::int64_t> number() const;
  bool is_true() const;
  bool has(std::string_view key) const;  ///< also when it is null
  bool is_object() const;
  explicit operator bool() const;  ///< there, and not null

 private:
  const nlohmann::json* value_{};
};

/// Reads JSON entry by entry, so that a file costs no more than its largest entry, a broken entry is one issue with its
/// place, and a file that was cut short keeps what was whole. Entries are the elements of an array, also of arrays in
/// it, and otherwise whole documents, of which any number may follow each other. An object with an array called `list`
/// is an envelope: it comes first, without that array, and then the array's elements.
///
/// Left out as issues: entries of more than 8 MB, or nested more than 100 deep; all beyond the first 2 million.
class JsonReader {
 public:
  explicit JsonReader(std::string_view text, std::string_view list = "");
  ~JsonReader();
  JsonReader(const JsonReader&) = delete;
  JsonReader& operator=(const JsonReader&) = delete;

  bool next();  ///< false at the end
  JsonValue value() const;
  int line() const { return line_; }
  int column() const { return column_; }

  /// Without the file's name; of the entries read so far.
  const std::vector<Issue>& issues() const { return issues_; }

 private:
  struct Span {
    std::size_t begin{}, end{};
    const char* fault{};                 ///< why it is not to be read; null: it is
    std::size_t cut_begin{}, cut_end{};  ///< an envelope's list, which is left out
  };

  void split();
  std::size_t split_value(std::size_t at, int level);
  std::size_t split_array(std::size_t at, int level);
  std::size_t split_envelope(std::size_t at, int level);
  std::size_t end_of_value(std::size_t at, const char*& fault) const;
  std::size_t end_of_string(std::size_t at) const;
  std::size_t past_blanks(std::size_t at) const;
  bool add(Span span);
  void go_to(std::size_t at);
  void issue(std::string message);

  std::string_view text_;
  std::string_view list_;
  std::vector<Span> spans_{};
  std::size_t next_{};
  std::unique_ptr<nlohmann::json> value_;
  std::vector<Issue> issues_{};
  std::size_t at_{};
  int line_{1}, column_{1};
};

/// Whether the first sign of a file is that of an object or an array.
bool begins_as_json(const SourceFile& file);

/// The first entry that is an object, out of as much of a file as is looked at to recognise it; calls `look` with it.
/// False when the file does not begin as JSON or holds no such entry.
bool look_at_first_entry(const SourceFile& file, std::string_view list, const std::function<void(JsonValue)>& look);

}  // namespace ties::importers
