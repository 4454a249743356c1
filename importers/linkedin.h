#pragma once
#include "importers/importer.h"

namespace ties::importers {

/// LinkedIn's "Get a copy of your data", of every era since the address-book export of 2010: single files, folders and
/// archives, recognised by their headers. See samples/linkedin-eras for one of each.
extern const Importer linkedin;

}  // namespace ties::importers
