#include <SQLiteCpp/SQLiteCpp.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "tests/world.h"

using namespace ties;

namespace {

using Rows = std::vector<std::vector<reports::Cell>>;

const Rows& rows_of(const Answer& answer) {
  return std::get<reports::Table>(answer.document->blocks.at(0)).rows;
}

/// Two records of one person, 1 and 2, and a third who is nobody of them.
struct Twice : World {
  Twice() {
    run("contact add", {{"name", {"Robert Tidewell"}},
                        {"company", {"Northfold"}},
                        {"title", {"Engineer"}},
                        {"email", {"robert@northfold.example"}},
                        {"tag", {"compilers"}},
                        {"notes", {"likes tea"}}});
    run("contact add", {{"name", {"Bob Tidewell"}},
                        {"company", {"Northfold"}},
                        {"title", {"Engineer"}},
                        {"email", {"bob@mail.example"}},
                        {"phone", {"+4722334455"}},
                        {"tag", {"compilers", "tea"}},
                        {"notes", {"likes loops"}},
                        {"headline", {"loops"}}});
    run("contact add", {{"name", {"Greta Solberget"}}});
  }
};

int total(const Answer& answer, const char* key) {
  int sum = 0;
  for (const auto& file : answer.data) sum += file[key].get<int>();
  return sum;
}

struct Card {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("ties_card_" + std::to_string(getpid()) + ".vcf");
  explicit Card(const std::string& lines) {
    std::ofstream(path) << "BEGIN:VCARD\r\nVERSION:3.0\r\n" << lines << "END:VCARD\r\n";
  }
  ~Card() { std::filesystem::remove(path); }
  Card(const Card&) = delete;
  Card& operator=(const Card&) = delete;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(one_person_once)

BOOST_FIXTURE_TEST_CASE(a_pair_is_offered_with_its_reasons_and_the_commands_that_settle_it, Twice) {
  const auto answer = run("duplicates");
  BOOST_TEST(answer.document->finding == "1 pair may be one person");
  const auto& row = rows_of(answer).at(0);
  BOOST_TEST(row[0].text == "1 Robert Tidewell = 2 Bob Tidewell?");
  BOOST_TEST(row[6].text == "Bob is short for Robert; at Northfold both; with the same title");
  BOOST_TEST(row[8].text == "ties contact merge 1 2");
  BOOST_TEST(row[9].text == "ties contact distinct 1 2");
  BOOST_TEST(rows_of(run("duplicates", {{"at-least", {"90"}}})).empty());
  BOOST_TEST(rows_of(run("duplicates", {{"contact", {"greta"}}})).empty());
  BOOST_TEST(run("duplicates", {{"contact", {"greta"}}}).document->finding == "nobody seems to be here twice");
}

BOOST_FIXTURE_TEST_CASE(two_who_are_not_the_same_person_are_never_offered_again, Twice) {
  run("contact distinct", {{"contact", {"2"}}, {"other", {"1"}}});
  BOOST_TEST(rows_of(run("duplicates")).empty());
  BOOST_TEST(!run("contact distinct", {{"contact", {"1"}}, {"other", {"2"}}}).change.has_value());
  BOOST_CHECK_THROW(run("contact merge", {{"contact", {"1"}}, {"other", {"2"}}}), Guarded);
  run("contact distinct", {{"contact", {"1"}}, {"other", {"2"}}, {"off", {"yes"}}});
  BOOST_TEST(rows_of(run("duplicates")).size() == 1u);
  BOOST_CHECK_THROW(run("contact distinct", {{"contact", {"1"}}, {"other", {"1"}}}), Conflict);
}

BOOST_FIXTURE_TEST_CASE(neither_the_user_nor_who_is_in_the_trash_is_offered, Twice) {
  run("init", {{"name", {"Robert Tidewell"}}});
  BOOST_TEST(rows_of(run("duplicates")).size() == 1u);
  run("contact delete", {{"contact", {"2"}}});
  BOOST_TEST(rows_of(run("duplicates")).empty());
}

BOOST_FIXTURE_TEST_CASE(a_merge_keeps_what_both_knew, Twice) {
  run("log", {{"line", {"called @\"Bob Tidewell\", about loops"}}});
  run("task add", {{"text", {"write"}}, {"contact", {"2"}}});
  const auto answer = run("contact merge", {{"contact", {"1"}}, {"other", {"2"}}});
  BOOST_TEST(answer.said == "merged 2 Bob Tidewell into 1 Robert Tidewell");
  const auto person = run("contact show", {{"contact", {"1"}}}).data;
  BOOST_TEST(person["display"] == "Robert Tidewell");
  BOOST_TEST(person["also"].dump() == R"(["Bob Tidewell"])");
  BOOST_TEST(person["notes"] == "likes tea\n\nlikes loops");
  BOOST_TEST(person["headline"] == "loops");
  BOOST_TEST(person["tags"].dump() == R"(["compilers","tea"])");
  BOOST_TEST(person["points"].size() == 3u);
  BOOST_TEST(person["jobs"].size() == 1u);
  BOOST_TEST(person["open"].size() == 1u);
  BOOST_TEST(person["timeline"].size() == 1u);
  BOOST_TEST(run("contact list").data.size() == 2u);
  BOOST_TEST(run("contact show", {{"contact", {"Bob Tidewell"}}}).data["id"] == 1);
  BOOST_TEST(run("contact show", {{"contact", {"2"}}}).data["id"] == 1);
  BOOST_TEST(run("search", {{"words", {"bob"}}}).data.size() == 1u);
  BOOST_TEST(run("contact list", {{"query", {"bob"}}}).data.size() == 1u);
  BOOST_TEST(store.check().empty());
}

BOOST_FIXTURE_TEST_CASE(the_user_chooses_field_by_field_and_sees_it_before, Twice) {
  run("contact edit", {{"contact", {"1"}}, {"headline", {"tea"}}, {"location", {"Oslo"}}});
  const Args::Raw raw{{"contact", {"1"}}, {"other", {"2"}}, {"field", {"headline=both", "name=theirs", "notes=mine"}}};
  auto preview = raw;
  preview["preview"] = {"yes"};
  const auto before = dump();
  const auto shown = run("contact merge", preview);
  BOOST_TEST((dump() == before));
  BOOST_TEST(shown.said == "would merge 2 Bob Tidewell into 1 Robert Tidewell; nothing was kept");
  BOOST_TEST(rows_of(shown).at(0).at(3).text == "Bob Tidewell");
  run("contact merge", raw);
  const auto person = run("contact show", {{"contact", {"1"}}}).data;
  BOOST_TEST(person["display"] == "Bob Tidewell");
  BOOST_TEST(person["also"].empty());
  BOOST_TEST(person["headline"] == "tea; loops");
  BOOST_TEST(person["notes"] == "likes tea");
  const std::pair<const char*, const char*> wrong[] = {
      {"headlin=mine", "field: there is no 'headlin'; did you mean 'headline'?"},
      {"headline=ours", "field: 'headline=ours' is not understood"},
      {"met_on=both", "field: 'met_on' can only be one"}};
  for (const auto& [said, told] : wrong) {
    BOOST_CHECK_EXCEPTION(
        run("contact merge", {{"contact", {"1"}}, {"other", {"3"}}, {"field", {said}}}), Wrong,
        [told = std::string(told)](const Wrong& w) { return std::string(w.what()).starts_with(told); });
  }
}

BOOST_FIXTURE_TEST_CASE(what_the_user_typed_wins_over_what_a_source_said, World) {
  const Card card("FN:Ann Corvane\r\nN:Corvane;Ann;;;\r\nTITLE:Engineer\r\nEMAIL:ann@mail.example\r\n");
  run("import", {{"paths", {card.path.string()}}});
  run("contact add", {{"name", {"Anna Corvane"}}, {"location", {"Oslo"}}});
  run("contact merge", {{"contact", {"1"}}, {"other", {"2"}}});
  const auto person = run("contact show", {{"contact", {"1"}}}).data;
  BOOST_TEST(person["display"] == "Anna Corvane");
  BOOST_TEST(person["also"].dump() == R"(["Ann Corvane"])");
}

BOOST_FIXTURE_TEST_CASE(the_user_is_merged_into_nobody, Twice) {
  run("init", {{"name", {"Ada Lovelace"}}});
  BOOST_CHECK_THROW(run("contact merge", {{"contact", {"1"}}, {"other", {"me"}}}), Conflict);
  run("contact merge", {{"contact", {"me"}}, {"other", {"1"}}});
  BOOST_TEST(run("contact show", {{"contact", {"me"}}}).data["points"].size() == 1u);
  BOOST_CHECK_THROW(run("contact merge", {{"contact", {"me"}}, {"other", {"me"}}}), Conflict);
}

/// A row in every table and column that points to a contact. A table of the schema that is not here fails the test.
const std::map<std::string, std::string>& rows_that_point_to_a_contact() {
  static const std::map<std::string, std::string> rows{
      {"application_contact.contact",
       "INSERT INTO application_contact (application, contact, part) VALUES (1, ?, 'insider')"},
      {"contact.met_through",
       "INSERT INTO contact (display, given, family, nickname, suffix, headline, location, pronouns, notes, "
       "private_note, met_place, met_through, starred, archived, me, source, folded) VALUES ('Third', '', '', '', '', "
       "'', '', '', '', '', '', ?, 0, 0, 0, '', 'third')"},
      {"contact_distinct.contact", "INSERT INTO contact_distinct (contact, other) VALUES (?, 99)"},
      {"contact_distinct.other", "INSERT INTO contact_distinct (contact, other) VALUES (1, ?)"},
      {"contact_extra.contact",
       "INSERT INTO contact_extra (contact, source, name, value) VALUES (?, 'tables', 'Shoe size', '38')"},
      {"contact_former.contact",
       "INSERT INTO contact_former (contact, number, name, source, folded) VALUES (?, 77, 'Old', 'linkedin', 'old')"},
      {"contact_name.contact",
       "INSERT INTO contact_name (contact, name, source, folded) VALUES (?, 'Роберт', 'hand', 'robert')"},
      {"contact_point.contact",
       "INSERT INTO contact_point (contact, kind, value, label, \"primary\", source) VALUES (?, 'uid', 'card-9', '', "
       "0, 'vcard')"},
      {"contact_tag.contact", "INSERT INTO contact_tag (contact, tag) VALUES (?, 1)"},
      {"contribution_contact.contact",
       "INSERT INTO contribution_contact (contact, contribution, part) VALUES (?, 1, 'reviewed')"},
      {"education.contact",
       "INSERT INTO education (contact, school, degree, started, ended, source) VALUES (?, 'Fjord School', '', '2010', "
       "'', 'hand')"},
      {"employment.contact",
       "INSERT INTO employment (contact, company, title, started, ended, as_of, source) VALUES (?, 1, 'Tester', "
       "'2011', '2012', NULL, 'hand')"},
      {"favour.contact",
       "INSERT INTO favour (contact, direction, text, \"on\") VALUES (?, 'given', 'read a draft', '2026-01-01')"},
      {"hand_edit.contact", "INSERT INTO hand_edit (contact, field) VALUES (?, 'pronouns')"},
      {"interaction_contact.contact", "INSERT INTO interaction_contact (contact, interaction) VALUES (?, 1)"},
      {"interview_contact.contact", "INSERT INTO interview_contact (interview, contact) VALUES (1, ?)"},
      {"job_change.contact",
       "INSERT INTO job_change (contact, before, after, seen_on, same_company) VALUES (?, NULL, 1, '2026-01-01', 0)"},
      {"referral.introducer",
       "INSERT INTO referral (company, role, referrer, introducer, state, asked_via, method, address, requisition, "
       "evidence, notes) VALUES (1, 'x', 3, ?, 'idea', '', '', '', '', '', '')"},
      {"referral.referrer",
       "INSERT INTO referral (company, role, referrer, state, asked_via, method, address, requisition, evidence, "
       "notes) VALUES (1, 'x', ?, 'idea', '', '', '', '', '', '')"},
      {"task.contact",
       "INSERT INTO task (text, owed_by, state, made_on, contact) VALUES ('write', 'me', 'open', '2026-01-01', ?)"},
  };
  return rows;
}

BOOST_AUTO_TEST_CASE(
    a_row_of_every_table_that_points_to_a_contact_outlives_the_merge_and_one_undo_brings_the_file_back) {
  const auto path = std::filesystem::temp_directory_path() / ("ties_merge_" + std::to_string(getpid()) + ".db");
  const auto open = [&] { return std::make_unique<Store>(path); };
  const auto run_in = [](Store& store, std::string_view verb, Args::Raw raw) {
    Crm crm{store, Clock(date_from_text("2026-03-04"), "Europe/Oslo"), Config{}, "test"};
    return run(crm, verb, std::move(raw), true);
  };
  {
    auto store = open();
    run_in(*store, "contact add", {{"name", {"Robert Tidewell"}}, {"company", {"Northfold"}}, {"tag", {"compilers"}}});
    run_in(*store, "contact add", {{"name", {"Bob Tidewell"}}});
    run_in(*store, "contact add", {{"name", {"Greta Solberget"}}});
    run_in(*store, "application add", {{"title", {"Engineer"}}, {"company", {"Northfold"}}});
    run_in(*store, "interview add", {{"application", {"1"}}, {"at", {"2026-03-10 10:00"}}});
    run_in(*store, "contribution add", {{"title", {"Fix"}}, {"link", {"https://code.example/1"}}});
    run_in(*store, "interaction add", {{"contact", {"greta"}}, {"text", {"hello"}}});
  }
  std::vector<std::string> columns;
  std::map<std::string, std::int64_t> made;
  {
    SQLite::Database file(path.string(), SQLite::OPEN_READWRITE);
    SQLite::Statement keys(file, R"sql(
      SELECT t.name || '.' || k."from" FROM sqlite_schema t, pragma_foreign_key_list(t.name) k WHERE t.type = 'table' AND k."table" = 'contact' ORDER BY 1
    )sql");
    while (keys.executeStep()) columns.push_back(keys.getColumn(0).getString());
    file.exec(
        "INSERT INTO contact (id, display, given, family, nickname, suffix, headline, location, pronouns, notes, "
        "private_note, met_place, starred, archived, me, source, folded) "
        "VALUES (99, 'Last', '', '', '', '', '', '', '', '', '', '', 0, 0, 0, '', 'last')");
    for (const auto& column : columns) {
      const auto row = rows_that_point_to_a_contact().find(column);
      BOOST_REQUIRE_MESSAGE(row != rows_that_point_to_a_contact().end(),
                            column << " points to a contact; give it a row in this test");
      SQLite::Statement insert(file, row->second);
      insert.bind(1, 2);
      insert.exec();
      made[column] = file.getLastInsertRowid();
    }
    // And what the record that stays says as well: it must be joined, not refused.
    for (const auto* twin :
         {"contact_extra.contact", "contact_name.contact", "contact_tag.contact", "hand_edit.contact",
          "employment.contact", "education.contact", "interaction_contact.contact"}) {
      if (std::string(twin) == "contact_tag.contact") continue;  // has the tag already
      SQLite::Statement insert(file, rows_that_point_to_a_contact().at(twin));
      insert.bind(1, 1);
      insert.exec();
    }
  }
  BOOST_TEST(columns.size() == rows_that_point_to_a_contact().size());
  {
    auto store = open();
    store->rebuild_search();
    const auto before = store->dump();
    run_in(*store, "contact merge", {{"contact", {"1"}}, {"other", {"2"}}});
    BOOST_TEST(store->check().empty());
    const auto after = store->dump();
    {
      SQLite::Database file(path.string(), SQLite::OPEN_READONLY);
      for (const auto& column : columns) {
        const auto dot = column.find('.');
        const auto table = column.substr(0, dot), name = column.substr(dot + 1);
        BOOST_TEST_CONTEXT(column) {
          BOOST_TEST(file.execAndGet("SELECT count(*) FROM " + table + " WHERE " + name + " = 2").getInt() == 0);
          const bool of_these_two =
              column == "contact_distinct.other";  // "1 and 2 are two people" ends with their merge
          BOOST_TEST(file.execAndGet("SELECT count(*) FROM " + table + " WHERE " + name + " = 1").getInt() >=
                     (of_these_two ? 0 : 1));
          const bool joined = column == "contact_extra.contact" || column == "contact_name.contact" ||
                              column == "contact_tag.contact" || column == "hand_edit.contact" ||
                              column == "employment.contact" || column == "education.contact" ||
                              column == "interaction_contact.contact" || table == "contact_distinct";
          BOOST_TEST(file.execAndGet("SELECT count(*) FROM " + table + " WHERE id = " + std::to_string(made[column]))
                         .getInt() == (joined ? 0 : 1));
        }
      }
      BOOST_TEST(file.execAndGet("SELECT count(*) FROM contact_distinct WHERE contact = 1 AND other = 99").getInt() ==
                 1);
    }
    run_in(*store, "undo", {});
    BOOST_TEST((store->dump() == before));
    run_in(*store, "redo", {});
    BOOST_TEST((store->dump() == after));
    run_in(*store, "undo", {});
    BOOST_TEST((store->dump() == before));
    BOOST_TEST(store->check().empty());
  }
  for (const auto* ending : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + ending);
}

BOOST_FIXTURE_TEST_CASE(what_points_at_a_joined_row_points_at_the_one_that_stays, Twice) {
  {
    OpenChange change(store.journal(), crm.clock.instant(), "test");
    JobChange news;
    news.contact = Id<Contact>{2}, news.after = store.employments(Id<Contact>{2}).at(0).employment.id,
    news.seen_on = crm.clock.today();
    store.add(news);
    change.commit("news");
  }
  const auto before = dump();
  run("contact merge", {{"contact", {"1"}}, {"other", {"2"}}});
  BOOST_TEST((store.job_changes(Id<Contact>{1}).at(0).after == store.employments(Id<Contact>{1}).at(0).employment.id));
  run("undo");
  BOOST_TEST((dump() == before));
}

BOOST_FIXTURE_TEST_CASE(of_an_address_of_both_the_later_day_and_the_only_label_stand, World) {
  const Card card("FN:Robert Tidewell\r\nN:Tidewell;Robert;;;\r\nTEL;TYPE=home:+4722334455\r\nUID:one\r\n");
  run("import", {{"paths", {card.path.string()}}});
  run("contact add", {{"name", {"Bob Tidewell"}}, {"phone", {"+4722334455"}}});
  day("2026-05-05");
  run("contact edit", {{"contact", {"2"}}, {"email", {"bob@mail.example"}}});
  run("contact merge", {{"contact", {"2"}}, {"other", {"1"}}});
  const auto points = store.points(Id<Contact>{2});
  BOOST_TEST(points.size() == 3u);
  int primary_phones = 0;
  for (const auto& point : points) {
    if (point.kind != PointKind::phone) continue;
    BOOST_TEST(point.label == "home");
    primary_phones += point.primary ? 1 : 0;
  }
  BOOST_TEST(primary_phones == 1);
}

BOOST_FIXTURE_TEST_CASE(after_a_merge_the_next_import_finds_the_one_person_and_changes_nothing, World) {
  const auto archive = sample("linkedin/Basic_LinkedInDataExport_03-02-2026.zip");
  run("import", {{"paths", {archive}}});
  const Card card(
      "FN:Bence (Benő) Szarvas\r\nN:Szarvas;Bence;;;\r\nTITLE:Linker of "
      "things\r\nEMAIL:bence@home.example\r\nTEL;TYPE=cell:+3612345678\r\nNOTE:met at the fair\r\nX-SHOE:44\r\n");
  run("import", {{"paths", {card.path.string()}}});
  const auto people = run("contact list").data.size();
  // One from the archive and the card; and two of the archive, both with a profile.
  run("contact merge", {{"contact", {"Bence Szarvaskői"}}, {"other", {"Bence Szarvas"}}});
  run("contact merge", {{"contact", {"Łucja Żmijewicz"}}, {"other", {"Ishaan Devrukhkar"}}});
  BOOST_TEST(run("contact list").data.size() == people - 2);
  const auto before = dump();
  for (const auto& source : {archive, card.path.string(), archive}) {
    const auto again = run("import", {{"paths", {source}}});
    BOOST_TEST(total(again, "created") + total(again, "changed") == 0);
    BOOST_TEST((dump() == before));
  }
}

BOOST_FIXTURE_TEST_CASE(a_record_without_any_address_is_found_in_the_person_it_went_into, World) {
  const Card card("FN:Greta Solberget\r\nN:Solberget;Greta;;;\r\nTEL:+4722334455\r\n");
  run("contact add", {{"name", {"Grete Solberget"}}, {"email", {"grete@mail.example"}}});
  run("import", {{"paths", {card.path.string()}}});
  run("contact merge", {{"contact", {"1"}}, {"other", {"2"}}, {"field", {"name=mine"}}});
  const auto before = dump();
  const auto again = run("import", {{"paths", {card.path.string()}}});
  BOOST_TEST(total(again, "created") + total(again, "changed") == 0);
  BOOST_TEST((dump() == before));
}

BOOST_FIXTURE_TEST_CASE(a_mailbox_of_a_role_or_of_a_couple_makes_nobody_one_in_an_import, World) {
  run("contact add", {{"name", {"Anna Berg"}}, {"email", {"info@northfold.example", "bergs@mail.example"}}});
  const Card role("FN:Tone Brekkhus\r\nN:Brekkhus;Tone;;;\r\nEMAIL:info@northfold.example\r\n");
  run("import", {{"paths", {role.path.string()}}});
  BOOST_TEST(run("contact list").data.size() == 2u);
  const Card couple("FN:Erik Berg\r\nN:Berg;Erik;;;\r\nEMAIL:bergs@mail.example\r\n");
  run("import", {{"paths", {couple.path.string()}}});
  BOOST_TEST(run("contact list").data.size() == 3u);
  const auto again = run("import", {{"paths", {couple.path.string()}}});
  BOOST_TEST(total(again, "created") + total(again, "changed") == 0);
  const Card married("FN:Anna Lind\r\nN:Lind;Anna;;;\r\nEMAIL:bergs@mail.example\r\n");
  run("import", {{"paths", {married.path.string()}}});
  BOOST_TEST(run("contact list").data.size() == 3u);
}

BOOST_FIXTURE_TEST_CASE(a_person_is_known_by_every_name_and_script, World) {
  run("contact add", {{"name", {"林若溪"}}, {"company", {"Northfold"}}});
  run("contact edit", {{"contact", {"林若溪"}}, {"also", {"Lin Ruoxi", "Rosie Lin"}}});
  for (const auto* name : {"林若溪", "Lin Ruoxi", "lin ruoxi", "rosie", "若溪 林"}) {
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST(run("contact show", {{"contact", {name}}}).data["display"] == "林若溪");
    }
  }
  BOOST_TEST(run("contact show", {{"contact", {"1"}}}).data["also"].dump() == R"(["Lin Ruoxi","Rosie Lin"])");
  BOOST_TEST(run("contact list", {{"query", {"ruoxi"}}}).data.size() == 1u);
  const auto hits = run("search", {{"words", {"ruoxi"}}}).data;
  BOOST_REQUIRE(hits.size() == 1u);
  BOOST_TEST(hits[0]["text"] == "林若溪");
  run("log", {{"line", {"called @\"Lin Ruoxi\", about tiles"}}});
  BOOST_TEST(run("contact list").data.size() == 1u);
  BOOST_CHECK_THROW(run("contact add", {{"name", {"Rosie Lin"}}}), Guarded);
  const auto notes = std::filesystem::temp_directory_path() / ("ties_names_" + std::to_string(getpid()) + ".txt");
  std::ofstream(notes) << "Rosie Lin (Northfold): tiles\n";
  run("event add", {{"name", {"TileConf"}}});
  run("event log", {{"event", {"TileConf"}}, {"notes", {notes.string()}}});
  std::filesystem::remove(notes);
  BOOST_TEST(run("contact list").data.size() == 1u);
  run("contact edit", {{"contact", {"1"}}, {"remove-name", {"rosie lin"}}});
  BOOST_CHECK_THROW(run("contact show", {{"contact", {"rosie"}}}), NotFound);
  BOOST_CHECK_THROW(run("contact edit", {{"contact", {"1"}}, {"remove-name", {"rosie lin"}}}), NotFound);
}

BOOST_FIXTURE_TEST_CASE(a_merge_can_be_taken_back_after_the_person_was_touched_and_what_was_touched_stays, Twice) {
  const auto bob = run("contact show", {{"contact", {"2"}}}).data;
  run("contact merge", {{"contact", {"1"}}, {"other", {"2"}}});
  run("contact edit", {{"contact", {"1"}}, {"location", {"Oslo"}}});
  const auto undone = run("undo", {{"change", {"4"}}});
  BOOST_TEST(undone.data["kept"].size() == 1u);
  const auto again = run("contact show", {{"contact", {"2"}}}).data;
  BOOST_TEST(again["display"] == "Bob Tidewell");
  BOOST_TEST((again["points"] == bob["points"]));
  BOOST_TEST((again["jobs"] == bob["jobs"]));
  BOOST_TEST(run("contact show", {{"contact", {"1"}}}).data["location"] == "Oslo");
  BOOST_TEST(store.check().empty());
}

BOOST_AUTO_TEST_CASE(who_is_erased_is_erased_with_the_records_that_were_merged_into_them) {
  const auto path = std::filesystem::temp_directory_path() / ("ties_erase_merged_" + std::to_string(getpid()) + ".db");
  {
    Store store(path);
    Crm crm{store, Clock(date_from_text("2026-03-04"), "Europe/Oslo"), Config{}, "test"};
    run(crm, "contact add", {{"name", {"Greta Solberget"}}});
    run(crm, "contact add", {{"name", {"Robert Tidewell"}}});
    run(crm, "contact add",
        {{"name", {"Bobby Quillsworth"}},
         {"email", {"bq@quill.example"}},
         {"headline", {"zither maker"}},
         {"also", {"Бобби"}}});
    run(crm, "contact merge", {{"contact", {"2"}}, {"other", {"3"}}, {"field", {"name=mine"}}});
    run(crm, "contact erase", {{"contact", {"2"}}}, true);
  }
  std::ifstream file(path, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  BOOST_TEST((bytes.find("Solberget") != std::string::npos));
  for (const auto* trace : {"Tidewell", "Quillsworth", "bq@quill.example", "zither", "Бобби"}) {
    BOOST_TEST_CONTEXT(trace) {
      BOOST_TEST((bytes.find(trace) == std::string::npos));
    }
  }
  for (const auto* ending : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + ending);
}

BOOST_AUTO_TEST_SUITE_END()
