#pragma once

namespace ties::cli {

/// The command line: words into a verb's arguments, its answer into text, JSON or CSV.
/// Returns the exit code: 0 done, 1 not found or conflict, 2 wrong words, 70 our fault.
int main(int argc, char** argv);

}  // namespace ties::cli
