#include <array>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <csignal>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "tests/store/temporary.h"

using namespace ties;

namespace {

constexpr auto now = "2026-03-04T12:00:00Z";

/// Runs one change.
template <class Work>
std::optional<Id<Change>> change(Store& store, const std::string& said, Work work) {
  OpenChange open(store.journal(), now, "test");
  work();
  return open.commit(said);
}

std::vector<Kept> take_back(Store& store, Id<Change> id) {
  OpenChange open(store.journal(), now, "test");
  auto kept = store.journal().take_back(id, open);
  open.commit("undid", id);
  return kept;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(journal)

BOOST_FIXTURE_TEST_CASE(a_large_change_is_kept_in_parts_and_taken_back_as_one, Temporary) {
  Store store(file);
  change(store, "added events", [&] {
    for (int i = 0; i < 30; ++i) {
      Event event;
      event.name = "Event " + std::to_string(i), event.notes = std::string(1'000'000, static_cast<char>('a' + i % 26));
      store.add(event);
    }
  });
  const auto before = store.dump();
  OpenChange open(store.journal(), now, "test");
  for (auto event : store.all<Event>()) {
    event.notes.clear();
    store.update(event);  // in one part
    open.keep_part_if_large();
    event.name += ", and more";
    store.update(event);  // and again, perhaps in the next
    if (event.id.value % 2 == 0) store.remove(event.id);
    open.keep_part_if_large();
  }
  const auto id = *open.commit("emptied events");
  const auto after = store.dump();
  SQLite::Database raw(file.string(), SQLite::OPEN_READONLY);
  BOOST_TEST(raw.execAndGet("SELECT count(*) FROM change_part WHERE change = 2").getInt() > 1);
  BOOST_TEST(store.journal().changes().size() == 2U);
  BOOST_TEST(take_back(store, id).empty());
  BOOST_TEST((store.dump() == before));
  take_back(store, store.journal().newest_to_redo()->id);
  BOOST_TEST((store.dump() == after));
  BOOST_TEST(store.check().empty());
}

BOOST_FIXTURE_TEST_CASE(what_was_done_can_be_taken_back_after_a_restart, Temporary) {
  const auto before = Store(file).dump();
  Id<Contact> ada;
  {
    Store store(file);
    ada = add_contact(store, "Ada Lovelace");
  }
  const auto after = Store(file).dump();
  {
    Store store(file);
    const auto newest = store.journal().newest_to_undo();
    BOOST_REQUIRE(newest.has_value());
    BOOST_TEST(newest->said == "added Ada Lovelace");
    BOOST_TEST(take_back(store, newest->id).empty());
    BOOST_TEST((store.dump() == before));
  }
  Store store(file);
  const auto undo = store.journal().newest_to_redo();
  BOOST_REQUIRE(undo.has_value());
  take_back(store, undo->id);
  BOOST_TEST((store.dump() == after));
  BOOST_TEST(store.get(ada).display == "Ada Lovelace");
  BOOST_TEST(store.check().empty());
}

BOOST_FIXTURE_TEST_CASE(a_change_that_is_not_committed_leaves_no_trace, Temporary) {
  Store store(file);
  const auto before = store.dump();
  {
    OpenChange open(store.journal(), now, "test");
    store.add(called("Ada Lovelace"));
  }
  BOOST_TEST((store.dump() == before));
  BOOST_TEST(store.journal().changes().empty());
  BOOST_TEST(store.search("ada", 10).empty());
}

BOOST_FIXTURE_TEST_CASE(a_change_of_nothing_has_no_entry, Temporary) {
  Store store(file);
  const auto id = add_contact(store, "Ada Lovelace");
  BOOST_TEST(!change(store, "looked", [&] { store.update(store.get(id)); }).has_value());
  BOOST_TEST(store.journal().changes().size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(an_entry_keeps_only_what_differs, Temporary) {
  Store store(file);
  const auto id = add_contact(store, "Ada Lovelace");
  const auto entry = change(store, "edited", [&] {
    auto contact = store.get(id);
    contact.headline = "engines";
    store.update(contact);
  });
  BOOST_REQUIRE(entry.has_value());
  const auto operations = store.journal().operations(*entry);
  BOOST_REQUIRE(operations.size() == 1u);
  BOOST_TEST((operations[0].kind == changeset::Operation::Kind::update));
  BOOST_TEST((operations[0].row == changeset::Row{"contact", id.value}));
  const auto values = [](const auto& list) { return std::count_if(list.begin(), list.end(), [](const auto& v) { return v.has_value(); }); };
  BOOST_TEST(values(operations[0].after) == 1);
  BOOST_TEST(values(operations[0].before) == 2);  // the key, to find the row by, and the old headline
}

BOOST_FIXTURE_TEST_CASE(a_changeset_survives_being_taken_apart_and_put_together, Temporary) {
  Store store(file);
  const auto entry = change(store, "much", [&] {
    const auto ada = store.add(called("Ada Lovelace"));
    auto grace = called("Grace Hopper");
    grace.id = store.add(grace);
    grace.cadence_days = 30;
    store.update(grace);
    store.remove(ada);
  });
  BOOST_REQUIRE(entry.has_value());
  const auto operations = store.journal().operations(*entry);
  Database schema(":memory:");
  const auto again = changeset::decode(changeset::encode(operations, schema));
  BOOST_REQUIRE(again.size() == operations.size());
  for (std::size_t i = 0; i < again.size(); ++i) {
    BOOST_TEST((again[i].kind == operations[i].kind));
    BOOST_TEST((again[i].row == operations[i].row));
    BOOST_TEST((again[i].before == operations[i].before));
    BOOST_TEST((again[i].after == operations[i].after));
  }
}

BOOST_FIXTURE_TEST_CASE(what_was_touched_later_is_kept_whole_with_what_it_points_to, Temporary) {
  Store store(file);
  Id<Contact> ada, grace;
  const auto entry = change(store, "both, at one company", [&] {
    ada = store.add(called("Ada Lovelace"));
    grace = store.add(called("Grace Hopper"));
    Company company;
    company.name = "Acme";
    const auto acme = store.add(company);
    for (const auto person : {ada, grace}) {
      Employment job;
      job.contact = person, job.company = acme;
      store.add(job);
    }
  });
  change(store, "starred Ada", [&] {
    auto contact = store.get(ada);
    contact.starred = true;
    store.update(contact);
  });
  const auto kept = take_back(store, *entry);
  BOOST_TEST((kept == std::vector<Kept>{{"company", 1, "Acme"}, {"contact", ada.value, "Ada Lovelace"}}));
  BOOST_TEST(store.find(ada).has_value());
  BOOST_TEST(!store.find(grace).has_value());
  BOOST_TEST(store.employments(ada).size() == 1u);
  BOOST_TEST(store.check().empty());
}

BOOST_FIXTURE_TEST_CASE(a_change_is_taken_back_once, Temporary) {
  Store store(file);
  add_contact(store, "Ada Lovelace");
  const auto entry = store.journal().newest_to_undo()->id;
  take_back(store, entry);
  BOOST_CHECK_EXCEPTION(take_back(store, entry), Conflict, [](const Conflict& error) { return error.what() == std::string("change 1 is undone already"); });
}

BOOST_FIXTURE_TEST_CASE(numbers_are_never_used_twice, Temporary) {
  Store store(file);
  const auto ada = add_contact(store, "Ada Lovelace");
  take_back(store, store.journal().newest_to_undo()->id);
  BOOST_TEST(add_contact(store, "Grace Hopper").value > ada.value);
}

BOOST_FIXTURE_TEST_CASE(a_program_that_is_killed_leaves_whole_changes_only, Temporary) {
  { Store store(file); }
  for (int round = 0; round < 12; ++round) {
    std::array<int, 2> begun{};
    BOOST_REQUIRE(pipe(begun.data()) == 0);
    const auto child = fork();
    if (child == 0) {
      Store store(file);
      for (int i = 0;; ++i) {
        if (i == 1 && write(begun[1], "", 1) != 1) _exit(1);
        OpenChange open(store.journal(), now, "test");
        store.add(called("Somebody " + std::to_string(i)));
        store.add(called("Somebody else " + std::to_string(i)));
        open.commit("added two");
      }
    }
    close(begun[1]);
    char byte{};
    BOOST_REQUIRE(read(begun[0], &byte, 1) == 1);  // its first change is kept
    close(begun[0]);
    std::this_thread::sleep_for(std::chrono::milliseconds(3 * round));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    Store store(file);
    BOOST_TEST(store.count<Contact>() == 2 * static_cast<std::int64_t>(store.journal().changes().size()));
    BOOST_TEST(store.check().empty());
  }
  BOOST_TEST(Store(file).count<Contact>() > 0);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(check_of_the_file)

BOOST_FIXTURE_TEST_CASE(every_kind_of_damage_is_named, Temporary) {
  Store store(file);
  const auto ada = add_contact(store, "Ada Lovelace");
  BOOST_TEST(store.check().empty());
  SQLite::Database raw(file.string(), SQLite::OPEN_READWRITE);
  const auto faults_after = [&](const char* sql) {
    raw.exec("SAVEPOINT damage");
    raw.exec(sql);
    raw.exec("RELEASE damage");
    return store.check();
  };
  BOOST_TEST(faults_after("DELETE FROM search") ==
                 (std::vector<std::string>{"the search index holds 0 of 1 contacts; `ties check --repair` writes it anew"}),
             boost::test_tools::per_element());
  store.rebuild_search();
  BOOST_TEST(store.check().empty());
  BOOST_TEST(faults_after("PRAGMA foreign_keys = OFF; INSERT INTO favour (contact, direction, text, \"on\") VALUES (77, 'given', '', '2026-03-01')") ==
                 (std::vector<std::string>{"favour 1 points to a contact that is not there"}),
             boost::test_tools::per_element());
  raw.exec("DELETE FROM favour");
  BOOST_TEST(faults_after("UPDATE change_part SET changeset = x'54FFFF00FF'") ==
                 (std::vector<std::string>{"change 1 of the journal is damaged and cannot be undone"}),
             boost::test_tools::per_element());
  BOOST_TEST(store.get(ada).display == "Ada Lovelace");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(search)

BOOST_FIXTURE_TEST_CASE(words_are_found_by_their_beginnings_in_any_script_and_without_accents, Temporary) {
  Store store(file);
  for (const auto* name : {"Łucja Żmijewicz", "Θεοδώρα Καλλιμάρη", "Анастасия Верхолесова", "Zoë Brandt", "佐久間 陽斗"}) add_contact(store, name);
  const auto found = [&](const char* words) {
    std::string names;
    for (const auto& hit : store.search(words, 10)) names += (names.empty() ? "" : ", ") + store.get(Id<Contact>{hit.id}).display;
    return names;
  };
  BOOST_TEST(found("lucja") == "Łucja Żmijewicz");
  BOOST_TEST(found("zmij luc") == "Łucja Żmijewicz");
  BOOST_TEST(found("θεοδωρα") == "Θεοδώρα Καλλιμάρη");
  BOOST_TEST(found("theodora") == "Θεοδώρα Καλλιμάρη");
  BOOST_TEST(found("анастасия") == "Анастасия Верхолесова");
  BOOST_TEST(found("anastasia") == "Анастасия Верхолесова");
  BOOST_TEST(found("zoe") == "Zoë Brandt");
  BOOST_TEST(found("陽斗") == "佐久間 陽斗");
  BOOST_TEST(found("nobody").empty());
}

BOOST_FIXTURE_TEST_CASE(no_words_are_an_expression_of_the_index, Temporary) {
  Store store(file);
  add_contact(store, "Ada Lovelace");
  for (const auto* words : {"\"", "ada\"", "ada OR", "NEAR(", "*", "title:ada", "ada AND NOT", "a\"b*", "(", "-ada", "^ada", ""}) {
    BOOST_TEST_CONTEXT(words) { BOOST_CHECK_NO_THROW(store.search(words, 10)); }
  }
}

BOOST_FIXTURE_TEST_CASE(private_notes_are_not_in_the_index, Temporary) {
  Store store(file);
  change(store, "added", [&] {
    auto contact = called("Ada Lovelace");
    contact.private_note = "sesquipedalian";
    store.add(contact);
    Interaction talk;
    talk.when.day = *date_from_text("2026-03-01");
    talk.text = "sesquipedalian";
    talk.confidential = true;
    store.add(talk);
  });
  BOOST_TEST(store.search("sesquipedalian", 10).empty());
}

BOOST_FIXTURE_TEST_CASE(changes_after_a_number_come_oldest_first_and_know_whether_they_are_undone, Temporary) {
  Store store(file);
  auto& journal = store.journal();
  BOOST_TEST(journal.newest().value == 0);
  for (const auto* name : {"Ada", "Bela", "Cleo", "Dana"}) add_contact(store, name);
  take_back(store, {2});  // 5
  take_back(store, {5});  // 6: done again
  take_back(store, {3});  // 7
  BOOST_TEST(journal.newest().value == 7);
  const auto told = [&](std::int64_t after, int limit) {
    std::string text;
    for (const auto& one : journal.changes_after({after}, limit)) text += std::to_string(one.id.value) + (one.undone ? "- " : " ");
    return text;
  };
  BOOST_TEST(told(0, 100) == "1 2 3- 4 5- 6 7 ");
  BOOST_TEST(told(2, 2) == "3- 4 ");
  BOOST_TEST(told(7, 100) == "");
  for (const auto& one : journal.changes()) {
    const auto found = journal.find(one.id);
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(found->undone == one.undone);
    BOOST_TEST(found->said == one.said);
    BOOST_TEST(found->bytes == one.bytes);
  }
  BOOST_TEST(!journal.find({8}).has_value());
}

BOOST_FIXTURE_TEST_CASE(what_a_change_touched_is_named_by_its_wholes_and_not_without_end, Temporary) {
  Store store(file);
  const auto ada = add_contact(store, "Ada");
  change(store, "told", [&] {
    ContactPoint point;
    point.contact = ada, point.kind = PointKind::email, point.value = "ada@quill.example";
    store.add(point);
    for (int i = 0; i < 4; ++i) store.add(called("Newcomer"));
  });
  const auto touched = store.journal().touched(*store.journal().find({2}), 3);
  BOOST_TEST(touched.records.size() == 3u);
  BOOST_TEST(touched.more);
  BOOST_TEST((touched.tables == std::set<std::string>{"contact", "contact_point"}));
  const auto all = store.journal().touched(*store.journal().find({2}), 5);
  BOOST_TEST(!all.more);
  BOOST_TEST((std::count(all.records.begin(), all.records.end(), changeset::Row{"contact", ada.value}) == 1));

  change(store, "much", [&] {
    auto large = called("Large");
    large.notes = std::string(2'000'000, 'x');
    store.add(large);
  });
  const auto much = store.journal().touched(*store.journal().find({3}), 3);
  BOOST_TEST(much.more);
  BOOST_TEST(much.records.empty());
}

BOOST_FIXTURE_TEST_CASE(a_change_knows_its_number_before_it_is_committed_and_is_still_one, Temporary) {
  Store store(file);
  {
    OpenChange open(store.journal(), now, "test");
    BOOST_TEST(!open.number().has_value());
    store.add(called("Ada"));
    BOOST_TEST((open.number() == Id<Change>{1}));
    store.add(called("Bela"));
    BOOST_TEST((open.number() == Id<Change>{1}));
    BOOST_TEST((open.commit("added two") == Id<Change>{1}));
  }
  BOOST_TEST(store.journal().changes().size() == 1u);
  take_back(store, {1});
  BOOST_TEST(store.count<Contact>() == 0);
  {
    OpenChange open(store.journal(), now, "test");
    store.add(called("Cleo"));
    open.number();
  }
  BOOST_TEST(store.journal().changes().size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(a_copy_holds_what_is_committed_and_goes_its_own_way, Temporary) {
  Store store(file);
  add_contact(store, "Ada");
  OpenChange open(store.journal(), now, "test");
  store.add(called("Bela"));
  Store reader(file, Database::Access::read_only);
  reader.copy_to(folder / "copy.db");
  Store copy(folder / "copy.db");
  BOOST_TEST(copy.count<Contact>() == 1);
  add_contact(copy, "Cleo");
  BOOST_TEST(reader.count<Contact>() == 1);
  BOOST_TEST(copy.check().empty());
}

BOOST_FIXTURE_TEST_CASE(reads_of_one_moment_see_nothing_that_is_written_meanwhile, Temporary) {
  Store store(file);
  add_contact(store, "Ada");
  Store reader(file, Database::Access::read_only);
  const auto version = reader.version_of_data();
  BOOST_TEST(reader.version_of_data() == version);
  {
    const OneMoment moment(reader);
    BOOST_TEST(reader.count<Contact>() == 1);
    add_contact(store, "Bela");
    BOOST_TEST(reader.count<Contact>() == 1);
    reader.at_one_moment([&] { BOOST_TEST(reader.count<Contact>() == 1); });
    BOOST_TEST(reader.count<Contact>() == 1);
  }
  BOOST_TEST(reader.count<Contact>() == 2);
  BOOST_TEST(reader.version_of_data() != version);
}

BOOST_AUTO_TEST_SUITE_END()
