#pragma once
#include "crm/service/verb.h"
#include "reports/render/render.h"

namespace ties::cli {

/// An answer's data as a document: a list becomes the table that the verb shows, a record its fields and a table for each
/// list in it. For people, columns in which nobody has anything are left out; programs get them all.
reports::Document document_of(const Verb& verb, const Json& data, bool for_people);

/// What goes to standard output.
std::string printed(const Verb& verb, const Answer& answer, const std::string& format, const reports::TextStyle& style, const std::string& stamp, bool quiet);

}  // namespace ties::cli
