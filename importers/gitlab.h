#pragma once
#include "importers/importer.h"

namespace ties::importers {

/// Contributions on GitLab, on gitlab.com or another server, out of answers of its API: events (`/users/LOGIN/events`,
/// `/projects/ID/events`), merge requests and issues (`/merge_requests?scope=created_by_me`), and projects
/// (`/projects?membership=true`).
///
/// Events name their project by number alone. A list of projects, merge requests or issues in the same folder gives it
/// a name, and with it a company; without one the links lead to GitLab's API. See github.h for who the user is and who
/// becomes a contribution's people.
extern const Importer gitlab;

}  // namespace ties::importers
