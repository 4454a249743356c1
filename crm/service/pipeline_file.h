#pragma once
#include "crm/domain/pipeline.h"
#include "crm/wire/json.h"

/// A pipeline as a file: {"key", "name", "stages": [{"key", "name", "kind", "patience_days"?, "checklist"?, "next"?}]}.
namespace ties {

wire::Json to_json(const PipelinePlan& plan);
/// The JSON Schema (2020-12) of such files.
wire::Json pipeline_schema();
/// Reads a file, or standard input for "-". Throws Wrong that names every fault.
PipelinePlan read_pipeline_file(const std::string& path);
/// Standard input for "-" or an empty path, else the file, up to `bytes_max`. Throws NotFound or Wrong.
std::string read_text_file(const std::string& path, std::size_t bytes_max);

}  // namespace ties
