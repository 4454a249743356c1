#include <boost/test/unit_test.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

struct Ran {
  int code{};
  std::string out{}, err{};
};

/// The program itself, in a folder of its own, on a day that stands still.
struct Program {
  std::filesystem::path folder = std::filesystem::temp_directory_path() / ("ties_cli_" + std::to_string(getpid()));

  Program() { std::filesystem::create_directories(folder); }
  ~Program() { std::filesystem::remove_all(folder); }

  Ran operator()(const std::string& words) const {
    const auto err = folder / "err";
    const auto command = "TIES_FILE='" + (folder / "ties.db").string() + "' TIES_TODAY=2026-03-04 '" TIES_PROGRAM "' " + words + " 2>'" + err.string() + "' </dev/null";
    Ran ran;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> buffer{};
    while (const auto count = fread(buffer.data(), 1, buffer.size(), pipe)) ran.out.append(buffer.data(), count);
    const int status = pclose(pipe);
    ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    std::ifstream file(err);
    ran.err.assign(std::istreambuf_iterator<char>(file), {});
    return ran;
  }
};

std::string sample(const std::string& name) { return "'" TIES_SOURCE_DIR "/samples/" + name + "'"; }

}  // namespace

BOOST_AUTO_TEST_SUITE(command_line)

BOOST_FIXTURE_TEST_CASE(every_command_works_once_on_a_fresh_file_and_has_help_with_an_example, Program) {
  const std::vector<std::string> commands{
      "init --name 'Signe Arvelund' --region NO", "", "import " + sample("linkedin/Basic_LinkedInDataExport_03-02-2026.zip"), "import --preview " + sample("linkedin/2026-06-15"), "imports --issues",
      "contact add 'Ada Lovelace' --company Acme --email ada@acme.example --tag compilers", "contact list lovelace tag:compilers -tag:recruiter --sort last", "contact show lovelace", "contact edit lovelace --cadence 6w --star --also Ада", "contact add 'Ada Lovelaec' --company Acme", "duplicates --at-least 50", "contact merge 1 'ada lovelaec' --preview", "contact distinct 'ada lovelace' 'ada lovelaec'", "contact merge 'ada lovelace' 'ada lovelaec' --field headline=mine --yes",
      "contact tag lovelace friends --cadence 3m", "contact archive lovelace", "contact restore lovelace", "contact delete lovelace", "contact restore lovelace",
      "event add LoopConf --place Oslo --starts 2026-03-01", "event list", "event log LoopConf " + sample("notes/skerryconf26.txt"), "event show LoopConf",
      "log 'met @\"Ada Lovelace\" at #LoopConf, works on loops, follow up in 2 weeks'", "log --preview 'called @Nobody'", "interaction add lovelace --kind call --text hello --promise 'the paper' --by friday", "interaction list --contact lovelace",
      "interaction edit 1 --channel phone", "interaction delete 1", "favour add lovelace given --text 'read a draft'", "favour list",
      "contribution add 'Fix it' --link https://code.example/acme/x/pull/1 --repository acme/x --company Acme --state merged --reviewed-by lovelace", "contribution list", "company add Brill --target", "company list --targets", "company show acme",
      "company alias acme 'Acme Labs'", "company target acme", "who acme", "ready", "ready acme", "pipeline list", "pipeline show", "pipeline export", "pipeline export --schema", "pipeline use simple", "pipeline use referral", "stage add 'Team lead' --after interviews",
      "stage edit team-lead --patience 5", "stage move team-lead --before interviews", "stage remove team-lead", "application add 'Engineer' --company Brill --source referral", "application list", "application show 1", "application edit 1 --team Loops",
      "referral add lovelace --company Brill --application 1", "referral list --open", "referral show 1", "referral step 1 asked --yes", "referral step 1 submitted", "referral thank 1", "application move 1 Applied", "application note 1 'a note'",
      "interview add 1 --kind coding --at '2026-03-10 10:00' --with lovelace", "brief 'ada lovelace'", "brief company acme", "brief application 1", "brief interview 1", "brief contact lovelace", "template list", "template show thanks", "template placeholders", "template add Coffee --kind hello --text 'Coffee, {first_name}?'", "template edit coffee --subject Hi", "draft hello lovelace --template coffee", "draft referral lovelace --referral 1", "template delete coffee", "template edit thanks --subject Thanks", "template reset thanks", "interview list", "interview done 1 --outcome passed --thanked", "document add https://cv.example/cv.pdf --kind cv --application 1", "document list", "application reroute 1 Other",
      "application close 2 withdrawn", "task add 'write it' --due friday --repeat 7", "task list", "task snooze 1 next monday", "task skip 1", "task done 2", "followups --days 30", "followups count", "board", "report pipeline", "report funnel", "report flow", "report time-in-stage --by stage", "report referrals", "report lift", "search loops", "export contacts", "export --format vcard", "export --format google", "export applications", "export interactions --format jsonl", "export contributions", "export calendar",
      "interaction show 2", "favour show 1", "favour edit 1 --text 'read two drafts'", "contribution show 1", "contribution edit 1 --closed-on ''", "event edit LoopConf --ends 2026-03-03", "company edit brill --notes 'builds loops' --domain brill.example",
      "task show 1", "task edit 1 --repeat '' --due friday", "interview show 1", "interview edit 1 --minutes 30 --thanked-on ''", "document show 1", "document edit 1 --title 'CV, short'", "referral edit 1 --requisition R-1 --expires ''",
      "application edit 1 --deadline '' --archive", "application bulk 1 2 --priority 3 --unarchive", "stage show applied", "tag list", "tag show friends", "tag edit friends --name 'inner circle' --cadence none", "contact edit lovelace --met-on '' --email ''",
      "contact bulk lovelace --add-tag loops --star", "contact bulk --where tag:loops --unstar", "contact list --limit 2 --offset 1 --sort -last --fields id,name", "tag delete 'inner circle'", "document delete 1", "interview delete 1", "task delete 1", "favour delete 1", "contribution delete 1",
      "referral delete 1", "application delete 1", "event delete LoopConf", "company add Empty", "company delete empty",
      "view add Quiet --page contacts --query 'q=last%3A%3E90d' --standard", "view list --page contacts", "view edit quiet --name 'Long quiet' --position 1", "view show 1", "view delete 1",
      "company list --query acme --sort -people", "application list --query engineer --pipeline referral --all", "contribution list --query fix",
      "token add phonebook --scope read", "token list", "token revoke phonebook", "signin", "history", "history --of 'contact lovelace'", "undo", "redo",
      "config", "config look_ahead_days 14", "check", "backup", "backup list", "contact erase lovelace --yes", "--version"};
  for (const auto& command : commands) {
    BOOST_TEST_CONTEXT("ties " << command) {
      const auto ran = (*this)(command);
      BOOST_TEST(ran.code == 0, ran.err);
      BOOST_TEST(!ran.out.empty());
    }
  }
  for (const auto* noun : {"followups", "contact add", "application move", "log", "import", "stage remove"}) {
    const auto help = (*this)(std::string(noun) + " --help");
    BOOST_TEST(help.code == 0);
    BOOST_TEST(help.out.find("Example:\n  ties ") != std::string::npos);
  }
}

BOOST_FIXTURE_TEST_CASE(results_go_to_standard_output_messages_to_standard_error_and_the_exit_code_says_which, Program) {
  (*this)("contact add 'Ada Lovelace'");
  (*this)("contact add 'Ada Byron'");
  const struct {
    const char* words;
    int code;
    const char* err;
  } rows[] = {
      {"contact show nobody", 1, "ties: there is no contact 'nobody'; `ties contact add 'nobody'` makes one\n"},
      {"contact show ada", 1, "ties: 'ada' may be any of 2; give more of the name, or the number\n  2  Ada Byron\n  1  Ada Lovelace\n"},
      {"contct list", 2, "ties: there is no command 'contct'; did you mean 'contact'?; `ties --help` lists them\n"},
      {"contact list 'tags:x'", 2, "ties: 'tags:' is no key of a query; did you mean 'tag'?; there are tag, company, event, source, last, has, is, id\n"},
      {"followups --today 2026-02-30", 2, "ties: --today: '2026-02-30' is no day; write it as 2026-03-01\n"},
      {"import /no/such.zip", 1, "ties: /no/such.zip: there is no such file or folder\n"},
      {"followups cuont", 2, "ties: there is no command 'followups cuont'; did you mean 'count'?; `ties followups --help` lists them\n"},
      {"followups --format pdf", 2, "ties: format: 'pdf' is none of text, markdown, html, json, csv, svg, ics\n"},
      {"export contacts --format ics", 2, "ties: format: contacts can leave as csv, vcard, vcard4, google, jsonl, not as ics\n"},
      {"undo 99", 1, "ties: there is no change 99; `ties history` lists them\n"},
  };
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.words) {
      const auto ran = (*this)(row.words);
      BOOST_TEST(ran.code == row.code);
      BOOST_TEST(ran.err == row.err);
      BOOST_TEST(ran.out == "");
    }
  }
}

BOOST_FIXTURE_TEST_CASE(the_sample_comes_and_goes, Program) {
  (*this)("contact add 'Ada Lovelace'");
  BOOST_TEST((*this)("sample").out.find("the sample is not in the file") != std::string::npos);
  const auto loaded = (*this)("sample load");
  BOOST_TEST((loaded.out + loaded.err).find("loaded the sample: 42 people, 12 companies, 10 applications") != std::string::npos, loaded.out + loaded.err);
  BOOST_TEST((*this)("sample load").code == 1);
  BOOST_TEST((*this)("").out.find("compare the offer with my range") != std::string::npos);
  BOOST_TEST((*this)("contact list --csv --limit 1000").out.find("Ishaan Devrukhkar") != std::string::npos);
  BOOST_TEST((*this)("sample remove").code == 0);
  BOOST_TEST((*this)("contact list --csv").out == "id,name,title,company,last,tags\r\n1,Ada Lovelace,,,,\r\n");
  BOOST_TEST((*this)("sample remove").code == 1);
}

BOOST_FIXTURE_TEST_CASE(a_backup_is_made_checked_tried_and_put_back, Program) {
  (*this)("contact add 'Ada Lovelace'");
  const auto made = (*this)("backup");
  BOOST_TEST((made.out.find("ties.db.backups/ties-2026-03-04T120000.db: 1 contacts, 0 applications") != std::string::npos), made.out);
  const auto elsewhere = (folder / "mine.db").string();
  BOOST_TEST((*this)("backup '" + elsewhere + "'").code == 0);
  BOOST_TEST((*this)("backup '" + elsewhere + "'").code == 1);
  BOOST_TEST((*this)("backup lits").err == "ties: there is no command 'backup lits'; did you mean 'list'?; `ties backup --help` lists them\n");
  BOOST_TEST((*this)("backup verify ties-2026-03-04T120000.db").code == 0);
  BOOST_TEST((*this)("backup verify '" + elsewhere + "'").code == 0);
  std::ofstream(folder / "words.db") << "no backup";
  BOOST_TEST((*this)("backup verify '" + (folder / "words.db").string() + "'").code == 1);
  BOOST_TEST((*this)("restore '" + (folder / "words.db").string() + "'").code == 1);
  (*this)("contact add 'Grace Hopper'");
  const auto trial = (*this)("restore ties-2026-03-04T120000.db --dry-run");
  BOOST_TEST((trial.out + trial.err).find("would be gone: added Grace Hopper") != std::string::npos);
  BOOST_TEST((*this)("contact list --csv").out.find("Grace") != std::string::npos);
  const auto restored = (*this)("restore ties-2026-03-04T120000.db");
  BOOST_TEST((restored.out + restored.err).find("the way back: ties restore ties-2026-03-04T120000-2.db") != std::string::npos);
  BOOST_TEST((*this)("contact list --csv").out.find("Grace") == std::string::npos);
  BOOST_TEST((*this)("restore ties-2026-03-04T120000-2.db").code == 0);
  BOOST_TEST((*this)("contact list --csv").out.find("Grace") != std::string::npos);
  BOOST_TEST((*this)("backup delete ties-2026-03-04T120000.db").code == 0);
  BOOST_TEST((*this)("backup delete ties-2026-03-04T120000.db").code == 1);
}

BOOST_FIXTURE_TEST_CASE(lists_are_json_and_csv_too_and_formulas_are_defused, Program) {
  (*this)("contact add '=1+2' --company Acme");
  BOOST_TEST((*this)("contact list --csv").out == "id,name,title,company,last,tags\r\n1,'=1+2,,Acme,,\r\n");
  BOOST_TEST((*this)("contact list --json").out.starts_with("[\n  {\n    \"id\": 1,\n    \"name\": \"=1+2\","));
  BOOST_TEST((*this)("followups --json").out.starts_with("{\n  \"title\": \"Follow-ups on Wed 4 Mar 2026\""));
}

BOOST_FIXTURE_TEST_CASE(a_list_that_is_cut_says_how_much_there_is_and_where_it_goes_on, Program) {
  (*this)("import " + sample("linkedin/2026-03-02"));
  const auto all = (*this)("contact list");
  BOOST_TEST((all.out.find(" of ") == std::string::npos || all.out.find("; --offset") == std::string::npos));
  const auto first = (*this)("contact list --limit 3");
  BOOST_TEST((first.out.find("\n  3 of ") != std::string::npos));
  BOOST_TEST((first.out.find("; --offset 3 shows the next\n") != std::string::npos));
  BOOST_TEST(((*this)("contact list --limit 3 --offset 3").out.find("; --offset 6 shows the next\n") != std::string::npos));
  BOOST_TEST(((*this)("contact list --limit 3 --quiet").out.find(" of ") == std::string::npos));
  BOOST_TEST(((*this)("contact list --limit 3 --csv").out.find("--offset") == std::string::npos));
}

BOOST_FIXTURE_TEST_CASE(everything_leaves_into_a_zip_and_comes_back_into_a_new_file, Program) {
  (*this)("import " + sample("linkedin/2026-03-02"));
  const auto zip = "'" + (folder / "all.zip").string() + "'", back = "'" + (folder / "back.zip").string() + "'", other = " --file '" + (folder / "new.db").string() + "'";
  const auto exported = (*this)("export " + zip);
  BOOST_TEST(exported.code == 0, exported.err);
  BOOST_TEST((exported.out.find(" records, ") != std::string::npos));
  const auto again = (*this)("export " + zip);
  BOOST_TEST(again.code == 1);
  BOOST_TEST(again.err == "warning, file there: " + (folder / "all.zip").string() + " is there already and would be written anew\nties: nothing was changed; add --yes to go on all the same\n");
  const auto taken = (*this)("import " + zip);
  BOOST_TEST(taken.code == 1);
  BOOST_TEST((taken.err.find("name a new one: ties import all.zip --file new.db\n") != std::string::npos));
  BOOST_TEST((*this)("import " + zip + other).code == 0);
  BOOST_TEST((*this)("export " + back + other).code == 0);
  const auto bytes = [&](const char* name) {
    std::ifstream file(folder / name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  BOOST_TEST(!bytes("all.zip").empty());
  BOOST_TEST((bytes("back.zip") == bytes("all.zip")));
}

BOOST_FIXTURE_TEST_CASE(a_list_goes_to_standard_output_and_what_is_said_of_it_beside, Program) {
  (*this)("contact add 'Ada Lovelace' --email ada@acme.example");
  (*this)("interaction add lovelace --kind call --text hush --private");
  const auto talks = (*this)("export interactions");
  BOOST_TEST(talks.out == "Number,When,Kind,Direction,With,Event,Channel,Messages,Text\r\n");
  BOOST_TEST(talks.err == "  1 interactions stay here, being private; --include-private takes them along\n");
  const auto file = folder / "ada.vcf";
  const auto cards = (*this)("export contacts '" + file.string() + "'");
  BOOST_TEST(cards.out == "exported 1 contacts to " + file.string() + "\n");
  std::ifstream in(file);
  const std::string text((std::istreambuf_iterator<char>(in)), {});
  BOOST_TEST(text == (*this)("export --format vcard").out);
  BOOST_TEST(text.starts_with("BEGIN:VCARD\r\nVERSION:3.0\r\n"));
}

BOOST_FIXTURE_TEST_CASE(files_that_cannot_be_used_are_named_with_what_to_do_and_left_as_they_were, Program) {
  std::ofstream(folder / "not.db") << "this is a text, and a long one, so that SQLite looks at it as a header of a file of a hundred bytes or more ..............";
  const auto not_ours = (*this)("contact list --file '" + (folder / "not.db").string() + "'");
  BOOST_TEST(not_ours.code == 1);
  BOOST_TEST(not_ours.err == "ties: " + (folder / "not.db").string() + ": this is not a Ties file; name another with --file\n");

  std::ofstream(folder / "cut.zip") << "PK\x03\x04 cut short";
  const auto cut = (*this)("import '" + (folder / "cut.zip").string() + "'");
  BOOST_TEST(cut.code == 1);
  BOOST_TEST(cut.err.find("cut.zip: the zip is damaged or cut short") != std::string::npos);

  std::ofstream(folder / "Connections.csv") << "apples,pears\n1,2\n";
  const auto no_header = (*this)("import '" + (folder / "Connections.csv").string() + "'");
  BOOST_TEST(no_header.code == 1);
  BOOST_TEST((*this)("contact list --json").out == "[]\n");
}

/// An editor that does what its script says; "$1" is the file.
struct WithEditor : Program {
  std::string editor(const std::string& script) const {
    const auto path = folder / "editor";
    std::ofstream(path) << "#!/bin/sh\n" << script << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path.string();
  }
  /// What the program's own temporary folder holds.
  std::size_t left_behind() const {
    const std::filesystem::directory_iterator all(folder / "tmp");
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }

  WithEditor() {
    std::filesystem::create_directories(folder / "tmp");
    setenv("TMPDIR", (folder / "tmp").c_str(), 1);
    unsetenv("VISUAL");
    (*this)("contact add 'Ada Lovelace' --company Acme");
    (*this)("init --name 'Signe Arvelund'");
  }
  ~WithEditor() { unsetenv("TMPDIR"), unsetenv("EDITOR"); }
};

BOOST_FIXTURE_TEST_CASE(a_draft_is_changed_in_ones_editor_on_a_private_file_that_is_gone_afterwards, WithEditor) {
  setenv("EDITOR", editor("stat -c '%a %n' \"$1\" >\"" + (folder / "seen").string() + "\"; stat -c %a \"$(dirname \"$1\")\" >>\"" + (folder / "seen").string() + "\"; sed -i 's/{event}/LoopConf/g' \"$1\"").c_str(), 1);
  const auto ran = (*this)("draft after_event lovelace --edit --quiet");
  BOOST_TEST(ran.code == 0, ran.err);
  BOOST_TEST(ran.out.starts_with("Subject: Good to meet you at LoopConf\n\nHi Ada,\n"), ran.out);
  std::ifstream file(folder / "seen");
  std::string mode, name, mode_of_folder;
  file >> mode >> name >> mode_of_folder;
  BOOST_TEST(mode == "600");
  BOOST_TEST(mode_of_folder == "700");
  BOOST_TEST(!std::filesystem::exists(name));
  BOOST_TEST(left_behind() == 0u);
  const auto told = (*this)("draft after_event lovelace --edit");
  BOOST_TEST(told.out.find("{event}") == std::string::npos, told.out);
  BOOST_TEST(told.out.find("{work_link}: no public work was noted; write it yourself") != std::string::npos, told.out);
  BOOST_TEST(told.out.find("ties log 'messaged @\"Ada Lovelace\"'") != std::string::npos, told.out);
}

BOOST_FIXTURE_TEST_CASE(an_editor_that_fails_or_leaves_nothing_ends_the_draft_with_a_plain_word, WithEditor) {
  const std::pair<std::string, std::string> cases[] = {
      {editor("exit 3"), "did not end well; nothing was taken of what it left\n"},
      {(folder / "no-such-editor").string(), "cannot be run; set $VISUAL or $EDITOR\n"}};
  for (const auto& [command, end] : cases) {
    setenv("EDITOR", command.c_str(), 1);
    const auto ran = (*this)("draft hello lovelace --edit");
    BOOST_TEST(ran.code == 1);
    BOOST_TEST(ran.out == "");
    BOOST_TEST(ran.err.ends_with(end), ran.err);
  }
  setenv("EDITOR", editor(": >\"$1\"").c_str(), 1);
  BOOST_TEST((*this)("draft hello lovelace --edit").err == "ties: nothing was left in the editor: no message\n");
  BOOST_TEST(left_behind() == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_template_is_changed_in_ones_editor_and_a_wrong_placeholder_changes_nothing, WithEditor) {
  setenv("EDITOR", editor("sed -i 's/^Subject: .*/Subject: Tusen takk/; s/^Hi /Hei /' \"$1\"").c_str(), 1);
  BOOST_TEST((*this)("template edit thanks --edit").code == 0);
  BOOST_TEST((*this)("draft thanks lovelace --quiet").out.starts_with("Subject: Tusen takk\n\nHei Ada,"));
  setenv("EDITOR", editor("sed -i 's/first_name/frist_name/' \"$1\"").c_str(), 1);
  const auto ran = (*this)("template edit thanks --edit");
  BOOST_TEST(ran.code == 2);
  BOOST_TEST(ran.err.find("did you mean 'first_name'?") != std::string::npos, ran.err);
  BOOST_TEST((*this)("draft thanks lovelace --quiet").out.find("Hei Ada,") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_brief_is_found_by_a_name_and_lists_the_candidates_where_there_are_several, Program) {
  (*this)("contact add 'Ada Lovelace' --company 'Lovelace Labs'");
  (*this)("application add Engineer --company 'Lovelace Labs'");
  BOOST_TEST((*this)("brief 'Ada Lovelace'").out.starts_with("Lovelace Labs; no tie yet; never in touch\n"));
  BOOST_TEST((*this)("brief 'lovelace labs'").out.starts_with("1 known there now, 0 formerly; 1 application, 0 referrals\n"));
  const auto several = (*this)("brief lovelace");
  BOOST_TEST(several.code == 1);
  BOOST_TEST(several.err ==
             "ties: 'lovelace' may be any of 3; say which\n  ties brief contact 1  Ada Lovelace\n  ties brief company 1  Lovelace Labs\n"
             "  ties brief application 1  Engineer at Lovelace Labs\n");
  BOOST_TEST((*this)("brief nobody").err.find("no contact, company, application or interview is called 'nobody'") != std::string::npos);
  const auto printed = (*this)("brief contact 1 --format html").out;
  BOOST_TEST(printed.find("Personal data of others") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
