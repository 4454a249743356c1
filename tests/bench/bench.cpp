// How fast and how large: the daily work over a big invented archive, each piece in a process of its own, each next to
// the floor that SQLite sets on this machine in the same run.
//
//   cmake --build build/release --target bench && build/release/bench [connections [messages [large]]]
//
// "large": also a table of 33 times as many people, and a mailbox of 2 GB, next to reading their bytes.

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <utility>

#include "crm/domain/duplicates.h"
#include "crm/service/verb.h"
#include "crm/text/text.h"
#include "importers/bundle.h"

using namespace ties;
namespace fs = std::filesystem;

namespace {

struct Scale {
  int connections{30'000};
  int messages{100'000};
  int companies() const { return std::max(1, connections / 10); }
  int talkers() const { return std::max(1, connections / 5); }
};

/// An archive as LinkedIn writes it, of people who do not exist.
void write_archive(const fs::path& folder, const Scale& scale) {
  constexpr std::array given{"Ada", "Jon", "Mira", "Zoë", "Pär", "Li", "Omar", "Inés", "Yuki", "Tove"};
  constexpr std::array family{"Lund", "Brandt", "Okafor", "Silva", "Wren", "Haug", "Novák", "Kim", "Rossi", "Dahl"};
  std::mt19937 random(5);
  const auto one_of = [&](const auto& names) { return names[random() % names.size()]; };
  fs::create_directories(folder);
  std::ofstream people(folder / "Connections.csv");
  people << "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
  for (int i = 0; i < scale.connections; ++i) {
    people << fmt::format("{}{},{}{},https://www.linkedin.com/in/p-{},{},Company {},Engineer {},{:02} Feb 20{}\n", one_of(given),
                          i % 97, one_of(family), i % 89, i, i % 20 == 0 ? fmt::format("p{}@mail.example", i) : "",
                          i % scale.companies(), i % 50, 1 + i % 28, 10 + i % 16);
  }
  std::ofstream messages(folder / "messages.csv");
  messages << "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,"
              "FOLDER\n";
  for (int i = 0; i < scale.messages; ++i) {
    const auto person = static_cast<int>(random() % static_cast<unsigned>(scale.talkers()));
    const auto them = fmt::format("P {0},https://www.linkedin.com/in/p-{0}", person);
    const std::string me = "Me Myself,https://www.linkedin.com/in/me";
    messages << fmt::format("2-{}==,,{},{},20{}-0{}-1{} 10:{:02}:00 UTC,,\"hello, number {} about compilers and loops\",INBOX\n",
                            person, i % 2 == 0 ? me : them, i % 2 == 0 ? them : me, 12 + i % 14, 1 + i % 9, i % 10, i % 60, i);
  }
}

struct Cost {
  double seconds{};
  double megabytes{};  ///< the process's peak
};

/// Runs a piece of work in a process of its own, `times` times, and gives the middle one.
Cost cost_of(int times, const std::function<void()>& work) {
  std::vector<Cost> costs;
  for (int i = 0; i < times; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    const auto child = fork();
    if (child == 0) {
      try {
        work();
      } catch (const std::exception& error) {
        fmt::print(stderr, "bench: {}\n", error.what());
        _exit(1);
      }
      _exit(0);
    }
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    if (status != 0) std::exit(1);
    costs.push_back({std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count(), static_cast<double>(usage.ru_maxrss) / 1024});
  }
  std::sort(costs.begin(), costs.end(), [](const auto& a, const auto& b) { return a.seconds < b.seconds; });
  return costs[costs.size() / 2];
}

/// The rows of `from` copied by prepared statements within one transaction, and the search index filled afterwards: the
/// least that keeping them takes.
void copy_rows(const fs::path& from, const fs::path& to) {
  Store made(to);
  SQLite::Database source(from.string(), SQLite::OPEN_READONLY), target(to.string(), SQLite::OPEN_READWRITE);
  SQLite::Transaction transaction(target);
  for (const std::string table : {"company", "contact", "contact_point", "employment", "interaction", "interaction_contact", "tag", "contact_tag"}) {
    SQLite::Statement rows(source, "SELECT * FROM " + table);
    std::string marks;
    for (int i = 0; i < rows.getColumnCount(); ++i) marks += marks.empty() ? "?" : ",?";
    SQLite::Statement insert(target, "INSERT INTO " + table + " VALUES (" + marks + ")");
    while (rows.executeStep()) {
      for (int i = 0; i < rows.getColumnCount(); ++i) {
        const auto column = rows.getColumn(i);
        if (column.isNull()) {
          insert.bind(i + 1);
        } else if (column.isInteger()) {
          insert.bind(i + 1, column.getInt64());
        } else {
          insert.bindNoCopy(i + 1, column.getText());
        }
      }
      insert.exec();
      insert.reset();
    }
  }
  transaction.commit();
  SQLite::Transaction indexing(target);
  made.rebuild_search();
  indexing.commit();
}

void select_rows(const fs::path& file, const std::string& sql) {
  SQLite::Database database(file.string(), SQLite::OPEN_READONLY);
  SQLite::Statement rows(database, sql);
  std::size_t bytes = 0;
  while (rows.executeStep()) bytes += rows.getColumn(0).getString().size();
  if (bytes == 0) throw std::runtime_error("nothing was found: " + sql);
}

void run_verb(const fs::path& file, std::string_view verb, Args::Raw raw) {
  Store store(file);
  Crm crm{store, Clock(date_from_text("2026-03-04"), "Etc/UTC"), Config{}, "bench"};
  run(crm, verb, std::move(raw));
}

/// A company where every tenth connection works, a common employer in earlier years, and events where people met: the most
/// that ways to a company can be made of.
void make_large_company(const fs::path& file, const Scale& scale) {
  Store store(file);
  OpenChange change(store.journal(), "2026-03-04T12:00:00Z", "bench");
  Company large, former;
  large.name = "Largest Works", former.name = "Former Works";
  const auto now = store.add(large), before = store.add(former);
  const auto me = store.me_or_new();
  const auto job = [&](Id<Contact> contact, Id<Company> company, const char* from, const char* until) {
    Employment employment;
    employment.contact = contact, employment.company = company, employment.title = "Engineer", employment.started = from;
    employment.ended = until, employment.source = "bench", employment.as_of = date_from_text("2026-03-01");
    store.add(employment);
  };
  job(me.id, before, "2012-01", "2019-06");
  std::vector<Id<Event>> events;
  for (int i = 0; i < 100; ++i) {
    Event event;
    event.name = fmt::format("Event {}", i);
    events.push_back(store.add(event));
  }
  int place = 0;
  store.each<Contact>([&](const Contact& contact) {
    if (contact.me) return;
    if (place % 10 == 3) job(contact.id, now, "2020-01", "");
    if (place % 3 == 0) job(contact.id, before, "2014-01", "2018-01");
    ++place;
  });
  for (int i = 0; i < std::min(scale.connections, 10'000); ++i) {
    Interaction met;
    met.kind = InteractionKind::met, met.when.day = plus_days(*date_from_text("2026-03-01"), -(i % 700));
    met.event = events[static_cast<std::size_t>(i) % events.size()];
    const auto id = store.add(met);
    store.link(id, Id<Contact>{2 + (i * 7) % scale.connections});
    store.link(id, Id<Contact>{2 + (i * 11) % scale.connections});
  }
  change.commit("made a large company");
}

/// People who do not exist: names out of syllables, common ones as common as in life, so that there are namesakes; one
/// in fifty is there twice, written otherwise.
std::vector<PersonFacts> invented_people(int count) {
  constexpr std::array heads{"Ka", "Lo", "Mi", "Ra", "Te", "So", "Vi", "Ne", "Ju", "Bo", "Fa", "Gi", "Ha", "Do", "Pe", "Wu"};
  constexpr std::array middles{"la", "ri", "no", "me", "sta", "ve", "du", "ki", "sha", "lo", "bre", "ti", "ga", "nu", "fe", "zo"};
  constexpr std::array givens_ends{"na", "ro", "s", "la", "m", "ta", "nd", "lia"};
  constexpr std::array families_ends{"sen", "vic", "man", "berg", "ra", "ski", "dottir", "ez"};
  std::mt19937 random(7);
  // Squared, so that the first names are met far more often than the last.
  const auto common = [&](std::size_t of) {
    const double chance = std::generate_canonical<double, 32>(random);
    return static_cast<std::size_t>(std::pow(chance, 3) * static_cast<double>(of));
  };
  const auto name = [&](const auto& ends, std::size_t of) {
    auto number = common(of);
    const auto pick = [&](const auto& parts) { return std::string(parts[std::exchange(number, number / parts.size()) % parts.size()]); };
    auto text = pick(heads) + pick(ends) + "";
    for (text.insert(2, pick(middles)); number > 0;) text.insert(2, pick(middles));
    return text;
  };
  std::vector<PersonFacts> people;
  people.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    PersonFacts person;
    if (i % 50 == 49) {
      person = people[random() % people.size()];
      std::swap(person.given, person.family);
      person.points.resize(person.points.size() / 2);
    } else {
      person.given = name(givens_ends, 4'000), person.family = name(families_ends, 60'000);
      person.points = {{PointKind::linkedin, fmt::format("p-{}", i), ""}};
      if (i % 4 == 0) person.points.push_back({PointKind::email, fmt::format("{}.{}@c{}.example", text::lower(person.given), text::lower(person.family), i % 1000), "work"});
      if (i % 5 == 0) person.points.push_back({PointKind::phone, fmt::format("+4722{:07}", i % 20 == 0 ? i % 97 : i), ""});
      person.jobs = {{fmt::format("Company {}", common(static_cast<std::size_t>(std::max(10, count / 10)))), "Engineer", true}};
      if (i % 3 == 0) person.location = fmt::format("City {}, Norway", common(500));
    }
    person.contact = {i + 1};
    person.display = person.given + " " + person.family;
    people.push_back(std::move(person));
  }
  return people;
}

/// The least that finding namesakes takes: every name folded, sorted, and its neighbours compared.
std::size_t neighbours_alike(const std::vector<PersonFacts>& people) {
  std::vector<std::string> names;
  names.reserve(people.size());
  for (const auto& person : people) names.push_back(text::fold(person.display));
  std::sort(names.begin(), names.end());
  std::size_t alike = 0;
  for (std::size_t i = 1; i < names.size(); ++i) alike += names[i] == names[i - 1] ? 1 : 0;
  return alike;
}

/// A table of people, and a mailbox of so many bytes, between the user and them.
void write_table(const fs::path& path, int people) {
  std::ofstream file(path);
  file << "Name,Email,Company,Job Title,Notes\n";
  for (int i = 0; i < people; ++i) {
    file << fmt::format("Person {0} Number{1},p{0}@firm{1}.example,Firm {1} Works,Engineer {2},met in {3}\n", i, i % 20'000, i % 50, 2000 + i % 26);
  }
}

void write_mailbox(const fs::path& path, std::uintmax_t bytes) {
  std::ofstream file(path, std::ios::binary);
  std::string body;
  for (int i = 0; i < 200; ++i) body += "Lines of an invented kind, about compilers and boats and the weather at sea.\n";
  for (int i = 0; static_cast<std::uintmax_t>(file.tellp()) < bytes; ++i) {
    const auto them = fmt::format("p{0}@firm{0}.example", i % 20'000);
    file << fmt::format("From {0}@x Mon Mar 02 10:00:00 2026\nFrom: <{1}>\nTo: <{2}>\nDate: Mon, {3:02} Feb 2026 10:00:00 +0100\n"
                        "Message-ID: <{0}@mail.example>\nSubject: Re: loops {4}\n\n{5}\n",
                        i, i % 3 == 0 ? "me@holm.example" : them, i % 3 == 0 ? them : "me@holm.example", 1 + i % 28, i / 4, body);
  }
}

void print_row(std::string_view what, const Cost& cost, const Cost& floor) {
  fmt::print("{:<34} {:>9.1f} ms {:>8.0f} MB {:>9.1f} ms {:>7.1f} ×\n", what, cost.seconds * 1000, cost.megabytes, floor.seconds * 1000,
             cost.seconds / floor.seconds);
}

}  // namespace

int main(int argc, char** argv) {
  Scale scale;
  if (argc > 1) scale.connections = std::max(10, std::atoi(argv[1]));
  if (argc > 2) scale.messages = std::max(10, std::atoi(argv[2]));

  auto name = (fs::temp_directory_path() / "ties_bench_XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) return 1;
  const fs::path folder = name;
  const auto archive = folder / "archive", file = folder / "ties.db", copy = folder / "copy.db";
  write_archive(archive, scale);
  fmt::print("{} connections, {} messages\n\n{:<34} {:>12} {:>11} {:>12} {:>9}\n", scale.connections, scale.messages, "", "time", "peak", "floor", "ratio");

  const auto again = [&](std::string_view verb, Args::Raw raw) { return cost_of(1, [&] { run_verb(file, verb, raw); }); };
  const auto paths = Args::Raw{{"paths", {archive.string()}}};
  const auto reading = cost_of(3, [&] {
    const auto bundle = importers::open_bundle(archive, importers::never_opened);
    importers::Options options;
    options.today = *date_from_text("2026-03-04");
    importers::read_bundle(bundle, "", options);
  });
  const auto first = again("import", paths);
  const auto keeping = cost_of(3, [&] {
    for (const auto* end : {"", "-wal", "-shm"}) fs::remove(copy.string() + end);
    copy_rows(file, copy);
  });
  print_row("read the archive", reading, keeping);
  print_row("import it", first, keeping);
  print_row("import it again, nothing new", again("import", paths), keeping);
  print_row("undo the import", again("undo", {}), keeping);
  print_row("redo it", again("redo", {}), keeping);

  const auto starting = cost_of(9, [&] { select_rows(file, "SELECT display FROM contact LIMIT 1"); });
  const auto daily = [&](std::string_view what, std::string_view verb, const Args::Raw& raw, const std::string& sql) {
    const auto floor = sql.empty() ? starting : cost_of(9, [&] { select_rows(file, sql); });
    print_row(what, cost_of(9, [&] { run_verb(file, verb, raw); }), floor);
  };
  fmt::print("\n");
  daily("first 50 contacts by name", "contact list", {{"limit", {"50"}}}, "SELECT display FROM contact ORDER BY folded LIMIT 50");
  daily("contacts by a word", "contact list", {{"query", {"company"}}, {"limit", {"50"}}},
        "SELECT title FROM search WHERE search MATCH 'company*' AND rowid % 4 = 0 LIMIT 50");
  daily("search everything", "search", {{"words", {"compilers"}}}, "SELECT body FROM search WHERE search MATCH 'compilers*' ORDER BY rank LIMIT 50");
  daily("who is at a company", "who", {{"company", {"Company 7"}}}, "");
  run_verb(file, "company target", {{"company", {"Company 7"}}});
  daily("whom to ask at a company", "ready", {{"company", {"Company 7"}}}, "");
  make_large_company(file, scale);
  daily("ways to a large company", "who", {{"company", {"Largest Works"}}}, "");
  daily("whom to ask at a large company", "ready", {{"company", {"Largest Works"}}}, "");
  daily("ways to a company, with events", "who", {{"company", {"Company 7"}}}, "");
  daily("one contact with its timeline", "contact show", {{"contact", {"77"}}}, "");
  daily("what deserves attention today", "followups", {}, "");
  daily("log a sentence", "log", {{"line", {"met @new:Somebody New, likes loops"}}}, "");
  daily("who may be one person, of the file", "duplicates", {}, "SELECT display FROM contact ORDER BY folded");

  fmt::print("\n");
  for (const int factor : {1, 10, 33}) {
    const auto people = invented_people(scale.connections * factor);
    const auto making = cost_of(1, [] {});  // what is in memory already
    const auto floor = cost_of(3, [&] { neighbours_alike(people); });
    auto cost = cost_of(factor == 1 ? 5 : 1, [&] { duplicates(people); });
    cost.megabytes -= making.megabytes;
    print_row(fmt::format("who may be one person, of {}", people.size()), cost, floor);
  }

  if (argc > 3 && std::string_view(argv[3]) == "large") {
    const auto table = folder / "table.csv", mailbox = folder / "mailbox.mbox", large = folder / "large.db";
    write_table(table, scale.connections * 33);
    write_mailbox(mailbox, 2'000'000'000);
    const auto bytes_of = [](const fs::path& path) {
      return cost_of(3, [&] {
        std::ifstream in(path, std::ios::binary);
        std::string buffer(1 << 20, '\0');
        while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()))) {
        }
      });
    };
    fmt::print("\n");
    run_verb(large, "init", {});
    run_verb(large, "contact edit", {{"contact", {"me"}}, {"email", {"me@holm.example"}}});
    const auto read_table = bytes_of(table), read_mailbox = bytes_of(mailbox);
    print_row(fmt::format("a table of {} people", scale.connections * 33), cost_of(1, [&] { run_verb(large, "import", {{"paths", {table.string()}}}); }), read_table);
    print_row("a mailbox of 2 GB", cost_of(1, [&] { run_verb(large, "import", {{"paths", {mailbox.string()}}}); }), read_mailbox);
    print_row("undo the mailbox", cost_of(1, [&] { run_verb(large, "undo", {}); }), read_mailbox);
    print_row("undo the table", cost_of(1, [&] { run_verb(large, "undo", {}); }), read_table);
  }
  fs::remove_all(folder);
  return 0;
}
