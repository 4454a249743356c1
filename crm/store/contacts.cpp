#include "crm/store/store.h"
#include "crm/text/text.h"

#include <fmt/format.h>

namespace ties {
namespace {

/// Where `last` of a contact's line stands.
const char* last_column(bool with_private) { return with_private ? "line.last_on" : "line.last_told_on"; }

/// What a list is ordered by. The indexes of schema 0005 are made for these very expressions.
struct Ordering {
  std::string value;
  std::string is_empty;  ///< whether there is none: then the line comes last; empty: there always is one
  bool latest_first;
};
Ordering ordering(ContactOrder order, bool with_private) {
  switch (order) {
    case ContactOrder::name: return {"line.folded", "", false};
    case ContactOrder::last: return {last_column(with_private), std::string(last_column(with_private)) + " = ''", true};
    case ContactOrder::added: return {"line.id", "", true};
    case ContactOrder::company: return {"line.company COLLATE NOCASE", "line.company = ''", false};
  }
  return {"line.id", "", false};
}

/// A condition as SQL, with the values that it binds appended to `values`.
std::string condition_sql(const ContactQuery::Condition& condition, Date today, const std::string& last, std::vector<std::string>& values) {
  using What = ContactQuery::Condition::What;
  const auto bound = [&](std::string value) {
    values.push_back(std::move(value));
    return std::string("?");
  };
  switch (condition.what) {
    case What::word: {
      const auto match = search_expression(condition.value);
      if (match.empty()) return "true";
      return "line.id IN (SELECT rowid / 4 FROM search WHERE search MATCH " + bound(match) + " AND rowid % 4 = 0)";
    }
    case What::tag:
      return "line.id IN (SELECT contact FROM contact_tag JOIN tag ON tag.id = tag WHERE tag.name = " + bound(condition.value) + ")";
    case What::company:
      return "line.id IN (SELECT contact FROM current_employment WHERE company IN (SELECT id FROM company WHERE key = " +
             bound(company_key(condition.value)) + " UNION SELECT company FROM company_alias WHERE key = " + bound(company_key(condition.value)) + "))";
    case What::event:
      return "line.id IN (SELECT c.id FROM contact c JOIN event e ON e.id = c.met_event WHERE e.name LIKE " + bound(condition.value + "%") +
             " UNION SELECT contact FROM interaction_contact JOIN interaction i ON i.id = interaction JOIN event e ON e.id = i.event WHERE e.name LIKE " +
             bound(condition.value + "%") + ")";
    case What::source: return "line.id IN (SELECT id FROM contact WHERE source = " + bound(condition.value) + ")";
    case What::id: return fmt::format("line.id IN ({})", fmt::join(condition.ids, ","));
    case What::last:
      if (condition.days < 0) return last + " = ''";
      return last + (condition.longer ? " < " : " >= ") + bound(to_text(plus_days(today, -condition.days)));
    case What::has:
      if (condition.value == "note") return "line.id IN (SELECT id FROM contact WHERE notes <> '')";
      if (condition.value == "company") return "line.company <> ''";
      if (condition.value == "cadence") {
        return "line.id IN (SELECT id FROM contact WHERE cadence_days IS NOT NULL UNION SELECT contact FROM contact_tag JOIN tag ON tag.id = tag WHERE tag.cadence_days IS NOT NULL)";
      }
      return "line.id IN (SELECT contact FROM contact_point WHERE kind = " + bound(condition.value) + ")";
    case What::is:
      return fmt::format("line.id IN (SELECT id FROM contact WHERE {})", condition.value == "deleted" ? "deleted_on IS NOT NULL" : condition.value == "archived" ? "archived = 1" : "starred = 1");
  }
  return "true";
}

bool asks_for(const ContactQuery& query, std::string_view state) {
  for (const auto& condition : query.conditions) {
    if (condition.what == ContactQuery::Condition::What::is && condition.value == state && !condition.negated) return true;
  }
  return false;
}

/// " FROM … WHERE …" of the lines that a query finds.
std::string found_sql(const ContactQuery& query, Date today, bool with_private, std::vector<std::string>& values) {
  std::string where = "line.listed = 1";
  if (asks_for(query, "deleted")) {
    where = "line.id IN (SELECT id FROM contact WHERE me = 0)";
  } else if (asks_for(query, "archived")) {
    where = "line.id IN (SELECT id FROM contact WHERE me = 0 AND deleted_on IS NULL)";
  }
  for (const auto& condition : query.conditions) {
    where += (condition.negated ? " AND NOT " : " AND ") + condition_sql(condition, today, last_column(with_private), values);
  }
  return " FROM contact_line line WHERE " + where;
}

}  // namespace

void complete(Contact& contact) { contact.folded = text::fold(contact.display + " " + contact.nickname); }

void complete(ContactName& name) { name.folded = text::fold(name.name); }

void complete(ContactFormer& former) { former.folded = text::fold(former.name); }

std::optional<Contact> Store::me() { return select_one<Contact>("WHERE me = 1"); }

Contact Store::me_or_new() {
  if (auto found = me()) return *found;
  Contact contact;
  contact.display = "me";
  contact.me = true;
  contact.id = add(contact);
  return contact;
}

std::vector<Contact> Store::contacts_called(const std::string& folded) {
  return select<Contact>("WHERE (folded = ?1 OR id IN (SELECT contact FROM contact_name WHERE contact_name.folded = ?1)) AND me = 0 AND deleted_on IS NULL ORDER BY id", folded);
}

std::vector<Contact> Store::contacts_like(const std::vector<std::string>& words) {
  std::string tail = "WHERE me = 0 AND deleted_on IS NULL";
  for (std::size_t i = 0; i < words.size(); ++i) tail += fmt::format(" AND (folded LIKE ?{0} OR id IN (SELECT contact FROM contact_name WHERE contact_name.folded LIKE ?{0}))", i + 1);
  auto query = database_.query("SELECT " + rows::columns<Contact>() + " FROM contact " + tail + " ORDER BY folded, id LIMIT 50");
  for (std::size_t i = 0; i < words.size(); ++i) rows::bind(*query, static_cast<int>(i) + 1, "%" + words[i] + "%");
  std::vector<Contact> found;
  while (query->executeStep()) found.push_back(rows::record<Contact>(*query));
  return found;
}

std::vector<Contact> Store::contacts_at(PointKind kind, const std::string& value) {
  return select<Contact>("JOIN contact_point point ON point.contact = contact.id WHERE point.kind = ? AND point.value = ? AND deleted_on IS NULL ORDER BY contact.id", kind, value);
}

std::vector<ContactLine> Store::contacts(const ContactQuery& query, const ContactWindow& window, Date today) {
  const auto by = ordering(window.order, window.with_private);
  const bool descending = by.latest_first != window.turned;
  const bool may_be_empty = !by.is_empty.empty();
  const char* beyond = descending ? "<" : ">";
  std::vector<std::string> values;
  auto found = found_sql(query, today, window.with_private, values);
  if (const auto& after = window.after) {
    const auto ties = may_be_empty ? fmt::format("(line.folded, line.id) > (?, {})", after->id) : fmt::format("line.id {} {}", beyond, after->id);
    if (may_be_empty && after->value.empty()) {
      found += fmt::format(" AND {} AND {}", by.is_empty, ties);
    } else {
      found += fmt::format(" AND ({0}{1} {2} ? OR ({1} = ? AND {3}))", may_be_empty ? by.is_empty + " OR " : "", by.value, beyond, ties);
      values.insert(values.end(), {after->value, after->value});
    }
    if (may_be_empty) values.push_back(after->folded);
  }
  const char* direction = descending ? " DESC" : "";
  const auto order = may_be_empty ? fmt::format("{}, {}{}, line.folded, line.id", by.is_empty, by.value, direction) : fmt::format("{0}{1}, line.id{1}", by.value, direction);
  // The lines of the part alone are looked up in the tables.
  auto rows = database_.query(fmt::format(R"sql(
    SELECT {}, line.company, line.company_id, line.title, nullif({}, ''), coalesce((SELECT group_concat(name, ', ') FROM (
        SELECT tag.name FROM contact_tag JOIN tag ON tag.id = tag WHERE contact = contact.id ORDER BY tag.name)), ''),
      coalesce((SELECT value FROM contact_point WHERE contact = contact.id AND kind = 'email' ORDER BY "primary" DESC, id LIMIT 1), '')
    FROM (SELECT line.id{} ORDER BY {} LIMIT {} OFFSET {}) part
    CROSS JOIN contact ON contact.id = part.id CROSS JOIN contact_line line ON line.id = part.id ORDER BY {}
  )sql", rows::columns<Contact>("contact."), last_column(window.with_private), found, order, window.limit.value_or(-1), window.offset, order));
  for (std::size_t i = 0; i < values.size(); ++i) rows::bind(*rows, static_cast<int>(i) + 1, values[i]);
  std::vector<ContactLine> lines;
  while (rows->executeStep()) {
    int at = 0;
    ContactLine line;
    line.contact = rows::record<Contact>(*rows, at);
    line.company = rows->getColumn(at++).getString();
    rows::read(rows->getColumn(at++), line.company_id);
    line.title = rows->getColumn(at++).getString();
    rows::read(rows->getColumn(at++), line.last);
    line.tags = rows->getColumn(at++).getString();
    line.email = rows->getColumn(at++).getString();
    lines.push_back(std::move(line));
  }
  return lines;
}

std::int64_t Store::count_contacts(const ContactQuery& query, bool with_private, Date today) {
  std::vector<std::string> values;
  auto rows = database_.query("SELECT count(*)" + found_sql(query, today, with_private, values));
  for (std::size_t i = 0; i < values.size(); ++i) rows::bind(*rows, static_cast<int>(i) + 1, values[i]);
  rows->executeStep();
  return rows->getColumn(0).getInt64();
}

std::vector<Id<Contact>> Store::contact_ids(const ContactQuery& query, Date today, bool with_private) {
  std::vector<std::string> values;
  auto rows = database_.query("SELECT line.id" + found_sql(query, today, with_private, values) + " ORDER BY line.id");
  for (std::size_t i = 0; i < values.size(); ++i) rows::bind(*rows, static_cast<int>(i) + 1, values[i]);
  std::vector<Id<Contact>> ids;
  while (rows->executeStep()) ids.push_back({rows->getColumn(0).getInt64()});
  return ids;
}

std::vector<ContactPoint> Store::points(Id<Contact> contact) {
  return select<ContactPoint>(R"sql(WHERE contact = ? ORDER BY "primary" DESC, kind, id)sql", contact);
}

std::vector<ContactExtra> Store::extras(Id<Contact> contact) {
  return select<ContactExtra>("WHERE contact = ? ORDER BY source, name, id", contact);
}

std::vector<EmploymentLine> Store::employments(Id<Contact> contact) {
  auto query = database_.query("SELECT " + rows::columns<Employment>("e.") + R"sql(, coalesce(company.name, '')
    FROM employment e LEFT JOIN company ON company.id = e.company WHERE e.contact = ?
    ORDER BY e.ended <> '', e.as_of DESC NULLS LAST, e.started DESC, e.id DESC)sql");
  rows::bind_all(*query, contact);
  std::vector<EmploymentLine> lines;
  while (query->executeStep()) {
    int at = 0;
    auto employment = rows::record<Employment>(*query, at);
    lines.push_back({std::move(employment), query->getColumn(at).getString()});
  }
  return lines;
}

std::optional<EmploymentLine> Store::current_employment(Id<Contact> contact) {
  auto lines = employments(contact);
  if (lines.empty() || !lines.front().employment.ended.empty()) return std::nullopt;
  return std::move(lines.front());
}

std::vector<Education> Store::educations(Id<Contact> contact) {
  return select<Education>("WHERE contact = ? ORDER BY started DESC, id", contact);
}

std::vector<Tag> Store::tags(Id<Contact> contact) {
  return select<Tag>("JOIN contact_tag ON contact_tag.tag = tag.id WHERE contact_tag.contact = ? ORDER BY tag.name", contact);
}

std::vector<std::pair<Tag, int>> Store::tags() {
  auto query = database_.query("SELECT " + rows::columns<Tag>("tag.") + R"sql(,
      (SELECT count(*) FROM contact_tag JOIN contact ON contact.id = contact WHERE tag = tag.id AND deleted_on IS NULL)
    FROM tag ORDER BY name COLLATE NOCASE, id)sql");
  std::vector<std::pair<Tag, int>> tags;
  while (query->executeStep()) {
    int at = 0;
    auto tag = rows::record<Tag>(*query, at);
    tags.emplace_back(std::move(tag), query->getColumn(at).getInt());
  }
  return tags;
}

std::optional<Tag> Store::tag_named(const std::string& name) { return select_one<Tag>("WHERE name = ?", name); }

Tag Store::tag_named_or_new(const std::string& name) {
  if (auto found = tag_named(name)) return *found;
  Tag tag;
  tag.name = name;
  tag.id = add(tag);
  return tag;
}

void Store::move_tag(Id<Tag> from, Id<Tag> to) {
  auto query = database_.query("UPDATE OR REPLACE main.contact_tag SET tag = ?2 WHERE tag = ?1");
  rows::bind_all(*query, from, to);
  query->exec();
}

std::optional<ContactTag> Store::contact_tag(Id<Contact> contact, Id<Tag> tag) {
  return select_one<ContactTag>("WHERE contact = ? AND tag = ?", contact, tag);
}

std::vector<std::string> Store::hand_edits(Id<Contact> contact) {
  std::vector<std::string> fields;
  for (const auto& edit : select<HandEdit>("WHERE contact = ?", contact)) fields.push_back(edit.field);
  return fields;
}

void Store::mark_hand_edit(Id<Contact> contact, const std::string& field) {
  if (select_one<HandEdit>("WHERE contact = ? AND field = ?", contact, field)) return;
  HandEdit edit;
  edit.contact = contact;
  edit.field = field;
  add(edit);
}

std::vector<JobChange> Store::job_changes(Id<Contact> contact) {
  return select<JobChange>("WHERE contact = ? ORDER BY seen_on DESC, id DESC", contact);
}

std::vector<ContactName> Store::names(Id<Contact> contact) { return select<ContactName>("WHERE contact = ? ORDER BY id", contact); }

std::vector<ContactFormer> Store::formers(Id<Contact> contact) { return select<ContactFormer>("WHERE contact = ? ORDER BY number", contact); }

std::optional<Contact> Store::contact_once_numbered(std::int64_t number) {
  return select_one<Contact>("WHERE id = (SELECT contact FROM contact_former WHERE number = ?)", number);
}

}  // namespace ties
