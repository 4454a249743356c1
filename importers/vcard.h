#pragma once
#include "importers/importer.h"

namespace ties::importers {

/// Contact cards, vCard 2.1 to 4.0, as address books and phones write them; recognised by a line BEGIN:VCARD. A card is
/// a person, also one that names an organisation or an address alone; one that names nobody is counted and skipped. A
/// card of a group gives its name as a tag to its members in the same source.
///
/// What has no field is an extra: a property by its head in vCard 3.0 ("RELATED;TYPE=friend", "item1.X-ABLabel") with
/// its value as written there, so that both joined by ":" are the property again. ADR is an extra as well as the
/// location. A picture within the card has one form, "PHOTO;ENCODING=b;TYPE=JPEG". Of plain names are "BDAY" with a
/// date (1980-03-22, 1980-03, 1980, --03-22), "Name Prefix" ("Dr."), "Department" of the first company (its parts
/// between
/// ";"), and what Ties itself wrote for an extra that is no property. A value of more than 64,000 bytes is left out and
/// counted in an issue.
extern const Importer vcard;

}  // namespace ties::importers
