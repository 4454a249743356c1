#pragma once
#include "crm/service/command.h"

namespace ties::cli {

/// `ties passwd`: sets the password of the service, typed twice unseen, or takes it away.
Command passwd_command();

}  // namespace ties::cli
