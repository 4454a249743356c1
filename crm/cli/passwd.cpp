#include "crm/cli/passwd.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

#include "crm/service/credentials.h"

namespace ties::cli {
namespace {

/// For as long as it lives, what is typed is not shown.
class Unseen {
 public:
  Unseen() {
    if (tcgetattr(STDIN_FILENO, &before_) != 0) throw Conflict("the terminal cannot hide what is typed");
    auto unseen = before_;
    unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    unseen.c_lflag |= ECHONL;
    if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen) != 0) throw Conflict("the terminal cannot hide what is typed");
  }
  ~Unseen() { tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  termios before_{};
};

std::string line_of_input() {
  std::string line;
  if (!std::getline(std::cin, line)) throw Wrong("passwd: no password was given");
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::string asked() {
  if (isatty(STDIN_FILENO) == 0) return line_of_input();
  const Unseen unseen;
  std::cerr << "new password: " << std::flush;
  auto first = line_of_input();
  std::cerr << "once more: " << std::flush;
  if (line_of_input() != first) throw Wrong("passwd: the two are not the same; nothing was changed");
  return first;
}

int passwd(const Shell& shell, const Args& args) {
  Store store(shell.file);
  return in_plain_words(store.file(), [&] {
    const Config config(store.settings());
    Crm crm{store, Clock(shell.today, config.text("time_zone")), config, "cli"};
    if (args.flag("remove")) {
      remove_password(crm);
    } else {
      set_password(crm, asked());
    }
    if (!shell.quiet) {
      std::cout << (args.flag("remove") ? "the password is removed; `ties signin` still lets you in\n"
                                        : "the password is set; browsers that were signed in sign in again\n");
    }
    return 0;
  });
}

}  // namespace

Command passwd_command() {
  return {"passwd",
          "set the password that lets a browser in",
          "ties passwd",
          {{"remove", Arg::Kind::flag, "take it away: only addresses by `ties signin` let in then"}},
          passwd};
}

}  // namespace ties::cli
