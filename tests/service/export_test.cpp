#include <sys/resource.h>

#include <boost/test/unit_test.hpp>
#include <csignal>
#include <sstream>

#include "crm/service/exports.h"
#include "crm/service/package.h"
#include "importers/csv.h"
#include "tests/store/temporary.h"
#include "tests/world.h"

using namespace ties;
namespace fs = std::filesystem;

namespace {

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

/// A folder's files by their names in it.
std::map<std::string, std::string> files_in(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file())
      files[entry.path().lexically_relative(folder).generic_string()] = bytes_of(entry.path());
  }
  return files;
}

/// A file of its own on disk, worked with as the program does.
struct Desk {
  Store store;
  Crm crm{store, Clock(date_from_text("2026-06-16"), "Europe/Oslo"), Config{}, "test"};
  std::ostringstream out{};

  explicit Desk(const fs::path& file) : store(file) { crm.output = &out; }
  Answer run(std::string_view verb, Args::Raw raw = {}, bool go_on = true) {
    crm.config = Config(store.settings());
    return ties::run(crm, verb, std::move(raw), go_on);
  }
  /// What an export writes to the output.
  std::string listed(Args::Raw raw) {
    out.str("");
    const auto answer = run("export", std::move(raw));
    BOOST_TEST(answer.aside);
    return out.str();
  }
  void day(const char* text) { crm.clock = Clock(date_from_text(text), "Europe/Oslo"); }
};

constexpr auto sample = World::sample;

/// A job search in which every table has rows.
struct Everything : Temporary {
  Desk desk{file};

  Everything() {
    write(folder / "cv.docx", "PK\x03\x04 a document that is a zip by itself");
    desk.day("2026-03-03");
    desk.run("init", {{"name", {"Signe Arvelund"}}, {"region", {"NO"}}, {"time-zone", {"Europe/Oslo"}}});
    desk.run("import", {{"paths", {sample("linkedin/2026-03-02")}}});
    desk.run("import", {{"paths", {sample("cards/nextcloud-4.0.vcf")}}});
    desk.run("import", {{"paths", {sample("linkedin/2026-06-15")}}});
    desk.run("contact add", {{"name", {"Zoë Ålgård"}},
                             {"company", {"Quillmark"}},
                             {"title", {"Engineer"}},
                             {"email", {"zoe@quillmark.example"}},
                             {"phone", {"+47 22 33 44 55"}},
                             {"tag", {"compilers"}},
                             {"notes", {"first line\nsecond, \"quoted\""}},
                             {"private-note", {"sings off key"}},
                             {"cadence", {"6w"}}});
    desk.run("contact tag", {{"contact", {"Ålgård"}}, {"tags", {"inner circle"}}, {"cadence", {"30"}}});
    desk.run("company alias", {{"company", {"Quillmark"}}, {"alias", {"Quillmark Labs"}}});
    desk.run("event add", {{"name", {"LoopConf"}}, {"place", {"Oslo"}}, {"starts", {"2026-03-01"}}});
    desk.run("log", {{"line", {"met @\"Zoë Ålgård\" at #LoopConf, works on loops, follow up in 2 weeks"}}});
    desk.run("interaction add", {{"contact", {"Ålgård"}},
                                 {"kind", {"call"}},
                                 {"text", {"she thinks of leaving"}},
                                 {"promise", {"tell nobody of it"}},
                                 {"by", {"2026-04-01"}},
                                 {"private", {"yes"}}});
    desk.run("favour add", {{"contact", {"Ålgård"}}, {"direction", {"given"}}, {"text", {"read a draft"}}});
    desk.run("contribution add", {{"title", {"Fold loops"}},
                                  {"link", {"https://code.example/quill/loom/pull/4"}},
                                  {"repository", {"quill/loom"}},
                                  {"state", {"merged"}},
                                  {"on", {"2026-02-11"}},
                                  {"reviewed-by", {"Ålgård"}}});
    const auto added = desk.run(
        "application add",
        {{"title", {"Engineer"}}, {"company", {"Quillmark"}}, {"source", {"referral"}}, {"recruiter", {"Ålgård"}}});
    const auto application = added.data["id"].dump();
    desk.run("referral add", {{"referrer", {"Ålgård"}}, {"company", {"Quillmark"}}, {"application", {application}}});
    desk.run("referral step", {{"referral", {"1"}}, {"state", {"asked"}}});
    desk.day("2026-03-25");
    desk.run("application move", {{"application", {application}}, {"stage", {"Applied"}}});
    desk.run("interview add", {{"application", {application}},
                               {"kind", {"coding"}},
                               {"at", {"2026-07-04 14:00"}},
                               {"minutes", {"45"}},
                               {"with", {"Ålgård"}}});
    desk.run("document add",
             {{"location", {(folder / "cv.docx").string()}}, {"kind", {"cv"}}, {"application", {application}}});
    desk.run("document add", {{"location", {"https://arvelund.example/cv"}}});
    desk.run("contact edit", {{"contact", {"Ålgård"}}, {"also", {"Зоя Олгорд"}}});
    desk.run("contact add", {{"name", {"Zoe Aalgaard"}}, {"email", {"zoe@aalgaard.example"}}});
    desk.run("contact merge", {{"contact", {"zoe@quillmark.example"}}, {"other", {"zoe@aalgaard.example"}}});
    desk.run("contact add", {{"name", {"Per Holm"}}, {"email", {"per@holm.example"}}});
    desk.run("contact add", {{"name", {"Per Holm"}}, {"email", {"holm@per.example"}}});
    desk.run("contact distinct", {{"contact", {"per@holm.example"}}, {"other", {"holm@per.example"}}});
    write(folder / "tracker.csv", "Company,Role,How it goes\nKelpforge,Poet,Vibing\n");
    desk.run("import", {{"paths", {(folder / "tracker.csv").string()}},
                        {"map", {"How it goes=stage"}},
                        {"stage", {"Vibing=wishlist"}}});
    {
      Doing doing(desk.crm);
      Suggestion suggestion;
      suggestion.kind = SuggestionKind::received, suggestion.role = "Poet", suggestion.on = *date_from_text("2026-03-20");
      suggestion.evidence = "Thank you for applying", suggestion.source_key = "mail:1";
      desk.store.add(suggestion);
      doing.done("read mail");
    }
    desk.run("template edit", {{"template", {"thanks"}}, {"text", {"Takk, {first_name}"}}});
    desk.run("view add", {{"name", {"Quiet"}}, {"page", {"contacts"}}, {"query", {"q=last%3A%3E90d"}}});
    desk.day("2026-06-16");
    desk.run("config", {{"key", {"look_ahead_days"}}, {"value", {"14"}}});
  }

  fs::path exported(const std::string& name, bool with_private = true) {
    Args::Raw raw{{"what", {(folder / name).string()}}};
    if (with_private) raw["include-private"] = {"yes"};
    desk.run("export", raw);
    return folder / name;
  }
};

std::string said(const std::function<void()>& work) {
  try {
    work();
  } catch (const Conflict& refused) {
    return refused.what();
  } catch (const Wrong& refused) {
    return refused.what();
  }
  return {};
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  BOOST_REQUIRE_MESSAGE(at != std::string::npos, "'" << from << "' is not in it");
  return text.replace(at, from.size(), to);
}

/// Changes a file of an export, and what the manifest says of it.
void change(const fs::path& folder, const std::string& name, const std::function<std::string(std::string)>& edit) {
  const auto bytes = edit(bytes_of(folder / name));
  write(folder / name, bytes);
  auto manifest = Json::parse(bytes_of(folder / "manifest.json"));
  for (auto& file : manifest["files"]) {
    if (file["name"] == name) file["sha256"] = sha256_of(bytes);
  }
  write(folder / "manifest.json", manifest.dump(2) + "\n");
}

void change_manifest(const fs::path& folder, const std::function<void(Json&)>& edit) {
  auto manifest = Json::parse(bytes_of(folder / "manifest.json"));
  edit(manifest);
  write(folder / "manifest.json", manifest.dump(2) + "\n");
}

/// What a contact is to other programs: all but where it came from, and when.
struct Person {
  std::vector<std::string> fields{}, points{}, jobs{}, tags{}, more{};
  bool operator==(const Person&) const = default;
};

std::map<std::string, Person> people_in(Desk& desk) {
  std::map<std::string, Person> people;
  for (const auto id : desk.store.contact_ids({}, desk.crm.clock.today())) {
    const auto contact = desk.store.get(id);
    Person person;
    person.fields = {contact.display,
                     contact.given,
                     contact.family,
                     contact.nickname,
                     contact.suffix,
                     contact.headline,
                     contact.location,
                     contact.pronouns,
                     contact.notes,
                     contact.starred ? "starred" : "",
                     contact.cadence_days ? std::to_string(*contact.cadence_days) : ""};
    for (const auto& day : {contact.met_on, contact.connected_on}) person.fields.push_back(day ? to_text(*day) : "");
    for (const auto& point : desk.store.points(id))
      person.points.push_back(std::string(word(point.kind)) + " " + point.value + " " + point.label);
    for (const auto& [job, company] : desk.store.employments(id))
      person.jobs.push_back(company + "|" + job.title + "|" + job.started + "|" + job.ended);
    for (const auto& tag : desk.store.tags(id)) person.tags.push_back(tag.name);
    for (const auto& extra : desk.store.extras(id)) person.more.push_back(extra.name + "=" + extra.value);
    for (auto* list : {&person.points, &person.more}) std::sort(list->begin(), list->end());
    people[contact.display + contact.nickname] = std::move(person);
  }
  return people;
}

/// People with everything that makes cells hard to write.
struct Awkward : Temporary {
  Desk desk{file};

  Awkward() {
    desk.run("init", {{"name", {"Signe Arvelund"}}, {"region", {"NO"}}});
    desk.run("contact add", {{"name", {"Zoë Ålgård"}},
                             {"nickname", {"@zoe"}},
                             {"headline", {"=HYPERLINK(\"https://x.example\",\"loops\")"}},
                             {"location", {"-Oslo, \"east\""}},
                             {"pronouns", {"she/her"}},
                             {"company", {"+Quill; mark"}},
                             {"title", {"'=Lead"}},
                             {"email", {"zoe@quill.example", "z@home.example"}},
                             {"phone", {"+47 22 33 44 55", "+49 30 123456"}},
                             {"linkedin", {"zoe-algard"}},
                             {"github", {"zoealgard"}},
                             {"website", {"zoe.example/a_(b)"}},
                             {"handle", {"@zoe@loom.example", "zoe (old)"}},
                             {"tag", {"compilers", "=tag", "'quoted'", "a; b"}},
                             {"cadence", {"6w"}},
                             {"met-on", {"2026-03-01"}},
                             {"notes", {"- first\n=second\n\n'third', \"fourth\";\t\\n"}}});
    desk.run("contact edit", {{"contact", {"Ålgård"}}, {"star", {"yes"}}});
    desk.run("contact add", {{"name", {"林若溪"}}, {"company", {"渡鸦研究"}}});
    desk.run("contact add", {{"name", {"None"}}, {"email", {"none@nowhere.example"}}, {"headline", {"n/a"}}});
    OpenChange change(desk.store.journal(), "2026-03-04T12:00:00Z", "test");
    auto contact = desk.store.contacts_like({"algard"}).front();
    contact.suffix = "PhD", contact.connected_on = date_from_text("2026-02-28");
    desk.store.update(contact);
    for (auto& point : desk.store.points(contact.id)) {
      if (point.value == "zoe@quill.example") point.label = "work (old)";
      if (point.value == "zoe (old)") point.label = "mastodon";
      if (point.value == "+4722334455") point.label = "mobile";
      desk.store.update(point);
    }
    for (const auto& [name, value] : {std::pair{"birthday", "1985-06-12"},
                                      {"shoe: size", "4:4\\2\nwide"},
                                      {"=cmd", "+1"},
                                      {"ADR;TYPE=home", ";;Loom 4;Oslo;;0150;"}}) {
      ContactExtra extra;
      extra.contact = contact.id, extra.source = "vcard", extra.name = name, extra.value = value;
      desk.store.add(extra);
    }
    ContactPoint uid;
    uid.contact = contact.id, uid.kind = PointKind::uid, uid.value = "urn:uuid:1-2-3", uid.source = "vcard";
    desk.store.add(uid);
    Company former;
    former.name = "Former \\ Co";
    Employment job;
    job.contact = contact.id, job.company = desk.store.add(former), job.title = "Intern; summer",
    job.started = "2019-06", job.ended = "2019-09", job.source = "hand";
    desk.store.add(job);
    change.commit("made it awkward");
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(exports)

BOOST_FIXTURE_TEST_CASE(every_table_has_rows_in_this_test_and_a_sentence_in_the_readme, Everything) {
  const auto folder_of = exported("all");
  const auto readme = bytes_of(folder_of / "README.txt");
  const auto tables = desk.store.tables();
  BOOST_TEST(tables.size() >= 29u);
  for (const auto& table : tables) {
    BOOST_TEST_CONTEXT(table.name) {
      BOOST_TEST(!bytes_of(folder_of / (table.name + ".jsonl")).empty());
      BOOST_TEST(!table.about.empty());
      BOOST_TEST((readme.find("\n" + table.name + ".jsonl\n" + table.about + "\n") != std::string::npos));
      for (const auto& column : table.columns) BOOST_TEST((readme.find("  " + column.name + " ") != std::string::npos));
    }
  }
}

BOOST_FIXTURE_TEST_CASE(everything_comes_back_byte_for_byte_from_a_folder_and_from_a_zip, Everything) {
  const auto all = files_in(exported("all"));
  const auto zip = bytes_of(exported("all.zip"));
  BOOST_TEST((files_in(exported("again")) == all));
  BOOST_TEST((bytes_of(exported("again.zip")) == zip));
  for (const auto* name : {"all", "all.zip"}) {
    BOOST_TEST_CONTEXT(name) {
      fs::create_directory(folder / "other");
      {
        Desk other(folder / "other/ties.db");
        other.run("init", {{"name", {"somebody else"}}});
        const auto before = other.store.dump();
        other.run("import", {{"paths", {(folder / name).string()}}});
        BOOST_TEST(other.store.check().empty());
        BOOST_TEST(other.run("imports").data[0]["source"].get<std::string>() == "ties");
        other.run("export", {{"what", {(folder / "back").string()}}, {"include-private", {"yes"}}});
        other.run("export", {{"what", {(folder / "back.zip").string()}}, {"include-private", {"yes"}}});
        BOOST_TEST((files_in(folder / "back") == all));
        BOOST_TEST((bytes_of(folder / "back.zip") == zip));
        const auto after = other.store.dump();
        BOOST_TEST(other.store.journal().changes().size() == 2u);
        other.run("undo");
        BOOST_TEST((other.store.dump() == before));
        other.run("redo");
        BOOST_TEST((other.store.dump() == after));
        BOOST_TEST(!other.run("search", {{"words", {"Zoe"}}}).data.empty());
      }
      for (const auto* made : {"other", "back", "back.zip"}) fs::remove_all(folder / made);
    }
  }
}

BOOST_FIXTURE_TEST_CASE(an_export_says_nothing_of_when_and_where_it_was_made, Everything) {
  const auto first = exported("all", false);
  const auto files = files_in(first);
  for (const auto& [name, bytes] : files) {
    if (name != "README.txt") BOOST_TEST((bytes.find(folder.string()) == std::string::npos), name);
  }
  const auto manifest = Json::parse(files.at("manifest.json"));
  BOOST_TEST(manifest["schema"].get<int>() == Database::newest_schema());
  BOOST_TEST(manifest["version"].get<int>() == 1);
}

BOOST_FIXTURE_TEST_CASE(private_things_leave_only_when_they_are_asked_for, Everything) {
  const auto told = [](const std::map<std::string, std::string>& files, const char* text) {
    return std::any_of(files.begin(), files.end(),
                       [&](const auto& each) { return each.second.find(text) != std::string::npos; });
  };
  const auto with_them = files_in(exported("with"));
  const auto without = files_in(exported("without", false));
  for (const auto* text : {"sings off key", "she thinks of leaving", "tell nobody of it"}) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(told(with_them, text));
      BOOST_TEST(!told(without, text));
    }
  }
  BOOST_TEST(Json::parse(with_them.at("manifest.json"))["private"].get<bool>());
  BOOST_TEST(!Json::parse(without.at("manifest.json"))["private"].get<bool>());
  Desk other(folder / "other.db");
  other.run("import", {{"paths", {(folder / "without").string()}}});
  BOOST_TEST(other.store.check().empty());
}

BOOST_FIXTURE_TEST_CASE(documents_come_along_by_their_hash_and_a_missing_one_is_told, Everything) {
  write(folder / "letter.txt", "hello");
  desk.run("document add", {{"location", {(folder / "letter.txt").string()}}});
  fs::remove(folder / "letter.txt");
  const auto answer = desk.run("export", {{"what", {(folder / "all").string()}}});
  const auto files = files_in(folder / "all");
  const auto cv = bytes_of(folder / "cv.docx");
  BOOST_TEST((files.at("attachments/" + sha256_of(cv) + ".docx") == cv));
  BOOST_TEST(answer.remarks.at(0) ==
             "a document is not there, and does not come along: " + (folder / "letter.txt").string());
  BOOST_TEST(Json::parse(files.at("manifest.json"))["missing_attachments"].dump() == "[5]");

  fs::create_directory(folder / "other");
  Desk other(folder / "other/ties.db");
  other.run("import", {{"paths", {(folder / "all").string()}}});
  const auto location = other.store.get(Id<Document>{3}).location;
  BOOST_TEST(location == (folder / "other/attachments" / (sha256_of(cv) + ".docx")).string());
  BOOST_TEST((bytes_of(location) == cv));
  BOOST_TEST(other.store.get(Id<Document>{5}).location == (folder / "letter.txt").string());
}

BOOST_FIXTURE_TEST_CASE(whatever_is_wrong_with_an_export_is_told_with_its_place_and_nothing_is_kept, Everything) {
  const auto good = exported("good");
  const auto tag = bytes_of(good / "tag.jsonl");
  const struct {
    const char* what;
    std::function<void(const fs::path&)> damage;
    std::string message;
  } cases[] = {
      {"a changed file", [](const fs::path& at) { write(at / "tag.jsonl", bytes_of(at / "tag.jsonl") + "\n"); },
       "bad: tag.jsonl: it is not as the manifest says: it was changed or damaged; get the export again; nothing was "
       "changed"},
      {"a missing file", [](const fs::path& at) { fs::remove(at / "tag.jsonl"); },
       "bad: tag.jsonl: the manifest names it, and it is not there; get the export again; nothing was changed"},
      {"a table that is not named",
       [](const fs::path& at) {
         change_manifest(at, [](Json& manifest) { manifest["files"].erase(manifest["files"].size() - 1); });
       },
       "bad: manifest.json: it names no view.jsonl; get the export again; nothing was changed"},
      {"an unknown table",
       [](const fs::path& at) {
         write(at / "spell.jsonl", "{}\n");
         change_manifest(at, [](Json& manifest) {
           manifest["files"].push_back({{"name", "spell.jsonl"}, {"sha256", sha256_of("{}\n")}});
         });
       },
       "bad: spell.jsonl: there is no such table or attachment in an export of Ties; nothing was changed"},
      {"an attachment that climbs out",
       [](const fs::path& at) {
         change_manifest(at, [](Json& manifest) {
           manifest["files"].push_back({{"name", "attachments/../../x"}, {"sha256", ""}});
         });
       },
       "bad: attachments/../../x: the manifest names it, and it is not there; get the export again; nothing was "
       "changed"},
      {"a newer schema",
       [](const fs::path& at) { change_manifest(at, [](Json& manifest) { manifest["schema"] = 999; }); },
       "bad: manifest.json: it was written by a newer Ties (format 1, schema 999; this one knows 1 and " +
           std::to_string(Database::newest_schema()) + "); update Ties to read it; nothing was changed"},
      {"no schema", [](const fs::path& at) { change_manifest(at, [](Json& manifest) { manifest["schema"] = "two"; }); },
       "bad: manifest.json: it names no schema; nothing was changed"},
      {"no JSON",
       [](const fs::path& at) { change(at, "tag.jsonl", [](std::string text) { return text + "{\"id\":\n"; }); },
       "bad: tag.jsonl:" + std::to_string(std::count(tag.begin(), tag.end(), '\n') + 1) +
           ": no record is on this line: a JSON object was expected; nothing was changed"},
      {"an unknown column",
       [](const fs::path& at) {
         change(at, "tag.jsonl", [](std::string text) { return with(text, "\"name\"", "\"nom\""); });
       },
       "bad: tag.jsonl:1: a tag has no field 'nom'; nothing was changed"},
      {"a missing column",
       [](const fs::path& at) { change(at, "tag.jsonl", [](std::string) { return std::string("{\"id\":1}\n"); }); },
       "bad: tag.jsonl:1: name is missing; nothing was changed"},
      {"a null where none may be",
       [](const fs::path& at) {
         change(at, "tag.jsonl", [](std::string) { return std::string("{\"id\":1,\"name\":null}\n"); });
       },
       "bad: tag.jsonl:1: name is missing; nothing was changed"},
      {"a number for a text",
       [](const fs::path& at) {
         change(at, "tag.jsonl", [](std::string) { return std::string("{\"id\":1,\"name\":7}\n"); });
       },
       "bad: tag.jsonl:1: name: a text was expected; nothing was changed"},
      {"a text for a number",
       [](const fs::path& at) {
         change(at, "tag.jsonl", [](std::string) { return std::string("{\"id\":\"1\",\"name\":\"x\"}\n"); });
       },
       "bad: tag.jsonl:1: id: a whole number was expected; nothing was changed"},
      {"an id twice",
       [](const fs::path& at) {
         change(at, "tag.jsonl",
                [](std::string) { return std::string("{\"id\":1,\"name\":\"x\"}\n{\"id\":1,\"name\":\"y\"}\n"); });
       },
       "bad: tag.jsonl:2: another tag has the same tag.id; nothing was changed"},
      {"an unknown word",
       [](const fs::path& at) {
         change(at, "favour.jsonl", [](std::string text) { return with(text, "\"given\"", "\"taken\""); });
       },
       "bad: favour.jsonl:1: direction: 'taken' is none of given, received; nothing was changed"},
      {"no day",
       [](const fs::path& at) {
         change(at, "favour.jsonl", [](std::string text) { return with(text, "\"2026-03-03\"", "\"2026-02-30\""); });
       },
       "bad: favour.jsonl:1: on: '2026-02-30' is no day; nothing was changed"},
      {"no setting",
       [](const fs::path& at) {
         change(at, "setting.jsonl", [](std::string text) { return with(text, "look_ahead_days", "look_back_days"); });
       },
       "bad: setting.jsonl:1: there is no setting 'look_back_days'; `ties config` lists them; nothing was changed"},
      {"a reference to nowhere",
       [](const fs::path& at) {
         change(at, "favour.jsonl", [](std::string text) { return with(text, "\"contact\":", "\"contact\":90000"); });
       },
       "bad: favour.jsonl:1: favour 1 points to a contact that is not there; nothing was changed"},
      {"a pipeline without stages",
       [](const fs::path& at) {
         change(at, "pipeline.jsonl", [](std::string text) {
           return text + "{\"id\":99,\"key\":\"bare\",\"name\":\"Bare\",\"standard\":false}\n";
         });
       },
       "bad: pipeline.jsonl:2: pipeline 99 has no stages; nothing was changed"},
  };
  Desk other(folder / "other.db");
  const auto before = other.store.dump();
  for (const auto& [what, damage, message] : cases) {
    BOOST_TEST_CONTEXT(what) {
      fs::copy(good, folder / "bad", fs::copy_options::recursive);
      damage(folder / "bad");
      BOOST_TEST(said([&] { other.run("import", {{"paths", {(folder / "bad").string()}}}); }) == message);
      BOOST_TEST((other.store.dump() == before));
      BOOST_TEST(other.store.journal().changes().empty());
      BOOST_TEST(!fs::exists(folder / "attachments"));
      fs::remove_all(folder / "bad");
    }
  }
}

BOOST_FIXTURE_TEST_CASE(an_export_of_an_older_schema_is_read_and_control_characters_are_taken_out, Everything) {
  const auto old = exported("old");
  fs::remove(old / "contact_extra.jsonl");
  change_manifest(old, [](Json& manifest) {
    manifest["schema"] = 1;
    auto files = Json::array();
    for (const auto& each : manifest["files"]) {
      if (each["name"] != "contact_extra.jsonl") files.push_back(each);
    }
    manifest["files"] = files;
  });
  change(old, "tag.jsonl", [](const std::string& text) { return with(text, "compilers", "comp\\u001b[31milers"); });
  Desk other(folder / "other.db");
  const auto preview = other.run("import", {{"paths", {old.string()}}, {"preview", {"yes"}}});
  BOOST_TEST(preview.said.starts_with("would import old: "));
  BOOST_TEST(other.store.count<Contact>() == 0);
  other.run("import", {{"paths", {old.string()}}});
  BOOST_TEST(other.store.count<Contact>() == desk.store.count<Contact>());
  BOOST_TEST(other.store.count<ContactExtra>() == 0);
  BOOST_TEST(other.store.tag_named("comp[31milers").has_value());
  BOOST_TEST(other.store.check().empty());
}

BOOST_FIXTURE_TEST_CASE(an_export_goes_only_into_a_file_that_holds_nothing_yet, Everything) {
  const auto all = exported("all");
  const auto before = desk.store.dump();
  BOOST_TEST(said([&] {
               desk.run("import", {{"paths", {all.string()}}});
             }) == "all: an export of everything goes into a file that holds nothing yet; this one holds " +
                       std::to_string(desk.store.count<Contact>() - 1) +
                       " records in contact; name a new one: ties import all --file new.db");
  BOOST_TEST((desk.store.dump() == before));
}

BOOST_FIXTURE_TEST_CASE(a_place_that_is_taken_is_not_written_over, Everything) {
  const auto all = exported("all");
  const auto export_to = [&](const fs::path& path, bool go_on) {
    return [this, path, go_on] { desk.run("export", {{"what", {path.string()}}}, go_on); };
  };
  BOOST_TEST(said(export_to(all, true)) == all.string() + ": the folder is not empty; name a new one");
  write(folder / "x.zip", "mine");
  BOOST_TEST(said(export_to(folder / "x.zip", false)) ==
             "file there: " + (folder / "x.zip").string() + " is there already and would be written anew");
  BOOST_TEST(bytes_of(folder / "x.zip") == "mine");
  desk.run("export", {{"what", {(folder / "x.zip").string()}}}, true);
  BOOST_TEST(bytes_of(folder / "x.zip").starts_with("PK"));
  BOOST_TEST(said(export_to(folder / "cv.docx", true)) ==
             (folder / "cv.docx").string() + ": it is a file; name a new folder, or a file that ends in .zip");
}

BOOST_FIXTURE_TEST_CASE(a_disk_that_takes_no_more_leaves_nothing_half_written, Everything) {
  const auto before = files_in(folder);
  rlimit was{};
  getrlimit(RLIMIT_FSIZE, &was);
  auto* const handler = std::signal(SIGXFSZ, SIG_IGN);
  for (const auto* name : {"all", "all.zip", "people.csv"}) {
    BOOST_TEST_CONTEXT(name) {
      const auto small = rlimit{5'000, was.rlim_max};
      setrlimit(RLIMIT_FSIZE, &small);
      const auto path = (folder / name).string();
      const auto refused = said([&] {
        desk.run("export", name == std::string("people.csv") ? Args::Raw{{"what", {"contacts"}}, {"to", {path}}}
                                                             : Args::Raw{{"what", {path}}});
      });
      setrlimit(RLIMIT_FSIZE, &was);
      BOOST_TEST(
          (refused.find(
               "could not be written (the disk takes no more); check the permissions and the space on the disk") !=
           std::string::npos),
          refused);
      auto after = files_in(folder);
      for (const auto* own : {"ties.db", "ties.db-wal", "ties.db-shm"}) after.erase(own);
      for (const auto& [file_name, bytes] : after) BOOST_TEST(before.contains(file_name), file_name);
      BOOST_TEST(!fs::exists(path));
    }
  }
  std::signal(SIGXFSZ, handler);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(exported_lists)

BOOST_FIXTURE_TEST_CASE(contacts_come_back_from_their_own_table_as_they_were, Awkward) {
  const auto path = (folder / "people.csv").string();
  BOOST_TEST(desk.run("export", {{"what", {"contacts"}}, {"to", {path}}}).said == "exported 3 contacts to " + path);
  const auto people = people_in(desk);
  BOOST_TEST(people.size() == 3u);
  Desk other(folder / "other.db");
  other.run("import", {{"paths", {path}}});
  const auto back = people_in(other);
  BOOST_TEST(back.size() == people.size());
  for (const auto& [name, person] : people) {
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST_REQUIRE(back.contains(name));
      const auto& same = back.at(name);
      BOOST_TEST(same.fields == person.fields, boost::test_tools::per_element());
      BOOST_TEST(same.points == person.points, boost::test_tools::per_element());
      BOOST_TEST(same.jobs == person.jobs, boost::test_tools::per_element());
      BOOST_TEST(same.tags == person.tags, boost::test_tools::per_element());
      BOOST_TEST(same.more == person.more, boost::test_tools::per_element());
    }
  }
  desk.run("import", {{"paths", {path}}});
  BOOST_TEST(desk.store.count<Contact>() == 4);  // and oneself: nobody came twice
  BOOST_TEST((desk.run("import", {{"paths", {path}}}).said.ends_with("0 new, 0 changed, 3 unchanged")));
}

BOOST_FIXTURE_TEST_CASE(no_cell_of_any_csv_begins_as_a_formula, Awkward) {
  for (const auto* what : {"contacts", "applications", "interactions", "contributions"}) {
    for (const auto* form : {"csv", "google"}) {
      if (form == std::string("google") && what != std::string("contacts")) continue;
      const auto text = desk.listed({{"what", {what}}, {"format", {form}}});
      BOOST_TEST(!text.empty());
      importers::CsvReader reader(text, ',');
      importers::CsvReader::Record record;
      while (reader.next(record)) {
        for (const auto& cell : record.cells)
          BOOST_TEST((std::string("=+-@\t\r\n ").find(cell.substr(0, 1)) == std::string::npos || cell.empty()), cell);
      }
    }
  }
}

BOOST_FIXTURE_TEST_CASE(contacts_for_google_have_its_header_and_come_back_as_the_same_people, Awkward) {
  const auto text = desk.listed({{"format", {"google"}}});
  BOOST_TEST(
      text.starts_with("First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last "
                       "Name,Name Prefix,Name Suffix,Nickname,File As,"
                       "Organization Name,Organization Title,Organization "
                       "Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,"
                       "E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - "
                       "Label,Address 1 - City,Website 1 - Label"));
  write(folder / "google.csv", text);
  Desk other(folder / "other.db");
  other.run("import", {{"paths", {(folder / "google.csv").string()}}});
  BOOST_TEST(other.run("imports").data[0]["source"].get<std::string>() == "google");
  const auto people = people_in(desk), back = people_in(other);
  BOOST_TEST(back.size() == people.size());
  const auto& zoe = back.at("Zoë Ålgård@zoe");
  const auto& was = people.at("Zoë Ålgård@zoe");
  BOOST_TEST(zoe.fields[8] == was.fields[8]);
  BOOST_TEST(zoe.fields[5] == was.fields[5]);
  BOOST_TEST(zoe.jobs.at(0) == was.jobs.at(0));
  for (const auto* point : {"email zoe@quill.example work (old)", "phone +4722334455 mobile", "phone +4930123456 ",
                            "linkedin zoe-algard ", "github zoealgard "}) {
    BOOST_TEST((std::find(zoe.points.begin(), zoe.points.end(), point) != zoe.points.end()), point);
  }
  BOOST_TEST((std::find(zoe.more.begin(), zoe.more.end(), "birthday=1985-06-12") != zoe.more.end()));
}

BOOST_FIXTURE_TEST_CASE(contacts_come_back_from_cards_of_both_versions, Awkward) {
  for (const auto* form : {"vcard", "vcard4"}) {
    BOOST_TEST_CONTEXT(form) {
      const auto cards = desk.listed({{"format", {form}}});
      BOOST_TEST((cards.find("\r\nUID:urn:uuid:1-2-3\r\n") != std::string::npos));
      write(folder / "people.vcf", cards);
      Desk other(folder / (std::string(form) + ".db"));
      other.run("import", {{"paths", {(folder / "people.vcf").string()}}});
      const auto people = people_in(desk), back = people_in(other);
      BOOST_TEST(back.size() == people.size());
      for (const auto& [name, person] : people) {
        BOOST_TEST_CONTEXT(name) {
          BOOST_TEST_REQUIRE(back.contains(name));
          for (std::size_t i = 0; i < 10; ++i) BOOST_TEST(back.at(name).fields[i] == person.fields[i]);
          BOOST_TEST(back.at(name).tags == person.tags, boost::test_tools::per_element());
        }
      }
    }
  }
}

BOOST_FIXTURE_TEST_CASE(applications_are_a_line_each_with_every_step_dated, Everything) {
  desk.day("2026-05-02");
  desk.run("application add", {{"title", {"=Clerk"}}, {"company", {"Marrow & Sons"}}, {"source", {"cold"}}});
  std::string number;
  for (const auto& line : desk.run("application list").data) {
    if (line["title"] == "=Clerk") number = line["id"].dump();
  }
  desk.run("application move", {{"application", {number}}, {"stage", {"Applied"}}});
  desk.day("2026-05-20");
  desk.run("application close", {{"application", {number}}, {"outcome", {"rejected"}}});
  const auto text = desk.listed({{"what", {"applications"}}, {"since", {"2026-05-01"}}, {"until", {"2026-05-31"}}});
  BOOST_TEST(
      text ==
      "Number,Opened on,Applied on,Employer,Role,Team,Location,Applied through,Referred by,Stage,Outcome,Closed "
      "on,Steps,Interviews,Contacts,Documents,Link,Deadline,Notes\r\n" +
          number +
          ",2026-05-02,2026-05-02,Marrow & Sons,'=Clerk,,,own application,,Applied,rejected,2026-05-20,\"2026-05-02 "
          "Wishlist; 2026-05-02 Applied; 2026-05-20 rejected\",,,,,,\r\n");
  const auto all = desk.listed({{"what", {"applications"}}});
  BOOST_TEST((all.find(",Quillmark,Engineer,,,referral,Zoë Ålgård,Applied,open,,\"2026-03-03 Wishlist; 2026-03-25 "
                       "Applied\",2026-07-04 coding (planned),"
                       "Zoë Ålgård (recruiter),cv.docx,,,\r\n") != std::string::npos),
             all);
  const auto json = Json::parse(desk.listed(
      {{"what", {"applications"}}, {"format", {"jsonl"}}, {"since", {"2026-05-01"}}, {"until", {"2026-05-31"}}}));
  BOOST_TEST(json["steps"].size() == 3u);
  BOOST_TEST(json["company_name"].get<std::string>() == "Marrow & Sons");
}

BOOST_FIXTURE_TEST_CASE(talks_and_people_are_chosen_by_a_query_and_private_ones_stay, Everything) {
  const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
  BOOST_TEST(lines(desk.listed({{"what", {"contacts"}}, {"format", {"jsonl"}}, {"where", {"tag:compilers"}}})) == 1);
  const auto talks = desk.listed({{"what", {"interactions"}}, {"format", {"jsonl"}}, {"where", {"tag:compilers"}}});
  const auto all_talks = desk.listed(
      {{"what", {"interactions"}}, {"format", {"jsonl"}}, {"where", {"tag:compilers"}}, {"include-private", {"yes"}}});
  BOOST_TEST(lines(all_talks) == lines(talks) + 1);
  BOOST_TEST((talks.find("leaving") == std::string::npos));
  BOOST_TEST((all_talks.find("leaving") != std::string::npos));
  BOOST_TEST((desk.listed({{"what", {"contacts"}}, {"format", {"jsonl"}}}).find("off key") == std::string::npos));
  BOOST_TEST(
      (desk.listed({{"what", {"contacts"}}, {"format", {"jsonl"}}, {"include-private", {"yes"}}}).find("off key") !=
       std::string::npos));
  for (const auto* form : {"csv", "vcard", "vcard4", "google"})
    BOOST_TEST((desk.listed({{"what", {"contacts"}}, {"format", {form}}}).find("off key") == std::string::npos), form);
  const auto work = desk.listed({{"what", {"contributions"}}});
  BOOST_TEST((work.find("pull request,Fold loops,quill/loom,") != std::string::npos));
  BOOST_TEST((work.find("Zoë Ålgård (reviewed)") != std::string::npos));
}

BOOST_FIXTURE_TEST_CASE(the_calendar_has_interviews_with_their_hour_and_follow_ups_with_their_day, Everything) {
  const auto text = desk.listed({{"format", {"ics"}}});
  BOOST_TEST((text.find("DTSTART:20260704T120000Z\r\nDURATION:PT45M\r\nSUMMARY:Engineer at Quillmark: "
                        "coding\r\nDESCRIPTION:with Zoë Ålgård") != std::string::npos),
             text);
  BOOST_TEST((text.find("DTSTART;VALUE=DATE:") != std::string::npos));
  BOOST_TEST(text.starts_with("BEGIN:VCALENDAR\r\n"));
  const auto later = desk.listed({{"what", {"calendar"}}, {"since", {"2026-07-04"}}, {"until", {"2026-07-04"}}});
  BOOST_TEST((later.find("DTSTART:20260704") != std::string::npos));
  BOOST_TEST((later.find("DTSTART;VALUE=DATE:20260616") == std::string::npos));
}

BOOST_FIXTURE_TEST_CASE(what_does_not_go_together_is_refused_with_what_does, World) {
  const struct {
    Args::Raw raw;
    const char* message;
  } cases[] = {
      {{},
       "export: say where to, a new folder or a file that ends in .zip, for everything; or what: contacts, "
       "applications, interactions, contributions, calendar"},
      {{{"what", {"contacts"}}, {"format", {"ics"}}},
       "format: contacts can leave as csv, vcard, vcard4, google, jsonl, not as ics"},
      {{{"what", {"applications"}}, {"format", {"vcard"}}},
       "format: applications can leave as csv, jsonl, not as vcard"},
      {{{"what", {"calendar"}}, {"format", {"csv"}}}, "format: calendar can leave as ics, not as csv"},
      {{{"what", {"applications"}}, {"where", {"tag:x"}}},
       "where: it chooses people, and so contacts and interactions, not applications"},
      {{{"what", {"contacts"}}, {"since", {"2026-01-01"}}},
       "since: contacts have no date; choose them by --where 'last:<90d'"},
      {{{"what", {"contacts"}}, {"include-private", {"yes"}}},
       "include-private: nothing private goes into contacts as csv; it can into an export of everything, into "
       "interactions, and into contacts as jsonl"},
      {{{"what", {"everything"}}, {"to", {"x.csv"}}},
       "export: 'everything' is none of contacts, applications, interactions, contributions, calendar; to goes with "
       "these"},
      {{{"what", {"contacts"}}}, "export: name a file to write to"},
  };
  for (const auto& [raw, message] : cases) {
    BOOST_TEST_CONTEXT(message) {
      BOOST_TEST(said([&, &words = raw] { run("export", words); }) == message);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
