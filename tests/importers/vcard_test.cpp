#include "importers/vcard.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "crm/text/text.h"
#include "importers/vcard_reader.h"
#include "importers/vcard_writer.h"
#include "tests/importers/damage.h"

namespace fs = std::filesystem;
using namespace ties;
using namespace ties::importers;
using namespace std::chrono_literals;

namespace {

const fs::path cards = fs::path{TIES_SOURCE_DIR} / "samples" / "cards";

std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

std::vector<std::string> sample_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(cards)) {
    if (entry.path().extension() == ".vcf") names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

Options in_norway() {
  Options options;
  options.today = 2026y / 3 / 1;
  options.region = "NO";
  return options;
}

Batch read(std::string bytes, const Options& options = in_norway()) {
  return vcard.read({{"cards.vcf", std::move(bytes)}}, options);
}

/// A card of these lines.
std::string card_of(std::string_view lines, std::string_view version = "3.0") {
  return fmt::format("BEGIN:VCARD\r\nVERSION:{}\r\n{}\r\nEND:VCARD\r\n", version, lines);
}

Person person_of(std::string_view lines, std::string_view version = "3.0") {
  const auto batch = read(card_of(lines, version));
  BOOST_TEST_REQUIRE(batch.people.size() == 1U, lines);
  return batch.people[0];
}

std::vector<CardReader::Card> cards_of(std::string_view bytes) {
  CardReader reader(bytes);
  std::vector<CardReader::Card> all;
  for (CardReader::Card card; reader.next(card);) all.push_back(card);
  return all;
}

std::string in_quotes(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) result += c == '\n' ? std::string{"\\n"} : std::string{c};
  return result + "\"";
}

std::string dump(const Person& person) {
  const auto& contact = person.contact;
  std::string result = "person " + in_quotes(contact.display);
  const auto add = [&result](std::string_view label, std::string_view value) {
    if (!value.empty()) result += fmt::format(" {}={}", label, in_quotes(value));
  };
  add("given", contact.given);
  add("family", contact.family);
  add("nickname", contact.nickname);
  add("suffix", contact.suffix);
  add("headline", contact.headline);
  add("location", contact.location);
  add("pronouns", contact.pronouns);
  if (contact.starred) result += " starred";
  add("uid", person.uid);
  add("source", contact.source);
  result += fmt::format(" line={}\n", person.line);
  for (const auto& point : person.points) {
    result += fmt::format("  {} {}", word(point.kind), point.value);
    add("label", point.label);
    result += point.primary ? " primary\n" : "\n";
  }
  for (const auto& job : person.jobs) {
    result += "  job " + in_quotes(job.company);
    add("title", job.title);
    add("started", job.started);
    add("ended", job.ended);
    result += "\n";
  }
  if (!person.tags.empty()) result += fmt::format("  tags {}\n", fmt::join(person.tags, ", "));
  if (!person.note.empty()) result += "  note " + in_quotes(person.note) + "\n";
  for (const auto& extra : person.extras) {
    const bool is_long = extra.value.size() > 200;
    result +=
        fmt::format("  extra {} = {}{}\n", extra.name, in_quotes(is_long ? text::fit(extra.value, 40) : extra.value),
                    is_long ? fmt::format(" and more, {} bytes", extra.value.size()) : "");
  }
  return result;
}

std::string dump(const Batch& batch) {
  std::string result;
  for (const auto& person : batch.people) result += dump(person);
  for (const auto& file : batch.files) {
    result += fmt::format("file {} recognised={} not-read={} rows={} skipped={}", file.file, in_quotes(file.recognised),
                          in_quotes(file.not_read), file.rows, file.skipped);
    for (const auto& [why, count] : file.skipped_why) result += fmt::format(" ({} {})", count, why);
    result += "\n";
  }
  for (const auto& issue : batch.issues) {
    result += fmt::format("{}:{}:{}: {}\n", issue.file, issue.line, issue.column, issue.message);
  }
  return result;
}

/// Compares with the golden file of that name, line by line; writes it when TIES_WRITE_GOLDEN is set.
void check_golden(const std::string& name, const std::string& actual) {
  const auto path = fs::path{TIES_SOURCE_DIR} / "tests" / "golden" / "vcard" / name;
  if (std::getenv("TIES_WRITE_GOLDEN")) {
    std::ofstream(path, std::ios::binary) << actual;
    return;
  }
  BOOST_TEST_REQUIRE(fs::exists(path), name << " is missing");
  std::istringstream expected_lines(content_of(path)), actual_lines(actual);
  std::string expected, found;
  for (int number = 1;; ++number) {
    const bool more_expected = static_cast<bool>(std::getline(expected_lines, expected));
    const bool more_found = static_cast<bool>(std::getline(actual_lines, found));
    BOOST_TEST(more_expected == more_found, name << " has another number of lines, from line " << number);
    if (!more_expected || !more_found) break;
    BOOST_TEST(found == expected, name << ":" << number << "\n found    " << found << "\n expected " << expected);
  }
}

CardContent content_for(const Person& person) {
  CardContent content;
  content.contact = person.contact;
  content.contact.notes = person.note;
  content.points = person.points;
  content.jobs = person.jobs;
  content.tags = person.tags;
  content.extras = person.extras;
  content.uid = person.uid;
  return content;
}

/// The same person, wherever it was read.
bool same(Person a, Person b) {
  a.file = b.file = a.line = b.line = 0;
  return dump(a) == dump(b) && a.extras == b.extras && a.contact == b.contact && a.points == b.points;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vcard_cards)

BOOST_AUTO_TEST_CASE(every_sample_reads_as_its_golden_file_says) {
  const auto names = sample_names();
  BOOST_TEST_REQUIRE(names.size() >= 17U);
  for (const auto& name : names) {
    const auto batch = vcard.read({{name, content_of(cards / name)}}, in_norway());
    BOOST_TEST(batch.source == "vcard");
    check_golden(name + ".txt", dump(batch));
  }
}

BOOST_AUTO_TEST_CASE(what_is_written_of_the_samples_reads_back_as_the_same_people) {
  std::size_t people = 0;
  for (const auto version : {CardVersion::v3, CardVersion::v4}) {
    std::string all;
    for (const auto& name : sample_names()) {
      for (const auto& person : vcard.read({{name, content_of(cards / name)}}, in_norway()).people) {
        const auto text = card_text(content_for(person), version);
        const auto again = read(text);
        BOOST_TEST_REQUIRE(again.people.size() == 1U, text);
        BOOST_TEST(same(again.people[0], person), name << "\n"
                                                       << dump(person) << "became\n"
                                                       << dump(again.people[0]) << "by way of\n"
                                                       << text);
        all += text;
        ++people;
      }
    }
    check_golden(version == CardVersion::v3 ? "written-3.0.vcf" : "written-4.0.vcf", all);
  }
  BOOST_TEST(people >= 40U);
}

BOOST_AUTO_TEST_CASE(what_is_as_long_as_can_be_or_odd_reads_back_as_the_same_person_too) {
  const std::string long_word(480, 'x');
  const std::vector<std::string> cases{
      fmt::format("FN:{0} {0}\r\nN:{0};{0};{0};;{0}", long_word),
      fmt::format("FN:Ada\r\nTEL;TYPE=\"home {}\":+44-20-7946-0958;ext=5", std::string(95, 'o')),
      "FN:Ada\r\nFN:A\xC2\x89" "da\r\nNOTE:x",
      "FN:Ada\r\nFN:A\xE2\x80\x8B" "da  \r\nFN: e\xCC\x81",
      "FN:Ada\r\n\r\n  FN:Ada King",
  };
  for (const auto& lines : cases) {
    const auto person = person_of(lines);
    for (const auto version : {CardVersion::v3, CardVersion::v4}) {
      const auto written = card_text(content_for(person), version);
      const auto again = read(written);
      BOOST_TEST_REQUIRE(again.people.size() == 1U, written);
      BOOST_TEST(same(again.people[0], person), dump(person) << "became\n" << dump(again.people[0]) << "by way of\n" << written);
    }
  }
  BOOST_TEST(person_of(cases[1]).points.at(0).label.ends_with(", ext. 5"));
}

BOOST_AUTO_TEST_CASE(cards_are_recognised_by_their_content_and_not_by_their_name) {
  const std::vector<std::tuple<std::string, std::string, int>> cases{
      {"x.txt", "BEGIN:VCARD\nEND:VCARD\n", 95},
      {"x.txt", "\r\n\r\nbegin:vcard\r\n", 95},
      {"x.txt",
       "\xEF\xBB\xBF"
       "BEGIN:VCARD\r\n",
       95},
      {"x.txt", " \nBEGIN : VCARD \n", 95},
      {"x.txt",
       std::string("\xFF\xFE"
                   "B\0E\0G\0I\0N\0:\0V\0C\0A\0R\0D\0\n\0",
                   26),
       95},
      {"x.txt", std::string("\0B\0E\0G\0I\0N\0:\0V\0C\0A\0R\0D\0\n", 24), 95},
      {"mail.eml", "From: ada@x.example\n\nBEGIN:VCARD\nEND:VCARD\n", 40},
      {"x.vcf", "a BEGIN:VCARD\n", 0},
      {"x.vcf", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", 0},
      {"x.vcf", "", 0},
      {"photo.png", "\x89PNG\r\n", 0},
  };
  for (const auto& [name, bytes, sure] : cases) BOOST_TEST(vcard.recognises({name, bytes}) == sure, bytes);
}

BOOST_AUTO_TEST_CASE(a_file_without_a_card_is_told_of_and_not_an_empty_success) {
  const auto batch = read("nothing here\n");
  BOOST_TEST_REQUIRE(batch.files.size() == 1U);
  BOOST_TEST(batch.files[0].recognised.empty());
  BOOST_TEST(batch.files[0].not_read == "no card in it: a card begins with a line BEGIN:VCARD");
}

BOOST_AUTO_TEST_CASE(a_property_is_read_in_every_way_of_writing_it) {
  struct Case {
    std::string version, written, head, value;
  };
  const std::vector<Case> cases{
      {"3.0", "X-A:b", "X-A", "b"},
      {"3.0", "x-a;Type=Work,voice:b", "x-a;Type=Work,voice", "b"},
      {"3.0", "item1.X-A:b", "item1.X-A", "b"},
      {"3.0", "X-A:b\r\n c\r\n\td", "X-A", "bcd"},
      {"3.0", "X-A:b\r\n  c", "X-A", "b c"},
      {"3.0", "X-A:b\n c\r d\r\r\n e", "X-A", "bcde"},
      {"2.1", "X-A:one\r\n two", "X-A", "one two"},
      {"3.0", "X-A;P=\"a:b;c,d\":e", "X-A;P=\"a:b;c,d\"", "e"},
      {"3.0", "X-A;P=\"a:b\r\n c\":e", "X-A;P=\"a:bc\"", "e"},
      {"3.0", "X-A;P=\"a:b", "X-A;P=\"a", "b"},
      {"3.0", "X-\r\n A;P\r\n =a:b", "X-A;P=a", "b"},
      {"2.1", "X-A;WORK;VOICE:b", "X-A;TYPE=WORK;TYPE=VOICE", "b"},
      {"2.1", "X-A;ENCODING=QUOTED-PRINTABLE:a=3Db=\r\nc=\r\n d", "X-A", "a=bc d"},
      {"2.1", "X-A;QUOTED-PRINTABLE:a=C3=A9", "X-A", "aé"},
      {"2.1", "X-A;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab=\r\n=0Ac", "X-A", "a\\nb\\nc"},
      {"2.1", "X-A;ENCODING=QUOTED-PRINTABLE:a = b =zz =4", "X-A", "a = b =zz =4"},
      {"2.1", "X-A;ENCODING=QUOTED-PRINTABLE:a= \t\r\nb", "X-A", "ab"},
      {"2.1", "X-A;CHARSET=windows-1252;ENCODING=QUOTED-PRINTABLE:=80", "X-A", "€"},
      {"2.1", "X-A;CHARSET=ISO-8859-2;ENCODING=QUOTED-PRINTABLE:=B3", "X-A", "ł"},
      {"2.1", "X-A;CHARSET=no-such;ENCODING=QUOTED-PRINTABLE:=C5=82", "X-A", "ł"},
      {"2.1", "X-A;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E9", "X-A", "é"},
      {"2.1", "X-A;ENCODING=QUOTED-PRINTABLE:Ko=B3odziej", "X-A", "Kołodziej"},
      {"2.1", "X-A;ENCODING=QUOTED-PRINTABLE:5 m=B3, =A35", "X-A", "5 m³, £5"},
      {"2.1", "X-A;CHARSET=ISO-8859-1:caf\xC3\xA9", "X-A", "café"},
      {"2.1", "X-A:caf\xE9", "X-A", "café"},
      {"3.0", "X-A;ENCODING=b:AA==\r\n BB", "X-A;ENCODING=b", "AA==BB"},
      {"2.1", "X-A;BASE64:\r\n\r\n  AA\r\n  BB\r\n", "X-A;ENCODING=b", "AABB"},
      {"2.1", "X-A;ENCODING=BASE64;X-B=c:\r\nAA\r\nBB", "X-A;ENCODING=b;X-B=c", "AABB"},
      {"4.0", "X-A;P=^'a^n^^:b", "X-A;P=^'a^n^^", "b"},
      {"3.0", "X-A : b ", "X-A ", " b "},
  };
  for (const auto& [version, written, head, value] : cases) {
    const auto all = cards_of(card_of(written, version));
    BOOST_TEST_REQUIRE(all.size() == 1U, written);
    BOOST_TEST_REQUIRE(all[0].properties.size() == 2U, written);
    BOOST_TEST(all[0].version == version);
    BOOST_TEST(all[0].properties[1].head == head, written);
    BOOST_TEST(all[0].properties[1].value == value, written);
  }
}

BOOST_AUTO_TEST_CASE(parameters_are_one_a_value_in_capitals_and_without_quotes) {
  const auto head = card_head("item1.tel;type=\"voice,cell\";pref=1;x-who=\"a;b\";HOME;label=^'x^n");
  BOOST_TEST_REQUIRE(head.has_value());
  BOOST_TEST(head->group == "item1");
  BOOST_TEST(head->name == "TEL");
  std::vector<std::string> told;
  for (const auto& [name, value] : head->parameters) told.push_back(name + "=" + value);
  BOOST_TEST(
      told == (std::vector<std::string>{"TYPE=voice", "TYPE=cell", "PREF=1", "X-WHO=a;b", "TYPE=HOME", "LABEL=\"x\n"}),
      boost::test_tools::per_element());
  for (const auto text : {"", "a b", "Favorite Color", "X:Y", "X;P=\"a", "X\n", ".X", "é"}) {
    BOOST_TEST((!card_head(text) || *text == '.'), text);
  }
}

BOOST_AUTO_TEST_CASE(escapes_are_resolved_and_parts_split_where_none_is_escaped) {
  BOOST_TEST(unescaped("a\\nb\\Nc\\,d\\;e\\:f\\\\g\\h\\") == "a\nb\nc,d;e:f\\g\\h\\");
  BOOST_TEST(parts_of("a;b\\;c;;d\\\\;e\\", ';') == (std::vector<std::string>{"a", "b;c", "", "d\\", "e\\"}),
             boost::test_tools::per_element());
  BOOST_TEST(parts_of("", ';') == std::vector<std::string>{""}, boost::test_tools::per_element());
  BOOST_TEST(parts_of(std::string(100'000, ';'), ';').size() == 1'000U);
}

BOOST_AUTO_TEST_CASE(an_issue_names_the_line_and_the_column_of_the_value) {
  const auto batch = read(
      "stray\r\nBEGIN:VCARD\r\nFN:Ada\r\nNOTE:a\r\n b\r\nTEL;TYPE=work:soon\r\nso it is\r\nEMAIL:é\r\nEND:VCARD\r\n");
  std::vector<std::string> told;
  for (const auto& [file, line, column, message] : batch.issues) {
    told.push_back(fmt::format("{}:{}:{}: {}", file, line, column, message));
  }
  BOOST_TEST(told == (std::vector<std::string>{
                         "cards.vcf:1:1: this stands outside of any card and is left out",
                         "cards.vcf:6:15: \"soon\" is not a phone number; it is kept as it is written",
                         "cards.vcf:7:1: this is no property, left out",
                         "cards.vcf:8:7: \"é\" is not an email address; it is kept as it is written",
                     }),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(names_are_read_as_people_have_them) {
  struct Case {
    std::string lines, display, given, family, nickname, suffix;
  };
  const std::vector<Case> cases{
      {"N:Solvik;Runa;;;\nFN:Runa Solvik", "Runa Solvik", "Runa", "Solvik", "", ""},
      {"N:Solvik;Runa;Maren,Liv;Dr.;Jr.,M.D.", "Runa Maren Liv Solvik", "Runa Maren Liv", "Solvik", "", "Jr., M.D."},
      {"FN:Solvik\\, Runa", "Runa Solvik", "Runa", "Solvik", "", ""},
      {"FN:Solvik, Runa", "Runa Solvik", "Runa", "Solvik", "", ""},
      {"N:Richter,James;;;;", "James Richter", "James", "Richter", "", ""},
      {"N:;;;;\nFN:Runa Solvik", "Runa Solvik", "Runa", "Solvik", "", ""},
      {"N:Solvik;Runa\nFN:Dr. Runa Solvik, PhD", "Runa Solvik", "Runa", "Solvik", "", "PhD"},
      {"N:林;若溪\nFN:林若溪", "林若溪", "若溪", "林", "", ""},
      {"FN:Runa (Rue) Solvik", "Runa Solvik", "Runa", "Solvik", "Rue", ""},
      {"FN:Runa Solvik\nNICKNAME:Rue,Ru\\, the second", "Runa Solvik", "Runa", "Solvik", "Rue, Ru, the second", ""},
      {"N:;;;;\nFN:Saltmarsh Dental\nORG:Saltmarsh Dental", "Saltmarsh Dental", "", "", "", ""},
      {"N:Dental;Saltmarsh\nORG:Saltmarsh Dental\nX-ABShowAs:COMPANY", "Saltmarsh Dental", "Saltmarsh", "Dental", "",
       ""},
      {"ORG:Saltmarsh Dental;Front desk", "Saltmarsh Dental", "", "", "", ""},
      {"NICKNAME:Rue", "Rue", "", "", "Rue", ""},
      {"EMAIL:RUNA@solvik.example", "runa@solvik.example", "", "", "", ""},
      {"FN:runa@solvik.example\nEMAIL:runa@solvik.example", "runa@solvik.example", "", "", "", ""},
      {"TEL:+47 401 23 456", "+4740123456", "", "", "", ""},
  };
  for (const auto& [lines, display, given, family, nickname, suffix] : cases) {
    const auto contact = person_of(lines).contact;
    BOOST_TEST(contact.display == display, lines << ": " << contact.display);
    BOOST_TEST(contact.given == given, lines << ": " << contact.given);
    BOOST_TEST(contact.family == family, lines << ": " << contact.family);
    BOOST_TEST(contact.nickname == nickname, lines << ": " << contact.nickname);
    BOOST_TEST(contact.suffix == suffix, lines << ": " << contact.suffix);
  }
}

BOOST_AUTO_TEST_CASE(addresses_become_points_with_their_kind_value_and_label) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"EMAIL;TYPE=INTERNET,WORK,PREF:Ada@X.example", "email ada@x.example work primary"},
      {"EMAIL;INTERNET;PREF:mailto:ada@x.example", "email ada@x.example - primary"},
      {"EMAIL;PREF=1;TYPE=home:ada@x.example", "email ada@x.example home primary"},
      {"EMAIL;PREF=2:ada@x.example", "email ada@x.example -"},
      {"item1.EMAIL:ada@x.example\nitem1.X-ABLabel:_$!<Other>!$_", "email ada@x.example other"},
      {"item1.X-ABLabel:Boat Club\nitem1.EMAIL;TYPE=HOME:ada@x.example", "email ada@x.example Boat Club"},
      {"TEL;CELL;VOICE:401 23 456", "phone +4740123456 mobile"},
      {"TEL;TYPE=FAX,WORK:+47 22 12 34 57", "phone +4722123457 work fax"},
      {"TEL;VALUE=uri;TYPE=\"voice,home\":tel:+47-22-12-34-57;ext=5", "phone +4722123457 home, ext. 5"},
      {"TEL:+47 22 12 34 57 x12", "phone +4722123457 ext. 12"},
      {"TEL;X-Hytte:+47 22 12 34 57", "phone +4722123457 Hytte"},
      {"URL:http\\://www.linkedin.com/in/Ada-L/?x=1", "linkedin ada-l -"},
      {"URL:https://de.linkedin.com/pub/ada-l", "linkedin ada-l -"},
      {"URL:https://www.linkedin.com/company/acme", "website linkedin.com/company/acme -"},
      {"URL;WORK:https://github.com/AdaL", "github adal work"},
      {"URL:https://github.com/adal/engine", "website github.com/adal/engine -"},
      {"URL:https://gitlab.com/adal/", "gitlab adal -"},
      {"URL:http://Ada.example/a,b;c", "website ada.example/a,b;c -"},
      {"URL:mailto:ada@x.example", "email ada@x.example -"},
      {"X-SOCIALPROFILE;type=linkedin;x-user=ada-l:http://www.linkedin.com/in/ada-l", "linkedin ada-l -"},
      {"X-SOCIALPROFILE;TYPE=LINKEDIN:ada-l", "linkedin ada-l -"},
      {"X-SOCIALPROFILE;type=GitHub:x-apple:adal", "github adal -"},
      {"X-SOCIALPROFILE;type=twitter;x-user=adal:http://twitter.com/adal", "handle adal twitter"},
      {"X-SOCIALPROFILE;type=twitter:https://twitter.com/adal", "handle adal twitter"},
      {"X-SOCIALPROFILE;type=mastodon:https://toots.example/@ada", "website toots.example/@ada mastodon"},
      {"SOCIALPROFILE;SERVICE-TYPE=GitLab:https://gitlab.com/adal", "gitlab adal -"},
      {"IMPP;X-SERVICE-TYPE=Skype:skype:ada.l?chat", "handle ada.l skype"},
      {"IMPP:xmpp:ada@chat.example", "handle ada@chat.example xmpp"},
      {"IMPP:aim:goim?screenname=ada%20l&x=y", "handle ada l aim"},
      {"IMPP;X-SERVICE-TYPE=GitHub:x-apple:adal", "github adal -"},
      {"X-SKYPE;TYPE=work:ada.l", "handle ada.l skype"},
      {"X-JABBER:ada@chat.example", "handle ada@chat.example xmpp"},
  };
  for (const auto& [lines, expected] : cases) {
    const auto person = person_of("FN:Ada\n" + lines);
    BOOST_TEST_REQUIRE(person.points.size() == 1U, lines);
    BOOST_TEST(person.extras.empty(), lines);
    const auto& point = person.points[0];
    BOOST_TEST(fmt::format("{} {} {}{}", word(point.kind), point.value, point.label.empty() ? "-" : point.label,
                           point.primary ? " primary" : "") == expected,
               lines << " was read as " << dump(person));
  }
}

BOOST_AUTO_TEST_CASE(one_address_told_twice_is_one_point) {
  const auto person = person_of("FN:Ada\nEMAIL:ada@x.example\nEMAIL;TYPE=work,pref:ADA@x.example");
  BOOST_TEST_REQUIRE(person.points.size() == 1U);
  BOOST_TEST(person.points[0].label == "work");
  BOOST_TEST(person.points[0].primary);
}

BOOST_AUTO_TEST_CASE(companies_and_titles_belong_together_by_group_else_by_order) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"ORG:Acme", "Acme/"},
      {"ORG:Acme\\, Inc.;", "Acme, Inc./"},
      {"TITLE:Engineer", "/Engineer"},
      {"TITLE:Engineer\nORG:Acme", "Acme/Engineer"},
      {"ORG:Acme\nROLE:Builder", "Acme/Builder"},
      {"ORG:Acme\nTITLE:Engineer\nORG:Birch\nTITLE:Chair", "Acme/Engineer Birch/Chair"},
      {"item1.ORG:Acme\nitem2.ORG:Birch\nitem2.TITLE:Chair", "Acme/ Birch/Chair"},
      {"item1.ORG:Acme\nTITLE:Engineer", "Acme/Engineer"},
      {"ORG:;Research", "Research/"},
  };
  for (const auto& [lines, expected] : cases) {
    std::vector<std::string> jobs;
    for (const auto& job : person_of("FN:Ada\n" + lines).jobs) jobs.push_back(job.company + "/" + job.title);
    BOOST_TEST(fmt::format("{}", fmt::join(jobs, " ")) == expected, lines);
  }
}

BOOST_AUTO_TEST_CASE(a_birthday_is_a_date_of_our_own_shape_where_it_is_one) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"BDAY:1980-03-22", "BDAY=1980-03-22"},
      {"BDAY;VALUE=date:19800322", "BDAY=1980-03-22"},
      {"BDAY:1980-03-22T00:00:00Z", "BDAY=1980-03-22"},
      {"BDAY:--0301", "BDAY=--03-01"},
      {"BDAY:--02-29", "BDAY=--02-29"},
      {"BDAY;X-APPLE-OMIT-YEAR=1604:1604-06-12", "BDAY=--06-12"},
      {"BDAY;X-APPLE-OMIT-YEAR=1604:1980-06-12", "BDAY=1980-06-12"},
      {"BDAY:1980", "BDAY=1980"},
      {"BDAY:1980-03", "BDAY=1980-03"},
      {"BDAY;VALUE=text:circa 1800", "BDAY;VALUE=text=circa 1800"},
      {"BDAY:1980-02-30", "BDAY=1980-02-30"},
      {"BDAY:1980 or so", "BDAY=1980 or so"},
      {"BDAY:0000-00-00", "BDAY=0000-00-00"},
  };
  for (const auto& [lines, expected] : cases) {
    const auto extras = person_of("FN:Ada\n" + lines).extras;
    BOOST_TEST_REQUIRE(extras.size() == 1U, lines);
    BOOST_TEST(extras[0].name + "=" + extras[0].value == expected, lines);
  }
}

BOOST_AUTO_TEST_CASE(what_has_no_field_is_kept_by_its_head_with_its_value_as_written) {
  const auto person = person_of(
      "FN:Ada\nitem3.X-ABDATE;type=pref:2011-08-20\nitem3.X-ABLabel:_$!<Anniversary>!$_\nGEO:59.9\\,10.7\n"
      "X-NOTHING:\nRELATED;TYPE=friend:Bram\nFN;LANGUAGE=de:Ada zwei");
  std::vector<std::string> told;
  for (const auto& [name, value] : person.extras) told.push_back(name + ":" + value);
  BOOST_TEST(
      told == (std::vector<std::string>{"item3.X-ABDATE;type=pref:2011-08-20", "item3.X-ABLabel:_$!<Anniversary>!$_",
                                        "GEO:59.9\\,10.7", "RELATED;TYPE=friend:Bram", "FN;LANGUAGE=de:Ada zwei"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_picture_above_the_limit_is_left_out_and_counted) {
  const auto photo = [](std::size_t bytes) { return "PHOTO;ENCODING=b:" + std::string(bytes, 'A') + "\n"; };
  const auto small = read(card_of("FN:Ada\n" + photo(64'000)));
  BOOST_TEST(small.people[0].extras.size() == 1U);
  BOOST_TEST(small.issues.empty());

  const auto batch = read(card_of("FN:Ada\n" + photo(64'001)) + card_of("FN:Bo\n" + photo(1'000'000) + photo(70'000)));
  BOOST_TEST_REQUIRE(batch.people.size() == 2U);
  for (const auto& person : batch.people) BOOST_TEST(person.extras.empty());
  BOOST_TEST_REQUIRE(batch.issues.size() == 1U);
  BOOST_TEST(batch.issues[0].line == 4);
  BOOST_TEST(batch.issues[0].column == 18);
  BOOST_TEST(batch.issues[0].message ==
             "PHOTO of 64 KB is left out: no more than 64 KB are kept of a picture and the like; so are 2 more further "
             "down");
}

BOOST_AUTO_TEST_CASE(a_picture_within_a_card_passes_from_one_version_to_the_other) {
  const std::vector<std::string> same_picture{
      "PHOTO;ENCODING=b;TYPE=JPEG:/9j/AA==",   "PHOTO;TYPE=image/jpeg;ENCODING=B:/9j/\r\n AA==",
      "PHOTO;JPEG;ENCODING=BASE64:/9j/AA==",   "PHOTO;ENCODING=BASE64;TYPE=jpg:\r\n /9j/\r\n AA==\r\n",
      "PHOTO:data:image/jpeg;base64,/9j/AA==", "PHOTO;VALUE=uri;TYPE=jpeg:data:image/jpeg\\;base64\\,/9j/AA==",
  };
  for (const auto& written : same_picture) {
    const auto person = person_of("FN:Ada\r\n" + written);
    BOOST_TEST_REQUIRE(person.extras.size() == 1U, written);
    BOOST_TEST(person.extras[0].name == "PHOTO;ENCODING=b;TYPE=JPEG", written);
    BOOST_TEST(person.extras[0].value == "/9j/AA==", written);
    const auto third = card_text(content_for(person), CardVersion::v3);
    BOOST_TEST(third.find("\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/AA==\r\n") != std::string::npos, third);
    const auto fourth = card_text(content_for(person), CardVersion::v4);
    BOOST_TEST(fourth.find("\r\nPHOTO:data:image/jpeg;base64,/9j/AA==\r\n") != std::string::npos, fourth);
  }
  const std::vector<std::string> others{
      "PHOTO;VALUE=uri:https://x.example/a.jpg",
      "PHOTO;PREF=1:data:image/png;base64,AA==", "PHOTO;ENCODING=b:AA==", "PHOTO:data:image/png,AA"};
  for (const auto& written : others) {
    const auto person = person_of("FN:Ada\r\n" + written);
    BOOST_TEST_REQUIRE(person.extras.size() == 1U, written);
    BOOST_TEST(person.extras[0].name + ":" + person.extras[0].value == written);
  }
}

BOOST_AUTO_TEST_CASE(a_group_of_cards_is_a_tag_of_its_members) {
  const auto batch = read(card_of("FN:Rowing\nKIND:group\nMEMBER:urn:uuid:AB-1\nMEMBER:urn:uuid:nobody", "4.0") +
                          card_of("FN:Ada\nUID:ab-1\nCATEGORIES:systems\\, old,starred,myContacts", "4.0"));
  BOOST_TEST_REQUIRE(batch.people.size() == 1U);
  BOOST_TEST(batch.people[0].tags == (std::vector<std::string>{"systems, old", "Rowing"}),
             boost::test_tools::per_element());
  BOOST_TEST(batch.people[0].contact.starred);
  BOOST_TEST(batch.files[0].rows == 2);
  BOOST_TEST(batch.files[0].skipped == 1);
  BOOST_TEST(batch.files[0].skipped_why.at("group") == 1);
}

BOOST_AUTO_TEST_CASE(a_card_within_a_card_is_no_person_and_a_lost_end_loses_nobody) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> cases{
      {"BEGIN:VCARD\nFN:A\nAGENT:\nBEGIN:VCARD\nFN:B\nEND:VCARD\nNOTE:n\nEND:VCARD\nBEGIN:VCARD\nFN:C\nEND:VCARD\n",
       {"A n", "C "}},
      {"BEGIN:VCARD\nFN:A\nAGENT:BEGIN:VCARD\nFN:B\nAGENT:\nBEGIN:VCARD\nEND:VCARD\nEND:VCARD\nNOTE:n\nEND:VCARD\n",
       {"A n"}},
      {"BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\n", {"A ", "B "}},
      {"BEGIN:VCARD\nFN:A\nAGENT:\nBEGIN:VCARD\nFN:B\nBEGIN:VCARD\nFN:C\nEND:VCARD\n", {"A ", "C "}},
      {"BEGIN:VCARD\nFN:A\nAGENT:\nBEGIN:VCARD\nFN:B", {"A "}},
      {"BEGIN:VCARD\nFN:A", {"A "}},
      {"BEGIN:VCARD\rFN:A\rEND:VCARD\rBEGIN:VCARD\rFN:B\rEND:VCARD", {"A ", "B "}},
      {"BEGIN:VCARD\nFN:A\nEND:VCARD\n\xEF\xBB\xBF"
       "BEGIN:VCARD\nFN:B\nEND:VCARD",
       {"A ", "B "}},
      {"BEGIN:VCARD\nVERSION:2.1\nFN:A\nNOTE;ENCODING=QUOTED-PRINTABLE:n=\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD",
       {"A n", "B "}},
  };
  for (const auto& [bytes, expected] : cases) {
    std::vector<std::string> people;
    for (const auto& person : read(bytes).people) people.push_back(person.contact.display + " " + person.note);
    BOOST_TEST(people == expected, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(what_is_written_has_short_whole_lines_and_no_field_can_end_one) {
  CardContent content;
  auto& contact = content.contact;
  contact.display = "Ada\r\nEND:VCARD\r\nBEGIN:VCARD";
  contact.family = "L;o,v\\e";
  contact.notes = std::string(300, 'x') + "é" + std::string(10, 'y') + "\nEND:VCARD\n" + "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀";
  contact.private_note = "SECRET";
  content.uid = "u\nEND:VCARD";
  content.extras = {
      {"X-A\nEND:VCARD", "v"}, {"X-B", "v\r\nEND:VCARD"}, {"X-C:d", "e"}, {"END", "VCARD"}, {"KIND", "group"}};
  content.points.resize(1);
  content.points[0].kind = PointKind::handle;
  content.points[0].value = "a\nb";
  content.points[0].label = "x\"\n;y:z";
  for (const auto version : {CardVersion::v3, CardVersion::v4}) {
    const auto text = card_text(content, version);
    BOOST_TEST(text.find("SECRET") == std::string::npos);
    BOOST_TEST(text.ends_with("END:VCARD\r\n"));
    std::size_t lines = 0;
    for (std::size_t at = 0; at < text.size(); ++lines) {
      const auto end = text.find("\r\n", at);
      BOOST_TEST_REQUIRE(end != std::string::npos);
      const auto line = text.substr(at, end - at);
      BOOST_TEST(line.size() <= 75U);
      BOOST_TEST(text::is_utf8(line));
      BOOST_TEST(line.find_first_of("\r\n") == std::string::npos);
      at = end + 2;
    }
    BOOST_TEST(lines > 15U);
    const auto batch = read(text);
    BOOST_TEST_REQUIRE(batch.people.size() == 1U);
    BOOST_TEST(batch.issues.empty());
    BOOST_TEST(batch.people[0].note == contact.notes);
    BOOST_TEST(batch.people[0].extras.size() == 5U);
  }
}

BOOST_AUTO_TEST_CASE(a_card_is_written_as_address_books_read_it) {
  CardContent content;
  auto& contact = content.contact;
  contact.display = "Runa Solvik", contact.given = "Runa", contact.family = "Solvik", contact.suffix = "PhD";
  contact.location = "Oslo, Norway", contact.notes = "one\ntwo", contact.pronouns = "she/her", contact.starred = true;
  contact.headline = "Compilers";
  const auto point = [&content](PointKind kind, std::string value, std::string label = "", bool primary = false) {
    auto& added = content.points.emplace_back();
    added.kind = kind, added.value = std::move(value), added.label = std::move(label), added.primary = primary;
  };
  point(PointKind::email, "runa@x.example", "work", true);
  point(PointKind::phone, "+4740123456", "mobile");
  point(PointKind::phone, "+4722123456", "work fax");
  point(PointKind::linkedin, "runa-solvik");
  point(PointKind::website, "runa.example/a,b", "garden");
  point(PointKind::website, "github.com/runa");
  point(PointKind::handle, "runa.s", "skype");
  point(PointKind::handle, "@runa", "Town Square");
  content.jobs = {{"Tarnhollow", "Engineer", "", ""}, {"Old, Inc.", "", "2019-04", "2021"}};
  content.tags = {"compilers", "a,b"};
  content.extras = {{"BDAY", "--03-22"},
                    {"Name Prefix", "Dr."},
                    {"Department", "R&D;Types"},
                    {"Shoe Size", "39;a"},
                    {"item1.X-ABDATE", "2011-08-20"}};
  content.uid = "urn:uuid:1";
  BOOST_TEST(card_text(content) ==
             "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Ties//Ties//EN\r\nUID:urn:uuid:1\r\nFN:Runa Solvik\r\n"
             "N:Solvik;Runa;;Dr.;PhD\r\nitem2.ORG:Tarnhollow;R&D;Types\r\nitem2.TITLE:Engineer\r\n"
             "item3.ORG:Old\\, Inc.\r\nitem3.X-TIES-STARTED:2019-04\r\nitem3.X-TIES-ENDED:2021\r\n"
             "EMAIL;TYPE=WORK,PREF:runa@x.example\r\nTEL;TYPE=CELL:+4740123456\r\nTEL;TYPE=WORK,FAX:+4722123456\r\n"
             "item4.X-ABLabel:LinkedIn\r\nitem4.URL:https://www.linkedin.com/in/runa-solvik\r\n"
             "item5.X-ABLabel:garden\r\nitem5.URL:https://runa.example/a,b\r\n"
             "URL;X-TIES-KIND=website:https://github.com/runa\r\nIMPP:skype:runa.s\r\n"
             "IMPP;X-SERVICE-TYPE=\"Town Square\":x-apple:@runa\r\nADR:;;;Oslo\\, Norway;;;\r\n"
             "CATEGORIES:starred,compilers,a\\,b\r\nNOTE:one\\ntwo\r\nX-PRONOUNS:she/her\r\n"
             "X-TIES-HEADLINE:Compilers\r\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-03-22\r\n"
             "X-TIES-EXTRA;X-NAME=\"Shoe Size\":39\\;a\r\nitem1.X-ABDATE:2011-08-20\r\nEND:VCARD\r\n");
  const auto fourth = card_text(content, CardVersion::v4);
  for (const auto line : {"VERSION:4.0\r\n", "EMAIL;TYPE=work;PREF=1:runa@x.example\r\n",
                          "TEL;TYPE=\"work,fax\":+4722123456\r\n", "PRONOUNS:she/her\r\n", "BDAY:--0322\r\n"}) {
    BOOST_TEST(fourth.find(line) != std::string::npos, line << " in " << fourth);
  }
}

BOOST_AUTO_TEST_CASE(whatever_is_written_reads_back_as_the_same_person) {
  std::mt19937 random(20260301);
  const auto below = [&](std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random);
  };
  const std::vector<std::string> pieces{
      "a",  "Ada",  "é",      "林",          "😀",    " ",    ",",     ";",       ":",    "\\",
      "\"", "^",    "^n",     "\\n",         "=",    "=3D",  "'",     "(x)",     "Dr.",  "PhD",
      "%",  "%41",  "|",      "END:VCARD",   ".",    "#",    "item1", "\t",      "Ω",    "x-",
      "&",  "<b>",  "@",      "BEGIN:VCARD", "/",    "?q=1", "-",     "_$!<",    ">!$_", "ﬁ",
      "0",  "1604", "TYPE=x", "home",        "שלום", "--",   "tel:",  "http://", "~",    "$"};
  const auto piece = [&] { return pieces[below(pieces.size())]; };
  const auto line = [&](std::size_t most = 12) {
    std::string text;
    for (auto count = below(most); count > 0; --count) text += piece();
    if (below(20) == 0) text += std::string(below(300), 'w');
    return text::clean_line(text, 200);
  };
  const auto some = [&](std::size_t most = 12) {
    auto text = line(most);
    return text.empty() ? std::string("w") : text;
  };
  const auto note = [&] {
    std::string text;
    for (auto count = below(6); count > 0; --count) text += line() + "\n";
    return text::clean(text);
  };
  const std::vector<std::string> labels{
      "", "", "work", "home", "mobile", "fax", "home fax", "pager", "boat, club; \"x\""};
  const std::vector<std::string> heads{"X-A",
                                       "X-A;TYPE=x,y",
                                       "item1.X-B",
                                       "item7.X-ABLabel",
                                       "RELATED;TYPE=friend",
                                       "GEO",
                                       "LANG;PREF=1",
                                       "X-C;P=\"a;b:c\"",
                                       "REV",
                                       "ROLE",
                                       "FN",
                                       "BDAY",
                                       "X-D;P=^'q^n",
                                       "AGENT",
                                       "PHOTO;ENCODING=b"};
  const auto person = [&] {
    Person made;
    auto& contact = made.contact;
    contact.source = "vcard";
    contact.display = some();
    contact.given = line(), contact.family = line(), contact.nickname = line(), contact.suffix = line();
    contact.headline = line(), contact.location = line(), contact.pronouns = line();
    contact.starred = below(3) == 0;
    made.uid = line();
    made.note = note();
    const auto add = [&](PointKind kind, const std::string& written, const std::string& label) {
      const auto value = normalised(kind, written, "NO");
      if (!value || normalised(kind, *value, "NO") != value) return;
      const bool known = std::any_of(made.points.begin(), made.points.end(),
                                     [&](const auto& other) { return other.kind == kind && other.value == *value; });
      if (known) return;
      auto& point = made.points.emplace_back();
      point.kind = kind, point.value = *value, point.label = label, point.primary = below(4) == 0;
    };
    for (auto count = below(4); count > 0; --count) {
      const auto label = labels[below(labels.size())];
      add(PointKind::email, some() + "@" + some() + ".example", label);
      add(PointKind::phone, fmt::format("+47401234{:02}", below(100)), label);
      add(PointKind::linkedin, "https://www.linkedin.com/in/" + some(), label);
      add(PointKind::github, fmt::format("ada-{}", below(9)), label);
      add(PointKind::gitlab, fmt::format("ada.{}", below(9)), label);
      add(PointKind::website, some(3) + ".example/" + line(), label);
      add(PointKind::website, fmt::format("github.com/w{}", below(9)), label);
      add(PointKind::handle, some(), text::clean_line(text::lower(line()), 90));
    }
    for (auto count = below(4); count > 0; --count) {
      auto& job = made.jobs.emplace_back();
      job.company = line(), job.title = job.company.empty() ? some() : line();
      if (below(3) == 0) job.started = "2019-04", job.ended = below(2) == 0 ? "2021" : "";
    }
    for (auto count = below(4); count > 0; --count) {
      const auto tag = some();
      if (text::lower(tag) != "starred" && std::find(made.tags.begin(), made.tags.end(), tag) == made.tags.end()) {
        made.tags.push_back(tag);
      }
    }
    if (below(4) == 0) made.extras.push_back({"Name Prefix", some()});
    const bool has_company =
        std::any_of(made.jobs.begin(), made.jobs.end(), [](const auto& job) { return !job.company.empty(); });
    if (below(4) == 0 && has_company) made.extras.push_back({"Department", "Research;Types"});
    for (auto count = below(5); count > 0; --count) {
      const auto head = below(3) == 0 ? some() : heads[below(heads.size())];
      if (head == "Department" || head == "Name Prefix") continue;
      made.extras.push_back({head, some()});
    }
    if (below(3) == 0) made.extras.push_back({"BDAY", below(2) == 0 ? "--02-29" : "1980-03-22"});
    return made;
  };

  std::size_t rounds = 0, extras = 0, points = 0;
  for (; rounds < 3'000; ++rounds) {
    const auto made = person();
    extras += made.extras.size();
    points += made.points.size();
    const auto version = below(2) == 0 ? CardVersion::v3 : CardVersion::v4;
    const auto text = card_text(content_for(made), version);
    const auto batch = read(text);
    BOOST_TEST_REQUIRE(batch.people.size() == 1U, text);
    BOOST_TEST_REQUIRE(same(batch.people[0], made), "written\n"
                                                        << dump(made) << "read\n"
                                                        << dump(batch.people[0]) << "by way of\n"
                                                        << text);
    BOOST_TEST_REQUIRE(card_text(content_for(batch.people[0]), version) == text);
  }
  BOOST_TEST(extras > 3'000U);
  BOOST_TEST(points > 10'000U);
}

BOOST_AUTO_TEST_CASE(a_field_of_any_length_and_cards_of_any_number_of_fields_are_bounded) {
  const std::string endless(2'000'000, 'x');
  std::string lines = "FN:" + endless + "\nNOTE:" + endless + "\nX-A:" + endless + "\nTEL:" + endless + "\n" + endless +
                      ":\nX-B;P=" + endless + ":v\n";
  for (int i = 0; i < 20'000; ++i)
    lines += fmt::format("item{}.EMAIL:a{}@x.example\nX-{}:v\nORG:o{}\nCATEGORIES:c{}\n", i, i, i, i, i);
  const auto batch = read(card_of(lines));
  BOOST_TEST_REQUIRE(batch.people.size() == 1U);
  const auto& person = batch.people[0];
  BOOST_TEST(person.contact.display.size() <= 500U);
  BOOST_TEST(person.note.size() == 100'000U);
  BOOST_TEST(person.points.size() <= 50U);
  BOOST_TEST(person.jobs.size() <= 50U);
  BOOST_TEST(person.tags.size() <= 100U);
  BOOST_TEST(person.extras.size() <= 501U);
  BOOST_TEST(batch.issues.size() <= 1'001U);
  for (const auto& issue : batch.issues) BOOST_TEST(issue.message.size() < 200U);
}

BOOST_AUTO_TEST_CASE(hostile_files_are_read_in_linear_time) {
  const auto repeated = [](std::string_view text, std::size_t bytes) {
    std::string all;
    while (all.size() < bytes) all += text;
    return all;
  };
  constexpr std::size_t bytes = 1'000'000;
  const std::vector<std::string> files{
      repeated("BEGIN:VCARD\n", bytes),
      repeated("BEGIN:VCARD\nAGENT:\n", bytes),
      repeated("END:VCARD\n", bytes),
      "BEGIN:VCARD\nX-A:" + repeated("\n b", bytes),
      "BEGIN:VCARD\nX-A" + repeated("\n b", bytes),
      "BEGIN:VCARD\n" + repeated("NOTE:a\nstray\n", bytes),
      "BEGIN:VCARD\nNOTE:a\n" + repeated("stray\n", bytes),
      "BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE:" + repeated("=\n", bytes),
      "BEGIN:VCARD\nPHOTO;BASE64:" + repeated("\nAAAA", bytes),
      "BEGIN:VCARD\nX" + repeated(";A=\"", bytes) + ":v",
      "BEGIN:VCARD\n" + repeated("X\\;;\\;\"", bytes),
      "BEGIN:VCARD\n" + repeated("X-A;CHARSET=koi8-r:\xF1\n", bytes),
      "BEGIN:VCARD\nN:" + repeated(";,\\", bytes),
      "BEGIN:VCARD\n" + repeated("a.X-ABLabel:b\na.TEL:c\n", bytes),
      repeated("BEGIN:VCARD\nFN:a\nKIND:group\nMEMBER:b\nEND:VCARD\n", bytes),
      repeated("BEGIN:VCARD\nTEL:1\n", bytes),
      std::string(bytes, '\0'),
      std::string(bytes, '\r'),
      std::string(bytes, ' '),
      std::string(bytes, ':'),
  };
  for (const auto& file : files) {
    const auto begin = std::chrono::steady_clock::now();
    const auto batch = read(file);
    const auto took = std::chrono::steady_clock::now() - begin;
    BOOST_TEST(batch.files.size() == 1U);
    BOOST_TEST((took < 30s), "took " << std::chrono::duration_cast<std::chrono::milliseconds>(took).count()
                                     << " ms: " << file.substr(0, 40));
  }
}

BOOST_AUTO_TEST_CASE(damaged_files_never_crash_and_always_give_a_whole_report) {
  Damage damage(20260301);
  constexpr std::string_view odd("\";:,=\t\n\r\0\xFF\xFE\xC3\xE2^%. \\", 19);
  const auto damaged = [&](std::string bytes) { return damage.of(std::move(bytes), odd); };
  int rounds = 0, people = 0;
  for (const auto& name : sample_names()) {
    const auto whole = content_of(cards / name);
    for (int round = 0; round < 150; ++round, ++rounds) {
      const auto bytes = damaged(whole);
      const int claim = vcard.recognises({name, bytes});
      BOOST_TEST_REQUIRE((claim >= 0 && claim <= 100));
      const auto batch = read(bytes);
      BOOST_TEST_REQUIRE(batch.files.size() == 1U);
      BOOST_TEST_REQUIRE(batch.files[0].recognised.empty() == !batch.files[0].not_read.empty());
      BOOST_TEST_REQUIRE(static_cast<std::size_t>(batch.files[0].rows - batch.files[0].skipped) == batch.people.size());
      BOOST_TEST_REQUIRE(text::is_utf8(dump(batch)));
      for (const auto& person : batch.people) {
        BOOST_TEST_REQUIRE(!person.contact.display.empty());
        const auto again = read(card_text(content_for(person)));
        BOOST_TEST_REQUIRE(again.people.size() == 1U);
        BOOST_TEST_REQUIRE(again.people[0].points.size() >= person.points.size());
        ++people;
      }
    }
  }
  BOOST_TEST(rounds >= 2'000);
  BOOST_TEST(people >= 2'000);
}

BOOST_AUTO_TEST_SUITE_END()
