#include "crm/store/store.h"

namespace ties {

std::vector<Referral> Store::referrals(std::optional<Id<Contact>> referrer, std::optional<Id<Company>> company,
                                       std::optional<Id<Application>> application) {
  return select<Referral>(R"sql(
    WHERE (?1 IS NULL OR referrer = ?1) AND (?2 IS NULL OR company = ?2) AND (?3 IS NULL OR application = ?3) ORDER BY id
  )sql", referrer, company, application);
}

std::vector<ReferralStep> Store::steps(Id<Referral> referral) { return select<ReferralStep>("WHERE referral = ? ORDER BY id", referral); }

}  // namespace ties
