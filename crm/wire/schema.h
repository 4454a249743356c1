#pragma once
#include "crm/wire/json.h"

/// The JSON Schema (2020-12) of what `wire::value` and `wire::record` make, from the same lists of fields.
namespace ties::wire {

inline Json schema_of(const std::string&) {
  return {{"type", "string"}};
}
inline Json schema_of(bool) {
  return {{"type", "boolean"}};
}
inline Json schema_of(int) {
  return {{"type", "integer"}};
}
inline Json schema_of(std::int64_t) {
  return {{"type", "integer"}};
}
inline Json schema_of(Date) {
  return {{"type", "string"}, {"format", "date"}};
}
inline Json schema_of(const Moment&) {
  return {
      {"type", "string"},
      {"pattern", R"(^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(Z|\[[^\]]+\])?)?$)"},
      {"examples", Json::array({"2026-05-04T14:00:00[Europe/Oslo]"})},
      {"description", "A day, or a day and time: in UTC with a Z, else with its zone in brackets where it is known."}};
}
inline Json schema_of(const std::vector<std::string>&) {
  return {{"type", "array"}, {"items", {{"type", "string"}}}};
}
template <class R>
Json schema_of(Id<R>) {
  return {{"type", "integer"}};
}
template <Worded E>
Json schema_of(E) {
  Json words_of = Json::array();
  for (const auto word_of : words<E>()) words_of.push_back(word_of);
  return {{"type", "string"}, {"enum", std::move(words_of)}};
}

/// Of the same, or null.
inline Json or_null(Json schema) {
  if (!schema["type"].is_array()) schema["type"] = Json::array({schema["type"]});
  schema["type"].push_back("null");
  if (schema.contains("enum")) schema["enum"].push_back(nullptr);
  return schema;
}
template <class T>
Json schema_of(const std::optional<T>&) {
  return or_null(schema_of(T{}));
}

template <class T>
Json schema() {
  return schema_of(T{});
}

/// An object of exactly these properties, each of them always there.
inline Json exactly(Json all) {
  Json required = Json::array();
  for (const auto& [name, schema_of_it] : all.items()) required.push_back(name);
  return {{"type", "object"},
          {"required", std::move(required)},
          {"properties", std::move(all)},
          {"additionalProperties", false}};
}

/// The properties of a record.
template <class R>
Json properties() {
  Json all{{"id", schema<std::int64_t>()}};
  R empty{};
  R::fields(empty, [&](std::string_view name, const auto& field) {
    if (name != "folded") all[std::string(name)] = schema_of(field);
  });
  return all;
}

}  // namespace ties::wire
