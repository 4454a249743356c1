#pragma once
#include <set>

#include "importers/importer.h"

/// What the readers of contribution logs share: where work lies, who is who, and how rows that tell of one work at
/// different times and in different files become one contribution.
namespace ties::importers {

/// A repository on a code host.
struct Repository {
  std::string host{};  ///< "github.com"; empty: not known
  std::string path{};  ///< "lanternfield/emberloom", on GitLab also "group/team/project"; empty: known by number alone
  std::string address{};  ///< "https://github.com/lanternfield/emberloom"

  /// The first part of the path, as written: the company or person that owns it.
  std::string owner() const;
};

/// The repository of any address within it ("https://github.com/o/r/pull/7#x", of the API as well) or of a remote
/// ("git@github.com:o/r.git", with or without scheme, user and port). Empty when it is none.
Repository repository_at(std::string_view address);

/// Without fragment, query and closing slashes; empty unless it is a web address of sensible length.
std::string web_address(std::string_view written);

/// "2026-02-11T09:30:00Z" → 11 February. Nothing for another text, and for Go's empty time in the year 1.
std::optional<Date> day_of(std::string_view instant);

/// Whether a login or name is a machine's: "dependabot[bot]", "renovate", GitLab's "project_42_bot_…", GitHub's
/// "ghost".
bool is_bot(std::string_view login);

/// A person out of a commit. An address that a host made up to hide the real one (41234+ada@users.noreply.github.com)
/// is the login in it.
PersonKey person_of_commit(std::string_view name, std::string_view mail);

/// Whether it is the user, by what is known of them.
bool is_me(const PersonKey& person, const Options& options);

/// Adds a person once for each part; 200 at most, which no honest work exceeds.
using People = std::vector<std::pair<PersonKey, ContributionPart>>;
void add_person(People& people, const PersonKey& person, ContributionPart part);

/// Commits become one contribution of a repository and month: single commits would drown all else, whole repositories
/// would hide since when and how steadily. Its address, which lists the commits of that month, stays the same whichever
/// file tells of it; where no host is known it is named by the hash of the month's first commit.
class CommitMonths {
 public:
  struct Told {
    Repository repository{};
    std::string hash{};  ///< empty: not known
    Date day{};
    std::string subject{};
    People people{};
    std::optional<int> count{1};  ///< nothing: a push that does not say how many
    int file{}, line{};
    bool is_row{true};  ///< false: told by the same row as the one before
  };
  void add(Told told);
  /// Gives the batch its contributions; counts a month that ends before `options.since` as skipped.
  void finish(Batch& batch, const Options& options);

 private:
  std::map<std::string, std::vector<Told>> months_{};
};

/// Collects what the rows of a code host's files tell, and at the end, when it is known who the user is, makes
/// contributions of it.
class ContributionRows {
 public:
  /// `host`: github or gitlab, as logins are normalised.
  ContributionRows(Batch& batch, const Options& options, PointKind host)
      : batch_(batch), options_(options), host_(host) {}

  struct Work {
    ContributionKind kind{};
    std::string link{};
    std::string title{};
    std::string author{};  ///< login; empty: not told
    bool by_user{};        ///< the file holds the user's work alone and names no author
    ContributionState state{};
    std::optional<Date> opened_on{}, closed_on{};
    std::string told_at{};  ///< an instant: what is told later counts
  };

  /// The next row, counted. What follows is told by it, until the next.
  void row(int file, int line);
  void by(const std::string& login);  ///< who did what the row tells; a bot's rows are counted as skipped
  void skip(const std::string& why);

  void work(Work told);
  /// Somebody did something to the work at that address.
  void met(const std::string& link, const std::string& login, ContributionPart part, std::optional<Date> on = {});
  /// A push by `login`, of commits or of a number of them.
  void pushed(const std::string& login, CommitMonths::Told told);

  void known_as(const std::string& login, const std::string& name);
  void known_as_bot(const std::string& login);
  void is_private(const Repository& repository);
  void is_user(const std::string& login);      ///< the source says so
  void may_be_user(const std::string& login);  ///< whose list it is, when all its rows name the same one

  void finish();

 private:
  struct Met {
    std::string login{};
    ContributionPart part{};
    std::optional<Date> on{};
  };
  struct Thing {
    Work work{};
    bool is_told{};  ///< by a row of its own, not only by what was done to it
    std::vector<Met> met{};
    int file{}, line{};
    std::string why_skipped{};  ///< empty: it became a contribution
  };
  struct Row {
    int file{};
    int thing{-1};
    bool by_bot{};
    bool is_skipped{};
    bool has_push{};
  };
  struct Push {
    std::string login{};
    CommitMonths::Told told{};
  };

  int thing_at(const std::string& link);
  bool mine(const std::string& login) const { return users_.contains(login); }
  bool bot(const std::string& login) const;
  PersonKey person(const std::string& login, const Repository& repository) const;
  static constexpr std::string_view of_others_ = "about the work of others", by_a_bot_ = "by a bot";

  void settle_users();
  void tell_when_nothing_is_own();
  void move_from_issues_to_pull_requests();
  void settle(Thing& thing);
  std::string why_not(const Thing& thing, const Repository& repository) const;
  void count_skipped(int file, const std::string& why);

  Batch& batch_;
  const Options& options_;
  PointKind host_;
  std::vector<Thing> things_{};
  std::map<std::string, int, std::less<>> thing_of_link_{};
  std::vector<Row> rows_{};
  std::vector<Push> pushes_{};
  std::map<std::string, std::string> names_{};
  std::set<std::string> bots_{}, users_{}, candidates_{}, private_{};
  int line_{};
};

}  // namespace ties::importers
