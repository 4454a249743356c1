#pragma once
#include "importers/importer.h"

namespace ties::importers {

/// Notes of a conference, as text or Markdown: one person a line or a paragraph.
///
///   Ada Lovelace (Acme): compilers; promised the slides by Friday
///   - Grace Hopper, Admiral @ Navy Labs: likes nanoseconds #navy grace@navy.example
///   * Linus Example <linus@kernel.example> - wants a review
///   @Zoë likes caches
///   # An event (Oslo, 3-5 March 2026)
///   ## Linus Example (Kernel House)
///   What we talked about, in any number of lines, also
///   > quoted ones.
///
/// What is indented goes on about the last person, and so does the rest of a paragraph that begins with the only person
/// whom it names. Elsewhere a line in which no person is named is an issue with its place, counted and skipped, and
/// never made into a person; of such issues the first 1,000 are kept. The same notes read again carry the same source
/// keys.
extern const Importer conference_notes;

/// The same of one text, whose people were met at `event` (a heading in the text names another). The day is
/// `options.today`, or the first of the event that a heading names.
Batch read_notes(std::string_view text, const std::string& file, const std::string& event, const Options& options);

}  // namespace ties::importers
