#include "crm/service/pipeline_file.h"

#include "crm/domain/errors.h"
#include "crm/text/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace ties {

using wire::Json;

std::string read_text_file(const std::string& path, std::size_t bytes_max, std::istream* input) {
  const bool piped = path.empty() || path == "-";
  if (piped && input == nullptr) throw Wrong("name a file to read");
  std::ifstream file;
  if (!piped) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) throw NotFound(fmt::format("{}: there is no such file", path));
    file.open(path, std::ios::binary);
    if (!file) throw NotFound(fmt::format("{}: it cannot be read; check its permissions", path));
  }
  std::istream& in = piped ? *input : file;
  std::string bytes;
  char buffer[65536];
  while (in.read(buffer, sizeof buffer), in.gcount() > 0) {
    bytes.append(buffer, static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > bytes_max) throw Wrong(fmt::format("{}: it is larger than {} MB", piped ? "standard input" : path, bytes_max / 1'000'000));
  }
  return bytes;
}

Json to_json(const PipelinePlan& plan) {
  Json stages = Json::array();
  for (const auto& stage : plan.stages) {
    Json json{{"key", stage.key}, {"name", stage.name}, {"kind", word(stage.kind)}};
    if (stage.patience_days) json["patience_days"] = *stage.patience_days;
    if (!stage.checklist.empty()) json["checklist"] = stage.checklist;
    if (!stage.next.empty()) json["next"] = stage.next;
    stages.push_back(std::move(json));
  }
  return {{"key", plan.pipeline.key}, {"name", plan.pipeline.name}, {"stages", stages}};
}

Json pipeline_schema() {
  const Json texts{{"type", "array"}, {"items", {{"type", "string"}}}};
  const Json key{{"type", "string"}, {"pattern", "^[a-z0-9]+(-[a-z0-9]+)*$"}};
  const Json name{{"type", "string"}, {"minLength", 1}};
  Json kinds = Json::array();
  for (const auto kind : words<StageKind>()) kinds.push_back(kind);
  const Json stage{{"type", "object"},
                   {"required", {"key", "name", "kind"}},
                   {"additionalProperties", false},
                   {"properties",
                    {{"key", key}, {"name", name}, {"kind", {{"enum", kinds}}}, {"patience_days", {{"type", "integer"}, {"minimum", 1}}}, {"checklist", texts}, {"next", texts}}}};
  return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
          {"title", "A pipeline of Ties"},
          {"type", "object"},
          {"required", {"key", "name", "stages"}},
          {"additionalProperties", false},
          {"properties", {{"key", key}, {"name", name}, {"stages", {{"type", "array"}, {"minItems", 1}, {"items", stage}}}}}};
}

PipelinePlan read_pipeline_file(const std::string& path, std::istream* input) {
  const auto parsed = Json::parse(read_text_file(path, 1'000'000, input), nullptr, false);
  std::vector<std::string> wrong;
  const auto text_of = [&](const Json& json, const char* key) -> std::string {
    if (json.is_object() && json.contains(key) && json[key].is_string()) return text::clean_line(json[key].get<std::string>());
    wrong.push_back(fmt::format("'{}' is missing, or is no text", key));
    return {};
  };
  const auto texts_of = [&](const Json& json, const char* key) {
    std::vector<std::string> texts;
    if (!json.is_object() || !json.contains(key)) return texts;
    const bool all_texts = json[key].is_array() && std::all_of(json[key].begin(), json[key].end(), [](const Json& item) { return item.is_string(); });
    if (!all_texts) {
      wrong.push_back(fmt::format("'{}' is no list of texts", key));
      return texts;
    }
    for (const auto& item : json[key]) texts.push_back(text::clean_line(item.get<std::string>()));
    return texts;
  };
  const auto refuse_others = [&](const Json& json, const std::vector<std::string>& known) {
    if (!json.is_object()) return;
    for (const auto& [key, value] : json.items()) {
      if (std::find(known.begin(), known.end(), key) != known.end()) continue;
      wrong.push_back(fmt::format("'{}' is no field of it{}; there are {}", key, did_you_mean(key, known), fmt::join(known, ", ")));
    }
  };
  if (parsed.is_discarded() || !parsed.is_object()) throw Wrong(fmt::format("{}: this is no JSON object; `ties pipeline export` shows how it looks", path));
  PipelinePlan plan;
  refuse_others(parsed, {"key", "name", "stages"});
  plan.pipeline.key = text_of(parsed, "key");
  plan.pipeline.name = text_of(parsed, "name");
  if (!parsed.contains("stages") || !parsed["stages"].is_array()) throw Wrong(fmt::format("{}: 'stages' is missing, or is no list", path));
  for (const auto& json : parsed["stages"]) {
    Stage stage;
    refuse_others(json, {"key", "name", "kind", "patience_days", "checklist", "next"});
    stage.key = text_of(json, "key");
    stage.name = text_of(json, "name");
    const auto kind = text_of(json, "kind");
    if (const auto known = from_word<StageKind>(kind)) {
      stage.kind = *known;
    } else {
      wrong.push_back(fmt::format("'{}' is no kind of stage; there are {}", kind, fmt::join(words<StageKind>(), ", ")));
    }
    if (json.is_object() && json.contains("patience_days")) {
      const auto& days = json["patience_days"];
      if (days.is_number_integer() && days.get<std::int64_t>() > 0 && days.get<std::int64_t>() < 10'000) {
        stage.patience_days = days.get<int>();
      } else {
        wrong.push_back(fmt::format("{}: patience_days is no whole number above zero", stage.name));
      }
    }
    stage.checklist = texts_of(json, "checklist");
    stage.next = texts_of(json, "next");
    stage.position = static_cast<int>(plan.stages.size());
    plan.stages.push_back(std::move(stage));
  }
  for (auto& fault : faults(plan)) wrong.push_back(std::move(fault));
  if (!wrong.empty()) throw Wrong(fmt::format("{}: {}", path, fmt::join(wrong, "; ")));
  return plan;
}

}  // namespace ties
