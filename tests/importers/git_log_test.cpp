#include "importers/git_log.h"

#include <git2.h>
#include <unistd.h>

#include "crm/text/text.h"
#include "importers/contributions.h"
#include "tests/importers/contribution_samples.h"

using namespace ties;
using namespace ties::importers;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

std::string hash_of(char digit) {
  return std::string(40, digit);
}

/// A record of the form with separators.
std::string record(const std::vector<std::string>& fields) {
  return fmt::format("\x1e{}\n", fmt::join(fields, "\x1f"));
}

std::string by_signe(char digit, const std::string& date, const std::string& subject = "Fold loops") {
  return record({hash_of(digit), "Signe Arvelund", "signe@arvelund.example", date, subject});
}

Batch read(const std::string& log, const std::string& mailmap = "", const Options& options = signes_options()) {
  std::vector<SourceFile> files{{"log.txt", log}};
  if (!mailmap.empty()) files.push_back({".mailmap", mailmap});
  return git_log.read(files, options);
}

/// "merged email=…, coauthor github=…" of the one contribution.
std::string people_of(const Batch& batch) {
  BOOST_REQUIRE(batch.contributions.size() == 1u);
  std::vector<std::string> parts;
  for (const auto& [person, part] : batch.contributions[0].people)
    parts.push_back(fmt::format("{} {}", word(part), in_words(person)));
  return fmt::format("{}", fmt::join(parts, ", "));
}

void must(int code) {
  BOOST_REQUIRE_MESSAGE(code >= 0, (git_error_last() ? git_error_last()->message : "libgit2"));
}

/// A repository in a temporary folder.
class TemporaryRepository {
 public:
  explicit TemporaryRepository(bool bare = false) {
    static int count = 0;
    git_libgit2_init();
    path_ = fs::temp_directory_path() / fmt::format("ties_git_test_{}_{}", getpid(), ++count) / "emberloom";
    must(git_repository_init(&repository_, path_.c_str(), bare ? 1 : 0));
    set("user.email", "signe@arvelund.example");
  }
  ~TemporaryRepository() {
    git_repository_free(repository_);
    git_libgit2_shutdown();
    fs::remove_all(path_.parent_path());
  }
  TemporaryRepository(const TemporaryRepository&) = delete;
  TemporaryRepository& operator=(const TemporaryRepository&) = delete;

  const fs::path& path() const { return path_; }

  void set(const char* key, const char* value) {
    git_config* config = nullptr;
    must(git_repository_config(&config, repository_));
    must(git_config_set_string(config, key, value));
    git_config_free(config);
  }

  void commit(const char* name, const char* mail, const char* message, const char* mailmap = nullptr,
              git_time_t at = 1'762'243'200) {
    git_oid tree_id, id;
    git_treebuilder* builder = nullptr;
    must(git_treebuilder_new(&builder, repository_, nullptr));
    if (mailmap != nullptr) {
      git_oid blob;
      must(git_blob_create_from_buffer(&blob, repository_, mailmap, std::string_view(mailmap).size()));
      must(git_treebuilder_insert(nullptr, builder, ".mailmap", &blob, GIT_FILEMODE_BLOB));
    }
    must(git_treebuilder_write(&tree_id, builder));
    git_treebuilder_free(builder);
    git_tree* tree = nullptr;
    must(git_tree_lookup(&tree, repository_, &tree_id));
    git_signature* author = nullptr;
    must(git_signature_new(&author, name, mail, at, 60));
    git_commit* parent = nullptr;
    if (has_parent_) must(git_commit_lookup(&parent, repository_, &last_));
    const git_commit* parents[] = {parent};
    must(git_commit_create(&id, repository_, "HEAD", author, author, nullptr, message, tree, has_parent_ ? 1 : 0,
                           parents));
    git_commit_free(parent);
    git_signature_free(author);
    git_tree_free(tree);
    last_ = id;
    has_parent_ = true;
  }

 private:
  fs::path path_;
  git_repository* repository_{};
  git_oid last_{};
  bool has_parent_{};
};

std::string refusal(const fs::path& path) {
  try {
    open_bundle(path);
  } catch (const BundleError& error) {
    return error.what();
  }
  BOOST_ERROR("it was not refused");
  return {};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(git_logs)

BOOST_AUTO_TEST_CASE(every_sample_is_read_as_its_golden_file_says) {
  check_contributions("git", in_words(read_sample("git")));
  for (const std::string name : {"log-five-fields", "log-eight-fields", "log-plain", "shortlog"}) {
    BOOST_TEST_CONTEXT(name) {
      check_contributions("git-" + name, in_words(read_sample("git/" + name + ".txt")));
    }
  }
}

BOOST_AUTO_TEST_CASE(commits_become_one_contribution_of_a_month) {
  const auto batch =
      read("remote.origin.url=git@github.com:lanternfield/emberloom.git\n" +
           by_signe('a', "2026-02-01T00:30:00+01:00", "A") + by_signe('b', "2026-01-31T23:30:00-05:00", "B") +
           by_signe('c', "2026-01-02T10:00:00Z", "C") + by_signe('c', "2026-01-02T10:00:00Z", "C"));
  BOOST_TEST(contributions_in_words(batch) ==
             "commits published 2026-01-02..2026-01-31 \"2 commits in January 2026: C; B\"\n"
             "  at https://github.com/lanternfield/emberloom/commits?since=2026-01-01&until=2026-01-31\n"
             "  in lanternfield/emberloom of lanternfield (log.txt:4)\n"
             "commits published 2026-02-01..2026-02-01 \"A\"\n"
             "  at https://github.com/lanternfield/emberloom/commits?since=2026-02-01&until=2026-02-28\n"
             "  in lanternfield/emberloom of lanternfield (log.txt:2)\n");
}

BOOST_AUTO_TEST_CASE(a_log_without_a_remote_is_known_by_its_first_commit_however_it_grows) {
  const auto once = read(by_signe('c', "2026-01-02T10:00:00Z"));
  const auto later = read(by_signe('d', "2026-01-20T10:00:00Z") + by_signe('c', "2026-01-02T10:00:00Z"));
  BOOST_REQUIRE((once.contributions.size() == 1u && later.contributions.size() == 1u));
  BOOST_TEST(once.contributions[0].contribution.link == "git:" + hash_of('c'));
  BOOST_TEST(later.contributions[0].contribution.link == "git:" + hash_of('c'));
}

BOOST_AUTO_TEST_CASE(remotes_are_written_in_many_ways) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"git@github.com:lanternfield/emberloom.git", "github.com lanternfield/emberloom"},
      {"https://github.com/lanternfield/emberloom", "github.com lanternfield/emberloom"},
      {"https://github.com/lanternfield/emberloom.git", "github.com lanternfield/emberloom"},
      {"https://signe:secret@github.com/lanternfield/emberloom.git/", "github.com lanternfield/emberloom"},
      {"ssh://git@github.com:22/lanternfield/emberloom.git", "github.com lanternfield/emberloom"},
      {"git://code.lanternfield.example/emberloom/core", "code.lanternfield.example emberloom/core"},
      {"git@gitlab.com:cobaltwren/tools/spindle.git", "gitlab.com cobaltwren/tools/spindle"},
      {"https://GitHub.com/Lanternfield/Emberloom", "github.com Lanternfield/Emberloom"},
      {"https://www.github.com/lanternfield/emberloom/tree/main", "github.com lanternfield/emberloom"},
      {"https://api.github.com/repos/lanternfield/emberloom/pulls/7", "github.com lanternfield/emberloom"},
      {"https://code.lanternfield.example/api/v3/repos/c/e", "code.lanternfield.example c/e"},
      {"https://gitlab.com/cobaltwren/tools/spindle/-/merge_requests/7#note_1", "gitlab.com cobaltwren/tools/spindle"},
      {"../emberloom", " "},
      {"C:\\code\\emberloom", " "},
      {"https://github.com/lanternfield", " "},
      {"https://github.com/../x", " "},
      {"https:///x/y", " "},
      {"file:///srv/x/y", " "},
      {"", " "},
  };
  for (const auto& [written, told] : cases) {
    const auto repository = repository_at(written);
    BOOST_TEST(repository.host + " " + repository.path == told, written);
  }
}

BOOST_AUTO_TEST_CASE(a_fork_is_the_work_of_what_it_was_forked_from) {
  for (const std::string remotes : {"remote.origin.url=git@github.com:signe-arvelund/"
                                    "emberloom\nremote.upstream.url=git@github.com:lanternfield/emberloom\n",
                                    "remote.upstream.url git@github.com:lanternfield/emberloom\nremote.origin.url "
                                    "git@github.com:signe-arvelund/emberloom\n"}) {
    const auto batch = read(remotes + by_signe('a', "2026-02-01T00:30:00+01:00"));
    BOOST_REQUIRE(batch.contributions.size() == 1u);
    BOOST_TEST(batch.contributions[0].company == "lanternfield");
  }
  const auto own =
      read("remote.origin.url=git@github.com:signe-arvelund/emberloom\n" + by_signe('a', "2026-02-01T00:30:00+01:00"));
  BOOST_REQUIRE(own.contributions.size() == 1u);
  BOOST_TEST(own.contributions[0].company == "");
}

BOOST_AUTO_TEST_CASE(whose_a_commit_is_is_told_by_address_login_mailmap_or_configuration) {
  const std::string date = "2026-02-01T00:30:00Z";
  struct Case {
    std::string before, name, mail, mailmap;
    bool mine;
  };
  const std::vector<Case> cases{
      {"", "Signe Arvelund", "signe@arvelund.example", "", true},
      {"", "S", "SIGNE@Arvelund.example", "", true},
      {"", "Signe Arvelund", "other@arvelund.example", "", false},
      {"", "S", "41010+signe-arvelund@users.noreply.github.com", "", true},
      {"", "S", "signe-arvelund@users.noreply.github.com", "", true},
      {"", "S", "71-signe.arvelund@users.noreply.gitlab.com", "", true},
      {"", "S", "41010+someone@users.noreply.github.com", "", false},
      {"user.email=work@brightmoor.example\n", "S", "work@brightmoor.example", "", true},
      {"user.email work@brightmoor.example\n", "S", "work@brightmoor.example", "", true},
      {"", "S", "old@osterhav.example", "Signe <signe@arvelund.example> <old@osterhav.example>", true},
      {"", "Old Name", "old@osterhav.example", "<signe@arvelund.example> old name <OLD@osterhav.example>", true},
      {"", "Another", "old@osterhav.example", "<signe@arvelund.example> old name <old@osterhav.example>", false},
      {"", "S", "old@osterhav.example", "# Signe <signe@arvelund.example> <old@osterhav.example>", false},
      {"", "Signe Arvelund", "signe@arvelund.example", "Ada <ada@x.example> <signe@arvelund.example>", false},
  };
  for (const auto& [before, name, mail, mailmap, mine] : cases) {
    const auto batch = read(before + record({hash_of('a'), name, mail, date, "Fold"}), mailmap);
    BOOST_TEST(batch.contributions.size() == (mine ? 1u : 0u), name << " <" << mail << "> " << mailmap);
    BOOST_TEST(batch.issues.size() == (mine ? 0u : 1u));
  }
  BOOST_TEST(issues_in_words(read(record({hash_of('a'), "A", "a@x.example", date, "Fold"}), "", Options{})) ==
                 (std::vector<std::string>{"log.txt:0:0: none of it is by one of your addresses (none is known); say "
                                           "which is yours: ties contact edit me --email ADDRESS"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(trailers_and_committers_become_people) {
  const auto commit = [](const std::string& committer, const std::string& mail, const std::string& body) {
    return read(record({hash_of('a'), "Signe Arvelund", "signe@arvelund.example", "2026-02-01T00:30:00Z", "Fold",
                        committer, mail, body}));
  };
  const std::vector<std::pair<std::string, std::string>> bodies{
      {"Reviewed-by: Ada <ada@x.example>", "reviewed name=Ada email=ada@x.example"},
      {"ACKED-BY: Ada <ada@x.example>\n", "reviewed name=Ada email=ada@x.example"},
      {"Text\n\nCo-authored-by: Ada <5+ada-b@users.noreply.github.com>\nTested-by: Bo <bo@x.example>",
       "coauthor name=Ada github=ada-b, answered name=Bo email=bo@x.example"},
      {"Reviewed-by: Ada <ada@x.example>\nReviewed-by: Ada B <ada@x.example>", "reviewed name=Ada email=ada@x.example"},
      {"Reviewed-by: Signe Arvelund <signe@arvelund.example>", ""},
      {"Co-authored-by: dependabot[bot] <1+dependabot[bot]@users.noreply.github.com>", ""},
      {"Signed-off-by: Ada <ada@x.example>", ""},
      {"Reviewed-by: nobody", ""},
      {"Reviewed-by Ada <ada@x.example>", ""},
  };
  for (const auto& [body, people] : bodies) BOOST_TEST(people_of(commit("", "", body)) == people, body);
  BOOST_TEST(people_of(commit("Ada", "ada@x.example", "")) == "merged name=Ada email=ada@x.example");
  BOOST_TEST(people_of(commit("GitHub", "noreply@github.com", "")) == "");
  BOOST_TEST(people_of(commit("Signe Arvelund", "signe@arvelund.example", "")) == "");
}

BOOST_AUTO_TEST_CASE(work_of_another_counts_when_the_user_is_its_co_author) {
  const auto batch = read(record({hash_of('a'), "Ada", "ada@x.example", "2026-02-01T00:30:00Z", "Fold",
                                  "Co-authored-by: S <signe@arvelund.example>"}));
  BOOST_TEST(people_of(batch) == "coauthor name=Ada email=ada@x.example");
}

BOOST_AUTO_TEST_CASE(dates_are_read_as_git_writes_them) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"Tue Nov 4 10:12:13 2025 +0100", "2025-11-04"},
      {"Tue, 4 Nov 2025 10:12:13 +0100", "2025-11-04"},
      {"2025-11-04 10:12:13 +0100", "2025-11-04"},
      {"2025-11-04T10:12:13+01:00", "2025-11-04"},
      {"2025-11-04", "2025-11-04"},
      {"Tue Nov 31 10:12:13 2025 +0100", ""},
      {"3 days ago", ""},
      {"1762247533 +0100", ""},
      {"", ""},
  };
  for (const auto& [written, day] : cases) {
    const auto batch = read("commit " + hash_of('a') + "\nAuthor: Signe <signe@arvelund.example>\nDate:   " + written +
                            "\n\n    Fold\n");
    BOOST_TEST(batch.contributions.size() == (day.empty() ? 0u : 1u), written);
    if (!day.empty()) BOOST_TEST(to_text(*batch.contributions[0].contribution.opened_on) == day);
    if (day.empty()) {
      BOOST_TEST(issues_in_words(batch) ==
                     (std::vector<std::string>{fmt::format(
                         "log.txt:1:1: \"{}\" is not a date that git writes; the commit was skipped", written)}),
                 boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_commit_that_was_cut_off_is_an_issue_and_those_before_it_are_read) {
  const auto batch = read(by_signe('a', "2026-02-01T00:30:00Z") + "\x1e" + hash_of('b') + "\x1fSigne");
  BOOST_TEST(batch.contributions.size() == 1u);
  BOOST_TEST(
      issues_in_words(batch) == (std::vector<std::string>{"log.txt:2:1: this commit is not whole: a hash, a name, an "
                                                          "address, a date and a subject are expected; skipped"}),
      boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(months_that_end_before_a_day_are_left_out_whole) {
  auto options = signes_options();
  options.since = 2026y / 1 / 15;
  const auto batch = read(by_signe('a', "2026-01-20T10:00:00Z") + by_signe('b', "2026-01-02T10:00:00Z") +
                              by_signe('c', "2025-12-02T10:00:00Z"),
                          "", options);
  BOOST_REQUIRE(batch.contributions.size() == 1u);
  BOOST_TEST(batch.contributions[0].contribution.link == "git:" + hash_of('b'));
  BOOST_TEST((batch.files[0].skipped_why == std::map<std::string, int>{{"before 2026-01-15", 1}}));
}

BOOST_AUTO_TEST_CASE(a_local_repository_is_read_by_its_log) {
  TemporaryRepository repository;
  repository.set("remote.origin.url", "git@github.com:lanternfield/emberloom.git");
  repository.commit("Old Name", "old@osterhav.example", "Fold one loop\n\nReviewed-by: Ada <ada@x.example>\n");
  repository.commit("Ada", "ada@x.example", "Rename the pass\n");
  repository.commit("Signe Arvelund", "signe@arvelund.example", "Fold \x1e two\x1floops\n",
                    "Signe <signe@arvelund.example> <old@osterhav.example>\n");
  std::ofstream(repository.path() / "Connections.csv") << "First Name,Last Name,Connected On\nAda,B,01 Jan 2026\n";
  const auto bundle = open_bundle(repository.path());
  BOOST_TEST(bundle.name == "emberloom");
  BOOST_REQUIRE(bundle.issues.size() == 1u);
  BOOST_TEST(bundle.issues[0].message ==
             "a git repository: its log was read, not the files in it; give one of them to read it");
  const auto batch = read_bundle(bundle, "", Options{});
  BOOST_TEST(batch.source == "git");
  BOOST_TEST(contributions_in_words(batch) ==
             "commits published 2025-11-04..2025-11-04 \"2 commits in November 2025: Fold two loops; Fold one loop\"\n"
             "  at https://github.com/lanternfield/emberloom/commits?since=2025-11-01&until=2025-11-30\n"
             "  in lanternfield/emberloom of lanternfield (git log:3)\n"
             "  reviewed name=Ada email=ada@x.example\n");
  BOOST_TEST(open_bundle(repository.path()).sha256 == bundle.sha256);
}

BOOST_AUTO_TEST_CASE(a_bare_repository_is_read_and_an_empty_or_damaged_one_says_what_is_wrong) {
  TemporaryRepository bare(true);
  BOOST_TEST(refusal(bare.path()) == bare.path().string() + ": the git repository has no commit yet");
  bare.commit("Signe Arvelund", "signe@arvelund.example", "Fold\n");
  BOOST_TEST(read_bundle(open_bundle(bare.path()), "", Options{}).contributions.size() == 1u);

  TemporaryRepository damaged;
  damaged.commit("Signe Arvelund", "signe@arvelund.example", "Fold\n");
  std::ofstream(damaged.path() / ".git" / "HEAD") << "nothing";
  BOOST_TEST(refusal(damaged.path()).starts_with(damaged.path().string() + ": the git repository cannot be read ("));
}

BOOST_AUTO_TEST_CASE(objects_of_a_repository_that_are_gone_or_damaged_are_left_out_and_told) {
  TemporaryRepository repository;
  repository.commit("Signe Arvelund", "signe@arvelund.example", "One\n");
  std::vector<fs::path> first;
  for (const auto& entry : fs::recursive_directory_iterator(repository.path() / ".git" / "objects")) {
    if (entry.is_regular_file()) first.push_back(entry.path());
  }
  repository.commit("Signe Arvelund", "signe@arvelund.example", "Two\n", "# nobody\n");
  for (const auto& path : first) {
    fs::permissions(path, fs::perms::owner_all);
    std::ofstream(path, std::ios::binary) << "damaged";
  }
  const auto bundle = open_bundle(repository.path());
  BOOST_REQUIRE(bundle.issues.size() == 2u);
  BOOST_TEST(bundle.issues[1].message ==
             "left out: 1 commits that are not here or damaged; a shallow clone is completed by git fetch --unshallow");
  const auto batch = read_bundle(bundle, "", Options{});
  BOOST_REQUIRE(batch.contributions.size() == 1u);
  BOOST_TEST(batch.contributions[0].contribution.title == "Two");
}

BOOST_AUTO_TEST_CASE(damaged_files_never_crash_and_always_give_a_whole_report) {
  Damage damage(20260303);
  const auto whole = open_bundle(contribution_sample("git"));
  BOOST_REQUIRE(whole.files.size() == 5u);
  for (int round = 0; round < 600; ++round) {
    auto files = whole.files;
    for (auto& file : files)
      file.bytes = damage.of(std::string(file.bytes.view()), std::string_view("\x1e\x1f<>:@\t\n\0\xFF\xFE\xC3 +=", 16));
    for (const auto& file : files)
      BOOST_TEST_REQUIRE((git_log.recognises(file) >= 0 && git_log.recognises(file) <= 100));
    auto options = signes_options();
    if (damage.below(3) == 0) options = Options{};
    if (damage.below(4) == 0) options.since = 2026y / 1 / 1;
    const auto batch = git_log.read(files, options);
    check_sound(batch);
    BOOST_TEST_REQUIRE(text::is_utf8(in_words(batch)));
  }
}

BOOST_AUTO_TEST_SUITE_END()
