#pragma once
#include "crm/domain/date.h"
#include "crm/domain/id.h"
#include "crm/domain/words.h"
#include "crm/store/database.h"

/// How a record's fields become a row's columns, and back. A column that holds what no such field can is a damaged file.
namespace ties::rows {

inline void bind(SQLite::Statement& s, int at, const std::string& value) { s.bind(at, value); }
inline void bind(SQLite::Statement& s, int at, const char* value) { s.bind(at, value); }
inline void bind(SQLite::Statement& s, int at, std::string_view value) { s.bind(at, std::string(value)); }
inline void bind(SQLite::Statement& s, int at, bool value) { s.bind(at, value ? 1 : 0); }
inline void bind(SQLite::Statement& s, int at, int value) { s.bind(at, value); }
inline void bind(SQLite::Statement& s, int at, std::int64_t value) { s.bind(at, value); }
inline void bind(SQLite::Statement& s, int at, Date value) { s.bind(at, to_text(value)); }
inline void bind(SQLite::Statement& s, int at, const Moment& value) { s.bind(at, to_text(value)); }
template <class R>
void bind(SQLite::Statement& s, int at, Id<R> value) {
  s.bind(at, value.value);
}
template <Worded E>
void bind(SQLite::Statement& s, int at, E value) {
  s.bind(at, std::string(word(value)));
}
inline void bind(SQLite::Statement& s, int at, const std::vector<std::string>& lines) {
  std::string joined;
  for (const auto& line : lines) joined += (joined.empty() ? "" : "\n") + line;
  s.bind(at, joined);
}
template <class T>
void bind(SQLite::Statement& s, int at, const std::optional<T>& value) {
  if (value) {
    bind(s, at, *value);
  } else {
    s.bind(at);
  }
}

[[noreturn]] inline void damaged(const SQLite::Column& column) {
  throw StoreError(StoreError::Kind::damaged, std::string("the file holds a ") + column.getName() + " that Ties never writes; `ties check` tells more");
}

inline void read(const SQLite::Column& c, std::string& out) { out = c.getString(); }
inline void read(const SQLite::Column& c, bool& out) { out = c.getInt() != 0; }
inline void read(const SQLite::Column& c, int& out) { out = c.getInt(); }
inline void read(const SQLite::Column& c, std::int64_t& out) { out = c.getInt64(); }
inline void read(const SQLite::Column& c, Date& out) {
  const auto day = date_from_text(c.getText());
  if (!day) damaged(c);
  out = *day;
}
inline void read(const SQLite::Column& c, Moment& out) {
  auto moment = moment_from_text(c.getText());
  if (!moment) damaged(c);
  out = *std::move(moment);
}
template <class R>
void read(const SQLite::Column& c, Id<R>& out) {
  out = {c.getInt64()};
}
template <Worded E>
void read(const SQLite::Column& c, E& out) {
  const auto value = from_word<E>(c.getText());
  if (!value) damaged(c);
  out = *value;
}
inline void read(const SQLite::Column& c, std::vector<std::string>& out) {
  out.clear();
  const std::string joined = c.getString();
  for (std::size_t at = 0; at < joined.size();) {
    const auto end = std::min(joined.find('\n', at), joined.size());
    out.push_back(joined.substr(at, end - at));
    at = end + 1;
  }
}
template <class T>
void read(const SQLite::Column& c, std::optional<T>& out) {
  if (c.isNull()) {
    out.reset();
  } else {
    read(c, out.emplace());
  }
}

/// `"id","given",…` with every name behind `prefix` ("c." for an alias).
template <class R>
std::string columns(std::string_view prefix = "") {
  std::string list = std::string(prefix) + "\"id\"";
  R empty{};
  R::fields(empty, [&](std::string_view name, auto&) { list += ",", list += prefix, list += '"', list += name, list += '"'; });
  return list;
}

/// A record out of the columns that `columns` lists, from column `at` on; `at` then names the column after them.
template <class R>
R record(SQLite::Statement& row, int& at) {
  R result{};
  read(row.getColumn(at++), result.id);
  R::fields(result, [&](std::string_view, auto& field) { read(row.getColumn(at++), field); });
  return result;
}
template <class R>
R record(SQLite::Statement& row) {
  int at = 0;
  return record<R>(row, at);
}

template <class... Values>
void bind_all(SQLite::Statement& s, const Values&... values) {
  int at = 0;
  (bind(s, ++at, values), ...);
}

}  // namespace ties::rows
