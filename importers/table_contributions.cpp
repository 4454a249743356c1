#include <fmt/format.h>

#include <algorithm>

#include "crm/text/text.h"
#include "importers/table_cells.h"
#include "importers/table_reading.h"
#include "importers/table_words.h"

namespace ties::importers::table_parts {
namespace {

/// "lanternfield/emberloom" of itself and of any address on a code host; empty for any other text.
std::string repository_of(std::string_view text) {
  for (const auto host : {"github.com/"sv, "gitlab.com/"sv, "codeberg.org/"sv}) {
    if (const auto at = text.find(host); at != text.npos) text.remove_prefix(at + host.size());
  }
  const auto slash = text.find('/');
  if (slash == text.npos || slash == 0) return "";
  const auto end = std::min(text.find_first_of("/?# ", slash + 1), text.size());
  const auto whole = text.substr(0, end);
  return end > slash + 1 && whole.find_first_of(" :") == whole.npos ? std::string(whole) : "";
}

/// What an address alone tells: "…/pull/412", "…/issues/9", "…/-/merge_requests/3".
std::optional<ContributionKind> kind_of(std::string_view link) {
  const auto has = [&](std::string_view part) { return link.find(part) != link.npos; };
  if (has("/pull/") || has("/merge_requests/") || has("/pulls/")) return ContributionKind::pull_request;
  if (has("/issues/")) return ContributionKind::issue;
  if (has("/commit/") || has("/commits/")) return ContributionKind::commits;
  if (has("/releases/")) return ContributionKind::release;
  return std::nullopt;
}

bool is_on_code_host(std::string_view link) {
  return link.find("github.com/") != link.npos || link.find("gitlab.") != link.npos ||
         link.find("codeberg.org/") != link.npos;
}

class ContributionRow {
 public:
  explicit ContributionRow(Reading& reading) : reading_(reading) {
    found_.file = reading.file();
    found_.line = reading.line();
  }

  void read() {
    reading_.each_cell([this](int place, const TableColumn& column, std::string text) { take(place, column, text); });
    auto& contribution = found_.contribution;
    if (contribution.link.empty()) {
      reading_.issue(-1, "a contribution has no link, by which it could be known, skipped");
      return reading_.skip("no link");
    }
    if (reading_.is_too_old(contribution.opened_on ? contribution.opened_on : contribution.closed_on)) return;
    if (contribution.repository.empty() && is_on_code_host(contribution.link))
      contribution.repository = repository_of(contribution.link);
    contribution.kind = kind_ ? *kind_ : kind_of(contribution.link).value_or(ContributionKind::pull_request);
    contribution.state = state_ ? *state_ : contribution.closed_on ? ended_as() : ContributionState::open;
    if (contribution.title.empty()) contribution.title = contribution.link;
    reading_.batch.contributions.push_back(std::move(found_));
  }

  const std::vector<std::string>& left_out() const { return left_out_; }

 private:
  void take(int place, const TableColumn& column, const std::string& text) {
    using enum TableField;
    auto& contribution = found_.contribution;
    switch (column.field) {
      case title: {
        auto [name, address] = linked(text);
        if (contribution.title.empty()) contribution.title = std::move(name);
        if (contribution.link.empty() && address.starts_with("http")) contribution.link = std::move(address);
        return;
      }
      case link: {
        auto [name, address] = linked(text);
        contribution.link = address.starts_with("http") ? address : text;
        return;
      }
      case repository: {
        auto told = repository_of(text);
        contribution.repository = told.empty() ? linked(text).name : std::move(told);
        return;
      }
      case kind:
        if (!(kind_ = contribution_kind_meant(text))) {
          reading_.issue(place, fmt::format("\"{}\" is no kind of contribution that is known", text::fit(text, 40)));
        }
        return;
      case state:
        if (!(state_ = contribution_state_meant(text))) {
          reading_.issue(place, fmt::format("\"{}\" is no state of a contribution that is known", text::fit(text, 40)));
        }
        return;
      case opened_on:
        contribution.opened_on = reading_.day(place, text);
        return;
      case closed_on:
        closed_by_merge_ = column.key.letters.find("merge") != std::string::npos;
        if (yes_or_no_meant(text)) {
          if (*yes_or_no_meant(text) && !state_) state_ = ended_as();
          return;
        }
        contribution.closed_on = reading_.day(place, text);
        return;
      case company:
        found_.company = linked(text).name;
        return;
      case reviewer:
        return add_people(text, ContributionPart::reviewed);
      case merged_by:
        return add_people(text, ContributionPart::merged);
      default:
        left_out_.push_back(column.name);
    }
  }

  ContributionState ended_as() const {
    return closed_by_merge_ ? ContributionState::merged : ContributionState::closed;
  }

  /// "@login" and a word without blanks are logins on the code host, all else is a name.
  void add_people(const std::string& text, ContributionPart part) {
    for (const auto& value : values_of(text, ";,")) {
      PersonKey key;
      const bool is_login = value.starts_with('@') || (value.find(' ') == value.npos && value.find('@') == value.npos);
      if (is_login) {
        key.github = normalised(PointKind::github, value).value_or("");
        key.name = value.starts_with('@') ? value.substr(1) : value;
      } else {
        const auto people = people_of(value);
        if (people.empty()) continue;
        key.name = people.front().name;
        key.email = normalised(PointKind::email, people.front().email).value_or("");
        if (key.name.empty()) key.name = key.email;
      }
      if (!key.name.empty()) found_.people.emplace_back(std::move(key), part);
    }
  }

  Reading& reading_;
  FoundContribution found_{};
  std::optional<ContributionKind> kind_{};
  std::optional<ContributionState> state_{};
  bool closed_by_merge_{};
  std::vector<std::string> left_out_{};
};

}  // namespace

void read_contributions(Reading& reading) {
  std::vector<std::string> told;
  for (; reading.next(); reading.hand_over()) {
    ContributionRow row(reading);
    row.read();
    for (const auto& name : row.left_out()) {
      if (std::find(told.begin(), told.end(), name) != told.end()) continue;
      told.push_back(name);
      reading.issue(-1, fmt::format("the column '{}' has no place in a contribution, left out", name));
    }
  }
}

}  // namespace ties::importers::table_parts
