#include "importers/tables.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>
#include <set>

#include "crm/domain/errors.h"
#include "crm/text/text.h"
#include "importers/table_cells.h"
#include "importers/table_dates.h"
#include "importers/table_mapping.h"
#include "importers/table_words.h"
#include "tests/importers/batch_text.h"
#include "tests/importers/damage.h"

using namespace ties;
using namespace ties::importers;
using namespace ties::importers::batch_text;
using namespace std::chrono_literals;

namespace {

const fs::path samples = fs::path{TIES_SOURCE_DIR} / "samples" / "tables";

Options options_of_today() {
  Options options;
  options.today = 2026y / 6 / 16;
  options.region = "NO";
  return options;
}

Batch read(const std::string& table, const Options& options = options_of_today()) {
  return tables.read({{"table.csv", table}}, options);
}

Batch read_mapped(const std::string& table, std::map<std::string, std::string> mapping) {
  auto options = options_of_today();
  options.mapping = std::move(mapping);
  return read(table, options);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(any_table)

BOOST_AUTO_TEST_CASE(every_sample_reads_as_its_golden_file_says) {
  const auto names = folders_of(samples);
  BOOST_TEST_REQUIRE(names.size() >= 27U);
  for (const auto& name : names)
    check_golden("tables/" + name, text_of(tables.read(files_below(samples / name), options_of_today())));
}

BOOST_AUTO_TEST_CASE(a_column_is_what_the_user_says_it_is) {
  const auto batch =
      read_mapped("Who,Reach,Where,Shoe size,Secret\nRunar Veidekke,runar@veidekke.example,Bergen,44,x\n",
                  {{"Who", "display"}, {"reach", "email:work"}, {"Shoe size", "extra"}, {"Secret", "ignore"}});
  BOOST_TEST(text_of(batch) ==
             "source table\n\npeople\n"
             "person \"Runar Veidekke\" given=\"Runar\" family=\"Veidekke\" source=\"table\" at=\"0:2\"\n"
             "  email runar@veidekke.example label=\"work\" source=\"table\"\n"
             "  extra \"Where\"=\"Bergen\"\n"
             "  extra \"Shoe size\"=\"44\"\n"
             "\nfiles\nfile table.csv recognised=\"a table of contacts\" rows=\"1\"\n");
}

BOOST_AUTO_TEST_CASE(every_sample_is_known_by_its_content_and_less_surely_than_a_linkedin_export) {
  int guessed = 0;
  for (const auto& name : folders_of(samples)) {
    for (auto file : files_below(samples / name)) {
      file.name = "renamed";
      const int sure = tables.recognises(file);
      BOOST_TEST((sure >= 60 && sure < 80), name << " is claimed with " << sure);
      if (sure < 75) ++guessed;
    }
  }
  BOOST_TEST(guessed == 6);  // damaged, the sheets, and those that Notion and Airtable export: no header tells them
}

BOOST_AUTO_TEST_CASE(what_is_no_such_table_is_not_claimed) {
  const std::vector<SourceFile> cases{
      {"a.csv", "a;b\n1;2\n"},
      {"Connections.csv", "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"},
      {"Skills.csv", "Name\nCompilers\n"},
      {"data.csv", "Name,Size\nrope,3\n"},
      {"points.tsv", "1\t2\t3\n4\t5\t6\n"},
      {"x.json", "{\"name\":\"Email,Company\"}"},
      {"x.vcf", "BEGIN:VCARD\nFN:First Name,Last Name,Email\nEND:VCARD\n"},
      {"x.html", "<p>Name,Email,Company</p>"},
      {"x.bin", std::string("\0\1\2\3,;\t\n\0", 9)},
      {"empty.csv", ""},
      {"blank.csv", "\n\n  \n"},
      {"prose.md", "# Notes\n\n| a table | of ropes |\n|---|---|\n| 1 | 2 |\n"},
  };
  for (const auto& file : cases) BOOST_TEST(tables.recognises(file) == 0, file.name);
}

BOOST_AUTO_TEST_CASE(no_word_of_a_header_means_two_fields) {
  for (const auto of : {TableOf::contacts, TableOf::applications, TableOf::contributions}) {
    std::map<std::string, const FieldWords*> seen;
    int words = 0;
    for (const auto& entry : field_words()) {
      if (entry.of != of) continue;
      for (std::string_view rest = entry.words; !rest.empty();) {
        const auto end = std::min(rest.find('|'), rest.size());
        const auto letters = header_key(rest.substr(0, end)).letters;
        BOOST_TEST(!letters.empty(), rest.substr(0, end));
        const auto [known, is_new] = seen.emplace(letters, &entry);
        BOOST_TEST((is_new || known->second == &entry), rest.substr(0, end) << " stands twice among " << word(of));
        BOOST_TEST(field_called(of, letters) == known->second);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        ++words;
      }
    }
    BOOST_TEST(words > 40);
  }
}

BOOST_AUTO_TEST_CASE(headers_are_matched_blind_to_case_accents_and_marks_and_by_slips_that_mean_one_thing) {
  constexpr auto people = TableOf::contacts;
  constexpr auto jobs = TableOf::applications;
  struct Case {
    TableOf of;
    std::string_view header, field;  // "": the column stays what it is; "~": by a word that is alike
  };
  const std::vector<Case> cases{
      {people, "FIRST_NAME", "given"},
      {people, " first-name ", "given"},
      {people, "Prenom", "given"},
      {people, "Prénom", "given"},
      {people, "voornaam", "given"},
      {people, "E-mail 1 - Value", "email"},
      {people, "E-mail 2 Address", "email"},
      {people, "email2", "email"},
      {people, "Work e-mail", "email:work"},
      {people, "Tél. mobile", "phone:mobile"},
      {people, "Handy", "phone:mobile"},
      {people, "Compnay", "~company"},
      {people, "Company Name *", "company"},
      {people, "Organisatoin", "~company"},
      {people, "Current Job Title", "~title"},
      {people, "LinkedIn URL", "linkedin"},
      {people, "Company Size", ""},
      {people, "Company ID", ""},
      {people, "Contract", ""},
      {people, "Stage", ""},
      {people, "Anniversary", ""},
      {people, "", ""},
      {people, "!!!", ""},
      {jobs, "#", "record"},
      {jobs, "Date Applied", "applied_on"},
      {jobs, "Date Applied (DD/MM/YYYY)", "~applied_on"},
      {jobs, "appliedDate", "applied_on"},
      {jobs, "Fecha de solicitud", "applied_on"},
      {jobs, "Aplication date", "~applied_on"},
      {jobs, "Salary (Range)", "pay_advertised"},
      {jobs, "Salary (EUR)", "~pay_advertised"},
      {jobs, "Contract", ""},
      {jobs, "State", ""},
      {jobs, "Recruter", "~recruiter"},
      {jobs, "Next action", ""},
      {jobs, "Your status", "~stage"},
      {jobs, "Ansprechpartner", "contact"},
      {jobs, "Lebenslauf", "document"},
      {TableOf::contributions, "Reviewed by", "reviewer"},
      {TableOf::contributions, "Repo", "repository"},
  };
  for (const auto& [of, header, expected] : cases) {
    const auto* entry = field_called(of, header_key(header).letters);
    std::string mark;
    if (entry == nullptr && (entry = field_alike(of, header)) != nullptr) mark = "~";
    const auto found = entry == nullptr ? ""
                                        : mark + std::string(word(entry->field)) +
                                              (entry->label.empty() ? "" : ":" + std::string(entry->label));
    BOOST_TEST(found == expected, "of " << header);
  }
}

BOOST_AUTO_TEST_CASE(a_similar_word_never_takes_what_another_column_is) {
  const auto explained =
      explain({"t.csv", "Full name,Company,Compnay,Emial address,Titlle,Tittle\nx,y,z,a,b,c\n"}, options_of_today());
  std::vector<std::string> fields;
  for (const auto& column : explained.columns) fields.push_back(column.field);
  const std::vector<std::string> expected{"display", "company",       "kept as extra",
                                          "email",   "kept as extra", "kept as extra"};
  BOOST_TEST(fields == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(words_that_mean_one_thing_alone_mean_another_beside_their_like) {
  const auto fields = [](const std::string& header) {
    std::string joined;
    for (const auto& column : explain({"t.csv", header + "\n"}, options_of_today()).columns)
      joined += column.field + " ";
    return joined;
  };
  BOOST_TEST(fields("Nom,Prénom,Courriel") == "family given email ");
  BOOST_TEST(fields("Nom,Courriel,Entreprise") == "display email company ");
  BOOST_TEST(fields("Nome,Cognome,E-mail") == "given family email ");
  BOOST_TEST(fields("Nome,E-mail,Telefone") == "display email phone ");
  BOOST_TEST(fields("Title,First Name,Last Name") == "title given family ");
  BOOST_TEST(fields("Title,First Name,Last Name,Job Title") == "prefix given family title ");
  BOOST_TEST(read("Vorname,Name,E-Mail\nZoë,Brandtner,z@x.example\n").people.at(0).contact.family == "Brandtner");
  BOOST_TEST(read("First name,Name,Email\nZoë,Zoë Brandtner,z@x.example\n").people.at(0).contact.display ==
             "Zoë Brandtner");
}

BOOST_AUTO_TEST_CASE(what_a_table_is_follows_from_its_columns) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"Name,Company,Title,Email,Notes", "contacts"},
      {"Name,Email", "contacts"},
      {"Company,Role,Status,Contact,Email", "applications"},
      {"Company,Position,Date Applied", "applications"},
      {"Empresa;Puesto;Estado;Fecha de solicitud", "applications"},
      {"Bedrijf\tFunctie\tStatus\tGesolliciteerd op", "applications"},
      {"Full Name,Email,Company,Status,Last Contacted", "contacts"},
      {"Title,URL,Repository,State", "contributions"},
      {"| Company | Role | Status |", "applications"},
      {"Notes: exported today\n\nName,Email,Phone", "contacts"},
      {"Rope,Length", ""},
  };
  for (const auto& [header, expected] : cases)
    BOOST_TEST(explain({"t", header + "\n"}, options_of_today()).of == expected, header);
}

BOOST_AUTO_TEST_CASE(every_column_is_explained_with_what_it_becomes_and_why) {
  auto options = options_of_today();
  options.mapping = {{"Shoe size", "notes"}, {"Junk", "ignore"}};
  const auto explained = explain({"list.csv",
                                  "List\n\nTitle,Company,List,Job Post Url,Shoe "
                                  "size,Junk,Hue\nPoet,Quillmark,Wishlist,,44,x,\n,Kelpforge,Offer,,,y,red\n"
                                  "Baker,,,,,,\nRigger,,,,,,blue\n"},
                                 options);
  BOOST_TEST(explained.file == "list.csv");
  BOOST_TEST(explained.recognised == "Huntr jobs");
  BOOST_TEST(explained.of == "applications");
  BOOST_TEST(explained.header_line == 3);
  std::vector<std::string> told;
  for (const auto& column : explained.columns) {
    told.push_back(
        fmt::format("{}: {} ({}) {}", column.column, column.field, column.how, fmt::join(column.values, "/")));
  }
  const std::vector<std::string> expected{"Title: title (same word) Poet/Baker/Rigger",
                                          "Company: company (same word) Quillmark/Kelpforge",
                                          "List: stage (same word) Wishlist/Offer",
                                          "Job Post Url: link (same word) ",
                                          "Shoe size: notes (as you said) 44",
                                          "Junk: left out (as you said) x/y",
                                          "Hue: kept as extra () red/blue"};
  BOOST_TEST(told == expected, boost::test_tools::per_element());
  BOOST_TEST(explain({"a.csv", "a,b\n"}, options_of_today()).columns.empty());
}

BOOST_AUTO_TEST_CASE(a_mapping_that_cannot_be_is_refused_with_the_nearest_word) {
  const std::string table = "Name,Email,Stage\nZoë,z@x.example,Applied\n";
  const auto refusal = [&](std::map<std::string, std::string> mapping) -> std::string {
    try {
      read_mapped(table, std::move(mapping));
    } catch (const Wrong& wrong) {
      return wrong.what();
    }
    return "";
  };
  BOOST_TEST(refusal({{"Stage", "emial"}}) == "no field of a table is called 'emial'; did you mean 'email'?");
  BOOST_TEST(refusal({{"Name", "given"}, {"Email", "email"}, {"Stage", "stage"}})
                 .starts_with("the column 'Stage' cannot be 'stage': these are contacts; give one of ignore, extra, "));
  const auto batch = read_mapped(table, {{"Nmae", "display"}});
  BOOST_TEST_REQUIRE(batch.issues.size() == 1U);
  BOOST_TEST(batch.issues[0].message == "no column is called 'Nmae'; did you mean 'Name'?");
}

BOOST_AUTO_TEST_CASE(the_users_word_makes_a_table_of_any_columns) {
  const auto batch = read_mapped("A,B,C\nPoet,Quillmark,yes\n", {{"A", "title"}, {"B", "company"}, {"C", "applied"}});
  BOOST_TEST_REQUIRE(batch.applications.size() == 1U);
  BOOST_TEST(batch.applications[0].application.title == "Poet");
  BOOST_TEST(batch.applications[0].company == "Quillmark");
  BOOST_TEST((batch.applications[0].stage_kind == StageKind::applied));
}

BOOST_AUTO_TEST_CASE(what_is_unknown_is_kept) {
  const auto people =
      read("Name,Email,Hue,Email,Company,Company\nZoë Brandtner,z@x.example,red,y@x.example,Nimbelwood,Kelpforge\n");
  BOOST_TEST_REQUIRE(people.people.size() == 1U);
  BOOST_TEST(people.people[0].points.size() == 2U);
  const std::vector<Person::Extra> extras{{"Hue", "red"}, {"Company", "Kelpforge"}};
  BOOST_TEST((people.people[0].extras == extras));
  const auto jobs = read("Company,Role,Status,Hue,Status\nQuillmark,Poet,Applied,\"red\nor blue\",Rejected\n");
  BOOST_TEST_REQUIRE(jobs.applications.size() == 1U);
  BOOST_TEST(jobs.applications[0].application.notes == "Hue:\nred\nor blue\nStatus: Rejected");
}

BOOST_AUTO_TEST_CASE(stages_are_told_in_many_words) {
  struct Case {
    std::string_view words, meaning;  // "kind outcome", "- outcome" for an end at any stage, "" for nothing
  };
  const std::vector<Case> cases{
      {"Wishlist", "lead open"},
      {"Bookmarked", "lead open"},
      {"Evaluated", "lead open"},
      {"SAVED", "lead open"},
      {"Applied", "applied open"},
      {"applied ✅", "applied open"},
      {"Not applied yet", "lead open"},
      {"Responded", "screen open"},
      {"Phone Screen (HR)", "screen open"},
      {"Interviewing", "interview open"},
      {"2nd interview", "interview open"},
      {"Technical Interview", "interview open"},
      {"Take-home", "assessment open"},
      {"Coding challenge", "assessment open"},
      {"Offer", "offer open"},
      {"Offer accepted", "offer accepted"},
      {"Hired", "offer accepted"},
      {"Offer declined", "offer declined"},
      {"Rejected", "- rejected"},
      {"Rejected after onsite", "- rejected"},
      {"closedlost", "- rejected"},
      {"Closed Won", "offer accepted"},
      {"Withdrawn", "- withdrawn"},
      {"Discarded", "- withdrawn"},
      {"SKIP", "lead withdrawn"},
      {"no_aplicar", "lead withdrawn"},
      {"Ghosted", "- ghosted"},
      {"No response", "- ghosted"},
      {"Position closed", "- expired"},
      {"Referral requested", "referral open"},
      {"Beworben", "applied open"},
      {"Vorstellungsgespräch", "interview open"},
      {"Absage", "- rejected"},
      {"Abgelehnt", "- rejected"},
      {"Angebot", "offer open"},
      {"Zurückgezogen", "- withdrawn"},
      {"Candidature envoyée", "applied open"},
      {"Entretien", "interview open"},
      {"Refusée", "- rejected"},
      {"Répondu", "screen open"},
      {"Postulé", "applied open"},
      {"Écartée", "- withdrawn"},
      {"Entrevista", "interview open"},
      {"Rechazada", "- rejected"},
      {"Oferta", "offer open"},
      {"Enviada", "applied open"},
      {"Respondido", "screen open"},
      {"Descartada", "- withdrawn"},
      {"Em andamento", "applied open"},
      {"Recusado", "- rejected"},
      {"Sem retorno", "- ghosted"},
      {"Colloquio", "interview open"},
      {"Rifiutata", "- rejected"},
      {"Inviata", "applied open"},
      {"Gesolliciteerd", "applied open"},
      {"Afgewezen", "- rejected"},
      {"Gesprek", "interview open"},
      {"qualifiedtobuy", "lead open"},
      {"Someday maybe", ""},
      {"", ""},
      {"🚀", ""},
  };
  for (const auto& [words, expected] : cases) {
    const auto meant = stage_meant(words);
    const auto found = !meant ? "" : fmt::format("{} {}", meant->kind ? word(*meant->kind) : "-", word(meant->outcome));
    BOOST_TEST(found == expected, "of " << words);
  }
}

BOOST_AUTO_TEST_CASE(an_unknown_stage_is_guessed_by_whether_it_was_sent_and_marked_so) {
  const auto batch = read(
      "Company,Role,Status,Date "
      "Applied\nQuillmark,Poet,Vibing,2026-03-01\nKelpforge,Poet,Vibing,\nCobaltwren,Poet,Rejected,\n"
      "Nimbelwood,Poet,Wishlist,2026-03-02\n");
  std::vector<std::string> stages;
  for (const auto& found : batch.applications)
    stages.push_back(fmt::format("{} {}", word(found.stage_kind), word(found.application.outcome)));
  const std::vector<std::string> expected{"applied open", "lead open", "applied rejected", "applied open"};
  BOOST_TEST(stages == expected, boost::test_tools::per_element());
  BOOST_TEST(batch.applications[0].stage_name == "Vibing");
  BOOST_TEST(batch.applications[0].stage_guessed);
  BOOST_TEST(batch.applications[1].stage_guessed);
  BOOST_TEST(!batch.applications[2].stage_guessed);
  BOOST_TEST(batch.issues.empty());
}

BOOST_AUTO_TEST_CASE(days_are_read_in_every_shape) {
  struct Case {
    std::string_view written, day_first, month_first;
  };
  const std::vector<Case> cases{
      {"2026-03-01", "2026-03-01", "2026-03-01"},
      {"2026-03-01T10:00:00.000Z", "2026-03-01", "2026-03-01"},
      {"2024-03-12 09:14", "2024-03-12", "2024-03-12"},
      {"2026/3/1", "2026-03-01", "2026-03-01"},
      {"2026/03/02 → 2026/03/04", "2026-03-02", "2026-03-02"},
      {"3/4/2026", "2026-04-03", "2026-03-04"},
      {"3/4/26 2:30 PM", "2026-04-03", "2026-03-04"},
      {"12/28/1969", "1969-12-28", "1969-12-28"},
      {"28/12/1969", "1969-12-28", "1969-12-28"},
      {"28.12.1969", "1969-12-28", "1969-12-28"},
      {"2. 3. 2026", "2026-03-02", "2026-03-02"},
      {"03-04-2026", "2026-04-03", "2026-03-04"},
      {"March 2, 2026", "2026-03-02", "2026-03-02"},
      {"March 2, 2026 9:30 AM", "2026-03-02", "2026-03-02"},
      {"2 March 2026", "2026-03-02", "2026-03-02"},
      {"02-Mar-26", "2026-03-02", "2026-03-02"},
      {"2. März 2026", "2026-03-02", "2026-03-02"},
      {"2 de marzo de 2026", "2026-03-02", "2026-03-02"},
      {"2 août 2026", "2026-08-02", "2026-08-02"},
      {"31/31/2026", "", ""},
      {"2026-02-30", "", ""},
      {"13/13/1980", "", ""},
      {"0/0/00", "", ""},
      {"3/4", "", ""},
      {"1.2.3.4", "", ""},
      {"99999999999999999999", "", ""},
      {"soon", "", ""},
      {"", "", ""},
  };
  for (const auto& [written, day_first, month_first] : cases) {
    const auto text = [&](bool order) {
      const auto day = day_of(written, order);
      return day ? to_text(*day) : "";
    };
    BOOST_TEST(text(true) == day_first, "of " << written << ", day first");
    BOOST_TEST(text(false) == month_first, "of " << written << ", month first");
  }
  BOOST_TEST(is_no_day("0/0/00"));
  BOOST_TEST(is_no_day("0000-00-00"));
  BOOST_TEST(!is_no_day("1/1/00"));
  BOOST_TEST(yearless_day_of(" --03-01") == "--03-01");
  BOOST_TEST(yearless_day_of("--0301") == "--03-01");
  BOOST_TEST(yearless_day_of("--02-29") == "--02-29");
  BOOST_TEST(yearless_day_of("--13-01") == "");
  BOOST_TEST(yearless_day_of("03-01") == "");
}

BOOST_AUTO_TEST_CASE(the_order_of_days_is_told_by_the_column_then_by_the_file_and_else_is_asked_for) {
  struct Case {
    std::string table, region, days;
    std::size_t issues;
  };
  const std::string header = "Company,Role,Status,Date Applied,Deadline\n";
  const std::vector<Case> cases{
      {header + "Q,Poet,Applied,3/4/2026,\nK,Poet,Applied,25/4/2026,\n", "US", "2026-04-03 2026-04-25", 0},
      {header + "Q,Poet,Applied,3/4/2026,\nK,Poet,Applied,4/25/2026,\n", "NO", "2026-03-04 2026-04-25", 0},
      {header + "Q,Poet,Applied,3/4/2026,4/25/2026\n", "NO", "2026-03-04", 0},
      {header + "Q,Poet,Applied,3/4/2026,\nK,Poet,Applied,5/4/2026,\n", "NO", "2026-04-03 2026-04-05", 1},
      {header + "Q,Poet,Applied,3/4/2026,\n", "", "2026-03-04", 1},
      {header + "Q,Poet,Applied,3/3/2026,\n", "", "2026-03-03", 0},
      {header + "Q,Poet,Applied,13/4/2026,\nK,Poet,Applied,4/13/2026,\n", "NO", "2026-04-13 2026-04-13", 0},
      {"Company;Role;Status;Date Applied\nQ;Poet;Applied;3/4/2026\n", "", "2026-04-03", 1},
  };
  for (const auto& [table, region, expected, issues] : cases) {
    auto options = options_of_today();
    options.region = region;
    const auto batch = read(table, options);
    std::string days;
    for (const auto& found : batch.applications)
      days += (days.empty() ? "" : " ") + to_text(found.application.opened_on);
    BOOST_TEST(days == expected, table);
    BOOST_TEST(batch.issues.size() == issues, table);
  }
}

BOOST_AUTO_TEST_CASE(cells_hold_several_values_names_with_addresses_and_people) {
  const auto values = [](std::string_view cell, std::string_view marks) {
    return fmt::format("{}", fmt::join(values_of(cell, marks), "|"));
  };
  BOOST_TEST(values("a ::: b", "") == "a|b");
  BOOST_TEST(values("a; b,c", ";,") == "a|b|c");
  BOOST_TEST(values("[\"a\",\"b; c\"]", ";") == "a|b; c");
  BOOST_TEST(
      values("[{\"url\":\"https://x.example\",\"label\":\"x\"},{\"number\":\"12\",\"callingCode\":\"+47\"},7,null]",
             "") == "https://x.example|+4712|7");
  BOOST_TEST(values("[not json]", "") == "[not json]");
  BOOST_TEST(values(std::string(50'000, '[') + std::string(50'000, ']'), "").size() <= 2'000U);
  BOOST_TEST(linked("Polder (https://www.notion.so/Polder-1)").name == "Polder");
  BOOST_TEST(linked("[412](https://x.example/412)").address == "https://x.example/412");
  BOOST_TEST(linked("Polder (the old one)").name == "Polder (the old one)");
  const auto people = [](std::string_view cell) {
    std::string text;
    for (const auto& person : people_of(cell))
      text += fmt::format("{}<{}>{};", person.name, person.email, person.linkedin);
    return text;
  };
  BOOST_TEST(people("Zoë Brandtner") == "Zoë Brandtner<>;");
  BOOST_TEST(people("Brandtner, Zoë") == "Brandtner, Zoë<>;");
  BOOST_TEST(people("Zoë Brandtner, Tove Rask") == "Zoë Brandtner<>;Tove Rask<>;");
  BOOST_TEST(people("Zoë <zoe@x.example>; Tove - tove@x.example") == "Zoë<zoe@x.example>;Tove<tove@x.example>;");
  BOOST_TEST(people("Zoë (https://www.linkedin.com/in/zoe)") == "Zoë<>https://www.linkedin.com/in/zoe;");
}

BOOST_AUTO_TEST_CASE(other_words_of_cells_are_told_too) {
  BOOST_TEST((cadence_days_meant("every 2 weeks") == 14));
  BOOST_TEST((cadence_days_meant("45") == 45));
  BOOST_TEST((cadence_days_meant("Quarterly") == 91));
  BOOST_TEST(!cadence_days_meant("now and then"));
  BOOST_TEST(!cadence_days_meant("99999999999"));
  BOOST_TEST((priority_meant("High") == 3));
  BOOST_TEST((priority_meant("★★★☆☆") == 2));
  BOOST_TEST(!priority_meant("purple"));
  BOOST_TEST((yes_or_no_meant("checked") == true));
  BOOST_TEST((yes_or_no_meant("Nein") == false));
  BOOST_TEST(!yes_or_no_meant("2026-03-01"));
  BOOST_TEST((source_meant("Employee referral") == ApplicationSource::referral));
  BOOST_TEST(!source_meant("LinkedIn"));
  BOOST_TEST((contribution_kind_meant("Merge Request") == ContributionKind::pull_request));
  BOOST_TEST((contribution_state_meant("MERGED") == ContributionState::merged));
}

BOOST_AUTO_TEST_CASE(one_contact_person_of_many_applications_is_one_person) {
  const auto batch = read(
      "Company,Role,Status,Recruiter,Email,Hiring manager\n"
      "Quillmark,Poet,Applied,Tove Rask,tove@quillmark.example,HR\n"
      "Quillmark,Baker,Applied,Tove Rask,tove@quillmark.example,Finn Ålesgård\n");
  BOOST_TEST_REQUIRE(batch.people.size() == 2U);
  BOOST_TEST(batch.people[0].contact.display == "Tove Rask");
  BOOST_TEST(batch.people[0].jobs.empty());  // whose recruiter she is, the table does not tell
  BOOST_TEST(batch.people[1].jobs.at(0).company == "Quillmark");
  BOOST_TEST(batch.applications[0].people.size() == 1U);
  BOOST_TEST(batch.applications[0].application.notes == "Hiring manager: HR");
  BOOST_TEST(batch.applications[1].people.size() == 2U);
}

BOOST_AUTO_TEST_CASE(the_same_role_has_the_same_key_from_every_tracker_and_on_every_day) {
  const auto key = [](const std::string& table) {
    auto options = options_of_today();
    options.today = 2027y / 1 / 1;
    const auto first = read(table), later = read(table, options);
    BOOST_TEST_REQUIRE(first.applications.size() == 1U);
    BOOST_TEST(*first.applications[0].application.source_key == *later.applications[0].application.source_key);
    return *first.applications[0].application.source_key;
  };
  const auto plain = key("Company,Job Position,Status,Date Applied\n\"Quillmark, Inc.\",Poet,Applied,2026-03-01\n");
  BOOST_TEST(plain == key("Firma;Stelle;Status\nQuillmark;poet;Beworben\n"));
  BOOST_TEST(key("Company,Role,Status,Link\nQ,Poet,Applied,https://www.linkedin.com/jobs/view/4111000001/?x=1\n") ==
             "linkedin:job:4111000001");
  BOOST_TEST(key("Company,Role,Status,Link\nQ,Poet,Applied,https://q.example/7/\n") ==
             key("Company,Role,Status,URL\nQ,The poet,Offer,http://www.q.example/7\n"));
  const auto twice = read("Company,Role,Status\nQ,Poet,Rejected\nQ,Poet,Applied\n");
  BOOST_TEST(*twice.applications.at(1).application.source_key ==
             *twice.applications.at(0).application.source_key + ":2");
}

BOOST_AUTO_TEST_CASE(what_lies_before_the_wanted_day_is_counted_and_left_out_of_tables) {
  auto options = options_of_today();
  options.since = 2026y / 3 / 1;
  const auto batch =
      read("Company,Role,Status,Date Applied\nQ,Poet,Applied,2026-02-28\nQ,Baker,Applied,2026-03-01\nQ,Cook,Saved,\n",
           options);
  BOOST_TEST(batch.applications.size() == 2U);
  BOOST_TEST(batch.files[0].skipped_why.at("before 2026-03-01") == 1);
}

BOOST_AUTO_TEST_CASE(a_file_without_a_header_says_what_is_expected) {
  const auto batch = read("rope;3\nsail;4\n");
  BOOST_TEST(batch.files[0].not_read == "no table of people, applications or contributions was found in it");
  BOOST_TEST_REQUIRE(batch.issues.size() == 1U);
  BOOST_TEST(
      batch.issues[0].message ==
      "expected a header with columns such as Name, Email and Company, or Company, Position and Status, within the "
      "first 20 lines, found \"rope, 3\"; name its columns, or say what each one is");
}

BOOST_AUTO_TEST_CASE(a_hostile_table_costs_little_and_breaks_nothing) {
  std::string wide = "Name,Email,Company";
  for (int i = 0; i < 20'000; ++i) wide += ",c" + std::to_string(i) + "ompayn";
  BOOST_TEST(read(wide + "\nZoë,z@x.example\n").people.empty());

  std::string many = "Name,Email,Company";
  for (int i = 0; i < 900; ++i)
    many += ",Column " + std::string(150, static_cast<char>('a' + i % 26)) + std::to_string(i);
  many += "\nZoë,z@x.example,K" + std::string(100'000, ',') + "x\n";
  BOOST_TEST(read(many).people.size() == 1U);

  const std::string endless(1'000'000, 'x');
  const auto bounded = read(fmt::format("Name,Email,Company,Notes,Tags,Hue\n{0},{0},y{0},{0},{0},{0}\n", endless));
  BOOST_TEST_REQUIRE(bounded.people.size() == 1U);
  BOOST_TEST(text_of(bounded).size() < 300'000U);

  std::string tags = "Name,Email,Tags\nZoë,z@x.example,\"";
  for (int i = 0; i < 10'000; ++i) tags += std::to_string(i) + ";";
  BOOST_TEST(read(tags + "\"\n").people.at(0).tags.size() == 100U);

  std::string bad_dates = "Company,Role,Status,Date Applied\n";
  for (int i = 0; i < 5'000; ++i) bad_dates += "Q,Poet,Vibing,someday\n";
  const auto told = read(bad_dates);
  BOOST_TEST(told.issues.size() == 1'001U);
  BOOST_TEST(told.applications.size() == 5'000U);
  BOOST_TEST(read("| Name | Email |\n" + std::string(100'000, '|') + "\n").files[0].rows >= 0);
  BOOST_TEST(read("=cmd|' /C calc'!A0,Name,Email\n=1,Zoë,z@x.example\n").people.at(0).extras.at(0).value == "=1");
}

BOOST_AUTO_TEST_CASE(damaged_tables_never_crash_and_always_give_a_whole_report) {
  Damage damage(20260616);
  constexpr std::string_view odd("\",;|\t\n\r\0\xFF\xFE\xC3\xE2<&%=/\\[]{}:@*-", 27);
  const auto damaged = [&](std::string bytes) { return damage.of(std::move(bytes), odd); };
  int rounds = 0, read_files = 0;
  for (const auto& name : folders_of(samples)) {
    const auto whole = files_below(samples / name);
    for (int round = 0; round < 40; ++round, ++rounds) {
      auto files = whole;
      for (auto& file : files) file.bytes = damaged(std::string(file.bytes.view()));
      auto options = options_of_today();
      if (damage.below(4) == 0) options.since = 2026y / 3 / 1;
      if (damage.below(4) == 0) options.mapping = {{"Name", "given"}, {"Notes", "extra"}};
      for (const auto& file : files) {
        const int sure = tables.recognises(file);
        BOOST_TEST_REQUIRE((sure >= 0 && sure < 80));
        explain(file, options_of_today());
      }
      Batch batch;
      try {
        batch = tables.read(files, options);
      } catch (const Wrong&) {
        continue;  // the mapping does not go with what the damage left
      }
      BOOST_TEST_REQUIRE(batch.files.size() == files.size());
      for (const auto& report : batch.files) {
        BOOST_TEST_REQUIRE(report.skipped <= report.rows);
        BOOST_TEST_REQUIRE(report.recognised.empty() == !report.not_read.empty());
        read_files += report.recognised.empty() ? 0 : 1;
      }
      for (const auto& person : batch.people) BOOST_TEST_REQUIRE(!person.contact.display.empty());
      for (const auto& found : batch.interactions)
        BOOST_TEST_REQUIRE((found.interaction.when.day.ok() && !found.with.empty()));
      for (const auto& found : batch.applications) {
        BOOST_TEST_REQUIRE((found.application.opened_on.ok() && found.application.source_key));
        for (const auto& step : found.history) BOOST_TEST_REQUIRE(step.on.ok());
      }
      for (const auto& found : batch.contributions) BOOST_TEST_REQUIRE(!found.contribution.link.empty());
      BOOST_TEST_REQUIRE(text::is_utf8(text_of(batch)));
    }
  }
  BOOST_TEST(rounds >= 1'000);
  BOOST_TEST(read_files >= 500);
}

BOOST_AUTO_TEST_SUITE_END()
