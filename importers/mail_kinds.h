#pragma once
#include <string_view>

#include "importers/mail_box.h"
#include "importers/mail_message.h"

/// Which mails are between people, as tables of what tells that they are not; see mail.h for what others may use.
namespace ties::importers::mail_parts {

/// Where a mail was kept: "sent" makes it the user's own, the others leave it out.
struct Folder {
  std::string_view left_out{};  ///< "spam", "trash", "draft", "chat", "promotion"; empty: it is read
  bool sent{};
};

/// Told by Gmail's labels, the flags of Thunderbird, Apple Mail, Maildir and mbox, and by the names of the file and the
/// folder that it is in ("Trash", "Sent.mbox/mbox").
Folder folder_of(const Headers& headers, const RawMail& mail, std::string_view file);

/// An address that no person reads or writes from: "no-reply@…", "notifications@…", a robot's host.
bool is_robot(std::string_view email);

/// Why a mail is not one between people, by its headers: "mailing list", "automatic", "delivery report", "calendar";
/// empty: it may be one. What the user sent is asked `sent_by_me`: only lists and calendars are left out of it.
std::string_view not_between_people(const Headers& headers, std::string_view from, std::string_view subject,
                                    bool sent_by_me);

}  // namespace ties::importers::mail_parts
