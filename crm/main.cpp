#include "crm/cli/cli.h"
#include "crm/cli/passwd.h"
#include "crm/http/openapi.h"
#include "crm/http/serve.h"

int main(int argc, char** argv) {
  auto commands = ties::http::commands();
  commands.push_back(ties::http::openapi_command());
  commands.push_back(ties::cli::passwd_command());
  return ties::cli::main(argc, argv, commands);
}
