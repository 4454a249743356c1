#include "crm/cli/cli.h"

int main(int argc, char** argv) { return ties::cli::main(argc, argv, {}); }
