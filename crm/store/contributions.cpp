#include "crm/store/store.h"

namespace ties {

std::optional<Contribution> Store::contribution_linked(const std::string& link) {
  return select_one<Contribution>("WHERE link = ? AND link <> ''", link);
}

std::vector<std::pair<Contact, ContributionPart>> Store::people_of(Id<Contribution> contribution) {
  auto query = database_.query("SELECT " + rows::columns<Contact>("contact.") + R"sql(, link.part
    FROM contribution_contact link JOIN contact ON contact.id = link.contact WHERE link.contribution = ? ORDER BY link.id)sql");
  rows::bind_all(*query, contribution);
  std::vector<std::pair<Contact, ContributionPart>> people;
  while (query->executeStep()) {
    int at = 0;
    auto contact = rows::record<Contact>(*query, at);
    ContributionPart part{};
    rows::read(query->getColumn(at), part);
    people.emplace_back(std::move(contact), part);
  }
  return people;
}

std::vector<ContributionContact> Store::links_of(Id<Contribution> contribution) {
  return select<ContributionContact>("WHERE contribution = ? ORDER BY id", contribution);
}

std::vector<std::pair<Contribution, ContributionPart>> Store::contributions_met_by(Id<Contact> contact) {
  auto query = database_.query("SELECT " + rows::columns<Contribution>("contribution.") + R"sql(, link.part
    FROM contribution_contact link JOIN contribution ON contribution.id = link.contribution WHERE link.contact = ?
    ORDER BY coalesce(closed_on, opened_on) DESC, link.id)sql");
  rows::bind_all(*query, contact);
  std::vector<std::pair<Contribution, ContributionPart>> met;
  while (query->executeStep()) {
    int at = 0;
    auto contribution = rows::record<Contribution>(*query, at);
    ContributionPart part{};
    rows::read(query->getColumn(at), part);
    met.emplace_back(std::move(contribution), part);
  }
  return met;
}

std::vector<Contribution> Store::contributions(std::optional<Id<Company>> company) {
  return select<Contribution>("WHERE ?1 IS NULL OR company = ?1 ORDER BY coalesce(closed_on, opened_on) DESC, id DESC", company);
}

}  // namespace ties
