#pragma once
#include "crm/service/verb.h"

/// How the data of every answer looks: the names that `Verb::gives` uses, and what is behind them.
namespace ties {

struct Shape {
  std::string_view name;   ///< "ContactLine"
  std::string_view about;  ///< one sentence
  Json schema;             ///< JSON Schema 2020-12; other shapes are referred to as "#/components/schemas/NAME"
};

/// Every shape, by topic. Objects have all their properties always, and no others.
const std::vector<Shape>& shapes();

/// The schema of what `gives` says: "Contact" is a shape, "[ContactLine]" a list of them; empty: null.
Json schema_of_data(std::string_view gives);

/// The shape's name in `gives`: "ContactLine" of "[ContactLine]".
std::string_view shape_named_in(std::string_view gives);

/// A reference to a shape.
Json ref_to(std::string_view shape);

}  // namespace ties
