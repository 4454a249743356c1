#include "crm/http/examples.h"

#include <algorithm>

namespace ties::http {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

/// What a text of that name may say; others are empty.
constexpr std::pair<std::string_view, std::string_view> texts_by_name[]{
    {"name", "Ada Lovelace"},
    {"display", "Ada Lovelace"},
    {"given", "Ada"},
    {"family", "Lovelace"},
    {"contact", "Ada Lovelace"},
    {"with", "Ada Lovelace"},
    {"people", "Ada Lovelace (reviewed)"},
    {"referrer", "Grace Hopper"},
    {"also", "Ада Лавлейс"},
    {"headline", "compilers"},
    {"title", "Staff Engineer"},
    {"role", "Staff Engineer"},
    {"company", "Acme"},
    {"aliases", "acme.example (domain)"},
    {"application", "Staff Engineer at Acme"},
    {"pipeline", "Referral"},
    {"stage", "Applied"},
    {"stages", "Applied"},
    {"stage_name", "Applied"},
    {"key", "applied"},
    {"event", "PyCon 26"},
    {"met_event", "PyCon 26"},
    {"tags", "compilers"},
    {"tie", "good (54 of 100)"},
    {"value", "ada@acme.example"},
    {"link", "https://acme.example/jobs/7"},
    {"location", "https://files.example/cv.pdf"},
    {"repository", "acme/lexer"},
    {"text", "works on compilers"},
    {"about", "works on compilers"},
    {"what", "contact"},
    {"noun", "contact"},
    {"kind", "coding"},
    {"source", "hand"},
    {"door", "http"},
    {"said", "done"},
    {"file", "Connections.csv"},
    {"recognised", "LinkedIn connections"},
    {"says", "Grace Hopper referred you to Staff Engineer at Acme"},
    {"field", "headline"},
    {"school", "Fjordheim University"},
};

/// The words of a command, up to where its output goes elsewhere; quotes as in a shell.
std::vector<std::string> words_of(std::string_view command) {
  std::vector<std::string> words;
  char quote = 0;
  bool within = false;
  for (const char c : command) {
    if (quote == 0 && c == '>' && !within) break;
    if (quote == 0 && c == ' ') {
      within = false;
    } else if (c == quote) {
      quote = 0;
    } else {
      if (!within) words.emplace_back();
      within = true;
      if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else {
        words.back() += c;
      }
    }
  }
  return words;
}

const Arg* arg_called(const Verb& verb, std::string_view name) {
  const auto found = std::find_if(verb.args.begin(), verb.args.end(), [&](const Arg& arg) { return arg.name == name; });
  return found == verb.args.end() ? nullptr : &*found;
}

bool is_many(const Arg& arg) {
  return arg.place == Place::repeated || arg.place == Place::rest;
}

bool is_positional(const Arg& arg) {
  return arg.place != Place::option && arg.place != Place::repeated;
}

Json value_of(const Arg& arg, const std::string& word) {
  switch (arg.kind) {
    case Kind::number:
      return std::stoi(word);
    case Kind::flag:
      return true;
    case Kind::path:
      return "the text of " + word;
    case Kind::place:
      return word.find("://") == std::string::npos ? "https://files.example/" + word : word;
    case Kind::text:
    case Kind::day:
    case Kind::moment:
    case Kind::choice:
      return word;
  }
  return word;
}

}  // namespace

std::string json_name(std::string_view argument) {
  std::string name(argument);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

Json arguments_of_example(const Verb& verb) {
  Json arguments = Json::object();
  const auto give = [&](const Arg& arg, const std::string& word) {
    auto& place = arguments[json_name(arg.name)];
    if (!is_many(arg)) {
      place = value_of(arg, word);
    } else {
      if (place.is_null()) place = Json::array();
      place.push_back(value_of(arg, word));
    }
  };
  std::vector<const Arg*> positions;
  for (const auto& arg : verb.args) {
    if (is_positional(arg)) positions.push_back(&arg);
  }
  const auto words = words_of(verb.example);
  const auto begin = 2 + std::count(verb.name.begin(), verb.name.end(), ' ');
  std::size_t position = 0;
  for (auto i = static_cast<std::size_t>(begin); i < words.size(); ++i) {
    if (words[i].starts_with("--")) {
      const auto* arg = arg_called(verb, words[i].substr(2));
      const bool takes_value = arg != nullptr ? arg->kind != Kind::flag : words[i] != "--yes";
      if (takes_value && ++i == words.size()) break;
      if (arg != nullptr) give(*arg, words[i]);
    } else if (position < positions.size()) {
      give(*positions[position], words[i]);
      if (!is_many(*positions[position])) ++position;
    }
  }
  return arguments;
}

Json example_of(const Json& schema, std::string_view name, const Json& schemas) {
  if (schema.contains("$ref")) {
    const auto reference = schema["$ref"].get<std::string>();
    return example_of(schemas.at(reference.substr(reference.rfind('/') + 1)), name, schemas);
  }
  if (schema.contains("examples")) return schema["examples"].front();
  if (schema.contains("anyOf")) return example_of(schema["anyOf"].front(), name, schemas);
  if (schema.contains("oneOf")) return example_of(schema["oneOf"].front(), name, schemas);
  if (schema.contains("enum")) return schema["enum"].front();
  if (schema.contains("const")) return schema["const"];
  if (!schema.contains("type")) return "…";
  const auto& types = schema["type"];
  const auto type = types.is_array() ? types.front().get<std::string>() : types.get<std::string>();
  if (type == "object") {
    Json object = Json::object();
    if (schema.contains("properties")) {
      for (const auto& [key, property] : schema["properties"].items()) object[key] = example_of(property, key, schemas);
    }
    return object;
  }
  if (type == "array") return schema.contains("items") ? Json::array({example_of(schema["items"], name, schemas)}) : Json::array();
  if (type == "integer") return 1;
  if (type == "boolean") return false;
  if (type == "null") return nullptr;
  const auto format = schema.value("format", "");
  if (format == "date") return "2026-03-04";
  if (format == "date-time") return "2026-03-04T08:00:00Z";
  const auto* said = std::find_if(std::begin(texts_by_name), std::end(texts_by_name),
                                  [&](const auto& pair) { return pair.first == name; });
  return said == std::end(texts_by_name) ? Json("") : Json(said->second);
}

}  // namespace ties::http
