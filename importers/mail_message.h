#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "crm/domain/date.h"

/// What a mail says, decoded: mail_message.cpp alone knows GMime. See mail.h for what others may use.
namespace ties::importers::mail_parts {

struct Address {
  std::string name{};    ///< of a person, given name first; empty: none but the address
  std::string shown{};   ///< as written
  std::string email{};   ///< normalised
  bool through_group{};  ///< "Ada via Group": the address is the group's
};

/// A header block, in place: nothing is copied or decoded before it is asked for. Of headers that are longer than 64 kB
/// the rest is left out, and so is what stands behind the first 2,000.
class Headers {
 public:
  explicit Headers(std::string_view block);

  bool has(std::string_view name) const;
  /// The first header of that name as it is written, of all its lines, without blanks around it.
  std::string_view raw(std::string_view name) const;
  /// The same decoded (RFC 2047, and bytes of no stated charset), clean, on one line.
  std::string text(std::string_view name, std::size_t bytes_max = 2'000) const;
  /// The people in all headers of that name, 1,000 at most; what is no address is left out.
  std::vector<Address> addresses(std::string_view name) const;
  /// Message-IDs as written, without their brackets.
  std::vector<std::string> ids(std::string_view name) const;
  /// When it was sent: the Date header, else the topmost Received; nothing when neither tells a day between 1980 and
  /// the second day after `today`.
  std::optional<Moment> moment(Date today) const;

 private:
  struct Header {
    std::string_view name{}, value{};
  };
  std::vector<Header> headers_{};
};

/// A day and time as mails write them, also badly: "Mon, 3 Mar 2025 10:11:12 +0100 (CET)", "3 Mar 25 10:11 EST",
/// "Mon Mar  3 10:11:12 2025", "2025-03-03T10:11:12Z". In UTC where a zone is told that is known, else wall time
/// without one.
std::optional<Moment> mail_moment(std::string_view text);

/// What its writer wrote: the first part that is plain text, else HTML as text; without quoted mails and signature,
/// clean, at most 10,000 bytes. `whole` is the mail with its headers, of which the first 4 MB are looked at.
std::string own_words(std::string_view whole);

}  // namespace ties::importers::mail_parts
