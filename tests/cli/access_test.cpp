#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Ran {
  int code{};
  std::string out{}, err{};
};

/// The program in a folder of its own, on a day that stands still.
struct Shell {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("ties_access_cli_" + std::to_string(getpid()));

  Shell() { std::filesystem::create_directories(folder); }
  ~Shell() { std::filesystem::remove_all(folder); }

  Ran operator()(const std::string& words, const std::string& input = "") const {
    std::ofstream(folder / "in") << input;
    const auto at = [&](const char* name) { return "'" + (folder / name).string() + "'"; };
    const auto command = "TIES_FILE=" + at("ties.db") + " TIES_TODAY=2026-03-04 '" TIES_PROGRAM "' " + words + " <" +
                         at("in") + " >" + at("out") + " 2>" + at("err");
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(folder / "out"), text_of(folder / "err")};
  }

  /// Types the lines at a terminal, each once its prompt is there. Returns all that was shown, and the exit code.
  Ran typing(const std::vector<std::pair<std::string, std::string>>& prompts_and_lines) const {
    int terminal = -1;
    const auto child = forkpty(&terminal, nullptr, nullptr, nullptr);
    if (child == 0) {
      setenv("TIES_FILE", (folder / "ties.db").c_str(), 1);
      execl(TIES_PROGRAM, "ties", "passwd", nullptr);
      _exit(127);
    }
    Ran ran;
    std::size_t next = 0, seen = 0;
    char buffer[1024];
    for (ssize_t count = 0; (count = read(terminal, buffer, sizeof buffer)) > 0;) {
      ran.out.append(buffer, static_cast<std::size_t>(count));
      if (next == prompts_and_lines.size()) continue;
      const auto found = ran.out.find(prompts_and_lines[next].first, seen);
      if (found == std::string::npos) continue;
      seen = found + prompts_and_lines[next].first.size();
      const auto line = prompts_and_lines[next++].second + "\n";
      if (write(terminal, line.data(), line.size()) < 0) break;
    }
    int status = 0;
    waitpid(child, &status, 0);
    close(terminal);
    ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(access_by_the_command_line, Shell)

BOOST_AUTO_TEST_CASE(tokens_are_made_listed_and_revoked) {
  const auto made = (*this)("token add phonebook --scope read --scope feeds --days 30");
  BOOST_TEST(made.code == 0, made.err);
  BOOST_TEST(made.out.starts_with("made the token 'phonebook' for 30 days; it is shown this once:\nties_1_"));
  BOOST_TEST(made.out.size() ==
             std::string("made the token 'phonebook' for 30 days; it is shown this once:\nties_1_\n").size() + 43);
  const auto listed = (*this)("token list --csv");
  BOOST_TEST(listed.out ==
             "id,name,scopes,used_at,expires_at,state\r\n1,phonebook,\"read, feeds\",,2026-04-03T12:00:00Z,good\r\n");
  BOOST_TEST((*this)("token list").out.find("ties_1") == std::string::npos);
  BOOST_TEST((*this)("token revoke phonebook").out == "revoked the token 'phonebook': it opens nothing any more\n");
  BOOST_TEST((*this)("token list").out ==
             "nothing yet; the first one: ties token add phonebook --scope read --scope feeds --days 365\n");
  const auto unknown = (*this)("token revoke phonebook");
  BOOST_TEST(unknown.code == 1);
  BOOST_TEST(unknown.err == "ties: there is no token 'phonebook'; `ties token list` shows them\n");
  BOOST_TEST((*this)("undo").err == "ties: there is nothing to undo\n");
}

BOOST_AUTO_TEST_CASE(an_address_to_sign_in_is_printed) {
  const auto signin = (*this)("signin --at http://127.0.0.1:8000");
  BOOST_TEST(signin.code == 0);
  BOOST_TEST(signin.out.starts_with(
      "open this address within 10 minutes; it signs one browser in, once:\nhttp://127.0.0.1:8000/sign-in?token=1_"));
}

BOOST_AUTO_TEST_CASE(a_password_is_read_from_a_pipe_and_removed) {
  const auto set = (*this)("passwd", "seven blue herons\r\nand a line that is nobody's\n");
  BOOST_TEST(set.code == 0, set.err);
  BOOST_TEST(set.out == "the password is set; browsers that were signed in sign in again\n");
  const struct {
    const char *words, *input;
    int code;
    const char* err;
  } rows[] = {{"passwd", "short\n", 2, "ties: password: give at least 10 characters\n"},
              {"passwd", "", 2, "ties: passwd: no password was given\n"},
              {"passwd --remove", "", 0, ""},
              {"passwd --remove", "", 1, "ties: there is no password\n"}};
  for (const auto& row : rows) {
    const auto ran = (*this)(row.words, row.input);
    BOOST_TEST(ran.code == row.code);
    BOOST_TEST(ran.err == row.err);
  }
  BOOST_TEST((*this)("passwd --help").out.find("Example:\n  ties passwd") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_password_that_is_typed_is_asked_twice_and_not_shown) {
  const auto set = typing({{"new password: ", "seven blue herons"}, {"once more: ", "seven blue herons"}});
  BOOST_TEST(set.code == 0, set.out);
  BOOST_TEST(set.out.find("herons") == std::string::npos);
  BOOST_TEST(set.out.find("the password is set") != std::string::npos);
  const auto other = typing({{"new password: ", "seven blue herons"}, {"once more: ", "eight blue herons"}});
  BOOST_TEST(other.code == 2);
  BOOST_TEST(other.out.find("passwd: the two are not the same; nothing was changed") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
