#pragma once
#include "crm/domain/company.h"
#include "crm/domain/contact.h"

namespace ties {

enum class ContributionKind { pull_request, issue, review, commits, release, talk, post, video, paper, project };
template <>
struct Words<ContributionKind> {
  static constexpr std::array all{"pull_request"sv, "issue"sv, "review"sv, "commits"sv, "release"sv,
                                  "talk"sv, "post"sv, "video"sv, "paper"sv, "project"sv};
};

enum class ContributionState { open, merged, closed, published };
template <>
struct Words<ContributionState> {
  static constexpr std::array all{"open"sv, "merged"sv, "closed"sv, "published"sv};
};

/// Public work of the user's. Its link is its identity.
struct Contribution {
  static constexpr std::string_view noun = "contribution";

  Id<Contribution> id{};
  ContributionKind kind{};
  std::string title{};
  std::string repository{};  ///< "owner/name", or empty
  std::optional<Id<Company>> company{};
  std::string link{};
  ContributionState state{};
  std::optional<Date> opened_on{};
  std::optional<Date> closed_on{};  ///< merged, closed or published

  bool operator==(const Contribution&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("kind", r.kind), f("title", r.title), f("repository", r.repository), f("company", r.company), f("link", r.link);
    f("state", r.state), f("opened_on", r.opened_on), f("closed_on", r.closed_on);
  }
};

enum class ContributionPart { reviewed, merged, answered, coauthor };
template <>
struct Words<ContributionPart> {
  static constexpr std::array all{"reviewed"sv, "merged"sv, "answered"sv, "coauthor"sv};
};

/// A contact who met the work: the people who know it.
struct ContributionContact {
  static constexpr std::string_view noun = "contribution_contact";

  Id<ContributionContact> id{};
  Id<Contact> contact{};
  Id<Contribution> contribution{};
  ContributionPart part{};

  bool operator==(const ContributionContact&) const = default;

  template <class Self, class Visit>
  static void fields(Self& r, Visit&& f) {
    f("contact", r.contact), f("contribution", r.contribution), f("part", r.part);
  }
};

}  // namespace ties
