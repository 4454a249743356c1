#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <boost/test/unit_test.hpp>

#include "crm/service/package.h"
#include "tests/http/calls.h"

using namespace ties;
using namespace ties::http;
using wire::Json;

namespace {

struct Jobs : OwnTemporaryFolder {
  Service service{file, on_a_day()};
  File& user_file{service.file};

  Response imports(std::string_view route, Request request = {}, const std::string& job = "") {
    return call(import_endpoints(), service, route, std::move(request), caller({"import"}), {{"job", job}});
  }
  Json of(std::string_view route, const std::string& job, const std::string& body = "") {
    Request request;
    request.body = body;
    return Json::parse(imports(route, request, job).body);
  }
  static Request file_called(const std::string& name, const std::string& bytes) {
    Request request;
    request.query = {{"name", name}};
    request.body = bytes;
    request.length = static_cast<std::int64_t>(bytes.size());
    return request;
  }
  std::string upload(const std::string& name, const std::string& bytes) {
    return Json::parse(imports("POST /api/v1/imports", file_called(name, bytes)).body)["id"].get<std::string>();
  }
  Json show(const std::string& job) { return of("GET /api/v1/import-jobs/{job}", job); }
  Json preview(const std::string& job, const std::string& options = "") {
    of("POST /api/v1/import-jobs/{job}/preview", job, options);
    return at_rest(job);
  }
  Json apply(const std::string& job, const std::string& options = "") {
    of("POST /api/v1/import-jobs/{job}/apply", job, options);
    return at_rest(job);
  }
  /// The job once `is` says so; a minute at most.
  template <class Is>
  Json when(const std::string& job, Is is) {
    for (int i = 0; i < 6'000; ++i) {
      if (auto json = show(job); is(json)) return json;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    throw std::runtime_error("it never came so far: " + show(job).dump());
  }
  Json at_rest(const std::string& job) {
    return when(job, [](const Json& json) { return json["state"] != "previewing" && json["state"] != "applying"; });
  }
  std::string dump() {
    return user_file.read([](Crm& crm) { return crm.store.dump(); });
  }
  std::int64_t contacts() {
    return user_file.read([](Crm& crm) { return crm.store.count<Contact>(); });
  }
};

const std::string archive = "Basic_LinkedInDataExport_03-02-2026.zip";

/// A table of people who are all different.
std::string people(int count) {
  std::string table = "Name,Email,Company\n";
  for (int i = 0; i < count; ++i)
    table += fmt::format("Person{0} Family{0},person{0}@quill{1}.example,Quill {1}\n", i, i % 50);
  return table;
}

std::string form_of(const std::vector<std::pair<std::string, std::string>>& files,
                    const std::vector<std::pair<std::string, std::string>>& fields, bool whole = true) {
  std::string form;
  for (const auto& [name, value] : fields)
    form += fmt::format("--line\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n", name, value);
  for (const auto& [name, bytes] : files) {
    form += fmt::format(
        "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\nContent-Type: "
        "text/csv\r\n\r\n{}\r\n",
        name, bytes);
  }
  return whole ? form + "--line--\r\n" : form.substr(0, form.size() - 10);
}

Request with_form(std::string form) {
  Request request;
  request.headers = {{"content-type", "multipart/form-data; boundary=line"}};
  request.body = std::move(form);
  return request;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(import_jobs)

BOOST_FIXTURE_TEST_CASE(an_archive_is_sent_previewed_applied_and_taken_back_with_one_undo, Jobs) {
  const auto before = dump();
  const auto sent = imports("POST /api/v1/imports", file_called(archive, sample("linkedin/" + archive)));
  BOOST_TEST(sent.status == 202);
  const auto job = Json::parse(sent.body)["id"].get<std::string>();
  BOOST_TEST(
      (sent.headers == std::vector<std::pair<std::string, std::string>>{{"Location", "/api/v1/import-jobs/" + job}}));
  BOOST_TEST(show(job)["state"] == "uploaded");

  const auto previewed = preview(job);
  BOOST_TEST(previewed["state"] == "previewed");
  BOOST_TEST(previewed["said"].get<std::string>().starts_with("would import " + archive + ": "));
  BOOST_TEST(previewed["preview"]["files"][1]["file"] == "Connections.csv");
  BOOST_TEST(previewed["preview"]["files"][1]["created"] == 47);
  BOOST_TEST((dump() == before));

  const auto applied = apply(job);
  BOOST_TEST(applied["state"] == "done");
  BOOST_TEST(applied["change"] == 1);
  BOOST_TEST((applied["result"]["files"] == previewed["preview"]["files"]));
  BOOST_TEST(contacts() > 47);
  BOOST_TEST(show(job)["undone"] == false);

  const auto undone = of("POST /api/v1/import-jobs/{job}/undo", job);
  BOOST_TEST(undone["said"].get<std::string>().starts_with("undid 1: imported " + archive));
  BOOST_TEST(undone["change"] == 2);
  BOOST_TEST((dump() == before));
  BOOST_TEST(show(job)["undone"] == true);
  BOOST_TEST(refused_as([&] { imports("POST /api/v1/import-jobs/{job}/undo", {}, job); }) == "Conflict");
}

BOOST_FIXTURE_TEST_CASE(a_preview_names_the_first_who_are_new_and_those_who_may_be_known_already, Jobs) {
  user_file.write([](Crm& crm) {
    return run(crm, "contact add", {{"name", {"Ines Vale"}}, {"phone", {"+47 912 34 567"}}});
  });
  const auto job = upload(
      "people.csv", "Name,Email,Phone\nInes Vale,ines@quill.example,+47 912 34 567\nOdo Marsh,odo@quill.example,\n");
  const auto previewed = preview(job)["preview"];
  BOOST_TEST(previewed["rows"].size() == 2u);
  BOOST_TEST((previewed["rows"][1] == Json{{"kind", "new"},
                                           {"noun", "contact"},
                                           {"id", nullptr},
                                           {"name", "Odo Marsh"},
                                           {"what", ""},
                                           {"file", "people.csv"},
                                           {"line", 0}}));
  BOOST_TEST(previewed["possible_duplicates"]["total"] == 1);
  BOOST_TEST((previewed["possible_duplicates"]["items"][0]["other"] == Json{{"id", 1}, {"name", "Ines Vale"}}));
  BOOST_TEST(previewed["issues"]["total"] == 0);
  const auto applied = apply(job)["result"];
  BOOST_TEST(applied["rows"][1]["id"].is_number());
}

BOOST_FIXTURE_TEST_CASE(a_form_of_several_files_is_one_source_one_change_and_its_fields_are_options, Jobs) {
  const auto connections = sample("linkedin/2026-03-02/Connections.csv"),
             messages = sample("linkedin/2026-03-02/messages.csv");
  const auto sent = Json::parse(
      imports("POST /api/v1/imports",
              with_form(form_of({{"Connections.csv", connections}, {"messages.csv", messages}}, {{"summary", "true"}})))
          .body);
  BOOST_TEST(sent["name"] == "Connections.csv and 1 more");
  BOOST_TEST((sent["options"] == Json{{"summary", true}}));
  const auto applied = apply(sent["id"].get<std::string>());
  BOOST_TEST(applied["state"] == "done");
  BOOST_TEST(applied["result"]["files"].size() == 2u);
  BOOST_TEST(applied["result"]["files"][0]["created"] == 47);
  const auto texts = user_file.read([](Crm& crm) { return run(crm, "interaction list", {{"limit", {"1000"}}}).data; });
  BOOST_TEST(std::count_if(texts.begin(), texts.end(),
                           [](const Json& talk) { return talk["kind"] == "message" && talk["text"] != ""; }) == 0);
  const auto changes = user_file.read([](Crm& crm) { return crm.store.journal().changes().size(); });
  BOOST_TEST(changes == 1u);
}

BOOST_FIXTURE_TEST_CASE(an_upload_that_does_not_come_whole_leaves_nothing, Jobs) {
  auto cut = file_called("people.csv", people(10));
  cut.length = *cut.length + 1;
  BOOST_TEST(refused_as([&] { imports("POST /api/v1/imports", cut); }) == "malformed");
  auto nothing = file_called("people.csv", "");
  BOOST_TEST(refused_as([&] { imports("POST /api/v1/imports", nothing); }) == "wrong-value");
  auto endless = file_called("people.csv", people(10));
  endless.length.reset();
  BOOST_TEST(refused_as([&] { imports("POST /api/v1/imports", endless); }) == "length-required");
  for (const auto& form : {form_of({{"people.csv", people(10)}}, {}, false), form_of({}, {{"summary", "true"}}, false),
                           std::string("--line\r\n"), std::string(), std::string("nothing of the kind")}) {
    BOOST_TEST_CONTEXT(form.substr(0, 100)) {
      BOOST_TEST(refused_as([&] { imports("POST /api/v1/imports", with_form(form)); }) == "malformed");
    }
  }
  BOOST_TEST(of("GET /api/v1/import-jobs", "")["items"].empty());
  BOOST_TEST(left().empty());
}

BOOST_FIXTURE_TEST_CASE(what_a_file_is_called_is_never_a_place_on_the_disk, Jobs) {
  const std::pair<std::string, std::string> names[]{{"../../../etc/passwd", "passwd"},
                                                    {"C:\\Users\\ada\\people.csv", "people.csv"},
                                                    {"/tmp/x.csv", "x.csv"},
                                                    {"..", ".."},
                                                    {"", "upload"},
                                                    {"a\r\nSet-Cookie: b", "a Set-Cookie: b"},
                                                    {"\xFF\xFE.csv", "ÿþ.csv"}};
  for (const auto& [name, shown] : names) {
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST(show(upload(name, people(1)))["name"].get<std::string>() == shown);
    }
  }
  std::set<std::string> seen;
  for (const auto& path : left()) {
    struct stat info {};
    BOOST_REQUIRE(lstat((folder / "tmp" / path).c_str(), &info) == 0);
    const auto last = std::filesystem::path(path).filename().string();
    seen.insert(last.starts_with("ties-scratch-") ? "ties-scratch-" : last);
    BOOST_TEST((info.st_mode & 0077u) == 0u, path << " may be looked into by others");
  }
  BOOST_TEST((seen == std::set<std::string>{"0", "lock", "ties-scratch-"}));
  const auto sent =
      Json::parse(imports("POST /api/v1/imports",
                          with_form(form_of({{"../../people.csv", people(3)}, {"more/people.csv", people(3)}}, {})))
                      .body);
  const auto previewed = preview(sent["id"].get<std::string>());
  BOOST_TEST(previewed["state"] == "previewed");
  BOOST_TEST(previewed["preview"]["issues"]["items"][0]["message"] == "left out: its name climbs out of the archive");
}

BOOST_FIXTURE_TEST_CASE(uploads_are_limited_in_size_number_and_by_the_room_there_is, OwnTemporaryFolder) {
  File user_file(file, date_from_text("2026-03-04"));
  Events events(user_file);
  ImportLimits limits;
  limits.bytes_max = 1'000, limits.uploads_max = 1, limits.files_max = 2;
  ImportJobs jobs(user_file, events, limits);
  BOOST_TEST(refused_as([&] { jobs.upload(1'001); }) == "too-large");
  {
    const auto one = jobs.upload(std::nullopt);
    one->begin_file("a");
    one->write(std::string(1'000, 'x'));
    BOOST_TEST(refused_as([&] { one->write("x"); }) == "too-large");
    BOOST_TEST(refused_as([&] { jobs.upload(10); }) == "busy");
    one->begin_file("b");
    BOOST_TEST(refused_as([&] { one->begin_file("c"); }) == "wrong-value");
  }
  BOOST_TEST(left().empty());
  BOOST_TEST(refused_as([&] { jobs.upload(10); }) == "");
  limits.room_bytes_left = INT64_MAX / 2;
  ImportJobs cramped(user_file, events, limits);
  BOOST_TEST(refused_as([&] { cramped.upload(10); }) == "no-room");
  BOOST_TEST(left().empty());
}

BOOST_FIXTURE_TEST_CASE(a_zip_that_unpacks_to_far_more_than_its_size_fails_and_keeps_nothing, Jobs) {
  const auto bomb = folder / "bomb.zip";
  {
    Package package(bomb);
    const std::string zeros(1'000'000, '0');
    package.add("people.csv", [&](const Put& put) {
      for (int i = 0; i < 40; ++i) put(zeros);
    });
    package.done();
  }
  std::ifstream in(bomb, std::ios::binary);
  const auto before = dump();
  const auto job = upload("people.zip", {std::istreambuf_iterator<char>(in), {}});
  const auto failed = apply(job);
  BOOST_TEST(failed["state"] == "failed");
  BOOST_TEST(failed["error"] ==
             "people.csv: it unpacks to more than 200 times its size, as no export does; nothing was read");
  BOOST_TEST((dump() == before));
  BOOST_TEST(of("POST /api/v1/import-jobs/{job}/cancel", job)["state"] == "cancelled");
  BOOST_TEST(left().empty());
}

BOOST_FIXTURE_TEST_CASE(cancelled_in_mid_work_it_keeps_nothing_and_its_files_go, Jobs) {
  const auto before = dump();
  const auto table = people(60'000);
  for (const auto* verb : {"preview", "apply"}) {
    BOOST_TEST_CONTEXT(verb) {
      const auto job = upload("people.csv", table);
      of(fmt::format("POST /api/v1/import-jobs/{{job}}/{}", verb), job);
      when(job, [](const Json& json) {
        return json["progress"].is_object() && json["progress"]["phase"] == "people" &&
               json["progress"]["done"] > 1'000;
      });
      of("POST /api/v1/import-jobs/{job}/cancel", job);
      BOOST_TEST(at_rest(job)["state"] == "cancelled");
      BOOST_TEST((dump() == before));
      BOOST_TEST(left().empty());
      BOOST_TEST(refused_as([&] { imports("POST /api/v1/import-jobs/{job}/apply", {}, job); }) == "conflict");
    }
  }
}

BOOST_FIXTURE_TEST_CASE(a_preview_holds_up_no_writer_and_two_writers_both_come_to_their_turn, Jobs) {
  const auto job = upload("people.csv", people(20'000));
  of("POST /api/v1/import-jobs/{job}/preview", job);
  when(job, [](const Json& json) { return json["progress"].is_object() && json["progress"]["phase"] == "people"; });
  user_file.write([](Crm& crm) { return run(crm, "contact add", {{"name", {"Ines Vale"}}}); });
  BOOST_TEST(show(job)["state"] == "previewing", "the preview was too fast to tell");
  BOOST_TEST(at_rest(job)["state"] == "previewed");

  of("POST /api/v1/import-jobs/{job}/apply", job);
  when(job, [](const Json& json) { return json["progress"].is_object() && json["progress"]["phase"] == "people"; });
  BOOST_TEST(contacts() == 1);  // readers see the file as it was
  user_file.write([](Crm& crm) { return run(crm, "contact add", {{"name", {"Odo Marsh"}}}); });
  BOOST_TEST(at_rest(job)["state"] == "done");
  BOOST_TEST(contacts() == 20'002);
  BOOST_TEST(user_file.read([](Crm& crm) { return crm.store.check(); }).empty());
}

BOOST_FIXTURE_TEST_CASE(reading_what_is_not_streamed_is_done_before_the_turn_to_write_is_taken, Jobs) {
  int asked = 0;
  const auto path = folder / "people.csv";
  std::ofstream(path) << people(100);
  user_file.read([&](Crm& reader) {
    std::vector<std::string> before_writing;
    reader.progress = [&](std::string_view what, auto, auto) {
      if (asked == 0) before_writing.emplace_back(what);
    };
    std::optional<Writing> writing;
    import_files(
        reader,
        [&]() -> Crm& {
          ++asked;
          writing.emplace(user_file);
          return writing->crm();
        },
        {{path, "people.csv"}}, import_options({}, reader.clock.today()));
    BOOST_TEST((before_writing == std::vector<std::string>{"people.csv"}));
    return 0;
  });
  BOOST_TEST(asked == 1);
  BOOST_TEST(contacts() == 100);
}

BOOST_FIXTURE_TEST_CASE(a_job_that_failed_can_be_tried_again_with_other_options, Jobs) {
  const auto job = upload("people.csv", "Wer;Wo\nInes Vale;Quill\n");
  const auto failed = preview(job);
  BOOST_TEST(failed["state"] == "failed");
  BOOST_TEST(failed["error"].get<std::string>().starts_with("people.csv: "));
  const auto mapped = preview(job, R"({"map": {"Wer": "display", "Wo": "company"}})");
  BOOST_TEST(mapped["state"] == "previewed", mapped["error"]);
  BOOST_TEST(mapped["error"].is_null());
  BOOST_TEST((mapped["options"] == Json{{"map", {"Wer=display", "Wo=company"}}}));
  BOOST_TEST(mapped["preview"]["rows"][0]["name"] == "Ines Vale");
  Request explain;
  explain.query = {{"map", "Wer=display"}, {"map", "Wo=company"}};
  const auto columns = Json::parse(imports("GET /api/v1/import-jobs/{job}/explain", explain, job).body);
  BOOST_TEST(columns.dump().find("as you said") != std::string::npos, columns.dump());
  BOOST_TEST(apply(job)["state"] == "done");  // with the options of the preview
  BOOST_TEST(contacts() == 1);
  BOOST_TEST(left().empty());
}

BOOST_FIXTURE_TEST_CASE(wrong_options_are_refused_by_their_names_and_change_nothing, Jobs) {
  const auto job = upload("people.csv", people(3));
  const std::pair<const char*, const char*> cases[]{{R"({"sumary": true})", "wrong-value"},
                                                    {R"({"summary": "yes"})", "wrong-value"},
                                                    {R"({"as": 3})", "wrong-value"},
                                                    {R"({"map": "Name=name"})", "wrong-value"},
                                                    {R"({"map": [1]})", "wrong-value"},
                                                    {R"({"since": "once"})", "Wrong"},
                                                    {R"({"paths": "x"})", "wrong-value"},
                                                    {R"({"preview": true})", "wrong-value"},
                                                    {R"([])", "malformed"},
                                                    {R"({"as": )", "malformed"},
                                                    {R"({"map": [[[[[[[1]]]]]]]})", "malformed"}};
  for (const auto& [body, kind] : cases) {
    BOOST_TEST_CONTEXT(body) {
      BOOST_TEST(refused_as([&] { of("POST /api/v1/import-jobs/{job}/preview", job, body); }) == kind);
    }
  }
  BOOST_TEST(show(job)["state"] == "uploaded");
  BOOST_TEST(refused_as([&] { show("no such job"); }) == "not-found");
}

BOOST_FIXTURE_TEST_CASE(what_could_not_be_read_is_a_table_that_no_spreadsheet_runs, Jobs) {
  const auto job = upload(
      "=cmd.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Ines Vale\nEND:VCARD\n");
  BOOST_TEST(preview(job)["preview"]["issues"]["total"] == 1);
  const auto issues = imports("GET /api/v1/import-jobs/{job}/issues.csv", {}, job);
  BOOST_TEST(issues.body == "file,line,column,message\r\n'=cmd.vcf,1,1,\"a card names nobody, skipped\"\r\n");
}

BOOST_FIXTURE_TEST_CASE(old_jobs_are_forgotten_when_newer_ones_come_and_files_of_killed_servers_at_the_start,
                        OwnTemporaryFolder) {
  const auto child = fork();
  if (child == 0) {
    new Scratch();
    _exit(0);  // as if it was killed: nothing tidies up
  }
  waitpid(child, nullptr, 0);
  BOOST_TEST(left().size() == 2u);
  const Scratch alive;
  File user_file(file, date_from_text("2026-03-04"));
  Events events(user_file);
  ImportLimits limits;
  limits.jobs_max = 2;
  {
    ImportJobs jobs(user_file, events, limits);
    BOOST_TEST((left() == std::vector<std::string>{alive.folder().filename().string(),
                                                   alive.folder().filename().string() + "/lock"}));
    for (const auto* name : {"one", "two", "three"}) {
      const auto upload = jobs.upload(std::nullopt);
      upload->begin_file(name);
      upload->write("x");
      upload->done({});
    }
    const auto list = jobs.list();
    BOOST_TEST(list["total"] == 2);
    BOOST_TEST(list["items"][0]["name"] == "three");
    BOOST_TEST(list["items"][1]["name"] == "two");
    jobs.remove(list["items"][0]["id"].get<std::string>());
    BOOST_TEST(jobs.list()["total"] == 1);
    BOOST_TEST(left().size() == 5u);
  }
  BOOST_TEST(left().size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(a_service_that_stops_ends_what_is_at_work_and_keeps_nothing_of_it, OwnTemporaryFolder) {
  File user_file(file, date_from_text("2026-03-04"));
  {
    Events events(user_file);
    ImportJobs jobs(user_file, events);
    std::string job;
    {
      const auto upload = jobs.upload(std::nullopt);
      upload->begin_file("people.csv");
      upload->write(people(60'000));
      job = upload->done({})["id"].get<std::string>();
    }
    jobs.apply(job, std::nullopt);
    for (int i = 0; i < 6'000 && jobs.show(job)["progress"]["phase"] != "people"; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    BOOST_TEST(jobs.show(job)["progress"]["phase"] == "people");
  }
  BOOST_TEST(user_file.read([](Crm& crm) { return crm.store.count<Contact>(); }) == 0);
  BOOST_TEST(left().empty());
}

BOOST_AUTO_TEST_CASE(every_endpoint_describes_itself_for_the_contract) {
  for (const auto& endpoints : {import_endpoints(), export_endpoints(), event_endpoints()}) {
    for (const auto& endpoint : endpoints) {
      BOOST_TEST_CONTEXT(endpoint.route) {
        const auto told = endpoint.describe();
        std::set<std::string> named, known{"parameters", "requestBody", "responses"};
        BOOST_REQUIRE(told["parameters"].is_array());
        for (const auto& parameter : told["parameters"]) {
          BOOST_REQUIRE(parameter.is_object());
          if (parameter["in"] == "path") named.insert("{" + parameter["name"].get<std::string>() + "}");
          BOOST_TEST(parameter["schema"].is_object());
        }
        for (const auto& [key, part] : told.items()) BOOST_TEST(known.contains(key), key);
        const auto brace = endpoint.route.find('{');
        const auto path_parts = brace == endpoint.route.npos ? std::set<std::string>{}
                                                             : std::set<std::string>{std::string(endpoint.route.substr(
                                                                   brace, endpoint.route.find('}') + 1 - brace))};
        BOOST_TEST((named == path_parts));
        BOOST_REQUIRE(told["responses"].is_object());
        for (const auto& [status, response] : told["responses"].items()) {
          BOOST_TEST(status.size() == 3u);
          BOOST_TEST(response["description"].is_string());
          if (!response.contains("content")) continue;
          for (const auto& [type, body] : response["content"].items()) BOOST_TEST(body["schema"].is_object(), type);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
