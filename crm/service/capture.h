#pragma once
#include "crm/domain/capture.h"
#include "crm/service/verb.h"

/// What quick capture understood of a line, held against what the file knows.
namespace ties {

/// {"line", "verb", "note", "chips": [{"what", "text", "value", "begin", "end", "begin_utf16", "end_utf16", "state",
/// "label", "id", "candidates": [{"id", "name", "company"}]}]}. Places are in bytes, and in UTF-16 units for pages.
/// state: known; new (it would be made); ambiguous (one of the candidates, and it must be said which); missing (nobody
/// and nothing is called so). A "#word" that names an event is one.
Json understood(Crm& crm, const Captured& captured, const std::string& line);

}  // namespace ties
