#include "importers/table_cells.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "crm/text/text.h"

namespace ties::importers {
namespace {

constexpr std::size_t values_max = 200;
constexpr std::size_t value_bytes_max = 2'000;
constexpr std::size_t json_bytes_max = 100'000;

std::string trimmed(std::string_view text) {
  return text::clean_line(text, value_bytes_max);
}

/// The text that stands for an object in a cell.
std::string text_of(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_integer()) return std::to_string(value.get<std::int64_t>());
  if (!value.is_object()) return "";
  const auto member = [&](const char* name) {
    const auto found = value.find(name);
    return found != value.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  if (const auto number = member("number"); !number.empty()) return member("callingCode") + number;
  for (const auto* name : {"url", "value", "email", "name", "label"}) {
    if (auto found = member(name); !found.empty()) return found;
  }
  return "";
}

/// The values of a JSON array; nothing when the cell is none. Arrays in arrays are not followed.
std::vector<std::string> json_values(std::string_view cell) {
  if (!cell.starts_with('[') || !cell.ends_with(']') || cell.size() > json_bytes_max) return {};
  constexpr int depth_max = 4;
  const auto shallow = [](int depth, nlohmann::json::parse_event_t, nlohmann::json&) { return depth <= depth_max; };
  const auto array = nlohmann::json::parse(cell, shallow, false);
  std::vector<std::string> values;
  if (!array.is_array()) return values;
  for (const auto& value : array) {
    if (auto text = trimmed(text_of(value)); !text.empty() && values.size() < values_max)
      values.push_back(std::move(text));
  }
  return values;
}

std::vector<std::string> parts_of(std::string_view text, std::string_view marks) {
  std::vector<std::string> parts;
  while (!text.empty() && parts.size() < values_max) {
    const auto end = std::min(text.find_first_of(marks), text.size());
    if (auto part = trimmed(text.substr(0, end)); !part.empty()) parts.push_back(std::move(part));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

bool has_two_words(const std::string& text) {
  return text.find(' ') != std::string::npos;
}

bool is_address_mark(char c) {
  return c == ' ' || c == '<' || c == '>' || c == '(' || c == ')' || c == ',' || c == '[' || c == ']' || c == '\'' ||
         c == '"';
}

/// Takes the word that holds `mark` out of the text, with the brackets around it.
std::string take_word(std::string& text, std::string_view mark) {
  const auto at = text.find(mark);
  if (at == std::string::npos) return "";
  auto begin = at, end = at;
  while (begin > 0 && !is_address_mark(text[begin - 1])) --begin;
  while (end < text.size() && !is_address_mark(text[end])) ++end;
  auto word = text.substr(begin, end - begin);
  if (begin > 0 && (text[begin - 1] == '<' || text[begin - 1] == '(' || text[begin - 1] == '[')) --begin;
  if (end < text.size() && (text[end] == '>' || text[end] == ')' || text[end] == ']')) ++end;
  text.replace(begin, end - begin, " ");
  return word;
}

NamedPerson person_of(std::string text) {
  NamedPerson person;
  person.linkedin = take_word(text, "linkedin.com/");
  person.email = take_word(text, "@");
  if (person.email.starts_with("mailto:")) person.email.erase(0, 7);
  text = trimmed(text);
  constexpr std::string_view edges = " -:,|";
  const auto begin = text.find_first_not_of(edges);
  if (begin != std::string::npos) person.name = text.substr(begin, text.find_last_not_of(edges) - begin + 1);
  return person;
}

}  // namespace

Linked linked(std::string_view cell) {
  const auto text = trimmed(cell);
  if (text.starts_with('[') && text.ends_with(')')) {
    if (const auto middle = text.find("]("); middle != std::string::npos) {
      return {trimmed(std::string_view(text).substr(1, middle - 1)), text.substr(middle + 2, text.size() - middle - 3)};
    }
  }
  const auto open = text.rfind(" (http");
  if (open != std::string::npos && open > 0 && text.ends_with(')')) {
    return {text.substr(0, open), text.substr(open + 2, text.size() - open - 3)};
  }
  return {text, ""};
}

std::vector<std::string> values_of(std::string_view cell, std::string_view marks) {
  if (auto values = json_values(cell); !values.empty()) return values;
  std::string text(cell.substr(0, json_bytes_max));
  for (auto at = text.find(" ::: "); at != std::string::npos; at = text.find(" ::: ", at)) text.replace(at, 5, "\n");
  return parts_of(text, std::string(marks) + "\n\r");
}

std::vector<NamedPerson> people_of(std::string_view cell) {
  auto values = values_of(cell, ";|");
  std::vector<NamedPerson> people;
  for (const auto& value : values) {
    auto parts = parts_of(value, ",");
    const bool several = parts.size() > 1 && std::all_of(parts.begin(), parts.end(), has_two_words);
    if (!several) parts = {value};
    for (const auto& part : parts) {
      const auto one = linked(part);
      const bool is_profile = one.address.find("linkedin.com/in/") != std::string::npos;
      auto person = person_of(one.name);
      if (is_profile && person.linkedin.empty()) person.linkedin = one.address;
      people.push_back(std::move(person));
      if (people.size() >= values_max) return people;
    }
  }
  return people;
}

}  // namespace ties::importers
