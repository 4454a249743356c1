#include "crm/store/store.h"

#include "crm/text/text.h"

#include <fmt/format.h>

namespace ties {
namespace {

/// What the index says of each record. Private notes and confidential interactions stay out.
constexpr auto contact_texts = R"sql(
  SELECT contact.id * 4, display || ' ' || nickname || ' ' || folded || ' ' || CASE WHEN instr(display, ' ') THEN '' ELSE given || ' ' || family END
         || ' ' || coalesce((SELECT group_concat(name || ' ' || contact_name.folded, ' ') FROM contact_name WHERE contact = contact.id), ''),
         headline || ' ' || location || ' ' || notes || ' ' || suffix
         || ' ' || coalesce((SELECT group_concat(value, ' ') FROM contact_point WHERE contact = contact.id AND kind <> 'uid'), '')
         || ' ' || coalesce((SELECT group_concat(tag.name, ' ') FROM contact_tag JOIN tag ON tag.id = tag WHERE contact = contact.id), '')
         || ' ' || coalesce((SELECT group_concat(title || ' ' || coalesce(company.name, ''), ' ')
                             FROM employment LEFT JOIN company ON company.id = company WHERE contact = contact.id), '')
  FROM contact WHERE me = 0 AND deleted_on IS NULL
)sql";
constexpr auto company_texts = R"sql(
  SELECT company.id * 4 + 1,
         name || ' ' || coalesce((SELECT group_concat(value, ' ') FROM company_alias WHERE company = company.id), ''), notes
  FROM company WHERE true
)sql";
constexpr auto interaction_texts = R"sql(
  SELECT interaction.id * 4 + 2, '', text FROM interaction WHERE text <> '' AND confidential = 0
)sql";

struct Indexed {
  const char* table;
  int what;
  const char* texts;
};
constexpr Indexed indexed[] = {{"contact", 0, contact_texts}, {"company", 1, company_texts}, {"interaction", 2, interaction_texts}};

/// What lists show of contacts (schema 0005). The tables themselves are read, whatever a connection hides of them.
std::string contact_lines() {
  const auto last = [](const char* more) {
    return fmt::format(R"sql(coalesce((
      SELECT max(substr(i.at, 1, 10)) FROM main.interaction_contact link JOIN main.interaction i ON i.id = link.interaction
      WHERE link.contact = contact.id AND i.kind IN ({}){}), ''))sql", real_kinds(), more);
  };
  return fmt::format(R"sql(
    SELECT contact.id, me = 0 AND archived = 0 AND deleted_on IS NULL, folded, coalesce(company.name, ''), company.id, coalesce(job.title, ''), {}, {}
    FROM main.contact
    LEFT JOIN main.employment job ON job.id = (
      SELECT e.id FROM main.employment e WHERE e.contact = contact.id AND e.ended = '' ORDER BY e.as_of DESC NULLS LAST, e.id DESC LIMIT 1)
    LEFT JOIN main.company ON company.id = job.company
    WHERE true
  )sql", last(""), last(" AND i.confidential = 0"));
}

}  // namespace

void index_touched(Database& database, const std::vector<changeset::Operation>& operations) {
  std::set<changeset::Row> touched;
  changeset::Shapes shapes(database);
  for (const auto& operation : operations) {
    touched.insert(shapes.root(operation));
    if (operation.row.table == "interaction" || operation.row.table == "company") touched.insert(operation.row);
  }
  database.execute("CREATE TEMP TABLE IF NOT EXISTS touched (what TEXT, id INTEGER, PRIMARY KEY (what, id)) WITHOUT ROWID; DELETE FROM touched");
  for (const auto& row : touched) {
    if (row.table != "contact" && row.table != "company" && row.table != "interaction" && row.table != "tag") continue;
    auto insert = database.query("INSERT OR IGNORE INTO touched VALUES (?, ?)");
    insert->bind(1, row.table);
    insert->bind(2, std::get<std::int64_t>(row.key));
    insert->exec();
  }
  // A company's or a tag's new name shows in the contacts that carry it.
  database.execute(R"sql(
    INSERT OR IGNORE INTO touched SELECT 'contact', contact FROM employment WHERE company IN (SELECT id FROM touched WHERE what = 'company');
    INSERT OR IGNORE INTO touched SELECT 'contact', contact FROM contact_tag WHERE tag IN (SELECT id FROM touched WHERE what = 'tag');
    INSERT OR IGNORE INTO touched SELECT 'line', id FROM touched WHERE what = 'contact';
    INSERT OR IGNORE INTO touched SELECT 'line', contact FROM main.interaction_contact WHERE interaction IN (SELECT id FROM touched WHERE what = 'interaction');
    DELETE FROM contact_line WHERE id IN (SELECT id FROM touched WHERE what = 'line')
  )sql");
  database.execute("INSERT INTO contact_line " + contact_lines() + " AND contact.id IN (SELECT id FROM touched WHERE what = 'line')");
  for (const auto& [table, what, texts] : indexed) {
    database.execute(fmt::format("DELETE FROM search WHERE rowid IN (SELECT id * 4 + {1} FROM touched WHERE what = '{0}');"
                                 "INSERT INTO search (rowid, title, body) {2} AND {0}.id IN (SELECT id FROM touched WHERE what = '{0}')",
                                 table, what, texts));
  }
}

void Store::rebuild_search() {
  database_.execute("DELETE FROM contact_line; INSERT INTO contact_line " + contact_lines());
  database_.execute("DELETE FROM search");
  for (const auto& kind : indexed) database_.execute(fmt::format("INSERT INTO search (rowid, title, body) {}", kind.texts));
}

std::int64_t Store::faults_of_contact_lines() {
  auto rows = database_.query(fmt::format("SELECT count(*) FROM (SELECT * FROM ({0} EXCEPT SELECT * FROM contact_line) UNION ALL SELECT * FROM (SELECT * FROM contact_line EXCEPT {0}))", contact_lines()));
  rows->executeStep();
  return rows->getColumn(0).getInt64();
}

std::vector<Store::Hit> Store::search(const std::string& words, std::optional<int> limit, std::int64_t offset) {
  const auto match = search_expression(words);
  if (match.empty()) return {};
  auto rows = database_.query(R"sql(
    SELECT found.rowid, CASE found.rowid % 4 WHEN 0 THEN (SELECT display FROM contact WHERE id = found.rowid / 4) WHEN 2 THEN body ELSE title END
    FROM (SELECT rowid, rank FROM search WHERE search MATCH ? ORDER BY rank LIMIT ? OFFSET ?) found
    JOIN search ON search.rowid = found.rowid ORDER BY found.rank
  )sql");
  rows::bind_all(*rows, match, limit.value_or(-1), offset);
  std::vector<Hit> hits;
  while (rows->executeStep()) {
    const auto rowid = rows->getColumn(0).getInt64();
    hits.push_back({indexed[rowid % 4].table, rowid / 4, rows->getColumn(1).getString()});
  }
  return hits;
}

std::int64_t Store::count_hits(const std::string& words) {
  const auto match = search_expression(words);
  if (match.empty()) return 0;
  auto rows = database_.query("SELECT count(*) FROM search WHERE search MATCH ?");
  rows::bind_all(*rows, match);
  rows->executeStep();
  return rows->getColumn(0).getInt64();
}

std::string search_expression(const std::string& words) {
  std::string expression;
  const auto folded = text::fold(words);
  for (std::size_t at = 0; at < folded.size();) {
    const auto end = std::min(folded.find(' ', at), folded.size());
    if (end > at) expression += (expression.empty() ? "\"" : " \"") + folded.substr(at, end - at) + "\"*";
    at = end + 1;
  }
  return expression;
}

}  // namespace ties
