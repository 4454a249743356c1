#pragma once
#include "crm/service/verb.h"

/// Commands that only the command line has: they serve, or need a terminal.
namespace ties {

/// What such a command is called with.
struct Shell {
  std::filesystem::path file{};       ///< the user's file, which may not be there yet
  std::optional<Date> today{};        ///< the day to pretend
  bool quiet{};
};

struct Command {
  std::string_view name;     ///< "serve", "service install"
  std::string_view summary;
  std::string_view example;
  std::vector<Arg> args;
  int (*run)(const Shell&, const Args&);  ///< the exit code; may throw as verbs do
};

}  // namespace ties
