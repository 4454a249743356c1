#pragma once
#include "importers/importer.h"

namespace ties::importers {

/// Notes of a conference, as text or Markdown: one person a line or a paragraph.
///
///   Ada Lovelace (Acme): compilers; promised the slides by Friday
///   - Grace Hopper, Admiral @ Navy Labs: likes nanoseconds #navy grace@navy.example
///   # An event (Oslo, 3-5 March 2026)
///   ## Linus Example (Kernel House)
///   What we talked about, in any number of lines.
///
/// A line in which no person is named is an issue with its place, counted and skipped, and never made into a person.
extern const Importer notes;

/// The same of one text, whose people were met at `event` (a heading in the text names another). The day is
/// `options.today`.
Batch read_notes(std::string_view text, const std::string& file, const std::string& event, const Options& options);

}  // namespace ties::importers
