#pragma once
#include "reports/document.h"

namespace ties::reports {

/// Every table of a document, those of lanes and behind charts too, in their order.
std::vector<const Table*> tables_of(const Document& document);

/// The columns, by their place, that a reader of one kind is given.
std::vector<std::size_t> columns_for_people(const Table& table);
std::vector<std::size_t> columns_for_programs(const Table& table);

/// A row's cell under a column; an empty one where the row is short.
const Cell& cell_at(const std::vector<Cell>& row, std::size_t column);

/// Whether the column holds commands, to be copied as they stand.
bool is_command(const Column& column);
bool has_commands(const Table& table);

/// Whether people are shown nothing of it: no rows, and nothing to say about that.
bool is_silent(const Table& table);

/// "last_contact" → "last contact"
std::string with_blanks(std::string key);

}  // namespace ties::reports
