#pragma once
#include "importers/importer.h"

namespace ties::importers {

/// Mail: mailboxes (mbox of every flavour, as Google Takeout, Thunderbird and Apple Mail write them) and single mails
/// (EML, Apple's .emlx, the files of a Maildir), alone or many in a folder. Each mail between the user and at most
/// eight others becomes an interaction; what robots, lists and calendars send is counted and left out, but for what job
/// sites and applicant-tracking systems tell, which becomes a notice.
///
/// Reads headers only, unless `Options::bodies` asks for more. Holds one mail at a time, and eight bytes of each that
/// it has seen, so that a mailbox may be larger than memory. The source key of a mail comes of its Message-ID and of
/// the first mail that it refers to, which are the same in every mailbox and export.
extern const Importer mail;

}  // namespace ties::importers
