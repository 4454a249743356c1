#pragma once
#include "importers/importer.h"

namespace ties::importers {

/// Monica's export of a whole account as JSON (4.x): contacts with their addresses, tags and how they were met; calls,
/// conversations and activities as interactions; notes, debts, relationships, gifts and tasks as notes; reminders, pets
/// and what else there is as extras. https://github.com/monicahq/monica, app/ExportResources
extern const Importer monica;

}  // namespace ties::importers
