#include "importers/mail.h"

#include <boost/test/unit_test.hpp>
#include <chrono>

#include "crm/text/text.h"
#include "importers/mail_box.h"
#include "importers/mail_kinds.h"
#include "importers/mail_message.h"
#include "importers/mail_notices.h"
#include "tests/importers/batch_text.h"
#include "tests/importers/damage.h"

using namespace ties;
using namespace ties::importers;
using namespace ties::importers::batch_text;
using namespace ties::importers::mail_parts;
using namespace std::chrono_literals;
using std::string_view_literals::operator""sv;

namespace {

const fs::path samples = fs::path{TIES_SOURCE_DIR} / "samples" / "mail";

Options options_of_signe() {
  Options options;
  options.today = 2026y / 6 / 16;
  options.my_emails = {"signe@arvelund.example"};
  return options;
}

Batch read(const std::string& bytes, const Options& options = options_of_signe()) {
  return mail.read({{"mail", bytes}}, options);
}

/// A mail to Signe with these headers besides.
std::string letter(const std::string& headers, const std::string& body = "Hello.\n") {
  return "To: signe@arvelund.example\n" + headers + "\n\n" + body;
}

const std::string from_ada =
    "From: Ada Quill <ada@quill.example>\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nSubject: hello";

/// Why the only mail was left out; empty: it was not.
std::string why_left_out(const std::string& bytes, const Options& options = options_of_signe()) {
  const auto batch = read(bytes, options);
  BOOST_TEST_REQUIRE(batch.files.size() == 1U);
  BOOST_TEST_REQUIRE(batch.files[0].rows == 1);
  return batch.files[0].skipped_why.empty() ? "" : batch.files[0].skipped_why.begin()->first;
}

std::vector<std::string> people_of(const FoundInteraction& found) {
  std::vector<std::string> people;
  for (const auto& key : found.with) people.push_back(text_of(key));
  return people;
}

std::vector<std::string> texts_of(const Batch& batch) {
  std::vector<std::string> texts;
  for (const auto& found : batch.interactions) texts.push_back(found.interaction.text);
  return texts;
}

std::string mbox_of(const std::vector<std::string>& letters) {
  std::string all;
  for (const auto& one : letters) all += "From - Mon Mar 02 10:00:00 2026\n" + one + "\n";
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mail_importer)

BOOST_AUTO_TEST_CASE(every_sample_reads_as_its_golden_file_says) {
  const auto folders = folders_of(samples);
  BOOST_TEST(folders.size() == 5U);
  for (const auto& folder : folders) {
    const auto files = files_below(samples / folder);
    for (const auto& file : files) BOOST_TEST(mail.recognises(file) > 95, file.name);
    check_golden("mail/" + folder, text_of(mail.read(files, options_of_signe())));
  }
}

BOOST_AUTO_TEST_CASE(bodies_are_read_when_asked_for_without_quotes_and_signatures) {
  auto options = options_of_signe();
  options.bodies = true;
  for (const auto* folder : {"takeout", "thunderbird", "eml"}) {
    check_golden(std::string("mail/bodies-") + folder, text_of(mail.read(files_below(samples / folder), options)));
  }
}

BOOST_AUTO_TEST_CASE(a_summary_counts_a_threads_day_in_each_direction) {
  const auto with_references = [](int number, const std::string& headers) {
    return letter(headers + "\nReferences: <root@quill.example>\nMessage-ID: <" + std::to_string(number) +
                  "@quill.example>");
  };
  auto options = options_of_signe();
  options.summary = true;
  const auto root = letter(from_ada + "\nMessage-ID: <root@quill.example>");
  const auto batch =
      read(mbox_of({root, with_references(1, from_ada), with_references(2, from_ada),
                    "From: signe@arvelund.example\nTo: Ada Quill <ada@quill.example>\nDate: Mon, 2 Mar 2026 "
                    "11:00:00 +0100\nIn-Reply-To: <root@quill.example>\nMessage-ID: <3@arvelund.example>\n\nx\n"}),
           options);
  BOOST_TEST_REQUIRE(batch.interactions.size() == 2U);
  const auto& in = batch.interactions[0].interaction;
  const auto& out = batch.interactions[1].interaction;
  BOOST_TEST(in.count == 3);
  BOOST_TEST((in.direction == Direction::in));
  BOOST_TEST(in.text.empty());
  BOOST_TEST(to_text(in.when) == "2026-03-02");
  BOOST_TEST(out.count == 1);
  BOOST_TEST((out.direction == Direction::out));

  options.summary = false;
  const auto whole = read(mbox_of({root}), options);
  BOOST_TEST_REQUIRE(whole.interactions.size() == 1U);
  BOOST_TEST(whole.interactions[0].interaction.source_key->starts_with(*in.source_key + "/"));
}

BOOST_AUTO_TEST_CASE(the_same_mail_has_the_same_key_in_every_mailbox) {
  const auto one =
      letter(from_ada + "\nMessage-ID: <a@quill.example>\nReferences: <root@quill.example> <b@quill.example>");
  const auto other = "X-Gmail-Labels: Inbox\nX-GM-THRID: 17\nDelivered-To: signe@arvelund.example\n" + one;
  const auto key = read(one).interactions.at(0).interaction.source_key;
  BOOST_TEST(key.has_value());
  BOOST_TEST((read(mbox_of({other})).interactions.at(0).interaction.source_key == key));
  const auto twice = mail.read({{"a.eml", one}, {"b.mbox", mbox_of({other})}}, options_of_signe());
  BOOST_TEST(twice.interactions.size() == 1U);
  BOOST_TEST(twice.files.at(1).skipped_why.at("repeated") == 1);
  BOOST_TEST((read(letter(from_ada)).interactions.at(0).interaction.source_key ==
              read("Status: RO\n" + letter(from_ada)).interactions.at(0).interaction.source_key));
}

BOOST_AUTO_TEST_CASE(mails_that_are_not_between_people_are_left_out_with_the_reason) {
  struct Case {
    std::string headers, why;
  };
  const std::string many = [] {
    std::string to = "Cc: ";
    for (int i = 0; i < 8; ++i) to += "p" + std::to_string(i) + "@quill.example, ";
    return to + "p9@quill.example";
  }();
  const std::string day = "Date: Mon, 2 Mar 2026 10:00:00 +0100\nSubject: hello";
  const std::vector<Case> cases{
      {from_ada, ""},
      {from_ada + "\nList-Id: <talk.quill.example>", "mailing list"},
      {from_ada + "\nPrecedence: bulk", "mailing list"},
      {from_ada + "\nList-Unsubscribe: <https://quill.example>", "newsletter"},
      {from_ada + "\nAuto-Submitted: auto-generated", "automatic"},
      {from_ada + "\nAuto-Submitted: no", ""},
      {from_ada + "\nX-Auto-Response-Suppress: All", "automatic"},
      {from_ada + "\nContent-Type: text/calendar; method=REPLY", "calendar"},
      {from_ada + "\nContent-Type: multipart/report; report-type=delivery-status", "delivery report"},
      {from_ada + "\nX-Gmail-Labels: Inbox,Spam", "spam"},
      {from_ada + "\nX-Gmail-Labels: =?utf-8?Q?Entw=C3=BCrfe?=", "draft"},
      {from_ada + "\nX-Gmail-Labels: \"Category Promotions\",Unread", "promotion"},
      {from_ada + "\nX-Gmail-Labels: Spam stories,Trashy novels", ""},
      {from_ada + "\nX-Mozilla-Status: 0009", "trash"},
      {from_ada + "\nX-Mozilla-Status: 0011", ""},
      {from_ada + "\nStatus: RO", ""},
      {from_ada + "\nX-Status: D", "trash"},
      {"From: no-reply@quill.example\n" + day, "automatic"},
      {"From: Quill <notifications@quill.example>\n" + day, "automatic"},
      {"From: MAILER-DAEMON@quill.example\n" + day, "automatic"},
      {"From: Norbert Eply <norbert.eply@quill.example>\n" + day, ""},
      {"From: Ada <ada@linkedin.example>\n" + day, ""},
      {"From: signe@arvelund.example\n" + day, "to yourself"},
      {from_ada + "\n" + many, "to many people"},
      {"From: Ada\n" + day, "nobody named"},
      {"From: ada@quill.example\nSubject: hello", "no date"},
      {"From: ada@quill.example\nDate: Thu, 01 Jan 1970 00:00:00 +0000\nSubject: hello", "no date"},
      {"From: \"'Ada' via Team\" <team@quill.example>\n" + day, "through a group"},
      {"From: ada@quill.example\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nSubject: Accepted: talk", "calendar"},
  };
  for (const auto& [headers, why] : cases) BOOST_TEST(why_left_out(letter(headers)) == why, headers);
}

BOOST_AUTO_TEST_CASE(the_folder_that_a_mail_lies_in_counts_as_its_label) {
  const std::vector<std::pair<std::string, std::string_view>> cases{
      {"Trash", "trash"},
      {"Takeout/Mail/Spam.mbox", "spam"},
      {"Deleted Messages.mbox/mbox", "trash"},
      {".Drafts/cur/177", "draft"},
      {"cur/177.M1.host:2,ST", "trash"},
      {"cur/177.M1.host:2,S", ""},
      {"Papierkorb.sbd/Alt", "trash"},
      {"All mail Including Spam and Trash.mbox", ""},
      {"Inbox", ""},
  };
  const RawMail none;
  for (const auto& [file, why] : cases) BOOST_TEST(folder_of(Headers(""), none, file).left_out == why, file);
  BOOST_TEST(folder_of(Headers(""), none, "Sent Messages.mbox/mbox").sent);
}

BOOST_AUTO_TEST_CASE(names_are_read_in_every_way_that_programs_write_them) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"Ada Quill <ada@quill.example>", "Ada Quill/ada@quill.example"},
      {"\"Quill, Ada\" <Ada@Quill.example>", "Ada Quill/ada@quill.example"},
      {"Quill, Ada <ada@quill.example>", "Ada Quill/ada@quill.example"},
      {"'Ada Quill' <ada@quill.example>", "Ada Quill/ada@quill.example"},
      {"\"ada@quill.example\" <ada@quill.example>", "/ada@quill.example"},
      {"ada@quill.example", "/ada@quill.example"},
      {"ada@quill.example (Ada Quill)", "Ada Quill/ada@quill.example"},
      {"=?utf-8?Q?Zo=C3?= =?utf-8?Q?=AB?= <z@quill.example>", "Zoë/z@quill.example"},
      {"=?utf-8?B?Wm/Dqw==?=\n\t=?iso-8859-1?Q?_M=FCller?= <z@quill.example>", "Zoë Müller/z@quill.example"},
      {"Zo\xEB <z@quill.example>", "Zoë/z@quill.example"},
      {"Zoë <z@quill.example>", "Zoë/z@quill.example"},
      {"\"=?utf-8?Q?Zo=C3=AB?=\" <z@quill.example>", "Zoë/z@quill.example"},
      {"=?gb2312?B?zfXQocP3?= <w@quill.example>", "王小明/w@quill.example"},
      {"Ada Quill [mailto:ada@quill.example]", "/ada@quill.example"},
      {"ada+jobs@quill.example", "/ada+jobs@quill.example"},
  };
  for (const auto& [from, key] : cases) {
    const auto batch = read(letter("From: " + from + "\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nSubject: x"));
    BOOST_TEST_REQUIRE(batch.interactions.size() == 1U, from);
    BOOST_TEST(people_of(batch.interactions[0]) == std::vector{key}, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(dates_are_read_as_badly_as_they_are_written) {
  const std::vector<std::pair<std::string_view, std::string>> cases{
      {"Mon, 3 Mar 2025 10:11:12 +0100", "2025-03-03T09:11:12Z"},
      {"Mon, 3 Mar 2025 10:11:12 +0100 (CET)", "2025-03-03T09:11:12Z"},
      {"Mon, 3 Mar 2025 10:11:12 -0000", "2025-03-03T10:11:12Z"},
      {"Mon, 3 Mar 2025 23:30 -0500", "2025-03-04T04:30:00Z"},
      {"3 Mar 25 10:11 EST", "2025-03-03T15:11:00Z"},
      {"03 Mar 99 10:11:12 PDT", "1999-03-03T17:11:12Z"},
      {"3 Mar 125 10:11:12 GMT", "2025-03-03T10:11:12Z"},
      {"Mon, 3 Mar 2025 10:11:12 GMT+2", "2025-03-03T08:11:12Z"},
      {"Mon, 3 Mar 2025 10:11:12 GMT+0200", "2025-03-03T08:11:12Z"},
      {"Mon, 3 Mar 2025 10:11:12 CEST", "2025-03-03T08:11:12Z"},
      {"Mon, 3 Mar 2025 10:11:12", "2025-03-03T10:11:12"},
      {"Mon, 3 Mar 2025 10:11:12 NOWHERE", "2025-03-03T10:11:12"},
      {"Mon, 3 Mar 2025 10:11:12 +9900", "2025-03-03T10:11:12"},
      {"Mon Mar  3 10:11:12 2025", "2025-03-03T10:11:12"},
      {"Mon Mar  3 10:11:12 +0000 2025", "2025-03-03T10:11:12Z"},
      {"Mon, 3 March 2025 10.11.12 +0100", "2025-03-03T09:11:12Z"},
      {"03-Mar-25 10:11:12 GMT", "2025-03-03T10:11:12Z"},
      {"2025-03-03T10:11:12Z", "2025-03-03T10:11:12Z"},
      {"2025-03-03 10:11:12+01:00", "2025-03-03T09:11:12Z"},
      {"Mon, 3 Mar 2025 01:11:12 PM +0000", "2025-03-03T13:11:12Z"},
      {"Mon, 3 Mar 2025", "2025-03-03"},
      {"Mon, 31 Feb 2025 10:11:12 +0000", ""},
      {"Mon, 3 Mar 20255 10:11:12 +0000", ""},
      {"yesterday", ""},
      {"", ""},
      {"((((", ""},
      {"3 3 3 3 3", ""},
      {"-- - -", ""},
  };
  for (const auto& [written, expected] : cases) {
    const auto moment = mail_moment(written);
    BOOST_TEST((moment ? to_text(*moment) : "") == expected, written << " → " << (moment ? to_text(*moment) : ""));
  }
}

BOOST_AUTO_TEST_CASE(a_mailbox_falls_into_its_mails_and_nothing_else_does) {
  struct Case {
    std::string bytes;
    std::vector<std::string> subjects;
  };
  const auto one = [](const std::string& subject, const std::string& body, const std::string& more = "") {
    return "From: ada@quill.example\nTo: signe@arvelund.example\nDate: Mon, 2 Mar 2026 10:00:00 +0100\nMessage-ID: <" +
           subject + "@quill.example>\nSubject: " + subject + "\n" + more + "\n" + body;
  };
  const std::string line = "From ada@quill.example Mon Mar  2 10:00:00 2026\n";
  const std::vector<Case> cases{
      {line + one("a", "x\n\n") + line + one("b", "y\n"), {"a", "b"}},
      {line + one("a", "x\n") + line + one("b", "y"), {"a", "b"}},
      {line + one("a", "From here it goes on\nto: nobody\n\n") + line + one("b", ""), {"a", "b"}},
      {line + one("a", "\n" + line + "no header\n\n") + line + one("b", ""), {"a", "b"}},
      {line + one("a", "\n>" + line + one("quoted", "")) + "\n" + line + one("b", ""), {"a", "b"}},
      {"From \n" + one("a", "x\n\n") + "From \n" + one("b", ""), {"a", "b"}},
      {"From - \n" + one("a", "x\nFrom \nFrom: this\n\n") + line + one("b", ""), {"a", "b"}},
      {line + one("a", "0123456789\n" + line + one("inner", "z\n"), "Content-Length: 400\n") + line + one("b", ""),
       {"a", "inner", "b"}},
      {line + one("a", "x\n", "Content-Length: 18446744073709551616\n") + line + one("b", ""), {"a", "b"}},
      {line + one("a", "x\n", "Content-Length: -3\n") + line + one("b", ""), {"a", "b"}},
      {line + line + one("a", ""), {"a"}},
  };
  for (const auto& [bytes, subjects] : cases) {
    BOOST_TEST_CONTEXT(bytes) {
      BOOST_TEST(texts_of(read(bytes)) == subjects, boost::test_tools::per_element());
      std::string windows;
      for (const char c : bytes) windows += c == '\n' ? "\r\n" : std::string{c};
      BOOST_TEST(texts_of(read(windows)) == subjects, boost::test_tools::per_element());
    }
  }
  const auto inner = line + one("inner", "z\n");
  const auto counted =
      line + one("a", inner, "Content-Length: " + std::to_string(inner.size()) + "\n") + "\n" + line + one("b", "");
  BOOST_TEST(texts_of(read(counted)) == (std::vector<std::string>{"a", "b"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(only_mail_is_claimed) {
  const std::vector<std::pair<std::string, bool>> cases{
      {"From: a@quill.example\nTo: b@quill.example\n\nx", true},
      {"\n\nSubject: x\nDate: today\n\nx", true},
      {"From - Mon Mar 02 10:00:00 2026\nX-Mozilla-Status: 0001\n\nx", true},
      {"412       \nFrom: a@quill.example\nSubject: x\n\nx", true},
      {"From: a@quill.example\n\nTo: nobody", false},
      {"From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\nFrom: Ada <a@quill.example>\nDate: "
       "Mon\nSubject: "
       "[PATCH] x\n\nx",
       false},
      {"From,To,Date,Subject\na,b,c,d\n", false},
      {"From here on\nit is prose: with colons\n", false},
      {"BEGIN:VCARD\nVERSION:3.0\nFN:Ada\nEND:VCARD\n", false},
      {"# Notes\nAda Quill (Acme): to: do\n", false},
      {"{\"From\": 1}", false},
      {"", false},
  };
  for (const auto& [bytes, is_mail] : cases) BOOST_TEST((mail.recognises({"x", bytes}) > 90) == is_mail, bytes);
}

BOOST_AUTO_TEST_CASE(a_message_of_outlook_says_how_to_save_it) {
  const SourceFile file{"a.msg", std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more")};
  BOOST_TEST(mail.recognises(file) > 0);
  const auto batch = mail.read({file}, options_of_signe());
  BOOST_TEST_REQUIRE(batch.files.size() == 1U);
  BOOST_TEST(batch.files[0].not_read.find("save it as .eml") != std::string::npos);
  BOOST_TEST_REQUIRE(batch.issues.size() == 1U);
}

BOOST_AUTO_TEST_CASE(your_own_address_is_guessed_or_asked_for) {
  Options unknown = options_of_signe();
  unknown.my_emails.clear();
  const auto delivered = read("Delivered-To: signe@arvelund.example\n" + letter(from_ada), unknown);
  BOOST_TEST(delivered.interactions.size() == 1U);
  BOOST_TEST_REQUIRE(delivered.issues.size() == 1U);
  BOOST_TEST(delivered.issues[0].message ==
             "taken for yours, as it looks: signe@arvelund.example; say 'ties contact edit me --email ADDRESS' to make "
             "it certain");
  const auto sent = read(
      "X-Gmail-Labels: Sent\nFrom: signe@arvelund.example\nTo: ada@quill.example\nDate: Mon, 2 Mar 2026 "
      "10:00:00 +0100\n\nx",
      unknown);
  BOOST_TEST_REQUIRE(sent.interactions.size() == 1U);
  BOOST_TEST((sent.interactions[0].interaction.direction == Direction::out));
  const auto nothing = read(letter(from_ada), unknown);
  BOOST_TEST(nothing.interactions.empty());
  BOOST_TEST(nothing.files.at(0).skipped_why.at("your address unknown") == 1);
  BOOST_TEST_REQUIRE(nothing.issues.size() == 1U);
  BOOST_TEST(nothing.issues[0].message.find("ties contact edit me --email ADDRESS") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(new_people_are_those_to_whom_you_wrote) {
  const std::string sent =
      "From: signe@arvelund.example\nTo: Ada Quill <ada@quill.example>\nDate: Tue, 3 Mar 2026 10:00:00 +0100\n\nx\n";
  const auto box = mbox_of({letter(from_ada + "\nCc: Bo Tarn <bo@tarn.example>"),
                            letter("From: Bo Tarn <bo@tarn.example>\nDate: Mon, 2 Mar 2026 12:00:00 +0100"), sent});
  auto options = options_of_signe();
  const auto known = read(box, options);
  BOOST_TEST_REQUIRE(known.interactions.size() == 3U);
  for (const auto& found : known.interactions) BOOST_TEST(found.only_with_known);
  options.new_people = true;
  const auto wide = read(box, options);
  BOOST_TEST_REQUIRE(wide.interactions.size() == 3U);
  BOOST_TEST(!wide.interactions[0].only_with_known);
  BOOST_TEST(people_of(wide.interactions[0]) == std::vector<std::string>{"Ada Quill/ada@quill.example"},
             boost::test_tools::per_element());
  BOOST_TEST(wide.interactions[1].only_with_known);
  BOOST_TEST(!wide.interactions[2].only_with_known);
}

BOOST_AUTO_TEST_CASE(what_is_read_is_handed_over_and_progress_is_told) {
  std::string box;
  for (int i = 0; i < 12'000; ++i) {
    box += "From - Mon Mar 02 10:00:00 2026\n" +
           letter(from_ada + "\nMessage-ID: <" + std::to_string(i) + "@quill.example>", std::string(900, 'x')) + "\n\n";
  }
  auto options = options_of_signe();
  std::size_t handed = 0;
  std::int64_t done = 0, total = 0;
  options.hand_over = [&](Batch& batch) { handed += batch.interactions.size(), batch.interactions.clear(); };
  options.progress = [&](std::string_view, std::int64_t now, std::int64_t all) { done = now, total = all; };
  const auto batch = read(box, options);
  BOOST_TEST(handed == 10'000U);
  BOOST_TEST(batch.interactions.size() == 2'000U);
  BOOST_TEST(done == total);
  BOOST_TEST(total == static_cast<std::int64_t>(box.size()));
  options.since = 2026y / 3 / 3;
  BOOST_TEST(read(box, options).files.at(0).skipped_why.at("before 2026-03-03") == 12'000);
}

BOOST_AUTO_TEST_CASE(own_words_are_what_the_writer_wrote) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"\nHello.\n", "Hello."},
      {"\nHello.\n-- \nAda\n", "Hello."},
      {"\nYes.\n\nOn Mon, Ada <ada@quill.example> wrote:\n> Really?\n", "Yes."},
      {"\n> Really?\nYes.\n> Truly?\nYes.\n", "Yes.\nYes."},
      {"\nYes.\n\nOn Mon, Ada wrote:\n\nReally?\n", "Yes."},
      {"\nAm Montag schrieb Bo <bo@tarn.example>:\nHello.\n", "Am Montag schrieb Bo <bo@tarn.example>:\nHello."},
      {"\nOK\n\n________________________________\nFrom: Ada\nSent: Monday\n", "OK"},
      {"\nOK\n\nVon: Ada\nGesendet: Montag\nold\n", "OK"},
      {"\nFrom: the beginning\nto the end\n", "From: the beginning\nto the end"},
      {"\n>From the archive\n", "From the archive"},
      {"Content-Type: text/html; charset=iso-8859-1\n\n<p>Caf\xE9</p><script>x</script>", "Café"},
      {"Content-Type: text/plain; charset=utf-8\n\nCaf\xE9", "Café"},
      {"Content-Type: text/plain; charset=nonsense\n\nCafé", "Café"},
      {"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nSGVsbG8u\n", "Hello."},
      {"Content-Type: application/pdf\n\n%PDF", ""},
      {"Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\nContent-Disposition: "
       "attachment\n\nno\n--b\nContent-Type: message/rfc822\n\nSubject: x\n\nno\n--b\nContent-Type: "
       "text/plain\n\nyes\n--b--\n",
       "yes"},
      {"Content-Type: multipart/mixed\n\nno boundary\n", ""},
  };
  for (const auto& [whole, words] : cases) BOOST_TEST(own_words("Subject: x\n" + whole) == words, whole);
  BOOST_TEST(own_words("Subject: x\n\n" + std::string(100'000, 'x')).size() == 10'000U);
}

BOOST_AUTO_TEST_CASE(job_mails_tell_what_happened_and_where) {
  using What = FoundNotice::What;
  struct Case {
    std::string_view from, subject;
    std::optional<What> what{};
    std::string_view company{}, role{}, referrer{};
  };
  const auto none = std::nullopt;
  const std::vector<Case> cases{
      {"Lanternfield Research <no-reply@us.greenhouse-mail.io>",
       "Ishaan Devrukhkar referred you to a job at Lanternfield Research!", What::referred, "Lanternfield Research", "",
       "Ishaan Devrukhkar"},
      {"no-reply@hire.lever.co", "Ada Quill referred you for the Compiler Engineer role at Nimbelwood", What::referred,
       "Nimbelwood", "Compiler Engineer", "Ada Quill"},
      {"no-reply@quill.example", "Bo Tarn referred you to a job at Quill!", What::referred, "Quill", "", "Bo Tarn"},
      {"Quill Careers <careers@quill.example>", "You've been referred to Quill", What::referred, "Quill"},
      {"no-reply@ashbyhq.com", "You have been referred for Staff Engineer at Cobaltwren", What::referred, "Cobaltwren",
       "Staff Engineer"},
      {"no-reply@greenhouse.io", "Thank you for applying to Lanternfield Research", What::received,
       "Lanternfield Research"},
      {"no-reply@greenhouse.io", "Thanks for applying to Lanternfield Research!", What::received,
       "Lanternfield Research"},
      {"no-reply@ashbyhq.com", "Thanks for applying to the Research Engineer role at Lanternfield", What::received,
       "Lanternfield", "Research Engineer"},
      {"no-reply@hire.lever.co", "Thank you for your application to Papermill Compilers", What::received,
       "Papermill Compilers"},
      {"no-reply@hire.lever.co", "Thank you for applying to Cobaltwren - Staff Engineer, Tools", What::received,
       "Cobaltwren", "Staff Engineer, Tools"},
      {"Halcyon & Pike, LLC Recruiting <no-reply@smartrecruiters.com>", "Your application has been received",
       What::received, "Halcyon & Pike, LLC"},
      {"Workday <halcyonpike@myworkday.com>", "Thank you for applying!", What::received, "Halcyonpike"},
      {"tallgrove+autoreply@icims.com", "Thank you for applying", What::received, "Tallgrove"},
      {"Tallgrove Analytics @ icims <noreply@icims.com>", "Thank you for your application", What::received,
       "Tallgrove Analytics"},
      {"no-reply@tessarine-bank.teamtailor-mail.com", "Thank you for your application!", What::received,
       "Tessarine Bank"},
      {"noreply@candidates.workablemail.com", "Thanks for applying to Fjordlys Robotics", What::received,
       "Fjordlys Robotics"},
      {"Fjordlys Robotics Hiring Team <no-reply@jobvite.com>", "Application Received", What::received,
       "Fjordlys Robotics"},
      {"no-reply@fjordlys.recruitee.com", "We've received your application", What::received, "Fjordlys"},
      {"no-reply@fjordlys.bamboohr.com", "Your application for Robotics Engineer has been received", What::received,
       "Fjordlys", "Robotics Engineer"},
      {"no-reply@gem.com", "We have received your application for Compiler Engineer at Quill", What::received, "Quill",
       "Compiler Engineer"},
      {"Quill <no-reply@breezy.hr>", "Quill | Application received", What::received, "Quill"},
      {"no-reply@breezy.hr", "[Quill] Application received", What::received, "Quill"},
      {"no-reply@rippling.com", "Signe, thank you for applying to Quill", What::received, "Quill"},
      {"careers@quill.example", "Thank you for your application", What::received, "Quill"},
      {"The Quill Team <jobs@quill.example>", "Your application for Linker Engineer", What::received, "Quill",
       "Linker Engineer"},
      {"noreply@quill.example", "Thank you for applying to Quill", What::received, "Quill"},
      {"noreply@quill.example", "Your application for Linker Engineer at Quill", What::received, "Quill",
       "Linker Engineer"},
      {"jobs-noreply@linkedin.com", "Signe, your application was sent to Lanternfield Research", What::received,
       "Lanternfield Research"},
      {"no-reply@successfactors.eu", "Your application at Osterhav Data", What::received, "Osterhav Data"},
      {"Osterhav Data via Greenhouse <no-reply@greenhouse.io>", "Application confirmation", What::received,
       "Osterhav Data"},
      {"no-reply@taleo.net", "Osterhav Data has received your application", What::received, "Osterhav Data"},
      {"no-reply@nimbelwood.jobs.personio.de", "Vielen Dank für Ihre Bewerbung bei Nimbelwood", What::received,
       "Nimbelwood"},
      {"no-reply@nimbelwood.jobs.personio.de", "Eingangsbestätigung Ihrer Bewerbung", What::received, "Nimbelwood"},
      {"karriere@nimbelwood.example", "Ihre Bewerbung als Übersetzerbauer bei Nimbelwood", What::received, "Nimbelwood",
       "Übersetzerbauer"},
      {"recrutement@quintrec.example", "Merci pour votre candidature chez Quintrec", What::received, "Quintrec"},
      {"no-reply@recruitee.com", "Bedankt voor je sollicitatie bij Vlietstra", What::received, "Vlietstra"},
      {"empleo@mareta.example", "Hemos recibido tu candidatura", What::received, "Mareta"},
      {"Lanternfield Research Hiring Team <no-reply@ashbyhq.com>", "Interview invitation: Research Engineer",
       What::interview, "Lanternfield Research"},
      {"no-reply@hire.lever.co", "Schedule your interview with Cobaltwren", What::interview, "Cobaltwren"},
      {"Maëlle at Cobaltwren <no-reply@hire.lever.co>", "Interview request", What::interview, "Cobaltwren"},
      {"no-reply@greenhouse.io", "Invitation to interview at Quill", What::interview, "Quill"},
      {"no-reply@goodtime.greenhouse.io", "Your upcoming interview with Quill", What::interview, "Quill"},
      {"no-reply@nimbelwood.jobs.personio.de", "Einladung zum Vorstellungsgespräch bei Nimbelwood", What::interview,
       "Nimbelwood"},
      {"recrutement@quintrec.example", "Invitation à un entretien", What::interview, "Quintrec"},
      {"Lanternfield Research <no-reply@greenhouse.io>", "Your offer letter from Lanternfield Research", What::offer,
       "Lanternfield Research"},
      {"no-reply@ashbyhq.com", "Job offer from Quill", What::offer, "Quill"},
      {"hr@quill.example", "Offer of employment", What::offer, "Quill"},
      {"no-reply@nimbelwood.jobs.personio.de", "Absage Ihrer Bewerbung", What::rejected, "Nimbelwood"},
      {"Quill Recruiting <no-reply@workday.icims.com>", "Your application was not successful", What::rejected, "Quill"},
      // What is uncertain, or something else.
      {"Tessarine Bank Careers <no-reply@hire.lever.co>", "Update on your application", none},
      {"Tessarine Bank Careers <no-reply@hire.lever.co>", "Tessarine Bank - Update on your application", none},
      {"no-reply@hire.lever.co", "Update: your application to Tessarine Bank", none},
      {"no-reply@greenhouse.io", "Your application status", none},
      {"no-reply@greenhouse.io", "Thank you for your interest in Quill", none},
      {"no-reply@greenhouse.io", "Thank you for applying", none},
      {"no-reply@greenhouse.io", "Verify your address", none},
      {"no-reply@greenhouse.io", "Re: Thank you for applying to Quill", none},
      {"Quill Shop <offers@quillshop.example>", "Your offer from Quill Shop", none},
      {"news@quillshop.example", "Job offer from the kitchen: half price pans", none},
      {"no-reply@skerrybank.example", "Your application for a card", none},
      {"no-reply@skerrybank.example", "Thank you for applying for a Skerry card", none},
      {"no-reply@skerrybank.example", "We received your application", none},
      {"jobalerts-noreply@linkedin.com", "30 new jobs for 'compiler engineer'", none},
      {"jobs-listings@linkedin.com", "Lanternfield Research is hiring a Research Engineer", none},
      {"jobs-noreply@linkedin.com", "Your application was viewed by Lanternfield Research", none},
      {"jobs-noreply@linkedin.com", "Thank you for applying to our survey", none},
      {"alert@indeed.com", "Interview with Quill's founder: how to prepare", none},
      {"digest@monster.com", "Schedule your interview training", none},
      {"newsletter@quill.example", "Interview with Ada Quill about compilers", none},
      {"newsletter@quill.example", "How to write an offer letter", none},
      {"Ada Quill <ada@quill.example>", "Thank you for applying to Quill", none},
      {"Ada Quill <ada@quill.example>", "Interview invitation", none},
      {"Ada Quill <ada@quill.example>", "Bo Tarn referred you to a job at Quill!", none},
      {"no-reply@quill.example", "Your order has been received", none},
      {"no-reply@ashbyhq.com", "", none},
  };
  int told = 0;
  for (const auto& [from, subject, what, company, role, referrer] : cases) {
    BOOST_TEST_CONTEXT(from << ": " << subject) {
      const auto block = "From: " + std::string(from);
      const auto senders = Headers(block).addresses("From");
      BOOST_TEST_REQUIRE(senders.size() == 1U);
      const auto notice = notice_of(senders[0], subject);
      BOOST_TEST(notice.has_value() == what.has_value(), (notice ? text_of(*notice) : "no notice"));
      if (!notice || !what) continue;
      ++told;
      BOOST_TEST((notice->what == *what), text_of(*notice));
      BOOST_TEST(notice->company == company);
      BOOST_TEST(notice->role == role);
      BOOST_TEST(notice->referrer == referrer);
      BOOST_TEST(notice->evidence.starts_with(subject));
    }
  }
  BOOST_TEST(cases.size() >= 70U);
  BOOST_TEST(told >= 45);
}

BOOST_AUTO_TEST_CASE(hostile_mail_costs_no_more_than_its_size) {
  const auto repeated = [](std::string_view part, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += part;
    return all;
  };
  auto options = options_of_signe();
  options.bodies = true;
  const std::string begin =
      "From: ada@quill.example\nTo: signe@arvelund.example\nDate: Mon, 2 Mar 2026 10:00:00 +0100\n";
  const std::vector<std::string> cases{
      begin + "Subject: " + std::string(3'000'000, 'x') + "\n\nx",
      begin + "Subject: x" + repeated("\n x", 500'000) + "\n\nx",
      begin + repeated("X-A: b\n", 300'000) + "\nx",
      begin + "Cc: " + repeated("a@quill.example, ", 100'000) + "\n\nx",
      begin + "Cc: " + repeated("a:", 100'000) + "\n\nx",
      begin + "Cc: " + repeated("(", 60'000) + "\n\nx",
      begin + "Cc: " + repeated("=?utf-8?Q?a?= ", 20'000) + "\n\nx",
      begin + "References: " + repeated("<a@b> ", 100'000) + "\n\nx",
      begin + "X-Gmail-Labels: " + repeated("a,", 100'000) + "\n\nx",
      begin + "\n" + repeated("\nFrom x 10:00:00\n", 200'000),
      begin + "\n" + repeated("On a wrote:\n", 200'000),
      begin + "\n" + repeated("<p", 500'000),
      begin + "Content-Type: text/html\n\n" + repeated("<div>", 300'000),
      begin + "Content-Type: multipart/mixed; boundary=b\n\n" +
          repeated("--b\nContent-Type: multipart/mixed; boundary=b\n\n", 30'000),
      begin + repeated("Content-Type: message/rfc822\n\n", 60'000),
      repeated("From - 10:00:00\nContent-Length: 99\n\n", 100'000),
      repeated("From - 10:00:00\nTo: x\n\n\n\n\n\n\n\n", 100'000),
  };
  for (const auto& bytes : cases) {
    const auto start = std::chrono::steady_clock::now();
    const auto batch = read(bytes, options);
    const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
    BOOST_TEST(spent.count() < 20'000, bytes.substr(begin.size(), 40) << ": " << spent.count() << " ms");
    BOOST_TEST(batch.files.size() <= 1U);
    for (const auto& found : batch.interactions) BOOST_TEST(found.interaction.text.size() <= 10'400U);
  }
}

BOOST_AUTO_TEST_CASE(damaged_mail_never_crashes_and_always_gives_a_whole_report) {
  Damage damage(20260301);
  constexpr auto odd = "\"<>@;:,=?\t\n\r\0\xFF\xC3 From"sv;
  int rounds = 0, mails = 0;
  for (const auto& folder : folders_of(samples)) {
    for (const auto& file : files_below(samples / folder)) {
      for (int round = 0; round < 60; ++round, ++rounds) {
        auto options = options_of_signe();
        options.bodies = round % 2 == 0;
        options.new_people = round % 3 == 0;
        if (round % 5 == 0) options.my_emails.clear();
        const auto bytes = damage.of(std::string(file.bytes.view()), odd);
        const int claim = mail.recognises({file.name, bytes});
        BOOST_TEST_REQUIRE((claim >= 0 && claim <= 100));
        const auto batch = mail.read({{file.name, bytes}}, options);
        BOOST_TEST_REQUIRE(batch.files.size() == (claim > 90 ? 1U : 0U));
        BOOST_TEST_REQUIRE(text::is_utf8(text_of(batch)));
        if (batch.files.empty()) continue;
        BOOST_TEST_REQUIRE(static_cast<std::size_t>(batch.files[0].rows - batch.files[0].skipped) ==
                           batch.interactions.size() + batch.notices.size());
        for (const auto& found : batch.interactions) {
          BOOST_TEST_REQUIRE(!found.with.empty());
          for (const auto& key : found.with) BOOST_TEST_REQUIRE((normalised(PointKind::email, key.email) == key.email));
        }
        mails += batch.files[0].rows;
      }
    }
  }
  BOOST_TEST(rounds >= 800);
  BOOST_TEST(mails >= 800);
}

BOOST_AUTO_TEST_SUITE_END()
