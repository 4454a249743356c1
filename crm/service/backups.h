#pragma once
#include "crm/service/verb.h"

namespace ties {

/// Makes a backup when the last one is as old as the setting `backup.every_days` says, and removes the oldest beyond
/// `backup.keep`. Returns its name; none when it is not time.
std::optional<std::string> back_up_if_due(Crm& crm);

}  // namespace ties
