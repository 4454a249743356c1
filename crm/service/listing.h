#pragma once
#include "crm/service/verb.h"

/// Pages of lists: their order, which part is wanted, and how the next part is asked for.
namespace ties {

/// The last row of a page, from which the next one goes on. As a text it is opaque, and fit for an address.
struct Cursor {
  std::string sort{};    ///< of the page
  Json value{};          ///< by what the row was placed; as the list that made the cursor has it
  Json row{};            ///< which row it was: its number, or what else names it
  std::int64_t place{};  ///< how many rows came up to it
};
std::string to_text(const Cursor& cursor);
/// What `Page::after` says, none when it says nothing. Throws Wrong for a text that is no cursor, or one of a list in
/// another order than the page is to have.
std::optional<Cursor> cursor_of(const Page& page);

/// Whether each word of a query stands within one of the texts, as a part, blind to case and accents.
bool is_found(const std::string& query, const std::vector<std::string>& texts);

/// What is said of a text that is no cursor of the list.
Wrong no_cursor();

/// Sorts the rows, cuts the page out of them and leaves only the fields that are asked for; sets `total` and `next`.
/// A verb that has set `total` has done the first two itself. Sorted rows keep their order where they are equal,
/// numbers go by their size, and those without a value come last either way. Throws Wrong for a field that the rows do
/// not have.
void turn_to_page(Answer& answer, const Page& page);

/// The number by which a cursor names the row. Throws Wrong where it does not.
std::int64_t number_of_row(const Cursor& cursor);

}  // namespace ties
