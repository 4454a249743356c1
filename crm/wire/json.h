#pragma once
#include "crm/domain/date.h"
#include "crm/domain/id.h"
#include "crm/domain/words.h"

#include <nlohmann/json.hpp>

/// The one JSON form of every record: its fields by their names, with `id` first; dates and moments as ISO texts, words
/// as words, references as numbers, what is not known as null.
namespace ties::wire {

using Json = nlohmann::ordered_json;

inline Json value(const std::string& text) { return text; }
inline Json value(bool yes) { return yes; }
inline Json value(int number) { return number; }
inline Json value(std::int64_t number) { return number; }
inline Json value(Date day) { return to_text(day); }
inline Json value(const Moment& moment) { return to_text(moment); }
inline Json value(const std::vector<std::string>& lines) { return lines; }
template <class R>
Json value(Id<R> id) {
  return id.value;
}
template <Worded E>
Json value(E word_of) {
  return std::string(word(word_of));
}
template <class T>
Json value(const std::optional<T>& perhaps) {
  return perhaps ? value(*perhaps) : Json(nullptr);
}

/// Fields that only serve the store's look-ups are left out.
template <class R>
Json record(const R& r) {
  Json json{{"id", r.id.value}};
  R::fields(r, [&](std::string_view name, const auto& field) {
    if (name != "folded") json[std::string(name)] = value(field);
  });
  return json;
}

}  // namespace ties::wire
