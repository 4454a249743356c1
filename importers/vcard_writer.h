#pragma once
#include "importers/importer.h"

namespace ties::importers {

/// What a card can hold of a contact.
struct CardContent {
  Contact contact{};  ///< names, headline, location, pronouns, notes and star; the private note is never written
  std::vector<ContactPoint> points{};
  std::vector<Person::Job> jobs{};
  std::vector<std::string> tags{};
  std::vector<Person::Extra> extras{};  ///< as the importer `vcard` gives them, or of any other name
  std::string uid{};
};

enum class CardVersion { v3, v4 };

/// The contact as one card, for address books of every maker: CRLF, lines of 75 bytes at most that cut no character,
/// everything escaped; no field can end a line or the card. Extras that are properties are written back as they were,
/// others in a property of our own. The importer `vcard` reads the same person out of it.
std::string card_text(const CardContent& content, CardVersion version = CardVersion::v3);

}  // namespace ties::importers
