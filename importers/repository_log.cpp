#include "importers/repository_log.h"

#include <fmt/format.h>
#include <git2.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <memory>
#include <set>

#include "crm/text/text.h"
#include "importers/bundle.h"

namespace ties::importers {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t commit_bytes_max = 1'000'000;  ///< of a commit, a folder's list and a mailmap
constexpr std::size_t commits_max = 2'000'000;

/// What libgit2 hands out, given back at the end.
template <auto free>
struct Freed {
  template <class Thing>
  void operator()(Thing* thing) const {
    free(thing);
  }
};
template <class Thing, auto free>
using Owned = std::unique_ptr<Thing, Freed<free>>;

struct Library {
  Library() { git_libgit2_init(); }
  ~Library() { git_libgit2_shutdown(); }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
};

struct ById {
  bool operator()(const git_oid& a, const git_oid& b) const { return git_oid_cmp(&a, &b) < 0; }
};

[[noreturn]] void refuse(const fs::path& folder, int code) {
  if (code == GIT_EOWNER) {
    throw BundleError(fmt::format(
        "{}: this repository belongs to another account; pipe its log in: git log | ties import -", folder.string()));
  }
  const auto* error = git_error_last();
  const auto reason =
      text::clean_line(error != nullptr && error->message != nullptr ? error->message : "it is damaged", 200);
  throw BundleError(fmt::format("{}: the git repository cannot be read ({})", folder.string(), reason));
}

/// A field of the log: in UTF-8, without the signs that separate fields and commits.
std::string field(const char* bytes, const char* encoding) {
  std::string text(bytes == nullptr ? "" : bytes);
  if (!text::is_utf8(text)) text = text::to_utf8(text, encoding == nullptr ? "UTF-8" : encoding);
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\x1e' || c == '\x1f'; }, ' ');
  return text;
}

/// The author's day and time, where the author was.
std::string instant_of(const git_time& time) {
  constexpr std::int64_t first = 0, last = 253'402'214'400;  // to the end of the year 9999
  const std::chrono::seconds local(std::clamp<std::int64_t>(time.time, first, last) +
                                   std::clamp(time.offset, -1'440, 1'440) * 60);
  const auto days = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day day{std::chrono::sys_days(days)};
  const std::chrono::hh_mm_ss clock(local - days);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count());
}

class Reading {
 public:
  Reading(const fs::path& folder, std::int64_t bytes_max) : folder_(folder), bytes_max_(bytes_max) {
    git_repository* repository = nullptr;
    if (const int code = git_repository_open_ext(&repository, folder.c_str(), GIT_REPOSITORY_OPEN_NO_SEARCH, nullptr);
        code != 0)
      refuse(folder, code);
    repository_.reset(repository);
    git_odb* objects = nullptr;
    if (const int code = git_repository_odb(&objects, repository); code != 0) refuse(folder, code);
    objects_.reset(objects);
  }

  RepositoryLog read() {
    git_reference* head = nullptr;
    const int code = git_repository_head(&head, repository_.get());
    if (code == GIT_EUNBORNBRANCH || code == GIT_ENOTFOUND) {
      throw BundleError(fmt::format("{}: the git repository has no commit yet", folder_.string()));
    }
    if (code != 0) refuse(folder_, code);
    const Owned<git_reference, git_reference_free> owned_head(head);
    if (git_reference_target(head) == nullptr) refuse(folder_, GIT_ENOTFOUND);
    read_configuration();
    read_commits(*git_reference_target(head));
    return std::move(log_);
  }

 private:
  void read_configuration() {
    git_config* config = nullptr;
    if (git_repository_config_snapshot(&config, repository_.get()) != 0) return;
    const Owned<git_config, git_config_free> owned(config);
    for (const auto* key : {"remote.upstream.url", "remote.origin.url", "user.email"}) {
      const char* value = nullptr;
      if (git_config_get_string(&value, config, key) != 0 || value == nullptr) continue;
      log_.log += fmt::format("{}={}\n", key, text::clean_line(field(value, nullptr), 1'000));
    }
  }

  /// Whether an object is here, of that type and not too large to be honest.
  bool is_readable(const git_oid& id, git_object_t type) {
    std::size_t bytes = 0;
    git_object_t found{};
    return git_odb_read_header(&bytes, &found, objects_.get(), &id) == 0 && found == type && bytes <= commit_bytes_max;
  }

  void read_commits(const git_oid& head) {
    std::set<git_oid, ById> met{head};
    std::vector<git_oid> waiting{head};
    std::size_t missing = 0;
    while (!waiting.empty()) {
      const auto id = waiting.back();
      waiting.pop_back();
      git_commit* commit = nullptr;
      if (!is_readable(id, GIT_OBJECT_COMMIT) || git_commit_lookup(&commit, repository_.get(), &id) != 0) {
        ++missing;
        continue;
      }
      const Owned<git_commit, git_commit_free> owned(commit);
      write(*commit);
      if (met.size() == 1) read_mailmap(*commit);
      for (unsigned i = git_commit_parentcount(commit); i > 0; --i) {
        const auto* parent = git_commit_parent_id(commit, i - 1);
        if (parent != nullptr && met.size() < commits_max && met.insert(*parent).second) waiting.push_back(*parent);
      }
    }
    if (met.size() == commits_max) log_.left_out.push_back(fmt::format("all beyond the first {} commits", commits_max));
    if (missing > 0) {
      log_.left_out.push_back(fmt::format(
          "{} commits that are not here or damaged; a shallow clone is completed by git fetch --unshallow", missing));
    }
  }

  void write(const git_commit& commit) {
    const auto* encoding = git_commit_message_encoding(&commit);
    const auto* author = git_commit_author(&commit);
    const auto* committer = git_commit_committer(&commit);
    if (author == nullptr || committer == nullptr) return;
    auto* unsteady = const_cast<git_commit*>(&commit);  // libgit2 keeps the parts of a message in the commit
    std::array<char, GIT_OID_HEXSZ + 1> hash{};
    git_oid_tostr(hash.data(), hash.size(), git_commit_id(&commit));
    auto subject = field(git_commit_summary(unsteady), encoding);
    if (git_commit_parentcount(&commit) > 1 && !subject.starts_with("Merge ")) subject.insert(0, "Merge of ");
    log_.log +=
        fmt::format("\x1e{}\x1f{}\x1f{}\x1f{}\x1f{}\x1f{}\x1f{}\x1f{}\n", hash.data(), field(author->name, encoding),
                    field(author->email, encoding), instant_of(author->when), subject, field(committer->name, encoding),
                    field(committer->email, encoding), field(git_commit_body(unsteady), encoding));
    if (static_cast<std::int64_t>(log_.log.size()) > bytes_max_) {
      throw BundleError(fmt::format(
          "{}: its log is larger than {} MB; pipe in the part that you mean: git log --author=… | ties import -",
          folder_.string(), bytes_max_ / 1'000'000));
    }
  }

  void read_mailmap(const git_commit& commit) {
    const auto* tree_id = git_commit_tree_id(&commit);
    git_tree* tree = nullptr;
    if (tree_id == nullptr || !is_readable(*tree_id, GIT_OBJECT_TREE) ||
        git_tree_lookup(&tree, repository_.get(), tree_id) != 0)
      return;
    const Owned<git_tree, git_tree_free> owned_tree(tree);
    const auto* entry = git_tree_entry_byname(tree, ".mailmap");
    git_blob* blob = nullptr;
    if (entry == nullptr || !is_readable(*git_tree_entry_id(entry), GIT_OBJECT_BLOB)) return;
    if (git_blob_lookup(&blob, repository_.get(), git_tree_entry_id(entry)) != 0) return;
    const Owned<git_blob, git_blob_free> owned_blob(blob);
    log_.mailmap.assign(static_cast<const char*>(git_blob_rawcontent(blob)),
                        static_cast<std::size_t>(git_blob_rawsize(blob)));
  }

  const fs::path& folder_;
  std::int64_t bytes_max_;
  Library library_{};
  Owned<git_repository, git_repository_free> repository_{};
  Owned<git_odb, git_odb_free> objects_{};
  RepositoryLog log_{};
};

}  // namespace

bool is_repository(const fs::path& folder) {
  std::error_code error;
  if (fs::exists(folder / ".git" / "HEAD", error) || fs::is_regular_file(folder / ".git", error)) return true;
  return fs::is_regular_file(folder / "HEAD", error) && fs::is_directory(folder / "objects", error) &&
         fs::is_directory(folder / "refs", error);
}

RepositoryLog log_of_repository(const fs::path& folder, std::int64_t bytes_max) {
  return Reading(folder, bytes_max).read();
}

}  // namespace ties::importers
