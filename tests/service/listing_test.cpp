#include "crm/service/listing.h"

#include <boost/test/unit_test.hpp>

#include "tests/world.h"

using namespace ties;

namespace {

/// The values of one field, in the order of the rows.
std::string column(const Json& rows, const char* field) {
  std::string text;
  for (const auto& row : rows)
    text += (text.empty() ? "" : " ") +
            (row.at(field).is_string() ? row.at(field).get<std::string>() : row.at(field).dump());
  return text;
}

Json rows_to_sort() {
  return Json::parse(R"([{"id":1,"name":"Åse","size":10,"seen":"2026-01-02"},{"id":2,"name":"bo","size":9,"seen":null},
                         {"id":3,"name":"","size":null,"seen":"2025-12-31"},{"id":4,"name":"Cy","size":10,"seen":"2026-01-02"}])");
}

struct People : World {
  People() {
    const struct {
      const char *name, *company, *talked;
    } people[] = {{"Ada Lund", "brill", "2026-01-05"},
                  {"Bo Wren", "", "2026-02-01"},
                  {"Cy Haug", "Acme", ""},
                  {"Di Kim", "Acme", "2026-02-01"},
                  {"Ed Rossi", "", ""}};
    for (const auto& [name, company, talked] : people) {
      Args::Raw raw{{"name", {name}}};
      if (*company != '\0') raw["company"] = {company};
      run("contact add", raw);
      if (*talked != '\0') run("interaction add", {{"contact", {name}}, {"on", {talked}}, {"kind", {"call"}}});
    }
  }

  /// All rows, read page by page, by their numbers; "|" between two pages.
  std::string paged(std::string_view verb, Args::Raw raw, int limit) {
    raw["limit"] = {std::to_string(limit)};
    std::string text;
    for (int pages = 0; pages < 20; ++pages) {
      const auto answer = run(verb, raw);
      text += (text.empty() ? "" : " | ") + column(answer.data, "id");
      BOOST_TEST((answer.total == run(verb, {}).total));
      if (answer.next.empty()) return text;
      raw["after"] = {answer.next};
    }
    return "no end";
  }
};

std::string wrong(World& world, std::string_view verb, const Args::Raw& raw) {
  try {
    world.run(verb, raw);
  } catch (const Wrong& error) {
    return error.field + " / " + error.what();
  }
  return "";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(listing)

BOOST_AUTO_TEST_CASE(rows_are_sorted_by_any_field_numbers_by_size_equal_ones_as_they_were_and_nothing_comes_last) {
  const struct {
    const char *sort, *ids;
  } rows[] = {{"", "1 2 3 4"},      {"name", "1 2 4 3"}, {"-name", "4 2 1 3"}, {"size", "2 1 4 3"},
              {"-size", "1 4 2 3"}, {"seen", "3 1 4 2"}, {"-seen", "1 4 3 2"}, {"-id", "4 3 2 1"}};
  for (const auto& [sort, ids] : rows) {
    BOOST_TEST_CONTEXT(sort) {
      Answer answer;
      answer.data = rows_to_sort();
      Page page;
      page.sort = sort;
      turn_to_page(answer, page);
      BOOST_TEST(column(answer.data, "id") == ids);
      BOOST_TEST((answer.total == 4));
      BOOST_TEST(answer.next == "");
    }
  }
}

BOOST_AUTO_TEST_CASE(a_cursor_goes_on_behind_its_row_even_when_that_is_gone) {
  Page page;
  page.sort = "-size", page.limit = 2;
  Answer first;
  first.data = rows_to_sort();
  turn_to_page(first, page);
  BOOST_TEST(column(first.data, "id") == "1 4");
  BOOST_TEST((first.next.find_first_not_of("0123456789abcdef") == std::string::npos));
  Page then;
  then.after = first.next;
  Answer second;
  second.data = rows_to_sort();
  turn_to_page(second, then);
  BOOST_TEST(column(second.data, "id") == "2 3");
  Answer without;
  without.data = rows_to_sort();
  without.data.erase(3);
  turn_to_page(without, then);
  BOOST_TEST(column(without.data, "id") == "2 3");
}

BOOST_AUTO_TEST_CASE(only_the_fields_that_are_asked_for_stay_and_offsets_beyond_the_end_find_nothing) {
  Answer answer;
  answer.data = rows_to_sort();
  Page page;
  page.fields = {"size", "id"}, page.offset = 3;
  turn_to_page(answer, page);
  BOOST_TEST(answer.data.dump() == R"([{"size":10,"id":4}])");
  answer.data = rows_to_sort();
  answer.total.reset();
  page.offset = 999'999'999;
  turn_to_page(answer, page);
  BOOST_TEST(answer.data.empty());
  BOOST_TEST((answer.total == 4));
}

BOOST_FIXTURE_TEST_CASE(people_come_in_pages_that_join_into_the_whole_list_in_every_order, People) {
  const struct {
    const char *sort, *ids;
  } rows[] = {{"", "1 2 3 4 5"},         {"name", "1 2 3 4 5"},  {"-name", "5 4 3 2 1"},  {"last", "2 4 1 3 5"},
              {"-last", "1 2 4 3 5"},    {"added", "5 4 3 2 1"}, {"-added", "1 2 3 4 5"}, {"company", "3 4 1 2 5"},
              {"-company", "1 3 4 2 5"}, {"-id", "5 4 3 2 1"},   {"starred", "1 2 3 4 5"}};
  for (const auto& [sort, ids] : rows) {
    BOOST_TEST_CONTEXT(sort) {
      Args::Raw raw;
      if (*sort != '\0') raw["sort"] = {sort};
      BOOST_TEST(column(run("contact list", raw).data, "id") == ids);
      std::string joined = paged("contact list", raw, 2);
      while (joined.find(" |") != std::string::npos) joined.erase(joined.find(" |"), 2);
      BOOST_TEST(joined == ids);
      raw["limit"] = {"2"}, raw["offset"] = {"1"};
      BOOST_TEST(column(run("contact list", raw).data, "id") == std::string(ids).substr(2, 3));
    }
  }
  BOOST_TEST(paged("contact list", {}, 2) == "1 2 | 3 4 | 5");
  BOOST_TEST((run("contact list", {{"limit", {"0"}}}).total == 5));
  BOOST_TEST((run("contact list", {{"query", {"company:Acme"}}, {"limit", {"1"}}}).total == 2));
}

BOOST_FIXTURE_TEST_CASE(what_lists_show_of_people_follows_every_change, People) {
  const auto line = [&](int id) {
    for (const auto& row : run("contact list", {{"query", {"-is:deleted"}}}).data) {
      if (row["id"] == id) return row["company"].get<std::string>() + " " + row["last"].dump();
    }
    return std::string("not listed");
  };
  BOOST_TEST(line(1) == "brill \"2026-01-05\"");
  run("interaction edit", {{"interaction", {"1"}}, {"on", {"2026-03-01"}}});
  BOOST_TEST(line(1) == "brill \"2026-03-01\"");
  run("interaction edit", {{"interaction", {"1"}}, {"kind", {"comment"}}});
  BOOST_TEST(line(1) == "brill null");
  run("undo");
  run("interaction delete", {{"interaction", {"1"}}});
  BOOST_TEST(line(1) == "brill null");
  run("company edit", {{"company", {"brill"}}, {"name", {"Quill"}}});
  BOOST_TEST(line(1) == "Quill null");
  run("contact archive", {{"contact", {"1"}}});
  BOOST_TEST(line(1) == "not listed");
  run("undo");
  run("undo");
  run("undo");
  BOOST_TEST(line(1) == "brill \"2026-03-01\"");
  BOOST_TEST(store.check().empty());
}

BOOST_FIXTURE_TEST_CASE(a_private_talk_shows_in_no_line_of_those_who_may_not_see_it, People) {
  run("interaction add", {{"contact", {"Cy"}}, {"on", {"2026-03-03"}}, {"private", {"yes"}}});
  BOOST_TEST(column(run("contact list", {{"sort", {"last"}}}).data, "id") == "3 2 4 1 5");
  crm.sees_private = false;
  const auto told = run("contact list", {{"sort", {"last"}}}).data;
  BOOST_TEST(column(told, "id") == "2 4 1 3 5");
  BOOST_TEST(told[3]["last"].is_null());
  BOOST_TEST(run("contact list", {{"query", {"last:never"}}}).data.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(talks_changes_and_hits_come_in_pages_too, People) {
  for (int i = 0; i < 4; ++i)
    run("interaction add", {{"contact", {"Ada"}},
                            {"on", {"2026-02-0" + std::to_string(1 + i / 2)}},
                            {"kind", {i % 2 == 0 ? "email" : "call"}},
                            {"text", {"loops"}}});
  BOOST_TEST(paged("interaction list", {}, 3) == "7 6 5 | 4 3 2 | 1");
  BOOST_TEST(paged("interaction list", {{"sort", {"at"}}}, 3) == "1 2 3 | 4 5 6 | 7");
  BOOST_TEST(paged("interaction list", {{"sort", {"-kind"}}}, 4) == "6 4 7 5 | 3 2 1");
  BOOST_TEST(paged("interaction list", {{"sort", {"text"}}}, 4) == "7 6 5 4 | 3 2 1");
  BOOST_TEST((run("interaction list", {{"contact", {"Ada"}}, {"limit", {"1"}}}).total == 5));

  const auto changes = run("history", {{"limit", {"5"}}});
  BOOST_TEST((changes.total == 12));
  BOOST_TEST(column(changes.data, "id") == "12 11 10 9 8");
  BOOST_TEST(column(run("history", {{"limit", {"5"}}, {"after", {changes.next}}}).data, "id") == "7 6 5 4 3");
  BOOST_TEST(column(run("history", {{"limit", {"2"}}, {"sort", {"id"}}}).data, "id") == "1 2");
  run("undo");
  run("redo");
  run("undo");
  BOOST_TEST(column(run("history", {{"limit", {"4"}}}).data, "state") == "undoes 12 undoes 13 undone undone");
  BOOST_TEST((run("history").data == run("history", {{"sort", {"-id"}}}).data));

  const auto hits = run("search", {{"words", {"loops"}}, {"limit", {"2"}}});
  BOOST_TEST((hits.total == 3));
  const auto rest = run("search", {{"words", {"loops"}}, {"limit", {"2"}}, {"after", {hits.next}}});
  BOOST_TEST(column(hits.data, "id") + " " + column(rest.data, "id") ==
             column(run("search", {{"words", {"loops"}}}).data, "id"));
  BOOST_TEST(rest.next == "");
}

BOOST_FIXTURE_TEST_CASE(forged_cursors_and_unknown_fields_are_refused_by_the_argument_s_name, People) {
  const auto hex = [](const std::string& text) {
    std::string digits;
    for (const char c : text) digits += "0123456789abcdef"[(c >> 4) & 15], digits += "0123456789abcdef"[c & 15];
    return digits;
  };
  const std::string no_cursor =
      "after / after: this is no cursor of this list; take the one that came with the page before";
  for (const auto& after :
       {std::string("x"), std::string("7"), std::string("7b7d"), std::string("ffff"), hex("[]"), hex("[1,2,3,4]"),
        hex(R"(["",null,1,1.5])"), hex(R"(["",null,"x",1])"), hex(R"(["",7,1,1])"), hex(R"(["",["a"],1,1])"),
        hex(R"(["",[[[[]]]],1,1])"), std::string(40'002, '5'), hex(std::string(9'000, '['))}) {
    BOOST_TEST_CONTEXT(after.substr(0, 60)) {
      BOOST_TEST(wrong(*this, "contact list", {{"after", {after}}}) == no_cursor);
    }
  }
  BOOST_TEST(run("company list", {{"after", {hex(R"(["",null,77,-9223372036854775808])")}}}).data.size() == 2u);
  const auto next = run("contact list", {{"limit", {"1"}}, {"sort", {"last"}}}).next;
  BOOST_TEST(wrong(*this, "contact list", {{"after", {next}}, {"sort", {"name"}}}) ==
             "after / after: the cursor belongs to another order; leave it out to begin anew");
  BOOST_TEST(wrong(*this, "contact list", {{"sort", {"nane"}}}) ==
             "sort / sort: 'nane' is none of name, last, added, company; did you mean 'name'?");
  BOOST_TEST(wrong(*this, "company list", {{"sort", {"nme"}}})
                 .starts_with("sort / sort: there is no field 'nme'; did you mean 'name'?; there are id, name, "));
  BOOST_TEST(wrong(*this, "contact list", {{"fields", {"id,compny"}}})
                 .starts_with("fields / fields: there is no field 'compny'; did you mean 'company'?"));
  BOOST_TEST(wrong(*this, "contact list", {{"limit", {"many"}}}) == "limit / limit: 'many' is no whole number");
  BOOST_TEST(wrong(*this, "contact list", {{"limit", {""}}}) == "limit / limit: '' is no whole number");
  BOOST_TEST(wrong(*this, "contact edit", {{"contact", {"1"}}, {"cadence", {"often"}}}) ==
             "cadence / cadence: 'often' is none; write 30, 2w, 3m, 1y or none");
  BOOST_TEST(wrong(*this, "contact edit", {{"contact", {"1"}}, {"met-on", {"someday"}}}) ==
             "met-on / met-on: 'someday' is no day; write 2026-03-01, friday, or 'in 2 weeks'");
  BOOST_TEST(wrong(*this, "contact edit", {}).starts_with("contact / contact edit: give the contact"));
  BOOST_TEST(wrong(*this, "contact list", {{"limt", {"3"}}}) ==
             "limt / contact list: there is no 'limt'; did you mean 'limit'?");
}

BOOST_AUTO_TEST_SUITE_END()
