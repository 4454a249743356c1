#pragma once
#include "importers/importer.h"

namespace ties::importers {

/// Reads iCalendar files (RFC 5545) of every producer, as meetings: each turn of a series by itself. See
/// Batch::meetings. Two passes over the bytes: the first notes where each event stands, the second reads the versions
/// of one event after the other, so that a calendar may be larger than memory.
extern const Importer icalendar;

}  // namespace ties::importers
