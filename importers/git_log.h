#pragma once
#include "importers/importer.h"

namespace ties::importers {

/// Commits out of git, in any of these forms, of which a file may hold but one:
///
///   git log --format=%x1e%H%x1f%an%x1f%ae%x1f%aI%x1f%s[%x1f%cn%x1f%ce[%x1f%b]]
///   git log                     as it comes, also with --format=fuller, --stat or -p
///   git shortlog -sne
///
/// Lines of `git config --list` before the log tell the repository (remote.origin.url) and the user (user.email), and
/// so does a local repository, given as a folder. A mailmap beside the log is followed.
///
/// Commits that the user wrote, alone or with others, become one contribution for each repository and month; see
/// CommitMonths. Trailers (Co-authored-by, Reviewed-by, Acked-by, Tested-by, …) and committers become its people.
/// Merges, bots and commits of others are counted as skipped.
extern const Importer git_log;

}  // namespace ties::importers
