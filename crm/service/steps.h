#pragma once
#include "crm/service/verb.h"

/// The lines of histories that moves leave behind.
namespace ties {

/// As the application stands now.
void add_step(Crm& crm, const Application& application, Date on, const std::string& note, const std::string& overridden = "");
void add_step(Crm& crm, const Referral& referral, Date on, const std::string& note, const std::string& overridden = "");

/// The preparation that a stage asks for, as tasks, once for an application.
void add_checklist(Crm& crm, const Application& application, const Stage& stage, Date today);

}  // namespace ties
