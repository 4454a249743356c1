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
    INSERT OR IGNORE INTO touched SELECT 'contact', contact FROM contact_tag WHERE tag IN (SELECT id FROM touched WHERE what = 'tag')
  )sql");
  for (const auto& [table, what, texts] : indexed) {
    database.execute(fmt::format("DELETE FROM search WHERE rowid IN (SELECT id * 4 + {1} FROM touched WHERE what = '{0}');"
                                 "INSERT INTO search (rowid, title, body) {2} AND {0}.id IN (SELECT id FROM touched WHERE what = '{0}')",
                                 table, what, texts));
  }
}

void Store::rebuild_search() {
  database_.execute("DELETE FROM search");
  for (const auto& kind : indexed) database_.execute(fmt::format("INSERT INTO search (rowid, title, body) {}", kind.texts));
}

std::vector<Store::Hit> Store::search(const std::string& words, int limit) {
  const auto match = search_expression(words);
  if (match.empty()) return {};
  auto rows = database_.query(R"sql(
    SELECT search.rowid, CASE search.rowid % 4 WHEN 0 THEN (SELECT display FROM contact WHERE id = search.rowid / 4) WHEN 2 THEN body ELSE title END
    FROM search WHERE search MATCH ? ORDER BY rank LIMIT ?
  )sql");
  rows::bind_all(*rows, match, limit);
  std::vector<Hit> hits;
  while (rows->executeStep()) {
    const auto rowid = rows->getColumn(0).getInt64();
    hits.push_back({indexed[rowid % 4].table, rowid / 4, rows->getColumn(1).getString()});
  }
  return hits;
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
