#pragma once
#include "crm/service/verb.h"

/// Examples for the contract, made of what the verb table and the schemas say already.
namespace ties::http {

/// An argument's name in JSON and in queries: "met-at" → "met_at".
std::string json_name(std::string_view argument);

/// The arguments of a verb's example command, as JSON gives them: numbers, booleans, lists of texts. A path becomes the
/// text that the file would hold, a file to refer to becomes a link.
Json arguments_of_example(const Verb& verb);

/// A value that fits the schema and looks like what its name says. `schemas`: what references resolve to.
Json example_of(const Json& schema, std::string_view name, const Json& schemas);

}  // namespace ties::http
