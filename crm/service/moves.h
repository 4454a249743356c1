#pragma once
#include "crm/service/verb.h"

/// Where applications go, for one as for many.
namespace ties {

/// What an application that was just kept, with its people, begins with: a line of its history, and what its stage asks to
/// prepare. Throws Guarded where something speaks against opening it, unless `go_on`; returns what was gone past.
std::vector<Warning> begin_application(Crm& crm, const Application& application, const Stage& stage, bool go_on);

/// What speaks against the move.
std::vector<Warning> warnings_of_move(Crm& crm, const Application& application, const Stage& to);

/// Keeps the application in the stage, open again if it had ended, with a line of its history and what the stage asks
/// to prepare. `overridden`: the guards that were gone past.
void move_to(Crm& crm, Application& application, const Stage& to, Date on, const std::string& note,
             const std::string& overridden);

/// Whether an application can be closed so: a reroute opens another one, and open is no end.
bool is_ending(Outcome outcome);
void close_as(Crm& crm, Application& application, Outcome outcome, Date on, const std::string& note);

}  // namespace ties
