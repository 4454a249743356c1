#pragma once
#include "importers/importer.h"

namespace ties::importers {

/// Contributions on GitHub, public or of a company's own server, in any mixture of
/// - `gh search prs|issues --json …` and `gh pr list --json …`: a list, with whatever fields were asked for;
/// - `gh api search/issues`: pages of items, also many pages one after the other;
/// - events of a person or a repository (`gh api users/LOGIN/events/public --paginate`);
/// - the account archive, whose files refer to each other by address.
///
/// What the user opened, reviewed and released becomes contributions; those who reviewed, merged or answered become
/// their people, by login, and so does the author of what the user reviewed, as one who answered. Who the user is, is
/// told by `options.my_github`, else by the archive, else by a list whose rows all have the same author. Private work,
/// work of others and bots are counted as skipped.
extern const Importer github;

}  // namespace ties::importers
