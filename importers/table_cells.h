#pragma once
#include <string>
#include <vector>

/// What programs put into one cell.
namespace ties::importers {

/// A name that a program wrote with an address: "Polder Systems (https://www.notion.so/Polder-1f2e)",
/// "[412](reports/412.md)".
struct Linked {
  std::string name{}, address{};
};
Linked linked(std::string_view cell);

/// The values of a cell that holds several: a JSON array (of texts, or of objects with a "url", "number" or "name"),
/// parts between " ::: ", lines, or parts between any of `marks`. Trimmed, without the empty ones, 200 at most.
std::vector<std::string> values_of(std::string_view cell, std::string_view marks);

/// The people whom a cell names: "Ada Lovelace; Grace Hopper <grace@navy.example>". A comma parts them only where each
/// part has more than one word, so that "Lovelace, Ada" stays one.
struct NamedPerson {
  std::string name{}, email{}, linkedin{};  ///< as written; any may be empty
};
std::vector<NamedPerson> people_of(std::string_view cell);

}  // namespace ties::importers
