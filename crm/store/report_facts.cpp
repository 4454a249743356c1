#include <fmt/format.h>

#include <map>

#include "crm/store/store.h"

namespace ties {

SearchHistory Store::search_history() {
  SearchHistory history;
  history.pipelines = all<Pipeline>();
  history.stages = select<Stage>("ORDER BY pipeline, position");

  std::map<Id<Company>, std::string> companies;
  for (auto& company : select<Company>("WHERE id IN (SELECT company FROM application)")) companies[company.id] = std::move(company.name);
  std::map<Id<Application>, ApplicationHistory> applications;
  for (auto& application : all<Application>()) {
    auto& kept = applications[application.id];
    if (application.company) kept.company = companies[*application.company];
    kept.application = std::move(application);
  }
  for (auto& step : all<ApplicationStep>()) applications.at(step.application).steps.push_back(std::move(step));
  for (auto& interview : interviews(std::nullopt)) applications.at(interview.application).interviews.push_back(std::move(interview));
  for (auto& [id, kept] : applications) history.applications.push_back(std::move(kept));

  // Who knew the user how by the first line that says that the referral was asked for, or more.
  auto referrals = database_.query("SELECT " + rows::columns<Referral>("referral.") + fmt::format(R"sql(,
      CASE
        WHEN EXISTS (SELECT 1 FROM employment theirs JOIN employment mine ON mine.company = theirs.company
                     JOIN contact me ON me.id = mine.contact AND me.me = 1 WHERE theirs.contact = referrer) THEN 'colleague'
        WHEN introducer IS NOT NULL OR contact.met_through IS NOT NULL THEN 'introduced'
        WHEN EXISTS (SELECT 1 FROM contribution_contact link JOIN contribution ON contribution.id = link.contribution
                     WHERE link.contact = referrer AND link.part <> 'coauthor' AND coalesce(opened_on, closed_on, '') <= asked_on) THEN 'maintainer'
        WHEN contact.met_event IS NOT NULL
          OR EXISTS (SELECT 1 FROM interaction_contact link JOIN interaction i ON i.id = link.interaction
                     WHERE link.contact = referrer AND i.event IS NOT NULL AND i.kind IN ({}) AND substr(i.at, 1, 10) <= asked_on) THEN 'met_at_event'
        ELSE 'other'
      END
    FROM (SELECT referral.id AS asked, coalesce((SELECT min(step."on") FROM referral_step step WHERE step.referral = referral.id
                                                 AND step.state NOT IN ('idea', 'to_approach')), '9999-12-31') AS asked_on
          FROM referral)
    JOIN referral ON referral.id = asked JOIN contact ON contact.id = referrer ORDER BY referral.id
  )sql", real_kinds()));
  std::map<Id<Referral>, std::size_t> places;
  while (referrals->executeStep()) {
    int at = 0;
    ReferralHistory kept;
    kept.referral = rows::record<Referral>(*referrals, at);
    rows::read(referrals->getColumn(at), kept.referrer);
    places[kept.referral.id] = history.referrals.size();
    history.referrals.push_back(std::move(kept));
  }
  for (auto& step : all<ReferralStep>()) history.referrals[places.at(step.referral)].steps.push_back(std::move(step));

  auto written = database_.query(fmt::format(R"sql(
    SELECT referral.id, substr(i.at, 1, 10) AS day
    FROM referral JOIN interaction_contact link ON link.contact = referrer JOIN interaction i ON i.id = link.interaction
    WHERE i.direction = 'out' AND i.kind IN ({}) ORDER BY referral.id, day
  )sql", real_kinds()));
  while (written->executeStep()) {
    Id<Referral> id{};
    Date day{};
    rows::read(written->getColumn(0), id);
    rows::read(written->getColumn(1), day);
    history.referrals[places.at(id)].written_on.push_back(day);
  }
  return history;
}

}  // namespace ties
