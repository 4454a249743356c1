#pragma once
#include "crm/domain/pipeline.h"
#include "crm/wire/json.h"

#include <iosfwd>

/// A pipeline as a file: {"key", "name", "stages": [{"key", "name", "kind", "patience_days"?, "checklist"?, "next"?}]}.
namespace ties {

wire::Json to_json(const PipelinePlan& plan);
/// The JSON Schema (2020-12) of such files.
wire::Json pipeline_schema();
/// Reads a file, or `input` for "-". Throws Wrong that names every fault.
PipelinePlan read_pipeline_file(const std::string& path, std::istream* input);
/// All of `input` for "-" or an empty path, else the file, up to `bytes_max`. Throws NotFound or Wrong.
std::string read_text_file(const std::string& path, std::size_t bytes_max, std::istream* input);

}  // namespace ties
