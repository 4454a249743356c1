#include <cstdio>
#include <iostream>
#include <iterator>
#include <string>

#include "importers/vcard.h"
#include "importers/vcard_writer.h"

// Reads cards from standard input and writes each person again, in the version of vCard that is named: for
// vobject_check.py, so that another reader and another writer can judge both ways.
int main(int argc, char** argv) {
  using namespace ties::importers;
  const std::string version = argc == 2 ? argv[1] : "";
  if (version != "3.0" && version != "4.0") {
    std::cerr << "usage: card_echo 3.0|4.0 < cards.vcf\n";
    return 2;
  }
  const std::string bytes(std::istreambuf_iterator<char>(std::cin), {});
  const auto batch = vcard.read({{"standard input", bytes}}, {});
  for (const auto& issue : batch.issues)
    std::cerr << issue.line << ':' << issue.column << ": " << issue.message << '\n';
  for (const auto& person : batch.people) {
    CardContent content;
    content.contact = person.contact;
    content.contact.notes = person.note;
    content.points = person.points;
    content.jobs = person.jobs;
    content.tags = person.tags;
    content.extras = person.extras;
    content.uid = person.uid;
    std::cout << card_text(content, version == "3.0" ? CardVersion::v3 : CardVersion::v4);
  }
}
