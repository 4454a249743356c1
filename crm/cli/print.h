#pragma once
#include "crm/service/verb.h"
#include "reports/render/render.h"

namespace ties::cli {

/// How an answer is to be printed.
struct Printing {
  std::string format{"text"};  ///< one of reports::formats()
  reports::TextStyle style{};
  std::string stamp{};  ///< of calendars: "20260301T080000Z"
  bool quiet{};         ///< results only
  bool asked{};         ///< something was asked for: an empty list means that nothing matches
};

/// An answer's data as a document: a list becomes the table that the verb shows, a record its fields and a table for
/// each list in it. For people, columns in which nobody has anything are left out; programs get them all.
reports::Document document_of(const Verb& verb, const Json& data, bool for_people);

/// What was done, and what is worth knowing, a line each.
std::string said_and_remarks(const Answer& answer);

/// What goes to standard output.
std::string printed(const Verb& verb, const Answer& answer, const Printing& printing);

}  // namespace ties::cli
