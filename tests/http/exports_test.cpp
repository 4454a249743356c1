#include <boost/test/unit_test.hpp>

#include "tests/http/calls.h"

using namespace ties;
using namespace ties::http;

namespace {

struct Downloads : OwnTemporaryFolder {
  Service service{file, on_a_day()};
  File& user_file{service.file};

  Downloads() {
    user_file.write([](Crm& crm) {
      run(crm, "contact add", {{"name", {"Ines Vale"}}, {"email", {"ines@quill.example"}}, {"tag", {"alumni"}}});
      run(crm, "contact add", {{"name", {"Odo Marsh"}}, {"private-note", {"owes me a coffee"}}});
      return run(crm, "interaction add", {{"contact", {"ines"}}, {"text", {"talked of tiles"}}});
    });
  }
  Response get(const std::string& what, std::vector<std::pair<std::string, std::string>> query = {},
               const Caller& who = caller({"read"})) {
    Request request;
    request.query = std::move(query);
    return call(export_endpoints(), service, "GET /api/v1/exports/{what}", request, who, {{"what", what}});
  }
  /// What the command line would print.
  std::string printed(Args::Raw raw) {
    return user_file.read([&](Crm& crm) {
      std::ostringstream out;
      crm.output = &out;
      run(crm, "export", raw);
      return out.str();
    });
  }
  static std::string header(const Response& response, std::string_view name) {
    for (const auto& [known, value] : response.headers) {
      if (known == name) return value;
    }
    return "";
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(exports)

BOOST_FIXTURE_TEST_CASE(every_list_leaves_as_the_command_line_writes_it_under_a_safe_name, Downloads) {
  const struct {
    const char *what, *format, *type, *name;
  } cases[]{
      {"contacts", "csv", "text/csv; charset=utf-8", "ties-contacts-2026-03-04.csv"},
      {"contacts", "vcard", "text/vcard; charset=utf-8", "ties-contacts-2026-03-04.vcf"},
      {"contacts", "vcard4", "text/vcard; charset=utf-8", "ties-contacts-2026-03-04.vcf"},
      {"contacts", "google", "text/csv; charset=utf-8", "ties-contacts-2026-03-04.csv"},
      {"contacts", "jsonl", "application/x-ndjson", "ties-contacts-2026-03-04.jsonl"},
      {"applications", "csv", "text/csv; charset=utf-8", "ties-applications-2026-03-04.csv"},
      {"interactions", "jsonl", "application/x-ndjson", "ties-interactions-2026-03-04.jsonl"},
      {"contributions", "csv", "text/csv; charset=utf-8", "ties-contributions-2026-03-04.csv"},
      {"calendar", "ics", "text/calendar; charset=utf-8", "ties-calendar-2026-03-04.ics"},
  };
  for (const auto& [what, format, type, name] : cases) {
    BOOST_TEST_CONTEXT(what << " as " << format) {
      const auto response = get(what, {{"format", format}});
      BOOST_TEST(response.type == type);
      BOOST_TEST(header(response, "Content-Disposition") == std::string("attachment; filename=\"") + name + "\"");
      const auto body = streamed(response);
      BOOST_TEST(!body.empty());
      BOOST_TEST((body == printed({{"what", {what}}, {"format", {format}}})));
    }
  }
  BOOST_TEST(left().empty());
}

BOOST_FIXTURE_TEST_CASE(a_query_chooses_people_and_a_standard_form_is_taken, Downloads) {
  const auto body = streamed(get("contacts", {{"where", "tag:alumni"}}));
  BOOST_TEST(body.find("Ines Vale") != std::string::npos);
  BOOST_TEST(body.find("Odo Marsh") == std::string::npos);
  BOOST_TEST(streamed(get("interactions", {{"since", "2026-03-05"}})).find("tiles") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(what_is_private_leaves_only_to_those_who_may_see_it, Downloads) {
  const auto in_jsonl = [&](std::vector<std::pair<std::string, std::string>> query, const Caller& who) {
    query.emplace_back("format", "jsonl");
    return streamed(get("contacts", query, who)).find("owes me a coffee") != std::string::npos;
  };
  BOOST_TEST(!in_jsonl({}, caller({"read"})));
  BOOST_TEST(!in_jsonl({}, caller({"read", "private"})));
  BOOST_TEST(in_jsonl({{"include_private", "true"}}, caller({"read", "private"})));
  BOOST_TEST(!in_jsonl({{"include_private", "false"}}, caller({"read"})));
  BOOST_TEST(refused_as([&] { in_jsonl({{"include_private", "true"}}, caller({"read"})); }) == "forbidden");
}

BOOST_FIXTURE_TEST_CASE(what_is_not_there_or_cannot_leave_so_is_refused_before_anything_leaves, Downloads) {
  const struct {
    const char* what;
    std::vector<std::pair<std::string, std::string>> query;
    const char* refusal;
  } cases[]{
      {"secrets", {}, "not-found"},
      {"contacts", {{"format", "zip"}}, "wrong-value"},
      {"contacts", {{"format", "pdf"}}, "wrong-value"},
      {"contacts", {{"format", "ics"}}, "Wrong"},
      {"everything", {{"format", "csv"}}, "wrong-value"},
      {"everything", {{"where", "tag:x"}}, "Wrong"},
      {"contacts", {{"since", "2026-01-01"}}, "Wrong"},
      {"interactions", {{"until", "someday"}}, "Wrong"},
      {"contacts", {{"include_private", "yes"}}, "wrong-value"},
      {"contacts", {{"to", "/x"}}, "wrong-value"},
  };
  for (const auto& [what, query, refusal] : cases) {
    BOOST_TEST_CONTEXT(what << " " << (query.empty() ? "" : query.front().first + "=" + query.front().second)) {
      BOOST_TEST(refused_as([&, &called = what, &asked = query] { get(called, asked); }) == refusal);
    }
  }
  BOOST_TEST(left().empty());
}

BOOST_FIXTURE_TEST_CASE(everything_leaves_as_a_zip_that_a_new_file_takes_in_whole, Downloads) {
  const auto response = get("everything", {{"include_private", "true"}}, caller({"read", "private"}));
  BOOST_TEST(response.type == "application/zip");
  BOOST_TEST(header(response, "Content-Disposition") == "attachment; filename=\"ties-everything-2026-03-04.zip\"");
  const auto zip = folder / "all.zip";
  std::ofstream(zip, std::ios::binary) << streamed(response);
  Store other(":memory:");
  Crm crm{other, Clock(date_from_text("2026-03-04"), "Europe/Oslo"), Config{}, "test"};
  run(crm, "import", {{"paths", {zip.string()}}});
  BOOST_TEST((other.dump() == user_file.read([](Crm& here) { return here.store.dump(); })));
}

BOOST_FIXTURE_TEST_CASE(an_export_waits_for_no_writer_and_tells_of_one_moment, Downloads) {
  user_file.write([&](Crm& crm) {
    Doing doing(crm);
    crm.store.add(called("Nobody Yet"));
    const auto body = streamed(get("contacts"));
    BOOST_TEST(body.find("Odo Marsh") != std::string::npos);
    BOOST_TEST(body.find("Nobody Yet") == std::string::npos);
    return 0;
  });
}

BOOST_AUTO_TEST_SUITE_END()
