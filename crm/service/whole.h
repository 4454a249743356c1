#pragma once
#include "crm/service/verb.h"

/// Records with all that belongs to them, for the verbs of more than one topic; service/shapes.h says how they look.
namespace ties {

/// Its fields, addresses, jobs, tags, and everything that happened, newest first.
Json whole(Crm& crm, const Contact& contact);
/// Its fields, people, interviews, referrals, documents, tasks and history.
Json whole(Crm& crm, const Application& application);

/// Its fields, the states that may follow, and its history.
Json whole(Crm& crm, const Referral& referral);

/// Whether to ask this contact for a referral now, at a company or wherever they work; `besides`: the ask that this is about.
Readiness readiness_of(Crm& crm, Id<Contact> contact, std::optional<Id<Company>> company, std::optional<Id<Referral>> besides);

/// What speaks against asking for this referral now, kept yet or not.
std::vector<Warning> warnings_of_ask(Crm& crm, const Referral& referral, Date today);

}  // namespace ties
