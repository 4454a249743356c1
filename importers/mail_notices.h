#pragma once
#include <optional>

#include "importers/importer.h"
#include "importers/mail_message.h"

namespace ties::importers::mail_parts {

/// What a mail of an applicant-tracking system, or of an employer's own, says by its sender and subject: who referred
/// the user, that an application arrived, an interview, a rejection or an offer. Nothing where that is not certain, as
/// of "Update on your application", or where no company is named. `on`, the key and the place are left to the caller.
std::optional<FoundNotice> notice_of(const Address& from, std::string_view subject);

}  // namespace ties::importers::mail_parts
