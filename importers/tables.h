#pragma once
#include "importers/importer.h"

namespace ties::importers {

/// Tables of people, of applications or of contributions: delimited text in any encoding, or a table in Markdown. Which
/// columns are what is told by table_mapping.h: by the user's word, by a known program's header (Google, Outlook,
/// Thunderbird, HubSpot, Salesforce, Twenty, JobSync, Huntr, Teal, Reactive Resume, career-ops), or by the words of the
/// header in any of seven languages. What has no field is kept: among a person's extras, in an application's notes.
/// Throws Wrong when the options map a column to a field that there is not.
extern const Importer tables;

/// Whether what is remembered of columns tells of a table with this file's header.
bool remembers_table(const SourceFile& file, const Options& options);

}  // namespace ties::importers
