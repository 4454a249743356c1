#pragma once
#include "crm/http/endpoint.h"
#include "crm/service/command.h"

/// The contract with everything that calls the service: made from the verb table, the shapes and the table of problems.
namespace ties::http {

/// The OpenAPI 3.1 document: an operation for every route of a verb, and for every endpoint that describes itself.
wire::Json openapi(const std::vector<Endpoint>& endpoints);

/// The document for people, as one page without style or script of its own.
std::string reference_page(const wire::Json& document);

/// The scope that a caller needs for a verb. What a verb that else only reads writes is the file's own business
/// (settings, repairs) and needs admin.
std::string_view scope_needed(const Verb& verb, bool by_writing_route);

/// Whether the verb makes a record, and is answered with 201 and its place.
bool is_made_by(const Verb& verb);

/// `ties openapi`: prints the document.
Command openapi_command();

}  // namespace ties::http
