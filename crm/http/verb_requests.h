#pragma once
#include "crm/http/router.h"

/// Requests as verbs understand them, and their answers as JSON.
namespace ties::http {

/// What a request asks of a verb.
struct Asked {
  Args::Raw raw{};
  std::string text{};            ///< what the argument that is a path at the command line would hold
  std::string format{};          ///< of a report: one of reports::formats(); empty: JSON
  bool dry_run{};
  bool go_on{};
  bool is_patch{};               ///< null clears, and a list is the whole of it
  wire::Json given{};            ///< the body
};

/// Throws Refused: malformed, or wrong-value with the field's name in the API's spelling.
Asked asked_of(const Route& route, const Request& request, const Parts& parts);

/// "met_at" of "met-at", and back.
std::string api_name(std::string_view name);
std::string table_name(std::string_view name);

/// The answer's body: a record as it is, a list with `items`, `total` and `next`, a write with `said`, `change`, `remarks`,
/// `overridden` and `data`.
wire::Json json_of(const Route& route, const Answer& answer);

/// An entity tag of a body, in its quotes.
std::string tag_of(const std::string& body);
/// Whether a list of tags ("*", or some in quotes) holds this one, whatever the coding that was added to it. Weak tags
/// ("W/…") count for If-None-Match, and not for If-Match.
bool holds_tag(const std::string& list, const std::string& tag, bool weak_ones_count);

}  // namespace ties::http
