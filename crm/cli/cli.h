#pragma once
#include "crm/service/command.h"

namespace ties::cli {

/// The command line: words into a verb's arguments, its answer into text, JSON or CSV.
/// Besides the verbs it has the commands of the shell alone, which are given to it.
/// Returns the exit code: 0 done, 1 not found or conflict, 2 wrong words, 70 our fault.
int main(int argc, char** argv, const std::vector<Command>& shell_commands);

}  // namespace ties::cli
