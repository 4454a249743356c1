#include "crm/http/serve.h"

#include <boost/test/unit_test.hpp>

#include "tests/store/temporary.h"

using namespace ties;
using namespace ties::http;

BOOST_AUTO_TEST_CASE(an_address_to_listen_at_is_read_in_every_usual_form) {
  struct Case {
    const char* text;
    const char* address;
    int port;
    bool is_loopback;
  };
  const Case cases[] = {{"127.0.0.1:7420", "127.0.0.1", 7420, true}, {"localhost:80", "127.0.0.1", 80, true}, {"[::1]:7420", "::1", 7420, true},
                        {":7420", "0.0.0.0", 7420, false},           {"8080", "127.0.0.1", 8080, true},       {"192.0.2.7:1", "192.0.2.7", 1, false}};
  for (const auto& c : cases) {
    const auto listen = listen_of(c.text);
    BOOST_TEST(listen.address == c.address, c.text);
    BOOST_TEST(listen.port == c.port, c.text);
    BOOST_TEST(listen.is_loopback() == c.is_loopback, c.text);
  }
  for (const auto* wrong : {"", "host:7420", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:x"}) BOOST_CHECK_THROW(listen_of(wrong), Wrong);
}

BOOST_FIXTURE_TEST_CASE(one_file_is_served_once_under_whatever_name, Temporary) {
  std::filesystem::create_directories(folder / "other");
  std::filesystem::create_directory_symlink(folder, folder / "other" / "way");
  {
    OnlyServer first(file, "");
    first.say("http://127.0.0.1:7420");
    try {
      OnlyServer second(folder / "other" / "way" / file.filename(), "");
      BOOST_TEST(false, "it was served twice");
    } catch (const Conflict& conflict) {
      BOOST_TEST(std::string(conflict.what()) == "another service has this file open at http://127.0.0.1:7420; `ties signin` prints an address to open");
    }
  }
  BOOST_CHECK_NO_THROW(OnlyServer(file, ""));
}

BOOST_AUTO_TEST_CASE(a_unit_holds_paths_of_any_letters_and_lets_the_service_write_to_one_folder) {
  const auto unit = unit_text("/opt/my ties/ties", "/data/a\"b/50%/$x/ties.db", "127.0.0.1:7420", false);
  BOOST_TEST(unit.find(R"(ExecStart="/opt/my ties/ties" --quiet --file "/data/a\"b/50%%/$$x/ties.db" serve --listen 127.0.0.1:7420)") != std::string::npos, unit);
  BOOST_TEST(unit.find(R"(ReadWritePaths="/data/a\"b/50%%/$x")") != std::string::npos, unit);
  BOOST_TEST(unit.find("CapabilityBoundingSet") == std::string::npos);
  BOOST_CHECK_THROW(unit_text("/opt/ties", "/data/a\nb/ties.db", "127.0.0.1:7420", false), Wrong);
  const auto system = unit_text("/usr/bin/ties", "", "127.0.0.1:7420", true);
  BOOST_TEST(system.find("--file /var/lib/ties/ties.db") != std::string::npos);
  BOOST_TEST(system.find("\nCapabilityBoundingSet=\n") != std::string::npos);
}
