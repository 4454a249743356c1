#pragma once
#include <cstddef>
#include <string_view>

/// Where mails begin and end; see mail.h for what others may use.
namespace ties::importers::mail_parts {

enum class MailForm {
  none,
  mbox,   ///< many, each behind a line "From sender day"
  one,    ///< EML
  apple,  ///< .emlx: the number of the mail's bytes on a line of its own, the mail, a property list
};

/// Judged by the content: a separator with headers behind it, or a header block with at least two of the fields that
/// every mail has. A patch that git wrote in the form of a mail is none.
MailForm form_of(std::string_view bytes);

/// One mail as it stands in its file.
struct RawMail {
  std::string_view headers{};  ///< at most 256 kB
  std::string_view body{};
  std::string_view whole{};    ///< both, with what is between them
  std::string_view trailer{};  ///< Apple's property list
  int line{};                  ///< on which it begins, from 1
  std::size_t end{};           ///< where it ends in the file
};

/// The mails of a file, one after the other, found by a scan that copies nothing.
///
/// In a mailbox a mail ends before a line "From " that has the shape of a separator (a day or time, or nothing at all
/// behind a blank line) and is followed by headers; anything else is part of a body that was not quoted. Content-Length
/// is believed only where it leads to such a line or to the end of the file.
class MailBox {
 public:
  MailBox(std::string_view bytes, MailForm form);
  bool next(RawMail& mail);

 private:
  bool next_of_many(RawMail& mail);
  bool the_only_one(RawMail& mail);

  std::string_view bytes_;
  MailForm form_;
  std::size_t at_{};
  std::size_t line_{1};
};

/// Equal but for the case of ASCII letters.
bool same_word(std::string_view a, std::string_view b);
/// "Name: value" begins `line`: the name; empty for any other line.
std::string_view header_name(std::string_view line);

}  // namespace ties::importers::mail_parts
