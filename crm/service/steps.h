#pragma once
#include "crm/service/verb.h"

/// The lines of histories that moves leave behind.
namespace ties {

/// As the application stands now.
void add_step(Crm& crm, const Application& application, Date on, const std::string& note, const std::string& overridden = "");
void add_step(Crm& crm, const Referral& referral, Date on, const std::string& note, const std::string& overridden = "");

/// Throws Guarded unless the user goes past the warnings; returns the names of those that were gone past.
std::string past(const std::vector<Warning>& warnings, bool go_on);

/// Takes a referral on to a state, or keeps a new one in it, with a line of its history. Throws Conflict where the state
/// cannot follow on the one of a known referral, Guarded where something speaks against it, unless `go_on`; returns what
/// was gone past.
std::vector<Warning> bring_to(Crm& crm, Referral& referral, ReferralState to, Date on, const std::string& note, bool go_on);

/// The preparation that a stage asks for, as tasks, once for an application.
void add_checklist(Crm& crm, const Application& application, const Stage& stage, Date today);

}  // namespace ties
