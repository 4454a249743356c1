#pragma once
#include <map>

#include "crm/domain/id.h"
#include "crm/domain/overlap.h"
#include "crm/store/database.h"

namespace ties {

struct Contact;

/// Where contacts worked and studied, and when, by contact.
using Tenures = std::map<Id<Contact>, std::vector<Tenure>>;

/// A list of numbers as one value, for `json_each`.
std::string as_json(const std::vector<Id<Contact>>& contacts);

std::vector<Tenure> tenures_of_user(Database& database);
Tenures tenures_of(Database& database, const std::vector<Id<Contact>>& contacts);
/// Of everybody who was at a company or school where the user was, their time there.
Tenures tenures_where_user_was(Database& database);

}  // namespace ties
